package weka.gui.explorer;

import java.awt.BorderLayout;
import java.awt.Dimension;
import java.awt.FlowLayout;
import java.awt.GridBagConstraints;
import java.awt.GridBagLayout;
import java.util.List;
import javax.swing.JComboBox;
import javax.swing.JComponent;
import javax.swing.JLabel;
import javax.swing.JPanel;
import nnpid.chart.GroupedLayer;
import nnpid.chart.GroupingChart;
import nnpid.chart.GroupingDiagram;
import org.jfree.chart.ChartPanel;

/** The groups of a layer's units, and how the search for them went, or goes. */
final class ComplexityGrouping implements ComplexityViews.View {
  private final JPanel panel = new JPanel(new BorderLayout());
  private final JComboBox<ComplexityResult.Layer> layerChoice = new JComboBox<>();
  private final JPanel fields = new JPanel(new FlowLayout(FlowLayout.LEADING, 4, 3));
  private final JLabel note = new JLabel(" ");
  private final ComplexityDrawing diagram = new ComplexityDrawing("complexity.groupingDiagram");
  private final ChartPanel chart = ComplexityViews.chartPanel("complexity.groupingChart");
  private GroupedLayer shown;
  private String noLayers = " ";

  ComplexityGrouping() {
    layerChoice.setName("complexity.groupingLayer");
    layerChoice.setToolTipText("The layer whose groups are shown.");
    note.setName("complexity.groupingNote");
    ComplexityAtoms.addLabeled(fields, "Layer", 'y', layerChoice);
    JPanel bar = new JPanel(new BorderLayout());
    bar.add(fields, BorderLayout.WEST);
    bar.add(note, BorderLayout.CENTER);
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
    layerChoice.addActionListener(e -> showLayer());
  }

  /** Shows the best groups so far of a search that goes on. */
  void showSearch(GroupedLayer searched) {
    if (searched.equals(shown)) {
      return; // no better ones yet
    }
    fields.setVisible(false);
    note.setText(" Searching for the groups of " + searched.layer() + "...");
    show(searched);
  }

  @Override
  public void show(List<ComplexityResult> results) {
    noLayers = ComplexityViews.noLayers(results);
    fields.setVisible(true);
    List<ComplexityResult.Layer> layers = ComplexityViews.layersOf(results);
    ComplexityAtoms.fill(layerChoice, layers);
    showLayer();
  }

  private void showLayer() {
    ComplexityResult.Layer layer = (ComplexityResult.Layer) layerChoice.getSelectedItem();
    GroupedLayer groups = layer == null ? null : GroupedLayer.of(layer.report()).orElse(null);
    note.setText(
        layer == null
            ? noLayers
            : groups == null
                ? "Groups are for the method coarse-graining."
                : "Bits: what a group alone tells about the class.");
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
