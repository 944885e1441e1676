package nnpid.network;

/**
 * The weights of a dense layer that sees the inputs of the network: inputs that are zero are passed
 * over, with all their weights. Matrices have a row per unit and a column per sample.
 */
final class SparseLayer {
  private final Samples samples;
  private final InputGradient inputGradient;
  private final double[] row; // of the units, for a sample

  SparseLayer(Architecture architecture, Samples samples) {
    this.samples = samples;
    this.row = new double[architecture.unitsOf(0)];
    this.inputGradient = new InputGradient(samples, row.length);
  }

  /** Sets the inputs of the units to biases plus weighted sums, in the order of the inputs. */
  void forward(Parameters parameters, int[] chosen, int from, int count, double[][] sums) {
    double[][] weights = parameters.rows();
    int[] indices = samples.indices();
    double[] values = samples.values();
    for (int sample = 0; sample < count; sample++) {
      System.arraycopy(weights[samples.inputCount()], 0, row, 0, row.length);
      int k = samples.start(chosen[from + sample]);
      int end = samples.end(chosen[from + sample]);
      for (; k + 3 < end; k += 4) {
        Rows.add(
            row,
            values[k],
            weights[indices[k]],
            values[k + 1],
            weights[indices[k + 1]],
            values[k + 2],
            weights[indices[k + 2]],
            values[k + 3],
            weights[indices[k + 3]]);
      }
      for (; k < end; k++) {
        Rows.add(row, values[k], weights[indices[k]]);
      }
      for (int unit = 0; unit < row.length; unit++) {
        sums[unit][sample] = row[unit];
      }
    }
  }

  /**
   * Collects the gradients of weights and adds those of biases, sample after sample.
   *
   * @param sums gradients of the units' sums
   */
  void backward(int[] chosen, int from, int count, double[][] sums, Parameters gradient) {
    double[] biases = gradient.rows()[samples.inputCount()];
    for (int sample = 0; sample < count; sample++) {
      for (int unit = 0; unit < row.length; unit++) {
        row[unit] = sums[unit][sample];
        biases[unit] += row[unit];
      }
      inputGradient.add(chosen[from + sample], row, gradient);
    }
  }

  /** Adds the gradients of weights that are still collected. */
  void addTo(Parameters gradient) {
    inputGradient.addTo(gradient);
  }

  /** Forgets gradients that are still collected. */
  void clear() {
    inputGradient.clear();
  }
}
