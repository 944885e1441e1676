package nnpid.weka;

import static java.util.Objects.requireNonNull;

import java.io.File;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import nnpid.execution.Execution;
import org.jspecify.annotations.Nullable;
import weka.core.DenseInstance;
import weka.core.Instances;
import weka.core.Utils;

/**
 * Reads tables of text, CSV and its relatives, without guessing what would change a number: the
 * first line has the names, every other one a cell for each of them, and what does not fit is
 * refused with a sentence that names line and cell.
 *
 * <p>Commas, semicolons or tabs separate, whichever the header tells; numbers have a decimal point,
 * or all of them a decimal comma. A column has numbers or names, whose values are in ascending
 * order. Missing values are empty, ?, NA, N/A or NaN, among numbers also None and null. Blanks and
 * invisible characters around cells do not count.
 */
public final class DelimitedText {
  private DelimitedText() {}

  /**
   * Reads a file; no class is set.
   *
   * @param separator the separator, {@code comma}, {@code semicolon} or {@code tab}; {@code auto}
   *     for what the header tells
   * @param mixed the attributes, by name, {@code first}, {@code last} or index from 1, in which
   *     numbers may stand among names and are names then
   * @throws IOException if the file cannot be read, or is no table; the message is a sentence that
   *     tells where
   */
  public static Instances read(File file, String separator, List<String> mixed) throws IOException {
    try {
      TextDialect dialect = TextDialect.of(file, separator);
      Scanned<Rows> scanned =
          scan(file, dialect, mixed, Execution.sequential(), names -> new Rows());
      TextColumns columns = scanned.columns();
      List<double[]> rows = scanned.kept().rows;
      Instances data = columns.header(rows.size());
      for (double[] values : rows) {
        for (int column = 0; column < values.length; column++) {
          values[column] =
              data.attribute(column).isNumeric() || Utils.isMissingValue(values[column])
                  ? values[column]
                  : columns.index(column, (int) values[column]);
        }
        data.add(new DenseInstance(1, values));
      }
      return data;
    } catch (IllegalArgumentException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private static final class Rows implements Consumer<double[]> {
    private final List<double[]> rows = new ArrayList<>();

    @Override
    public void accept(double[] row) {
      rows.add(row.clone());
    }
  }

  /**
   * How the first lines of a table tell its cells apart: the separator, and the quotes.
   *
   * @throws IOException if the file cannot be read, or its lines do not tell it
   */
  public static String marks(File file, String separator) throws IOException {
    try {
      TextDialect dialect = TextDialect.of(file, separator);
      return "" + dialect.separator() + dialect.quote();
    } catch (IllegalArgumentException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  /**
   * Checks the name of a separator.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static void requireSeparator(String name) {
    TextDialect.separator(name);
  }

  /**
   * What is known of a table after it has been read for the first time.
   *
   * @param columns what its columns are
   * @param kept what was kept of its rows: numbers, or codes of names, NaN where there is nothing
   */
  record Scanned<K>(TextColumns columns, K kept, Charset charset) {}

  /**
   * Reads a table for the first time.
   *
   * @param mixed as in {@link #read(File, String, List)}
   * @param keeping what to keep of rows, if the names are those
   * @throws IllegalArgumentException if it is no table
   */
  static <K extends Consumer<double[]>> Scanned<K> scan(
      File file,
      TextDialect dialect,
      List<String> mixed,
      Execution execution,
      Function<List<String>, K> keeping)
      throws IOException {
    Set<Integer> namesOnly = new TreeSet<>();
    while (true) {
      TextFile.Decoded<Scan<K>> decoded =
          TextFile.decode(
              file,
              execution,
              text -> {
                Scan<K> scan = new Scan<>(file, mixed, namesOnly, keeping);
                TextRows.read(file, dialect, text, scan);
                return scan;
              });
      Scan<K> scan = decoded.value();
      Set<Integer> again = scan.columns().namesOnly();
      if (namesOnly.containsAll(again)) {
        return new Scanned<>(scan.columns(), requireNonNull(scan.kept), decoded.charset());
      }
      namesOnly.addAll(again); // what looks like a number is a name there
    }
  }

  /** The first reading of a table. */
  private static final class Scan<K extends Consumer<double[]>> implements TextRows.Consumer {
    private final File file;
    private final List<String> mixed;
    private final Set<Integer> namesOnly;
    private final Function<List<String>, K> keeping;
    private @Nullable TextColumns columns;
    private @Nullable K kept;

    Scan(File file, List<String> mixed, Set<Integer> namesOnly, Function<List<String>, K> keeping) {
      this.file = file;
      this.mixed = mixed;
      this.namesOnly = namesOnly;
      this.keeping = keeping;
    }

    TextColumns columns() {
      return requireNonNull(columns);
    }

    @Override
    public void names(List<String> names) {
      columns = new TextColumns(file, names, mixed, namesOnly);
      kept = keeping.apply(names);
    }

    @Override
    public double cell(int column, char[] text, int from, int to, long line) {
      return columns().take(column, text, from, to, line);
    }

    @Override
    public void row(double[] values) {
      requireNonNull(kept).accept(values);
    }
  }
}
