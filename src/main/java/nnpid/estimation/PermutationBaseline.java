package nnpid.estimation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import nnpid.decomposition.Backbone;
import nnpid.distribution.JointDistribution;
import nnpid.execution.Execution;
import nnpid.execution.RandomStreams;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;

/**
 * What finite samples alone make of a layer: the results after shuffling the targets among the
 * samples, which leaves no information about them but what sampling feigns.
 *
 * @param permutations how many shuffles
 * @param mutualInformation I(T:S) under shuffled targets
 * @param complexity C under shuffled targets
 * @param degreesOfSynergy &Pi;_1, &Pi;_2, ... under shuffled targets
 */
public record PermutationBaseline(
    int permutations,
    Comparison mutualInformation,
    Comparison complexity,
    List<Comparison> degreesOfSynergy) {

  /**
   * An observed value among those of shuffled targets.
   *
   * @param mean mean under shuffled targets; NaN if undefined for all
   * @param standardDeviation their standard deviation
   * @param pValue for the mutual information the share of shuffles that reach the observed value,
   *     the observed one included; for the others twice the smaller share of both sides
   */
  public record Comparison(double mean, double standardDeviation, double pValue) {}

  /** Makes the list immutable. */
  public PermutationBaseline {
    degreesOfSynergy = List.copyOf(degreesOfSynergy);
  }

  /**
   * Analyzes shuffled distributions. If all weights are whole numbers, they are counts of samples,
   * and the targets of samples are shuffled; else the targets of realizations are, whatever their
   * weights.
   *
   * @param analysis computes the backbone of a distribution; it must be safe for several threads
   * @throws IllegalArgumentException if {@code permutations} is not positive
   */
  public static PermutationBaseline of(
      JointDistribution distribution,
      Backbone observed,
      int permutations,
      long seed,
      Function<JointDistribution, Backbone> analysis,
      Execution execution) {
    if (permutations < 1) {
      throw new IllegalArgumentException(
          "The number of permutations (" + permutations + ") must be at least 1.");
    }
    Backbone[] shuffled = new Backbone[permutations];
    Shuffler shuffler = new Shuffler(distribution);
    execution.forEach(
        permutations,
        i -> shuffled[i] = analysis.apply(shuffler.shuffle(RandomStreams.of(seed, i))));
    List<Comparison> degrees = new ArrayList<>();
    for (int degree = 1; degree <= observed.sourceCount(); degree++) {
      int k = degree;
      degrees.add(compare(observed, shuffled, b -> b.information(k), false));
    }
    return new PermutationBaseline(
        permutations,
        compare(observed, shuffled, Backbone::mutualInformation, true),
        compare(observed, shuffled, Backbone::representationalComplexity, false),
        degrees);
  }

  private static Comparison compare(
      Backbone observed, Backbone[] shuffled, ToDoubleFunction<Backbone> quantity, boolean upper) {
    double value = quantity.applyAsDouble(observed);
    SummaryStatistics statistics = new SummaryStatistics();
    int above = 1;
    int below = 1;
    for (Backbone backbone : shuffled) {
      double other = quantity.applyAsDouble(backbone);
      if (!Double.isNaN(other)) {
        statistics.addValue(other);
        above += other >= value ? 1 : 0;
        below += other <= value ? 1 : 0;
      }
    }
    double all = statistics.getN() + 1;
    double pValue = upper ? above / all : Math.min(1, 2 * Math.min(above, below) / all);
    return new Comparison(
        statistics.getMean(),
        statistics.getStandardDeviation(),
        Double.isNaN(value) || statistics.getN() == 0 ? Double.NaN : pValue);
  }

  /** Shuffles the targets of samples. */
  private static final class Shuffler {
    private final JointDistribution distribution;
    private final int[] samples; // realization of every sample
    private final boolean counts;

    Shuffler(JointDistribution distribution) {
      this.distribution = distribution;
      double[] weights = distribution.weights();
      counts =
          Arrays.stream(weights).allMatch(w -> w == Math.rint(w))
              && distribution.totalWeight() <= 1 << 28;
      int size = counts ? (int) distribution.totalWeight() : weights.length;
      samples = new int[size];
      int next = 0;
      for (int r = 0; r < weights.length; r++) {
        int copies = counts ? (int) weights[r] : 1;
        Arrays.fill(samples, next, next + copies, r);
        next += copies;
      }
    }

    JointDistribution shuffle(SplittableRandom random) {
      int[] targets = new int[samples.length];
      for (int i = 0; i < targets.length; i++) {
        int other = random.nextInt(i + 1);
        targets[i] = targets[other];
        targets[other] = distribution.targetState(samples[i]);
      }
      int n = distribution.sourceCount();
      JointDistribution.Counter counter = new JointDistribution.Counter(n);
      int[] states = new int[n];
      for (int i = 0; i < targets.length; i++) {
        for (int source = 0; source < n; source++) {
          states[source] = distribution.sourceState(samples[i], source);
        }
        counter.add(states, targets[i], counts ? 1 : distribution.weight(samples[i]));
      }
      return counter.toDistribution();
    }
  }
}
