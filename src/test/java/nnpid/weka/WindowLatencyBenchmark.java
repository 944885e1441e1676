package nnpid.weka;

import static nnpid.weka.InstalledGui.PICTURES;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Measures how long Weka's windows with the package leave one waiting: the longest wait for the
 * event thread, and from a stop to its end. On a machine without other work the waits are below 100
 * ms and the stops below a second.
 *
 * <pre>
 * mvn -B -ntp verify -Dtest=none -Dsurefire.failIfNoSpecifiedTests=false -Dit.test=WindowLatencyBenchmark
 * </pre>
 *
 * <p>The figures are in {@code target/failsafe-reports}, in the file that ends with {@code
 * -output.txt}.
 *
 * <p>No part of the build: other work on the machine would decide.
 */
class WindowLatencyBenchmark {
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

  /** The slowest answers, in milliseconds. */
  private static void report(String what, Map<String, String> values) {
    values.forEach(
        (key, value) -> {
          if (key.endsWith("Millis")) {
            System.out.printf("%-28s %-16s %8.0f%n", what, key, Double.parseDouble(value));
          } else if (key.endsWith("Stack")) {
            System.out.println("  longest in " + value);
          }
        });
  }

  private static Map<String, String> explorer(String what, String... files) {
    List<String> arguments = new ArrayList<>(List.of(what, PICTURES.toString()));
    arguments.add(directory.toString());
    arguments.addAll(List.of(files));
    return gui.drive("ExplorerDriver", arguments.toArray(String[]::new));
  }

  @Test
  void sixtyThousandInstances() {
    Path data =
        Path.of(System.getProperty("shared.dir", "../shared"))
            .resolve("data/mnist8_epoch1000_layers.arff.gz")
            .toAbsolutePath();
    assumeTrue(Files.exists(data), () -> "No data " + data);
    report("60,000 instances", explorer("large", data.toString()));
  }

  @Test
  void fiftyLayersWithAllAtoms() throws IOException {
    report("50 layers, all atoms", explorer("many", InstalledGui.many(directory).toString()));
  }

  @Test
  void searchForGroups() throws IOException {
    report("search for groups", explorer("groups", InstalledGui.wide(directory).toString()));
  }

  @Test
  void training() {
    report("training", explorer("training", gui.example("tishby.arff"), gui.example("xor.arff")));
  }

  @Test
  void closedWindow() throws IOException {
    report("closed window", explorer("changes", InstalledGui.slow(directory).toString()));
  }

  @Test
  void filterOfThePreprocessTab() {
    report(
        "filter",
        gui.drive("PreprocessDriver", PICTURES.toString(), gui.example("mnist_layers.arff")));
  }
}
