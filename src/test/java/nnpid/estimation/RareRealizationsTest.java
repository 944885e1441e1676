package nnpid.estimation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import nnpid.decomposition.Backbone;
import nnpid.decomposition.Measure;
import nnpid.decomposition.Values;
import nnpid.distribution.JointDistribution;
import nnpid.execution.Execution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Estimates where rare realizations carry much of the information, and the errors they state. In
 * the package such tables are exact (see {@link FewRealizations}); here they stand for larger ones.
 */
class RareRealizationsTest {
  private static final Execution SINGLE = Execution.sequential();

  /** 200 tables of 7 to 12 sources with counts up to a million, 20 seeds each. */
  @Test
  void statedErrorsHold() {
    List<RareTable> tables = Stream.concat(RareTable.golden(), RareTable.random(188)).toList();
    int within = 0;
    List<String> wrong = new ArrayList<>();
    for (RareTable rare : tables) {
      JointDistribution distribution = rare.table().toDistribution();
      for (int seed = 0; seed < 20; seed++) {
        ComplexityEstimate estimate = estimate(distribution, seed);
        double off = Math.abs(estimate.backbone().representationalComplexity() - rare.complexity());
        within += off <= 2 * estimate.standardError() ? 1 : 0;
        if (off > 5 * estimate.standardError() && off > 0.01) {
          wrong.add(rare + ", seed " + seed + ": off by " + off);
        }
      }
    }
    assertEquals(200, tables.size());
    assertEquals(List.of(), wrong);
    assertTrue(within >= 0.93 * 20 * 200, within + " of 4000 within two standard errors");
  }

  static Stream<RareTable> cases() {
    return Stream.of(RareTable.coefficient(), RareTable.rare(), RareTable.evaluator());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void noSeedIsFarOffAndNoErrorIsZero(RareTable rare) {
    JointDistribution distribution = rare.table().toDistribution();
    for (int seed = 1; seed <= 20; seed++) {
      ComplexityEstimate estimate = estimate(distribution, seed);
      assertTrue(estimate.standardError() > 0);
      assertEquals(
          rare.complexity(),
          estimate.backbone().representationalComplexity(),
          4 * estimate.standardError() + 0.002,
          "seed " + seed);
      assertTrue(estimate.standardError() <= 0.01);
    }
  }

  @Test
  void verySmallWeightsEndWithNumbers() {
    ComplexityEstimate estimate = estimate(RareTable.ratio().toDistribution(), 1);
    assertEquals(1, estimate.backbone().representationalComplexity(), 0.001);
    estimate.backbone().requireConsistent("test");
  }

  @Test
  void theFirstDegreeOfVerySmallWeightsIsANumber() {
    JointDistribution distribution = RareTable.ratio().toDistribution();
    FirstDegree first = FirstDegree.of(distribution, new BitSlicedStates(distribution), false);
    assertEquals(
        distribution.mutualInformation(), first.informative() - first.misinformative(), 1e-9);
  }

  /** Of two batches an error of two standard errors held in a quarter of the runs. */
  @ParameterizedTest
  @ValueSource(longs = {1, 16, 128})
  void fewReplicatesHaveLargeErrors(long replicates) {
    JointDistribution distribution = CoverageEstimatorProperties.wide(9, 300, 4).toDistribution();
    double exact =
        CoverageEstimator.estimate(
                distribution, CoverageSettings.DEFAULT.withPrecision(0.004), Execution.ofThreads(2))
            .backbone()
            .representationalComplexity();
    int within = 0;
    for (int seed = 1; seed <= 200; seed++) {
      ComplexityEstimate estimate =
          CoverageEstimator.estimate(
              distribution,
              CoverageSettings.DEFAULT
                  .withPrecision(1e-9)
                  .withMaxReplicates(replicates)
                  .withSeed(seed),
              SINGLE);
      double off = Math.abs(estimate.backbone().representationalComplexity() - exact);
      within += off <= 2 * estimate.standardError() ? 1 : 0;
    }
    assertTrue(within >= 180, within + " of 200 within two standard errors");
  }

  /** 15 of 20 seeds had 1, without an error. */
  @Test
  void subsetsWithFewRealizationsAreExact() {
    RareTable rare = RareTable.evaluator();
    JointDistribution layer = rare.table().toDistribution();
    for (int seed = 1; seed <= 20; seed++) {
      SubsetBackbones.Estimate estimate =
          new SubsetBackbones(layer, Measure.SX, Values.PLUG_IN, 256, seed)
              .of(new int[] {0, 1, 2, 3, 4, 5, 6}, SINGLE);
      assertTrue(estimate.isExact());
      assertEquals(0.0044642, estimate.backbone().discountedInformation(), 1e-7);
      assertEquals(rare.complexity(), estimate.backbone().representationalComplexity(), 1e-5);
    }
  }

  /** What the weights are for: the mean over all references is that by probability. */
  @ParameterizedTest
  @MethodSource("cases")
  void referencesCountByTheInverseOfTheirChance(RareTable rare) {
    JointDistribution distribution = rare.table().toDistribution();
    References references = new References(distribution);
    int count = 1_000_000;
    double[] shares = new double[distribution.realizationCount()];
    for (double quantile : References.quantiles(count, new SplittableRandom(1))) {
      int realization = references.at(quantile);
      shares[realization] += references.weight(realization) / count;
    }
    double information = 0;
    for (int r = 0; r < shares.length; r++) {
      double probability = distribution.weight(r) / distribution.totalWeight();
      assertEquals(probability, shares[r], 1e-4 * probability + 1e-6);
      information += shares[r] * references.pointwiseInformation(r) / Math.log(2);
    }
    assertEquals(rare.mutualInformation(), information, 1e-4 * rare.mutualInformation());
  }

  /** The mean of all batches of a record is the exact value too, for any grouping. */
  @Test
  void recordsKnowRareRealizations() {
    JointDistribution distribution = RareTable.rare().table().toDistribution();
    int[] groupOfSource = {0, 0, 1, 1, 2, 2, 3};
    Backbone exact =
        Backbone.of(
            distribution.groupSources(
                List.of(new int[] {0, 1}, new int[] {2, 3}, new int[] {4, 5}, new int[] {6})),
            SINGLE);
    for (int seed = 1; seed <= 5; seed++) {
      double[] inaccessible =
          CoverageRecord.of(distribution, 20_000, seed, Double.POSITIVE_INFINITY, SINGLE)
              .inaccessible(groupOfSource, 4);
      for (int k = 1; k < 4; k++) {
        assertEquals(
            exact.mutualInformation() - exact.accessible(k),
            inaccessible[k],
            0.03 * exact.mutualInformation());
      }
    }
  }

  private static ComplexityEstimate estimate(JointDistribution distribution, long seed) {
    return CoverageEstimator.estimate(
        distribution, CoverageSettings.DEFAULT.withSeed(seed), SINGLE);
  }
}
