package nnpid.weka;

import java.io.Closeable;
import java.io.IOException;
import java.util.BitSet;
import java.util.Optional;
import nnpid.distribution.SampleOfRow;
import nnpid.execution.Execution;
import weka.core.Instances;

/**
 * A table in a file, one row for every sample, which is never in memory as a whole: what is known
 * of it is small, and its columns are read from the beginning as often as they are needed. Not
 * thread-safe.
 */
interface TableFile extends Closeable {
  /** The columns as attributes, named as people see them, the class nominal; no instances. */
  Instances header();

  int rowCount();

  /** The class of every row, negative if it has none. */
  int[] classes();

  /**
   * The weight of every row; none if all are 1.
   *
   * @throws IOException if the file cannot be read
   */
  double[] weights() throws IOException;

  /** Which rows are of the same sample; empty if each is one. */
  Optional<SampleOfRow> samples() throws IOException;

  /** The rows in which a column has no value; empty if there must be none. */
  Optional<BitSet> missing(int column);

  /** Takes the values of a column in neighboring rows. */
  interface ColumnConsumer {
    /**
     * Takes the next values of a column, on any thread, but one after another.
     *
     * @param values numbers, or the indices of nominal values, NaN where there is none
     * @param first the first of their rows
     * @param count how many of the values there are
     */
    void accept(int column, double[] values, int first, int count);
  }

  /**
   * Reads columns once.
   *
   * @param columns which ones, ascending
   * @throws IOException if the file cannot be read, or is not what it was
   */
  void read(int[] columns, Execution execution, ColumnConsumer consumer) throws IOException;
}
