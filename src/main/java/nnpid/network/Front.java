package nnpid.network;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import nnpid.execution.Execution;

/**
 * Convolution and max pooling before the dense layers, block after block of few samples. Blocks are
 * shared out to a fixed number of tasks, each of which adds up gradients of its own; their sum has
 * a fixed order. So the result does not depend on the number of threads.
 */
final class Front {
  private static final int TASKS = 8;

  private final Architecture architecture;
  private final int layerCount;
  private final LayerActivation[] activations;
  private final SampleBlock[] blocks;
  private final Task[] tasks;

  /** What a task works in. */
  private final class Task {
    final ConvolutionLayer[] layers = new ConvolutionLayer[layerCount]; // null where pooling is
    double[][][] gradients = {}; // of what layer k gives; made when needed
    double[][] biases = {};
    boolean finite = true;

    Task() {
      for (int layer = 0; layer < layerCount; layer++) {
        if (architecture.layers().get(layer) instanceof Layer.Convolution) {
          layers[layer] = new ConvolutionLayer(architecture, layer);
        }
      }
    }

    void clear() {
      if (gradients.length == 0) {
        gradients = new double[layerCount][][];
        biases = new double[layerCount][];
        for (int layer = 0; layer < layerCount; layer++) {
          Shape shape = architecture.inputsOf(layer + 1);
          gradients[layer] = new double[shape.channels()][SampleBlock.SAMPLES * shape.area()];
          biases[layer] = new double[shape.channels()];
        }
      }
      for (int layer = 0; layer < layerCount; layer++) {
        Arrays.fill(biases[layer], 0);
        if (layers[layer] != null) {
          layers[layer].clearWeightGradients();
        }
      }
    }
  }

  Front(Architecture architecture, int capacity) {
    this.architecture = architecture;
    this.layerCount = architecture.frontCount();
    this.activations =
        IntStream.range(0, layerCount)
            .mapToObj(layer -> new LayerActivation(architecture, layer))
            .toArray(LayerActivation[]::new);
    int blockCount = (capacity + SampleBlock.SAMPLES - 1) / SampleBlock.SAMPLES;
    this.blocks =
        IntStream.range(0, blockCount)
            .mapToObj(i -> new SampleBlock(architecture))
            .toArray(SampleBlock[]::new);
    this.tasks =
        IntStream.range(0, Math.min(TASKS, blockCount))
            .mapToObj(i -> new Task())
            .toArray(Task[]::new);
  }

  private interface BlockConsumer {
    void accept(Task task, SampleBlock block, int first, int count);
  }

  private void inBlocks(int count, Execution execution, BlockConsumer consumer) {
    int used = (count + SampleBlock.SAMPLES - 1) / SampleBlock.SAMPLES;
    execution.forEach(
        tasks.length,
        i -> {
          int end = used * (i + 1) / tasks.length;
          for (int block = used * i / tasks.length; block < end; block++) {
            int first = block * SampleBlock.SAMPLES;
            int samples = Math.min(SampleBlock.SAMPLES, count - first);
            consumer.accept(tasks[i], blocks[block], first, samples);
          }
        });
  }

  /** Draws the random numbers of a sample, in the order of its layers and units. */
  void draw(int sample, SplittableRandom random) {
    SampleBlock block = blocks[sample / SampleBlock.SAMPLES];
    int within = sample % SampleBlock.SAMPLES;
    for (int layer = 0; layer < layerCount; layer++) {
      int area = architecture.inputsOf(layer + 1).area();
      for (double[] row : block.draws[layer]) {
        for (int i = within * area; i < (within + 1) * area; i++) {
          row[i] = random.nextDouble();
        }
      }
    }
  }

  /**
   * Passes samples on to the first dense layer.
   *
   * @param chosen indices of the samples, from {@code from} on
   * @param random whether rounding is by random numbers, which have been drawn
   * @param features receives what the dense layers get: a row per unit, a column per sample
   * @return whether all activations are finite
   */
  boolean forward(
      Parameters parameters,
      Samples samples,
      int[] chosen,
      int from,
      int count,
      boolean random,
      double[][] features,
      Execution execution) {
    for (Task task : tasks) {
      task.finite = true;
    }
    inBlocks(
        count,
        execution,
        (task, block, first, size) -> {
          for (int i = 0; i < size; i++) {
            samples.copyInputs(chosen[from + first + i], block.inputs, i);
          }
          if (!forward(parameters, task, block, random)) {
            task.finite = false;
            return;
          }
          double[][] last = block.rounded[layerCount - 1];
          int area = architecture.inputsOf(layerCount).area();
          for (int i = 0; i < size; i++) {
            for (int channel = 0; channel < last.length; channel++) {
              for (int unit = 0; unit < area; unit++) {
                features[channel * area + unit][first + i] = last[channel][i * area + unit];
              }
            }
          }
        });
    return Arrays.stream(tasks).allMatch(task -> task.finite);
  }

  private boolean forward(Parameters parameters, Task task, SampleBlock block, boolean random) {
    for (int layer = 0; layer < layerCount; layer++) {
      double[][] from = block.inputsOf(layer);
      ConvolutionLayer convolution = task.layers[layer];
      if (convolution == null) {
        pool(layer, from, block);
        continue;
      }
      convolution.forward(parameters, from, block.sums[layer]);
      boolean quantized = activations[layer].isQuantized();
      for (int channel = 0; channel < block.sums[layer].length; channel++) {
        double[] sums = block.sums[layer][channel];
        if (!activations[layer].apply(
            sums,
            block.exact[layer][channel],
            block.rounded[layer][channel],
            quantized ? block.levels[layer][channel] : null,
            quantized && random ? block.draws[layer][channel] : null,
            sums.length)) {
          return false;
        }
      }
    }
    return true;
  }

  private void pool(int layer, double[][] from, SampleBlock block) {
    Layer.MaxPooling pooling = (Layer.MaxPooling) architecture.layers().get(layer);
    Shape inputs = architecture.inputsOf(layer);
    Shape outputs = architecture.inputsOf(layer + 1);
    for (int channel = 0; channel < from.length; channel++) {
      double[] values = from[channel];
      double[] to = block.rounded[layer][channel];
      int[] maxima = block.maxima[layer][channel];
      int i = 0;
      for (int sample = 0; sample < SampleBlock.SAMPLES; sample++) {
        for (int row = 0; row < outputs.height(); row++) {
          int start = sample * inputs.area() + row * pooling.stride() * inputs.width();
          for (int column = 0; column < outputs.width(); column++, i++) {
            int best = largest(values, start, inputs.width(), pooling.size());
            to[i] = values[best];
            maxima[i] = best;
            start += pooling.stride();
          }
        }
      }
    }
  }

  /** Where the largest value of a window is; of several, the first one. */
  private static int largest(double[] values, int start, int width, int size) {
    int best = start;
    double largest = values[start];
    for (int row = 0; row < size; row++) {
      int first = start + row * width;
      for (int i = first; i < first + size; i++) {
        double value = values[i];
        // Two choices and no branch, which would go either way at random.
        best = value > largest ? i : best;
        largest = value > largest ? value : largest;
      }
    }
    return best;
  }

  /**
   * Adds the gradients of all weights before the dense layers.
   *
   * @param features gradients of what the dense layers got in the last forward pass
   */
  void backward(
      Parameters parameters,
      double[][] features,
      int count,
      Parameters gradient,
      Execution execution) {
    for (Task task : tasks) {
      task.clear();
    }
    inBlocks(
        count,
        execution,
        (task, block, first, size) -> {
          double[][] last = task.gradients[layerCount - 1];
          int area = architecture.inputsOf(layerCount).area();
          for (int i = 0; i < SampleBlock.SAMPLES; i++) {
            for (int channel = 0; channel < last.length; channel++) {
              for (int unit = 0; unit < area; unit++) {
                last[channel][i * area + unit] =
                    i < size ? features[channel * area + unit][first + i] : 0;
              }
            }
          }
          backward(parameters, task, block, size);
        });
    for (Task task : tasks) {
      for (ConvolutionLayer layer : task.layers) {
        if (layer != null) {
          layer.addTo(gradient);
        }
      }
    }
    for (int layer = 0; layer < layerCount; layer++) {
      for (Task task : tasks) {
        if (task.layers[layer] != null) {
          Rows.add(gradient.rows()[task.layers[layer].biasRow()], 1, task.biases[layer]);
        }
      }
    }
  }

  private void backward(Parameters parameters, Task task, SampleBlock block, int count) {
    for (int layer = layerCount - 1; layer >= 0; layer--) {
      double[][] own = task.gradients[layer];
      ConvolutionLayer convolution = task.layers[layer];
      if (convolution == null) {
        if (layer > 0) {
          unpool(own, block.maxima[layer], task.gradients[layer - 1]);
        }
        continue;
      }
      for (int channel = 0; channel < own.length; channel++) {
        activations[layer].toSums(own[channel], block.exact[layer][channel]);
        task.biases[layer][channel] += Rows.sum(own[channel]);
      }
      convolution.weightGradients(block.inputsOf(layer), own, count);
      if (layer > 0) {
        convolution.inputGradients(parameters, own, task.gradients[layer - 1]);
      }
    }
  }

  private static void unpool(double[][] gradients, int[][] maxima, double[][] to) {
    for (int channel = 0; channel < gradients.length; channel++) {
      Arrays.fill(to[channel], 0);
      for (int i = 0; i < maxima[channel].length; i++) {
        to[channel][maxima[channel][i]] += gradients[channel][i];
      }
    }
  }

  /** Activations before rounding of a layer for a sample, channel by channel. */
  double[] activations(int layer, int sample) {
    return units(layer, sample, blocks[sample / SampleBlock.SAMPLES].exact[layer]);
  }

  private double[] units(int layer, int sample, double[][] rows) {
    int area = architecture.inputsOf(layer + 1).area();
    int start = sample % SampleBlock.SAMPLES * area;
    return Arrays.stream(rows)
        .flatMapToDouble(row -> Arrays.stream(row, start, start + area))
        .toArray();
  }

  /** Activations after rounding of a layer for a sample, channel by channel. */
  double[] rounded(int layer, int sample) {
    return units(layer, sample, blocks[sample / SampleBlock.SAMPLES].rounded[layer]);
  }

  /** Levels of a layer for a sample, channel by channel; empty if it is not quantized. */
  int[] levels(int layer, int sample) {
    int area = architecture.inputsOf(layer + 1).area();
    int start = sample % SampleBlock.SAMPLES * area;
    return Arrays.stream(blocks[sample / SampleBlock.SAMPLES].levels[layer])
        .flatMapToInt(row -> Arrays.stream(row, start, start + area))
        .toArray();
  }
}
