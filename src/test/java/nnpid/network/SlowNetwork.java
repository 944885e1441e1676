package nnpid.network;

import java.util.function.DoubleUnaryOperator;

/** The forward pass from its definition, with a constant added to every hidden activation. */
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
  private DoubleUnaryOperator function(int layer) {
    return switch (architecture.activation()) {
      case TANH -> Math::tanh;
      case SIGMOID -> x -> 1 / (1 + Math.exp(-x));
      case RELU -> x -> Math.max(0, architecture.levelCounts().get(layer) > 0 ? Math.min(x, 4) : x);
      case HARD_TANH -> x -> x < -1 ? -1 : x > 1 ? 1 : x;
    };
  }

  /** Inputs of the output units. */
  double[] outputs(double[] parameters, double[] sample) {
    double[] values = sample;
    int offset = 0;
    for (int layer = 0; layer <= architecture.layerCount(); layer++) {
      int units = architecture.unitsOf(layer);
      double[] next = new double[units];
      for (int unit = 0; unit < units; unit++) {
        double sum = parameters[offset + values.length * units + unit];
        for (int i = 0; i < values.length; i++) {
          sum += values[i] * parameters[offset + i * units + unit];
        }
        next[unit] =
            layer == architecture.layerCount()
                ? sum
                : function(layer).applyAsDouble(sum) + noise[layer][unit];
      }
      offset += (values.length + 1) * units;
      values = next;
    }
    return values;
  }

  double loss(double[] parameters, double[] sample, int label) {
    double[] outputs = outputs(parameters, sample);
    double loss = 0;
    if (architecture.outputCode() == OutputCode.ONE_HOT) {
      double sum = 0;
      for (double output : outputs) {
        sum += Math.exp(output);
      }
      return Math.log(sum) - outputs[label];
    }
    for (int digit = 0; digit < outputs.length; digit++) {
      double probability = 1 / (1 + Math.exp(-outputs[digit]));
      loss -= Math.log((label >> digit & 1) == 1 ? probability : 1 - probability);
    }
    return loss;
  }
}
