package nnpid.estimation;

import java.util.Arrays;
import nnpid.decomposition.Backbone;
import nnpid.decomposition.Measure;
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
   * @throws IllegalArgumentException if the measure is {@link Measure#BROJA}
   * @throws java.util.concurrent.CancellationException if the execution is canceled
   */
  public static double redundancy(
      JointDistribution distribution, Measure measure, Execution execution) {
    return switch (measure) {
      case SX -> sharedExclusions(distribution, execution);
      case MIN, MMI -> minimum(distribution, measure, execution);
      case BROJA -> throw notForBroja();
    };
  }

  /**
   * The atom {1,2,...,n}: the information that can only be read from all sources together. Under
   * I_sx it takes that of n log n passes over the realizations. Under other measures it is an upper
   * bound where {@link Backbone#isExact()} is not given.
   *
   * @throws IllegalArgumentException if the measure is {@link Measure#BROJA}
   * @throws java.util.concurrent.CancellationException if the execution is canceled
   */
  public static double synergy(
      JointDistribution distribution, Measure measure, Execution execution) {
    return switch (measure) {
      case SX ->
          synergy(distribution.withoutTarget(), execution) - synergy(distribution, execution);
      case MIN, MMI ->
          Backbone.of(distribution, measure, execution).information(distribution.sourceCount());
      case BROJA -> throw notForBroja();
    };
  }

  private static IllegalArgumentException notForBroja() {
    return new IllegalArgumentException(
        "The measure (-measure broja) must be sx, min or mmi: broja is for two sources.");
  }

  /** The average of log2 P(agreement on all sources but one, at least) / P(on all), given T. */
  private static double synergy(JointDistribution distribution, Execution execution) {
    double[] union = new double[distribution.realizationCount()];
    distribution.forEachSource(
        (source, others) -> {
          execution.checkCanceled();
          double[] agreement = distribution.classWeights(distribution.refineByTarget(others));
          for (int r = 0; r < union.length; r++) {
            // An agreement on all sources is in each of the n terms; it counts once.
            union[r] += agreement[r] - (source > 0 ? distribution.weight(r) : 0);
          }
        });
    double sum = 0;
    for (int r = 0; r < union.length; r++) {
      sum += distribution.weight(r) * Math.log(union[r] / distribution.weight(r));
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

  private static double sharedExclusions(JointDistribution distribution, Execution execution) {
    int n = distribution.sourceCount();
    double steps = Math.scalb((double) distribution.realizationCount(), n);
    if (n <= 20 && steps <= CHEAP) {
      JointDistribution sources = distribution.withoutTarget();
      return surprisalOfAnyAgreement(sources, sources.agreementWeights())
          - surprisalOfAnyAgreement(distribution, distribution.agreementWeights());
    }
    return redundancyByPairs(distribution, execution);
  }

  /** The average of -log2 P(agreement on any source), given the target. */
  private static double surprisalOfAnyAgreement(
      JointDistribution distribution, double[][] agreement) {
    double sum = 0;
    for (int r = 0; r < distribution.realizationCount(); r++) {
      double any = 0;
      for (int mask = 1; mask < agreement.length; mask++) {
        any += (Integer.bitCount(mask) & 1) == 1 ? agreement[mask][r] : -agreement[mask][r];
      }
      sum -= distribution.weight(r) * Math.log(any / agreement[0][r]);
    }
    return sum / Math.log(2) / distribution.totalWeight();
  }

  private static double redundancyByPairs(JointDistribution distribution, Execution execution) {
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
          double ratio = sameTarget / targetWeights[r] * (distribution.totalWeight() / all);
          terms[r] = distribution.weight(r) * Math.log(ratio);
        });
    return Arrays.stream(terms).sum() / Math.log(2) / distribution.totalWeight();
  }
}
