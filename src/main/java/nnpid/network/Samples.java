package nnpid.network;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;

/**
 * Labeled samples with their weights, of which only the inputs other than zero are kept. Immutable.
 * Memory is 12 bytes per input other than zero.
 */
public final class Samples {
  private final int inputCount;
  private final int classCount;
  private final int[] starts; // sample -> its first entry; one more than samples
  private final int[] indices;
  private final double[] values;
  private final int[] labels;
  private final double[] weights;
  private final double totalWeight;
  private final int unlabeledCount;

  private Samples(Builder builder) {
    this.inputCount = builder.inputCount;
    this.classCount = builder.classCount;
    this.starts = Arrays.copyOf(builder.starts, builder.size + 1);
    this.indices = Arrays.copyOf(builder.indices, starts[builder.size]);
    this.values = Arrays.copyOf(builder.values, starts[builder.size]);
    this.labels = Arrays.copyOf(builder.labels, builder.size);
    this.weights = Arrays.copyOf(builder.weights, builder.size);
    this.totalWeight = Arrays.stream(weights).sum();
    this.unlabeledCount = builder.unlabeledCount;
  }

  /** Number of samples. */
  public int size() {
    return labels.length;
  }

  /** How many samples were left out since they have no label. */
  public int unlabeledCount() {
    return unlabeledCount;
  }

  public int inputCount() {
    return inputCount;
  }

  public int classCount() {
    return classCount;
  }

  /** Class of a sample, from 0. */
  public int label(int sample) {
    return labels[sample];
  }

  public double weight(int sample) {
    return weights[sample];
  }

  public double totalWeight() {
    return totalWeight;
  }

  /** Position in {@link #indices()} and {@link #values()} where a sample begins. */
  int start(int sample) {
    return starts[sample];
  }

  /** Position in {@link #indices()} and {@link #values()} after the end of a sample. */
  int end(int sample) {
    return starts[sample + 1];
  }

  /**
   * Copies all inputs of a sample into rows of the same length, one per channel.
   *
   * @param slot which part of the rows gets them, where every part is as long as a channel
   */
  void copyInputs(int sample, double[][] rows, int slot) {
    int area = inputCount / rows.length;
    for (double[] row : rows) {
      Arrays.fill(row, slot * area, (slot + 1) * area, 0);
    }
    for (int k = starts[sample]; k < starts[sample + 1]; k++) {
      rows[indices[k] / area][slot * area + indices[k] % area] = values[k];
    }
  }

  /** The array itself, for the kernel. */
  int[] indices() {
    return indices;
  }

  /** The array itself, for the kernel. */
  double[] values() {
    return values;
  }

  /** Collects samples. Not thread-safe. */
  public static final class Builder {
    private final int inputCount;
    private final int classCount;
    private int size;
    private int[] starts = new int[65];
    private int[] indices = new int[1024];
    private double[] values = new double[1024];
    private int[] labels = new int[64];
    private double[] weights = new double[64];
    private int unlabeledCount;

    /** A builder of samples with that many inputs and labels below {@code classCount}. */
    public Builder(int inputCount, int classCount) {
      this.inputCount = inputCount;
      this.classCount = classCount;
    }

    /**
     * Adds a sample.
     *
     * @param inputs value of every input; copied
     * @throws IllegalArgumentException if there are not {@code inputCount} inputs, an input or the
     *     weight is not finite, the weight is negative, or there is no such class
     */
    public void add(double[] inputs, int label, double weight) {
      requireNonNull(inputs, "inputs");
      if (inputs.length != inputCount) {
        throw new IllegalArgumentException(
            "The number of inputs (%s) must be that of the network (%s)."
                .formatted(inputs.length, inputCount));
      }
      if (label < 0 || label >= classCount) {
        throw new IllegalArgumentException(
            "The label (%s) must be between 0 and %s.".formatted(label, classCount - 1));
      }
      if (!(weight >= 0 && Double.isFinite(weight))) {
        throw new IllegalArgumentException(
            "The weight (%s) must be finite and not negative.".formatted(weight));
      }
      int end = starts[size];
      for (int input = 0; input < inputCount; input++) {
        double value = inputs[input];
        if (value == 0) {
          continue;
        }
        if (!Double.isFinite(value)) {
          throw new IllegalArgumentException(
              "Input %s has %s at sample %s: inputs must be finite."
                  .formatted(input + 1, value, size + 1));
        }
        if (end == values.length) {
          indices = Arrays.copyOf(indices, larger(end));
          values = Arrays.copyOf(values, larger(end));
        }
        indices[end] = input;
        values[end++] = value;
      }
      if (size == labels.length) {
        labels = Arrays.copyOf(labels, larger(size));
        weights = Arrays.copyOf(weights, larger(size));
        starts = Arrays.copyOf(starts, larger(size) + 1);
      }
      labels[size] = label;
      weights[size] = weight;
      starts[++size] = end;
    }

    /** Notes a sample without a label. */
    public void leaveOut() {
      unlabeledCount++;
    }

    private static int larger(int length) {
      if (length > Integer.MAX_VALUE / 2) {
        throw new IllegalArgumentException(
            "The number of inputs other than zero (%,d) must be at most %,d."
                .formatted(length, Integer.MAX_VALUE / 2));
      }
      return length + (length >> 1);
    }

    /** All samples added so far. */
    public Samples toSamples() {
      return new Samples(this);
    }
  }
}
