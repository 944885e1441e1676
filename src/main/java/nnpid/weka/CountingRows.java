package nnpid.weka;

import java.util.Arrays;
import java.util.BitSet;
import nnpid.distribution.SampledDistribution.LeftOut;

/** Which rows of a file count, and how much they weigh. Immutable once it is made. */
final class CountingRows {
  private final BitSet counting = new BitSet();
  private final double[] weights; // by row; none if all are 1
  private final boolean all;
  private final boolean differ;
  private final LeftOut leftOut;

  /**
   * Looks at all rows.
   *
   * @param classes the class of every row, negative if it has none
   * @param weights the weight of every row; none if all are 1
   * @throws IllegalArgumentException if no row counts, or a weight is negative or not finite
   */
  CountingRows(int[] classes, double[] weights, String className) {
    this.weights = weights;
    long withoutClass = 0;
    long weightless = 0;
    for (int row = 0; row < classes.length; row++) {
      InstancesBridge.requireWeight(weight(row), row);
      if (classes[row] < 0) {
        withoutClass++;
      } else if (weight(row) == 0) {
        weightless++;
      } else {
        counting.set(row);
      }
    }
    leftOut = new LeftOut(withoutClass, 0, weightless);
    if (withoutClass == classes.length) {
      throw InstancesBridge.noClass(className);
    }
    if (counting.isEmpty()) {
      throw new IllegalArgumentException(InstancesBridge.nothingToCount(0, weightless));
    }
    all = counting.cardinality() == classes.length;
    double first = weight(counting.nextSetBit(0));
    differ = counting.stream().anyMatch(row -> weight(row) != first);
  }

  boolean areAll() {
    return all;
  }

  boolean counts(int row) {
    return all || counting.get(row);
  }

  double weight(int row) {
    return weights.length == 0 ? 1 : weights[row];
  }

  boolean differInWeight() {
    return differ;
  }

  int count() {
    return counting.cardinality();
  }

  /** Total weight, or the number of rows if all weigh the same. */
  double size() {
    return differ ? Arrays.stream(countingWeights()).sum() : count();
  }

  LeftOut leftOut() {
    return leftOut;
  }

  /** The values of the rows that count, of one for every row. */
  int[] countingOf(int[] values) {
    return all ? values : counting.stream().map(row -> values[row]).toArray();
  }

  /** The weights of the rows that count; none if all are 1. */
  double[] countingWeights() {
    return weights.length == 0
        ? weights
        : counting.stream().mapToDouble(row -> weights[row]).toArray();
  }
}
