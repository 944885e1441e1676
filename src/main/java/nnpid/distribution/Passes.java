package nnpid.distribution;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Samples that went through a network several times, with chance of its own each time: as units
 * that round stochastically have it. A sample has one target, one weight, and a realization for
 * every pass. All passes together are less noisy than one, but they are no more samples: whatever
 * rests on how many there are must take the passes of a sample as one. Immutable.
 */
public final class Passes implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int[][] realizations; // by pass, then by sample
  private final double[] weights; // by sample

  private Passes(int[][] realizations, double[] weights) {
    this.realizations = realizations;
    this.weights = weights;
  }

  /**
   * Passes in an order of the samples that does not depend on that of the rows.
   *
   * @param realizations by pass, then by sample
   * @param weights by sample
   */
  static Passes of(int[][] realizations, double[] weights) {
    Comparator<Integer> order = Comparator.comparingInt(sample -> realizations[0][sample]);
    for (int[] pass : realizations) {
      order = order.thenComparingInt(sample -> pass[sample]);
    }
    int[] samples =
        IntStream.range(0, weights.length)
            .boxed()
            .sorted(order.thenComparingDouble(sample -> weights[sample]))
            .mapToInt(sample -> sample)
            .toArray();
    return new Passes(realizations, weights).at(samples);
  }

  /** How many there are, at least two. */
  public int count() {
    return realizations.length;
  }

  public int sampleCount() {
    return weights.length;
  }

  /** The weights of the samples: a copy. */
  public double[] weights() {
    return weights.clone();
  }

  /** The realization of a sample in a pass. */
  public int realization(int pass, int sample) {
    return realizations[pass][sample];
  }

  private Passes at(int[] samples) {
    return new Passes(
        Arrays.stream(realizations).map(pass -> at(pass, samples)).toArray(int[][]::new),
        Arrays.stream(samples).mapToDouble(sample -> weights[sample]).toArray());
  }

  private static int[] at(int[] values, int[] places) {
    return Arrays.stream(places).map(place -> values[place]).toArray();
  }

  /** The same where realizations are counted otherwise. */
  Passes in(int[] newRealizations) {
    return new Passes(
        Arrays.stream(realizations).map(pass -> at(newRealizations, pass)).toArray(int[][]::new),
        weights);
  }

  /**
   * Some of the samples, with all their passes.
   *
   * @param samples that these are of
   * @param chosen which ones
   */
  public SampledDistribution some(SampledDistribution samples, int[] chosen) {
    int[] targets =
        Arrays.stream(at(realizations[0], chosen))
            .map(samples.distribution()::targetState)
            .toArray();
    return at(chosen).counted(samples.distribution(), samples.weightMeaning(), targets);
  }

  /**
   * The samples with the targets of others.
   *
   * @param samples that these are of
   * @param from by sample: whose target it gets
   * @param withWeights whether it gets the weight of that sample, too
   */
  public SampledDistribution withTargetsOf(
      SampledDistribution samples, int[] from, boolean withWeights) {
    int[] targets =
        Arrays.stream(at(realizations[0], from)).map(samples.distribution()::targetState).toArray();
    double[] newWeights =
        withWeights
            ? Arrays.stream(from).mapToDouble(sample -> weights[sample]).toArray()
            : weights;
    return new Passes(realizations, newWeights)
        .counted(samples.distribution(), samples.weightMeaning(), targets);
  }

  /** One pass of all samples. */
  SampledDistribution once(JointDistribution distribution, WeightMeaning meaning, int pass) {
    if (meaning != WeightMeaning.COUNTS) {
      throw new IllegalStateException("Only samples that weigh the same have passes of their own.");
    }
    int[] targets = Arrays.stream(realizations[0]).map(distribution::targetState).toArray();
    return new Passes(new int[][] {realizations[pass]}, weights)
        .counted(distribution, meaning, targets);
  }

  /**
   * Counts the states of the sources that these passes have, with other targets.
   *
   * @param of the distribution whose realizations they are
   * @param targets by sample
   */
  private SampledDistribution counted(JointDistribution of, WeightMeaning meaning, int[] targets) {
    long targetCount = Arrays.stream(targets).max().orElse(0) + 1L;
    int[] statesOf = of.realizationsWithoutTarget();
    long[] cells =
        Arrays.stream(realizations)
            .flatMapToLong(
                pass ->
                    IntStream.range(0, pass.length)
                        .mapToLong(i -> statesOf[pass[i]] * targetCount + targets[i]))
            .sorted()
            .distinct()
            .toArray();
    int[] sources = new int[cells.length];
    double[] cellWeights = new double[cells.length];
    int[][] newRealizations = new int[count()][sampleCount()];
    for (int pass = 0; pass < newRealizations.length; pass++) {
      for (int i = 0; i < targets.length; i++) {
        int source = realizations[pass][i];
        int cell = Arrays.binarySearch(cells, statesOf[source] * targetCount + targets[i]);
        sources[cell] = source;
        cellWeights[cell] += weights[i];
        newRealizations[pass][i] = cell;
      }
    }
    JointDistribution counted =
        of.withTargets(
            sources,
            Arrays.stream(cells).mapToInt(cell -> (int) (cell % targetCount)).toArray(),
            cellWeights);
    return count() == 1
        ? SampledDistribution.ofCounts(counted, sampleCount(), SampledDistribution.LeftOut.NONE)
        : SampledDistribution.of(
            counted,
            meaning,
            new Passes(newRealizations, weights),
            SampledDistribution.LeftOut.NONE);
  }
}
