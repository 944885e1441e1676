package nnpid.distribution;

import java.util.SplittableRandom;

/**
 * The numbers that {@link java.util.Random#nextDouble} gives one after another, from any of them
 * on: so that units can be rounded at random one by one, as instance after instance would be.
 */
public final class UniformDraws {
  private static final long MULTIPLIER = 0x5DEECE66DL;
  private static final long INCREMENT = 0xBL;
  private static final long MASK = (1L << 48) - 1;

  private final long seed; // scrambled

  UniformDraws(long seed) {
    this.seed = (seed ^ MULTIPLIER) & MASK;
  }

  /**
   * The seed of the generator for a seed that people choose: the first numbers of {@link
   * java.util.Random} hardly differ between seeds 1, 2, 3.
   */
  public static long generatorSeed(int seed) {
    return new SplittableRandom(seed).nextLong();
  }

  /**
   * Every so-manieth number.
   *
   * @param first index of the first, from 0
   * @param step distance of the others
   */
  public Sequence from(long first, long step) {
    return new Sequence(first, step);
  }

  /** Some of the numbers, in order. */
  public final class Sequence {
    private final long multiplier; // from one to the next
    private final long increment;
    private long state;

    private Sequence(long first, long step) {
      long[] toFirst = power(2 * first);
      state = (seed * toFirst[0] + toFirst[1]) & MASK;
      long[] toNext = power(2 * step);
      multiplier = toNext[0];
      increment = toNext[1];
    }

    /** The next number, from 0 to below 1. */
    public double next() {
      long high = (state * MULTIPLIER + INCREMENT) & MASK;
      long low = (high * MULTIPLIER + INCREMENT) & MASK;
      state = (state * multiplier + increment) & MASK;
      return (((high >>> 22) << 27) + (low >>> 21)) * 0x1.0p-53;
    }
  }

  /** The factor and the summand of so many steps at once. */
  private static long[] power(long steps) {
    long[] result = {1, 0};
    long factor = MULTIPLIER;
    long summand = INCREMENT;
    for (long rest = steps; rest > 0; rest >>= 1) {
      if ((rest & 1) == 1) {
        result[1] = result[1] * factor + summand;
        result[0] *= factor;
      }
      summand = summand * factor + summand;
      factor *= factor;
    }
    return result;
  }
}
