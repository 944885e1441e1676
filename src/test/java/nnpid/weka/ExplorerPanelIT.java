package nnpid.weka;

import static nnpid.weka.InstalledGui.PICTURES;
import static nnpid.weka.InstalledGui.assertSameAsCommandLine;
import static nnpid.weka.InstalledGui.table;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import weka.classifiers.Evaluation;
import weka.classifiers.functions.QuantizedNetwork;
import weka.core.Instances;
import weka.core.SerializationHelper;
import weka.core.converters.ConverterUtils.DataSource;

/**
 * The tab "Complexity" and its perspective, in the real Explorer and Workbench, from the installed
 * zip, on a display of their own (Xvfb; skipped where that is not installed). Pictures go to {@code
 * target/screenshots}: look at them.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
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
  @Order(1)
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
    assertEquals("false", values.get("enabledWithoutData"));
    assertEquals("true\tL3\t5 units", values.get("layers.0"));
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
    for (int i = 0; i < 7; i++) {
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
        CommandLine.run("-example", "-seed", "1", "-atoms", "-format", "json").out(), json);
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
  }

  @Test
  @Order(2)
  void tellsErrorsInASentenceAndStopsWithinASecond() throws IOException {
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
        values.get("error.precision").contains("(much) must be a number"),
        values.get("error.precision"));
    assertTrue(
        values.get("error.class").contains("\"y\" must be nominal: it is numeric"),
        values.get("error.class"));
    assertTrue(values.get("status").matches(".*slow: \\d+ %.*"), values.get("status"));
    assertTrue(Long.parseLong(values.get("stopMillis")) < 1000, values.get("stopMillis"));
    assertTrue(values.get("stopped").contains("with what was finished"), values.get("stopped"));
    // A is finished; of B there may be an estimate as far as it got.
    assertTrue(table(values, "stopped").containsKey("A"), values::toString);
  }

  @Test
  @Order(3)
  void eventThreadIsFreeWhile60000InstancesAreAnalyzed() {
    Path data =
        Path.of(System.getProperty("shared.dir", "../shared"))
            .resolve("data/mnist8_epoch1000_layers.arff.gz")
            .toAbsolutePath();
    assumeTrue(Files.exists(data), () -> "No data " + data);
    Map<String, String> values =
        drive(
            "ExplorerDriver", "large", PICTURES.toString(), directory.toString(), data.toString());
    assertFree(values, "edt");
    assertFree(values, "groupsEdt");
  }

  @Test
  @Order(6)
  void showsGroupsWhileTheyAreSearchedFor() throws IOException {
    Path data = wide();
    Map<String, String> values =
        drive(
            "ExplorerDriver", "groups", PICTURES.toString(), directory.toString(), data.toString());
    // The curve grew while it was looked at, and the event thread was free.
    assertTrue(values.get("live.lengths").contains(","), values.get("live.lengths"));
    assertTrue(values.get("live.tip").contains("group"), values.get("live.tip"));
    assertFree(values, "edt");
    assertTrue(Long.parseLong(values.get("stopMillis")) < 1000, values.get("stopMillis"));
    assertTrue(values.get("stopped").contains("with what was finished"), values.get("stopped"));
    assertTrue(values.get("tip").contains("alone tells"), values.get("tip"));
    assertTrue(
        values.get("error.grouping").contains("must be optimize, sequential, random"),
        values.get("error.grouping"));
    assertEquals("-1", values.get("sequentialTrace"));

    JsonObject report =
        CommandLine.json(
            "-t",
            data.toString(),
            "-method",
            "coarse-graining",
            "-groups-count",
            "4",
            "-steps",
            "300",
            "-seed",
            "1");
    Map<String, Map<String, String>> table = table(values, "groups");
    assertEquals(2, table.size());
    for (JsonObject layer : CommandLine.layers(report)) {
      JsonObject groups = layer.getAsJsonObject("coarseGraining");
      Map<String, String> row = table.get(layer.get("layer").getAsString());
      assertEquals(groups.get("lower").getAsString(), row.get("C >="));
      assertEquals(groups.get("upper").getAsString(), row.get("C <="));
      assertEquals("null", row.get("C"));
      String option = "-grouping \"" + groups.get("grouping").getAsString() + "\"";
      assertTrue(values.get("text").contains(option), values.get("text"));
    }
    assertEquals(
        Integer.toString(
            CommandLine.layers(report)
                .get(0)
                .getAsJsonObject("coarseGraining")
                .getAsJsonObject("search")
                .getAsJsonArray("trace")
                .size()),
        values.get("trace"));
  }

  private static void assertFree(Map<String, String> values, String prefix) {
    double longest = Double.parseDouble(values.get(prefix + "Millis"));
    System.out.println("Longest wait for the event thread: " + longest + " ms");
    assertTrue(
        longest < 100,
        () ->
            "The event thread was blocked for " + longest + " ms: " + values.get(prefix + "Stack"));
  }

  @Test
  @Order(7)
  void fiftyLayersWithAllAtomsStayFluid() throws IOException {
    Map<String, String> values =
        drive(
            "ExplorerDriver", "many", PICTURES.toString(), directory.toString(), many().toString());
    assertEquals("50", values.get("rows"));
    assertEquals("7579", values.get("atoms"));
    assertFree(values, "edt");
  }

  @Test
  @Order(8)
  void runsKeepTheirDataAndEndWithTheirWindow() throws IOException {
    Map<String, String> values =
        drive(
            "ExplorerDriver",
            "changes",
            PICTURES.toString(),
            directory.toString(),
            InstalledGui.slow(directory).toString());
    assertEquals("3", table(values, "kept").get("A").get("n"));
    assertEquals("true\tA\t2 units", values.get("layers.0"));
    assertTrue(Long.parseLong(values.get("closedMillis")) < 1000, values.get("closedMillis"));
    assertEquals("false", values.get("computing"), "runs that waited must not begin");
  }

  @Test
  @Order(9)
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
  @Order(10)
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

  /** As an older version, or another program, may have left them. */
  @Test
  @Order(13)
  void trainsANetworkOnTheLoadedData() throws Exception {
    Map<String, String> values =
        drive(
            "ExplorerDriver",
            "training",
            PICTURES.toString(),
            directory.toString(),
            example("tishby.arff"),
            example("xor.arff"));
    assertTrue(values.get("live").contains("of 2 repeats, up to epoch"), values.get("live"));
    assertFree(values, "edt");
    assertEquals("tishby, 2 of 2 repeats, up to epoch 1000.", values.get("note"));
    assertTrue(values.get("finished").contains("(training, sx, auto)"), values.get("finished"));

    // The table is that of the command line.
    String network = "weka.classifiers.functions.QuantizedNetwork -H 10,5,5 -checkpoints log:30";
    CommandLine expected =
        CommandLine.run(
            "-t",
            example("tishby.arff"),
            "-train",
            network,
            "-layers",
            "2-3",
            "-repeats",
            "2",
            "-seed",
            "5",
            "-format",
            "csv");
    List<String> lines = expected.out().lines().toList();
    assertEquals(lines.get(0).replace(',', '\t'), values.get("points.header"));
    List<String> last = List.of(lines.get(lines.size() - 1).split(",", -1));
    List<String> shown = List.of(values.get("points." + (lines.size() - 2)).split("\t", -1));
    for (String column :
        List.of("repeat", "epoch", "layer", "trainAccuracy", "representationalComplexity")) {
      int index = List.of(lines.get(0).split(",", -1)).indexOf(column);
      assertEquals(last.get(index), shown.get(index), column);
    }
    assertTrue(values.get("text").contains("Representational complexity C over training"));

    // The saved network is that of the second repeat.
    Object[] model = SerializationHelper.readAll(values.get("model"));
    QuantizedNetwork saved = (QuantizedNetwork) model[0];
    assertEquals(6, saved.getSeed());
    Instances data = DataSource.read(example("tishby.arff"));
    data.setClassIndex(data.numAttributes() - 1);
    Evaluation evaluation = new Evaluation(data);
    evaluation.evaluateModel(saved, data);
    int accuracy = List.of(lines.get(0).split(",", -1)).indexOf("trainAccuracy");
    assertEquals(Double.parseDouble(last.get(accuracy)), evaluation.pctCorrect() / 100, 1e-12);
    assertTrue(((Instances) model[1]).equalHeaders(data));

    assertTrue(Long.parseLong(values.get("stopMillis")) < 1000, values.get("stopMillis"));
    assertTrue(values.get("stopped").contains("with what was finished"), values.get("stopped"));
    assertTrue(values.get("error.layers").contains("(-layers 2-9)"), values.get("error.layers"));
    assertTrue(values.get("error.repeats").contains("(few)"), values.get("error.repeats"));
    assertEquals("4096 x 21", values.get("activations"));
    assertEquals("L1_1", values.get("firstUnit"));
    assertTrue(
        values.get("error.otherData").contains("must be those the network was trained on"),
        values.get("error.otherData"));
  }

  @Test
  @Order(11)
  void unreadableSettingsAreIgnored() throws IOException {
    assumeTrue(settings().isPresent(), "The Workbench has not run before.");
    Path file = settings().get();
    String before = Files.readString(file);
    String after = before.replace("-measure sx -method auto", "-of-version-0 -method none");
    assertFalse(before.equals(after), before);
    Files.writeString(file, after);
    Map<String, String> values =
        drive("WorkbenchDriver", "run", PICTURES.toString(), example("mnist_layers.arff"));
    assertSameAsCommandLine(table(values, "summary"), CommandLine.json("-example", "-seed", "1"));
    assertTrue(values.get("log").contains("-of-version-0"), values.get("log"));
    assertTrue(values.get("log").contains("cannot be used"), values.get("log"));
  }

  /** Where the Workbench has saved the panel's settings. */
  private static Optional<Path> settings() throws IOException {
    try (Stream<Path> files = Files.walk(installed.wekaHome())) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> !file.startsWith(installed.wekaHome().resolve("packages")))
          .filter(ExplorerPanelIT::hasSettings)
          .findFirst();
    }
  }

  private static boolean hasSettings(Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1)
          .contains("representationalcomplexitypanel.initialOptions");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  @Order(4)
  void isAPerspectiveOfTheWorkbench() {
    Map<String, String> values =
        drive("WorkbenchDriver", "run", PICTURES.toString(), example("mnist_layers.arff"));
    assertSameAsCommandLine(table(values, "summary"), CommandLine.json("-example", "-seed", "1"));
  }

  @Test
  @Order(4)
  void hiddenActivationsAreAFilterOfThePreprocessTab() {
    Map<String, String> values =
        drive("PreprocessDriver", PICTURES.toString(), example("mnist_layers.arff"));
    assertEquals(
        List.of("L1_1", "L1_2", "L1_3", "L2_1", "L2_2", "L2_3", "digit"),
        IntStream.range(0, 7).mapToObj(i -> values.get("attribute." + i)).toList());
    assertFalse(values.containsKey("attribute.7"), values::toString);
    assertEquals("nominal", values.get("type"));
    assertEquals("1484", values.get("instances"));
    assertTrue(Long.parseLong(values.get("stopMillis")) < 1000, values.get("stopMillis"));
    assertEquals("true", values.get("unchanged"));
  }

  /** Last: the Workbench has written its settings before. */
  @Test
  @Order(99)
  void uninstalledItLeavesExplorerAndWorkbenchWorking() throws IOException {
    Path data = Files.copy(Path.of(example("xor.arff")), directory.resolve("xor.arff"));
    installed.packageManager("-uninstall-package", "representationalComplexity");
    assertFalse(Files.exists(installed.packageDirectory()));
    assertEquals(
        "-1",
        drive("ExplorerDriver", "open", PICTURES.toString(), directory.toString()).get("tab"));
    assertEquals(
        "false",
        drive("WorkbenchDriver", "open", PICTURES.toString(), data.toString()).get("perspective"));
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

  /** Fifty layers of five units: each has all of its 7,579 atoms. */
  private static Path many() throws IOException {
    Random random = new Random(2);
    StringBuilder arff = new StringBuilder("@relation many\n");
    for (int unit = 0; unit < 250; unit++) {
      arff.append("@attribute L" + (unit / 5 + 1) + "_" + (unit % 5 + 1) + " {0,1}\n");
    }
    arff.append("@attribute class {a,b,c}\n@data\n");
    for (int row = 0; row < 200; row++) {
      int label = random.nextInt(3);
      for (int unit = 0; unit < 250; unit++) {
        arff.append((random.nextInt(4) + label) / 3).append(',');
      }
      arff.append("abc".charAt(label)).append('\n');
    }
    return Files.writeString(directory.resolve("many.arff"), arff);
  }

  /** A layer of fifty units, in which groups of ten know the same, and one of ten. */
  private static Path wide() throws IOException {
    Random random = new Random(3);
    StringBuilder arff = new StringBuilder("@relation wide\n");
    for (int unit = 0; unit < 60; unit++) {
      String name = unit < 50 ? "L1_" + (unit + 1) : "L2_" + (unit - 49);
      arff.append("@attribute ").append(name).append(" {0,1,2}\n");
    }
    arff.append("@attribute class {0,1,2,3,4,5,6,7}\n@data\n");
    for (int row = 0; row < 500; row++) {
      int label = random.nextInt(8);
      for (int unit = 0; unit < 60; unit++) {
        int bit = (label >> (unit % 3)) & 1;
        arff.append(random.nextInt(5) == 0 ? random.nextInt(3) : bit).append(',');
      }
      arff.append(label).append('\n');
    }
    return Files.writeString(directory.resolve("wide.arff"), arff);
  }
}
