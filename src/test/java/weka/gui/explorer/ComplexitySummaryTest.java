package weka.gui.explorer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.Component;
import java.awt.Container;
import java.util.List;
import java.util.stream.Stream;
import javax.swing.JLabel;
import javax.swing.JTable;
import javax.swing.SwingUtilities;
import nnpid.analysis.LayerAnalysis;
import nnpid.analysis.LayerResult;
import nnpid.analysis.Report;
import nnpid.execution.Execution;
import nnpid.testing.SampleTable;
import org.junit.jupiter.api.Test;

class ComplexitySummaryTest {
  /** Two units in all their joint states: {@code copies} samples of each. */
  private static LayerResult layer(String name, int copies) {
    SampleTable.Builder table = new SampleTable.Builder(name, 2);
    for (int i = 0; i < 36; i++) {
      table.add(new int[] {i / 6, i % 6}, i % 2, copies);
    }
    return LayerAnalysis.DEFAULT.analyze(
        name, table.build().toDistribution(), Execution.sequential());
  }

  private static Stream<Component> all(Component component) {
    return component instanceof Container container
        ? Stream.concat(
            Stream.of(component),
            Stream.of(container.getComponents()).flatMap(ComplexitySummaryTest::all))
        : Stream.of(component);
  }

  private static Color color(JTable table, int row, String heading) {
    int column = table.getColumnModel().getColumnIndex(heading);
    return table.prepareRenderer(table.getCellRenderer(row, column), row, column).getForeground();
  }

  @Test
  void whatIsNotSupportedIsPale() throws Exception {
    Report report = new Report("two", "none", List.of(layer("few", 1), layer("many", 10)), 0);
    SwingUtilities.invokeAndWait(
        () -> {
          ComplexitySummary summary = new ComplexitySummary();
          summary.show(List.of(ComplexityResult.of("result", report)));
          List<Component> shown = all(summary.component()).toList();
          JTable table =
              (JTable) shown.stream().filter(JTable.class::isInstance).findFirst().orElseThrow();
          Color text = table.getForeground();
          assertEquals(text, color(table, 0, "Pi_1"));
          assertNotEquals(text, color(table, 0, "Pi_2"));
          assertNotEquals(text, color(table, 0, "C"));
          assertEquals(text, color(table, 0, "I(T:S)"));
          assertEquals(text, color(table, 1, "Pi_2"), "of the next row, by the same renderer");
          assertTrue(
              shown.stream()
                  .anyMatch(
                      one -> one instanceof JLabel label && label.getText().startsWith("Gray: ")));
        });
  }
}
