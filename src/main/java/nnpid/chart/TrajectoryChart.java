package nnpid.chart;

import java.awt.Color;
import java.awt.Font;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import nnpid.analysis.LayerSummary;
import nnpid.analysis.Trajectory;
import nnpid.analysis.TrajectoryPoint;
import nnpid.decomposition.Values;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.CombinedDomainXYPlot;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.DeviationRenderer;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.data.xy.YIntervalSeries;
import org.jfree.data.xy.YIntervalSeriesCollection;

/**
 * Curves of a trajectory over the epochs: means over repeats, in a band of one standard deviation
 * to both sides; with them what {@link LayerCurves} adds. Where epochs are {@link EpochAxis} tells.
 */
public enum TrajectoryChart {
  /**
   * C of every layer; below it the information about the class, if it is known of test data too,
   * and the accuracy on training and test data, where it is known.
   */
  COMPLEXITY,
  /** The information of every degree of synergy, one panel per layer. */
  DEGREES_OF_SYNERGY,
  /**
   * What is cheap for layers of any width: the average degrees of redundancy and of vulnerability,
   * and Reing et al.'s complexity.
   */
  SHANNON_INVARIANTS,
  /** Degrees of synergy at a horizon, and C at it. */
  AT_HORIZON;

  /** The chart of a trajectory. */
  public JFreeChart of(Trajectory trajectory, ChartStyle style) {
    return switch (this) {
      case COMPLEXITY -> complexity(trajectory, style);
      case DEGREES_OF_SYNERGY -> degreesOfSynergy(trajectory, style);
      case SHANNON_INVARIANTS -> shannonInvariants(trajectory, style);
      case AT_HORIZON -> atHorizon(trajectory, style);
    };
  }

  /** The chart of a trajectory as it is written to files: for print, whatever Weka looks like. */
  public Picture picture(Trajectory trajectory, int width, int height) {
    return new Picture(of(trajectory, ChartStyle.LIGHT), width, height);
  }

  private static JFreeChart complexity(Trajectory trajectory, ChartStyle style) {
    CombinedDomainXYPlot plot = combined(trajectory, style);
    boolean isCorrected = trajectory.values() == Values.CORRECTED;
    plot.add(
        LayerCurves.panel(
            trajectory,
            isCorrected ? "C, corrected" : "C",
            LayerSummary::representationalComplexity,
            isCorrected ? summary -> Double.NaN : LayerSummary::correctedComplexity,
            summary -> summary.sampling().errorOfComplexity(),
            style),
        3);
    if (trajectory.isTested()) {
      XYPlot information =
          LayerCurves.panel(
              trajectory,
              "I(T:S), bits",
              LayerSummary::mutualInformation,
              isCorrected ? summary -> Double.NaN : LayerSummary::correctedMutualInformation,
              summary -> summary.sampling().errorOfInformation(),
              style);
      LayerCurves.hideFromLegend(information);
      plot.add(information, 2);
    }
    YIntervalSeriesCollection accuracies = new YIntervalSeriesCollection();
    String any = trajectory.layers().stream().findFirst().orElse("");
    List<Color> colors = new ArrayList<>();
    YIntervalSeries train =
        series("training accuracy", trajectory, any, TrajectoryPoint::trainAccuracy);
    if (train.getItemCount() > 0) {
      accuracies.addSeries(train);
      colors.add(style.foreground());
    }
    YIntervalSeries test = series("test accuracy", trajectory, any, TrajectoryPoint::testAccuracy);
    if (test.getItemCount() > 0) {
      accuracies.addSeries(test);
      colors.add(style.muted());
    }
    if (!colors.isEmpty()) {
      plot.add(plot(trajectory, accuracies, "Accuracy", colors), 1);
    }
    JFreeChart chart =
        chart(
            "Representational complexity over training",
            trajectory.layersWithFewSamples(),
            plot,
            style);
    LayerCurves.addLegend(plot, style);
    return chart;
  }

  private static JFreeChart atHorizon(Trajectory trajectory, ChartStyle style) {
    CombinedDomainXYPlot plot = combined(trajectory, style);
    plot.add(
        LayerCurves.panel(
            trajectory,
            "C of " + trajectory.draws() + " draws",
            summary -> summary.within().representationalComplexity(),
            summary -> Double.NaN,
            summary -> Double.NaN,
            style),
        2);
    addDegreesOfSynergy(plot, trajectory, summary -> summary.within().degreeOfSynergy(), style);
    JFreeChart chart =
        chart(
            "Information of " + trajectory.draws() + " draws of other samples over training",
            List.of(),
            plot,
            style);
    LayerCurves.addLegend(plot, style);
    return chart;
  }

  private static JFreeChart shannonInvariants(Trajectory trajectory, ChartStyle style) {
    CombinedDomainXYPlot plot = combined(trajectory, style);
    Map<String, ToDoubleFunction<LayerSummary>> figures = new LinkedHashMap<>();
    figures.put("Redundancy", LayerSummary::averageDegreeOfRedundancy);
    figures.put("Vulnerability", LayerSummary::averageDegreeOfVulnerability);
    figures.put("C of Reing", LayerSummary::reingComplexity);
    figures.forEach(
        (name, figure) -> {
          XYPlot panel =
              LayerCurves.panel(
                  trajectory, name, figure, summary -> Double.NaN, summary -> Double.NaN, style);
          if (!plot.getSubplots().isEmpty()) {
            LayerCurves.hideFromLegend(panel);
          }
          plot.add(panel, 1);
        });
    JFreeChart chart =
        chart("Shannon invariants over training", trajectory.layersWithFewSamples(), plot, style);
    LayerCurves.addLegend(plot, style);
    return chart;
  }

  private static JFreeChart degreesOfSynergy(Trajectory trajectory, ChartStyle style) {
    CombinedDomainXYPlot plot = combined(trajectory, style);
    addDegreesOfSynergy(plot, trajectory, LayerSummary::degreeOfSynergy, style);
    return chart(
        "Information by degree of synergy over training",
        trajectory.layersWithFewSamples(),
        plot,
        style);
  }

  /** Adds a panel per layer. */
  private static void addDegreesOfSynergy(
      CombinedDomainXYPlot plot,
      Trajectory trajectory,
      Function<LayerSummary, List<Double>> information,
      ChartStyle style) {
    int most =
        trajectory.points().stream()
            .mapToInt(p -> information.apply(p.summary()).size())
            .max()
            .orElse(0);
    boolean hasLegend = false;
    for (String layer : trajectory.layers()) {
      int degrees =
          trajectory.points().stream()
              .filter(point -> point.layer().equals(layer))
              .mapToInt(point -> information.apply(point.summary()).size())
              .max()
              .orElse(0);
      YIntervalSeriesCollection data = new YIntervalSeriesCollection();
      for (int degree = 1; degree <= degrees; degree++) {
        int index = degree - 1;
        data.addSeries(
            series(
                Degrees.name(degree),
                trajectory,
                layer,
                point -> information.apply(point.summary()).get(index)));
      }
      List<Color> colors = IntStream.rangeClosed(1, degrees).mapToObj(style::degreeColor).toList();
      XYPlot panel = plot(trajectory, data, layer + ", bits", colors);
      // One legend serves all panels: that of the layer with the most degrees.
      boolean widest = degrees == most && !hasLegend;
      hasLegend |= widest;
      for (int series = 0; series < degrees; series++) {
        panel.getRenderer().setSeriesVisibleInLegend(series, widest);
      }
      plot.add(panel, 1);
    }
  }

  private static CombinedDomainXYPlot combined(Trajectory trajectory, ChartStyle style) {
    CombinedDomainXYPlot plot = new CombinedDomainXYPlot(EpochAxis.of(trajectory.epochs()).axis());
    plot.setGap(style.fontSize());
    return plot;
  }

  private static JFreeChart chart(
      String title, List<String> fewSamples, CombinedDomainXYPlot plot, ChartStyle style) {
    JFreeChart chart = new JFreeChart(title, null, plot, true);
    ChartStyle.noteFewSamples(chart, fewSamples);
    style.applyTo(chart, RectangleEdge.RIGHT);
    plot.getDomainAxis().setLabelFont(style.font());
    for (XYPlot panel : plot.getSubplots()) {
      ((Curves) panel.getRenderer()).color(style);
      LayerCurves.color(panel, style);
      style.applyTo(panel);
      panel.setDomainGridlinePaint(style.faint());
      panel.getRangeAxis().setLabelFont(style.font(Font.PLAIN, 1));
    }
    return chart;
  }

  static XYPlot plot(
      Trajectory trajectory, YIntervalSeriesCollection data, String label, List<Color> colors) {
    Curves renderer = new Curves(colors);
    EpochAxis epochs = EpochAxis.of(trajectory.epochs());
    renderer.setDefaultToolTipGenerator(
        (dataset, series, item) ->
            epochs.describe(
                dataset.getSeriesKey(series),
                dataset.getXValue(series, item),
                dataset.getYValue(series, item)));
    NumberAxis axis = new NumberAxis(label);
    axis.setAutoRangeIncludesZero(false);
    axis.setAutoRangeMinimumSize(0.05);
    return new XYPlot(data, null, axis, renderer);
  }

  /** Lines in bands. The theme of a chart overwrites colors: these are set after it. */
  private static final class Curves extends DeviationRenderer {
    private static final long serialVersionUID = 5102388461937102334L;

    private final List<Color> colors;

    Curves(List<Color> colors) {
      super(true, false);
      this.colors = colors;
      setAlpha(0.18f);
    }

    void color(ChartStyle style) {
      for (int series = 0; series < colors.size(); series++) {
        setSeriesPaint(series, colors.get(series));
        setSeriesFillPaint(series, colors.get(series));
        setSeriesStroke(series, style.stroke(1.8));
      }
    }
  }

  /** Mean and mean -+ standard deviation over repeats; epochs without any value are left out. */
  static YIntervalSeries series(
      String name,
      Trajectory trajectory,
      String layer,
      ToDoubleFunction<TrajectoryPoint> quantity) {
    YIntervalSeries series = new YIntervalSeries(name);
    EpochAxis axis = EpochAxis.of(trajectory.epochs());
    for (double epoch : trajectory.epochs()) {
      SummaryStatistics statistics = trajectory.overRepeats(layer, epoch, quantity);
      if (statistics.getN() > 0) {
        double mean = statistics.getMean();
        double deviation = statistics.getStandardDeviation();
        series.add(axis.place(epoch), mean, mean - deviation, mean + deviation);
      }
    }
    return series;
  }
}
