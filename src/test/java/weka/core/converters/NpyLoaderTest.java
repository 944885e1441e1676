package weka.core.converters;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.io.ObjectStreamClass;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import weka.core.Attribute;
import weka.core.CheckGOE;
import weka.core.CheckOptionHandler;
import weka.core.Instances;
import weka.core.Utils;

/** Files written by NumPy as data sets: see src/test/resources/npy/make.py. */
class NpyLoaderTest {
  private static final File FIXTURES = new File("src/test/resources/npy");

  private static NpyLoader loader(String file, String options) throws Exception {
    NpyLoader loader = new NpyLoader();
    loader.setOptions(Utils.splitOptions(options));
    loader.setFile(new File(FIXTURES, file));
    return loader;
  }

  private static Instances load(String file) throws Exception {
    return loader(file, "").getDataSet();
  }

  private static List<String> names(Instances data) {
    return Collections.list(data.enumerateAttributes()).stream().map(Attribute::name).toList();
  }

  @Test
  void layersBecomeUnitsAndLabelsTheClass() throws Exception {
    Instances data = load("network.npz");
    assertTrue(data.numInstances() > 0);
    assertTrue(data.classIndex() == data.numAttributes() - 1, names(data)::toString);
    assertTrue(data.classAttribute().isNominal());
    assertTrue(
        names(data).stream().allMatch(name -> name.matches(".+_\\d+")), names(data)::toString);
    for (int i = 0; i < data.numAttributes() - 1; i++) {
      assertTrue(data.attribute(i).isNumeric());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "labels-bool.npz",
        "labels-bytes.npz",
        "labels-int64.npz",
        "labels-uint64.npz",
        "labels-unicode.npz",
        "labels-unicodebig.npz",
        "labels-whole.npz"
      })
  void labelsOfEveryTypeAreNominal(String file) throws Exception {
    Attribute target = load(file).classAttribute();
    assertEquals("labels", target.name());
    assertTrue(target.isNominal() && target.numValues() > 1, target::toString);
  }

  @Test
  void integersAreInAscendingOrder() throws Exception {
    List<Object> values =
        Collections.list(load("labels-int64.npz").classAttribute().enumerateValues());
    long[] numbers = values.stream().mapToLong(value -> Long.parseLong((String) value)).toArray();
    for (int i = 1; i < numbers.length; i++) {
      assertTrue(numbers[i - 1] < numbers[i], values::toString);
    }
  }

  @Test
  void fractionsMakeANumericClass() throws Exception {
    assertTrue(load("labels-fraction.npz").classAttribute().isNumeric());
  }

  @Test
  void anArrayIsNamedAfterItsFile() throws Exception {
    assertEquals(List.of("vector_1"), names(load("vector.npy")));
    assertEquals(-1, load("vector.npy").classIndex());
  }

  @Test
  void theSameAgainAfterResetAndByItsStructure() throws Exception {
    NpyLoader loader = loader("network.npz", "");
    Instances structure = loader.getStructure();
    assertEquals(0, structure.numInstances());
    Instances first = loader.getDataSet();
    assertEquals(null, structure.equalHeadersMsg(first));
    loader.reset();
    assertEquals(first.toString(), loader.getDataSet().toString());
  }

  @Test
  void isFoundByTheExtensionOfTheFile() throws Exception {
    assertTrue(
        ConverterUtils.getLoaderForExtension(".npz") instanceof NpyLoader
            || ConverterUtils.getFileLoaders() == null);
    assertEquals(List.of(".npy", ".npz").size(), new NpyLoader().getFileExtensions().length);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          lengths.npz           | must
          labels-onehot.npz     | labels
          text.npz              | must
          refused-object.npy    | pickle
          refused-complex.npy   | complex
          refused-structured.npy| must
          scalar.npz            | must
          """)
  void refusesWhatIsNoLayer(String file, String told) {
    String message = assertThrows(IOException.class, () -> load(file)).getMessage();
    assertTrue(message.contains(told), message);
    assertTrue(message.length() > 40, message);
  }

  @Test
  void aClassThatIsNotThereIsNamed() {
    String message =
        assertThrows(IOException.class, () -> loader("network.npz", "-labels target").getDataSet())
            .getMessage();
    assertTrue(message.contains("target"), message);
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    String message = assertThrows(IOException.class, () -> load("nowhere.npz")).getMessage();
    assertTrue(message.contains("nowhere.npz"), message);
  }

  @Test
  void passesWekasCheckers() throws Exception {
    for (String options : new String[] {"", "-labels target"}) {
      CheckOptionHandler check = new CheckOptionHandler();
      check.setOptionHandler(new NpyLoader());
      check.setUserOptions(Utils.splitOptions(options));
      check.setSilent(true);
      check.doTests();
      assertTrue(check.getSuccess(), options);
    }
    CheckGOE editor = new CheckGOE();
    editor.setObject(new NpyLoader());
    editor.setSilent(true);
    editor.doTests();
    assertTrue(editor.getSuccess());
    assertEquals(
        2839401665927713204L, ObjectStreamClass.lookup(NpyLoader.class).getSerialVersionUID());
  }
}
