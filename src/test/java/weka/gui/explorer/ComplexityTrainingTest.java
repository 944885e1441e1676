package weka.gui.explorer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Component;
import java.awt.Container;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.swing.JComboBox;
import javax.swing.JLabel;
import javax.swing.JTable;
import javax.swing.SwingUtilities;
import nnpid.analysis.Trajectory;
import nnpid.report.Table;
import nnpid.testing.Trajectories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the view Training shows of several repeats. */
class ComplexityTrainingTest {
  @TempDir Path directory;

  private static List<Component> components(Container root) {
    List<Component> all = new ArrayList<>(List.of(root));
    Arrays.stream(root.getComponents())
        .flatMap(
            one -> one instanceof Container inner ? components(inner).stream() : Stream.of(one))
        .forEach(all::add);
    return all;
  }

  private static <T extends Component> T find(ComplexityTraining view, String name, Class<T> type) {
    return components(view.component()).stream()
        .filter(component -> name.equals(component.getName()))
        .map(type::cast)
        .findFirst()
        .orElseThrow();
  }

  private static ComplexityResult result(Trajectory trajectory) {
    return ComplexityResult.ofTraining("training", trajectory, List.of());
  }

  @Test
  void meansAreShownAndSavedWhereThereAreRepeats() throws Exception {
    Trajectory several = Trajectories.ofTwoRepeats();
    ComplexityResult repeated = result(several);
    ComplexityResult once = result(Trajectories.ofTrainingAndTest());
    Table expected = Table.ofMeans(several);
    SwingUtilities.invokeAndWait(
        () -> {
          ComplexityTraining view = new ComplexityTraining(Optional.empty());
          JComboBox<?> form = find(view, "complexity.trainingForm", JComboBox.class);
          view.show(List.of(once));
          assertEquals("Table", form.getItemAt(form.getItemCount() - 1).toString());
          view.show(List.of(repeated));
          form.setSelectedIndex(form.getItemCount() - 1);
          assertEquals("Means over repeats", form.getSelectedItem().toString());
          JTable table = find(view, "complexity.trainingTable", JTable.class);
          assertEquals(
              expected.columns(),
              IntStream.range(0, table.getColumnCount()).mapToObj(table::getColumnName).toList());
          assertEquals(expected.rows().size(), table.getRowCount());
          assertEquals(expected.rows().get(0).get(3), table.getValueAt(0, 3));
          JLabel note = find(view, "complexity.trainingNote", JLabel.class);
          assertTrue(
              note.getText().contains("95% interval of the mean over 2 repeats"), note::getText);
          view.show(List.of(once));
          assertEquals("Table", form.getSelectedItem().toString());
        });
    assertFalse(ComplexityFiles.MEANS.isFor(List.of(once)));
    assertTrue(ComplexityFiles.MEANS.isFor(List.of(repeated)));
    Path file = directory.resolve("means.csv");
    ComplexityFiles.MEANS.write(List.of(repeated), file);
    StringWriter csv = new StringWriter();
    expected.writeCsv(csv);
    assertEquals(csv.toString(), Files.readString(file));
  }
}
