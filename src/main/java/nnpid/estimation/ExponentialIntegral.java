package nnpid.estimation;

/** The exponential integral E1(x) = &int; exp(-u)/u du from x to infinity, for x &gt; 0. */
final class ExponentialIntegral {
  private static final double EULER_GAMMA = 0.5772156649015329;

  /** E1 is less than 1e-17 from here on: nothing in a sum with terms near 1. */
  static final double NEGLIGIBLE_FROM = 36;

  private ExponentialIntegral() {}

  /** E1(x), with a relative error below 1e-14; infinite for 0, and 0 for infinity. */
  static double e1(double x) {
    if (x > 700) {
      return 0;
    }
    return x <= 1 ? series(x) : continuedFraction(x);
  }

  /** Abramowitz and Stegun 5.1.11. */
  private static double series(double x) {
    double sum = -EULER_GAMMA - Math.log(x);
    double term = -1;
    for (int i = 1; Math.abs(term) > 1e-18; i++) {
      term *= -x / i;
      sum += term / i;
    }
    return sum;
  }

  /** Abramowitz and Stegun 5.1.22 in its even form, by Lentz's method. */
  private static double continuedFraction(double x) {
    double b = x + 1;
    double c = Double.MAX_VALUE;
    double d = 1 / b;
    double value = d;
    for (int i = 1; i < 1000; i++) {
      double a = -(double) i * i;
      b += 2;
      d = 1 / (a * d + b);
      c = b + a / c;
      double factor = c * d;
      value *= factor;
      if (Math.abs(factor - 1) < 1e-15) {
        break;
      }
    }
    return value * Math.exp(-x);
  }
}
