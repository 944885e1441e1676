package nnpid.weka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
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
        List.of(
            "lib/commons-math3-3.6.1.jar",
            "lib/gson-2.14.0.jar",
            "lib/jfreechart-1.5.6.jar",
            "lib/micrometer-commons-1.14.7.jar",
            "lib/micrometer-core-1.14.7.jar",
            "lib/optaplanner-core-impl-10.2.0.jar",
            "lib/org.jfree.svg-5.0.7.jar",
            "lib/slf4j-api-2.0.17.jar",
            "lib/slf4j-nop-2.0.17.jar"),
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
  void exampleOfTheInstalledPackageEqualsThatOfThisBuild() {
    InstalledPackage.Result run =
        installed.run("RepresentationalComplexity", "-example", "-format", "json");
    assertEquals(0, run.exitCode(), run::toString);
    assertEquals("", run.stderr(), run::toString);
    CommandLine expected = CommandLine.run("-example", "-format", "json");
    assertTrue(expected.ok(), expected::toString);
    assertEquals(expected.out(), run.stdout());
  }

  @Test
  void commandLineAnalyzesAFileAndWritesOne() throws IOException {
    Path data = activations("units.csv");
    Path output = directory.resolve("complexity.json");
    InstalledPackage.Result run =
        installed.run(
            "RepresentationalComplexity",
            "-t",
            data.toString(),
            "-atoms",
            "-format",
            "json",
            "-o",
            output.toString());
    assertEquals(new InstalledPackage.Result(0, "", ""), run);
    CommandLine expected = CommandLine.run("-t", data.toString(), "-atoms", "-format", "json");
    assertTrue(expected.ok(), expected::toString);
    assertEquals(expected.out(), Files.readString(output));
  }

  @Test
  void commandLineHasHelp() {
    InstalledPackage.Result run = installed.run("RepresentationalComplexity", "-h");
    assertEquals(
        new InstalledPackage.Result(0, CommandLine.run("-h").out(), ""), run, run::toString);
  }

  @Test
  void badInputEndsWithExitCodeOneAndOneMessage() {
    InstalledPackage.Result run =
        installed.run("RepresentationalComplexity", "-example", "-sources", "[");
    String expected = CommandLine.run("-example", "-sources", "[").err();
    assertTrue(expected.startsWith("Error: The option -sources ([)"), expected);
    assertEquals(new InstalledPackage.Result(1, "", expected), run);
  }

  @Test
  void filterOfTheInstalledPackageQuantizesAFile() throws IOException {
    Path output = directory.resolve("levels.arff");
    InstalledPackage.Result run =
        installed.run(
            "weka.filters.unsupervised.attribute.QuantizeActivations",
            "-L",
            "3",
            "-c",
            "last",
            "-i",
            activations("filtered.csv").toString(),
            "-o",
            output.toString());
    assertEquals(0, run.exitCode(), run::toString);
    assertEquals("", run.stderr(), run::toString);
    List<String> lines = Files.readAllLines(output);
    assertTrue(lines.contains("@attribute u1 {0,1,2}"), lines::toString);
    assertEquals(
        List.of("0,2,no", "2,1,yes", "1,0,no", "1,2,yes"),
        lines.subList(lines.size() - 4, lines.size()));
  }

  /** OptaPlanner among other things: it looks for its services in another class loader. */
  @Test
  void evaluatorsAndSearchesOfTheInstalledPackageSelectUnits() {
    String example = installed.packageDirectory().resolve("examples/mnist_layers.arff").toString();
    InstalledPackage.Result ranking =
        installed.run(
            ".PidAttributeEval",
            "-i",
            example,
            "-contexts",
            "2",
            "-s",
            "weka.attributeSelection.Ranker -N 3");
    assertEquals("", ranking.stderr(), ranking::toString);
    assertTrue(ranking.stdout().contains("Ranked attributes:"), ranking::toString);
    for (String search : List.of("OptaPlannerSearch -steps 50 -size 3", "SubsetRanking -size 2")) {
      InstalledPackage.Result selection =
          installed.run(
              "weka.attributeSelection.PidSubsetEval",
              "-M",
              "information",
              "-i",
              example,
              "-s",
              "weka.attributeSelection." + search);
      assertEquals("", selection.stderr(), selection::toString);
      assertTrue(selection.stdout().contains("Selected attributes: "), selection::toString);
      assertTrue(selection.stdout().contains("Subsets evaluated"), selection::toString);
    }
  }

  @Test
  void groupsAreSearchedForInTheInstalledPackage() throws IOException {
    String example = installed.packageDirectory().resolve("examples/mnist_layers.arff").toString();
    String[] options = {
      "-t", example, "-method", "coarse-graining", "-steps", "50", "-format", "json"
    };
    InstalledPackage.Result run =
        installed.run(
            Stream.concat(Stream.of("RepresentationalComplexity"), Stream.of(options))
                .toArray(String[]::new));
    assertEquals(0, run.exitCode(), run::toString);
    assertEquals(CommandLine.run(options).out(), run.stdout());
    Path output = directory.resolve("groups.arff");
    InstalledPackage.Result filter =
        installed.run(
            "weka.filters.supervised.attribute.CoarseGrainUnits",
            "-groups-count",
            "3",
            "-steps",
            "20",
            "-c",
            "last",
            "-i",
            example,
            "-o",
            output.toString());
    assertEquals("", filter.stderr(), filter::toString);
    assertEquals(
        4, Files.readAllLines(output).stream().filter(l -> l.startsWith("@attribute")).count());
  }

  @Test
  void networksAreTrainedInTheInstalledPackage() throws IOException {
    InstalledPackage.Result run =
        installed.run(
            "RepresentationalComplexity",
            "-t",
            activations("trained.csv").toString(),
            "-train",
            "weka.classifiers.functions.QuantizedNetwork -H 3,2 -L 4 -N 3 -checkpoints none");
    assertEquals(0, run.exitCode(), run::toString);
    assertTrue(run.stdout().contains("C(L2)"), run::toString);
  }

  @Test
  void arraysOfNumPyAreReadByTheInstalledPackage() {
    String file = Path.of("src/test/resources/npy/network.npz").toAbsolutePath().toString();
    InstalledPackage.Result run =
        installed.run("RepresentationalComplexity", "-t", file, "-format", "json");
    assertEquals(0, run.exitCode(), run::toString);
    assertEquals(CommandLine.run("-t", file, "-format", "json").out(), run.stdout());
    InstalledPackage.Result loaded =
        installed.run("-no-scan", "weka.core.converters.NpyLoader", file);
    assertTrue(loaded.stdout().contains("@attribute label {"), loaded::toString);
  }

  private static Path activations(String name) throws IOException {
    return Files.writeString(
        directory.resolve(name), "u1,u2,class\n-1,0.9,no\n1,0,yes\n0.1,-0.9,no\n0,0.8,yes\n");
  }

  /** A file of a kind that is not known here fails: say how it runs. */
  @Test
  void everyExampleRuns() {
    List<String> examples =
        installed.files().stream()
            .filter(file -> file.startsWith("examples/"))
            .filter(file -> !file.endsWith(".kf")) // KnowledgeFlowIT runs these
            .toList();
    assertTrue(examples.contains("examples/mnist_layers.arff"), examples::toString);
    for (String example : examples) {
      assertTrue(example.endsWith(".arff"), () -> "No test runs the example " + example);
      InstalledPackage.Result run =
          installed.run(
              "RepresentationalComplexity",
              "-t",
              installed.packageDirectory().resolve(example).toString(),
              "-layers",
              "(L\\d+)_.*");
      assertEquals(0, run.exitCode(), run::toString);
      assertEquals("", run.stderr(), run::toString);
      assertTrue(run.stdout().contains("Representational complexity"), run::toString);
    }
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
