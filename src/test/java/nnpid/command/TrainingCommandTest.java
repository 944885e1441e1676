package nnpid.command;

import static nnpid.command.CommandLine.file;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import weka.core.Instances;

/** {@code -train} on the command line. */
class TrainingCommandTest {
  private static final String NETWORK =
      "weka.classifiers.functions.QuantizedNetwork -H 5,3 -L 4 -N 6 -checkpoints 0,2";

  @TempDir Path directory;

  private String train;
  private String test;

  @BeforeEach
  void write() {
    train = file(directory, "train.arff", arff(300, 1));
    test = file(directory, "test.arff", arff(100, 2));
  }

  private static String arff(int rows, long seed) {
    Random random = new Random(seed);
    StringBuilder text =
        new StringBuilder("@relation r\n@attribute x numeric\n@attribute y numeric\n");
    text.append("@attribute c {a,b}\n@data\n");
    for (int i = 0; i < rows; i++) {
      double x = random.nextDouble();
      double y = random.nextDouble();
      text.append(x).append(',').append(y).append(',').append(x > y ? "a\n" : "b\n");
    }
    return text.toString();
  }

  private CommandLine run(String... options) {
    List<String> all = new ArrayList<>(List.of("-t", train, "-train", NETWORK));
    all.addAll(List.of(options));
    return CommandLine.run(all.toArray(new String[0]));
  }

  @Test
  void jsonHasEveryLayerAtEveryCheckpointOfEveryRepeat() {
    CommandLine run = run("-T", test, "-repeats", "2", "-format", "json");
    assertTrue(run.ok(), run::err);
    JsonObject json = JsonParser.parseString(run.out()).getAsJsonObject();
    JsonArray points = json.getAsJsonArray("trajectory");
    assertEquals(2 * 3 * 2, points.size());
    assertTrue(json.get("complete").getAsBoolean());
    JsonObject last = points.get(11).getAsJsonObject();
    assertEquals(2, last.get("repeat").getAsInt());
    assertEquals(6, last.get("epoch").getAsInt());
    assertEquals("L2", last.get("layer").getAsString());
    double accuracy = last.get("testAccuracy").getAsDouble();
    assertTrue(accuracy > 0 && accuracy <= 1, "accuracy " + accuracy);
    assertEquals(3, last.getAsJsonArray("degreeOfSynergy").size());
    double sum = 0;
    double weighted = 0;
    for (int k = 1; k <= 3; k++) {
      double information = last.getAsJsonArray("degreeOfSynergy").get(k - 1).getAsDouble();
      sum += information;
      weighted += k * information;
    }
    assertEquals(last.get("mutualInformation").getAsDouble(), sum, 1e-10);
    assertEquals(last.get("representationalComplexity").getAsDouble(), weighted / sum, 1e-9);
  }

  @Test
  void layersAndFormats() throws Exception {
    CommandLine text = run("-layers", "2");
    assertTrue(text.out().contains("C(L2)") && !text.out().contains("C(L1)"), text::out);
    CommandLine arff = run("-layers", "2", "-format", "arff");
    Instances data = new Instances(new StringReader(arff.out()));
    assertEquals(3, data.numInstances());
    assertTrue(data.attribute("testAccuracy") != null && data.instance(0).isMissing(5));
    CommandLine csv = run("-layers", "2", "-format", "csv");
    assertEquals(4, csv.out().lines().count());
  }

  @Test
  void threadsAndSeedsAsEverywhere() {
    String expected = run("-repeats", "2", "-format", "csv", "-threads", "1").out();
    assertEquals(expected, run("-repeats", "2", "-format", "csv", "-threads", "3").out());
    assertFalse(expected.equals(run("-repeats", "2", "-format", "csv", "-seed", "9").out()));
  }

  @Test
  void chartsAreWritten() throws IOException {
    String prefix = directory.resolve("chart").toString();
    assertTrue(run("-charts", prefix).ok());
    for (String name : List.of("-complexity", "-degrees")) {
      assertEquals(1000, ImageIO.read(Path.of(prefix + name + ".png").toFile()).getWidth());
      assertTrue(Files.readString(Path.of(prefix + name + ".svg")).contains("<svg"));
    }
  }

  /** A disk that is full when the work is done. */
  private Path fullDisk(String name) throws IOException {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.exists(full), "There is no /dev/full.");
    return Files.createSymbolicLink(directory.resolve(name), full);
  }

  @Test
  void resultThatCannotBeWrittenGoesToStandardOutputAndChartsAreWritten() throws IOException {
    String prefix = directory.resolve("chart").toString();
    String output = fullDisk("result.csv").toString();
    CommandLine run = run("-charts", prefix, "-format", "csv", "-o", output);
    assertFalse(run.ok());
    assertEquals(run("-format", "csv").out(), run.out());
    assertTrue(run.err().startsWith("Error: The output (-o " + output + ") could"), run::err);
    assertTrue(run.err().contains("follows on standard output"), run::err);
    for (String end : List.of("-complexity.png", "-complexity.svg", "-degrees.png")) {
      assertTrue(Files.size(Path.of(prefix + end)) > 0, end);
    }
    Files.delete(Path.of(output)); // JUnit warns of links out of its directory
  }

  @Test
  void chartThatCannotBeWrittenLosesNeitherResultNorOtherCharts() throws IOException {
    String prefix = directory.resolve("chart").toString();
    Path chart = fullDisk("chart-complexity.png");
    CommandLine run = run("-charts", prefix, "-format", "csv");
    assertFalse(run.ok());
    assertEquals(run("-format", "csv").out(), run.out());
    assertTrue(run.err().startsWith("Error: The chart (-charts " + chart + ") could"), run::err);
    for (String end :
        List.of("-complexity.svg", "-degrees.png", "-degrees.svg", "-invariants.png")) {
      assertTrue(Files.size(Path.of(prefix + end)) > 0, end);
    }
    Files.delete(chart); // JUnit warns of links out of its directory
  }

  /** Before hours of training, not after them. */
  @Test
  void filesThatCannotBeWrittenAreRefusedBeforeTraining() {
    String nowhere = directory.resolve("nowhere").resolve("x").toString();
    String endless = NETWORK.replace("-N 6", "-N 1000000");
    for (String option : List.of("-o", "-charts", "-resume")) {
      CommandLine run = CommandLine.run("-t", train, "-train", endless, option, nowhere);
      assertFalse(run.ok());
      assertTrue(run.err().contains("(" + option + " " + nowhere), run::err);
      assertTrue(run.err().contains("nowhere does not exist"), run::err);
      assertFalse(run.err().contains("Exception"), run::err);
    }
  }

  @Test
  void noFileOfARunReplacesAnotherOne() throws IOException {
    String data = Files.readString(Path.of(train));
    String state = directory.resolve("state.bin").toString();
    String link = Files.createLink(directory.resolve("hard"), Path.of(train)).toString();
    String chart = directory.resolve("chart").toString();
    Path linkedChart =
        Files.createSymbolicLink(directory.resolve("linked-degrees.svg"), Path.of(test));
    List<List<String>> wrong =
        List.of(
            List.of("-o", train),
            List.of("-o", link),
            List.of("-o", test, "-T", test),
            List.of("-resume", train),
            List.of("-resume", test, "-T", test),
            List.of("-o", state, "-resume", state),
            List.of("-o", state.replace("state", "STATE"), "-resume", state),
            List.of("-o", chart + "-degrees.png", "-charts", chart),
            List.of("-T", test, "-charts", directory.resolve("linked").toString()),
            List.of("-resume", chart + "-complexity.svg", "-charts", chart));
    for (List<String> options : wrong) {
      CommandLine run = run(options.toArray(String[]::new));
      assertFalse(run.ok(), options::toString);
      assertTrue(run.err().contains("must not be the"), run::err);
      assertEquals("", run.out());
    }
    assertEquals(data, Files.readString(Path.of(train)));
    assertTrue(Files.isSymbolicLink(linkedChart));
  }

  @Test
  void aFinishedStateNeedsNoTrainingAndAnotherTaskIsRefused() throws IOException {
    String state = directory.resolve("state.bin").toString();
    CommandLine first = run("-resume", state, "-format", "csv");
    assertTrue(first.ok(), first::err);
    assertEquals(first.out(), run("-resume", state, "-format", "csv").out());
    CommandLine other = run("-resume", state, "-repeats", "3");
    assertFalse(other.ok());
    assertTrue(other.err().contains("-resume") && other.err().contains("anew"), other::err);
    Files.writeString(Path.of(state), "no state");
    CommandLine damaged = run("-resume", state);
    assertFalse(damaged.ok());
    assertTrue(damaged.err().contains("(-resume " + state + ")"), damaged::err);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          -layers 3          | (-layers 3)
          -layers first-x    | (-layers first-x)
          -repeats 0         | (-repeats 0)
          -repeats many      | -repeats many)
          -groups 1          | -groups must not be combined
          -Q weka.x          | -Q must not be combined
          -limits-from all   | -limits-from must not be combined
          -missing drop      | -missing must not be combined
          -atoms             | -atoms must not be combined
          -top 3             | -top must not be combined
          -pointwise target  | -pointwise must not be combined
          -permutations 10   | -permutations must not be combined
          -pairs 5           | -pairs must not be combined
          -rank 2            | -rank must not be combined
          -draws 9           | -draws must go with
          -seed 1 -seed 2    | -seed must be given once
          -T none.arff       | none.arff
          -measure broja     | broja
          """)
  void badOptionsAreNamed(String options, String told) {
    CommandLine run = run(options.split(" ", -1));
    assertFalse(run.ok());
    assertTrue(run.err().startsWith("Error: ") && run.err().contains(told), run::err);
    assertFalse(run.err().contains("Exception"), run::err);
  }

  @Test
  void onlyQuantizedNetworksAreTrained() {
    CommandLine run = CommandLine.run("-t", train, "-train", "weka.classifiers.trees.J48 -C 0.3");
    assertFalse(run.ok());
    assertTrue(run.err().contains("QuantizedNetwork"), run::err);
    CommandLine nothing = CommandLine.run("-t", train, "-train", " ");
    assertTrue(nothing.err().contains("QuantizedNetwork"), nothing::err);
  }
}
