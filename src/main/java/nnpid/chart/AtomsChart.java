package nnpid.chart;

import java.util.List;
import java.util.stream.Collectors;
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
    return of(layer, atoms, false, style);
  }

  /**
   * The same.
   *
   * @param withNames whether units are called by their names instead of their numbers
   */
  public static JFreeChart of(
      LayerResult layer, List<Atom> listed, boolean withNames, ChartStyle style) {
    List<Atom> atoms = listed.stream().distinct().toList(); // each has one column
    CategoryDataset data = data(layer, atoms, withNames);
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
        (dataset, row, column) -> {
          String lines =
              AtomText.describe(layer, atoms.get(column)).stream()
                  .map(line -> line.replace("&", "&amp;").replace("<", "&lt;"))
                  .collect(Collectors.joining("<br>"));
          return "<html>" + lines + "</html>";
        });
    CategoryPlot plot = new CategoryPlot(data, antichains, bits, renderer);
    plot.setOrientation(PlotOrientation.HORIZONTAL);
    plot.setRangeAxisLocation(AxisLocation.BOTTOM_OR_LEFT);
    JFreeChart chart =
        new JFreeChart(
            atoms.size() == 1
                ? "The largest atom of " + layer.name()
                : "The " + atoms.size() + " largest atoms of " + layer.name(),
            null,
            plot,
            true);
    // At the bottom: antichains need the width.
    style.applyTo(chart, RectangleEdge.BOTTOM);
    style.applyTo(plot);
    plot.setRangeZeroBaselineVisible(true);
    antichains.setAxisLineVisible(false);
    antichains.setTickMarksVisible(false);
    for (int row = 0; row < data.getRowCount(); row++) {
      renderer.setSeriesPaint(row, style.degreeColor(row + 1));
    }
    return chart;
  }

  /** Rows: degrees of synergy; columns: antichains, of which each has one degree. */
  static CategoryDataset data(LayerResult layer, List<Atom> atoms, boolean withNames) {
    List<String> names = layer.layer().sourceNames();
    int degrees = Math.min(Degrees.MOST, layer.sourceCount());
    DefaultCategoryDataset data = new DefaultCategoryDataset();
    for (Atom atom : atoms) {
      // Every degree has its row even if none of the atoms is of it: colors mean the same
      // in all charts of the layer.
      int own = Math.min(Degrees.MOST, atom.antichain().degreeOfSynergy());
      for (int degree = 1; degree <= degrees; degree++) {
        boolean rest = degree == Degrees.MOST && layer.sourceCount() > Degrees.MOST;
        data.addValue(
            degree == own ? (Double) atom.average() : null,
            rest ? Degrees.nameFrom(degree) : Degrees.name(degree),
            withNames ? AtomText.name(atom.antichain(), names) : atom.antichain().toString());
      }
    }
    return data;
  }
}
