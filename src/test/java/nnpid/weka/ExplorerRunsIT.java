package nnpid.weka;

import static nnpid.weka.InstalledGui.PICTURES;
import static nnpid.weka.InstalledGui.table;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import nnpid.command.CommandLine;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import weka.classifiers.Evaluation;
import weka.classifiers.functions.QuantizedNetwork;
import weka.core.Instances;
import weka.core.SerializationHelper;
import weka.core.converters.ConverterUtils.DataSource;

/**
 * Runs that take a while, looked at in the Explorer while they go on: searches for groups, many
 * layers, trainings. What {@link ExplorerPanelIT} says of displays and pictures holds here too.
 */
class ExplorerRunsIT {
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

  @Test
  void showsGroupsWhileTheyAreSearchedFor() throws IOException {
    Path data = InstalledGui.wide(directory);
    Map<String, String> values =
        gui.drive(
            "ExplorerDriver", "groups", PICTURES.toString(), directory.toString(), data.toString());
    // The curve grew while it was looked at, and the event thread was free.
    assertTrue(values.get("live.lengths").contains(","), values.get("live.lengths"));
    assertTrue(values.get("live.tip").contains("group"), values.get("live.tip"));
    assertComputesElsewhere(values, "edt");
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

  @Test
  void fiftyLayersWithAllAtomsAreShown() throws IOException {
    Map<String, String> values =
        gui.drive(
            "ExplorerDriver",
            "many",
            PICTURES.toString(),
            directory.toString(),
            InstalledGui.many(directory).toString());
    assertEquals("50", values.get("rows"));
    assertEquals("7579", values.get("atoms"));
    assertComputesElsewhere(values, "edt");
  }

  /** As an older version, or another program, may have left them. */
  @Test
  void trainsANetworkOnTheLoadedData() throws Exception {
    Map<String, String> values =
        gui.drive(
            "ExplorerDriver",
            "training",
            PICTURES.toString(),
            directory.toString(),
            gui.example("tishby.arff"),
            gui.example("xor.arff"));
    assertTrue(values.get("live").contains("of 2 repeats, up to epoch"), values.get("live"));
    assertComputesElsewhere(values, "edt");
    String note = values.get("note");
    assertTrue(note.startsWith("tishby, 2 of 2 repeats, up to epoch 1000. L2 has few"), note);
    assertTrue(values.get("finished").contains("(training, sx, auto)"), values.get("finished"));

    // The table is that of the command line.
    String network = "weka.classifiers.functions.QuantizedNetwork -H 10,5,5 -checkpoints log:30";
    CommandLine expected =
        CommandLine.run(
            "-t",
            gui.example("tishby.arff"),
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
    Instances data = DataSource.read(gui.example("tishby.arff"));
    data.setClassIndex(data.numAttributes() - 1);
    Evaluation evaluation = new Evaluation(data);
    evaluation.evaluateModel(saved, data);
    int accuracy = List.of(lines.get(0).split(",", -1)).indexOf("trainAccuracy");
    assertEquals(Double.parseDouble(last.get(accuracy)), evaluation.pctCorrect() / 100, 1e-12);
    assertTrue(((Instances) model[1]).equalHeaders(data));

    assertTrue(values.get("stopped").contains("with what was finished"), values.get("stopped"));
    assertTrue(
        values.get("error.layers").contains("(\"Hidden layers\": 2-9)"),
        values.get("error.layers"));
    assertTrue(
        values.get("error.repeats").contains("\"Repeats\": few)"), values.get("error.repeats"));
    assertEquals("4096 x 21", values.get("activations"));
    assertEquals("L1_1", values.get("firstUnit"));
    assertTrue(
        values.get("error.otherData").contains("must be those the network was trained on"),
        values.get("error.otherData"));
  }

  private static void assertComputesElsewhere(Map<String, String> values, String key) {
    assertEquals("", values.get(key + "Computes"), "The event thread must not compute.");
  }
}
