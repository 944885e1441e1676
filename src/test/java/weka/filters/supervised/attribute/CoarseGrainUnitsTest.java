package weka.filters.supervised.attribute;

import java.util.Random;
import junit.framework.Test;
import junit.framework.TestSuite;
import weka.classifiers.Evaluation;
import weka.classifiers.bayes.NaiveBayes;
import weka.classifiers.meta.FilteredClassifier;
import weka.core.Attribute;
import weka.core.CheckGOE;
import weka.core.CheckOptionHandler;
import weka.core.Instance;
import weka.core.Instances;
import weka.core.SerializationHelper;
import weka.core.Utils;
import weka.core.converters.ConverterUtils.DataSource;
import weka.filters.AbstractFilterTest;
import weka.filters.Filter;

/** Weka's own filter tests, and examples of what the filter does to data. */
public class CoarseGrainUnitsTest extends AbstractFilterTest {

  public CoarseGrainUnitsTest(String name) {
    super(name);
  }

  @Override
  public Filter getFilter() {
    CoarseGrainUnits filter = new CoarseGrainUnits();
    filter.setGroupCount(2);
    filter.setSteps(20);
    return filter;
  }

  @Override
  protected void setUp() throws Exception {
    super.setUp();
    m_Instances.setClassIndex(1);
  }

  public static Test suite() {
    return new TestSuite(CoarseGrainUnitsTest.class);
  }

  private static CoarseGrainUnits filter(String options) throws Exception {
    CoarseGrainUnits filter = new CoarseGrainUnits();
    filter.setOptions(Utils.splitOptions(options));
    return filter;
  }

  private static Instances example() throws Exception {
    Instances data = DataSource.read("weka-package/examples/mnist_layers.arff");
    data.setClassIndex(data.numAttributes() - 1);
    return data;
  }

  private static Instances filtered(Instances data, CoarseGrainUnits filter) throws Exception {
    filter.setInputFormat(data);
    return Filter.useFilter(data, filter);
  }

  public void testGroupsBecomeAttributesOfJointStates() throws Exception {
    Instances data = example();
    Instances result = filtered(data, filter("-R 1-4 -grouping 1,3;2,4"));
    assertEquals(2 + 11 + 1, result.numAttributes());
    assertEquals("L3_1+L3_3", result.attribute(0).name());
    assertEquals("L3_2+L3_4", result.attribute(1).name());
    assertEquals("L3_5", result.attribute(2).name());
    assertEquals(data.classAttribute().name(), result.classAttribute().name());
    for (int row = 0; row < data.numInstances(); row++) {
      Instance before = data.instance(row);
      Instance after = result.instance(row);
      assertEquals(before.stringValue(0) + "_" + before.stringValue(2), after.stringValue(0));
      assertEquals(before.stringValue(1) + "_" + before.stringValue(3), after.stringValue(1));
      assertEquals(before.stringValue(4), after.stringValue(2));
      assertEquals(before.classValue(), after.classValue(), 0);
      assertEquals(before.weight(), after.weight(), 0);
    }
  }

  public void testTextTellsGroupsAndBounds() throws Exception {
    CoarseGrainUnits filter = filter("-grouping sequential -groups-count 3");
    assertTrue(filter.toString().contains("no data yet"));
    filtered(example(), filter);
    String text = filter.toString();
    assertTrue(text, text.contains("15 units into 3 groups: 1-5;6-10;11-15"));
    assertTrue(text, text.contains("Representational complexity of the groups: "));
    assertTrue(text, text.contains("in any case"));
  }

  public void testUnseenStatesAreMissingOrOther() throws Exception {
    Instances data = example();
    Instances first = new Instances(data, 0, 100);
    for (String option : new String[] {"", "-other "}) {
      CoarseGrainUnits filter = filter(option + "-grouping sequential");
      filtered(first, filter);
      Instances later = Filter.useFilter(data, filter);
      int unseen = 0;
      for (int row = 0; row < data.numInstances(); row++) {
        boolean missing = later.instance(row).isMissing(0);
        boolean other = !missing && later.instance(row).stringValue(0).equals("other");
        assertFalse(row < 100 && (missing || other));
        assertFalse(option.isEmpty() ? other : missing);
        unseen += missing || other ? 1 : 0;
      }
      assertTrue(unseen > 0);
    }
  }

  public void testMissingValuesAreStates() throws Exception {
    Instances data = example();
    data.instance(0).setMissing(0);
    Instances result = filtered(data, filter("-R 1-2 -grouping 1,2"));
    assertEquals("?_" + data.instance(0).stringValue(1), result.instance(0).stringValue(0));
  }

  public void testNumericUnitsAreQuantizedAsInTheFirstBatch() throws Exception {
    Instances data = DataSource.read("weka-package/examples/xor.arff");
    data.setClassIndex(data.numAttributes() - 1);
    Instances result =
        filtered(
            data,
            filter(
                "-grouping sequential -groups-count 1 -Q"
                    + " \"weka.filters.unsupervised.attribute.QuantizeActivations -L 2\""));
    assertEquals(2, result.numAttributes());
    assertTrue(result.attribute(0).isNominal());
  }

  public void testFoundGroupsWorkInAFilteredClassifier() throws Exception {
    Instances data = example();
    FilteredClassifier classifier = new FilteredClassifier();
    classifier.setClassifier(new NaiveBayes());
    classifier.setFilter(filter("-R 1-5 -groups-count 3 -steps 20"));
    Evaluation evaluation = new Evaluation(data);
    evaluation.crossValidateModel(classifier, data, 3, new Random(1));
    assertTrue("" + evaluation.pctCorrect(), evaluation.pctCorrect() > 80);
  }

  public void testCheckers() throws Exception {
    for (String options :
        new String[] {
          "",
          "-R 2-3 -grouping random -groups-count 2 -min-group-size 1 -max-group-size 4",
          "-objective gap -steps 10 -time-limit 1.5 -other -S 3",
          "-grouping 1,2;3-5"
        }) {
      CheckOptionHandler check = new CheckOptionHandler();
      check.setOptionHandler(new CoarseGrainUnits());
      check.setUserOptions(Utils.splitOptions(options));
      check.setSilent(true);
      check.doTests();
      assertTrue(options, check.getSuccess());
    }
    CheckGOE editor = new CheckGOE();
    editor.setObject(new CoarseGrainUnits());
    editor.setSilent(true);
    editor.doTests();
    assertTrue(editor.getSuccess());
    assertTrue(SerializationHelper.hasUID(CoarseGrainUnits.class));
  }

  public void testBadOptionsAndDataAreNamed() throws Exception {
    String[][] cases = {
      {"-grouping best", "(-grouping best)"},
      {"-groups-count 7", "(-groups-count 7)"},
      {"-groups-count x", "(-groups-count x)"},
      {"-objective most", "(-objective most)"},
      {"-min-group-size 0", "(-min-group-size 0)"},
      {"-max-group-size -1", "(-max-group-size -1)"},
      {"-steps 0", "(-steps 0)"},
      {"-time-limit -2", "(-time-limit -2)"},
      {"-grouping 1,2;2,3-15", "overlap"},
      {"-grouping 1,2", "unit 3 of 15"},
      {"-R 1-3 -groups-count 4", "(4)"},
      {"-R 1-4 -groups-count 2 -max-group-size 1", "(1 to 1)"},
      {"-R 16", "(-R 16)"},
      {"-R 17", "(-R 17)"},
    };
    for (String[] one : cases) {
      try {
        filtered(example(), filter(one[0]));
      } catch (IllegalArgumentException e) {
        assertTrue(e.getMessage(), e.getMessage().contains(one[1]));
        continue;
      }
      fail(one[0] + " must be refused.");
    }
    Instances numericClass = example();
    numericClass.insertAttributeAt(new Attribute("number"), 0);
    numericClass.setClassIndex(0);
    try {
      filtered(numericClass, new CoarseGrainUnits());
      fail("A numeric class must be refused.");
    } catch (Exception e) {
      assertTrue(e.getMessage(), e.getMessage().contains("class"));
    }
  }
}
