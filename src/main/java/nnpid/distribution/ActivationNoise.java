package nnpid.distribution;

import java.io.Serializable;

/**
 * Gaussian noise that is added to activations before they become levels: a deterministic unit then
 * tells a finite number of bits, as in Goldfeld et al. It depends on the seed, the sample and the
 * name of the unit, and on nothing else: neither on the order in which activations are read nor on
 * which other units there are. Immutable.
 *
 * @param deviation standard deviation, in the units of the activation; 0 for no noise
 * @param seed of the noise
 * @see <a href="https://proceedings.mlr.press/v97/goldfeld19a.html">Goldfeld, van den Berg,
 *     Greenewald, Melnyk, Nguyen, Kingsbury and Polyanskiy (2019)</a>
 */
public record ActivationNoise(double deviation, long seed) implements Serializable {
  private static final long serialVersionUID = 7402955136620814357L;

  /** No noise. */
  public static final ActivationNoise NONE = new ActivationNoise(0, 0);

  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  /**
   * Checks the arguments.
   *
   * @throws IllegalArgumentException if the standard deviation is negative or not finite
   */
  public ActivationNoise {
    if (!(deviation >= 0 && Double.isFinite(deviation))) {
      throw new IllegalArgumentException(
          ("The noise (%s) must be a standard deviation: at least 0, and finite.\n"
                  + "Maybe use 0.1, or 0 for none.")
              .formatted(deviation));
    }
  }

  /** Whether anything is added. */
  public boolean isAdded() {
    return deviation > 0;
  }

  /** The noise of a unit. */
  public Source of(String unit) {
    long hash = mix(seed + GOLDEN);
    for (int i = 0; i < unit.length(); i++) {
      hash = mix(hash + (unit.charAt(i) + 1) * GOLDEN);
    }
    return new Source(deviation, hash);
  }

  /** What people are told of it; empty if nothing is added. */
  public String description() {
    return isAdded()
        ? "Gaussian noise of standard deviation %s (seed %s) added to the activations"
            .formatted(deviation, seed)
        : "";
  }

  /** The noise of one unit. */
  public static final class Source {
    private final double deviation;
    private final long key;

    private Source(double deviation, long key) {
      this.deviation = deviation;
      this.key = key;
    }

    /**
     * An activation with its noise.
     *
     * @param sample index of the sample, from 0
     */
    public double addTo(double activation, long sample) {
      if (deviation == 0) {
        return activation;
      }
      long first = mix(key + (2 * sample + 1) * GOLDEN);
      long second = mix(key + (2 * sample + 2) * GOLDEN);
      // Box and Muller's; StrictMath gives the same bits on every machine.
      double radius = StrictMath.sqrt(-2 * StrictMath.log(((first >>> 11) + 0.5) * 0x1p-53));
      return activation
          + deviation * radius * StrictMath.cos(2 * Math.PI * ((second >>> 11) * 0x1p-53));
    }
  }

  /** Stafford's 13th variant of the finalizer of MurmurHash3, as in SplittableRandom. */
  private static long mix(long bits) {
    long z = (bits ^ (bits >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
