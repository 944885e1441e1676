package nnpid.weka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import nnpid.command.CommandLine;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import weka.core.Instances;
import weka.core.converters.ConverterUtils.DataSource;

/**
 * The template flows, run without windows and in the real KnowledgeFlow, from the installed zip,
 * and compared with the command line.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class KnowledgeFlowIT {
  @TempDir static Path directory;

  private static InstalledGui gui;

  @BeforeAll
  static void installAndOpenDisplay() throws IOException {
    gui = InstalledGui.open(directory);
  }

  @AfterAll
  static void closeDisplay() throws InterruptedException {
    if (gui != null) {
      gui.close();
    }
  }

  /** A bundled flow. */
  private static JsonObject flow(String name) throws IOException {
    return JsonParser.parseString(Files.readString(Path.of(gui.example(name)))).getAsJsonObject();
  }

  private static JsonObject step(JsonObject flow, String name) {
    for (JsonElement step : flow.getAsJsonArray("steps")) {
      if (properties(step).get("name").getAsString().equals(name)) {
        return step.getAsJsonObject();
      }
    }
    throw new IllegalStateException("No step " + name);
  }

  private static JsonObject properties(JsonElement step) {
    return step.getAsJsonObject().getAsJsonObject("properties");
  }

  /** Lets a step of the flow write what another sends. */
  private static Path save(JsonObject flow, String from, String connection) {
    Path file = directory.resolve((from + "-" + connection).replace(' ', '-'));
    JsonObject properties = new JsonObject();
    properties.addProperty("name", "save " + from + " " + connection);
    JsonObject saver = new JsonObject();
    saver.add("properties", properties);
    saver.add("connections", new JsonObject());
    if (connection.equals("text")) {
      saver.addProperty("class", "weka.knowledgeflow.steps.TextSaver");
      file = file.resolveSibling(file.getFileName() + ".txt");
      properties.addProperty("file", file.toString());
      properties.addProperty("append", true);
    } else {
      saver.addProperty("class", "weka.knowledgeflow.steps.Saver");
      JsonObject arff = new JsonObject();
      arff.addProperty("type", "saver");
      arff.addProperty("class", "weka.core.converters.ArffSaver");
      arff.addProperty("filePath", "");
      arff.addProperty("dir", directory.toString());
      arff.addProperty("prefix", file.getFileName().toString());
      arff.addProperty("useRelativePath", false);
      arff.addProperty("options", "-decimal 12");
      properties.add("saver", arff);
      properties.addProperty("relationNameForFilename", false);
      file = file.resolveSibling(file.getFileName() + ".arff");
    }
    flow.getAsJsonArray("steps").add(saver);
    JsonObject connections = step(flow, from).getAsJsonObject("connections");
    if (!connections.has(connection)) {
      connections.add(connection, new JsonArray());
    }
    connections.getAsJsonArray(connection).add(properties.get("name"));
    return file;
  }

  private static Path write(String name, JsonObject flow) throws IOException {
    return Files.writeString(directory.resolve(name), new Gson().toJson(flow));
  }

  /** Runs a flow without windows; it must end without a complaint. */
  private static String run(Path flow) {
    InstalledPackage.Result run =
        gui.installed().java(List.of(), "weka.knowledgeflow.FlowRunner", flow.toString());
    assertEquals(0, run.exitCode(), run::toString);
    assertTrue(run.stdout().contains("Finished all flows"), run::toString);
    for (String complaint : List.of("ERROR", "WARN", "Exception", "Unable")) {
      assertFalse(run.toString().contains(complaint), run::toString);
    }
    return run.stdout();
  }

  private static void assertSame(JsonObject layer, Instances table, int row, String name) {
    double value = table.instance(row).value(table.attribute(name));
    assertEquals(CommandLine.number(layer, name), value, 1e-9, name);
  }

  @Test
  @Order(0)
  void everyFlowIsATemplateAndHasItsTest() throws IOException {
    List<String> flows =
        gui.installed().files().stream()
            .filter(file -> file.startsWith("examples/") && file.endsWith(".kf"))
            .toList();
    assertEquals(
        List.of(
            "examples/compare-layers.kf", "examples/select-units.kf", "examples/train-network.kf"),
        flows);
    String templates = Files.readString(Path.of("weka-package", "PluginManager.props"));
    for (String flow : flows) {
      String name = flow(Path.of(flow).getFileName().toString()).get("flow_name").getAsString();
      assertTrue(templates.contains("|" + name + "|nnpid/" + flow + "]"), flow);
    }
  }

  @Test
  @Order(1)
  void comparesLayersLikeTheCommandLine() throws Exception {
    JsonObject flow = flow("compare-layers.kf");
    Path exact = save(flow, "Complexity", "dataSet");
    Path bounds = save(flow, "Bounds by groups", "dataSet");
    Path text = save(flow, "Complexity", "text");
    run(write("compare.kf", flow));

    Instances table = DataSource.read(exact.toString());
    List<JsonObject> layers = CommandLine.layers(CommandLine.json("-example", "-seed", "1"));
    assertEquals(3, table.numInstances());
    for (int row = 0; row < 3; row++) {
      assertSame(layers.get(row), table, row, "representationalComplexity");
      assertSame(layers.get(row), table, row, "mutualInformation");
      double[] byDegree = CommandLine.numbers(layers.get(row), "degreeOfSynergy");
      for (int degree = 1; degree <= 5; degree++) {
        assertEquals(
            byDegree[degree - 1],
            table.instance(row).value(table.attribute("degreeOfSynergy" + degree)),
            1e-9);
      }
    }
    assertTrue(Files.readString(text).contains("=== Representational complexity ==="));

    Instances groups = DataSource.read(bounds.toString());
    List<JsonObject> grouped =
        CommandLine.layers(
            CommandLine.json(
                "-example", "-seed", "1", "-method", "coarse-graining", "-groups-count", "3"));
    for (int row = 0; row < 3; row++) {
      JsonObject expected = grouped.get(row).getAsJsonObject("coarseGraining");
      assertEquals(
          CommandLine.number(expected, "lower"),
          groups.instance(row).value(groups.attribute("lowerBound")),
          1e-9);
      assertEquals(
          CommandLine.number(expected, "upper"),
          groups.instance(row).value(groups.attribute("upperBound")),
          1e-9);
    }
  }

  @Test
  @Order(2)
  void selectsUnitsLikeTheCommandLine() throws Exception {
    JsonObject flow = flow("select-units.kf");
    Path accuracy = save(flow, "ClassifierPerformanceEvaluator", "text");
    Path ranking = save(flow, "PidAttributeEval", "text");
    run(write("select.kf", flow));

    String data = gui.example("mnist_layers.arff");
    InstalledPackage.Result classified =
        gui.installed()
            .run(
                "-no-scan",
                "weka.classifiers.meta.AttributeSelectedClassifier",
                "-t",
                data,
                "-x",
                "5",
                "-s",
                "1",
                "-o",
                "-E",
                "weka.attributeSelection.PidAttributeEval",
                "-S",
                "weka.attributeSelection.Ranker -N 5",
                "-W",
                "weka.classifiers.trees.J48");
    String all = classified.stdout();
    assertEquals(
        correct(all.substring(all.indexOf("Stratified cross-validation"))),
        correct(Files.readString(accuracy)));
    InstalledPackage.Result ranked =
        gui.installed()
            .run(
                "-no-scan",
                "weka.attributeSelection.PidAttributeEval",
                "-i",
                data,
                "-s",
                "weka.attributeSelection.Ranker");
    assertEquals(ranking(ranked.stdout()), ranking(Files.readString(ranking)));
  }

  private static String correct(String text) {
    Matcher matcher = Pattern.compile("Correctly Classified Instances +(\\d+)").matcher(text);
    assertTrue(matcher.find(), text);
    return matcher.group(1);
  }

  private static String ranking(String text) {
    String selected =
        text.lines().filter(line -> line.startsWith("Selected attributes:")).findFirst().orElse("");
    assertTrue(selected.endsWith(": 15"), text);
    return selected;
  }

  @Test
  @Order(3)
  void trainsAndComparesLayersLikeTheCommandLine() throws Exception {
    JsonObject flow = flow("train-network.kf");
    Path saved = save(flow, "Complexity", "dataSet");
    run(write("train.kf", flow));

    Path hidden = directory.resolve("hidden.arff");
    InstalledPackage.Result filtered =
        gui.installed()
            .run(
                "-no-scan",
                "weka.filters.supervised.attribute.HiddenActivations",
                "-i",
                gui.example("tishby.arff"),
                "-c",
                "last",
                "-o",
                hidden.toString(),
                "-W",
                "weka.classifiers.functions.QuantizedNetwork -H 12,4,4,4 -L 8 -N 1000 -S 1",
                "-layers",
                "2-4");
    assertEquals("", filtered.stderr(), filtered::toString);
    List<JsonObject> layers =
        CommandLine.layers(CommandLine.json("-t", hidden.toString(), "-seed", "1"));
    Instances table = DataSource.read(saved.toString());
    assertEquals(3, table.numInstances());
    for (int row = 0; row < 3; row++) {
      assertEquals("L" + (row + 2), table.instance(row).stringValue(0));
      assertSame(layers.get(row), table, row, "representationalComplexity");
      assertSame(layers.get(row), table, row, "mutualInformation");
    }
  }

  @Test
  @Order(4)
  void showsTheNumbersOfTheCommandLineInItsWindows() {
    Map<String, String> values =
        gui.drive("KnowledgeFlowDriver", "tour", InstalledGui.PICTURES.toString());
    assertTrue(
        values
            .get("templates")
            .equals(
                "Quantize; coarse-grain; compare layers|Select units by PID; then classify"
                    + "|Train; extract hidden layers; compare their complexity"),
        values.get("templates"));
    InstalledGui.assertSameAsCommandLine(
        InstalledGui.table(values, "summary"), CommandLine.json("-example", "-seed", "1"));
    assertEquals("Evaluation", values.get("category"));
    assertEquals("1", values.get("results"));
    assertEquals("true", values.get("resultsAfterCancel"));
    assertEquals("2", values.get("images"));
    assertTrue(values.get("text").contains("=== Representational complexity ==="));
    for (String field : List.of("Quantizer", "Measure", "Method", "Objective", "More options")) {
      assertTrue(values.get("fields").contains(field), values.get("fields"));
    }
  }

  @Test
  @Order(5)
  void tellsErrorsInASentenceAndStops() throws IOException {
    JsonObject noClass = flow("compare-layers.kf");
    JsonObject connections = step(noClass, "ArffLoader").getAsJsonObject("connections");
    JsonArray next = new JsonArray();
    next.add("Complexity");
    connections.add("dataSet", next);
    Map<String, String> values =
        gui.drive(
            "KnowledgeFlowDriver",
            "trouble",
            InstalledGui.PICTURES.toString(),
            write("no-class.kf", noClass).toString(),
            write("slow.kf", slowFlow()).toString());
    assertTrue(
        values
            .get("error")
            .matches("(?s).*\\[ERROR\\] Complexity\\$\\d+\\|The data \\(mnist_layers\\) must.*"),
        values.get("error"));
    assertFalse(values.get("error").contains("Exception"), values.get("error"));
    assertTrue(values.get("status").matches(".*slow: \\d+ %.*"), values.get("status"));
    assertTrue(InstalledGui.table(values, "stopped").containsKey("A"), values::toString);
  }

  private static JsonObject slowFlow() throws IOException {
    Path data = InstalledGui.slow(directory);
    return JsonParser.parseString(
            """
            {"flow_name": "slow", "steps": [
              {"class": "weka.knowledgeflow.steps.Loader",
               "properties": {"name": "ArffLoader", "loader": {"type": "loader",
                 "class": "weka.core.converters.ArffLoader", "filePath": "%s",
                 "useRelativePath": false}},
               "connections": {"dataSet": ["ClassAssigner"]}, "coordinates": "50,100"},
              {"class": "weka.knowledgeflow.steps.ClassAssigner",
               "properties": {"name": "ClassAssigner", "classColumn": "/last"},
               "connections": {"dataSet": ["RepresentationalComplexity"]},
               "coordinates": "200,100"},
              {"class": "weka.knowledgeflow.steps.RepresentationalComplexity",
               "properties": {"name": "RepresentationalComplexity", "precision": "0.00001"},
               "connections": {}, "coordinates": "350,100"}]}
            """
                .formatted(data.toString().replace('\\', '/')))
        .getAsJsonObject();
  }

  /** Last: what the KnowledgeFlow has written into its settings before must not hurt. */
  @Test
  @Order(6)
  void uninstalledItLeavesTheKnowledgeFlowWorking() throws IOException {
    JsonObject flow = flow("compare-layers.kf");
    Path data = Files.copy(Path.of(gui.example("xor.arff")), directory.resolve("xor.arff"));
    JsonArray steps = new JsonArray();
    for (String name : List.of("ArffLoader", "ClassAssigner", "Tables")) {
      steps.add(step(flow, name));
    }
    flow.add("steps", steps);
    JsonArray next = new JsonArray();
    next.add("Tables");
    step(flow, "ClassAssigner").getAsJsonObject("connections").add("dataSet", next);
    properties(step(flow, "ArffLoader"))
        .getAsJsonObject("loader")
        .addProperty("filePath", data.toString());
    Path plain = write("plain.kf", flow);
    gui.installed().packageManager("-uninstall-package", "representationalComplexity");
    assertFalse(Files.exists(gui.installed().packageDirectory()));
    Map<String, String> values =
        gui.drive("KnowledgeFlowDriver", "run", InstalledGui.PICTURES.toString(), plain.toString());
    assertEquals("", values.get("templates"));
    assertEquals("", values.get("category"));
    assertTrue(values.get("log").contains("Tables: Finished."), values.get("log"));
  }
}
