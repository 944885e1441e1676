package weka.gui.explorer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static weka.gui.explorer.ComplexityRunListTest.find;
import static weka.gui.explorer.ComplexityRunListTest.xor;

import java.awt.Container;
import java.io.File;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import javax.swing.JButton;
import javax.swing.JFileChooser;
import javax.swing.JTabbedPane;
import javax.swing.JTextArea;
import javax.swing.SwingUtilities;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import weka.core.Instances;

/** A run of the window as code, without a display. */
class ComplexityCodeTest {
  /** The file is the one that was chosen on the tab Preprocess, if the data are those in it. */
  @Test
  void theFileOfTheDataIsFound(@TempDir Path directory) throws Exception {
    Instances data = xor();
    Path file = Files.writeString(directory.resolve("xor.arff"), data.toString());
    PreprocessPanel preprocess = new PreprocessPanel();
    assertEquals(Optional.empty(), ComplexityPreprocess.file(preprocess));
    assertEquals(Optional.empty(), ComplexityPreprocess.file(null));
    Field chooser = PreprocessPanel.class.getDeclaredField("m_FileChooser");
    chooser.setAccessible(true);
    ((JFileChooser) chooser.get(preprocess)).setSelectedFile(file.toFile());
    Optional<File> found = ComplexityPreprocess.file(preprocess);
    ComplexityRun run = new ComplexityRun(data, found, new String[] {"-c", "3"}, "sx, auto");
    assertTrue(run.code().notes().get(0).contains("not been compared"), "before it began");
    run.run(done -> {}, said -> {});
    assertTrue(run.code().notes().isEmpty(), run.code().notes()::toString);
    assertTrue(run.code().commandLine().contains("-t " + file + " -c 3"), run.code()::commandLine);
    data.delete(0);
    ComplexityRun changed = new ComplexityRun(data, found, new String[] {"-c", "3"}, "sx, auto");
    changed.run(done -> {}, said -> {});
    assertTrue(changed.code().notes().get(0).contains("changed on the tab Preprocess"));
  }

  @Test
  void whatCannotBeAFlowSaysWhy() throws Exception {
    SwingUtilities.invokeAndWait(
        () -> {
          ComplexityRun files = new ComplexityRun("run*.npz", new String[] {"-c", "last"}, "sx");
          ComplexityCode code = new ComplexityCode(files.code());
          JTabbedPane tabs = find(code, "complexity.code", JTabbedPane.class);
          assertTrue(
              find(code, "complexity.code1", JTextArea.class)
                  .getText()
                  .contains("Task.parseForCheckpoints("));
          assertTrue(
              find(code, "complexity.code2", JTextArea.class).getText().contains("not files of"));
          for (int i = 0; i < 3; i++) {
            Container tab = (Container) tabs.getComponentAt(i);
            assertEquals(i < 2, find(tab, "complexity.copyCode", JButton.class).isEnabled());
          }
          assertFalse(find(code, "complexity.codeNotes", JTextArea.class).isVisible());
        });
  }
}
