package weka.gui.explorer;

import java.awt.BorderLayout;
import java.awt.Dimension;
import java.awt.Rectangle;
import java.awt.event.MouseWheelEvent;
import java.util.List;
import javax.swing.JComboBox;
import javax.swing.JComponent;
import javax.swing.JPanel;
import javax.swing.JScrollPane;
import javax.swing.JSpinner;
import javax.swing.SpinnerNumberModel;
import javax.swing.SwingUtilities;
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
  private final JScrollPane pane = new JScrollPane(diagram);
  private final JSpinner count =
      new JSpinner(new SpinnerNumberModel(USUAL_ATOMS, 1, LatticeDiagram.MOST_ATOMS, 1));
  private final JComboBox<Zoom> zoom = new JComboBox<>(Zoom.values());
  private List<ComplexityResult> results = List.of();

  /** How many times as large as its pane the diagram is. */
  private enum Zoom {
    WHOLE(1),
    ONE_AND_A_HALF(1.5),
    TWICE(2),
    THREE_TIMES(3);

    private final double factor;

    Zoom(double factor) {
      this.factor = factor;
    }

    @Override
    public String toString() {
      return Math.round(100 * factor) + " %";
    }
  }

  ComplexityLattice() {
    count.setName("complexity.latticeAtoms");
    count.setToolTipText(
        "How many of the largest atoms are shown of a layer of more than "
            + LatticeDiagram.MOST_SOURCES
            + " units.");
    bar.addField("Atoms", '2', count);
    count.addChangeListener(e -> showLayer());
    zoom.setName("complexity.latticeZoom");
    zoom.setToolTipText(
        ComplexityViews.toolTip(
            ComplexityViews.lines(
                "How large the diagram is: the larger, the more atoms have room for their names."
                    + " Copied and saved pictures are as what is shown. Also Ctrl and the wheel of"
                    + " the mouse.")));
    bar.addField("Zoom", '3', zoom);
    zoom.addActionListener(e -> showZoomed());
    pane.setBorder(null);
    diagram.addMouseWheelListener(this::turned);
    panel.add(bar, BorderLayout.NORTH);
    panel.add(pane, BorderLayout.CENTER);
  }

  /** What is in the middle stays there. */
  private void showZoomed() {
    Rectangle seen = pane.getViewport().getViewRect();
    double across = seen.getCenterX() / Math.max(1, diagram.getWidth());
    double down = seen.getCenterY() / Math.max(1, diagram.getHeight());
    diagram.setZoom(((Zoom) zoom.getSelectedItem()).factor);
    pane.validate();
    Dimension room = pane.getViewport().getExtentSize();
    diagram.scrollRectToVisible(
        new Rectangle(
            (int) (across * diagram.getWidth() - room.width / 2.0),
            (int) (down * diagram.getHeight() - room.height / 2.0),
            room.width,
            room.height));
  }

  /** With Ctrl the wheel zooms, else it scrolls. */
  private void turned(MouseWheelEvent event) {
    if (event.isControlDown()) {
      int next = zoom.getSelectedIndex() - Integer.signum(event.getWheelRotation());
      zoom.setSelectedIndex(Math.max(0, Math.min(zoom.getItemCount() - 1, next)));
    } else {
      pane.dispatchEvent(SwingUtilities.convertMouseEvent(diagram, event, pane));
    }
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
