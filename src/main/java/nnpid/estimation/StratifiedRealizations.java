package nnpid.estimation;

import java.util.Arrays;
import nnpid.distribution.JointDistribution;

/**
 * The realizations in an order from which equal strata can be drawn: by target, each as wide as its
 * weight.
 */
final class StratifiedRealizations {
  private final int[] realizations;
  private final double[] cumulativeWeights;

  StratifiedRealizations(JointDistribution distribution) {
    realizations = distribution.realizationsByTarget();
    cumulativeWeights = new double[realizations.length];
    double sum = 0;
    for (int i = 0; i < realizations.length; i++) {
      sum += distribution.weight(realizations[i]);
      cumulativeWeights[i] = sum;
    }
  }

  /**
   * The realization at a quantile.
   *
   * @param quantile from 0 to 1
   */
  int at(double quantile) {
    double weight = quantile * cumulativeWeights[cumulativeWeights.length - 1];
    int found = Arrays.binarySearch(cumulativeWeights, weight);
    return realizations[Math.min(found < 0 ? -found - 1 : found, realizations.length - 1)];
  }
}
