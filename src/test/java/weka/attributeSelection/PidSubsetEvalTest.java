package weka.attributeSelection;

import junit.framework.Test;
import junit.framework.TestSuite;

/** Weka's own tests of evaluators. */
public class PidSubsetEvalTest extends AbstractEvaluatorTest {
  public PidSubsetEvalTest(String name) {
    super(name);
  }

  @Override
  public ASSearch getSearch() {
    return new GreedyStepwise();
  }

  @Override
  public ASEvaluation getEvaluator() {
    return new PidSubsetEval();
  }

  public static Test suite() {
    return new TestSuite(PidSubsetEvalTest.class);
  }
}
