package nnpid.estimation;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import nnpid.distribution.JointDistribution;
import nnpid.distribution.Partition;

/**
 * Which realizations the estimates take as references, and how much each counts.
 *
 * <p>What a realization adds to I - V_k is at most its surprisal, for every k. So references are
 * drawn in proportion to probability times surprisal (with or without knowing the target, whichever
 * is larger), and count by the inverse: rare ones that carry most of the information are not left
 * to chance, and the mean stays what it is. Where all realizations are about equally rare, that is
 * the same as by probability.
 */
final class References {
  /** Of the mean surprisal; gives those that hardly have any their chance too. */
  private static final double LEAST_SURPRISAL = 1e-3;

  private final int[] realizations; // by target
  private final double[] cumulative; // probability of being drawn
  private final double[] importance; // of a realization, for a mean of 1
  private final double[] information; // of a realization, in nats

  References(JointDistribution distribution) {
    this(distribution, IntStream.range(0, distribution.sourceCount()).toArray());
  }

  /** References as if there were no sources but the given ones. */
  References(JointDistribution distribution, int[] sources) {
    realizations = distribution.realizationsByTarget();
    Partition states = distribution.coarsestPartition();
    double[] ofTarget = distribution.classWeights(distribution.refineByTarget(states));
    for (int source : sources) {
      states = distribution.refine(states, source);
    }
    double[] ofSources = distribution.classWeights(states);
    double[] ofBoth = distribution.classWeights(distribution.refineByTarget(states));
    importance = new double[realizations.length];
    information = new double[realizations.length];
    double mean = 0;
    for (int r = 0; r < importance.length; r++) {
      double surprisal = Math.log(distribution.totalWeight() / ofSources[r]);
      double givenTarget = Math.log(ofTarget[r] / ofBoth[r]);
      information[r] = surprisal - givenTarget;
      importance[r] = Math.max(0, Math.max(surprisal, givenTarget));
      mean += importance[r] * distribution.weight(r) / distribution.totalWeight();
    }
    for (int r = 0; r < importance.length; r++) {
      // Where nothing is surprising, everything counts the same.
      importance[r] = mean > 0 ? importance[r] + LEAST_SURPRISAL * mean : 1;
    }
    cumulative = new double[realizations.length];
    double sum = 0;
    for (int i = 0; i < realizations.length; i++) {
      sum += distribution.weight(realizations[i]) * importance[realizations[i]];
      cumulative[i] = sum;
    }
    double scale = distribution.totalWeight() / sum;
    for (int i = 0; i < realizations.length; i++) {
      importance[i] *= scale;
      cumulative[i] /= sum;
    }
  }

  /** Numbers from 0 to 1 for {@link #at}, one from each of {@code count} equal strata. */
  static double[] quantiles(int count, SplittableRandom random) {
    double[] quantiles = new double[count];
    Arrays.setAll(quantiles, i -> (i + random.nextDouble()) / count);
    return quantiles;
  }

  /**
   * The reference at a quantile.
   *
   * @param quantile from 0 to 1; where it is random, the mean of {@link #weight} times a quantity
   *     has the expected value of that quantity
   */
  int at(double quantile) {
    int found = Arrays.binarySearch(cumulative, quantile);
    return realizations[Math.min(found < 0 ? -found - 1 : found, realizations.length - 1)];
  }

  /** What a drawn reference counts: its probability by its chance to be drawn. */
  double weight(int realization) {
    return 1 / importance[realization];
  }

  /** What the sources of a realization tell about its target, in nats; may be negative. */
  double pointwiseInformation(int realization) {
    return information[realization];
  }
}
