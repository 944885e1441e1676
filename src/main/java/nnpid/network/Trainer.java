package nnpid.network;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.SplittableRandom;
import nnpid.execution.Execution;
import nnpid.execution.RandomStreams;

/**
 * Trains a network epoch by epoch: stochastic gradient descent, hidden activations rounded
 * stochastically, gradients straight-through. Not thread-safe; several trainers may share their
 * samples.
 *
 * <p>An epoch that fails or is canceled leaves the state as it was before.
 *
 * @see <a href="https://arxiv.org/abs/1308.3432">Bengio, L&eacute;onard and Courville (2013)</a>
 */
public final class Trainer {
  /** Samples that are passed through the network at a time: interrupts are looked for between. */
  private static final int MOST_SAMPLES = 128;

  private final Samples samples;
  private final TrainingSettings settings;
  private final Architecture architecture;
  private final BatchPass pass;
  private final int[] order;
  private final Parameters parameters;
  private final Parameters velocity; // zeros without momentum
  private final Parameters gradient;
  private Checkpoint checkpoint;

  private Trainer(Checkpoint checkpoint, Samples samples, TrainingSettings settings) {
    this.checkpoint = checkpoint;
    this.samples = samples;
    this.settings = settings;
    this.architecture = checkpoint.network().architecture();
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
    if (!(samples.totalWeight() > 0 && Double.isFinite(samples.totalWeight()))) {
      throw new IllegalArgumentException(
          "The total weight of the samples (%s) must be positive and finite."
              .formatted(samples.totalWeight()));
    }
    int capacity = Math.min(settings.batchSize(), Math.min(samples.size(), MOST_SAMPLES));
    this.pass = new BatchPass(architecture, samples, capacity);
    this.order = new int[samples.size()];
    this.parameters = checkpoint.network().parameters();
    this.velocity = checkpoint.velocity().orElseGet(() -> Parameters.zeros(architecture));
    this.gradient = Parameters.zeros(architecture);
  }

  /**
   * A trainer of a network with random weights.
   *
   * @throws IllegalArgumentException if the samples do not fit the network, or have no weight
   */
  public static Trainer start(
      Architecture architecture, Samples samples, TrainingSettings settings) {
    Network network = Network.random(architecture, settings.biases(), settings.seed());
    return new Trainer(new Checkpoint(0, network, Optional.empty(), Double.NaN), samples, settings);
  }

  /**
   * A trainer that goes on where a checkpoint was taken. With the same samples and settings the
   * result is the same, bit for bit, as if training had never stopped.
   *
   * @throws IllegalArgumentException if the samples do not fit the network, or have no weight
   */
  public static Trainer resume(Checkpoint checkpoint, Samples samples, TrainingSettings settings) {
    return new Trainer(
        requireNonNull(checkpoint, "checkpoint"), samples, requireNonNull(settings, "settings"));
  }

  /**
   * Memory in bytes that a training takes at least, besides the samples: weights, what is computed
   * from a batch, and checkpoints.
   *
   * @param sampleCount number of samples
   * @param checkpointCount number of checkpoints that are kept
   */
  public static long leastMemory(
      Architecture architecture, TrainingSettings settings, int sampleCount, int checkpointCount) {
    // The weights, their gradients and velocities, and the state before the epoch.
    long weightCopies = checkpointCount + (settings.momentum() == 0 ? 4L : 5L);
    long units = architecture.inputCount();
    for (int layer = 0; layer <= architecture.layerCount(); layer++) {
      units += 2L * architecture.unitsOf(layer); // sums and gradients
    }
    int capacity = Math.min(settings.batchSize(), Math.min(sampleCount, MOST_SAMPLES));
    return Double.BYTES * (weightCopies * architecture.parameterCount() + capacity * units);
  }

  /** The state after the last complete epoch. */
  public Checkpoint checkpoint() {
    return checkpoint;
  }

  /**
   * Trains on every sample once. Any number of threads gives the same bits.
   *
   * @return the state reached
   * @throws DivergenceException if the loss or a weight is no longer finite
   * @throws java.util.concurrent.CancellationException if the thread is interrupted
   */
  public Checkpoint trainEpoch(Execution execution) {
    int epoch = checkpoint.epoch() + 1;
    boolean complete = false;
    try {
      double loss = trainOnAll(epoch, execution.withProgressListener(fraction -> {}));
      if (!Double.isFinite(loss) || !parameters.areFinite()) {
        throw new DivergenceException(epoch, settings.learningRate());
      }
      checkpoint =
          new Checkpoint(
              epoch,
              Network.of(architecture, parameters),
              settings.momentum() == 0 ? Optional.empty() : Optional.of(velocity),
              loss);
      complete = true;
    } finally {
      if (!complete) {
        restore();
      }
    }
    return checkpoint;
  }

  private void restore() {
    parameters.set(checkpoint.network().parameters());
    checkpoint.velocity().ifPresentOrElse(velocity::set, velocity::clear);
    gradient.clear();
    pass.clear();
  }

  /** Mean loss of the epoch; not finite as soon as that of a sample is not. */
  private double trainOnAll(int epoch, Execution execution) {
    SplittableRandom random = RandomStreams.of(settings.seed(), epoch);
    shuffle(random);
    double rate = settings.learningRate(epoch);
    double meanWeight = samples.totalWeight() / samples.size();
    double lossSum = 0;
    for (int start = 0; start < order.length; start += settings.batchSize()) {
      int end = (int) Math.min(order.length, (long) start + settings.batchSize());
      double scale = 1 / (meanWeight * (end - start));
      for (int from = start; from < end; from += pass.capacity()) {
        execution.checkCanceled();
        int to = Math.min(end, from + pass.capacity());
        lossSum = addGradient(lossSum, from, to, scale, random, execution);
        if (!Double.isFinite(lossSum)) {
          return lossSum;
        }
      }
      pass.addTo(gradient);
      parameters.step(rate, settings.momentum(), velocity, gradient, execution);
      if (end == order.length) {
        break; // start + batchSize may overflow
      }
    }
    return lossSum / samples.totalWeight();
  }

  /** From the identity, so that the order of an epoch does not depend on those before. */
  private void shuffle(SplittableRandom random) {
    for (int i = 0; i < order.length; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
  }

  /** A sum of losses by weights with those of more samples, whose gradients are added. */
  private double addGradient(
      double sumBefore,
      int from,
      int to,
      double scale,
      SplittableRandom random,
      Execution execution) {
    if (!pass.forward(parameters, samples, order, from, to, random, execution)) {
      return Double.NaN;
    }
    double lossSum = sumBefore;
    for (int i = from; i < to; i++) {
      double weight = samples.weight(order[i]);
      lossSum += weight * pass.loss(i - from, samples.label(order[i]), scale * weight);
    }
    pass.backward(parameters, order, from, gradient, execution);
    return lossSum;
  }
}
