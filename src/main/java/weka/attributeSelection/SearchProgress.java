package weka.attributeSelection;

import java.util.Locale;
import nnpid.command.SchemeProgress;

/** Tells people how far a search is. Thread-safe. */
final class SearchProgress {
  private final String search;
  private final String end; // what will end it
  private final SchemeProgress people;
  private int evaluated;
  private String best = "";

  /**
   * Of a search that begins now.
   *
   * @param end when it will be over, as the end of a sentence
   */
  SearchProgress(Class<?> search, String end) {
    this(search.getSimpleName(), end, new SchemeProgress(search));
  }

  SearchProgress(String search, String end, SchemeProgress people) {
    this.search = search;
    this.end = end;
    this.people = people;
  }

  /** The best merit so far. */
  synchronized void best(String merit) {
    best = ", best merit so far " + merit;
  }

  /** One more subset has been evaluated. */
  synchronized void evaluated() {
    evaluated++;
    people.tell(
        () ->
            String.format(
                Locale.ROOT, "%s: %d subsets evaluated%s; %s.", search, evaluated, best, end));
  }
}
