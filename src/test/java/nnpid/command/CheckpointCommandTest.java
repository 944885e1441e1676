package nnpid.command;

import static nnpid.command.CommandLine.file;
import static nnpid.command.CommandLine.layers;
import static nnpid.command.CommandLine.number;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import nnpid.analysis.Trajectory;
import nnpid.execution.Execution;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code -t} with several files: checkpoints of trainings. */
class CheckpointCommandTest {
  @TempDir private Path directory;
  private String pattern;

  @BeforeEach
  void write() throws IOException {
    for (int run = 1; run <= 2; run++) {
      Path folder = Files.createDirectory(directory.resolve("run" + run));
      for (int epoch = 0; epoch <= 2; epoch++) {
        file(folder, "epoch_" + epoch + ".csv", csv("h1_1,h1_2,h2_1,h2_2,c", 10 * run + epoch));
      }
    }
    pattern = directory.resolve("run*").resolve("epoch_*.csv").toString();
  }

  private static String csv(String header, int seed) {
    Random random = new Random(seed);
    StringBuilder text = new StringBuilder(header).append('\n');
    int units = header.split(",", -1).length - 1;
    for (int row = 0; row < 60; row++) {
      boolean first = random.nextBoolean();
      for (int unit = 0; unit < units; unit++) {
        text.append((first ? unit : 0) + seed % 10 * random.nextDouble()).append(',');
      }
      text.append(first ? "a\n" : "b\n");
    }
    return text.toString();
  }

  private CommandLine run(String... options) {
    List<String> all = new ArrayList<>(List.of("-t", pattern, "-halves", "2", "-format", "csv"));
    all.addAll(List.of(options));
    return CommandLine.run(all.toArray(new String[0]));
  }

  @Test
  void everyFileGivesWhatItGivesAloneWhateverTheThreads() {
    String prefix = directory.resolve("chart").toString();
    JsonObject json = CommandLine.json("-t", pattern, "-halves", "2", "-charts", prefix);
    JsonArray points = json.getAsJsonArray("trajectory");
    assertEquals(12, points.size());
    assertTrue(json.get("complete").getAsBoolean());
    assertEquals(2, json.get("repeats").getAsInt());
    JsonObject point = points.get(9).getAsJsonObject();
    assertEquals(2, point.get("repeat").getAsInt());
    assertEquals(1, point.get("epoch").getAsInt());
    String one = directory.resolve("run2").resolve("epoch_1.csv").toString();
    JsonObject alone = layers(CommandLine.json("-t", one, "-halves", "2")).get(1);
    assertEquals("h2", point.get("layer").getAsString());
    for (String figure : List.of("mutualInformation", "representationalComplexity")) {
      assertEquals(number(alone, figure), number(point, figure), 1e-12);
      assertEquals(
          number(alone.getAsJsonObject("samplingError"), figure),
          number(
              point,
              figure.startsWith("m")
                  ? "samplingErrorOfMutualInformation"
                  : "samplingErrorOfComplexity"),
          1e-12);
    }
    assertTrue(Files.exists(Path.of(prefix + "-complexity.png")));
    assertEquals(run("-threads", "1").out(), run("-threads", "3").out());
    // Files that a shell has put in the place of the pattern, and a directory, are the same.
    String run1 = directory.resolve("run1").toString();
    CommandLine folder = CommandLine.run("-t", run1, "-halves", "0", "-format", "csv");
    List<String> shell = new ArrayList<>(List.of("-format", "csv", "-t"));
    List.of(0, 1, 2).forEach(epoch -> shell.add(run1 + "/epoch_" + epoch + ".csv"));
    shell.addAll(List.of("-halves", "0"));
    assertEquals(folder.out(), CommandLine.run(shell.toArray(new String[0])).out());
    assertEquals(7, folder.out().lines().count());
  }

  @Test
  void commonLimitsAreThoseOfTheFirstFileOrOfAllTogether() throws IOException {
    String run1 = directory.resolve("run1").toString();
    String last = directory.resolve("run1").resolve("epoch_2.csv").toString();
    StringBuilder all = new StringBuilder();
    for (int epoch = 0; epoch <= 2; epoch++) {
      String text = Files.readString(directory.resolve("run1").resolve("epoch_" + epoch + ".csv"));
      all.append(epoch == 0 ? text : text.substring(text.indexOf('\n') + 1));
    }
    String merged = file(directory, "merged.csv", all.toString());
    List<Double> complexities = new ArrayList<>();
    for (String limits : List.of("first", "all")) {
      JsonArray points =
          CommandLine.json("-t", run1, "-halves", "0", "-limits-from", limits)
              .getAsJsonArray("trajectory");
      // As test data beside those that the limits are of.
      String model = limits.equals("all") ? merged : run1 + "/epoch_0.csv";
      JsonObject expected =
          layers(CommandLine.json("-t", model, "-T", last, "-halves", "0"))
              .get(0)
              .getAsJsonObject("test");
      JsonObject point = points.get(4).getAsJsonObject();
      complexities.add(number(point, "mutualInformation"));
      assertEquals(
          number(expected, "mutualInformation"), number(point, "mutualInformation"), 1e-12);
    }
    assertFalse(complexities.get(0).equals(complexities.get(1)), complexities::toString);
  }

  @Test
  void aStoppedRunGoesOnAndOnlyWhatIsNewIsAnalyzed() throws Exception {
    String state = directory.resolve("state").toString();
    String expected = run().out();
    Task task = Task.parseForCheckpoints("-halves", "2", "-resume", state);
    AtomicInteger heard = new AtomicInteger();
    Task.Listener stopping =
        new Task.Listener() {
          @Override
          public void checkpointAnalyzed(Trajectory soFar) {
            if (heard.incrementAndGet() == 2) {
              Thread.currentThread().interrupt();
            }
          }
        };
    Task.Followed stopped =
        (Task.Followed)
            task.run(
                FileSet.local(pattern, InputFiles.of("-t", pattern)),
                new DataFiles("-t", "last", false, "auto"),
                stopping,
                Execution.sequential());
    assertTrue(Thread.interrupted());
    assertFalse(stopped.trajectory().complete());
    assertEquals(4, stopped.trajectory().points().size());
    assertEquals(expected, run("-resume", state).out());
    // A file that looks as before is not read again; one that was touched, or added, is.
    Path same = directory.resolve("run1").resolve("epoch_0.csv");
    FileTime time = Files.getLastModifiedTime(same);
    Files.writeString(same, "x".repeat((int) Files.size(same)));
    Files.setLastModifiedTime(same, time);
    assertEquals(expected, run("-resume", state).out());
    file(directory.resolve("run2"), "epoch_3.csv", csv("h1_1,h1_2,h2_1,h2_2,c", 5));
    CommandLine more = run("-resume", state);
    assertTrue(more.ok(), more::err);
    assertTrue(more.out().startsWith(expected), more::out);
    assertEquals(expected.lines().count() + 2, more.out().lines().count());
    Files.setLastModifiedTime(same, FileTime.fromMillis(time.toMillis() + 5000));
    CommandLine broken = run("-resume", state);
    assertFalse(broken.ok());
    assertTrue(broken.err().contains(same.toString()), broken::err);
    String refused = run("-resume", state, "-seed", "4").err();
    assertTrue(refused.contains("differs in the settings of the analysis"), refused);
  }

  /** What is wrong with a file is told with its name, and does no harm to the others. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          h1_1,h1_2,h2_1,c       | must have the attribute "h2_2"
          h1_1,h1_2,h2_1,h3_1,c  | must have the attribute "h2_2"
          h1_1,h1_2,h2_1,h2_2,d  | must have the attribute "c"
          label                  | must have no other values of "c"
          cut                    | epoch_1.csv
          """)
  void brokenFilesAreNamedAndOthersKeepTheirResults(String change, String told) throws IOException {
    Path broken = directory.resolve("run1").resolve("epoch_1.csv");
    String text = Files.readString(broken);
    Files.writeString(
        broken,
        switch (change) {
          case "label" -> text.replaceFirst(",a\n", ",z\n");
          case "cut" -> text.substring(0, text.lastIndexOf(',') - 1);
          default -> csv(change, 3);
        });
    String prefix = directory.resolve("chart").toString();
    CommandLine run = run("-charts", prefix);
    assertFalse(run.ok());
    assertTrue(run.err().startsWith("Error: "), run::err);
    assertTrue(run.err().contains(broken.toString()) && run.err().contains(told), run::err);
    assertEquals(1 + 2 * 5, run.out().lines().count());
    assertTrue(Files.exists(Path.of(prefix + "-degrees.svg")));
  }

  /** Values at equal horizons can be compared only if all have the same. */
  @Test
  void autoIsOneHorizonForAllFilesAndForTestData() throws IOException {
    String small = directory.resolve("run2").resolve("epoch_3.csv").toString();
    Files.writeString(Path.of(small), firstLines(small.replace("_3", "_2"), 30));
    CommandLine run =
        CommandLine.run("-t", pattern, "-halves", "0", "-horizon", "auto", "-format", "json");
    assertTrue(run.err().contains("Error: The file (" + small + ")"), run.err());
    assertTrue(run.err().contains("Maybe use -horizon "), run::err);
    List<String> draws =
        run.out().lines().filter(line -> line.contains("horizonDraws")).distinct().toList();
    assertEquals(1, draws.size(), draws::toString);
    String one = directory.resolve("run1").resolve("epoch_0.csv").toString();
    String few = file(directory, "few.csv", firstLines(one, 40));
    JsonObject layer =
        layers(CommandLine.json("-t", one, "-T", few, "-halves", "0", "-horizon", "auto")).get(0);
    assertEquals(
        layer.getAsJsonObject("horizon").get("draws"),
        layer.getAsJsonObject("test").getAsJsonObject("horizon").get("draws"));
  }

  private static String firstLines(String file, int count) throws IOException {
    return String.join("\n", Files.readAllLines(Path.of(file)).subList(0, count)) + "\n";
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          nothing_*.csv  |                    | none matches in
          no/*/file.csv  |                    | there is no directory
          run1/[.csv     |                    | must be a pattern of names
          run1/*.csv     | -top 3             | -top must not be combined with several files
          run1/*.csv     | -train X           | -train must go with one file
          run1/*.csv     | -epoch (a          | must be a regular expression
          run1/*.csv     | -epoch a           | The epoch (-epoch a) must have one capturing group
          run1/*.csv     | -T run1/epoch_0.csv | -T must go with one file
          run1/epoch_0.csv | -epoch e(.)      | -epoch must go with several files
          run1/epoch_0.csv | -resume s        | -resume must go with -train or several files
          run1/*.csv     | -o run1/epoch_0.csv | must not be the data
          """)
  void wrongInputIsRefused(String input, String options, String told) {
    List<String> all = new ArrayList<>(List.of("-t", directory + "/" + input));
    if (options != null) {
      String[] parts = options.split(" ", -1);
      boolean isFile = parts[1].endsWith(".csv");
      all.addAll(List.of(parts[0], isFile ? directory + "/" + parts[1] : parts[1]));
    }
    CommandLine run = CommandLine.run(all.toArray(new String[0]));
    assertFalse(run.ok());
    assertTrue(run.err().startsWith("Error: ") && run.err().contains(told), run::err);
    assertFalse(run.err().contains("Exception"), run::err);
  }
}
