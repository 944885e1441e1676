package weka.attributeSelection;

import java.util.Locale;
import nnpid.command.SchemeCommand;

/**
 * Tells people every few seconds how far a search is, since Weka's searches have no status line: on
 * the command line, and in the log window of Weka's graphical interface. Thread-safe.
 */
final class SearchProgress {
  private static final long INTERVAL_NANOS = 10_000_000_000L;

  private final String search;
  private final String end; // what will end it
  private long lastNanos = System.nanoTime();
  private int evaluated;
  private String best = "";

  /**
   * Of a search that begins now.
   *
   * @param end when it will be over, as the end of a sentence
   */
  SearchProgress(String search, String end) {
    this.search = search;
    this.end = end;
  }

  /** The best merit so far. */
  synchronized void best(String merit) {
    best = ", best merit so far " + merit;
  }

  /** One more subset has been evaluated. */
  synchronized void evaluated() {
    evaluated++;
    long now = System.nanoTime();
    if (now - lastNanos >= INTERVAL_NANOS) {
      lastNanos = now;
      SchemeCommand.say(
          String.format(
              Locale.ROOT, "%s: %d subsets evaluated%s; %s.", search, evaluated, best, end));
    }
  }
}
