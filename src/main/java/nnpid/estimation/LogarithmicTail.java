package nnpid.estimation;

/**
 * The sum of exp(-j x) / j over j = c, c + 1, ...: the tail of the series of -ln(1 - exp(-x)). In
 * it E1(c x), the integral of exp(-u x) / u over u from c on, becomes a sum, and plug-in values
 * become corrected ones (METHOD.md, section 10a).
 */
final class LogarithmicTail {
  /** From here on the sum is an integral and the first terms of Euler and Maclaurin. */
  private static final int SUM_TO = 32;

  /** Beyond, terms fall off so fast that they are just added. */
  private static final double STEEP = 0.5;

  private LogarithmicTail() {}

  /**
   * The tail, with an absolute error below 1e-13.
   *
   * @param c a whole number from 1
   * @param x positive
   */
  static double of(double c, double x) {
    double sum = 0;
    double power = Math.exp(-c * x);
    double factor = Math.exp(-x);
    double j = c;
    double end = x > STEEP ? c + ExponentialIntegral.NEGLIGIBLE_FROM / x : SUM_TO;
    for (; j < end; j++) {
      sum += power / j;
      power *= factor;
    }
    if (x > STEEP) {
      return sum;
    }
    double s = 1 / j;
    double more = eulerMaclaurin(x + s, s * s, s * s * s, s * s * s * s, s * s * s * s * s);
    return sum + ExponentialIntegral.e1(j * x) + power / j * more;
  }

  /**
   * The expected value for x the time of the first, second, ... event, with exponential times of
   * given rates from one event to the next: the sum over j of the products of L / (L + j) over the
   * rates L so far, by 1/j. The error is below 1e-11.
   *
   * @param c a whole number from 1
   * @param rates whole numbers from 1, not rising
   * @see ExponentialIntegral#expectedE1
   */
  static double[] expected(double c, double[] rates) {
    double[] result = new double[rates.length];
    if (rates.length == 0) {
      return result;
    }
    double first = c;
    for (; first < SUM_TO; first++) {
      double product = 1 / first;
      for (int i = 0; i < rates.length; i++) {
        product *= rates[i] / (rates[i] + first);
        result[i] += product;
      }
    }
    double[] integrals = ExponentialIntegral.expectedE1(first, rates);
    double product = 1 / first;
    double s1 = 1 / first;
    double s2 = s1 * s1;
    double s3 = s1 * s2;
    double s4 = s1 * s3;
    double s5 = s1 * s4;
    for (int i = 0; i < rates.length; i++) {
      double inverse = 1 / (rates[i] + first);
      double square = inverse * inverse;
      product *= rates[i] * inverse;
      s1 += inverse;
      s2 += square;
      s3 += square * inverse;
      s4 += square * square;
      s5 += square * square * inverse;
      result[i] += integrals[i] + product * eulerMaclaurin(s1, s2, s3, s4, s5);
    }
    return result;
  }

  /**
   * What the sum of f(j), f(j + 1), ... is more than the integral from j on, by f(j); of the k-th
   * derivative of -ln f the absolute value is (k - 1)! times sk.
   */
  private static double eulerMaclaurin(double s1, double s2, double s3, double s4, double s5) {
    double third = s1 * s1 * s1 + 3 * s1 * s2 + 2 * s3;
    double fifth =
        s1 * s1 * s1 * (s1 * s1 + 10 * s2)
            + s1 * (15 * s2 * s2 + 20 * s1 * s3 + 30 * s4)
            + 20 * s2 * s3
            + 24 * s5;
    return 0.5 + s1 / 12 - third / 720 + fifth / 30240;
  }
}
