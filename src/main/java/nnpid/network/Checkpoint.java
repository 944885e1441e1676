package nnpid.network;

import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The state of training after an epoch or some of its mini-batches, from which it can go on bit for
 * bit. Immutable.
 *
 * <p>Random numbers are no part of the state: every epoch has a stream of its own, by seed and
 * number, in which every sample takes as many numbers as the others.
 */
public final class Checkpoint implements Serializable {
  private static final long serialVersionUID = 4408625271136203191L;

  private final int epoch; // complete ones
  private final int batches; // done of the next epoch; 0 in states of older versions
  private final int batchesPerEpoch; // 0 where none is begun
  private final double lossSum; // over the samples of these batches, by their weights
  private final Network network;
  private final @Nullable Parameters velocity; // null without momentum
  private final double trainingLoss;

  /** What is done of an epoch. */
  record Begun(int batches, int batchesPerEpoch, double lossSum) {
    static final Begun NOTHING = new Begun(0, 0, 0);
  }

  Checkpoint(
      int epoch, Begun begun, Network network, Optional<Parameters> velocity, double trainingLoss) {
    this.epoch = epoch;
    this.batches = begun.batches;
    this.batchesPerEpoch = begun.batchesPerEpoch;
    this.lossSum = begun.lossSum;
    this.network = network;
    this.velocity = velocity.map(Parameters::copy).orElse(null);
    this.trainingLoss = trainingLoss;
  }

  /** Checks what comes from a file. */
  private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
    in.defaultReadObject();
    if (epoch < 0
        || batches < 0
        || (batches > 0 && batches >= batchesPerEpoch)
        || !Double.isFinite(lossSum)
        || network == null
        || (velocity != null && !velocity.fit(network.architecture()))) {
      throw new InvalidObjectException("a state of its training is not complete");
    }
  }

  /**
   * Number of epochs done; 0 before training. Within an epoch it has the share of the mini-batches
   * that are done.
   */
  public double epoch() {
    return Epochs.of(epoch, batches, batchesPerEpoch);
  }

  /** Number of epochs that are complete. */
  public int completeEpochs() {
    return epoch;
  }

  /** What is done of the next epoch. */
  Begun begun() {
    return new Begun(batches, batchesPerEpoch, lossSum);
  }

  public Network network() {
    return network;
  }

  /**
   * Mean loss over the epoch, or what is done of it, as {@link OutputCode} has it, under stochastic
   * rounding and while the weights changed; NaN before training.
   */
  public double trainingLoss() {
    return trainingLoss;
  }

  /** The sum of gradients that momentum remembers; empty without momentum. */
  Optional<Parameters> velocity() {
    return Optional.ofNullable(velocity).map(Parameters::copy);
  }
}
