package nnpid.weka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonParser;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import nnpid.command.CommandLine;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import weka.core.Instances;
import weka.core.converters.ArffSaver;
import weka.core.converters.CSVLoader;
import weka.core.converters.ConverterUtils.DataSource;
import weka.filters.supervised.attribute.HiddenActivations;
import weka.knowledgeflow.Flow;
import weka.knowledgeflow.JSONFlowUtils;
import weka.knowledgeflow.StepManager;
import weka.knowledgeflow.StepManagerImpl;
import weka.knowledgeflow.steps.ClassAssigner;
import weka.knowledgeflow.steps.Loader;
import weka.knowledgeflow.steps.Saver;
import weka.knowledgeflow.steps.Step;

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

  /** Links of Markdown, and pictures. */
  @ParameterizedTest
  @ValueSource(
      strings = {"README.md", "weka-package/doc/MANUAL.md", "weka-package/doc/EXAMPLES.md"})
  void whatTheTextsLinkToIsInThePackage(String text) throws IOException {
    Path file = installed.packageDirectory().resolve(text);
    List<String> links =
        Pattern.compile("\\]\\(([^)#:]+)\\)")
            .matcher(Files.readString(file))
            .results()
            .map(link -> link.group(1))
            .toList();
    assertFalse(links.isEmpty());
    assertEquals(
        List.of(), links.stream().filter(to -> !Files.exists(file.resolveSibling(to))).toList());
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
            "lib/fastcsv-4.1.0.jar",
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
  void rootHasTheJarAndTheTexts() throws IOException {
    List<String> files = installed.files();
    for (String file :
        List.of(
            "Description.props",
            "representationalComplexity.jar",
            "README.md",
            "LICENSE",
            "CHANGELOG.md",
            "pom.xml",
            "doc/representationalComplexity-javadoc.jar",
            "src.zip")) {
      assertTrue(files.contains(file), () -> file + " must be in the package: " + files);
    }
    assertArchiveHas("src.zip", "src/main/java/nnpid/package-info.java");
    assertArchiveHas("doc/representationalComplexity-javadoc.jar", "index.html");
    // Weka prints a line for each.
    assertTrue(files.size() < 100, () -> files.size() + " files are installed.");
    // Weka loads every jar in the root: there must be no other.
    assertEquals(
        List.of("representationalComplexity.jar"),
        files.stream().filter(file -> file.matches("[^/]*\\.jar")).toList());
  }

  private static void assertArchiveHas(String archive, String file) throws IOException {
    try (ZipFile zip = new ZipFile(installed.packageDirectory().resolve(archive).toFile())) {
      assertNotNull(zip.getEntry(file), archive + " must have " + file);
    }
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
  void hiddenActivationsAreExtractedAndAnalyzedInTheInstalledPackage() throws IOException {
    Path data = activations("inputs.csv");
    Path levels = directory.resolve("hidden.arff");
    String network = "weka.classifiers.functions.QuantizedNetwork -H 3,2 -L 4 -N 20";
    InstalledPackage.Result run =
        installed.run(
            "HiddenActivations", "-W", network, "-c", "last", "-i", "" + data, "-o", "" + levels);
    assertEquals("", run.stderr(), run::toString);
    List<String> lines = Files.readAllLines(levels);
    assertEquals(
        List.of("L1_1", "L1_2", "L1_3", "L2_1", "L2_2"),
        lines.stream()
            .filter(line -> line.endsWith("{0,1,2,3}"))
            .map(line -> line.split(" ")[1])
            .toList());
    String[] options = {"-t", levels.toString(), "-format", "json"};
    InstalledPackage.Result analysis =
        installed.run("RepresentationalComplexity", "-t", "" + levels, "-format", "json");
    assertEquals(0, analysis.exitCode(), analysis::toString);
    assertEquals(CommandLine.run(options).out(), analysis.stdout());
    assertEquals(
        List.of("L1", "L2"),
        CommandLine.layers(JsonParser.parseString(analysis.stdout()).getAsJsonObject()).stream()
            .map(layer -> layer.get("layer").getAsString())
            .toList());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "weka.classifiers.functions.QuantizedNetwork -H 3,2 -L 4,0 -N 20",
        "weka.classifiers.functions.MultilayerPerceptron -H 3,2 -N 20"
      })
  void savedModelsGiveTheActivationsOfTrainingInTheInstalledPackage(String network)
      throws IOException {
    Path data = activations("inputs.csv");
    Path model = directory.resolve("saved.model");
    List<String> training = new ArrayList<>(List.of(network.split(" ")));
    training.addAll(List.of("-t", "" + data, "-d", "" + model, "-no-cv", "-o"));
    InstalledPackage.Result trained = installed.run(training.toArray(String[]::new));
    assertTrue(Files.exists(model), trained::toString);
    List<List<String>> rows = new ArrayList<>();
    for (List<String> source : List.of(List.of("-W", network), List.of("-model", "" + model))) {
      Path first = directory.resolve("first.arff");
      Path second = directory.resolve("second.arff");
      List<String> command =
          new ArrayList<>(
              List.of("weka.filters.supervised.attribute.HiddenActivations", "-b", "-c", "last"));
      command.addAll(
          List.of("-i", "" + data, "-o", "" + first, "-r", "" + data, "-s", "" + second));
      command.addAll(source);
      InstalledPackage.Result run = installed.run(command.toArray(String[]::new));
      assertEquals("", run.stderr(), run::toString);
      for (Path file : List.of(first, second)) {
        rows.add(
            Files.readAllLines(file).stream().filter(l -> !l.startsWith("@relation")).toList());
      }
    }
    assertEquals(4, rows.get(0).stream().filter(line -> line.matches("[\\d.].*")).count());
    for (List<String> other : rows) {
      assertEquals(rows.get(0), other);
    }
  }

  @Test
  void hiddenActivationsAreAFilterStepOfTheKnowledgeFlow() throws Exception {
    Path data = activations("inputs.csv");
    Path output = directory.resolve("flow.arff");
    Loader loader = new Loader();
    CSVLoader csv = new CSVLoader();
    csv.setSource(data.toFile());
    loader.setLoader(csv);
    HiddenActivations activations = new HiddenActivations();
    activations.setOptions(
        new String[] {"-W", "weka.classifiers.functions.MultilayerPerceptron -H 3,2"});
    weka.knowledgeflow.steps.Filter filter = new weka.knowledgeflow.steps.Filter();
    filter.setFilter(activations);
    Saver saver = new Saver();
    ArffSaver arff = new ArffSaver();
    arff.setDir(directory.toString());
    saver.setSaver(arff);
    saver.setRelationNameForFilename(false);
    arff.setFilePrefix(output.getFileName().toString().replace(".arff", ""));
    Flow flow = new Flow();
    StepManagerImpl previous = null;
    for (Step step : List.of(loader, new ClassAssigner(), filter, saver)) {
      StepManagerImpl next = new StepManagerImpl(step);
      flow.addStep(next);
      if (previous != null) {
        assertTrue(flow.connectSteps(previous, next, StepManager.CON_DATASET));
      }
      previous = next;
    }
    File file = directory.resolve("hidden.kf").toFile();
    JSONFlowUtils.writeFlow(flow, file);
    InstalledPackage.Result run =
        installed.java(List.of(), "weka.knowledgeflow.FlowRunner", file.toString());
    List<Path> written;
    try (Stream<Path> files = Files.list(directory)) {
      written = files.filter(path -> path.getFileName().toString().startsWith("flow")).toList();
    }
    assertEquals(1, written.size(), run::toString);
    Instances result = DataSource.read(written.get(0).toString());
    assertEquals("L1_1", result.attribute(0).name(), run::toString);
    assertEquals(6, result.numAttributes());
    assertEquals(4, result.numInstances());
  }

  @ParameterizedTest
  @CsvSource({
    "weka.filters.unsupervised.attribute.QuantizeActivations, 9, (-R 9)",
    "weka.filters.supervised.attribute.CoarseGrainUnits, 9, (-R 9)",
    "weka.filters.supervised.attribute.HiddenActivations, all, must be numeric or nominal"
  })
  void filtersTellErrorsInSentences(String filter, String units, String fact) throws IOException {
    String data =
        Files.writeString(
                directory.resolve("text-" + filter + ".arff"),
                "@relation r\n@attribute u string\n@attribute class {a,b}\n@data\nx,a\ny,b\n")
            .toString();
    String option = filter.endsWith("HiddenActivations") ? "-layers" : "-R";
    for (String bad : List.of("", "-bogus")) {
      InstalledPackage.Result run =
          installed.run("-no-scan", filter, "-i", data, "-c", "last", option, units, bad);
      assertTrue(run.stderr().contains(bad.isEmpty() ? fact : bad), run::toString);
      assertFalse(run.stderr().contains("\tat "), run::toString);
    }
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
            .filter(file -> !file.endsWith(".java")) // by their own tests
            .toList();
    assertTrue(examples.contains("examples/mnist_layers.arff"), examples::toString);
    for (String example : examples) {
      assertTrue(example.endsWith(".arff"), () -> "No test runs the example " + example);
      InstalledPackage.Result run =
          installed.run(
              "RepresentationalComplexity",
              "-t",
              installed.packageDirectory().resolve(example).toString(),
              "-precision",
              "1");
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
