package nnpid.network;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import nnpid.distribution.JointDistribution;
import nnpid.distribution.SampledDistribution;
import nnpid.distribution.WeightMeaning;
import nnpid.execution.Execution;
import nnpid.execution.RandomStreams;
import org.jspecify.annotations.Nullable;

/**
 * A feed-forward network with its weights, as it predicts: hidden activations are rounded to the
 * nearest level. Immutable and thread-safe.
 */
public final class Network implements Serializable {
  private static final long serialVersionUID = 7104588250214632088L;

  private static final int SAMPLES_PER_TASK = 512;
  private static final int SAMPLES_PER_PASS = 64;

  private final Architecture architecture;
  private final Parameters parameters;

  private Network(Architecture architecture, Parameters parameters) {
    this.architecture = architecture;
    this.parameters = parameters;
  }

  /**
   * A network with random weights, uniform within &plusmn; gain sqrt(6 / (inputs + outputs)) of
   * their layer, the output layer included: inputs of a unit, and units that get an input (of a
   * convolution, channels times the area of the kernel). The gain is 5/3 for tanh and hard-tanh,
   * sqrt(2) for relu, and 1 for sigmoid and linear; that of the output layer is the one of the
   * layer before it.
   *
   * @see <a href="https://proceedings.mlr.press/v9/glorot10a.html">Glorot and Bengio (2010)</a>
   */
  public static Network random(Architecture architecture, InitialBiases biases, long seed) {
    SplittableRandom random = RandomStreams.of(seed, 0);
    Parameters parameters = Parameters.zeros(architecture);
    double gain = 1;
    for (int layer = 0; layer <= architecture.layerCount(); layer++) {
      int units = architecture.weightedUnits(layer);
      if (units == 0) {
        continue;
      }
      int inputs = architecture.weightsPerUnit(layer);
      if (layer < architecture.layerCount()) {
        gain = architecture.activation(layer).gain();
      }
      double limit = gain * Math.sqrt(6.0 / ((double) inputs + architecture.unitsPerInput(layer)));
      int first = Parameters.firstRow(architecture, layer);
      for (int row = first; row < first + inputs; row++) {
        fill(parameters.rows()[row], limit, random);
      }
    }
    // After all weights, so that these are the same whatever the biases.
    for (int layer = 0; layer <= architecture.layerCount(); layer++) {
      if (architecture.weightedUnits(layer) > 0 && biases == InitialBiases.UNIFORM) {
        int inputs = architecture.weightsPerUnit(layer);
        double[] row = parameters.rows()[Parameters.firstRow(architecture, layer) + inputs];
        fill(row, 1 / Math.sqrt(inputs), random);
      }
    }
    return new Network(architecture, parameters);
  }

  private static void fill(double[] row, double limit, SplittableRandom random) {
    for (int unit = 0; unit < row.length; unit++) {
      row[unit] = limit * (2 * random.nextDouble() - 1);
    }
  }

  /** A network with these parameters; copied. */
  static Network of(Architecture architecture, Parameters parameters) {
    return new Network(architecture, parameters.copy());
  }

  public Architecture architecture() {
    return architecture;
  }

  /** Weights and biases: a copy. */
  Parameters parameters() {
    return parameters.copy();
  }

  /**
   * What the network makes of one sample.
   *
   * @param inputs value of every input
   * @throws IllegalArgumentException if there are not {@link Architecture#inputCount()} inputs, or
   *     they are not finite or so large that activations overflow
   */
  public ForwardPass forward(double... inputs) {
    return forward(null, inputs);
  }

  /**
   * What the network makes of one sample if hidden activations are rounded at random, as in
   * training.
   *
   * @param random where the rounding gets its draws; null rounds to the nearest level
   * @throws IllegalArgumentException as {@link #forward(double...)}
   */
  public ForwardPass forward(@Nullable SplittableRandom random, double... inputs) {
    Samples.Builder builder = new Samples.Builder(architecture.inputCount(), 1);
    builder.add(inputs, 0, 1);
    Samples samples = builder.toSamples();
    BatchPass pass = new BatchPass(architecture, samples, 1);
    forward(samples, 0, 1, random, pass);
    return new ForwardPass(architecture, pass);
  }

  private void forward(
      Samples samples, int from, int to, @Nullable SplittableRandom random, BatchPass pass) {
    int[] chosen = IntStream.range(from, to).toArray();
    if (pass.forward(parameters, samples, chosen, 0, to - from, random, Execution.sequential())) {
      return;
    }
    if (to - from > 1) {
      for (int sample = from; sample < to; sample++) {
        forward(samples, sample, sample + 1, random, pass); // to tell which it is
      }
    }
    throw new IllegalArgumentException(
        ("The activations of sample %s must be finite: its inputs are too large.\n"
                + "Maybe scale the inputs to between 0 and 1.")
            .formatted(from + 1));
  }

  /**
   * How well a network predicts samples.
   *
   * @param loss mean loss, as {@link OutputCode} has it, by weight of the samples; NaN if they have
   *     none
   * @param accuracy share of samples, by weight, whose most probable class is their label; NaN if
   *     they have no weight
   */
  public record Evaluation(double loss, double accuracy) implements Serializable {
    private static final long serialVersionUID = 1883471063092211305L;
  }

  /** Predicts all samples. Any number of threads gives the same bits. */
  public Evaluation evaluate(Samples samples, Execution execution) {
    return evaluate(samples, List.of(), new int[0][][], new double[0][][], execution);
  }

  /**
   * Predicts all samples.
   *
   * @param layers indices of layers of which something is kept
   * @param levels receives the levels of those that have some, indexed {@code
   *     [layerIndex][sample][unit]}
   * @param activations receives the activations of the others
   */
  private Evaluation evaluate(
      Samples samples,
      List<Integer> layers,
      int[][][] levels,
      double[][][] activations,
      Execution execution) {
    requireFit(samples);
    double[] losses = new double[samples.size()];
    boolean[] hits = new boolean[samples.size()];
    forEach(
        samples,
        execution,
        (sample, pass, position) -> {
          int label = samples.label(sample);
          hits[sample] =
              mostProbable(
                      architecture
                          .outputCode()
                          .classProbabilities(pass.outputs(position), architecture.classCount()))
                  == label;
          losses[sample] = pass.loss(position, label);
          for (int layer : layers) {
            if (isQuantized(layer)) {
              levels[layer][sample] = pass.levels(layer, position);
            } else {
              activations[layer][sample] = pass.activations(layer, position);
            }
          }
        });
    double loss = 0;
    double hitWeight = 0;
    for (int sample = 0; sample < losses.length; sample++) {
      loss += samples.weight(sample) * losses[sample];
      hitWeight += hits[sample] ? samples.weight(sample) : 0;
    }
    return new Evaluation(loss / samples.totalWeight(), hitWeight / samples.totalWeight());
  }

  private static int mostProbable(double[] probabilities) {
    int best = 0;
    for (int label = 1; label < probabilities.length; label++) {
      if (probabilities[label] > probabilities[best]) {
        best = label;
      }
    }
    return best;
  }

  /**
   * Levels of all hidden units for all samples.
   *
   * @return array indexed {@code [layerIndex][sample][unit]}; empty for a layer that is not
   *     quantized
   */
  public int[][][] levels(Samples samples, Execution execution) {
    List<Integer> quantized =
        IntStream.range(0, architecture.layerCount()).filter(this::isQuantized).boxed().toList();
    int[][][] levels = emptyLevels(quantized, samples);
    evaluate(samples, quantized, levels, new double[0][][], execution);
    return levels;
  }

  private int[][][] emptyLevels(List<Integer> layers, Samples samples) {
    int[][][] levels = new int[architecture.layerCount()][0][];
    for (int layer : layers) {
      levels[layer] = new int[samples.size()][];
    }
    return levels;
  }

  /** The joint distributions of all hidden layers. */
  public List<JointDistribution> layerDistributions(Samples samples, Execution execution) {
    return layerDistributions(
        IntStream.range(0, architecture.layerCount()).boxed().toList(), samples, execution);
  }

  /** The joint distributions of some hidden layers, as {@link #layerSamples} has them. */
  public List<JointDistribution> layerDistributions(
      List<Integer> layers, Samples samples, Execution execution) {
    return layerSamples(layers, samples, WeightMeaning.AUTO, execution).stream()
        .map(SampledDistribution::distribution)
        .toList();
  }

  /**
   * What a network makes of samples: how well it predicts them, and its hidden layers.
   *
   * @param evaluation loss and accuracy
   * @param layers levels (a source per unit) and labels (the target), one per layer asked for
   */
  public record Prediction(Evaluation evaluation, List<SampledDistribution> layers) {
    /** Makes the list immutable. */
    public Prediction {
      layers = List.copyOf(layers);
    }
  }

  /** The layers of {@link #predict}. */
  public List<SampledDistribution> layerSamples(
      List<Integer> layers, Samples samples, WeightMeaning meaning, Execution execution) {
    return predict(layers, samples, meaning, execution).layers();
  }

  /** Makes the activations of a layer that has no levels of its own levels. */
  @FunctionalInterface
  public interface ActivationQuantizer {
    /**
     * The levels of a layer.
     *
     * @param layer index of the layer
     * @param activations indexed {@code [sample][unit]}
     * @return of the same shape
     */
    int[][] levels(int layer, double[][] activations);
  }

  /**
   * Predicts samples, and keeps levels of hidden layers, by weight of the samples. Any number of
   * threads gives the same bits.
   *
   * @param layers indices of the layers
   * @param meaning what the weights mean
   * @throws IllegalArgumentException if a layer is not quantized, the samples have no weight, or
   *     weights are said to be counts and cannot be
   */
  public Prediction predict(
      List<Integer> layers, Samples samples, WeightMeaning meaning, Execution execution) {
    for (int layer : layers) {
      if (!isQuantized(layer)) {
        throw notQuantized(layer);
      }
    }
    return predict(
        layers,
        samples,
        meaning,
        (layer, activations) -> {
          throw notQuantized(layer);
        },
        execution);
  }

  /**
   * The same also of layers that are not quantized.
   *
   * @param quantizer is asked for the levels of these, one layer after another
   */
  public Prediction predict(
      List<Integer> layers,
      Samples samples,
      WeightMeaning meaning,
      ActivationQuantizer quantizer,
      Execution execution) {
    if (!(samples.totalWeight() > 0)) {
      throw new IllegalArgumentException(
          "The total weight of the samples (%s) must be positive."
              .formatted(samples.totalWeight()));
    }
    int[][][] levels = emptyLevels(layers, samples);
    double[][][] activations = new double[levels.length][][];
    layers.stream()
        .filter(layer -> !isQuantized(layer))
        .forEach(layer -> activations[layer] = new double[samples.size()][]);
    Evaluation evaluation = evaluate(samples, layers, levels, activations, execution);
    List<SampledDistribution> distributions = new ArrayList<>();
    for (int layer : layers) {
      execution.checkCanceled();
      if (!isQuantized(layer)) {
        levels[layer] = quantizer.levels(layer, activations[layer]);
        activations[layer] = null; // they may take much memory
      }
      SampledDistribution.Counter counter =
          new SampledDistribution.Counter(architecture.layerSizes().get(layer));
      for (int sample = 0; sample < samples.size(); sample++) {
        if (samples.weight(sample) > 0) {
          counter.add(levels[layer][sample], samples.label(sample), samples.weight(sample));
        }
      }
      int weightless = samples.size() - counter.rowCount();
      distributions.add(
          counter.toSamples(
              meaning, new SampledDistribution.LeftOut(samples.unlabeledCount(), 0, weightless)));
    }
    return new Prediction(evaluation, distributions);
  }

  private boolean isQuantized(int layerIndex) {
    return architecture.levelCounts().get(layerIndex) > 0;
  }

  static IllegalArgumentException notQuantized(int layerIndex) {
    return new IllegalArgumentException(
        ("Hidden layer %s has no levels: its units must be quantized.\n"
                + "Maybe train the network with levels, or quantize its activations afterwards.")
            .formatted(layerIndex + 1));
  }

  private void requireFit(Samples samples) {
    requireNonNull(samples, "samples");
    if (samples.inputCount() != architecture.inputCount()
        || samples.classCount() != architecture.classCount()) {
      throw new IllegalArgumentException(
          "The samples (%s inputs, %s classes) must fit the network (%s inputs, %s classes)."
              .formatted(
                  samples.inputCount(),
                  samples.classCount(),
                  architecture.inputCount(),
                  architecture.classCount()));
    }
  }

  private interface PassConsumer {
    void accept(int sample, BatchPass pass, int position);
  }

  private void forEach(Samples samples, Execution execution, PassConsumer consumer) {
    int taskCount = (samples.size() + SAMPLES_PER_TASK - 1) / SAMPLES_PER_TASK;
    execution.forEach(
        taskCount,
        task -> {
          int end = Math.min(samples.size(), (task + 1) * SAMPLES_PER_TASK);
          int capacity = Math.min(samples.size(), SAMPLES_PER_PASS);
          BatchPass pass = new BatchPass(architecture, samples, capacity);
          for (int from = task * SAMPLES_PER_TASK; from < end; from += capacity) {
            int to = Math.min(end, from + capacity);
            forward(samples, from, to, null, pass);
            for (int sample = from; sample < to; sample++) {
              consumer.accept(sample, pass, sample - from);
            }
          }
        });
  }

  /** Checks what comes from a file. */
  private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
    in.defaultReadObject();
    if (architecture == null || parameters == null || !parameters.fit(architecture)) {
      throw new InvalidObjectException("the weights of its network do not fit the layers");
    }
  }

  @Override
  public boolean equals(Object object) {
    return object instanceof Network other
        && architecture.equals(other.architecture)
        && parameters.equals(other.parameters);
  }

  @Override
  public int hashCode() {
    return 31 * architecture.hashCode() + parameters.hashCode();
  }
}
