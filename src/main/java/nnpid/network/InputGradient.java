package nnpid.network;

import java.util.Arrays;

/**
 * The gradient of the weights of the inputs, for many samples at a time: their entries are sorted
 * by input, so that the row of an input is read and written once for four samples. That is most of
 * the arithmetic where inputs are many. Not thread-safe.
 */
final class InputGradient {
  /** Samples that are collected at most: their gradients stay in the processor's cache. */
  private static final int MOST_SAMPLES = 128;

  private final Samples samples;
  private final double[][] collected; // gradients with respect to the inputs of the first units
  private final int[] collectedSamples = new int[MOST_SAMPLES];
  private final int[] ends; // input -> end of its entries
  private int count;
  private int[] sources = new int[0]; // entry -> collected sample
  private double[] values = new double[0]; // entry -> input

  /** Collects gradients of samples for a first layer of that many units. */
  InputGradient(Samples samples, int units) {
    this.samples = samples;
    this.collected = new double[MOST_SAMPLES][units];
    this.ends = new int[samples.inputCount()];
  }

  /**
   * Collects a sample.
   *
   * @param unitGradients gradient with respect to the inputs of the units of the first layer;
   *     copied
   * @param gradient where gradients are added once many samples have been collected
   */
  void add(int sample, double[] unitGradients, Parameters gradient) {
    System.arraycopy(unitGradients, 0, collected[count], 0, unitGradients.length);
    collectedSamples[count++] = sample;
    if (count == MOST_SAMPLES) {
      addTo(gradient);
    }
  }

  /** Adds the gradients of all samples that have been collected, and forgets them. */
  void addTo(Parameters gradient) {
    sortEntries();
    int entry = 0;
    for (int input = 0; input < ends.length; input++) {
      double[] row = gradient.rows()[input];
      int end = ends[input];
      for (; entry + 3 < end; entry += 4) {
        Rows.add(
            row,
            values[entry],
            collected[sources[entry]],
            values[entry + 1],
            collected[sources[entry + 1]],
            values[entry + 2],
            collected[sources[entry + 2]],
            values[entry + 3],
            collected[sources[entry + 3]]);
      }
      for (; entry < end; entry++) {
        Rows.add(row, values[entry], collected[sources[entry]]);
      }
    }
    clear();
  }

  /** Forgets all samples. */
  void clear() {
    count = 0;
  }

  private void sortEntries() {
    Arrays.fill(ends, 0);
    int total = 0;
    for (int source = 0; source < count; source++) {
      int end = samples.end(collectedSamples[source]);
      for (int k = samples.start(collectedSamples[source]); k < end; k++) {
        ends[samples.index(k)]++;
        total++;
      }
    }
    if (values.length < total) {
      sources = new int[total + total / 2];
      values = new double[total + total / 2];
    }
    // First where the entries of an input begin; each one moves it on, to their end.
    int begin = 0;
    for (int input = 0; input < ends.length; input++) {
      int entries = ends[input];
      ends[input] = begin;
      begin += entries;
    }
    for (int source = 0; source < count; source++) {
      int end = samples.end(collectedSamples[source]);
      for (int k = samples.start(collectedSamples[source]); k < end; k++) {
        int entry = ends[samples.index(k)]++;
        sources[entry] = source;
        values[entry] = samples.value(k);
      }
    }
  }
}
