package nnpid.estimation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import nnpid.decomposition.Backbone;
import nnpid.distribution.JointDistribution;
import nnpid.execution.Execution;
import nnpid.testing.Distributions;
import nnpid.testing.Distributions.Kind;
import nnpid.testing.SampleTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CoverageEstimatorProperties {
  /** 64 batches of 16. */
  static final CoverageSettings SETTINGS =
      CoverageSettings.DEFAULT.withPrecision(1e-12).withMaxReplicates(1024);

  private static final int SEEDS = 20;

  /** Five each of three to six sources, with C defined; six sources are small. */
  static Stream<SampleTable> twentyDistributions() {
    return IntStream.rangeClosed(3, 6)
        .boxed()
        .flatMap(
            n ->
                IntStream.range(0, 100)
                    .mapToObj(
                        i -> Distributions.of(Kind.values()[i % 4], n, n == 6 ? 1 : 1 + i % 3, i))
                    .filter(table -> table.toDistribution().mutualInformation() > 0.01)
                    .limit(5));
  }

  static Stream<SampleTable> someDistributions() {
    return twentyDistributions().filter(table -> table.sourceCount() < 6);
  }

  /**
   * 20 distributions, each with twenty seeds; 17 have an error of C to speak of. The variance of
   * 340 scores around 0 is 1 and a little more, as the distributions are skewed, and known to
   * within 0.08: the tolerance is four times that on top of 0.1. All random numbers are fixed.
   */
  @Test
  void estimatesOfRandomDistributionsAreWithinTheirErrors() {
    ZScores scores = new ZScores();
    for (SampleTable table : twentyDistributions().toList()) {
      JointDistribution distribution = table.toDistribution();
      Backbone exact = Backbone.of(distribution, Execution.ofThreads(2));
      double[] information = new double[exact.sourceCount()];
      Arrays.setAll(information, k -> exact.information(k + 1));
      for (int seed = 0; seed < SEEDS; seed++) {
        scores.add(
            CoverageEstimator.estimate(
                distribution,
                SETTINGS
                    .withMaxReplicates(4096)
                    .withSeed(100L * table.toString().hashCode() + seed),
                Execution.ofThreads(2)),
            exact.representationalComplexity(),
            information);
      }
    }
    assertTrue(scores.count() >= 300, scores::toString);
    assertTrue(scores.shareWithin4() >= 0.999, scores::toString);
    assertTrue(scores.shareOfDegreesWithin4() >= 0.995, scores::toString);
    assertEquals(1.1, scores.variance(), 0.32, scores::toString);
    assertEquals(0, scores.mean(), 4 / Math.sqrt(scores.count()), scores::toString);
  }

  @ParameterizedTest
  @MethodSource("twentyDistributions")
  void informationOfAllDegreesSumsToTheExactMutualInformation(SampleTable table) {
    Backbone backbone = estimate(table, 1).backbone();
    double exact = table.toDistribution().mutualInformation();
    double sum =
        IntStream.rangeClosed(1, backbone.sourceCount()).mapToDouble(backbone::information).sum();
    assertEquals(exact, backbone.mutualInformation(), 0);
    assertEquals(exact, sum, 1e-12);
  }

  /** It is its own control variate, unless one of its parts does not vary. */
  @ParameterizedTest
  @MethodSource("twentyDistributions")
  void theFirstDegreeIsExact(SampleTable table) {
    JointDistribution distribution = table.toDistribution();
    FirstDegree exact = FirstDegree.of(distribution, new BitSlicedStates(distribution), false);
    ComplexityEstimate estimate = estimate(table, 1);
    assertEquals(exact.informative(), estimate.backbone().informative(1), 1e-10);
    assertEquals(exact.misinformative(), estimate.backbone().misinformative(1), 1e-10);
    assertEquals(0, estimate.standardErrors().get(0), 1e-10);
  }

  /** So is &Pi;_n then, since they sum to I: the mean over independent seeds has no bias. */
  @ParameterizedTest
  @MethodSource("someDistributions")
  void theLastDegreeButOneIsUnbiased(SampleTable table) {
    int n = table.sourceCount();
    Backbone exact = Backbone.of(table.toDistribution(), Execution.sequential());
    double deviation = 0;
    double variance = 0;
    for (int seed = 0; seed < 20; seed++) {
      ComplexityEstimate estimate = estimate(table, 100 + seed);
      deviation += estimate.backbone().information(n) - exact.information(n);
      variance += Math.pow(estimate.standardErrors().get(n - 1), 2);
    }
    assertEquals(0, deviation, 4 * Math.sqrt(variance) + 20 * ZScores.NEGLIGIBLE / 10);
  }

  @ParameterizedTest
  @MethodSource("someDistributions")
  void orderOfSourcesAndNamesOfStatesChangeNothingButNoise(SampleTable table) {
    int n = table.sourceCount();
    int[] rotation = IntStream.range(0, n).map(i -> (i + 1) % n).toArray();
    ComplexityEstimate expected = estimate(table, 1);
    assertSameButForNoise(expected, estimate(table.withSourcesPermuted(rotation), 1));
    assertSameButForNoise(expected, estimate(table.withStatesRenamed(2), 1));
  }

  @ParameterizedTest
  @MethodSource("someDistributions")
  void orderOfSamplesChangesNoBit(SampleTable table) {
    assertEquals(values(estimate(table, 1)), values(estimate(table.shuffled(2), 1)));
  }

  /**
   * The same arrivals, and so the same estimates but for the last digits: those of the exact V_1,
   * which is summed over more sets.
   */
  @ParameterizedTest
  @MethodSource("twentyDistributions")
  void aDuplicateOrConstantSourceChangesNothing(SampleTable table) {
    ComplexityEstimate expected = estimate(table, 1);
    assertSameButForOneSourceMore(expected, estimate(withDuplicate(table), 1), 1e-10);
    assertSameButForOneSourceMore(expected, estimate(withConstant(table), 1), 1e-10);
  }

  /** Without control variates, beyond 20 sources, not even the last digits change. */
  @ParameterizedTest
  @ValueSource(ints = {21, 40, 63, 64, 100})
  void aDuplicateOrConstantSourceOfAWideLayerChangesNoBit(int sourceCount) {
    SampleTable table = wide(sourceCount, 300, 1);
    ComplexityEstimate expected = estimate(table, 1);
    assertSameButForOneSourceMore(expected, estimate(withDuplicate(table), 1), 0);
    assertSameButForOneSourceMore(expected, estimate(withConstant(table), 1), 0);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 5, 12, 30, 70})
  void numberOfThreadsChangesNoBit(int sourceCount) {
    JointDistribution distribution = wide(sourceCount, 400, 2).toDistribution();
    CoverageSettings settings = CoverageSettings.DEFAULT.withPrecision(0.03);
    ComplexityEstimate expected =
        CoverageEstimator.estimate(distribution, settings, Execution.sequential());
    for (int threads = 2; threads <= 3; threads++) {
      ComplexityEstimate estimate =
          CoverageEstimator.estimate(distribution, settings, Execution.ofThreads(threads));
      assertEquals(values(expected), values(estimate));
    }
  }

  @Test
  void seedsGiveDifferentEstimates() {
    SampleTable table = Distributions.of(Kind.COUNTS, 5, 2, 3);
    assertTrue(
        Stream.of(1L, 2L, 3L, 4L).map(seed -> values(estimate(table, seed))).distinct().count()
            == 4);
  }

  /** All numbers of an estimate, bit by bit (a list of doubles tells 0 from -0). */
  static String values(ComplexityEstimate estimate) {
    StringBuilder values = new StringBuilder();
    Backbone backbone = estimate.backbone();
    for (int degree = 1; degree <= backbone.sourceCount(); degree++) {
      values.append(backbone.informative(degree)).append(' ');
      values.append(backbone.misinformative(degree)).append(' ');
    }
    return values
        + " "
        + backbone.mutualInformation()
        + estimate.standardErrors()
        + estimate.standardError()
        + estimate.bounds()
        + estimate.replicates()
        + estimate.complete();
  }

  private static void assertSameButForNoise(ComplexityEstimate a, ComplexityEstimate b) {
    assertEquals(a.backbone().mutualInformation(), b.backbone().mutualInformation(), 1e-12);
    assertEquals(
        a.backbone().representationalComplexity(),
        b.backbone().representationalComplexity(),
        4 * Math.hypot(a.standardError(), b.standardError()) + ZScores.NEGLIGIBLE);
    for (int k = 1; k <= a.backbone().sourceCount(); k++) {
      double noise = Math.hypot(a.standardErrors().get(k - 1), b.standardErrors().get(k - 1));
      assertEquals(
          a.backbone().information(k), b.backbone().information(k), 4 * noise + ZScores.NEGLIGIBLE);
    }
  }

  private static void assertSameButForOneSourceMore(
      ComplexityEstimate expected, ComplexityEstimate actual, double tolerance) {
    int n = expected.backbone().sourceCount();
    assertEquals(n + 1, actual.backbone().sourceCount());
    assertEquals(expected.replicates(), actual.replicates());
    for (int k = 1; k <= n; k++) {
      assertEquals(expected.backbone().informative(k), actual.backbone().informative(k), tolerance);
      assertEquals(
          expected.backbone().misinformative(k), actual.backbone().misinformative(k), tolerance);
    }
    assertEquals(0, actual.backbone().informative(n + 1), tolerance);
    assertEquals(0, actual.backbone().misinformative(n + 1), tolerance);
    assertEquals(
        expected.backbone().mutualInformation(), actual.backbone().mutualInformation(), tolerance);
    assertEquals(expected.standardError(), actual.standardError(), tolerance * 100);
  }

  private static SampleTable withDuplicate(SampleTable table) {
    return table.withSources(s -> with(s, s[0]));
  }

  private static SampleTable withConstant(SampleTable table) {
    return table.withSources(s -> with(s, 3));
  }

  private static int[] with(int[] states, int last) {
    int[] longer = Arrays.copyOf(states, states.length + 1);
    longer[states.length] = last;
    return longer;
  }

  private static ComplexityEstimate estimate(SampleTable table, long seed) {
    return CoverageEstimator.estimate(
        table.toDistribution(), SETTINGS.withSeed(seed), Execution.ofThreads(2));
  }

  /** Noisy copies of four hidden units that together give the target. */
  static SampleTable wide(int sourceCount, int samples, long seed) {
    Random random = new Random(seed);
    SampleTable.Builder table = new SampleTable.Builder(sourceCount + " copies", sourceCount);
    for (int i = 0; i < samples; i++) {
      int[] hidden = random.ints(4, 0, 3).toArray();
      int[] states = new int[sourceCount];
      for (int source = 0; source < sourceCount; source++) {
        states[source] = random.nextInt(10) == 0 ? random.nextInt(3) : hidden[source % 4];
      }
      table.add(states, (hidden[0] + hidden[1] > 2 ? 2 : 0) + hidden[2] % 2, 1);
    }
    return table.build();
  }
}
