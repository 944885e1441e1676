package nnpid.weka;

import nnpid.execution.Execution;
import nnpid.weka.TableFile.ColumnConsumer;

/**
 * Rows of a file that come one by one, until they are a block whose columns go on, one by one and
 * on several threads. Not thread-safe.
 */
final class RowBlock {
  private static final int BYTES = 1 << 23;
  private static final int MOST_ROWS = 1 << 16;

  private final int[] columns;
  private final double[][] values; // by place among the columns, row
  private final int rowCount;
  private final FileState state;
  private final Execution silent;
  private final ColumnConsumer consumer;
  private int first;
  private int count;

  /**
   * An empty block.
   *
   * @param columns those that go on
   * @param rowCount number of rows to come
   * @param state of the file, for what is told if there are more or fewer
   */
  RowBlock(
      int[] columns, int rowCount, FileState state, Execution execution, ColumnConsumer consumer) {
    this.columns = columns.clone();
    this.rowCount = rowCount;
    this.state = state;
    this.silent = execution.withProgressListener(fraction -> {});
    this.consumer = consumer;
    int rows = BYTES / Double.BYTES / Math.max(1, columns.length);
    values = new double[columns.length][Math.max(1, Math.min(Math.min(rows, MOST_ROWS), rowCount))];
  }

  /** Adds a row with all its columns; it may be changed afterwards. */
  void add(double[] row) {
    if (first + count == rowCount) {
      throw state.changed();
    }
    for (int i = 0; i < columns.length; i++) {
      values[i][count] = row[columns[i]];
    }
    count++;
    if (values.length > 0 && count == values[0].length) {
      pass();
    }
  }

  /** Passes on what is left. */
  void finish() {
    pass();
    if (first != rowCount) {
      throw state.changed();
    }
  }

  private void pass() {
    silent.forEach(columns.length, i -> consumer.accept(columns[i], values[i], first, count));
    first += count;
    count = 0;
  }
}
