package nnpid.network;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
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
  /** Interrupts are looked for after that many samples: every few milliseconds. */
  private static final int SAMPLES_PER_CHECK = 64;

  private final Samples samples;
  private final TrainingSettings settings;
  private final Architecture architecture;
  private final Backpropagation pass;
  private final int[] order;
  private final double[] parameters;
  private final double[] velocity; // empty without momentum
  private final double[] gradient;
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
    this.pass = new Backpropagation(architecture);
    this.order = new int[samples.size()];
    this.parameters = checkpoint.network().parameters();
    double[] known = checkpoint.velocity();
    this.velocity =
        settings.momentum() == 0 ? new double[0] : Arrays.copyOf(known, parameters.length);
    this.gradient = new double[parameters.length];
  }

  /**
   * A trainer of a network with random weights.
   *
   * @throws IllegalArgumentException if the samples do not fit the network, or have no weight
   */
  public static Trainer start(
      Architecture architecture, Samples samples, TrainingSettings settings) {
    Network network = Network.random(architecture, settings.seed());
    return new Trainer(new Checkpoint(0, network, new double[0], Double.NaN), samples, settings);
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

  /** The state after the last complete epoch. */
  public Checkpoint checkpoint() {
    return checkpoint;
  }

  /**
   * Trains on every sample once. Runs on the calling thread alone.
   *
   * @return the state reached
   * @throws DivergenceException if the loss or a weight is no longer finite
   * @throws java.util.concurrent.CancellationException if the thread is interrupted
   */
  public Checkpoint trainEpoch(Execution execution) {
    int epoch = checkpoint.epoch() + 1;
    boolean complete = false;
    try {
      double loss = trainOnAll(epoch, execution);
      if (!isFinite(loss)) {
        throw new DivergenceException(epoch, settings.learningRate());
      }
      checkpoint = new Checkpoint(epoch, Network.of(architecture, parameters), velocity, loss);
      complete = true;
    } finally {
      if (!complete) {
        restore();
      }
    }
    return checkpoint;
  }

  private boolean isFinite(double loss) {
    double sum = loss;
    for (double parameter : parameters) {
      sum += 0 * parameter;
    }
    return Double.isFinite(sum);
  }

  private void restore() {
    System.arraycopy(checkpoint.network().parameters(), 0, parameters, 0, parameters.length);
    double[] known = checkpoint.velocity();
    System.arraycopy(Arrays.copyOf(known, velocity.length), 0, velocity, 0, velocity.length);
    Arrays.fill(gradient, 0);
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
      for (int i = start; i < end; i++) {
        if (i % SAMPLES_PER_CHECK == 0) {
          execution.checkCanceled();
        }
        double loss = addGradient(order[i], scale, random);
        if (!Double.isFinite(loss)) {
          return loss;
        }
        lossSum += samples.weight(order[i]) * loss;
      }
      step(rate);
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

  private double addGradient(int sample, double scale, SplittableRandom random) {
    int start = samples.start(sample);
    int end = samples.end(sample);
    int[] indices = samples.indices();
    double[] values = samples.values();
    if (!pass.forward(parameters, indices, values, start, end, random)) {
      return Double.NaN;
    }
    double loss = pass.loss(samples.label(sample));
    pass.backward(
        parameters, indices, values, start, end, scale * samples.weight(sample), gradient);
    return loss;
  }

  private void step(double rate) {
    double momentum = settings.momentum();
    if (momentum == 0) {
      for (int i = 0; i < parameters.length; i++) {
        parameters[i] -= rate * gradient[i];
      }
    } else {
      for (int i = 0; i < parameters.length; i++) {
        velocity[i] = momentum * velocity[i] + gradient[i];
        parameters[i] -= rate * velocity[i];
      }
    }
    Arrays.fill(gradient, 0);
  }
}
