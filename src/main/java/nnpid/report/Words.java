package nnpid.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Parts of sentences. */
final class Words {
  /** Names that are told; of more the first, and how many others there are. */
  private static final int MOST_NAMES = 4;

  /** Doubts in a sentence. */
  private static final int MOST_DOUBTS = 3;

  /** Characters of a line. */
  private static final int LINE = 100;

  private Words() {}

  /** {@code a}, {@code a and b}, {@code a, b and c}. */
  static String and(List<String> texts) {
    int last = texts.size() - 1;
    return last < 1
        ? String.join("", texts)
        : String.join(", ", texts.subList(0, last)) + " and " + texts.get(last);
  }

  /** Names, of many only some. */
  static String names(List<String> names) {
    if (names.size() <= MOST_NAMES + 1) {
      return and(names);
    }
    List<String> some = new ArrayList<>(names.subList(0, MOST_NAMES - 1));
    some.add((names.size() - some.size()) + " others");
    return and(some);
  }

  /** A whole number as it is said: in words up to twelve. */
  static String count(int number) {
    String[] words = {
      "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
      "twelve"
    };
    return number < words.length ? words[number] : String.format(Locale.ROOT, "%,d", number);
  }

  /** A part of a whole from 0 to 1, as the beginning of a sentence. */
  static String share(double share) {
    if (share < 0.005) {
      return "Hardly anything";
    }
    if (share > 0.995) {
      return "Nearly all";
    }
    return Math.abs(share - 0.5) < 0.025
        ? "Half"
        : String.format(Locale.ROOT, "%.0f%%", 100 * share);
  }

  /** Sentences in lines that a terminal shows whole. */
  static List<String> lines(List<String> sentences) {
    List<String> lines = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    for (String word : String.join(" ", sentences).split(" ", -1)) {
      if (text.length() > 0 && text.length() + 1 + word.length() > LINE) {
        lines.add(text.toString());
        text.setLength(0);
      }
      text.append(text.length() > 0 ? " " : "").append(word);
    }
    lines.add(text.toString());
    return lines;
  }

  /** A sentence from its clauses: with a capital letter and a full stop. */
  static String sentence(String clauses) {
    return sentence(clauses, List.of());
  }

  /** The same; a name that it begins with stays as it is: H is not the layer h. */
  static String sentence(String clauses, List<String> names) {
    boolean isNamed =
        names.stream()
            .anyMatch(name -> clauses.startsWith(name + " ") || clauses.startsWith(name + ","));
    return (isNamed
            ? clauses
            : clauses.substring(0, 1).toUpperCase(Locale.ROOT) + clauses.substring(1))
        + ".";
  }

  /**
   * Doubts as one sentence, the gravest first.
   *
   * @param doubts at least one clause
   * @param contrasted whether they limit what was said before
   * @param names of the layers
   */
  static String doubts(List<String> doubts, boolean contrasted, List<String> names) {
    String some = String.join("; ", doubts.subList(0, Math.min(MOST_DOUBTS, doubts.size())));
    return sentence(
        (contrasted ? "but " : "")
            + some
            + (doubts.size() > MOST_DOUBTS ? "; for more see the warnings" : ""),
        names);
  }
}
