package nnpid.report;

import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import nnpid.decomposition.Atom;
import nnpid.decomposition.Backbone;

/** Writes a report as tables for people. */
final class TextReport {
  private final Report report;
  private final Writer out;

  private TextReport(Report report, Writer out) {
    this.report = report;
    this.out = out;
  }

  static void write(Report report, Writer out) throws IOException {
    new TextReport(report, out).write();
    out.flush();
  }

  private void write() throws IOException {
    LayerReport first = report.layers().get(0);
    out.write("=== Representational complexity ===\n\n");
    line("Relation:     %s", report.relation());
    line("Target:       %s (%d classes)", first.target(), first.targetStateCount());
    line("Instances:    %s", instances());
    line("Quantization: %s", report.quantization());
    line("Measure:      sx (shared exclusions), in bits");
    line("Method:       %s", methods());
    out.write('\n');
    writeLayers();
    out.write(
        "\nC: how many sources must be read together, on average, to get at the information.\n");
    out.write("Pi_k: the information in reach of k sources read together, but not of fewer.\n");
    writeWarnings();
    if (report.atomCount() > 0) {
      for (LayerReport layer : report.layers()) {
        writeAtoms(layer);
      }
    }
  }

  /** They differ between layers if instances with missing values are dropped. */
  private String instances() {
    return report.layers().stream()
        .map(l -> l.instanceCount() + " (total weight " + number(l.weight()) + ")")
        .distinct()
        .collect(Collectors.joining(", "));
  }

  private String methods() {
    return report.layers().stream()
        .map(LayerReport::method)
        .distinct()
        .map(method -> method.id() + " (" + method.description() + ")")
        .collect(Collectors.joining(", "));
  }

  private void writeLayers() throws IOException {
    int degrees =
        report.layers().stream().mapToInt(l -> l.backbone().sourceCount()).max().orElse(0);
    List<List<String>> rows = new ArrayList<>();
    List<String> header =
        new ArrayList<>(List.of("Layer", "Sources", "Realizations", "H(S)", "H(T)", "I(T:S)", "C"));
    for (int degree = 1; degree <= degrees; degree++) {
      header.add("Pi_" + degree);
    }
    rows.add(header);
    for (LayerReport layer : report.layers()) {
      Backbone backbone = layer.backbone();
      List<String> row = new ArrayList<>();
      row.add(layer.layer());
      row.add(Integer.toString(backbone.sourceCount()));
      row.add(Integer.toString(layer.realizationCount()));
      row.add(bits(layer.entropySources()));
      row.add(bits(layer.entropyTarget()));
      row.add(bits(backbone.mutualInformation()));
      row.add(
          backbone.hasRepresentationalComplexity()
              ? bits(backbone.representationalComplexity())
              : "undefined");
      for (int degree = 1; degree <= degrees; degree++) {
        row.add(degree <= backbone.sourceCount() ? bits(backbone.information(degree)) : "");
      }
      rows.add(row);
    }
    table(rows);
  }

  private void writeWarnings() throws IOException {
    for (LayerReport layer : report.layers()) {
      if (!layer.backbone().hasRepresentationalComplexity()) {
        line("%nNote on %s: %s", layer.layer(), LayerReport.UNDEFINED_NOTE);
      }
      for (String warning : layer.warnings()) {
        line("%nWarning on %s: %s", layer.layer(), warning);
      }
    }
  }

  private void writeAtoms(LayerReport layer) throws IOException {
    line("%n=== Atoms of %s ===%n", layer.layer());
    for (int source = 0; source < layer.sources().size(); source++) {
      line("%d = %s", source + 1, LayerReport.sourceName(layer.sources().get(source)));
    }
    out.write('\n');
    // A first pass for the width: millions of atoms are not kept as text.
    int width =
        Atoms.listed(layer, report.atomCount())
            .mapToInt(atom -> atom.antichain().toString().length())
            .max()
            .orElse(0);
    width = Math.max(width, "Antichain".length());
    String format = "%-" + width + "s  %6s  %12s  %14s  %12s";
    line(format, "Antichain", "Degree", "Informative", "Misinformative", "Average");
    for (Atom atom : (Iterable<Atom>) Atoms.listed(layer, report.atomCount())::iterator) {
      line(
          format,
          atom.antichain(),
          atom.antichain().degreeOfSynergy(),
          bits(atom.informative()),
          bits(atom.misinformative()),
          bits(atom.average()));
    }
  }

  /** Columns as wide as their widest cell: the first left-aligned, the others right-aligned. */
  private void table(List<List<String>> rows) throws IOException {
    int[] widths = new int[rows.get(0).size()];
    for (List<String> row : rows) {
      Arrays.setAll(widths, column -> Math.max(widths[column], row.get(column).length()));
    }
    for (List<String> row : rows) {
      StringBuilder text = new StringBuilder();
      for (int column = 0; column < widths.length; column++) {
        String cell = row.get(column);
        String padding = " ".repeat(widths[column] - cell.length());
        text.append(column == 0 ? cell + padding : "  " + padding + cell);
      }
      line("%s", text.toString().stripTrailing());
    }
  }

  private void line(String format, Object... arguments) throws IOException {
    out.write(String.format(Locale.ROOT, format, arguments).replace(System.lineSeparator(), "\n"));
    out.write('\n');
  }

  private static String bits(double value) {
    String text = String.format(Locale.ROOT, "%.4f", value);
    return text.equals("-0.0000") ? "0.0000" : text;
  }

  private static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? String.format(Locale.ROOT, "%.0f", value)
        : Double.toString(value);
  }
}
