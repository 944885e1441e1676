package nnpid.lattice;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import nnpid.testing.Antichains;
import nnpid.testing.BruteForcePid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class UpSetFamilyTest {

  static Stream<UpSetFamily> families() {
    return IntStream.rangeClosed(1, 6)
        .boxed()
        .flatMap(
            n -> Stream.of(UpSetFamily.ofAllAntichains(n), UpSetFamily.ofUniformAntichains(n)));
  }

  static Stream<UpSetFamily> familiesOfUpToFiveSources() {
    return families().filter(family -> family.sourceCount() < 6);
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "2, 4", "3, 18", "4, 166", "5, 7579", "6, 7828352"})
  void sizesOfAllAntichains(int sourceCount, int size) {
    assertEquals(size, UpSetFamily.ofAllAntichains(sourceCount).size());
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "2, 4", "3, 15", "4, 94", "5, 2109", "6, 1114236"})
  void sizesOfUniformAntichains(int sourceCount, int size) {
    assertEquals(size, UpSetFamily.ofUniformAntichains(sourceCount).size());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void uniformAntichainsAreThoseWithMembersOfOneSize(int sourceCount) {
    Set<Antichain> expected = new HashSet<>();
    for (Set<Integer> antichain : BruteForcePid.antichains(sourceCount)) {
      if (antichain.stream().map(Integer::bitCount).distinct().count() == 1) {
        expected.add(Antichains.of(antichain));
      }
    }
    UpSetFamily family = UpSetFamily.ofUniformAntichains(sourceCount);
    Set<Antichain> actual = new HashSet<>();
    family.forEach((index, upSet) -> actual.add(Antichain.ofUpSet(upSet)));
    assertEquals(expected, actual);
  }

  @ParameterizedTest
  @MethodSource("families")
  void upSetsAscendAndAreVisitedOnce(UpSetFamily family) {
    long[] last = {0};
    int[] visits = {0};
    family.forEach(
        (index, upSet) -> {
          assertEquals(visits[0]++, index);
          assertTrue(Long.compareUnsigned(last[0], upSet) < 0, () -> "up-set " + index);
          last[0] = upSet;
        });
    assertEquals(family.size(), visits[0]);
  }

  @ParameterizedTest
  @MethodSource("familiesOfUpToFiveSources")
  void everyUpSetIsThatOfItsAntichain(UpSetFamily family) {
    long all = (1L << (1 << family.sourceCount())) - 1;
    family.forEach((index, upSet) -> assertEquals(family.antichain(index).upSet() & all, upSet));
  }

  @ParameterizedTest
  @MethodSource("families")
  void halvesMakeUpTheUpSet(UpSetFamily family) {
    int halfBits = 1 << (family.sourceCount() - 1);
    long[] upSets = new long[family.size()];
    family.forEach((index, upSet) -> upSets[index] = upSet);
    assertEquals(0, family.start(0));
    assertEquals(family.size(), family.start(family.halfCount()));
    for (int upper = 0; upper < family.halfCount(); upper++) {
      for (int i = family.start(upper); i < family.start(upper + 1); i++) {
        long lowerHalf = family.half(family.lower(i));
        assertEquals(upSets[i], (family.half(upper) << halfBits) | lowerHalf);
        assertEquals(0, lowerHalf & ~family.half(upper), "lower must be within upper");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("families")
  void aHalfIsItsParentAndItsSmallestSourceSet(UpSetFamily family) {
    assertEquals(0, family.half(0));
    for (int half = 1; half < family.halfCount(); half++) {
      long parent = family.half(family.parentOfHalf(half));
      long added = 1L << family.smallestOfHalf(half);
      assertTrue(family.parentOfHalf(half) < half);
      assertEquals(0, parent & added);
      assertEquals(family.half(half), parent | added);
    }
  }

  @ParameterizedTest
  @MethodSource("families")
  void indexOfFindsEveryAntichain(UpSetFamily family) {
    int step = family.sourceCount() == 6 ? 499 : 1;
    for (int i = 0; i < family.size(); i += step) {
      assertEquals(i, family.indexOf(family.antichain(i)));
    }
  }

  @Test
  void indexOfIsNegativeForAntichainsThatTheFamilyLacks() {
    UpSetFamily uniform = UpSetFamily.ofUniformAntichains(4);
    for (Set<Integer> antichain : BruteForcePid.antichains(5)) {
      boolean fiveSources = antichain.stream().anyMatch(mask -> mask > 15);
      boolean mixed = antichain.stream().map(Integer::bitCount).distinct().count() > 1;
      assertEquals(
          fiveSources || mixed, uniform.indexOf(Antichains.of(antichain)) < 0, antichain::toString);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void sumsByDegreeOfSynergyAreSumsOverTheAntichainsOfThatDegree(int sourceCount) {
    UpSetFamily family = UpSetFamily.ofAllAntichains(sourceCount);
    double[] values = new Random(1).doubles(family.size(), -1, 1).toArray();
    double[] expected = new double[sourceCount];
    for (Set<Integer> antichain : BruteForcePid.antichains(sourceCount)) {
      expected[BruteForcePid.degreeOfSynergy(antichain) - 1] +=
          values[family.indexOf(Antichains.of(antichain))];
    }
    assertArrayEquals(expected, family.sumByDegreeOfSynergy(values), 1e-11);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void alternatingSumsBySizeHaveTheSignOfTheNumberOfMembers(int sourceCount) {
    UpSetFamily family = UpSetFamily.ofUniformAntichains(sourceCount);
    double[] values = new Random(2).doubles(family.size(), -1, 1).toArray();
    double[] expected = new double[sourceCount];
    for (int i = 0; i < values.length; i++) {
      Antichain antichain = family.antichain(i);
      int members = antichain.sourceMasks().size();
      expected[antichain.degreeOfSynergy() - 1] += (members % 2 == 1 ? 1 : -1) * values[i];
    }
    assertArrayEquals(expected, family.alternatingSumBySize(values), 1e-11);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6})
  void alternatingSumsOfOnesAreOne(int sourceCount) {
    UpSetFamily family = UpSetFamily.ofUniformAntichains(sourceCount);
    double[] ones = new double[family.size()];
    Arrays.fill(ones, 1);
    double[] expected = new double[sourceCount];
    Arrays.fill(expected, 1);
    assertArrayEquals(expected, family.alternatingSumBySize(ones), 0);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -3, 7, 64})
  void rejectsAnotherNumberOfSourcesThan1To6NamingIt(int sourceCount) {
    for (IllegalArgumentException e :
        new IllegalArgumentException[] {
          assertThrows(
              IllegalArgumentException.class, () -> UpSetFamily.ofAllAntichains(sourceCount)),
          assertThrows(
              IllegalArgumentException.class, () -> UpSetFamily.ofUniformAntichains(sourceCount))
        }) {
      assertTrue(e.getMessage().contains("(" + sourceCount + ")"), e.getMessage());
    }
  }
}
