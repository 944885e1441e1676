package nnpid.weka;

import java.util.Arrays;
import java.util.BitSet;
import nnpid.distribution.SampleOfRow;
import nnpid.distribution.SampledDistribution.LeftOut;

/** Which rows of a file count, and how much they weigh. Immutable. */
public final class CountingRows {
  private final BitSet counting = new BitSet();
  private final double[] weights; // by row; none if all are 1
  private final int rowCount;
  private final boolean all;
  private final boolean differ;
  private final LeftOut leftOut;

  /**
   * Looks at all rows.
   *
   * @param classes the class of every row, negative if it has none
   * @param weights the weight of every row; none if all are 1
   * @param dropped rows that are left out if they would count otherwise
   * @throws IllegalArgumentException if no row counts, or a weight is negative or not finite
   */
  CountingRows(int[] classes, double[] weights, BitSet dropped, String className) {
    this.weights = weights;
    this.rowCount = classes.length;
    long withoutClass = 0;
    long weightless = 0;
    long droppedCount = 0;
    for (int row = 0; row < classes.length; row++) {
      InstancesBridge.requireWeight(weight(row), row);
      if (classes[row] < 0) {
        withoutClass++;
      } else if (weight(row) == 0) {
        weightless++;
      } else if (dropped.get(row)) {
        droppedCount++;
      } else {
        counting.set(row);
      }
    }
    leftOut = new LeftOut(withoutClass, droppedCount, weightless);
    if (withoutClass == classes.length) {
      throw InstancesBridge.noClass(className);
    }
    if (counting.isEmpty()) {
      throw new IllegalArgumentException(InstancesBridge.nothingToCount(droppedCount, weightless));
    }
    all = counting.cardinality() == classes.length;
    double first = firstWeight();
    differ = counting.stream().anyMatch(row -> weight(row) != first);
  }

  int rowCount() {
    return rowCount;
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

  /** The weight of the first row that counts. */
  double firstWeight() {
    return weight(counting.nextSetBit(0));
  }

  boolean differInWeight() {
    return differ;
  }

  int count() {
    return counting.cardinality();
  }

  /** Total weight, or the number of rows if all weigh the same. */
  double size() {
    return differ ? weightSum() : count();
  }

  /** What all rows that count weigh. */
  double weightSum() {
    return weights.length == 0 ? count() : Arrays.stream(countingWeights()).sum();
  }

  LeftOut leftOut() {
    return leftOut;
  }

  /** What all rows that count weigh, of every class. */
  double[] weightsOf(int[] classes, int classCount) {
    double[] sums = new double[classCount];
    counting.stream().forEach(row -> sums[classes[row]] += weight(row));
    return sums;
  }

  /** The values of the rows that count, of one for every row. */
  int[] countingOf(int[] values) {
    return all ? values : counting.stream().map(row -> values[row]).toArray();
  }

  /** Which of the rows that count are of the same sample. */
  SampleOfRow countingOf(SampleOfRow samples) {
    return all ? samples : samples.of(counting);
  }

  /** The weights of the rows that count; none if all are 1. */
  double[] countingWeights() {
    return weights.length == 0
        ? weights
        : counting.stream().mapToDouble(row -> weights[row]).toArray();
  }
}
