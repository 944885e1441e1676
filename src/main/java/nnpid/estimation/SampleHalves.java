package nnpid.estimation;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import nnpid.distribution.JointDistribution;
import nnpid.distribution.Passes;
import nnpid.distribution.SampledDistribution;
import nnpid.distribution.WeightMeaning;

/**
 * Random halves of samples, drawn without replacement. Weights that are counts are so many samples;
 * else a row is one sample and keeps its weight. All passes of a sample are in the same half.
 * Immutable.
 */
final class SampleHalves implements Serializable {
  private static final long serialVersionUID = 1L;

  private final SampledDistribution samples;
  private final JointDistribution distribution;
  private final boolean counts;
  private final int[] rows; // realization of every row, ascending; none if weights are counts
  private final double[] weights; // of the rows

  SampleHalves(SampledDistribution samples) {
    this.samples = samples;
    distribution = samples.distribution();
    counts = samples.weightMeaning() == WeightMeaning.COUNTS;
    rows = samples.rowRealizations();
    weights = samples.rowWeights();
  }

  /** Number of samples in a half; of an odd number one is left over. */
  long size() {
    return sampleCount() / 2;
  }

  private long sampleCount() {
    return samples
        .passes()
        .map(passes -> (long) passes.sampleCount())
        .orElse(counts ? (long) distribution.totalWeight() : rows.length);
  }

  /** One half. */
  SampledDistribution draw(SplittableRandom random) {
    Optional<Passes> passes = samples.passes();
    if (passes.isPresent()) {
      return passes.get().some(samples, choose(passes.get().sampleCount(), random));
    }
    double[] drawn = counts ? drawCounts(random) : drawRows(random);
    int[] realizations = new int[drawn.length];
    int size = 0;
    for (int r = 0; r < drawn.length; r++) {
      if (drawn[r] > 0) {
        realizations[size++] = r;
      }
    }
    realizations = Arrays.copyOf(realizations, size);
    return SampledDistribution.of(
        distribution.withTargets(
            realizations,
            Arrays.stream(realizations).map(distribution::targetState).toArray(),
            Arrays.stream(realizations).mapToDouble(r -> drawn[r]).toArray()),
        samples.weightMeaning());
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
    for (int row : choose(rows.length, random)) {
      drawn[rows[row]] += weights[row];
    }
    return drawn;
  }

  /** As many as are in a half, in their order. */
  private int[] choose(int count, SplittableRandom random) {
    int[] chosen = new int[(int) size()];
    int next = 0;
    for (int i = 0; i < count; i++) {
      if (random.nextInt(count - i) < chosen.length - next) {
        chosen[next++] = i;
      }
    }
    return chosen;
  }
}
