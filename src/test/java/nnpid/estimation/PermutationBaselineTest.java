package nnpid.estimation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import nnpid.decomposition.Backbone;
import nnpid.distribution.JointDistribution;
import nnpid.distribution.SampledDistribution;
import nnpid.distribution.WeightMeaning;
import nnpid.estimation.PermutationBaseline.Figures;
import nnpid.execution.Execution;
import nnpid.testing.Distributions;
import nnpid.testing.Distributions.Kind;
import nnpid.testing.SampleTable;
import org.junit.jupiter.api.Test;

class PermutationBaselineTest {

  /** Without information p-values are uniform: their mean over 40 data sets is 0.5 +- 0.046. */
  @Test
  void independentDataHaveUniformPValues() {
    double sum = 0;
    for (int seed = 0; seed < 40; seed++) {
      PermutationBaseline baseline = baseline(samples(400, 0, seed), 99, seed);
      double p = baseline.mutualInformation().pValue();
      assertTrue(p >= 0.01 && p <= 1);
      sum += p;
    }
    assertEquals(0.5, sum / 40, 4 * 0.046);
  }

  /** (|S| - 1)(|T| - 1) / (2 m ln 2), the bias of plug-in mutual information. */
  @Test
  void meanInformationUnderShufflingIsTheBias() {
    PermutationBaseline baseline = baseline(samples(2000, 0.5, 1), 200, 1);
    double bias = 8 * 2 / (2 * 2000 * Math.log(2));
    double error = baseline.mutualInformation().standardDeviation() / Math.sqrt(200);
    // Next comes a term of order 1/m^2.
    assertEquals(bias, baseline.mutualInformation().mean(), 4 * error + 0.05 * bias);
  }

  @Test
  void dependentDataHaveTheSmallestPValue() {
    PermutationBaseline baseline = baseline(samples(400, 0.5, 1), 99, 1);
    assertEquals(0.01, baseline.mutualInformation().pValue(), 1e-12);
    assertEquals(0.02, baseline.degreesOfSynergy().get(0).pValue(), 1e-12);
    assertEquals(2, baseline.degreesOfSynergy().size());
    assertEquals(99, baseline.permutations());
  }

  @Test
  void comparisonsAreThoseOfTheShuffledBackbones() {
    SampleTable table = samples(200, 0.2, 3);
    Queue<Backbone> shuffled = new ConcurrentLinkedQueue<>();
    Backbone observed = exact(table.toDistribution()).backbone();
    PermutationBaseline baseline =
        PermutationBaseline.of(
            table.toSamples(WeightMeaning.AUTO),
            Figures.of(observed),
            50,
            4,
            distribution -> {
              Figures figures = exact(distribution.distribution());
              shuffled.add(figures.backbone());
              return figures;
            },
            Execution.sequential());
    assertEquals(50, shuffled.size());
    double[] c = shuffled.stream().mapToDouble(Backbone::representationalComplexity).toArray();
    double mean = Arrays.stream(c).average().orElseThrow();
    double variance = Arrays.stream(c).map(x -> (x - mean) * (x - mean)).sum() / 49;
    assertEquals(mean, baseline.complexity().mean(), 1e-12);
    assertEquals(Math.sqrt(variance), baseline.complexity().standardDeviation(), 1e-12);
    double value = observed.representationalComplexity();
    long above = 1 + Arrays.stream(c).filter(x -> x >= value).count();
    long below = 1 + Arrays.stream(c).filter(x -> x <= value).count();
    assertEquals(
        Math.min(1, 2 * Math.min(above, below) / 51.0), baseline.complexity().pValue(), 1e-12);
  }

  @Test
  void shufflingCountsPreservesBothMarginals() {
    SampledDistribution samples =
        Distributions.of(Kind.COUNTS, 3, 3, 5).toSamples(WeightMeaning.COUNTS);
    JointDistribution distribution = samples.distribution();
    for (JointDistribution shuffled : shuffles(samples)) {
      assertEquals(sources(distribution), sources(shuffled));
      assertEquals(targets(distribution), targets(shuffled));
      assertEquals(distribution.totalWeight(), shuffled.totalWeight(), 0);
    }
  }

  /** Two sources states with all the weight of a target each: samples mix, realizations cannot. */
  @Test
  void countsAreSamplesThatAreShuffledOneByOne() {
    SampleTable table =
        new SampleTable.Builder("two states", 1)
            .add(new int[] {0}, 0, 50)
            .add(new int[] {1}, 1, 50)
            .build();
    for (JointDistribution shuffled : shuffles(table.toSamples(WeightMeaning.AUTO))) {
      assertEquals(4, shuffled.realizationCount());
    }
    for (JointDistribution shuffled : shuffles(table.toSamples(WeightMeaning.IMPORTANCE))) {
      assertEquals(2, shuffled.realizationCount());
    }
  }

  @Test
  void shufflingRealWeightsPreservesTheSourcesAndTheTargetsOfRealizations() {
    SampleTable.Builder builder = new SampleTable.Builder("all different", 2);
    for (int i = 0; i < 30; i++) {
      builder.add(new int[] {i, i % 3}, i % 4, 0.3 + i);
    }
    SampledDistribution samples = builder.build().toSamples(WeightMeaning.AUTO);
    JointDistribution distribution = samples.distribution();
    for (JointDistribution shuffled : shuffles(samples)) {
      assertEquals(sources(distribution), sources(shuffled));
      assertEquals(30, shuffled.realizationCount());
      int[] counts = new int[4];
      for (int r = 0; r < 30; r++) {
        counts[shuffled.targetState(r)]++;
      }
      assertEquals("[8, 8, 7, 7]", Arrays.toString(counts));
    }
  }

  /** More than 2^28 samples are drawn cell by cell, those of few cells already if they are many. */
  @Test
  void countsThatAreDrawnCellByCellKeepBothMarginals() {
    for (double scale : new double[] {1e6, 1e12}) {
      SampledDistribution samples =
          samples(200, 0.3, 2).withWeights(w -> w * scale).toSamples(WeightMeaning.AUTO);
      for (JointDistribution shuffled : shuffles(samples)) {
        assertEquals(sources(samples.distribution()), sources(shuffled));
        assertEquals(targets(samples.distribution()), targets(shuffled));
        assertTrue(shuffled.mutualInformation() < 1e-5);
      }
    }
  }

  /** The first term of the bias, also where a sample is far too large to be shuffled. */
  @Test
  void meanInformationOfTablesDrawnCellByCellIsTheBias() {
    SampledDistribution samples =
        samples(200, 0.3, 2).withWeights(w -> w * 0x1p33).toSamples(WeightMeaning.AUTO);
    PermutationBaseline baseline =
        PermutationBaseline.of(
            samples,
            exact(samples.distribution()),
            400,
            1,
            shuffled -> exact(shuffled.distribution()),
            Execution.ofThreads(2));
    double bias = 8 * 2 / (2 * samples.size() * Math.log(2));
    double error = baseline.mutualInformation().standardDeviation() / Math.sqrt(400);
    // I itself is a difference of entropies, right to 1e-15.
    assertEquals(bias, baseline.mutualInformation().mean(), 4 * error + 1e-15);
    assertEquals(1 / 401.0, baseline.mutualInformation().pValue(), 1e-12);
  }

  /** Weights of classes go with the classes: their entropy stays. */
  @Test
  void weightsThatBalanceClassesGoWithThem() {
    SampleTable.Builder table = new SampleTable.Builder("balanced", 1);
    Random random = new Random(4);
    for (int i = 0; i < 60; i++) {
      table.add(new int[] {random.nextInt(4)}, i < 50 ? 0 : 1, i < 50 ? 0.2 : 1.0);
    }
    SampledDistribution samples = table.build().toSamples(WeightMeaning.AUTO);
    for (JointDistribution shuffled : shuffles(samples)) {
      assertEquals(1, shuffled.entropyTarget(), 1e-12);
    }
    PermutationBaseline baseline =
        PermutationBaseline.of(
            samples,
            exact(samples.distribution()),
            3,
            1,
            shuffled -> exact(shuffled.distribution()),
            Execution.sequential());
    assertTrue(baseline.weightsGoWithTargets());
    assertEquals(false, baseline(samples(50, 0, 1), 3, 1).weightsGoWithTargets());
  }

  @Test
  void oneShuffleHasNoSpread() {
    PermutationBaseline baseline = baseline(samples(50, 0.2, 1), 1, 1);
    assertEquals(Double.NaN, baseline.mutualInformation().standardDeviation(), 0);
    assertTrue(baseline.mutualInformation().mean() > 0);
  }

  /** All samples differ: every shuffle has the same information, but for rounding. */
  @Test
  void valuesThatDifferByRoundingReachEachOther() {
    SampleTable.Builder table = new SampleTable.Builder("all different", 3);
    for (int i = 0; i < 37; i++) {
      table.add(new int[] {i, (5 * i) % 37, i % 3}, i % 5, 1 + 0.1 * (i % 5));
    }
    PermutationBaseline baseline = baseline(table.build(), 50, 1);
    assertEquals(1, baseline.mutualInformation().pValue(), 0);
  }

  @Test
  void threadsChangeNothingAndSeedsDo() {
    SampleTable table = samples(300, 0.1, 6);
    PermutationBaseline expected = baseline(table, 30, 1);
    for (int threads = 2; threads <= 3; threads++) {
      assertEquals(
          expected,
          PermutationBaseline.of(
              table.toSamples(WeightMeaning.AUTO),
              exact(table.toDistribution()),
              30,
              1,
              shuffled -> exact(shuffled.distribution()),
              Execution.ofThreads(threads)));
    }
    assertNotEquals(expected, baseline(table, 30, 1000));
  }

  @Test
  void withoutTargetEntropyComplexityHasNoPValue() {
    PermutationBaseline baseline = baseline(samples(50, 0, 1).withTarget(t -> 1), 10, 1);
    assertEquals(Double.NaN, baseline.complexity().pValue(), 0);
    assertEquals(Double.NaN, baseline.complexity().mean(), 0);
    assertEquals(0, baseline.mutualInformation().mean(), 1e-12);
  }

  @Test
  void rejectsNoPermutations() {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> baseline(samples(20, 0, 1), 0, 1));
    assertTrue(e.getMessage().contains("(0) must be at least 1"), e.getMessage());
  }

  private static PermutationBaseline baseline(SampleTable table, int permutations, long seed) {
    return PermutationBaseline.of(
        table.toSamples(WeightMeaning.AUTO),
        exact(table.toDistribution()),
        permutations,
        seed,
        shuffled -> exact(shuffled.distribution()),
        Execution.sequential());
  }

  private static Figures exact(JointDistribution distribution) {
    return Figures.of(Backbone.of(distribution, Execution.sequential()));
  }

  private static List<JointDistribution> shuffles(SampledDistribution samples) {
    Queue<JointDistribution> shuffles = new ConcurrentLinkedQueue<>();
    PermutationBaseline.of(
        samples,
        exact(samples.distribution()),
        20,
        3,
        shuffled -> {
          shuffles.add(shuffled.distribution());
          return exact(shuffled.distribution());
        },
        Execution.sequential());
    assertEquals(20, shuffles.size());
    return List.copyOf(shuffles);
  }

  private static Map<List<Integer>, Double> sources(JointDistribution distribution) {
    Map<List<Integer>, Double> weights = new HashMap<>();
    for (int r = 0; r < distribution.realizationCount(); r++) {
      int[] states = new int[distribution.sourceCount()];
      for (int source = 0; source < states.length; source++) {
        states[source] = distribution.sourceState(r, source);
      }
      weights.merge(Arrays.stream(states).boxed().toList(), distribution.weight(r), Double::sum);
    }
    return weights;
  }

  private static Map<Integer, Double> targets(JointDistribution distribution) {
    Map<Integer, Double> weights = new TreeMap<>();
    for (int r = 0; r < distribution.realizationCount(); r++) {
      weights.merge(distribution.targetState(r), distribution.weight(r), Double::sum);
    }
    return weights;
  }

  /** Two sources of three states and a target of three, which follows the first in a share. */
  private static SampleTable samples(int count, double dependence, long seed) {
    Random random = new Random(seed);
    SampleTable.Builder table = new SampleTable.Builder("samples", 2);
    for (int i = 0; i < count; i++) {
      int[] states = {random.nextInt(3), random.nextInt(3)};
      table.add(states, random.nextDouble() < dependence ? states[0] : random.nextInt(3), 1);
    }
    return table.build();
  }
}
