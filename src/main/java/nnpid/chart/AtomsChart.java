package nnpid.chart;

import java.util.List;
import java.util.Locale;
import nnpid.analysis.LayerResult;
import nnpid.decomposition.Atom;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.AxisLocation;
import org.jfree.chart.axis.CategoryAxis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.CategoryPlot;
import org.jfree.chart.plot.PlotOrientation;
import org.jfree.chart.renderer.category.StackedBarRenderer;
import org.jfree.chart.renderer.category.StandardBarPainter;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.data.category.CategoryDataset;
import org.jfree.data.category.DefaultCategoryDataset;

/** The largest atoms of a layer as bars, colored by degree of synergy. */
public final class AtomsChart {
  private AtomsChart() {}

  /**
   * The chart of some atoms, in the given order from the top.
   *
   * @param atoms atoms of the layer, such as its {@link LayerResult#listedAtoms largest}
   */
  public static JFreeChart of(LayerResult layer, List<Atom> atoms, ChartStyle style) {
    CategoryDataset data = data(layer, atoms);
    CategoryAxis antichains = new CategoryAxis();
    antichains.setMaximumCategoryLabelWidthRatio(3);
    antichains.setCategoryMargin(0.2);
    antichains.setLowerMargin(0.02);
    antichains.setUpperMargin(0.02);
    NumberAxis bits = new NumberAxis("Atom in bits");
    StackedBarRenderer renderer = new StackedBarRenderer();
    renderer.setBarPainter(new StandardBarPainter());
    renderer.setMaximumBarWidth(0.08);
    renderer.setDefaultToolTipGenerator(
        (dataset, row, column) ->
            String.format(
                Locale.ROOT,
                "%s: %.4f bits, %s",
                dataset.getColumnKey(column),
                dataset.getValue(row, column).doubleValue(),
                dataset.getRowKey(row)));
    CategoryPlot plot = new CategoryPlot(data, antichains, bits, renderer);
    plot.setOrientation(PlotOrientation.HORIZONTAL);
    plot.setRangeAxisLocation(AxisLocation.BOTTOM_OR_LEFT);
    JFreeChart chart =
        new JFreeChart(
            "The " + atoms.size() + " largest atoms of " + layer.name(), null, plot, true);
    // At the bottom: antichains need the width.
    style.applyTo(chart, RectangleEdge.BOTTOM);
    style.applyTo(plot);
    plot.setRangeZeroBaselineVisible(true);
    antichains.setAxisLineVisible(false);
    antichains.setTickMarksVisible(false);
    for (int row = 0; row < data.getRowCount(); row++) {
      renderer.setSeriesPaint(row, style.degreeColor(row + 1, data.getRowCount()));
    }
    return chart;
  }

  /** Rows: degrees of synergy; columns: antichains, of which each has one degree. */
  static CategoryDataset data(LayerResult layer, List<Atom> atoms) {
    DefaultCategoryDataset data = new DefaultCategoryDataset();
    for (Atom atom : atoms) {
      // Every degree has its row even if none of the atoms is of it: colors mean the same
      // in all charts of the layer.
      for (int degree = 1; degree <= layer.sourceCount(); degree++) {
        data.addValue(
            degree == atom.antichain().degreeOfSynergy() ? (Double) atom.average() : null,
            "degree " + degree,
            atom.antichain().toString());
      }
    }
    return data;
  }
}
