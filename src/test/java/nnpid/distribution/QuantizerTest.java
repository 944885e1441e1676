package nnpid.distribution;

import static nnpid.distribution.Quantizer.Rounding.CENTER_SATURATING;
import static nnpid.distribution.Quantizer.Rounding.EQUAL_WIDTH;
import static nnpid.distribution.Quantizer.Rounding.STOCHASTIC;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.DoubleStream;
import nnpid.distribution.Quantizer.Rounding;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantizerTest {

  @Test
  void centerSaturatingPicksTheNearestLevel() {
    Quantizer quantizer = new Quantizer(5, -1, 1, CENTER_SATURATING);
    assertArrayEquals(
        new int[] {0, 0, 1, 1, 2, 2, 3, 3, 4, 4},
        levels(quantizer, -1, -0.76, -0.74, -0.26, -0.24, 0.24, 0.26, 0.74, 0.76, 1));
  }

  @Test
  void centerSaturatingHasOuterBinsHalfAsWide() {
    Quantizer quantizer = new Quantizer(4, 0, 1, CENTER_SATURATING);
    int samples = 60_000;
    int[] counts = new int[4];
    for (int i = 0; i < samples; i++) {
      counts[quantizer.quantize((i + 0.5) / samples)]++;
    }
    assertArrayEquals(new int[] {10_000, 20_000, 20_000, 10_000}, counts);
  }

  @Test
  void centerSaturatingGivesExactHalvesToTheEvenLevel() {
    Quantizer quantizer = new Quantizer(6, 0, 5, CENTER_SATURATING);
    assertArrayEquals(new int[] {0, 2, 2, 4, 4}, levels(quantizer, 0.5, 1.5, 2.5, 3.5, 4.5));
  }

  @ParameterizedTest
  @CsvSource({"2, 0", "4, 2", "6, 2", "8, 4", "10, 4", "100, 50"})
  void zeroOfTanhIsAnExactHalfForAnEvenNumberOfLevels(int levelCount, int level) {
    assertEquals(level, new Quantizer(levelCount, -1, 1, CENTER_SATURATING).quantize(0));
  }

  @Test
  void equalWidthGivesABorderToTheBinAboveAndHighToTheTopBin() {
    Quantizer quantizer = new Quantizer(4, 0, 8, EQUAL_WIDTH);
    assertArrayEquals(
        new int[] {0, 0, 1, 1, 2, 3, 3}, levels(quantizer, 0, 1.999, 2, 3.999, 4, 6, 8));
  }

  @ParameterizedTest
  @EnumSource(Rounding.class)
  void valuesOutsideTheLimitsSaturate(Rounding rounding) {
    Quantizer quantizer = new Quantizer(8, -1, 1, rounding);
    for (double beyond : new double[] {1, 1.0001, 2, 1e300, Double.MAX_VALUE}) {
      assertEquals(7, quantizer.quantize(beyond, 0.999));
      assertEquals(0, quantizer.quantize(-beyond, 0));
    }
  }

  @Test
  void stochasticRoundsUpIfTheDrawIsBelowTheRemainder() {
    Quantizer quantizer = new Quantizer(5, 0, 4, STOCHASTIC);
    assertEquals(3, quantizer.quantize(2.25, 0.2499));
    assertEquals(2, quantizer.quantize(2.25, 0.25));
  }

  @Test
  void stochasticLeavesAnExactLevelAlone() {
    Quantizer quantizer = new Quantizer(5, 0, 4, STOCHASTIC);
    assertEquals(2, quantizer.quantize(2, 0));
    assertEquals(2, quantizer.quantize(2, 0.999));
  }

  @Test
  void stochasticIsUnbiased() {
    Quantizer quantizer = new Quantizer(8, -1, 1, STOCHASTIC);
    Random random = new Random(7);
    int draws = 200_000;
    for (double activation : new double[] {-0.95, -0.3, 0, 0.123, 0.77}) {
      double sum = 0;
      for (int i = 0; i < draws; i++) {
        sum += quantizer.levelValue(quantizer.quantize(activation, random.nextDouble()));
      }
      // One draw deviates by at most half a step in the root mean square; five standard errors.
      double tolerance = 5 * (1.0 / 7) / Math.sqrt(draws);
      assertEquals(activation, sum / draws, tolerance);
    }
  }

  @ParameterizedTest
  @EnumSource(Rounding.class)
  void anActivationThatALevelStandsForHasThatLevel(Rounding rounding) {
    for (int levelCount = 2; levelCount <= 300; levelCount++) {
      for (double[] limits : new double[][] {{-1, 1}, {0, 1}, {-0.1, 0.7}, {3, 1e9}}) {
        Quantizer quantizer = new Quantizer(levelCount, limits[0], limits[1], rounding);
        for (int level = 0; level < levelCount; level++) {
          assertEquals(level, quantizer.quantize(quantizer.levelValue(level), 1e-6), 0);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Rounding.class)
  void aLargerActivationNeverHasALowerLevel(Rounding rounding) {
    Random random = new Random(11);
    Quantizer quantizer = new Quantizer(7, -0.3, 0.9, rounding);
    double[] activations = random.doubles(1_000, -1, 2).sorted().toArray();
    for (int i = 1; i < activations.length; i++) {
      assertTrue(
          quantizer.quantize(activations[i - 1], 0.4) <= quantizer.quantize(activations[i], 0.4));
    }
  }

  @Test
  void outermostLevelsStandForTheLimitsThemselves() {
    Quantizer quantizer = new Quantizer(8, -0.1, 0.7, CENTER_SATURATING);
    assertEquals(-0.1, quantizer.levelValue(0), 0);
    assertEquals(0.7, quantizer.levelValue(7), 0);
  }

  @Test
  void equalWidthLevelsStandForTheCentersOfTheirBins() {
    Quantizer quantizer = new Quantizer(4, 0, 8, EQUAL_WIDTH);
    assertEquals(1, quantizer.levelValue(0), 1e-12);
    assertEquals(7, quantizer.levelValue(3), 1e-12);
  }

  @ParameterizedTest
  @EnumSource(Rounding.class)
  void equalLimitsMakeEverythingLevelZero(Rounding rounding) {
    Quantizer quantizer = new Quantizer(8, 0.5, 0.5, rounding);
    for (double activation : new double[] {-3, 0.5, 3}) {
      assertEquals(0, quantizer.quantize(activation, 0.9));
    }
    assertEquals(0.5, quantizer.levelValue(7), 0);
  }

  @Test
  void limitsMayBeAsCloseAsDoublesAllow() {
    Quantizer quantizer = new Quantizer(3, 0, Double.MIN_VALUE, CENTER_SATURATING);
    assertArrayEquals(new int[] {0, 2, 2}, levels(quantizer, 0, Double.MIN_VALUE, 1));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 0, -8})
  void rejectsFewerThanTwoLevels(int levelCount) {
    assertRejected(
        () -> new Quantizer(levelCount, 0, 1, EQUAL_WIDTH), "(" + levelCount + ")", "at least 2");
  }

  @ParameterizedTest
  @CsvSource({
    "2, 1",
    "NaN, 1",
    "0, NaN",
    "-Infinity, 0",
    "0, Infinity",
    "-1.7e308, 1.7e308",
    "Infinity, Infinity"
  })
  void rejectsLimitsThatAreNotFiniteAndAscending(double low, double high) {
    assertRejected(
        () -> new Quantizer(8, low, high, EQUAL_WIDTH), low + ", " + high, "finite, ascending");
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void rejectsActivationsThatAreNotFinite(double activation) {
    for (Rounding rounding : Rounding.values()) {
      Quantizer quantizer = new Quantizer(8, -1, 1, rounding);
      assertRejected(() -> quantizer.quantize(activation, 0), "(" + activation + ")", "finite");
    }
    Quantizer constant = new Quantizer(8, 1, 1, EQUAL_WIDTH);
    assertRejected(() -> constant.quantize(activation), "(" + activation + ")", "finite");
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 1, Double.NaN})
  void rejectsRandomNumbersOutsideTheUnitInterval(double uniform) {
    Quantizer quantizer = new Quantizer(8, -1, 1, STOCHASTIC);
    assertRejected(() -> quantizer.quantize(0, uniform), "(" + uniform + ")", "less than 1");
  }

  @Test
  void stochasticRoundingWithoutARandomNumberIsRefused() {
    Quantizer quantizer = new Quantizer(8, -1, 1, STOCHASTIC);
    assertThrows(IllegalStateException.class, () -> quantizer.quantize(0));
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 8})
  void rejectsLevelsThatDoNotExist(int level) {
    Quantizer quantizer = new Quantizer(8, -1, 1, EQUAL_WIDTH);
    assertRejected(() -> quantizer.levelValue(level), "(" + level + ")", "between 0 and 7");
  }

  @Test
  void roundingsHaveTheNamesThatAreTyped() {
    assertEquals(
        "[center-saturating, stochastic, equal-width]", Arrays.toString(Rounding.values()));
  }

  @Test
  void survivesSerialization() throws IOException, ClassNotFoundException {
    Quantizer quantizer = new Quantizer(8, -1, 1, STOCHASTIC);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(quantizer);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertEquals(quantizer, in.readObject());
    }
  }

  private static int[] levels(Quantizer quantizer, double... activations) {
    return DoubleStream.of(activations).mapToInt(quantizer::quantize).toArray();
  }

  private static void assertRejected(Runnable call, String value, String rule) {
    String message = assertThrows(IllegalArgumentException.class, call::run).getMessage();
    assertTrue(message.contains(value) && message.contains(rule), message);
  }
}
