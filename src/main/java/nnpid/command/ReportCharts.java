package nnpid.command;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import nnpid.analysis.LayerResult;
import nnpid.analysis.Report;
import nnpid.chart.ComplexityChart;
import nnpid.chart.PairsChart;
import nnpid.chart.Picture;

/**
 * The files for the charts of an analysis: one of all layers, and one of the pairs of units of
 * every layer that has some.
 *
 * @param prefix what their names begin with; empty for none
 */
record ReportCharts(String prefix) {
  private static final int WIDTH = 1000;
  private static final int HEIGHT = 640;

  /** No files. */
  static final ReportCharts NONE = new ReportCharts("");

  /**
   * The files that there will be in any case.
   *
   * @throws IllegalArgumentException if one cannot be written
   */
  List<OutputFile> files() {
    return prefix.isEmpty() ? List.of() : List.of(file("complexity.png"), file("complexity.svg"));
  }

  private OutputFile file(String end) {
    return OutputFile.of("chart", "-charts", prefix + "-" + end);
  }

  /**
   * Writes the charts, if there is anything to show. One that cannot be written does not keep the
   * others from it.
   *
   * @return what could not be written, as sentences
   */
  List<String> write(Report report) {
    List<String> problems = new ArrayList<>();
    if (prefix.isEmpty() || report.layers().isEmpty()) {
      return problems;
    }
    Map<String, Picture> pictures = new LinkedHashMap<>();
    // Where no chart is wanted, as on Spark, JFreeChart need not be there: only nnpid.chart names
    // it.
    pictures.put("complexity", ComplexityChart.picture(report, WIDTH, HEIGHT));
    for (LayerResult layer : report.rows()) {
      if (PairsChart.canShow(layer)) {
        pictures.put(
            "pairs-" + layer.name().replaceAll("[^\\p{Alnum}._-]+", "_"),
            PairsChart.REDUNDANT_AND_SYNERGISTIC.picture(layer, WIDTH));
      }
    }
    pictures.forEach(
        (name, picture) -> {
          try {
            file(name + ".png").write(out -> picture.writePng(out, 1));
            file(name + ".svg").writeText(picture::writeSvg);
          } catch (IllegalArgumentException | IOException e) {
            problems.add(e.getMessage());
          }
        });
    return problems;
  }
}
