package nnpid.network;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;

/**
 * How a network is trained: stochastic gradient descent in mini-batches.
 *
 * @param learningRate step along the mean gradient of a batch; positive
 * @param batchSize number of samples per step; the last batch of an epoch may have fewer
 * @param momentum share of the previous step that is added to the next one, from 0 (none) to below
 *     1; velocity = momentum velocity + gradient, weight -= rate velocity
 * @param decay epoch e learns with {@code learningRate / (1 + decay (e - 1))}; not negative
 * @param biases what biases are before training
 * @param seed seed of the initial weights, the order of the samples and the stochastic rounding
 */
public record TrainingSettings(
    double learningRate,
    int batchSize,
    double momentum,
    double decay,
    InitialBiases biases,
    long seed)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /**
   * Checks the arguments.
   *
   * @throws IllegalArgumentException if one is outside its range
   */
  public TrainingSettings {
    requireNonNull(biases, "biases");
    if (!(learningRate > 0 && Double.isFinite(learningRate))) {
      throw new IllegalArgumentException(
          "The learning rate (%s) must be positive and finite.\nMaybe use 0.01."
              .formatted(learningRate));
    }
    if (batchSize < 1) {
      throw new IllegalArgumentException(
          "The mini-batch size (%s) must be at least 1.\nMaybe use 64.".formatted(batchSize));
    }
    if (!(momentum >= 0 && momentum < 1)) {
      throw new IllegalArgumentException(
          "The momentum (%s) must be at least 0 and less than 1.\nMaybe use 0.9."
              .formatted(momentum));
    }
    if (!(decay >= 0 && Double.isFinite(decay))) {
      throw new IllegalArgumentException(
          "The decay of the learning rate (%s) must not be negative and must be finite."
              .formatted(decay));
    }
  }

  /** The settings of Ehrlich et al.: learning rate 0.01, batches of 64, nothing else; seed 1. */
  public static TrainingSettings defaults() {
    return new TrainingSettings(0.01, 64, 0, 0, InitialBiases.UNIFORM, 1);
  }

  /** These settings with another learning rate. */
  public TrainingSettings withLearningRate(double newLearningRate) {
    return new TrainingSettings(newLearningRate, batchSize, momentum, decay, biases, seed);
  }

  /** These settings with other batches. */
  public TrainingSettings withBatchSize(int newBatchSize) {
    return new TrainingSettings(learningRate, newBatchSize, momentum, decay, biases, seed);
  }

  /** These settings with another momentum. */
  public TrainingSettings withMomentum(double newMomentum) {
    return new TrainingSettings(learningRate, batchSize, newMomentum, decay, biases, seed);
  }

  /** These settings with another decay. */
  public TrainingSettings withDecay(double newDecay) {
    return new TrainingSettings(learningRate, batchSize, momentum, newDecay, biases, seed);
  }

  /** These settings with other biases. */
  public TrainingSettings withBiases(InitialBiases newBiases) {
    return new TrainingSettings(learningRate, batchSize, momentum, decay, newBiases, seed);
  }

  /** These settings with another seed. */
  public TrainingSettings withSeed(long newSeed) {
    return new TrainingSettings(learningRate, batchSize, momentum, decay, biases, newSeed);
  }

  /** Number of mini-batches of an epoch. */
  public int batchesPerEpoch(int sampleCount) {
    return (int) ((sampleCount + batchSize - 1L) / batchSize);
  }

  double learningRate(int epoch) {
    return learningRate / (1 + decay * (epoch - 1));
  }
}
