package nnpid.chart;

import java.awt.Color;
import java.awt.geom.Rectangle2D;
import java.util.Locale;
import nnpid.coarsegraining.CoarseGrainedComplexity.Step;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.labels.XYToolTipGenerator;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.renderer.xy.XYStepRenderer;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/**
 * How the search for groups went, or goes: the objective of the best grouping so far, as estimated,
 * over the steps of the search; and in the end the exact value of the result.
 */
public final class GroupingChart {
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
    XYToolTipGenerator tips =
        (dataset, series, item) ->
            String.format(
                Locale.ROOT,
                "step %.0f: %.4f, %s",
                dataset.getXValue(series, item),
                dataset.getYValue(series, item),
                dataset.getSeriesKey(series));
    // Steps leave no room for points: lines and points are two data sets with the same numbers.
    XYStepRenderer line = new XYStepRenderer(tips, null);
    XYLineAndShapeRenderer points = new XYLineAndShapeRenderer(false, true);
    points.setDefaultToolTipGenerator(tips);
    XYPlot plot = new XYPlot(estimates(layer), steps, values, line);
    plot.setDataset(1, points(layer));
    plot.setRenderer(1, points);
    JFreeChart chart =
        new JFreeChart("Search for the groups of " + layer.layer(), null, plot, true);
    style.applyTo(chart, RectangleEdge.BOTTOM);
    style.applyTo(plot);
    plot.setDomainGridlinesVisible(false);
    double radius = style.fontSize() * 0.18;
    // The light blue where the dark one drowns.
    Color blue = style.seriesColor(style.isDark() ? 4 : 0);
    line.setSeriesPaint(0, blue);
    line.setSeriesStroke(0, style.stroke(1.8));
    line.setSeriesVisibleInLegend(0, false);
    points.setSeriesPaint(0, blue);
    points.setSeriesShape(0, style.dot(0.18));
    points.setSeriesPaint(1, style.seriesColor(1));
    points.setSeriesShape(
        1, new Rectangle2D.Double(-2 * radius, -2 * radius, 4 * radius, 4 * radius));
    chart.getLegend().setItemLabelPadding(new RectangleInsets(2, 2, 2, style.fontSize()));
    return chart;
  }

  private static XYSeriesCollection estimates(GroupedLayer layer) {
    XYSeries estimated = new XYSeries("best so far, estimated");
    for (Step step : layer.trace()) {
      estimated.add(step.step(), step.value());
    }
    return new XYSeriesCollection(estimated);
  }

  /** The estimates over the steps; then, if there is a result, its exact value at the last step. */
  static XYSeriesCollection points(GroupedLayer layer) {
    XYSeriesCollection data = estimates(layer);
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
