package nnpid.weka;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import weka.core.Instances;

/** Names of attributes and of nominal values as people write them, and as they mean them. */
public final class AttributeNames {
  /** Names that a message lists. */
  private static final int MOST_LISTED = 3;

  private AttributeNames() {}

  /**
   * A name without what cannot be seen: blanks around it, non-breaking ones too, byte order marks
   * and zero-width characters anywhere.
   */
  public static String clean(String name) {
    boolean plain = true;
    for (int i = 0; plain && i < name.length(); i++) {
      plain = name.charAt(i) > ' ' && name.charAt(i) < 0x7F;
    }
    if (plain) {
      return name;
    }
    StringBuilder visible = new StringBuilder(name.length());
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (!isInvisible(c)) {
        visible.append(isBlank(c) ? ' ' : c);
      }
    }
    return visible.toString().strip();
  }

  /** Whether a character is a blank of any kind, or cannot be seen at all. */
  public static boolean isBlank(char c) {
    return c == ' '
        || (c >= '\t' && c <= '\r')
        || (c >= 0x80 && (Character.isSpaceChar(c) || c == 0x85 || isInvisible(c)));
  }

  private static boolean isInvisible(char c) {
    return c == 0xFEFF || (c >= 0x200B && c <= 0x200D) || c == 0x2060;
  }

  /** The names most like one that was not found, as a hint on a new line; empty if none is. */
  public static String nearest(String wanted, Instances data) {
    record Near(String name, int distance) {}
    List<Near> near =
        IntStream.range(0, data.numAttributes())
            .mapToObj(i -> data.attribute(i).name())
            .map(name -> new Near(name, distance(wanted, name)))
            .filter(n -> n.distance <= Math.max(2, wanted.length() / 2))
            .sorted(Comparator.comparingInt(Near::distance))
            .limit(MOST_LISTED)
            .toList();
    return near.isEmpty()
        ? ""
        : near.stream()
            .map(n -> "\"" + n.name + "\"")
            .collect(Collectors.joining(", ", String.format("%nMaybe it is "), "."))
            .replaceFirst(", (\"[^\"]*\"\\.)$", " or $1");
  }

  /** Letters to put in, to take out or to replace (Levenshtein); case does not count. */
  public static int distance(String one, String other) {
    String a = one.toLowerCase(Locale.ROOT);
    String b = other.toLowerCase(Locale.ROOT);
    int[] row = IntStream.rangeClosed(0, b.length()).toArray();
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
