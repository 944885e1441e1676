package weka.gui.explorer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static weka.gui.explorer.ComplexityRunListTest.find;
import static weka.gui.explorer.ComplexityRunListTest.xor;

import java.awt.Component;
import java.awt.Container;
import java.util.ArrayList;
import java.util.List;
import javax.accessibility.AccessibleContext;
import javax.accessibility.AccessibleRole;
import javax.swing.AbstractButton;
import javax.swing.JComboBox;
import javax.swing.JList;
import javax.swing.JProgressBar;
import javax.swing.JTabbedPane;
import javax.swing.JTable;
import javax.swing.SwingUtilities;
import javax.swing.plaf.UIResource;
import javax.swing.text.JTextComponent;
import org.junit.jupiter.api.Test;
import weka.gui.PropertyPanel;

/** What screen readers say: every control has a name of its own, and what it is for. */
class ComplexityAccessibilityTest {
  /** What people use, but for the insides of Swing's components. */
  private static List<Component> controls(Container root) {
    List<Component> found = new ArrayList<>();
    for (Component child : root.getComponents()) {
      boolean control =
          child instanceof AbstractButton
              || child instanceof JComboBox
              || child instanceof JTextComponent
              || child instanceof JTable
              || child instanceof JList
              || child instanceof JTabbedPane
              || child instanceof JProgressBar
              || child instanceof PropertyPanel
              || child instanceof org.jfree.chart.ChartPanel;
      boolean part =
          child instanceof UIResource || child instanceof javax.swing.plaf.basic.BasicArrowButton;
      if (control && !part) {
        found.add(child);
      }
      boolean inside =
          child instanceof JComboBox
              || child instanceof PropertyPanel
              || child instanceof javax.swing.plaf.basic.BasicArrowButton
              || child instanceof javax.swing.JScrollBar
              || child instanceof javax.swing.plaf.basic.BasicSplitPaneDivider;
      if (child instanceof Container container && !inside) {
        found.addAll(controls(container));
      }
    }
    return found;
  }

  private static void assertNamed(Container root) {
    List<String> nameless = new ArrayList<>();
    List<Component> controls = controls(root);
    assertTrue(!controls.isEmpty());
    for (Component control : controls) {
      AccessibleContext context = control.getAccessibleContext();
      String name = context == null ? null : context.getAccessibleName();
      // "..." says nothing, and neither do signs.
      if (name == null || !name.matches("(?s).*[A-Za-z]{2}.*")) {
        nameless.add(control.getClass().getSimpleName() + " " + control.getName() + ": " + name);
      }
    }
    assertEquals(List.of(), nameless);
  }

  @Test
  void everyControlHasAName() throws Exception {
    SwingUtilities.invokeAndWait(
        () -> {
          RepresentationalComplexityPanel panel = new RepresentationalComplexityPanel();
          panel.setInstances(xor());
          assertNamed(panel);
          assertNamed(new ComplexityCheckpoints().form());
          assertNamed(new ComplexityMoreOptions(List.of()).form());
          assertNamed(
              new ComplexityCode(
                  new ComplexityRun("run*.npz", new String[] {"-c", "last"}, "sx").code()));
          JTable layers = find(panel, "complexity.layerTable", JTable.class);
          assertEquals(AccessibleRole.TABLE, layers.getAccessibleContext().getAccessibleRole());
          assertEquals("Layers found", layers.getAccessibleContext().getAccessibleName());
        });
  }
}
