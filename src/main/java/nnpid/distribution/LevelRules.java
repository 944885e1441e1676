package nnpid.distribution;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import nnpid.distribution.Quantizer.Rounding;

/**
 * How the activations of any unit become levels, before its limits are known: every unit is
 * quantized by itself. Immutable.
 *
 * @param levelCount number of levels
 * @param rounding how activations between the limits become levels
 * @param limits how limits are found
 * @param seed of the random numbers of stochastic rounding, and of the noise
 * @param noise standard deviation of the noise that is added to activations; 0 for none
 */
public record LevelRules(
    int levelCount, Rounding rounding, LimitRule limits, int seed, double noise)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Checks that all is there. */
  public LevelRules {
    requireNonNull(rounding, "rounding");
    requireNonNull(limits, "limits");
  }

  /** The same with another seed. */
  public LevelRules withSeed(int newSeed) {
    return new LevelRules(levelCount, rounding, limits, newSeed, noise);
  }

  /** The noise itself. */
  public ActivationNoise activationNoise() {
    return new ActivationNoise(noise, seed);
  }

  /**
   * The random numbers of stochastic rounding: one for every unit of a sample in order, then those
   * of the next sample. Other roundings need none.
   */
  public UniformDraws draws() {
    return new UniformDraws(UniformDraws.generatorSeed(seed));
  }

  /**
   * The quantizer of a unit whose limits have been found.
   *
   * @throws IllegalArgumentException if the limits are too far apart; the message names the unit
   */
  public Quantizer quantizer(String unit, LimitRule.Limits found) {
    if (Double.isInfinite(found.high() - found.low())) {
      throw new IllegalArgumentException(
          ("Attribute \"%s\" has values from %s to %s: they must be less than %s apart.\n"
                  + "Maybe the network diverged; else give limits, such as -1,1.")
              .formatted(unit, found.low(), found.high(), Double.MAX_VALUE));
    }
    return new Quantizer(levelCount, found.low(), found.high(), rounding);
  }
}
