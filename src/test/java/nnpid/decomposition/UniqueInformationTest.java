package nnpid.decomposition;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import nnpid.distribution.JointDistribution;
import nnpid.execution.Execution;
import nnpid.lattice.Antichain;
import nnpid.testing.Distributions;
import nnpid.testing.Distributions.Kind;
import nnpid.testing.Gates;
import nnpid.testing.GoldenFile;
import nnpid.testing.GoldenFile.GoldenAtom;
import nnpid.testing.SampleTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class UniqueInformationTest {
  private static final double GAP = UniqueInformation.SUFFICIENT_GAP;

  static Stream<GoldenFile> goldenFiles() {
    return GoldenFile.ofMeasure("broja");
  }

  static Stream<SampleTable> twoSources() {
    Stream<SampleTable> random =
        Distributions.oneToFourSources().filter(table -> table.sourceCount() == 2);
    Stream<SampleTable> gates = Gates.all().filter(table -> table.sourceCount() == 2);
    Stream<SampleTable> more =
        Stream.of(Kind.values())
            .flatMap(kind -> Stream.of(1L, 2L, 3L).map(s -> Distributions.of(kind, 2, 3, s)));
    return Stream.of(gates, random, more).flatMap(tables -> tables);
  }

  @ParameterizedTest
  @MethodSource("goldenFiles")
  void atomsAgreeWithBroja2Pid(GoldenFile golden) {
    PartialInformationDecomposition pid = decompose(golden.table(), Execution.sequential());
    for (GoldenAtom atom : golden.atoms()) {
      assertEquals(atom.average(), pid.atom(atom.antichain()).average(), 1e-6);
    }
    assertEquals(Measure.BROJA, pid.measure());
    assertEquals(4, pid.atomCount());
    Backbone backbone =
        Backbone.of(golden.table().toDistribution(), Measure.BROJA, Execution.sequential());
    double[] information = golden.numbers("degree_of_synergy");
    assertEquals(information[0], backbone.information(1), 1e-6);
    assertEquals(information[1], backbone.information(2), 1e-6);
  }

  @ParameterizedTest
  @MethodSource("twoSources")
  void partsAreNotNegativeAndSumToWhatSourcesTell(SampleTable table) {
    JointDistribution distribution = table.toDistribution();
    UniqueInformation unique = unique(table);
    assertTrue(unique.gap() <= GAP, "gap " + unique.gap());
    assertTrue(unique.shared() >= 0 && unique.unique1() >= 0 && unique.unique2() >= 0);
    assertTrue(unique.synergy() >= -1e-15);
    double first = distribution.mutualInformation(0);
    assertEquals(first, unique.shared() + unique.unique1(), 1e-14);
    double second = distribution.mutualInformation(1);
    assertEquals(second, unique.shared() + unique.unique2(), 1e-14);
    double sum = unique.shared() + unique.unique1() + unique.unique2() + unique.synergy();
    assertEquals(distribution.mutualInformation(), sum, 1e-14);
  }

  @ParameterizedTest
  @MethodSource("twoSources")
  void swappingTheSourcesSwapsTheirUniqueInformation(SampleTable table) {
    UniqueInformation unique = unique(table);
    UniqueInformation swapped = unique(table.withSourcesPermuted(new int[] {1, 0}));
    assertEquals(unique.unique1(), swapped.unique2(), 2 * GAP);
    assertEquals(unique.unique2(), swapped.unique1(), 2 * GAP);
    assertEquals(unique.shared(), swapped.shared(), 2 * GAP);
    assertEquals(unique.synergy(), swapped.synergy(), 2 * GAP);
  }

  /** Unique information is not more than what the source adds to the other, and I_MMI bounds it. */
  @ParameterizedTest
  @MethodSource("twoSources")
  void sharedInformationIsAtMostTheLesserInformation(SampleTable table) {
    JointDistribution distribution = table.toDistribution();
    UniqueInformation unique = unique(table);
    double least = Math.min(distribution.mutualInformation(0), distribution.mutualInformation(1));
    assertTrue(unique.shared() <= least + 1e-14);
  }

  @Test
  void uniqueInformationOfGatesHasItsClosedForm() {
    assertParts(unique(Gates.xor()), 0, 0, 0, 1);
    assertParts(unique(Gates.copy()), 0, 1, 1, 0);
    assertParts(unique(Gates.redundant()), 1, 0, 0, 0);
    assertParts(unique(Gates.unique()), 0, 1, 0, 0);
    assertParts(unique(Gates.redundantXor()), 1, 0, 0, 1);
    double three = 2 - 0.75 * Math.log(3) / Math.log(2);
    assertParts(unique(Gates.and()), three - 0.5, 0, 0, 0.5);
    // As Finn and Lizier (2018) note: nothing is unique here, although only one source knows.
    assertParts(unique(Gates.pointwiseUnique()), 0.5, 0, 0, 0.5);
  }

  @Test
  void aSourceThatKnowsTheOtherLeavesNothingUniqueToIt() {
    SampleTable table =
        Distributions.of(Kind.COUNTS, 2, 3, 5).withSources(s -> new int[] {5 * s[0] + s[1], s[1]});
    UniqueInformation unique = unique(table);
    assertEquals(0, unique.unique2(), GAP);
    assertEquals(0, unique.synergy(), GAP);
  }

  @Test
  void groupsOfAHundredStatesAreDecomposedAndTellTheirGap() {
    SampleTable.Builder table = new SampleTable.Builder("groups", 2);
    Random random = new Random(1);
    for (int i = 0; i < 1000; i++) {
      double x = random.nextGaussian();
      double y = random.nextGaussian();
      int first = (int) Math.max(0, Math.min(99, 50 + 20 * (x + 0.2 * random.nextGaussian())));
      int second = (int) Math.max(0, Math.min(99, 50 + 20 * (y + 0.5 * x)));
      table.add(new int[] {first, second}, (int) Math.max(0, Math.min(9, 5 + 2 * (x + y))), 1);
    }
    JointDistribution distribution = table.build().toDistribution();
    List<Double> heard = new ArrayList<>();
    UniqueInformation unique =
        UniqueInformation.of(
            distribution, Execution.ofThreads(2).withProgressListener(heard::add), 1e9);
    assertTrue(unique.gap() <= 1e-3, "gap " + unique.gap());
    assertEquals(heard.stream().sorted().toList(), heard);
    assertEquals(1, heard.get(heard.size() - 1), 0);
  }

  @Test
  void weightsDecadesApartDoNotDisturbTheRest() {
    for (double rare : new double[] {1e-300, 1e-60, 1e-18}) {
      SampleTable.Builder table = new SampleTable.Builder("and, seldom wrong", 2);
      for (int bits = 0; bits < 4; bits++) {
        int[] states = {bits & 1, bits >> 1};
        table.add(states, (bits & 1) & (bits >> 1), 1);
        table.add(states, 1 - ((bits & 1) & (bits >> 1)), rare);
        table.add(new int[] {2 + bits, bits >> 1}, 2, rare);
      }
      UniqueInformation unique = unique(table.build());
      double three = 2 - 0.75 * Math.log(3) / Math.log(2);
      assertParts(unique, three - 0.5, 0, 0, 0.5);
    }
  }

  @Test
  void numberOfThreadsChangesNoBit() {
    SampleTable table = Distributions.of(Kind.REAL_WEIGHTS, 2, 3, 1);
    assertArrayEquals(
        parts(decompose(table, Execution.sequential())),
        parts(decompose(table, Execution.ofThreads(3))),
        0);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 7})
  void rejectsAnotherNumberOfSourcesThanTwo(int sourceCount) {
    JointDistribution distribution = Gates.giantBit(sourceCount).toDistribution();
    for (boolean backboneOnly : new boolean[] {false, true}) {
      IllegalArgumentException e =
          assertThrows(
              IllegalArgumentException.class,
              () -> {
                if (backboneOnly) {
                  Backbone.of(distribution, Measure.BROJA, Execution.sequential());
                } else {
                  PartialInformationDecomposition.of(
                      distribution, Measure.BROJA, Execution.sequential());
                }
              });
      assertTrue(e.getMessage().contains("(" + sourceCount + ")"), e.getMessage());
      assertTrue(e.getMessage().contains("must be 2") && e.getMessage().contains("two groups"));
    }
  }

  @Test
  void rejectsSourcesWithTooManyStates() {
    SampleTable.Builder table = new SampleTable.Builder("large", 2);
    for (int i = 0; i < 10_000; i++) {
      table.add(new int[] {i, i}, i % 2, 1);
    }
    JointDistribution distribution = table.build().toDistribution();
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> UniqueInformation.of(distribution, Execution.sequential()));
    assertTrue(e.getMessage().contains("(100000000)") && e.getMessage().contains("10000"));
  }

  @Test
  void anInterruptEndsTheSearchAndStaysSet() {
    JointDistribution distribution = Gates.and().toDistribution();
    Thread.currentThread().interrupt();
    try {
      assertThrows(
          CancellationException.class,
          () -> UniqueInformation.of(distribution, Execution.sequential()));
      assertTrue(Thread.currentThread().isInterrupted());
    } finally {
      assertTrue(Thread.interrupted());
    }
  }

  private static void assertParts(
      UniqueInformation unique, double shared, double unique1, double unique2, double synergy) {
    assertEquals(shared, unique.shared(), 2e-8);
    assertEquals(unique1, unique.unique1(), 2e-8);
    assertEquals(unique2, unique.unique2(), 2e-8);
    assertEquals(synergy, unique.synergy(), 2e-8);
    assertTrue(unique.gap() <= GAP, "gap " + unique.gap());
  }

  private static double[] parts(PartialInformationDecomposition pid) {
    return Stream.of("{1}{2}", "{1}", "{2}", "{1,2}")
        .mapToDouble(antichain -> pid.atom(Antichain.parse(antichain)).average())
        .toArray();
  }

  private static PartialInformationDecomposition decompose(SampleTable table, Execution execution) {
    return PartialInformationDecomposition.of(table.toDistribution(), Measure.BROJA, execution);
  }

  private static UniqueInformation unique(SampleTable table) {
    return UniqueInformation.of(table.toDistribution(), Execution.sequential());
  }
}
