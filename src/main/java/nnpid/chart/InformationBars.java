package nnpid.chart;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Paint;
import java.awt.Shape;
import java.awt.geom.Line2D;
import java.awt.geom.RectangularShape;
import java.util.List;
import java.util.Locale;
import nnpid.analysis.LayerResult;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.labels.CategoryToolTipGenerator;
import org.jfree.chart.plot.CategoryPlot;
import org.jfree.chart.plot.DatasetRenderingOrder;
import org.jfree.chart.renderer.category.BarPainter;
import org.jfree.chart.renderer.category.BarRenderer;
import org.jfree.chart.renderer.category.LevelRenderer;
import org.jfree.chart.renderer.category.StackedBarRenderer;
import org.jfree.chart.renderer.category.StandardBarPainter;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.data.category.CategoryDataset;

/**
 * A panel of stacked bars, a layer each: its information by degree of synergy. Lines across a bar
 * are H(T), which no layer can exceed, and what shuffled classes feign.
 */
final class InformationBars {
  /** Index of the data set of H(T). */
  static final int ALL_THERE_IS = 1;

  /** Index of the data set of the information of shuffled classes. */
  static final int BY_CHANCE = 2;

  private InformationBars() {}

  /** The bars of the results. */
  static CategoryPlot of(ComplexityData data, ChartStyle style) {
    List<LayerResult> layers = data.layers();
    CategoryPlot plot =
        plot(
            data.informationByDegree(),
            "Information in bits",
            new Bars(data.unsupported(), style),
            (dataset, row, column) -> describe(dataset, row, column, layers.get(column)));
    addLine(plot, ALL_THERE_IS, data.entropies(), "H(T), the class itself");
    if (data.shuffled().getColumnCount() > 0) {
      addLine(plot, BY_CHANCE, data.shuffled(), "I(T:S) of shuffled classes, on average");
    }
    return plot;
  }

  /** The bars at a horizon. */
  static CategoryPlot within(ComplexityData data, ChartStyle style) {
    return plot(
        data.informationWithin(),
        "Bits of " + data.drawsText() + " draws",
        new Bars(new boolean[0][0], style),
        (dataset, row, column) ->
            String.format(
                Locale.ROOT,
                "%s: %s = %.4f bits",
                dataset.getColumnKey(column),
                dataset.getRowKey(row),
                dataset.getValue(row, column).doubleValue()));
  }

  private static CategoryPlot plot(
      CategoryDataset bits, String label, Bars renderer, CategoryToolTipGenerator toolTips) {
    renderer.setDrawBarOutline(true);
    renderer.setMaximumBarWidth(0.12);
    renderer.setDefaultToolTipGenerator(toolTips);
    NumberAxis axis = new NumberAxis(label);
    axis.setAutoRangeMinimumSize(0.01); // of no information there is nothing to see
    CategoryPlot plot = new CategoryPlot(bits, null, axis, renderer);
    // Lines in front of bars.
    plot.setDatasetRenderingOrder(DatasetRenderingOrder.FORWARD);
    return plot;
  }

  private static void addLine(CategoryPlot plot, int index, CategoryDataset data, String meaning) {
    LevelRenderer line = new LevelRenderer();
    line.setDefaultToolTipGenerator(
        (dataset, row, column) ->
            String.format(
                Locale.ROOT,
                "%s: %s = %.4f bits",
                dataset.getColumnKey(column),
                meaning,
                dataset.getValue(row, column).doubleValue()));
    line.setItemMargin(0);
    plot.setDataset(index, data);
    plot.setRenderer(index, line);
  }

  /** The tool tip of a bar. */
  private static String describe(CategoryDataset dataset, int row, int column, LayerResult layer) {
    double error = ComplexityData.errorOfDegree(layer, row + 1);
    double bits = dataset.getValue(row, column).doubleValue();
    boolean rest = dataset.getRowKey(row).equals(Degrees.nameFrom(row + 1));
    return String.format(
            Locale.ROOT,
            "%s: %s, \u03a0%d = %.4f bits",
            dataset.getColumnKey(column),
            dataset.getRowKey(row) + (row == 0 ? " on its own" : ""),
            row + 1,
            bits)
        + (Double.isNaN(error) || rest ? "" : String.format(Locale.ROOT, " +- %.4f", error))
        + (layer.isSupported(row + 1) ? "" : "; no other sample of the class backs it");
  }

  /** Colors and lines, after those of the chart. */
  static void decorate(CategoryPlot plot, ChartStyle style) {
    style.applyTo(plot);
    plot.setAxisOffset(RectangleInsets.ZERO_INSETS);
    plot.setRangeZeroBaselineVisible(true);
    for (int row = 0; row < plot.getDataset().getRowCount(); row++) {
      plot.getRenderer().setSeriesPaint(row, style.degreeColor(row + 1));
      plot.getRenderer().setSeriesOutlinePaint(row, style.background());
      plot.getRenderer().setSeriesOutlineStroke(row, style.stroke(0.8));
    }
    if (plot.getDataset(ALL_THERE_IS) != null) {
      plot.getRenderer(ALL_THERE_IS).setSeriesPaint(0, style.foreground());
      plot.getRenderer(ALL_THERE_IS).setSeriesStroke(0, style.stroke(1.6));
    }
    if (plot.getDataset(BY_CHANCE) != null) {
      plot.getRenderer(BY_CHANCE).setSeriesPaint(0, style.lineOverBars());
      plot.getRenderer(BY_CHANCE).setSeriesStroke(0, dashed(style));
    }
  }

  private static BasicStroke dashed(ChartStyle style) {
    float width = ((BasicStroke) style.stroke(2.2)).getLineWidth();
    float[] dashes = {3 * width, 2 * width};
    return new BasicStroke(width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, dashes, 0);
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
      graphics.setPaint(renderer.getSeriesPaint(row));
      graphics.setStroke(style.stroke(1.2));
      double height = bar.getHeight();
      double space = style.fontSize() / 2.0;
      for (double x = bar.getX() - height; x < bar.getMaxX(); x += space) {
        graphics.draw(new Line2D.Double(x, bar.getMaxY(), x + height, bar.getY()));
      }
      graphics.setClip(clip);
    }
  }
}
