package nnpid.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import nnpid.analysis.LayerSummary;
import nnpid.analysis.Trajectory;
import nnpid.analysis.TrajectoryPoint;
import nnpid.testing.Trajectories;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.LegendItemCollection;
import org.jfree.chart.plot.CombinedDomainXYPlot;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.title.TextTitle;
import org.jfree.data.xy.IntervalXYDataset;
import org.junit.jupiter.api.Test;

class TrajectoryChartTest {

  /** Student's t of one degree of freedom is Cauchy's: its quantile is a tangent. */
  @Test
  void curvesAreMeansInBandsOf95PercentThatDoNotStretchTheAxis() {
    Trajectory trajectory = Trajectories.ofTwoRepeats();
    JFreeChart chart = TrajectoryChart.COMPLEXITY.of(trajectory, ChartStyle.LIGHT);
    XYPlot panel = ((CombinedDomainXYPlot) chart.getPlot()).getSubplots().get(0);
    IntervalXYDataset data = (IntervalXYDataset) panel.getDataset();
    double first = trajectory.at("L3", 3).get(0).representationalComplexity();
    double second = trajectory.at("L3", 3).get(1).representationalComplexity();
    assertEquals(2, data.getItemCount(0));
    assertEquals(4, data.getXValue(0, 1), 0);
    assertEquals((first + second) / 2, data.getYValue(0, 1), 1e-12);
    assertEquals(
        Math.tan(0.475 * Math.PI) * Math.abs(first - second) / 2,
        data.getEndYValue(0, 1) - data.getYValue(0, 1),
        1e-9);
    XYPlot accuracy = ((CombinedDomainXYPlot) chart.getPlot()).getSubplots().get(1);
    assertTrue(((IntervalXYDataset) accuracy.getDataset()).getEndYValue(0, 1) > 2);
    assertTrue(accuracy.getRangeAxis().getUpperBound() < 1.1);
    assertTrue(
        chart.getSubtitles().stream()
            .anyMatch(
                title ->
                    title instanceof TextTitle text
                        && text.getText().contains("over 2 repeats (Student t: 8.98 standard")));
  }

  /** An epoch without a value parts the curve, and what stands alone is a point. */
  @Test
  void curvesHaveGapsWhereThereIsNoValue() throws IOException {
    JFreeChart chart = accuracies(0.78, Double.NaN, 0.75, 0.8);
    XYPlot panel = ((CombinedDomainXYPlot) chart.getPlot()).getSubplots().get(1);
    assertTrue(Double.isNaN(panel.getDataset().getYValue(0, 1)));
    byte[] alone = png(chart);
    assertFalse(Arrays.equals(alone, png(accuracies(Double.NaN, Double.NaN, 0.75, 0.8))));
    assertFalse(Arrays.equals(alone, png(accuracies(0.78, 0.765, 0.75, 0.8))));
  }

  private static JFreeChart accuracies(double... accuracies) {
    LayerSummary summary = Trajectories.ofXor(1, 1).points().get(0).summary();
    List<TrajectoryPoint> points = new ArrayList<>();
    for (int i = 0; i < accuracies.length; i++) {
      points.add(new TrajectoryPoint(1, i / 4.0, 1, accuracies[i], Double.NaN, summary));
    }
    return TrajectoryChart.COMPLEXITY.of(
        new Trajectory("xor", "none", 1, points, true, List.of()), ChartStyle.LIGHT);
  }

  private static byte[] png(JFreeChart chart) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new Picture(chart, 600, 400).writePng(out, 1);
    return out.toByteArray();
  }

  /** Of one layer: points, dashes and bars stand where they must, in the color of the layer. */
  @Test
  void correctedValuesTestDataAndSamplingErrorsAreDrawnBesideTheCurve() {
    Trajectory trajectory = Trajectories.ofTrainingAndTest();
    CombinedDomainXYPlot plot =
        (CombinedDomainXYPlot)
            TrajectoryChart.COMPLEXITY.of(trajectory, ChartStyle.LIGHT).getPlot();
    XYPlot panel = plot.getSubplots().get(0);
    TrajectoryPoint point = trajectory.points().get(0);
    LayerSummary train = point.summary();
    double[] expected = {
      train.representationalComplexity(),
      train.representationalComplexity(),
      train.correctedComplexity(),
      point.ofTest(LayerSummary::representationalComplexity),
      point.ofTest(LayerSummary::correctedComplexity)
    };
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], panel.getDataset(i).getYValue(0, 0), 1e-12, "data set " + i);
      assertEquals(
          ChartStyle.LIGHT.seriesColor(0), panel.getRenderer(i).getItemPaint(0, 0), "" + i);
    }
    IntervalXYDataset bars = (IntervalXYDataset) panel.getDataset(1);
    assertEquals(
        2 * train.sampling().errorOfComplexity(),
        bars.getEndYValue(0, 0) - bars.getStartYValue(0, 0),
        1e-12);
    List<String> legend = new ArrayList<>();
    LegendItemCollection items = plot.getLegendItems();
    for (int i = 0; i < items.getItemCount(); i++) {
      legend.add(items.get(i).getLabel());
    }
    assertTrue(
        legend.containsAll(List.of("corrected", "test data", "sampling error")), legend::toString);
    assertEquals(1, legend.stream().filter("L3"::equals).count());
  }

  @Test
  void atAHorizonThereAreTheComplexityAndAPanelPerLayer() {
    Trajectory trajectory = Trajectories.ofTrainingAndTest();
    CombinedDomainXYPlot plot =
        (CombinedDomainXYPlot)
            TrajectoryChart.AT_HORIZON.of(trajectory, ChartStyle.LIGHT).getPlot();
    LayerSummary.Within within = trajectory.points().get(0).summary().within();
    assertEquals(9, within.draws());
    assertEquals("9", trajectory.draws());
    assertEquals(
        within.representationalComplexity(),
        plot.getSubplots().get(0).getDataset(0).getYValue(0, 0),
        1e-12);
    for (int k = 0; k < 2; k++) {
      assertEquals(
          within.degreeOfSynergy().get(k),
          plot.getSubplots().get(1).getDataset(0).getYValue(k, 0),
          1e-12);
    }
    assertEquals(3 + 1, plot.getLegendItems().getItemCount()); // L3, both degrees, test data
  }

  @Test
  void shannonInvariantsHaveAPanelEach() {
    Trajectory trajectory = Trajectories.ofTrainingAndTest();
    CombinedDomainXYPlot plot =
        (CombinedDomainXYPlot)
            TrajectoryChart.SHANNON_INVARIANTS.of(trajectory, ChartStyle.LIGHT).getPlot();
    LayerSummary summary = trajectory.points().get(0).summary();
    double[] expected = {
      summary.averageDegreeOfRedundancy(),
      summary.averageDegreeOfVulnerability(),
      summary.reingComplexity()
    };
    for (int i = 0; i < expected.length; i++) {
      assertEquals(
          expected[i], plot.getSubplots().get(i).getDataset(0).getYValue(0, 0), 1e-12, "" + i);
    }
    assertEquals(2, plot.getLegendItems().getItemCount()); // L3, test data
  }

  @Test
  void bothChartsCanBePainted() {
    Trajectory trajectory = Trajectories.ofTwoRepeats();
    for (ChartStyle style : List.of(ChartStyle.LIGHT, ChartStyle.DARK)) {
      assertEquals(
          600,
          new Picture(TrajectoryChart.COMPLEXITY.of(trajectory, style), 600, 400)
              .toImage(1)
              .getWidth());
      assertEquals(
          800,
          new Picture(TrajectoryChart.DEGREES_OF_SYNERGY.of(trajectory, style), 400, 400)
              .toImage(2)
              .getWidth());
    }
  }

  @Test
  void accuracyIsDrawnOnlyWhereItIsKnown() {
    assertEquals(List.of("C"), panels(Trajectories.ofXor(Double.NaN, Double.NaN)));
    assertEquals(
        List.of("C", "Accuracy: test accuracy"), panels(Trajectories.ofXor(Double.NaN, 0.5)));
    assertEquals(
        List.of("C", "Accuracy: training accuracy, test accuracy"),
        panels(Trajectories.ofXor(0.5, 0.5)));
  }

  /** The labels of the panels, that of the accuracies with its series. */
  private static List<String> panels(Trajectory trajectory) {
    CombinedDomainXYPlot plot =
        (CombinedDomainXYPlot)
            TrajectoryChart.COMPLEXITY.of(trajectory, ChartStyle.LIGHT).getPlot();
    return plot.getSubplots().stream().map(TrajectoryChartTest::describe).toList();
  }

  private static String describe(XYPlot panel) {
    String label = panel.getRangeAxis().getLabel();
    if (label.equals("C")) {
      return label;
    }
    String series = "";
    for (int i = 0; i < panel.getSeriesCount(); i++) {
      series += (i == 0 ? ": " : ", ") + panel.getDataset().getSeriesKey(i);
    }
    return label + series;
  }
}
