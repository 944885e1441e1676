package nnpid.estimation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.apache.commons.math3.distribution.ChiSquaredDistribution;
import org.apache.commons.math3.distribution.HypergeometricDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HypergeometricTest {
  private static final int DRAWS = 100_000;

  /** Against Commons Math; cells of fewer than 10 expected numbers are one cell. */
  @ParameterizedTest
  @CsvSource({
    "1, 1, 1",
    "1, 9, 5",
    "3, 4, 5",
    "10, 10, 10",
    "5, 95, 50",
    "95, 5, 50",
    "40, 60, 97",
    "300, 700, 20",
    "5000, 5000, 5000",
    "9000, 30000, 12000"
  })
  void frequenciesAreThoseOfTheDistribution(int marked, int others, int drawn) {
    HypergeometricDistribution exact =
        new HypergeometricDistribution(null, marked + others, marked, drawn);
    long[] counts = new long[marked + 1];
    SplittableRandom random = new SplittableRandom(5);
    for (int i = 0; i < DRAWS; i++) {
      counts[(int) Hypergeometric.sample(marked, others, drawn, random)]++;
    }
    ChiSquare test = new ChiSquare();
    for (int k = 0; k <= marked; k++) {
      test.add(counts[k], DRAWS * exact.probability(k));
    }
    test.check();
  }

  /**
   * Populations of more than 2^40, in bins of a quarter of the standard deviation. The expected
   * numbers come from ratios of neighboring probabilities, without any factorial.
   */
  @ParameterizedTest
  @CsvSource({
    "1099511627776, 1099511627776, 1099511627776",
    "3000000000000, 700000000000, 20000000",
    "100000, 9007199254000000, 4503599627370496"
  })
  void frequenciesAreRightForLargePopulations(long marked, long others, long drawn) {
    double population = (double) marked + others;
    double share = drawn / population;
    double mean = marked * share;
    double deviation = Math.sqrt(mean * (others / population) * (1 - share));
    int bins = 33;
    long width = Math.max(1, Math.round(deviation / 4));
    long start = Math.round(mean) - bins / 2 * width - width / 2;
    long[] counts = new long[bins];
    SplittableRandom random = new SplittableRandom(6);
    for (int i = 0; i < DRAWS; i++) {
      long x = Hypergeometric.sample(marked, others, drawn, random);
      int bin = (int) Math.floorDiv(x - start, width);
      if (bin >= 0 && bin < bins) {
        counts[bin]++;
      }
    }
    double[] masses = masses(marked, others, drawn, start, width, bins);
    double inside = java.util.Arrays.stream(counts).sum();
    assertEquals(0.99996, inside / DRAWS, 0.0002);
    ChiSquare test = new ChiSquare();
    for (int bin = 0; bin < bins; bin++) {
      test.add(counts[bin], inside * masses[bin]);
    }
    test.check();
  }

  /** The probabilities of the bins, which add up to one. */
  private static double[] masses(
      double marked, double others, double drawn, long start, long width, int bins) {
    double[] masses = new double[bins];
    double probability = 1;
    double sum = 0;
    double scale = 1;
    for (int bin = 0; bin < bins; bin++) {
      for (long x = start + bin * width; x < start + (bin + 1) * width; x++) {
        masses[bin] += probability * scale;
        probability *= (marked - x) / (x + 1) * ((drawn - x) / (others - drawn + x + 1));
        if (probability > 1e200) {
          probability *= 1e-200;
          scale *= 1e200;
        }
      }
      sum += masses[bin];
    }
    for (int bin = 0; bin < bins; bin++) {
      masses[bin] /= sum;
    }
    return masses;
  }

  @Test
  void drawsOfAllOrNoneAreCertain() {
    SplittableRandom random = new SplittableRandom(1);
    long many = 1L << 50;
    assertEquals(0, Hypergeometric.sample(0, many, 1000, random));
    assertEquals(1000, Hypergeometric.sample(many, 0, 1000, random));
    assertEquals(many, Hypergeometric.sample(many, 77, many + 77, random));
    assertEquals(0, Hypergeometric.sample(many, many, 0, random));
  }

  private static final class ChiSquare {
    private double statistic;
    private int cells;
    private double restSeen;
    private double restExpected;

    void add(double seen, double expected) {
      if (expected < 10) {
        restSeen += seen;
        restExpected += expected;
      } else {
        statistic += (seen - expected) * (seen - expected) / expected;
        cells++;
      }
    }

    void check() {
      if (restExpected >= 10) {
        statistic += (restSeen - restExpected) * (restSeen - restExpected) / restExpected;
        cells++;
      }
      assertTrue(restExpected > 0 || restSeen == 0, "impossible values");
      double limit =
          new ChiSquaredDistribution(null, cells - 1).inverseCumulativeProbability(0.999);
      assertTrue(statistic < limit, statistic + " with " + cells + " cells");
    }
  }
}
