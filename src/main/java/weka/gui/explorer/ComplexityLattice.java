package weka.gui.explorer;

import java.awt.BorderLayout;
import java.awt.Dimension;
import java.awt.FlowLayout;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.event.MouseEvent;
import java.awt.geom.Rectangle2D;
import java.util.List;
import java.util.stream.Collectors;
import javax.swing.JComboBox;
import javax.swing.JComponent;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.ToolTipManager;
import nnpid.report.LatticeDiagram;
import nnpid.report.LayerReport;

/** The redundancy lattice of a layer; holding the mouse over a node tells its atom. */
final class ComplexityLattice implements ComplexityViews.View {
  private final JPanel panel = new JPanel(new BorderLayout());
  private final JComboBox<ComplexityResult.Layer> layerChoice = new JComboBox<>();
  private final JLabel note = new JLabel(" ");
  private final Diagram diagram = new Diagram();

  ComplexityLattice() {
    layerChoice.setName("complexity.latticeLayer");
    layerChoice.setToolTipText("The layer whose lattice is shown.");
    diagram.setName("complexity.lattice");
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
    ComplexityAtoms.fill(layerChoice, ComplexityViews.layersOf(results));
    showLayer();
  }

  private void showLayer() {
    ComplexityResult.Layer layer = (ComplexityResult.Layer) layerChoice.getSelectedItem();
    boolean canShow = layer != null && LatticeDiagram.canShow(layer.report());
    diagram.set(canShow ? layer.report() : null);
    note.setText(
        layer == null
            ? " "
            : canShow
                ? "Hold the mouse over a node for its atom."
                : "The diagram is for layers of up to "
                    + LatticeDiagram.MOST_SOURCES
                    + " units with atoms (method lattice).");
  }

  @Override
  public JComponent component() {
    return panel;
  }

  @SuppressWarnings("serial")
  private static final class Diagram extends JComponent {
    private LayerReport layer;
    private LatticeDiagram drawing;

    Diagram() {
      ToolTipManager.sharedInstance().registerComponent(this);
      setPreferredSize(new Dimension(400, 300));
    }

    void set(LayerReport newLayer) {
      layer = newLayer;
      drawing = layer == null ? null : LatticeDiagram.of(layer, ComplexityViews.style());
      repaint();
    }

    private Rectangle2D area() {
      return new Rectangle2D.Double(0, 0, getWidth(), getHeight());
    }

    @Override
    protected void paintComponent(Graphics graphics) {
      if (drawing == null) {
        graphics.setColor(ComplexityViews.style().background());
        graphics.fillRect(0, 0, getWidth(), getHeight());
        return;
      }
      Graphics2D copy = (Graphics2D) graphics.create();
      drawing.draw(copy, area());
      copy.dispose();
    }

    @Override
    public String getToolTipText(MouseEvent event) {
      if (drawing == null) {
        return null;
      }
      return drawing
          .atomAt(event.getPoint(), area())
          .map(
              atom ->
                  LatticeDiagram.describe(atom, layer).stream()
                      .map(ComplexitySummary::escape)
                      .collect(Collectors.joining("<br>", "<html>", "</html>")))
          .orElse(null);
    }
  }
}
