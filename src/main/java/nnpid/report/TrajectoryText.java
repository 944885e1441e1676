package nnpid.report;

import java.io.IOException;
import java.io.Writer;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import nnpid.analysis.Trajectory;
import nnpid.analysis.TrajectoryPoint;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;

/** Writes a trajectory as tables for people. */
final class TrajectoryText {
  private static final int ACCURACY_WIDTH = 13;
  private static final int COMPLEXITY_WIDTH = 14;

  private TrajectoryText() {}

  static void write(Trajectory trajectory, Writer out) throws IOException {
    out.write("Representational complexity C over training\n\n");
    out.write("Data:    " + trajectory.relation() + "\n");
    out.write("Network: " + trajectory.network() + "\n");
    int repeats = trajectory.begun().size();
    out.write(
        repeats == 1 ? "One training" : "Mean over " + repeats + " repeats +- standard deviation");
    out.write(trajectory.complete() ? "\n\n" : "; stopped before the end\n\n");
    boolean trained = isKnown(trajectory, TrajectoryPoint::trainAccuracy);
    boolean tested = isKnown(trajectory, TrajectoryPoint::testAccuracy);
    out.write(right("epoch", 7));
    out.write(trained ? "  " + right("train acc.", ACCURACY_WIDTH) : "");
    out.write(tested ? "  " + right("test acc.", ACCURACY_WIDTH) : "");
    for (String layer : trajectory.layers()) {
      out.write("  " + right("C(" + layer + ")", COMPLEXITY_WIDTH));
    }
    out.write('\n');
    // All layers of a network have its accuracy.
    String any = trajectory.layers().stream().findFirst().orElse("");
    for (int epoch : trajectory.epochs()) {
      out.write(right(Integer.toString(epoch), 7));
      if (trained) {
        String cell = cell(trajectory.overRepeats(any, epoch, TrajectoryPoint::trainAccuracy));
        out.write("  " + right(cell, ACCURACY_WIDTH));
      }
      if (tested) {
        String cell = cell(trajectory.overRepeats(any, epoch, TrajectoryPoint::testAccuracy));
        out.write("  " + right(cell, ACCURACY_WIDTH));
      }
      for (String layer : trajectory.layers()) {
        String cell =
            cell(trajectory.overRepeats(layer, epoch, TrajectoryPoint::representationalComplexity));
        out.write("  " + right(cell, COMPLEXITY_WIDTH));
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

  private static String right(String text, int width) {
    return " ".repeat(Math.max(0, width - text.length())) + text;
  }

  private static String cell(SummaryStatistics repeats) {
    if (repeats.getN() == 0) {
      return "-";
    }
    String mean = String.format(Locale.ROOT, "%.3f", repeats.getMean());
    return repeats.getN() == 1
        ? mean
        : mean + String.format(Locale.ROOT, " +- %.2f", repeats.getStandardDeviation());
  }
}
