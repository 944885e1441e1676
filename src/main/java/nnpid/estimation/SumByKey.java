package nnpid.estimation;

import java.util.function.LongConsumer;

/**
 * Positive numbers summed by key, where the keys are differences (sets of up to 64 sources as bits)
 * or hashes: a hash table with open addressing, made to be filled and emptied many times.
 */
final class SumByKey {
  private final long[] keys;
  private final double[] sums; // positive where there is a key
  private final int[] used;
  private int usedCount;

  /** For so many keys. */
  SumByKey(int most) {
    int capacity = Integer.highestOneBit(Math.max(2, most)) << 2;
    keys = new long[capacity];
    sums = new double[capacity];
    used = new int[most];
  }

  void clear() {
    for (int i = 0; i < usedCount; i++) {
      sums[used[i]] = 0;
    }
    usedCount = 0;
  }

  /** Adds a positive number. */
  void add(long key, double number) {
    int place = place(key);
    if (sums[place] == 0) {
      keys[place] = key;
      used[usedCount++] = place;
    }
    sums[place] += number;
  }

  /** What was added for a key; 0 if nothing was. */
  double of(long key) {
    return sums[place(key)];
  }

  /** Visits the keys in the order in which they came. */
  void forEachKey(LongConsumer action) {
    for (int i = 0; i < usedCount; i++) {
      action.accept(keys[used[i]]);
    }
  }

  /** What was added for all differences that contain none of some sets of sources. */
  double ofThoseThatContainNone(long[] sets) {
    double sum = 0;
    for (int i = 0; i < usedCount; i++) {
      long key = keys[used[i]];
      boolean none = true;
      for (int set = 0; set < sets.length && none; set++) {
        none = (sets[set] & ~key) != 0;
      }
      sum += none ? sums[used[i]] : 0;
    }
    return sum;
  }

  /** Where the key is, or belongs. */
  private int place(long key) {
    int mask = keys.length - 1;
    int place = (int) ((key * 0x9E3779B97F4A7C15L) >>> 32) & mask;
    while (sums[place] != 0 && keys[place] != key) {
      place = (place + 1) & mask;
    }
    return place;
  }
}
