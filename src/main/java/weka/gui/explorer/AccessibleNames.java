package weka.gui.explorer;

import java.awt.Component;
import java.awt.Container;
import javax.accessibility.AccessibleContext;
import javax.swing.JComponent;
import javax.swing.JProgressBar;
import javax.swing.JSpinner;
import javax.swing.JTable;
import javax.swing.plaf.UIResource;
import javax.swing.text.JTextComponent;
import org.jfree.chart.ChartPanel;
import weka.gui.PropertyPanel;

/**
 * Gives names, which screen readers say, to what has none of itself: buttons have their texts, and
 * fields those of their labels, but tables, charts and areas of text have neither.
 */
final class AccessibleNames {
  private AccessibleNames() {}

  /** Names a component. */
  static <T extends JComponent> T name(T component, String name) {
    component.getAccessibleContext().setAccessibleName(name);
    return component;
  }

  /**
   * Names what is in a view and has no name yet.
   *
   * @param view title of the view
   */
  static void complete(Component component, String view) {
    if (component instanceof JSpinner spinner
        && spinner.getEditor() instanceof JSpinner.DefaultEditor editor) {
      String name = spinner.getAccessibleContext().getAccessibleName();
      name(editor.getTextField(), name == null ? view : name);
    } else if (component instanceof JTextComponent
        || component instanceof JTable
        || component instanceof JProgressBar
        || component instanceof PropertyPanel
        || component instanceof ChartPanel) {
      AccessibleContext context = component.getAccessibleContext();
      String name = context.getAccessibleName();
      if (name == null || name.isEmpty()) {
        context.setAccessibleName(view + ": " + kind(component));
      }
    }
    if (component instanceof Container container && !(component instanceof UIResource)) {
      for (Component child : container.getComponents()) {
        complete(child, view);
      }
    }
  }

  private static String kind(Component component) {
    return component instanceof ChartPanel
        ? "chart"
        : component instanceof JTable
            ? "table"
            : component instanceof PropertyPanel ? "network" : "text";
  }
}
