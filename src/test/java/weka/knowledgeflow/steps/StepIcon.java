package weka.knowledgeflow.steps;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.Polygon;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import javax.imageio.ImageIO;

/**
 * Draws the icon of the step, in the size and manner of Weka's: a card on a diamond, with the chart
 * of three layers on it. {@code java StepIcon.java FILE.png} writes it.
 */
final class StepIcon {
  private static final int WIDTH = 57;
  private static final int HEIGHT = 58;

  /** Information by degree of synergy of three layers, from the bottom; colors of the charts. */
  private static final double[][] BARS = {{10, 8, 5}, {14, 6, 3}, {18, 4, 1}};

  private static final Color[] COLORS = {
    new Color(0x440154), new Color(0x21918c), new Color(0xfde725)
  };

  private StepIcon() {}

  /** Writes the icon. */
  public static void main(String[] arguments) throws IOException {
    ImageIO.write(draw(), "png", new File(arguments[0]));
  }

  private static BufferedImage draw() {
    BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_ARGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    graphics.setPaint(new GradientPaint(14, 14, new Color(0x505050), 42, 44, Color.WHITE));
    Polygon diamond = new Polygon(new int[] {28, 55, 28, 1}, new int[] {1, 28, 56, 28}, 4);
    graphics.fill(diamond);
    graphics.setColor(new Color(0x909090));
    graphics.draw(diamond);
    graphics.setColor(new Color(0, 0, 0, 90));
    graphics.fill(new RoundRectangle2D.Double(10, 8, 40, 44, 3, 3));
    graphics.setPaint(new GradientPaint(8, 6, Color.WHITE, 48, 50, new Color(0xe4e4e4)));
    graphics.fill(new RoundRectangle2D.Double(8, 6, 40, 44, 3, 3));
    graphics.setColor(new Color(0x707070));
    graphics.draw(new RoundRectangle2D.Double(8, 6, 40, 44, 3, 3));
    for (int layer = 0; layer < BARS.length; layer++) {
      double y = 46;
      for (int degree = 0; degree < COLORS.length; degree++) {
        y -= BARS[layer][degree];
        graphics.setColor(COLORS[degree]);
        graphics.fill(new Rectangle2D.Double(13 + 11 * layer, y, 8, BARS[layer][degree]));
      }
    }
    graphics.setColor(new Color(0x404040));
    graphics.setStroke(new BasicStroke(1));
    graphics.draw(new Line2D.Double(11, 46.5, 45, 46.5));
    graphics.setColor(new Color(0xc02020));
    graphics.setStroke(new BasicStroke(1.6f));
    graphics.draw(new Line2D.Double(17, 10.5, 28, 15));
    graphics.draw(new Line2D.Double(28, 15, 39, 18));
    for (double[] point : new double[][] {{17, 10.5}, {28, 15}, {39, 18}}) {
      graphics.fill(new Ellipse2D.Double(point[0] - 2, point[1] - 2, 4, 4));
    }
    graphics.dispose();
    return image;
  }
}
