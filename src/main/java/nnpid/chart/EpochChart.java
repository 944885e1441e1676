package nnpid.chart;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import nnpid.analysis.AtHorizon;
import nnpid.analysis.LayerResult;
import nnpid.chart.ComplexityChart.Entry;
import nnpid.network.Epochs;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.CombinedDomainXYPlot;
import org.jfree.chart.plot.DatasetRenderingOrder;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYErrorRenderer;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.data.xy.YIntervalSeries;
import org.jfree.data.xy.YIntervalSeriesCollection;

/**
 * Curves over the epochs of training, one per layer: C with its sampling error, or else its
 * Monte-Carlo error, and the information about the class. A hollow point is C of the other kind of
 * values, as in {@link ComplexityChart}.
 *
 * <p>The epoch is a number after the word "epoch" in the name of the layer, of the result or of the
 * data, whichever has it first.
 */
final class EpochChart {
  private static final Pattern EPOCH =
      Pattern.compile("[ _.-]?epoch[ _=.-]?(\\d{1,9}(?:\\.\\d{1,9})?)", Pattern.CASE_INSENSITIVE);

  private EpochChart() {}

  /** Whether all layers have an epoch, and no layer two results of one. */
  static boolean isOverEpochs(List<Entry> entries) {
    List<String> places =
        entries.stream()
            .flatMap(
                entry ->
                    entry.report().layers().stream()
                        .map(
                            layer -> {
                              OptionalDouble epoch = epoch(entry, layer);
                              return epoch.isPresent()
                                  ? epoch.getAsDouble() + " " + layerName(layer)
                                  : "";
                            }))
            .toList();
    long epochs = places.stream().map(place -> place.split(" ", 2)[0]).distinct().count();
    return epochs > 1
        && !places.contains("")
        && places.stream().distinct().count() == places.size();
  }

  private static OptionalDouble epoch(Entry entry, LayerResult layer) {
    for (String name : List.of(layer.name(), entry.name(), entry.report().relation())) {
      Matcher matcher = EPOCH.matcher(name);
      if (matcher.find()) {
        return OptionalDouble.of(Double.parseDouble(matcher.group(1)));
      }
    }
    return OptionalDouble.empty();
  }

  private static String layerName(LayerResult layer) {
    String rest = EPOCH.matcher(layer.name()).replaceAll("").replaceAll("^[ _.-]+", "");
    return rest.isEmpty() ? "all" : rest;
  }

  static JFreeChart of(List<Entry> entries, ChartStyle style) {
    NumberAxis epochs = new NumberAxis("Epoch");
    boolean whole =
        entries.stream()
            .flatMap(entry -> entry.report().layers().stream().map(layer -> epoch(entry, layer)))
            .allMatch(epoch -> epoch.isEmpty() || epoch.getAsDouble() % 1 == 0);
    epochs.setStandardTickUnits(
        whole ? NumberAxis.createIntegerTickUnits() : NumberAxis.createStandardTickUnits());
    epochs.setAutoRangeIncludesZero(false);
    epochs.setAutoRangeStickyZero(false);
    CombinedDomainXYPlot plot = new CombinedDomainXYPlot(epochs);
    plot.setGap(style.fontSize());
    XYPlot complexity = plot(complexities(entries), "C", style);
    addHollowPoints(complexity, otherComplexities(entries), style);
    plot.add(complexity, 3);
    XYPlot information = plot(information(entries), "Information in bits", style);
    ((NumberAxis) information.getRangeAxis()).setAutoRangeIncludesZero(true);
    plot.add(information, 2);
    List<Long> draws =
        entries.stream()
            .flatMap(entry -> entry.report().layers().stream())
            .flatMap(layer -> layer.atHorizon().map(AtHorizon::draws).stream())
            .distinct()
            .toList();
    if (!draws.isEmpty()) {
      // Of different horizons there is no curve.
      plot.add(
          plot(
              draws.size() == 1 ? complexitiesWithin(entries) : new YIntervalSeriesCollection(),
              draws.size() == 1 ? "C of " + draws.get(0) + " draws" : "C (different horizons)",
              style),
          2);
    }
    JFreeChart chart =
        new JFreeChart("Representational complexity over training", null, plot, true);
    List<String> few =
        entries.stream()
            .flatMap(entry -> entry.report().layers().stream())
            .filter(LayerResult::hasFewSamples)
            .map(EpochChart::layerName)
            .distinct()
            .toList();
    ChartStyle.noteFewSamples(chart, few);
    ChartNotes.addOrigin(chart, entries, false);
    style.applyTo(chart, RectangleEdge.RIGHT);
    plot.setAxisOffset(RectangleInsets.ZERO_INSETS);
    for (Object subplot : plot.getSubplots()) {
      decorate((XYPlot) subplot, style);
    }
    return chart;
  }

  private static XYPlot plot(YIntervalSeriesCollection data, String label, ChartStyle style) {
    XYErrorRenderer renderer = new XYErrorRenderer();
    renderer.setDrawXError(false);
    renderer.setDefaultLinesVisible(true);
    renderer.setCapLength(style.fontSize() * 0.4);
    renderer.setErrorStroke(style.stroke(1.2));
    renderer.setDefaultToolTipGenerator(
        (dataset, series, item) ->
            String.format(
                Locale.ROOT,
                "%s, epoch %s: %.4f",
                dataset.getSeriesKey(series),
                Epochs.text(dataset.getXValue(series, item)),
                dataset.getYValue(series, item)));
    NumberAxis axis = new NumberAxis(label);
    axis.setAutoRangeIncludesZero(false);
    axis.setAutoRangeMinimumSize(0.1);
    return new XYPlot(data, null, axis, renderer);
  }

  private static void addHollowPoints(
      XYPlot plot, YIntervalSeriesCollection data, ChartStyle style) {
    XYLineAndShapeRenderer renderer = LayerCurves.hollow(style.dot(0.22), style);
    for (int series = 0; series < data.getSeriesCount(); series++) {
      renderer.setSeriesVisibleInLegend(series, false);
    }
    plot.setDataset(1, data);
    plot.setRenderer(1, renderer);
    plot.setDatasetRenderingOrder(DatasetRenderingOrder.FORWARD);
  }

  private static void decorate(XYPlot plot, ChartStyle style) {
    style.applyTo(plot);
    plot.setAxisOffset(RectangleInsets.ZERO_INSETS);
    plot.setDomainGridlinesVisible(false);
    XYLineAndShapeRenderer renderer = (XYLineAndShapeRenderer) plot.getRenderer();
    for (int series = 0; series < plot.getSeriesCount(); series++) {
      renderer.setSeriesPaint(series, style.seriesColor(series));
      renderer.setSeriesStroke(series, style.stroke(1.8));
      renderer.setSeriesShape(series, style.dot(0.25));
      // Both panels have the same layers.
      renderer.setSeriesVisibleInLegend(series, plot.getRangeAxis().getLabel().equals("C"));
      if (plot.getDataset(1) != null) {
        plot.getRenderer(1).setSeriesPaint(series, style.seriesColor(series));
      }
    }
  }

  /** A series per layer: C and C -+ its error over the epoch. */
  static YIntervalSeriesCollection complexities(List<Entry> entries) {
    return series(
        entries,
        (layer, point) -> {
          if (layer.hasComplexity()) {
            double error = ComplexityData.errorOfComplexity(layer);
            point.add(layer.representationalComplexity(), Double.isNaN(error) ? 0 : error);
          }
        });
  }

  private static YIntervalSeriesCollection otherComplexities(List<Entry> entries) {
    return series(
        entries,
        (layer, point) -> {
          double other = ComplexityData.otherComplexity(layer);
          if (!Double.isNaN(other)) {
            point.add(other, 0);
          }
        });
  }

  /** The same at a horizon. */
  static YIntervalSeriesCollection complexitiesWithin(List<Entry> entries) {
    return series(
        entries,
        (layer, point) ->
            layer
                .atHorizon()
                .filter(one -> !Double.isNaN(one.complexity()))
                .ifPresent(
                    one -> {
                      double error = one.standardError();
                      point.add(one.complexity(), Double.isNaN(error) ? 0 : error);
                    }));
  }

  static YIntervalSeriesCollection information(List<Entry> entries) {
    return series(entries, (layer, point) -> point.add(layer.mutualInformation(), 0));
  }

  private interface Point {
    void add(double value, double error);
  }

  private interface Value {
    void addTo(LayerResult layer, Point point);
  }

  private static YIntervalSeriesCollection series(List<Entry> entries, Value value) {
    TreeMap<String, YIntervalSeries> series =
        entries.stream()
            .flatMap(entry -> entry.report().layers().stream())
            .map(EpochChart::layerName)
            .distinct()
            .collect(
                Collectors.toMap(
                    name -> name, YIntervalSeries::new, (first, second) -> first, TreeMap::new));
    for (Entry entry : entries) {
      for (LayerResult layer : entry.report().layers()) {
        YIntervalSeries target = series.get(layerName(layer));
        OptionalDouble epoch = epoch(entry, layer);
        if (target != null && epoch.isPresent()) {
          value.addTo(
              layer, (y, error) -> target.add(epoch.getAsDouble(), y, y - error, y + error));
        }
      }
    }
    YIntervalSeriesCollection data = new YIntervalSeriesCollection();
    series.values().forEach(data::addSeries);
    return data;
  }
}
