package nnpid.numpy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** How the elements of an array are read from its bytes, by their type. Immutable. */
final class NumpyElements {
  /** Weka compresses longer ones, each for itself, which takes 0.3 ms. */
  private static final int MOST_LABEL_CHARACTERS = 200;

  /** Reads a number. */
  interface NumberReader {
    double read(ByteBuffer buffer, int position);
  }

  private final String name; // of the array
  private final boolean isText;
  private final char kind;
  private final int elementBytes;

  NumpyElements(String name, NumpyHeader header) {
    this.name = name;
    this.isText = header.isText();
    this.kind = header.kind();
    this.elementBytes = header.elementBytes();
  }

  /**
   * How numbers are read; integers beyond 2^53 are rounded.
   *
   * @throws IllegalStateException if the elements are texts
   */
  NumberReader numbers() {
    if (isText) {
      throw new IllegalStateException(
          "Array \"" + NumpyArray.shown(name) + "\" must have numbers: it has texts.");
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
  long integerAt(ByteBuffer buffer, int position) {
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
  static double halfToDouble(short bits) {
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
  String textAt(ByteBuffer buffer, int position) throws IOException {
    int width = kind == 'U' ? Integer.BYTES : 1;
    int length = elementBytes;
    while (length > 0 && isZero(buffer, position + length - width, width)) {
      length -= width;
    }
    if (kind == 'S') {
      try {
        return requireShort(
            StandardCharsets.UTF_8.newDecoder().decode(buffer.slice(position, length)).toString());
      } catch (CharacterCodingException e) {
        throw new IOException(
            "The texts of array \"" + NumpyArray.shown(name) + "\" must be in UTF-8.", e);
      }
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i += width) {
      int codePoint = buffer.getInt(position + i);
      if (!Character.isValidCodePoint(codePoint)) {
        throw new IOException(
            "The texts of array \"" + NumpyArray.shown(name) + "\" must be in UTF-32.");
      }
      text.appendCodePoint(codePoint);
    }
    return requireShort(text.toString());
  }

  private String requireShort(String label) throws IOException {
    if (label.length() > MOST_LABEL_CHARACTERS) {
      throw new IOException(
          String.format(
              "The labels of array \"%s\" must have at most %d characters: \"%s\" has %d.%n"
                  + "Maybe it is not the class, or give every class a short name.",
              NumpyArray.shown(name),
              MOST_LABEL_CHARACTERS,
              NumpyArray.shown(label),
              label.length()));
    }
    return label;
  }

  private static boolean isZero(ByteBuffer buffer, int position, int width) {
    return width == 1 ? buffer.get(position) == 0 : buffer.getInt(position) == 0;
  }
}
