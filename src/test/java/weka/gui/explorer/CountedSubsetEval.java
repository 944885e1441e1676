package weka.gui.explorer;

import java.util.BitSet;
import java.util.concurrent.atomic.AtomicInteger;
import weka.attributeSelection.PidSubsetEval;

/** Tells how many subsets were evaluated; Weka makes copies of it by its name. */
public final class CountedSubsetEval extends PidSubsetEval {
  private static final long serialVersionUID = 1L;

  static final AtomicInteger EVALUATED = new AtomicInteger();

  @Override
  public double evaluateSubset(BitSet subset) throws Exception {
    double merit = super.evaluateSubset(subset);
    EVALUATED.incrementAndGet();
    return merit;
  }
}
