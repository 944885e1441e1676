package nnpid.distribution;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Finds the sources that are neither constant nor the same, but for the names of their states, as
 * one before them. They are told apart by a few of their states; only where these are the same, by
 * all of them.
 */
final class DistinctSources {
  private static final int SAMPLE = 1024;

  private final int length;
  private final IntFunction<Variable> sources;
  private final Map<Long, Integer> bySample = new HashMap<>();
  private final Map<Long, Integer> byAll = new HashMap<>();
  private final Set<Integer> hashed = new HashSet<>();

  /**
   * A search.
   *
   * @param length number of realizations
   */
  DistinctSources(int length, IntFunction<Variable> sources) {
    this.length = length;
    this.sources = sources;
  }

  /** The indices of such sources, ascending. */
  int[] find(int sourceCount) {
    return IntStream.range(0, sourceCount).filter(this::isNew).toArray();
  }

  private boolean isNew(int source) {
    Variable states = sources.apply(source);
    if (isConstant(states, length)) {
      return false;
    }
    Integer alike = bySample.putIfAbsent(hashOfSome(states), source);
    if (alike == null) {
      return true;
    }
    if (hashed.add(alike)) {
      byAll.putIfAbsent(hashOfAll(sources.apply(alike)), alike);
    }
    Integer same = byAll.putIfAbsent(hashOfAll(states), source);
    hashed.add(source);
    return same == null || !areSame(states, sources.apply(same));
  }

  /** Whether all states are the same. */
  static boolean isConstant(Variable states, int length) {
    int first = states.state(0);
    int[] buffer = new int[Variable.BLOCK];
    for (int from = 0; from < length; from += buffer.length) {
      int count = Math.min(buffer.length, length - from);
      states.read(from, count, buffer);
      for (int i = 0; i < count; i++) {
        if (buffer[i] != first) {
          return false;
        }
      }
    }
    return true;
  }

  private long hashOfSome(Variable states) {
    Names names = new Names();
    long hash = 0;
    int count = Math.min(SAMPLE, length);
    for (int i = 0; i < count; i++) {
      hash = mix(hash, names.of(states.state((int) ((long) i * length / count))));
    }
    return hash;
  }

  private long hashOfAll(Variable states) {
    Names names = new Names();
    long hash = 0;
    int[] buffer = new int[Variable.BLOCK];
    for (int from = 0; from < length; from += buffer.length) {
      int count = Math.min(buffer.length, length - from);
      states.read(from, count, buffer);
      for (int i = 0; i < count; i++) {
        hash = mix(hash, names.of(buffer[i]));
      }
    }
    return hash;
  }

  private static long mix(long hash, int name) {
    long mixed = (hash ^ name) * 0x9E3779B97F4A7C15L;
    return mixed ^ (mixed >>> 32);
  }

  private boolean areSame(Variable a, Variable b) {
    Names namesOfA = new Names();
    Names namesOfB = new Names();
    int[] bufferA = new int[Variable.BLOCK];
    int[] bufferB = new int[Variable.BLOCK];
    for (int from = 0; from < length; from += bufferA.length) {
      int count = Math.min(bufferA.length, length - from);
      a.read(from, count, bufferA);
      b.read(from, count, bufferB);
      for (int i = 0; i < count; i++) {
        if (namesOfA.of(bufferA[i]) != namesOfB.of(bufferB[i])) {
          return false;
        }
      }
    }
    return true;
  }

  /** Numbers states in order of appearance. */
  private static final class Names {
    private static final int SMALL = 1 << 16;

    private int[] small = new int[64]; // plus one; 0 is not yet seen
    private final Map<Integer, Integer> large = new HashMap<>();
    private int count;

    int of(int state) {
      if (state >= SMALL) {
        Integer known = large.putIfAbsent(state, count);
        return known == null ? count++ : known;
      }
      if (state >= small.length) {
        small = Arrays.copyOf(small, Math.max(state + 1, 2 * small.length));
      }
      if (small[state] == 0) {
        small[state] = ++count;
      }
      return small[state] - 1;
    }
  }
}
