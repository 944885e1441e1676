package weka.attributeSelection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import weka.core.Instances;
import weka.core.OptionHandler;
import weka.core.Utils;
import weka.core.converters.ConverterUtils.DataSource;

/** That merits are those of the options, and shown for what they are. */
class PidMeritsTest {
  /** Eight noisy units, more states than exact values of more than six units could have. */
  private static Instances units() throws Exception {
    StringBuilder text = new StringBuilder("@relation units\n");
    for (int i = 1; i <= 8; i++) {
      text.append("@attribute u").append(i).append(" {0,1,2}\n");
    }
    text.append("@attribute class {a,b}\n@data\n");
    Random random = new Random(4);
    for (int row = 0; row < 500; row++) {
      boolean label = random.nextBoolean();
      for (int i = 0; i < 8; i++) {
        text.append(label && random.nextInt(3) > 0 ? 2 : random.nextInt(3)).append(',');
      }
      text.append(label ? "b\n" : "a\n");
    }
    return withClass(new Instances(new java.io.StringReader(text.toString())));
  }

  private static Instances withClass(Instances data) {
    data.setClassIndex(data.numAttributes() - 1);
    return data;
  }

  /** One unit that tells so many bits of the class, nearly. */
  private static Instances telling(double bits) throws Exception {
    double dependence = Math.sqrt(2 * Math.log(2) * bits);
    Instances data =
        new Instances(
            new java.io.StringReader(
                """
                @relation weak
                @attribute u {0,1}
                @attribute v {0,1}
                @attribute class {a,b}
                @data
                0,0,a
                0,1,b
                1,0,a
                1,1,b
                """));
    for (int i = 0; i < 4; i++) {
      data.instance(i).setWeight(1 + (i == 0 || i == 3 ? dependence : -dependence));
    }
    data.setClassIndex(2);
    data.deleteAttributeAt(1);
    return data;
  }

  private static BitSet first(int count) {
    BitSet set = new BitSet();
    set.set(0, count);
    return set;
  }

  private static <T extends ASEvaluation & OptionHandler> T built(
      T evaluator, Instances data, String options) throws Exception {
    evaluator.setOptions(Utils.splitOptions(options));
    evaluator.buildEvaluator(data);
    return evaluator;
  }

  // ---- options changed after the evaluator was built

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-M information", "-M synergy", "-M redundancy", "-M complexity",
        "-M complexity -share 0.1", "-measure mmi", "-S 7 -M accessible", "-replicates 2048"
      })
  void subsetMeritsAreThoseOfTheOptionsAsTheyAreNow(String options) throws Exception {
    Instances data = units();
    PidSubsetEval evaluator = built(new PidSubsetEval(), data, "");
    BitSet subset = first(options.contains("share") ? 2 : 7);
    double before = evaluator.evaluateSubset(subset);
    evaluator.setOptions(Utils.splitOptions(options));
    PidSubsetEval anew = built(new PidSubsetEval(), data, options);
    assertNotEquals(before, anew.evaluateSubset(subset));
    assertEquals(anew.evaluateSubset(subset), evaluator.evaluateSubset(subset), 0);
    assertEquals(anew.toString(), evaluator.toString());
    evaluator.setOptions(new String[0]);
    assertEquals(before, evaluator.evaluateSubset(subset), 0);
  }

  @ParameterizedTest
  @EnumSource
  void unitMeritsAreThoseOfTheMeritAsItIsNow(PidAttributeEval.Merit merit) throws Exception {
    Instances data = units();
    for (boolean wholeLayer : new boolean[] {false, true}) {
      PidAttributeEval evaluator = built(new PidAttributeEval(), data, "-contexts 2");
      evaluator.setMerit(merit);
      evaluator.setWholeLayer(wholeLayer);
      PidAttributeEval anew =
          built(
              new PidAttributeEval(),
              data,
              "-contexts 2 -M " + merit + (wholeLayer ? " -whole-layer" : ""));
      for (int unit = 0; unit < 8; unit++) {
        assertEquals(anew.evaluateAttribute(unit), evaluator.evaluateAttribute(unit), 0);
      }
      assertEquals(anew.toString(), evaluator.toString());
    }
  }

  // ---- small merits

  @ParameterizedTest
  @CsvSource({
    "0, 4, 0.0000",
    "-0.0, 4, 0.0000",
    "1e-16, 6, 0.000000",
    "1e-9, 4, 1.00e-09",
    "-1.2345e-9, 6, -1.23e-09",
    "0.00012345, 4, 0.000123",
    "0.00012345, 6, 0.000123",
    "0.0012345, 4, 0.0012",
    "1.5, 4, 1.5000",
    "-7.25, 6, -7.250000"
  })
  void smallNumbersKeepTheirDigits(double value, int decimals, String text) {
    assertEquals(text, PidEvaluation.number(value, decimals));
  }

  @Test
  void meritsOfABillionthOfABitAreNotShownAsZero() throws Exception {
    Instances data = telling(1e-9);
    PidAttributeEval attributes = built(new PidAttributeEval(), data, "");
    assertTrue(attributes.toString().contains(" 1.00e-09"), attributes.toString());
    assertFalse(attributes.toString().contains(") = 0.0000 bits"), attributes.toString());
    PidSubsetEval subsets = built(new PidSubsetEval(), data, "");
    assertTrue(subsets.toString().contains(" = 1.00e-09 bits"), subsets.toString());
    for (ASSearch search : List.of(new SubsetRanking(), new OptaPlannerSearch())) {
      search.search(subsets, data);
      assertTrue(search.toString().contains("1.00e-09"), search.toString());
      assertFalse(search.toString().contains("0.000000"), search.toString());
    }
  }

  // ---- estimates

  static List<ASSearch> searches() throws Exception {
    OptaPlannerSearch optaPlanner = new OptaPlannerSearch();
    optaPlanner.setOptions(Utils.splitOptions("-size 7 -steps 5"));
    SubsetRanking ranking = new SubsetRanking();
    ranking.setOptions(Utils.splitOptions("-size 7"));
    return List.of(optaPlanner, ranking);
  }

  @ParameterizedTest
  @MethodSource("searches")
  void everyMeritThatIsEstimatedHasItsError(ASSearch search) throws Exception {
    Instances data = units();
    PidSubsetEval evaluator = built(new PidSubsetEval(), data, "-replicates 64");
    search.search(evaluator, data);
    String text = search.toString();
    List<String> merits = text.lines().filter(line -> line.matches(".*\\d\\.\\d{6}.*")).toList();
    assertFalse(merits.isEmpty(), text);
    for (String line : merits) {
      assertTrue(line.matches(".*\\d\\.\\d{6} \\+- \\d.*"), text);
      assertFalse(line.contains("+- 0.0000"), text);
    }
    assertTrue(
        evaluator.toString().matches("(?s).* estimated, with standard errors up to \\d.*"),
        evaluator.toString());
  }

  @ParameterizedTest
  @MethodSource("searches")
  void exactMeritsHaveNone(ASSearch search) throws Exception {
    Instances data = units();
    PidSubsetEval evaluator = built(new PidSubsetEval(), data, "-M information");
    search.search(evaluator, data);
    assertFalse(search.toString().contains("+-"), search.toString());
    assertFalse(evaluator.toString().contains("estimated"), evaluator.toString());
  }

  @ParameterizedTest
  @MethodSource("searches")
  void noMeritIsShownAsIfItWereExact(ASSearch search) throws Exception {
    Instances data;
    try (InputStream in = PidMeritsTest.class.getResourceAsStream("/cases/evaluator_rare.arff")) {
      data = withClass(DataSource.read(in));
    }
    for (int seed = 1; seed <= 5; seed++) {
      search.search(built(new PidSubsetEval(), data, "-M complexity -S " + seed), data);
      assertFalse(search.toString().matches("(?s).*-1\\.000000(?! \\+-).*"), search.toString());
    }
  }

  @Test
  void allThatWasDrawnMayAgreeAndStillBeWrong() {
    assertEquals("-1.000000 +- ?", PidEvaluation.estimate(-1, 0, 6));
    assertEquals("-1.000000 +- ?", PidEvaluation.estimate(-1, Double.NaN, 6));
    assertEquals("-1.000000 +- 1.00e-06", PidEvaluation.estimate(-1, 1e-6, 6));
  }
}
