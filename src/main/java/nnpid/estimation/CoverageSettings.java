package nnpid.estimation;

import java.io.Serializable;

/**
 * How long the coverage estimator runs: until the standard error of C is small enough, or the
 * replicates or the time are used up, whichever comes first.
 *
 * @param precision wanted standard error of C; positive
 * @param maxReplicates about how many replicates (references) to draw at most; positive. Rounded up
 *     to whole batches of 16, and to at least eight of them
 * @param timeLimitSeconds positive, or infinite. The estimate ends with the batches that have
 *     begun, and not before there are four
 * @param seed seed of all random numbers
 * @param nodeBudget most nodes of the branch and bound search for one reference; where they do not
 *     suffice, the result has bounds instead of an estimate
 */
public record CoverageSettings(
    double precision, long maxReplicates, double timeLimitSeconds, long seed, long nodeBudget)
    implements Serializable {

  /** Until the standard error of C is 0.01, but for no more than 5 minutes. */
  public static final CoverageSettings DEFAULT =
      new CoverageSettings(0.01, Long.MAX_VALUE, 300, 1, 20_000_000);

  /**
   * Checks the limits.
   *
   * @throws IllegalArgumentException if one is not positive
   */
  public CoverageSettings {
    if (!(precision > 0)) {
      throw new IllegalArgumentException("The precision (" + precision + ") must be positive.");
    }
    if (maxReplicates < 1) {
      throw new IllegalArgumentException(
          "The number of replicates (" + maxReplicates + ") must be at least 1.");
    }
    if (!(timeLimitSeconds > 0)) {
      throw new IllegalArgumentException(
          "The time limit (" + timeLimitSeconds + " seconds) must be positive.");
    }
    if (nodeBudget < 1) {
      throw new IllegalArgumentException(
          "The node budget (" + nodeBudget + ") must be at least 1.");
    }
  }

  /** These settings with another precision. */
  public CoverageSettings withPrecision(double newPrecision) {
    return new CoverageSettings(newPrecision, maxReplicates, timeLimitSeconds, seed, nodeBudget);
  }

  /** These settings with another number of replicates. */
  public CoverageSettings withMaxReplicates(long newMaxReplicates) {
    return new CoverageSettings(precision, newMaxReplicates, timeLimitSeconds, seed, nodeBudget);
  }

  /** These settings with another time limit. */
  public CoverageSettings withTimeLimitSeconds(double newTimeLimitSeconds) {
    return new CoverageSettings(precision, maxReplicates, newTimeLimitSeconds, seed, nodeBudget);
  }

  /** These settings with another seed. */
  public CoverageSettings withSeed(long newSeed) {
    return new CoverageSettings(precision, maxReplicates, timeLimitSeconds, newSeed, nodeBudget);
  }

  /** These settings with another node budget. */
  public CoverageSettings withNodeBudget(long newNodeBudget) {
    return new CoverageSettings(precision, maxReplicates, timeLimitSeconds, seed, newNodeBudget);
  }
}
