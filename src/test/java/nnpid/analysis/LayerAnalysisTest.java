package nnpid.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import nnpid.coarsegraining.CoarseGrainingSettings;
import nnpid.distribution.JointDistribution;
import nnpid.execution.Execution;
import nnpid.testing.Gates;
import nnpid.testing.SampleTable;
import org.junit.jupiter.api.Test;

/** Layers of which only the distribution is known: their analysis, and points of trainings. */
class LayerAnalysisTest {
  private static final LayerAnalysis DEFAULT = LayerAnalysis.DEFAULT;

  private static LayerResult xor(LayerAnalysis analysis) {
    return analysis.analyze("L3", Gates.xor().toDistribution(), Execution.sequential());
  }

  @Test
  void unitsAreNamedAfterTheLayerAndTargetStatesAfterTheirNumbers() {
    JointDistribution.Counter counter = new JointDistribution.Counter(1);
    counter.add(new int[] {0}, 0, 2);
    counter.add(new int[] {1}, 3, 5);
    LayerAnalysis pointwise = DEFAULT.withWanted(new LayerAnalysis.Wanted(false, 0, 0, true));
    LayerResult report = pointwise.analyze("L3", counter.toDistribution(), Execution.sequential());
    assertEquals(List.of(List.of("L3_1")), report.layer().sources());
    assertEquals("class", report.layer().target());
    assertEquals(List.of("0", "3"), report.targets().stream().map(TargetReport::state).toList());
    assertEquals(7, report.samples().instanceCount());
    assertEquals(List.of(List.of("L3_1"), List.of("L3_2")), xor(DEFAULT).layer().sources());
  }

  @Test
  void anotherMethodMustGoWithTheSettings() {
    assertEquals(Method.LATTICE, xor(DEFAULT).method());
    assertEquals(Method.BACKBONE, xor(DEFAULT.withMethod(Method.BACKBONE)).method());
    LayerAnalysis oneGroup =
        DEFAULT
            .withMethod(Method.COARSE_GRAINING)
            .withCoarseGraining(CoarseGrainingSettings.DEFAULT.withGrouping("1,2"));
    assertEquals(1, xor(oneGroup).bounds().orElseThrow().lower(), 1e-12);
    assertEquals(2, xor(oneGroup).bounds().orElseThrow().upper(), 1e-12);
    LayerAnalysis withoutAtoms = DEFAULT.withoutAtoms();
    assertThrows(IllegalArgumentException.class, () -> withoutAtoms.withMethod(Method.LATTICE));
  }

  /** What few realizations make exact is not estimated, unless the estimator is asked for. */
  @Test
  void wideLayersWithFewRealizationsAreExact() {
    JointDistribution distribution = Gates.giantBit(8).toDistribution();
    LayerResult exact = DEFAULT.analyze("L1", distribution, Execution.sequential());
    assertEquals(Method.BACKBONE, exact.method());
    assertTrue(exact.isExact());
    assertTrue(Double.isNaN(exact.standardError()));
    assertEquals(1, exact.representationalComplexity(), 1e-12);
    LayerResult estimated =
        DEFAULT.withMethod(Method.COVERAGE).analyze("L1", distribution, Execution.sequential());
    assertEquals(Method.COVERAGE, estimated.method());
    assertFalse(estimated.isExact());
  }

  /** An estimate that its time limit ends says so, with its error; it is not thrown away. */
  @Test
  void anEstimateEndedByItsTimeLimitSaysSo() {
    JointDistribution distribution = parityWithNoise().toDistribution();
    LayerResult report =
        DEFAULT
            .withCoverage(DEFAULT.coverage().withPrecision(1e-9).withTimeLimitSeconds(1e-3))
            .withWanted(new LayerAnalysis.Wanted(false, 0, 2, false))
            .analyze("L1", distribution, Execution.sequential());
    assertTrue(report.standardError() > 1e-9);
    assertTrue(
        report.warnings().stream().anyMatch(w -> w.contains("time limit")),
        report.warnings()::toString);
    assertTrue(report.baseline().isPresent());
  }

  private static SampleTable parityWithNoise() {
    Random random = new Random(1);
    SampleTable.Builder table = new SampleTable.Builder("parity", 8);
    for (int i = 0; i < 400; i++) {
      int[] states = random.ints(8, 0, 2).toArray();
      table.add(states, (states[0] + states[1] + random.nextInt(2)) % 2, 1);
    }
    return table.build();
  }

  @Test
  void pointsHaveTheNumbersOfTheReport() {
    LayerResult report = xor(DEFAULT);
    TrajectoryPoint point = new TrajectoryPoint(2, 7, 0.5, 0.75, 0.25, report.summary());
    assertEquals(
        List.of(2, 7.0, "L3", 0.5, 0.75, 0.25),
        List.of(
            point.repeat(),
            point.epoch(),
            point.layer(),
            point.loss(),
            point.trainAccuracy(),
            point.testAccuracy()));
    assertEquals(Math.log(8.0 / 3) / Math.log(2), point.representationalComplexity(), 1e-12);
    assertEquals(0, point.summary().standardError());
    assertEquals(Math.log(1.5) / Math.log(2), point.summary().degreeOfSynergy().get(0), 1e-12);
    assertEquals(Math.log(4.0 / 3) / Math.log(2), point.summary().degreeOfSynergy().get(1), 1e-12);
  }
}
