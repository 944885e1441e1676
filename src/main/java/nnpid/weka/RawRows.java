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
import java.util.zip.GZIPInputStream;
import weka.core.Instances;

/**
 * A look at the text of an ARFF or CSV file for what Weka's loaders do not tell: they read the text
 * NaN as a missing value or a missing weight, and accept an ARFF row with one value too many.
 */
final class RawRows {
  private static final Pattern WEIGHT = Pattern.compile("\\{([^{}]*)\\}\\s*$");

  private RawRows() {}

  /**
   * Checks the rows of the file the data were read from, if it is a text file.
   *
   * @throws IllegalArgumentException if a numeric value or a weight is NaN, or a row is too long
   */
  static void check(Instances data, File file) throws IOException {
    String name = file.getName().toLowerCase(Locale.ROOT);
    boolean csv = name.endsWith(".csv");
    if (!csv && !name.endsWith(".arff") && !name.endsWith(".arff.gz")) {
      return;
    }
    InputStream in = new BufferedInputStream(new FileInputStream(file));
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                name.endsWith(".gz") ? new GZIPInputStream(in) : in,
                StandardCharsets.ISO_8859_1))) {
      boolean rows = false;
      int number = 0;
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        number++;
        if (rows && !line.startsWith("%")) {
          checkRow(line, number, csv, data, file);
        }
        rows |= csv || line.trim().toLowerCase(Locale.ROOT).equals("@data");
      }
    }
  }

  private static void checkRow(String line, int number, boolean csv, Instances data, File file) {
    boolean notANumber = line.contains("NaN");
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
      if (unquoted(cell).equals("NaN")
          && attribute < data.numAttributes()
          && data.attribute(attribute).isNumeric()) {
        throw new IllegalArgumentException(
            String.format(
                "Attribute \"%s\" must have finite values: line %d of %s has NaN.%n"
                    + "Maybe the network diverged; check the epoch before. Write ? for values"
                    + " that are missing.",
                data.attribute(attribute).name(), number, file));
      }
    }
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
