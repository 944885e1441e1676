package nnpid.weka;

import static nnpid.weka.InstalledGui.PICTURES;
import static nnpid.weka.InstalledGui.assertSameAsCommandLine;
import static nnpid.weka.InstalledGui.table;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import nnpid.command.CommandLine;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import weka.core.Instances;
import weka.core.converters.ConverterUtils.DataSource;

/**
 * The tab "Complexity" in the real Explorer, from the installed zip, on a display of their own
 * (Xvfb; skipped where that is not installed). Pictures go to {@code target/screenshots}: look at
 * them.
 */
class ExplorerPanelIT {
  @TempDir static Path directory;

  private static InstalledGui gui;
  private static InstalledPackage installed;

  @BeforeAll
  static void installAndOpenDisplay() throws IOException {
    gui = InstalledGui.open(directory);
    installed = gui.installed();
  }

  @AfterAll
  static void closeDisplay() throws InterruptedException {
    if (gui != null) {
      gui.close();
    }
  }

  private static Map<String, String> drive(String driver, String... arguments) {
    return gui.drive(driver, arguments);
  }

  private static String example(String name) {
    return gui.example(name);
  }

  @Test
  void showsWhatTheCommandLineComputesAndSavesIt() throws Exception {
    Path saved = Files.createDirectory(directory.resolve("saved"));
    Map<String, String> values =
        drive(
            "ExplorerDriver",
            "tour",
            PICTURES.toString(),
            saved.toString(),
            example("mnist_layers.arff"),
            example("xor.arff"));
    assertEquals("false, true", values.get("enabledWithoutData"), "Classify, Complexity");
    assertEquals("true\tL3\t5 units", values.get("layers.0"));
    assertEquals("true", values.get("stateBefore"));
    assertEquals("false", values.get("state"));
    assertEquals("0", values.get("tabsMovedBy"), "by a message that goes");
    assertEquals("[]", values.get("hiddenTabs"), "800 x 600");
    assertEquals("[]", values.get("hiddenTabsInTheDark"), "800 x 600");
    assertSameAsCommandLine(table(values, "summary"), CommandLine.json("-example", "-seed", "1"));
    assertEquals("7579", values.get("atoms"));
    assertEquals("1418", values.get("filteredAtoms"));
    assertEquals("6", values.get("comparedRows"));
    assertTrue(values.get("tip").contains("{1}{2}{3}{4}"), values.get("tip"));
    assertTrue(values.get("tip").contains("in L3_4"), values.get("tip"));
    assertEquals("1", values.get("helpWindows"));
    assertSaved(values);
  }

  /** In the order of the menu. */
  private static void assertSaved(Map<String, String> values) throws Exception {
    List<Path> files = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      files.add(Path.of(values.get("saved." + i)));
    }
    String text = Files.readString(files.get(0));
    assertTrue(text.startsWith("=== Representational complexity ==="), text);
    assertEquals(3, DataSource.read(files.get(1).toString()).numInstances());
    assertEquals(
        CommandLine.run("-example", "-seed", "1", "-format", "csv").out(),
        Files.readString(files.get(1)));
    assertEquals(
        CommandLine.run("-example", "-seed", "1", "-atoms", "-format", "csv").out(),
        Files.readString(files.get(2)));
    Instances layers = DataSource.read(files.get(3).toString());
    assertEquals(3, layers.numInstances());
    assertEquals("L5", layers.instance(2).stringValue(layers.attribute("layer")));
    String json = Files.readString(files.get(4));
    assertEquals(
        CommandLine.run("-example", "-seed", "1", "-atoms", "-pairs", "24", "-format", "json")
            .out(),
        json);
    assertEquals(3, JsonParser.parseString(json).getAsJsonObject().getAsJsonArray("layers").size());
    assertEquals(1800, ImageIO.read(files.get(5).toFile()).getWidth());
    try (InputStream svg = Files.newInputStream(files.get(6))) {
      assertEquals(
          "svg",
          DocumentBuilderFactory.newInstance()
              .newDocumentBuilder()
              .parse(svg)
              .getDocumentElement()
              .getTagName());
    }
    assertEquals(
        CommandLine.run("-example", "-seed", "1", "-pairs", "24", "-format", "csv").out(),
        Files.readString(files.get(7)));
  }

  @Test
  void tellsErrorsInASentenceAndStops() throws IOException {
    Map<String, String> values =
        drive(
            "ExplorerDriver",
            "trouble",
            PICTURES.toString(),
            directory.toString(),
            example("mnist_layers.arff"),
            numericClass().toString(),
            InstalledGui.slow(directory).toString());
    assertTrue(
        values.get("error.regex").contains("must be a regular expression"),
        values.get("error.regex"));
    assertTrue(
        values.get("error.precision").contains("\"Precision\": much) must be a number"),
        values.get("error.precision"));
    assertTrue(
        values.get("error.class").contains("\"y\" must be nominal: it is numeric"),
        values.get("error.class"));
    assertTrue(values.get("status").matches(".*slow: \\d+ %.*"), values.get("status"));
    assertTrue(values.get("stopped").contains("with what was finished"), values.get("stopped"));
    // A is finished; of B there may be an estimate as far as it got.
    assertTrue(table(values, "stopped").containsKey("A"), values::toString);
  }

  @Test
  void runsKeepTheirDataAndEndWithTheirWindow() throws IOException {
    Map<String, String> values =
        drive(
            "ExplorerDriver",
            "changes",
            PICTURES.toString(),
            directory.toString(),
            InstalledGui.slow(directory).toString());
    assertEquals("3", table(values, "kept").get("A").get("Sources"));
    assertEquals("true\tA\t2 units", values.get("layers.0"));
    assertEquals("false", values.get("computing"), "runs that waited must not begin");
  }

  @Test
  void resultsAreRenamedComparedAndDeletedByKeys() {
    Map<String, String> values =
        drive(
            "ExplorerDriver",
            "list",
            PICTURES.toString(),
            directory.toString(),
            example("mnist_layers.arff"));
    assertTrue(values.get("compared.0").startsWith("first epoch 1\tL3"), values::toString);
    assertTrue(values.get("compared.5").startsWith("second epoch 2\tL5"), values::toString);
    assertEquals("second epoch 2", values.get("left"));
    assertEquals("1", values.get("count"));
    assertEquals("0", values.get("countAtEnd"));
    assertEquals("0", values.get("rowsAtEnd"));
    assertEquals("[]", values.get("unreachable"));
  }

  @Test
  void nothingIsCutOffInAnyLookOrSize() {
    Map<String, String> values =
        drive(
            "ExplorerDriver",
            "looks",
            PICTURES.toString(),
            directory.toString(),
            example("mnist_layers.arff"));
    for (String look : List.of("FlatLightLaf", "FlatDarkLaf", "small", "large")) {
      assertEquals("[]", values.get("cut." + look), look);
    }
  }

  @Test
  void hiddenActivationsAreAFilterOfThePreprocessTab() {
    Map<String, String> values =
        drive("PreprocessDriver", PICTURES.toString(), example("mnist_layers.arff"));
    assertEquals(
        List.of("L1_1", "L1_2", "L1_3", "L2_1", "L2_2", "L2_3", "digit"),
        IntStream.range(0, 7).mapToObj(i -> values.get("attribute." + i)).toList());
    assertFalse(values.containsKey("attribute.7"), values::toString);
    assertEquals("nominal", values.get("type"));
    assertEquals("1484", values.get("instances"));
    assertEquals("true", values.get("unchanged"));
  }

  private static Path numericClass() throws IOException {
    return Files.writeString(
        directory.resolve("numeric.arff"),
        """
        @relation numeric
        @attribute u1 numeric
        @attribute u2 numeric
        @attribute y numeric
        @data
        0.1,0.2,1.5
        0.3,-0.2,2.5
        """);
  }
}
