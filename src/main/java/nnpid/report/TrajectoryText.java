package nnpid.report;

import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import nnpid.analysis.Trajectory;
import nnpid.analysis.TrajectoryPoint;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;

/** Writes a trajectory as tables for people. */
final class TrajectoryText {
  private TrajectoryText() {}

  static void write(Trajectory trajectory, Writer out) throws IOException {
    out.write("Representational complexity C over training\n\n");
    out.write("Data:    " + trajectory.relation() + "\n");
    out.write("Network: " + trajectory.network() + "\n");
    long repeats = trajectory.points().stream().map(TrajectoryPoint::repeat).distinct().count();
    out.write(
        String.format(
            Locale.ROOT,
            "%s%s%n%n",
            repeats == 1
                ? "One training"
                : "Mean over " + repeats + " repeats +- standard deviation",
            trajectory.complete() ? "" : "; stopped before the end"));
    List<String> layers = trajectory.layers();
    out.write(String.format(Locale.ROOT, "%7s", "epoch"));
    boolean trained = isKnown(trajectory, TrajectoryPoint::trainAccuracy);
    if (trained) {
      out.write(String.format(Locale.ROOT, "  %13s", "train acc."));
    }
    boolean tested = isKnown(trajectory, TrajectoryPoint::testAccuracy);
    if (tested) {
      out.write(String.format(Locale.ROOT, "  %13s", "test acc."));
    }
    for (String layer : layers) {
      out.write(String.format(Locale.ROOT, "  %14s", "C(" + layer + ")"));
    }
    out.write('\n');
    for (int epoch : trajectory.epochs()) {
      out.write(String.format(Locale.ROOT, "%7d", epoch));
      List<TrajectoryPoint> any =
          layers.isEmpty() ? List.of() : trajectory.at(layers.get(0), epoch);
      if (trained) {
        out.write("  " + cell(any, TrajectoryPoint::trainAccuracy, 3, 13));
      }
      if (tested) {
        out.write("  " + cell(any, TrajectoryPoint::testAccuracy, 3, 13));
      }
      for (String layer : layers) {
        out.write(
            "  "
                + cell(
                    trajectory.at(layer, epoch),
                    TrajectoryPoint::representationalComplexity,
                    3,
                    14));
      }
      out.write('\n');
    }
    for (String warning : trajectory.warnings()) {
      out.write("\nWarning: " + warning + "\n");
    }
    for (String note : trajectory.notes()) {
      out.write("\nNote: " + note + "\n");
    }
    out.flush();
  }

  private static boolean isKnown(
      Trajectory trajectory, ToDoubleFunction<TrajectoryPoint> quantity) {
    return !trajectory.points().stream().mapToDouble(quantity).allMatch(Double::isNaN);
  }

  private static String cell(
      List<TrajectoryPoint> points,
      ToDoubleFunction<TrajectoryPoint> quantity,
      int digits,
      int width) {
    SummaryStatistics statistics = new SummaryStatistics();
    points.stream()
        .mapToDouble(quantity)
        .filter(value -> !Double.isNaN(value))
        .forEach(statistics::addValue);
    String text =
        statistics.getN() == 0
            ? "-"
            : statistics.getN() == 1
                ? String.format(Locale.ROOT, "%." + digits + "f", statistics.getMean())
                : String.format(
                    Locale.ROOT,
                    "%." + digits + "f +- %." + (digits - 1) + "f",
                    statistics.getMean(),
                    statistics.getStandardDeviation());
    return String.format(Locale.ROOT, "%" + width + "s", text);
  }
}
