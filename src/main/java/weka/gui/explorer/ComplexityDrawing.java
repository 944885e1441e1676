package weka.gui.explorer;

import java.awt.Dimension;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.event.MouseEvent;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Optional;
import javax.accessibility.Accessible;
import javax.accessibility.AccessibleContext;
import javax.swing.JComponent;
import javax.swing.JViewport;
import javax.swing.Scrollable;
import javax.swing.SwingConstants;
import javax.swing.ToolTipManager;
import nnpid.chart.Picture;
import org.jfree.chart.ui.Drawable;

/**
 * Shows a drawing as large as there is room, or larger in a pane to scroll, with tool tips for its
 * parts and a menu.
 */
@SuppressWarnings("serial")
final class ComplexityDrawing extends JComponent implements Accessible, Scrollable {
  /** Tells what is where. */
  interface Hints {
    /**
     * What there is at a point of the drawing, in lines; none if there is nothing.
     *
     * @param area the area that the drawing fills
     */
    List<String> at(Point2D point, Rectangle2D area);
  }

  private transient Optional<ComplexityPictureMenu.Content> content = Optional.empty();
  private transient Drawable drawing;
  private transient Hints hints;
  private transient BufferedImage image;
  private String why = "";
  private double zoom = 1;

  ComplexityDrawing(String name) {
    setName(name);
    ToolTipManager.sharedInstance().registerComponent(this);
    ComplexityPictureMenu.addTo(this, () -> content);
    setPreferredSize(new Dimension(400, 300));
    setMinimumSize(new Dimension(100, 60));
  }

  /**
   * Shows a drawing.
   *
   * @param newContent the drawing, and what files of it are called
   * @param newHints tells what is where in the drawing
   */
  void set(ComplexityPictureMenu.Content newContent, Hints newHints) {
    content = Optional.of(newContent);
    drawing = newContent.drawing().apply(ComplexityViews.style());
    hints = newHints;
    redraw("Drawing: " + newContent.name() + ". Its menu copies or saves it, and its numbers.");
  }

  /** Shows nothing but why there is nothing. */
  void clear(String newWhy) {
    content = Optional.empty();
    drawing = null;
    why = newWhy;
    redraw(newWhy);
  }

  /** Sets how many times as large as its pane the drawing is. */
  void setZoom(double newZoom) {
    zoom = newZoom;
    revalidate();
  }

  @Override
  public Dimension getPreferredSize() {
    if (zoom == 1 || !(getParent() instanceof JViewport pane)) {
      return super.getPreferredSize();
    }
    Dimension seen = pane.getExtentSize();
    return new Dimension((int) (zoom * seen.width), (int) (zoom * seen.height));
  }

  @Override
  public Dimension getPreferredScrollableViewportSize() {
    return super.getPreferredSize();
  }

  @Override
  public boolean getScrollableTracksViewportWidth() {
    return zoom == 1;
  }

  @Override
  public boolean getScrollableTracksViewportHeight() {
    return zoom == 1;
  }

  @Override
  public int getScrollableUnitIncrement(Rectangle visible, int orientation, int direction) {
    return 3 * getFontMetrics(getFont()).getHeight();
  }

  @Override
  public int getScrollableBlockIncrement(Rectangle visible, int orientation, int direction) {
    return orientation == SwingConstants.VERTICAL ? visible.height / 2 : visible.width / 2;
  }

  private void redraw(String description) {
    image = null;
    getAccessibleContext().setAccessibleDescription(description);
    repaint();
  }

  @Override
  public AccessibleContext getAccessibleContext() {
    if (accessibleContext == null) {
      accessibleContext = new AccessibleJComponent() {};
    }
    return accessibleContext;
  }

  private Rectangle2D area() {
    return new Rectangle2D.Double(0, 0, getWidth(), getHeight());
  }

  @Override
  protected void paintComponent(Graphics graphics) {
    if (drawing == null || getWidth() == 0 || getHeight() == 0) {
      graphics.setColor(ComplexityViews.style().background());
      graphics.fillRect(0, 0, getWidth(), getHeight());
      ComplexityBlank.paint(graphics, this, why);
      return;
    }
    // Hundreds of shapes are drawn faster into an image than one after another on the screen.
    double scale = ((Graphics2D) graphics).getTransform().getScaleX();
    int width = (int) Math.round(getWidth() * scale);
    int height = (int) Math.round(getHeight() * scale);
    if (image == null || image.getWidth() != width || image.getHeight() != height) {
      image = new Picture(drawing, getWidth(), getHeight()).toImage(scale);
    }
    graphics.drawImage(image, 0, 0, getWidth(), getHeight(), null);
  }

  @Override
  public String getToolTipText(MouseEvent event) {
    List<String> lines = drawing == null ? List.of() : hints.at(event.getPoint(), area());
    return ComplexityViews.toolTip(lines.stream());
  }
}
