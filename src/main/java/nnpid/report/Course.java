package nnpid.report;

import java.util.Locale;

/**
 * How C goes along layers or epochs. Only what is clear given the errors counts: the ends are
 * compared as they are, turning points, which are chosen for being extreme, as one of all pairs.
 *
 * @param kind what it does
 * @param turn where it turns, or the lowest value of one that goes up and down
 * @param highest the highest value of one that goes up and down; else the turn
 * @param steady whether no step goes clearly against the course
 */
record Course(Kind kind, int turn, int highest, boolean steady) {
  /** From the first value to the last. */
  enum Kind {
    FALLS,
    RISES,
    FALLS_THEN_RISES,
    RISES_THEN_FALLS,
    UP_AND_DOWN,
    UNCLEAR
  }

  /** Compares two values. */
  interface Comparison {
    /**
     * The sign of the second less the first; 0 if it is not clear given the errors.
     *
     * @param comparisons among how many comparisons it was chosen
     */
    int sign(int first, int second, int comparisons);
  }

  /** The course of at least one value. */
  static Course of(double[] values, Comparison clear) {
    int last = values.length - 1;
    int lowest = 0;
    int highest = 0;
    for (int i = 1; i <= last; i++) {
      lowest = values[i] < values[lowest] ? i : lowest;
      highest = values[i] > values[highest] ? i : highest;
    }
    int pairs = Math.max(1, values.length * last / 2);
    boolean valley = isTurn(lowest, last, -1, pairs, clear);
    boolean peak = isTurn(highest, last, 1, pairs, clear);
    int ends = last == 0 ? 0 : clear.sign(0, last, 1);
    if (valley != peak) {
      return new Course(
          valley ? Kind.FALLS_THEN_RISES : Kind.RISES_THEN_FALLS,
          valley ? lowest : highest,
          valley ? lowest : highest,
          true);
    }
    if (valley || ends == 0) {
      boolean differ = clear.sign(Math.min(lowest, highest), Math.max(lowest, highest), pairs) != 0;
      return new Course(differ ? Kind.UP_AND_DOWN : Kind.UNCLEAR, lowest, highest, true);
    }
    boolean steady = true;
    for (int i = 0; i < last; i++) {
      steady &= clear.sign(i, i + 1, pairs) != -ends;
    }
    return new Course(ends < 0 ? Kind.FALLS : Kind.RISES, last, last, steady);
  }

  private static boolean isTurn(int at, int last, int sign, int pairs, Comparison clear) {
    return at > 0
        && at < last
        && clear.sign(0, at, pairs) == sign
        && clear.sign(at, last, pairs) == -sign;
  }

  /**
   * As few decimals as errors allow, but so many that values that differ clearly look different.
   *
   * @param error the largest of the errors; 0 if none is known
   */
  static int decimals(double[] values, double error, Comparison clear) {
    int decimals = error <= 0 ? 2 : (int) Math.max(1, Math.min(2, Math.floor(-Math.log10(error))));
    while (decimals < 4 && !areDifferent(values, decimals, clear)) {
      decimals++;
    }
    return decimals;
  }

  private static boolean areDifferent(double[] values, int decimals, Comparison clear) {
    for (int i = 1; i < values.length; i++) {
      if (clear.sign(i - 1, i, 1) != 0
          && text(values[i - 1], decimals).equals(text(values[i], decimals))) {
        return false;
      }
    }
    return true;
  }

  /** A number of so many decimals. */
  static String text(double value, int decimals) {
    return String.format(Locale.ROOT, "%." + decimals + "f", value);
  }
}
