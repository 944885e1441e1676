package nnpid.command;

import static nnpid.command.CommandLine.json;
import static nnpid.command.CommandLine.layer;
import static nnpid.command.CommandLine.number;
import static nnpid.command.CommandLine.strings;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the command line says about the samples its numbers rest on. */
class SamplesInReportsTest {
  @TempDir Path directory;

  /** A file of ../shared/data/cases, or one like it. */
  private static String input(String name) {
    return Path.of("src/test/resources/cases").resolve(name).toString();
  }

  private static boolean hasWarning(JsonObject report, String text) {
    return strings(report, "warnings").stream().anyMatch(warning -> warning.contains(text));
  }

  /** Merged before they were shuffled, samples of weight 0.5 had p = 0.84 for a real signal. */
  @Test
  void pValuesDoNotDependOnTheUnitOfWeights() {
    String[] options = {"-weights", "w", "-permutations", "199", "-t"};
    JsonObject one = layer(with(options, input("permutations_weight_one.arff")));
    JsonObject half = layer(with(options, input("permutations_weight_half.arff")));
    assertEquals("counts", one.get("weightsAre").getAsString());
    assertEquals("importance", half.get("weightsAre").getAsString());
    assertEquals(one.get("permutations"), half.get("permutations"));
    assertEquals(
        0.005,
        number(half.getAsJsonObject("permutations").getAsJsonObject("mutualInformation"), "pValue"),
        1e-12);
    assertEquals(
        number(one, "realizationsPerInstance"), number(half, "realizationsPerInstance"), 1e-12);
    assertEquals(400, number(half, "sampleSize"), 1e-9);
  }

  private static String[] with(String[] options, String last) {
    String[] all = java.util.Arrays.copyOf(options, options.length + 1);
    all[options.length] = last;
    return all;
  }

  @Test
  void largeWeightsOfFewRowsAreNoLargeSample() {
    String noise = input("noise_weight_1000.arff");
    JsonObject counts = layer("-t", noise, "-weights", "w");
    assertTrue(hasWarning(counts, "look like weights or copies"), counts::toString);
    assertTrue(hasWarning(counts, "multiples of 1000"), counts::toString);
    JsonObject importance = layer("-t", noise, "-weights", "w", "-weights-are", "importance");
    assertEquals(1, number(importance, "realizationsPerInstance"), 1e-12);
    assertTrue(hasWarning(importance, "R/m = 1.00"), importance::toString);
    assertTrue(hasWarning(importance, "C changes with the number of samples"));
    assertFalse(hasWarning(importance, "look like weights or copies"));
    String text = CommandLine.run("-t", noise, "-weights", "w", "-weights-are", "importance").out();
    assertTrue(text.contains("importance: as much as 100.0 samples"), text);
  }

  @Test
  void instancesWithoutClassAreToldInEveryForm() {
    String file = input("missing_class.arff");
    JsonObject layer = layer("-t", file);
    assertEquals(133, number(layer, "instances"), 0);
    assertEquals(67, number(layer, "instancesLeftOut"), 0);
    assertTrue(hasWarning(layer, "67 of 200 instances were left out: 67 have no class"));
    String text = CommandLine.run("-t", file).out();
    assertTrue(text.contains("Instances:    133 of 200 (left out: 67 have no class)"), text);
    String csv = CommandLine.run("-t", file, "-format", "csv").out();
    List<String> header = List.of(csv.lines().findFirst().orElseThrow().split(",", -1));
    List<String> row = List.of(csv.lines().skip(1).findFirst().orElseThrow().split(",", -1));
    assertEquals("67", row.get(header.indexOf("instancesLeftOut")));
  }

  @Test
  void cellsOfCountZeroCountNothing() {
    JsonObject layer = layer("-t", input("crosstab.csv"), "-c", "cls", "-weights", "count");
    assertEquals(0.5373, number(layer, "mutualInformation"), 5e-5);
    assertEquals(1.4733, number(layer, "representationalComplexity"), 5e-5);
    assertEquals(2, number(layer, "instancesLeftOut"), 0);
    assertFalse(hasWarning(layer, "left out")); // they were not meant to count
  }

  @Test
  void oneSubsetOrOneShuffleHasNoSpread() {
    JsonObject layer =
        layer(
            "-example",
            "-layers",
            "(L3)_.*",
            "-method",
            "subsampling",
            "-subset-size",
            "3",
            "-draws",
            "1");
    assertTrue(layer.get("standardError").isJsonNull());
    assertTrue(layer.getAsJsonObject("subsampling").get("standardDeviation").isJsonNull());
    CommandLine run =
        CommandLine.run(
            "-example",
            "-layers",
            "(L3)_.*",
            "-method",
            "subsampling",
            "-subset-size",
            "3",
            "-draws",
            "1",
            "-permutations",
            "1");
    assertTrue(run.out().contains("standard deviation undefined"), run::out);
    assertTrue(run.out().lines().anyMatch(line -> line.matches("L3 .* undefined .*")), run::out);
    assertTrue(run.out().contains("against 1 shuffle of"), run::out);
    assertTrue(
        run.out()
            .lines()
            .anyMatch(line -> line.matches("C +\\d\\.\\d+ +\\d\\.\\d+ +undefined +1.0000")),
        run::out);
  }

  /** What is compared is what is reported: of subsets the mean of C, and I of the whole layer. */
  @Test
  void subsetsAreComparedByWhatIsReported() {
    JsonObject layer =
        layer(
            "-example",
            "-layers",
            "(L3)_.*",
            "-method",
            "subsampling",
            "-subset-size",
            "2",
            "-draws",
            "4",
            "-permutations",
            "2");
    JsonObject shuffles = layer.getAsJsonObject("permutations");
    for (String name : List.of("mutualInformation", "representationalComplexity")) {
      assertEquals(number(layer, name), number(shuffles.getAsJsonObject(name), "observed"), 1e-12);
    }
    // The whole layer of shuffled classes has more information than its pairs.
    assertTrue(number(shuffles.getAsJsonObject("mutualInformation"), "mean") > 0.1);
  }

  @Test
  void trainingTellsOfFewSamplesAndOfThoseLeftOut() {
    StringBuilder arff =
        new StringBuilder("@relation few\n@attribute x numeric\n@attribute y numeric\n");
    arff.append("@attribute c {a,b}\n@data\n");
    Random random = new Random(1);
    for (int i = 0; i < 60; i++) {
      arff.append(
          random.nextGaussian()
              + ","
              + random.nextGaussian()
              + (i < 50 ? random.nextBoolean() ? ",a" : ",b" : ",?")
              + "\n");
    }
    String[] options = {
      "-t",
      CommandLine.file(directory, "few.arff", arff.toString()),
      "-train",
      "weka.classifiers.functions.QuantizedNetwork -H 5,2 -L 8 -N 3 -checkpoints 0,2"
    };
    JsonObject report = json(options);
    JsonArray points = report.getAsJsonArray("trajectory");
    for (JsonElement point : points) {
      assertEquals(50, number(point.getAsJsonObject(), "instances"), 0);
      assertEquals(10, number(point.getAsJsonObject(), "instancesLeftOut"), 0);
      assertTrue(number(point.getAsJsonObject(), "realizationsPerInstance") > 0);
    }
    assertTrue(hasWarning(report, "10 of 60 instances were left out"), report::toString);
    assertTrue(
        hasWarning(report, "L1 has few samples per realization at all checkpoints"),
        report::toString);
    String text = CommandLine.run(options).out();
    assertTrue(text.contains("Warning: L1 has few samples"), text);
    String csv = CommandLine.run(with(with(options, "-format"), "csv")).out();
    assertTrue(
        csv.lines().findFirst().orElseThrow().contains("realizationsPerInstance,informationBias"),
        csv);
  }

  /** Three layers of one file: the same draws, in every form; and no sign of them without. */
  @Test
  void valuesAtAHorizonAreToldInEveryFormIfTheyAreWanted() {
    JsonObject report = json("-example", "-horizon", "auto");
    for (JsonElement layer : report.getAsJsonArray("layers")) {
      JsonObject horizon = layer.getAsJsonObject().getAsJsonObject("horizon");
      assertEquals(5420, number(horizon, "draws"), 0);
      JsonArray degrees = horizon.getAsJsonArray("degreeOfSynergy");
      double sum = 0;
      double complexity = 0;
      for (int k = 0; k < 5; k++) {
        sum += degrees.get(k).getAsDouble();
        complexity += (k + 1) * degrees.get(k).getAsDouble();
        assertEquals(sum, horizon.getAsJsonArray("accessible").get(k).getAsDouble(), 1e-12);
      }
      assertEquals(sum, number(horizon, "mutualInformation"), 1e-9);
      assertEquals(complexity / sum, number(horizon, "representationalComplexity"), 1e-9);
      assertFalse(horizon.has("standardError"));
    }
    String text = CommandLine.run("-example", "-horizon", "auto").out();
    assertTrue(text.contains("At a horizon of L draws of other samples"), text);
    String csv = CommandLine.run("-example", "-horizon", "auto", "-format", "csv").out();
    String without = CommandLine.run("-example", "-format", "csv").out();
    String columns = "horizonDraws,horizonMutualInformation,horizonComplexity,";
    assertTrue(csv.contains(columns) && csv.contains("horizonDegreeOfSynergy5"), csv);
    assertFalse(without.contains("orizon"), without);
    assertFalse(layer("-example", "-layers", "(L3)_.*").has("horizon"));
  }
}
