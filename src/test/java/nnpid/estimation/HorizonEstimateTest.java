package nnpid.estimation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.OptionalLong;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import nnpid.decomposition.Backbone;
import nnpid.decomposition.EqualHorizon;
import nnpid.distribution.JointDistribution;
import nnpid.execution.Execution;
import nnpid.testing.SampleTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Values of the coverage estimator at a horizon: against the exact ones. */
class HorizonEstimateTest {
  private static final Execution SINGLE = Execution.sequential();

  /** P(no copy is among the first j draws), one draw after another. */
  private static double tail(int own, int total, int draws, int first) {
    double none = 1;
    double sum = 0;
    for (int j = 1; j <= draws; j++) {
      none *= Math.max(0, total - own - (j - 1.0)) / (total - 1 - (j - 1.0));
      sum += j >= first ? none / j : 0;
    }
    return sum;
  }

  @Test
  void tailIsTheSumOfItsTerms() {
    for (int total : new int[] {2, 7, 40, 1000, 20_000}) {
      for (int own : new int[] {1, 2, 3, total / 100, total / 3, total - 1}) {
        for (int draws : new int[] {1, 2, total / 10, total - 1}) {
          for (int first : new int[] {1, 2, 5, draws / 2, draws, draws + 1}) {
            if (own > 0 && draws > 0 && draws < total && first > 0 && first + own <= total) {
              assertEquals(
                  tail(own, total, draws, first),
                  HorizonTail.of(own, total, draws, first),
                  1e-12,
                  () -> own + " of " + total + ", " + first + " to " + draws);
            }
          }
        }
      }
    }
  }

  /** Between a/(b+1) draws on average and one by one: also where there are very many. */
  @Test
  void drawsBeforeTheFirstOtherAreAsManyAsExpected() {
    SplittableRandom random = new SplittableRandom(3);
    long[][] populations = {
      {1, 1}, {5, 2}, {400, 1}, {2000, 9}, {100_000, 30}, {1L << 45, 1 << 20}, {1L << 50, 1}
    };
    for (long[] one : populations) {
      int count = 40_000;
      double[] drawn =
          IntStream.range(0, count)
              .mapToDouble(
                  i -> Hypergeometric.beforeFirstOther(one[0], one[1], Long.MAX_VALUE, random))
              .toArray();
      SampleMean mean = SampleMean.of(drawn);
      double expected = one[0] / (one[1] + 1.0);
      assertEquals(0, (mean.value() - expected) / mean.standardError(), 4, "" + one[0]);
      double a = one[0];
      double b = one[1];
      double variance = a * b * (a + b + 1) / ((b + 1) * (b + 1) * (b + 2));
      assertEquals(1, mean.standardError() * Math.sqrt(count / variance), 0.04, "" + one[0]);
    }
    assertTrue(Hypergeometric.beforeFirstOther(1L << 40, 1, 100, random) > 100);
  }

  private static JointDistribution randomCounts(long seed, int sourceCount, int samples) {
    Random random = new Random(seed);
    SampleTable.Builder table = new SampleTable.Builder("counts " + seed, sourceCount);
    for (int sample = 0; sample < samples; sample++) {
      double common = random.nextGaussian();
      int[] states =
          IntStream.range(0, sourceCount)
              .map(i -> (int) Math.floor(0.7 * common * (i % 3) + random.nextGaussian()) + 20)
              .toArray();
      table.add(states, common + 0.5 * random.nextGaussian() > 0.3 ? 1 : 0, 1);
    }
    return table.build().toDistribution();
  }

  /** Of small and large tables, and of few draws and many, no error is beyond four of its own. */
  @ParameterizedTest
  @ValueSource(ints = {3, 5})
  void agreesWithTheExactValuesWithinItsErrors(int sourceCount) {
    CoverageSettings settings =
        CoverageSettings.DEFAULT.withMaxReplicates(2048).withPrecision(1e-9);
    for (int samples : new int[] {40, 2000}) {
      JointDistribution distribution = randomCounts(samples, sourceCount, samples);
      long longest = EqualHorizon.longest(distribution);
      for (long draws : new long[] {1, 10, longest}) {
        Backbone exact =
            Backbone.within(EqualHorizon.of(distribution, draws), distribution, SINGLE);
        CorrectedEstimate all =
            CoverageEstimator.estimateBoth(
                distribution, OptionalLong.of(draws), settings.withSeed(samples), SINGLE);
        ComplexityEstimate within = all.within().orElseThrow();
        String about = samples + " samples, " + draws + " draws, degree ";
        assertEquals(exact.mutualInformation(), within.backbone().mutualInformation(), 1e-12);
        for (int k = 1; k <= sourceCount; k++) {
          double error = within.standardErrors().get(k - 1);
          double off = within.backbone().information(k) - exact.information(k);
          assertEquals(0, off / (error + 1e-10), 4, about + k);
          assertTrue(error < 0.04, "error " + error);
          double errorOfSum = within.accessibleErrors().get(k - 1);
          double offOfSum = within.backbone().accessible(k) - exact.accessible(k);
          assertEquals(0, offOfSum / (errorOfSum + 1e-10), 4, about + "up to " + k);
        }
        assertEquals(0, all.plugIn().accessibleErrors().get(sourceCount - 1), 0);
      }
    }
  }

  /** Many samples per state: neither tables nor draws one by one would do. */
  @Test
  void manySamplesPerStateAreNoHindrance() {
    JointDistribution few = randomCounts(1, 3, 300);
    JointDistribution.Counter counter = new JointDistribution.Counter(3);
    for (int r = 0; r < few.realizationCount(); r++) {
      counter.add(
          IntStream.of(few.sourceState(r, 0), few.sourceState(r, 1), few.sourceState(r, 2))
              .toArray(),
          few.targetState(r),
          few.weight(r) * 1e6);
    }
    JointDistribution many = counter.toDistribution();
    CoverageSettings settings =
        CoverageSettings.DEFAULT.withMaxReplicates(1024).withPrecision(1e-9);
    for (long draws : new long[] {10_000, 50_000_000}) {
      Backbone exact = Backbone.within(EqualHorizon.of(many, draws), many, SINGLE);
      ComplexityEstimate within =
          CoverageEstimator.estimateBoth(many, OptionalLong.of(draws), settings, SINGLE)
              .within()
              .orElseThrow();
      for (int k = 1; k <= 3; k++) {
        double off = within.backbone().information(k) - exact.information(k);
        assertEquals(0, off / (within.standardErrors().get(k - 1) + 1e-10), 4);
      }
    }
  }

  @Test
  void aHorizonChangesNoOtherValueAndThreadsChangeNoBit() {
    JointDistribution distribution = randomCounts(5, 9, 200);
    CoverageSettings settings = CoverageSettings.DEFAULT.withMaxReplicates(256).withPrecision(1e-9);
    OptionalLong draws = OptionalLong.of(EqualHorizon.longest(distribution));
    CorrectedEstimate one = CoverageEstimator.estimateBoth(distribution, draws, settings, SINGLE);
    CorrectedEstimate three =
        CoverageEstimator.estimateBoth(distribution, draws, settings, Execution.ofThreads(3));
    CorrectedEstimate without = CoverageEstimator.estimateBoth(distribution, settings, SINGLE);
    assertEquals(
        one.within().orElseThrow().standardErrors(), three.within().orElseThrow().standardErrors());
    assertEquals(without.plugIn().standardErrors(), one.plugIn().standardErrors());
    assertEquals(without.corrected().standardErrors(), one.corrected().standardErrors());
    assertTrue(without.within().isEmpty());
  }
}
