package nnpid.weka;

import java.io.File;
import java.io.IOException;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import weka.core.Attribute;
import weka.core.Instances;

/**
 * A look at a file for what Weka's loader of ARFF and that of NumPy's files do not tell: they read
 * NaN as a missing value or a missing weight, and an ARFF row may have one value too many.
 */
public final class RawRows {
  private static final Pattern WEIGHT = Pattern.compile("\\{([^{}]*)\\}\\s*$");

  private static final Pattern SUSPECT = Pattern.compile("(?i)nan|inf");
  private static final Pattern NOT_FINITE = Pattern.compile("(?i)[+-]?(nan|inf(inity)?)");
  private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9.]+([eE][+-]?[0-9]+)?");

  private RawRows() {}

  /**
   * Checks the rows of the file the data were read from, if it is ARFF or one of NumPy.
   *
   * @throws IllegalArgumentException if a numeric value or a weight is NaN, or a row is too long
   */
  public static void check(Instances data, File file) throws IOException {
    String name = file.getName().toLowerCase(Locale.ROOT);
    if (name.endsWith(".npz") || name.endsWith(".npy")) {
      requireNoMissing(data, file);
    }
    if (!name.endsWith(".arff") && !name.endsWith(".arff.gz")) {
      return;
    }
    TextFile.read(
        file,
        text -> {
          boolean rows = false;
          int number = 0;
          for (String line = text.readLine(); line != null; line = text.readLine()) {
            number++;
            if (rows && !line.startsWith("%")) {
              checkRow(line, number, data, file);
            }
            rows |= isData(line);
          }
          return rows;
        });
  }

  /** NumPy has no missing values: in its files they were NaN. */
  private static void requireNoMissing(Instances data, File file) {
    for (int i = 0; i < data.numInstances(); i++) {
      for (int j = 0; j < data.numAttributes(); j++) {
        if (data.instance(i).isMissing(j) && j != data.classIndex()) {
          throw notANumber(data.attribute(j).name(), i, file);
        }
      }
    }
  }

  static IllegalArgumentException notANumber(String attribute, int sample, File file) {
    return new IllegalArgumentException(
        String.format(
            "Attribute \"%s\" must have finite values: sample %d of %s has NaN.%n"
                + "Maybe the network diverged; check the epoch before.",
            attribute, sample + 1, file));
  }

  /**
   * Checks that an ARFF file has come to its rows: Weka's loader never returns from a header that
   * ends within the values of an attribute.
   *
   * @throws IllegalArgumentException if it ends before
   */
  public static void requireRows(File file, String option) throws IOException {
    boolean rows =
        TextFile.read(
            file,
            text -> {
              String line = text.readLine();
              while (line != null && !isData(line)) {
                line = text.readLine();
              }
              return line != null;
            });
    if (rows) {
      return;
    }
    throw new IllegalArgumentException(
        String.format(
            "The input (%s %s) must be in the format that its name says: it has no line @data.%n"
                + "Maybe the file is truncated.",
            option, file));
  }

  private static boolean isData(String line) {
    return line.strip().toLowerCase(Locale.ROOT).startsWith("@data");
  }

  private static void checkRow(String line, int number, Instances data, File file) {
    boolean notANumber = SUSPECT.matcher(line).find();
    // Quoted values may have commas in them: such rows are left to the loader.
    boolean quoted = line.indexOf('\'') >= 0 || line.indexOf('"') >= 0;
    if (!notANumber && (quoted || commas(line) < data.numAttributes())) {
      return;
    }
    boolean sparse = line.stripLeading().startsWith("{");
    String values = line;
    var weight = WEIGHT.matcher(line);
    if (weight.find() && (!sparse || line.indexOf('}') < weight.start())) {
      if (unquoted(weight.group(1)).equals("NaN")) {
        throw new IllegalArgumentException(
            String.format(
                "The weight of line %d of %s must be positive and finite: it is NaN.",
                number, file));
      }
      values = line.substring(0, weight.start()).stripTrailing().replaceFirst(",$", "");
    }
    String[] cells = values.replaceAll("[{}]", "").split("[,\t]", -1);
    if (!sparse && !quoted && cells.length > data.numAttributes()) {
      throw new IllegalArgumentException(
          String.format(
              "The rows must have %d values: line %d of %s has %d.",
              data.numAttributes(), number, file, cells.length));
    }
    for (int i = 0; notANumber && i < cells.length; i++) {
      String cell = cells[i].trim();
      int attribute = i;
      if (sparse && cell.matches("\\d{1,9}\\s.*")) {
        attribute = Integer.parseInt(cell.substring(0, cell.indexOf(' ')));
        cell = cell.substring(cell.indexOf(' '));
      }
      if (attribute < data.numAttributes()
          && isMisread(unquoted(cell), data.attribute(attribute))) {
        throw new IllegalArgumentException(
            String.format(
                "Attribute \"%s\" must have finite values: line %d of %s has %s.%n"
                    + "Maybe the network diverged; check the epoch before. Write ? for values"
                    + " that are missing.",
                data.attribute(attribute).name(), number, file, unquoted(cell)));
      }
    }
  }

  /**
   * Whether Weka takes a number that is not finite for something else: NaN for a missing value, and
   * nan or inf, where another program has left them as values, for a name.
   */
  private static boolean isMisread(String cell, Attribute attribute) {
    if (attribute.isNumeric()) {
      return cell.equals("NaN");
    }
    return NOT_FINITE.matcher(cell).matches() && hasNumbersOnly(attribute);
  }

  private static boolean hasNumbersOnly(Attribute attribute) {
    return IntStream.range(0, attribute.numValues())
        .mapToObj(attribute::value)
        .filter(value -> !NOT_FINITE.matcher(value.strip()).matches())
        .allMatch(value -> NUMBER.matcher(value.strip()).matches());
  }

  private static int commas(String line) {
    int count = 0;
    for (int i = line.indexOf(','); i >= 0; i = line.indexOf(',', i + 1)) {
      count++;
    }
    return count;
  }

  private static String unquoted(String cell) {
    return cell.trim().replaceAll("^['\"]|['\"]$", "").trim();
  }
}
