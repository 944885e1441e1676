package nnpid.chart;

import java.awt.Font;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import nnpid.analysis.LayerSummary;
import nnpid.analysis.Trajectory;
import nnpid.analysis.TrajectoryPoint;
import nnpid.decomposition.Values;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.plot.CombinedDomainXYPlot;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.title.TextTitle;
import org.jfree.chart.ui.RectangleEdge;

/**
 * Curves of a trajectory over the epochs: means over repeats, in bands of their 95% intervals,
 * which a subtitle explains; with them what {@link LayerCurves} adds. Where epochs are {@link
 * EpochAxis} tells.
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
    MeanCurves accuracies = new MeanCurves(trajectory);
    String any = trajectory.layers().stream().findFirst().orElse("");
    accuracies.add(
        "training accuracy", any, TrajectoryPoint::trainAccuracy, style.foreground(), false);
    accuracies.add("test accuracy", any, TrajectoryPoint::testAccuracy, style.muted(), false);
    accuracies.limitToShares();
    if (!accuracies.isEmpty()) {
      plot.add(accuracies.panel("Accuracy"), 1);
    }
    JFreeChart chart =
        chart(
            "Representational complexity over training",
            trajectory,
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
            trajectory,
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
        chart(
            "Shannon invariants over training",
            trajectory,
            trajectory.layersWithFewSamples(),
            plot,
            style);
    LayerCurves.addLegend(plot, style);
    return chart;
  }

  private static JFreeChart degreesOfSynergy(Trajectory trajectory, ChartStyle style) {
    CombinedDomainXYPlot plot = combined(trajectory, style);
    addDegreesOfSynergy(plot, trajectory, LayerSummary::degreeOfSynergy, style);
    return chart(
        "Information by degree of synergy over training",
        trajectory,
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
      MeanCurves curves = new MeanCurves(trajectory);
      for (int degree = 1; degree <= degrees; degree++) {
        int index = degree - 1;
        curves.add(
            Degrees.name(degree),
            layer,
            point -> {
              List<Double> known = information.apply(point.summary());
              return index < known.size() ? known.get(index) : Double.NaN;
            },
            style.degreeColor(degree),
            true);
      }
      XYPlot panel = curves.panel(layer + ", bits");
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
      String title,
      Trajectory trajectory,
      List<String> fewSamples,
      CombinedDomainXYPlot plot,
      ChartStyle style) {
    JFreeChart chart = new JFreeChart(title, null, plot, true);
    boolean cutOff = trajectory.mostRepeats() == MeanCurves.REPEATS_OF_BANDS_CUT_OFF;
    trajectory
        .interval(cutOff ? "Bands, cut off at the edges" : "Bands")
        .ifPresent(sentence -> chart.addSubtitle(new TextTitle(sentence)));
    ChartStyle.noteFewSamples(chart, fewSamples);
    style.applyTo(chart, RectangleEdge.RIGHT);
    plot.getDomainAxis().setLabelFont(style.font());
    for (XYPlot panel : plot.getSubplots()) {
      ((MeanCurves.Renderer) panel.getRenderer()).color(style);
      LayerCurves.color(panel, style);
      style.applyTo(panel);
      panel.setDomainGridlinePaint(style.faint());
      panel.getRangeAxis().setLabelFont(style.font(Font.PLAIN, 1));
    }
    return chart;
  }
}
