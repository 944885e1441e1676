package weka.core.converters;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import weka.core.CheckOptionHandler;
import weka.core.Instances;
import weka.core.Utils;

/** The Explorer's <i>Open file</i> for tables of text. */
class StrictCSVLoaderTest {
  private static final File CASES = new File("src/test/resources/cases");

  @TempDir private Path directory;

  private static Instances load(File file, String options) throws Exception {
    StrictCSVLoader loader = new StrictCSVLoader();
    loader.setOptions(Utils.splitOptions(options));
    loader.setFile(file);
    return loader.getDataSet();
  }

  @ParameterizedTest
  @ValueSource(strings = {"bom", "hash_header", "trailing_blanks", "semicolon_decimal_comma"})
  void spoiltCopiesAreReadAsTheOriginal(String name) throws Exception {
    Instances expected = load(new File(CASES, "ok.csv"), "");
    Instances data = load(new File(CASES, name + ".csv"), "");
    assertEquals(null, expected.equalHeadersMsg(data));
    for (int i = 0; i < expected.numInstances(); i++) {
      assertEquals(expected.instance(i).toString(), data.instance(i).toString());
    }
    assertEquals(300, data.numInstances());
  }

  @Test
  void anIndexIsRefusedWithASentence() {
    IOException e =
        assertThrows(IOException.class, () -> load(new File(CASES, "index_column.csv"), ""));
    assertTrue(e.getMessage().contains("index=False"), e::getMessage);
  }

  /** Who has not chosen this loader reads CSV as before, with or without the package. */
  @Test
  void isOfferedBesideThatOfWeka() {
    List<String> loaders = ConverterUtils.getFileLoaders();
    assertTrue(loaders.contains(CSVLoader.class.getName()), loaders::toString);
    assertTrue(loaders.contains(StrictCSVLoader.class.getName()), loaders::toString);
    assertInstanceOf(CSVLoader.class, ConverterUtils.getLoaderForFile("units.csv"));
    assertInstanceOf(StrictCSVLoader.class, ConverterUtils.getLoaderForFile("units.tsv"));
  }

  @Test
  void optionsSayWhatTheHeaderDoesNot() throws Exception {
    File file =
        Files.writeString(directory.resolve("units.txt"), "a b label\n0,5 1 3\n1 1 x\n").toFile();
    Instances data = load(file, "-separator \" \" -nominal label,2");
    assertEquals(0.5, data.instance(0).value(0));
    assertEquals("3", data.instance(0).stringValue(2));
    assertEquals("units", data.relationName());
  }

  @Test
  void isReadAtOnceAndFromAFile() throws Exception {
    StrictCSVLoader loader = new StrictCSVLoader();
    assertThrows(IOException.class, loader::getDataSet);
    assertThrows(IOException.class, () -> loader.setSource(new ByteArrayInputStream(new byte[0])));
    loader.setFile(new File(CASES, "ok.csv"));
    assertEquals(5, loader.getStructure().numAttributes());
    assertThrows(IOException.class, () -> loader.getNextInstance(loader.getStructure()));
    assertThrows(IllegalArgumentException.class, () -> loader.setSeparator("1"));
  }

  @Test
  void optionsAreAsWekaWantsThem() {
    CheckOptionHandler options = new CheckOptionHandler();
    options.setOptionHandler(new StrictCSVLoader());
    options.setUserOptions(new String[] {"-separator", "tab", "-nominal", "label"});
    options.setSilent(true);
    options.doTests();
    assertTrue(options.getSuccess());
  }
}
