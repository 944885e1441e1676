package nnpid.estimation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.stream.IntStream;
import nnpid.decomposition.Backbone;
import nnpid.decomposition.Measure;
import nnpid.decomposition.PartialInformationDecomposition;
import nnpid.decomposition.Values;
import nnpid.distribution.JointDistribution;
import nnpid.execution.Execution;
import nnpid.lattice.Antichain;
import nnpid.testing.Antichains;
import nnpid.testing.Distributions;
import nnpid.testing.Distributions.Kind;
import nnpid.testing.Gates;
import nnpid.testing.SampleTable;
import org.apache.commons.math3.util.CombinatoricsUtils;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("slow")
class ExtremeAtomsTest {
  private static final Execution SINGLE = Execution.sequential();

  @ParameterizedTest
  @MethodSource("nnpid.testing.Distributions#oneToFiveSources")
  void areThoseOfTheLattice(SampleTable table) {
    JointDistribution distribution = table.toDistribution();
    int n = table.sourceCount();
    Antichain first = Antichains.of(IntStream.range(0, n).map(i -> 1 << i).toArray());
    Antichain last = Antichain.of((1 << n) - 1);
    for (Measure measure : List.of(Measure.SX, Measure.MIN, Measure.MMI)) {
      PartialInformationDecomposition decomposition =
          PartialInformationDecomposition.of(distribution, measure, SINGLE);
      assertEquals(
          decomposition.atom(first).average(),
          ExtremeAtoms.redundancy(distribution, measure, Values.PLUG_IN, SINGLE),
          1e-10);
      assertEquals(
          decomposition.atom(last).average(),
          ExtremeAtoms.synergy(distribution, measure, Values.PLUG_IN, SINGLE),
          1e-10);
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void synergyIsTheInformationOfTheLastDegree(Kind kind) {
    JointDistribution distribution = Distributions.of(kind, 6, 1, 3).toDistribution();
    assertEquals(
        Backbone.of(distribution, SINGLE).information(6),
        ExtremeAtoms.synergy(distribution, Measure.SX, Values.PLUG_IN, SINGLE),
        1e-10);
  }

  /** Copies change no redundancy, and 30 sources are too many for inclusion and exclusion. */
  @ParameterizedTest
  @MethodSource("nnpid.testing.Distributions#oneToFiveSources")
  void comparingAllPairsGivesTheSameRedundancy(SampleTable table) {
    int n = table.sourceCount();
    SampleTable wide =
        table.withSources(s -> IntStream.range(0, 30 + n).map(i -> s[i % n]).toArray());
    assertEquals(
        ExtremeAtoms.redundancy(table.toDistribution(), Measure.SX, Values.PLUG_IN, SINGLE),
        ExtremeAtoms.redundancy(
            wide.toDistribution(), Measure.SX, Values.PLUG_IN, Execution.ofThreads(2)),
        1e-10);
  }

  /**
   * Of 2^n realizations one agrees with a given one on all bits, and one on all but j, for every j,
   * with the other parity: the sum over J of (-1)^|J| times -log2(1 + |J|).
   */
  @Test
  void synergyOfParityInClosedForm() {
    for (int n = 1; n <= 14; n++) {
      double expected = n == 1 ? 1 : 0;
      for (int k = 0; k <= n && n > 1; k++) {
        double term = CombinatoricsUtils.binomialCoefficientDouble(n, k) * Math.log(1 + k);
        expected -= (k % 2 == 0 ? 1 : -1) * term / Math.log(2);
      }
      assertEquals(
          expected,
          ExtremeAtoms.synergy(
              Gates.parity(n).toDistribution(), Measure.SX, Values.PLUG_IN, SINGLE),
          1e-10);
    }
  }

  @Test
  void copiesHaveNoSynergy() {
    SampleTable table = Gates.parity(3).withSources(s -> new int[] {s[0], s[1], s[2], s[0]});
    assertEquals(
        0, ExtremeAtoms.synergy(table.toDistribution(), Measure.SX, Values.PLUG_IN, SINGLE), 1e-12);
  }

  @Test
  void threadsChangeNoBit() {
    JointDistribution distribution = CoverageEstimatorProperties.wide(40, 500, 3).toDistribution();
    assertEquals(
        ExtremeAtoms.redundancy(distribution, Measure.SX, Values.PLUG_IN, SINGLE),
        ExtremeAtoms.redundancy(distribution, Measure.SX, Values.PLUG_IN, Execution.ofThreads(3)),
        0);
  }

  @Test
  void refuseTheMeasureOfTwoSources() {
    JointDistribution distribution =
        Distributions.of(Distributions.Kind.COUNTS, 2, 1, 1).toDistribution();
    assertThrows(
        IllegalArgumentException.class,
        () -> ExtremeAtoms.redundancy(distribution, Measure.BROJA, Values.PLUG_IN, SINGLE));
    assertThrows(
        IllegalArgumentException.class,
        () -> ExtremeAtoms.synergy(distribution, Measure.BROJA, Values.PLUG_IN, SINGLE));
  }
}
