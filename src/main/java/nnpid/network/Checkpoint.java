package nnpid.network;

import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The state of training after an epoch, from which it can go on bit for bit. Immutable.
 *
 * <p>Random numbers are no part of the state: every epoch has a stream of its own, by seed and
 * number.
 */
public final class Checkpoint implements Serializable {
  private static final long serialVersionUID = 4408625271136203191L;

  private final int epoch;
  private final Network network;
  private final @Nullable Parameters velocity; // null without momentum
  private final double trainingLoss;

  Checkpoint(int epoch, Network network, Optional<Parameters> velocity, double trainingLoss) {
    this.epoch = epoch;
    this.network = network;
    this.velocity = velocity.map(Parameters::copy).orElse(null);
    this.trainingLoss = trainingLoss;
  }

  /** Checks what comes from a file. */
  private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
    in.defaultReadObject();
    if (epoch < 0
        || network == null
        || (velocity != null && !velocity.fit(network.architecture()))) {
      throw new InvalidObjectException("a state of its training is not complete");
    }
  }

  /** Number of epochs done; 0 before training. */
  public int epoch() {
    return epoch;
  }

  public Network network() {
    return network;
  }

  /**
   * Mean loss over the epoch, as {@link OutputCode} has it, under stochastic rounding and while the
   * weights changed; NaN before training.
   */
  public double trainingLoss() {
    return trainingLoss;
  }

  /** The sum of gradients that momentum remembers; empty without momentum. */
  Optional<Parameters> velocity() {
    return Optional.ofNullable(velocity).map(Parameters::copy);
  }
}
