package nnpid.decomposition;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import nnpid.distribution.JointDistribution;
import nnpid.execution.Execution;
import nnpid.lattice.Antichain;
import nnpid.testing.Antichains;
import nnpid.testing.BruteForcePid;
import nnpid.testing.Gates;
import nnpid.testing.GoldenFile;
import nnpid.testing.GoldenFile.GoldenAtom;
import nnpid.testing.SampleTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PartialInformationDecompositionTest {
  private static final double CLOSED_FORM = 1e-12;
  private static final double GOLDEN = 1e-9;

  static Stream<GoldenFile> sharedExclusionsFiles() {
    return GoldenFile.ofMeasure("sx");
  }

  static Stream<GoldenFile> targetLocalFiles() {
    return GoldenFile.targetLocal();
  }

  @ParameterizedTest
  @MethodSource("sharedExclusionsFiles")
  void everyAtomAgreesWithSxPid(GoldenFile golden) {
    PartialInformationDecomposition pid = decompose(golden.table());
    List<GoldenAtom> expected = golden.atoms();
    assertEquals(expected.size(), pid.atomCount());
    for (GoldenAtom atom : expected) {
      assertAtom(pid, atom.antichain(), atom.informative(), atom.misinformative(), GOLDEN);
      assertEquals(
          atom.average(), pid.atom(atom.antichain()).average(), GOLDEN, atom.antichain()::toString);
    }
  }

  @ParameterizedTest
  @MethodSource("sharedExclusionsFiles")
  void informationByDegreeOfSynergyAgreesWithSxPid(GoldenFile golden) {
    Backbone backbone = decompose(golden.table()).backbone();
    BackboneTest.assertAgrees(golden, backbone, GOLDEN);
  }

  /** Another branch of SxPID: the target-local atoms average to the atoms. */
  @ParameterizedTest
  @MethodSource("targetLocalFiles")
  void everyAtomIsTheAverageOfTheTargetLocalAtomsOfSxPid(GoldenFile golden) {
    Map<Antichain, double[]> expected = new HashMap<>();
    for (int target = 0; target < golden.targetCount(); target++) {
      double p = golden.targetProbability(target);
      for (GoldenAtom atom : golden.targetAtoms(target)) {
        double[] sums = expected.computeIfAbsent(atom.antichain(), a -> new double[2]);
        sums[0] += p * atom.informative();
        sums[1] += p * atom.misinformative();
      }
    }
    PartialInformationDecomposition pid = decompose(golden.table());
    assertEquals(pid.atomCount(), expected.size());
    expected.forEach((antichain, sums) -> assertAtom(pid, antichain, sums[0], sums[1], GOLDEN));
  }

  @Test
  void xorHasItsClosedForm() {
    PartialInformationDecomposition pid = decompose(Gates.xor());
    assertAtom(pid, "{1}{2}", log2(4.0 / 3), 1, CLOSED_FORM);
    assertAtom(pid, "{1}", log2(1.5), 0, CLOSED_FORM);
    assertAtom(pid, "{2}", log2(1.5), 0, CLOSED_FORM);
    assertAtom(pid, "{1,2}", log2(4.0 / 3), 0, CLOSED_FORM);
    assertEquals(log2(2.0 / 3), average(pid, "{1}{2}"), CLOSED_FORM);
    assertEquals(1, pid.mutualInformation(), CLOSED_FORM);
  }

  @Test
  void xorHasComplexityLog2Of8Over3() {
    double complexity = decompose(Gates.xor()).backbone().representationalComplexity();
    assertEquals(log2(8.0 / 3), complexity, CLOSED_FORM);
  }

  @Test
  void uniqueInformationHasItsClosedForm() {
    PartialInformationDecomposition pid = decompose(Gates.unique());
    assertAtom(pid, "{1}{2}", log2(4.0 / 3), 0, CLOSED_FORM);
    assertAtom(pid, "{1}", log2(1.5), 0, CLOSED_FORM);
    assertAtom(pid, "{2}", log2(1.5), 1, CLOSED_FORM);
    assertAtom(pid, "{1,2}", log2(4.0 / 3), 0, CLOSED_FORM);
  }

  @Test
  void copyHasItsClosedForm() {
    PartialInformationDecomposition pid = decompose(Gates.copy());
    assertAtom(pid, "{1}{2}", log2(4.0 / 3), 0, CLOSED_FORM);
    assertAtom(pid, "{1}", log2(1.5), 0, CLOSED_FORM);
    assertAtom(pid, "{2}", log2(1.5), 0, CLOSED_FORM);
    assertAtom(pid, "{1,2}", log2(4.0 / 3), 0, CLOSED_FORM);
    assertEquals(2, pid.mutualInformation(), CLOSED_FORM);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void giantBitIsInTheRedundancyOfAllSourcesOnly(int sourceCount) {
    PartialInformationDecomposition pid = decompose(Gates.giantBit(sourceCount));
    int[] singletons = new int[sourceCount];
    Arrays.setAll(singletons, i -> 1 << i);
    Antichain all = Antichains.of(singletons);
    pid.atoms()
        .forEach(
            atom -> {
              double expected = atom.antichain().equals(all) ? 1 : 0;
              assertEquals(expected, atom.informative(), CLOSED_FORM, atom::toString);
              assertEquals(0, atom.misinformative(), CLOSED_FORM, atom::toString);
            });
    assertEquals(1, pid.backbone().representationalComplexity(), CLOSED_FORM);
  }

  @Test
  void informationOfAnUncertainSingleSourceIsItsOnlyAtom() {
    SampleTable table =
        new SampleTable.Builder("noisy bit", 1)
            .add(new int[] {0}, 0, 3)
            .add(new int[] {0}, 1, 1)
            .add(new int[] {1}, 1, 4)
            .build();
    PartialInformationDecomposition pid = decompose(table);
    assertEquals(1, pid.atomCount());
    // H(S) = 1; H(S|T) comes from t = 1 alone, which has weight 5 of 8.
    double conditional = (log2(5) + 4 * log2(1.25)) / 8;
    assertAtom(pid, "{1}", 1, conditional, CLOSED_FORM);
    assertEquals(1 - conditional, pid.mutualInformation(), CLOSED_FORM);
    assertEquals(1, pid.backbone().representationalComplexity(), CLOSED_FORM);
  }

  @Test
  void twoSourceCasesCanHaveComplexityBelow1() {
    SampleTable table =
        new SampleTable.Builder("negative synergy", 2)
            .add(new int[] {0, 0}, 0, 6)
            .add(new int[] {0, 0}, 1, 1)
            .add(new int[] {1, 0}, 0, 9)
            .add(new int[] {1, 0}, 1, 9)
            .add(new int[] {1, 1}, 0, 3)
            .build();
    Backbone backbone = decompose(table).backbone();
    assertEquals(
        BruteForcePid.of(table).representationalComplexity(),
        backbone.representationalComplexity(),
        CLOSED_FORM);
    assertTrue(backbone.information(2) < 0 && backbone.representationalComplexity() < 1);
  }

  @Test
  void rareRealizationsOfAnyWeightDoNotDisturbTheRest() {
    PartialInformationDecomposition expected = decompose(Gates.xor());
    for (double rare : new double[] {1e-300, 1e-60, 1e-37, 0x1p-118, 0x1p-119, 0x1p-117, 1e-30}) {
      SampleTable.Builder table = new SampleTable.Builder("xor, seldom wrong", 2);
      for (int bits = 0; bits < 4; bits++) {
        int[] states = {bits & 1, bits >> 1};
        table.add(states, (bits & 1) ^ (bits >> 1), 1);
        table.add(states, 1 - ((bits & 1) ^ (bits >> 1)), rare);
        table.add(new int[] {2 + bits, bits >> 1}, 2, rare);
      }
      assertSameAtoms(expected, decompose(table.build()), 1e-12);
    }
  }

  @Test
  void realizationsDecadesApartAgreeWithTheOracle() {
    SampleTable.Builder table = new SampleTable.Builder("decades", 3);
    double weight = 1;
    for (int bits = 0; bits < 8; bits++) {
      int[] states = {bits & 1, (bits >> 1) & 1, bits >> 2};
      table.add(states, Integer.bitCount(bits) & 1, weight);
      table.add(states, bits & 1, weight / 3);
      weight *= 1e-4;
    }
    PartialInformationDecompositionProperties.assertAgreesWithOracle(table.build(), 1e-12);
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-300, 1e-100, 1e100, 1e300})
  void weightsMayAllBeTinyOrHuge(double factor) {
    PartialInformationDecomposition expected = decompose(Gates.majority(4));
    PartialInformationDecomposition pid = decompose(Gates.majority(4).withWeights(w -> factor * w));
    assertSameAtoms(expected, pid, 1e-12);
  }

  @Test
  void weightsMaySpanTheRangeOfDoubles() {
    SampleTable table =
        new SampleTable.Builder("extremes", 1)
            .add(new int[] {0}, 0, 1e300)
            .add(new int[] {1}, 1, 1e300)
            .add(new int[] {2}, 2, 1e-300)
            .build();
    PartialInformationDecomposition pid = decompose(table);
    assertAtom(pid, "{1}", 1, 0, CLOSED_FORM);
    assertEquals(1, pid.mutualInformation(), CLOSED_FORM);
  }

  /** Subnormal numbers have few digits, and four times 1e308 is infinite. */
  @ParameterizedTest
  @ValueSource(doubles = {Double.MIN_VALUE, 1e308})
  void weightsBeyondTheRangeOfNormalNumbersAreRejectedOrDecomposedRight(double factor) {
    SampleTable table = Gates.majority(4).withWeights(w -> factor * w);
    JointDistribution distribution;
    try {
      distribution = table.toDistribution();
    } catch (IllegalArgumentException | IllegalStateException rejected) {
      return;
    }
    PartialInformationDecomposition pid =
        PartialInformationDecomposition.of(distribution, Execution.sequential());
    assertSameAtoms(decompose(Gates.majority(4)), pid, 1e-12);
  }

  @Test
  void aSourceMayHave100000States() {
    int stateCount = 100_000;
    SampleTable.Builder table = new SampleTable.Builder("many states", 2);
    for (int state = 0; state < stateCount; state++) {
      table.add(new int[] {20_000 * state, 0}, state % 2, 1);
    }
    PartialInformationDecomposition pid = decompose(table.build());
    assertAtom(pid, "{1}{2}", 0, 0, 1e-10);
    assertAtom(pid, "{2}", 0, 0, 1e-10);
    assertAtom(pid, "{1}", log2(stateCount), log2(stateCount / 2), 1e-10);
    assertAtom(pid, "{1,2}", 0, 0, 1e-10);
    assertEquals(1, pid.mutualInformation(), 1e-10);
    assertEquals(1, pid.backbone().representationalComplexity(), 1e-10);
  }

  @Test
  void sumModulo47HasItsClosedFormWith103823Realizations() {
    int k = 47;
    SampleTable.Builder table = new SampleTable.Builder("sum modulo 47", 3);
    for (int i = 0; i < k * k * k; i++) {
      int[] states = {i % k, i / k % k, i / k / k};
      table.add(states, Arrays.stream(states).sum() % k, 1);
    }
    JointDistribution distribution = table.build().toDistribution();
    assertEquals(k * k * k, distribution.realizationCount());
    PartialInformationDecomposition pid =
        PartialInformationDecomposition.of(distribution, Execution.sequential());
    assertAtom(
        pid,
        "{1}{2}{3}",
        -log2(1 - Math.pow(1 - 1.0 / k, 3)),
        // Given the target, two sources determine the third.
        -log2(3.0 / k - 2.0 / (k * k)),
        1e-10);
    double pairUnion = -log2(1 - Math.pow(1 - 1.0 / k, 2));
    double anyUnion = -log2(1 - Math.pow(1 - 1.0 / k, 3));
    double pairUnionGivenTarget = -log2(2.0 / k - 1.0 / (k * k));
    double anyUnionGivenTarget = -log2(3.0 / k - 2.0 / (k * k));
    // Inclusion and exclusion over the three sources.
    assertEquals(3 * log2(k) - 3 * pairUnion + anyUnion, pid.backbone().informative(1), 1e-10);
    assertEquals(
        3 * log2(k) - 3 * pairUnionGivenTarget + anyUnionGivenTarget,
        pid.backbone().misinformative(1),
        1e-10);
    assertEquals(log2(k), pid.mutualInformation(), 1e-10);
  }

  @Test
  void groupingSourcesEqualsDecomposingTheirTuples() {
    SampleTable fine = Gates.majority(4);
    JointDistribution grouped =
        fine.toDistribution().groupSources(List.of(new int[] {0, 3}, new int[] {2, 1}));
    SampleTable tuples = fine.withSources(s -> new int[] {2 * s[0] + s[3], 10 * s[2] + 7 * s[1]});
    assertSameAtoms(
        decompose(tuples),
        PartialInformationDecomposition.of(grouped, Execution.sequential()),
        CLOSED_FORM);
  }

  @ParameterizedTest
  @ValueSource(ints = {7, 12})
  void rejectsMoreThanSixSourcesWithTheNumberAndAHint(int sourceCount) {
    JointDistribution distribution = Gates.giantBit(sourceCount).toDistribution();
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> PartialInformationDecomposition.of(distribution, Execution.sequential()));
    assertTrue(e.getMessage().contains("(" + sourceCount + ")"), e.getMessage());
    assertTrue(e.getMessage().contains("at most 6"), e.getMessage());
    assertTrue(e.getMessage().contains("Maybe") && e.getMessage().contains("group"));
  }

  @Test
  void rejectsTheAtomOfASourceThatIsNotThere() {
    PartialInformationDecomposition pid = decompose(Gates.xor());
    Antichain antichain = Antichain.parse("{1}{3}");
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> pid.atom(antichain));
    assertTrue(e.getMessage().contains("{1}{3}") && e.getMessage().contains("2"), e.getMessage());
  }

  @Test
  void complexityIsUndefinedIfTheTargetIsConstant() {
    PartialInformationDecomposition pid = decompose(Gates.majority(3).withTarget(t -> 0));
    assertFalse(pid.backbone().hasRepresentationalComplexity());
    assertEquals(Double.NaN, pid.backbone().representationalComplexity(), 0);
    assertEquals(0, pid.mutualInformation(), CLOSED_FORM);
  }

  @Test
  void complexityIsUndefinedIfSourcesAndTargetAreIndependent() {
    SampleTable.Builder table = new SampleTable.Builder("independent", 2);
    for (int i = 0; i < 36; i++) {
      table.add(new int[] {i % 3, i / 3 % 3}, i / 9, (1 + i % 3) * (2 + i / 3 % 3) * 0.1);
    }
    PartialInformationDecomposition pid = decompose(table.build());
    assertFalse(pid.backbone().hasRepresentationalComplexity());
    assertEquals(Double.NaN, pid.backbone().representationalComplexity(), 0);
  }

  @Test
  void aSingleRealizationHasNoInformationInAnyAtom() {
    SampleTable table = new SampleTable.Builder("one", 3).add(new int[] {4, 0, 2}, 1, 7).build();
    decompose(table)
        .atoms()
        .forEach(
            atom -> {
              assertEquals(0, atom.informative(), CLOSED_FORM);
              assertEquals(0, atom.misinformative(), CLOSED_FORM);
            });
  }

  @Test
  void atomsAreListedByLatticeAndFoundByAntichain() {
    PartialInformationDecomposition pid = decompose(Gates.majority(4));
    List<Atom> atoms = pid.atoms().toList();
    assertEquals(166, atoms.size());
    assertEquals(166, atoms.stream().map(Atom::antichain).distinct().count());
    for (Atom atom : atoms) {
      assertEquals(atom, pid.atom(atom.antichain()));
    }
  }

  @Test
  void largestAtomsComeInFallingOrderOfAbsoluteValue() {
    PartialInformationDecomposition pid = decompose(Gates.majority(4));
    double[] expected =
        pid.atoms().mapToDouble(a -> -Math.abs(a.average())).sorted().map(x -> -x).toArray();
    double[] actual =
        pid.largestAtoms(20).stream().mapToDouble(a -> Math.abs(a.average())).toArray();
    assertArrayEquals(Arrays.copyOf(expected, 20), actual, 0);
  }

  @Test
  void largestAtomsOfEqualSizeKeepTheOrderOfTheLattice() {
    // Every atom of a single realization is 0.
    SampleTable table = new SampleTable.Builder("one", 3).add(new int[] {0, 0, 0}, 0, 1).build();
    PartialInformationDecomposition pid = decompose(table);
    assertEquals(pid.atoms().limit(7).toList(), pid.largestAtoms(7));
  }

  @Test
  void largestAtomsAreAllAtomsIfMoreAreAskedFor() {
    assertEquals(4, decompose(Gates.xor()).largestAtoms(100).size());
    assertEquals(List.of(), decompose(Gates.xor()).largestAtoms(0));
  }

  @Test
  void anInterruptEndsTheDecompositionAndStaysSet() {
    JointDistribution distribution = Gates.majority(4).toDistribution();
    Thread.currentThread().interrupt();
    try {
      assertThrows(
          CancellationException.class,
          () -> PartialInformationDecomposition.of(distribution, Execution.ofThreads(2)));
      assertTrue(Thread.currentThread().isInterrupted());
    } finally {
      Thread.interrupted();
    }
  }

  static void assertSameAtoms(
      PartialInformationDecomposition expected,
      PartialInformationDecomposition actual,
      double tolerance) {
    assertEquals(expected.atomCount(), actual.atomCount());
    assertEquals(expected.mutualInformation(), actual.mutualInformation(), tolerance);
    expected
        .atoms()
        .forEach(
            atom ->
                assertAtom(
                    actual,
                    atom.antichain(),
                    atom.informative(),
                    atom.misinformative(),
                    tolerance));
  }

  static void assertAtom(
      PartialInformationDecomposition pid,
      String antichain,
      double informative,
      double misinformative,
      double tolerance) {
    assertAtom(pid, Antichain.parse(antichain), informative, misinformative, tolerance);
  }

  static void assertAtom(
      PartialInformationDecomposition pid,
      Antichain antichain,
      double informative,
      double misinformative,
      double tolerance) {
    Atom atom = pid.atom(antichain);
    assertEquals(informative, atom.informative(), tolerance, () -> "informative " + antichain);
    assertEquals(
        misinformative, atom.misinformative(), tolerance, () -> "misinformative " + antichain);
  }

  /** Everything a decomposition holds, bit by bit. */
  static long[] bits(PartialInformationDecomposition pid) {
    DoubleStream parts =
        pid.atoms().flatMapToDouble(a -> DoubleStream.of(a.informative(), a.misinformative()));
    return DoubleStream.concat(parts, BackboneTest.values(pid.backbone()))
        .mapToLong(Double::doubleToLongBits)
        .toArray();
  }

  static PartialInformationDecomposition decompose(SampleTable table) {
    return PartialInformationDecomposition.of(table.toDistribution(), Execution.sequential());
  }

  private static double average(PartialInformationDecomposition pid, String antichain) {
    return pid.atom(Antichain.parse(antichain)).average();
  }

  private static double log2(double x) {
    return Math.log(x) / Math.log(2);
  }
}
