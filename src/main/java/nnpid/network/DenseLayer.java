package nnpid.network;

import java.util.Arrays;
import nnpid.execution.Execution;

/**
 * The weights of a dense layer at work on a batch. Matrices have a row per unit and a column per
 * sample; a task is a range of units, so that the order of no sum depends on the number of threads.
 */
final class DenseLayer {
  /** From it on, rows of units are long enough to be added up as they are. */
  private static final int WIDE = 64;

  private final int inputs;
  private final int units;
  private final int firstRow;
  private final int capacity;
  private double[][] samples = {}; // samples x units, or samples x inputs; made when needed
  private double[][] byUnit = {}; // units x inputs; made when needed

  DenseLayer(Architecture architecture, int layer, int capacity) {
    this.inputs = architecture.weightsPerUnit(layer);
    this.units = architecture.weightedUnits(layer);
    this.firstRow = Parameters.firstRow(architecture, layer);
    this.capacity = capacity;
  }

  private boolean addsRowsOfUnits() {
    return units >= Math.min(inputs, WIDE);
  }

  private void inBlocks(int count, Execution execution, Blocks.Block block) {
    Blocks.forEach(count, (double) inputs * units * capacity, execution, block);
  }

  /** Sets the inputs of the units to biases plus weighted sums. */
  void forward(Parameters parameters, double[][] from, double[][] sums, Execution execution) {
    inBlocks(units, execution, (first, end) -> forward(parameters, from, sums, first, end));
  }

  private void forward(
      Parameters parameters, double[][] from, double[][] sums, int first, int end) {
    double[][] weights = parameters.rows();
    for (int unit = first; unit < end; unit++) {
      Arrays.fill(sums[unit], weights[firstRow + inputs][unit]);
    }
    int i = 0;
    for (; i + 3 < inputs; i += 4) {
      double[] weights0 = weights[firstRow + i];
      double[] weights1 = weights[firstRow + i + 1];
      double[] weights2 = weights[firstRow + i + 2];
      double[] weights3 = weights[firstRow + i + 3];
      for (int unit = first; unit < end; unit++) {
        Rows.add(
            sums[unit],
            weights0[unit],
            from[i],
            weights1[unit],
            from[i + 1],
            weights2[unit],
            from[i + 2],
            weights3[unit],
            from[i + 3]);
      }
    }
    for (; i < inputs; i++) {
      for (int unit = first; unit < end; unit++) {
        Rows.add(sums[unit], weights[firstRow + i][unit], from[i]);
      }
    }
  }

  /** Sets the gradients of the inputs by those of the units' sums. */
  void inputGradients(
      Parameters parameters, double[][] sums, double[][] gradients, Execution execution) {
    inBlocks(
        inputs,
        execution,
        (first, end) -> {
          for (int i = first; i < end; i++) {
            Arrays.fill(gradients[i], 0);
          }
          addUnits(parameters.rows(), sums, gradients, first, end);
        });
  }

  private void addUnits(
      double[][] weights, double[][] sums, double[][] gradients, int first, int end) {
    int unit = 0;
    for (; unit + 3 < units; unit += 4) {
      for (int i = first; i < end; i++) {
        double[] row = weights[firstRow + i];
        Rows.addInTurn(
            gradients[i],
            row[unit],
            sums[unit],
            row[unit + 1],
            sums[unit + 1],
            row[unit + 2],
            sums[unit + 2],
            row[unit + 3],
            sums[unit + 3]);
      }
    }
    for (; unit < units; unit++) {
      for (int i = first; i < end; i++) {
        Rows.add(gradients[i], weights[firstRow + i][unit], sums[unit]);
      }
    }
  }

  /**
   * Adds the gradients of the weights, sample after sample.
   *
   * @param from the inputs of the last forward pass
   * @param sums gradients of the units' sums
   * @param count number of samples
   */
  void weightGradients(
      double[][] from, double[][] sums, int count, Parameters gradient, Execution execution) {
    double[][] rows = gradient.rows();
    if (samples.length == 0) {
      samples = new double[capacity][addsRowsOfUnits() ? units : inputs];
      byUnit = addsRowsOfUnits() ? byUnit : new double[units][inputs];
    }
    if (addsRowsOfUnits()) {
      Rows.transpose(sums, samples);
      inBlocks(
          inputs,
          execution,
          (first, end) -> {
            for (int i = first; i < end; i++) {
              Rows.addAllInTurn(rows[firstRow + i], from[i], samples, count);
            }
          });
    } else {
      weightGradientsByUnit(from, sums, count, gradient, execution);
    }
  }

  private void weightGradientsByUnit(
      double[][] from, double[][] sums, int count, Parameters gradient, Execution execution) {
    double[][] rows = gradient.rows();
    Rows.transpose(from, samples);
    inBlocks(
        units,
        execution,
        (first, end) -> {
          for (int unit = first; unit < end; unit++) {
            double[] own = byUnit[unit];
            for (int i = 0; i < inputs; i++) {
              own[i] = rows[firstRow + i][unit];
            }
            Rows.addAllInTurn(own, sums[unit], samples, count);
            for (int i = 0; i < inputs; i++) {
              rows[firstRow + i][unit] = own[i];
            }
          }
        });
  }

  /** Adds the gradients of the biases, sample after sample. */
  void biasGradients(double[][] sums, int count, Parameters gradient) {
    double[] biases = gradient.rows()[firstRow + inputs];
    for (int unit = 0; unit < units; unit++) {
      for (int sample = 0; sample < count; sample++) {
        biases[unit] += sums[unit][sample];
      }
    }
  }
}
