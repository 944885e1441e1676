package nnpid.estimation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.stream.IntStream;
import nnpid.decomposition.Backbone;
import nnpid.decomposition.Support;
import nnpid.distribution.JointDistribution;
import nnpid.execution.Execution;
import nnpid.testing.SampleTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Corrected values of the coverage estimator: against the exact ones. */
class CorrectedEstimateTest {
  private static final Execution SINGLE = Execution.sequential();

  @Test
  void tailIsTheSumOfItsTerms() {
    for (int c : new int[] {1, 2, 5, 31, 32, 33, 400}) {
      for (double x : new double[] {1e-3, 0.01, 0.2, 0.4999, 0.5001, 1, 3, 30}) {
        double sum = 0;
        for (long j = c + (long) (40 / x); j >= c; j--) {
          sum += Math.exp(-j * x) / j;
        }
        assertEquals(sum, LogarithmicTail.of(c, x), 1e-13 * (1 + sum), c + ", " + x);
      }
    }
  }

  @Test
  void expectedTailIsTheSumOfItsTerms() {
    double[][] rates = {
      {1},
      {7, 1},
      {1000, 999, 998, 500, 3, 2, 1},
      {16, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4},
      {40, 39, 38, 37, 36, 35, 34, 33, 32, 31, 30, 29, 28, 27, 26, 25},
      {1e4, 1e4, 9e3, 10, 9}
    };
    for (double[] one : rates) {
      for (int c : new int[] {1, 3, 40}) {
        double[] sums = new double[one.length];
        int end = 3_000_000;
        for (int j = end; j >= c; j--) {
          double product = 1.0 / j;
          for (int i = 0; i < one.length; i++) {
            product *= one[i] / (one[i] + j);
            sums[i] += product;
          }
        }
        sums[0] = 0; // what is beyond the end is telling for the first one only
        for (int j = c; j < c + one[0]; j++) {
          sums[0] += 1.0 / j;
        }
        double[] expected = LogarithmicTail.expected(c, one);
        double beyondEnd = 1;
        for (int i = 0; i < one.length; i++) {
          beyondEnd *= one[i] / end;
          assertEquals(sums[i], expected[i], 2e-11 + (i > 0 ? beyondEnd : 0), c + ", " + i);
        }
      }
    }
  }

  private static JointDistribution randomCounts(long seed, int sourceCount, int samples) {
    Random random = new Random(seed);
    SampleTable.Builder table = new SampleTable.Builder("counts " + seed, sourceCount);
    for (int sample = 0; sample < samples; sample++) {
      double common = random.nextGaussian();
      int[] states =
          IntStream.range(0, sourceCount)
              .map(i -> (int) Math.floor(common * (i % 3) + random.nextGaussian()) + 20)
              .toArray();
      table.add(states, (int) Math.floor(1.5 * common + 0.5 * random.nextGaussian()) + 20, 1);
    }
    return table.build().toDistribution();
  }

  /** Of 3 tables with 3 to 5 degrees each and C no error is beyond four standard errors. */
  @ParameterizedTest
  @ValueSource(ints = {3, 4, 5})
  void agreesWithTheExactValuesWithinItsErrors(int sourceCount) {
    CoverageSettings settings =
        CoverageSettings.DEFAULT.withMaxReplicates(4096).withPrecision(1e-9);
    for (int samples : new int[] {30, 300, 3000}) {
      JointDistribution distribution = randomCounts(samples, sourceCount, samples);
      Backbone exact = Backbone.ofBoth(distribution, SINGLE).corrected();
      CorrectedEstimate both =
          CoverageEstimator.estimateBoth(distribution, settings.withSeed(samples), SINGLE);
      Backbone estimated = both.corrected().backbone();
      assertEquals(exact.mutualInformation(), estimated.mutualInformation(), 1e-12);
      assertEquals(exact.information(1), estimated.information(1), 0.05); // control variate
      for (int k = 1; k <= sourceCount; k++) {
        double error = both.corrected().standardErrors().get(k - 1);
        assertEquals(
            0,
            (estimated.information(k) - exact.information(k)) / (error + 1e-10),
            4,
            samples + " samples, degree " + k);
        assertTrue(error < 0.03, "error " + error);
      }
      if (exact.hasRepresentationalComplexity()) {
        assertEquals(
            0,
            (estimated.representationalComplexity() - exact.representationalComplexity())
                / both.corrected().standardError(),
            4);
      }
      Support support = Support.of(distribution);
      for (int k = 0; k < sourceCount; k++) {
        assertEquals(support.byDegree().get(k), both.support().byDegree().get(k), 0.04);
      }
      assertEquals(
          CoverageEstimator.estimate(distribution, settings.withSeed(samples), SINGLE)
              .backbone()
              .representationalComplexity(),
          both.plugIn().backbone().representationalComplexity(),
          0);
    }
  }

  @Test
  void threadsDoNotChangeABit() {
    JointDistribution distribution = randomCounts(5, 9, 200);
    CoverageSettings settings = CoverageSettings.DEFAULT.withMaxReplicates(256).withPrecision(1e-9);
    CorrectedEstimate one = CoverageEstimator.estimateBoth(distribution, settings, SINGLE);
    CorrectedEstimate three =
        CoverageEstimator.estimateBoth(distribution, settings, Execution.ofThreads(3));
    assertEquals(one.corrected().standardErrors(), three.corrected().standardErrors());
    assertEquals(one.support(), three.support());
  }

  /** Where every sample has copies, all degrees are supported. */
  @Test
  void copiesOfEverySampleSupportAllDegrees() {
    SampleTable.Builder table = new SampleTable.Builder("copies", 3);
    for (int i = 0; i < 20; i++) {
      table.add(new int[] {i & 3, i & 7, i}, i & 1, 2);
    }
    CorrectedEstimate both =
        CoverageEstimator.estimateBoth(
            table.build().toDistribution(), CoverageSettings.DEFAULT, SINGLE);
    assertEquals(3, both.support().supportedDegree());
    assertEquals(1, both.support().byDegree().get(2), 0);
  }

  @Test
  void weightsMustBeNumbersOfSamples() {
    JointDistribution.Counter counter = new JointDistribution.Counter(1);
    counter.add(new int[] {0}, 0, 0.5);
    JointDistribution distribution = counter.toDistribution();
    assertThrows(
        IllegalArgumentException.class,
        () -> CoverageEstimator.estimateBoth(distribution, CoverageSettings.DEFAULT, SINGLE));
  }
}
