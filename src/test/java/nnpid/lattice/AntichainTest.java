package nnpid.lattice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import nnpid.testing.BruteForcePid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AntichainTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{1}{2}{3}{4}{5}{6} | 1",
        "{3}{1,2} | 1",
        "{1,2}{1,3}{2,3} | 2",
        "{1,2}{3,4,5} | 2",
        "{1,2,3,4,5} | 5",
        "{1,2,3,4,5,6} | 6"
      })
  void degreeOfSynergyIsTheSizeOfTheSmallestMember(String text, int degree) {
    assertEquals(degree, Antichain.parse(text).degreeOfSynergy());
  }

  @Test
  void degreeOfSynergyAgreesWithTheDefinition() {
    for (Set<Integer> antichain : BruteForcePid.antichains(5)) {
      assertEquals(BruteForcePid.degreeOfSynergy(antichain), of(antichain).degreeOfSynergy());
    }
  }

  @Test
  void precedesAgreesWithTheDefinition() {
    List<Set<Integer>> antichains = BruteForcePid.antichains(4);
    for (Set<Integer> beta : antichains) {
      for (Set<Integer> alpha : antichains) {
        assertEquals(
            BruteForcePid.precedes(beta, alpha),
            of(beta).precedes(of(alpha)),
            () -> of(beta) + " precedes " + of(alpha));
      }
    }
  }

  @Test
  void precedesAgreesWithTheDefinitionOverSixSources() {
    List<Set<Integer>> antichains =
        List.of(
            Set.of(1, 2, 4, 8, 16, 32),
            Set.of(32),
            Set.of(63),
            Set.of(48, 3),
            Set.of(49, 3),
            Set.of(56, 7, 37),
            Set.of(31),
            Set.of(1, 62));
    for (Set<Integer> beta : antichains) {
      for (Set<Integer> alpha : antichains) {
        assertEquals(
            BruteForcePid.precedes(beta, alpha),
            of(beta).precedes(of(alpha)),
            () -> of(beta) + " precedes " + of(alpha));
      }
    }
  }

  @Test
  void upSetHoldsAllSourceSetsThatContainAMember() {
    for (Set<Integer> antichain : BruteForcePid.antichains(4)) {
      long upSet = of(antichain).upSet();
      for (int mask = 0; mask < 64; mask++) {
        boolean expected = false;
        for (int member : antichain) {
          expected |= (member & mask) == member;
        }
        assertEquals(expected, ((upSet >>> mask) & 1) == 1, of(antichain)::toString);
      }
    }
  }

  @Test
  void upSetGivesItsAntichainBack() {
    for (Set<Integer> antichain : BruteForcePid.antichains(5)) {
      assertEquals(of(antichain), Antichain.ofUpSet(of(antichain).upSet()));
    }
  }

  @Test
  void textGivesItsAntichainBack() {
    for (Set<Integer> antichain : BruteForcePid.antichains(5)) {
      assertEquals(of(antichain), Antichain.parse(of(antichain).toString()));
    }
  }

  @Test
  void membersAreWrittenSmallerFirstThenLexicographically() {
    assertEquals("{6}{1,2}{1,5}{3,4}", Antichain.of(12, 3, 32, 17).toString());
    assertEquals("{2,3}{1,4,5}", Antichain.of(0b11001, 0b00110).toString());
  }

  @Test
  void sourceMasksComeInTheOrderOfTheText() {
    assertEquals(List.of(32, 3, 17, 12), Antichain.of(12, 3, 32, 17).sourceMasks());
  }

  @Test
  void orderOfMembersAndSourcesDoesNotMatter() {
    assertEquals(Antichain.of(1, 6), Antichain.of(6, 1));
    assertEquals(Antichain.of(1, 6), Antichain.parse("{3,2}{1}"));
    assertEquals(Antichain.of(1, 6).hashCode(), Antichain.parse("{3,2}{1}").hashCode());
    assertNotEquals(Antichain.of(1, 6), Antichain.of(1, 2));
  }

  @Test
  void rejectsAMemberThatContainsAnother() {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> Antichain.of(1, 3));
    assertTrue(e.getMessage().contains("{1}{1,2}"), e.getMessage());
    assertThrows(IllegalArgumentException.class, () -> Antichain.of(32, 63));
    assertThrows(IllegalArgumentException.class, () -> Antichain.of(5, 8, 47));
  }

  @Test
  void rejectsNoMembersAndTheEmptySet() {
    assertThrows(IllegalArgumentException.class, () -> Antichain.of());
    assertThrows(IllegalArgumentException.class, () -> new Antichain(0));
    assertThrows(IllegalArgumentException.class, () -> new Antichain(1));
    assertThrows(IllegalArgumentException.class, () -> new Antichain(0b11));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 64, 65, Integer.MIN_VALUE})
  void rejectsSourceMasksOutOfRangeNamingThem(int mask) {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> Antichain.of(2, mask));
    assertTrue(e.getMessage().contains("(" + mask + ")"), e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "{}", "1", "{1}{}", "{1,}", "{1}, {2}", "{1 }", "{a}", "{-1}", "{1}{2", "1}"})
  void rejectsTextOfAnotherForm(String text) {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> Antichain.parse(text));
    assertTrue(e.getMessage().contains("(" + text + ")"), e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"{0}", "{7}", "{1,2}{10}", "{99999999999999999999}"})
  void rejectsSourcesOutOfRangeNamingTheAntichain(String text) {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> Antichain.parse(text));
    assertTrue(e.getMessage().contains(text), e.getMessage());
    assertTrue(e.getMessage().contains("from 1 to 6"), e.getMessage());
  }

  @Test
  void noAntichainPrecedesTheOneOfAllSourcesSeparatelyButItself() {
    Antichain bottom = Antichain.parse("{1}{2}{3}");
    Antichain top = Antichain.parse("{1,2,3}");
    assertTrue(bottom.precedes(top));
    assertFalse(top.precedes(bottom));
    assertTrue(bottom.precedes(bottom));
  }

  static Antichain of(Set<Integer> sourceMasks) {
    return Antichain.of(sourceMasks.stream().mapToInt(Integer::intValue).toArray());
  }
}
