package nnpid.estimation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import nnpid.decomposition.Backbone;
import nnpid.decomposition.BothValues;
import nnpid.decomposition.Support;
import nnpid.distribution.JointDistribution;
import nnpid.execution.Execution;
import nnpid.testing.Gates;
import nnpid.testing.SampleTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FewRealizationsTest {
  private static final Execution SINGLE = Execution.sequential();

  static Stream<RareTable> tables() {
    return Stream.of(
            RareTable.golden(),
            RareTable.random(100),
            Stream.of(RareTable.coefficient(), RareTable.rare()))
        .flatMap(stream -> stream);
  }

  @ParameterizedTest
  @MethodSource("tables")
  void agreesWithOtherPrograms(RareTable rare) {
    Backbone backbone = exact(rare.table().toDistribution());
    assertEquals(rare.mutualInformation(), backbone.mutualInformation(), 1e-10);
    assertEquals(rare.complexity(), backbone.representationalComplexity(), 2e-10);
  }

  static Stream<SampleTable> narrowTables() {
    Random random = new Random(1);
    Stream<SampleTable> tables =
        IntStream.range(0, 40)
            .mapToObj(
                i -> {
                  int n = 1 + i % 6;
                  SampleTable.Builder table = new SampleTable.Builder("narrow " + i, n);
                  for (int row = 0; row < 3 + i % 9; row++) {
                    table.add(
                        random.ints(n, 0, 3).toArray(),
                        random.nextInt(3),
                        Math.exp(8 * random.nextDouble()));
                  }
                  return table.build();
                });
    return Stream.concat(tables, Stream.of(Gates.xor(), Gates.and(), Gates.parity(3)));
  }

  /** All degrees, both parts, and realizations with the same sources but another target. */
  @ParameterizedTest
  @MethodSource("narrowTables")
  void isTheBackboneOfInclusionAndExclusion(SampleTable table) {
    JointDistribution distribution = table.toDistribution();
    Backbone expected = Backbone.of(distribution, SINGLE);
    Backbone backbone = exact(distribution);
    for (int k = 1; k <= distribution.sourceCount(); k++) {
      assertEquals(expected.informative(k), backbone.informative(k), 1e-11, "degree " + k);
      assertEquals(expected.misinformative(k), backbone.misinformative(k), 1e-11, "degree " + k);
    }
  }

  @Test
  void isPossibleForHundredsOfSources() {
    Random random = new Random(3);
    SampleTable.Builder table = new SampleTable.Builder("wide", 300);
    for (int row = 0; row < 14; row++) {
      table.add(random.ints(300, 0, 4).toArray(), row % 3, 1 + row);
    }
    Backbone backbone = exact(table.build().toDistribution());
    backbone.requireConsistent("test");
    assertEquals(1, backbone.representationalComplexity(), 1e-9);
  }

  @Test
  void weightsOfVeryDifferentSizeAreNoTrouble() {
    Backbone backbone = exact(RareTable.ratio().toDistribution());
    backbone.requireConsistent("test");
    assertEquals(1, backbone.representationalComplexity(), 1e-12);
  }

  @Test
  void twentyRealizationsArePossibleAndManyAreNot() {
    assertTrue(FewRealizations.backbone(randomTable(20), Execution.ofThreads(2)).isPresent());
    assertFalse(FewRealizations.backbone(randomTable(40), SINGLE).isPresent());
    assertFalse(FewRealizations.backbone(randomTable(5000), SINGLE).isPresent());
  }

  @Test
  void threadsChangeNoBit() {
    JointDistribution distribution = randomTable(12);
    Backbone two = FewRealizations.backbone(distribution, Execution.ofThreads(2)).orElseThrow();
    assertEquals(
        exact(distribution).representationalComplexity(), two.representationalComplexity(), 0);
  }

  @Test
  void canBeStopped() {
    JointDistribution distribution = randomTable(12);
    Thread.currentThread().interrupt();
    assertThrows(
        CancellationException.class,
        () -> FewRealizations.backbone(distribution, Execution.sequential()));
    assertTrue(Thread.interrupted());
  }

  private static JointDistribution randomTable(int rows) {
    Random random = new Random(rows);
    SampleTable.Builder table = new SampleTable.Builder("random", 12);
    for (int row = 0; row < rows; row++) {
      int[] states = random.ints(12, 0, 3).toArray();
      table.add(Arrays.copyOf(states, 12), random.nextInt(2), 1 + random.nextInt(50));
    }
    return table.build().toDistribution();
  }

  private static Backbone exact(JointDistribution distribution) {
    return FewRealizations.backbone(distribution, SINGLE).orElseThrow();
  }

  /** Plug-in, corrected and support: against the exact decomposition of few sources. */
  @Test
  void bothValuesAndSupportAreThoseOfInclusionAndExclusion() {
    Random random = new Random(2);
    for (int run = 0; run < 30; run++) {
      int sourceCount = 2 + run % 4;
      SampleTable.Builder table = new SampleTable.Builder("counts", sourceCount);
      for (int row = 0; row < 2 + random.nextInt(9); row++) {
        int[] states = random.ints(sourceCount, 0, 3).toArray();
        table.add(states, random.nextInt(2), 1 + (random.nextBoolean() ? 0 : random.nextInt(90)));
      }
      JointDistribution distribution = table.build().toDistribution();
      BothValues<Backbone> exact = Backbone.ofBoth(distribution, Execution.sequential());
      FewRealizations.Both both =
          FewRealizations.both(distribution, Execution.sequential()).orElseThrow();
      assertClose(exact.plugIn(), both.plugIn());
      assertClose(exact.corrected(), both.corrected());
      List<Double> support = Support.of(distribution).byDegree();
      for (int k = 0; k < sourceCount; k++) {
        assertEquals(support.get(k), both.support().byDegree().get(k), 1e-12);
      }
    }
  }

  private static void assertClose(Backbone expected, Backbone actual) {
    assertEquals(expected.mutualInformation(), actual.mutualInformation(), 1e-12);
    for (int k = 1; k <= expected.sourceCount(); k++) {
      assertEquals(expected.informative(k), actual.informative(k), 1e-9);
      assertEquals(expected.misinformative(k), actual.misinformative(k), 1e-9);
    }
  }
}
