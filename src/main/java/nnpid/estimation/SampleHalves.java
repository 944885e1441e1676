package nnpid.estimation;

import java.io.Serializable;
import java.util.Arrays;
import java.util.SplittableRandom;
import nnpid.distribution.JointDistribution;
import nnpid.distribution.SampledDistribution;
import nnpid.distribution.WeightMeaning;

/**
 * Random halves of samples, drawn without replacement. Weights that are counts are so many samples;
 * else a row is one sample and keeps its weight. Immutable.
 */
final class SampleHalves implements Serializable {
  private static final long serialVersionUID = 1L;

  private final JointDistribution distribution;
  private final boolean counts;
  private final int[] rows; // realization of every row, ascending; none if weights are counts
  private final double[] weights; // of the rows

  SampleHalves(SampledDistribution samples) {
    distribution = samples.distribution();
    counts = samples.weightMeaning() == WeightMeaning.COUNTS;
    rows = samples.rowRealizations();
    weights = samples.rowWeights();
  }

  /** Number of samples in a half; of an odd number one is left over. */
  long size() {
    return (counts ? (long) distribution.totalWeight() : rows.length) / 2;
  }

  /** One half. */
  JointDistribution draw(SplittableRandom random) {
    double[] drawn = counts ? drawCounts(random) : drawRows(random);
    int[] realizations = new int[drawn.length];
    int size = 0;
    for (int r = 0; r < drawn.length; r++) {
      if (drawn[r] > 0) {
        realizations[size++] = r;
      }
    }
    realizations = Arrays.copyOf(realizations, size);
    return distribution.withTargets(
        realizations,
        Arrays.stream(realizations).map(distribution::targetState).toArray(),
        Arrays.stream(realizations).mapToDouble(r -> drawn[r]).toArray());
  }

  /** One realization after another: how many of those still wanted are of it. */
  private double[] drawCounts(SplittableRandom random) {
    double[] drawn = new double[distribution.realizationCount()];
    long left = (long) distribution.totalWeight();
    long wanted = size();
    for (int r = 0; r < drawn.length && wanted > 0; r++) {
      long count = (long) distribution.weight(r);
      left -= count;
      long taken = Hypergeometric.sample(count, left, wanted, random);
      drawn[r] = taken;
      wanted -= taken;
    }
    return drawn;
  }

  private double[] drawRows(SplittableRandom random) {
    double[] drawn = new double[distribution.realizationCount()];
    long wanted = size();
    for (int i = 0; i < rows.length; i++) {
      if (random.nextInt(rows.length - i) < wanted) {
        drawn[rows[i]] += weights[i];
        wanted--;
      }
    }
    return drawn;
  }
}
