package nnpid.chart;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.Paint;
import java.awt.Shape;
import java.awt.geom.Line2D;
import java.awt.geom.RectangularShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import nnpid.analysis.AtHorizon;
import nnpid.analysis.Finding;
import nnpid.analysis.LayerResult;
import nnpid.analysis.Report;
import nnpid.decomposition.Backbone;
import nnpid.decomposition.Values;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.LegendItemCollection;
import org.jfree.chart.axis.CategoryAxis;
import org.jfree.chart.axis.CategoryLabelPositions;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.CategoryPlot;
import org.jfree.chart.plot.CombinedDomainCategoryPlot;
import org.jfree.chart.renderer.category.BarPainter;
import org.jfree.chart.renderer.category.BarRenderer;
import org.jfree.chart.renderer.category.LineAndShapeRenderer;
import org.jfree.chart.renderer.category.StackedBarRenderer;
import org.jfree.chart.renderer.category.StandardBarPainter;
import org.jfree.chart.renderer.category.StatisticalLineAndShapeRenderer;
import org.jfree.chart.title.TextTitle;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.chart.util.ShapeUtils;
import org.jfree.data.category.CategoryDataset;
import org.jfree.data.category.DefaultCategoryDataset;
import org.jfree.data.statistics.DefaultStatisticalCategoryDataset;
import org.jfree.data.statistics.StatisticalCategoryDataset;
import org.jspecify.annotations.Nullable;

/**
 * The chart of one or several reports: for every layer its information by degree of synergy as
 * stacked bars, negative amounts below zero, and above them C with its sampling error, or else its
 * Monte-Carlo error. A hollow point is C corrected for the bias of the sample (or plug-in, if the
 * results are corrected), a diamond C at a horizon, whose bars are below; pale, hatched bars are
 * information that the sample does not support. Results of several epochs become curves of C over
 * the epoch.
 *
 * <p>C has a panel and an axis of its own rather than a second axis over the bars, where the two
 * zeros would suggest relations that do not exist.
 */
public final class ComplexityChart {
  /** The panel of C: index of the data set of bounds, where C is not known. */
  private static final int BOUNDS = 1;

  /** Index of the data set of the other kind of values. */
  private static final int OTHERS = 2;

  /** Index of the data set of C at a horizon. */
  private static final int AT_HORIZON = 3;

  /** Degrees with a color of their own; higher ones are shown as one sum. */
  static final int MOST_DEGREES = 8;

  /**
   * A report and how it is called in a chart.
   *
   * @param name short; an epoch is recognized in it, as in {@code epoch 100}
   */
  public record Entry(String name, Report report) {}

  /** Layers whose names fit below each other, slanted. */
  private static final int MOST_NAMES = 80;

  private ComplexityChart() {}

  /** The chart of one report. */
  public static JFreeChart of(Report report, ChartStyle style) {
    return of(List.of(new Entry(report.relation(), report)), style);
  }

  /**
   * The chart of one or several reports.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static JFreeChart of(List<Entry> entries, ChartStyle style) {
    if (entries.isEmpty()) {
      throw new IllegalArgumentException("A chart must have a result: there is none.");
    }
    return EpochChart.isOverEpochs(entries)
        ? EpochChart.of(entries, style)
        : overLayers(entries, style);
  }

  private static JFreeChart overLayers(List<Entry> entries, ChartStyle style) {
    CategoryAxis layers = new CategoryAxis();
    layers.setCategoryMargin(0.25);
    layers.setLowerMargin(0.02);
    layers.setUpperMargin(0.02);
    layers.setMaximumCategoryLabelWidthRatio(1.2f);
    CategoryDataset bits = informationByDegree(entries);
    if (bits.getColumnCount() > 8) {
      layers.setCategoryLabelPositions(CategoryLabelPositions.UP_45);
    }
    if (bits.getColumnCount() > MOST_NAMES) {
      // One name would cover the next.
      layers.setTickLabelsVisible(false);
      layers.setTickMarksVisible(false);
      layers.setLabel(bits.getColumnCount() + " layers, in the order of the table");
    }
    CombinedDomainCategoryPlot plot = new CombinedDomainCategoryPlot(layers);
    plot.setGap(style.fontSize());
    plot.add(complexityPlot(entries), 3);
    plot.add(informationPlot(bits, unsupported(entries, bits.getRowCount()), style), 5);
    if (!draws(entries).isEmpty()) {
      CategoryPlot within = informationPlot(informationWithin(entries), new boolean[0][0], style);
      within.getRangeAxis().setLabel("Bits of " + drawsText(entries) + " draws");
      // The legend is that of the bars above.
      within.setFixedLegendItems(new LegendItemCollection());
      plot.add(within, 4);
    }
    JFreeChart chart = new JFreeChart(title(entries), null, plot, true);
    if (entries.size() > 1) {
      chart.addSubtitle(new TextTitle(key(entries)));
    }
    if (entries.stream()
        .flatMap(e -> e.report().layers().stream())
        .anyMatch(ComplexityChart::isBounded)) {
      chart.addSubtitle(
          new TextTitle(
              "Intervals without a point are bounds for C; \u03a0 of coarse-grained layers is that"
                  + " of their groups"));
    }
    noteOrigin(chart, entries, true);
    noteFewSamples(chart, entries);
    style.applyTo(chart, RectangleEdge.RIGHT);
    // The theme shifts axes away from the data, which would shift labels against bars.
    plot.setAxisOffset(RectangleInsets.ZERO_INSETS);
    chart.getLegend().setSortOrder(org.jfree.chart.util.SortOrder.DESCENDING);
    layers.setTickLabelFont(style.font(Font.BOLD, 1));
    decorate((CategoryPlot) plot.getSubplots().get(0), style);
    int degrees = bits.getRowCount();
    for (int panel = 1; panel < plot.getSubplots().size(); panel++) {
      CategoryPlot bars = (CategoryPlot) plot.getSubplots().get(panel);
      decorate(bars, style);
      for (int degree = 1; degree <= degrees; degree++) {
        bars.getRenderer().setSeriesPaint(degree - 1, style.degreeColor(degree, degrees));
        bars.getRenderer().setSeriesOutlinePaint(degree - 1, style.background());
        bars.getRenderer().setSeriesOutlineStroke(degree - 1, style.stroke(0.8));
      }
    }
    StatisticalLineAndShapeRenderer line =
        (StatisticalLineAndShapeRenderer) ((CategoryPlot) plot.getSubplots().get(0)).getRenderer();
    for (int series = 0; series < entries.size(); series++) {
      line.setSeriesPaint(series, style.foreground());
      line.setSeriesStroke(series, style.stroke(1.5));
      line.setSeriesShape(series, style.dot(0.25));
      line.setSeriesVisibleInLegend(series, false);
    }
    LineAndShapeRenderer others =
        (LineAndShapeRenderer) ((CategoryPlot) plot.getSubplots().get(0)).getRenderer(OTHERS);
    for (int series = 0; series < entries.size(); series++) {
      others.setSeriesPaint(series, style.foreground());
      others.setSeriesOutlineStroke(series, style.stroke(1.2));
      others.setSeriesShape(series, style.dot(0.3));
    }
    LineAndShapeRenderer atHorizon =
        (LineAndShapeRenderer) ((CategoryPlot) plot.getSubplots().get(0)).getRenderer(AT_HORIZON);
    for (int series = 0; series < entries.size(); series++) {
      atHorizon.setSeriesPaint(series, style.foreground());
      atHorizon.setSeriesOutlineStroke(series, style.stroke(1.2));
      atHorizon.setSeriesShape(series, ShapeUtils.createDiamond(0.32f * style.fontSize()));
    }
    line.setErrorIndicatorPaint(style.foreground());
    line.setErrorIndicatorStroke(style.stroke(1.2));
    StatisticalLineAndShapeRenderer interval =
        (StatisticalLineAndShapeRenderer)
            ((CategoryPlot) plot.getSubplots().get(0)).getRenderer(BOUNDS);
    interval.setErrorIndicatorPaint(style.seriesColor(1));
    interval.setErrorIndicatorStroke(style.stroke(2.5));
    return chart;
  }

  /**
   * Has a chart say what error bars, hollow points and hatched bars are, where there are any.
   *
   * @param hasDegrees whether it shows degrees of synergy
   */
  static void noteOrigin(JFreeChart chart, List<Entry> entries, boolean hasDegrees) {
    List<LayerResult> layers = layers(entries);
    List<String> notes = new ArrayList<>();
    if (layers.stream().anyMatch(layer -> layer.samplingError().isPresent())) {
      notes.add("error bars: other samples of the same size");
    } else if (layers.stream().anyMatch(LayerResult::isEstimated)) {
      notes.add("error bars: the estimate's own");
    }
    if (layers.stream().anyMatch(layer -> !Double.isNaN(otherComplexity(layer)))) {
      boolean corrected = layers.stream().anyMatch(layer -> layer.values() == Values.CORRECTED);
      notes.add(
          corrected ? "hollow: C of the samples" : "hollow: C without the bias of the sample");
    }
    if (hasDegrees && layers.stream().anyMatch(layer -> !layer.isSupported(layer.shownDegrees()))) {
      notes.add("hatched: no other sample of the class backs it");
    }
    if (!draws(entries).isEmpty()) {
      notes.add(
          "diamonds: C of "
              + drawsText(entries)
              + " draws of other samples"
              + (draws(entries).size() > 1 ? ", not to be compared with each other" : ""));
    }
    if (!notes.isEmpty()) {
      String text = String.join("; ", notes);
      chart.addSubtitle(
          new TextTitle(text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1)));
    }
  }

  private static List<LayerResult> layers(List<Entry> entries) {
    return entries.stream().flatMap(entry -> entry.report().layers().stream()).toList();
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

  /** For every column whether the bar of a degree is not supported. */
  private static boolean[][] unsupported(List<Entry> entries, int degrees) {
    List<LayerResult> layers = layers(entries);
    boolean[][] unsupported = new boolean[layers.size()][degrees];
    for (int column = 0; column < unsupported.length; column++) {
      for (int degree = 1; degree <= degrees; degree++) {
        unsupported[column][degree - 1] = !layers.get(column).isSupported(degree);
      }
    }
    return unsupported;
  }

  private static void noteFewSamples(JFreeChart chart, List<Entry> entries) {
    List<String> few = new ArrayList<>();
    for (int i = 0; i < entries.size(); i++) {
      for (LayerResult layer : entries.get(i).report().layers()) {
        if (layer.hasFewSamples()) {
          few.add(column(entries, i, layer).replace("  ", " "));
        }
      }
    }
    ChartStyle.noteFewSamples(chart, few);
  }

  private static CategoryPlot complexityPlot(List<Entry> entries) {
    NumberAxis axis = new NumberAxis("C");
    axis.setAutoRangeIncludesZero(false);
    axis.setUpperMargin(0.15);
    axis.setLowerMargin(0.15);
    axis.setAutoRangeMinimumSize(0.1);
    StatisticalLineAndShapeRenderer renderer = new StatisticalLineAndShapeRenderer(true, true);
    renderer.setDefaultToolTipGenerator(
        (dataset, row, column) -> {
          StatisticalCategoryDataset data = (StatisticalCategoryDataset) dataset;
          Number error = data.getStdDevValue(row, column);
          String text =
              String.format(
                  Locale.ROOT,
                  "%s: C = %.4f",
                  data.getColumnKey(column),
                  data.getMeanValue(row, column).doubleValue());
          return error == null || Double.isNaN(error.doubleValue())
              ? text
              : text + String.format(Locale.ROOT, " +- %.4f", error.doubleValue());
        });
    CategoryPlot plot = new CategoryPlot(complexities(entries), null, axis, renderer);
    StatisticalLineAndShapeRenderer interval = new StatisticalLineAndShapeRenderer(false, false);
    interval.setDefaultSeriesVisibleInLegend(false);
    interval.setDefaultToolTipGenerator(
        (dataset, row, column) -> {
          StatisticalCategoryDataset data = (StatisticalCategoryDataset) dataset;
          double middle = data.getMeanValue(row, column).doubleValue();
          double half = data.getStdDevValue(row, column).doubleValue();
          return String.format(
              Locale.ROOT,
              "%s: C between %.4f and %.4f",
              data.getColumnKey(column),
              middle - half,
              middle + half);
        });
    plot.setDataset(BOUNDS, bounds(entries));
    plot.setRenderer(BOUNDS, interval);
    plot.setDataset(OTHERS, others(entries));
    plot.setRenderer(OTHERS, hollow());
    plot.setDataset(AT_HORIZON, complexitiesWithin(entries));
    plot.setRenderer(AT_HORIZON, hollow());
    return plot;
  }

  private static LineAndShapeRenderer hollow() {
    LineAndShapeRenderer hollow = new LineAndShapeRenderer(false, true);
    hollow.setDefaultShapesFilled(false);
    hollow.setDefaultSeriesVisibleInLegend(false);
    hollow.setDefaultToolTipGenerator(
        (dataset, row, column) ->
            String.format(
                Locale.ROOT,
                "%s: %s = %.4f",
                dataset.getColumnKey(column),
                dataset.getRowKey(row),
                dataset.getValue(row, column).doubleValue()));
    return hollow;
  }

  private static CategoryPlot informationPlot(
      CategoryDataset bits, boolean[][] unsupported, ChartStyle style) {
    StackedBarRenderer renderer = new Bars(unsupported, style);
    renderer.setDrawBarOutline(true);
    renderer.setMaximumBarWidth(0.12);
    renderer.setDefaultToolTipGenerator(
        (dataset, row, column) ->
            String.format(
                Locale.ROOT,
                "%s: %s = %.4f bits",
                dataset.getColumnKey(column),
                dataset.getRowKey(row),
                dataset.getValue(row, column).doubleValue()));
    return new CategoryPlot(bits, null, new NumberAxis("Information in bits"), renderer);
  }

  /** Bars that are pale where the sample does not support them. */
  private static final class Bars extends StackedBarRenderer {
    private static final long serialVersionUID = 1L;

    private final boolean[][] unsupported; // column, row
    private final transient ChartStyle style;

    Bars(boolean[][] unsupported, ChartStyle style) {
      this.unsupported = unsupported;
      this.style = style;
    }

    @Override
    public Paint getItemPaint(int row, int column) {
      Paint paint = super.getItemPaint(row, column);
      boolean pale = column < unsupported.length && unsupported[column][row];
      return pale && paint instanceof Color color ? style.pale(color) : paint;
    }

    /** Not set but overridden: themes set another. */
    @Override
    public BarPainter getBarPainter() {
      return new Hatching(unsupported, style);
    }
  }

  /** Hatches the same bars: in print, too, they are told from the others. */
  private static final class Hatching extends StandardBarPainter {
    private static final long serialVersionUID = 1L;
    private static final double SPACE = 6;

    private final boolean[][] unsupported; // column, row
    private final transient ChartStyle style;

    Hatching(boolean[][] unsupported, ChartStyle style) {
      this.unsupported = unsupported;
      this.style = style;
    }

    @Override
    public void paintBar(
        Graphics2D graphics,
        BarRenderer renderer,
        int row,
        int column,
        RectangularShape bar,
        RectangleEdge base) {
      super.paintBar(graphics, renderer, row, column, bar, base);
      if (column >= unsupported.length || !unsupported[column][row]) {
        return;
      }
      Shape clip = graphics.getClip();
      graphics.clip(bar);
      graphics.setPaint(style.muted());
      graphics.setStroke(style.stroke(0.8));
      double height = bar.getHeight();
      for (double x = bar.getX() - height; x < bar.getMaxX(); x += SPACE) {
        graphics.draw(new Line2D.Double(x, bar.getMaxY(), x + height, bar.getY()));
      }
      graphics.setClip(clip);
    }
  }

  private static void decorate(CategoryPlot plot, ChartStyle style) {
    style.applyTo(plot);
    plot.setAxisOffset(RectangleInsets.ZERO_INSETS);
    plot.setRangeZeroBaselineVisible(plot.getRenderer() instanceof StackedBarRenderer);
  }

  private static String title(List<Entry> entries) {
    if (entries.size() > 1) {
      return "Information about the class by degree of synergy";
    }
    Report report = entries.get(0).report();
    return "Information about \""
        + report.layers().get(0).layer().target()
        + "\" in "
        + entries.get(0).name();
  }

  private static String key(List<Entry> entries) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < entries.size(); i++) {
      lines.add(letter(i) + ": " + entries.get(i).name());
    }
    return String.join("\n", lines);
  }

  /** A, B, ..., Z, A2, B2, ... */
  private static String letter(int index) {
    char letter = (char) ('A' + index % 26);
    return index < 26 ? String.valueOf(letter) : letter + "" + (index / 26 + 1);
  }

  private static String column(List<Entry> entries, int entry, LayerResult layer) {
    return entries.size() == 1 ? layer.name() : letter(entry) + "  " + layer.name();
  }

  /** Rows: &Pi;_1, &Pi;_2, ...; columns: layers. */
  static CategoryDataset informationByDegree(List<Entry> entries) {
    return informationByDegree(entries, layer -> Optional.of(layer.backbone()));
  }

  /** The same at a horizon, where there is one. */
  static CategoryDataset informationWithin(List<Entry> entries) {
    return informationByDegree(entries, layer -> layer.atHorizon().map(AtHorizon::backbone));
  }

  private static CategoryDataset informationByDegree(
      List<Entry> entries, Function<LayerResult, Optional<Backbone>> backbone) {
    int degrees =
        entries.stream()
            .flatMap(entry -> entry.report().layers().stream())
            .mapToInt(LayerResult::shownDegrees)
            .max()
            .orElse(0);
    DefaultCategoryDataset data = new DefaultCategoryDataset();
    for (int i = 0; i < entries.size(); i++) {
      for (LayerResult layer : entries.get(i).report().layers()) {
        for (int row = 1; row <= Math.min(degrees, MOST_DEGREES); row++) {
          boolean rest = row == MOST_DEGREES && degrees > MOST_DEGREES;
          int from = row;
          data.addValue(
              backbone
                  .apply(layer)
                  .map(one -> information(one, from, rest ? Integer.MAX_VALUE : from))
                  .orElse(null),
              rest ? "\u03a0" + row + " and more" : "\u03a0" + row,
              column(entries, i, layer));
        }
      }
    }
    return data;
  }

  /** Null where a search ran out of nodes: a gap in the chart. */
  private static @Nullable Double information(Backbone backbone, int from, int to) {
    double sum = 0;
    for (int degree = from; degree <= Math.min(to, backbone.sourceCount()); degree++) {
      sum += backbone.information(degree);
    }
    return Double.isNaN(sum) ? null : (Double) sum;
  }

  /** A row per report, so that lines do not join different ones; columns: layers. */
  static StatisticalCategoryDataset complexities(List<Entry> entries) {
    DefaultStatisticalCategoryDataset data = new DefaultStatisticalCategoryDataset();
    for (int i = 0; i < entries.size(); i++) {
      for (LayerResult layer : entries.get(i).report().layers()) {
        data.add(
            ifDefined(layer.representationalComplexity()),
            ifDefined(errorOfComplexity(layer)),
            "C " + letter(i),
            column(entries, i, layer));
      }
    }
    return data;
  }

  /** C at a horizon; a row per report, columns: layers. */
  static CategoryDataset complexitiesWithin(List<Entry> entries) {
    DefaultCategoryDataset data = new DefaultCategoryDataset();
    for (int i = 0; i < entries.size(); i++) {
      for (LayerResult layer : entries.get(i).report().layers()) {
        data.addValue(
            layer.atHorizon().map(one -> ifDefined(one.complexity())).orElse(null),
            "C of " + layer.atHorizon().map(AtHorizon::draws).orElse(0L) + " draws " + letter(i),
            column(entries, i, layer));
      }
    }
    return data;
  }

  /** The horizons, each once. */
  private static List<Long> draws(List<Entry> entries) {
    return layers(entries).stream()
        .flatMap(layer -> layer.atHorizon().map(AtHorizon::draws).stream())
        .distinct()
        .sorted()
        .toList();
  }

  private static String drawsText(List<Entry> entries) {
    return draws(entries).stream().map(String::valueOf).collect(Collectors.joining(" or "));
  }

  /** C of the other kind of values; a row per report, columns: layers. */
  static CategoryDataset others(List<Entry> entries) {
    DefaultCategoryDataset data = new DefaultCategoryDataset();
    for (int i = 0; i < entries.size(); i++) {
      for (LayerResult layer : entries.get(i).report().layers()) {
        boolean corrected = layer.values() == Values.CORRECTED;
        data.addValue(
            ifDefined(otherComplexity(layer)),
            (corrected ? "C of the samples " : "C corrected ") + letter(i),
            column(entries, i, layer));
      }
    }
    return data;
  }

  private static @Nullable Double ifDefined(double value) {
    return Double.isNaN(value) ? null : (Double) value;
  }

  private static boolean isBounded(LayerResult layer) {
    return layer.bounds().isPresent();
  }

  /** Bounds for C as mean and half the distance, where C is not known; columns: layers. */
  static StatisticalCategoryDataset bounds(List<Entry> entries) {
    DefaultStatisticalCategoryDataset data = new DefaultStatisticalCategoryDataset();
    for (int i = 0; i < entries.size(); i++) {
      for (LayerResult layer : entries.get(i).report().layers()) {
        Optional<Finding.Interval> bounds = layer.bounds();
        data.add(
            bounds.map(b -> (b.lower() + b.upper()) / 2).orElse(null),
            bounds.map(b -> (b.upper() - b.lower()) / 2).orElse(null),
            "bounds " + letter(i),
            column(entries, i, layer));
      }
    }
    return data;
  }
}
