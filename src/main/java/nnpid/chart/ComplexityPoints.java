package nnpid.chart;

import java.awt.Graphics2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.Locale;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import nnpid.analysis.LayerResult;
import org.jfree.chart.axis.AxisState;
import org.jfree.chart.axis.CategoryAxis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.labels.ItemLabelAnchor;
import org.jfree.chart.labels.ItemLabelPosition;
import org.jfree.chart.labels.StandardCategoryItemLabelGenerator;
import org.jfree.chart.plot.CategoryPlot;
import org.jfree.chart.plot.DatasetRenderingOrder;
import org.jfree.chart.plot.PlotOrientation;
import org.jfree.chart.plot.PlotRenderingInfo;
import org.jfree.chart.renderer.category.CategoryItemRendererState;
import org.jfree.chart.renderer.category.LineAndShapeRenderer;
import org.jfree.chart.renderer.category.StatisticalLineAndShapeRenderer;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.chart.ui.TextAnchor;
import org.jfree.chart.util.ShapeUtils;
import org.jfree.data.Range;
import org.jfree.data.category.CategoryDataset;
import org.jfree.data.statistics.StatisticalCategoryDataset;

/**
 * The panel of C: a point per layer with its error, and around it what else is known of C. Its axis
 * begins at 1, where every unit can be read on its own; if all points lie close together far from
 * there, it is broken, and looks so.
 */
final class ComplexityPoints {
  /** Index of the data set of bounds, where C is not known. */
  static final int BOUNDS = 1;

  /** Index of the data set of the other kind of values. */
  static final int OTHERS = 2;

  /** Index of the data set of C at a horizon. */
  static final int AT_HORIZON = 3;

  /** Index of the data set of those that rest on too few samples. */
  static final int DOUBTFUL = 4;

  /** If all points are in so small a part of an axis from 1, it is broken. */
  private static final double CLOSE = 0.15;

  private ComplexityPoints() {}

  static CategoryPlot of(ComplexityData data) {
    Points renderer = new Points();
    renderer.setDefaultToolTipGenerator(
        (dataset, row, column) ->
            dataset.getColumnKey(column)
                + ": C = "
                + text((StatisticalCategoryDataset) dataset, row, column, 4));
    renderer.setDefaultItemLabelGenerator(new Label());
    renderer.setDefaultItemLabelsVisible(true);
    renderer.setDefaultPositiveItemLabelPosition(
        new ItemLabelPosition(ItemLabelAnchor.OUTSIDE12, TextAnchor.BOTTOM_CENTER));
    CategoryPlot plot = new CategoryPlot(data.complexities(), null, axis(data), renderer);
    plot.setDatasetRenderingOrder(DatasetRenderingOrder.FORWARD);
    StatisticalLineAndShapeRenderer interval = new StatisticalLineAndShapeRenderer(false, false);
    interval.setDefaultSeriesVisibleInLegend(false);
    interval.setDefaultToolTipGenerator(
        (dataset, row, column) -> {
          StatisticalCategoryDataset bounds = (StatisticalCategoryDataset) dataset;
          double middle = bounds.getMeanValue(row, column).doubleValue();
          double half = bounds.getStdDevValue(row, column).doubleValue();
          return String.format(
              Locale.ROOT,
              "%s: C between %.4f and %.4f",
              bounds.getColumnKey(column),
              middle - half,
              middle + half);
        });
    plot.setDataset(BOUNDS, data.bounds());
    plot.setRenderer(BOUNDS, interval);
    plot.setDataset(OTHERS, data.others());
    plot.setRenderer(OTHERS, points());
    plot.setDataset(AT_HORIZON, data.complexitiesWithin());
    plot.setRenderer(AT_HORIZON, points());
    plot.setDataset(DOUBTFUL, data.doubtful());
    plot.setRenderer(DOUBTFUL, points());
    return plot;
  }

  private static String text(StatisticalCategoryDataset data, int row, int column, int digits) {
    Number error = data.getStdDevValue(row, column);
    String number = "%." + digits + "f";
    String text = String.format(Locale.ROOT, number, data.getMeanValue(row, column).doubleValue());
    return error == null || Double.isNaN(error.doubleValue())
        ? text
        : text + String.format(Locale.ROOT, " \u00b1 " + number, error.doubleValue());
  }

  /** Points with their values above them, where there is room. */
  private static final class Points extends StatisticalLineAndShapeRenderer {
    private static final long serialVersionUID = 1L;

    private double room;

    Points() {
      super(true, true);
    }

    @Override
    public void drawItem(
        Graphics2D graphics,
        CategoryItemRendererState state,
        Rectangle2D area,
        CategoryPlot plot,
        CategoryAxis layers,
        ValueAxis axis,
        CategoryDataset data,
        int row,
        int column,
        int pass) {
      room = 0.95 * area.getWidth() / data.getColumnCount();
      super.drawItem(graphics, state, area, plot, layers, axis, data, row, column, pass);
    }

    @Override
    protected void drawItemLabel(
        Graphics2D graphics,
        PlotOrientation orientation,
        CategoryDataset data,
        int row,
        int column,
        double x,
        double y,
        boolean negative) {
      String label = getItemLabelGenerator(row, column).generateLabel(data, row, column);
      if (ChartStyle.width(label, getItemLabelFont(row, column)) <= room) {
        super.drawItemLabel(graphics, orientation, data, row, column, x, y, negative);
      }
    }
  }

  /** C beside its point: errors are often too small to be seen. */
  private static final class Label extends StandardCategoryItemLabelGenerator {
    private static final long serialVersionUID = 1L;

    @Override
    public String generateLabel(CategoryDataset dataset, int row, int column) {
      StatisticalCategoryDataset data = (StatisticalCategoryDataset) dataset;
      return data.getMeanValue(row, column) == null ? "" : text(data, row, column, 3);
    }
  }

  private static LineAndShapeRenderer points() {
    LineAndShapeRenderer points = new LineAndShapeRenderer(false, true);
    points.setDefaultShapesFilled(false);
    points.setDefaultSeriesVisibleInLegend(false);
    points.setDefaultToolTipGenerator(
        (dataset, row, column) ->
            String.format(
                Locale.ROOT,
                "%s: %s = %.4f",
                dataset.getColumnKey(column),
                dataset.getRowKey(row),
                dataset.getValue(row, column).doubleValue()));
    return points;
  }

  private static NumberAxis axis(ComplexityData data) {
    double[] values =
        data.layers().stream()
            .flatMapToDouble(ComplexityPoints::shown)
            .filter(Double::isFinite)
            .toArray();
    double low = DoubleStream.of(values).min().orElse(1);
    double high = DoubleStream.of(values).max().orElse(2);
    boolean several = data.layers().stream().filter(LayerResult::hasComplexity).count() > 1;
    boolean broken = several && low > 1 && high - low < CLOSE * (high - 1) && high > low;
    double from = broken ? low : Math.min(1, low);
    double length = Math.max(high - from, broken ? 0.01 : 0.1);
    NumberAxis axis = broken ? new BrokenAxis() : new NumberAxis("C");
    // Room for the values above the points, and for points that lie on the limits.
    axis.setRange(
        new Range(from - 0.06 * length - (broken ? 0.15 * length : 0), from + 1.25 * length));
    return axis;
  }

  /** All that is drawn of a layer. */
  private static DoubleStream shown(LayerResult layer) {
    double complexity = layer.representationalComplexity();
    double error = ComplexityData.errorOfComplexity(layer);
    return DoubleStream.concat(
        DoubleStream.of(
            complexity,
            complexity - error,
            complexity + error,
            ComplexityData.otherComplexity(layer),
            layer.atHorizon().map(one -> one.complexity()).orElse(Double.NaN)),
        layer.bounds().stream().flatMapToDouble(b -> DoubleStream.of(b.lower(), b.upper())));
  }

  /** An axis that does not begin at 1, and shows it. */
  private static final class BrokenAxis extends NumberAxis {
    private static final long serialVersionUID = 1L;

    BrokenAxis() {
      super("C (axis broken)");
    }

    @Override
    public AxisState draw(
        Graphics2D graphics,
        double cursor,
        Rectangle2D plotArea,
        Rectangle2D dataArea,
        RectangleEdge edge,
        PlotRenderingInfo info) {
      AxisState state = super.draw(graphics, cursor, plotArea, dataArea, edge, info);
      graphics.setPaint(getTickLabelPaint());
      graphics.setStroke(getAxisLineStroke());
      double size = getTickLabelFont().getSize2D() / 2;
      double x = dataArea.getMinX();
      double y = dataArea.getMaxY();
      Path2D line = new Path2D.Double();
      line.moveTo(x, dataArea.getMinY());
      line.lineTo(x, y - 2 * size);
      line.lineTo(x - size, y - 1.6 * size);
      line.lineTo(x + size, y - 0.9 * size);
      line.lineTo(x, y - 0.5 * size);
      line.lineTo(x, y);
      graphics.draw(line);
      return state;
    }
  }

  /** Colors and shapes, after those of the chart. */
  static void decorate(CategoryPlot plot, ChartStyle style) {
    style.applyTo(plot);
    plot.setAxisOffset(RectangleInsets.ZERO_INSETS);
    plot.setRangeZeroBaselineVisible(false);
    StatisticalLineAndShapeRenderer line = (StatisticalLineAndShapeRenderer) plot.getRenderer();
    line.setDefaultItemLabelPaint(style.foreground());
    line.setDefaultItemLabelFont(style.font());
    line.setErrorIndicatorPaint(style.foreground());
    line.setErrorIndicatorStroke(style.stroke(1.6));
    StatisticalLineAndShapeRenderer interval =
        (StatisticalLineAndShapeRenderer) plot.getRenderer(BOUNDS);
    interval.setErrorIndicatorPaint(style.seriesColor(1));
    interval.setErrorIndicatorStroke(style.stroke(2.5));
    for (int series = 0; series < plot.getDataset().getRowCount(); series++) {
      line.setSeriesPaint(series, style.foreground());
      line.setSeriesStroke(series, style.stroke(1.5));
      line.setSeriesShape(series, style.dot(0.2));
      line.setSeriesVisibleInLegend(series, false);
    }
    for (int index : IntStream.rangeClosed(OTHERS, DOUBTFUL).toArray()) {
      LineAndShapeRenderer points = (LineAndShapeRenderer) plot.getRenderer(index);
      float size = 0.35f * style.fontSize();
      for (int series = 0; series < plot.getDataset(index).getRowCount(); series++) {
        points.setSeriesPaint(series, style.foreground());
        points.setSeriesOutlineStroke(series, style.stroke(1.2));
        points.setSeriesShape(
            series,
            switch (index) {
              case OTHERS -> style.dot(0.35);
              case AT_HORIZON -> ShapeUtils.createDiamond(size);
              default -> ShapeUtils.createDiagonalCross(1.6f * size, 0.1f);
            });
      }
    }
  }
}
