package nnpid.estimation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import nnpid.decomposition.Backbone;
import nnpid.distribution.JointDistribution;
import nnpid.distribution.SampledDistribution;
import nnpid.distribution.WeightMeaning;
import nnpid.estimation.ComplexityEstimate.Bounds;
import nnpid.estimation.PermutationBaseline.Figures;
import nnpid.execution.Execution;
import nnpid.testing.Distributions;
import nnpid.testing.Distributions.Kind;
import nnpid.testing.SampleTable;
import org.junit.jupiter.api.Test;

/** Corners in which the estimators once went wrong. */
class EstimatorEdgeCasesTest {
  private static final CoverageSettings SETTINGS =
      CoverageSettings.DEFAULT.withPrecision(1e-12).withMaxReplicates(1024);

  /** Surprisals of covers that are not known at all must stay finite. */
  @Test
  void aBudgetOfOneNodeGivesWideBounds() {
    SampleTable table = Distributions.of(Kind.COUNTS, 5, 3, 25);
    Bounds bounds = estimate(table, SETTINGS.withNodeBudget(1)).bounds().orElseThrow();
    assertTrue(bounds.lower() <= 1 && bounds.upper() >= 1, bounds::toString);
  }

  /** The standard error of C is NaN then. */
  @Test
  void progressIsANumberWhereThereAreBounds() {
    List<Double> heard = new ArrayList<>();
    CoverageEstimator.estimate(
        CoverageEstimatorProperties.wide(12, 2000, 3).toDistribution(),
        SETTINGS.withNodeBudget(5),
        Execution.sequential().withProgressListener(heard::add));
    assertTrue(heard.stream().noneMatch(fraction -> fraction.isNaN()), heard::toString);
  }

  /** It would be divided by a mutual information of 0 or 1e-15. */
  @Test
  void theStandardErrorIsNaNWithoutInformation() {
    Random random = new Random(1);
    SampleTable.Builder independent = new SampleTable.Builder("independent", 4);
    for (int i = 0; i < 12; i++) {
      int[] states = random.ints(4, 0, 3).toArray();
      independent.add(states, 0, 2).add(states, 1, 3);
    }
    assertEquals(Double.NaN, estimate(independent.build(), SETTINGS).standardError(), 0);
  }

  /** The number of sources must not change the random numbers. */
  @Test
  void aDuplicateOfA16thSourceChangesNothing() {
    SampleTable table = CoverageEstimatorProperties.wide(16, 200, 1);
    SampleTable longer =
        table.withSources(
            states -> {
              int[] more = Arrays.copyOf(states, 17);
              more[16] = states[0];
              return more;
            });
    assertEquals(
        estimate(table, SETTINGS).backbone().representationalComplexity(),
        estimate(longer, SETTINGS).backbone().representationalComplexity(),
        1e-10);
  }

  /** One part that does not vary makes the regression singular. */
  @Test
  void theInformativePartIsAControlVariateWhereTheOtherPartDoesNotVary() {
    SampleTable.Builder copy = new SampleTable.Builder("target is the sources", 3);
    for (int i = 0; i < 27; i++) {
      copy.add(new int[] {i % 3, i / 3 % 3, i / 9}, i, 1 + i % 5);
    }
    SampleTable table = copy.build();
    JointDistribution distribution = table.toDistribution();
    FirstDegree exact = FirstDegree.of(distribution, new BitSlicedStates(distribution), false);
    assertEquals(exact.informative(), estimate(table, SETTINGS).backbone().informative(1), 1e-9);
  }

  /** The sum of seed and index would be the same for neighbors. */
  @Test
  void neighboringSeedsShareNoPermutations() {
    List<Double> ofSeed1 = shuffledInformation(1);
    List<Double> ofSeed2 = shuffledInformation(2);
    assertNotEquals(ofSeed1.subList(1, 20), ofSeed2.subList(0, 19));
  }

  private static List<Double> shuffledInformation(long seed) {
    JointDistribution distribution = CoverageEstimatorProperties.wide(2, 40, 1).toDistribution();
    List<Double> information = new ArrayList<>();
    PermutationBaseline.of(
        SampledDistribution.of(distribution, WeightMeaning.AUTO),
        Figures.of(Backbone.of(distribution, Execution.sequential())),
        20,
        seed,
        shuffled -> {
          information.add(shuffled.distribution().mutualInformation());
          return Figures.of(Backbone.of(shuffled.distribution(), Execution.sequential()));
        },
        Execution.sequential());
    return information;
  }

  private static ComplexityEstimate estimate(SampleTable table, CoverageSettings settings) {
    return CoverageEstimator.estimate(table.toDistribution(), settings, Execution.sequential());
  }
}
