package nnpid.weka;

import java.io.File;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** What the first line of a table of text must be: the names of its columns, and no data. */
final class TextNames {
  /** What pandas calls the index of a table when it reads it back. */
  private static final Pattern UNNAMED = Pattern.compile("Unnamed: \\d+");

  private TextNames() {}

  /**
   * Checks names, and takes away the sign of a comment before the first.
   *
   * @param names without blanks around them; is changed
   * @throws IllegalArgumentException if they are none
   */
  static void require(File file, List<String> names) {
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
    requireNoData(file, names);
    if (names.size() == 1) {
      throw new IllegalArgumentException(
          String.format(
              "The first line of %s must have several names, separated by commas, semicolons or"
                  + " tabs: it is \"%s\".%nMaybe name the separator with -separator.",
              file, names.get(0)));
    }
    requireEveryName(file, names);
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
  private static void requireNoData(File file, List<String> names) {
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

  private static void requireEveryName(File file, List<String> names) {
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
