package nnpid.network;

import java.util.Locale;
import nnpid.distribution.Quantizer;
import nnpid.distribution.Quantizer.Rounding;

/** Activation function of the hidden units, with the limits between which its levels lie. */
public enum Activation {
  /** Hyperbolic tangent: levels from -1 to 1, gain 5/3. */
  TANH(-1, 1, 5.0 / 3) {
    @Override
    double value(double input) {
      // Not StrictMath.tanh, which is native code and three times as slow; the error is an ulp of
      // 1.
      double decay = StrictMath.exp(-2 * Math.abs(input));
      return Math.copySign((1 - decay) / (1 + decay), input);
    }

    @Override
    double slope(double activation) {
      return 1 - activation * activation;
    }
  },
  /** Logistic function: levels from 0 to 1, gain 1. */
  SIGMOID(0, 1, 1) {
    @Override
    double value(double input) {
      return 1 / (1 + StrictMath.exp(-input));
    }

    @Override
    double slope(double activation) {
      return activation * (1 - activation);
    }
  },
  /**
   * The positive part: levels from 0 to 4, gain sqrt(2). A layer with levels saturates at the upper
   * limit, where the gradient vanishes; one without levels has no upper limit. Of the limits 1, 2,
   * 4 and 8, MNIST is learned fastest with 4 (8 levels, hidden layers 50-10-5-5-5).
   */
  RELU(0, 4, Math.sqrt(2)) {
    @Override
    double value(double input) {
      return input > 0 ? input : 0 * input; // NaN stays NaN, and an infinite sum becomes it
    }

    @Override
    double slope(double activation) {
      return activation > 0 ? 1 : 0;
    }
  },
  /** The identity cut off at -1 and 1: levels from -1 to 1, gain 5/3 as for {@link #TANH}. */
  HARD_TANH(-1, 1, 5.0 / 3) {
    @Override
    double value(double input) {
      return Math.max(-1, Math.min(1, input));
    }

    @Override
    double slope(double activation) {
      return Math.abs(activation) < 1 ? 1 : 0;
    }
  },
  /** The input itself: no limits, hence no levels; gain 1. */
  LINEAR(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, 1) {
    @Override
    double value(double input) {
      return input;
    }

    @Override
    double slope(double activation) {
      return 1;
    }
  };

  private final double low;
  private final double high;
  private final double gain;

  Activation(double low, double high, double gain) {
    this.low = low;
    this.high = high;
    this.gain = gain;
  }

  /** The name in options and reports, for example {@code hard-tanh}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The activation of a unit with that input. NaN if the input is NaN. */
  abstract double value(double input);

  /** Derivative of the activation with respect to the input, by the value it has there. */
  abstract double slope(double activation);

  /** Whether there are limits between which levels can lie. */
  boolean hasLimits() {
    return Double.isFinite(high - low);
  }

  /** The activation from which on a layer with levels has no gradient; a layer without has none. */
  double saturation(int levelCount) {
    return this == RELU && levelCount > 0 ? high : Double.POSITIVE_INFINITY;
  }

  /**
   * What Xavier-uniform initialization multiplies the limits of the weights by: about the inverse
   * of the standard deviation this activation leaves of a standard normal input.
   */
  double gain() {
    return gain;
  }

  /** The map from activations to levels. */
  Quantizer quantizer(int levelCount, Rounding rounding) {
    return new Quantizer(levelCount, low, high, rounding);
  }
}
