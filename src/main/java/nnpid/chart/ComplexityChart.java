package nnpid.chart;

import java.awt.Font;
import java.util.ArrayList;
import java.util.List;
import nnpid.analysis.LayerResult;
import nnpid.analysis.Report;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.LegendItemCollection;
import org.jfree.chart.axis.CategoryAxis;
import org.jfree.chart.plot.CategoryPlot;
import org.jfree.chart.plot.CombinedDomainCategoryPlot;
import org.jfree.chart.title.TextTitle;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.chart.util.SortOrder;

/**
 * The chart of one or several reports: for every layer its information by degree of synergy as
 * stacked bars, negative amounts below zero, with H(T) as a line, and above them C with its
 * sampling error, or else its Monte-Carlo error. A hollow point is C corrected for the bias of the
 * sample (or plug-in, if the results are corrected), a diamond C at a horizon, whose bars are
 * below; pale, hatched bars are information that the sample does not support. Results of several
 * epochs become curves of C over the epoch.
 *
 * <p>C has a panel and an axis of its own rather than a second axis over the bars, where the two
 * zeros would suggest relations that do not exist.
 */
public final class ComplexityChart {
  /**
   * A report and how it is called in a chart.
   *
   * @param name short; an epoch is recognized in it, as in {@code epoch 100}
   */
  public record Entry(String name, Report report) {}

  private ComplexityChart() {}

  /** The chart of one report as a picture, for programs. */
  public static Picture picture(Report report, int width, int height) {
    return new Picture(of(report, ChartStyle.LIGHT), width, height);
  }

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
    ComplexityData data = new ComplexityData(entries);
    CategoryAxis layers = new LayerAxis(data.columns());
    CombinedDomainCategoryPlot plot = new CombinedDomainCategoryPlot(layers);
    plot.setGap(style.fontSize());
    plot.add(ComplexityPoints.of(data), 3);
    plot.add(InformationBars.of(data, style), 5);
    if (!data.draws().isEmpty()) {
      CategoryPlot within = InformationBars.within(data, style);
      // The legend is that of the bars above.
      within.setFixedLegendItems(new LegendItemCollection());
      plot.add(within, 4);
    }
    JFreeChart chart = new JFreeChart(title(entries), null, plot, true);
    if (entries.size() > 1) {
      chart.addSubtitle(new TextTitle(key(entries)));
    }
    if (data.layers().stream().anyMatch(layer -> layer.bounds().isPresent())) {
      chart.addSubtitle(
          new TextTitle(
              "Intervals without a point are bounds for C; \u03a0 of coarse-grained layers is that"
                  + " of their groups"));
    }
    ChartNotes.addOrigin(chart, entries, true);
    ChartNotes.addMissing(chart, entries);
    noteFewSamples(chart, data);
    style.applyTo(chart, RectangleEdge.RIGHT);
    // The theme shifts axes away from the data, which would shift labels against bars.
    plot.setAxisOffset(RectangleInsets.ZERO_INSETS);
    chart.getLegend().setSortOrder(SortOrder.DESCENDING);
    layers.setTickLabelFont(style.font(Font.BOLD, 1));
    List<?> panels = plot.getSubplots();
    ComplexityPoints.decorate((CategoryPlot) panels.get(0), style);
    panels.stream().skip(1).forEach(bars -> InformationBars.decorate((CategoryPlot) bars, style));
    return chart;
  }

  private static void noteFewSamples(JFreeChart chart, ComplexityData data) {
    List<LayerResult> layers = data.layers();
    List<String> few = new ArrayList<>();
    for (int i = 0; i < layers.size(); i++) {
      if (layers.get(i).hasFewSamples()) {
        few.add(data.columns().get(i).replace("  ", " "));
      }
    }
    ChartStyle.noteFewSamples(chart, few);
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
      lines.add(ComplexityData.letter(i) + ": " + entries.get(i).name());
    }
    return String.join("\n", lines);
  }
}
