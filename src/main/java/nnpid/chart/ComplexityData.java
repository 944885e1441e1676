package nnpid.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import nnpid.analysis.AtHorizon;
import nnpid.analysis.Finding;
import nnpid.analysis.LayerResult;
import nnpid.chart.ComplexityChart.Entry;
import nnpid.decomposition.Backbone;
import nnpid.decomposition.Values;
import org.jfree.data.category.CategoryDataset;
import org.jfree.data.category.DefaultCategoryDataset;
import org.jfree.data.statistics.DefaultStatisticalCategoryDataset;
import org.jfree.data.statistics.StatisticalCategoryDataset;
import org.jspecify.annotations.Nullable;

/** What {@link ComplexityChart} draws: the columns of all data are the layers of all reports. */
final class ComplexityData {
  private final List<Entry> entries;

  ComplexityData(List<Entry> entries) {
    this.entries = entries;
  }

  List<LayerResult> layers() {
    return entries.stream().flatMap(entry -> entry.report().layers().stream()).toList();
  }

  /** The layers as they are called, in the same order. */
  List<String> columns() {
    List<String> columns = new ArrayList<>();
    for (int i = 0; i < entries.size(); i++) {
      for (LayerResult layer : entries.get(i).report().layers()) {
        columns.add(column(i, layer));
      }
    }
    return columns;
  }

  private String column(int entry, LayerResult layer) {
    return entries.size() == 1 ? layer.name() : letter(entry) + "  " + layer.name();
  }

  /** A, B, ..., Z, A2, B2, ... */
  static String letter(int index) {
    char letter = (char) ('A' + index % 26);
    return index < 26 ? String.valueOf(letter) : letter + "" + (index / 26 + 1);
  }

  /** Degrees that have rows, the last maybe with all above it. */
  int rowCount() {
    return Math.min(degreeCount(), Degrees.MOST);
  }

  private int degreeCount() {
    return layers().stream().mapToInt(LayerResult::shownDegrees).max().orElse(0);
  }

  /** Rows: &Pi;_1, &Pi;_2, ... */
  CategoryDataset informationByDegree() {
    return informationByDegree(layer -> Optional.of(layer.backbone()));
  }

  /** The same at a horizon, where there is one. */
  CategoryDataset informationWithin() {
    return informationByDegree(layer -> layer.atHorizon().map(AtHorizon::backbone));
  }

  private CategoryDataset informationByDegree(Function<LayerResult, Optional<Backbone>> backbone) {
    DefaultCategoryDataset data = new DefaultCategoryDataset();
    for (int row = 1; row <= rowCount(); row++) {
      boolean rest = row == Degrees.MOST && degreeCount() > Degrees.MOST;
      int from = row;
      String name = rest ? Degrees.nameFrom(row) : Degrees.name(row);
      add(
          data,
          entry -> name,
          layer ->
              backbone
                  .apply(layer)
                  .map(one -> information(one, from, rest ? Integer.MAX_VALUE : from))
                  .orElse(Double.NaN));
    }
    return data;
  }

  /** NaN where a search ran out of nodes: a gap in the chart. */
  private static double information(Backbone backbone, int from, int to) {
    double sum = 0;
    for (int degree = from; degree <= Math.min(to, backbone.sourceCount()); degree++) {
      sum += backbone.information(degree);
    }
    return sum;
  }

  private void add(
      DefaultCategoryDataset data,
      Function<Integer, String> row,
      ToDoubleFunction<LayerResult> value) {
    for (int i = 0; i < entries.size(); i++) {
      for (LayerResult layer : entries.get(i).report().layers()) {
        data.addValue(ifDefined(value.applyAsDouble(layer)), row.apply(i), column(i, layer));
      }
    }
  }

  /** The entropy of the class: no layer can tell more. */
  CategoryDataset entropies() {
    DefaultCategoryDataset data = new DefaultCategoryDataset();
    add(data, entry -> "all there is: H(T)", LayerResult::entropyTarget);
    return data;
  }

  /** The information that shuffled classes feign; without columns if there are none. */
  CategoryDataset shuffled() {
    DefaultCategoryDataset data = new DefaultCategoryDataset();
    if (layers().stream().anyMatch(layer -> layer.baseline().isPresent())) {
      add(
          data,
          entry -> "shuffled classes",
          layer -> layer.baseline().map(one -> one.mutualInformation().mean()).orElse(Double.NaN));
    }
    return data;
  }

  /** A row per report, so that lines do not join different ones. */
  StatisticalCategoryDataset complexities() {
    DefaultStatisticalCategoryDataset data = new DefaultStatisticalCategoryDataset();
    for (int i = 0; i < entries.size(); i++) {
      for (LayerResult layer : entries.get(i).report().layers()) {
        data.add(
            ifDefined(layer.representationalComplexity()),
            ifDefined(errorOfComplexity(layer)),
            "C " + letter(i),
            column(i, layer));
      }
    }
    return data;
  }

  /** C of the layers for which it rests on too few samples. */
  CategoryDataset doubtful() {
    DefaultCategoryDataset data = new DefaultCategoryDataset();
    add(
        data,
        entry -> "C not backed by other samples " + letter(entry),
        layer -> layer.isComplexityDoubtful() ? layer.representationalComplexity() : Double.NaN);
    return data;
  }

  /** C at a horizon; a row per report. */
  CategoryDataset complexitiesWithin() {
    DefaultCategoryDataset data = new DefaultCategoryDataset();
    for (int i = 0; i < entries.size(); i++) {
      for (LayerResult layer : entries.get(i).report().layers()) {
        data.addValue(
            layer.atHorizon().map(one -> ifDefined(one.complexity())).orElse(null),
            "C of " + layer.atHorizon().map(AtHorizon::draws).orElse(0L) + " draws " + letter(i),
            column(i, layer));
      }
    }
    return data;
  }

  /** The horizons, each once. */
  List<Long> draws() {
    return layers().stream()
        .flatMap(layer -> layer.atHorizon().map(AtHorizon::draws).stream())
        .distinct()
        .sorted()
        .toList();
  }

  String drawsText() {
    return draws().stream().map(String::valueOf).collect(Collectors.joining(" or "));
  }

  /** C of the other kind of values; a row per report and kind. */
  CategoryDataset others() {
    DefaultCategoryDataset data = new DefaultCategoryDataset();
    for (int i = 0; i < entries.size(); i++) {
      for (LayerResult layer : entries.get(i).report().layers()) {
        boolean corrected = layer.values() == Values.CORRECTED;
        data.addValue(
            ifDefined(otherComplexity(layer)),
            (corrected ? "C of the samples " : "C corrected ") + letter(i),
            column(i, layer));
      }
    }
    return data;
  }

  /** Whether corrected values are those that are shown first. */
  boolean isCorrected() {
    return layers().stream().anyMatch(layer -> layer.values() == Values.CORRECTED);
  }

  /** Bounds for C as mean and half the distance, where C is not known. */
  StatisticalCategoryDataset bounds() {
    DefaultStatisticalCategoryDataset data = new DefaultStatisticalCategoryDataset();
    for (int i = 0; i < entries.size(); i++) {
      for (LayerResult layer : entries.get(i).report().layers()) {
        Optional<Finding.Interval> bounds = layer.bounds();
        data.add(
            bounds.map(b -> (b.lower() + b.upper()) / 2).orElse(null),
            bounds.map(b -> (b.upper() - b.lower()) / 2).orElse(null),
            "bounds " + letter(i),
            column(i, layer));
      }
    }
    return data;
  }

  /** For every column whether the bar of a degree is not supported. */
  boolean[][] unsupported() {
    List<LayerResult> layers = layers();
    boolean[][] unsupported = new boolean[layers.size()][rowCount()];
    for (int column = 0; column < unsupported.length; column++) {
      for (int degree = 1; degree <= rowCount(); degree++) {
        unsupported[column][degree - 1] = !layers.get(column).isSupported(degree);
      }
    }
    return unsupported;
  }

  /** C of the other kind of values; NaN if there is none. */
  static double otherComplexity(LayerResult layer) {
    Values other = layer.values() == Values.CORRECTED ? Values.PLUG_IN : Values.CORRECTED;
    return layer
        .correction()
        .map(correction -> correction.of(other).representationalComplexity())
        .orElse(Double.NaN);
  }

  /** The error of C that is drawn: that of the sample, else that of an estimate, else NaN. */
  static double errorOfComplexity(LayerResult layer) {
    return layer
        .samplingError()
        .map(error -> error.complexity().standardError())
        .orElse(layer.standardError());
  }

  /** The sampling error of the information of a degree; NaN if it is not known. */
  static double errorOfDegree(LayerResult layer, int degree) {
    return layer
        .samplingError()
        .filter(error -> degree <= error.degreesOfSynergy().size())
        .map(error -> error.degreesOfSynergy().get(degree - 1).standardError())
        .orElse(Double.NaN);
  }

  private static @Nullable Double ifDefined(double value) {
    return Double.isNaN(value) ? null : (Double) value;
  }
}
