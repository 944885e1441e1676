package nnpid.estimation;

import java.util.Arrays;
import nnpid.distribution.JointDistribution;

/** The realizations laid out by target and weight, to draw references from strata of them. */
final class References {
  private final int[] realizations; // by target
  private final double[] cumulativeWeights;

  References(JointDistribution distribution) {
    realizations = distribution.realizationsByTarget();
    cumulativeWeights = new double[realizations.length];
    double sum = 0;
    for (int i = 0; i < realizations.length; i++) {
      sum += distribution.weight(realizations[i]);
      cumulativeWeights[i] = sum;
    }
  }

  /** The realization up to which the given share of the weight lies; from 0 to 1. */
  int at(double quantile) {
    double weight = quantile * cumulativeWeights[cumulativeWeights.length - 1];
    int found = Arrays.binarySearch(cumulativeWeights, weight);
    return realizations[Math.min(found < 0 ? -found - 1 : found, realizations.length - 1)];
  }
}
