package nnpid.chart;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Shape;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import nnpid.analysis.LayerSummary;
import nnpid.analysis.OverRepeats;
import nnpid.analysis.Trajectory;
import nnpid.analysis.TrajectoryPoint;
import org.jfree.chart.LegendItem;
import org.jfree.chart.LegendItemCollection;
import org.jfree.chart.plot.CombinedDomainXYPlot;
import org.jfree.chart.plot.DatasetRenderingOrder;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYErrorRenderer;
import org.jfree.chart.renderer.xy.XYItemRenderer;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.data.xy.IntervalXYDataset;
import org.jfree.data.xy.YIntervalSeries;
import org.jfree.data.xy.YIntervalSeriesCollection;

/**
 * A panel with a curve per layer, and in the same color whatever else is known of it: hollow points
 * for corrected values, dashed lines for test data (with hollow squares for their corrected
 * values), and bars for sampling errors. All are means over repeats; bands are those of {@link
 * TrajectoryChart}. The bars are those of one network, since repeats have the same samples, and so
 * the same error.
 */
final class LayerCurves {
  /** The first data set of a panel has the curves themselves. */
  private static final int CURVES = 0;

  private static final int ERRORS = 1;
  private static final int CORRECTED = 2;
  private static final int TEST = 3;
  private static final int TEST_CORRECTED = 4;

  private LayerCurves() {}

  /**
   * A panel.
   *
   * @param corrected the figure without the bias of the sample; NaN where it is not known
   * @param error sampling error of the figure; NaN where it is not known
   */
  static XYPlot panel(
      Trajectory trajectory,
      String label,
      ToDoubleFunction<LayerSummary> figure,
      ToDoubleFunction<LayerSummary> corrected,
      ToDoubleFunction<LayerSummary> error,
      ChartStyle style) {
    MeanCurves curves = new MeanCurves(trajectory);
    for (int i = 0; i < trajectory.layers().size(); i++) {
      String layer = trajectory.layers().get(i);
      curves.add(
          layer, layer, point -> figure.applyAsDouble(point.summary()), style.seriesColor(i), true);
    }
    XYPlot panel = curves.panel(label);
    panel.setDatasetRenderingOrder(DatasetRenderingOrder.FORWARD);
    EpochAxis epochs = EpochAxis.of(trajectory.epochs());
    add(panel, epochs, ERRORS, errors(trajectory, figure, error), bars(style));
    add(
        panel,
        epochs,
        CORRECTED,
        means(trajectory, "corrected", point -> corrected.applyAsDouble(point.summary())),
        hollow(style.dot(0.22), style));
    add(
        panel,
        epochs,
        TEST,
        means(trajectory, "test data", point -> point.ofTest(figure)),
        dashed(style));
    add(
        panel,
        epochs,
        TEST_CORRECTED,
        means(trajectory, "test data, corrected", point -> point.ofTest(corrected)),
        hollow(square(style), style));
    return panel;
  }

  private static void add(
      XYPlot panel,
      EpochAxis epochs,
      int index,
      YIntervalSeriesCollection data,
      XYLineAndShapeRenderer renderer) {
    boolean empty =
        IntStream.range(0, data.getSeriesCount())
            .allMatch(
                series ->
                    IntStream.range(0, data.getItemCount(series))
                        .allMatch(item -> Double.isNaN(data.getYValue(series, item))));
    if (empty) {
      return;
    }
    for (int series = 0; series < data.getSeriesCount(); series++) {
      renderer.setSeriesVisibleInLegend(series, false);
    }
    renderer.setDefaultToolTipGenerator(
        (dataset, series, item) -> epochs.describe((IntervalXYDataset) dataset, series, item));
    panel.setDataset(index, data);
    panel.setRenderer(index, renderer);
  }

  /** Gives all that belongs to a layer its color; the theme of a chart overwrites colors. */
  static void color(XYPlot panel, ChartStyle style) {
    for (int index = CURVES + 1; index <= TEST_CORRECTED; index++) {
      if (panel.getDataset(index) != null) {
        for (int series = 0; series < panel.getDataset(index).getSeriesCount(); series++) {
          panel.getRenderer(index).setSeriesPaint(series, style.seriesColor(series));
        }
      }
    }
  }

  /** Means over repeats, a series per layer. */
  private static YIntervalSeriesCollection means(
      Trajectory trajectory, String name, ToDoubleFunction<TrajectoryPoint> quantity) {
    EpochAxis axis = EpochAxis.of(trajectory.epochs());
    YIntervalSeriesCollection data = new YIntervalSeriesCollection();
    for (String layer : trajectory.layers()) {
      YIntervalSeries series = new YIntervalSeries(layer + ", " + name);
      for (double epoch : trajectory.epochs()) {
        // NaN where there is no value, so that dashes do not join what is apart.
        double mean = trajectory.overRepeats(layer, epoch, quantity).mean();
        series.add(axis.place(epoch), mean, mean, mean);
      }
      data.addSeries(series);
    }
    return data;
  }

  /** The mean of the figure, and as much below and above it as the mean of its error. */
  static YIntervalSeriesCollection errors(
      Trajectory trajectory,
      ToDoubleFunction<LayerSummary> figure,
      ToDoubleFunction<LayerSummary> error) {
    EpochAxis axis = EpochAxis.of(trajectory.epochs());
    YIntervalSeriesCollection data = new YIntervalSeriesCollection();
    for (String layer : trajectory.layers()) {
      YIntervalSeries series = new YIntervalSeries(layer + ", with sampling error");
      for (double epoch : trajectory.epochs()) {
        double mean =
            trajectory
                .overRepeats(layer, epoch, point -> figure.applyAsDouble(point.summary()))
                .mean();
        OverRepeats errors =
            trajectory.overRepeats(layer, epoch, point -> error.applyAsDouble(point.summary()));
        if (!Double.isNaN(mean) && errors.isKnown()) {
          series.add(axis.place(epoch), mean, mean - errors.mean(), mean + errors.mean());
        }
      }
      data.addSeries(series);
    }
    return data;
  }

  private static XYLineAndShapeRenderer bars(ChartStyle style) {
    XYErrorRenderer renderer = new XYErrorRenderer();
    renderer.setDrawXError(false);
    renderer.setDefaultShapesVisible(false);
    renderer.setCapLength(style.fontSize() * 0.3);
    renderer.setErrorStroke(style.stroke(1));
    return renderer;
  }

  /** Points that are not filled. */
  static XYLineAndShapeRenderer hollow(Shape shape, ChartStyle style) {
    XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(false, true);
    renderer.setDefaultShape(shape);
    renderer.setAutoPopulateSeriesShape(false);
    renderer.setDefaultShapesFilled(true);
    renderer.setUseFillPaint(true);
    renderer.setDefaultFillPaint(style.background());
    renderer.setAutoPopulateSeriesOutlineStroke(false);
    renderer.setDefaultOutlineStroke(style.stroke(1.3));
    return renderer;
  }

  private static XYLineAndShapeRenderer dashed(ChartStyle style) {
    XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(true, false);
    renderer.setAutoPopulateSeriesStroke(false);
    renderer.setDefaultStroke(dashes(style));
    return renderer;
  }

  private static BasicStroke dashes(ChartStyle style) {
    float width = ((BasicStroke) style.stroke(1.5)).getLineWidth();
    return new BasicStroke(
        width,
        BasicStroke.CAP_BUTT,
        BasicStroke.JOIN_ROUND,
        1,
        new float[] {4 * width, 3 * width},
        0);
  }

  private static Shape square(ChartStyle style) {
    double radius = 0.2 * style.fontSize();
    return new Rectangle2D.Double(-radius, -radius, 2 * radius, 2 * radius);
  }

  /** Keeps the curves out of the legend, where another panel has the same layers. */
  static void hideFromLegend(XYPlot panel) {
    XYItemRenderer renderer = panel.getRenderer(CURVES);
    for (int series = 0; series < panel.getDataset(CURVES).getSeriesCount(); series++) {
      renderer.setSeriesVisibleInLegend(series, false);
    }
  }

  /** Tells in the legend what points, dashes and bars are, where there are any. */
  static void addLegend(CombinedDomainXYPlot plot, ChartStyle style) {
    LegendItemCollection items = plot.getLegendItems();
    XYPlot panel = plot.getSubplots().get(0);
    Color color = style.muted();
    List<LegendItem> more = new ArrayList<>();
    if (panel.getDataset(CORRECTED) != null) {
      more.add(points("corrected", style.dot(0.22), style));
    }
    if (panel.getDataset(TEST) != null) {
      Shape line = new Line2D.Double(-style.fontSize(), 0, style.fontSize(), 0);
      more.add(new LegendItem("test data", null, null, null, line, dashes(style), color));
    }
    if (panel.getDataset(TEST_CORRECTED) != null) {
      more.add(points("test, corrected", square(style), style));
    }
    if (panel.getDataset(ERRORS) != null) {
      Shape bar = new Line2D.Double(0, -style.fontSize() * 0.5, 0, style.fontSize() * 0.5);
      more.add(new LegendItem("sampling error", null, null, null, bar, style.stroke(1), color));
    }
    if (more.isEmpty()) {
      return;
    }
    more.forEach(items::add);
    plot.setFixedLegendItems(items);
  }

  private static LegendItem points(String label, Shape shape, ChartStyle style) {
    return new LegendItem(
        label,
        null,
        null,
        null,
        true,
        shape,
        true,
        style.background(),
        true,
        style.muted(),
        style.stroke(1.3),
        false,
        new Line2D.Double(),
        style.stroke(1),
        style.muted());
  }
}
