package nnpid.weka;

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
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How the cells of a table of text are told apart.
 *
 * @param separator what is between them
 * @param quote what may be around them
 */
record TextDialect(char separator, char quote) {
  private static final List<Character> SEPARATORS = List.of(',', ';', '\t');

  /** Characters to look at for the separator; more if they are not two lines. */
  private static final int SAMPLE = 1 << 16;

  private static final int LARGEST_SAMPLE = 1 << 25;

  /**
   * The dialect of a file.
   *
   * @param separator its name; {@code auto} for what the header tells
   * @throws IllegalArgumentException if the header does not tell, or rows are separated otherwise
   */
  static TextDialect of(File file, String separator) throws IOException {
    Optional<Character> given = separator(separator);
    return TextFile.read(file, text -> dialect(sample(text), given, file));
  }

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

  /**
   * The separator of a name; empty for {@code auto}.
   *
   * @throws IllegalArgumentException if it is none
   */
  static Optional<Character> separator(String name) {
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

  private static TextDialect dialect(String sample, Optional<Character> given, File file) {
    List<Character> separators = given.map(List::of).orElse(SEPARATORS);
    char quote = quote(sample, separators);
    TextDialect best = new TextDialect(separators.get(0), quote);
    if (given.isPresent()) {
      return best;
    }
    List<TextDialect> fitting = new ArrayList<>();
    int most = 1;
    for (char separator : separators) {
      TextDialect candidate = new TextDialect(separator, quote);
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
    TextDialect chosen = fitting.isEmpty() ? best : fitting.get(0);
    requireNoOther(sample, chosen, file);
    return chosen;
  }

  /**
   * Checks that rows are not separated in another way than the names: decimal commas can make as
   * many cells of a row as there are names.
   */
  private static void requireNoOther(String sample, TextDialect chosen, File file) {
    Shape shape = Shape.of(sample, chosen);
    for (char separator : SEPARATORS) {
      TextDialect other = new TextDialect(separator, chosen.quote);
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

    static Shape of(String sample, TextDialect dialect) {
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
}
