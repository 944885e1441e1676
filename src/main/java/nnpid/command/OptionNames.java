package nnpid.command;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import weka.core.Option;

/**
 * What the options of the command line are called in a window. Messages name an option by its flag;
 * whoever looks at a window knows the labels of its fields.
 */
public final class OptionNames {
  private static final Set<String> FLAGS =
      Stream.concat(
              Collections.list(new ComplexityAnalysis().listOptions()).stream(),
              Collections.list(TrainingAnalysis.listOptions()).stream())
          .map(Option::name)
          .collect(Collectors.toUnmodifiableSet());

  /** A flag stands behind a blank or a parenthesis; maybe it is said that it is an option. */
  private static final Pattern FLAG =
      Pattern.compile("(?<option>[Oo]ption )?(?<![^\\s(])-(?<flag>[a-zA-Z][a-z-]*)(?![\\w-])");

  private final Map<String, String> labels;
  private final String others;

  /**
   * The names in a window.
   *
   * @param labels of the fields, by the flags they stand for, without hyphen
   * @param others label of the field in which all other flags are typed
   */
  public OptionNames(Map<String, String> labels, String others) {
    this.labels = Map.copyOf(labels);
    this.others = others;
  }

  /** A message as it is to be read in the window. */
  public String in(String message) {
    StringBuilder text = new StringBuilder();
    Matcher matcher = FLAG.matcher(message);
    boolean toldWhere = false;
    while (matcher.find()) {
      String flag = matcher.group("flag");
      if (!FLAGS.contains(flag)) {
        continue;
      }
      boolean option = matcher.group("option") != null;
      boolean inParentheses = !option && message.startsWith("(", matcher.start() - 1);
      String label = labels.get(flag);
      String name;
      if (label != null) {
        boolean valueFollows = inParentheses && message.startsWith(" ", matcher.end());
        name = (option ? "field " : "") + '"' + label + '"' + (valueFollows ? ":" : "");
      } else {
        // Once is enough, and not before a value.
        name = (option ? "option -" : "-") + flag;
        if (!toldWhere && !inParentheses) {
          name += " (in \"" + others + "\")";
          toldWhere = true;
        }
      }
      matcher.appendReplacement(text, Matcher.quoteReplacement(name));
    }
    return matcher.appendTail(text).toString();
  }
}
