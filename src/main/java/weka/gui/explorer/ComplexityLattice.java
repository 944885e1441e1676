package weka.gui.explorer;

import java.awt.BorderLayout;
import java.util.List;
import javax.swing.JComponent;
import javax.swing.JPanel;
import nnpid.chart.LatticeDiagram;

/** The redundancy lattice of a layer; holding the mouse over a node tells its atom. */
final class ComplexityLattice implements ComplexityViews.View {
  private final JPanel panel = new JPanel(new BorderLayout());
  private final ComplexityLayerBar bar =
      new ComplexityLayerBar("complexity.lattice", "lattice is", this::showLayer);
  private final ComplexityDrawing diagram = new ComplexityDrawing("complexity.lattice");

  ComplexityLattice() {
    panel.add(bar, BorderLayout.NORTH);
    panel.add(diagram, BorderLayout.CENTER);
  }

  @Override
  public void show(List<ComplexityResult> results) {
    bar.offer(results);
    showLayer();
  }

  private void showLayer() {
    ComplexityResult.Layer layer = bar.layer();
    if (layer == null) {
      diagram.clear();
    } else if (!LatticeDiagram.canShow(layer.report())) {
      diagram.clear();
      bar.say(
          "It needs atoms (method lattice) of up to " + LatticeDiagram.MOST_SOURCES + " units.");
    } else {
      LatticeDiagram lattice = LatticeDiagram.of(layer.report(), ComplexityViews.style());
      diagram.set(
          lattice,
          (point, area) -> lattice.atomAt(point, area).map(lattice::describe).orElse(List.of()));
      bar.say("Hold the mouse over a node for its atom.");
    }
  }

  @Override
  public JComponent component() {
    return panel;
  }
}
