package nnpid.decomposition;

/** A redundancy measure: what it means that information is shared by source sets. */
public enum Measure {
  /**
   * Shared exclusions, I_sx.
   *
   * @see <a href="https://doi.org/10.1103/PhysRevE.103.032149">Makkeh, Gutknecht and Wibral
   *     (2021)</a>
   */
  SX("sx", "shared exclusions"),
  /**
   * The mean over targets of the least specific information of a source set, I_min.
   *
   * @see <a href="https://arxiv.org/abs/1004.2515">Williams and Beer (2010)</a>
   */
  MIN("min", "least specific information, Williams and Beer"),
  /** The least mutual information of a source set, I_MMI. */
  MMI("mmi", "minimum mutual information"),
  /**
   * Unique information of two sources, by optimization.
   *
   * @see <a href="https://doi.org/10.3390/e16042161">Bertschinger, Rauh, Olbrich, Jost and Ay
   *     (2014)</a>
   */
  BROJA("broja", "unique information, Bertschinger et al.");

  private final String id;
  private final String description;

  Measure(String id, String description) {
    this.id = id;
    this.description = description;
  }

  /**
   * The name in options and machine-readable output. Not its {@code toString}: by that, Weka finds
   * the constant in the files of flows that were written before the name was used there.
   */
  public String id() {
    return id;
  }

  /** A few words for people. */
  public String description() {
    return description;
  }

  /** Whether redundancies and atoms have an informative and a misinformative part. */
  public boolean hasParts() {
    return this == SX;
  }

  /**
   * Checks that this measure is defined for any number of sources.
   *
   * @throws IllegalArgumentException if it is {@link #BROJA}
   */
  public void requireAnyNumberOfSources() {
    if (this == BROJA) {
      throw new IllegalArgumentException(
          "The measure (broja) must be sx, min or mmi: broja is for two sources.");
    }
  }
}
