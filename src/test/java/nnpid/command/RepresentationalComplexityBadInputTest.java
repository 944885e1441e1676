package nnpid.command;

import static nnpid.command.CommandLine.layer;
import static nnpid.command.CommandLine.layers;
import static nnpid.command.CommandLine.number;
import static nnpid.command.CommandLine.strings;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the command line does with bad input: it fails with a message for people that names what is
 * at fault, and leaves no file.
 */
class RepresentationalComplexityBadInputTest {
  private static final String HEADER =
      """
      @relation xor
      @attribute a {0,1}
      @attribute b {0,1}
      @attribute class {0,1}
      @data
      """;

  private static final String XOR = HEADER + "0,0,0\n0,1,1\n1,0,1\n1,1,0\n";

  /** Units from two layers, L1 with two and L2 with three. */
  private static final String LAYERS =
      """
      @relation network
      @attribute L1_1 {0,1}
      @attribute L1_2 {0,1}
      @attribute L2_1 {0,1}
      @attribute L2_2 {0,1}
      @attribute L2_3 {0,1}
      @attribute class {0,1}
      @data
      0,0,0,0,0,0
      1,1,0,1,0,1
      """;

  @TempDir private Path directory;

  private String file(String name, String text) {
    return CommandLine.file(directory, name, text);
  }

  @Test
  void ofTwoArraysThatCouldBeTheClassTheOptionNamesOne() {
    String file = "src/test/resources/npy/two-classes.npz";
    CommandLine run = CommandLine.run("-t", file);
    assertFalse(run.ok(), run::toString);
    assertTrue(run.err().contains("\"y\" (4,), \"label\" (4,)"), run::err);
    for (String name : List.of("y", "label")) {
      assertEquals(
          List.of("L10", "L2"),
          layers(CommandLine.json("-t", file, "-c", name)).stream()
              .map(layer -> layer.get("layer").getAsString())
              .sorted()
              .toList());
    }
  }

  private String xor() {
    return file("xor.arff", XOR);
  }

  /**
   * Runs the command line twice, to a file and to standard output: it must fail with a message that
   * has all of the words.
   */
  private void assertRejects(String[] options, String... words) {
    Path output = directory.resolve("result.json");
    String[] toFile = Arrays.copyOf(options, options.length + 4);
    toFile[options.length] = "-o";
    toFile[options.length + 1] = output.toString();
    toFile[options.length + 2] = "-format";
    toFile[options.length + 3] = "json";
    String[] filesBefore = files();
    CommandLine run = CommandLine.run(toFile);
    assertClearMessage(run, words);
    assertFalse(Files.exists(output), "A run that failed must not leave its output.");
    assertArrayEquals(filesBefore, files(), "A run that failed must not leave files.");
    assertEquals(run, CommandLine.run(options));
  }

  private static void assertClearMessage(CommandLine run, String... words) {
    assertFalse(run.ok(), run::toString);
    assertEquals("", run.out());
    assertTrue(run.err().startsWith("Error: "), run::err);
    for (String word : words) {
      assertTrue(run.err().contains(word), () -> "\"" + word + "\" must be in: " + run.err());
    }
    for (String developers : new String[] {"Exception", "\tat ", "null"}) {
      assertFalse(
          run.err().contains(developers),
          () -> "\"" + developers + "\" must not be in: " + run.err());
    }
    assertTrue(run.err().lines().count() <= 4, run::err);
  }

  private String[] files() {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(Path::toString).sorted().toArray(String[]::new);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String[] options(String... options) {
    return options;
  }

  // The class

  @ParameterizedTest
  @ValueSource(strings = {"0", "4", "digit", "99999999999", ""})
  void rejectsAClassThatIsNotThere(String name) {
    if (name.isEmpty()) {
      // The option at the end has no value.
      CommandLine run = CommandLine.run("-t", xor(), "-c");
      assertClearMessage(run, "-c");
    } else {
      assertRejects(options("-t", xor(), "-c", name), "-c " + name, "1 to 3");
    }
  }

  @Test
  void rejectsANumericClassAndNamesTheFilters() {
    String file = file("numeric.arff", XOR.replace("class {0,1}", "digit numeric"));
    assertRejects(
        options("-t", file),
        "\"digit\"",
        "numeric",
        "-nominal-class",
        "weka.filters.unsupervised.attribute.NumericToNominal",
        "weka.filters.unsupervised.attribute.Discretize");
  }

  @Test
  void rejectsAStringClass() {
    String file = file("text.arff", XOR.replace("class {0,1}", "label string"));
    assertRejects(options("-t", file), "\"label\"", "nominal", "string");
  }

  @Test
  void rejectsInstancesThatAllLackTheClass() {
    String file = file("unlabeled.arff", HEADER + "0,0,?\n0,1,?\n");
    assertRejects(options("-t", file), "\"class\"", "missing in all");
  }

  // The sources

  @Test
  void rejectsAStringAmongTheSources() {
    String file = file("text.arff", XOR.replace("@attribute b {0,1}", "@attribute name string"));
    assertRejects(options("-t", file), "\"name\"", "string", "-sources");
  }

  @Test
  void rejectsADateAmongTheSources() {
    String file =
        file(
            "date.arff",
            HEADER.replace("@attribute b {0,1}", "@attribute day date yyyy-MM-dd")
                + "0,2023-01-01,0\n1,2023-01-02,1\n");
    assertRejects(options("-t", file), "\"day\"", "date", "-sources");
  }

  @Test
  void acceptsAStringThatIsNotAmongTheSources() {
    String file = file("text.arff", XOR.replace("@attribute b {0,1}", "@attribute name string"));
    assertEquals(List.of("a"), strings(layer("-t", file, "-sources", "1"), "sources"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-atoms",
        "-method lattice -top 3",
        "-method lattice",
        "-method backbone",
        "-pointwise target"
      })
  void rejectsMoreThanSixSourcesAndSaysHowManyAntichainsAndWhatToDo(String option) {
    String file =
        file(
            "seven.arff",
            "@relation seven\n"
                + "@attribute class {0,1}\n"
                + IntStream.rangeClosed(1, 7)
                    .mapToObj(i -> "@attribute u" + i + " {0,1}\n")
                    .collect(Collectors.joining())
                + "@data\n0,0,0,0,0,0,0,0\n1,1,1,1,1,1,1,1\n");
    String[] options =
        Stream.concat(
                Stream.of("-t", file, "-c", "first"),
                Arrays.stream(option.split(" ", -1)).filter(word -> !word.isEmpty()))
            .toArray(String[]::new);
    assertRejects(options, "(7)", "6", "2,414,682,040,996 antichains", "-sources", "-groups");
  }

  @Test
  void rejectsDataWithNothingButTheClass() {
    String file = file("class.arff", "@relation c\n@attribute class {0,1}\n@data\n0\n1\n");
    assertRejects(options("-t", file), "at least one source");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "4", "1,7", "2-99999999999"})
  void rejectsSourcesOutOfRange(String sources) {
    assertRejects(options("-t", xor(), "-sources", sources), "-sources " + sources, "1 to 3");
  }

  @ParameterizedTest
  @ValueSource(strings = {"3", "last", "1-3", "first-last"})
  void rejectsTheClassAmongTheSources(String sources) {
    assertRejects(
        options("-t", xor(), "-sources", sources), "-sources " + sources, "class \"class\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"unit.*", "1,two", "-1"})
  void rejectsSourcesThatMatchNoName(String sources) {
    assertRejects(options("-t", xor(), "-sources", sources), "-sources " + sources, "no attribute");
  }

  @Test
  void constantSourceIsDoubtfulButNoError() {
    CommandLine run = CommandLine.run("-t", file("constant.arff", HEADER + "0,0,0\n1,0,1\n"));
    assertTrue(run.ok(), run::err);
    assertTrue(run.out().contains("Source \"b\" is constant"), run::out);
  }

  @Test
  void noInformationIsNoError() {
    CommandLine run =
        CommandLine.run("-t", file("none.arff", HEADER + "0,0,0\n1,0,0\n0,0,1\n1,0,1\n"));
    assertTrue(run.ok(), run::err);
    assertTrue(run.out().contains("undefined"), run::out);
  }

  // The values

  @Test
  void rejectsDataWithoutInstances() {
    assertRejects(options("-t", file("empty.arff", HEADER)), "instances");
  }

  @Test
  void rejectsDataOfWhichNothingIsLeftWithoutMissingValues() {
    String file = file("holes.arff", HEADER + "?,0,0\n1,?,1\n");
    assertRejects(options("-t", file, "-missing", "drop"), "all values", "-missing level");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Infinity", "-Infinity"})
  void rejectsInfinityAndNamesAttributeAndInstance(String value) {
    assertRejects(
        options("-t", numbers("arff", "0.1,0.5,no\n0.2," + value + ",yes\n")),
        "\"unit2\"",
        "instance 2",
        "infinite");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Infinity", "-Infinity", "1e999"})
  void rejectsInfinityInCsvAndNamesAttributeAndLine(String value) {
    assertRejects(
        options("-t", numbers("csv", "0.1,0.5,no\n0.2," + value + ",yes\n")),
        "\"unit2\"",
        "line 3",
        "finite");
  }

  @Test
  void rejectsNaNAndNamesAttributeAndLine() {
    String file = numbers("arff", "0.1,0.5,no\n0.2,NaN,yes\n");
    assertRejects(options("-t", file), "\"unit2\"", "line 7", "finite");
  }

  @Test
  void rejectsNaNInACompressedFile() throws IOException {
    Path file = directory.resolve("numbers.arff.gz");
    Files.write(
        file, gzip(Files.readString(Path.of(numbers("arff", "0.1,0.5,no\n0.2,NaN,yes\n")))));
    assertRejects(options("-t", file.toString()), "\"unit2\"", "line 7");
  }

  /** A file of two numeric units and a class. */
  private String numbers(String format, String rows) {
    String header =
        format.equals("csv")
            ? "unit1,unit2,class\n"
            : """
            @relation numbers
            @attribute unit1 numeric
            @attribute unit2 numeric
            @attribute class {no,yes}
            @data
            """;
    return file("numbers." + format, header + rows);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "-0.5", "Infinity"})
  void rejectsWeightsThatAreNegativeOrNotFinite(String weight) {
    String file = file("weights.arff", HEADER + "0,0,0\n0,1,1,{" + weight + "}\n");
    assertRejects(options("-t", file), "weight", "instance 2", "not negative");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "?", "Infinity"})
  void rejectsValuesOfTheWeightAttributeThatAreNegativeOrNotFinite(String weight) {
    assertRejects(
        options("-t", counts(weight), "-weights", "count"), "weight", "instance 2", "not negative");
  }

  @Test
  void rejectsDataWithoutAnyWeight() {
    String file = file("weightless.arff", HEADER + "0,0,0,{0}\n0,1,1,{0}\n");
    assertRejects(options("-t", file), "weight above 0");
  }

  @Test
  void rejectsCountsThatAreNotWhole() {
    assertRejects(
        options("-t", counts("2.5"), "-weights", "count", "-weights-are", "counts"),
        "(counts)",
        "whole numbers",
        "2.5");
  }

  @Test
  void rejectsUnknownMeaningsOfWeights() {
    assertRejects(
        options("-t", counts("2"), "-weights-are", "probabilities"),
        "-weights-are probabilities",
        "auto, counts or importance");
  }

  @Test
  void rejectsNaNInTheWeightAttribute() {
    assertRejects(options("-t", counts("NaN"), "-weights", "count"), "\"count\"", "NaN");
  }

  private String counts(String weight) {
    return file(
        "counts.arff",
        "@relation counts\n@attribute a {0,1}\n@attribute count numeric\n@attribute class {0,1}\n"
            + "@data\n0,5,0\n1,"
            + weight
            + ",1\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "class", "frequency"})
  void rejectsWeightAttributesThatAreNotNumeric(String name) {
    assertRejects(options("-t", xor(), "-weights", name), "-weights " + name, "numeric");
  }

  // Groups

  @ParameterizedTest
  @ValueSource(strings = {"1;1", "1,2;2", "1-2;2", "1,1;2"})
  void rejectsGroupsThatOverlap(String groups) {
    assertRejects(options("-t", xor(), "-groups", groups), "-groups " + groups, "overlap");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1;;2", "1,2;", ";", ";1,2"})
  void rejectsEmptyGroups(String groups) {
    assertRejects(options("-t", xor(), "-groups", groups), "-groups " + groups, "\"\" is not");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1;3", "0;1,2", "1-3", "2-1"})
  void rejectsGroupsOutOfRange(String groups) {
    assertRejects(options("-t", xor(), "-groups", groups), "-groups " + groups, "1 to 2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a;b", "1:2", "1 2", "1-;2", "99999999999"})
  void rejectsGroupsThatAreNotNumbers(String groups) {
    assertRejects(options("-t", xor(), "-groups", groups), "-groups " + groups, "numbers");
  }

  @Test
  void rejectsGroupsThatLeaveAUnitOut() {
    assertRejects(options("-t", xor(), "-groups", "2"), "-groups 2", "unit 1", "in none");
  }

  @Test
  void rejectsGroupsThatDoNotFitALayerAndNamesIt() {
    assertRejects(
        options("-t", file("layers.arff", LAYERS), "-layers", "(L\\d)_.*", "-groups", "1;2"),
        "-groups 1;2",
        "unit 3",
        "\"L2\"");
  }

  // Regular expressions

  @ParameterizedTest
  @ValueSource(strings = {"[", "(u", "*", "u{2"})
  void rejectsBadRegularExpressions(String regex) {
    assertRejects(options("-t", xor(), "-sources", regex), "-sources", regex, "regular expression");
    assertRejects(options("-t", xor(), "-layers", regex), "-layers", regex, "regular expression");
  }

  @ParameterizedTest
  @ValueSource(strings = {"L\\d_.*", "(L\\d)_(.*)", "(?:L\\d)_.*"})
  void rejectsLayersWithoutExactlyOneCapturingGroup(String regex) {
    assertRejects(
        options("-t", file("layers.arff", LAYERS), "-layers", regex),
        "-layers " + regex,
        "one capturing group");
  }

  @Test
  void rejectsLayersThatMatchNoName() {
    assertRejects(
        options("-t", file("layers.arff", LAYERS), "-layers", "(layer)_.*"),
        "-layers (layer)_.*",
        "\"L1_1\"",
        "\"L2_3\"");
  }

  // Input files

  @Test
  void rejectsAFileThatIsNotThere() {
    String file = directory.resolve("nothing.arff").toString();
    assertRejects(options("-t", file), "-t " + file, "does not exist");
  }

  @Test
  void rejectsADirectory() {
    assertRejects(options("-t", directory.toString()), "-t " + directory, "file");
  }

  @ParameterizedTest
  @ValueSource(strings = {"units.docx", "units", "units.np"})
  void rejectsAnUnknownExtension(String name) {
    assertRejects(options("-t", file(name, XOR)), name, ".arff", ".csv");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0,1\n", "0,1,2\n", "x,1,0\n", "0,1,", "0"})
  void rejectsRowsThatDoNotFitTheirHeader(String row) {
    String file = file("rows.arff", XOR + row);
    // Weka names the line, or the one after if the row ends too soon.
    assertRejects(options("-t", file), "-t " + file, "line 1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0,1\n", "0,1,no,yes\n"})
  void rejectsRowsOfCsvThatDoNotFitTheirHeader(String row) {
    String file = file("rows.csv", "a,b,class\n0,0,no\n" + row);
    assertRejects(options("-t", file), file, "Line 3", "3 cells");
  }

  @Test
  void rejectsPlainTextThatIsNamedCompressed() {
    String file = file("xor.arff.gz", XOR);
    assertRejects(options("-t", file), "-t " + file);
  }

  @Test
  void rejectsACompressedFileThatEndsInItsRows() throws IOException {
    // Long enough that the header can be read.
    byte[] whole = gzip(HEADER + longRows());
    Path file = directory.resolve("xor.arff.gz");
    Files.write(file, Arrays.copyOf(whole, whole.length - 10));
    assertRejects(options("-t", file.toString()), "-t " + file);
  }

  private static String longRows() {
    SplittableRandom random = new SplittableRandom(5);
    return IntStream.range(0, 100_000)
        .mapToObj(i -> random.nextInt(2) + "," + random.nextInt(2) + "," + random.nextInt(2) + "\n")
        .collect(Collectors.joining());
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  // Output files

  @Test
  void rejectsAnOutputInADirectoryThatIsNotThere() {
    String output = directory.resolve("nowhere").resolve("result.json").toString();
    assertClearMessage(CommandLine.run("-t", xor(), "-o", output), "-o " + output);
    assertFalse(Files.exists(Path.of(output).getParent()));
  }

  @Test
  void rejectsAnOutputThatIsADirectory() {
    assertClearMessage(CommandLine.run("-t", xor(), "-o", directory.toString()), "-o " + directory);
  }

  @Test
  void rejectsAnOutputInAFile() {
    String output = xor() + "/result.json";
    assertClearMessage(CommandLine.run("-t", xor(), "-o", output), "-o " + output);
  }

  @Test
  void failureLeavesTheOutputOfAnEarlierRunAlone() throws IOException {
    String output = file("result.json", "earlier");
    String[] before = files();
    CommandLine run =
        CommandLine.run("-t", file("unlabeled.arff", HEADER + "0,0,?\n0,1,?\n"), "-o", output);
    assertClearMessage(run, "\"class\"");
    assertEquals("earlier", Files.readString(Path.of(output)));
    assertEquals(before.length + 1, files().length);
  }

  // Options

  @ParameterizedTest
  @ValueSource(strings = {"-verbose", "more.arff", "-C", "--atoms", "-L"})
  void rejectsUnknownOptions(String option) {
    assertRejects(options("-t", xor(), option), "\"" + option + "\"", "-h");
  }

  @ParameterizedTest
  @CsvSource({
    "-format,xml,json",
    "-measure,isx,sx",
    "-measure,mmi -method coverage,for sx",
    "-measure,broja -groups 1;2 -method backbone,go with",
    "-method,exact,lattice",
    "-method,coverage -atoms,lattice",
    "-method,subsampling -subset-size 3,number of sources (2)",
    "-precision,0,positive",
    "-precision,-0.1,positive",
    "-precision,NaN,positive",
    "-replicates,0,at least 1",
    "-time-limit,0,positive",
    "-time-limit,5d,must be a number",
    "-replicates,99999999999999999999,from -2147483648 to 2147483647",
    "-nodes,0,at least 1",
    "-draws,0 -method subsampling,at least 1",
    "-subset-size,0 -method subsampling,at least 1",
    "-permutations,-1,negative",
    "-pointwise,source,target",
    "-missing,ignore,drop",
    "-threads,0,at least 1",
    "-threads,-2,at least 1",
    "-threads,two,whole number",
    "-top,-1,at least 1",
    "-top,many,whole number",
    "-top,1.5,whole number",
    "-seed,random,whole number",
    "-seed,3000000000,whole number"
  })
  void rejectsBadValuesOfOptions(String option, String value, String rule) {
    String[] options =
        Stream.concat(Stream.of("-t", xor(), option), Arrays.stream(value.split(" ", -1)))
            .toArray(String[]::new);
    assertClearMessage(CommandLine.run(options), rule);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-t",
        "-c",
        "-sources",
        "-layers",
        "-groups",
        "-weights",
        "-Q",
        "-missing",
        "-measure",
        "-top",
        "-threads",
        "-seed",
        "-format",
        "-o"
      })
  void rejectsAnOptionAtTheEndWithoutItsValue(String option) {
    CommandLine run =
        option.equals("-t") ? CommandLine.run("-t") : CommandLine.run("-t", xor(), option);
    assertClearMessage(run, option);
  }

  @Test
  void rejectsRunsWithoutData() {
    assertRejects(options("-atoms"), "-t FILE", "-example");
  }

  @Test
  void rejectsDataAndExampleTogether() {
    assertRejects(options("-example", "-t", xor()), "-t", "-example");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-atoms", "-top 2"})
  void rejectsAtomsOfARunThatComputesNone(String option) {
    String[] words = option.split(" ");
    String[] options = Arrays.copyOf(options("-t", xor(), "-complexity-only"), 3 + words.length);
    System.arraycopy(words, 0, options, 3, words.length);
    assertRejects(options, "-complexity-only", "-atoms", "-top");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "NoSuchFilter",
        "weka.classifiers.rules.ZeroR",
        "weka.filters.unsupervised.attribute.QuantizeActivations -L 1",
        "weka.filters.unsupervised.attribute.QuantizeActivations -levels 4"
      })
  void rejectsQuantizersThatAreNoFiltersOrHaveBadOptions(String quantizer) {
    assertRejects(options("-t", xor(), "-Q", quantizer), "-Q " + quantizer);
  }

  @Test
  void rejectsQuantizersThatRemoveAttributes() {
    assertRejects(
        options(
            "-t",
            numbers("csv", "0.1,0.5,no\n0.2,0.3,yes\n"),
            "-Q",
            "weka.filters.unsupervised.attribute.Remove -R 1"),
        "-Q weka.filters.unsupervised.attribute.Remove -R 1",
        "3 became 2");
  }

  @Test
  void rejectsQuantizersThatLeaveNumbers() {
    assertRejects(
        options(
            "-t",
            numbers("csv", "0.1,0.5,no\n0.2,0.3,yes\n"),
            "-Q",
            "weka.filters.unsupervised.attribute.Standardize"),
        "\"unit1\"",
        "nominal",
        "-Q");
  }

  // Large

  @Test
  void takesNominalAttributesOf100000Values() {
    int values = 100_000;
    StringBuilder text = new StringBuilder("@relation large\n@attribute a {");
    text.append(IntStream.range(0, values).mapToObj(i -> "v" + i).collect(Collectors.joining(",")));
    text.append("}\n@attribute b {0,1}\n@attribute class {0,1}\n@data\n");
    for (int i = 0; i < values; i++) {
      text.append('v').append(i).append(',').append(i & 1).append(',').append(i >> 1 & 1);
      text.append('\n');
    }
    JsonObject layer = layer("-t", file("large.arff", text.toString()));
    assertEquals(values, number(layer, "realizations"), 0);
    assertEquals(Math.log(values) / Math.log(2), number(layer, "entropySources"), 1e-9);
    assertEquals(1, number(layer, "mutualInformation"), 1e-9);
    // a has one value per instance: it alone knows the class, b nothing.
    assertEquals(1, number(layer, "representationalComplexity"), 1e-4);
  }

  @Test
  @Tag("slow")
  void takesAMillionRealizations() {
    int side = 1000;
    StringBuilder text = new StringBuilder("@relation large\n");
    String values =
        IntStream.range(0, side).mapToObj(Integer::toString).collect(Collectors.joining(","));
    text.append("@attribute a {").append(values).append("}\n");
    text.append("@attribute b {").append(values).append("}\n@attribute class {0,1}\n@data\n");
    for (int a = 0; a < side; a++) {
      for (int b = 0; b < side; b++) {
        text.append(a).append(',').append(b).append(',').append((a ^ b) & 1).append('\n');
      }
    }
    CommandLine run = CommandLine.run("-t", file("large.arff", text.toString()), "-format", "json");
    assertTrue(run.ok(), run::err);
    // A slow machine hears of the progress.
    assertTrue(run.err().lines().allMatch(line -> line.matches(" *\\d+% done")), run::err);
    JsonObject layer = layers(JsonParser.parseString(run.out()).getAsJsonObject()).get(0);
    assertEquals(1_000_000, number(layer, "realizations"), 0);
    assertEquals(2 * Math.log(side) / Math.log(2), number(layer, "entropySources"), 1e-9);
    assertEquals(1, number(layer, "mutualInformation"), 1e-9);
  }
}
