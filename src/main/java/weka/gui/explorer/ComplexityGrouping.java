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

/** The groups of a layer's units, and how the search for them went, or goes. */
final class ComplexityGrouping implements ComplexityViews.View {
  private final JPanel panel = new JPanel(new BorderLayout());
  private final ComplexityLayerBar bar =
      new ComplexityLayerBar("complexity.grouping", "groups are", this::showLayer);
  private final ComplexityDrawing diagram = new ComplexityDrawing("complexity.groupingDiagram");
  private final ComplexityChartPanel chart = new ComplexityChartPanel("complexity.groupingChart");
  private List<ComplexityResult> results = List.of();
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
    show(searched, "");
  }

  @Override
  public void show(List<ComplexityResult> newResults) {
    results = newResults;
    bar.offer(results, GroupedLayer::isGrouped, GroupedLayer::isGrouped);
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
    show(groups, why());
  }

  private String why() {
    return bar.layer() == null
        ? ComplexityBlank.why(results, "the groups of a layer's units")
        : "There are no groups: they are for the method coarse-graining, which makes a wide layer"
            + " one of a few groups and tells bounds for C. Choose it in the field Method, and"
            + " press Start.";
  }

  private void show(GroupedLayer groups, String why) {
    shown = groups;
    if (groups == null) {
      diagram.clear(why);
    } else {
      GroupingDiagram drawing = GroupingDiagram.of(groups, ComplexityViews.style());
      diagram.set(
          new ComplexityPictureMenu.Content(
              groups.layer() + "-groups",
              style -> GroupingDiagram.of(groups, style),
              drawing::data),
          (point, area) ->
              drawing.unitAt(point, area).stream()
                  .mapToObj(drawing::describe)
                  .flatMap(List::stream)
                  .toList());
    }
    boolean searched = groups != null && !groups.trace().isEmpty();
    if (searched) {
      chart.show(groups.layer() + "-search", style -> GroupingChart.of(groups, style));
    } else {
      chart.clear("");
    }
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
