package nnpid.estimation;

import java.util.Arrays;

/**
 * Sequences of differences (sets of sources, as bits), each with a value; in every sequence no
 * difference contains an earlier one. Grows; not thread-safe while it does.
 */
final class DifferenceSequences {
  private final int words;
  private long[] differences = new long[64];
  private double[] values = new double[64];
  private int count;
  private int[] ends = new int[8];
  private int sequenceCount;

  // Of the open sequence: the differences that contain no other, those that rejected one first.
  private long[] minimal = new long[64];
  private int minimalCount;
  private long comparisons;

  DifferenceSequences(int sourceCount) {
    words = (sourceCount + 63) >>> 6;
  }

  /** Whether a difference contains one that is in the open sequence. */
  boolean isSettled(long[] difference) {
    int found = words == 1 ? firstContained(difference[0]) : firstContained(difference);
    if (found < 0) {
      comparisons += minimalCount;
      return false;
    }
    comparisons += found + 1;
    // The next one to contain it shall find it sooner.
    swapMinimal(found, found / 2);
    return true;
  }

  private int firstContained(long difference) {
    for (int i = 0; i < minimalCount; i++) {
      if ((minimal[i] & ~difference) == 0) {
        return i;
      }
    }
    return -1;
  }

  private int firstContained(long[] difference) {
    for (int i = 0; i < minimalCount; i++) {
      if (contains(difference, i)) {
        return i;
      }
    }
    return -1;
  }

  /** Appends a difference to the open sequence, in which it contains none. */
  void add(long[] difference, double value) {
    comparisons += minimalCount;
    int kept = 0;
    for (int i = 0; i < minimalCount; i++) {
      if (!isContained(difference, i)) {
        System.arraycopy(minimal, i * words, minimal, kept * words, words);
        kept++;
      }
    }
    if (minimal.length < (kept + 1) * words) {
      minimal = Arrays.copyOf(minimal, 2 * minimal.length + words);
    }
    System.arraycopy(difference, 0, minimal, kept * words, words);
    minimalCount = kept + 1;
    if (differences.length < (count + 1) * words) {
      differences = Arrays.copyOf(differences, 2 * differences.length + words);
    }
    if (values.length == count) {
      values = Arrays.copyOf(values, 2 * count);
    }
    System.arraycopy(difference, 0, differences, count * words, words);
    values[count++] = value;
  }

  private boolean contains(long[] difference, int i) {
    for (int word = 0; word < words; word++) {
      if ((minimal[i * words + word] & ~difference[word]) != 0) {
        return false;
      }
    }
    return true;
  }

  private boolean isContained(long[] difference, int i) {
    for (int word = 0; word < words; word++) {
      if ((difference[word] & ~minimal[i * words + word]) != 0) {
        return false;
      }
    }
    return true;
  }

  private void swapMinimal(int a, int b) {
    for (int word = 0; word < words; word++) {
      long swap = minimal[a * words + word];
      minimal[a * words + word] = minimal[b * words + word];
      minimal[b * words + word] = swap;
    }
  }

  /** Ends the open sequence and opens the next. */
  void endSequence() {
    if (ends.length == sequenceCount) {
      ends = Arrays.copyOf(ends, 2 * sequenceCount);
    }
    ends[sequenceCount++] = count;
    minimalCount = 0;
  }

  /** Number of comparisons of differences so far: what it has cost. */
  long comparisons() {
    return comparisons;
  }

  /** Number of ended sequences. */
  int sequenceCount() {
    return sequenceCount;
  }

  /** Number of differences in all sequences. */
  int count() {
    return count;
  }

  /** Number of differences in the sequences up to the given one, itself included. */
  int end(int sequence) {
    return ends[sequence];
  }

  /** The {@code word}-th 64 sources of a difference. */
  long word(int index, int word) {
    return differences[index * words + word];
  }

  double value(int index) {
    return values[index];
  }
}
