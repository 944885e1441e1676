package nnpid.weka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The zip is a Weka package: it installs, is listed, and brings what it should and no more. */
class InstalledPackageIT {
  @TempDir static Path directory;

  private static InstalledPackage installed;

  @BeforeAll
  static void install() {
    installed = InstalledPackage.in(directory);
  }

  @Test
  void installsWithoutComplaint() {
    InstalledPackage.Result installation = installed.installation();
    assertEquals(0, installation.exitCode(), installation::toString);
    assertEquals("", installation.stderr(), installation::toString);
  }

  @Test
  void isListedAsInstalledAndLoaded() {
    InstalledPackage.Result list = installed.packageManager("-list-packages", "installed");
    assertEquals(0, list.exitCode(), list::toString);
    assertTrue(
        list.stdout()
            .lines()
            .anyMatch(line -> line.matches("1\\.0\\.0\\s.*\\brepresentationalComplexity:.*")),
        list::toString);
    assertEquals("", list.stderr(), list::toString);
  }

  @Test
  void wekaRunsItsOwnSchemesWithoutComplaint() throws IOException {
    Path data = directory.resolve("xor.arff");
    Files.writeString(
        data,
        """
        @relation xor
        @attribute a {0,1}
        @attribute b {0,1}
        @attribute class {0,1}
        @data
        0,0,0
        0,1,1
        1,0,1
        1,1,0
        """);
    InstalledPackage.Result result =
        installed.run("-no-scan", "weka.classifiers.rules.ZeroR", "-no-cv", "-t", data.toString());
    assertTrue(result.stdout().contains("ZeroR predicts class value"), result::toString);
    assertEquals("", result.stderr(), result::toString);
  }

  @Test
  void libHasOnlyWhatWekaLacks() {
    assertEquals(
        List.of("lib/commons-math3-3.6.1.jar", "lib/gson-2.14.0.jar"),
        installed.files().stream().filter(file -> file.startsWith("lib/")).toList());
  }

  @Test
  void rootHasTheJarAndTheTexts() {
    List<String> files = installed.files();
    for (String file :
        List.of(
            "Description.props",
            "representationalComplexity.jar",
            "README.md",
            "LICENSE",
            "CHANGELOG.md",
            "pom.xml",
            "doc/index.html",
            "src/main/java/nnpid/package-info.java")) {
      assertTrue(files.contains(file), () -> file + " must be in the package: " + files);
    }
    // Weka loads every jar in the root: there must be no other.
    assertEquals(
        List.of("representationalComplexity.jar"),
        files.stream().filter(file -> file.matches("[^/]*\\.jar")).toList());
  }

  @Test
  void uninstallingLeavesNothingBehind(@TempDir Path other) throws IOException {
    InstalledPackage second = InstalledPackage.in(other);
    InstalledPackage.Result removal =
        second.packageManager("-uninstall-package", "representationalComplexity");
    assertEquals(0, removal.exitCode(), removal::toString);
    assertFalse(Files.exists(second.packageDirectory()), removal::toString);
  }
}
