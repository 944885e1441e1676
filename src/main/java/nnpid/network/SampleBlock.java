package nnpid.network;

/** What convolution and pooling make of a few samples: activations and where maxima come from. */
final class SampleBlock {
  /** Samples of a block: few, so that all of a block stays in the processor's second cache. */
  static final int SAMPLES = 2;

  /** Inputs of the units of layer k at [k], channel by channel; of pooling what it gives. */
  final double[][][] sums;

  /** Activations before rounding; the same arrays as {@link #rounded} where nothing is rounded. */
  final double[][][] exact;

  /** What the layer after layer k gets. */
  final double[][][] rounded;

  final int[][][] levels;

  /** Random numbers for stochastic rounding. */
  final double[][][] draws;

  /** For pooling, the position of the maximum within its channel. */
  final int[][][] maxima;

  /** The network's inputs, channel by channel. */
  final double[][] inputs;

  SampleBlock(Architecture architecture) {
    int count = architecture.frontCount();
    sums = new double[count][0][];
    exact = new double[count][0][];
    rounded = new double[count][0][];
    levels = new int[count][0][];
    draws = new double[count][0][];
    maxima = new int[count][0][];
    Shape shape = architecture.inputsOf(0);
    inputs = new double[shape.channels()][SAMPLES * shape.area()];
    for (int layer = 0; layer < count; layer++) {
      Shape outputs = architecture.inputsOf(layer + 1);
      int channels = outputs.channels();
      int length = SAMPLES * outputs.area();
      rounded[layer] = new double[channels][length];
      if (architecture.layers().get(layer) instanceof Layer.MaxPooling) {
        maxima[layer] = new int[channels][length];
        sums[layer] = rounded[layer];
        exact[layer] = rounded[layer];
        continue;
      }
      sums[layer] = new double[channels][length];
      boolean quantized = architecture.layers().get(layer).levelCount() > 0;
      exact[layer] = quantized ? new double[channels][length] : rounded[layer];
      levels[layer] = new int[quantized ? channels : 0][length];
      draws[layer] = new double[quantized ? channels : 0][length];
    }
  }

  /** What layer k gets. */
  double[][] inputsOf(int layer) {
    return layer == 0 ? inputs : rounded[layer - 1];
  }
}
