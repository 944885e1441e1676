package weka.attributeSelection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import weka.core.OptionHandler;
import weka.core.Utils;

/**
 * Evaluators and searches saved by the version of before options were read from annotations: both
 * evaluators and the ranking with what they found, and a classifier on selected attributes.
 */
class SavedSelectionTest {
  private static final Path MODELS = Path.of("src/test/resources/models");

  private static Object[] saved() throws IOException, ClassNotFoundException {
    try (InputStream file =
            new GZIPInputStream(
                Files.newInputStream(MODELS.resolve("attribute-selection-1.model.gz")));
        ObjectInputStream in = new ObjectInputStream(file)) {
      return (Object[]) in.readObject();
    }
  }

  @Test
  void areAsTheyWereSaved() throws Exception {
    StringBuilder text = new StringBuilder();
    for (Object scheme : saved()) {
      text.append(Utils.joinOptions(((OptionHandler) scheme).getOptions())).append('\n');
      text.append(scheme).append('\n');
    }
    assertEquals(
        Files.readString(MODELS.resolve("attribute-selection-1.txt")).lines().toList(),
        text.toString().lines().toList());
  }

  @Test
  void stillTellTheMeritsOfUnits() throws Exception {
    PidAttributeEval units = (PidAttributeEval) saved()[0];
    assertEquals(0.4763, units.evaluateAttribute(4), 1e-4);
    units.setMerit(PidAttributeEval.Merit.REDUNDANT);
    assertEquals(0.5493, units.evaluateAttribute(4), 1e-4);
    assertTrue(units.toString().contains("merit: redundant information"), units::toString);
  }
}
