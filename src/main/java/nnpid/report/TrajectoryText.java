package nnpid.report;

import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import nnpid.analysis.LayerSummary;
import nnpid.analysis.OverRepeats;
import nnpid.analysis.Trajectory;
import nnpid.analysis.TrajectoryPoint;
import nnpid.decomposition.Values;
import nnpid.network.Epochs;

/** Writes a trajectory as tables for people: a row per epoch. */
final class TrajectoryText {
  private static final int EPOCH_WIDTH = 7;
  private static final int ACCURACY_WIDTH = 13;
  private static final int COMPLEXITY_WIDTH = 14;
  private static final int INTERVAL_WIDTH = 16;

  private final Trajectory trajectory;
  private final Writer out;

  private TrajectoryText(Trajectory trajectory, Writer out) {
    this.trajectory = trajectory;
    this.out = out;
  }

  /** A column of a table: the mean of a quantity over the repeats. */
  private record Column(
      String heading, int width, String layer, ToDoubleFunction<TrajectoryPoint> quantity) {
    private Column withWidth(int newWidth) {
      return new Column(heading, newWidth, layer, quantity);
    }
  }

  static void write(Trajectory trajectory, Writer out) throws IOException {
    new TrajectoryText(trajectory, out).write();
    out.flush();
  }

  private void write() throws IOException {
    out.write("Representational complexity C over training\n\n");
    out.write("Data:    " + trajectory.relation() + "\n");
    out.write("Network: " + trajectory.network() + "\n");
    if (isCorrected()) {
      out.write("Values:  corrected (" + Values.CORRECTED.description() + ")\n");
    }
    int repeats = trajectory.begun().size();
    out.write(
        repeats == 1 ? "One training" : "Mean over " + repeats + " repeats +- standard deviation");
    out.write(trajectory.complete() ? "\n\n" : "; not complete\n\n");
    List<String> inWords = InWords.of(trajectory);
    if (!inWords.isEmpty()) {
      out.write(String.join("\n", Words.lines(inWords)) + "\n\n");
    }
    List<Column> first = new ArrayList<>();
    // All layers of a network have its accuracy.
    String any = trajectory.layers().stream().findFirst().orElse("");
    addIfKnown(
        first, new Column("train acc.", ACCURACY_WIDTH, any, TrajectoryPoint::trainAccuracy));
    addIfKnown(first, new Column("test acc.", ACCURACY_WIDTH, any, TrajectoryPoint::testAccuracy));
    first.addAll(ofLayers("C", TrajectoryPoint::representationalComplexity));
    table(first);
    Optional<String> interval = trajectory.interval("Intervals of C");
    if (interval.isPresent()) {
      out.write("\n" + interval.get() + "\n\n");
      table(
          besideTest("C", LayerSummary::representationalComplexity).stream()
              .map(column -> column.withWidth(INTERVAL_WIDTH))
              .toList(),
          TrajectoryText::interval);
    }
    writeOthers();
    for (String warning : trajectory.warnings()) {
      out.write("\nWarning: " + warning + "\n");
    }
    for (String note : trajectory.notes()) {
      out.write("\nNote: " + note + "\n");
    }
  }

  /** What is known besides: corrected, of test data, from halves. */
  private void writeOthers() throws IOException {
    tableIfKnown(
        "C of the test data, which the network has not seen",
        ofLayers("C", ofTest(LayerSummary::representationalComplexity)));
    boolean hasCorrected = isKnown(ofTraining(LayerSummary::correctedComplexity));
    if (!isCorrected()) {
      tableIfKnown(
          "C corrected for the bias of the sample"
              + (trajectory.isTested() ? ", and of test data" : ""),
          besideTest("C", LayerSummary::correctedComplexity));
    }
    tableIfKnown(
        "Information about the class in bits"
            + (hasCorrected ? ", corrected" : "")
            + (trajectory.isTested() ? ", and of test data" : ""),
        besideTest(
            "I",
            hasCorrected
                ? LayerSummary::correctedMutualInformation
                : LayerSummary::mutualInformation));
    tableIfKnown(
        "Average degrees of redundancy", besideTest("r", LayerSummary::averageDegreeOfRedundancy));
    tableIfKnown(
        "Average degrees of vulnerability",
        besideTest("v", LayerSummary::averageDegreeOfVulnerability));
    tableIfKnown("C after Reing et al.", besideTest("C", LayerSummary::reingComplexity));
    tableIfKnown(
        "C of "
            + trajectory.draws()
            + " draws of other samples: to compare with other C of as many draws",
        besideTest("C", summary -> summary.within().representationalComplexity()));
    tableIfKnown(
        "Information about the class of " + trajectory.draws() + " draws of other samples, in bits",
        besideTest("I", summary -> summary.within().mutualInformation()));
    tableIfKnown(
        "Sampling standard error of I(T:S), from halves of the samples, in bits",
        besideTest("+-", summary -> summary.sampling().errorOfInformation()));
    tableIfKnown(
        "Sampling standard error of C, from halves of the samples",
        besideTest("+-", summary -> summary.sampling().errorOfComplexity()));
  }

  private boolean isCorrected() {
    return trajectory.values() == Values.CORRECTED;
  }

  private static ToDoubleFunction<TrajectoryPoint> ofTraining(
      ToDoubleFunction<LayerSummary> figure) {
    return point -> figure.applyAsDouble(point.summary());
  }

  private static ToDoubleFunction<TrajectoryPoint> ofTest(ToDoubleFunction<LayerSummary> figure) {
    return point -> point.ofTest(figure);
  }

  private List<Column> ofLayers(String name, ToDoubleFunction<TrajectoryPoint> quantity) {
    return trajectory.layers().stream()
        .map(layer -> new Column(name + "(" + layer + ")", COMPLEXITY_WIDTH, layer, quantity))
        .toList();
  }

  /** Of every layer, and beside it the same of the test data, if there are any. */
  private List<Column> besideTest(String name, ToDoubleFunction<LayerSummary> figure) {
    List<Column> columns = new ArrayList<>();
    for (Column column : ofLayers(name, ofTraining(figure))) {
      columns.add(column);
      if (trajectory.isTested()) {
        columns.add(new Column("test", COMPLEXITY_WIDTH, column.layer, ofTest(figure)));
      }
    }
    return columns;
  }

  private void addIfKnown(List<Column> columns, Column column) {
    if (isKnown(column.quantity)) {
      columns.add(column);
    }
  }

  private boolean isKnown(ToDoubleFunction<TrajectoryPoint> quantity) {
    return !trajectory.points().stream().mapToDouble(quantity).allMatch(Double::isNaN);
  }

  private void tableIfKnown(String title, List<Column> columns) throws IOException {
    if (columns.stream().map(Column::quantity).anyMatch(this::isKnown)) {
      out.write("\n" + title + "\n\n");
      table(columns);
    }
  }

  private void table(List<Column> columns) throws IOException {
    table(columns, TrajectoryText::cell);
  }

  private void table(List<Column> columns, Function<OverRepeats, String> cell) throws IOException {
    row("epoch", columns, Column::heading);
    for (double epoch : trajectory.epochs()) {
      row(
          Epochs.text(epoch),
          columns,
          column -> cell.apply(trajectory.overRepeats(column.layer, epoch, column.quantity)));
    }
  }

  private void row(String first, List<Column> columns, Function<Column, String> cell)
      throws IOException {
    out.write(right(first, EPOCH_WIDTH));
    for (Column column : columns) {
      out.write("  " + right(cell.apply(column), column.width));
    }
    out.write('\n');
  }

  private static String right(String text, int width) {
    return " ".repeat(Math.max(0, width - text.length())) + text;
  }

  private static String cell(OverRepeats repeats) {
    if (!repeats.isKnown()) {
      return "-";
    }
    String mean = String.format(Locale.ROOT, "%.3f", repeats.mean());
    return repeats.count() == 1
        ? mean
        : mean + String.format(Locale.ROOT, " +- %.2f", repeats.standardDeviation());
  }

  private static String interval(OverRepeats repeats) {
    return repeats.count() < 2
        ? "-"
        : String.format(Locale.ROOT, "%.3f to %.3f", repeats.low(), repeats.high());
  }
}
