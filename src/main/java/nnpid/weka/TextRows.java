package nnpid.weka;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The names and the rows of a table of text, one after another. */
final class TextRows extends AbstractBaseCsvCallbackHandler<Boolean> {
  /** Takes what is read. */
  interface Consumer {
    /** Takes the names, as many as there are cells in every row. */
    void names(List<String> names);

    /**
     * The value of a cell.
     *
     * @param text has it from {@code from} to {@code to}, without blanks around it
     * @param line where its row begins, from 1
     */
    double cell(int column, char[] text, int from, int to, long line);

    /** Takes the values of a row, in an array that is used again. */
    void row(double[] values);
  }

  private final File file;
  private final TextDialect dialect;
  private final Consumer consumer;
  private final List<String> names = new ArrayList<>();
  private double @Nullable [] row; // null until there are names
  private long rowCount;
  private long line;
  private boolean blank;

  private TextRows(File file, TextDialect dialect, Consumer consumer) {
    this.file = file;
    this.dialect = dialect;
    this.consumer = consumer;
  }

  /**
   * Reads a text.
   *
   * @param file for messages
   * @throws IllegalArgumentException if it is no table, or the consumer refuses something; the
   *     message tells where
   */
  static void read(File file, TextDialect dialect, BufferedReader text, Consumer consumer)
      throws IOException {
    TextRows rows = new TextRows(file, dialect, consumer);
    try (CsvReader<Boolean> reader = dialect.read(rows, text)) {
      for (Boolean row : reader) {
        assert row;
      }
    } catch (CsvParseException | UncheckedIOException e) {
      for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
        if (cause instanceof IOException io) {
          throw io;
        }
        if (cause instanceof IllegalArgumentException told) {
          throw told;
        }
      }
      throw new IllegalArgumentException(
          String.format(
              "The quotes (%s) of line %d of %s must be around whole cells: they are not.",
              dialect.quote(), rows.line, file),
          e);
    }
    if (rows.row == null) {
      throw new IllegalArgumentException(
          String.format("The file (%s) must have a line of names: it is empty.", file));
    }
  }

  @Override
  protected void handleBegin(long startingLineNumber) {
    line = startingLineNumber;
    blank = true;
  }

  @Override
  protected void handleField(int index, char[] text, int offset, int length, boolean quoted) {
    int from = offset;
    int to = offset + length;
    while (from < to && AttributeNames.isBlank(text[from])) {
      from++;
    }
    while (from < to && AttributeNames.isBlank(text[to - 1])) {
      to--;
    }
    blank = from == to;
    if (!quoted && from > offset && from < to && text[from] == dialect.quote()) {
      throw new IllegalArgumentException(
          String.format(
              "The quotes (%s) of line %d of %s must follow the separator: there is an odd blank"
                  + " between them.",
              dialect.quote(), line, file));
    }
    if (quoted) {
      requireOneLine(text, offset, offset + length);
    }
    double[] cells = row;
    if (cells == null) {
      names.add(AttributeNames.clean(new String(text, from, to - from)));
    } else if (index < cells.length) {
      cells[index] = consumer.cell(index, text, from, to, line);
    }
  }

  private void requireOneLine(char[] text, int from, int to) {
    for (int i = from; i < to; i++) {
      if (text[i] == '\n' || text[i] == '\r') {
        throw new IllegalArgumentException(
            String.format(
                "The quotes (%s) of line %d of %s must be closed in their line: \"%s\" goes on"
                    + " in the next.",
                dialect.quote(), line, file, new String(text, from, i - from)));
      }
    }
  }

  @Override
  protected Boolean buildRecord() {
    double[] cells = row;
    if (getFieldCount() == 0 || (getFieldCount() == 1 && blank)) {
      if (cells == null) {
        names.clear();
      }
    } else if (cells == null) {
      TextNames.require(file, names);
      row = new double[names.size()];
      consumer.names(List.copyOf(names));
    } else if (getFieldCount() == cells.length) {
      consumer.row(cells);
      rowCount++;
    } else {
      throw new IllegalArgumentException(
          String.format(
              "Line %d of %s must have %d cells, as many as there are names: it has %d.%s",
              line, file, cells.length, getFieldCount(), hint(cells)));
    }
    return true;
  }

  /** What may be the matter with a line that has another number of cells than the first. */
  private String hint(double[] cells) {
    int more = getFieldCount() - cells.length;
    if (more == 1 && (cells[0] == rowCount || cells[0] == rowCount + 1)) {
      return String.format(
          "%nMaybe the first cell is the index that pandas or R writes without a name: save"
              + " with index=False (pandas) or row.names=FALSE (R).");
    }
    if (more == 1 && blank) {
      return String.format("%nMaybe remove the separator at the end of the line.");
    }
    if (more > 0 && dialect.separator() == ',') {
      return String.format(
          "%nMaybe numbers have decimal commas: separate the cells by semicolons or tabs then.");
    }
    return getFieldCount() == 1
        ? String.format(
            "%nMaybe this line is separated in another way than the names, by %s.",
            dialect.separatorName())
        : "";
  }
}
