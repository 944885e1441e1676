package nnpid.distribution;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Columns hold every state, and rows are sorted and told apart by them as by comparing. */
class ColumnsTest {
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7, 255, 256, 70_000, Integer.MAX_VALUE})
  void columnsHoldEveryState(int largest) {
    Random random = new Random(largest);
    int[] states =
        random.ints(2_500).map(i -> (int) ((i & 0xFFFFFFFFL) % (largest + 1L))).toArray();
    states[1_111] = largest;
    StateColumn.Builder builder = new StateColumn.Builder(3, 2);
    Arrays.stream(states).forEach(builder::add);
    StateColumn column = builder.build();
    assertEquals(states.length, column.length());
    assertArrayEquals(states, IntStream.range(0, states.length).map(column::state).toArray());
    int[] indices = random.ints(300, 0, states.length).toArray();
    int[] expected = Arrays.stream(indices).map(i -> states[i]).toArray();
    int[] buffer = new int[Variable.BLOCK];
    for (int from : new int[] {0, 3, 8, 1_024, 1_490}) {
      column.read(from, 1_003, buffer);
      assertArrayEquals(
          Arrays.copyOfRange(states, from, from + 1_003), Arrays.copyOf(buffer, 1_003));
      column.at(indices).read(0, 300, buffer);
      assertArrayEquals(expected, Arrays.copyOf(buffer, 300));
      Variable.at(column, indices).read(0, 300, buffer);
      assertArrayEquals(expected, Arrays.copyOf(buffer, 300));
    }
  }

  @Test
  void rowsAreSortedAsByComparing() {
    for (int seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      int rowCount = 1 + random.nextInt(seed < 100 ? 50 : 3_000);
      int[][] rows = new int[rowCount][];
      int sources = 1 + random.nextInt(6);
      for (int r = 0; r < rowCount; r++) {
        // The second column has more states than there are rows of any segment.
        int[] row = random.ints(sources + 1, 0, 1 + seed % 4).toArray();
        row[Math.min(1, sources - 1)] *= seed % 3 == 0 ? 1 << 20 : 1;
        rows[r] = row;
      }
      StateColumn[] columns = new StateColumn[sources];
      for (int source = 0; source < sources; source++) {
        StateColumn.Builder builder = new StateColumn.Builder(0, 1);
        for (int[] row : rows) {
          builder.add(row[source]);
        }
        columns[source] = builder.build();
      }
      int[] targets = Arrays.stream(rows).mapToInt(row -> row[sources]).toArray();
      List<int[]> distinct =
          Arrays.stream(rows)
              .map(row -> Arrays.stream(row).boxed().toList())
              .distinct()
              .map(row -> row.stream().mapToInt(i -> i).toArray())
              .sorted(Arrays::compare)
              .toList();
      SortedRows sorted = SortedRows.of(columns, targets);
      assertEquals(distinct.size(), sorted.realizationCount(), "seed " + seed);
      int[] first = sorted.firstRows();
      int[] realizations = sorted.realizations();
      Set<List<Integer>> statesSeen = new HashSet<>();
      for (int r = 0; r < first.length; r++) {
        int[] row = distinct.get(r);
        assertArrayEquals(row, rows[first[r]], "seed " + seed);
        int[] same =
            IntStream.range(0, rowCount).filter(i -> Arrays.equals(rows[i], row)).toArray();
        assertEquals(same[0], first[r]);
        for (int i : same) {
          assertEquals(r, realizations[i]);
        }
        statesSeen.add(Arrays.stream(row, 0, sources).boxed().toList());
        assertEquals(statesSeen.size() - 1, sorted.statesOf()[r], "seed " + seed);
      }
      double[] weights = sorted.weights(row -> 1 + row);
      assertEquals(
          rowCount * (rowCount + 1L) / 2, (long) Arrays.stream(weights).sum(), "seed " + seed);
    }
  }

  @Test
  void distinctSourcesAreNeitherConstantNorCopies() {
    int length = 5_000;
    Random random = new Random(3);
    int[] rare = new int[length]; // constant in what is looked at first
    rare[length - 1] = 1;
    int[] other = new int[length];
    other[length - 3] = 1;
    int[] one = random.ints(length, 0, 5).toArray();
    int[] renamed = Arrays.stream(one).map(state -> 100_000 * (7 - state)).toArray();
    int[] nearly = renamed.clone();
    nearly[length - 2] += 1;
    int[] constant = new int[length];
    Arrays.fill(constant, 9);
    List<int[]> sources =
        List.of(constant, rare, one, rare, other, renamed, nearly, one, other, constant, nearly);
    int[] distinct =
        new DistinctSources(length, source -> Variable.of(sources.get(source)))
            .find(sources.size());
    assertArrayEquals(new int[] {1, 2, 4, 6}, distinct);
  }
}
