package nnpid.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import nnpid.analysis.Trajectory;
import nnpid.analysis.TrajectoryPoint;
import nnpid.testing.Trajectories;
import org.jfree.chart.plot.CombinedDomainXYPlot;
import org.jfree.chart.plot.XYPlot;
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
