package nnpid.estimation;

import nnpid.decomposition.LeaveOneOut;

/**
 * What a reference misses within a horizon of L draws of m - 1 other samples, c - 1 of which are
 * its own copies: of the draws of the rest, the first {@code first} are needed until all sets of k
 * sources are covered. Then it misses the sum over j = {@code first} to L of P(no copy is among the
 * first j draws) / j. In corrected values L is m - 1, see {@link LogarithmicTail} for these.
 */
final class HorizonTail {
  private HorizonTail() {}

  /**
   * The sum, in nats.
   *
   * @param own c, a whole number from 1
   * @param total m, at least c + {@code first}
   * @param draws L, below m
   * @param first a whole number from 1
   */
  static double of(double own, double total, long draws, long first) {
    if (first > draws) {
      return 0;
    }
    // The terms fall off within about 40 m / c; or the copies are added one by one.
    return own * own > 40 * total
        ? byDraws(own, total, draws, first)
        : byCopies(own, total, draws, first);
  }

  private static double byDraws(double own, double total, long draws, long first) {
    double none = 1; // P(no copy is among the first j draws)
    double sum = 0;
    for (long j = 1; j <= draws && none > 1e-18; j++) {
      none *= Math.max(0, total - own - (j - 1)) / (total - j);
      sum += j >= first ? none / j : 0;
    }
    return sum;
  }

  /**
   * Without copies the sum is that of 1 / j. One more copy after M - 1 takes (q - q') / M from it:
   * q is the chance that the first {@code first} - 1 draws avoid M copies, q' the same of L draws.
   */
  private static double byCopies(double own, double total, long draws, long first) {
    double sum = ofHarmonic(first, draws);
    double before = 1;
    double after = 1;
    for (double copies = 1; copies < own && before > 1e-18; copies++) {
      before *= (total - copies - (first - 1)) / (total - copies);
      after *= Math.max(0, total - copies - draws) / (total - copies);
      sum -= (before - after) / copies;
    }
    return Math.max(0, sum);
  }

  /** The sum of 1 / j over j = {@code first} to {@code last}. */
  private static double ofHarmonic(long first, long last) {
    return Math.log((last + 1.0) / first)
        - LeaveOneOut.gap(last + 1.0)
        + LeaveOneOut.gap((double) first);
  }
}
