package weka.gui.explorer;

import java.awt.BorderLayout;
import java.awt.FlowLayout;
import java.util.List;
import javax.swing.JComboBox;
import javax.swing.JComponent;
import javax.swing.JLabel;
import javax.swing.JPanel;
import nnpid.chart.LatticeDiagram;

/** The redundancy lattice of a layer; holding the mouse over a node tells its atom. */
final class ComplexityLattice implements ComplexityViews.View {
  private final JPanel panel = new JPanel(new BorderLayout());
  private final JComboBox<ComplexityResult.Layer> layerChoice = new JComboBox<>();
  private final JLabel note = new JLabel(" ");
  private String noLayers = " ";
  private final ComplexityDrawing diagram = new ComplexityDrawing("complexity.lattice");

  ComplexityLattice() {
    layerChoice.setName("complexity.latticeLayer");
    layerChoice.setToolTipText("The layer whose lattice is shown.");
    JPanel fields = new JPanel(new FlowLayout(FlowLayout.LEADING, 4, 3));
    ComplexityAtoms.addLabeled(fields, "Layer", 'y', layerChoice);
    JPanel bar = new JPanel(new BorderLayout());
    bar.add(fields, BorderLayout.WEST);
    bar.add(note, BorderLayout.CENTER);
    panel.add(bar, BorderLayout.NORTH);
    panel.add(diagram, BorderLayout.CENTER);
    layerChoice.addActionListener(e -> showLayer());
  }

  @Override
  public void show(List<ComplexityResult> results) {
    noLayers = ComplexityViews.noLayers(results);
    ComplexityAtoms.fill(layerChoice, ComplexityViews.layersOf(results));
    showLayer();
  }

  private void showLayer() {
    ComplexityResult.Layer layer = (ComplexityResult.Layer) layerChoice.getSelectedItem();
    boolean canShow = layer != null && LatticeDiagram.canShow(layer.report());
    if (canShow) {
      LatticeDiagram lattice = LatticeDiagram.of(layer.report(), ComplexityViews.style());
      diagram.set(
          lattice,
          (point, area) ->
              lattice
                  .atomAt(point, area)
                  .map(atom -> LatticeDiagram.describe(atom, layer.report()))
                  .orElse(List.of()));
    } else {
      diagram.clear();
    }
    note.setText(
        layer == null
            ? noLayers
            : canShow
                ? "Hold the mouse over a node for its atom."
                : "It needs atoms (method lattice) of up to "
                    + LatticeDiagram.MOST_SOURCES
                    + " units.");
    note.setToolTipText(note.getText());
  }

  @Override
  public JComponent component() {
    return panel;
  }
}
