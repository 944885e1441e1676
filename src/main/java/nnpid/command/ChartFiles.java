package nnpid.command;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import nnpid.analysis.Trajectory;
import nnpid.chart.Picture;
import nnpid.chart.TrajectoryChart;
import nnpid.report.Table;

/**
 * The files for the charts of a training, and for the numbers in them if they are means.
 *
 * @param charts what is drawn, and where
 * @param means where means over repeats are written
 */
record ChartFiles(List<Chart> charts, Optional<OutputFile> means) {
  private static final int WIDTH = 1000;
  private static final int HEIGHT = 640;

  /** A chart to be written in two forms. */
  record Chart(TrajectoryChart drawing, OutputFile png, OutputFile svg) {}

  /**
   * The files whose names have a beginning; none if it is empty.
   *
   * @param atHorizon whether there is a chart of values at a horizon, too
   * @throws IllegalArgumentException if one cannot be written
   */
  static ChartFiles of(String prefix, boolean atHorizon) {
    if (prefix.isEmpty()) {
      return new ChartFiles(List.of(), Optional.empty());
    }
    List<Chart> charts = new ArrayList<>();
    charts.add(chart(TrajectoryChart.COMPLEXITY, prefix + "-complexity"));
    charts.add(chart(TrajectoryChart.DEGREES_OF_SYNERGY, prefix + "-degrees"));
    charts.add(chart(TrajectoryChart.SHANNON_INVARIANTS, prefix + "-invariants"));
    if (atHorizon) {
      charts.add(chart(TrajectoryChart.AT_HORIZON, prefix + "-horizon"));
    }
    return new ChartFiles(
        charts, Optional.of(OutputFile.of("chart", "-charts", prefix + "-means.csv")));
  }

  private static Chart chart(TrajectoryChart drawing, String nameWithoutExtension) {
    return new Chart(
        drawing,
        OutputFile.of("chart", "-charts", nameWithoutExtension + ".png"),
        OutputFile.of("chart", "-charts", nameWithoutExtension + ".svg"));
  }

  List<OutputFile> files() {
    return Stream.concat(
            charts.stream().flatMap(chart -> Stream.of(chart.png, chart.svg)), means.stream())
        .toList();
  }

  /**
   * Writes the charts, if there is anything to show. One that cannot be written does not keep the
   * others from it.
   *
   * @return what could not be written, as sentences
   */
  List<String> write(Trajectory trajectory) {
    List<String> problems = new ArrayList<>();
    if (trajectory.points().isEmpty()) {
      return problems;
    }
    if (means.isPresent() && trajectory.mostRepeats() > 1) {
      try {
        means.get().writeText(Table.ofMeans(trajectory)::writeCsv);
      } catch (IOException e) {
        problems.add(e.getMessage());
      }
    }
    for (Chart chart : charts) {
      Picture picture = chart.drawing.picture(trajectory, WIDTH, HEIGHT);
      try {
        chart.png.write(out -> picture.writePng(out, 1));
      } catch (IOException e) {
        problems.add(e.getMessage());
      }
      try {
        chart.svg.writeText(picture::writeSvg);
      } catch (IOException e) {
        problems.add(e.getMessage());
      }
    }
    return problems;
  }
}
