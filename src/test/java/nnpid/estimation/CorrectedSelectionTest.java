package nnpid.estimation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import nnpid.decomposition.Atom;
import nnpid.decomposition.Backbone;
import nnpid.decomposition.Measure;
import nnpid.decomposition.PartialInformationDecomposition;
import nnpid.decomposition.SourceInformation;
import nnpid.decomposition.Values;
import nnpid.distribution.JointDistribution;
import nnpid.execution.Execution;
import nnpid.lattice.Antichain;
import nnpid.testing.Antichains;
import nnpid.testing.Distributions;
import nnpid.testing.Distributions.Kind;
import nnpid.testing.SampleTable;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Corrected values of what ranks units and subsets: against the corrected lattice. */
class CorrectedSelectionTest {
  private static final Execution SINGLE = Execution.sequential();

  private static double sum(
      PartialInformationDecomposition decomposition, Predicate<List<Integer>> selected) {
    return decomposition
        .atoms()
        .filter(atom -> selected.test(Antichains.sourceMasks(atom.antichain())))
        .mapToDouble(Atom::average)
        .sum();
  }

  @ParameterizedTest
  @MethodSource("nnpid.testing.Distributions#countsOfOneToFiveSources")
  void areThoseOfTheLattice(SampleTable table) {
    JointDistribution distribution = table.toDistribution();
    int n = table.sourceCount();
    PartialInformationDecomposition lattice =
        PartialInformationDecomposition.ofBoth(distribution, SINGLE).corrected();
    List<SourceContribution> all =
        SourceContribution.ofSources(distribution, Measure.SX, Values.CORRECTED, 5, 2, 1, SINGLE);
    for (int i = 0; i < n; i++) {
      int own = 1 << i;
      SourceInformation information = all.get(i).inLayer();
      assertEquals(lattice.atom(Antichain.of(own)).average(), information.unique(), 1e-9);
      assertEquals(
          sum(lattice, sets -> sets.size() > 1 && sets.contains(own)),
          information.redundant(),
          1e-9);
      assertEquals(
          sum(lattice, sets -> sets.stream().allMatch(set -> set != own && (set & own) == own)),
          information.synergistic(),
          1e-9);
      assertEquals(lattice.shares()[i], all.get(i).share(), 1e-9);
    }
    double first =
        lattice.atom(Antichains.of(IntStream.range(0, n).map(i -> 1 << i).toArray())).average();
    // Copies change no redundancy, and 30 sources are too many for inclusion and exclusion.
    JointDistribution wide =
        table
            .withSources(s -> IntStream.range(0, 30 + n).map(i -> s[i % n]).toArray())
            .toDistribution();
    for (JointDistribution one : List.of(distribution, wide)) {
      assertEquals(first, ExtremeAtoms.redundancy(one, Measure.SX, Values.CORRECTED, SINGLE), 1e-9);
    }
    assertEquals(
        lattice.atom(Antichain.of((1 << n) - 1)).average(),
        ExtremeAtoms.synergy(distribution, Measure.SX, Values.CORRECTED, SINGLE),
        1e-9);
    Backbone backbone =
        new SubsetBackbones(distribution, Measure.SX, Values.CORRECTED, 16, 1)
            .of(IntStream.range(0, n).toArray(), SINGLE)
            .backbone();
    for (int k = 1; k <= n; k++) {
      assertEquals(lattice.backbone().information(k), backbone.information(k), 1e-9);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      names = {"COUNTS", "DETERMINISTIC_TARGET"})
  void synergyOfSixIsTheInformationOfTheLastDegree(Kind kind) {
    JointDistribution distribution = Distributions.of(kind, 6, 1, 3).toDistribution();
    assertEquals(
        Backbone.ofBoth(distribution, SINGLE).corrected().information(6),
        ExtremeAtoms.synergy(distribution, Measure.SX, Values.CORRECTED, SINGLE),
        1e-9);
  }

  /**
   * Seven sources of which three are copies of others: exact values are those of four. The
   * estimates of 30 seeds are independent; their errors must be of the size they say.
   */
  @Test
  void largeSubsetsAreUnbiasedAndTheirErrorsHonest() {
    JointDistribution layer =
        CoverageEstimatorProperties.wide(12, 200, 4)
            .withSources(s -> new int[] {s[0], s[1], s[2], s[0], s[3], s[1], s[2], s[7], s[8]})
            .toDistribution();
    Backbone exact =
        Backbone.ofBoth(
                layer.groupSources(
                    List.of(new int[] {0}, new int[] {1}, new int[] {2}, new int[] {4})),
                SINGLE)
            .corrected();
    SummaryStatistics scores = new SummaryStatistics();
    for (int seed = 0; seed < 30; seed++) {
      SubsetBackbones.Estimate estimate =
          new SubsetBackbones(layer, Measure.SX, Values.CORRECTED, 512, seed)
              .of(new int[] {0, 1, 2, 3, 4, 5, 6}, SINGLE);
      assertEquals(exact.mutualInformation(), estimate.backbone().mutualInformation(), 1e-12);
      double error = estimate.standardError(Backbone::discountedInformation);
      assertTrue(error > 0);
      scores.addValue(
          (estimate.backbone().discountedInformation() - exact.discountedInformation()) / error);
    }
    assertEquals(0, scores.getMean(), 4 / Math.sqrt(30));
    assertEquals(1, scores.getStandardDeviation(), 0.45);
  }

  @Test
  void thereAreNoneOfOtherMeasuresAndOfFractions() {
    JointDistribution.Counter counter = new JointDistribution.Counter(1);
    counter.add(new int[] {0}, 0, 0.5);
    JointDistribution fractions = counter.toDistribution();
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> new SubsetBackbones(fractions, Measure.SX, Values.CORRECTED, 16, 1))
            .getMessage();
    assertTrue(message.contains("0.5"), message);
    JointDistribution counts = Distributions.of(Kind.COUNTS, 2, 1, 1).toDistribution();
    message =
        assertThrows(
                IllegalArgumentException.class,
                () -> SourceInformation.ofSources(counts, Measure.MIN, Values.CORRECTED, SINGLE))
            .getMessage();
    assertTrue(message.contains("(min) must be sx"), message);
  }
}
