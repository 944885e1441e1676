package nnpid.decomposition;

import nnpid.distribution.JointDistribution;

/** What values are about. */
public enum Values {
  /** The sample: exact for it. */
  PLUG_IN("plug-in", "exact for the sample"),
  /** Where the sample comes from, see {@link LeaveOneOut}. */
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

  /**
   * Checks whether there are such values.
   *
   * @throws IllegalArgumentException if there are only plug-in values: the measure is another than
   *     {@link Measure#SX}, or weights are not numbers of samples
   */
  public void requirePossible(JointDistribution distribution, Measure measure) {
    if (this == CORRECTED) {
      if (measure != Measure.SX) {
        throw new IllegalArgumentException(
            "The measure ("
                + measure.id()
                + ") must be sx for corrected values: there is no correction for others.");
      }
      LeaveOneOut.requirePossible(distribution);
    }
  }

  /**
   * I(T:S) in bits, for any number of sources; corrected it may be negative.
   *
   * @throws IllegalArgumentException if there are no such values
   */
  public double mutualInformation(JointDistribution distribution) {
    return this == CORRECTED
        ? LeaveOneOut.mutualInformation(distribution)
        : distribution.mutualInformation();
  }

  /** H(S) in bits, of the same kind. */
  public double entropySources(JointDistribution distribution) {
    return this == CORRECTED
        ? LeaveOneOut.entropySources(distribution)
        : distribution.entropySources();
  }

  /**
   * How surprising a sample is, in nats.
   *
   * @param weight of the samples that agree with it, itself among them
   * @param total of all samples
   */
  public double surprisal(double weight, double total) {
    double plugIn = Math.log(total / weight);
    return this == CORRECTED ? plugIn + LeaveOneOut.gap(weight) - LeaveOneOut.gap(total) : plugIn;
  }
}
