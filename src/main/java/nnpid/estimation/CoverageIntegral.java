package nnpid.estimation;

import nnpid.decomposition.Values;

/**
 * How long it takes, in harmonic time, that some things have come and another has not: the integral
 * of the chance of that, exp(-a u) &prod;_j (1 - exp(-e_j u)), over du / u for plug-in values, or
 * over du / (1 - exp(-u)) for corrected ones (METHOD.md, sections 10 and 11).
 *
 * <p>In x = ln u both integrands are analytic within &pi;/2 of the real axis and fall off on both
 * sides, so that the trapezoidal rule errs by about exp(-&pi;^2 / step).
 */
final class CoverageIntegral {
  /** Step and tails: both errors are below 1e-15. */
  private static final double STEP = 0.25;

  private static final double NEGLIGIBLE = 1e-18;

  private CoverageIntegral() {}

  /**
   * The integral.
   *
   * @param absent rate a of what has not come; positive
   * @param rates rates e_j of what has come; positive
   * @param count how many of them there are; at least one
   * @param values whether it is over du / u, or for corrected ones over du / (1 - exp(-u))
   */
  static double of(double absent, double[] rates, int count, Values values) {
    double logarithms = 0;
    for (int j = 0; j < count; j++) {
      logarithms += Math.log(rates[j]);
    }
    double from = (Math.log(NEGLIGIBLE) - logarithms) / count; // product of e_j u
    double to = Math.log(-Math.log(NEGLIGIBLE) / absent);
    double sum = 0;
    for (double x = Math.min(from, to); x < to; x += STEP) {
      double u = Math.exp(x);
      double integrand = Math.exp(-absent * u);
      for (int j = 0; j < count; j++) {
        integrand *= -Math.expm1(-rates[j] * u);
      }
      sum += values == Values.CORRECTED ? integrand * u / -Math.expm1(-u) : integrand;
    }
    return sum * STEP;
  }
}
