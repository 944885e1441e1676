package nnpid.decomposition;

import static nnpid.decomposition.PartialInformationDecompositionTest.decompose;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import nnpid.distribution.JointDistribution;
import nnpid.execution.Execution;
import nnpid.lattice.Antichain;
import nnpid.testing.Antichains;
import nnpid.testing.Distributions;
import nnpid.testing.Distributions.Kind;
import nnpid.testing.SampleTable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * The largest lattice, 7,828,352 antichains, where rounding errors of the inversion add up most.
 */
@Tag("slow")
class SixSourcesTest {
  /**
   * For parts of atoms that are never negative in exact arithmetic: in twenty distributions the
   * smallest was -6.5e-13. An atom is an alternating sum of up to a million redundancies.
   */
  private static final double ROUNDING = 2e-12;

  private static final List<Kind> KINDS =
      List.of(Kind.COUNTS, Kind.DETERMINISTIC_TARGET, Kind.REAL_WEIGHTS);

  private static final Map<Kind, SampleTable> TABLES = new HashMap<>();
  private static final Map<Kind, PartialInformationDecomposition> DECOMPOSED = new HashMap<>();

  @BeforeAll
  static void decomposeOnce() {
    for (Kind kind : KINDS) {
      SampleTable table = kind == Kind.REAL_WEIGHTS ? fewRealWeights() : counts(kind);
      TABLES.put(kind, table);
      DECOMPOSED.put(
          kind, PartialInformationDecomposition.of(table.toDistribution(), Execution.ofThreads(2)));
    }
  }

  private static SampleTable counts(Kind kind) {
    return Distributions.of(kind, 6, 1, 6 + kind.ordinal());
  }

  /** Realizations of different weights take eight times as long as those of equal weights. */
  private static SampleTable fewRealWeights() {
    Random random = new Random(6);
    return counts(Kind.COUNTS).withWeights(w -> w * Math.exp(random.nextGaussian()));
  }

  @AfterAll
  static void releaseMemory() {
    DECOMPOSED.clear();
  }

  @ParameterizedTest
  @FieldSource("KINDS")
  void everyAntichainHasAnAtom(Kind kind) {
    assertEquals(7_828_352, DECOMPOSED.get(kind).atoms().count());
  }

  @ParameterizedTest
  @FieldSource("KINDS")
  void atomsSumToTheMutualInformation(Kind kind) {
    double sum = DECOMPOSED.get(kind).atoms().mapToDouble(Atom::average).sum();
    double expected = TABLES.get(kind).toDistribution().mutualInformation();
    assertTrue(expected > 0.1, "too little information to tell");
    assertEquals(expected, sum, 1e-10);
  }

  @ParameterizedTest
  @FieldSource("KINDS")
  void informativeAndMisinformativeAtomsAreNotNegative(Kind kind) {
    double smallest =
        DECOMPOSED
            .get(kind)
            .atoms()
            .mapToDouble(atom -> Math.min(atom.informative(), atom.misinformative()))
            .min()
            .orElseThrow();
    assertTrue(smallest >= -ROUNDING, () -> "smallest part: " + smallest);
  }

  @ParameterizedTest
  @FieldSource("KINDS")
  void atomsBelowASourceSetSumToItsMutualInformation(Kind kind) {
    JointDistribution distribution = TABLES.get(kind).toDistribution();
    PartialInformationDecomposition pid = DECOMPOSED.get(kind);
    Antichain threeSources = Antichain.parse("{1,3,6}");
    double sum =
        pid.atoms()
            .filter(atom -> atom.antichain().precedes(threeSources))
            .mapToDouble(Atom::average)
            .sum();
    assertEquals(distribution.mutualInformation(0, 2, 5), sum, 1e-10);
  }

  @ParameterizedTest
  @FieldSource("KINDS")
  void theBackboneIsTheSameWithoutTheLattice(Kind kind) {
    BackboneTest.assertSame(
        DECOMPOSED.get(kind).backbone(),
        Backbone.of(TABLES.get(kind).toDistribution(), Execution.ofThreads(2)));
  }

  @Test
  void threeThreadsGiveTheBitsOfTwo() {
    Kind kind = Kind.COUNTS;
    JointDistribution distribution = TABLES.get(kind).toDistribution();
    PartialInformationDecomposition three =
        PartialInformationDecomposition.of(distribution, Execution.ofThreads(3));
    assertArrayEquals(
        PartialInformationDecompositionTest.bits(DECOMPOSED.get(kind)),
        PartialInformationDecompositionTest.bits(three));
  }

  @Test
  void aConstantSixthSourceIsInNoAtomAndChangesNone() {
    SampleTable five = Distributions.of(Kind.COUNTS, 5, 1, 1);
    PartialInformationDecomposition expected = decompose(five);
    decompose(five.withSources(s -> new int[] {s[0], s[1], 0, s[2], s[3], s[4]}))
        .atoms()
        .forEach(
            atom -> {
              Antichain antichain = atom.antichain();
              Atom of5 = atomWithoutThirdSource(expected, antichain);
              double informative = of5 == null ? 0 : of5.informative();
              double misinformative = of5 == null ? 0 : of5.misinformative();
              assertEquals(informative, atom.informative(), ROUNDING, antichain::toString);
              assertEquals(misinformative, atom.misinformative(), ROUNDING, antichain::toString);
            });
  }

  /** The atom without the constant source; null if the antichain has it. */
  private static Atom atomWithoutThirdSource(
      PartialInformationDecomposition five, Antichain antichain) {
    List<Integer> members = new ArrayList<>();
    for (int mask : Antichains.sourceMasks(antichain)) {
      if ((mask & 4) != 0) {
        return null;
      }
      members.add((mask & 3) | ((mask >> 3) << 2));
    }
    return five.atom(Antichains.of(members));
  }
}
