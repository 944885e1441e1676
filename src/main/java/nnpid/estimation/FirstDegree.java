package nnpid.estimation;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import nnpid.decomposition.EqualHorizon;
import nnpid.decomposition.LeaveOneOut;
import nnpid.distribution.JointDistribution;

/**
 * V_1 under I_sx, the information that can be read from single sources: exact, by inclusion and
 * exclusion over all sets of sources. It serves as control variate of the coverage estimator, whose
 * estimate of V_1 errs together with the others.
 *
 * @param informative the informative part of V_1, in bits
 * @param misinformative the misinformative part of V_1, in bits
 * @param informativeCorrected the informative part corrected; NaN if that is not wanted
 * @param misinformativeCorrected the misinformative part corrected; NaN if that is not wanted
 * @param informativeWithin the informative part at a horizon; NaN if there is none
 * @param misinformativeWithin the misinformative part at a horizon; NaN if there is none
 */
record FirstDegree(
    double informative,
    double misinformative,
    double informativeCorrected,
    double misinformativeCorrected,
    double informativeWithin,
    double misinformativeWithin) {
  /** Steps that count as cheap: about a second. */
  private static final double CHEAP = 1e9;

  /** Whether {@link #of} takes no more than about a second. */
  static boolean isCheap(JointDistribution distribution) {
    int n = distribution.sourceCount();
    double realizations = distribution.realizationCount();
    return n <= 20 && realizations * (realizations + 2.0 * n * (1L << n)) <= CHEAP;
  }

  /** Both parts of V_1, and corrected if wanted: weights must then be numbers of samples. */
  static FirstDegree of(JointDistribution distribution, BitSlicedStates states, boolean corrected) {
    return of(distribution, states, corrected, Optional.empty());
  }

  /** The same, and at a horizon if there is one: values must then be corrected, too. */
  static FirstDegree of(
      JointDistribution distribution,
      BitSlicedStates states,
      boolean corrected,
      Optional<EqualHorizon> horizon) {
    int realizationCount = distribution.realizationCount();
    int n = distribution.sourceCount();
    Agreement all = new Agreement(n);
    Agreement sameTarget = new Agreement(n);
    long[] difference = new long[1];
    double[] sums = new double[6];
    for (int r = 0; r < realizationCount; r++) {
      all.clear();
      sameTarget.clear();
      for (int other = 0; other < realizationCount; other++) {
        states.difference(r, other, difference);
        int differing = (int) difference[0];
        all.add(differing, distribution.weight(other));
        if (distribution.targetState(other) == distribution.targetState(r)) {
          sameTarget.add(differing, distribution.weight(other));
        }
      }
      double weight = distribution.weight(r) / distribution.totalWeight();
      all.accumulate();
      sameTarget.accumulate();
      sums[0] += weight * all.surprisal();
      sums[1] += weight * sameTarget.surprisal();
      sums[2] += corrected ? weight * all.gap() : Double.NaN;
      sums[3] += corrected ? weight * sameTarget.gap() : Double.NaN;
      sums[4] += horizon.map(all::beyond).orElse(Double.NaN) * weight;
      sums[5] += horizon.map(sameTarget::beyond).orElse(Double.NaN) * weight;
    }
    double informative = sums[0] + sums[2];
    double misinformative = sums[1] + sums[3];
    return new FirstDegree(
        sums[0],
        sums[1],
        informative,
        misinformative,
        informative - sums[4],
        misinformative - sums[5]);
  }

  /**
   * For every set of sources: the weight of the realizations that agree on a source of it, and the
   * weight of the others. Both are sums, since a difference of weights that are nearly equal has no
   * digits left.
   */
  private static final class Agreement {
    private final double[] some;
    private final double[] none;

    Agreement(int sourceCount) {
      some = new double[1 << sourceCount];
      none = new double[1 << sourceCount];
    }

    void clear() {
      Arrays.fill(some, 0);
      Arrays.fill(none, 0);
    }

    void add(int differingSources, double weight) {
      none[differingSources] += weight;
    }

    /** From what was added to sums over all that agree, or none. */
    void accumulate() {
      // Bit by bit, from "differs in the source" to "the source is in J".
      for (int bit = 1; bit < none.length; bit <<= 1) {
        for (int without = 0; without < none.length; without++) {
          if ((without & bit) == 0) {
            int with = without | bit;
            double agreeing = none[without];
            double someInEither = some[without] + some[with];
            none[without] += none[with];
            some[without] = someInEither;
            some[with] = someInEither + agreeing;
          }
        }
      }
    }

    /** The sum over non-empty sets J of (-1)^(|J|+1) times -log2 P(agreement on a source of J). */
    double surprisal() {
      double total = none[0]; // J without sources: nobody agrees on any of them
      return alternatingSum(agreeing -> -Math.log(agreeing / total));
    }

    /** What this is more if it is corrected. */
    double gap() {
      double ofAll = LeaveOneOut.gap(none[0]);
      return alternatingSum(agreeing -> LeaveOneOut.gap(agreeing) - ofAll);
    }

    /** What this is less at a horizon, if it is corrected. */
    double beyond(EqualHorizon horizon) {
      double total = none[0];
      return alternatingSum(agreeing -> horizon.beyond(total, agreeing));
    }

    private double alternatingSum(DoubleUnaryOperator ofAgreeing) {
      double sum = 0;
      for (int set = 1; set < some.length; set++) {
        double value = ofAgreeing.applyAsDouble(some[set]);
        sum += (Integer.bitCount(set) & 1) == 1 ? value : -value;
      }
      return sum / Math.log(2);
    }
  }
}
