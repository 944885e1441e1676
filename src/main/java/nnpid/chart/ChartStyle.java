package nnpid.chart;

import static java.util.Objects.requireNonNull;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.Stroke;
import java.awt.font.FontRenderContext;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.StandardChartTheme;
import org.jfree.chart.block.BlockBorder;
import org.jfree.chart.plot.CategoryPlot;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.title.LegendTitle;
import org.jfree.chart.title.TextTitle;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;

/**
 * Colors and size of the text of charts. The colors of the data stay apart for the color-blind, and
 * their order in gray print: degrees of synergy run along viridis, unordered series take the colors
 * of Okabe and Ito.
 *
 * @param foreground color of text and lines
 * @param background color behind everything
 * @param fontSize size of the text in points; titles are larger
 */
public record ChartStyle(Color foreground, Color background, int fontSize) {
  /** Dark on white, for print. */
  public static final ChartStyle LIGHT = new ChartStyle(new Color(0x202020), Color.WHITE, 13);

  /** Light on dark gray. */
  public static final ChartStyle DARK =
      new ChartStyle(new Color(0xDDDDDD), new Color(0x3C3F41), 13);

  /** Viridis from dark to light, in equal steps. */
  private static final List<Color> VIRIDIS =
      List.of(
          new Color(0x440154),
          new Color(0x46327E),
          new Color(0x365C8D),
          new Color(0x277F8E),
          new Color(0x1FA187),
          new Color(0x4AC16D),
          new Color(0xA0DA39),
          new Color(0xFDE725));

  /** Okabe and Ito's, without the yellow that white paper swallows. */
  private static final List<Color> SERIES =
      List.of(
          new Color(0x0072B2),
          new Color(0xD55E00),
          new Color(0x009E73),
          new Color(0xCC79A7),
          new Color(0x56B4E9),
          new Color(0xE69F00));

  /** So many layers are named in a note. */
  private static final int MOST_LAYERS = 8;

  private static final FontRenderContext TEXT = new FontRenderContext(null, true, true);

  private static final Color POSITIVE = new Color(0x0072B2);
  private static final Color NEGATIVE = new Color(0xD55E00);

  /** Checks that the colors are given. */
  public ChartStyle {
    requireNonNull(foreground, "foreground");
    requireNonNull(background, "background");
  }

  /** This style with another size of the text. */
  public ChartStyle withFontSize(int newFontSize) {
    return new ChartStyle(foreground, background, newFontSize);
  }

  /** Whether the background is dark. */
  boolean isDark() {
    return isDark(background);
  }

  /** Whether text on a color must be light. */
  static boolean isDark(Color color) {
    return 0.299 * color.getRed() + 0.587 * color.getGreen() + 0.114 * color.getBlue() < 128;
  }

  /**
   * The color of a degree of synergy, the same whatever other degrees there are. The steps are
   * largest between low degrees, which are the most frequent ones.
   *
   * @param degree from 1; above {@link Degrees#MOST} all have one color
   */
  Color degreeColor(int degree) {
    // The darkest colors drown in a dark background.
    double from = isDark() ? 0.3 : 0;
    double share = (Math.min(degree, Degrees.MOST) - 1) / (Degrees.MOST - 1.0);
    double step = (from + (1 - from) * Math.pow(share, 0.75)) * (VIRIDIS.size() - 1);
    int lower = Math.min((int) step, VIRIDIS.size() - 2);
    return mix(VIRIDIS.get(lower), VIRIDIS.get(lower + 1), step - lower);
  }

  /** A color for lines that cross bars of any degree. */
  Color lineOverBars() {
    return NEGATIVE;
  }

  /** The color of one of several series without an order, counted from 0. */
  Color seriesColor(int index) {
    return SERIES.get(index % SERIES.size());
  }

  /**
   * The color of an atom: blue if positive, vermilion if negative, the fainter the smaller it is.
   *
   * @param share the atom as a share of the largest absolute value, from -1 to 1
   */
  Color atomColor(double share) {
    Color full = share < 0 ? NEGATIVE : POSITIVE;
    return mix(background, full, 0.25 + 0.75 * Math.min(1, Math.abs(share)));
  }

  /**
   * The color of an amount of bits in a heat map: the background at zero, blue above, vermilion
   * below.
   *
   * @param share the amount as a share of the largest absolute value, from -1 to 1
   */
  Color bitsColor(double share) {
    return mix(background, share < 0 ? NEGATIVE : POSITIVE, Math.min(1, Math.abs(share)));
  }

  /** A color for data that are not to be trusted: so pale that it stands behind the others. */
  Color pale(Color color) {
    return mix(background, color, 0.4);
  }

  /** A color for grids and other things that stay behind the data. */
  Color faint() {
    return mix(background, foreground, 0.2);
  }

  /** A color for what is less important than text. */
  Color muted() {
    return mix(background, foreground, 0.65);
  }

  Font font() {
    return new Font(Font.SANS_SERIF, Font.PLAIN, fontSize);
  }

  Font font(int style, double scale) {
    return font().deriveFont(style, (float) (fontSize * scale));
  }

  /** A line of a width that goes with the text. */
  Stroke stroke(double width) {
    return new BasicStroke((float) (width * fontSize / 13));
  }

  /** A dot that goes with the text. */
  Shape dot(double size) {
    double radius = size * fontSize;
    return new Ellipse2D.Double(-radius, -radius, 2 * radius, 2 * radius);
  }

  /** Makes an area ready to be drawn on. */
  void clear(Graphics2D graphics, Rectangle2D area) {
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    graphics.setPaint(background);
    graphics.fill(area);
  }

  /** The width of a text. */
  static double width(String text, Font font) {
    return font.getStringBounds(text, TEXT).getWidth();
  }

  /** A text, or so much of its beginning as a width has room for. */
  static String clip(String text, Font font, double width) {
    if (width(text, font) <= width) {
      return text;
    }
    int end = text.length();
    while (end > 0 && width(text.substring(0, end) + "...", font) > width) {
      end--;
    }
    return text.substring(0, end) + "...";
  }

  /** Has a chart say of which layers there are too few samples, if there are any. */
  static void noteFewSamples(JFreeChart chart, List<String> layers) {
    if (!layers.isEmpty()) {
      chart.addSubtitle(
          new TextTitle(
              "Few samples for "
                  + String.join(", ", layers.subList(0, Math.min(MOST_LAYERS, layers.size())))
                  + (layers.size() > MOST_LAYERS ? ", ..." : "")
                  + ": the information is overestimated, and C changes with the number of"
                  + " samples"));
    }
  }

  /** Gives a chart these colors and fonts, and its legend a place. */
  void applyTo(JFreeChart chart, RectangleEdge legend) {
    applyTo(chart);
    LegendTitle key = chart.getLegend();
    key.setFrame(BlockBorder.NONE);
    key.setPosition(legend);
    // Last: what comes before it has the whole width, and notes take fewer lines.
    chart.removeLegend();
    chart.addLegend(key);
  }

  /** Gives a chart without legend these colors and fonts. */
  void applyTo(JFreeChart chart) {
    StandardChartTheme theme = new StandardChartTheme("nnpid");
    theme.setExtraLargeFont(font(Font.BOLD, 1.1));
    theme.setLargeFont(font());
    theme.setRegularFont(font());
    theme.setSmallFont(font(Font.PLAIN, 0.9));
    theme.setTitlePaint(foreground);
    theme.setSubtitlePaint(foreground);
    theme.setLegendItemPaint(foreground);
    theme.setAxisLabelPaint(foreground);
    theme.setTickLabelPaint(foreground);
    theme.setItemLabelPaint(foreground);
    theme.setChartBackgroundPaint(background);
    theme.setLegendBackgroundPaint(background);
    theme.setPlotBackgroundPaint(background);
    theme.setPlotOutlinePaint(faint());
    theme.setDomainGridlinePaint(faint());
    theme.setRangeGridlinePaint(faint());
    theme.setShadowVisible(false);
    theme.apply(chart);
    for (Object title : chart.getSubtitles()) {
      if (title instanceof TextTitle note) {
        note.setFont(font(Font.PLAIN, 0.85));
        note.setPadding(0, fontSize / 2.0, 0, fontSize / 2.0);
      }
    }
    chart.setAntiAlias(true);
    chart.setTextAntiAlias(true);
    chart.setPadding(new RectangleInsets(fontSize / 2.0, fontSize / 2.0, fontSize / 2.0, fontSize));
  }

  /** Gives a plot these colors, after its chart; faint lines for the values and no frame. */
  void applyTo(CategoryPlot plot) {
    plot.setBackgroundPaint(background);
    plot.setOutlineVisible(false);
    plot.setRangeGridlinePaint(faint());
    plot.setRangeGridlineStroke(stroke(0.8));
    plot.setRangeZeroBaselinePaint(foreground);
    plot.getRangeAxis().setAxisLineVisible(false);
  }

  /** The same for a plot of curves. */
  void applyTo(XYPlot plot) {
    plot.setBackgroundPaint(background);
    plot.setOutlineVisible(false);
    plot.setRangeGridlinePaint(faint());
    plot.setRangeGridlineStroke(stroke(0.8));
    plot.getRangeAxis().setAxisLineVisible(false);
  }

  private static Color mix(Color first, Color second, double share) {
    return new Color(
        mix(first.getRed(), second.getRed(), share),
        mix(first.getGreen(), second.getGreen(), share),
        mix(first.getBlue(), second.getBlue(), share));
  }

  private static int mix(int first, int second, double share) {
    return (int) Math.round(first + share * (second - first));
  }
}
