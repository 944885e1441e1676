package weka.gui.explorer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static weka.gui.explorer.ComplexityRunListTest.find;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import javax.swing.JButton;
import javax.swing.JLabel;
import javax.swing.JList;
import javax.swing.JTextField;
import javax.swing.SwingUtilities;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stop while files of checkpoints are followed in the window; without a display. */
class ComplexityStopTest {
  private static final int EPOCHS = 300;

  private static void waitFor(String what, BooleanSupplier condition) throws Exception {
    AtomicReference<Boolean> met = new AtomicReference<>(false);
    long end = System.nanoTime() + 600_000_000_000L;
    while (!met.get()) {
      assertTrue(System.nanoTime() < end, () -> "Waited in vain for " + what);
      Thread.sleep(5);
      SwingUtilities.invokeAndWait(() -> met.set(condition.getAsBoolean()));
    }
  }

  @Test
  void whatWasFollowedUntilStopIsKept(@TempDir Path directory) throws Exception {
    Random random = new Random(1);
    StringBuilder rows = new StringBuilder("h_1,h_2,h_3,c\n");
    for (int row = 0; row < 300; row++) {
      rows.append(
          "%d,%d,%d,%s%n"
              .formatted(
                  random.nextInt(8),
                  random.nextInt(8),
                  random.nextInt(8),
                  row % 2 == 0 ? "a" : "b"));
    }
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
      Files.writeString(directory.resolve("epoch_" + epoch + ".csv"), rows);
    }
    AtomicReference<RepresentationalComplexityPanel> made = new AtomicReference<>();
    SwingUtilities.invokeAndWait(
        () -> {
          RepresentationalComplexityPanel panel = new RepresentationalComplexityPanel();
          panel.setLog(new weka.gui.SysErrLog());
          find(panel, "complexity.halves", JTextField.class).setText("40");
          panel.follow(
              new ComplexityCheckpoints.Asked(
                  directory.resolve("epoch_*.csv").toString(), List.of()));
          made.set(panel);
        });
    RepresentationalComplexityPanel panel = made.get();
    JLabel note = find(panel, "complexity.trainingNote", JLabel.class);
    JButton stop = find(panel, "complexity.stop", JButton.class);
    JList<?> list = find(panel, "complexity.results", JList.class);
    waitFor("a checkpoint", () -> note.getText().contains("up to epoch"));
    SwingUtilities.invokeAndWait(stop::doClick);
    waitFor("the end", () -> !stop.isEnabled());
    SwingUtilities.invokeAndWait(
        () -> {
          ComplexityRun run = (ComplexityRun) list.getModel().getElementAt(0);
          assertTrue(run.toString().endsWith("stopped, with what was finished"), run::toString);
          var trajectory = run.result().orElseThrow().trajectory().orElseThrow();
          assertEquals(false, trajectory.complete());
          int count = trajectory.epochs().size();
          assertTrue(count >= 1 && count < EPOCHS, () -> count + " epochs");
          assertTrue(note.getText().contains("up to epoch " + (count - 1)), note::getText);
          assertTrue(note.getText().contains("not complete"), note::getText);
          panel.terminate();
        });
  }
}
