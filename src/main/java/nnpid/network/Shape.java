package nnpid.network;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Shape of what a layer gets or gives: channels of rows and columns, counted in this order. A plain
 * list of units has as many channels of one unit each.
 *
 * @param channels number of channels, such as the three colors of an image
 * @param height number of rows of each channel
 * @param width number of columns of each channel
 */
public record Shape(int channels, int height, int width) {
  private static final Pattern TEXT = Pattern.compile("(?:(\\d{1,9})x)?(\\d{1,9})x(\\d{1,9})");

  /**
   * Checks the arguments.
   *
   * @throws IllegalArgumentException if one is below 1, or there are too many units
   */
  public Shape {
    if (channels < 1 || height < 1 || width < 1) {
      throw new IllegalArgumentException(
          "The shape (%sx%sx%s) must have at least 1 channel, 1 row and 1 column."
              .formatted(channels, height, width));
    }
    if ((double) channels * height * width > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "The shape (%sx%sx%s) must have at most %,d units."
              .formatted(channels, height, width, Integer.MAX_VALUE));
    }
  }

  /** The shape of a plain list of units. */
  static Shape ofUnits(int count) {
    return new Shape(count, 1, 1);
  }

  /**
   * The shape of a text: {@code 3x32x32} for 3 channels of 32 rows and 32 columns, {@code 28x28}
   * for a single one.
   *
   * @throws IllegalArgumentException if the text is something else
   */
  public static Shape parse(String text) {
    Matcher matcher = TEXT.matcher(text.trim());
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          ("The shape (%s) must be channels, rows and columns with x between them.\n"
                  + "Maybe use 3x32x32, or 28x28 for a single channel.")
              .formatted(text));
    }
    return new Shape(
        matcher.group(1) == null ? 1 : Integer.parseInt(matcher.group(1)),
        Integer.parseInt(matcher.group(2)),
        Integer.parseInt(matcher.group(3)));
  }

  /** Number of units. */
  public int size() {
    return channels * height * width;
  }

  /** Number of units of a channel. */
  int area() {
    return height * width;
  }

  /** The text that {@link #parse} reads. */
  @Override
  public String toString() {
    return channels + "x" + height + "x" + width;
  }
}
