package nnpid.estimation;

import java.util.Arrays;
import java.util.stream.IntStream;
import nnpid.distribution.JointDistribution;

/**
 * The source states of all realizations, cut into bits: for every 64 sources one word per bit of a
 * state. Two realizations differ in the sources at which any of their words do.
 *
 * <p>The words are kept for every realization as long as they take little memory, or there is
 * enough of it; else they are read from the columns of the distribution, bit by bit, which takes
 * much longer and gives the same.
 */
final class BitSlicedStates {
  /** A quarter of a gigabyte. */
  private static final long MOST_WORDS = 1 << 25;

  /** Of the memory that is free, what words may take: columns of batches need the rest. */
  private static final double FREE_SHARE = 0.5;

  /**
   * Where words are not kept, those of the first positions of an order: they are asked for often.
   */
  private static final int EARLY_ROWS = 1 << 11;

  private final JointDistribution distribution;
  private final int sourceCount;
  private final int words; // per bit of a state
  private final int planes; // bits of a state
  private final long[][] rows; // realization, word * planes + plane; none if they are too many

  BitSlicedStates(JointDistribution distribution) {
    this(distribution, MOST_WORDS);
  }

  BitSlicedStates(JointDistribution distribution, long mostWords) {
    this.distribution = distribution;
    sourceCount = distribution.sourceCount();
    words = (sourceCount + 63) >>> 6;
    planes = IntStream.range(0, sourceCount).map(distribution::stateBits).max().orElse(1);
    int realizationCount = distribution.realizationCount();
    long needed = (long) realizationCount * words * planes;
    boolean few = needed <= mostWords || (mostWords > 0 && fits(needed));
    rows = new long[few ? realizationCount : 0][words * planes];
    if (few) {
      fillRows();
    }
  }

  /** Whether so many words leave a part of the memory that is free. */
  private static boolean fits(long needed) {
    Runtime runtime = Runtime.getRuntime();
    double bytes = (double) needed * Long.BYTES;
    if (bytes > FREE_SHARE * runtime.maxMemory()) {
      return false;
    }
    System.gc();
    long free = runtime.maxMemory() - runtime.totalMemory() + runtime.freeMemory();
    return bytes <= FREE_SHARE * free;
  }

  private void fillRows() {
    int[] all = IntStream.range(0, rows.length).toArray();
    long[] square = new long[64];
    for (int word = 0; word < words; word++) {
      int sources = sourcesOf(word);
      for (int plane = 0; plane < planes; plane++) {
        for (int first = 0; first < all.length; first += 64) {
          for (int bit = 0; bit < 64; bit++) {
            square[bit] = bit < sources ? statesBit((word << 6) + bit, plane, all, first) : 0;
          }
          transpose(square);
          for (int i = 0; i < Math.min(64, all.length - first); i++) {
            rows[first + i][word * planes + plane] = square[i];
          }
        }
      }
    }
  }

  /** Number of sources in a word. */
  private int sourcesOf(int word) {
    return Math.min(64, sourceCount - (word << 6));
  }

  private long statesBit(int source, int plane, int[] realizations, int from) {
    return plane < distribution.stateBits(source)
        ? distribution.statesBit(source, plane, realizations, from)
        : 0;
  }

  /** Writes the sources in which two realizations differ: bit i for source i. */
  void difference(int a, int b, long[] bits) {
    difference(row(a), row(b), bits);
  }

  /** The words of a realization; not to be changed. */
  private long[] row(int realization) {
    if (rows.length > 0) {
      return rows[realization];
    }
    long[] row = new long[words * planes];
    for (int source = 0; source < sourceCount; source++) {
      int state = distribution.sourceState(realization, source);
      int first = (source >>> 6) * planes;
      for (int plane = 0; plane < planes; plane++) {
        row[first + plane] |= (long) (state >>> plane & 1) << source;
      }
    }
    return row;
  }

  private void difference(long[] rowA, long[] rowB, long[] bits) {
    for (int word = 0; word < words; word++) {
      long difference = 0;
      for (int plane = word * planes; plane < (word + 1) * planes; plane++) {
        difference |= rowA[plane] ^ rowB[plane];
      }
      bits[word] = difference;
    }
  }

  /** The states of the realizations in a given order, as columns. */
  Columns columns(int[] order) {
    return new Columns(order);
  }

  /** Transposes a square of 64 by 64 bits in place: bit j of word i becomes bit i of word j. */
  private static void transpose(long[] square) {
    long mask = 0x00000000FFFFFFFFL;
    for (int step = 32; step != 0; step >>>= 1, mask ^= mask << step) {
      for (int i = 0; i < 64; i = ((i | step) + 1) & ~step) {
        long swap = ((square[i] >>> step) ^ square[i | step]) & mask;
        square[i] ^= swap << step;
        square[i | step] ^= swap;
      }
    }
  }

  /**
   * The states of ordered realizations by source: bit i of a column is that of position i. Columns
   * are made as far as somebody looks at them, which is not far in wide layers. Thread-safe.
   */
  final class Columns {
    private final int[] order;
    private final long[][][] columns; // source, plane, position / 64; null until it is looked at
    private final long[][] firstRows; // by position, see EARLY_ROWS; null until it is looked at

    private Columns(int[] order) {
      this.order = order;
      this.columns = new long[sourceCount][][];
      this.firstRows = new long[rows.length > 0 ? 0 : Math.min(EARLY_ROWS, order.length)][];
    }

    /** What realizations are compared with: one of them. */
    final class Compared {
      private final long[] own;

      private Compared(int realization) {
        this.own = row(realization);
      }

      /** Writes the sources in which it differs from a position: bit i for source i. */
      void difference(int position, long[] bits) {
        BitSlicedStates.this.difference(
            own, position < firstRows.length ? firstRow(position) : row(order[position]), bits);
      }
    }

    /** A realization that is to be compared with many positions. */
    Compared compared(int realization) {
      return new Compared(realization);
    }

    private synchronized long[] firstRow(int position) {
      if (firstRows[position] == null) {
        firstRows[position] = row(order[position]);
      }
      return firstRows[position];
    }

    /** The positions that agree with a realization in a source; bits past the last are free. */
    long[] agreement(int source, int realization) {
      return agreement(source, realization, (order.length + 63) >>> 6);
    }

    /** The same, but only its first words. */
    long[] agreement(int source, int realization, int wordCount) {
      long[][] column = column(source, wordCount);
      int state = distribution.sourceState(realization, source);
      long[] agreement = new long[wordCount];
      for (int plane = 0; plane < planes; plane++) {
        long flip = (state >>> plane & 1) == 1 ? 0 : -1;
        long[] bits = column[plane];
        for (int i = 0; i < agreement.length; i++) {
          agreement[i] = plane == 0 ? bits[i] ^ flip : agreement[i] & (bits[i] ^ flip);
        }
      }
      return agreement;
    }

    private synchronized long[][] column(int source, int wordCount) {
      long[][] column = columns[source];
      if (column == null || column[0].length < wordCount) {
        if (rows.length == 0) {
          extend(source, wordCount);
        } else {
          extendAll(source >>> 6, wordCount);
        }
      }
      return columns[source];
    }

    private long[][] longer(long[][] column, int wordCount) {
      long[][] longer = new long[planes][];
      for (int plane = 0; plane < planes; plane++) {
        longer[plane] =
            column == null ? new long[wordCount] : Arrays.copyOf(column[plane], wordCount);
      }
      return longer;
    }

    private void extend(int source, int wordCount) {
      int from = columns[source] == null ? 0 : columns[source][0].length;
      long[][] column = longer(columns[source], wordCount);
      for (int plane = 0; plane < planes; plane++) {
        for (int block = from; block < wordCount; block++) {
          column[plane][block] = statesBit(source, plane, order, block << 6);
        }
      }
      columns[source] = column;
    }

    /** All sources of a word, since they are in the same words of the rows. */
    private void extendAll(int word, int wordCount) {
      int first = word << 6;
      int sources = sourcesOf(word);
      int from = columns[first] == null ? 0 : columns[first][0].length;
      for (int source = first; source < first + sources; source++) {
        columns[source] = longer(columns[source], wordCount);
      }
      long[] square = new long[64];
      for (int plane = 0; plane < planes; plane++) {
        for (int block = from; block < wordCount; block++) {
          int count = Math.min(64, order.length - (block << 6));
          for (int i = 0; i < 64; i++) {
            square[i] = i < count ? rows[order[(block << 6) + i]][word * planes + plane] : 0;
          }
          transpose(square);
          for (int bit = 0; bit < sources; bit++) {
            columns[first + bit][plane][block] = square[bit];
          }
        }
      }
    }
  }
}
