package nnpid.spark;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import nnpid.weka.TextColumn;

/** What the cells of the columns of a table of text are. Not thread-safe. */
final class TextFacts implements Serializable {
  private static final long serialVersionUID = 1L;

  private final ColumnFacts[] columns;
  private final int mixed;
  private long lineCount;
  private String problem = ""; // the first one, by file and place
  private String problemPlace = "";
  private transient LineCells.Parsed cells = new LineCells.Parsed();

  /** One column. */
  private static final class ColumnFacts implements Serializable {
    private static final long serialVersionUID = 1L;

    private final Names names = new Names();
    private final Names words = new Names(); // that are missing values among numbers
    private final Names numbers = new Names(); // as they are written, of a mixed column
    private long numberCount;
    private long nameCount;
    private boolean point;
    private boolean comma;
    private String infinite = "";

    private void merge(ColumnFacts other) {
      names.addAll(other.names);
      words.addAll(other.words);
      numbers.addAll(other.numbers);
      numberCount += other.numberCount;
      nameCount += other.nameCount;
      point |= other.point;
      comma |= other.comma;
      infinite = infinite.isEmpty() ? other.infinite : infinite;
    }
  }

  TextFacts(int columnCount, int mixed) {
    columns = new ColumnFacts[columnCount];
    for (int i = 0; i < columnCount; i++) {
      columns[i] = new ColumnFacts();
    }
    this.mixed = mixed;
  }

  void add(LineCells how, String line, String file, long offset) {
    how.parse(line, cells);
    lineCount++;
    if (!cells.isWellFormed()) {
      note(
          file,
          offset,
          String.format(
              "The quotes (%s) of %s must be around whole cells, and closed in their line: those of"
                  + " the line at byte %d are not.",
              how.quote(), file, offset));
      return;
    }
    if (cells.count() != columns.length) {
      note(
          file,
          offset,
          String.format(
              "The lines of %s must have %d cells, as many as there are names: the one at byte %d"
                  + " has %d.",
              file, columns.length, offset, cells.count()));
      return;
    }
    for (int i = 0; i < columns.length; i++) {
      add(columns[i], i == mixed, i);
    }
  }

  private void note(String file, long offset, String sentence) {
    String place = String.format("%s %020d", file, offset);
    if (problem.isEmpty() || place.compareTo(problemPlace) < 0) {
      problem = sentence;
      problemPlace = place;
    }
  }

  private void add(ColumnFacts column, boolean isMixed, int i) {
    double number = cells.number(i);
    if (!Double.isNaN(number)) {
      column.numberCount++;
      boolean bothKnown = column.point && column.comma;
      if (!bothKnown || isMixed || Double.isInfinite(number)) {
        String text = cells.text(i);
        column.point |= text.indexOf('.') >= 0;
        column.comma |= text.indexOf(',') >= 0;
        if (isMixed) {
          column.numbers.add(text);
        }
        if (Double.isInfinite(number)) {
          column.infinite = text;
        }
      }
      return;
    }
    String text = cells.text(i);
    if (TextColumn.isMissing(text)) {
      return;
    }
    if (TextColumn.isMissingNumber(text)) {
      column.words.add(text);
    } else if (TextColumn.isInfinite(text)) {
      column.words.add(text);
      column.infinite = text;
    } else {
      column.nameCount++;
      column.names.add(text);
    }
  }

  void merge(TextFacts other) {
    for (int i = 0; i < columns.length; i++) {
      columns[i].merge(other.columns[i]);
    }
    lineCount += other.lineCount;
    if (!other.problem.isEmpty()
        && (problem.isEmpty() || other.problemPlace.compareTo(problemPlace) < 0)) {
      problem = other.problem;
      problemPlace = other.problemPlace;
    }
  }

  /**
   * What the columns have.
   *
   * @throws IllegalArgumentException if lines or cells are not as they must be
   */
  List<Table.Column> columns(List<String> names) {
    if (!problem.isEmpty()) {
      throw new IllegalArgumentException(problem);
    }
    List<Table.Column> result = new ArrayList<>();
    boolean point = false;
    boolean comma = false;
    for (int i = 0; i < columns.length; i++) {
      ColumnFacts column = columns[i];
      String name = names.get(i);
      if (column.nameCount == 0) {
        if (!column.infinite.isEmpty()) {
          throw new IllegalArgumentException(
              String.format(
                  "Attribute \"%s\" must have finite values: there is %s.%nMaybe the network"
                      + " diverged; check the epoch before. Write ? for values that are missing.",
                  name, column.infinite));
        }
        point |= column.point;
        comma |= column.comma;
        result.add(Table.Column.ofNumbers(name));
      } else {
        result.add(Table.Column.ofNames(name, names(column, name, i == mixed)));
      }
    }
    if (point && comma) {
      throw new IllegalArgumentException(
          "The numbers must all have decimal points, or all decimal commas: there are both.\n"
              + "Maybe the commas separate thousands: remove them.");
    }
    return List.copyOf(result);
  }

  private static Optional<List<String>> names(ColumnFacts column, String name, boolean isMixed) {
    if (column.numberCount > 0 && !isMixed) {
      throw new IllegalArgumentException(
          String.format(
              "Attribute \"%s\" must have numbers or names, not both: %d cells are numbers, %d are"
                  + " names such as \"%s\".%nMaybe write ? for a value that is missing; if the"
                  + " attribute is the class, use -nominal-class.",
              name, column.numberCount, column.nameCount, column.names.first()));
    }
    Names all = new Names();
    all.addAll(column.names);
    all.addAll(column.words);
    all.addAll(column.numbers);
    return all.all().map(found -> List.copyOf(new TreeSet<>(found)));
  }
}
