package nnpid.weka;

import static nnpid.weka.InstalledGui.PICTURES;
import static nnpid.weka.InstalledGui.assertSameAsCommandLine;
import static nnpid.weka.InstalledGui.table;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import nnpid.command.CommandLine;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * The perspective "Complexity" of the real Workbench, and what stays of it once the package is
 * gone. What {@link ExplorerPanelIT} says of displays and pictures holds here too.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class WorkbenchIT {
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
  @Order(1)
  void isAPerspectiveOfTheWorkbench() {
    Map<String, String> values =
        gui.drive("WorkbenchDriver", "run", PICTURES.toString(), gui.example("mnist_layers.arff"));
    assertSameAsCommandLine(table(values, "summary"), CommandLine.json("-example", "-seed", "1"));
  }

  @Test
  @Order(2)
  void unreadableSettingsAreIgnored() throws IOException {
    assumeTrue(settings().isPresent(), "The Workbench has not run before.");
    Path file = settings().get();
    String before = Files.readString(file);
    String after = before.replace("-measure sx -method auto", "-of-version-0 -method none");
    assertFalse(before.equals(after), before);
    Files.writeString(file, after);
    Map<String, String> values =
        gui.drive("WorkbenchDriver", "run", PICTURES.toString(), gui.example("mnist_layers.arff"));
    assertSameAsCommandLine(table(values, "summary"), CommandLine.json("-example", "-seed", "1"));
    assertTrue(values.get("log").contains("-of-version-0"), values.get("log"));
    assertTrue(values.get("log").contains("cannot be used"), values.get("log"));
  }

  /** Where the Workbench has saved the panel's settings. */
  private static Optional<Path> settings() throws IOException {
    try (Stream<Path> files = Files.walk(gui.installed().wekaHome())) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> !file.startsWith(gui.installed().wekaHome().resolve("packages")))
          .filter(WorkbenchIT::hasSettings)
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

  /** Last: the Workbench has written its settings before. */
  @Test
  @Order(3)
  void uninstalledItLeavesExplorerAndWorkbenchWorking() throws IOException {
    Path data = Files.copy(Path.of(gui.example("xor.arff")), directory.resolve("xor.arff"));
    gui.installed().packageManager("-uninstall-package", "representationalComplexity");
    assertFalse(Files.exists(gui.installed().packageDirectory()));
    assertEquals(
        "-1",
        gui.drive("ExplorerDriver", "open", PICTURES.toString(), directory.toString()).get("tab"));
    assertEquals(
        "false",
        gui.drive("WorkbenchDriver", "open", PICTURES.toString(), data.toString())
            .get("perspective"));
  }
}
