package nnpid.weka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import weka.core.Instances;

/** Random tables in every dialect, whole and with one cell spoilt. */
class DelimitedTextProperties {
  private static final List<String> LABELS =
      List.of("a", "b c", "ü", "d;e", "f,g", "h\ti", "\"j\"");

  private static final List<String> STRAY =
      List.of(
          "",
          "?",
          "NA",
          "N/A",
          "None",
          "null",
          "NaN",
          "nan",
          "-",
          "#DIV/0!",
          "x",
          "1,2,3",
          "0.5.1",
          "1;2",
          "inf",
          "Infinity",
          "1e999",
          "\"",
          "'",
          "a\nb",
          "\n",
          "\r\n",
          "0x1",
          "1e",
          " ",
          "\t");

  private static final int TABLES = 400;

  @TempDir private Path directory;

  /** How a table is written. */
  private record Dialect(
      char separator,
      boolean quoteAll,
      boolean decimalComma,
      String lineEnd,
      boolean mark,
      boolean lastLineEnds,
      String blanks,
      Charset charset) {
    static Dialect random(Random random) {
      char separator = ",;\t".charAt(random.nextInt(3));
      boolean mark = random.nextBoolean();
      return new Dialect(
          separator,
          random.nextInt(4) == 0,
          random.nextInt(3) == 0,
          List.of("\n", "\r\n", "\r").get(random.nextInt(3)),
          mark,
          random.nextBoolean(),
          random.nextInt(4) == 0 ? " " : "",
          mark && random.nextBoolean() ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_8);
    }

    String cell(String text) {
      boolean quoted =
          quoteAll
              || text.indexOf(separator) >= 0
              || text.indexOf('"') >= 0
              || text.indexOf('\n') >= 0
              || text.indexOf('\r') >= 0;
      return blanks + (quoted ? '"' + text.replace("\"", "\"\"") + '"' : text) + blanks;
    }

    String number(double number) {
      String text = Double.toString(number);
      return decimalComma ? text.replace('.', ',') : text;
    }

    byte[] bytes(List<List<String>> lines) {
      StringBuilder text = new StringBuilder(mark ? "\uFEFF" : "");
      for (int i = 0; i < lines.size(); i++) {
        text.append(
            String.join(String.valueOf(separator), lines.get(i).stream().map(this::cell).toList()));
        text.append(i < lines.size() - 1 || lastLineEnds ? lineEnd : "");
      }
      return text.toString().getBytes(charset);
    }
  }

  /** Units of numbers, and a class of texts. */
  private record Table(double[][] numbers, List<String> labels) {
    static Table random(Random random) {
      int units = 1 + random.nextInt(4);
      int rows = 12 + random.nextInt(20);
      double[][] numbers = new double[rows][units];
      List<String> labels = new ArrayList<>();
      for (double[] row : numbers) {
        for (int unit = 0; unit < units; unit++) {
          row[unit] =
              switch (random.nextInt(4)) {
                case 0 -> random.nextInt(100) - 50;
                case 1 -> Float.parseFloat(Float.toString(random.nextFloat()));
                case 2 -> random.nextGaussian() * Math.pow(10, random.nextInt(40) - 20);
                default -> random.nextDouble();
              };
        }
        labels.add(LABELS.get(random.nextInt(LABELS.size())));
      }
      return new Table(numbers, labels);
    }

    int units() {
      return numbers[0].length;
    }

    List<List<String>> lines(Dialect dialect) {
      List<List<String>> lines = new ArrayList<>();
      List<String> header = new ArrayList<>();
      IntStream.rangeClosed(1, units()).forEach(unit -> header.add("L1_" + unit));
      header.add("label");
      lines.add(header);
      for (int row = 0; row < numbers.length; row++) {
        List<String> cells = new ArrayList<>();
        for (double number : numbers[row]) {
          cells.add(dialect.number(number));
        }
        cells.add(labels.get(row));
        lines.add(cells);
      }
      return lines;
    }
  }

  private Instances read(byte[] bytes) throws IOException {
    File file = Files.write(directory.resolve("table.csv"), bytes).toFile();
    return DelimitedText.read(file, "auto", List.of());
  }

  /** Checks all but one cell; -1 for all. */
  private static void assertHas(
      Table table, Instances data, int spoiltRow, int spoiltColumn, String message) {
    assertEquals(table.units() + 1, data.numAttributes(), message);
    assertEquals(table.numbers.length, data.numInstances(), message);
    for (int row = 0; row < table.numbers.length; row++) {
      for (int unit = 0; unit < table.units(); unit++) {
        if (row != spoiltRow || unit != spoiltColumn) {
          assertEquals(table.numbers[row][unit], data.instance(row).value(unit), message);
        }
      }
      if (row != spoiltRow || spoiltColumn != table.units()) {
        assertEquals(table.labels.get(row), data.instance(row).stringValue(table.units()), message);
      }
    }
  }

  @Test
  void everyDialectGivesTheSameNumbers() throws IOException {
    for (int seed = 0; seed < TABLES; seed++) {
      Random random = new Random(seed);
      Table table = Table.random(random);
      Dialect dialect = Dialect.random(random);
      Instances data = read(dialect.bytes(table.lines(dialect)));
      assertHas(table, data, -1, -1, "seed " + seed + ", " + dialect);
    }
  }

  /** As a person or a program would leave it: in quotes where it needs them. */
  @Test
  void aSpoiltCellIsMissingOrRefusedWithItsLine() throws IOException {
    int missing = 0;
    int refused = 0;
    for (int seed = 0; seed < TABLES; seed++) {
      Random random = new Random(seed);
      Table table = Table.random(random);
      Dialect dialect = Dialect.random(random);
      int row = random.nextInt(table.numbers.length);
      int unit = random.nextInt(table.units());
      String stray = STRAY.get(random.nextInt(STRAY.size()));
      List<List<String>> lines = table.lines(dialect);
      lines.get(row + 1).set(unit, stray);
      String message = "seed " + seed + ", \"" + stray + "\", " + dialect;
      try {
        Instances data = read(dialect.bytes(lines));
        assertHas(table, data, row, unit, message);
        assertTrue(data.instance(row).isMissing(unit), message);
        missing++;
      } catch (IOException e) {
        assertTrue(
            e.getMessage().contains("ine " + (row + 2) + " of"), message + ": " + e.getMessage());
        refused++;
      }
    }
    assertTrue(missing > TABLES / 4 && refused > TABLES / 4, missing + ", " + refused);
  }

  /** Also without quotes, and in the class and the header. */
  @Test
  void aSpoiltByteNeverChangesAnotherCell() throws IOException {
    String signs = ",;\t\"'\n\r \uFEFF?-#x1.";
    for (int seed = 0; seed < TABLES; seed++) {
      Random random = new Random(seed);
      Table table = Table.random(random);
      Dialect dialect = Dialect.random(random);
      List<List<String>> lines = table.lines(dialect);
      int row = random.nextInt(table.numbers.length);
      String text = new String(dialect.bytes(lines), dialect.charset);
      int from = text.indexOf(dialect.lineEnd) + 1;
      int place = from + random.nextInt(text.length() - from);
      String spoilt =
          text.substring(0, place)
              + signs.charAt(random.nextInt(signs.length()))
              + text.substring(place + (random.nextBoolean() ? 1 : 0));
      try {
        Instances data = read(spoilt.getBytes(dialect.charset));
        assertEquals(table.units() + 1, data.numAttributes());
        for (int unit = 0; unit < table.units(); unit++) {
          assertTrue(data.attribute(unit).isNumeric(), "seed " + seed);
        }
        assertTrue(Math.abs(data.numInstances() - table.numbers.length) <= 1, "seed " + seed);
        assertTrue(
            differingCells(table, data) <= 2 || data.numInstances() != table.numbers.length,
            "seed " + seed + " row " + row);
      } catch (IOException e) {
        assertTrue(e.getMessage().contains("table.csv"), e::getMessage);
      }
    }
  }

  private static int differingCells(Table table, Instances data) {
    int count = 0;
    for (int row = 0; row < Math.min(table.numbers.length, data.numInstances()); row++) {
      for (int unit = 0; unit < table.units(); unit++) {
        count += data.instance(row).value(unit) == table.numbers[row][unit] ? 0 : 1;
      }
    }
    return count;
  }
}
