package nnpid.network;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Labeled samples with their weights, of which only the inputs other than zero are kept. Immutable.
 *
 * <p>An input other than zero takes 2 bytes if there are at most 65,536 different values, as in
 * images, else 8, and 4 for its index unless all inputs of all samples are other than zero.
 */
public final class Samples implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int inputCount;
  private final int classCount;
  private final int[] starts; // sample -> its first entry; one more than samples
  private final int[] indices; // empty if all inputs of all samples have entries
  private final char[] codes; // entry -> its value in the table; empty if values has it
  private final double[] values; // the table, or entry -> its value
  private final int[] labels;
  private final double[] weights;
  private final double totalWeight;
  private final int unlabeledCount;

  private Samples(Builder builder) {
    this.inputCount = builder.inputCount;
    this.classCount = builder.classCount;
    this.starts = Arrays.copyOf(builder.starts, builder.size + 1);
    int end = starts[builder.size];
    this.indices = builder.isComplete ? new int[0] : Arrays.copyOf(builder.indices, end);
    this.codes = builder.table == null ? new char[0] : Arrays.copyOf(builder.codes, end);
    this.values =
        builder.table == null ? Arrays.copyOf(builder.values, end) : builder.table.values();
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

  /** Position of the first input of a sample that is not zero, among those of all samples. */
  int start(int sample) {
    return starts[sample];
  }

  /** Position after the last input of a sample that is not zero. */
  int end(int sample) {
    return starts[sample + 1];
  }

  /** Index of the input at a position. */
  int index(int position) {
    return indices.length == 0 ? position % inputCount : indices[position];
  }

  /** Value of the input at a position. */
  double value(int position) {
    return codes.length == 0 ? values[position] : values[codes[position]];
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
      int index = index(k);
      rows[index / area][slot * area + index % area] = value(k);
    }
  }

  /** Different values, each with a number. Not thread-safe. */
  private static final class Table {
    private static final int MOST_VALUES = 1 << Character.SIZE;

    private final int[] slots = new int[4 * MOST_VALUES]; // number + 1; 0 is empty
    private double[] values = new double[256];
    private int size;

    /** The number of a value; -1 if there are too many already. */
    int number(double value) {
      long hash = Double.doubleToRawLongBits(value) * 0x9E3779B97F4A7C15L;
      int slot = (int) (hash >>> 46); // 18 bits, as many as there are slots
      while (slots[slot] != 0) {
        if (values[slots[slot] - 1] == value) {
          return slots[slot] - 1;
        }
        slot = (slot + 1) % slots.length;
      }
      if (size == MOST_VALUES) {
        return -1;
      }
      if (size == values.length) {
        values = Arrays.copyOf(values, 2 * size);
      }
      values[size++] = value;
      slots[slot] = size;
      return size - 1;
    }

    double[] values() {
      return Arrays.copyOf(values, size);
    }
  }

  /** Collects samples. Not thread-safe. */
  public static final class Builder {
    private final int inputCount;
    private final int classCount;
    private int size;
    private int[] starts = new int[65];
    private int[] indices = new int[0];
    private char[] codes = new char[1024];
    private double[] values = new double[0];
    private @Nullable Table table = new Table(); // null once there are too many values
    private boolean isComplete = true;
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
        put(end++, input, value);
      }
      if (isComplete && end - starts[size] < inputCount) {
        keepIndices(starts[size], end, inputs);
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

    private void put(int position, int input, double value) {
      int number = table == null ? -1 : table.number(value);
      if (number < 0 && table != null) {
        values = new double[larger(position)];
        for (int k = 0; k < position; k++) {
          values[k] = table.values[codes[k]];
        }
        table = null;
        codes = new char[0];
      }
      if (table == null) {
        values = position < values.length ? values : Arrays.copyOf(values, larger(position));
        values[position] = value;
      } else {
        codes = position < codes.length ? codes : Arrays.copyOf(codes, larger(position));
        codes[position] = (char) number;
      }
      if (!isComplete) {
        indices = position < indices.length ? indices : Arrays.copyOf(indices, larger(position));
        indices[position] = input;
      }
    }

    /** From the first sample on that has a zero; those before it have none. */
    private void keepIndices(int start, int end, double[] inputs) {
      isComplete = false;
      indices = new int[larger(end)];
      for (int k = 0; k < start; k++) {
        indices[k] = k % inputCount;
      }
      int position = start;
      for (int input = 0; input < inputCount; input++) {
        if (inputs[input] != 0) {
          indices[position++] = input;
        }
      }
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
      return length + (length >> 1) + 1024;
    }

    /** All samples added so far. */
    public Samples toSamples() {
      return new Samples(this);
    }
  }
}
