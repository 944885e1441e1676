package nnpid.command;

import java.io.File;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import nnpid.network.Epochs;
import nnpid.weka.UserRegex;

/**
 * A file with the layers of a checkpoint.
 *
 * @param file where it is
 * @param repeat number of the training that its name tells; 1 if it tells none
 * @param epoch the epoch that its name tells
 */
record CheckpointFile(String file, int repeat, double epoch) implements Serializable {
  private static final long serialVersionUID = 1L;

  private static final List<String> WORDS_OF_EPOCHS =
      List.of(
          "epoch", "epochs", "ep", "e", "step", "steps", "iter", "iteration", "checkpoint", "ckpt");

  /** Whole, unless it follows a word for epochs: elsewhere points part numbers. */
  private static final Pattern NUMBER =
      Pattern.compile(
          "(?i)(?<=(?<![a-z])(?:"
              + String.join("|", WORDS_OF_EPOCHS)
              + ")[_.= -]{0,2})\\d+\\.\\d+(?![\\d.]*\\d)|\\d+");

  /** More digits are those of dates and times. */
  private static final int MOST_DIGITS = 9;

  private static final List<String> WORDS_OF_REPEATS =
      List.of("run", "runs", "seed", "repeat", "rep", "r", "s", "fold", "trial", "net", "network");

  /** The name as it is shown, and searched for numbers. */
  String name() {
    return nameOf(file);
  }

  private static String nameOf(String file) {
    return file.replace(File.separatorChar, '/');
  }

  /** A number in a name. */
  private record Place(int start, int end, String digits, String word) {}

  /**
   * Reads repeats and epochs from the names of files.
   *
   * @param epochRegex captures the epoch; empty to find it
   * @param repeatRegex captures the repeat; empty to find it
   * @return by repeat and epoch
   * @throws IllegalArgumentException if a name has no number, it is not clear which number counts,
   *     or two files are of the same epoch; the message names the files
   */
  static List<CheckpointFile> of(List<String> files, String epochRegex, String repeatRegex) {
    List<Optional<Place>> epochs = captured("epoch", epochRegex, files);
    List<Optional<Place>> repeats = captured("repeat", repeatRegex, files);
    if (epochRegex.isEmpty()) {
      List<List<Place>> numbers = numbers(files, repeats);
      List<Integer> varying = varying(numbers);
      int place = epochPlace(files, numbers, varying, !repeatRegex.isEmpty());
      epochs = numbers.stream().map(all -> Optional.of(all.get(place))).toList();
      if (repeatRegex.isEmpty() && varying.size() == 2) {
        int other = varying.get(0) == place ? varying.get(1) : varying.get(0);
        repeats = numbers.stream().map(all -> Optional.of(all.get(other))).toList();
      }
    }
    List<CheckpointFile> numbered = new ArrayList<>();
    for (int i = 0; i < files.size(); i++) {
      String file = files.get(i);
      int repeat = repeats.get(i).isPresent() ? whole(file, repeats.get(i).get()) : 1;
      numbered.add(new CheckpointFile(file, repeat, number(file, epochs.get(i).orElseThrow())));
    }
    requireDifferent(numbered);
    return numbered.stream()
        .sorted(
            Comparator.comparingInt(CheckpointFile::repeat)
                .thenComparingDouble(CheckpointFile::epoch))
        .toList();
  }

  private static List<Optional<Place>> captured(String option, String regex, List<String> files) {
    if (regex.isEmpty()) {
      return files.stream().map(file -> Optional.<Place>empty()).toList();
    }
    UserRegex pattern = UserRegex.compile(option, regex);
    List<Optional<Place>> places = new ArrayList<>();
    for (String file : files) {
      Optional<MatchResult> match = pattern.last(nameOf(file));
      if (match.isEmpty() || match.get().group(1) == null) {
        throw new IllegalArgumentException(
            String.format(
                "The name of the file (%s) must match the %s (-%s %s): it does not.%n"
                    + "Maybe name the files so that -t leaves it out.",
                nameOf(file), option, option, regex));
      }
      MatchResult found = match.get();
      places.add(Optional.of(new Place(found.start(1), found.end(1), found.group(1), option)));
    }
    return places;
  }

  /** The numbers of every name, but for those that are captured, where all else is the same. */
  private static List<List<Place>> numbers(List<String> files, List<Optional<Place>> captured) {
    List<List<Place>> all = new ArrayList<>();
    String first = "";
    for (int i = 0; i < files.size(); i++) {
      String name = nameOf(files.get(i));
      if (captured.get(i).isPresent()) {
        Place taken = captured.get(i).get();
        name =
            name.substring(0, taken.start)
                + "\0".repeat(taken.end - taken.start)
                + name.substring(taken.end);
      }
      List<Place> numbers = new ArrayList<>();
      String text = name;
      NUMBER
          .matcher(name)
          .results()
          .forEach(
              match ->
                  numbers.add(
                      new Place(
                          match.start(), match.end(), match.group(), wordBefore(text, match))));
      if (numbers.isEmpty()) {
        throw new IllegalArgumentException(
            String.format(
                "The name of the file (%s) must have a number, that of the epoch: it has none.%n"
                    + "Maybe rename it, as epoch_0 for instance.",
                nameOf(files.get(i))));
      }
      String rest = NUMBER.matcher(name).replaceAll("#").replaceAll("\0+", "#");
      if (i == 0) {
        first = rest;
      } else if (!rest.equals(first)) {
        throw new IllegalArgumentException(
            String.format(
                "The names of the files must differ in numbers only: \"%s\" and \"%s\" differ in"
                    + " more.%nMaybe say where the epoch is: -epoch \"epoch_(\\d+)\".",
                nameOf(files.get(0)), nameOf(files.get(i))));
      }
      all.add(numbers);
    }
    return all;
  }

  private static String wordBefore(String name, MatchResult number) {
    int end = number.start();
    while (end > 0 && "_-.= ".indexOf(name.charAt(end - 1)) >= 0) {
      end--;
    }
    int start = end;
    while (start > 0 && Character.isLetter(name.charAt(start - 1))) {
      start--;
    }
    return name.substring(start, end);
  }

  private static List<Integer> varying(List<List<Place>> numbers) {
    TreeSet<Integer> varying = new TreeSet<>();
    for (List<Place> one : numbers) {
      for (int i = 0; i < one.size(); i++) {
        if (!one.get(i).digits.equals(numbers.get(0).get(i).digits)) {
          varying.add(i);
        }
      }
    }
    return List.copyOf(varying);
  }

  /** Which of the numbers is the epoch. */
  private static int epochPlace(
      List<String> files, List<List<Place>> numbers, List<Integer> varying, boolean repeatIsGiven) {
    List<Place> first = numbers.get(0);
    if (varying.size() == 1) {
      return varying.get(0);
    }
    if (varying.isEmpty()) {
      return first.size() - 1; // a single file, or the same epoch of every repeat
    }
    if (varying.size() == 2 && !repeatIsGiven) {
      for (int i = 0; i < 2; i++) {
        if (isOneOf(WORDS_OF_EPOCHS, first.get(varying.get(i)))
            && isOneOf(WORDS_OF_REPEATS, first.get(varying.get(1 - i)))) {
          return varying.get(i);
        }
      }
    }
    List<String> suggested =
        varying.stream().map(first::get).map(CheckpointFile::regexOf).distinct().toList();
    throw new IllegalArgumentException(
        String.format(
            "The names of the files must differ in one number, that of the epoch: from \"%s\" to"
                + " \"%s\" %d numbers differ.%nMaybe say which it is: -epoch \"%s\"%s.",
            nameOf(files.get(0)),
            nameOf(files.get(files.size() - 1)),
            varying.size(),
            suggested.get(suggested.size() - 1),
            suggested.size() > 1 && !repeatIsGiven ? " -repeat \"" + suggested.get(0) + '"' : ""));
  }

  private static boolean isOneOf(List<String> words, Place place) {
    return words.contains(place.word.toLowerCase(Locale.ROOT));
  }

  private static String regexOf(Place place) {
    String number = place.digits.contains(".") ? "(\\d+(?:\\.\\d+)?)" : "(\\d+)";
    return place.word + (place.word.isEmpty() ? "" : "[_.=-]?") + number;
  }

  private static int whole(String file, Place place) {
    return Integer.parseInt(matching("\\d{1," + MOST_DIGITS + "}", "a whole one", file, place));
  }

  /** Whole, or with a fraction within an epoch. */
  private static double number(String file, Place place) {
    String digits = "\\d{1," + MOST_DIGITS + "}";
    String regex = digits + "(\\." + digits + ")?";
    return Double.parseDouble(matching(regex, "a whole one or a fraction", file, place));
  }

  private static String matching(String regex, String what, String file, Place place) {
    if (!place.digits.matches(regex)) {
      throw new IllegalArgumentException(
          String.format(
              "The number in the name of the file (%s) must be %s of at most %d digits: it is"
                  + " \"%s\".%nMaybe say where the epoch is: -epoch \"epoch_(\\d+)\".",
              nameOf(file), what, MOST_DIGITS, place.digits));
    }
    return place.digits;
  }

  private static void requireDifferent(List<CheckpointFile> files) {
    Map<List<Double>, CheckpointFile> seen = new HashMap<>();
    for (CheckpointFile file : files) {
      CheckpointFile other = seen.put(List.of((double) file.repeat, file.epoch), file);
      if (other != null) {
        throw new IllegalArgumentException(
            String.format(
                "The files must be of different epochs: \"%s\" and \"%s\" are both of epoch %s of"
                    + " repeat %d.%nMaybe tell repeats apart, as with -repeat \"run(\\d+)\", or"
                    + " leave one out.",
                other.name(), file.name(), Epochs.text(file.epoch), file.repeat));
      }
    }
  }
}
