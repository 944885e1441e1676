package nnpid.chart;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.Paint;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import nnpid.analysis.LayerResult;
import nnpid.decomposition.SourcePair;
import nnpid.decomposition.SourcePair.Bits;
import nnpid.decomposition.SourcePairs;
import nnpid.decomposition.Values;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.SymbolAxis;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.CrosshairState;
import org.jfree.chart.plot.PlotRenderingInfo;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.PaintScale;
import org.jfree.chart.renderer.xy.XYBlockRenderer;
import org.jfree.chart.renderer.xy.XYItemRendererState;
import org.jfree.chart.title.PaintScaleLegend;
import org.jfree.chart.title.TextTitle;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.data.xy.DefaultXYZDataset;
import org.jfree.data.xy.XYDataset;
import org.jfree.data.xy.XYZDataset;

/**
 * A heat map of pairs of units: what each tells about the class that the other does not, what both
 * tell, and what only both together tell. Positive values are blue, negative ones vermilion and
 * crossed out, so that they are told apart in gray print, too.
 */
public enum PairsChart {
  /** Below the diagonal what both tell, above what only both together tell; on it each alone. */
  REDUNDANT_AND_SYNERGISTIC("overview", "redundant (below) and synergistic (above)"),
  /** What each of both tells. */
  REDUNDANT("redundant", "redundant"),
  /** What only both together tell. */
  SYNERGISTIC("synergistic", "synergistic"),
  /** What the unit of the row tells and that of the column does not. */
  UNIQUE("unique", "unique to the unit of the row");

  /** Units whose names find room. */
  private static final int MOST_NAMES = 40;

  private final String name;
  private final String title;

  PairsChart(String name, String title) {
    this.name = name;
    this.title = title;
  }

  @Override
  public String toString() {
    return name;
  }

  /** Whether there is a heat map of a layer: pairs were analyzed, and there is one at least. */
  public static boolean canShow(LayerResult layer) {
    return layer.pairs().filter(pairs -> !pairs.pairs().isEmpty()).isPresent();
  }

  /** The heat map of a layer as a picture, for programs: of the values that were wanted first. */
  public Picture picture(LayerResult layer, int size) {
    return new Picture(of(layer, layer.values(), ChartStyle.LIGHT), size, size);
  }

  /**
   * The heat map of a layer.
   *
   * @param values which are shown; plug-in ones if there are no others
   * @throws IllegalArgumentException if there is none, see {@link #canShow}
   */
  public JFreeChart of(LayerResult layer, Values values, ChartStyle style) {
    if (!canShow(layer)) {
      throw new IllegalArgumentException(
          String.format(
              "The pairs of units of layer \"%s\" must have been analyzed for a heat map of them.",
              layer.name()));
    }
    SourcePairs pairs = layer.pairs().orElseThrow();
    XYZDataset data = data(pairs, values);
    Scale scale = Scale.of(data, style);
    Blocks renderer = new Blocks(scale, style);
    renderer.setDefaultToolTipGenerator(
        (dataset, series, item) ->
            describe(
                layer,
                values,
                (int) dataset.getYValue(series, item),
                (int) dataset.getXValue(series, item)));
    XYPlot plot =
        new XYPlot(
            data, axis(layer, pairs, true, style), axis(layer, pairs, false, style), renderer);
    plot.getRangeAxis().setInverted(true);
    JFreeChart chart = new JFreeChart(heading(layer), null, plot, false);
    for (String note : notes(layer, values)) {
      chart.addSubtitle(new TextTitle(note));
    }
    NumberAxis bits = new NumberAxis("Bits");
    PaintScaleLegend legend = new PaintScaleLegend(scale, bits);
    legend.setPosition(RectangleEdge.RIGHT);
    legend.setMargin(new RectangleInsets(style.fontSize(), style.fontSize(), style.fontSize(), 0));
    legend.setSubdivisionCount(101);
    chart.addSubtitle(legend);
    style.applyTo(chart);
    legend.setBackgroundPaint(style.background());
    for (ValueAxis axis : List.of(bits, plot.getDomainAxis(), plot.getRangeAxis())) {
      axis.setLabelPaint(style.foreground());
      axis.setTickLabelPaint(style.foreground());
      axis.setTickLabelFont(style.font(Font.PLAIN, 0.9));
      axis.setLabelFont(style.font());
    }
    plot.setBackgroundPaint(style.background());
    plot.setOutlineVisible(false);
    plot.setDomainGridlinesVisible(false);
    plot.setRangeGridlinesVisible(false);
    plot.setAxisOffset(RectangleInsets.ZERO_INSETS);
    return chart;
  }

  private String heading(LayerResult layer) {
    return "Information of pairs of units of " + layer.name() + ": " + title;
  }

  /** What is shown, and what is not. */
  private List<String> notes(LayerResult layer, Values values) {
    SourcePairs pairs = layer.pairs().orElseThrow();
    List<String> notes = new ArrayList<>();
    if (this == REDUNDANT_AND_SYNERGISTIC) {
      notes.add("On the diagonal: what a unit tells on its own");
    }
    if (pairs.isSelection()) {
      notes.add(
          String.format(
              Locale.ROOT,
              "The %,d of %,d units with the most information about the class",
              pairs.sources().size(),
              pairs.sourceCount()));
    }
    notes.add(
        values == Values.CORRECTED && pairs.isCorrected()
            ? "Without the bias of the sample"
            : pairs.isCorrected()
                ? "As in the samples, with their bias"
                : "As in the samples, with their bias: "
                    + layer.measure().id()
                    + " has no correction, or weights are no numbers of samples");
    return notes;
  }

  private static SymbolAxis axis(
      LayerResult layer, SourcePairs pairs, boolean across, ChartStyle style) {
    boolean named = pairs.sources().size() <= MOST_NAMES;
    String[] names =
        pairs.sources().stream()
            .map(
                source ->
                    ChartStyle.clip(
                        layer.layer().sourceNames().get(source),
                        style.font(),
                        12.0 * style.fontSize()))
            .toArray(String[]::new);
    SymbolAxis axis = new SymbolAxis(named ? null : "Units, in their order", names);
    axis.setGridBandsVisible(false);
    axis.setVerticalTickLabels(across);
    axis.setTickLabelsVisible(named);
    axis.setTickMarksVisible(false);
    axis.setAxisLineVisible(false);
    axis.setLowerMargin(0);
    axis.setUpperMargin(0);
    axis.setRange(-0.5, names.length - 0.5);
    return axis;
  }

  /** What is in the cell of a row and a column; NaN if there is nothing. */
  double value(SourcePairs pairs, Values values, int row, int column) {
    if (row == column) {
      return this == REDUNDANT_AND_SYNERGISTIC ? alone(pairs, values, row) : Double.NaN;
    }
    Bits bits = pairs.pair(row, column).of(values);
    return switch (this) {
      case REDUNDANT -> bits.redundant();
      case SYNERGISTIC -> bits.synergistic();
      case UNIQUE -> row < column ? bits.unique1() : bits.unique2();
      case REDUNDANT_AND_SYNERGISTIC -> row > column ? bits.redundant() : bits.synergistic();
    };
  }

  private static double alone(SourcePairs pairs, Values values, int place) {
    return place == 0
        ? pairs.pair(0, 1).of(values).information1()
        : pairs.pair(0, place).of(values).information2();
  }

  private XYZDataset data(SourcePairs pairs, Values values) {
    int size = pairs.sources().size();
    int cells =
        (int)
            IntStream.range(0, size * size)
                .filter(i -> !Double.isNaN(value(pairs, values, i / size, i % size)))
                .count();
    double[][] data = new double[3][cells];
    int cell = 0;
    for (int row = 0; row < size; row++) {
      for (int column = 0; column < size; column++) {
        double value = value(pairs, values, row, column);
        if (!Double.isNaN(value)) {
          data[0][cell] = column;
          data[1][cell] = row;
          data[2][cell++] = value;
        }
      }
    }
    DefaultXYZDataset dataset = new DefaultXYZDataset();
    dataset.addSeries(title, data);
    return dataset;
  }

  private static String describe(LayerResult layer, Values values, int row, int column) {
    SourcePairs pairs = layer.pairs().orElseThrow();
    List<String> names = layer.layer().sourceNames();
    String name = names.get(pairs.sources().get(row));
    if (row == column) {
      return String.format(Locale.ROOT, "%s alone: %.4f bits", name, alone(pairs, values, row));
    }
    SourcePair pair = pairs.pair(row, column);
    Bits bits = pair.of(values);
    return String.format(
        Locale.ROOT,
        "<html>%s and %s: %.4f bits<br>redundant: %.4f<br>synergistic: %.4f<br>only %s: %.4f<br>"
            + "only %s: %.4f</html>",
        escape(names.get(pair.first())),
        escape(names.get(pair.second())),
        bits.mutualInformation(),
        bits.redundant(),
        bits.synergistic(),
        escape(names.get(pair.first())),
        bits.unique1(),
        escape(names.get(pair.second())),
        bits.unique2());
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;");
  }

  /** Blue above zero, vermilion below, as far in both directions; without negative values blue. */
  private record Scale(double lower, double upper, ChartStyle style) implements PaintScale {
    static Scale of(XYZDataset data, ChartStyle style) {
      double least = 0;
      double most = 0;
      for (int item = 0; item < data.getItemCount(0); item++) {
        least = Math.min(least, data.getZValue(0, item));
        most = Math.max(most, data.getZValue(0, item));
      }
      double size = Math.max(0.01, Math.max(most, -least)); // not the noise of rounding
      return new Scale(least < -1e-9 ? -size : 0, size, style);
    }

    @Override
    public double getLowerBound() {
      return lower;
    }

    @Override
    public double getUpperBound() {
      return upper;
    }

    @Override
    public Paint getPaint(double value) {
      return color(value);
    }

    Color color(double value) {
      return style.bitsColor(value / upper);
    }
  }

  /** Cells with a gap between them, and with their values where there is room. */
  private static final class Blocks extends XYBlockRenderer {
    private static final long serialVersionUID = 1L;

    private final transient Scale scale;
    private final transient ChartStyle style;

    Blocks(Scale scale, ChartStyle style) {
      this.scale = scale;
      this.style = style;
      setPaintScale(scale);
    }

    @Override
    public void drawItem(
        Graphics2D graphics,
        XYItemRendererState state,
        Rectangle2D area,
        PlotRenderingInfo info,
        XYPlot plot,
        ValueAxis across,
        ValueAxis down,
        XYDataset data,
        int series,
        int item,
        CrosshairState crosshair,
        int pass) {
      super.drawItem(
          graphics, state, area, info, plot, across, down, data, series, item, crosshair, pass);
      double value = ((XYZDataset) data).getZValue(series, item);
      double x = across.valueToJava2D(data.getXValue(series, item), area, plot.getDomainAxisEdge());
      double y = down.valueToJava2D(data.getYValue(series, item), area, plot.getRangeAxisEdge());
      double width = area.getWidth() / across.getRange().getLength();
      double height = area.getHeight() / down.getRange().getLength();
      Color color = scale.color(value);
      graphics.setPaint(ChartStyle.isDark(color) ? Color.WHITE : Color.BLACK);
      Font font = style.font(Font.PLAIN, 0.8);
      String text = String.format(Locale.ROOT, "%.2f", value);
      if (ChartStyle.width(text, font) < width - 4 && font.getSize2D() < height - 4) {
        graphics.setFont(font);
        graphics.drawString(
            text,
            (float) (x - ChartStyle.width(text, font) / 2),
            (float) (y + font.getSize2D() * 0.35));
      } else if (value < 0 && width > 5 && height > 5) {
        graphics.setStroke(style.stroke(0.8));
        graphics.draw(
            new Line2D.Double(x - width / 4, y + height / 4, x + width / 4, y - height / 4));
      }
    }
  }
}
