package nnpid.execution;

import java.util.SplittableRandom;

/** Unrelated streams of random numbers for the numbered tasks of a computation. */
public final class RandomStreams {
  private RandomStreams() {}

  /**
   * The stream of one task: always the same for a seed and an index, and unrelated to those of
   * other seeds and indices, also of their neighbors.
   */
  public static SplittableRandom of(long seed, long index) {
    return new SplittableRandom(new SplittableRandom(seed).nextLong() + index).split();
  }
}
