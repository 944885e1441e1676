package nnpid.lattice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import nnpid.testing.Antichains;
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
      assertEquals(
          BruteForcePid.degreeOfSynergy(antichain), Antichains.of(antichain).degreeOfSynergy());
    }
  }

  @Test
  void precedesAgreesWithTheDefinition() {
    List<Set<Integer>> antichains = BruteForcePid.antichains(4);
    for (Set<Integer> beta : antichains) {
      for (Set<Integer> alpha : antichains) {
        assertEquals(
            BruteForcePid.precedes(beta, alpha),
            Antichains.of(beta).precedes(Antichains.of(alpha)),
            () -> Antichains.of(beta) + " precedes " + Antichains.of(alpha));
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
            Antichains.of(beta).precedes(Antichains.of(alpha)),
            () -> Antichains.of(beta) + " precedes " + Antichains.of(alpha));
      }
    }
  }

  @Test
  void upSetHoldsAllSourceSetsThatContainAMember() {
    for (Set<Integer> antichain : BruteForcePid.antichains(4)) {
      long upSet = Antichains.of(antichain).upSet();
      for (int mask = 0; mask < 64; mask++) {
        boolean expected = false;
        for (int member : antichain) {
          expected |= (member & mask) == member;
        }
        assertEquals(expected, ((upSet >>> mask) & 1) == 1, Antichains.of(antichain)::toString);
      }
    }
  }

  @Test
  void upSetGivesItsAntichainBack() {
    for (Set<Integer> antichain : BruteForcePid.antichains(5)) {
      assertEquals(Antichains.of(antichain), Antichain.ofUpSet(Antichains.of(antichain).upSet()));
    }
  }

  @Test
  void textGivesItsAntichainBack() {
    for (Set<Integer> antichain : BruteForcePid.antichains(5)) {
      assertEquals(Antichains.of(antichain), Antichain.parse(Antichains.of(antichain).toString()));
    }
  }

  @Test
  void membersAreWrittenSmallerFirstThenLexicographically() {
    assertEquals("{6}{1,2}{1,5}{3,4}", Antichain.of(12, 3, 32, 17).toString());
    assertEquals("{2,3}{1,4,5}", Antichain.of(0b11001, 0b00110).toString());
  }

  @Test
  void sourceMasksComeInTheOrderOfTheText() {
    assertEquals(List.of(32L, 3L, 17L, 12L), Antichain.of(12, 3, 32, 17).sourceMasks());
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
    assertThrows(IllegalArgumentException.class, () -> Antichain.of(0));
    assertThrows(IllegalArgumentException.class, () -> Antichain.of(2, 0));
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
  @ValueSource(strings = {"{0}", "{65}", "{1,2}{100}", "{99999999999999999999}"})
  void rejectsSourcesOutOfRangeNamingTheAntichain(String text) {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> Antichain.parse(text));
    assertTrue(e.getMessage().contains(text), e.getMessage());
    assertTrue(e.getMessage().contains("from 1 to 64"), e.getMessage());
  }

  @Test
  void noAntichainPrecedesTheOneOfAllSourcesSeparatelyButItself() {
    Antichain bottom = Antichain.parse("{1}{2}{3}");
    Antichain top = Antichain.parse("{1,2,3}");
    assertTrue(bottom.precedes(top));
    assertFalse(top.precedes(bottom));
    assertTrue(bottom.precedes(bottom));
  }

  @Test
  void blockersHitAllMembersAndGiveTheAntichainBack() {
    for (Set<Integer> antichain : BruteForcePid.antichains(4)) {
      Antichain of = Antichains.of(antichain);
      Antichain blocker = of.blocker(100).orElseThrow();
      List<Integer> hitting =
          IntStream.range(1, 16)
              .filter(set -> antichain.stream().allMatch(member -> (member & set) != 0))
              .boxed()
              .toList();
      List<Integer> minimal =
          hitting.stream()
              .filter(a -> hitting.stream().noneMatch(b -> !b.equals(a) && (a & b) == b))
              .toList();
      assertEquals(Antichains.of(minimal), blocker);
      assertEquals(of, blocker.blocker(100).orElseThrow());
    }
  }

  @Test
  void aBlockerOfTooManyMembersIsNoneAndOneOf64SourcesIs() {
    Antichain pairs = Antichain.parse("{1,2}{3,4}{5,6}{7,8}");
    assertEquals(16, pairs.blocker(16).orElseThrow().sourceMasks().size());
    assertTrue(pairs.blocker(15).isEmpty());
    assertEquals("{1}{64}", Antichain.parse("{1,64}").blocker(2).orElseThrow().toString());
  }
}
