package nnpid.distribution;

import java.util.Arrays;
import java.util.BitSet;
import java.util.function.IntFunction;

/**
 * The realizations of a table of samples in lexicographic order, found column by column: rows that
 * agree so far are a segment, and every column sorts and splits the segments that are left. Rows
 * that are known to be distinct are not looked at again, so that of a wide layer only the first
 * columns are read. Nothing is hashed: rows that are found equal have been compared in all columns.
 * Equal rows stay in their order.
 */
final class SortedRows {
  /** Segments of fewer rows are sorted by comparing. */
  private static final int FEW = 24;

  /** Of fewer rows than one in so many the states are read one by one. */
  private static final int READ_ALL = 8;

  private final int[] order; // rows
  private final BitSet starts = new BitSet(); // of segments
  private final int[] states; // of the column at hand, by row
  private int[] active; // first and last + 1 of the segments with several rows
  private int activeCount;
  private final BitSet stateStarts; // of segments with the same sources

  /** Sorts samples by their sources, then their target. */
  static SortedRows of(StateColumn[] sources, int[] targets) {
    return new SortedRows(
        sources.length, source -> sources[source], Variable.of(targets), targets.length);
  }

  /**
   * Sorts rows by their sources, then their target.
   *
   * @param sources the states of a source, or what gives them their order; asked for once
   */
  SortedRows(int sourceCount, IntFunction<Variable> sources, Variable targets, int rowCount) {
    order = new int[rowCount];
    Arrays.setAll(order, row -> row);
    states = new int[rowCount];
    active = new int[] {0, rowCount};
    activeCount = rowCount > 1 ? 1 : 0;
    starts.set(0);
    for (int source = 0; source < sourceCount && activeCount > 0; source++) {
      split(sources.apply(source));
    }
    stateStarts = (BitSet) starts.clone();
    if (activeCount > 0) {
      split(targets);
    }
  }

  int realizationCount() {
    return starts.cardinality();
  }

  /** By realization: its first row. */
  int[] firstRows() {
    return starts.stream().map(start -> order[start]).toArray();
  }

  /** By realization: the number of its states of the sources, from 0, ascending. */
  int[] statesOf() {
    int[] result = new int[realizationCount()];
    int state = -1;
    int realization = 0;
    for (int start = 0; start >= 0; start = starts.nextSetBit(start + 1)) {
      state += stateStarts.get(start) ? 1 : 0;
      result[realization++] = state;
    }
    return result;
  }

  /** By realization: the weight of its rows, added in their order. */
  double[] weights(RowWeights rows) {
    double[] result = new double[realizationCount()];
    int realization = -1;
    for (int i = 0; i < order.length; i++) {
      realization += starts.get(i) ? 1 : 0;
      result[realization] += rows.weight(order[i]);
    }
    return result;
  }

  /** By row: its realization. */
  int[] realizations() {
    int[] result = new int[order.length];
    int realization = -1;
    for (int i = 0; i < order.length; i++) {
      realization += starts.get(i) ? 1 : 0;
      result[order[i]] = realization;
    }
    return result;
  }

  /** The weight of every row. */
  @FunctionalInterface
  interface RowWeights {
    double weight(int row);
  }

  private void split(Variable column) {
    readActive(column);
    int[] old = active;
    int oldCount = activeCount;
    active = new int[2 * oldCount];
    activeCount = 0;
    int bound = column.bound();
    int[] counts = new int[bound <= 4L * order.length ? bound + 1 : 0];
    for (int i = 0; i < oldCount; i++) {
      int from = old[2 * i];
      int to = old[2 * i + 1];
      if (to - from < FEW) {
        sortFew(from, to);
      } else if (bound <= 4L * (to - from)) {
        sortByCounting(from, to, counts);
      } else {
        sortMany(from, to);
      }
      addSegments(from, to);
    }
  }

  private void readActive(Variable column) {
    int rows = 0;
    for (int i = 0; i < activeCount; i++) {
      rows += active[2 * i + 1] - active[2 * i];
    }
    if (rows < order.length / READ_ALL) {
      for (int i = 0; i < activeCount; i++) {
        for (int j = active[2 * i]; j < active[2 * i + 1]; j++) {
          states[order[j]] = column.state(order[j]);
        }
      }
      return;
    }
    int[] buffer = new int[Variable.BLOCK];
    for (int from = 0; from < states.length; from += buffer.length) {
      int count = Math.min(buffer.length, states.length - from);
      column.read(from, count, buffer);
      System.arraycopy(buffer, 0, states, from, count);
    }
  }

  private void sortFew(int from, int to) {
    for (int i = from + 1; i < to; i++) {
      int row = order[i];
      int state = states[row];
      int j = i - 1;
      while (j >= from && states[order[j]] > state) {
        order[j + 1] = order[j];
        j--;
      }
      order[j + 1] = row;
    }
  }

  private void sortByCounting(int from, int to, int[] counts) {
    Arrays.fill(counts, 0);
    for (int i = from; i < to; i++) {
      counts[states[order[i]] + 1]++;
    }
    for (int state = 1; state < counts.length; state++) {
      counts[state] += counts[state - 1];
    }
    for (int row : Arrays.copyOfRange(order, from, to)) {
      order[from + counts[states[row]]++] = row;
    }
  }

  private void sortMany(int from, int to) {
    long[] keys = new long[to - from];
    for (int i = from; i < to; i++) {
      keys[i - from] = ((long) states[order[i]] << Integer.SIZE) | (i - from);
    }
    Arrays.sort(keys);
    int[] rows = Arrays.copyOfRange(order, from, to);
    for (int i = from; i < to; i++) {
      order[i] = rows[(int) keys[i - from]];
    }
  }

  private void addSegments(int from, int to) {
    int start = from;
    for (int i = from + 1; i <= to; i++) {
      if (i == to || states[order[i]] != states[order[start]]) {
        starts.set(start);
        if (i - start > 1) {
          if (2 * activeCount == active.length) {
            active = Arrays.copyOf(active, 2 * active.length);
          }
          active[2 * activeCount] = start;
          active[2 * activeCount + 1] = i;
          activeCount++;
        }
        start = i;
      }
    }
  }
}
