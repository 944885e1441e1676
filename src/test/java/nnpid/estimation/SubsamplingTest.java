package nnpid.estimation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import nnpid.decomposition.Backbone;
import nnpid.distribution.JointDistribution;
import nnpid.execution.Execution;
import nnpid.testing.Gates;
import nnpid.testing.SampleTable;
import org.junit.jupiter.api.Test;

class SubsamplingTest {
  private static final JointDistribution TEN =
      CoverageEstimatorProperties.wide(10, 80, 1).toDistribution();

  @Test
  void takesAllSubsetsWhereThereAreNoMoreThanWanted() {
    for (int draws : new int[] {45, 46, 1000}) {
      Subsampling subsampling = Subsampling.of(TEN, 2, draws, 1, Execution.sequential());
      assertEquals(45, subsampling.draws().size());
      assertDistinct(subsampling);
    }
    assertEquals(1, Subsampling.of(toyOf(4), 4, 25, 1, Execution.sequential()).draws().size());
  }

  @Test
  void drawsAreDifferentSubsetsOfTheWantedSize() {
    for (int draws : new int[] {1, 10, 44}) {
      Subsampling subsampling = Subsampling.of(TEN, 2, draws, 7, Execution.ofThreads(2));
      assertEquals(draws, subsampling.draws().size());
      assertEquals(2, subsampling.subsetSize());
      assertDistinct(subsampling);
    }
  }

  private static void assertDistinct(Subsampling subsampling) {
    List<List<Integer>> subsets =
        subsampling.draws().stream().map(Subsampling.Draw::sources).toList();
    assertEquals(subsets.size(), subsets.stream().distinct().count());
    for (List<Integer> sources : subsets) {
      assertEquals(subsampling.subsetSize(), sources.size());
      assertEquals(sources.stream().sorted().distinct().toList(), sources);
    }
  }

  /** 200 seeds of 10 pairs: every one of 45 is expected 44 times, with a deviation below 7. */
  @Test
  void everySubsetIsAsLikely() {
    Map<List<Integer>, Integer> counts = new HashMap<>();
    JointDistribution tiny = toyOf(10);
    for (int seed = 0; seed < 200; seed++) {
      Subsampling.of(tiny, 2, 10, seed, Execution.sequential())
          .draws()
          .forEach(draw -> counts.merge(draw.sources(), 1, Integer::sum));
    }
    assertEquals(45, counts.size());
    counts.forEach((sources, count) -> assertEquals(2000 / 45.0, count, 28, sources::toString));
  }

  @Test
  void eachDrawIsTheBackboneOfItsSources() {
    for (Subsampling.Draw draw : Subsampling.of(TEN, 3, 5, 2, Execution.sequential()).draws()) {
      List<int[]> groups = draw.sources().stream().map(source -> new int[] {source}).toList();
      Backbone expected = Backbone.of(TEN.groupSources(groups), Execution.sequential());
      for (int k = 1; k <= 3; k++) {
        assertEquals(expected.informative(k), draw.backbone().informative(k), 0);
        assertEquals(expected.misinformative(k), draw.backbone().misinformative(k), 0);
      }
    }
  }

  @Test
  void meanAndSpreadAreThoseOfTheDraws() {
    Subsampling subsampling = Subsampling.of(TEN, 3, 12, 3, Execution.sequential());
    double[] c =
        subsampling.draws().stream()
            .mapToDouble(draw -> draw.backbone().representationalComplexity())
            .toArray();
    double mean = DoubleStream.of(c).sum() / 12;
    double variance = DoubleStream.of(c).map(x -> (x - mean) * (x - mean)).sum() / 11;
    assertEquals(mean, subsampling.meanComplexity(), 1e-12);
    assertEquals(Math.sqrt(variance), subsampling.standardDeviation(), 1e-12);
    for (int k = 1; k <= 3; k++) {
      int degree = k;
      assertEquals(
          subsampling.draws().stream()
                  .mapToDouble(draw -> draw.backbone().information(degree))
                  .sum()
              / 12,
          subsampling.meanBackbone().information(k),
          1e-12);
    }
    assertEquals(
        subsampling.draws().stream().mapToDouble(d -> d.backbone().mutualInformation()).sum() / 12,
        subsampling.meanBackbone().mutualInformation(),
        1e-12);
  }

  @Test
  void withoutInformationTheMeanIsUndefined() {
    JointDistribution none =
        CoverageEstimatorProperties.wide(6, 50, 1).withTarget(t -> 0).toDistribution();
    Subsampling subsampling = Subsampling.of(none, 2, 4, 1, Execution.sequential());
    assertEquals(Double.NaN, subsampling.meanComplexity(), 0);
    assertEquals(Double.NaN, subsampling.standardDeviation(), 0);
  }

  @Test
  void seedsChooseTheSubsetsAndThreadsDoNot() {
    Subsampling one = Subsampling.of(TEN, 3, 8, 1, Execution.sequential());
    assertEquals(sources(one), sources(Subsampling.of(TEN, 3, 8, 1, Execution.ofThreads(3))));
    assertEquals(
        one.meanComplexity(),
        Subsampling.of(TEN, 3, 8, 1, Execution.ofThreads(3)).meanComplexity(),
        0);
    assertNotEquals(sources(one), sources(Subsampling.of(TEN, 3, 8, 2, Execution.sequential())));
  }

  private static List<List<Integer>> sources(Subsampling subsampling) {
    return subsampling.draws().stream().map(Subsampling.Draw::sources).toList();
  }

  @Test
  void rejectsSubsetsLargerThanTheLayerOrEmpty() {
    for (int size : new int[] {-1, 0, 11}) {
      assertRejected("(" + size + ") must be from 1 to 10", size, 5);
    }
    assertRejected("(0) must be at least 1", 3, 0);
  }

  private static void assertRejected(String part, int subsetSize, int draws) {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> Subsampling.of(TEN, subsetSize, draws, 1, Execution.sequential()));
    assertTrue(e.getMessage().contains(part), e.getMessage());
  }

  /** The subsets of an independent program, with eight decimals. */
  @Test
  void subsetsOfTheTrainedLayerAgreeWithTheReference() throws IOException {
    Path file = CoverageReferenceTest.DATA.resolve("complexity_mnist4_L2.csv");
    CoverageReferenceTest.assumeExists(file);
    List<Map<String, String>> rows =
        CoverageReferenceTest.rows(file).stream()
            .filter(row -> row.get("method").equals("subsample"))
            .toList();
    assertTrue(rows.size() >= 26);
    Map<String, JointDistribution> layers = new HashMap<>();
    rows.forEach(
        row ->
            layers.computeIfAbsent(
                CoverageReferenceTest.tableName(row), CoverageReferenceTest::layer));
    Execution.ofThreads(2)
        .forEach(
            rows.size(),
            i -> {
              Map<String, String> row = rows.get(i);
              List<int[]> groups =
                  Arrays.stream(row.get("neurons_1based").split("-", -1))
                      .map(neuron -> new int[] {Integer.parseInt(neuron) - 1})
                      .toList();
              JointDistribution subset =
                  layers.get(CoverageReferenceTest.tableName(row)).groupSources(groups);
              assertAgrees(row, subset, Backbone.of(subset, Execution.sequential()));
            });
  }

  private static void assertAgrees(
      Map<String, String> row, JointDistribution subset, Backbone backbone) {
    assertEquals(CoverageReferenceTest.number(row, "R"), subset.realizationCount(), 0);
    assertEquals(
        CoverageReferenceTest.number(row, "C"), backbone.representationalComplexity(), 0.51e-8);
    assertEquals(
        CoverageReferenceTest.number(row, "I_TS_bits"), backbone.mutualInformation(), 0.51e-8);
    for (int k : IntStream.rangeClosed(1, 5).toArray()) {
      assertEquals(CoverageReferenceTest.number(row, "Pi_" + k), backbone.information(k), 0.51e-8);
    }
  }

  private static JointDistribution toyOf(int sourceCount) {
    SampleTable table = Gates.giantBit(sourceCount);
    return table.toDistribution();
  }
}
