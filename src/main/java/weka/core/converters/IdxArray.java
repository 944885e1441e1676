package weka.core.converters;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * The array of an IDX file, compressed by gzip or not, read from its beginning to its end: two
 * zeros, the type of the values, the number of axes, their lengths, and the values, all of them big
 * end first.
 */
final class IdxArray implements Closeable {
  private static final int BUFFER = 1 << 16;

  /** What values are. */
  private enum Type {
    UNSIGNED_BYTE(0x08, 1),
    BYTE(0x09, 1),
    SHORT(0x0B, 2),
    INTEGER(0x0C, 4),
    FLOAT(0x0D, 4),
    DOUBLE(0x0E, 8);

    private final int code;
    private final int bytes;

    Type(int code, int bytes) {
      this.code = code;
      this.bytes = bytes;
    }
  }

  private final Path file;
  private final InputStream in;
  private final Type type;
  private final int[] shape;
  private final long unitCount;
  private byte[] row = new byte[0];
  private int read; // rows

  private IdxArray(Path file, InputStream in) throws IOException {
    this.file = file;
    this.in = in;
    byte[] magic = header(4);
    Type found = null;
    for (Type one : Type.values()) {
      found = magic[2] == one.code ? one : found;
    }
    if (magic[0] != 0 || magic[1] != 0 || found == null || magic[3] < 1) {
      throw new IOException(
          String.format(
              Locale.ROOT,
              "The file (%s) must begin with the magic number of an IDX file, such as 0x00000803"
                  + " for images: it begins with 0x%08x.",
              file.getFileName(),
              ByteBuffer.wrap(magic).getInt()));
    }
    type = found;
    shape = new int[magic[3]];
    ByteBuffer lengths = ByteBuffer.wrap(header(4 * shape.length));
    double units = 1; // the product may be beyond all integers
    for (int axis = 0; axis < shape.length; axis++) {
      shape[axis] = lengths.getInt();
      if (shape[axis] < 0) {
        throw new IOException(
            String.format(
                "The file (%s) must have axes of at most %d: one has %d.",
                file.getFileName(), Integer.MAX_VALUE, Integer.toUnsignedLong(shape[axis])));
      }
      units *= axis == 0 ? 1 : shape[axis];
    }
    if (units * type.bytes > Integer.MAX_VALUE - 8) {
      throw new IOException(
          String.format(
              Locale.ROOT,
              "The file (%s) must have images of at most 2 GB: it has %s values.",
              file.getFileName(),
              shapeText()));
    }
    unitCount = (long) units;
  }

  /**
   * Opens a file and reads its header; of a file that is not compressed the size is checked, too.
   *
   * @throws IOException if it is none of these
   */
  static IdxArray open(Path file) throws IOException {
    InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER);
    try {
      in.mark(2);
      boolean compressed = in.read() == 0x1f && in.read() == 0x8b;
      in.reset();
      IdxArray array =
          new IdxArray(
              file, compressed ? new BufferedInputStream(new GZIPInputStream(in), BUFFER) : in);
      if (!compressed && Files.size(file) != array.byteCount()) {
        throw array.wrongSize(Long.toString(Files.size(file)));
      }
      return array;
    } catch (ZipException | EOFException e) {
      in.close();
      throw damaged(file, e);
    } catch (IOException | RuntimeException e) {
      in.close();
      throw e;
    }
  }

  private byte[] header(int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new IOException(
          String.format(
              "The file (%s) must have the header of an IDX file: it ends within it.",
              file.getFileName()));
    }
    return bytes;
  }

  /** Number of axes: 1 of labels, 3 of images. */
  int axisCount() {
    return shape.length;
  }

  /** Length of the first axis. */
  int sampleCount() {
    return shape[0];
  }

  /** Values of a sample. */
  long unitCount() {
    return unitCount;
  }

  boolean isWhole() {
    return type != Type.FLOAT && type != Type.DOUBLE;
  }

  /** As in {@code 60000 x 28 x 28}. */
  String shapeText() {
    return IntStream.of(shape).mapToObj(Integer::toString).collect(Collectors.joining(" x "));
  }

  /**
   * Reads the values of the next sample.
   *
   * @throws IOException if the file ends before, or is damaged
   */
  void readInto(double[] values) throws IOException {
    int length = (int) unitCount * type.bytes;
    if (row.length != length) {
      row = new byte[length];
    }
    int got;
    try {
      got = in.readNBytes(row, 0, length);
    } catch (EOFException e) {
      throw wrongSize("fewer: its gzip file is cut off in sample " + (read + 1));
    } catch (ZipException e) {
      throw damaged(file, e);
    }
    if (got < length) {
      throw wrongSize(Long.toString(headerBytes() + (long) read * length + got));
    }
    read++;
    ByteBuffer buffer = ByteBuffer.wrap(row);
    for (int i = 0; i < unitCount; i++) {
      values[i] =
          switch (type) {
            case UNSIGNED_BYTE -> Byte.toUnsignedInt(buffer.get());
            case BYTE -> buffer.get();
            case SHORT -> buffer.getShort();
            case INTEGER -> buffer.getInt();
            case FLOAT -> buffer.getFloat();
            case DOUBLE -> buffer.getDouble();
          };
    }
  }

  /**
   * Checks that nothing follows the last sample.
   *
   * @throws IOException if something does, or the file is damaged
   */
  void requireEnd() throws IOException {
    try {
      if (in.read() >= 0) {
        throw wrongSize("more");
      }
    } catch (ZipException | EOFException e) {
      throw damaged(file, e);
    }
  }

  private long headerBytes() {
    return 4 + 4L * shape.length;
  }

  /** Of the whole file, uncompressed. */
  private long byteCount() {
    return headerBytes() + sampleCount() * unitCount * type.bytes;
  }

  private IOException wrongSize(String size) {
    return new IOException(
        String.format(
            "The file (%s) must have %d bytes for %s values: it has %s.",
            file.getFileName(), byteCount(), shapeText(), size));
  }

  private static IOException damaged(Path file, IOException e) {
    return new IOException(
        String.format(
            "The file (%s) must be a whole gzip file: %s.%nMaybe the download was cut off; fetch it"
                + " again.",
            file.getFileName(), e.getMessage()),
        e);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
