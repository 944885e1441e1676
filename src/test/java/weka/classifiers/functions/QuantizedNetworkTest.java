package weka.classifiers.functions;

import junit.framework.Test;
import junit.framework.TestSuite;
import weka.classifiers.AbstractClassifierTest;
import weka.classifiers.Classifier;

/** Weka's own tests of classifiers. */
public class QuantizedNetworkTest extends AbstractClassifierTest {
  public QuantizedNetworkTest(String name) {
    super(name);
  }

  /** Small and fast: with the default of 1,000 epochs the many trainings here take minutes. */
  @Override
  public Classifier getClassifier() {
    QuantizedNetwork network = new QuantizedNetwork();
    network.setHiddenLayers("8,4");
    network.setEpochs(100);
    network.setMiniBatchSize(4);
    network.setLearningRate(0.05);
    return network;
  }

  public static Test suite() {
    return new TestSuite(QuantizedNetworkTest.class);
  }
}
