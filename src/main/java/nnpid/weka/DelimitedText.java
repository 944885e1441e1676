package nnpid.weka;

import static java.util.Objects.requireNonNull;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import nnpid.weka.TextColumn.Cell;
import org.jspecify.annotations.Nullable;
import weka.core.Attribute;
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
  private static final List<Character> SEPARATORS = List.of(',', ';', '\t');

  /** Characters to look at for the separator; more if they are not two lines. */
  private static final int SAMPLE = 1 << 16;

  private static final int LARGEST_SAMPLE = 1 << 25;

  /** What pandas calls the index of a table when it reads it back. */
  private static final Pattern UNNAMED = Pattern.compile("Unnamed: \\d+");

  private final File file;
  private final Dialect dialect;
  private final List<String> mixed;

  /** How the cells of a file are told apart. */
  private record Dialect(char separator, char quote) {
    <T> CsvReader<T> read(AbstractBaseCsvCallbackHandler<T> handler, Reader text) {
      return CsvReader.builder()
          .fieldSeparator(separator)
          .quoteCharacter(quote)
          .allowMissingFields(true) // refused below, with a line and a hint
          .allowExtraFields(true)
          .trimWhitespacesAroundQuotes(true)
          .build(handler, text);
    }

    String separatorName() {
      return nameOf(separator);
    }
  }

  private DelimitedText(File file, Dialect dialect, List<String> mixed) {
    this.file = file;
    this.dialect = dialect;
    this.mixed = mixed;
  }

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
      Optional<Character> given = separator(separator);
      Dialect dialect = TextFile.read(file, text -> dialect(sample(text), given, file));
      return new DelimitedText(file, dialect, mixed).read();
    } catch (IllegalArgumentException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  /**
   * How the first lines of a table tell its cells apart: the separator, and the quotes.
   *
   * @throws IOException if the file cannot be read, or its lines do not tell it
   */
  public static String marks(File file, String separator) throws IOException {
    try {
      Optional<Character> given = separator(separator);
      Dialect dialect = TextFile.read(file, text -> dialect(sample(text), given, file));
      return "" + dialect.separator + dialect.quote;
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
    separator(name);
  }

  private static Optional<Character> separator(String name) {
    return switch (name) {
      case "auto" -> Optional.empty();
      case "comma" -> Optional.of(',');
      case "semicolon" -> Optional.of(';');
      case "tab", "\\t" -> Optional.of('\t');
      default -> {
        if (name.length() != 1 || name.matches("[\\w.\"'+\r\n-]")) {
          throw new IllegalArgumentException(
              String.format(
                  "The separator (-separator %s) must be auto, comma, semicolon, tab, or one"
                      + " character that is in no number.",
                  name));
        }
        yield Optional.of(name.charAt(0));
      }
    };
  }

  private static String nameOf(char separator) {
    return switch (separator) {
      case ',' -> "commas";
      case ';' -> "semicolons";
      case '\t' -> "tabs";
      default -> "\"" + separator + "\"";
    };
  }

  /** The first lines, whole ones and at least two if there are. */
  private static String sample(BufferedReader text) throws IOException {
    StringBuilder sample = new StringBuilder();
    char[] buffer = new char[SAMPLE];
    int end = -1;
    int length = text.read(buffer);
    while (length >= 0) {
      sample.append(buffer, 0, length);
      end = Math.max(sample.lastIndexOf("\n"), sample.lastIndexOf("\r"));
      boolean twoLines = end > Math.max(sample.indexOf("\n"), sample.indexOf("\r"));
      if (sample.length() >= LARGEST_SAMPLE || (sample.length() >= SAMPLE && twoLines)) {
        sample.setLength(end + 1);
        break;
      }
      length = text.read(buffer);
    }
    return sample.toString();
  }

  private static Dialect dialect(String sample, Optional<Character> given, File file) {
    List<Character> separators = given.map(List::of).orElse(SEPARATORS);
    char quote = quote(sample, separators);
    Dialect best = new Dialect(separators.get(0), quote);
    if (given.isPresent()) {
      return best;
    }
    List<Dialect> fitting = new ArrayList<>();
    int most = 1;
    for (char separator : separators) {
      Dialect candidate = new Dialect(separator, quote);
      Shape shape = Shape.of(sample, candidate);
      if (shape.names() > most) {
        most = shape.names();
        best = candidate;
      }
      if (shape.names() > 1 && shape.rowsHave(shape.names())) {
        fitting.add(candidate);
      }
    }
    if (fitting.size() > 1) {
      throw new IllegalArgumentException(
          String.format(
              "The names (line 1 of %s) must be separated in one way: %s and %s both give as many"
                  + " cells in every line.%nMaybe name the separator with -separator.",
              file, fitting.get(0).separatorName(), fitting.get(1).separatorName()));
    }
    Dialect chosen = fitting.isEmpty() ? best : fitting.get(0);
    requireNoOther(sample, chosen, file);
    return chosen;
  }

  /**
   * Checks that rows are not separated in another way than the names: decimal commas can make as
   * many cells of a row as there are names.
   */
  private static void requireNoOther(String sample, Dialect chosen, File file) {
    Shape shape = Shape.of(sample, chosen);
    for (char separator : SEPARATORS) {
      Dialect other = new Dialect(separator, chosen.quote);
      Shape otherShape = Shape.of(sample, other);
      if (shape.names() > 1
          && otherShape.names() == 1
          && otherShape.cellCounts.size() > 1
          && otherShape.rowsHave(shape.names())
          && otherShape.numberCount > shape.numberCount) {
        throw new IllegalArgumentException(
            String.format(
                "The rows of %s must be separated as the names: the names are by %s, the rows by"
                    + " %s.",
                file, chosen.separatorName(), other.separatorName()));
      }
    }
  }

  /** What a dialect makes of a text: cells per line, and how many cells are numbers. */
  private static final class Shape extends AbstractBaseCsvCallbackHandler<Boolean> {
    private final List<Integer> cellCounts = new ArrayList<>();
    private int numberCount;

    static Shape of(String sample, Dialect dialect) {
      Shape shape = new Shape();
      try (CsvReader<Boolean> reader = dialect.read(shape, new StringReader(sample))) {
        reader.forEach(line -> {});
      } catch (CsvParseException e) {
        shape.cellCounts.clear(); // its quotes are not around whole cells
      } catch (IOException e) {
        throw new UncheckedIOException(e); // a string has none
      }
      return shape;
    }

    int names() {
      return cellCounts.isEmpty() ? 0 : cellCounts.get(0);
    }

    boolean rowsHave(int cells) {
      return cellCounts.stream().skip(1).allMatch(count -> count == cells);
    }

    @Override
    protected void handleField(int index, char[] text, int offset, int length, boolean quoted) {
      if (!Double.isNaN(TextColumn.number(text, offset, offset + length))) {
        numberCount++;
      }
    }

    @Override
    protected Boolean buildRecord() {
      if (getFieldCount() > 0) {
        cellCounts.add(getFieldCount());
      }
      return true;
    }
  }

  /** The quotes that are first seen around a cell. */
  private static char quote(String sample, List<Character> separators) {
    String separator =
        separators.stream()
            .map(c -> Pattern.quote(c.toString()))
            .collect(Collectors.joining("|", "(?:", ")"));
    Matcher quoted =
        Pattern.compile(
                "(?:^|" + separator + ") *(?:\"|(')[^'\r\n]*' *(?:$|" + separator + "))",
                Pattern.MULTILINE)
            .matcher(sample);
    return quoted.find() && quoted.group(1) != null ? '\'' : '"';
  }

  private Instances read() throws IOException {
    Set<Integer> namesOnly = new TreeSet<>();
    while (true) {
      Table table = TextFile.read(file, text -> table(text, namesOnly));
      Set<Integer> again = table.namesOnly();
      if (namesOnly.containsAll(again)) {
        return table.toInstances();
      }
      namesOnly.addAll(again);
    }
  }

  private Table table(BufferedReader text, Set<Integer> namesOnly) throws IOException {
    Table table = new Table(namesOnly);
    try (CsvReader<Boolean> reader = dialect.read(table, text)) {
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
              dialect.quote, table.line, file),
          e);
    }
    if (table.columns == null) {
      throw new IllegalArgumentException(
          String.format("The file (%s) must have a line of names: it is empty.", file));
    }
    return table;
  }

  /** What has been read. */
  private final class Table extends AbstractBaseCsvCallbackHandler<Boolean> {
    private final Set<Integer> namesOnly;
    private final List<double[]> rows = new ArrayList<>();
    private final List<String> names = new ArrayList<>();
    private TextColumn @Nullable [] columns;
    private double[] row = new double[0];
    private long line;
    private boolean blank;

    Table(Set<Integer> namesOnly) {
      this.namesOnly = namesOnly;
    }

    @Override
    protected void handleBegin(long startingLineNumber) {
      line = startingLineNumber;
      row = new double[names.size()];
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
      if (!quoted && from > offset && from < to && text[from] == dialect.quote) {
        throw new IllegalArgumentException(
            String.format(
                "The quotes (%s) of line %d of %s must follow the separator: there is an odd blank"
                    + " between them.",
                dialect.quote, line, file));
      }
      if (quoted) {
        requireOneLine(text, offset, offset + length);
      }
      if (columns == null) {
        names.add(AttributeNames.clean(new String(text, from, to - from)));
      } else if (index < row.length) {
        row[index] = columns[index].take(text, from, to, line);
      }
    }

    private void requireOneLine(char[] text, int from, int to) {
      for (int i = from; i < to; i++) {
        if (text[i] == '\n' || text[i] == '\r') {
          throw new IllegalArgumentException(
              String.format(
                  "The quotes (%s) of line %d of %s must be closed in their line: \"%s\" goes on"
                      + " in the next.",
                  dialect.quote, line, file, new String(text, from, i - from)));
        }
      }
    }

    @Override
    protected Boolean buildRecord() {
      if (getFieldCount() == 0 || (getFieldCount() == 1 && blank && row.length != 1)) {
        names.subList(0, columns == null ? names.size() : 0).clear();
      } else if (columns == null) {
        requireNames(names);
        columns =
            IntStream.range(0, names.size())
                .mapToObj(i -> new TextColumn(names.get(i), isMixed(i), namesOnly.contains(i)))
                .toArray(TextColumn[]::new);
      } else if (getFieldCount() == row.length) {
        rows.add(row);
      } else {
        throw new IllegalArgumentException(
            String.format(
                "Line %d of %s must have %d cells, as many as there are names: it has %d.%s",
                line, file, row.length, getFieldCount(), hint()));
      }
      return true;
    }

    private boolean isMixed(int index) {
      String name = names.get(index);
      return mixed.contains(name)
          || mixed.contains(Integer.toString(index + 1))
          || (index == 0 && mixed.contains("first"))
          || (index == names.size() - 1 && mixed.contains("last"));
    }

    /** What may be the matter with a line that has another number of cells than the first. */
    private String hint() {
      int more = getFieldCount() - row.length;
      if (more == 1 && (row[0] == rows.size() || row[0] == rows.size() + 1)) {
        return String.format(
            "%nMaybe the first cell is the index that pandas or R writes without a name: save"
                + " with index=False (pandas) or row.names=FALSE (R).");
      }
      if (more == 1 && blank) {
        return String.format("%nMaybe remove the separator at the end of the line.");
      }
      if (more > 0 && dialect.separator == ',') {
        return String.format(
            "%nMaybe numbers have decimal commas: separate the cells by semicolons or tabs then.");
      }
      return getFieldCount() == 1
          ? String.format(
              "%nMaybe this line is separated in another way than the names, by %s.",
              dialect.separatorName())
          : "";
    }

    Set<Integer> namesOnly() {
      Set<Integer> again = new TreeSet<>(namesOnly);
      for (int i = 0; i < columns().length; i++) {
        TextColumn column = columns()[i];
        if (column.type(file) == TextColumn.Type.NAMES && column.mustBeReadAgain()) {
          again.add(i);
        }
      }
      return again;
    }

    private TextColumn[] columns() {
      return requireNonNull(columns, "columns");
    }

    Instances toInstances() {
      ArrayList<Attribute> attributes = new ArrayList<>();
      Optional<Cell> point = Optional.empty();
      Optional<Cell> comma = Optional.empty();
      for (int i = 0; i < columns().length; i++) {
        TextColumn column = columns()[i];
        if (column.type(file) == TextColumn.Type.NUMBERS) {
          column.requireFinite(file);
          point = point.or(column::firstPoint);
          comma = comma.or(column::firstComma);
          attributes.add(new Attribute(column.name()));
        } else {
          attributes.add(new Attribute(column.name(), column.values()));
          int[] indices = column.indices();
          for (double[] values : rows) {
            values[i] = Utils.isMissingValue(values[i]) ? values[i] : indices[(int) values[i]];
          }
        }
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
      Instances data = new Instances(relation, attributes, rows.size());
      for (double[] values : rows) {
        data.add(new DenseInstance(1, values));
      }
      return data;
    }
  }

  private void requireNames(List<String> names) {
    String first = names.get(0);
    // numpy.savetxt makes a comment of its header.
    if (first.startsWith("#")
        && (first.startsWith("# ") || names.stream().skip(1).noneMatch(n -> n.startsWith("#")))) {
      names.set(0, AttributeNames.clean(first.substring(1)));
    }
    if (names.stream().anyMatch(name -> name.chars().anyMatch(Character::isISOControl))) {
      throw new IllegalArgumentException(
          String.format(
              "The file (%s) must be text: its first line has control characters.%n"
                  + "Maybe it is UTF-16 without a byte order mark, or no CSV at all; save it as"
                  + " CSV in UTF-8.",
              file));
    }
    requireNoData(names);
    if (names.size() == 1) {
      throw new IllegalArgumentException(
          String.format(
              "The first line of %s must have several names, separated by commas, semicolons or"
                  + " tabs: it is \"%s\".%nMaybe name the separator with -separator.",
              file, names.get(0)));
    }
    requireEveryName(names);
    Map<String, Integer> columns = new HashMap<>();
    for (int i = 0; i < names.size(); i++) {
      Integer earlier = columns.put(names.get(i), i);
      if (earlier != null) {
        throw new IllegalArgumentException(
            String.format(
                "The names (line 1 of %s) must differ: columns %d and %d are both \"%s\".",
                file, earlier + 1, i + 1, names.get(i)));
      }
    }
  }

  /** Names such as 0, 1, 2 and label are pandas' own; numbers in another order are data. */
  private void requireNoData(List<String> names) {
    double[] numbers =
        names.stream()
            .mapToDouble(name -> TextColumn.number(name.toCharArray(), 0, name.length()))
            .filter(number -> !Double.isNaN(number))
            .toArray();
    boolean counting =
        IntStream.range(0, numbers.length)
            .allMatch(
                i ->
                    numbers[i] == Math.rint(numbers[i]) && (i == 0 || numbers[i - 1] < numbers[i]));
    if (numbers.length > 0 && (numbers.length == names.size() || !counting)) {
      throw new IllegalArgumentException(
          String.format(
              "The first line of %s must have the names: it has numbers such as \"%s\".%n"
                  + "Maybe the file has no header: add a line such as L1_1,L1_2,label.",
              file,
              names.stream()
                  .filter(
                      name ->
                          !Double.isNaN(TextColumn.number(name.toCharArray(), 0, name.length())))
                  .findFirst()
                  .orElseThrow()));
    }
  }

  private void requireEveryName(List<String> names) {
    String first = names.get(0);
    if (first.isEmpty() || UNNAMED.matcher(first).matches()) {
      throw new IllegalArgumentException(
          String.format(
              "The first column of %s must have a name: it has %s.%n"
                  + "Maybe it is the index that pandas or R writes: save with index=False (pandas)"
                  + " or row.names=FALSE (R).",
              file, first.isEmpty() ? "none" : "only pandas' \"" + first + "\""));
    }
    int unnamed = names.indexOf("");
    if (unnamed >= 0) {
      throw new IllegalArgumentException(
          String.format(
              "The names (line 1 of %s) must not be empty: that of column %d is.%s",
              file,
              unnamed + 1,
              unnamed == names.size() - 1
                  ? String.format("%nMaybe remove the separators at the ends of the lines.")
                  : ""));
    }
  }
}
