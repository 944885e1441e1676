package nnpid.network;

/**
 * The arithmetic of a network: rows times numbers, added up. All is in this form because Java
 * computes several elements at a time where, and only where, all arrays of a short loop are read
 * from the same index on; longer loops, such as over eight rows, are not (measured: 7 instead of 21
 * thousand million products a second).
 */
final class Rows {
  private Rows() {}

  /** Adds four rows of the same length, each times its value: the sum of them to each element. */
  static void add(
      double[] sums,
      double value0,
      double[] row0,
      double value1,
      double[] row1,
      double value2,
      double[] row2,
      double value3,
      double[] row3) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] += (value0 * row0[i] + value1 * row1[i]) + (value2 * row2[i] + value3 * row3[i]);
    }
  }

  /** Adds four rows of the same length, each times its value, one after the other. */
  static void addInTurn(
      double[] sums,
      double value0,
      double[] row0,
      double value1,
      double[] row1,
      double value2,
      double[] row2,
      double value3,
      double[] row3) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] =
          (((sums[i] + value0 * row0[i]) + value1 * row1[i]) + value2 * row2[i]) + value3 * row3[i];
    }
  }

  /** Adds a row of the same length times a value. */
  static void add(double[] sums, double value, double[] row) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] += value * row[i];
    }
  }

  /** Adds all rows in their order, row k times the k-th of some values. */
  static void addAllInTurn(double[] sums, double[] values, double[][] rows, int count) {
    int k = 0;
    for (; k + 3 < count; k += 4) {
      addInTurn(
          sums,
          values[k],
          rows[k],
          values[k + 1],
          rows[k + 1],
          values[k + 2],
          rows[k + 2],
          values[k + 3],
          rows[k + 3]);
    }
    for (; k < count; k++) {
      add(sums, values[k], rows[k]);
    }
  }

  /** Sum of a row: of every fourth element in turn, which need not wait for each other. */
  static double sum(double[] row) {
    double sum0 = 0;
    double sum1 = 0;
    double sum2 = 0;
    double sum3 = 0;
    int i = 0;
    for (; i + 3 < row.length; i += 4) {
      sum0 += row[i];
      sum1 += row[i + 1];
      sum2 += row[i + 2];
      sum3 += row[i + 3];
    }
    for (; i < row.length; i++) {
      sum0 += row[i];
    }
    return (sum0 + sum1) + (sum2 + sum3);
  }

  /** Copies columns to rows: as many as there are rows in {@code to}. */
  static void transpose(double[][] from, double[][] to) {
    for (int row = 0; row < from.length; row++) {
      double[] source = from[row];
      for (int column = 0; column < to.length; column++) {
        to[column][row] = source[column];
      }
    }
  }
}
