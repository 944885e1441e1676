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
 * <p>The parameters of a network are one array: layer after layer, for every input of the layer the
 * weights to all its units, then the biases. So the weights of an input lie together, and an input
 * that is zero is passed over with all of them.
 *
 * <p>The gradient is straight-through: rounding counts as the addition of a constant. It is exact
 * where nothing is rounded.
 */
final class Backpropagation {
  private final Architecture architecture;
  private final Activation activation;
  private final int layerCount;
  private final int[] offsets;
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
    this.offsets = new int[layerCount + 1];
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
    int offset = 0;
    for (int layer = 0; layer <= layerCount; layer++) {
      int units = architecture.unitsOf(layer);
      offsets[layer] = offset;
      offset += (architecture.inputsOf(layer) + 1) * units;
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
      double[] parameters,
      int[] inputIndices,
      double[] inputValues,
      int start,
      int end,
      @Nullable SplittableRandom random) {
    int units = architecture.unitsOf(0);
    System.arraycopy(
        parameters, offsets[0] + architecture.inputCount() * units, inputs[0], 0, units);
    addWeights(inputs[0], parameters, offsets[0], inputIndices, inputValues, start, end);
    for (int layer = 0; layer < layerCount; layer++) {
      if (!activate(layer, random)) {
        return false;
      }
      double[] from = rounded[layer];
      double[] to = inputs[layer + 1];
      int offset = offsets[layer + 1];
      System.arraycopy(parameters, offset + from.length * to.length, to, 0, to.length);
      addWeights(to, parameters, offset, allIndices, from, 0, from.length);
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

  /**
   * Adds the weights of the inputs, each times its value; four inputs at a time, in their order.
   */
  private static void addWeights(
      double[] sums,
      double[] parameters,
      int offset,
      int[] inputIndices,
      double[] inputValues,
      int start,
      int end) {
    int units = sums.length;
    int k = start;
    for (; k + 3 < end; k += 4) {
      addWeights(
          sums,
          parameters,
          offset + inputIndices[k] * units,
          inputValues[k],
          offset + inputIndices[k + 1] * units,
          inputValues[k + 1],
          offset + inputIndices[k + 2] * units,
          inputValues[k + 2],
          offset + inputIndices[k + 3] * units,
          inputValues[k + 3]);
    }
    for (; k < end; k++) {
      addWeights(sums, parameters, offset + inputIndices[k] * units, inputValues[k]);
    }
  }

  private static void addWeights(
      double[] sums,
      double[] parameters,
      int offset0,
      double value0,
      int offset1,
      double value1,
      int offset2,
      double value2,
      int offset3,
      double value3) {
    for (int unit = 0; unit < sums.length; unit++) {
      sums[unit] +=
          (value0 * parameters[offset0 + unit] + value1 * parameters[offset1 + unit])
              + (value2 * parameters[offset2 + unit] + value3 * parameters[offset3 + unit]);
    }
  }

  private static void addWeights(double[] sums, double[] parameters, int offset, double value) {
    for (int unit = 0; unit < sums.length; unit++) {
      sums[unit] += value * parameters[offset + unit];
    }
  }

  /** Cross-entropy of the sample of the last forward pass in nats; prepares {@link #backward}. */
  double loss(int label) {
    return architecture.outputCode().loss(inputs[layerCount], label, gradients[layerCount]);
  }

  /**
   * Adds the gradient of the last loss, times {@code scale}, to {@code gradient}. The arguments
   * other than these are those of the last forward pass.
   */
  void backward(
      double[] parameters,
      int[] inputIndices,
      double[] inputValues,
      int start,
      int end,
      double scale,
      double[] gradient) {
    double[] above = gradients[layerCount];
    for (int unit = 0; unit < above.length; unit++) {
      above[unit] *= scale;
    }
    for (int layer = layerCount; layer > 0; layer--) {
      above = gradients[layer];
      int offset = offsets[layer];
      double[] below = gradients[layer - 1];
      double[] exact = activations[layer - 1];
      double[] from = rounded[layer - 1];
      for (int i = 0; i < from.length; i++) {
        double sum = 0;
        int row = offset + i * above.length;
        for (int unit = 0; unit < above.length; unit++) {
          sum += parameters[row + unit] * above[unit];
          gradient[row + unit] += from[i] * above[unit];
        }
        below[i] = exact[i] < upperLimits[layer - 1] ? sum * activation.slope(exact[i]) : 0;
      }
      addOuter(gradient, offset + from.length * above.length, 1, above);
    }
    int units = gradients[0].length;
    for (int k = start; k < end; k++) {
      addOuter(gradient, offsets[0] + inputIndices[k] * units, inputValues[k], gradients[0]);
    }
    addOuter(gradient, offsets[0] + architecture.inputCount() * units, 1, gradients[0]);
  }

  private static void addOuter(double[] gradient, int offset, double value, double[] above) {
    for (int unit = 0; unit < above.length; unit++) {
      gradient[offset + unit] += value * above[unit];
    }
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
