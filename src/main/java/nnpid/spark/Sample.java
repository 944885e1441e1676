package nnpid.spark;

import java.io.Serializable;

/**
 * A row of a table.
 *
 * @param place a number that tells its place in the data, whatever partition it is in: by it rows
 *     are drawn at random; 0 if that is not wanted
 * @param values numbers, or for names their indices; NaN if missing, infinite if not finite
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares or changes it
record Sample(long place, double[] values) implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The place of a row of a file. */
  static long place(String fileName, long row) {
    return mixed(mixed(fileName.hashCode() * 0x9E3779B97F4A7C15L) + row);
  }

  /** Whether the row is in a random share of all rows. */
  boolean isDrawn(long seed, double share) {
    return (mixed(mixed(seed) ^ place) >>> 11) * 0x1p-53 < share;
  }

  /** Bits that look random (MurmurHash3's finalizer). */
  private static long mixed(long value) {
    long bits = value;
    bits = (bits ^ (bits >>> 33)) * 0xFF51AFD7ED558CCDL;
    bits = (bits ^ (bits >>> 33)) * 0xC4CEB9FE1A85EC53L;
    return bits ^ (bits >>> 33);
  }
}
