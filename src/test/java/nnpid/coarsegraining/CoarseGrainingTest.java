package nnpid.coarsegraining;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CoarseGrainingTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          1,2;3-5       | 5 | 1,2;3-5
          1;2;3         | 3 | 1;2;3
          1-3           | 3 | 1-3
          2, 1 ; 3 - 4  | 4 | 2,1;3,4
          3;1,2         | 3 | 3;1,2
          """)
  void readsWhatItWrites(String text, int units, String written) {
    CoarseGraining grouping = CoarseGraining.parse(text, units);
    assertEquals(written, grouping.toString());
    assertEquals(grouping, CoarseGraining.parse(grouping.toString(), units));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          1,2;2,3   | overlap: unit 2 is in two
          1;3       | unit 2 of 3 is in none
          1,2;3,4   | from 1 to 3
          0,1;2,3   | from 1 to 3
          1,2;      | "" is not
          a;2,3     | "a" is not
          3-1;2     | 3-1 is not
          """)
  void refusesWhatIsNoPartitionOfThreeUnits(String text, String told) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> CoarseGraining.parse(text, 3))
            .getMessage();
    assertTrue(message.contains(told) && message.contains(text), message);
  }

  @Test
  void sequentialGroupsAreThePapersPairs() {
    assertEquals("1,2;3,4;5,6;7,8;9,10", CoarseGraining.sequential(10, 5).toString());
    assertEquals("1-3;4-6;7,8", CoarseGraining.sequential(8, 3).toString());
  }

  @Test
  void randomGroupsAreEqualInSizeAndAllUnitsHaveOne() {
    for (int seed = 0; seed < 50; seed++) {
      CoarseGraining grouping = CoarseGraining.random(11, 4, seed);
      assertEquals(
          List.of(2, 3, 3, 3), grouping.groups().stream().map(List::size).sorted().toList());
      assertEquals(
          IntStream.range(0, 11).boxed().toList(),
          grouping.groups().stream().flatMap(List::stream).sorted().toList());
      assertEquals(grouping, CoarseGraining.random(11, 4, seed));
    }
    assertTrue(
        IntStream.range(0, 20).mapToObj(s -> CoarseGraining.random(11, 4, s)).distinct().count()
            > 15);
  }

  @Test
  void groupOfUnitIsTheInverseOfGroups() {
    Random random = new Random(1);
    for (int i = 0; i < 50; i++) {
      int[] groupOfUnit = random.ints(8, 0, 4).toArray();
      CoarseGraining grouping = CoarseGraining.of(groupOfUnit);
      assertEquals(grouping, CoarseGraining.of(grouping.groupOfUnit()));
      assertEquals(8, grouping.unitsOfLargest(grouping.groupCount()));
    }
    assertArrayEquals(new int[] {1, 0, 1}, CoarseGraining.parse("2;1,3", 3).groupOfUnit());
    assertEquals(3, CoarseGraining.parse("1;2-4;5,6", 6).unitsOfLargest(1));
    assertEquals(5, CoarseGraining.parse("1;2-4;5,6", 6).unitsOfLargest(2));
  }

  @ParameterizedTest
  @CsvSource({"0", "4", "-1"})
  void refusesEmptyGroups(int groups) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> CoarseGraining.sequential(3, groups))
            .getMessage();
    assertTrue(message.contains("(" + groups + ")") && message.contains("1 to 3"), message);
  }
}
