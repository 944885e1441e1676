package nnpid.estimation;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import nnpid.distribution.SampledDistribution;
import nnpid.execution.Execution;
import nnpid.execution.Job;
import nnpid.execution.RandomStreams;
import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.stat.StatUtils;

/**
 * How far the results may be off because other samples of the same size would have given others,
 * and how much they still move as samples get more: from the results of random halves of the
 * samples (METHOD.md, section 10c).
 *
 * <p>The standard deviation over halves, less what Monte-Carlo errors of the halves add to it, is
 * the standard error of the whole: the jackknife that leaves out half.
 *
 * @param halves how many halves
 * @param mutualInformation of I(T:S)
 * @param complexity of C
 * @param degreesOfSynergy of &Pi;_1, &Pi;_2, ...
 */
public record SamplingError(
    int halves, Spread mutualInformation, Spread complexity, List<Spread> degreesOfSynergy)
    implements Serializable {

  /** Smaller halves tell nothing. */
  public static final int LEAST_HALF = 20;

  /**
   * One figure.
   *
   * @param standardError sampling standard error; NaN if it is defined in fewer than two halves, or
   *     Monte-Carlo errors are so large that they hide it
   * @param atHalf mean over halves: its value from half the samples; NaN if it is defined in none
   */
  public record Spread(double standardError, double atHalf) implements Serializable {}

  /**
   * The results of one distribution.
   *
   * @param mutualInformation I(T:S)
   * @param complexity C, with its Monte-Carlo error; NaN if undefined
   * @param degreesOfSynergy &Pi;_1, &Pi;_2, ...
   */
  public record Figures(double mutualInformation, Figure complexity, List<Figure> degreesOfSynergy)
      implements Serializable {}

  /**
   * A value.
   *
   * @param monteCarloError its standard error as an estimate for the same distribution; 0 if exact
   */
  public record Figure(double value, double monteCarloError) implements Serializable {}

  /** One half. */
  private record Halving(SampleHalves halves, long seed, SameAnalysis<Figures> analysis)
      implements Job<Figures> {
    @Override
    public Figures run(int index, Execution execution) {
      return analysis.apply(halves.draw(RandomStreams.of(seed, index)));
    }
  }

  /** Makes the list immutable. */
  public SamplingError {
    degreesOfSynergy = List.copyOf(degreesOfSynergy);
  }

  /**
   * How many standard errors a 95% interval reaches to either side of a value that has no bias. So
   * few halves tell the standard error itself only roughly: of ten it is 2.26, by Student's t, and
   * not 1.96.
   *
   * @param halves at least two
   */
  public static double intervalFactor(int halves) {
    return intervalFactor(halves, 1);
  }

  /**
   * The same where one of several comparisons is told of, chosen for what came out: with 95% all of
   * them are within so many errors (Bonferroni).
   *
   * @param halves at least two
   * @param comparisons how many
   */
  public static double intervalFactor(int halves, int comparisons) {
    return new TDistribution(null, halves - 1)
        .inverseCumulativeProbability(1 - 0.025 / comparisons);
  }

  /** Whether the samples suffice for halves. */
  public static boolean isPossible(SampledDistribution samples) {
    return new SampleHalves(samples).size() >= LEAST_HALF;
  }

  /**
   * Analyzes random halves.
   *
   * @param halves how many, at least two
   * @param analysis computes the figures of a distribution, of as many degrees each time; it must
   *     be safe for several threads
   * @throws IllegalArgumentException if there are too few halves, or a half has fewer than {@value
   *     #LEAST_HALF} samples
   */
  public static SamplingError of(
      SampledDistribution samples,
      int halves,
      long seed,
      SameAnalysis<Figures> analysis,
      Execution execution) {
    SampleHalves drawing = new SampleHalves(samples);
    if (halves < 2) {
      throw new IllegalArgumentException(
          "The number of halves (" + halves + ") must be at least 2: one has no deviation.");
    }
    if (drawing.size() < LEAST_HALF) {
      throw new IllegalArgumentException(
          String.format(
              "The number of samples in a half (%d) must be at least %d.",
              drawing.size(), LEAST_HALF));
    }
    List<Figures> all = execution.map(new Halving(drawing, seed, analysis), 0, halves);
    List<Spread> degrees = new ArrayList<>();
    for (int degree = 0; degree < all.get(0).degreesOfSynergy().size(); degree++) {
      int k = degree;
      degrees.add(spread(all, figures -> figures.degreesOfSynergy().get(k)));
    }
    return new SamplingError(
        halves,
        spread(all, figures -> new Figure(figures.mutualInformation(), 0)),
        spread(all, Figures::complexity),
        degrees);
  }

  private static Spread spread(List<Figures> all, Function<Figures, Figure> figure) {
    List<Figure> defined =
        all.stream().map(figure).filter(one -> !Double.isNaN(one.value())).toList();
    double[] values = values(defined, Figure::value);
    double ofEstimates =
        StatUtils.mean(values(defined, one -> one.monteCarloError() * one.monteCarloError()));
    double variance = values.length < 2 ? Double.NaN : StatUtils.variance(values) - ofEstimates;
    // Where estimates are hardly better than what is left of the variance, they hide it.
    boolean hidden = ofEstimates > 0 && !(variance > ofEstimates);
    return new Spread(
        hidden ? Double.NaN : Math.sqrt(Math.max(0, variance)), StatUtils.mean(values));
  }

  private static double[] values(List<Figure> figures, ToDoubleFunction<Figure> value) {
    return figures.stream().mapToDouble(value).toArray();
  }
}
