package nnpid.distribution;

import java.util.Arrays;

/**
 * What the weights of samples mean. Probabilities are the same either way; how much chance there is
 * in them is not.
 */
public enum WeightMeaning {
  /** {@link #COUNTS} if all weights are whole numbers, else {@link #IMPORTANCE}. */
  AUTO("auto", "counts if all are whole numbers, else importance"),
  /** A row stands for as many samples as its weight says, as in a table of counts. */
  COUNTS("counts", "a row stands for that many samples"),
  /** A row is one sample, of more or less importance. */
  IMPORTANCE("importance", "a row is one sample");

  /** Up to here sums of whole numbers are exact. */
  private static final double MOST_SAMPLES = 0x1p53;

  private final String id;
  private final String description;

  WeightMeaning(String id, String description) {
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

  /**
   * What these weights mean: {@link #COUNTS} or {@link #IMPORTANCE}.
   *
   * @param total their sum
   * @throws IllegalArgumentException if they are said to be counts and cannot be
   */
  WeightMeaning of(double[] weights, double total) {
    if (this == IMPORTANCE) {
      return this;
    }
    double broken =
        Arrays.stream(weights).filter(weight -> weight != Math.rint(weight)).findAny().orElse(0);
    boolean counts = broken == 0 && total <= MOST_SAMPLES;
    if (!counts && this == COUNTS) {
      throw new IllegalArgumentException(
          broken == 0
              ? "The total weight ("
                  + total
                  + ") must be at most 2^53 = 9007199254740992, if weights are counts."
                  + "\nMaybe divide the weights, or take them as importance."
              : "The weights (counts) must be whole numbers: one is "
                  + broken
                  + ".\nMaybe take them as importance, if every row is one sample.");
    }
    return counts ? COUNTS : IMPORTANCE;
  }
}
