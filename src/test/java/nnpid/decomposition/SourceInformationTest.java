package nnpid.decomposition;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import nnpid.distribution.JointDistribution;
import nnpid.execution.Execution;
import nnpid.lattice.Antichain;
import nnpid.testing.Antichains;
import nnpid.testing.Gates;
import nnpid.testing.SampleTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class SourceInformationTest {
  private static final Execution SINGLE = Execution.sequential();

  @ParameterizedTest
  @MethodSource("nnpid.testing.Distributions#oneToFiveSources")
  void isASumOfAtomsUnderEveryMeasure(SampleTable table) {
    JointDistribution distribution = table.toDistribution();
    for (Measure measure : List.of(Measure.SX, Measure.MIN, Measure.MMI)) {
      PartialInformationDecomposition decomposition =
          PartialInformationDecomposition.of(distribution, measure, SINGLE);
      List<SourceInformation> all =
          SourceInformation.ofSources(distribution, measure, Values.PLUG_IN, SINGLE);
      assertEquals(table.sourceCount(), all.size());
      for (int i = 0; i < all.size(); i++) {
        int own = 1 << i;
        SourceInformation information = all.get(i);
        assertEquals(decomposition.atom(Antichain.of(own)).average(), information.unique(), 1e-10);
        assertEquals(
            sum(decomposition, sets -> sets.size() > 1 && sets.contains(own)),
            information.redundant(),
            1e-10);
        assertEquals(
            sum(
                decomposition,
                sets -> sets.stream().allMatch(set -> set != own && (set & own) == own)),
            information.synergistic(),
            1e-10);
      }
    }
  }

  private static double sum(
      PartialInformationDecomposition decomposition, Predicate<List<Integer>> selected) {
    return decomposition
        .atoms()
        .filter(atom -> selected.test(Antichains.sourceMasks(atom.antichain())))
        .mapToDouble(Atom::average)
        .sum();
  }

  @ParameterizedTest
  @MethodSource("nnpid.testing.Distributions#oneToFiveSources")
  void addsUpToInformationAndVulnerability(SampleTable table) {
    JointDistribution distribution = table.toDistribution();
    List<SourceInformation> all =
        SourceInformation.ofSources(distribution, Measure.SX, Values.PLUG_IN, SINGLE);
    for (int i = 0; i < all.size(); i++) {
      int left = i;
      int[] others = IntStream.range(0, table.sourceCount()).filter(s -> s != left).toArray();
      assertEquals(distribution.mutualInformation(i), all.get(i).mutualInformation(), 1e-10);
      assertEquals(
          distribution.mutualInformation() - distribution.mutualInformation(others),
          all.get(i).vulnerability(),
          1e-10);
    }
  }

  @Test
  void aCopyHasNothingUniqueAndNothingSynergistic() {
    // Source 1 twice: wide enough for any number of sources.
    SampleTable table = Gates.randomError().withSources(s -> new int[] {s[0], s[1], s[0], s[1]});
    for (SourceInformation information :
        SourceInformation.ofSources(table.toDistribution(), Measure.SX, Values.PLUG_IN, SINGLE)) {
      assertEquals(0, information.unique(), 1e-12);
      assertEquals(0, information.synergistic(), 1e-12);
      assertTrue(information.redundant() > 0.1);
    }
  }

  @Test
  void isExactFarBeyondTheLattice() {
    // T is the parity of 12 bits: without one of them nothing is known.
    List<SourceInformation> all =
        SourceInformation.ofSources(
            Gates.parity(12).toDistribution(), Measure.SX, Values.PLUG_IN, SINGLE);
    SourceInformation pair =
        SourceInformation.ofSources(
                Gates.xor().withSources(s -> new int[] {s[0], s[1]}).toDistribution(),
                Measure.SX,
                Values.PLUG_IN,
                SINGLE)
            .get(0);
    assertEquals(12, all.size());
    for (SourceInformation information : all) {
      assertEquals(0, information.mutualInformation(), 1e-12);
      assertEquals(1, information.vulnerability(), 1e-12);
    }
    assertEquals(0, pair.mutualInformation(), 1e-12);
    assertEquals(1, pair.vulnerability(), 1e-12);
  }

  @ParameterizedTest
  @MethodSource("nnpid.testing.Distributions#oneToFiveSources")
  void sharesSumToTheInformation(SampleTable table) {
    PartialInformationDecomposition decomposition =
        PartialInformationDecomposition.of(table.toDistribution(), SINGLE);
    assertEquals(
        decomposition.mutualInformation(), Arrays.stream(decomposition.shares()).sum(), 1e-10);
  }

  @ParameterizedTest
  @MethodSource("nnpid.testing.Distributions#oneToFourSources")
  void sharesSplitEveryAtomEvenly(SampleTable table) {
    PartialInformationDecomposition decomposition =
        PartialInformationDecomposition.of(table.toDistribution(), SINGLE);
    double[] expected = new double[table.sourceCount()];
    decomposition
        .atoms()
        .forEach(
            atom -> {
              List<Integer> sets = Antichains.sourceMasks(atom.antichain());
              for (int set : sets) {
                for (int i = 0; i < expected.length; i++) {
                  if ((set >> i & 1) == 1) {
                    expected[i] += atom.average() / sets.size() / Integer.bitCount(set);
                  }
                }
              }
            });
    assertArrayEquals(expected, decomposition.shares(), 1e-12);
  }

  @Test
  void sharesOfTheXorGateAreHalfABit() {
    assertArrayEquals(
        new double[] {0.5, 0.5},
        PartialInformationDecomposition.of(Gates.xor().toDistribution(), SINGLE).shares(),
        1e-12);
  }

  @Test
  void sharesOfTheUniqueGateByHand() {
    // i+({1}{2}) = log2(4/3) everywhere. Given T, S1 is certain: i- = 0. So {1}{2} = log2(4/3).
    double shared = Math.log(4.0 / 3) / Math.log(2);
    // I(T:S1) = 1, I(T:S2) = 0, I(T:S) = 1.
    double unique1 = 1 - shared;
    double unique2 = -shared;
    double synergy = 1 - shared - unique1 - unique2;
    assertArrayEquals(
        new double[] {
          shared / 2 + unique1 + synergy / 2, shared / 2 + unique2 + synergy / 2,
        },
        PartialInformationDecomposition.of(Gates.unique().toDistribution(), SINGLE).shares(),
        1e-12);
  }

  @Test
  void copiesShareAlike() {
    SampleTable table = Gates.and().withSources(s -> new int[] {s[0], s[1], s[0]});
    double[] shares = PartialInformationDecomposition.of(table.toDistribution(), SINGLE).shares();
    assertEquals(shares[0], shares[2], 1e-12);
  }

  @ParameterizedTest
  @EnumSource(
      value = Measure.class,
      names = {"BROJA"})
  void refusesTheMeasureOfTwoSources(Measure measure) {
    JointDistribution distribution = Gates.xor().toDistribution();
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> SourceInformation.ofSources(distribution, measure, Values.PLUG_IN, SINGLE))
            .getMessage();
    assertTrue(message.contains("broja"), message);
  }

  @Test
  void stopsWhenInterrupted() {
    JointDistribution distribution = Gates.parity(8).toDistribution();
    Thread.currentThread().interrupt();
    try {
      assertThrows(
          CancellationException.class,
          () ->
              SourceInformation.ofSources(
                  distribution, Measure.SX, Values.PLUG_IN, Execution.sequential()));
    } finally {
      assertTrue(Thread.interrupted());
    }
  }
}
