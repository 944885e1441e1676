package nnpid.distribution;

import java.util.Arrays;

/**
 * A partition of the realizations of a distribution into classes that share the joint state of some
 * of its variables. The coarsest has one class; refining it by one variable after the other gives
 * the joint states of any set of variables, whatever their number of states.
 */
public final class Partition {
  private final int[] classOf;
  private final int classCount;

  private Partition(int[] classOf, int classCount) {
    this.classOf = classOf;
    this.classCount = classCount;
  }

  /** The partition by classes that are numbered in order of appearance. */
  static Partition of(int[] classOf, int classCount) {
    return new Partition(classOf, classCount);
  }

  /** The partition of {@code realizationCount} realizations with a single class. */
  static Partition coarsest(int realizationCount) {
    return new Partition(new int[realizationCount], Math.min(realizationCount, 1));
  }

  public int classCount() {
    return classCount;
  }

  /** The class of a realization, from 0 to {@link #classCount()} - 1, in order of appearance. */
  public int classOf(int realization) {
    return classOf[realization];
  }

  /** Splits every class by the states of one more variable. Expected cost: O(R). */
  Partition refine(Variable variable) {
    if (classCount == classOf.length) {
      return this; // nothing is left to split: soon so in wide layers
    }
    int bound = variable.bound();
    return (long) classCount * bound > 64 + 4L * classOf.length
        ? refineByHashing(variable)
        : refineByTable(variable, bound);
  }

  private Partition refineByHashing(Variable variable) {
    PairTable table = new PairTable(Math.min(classOf.length, 2L * classCount));
    int[] refined = new int[classOf.length];
    int[] states = new int[Variable.BLOCK];
    for (int from = 0; from < refined.length; from += states.length) {
      int count = Math.min(states.length, refined.length - from);
      variable.read(from, count, states);
      for (int i = 0; i < count; i++) {
        refined[from + i] = table.indexOf(((long) classOf[from + i] << 32) | states[i]);
      }
    }
    return new Partition(refined, table.size);
  }

  /** Several times as fast where the classes and states are few enough for all pairs. */
  private Partition refineByTable(Variable variable, int bound) {
    int[] indices = new int[classCount * bound]; // plus one; 0 is a pair not yet seen
    int[] refined = new int[classOf.length];
    int[] states = new int[Variable.BLOCK];
    int size = 0;
    for (int from = 0; from < refined.length; from += states.length) {
      int count = Math.min(states.length, refined.length - from);
      variable.read(from, count, states);
      for (int i = 0; i < count; i++) {
        int pair = classOf[from + i] * bound + states[i];
        if (indices[pair] == 0) {
          indices[pair] = ++size;
        }
        refined[from + i] = indices[pair] - 1;
      }
    }
    return new Partition(refined, size);
  }

  /** The coarsest partition that is finer than or equal to this one and the other. */
  Partition refine(Partition other) {
    return refine(other.asVariable());
  }

  /** The classes as the states of a source. */
  StateColumn asColumn() {
    StateColumn.Builder builder = new StateColumn.Builder(classOf.length, classCount);
    for (int c : classOf) {
      builder.add(c);
    }
    return builder.build();
  }

  /** The classes as states. */
  Variable asVariable() {
    return Variable.of(classOf, classCount);
  }

  /** Total weight of every class. */
  double[] classWeights(double[] weights) {
    double[] sums = new double[classCount];
    for (int r = 0; r < classOf.length; r++) {
      sums[classOf[r]] += weights[r];
    }
    return sums;
  }

  /** Total weight of the class of every realization. */
  double[] classWeightOfEach(double[] weights) {
    double[] sums = classWeights(weights);
    double[] each = new double[classOf.length];
    for (int r = 0; r < each.length; r++) {
      each[r] = sums[classOf[r]];
    }
    return each;
  }

  /** Numbers (class, state) pairs in order of appearance: open addressing, linear probing. */
  private static final class PairTable {
    private static final long EMPTY = -1;

    private long[] keys;
    private int[] indices;
    private int size;

    PairTable(long expectedSize) {
      allocate(Math.max(16, Integer.highestOneBit((int) Math.min(expectedSize, 1 << 28)) * 4));
    }

    private void allocate(int capacity) {
      keys = new long[capacity];
      Arrays.fill(keys, EMPTY);
      indices = new int[capacity];
    }

    int indexOf(long key) {
      int slot = slotOf(key);
      if (keys[slot] == EMPTY) {
        if (size >= keys.length / 2) {
          grow();
          slot = slotOf(key);
        }
        keys[slot] = key;
        indices[slot] = size++;
      }
      return indices[slot];
    }

    private int slotOf(long key) {
      long hash = key * 0x9E3779B97F4A7C15L;
      int slot = (int) (hash >>> 32) & (keys.length - 1);
      while (keys[slot] != EMPTY && keys[slot] != key) {
        slot = (slot + 1) & (keys.length - 1);
      }
      return slot;
    }

    private void grow() {
      long[] oldKeys = keys;
      int[] oldIndices = indices;
      allocate(Math.multiplyExact(keys.length, 2));
      for (int i = 0; i < oldKeys.length; i++) {
        if (oldKeys[i] != EMPTY) {
          int slot = slotOf(oldKeys[i]);
          keys[slot] = oldKeys[i];
          indices[slot] = oldIndices[i];
        }
      }
    }
  }
}
