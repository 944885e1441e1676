package weka.filters.unsupervised.attribute;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import junit.framework.Test;
import junit.framework.TestSuite;
import nnpid.distribution.Quantizer;
import nnpid.distribution.Quantizer.Rounding;
import weka.classifiers.Evaluation;
import weka.classifiers.bayes.NaiveBayes;
import weka.classifiers.meta.FilteredClassifier;
import weka.core.Attribute;
import weka.core.DenseInstance;
import weka.core.Instances;
import weka.core.SparseInstance;
import weka.core.Utils;
import weka.filters.AbstractFilterTest;
import weka.filters.Filter;

/** Weka's own filter tests, and examples of what the filter does to data. */
public class QuantizeActivationsTest extends AbstractFilterTest {

  private static final double MISSING = Utils.missingValue();

  public QuantizeActivationsTest(String name) {
    super(name);
  }

  @Override
  public Filter getFilter() {
    return new QuantizeActivations();
  }

  public static Test suite() {
    return new TestSuite(QuantizeActivationsTest.class);
  }

  public void testOnlyNumericAttributesOtherThanTheClassChangeTheirType() {
    m_Instances.setClassIndex(1);
    Instances result = useFilter();
    assertEquals(m_Instances.numInstances(), result.numInstances());
    int quantized = 0;
    for (int i = 0; i < m_Instances.numAttributes(); i++) {
      Attribute before = m_Instances.attribute(i);
      Attribute after = result.attribute(i);
      assertEquals(before.name(), after.name());
      if (before.type() == Attribute.NUMERIC && i != 1) {
        assertEquals(Attribute.NOMINAL, after.type());
        assertEquals(8, after.numValues());
        quantized++;
      } else {
        assertEquals(before.type(), after.type());
        for (int row = 0; row < m_Instances.numInstances(); row++) {
          assertEquals(m_Instances.instance(row).toString(i), result.instance(row).toString(i));
        }
      }
    }
    assertTrue(quantized > 0);
  }

  public void testLevelsAreNamedByTheirIndexWhetherOrNotTheyOccur() throws Exception {
    Instances result = filter(column(0, 1), options("-L 4 -limits 0,100"));
    Attribute attribute = result.attribute(0);
    for (int level = 0; level < 4; level++) {
      assertEquals("" + level, attribute.value(level));
    }
  }

  public void testAutomaticLimitsAreMinimumAndMaximumOfTheFirstBatch() throws Exception {
    QuantizeActivations filter = options("-L 3");
    Instances result = filter(column(-2, 0.9, 1.1, 2.9, 3.1, 6), filter);
    assertLevels(result, 0, 1, 1, 1, 1, 2);
    assertEquals(
        new Quantizer(3, -2, 6, Rounding.CENTER_SATURATING), filter.quantizer(0).orElseThrow());
  }

  public void testOneExplodingSampleSaturatesAndSetsNoLimit() throws Exception {
    double[] values = new double[100];
    Arrays.setAll(values, i -> i % 10);
    values[50] = 1e6;
    QuantizeActivations filter = options("-L 10");
    Instances result = filter(column(values), filter);
    assertEquals(0.0, filter.quantizer(0).orElseThrow().low(), 0);
    assertEquals(9.0, filter.quantizer(0).orElseThrow().high(), 0);
    assertEquals(9.0, result.instance(50).value(0), 0);
    assertEquals(4.0, result.instance(4).value(0), 0);
    assertEquals(
        0.0, filter(column(values), options("-L 10 -limits data")).instance(4).value(0), 0);
  }

  public void testPercentilesBecomeLimits() throws Exception {
    double[] values = new double[1000];
    Arrays.setAll(values, i -> i);
    QuantizeActivations filter = options("-limits percentile:5");
    filter(column(values), filter);
    assertEquals(50.0, filter.quantizer(0).orElseThrow().low(), 0);
    assertEquals(949.0, filter.quantizer(0).orElseThrow().high(), 0);
  }

  public void testInstancesWithoutWeightSetNoLimits() throws Exception {
    Instances data = column(0, 1, 2, 8);
    data.instance(3).setWeight(0);
    QuantizeActivations filter = options("-L 3");
    assertLevels(filter(data, filter), 0, 1, 2, 2);
  }

  public void testInstancesWithoutClassSetNoLimitsUnlessNoneHasOne() throws Exception {
    Instances data = column(0, 1, 2, 8);
    data.insertAttributeAt(new Attribute("class", List.of("a", "b")), 1);
    data.setClassIndex(1);
    for (int row = 0; row < 3; row++) {
      data.instance(row).setClassValue(row % 2);
    }
    assertLevels(filter(data, options("-L 3")), 0, 1, 2, 2);
    data.forEach(row -> row.setClassMissing());
    assertLevels(filter(data, options("-L 3")), 0, 0, 0, 2);
    data.setClassIndex(-1);
    assertLevels(filter(data, options("-L 3")), 0, 0, 0, 2);
  }

  public void testLimitsOfTheFirstBatchHoldForLaterBatchesWhichSaturate() throws Exception {
    QuantizeActivations filter = options("-L 3");
    filter(column(0, 2), filter);
    assertLevels(Filter.useFilter(column(-100, 0.4, 0.6, 100), filter), 0, 0, 1, 2);
  }

  public void testNewInputFormatForgetsTheLimits() throws Exception {
    QuantizeActivations filter = options("-L 3");
    filter(column(0, 2), filter);
    assertLevels(filter(column(10, 15, 20), filter), 0, 1, 2);
  }

  /** Tells how many rows it has after a batch. */
  public static final class Telling extends QuantizeActivations {
    private static final long serialVersionUID = 1L;

    private int kept = -1;

    @Override
    public boolean batchFinished() throws Exception {
      boolean pending = super.batchFinished();
      kept = getInputFormat().numInstances();
      return pending;
    }
  }

  public void testNoDataAreKeptAfterTheBatch() throws Exception {
    Telling filter = new Telling();
    filter(column(0, 1, 2), filter);
    assertEquals(0, filter.kept);
  }

  public void testNamedLimitsAreThoseOfTheActivationFunction() throws Exception {
    assertLevels(filter(column(-1, -0.5, 0, 0.5, 1), options("-L 5 -limits tanh")), 0, 1, 2, 3, 4);
    assertLevels(filter(column(-1, 0, 0.25, 1, 2), options("-L 5 -limits sigmoid")), 0, 0, 1, 4, 4);
  }

  public void testGivenLimitsMayBeNegative() throws Exception {
    Instances result = filter(column(-4, -3, -2, -1), options("-L 3 -limits -3,-1"));
    assertLevels(result, 0, 0, 1, 2);
  }

  public void testGivenLimitsLetRowsPassBeforeTheBatchEnds() throws Exception {
    QuantizeActivations filter = options("-limits tanh");
    Instances data = column(0.2);
    assertTrue(filter.setInputFormat(data));
    assertTrue(filter.input(data.instance(0)));
    assertEquals(1, filter.numPendingOutput());
  }

  public void testEqualWidthRoundingFillsEqualBins() throws Exception {
    Instances result =
        filter(column(0, 1.9, 2, 3.9, 4, 6, 8), options("-L 4 -rounding equal-width"));
    assertLevels(result, 0, 0, 1, 1, 2, 3, 3);
  }

  public void testMissingValuesStayMissing() throws Exception {
    Instances result = filter(column(0, MISSING, 1), options("-L 2"));
    assertTrue(result.instance(1).isMissing(0));
    assertEquals(1.0, result.instance(2).value(0), 0);
  }

  public void testConstantAttributeIsLevelZeroForGood() throws Exception {
    QuantizeActivations filter = options("");
    assertLevels(filter(column(5, 5), filter), 0, 0);
    assertLevels(Filter.useFilter(column(4, 5, 6), filter), 0, 0, 0);
    assertTrue(filter.toString(), filter.toString().contains("h1: 5.0 to 5.0, constant"));
  }

  public void testAttributeWithoutValuesInTheFirstBatchIsMissingForGood() throws Exception {
    QuantizeActivations filter = options("");
    assertTrue(filter(column(MISSING, MISSING), filter).instance(0).isMissing(0));
    assertTrue(Filter.useFilter(column(3), filter).instance(0).isMissing(0));
    assertFalse(filter.quantizer(0).isPresent());
    assertTrue(filter.toString(), filter.toString().contains("h1: no value in the first batch"));
  }

  public void testEmptyDataKeepTheHeader() throws Exception {
    Instances result = filter(column(), options("-L 3"));
    assertEquals(0, result.numInstances());
    assertEquals(3, result.attribute(0).numValues());
  }

  public void testNumericClassIsUntouchedEvenIfTheRangeNamesIt() throws Exception {
    Instances data = randomData(20);
    data.setClassIndex(1);
    Instances result = filter(data, options("-R 1-2"));
    assertTrue(result.classAttribute().isNumeric());
    assertTrue(result.attribute(0).isNominal());
    assertTrue(result.attribute(2).isNumeric());
    for (int row = 0; row < 20; row++) {
      assertEquals(data.instance(row).classValue(), result.instance(row).classValue(), 0);
    }
  }

  public void testInvertedRangeSelectsTheOtherAttributes() throws Exception {
    Instances result = filter(randomData(5), options("-R 2 -V"));
    assertTrue(result.attribute(0).isNominal());
    assertTrue(result.attribute(1).isNumeric());
    assertTrue(result.attribute(2).isNominal());
  }

  public void testDatesPassThrough() throws Exception {
    ArrayList<Attribute> attributes = new ArrayList<>();
    attributes.add(new Attribute("when", "yyyy-MM-dd"));
    Instances data = new Instances("dates", attributes, 1);
    data.add(new DenseInstance(1, new double[] {86_400_000}));
    Instances result = filter(data, options(""));
    assertTrue(result.attribute(0).isDate());
    assertEquals(86_400_000, result.instance(0).value(0), 0);
  }

  public void testRelationalValuesAreCopied() throws Exception {
    Instances bag = column(1, 2);
    ArrayList<Attribute> attributes = new ArrayList<>();
    attributes.add(new Attribute("h"));
    attributes.add(new Attribute("bag", new Instances(bag, 0)));
    Instances data = new Instances("bags", attributes, 2);
    for (int row = 0; row < 2; row++) {
      double reference = data.attribute(1).addRelation(new Instances(bag, row, 1));
      data.add(new DenseInstance(1, new double[] {row, reference}));
    }
    Instances result = filter(data, options("-L 2"));
    for (int row = 0; row < 2; row++) {
      assertEquals(row, result.instance(row).value(0), 0);
      assertEquals(row + 1.0, result.instance(row).relationalValue(1).instance(0).value(0), 0);
    }
  }

  public void testStringValuesAreCopiedInLaterBatchesToo() throws Exception {
    Instances first = strings("one", "two");
    QuantizeActivations filter = options("-L 2");
    filter(first, filter);
    Instances result = Filter.useFilter(strings("three", "four"), filter);
    assertEquals("three", result.instance(0).stringValue(1));
    assertEquals("four", result.instance(1).stringValue(1));
  }

  public void testWeightsOfInstancesAndAttributesAreKept() throws Exception {
    Instances data = randomData(10);
    data.attribute(1).setWeight(0.25);
    data.instance(3).setWeight(7);
    Instances result = filter(data, options(""));
    assertEquals(0.25, result.attribute(1).weight(), 0);
    assertEquals(1, result.attribute(0).weight(), 0);
    assertEquals(7, result.instance(3).weight(), 0);
  }

  public void testSparseAndDenseDataGetTheSameLevels() throws Exception {
    for (String options :
        List.of("-L 5", "-L 5 -rounding equal-width", "-L 5 -rounding stochastic -limits tanh")) {
      Instances dense = randomData(200);
      for (int row = 0; row < 200; row++) {
        dense.instance(row).setValue(row % 3, row % 7 == 0 ? MISSING : 0);
      }
      Instances sparse = new Instances(dense, 0);
      dense.forEach(instance -> sparse.add(new SparseInstance(instance)));
      Instances expected = filter(dense, options(options));
      Instances result = filter(sparse, options(options));
      for (int row = 0; row < 200; row++) {
        assertTrue(result.instance(row) instanceof SparseInstance);
        assertTrue(
            options + ", row " + row,
            Arrays.equals(
                expected.instance(row).toDoubleArray(), result.instance(row).toDoubleArray()));
      }
    }
  }

  public void testStochasticRoundingRepeatsWithItsSeedOnly() throws Exception {
    Instances data = randomData(200);
    String options = "-rounding stochastic -S ";
    String levels = filter(data, options(options + 5)).toString();
    assertEquals(levels, filter(data, options(options + 5)).toString());
    String others = filter(data, options(options + 6)).toString();
    assertFalse(data(levels).equals(data(others)));
  }

  public void testStochasticRoundingStartsAgainWithTheInputFormat() throws Exception {
    Instances data = randomData(200);
    QuantizeActivations filter = options("-rounding stochastic");
    String first = filter(data, filter).toString();
    assertEquals(first, filter(data, filter).toString());
  }

  public void testStochasticRoundingGoesOnInLaterBatches() throws Exception {
    Instances data = randomData(200);
    Instances whole = filter(data, options("-rounding stochastic -limits tanh"));
    QuantizeActivations filter = options("-rounding stochastic -limits tanh");
    Instances parts = filter(new Instances(data, 0, 120), filter);
    parts.addAll(Filter.useFilter(new Instances(data, 120, 80), filter));
    assertEquals(data(whole.toString()), data(parts.toString()));
  }

  public void testMissingValueDoesNotChangeTheStochasticRoundingOfOthers() throws Exception {
    Instances data = randomData(50);
    Instances expected = filter(data, options("-rounding stochastic -limits tanh"));
    data.instance(0).setMissing(0);
    Instances result = filter(data, options("-rounding stochastic -limits tanh"));
    expected.instance(0).setMissing(0);
    assertEquals(data(expected.toString()), data(result.toString()));
  }

  public void testStochasticRoundingIsUnbiased() throws Exception {
    double[] values = new double[40_000];
    Arrays.fill(values, 0.3);
    Instances result =
        filter(column(values), options("-L 2 -rounding stochastic -limits sigmoid -S 3"));
    // Five standard errors of the mean of 40,000 draws of 0 or 1.
    double tolerance = 5 * Math.sqrt(0.3 * 0.7 / 40_000);
    assertEquals(
        0.3, Arrays.stream(result.attributeToDoubleArray(0)).average().orElse(0), tolerance);
  }

  public void testOptionsChangedAfterTheInputFormatWaitForTheNextOne() throws Exception {
    QuantizeActivations filter = options("-L 3");
    Instances data = column(0, 1, 2);
    filter.setInputFormat(data);
    filter.setLevels(8);
    filter.setRounding(Rounding.STOCHASTIC);
    filter.setAttributeIndices("");
    assertLevels(Filter.useFilter(data, filter), 0, 1, 2);
  }

  public void testRelationNameTellsTheOptionsAsWithAllFilters() throws Exception {
    String name = filter(column(1), options("-L 3")).relationName();
    assertTrue(name, name.startsWith("data-" + QuantizeActivations.class.getName() + "-L3"));
  }

  public void testFilteredClassifierEvaluatesOnUnseenData() throws Exception {
    Instances data = classified(400);
    FilteredClassifier classifier = new FilteredClassifier();
    classifier.setFilter(options("-L 4"));
    classifier.setClassifier(new NaiveBayes());
    Evaluation evaluation = new Evaluation(data);
    evaluation.crossValidateModel(classifier, data, 5, new Random(1));
    assertTrue(evaluation.toSummaryString(), evaluation.pctCorrect() > 90);
  }

  public void testInterruptEndsTheFilter() throws Exception {
    Instances data = randomData(10);
    for (String limits : List.of("auto", "tanh")) {
      QuantizeActivations filter = options("-limits " + limits);
      filter.setInputFormat(data);
      try {
        Thread.currentThread().interrupt();
        filter.input(data.instance(0));
        fail("no InterruptedException");
      } catch (InterruptedException expected) {
        assertTrue(Thread.interrupted());
      }
    }
  }

  public void testInfiniteValueIsReportedWithAttributeAndInstance() throws Exception {
    for (String options : List.of("", "-limits tanh")) {
      QuantizeActivations filter = options(options);
      try {
        filter(column(0, MISSING, Double.NEGATIVE_INFINITY), filter);
        fail("no exception");
      } catch (IllegalArgumentException expected) {
        String message = expected.getMessage();
        assertTrue(message, message.startsWith("Attribute \"h1\" has -Infinity at instance 3:"));
      }
    }
  }

  public void testInfiniteValueInALaterBatchIsCountedFromItsStart() throws Exception {
    QuantizeActivations filter = options("");
    filter(column(0, 1, 2), filter);
    Filter.useFilter(column(0, 1, 2), filter);
    try {
      Filter.useFilter(column(0, Double.POSITIVE_INFINITY), filter);
      fail("no exception");
    } catch (IllegalArgumentException expected) {
      assertTrue(expected.getMessage(), expected.getMessage().contains("Infinity at instance 2:"));
    }
  }

  public void testValuesTooFarApartAreReportedWithTheirAttribute() throws Exception {
    try {
      filter(column(-1.7e308, 1.7e308), options(""));
      fail("no exception");
    } catch (IllegalArgumentException expected) {
      String message = expected.getMessage();
      assertTrue(message, message.contains("\"h1\"") && message.contains("-1.7E308 to 1.7E308"));
    }
  }

  public void testInfiniteValuesOutsideTheRangeDoNotMatter() throws Exception {
    Instances data = randomData(3);
    data.instance(1).setValue(2, Double.POSITIVE_INFINITY);
    Instances result = filter(data, options("-R 1,2"));
    assertEquals(Double.POSITIVE_INFINITY, result.instance(1).value(2), 0);
  }

  public void testRangeBeyondTheDataIsRefusedByTheInputFormat() throws Exception {
    try {
      options("-R 2-5").setInputFormat(randomData(1));
      fail("no exception");
    } catch (IllegalArgumentException expected) {
      String message = expected.getMessage();
      assertTrue(message, message.contains("(-R 2-5)") && message.contains("3 attributes"));
    }
  }

  public void testUsedWithoutInputFormatItSaysSo() throws Exception {
    try {
      new QuantizeActivations().input(column(1).instance(0));
      fail("no exception");
    } catch (IllegalStateException expected) {
      assertEquals("No input instance format defined", expected.getMessage());
    }
  }

  private static QuantizeActivations options(String options) throws Exception {
    QuantizeActivations filter = new QuantizeActivations();
    filter.setOptions(Utils.splitOptions(options));
    return filter;
  }

  private static Instances filter(Instances data, QuantizeActivations filter) throws Exception {
    filter.setInputFormat(data);
    return Filter.useFilter(data, filter);
  }

  /** The rows without the header, which contains the options. */
  private static String data(String arff) {
    return arff.substring(arff.indexOf("@data"));
  }

  private static Instances header(int unitCount) {
    ArrayList<Attribute> attributes = new ArrayList<>();
    for (int unit = 1; unit <= unitCount; unit++) {
      attributes.add(new Attribute("h" + unit));
    }
    return new Instances("data", attributes, 0);
  }

  private static Instances column(double... values) {
    Instances data = header(1);
    for (double value : values) {
      data.add(new DenseInstance(1, new double[] {value}));
    }
    return data;
  }

  private static Instances randomData(int rowCount) {
    Random random = new Random(42);
    Instances data = header(3);
    for (int row = 0; row < rowCount; row++) {
      data.add(new DenseInstance(1, random.doubles(3, -1, 1).toArray()));
    }
    return data;
  }

  private static Instances strings(String... texts) {
    ArrayList<Attribute> attributes = new ArrayList<>();
    attributes.add(new Attribute("h"));
    attributes.add(new Attribute("text", (List<String>) null));
    Instances data = new Instances("texts", attributes, 0);
    for (int row = 0; row < texts.length; row++) {
      double reference = data.attribute(1).addStringValue(texts[row]);
      data.add(new DenseInstance(1, new double[] {row, reference}));
    }
    return data;
  }

  private static Instances classified(int rowCount) {
    Random random = new Random(42);
    ArrayList<Attribute> attributes = new ArrayList<>();
    attributes.add(new Attribute("h1"));
    attributes.add(new Attribute("h2"));
    attributes.add(new Attribute("sign", List.of("minus", "plus")));
    Instances data = new Instances("signs", attributes, 0);
    data.setClassIndex(2);
    for (int row = 0; row < rowCount; row++) {
      double h1 = random.nextGaussian();
      data.add(new DenseInstance(1, new double[] {h1, random.nextGaussian(), h1 < 0 ? 0 : 1}));
    }
    return data;
  }

  private static void assertLevels(Instances result, double... levels) {
    assertEquals(Arrays.toString(levels), Arrays.toString(result.attributeToDoubleArray(0)));
  }
}
