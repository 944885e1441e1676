package nnpid.lattice;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The redundancy lattice of Williams and Beer for one to six sources: all antichains, numbered in
 * ascending order of their up-sets, and the Moebius inversion that turns redundancies into atoms.
 *
 * <p>Building it takes milliseconds (0.2 s for six sources) and two bytes per antichain. Immutable.
 *
 * @see <a href="https://arxiv.org/abs/1004.2515">Williams and Beer (2010)</a>
 */
public final class RedundancyLattice {
  private final UpSetFamily upSets;

  private RedundancyLattice(UpSetFamily upSets) {
    this.upSets = upSets;
  }

  /**
   * The lattice of the antichains over sources 0 to {@code sourceCount} - 1.
   *
   * @throws IllegalArgumentException if {@code sourceCount} is not from 1 to 6
   */
  public static RedundancyLattice ofSources(int sourceCount) {
    return new RedundancyLattice(UpSetFamily.ofAllAntichains(sourceCount));
  }

  public int sourceCount() {
    return upSets.sourceCount();
  }

  /** Number of antichains. */
  public int size() {
    return upSets.size();
  }

  public Antichain antichain(int index) {
    return upSets.antichain(index);
  }

  /**
   * The number of an antichain.
   *
   * @throws IllegalArgumentException if it has a source that this lattice lacks
   */
  public int indexOf(Antichain antichain) {
    int index = upSets.indexOf(antichain);
    if (index < 0) {
      throw new IllegalArgumentException(
          String.format(
              "The antichain (%s) must have sources from 1 to %d.", antichain, sourceCount()));
    }
    return index;
  }

  /** The up-sets of the antichains, in the order of their numbers. */
  public UpSetFamily upSets() {
    return upSets;
  }

  /**
   * Replaces redundancies (one per antichain, in order) by atoms: the values whose sums over all
   * antichains that precede or equal an antichain are its redundancy.
   *
   * <p>The lattice is distributive, so that one sweep per source set x does it: f(U) -= f(U &cup;
   * {x}) for every up-set U for which U &cup; {x} is an up-set too. The sweeps may come in any
   * order in which larger sets precede the sets they contain: here first the sets with the last
   * source, which change the upper halves of up-sets, then those without it, which change the lower
   * halves.
   *
   * @throws IllegalArgumentException if there is not one value per antichain
   */
  public void invert(double[] values) {
    if (values.length != size()) {
      throw new IllegalArgumentException(
          String.format(
              "The number of values (%d) must be the number of antichains (%d).",
              values.length, size()));
    }
    int[] sourceSets = halfSourceSetsLargestFirst();
    int[][] extension = new int[sourceSets.length][];
    Arrays.setAll(extension, i -> extensions(sourceSets[i]));
    for (int i = 0; i < sourceSets.length; i++) {
      sweepUpper(values, extension[i]);
    }
    sweepLower(values, sourceSets, extension);
  }

  /** For every half: the index of the half with one source set more, or -1 if it is no up-set. */
  private int[] extensions(int sourceSet) {
    int[] extension = new int[upSets.halfCount()];
    for (int half = 0; half < extension.length; half++) {
      long bits = upSets.half(half);
      boolean contained = ((bits >>> sourceSet) & 1) == 1;
      extension[half] = contained ? -1 : Math.max(-1, upSets.indexOfHalf(bits | (1L << sourceSet)));
    }
    return extension;
  }

  private void sweepUpper(double[] values, int[] extension) {
    for (int upper = 0; upper < extension.length; upper++) {
      if (extension[upper] >= 0) {
        int other = upSets.start(extension[upper]);
        for (int i = upSets.start(upper); i < upSets.start(upper + 1); i++) {
          while (upSets.lower(other) != upSets.lower(i)) {
            other++;
          }
          values[i] -= values[other];
        }
      }
    }
  }

  private void sweepLower(double[] values, int[] sourceSets, int[][] extension) {
    int[] position = new int[upSets.halfCount()];
    for (int upper = 0; upper < position.length; upper++) {
      long upperHalf = upSets.half(upper);
      int start = upSets.start(upper);
      int end = upSets.start(upper + 1);
      for (int i = start; i < end; i++) {
        position[upSets.lower(i)] = i;
      }
      for (int s = 0; s < sourceSets.length; s++) {
        // The empty set is no source set; and lower halves must stay within the upper one.
        if (sourceSets[s] != 0 && ((upperHalf >>> sourceSets[s]) & 1) == 1) {
          for (int i = start; i < end; i++) {
            int extended = extension[s][upSets.lower(i)];
            if (extended >= 0) {
              values[i] -= values[position[extended]];
            }
          }
        }
      }
    }
  }

  private int[] halfSourceSetsLargestFirst() {
    int sourceSetCount = 1 << (sourceCount() - 1);
    return IntStream.range(0, sourceSetCount)
        .boxed()
        .sorted((a, b) -> Integer.bitCount(b) - Integer.bitCount(a))
        .mapToInt(Integer::intValue)
        .toArray();
  }
}
