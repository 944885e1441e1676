package weka.gui.explorer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.Component;
import java.awt.Container;
import java.util.List;
import java.util.stream.Stream;
import javax.swing.JLabel;
import javax.swing.JTable;
import javax.swing.JTextArea;
import javax.swing.SwingUtilities;
import nnpid.analysis.LayerAnalysis;
import nnpid.analysis.LayerResult;
import nnpid.analysis.Method;
import nnpid.analysis.Report;
import nnpid.decomposition.Measure;
import nnpid.distribution.JointDistribution;
import nnpid.distribution.WeightMeaning;
import nnpid.execution.Execution;
import nnpid.report.InWords;
import nnpid.testing.SampleTable;
import org.junit.jupiter.api.Test;

class ComplexitySummaryTest {
  /** Two units in all their joint states: {@code copies} samples of each. */
  private static LayerResult layer(String name, int copies) {
    return LayerAnalysis.DEFAULT.analyze(name, samples(name, copies), Execution.sequential());
  }

  private static JointDistribution samples(String name, int copies) {
    SampleTable.Builder table = new SampleTable.Builder(name, 2);
    for (int i = 0; i < 36; i++) {
      table.add(new int[] {i / 6, i % 6}, i % 2, copies);
    }
    return table.build().toDistribution();
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

  /** What a run has found fills rows while it goes on; its result then takes their place. */
  @Test
  void layersAreShownWhileTheyAreEstimated() throws Exception {
    LayerResult done = layer("L1", 10);
    // Without counts there is no support: its column has a hole.
    LayerResult soFar =
        new LayerAnalysis(
                Measure.MMI,
                Method.AUTO,
                WeightMeaning.AUTO,
                LayerAnalysis.DEFAULT.wanted(),
                LayerAnalysis.DEFAULT.coverage(),
                LayerAnalysis.DEFAULT.subsets(),
                LayerAnalysis.DEFAULT.coarseGraining(),
                1)
            .analyze("L2", samples("L2", 1), Execution.sequential());
    SwingUtilities.invokeAndWait(
        () -> {
          ComplexitySummary summary = new ComplexitySummary();
          JTable table =
              (JTable)
                  all(summary.component())
                      .filter(JTable.class::isInstance)
                      .findFirst()
                      .orElseThrow();
          JTextArea words =
              (JTextArea)
                  all(summary.component())
                      .filter(JTextArea.class::isInstance)
                      .findFirst()
                      .orElseThrow();
          summary.showSoFar(new Report("two", "", List.of(done, soFar), 0, List.of("L2")));
          assertEquals(2, table.getRowCount());
          int supported = table.getColumnModel().getColumnIndex("Supported k");
          assertEquals(2, table.getValueAt(0, supported));
          assertNull(table.getValueAt(1, supported));
          assertEquals(
              "The run goes on: what there is of L2 is still being estimated, and gets better.",
              words.getText());
          Report report = new Report("two", "none", List.of(done), 0);
          summary.show(List.of(ComplexityResult.of("result", report)));
          assertEquals(1, table.getRowCount());
          assertEquals(String.join(" ", InWords.of(report)), words.getText());
          assertTrue(words.isVisible() && words.getLineWrap());
          summary.show(List.of());
          assertEquals("", words.getText());
        });
  }
}
