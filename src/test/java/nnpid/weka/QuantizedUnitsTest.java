package nnpid.weka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.DoubleFunction;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import nnpid.command.CommandLine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import weka.attributeSelection.ASEvaluation;
import weka.attributeSelection.PidAttributeEval;
import weka.attributeSelection.PidSubsetEval;
import weka.core.Instances;
import weka.core.Utils;
import weka.core.converters.ConverterUtils.DataSource;
import weka.filters.Filter;
import weka.filters.supervised.attribute.CoarseGrainUnits;
import weka.filters.unsupervised.attribute.QuantizeActivations;

/** What the report says about the levels of units, and which samples set their limits. */
class QuantizedUnitsTest {
  private static final Path CASES =
      Path.of(System.getProperty("shared.dir", "../shared")).resolve("data/cases");
  private static final String QUANTIZE =
      "weka.filters.unsupervised.attribute.QuantizeActivations -limits ";

  @TempDir private Path directory;

  /** Two units in 400 rows: u says what the class is, v is what a function makes of u. */
  private String data(DoubleFunction<Object> v) {
    Random random = new Random(1);
    return rows(
        IntStream.range(0, 400)
            .mapToObj(
                i -> {
                  double u = (i + random.nextDouble()) / 400;
                  return String.format(Locale.ROOT, "%s,%s,%s", u, v.apply(u), i < 200 ? "a" : "b");
                })
            .toList());
  }

  private String rows(List<String> rows) {
    return CommandLine.file(
        directory,
        "data.arff",
        """
        @relation units
        @attribute u numeric
        @attribute v numeric
        @attribute class {a,b}
        @data
        """
            + String.join("\n", rows)
            + "\n");
  }

  private static List<String> warnings(JsonObject layer) {
    return CommandLine.strings(layer, "warnings").stream()
        .filter(warning -> warning.startsWith("Unit") || warning.contains(" units ("))
        .toList();
  }

  private static JsonObject unit(JsonObject layer, String name) {
    return CommandLine.list(layer.getAsJsonArray("quantizedUnits")).stream()
        .map(element -> element.getAsJsonObject())
        .filter(unit -> unit.get("unit").getAsString().equals(name))
        .findAny()
        .orElseThrow();
  }

  @Test
  void cleanUnitsHaveLimitsAndNoWarning() {
    JsonObject layer = CommandLine.layer("-t", data(u -> 1 - 2 * u));
    assertEquals(List.of(), warnings(layer));
    assertEquals(8, unit(layer, "v").get("levels").getAsInt());
    assertEquals(8, unit(layer, "v").get("levelsUsed").getAsInt());
    assertEquals(
        unit(layer, "v").get("lowest").getAsDouble(), unit(layer, "v").get("low").getAsDouble(), 0);
  }

  /** Whole numbers that may be levels, and noise that reaches from limit to limit. */
  @Test
  void doubtfulNoiseIsWarnedOf() {
    String levels = data(u -> Math.rint(7 * u));
    String noisy = QUANTIZE + "auto -noise ";
    List<String> small = warnings(CommandLine.layer("-t", levels, "-Q", noisy + 0.1));
    assertEquals(1, small.size(), small::toString);
    assertTrue(
        small.get(0).startsWith("Unit \"v\": noise of standard deviation 0.1")
            && small.get(0).contains("(those of \"v\" go from 0 to 7)"),
        small::toString);
    assertEquals(List.of(), warnings(CommandLine.layer("-t", levels)));
    List<String> large = warnings(CommandLine.layer("-t", data(u -> u), "-Q", noisy + 0.3));
    assertEquals(1, large.size(), large::toString);
    assertTrue(large.get(0).startsWith("2 units (\"u\", \"v\"): the noise"), large::toString);
    assertEquals(List.of(), warnings(CommandLine.layer("-t", data(u -> u), "-Q", noisy + 0.2)));
  }

  @Test
  void oneExplodingSampleIsWarnedOfAndCostsNothing() {
    JsonObject layer = CommandLine.layer("-t", data(u -> u > 0.998 ? 1e6 : u));
    assertTrue(CommandLine.number(layer, "mutualInformation") > 0.8, layer::toString);
    assertEquals(1, warnings(layer).size());
    assertTrue(warnings(layer).get(0).startsWith("Unit \"v\": values far outside"));
    assertTrue(warnings(layer).get(0).contains("(\"v\" has 1e+06)"), warnings(layer)::toString);
  }

  @ParameterizedTest
  @ValueSource(strings = {"data", "percentile:0.1"})
  void nearlyAllSamplesInOneLevelAreWarnedOf(String limits) {
    String file = data(u -> u > 0.993 ? 1e6 : u);
    JsonObject layer = CommandLine.layer("-t", file, "-Q", QUANTIZE + limits);
    assertEquals(1, warnings(layer).size());
    assertTrue(
        warnings(layer).get(0).startsWith("Unit \"v\": more than 99% of the samples share"),
        warnings(layer)::toString);
  }

  @Test
  void fewNeighboringLevelsAreWarnedOf() {
    JsonObject layer = CommandLine.layer("-t", data(u -> 0.2 * u - 0.1), "-Q", QUANTIZE + "tanh");
    assertEquals(1, warnings(layer).size());
    assertTrue(
        warnings(layer).get(0).contains("in few neighboring levels (of \"v\" in 2 of 8)"),
        warnings(layer)::toString);
  }

  @Test
  void fewLevelsThatTellAllActivationsApartAreFine() {
    assertEquals(List.of(), warnings(CommandLine.layer("-t", data(u -> u < 0.3 ? 0 : 1))));
  }

  @Test
  void saturatedUnitsAreFine() {
    assertEquals(
        List.of(), warnings(CommandLine.layer("-t", data(u -> Math.tanh(40 * (u - 0.5))))));
  }

  @Test
  void aNegligibleRangeIsWarnedOfUnlessLimitsAreGiven() {
    String file = data(u -> 1 - 1e-6 * u * u);
    List<String> warnings = warnings(CommandLine.layer("-t", file));
    assertEquals(1, warnings.size());
    assertTrue(warnings.get(0).startsWith("Unit \"v\": the activations hardly differ"));
    assertFalse(
        warnings(CommandLine.layer("-t", file, "-Q", QUANTIZE + "tanh"))
            .toString()
            .contains("hardly differ"));
  }

  @Test
  void activationsOutsideGivenLimitsAreWarnedOfAndCounted() {
    JsonObject layer = CommandLine.layer("-t", data(u -> 1.2 * u), "-Q", QUANTIZE + "sigmoid");
    assertEquals(1, warnings(layer).size());
    assertTrue(
        warnings(layer).get(0).contains("outside the given limits (of \"v\" 17%"),
        warnings(layer)::toString);
    assertEquals(1 / 6.0, unit(layer, "v").get("outside").getAsDouble(), 0.01);
    assertEquals(
        List.of(),
        warnings(CommandLine.layer("-t", data(u -> 1.009 * u), "-Q", QUANTIZE + "sigmoid")));
  }

  @Test
  void manyUnitsAreOneSentence() {
    Random random = new Random(2);
    StringBuilder text = new StringBuilder("@relation wide\n");
    IntFunction<String> name = i -> "L1_" + (i + 1);
    IntStream.range(0, 12).forEach(i -> text.append("@attribute " + name.apply(i) + " numeric\n"));
    text.append("@attribute dead1 numeric\n@attribute dead2 numeric\n@attribute c {a,b}\n@data\n");
    for (int row = 0; row < 100; row++) {
      int label = row % 2;
      double noise = row == 17 ? 1e5 : random.nextDouble();
      text.append(IntStream.range(0, 12).mapToObj(i -> "" + noise).collect(Collectors.joining(",")))
          .append(",0,0,")
          .append(label == 0 ? "a" : "b")
          .append('\n');
    }
    String file = CommandLine.file(directory, "wide.arff", text.toString());
    List<String> warnings = CommandLine.strings(CommandLine.layer("-t", file), "warnings");
    assertTrue(
        warnings.toString().contains("2 sources (\"dead1\", \"dead2\") are constant."),
        warnings::toString);
    assertTrue(
        warnings.stream()
            .anyMatch(
                w ->
                    w.startsWith(
                        "12 units (\"L1_1\", \"L1_2\", \"L1_3\", \"L1_4\", \"L1_5\", ...): ")),
        warnings::toString);
    String out = CommandLine.run("-t", file).out();
    assertTrue(out.contains("L1_5 "), out);
    assertTrue(out.contains(", ... (14 units)"), out);
    assertFalse(out.contains("L1_6 "), out);
  }

  @Test
  void theTextHasTheLimitsOnceWhereTheyAreTheSame() {
    String out = CommandLine.run("-t", data(u -> u), "-Q", QUANTIZE + "-2,2").out();
    assertTrue(out.contains("\nLimits:       -2..2\n"), out);
    String own = CommandLine.run("-t", data(u -> 3 + u)).out();
    assertTrue(own.matches("(?s).*\nLimits:       all: u 0\\.\\d+\\.\\.0\\.99\\d+, v 3.*"), own);
  }

  @Test
  void otherFiltersHaveNoLimitsButTheirLevelsAreLookedAt() {
    JsonObject layer =
        CommandLine.layer(
            "-t",
            data(u -> u > 0.993 ? 1e6 : u),
            "-Q",
            "weka.filters.unsupervised.attribute.Discretize -B 8 -R first-last");
    assertFalse(unit(layer, "v").has("low"));
    assertTrue(warnings(layer).get(0).startsWith("Unit \"v\": more than 99%"));
  }

  @ParameterizedTest
  @CsvSource({"data, 1", "percentile:1, 0"})
  void evaluatorsAndGroupsTellTheSame(String limits, int warned) throws Exception {
    Instances data = DataSource.read(data(u -> u > 0.996 ? 1e6 : u));
    data.setClassIndex(2);
    QuantizeActivations quantizer = new QuantizeActivations();
    quantizer.setLimits(limits);
    PidAttributeEval attributes = new PidAttributeEval();
    attributes.setQuantizer(quantizer);
    PidSubsetEval subsets = new PidSubsetEval();
    subsets.setQuantizer(quantizer);
    CoarseGrainUnits groups = new CoarseGrainUnits();
    groups.setOptions(new String[] {"-groups-count", "2"});
    groups.setQuantizer(quantizer);
    groups.setInputFormat(data);
    Filter.useFilter(data, groups);
    for (ASEvaluation evaluator : List.of(attributes, subsets)) {
      evaluator.buildEvaluator(data);
    }
    for (Object scheme : List.of(attributes, subsets, groups)) {
      String text = scheme.toString();
      assertEquals(
          warned == 1, text.contains("Warning: Unit \"v\": more than 99% of the samples"), text);
    }
  }

  // Samples that do not count

  private static List<String> cleanRows() {
    return IntStream.range(0, 300)
        .mapToObj(i -> i / 300.0 + "," + (i * 7 % 300) / 300.0 + "," + (i < 150 ? "a" : "b"))
        .toList();
  }

  private String clean(String... more) {
    return rows(Stream.concat(Stream.of(more), cleanRows().stream()).toList());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"1000,1000,? |", "1000,1000,a,{0} |", "1000,?,b | -missing drop"})
  void samplesThatDoNotCountSetNoLimits(String row, String options) {
    String[] quantizing = {"-Q", QUANTIZE + "data"};
    JsonObject expected = CommandLine.layer(all(quantizing, "-t", clean()));
    String[] more = options == null ? new String[0] : options.split(" ");
    JsonObject actual = CommandLine.layer(all(all(more, quantizing), "-t", clean(row)));
    assertEquals(expected.get("quantizedUnits"), actual.get("quantizedUnits"));
    assertEquals(expected.get("mutualInformation"), actual.get("mutualInformation"));
  }

  private static String[] all(String[] options, String... more) {
    String[] all = Arrays.copyOf(options, options.length + more.length);
    System.arraycopy(more, 0, all, options.length, more.length);
    return all;
  }

  @Test
  void everyLayerDropsForItself() {
    StringBuilder text = new StringBuilder("@relation layers\n");
    text.append("@attribute L1_1 numeric\n@attribute L2_1 numeric\n@attribute c {a,b}\n@data\n");
    cleanRows().forEach(row -> text.append(row).append('\n'));
    text.append("?,1000,b\n");
    String file = CommandLine.file(directory, "layers.arff", text.toString());
    List<JsonObject> layers =
        CommandLine.layers(
            CommandLine.json(
                "-t", file, "-layers", "(L\\d)_.*", "-missing", "drop", "-Q", QUANTIZE + "data"));
    assertEquals(300, layers.get(0).get("instances").getAsInt());
    assertEquals(301, layers.get(1).get("instances").getAsInt());
    assertEquals(1000, unit(layers.get(1), "L2_1").get("high").getAsDouble(), 0);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"1000,1000,? |", "1000,1000,a,{0} |", "1000,?,b | -drop-missing"})
  void norDoTheyInTheEvaluators(String row, String options) throws Exception {
    // Discretize knows nothing of classes, weights and dropping.
    String filter =
        " -Q \"weka.filters.unsupervised.attribute.Discretize -B 8 -R first-last\" -M information";
    double[] information = new double[2];
    for (int i = 0; i < 2; i++) {
      Instances data = DataSource.read(i == 0 ? clean() : clean(row));
      data.setClassIndex(2);
      PidSubsetEval evaluator = new PidSubsetEval();
      evaluator.setOptions(Utils.splitOptions((options == null ? "" : options) + filter));
      evaluator.buildEvaluator(data);
      BitSet both = new BitSet();
      both.set(0, 2);
      information[i] = evaluator.evaluateSubset(both);
    }
    assertTrue(information[0] > 0.5);
    assertEquals(information[0], information[1], 1e-12);
  }

  // The files of real trouble

  @ParameterizedTest
  @CsvSource({
    "one_outlier.arff, 0.75, values far outside",
    "relu_outlier.npz, 1.90, values far outside",
    "saturated_unit.arff, 0.62, hardly differ"
  })
  void filesThatWentWrongAreWarnedOf(String name, double information, String warning) {
    Path file = CASES.resolve(name);
    assumeTrue(
        Files.exists(file), () -> "Skipped: no " + file + ". Maybe say where: -Dshared.dir=...");
    JsonObject layer = CommandLine.layer("-t", file.toString());
    assertTrue(CommandLine.number(layer, "mutualInformation") > information, layer::toString);
    assertTrue(
        warnings(layer).stream().anyMatch(w -> w.contains(warning)), warnings(layer)::toString);
    assertTrue(CommandLine.run("-t", file.toString()).out().contains(warning));
  }
}
