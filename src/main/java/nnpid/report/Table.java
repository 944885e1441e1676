package nnpid.report;

import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import nnpid.analysis.LayerResult;
import nnpid.analysis.OverRepeats;
import nnpid.analysis.Report;
import nnpid.analysis.Trajectory;
import nnpid.analysis.TrajectoryPoint;
import nnpid.decomposition.Atom;
import nnpid.network.Epochs;
import org.jspecify.annotations.Nullable;

/**
 * Results as one table at full precision.
 *
 * @param name what the table is about
 * @param columns names of the columns
 * @param rows one cell per column: a text or a number; NaN where there is none
 */
public record Table(String name, List<String> columns, List<List<Object>> rows) {

  /** Makes the lists immutable. */
  public Table {
    columns = List.copyOf(columns);
    rows = rows.stream().map(List::copyOf).toList();
  }

  /** The layers of some reports, in order: a row each, and one for that of test data. */
  public static Table ofLayers(String name, List<Report> reports) {
    List<LayerResult> layers = reports.stream().flatMap(report -> report.rows().stream()).toList();
    int degrees = layers.stream().mapToInt(l -> l.backbone().sourceCount()).max().orElse(0);
    return of(name, LayerFigures.ALL, layers, degrees);
  }

  /** The ranked subsets or the pairs of units of all layers if there are any, else the layers. */
  public static Table of(Report report) {
    List<LayerResult> layers = report.rows();
    if (layers.stream().anyMatch(layer -> layer.ranking().isPresent())) {
      return new Table(report.relation(), RankedCells.COLUMNS, RankedCells.rows(layers));
    }
    return layers.stream().anyMatch(layer -> layer.pairs().isPresent())
        ? ofPairs(report.relation(), layers)
        : ofLayers(report.relation(), List.of(report));
  }

  /** The pairs of units of some layers: a row each. */
  public static Table ofPairs(String name, List<LayerResult> layers) {
    return new Table(name, PairCells.COLUMNS, PairCells.rows(layers));
  }

  /** The points of a trajectory: a row each. */
  public static Table ofPoints(Trajectory trajectory) {
    List<TrajectoryPoint> points = trajectory.points();
    return of(trajectory.relation(), PointFigures.ALL, points, degrees(trajectory));
  }

  static int degrees(Trajectory trajectory) {
    return trajectory.points().stream()
        .mapToInt(point -> point.summary().degreeOfSynergy().size())
        .max()
        .orElse(0);
  }

  /**
   * Means over the repeats of a trajectory, their standard deviations, and the 95% intervals of the
   * means: a row per epoch and layer.
   */
  public static Table ofMeans(Trajectory trajectory) {
    List<Means> all = Means.of(trajectory);
    List<String> columns = new ArrayList<>(List.of("epoch", "layer", "repeats"));
    all.stream()
        .findFirst()
        .ifPresent(
            first ->
                first
                    .figures()
                    .keySet()
                    .forEach(
                        key ->
                            columns.addAll(
                                List.of(
                                    key + "Mean",
                                    key + "StandardDeviation",
                                    key + "Low",
                                    key + "High"))));
    List<List<Object>> rows = new ArrayList<>();
    for (Means one : all) {
      List<Object> row =
          new ArrayList<>(List.of(Epochs.number(one.epoch()), one.layer(), one.repeats()));
      for (OverRepeats value : one.figures().values()) {
        row.addAll(List.of(value.mean(), value.standardDeviation(), value.low(), value.high()));
      }
      rows.add(row);
    }
    return new Table(trajectory.relation(), columns, rows);
  }

  private static <T> Table of(String name, List<Figure<T>> figures, List<T> rows, int degrees) {
    List<Figure<T>> columns = Figure.columns(figures, Figure.Place.TABLE, rows, degrees);
    return new Table(
        name,
        columns.stream().map(Figure::key).toList(),
        rows.stream()
            .map(row -> columns.stream().map(column -> cell(column.value().of(row))).toList())
            .toList());
  }

  private static Object cell(@Nullable Object value) {
    return value == null ? Double.NaN : value;
  }

  /** Writes the table in CSV (RFC 4180); empty cells where there is no number. */
  public void writeCsv(Writer out) throws IOException {
    writeRow(columns, out);
    for (List<Object> row : rows) {
      writeRow(row, out);
    }
    out.flush();
  }

  /** Writes the atoms of all layers in CSV: a row each, streamed, for there may be millions. */
  static void writeAtoms(Report report, Writer out) throws IOException {
    List<Figure<Atom>> figures =
        AtomFigures.of(report.rows().stream().anyMatch(LayerResult::hasEstimatedAtoms));
    List<Object> header = new ArrayList<>(List.of("layer"));
    figures.forEach(figure -> header.add(figure.key()));
    writeRow(header, out);
    for (LayerResult layer : report.rows()) {
      Iterator<Atom> atoms = layer.listedAtoms(report.atomCount()).iterator();
      while (atoms.hasNext()) {
        Atom atom = atoms.next();
        List<Object> row = new ArrayList<>(List.of(layer.name()));
        figures.forEach(figure -> row.add(cell(figure.value().of(atom))));
        writeRow(row, out);
      }
    }
    out.flush();
  }

  private static void writeRow(List<?> cells, Writer out) throws IOException {
    String separator = "";
    for (Object cell : cells) {
      out.write(separator);
      out.write(cell.equals(Double.NaN) ? "" : quote(cell.toString()));
      separator = ",";
    }
    out.write('\n');
  }

  private static String quote(String cell) {
    boolean plain = cell.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? cell : '"' + cell.replace("\"", "\"\"") + '"';
  }
}
