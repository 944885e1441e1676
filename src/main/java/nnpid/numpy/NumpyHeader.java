package nnpid.numpy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What stands before the values of an array: their type, order and shape. Nothing in it is believed
 * that the length of the file does not justify, and reading takes time in proportion to its length.
 */
final class NumpyHeader {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};

  /** NumPy itself reads at most 10,000 characters; only structured types need more. */
  private static final int MOST_HEADER_BYTES = 65_536;

  /** As NumPy 2 has it. */
  private static final int MOST_AXES = 64;

  /** A label of a class is a word, not a page. */
  private static final int MOST_TEXT_CHARACTERS = 1000;

  /** An order of bytes, a letter and the number of bytes, or of characters of a text. */
  private static final Pattern TYPE = Pattern.compile("([<>=|]?)([a-zA-Z])([1-9]\\d{0,8})");

  private static final Pattern NUMBER = Pattern.compile("b1|[iu][1248]|f[248]");
  private static final Pattern OBJECT = Pattern.compile("[<>=|]?O\\d*|object_?");

  /** What ml_dtypes names, or NumPy writes, for floats that only it knows. */
  private static final Pattern SHORT_FLOAT = Pattern.compile("[<>=|]?V[12]|bfloat16|float8_\\w+");

  /** Letters that stand for a type without a number; those of C have the sizes of Linux. */
  private static final Map<String, String> LETTERS =
      Map.ofEntries(
          Map.entry("?", "b1"),
          Map.entry("b", "i1"),
          Map.entry("B", "u1"),
          Map.entry("h", "i2"),
          Map.entry("H", "u2"),
          Map.entry("i", "i4"),
          Map.entry("I", "u4"),
          Map.entry("l", "i8"),
          Map.entry("L", "u8"),
          Map.entry("q", "i8"),
          Map.entry("Q", "u8"),
          Map.entry("p", "i8"),
          Map.entry("P", "u8"),
          Map.entry("e", "f2"),
          Map.entry("f", "f4"),
          Map.entry("d", "f8"),
          Map.entry("c", "S1"));

  private static final Map<String, String> NAMES =
      Map.ofEntries(
          Map.entry("bool", "b1"),
          Map.entry("bool_", "b1"),
          Map.entry("bool8", "b1"),
          Map.entry("int8", "i1"),
          Map.entry("byte", "i1"),
          Map.entry("uint8", "u1"),
          Map.entry("ubyte", "u1"),
          Map.entry("int16", "i2"),
          Map.entry("short", "i2"),
          Map.entry("uint16", "u2"),
          Map.entry("ushort", "u2"),
          Map.entry("int32", "i4"),
          Map.entry("intc", "i4"),
          Map.entry("uint32", "u4"),
          Map.entry("uintc", "u4"),
          Map.entry("int64", "i8"),
          Map.entry("int", "i8"),
          Map.entry("int_", "i8"),
          Map.entry("long", "i8"),
          Map.entry("longlong", "i8"),
          Map.entry("intp", "i8"),
          Map.entry("uint64", "u8"),
          Map.entry("uint", "u8"),
          Map.entry("ulong", "u8"),
          Map.entry("ulonglong", "u8"),
          Map.entry("uintp", "u8"),
          Map.entry("float16", "f2"),
          Map.entry("half", "f2"),
          Map.entry("float32", "f4"),
          Map.entry("single", "f4"),
          Map.entry("float64", "f8"),
          Map.entry("double", "f8"),
          Map.entry("float", "f8"),
          Map.entry("float_", "f8"));

  private final String name;
  private final int length;
  private final char kind;
  private final int elementBytes;
  private final ByteOrder order;
  private final boolean fortranOrder;
  private final int[] shape;
  private final int unitCount;

  /**
   * Reads and checks a header.
   *
   * @param name that of the array, for messages
   * @param byteCount the length of the file or entry
   */
  NumpyHeader(String name, InputStream in, long byteCount) throws IOException {
    this.name = name;
    byte[] header = read(in, byteCount);
    length = header.length;
    // Version 3 has UTF-8, only in names of fields, which are refused anyway.
    String text = new String(header, StandardCharsets.ISO_8859_1);
    Map<String, String> entries = parse(text.substring(header[6] == 1 ? 10 : 12).strip());
    String quoted = entries.getOrDefault("descr", "");
    String type = quoted.substring(1, quoted.length() - 1);
    Matcher matcher = TYPE.matcher(canonical(type));
    if (!matcher.matches()) {
      throw unsupported(type);
    }
    kind = matcher.group(2).equals("a") ? 'S' : matcher.group(2).charAt(0);
    int size = Integer.parseInt(matcher.group(3));
    if (isText()) {
      requireShortTexts(size);
    } else if (!NUMBER.matcher(kind + matcher.group(3)).matches()) {
      throw unsupported(type);
    }
    elementBytes = size * (kind == 'U' ? Integer.BYTES : 1);
    // "=" is the order of the machine that wrote the file: hardly ever another one today.
    order = matcher.group(1).equals(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    fortranOrder = "True".equals(entries.get("fortran_order"));
    String shapeText = entries.getOrDefault("shape", "");
    long[] axes = parseShape(shapeText);
    unitCount = (int) checkSize(axes, shapeText, byteCount - length);
    shape = Arrays.stream(axes).mapToInt(axis -> (int) axis).toArray();
  }

  /** Number of bytes before the first value. */
  int length() {
    return length;
  }

  /** The letter of NumPy: b, i, u, f, U or S. */
  char kind() {
    return kind;
  }

  int elementBytes() {
    return elementBytes;
  }

  ByteOrder order() {
    return order;
  }

  boolean fortranOrder() {
    return fortranOrder;
  }

  /** The lengths of the axes: the array itself. */
  int[] shape() {
    return shape;
  }

  int unitCount() {
    return unitCount;
  }

  boolean isText() {
    return kind == 'U' || kind == 'S';
  }

  private byte[] read(InputStream in, long byteCount) throws IOException {
    byte[] start = in.readNBytes(12);
    if (start.length < MAGIC.length || !Arrays.equals(start, 0, 6, MAGIC, 0, 6)) {
      throw new IOException(
          String.format(
              "Array \"%s\" must start as NumPy's files do: it %s.%nMaybe the file was written by"
                  + " another program, or is truncated.",
              NumpyArray.shown(name), start.length == 0 ? "is empty" : "starts otherwise"));
    }
    if (start.length < 12) {
      throw truncated("its header is not complete");
    }
    int version = start[6];
    if (version < 1 || version > 3 || start[7] != 0) {
      throw new IOException(
          String.format(
              "The format version (%d.%d) of array \"%s\" must be 1.0, 2.0 or 3.0.",
              start[6] & 0xff, start[7] & 0xff, NumpyArray.shown(name)));
    }
    ByteBuffer lengthField = ByteBuffer.wrap(start).order(ByteOrder.LITTLE_ENDIAN);
    int prefix = version == 1 ? 10 : 12;
    long headerBytes =
        prefix
            + (version == 1
                ? Short.toUnsignedLong(lengthField.getShort(8))
                : Integer.toUnsignedLong(lengthField.getInt(8)));
    if (headerBytes > byteCount) {
      throw truncated("its header is to have " + headerBytes + " bytes, the file has " + byteCount);
    }
    if (headerBytes > MOST_HEADER_BYTES) {
      throw new IOException(
          String.format(
              "The header of array \"%s\" (%d bytes) must have at most %d bytes.",
              NumpyArray.shown(name), headerBytes, MOST_HEADER_BYTES));
    }
    if (headerBytes < start.length) {
      throw bad("");
    }
    byte[] header = Arrays.copyOf(start, (int) headerBytes);
    if (in.readNBytes(header, start.length, header.length - start.length)
        < header.length - start.length) {
      throw truncated("its header is not complete");
    }
    return header;
  }

  /** The three entries as they are written, with quotes and parentheses. */
  private Map<String, String> parse(String text) throws IOException {
    Literal literal = new Literal(text);
    Map<String, String> entries = new HashMap<>();
    if (!literal.takes('{')) {
      throw bad(text);
    }
    while (!literal.takes('}')) {
      String key = literal.value();
      if (!key.matches("'.*'|\".*\"") || !literal.takes(':')) {
        throw bad(text);
      }
      boolean isType = key.regionMatches(1, "descr", 0, key.length() - 2);
      if (isType && literal.startsWithAny("[({")) {
        throw new IOException(
            String.format(
                "Array \"%s\" must have numbers: its elements are structures.%nMaybe save every"
                    + " field as an array of its own.",
                NumpyArray.shown(name)));
      }
      String value = literal.value();
      if (value.isEmpty() || entries.put(key.substring(1, key.length() - 1), value) != null) {
        throw bad(text);
      }
      if (!literal.takes(',') && !literal.startsWithAny("}")) {
        throw bad(text);
      }
    }
    if (!literal.isAtEnd()
        || !entries.keySet().equals(Set.of("descr", "fortran_order", "shape"))
        || !entries.getOrDefault("descr", "").matches("['\"].*")
        || !entries.getOrDefault("fortran_order", "").matches("True|False")
        || !entries.getOrDefault("shape", "").startsWith("(")) {
      throw bad(text);
    }
    return entries;
  }

  /** A dictionary of Python, read once from the left to the right. */
  private static final class Literal {
    private final String text;
    private int position;

    Literal(String text) {
      this.text = text;
    }

    private void skipBlanks() {
      while (position < text.length() && Character.isWhitespace(text.charAt(position))) {
        position++;
      }
    }

    boolean isAtEnd() {
      skipBlanks();
      return position == text.length();
    }

    boolean startsWithAny(String characters) {
      return !isAtEnd() && characters.indexOf(text.charAt(position)) >= 0;
    }

    boolean takes(char character) {
      boolean is = startsWithAny(String.valueOf(character));
      position += is ? 1 : 0;
      return is;
    }

    /** A quoted text, a word or a tuple; empty if there is none. */
    String value() {
      if (isAtEnd()) {
        return "";
      }
      int start = position;
      char first = text.charAt(position);
      if (first == '\'' || first == '"' || first == '(') {
        int end = text.indexOf(first == '(' ? ')' : first, position + 1);
        position = end < 0 ? text.length() : end + 1;
        return end < 0 ? "" : text.substring(start, position);
      }
      while (position < text.length() && Character.isLetter(text.charAt(position))) {
        position++;
      }
      return text.substring(start, position);
    }
  }

  /** The spelling with a letter and a number, of any that NumPy reads. */
  private static String canonical(String type) {
    String named = NAMES.get(type);
    if (named != null) {
      return named;
    }
    boolean hasOrder = !type.isEmpty() && "<>=|".indexOf(type.charAt(0)) >= 0;
    String order = hasOrder ? type.substring(0, 1) : "";
    String letter = LETTERS.get(type.substring(order.length()));
    return letter == null ? type : order + letter;
  }

  private IOException unsupported(String type) {
    if (OBJECT.matcher(type).matches()) {
      return new IOException(
          String.format(
              "Array \"%s\" must have numbers or texts: it has Python objects (pickles), which are"
                  + " never read.%nMaybe convert labels with .astype(str), activations with"
                  + " .astype(numpy.float32).",
              NumpyArray.shown(name)));
    }
    return new IOException(
        String.format(
            "The type ('%s') of array \"%s\" must be bool, an integer of 8 to 64 bits, a float of"
                + " 16 to 64 bits, or text.%nMaybe %sconvert it with .astype(numpy.float32), in"
                + " PyTorch with .float().",
            NumpyArray.shown(type),
            NumpyArray.shown(name),
            SHORT_FLOAT.matcher(type).matches() ? "it is bfloat16 or float8, as of JAX: " : ""));
  }

  private void requireShortTexts(int characters) throws IOException {
    if (characters > MOST_TEXT_CHARACTERS) {
      throw new IOException(
          String.format(
              "The texts of array \"%s\" (%d characters) must have at most %d characters.%nMaybe"
                  + " leave it out, or give every class a short name.",
              NumpyArray.shown(name), characters, MOST_TEXT_CHARACTERS));
    }
  }

  private long[] parseShape(String text) throws IOException {
    String inner = text.substring(1, text.length() - 1).strip();
    if (inner.isEmpty()) {
      throw new IOException(
          String.format(
              "Array \"%s\" must have a value for every sample: it is a single value.%nMaybe leave"
                  + " it out, or save it in a file of its own.",
              NumpyArray.shown(name)));
    }
    if (inner.endsWith(",")) {
      inner = inner.substring(0, inner.length() - 1);
    }
    String[] axes = inner.split(",", -1);
    if (axes.length > MOST_AXES) {
      throw new IOException(
          String.format(
              "Array \"%s\" must have at most %d axes, as in NumPy: it has %d.%nMaybe the file is"
                  + " damaged.",
              NumpyArray.shown(name), MOST_AXES, axes.length));
    }
    long[] result = new long[axes.length];
    for (int i = 0; i < axes.length; i++) {
      String axis = axes[i].strip();
      if (!axis.matches("-?\\d+L?")) {
        throw bad(text);
      }
      String digits = axis.replace("L", "");
      if (digits.length() > 18 || digits.startsWith("-")) {
        throw new IOException(
            String.format(
                "The shape %s of array \"%s\" must %s.",
                NumpyArray.shown(text),
                NumpyArray.shown(name),
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
              NumpyArray.shown(shapeText),
              bytes == Long.MAX_VALUE ? "more than 2^63" : bytes,
              dataBytes));
    }
    if (bytes < dataBytes) {
      throw new IOException(
          String.format(
              "Array \"%s\" must end with its values: of shape %s they have %d bytes, the file has"
                  + " %d.%nMaybe several arrays were saved to one file; use numpy.savez.",
              NumpyArray.shown(name), NumpyArray.shown(shapeText), bytes, dataBytes));
    }
    if (units == 0) {
      throw new IOException(
          String.format(
              "Array \"%s\" must have units: its shape is %s.",
              NumpyArray.shown(name), NumpyArray.shown(shapeText)));
    }
    // Only arrays without a sample can have axes that the file's length does not limit.
    if (Arrays.stream(axes).anyMatch(axis -> axis > Integer.MAX_VALUE)
        || units > Integer.MAX_VALUE) {
      throw new IOException(
          String.format(
              "The shape %s of array \"%s\" must have at most %d samples and units.",
              NumpyArray.shown(shapeText), NumpyArray.shown(name), Integer.MAX_VALUE));
    }
    return units;
  }

  private IOException bad(String text) {
    return new IOException(
        String.format(
            "The header of array \"%s\" must give descr, fortran_order and shape: it is %s.%nMaybe"
                + " the file is damaged.",
            NumpyArray.shown(name), text.isEmpty() ? "too short" : NumpyArray.shown(text)));
  }

  /** Says that the file is too short. */
  IOException truncated(String fact) {
    return new IOException(
        String.format(
            "Array \"%s\" must be complete: %s.%nMaybe the file is truncated.",
            NumpyArray.shown(name), fact));
  }
}
