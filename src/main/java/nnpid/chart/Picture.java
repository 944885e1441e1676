package nnpid.chart;

import static java.util.Objects.requireNonNull;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;
import javax.imageio.ImageIO;
import org.jfree.chart.ui.Drawable;
import org.jfree.svg.SVGGraphics2D;

/**
 * A drawing of a given size, to be shown or written. Needs no display.
 *
 * @param drawing a chart or a {@link LatticeDiagram}
 * @param width in pixels
 * @param height in pixels
 */
public record Picture(Drawable drawing, int width, int height) {
  /**
   * Checks the size.
   *
   * @throws IllegalArgumentException if it is not positive
   */
  public Picture {
    requireNonNull(drawing, "drawing");
    if (width < 1 || height < 1) {
      throw new IllegalArgumentException(
          "The size of a picture (" + width + " x " + height + ") must be positive.");
    }
  }

  /**
   * The picture in pixels.
   *
   * @param scale pixels per unit of length: 1 for the screen, more for print
   */
  public BufferedImage toImage(double scale) {
    BufferedImage image =
        new BufferedImage(
            (int) Math.round(width * scale),
            (int) Math.round(height * scale),
            BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.scale(scale, scale);
    drawing.draw(graphics, new Rectangle2D.Double(0, 0, width, height));
    graphics.dispose();
    return image;
  }

  /** Writes the picture as PNG. */
  public void writePng(OutputStream out, double scale) throws IOException {
    if (!ImageIO.write(toImage(scale), "png", out)) {
      throw new IOException("This Java cannot write PNG.");
    }
  }

  /** Writes the picture as SVG, a complete document in UTF-8 if the writer's encoding is that. */
  public void writeSvg(Writer out) throws IOException {
    SVGGraphics2D graphics = new SVGGraphics2D(width, height);
    // Identifiers that do not depend on the clock: the same picture gives the same file.
    graphics.setDefsKeyPrefix("nnpid");
    drawing.draw(graphics, new Rectangle2D.Double(0, 0, width, height));
    // Without a document type, which readers would fetch from the network.
    out.write("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    out.write(graphics.getSVGElement());
    out.write('\n');
    out.flush();
  }
}
