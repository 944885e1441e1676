package nnpid.network;

import java.util.function.DoubleUnaryOperator;

/**
 * The forward pass from its definition, unit by unit, with a constant added to every hidden
 * activation. Units of a layer are counted by channel, row and column.
 */
final class SlowNetwork {
  private final Architecture architecture;
  private final double[][] noise;

  SlowNetwork(Architecture architecture, double[][] noise) {
    this.architecture = architecture;
    this.noise = noise;
  }

  static double[][] noNoise(Architecture architecture) {
    double[][] noise = new double[architecture.layerCount()][];
    for (int layer = 0; layer < noise.length; layer++) {
      noise[layer] = new double[architecture.layerSizes().get(layer)];
    }
    return noise;
  }

  /** With levels, the positive part saturates. */
  private static DoubleUnaryOperator function(Activation activation, int levels) {
    return switch (activation) {
      case TANH -> Math::tanh;
      case SIGMOID -> x -> 1 / (1 + Math.exp(-x));
      case RELU -> x -> Math.max(0, levels > 0 ? Math.min(x, 4) : x);
      case HARD_TANH -> x -> x < -1 ? -1 : x > 1 ? 1 : x;
      case LINEAR -> x -> x;
    };
  }

  /** Inputs of the output units. */
  double[] outputs(double[] parameters, double[] sample) {
    double[] values = sample;
    int offset = 0;
    for (int index = 0; index < architecture.layerCount(); index++) {
      Layer layer = architecture.layers().get(index);
      Shape inputs = architecture.inputsOf(index);
      if (layer instanceof Layer.Convolution convolution) {
        values = convolve(convolution, inputs, parameters, offset, values);
        offset +=
            (inputs.channels() * convolution.kernel() * convolution.kernel() + 1)
                * convolution.channels();
        apply(function(convolution.activation(), layer.levelCount()), values);
      } else if (layer instanceof Layer.MaxPooling pooling) {
        values = pool(pooling, inputs, values);
      } else if (layer instanceof Layer.Dense dense) {
        double[] next = dense(dense.units(), parameters, offset, values);
        offset += (values.length + 1) * dense.units();
        apply(function(dense.activation(), layer.levelCount()), next);
        values = next;
      }
      for (int unit = 0; unit < values.length; unit++) {
        values[unit] += noise[index][unit];
      }
    }
    int units = architecture.outputCode().unitCount(architecture.classCount());
    return dense(units, parameters, offset, values);
  }

  private static void apply(DoubleUnaryOperator function, double[] values) {
    for (int i = 0; i < values.length; i++) {
      values[i] = function.applyAsDouble(values[i]);
    }
  }

  private static double[] dense(int units, double[] parameters, int offset, double[] values) {
    double[] sums = new double[units];
    for (int unit = 0; unit < units; unit++) {
      sums[unit] = parameters[offset + values.length * units + unit];
      for (int i = 0; i < values.length; i++) {
        sums[unit] += values[i] * parameters[offset + i * units + unit];
      }
    }
    return sums;
  }

  private static double[] convolve(
      Layer.Convolution layer, Shape inputs, double[] parameters, int offset, double[] values) {
    int kernel = layer.kernel();
    int channels = layer.channels();
    int weights = inputs.channels() * kernel * kernel;
    int height = (inputs.height() + 2 * layer.padding() - kernel) / layer.stride() + 1;
    int width = (inputs.width() + 2 * layer.padding() - kernel) / layer.stride() + 1;
    double[] sums = new double[channels * height * width];
    for (int unit = 0; unit < sums.length; unit++) {
      int to = unit / (height * width);
      sums[unit] = parameters[offset + weights * channels + to];
      for (int weight = 0; weight < weights; weight++) {
        int from = weight % inputs.channels();
        int row = weight / inputs.channels() / kernel;
        int column = weight / inputs.channels() % kernel;
        int y = unit / width % height * layer.stride() + row - layer.padding();
        int x = unit % width * layer.stride() + column - layer.padding();
        if (y >= 0 && y < inputs.height() && x >= 0 && x < inputs.width()) {
          sums[unit] +=
              parameters[offset + weight * channels + to]
                  * values[(from * inputs.height() + y) * inputs.width() + x];
        }
      }
    }
    return sums;
  }

  private static double[] pool(Layer.MaxPooling layer, Shape inputs, double[] values) {
    int height = (inputs.height() - layer.size()) / layer.stride() + 1;
    int width = (inputs.width() - layer.size()) / layer.stride() + 1;
    double[] maxima = new double[inputs.channels() * height * width];
    for (int unit = 0; unit < maxima.length; unit++) {
      maxima[unit] = Double.NEGATIVE_INFINITY;
      int channel = unit / (height * width);
      for (int y = 0; y < layer.size(); y++) {
        for (int x = 0; x < layer.size(); x++) {
          int row = unit / width % height * layer.stride() + y;
          int column = unit % width * layer.stride() + x;
          int from = (channel * inputs.height() + row) * inputs.width() + column;
          maxima[unit] = Math.max(maxima[unit], values[from]);
        }
      }
    }
    return maxima;
  }

  double loss(double[] parameters, double[] sample, int label) {
    double[] outputs = outputs(parameters, sample);
    if (architecture.outputCode() == OutputCode.ONE_HOT) {
      double sum = 0;
      for (double output : outputs) {
        sum += Math.exp(output);
      }
      return Math.log(sum) - outputs[label];
    }
    double loss = 0;
    for (int digit = 0; digit < outputs.length; digit++) {
      double probability = 1 / (1 + Math.exp(-outputs[digit]));
      int wanted = label >> digit & 1;
      loss +=
          architecture.outputCode() == OutputCode.BINARY_SQUARED
              ? (probability - wanted) * (probability - wanted) / outputs.length
              : -Math.log(wanted == 1 ? probability : 1 - probability);
    }
    return loss;
  }
}
