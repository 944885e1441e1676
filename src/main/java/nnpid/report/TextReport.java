package nnpid.report;

import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import nnpid.analysis.Finding;
import nnpid.analysis.Layer;
import nnpid.analysis.LayerResult;
import nnpid.analysis.Report;
import nnpid.analysis.SampleFacts;
import nnpid.analysis.TargetReport;
import nnpid.coarsegraining.CoarseGrainedComplexity;
import nnpid.coarsegraining.ComplexityBounds;
import nnpid.decomposition.Atom;
import nnpid.decomposition.Backbone;
import nnpid.decomposition.Measure;
import nnpid.decomposition.PartialInformationDecomposition;
import nnpid.decomposition.RelatedMeasures;
import nnpid.distribution.WeightMeaning;
import nnpid.estimation.PermutationBaseline;
import nnpid.estimation.PermutationBaseline.Comparison;
import nnpid.estimation.Subsampling;

/** Writes a report as tables for people. */
final class TextReport {
  /** Units of a layer, and layers, of which the limits are shown. */
  private static final int MOST_LIMITS = 5;

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
    LayerResult first = report.layers().get(0);
    out.write("=== Representational complexity ===\n\n");
    line("Relation:     %s", report.relation());
    line(
        "Target:       %s (%d classes)",
        first.layer().target(), first.samples().targetStateCount());
    line("Instances:    %s", instances());
    line("Quantization: %s", report.quantization());
    writeLimits();
    line(
        "Measure:      %s (%s), in bits",
        first.measure().toString(), first.measure().description());
    line("Method:       %s", methods());
    out.write('\n');
    writeLayers();
    if (!report.unfinishedLayers().isEmpty()) {
      line("%n%s", report.unfinishedNote());
    }
    out.write(
        "\nC: how many sources must be read together, on average, to get at the information.\n");
    out.write("Pi_k: the information in reach of k sources read together, but not of fewer.\n");
    writeGaps();
    writeRelated();
    for (LayerResult layer : report.layers()) {
      if (layer.finding() instanceof Finding.Subsampled subsampled) {
        writeSubsampling(layer, subsampled.subsampling());
      } else if (layer.finding() instanceof Finding.Grouped grouped) {
        writeGroups(layer, grouped.groups());
      }
      if (layer.baseline().isPresent()) {
        writeBaseline(layer, layer.baseline().get());
      }
      if (!layer.targets().isEmpty()) {
        writeTargets(layer);
      }
    }
    writeWarnings();
    for (LayerResult layer : report.layers()) {
      if (report.atomCount() > 0 && layer.decomposition().isPresent()) {
        writeAtoms(layer, layer.decomposition().get());
      }
    }
  }

  /** They differ between layers if instances with missing values are dropped. */
  private String instances() {
    return report.layers().stream()
        .map(layer -> instances(layer.samples()))
        .distinct()
        .collect(Collectors.joining(", "));
  }

  private static String instances(SampleFacts samples) {
    String count = Long.toString(samples.instanceCount());
    if (samples.leftOut().total() > 0) {
      count += " of " + (samples.instanceCount() + samples.leftOut().total());
      count += " (left out: " + String.join(", ", samples.reasons()) + ")";
    }
    if (samples.weight() == samples.instanceCount()) {
      return count;
    }
    boolean counts = samples.weightMeaning() == WeightMeaning.COUNTS;
    return String.format(
        Locale.ROOT,
        "%s, total weight %s (%s)",
        count,
        number(samples.weight()),
        counts
            ? "counts of samples"
            : String.format(
                Locale.ROOT,
                "importance: as much as %.1f samples of equal weight",
                samples.size()));
  }

  /** The limits of levels: once if all units have the same, else of the first units per layer. */
  private void writeLimits() throws IOException {
    List<String> different =
        report.layers().stream()
            .flatMap(layer -> layer.layer().units().stream())
            .flatMap(unit -> unit.limitsText().stream())
            .distinct()
            .limit(2)
            .toList();
    if (different.size() == 1) {
      line("Limits:       %s", different.get(0));
    } else if (different.size() > 1) {
      for (int i = 0; i < report.layers().size(); i++) {
        LayerResult layer = report.layers().get(i);
        if (i == MOST_LIMITS) {
          line("              ... (all: -format json)");
          break;
        }
        line("%s %s: %s", i == 0 ? "Limits:      " : "             ", layer.name(), limits(layer));
      }
    }
  }

  private static String limits(LayerResult layer) {
    List<String> limits =
        layer.layer().units().stream()
            .flatMap(unit -> unit.limitsText().map(text -> unit.unit() + " " + text).stream())
            .toList();
    return limits.stream().limit(MOST_LIMITS).collect(Collectors.joining(", "))
        + (limits.size() > MOST_LIMITS ? ", ... (" + limits.size() + " units)" : "");
  }

  private String methods() {
    return report.layers().stream()
        .map(LayerResult::method)
        .distinct()
        .map(method -> method.toString() + " (" + method.description() + ")")
        .collect(Collectors.joining(", "));
  }

  /** How far numerical optimization may have ended from the minimum. */
  private void writeGaps() throws IOException {
    for (LayerResult layer : report.layers()) {
      if (layer.measure() == Measure.BROJA && layer.decomposition().isPresent()) {
        line(
            "%nThe atoms of %s were found by optimization: they are right to %.1e bits.",
            layer.name(), layer.decomposition().get().optimizationGap());
      }
    }
  }

  private void writeLayers() throws IOException {
    int degrees = report.layers().stream().mapToInt(LayerResult::shownDegrees).max().orElse(0);
    boolean estimated = report.layers().stream().anyMatch(LayerResult::isEstimated);
    List<List<String>> rows = new ArrayList<>();
    List<String> header =
        new ArrayList<>(List.of("Layer", "Sources", "R", "R/m", "H(S)", "H(T)", "I(T:S)", "C"));
    if (estimated) {
      header.add("+-");
    }
    for (int degree = 1; degree <= degrees; degree++) {
      header.add("Pi_" + degree);
    }
    rows.add(header);
    for (LayerResult layer : report.layers()) {
      Backbone backbone = layer.backbone();
      List<String> row = new ArrayList<>();
      row.add(layer.name());
      row.add(Integer.toString(layer.layer().sources().size()));
      row.add(Integer.toString(layer.samples().realizationCount()));
      row.add(String.format(Locale.ROOT, "%.2f", layer.samples().realizationShare()));
      row.add(bits(layer.entropySources()));
      row.add(bits(layer.entropyTarget()));
      row.add(bits(layer.mutualInformation()));
      row.add(layer.hasComplexity() ? bits(layer.representationalComplexity()) : missing(layer));
      if (estimated) {
        row.add(error(layer));
      }
      for (int degree = 1; degree <= degrees; degree++) {
        row.add(degree <= backbone.sourceCount() ? bits(backbone.information(degree)) : "");
      }
      rows.add(row);
    }
    table(rows);
  }

  /** An error that is not 0 is not shown as 0. */
  private static String error(LayerResult layer) {
    if (!layer.isEstimated()) {
      return layer.isExact() ? "exact" : "";
    }
    double error = layer.standardError();
    return error > 0 && error < 0.00005 ? "<0.0001" : bits(error);
  }

  private static String missing(LayerResult layer) {
    return layer
        .bounds()
        .map(bounds -> String.format(Locale.ROOT, "%.2f..%.2f", bounds.lower(), bounds.upper()))
        .orElse("undefined");
  }

  private void writeRelated() throws IOException {
    List<List<String>> rows = new ArrayList<>();
    int degrees = report.layers().stream().mapToInt(LayerResult::shownDegrees).max().orElse(0);
    List<String> header =
        new ArrayList<>(List.of("Layer", "Redundancy", "Vulnerability", "Reing complexity"));
    for (int degree = 1; degree <= degrees; degree++) {
      header.add("C(" + (degree - 1) + "||" + degree + ")");
    }
    rows.add(header);
    for (LayerResult layer : report.layers()) {
      RelatedMeasures related = layer.related();
      List<String> row =
          new ArrayList<>(
              List.of(
                  layer.name(),
                  bits(related.averageDegreeOfRedundancy()),
                  bits(related.averageDegreeOfVulnerability()),
                  bits(related.reingComplexity())
                      + (related.reingStandardError() > 0
                          ? " +- " + bits(related.reingStandardError())
                          : "")));
      List<Double> differences = related.reingDifferences();
      for (int degree = 1; degree <= degrees; degree++) {
        row.add(degree <= differences.size() ? bits(differences.get(degree - 1)) : "");
      }
      rows.add(row);
    }
    out.write("\nRelated measures\n\n");
    table(rows);
  }

  private void writeSubsampling(LayerResult layer, Subsampling subsampling) throws IOException {
    line(
        "%n%s: C of %d subsets of %d sources: %s, standard deviation %s%n",
        layer.name(),
        subsampling.draws().size(),
        subsampling.subsetSize(),
        bits(subsampling.meanComplexity()),
        bits(subsampling.standardDeviation()));
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("Sources", "I(T:S)", "C"));
    for (Subsampling.Draw draw : subsampling.draws()) {
      rows.add(
          List.of(
              draw.sources().stream().map(i -> "" + (i + 1)).collect(Collectors.joining(" ")),
              bits(draw.backbone().mutualInformation()),
              bits(draw.backbone().representationalComplexity())));
    }
    table(rows);
  }

  private void writeGroups(LayerResult layer, CoarseGrainedComplexity coarse) throws IOException {
    line("%n%s in %d groups%n", layer.name(), coarse.coarseGraining().groupCount());
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("Group", "I(T:G)", "Units"));
    for (int group = 0; group < coarse.coarseGraining().groupCount(); group++) {
      rows.add(
          List.of(
              Integer.toString(group + 1),
              bits(coarse.groupInformation().get(group)),
              String.join(" ", unitsOfGroup(layer, coarse.coarseGraining().groups().get(group)))));
    }
    table(rows);
    ComplexityBounds bounds = coarse.bounds();
    line("%nAs an option:    -grouping \"%s\"", coarse.coarseGraining());
    line(
        "C of the groups: %s, a lower bound for C under the assumption below",
        bits(bounds.lower()));
    line("Upper bound:     %s, under the same assumption", bits(bounds.upper()));
    line(
        "In any case:     %s to %s",
        bits(bounds.lowerUnconditional()), bits(bounds.upperUnconditional()));
    out.write(
        "The assumption: no information of the units is negative within a degree of synergy of the"
            + " groups.\n");
    if (coarse.search().isPresent()) {
      CoarseGrainedComplexity.Search search = coarse.search().get();
      line(
          "Objective:       %s; %d groupings tried, estimates from %d references",
          coarse.objective(), search.evaluations(), search.references());
      line(
          "                 estimated %s +- %s, exact %s",
          bits(search.estimate()),
          bits(search.standardError()),
          bits(coarse.objective().of(bounds)));
    }
  }

  private void writeBaseline(LayerResult layer, PermutationBaseline baseline) throws IOException {
    line(
        "%n%s against %d %s of the classes%s%n",
        layer.name(),
        baseline.permutations(),
        baseline.permutations() == 1 ? "shuffle" : "shuffles",
        baseline.weightsGoWithTargets() ? " with their weights" : "");
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("", "Observed", "Shuffled", "Std. dev.", "p"));
    rows.add(comparison("I(T:S)", baseline.mutualInformation()));
    rows.add(
        comparison(
            layer.finding() instanceof Finding.Grouped ? "C of groups" : "C",
            baseline.complexity()));
    for (int degree = 1; degree <= layer.shownDegrees(); degree++) {
      rows.add(comparison("Pi_" + degree, baseline.degreesOfSynergy().get(degree - 1)));
    }
    table(rows);
  }

  private static List<String> comparison(String name, Comparison comparison) {
    return List.of(
        name,
        bits(comparison.observed()),
        bits(comparison.mean()),
        bits(comparison.standardDeviation()),
        bits(comparison.pValue()));
  }

  private void writeTargets(LayerResult layer) throws IOException {
    line("%n%s by class%n", layer.name());
    List<List<String>> rows = new ArrayList<>();
    List<String> header = new ArrayList<>(List.of(layer.layer().target(), "p", "I(t:S)"));
    int degrees = layer.layer().sources().size();
    for (int degree = 1; degree <= degrees; degree++) {
      header.add("Pi_" + degree);
    }
    rows.add(header);
    for (TargetReport target : layer.targets()) {
      Backbone backbone = target.decomposition().backbone();
      List<String> row =
          new ArrayList<>(
              List.of(
                  target.state(), bits(target.probability()), bits(backbone.mutualInformation())));
      for (int degree = 1; degree <= degrees; degree++) {
        row.add(bits(backbone.information(degree)));
      }
      rows.add(row);
    }
    table(rows);
  }

  /** What is the same for several layers is said once. */
  private void writeWarnings() throws IOException {
    Map<String, List<String>> layersOf = new LinkedHashMap<>();
    for (LayerResult layer : report.layers()) {
      if (layer.note().isPresent()) {
        line("%nNote on %s: %s", layer.name(), layer.note().get());
      }
      for (String warning : layer.warnings()) {
        layersOf.computeIfAbsent(warning, text -> new ArrayList<>()).add(layer.name());
      }
    }
    for (Map.Entry<String, List<String>> warning : layersOf.entrySet()) {
      line("%nWarning on %s: %s", String.join(", ", warning.getValue()), warning.getKey());
    }
  }

  private void writeAtoms(LayerResult layer, PartialInformationDecomposition decomposition)
      throws IOException {
    line("%n=== Atoms of %s ===%n", layer.name());
    for (int source = 0; source < layer.layer().sources().size(); source++) {
      line("%d = %s", source + 1, Layer.sourceName(layer.layer().sources().get(source)));
    }
    out.write('\n');
    // A first pass for the width: millions of atoms are not kept as text.
    int width =
        Report.listedAtoms(decomposition, report.atomCount())
            .mapToInt(atom -> atom.antichain().toString().length())
            .max()
            .orElse(0);
    width = Math.max(width, "Antichain".length());
    boolean parts = decomposition.measure().hasParts();
    String format = "%-" + width + "s  %6s  %12s  %14s  %12s";
    line(format, "Antichain", "Degree", "Informative", "Misinformative", "Average");
    for (Atom atom :
        (Iterable<Atom>) Report.listedAtoms(decomposition, report.atomCount())::iterator) {
      line(
          format,
          atom.antichain(),
          atom.antichain().degreeOfSynergy(),
          parts ? bits(atom.informative()) : "",
          parts ? bits(atom.misinformative()) : "",
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
    if (Double.isNaN(value)) {
      return "undefined";
    }
    String text = String.format(Locale.ROOT, "%.4f", value);
    return text.equals("-0.0000") ? "0.0000" : text;
  }

  private static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? String.format(Locale.ROOT, "%.0f", value)
        : Double.toString(value);
  }

  private static List<String> unitsOfGroup(LayerResult layer, List<Integer> group) {
    return group.stream().map(layer.layer().sourceNames()::get).toList();
  }
}
