package nnpid.command;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import nnpid.weka.SchemeOptions.Property;

/**
 * What the options of the command line are called in a window. Messages name an option by its flag;
 * whoever looks at a window knows the labels of its fields.
 */
public final class OptionNames {
  /** A flag stands behind a blank or a parenthesis; maybe it is said that it is an option. */
  private static final Pattern FLAG =
      Pattern.compile("(?<option>[Oo]ption )?(?<![^\\s(])-(?<flag>[a-zA-Z][a-z-]*)(?![\\w-])");

  private final List<CommandOptions> known;
  private final Set<String> withFields;
  private final String others;

  /**
   * The names in a window, for messages about an analysis.
   *
   * @param withFields the flags of the options that have fields, called as everywhere
   * @param others label of the field in which all other options are typed
   */
  public OptionNames(Set<String> withFields, String others) {
    this(
        List.of(CommandOptions.OF_A_TASK, CommandOptions.OF_CHECKPOINTS),
        Set.copyOf(withFields),
        others);
  }

  private OptionNames(List<CommandOptions> known, Set<String> withFields, String others) {
    this.known = known;
    this.withFields = withFields;
    this.others = others;
  }

  /** The same for messages about a training, whose layers are others. */
  public OptionNames ofTraining() {
    return new OptionNames(
        List.of(new CommandOptions(TrainingOptions.class, AnalysisOptions.class)),
        withFields,
        others);
  }

  /** Whether a text is the flag of an option that has a value. */
  public boolean hasValue(String text) {
    return text.startsWith("-")
        && CommandOptions.OF_A_TASK
            .known(text.substring(1))
            .filter(property -> !property.isFlag())
            .isPresent();
  }

  /** A message as it is to be read in the window. */
  public String in(String message) {
    StringBuilder text = new StringBuilder();
    Matcher matcher = FLAG.matcher(message);
    boolean toldWhere = false;
    while (matcher.find()) {
      String flag = matcher.group("flag");
      Optional<Property> property =
          known.stream().map(options -> options.known(flag)).flatMap(Optional::stream).findFirst();
      if (property.isEmpty()) {
        continue;
      }
      boolean option = matcher.group("option") != null;
      boolean inParentheses = !option && message.startsWith("(", matcher.start() - 1);
      String name;
      if (withFields.contains(flag)) {
        boolean valueFollows = inParentheses && message.startsWith(" ", matcher.end());
        name =
            (option ? "field " : "")
                + '"'
                + property.get().label()
                + '"'
                + (valueFollows ? ":" : "");
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
