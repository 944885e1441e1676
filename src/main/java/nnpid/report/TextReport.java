package nnpid.report;

import static nnpid.report.Figure.number;

import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import nnpid.analysis.Finding;
import nnpid.analysis.LayerResult;
import nnpid.analysis.Report;
import nnpid.analysis.SampleFacts;
import nnpid.analysis.TargetReport;
import nnpid.coarsegraining.CoarseGrainedComplexity;
import nnpid.coarsegraining.ComplexityBounds;
import nnpid.decomposition.Atom;
import nnpid.decomposition.Backbone;
import nnpid.decomposition.Measure;
import nnpid.decomposition.Values;
import nnpid.distribution.WeightMeaning;
import nnpid.estimation.LargestAtoms;
import nnpid.estimation.PermutationBaseline;
import nnpid.estimation.PermutationBaseline.Comparison;
import nnpid.estimation.SamplingError;
import nnpid.estimation.Subsampling;
import nnpid.report.Figure.Kind;
import nnpid.report.Figure.Place;

/** Writes a report as tables for people. */
final class TextReport {
  /** Units of a layer, and layers, of which the limits are shown. */
  private static final int MOST_LIMITS = 5;

  private final Report report;
  private final List<LayerResult> rows;
  private final Writer out;

  private TextReport(Report report, Writer out) {
    this.report = report;
    this.rows = report.rows();
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
    line("Instances:    %s", instances(report.layers()));
    if (report.test().isPresent()) {
      Report.Test test = report.test().get();
      line("Test data:    %s, %s instances", test.relation(), instances(test.layers()));
    }
    line("Quantization: %s", report.quantization());
    writeLimits();
    line("Measure:      %s (%s), in bits", first.measure().id(), first.measure().description());
    line("Method:       %s", methods());
    if (first.values() == Values.CORRECTED) {
      line("Values:       %s (%s)", first.values().toString(), first.values().description());
    }
    out.write('\n');
    List<String> inWords = InWords.of(report);
    if (!inWords.isEmpty()) {
      paragraph(inWords);
      out.write('\n');
    }
    List<Figure<LayerResult>> columns = columns(Place.LAYERS);
    layers(columns);
    if (!report.unfinishedLayers().isEmpty()) {
      line("%n%s", report.unfinishedNote());
    }
    line("%n%s", Meaning.COMPLEXITY);
    line("%s", Meaning.DEGREE);
    if (first.measure().hasParts()) {
      paragraph(List.of(Meaning.DEGREE_ONE));
    }
    if (rows.stream()
        .anyMatch(layer -> columns.stream().anyMatch(column -> column.isDoubtful(layer)))) {
      out.write("~: rests in part on samples that no other sample of their class backs.\n");
    }
    writeGaps();
    writeOrigin();
    writeHorizon();
    out.write("\nRelated measures\n\n");
    List<Figure<LayerResult>> related = new ArrayList<>(columns(Place.AVERAGES));
    related.addAll(columns(Place.REING));
    layers(related);
    for (LayerResult layer : rows) {
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
    for (LayerResult layer : rows) {
      if (layer.pairs().isPresent()) {
        PairsText.write(layer, one -> line("%s", one), this::table);
      }
      if (layer.ranking().isPresent()) {
        RankingText.write(layer, one -> line("%s", one), this::table);
      }
    }
    for (LayerResult layer : rows) {
      if (report.atomCount() > 0 && layer.hasAtoms()) {
        writeAtoms(layer);
      }
    }
  }

  private void writeOrigin() throws IOException {
    List<Figure<LayerResult>> columns = new ArrayList<>();
    columns.add(LayerFigures.ALL.get(0));
    columns.addAll(columns(Place.ORIGIN));
    if (columns.size() > 1) {
      out.write("\nFrom the samples to where they come from\n\n");
      layers(columns);
      out.write(
          "\nC corr.: without the bias of the sample. +- sampling: how much other samples would"
              + " change C.\n");
      writeIntervals();
    }
    if (report.layers().stream().anyMatch(TextReport::lacksCounts)) {
      out.write("\nNo corrected values: weights are not numbers of samples.\n");
    }
  }

  private static boolean lacksCounts(LayerResult layer) {
    return layer.measure() == Measure.SX && layer.samples().weightMeaning() != WeightMeaning.COUNTS;
  }

  /** What makes an interval of a sampling error: few halves tell the error itself only roughly. */
  private void writeIntervals() throws IOException {
    List<LayerResult> layers = report.layers();
    Optional<SamplingError> error =
        layers.stream()
            .filter(layer -> layer.correction().isPresent())
            .flatMap(layer -> layer.samplingError().stream())
            .findFirst();
    if (error.isPresent()) {
      line(
          "A 95%% interval is the corrected value +- %.2f sampling errors (%d halves), where every"
              + " degree is supported;%nelse C of the network may lie far outside.",
          SamplingError.intervalFactor(error.get().halves()), error.get().halves());
    }
  }

  private void writeHorizon() throws IOException {
    List<Figure<LayerResult>> columns = columns(Place.HORIZON);
    if (!columns.isEmpty()) {
      columns = new ArrayList<>(columns);
      columns.add(0, LayerFigures.ALL.get(0));
      out.write("\nAt a horizon of L draws of other samples\n\n");
      layers(columns);
      out.write(
          "\nmet again: of so many samples L draws of their class have all states again; below 0.75"
              + " there is no C(L).\nV_k(L): what k sources read together tell by L draws; Pi_k(L) is V_k(L) less"
              + " V_(k-1)(L).\nOf the same L, layers and data sets of any size can be compared with"
              + " each other, but not with C.\n");
    }
  }

  /** They differ between layers if instances with missing values are dropped. */
  private static String instances(List<LayerResult> layers) {
    return layers.stream()
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
    if (samples.passCount() > 1) {
      count += " (" + samples.passCount() + " passes of every sample)";
    }
    if (samples.weight() == samples.instanceCount()) {
      return count;
    }
    boolean counts = samples.weightMeaning() == WeightMeaning.COUNTS;
    return String.format(
        Locale.ROOT,
        "%s, total weight %s (%s)",
        count,
        wholeOrNot(samples.weight()),
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
    return rows.stream()
        .map(LayerResult::method)
        .distinct()
        .map(method -> method.toString() + " (" + method.description() + ")")
        .collect(Collectors.joining(", "));
  }

  /** How far numerical optimization may have ended from the minimum. */
  private void writeGaps() throws IOException {
    for (LayerResult layer : rows) {
      if (layer.measure() == Measure.BROJA && layer.decomposition().isPresent()) {
        line(
            "%nThe atoms of %s were found by optimization: they are right to %.1e bits.",
            layer.name(), layer.decomposition().get().optimizationGap());
      }
    }
  }

  private List<Figure<LayerResult>> columns(Place place) {
    int degrees = rows.stream().mapToInt(LayerResult::shownDegrees).max().orElse(0);
    return Figure.columns(LayerFigures.ALL, place, rows, degrees);
  }

  private void writeSubsampling(LayerResult layer, Subsampling subsampling) throws IOException {
    line(
        "%n%s: C of %d subsets of %d sources: %s, standard deviation %s%n",
        layer.name(),
        subsampling.draws().size(),
        subsampling.subsetSize(),
        number(subsampling.meanComplexity()),
        number(subsampling.standardDeviation()));
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("Sources", "I(T:S)", "C"));
    for (Subsampling.Draw draw : subsampling.draws()) {
      rows.add(
          List.of(
              draw.sources().stream().map(i -> "" + (i + 1)).collect(Collectors.joining(" ")),
              number(draw.backbone().mutualInformation()),
              number(draw.backbone().representationalComplexity())));
    }
    table(rows);
  }

  private void writeGroups(LayerResult layer, CoarseGrainedComplexity coarse) throws IOException {
    line("%n%s in %d groups%n", layer.name(), coarse.coarseGraining().groupCount());
    List<List<String>> rows = new ArrayList<>();
    List<List<String>> units = layer.layer().unitsOf(coarse.coarseGraining());
    rows.add(List.of("Group", "I(T:G)", "Units"));
    for (int group = 0; group < coarse.coarseGraining().groupCount(); group++) {
      rows.add(
          List.of(
              Integer.toString(group + 1),
              number(coarse.groupInformation().get(group)),
              String.join(" ", units.get(group))));
    }
    table(rows);
    ComplexityBounds bounds = coarse.bounds();
    line("%nAs an option:    -grouping \"%s\"", coarse.coarseGraining());
    line(
        "C of the groups: %s, a lower bound for C under the assumption below",
        number(bounds.lower()));
    line("Upper bound:     %s, under the same assumption", number(bounds.upper()));
    line(
        "In any case:     %s to %s",
        number(bounds.lowerUnconditional()), number(bounds.upperUnconditional()));
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
          number(search.estimate()),
          number(search.standardError()),
          number(coarse.objective().of(bounds)));
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
        number(comparison.observed()),
        number(comparison.mean()),
        number(comparison.standardDeviation()),
        number(comparison.pValue()));
  }

  private void writeTargets(LayerResult layer) throws IOException {
    line("%n%s by class%n", layer.name());
    List<List<String>> rows = new ArrayList<>();
    List<String> header = new ArrayList<>(List.of(layer.layer().target(), "p", "I(t:S)"));
    boolean corrected = layer.values() == Values.CORRECTED;
    if (layer.targets().get(0).backbones().isPresent()) {
      header.add(corrected ? "I plug-in" : "I corr.");
    }
    int degrees = layer.sourceCount();
    for (int degree = 1; degree <= degrees; degree++) {
      header.add("Pi_" + degree);
    }
    rows.add(header);
    for (TargetReport target : layer.targets()) {
      Backbone backbone = target.decomposition().backbone();
      List<String> row =
          new ArrayList<>(
              List.of(
                  target.state(),
                  number(target.probability()),
                  number(backbone.mutualInformation())));
      target
          .backbones()
          .map(both -> corrected ? both.plugIn() : both.corrected())
          .ifPresent(other -> row.add(number(other.mutualInformation())));
      for (int degree = 1; degree <= degrees; degree++) {
        row.add(number(backbone.information(degree)));
      }
      rows.add(row);
    }
    table(rows);
  }

  /** What is the same for several layers is said once. */
  private void writeWarnings() throws IOException {
    Map<String, List<String>> layersOf = new LinkedHashMap<>();
    for (LayerResult layer : rows) {
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

  private void writeAtoms(LayerResult layer) throws IOException {
    line("%n=== Atoms of %s ===%n", layer.name());
    if (layer.walked().isPresent()) {
      LargestAtoms walked = layer.walked().get();
      line(
          "The largest of %,d atoms that %,d walks through the lattice met; one that none of them"
              + " met may be larger.",
          walked.met(), walked.walks());
      if (walked.nameless() > 0) {
        line(
            "Left out: %,d whose antichains have too many source sets to be written.",
            walked.nameless());
      }
      out.write('\n');
    }
    for (int source = 0; source < layer.sourceCount(); source++) {
      line("%d = %s", source + 1, layer.layer().sourceNames().get(source));
    }
    out.write('\n');
    // A first pass for the width: millions of atoms are not kept as text.
    int antichain =
        layer
            .listedAtoms(report.atomCount())
            .mapToInt(atom -> atom.antichain().toString().length())
            .max()
            .orElse(0);
    List<Figure<Atom>> figures = AtomFigures.of(layer.hasEstimatedAtoms());
    StringBuilder format = new StringBuilder();
    for (Figure<Atom> figure : figures) {
      int width = Math.max(figure.kind() == Kind.NUMBER ? 12 : 0, figure.heading().length());
      format.append(
          figure.kind() == Kind.TEXT
              ? "%-" + Math.max(width, antichain) + "s"
              : "  %" + width + "s");
    }
    line(format.toString(), figures.stream().map(Figure::heading).toArray());
    Iterator<Atom> atoms = layer.listedAtoms(report.atomCount()).iterator();
    while (atoms.hasNext()) {
      Atom atom = atoms.next();
      line(format.toString(), figures.stream().map(figure -> figure.text().apply(atom)).toArray());
    }
  }

  /** A row per layer, a column per figure. */
  private void layers(List<Figure<LayerResult>> columns) throws IOException {
    List<List<String>> cells = new ArrayList<>();
    cells.add(columns.stream().map(Figure::heading).toList());
    for (LayerResult layer : rows) {
      cells.add(
          columns.stream()
              .map(column -> (column.isDoubtful(layer) ? "~" : "") + column.text().apply(layer))
              .toList());
    }
    table(cells);
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

  private void paragraph(List<String> sentences) throws IOException {
    for (String text : Words.lines(sentences)) {
      line("%s", text);
    }
  }

  private void line(String format, Object... arguments) throws IOException {
    out.write(String.format(Locale.ROOT, format, arguments).replace(System.lineSeparator(), "\n"));
    out.write('\n');
  }

  private static String wholeOrNot(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? String.format(Locale.ROOT, "%.0f", value)
        : Double.toString(value);
  }
}
