package nnpid.network;

import java.util.Collections;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import nnpid.distribution.Quantizer;
import nnpid.distribution.Quantizer.Rounding;
import org.jspecify.annotations.Nullable;

/**
 * Forward and backward pass of one sample at a time, with the memory they work in. Not thread-safe:
 * one per thread.
 *
 * <p>The gradient is straight-through: rounding counts as the addition of a constant. It is exact
 * where nothing is rounded.
 */
final class Backpropagation {
  private final Architecture architecture;
  private final Activation activation;
  private final int layerCount;
  private final int[] firstRows;
  private final double[][] inputs; // of the units of every layer; those of the last are the outputs
  private final double[][] activations; // of hidden units before rounding
  private final double[][] rounded; // of hidden units, as the next layer sees them
  private final int[][] levels;
  private final double[][] gradients; // with respect to the inputs of the units
  private final @Nullable Quantizer[] nearest;
  private final @Nullable Quantizer[] stochastic;
  private final double[][] levelValues;
  private final double[] upperLimits;
  private final int[] allIndices;

  Backpropagation(Architecture architecture) {
    this.architecture = architecture;
    this.activation = architecture.activation();
    this.layerCount = architecture.layerCount();
    this.firstRows = new int[layerCount + 1];
    this.inputs = new double[layerCount + 1][];
    this.gradients = new double[layerCount + 1][];
    this.activations = new double[layerCount][];
    this.rounded = new double[layerCount][];
    this.levels = new int[layerCount][];
    this.nearest = new Quantizer[layerCount];
    this.stochastic = new Quantizer[layerCount];
    this.levelValues = new double[layerCount][];
    this.upperLimits = new double[layerCount];
    this.allIndices = IntStream.range(0, Collections.max(architecture.layerSizes())).toArray();
    for (int layer = 0; layer <= layerCount; layer++) {
      int units = architecture.unitsOf(layer);
      firstRows[layer] = Parameters.firstRow(architecture, layer);
      inputs[layer] = new double[units];
      gradients[layer] = new double[units];
    }
    for (int layer = 0; layer < layerCount; layer++) {
      int units = architecture.unitsOf(layer);
      int levelCount = architecture.levelCounts().get(layer);
      activations[layer] = new double[units];
      rounded[layer] = new double[units];
      levels[layer] = new int[units];
      levelValues[layer] = new double[levelCount];
      upperLimits[layer] = Double.POSITIVE_INFINITY;
      if (levelCount > 0) {
        Quantizer quantizer = activation.quantizer(levelCount, Rounding.CENTER_SATURATING);
        nearest[layer] = quantizer;
        stochastic[layer] = activation.quantizer(levelCount, Rounding.STOCHASTIC);
        for (int level = 0; level < levelCount; level++) {
          levelValues[layer][level] = quantizer.levelValue(level);
        }
        if (activation == Activation.RELU) {
          upperLimits[layer] = activation.high();
        }
      }
    }
  }

  /**
   * Computes all activations of a sample; they hold until the next call.
   *
   * @param random where stochastic rounding gets its draws; null rounds to the nearest level
   * @return whether all are finite; if not, the rest is not computed
   */
  boolean forward(
      Parameters parameters,
      int[] inputIndices,
      double[] inputValues,
      int start,
      int end,
      @Nullable SplittableRandom random) {
    double[][] rows = parameters.rows();
    double[] to = inputs[0];
    System.arraycopy(rows[architecture.inputCount()], 0, to, 0, to.length);
    addRows(to, rows, 0, inputIndices, inputValues, start, end);
    for (int layer = 0; layer < layerCount; layer++) {
      if (!activate(layer, random)) {
        return false;
      }
      double[] from = rounded[layer];
      to = inputs[layer + 1];
      int first = firstRows[layer + 1];
      System.arraycopy(rows[first + from.length], 0, to, 0, to.length);
      addRows(to, rows, first, allIndices, from, 0, from.length);
    }
    for (double output : inputs[layerCount]) {
      if (!Double.isFinite(output)) {
        return false;
      }
    }
    return true;
  }

  private boolean activate(int layer, @Nullable SplittableRandom random) {
    double[] input = inputs[layer];
    double[] exact = activations[layer];
    Quantizer quantizer = random == null ? nearest[layer] : stochastic[layer];
    for (int unit = 0; unit < input.length; unit++) {
      double value = activation.value(input[unit]);
      if (!Double.isFinite(value)) {
        return false;
      }
      exact[unit] = value;
      if (quantizer == null) {
        rounded[layer][unit] = value;
      } else {
        int level = quantizer.quantize(value, random == null ? 0 : random.nextDouble());
        levels[layer][unit] = level;
        rounded[layer][unit] = levelValues[layer][level];
      }
    }
    return true;
  }

  /** Adds the rows of inputs, each times the value of its input; four at a time, in their order. */
  private static void addRows(
      double[] sums,
      double[][] rows,
      int first,
      int[] inputIndices,
      double[] inputValues,
      int start,
      int end) {
    int k = start;
    for (; k + 3 < end; k += 4) {
      addRows(
          sums,
          inputValues[k],
          rows[first + inputIndices[k]],
          inputValues[k + 1],
          rows[first + inputIndices[k + 1]],
          inputValues[k + 2],
          rows[first + inputIndices[k + 2]],
          inputValues[k + 3],
          rows[first + inputIndices[k + 3]]);
    }
    for (; k < end; k++) {
      addRow(sums, inputValues[k], rows[first + inputIndices[k]]);
    }
  }

  /** Adds four rows of the same length, each times its value. */
  static void addRows(
      double[] sums,
      double value0,
      double[] row0,
      double value1,
      double[] row1,
      double value2,
      double[] row2,
      double value3,
      double[] row3) {
    for (int unit = 0; unit < sums.length; unit++) {
      sums[unit] +=
          (value0 * row0[unit] + value1 * row1[unit]) + (value2 * row2[unit] + value3 * row3[unit]);
    }
  }

  /** Adds a row of the same length times a value. */
  static void addRow(double[] sums, double value, double[] row) {
    for (int unit = 0; unit < sums.length; unit++) {
      sums[unit] += value * row[unit];
    }
  }

  /** Cross-entropy of the sample of the last forward pass in nats; prepares {@link #backward}. */
  double loss(int label) {
    return architecture.outputCode().loss(inputs[layerCount], label, gradients[layerCount]);
  }

  /**
   * Adds the gradient of the last loss, times {@code scale}, to {@code gradient}, but for the
   * weights of the inputs: they get {@link #firstGradients()} times the inputs.
   *
   * @param parameters those of the last forward pass
   */
  void backward(Parameters parameters, double scale, Parameters gradient) {
    double[] above = gradients[layerCount];
    for (int unit = 0; unit < above.length; unit++) {
      above[unit] *= scale;
    }
    for (int layer = layerCount; layer > 0; layer--) {
      above = gradients[layer];
      double[] below = gradients[layer - 1];
      double[] exact = activations[layer - 1];
      double[] from = rounded[layer - 1];
      int first = firstRows[layer];
      for (int i = 0; i < from.length; i++) {
        double[] weights = parameters.rows()[first + i];
        double sum = 0;
        for (int unit = 0; unit < above.length; unit++) {
          sum += weights[unit] * above[unit];
        }
        below[i] = exact[i] < upperLimits[layer - 1] ? sum * activation.slope(exact[i]) : 0;
        addRow(gradient.rows()[first + i], from[i], above);
      }
      addRow(gradient.rows()[first + from.length], 1, above);
    }
    addRow(gradient.rows()[architecture.inputCount()], 1, gradients[0]);
  }

  /**
   * Gradient with respect to the inputs of the units of the first layer, after {@link #backward}:
   * the array itself.
   */
  double[] firstGradients() {
    return gradients[0];
  }

  /** Inputs of the output units in the last forward pass: the array itself. */
  double[] outputs() {
    return inputs[layerCount];
  }

  /** Activations of a hidden layer before rounding in the last forward pass: the array itself. */
  double[] activations(int layerIndex) {
    return activations[layerIndex];
  }

  /** Activations of a hidden layer after rounding in the last forward pass: the array itself. */
  double[] rounded(int layerIndex) {
    return rounded[layerIndex];
  }

  /** Levels of a hidden layer in the last forward pass, if it is quantized: the array itself. */
  int[] levels(int layerIndex) {
    return levels[layerIndex];
  }
}
