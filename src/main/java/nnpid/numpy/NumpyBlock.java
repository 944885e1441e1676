package nnpid.numpy;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The values of some units in some neighboring samples of a {@link NumpyArray}, as they are in the
 * file. Valid until the next block is read. Units may be read on several threads.
 */
public final class NumpyBlock {
  private static final VarHandle FLOATS =
      MethodHandles.byteArrayViewVarHandle(float[].class, ByteOrder.LITTLE_ENDIAN);

  /** For every half its value as a float, which is exact. */
  private static final float[] HALVES = new float[1 << 16];

  static {
    for (int bits = 0; bits < HALVES.length; bits++) {
      HALVES[bits] = (float) NumpyElements.halfToDouble((short) bits);
    }
  }

  private final NumpyHeader header;
  private final NumpyElements.NumberReader reader;
  private final byte[] bytes;
  private final ByteBuffer buffer;
  private final int[] units; // that are in it, by place
  private final int firstSample;
  private final int sampleCount;
  private final int unitStride; // in bytes
  private final int sampleStride;

  NumpyBlock(
      NumpyHeader header,
      NumpyElements.NumberReader reader,
      byte[] bytes,
      int[] units,
      int firstSample,
      int sampleCount,
      int unitStride,
      int sampleStride) {
    this.header = header;
    this.reader = reader;
    this.bytes = bytes;
    this.buffer = ByteBuffer.wrap(bytes).order(header.order());
    this.units = units;
    this.firstSample = firstSample;
    this.sampleCount = sampleCount;
    this.unitStride = unitStride;
    this.sampleStride = sampleStride;
  }

  /** Number of units whose values are in the block. */
  public int unitCount() {
    return units.length;
  }

  /** Which unit of the array is at a place of the block. */
  public int unit(int place) {
    return units[place];
  }

  public int firstSample() {
    return firstSample;
  }

  public int sampleCount() {
    return sampleCount;
  }

  /**
   * Reads the values of a unit; integers beyond 2^53 are rounded.
   *
   * @param place of the unit in the block
   * @param values receives one for each sample of the block
   */
  public void read(int place, double[] values) {
    int position = place * unitStride;
    boolean littleEndian = header.order() == ByteOrder.LITTLE_ENDIAN;
    if (header.kind() == 'f' && header.elementBytes() == Short.BYTES && littleEndian) {
      for (int i = 0; i < sampleCount; i++, position += sampleStride) {
        values[i] = HALVES[(bytes[position] & 0xff) | (bytes[position + 1] & 0xff) << Byte.SIZE];
      }
    } else if (header.kind() == 'f' && header.elementBytes() == Float.BYTES && littleEndian) {
      for (int i = 0; i < sampleCount; i++, position += sampleStride) {
        values[i] = (float) FLOATS.get(bytes, position);
      }
    } else {
      for (int i = 0; i < sampleCount; i++, position += sampleStride) {
        values[i] = reader.read(buffer, position);
      }
    }
  }
}
