package nnpid.weka;

import java.util.Optional;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A regular expression that a user has written, for the names of attributes. It may be one that
 * tries more ways than anybody can wait for, or that needs more stack than there is: both end with
 * a sentence. Not thread-safe.
 */
public final class UserRegex {
  /**
   * Characters that all matches of an expression may look at together: 0.2 seconds. Common
   * expressions look at every character of a name a few times.
   */
  private static final long STEPS = 2_000_000;

  private static final long STEPS_PER_CHARACTER = 200;

  /** Of a name, in messages. */
  private static final int SHOWN_CHARACTERS = 40;

  private final String option;
  private final Pattern pattern;
  private long stepsLeft = STEPS;

  private UserRegex(String option, Pattern pattern) {
    this.option = option;
    this.pattern = pattern;
  }

  /**
   * Compiles an expression.
   *
   * @param option which has it, without the hyphen: {@code layers}
   * @throws IllegalArgumentException if it is none
   */
  public static UserRegex compile(String option, String regex) {
    try {
      return new UserRegex(option, Pattern.compile(regex));
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          String.format(
              "The option -%s (%s) must be a regular expression: %s",
              option, regex, e.getDescription()),
          e);
    }
  }

  /** How many capturing groups it has. */
  public int groupCount() {
    return pattern.matcher("").groupCount();
  }

  /**
   * Whether the whole name matches.
   *
   * @throws IllegalArgumentException if that takes too many steps or too much stack
   */
  boolean matches(String name) {
    return matcher(name).isPresent();
  }

  /** What the first group captures of a name that matches as a whole, if it captures anything. */
  Optional<String> captured(String name) {
    return matcher(name).map(matcher -> matcher.group(1));
  }

  /**
   * The last place in a text that matches.
   *
   * @throws IllegalArgumentException if that takes too many steps or too much stack
   */
  public Optional<MatchResult> last(String text) {
    return guarded(
        text,
        matcher -> {
          Optional<MatchResult> last = Optional.empty();
          while (matcher.find()) {
            last = Optional.of(matcher.toMatchResult());
          }
          return last;
        });
  }

  private Optional<Matcher> matcher(String name) {
    return guarded(name, matcher -> matcher.matches() ? Optional.of(matcher) : Optional.empty());
  }

  private <T> T guarded(String name, Function<Matcher, T> matching) {
    stepsLeft += STEPS_PER_CHARACTER * name.length();
    try {
      return matching.apply(pattern.matcher(new CountedCharacters(name)));
    } catch (OutOfSteps e) {
      throw unusable(
          name,
          "match names in a reasonable number of steps",
          "write it without one repetition within another, as in (a+)+",
          e);
    } catch (StackOverflowError e) {
      // The one place where it is right to catch this error: java.util.regex recurses once per
      // repetition of a group, it leaves nothing half done behind, and nobody can tell beforehand
      // which expressions it happens to.
      throw unusable(
          name,
          "match names without running out of stack",
          "write it without repeated groups: [ab]* for (a|b)*",
          e);
    }
  }

  private IllegalArgumentException unusable(
      String name, String rule, String advice, Throwable cause) {
    String shown =
        name.length() <= SHOWN_CHARACTERS
            ? name
            : name.substring(0, SHOWN_CHARACTERS) + "... (" + name.length() + " characters)";
    return new IllegalArgumentException(
        String.format(
            "The regular expression (-%s %s) must %s: with the name \"%s\" it does not.%n"
                + "Maybe %s.",
            option, pattern.pattern(), rule, shown, advice),
        cause);
  }

  private static final class OutOfSteps extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** Counts instead of looking at the clock, so that the same data always give the same result. */
  private final class CountedCharacters implements CharSequence {
    private final String text;

    CountedCharacters(String text) {
      this.text = text;
    }

    @Override
    public char charAt(int index) {
      if (--stepsLeft < 0) {
        throw new OutOfSteps();
      }
      return text.charAt(index);
    }

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return text.substring(start, end);
    }

    @Override
    public String toString() {
      return text;
    }
  }
}
