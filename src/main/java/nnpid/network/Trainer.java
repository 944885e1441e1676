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
 * <p>Training that fails or is canceled leaves the state as it was before.
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
    Checkpoint.Begun begun = checkpoint.begun();
    if (begun.batches() > 0 && begun.batchesPerEpoch() != batchesPerEpoch()) {
      throw new IllegalArgumentException(
          ("The samples must have as many mini-batches (%,d) as those of the epoch in which training"
                  + " stopped (%,d).\nMaybe go on with the same data and mini-batch size.")
              .formatted(batchesPerEpoch(), begun.batchesPerEpoch()));
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
    return new Trainer(
        new Checkpoint(0, Checkpoint.Begun.NOTHING, network, Optional.empty(), Double.NaN),
        samples,
        settings);
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

  /** A trainer of the same samples and settings that goes on from another state. */
  public Trainer at(Checkpoint other) {
    return resume(other, samples, settings);
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

  /** The state that has been reached. */
  public Checkpoint checkpoint() {
    return checkpoint;
  }

  /** Number of mini-batches of an epoch. */
  public int batchesPerEpoch() {
    return settings.batchesPerEpoch(samples.size());
  }

  /**
   * Trains up to the end of an epoch: on every sample once if it is not begun. Any number of
   * threads gives the same bits.
   *
   * @return the state reached
   * @throws DivergenceException if the loss or a weight is no longer finite
   * @throws java.util.concurrent.CancellationException if the thread is interrupted
   */
  public Checkpoint trainEpoch(Execution execution) {
    return trainTo(checkpoint.completeEpochs() + 1.0, execution);
  }

  /**
   * The same up to an epoch, or to mini-batches of it, but at most to the end of the epoch that is
   * next. Where training rests on its way changes no bit of what comes after.
   *
   * @param epoch one of {@link CheckpointSchedule#epochs}
   * @throws IllegalArgumentException if training is already beyond it, or it is within a mini-batch
   */
  public Checkpoint trainTo(double epoch, Execution execution) {
    int complete = checkpoint.completeEpochs();
    long batches = Math.round((epoch - complete) * batchesPerEpoch());
    int before = checkpoint.begun().batches();
    if (!(batches >= before)) {
      throw new IllegalArgumentException(
          "The epoch to train to (%s) must not be before the one reached (%s)."
              .formatted(Epochs.text(epoch), Epochs.text(checkpoint.epoch())));
    }
    int after = (int) Math.min(batches, batchesPerEpoch());
    if (after < batchesPerEpoch() && Epochs.of(complete, after, batchesPerEpoch()) != epoch) {
      throw new IllegalArgumentException(
          "The epoch to train to (%s) must be reached after a whole number of mini-batches: an epoch has %s."
              .formatted(epoch, batchesPerEpoch()));
    }
    if (after == before) {
      return checkpoint;
    }
    boolean done = false;
    try {
      double lossSum =
          trainOn(before, after, complete + 1, execution.withProgressListener(fraction -> {}));
      if (!Double.isFinite(lossSum) || !parameters.areFinite()) {
        throw new DivergenceException(complete + 1, settings.learningRate());
      }
      boolean whole = after == batchesPerEpoch();
      checkpoint =
          new Checkpoint(
              whole ? complete + 1 : complete,
              whole
                  ? Checkpoint.Begun.NOTHING
                  : new Checkpoint.Begun(after, batchesPerEpoch(), lossSum),
              Network.of(architecture, parameters),
              settings.momentum() == 0 ? Optional.empty() : Optional.of(velocity),
              lossSum / (whole ? samples.totalWeight() : weightBefore(end(after))));
      done = true;
    } finally {
      if (!done) {
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

  /** Index of the sample after some mini-batches, in the order of the epoch. */
  private int end(int batches) {
    return (int) Math.min(order.length, (long) batches * settings.batchSize());
  }

  private double weightBefore(int end) {
    double weight = 0;
    for (int i = 0; i < end; i++) {
      weight += samples.weight(order[i]);
    }
    return weight;
  }

  /**
   * Trains on mini-batches of an epoch.
   *
   * @return the sum of losses of the epoch so far; not finite as soon as that of a sample is not
   */
  private double trainOn(int fromBatch, int toBatch, int epoch, Execution execution) {
    SplittableRandom random = RandomStreams.of(settings.seed(), epoch);
    shuffle(random);
    pass.skip(end(fromBatch), random);
    double rate = settings.learningRate(epoch);
    double meanWeight = samples.totalWeight() / samples.size();
    double lossSum = checkpoint.begun().lossSum();
    for (int batch = fromBatch; batch < toBatch; batch++) {
      int start = end(batch);
      int end = end(batch + 1);
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
    }
    return lossSum;
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
