package nnpid.network;

/** Training failed because the loss or the weights are no longer finite. */
public final class DivergenceException extends RuntimeException {
  private static final long serialVersionUID = 3526012288743169551L;

  DivergenceException(int epoch, double learningRate) {
    super(
        ("The learning rate (%s) must be smaller for these data:"
                + " loss or weights were no longer finite in epoch %s.\n"
                + "Maybe use %s, or scale the inputs to between 0 and 1.")
            .formatted(learningRate, epoch, learningRate / 10));
  }
}
