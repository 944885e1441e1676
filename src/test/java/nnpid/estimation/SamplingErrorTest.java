package nnpid.estimation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import nnpid.decomposition.Backbone;
import nnpid.distribution.JointDistribution;
import nnpid.distribution.SampledDistribution;
import nnpid.distribution.WeightMeaning;
import nnpid.estimation.SamplingError.Figure;
import nnpid.estimation.SamplingError.Figures;
import nnpid.execution.Execution;
import nnpid.testing.SampleTable;
import org.apache.commons.math3.stat.StatUtils;
import org.junit.jupiter.api.Test;

class SamplingErrorTest {
  private static final Execution SINGLE = Execution.sequential();

  private static SampledDistribution counts(double... weights) {
    SampleTable.Builder table = new SampleTable.Builder("counts", 1);
    for (int i = 0; i < weights.length; i++) {
      table.add(new int[] {i}, i % 2, weights[i]);
    }
    return table.build().toSamples(WeightMeaning.COUNTS);
  }

  /** Every half has floor(m/2) samples; how many of a realization is hypergeometric. */
  @Test
  void halvesOfCountsAreDrawnWithoutReplacement() {
    double[] weights = {1, 40, 7, 301, 2};
    SampleHalves halves = new SampleHalves(counts(weights));
    assertEquals(175, halves.size());
    int draws = 20_000;
    double[] sums = new double[weights.length];
    double[] squares = new double[weights.length];
    for (int i = 0; i < draws; i++) {
      JointDistribution half = halves.draw(new SplittableRandom(i)).distribution();
      assertEquals(175, half.totalWeight(), 0);
      for (int r = 0; r < half.realizationCount(); r++) {
        int state = half.sourceState(r, 0);
        assertTrue(half.weight(r) <= weights[state]);
        assertEquals(state % 2, half.targetState(r));
        sums[state] += half.weight(r);
        squares[state] += half.weight(r) * half.weight(r);
      }
    }
    double m = 351;
    for (int i = 0; i < weights.length; i++) {
      double mean = 175 * weights[i] / m;
      double variance = mean * (1 - weights[i] / m) * (m - 175) / (m - 1);
      assertEquals(mean, sums[i] / draws, 4 * Math.sqrt(variance / draws));
      assertEquals(variance, squares[i] / draws - Math.pow(sums[i] / draws, 2), 0.05 * variance);
    }
  }

  @Test
  void halvesOfRowsKeepTheirWeights() {
    SampleTable.Builder table = new SampleTable.Builder("rows", 1);
    IntStream.range(0, 41).forEach(i -> table.add(new int[] {i}, 0, 0.5 + i));
    SampleHalves halves = new SampleHalves(table.build().toSamples(WeightMeaning.IMPORTANCE));
    assertEquals(20, halves.size());
    int[] drawn = new int[41];
    for (int i = 0; i < 4000; i++) {
      JointDistribution half = halves.draw(new SplittableRandom(i)).distribution();
      assertEquals(20, half.realizationCount());
      for (int r = 0; r < 20; r++) {
        assertEquals(0.5 + half.sourceState(r, 0), half.weight(r), 0);
        drawn[half.sourceState(r, 0)]++;
      }
    }
    for (int count : drawn) {
      assertEquals(4000 * 20 / 41.0, count, 5 * Math.sqrt(1000));
    }
  }

  private static Figures figures(JointDistribution distribution) {
    Backbone backbone = Backbone.of(distribution, SINGLE);
    return new Figures(
        backbone.mutualInformation(),
        new Figure(backbone.representationalComplexity(), 0),
        IntStream.rangeClosed(1, backbone.sourceCount())
            .mapToObj(k -> new Figure(backbone.information(k), 0))
            .toList());
  }

  /** Fresh samples of a noisy network deviate by as much as halves of one sample say. */
  @Test
  void standardErrorIsHowMuchFreshSamplesDeviate() {
    Random random = new Random(5);
    int samples = 2000;
    int sets = 150;
    double[][] values = new double[3][sets];
    double[] squares = new double[3];
    for (int set = 0; set < sets; set++) {
      SampleTable.Builder table = new SampleTable.Builder("network", 2);
      for (int i = 0; i < samples; i++) {
        int target = random.nextInt(3);
        table.add(
            new int[] {
              random.nextDouble() < 0.7 ? target : random.nextInt(3),
              random.nextDouble() < 0.5 ? target : random.nextInt(3)
            },
            target,
            1);
      }
      SampledDistribution data = table.build().toSamples(WeightMeaning.COUNTS);
      SamplingError error =
          SamplingError.of(data, 10, set, half -> figures(half.distribution()), SINGLE);
      Figures whole = figures(data.distribution());
      values[0][set] = whole.mutualInformation();
      values[1][set] = whole.complexity().value();
      values[2][set] = whole.degreesOfSynergy().get(1).value();
      squares[0] += Math.pow(error.mutualInformation().standardError(), 2);
      squares[1] += Math.pow(error.complexity().standardError(), 2);
      squares[2] += Math.pow(error.degreesOfSynergy().get(1).standardError(), 2);
    }
    for (int i = 0; i < values.length; i++) {
      assertEquals(
          1, Math.sqrt(squares[i] / sets / StatUtils.variance(values[i])), 0.2, "figure " + i);
    }
  }

  @Test
  void monteCarloErrorsAreSubtractedAndUndefinedValuesLeftOut() {
    AtomicInteger calls = new AtomicInteger();
    double[] complexities = {1, 2, Double.NaN, 3};
    SamplingError error =
        SamplingError.of(
            counts(50, 50),
            4,
            1,
            half -> {
              double complexity = complexities[calls.getAndIncrement()];
              return new Figures(0.5, new Figure(complexity, 0.6), List.of(new Figure(2, 0.1)));
            },
            SINGLE);
    assertEquals(Math.sqrt(1 - 0.36), error.complexity().standardError(), 1e-12);
    assertEquals(2, error.complexity().atHalf(), 1e-12);
    assertEquals(Double.NaN, error.degreesOfSynergy().get(0).standardError(), "hidden");
    assertEquals(0.5, error.mutualInformation().atHalf(), 0);
  }

  @Test
  void threadsDoNotChangeABit() {
    SampledDistribution data = counts(30, 50, 20, 11, 60);
    assertEquals(
        SamplingError.of(data, 10, 3, half -> figures(half.distribution()), SINGLE),
        SamplingError.of(
            data, 10, 3, half -> figures(half.distribution()), Execution.ofThreads(3)));
  }

  @Test
  void refusesTooFew() {
    assertFalse(SamplingError.isPossible(counts(20, 19)));
    assertTrue(SamplingError.isPossible(counts(20, 20)));
    assertThrows(
        IllegalArgumentException.class,
        () ->
            SamplingError.of(counts(20, 19), 10, 1, half -> figures(half.distribution()), SINGLE));
    assertThrows(
        IllegalArgumentException.class,
        () -> SamplingError.of(counts(20, 20), 1, 1, half -> figures(half.distribution()), SINGLE));
  }
}
