package nnpid.network;

import java.util.Locale;

/** What the biases of a network are before training. */
public enum InitialBiases {
  /** Uniform within &plusmn; 1 / sqrt(inputs of the unit), as in the networks of Ehrlich et al. */
  UNIFORM,
  /** Zero. */
  ZERO;

  /** The name in options and reports, for example {@code uniform}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
