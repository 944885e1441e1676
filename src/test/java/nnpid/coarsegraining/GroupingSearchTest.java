package nnpid.coarsegraining;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import nnpid.decomposition.Backbone;
import nnpid.distribution.JointDistribution;
import nnpid.estimation.CoverageRecord;
import nnpid.execution.Execution;
import nnpid.testing.SampleTable;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("slow")
class GroupingSearchTest {
  private static final Execution SINGLE = Execution.sequential();
  private static final CoarseGrainedComplexity.Listener SILENT = (grouping, value, step) -> {};

  /** Units that are noisy copies and mixtures of a few hidden variables. */
  private static JointDistribution layer(int units, int samples, long seed) {
    Random random = new Random(seed);
    int[][] parents = new int[units][];
    for (int unit = 0; unit < units; unit++) {
      parents[unit] = new int[] {random.nextInt(5), random.nextInt(5)};
    }
    SampleTable.Builder table = new SampleTable.Builder("layer " + seed, units);
    for (int i = 0; i < samples; i++) {
      int[] hidden = random.ints(5, 0, 2).toArray();
      int[] states = new int[units];
      for (int unit = 0; unit < units; unit++) {
        int value = hidden[parents[unit][0]] + hidden[parents[unit][1]];
        states[unit] = random.nextInt(12) == 0 ? random.nextInt(3) : value;
      }
      table.add(states, (hidden[0] ^ hidden[1]) + 2 * (hidden[2] & hidden[3]), 1);
    }
    return table.build().toDistribution();
  }

  private static CoarseGrainedComplexity search(
      JointDistribution distribution, GroupingObjective objective, int groups) {
    return CoarseGrainedComplexity.of(
        distribution,
        CoarseGrainingSettings.DEFAULT.withObjective(objective).withGroupCount(groups),
        SINGLE,
        SILENT);
  }

  /** All partitions into exactly so many groups. */
  private static List<CoarseGraining> partitions(int units, int groups) {
    List<CoarseGraining> found = new ArrayList<>();
    extend(new int[units], 0, 0, groups, found);
    return found;
  }

  private static void extend(
      int[] groupOfUnit, int unit, int used, int groups, List<CoarseGraining> found) {
    if (unit == groupOfUnit.length) {
      if (used == groups) {
        found.add(CoarseGraining.of(groupOfUnit));
      }
      return;
    }
    for (int group = 0; group <= used && group < groups; group++) {
      groupOfUnit[unit] = group;
      extend(groupOfUnit, unit + 1, Math.max(used, group + 1), groups, found);
    }
  }

  /** 40 searches at default settings, each against all 63 to 1,701 partitions. */
  @Test
  void findsTheBestOfAllPartitions() {
    List<String> misses = new ArrayList<>();
    int cases = 0;
    for (int seed = 0; seed < 10; seed++) {
      int units = 6 + seed % 3;
      int groups = 2 + seed % 4;
      JointDistribution distribution = layer(units, 300, seed);
      List<CoarseGrainedComplexity> all =
          partitions(units, groups).stream()
              .map(
                  grouping ->
                      CoarseGrainedComplexity.of(
                          distribution, grouping, GroupingObjective.GAP, SINGLE))
              .toList();
      for (GroupingObjective objective : GroupingObjective.values()) {
        cases++;
        double best =
            all.stream()
                .mapToDouble(one -> objective.sign() * objective.of(one.bounds()))
                .max()
                .orElseThrow();
        CoarseGrainedComplexity found = search(distribution, objective, groups);
        if (objective.sign() * objective.of(found.bounds()) < best - 1e-9) {
          misses.add(
              "seed "
                  + seed
                  + " "
                  + objective
                  + ": "
                  + objective.of(found.bounds())
                  + " instead of "
                  + best);
        }
      }
    }
    assertTrue(misses.size() <= 1, misses.size() + " of " + cases + ": " + misses);
  }

  @ParameterizedTest
  @EnumSource(GroupingObjective.class)
  void isNotWorseThanSequentialAndRandomGroups(GroupingObjective objective) {
    JointDistribution distribution = layer(9, 400, 3);
    double found = objective.sign() * objective.of(search(distribution, objective, 4).bounds());
    for (int seed = 0; seed < 30; seed++) {
      CoarseGraining grouping =
          seed == 0 ? CoarseGraining.sequential(9, 4) : CoarseGraining.random(9, 4, seed);
      double other =
          objective.sign()
              * objective.of(
                  CoarseGrainedComplexity.of(distribution, grouping, objective, SINGLE).bounds());
      assertTrue(found >= other - 1e-9, found + " and " + other + " of " + grouping);
    }
  }

  /** The estimates from a record are unbiased, and as precise as their batches say. */
  @Test
  void scoresAreEstimatesOfTheExactValues() {
    JointDistribution distribution = layer(8, 300, 5);
    SummaryStatistics z = new SummaryStatistics();
    for (int seed = 0; seed < 12; seed++) {
      CoverageRecord record =
          CoverageRecord.of(distribution, 4_000, seed, Double.POSITIVE_INFINITY, SINGLE);
      CoarseGraining grouping = CoarseGraining.random(8, 4, seed);
      Backbone exact = Backbone.of(grouping.coarse(distribution), SINGLE);
      int[] groupOfUnit = grouping.groupOfUnit();
      double[] estimated = record.inaccessible(groupOfUnit, 4);
      assertEquals(exact.mutualInformation(), estimated[0], 1e-12);
      double[][] batches = record.inaccessibleByBatch(groupOfUnit, 4);
      for (int k = 1; k < 4; k++) {
        int degree = k;
        SummaryStatistics ofBatches = new SummaryStatistics();
        Arrays.stream(batches).forEach(batch -> ofBatches.addValue(batch[degree]));
        assertEquals(ofBatches.getMean(), estimated[k], 1e-12);
        double error = ofBatches.getStandardDeviation() / Math.sqrt(batches.length);
        double missing = exact.mutualInformation() - exact.accessible(k);
        // What is rarely missed at all has no normal distribution.
        if (missing > 0.05) {
          z.addValue((estimated[k] - missing) / error);
        }
      }
    }
    assertEquals(0, z.getMean(), 4 / Math.sqrt((double) z.getN()));
    assertEquals(1, z.getStandardDeviation(), 0.5);
  }

  @Test
  void sizesAreKept() {
    JointDistribution distribution = layer(9, 200, 1);
    CoarseGrainedComplexity found =
        CoarseGrainedComplexity.of(
            distribution,
            CoarseGrainingSettings.DEFAULT.withGroupCount(4).withGroupSizes(2, 3),
            SINGLE,
            SILENT);
    assertEquals(4, found.coarseGraining().groupCount());
    assertTrue(
        found.coarseGraining().groups().stream().allMatch(g -> g.size() >= 2 && g.size() <= 3));
  }

  @Test
  void sameSeedSameGroupsOnAnyNumberOfThreads() {
    JointDistribution distribution = layer(10, 300, 2);
    CoarseGrainingSettings settings =
        CoarseGrainingSettings.DEFAULT
            .withGroupCount(5)
            .withSearch(CoarseGrainingSettings.DEFAULT.search().withStepLimit(200));
    CoarseGrainedComplexity expected =
        CoarseGrainedComplexity.of(distribution, settings, SINGLE, SILENT);
    CoarseGrainedComplexity again =
        CoarseGrainedComplexity.of(distribution, settings, Execution.ofThreads(3), SILENT);
    assertEquals(expected.coarseGraining(), again.coarseGraining());
    assertEquals(expected.bounds(), again.bounds());
    assertEquals(expected.search(), again.search());
    assertTrue(expected.search().orElseThrow().complete());
  }

  @Test
  void stoppingKeepsTheBestSoFar() {
    JointDistribution distribution = layer(12, 400, 2);
    List<Double> heard = new ArrayList<>();
    CoarseGrainingSettings endless =
        CoarseGrainingSettings.DEFAULT.withSearch(
            CoarseGrainingSettings.DEFAULT.search().withStepLimit(100_000_000));
    CoarseGrainedComplexity found =
        CoarseGrainedComplexity.of(
            distribution,
            endless,
            Execution.sequential(),
            (grouping, value, step) -> {
              heard.add(value);
              if (heard.size() == 3) {
                Thread.currentThread().interrupt();
              }
            });
    assertTrue(Thread.interrupted());
    assertFalse(found.search().orElseThrow().complete());
    assertEquals(5, found.coarseGraining().groupCount());
  }

  @Test
  void aTimeLimitKeepsTheBestSoFar() {
    CoarseGrainingSettings limited =
        CoarseGrainingSettings.DEFAULT.withSearch(
            CoarseGrainingSettings.DEFAULT
                .search()
                .withStepLimit(100_000_000)
                .withTimeLimitSeconds(0.3));
    CoarseGrainedComplexity found =
        CoarseGrainedComplexity.of(layer(12, 400, 2), limited, SINGLE, SILENT);
    assertFalse(found.search().orElseThrow().complete());
  }

  @Test
  void wideLayersWork() {
    CoarseGrainedComplexity found =
        CoarseGrainedComplexity.of(
            layer(70, 150, 4),
            CoarseGrainingSettings.DEFAULT.withSearch(
                CoarseGrainingSettings.DEFAULT.search().withStepLimit(30)),
            SINGLE,
            SILENT);
    assertEquals(70, found.coarseGraining().unitCount());
    assertTrue(found.bounds().lower() >= 1 - 1e-9, found.bounds().toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          optimize   | 7  | 1 | 9 | (7) must be from 1 to 6
          optimize   | 5  | 1 | 9 | (5) must be from 1 to 4
          optimize   | 2  | 3 | 9 | (3 to 9)
          optimize   | 2  | 1 | 1 | (1 to 1)
          1,2;2,3,4  | 2  | 1 | 9 | overlap
          1,2;3      | 2  | 1 | 9 | unit 4
          1,2;3,4    | 3  | 1 | 9 | (3) must be that of
          1-3;4      | 2  | 2 | 9 | group 2 has 1
          best       | 2  | 1 | 9 | (best)
          sequential | 0  | 1 | 9 | (0) must be from 1
          """)
  void refusesWhatFourUnitsCannotDo(String grouping, int groups, int least, int most, String told) {
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () ->
                    CoarseGrainingSettings.DEFAULT
                        .withGrouping(grouping)
                        .withGroupCount(groups)
                        .withGroupSizes(least, most)
                        .requireApplicable(4))
            .getMessage();
    assertTrue(message.contains(told), message);
  }
}
