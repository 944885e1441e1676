package nnpid.weka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import nnpid.command.CommandLine;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example program runs in the installed package, and its numbers are the command line's. */
class ComplexityOverEpochsIT {
  private static final Path DATA =
      Path.of(System.getProperty("shared.dir", "../shared")).resolve("data").toAbsolutePath();

  @TempDir static Path directory;

  private static InstalledPackage installed;

  @BeforeAll
  static void install() {
    installed = InstalledPackage.in(directory);
  }

  private static InstalledPackage.Result run(Object... arguments) {
    return installed.program(
        "examples/ComplexityOverEpochs.java",
        List.of(arguments).stream().map(Object::toString).toArray(String[]::new));
  }

  @Test
  void pointsOfNarrowLayersAreTheCommandLinesNumbers() throws IOException {
    Path folder = Files.createDirectories(directory.resolve("narrow/tables"));
    Map<String, String> arffs = new HashMap<>();
    for (int seed = 0; seed < 2; seed++) {
      for (int epoch : new int[] {0, 2, 10}) {
        for (String layer : List.of("L2", "L10")) {
          String place = (seed + 1) + "," + epoch + "," + layer;
          String name = "net_seed" + seed + "_epoch" + epoch + "_" + layer;
          arffs.put(place, table(folder, name, 3, place.hashCode()));
        }
      }
    }
    table(folder, "other_seed0_epoch1_L2", 2, 1);
    Files.writeString(
        directory.resolve("narrow/accuracy.csv"),
        """
        task,seed,epoch,train_accuracy,test_accuracy,train_loss
        net,0,0,0.125,0.0625,nan
        net,0,10,0.875,0.75,0.5
        other,0,2,0.5,0.5,0.5
        """);
    Path png = directory.resolve("narrow.png");
    Path csv = directory.resolve("narrow.csv");
    InstalledPackage.Result run = run(folder, "net", png, csv);
    assertEquals(0, run.exitCode(), run::toString);
    assertEquals("", run.stderr(), run::toString);
    assertTrue(run.stdout().contains("Mean over 2 repeats"), run::toString);
    assertTrue(
        run.stdout().matches("(?s).*\\n +0 +0\\.125 +0\\.063 .*\\n +10 +0\\.875 +0\\.750 .*"),
        run::toString);
    assertEquals(900, ImageIO.read(png.toFile()).getWidth());
    List<Map<String, String>> rows = rows(csv);
    assertEquals(12, rows.size());
    for (Map<String, String> row : rows) {
      String place = row.get("repeat") + "," + row.get("epoch") + "," + row.get("layer");
      JsonObject expected = layer(arffs.remove(place));
      for (String quantity :
          List.of("mutualInformation", "representationalComplexity", "reingComplexity")) {
        assertEquals(
            CommandLine.number(expected, quantity),
            Double.parseDouble(row.get(quantity)),
            1e-9,
            place + " " + quantity);
      }
      double[] degrees = CommandLine.numbers(expected, "degreeOfSynergy");
      for (int k = 1; k <= 3; k++) {
        assertEquals(degrees[k - 1], Double.parseDouble(row.get("degreeOfSynergy" + k)), 1e-9);
      }
    }
    assertTrue(arffs.isEmpty(), arffs::toString);
    assertEquals("0.125", rows.get(0).get("trainAccuracy"));
    assertEquals("", rows.get(2).get("trainAccuracy"), "not known");
    assertEquals("L10", rows.get(1).get("layer"), "after L2");
  }

  @Test
  void wideLayersAreComparedWithTheCommandLinesNumbers() throws IOException {
    Path folder = Files.createDirectories(directory.resolve("wide/tables"));
    String arff = table(folder, "net_seed0_epoch5_L1", 8, 8);
    Path png = directory.resolve("wide.png");
    InstalledPackage.Result run = run(folder, "net", png);
    assertEquals(0, run.exitCode(), run::toString);
    assertFalse(run.stdout().contains("acc."), run::toString);
    assertEquals(560, ImageIO.read(png.toFile()).getHeight());
    List<String> lines = run.stdout().lines().map(line -> line.replaceAll(" +", " ")).toList();
    JsonObject coverage = layer(arff, "-method", "coverage");
    assertLine(
        lines,
        " L1 coverage %.4f +- %.4f",
        CommandLine.number(coverage, "representationalComplexity"),
        CommandLine.number(coverage, "standardError"));
    JsonObject subsampling = layer(arff, "-method", "subsampling").getAsJsonObject("subsampling");
    assertLine(
        lines,
        " subsets of five subsampling %.4f, spread %.4f",
        CommandLine.number(subsampling, "mean"),
        CommandLine.number(subsampling, "standardDeviation"));
    Map<String, List<String>> groups =
        Map.of(
            "best lower bound", List.of("-objective", "tightest-lower"),
            "best upper bound", List.of("-objective", "tightest-upper"),
            "groups in order", List.of("-grouping", "sequential"));
    for (Map.Entry<String, List<String>> entry : groups.entrySet()) {
      JsonObject bounds =
          layer(
                  arff,
                  "-method",
                  "coarse-graining",
                  entry.getValue().get(0),
                  entry.getValue().get(1))
              .getAsJsonObject("coarseGraining");
      assertLine(
          lines,
          " " + entry.getKey() + " coarse-graining %.4f to %.4f",
          CommandLine.number(bounds, "lower"),
          CommandLine.number(bounds, "upper"));
    }
  }

  private static JsonObject layer(String arff, String... options) {
    List<String> all = new ArrayList<>(List.of("-t", arff, "-c", "label", "-weights", "count"));
    all.addAll(List.of(options));
    return CommandLine.layer(all.toArray(String[]::new));
  }

  private static void assertLine(List<String> lines, String format, double first, double second) {
    String expected = String.format(Locale.ROOT, format, first, second);
    assertTrue(lines.contains(expected), () -> expected + " must be in " + lines);
  }

  @Test
  void badInputEndsWithExitCodeOneAndASentence() throws IOException {
    Path folder = Files.createDirectories(directory.resolve("bad/tables"));
    assertFails(run(folder), "The arguments must be FOLDER TASK [PNG [CSV]].");
    assertFails(run(folder.resolve("none"), "net"), "none) must exist");
    assertFails(run(folder, "net"), "must have tables net_seedK_epochE_LJ.csv: there are none.");
    Path file = folder.resolve("net_seed0_epoch1_L2.csv");
    Files.writeString(file, "l1,label,count\n0,1,3\n0,x,3\n");
    assertFails(run(folder, "net"), "A row (0,x,3) of the table (" + file + ") must be 3 whole");
    Files.writeString(file, "");
    assertFails(run(folder, "net"), "The table (" + file + ") must have");
    Files.writeString(file, "l1,label,count\n0,1,3\n");
    assertFails(run(folder, "net", folder.resolve("none/a.png")), "cannot be read or written");
  }

  private static void assertFails(InstalledPackage.Result run, String sentence) {
    assertEquals(1, run.exitCode(), run::toString);
    assertTrue(run.stderr().startsWith("Error: "), run::toString);
    assertTrue(run.stderr().contains(sentence), run::toString);
    assertEquals(1, run.stderr().lines().count(), run::toString);
  }

  @Test
  void complexitiesOfCifarAreThoseOfTheReference() throws IOException {
    Path reference = DATA.resolve("complexity_reference.csv");
    assumeTrue(
        Files.exists(reference),
        () -> "Skipped: no " + reference + ". Maybe say where it is: -Dshared.dir=...");
    Path csv = directory.resolve("cifar10.csv");
    InstalledPackage.Result run =
        run(DATA.resolve("activations"), "cifar10", directory.resolve("cifar10.png"), csv);
    assertEquals(0, run.exitCode(), run::toString);
    Map<String, Map<String, String>> found =
        rows(csv).stream()
            .collect(Collectors.toMap(row -> row.get("epoch") + row.get("layer"), row -> row));
    List<Map<String, String>> expected =
        rows(reference).stream().filter(row -> row.get("task").equals("cifar10")).toList();
    assertEquals(28, expected.size());
    for (Map<String, String> row : expected) {
      Map<String, String> own = found.remove(row.get("epoch") + row.get("layer"));
      assertNumber(row, "C", own, "representationalComplexity");
      assertNumber(row, "I_TS_bits", own, "mutualInformation");
      assertNumber(row, "accuracy", own, "trainAccuracy");
      assertNumber(row, "test_accuracy", own, "testAccuracy");
      for (int k = 1; k <= 5; k++) {
        assertNumber(row, "Pi_" + k, own, "degreeOfSynergy" + k);
      }
    }
    assertTrue(found.isEmpty(), found::toString);
  }

  private static void assertNumber(
      Map<String, String> expected, String column, Map<String, String> found, String name) {
    assertEquals(
        Double.parseDouble(expected.get(column)),
        Double.parseDouble(found.get(name)),
        1e-6,
        () -> column + " of " + expected);
  }

  private static List<Map<String, String>> rows(Path csv) throws IOException {
    List<String> lines = Files.readAllLines(csv);
    String[] names = lines.get(0).split(",", -1);
    return lines.stream()
        .skip(1)
        .map(line -> line.split(",", -1))
        .map(
            cells ->
                IntStream.range(0, names.length)
                    .boxed()
                    .collect(Collectors.toMap(i -> names[i], i -> cells[i])))
        .toList();
  }

  /** Writes a table of counts, and returns the path of the same data as the command line reads. */
  private static String table(Path folder, String name, int units, int seed) throws IOException {
    StringBuilder csv = new StringBuilder();
    StringBuilder arff = new StringBuilder("@relation " + name + "\n");
    for (int unit = 1; unit <= units; unit++) {
      csv.append("l").append(unit).append(',');
      arff.append("@attribute l").append(unit).append(" {0,1,2,3}\n");
    }
    csv.append("label,count\n");
    arff.append("@attribute label {0,1,2}\n@attribute count numeric\n@data\n");
    Random random = new Random(seed);
    for (int row = 0; row < 40; row++) {
      int label = random.nextInt(3);
      String cells =
          IntStream.range(0, units)
              .mapToObj(unit -> "" + (random.nextInt(3) + (random.nextBoolean() ? label % 2 : 0)))
              .collect(Collectors.joining(","));
      String line = cells + "," + label + "," + (1 + random.nextInt(5)) + "\n";
      csv.append(line);
      arff.append(line);
    }
    Files.writeString(folder.resolve(name + ".csv"), csv);
    return Files.writeString(folder.resolveSibling(name + ".arff"), arff).toString();
  }
}
