package nnpid.estimation;

import nnpid.distribution.JointDistribution;

/**
 * V_1 under I_sx, the information that can be read from single sources: exact, by inclusion and
 * exclusion over all sets of sources. It serves as control variate of the coverage estimator, whose
 * estimate of V_1 errs together with the others.
 *
 * @param informative the informative part of V_1, in bits
 * @param misinformative the misinformative part of V_1, in bits
 */
record FirstDegree(double informative, double misinformative) {
  /** Steps that count as cheap: about a second. */
  private static final double CHEAP = 1e9;

  /** Whether {@link #of} takes no more than about a second. */
  static boolean isCheap(JointDistribution distribution) {
    int n = distribution.sourceCount();
    double realizations = distribution.realizationCount();
    return n <= 20 && realizations * (realizations + 2.0 * n * (1L << n)) <= CHEAP;
  }

  static FirstDegree of(JointDistribution distribution, BitSlicedStates states) {
    int realizationCount = distribution.realizationCount();
    int n = distribution.sourceCount();
    double[] all = new double[1 << n];
    double[] sameTarget = new double[1 << n];
    long[] difference = new long[1];
    double informative = 0;
    double misinformative = 0;
    for (int r = 0; r < realizationCount; r++) {
      java.util.Arrays.fill(all, 0);
      java.util.Arrays.fill(sameTarget, 0);
      for (int other = 0; other < realizationCount; other++) {
        states.difference(r, other, difference);
        int differing = (int) difference[0];
        all[differing] += distribution.weight(other);
        if (distribution.targetState(other) == distribution.targetState(r)) {
          sameTarget[differing] += distribution.weight(other);
        }
      }
      informative += distribution.weight(r) * surprisal(all, n);
      misinformative += distribution.weight(r) * surprisal(sameTarget, n);
    }
    return new FirstDegree(
        informative / distribution.totalWeight(), misinformative / distribution.totalWeight());
  }

  /**
   * The sum over non-empty sets J of (-1)^(|J|+1) times -log2 P(agreement on a source of J).
   *
   * @param weights by set of differing sources; overwritten
   */
  private static double surprisal(double[] weights, int n) {
    // weights[J] becomes the weight of all that differ in every source of J, at least.
    for (int source = 0; source < n; source++) {
      for (int set = 0; set < weights.length; set++) {
        if (((set >>> source) & 1) == 0) {
          weights[set] += weights[set | (1 << source)];
        }
      }
    }
    double sum = 0;
    for (int set = 1; set < weights.length; set++) {
      // The own realization agrees everywhere, so that the difference is positive.
      double surprisal = -Math.log((weights[0] - weights[set]) / weights[0]);
      sum += (Integer.bitCount(set) & 1) == 1 ? surprisal : -surprisal;
    }
    return sum / Math.log(2);
  }
}
