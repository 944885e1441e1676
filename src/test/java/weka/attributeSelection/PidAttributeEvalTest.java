package weka.attributeSelection;

import junit.framework.Test;
import junit.framework.TestSuite;

/** Weka's own tests of evaluators. */
public class PidAttributeEvalTest extends AbstractEvaluatorTest {
  public PidAttributeEvalTest(String name) {
    super(name);
  }

  @Override
  public ASSearch getSearch() {
    return new Ranker();
  }

  @Override
  public ASEvaluation getEvaluator() {
    return new PidAttributeEval();
  }

  public static Test suite() {
    return new TestSuite(PidAttributeEvalTest.class);
  }
}
