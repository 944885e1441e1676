package nnpid.weka;

import java.io.File;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import weka.core.Utils;

/**
 * A column of a {@link DelimitedText} while it is read: whether its cells are numbers or names is
 * decided at the end, so that one stray cell does not change what the others are.
 */
public final class TextColumn {
  /** What the cells are. */
  enum Type {
    NUMBERS,
    NAMES
  }

  /** How a missing value is written, among names too. */
  private static final Set<String> MISSING = Set.of("", "?", "NA", "N/A", "<NA>", "NaN", "nan");

  /** What means a missing value among numbers, in lower case; among names it may be one. */
  private static final Set<String> MISSING_NUMBER =
      Set.of("na", "n/a", "nan", "-nan", "none", "null");

  private static final Set<String> INFINITE = Set.of("inf", "infinity");

  /** Powers of ten that are exact as doubles. */
  private static final double[] POWERS = new double[23];

  static {
    Arrays.setAll(POWERS, exponent -> Double.parseDouble("1e" + exponent));
  }

  /** Up to so many digits a whole number is exact as a double. */
  private static final int EXACT_DIGITS = 15;

  /** A column is one of names if at most one in so many of its cells is a number. */
  private static final int CELLS_PER_NUMBER = 10;

  private final String name;

  /** Numbers among names are names here, as for a class of which the user says that it is one. */
  private final boolean mayMix;

  /** It is known from an earlier reading that all cells are names, numbers too. */
  private final boolean namesOnly;

  private final Map<String, Integer> codes = new HashMap<>();
  private long numberCount;
  private long nameCount;
  private Optional<Cell> firstNumber = Optional.empty();
  private Optional<Cell> firstName = Optional.empty();
  private Optional<Cell> firstInfinite = Optional.empty();
  private Optional<Cell> firstAmbiguous = Optional.empty();
  private Optional<Cell> firstPoint = Optional.empty();
  private Optional<Cell> firstComma = Optional.empty();

  /** A cell as it is written, and the line where its row begins, from 1. */
  record Cell(long line, String text) {
    String place() {
      return "line " + line;
    }
  }

  TextColumn(String name, boolean mayMix, boolean namesOnly) {
    this.name = name;
    this.mayMix = mayMix;
    this.namesOnly = namesOnly;
  }

  String name() {
    return name;
  }

  /**
   * Takes a cell, without blanks around it.
   *
   * @return the number, or the code of the name; {@link #indices} tells its value
   */
  double take(char[] text, int from, int to, long line) {
    if (!namesOnly) {
      double number = number(text, from, to);
      if (!Double.isNaN(number)) {
        numberCount++;
        noteNumber(text, from, to, line, number);
        return number;
      }
    }
    String cell = new String(text, from, to - from);
    Integer code = codes.get(cell);
    if (code != null) {
      nameCount++;
      return code;
    }
    if (MISSING.contains(cell)) {
      return Utils.missingValue();
    }
    if (!namesOnly) {
      String lower = cell.toLowerCase(Locale.ROOT);
      if (MISSING_NUMBER.contains(lower)) {
        firstAmbiguous = firstAmbiguous.or(() -> Optional.of(new Cell(line, cell)));
        return Utils.missingValue();
      }
      if (INFINITE.contains(lower.replaceFirst("^[+-]", ""))) {
        firstAmbiguous = firstAmbiguous.or(() -> Optional.of(new Cell(line, cell)));
        firstInfinite = firstInfinite.or(() -> Optional.of(new Cell(line, cell)));
        return Double.POSITIVE_INFINITY;
      }
    }
    firstName = firstName.or(() -> Optional.of(new Cell(line, cell)));
    nameCount++;
    codes.put(cell, codes.size());
    return codes.size() - 1;
  }

  /** Whether a cell means a missing value, among names too. */
  public static boolean isMissing(String cell) {
    return MISSING.contains(cell);
  }

  /** Whether a cell means a missing value among numbers; among names it may be one. */
  public static boolean isMissingNumber(String cell) {
    return MISSING_NUMBER.contains(cell.toLowerCase(Locale.ROOT));
  }

  /** Whether a cell is a number that is infinite. */
  public static boolean isInfinite(String cell) {
    return INFINITE.contains(cell.toLowerCase(Locale.ROOT).replaceFirst("^[+-]", ""));
  }

  /**
   * The code of a name that has been taken before.
   *
   * @return NaN if it stands for a missing value, negative if it is another one
   */
  double known(char[] text, int from, int to) {
    String cell = new String(text, from, to - from);
    Integer code = codes.get(cell);
    return code != null ? code : MISSING.contains(cell) ? Utils.missingValue() : -1;
  }

  private void noteNumber(char[] text, int from, int to, long line, double number) {
    if (firstNumber.isEmpty()) {
      firstNumber = Optional.of(new Cell(line, String.valueOf(text, from, to - from)));
    }
    if (firstInfinite.isEmpty() && Double.isInfinite(number)) {
      firstInfinite = Optional.of(new Cell(line, String.valueOf(text, from, to - from)));
    }
    if (firstPoint.isPresent() && firstComma.isPresent()) {
      return;
    }
    for (int i = from; i < to; i++) {
      if (text[i] == '.' && firstPoint.isEmpty()) {
        firstPoint = Optional.of(new Cell(line, String.valueOf(text, from, to - from)));
      } else if (text[i] == ',' && firstComma.isEmpty()) {
        firstComma = Optional.of(new Cell(line, String.valueOf(text, from, to - from)));
      }
    }
  }

  /**
   * What the cells are, after all have been taken.
   *
   * @throws IllegalArgumentException if there are numbers and names
   */
  Type type(File file) {
    if (namesOnly) {
      return Type.NAMES;
    }
    if (nameCount == 0) {
      return Type.NUMBERS;
    }
    if (numberCount == 0 || mayMix || numberCount <= nameCount / (CELLS_PER_NUMBER - 1)) {
      return Type.NAMES;
    }
    boolean stray = numberCount >= nameCount;
    throw new IllegalArgumentException(
        String.format(
            "Attribute \"%s\" must have %s: %s of %s has \"%s\"%s.%n"
                + "Maybe write ? for a value that is missing; if the attribute is the class, use"
                + " -nominal-class.",
            name,
            stray ? "numbers" : "numbers or names, not both",
            firstName.orElseThrow().place(),
            file,
            firstName.orElseThrow().text(),
            stray
                ? ""
                : String.format(
                    ", %s \"%s\"",
                    firstNumber.orElseThrow().place(), firstNumber.orElseThrow().text())));
  }

  /** Whether a column of names was read with numbers, or words for missing ones, in it. */
  boolean mustBeReadAgain() {
    return numberCount > 0 || firstAmbiguous.isPresent();
  }

  /** Checks that all numbers are finite. */
  void requireFinite(File file) {
    if (firstInfinite.isPresent()) {
      throw new IllegalArgumentException(
          String.format(
              "Attribute \"%s\" must have finite values: %s of %s has %s.%n"
                  + "Maybe the network diverged; check the epoch before. Write ? for values that"
                  + " are missing.",
              name, firstInfinite.get().place(), file, firstInfinite.get().text()));
    }
  }

  /** The first number with a decimal point. */
  Optional<Cell> firstPoint() {
    return firstPoint;
  }

  /** The first number with a decimal comma. */
  Optional<Cell> firstComma() {
    return firstComma;
  }

  /** The names that occur, in ascending order. */
  List<String> values() {
    List<String> values = new ArrayList<>(codes.keySet());
    values.sort(null);
    return values;
  }

  /** By code, the index among the values. */
  int[] indices() {
    int[] indices = new int[codes.size()];
    List<String> values = values();
    codes.forEach((value, code) -> indices[code] = Collections.binarySearch(values, value));
    return indices;
  }

  /**
   * The number that a text is, with a decimal point or comma; NaN if it is none. Unlike Java's own
   * parser it takes no type suffix, no hexadecimals and no names of numbers.
   */
  public static double number(char[] text, int from, int to) {
    int i = from;
    boolean negative = i < to && text[i] == '-';
    if (negative || (i < to && text[i] == '+')) {
      i++;
    }
    long mantissa = 0;
    int significant = 0;
    int digits = 0;
    int decimals = 0;
    boolean mark = false;
    for (; i < to; i++) {
      char c = text[i];
      if (c >= '0' && c <= '9') {
        digits++;
        decimals += mark ? 1 : 0;
        if (significant <= EXACT_DIGITS) {
          mantissa = 10 * mantissa + (c - '0');
        }
        significant += mantissa > 0 ? 1 : 0;
      } else if ((c == '.' || c == ',') && !mark) {
        mark = true;
      } else {
        break;
      }
    }
    if (digits == 0) {
      return Double.NaN;
    }
    int exponent = 0;
    boolean slow = significant > EXACT_DIGITS;
    if (i < to && (text[i] == 'e' || text[i] == 'E')) {
      i++;
      boolean small = i < to && text[i] == '-';
      if (small || (i < to && text[i] == '+')) {
        i++;
      }
      int first = i;
      for (; i < to && text[i] >= '0' && text[i] <= '9'; i++) {
        slow |= i - first > 3;
        exponent = slow ? exponent : 10 * exponent + (text[i] - '0');
      }
      if (i == first) {
        return Double.NaN;
      }
      exponent = small ? -exponent : exponent;
    }
    if (i < to) {
      return Double.NaN;
    }
    int power = exponent - decimals;
    if (slow || Math.abs(power) >= POWERS.length) {
      return Double.parseDouble(new String(text, from, to - from).replace(',', '.'));
    }
    // Both are exact, and so the one rounding is the right one.
    double magnitude = power < 0 ? mantissa / POWERS[-power] : mantissa * POWERS[power];
    return negative ? -magnitude : magnitude;
  }
}
