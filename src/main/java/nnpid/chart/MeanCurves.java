package nnpid.chart;

import java.awt.AlphaComposite;
import java.awt.Color;
import java.awt.Composite;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.GeneralPath;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;
import nnpid.analysis.OverRepeats;
import nnpid.analysis.Trajectory;
import nnpid.analysis.TrajectoryPoint;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.CrosshairState;
import org.jfree.chart.plot.PlotRenderingInfo;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.DeviationRenderer;
import org.jfree.chart.renderer.xy.XYItemRendererState;
import org.jfree.data.Range;
import org.jfree.data.xy.IntervalXYDataset;
import org.jfree.data.xy.XYDataset;
import org.jfree.data.xy.YIntervalSeries;
import org.jfree.data.xy.YIntervalSeriesCollection;
import org.jspecify.annotations.Nullable;

/**
 * The curves of a panel: means over repeats, in bands of their 95% intervals. Where an epoch has no
 * value there is a gap. Bands of two repeats, which are nine standard deviations wide to both
 * sides, do not stretch the axis: they are cut off at its ends.
 */
final class MeanCurves {
  /** With so many repeats a band would hide what is in it, and is cut off. */
  static final int REPEATS_OF_BANDS_CUT_OFF = 2;

  private final Trajectory trajectory;
  private final YIntervalSeriesCollection data = new YIntervalSeriesCollection();
  private final List<Color> colors = new ArrayList<>();
  private double low = Double.POSITIVE_INFINITY;
  private double high = Double.NEGATIVE_INFINITY;

  MeanCurves(Trajectory trajectory) {
    this.trajectory = trajectory;
  }

  /** Adds a curve; one that has no value at all only if it is wanted all the same. */
  void add(
      String name,
      String layer,
      ToDoubleFunction<TrajectoryPoint> quantity,
      Color color,
      boolean evenIfEmpty) {
    EpochAxis axis = EpochAxis.of(trajectory.epochs());
    YIntervalSeries series = new YIntervalSeries(name);
    boolean empty = true;
    for (double epoch : trajectory.epochs()) {
      OverRepeats value = trajectory.overRepeats(layer, epoch, quantity);
      if (value.isKnown()) {
        empty = false;
        boolean whole = value.count() > REPEATS_OF_BANDS_CUT_OFF;
        low = Math.min(low, whole ? Math.min(value.low(), value.least()) : value.least());
        high = Math.max(high, whole ? Math.max(value.high(), value.greatest()) : value.greatest());
      }
      boolean hasBand = value.count() > 1;
      series.add(
          axis.place(epoch),
          value.mean(),
          hasBand ? value.low() : value.mean(),
          hasBand ? value.high() : value.mean());
    }
    if (!empty || evenIfEmpty) {
      data.addSeries(series);
      colors.add(color);
    }
  }

  boolean isEmpty() {
    return colors.isEmpty();
  }

  /** Shares cannot be outside 0 and 1, whatever Student's t says of their means. */
  void limitToShares() {
    low = Math.max(low, 0);
    high = Math.min(high, 1);
  }

  XYPlot panel(String label) {
    Renderer renderer =
        new Renderer(List.copyOf(colors), low <= high ? new Range(low, high) : null);
    EpochAxis epochs = EpochAxis.of(trajectory.epochs());
    renderer.setDefaultToolTipGenerator(
        (dataset, series, item) -> epochs.describe((IntervalXYDataset) dataset, series, item));
    NumberAxis axis = new NumberAxis(label);
    axis.setAutoRangeIncludesZero(false);
    axis.setAutoRangeMinimumSize(0.05);
    return new XYPlot(data, null, axis, renderer);
  }

  /** Lines in bands. The theme of a chart overwrites colors: these are set after it. */
  static final class Renderer extends DeviationRenderer {
    private static final long serialVersionUID = 5102388461937102335L;

    private final List<Color> colors;
    private final @Nullable Range bounds; // null if there is nothing to draw
    private double dot = 3;

    Renderer(List<Color> colors, @Nullable Range bounds) {
      super(true, false);
      this.colors = colors;
      this.bounds = bounds;
      setAlpha(0.18f);
    }

    void color(ChartStyle style) {
      dot = 0.2 * style.fontSize();
      for (int series = 0; series < colors.size(); series++) {
        setSeriesPaint(series, colors.get(series));
        setSeriesFillPaint(series, colors.get(series));
        setSeriesStroke(series, style.stroke(1.8));
      }
    }

    @Override
    public @Nullable Range findRangeBounds(XYDataset dataset) {
      return bounds;
    }

    @Override
    public void drawItem(
        Graphics2D g2,
        XYItemRendererState state,
        Rectangle2D dataArea,
        PlotRenderingInfo info,
        XYPlot plot,
        ValueAxis domainAxis,
        ValueAxis rangeAxis,
        XYDataset dataset,
        int series,
        int item,
        CrosshairState crosshair,
        int pass) {
      IntervalXYDataset data = (IntervalXYDataset) dataset;
      Places places =
          new Places(
              x -> domainAxis.valueToJava2D(x, dataArea, plot.getDomainAxisEdge()),
              y -> rangeAxis.valueToJava2D(y, dataArea, plot.getRangeAxisEdge()));
      if (pass == 0) {
        if (isKnown(data, series, item) && !isKnown(data, series, item - 1)) {
          drawBand(g2, data, series, item, places);
        }
        return;
      }
      super.drawItem(
          g2,
          state,
          dataArea,
          info,
          plot,
          domainAxis,
          rangeAxis,
          dataset,
          series,
          item,
          crosshair,
          pass);
      if (isLinePass(pass)
          && isKnown(data, series, item)
          && !isKnown(data, series, item - 1)
          && !isKnown(data, series, item + 1)) {
        drawLonelyPoint(g2, data, series, item, places);
      }
    }

    /** Where values are on the screen. */
    private record Places(DoubleUnaryOperator x, DoubleUnaryOperator y) {}

    private static boolean isKnown(IntervalXYDataset data, int series, int item) {
      return item >= 0
          && item < data.getItemCount(series)
          && !Double.isNaN(data.getYValue(series, item));
    }

    /** The band from an item to the next gap. */
    private void drawBand(
        Graphics2D g2, IntervalXYDataset data, int series, int first, Places places) {
      int last = first;
      while (isKnown(data, series, last + 1)) {
        last++;
      }
      GeneralPath band = new GeneralPath();
      for (int item = first; item <= last; item++) {
        double x = places.x.applyAsDouble(data.getXValue(series, item));
        double y = places.y.applyAsDouble(data.getStartYValue(series, item));
        if (item == first) {
          band.moveTo(x, y);
        } else {
          band.lineTo(x, y);
        }
      }
      for (int item = last; item >= first; item--) {
        band.lineTo(
            places.x.applyAsDouble(data.getXValue(series, item)),
            places.y.applyAsDouble(data.getEndYValue(series, item)));
      }
      band.closePath();
      Composite before = g2.getComposite();
      g2.setComposite(AlphaComposite.getInstance(AlphaComposite.SRC_OVER, getAlpha()));
      g2.setPaint(getItemFillPaint(series, first));
      g2.fill(band);
      g2.setComposite(before);
    }

    /** A value between two gaps has no line, and its band no width. */
    private void drawLonelyPoint(
        Graphics2D g2, IntervalXYDataset data, int series, int item, Places places) {
      double x = places.x.applyAsDouble(data.getXValue(series, item));
      double y = places.y.applyAsDouble(data.getYValue(series, item));
      double low = places.y.applyAsDouble(data.getStartYValue(series, item));
      double high = places.y.applyAsDouble(data.getEndYValue(series, item));
      g2.setPaint(getItemPaint(series, item));
      g2.fill(new Ellipse2D.Double(x - dot, y - dot, 2 * dot, 2 * dot));
      Composite before = g2.getComposite();
      g2.setComposite(AlphaComposite.getInstance(AlphaComposite.SRC_OVER, 2 * getAlpha()));
      g2.fill(new Rectangle2D.Double(x - dot / 2, Math.min(low, high), dot, Math.abs(high - low)));
      g2.setComposite(before);
    }
  }
}
