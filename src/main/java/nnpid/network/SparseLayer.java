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
    for (int sample = 0; sample < count; sample++) {
      System.arraycopy(weights[samples.inputCount()], 0, row, 0, row.length);
      int k = samples.start(chosen[from + sample]);
      int end = samples.end(chosen[from + sample]);
      for (; k + 3 < end; k += 4) {
        Rows.add(
            row,
            samples.value(k),
            weights[samples.index(k)],
            samples.value(k + 1),
            weights[samples.index(k + 1)],
            samples.value(k + 2),
            weights[samples.index(k + 2)],
            samples.value(k + 3),
            weights[samples.index(k + 3)]);
      }
      for (; k < end; k++) {
        Rows.add(row, samples.value(k), weights[samples.index(k)]);
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
