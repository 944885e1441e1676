package nnpid.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.DoubleStream;
import nnpid.distribution.LimitRule.Limits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LimitRuleTest {
  private static final double[] ALIKE = {};

  private static double[] uniform(int count, long seed) {
    return new Random(seed).doubles(count, -1, 1).toArray();
  }

  private static double[] with(double[] values, double... more) {
    return DoubleStream.concat(Arrays.stream(more), Arrays.stream(values)).toArray();
  }

  private static Limits extremes(double... values) {
    return new Limits(
        Arrays.stream(values).min().orElseThrow(), Arrays.stream(values).max().orElseThrow());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 20, 99, 100, 5000})
  void automaticLimitsOfCleanDataAreLowestAndHighest(int count) {
    double[] values = uniform(count, count);
    assertEquals(extremes(values), LimitRule.AUTO.of(values, ALIKE));
  }

  @Test
  void longTailsAreNoExplosions() {
    Random random = new Random(7);
    double[] normal = DoubleStream.generate(random::nextGaussian).limit(10_000).toArray();
    double[] logNormal = Arrays.stream(normal).map(Math::exp).toArray();
    double[] rectified = Arrays.stream(normal).map(x -> Math.max(0, x - 2)).toArray(); // 2% active
    for (double[] values : new double[][] {normal, logNormal, rectified}) {
      assertEquals(extremes(values), LimitRule.AUTO.of(values, ALIKE));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {20, 50, 300, 5000})
  void oneExplodingSampleSetsNoAutomaticLimit(int count) {
    double[] values = uniform(count - 1, count);
    assertEquals(extremes(values), LimitRule.AUTO.of(with(values, 1e6), ALIKE));
    assertEquals(extremes(values), LimitRule.AUTO.of(with(values, -1e300), ALIKE));
  }

  @Test
  void oneInAThousandMayExplodeAtEitherEnd() {
    double[] values = uniform(4990, 3);
    double[] exploding = new double[10];
    Arrays.setAll(exploding, i -> (i % 2 == 0 ? 1 : -1) * 1000.0 * (i + 1));
    assertEquals(extremes(values), LimitRule.AUTO.of(with(values, exploding), ALIKE));
  }

  @Test
  void moreThanThatAreAStateOfTheirOwn() {
    double[] values = with(uniform(9950, 3), new Random(1).doubles(50, 100, 101).toArray());
    assertEquals(extremes(values), LimitRule.AUTO.of(values, ALIKE));
  }

  @Test
  void aUnitThatIsHardlyEverActiveKeepsItsRange() {
    double[] values = new double[1000];
    values[3] = 2;
    values[4] = 3;
    assertEquals(new Limits(0, 3), LimitRule.AUTO.of(values, ALIKE));
  }

  @ParameterizedTest
  @ValueSource(strings = {"auto", "data", "percentile:0.5", "percentile:10"})
  void aWeightCountsSamples(String rule) {
    Random random = new Random(5);
    double[] values = with(random.doubles(40, 0, 1).toArray(), 100, 100, -50);
    double[] weights = random.ints(values.length, 1, 9).asDoubleStream().toArray();
    double[] repeated = new double[(int) Arrays.stream(weights).sum()];
    int next = 0;
    for (int i = 0; i < values.length; i++) {
      Arrays.fill(repeated, next, next += (int) weights[i], values[i]);
    }
    Limits expected = LimitRule.parse(rule).of(repeated, ALIKE);
    assertEquals(expected, LimitRule.parse(rule).of(values, weights));
    double[] halves = Arrays.stream(weights).map(w -> w / 2).toArray();
    assertEquals(expected, LimitRule.parse(rule).of(values, halves));
  }

  @Test
  void percentilesLeaveOutNoMoreThanTheyMay() {
    double[] values = new double[1000];
    Arrays.setAll(values, i -> i + 1);
    assertEquals(new Limits(2, 999), LimitRule.parse("percentile:0.1").of(values, ALIKE));
    assertEquals(new Limits(1, 1000), LimitRule.parse("percentile:0.09").of(values, ALIKE));
    assertEquals(new Limits(251, 750), LimitRule.parse("percentile:25").of(values, ALIKE));
    assertEquals(new Limits(1, 1000), LimitRule.parse("data").of(values, ALIKE));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "robust",
        "percentile",
        "percentile:",
        "percentile:-1",
        "percentile:26",
        "percentile:NaN",
        "percentile:x",
        "1",
        "1,1",
        "2,1",
        "0,NaN",
        "0,Infinity",
        "0,1,2"
      })
  void whatIsNoRuleIsRefusedByItsText(String text) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> LimitRule.parse(text)).getMessage();
    assertTrue(message.startsWith("The limits (" + text + ") must be "), message);
  }
}
