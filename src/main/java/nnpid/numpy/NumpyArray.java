package nnpid.numpy;

import static java.util.Objects.requireNonNull;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * One array of a {@link NumpyFile}, as a table of samples x units: the first axis counts the
 * samples, all others together the units, the last axis fastest. An array of one axis has one unit.
 *
 * <p>Numbers are Booleans, signed and unsigned integers of 8 to 64 bits and floating-point numbers
 * of 16 to 64 bits, in either byte order; texts are {@code U} and {@code S} (UTF-8). Everything
 * else, Python objects above all, is refused. The size of the values has been checked against the
 * size of the file.
 */
public final class NumpyArray {
  static final long NO_CHECKSUM = -1;

  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};

  /** NumPy itself reads at most 10,000 characters; only structured types need more. */
  private static final int MOST_HEADER_BYTES = 65_536;

  private static final int MOST_TEXT_BYTES = 65_536;
  private static final int CHUNK_BYTES = 65_536;

  /** Integers up to here are doubles without loss. */
  private static final double MOST_EXACT = 0x1p53;

  private static final Pattern STRUCTURED = Pattern.compile("['\"]descr['\"]\\s*:\\s*[\\[({]");
  private static final Pattern ENTRY =
      Pattern.compile(
          "\\s*(['\"])(\\w+)\\1\\s*:\\s*('[^']*'|\"[^\"]*\"|True|False|\\([^()]*\\))\\s*(,|$)");
  private static final Pattern TYPE = Pattern.compile("([<>|])([a-zA-Z])([1-9]\\d{0,8})");
  private static final Pattern NUMBER = Pattern.compile("[biuf][1248]");

  /** Where the bytes are, from the first of the file. */
  interface Source {
    InputStream open() throws IOException;
  }

  private interface NumberReader {
    double read(ByteBuffer buffer, int position);
  }

  /** Null is no label. */
  private interface LabelReader<K> {
    @Nullable K read(ByteBuffer buffer, int position) throws IOException;
  }

  private interface ElementConsumer {
    void accept(ByteBuffer buffer, int position) throws IOException;
  }

  /**
   * Labels of samples: the distinct values of an array in ascending order, and which of them every
   * sample has.
   */
  public static final class Labels {
    private final List<String> values;
    private final int[] indices;

    private Labels(List<String> values, int[] indices) {
      this.values = values;
      this.indices = indices;
    }

    /** The distinct values; numbers are in numerical order. */
    public List<String> values() {
      return values;
    }

    /** The index of the value of a sample, -1 if it is NaN. */
    public int index(int sample) {
      return indices[sample];
    }
  }

  private final String name;
  private final Source source;
  private final long checksum;
  private final int dataOffset;
  private final char kind;
  private final int elementBytes;
  private final ByteOrder order;
  private final boolean fortranOrder;
  private final int[] shape;
  private final int unitCount;

  private NumpyArray(String name, Source source, long byteCount, long checksum) throws IOException {
    this.name = name;
    this.source = source;
    this.checksum = checksum;
    byte[] header;
    try (InputStream in = source.open()) {
      header = readHeader(in, byteCount);
      dataOffset = header.length;
    }
    // Version 3 has UTF-8, only in names of fields, which are refused anyway.
    String text =
        new String(header, StandardCharsets.ISO_8859_1).substring(header[6] == 1 ? 10 : 12).strip();
    Map<String, String> entries = parseHeader(text);
    String type = entries.getOrDefault("descr", "");
    Matcher matcher = TYPE.matcher(type.substring(1, type.length() - 1));
    if (!matcher.matches() || !isSupported(matcher.group(2), matcher.group(3))) {
      throw unsupported(type);
    }
    kind = matcher.group(2).charAt(0);
    elementBytes = Integer.parseInt(matcher.group(3)) * (kind == 'U' ? Integer.BYTES : 1);
    order = matcher.group(1).equals(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    fortranOrder = "True".equals(entries.get("fortran_order"));
    String shapeText = entries.getOrDefault("shape", "");
    long[] axes = parseShape(shapeText);
    long units = checkSize(axes, shapeText, byteCount - dataOffset);
    shape = Arrays.stream(axes).mapToInt(axis -> (int) axis).toArray();
    unitCount = (int) units;
  }

  /**
   * Reads and checks the header.
   *
   * @param byteCount the length of the file or entry
   * @param checksum CRC-32 of the bytes, or {@link #NO_CHECKSUM}
   */
  static NumpyArray of(String name, Source source, long byteCount, long checksum)
      throws IOException {
    try {
      return new NumpyArray(name, source, byteCount, checksum);
    } catch (EOFException e) {
      throw damaged(name, new ZipException("it ends too early"));
    } catch (ZipException e) {
      throw damaged(name, e);
    }
  }

  private static IOException damaged(String name, ZipException e) {
    return new IOException(
        String.format(
            "Array \"%s\" must be readable: %s.%nMaybe the file is damaged.", name, e.getMessage()),
        e);
  }

  private byte[] readHeader(InputStream in, long byteCount) throws IOException {
    byte[] start = in.readNBytes(12);
    if (start.length < MAGIC.length || !Arrays.equals(start, 0, 6, MAGIC, 0, 6)) {
      throw new IOException(
          String.format(
              "Array \"%s\" must start as NumPy's files do: it %s.%nMaybe the file was written by"
                  + " another program, or is truncated.",
              name, start.length == 0 ? "is empty" : "starts otherwise"));
    }
    if (start.length < 12) {
      throw truncated("its header is not complete");
    }
    int version = start[6];
    if (version < 1 || version > 3 || start[7] != 0) {
      throw new IOException(
          String.format(
              "The format version (%d.%d) of array \"%s\" must be 1.0, 2.0 or 3.0.",
              start[6] & 0xff, start[7] & 0xff, name));
    }
    ByteBuffer lengthField = ByteBuffer.wrap(start).order(ByteOrder.LITTLE_ENDIAN);
    int prefix = version == 1 ? 10 : 12;
    long length =
        prefix
            + (version == 1
                ? Short.toUnsignedLong(lengthField.getShort(8))
                : Integer.toUnsignedLong(lengthField.getInt(8)));
    if (length > byteCount) {
      throw truncated("its header is to have " + length + " bytes, the file has " + byteCount);
    }
    if (length > MOST_HEADER_BYTES) {
      throw new IOException(
          String.format(
              "The header of array \"%s\" (%d bytes) must have at most %d bytes.",
              name, length, MOST_HEADER_BYTES));
    }
    if (length < start.length) {
      throw badHeader("");
    }
    byte[] header = Arrays.copyOf(start, (int) length);
    if (in.readNBytes(header, start.length, header.length - start.length)
        < header.length - start.length) {
      throw truncated("its header is not complete");
    }
    return header;
  }

  private Map<String, String> parseHeader(String text) throws IOException {
    if (STRUCTURED.matcher(text).find()) {
      throw new IOException(
          String.format(
              "Array \"%s\" must have numbers: its elements are structures.%nMaybe save every"
                  + " field as an array of its own.",
              name));
    }
    if (!text.startsWith("{") || !text.endsWith("}")) {
      throw badHeader(text);
    }
    String body = text.substring(1, text.length() - 1).strip();
    Map<String, String> entries = new HashMap<>();
    Matcher matcher = ENTRY.matcher(body);
    int position = 0;
    while (position < body.length()) {
      matcher.region(position, body.length());
      if (!matcher.lookingAt() || entries.put(matcher.group(2), matcher.group(3)) != null) {
        throw badHeader(text);
      }
      position = matcher.end();
    }
    if (entries.size() != 3
        || !entries.getOrDefault("descr", "").matches("['\"].*")
        || !entries.getOrDefault("fortran_order", "").matches("True|False")
        || !entries.getOrDefault("shape", "").startsWith("(")) {
      throw badHeader(text);
    }
    return entries;
  }

  private static boolean isSupported(String kind, String size) {
    return switch (kind) {
      case "U", "S" ->
          Integer.parseInt(size) <= MOST_TEXT_BYTES / (kind.equals("U") ? Integer.BYTES : 1);
      case "b" -> size.equals("1");
      default -> NUMBER.matcher(kind + size).matches() && !(kind + size).equals("f1");
    };
  }

  private IOException unsupported(String type) {
    if (type.contains("O")) {
      return new IOException(
          String.format(
              "Array \"%s\" must have numbers: it has Python objects (pickles), which are never"
                  + " read.%nMaybe convert it with numpy.asarray(..., dtype=numpy.float32).",
              name));
    }
    return new IOException(
        String.format(
            "The type (%s) of array \"%s\" must be bool, an integer of 8 to 64 bits, a float of 16"
                + " to 64 bits, or text.%nMaybe convert it with .astype(numpy.float32), in PyTorch"
                + " with .float().",
            abbreviate(type), name));
  }

  private long[] parseShape(String text) throws IOException {
    String inner = text.substring(1, text.length() - 1).strip();
    if (inner.isEmpty()) {
      throw new IOException(
          String.format(
              "Array \"%s\" must have a value for every sample: it is a single value.%nMaybe leave"
                  + " it out, or save it in a file of its own.",
              name));
    }
    String[] axes = inner.replaceFirst(",$", "").strip().split("\\s*,\\s*", -1);
    long[] result = new long[axes.length];
    for (int i = 0; i < axes.length; i++) {
      if (!axes[i].matches("-?\\d+L?")) {
        throw badHeader(text);
      }
      String digits = axes[i].replace("L", "");
      if (digits.length() > 18 || digits.startsWith("-")) {
        throw new IOException(
            String.format(
                "The shape %s of array \"%s\" must %s.",
                abbreviate(text),
                name,
                digits.startsWith("-") ? "not be negative" : "agree with the size of the file"));
      }
      result[i] = Long.parseLong(digits);
    }
    return result;
  }

  /** The number of units, if the values fill the file and can be counted. */
  private long checkSize(long[] axes, String shapeText, long dataBytes) throws IOException {
    long units;
    long bytes;
    try {
      units = Arrays.stream(axes).skip(1).reduce(1, Math::multiplyExact);
      bytes = Math.multiplyExact(Math.multiplyExact(axes[0], units), (long) elementBytes);
    } catch (ArithmeticException e) {
      units = Long.MAX_VALUE;
      bytes = Long.MAX_VALUE;
    }
    if (bytes > dataBytes) {
      throw truncated(
          String.format(
              "its values of shape %s need %s bytes, the file has %d",
              abbreviate(shapeText),
              bytes == Long.MAX_VALUE ? "more than 2^63" : bytes,
              dataBytes));
    }
    if (bytes < dataBytes) {
      throw new IOException(
          String.format(
              "Array \"%s\" must end with its values: of shape %s they have %d bytes, the file has"
                  + " %d.%nMaybe several arrays were saved to one file; use numpy.savez.",
              name, abbreviate(shapeText), bytes, dataBytes));
    }
    if (units == 0) {
      throw new IOException(
          String.format(
              "Array \"%s\" must have units: its shape is %s.", name, abbreviate(shapeText)));
    }
    // Only arrays without a sample can have axes that the file's length does not limit.
    if (Arrays.stream(axes).anyMatch(axis -> axis > Integer.MAX_VALUE)
        || units > Integer.MAX_VALUE) {
      throw new IOException(
          String.format(
              "The shape %s of array \"%s\" must have at most %d samples and units.",
              abbreviate(shapeText), name, Integer.MAX_VALUE));
    }
    return units;
  }

  private IOException truncated(String fact) {
    return new IOException(
        String.format(
            "Array \"%s\" must be complete: %s.%nMaybe the file is truncated.", name, fact));
  }

  private IOException badHeader(String text) {
    return new IOException(
        String.format(
            "The header of array \"%s\" must give descr, fortran_order and shape: it is %s.%nMaybe"
                + " the file is damaged.",
            name, text.isEmpty() ? "too short" : abbreviate(text)));
  }

  /** What a stranger wrote, fit for a message. */
  private static String abbreviate(String text) {
    String printable = text.replaceAll("[^ -~]", "?");
    return printable.length() <= 80 ? printable : printable.substring(0, 80) + "...";
  }

  /** The name in the archive, or that of the file, without its extension. */
  public String name() {
    return name;
  }

  /** The length of the first axis. */
  public int sampleCount() {
    return shape[0];
  }

  /** The product of the lengths of the other axes, 1 if there are none. */
  public int unitCount() {
    return unitCount;
  }

  /** Whether the elements are texts; otherwise they are numbers. */
  public boolean isText() {
    return kind == 'U' || kind == 'S';
  }

  /** The lengths of all axes as Python writes them, for instance {@code (60000, 10)}. */
  public String shapeText() {
    String axes =
        Arrays.stream(shape).mapToObj(Integer::toString).collect(Collectors.joining(", "));
    return shape.length == 1 ? "(" + axes + ",)" : "(" + axes + ")";
  }

  /**
   * Reads all values as doubles; integers beyond 2^53 are rounded.
   *
   * @param rows one row per sample; unit i goes to index {@code offset + i}
   * @throws IllegalStateException if the array has texts
   * @throws IOException if the file cannot be read or is damaged
   */
  public void readInto(double[][] rows, int offset) throws IOException {
    NumberReader reader = numberReader();
    if (fortranOrder) {
      int[] units = fortranUnits();
      forEachElement(
          new ElementConsumer() {
            private int sample;
            private int unit;

            @Override
            public void accept(ByteBuffer buffer, int position) {
              rows[sample][offset + units[unit]] = reader.read(buffer, position);
              if (++sample == rows.length) {
                sample = 0;
                unit++;
              }
            }
          });
    } else {
      forEachElement(
          new ElementConsumer() {
            private int sample;
            private int unit;

            @Override
            public void accept(ByteBuffer buffer, int position) {
              rows[sample][offset + unit] = reader.read(buffer, position);
              if (++unit == unitCount) {
                unit = 0;
                sample++;
              }
            }
          });
    }
  }

  /** The units in the order of a file in which the first of their axes is fastest. */
  private int[] fortranUnits() {
    int[] units = new int[unitCount];
    int[] position = new int[shape.length];
    for (int i = 0; i < unitCount; i++) {
      for (int axis = 1; axis < shape.length; axis++) {
        units[i] = units[i] * shape[axis] + position[axis];
      }
      for (int axis = 1; axis < shape.length && ++position[axis] == shape[axis]; axis++) {
        position[axis] = 0;
      }
    }
    return units;
  }

  /**
   * Reads an array of one unit as labels. Integers and whole floating-point numbers are written as
   * integers, Booleans as {@code False} and {@code True}, texts as they are.
   *
   * @return empty if a number is not whole, or too large to be exact
   * @throws IllegalStateException if there is more than one unit
   * @throws IOException if the file cannot be read or is damaged
   */
  public Optional<Labels> readLabels() throws IOException {
    if (unitCount != 1) {
      throw new IllegalStateException("Labels must have one value per sample: " + shapeText());
    }
    return switch (kind) {
      case 'U', 'S' -> readLabels(this::textAt, Comparator.naturalOrder(), Function.identity());
      case 'f' -> readWholeNumbers();
      case 'u' -> readLabels(this::integerAt, Long::compareUnsigned, Long::toUnsignedString);
      case 'b' ->
          readLabels(this::integerAt, Comparator.naturalOrder(), v -> v == 0 ? "False" : "True");
      default -> readLabels(this::integerAt, Comparator.naturalOrder(), v -> Long.toString(v));
    };
  }

  private Optional<Labels> readWholeNumbers() throws IOException {
    NumberReader reader = numberReader();
    boolean[] whole = {true};
    Optional<Labels> labels =
        this.<Long>readLabels(
            (buffer, position) -> {
              double value = reader.read(buffer, position);
              whole[0] &= Double.isNaN(value) || isExactInteger(value);
              return whole[0] && !Double.isNaN(value) ? (long) value : null;
            },
            Comparator.naturalOrder(),
            v -> Long.toString(v));
    return whole[0] ? labels : Optional.empty();
  }

  private static boolean isExactInteger(double value) {
    return Math.abs(value) <= MOST_EXACT && Math.rint(value) == value;
  }

  private <K> Optional<Labels> readLabels(
      LabelReader<K> reader, Comparator<K> comparator, Function<K, String> text)
      throws IOException {
    Map<K, Integer> found = new HashMap<>();
    int[] indices = new int[sampleCount()];
    int[] sample = {0};
    forEachElement(
        (buffer, position) -> {
          K label = reader.read(buffer, position);
          indices[sample[0]++] =
              label == null ? -1 : found.computeIfAbsent(label, key -> found.size());
        });
    List<K> values = new ArrayList<>(found.keySet());
    values.sort(comparator);
    int[] ranks = new int[values.size()];
    for (int rank = 0; rank < ranks.length; rank++) {
      ranks[requireNonNull(found.get(values.get(rank)))] = rank;
    }
    Arrays.setAll(indices, i -> indices[i] < 0 ? -1 : ranks[indices[i]]);
    return Optional.of(new Labels(values.stream().map(text).toList(), indices));
  }

  private void forEachElement(ElementConsumer consumer) throws IOException {
    long remaining = (long) sampleCount() * unitCount;
    int chunk = Math.max(1, CHUNK_BYTES / elementBytes);
    byte[] bytes = new byte[chunk * elementBytes];
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(order);
    CRC32 sum = new CRC32();
    try (InputStream in = new CheckedInputStream(source.open(), sum)) {
      in.skipNBytes(dataOffset);
      while (remaining > 0) {
        if (Thread.currentThread().isInterrupted()) {
          throw new InterruptedIOException("The reading was stopped.");
        }
        int byteCount = (int) Math.min(chunk, remaining) * elementBytes;
        if (in.readNBytes(bytes, 0, byteCount) < byteCount) {
          throw new EOFException();
        }
        for (int position = 0; position < byteCount; position += elementBytes) {
          consumer.accept(buffer, position);
        }
        remaining -= byteCount / elementBytes;
      }
    } catch (EOFException e) {
      throw truncated("its values end too early");
    } catch (ZipException e) {
      throw damaged(name, e);
    }
    if (checksum != NO_CHECKSUM && checksum != sum.getValue()) {
      throw damaged(name, new ZipException("its checksum is wrong"));
    }
  }

  private NumberReader numberReader() {
    if (isText()) {
      throw new IllegalStateException("Array \"" + name + "\" must have numbers: it has texts.");
    }
    if (kind == 'f') {
      return switch (elementBytes) {
        case Short.BYTES -> (buffer, position) -> halfToDouble(buffer.getShort(position));
        case Float.BYTES -> ByteBuffer::getFloat;
        default -> ByteBuffer::getDouble;
      };
    }
    if (kind == 'u' && elementBytes == Long.BYTES) {
      return (buffer, position) -> {
        long value = buffer.getLong(position);
        // Halving keeps the lowest bit sticky, so that the sum is rounded once.
        return value >= 0 ? value : 2.0 * ((value >>> 1) | (value & 1));
      };
    }
    return this::integerAt;
  }

  /** For unsigned integers of 64 bits the same bits as a long. */
  private long integerAt(ByteBuffer buffer, int position) {
    boolean signed = kind == 'i';
    return switch (elementBytes) {
      case Byte.BYTES -> {
        byte value = buffer.get(position);
        yield kind == 'b' ? (value == 0 ? 0 : 1) : signed ? value : Byte.toUnsignedLong(value);
      }
      case Short.BYTES -> {
        short value = buffer.getShort(position);
        yield signed ? value : Short.toUnsignedLong(value);
      }
      case Integer.BYTES -> {
        int value = buffer.getInt(position);
        yield signed ? value : Integer.toUnsignedLong(value);
      }
      default -> buffer.getLong(position);
    };
  }

  /** IEEE 754 binary16: 5 bits of exponent, 10 of fraction. */
  private static double halfToDouble(short bits) {
    int exponent = bits >> 10 & 0x1f;
    int fraction = bits & 0x3ff;
    double magnitude =
        switch (exponent) {
          case 0 -> fraction * 0x1p-24;
          case 0x1f -> fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
          default -> Math.scalb(1 + fraction * 0x1p-10, exponent - 15);
        };
    return bits < 0 ? -magnitude : magnitude;
  }

  /** A text without the zeros that fill its element. */
  private String textAt(ByteBuffer buffer, int position) throws IOException {
    int width = kind == 'U' ? Integer.BYTES : 1;
    int length = elementBytes;
    while (length > 0 && isZero(buffer, position + length - width, width)) {
      length -= width;
    }
    if (kind == 'S') {
      try {
        return StandardCharsets.UTF_8
            .newDecoder()
            .decode(buffer.slice(position, length))
            .toString();
      } catch (CharacterCodingException e) {
        throw new IOException("The texts of array \"" + name + "\" must be in UTF-8.", e);
      }
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i += width) {
      int codePoint = buffer.getInt(position + i);
      if (!Character.isValidCodePoint(codePoint)) {
        throw new IOException("The texts of array \"" + name + "\" must be in UTF-32.");
      }
      text.appendCodePoint(codePoint);
    }
    return text.toString();
  }

  private static boolean isZero(ByteBuffer buffer, int position, int width) {
    return width == 1 ? buffer.get(position) == 0 : buffer.getInt(position) == 0;
  }
}
