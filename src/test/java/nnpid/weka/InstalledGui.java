package nnpid.weka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import nnpid.command.CommandLine;

/**
 * Weka's windows with the package installed, on a display of their own (Xvfb; tests are skipped
 * where that is missing), used by drivers that run in Weka's Java machine.
 */
final class InstalledGui {
  /** Where pictures go: look at them. */
  static final Path PICTURES = Path.of("target", "screenshots").toAbsolutePath();

  private final InstalledPackage installed;
  private final Path drivers;
  private final Process display;
  private final String displayName;

  private InstalledGui(
      InstalledPackage installed, Path drivers, Process display, String displayName) {
    this.installed = installed;
    this.drivers = drivers;
    this.display = display;
    this.displayName = displayName;
  }

  /** Installs the package into a directory and opens a display. */
  static InstalledGui open(Path directory) throws IOException {
    assumeTrue(
        Arrays.stream(System.getenv("PATH").split(":", -1))
            .anyMatch(path -> Files.isExecutable(Path.of(path, "Xvfb"))),
        "GUI tests need Xvfb: apt-get install xvfb");
    Files.createDirectories(PICTURES);
    InstalledPackage installed = InstalledPackage.in(directory);
    // Only the drivers: Weka takes all classes on its class path for its own.
    Path drivers = directory.resolve("drivers");
    Path classes = Files.createDirectories(drivers.resolve("nnpid/weka"));
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(
            Path.of("target", "test-classes", "nnpid", "weka"), "*Driver*.class")) {
      for (Path file : files) {
        Files.copy(file, classes.resolve(file.getFileName()));
      }
    }
    // It looks for a free display and tells which.
    Process display =
        new ProcessBuilder("Xvfb", "-displayfd", "1", "-screen", "0", "3840x2160x24")
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    return new InstalledGui(installed, drivers, display, ":" + display.inputReader().readLine());
  }

  InstalledPackage installed() {
    return installed;
  }

  /** The path of a bundled example. */
  String example(String name) {
    return installed.packageDirectory().resolve("examples").resolve(name).toString();
  }

  /** Runs a driver; what it printed by key. No window of Weka prints a stack trace. */
  Map<String, String> drive(String driver, String... arguments) {
    List<String> command = new ArrayList<>(List.of("nnpid.weka." + driver));
    command.addAll(List.of(arguments));
    InstalledPackage.Result result =
        installed.gui(displayName, drivers, command.toArray(String[]::new));
    Map<String, String> values = new LinkedHashMap<>();
    result
        .stdout()
        .lines()
        .filter(line -> line.contains("="))
        .forEach(line -> values.put(line.split("=", 2)[0], line.split("=", 2)[1]));
    assertEquals("ok", values.get("end"), result::toString);
    assertFalse(result.stderr().contains("\tat "), result::toString);
    assertFalse(result.stderr().contains("Exception"), result::toString);
    return values;
  }

  /** The columns of a printed table, by the names of layers and columns. */
  static Map<String, Map<String, String>> table(Map<String, String> values, String key) {
    List<String> header = List.of(values.get(key + ".header").split("\t", -1));
    Map<String, Map<String, String>> rows = new LinkedHashMap<>();
    for (int row = 0; values.containsKey(key + "." + row); row++) {
      List<String> cells = List.of(values.get(key + "." + row).split("\t", -1));
      Map<String, String> byColumn = new LinkedHashMap<>();
      for (int column = 0; column < header.size(); column++) {
        byColumn.put(header.get(column), cells.get(column));
      }
      rows.put(byColumn.get("Layer"), byColumn);
    }
    return rows;
  }

  static void assertSameAsCommandLine(Map<String, Map<String, String>> table, JsonObject report) {
    List<JsonObject> layers = CommandLine.layers(report);
    assertEquals(layers.size(), table.size());
    for (JsonObject layer : layers) {
      Map<String, String> row = table.get(layer.get("layer").getAsString());
      assertEquals(layer.get("mutualInformation").getAsString(), row.get("I(T:S)"));
      assertEquals(layer.get("entropyTarget").getAsString(), row.get("H(T)"));
      assertEquals(layer.get("representationalComplexity").getAsString(), row.get("C"));
      assertEquals(layer.get("averageDegreeOfRedundancy").getAsString(), row.get("Redundancy"));
      double[] byDegree = CommandLine.numbers(layer, "degreeOfSynergy");
      for (int degree = 1; degree <= byDegree.length; degree++) {
        assertEquals(byDegree[degree - 1], Double.parseDouble(row.get("Pi_" + degree)), 0);
      }
    }
  }

  /** A layer that takes no time and one that takes as long as one likes. */
  static Path slow(Path directory) throws IOException {
    Random random = new Random(1);
    StringBuilder arff = new StringBuilder("@relation slow\n");
    for (int unit = 0; unit < 33; unit++) {
      String name = unit < 3 ? "A_" + (unit + 1) : "B_" + (unit - 2);
      arff.append("@attribute ").append(name).append(" numeric\n");
    }
    arff.append("@attribute class {a,b,c}\n@data\n");
    for (int row = 0; row < 3000; row++) {
      for (int unit = 0; unit < 33; unit++) {
        arff.append(random.nextGaussian()).append(',');
      }
      arff.append("abc".charAt(random.nextInt(3))).append('\n');
    }
    return Files.writeString(directory.resolve("slow.arff"), arff);
  }

  /** Fifty layers of five units: each has all of its 7,579 atoms. */
  static Path many(Path directory) throws IOException {
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
  static Path wide(Path directory) throws IOException {
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

  void close() throws InterruptedException {
    display.destroy();
    display.waitFor(5, TimeUnit.SECONDS);
  }
}
