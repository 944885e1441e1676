package nnpid.network;

import java.io.Serializable;
import java.util.Arrays;
import java.util.stream.Stream;
import nnpid.execution.Execution;

/**
 * Weights and biases of a network, or something there is one of for each of them. Mutable, for the
 * kernels.
 *
 * <p>Layer after layer, the outputs last, there is a row for every input of the layer, with the
 * weights to all its units, and a row of biases. So an input that is zero is passed over with all
 * its weights. Of a convolution, inputs are those of a kernel, and units are output channels; a
 * layer without weights has no row. Every row is an array of its own because Java computes several
 * elements at a time only where all arrays of a loop are read from the same index on.
 */
final class Parameters implements Serializable {
  private static final long serialVersionUID = 3860246093218543107L;

  private final double[][] rows;

  private Parameters(double[][] rows) {
    this.rows = rows;
  }

  /** Zero for every parameter of the architecture. */
  static Parameters zeros(Architecture architecture) {
    double[][] rows = new double[firstRow(architecture, architecture.layerCount() + 1)][];
    for (int layer = 0; layer <= architecture.layerCount(); layer++) {
      int end = firstRow(architecture, layer + 1);
      for (int row = firstRow(architecture, layer); row < end; row++) {
        rows[row] = new double[architecture.weightedUnits(layer)];
      }
    }
    return new Parameters(rows);
  }

  /** These values, in the order of {@link #toArray()}. */
  static Parameters of(Architecture architecture, double... values) {
    Parameters parameters = zeros(architecture);
    int position = 0;
    for (double[] row : parameters.rows) {
      System.arraycopy(values, position, row, 0, row.length);
      position += row.length;
    }
    return parameters;
  }

  /** Index of the first row of a layer, where the outputs are the layer after the hidden ones. */
  static int firstRow(Architecture architecture, int layer) {
    int first = 0;
    for (int before = 0; before < layer; before++) {
      first +=
          architecture.weightedUnits(before) == 0 ? 0 : architecture.weightsPerUnit(before) + 1;
    }
    return first;
  }

  /** All rows: the arrays themselves. */
  double[][] rows() {
    return rows;
  }

  Parameters copy() {
    return new Parameters(Arrays.stream(rows).map(double[]::clone).toArray(double[][]::new));
  }

  /** Takes over the values of others of the same architecture. */
  void set(Parameters others) {
    for (int row = 0; row < rows.length; row++) {
      System.arraycopy(others.rows[row], 0, rows[row], 0, rows[row].length);
    }
  }

  void clear() {
    for (double[] row : rows) {
      Arrays.fill(row, 0);
    }
  }

  /**
   * Takes a step: subtracts a gradient, multiplied by the rate, and clears it. With momentum, the
   * velocity is what is subtracted: it is multiplied by the momentum and gets the gradient first.
   */
  void step(
      double rate, double momentum, Parameters velocity, Parameters gradient, Execution execution) {
    double count = 8.0 * Arrays.stream(rows).mapToInt(row -> row.length).sum();
    Blocks.forEach(
        rows.length,
        count,
        execution,
        (from, to) -> {
          for (int i = from; i < to; i++) {
            if (momentum == 0) {
              subtract(rows[i], rate, gradient.rows[i]);
            } else {
              scaleAndAdd(velocity.rows[i], momentum, gradient.rows[i]);
              subtract(rows[i], rate, velocity.rows[i]);
            }
            Arrays.fill(gradient.rows[i], 0);
          }
        });
  }

  private static void scaleAndAdd(double[] row, double factor, double[] other) {
    for (int unit = 0; unit < row.length; unit++) {
      row[unit] = factor * row[unit] + other[unit];
    }
  }

  private static void subtract(double[] row, double factor, double[] other) {
    for (int unit = 0; unit < row.length; unit++) {
      row[unit] -= factor * other[unit];
    }
  }

  /** Whether there is a finite value for every parameter of the architecture. */
  boolean fit(Architecture architecture) {
    int row = 0;
    for (int layer = 0; layer <= architecture.layerCount(); layer++) {
      int end = firstRow(architecture, layer + 1);
      for (; row < end; row++) {
        if (rows == null
            || rows.length < end
            || rows[row] == null
            || rows[row].length != architecture.weightedUnits(layer)) {
          return false;
        }
      }
    }
    return rows.length == row && areFinite();
  }

  boolean areFinite() {
    double sum = 0;
    for (double[] row : rows) {
      for (double value : row) {
        sum += 0 * value;
      }
    }
    return sum == 0;
  }

  /** All values, row after row. */
  double[] toArray() {
    return Stream.of(rows).flatMapToDouble(Arrays::stream).toArray();
  }

  @Override
  public boolean equals(Object object) {
    return object instanceof Parameters other && Arrays.deepEquals(rows, other.rows);
  }

  @Override
  public int hashCode() {
    return Arrays.deepHashCode(rows);
  }
}
