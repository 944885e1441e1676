package weka.gui.explorer;

import java.awt.BorderLayout;
import java.awt.Dimension;
import java.awt.GridBagConstraints;
import java.awt.GridBagLayout;
import java.util.List;
import javax.swing.JComponent;
import javax.swing.JPanel;
import nnpid.chart.GroupedLayer;
import nnpid.chart.GroupingChart;
import nnpid.chart.GroupingDiagram;
import org.jfree.chart.ChartPanel;

/** The groups of a layer's units, and how the search for them went, or goes. */
final class ComplexityGrouping implements ComplexityViews.View {
  private final JPanel panel = new JPanel(new BorderLayout());
  private final ComplexityLayerBar bar =
      new ComplexityLayerBar("complexity.grouping", "groups are", this::showLayer);
  private final ComplexityDrawing diagram = new ComplexityDrawing("complexity.groupingDiagram");
  private final ChartPanel chart = ComplexityViews.chartPanel("complexity.groupingChart");
  private GroupedLayer shown;

  ComplexityGrouping() {
    // Weights share out the height; a divider would have to be put back whenever the chart comes.
    JPanel drawings = new JPanel(new GridBagLayout());
    GridBagConstraints place = new GridBagConstraints();
    place.fill = GridBagConstraints.BOTH;
    place.weightx = 1;
    place.weighty = 1;
    place.gridx = 0;
    for (JComponent drawing : List.of(diagram, chart)) {
      drawing.setPreferredSize(new Dimension(100, 100));
      drawings.add(drawing, place);
    }
    panel.add(bar, BorderLayout.NORTH);
    panel.add(drawings, BorderLayout.CENTER);
  }

  /** Shows the best groups so far of a search that goes on. */
  void showSearch(GroupedLayer searched) {
    if (searched.equals(shown)) {
      return; // no better ones yet
    }
    bar.sayOnly(" Searching for the groups of " + searched.layer() + "...");
    show(searched);
  }

  @Override
  public void show(List<ComplexityResult> results) {
    bar.offer(results);
    showLayer();
  }

  private void showLayer() {
    ComplexityResult.Layer layer = bar.layer();
    GroupedLayer groups = layer == null ? null : GroupedLayer.of(layer.report()).orElse(null);
    if (layer != null) {
      bar.say(
          groups == null
              ? "Groups are for the method coarse-graining."
              : "Bits: what a group alone tells about the class.");
    }
    show(groups);
  }

  private void show(GroupedLayer groups) {
    shown = groups;
    if (groups == null) {
      diagram.clear();
    } else {
      GroupingDiagram drawing = GroupingDiagram.of(groups, ComplexityViews.style());
      diagram.set(
          drawing,
          (point, area) ->
              drawing.unitAt(point, area).stream()
                  .mapToObj(drawing::describe)
                  .flatMap(List::stream)
                  .toList());
    }
    boolean searched = groups != null && !groups.trace().isEmpty();
    chart.setChart(searched ? GroupingChart.of(groups, ComplexityViews.style()) : null);
    if (chart.isVisible() != searched) {
      chart.setVisible(searched);
      panel.revalidate();
    }
  }

  @Override
  public JComponent component() {
    return panel;
  }
}
