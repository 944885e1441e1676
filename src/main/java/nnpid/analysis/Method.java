package nnpid.analysis;

/** How the information by degree of synergy is computed. */
public enum Method {
  /** Chosen by the number of sources, the measure and what is wanted. */
  AUTO("auto", "by the number of units"),
  /** All atoms of the redundancy lattice, summed. */
  LATTICE("lattice", "exact, from all atoms of the redundancy lattice"),
  /** Without atoms: inclusion and exclusion, or the closed form of the measure. */
  BACKBONE("backbone", "exact, without the atoms"),
  /** The coverage estimator, for any number of sources. */
  COVERAGE("coverage", "estimated, from simulated coverage"),
  /** The mean over random subsets of the sources. */
  SUBSAMPLING("subsampling", "mean over random subsets of the sources"),
  /** Bounds from groups of the sources, each read as one. */
  COARSE_GRAINING("coarse-graining", "bounds, from groups of the sources");

  private final String id;
  private final String description;

  Method(String id, String description) {
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
