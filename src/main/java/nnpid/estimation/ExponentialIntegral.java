package nnpid.estimation;

import org.apache.commons.math3.analysis.integration.gauss.GaussIntegrator;
import org.apache.commons.math3.analysis.integration.gauss.GaussIntegratorFactory;

/** The exponential integral E1(x) = &int; exp(-u)/u du from x to infinity, for x &gt; 0. */
final class ExponentialIntegral {
  private static final double EULER_GAMMA = 0.5772156649015329;

  /** E1 is less than 1e-17 from here on: nothing in a sum with terms near 1. */
  static final double NEGLIGIBLE_FROM = 36;

  /** Of the integrals of {@link #expectedE1}: with 12 points for each the error is below 1e-13. */
  private static final double PANEL = 3;

  private static final GaussIntegrator POINTS = new GaussIntegratorFactory().legendre(12);

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

  /**
   * E[E1(w X)] for X the time of the first, second, ... event, with exponential times of given
   * rates from one event to the next. By E1(w X) = &int; exp(-u X) du / u from w to infinity that
   * is the integral of the product of L / (L + u) over the rates L so far, for the first event ln(1
   * + L/w); in ln u it is smooth, and falls off like a power of u.
   *
   * @param rates positive, not rising
   */
  static double[] expectedE1(double w, double[] rates) {
    double[] result = new double[rates.length];
    if (rates.length == 0) {
      return result;
    }
    double end = Math.max(0, Math.log(rates[0] / w)) + NEGLIGIBLE_FROM / 2;
    for (double from = 0; rates.length > 1 && from < end; from += PANEL) {
      for (int point = 0; point < POINTS.getNumberOfPoints(); point++) {
        double u = w * Math.exp(from + (POINTS.getPoint(point) + 1) * PANEL / 2);
        double product = POINTS.getWeight(point) * PANEL / 2;
        for (int i = 0; i < rates.length; i++) {
          product *= rates[i] / (rates[i] + u);
          result[i] += product;
        }
      }
    }
    result[0] = Math.log1p(rates[0] / w);
    return result;
  }
}
