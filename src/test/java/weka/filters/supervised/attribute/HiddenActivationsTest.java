package weka.filters.supervised.attribute;

import junit.framework.Test;
import junit.framework.TestSuite;
import weka.classifiers.functions.QuantizedNetwork;
import weka.filters.AbstractFilterTest;
import weka.filters.Filter;

/** Weka's own filter tests. */
public class HiddenActivationsTest extends AbstractFilterTest {

  public HiddenActivationsTest(String name) {
    super(name);
  }

  @Override
  public Filter getFilter() {
    QuantizedNetwork network = new QuantizedNetwork();
    network.setHiddenLayers("3,2");
    network.setLevels("4,0");
    network.setEpochs(5);
    HiddenActivations filter = new HiddenActivations();
    filter.setClassifier(network);
    return filter;
  }

  /** Networks take no strings. */
  @Override
  protected void setUp() throws Exception {
    super.setUp();
    m_Instances.deleteStringAttributes();
    m_Instances.setClassIndex(0);
  }

  public static Test suite() {
    return new TestSuite(HiddenActivationsTest.class);
  }
}
