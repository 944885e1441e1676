package nnpid.report;

import java.awt.geom.Ellipse2D;
import java.awt.geom.Rectangle2D;
import java.util.Locale;
import nnpid.coarsegraining.CoarseGrainedComplexity.Step;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.block.BlockBorder;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYStepRenderer;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/**
 * How the search for groups went, or goes: the objective of the best grouping so far, as estimated,
 * over the steps of the search; and in the end the exact value of the result.
 */
public final class GroupingChart {
  private static final int ESTIMATED = 0;
  private static final int EXACT = 1;

  private GroupingChart() {}

  /**
   * The chart of a search.
   *
   * @throws IllegalArgumentException if the groups were not searched for
   */
  public static JFreeChart of(GroupedLayer layer, ChartStyle style) {
    if (layer.trace().isEmpty()) {
      throw new IllegalArgumentException(
          "The groups of \"" + layer.layer() + "\" must be searched for: there is no trace.");
    }
    NumberAxis steps = new NumberAxis("Step of the search");
    steps.setStandardTickUnits(NumberAxis.createIntegerTickUnits());
    steps.setAutoRangeMinimumSize(10);
    NumberAxis values = new NumberAxis(layer.objectiveName());
    values.setAutoRangeIncludesZero(false);
    values.setAutoRangeMinimumSize(0.01);
    values.setLowerMargin(0.1);
    values.setUpperMargin(0.1);
    XYStepRenderer renderer = new XYStepRenderer();
    renderer.setDefaultToolTipGenerator(
        (dataset, series, item) ->
            String.format(
                Locale.ROOT,
                "step %.0f: %.4f, %s",
                dataset.getXValue(series, item),
                dataset.getYValue(series, item),
                dataset.getSeriesKey(series)));
    XYPlot plot = new XYPlot(data(layer), steps, values, renderer);
    JFreeChart chart =
        new JFreeChart("Search for the groups of " + layer.layer(), null, plot, true);
    style.applyTo(chart);
    chart.getLegend().setFrame(BlockBorder.NONE);
    chart.getLegend().setPosition(RectangleEdge.BOTTOM);
    plot.setOutlineVisible(false);
    plot.setDomainGridlinesVisible(false);
    plot.setRangeGridlinePaint(style.faint());
    plot.setRangeGridlineStroke(style.stroke(0.8));
    values.setAxisLineVisible(false);
    double radius = style.fontSize() * 0.15;
    renderer.setSeriesPaint(ESTIMATED, style.seriesColor(0));
    renderer.setSeriesStroke(ESTIMATED, style.stroke(1.8));
    // One point would leave no line.
    renderer.setSeriesShapesVisible(ESTIMATED, true);
    renderer.setSeriesShape(
        ESTIMATED, new Ellipse2D.Double(-radius, -radius, 2 * radius, 2 * radius));
    renderer.setSeriesPaint(EXACT, style.seriesColor(1));
    renderer.setSeriesLinesVisible(EXACT, false);
    renderer.setSeriesShapesVisible(EXACT, true);
    renderer.setSeriesShape(
        EXACT, new Rectangle2D.Double(-2 * radius, -2 * radius, 4 * radius, 4 * radius));
    return chart;
  }

  /** The estimates over the steps; then, if there is a result, its exact value at the last step. */
  static XYSeriesCollection data(GroupedLayer layer) {
    XYSeries estimated = new XYSeries("best so far, estimated");
    for (Step step : layer.trace()) {
      estimated.add(step.step(), step.value());
    }
    XYSeriesCollection data = new XYSeriesCollection(estimated);
    layer
        .result()
        .ifPresent(
            result -> {
              XYSeries exact = new XYSeries("result, exact");
              exact.add(
                  layer.trace().get(layer.trace().size() - 1).step(),
                  layer.objective().of(result.bounds()));
              data.addSeries(exact);
            });
    return data;
  }
}
