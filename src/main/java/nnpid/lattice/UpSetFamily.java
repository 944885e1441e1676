package nnpid.lattice;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/**
 * A family of up-sets over n sources, each the up-set of one antichain, in ascending order of their
 * bits and stored as pairs of up-sets over the first n - 1 sources.
 *
 * <p>The pair of an up-set U is (upper, lower): <em>lower</em> has the source sets of U without the
 * last source, <em>upper</em> those with it, the last source removed. The pair is nested (lower
 * &sube; upper), and as a sum over U is a sum over lower plus a sum over upper, all sums over the
 * up-sets of the family follow from the few thousand sums over up-sets of n - 1 sources by one
 * addition each. Both halves are given as indices into the list of <em>all</em> up-sets over n - 1
 * sources, see {@link #halfCount()}.
 *
 * <p>Immutable; memory is two bytes per up-set.
 */
public final class UpSetFamily {
  /** The most sources for which antichains are represented, {@value}. */
  public static final int MAX_SOURCES = 6;

  /** Those of uniform antichains, once made: for six sources that takes longer than many a use. */
  private static final Map<Integer, UpSetFamily> UNIFORM = new ConcurrentHashMap<>();

  private final int sourceCount;
  private final long[] halves; // all up-sets over n - 1 sources, ascending
  private final int[] start; // of the pairs with a given upper half; one more than halves
  private final char[] lower; // index of the lower half of every pair

  private UpSetFamily(int sourceCount, long[] halves, int[] start, char[] lower) {
    this.sourceCount = sourceCount;
    this.halves = halves;
    this.start = start;
    this.lower = lower;
  }

  /**
   * The up-sets of all antichains: 1, 4, 18, 166, 7,579 and 7,828,352 for one to six sources.
   *
   * @throws IllegalArgumentException if {@code sourceCount} is not from 1 to 6
   */
  public static UpSetFamily ofAllAntichains(int sourceCount) {
    requireSourceCount(sourceCount);
    long[] halves = upSets(sourceCount - 1);
    int[] start = new int[halves.length + 1];
    // The pairs (none, none) and (all, all) are no antichains: the empty collection and {{}}.
    for (int upper = 0; upper < halves.length; upper++) {
      int count = upper == 0 || upper == halves.length - 1 ? -1 : 0;
      for (int i = 0; i <= upper; i++) {
        count += isSubset(halves[i], halves[upper]) ? 1 : 0;
      }
      start[upper + 1] = start[upper] + count;
    }
    char[] lower = new char[start[halves.length]];
    int next = 0;
    for (int upper = 1; upper < halves.length; upper++) {
      for (int i = 0; next < start[upper + 1]; i++) {
        if (isSubset(halves[i], halves[upper])) {
          lower[next++] = (char) i;
        }
      }
    }
    return new UpSetFamily(sourceCount, halves, start, lower);
  }

  /**
   * The up-sets of the uniform antichains, those whose members all have the same size: the ones
   * that the backbone needs. 2<sup>C(n,1)</sup> + ... + 2<sup>C(n,n)</sup> - n: 1, 4, 15, 94, 2,109
   * and 1,114,236 for one to six sources.
   *
   * @throws IllegalArgumentException if {@code sourceCount} is not from 1 to 6
   */
  public static UpSetFamily ofUniformAntichains(int sourceCount) {
    requireSourceCount(sourceCount);
    return UNIFORM.computeIfAbsent(sourceCount, UpSetFamily::makeUniform);
  }

  private static UpSetFamily makeUniform(int sourceCount) {
    long[][] ofSize = new long[sourceCount][];
    int total = 0;
    for (int size = 1; size <= sourceCount; size++) {
      ofSize[size - 1] = uniformUpSets(sourceCount, size);
      total += ofSize[size - 1].length;
    }
    long[] all = new long[total];
    int next = 0;
    for (long[] upSets : ofSize) {
      System.arraycopy(upSets, 0, all, next, upSets.length);
      next += upSets.length;
    }
    // All contain the set of all sources: over six sources all are negative, else none is.
    Arrays.sort(all);
    long[] halves = upSets(sourceCount - 1);
    int halfBits = 1 << (sourceCount - 1);
    long lowerMask = (1L << halfBits) - 1;
    int[] start = new int[halves.length + 1];
    char[] lower = new char[total];
    for (int i = 0; i < total; i++) {
      int upper = Arrays.binarySearch(halves, (all[i] >>> halfBits) & lowerMask);
      lower[i] = (char) Arrays.binarySearch(halves, all[i] & lowerMask);
      start[upper + 1] = i + 1;
    }
    for (int upper = 0; upper < halves.length; upper++) {
      start[upper + 1] = Math.max(start[upper + 1], start[upper]);
    }
    return new UpSetFamily(sourceCount, halves, start, lower);
  }

  private static void requireSourceCount(int sourceCount) {
    if (sourceCount < 1) {
      throw new IllegalArgumentException(
          "The number of sources (" + sourceCount + ") must be at least 1.");
    }
    if (sourceCount > MAX_SOURCES) {
      throw new IllegalArgumentException(
          String.format(
              "The number of sources (%d) must be at most %d: already 7 sources have "
                  + "2,414,682,040,996 antichains.%nMaybe choose at most %d sources, or group them.",
              sourceCount, MAX_SOURCES, MAX_SOURCES));
    }
  }

  /** All up-sets over up to five sources, the empty one first, the full one last: ascending. */
  private static long[] upSets(int sourceCount) {
    long[] upSets = {0, 1};
    for (int n = 1; n <= sourceCount; n++) {
      long[] halves = upSets;
      int halfBits = 1 << (n - 1);
      long[] buffer = new long[halves.length * halves.length];
      int count = 0;
      for (long upper : halves) {
        for (long lower : halves) {
          if (isSubset(lower, upper)) {
            buffer[count++] = (upper << halfBits) | lower;
          }
        }
      }
      upSets = Arrays.copyOf(buffer, count);
    }
    return upSets;
  }

  /** The up-sets generated by the non-empty collections of source sets of the given size. */
  private static long[] uniformUpSets(int sourceCount, int size) {
    int[] sourceMasks =
        IntStream.range(1, 1 << sourceCount)
            .filter(mask -> Integer.bitCount(mask) == size)
            .toArray();
    long[] upSets = new long[1 << sourceMasks.length];
    long all = sourceCount == MAX_SOURCES ? -1 : (1L << (1 << sourceCount)) - 1;
    for (int i = 1; i < upSets.length; i++) {
      int last = Integer.numberOfTrailingZeros(i);
      upSets[i] = upSets[i & (i - 1)] | (SourceSets.upSetOf(1L << sourceMasks[last]) & all);
    }
    return Arrays.copyOfRange(upSets, 1, upSets.length);
  }

  private static boolean isSubset(long a, long b) {
    return (a & ~b) == 0;
  }

  public int sourceCount() {
    return sourceCount;
  }

  /** Number of up-sets in the family. */
  public int size() {
    return lower.length;
  }

  /** Number of all up-sets over n - 1 sources: the range of the indices of halves. */
  public int halfCount() {
    return halves.length;
  }

  /**
   * The index of the half that lacks only the smallest source set of the given half; index 0 is the
   * empty half, which has no parent.
   */
  public int parentOfHalf(int half) {
    return indexOfHalf(halves[half] & (halves[half] - 1));
  }

  /** The bit mask of the source set that a half has and its parent lacks. */
  public int smallestOfHalf(int half) {
    return Long.numberOfTrailingZeros(halves[half]);
  }

  /** Index of the first up-set whose upper half has index {@code upper} or more. */
  public int start(int upper) {
    return start[upper];
  }

  /**
   * Borders of ranges of upper halves that have about equally many up-sets: the tasks for threads.
   * Every task makes its own tables of values over halves; the ranges are wide enough to make that
   * cheap, and do not depend on the number of threads.
   *
   * @return ascending indices of halves, the first 0 and the last {@link #halfCount()}
   */
  public int[] ranges() {
    int perRange = Math.max(2048, 16 * halfCount());
    IntStream.Builder borders = IntStream.builder();
    borders.add(0);
    int last = 0;
    for (int upper = 1; upper < halfCount(); upper++) {
      if (start[upper] - start[last] >= perRange) {
        borders.add(upper);
        last = upper;
      }
    }
    return borders.add(halfCount()).build().toArray();
  }

  /** Index of the lower half of an up-set. */
  public int lower(int index) {
    return lower[index];
  }

  /** The antichain of an up-set. */
  public Antichain antichain(int index) {
    return Antichain.ofUpSet(upSet(index, upperOf(index)));
  }

  /** The index of the up-set of an antichain, or a negative number if the family lacks it. */
  public int indexOf(Antichain antichain) {
    int halfBits = 1 << (sourceCount - 1);
    long lowerMask = (1L << halfBits) - 1;
    if (antichain.lastSource() > sourceCount) {
      return -1;
    }
    long upSet = antichain.upSet();
    // Antichains do not know the number of sources: their up-sets are over six, cut here to n.
    int upper = indexOfHalf((upSet >>> halfBits) & lowerMask);
    int lowerHalf = indexOfHalf(upSet & lowerMask);
    if (upper < 0 || lowerHalf < 0) {
      return -1;
    }
    return Arrays.binarySearch(lower, start[upper], start[upper + 1], (char) lowerHalf);
  }

  /** What is done with every up-set of a family, see {@link #forEach}. */
  @FunctionalInterface
  interface UpSetConsumer {
    void accept(int index, long upSet);
  }

  /** Visits all up-sets in order: faster than asking for one after the other. */
  void forEach(UpSetConsumer consumer) {
    for (int upper = 0; upper < halves.length; upper++) {
      for (int i = start[upper]; i < start[upper + 1]; i++) {
        consumer.accept(i, upSet(i, upper));
      }
    }
  }

  /**
   * Sums values given per antichain by the antichains' degree of synergy.
   *
   * @return sums for the degrees 1 to n, at index 0 to n - 1
   */
  public double[] sumByDegreeOfSynergy(double[] values) {
    double[] sums = new double[sourceCount];
    forEach(
        (index, upSet) ->
            sums[SourceSets.smallestSize(SourceSets.minimalOf(upSet)) - 1] += values[index]);
    return sums;
  }

  /**
   * Splits values given per antichain: each evenly over the antichain's source sets, and each set's
   * part evenly over its sources.
   *
   * @return sums for the sources 1 to n, at index 0 to n - 1
   */
  public double[] shareBySource(double[] values) {
    double[] shares = new double[sourceCount];
    forEach(
        (index, upSet) -> {
          long members = SourceSets.minimalOf(upSet);
          double ofSet = values[index] / Long.bitCount(members);
          for (long sets = members; sets != 0; sets &= sets - 1) {
            int sourceMask = Long.numberOfTrailingZeros(sets);
            double ofSource = ofSet / Integer.bitCount(sourceMask);
            for (int sources = sourceMask; sources != 0; sources &= sources - 1) {
              shares[Integer.numberOfTrailingZeros(sources)] += ofSource;
            }
          }
        });
    return shares;
  }

  /**
   * Sums values given per uniform antichain by the size of its members, positive for antichains of
   * an odd, negative for those of an even number of members: inclusion and exclusion over the
   * down-sets of the source sets of each size.
   *
   * @return sums for the sizes 1 to n, at index 0 to n - 1
   */
  public double[] alternatingSumBySize(double[] values) {
    double[] sums = new double[sourceCount];
    double[] lost = new double[sourceCount];
    forEach(
        (index, upSet) -> {
          long members = SourceSets.minimalOf(upSet);
          double term = (Long.bitCount(members) & 1) == 1 ? values[index] : -values[index];
          int k = SourceSets.smallestSize(members) - 1;
          // A million alternating terms: what rounding loses is kept (Knuth's two-sum).
          double sum = sums[k] + term;
          double added = sum - sums[k];
          lost[k] += (sums[k] - (sum - added)) + (term - added);
          sums[k] = sum;
        });
    Arrays.setAll(sums, k -> sums[k] + lost[k]);
    return sums;
  }

  long half(int half) {
    return halves[half];
  }

  int indexOfHalf(long half) {
    return Arrays.binarySearch(halves, half);
  }

  private long upSet(int index, int upper) {
    return (halves[upper] << (1 << (sourceCount - 1))) | halves[lower[index]];
  }

  private int upperOf(int index) {
    int found = Arrays.binarySearch(start, index);
    if (found < 0) {
      return -found - 2;
    }
    while (start[found + 1] == index) {
      found++;
    }
    return found;
  }
}
