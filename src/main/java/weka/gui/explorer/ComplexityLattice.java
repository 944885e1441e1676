package weka.gui.explorer;

import java.awt.BorderLayout;
import java.util.List;
import javax.swing.JComponent;
import javax.swing.JPanel;
import javax.swing.JSpinner;
import javax.swing.SpinnerNumberModel;
import nnpid.analysis.LayerResult;
import nnpid.chart.LatticeDiagram;
import nnpid.lattice.UpSetFamily;

/**
 * The redundancy lattice of a layer, or its largest atoms in the order of the lattice; holding the
 * mouse over a node tells its atom.
 */
final class ComplexityLattice implements ComplexityViews.View {
  private static final int USUAL_ATOMS = 30;

  private final JPanel panel = new JPanel(new BorderLayout());
  private final ComplexityLayerBar bar =
      new ComplexityLayerBar("complexity.lattice", "lattice is", this::showLayer);
  private final ComplexityDrawing diagram = new ComplexityDrawing("complexity.lattice");
  private final JSpinner count =
      new JSpinner(new SpinnerNumberModel(USUAL_ATOMS, 1, LatticeDiagram.MOST_ATOMS, 1));
  private List<ComplexityResult> results = List.of();

  ComplexityLattice() {
    count.setName("complexity.latticeAtoms");
    count.setToolTipText(
        "How many of the largest atoms are shown of a layer of more than "
            + LatticeDiagram.MOST_SOURCES
            + " units.");
    bar.addField("Atoms", '2', count);
    count.addChangeListener(e -> showLayer());
    panel.add(bar, BorderLayout.NORTH);
    panel.add(diagram, BorderLayout.CENTER);
  }

  @Override
  public void show(List<ComplexityResult> newResults) {
    results = newResults;
    bar.offer(results, LatticeDiagram::canShowAll, LatticeDiagram::canShow);
    showLayer();
  }

  private void showLayer() {
    ComplexityResult.Layer layer = bar.layer();
    count.setEnabled(layer != null && !LatticeDiagram.canShowAll(layer.report()));
    if (layer == null) {
      diagram.clear(ComplexityBlank.why(results, "the redundancy lattice of a layer"));
      return;
    }
    LayerResult report = layer.report();
    if (!LatticeDiagram.canShow(report)) {
      bar.say(" ");
      diagram.clear(withoutAtoms(report));
      return;
    }
    int most = (Integer) count.getValue();
    LatticeDiagram lattice = LatticeDiagram.of(report, most, ComplexityViews.style());
    diagram.set(
        new ComplexityPictureMenu.Content(
            report.name() + "-lattice",
            style -> LatticeDiagram.of(report, most, style),
            lattice::data),
        (point, area) ->
            lattice.atomAt(point, area).stream()
                .map(lattice::describe)
                .flatMap(List::stream)
                .flatMap(ComplexityViews::lines)
                .toList());
    String omission = lattice.omission();
    bar.say(omission.isEmpty() ? "Hold the mouse over a node for its atom." : omission);
  }

  /** Why a layer has no atoms, and how it gets some. */
  static String withoutAtoms(LayerResult layer) {
    return "The method "
        + layer.method()
        + " computes no atoms of "
        + layer.name()
        + ". "
        + (layer.sourceCount() <= UpSetFamily.MAX_SOURCES
            ? "Choose the method lattice to have all of them."
            : "Of so many units there are too many: set Largest atoms, or Single atoms, in More"
                + " options to have some.");
  }

  @Override
  public JComponent component() {
    return panel;
  }
}
