package nnpid.estimation;

/** Least squares for two control variates. */
final class ControlVariates {
  private ControlVariates() {}

  /**
   * The coefficients of the regression of values on two controls, from every second sample only;
   * zeros where the controls do not vary enough to tell.
   *
   * @param controls sample, control
   * @param first 0 for the even samples, 1 for the odd ones
   */
  static double[] coefficients(double[] values, double[][] controls, int first) {
    int count = 0;
    double meanValue = 0;
    double meanA = 0;
    double meanB = 0;
    for (int i = first; i < values.length; i += 2) {
      count++;
      meanValue += values[i];
      meanA += controls[i][0];
      meanB += controls[i][1];
    }
    meanValue /= count;
    meanA /= count;
    meanB /= count;
    double aa = 0;
    double ab = 0;
    double bb = 0;
    double av = 0;
    double bv = 0;
    for (int i = first; i < values.length; i += 2) {
      double a = controls[i][0] - meanA;
      double b = controls[i][1] - meanB;
      double v = values[i] - meanValue;
      aa += a * a;
      ab += a * b;
      bb += b * b;
      av += a * v;
      bv += b * v;
    }
    double determinant = aa * bb - ab * ab;
    if (count < 8) {
      return new double[2];
    }
    if (!(determinant > 1e-9 * aa * bb)) {
      // The controls vary together, or one not at all: the other one tells everything.
      return aa >= bb ? new double[] {aa > 0 ? av / aa : 0, 0} : new double[] {0, bv / bb};
    }
    return new double[] {(bb * av - ab * bv) / determinant, (aa * bv - ab * av) / determinant};
  }
}
