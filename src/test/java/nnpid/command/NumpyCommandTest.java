package nnpid.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** NumPy's files on the command line: all have the same 400 samples of one layer. */
class NumpyCommandTest {
  private static final String FIXTURES = "src/test/resources/npy/";

  @ParameterizedTest
  @CsvSource({"targets, targets", "alias_float32, last", "mac_zip, last", "mac_zip, labels"})
  void arraysAreReadWhateverTheirNamesAndSpellings(String file, String target) {
    JsonObject layer = CommandLine.layer("-t", FIXTURES + file + ".npz", "-c", target);
    assertEquals(1.4644, CommandLine.number(layer, "mutualInformation"), 5e-5);
    assertEquals(2.0338, CommandLine.number(layer, "representationalComplexity"), 5e-5);
  }

  @Test
  void anArchiveWithoutLabelsSaysHowToNameThem() {
    CommandLine run = CommandLine.run("-t", FIXTURES + "targets.npz");
    assertFalse(run.ok());
    assertTrue(run.err().contains("Maybe name the array of the labels"), run::err);
    CommandLine layer = CommandLine.run("-t", FIXTURES + "targets.npz", "-c", "L1");
    assertFalse(layer.ok());
    assertTrue(layer.err().contains("one value per sample: its shape is (400, 3)"), layer::err);
  }

  @Test
  void objectsAreRefusedWithWhatToDo() {
    CommandLine run = CommandLine.run("-t", FIXTURES + "object_labels.npz");
    assertFalse(run.ok());
    assertTrue(run.err().contains("labels with .astype(str)"), run::err);
  }
}
