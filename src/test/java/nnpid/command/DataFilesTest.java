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
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import nnpid.weka.DelimitedText;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import weka.attributeSelection.PidSubsetEval;
import weka.core.Instances;
import weka.filters.unsupervised.attribute.QuantizeActivations;

/** Files through the command line, and the same files through the evaluators and filters. */
class DataFilesTest {
  private static final String CASES = "src/test/resources/cases/";

  private static final String HEADER =
      """
      @relation xor
      @attribute a {0,1}
      @attribute b {0,1}
      @attribute class {0,1}
      @data
      """;

  @TempDir private Path directory;

  private String file(String name, String text) {
    return CommandLine.file(directory, name, text);
  }

  private static void assertRejects(CommandLine run, String... parts) {
    assertFalse(run.ok());
    for (String part : parts) {
      assertTrue(run.err().contains(part), () -> part + " must be in: " + run.err());
    }
  }

  private static void assertWarns(JsonObject layer, String... parts) {
    String warnings = String.join("\n", strings(layer, "warnings"));
    for (String part : parts) {
      assertTrue(warnings.contains(part), () -> part + " must be in: " + warnings);
    }
  }

  // The cases of the issue

  @ParameterizedTest
  @ValueSource(strings = {"ok", "bom", "hash_header", "trailing_blanks", "semicolon_decimal_comma"})
  void spoiltCopiesGiveTheNumbersOfTheOriginal(String name) {
    List<JsonObject> expected = layers(CommandLine.json("-t", CASES + "ok.csv"));
    List<JsonObject> layers = layers(CommandLine.json("-t", CASES + name + ".csv"));
    assertEquals(expected, layers);
    assertEquals(2, layers.size());
    assertEquals(1.0169, number(layers.get(0), "representationalComplexity"), 5e-5);
    assertEquals(0.9992, number(layers.get(0), "mutualInformation"), 5e-5);
    assertEquals(1, number(layers.get(1), "representationalComplexity"), 5e-5);
  }

  @Test
  void oneMissingValueLeavesTheUnitNumeric() {
    JsonObject layer = layers(CommandLine.json("-t", CASES + "na_first.csv")).get(0);
    assertWarns(layer, "missing values (1)");
    assertEquals(34, number(layer, "realizations"));
  }

  @Test
  void theIndexOfPandasIsTold() {
    assertRejects(CommandLine.run("-t", CASES + "index_column.csv"), "index=False", "index_column");
  }

  // Options

  @Test
  void separatorsCanBeNamed() {
    String file = file("x.txt", "a b class\n0 0 no\n0 1 yes\n1 0 yes\n1 1 no\n");
    assertRejects(CommandLine.run("-t", file), "several names", "-separator");
    assertEquals(1, number(layer("-t", file, "-separator", " "), "mutualInformation"), 1e-9);
    assertRejects(CommandLine.run("-t", file, "-separator", "both"), "-separator", "both");
    assertRejects(
        CommandLine.run("-t", file("x.arff", HEADER + "0,0,0\n"), "-separator", "tab"),
        "-separator");
  }

  @Test
  void aClassOfNumbersAndNamesIsNominalOnRequest() {
    String file = file("x.csv", "u,class\n0.1,3\n0.9,other\n0.1,3\n0.9,4\n");
    assertRejects(CommandLine.run("-t", file), "line 3", "other", "-nominal-class");
    JsonObject layer = layer("-t", file, "-nominal-class");
    assertEquals(1.5, number(layer, "entropyTarget"), 1e-9);
  }

  // Names

  @ParameterizedTest
  @CsvSource({"-c,lable,label", "-c,LABEL,label", "-weights,cuont,count", "-sources,L1_l,L1_1"})
  void namesThatAreNotFoundListTheNearest(String option, String name, String nearest) {
    String file = file("x.csv", "L1_1,L1_2,count,label\n0.5,1,1,a\n1,2,1,b\n");
    assertRejects(CommandLine.run("-t", file, option, name), option + " " + name, "Maybe", nearest);
  }

  @Test
  void namesThatNothingIsLikeHaveNoHint() {
    String file = file("x.csv", "L1_1,L1_2,label\n0.5,1,a\n1,2,b\n");
    CommandLine run = CommandLine.run("-t", file, "-c", "temperature");
    assertRejects(run, "-c temperature");
    assertFalse(run.err().contains("Maybe it is"), run::err);
  }

  @Test
  void attributesThatLayersLeaveOutAreNamed() {
    String file =
        file("x.csv", "id,L1_1,L1_2,step,L2_1,label\n7,0.5,1,0,1,a\n9,1,2,0,2,b\n4,1,2,1,1,b\n");
    List<JsonObject> layers = layers(CommandLine.json("-t", file, "-layers", "(L\\d+)_.*"));
    assertWarns(layers.get(0), "\"id\"", "\"step\"", "2 attributes", "no layer");
    assertFalse(String.join("", strings(layers.get(1), "warnings")).contains("\"id\""));
  }

  @Test
  void namesThatKeepLayersFromBeingToldAreNamed() {
    String rows = "\n7,0.5,1,1,a\n9,1,2,2,b\n4,1,2,1,b\n";
    JsonObject layer = layer("-t", file("x.csv", "id,L1_1,L1_2,L2_1,label" + rows));
    assertWarns(layer, "\"id\"", "one layer", "-layers");
    JsonObject plain = layer("-t", file("x.csv", "u,v,w,x,label" + rows));
    assertFalse(String.join("", strings(plain, "warnings")).contains("one layer"));
  }

  // ARFF

  @ParameterizedTest
  @ValueSource(strings = {"\uFEFF", "% comment\n", "\uFEFF% comment\r\n\r\n"})
  void arffMayBeginWithAByteOrderMark(String start) {
    String rows = "0,0,0\n0,1,1\n1,0,1\n1,1,0\n";
    assertEquals(
        layer("-t", file("plain.arff", HEADER + rows)),
        layer("-t", file("marked.arff", start + HEADER + rows)));
  }

  @Test
  void namesAndValuesOfArffHaveNoBlanksAround() {
    String text =
        """
        @relation r
        @attribute ' L1_1' numeric
        @attribute 'L1_2\u00A0' numeric
        @attribute L2_1 numeric
        @attribute 'label ' {a,b,'a ',' b'}
        @data
        0,0,0,a
        0,1,1,'a '
        1,0,1,b
        1,1,0,' b'
        """;
    List<JsonObject> layers = layers(CommandLine.json("-t", file("x.arff", text), "-c", "label"));
    assertEquals(2, layers.size());
    assertEquals(1, number(layers.get(0), "entropyTarget"), 1e-9);
    assertEquals(1, number(layers.get(0), "mutualInformation"), 1e-9);
  }

  @Test
  void namesOfArffMustDifferInMoreThanBlanks() {
    String text = HEADER.replace("attribute b", "attribute 'a '") + "0,0,0\n";
    assertRejects(CommandLine.run("-t", file("x.arff", text)), "\"a\"", "twice");
  }

  @Test
  void aClassOfTextsIsTold() {
    String text = HEADER.replace("class {0,1}", "class string") + "0,0,x\n0,1,y\n";
    assertRejects(CommandLine.run("-t", file("x.arff", text)), "\"class\"", "nominal", "string");
  }

  /** Three times the same table: rows as often as they weigh, weights in braces, sparse rows. */
  @Test
  void weightsInBracesCountAsRows() {
    String once = "0,0,0\n0,1,1\n1,0,1\n1,1,0\n1,1,1\n";
    JsonObject expected =
        layer("-t", file("x.arff", HEADER + once + "1,1,0\n".repeat(2) + "0,1,1\n"));
    String weighted = "0,0,0\n0,1,1,{2}\n1,0,1, {1}\n1,1,0,{3}\n1,1,1\n";
    String sparse = "{}\n{1 1,2 1},{2}\n{0 1,2 1}, {1}\n{0 1,1 1},{3}\n{0 1,1 1,2 1}\n";
    for (String rows : List.of(weighted, sparse)) {
      JsonObject layer = layer("-t", file("x.arff", HEADER + rows));
      for (String figure :
          List.of("mutualInformation", "representationalComplexity", "realizations")) {
        assertEquals(number(expected, figure), number(layer, figure), 1e-12);
      }
    }
  }

  // The other readers

  @Test
  void evaluatorsReadAsTheCommandLine() throws Exception {
    String ok = evaluated("ok");
    assertTrue(ok.contains("Selected attributes"), ok);
    for (String name :
        List.of("bom", "hash_header", "trailing_blanks", "semicolon_decimal_comma")) {
      assertEquals(ok, evaluated(name));
    }
    assertTrue(evaluated("index_column").contains("index=False"));
  }

  @Test
  void filtersReadAsTheCommandLine() throws Exception {
    String ok = filtered("ok");
    assertTrue(ok.lines().count() > 300, ok);
    for (String name :
        List.of("bom", "hash_header", "trailing_blanks", "semicolon_decimal_comma")) {
      assertEquals(ok, filtered(name).replace("@relation " + name, "@relation ok"));
    }
    assertTrue(filtered("index_column").contains("index=False"));
  }

  private static String evaluated(String name) throws Exception {
    return printed(
        () ->
            SchemeCommand.execute(
                new PidSubsetEval(),
                new String[] {
                  "-i", CASES + name + ".csv", "-s", "weka.attributeSelection.GreedyStepwise"
                }));
  }

  private static String filtered(String name) throws Exception {
    return printed(
        () ->
            SchemeCommand.execute(
                new QuantizeActivations(),
                new String[] {"-i", CASES + name + ".csv", "-c", "last"}));
  }

  private interface Program {
    void run() throws Exception;
  }

  /** What a program prints, on both streams. */
  private static String printed(Program program) throws Exception {
    PrintStream out = System.out;
    PrintStream err = System.err;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (PrintStream both = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
      System.setOut(both);
      System.setErr(both);
      program.run();
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  // Results

  /** Languages with digits of their own, or a decimal comma. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "ar-EG",
        "ar-SA-u-nu-arab",
        "fa-IR",
        "hi-IN-u-nu-deva",
        "de-DE",
        "th-TH-u-nu-thai"
      })
  void resultsDoNotDependOnTheLanguage(String language) throws Exception {
    Locale before = Locale.getDefault();
    List<String> expected = results();
    try {
      Locale.setDefault(Locale.forLanguageTag(language));
      assertEquals(expected, results());
    } finally {
      Locale.setDefault(before);
    }
  }

  private static List<String> results() {
    List<String> results = new ArrayList<>();
    for (String format : List.of("arff", "csv", "json", "text")) {
      CommandLine run =
          CommandLine.run(
              "-t", CASES + "semicolon_decimal_comma.csv", "-format", format, "-permutations", "5");
      assertTrue(run.ok(), run::err);
      assertTrue(run.out().chars().allMatch(c -> c < 0x80), run::out);
      results.add(run.out());
    }
    return results;
  }

  @Test
  void arffHasTheNumbersOfCsv() throws Exception {
    CommandLine csv = CommandLine.run("-t", CASES + "ok.csv", "-format", "csv");
    CommandLine arff = CommandLine.run("-t", CASES + "ok.csv", "-format", "arff");
    Instances data = new Instances(new StringReader(arff.out()));
    List<String> lines = csv.out().lines().toList();
    String[] names = lines.get(0).split(",", -1);
    assertEquals(Arrays.asList(names).size(), data.numAttributes());
    int numbers = 0;
    for (int row = 0; row < data.numInstances(); row++) {
      String[] cells = lines.get(row + 1).split(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", -1);
      for (int i = 0; i < names.length; i++) {
        assertEquals(names[i], data.attribute(i).name());
        if (data.attribute(i).isNumeric()) {
          double expected = cells[i].isEmpty() ? Double.NaN : Double.parseDouble(cells[i]);
          assertEquals(expected, data.instance(row).value(i), 0.0);
          numbers++;
        }
      }
    }
    assertTrue(numbers > 20);
  }

  /** A table of text, as Weka would write it, and as the package writes its results, is read. */
  @Test
  void resultsAreReadAsData() throws Exception {
    Path csv = directory.resolve("result.csv");
    Files.writeString(csv, CommandLine.run("-t", CASES + "ok.csv", "-format", "csv").out());
    Instances data = DelimitedText.read(new File(csv.toString()), "auto", List.of());
    Instances arff =
        new Instances(
            new StringReader(CommandLine.run("-t", CASES + "ok.csv", "-format", "arff").out()));
    int column = arff.attribute("representationalComplexity").index();
    assertArrayEquals(
        arff.attributeToDoubleArray(column),
        data.attributeToDoubleArray(data.attribute("representationalComplexity").index()));
  }
}
