package nnpid.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import nnpid.analysis.LayerSummary;
import nnpid.analysis.Trajectory;
import nnpid.analysis.TrajectoryPoint;
import nnpid.testing.Trajectories;
import org.jfree.chart.LegendItemCollection;
import org.jfree.chart.plot.CombinedDomainXYPlot;
import org.jfree.chart.plot.XYPlot;
import org.jfree.data.xy.IntervalXYDataset;
import org.jfree.data.xy.YIntervalSeries;
import org.junit.jupiter.api.Test;

class TrajectoryChartTest {

  @Test
  void curvesAreMeansInABandOfOneDeviation() {
    Trajectory trajectory = Trajectories.ofTwoRepeats();
    YIntervalSeries series =
        TrajectoryChart.series("C", trajectory, "L3", TrajectoryPoint::representationalComplexity);
    double first = trajectory.at("L3", 3).get(0).representationalComplexity();
    double second = trajectory.at("L3", 3).get(1).representationalComplexity();
    assertEquals(2, series.getItemCount());
    assertEquals(4, series.getX(1).doubleValue(), 0);
    assertEquals((first + second) / 2, series.getYValue(1), 1e-12);
    assertEquals(
        Math.abs(first - second) / Math.sqrt(2),
        series.getYHighValue(1) - series.getYValue(1),
        1e-12);
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
