package nnpid.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes NumPy's files for tests. */
public final class NumpyWriter {
  private NumpyWriter() {}

  /** The bytes before the values. */
  public static byte[] header(String type, boolean fortranOrder, String shape) {
    String text =
        "{'descr': '%s', 'fortran_order': %s, 'shape': %s, }"
            .formatted(type, fortranOrder ? "True" : "False", shape);
    text += " ".repeat(63 - (10 + text.length()) % 64) + "\n";
    ByteBuffer buffer = ByteBuffer.allocate(10 + text.length()).order(ByteOrder.LITTLE_ENDIAN);
    buffer.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.US_ASCII)).put((byte) 1);
    buffer.put((byte) 0).putShort((short) text.length());
    buffer.put(text.getBytes(StandardCharsets.US_ASCII));
    return buffer.array();
  }

  /**
   * A table of numbers as an array of two axes.
   *
   * @param type as NumPy writes it: {@code <f2}, {@code >f4}, {@code |u1}, ...
   */
  public static byte[] table(String type, boolean fortranOrder, double[][] rows) {
    int units = rows[0].length;
    byte[] header = header(type, fortranOrder, "(%d, %d)".formatted(rows.length, units));
    int size = type.charAt(2) - '0';
    ByteBuffer buffer =
        ByteBuffer.allocate(header.length + rows.length * units * size)
            .order(type.charAt(0) == '>' ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    buffer.put(header);
    for (int i = 0; i < rows.length * units; i++) {
      double value =
          fortranOrder ? rows[i % rows.length][i / rows.length] : rows[i / units][i % units];
      put(buffer, type.substring(1), value);
    }
    return buffer.array();
  }

  /** Labels as an array of one axis. */
  public static byte[] labels(int... labels) {
    byte[] header = header("<i4", false, "(%d,)".formatted(labels.length));
    ByteBuffer buffer =
        ByteBuffer.allocate(header.length + labels.length * Integer.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN);
    buffer.put(header);
    for (int label : labels) {
      buffer.putInt(label);
    }
    return buffer.array();
  }

  private static void put(ByteBuffer buffer, String type, double value) {
    switch (type) {
      case "f2" -> buffer.putShort(half(value));
      case "f4" -> buffer.putFloat((float) value);
      case "f8" -> buffer.putDouble(value);
      case "i1", "u1" -> buffer.put((byte) value);
      case "i2", "u2" -> buffer.putShort((short) value);
      case "i4", "u4" -> buffer.putInt((int) value);
      default -> buffer.putLong((long) value);
    }
  }

  /** The half nearest to zero of those around a value of the magnitude of activations. */
  public static short half(double value) {
    int bits = Float.floatToIntBits((float) value);
    int exponent = (bits >> 23 & 0xff) - 112;
    int sign = bits >>> 16 & 0x8000;
    if (exponent >= 31) {
      return (short) (sign | (Double.isNaN(value) ? 0x7e00 : 0x7c00));
    }
    return (short) (exponent <= 0 ? sign : sign | exponent << 10 | bits >> 13 & 0x3ff);
  }

  /** Writes an archive of arrays. */
  public static void archive(Path file, boolean compressed, Map<String, byte[]> arrays)
      throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> array : arrays.entrySet()) {
        ZipEntry entry = new ZipEntry(array.getKey() + ".npy");
        if (!compressed) {
          CRC32 sum = new CRC32();
          sum.update(array.getValue());
          entry.setMethod(ZipEntry.STORED);
          entry.setSize(array.getValue().length);
          entry.setCrc(sum.getValue());
        }
        zip.putNextEntry(entry);
        zip.write(array.getValue());
      }
    }
    Files.write(file, bytes.toByteArray());
  }
}
