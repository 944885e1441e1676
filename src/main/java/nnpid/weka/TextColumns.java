package nnpid.weka;

import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import nnpid.weka.TextColumn.Cell;
import weka.core.Attribute;
import weka.core.Instances;

/** The columns of a table of text: what they are is known once all cells have been taken. */
final class TextColumns {
  private final File file;
  private final Set<Integer> knownNames;
  private final TextColumn[] columns;
  private final int[][] indices; // by column and code; empty for numbers

  /**
   * Columns without cells.
   *
   * @param mixed names or places of those in which numbers may stand among names
   * @param namesOnly indices of those that have nothing but names, as an earlier reading found
   */
  TextColumns(File file, List<String> names, List<String> mixed, Set<Integer> namesOnly) {
    this.file = file;
    this.knownNames = Set.copyOf(namesOnly);
    columns =
        IntStream.range(0, names.size())
            .mapToObj(
                i -> new TextColumn(names.get(i), isMixed(mixed, names, i), namesOnly.contains(i)))
            .toArray(TextColumn[]::new);
    indices = new int[columns.length][];
  }

  private static boolean isMixed(List<String> mixed, List<String> names, int index) {
    return mixed.contains(names.get(index))
        || mixed.contains(Integer.toString(index + 1))
        || (index == 0 && mixed.contains("first"))
        || (index == names.size() - 1 && mixed.contains("last"));
  }

  int count() {
    return columns.length;
  }

  /** Takes a cell: as {@link TextColumn#take}. */
  double take(int column, char[] text, int from, int to, long line) {
    return columns[column].take(text, from, to, line);
  }

  /**
   * The columns that have names in which there are numbers, or words for missing numbers.
   *
   * @throws IllegalArgumentException if a column has numbers and names
   */
  Set<Integer> namesOnly() {
    Set<Integer> again = new TreeSet<>(knownNames);
    for (int i = 0; i < columns.length; i++) {
      if (columns[i].type(file) == TextColumn.Type.NAMES && columns[i].mustBeReadAgain()) {
        again.add(i);
      }
    }
    return again;
  }

  /**
   * The columns as attributes.
   *
   * @param capacity for so many instances
   * @throws IllegalArgumentException if numbers are not finite, or have decimal points and commas
   */
  Instances header(int capacity) {
    ArrayList<Attribute> attributes = new ArrayList<>();
    Optional<Cell> point = Optional.empty();
    Optional<Cell> comma = Optional.empty();
    for (int i = 0; i < columns.length; i++) {
      TextColumn column = columns[i];
      boolean numbers = column.type(file) == TextColumn.Type.NUMBERS;
      indices[i] = numbers ? new int[0] : column.indices();
      if (numbers) {
        column.requireFinite(file);
        point = point.or(column::firstPoint);
        comma = comma.or(column::firstComma);
      }
      attributes.add(
          numbers ? new Attribute(column.name()) : new Attribute(column.name(), column.values()));
    }
    if (point.isPresent() && comma.isPresent()) {
      throw new IllegalArgumentException(
          String.format(
              "The numbers of %s must all have decimal points, or all decimal commas: line %d"
                  + " has %s, line %d %s.%nMaybe the commas separate thousands: remove them.",
              file,
              point.get().line(),
              point.get().text(),
              comma.get().line(),
              comma.get().text()));
    }
    String relation =
        file.getName().replaceFirst("(?i)\\.gz$", "").replaceFirst("(?<=.)\\.[^.]*$", "");
    return new Instances(relation, attributes, capacity);
  }

  /** The index of the nominal value that a code of {@link #take} stands for. */
  int index(int column, int code) {
    return indices[column][code];
  }

  /**
   * The value of a cell once there is a {@link #header}: a number or the index of a nominal value,
   * NaN if it is missing.
   *
   * @return negative if it is a name that was not there
   */
  double value(int column, char[] text, int from, int to) {
    if (indices[column].length == 0) {
      return TextColumn.number(text, from, to);
    }
    double code = columns[column].known(text, from, to);
    return code < 0 || Double.isNaN(code) ? code : indices[column][(int) code];
  }
}
