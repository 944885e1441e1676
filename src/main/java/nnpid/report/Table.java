package nnpid.report;

import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import nnpid.analysis.Finding;
import nnpid.analysis.LayerResult;
import nnpid.analysis.Report;
import nnpid.analysis.SampleFacts;
import nnpid.analysis.Trajectory;
import nnpid.analysis.TrajectoryPoint;
import nnpid.decomposition.Atom;
import nnpid.decomposition.Backbone;

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

  /** The layers of some reports, in order: a row each. */
  public static Table ofLayers(String name, List<Report> reports) {
    List<LayerResult> layers =
        reports.stream().flatMap(report -> report.layers().stream()).toList();
    int degrees = layers.stream().mapToInt(l -> l.backbone().sourceCount()).max().orElse(0);
    List<String> columns =
        new ArrayList<>(
            List.of(
                "layer",
                "sources",
                "target",
                "measure",
                "method",
                "instances",
                "instancesLeftOut",
                "weight",
                "weightsAre",
                "sampleSize",
                "realizations",
                "realizationsPerInstance",
                "informationBias",
                "entropySources",
                "entropyTarget",
                "mutualInformation",
                "representationalComplexity",
                "standardError",
                "lowerBound",
                "upperBound",
                "reingComplexity",
                "averageDegreeOfRedundancy",
                "averageDegreeOfVulnerability"));
    addByDegree(columns, "degreeOfSynergy", degrees);
    addByDegree(columns, "degreeOfSynergyInformative", degrees);
    addByDegree(columns, "degreeOfSynergyMisinformative", degrees);
    addByDegree(columns, "reingDifference", degrees);
    List<List<Object>> rows = new ArrayList<>();
    for (LayerResult layer : layers) {
      Backbone backbone = layer.backbone();
      List<Object> row = new ArrayList<>();
      row.add(layer.name());
      row.add(String.join(" ", layer.layer().sourceNames()));
      row.add(layer.layer().target());
      row.add(layer.measure().toString());
      row.add(layer.method().toString());
      SampleFacts samples = layer.samples();
      row.add(samples.instanceCount());
      row.add(samples.leftOut().total());
      row.add(samples.weight());
      row.add(samples.weightMeaning().toString());
      row.add(samples.size());
      row.add(samples.realizationCount());
      row.add(samples.realizationShare());
      row.add(samples.informationBias());
      row.add(layer.entropySources());
      row.add(layer.entropyTarget());
      row.add(layer.mutualInformation());
      row.add(layer.representationalComplexity());
      row.add(layer.standardError());
      row.add(layer.bounds().map(Finding.Interval::lower).orElse(Double.NaN));
      row.add(layer.bounds().map(Finding.Interval::upper).orElse(Double.NaN));
      row.add(layer.related().reingComplexity());
      row.add(layer.related().averageDegreeOfRedundancy());
      row.add(layer.related().averageDegreeOfVulnerability());
      addByDegree(row, backbone::information, backbone.sourceCount(), degrees);
      addByDegree(row, backbone::informative, backbone.sourceCount(), degrees);
      addByDegree(row, backbone::misinformative, backbone.sourceCount(), degrees);
      List<Double> reing = layer.related().reingDifferences();
      addByDegree(row, degree -> reing.get(degree - 1), backbone.sourceCount(), degrees);
      rows.add(row);
    }
    return new Table(name, columns, rows);
  }

  /** The points of a trajectory: a row each. */
  public static Table ofPoints(Trajectory trajectory) {
    int degrees =
        trajectory.points().stream()
            .mapToInt(p -> p.summary().degreeOfSynergy().size())
            .max()
            .orElse(0);
    List<String> columns =
        new ArrayList<>(
            List.of(
                "repeat",
                "epoch",
                "layer",
                "loss",
                "trainAccuracy",
                "testAccuracy",
                "method",
                "instances",
                "instancesLeftOut",
                "realizationsPerInstance",
                "informationBias",
                "mutualInformation",
                "representationalComplexity",
                "standardError",
                "reingComplexity",
                "averageDegreeOfRedundancy",
                "averageDegreeOfVulnerability"));
    addByDegree(columns, "degreeOfSynergy", degrees);
    List<List<Object>> rows = new ArrayList<>();
    for (TrajectoryPoint point : trajectory.points()) {
      List<Object> row =
          new ArrayList<>(
              List.of(
                  point.repeat(),
                  point.epoch(),
                  point.layer(),
                  point.loss(),
                  point.trainAccuracy(),
                  point.testAccuracy(),
                  point.summary().method().toString(),
                  point.summary().samples().instanceCount(),
                  point.summary().samples().leftOut().total(),
                  point.summary().samples().realizationShare(),
                  point.summary().samples().informationBias(),
                  point.summary().mutualInformation(),
                  point.representationalComplexity(),
                  point.summary().standardError(),
                  point.summary().reingComplexity(),
                  point.summary().averageDegreeOfRedundancy(),
                  point.summary().averageDegreeOfVulnerability()));
      List<Double> byDegree = point.summary().degreeOfSynergy();
      addByDegree(row, degree -> byDegree.get(degree - 1), byDegree.size(), degrees);
      rows.add(row);
    }
    return new Table(trajectory.relation(), columns, rows);
  }

  private static void addByDegree(List<String> columns, String name, int degrees) {
    for (int degree = 1; degree <= degrees; degree++) {
      columns.add(name + degree);
    }
  }

  private static void addByDegree(
      List<Object> row, IntToDoubleFunction value, int sources, int degrees) {
    for (int degree = 1; degree <= degrees; degree++) {
      row.add(degree <= sources ? value.applyAsDouble(degree) : Double.NaN);
    }
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
    writeRow(
        List.of(
            "layer", "antichain", "degreeOfSynergy", "informative", "misinformative", "average"),
        out);
    for (LayerResult layer : report.layers()) {
      Iterator<Atom> atoms =
          layer
              .decomposition()
              .map(d -> Report.listedAtoms(d, report.atomCount()).iterator())
              .orElse(Collections.emptyIterator());
      while (atoms.hasNext()) {
        Atom atom = atoms.next();
        writeRow(
            List.of(
                layer.name(),
                atom.antichain(),
                atom.antichain().degreeOfSynergy(),
                atom.informative(),
                atom.misinformative(),
                atom.average()),
            out);
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
