package nnpid.estimation;

/** What makes a subset of sources good. */
public enum SubsetMerit {
  /** The information, discounted by how many sources must be read together. */
  ACCESSIBLE("accessible", "accessible information, sum of Pi_k / k"),
  /** The mutual information with the target. */
  INFORMATION("information", "information of the subset"),
  /** What only all sources of the subset tell together. */
  SYNERGY("synergy", "synergy: what only all of the subset tell together"),
  /** What each source of the subset tells. */
  REDUNDANCY("redundancy", "redundancy: what each of the subset tells"),
  /** Minus the representational complexity, of subsets that have enough of the information. */
  COMPLEXITY("complexity", "minus the representational complexity");

  private final String text;
  private final String description;

  SubsetMerit(String text, String description) {
    this.text = text;
    this.description = description;
  }

  /** A few words for people. */
  public String description() {
    return description;
  }

  /** The name in options and machine-readable output. */
  @Override
  public String toString() {
    return text;
  }
}
