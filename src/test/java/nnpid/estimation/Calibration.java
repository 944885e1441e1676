package nnpid.estimation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import nnpid.decomposition.Backbone;
import nnpid.decomposition.BothValues;
import nnpid.decomposition.Support;
import nnpid.distribution.JointDistribution;
import nnpid.distribution.SampledDistribution;
import nnpid.distribution.WeightMeaning;
import nnpid.execution.Execution;
import nnpid.execution.RandomStreams;
import org.apache.commons.math3.stat.StatUtils;

/**
 * What many samples of a layer say whose true distribution is known: values by kind, with the
 * sampling errors that ten halves tell. A figure is V_1, V_2, ..., V_n, which is I, or C.
 *
 * @param layer the layer
 * @param truth by figure
 * @param samples what every sample says
 */
record Calibration(NoisyLayer layer, List<Double> truth, List<Sample> samples) {
  /** The default. */
  static final int HALVES = 10;

  /** A kind of values. */
  enum Kind {
    PLUG_IN,
    CORRECTED,
    /** Twice the plug-in value of the whole less that of halves. */
    EXTRAPOLATED
  }

  /** A value, and its sampling standard error. */
  private record Estimate(double value, double error) {}

  /**
   * What one sample says.
   *
   * @param estimates by kind and figure
   * @param support what the sample supports
   * @param realizationShare its R/m
   */
  private record Sample(List<List<Estimate>> estimates, Support support, double realizationShare) {
    Estimate estimate(Kind kind, int figure) {
      return estimates.get(kind.ordinal()).get(figure);
    }
  }

  /** Analyzes {@code count} samples of {@code size} each; seeds are those of the layer. */
  static Calibration of(NoisyLayer layer, int size, int count, Execution execution) {
    Sample[] samples = new Sample[count];
    execution.forEach(
        count,
        i -> {
          SplittableRandom random = RandomStreams.of(layer.seed(), i);
          samples[i] = analyze(layer.sample(size, random), i);
        });
    double[] truth = figures(Backbone.of(layer.truth(), execution));
    return new Calibration(layer, Arrays.stream(truth).boxed().toList(), List.of(samples));
  }

  private static double[] figures(Backbone backbone) {
    int sources = backbone.sourceCount();
    double[] figures = new double[sources + 1];
    for (int k = 1; k < sources; k++) {
      figures[k - 1] = backbone.accessible(k);
    }
    figures[sources - 1] = backbone.mutualInformation();
    figures[sources] = backbone.representationalComplexity();
    return figures;
  }

  private static Sample analyze(JointDistribution sample, long seed) {
    BothValues<Backbone> both = Backbone.ofBoth(sample, Execution.sequential());
    double[] plugIn = figures(both.plugIn());
    double[] corrected = figures(both.corrected());
    // Figures of any number and kind: they are called degrees here.
    List<SamplingError.Spread> spreads =
        SamplingError.of(
                SampledDistribution.of(sample, WeightMeaning.COUNTS),
                HALVES,
                seed,
                half ->
                    new SamplingError.Figures(
                        0, new SamplingError.Figure(0, 0), bothOf(half.distribution())),
                Execution.sequential())
            .degreesOfSynergy();
    List<List<Estimate>> estimates = // in the order of kinds
        List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    for (int i = 0; i < plugIn.length; i++) {
      SamplingError.Spread ofPlugIn = spreads.get(i);
      SamplingError.Spread ofCorrected = spreads.get(plugIn.length + i);
      estimates.get(0).add(new Estimate(plugIn[i], ofPlugIn.standardError()));
      estimates.get(1).add(new Estimate(corrected[i], ofCorrected.standardError()));
      estimates
          .get(2)
          .add(new Estimate(2 * plugIn[i] - ofPlugIn.atHalf(), ofPlugIn.standardError()));
    }
    return new Sample(
        estimates, Support.of(sample), sample.realizationCount() / sample.totalWeight());
  }

  private static List<SamplingError.Figure> bothOf(JointDistribution half) {
    BothValues<Backbone> both = Backbone.ofBoth(half, Execution.sequential());
    List<SamplingError.Figure> all = new ArrayList<>();
    for (Backbone backbone : List.of(both.plugIn(), both.corrected())) {
      for (double figure : figures(backbone)) {
        all.add(new SamplingError.Figure(figure, 0));
      }
    }
    return all;
  }

  /** The figure that is C; that before is I. */
  int complexity() {
    return layer.sources();
  }

  /** Mean R/m. */
  double realizationShare() {
    return mean(Sample::realizationShare);
  }

  /** Mean share of samples that support all sources together. */
  double support() {
    return mean(sample -> sample.support().byDegree().get(layer.sources() - 1));
  }

  /** How far values of this kind are off on average, where they are defined. */
  double bias(Kind kind, int figure) {
    return mean(sample -> sample.estimate(kind, figure).value()) - truth.get(figure);
  }

  /** The root of the mean squared standard error over the standard deviation that there is. */
  double errorRatio(Kind kind, int figure) {
    double[] values = samples.stream().mapToDouble(s -> s.estimate(kind, figure).value()).toArray();
    double square = mean(sample -> Math.pow(sample.estimate(kind, figure).error(), 2));
    return Math.sqrt(square / StatUtils.variance(values));
  }

  /** Whether an interval contains the truth, for every sample that supports the figure. */
  DoubleStream hits(Kind kind, int figure, double width) {
    int degree = Math.min(figure + 1, layer.sources());
    return samples.stream()
        .filter(sample -> sample.support().supportedDegree() >= degree)
        .mapToDouble(sample -> isHit(sample.estimate(kind, figure), figure, width));
  }

  /** The same for samples that do not support the figure. */
  DoubleStream unsupportedHits(Kind kind, int figure, double width) {
    int degree = Math.min(figure + 1, layer.sources());
    return samples.stream()
        .filter(sample -> sample.support().supportedDegree() < degree)
        .mapToDouble(sample -> isHit(sample.estimate(kind, figure), figure, width));
  }

  private double isHit(Estimate estimate, int figure, double width) {
    return Math.abs(estimate.value() - truth.get(figure)) <= width * estimate.error() ? 1 : 0;
  }

  private double mean(ToDoubleFunction<Sample> quantity) {
    return samples.stream()
        .mapToDouble(quantity)
        .filter(value -> !Double.isNaN(value))
        .average()
        .orElse(Double.NaN);
  }
}
