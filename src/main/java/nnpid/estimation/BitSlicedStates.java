package nnpid.estimation;

import nnpid.distribution.JointDistribution;

/**
 * The source states of all realizations, cut into bits: for every 64 sources one word per bit of a
 * state. Two realizations differ in the sources at which any of their words do.
 */
final class BitSlicedStates {
  private final int sourceCount;
  private final int words; // per bit of a state
  private final int planes; // bits of a state
  private final long[][] rows; // realization, word * planes + plane

  BitSlicedStates(JointDistribution distribution) {
    sourceCount = distribution.sourceCount();
    words = (sourceCount + 63) >>> 6;
    int realizationCount = distribution.realizationCount();
    int allBits = 0;
    for (int r = 0; r < realizationCount; r++) {
      for (int source = 0; source < sourceCount; source++) {
        allBits |= distribution.sourceState(r, source);
      }
    }
    planes = Math.max(1, Integer.SIZE - Integer.numberOfLeadingZeros(allBits));
    rows = new long[realizationCount][words * planes];
    for (int r = 0; r < realizationCount; r++) {
      for (int source = 0; source < sourceCount; source++) {
        int state = distribution.sourceState(r, source);
        int first = (source >>> 6) * planes;
        for (int plane = 0; plane < planes; plane++) {
          rows[r][first + plane] |= (long) ((state >>> plane) & 1) << source;
        }
      }
    }
  }

  /** Writes the sources in which two realizations differ: bit i for source i. */
  void difference(int a, int b, long[] bits) {
    long[] rowA = rows[a];
    long[] rowB = rows[b];
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
    int length = (order.length + 63) >>> 6;
    long[][] columns = new long[words * 64 * planes][];
    long[] square = new long[64];
    for (int word = 0; word < words; word++) {
      int sources = Math.min(64, sourceCount - (word << 6));
      for (int plane = 0; plane < planes; plane++) {
        for (int bit = 0; bit < sources; bit++) {
          columns[((word << 6) + bit) * planes + plane] = new long[length];
        }
        for (int block = 0; block < length; block++) {
          int count = Math.min(64, order.length - (block << 6));
          for (int i = 0; i < 64; i++) {
            square[i] = i < count ? rows[order[(block << 6) + i]][word * planes + plane] : 0;
          }
          transpose(square);
          for (int bit = 0; bit < sources; bit++) {
            columns[((word << 6) + bit) * planes + plane][block] = square[bit];
          }
        }
      }
    }
    return new Columns(columns);
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

  /** The states of ordered realizations by source: bit i of a column is that of position i. */
  final class Columns {
    private final long[][] columns; // source * planes + plane

    private Columns(long[][] columns) {
      this.columns = columns;
    }

    /** The positions that agree with a realization in a source; bits past the last are free. */
    long[] agreement(int source, int realization) {
      long[] row = rows[realization];
      int first = (source >>> 6) * planes;
      long[] agreement = new long[columns[source * planes].length];
      for (int plane = 0; plane < planes; plane++) {
        long flip = (row[first + plane] >>> source & 1) == 1 ? 0 : -1;
        long[] column = columns[source * planes + plane];
        for (int i = 0; i < agreement.length; i++) {
          agreement[i] = plane == 0 ? column[i] ^ flip : agreement[i] & (column[i] ^ flip);
        }
      }
      return agreement;
    }
  }
}
