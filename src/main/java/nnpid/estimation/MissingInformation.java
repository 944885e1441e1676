package nnpid.estimation;

import java.io.Serializable;

/**
 * What misses for k = 1, 2, ... sources read together, I+ - V+_k and I- - V-_k in bits: means over
 * the references of a batch. Where a search was not finished, lower and upper bounds differ.
 */
final class MissingInformation implements Serializable {
  private static final long serialVersionUID = 1L;

  private final double[] informativeLower;
  private final double[] informativeUpper;
  private final double[] misinformativeLower;
  private final double[] misinformativeUpper;

  private MissingInformation(
      double[] informativeLower,
      double[] informativeUpper,
      double[] misinformativeLower,
      double[] misinformativeUpper) {
    this.informativeLower = informativeLower;
    this.informativeUpper = informativeUpper;
    this.misinformativeLower = misinformativeLower;
    this.misinformativeUpper = misinformativeUpper;
  }

  /** Nothing, for so many degrees: to add to. */
  static MissingInformation none(int degrees) {
    return new MissingInformation(
        new double[degrees], new double[degrees], new double[degrees], new double[degrees]);
  }

  /** Lower bounds at index k - 1, to add to: misinformative given the target. */
  double[] lower(boolean givenTarget) {
    return givenTarget ? misinformativeLower : informativeLower;
  }

  /** Upper bounds, in the same way. */
  double[] upper(boolean givenTarget) {
    return givenTarget ? misinformativeUpper : informativeUpper;
  }

  /** The same less corrections (degree, part, batch) of a batch, both bounds by the same. */
  MissingInformation less(double[][][] corrections, int batch) {
    return new MissingInformation(
        less(informativeLower, corrections, 0, batch),
        less(informativeUpper, corrections, 0, batch),
        less(misinformativeLower, corrections, 1, batch),
        less(misinformativeUpper, corrections, 1, batch));
  }

  private static double[] less(double[] values, double[][][] corrections, int part, int batch) {
    double[] result = values.clone();
    for (int k = 0; k < result.length; k++) {
      result[k] -= corrections[k][part][batch];
    }
    return result;
  }

  /** Index -1 stands for k = 0, and the index past the last for k = n, where nothing misses. */
  boolean isExact(int index) {
    return index < 0
        || index >= informativeLower.length
        || (informativeLower[index] == informativeUpper[index]
            && misinformativeLower[index] == misinformativeUpper[index]);
  }

  double informative(int index, double ofNone) {
    return index < 0 ? ofNone : index < informativeUpper.length ? informativeUpper[index] : 0;
  }

  double misinformative(int index, double ofNone) {
    return index < 0 ? ofNone : index < misinformativeUpper.length ? misinformativeUpper[index] : 0;
  }

  /** The sum of I - V_k over k = 1 to n - 1: (C - 1) I. */
  double synergy() {
    return sum(informativeUpper) - sum(misinformativeUpper);
  }

  double lowestSynergy() {
    return sum(informativeLower) - sum(misinformativeUpper);
  }

  double highestSynergy() {
    return sum(informativeUpper) - sum(misinformativeLower);
  }

  private static double sum(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum;
  }
}
