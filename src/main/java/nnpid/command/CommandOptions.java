package nnpid.command;

import static java.util.Map.entry;

import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import nnpid.analysis.Method;
import nnpid.weka.AttributeNames;

/**
 * The options of a command line as a whole, before any of them is read: that all are known, given
 * once, with their values, and have an effect. What is silently ignored misleads.
 */
public final class CommandOptions {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_.,:/@+=-]+");

  /** What has a meaning for a shell between double quotes, too. */
  private static final Pattern NOT_BETWEEN_DOUBLE_QUOTES =
      Pattern.compile("[$`!\\n\\r]|\\\\{2}(?!\\\\*(\"|$))");

  private static final String AUTO = "auto";
  private static final String COVERAGE = Method.COVERAGE.toString();
  private static final String LATTICE = Method.LATTICE.toString();
  private static final String BACKBONE = Method.BACKBONE.toString();
  private static final String SUBSAMPLING = Method.SUBSAMPLING.toString();
  private static final String COARSE_GRAINING = Method.COARSE_GRAINING.toString();

  /**
   * The methods that an option is for, if not for all. What an estimate needs may be said of exact
   * methods, too: they are better than any precision.
   */
  private static final Map<String, List<String>> METHODS =
      Map.ofEntries(
          entry("precision", List.of(AUTO, COVERAGE, LATTICE, BACKBONE)),
          entry("replicates", List.of(AUTO, COVERAGE, LATTICE, BACKBONE)),
          entry("nodes", List.of(AUTO, COVERAGE, LATTICE, BACKBONE)),
          entry("time-limit", List.of(AUTO, COVERAGE, COARSE_GRAINING)),
          entry("subset-size", List.of(SUBSAMPLING)),
          entry("draws", List.of(SUBSAMPLING)),
          entry("grouping", List.of(COARSE_GRAINING)),
          entry("objective", List.of(COARSE_GRAINING)),
          entry("groups-count", List.of(COARSE_GRAINING)),
          entry("min-group-size", List.of(COARSE_GRAINING)),
          entry("max-group-size", List.of(COARSE_GRAINING)),
          entry("steps", List.of(COARSE_GRAINING)));

  private static final List<String> TRAINING = List.of("T", "repeats", "resume", "charts");

  /** Whether an option has a value, by its name. */
  private final Map<String, Boolean> known = new LinkedHashMap<>();

  /**
   * The options that a help lists, on lines of their own: {@code -atoms}, or {@code -top <N>} if it
   * has a value.
   */
  CommandOptions(String help) {
    help.lines()
        .filter(line -> line.startsWith("-"))
        .map(line -> line.substring(1).split(" ", 2))
        .forEach(words -> known.put(words[0], words.length > 1));
  }

  /**
   * Checks the options.
   *
   * @throws IllegalArgumentException if one is not known, given twice, without its value, or would
   *     have no effect; the message names it
   */
  void check(String[] options) {
    Map<String, String> given = new LinkedHashMap<>();
    String before = "";
    for (int i = 0; i < options.length; i++) {
      String text = options[i];
      if (text.isEmpty()) {
        continue; // Weka leaves it where it has read one
      }
      String name = text.substring(1);
      if (text.charAt(0) != '-' || !known.containsKey(name)) {
        throw unknown(text, before);
      }
      String value = "";
      if (known.get(name)) {
        i++;
        boolean last = i == options.length;
        if (last || options[i].isEmpty() || isKnown(options[i])) {
          throw new IllegalArgumentException(
              "The option "
                  + text
                  + " must have a value"
                  + (last || options[i].isEmpty() ? "." : ": " + options[i] + " follows."));
        }
        value = options[i];
      }
      if (given.put(name, value) != null) {
        throw new IllegalArgumentException(
            "The option " + text + " must be given once: it is given several times.");
      }
      before = text + (value.isEmpty() ? "" : " " + value);
    }
    requireEffect(given);
  }

  /**
   * Checks that nothing is left of options that have been read where no help lists them.
   *
   * @throws IllegalArgumentException if something is; the message names it
   */
  public static void requireAllRead(String[] options) {
    for (String text : options) {
      if (!text.isEmpty()) {
        throw new IllegalArgumentException("The option \"" + text + "\" is not known here.");
      }
    }
  }

  private boolean isKnown(String text) {
    return text.startsWith("-") && known.containsKey(text.substring(1));
  }

  private IllegalArgumentException unknown(String text, String before) {
    Optional<String> near = text.startsWith("-") ? nearest(text) : Optional.empty();
    String fact =
        text.startsWith("-") || before.isEmpty()
            ? ""
            : ": it comes after " + before + ", which is complete";
    return new IllegalArgumentException(
        String.format(
            "The option \"%s\" is not known%s.%nMaybe %s.",
            text,
            fact,
            near.map(name -> "you mean -" + name + "; see all options with -h")
                .orElse(
                    fact.isEmpty()
                        ? "see all options with -h"
                        : "put a value that has blanks into quotes; see all options with -h")));
  }

  /** The known option that is most like a text, if one is. */
  private Optional<String> nearest(String text) {
    String wanted = text.replaceFirst("^-+", "");
    return known.keySet().stream()
        .filter(name -> AttributeNames.distance(wanted, name) <= wanted.length() / 3)
        .min(Comparator.comparingInt(name -> AttributeNames.distance(wanted, name)));
  }

  private static boolean isFor(String name, String method) {
    List<String> methods = METHODS.get(name);
    return methods == null || methods.contains(method);
  }

  /**
   * What to type to run the command line with some options on a file: for the shells of Linux and
   * macOS, and for that of Windows as long as double quotes can do it.
   *
   * @param options that {@link ComplexityAnalysis#setOptions} takes; those that have no effect with
   *     the method are left out
   */
  public static String shellCommand(List<String> options) {
    String[] used = options.toArray(String[]::new);
    String method = ComplexityAnalysis.textOption("method", used.clone(), AUTO);
    for (String name : METHODS.keySet()) {
      if (!isFor(name, method)) {
        ComplexityAnalysis.textOption(name, used, "");
      }
    }
    return Stream.concat(
            Stream.of("java -cp weka.jar weka.Run RepresentationalComplexity -t FILE"),
            Arrays.stream(used).filter(text -> !text.isEmpty()).map(CommandOptions::quoted))
        .collect(Collectors.joining(" "));
  }

  /** Weka's own quotes are for Weka only: a shell takes parentheses between no quotes amiss. */
  static String quoted(String text) {
    if (PLAIN.matcher(text).matches()) {
      return text;
    }
    if (NOT_BETWEEN_DOUBLE_QUOTES.matcher(text).find()) {
      return "'" + text.replace("'", "'\\''") + "'";
    }
    // Backslashes are themselves, but before a quote.
    String escaped = text.replaceAll("(\\\\*)\"", "$1$1\\\\\"").replaceAll("(\\\\+)$", "$1$1");
    return '"' + escaped + '"';
  }

  private static void requireEffect(Map<String, String> given) {
    String method = given.getOrDefault("method", AUTO);
    for (String name : given.keySet()) {
      if (!isFor(name, method)) {
        throw new IllegalArgumentException(
            String.format(
                "The option -%s must go with -method %s: it has no effect with %s.%nMaybe leave it"
                    + " out.",
                name, String.join(" or ", METHODS.get(name)), method));
      }
    }
    for (String name : TRAINING) {
      if (given.containsKey(name) && !given.containsKey("train")) {
        throw new IllegalArgumentException(
            "The option -" + name + " must go with -train: it has no effect without.");
      }
    }
  }
}
