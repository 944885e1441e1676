package weka.attributeSelection;

import junit.framework.Test;
import junit.framework.TestSuite;

/** Weka's own tests of searches. */
public class OptaPlannerSearchTest extends AbstractSearchTest {
  public OptaPlannerSearchTest(String name) {
    super(name);
  }

  @Override
  public ASSearch getSearch() {
    return new OptaPlannerSearch();
  }

  @Override
  public ASEvaluation getEvaluator() {
    return new CfsSubsetEval();
  }

  public static Test suite() {
    return new TestSuite(OptaPlannerSearchTest.class);
  }
}
