package nnpid.estimation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import nnpid.decomposition.Backbone;
import nnpid.decomposition.Measure;
import nnpid.decomposition.Values;
import nnpid.distribution.JointDistribution;
import nnpid.estimation.SubsetBackbones.Estimate;
import nnpid.execution.Execution;
import nnpid.testing.SampleTable;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;
import org.junit.jupiter.api.Test;

class SubsetBackbonesTest {
  private static final Execution SINGLE = Execution.sequential();
  private static final SampleTable TABLE = CoverageEstimatorProperties.wide(12, 200, 4);
  private static final JointDistribution TWELVE = TABLE.toDistribution();

  private static JointDistribution subset(int... sources) {
    return TWELVE.groupSources(Arrays.stream(sources).mapToObj(i -> new int[] {i}).toList());
  }

  @Test
  void smallSubsetsAreExact() {
    SubsetBackbones backbones = new SubsetBackbones(TWELVE, Measure.SX, Values.PLUG_IN, 100, 1);
    for (int[] sources : new int[][] {{3}, {0, 11}, {2, 5, 7}, {1, 3, 4, 8, 10}}) {
      assertFalse(backbones.isEstimated(sources.length));
      Estimate estimate = backbones.of(sources, SINGLE);
      Backbone exact = Backbone.of(subset(sources), SINGLE);
      for (int k = 1; k <= sources.length; k++) {
        assertEquals(exact.information(k), estimate.backbone().information(k), 0);
      }
      assertEquals(0, estimate.standardError(Backbone::representationalComplexity), 0);
    }
  }

  /** Six take as long as hundreds of seven: they are exact where there are few realizations. */
  @Test
  void sixAreExactOnlyWhereThatIsCheap() {
    int[] six = {1, 3, 4, 8, 9, 10};
    Estimate estimate =
        new SubsetBackbones(TWELVE, Measure.SX, Values.PLUG_IN, 2048, 1).of(six, SINGLE);
    assertFalse(estimate.isExact());
    assertEquals(
        0,
        (estimate.backbone().discountedInformation()
                - Backbone.of(subset(six), SINGLE).discountedInformation())
            / estimate.standardError(Backbone::discountedInformation),
        4);
    JointDistribution few = CoverageEstimatorProperties.wide(9, 25, 4).toDistribution();
    int[] first = {0, 1, 2, 3, 4, 5};
    for (Values values : Values.values()) {
      Estimate exact = new SubsetBackbones(few, Measure.SX, values, 64, 1).of(first, SINGLE);
      assertTrue(exact.isExact());
      JointDistribution alone =
          few.groupSources(IntStream.of(first).mapToObj(source -> new int[] {source}).toList());
      assertEquals(
          Backbone.of(alone, Measure.SX, values, SINGLE).information(3),
          exact.backbone().information(3),
          0);
    }
  }

  /**
   * Seven sources of which three are copies of others: exact C is that of four. The estimates of 30
   * seeds are independent; their errors must be of the size they say.
   */
  @Test
  void largeSubsetsAreUnbiasedAndTheirErrorsHonest() {
    JointDistribution layer =
        TABLE
            .withSources(s -> new int[] {s[0], s[1], s[2], s[0], s[3], s[1], s[2], s[7], s[8]})
            .toDistribution();
    int[] subset = {0, 1, 2, 3, 4, 5, 6};
    Backbone exact = Backbone.of(subset(0, 1, 2, 3), SINGLE);
    SummaryStatistics z = new SummaryStatistics();
    SummaryStatistics zDiscounted = new SummaryStatistics();
    for (int seed = 0; seed < 30; seed++) {
      Estimate estimate =
          new SubsetBackbones(layer, Measure.SX, Values.PLUG_IN, 512, seed).of(subset, SINGLE);
      assertEquals(exact.mutualInformation(), estimate.backbone().mutualInformation(), 1e-12);
      z.addValue(
          (estimate.backbone().representationalComplexity() - exact.representationalComplexity())
              / estimate.standardError(Backbone::representationalComplexity));
      zDiscounted.addValue(
          (estimate.backbone().discountedInformation() - exact.discountedInformation())
              / estimate.standardError(Backbone::discountedInformation));
    }
    for (SummaryStatistics scores : List.of(z, zDiscounted)) {
      assertEquals(0, scores.getMean(), 4 / Math.sqrt(30));
      assertEquals(1, scores.getStandardDeviation(), 0.45);
    }
  }

  /** What common random numbers are for. */
  @Test
  void differencesOfSimilarSubsetsAreKnownBetterThanTheSubsets() {
    SubsetBackbones backbones = new SubsetBackbones(TWELVE, Measure.SX, Values.PLUG_IN, 1600, 1);
    Estimate a = backbones.of(new int[] {0, 1, 2, 3, 4, 5, 6, 7}, SINGLE);
    Estimate b = backbones.of(new int[] {0, 1, 2, 3, 4, 5, 6, 8}, SINGLE);
    SummaryStatistics differences = new SummaryStatistics();
    for (int i = 0; i < a.batches().size(); i++) {
      differences.addValue(
          a.batches().get(i).discountedInformation() - b.batches().get(i).discountedInformation());
    }
    double together = differences.getStandardDeviation() / Math.sqrt(a.batches().size());
    double apart =
        Math.hypot(
            a.standardError(Backbone::discountedInformation),
            b.standardError(Backbone::discountedInformation));
    assertTrue(together < 0.7 * apart, together + " and " + apart);
  }

  @Test
  void agreesWithTheEstimateOfTheSubsetAlone() {
    int[] sources = {0, 2, 3, 5, 6, 8, 9, 11};
    Estimate estimate =
        new SubsetBackbones(TWELVE, Measure.SX, Values.PLUG_IN, 4000, 3)
            .of(sources, Execution.ofThreads(2));
    ComplexityEstimate alone =
        CoverageEstimator.estimate(
            subset(sources), CoverageSettings.DEFAULT.withPrecision(0.02), SINGLE);
    double error =
        Math.hypot(
            estimate.standardError(Backbone::representationalComplexity), alone.standardError());
    assertEquals(
        alone.backbone().representationalComplexity(),
        estimate.backbone().representationalComplexity(),
        4 * error);
    assertTrue(error < 0.1, "error " + error);
  }

  @Test
  void orderOfSourcesAndThreadsChangeNoBit() {
    int[] sources = IntStream.range(0, 9).toArray();
    int[] reversed = IntStream.range(0, 9).map(i -> 8 - i).toArray();
    Backbone expected =
        new SubsetBackbones(TWELVE, Measure.SX, Values.PLUG_IN, 64, 1)
            .of(sources, SINGLE)
            .backbone();
    SubsetBackbones other = new SubsetBackbones(TWELVE, Measure.SX, Values.PLUG_IN, 64, 1);
    other.of(new int[] {1, 2, 3, 4, 5, 6, 7, 8}, SINGLE);
    Backbone again = other.of(reversed, Execution.ofThreads(3)).backbone();
    for (int k = 1; k <= 9; k++) {
      assertEquals(expected.informative(k), again.informative(k), 0);
      assertEquals(expected.misinformative(k), again.misinformative(k), 0);
    }
  }

  @Test
  void otherMeasuresNeedNoEstimate() {
    SubsetBackbones backbones = new SubsetBackbones(TWELVE, Measure.MMI, Values.PLUG_IN, 64, 1);
    int[] sources = IntStream.range(0, 12).toArray();
    assertFalse(backbones.isEstimated(12));
    assertEquals(
        Backbone.of(TWELVE, Measure.MMI, SINGLE).discountedInformation(),
        backbones.of(sources, SINGLE).backbone().discountedInformation(),
        0);
  }

  @Test
  void stopsWhenInterrupted() {
    SubsetBackbones backbones = new SubsetBackbones(TWELVE, Measure.SX, Values.PLUG_IN, 64, 1);
    Thread.currentThread().interrupt();
    try {
      assertThrows(
          CancellationException.class,
          () -> backbones.of(IntStream.range(0, 9).toArray(), Execution.sequential()));
    } finally {
      assertTrue(Thread.interrupted());
    }
  }

  @Test
  void refusesNoReplicates() {
    assertThrows(
        IllegalArgumentException.class,
        () -> new SubsetBackbones(TWELVE, Measure.SX, Values.PLUG_IN, 0, 1));
  }
}
