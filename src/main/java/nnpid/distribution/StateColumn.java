package nnpid.distribution;

import java.io.Serializable;
import java.util.Arrays;

/**
 * The states of one variable, one after another, in as many bits each as its largest state needs:
 * bit i of a plane is a bit of state i. So eight levels take three eighths of a byte. Immutable.
 */
public final class StateColumn implements Variable, Serializable {
  private static final long serialVersionUID = 1L;

  private static final long BYTE_BITS = 0x0101010101010101L;
  private static final long SPREAD = 0x8040201008040201L;

  private final int length;
  private final long[][] planes; // bit of a state, state / 64

  private StateColumn(int length, long[][] planes) {
    this.length = length;
    this.planes = planes;
  }

  /** Builders for the columns of so many sources. */
  static Builder[] builders(int sourceCount, int expectedLength) {
    Builder[] builders = new Builder[sourceCount];
    Arrays.setAll(builders, source -> new Builder(expectedLength, 1));
    return builders;
  }

  /** What they have built; nothing may be added to them afterwards. */
  static StateColumn[] build(Builder[] builders) {
    StateColumn[] columns = new StateColumn[builders.length];
    Arrays.setAll(columns, source -> builders[source].build());
    return columns;
  }

  public int length() {
    return length;
  }

  /** Number of bits of a state: all are below 2 to the power of it. */
  int planeCount() {
    return planes.length;
  }

  @Override
  public int bound() {
    return planes.length < Integer.SIZE - 1 ? 1 << planes.length : Integer.MAX_VALUE;
  }

  /** A state, not negative. */
  @Override
  public int state(int index) {
    int state = 0;
    for (int plane = 0; plane < planes.length; plane++) {
      state |= bit(plane, index) << plane;
    }
    return state;
  }

  /** One bit of a state. */
  int bit(int plane, int index) {
    return (int) (planes[plane][index >>> 6] >>> index) & 1;
  }

  @Override
  public void read(int from, int count, int[] buffer) {
    Arrays.fill(buffer, 0, count, 0);
    for (int first = 0; first < planes.length; first += Byte.SIZE) {
      readPlanes(first, Math.min(first + Byte.SIZE, planes.length), from, count, buffer);
    }
  }

  /** Eight states at a time: each plane's byte is spread over the bytes of a word. */
  private void readPlanes(int firstPlane, int lastPlane, int from, int count, int[] buffer) {
    int i = 0;
    while (i < count && ((from + i) & 7) != 0) {
      for (int plane = firstPlane; plane < lastPlane; plane++) {
        buffer[i] |= bit(plane, from + i) << plane;
      }
      i++;
    }
    for (; i + 8 <= count; i += 8) {
      int word = (from + i) >>> 6;
      int shift = (from + i) & 63;
      long states = 0;
      for (int plane = firstPlane; plane < lastPlane; plane++) {
        long bits = (planes[plane][word] >>> shift) & 0xFF;
        // Bit b of the byte comes to the end of byte 7 - b of the product.
        states |= (((bits * SPREAD) >>> 7) & BYTE_BITS) << (plane - firstPlane);
      }
      for (int b = 0; b < 8; b++) {
        buffer[i + b] |= (int) ((states >>> (56 - 8 * b)) & 0xFF) << firstPlane;
      }
    }
    for (; i < count; i++) {
      for (int plane = firstPlane; plane < lastPlane; plane++) {
        buffer[i] |= bit(plane, from + i) << plane;
      }
    }
  }

  /** Reads the states at some of the indices, of which one is the first. */
  void read(int[] indices, int from, int count, int[] buffer) {
    Arrays.fill(buffer, 0, count, 0);
    for (int plane = 0; plane < planes.length; plane++) {
      long[] bits = planes[plane];
      for (int i = 0; i < count; i++) {
        int index = indices[from + i];
        buffer[i] |= ((int) (bits[index >>> 6] >>> index) & 1) << plane;
      }
    }
  }

  /** The states at some indices, in their order. */
  StateColumn at(int[] indices) {
    long[][] result = new long[planes.length][(indices.length + 63) >>> 6];
    for (int plane = 0; plane < planes.length; plane++) {
      long[] bits = planes[plane];
      for (int word = 0; word < result[plane].length; word++) {
        result[plane][word] = gather(bits, indices, word << 6);
      }
    }
    return new StateColumn(indices.length, result);
  }

  private static long gather(long[] bits, int[] indices, int from) {
    long word = 0;
    for (int i = Math.min(from + 64, indices.length) - 1; i >= from; i--) {
      word = (word << 1) | ((bits[indices[i] >>> 6] >>> indices[i]) & 1);
    }
    return word;
  }

  /** Takes states one after another. Not thread-safe. */
  public static final class Builder {
    private long[][] planes = {new long[1]};
    private int length;

    /**
     * A builder with room for some states; there may be more, and larger ones.
     *
     * @param expectedLength number of states
     * @param expectedStates one more than the largest
     */
    public Builder(int expectedLength, int expectedStates) {
      int bits = Math.max(1, Integer.SIZE - Integer.numberOfLeadingZeros(expectedStates - 1));
      planes = new long[bits][Math.max(1, (expectedLength + 63) >>> 6)];
    }

    /**
     * Adds a state.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public void add(int state) {
      requireState(state);
      int word = length >>> 6;
      if (word == planes[0].length) {
        for (int plane = 0; plane < planes.length; plane++) {
          planes[plane] = Arrays.copyOf(planes[plane], word + (word >> 1) + 1);
        }
      }
      if (state >>> planes.length != 0) {
        widen(state);
      }
      for (int plane = 0; state >>> plane != 0; plane++) {
        planes[plane][word] |= (state >>> plane & 1L) << length;
      }
      length++;
    }

    private void widen(int state) {
      int old = planes.length;
      planes = Arrays.copyOf(planes, Integer.SIZE - Integer.numberOfLeadingZeros(state));
      for (int plane = old; plane < planes.length; plane++) {
        planes[plane] = new long[planes[0].length];
      }
    }

    /** The states added so far; nothing may be added afterwards. */
    public StateColumn build() {
      int words = (length + 63) >>> 6;
      int used = planes.length;
      while (used > 1 && Arrays.stream(planes[used - 1]).allMatch(bits -> bits == 0)) {
        used--;
      }
      long[][] result = new long[used][];
      for (int plane = 0; plane < used; plane++) {
        result[plane] =
            planes[plane].length == words ? planes[plane] : Arrays.copyOf(planes[plane], words);
      }
      return new StateColumn(length, result);
    }
  }

  static void requireState(int state) {
    if (state < 0) {
      throw new IllegalArgumentException("The state (" + state + ") must not be negative.");
    }
  }
}
