package nnpid.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import nnpid.testing.NumpyWriter;
import nnpid.weka.UnitSelection;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import weka.core.Instances;
import weka.core.converters.ConverterUtils.DataSource;

/** Files with several rows per sample. */
class PassesCommandTest {
  private static final int SAMPLES = 60;
  private static final int PASSES = 3;

  @TempDir static Path directory;

  private record Row(int sample, double unit1, double unit2, int label) {}

  private static List<Row> rows() {
    SplittableRandom random = new SplittableRandom(8);
    List<Row> samples = new ArrayList<>();
    for (int sample = 0; sample < SAMPLES; sample++) {
      int label = random.nextInt(2);
      samples.add(new Row(sample, random.nextDouble(), label + random.nextDouble(), label));
    }
    List<Row> rows = new ArrayList<>();
    for (int pass = 0; pass < PASSES; pass++) {
      for (Row one : samples) { // pass by pass, as a loop over a network gives them
        rows.add(
            new Row(
                one.sample(),
                one.unit1() + 0.3 * random.nextDouble(),
                one.unit2() + 0.3 * random.nextDouble(),
                one.label()));
      }
    }
    return rows;
  }

  @BeforeAll
  static void write() throws Exception {
    List<Row> rows = rows();
    StringBuilder csv = new StringBuilder("L1_1,sample_id,L1_2,class\n");
    StringBuilder cells = new StringBuilder();
    for (Row row : rows) {
      csv.append("%s,%d,%s,c%d%n".formatted(row.unit1(), row.sample(), row.unit2(), row.label()));
      cells.append(
          "%s,img%d,%s,c%d%n".formatted(row.unit1(), row.sample(), row.unit2(), row.label()));
    }
    Files.writeString(directory.resolve("numbers.csv"), csv);
    Files.writeString(directory.resolve("names.csv"), "L1_1,sample_id,L1_2,class\n" + cells);
    String header =
        "@relation numbers\n@attribute L1_1 numeric\n@attribute sample_id %s\n"
            + "@attribute L1_2 numeric\n@attribute class {c0,c1}\n@data\n";
    Files.writeString(directory.resolve("text.arff"), header.formatted("string") + cells);
    Files.writeString(
        directory.resolve("numbers.arff"),
        header.formatted("numeric") + csv.substring(csv.indexOf("\n") + 1));
    double[][] units =
        rows.stream().map(r -> new double[] {r.unit1(), r.unit2()}).toArray(double[][]::new);
    double[][] ids = rows.stream().map(r -> new double[] {r.sample()}).toArray(double[][]::new);
    Map<String, byte[]> arrays = new LinkedHashMap<>();
    arrays.put("L1", NumpyWriter.table("<f8", false, units));
    arrays.put("sample_id", NumpyWriter.table("<f8", false, ids));
    arrays.put("y", NumpyWriter.labels(rows.stream().mapToInt(Row::label).toArray()));
    NumpyWriter.archive(directory.resolve("passes.npz"), false, arrays);
  }

  private static String file(String name) {
    return directory.resolve(name).toString();
  }

  private static JsonObject layer(String... options) {
    JsonObject layer = CommandLine.layer(options);
    layer.remove("classes");
    return layer;
  }

  /** Whatever marks the samples, and however the file is read. */
  @ParameterizedTest
  @ValueSource(strings = {"names.csv", "text.arff", "numbers.arff", "passes.npz"})
  void allFormatsTellWhichRowsAreOfTheSameSample(String name) {
    String[] options = {"-halves", "4", "-permutations", "9", "-t", ""};
    options[5] = file("numbers.csv");
    JsonObject expected = layer(options);
    options[5] = file(name);
    JsonObject found = layer(options);
    expected.remove("target"); // y in NumPy's file
    found.remove("target");
    expected.remove("seconds");
    found.remove("seconds");
    assertEquals(expected, found);
    assertEquals(PASSES, CommandLine.number(found, "passes"), 0);
    assertEquals(SAMPLES, CommandLine.number(found, "sampleSize"), 0);
    assertEquals(SAMPLES * PASSES, CommandLine.number(found, "instances"), 0);
    assertTrue(found.get("informationBias").isJsonNull());
    assertEquals(2, found.getAsJsonArray("sources").size());
  }

  @Test
  void testDataAndCheckpointsKnowTheirPassesToo() throws Exception {
    String file = file("numbers.csv");
    JsonObject test = layer("-t", file, "-T", file("text.arff")).getAsJsonObject("test");
    assertEquals(PASSES, CommandLine.number(test, "passes"), 0);
    Files.copy(directory.resolve("text.arff"), directory.resolve("epoch_1.arff"));
    Files.copy(directory.resolve("numbers.arff"), directory.resolve("epoch_2.arff"));
    for (String limits : List.of("each", "first")) { // texts are instances, numbers are not
      JsonArray points =
          CommandLine.json("-t", file("epoch_*.arff"), "-limits-from", limits)
              .getAsJsonArray("trajectory");
      assertEquals(2, points.size());
      for (JsonElement point : points) {
        assertEquals(
            CommandLine.number(layer("-t", file), "representationalComplexity"),
            CommandLine.number(point.getAsJsonObject(), "representationalComplexity"),
            1e-12);
        assertEquals(SAMPLES, CommandLine.number(point.getAsJsonObject(), "sampleSize"), 0);
      }
    }
  }

  @Test
  void whatTheyAreCanBeSaid() {
    String file = file("numbers.csv");
    JsonObject none = layer("-t", file, "-samples", "none", "-layers", "all");
    assertEquals(3, none.getAsJsonArray("sources").size());
    assertEquals(1, CommandLine.number(none, "passes"), 0);
    assertEquals(
        PASSES, CommandLine.number(layer("-t", file, "-samples", "sample_id"), "passes"), 0);
    assertTrue(CommandLine.run("-t", file).out().contains("180 (3 passes of every sample)"));
    assertRefused("there is none of this name", "-t", file, "-samples", "smaple_id");
    assertRefused(
        "same class", "-t", file, "-samples", "class", "-c", "sample_id", "-nominal-class");
    assertRefused("must not be the class", "-t", file, "-samples", "class");
    assertRefused("-rank must go with plug-in", "-t", file, "-rank", "1", "-values", "corrected");
    assertRefused("-horizon must not", "-t", file, "-horizon", "5");
    assertRefused("one instance each", "-t", file, "-train", "QuantizedNetwork -N 1");
  }

  /** The window asks for layers before anything is selected. */
  @Test
  void theMarkOfSamplesIsNoUnitInWindows() throws Exception {
    Instances data = DataSource.read(file("numbers.arff"));
    assertArrayEquals(new int[] {0, 2}, UnitSelection.layersOf(data, 3, "all").get("all"));
  }

  private static void assertRefused(String part, String... options) {
    CommandLine run = CommandLine.run(options);
    assertFalse(run.ok());
    assertTrue(run.err().contains(part), run::err);
    assertFalse(run.err().contains("Exception"), run::err);
  }
}
