package nnpid.search;

import java.util.Locale;

/**
 * How and how long to search. Without time limit the result depends on nothing but these settings
 * and the problem.
 *
 * @param seed seed of all random numbers
 * @param stepLimit most steps of the local search, that is, accepted moves; at least 1. The search
 *     also ends after {@link #moveLimit()} tried moves
 * @param timeLimitSeconds positive, or infinite
 * @param algorithm which moves the local search accepts
 */
public record SearchSettings(
    long seed, int stepLimit, double timeLimitSeconds, Algorithm algorithm) {

  /** Which moves the local search accepts. */
  public enum Algorithm {
    /** Those not worse than the assignment of some steps ago: drifts, then settles. */
    LATE_ACCEPTANCE,
    /** The best of many, except those that touch an item again that has just been moved. */
    TABU_SEARCH;

    /** As in a text: {@code late-acceptance}, {@code tabu-search}. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** 1,000 steps of late acceptance from seed 1, however long they take. */
  public static final SearchSettings DEFAULT =
      new SearchSettings(1, 1000, Double.POSITIVE_INFINITY, Algorithm.LATE_ACCEPTANCE);

  private static final long MOVES_PER_STEP = 20;

  /**
   * Checks the limits.
   *
   * @throws IllegalArgumentException if one is not positive
   */
  public SearchSettings {
    if (stepLimit < 1) {
      throw new IllegalArgumentException(
          "The number of steps (" + stepLimit + ") must be at least 1.");
    }
    if (!(timeLimitSeconds > 0)) {
      throw new IllegalArgumentException(
          "The time limit (" + timeLimitSeconds + " seconds) must be positive.");
    }
  }

  /**
   * Most moves to try. In a local optimum hardly a move is accepted, so that steps alone would
   * never end the search.
   */
  public long moveLimit() {
    return MOVES_PER_STEP * stepLimit;
  }

  /** These settings with another seed. */
  public SearchSettings withSeed(long newSeed) {
    return new SearchSettings(newSeed, stepLimit, timeLimitSeconds, algorithm);
  }

  /** These settings with another number of steps. */
  public SearchSettings withStepLimit(int newStepLimit) {
    return new SearchSettings(seed, newStepLimit, timeLimitSeconds, algorithm);
  }

  /** These settings with another time limit. */
  public SearchSettings withTimeLimitSeconds(double newTimeLimitSeconds) {
    return new SearchSettings(seed, stepLimit, newTimeLimitSeconds, algorithm);
  }

  /** These settings with another algorithm. */
  public SearchSettings withAlgorithm(Algorithm newAlgorithm) {
    return new SearchSettings(seed, stepLimit, timeLimitSeconds, newAlgorithm);
  }
}
