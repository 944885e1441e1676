package nnpid.estimation;

import java.io.Serializable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many sources a subset has.
 *
 * @param least at least 1
 * @param most at least {@code least}; may be more than there are
 */
public record SubsetSizes(int least, int most) implements Serializable {
  private static final long serialVersionUID = 1L;

  private static final String ANY = "any";

  private static final Pattern TEXT = Pattern.compile("(\\d{1,9})(?:\\s*-\\s*(\\d{1,9}))?");

  /**
   * Reads sizes.
   *
   * @param noun what they are called in messages
   * @param text a number, a range such as {@code 2-5}, or {@code any}
   * @throws IllegalArgumentException if it is something else
   */
  public static SubsetSizes parse(String noun, String text) {
    if (text.strip().equals(ANY)) {
      return new SubsetSizes(1, Integer.MAX_VALUE);
    }
    Matcher matcher = TEXT.matcher(text.strip());
    if (matcher.matches()) {
      int least = Integer.parseInt(matcher.group(1));
      int most = matcher.group(2) == null ? least : Integer.parseInt(matcher.group(2));
      if (least >= 1 && least <= most) {
        return new SubsetSizes(least, most);
      }
    }
    throw new IllegalArgumentException(
        "The %s (%s) must be a number from 1, a range such as 2-5, or any.".formatted(noun, text));
  }

  /** These as far as there are so many sources. */
  public SubsetSizes upTo(int sourceCount) {
    return new SubsetSizes(least, Math.min(most, Math.max(least, sourceCount)));
  }

  /** As they are read. */
  @Override
  public String toString() {
    return most == Integer.MAX_VALUE ? ANY : least == most ? "" + least : least + "-" + most;
  }
}
