package nnpid.command;

import static java.util.Objects.requireNonNull;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import nnpid.analysis.Method;
import nnpid.weka.AttributeNames;
import nnpid.weka.SchemeOptions;
import nnpid.weka.SchemeOptions.Property;

/**
 * The options of a command line as a whole, before any of them is read: that all are known, given
 * once, with their values, and have an effect. What is silently ignored misleads.
 */
public final class CommandOptions {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_.,:/@+=-]+");

  /** What has a meaning for a shell between double quotes, too. */
  private static final Pattern NOT_BETWEEN_DOUBLE_QUOTES =
      Pattern.compile("[$`!\\n\\r]|\\\\{2}(?!\\\\*(\"|$))");

  /** Those of the command line: all there are. */
  static final CommandOptions ALL =
      new CommandOptions(
          FileOptions.class, AnalysisOptions.class, TrainingOptions.class, CheckpointOptions.class);

  /** Those of a task, wherever it is asked for. */
  static final CommandOptions OF_A_TASK =
      new CommandOptions(AnalysisOptions.class, TrainingOptions.class);

  /** Those of a task on several files. */
  static final CommandOptions OF_CHECKPOINTS =
      new CommandOptions(AnalysisOptions.class, CheckpointOptions.class);

  private static final String METHOD = "method";

  private static final String INPUT = "t";

  /** Categories that are not about methods. */
  private static final Set<String> CATEGORIES =
      Set.of(
          TrainingOptions.TRAIN,
          TrainingOptions.TRAJECTORY,
          CheckpointOptions.FILES,
          AnalysisOptions.RANK);

  /** By their flags; of several that share one the first. */
  private final Map<String, Property> known = new LinkedHashMap<>();

  /** The options that are properties of some classes. */
  CommandOptions(Class<?>... types) {
    Stream.of(types)
        .flatMap(type -> SchemeOptions.of(type).stream())
        .forEach(property -> known.putIfAbsent(property.flag(), property));
  }

  /** The methods that an option is for; none if it is for all, or not about a method. */
  public static List<String> methods(Property property) {
    return property.category().isEmpty() || CATEGORIES.contains(property.category())
        ? List.of()
        : List.of(property.category().split("\\|"));
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
      if (!known.get(name).isFlag()) {
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

  /** The option of that flag. */
  Optional<Property> known(String flag) {
    return Optional.ofNullable(known.get(flag));
  }

  private boolean isKnown(String text) {
    return text.startsWith("-") && known.containsKey(text.substring(1));
  }

  private IllegalArgumentException unknown(String text, String before) {
    if (ALL.isKnown(text)) {
      return new IllegalArgumentException(
          "The option " + text + " must be used on the command line only.");
    }
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

  /**
   * What to type to run the command line with some options on a file: for the shells of Linux and
   * macOS, and for that of Windows as long as double quotes can do it.
   */
  public static String shellCommand(List<String> options) {
    return shellCommand("FILE", options);
  }

  /** The same on files that are known. */
  public static String shellCommand(String files, List<String> options) {
    return Stream.concat(
            Stream.of("java -cp weka.jar weka.Run RepresentationalComplexity -t " + quoted(files)),
            options.stream().map(CommandOptions::quoted))
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

  private void requireEffect(Map<String, String> given) {
    String method = given.getOrDefault(METHOD, Method.AUTO.toString());
    for (String name : given.keySet()) {
      Property property = requireNonNull(known.get(name), name);
      List<String> methods = methods(property);
      if (!methods.isEmpty() && !methods.contains(method)) {
        throw new IllegalArgumentException(
            String.format(
                "The option -%s must go with -method %s: it has no effect with %s.%nMaybe leave it"
                    + " out.",
                name, String.join(" or ", methods), method));
      }
      requirePartner(name, property.category(), given);
    }
  }

  private void requirePartner(String name, String category, Map<String, String> given) {
    boolean trains = given.containsKey(TrainingOptions.TRAIN);
    // Where options have no input, there are no files: in windows, or because they are known.
    boolean files =
        known.containsKey(INPUT)
            ? InputFiles.areSeveral(given.getOrDefault(INPUT, ""))
            : !known.containsKey(TrainingOptions.TRAIN);
    boolean ok =
        switch (category) {
          case TrainingOptions.TRAIN -> trains;
          case CheckpointOptions.FILES -> files;
          case TrainingOptions.TRAJECTORY ->
              trains || files || given.containsKey(FileOptions.MERGE);
          case AnalysisOptions.RANK -> given.containsKey(AnalysisOptions.RANK);
          default -> true;
        };
    if (!ok) {
      String several = "several files (-t \"run*/epoch_*.npz\")";
      throw new IllegalArgumentException(
          String.format(
              "The option -%s must go with %s: it has no effect without.",
              name,
              switch (category) {
                case TrainingOptions.TRAIN -> "-train";
                case CheckpointOptions.FILES -> several;
                case AnalysisOptions.RANK -> "-rank";
                default -> "-train or " + several;
              }));
    }
  }
}
