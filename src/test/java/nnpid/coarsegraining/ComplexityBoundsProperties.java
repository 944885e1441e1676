package nnpid.coarsegraining;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import nnpid.decomposition.Atom;
import nnpid.decomposition.Backbone;
import nnpid.decomposition.PartialInformationDecomposition;
import nnpid.distribution.JointDistribution;
import nnpid.execution.Execution;
import nnpid.lattice.Antichain;
import nnpid.testing.Antichains;
import nnpid.testing.Distributions;
import nnpid.testing.Distributions.Kind;
import nnpid.testing.SampleTable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What groups of sources tell about the sources. */
@Tag("slow")
class ComplexityBoundsProperties {
  private static final Execution SINGLE = Execution.sequential();

  private static CoarseGraining randomGrouping(int units, Random random) {
    return CoarseGraining.of(random.ints(units, 0, 1 + random.nextInt(units)).toArray());
  }

  /** The antichain of the groups that the sets of an antichain touch. */
  private static Antichain touched(Antichain antichain, int[] groupOfUnit) {
    int[] sets =
        Antichains.sourceMasks(antichain).stream()
            .mapToInt(
                set ->
                    IntStream.range(0, groupOfUnit.length)
                        .filter(unit -> (set >> unit & 1) == 1)
                        .map(unit -> 1 << groupOfUnit[unit])
                        .reduce(0, (a, b) -> a | b))
            .distinct()
            .toArray();
    return Antichains.of(
        IntStream.of(sets)
            .filter(a -> IntStream.of(sets).noneMatch(b -> b != a && (a & b) == b))
            .toArray());
  }

  @ParameterizedTest
  @MethodSource("nnpid.testing.Distributions#oneToFiveSources")
  void everyCoarseAtomIsTheSumOfItsFibre(SampleTable table) {
    JointDistribution distribution = table.toDistribution();
    PartialInformationDecomposition fine = PartialInformationDecomposition.of(distribution, SINGLE);
    Random random = new Random(table.sampleCount());
    for (int trial = 0; trial < 3; trial++) {
      CoarseGraining grouping = randomGrouping(table.sourceCount(), random);
      int[] groupOfUnit = grouping.groupOfUnit();
      Map<Antichain, double[]> fibres = new HashMap<>();
      fine.atoms()
          .forEach(
              atom -> {
                double[] sums =
                    fibres.computeIfAbsent(
                        touched(atom.antichain(), groupOfUnit), key -> new double[2]);
                sums[0] += atom.informative();
                sums[1] += atom.misinformative();
              });
      PartialInformationDecomposition coarse =
          PartialInformationDecomposition.of(grouping.coarse(distribution), SINGLE);
      assertEquals(coarse.atomCount(), fibres.size());
      coarse
          .atoms()
          .forEach(
              (Atom atom) -> {
                double[] sums = fibres.get(atom.antichain());
                assertEquals(sums[0], atom.informative(), 1e-10, grouping::toString);
                assertEquals(sums[1], atom.misinformative(), 1e-10, grouping::toString);
              });
    }
  }

  /** Of 250 random cases: the unconditional bounds always hold, the others mostly. */
  @Test
  void unconditionalBoundsAlwaysHold() {
    int held = 0;
    int cases = 0;
    int refuted = 0;
    for (long seed = 0; cases < 250; seed++) {
      Random random = new Random(seed);
      SampleTable table =
          Distributions.of(
              Kind.values()[random.nextInt(Kind.values().length)],
              2 + random.nextInt(4),
              1 + random.nextInt(3),
              seed);
      JointDistribution distribution = table.toDistribution();
      double complexity = Backbone.of(distribution, SINGLE).representationalComplexity();
      if (Double.isNaN(complexity)) {
        continue;
      }
      cases++;
      CoarseGraining grouping = randomGrouping(table.sourceCount(), random);
      CoarseGrainedComplexity coarse =
          CoarseGrainedComplexity.of(
              distribution, grouping, GroupingObjective.TIGHTEST_LOWER, SINGLE);
      ComplexityBounds bounds = coarse.bounds();
      String message = table + " " + grouping + " " + bounds + " C = " + complexity;
      assertTrue(bounds.lowerUnconditional() <= complexity + 1e-9, message);
      assertTrue(bounds.upperUnconditional() >= complexity - 1e-9, message);
      boolean holds = bounds.lower() <= complexity + 1e-9 && bounds.upper() >= complexity - 1e-9;
      held += holds ? 1 : 0;
      refuted += coarse.refutesAssumption() ? 1 : 0;
      if (assumptionHolds(distribution, grouping)) {
        assertTrue(holds, message);
      }
      if (coarse.refutesAssumption()) {
        assertTrue(!assumptionHolds(distribution, grouping), message);
      }
    }
    assertTrue(held >= 245, "held in " + held + " of 250, refuted in " + refuted);
  }

  /** No sum of fine atoms of one degree in the fibres of one degree is negative. */
  private static boolean assumptionHolds(JointDistribution distribution, CoarseGraining grouping) {
    int[] groupOfUnit = grouping.groupOfUnit();
    int n = distribution.sourceCount();
    double[][] sums = new double[n + 1][n + 1];
    PartialInformationDecomposition.of(distribution, SINGLE)
        .atoms()
        .forEach(
            atom ->
                sums[touched(atom.antichain(), groupOfUnit).degreeOfSynergy()][
                        atom.antichain().degreeOfSynergy()] +=
                    atom.average());
    for (double[] ofDegree : sums) {
      for (double sum : ofDegree) {
        if (sum < -1e-10) {
          return false;
        }
      }
    }
    return true;
  }

  @ParameterizedTest
  @MethodSource("nnpid.testing.Distributions#oneToFiveSources")
  void groupsOfOneUnitAreExact(SampleTable table) {
    JointDistribution distribution = table.toDistribution();
    double complexity = Backbone.of(distribution, SINGLE).representationalComplexity();
    CoarseGrainedComplexity coarse =
        CoarseGrainedComplexity.of(
            distribution,
            CoarseGraining.sequential(table.sourceCount(), table.sourceCount()),
            GroupingObjective.GAP,
            SINGLE);
    assertTrue(coarse.isExact());
    assertEquals(complexity, coarse.bounds().lower(), 1e-12);
    assertEquals(complexity, coarse.bounds().upper(), 1e-9);
  }

  @Test
  void oneGroupTellsNothing() {
    JointDistribution distribution = Distributions.of(Kind.COUNTS, 4, 2, 1).toDistribution();
    ComplexityBounds bounds =
        CoarseGrainedComplexity.of(
                distribution, CoarseGraining.sequential(4, 1), GroupingObjective.GAP, SINGLE)
            .bounds();
    assertEquals(1, bounds.lower(), 1e-12);
    assertEquals(4, bounds.upper(), 1e-12);
  }

  /** By partial summation, see {@link GroupingObjective#ofInaccessible}. */
  @Test
  void objectivesFromInaccessibleInformationAreThoseOfTheBounds() {
    LongStream.range(0, 60)
        .forEach(
            seed -> {
              Random random = new Random(seed);
              JointDistribution distribution =
                  Distributions.of(Kind.COUNTS, 2 + random.nextInt(4), 2, seed).toDistribution();
              CoarseGraining grouping = randomGrouping(distribution.sourceCount(), random);
              Backbone backbone = Backbone.of(grouping.coarse(distribution), SINGLE);
              if (!backbone.hasRepresentationalComplexity()) {
                return;
              }
              double[] inaccessible = new double[grouping.groupCount()];
              for (int k = 0; k < inaccessible.length; k++) {
                inaccessible[k] = backbone.mutualInformation() - backbone.accessible(k);
              }
              ComplexityBounds bounds = ComplexityBounds.of(backbone, grouping);
              for (GroupingObjective objective : GroupingObjective.values()) {
                assertEquals(
                    objective.of(bounds),
                    objective.ofInaccessible(inaccessible, grouping.groupOfUnit())
                        / backbone.mutualInformation(),
                    1e-9);
              }
            });
  }
}
