package nnpid.analysis;

/** What values are about. */
public enum Values {
  /** The sample: exact for it. */
  PLUG_IN("plug-in", "exact for the sample"),
  /** Where the sample comes from. */
  CORRECTED("corrected", "corrected for the bias of the sample: what it tells of its origin");

  private final String id;
  private final String description;

  Values(String id, String description) {
    this.id = id;
    this.description = description;
  }

  /** The name in options and machine-readable output. */
  @Override
  public String toString() {
    return id;
  }

  /** A few words for people. */
  public String description() {
    return description;
  }
}
