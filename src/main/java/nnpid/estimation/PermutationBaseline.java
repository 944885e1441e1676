package nnpid.estimation;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import nnpid.decomposition.Backbone;
import nnpid.distribution.SampledDistribution;
import nnpid.execution.Execution;
import nnpid.execution.Job;
import nnpid.execution.RandomStreams;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;

/**
 * What finite samples alone make of a layer: the results after shuffling the targets among the
 * samples, which leaves no information about them but what sampling feigns.
 *
 * @param permutations how many shuffles
 * @param weightsGoWithTargets whether the weights of samples were shuffled together with the
 *     targets, since they are the same within every class; else they stayed with the sources
 * @param mutualInformation I(T:S)
 * @param complexity C
 * @param degreesOfSynergy &Pi;_1, &Pi;_2, ...
 */
public record PermutationBaseline(
    int permutations,
    boolean weightsGoWithTargets,
    Comparison mutualInformation,
    Comparison complexity,
    List<Comparison> degreesOfSynergy)
    implements Serializable {

  /** Information that differs by less, in bits, is the same but for rounding. */
  private static final double ROUNDING = 1e-12;

  /**
   * An observed value among those of shuffled targets.
   *
   * @param observed the value without shuffling; NaN if undefined
   * @param mean mean under shuffled targets; NaN if undefined for all
   * @param standardDeviation their standard deviation; NaN if fewer than two are defined
   * @param pValue for the mutual information the share of shuffles that reach the observed value,
   *     the observed one included; for the others twice the smaller share of both sides. Values
   *     that are the same but for rounding count as reaching each other
   */
  public record Comparison(double observed, double mean, double standardDeviation, double pValue)
      implements Serializable {}

  /**
   * What is compared.
   *
   * @param mutualInformation I(T:S)
   * @param complexity C; NaN if undefined
   * @param backbone its &Pi;_1, &Pi;_2, ... count
   */
  public record Figures(double mutualInformation, double complexity, Backbone backbone)
      implements Serializable {
    /** Those of a backbone. */
    public static Figures of(Backbone backbone) {
      return new Figures(
          backbone.mutualInformation(), backbone.representationalComplexity(), backbone);
    }

    /** Whether others are the same to the last bit. */
    public boolean isSame(Figures other) {
      return Double.compare(mutualInformation, other.mutualInformation) == 0
          && Double.compare(complexity, other.complexity) == 0
          && backbone.sourceCount() == other.backbone.sourceCount()
          && IntStream.rangeClosed(1, backbone.sourceCount())
              .allMatch(
                  k -> Double.compare(backbone.information(k), other.backbone.information(k)) == 0);
    }
  }

  /** Makes the list immutable. */
  public PermutationBaseline {
    degreesOfSynergy = List.copyOf(degreesOfSynergy);
  }

  /**
   * Some of the results after shuffling.
   *
   * @param first number of the first shuffle
   * @param weightsGoWithTargets as of all
   * @param figures of the shuffles from the first on
   */
  public record Part(int first, boolean weightsGoWithTargets, List<Figures> figures)
      implements Serializable {
    /** Makes the list immutable. */
    public Part {
      figures = List.copyOf(figures);
    }
  }

  /**
   * One shuffle.
   *
   * @param analysis computes the figures
   */
  private record Shuffling(TargetShuffle shuffle, long seed, SameAnalysis<Figures> analysis)
      implements Job<Figures> {
    @Override
    public Figures run(int index, Execution execution) {
      return analysis.apply(shuffle.shuffle(RandomStreams.of(seed, index)));
    }
  }

  /**
   * Analyzes shuffled distributions.
   *
   * @param analysis computes the figures of a distribution; it must be safe for several threads
   * @throws IllegalArgumentException if {@code permutations} is not positive
   */
  public static PermutationBaseline of(
      SampledDistribution samples,
      Figures observed,
      int permutations,
      long seed,
      SameAnalysis<Figures> analysis,
      Execution execution) {
    if (permutations < 1) {
      throw new IllegalArgumentException(
          "The number of permutations (" + permutations + ") must be at least 1.");
    }
    return of(observed, List.of(part(samples, 0, permutations, seed, analysis, execution)));
  }

  /**
   * Analyzes some of the shuffled distributions: so many from the first one on.
   *
   * @param analysis as of all
   */
  public static Part part(
      SampledDistribution samples,
      int first,
      int count,
      long seed,
      SameAnalysis<Figures> analysis,
      Execution execution) {
    TargetShuffle shuffle = new TargetShuffle(samples);
    return new Part(
        first,
        shuffle.weightsGoWithTargets(),
        execution.map(new Shuffling(shuffle, seed, analysis), first, count));
  }

  /**
   * Compares with shuffles.
   *
   * @param parts at least one, in any order
   */
  public static PermutationBaseline of(Figures observed, List<Part> parts) {
    List<Figures> shuffled =
        parts.stream()
            .sorted(Comparator.comparingInt(Part::first))
            .flatMap(part -> part.figures().stream())
            .toList();
    List<Comparison> degrees = new ArrayList<>();
    for (int degree = 1; degree <= observed.backbone().sourceCount(); degree++) {
      int k = degree;
      degrees.add(compare(observed, shuffled, f -> f.backbone().information(k), false, ROUNDING));
    }
    return new PermutationBaseline(
        shuffled.size(),
        parts.get(0).weightsGoWithTargets(),
        compare(observed, shuffled, Figures::mutualInformation, true, ROUNDING),
        compare(
            observed,
            shuffled,
            Figures::complexity,
            false,
            ROUNDING / Math.max(observed.mutualInformation(), ROUNDING)),
        degrees);
  }

  private static Comparison compare(
      Figures observed,
      List<Figures> shuffled,
      ToDoubleFunction<Figures> quantity,
      boolean upper,
      double rounding) {
    double value = quantity.applyAsDouble(observed);
    SummaryStatistics statistics = new SummaryStatistics();
    int above = 1;
    int below = 1;
    for (Figures figures : shuffled) {
      double other = quantity.applyAsDouble(figures);
      if (!Double.isNaN(other)) {
        statistics.addValue(other);
        above += other >= value - rounding ? 1 : 0;
        below += other <= value + rounding ? 1 : 0;
      }
    }
    double all = statistics.getN() + 1;
    double pValue = upper ? above / all : Math.min(1, 2 * Math.min(above, below) / all);
    return new Comparison(
        value,
        statistics.getMean(),
        statistics.getN() > 1 ? statistics.getStandardDeviation() : Double.NaN,
        Double.isNaN(value) || statistics.getN() == 0 ? Double.NaN : pValue);
  }
}
