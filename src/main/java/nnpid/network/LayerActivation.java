package nnpid.network;

import nnpid.distribution.Quantizer;
import nnpid.distribution.Quantizer.Rounding;
import org.jspecify.annotations.Nullable;

/** What the units of a hidden layer make of their sums, and the way of gradients back. */
final class LayerActivation {
  private final Activation activation;
  private final @Nullable Quantizer nearest;
  private final @Nullable Quantizer stochastic;
  private final double[] levelValues;
  private final double saturation;

  LayerActivation(Architecture architecture, int layer) {
    int levelCount = architecture.layers().get(layer).levelCount();
    this.activation = architecture.activation(layer);
    this.nearest = architecture.quantizer(layer, Rounding.CENTER_SATURATING).orElse(null);
    this.stochastic = architecture.quantizer(layer, Rounding.STOCHASTIC).orElse(null);
    this.levelValues = new double[levelCount];
    for (int level = 0; nearest != null && level < levelCount; level++) {
      levelValues[level] = nearest.levelValue(level);
    }
    this.saturation = activation.saturation(levelCount);
  }

  boolean isQuantized() {
    return nearest != null;
  }

  /**
   * Computes and rounds activations.
   *
   * @param rounded the same array as {@code exact} if there are no levels
   * @param draws random numbers, for stochastic rounding; null rounds to the nearest level
   * @return whether all are finite; if not, the rest is not computed
   */
  boolean apply(
      double[] sums,
      double[] exact,
      double[] rounded,
      int @Nullable [] levels,
      double @Nullable [] draws,
      int count) {
    for (int i = 0; i < count; i++) {
      double value = activation.value(sums[i]);
      if (!Double.isFinite(value)) {
        return false;
      }
      exact[i] = value;
    }
    Quantizer quantizer = draws == null ? nearest : stochastic;
    if (quantizer != null && levels != null) {
      for (int i = 0; i < count; i++) {
        int level = quantizer.quantize(exact[i], draws == null ? 0 : draws[i]);
        levels[i] = level;
        rounded[i] = levelValues[level];
      }
    }
    return true;
  }

  /** Makes gradients of activations those of the sums: rounding counts as a constant. */
  void toSums(double[] gradients, double[] exact) {
    for (int i = 0; i < gradients.length; i++) {
      gradients[i] = exact[i] < saturation ? gradients[i] * activation.slope(exact[i]) : 0;
    }
  }
}
