package weka.attributeSelection;

import junit.framework.Test;
import junit.framework.TestSuite;

/** Weka's own tests of searches. */
public class SubsetRankingTest extends AbstractSearchTest {
  public SubsetRankingTest(String name) {
    super(name);
  }

  @Override
  public ASSearch getSearch() {
    return new SubsetRanking();
  }

  @Override
  public ASEvaluation getEvaluator() {
    return new CfsSubsetEval();
  }

  public static Test suite() {
    return new TestSuite(SubsetRankingTest.class);
  }
}
