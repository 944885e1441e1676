package nnpid.estimation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExponentialIntegralTest {

  /** Abramowitz and Stegun, tables 5.1 and 5.2. */
  @ParameterizedTest
  @CsvSource({"0.5, 0.559773594776160", "1, 0.219383934395520", "10, 4.156968929685324e-6"})
  void agreesWithTables(double x, double expected) {
    assertEquals(expected, ExponentialIntegral.e1(x), 1e-14 * expected);
  }

  @ParameterizedTest
  @ValueSource(
      doubles = {1e-12, 1e-6, 1e-3, 0.1, 0.3, 0.9, 0.999, 1, 1.001, 1.5, 2, 3, 5, 8, 20, 36, 300})
  void agreesWithNumericalIntegration(double x) {
    double expected = integral(x);
    // The rounding of exponents near x makes the integral itself less exact.
    assertEquals(expected, ExponentialIntegral.e1(x), (1e-13 + 1e-14 * x) * expected);
  }

  /** A sum of exponential times has by partial fractions a sum of ln(1 + L/w). */
  @ParameterizedTest
  @ValueSource(doubles = {1e-9, 1e-3, 0.1, 1, 10, 1e4, 1e9})
  void expectedValuesAreThoseOfPartialFractions(double w) {
    double[] rates = {9, 7, 4, 2.5};
    double[] values = ExponentialIntegral.expectedE1(w, rates);
    for (int last = 0; last < rates.length; last++) {
      double expected = 0;
      for (int i = 0; i <= last; i++) {
        double coefficient = 1;
        for (int j = 0; j <= last; j++) {
          coefficient *= j == i ? 1 : rates[j] / (rates[j] - rates[i]);
        }
        expected += coefficient * Math.log1p(rates[i] / w);
      }
      // Where w is large the partial fractions cancel.
      assertEquals(expected, values[last], 1e-11 * Math.abs(expected) + 1e-14);
    }
  }

  @Test
  void expectedValuesOfNothingAreNone() {
    assertEquals(0, ExponentialIntegral.expectedE1(1, new double[0]).length);
  }

  /** Rates that differ by many digits: two events, of which the second is very slow. */
  @Test
  void expectedValuesOfVeryDifferentRates() {
    double[] values = ExponentialIntegral.expectedE1(1, new double[] {1e12, 1e-6});
    assertEquals(Math.log1p(1e12), values[0], 1e-12 * values[0]);
    double slow = Math.log1p(1e-6); // the first takes no time
    assertEquals(slow, values[1], 1e-9 * slow);
  }

  @Test
  void bothFormulasMeetAt1() {
    double below = ExponentialIntegral.e1(1);
    double above = ExponentialIntegral.e1(Math.nextUp(1.0));
    assertEquals(below, above, 1e-14 * below);
  }

  @Test
  void decreasesFromInfinityTo0() {
    assertEquals(Double.POSITIVE_INFINITY, ExponentialIntegral.e1(0), 0);
    assertEquals(0, ExponentialIntegral.e1(Double.POSITIVE_INFINITY), 0);
    double previous = Double.POSITIVE_INFINITY;
    for (double x = Double.MIN_NORMAL; x < 800; x *= 1.03) {
      double value = ExponentialIntegral.e1(x);
      assertTrue(value < previous || value == 0, () -> "falls");
      previous = value;
    }
    assertEquals(0, previous, 0);
  }

  @Test
  void isNegligibleWhereItSaysSo() {
    assertTrue(ExponentialIntegral.e1(ExponentialIntegral.NEGLIGIBLE_FROM) < 1e-17);
  }

  /** E1(x) = the integral of exp(-x exp(v)) over v from 0, by Simpson's rule. */
  private static double integral(double x) {
    int steps = 20_000;
    double end = Math.log(1 + 80 / x);
    double sum = 0;
    double lost = 0; // compensated summation
    for (int i = 0; i <= steps; i++) {
      double value = Math.exp(-x * Math.exp(end * i / steps));
      double term = value * (i == 0 || i == steps ? 1 : i % 2 == 1 ? 4 : 2) - lost;
      double next = sum + term;
      lost = next - sum - term;
      sum = next;
    }
    return sum * end / steps / 3;
  }
}
