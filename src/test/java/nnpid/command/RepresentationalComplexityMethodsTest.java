package nnpid.command;

import static nnpid.command.CommandLine.layer;
import static nnpid.command.CommandLine.list;
import static nnpid.command.CommandLine.number;
import static nnpid.command.CommandLine.numbers;
import static nnpid.command.CommandLine.strings;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The methods and measures of the command line, on the bundled layers. */
class RepresentationalComplexityMethodsTest {
  private static final String[] L3 = {"-example", "-layers", "(L3)_.*"};
  private static final String[] ALL_UNITS = {"-example", "-layers", "(L)\\d_.*"};

  private static JsonObject with(String[] data, String... options) {
    List<String> all = new ArrayList<>(Arrays.asList(data));
    all.addAll(Arrays.asList(options));
    return layer(all.toArray(String[]::new));
  }

  @ParameterizedTest
  @CsvSource({
    "1-5,,lattice",
    "1-5,-complexity-only,backbone",
    "1-6,-precision 0.05,backbone",
    "1-7,-precision 0.05,coverage",
    "1-7,-complexity-only -precision 0.05,coverage",
    "1-3,-method backbone,backbone",
    "1-3,-method coverage -precision 0.05,coverage",
    "1-7,-method subsampling,subsampling",
    "1-7,-measure mmi,backbone",
    "1-6,-measure min,backbone",
    "1-4,-measure min,lattice",
    "1-2,-measure broja,lattice"
  })
  void methodIsChosenByTheNumberOfSources(String sources, String options, String method) {
    String[] given = options == null ? new String[0] : options.split(" ", -1);
    JsonObject layer =
        with(new String[] {"-example", "-sources", sources, "-layers", "(L).*"}, given);
    assertEquals(method, layer.get("method").getAsString());
  }

  @Test
  void estimateAgreesWithTheExactValueAndTellsItsError() {
    double exact = number(with(L3), "representationalComplexity");
    JsonObject estimate = with(L3, "-method", "coverage", "-precision", "0.005", "-seed", "3");
    double error = number(estimate, "standardError");
    assertTrue(error > 0 && error <= 0.005, () -> "standard error " + error);
    assertEquals(exact, number(estimate, "representationalComplexity"), 4 * error);
    assertTrue(number(estimate, "replicates") >= 100);
    assertTrue(estimate.get("complete").getAsBoolean());
    assertEquals(
        number(estimate, "mutualInformation"),
        Arrays.stream(numbers(estimate, "degreeOfSynergy")).sum(),
        1e-10);
    assertEquals(5, numbers(estimate, "degreeOfSynergyStandardErrors").length);
  }

  @Test
  void layerWiderThanTheExactMethodsIsEstimated() {
    JsonObject layer = with(ALL_UNITS, "-precision", "0.03");
    assertEquals(15, strings(layer, "sources").size());
    assertTrue(number(layer, "standardError") <= 0.03);
    assertTrue(number(layer, "representationalComplexity") > 1);
  }

  @Test
  void threadsDoNotChangeAnEstimate() {
    assertEquals(
        with(ALL_UNITS, "-precision", "0.03", "-threads", "1"),
        with(ALL_UNITS, "-precision", "0.03", "-threads", "3"));
  }

  @Test
  void seedChangesAnEstimate() {
    assertFalse(
        with(ALL_UNITS, "-replicates", "99", "-seed", "1")
            .equals(with(ALL_UNITS, "-replicates", "99", "-seed", "2")));
  }

  @Test
  void replicatesLimitAnEstimate() {
    JsonObject layer = with(ALL_UNITS, "-precision", "1e-9", "-replicates", "160");
    assertEquals(160, number(layer, "replicates"), 0);
  }

  @Test
  void tooFewNodesGiveBoundsInsteadOfAnEstimate() {
    JsonObject layer = with(ALL_UNITS, "-nodes", "5", "-replicates", "320");
    assertTrue(layer.get("representationalComplexity").isJsonNull());
    assertTrue(layer.get("note").getAsString().contains("bounds"));
    JsonObject bounds = layer.getAsJsonObject("bounds");
    double complexity = number(with(ALL_UNITS, "-precision", "0.03"), "representationalComplexity");
    assertTrue(number(bounds, "lower") - 4 * number(bounds, "lowerStandardError") < complexity);
    assertTrue(number(bounds, "upper") + 4 * number(bounds, "upperStandardError") > complexity);
    assertTrue(number(bounds, "unresolved") > 0);
  }

  @Test
  void subsamplingListsItsDraws() {
    JsonObject layer =
        with(ALL_UNITS, "-method", "subsampling", "-subset-size", "3", "-draws", "7");
    JsonObject sample = layer.getAsJsonObject("subsampling");
    double mean = 0;
    for (JsonElement draw : list(sample.getAsJsonArray("draws"))) {
      assertEquals(3, numbers(draw.getAsJsonObject(), "sources").length);
      mean += number(draw.getAsJsonObject(), "representationalComplexity") / 7;
    }
    assertEquals(mean, number(layer, "representationalComplexity"), 1e-12);
    assertEquals(
        number(sample, "standardDeviation") / Math.sqrt(7), number(layer, "standardError"), 1e-12);
    assertEquals(3, numbers(layer, "degreeOfSynergy").length);
  }

  @Test
  void measuresDifferButShareTheInformation() {
    JsonObject sx = with(L3);
    for (String measure : List.of("min", "mmi")) {
      JsonObject other = with(L3, "-measure", measure, "-atoms");
      assertEquals(measure, other.get("measure").getAsString());
      assertEquals(number(sx, "mutualInformation"), number(other, "mutualInformation"), 1e-12);
      assertEquals(
          number(sx, "mutualInformation"),
          Arrays.stream(numbers(other, "degreeOfSynergy")).sum(),
          1e-9);
      assertFalse(other.has("degreeOfSynergyInformative"));
      JsonObject atom = list(other.getAsJsonArray("atoms")).get(0).getAsJsonObject();
      assertFalse(atom.has("informative"));
      assertTrue(atom.has("average"));
    }
  }

  @Test
  void uniqueInformationTellsItsGap() {
    JsonObject layer =
        with(
            new String[] {"-example", "-sources", "1,2", "-layers", "(L).*"},
            "-measure",
            "broja",
            "-atoms");
    assertEquals(4, layer.getAsJsonArray("atoms").size());
    assertTrue(number(layer, "optimizationGap") <= 1e-6);
    assertTrue(
        CommandLine.run("-example", "-sources", "1,2", "-layers", "(L).*", "-measure", "broja")
            .out()
            .contains("found by optimization"));
  }

  @Test
  void shufflingTheClassesLeavesLittleInformation() {
    JsonObject layer = with(L3, "-permutations", "19");
    JsonObject information =
        layer.getAsJsonObject("permutations").getAsJsonObject("mutualInformation");
    assertEquals(19, number(layer.getAsJsonObject("permutations"), "count"), 0);
    assertEquals(0.05, number(information, "pValue"), 1e-12);
    assertTrue(number(information, "mean") < 0.2);
    assertEquals(5, layer.getAsJsonObject("permutations").getAsJsonArray("degreeOfSynergy").size());
  }

  @Test
  void classesAddUpToTheLayer() {
    JsonObject layer = with(L3, "-pointwise", "target");
    double[] sums = new double[5];
    double probability = 0;
    for (JsonElement element : list(layer.getAsJsonArray("targets"))) {
      JsonObject target = element.getAsJsonObject();
      double p = number(target, "probability");
      probability += p;
      double[] information = numbers(target, "degreeOfSynergy");
      for (int k = 0; k < sums.length; k++) {
        sums[k] += p * information[k];
      }
    }
    assertEquals(1, probability, 1e-12);
    double[] expected = numbers(layer, "degreeOfSynergy");
    for (int k = 0; k < sums.length; k++) {
      assertEquals(expected[k], sums[k], 1e-10);
    }
  }

  @Test
  void relatedMeasuresAreInEveryReport() {
    JsonObject layer = with(L3);
    assertEquals(
        number(layer, "mutualInformation"),
        Arrays.stream(numbers(layer, "reingDifferences")).sum(),
        1e-10);
    assertTrue(number(layer, "reingComplexity") > 1);
    assertTrue(number(layer, "averageDegreeOfRedundancy") > 1);
    assertTrue(number(layer, "averageDegreeOfVulnerability") > 0);
    assertEquals(1484.0 / 60000, number(layer, "realizationsPerInstance"), 1e-12);
  }

  @Test
  void fewSamplesPerRealizationWarn() {
    JsonObject layer = with(L3);
    List<String> warnings = strings(layer, "warnings");
    assertEquals(1, warnings.size(), warnings::toString);
    assertTrue(warnings.get(0).contains("are in no layer"), warnings::toString);
    assertTrue(
        CommandLine.run("-example", "-permutations", "2", "-pointwise", "target")
            .out()
            .contains("shuffles of the classes"));
  }

  @Test
  void meanOverAllSubsetsHasNoError() {
    JsonObject layer = with(L3, "-method", "subsampling", "-subset-size", "3", "-draws", "10");
    assertEquals(10, number(layer, "replicates"), 0);
    assertEquals(0, number(layer, "standardError"), 0);
    assertTrue(
        number(
                with(L3, "-method", "subsampling", "-subset-size", "3", "-draws", "9"),
                "standardError")
            > 0);
  }

  @Test
  void textAndCsvHaveReingsDifferences() {
    String text = CommandLine.run(L3).out();
    assertTrue(text.contains("C(0||1)") && text.contains("C(4||5)"), text);
    String csv = CommandLine.run("-example", "-layers", "(L3)_.*", "-format", "csv").out();
    assertTrue(csv.lines().findFirst().orElseThrow().endsWith("reingDifference5"), csv);
  }
}
