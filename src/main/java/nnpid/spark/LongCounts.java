package nnpid.spark;

import java.io.Serializable;
import java.util.Iterator;
import java.util.stream.IntStream;
import scala.Tuple2;

/** Counts by key, both in few bytes. Keys are not negative. Not thread-safe. */
final class LongCounts implements Serializable {
  private static final long serialVersionUID = 1L;

  private long[] keys = new long[1 << 10]; // key + 1; 0 where there is none
  private long[] counts = new long[1 << 10];
  private int size;

  void add(long key, long count) {
    int place = place(key + 1);
    if (keys[place] == 0) {
      keys[place] = key + 1;
      size++;
    }
    counts[place] += count;
    if (size > keys.length / 2) {
      grow();
    }
  }

  private int place(long stored) {
    int mask = keys.length - 1;
    int place = (int) ((stored * 0x9E3779B97F4A7C15L) >>> 32) & mask;
    while (keys[place] != 0 && keys[place] != stored) {
      place = (place + 1) & mask;
    }
    return place;
  }

  private void grow() {
    long[] oldKeys = keys;
    long[] oldCounts = counts;
    keys = new long[2 * oldKeys.length];
    counts = new long[keys.length];
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldKeys[i] != 0) {
        int place = place(oldKeys[i]);
        keys[place] = oldKeys[i];
        counts[place] = oldCounts[i];
      }
    }
  }

  /** Keys with their counts, in no particular order. */
  Iterator<Tuple2<Long, Long>> pairs() {
    return IntStream.range(0, keys.length)
        .filter(i -> keys[i] != 0)
        .mapToObj(i -> new Tuple2<>(keys[i] - 1, counts[i]))
        .iterator();
  }
}
