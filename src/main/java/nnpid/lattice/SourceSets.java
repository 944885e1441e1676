package nnpid.lattice;

/**
 * Sets of source sets over up to six sources, as bits of a {@code long}: bit b is set if the source
 * set with bit mask b belongs to it.
 */
final class SourceSets {
  /** Element i: the source sets that do not contain source i. */
  private static final long[] WITHOUT_SOURCE = {
    0x5555555555555555L,
    0x3333333333333333L,
    0x0F0F0F0F0F0F0F0FL,
    0x00FF00FF00FF00FFL,
    0x0000FFFF0000FFFFL,
    0x00000000FFFFFFFFL
  };

  private SourceSets() {}

  /** The smallest up-set that contains the given source sets. */
  static long upSetOf(long sourceSets) {
    long upSet = sourceSets;
    for (int source = 0; source < WITHOUT_SOURCE.length; source++) {
      upSet |= (upSet & WITHOUT_SOURCE[source]) << (1 << source);
    }
    return upSet;
  }

  /** The source sets of an up-set that contain no other of its source sets. */
  static long minimalOf(long upSet) {
    long notMinimal = 0;
    for (int source = 0; source < WITHOUT_SOURCE.length; source++) {
      notMinimal |= (upSet & WITHOUT_SOURCE[source]) << (1 << source);
    }
    return upSet & ~notMinimal;
  }

  /** The size of the smallest of the given source sets, of which there is at least one. */
  static int smallestSize(long sourceSets) {
    int smallest = Integer.MAX_VALUE;
    for (long rest = sourceSets; rest != 0; rest &= rest - 1) {
      smallest = Math.min(smallest, Integer.bitCount(Long.numberOfTrailingZeros(rest)));
    }
    return smallest;
  }
}
