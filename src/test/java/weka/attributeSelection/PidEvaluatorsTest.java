package weka.attributeSelection;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import nnpid.decomposition.LeaveOneOut;
import nnpid.decomposition.Values;
import nnpid.distribution.JointDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import weka.classifiers.Evaluation;
import weka.classifiers.bayes.NaiveBayes;
import weka.classifiers.meta.AttributeSelectedClassifier;
import weka.core.Attribute;
import weka.core.CheckOptionHandler;
import weka.core.DenseInstance;
import weka.core.Instance;
import weka.core.Instances;
import weka.core.OptionHandler;
import weka.core.Utils;
import weka.core.converters.ConverterUtils.DataSource;
import weka.filters.Filter;

/** What both evaluators by partial information decomposition promise. */
class PidEvaluatorsTest {

  static Stream<ASEvaluation> evaluators() {
    return Stream.of(new PidAttributeEval(), new PidSubsetEval());
  }

  // ---- options

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-M unique -context-size 4 -contexts 3 -whole-layer",
        "-M vulnerability -measure min -contexts 0",
        "-values corrected",
        "-Q \"weka.filters.unsupervised.attribute.QuantizeActivations -L 3\"",
        "-drop-missing -threads 2 -S -5",
        "-do-not-check-capabilities"
      })
  void attributeEvaluatorPassesWekasOptionCheck(String options) throws Exception {
    checkOptions(new PidAttributeEval(), options);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-M complexity -share 0.5 -replicates 100",
        "-M synergy -measure mmi",
        "-values corrected -M redundancy",
        "-Q \"weka.filters.unsupervised.attribute.Discretize -B 4\"",
        "-drop-missing -threads 2 -S -5",
        "-do-not-check-capabilities"
      })
  void subsetEvaluatorPassesWekasOptionCheck(String options) throws Exception {
    checkOptions(new PidSubsetEval(), options);
  }

  private static void checkOptions(OptionHandler handler, String options) throws Exception {
    CheckOptionHandler check = new CheckOptionHandler();
    check.setOptionHandler(handler);
    check.setUserOptions(Utils.splitOptions(options));
    check.setSilent(true);
    check.doTests();
    assertTrue(check.getSuccess());
    handler.setOptions(Utils.splitOptions(options));
    String[] given = handler.getOptions();
    OptionHandler copy = handler.getClass().getDeclaredConstructor().newInstance();
    copy.setOptions(given.clone());
    assertArrayEquals(given, copy.getOptions());
    handler.setOptions(new String[0]);
    assertArrayEquals(
        handler.getClass().getDeclaredConstructor().newInstance().getOptions(),
        handler.getOptions());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          -M best             | (-M best)              | share, unique, redundant
          -measure broja      | (-measure broja)       | sx, min or mmi
          -values exact       | (-values exact)        | plug-in or corrected
          -context-size 1     | (-context-size 1)      | from 2 to 6
          -context-size 7     | (-context-size 7)      | from 2 to 6
          -context-size x     | (-context-size x)      | a whole number
          -contexts 1         | (-contexts 1)          | at least 2
          -contexts -2        | (-contexts -2)         | must be 0
          -threads -1         | (-threads -1)          | not be negative
          -S pi               | (-S pi)                | a whole number
          -Q weka.NoFilter    | (-Q weka.NoFilter)     | must be a filter
          """)
  void badOptionOfTheAttributeEvaluatorIsNamed(String option, String value, String rule) {
    assertMessage(new PidAttributeEval(), option, value, rule);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          -M share            | (-M share)             | accessible, information, synergy
          -share 1.5          | (-share 1.5)           | from 0 to 1
          -share NaN          | (-share NaN)           | from 0 to 1
          -share half         | (-share half)          | number
          -replicates 0       | (-replicates 0)        | at least 1
          -replicates 1.5     | (-replicates 1.5)      | a whole number
          """)
  void badOptionOfTheSubsetEvaluatorIsNamed(String option, String value, String rule) {
    assertMessage(new PidSubsetEval(), option, value, rule);
  }

  private static void assertMessage(
      OptionHandler handler, String option, String value, String rule) {
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> handler.setOptions(Utils.splitOptions(option)))
            .getMessage();
    assertTrue(message.contains(value) && message.contains(rule), message);
  }

  @ParameterizedTest
  @MethodSource("evaluators")
  void unknownOptionsAreRefused(ASEvaluation evaluator) {
    assertThrows(
        Exception.class,
        () -> ((OptionHandler) evaluator).setOptions(new String[] {"-nonsense", "3"}));
  }

  @ParameterizedTest
  @MethodSource("evaluators")
  void saysThatItHasNotBeenBuilt(ASEvaluation evaluator) {
    assertTrue(evaluator.toString().contains("not been built"));
  }

  // ---- data for the rest

  /** A nominal data set of bits in all combinations, the class a function of them. */
  private static Instances bits(int count, ToIntFunction<int[]> target) {
    ArrayList<Attribute> attributes = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      attributes.add(new Attribute("u" + i, List.of("0", "1")));
    }
    attributes.add(new Attribute("class", List.of("0", "1")));
    Instances data = new Instances("bits", attributes, 1 << count);
    data.setClassIndex(count);
    for (int code = 0; code < 1 << count; code++) {
      int bits = code;
      int[] s = IntStream.range(0, count).map(i -> (bits >> i) & 1).toArray();
      double[] values = new double[count + 1];
      Arrays.setAll(values, i -> i < count ? s[i] : target.applyAsInt(s));
      data.add(new DenseInstance(1, values));
    }
    return data;
  }

  private static Instances resampled(Instances data, int size, long seed) {
    Instances result = new Instances(data, 0);
    Random random = new Random(seed);
    for (int i = 0; i < size; i++) {
      result.add(data.instance(random.nextInt(data.numInstances())));
    }
    return result;
  }

  private static PidAttributeEval built(Instances data, String options) throws Exception {
    PidAttributeEval evaluator = new PidAttributeEval();
    evaluator.setOptions(Utils.splitOptions(options));
    evaluator.buildEvaluator(data);
    return evaluator;
  }

  private static PidSubsetEval builtSubset(Instances data, String options) throws Exception {
    PidSubsetEval evaluator = new PidSubsetEval();
    evaluator.setOptions(Utils.splitOptions(options));
    evaluator.buildEvaluator(data);
    return evaluator;
  }

  private static BitSet set(int... attributes) {
    BitSet set = new BitSet();
    Arrays.stream(attributes).forEach(set::set);
    return set;
  }

  private static Instances example() throws Exception {
    Instances data = DataSource.read("weka-package/examples/mnist_layers.arff");
    data.setClassIndex(data.numAttributes() - 1);
    return data;
  }

  // ---- hand-checked values

  @Test
  void sharesOfAGoldenDistribution() throws Exception {
    JsonObject golden =
        JsonParser.parseString(Files.readString(Path.of("src/test/resources/golden/and3.sx.json")))
            .getAsJsonObject();
    Instances data = weighted(golden.getAsJsonArray("pmf"));
    PidAttributeEval evaluator = built(data, "");
    double[] expected = new double[3];
    for (JsonElement element : atoms(golden)) {
      JsonObject atom = element.getAsJsonObject();
      JsonArray sets = atom.getAsJsonArray("antichain");
      double average = atom.get("average").getAsDouble();
      for (JsonElement sourceSet : sets) {
        JsonArray sources = sourceSet.getAsJsonArray();
        for (JsonElement source : sources) {
          expected[source.getAsInt() - 1] += average / sets.size() / sources.size();
        }
      }
    }
    for (int i = 0; i < 3; i++) {
      assertEquals(expected[i], evaluator.evaluateAttribute(i), 1e-10);
    }
    assertEquals(
        golden.get("mutual_information").getAsDouble(), Arrays.stream(expected).sum(), 1e-10);
  }

  /** Of merits of any width; those of exact subsets see CorrectedSelectionTest. */
  @Test
  void correctedMeritsAreLeaveOneOutOnes() throws Exception {
    Instances data = resampled(bits(7, s -> s[0] ^ s[1]), 40, 1);
    JointDistribution.Counter counter = new JointDistribution.Counter(7);
    for (Instance row : data) {
      counter.add(
          IntStream.range(0, 7).map(i -> (int) row.value(i)).toArray(), (int) row.classValue(), 1);
    }
    JointDistribution layer = counter.toDistribution();
    PidSubsetEval subsets = builtSubset(data, "-M information -values corrected");
    double whole = LeaveOneOut.mutualInformation(layer);
    assertEquals(whole, subsets.evaluateSubset(set(0, 1, 2, 3, 4, 5, 6)), 1e-12);
    assertTrue(subsets.toString().contains("Values: corrected for the bias"), subsets::toString);
    PidAttributeEval units = built(data, "-M mutualInformation -values corrected");
    assertEquals(
        LeaveOneOut.mutualInformation(layer.groupSources(List.of(new int[] {3}))),
        units.evaluateAttribute(3),
        1e-12);
    units.setMerit(PidAttributeEval.Merit.VULNERABILITY);
    double others =
        LeaveOneOut.mutualInformation(
            layer.groupSources(
                IntStream.range(1, 7).mapToObj(source -> new int[] {source}).toList()));
    assertEquals(whole - others, units.evaluateAttribute(0), 1e-12);
    assertTrue(units.toString().contains("Values: corrected for the bias"), units::toString);
    // The options may change once the evaluator is built.
    subsets.setValues(Values.PLUG_IN);
    assertEquals(
        layer.mutualInformation(), subsets.evaluateSubset(set(0, 1, 2, 3, 4, 5, 6)), 1e-12);
  }

  @ParameterizedTest
  @MethodSource("evaluators")
  void correctedValuesNeedSharedExclusionsAndNumbersOfSamples(ASEvaluation evaluator)
      throws Exception {
    Instances data = bits(3, s -> s[0]);
    ((OptionHandler) evaluator).setOptions(Utils.splitOptions("-values corrected -measure mmi"));
    String message =
        assertThrows(IllegalArgumentException.class, () -> evaluator.buildEvaluator(data))
            .getMessage();
    assertTrue(message.contains("(mmi) must be sx"), message);
    ((OptionHandler) evaluator).setOptions(Utils.splitOptions("-values corrected"));
    data.forEach(row -> row.setWeight(0.5)); // two of them make one
    data.addAll(new Instances(data));
    message =
        assertThrows(IllegalArgumentException.class, () -> evaluator.buildEvaluator(data))
            .getMessage();
    assertTrue(message.contains("(-values corrected)"), message);
  }

  private static JsonArray atoms(JsonObject golden) {
    return golden.getAsJsonArray("atoms");
  }

  private static Instances weighted(JsonArray pmf) {
    Instances data = bits(3, s -> 0);
    data.delete();
    for (JsonElement element : pmf) {
      JsonArray row = element.getAsJsonArray();
      double weight = row.get(4).getAsDouble();
      if (weight > 0) {
        double[] values = new double[4];
        Arrays.setAll(values, i -> row.get(i).getAsDouble());
        data.add(new DenseInstance(weight, values));
      }
    }
    return data;
  }

  @Test
  void copiesHaveNothingUniqueAndShareAlike() throws Exception {
    Instances data = bits(3, s -> s[0] & s[2]);
    for (Instance instance : data) {
      instance.setValue(1, instance.value(0));
    }
    PidAttributeEval unique = built(data, "-M unique");
    assertEquals(0, unique.evaluateAttribute(0), 1e-12);
    assertEquals(0, unique.evaluateAttribute(1), 1e-12);
    PidAttributeEval share = built(data, "-M share");
    assertEquals(share.evaluateAttribute(0), share.evaluateAttribute(1), 1e-12);
    assertTrue(share.evaluateAttribute(0) > 0);
  }

  @Test
  void sharesAddUpToTheInformation() throws Exception {
    Instances data = example();
    data = new Instances(data, 0, data.numInstances());
    while (data.numAttributes() > 6) {
      data.deleteAttributeAt(0);
    }
    PidAttributeEval evaluator = built(data, "");
    double sum = 0;
    for (int i = 0; i < 5; i++) {
      sum += evaluator.evaluateAttribute(i);
    }
    double information = builtSubset(data, "-M information").evaluateSubset(set(0, 1, 2, 3, 4));
    assertEquals(information, sum, 1e-10);
    assertTrue(evaluator.toString().contains("All units together, exact"), evaluator.toString());
  }

  /** Sums that hold whatever the contexts are. */
  @Test
  void meritsOfAWideLayerBelongTogether() throws Exception {
    Instances data = example();
    PidAttributeEval unique = built(data, "-M unique -contexts 2");
    PidAttributeEval redundant = built(data, "-M redundant -contexts 2");
    PidAttributeEval information = built(data, "-M mutualInformation -contexts 2");
    PidAttributeEval uniqueInLayer = built(data, "-M unique -contexts 2 -whole-layer");
    PidAttributeEval synergistic = built(data, "-M synergistic -contexts 2 -whole-layer");
    PidAttributeEval vulnerability = built(data, "-M vulnerability -contexts 2");
    for (int i = 0; i < data.numAttributes() - 1; i++) {
      assertEquals(
          information.evaluateAttribute(i),
          unique.evaluateAttribute(i) + redundant.evaluateAttribute(i),
          1e-10);
      assertEquals(
          vulnerability.evaluateAttribute(i),
          uniqueInLayer.evaluateAttribute(i) + synergistic.evaluateAttribute(i),
          1e-10);
    }
    assertTrue(unique.toString().contains("+-"), unique.toString());
  }

  /** What hundreds of units need no contexts for. */
  @Test
  void withoutContextsAllButTheShareAreThoseOfTheWholeLayer() throws Exception {
    Instances data = example();
    PidAttributeEval none = built(data, "-M mutualInformation -contexts 0");
    PidAttributeEval some = built(data, "-M mutualInformation -contexts 2 -whole-layer");
    assertTrue(none.toString().contains("no contexts, and so no shares"), none::toString);
    for (PidAttributeEval.Merit merit : PidAttributeEval.Merit.values()) {
      none.setMerit(merit);
      some.setMerit(merit);
      if (merit == PidAttributeEval.Merit.SHARE) {
        assertThrows(IllegalArgumentException.class, () -> none.evaluateAttribute(3));
      } else {
        assertEquals(some.evaluateAttribute(3), none.evaluateAttribute(3), 0, merit.toString());
      }
    }
    String message =
        assertThrows(IllegalArgumentException.class, () -> built(data, "-contexts 0")).getMessage();
    assertTrue(message.contains("(-contexts 0)"), message);
  }

  @Test
  void subsetMeritsOfTheXorGate() throws Exception {
    Instances data = bits(3, s -> s[0] ^ s[1]);
    double log43 = Math.log(4.0 / 3) / Math.log(2);
    double log32 = Math.log(1.5) / Math.log(2);
    // The atoms are log2(2/3) for {1}{2}, log2(3/2) for {1} and {2}, log2(4/3) for {1,2}.
    assertEquals(log43, builtSubset(data, "-M synergy").evaluateSubset(set(0, 1)), 1e-12);
    assertEquals(-log32, builtSubset(data, "-M redundancy").evaluateSubset(set(0, 1)), 1e-12);
    assertEquals(1, builtSubset(data, "-M information").evaluateSubset(set(0, 1)), 1e-12);
    assertEquals(
        log32 + log43 / 2, builtSubset(data, "-M accessible").evaluateSubset(set(0, 1)), 1e-12);
    assertEquals(
        -Math.log(8.0 / 3) / Math.log(2),
        builtSubset(data, "-M complexity").evaluateSubset(set(0, 1)),
        1e-12);
    // Without one of the two there is no information: worse than any with it, the class ignored.
    PidSubsetEval complexity = builtSubset(data, "-M complexity");
    assertTrue(complexity.evaluateSubset(set(0, 2)) < -3);
    assertEquals(-5, complexity.evaluateSubset(set()), 1e-12);
    assertEquals(complexity.evaluateSubset(set(0, 1)), complexity.evaluateSubset(set(0, 1, 3)), 0);
    assertEquals(0, builtSubset(data, "").evaluateSubset(set()), 0);
  }

  /** Single units tell nothing, so that rankings and correlations cannot see the pair. */
  @Test
  void findsTheXorPairThatOthersMiss() throws Exception {
    Instances data = resampled(bits(8, s -> s[2] ^ s[5]), 600, 3);
    for (String options : List.of("-M synergy", "-M accessible")) {
      SubsetRanking pairs = new SubsetRanking();
      pairs.setOptions(Utils.splitOptions("-size 2"));
      assertArrayEquals(new int[] {2, 5}, pairs.search(builtSubset(data, options), data), options);
      OptaPlannerSearch search = new OptaPlannerSearch();
      search.setOptions(Utils.splitOptions("-size 2"));
      assertArrayEquals(new int[] {2, 5}, search.search(builtSubset(data, options), data));
    }
    CfsSubsetEval cfs = new CfsSubsetEval();
    cfs.buildEvaluator(data);
    assertFalse(Arrays.equals(new int[] {2, 5}, sorted(new BestFirst().search(cfs, data))));
    InfoGainAttributeEval gain = new InfoGainAttributeEval();
    gain.buildEvaluator(data);
    assertTrue(gain.evaluateAttribute(2) < 0.02 && gain.evaluateAttribute(5) < 0.02);
  }

  private static int[] sorted(int[] values) {
    int[] result = values.clone();
    Arrays.sort(result);
    return result;
  }

  // ---- wide subsets

  @Test
  void wideSubsetsAreEstimatedWithTheErrorShown() throws Exception {
    Instances data = example();
    PidSubsetEval evaluator = builtSubset(data, "-replicates 256");
    double few = evaluator.evaluateSubset(set(0, 1, 2, 3, 4));
    assertFalse(evaluator.toString().contains("estimated"), evaluator.toString());
    double more = evaluator.evaluateSubset(set(0, 1, 2, 3, 4, 5, 13));
    assertTrue(evaluator.toString().contains("estimated"), evaluator.toString());
    assertTrue(more > few, few + " and " + more);
    PidSubsetEval again = builtSubset(data, "-replicates 256 -threads 1");
    assertEquals(more, again.evaluateSubset(set(0, 1, 2, 3, 4, 5, 13)), 0);
  }

  // ---- Weka's ways of use

  @Test
  void weightTwoIsTwoCopies() throws Exception {
    Instances data = resampled(bits(4, s -> s[0] | (s[1] & s[3])), 60, 1);
    Instances copied = new Instances(data);
    for (int i = 0; i < 20; i++) {
      copied.add((Instance) data.instance(i).copy());
      data.instance(i).setWeight(2);
    }
    for (int i = 0; i < 4; i++) {
      assertEquals(
          built(copied, "").evaluateAttribute(i), built(data, "").evaluateAttribute(i), 1e-12);
    }
    assertEquals(
        builtSubset(copied, "").evaluateSubset(set(0, 1, 3)),
        builtSubset(data, "").evaluateSubset(set(0, 1, 3)),
        1e-12);
  }

  @Test
  void weightZeroIsNoCopy() throws Exception {
    Instances data = numeric();
    Instances fewer = new Instances(data);
    fewer.delete(7);
    data.instance(7).setWeight(0);
    assertEquals(built(fewer, "").toString(), built(data, "").toString());
  }

  @Test
  void missingIsALevelOrDropped() throws Exception {
    Instances data = bits(2, s -> s[0]);
    data.instance(0).setMissing(0);
    data.instance(1).setMissing(1);
    data.add(new DenseInstance(1, new double[] {1, 1, Utils.missingValue()}));
    // Missing is right about the class as any other level.
    assertEquals(1, builtSubset(data, "-M information").evaluateSubset(set(0)), 1e-12);
    Instances kept = new Instances(data);
    kept.delete(4);
    kept.delete(1);
    kept.delete(0);
    assertEquals(
        builtSubset(kept, "-M information").evaluateSubset(set(1)),
        builtSubset(data, "-M information -drop-missing").evaluateSubset(set(1)),
        1e-12);
  }

  @Test
  void classMayBeAnywhere() throws Exception {
    Instances data = bits(3, s -> s[0] & s[2]);
    Instances moved = reordered(data, "1,4,2,3");
    moved.setClassIndex(1);
    int[] attribute = {0, 2, 3};
    for (int i = 0; i < 3; i++) {
      assertEquals(
          built(data, "").evaluateAttribute(i),
          built(moved, "").evaluateAttribute(attribute[i]),
          1e-12);
    }
    assertEquals(
        builtSubset(data, "").evaluateSubset(set(0, 2)),
        builtSubset(moved, "").evaluateSubset(set(0, 3)),
        1e-12);
    assertThrows(IllegalArgumentException.class, () -> built(moved, "").evaluateAttribute(1));
  }

  private static Instances reordered(Instances data, String order) throws Exception {
    weka.filters.unsupervised.attribute.Reorder reorder =
        new weka.filters.unsupervised.attribute.Reorder();
    reorder.setAttributeIndices(order);
    reorder.setInputFormat(data);
    return Filter.useFilter(data, reorder);
  }

  @Test
  void numericUnitsAreQuantizedByTheGivenFilter() throws Exception {
    Instances data = DataSource.read("weka-package/examples/xor.arff");
    data.setClassIndex(data.numAttributes() - 1);
    double two =
        builtSubset(
                data,
                "-M information -Q \"weka.filters.unsupervised.attribute.QuantizeActivations -L"
                    + " 2\"")
            .evaluateSubset(set(0, 1));
    assertTrue(two <= 1 + 1e-12, "two levels: " + two);
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () ->
                    built(numeric(), "-Q \"weka.filters.unsupervised.attribute.Remove -R first\""))
            .getMessage();
    assertTrue(message.contains("must keep the attributes"), message);
  }

  private static Instances numeric() {
    ArrayList<Attribute> attributes =
        new ArrayList<>(
            List.of(
                new Attribute("u1"), new Attribute("u2"), new Attribute("c", List.of("a", "b"))));
    Instances data = new Instances("numeric", attributes, 8);
    data.setClassIndex(2);
    for (int i = 0; i < 8; i++) {
      data.add(new DenseInstance(1, new double[] {i / 8.0, -i, i % 2}));
    }
    return data;
  }

  @Test
  void threadsChangeNoBit() throws Exception {
    Instances data = example();
    PidAttributeEval expected = built(data, "-contexts 3 -threads 1");
    PidAttributeEval threaded = built(data, "-contexts 3 -threads 3");
    assertEquals(expected.toString(), threaded.toString());
    for (int i = 0; i < data.numAttributes() - 1; i++) {
      assertEquals(expected.evaluateAttribute(i), threaded.evaluateAttribute(i), 0);
    }
  }

  @Test
  void aSavedAttributeEvaluatorStillTellsItsTable() throws Exception {
    PidAttributeEval evaluator = built(bits(3, s -> s[0] & s[2]), "");
    PidAttributeEval copy = (PidAttributeEval) ASEvaluation.makeCopies(evaluator, 1)[0];
    assertEquals(evaluator.toString(), copy.toString());
    assertEquals(evaluator.evaluateAttribute(2), copy.evaluateAttribute(2), 0);
  }

  @Test
  void aSavedModelWithSelectedUnitsPredictsTheSame() throws Exception {
    Instances data = resampled(bits(6, s -> s[1] | s[4]), 300, 2);
    for (ASEvaluation evaluator : evaluators().toList()) {
      AttributeSelectedClassifier classifier = new AttributeSelectedClassifier();
      classifier.setClassifier(new NaiveBayes());
      classifier.setEvaluator(evaluator);
      Ranker ranker = new Ranker();
      ranker.setNumToSelect(2);
      classifier.setSearch(evaluator instanceof PidAttributeEval ? ranker : new BestFirst());
      classifier.buildClassifier(data);
      AttributeSelectedClassifier copy =
          (AttributeSelectedClassifier) weka.classifiers.AbstractClassifier.makeCopy(classifier);
      assertEquals(classifier.toString(), copy.toString());
      for (Instance instance : data) {
        assertArrayEquals(
            classifier.distributionForInstance(instance),
            copy.distributionForInstance(instance),
            0);
      }
      Evaluation evaluation = new Evaluation(data);
      evaluation.crossValidateModel(classifier, data, 3, new Random(1));
      assertTrue(evaluation.pctCorrect() > 90, "" + evaluation.pctCorrect());
    }
  }

  @Test
  void worksInCrossValidationAndAsFilter() throws Exception {
    String file = "weka-package/examples/mnist_layers.arff";
    String text =
        AttributeSelection.SelectAttributes(
            new PidAttributeEval(),
            Utils.splitOptions("-i " + file + " -x 3 -n 1 -contexts 2 -M mutualInformation"));
    assertTrue(text.contains("3 fold cross-validation"), text);
    weka.filters.supervised.attribute.AttributeSelection filter =
        new weka.filters.supervised.attribute.AttributeSelection();
    filter.setEvaluator(new PidSubsetEval());
    OptaPlannerSearch search = new OptaPlannerSearch();
    search.setOptions(Utils.splitOptions("-size 2 -steps 20"));
    filter.setSearch(search);
    Instances data = example();
    filter.setInputFormat(data);
    assertEquals(3, Filter.useFilter(data, filter).numAttributes());
  }

  @ParameterizedTest
  @CsvSource({
    "BestFirst",
    "GreedyStepwise",
    "SubsetRanking",
    "OptaPlannerSearch",
  })
  void subsetEvaluatorWorksWithAnySearch(String search) throws Exception {
    Instances data = resampled(bits(5, s -> s[1] & s[3]), 200, 4);
    ASSearch made = ASSearch.forName("weka.attributeSelection." + search, new String[0]);
    int[] found = sorted(made.search(builtSubset(data, ""), data));
    assertTrue(
        Arrays.stream(found).anyMatch(i -> i == 1) && Arrays.stream(found).anyMatch(i -> i == 3),
        Arrays.toString(found));
  }

  // ---- bad input

  @ParameterizedTest
  @MethodSource("evaluators")
  void saysWhatIsWrongWithTheData(ASEvaluation evaluator) {
    Instances noClass = bits(2, s -> s[0]);
    noClass.setClassIndex(-1);
    assertThrows(Exception.class, () -> evaluator.buildEvaluator(noClass));

    Instances empty = new Instances(bits(2, s -> s[0]), 0);
    assertThrows(Exception.class, () -> evaluator.buildEvaluator(empty));

    Instances onlyClass = bits(1, s -> s[0]);
    onlyClass.deleteAttributeAt(0);
    String message =
        assertThrows(Exception.class, () -> evaluator.buildEvaluator(onlyClass)).getMessage();
    assertTrue(message.contains("attribute"), message);

    Instances numericClass = numeric();
    numericClass.setClassIndex(0);
    assertThrows(
        weka.core.UnsupportedAttributeTypeException.class,
        () -> evaluator.buildEvaluator(numericClass));

    Instances weightless = bits(2, s -> s[0]);
    weightless.instance(2).setWeight(-1);
    String weight =
        assertThrows(IllegalArgumentException.class, () -> evaluator.buildEvaluator(weightless))
            .getMessage();
    assertTrue(weight.contains("instance 3"), weight);
  }

  @ParameterizedTest
  @MethodSource("evaluators")
  void aSingleUnitIsFine(ASEvaluation evaluator) throws Exception {
    Instances data = bits(1, s -> s[0]);
    evaluator.buildEvaluator(data);
    double merit =
        evaluator instanceof PidAttributeEval attributes
            ? attributes.evaluateAttribute(0)
            : ((PidSubsetEval) evaluator).evaluateSubset(set(0));
    assertEquals(1, merit, 1e-12);
  }

  @Test
  void mustBeBuiltFirst() {
    assertThrows(IllegalStateException.class, () -> new PidAttributeEval().evaluateAttribute(0));
    assertThrows(IllegalStateException.class, () -> new PidSubsetEval().evaluateSubset(set(0)));
  }

  @Test
  void stopsWhenInterrupted() throws Exception {
    Instances data = example();
    PidSubsetEval built = builtSubset(data, "");
    Thread.currentThread().interrupt();
    try {
      assertThrows(InterruptedException.class, () -> new PidAttributeEval().buildEvaluator(data));
      assertThrows(
          InterruptedException.class, () -> built.evaluateSubset(set(0, 1, 2, 3, 4, 5, 6, 7, 8)));
    } finally {
      assertTrue(Thread.interrupted());
    }
  }
}
