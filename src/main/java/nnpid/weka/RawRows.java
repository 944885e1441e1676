package nnpid.weka;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import weka.core.Attribute;
import weka.core.Instances;

/**
 * A look at a file for what Weka's loaders do not tell: they read NaN as a missing value or a
 * missing weight, and accept an ARFF row with one value too many.
 */
final class RawRows {
  private static final Pattern WEIGHT = Pattern.compile("\\{([^{}]*)\\}\\s*$");

  private static final Pattern SUSPECT = Pattern.compile("(?i)nan|inf");
  private static final Pattern NOT_FINITE = Pattern.compile("(?i)[+-]?(nan|inf(inity)?)");
  private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9.]+([eE][+-]?[0-9]+)?");

  private RawRows() {}

  /**
   * Checks the rows of the file the data were read from, if it is a text file or one of NumPy.
   *
   * @throws IllegalArgumentException if a numeric value or a weight is NaN, or a row is too long
   */
  static void check(Instances data, File file) throws IOException {
    String name = file.getName().toLowerCase(Locale.ROOT);
    if (name.endsWith(".npz") || name.endsWith(".npy")) {
      requireNoMissing(data, file);
    }
    boolean csv = name.endsWith(".csv");
    if (!csv && !name.endsWith(".arff") && !name.endsWith(".arff.gz")) {
      return;
    }
    try (BufferedReader reader = open(file)) {
      boolean rows = false;
      int number = 0;
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        number++;
        if (rows && !line.startsWith("%")) {
          checkRow(line, number, csv, data, file);
        }
        rows |= csv || isData(line);
      }
    }
  }

  /** NumPy has no missing values: in its files they were NaN. */
  private static void requireNoMissing(Instances data, File file) {
    for (int i = 0; i < data.numInstances(); i++) {
      for (int j = 0; j < data.numAttributes(); j++) {
        if (data.instance(i).isMissing(j) && j != data.classIndex()) {
          throw new IllegalArgumentException(
              String.format(
                  "Attribute \"%s\" must have finite values: sample %d of %s has NaN.%n"
                      + "Maybe the network diverged; check the epoch before.",
                  data.attribute(j).name(), i + 1, file));
        }
      }
    }
  }

  /**
   * Checks that an ARFF file has come to its rows: Weka's loader never returns from a header that
   * ends within the values of an attribute.
   *
   * @throws IllegalArgumentException if it ends before
   */
  static void requireRows(File file) throws IOException {
    String name = file.getName().toLowerCase(Locale.ROOT);
    if (!name.endsWith(".arff") && !name.endsWith(".arff.gz")) {
      return;
    }
    try (BufferedReader reader = open(file)) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        if (isData(line)) {
          return;
        }
      }
    }
    throw new IllegalArgumentException(
        String.format(
            "The input (-t %s) must be in the format that its name says: it has no line @data.%n"
                + "Maybe the file is truncated.",
            file));
  }

  private static boolean isData(String line) {
    return line.strip().toLowerCase(Locale.ROOT).startsWith("@data");
  }

  private static BufferedReader open(File file) throws IOException {
    InputStream in = new BufferedInputStream(new FileInputStream(file));
    boolean zipped = file.getName().toLowerCase(Locale.ROOT).endsWith(".gz");
    return new BufferedReader(
        new InputStreamReader(zipped ? new GZIPInputStream(in) : in, StandardCharsets.ISO_8859_1));
  }

  private static void checkRow(String line, int number, boolean csv, Instances data, File file) {
    boolean notANumber = SUSPECT.matcher(line).find();
    // Quoted values may have commas in them: such rows are left to the loader.
    boolean quoted = line.indexOf('\'') >= 0 || line.indexOf('"') >= 0;
    if (!notANumber && (csv || quoted || commas(line) < data.numAttributes())) {
      return;
    }
    boolean sparse = line.stripLeading().startsWith("{");
    String values = line;
    var weight = WEIGHT.matcher(line);
    if (!csv && weight.find() && (!sparse || line.indexOf('}') < weight.start())) {
      if (unquoted(weight.group(1)).equals("NaN")) {
        throw new IllegalArgumentException(
            String.format(
                "The weight of line %d of %s must be positive and finite: it is NaN.",
                number, file));
      }
      values = line.substring(0, weight.start()).stripTrailing().replaceFirst(",$", "");
    }
    String[] cells = values.replaceAll("[{}]", "").split(csv ? "," : "[,\t]", -1);
    if (!csv && !sparse && !quoted && cells.length > data.numAttributes()) {
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
   * nan or inf in a CSV file for a name, so that the whole column is not numeric.
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
