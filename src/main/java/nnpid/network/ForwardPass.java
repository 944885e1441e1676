package nnpid.network;

import java.util.stream.IntStream;

/** What a network makes of one sample. Immutable. */
public final class ForwardPass {
  private final double[][] activations;
  private final int[][] levels;
  private final double[] classProbabilities;

  /** That of the only sample of a pass. */
  ForwardPass(Architecture architecture, BatchPass pass) {
    int layerCount = architecture.layerCount();
    this.activations =
        IntStream.range(0, layerCount)
            .mapToObj(layer -> pass.activations(layer, 0))
            .toArray(double[][]::new);
    this.levels =
        IntStream.range(0, layerCount)
            .mapToObj(layer -> pass.levels(layer, 0))
            .toArray(int[][]::new);
    this.classProbabilities =
        architecture.outputCode().classProbabilities(pass.outputs(0), architecture.classCount());
  }

  /**
   * Activations of the units of a hidden layer before rounding; the layers before it are rounded.
   *
   * @param layerIndex index from 0
   */
  public double[] activations(int layerIndex) {
    return activations[layerIndex].clone();
  }

  /**
   * Levels of the units of a hidden layer, from 0; they stand for the values of {@link
   * Architecture#quantizer}.
   *
   * @param layerIndex index from 0
   * @throws IllegalArgumentException if the layer is not quantized
   */
  public int[] levels(int layerIndex) {
    if (levels[layerIndex].length == 0) {
      throw Network.notQuantized(layerIndex);
    }
    return levels[layerIndex].clone();
  }

  /** Probability of every class; their sum is 1. */
  public double[] classProbabilities() {
    return classProbabilities.clone();
  }
}
