package nnpid.estimation;

import org.apache.commons.math3.stat.StatUtils;

/**
 * Two control variates: quantities, known for every sample, whose true mean is 0. What the samples'
 * controls are off tells what other quantities of the samples are off.
 *
 * <p>Least squares on one half of the samples gives the coefficients for the other half, which
 * keeps means unbiased. A half in which the controls hardly vary has arbitrary coefficients: they
 * count only if those of either half make the quantities of the other vary less.
 */
final class ControlVariates {
  /** Fewer samples have no coefficients. */
  private static final int LEAST_OF_HALF = 8;

  private final double[] first;
  private final double[] second;

  ControlVariates(double[] first, double[] second) {
    this.first = first;
    this.second = second;
  }

  /**
   * What to subtract from two quantities of every sample: nothing where either of them or their
   * difference would vary more.
   *
   * @return quantity, sample
   */
  double[][] corrections(double[] a, double[] b) {
    double[][] corrections = {corrections(a), corrections(b)};
    double[] difference = difference(a, b);
    double[] ofDifference = difference(corrections[0], corrections[1]);
    for (int half = 0; half < 2; half++) {
      if (increases(a, corrections[0], half)
          || increases(b, corrections[1], half)
          || increases(difference, ofDifference, half)) {
        return new double[2][a.length];
      }
    }
    return corrections;
  }

  private static double[] difference(double[] a, double[] b) {
    double[] difference = new double[a.length];
    for (int i = 0; i < a.length; i++) {
      difference[i] = a[i] - b[i];
    }
    return difference;
  }

  private static boolean increases(double[] values, double[] corrections, int half) {
    double before = StatUtils.variance(half(values, half));
    double after = StatUtils.variance(half(difference(values, corrections), half));
    return !(after <= before);
  }

  private static double[] half(double[] values, int half) {
    double[] result = new double[(values.length + 1 - half) / 2];
    for (int i = 0; i < result.length; i++) {
      result[i] = values[2 * i + half];
    }
    return result;
  }

  private double[] corrections(double[] values) {
    double[] corrections = new double[values.length];
    for (int half = 0; half < 2; half++) {
      double[] coefficients =
          coefficients(half(values, 1 - half), half(first, 1 - half), half(second, 1 - half));
      for (int i = half; i < values.length; i += 2) {
        corrections[i] = coefficients[0] * first[i] + coefficients[1] * second[i];
      }
    }
    return corrections;
  }

  /** The coefficients of the regression of values on two controls. */
  private static double[] coefficients(double[] values, double[] first, double[] second) {
    if (values.length < LEAST_OF_HALF) {
      return new double[2];
    }
    double meanValue = StatUtils.mean(values);
    double meanA = StatUtils.mean(first);
    double meanB = StatUtils.mean(second);
    double aa = 0;
    double ab = 0;
    double bb = 0;
    double av = 0;
    double bv = 0;
    for (int i = 0; i < values.length; i++) {
      double a = first[i] - meanA;
      double b = second[i] - meanB;
      double v = values[i] - meanValue;
      aa += a * a;
      ab += a * b;
      bb += b * b;
      av += a * v;
      bv += b * v;
    }
    double determinant = aa * bb - ab * ab;
    if (!(determinant > 1e-9 * aa * bb)) {
      // The controls vary together, or one not at all: the other one tells everything.
      return aa >= bb ? new double[] {aa > 0 ? av / aa : 0, 0} : new double[] {0, bv / bb};
    }
    return new double[] {(bb * av - ab * bv) / determinant, (aa * bv - ab * av) / determinant};
  }
}
