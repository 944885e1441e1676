package nnpid.distribution;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.util.Locale;

/**
 * Map from a real activation to one of a few levels.
 *
 * <p>Levels are indices from 0 to {@code levelCount - 1}; each stands for the activation {@link
 * #levelValue(int)}. Activations below {@code low} get the lowest level and those above {@code
 * high} the highest. If {@code low} equals {@code high}, as for a unit that never changes, every
 * activation gets level 0: there is no scale by which it could be told apart. Immutable.
 *
 * <pre>{@code
 * Quantizer tanh = new Quantizer(8, -1, 1, Quantizer.Rounding.CENTER_SATURATING);
 * int level = tanh.quantize(0.3); // 5, which stands for 3/7
 * }</pre>
 *
 * @param levelCount number of levels, at least 2
 * @param low finite activation from which on down everything is level 0
 * @param high finite activation from which on up everything is the highest level; not less than
 *     {@code low}
 * @param rounding the rule for activations between the limits
 * @see <a href="https://arxiv.org/abs/2209.10438">Ehrlich, Schneider, Priesemann, Wibral and Makkeh
 *     (2023)</a>
 */
public record Quantizer(int levelCount, double low, double high, Rounding rounding)
    implements Serializable {

  private static final long serialVersionUID = -6237215983146130217L;

  /** Rule that picks a level for an activation between the limits. */
  public enum Rounding {
    /**
     * The nearest of {@code levelCount} equidistant values, of which the outermost are the limits
     * themselves, so that the two outer bins are half as wide as the others. Exactly between two
     * values the even level wins, so neither direction is favored. The reference implementation of
     * Ehrlich et al. has the same rule, but gets the same levels only if it computes in double
     * precision: in its usual single precision tanh(0), which is such a tie, gets level 3 of 8,
     * where exact arithmetic and this class have 4.
     */
    CENTER_SATURATING,
    /**
     * The value below or the value above, the latter with a probability equal to the distance from
     * the former in steps, so that the mean over many draws is the activation itself. The values
     * are those of {@link #CENTER_SATURATING}.
     */
    STOCHASTIC,
    /**
     * The bin the activation falls in, of {@code levelCount} equally wide bins between the limits.
     * A border belongs to the bin above it, but {@code high} itself to the highest bin.
     */
    EQUAL_WIDTH;

    /** The name in options and reports, for example {@code center-saturating}. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /**
   * Checks the arguments.
   *
   * @throws IllegalArgumentException if there are fewer than two levels, or the limits are not
   *     finite, not ascending, or so far apart that their distance overflows
   */
  public Quantizer {
    requireNonNull(rounding, "rounding");
    if (levelCount < 2) {
      throw new IllegalArgumentException(
          "The number of levels (%s) must be at least 2: a single level tells nothing."
              .formatted(levelCount));
    }
    if (!(low <= high) || !Double.isFinite(high - low)) {
      throw new IllegalArgumentException(
          ("The limits (%s, %s) must be finite, ascending and less than %s apart:"
                  + " the levels lie between them.")
              .formatted(low, high, Double.MAX_VALUE));
    }
  }

  /**
   * Level of an activation under a rounding without randomness.
   *
   * @throws IllegalArgumentException if the activation is NaN or infinite
   * @throws IllegalStateException if the rounding is stochastic
   */
  public int quantize(double activation) {
    if (rounding == Rounding.STOCHASTIC) {
      throw new IllegalStateException(
          "The rounding (stochastic) must be given a random number: it draws one per activation.\n"
              + "Maybe call quantize(activation, random.nextDouble()).");
    }
    return quantize(activation, 0);
  }

  /**
   * Level of an activation under any rounding.
   *
   * @param uniform a draw from the uniform distribution over [0, 1); only the stochastic rounding
   *     looks at it
   * @throws IllegalArgumentException if the activation is NaN or infinite, or {@code uniform} is
   *     outside [0, 1)
   */
  public int quantize(double activation, double uniform) {
    if (!Double.isFinite(activation)) {
      throw new IllegalArgumentException(
          "The activation (%s) must be finite: no level stands for it.".formatted(activation));
    }
    if (!(uniform >= 0 && uniform < 1)) {
      throw new IllegalArgumentException(
          "The random number (%s) must be at least 0 and less than 1.".formatted(uniform));
    }
    if (low == high) {
      return 0;
    }
    // Not (activation - low) / step: this way an activation halfway between the limits stays there,
    // and tanh(0) with its even number of levels is a tie on every machine.
    double share = Math.max(0, Math.min(1, (activation - low) / (high - low)));
    return switch (rounding) {
      case CENTER_SATURATING -> (int) Math.rint(share * (levelCount - 1));
      case STOCHASTIC -> {
        double position = share * (levelCount - 1);
        int below = (int) position;
        // The sign bit of the difference: one up if uniform < position - below. A branch would go
        // either way at random, and cost a third of the time of training.
        yield below
            + (int) (Double.doubleToRawLongBits(uniform - (position - below)) >>> (Long.SIZE - 1));
      }
      case EQUAL_WIDTH -> Math.min((int) (share * levelCount), levelCount - 1);
    };
  }

  /**
   * The activation a level stands for: one of the equidistant values from {@code low} to {@code
   * high}, or for {@link Rounding#EQUAL_WIDTH} the center of its bin.
   *
   * @throws IllegalArgumentException if the level is not between 0 and {@code levelCount - 1}
   */
  public double levelValue(int level) {
    if (level < 0 || level >= levelCount) {
      throw new IllegalArgumentException(
          "The level (%s) must be between 0 and %s: there are %s levels."
              .formatted(level, levelCount - 1, levelCount));
    }
    double share =
        rounding == Rounding.EQUAL_WIDTH
            ? (level + 0.5) / levelCount
            : (double) level / (levelCount - 1);
    // From the nearer limit, so that both limits are met exactly.
    return share < 0.5 ? low + share * (high - low) : high - (1 - share) * (high - low);
  }
}
