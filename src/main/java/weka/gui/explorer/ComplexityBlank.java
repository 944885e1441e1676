package weka.gui.explorer;

import java.awt.FontMetrics;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.RenderingHints;
import java.util.ArrayList;
import java.util.List;
import javax.swing.JComponent;
import javax.swing.UIManager;

/** Says in an empty view why it is empty. */
final class ComplexityBlank {
  private ComplexityBlank() {}

  /** Paints a text in the middle of what is seen of a component, in as many lines as it takes. */
  static void paint(Graphics graphics, JComponent component, String why) {
    Graphics2D text = (Graphics2D) graphics.create();
    text.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    text.setFont(UIManager.getFont("Label.font"));
    text.setColor(ComplexityViews.style().foreground());
    FontMetrics metrics = text.getFontMetrics();
    Rectangle seen = component.getVisibleRect();
    int width = Math.min(seen.width - 20, 60 * metrics.charWidth('n'));
    List<String> lines = lines(why, metrics, width);
    int height = lines.size() * metrics.getHeight();
    int y = seen.y + (seen.height - height) / 2 + metrics.getAscent();
    for (String line : lines) {
      text.drawString(line, seen.x + (seen.width - metrics.stringWidth(line)) / 2, y);
      y += metrics.getHeight();
    }
    text.dispose();
  }

  private static List<String> lines(String text, FontMetrics metrics, int width) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : text.split(" ", -1)) {
      if (line.length() > 0 && metrics.stringWidth(line + " " + word) > width) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.length() > 0 ? " " : "").append(word);
    }
    lines.add(line.toString());
    return lines;
  }

  /**
   * Why there is nothing for a view of layers.
   *
   * @param what the view shows, as in {@code the atoms of a layer}
   */
  static String why(List<ComplexityResult> results, String what) {
    return results.isEmpty()
        ? "No result is selected, or its run is not that far. Press Start, or select one in the"
            + " list: then "
            + what
            + " will be here."
        : results.stream().allMatch(result -> result.training().isPresent())
            ? ComplexityViews.noLayers(results)
            : "No layer was analyzed before the run was stopped.";
  }
}
