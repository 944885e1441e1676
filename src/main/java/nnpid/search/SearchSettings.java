package nnpid.search;

import java.io.Serializable;
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
 * @param plateau the local search also ends when so many new assignments were no better than the
 *     best; at least 1, or {@link #NO_PLATEAU}
 * @param exhaustiveLimit where there are no more subsets than that, and than {@link #moveLimit()},
 *     all of them are tried; 0 for never
 */
public record SearchSettings(
    long seed,
    int stepLimit,
    double timeLimitSeconds,
    Algorithm algorithm,
    int plateau,
    int exhaustiveLimit)
    implements Serializable {

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

  /** A plateau that is never reached. */
  public static final int NO_PLATEAU = Integer.MAX_VALUE;

  /** 1,000 steps of late acceptance from seed 1, however long they take. */
  public static final SearchSettings DEFAULT =
      new SearchSettings(
          1, 1000, Double.POSITIVE_INFINITY, Algorithm.LATE_ACCEPTANCE, NO_PLATEAU, 0);

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
    if (plateau < 1) {
      throw new IllegalArgumentException("The plateau (" + plateau + ") must be at least 1.");
    }
    if (exhaustiveLimit < 0) {
      throw new IllegalArgumentException(
          "The number of subsets to try (" + exhaustiveLimit + ") must not be negative.");
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
    return new SearchSettings(
        newSeed, stepLimit, timeLimitSeconds, algorithm, plateau, exhaustiveLimit);
  }

  /** These settings with another number of steps. */
  public SearchSettings withStepLimit(int newStepLimit) {
    return new SearchSettings(
        seed, newStepLimit, timeLimitSeconds, algorithm, plateau, exhaustiveLimit);
  }

  /** These settings with another time limit. */
  public SearchSettings withTimeLimitSeconds(double newTimeLimitSeconds) {
    return new SearchSettings(
        seed, stepLimit, newTimeLimitSeconds, algorithm, plateau, exhaustiveLimit);
  }

  /** These settings with another algorithm. */
  public SearchSettings withAlgorithm(Algorithm newAlgorithm) {
    return new SearchSettings(
        seed, stepLimit, timeLimitSeconds, newAlgorithm, plateau, exhaustiveLimit);
  }

  /** These settings with another plateau. */
  public SearchSettings withPlateau(int newPlateau) {
    return new SearchSettings(
        seed, stepLimit, timeLimitSeconds, algorithm, newPlateau, exhaustiveLimit);
  }

  /** These settings with another number of subsets that are all tried. */
  public SearchSettings withExhaustiveLimit(int newExhaustiveLimit) {
    return new SearchSettings(
        seed, stepLimit, timeLimitSeconds, algorithm, plateau, newExhaustiveLimit);
  }
}
