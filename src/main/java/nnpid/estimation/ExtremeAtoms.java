package nnpid.estimation;

import java.util.Arrays;
import nnpid.decomposition.Backbone;
import nnpid.decomposition.Measure;
import nnpid.decomposition.Values;
import nnpid.distribution.JointDistribution;
import nnpid.distribution.Partition;
import nnpid.distribution.SpecificInformation;
import nnpid.execution.Execution;

/**
 * The first and the last atom of the redundancy lattice, in bits: exact for any number of sources,
 * without the lattice. Both may be negative under I_sx.
 */
public final class ExtremeAtoms {
  /** Steps up to which inclusion and exclusion beats the comparison of all pairs, and memory. */
  private static final double CHEAP = 1e7;

  private ExtremeAtoms() {}

  /**
   * The atom {1}{2}...{n}: the information that can be read from every single source. Under I_sx it
   * takes O(R 2^n) or, where that is much, O(R^2 n) steps for R realizations.
   *
   * @throws IllegalArgumentException if the measure is {@link Measure#BROJA}, or there are no such
   *     values
   * @throws java.util.concurrent.CancellationException if the execution is canceled
   */
  public static double redundancy(
      JointDistribution distribution, Measure measure, Values values, Execution execution) {
    measure.requireAnyNumberOfSources();
    values.requirePossible(distribution, measure);
    return measure == Measure.SX
        ? sharedExclusions(distribution, values, execution)
        : minimum(distribution, measure, execution);
  }

  /**
   * The atom {1,2,...,n}: the information that can only be read from all sources together. Under
   * I_sx it takes that of n log n passes over the realizations, and memory for n numbers each.
   * Under other measures it is an upper bound where {@link Backbone#isExact()} is not given.
   *
   * @throws IllegalArgumentException if the measure is {@link Measure#BROJA}, or there are no such
   *     values
   * @throws java.util.concurrent.CancellationException if the execution is canceled
   */
  public static double synergy(
      JointDistribution distribution, Measure measure, Values values, Execution execution) {
    measure.requireAnyNumberOfSources();
    values.requirePossible(distribution, measure);
    return measure == Measure.SX
        ? synergy(distribution.withoutTarget(), values, execution)
            - synergy(distribution, values, execution)
        : Backbone.of(distribution, measure, execution).information(distribution.sourceCount());
  }

  /**
   * The part of the atom for one condition on the target. Let w be the weight of the agreement with
   * a realization on all sources, and e_j that on all sources but exactly j. The atom is by Moebius
   * inversion the sum over all sets J of sources of (-1)^|J| times -log2 of w + sum of e_j over J,
   * and with log x = &int; (exp(-u) - exp(-ux))/u du it becomes a single integral, see {@link
   * CoverageIntegral}: every factor is covered, and the own realization has not come.
   */
  private static double synergy(
      JointDistribution distribution, Values values, Execution execution) {
    double[][] allBut = new double[distribution.sourceCount()][];
    boolean[] covered = new boolean[distribution.realizationCount()];
    Arrays.fill(covered, true);
    int[] left = {covered.length};
    distribution.forEachSource(
        (source, others) -> {
          execution.checkCanceled();
          if (left[0] == 0) {
            return;
          }
          double[] agreement = distribution.classWeights(distribution.refineByTarget(others));
          for (int r = 0; r < agreement.length; r++) {
            agreement[r] -= distribution.weight(r);
            // What no other draw covers is nothing; so are the rounding errors of real weights.
            if (covered[r] && agreement[r] <= 1e-12 * distribution.weight(r)) {
              covered[r] = false;
              left[0]--;
            }
          }
          allBut[source] = agreement;
        });
    if (left[0] == 0) {
      return 0;
    }
    double sum = 0;
    double[] rates = new double[allBut.length];
    for (int r = 0; r < covered.length; r++) {
      if (covered[r]) {
        for (int source = 0; source < rates.length; source++) {
          rates[source] = allBut[source][r];
        }
        sum +=
            distribution.weight(r)
                * CoverageIntegral.of(distribution.weight(r), rates, rates.length, values);
      }
    }
    return sum / Math.log(2) / distribution.totalWeight();
  }

  private static double minimum(
      JointDistribution distribution, Measure measure, Execution execution) {
    SpecificInformation specific = SpecificInformation.of(distribution);
    double[] least = new double[measure == Measure.MIN ? specific.targetStateCount() : 1];
    Arrays.fill(least, Double.POSITIVE_INFINITY);
    for (int source = 0; source < distribution.sourceCount(); source++) {
      execution.checkCanceled();
      Partition states = specific.add(specific.noSources(), source);
      double[] weighted = specific.weighted(states);
      double[] compared =
          measure == Measure.MIN ? weighted : new double[] {Arrays.stream(weighted).sum()};
      for (int i = 0; i < least.length; i++) {
        least[i] = Math.min(least[i], compared[i]);
      }
    }
    return Arrays.stream(least).sum();
  }

  private static double sharedExclusions(
      JointDistribution distribution, Values values, Execution execution) {
    int n = distribution.sourceCount();
    double steps = Math.scalb((double) distribution.realizationCount(), n);
    if (n <= 20 && steps <= CHEAP) {
      JointDistribution sources = distribution.withoutTarget();
      return surprisalOfAnyAgreement(sources, values)
          - surprisalOfAnyAgreement(distribution, values);
    }
    return redundancyByPairs(distribution, values, execution);
  }

  /** The average surprisal of an agreement on any source, given the target. */
  private static double surprisalOfAnyAgreement(JointDistribution distribution, Values values) {
    double[][] agreement = distribution.agreementWeights();
    double sum = 0;
    for (int r = 0; r < distribution.realizationCount(); r++) {
      double any = 0;
      for (int mask = 1; mask < agreement.length; mask++) {
        any += (Integer.bitCount(mask) & 1) == 1 ? agreement[mask][r] : -agreement[mask][r];
      }
      sum += distribution.weight(r) * values.surprisal(any, agreement[0][r]);
    }
    return sum / Math.log(2) / distribution.totalWeight();
  }

  private static double redundancyByPairs(
      JointDistribution distribution, Values values, Execution execution) {
    int[] order = distribution.realizationsByTarget();
    double[] targetWeights =
        distribution.classWeights(distribution.refineByTarget(distribution.coarsestPartition()));
    BitSlicedStates.Columns columns = new BitSlicedStates(distribution).columns(order);
    double[] terms = new double[order.length];
    execution.forEach(
        order.length,
        r -> {
          long[] any = new long[(order.length + 63) >>> 6];
          for (int source = 0; source < distribution.sourceCount(); source++) {
            long[] agreement = columns.agreement(source, r);
            for (int word = 0; word < any.length; word++) {
              any[word] |= agreement[word];
            }
          }
          double all = 0;
          double sameTarget = 0;
          for (int i = 0; i < order.length; i++) {
            if (((any[i >>> 6] >>> i) & 1) == 1) {
              double weight = distribution.weight(order[i]);
              all += weight;
              if (distribution.targetState(order[i]) == distribution.targetState(r)) {
                sameTarget += weight;
              }
            }
          }
          terms[r] =
              distribution.weight(r)
                  * (values.surprisal(all, distribution.totalWeight())
                      - values.surprisal(sameTarget, targetWeights[r]));
        });
    return Arrays.stream(terms).sum() / Math.log(2) / distribution.totalWeight();
  }
}
