package weka.gui.explorer;

import java.awt.Dimension;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.event.MouseEvent;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import java.util.stream.Collectors;
import javax.swing.JComponent;
import javax.swing.ToolTipManager;
import org.jfree.chart.ui.Drawable;

/** Shows a drawing as large as there is room, with tool tips for its parts. */
@SuppressWarnings("serial")
final class ComplexityDrawing extends JComponent {
  /** Tells what is where. */
  interface Hints {
    /**
     * What there is at a point of the drawing, in lines; none if there is nothing.
     *
     * @param area the area that the drawing fills
     */
    List<String> at(Point2D point, Rectangle2D area);
  }

  private transient Drawable drawing;
  private transient Hints hints;

  ComplexityDrawing(String name) {
    setName(name);
    ToolTipManager.sharedInstance().registerComponent(this);
    setPreferredSize(new Dimension(400, 300));
    setMinimumSize(new Dimension(100, 60));
  }

  void set(Drawable newDrawing, Hints newHints) {
    drawing = newDrawing;
    hints = newHints;
    repaint();
  }

  void clear() {
    set(null, null);
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
    List<String> lines = drawing == null ? List.of() : hints.at(event.getPoint(), area());
    return lines.isEmpty()
        ? null
        : lines.stream()
            .map(ComplexitySummary::escape)
            .collect(Collectors.joining("<br>", "<html>", "</html>"));
  }
}
