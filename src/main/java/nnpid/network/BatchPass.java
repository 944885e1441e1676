package nnpid.network;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import nnpid.execution.Execution;
import org.jspecify.annotations.Nullable;

/**
 * Forward and backward pass of a batch of samples, with the memory they work in. Not thread-safe:
 * one per training. The result does not depend on the number of threads it uses.
 *
 * <p>The gradient is straight-through: rounding counts as the addition of a constant. It is exact
 * where nothing is rounded.
 *
 * <p>Dense layers work on matrices with a row per unit and a column per sample, so that layers of
 * few units take no longer per product than wide ones. The first of them, if it sees the inputs,
 * passes over those that are zero.
 */
final class BatchPass {
  /** About how long it takes: that many products. */
  private static final int PRODUCTS_PER_ACTIVATION = 400;

  private final Architecture architecture;
  private final int layerCount;
  private final int frontCount;
  private final int capacity;
  private final @Nullable Front front;
  private final @Nullable SparseLayer sparse;
  private final DenseLayer[] dense; // null for layers of the front, and for the one above
  private final LayerActivation[] activations;
  private final double[][][] features; // what a layer gets: a row per unit, a column per sample
  private final double[][][] sums; // of the outputs, too
  private final double[][][] exact;
  private final int[][][] levels;
  private final double[][][] draws;
  private final double[][][] gradients; // of sums; made when needed
  private final double[] outputs;
  private final double[] outputGradient;
  private int count;

  /**
   * A pass of at most {@code capacity} samples at a time.
   *
   * @param samples those it is for
   */
  BatchPass(Architecture architecture, Samples samples, int capacity) {
    this.architecture = architecture;
    this.capacity = capacity;
    this.layerCount = architecture.layerCount();
    this.frontCount = architecture.frontCount();
    this.front = frontCount > 0 ? new Front(architecture, capacity) : null;
    this.sparse = frontCount > 0 ? null : new SparseLayer(architecture, samples);
    this.dense = new DenseLayer[layerCount + 1];
    this.activations = new LayerActivation[layerCount];
    this.features = new double[layerCount + 1][0][];
    this.sums = new double[layerCount + 1][0][];
    this.exact = new double[layerCount][0][];
    this.levels = new int[layerCount][0][];
    this.draws = new double[layerCount][0][];
    this.gradients = new double[layerCount + 1][0][];
    this.outputs = new double[architecture.unitsOf(layerCount)];
    this.outputGradient = new double[outputs.length];
    if (front != null) {
      features[frontCount] = new double[architecture.inputsOf(frontCount).size()][capacity];
    }
    for (int layer = frontCount; layer <= layerCount; layer++) {
      int units = architecture.unitsOf(layer);
      sums[layer] = new double[units][capacity];
      if (layer > 0) {
        dense[layer] = new DenseLayer(architecture, layer, capacity);
      }
      if (layer < layerCount) {
        activations[layer] = new LayerActivation(architecture, layer);
        boolean quantized = activations[layer].isQuantized();
        exact[layer] = new double[units][capacity];
        features[layer + 1] = quantized ? new double[units][capacity] : exact[layer];
        levels[layer] = new int[quantized ? units : 0][capacity];
        draws[layer] = new double[quantized ? units : 0][capacity];
      }
    }
  }

  /** Number of samples it can take at a time. */
  int capacity() {
    return capacity;
  }

  /**
   * Computes all activations of samples; they hold until the next call.
   *
   * @param chosen indices of the samples, from {@code from} to below {@code to}
   * @param random where stochastic rounding gets its draws, sample after sample; null rounds to the
   *     nearest level
   * @return whether all are finite; if not, the rest is not computed
   */
  boolean forward(
      Parameters parameters,
      Samples samples,
      int[] chosen,
      int from,
      int to,
      @Nullable SplittableRandom random,
      Execution execution) {
    count = to - from;
    if (random != null) {
      draw(random);
    }
    if (front != null
        && !front.forward(
            parameters,
            samples,
            chosen,
            from,
            count,
            random != null,
            features[frontCount],
            execution)) {
      return false;
    }
    for (int layer = frontCount; layer <= layerCount; layer++) {
      if (layer == 0 && sparse != null) {
        sparse.forward(parameters, chosen, from, count, sums[0]);
      } else {
        dense[layer].forward(parameters, features[layer], sums[layer], execution);
      }
      if (layer < layerCount && !activate(layer, random != null, execution)) {
        return false;
      }
    }
    for (double[] row : sums[layerCount]) {
      for (int i = 0; i < count; i++) {
        if (!Double.isFinite(row[i])) {
          return false;
        }
      }
    }
    return true;
  }

  /** Passes over the draws of stochastic rounding that samples before the next ones had. */
  void skip(int samples, SplittableRandom random) {
    count = 1;
    for (int i = 0; i < samples; i++) {
      draw(random);
    }
  }

  private void draw(SplittableRandom random) {
    for (int sample = 0; sample < count; sample++) {
      if (front != null) {
        front.draw(sample, random);
      }
      for (int layer = frontCount; layer < layerCount; layer++) {
        for (double[] row : draws[layer]) {
          row[sample] = random.nextDouble();
        }
      }
    }
  }

  private boolean activate(int layer, boolean random, Execution execution) {
    boolean quantized = activations[layer].isQuantized();
    AtomicBoolean finite = new AtomicBoolean(true);
    Blocks.forEach(
        sums[layer].length,
        (double) PRODUCTS_PER_ACTIVATION * sums[layer].length * count,
        execution,
        (from, to) -> {
          for (int unit = from; unit < to && finite.get(); unit++) {
            if (!activations[layer].apply(
                sums[layer][unit],
                exact[layer][unit],
                features[layer + 1][unit],
                quantized ? levels[layer][unit] : null,
                quantized && random ? draws[layer][unit] : null,
                count)) {
              finite.set(false);
            }
          }
        });
    return finite.get();
  }

  /** Loss of a sample of the last forward pass, counted from 0. */
  double loss(int sample, int label) {
    return architecture.outputCode().loss(outputs(sample), label, outputGradient);
  }

  /**
   * Loss of a sample of the last forward pass, of which {@link #backward} is to add the gradient.
   *
   * @param scale by which the gradient is multiplied
   */
  double loss(int sample, int label, double scale) {
    if (gradients[layerCount].length == 0) {
      for (int layer = frontCount; layer <= layerCount; layer++) {
        gradients[layer] = new double[architecture.unitsOf(layer)][capacity];
      }
    }
    double loss = loss(sample, label);
    for (int unit = 0; unit < outputs.length; unit++) {
      gradients[layerCount][unit][sample] = outputGradient[unit] * scale;
    }
    return loss;
  }

  /**
   * Adds the gradients of the losses of all samples of the last forward pass.
   *
   * @param parameters those of the last forward pass
   * @param chosen the samples of the last forward pass, from {@code from} on
   */
  void backward(
      Parameters parameters, int[] chosen, int from, Parameters gradient, Execution execution) {
    for (double[] row : gradients[layerCount]) {
      Arrays.fill(row, count, capacity, 0);
    }
    for (int layer = layerCount; layer >= frontCount; layer--) {
      double[][] above = gradients[layer];
      if (layer == 0 && sparse != null) {
        sparse.backward(chosen, from, count, above, gradient);
        return;
      }
      dense[layer].weightGradients(features[layer], above, count, gradient, execution);
      dense[layer].biasGradients(above, count, gradient);
      if (layer > frontCount) {
        double[][] below = gradients[layer - 1];
        dense[layer].inputGradients(parameters, above, below, execution);
        for (int unit = 0; unit < below.length; unit++) {
          activations[layer - 1].toSums(below[unit], exact[layer - 1][unit]);
        }
      } else if (front != null) {
        double[][] below = new double[features[layer].length][capacity];
        dense[layer].inputGradients(parameters, above, below, execution);
        front.backward(parameters, below, count, gradient, execution);
      }
    }
  }

  /** Ends a batch: adds the gradients that are still collected. */
  void addTo(Parameters gradient) {
    if (sparse != null) {
      sparse.addTo(gradient);
    }
  }

  /** Forgets gradients that are still collected. */
  void clear() {
    if (sparse != null) {
      sparse.clear();
    }
  }

  /** Inputs of the output units for a sample of the last forward pass: an array of this object. */
  double[] outputs(int sample) {
    for (int unit = 0; unit < outputs.length; unit++) {
      outputs[unit] = sums[layerCount][unit][sample];
    }
    return outputs;
  }

  /** Activations of a hidden layer before rounding for a sample of the last forward pass. */
  double[] activations(int layerIndex, int sample) {
    return front != null && layerIndex < frontCount
        ? front.activations(layerIndex, sample)
        : column(exact[layerIndex], sample);
  }

  /** Activations of a hidden layer after rounding for a sample of the last forward pass. */
  double[] rounded(int layerIndex, int sample) {
    return front != null && layerIndex < frontCount
        ? front.rounded(layerIndex, sample)
        : column(features[layerIndex + 1], sample);
  }

  private static double[] column(double[][] rows, int sample) {
    return Arrays.stream(rows).mapToDouble(row -> row[sample]).toArray();
  }

  /** Levels of a hidden layer for a sample of the last forward pass; empty without levels. */
  int[] levels(int layerIndex, int sample) {
    if (front != null && layerIndex < frontCount) {
      return front.levels(layerIndex, sample);
    }
    int[][] rows = levels[layerIndex];
    return IntStream.range(0, rows.length).map(unit -> rows[unit][sample]).toArray();
  }
}
