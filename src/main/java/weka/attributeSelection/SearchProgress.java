package weka.attributeSelection;

import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.DoubleConsumer;
import java.util.function.LongSupplier;
import nnpid.command.SchemeCommand;
import nnpid.execution.ProgressReports;

/**
 * Tells people every few seconds how far a search is, since Weka's schemes have no status line: on
 * the command line, and in the log window of Weka's graphical interface. Thread-safe.
 */
final class SearchProgress {
  private static final long INTERVAL_NANOS = 10_000_000_000L;

  private final String search;
  private final String end; // what will end it
  private final LongSupplier nanoClock;
  private final Consumer<String> people;
  private long lastNanos;
  private int evaluated;
  private String best = "";

  /**
   * Of a search that begins now.
   *
   * @param end when it will be over, as the end of a sentence
   */
  SearchProgress(String search, String end) {
    this(search, end, System::nanoTime, SchemeCommand::say);
  }

  SearchProgress(String search, String end, LongSupplier nanoClock, Consumer<String> people) {
    this.search = search;
    this.end = end;
    this.nanoClock = nanoClock;
    this.people = people;
    this.lastNanos = nanoClock.getAsLong();
  }

  /**
   * Tells the fraction done, in the same way.
   *
   * @param scheme what is running
   * @param hint more to say, with what comes before it, or nothing
   */
  static DoubleConsumer fractions(String scheme, String hint) {
    long[] last = {System.nanoTime()};
    return new ProgressReports(
        (fraction, secondsLeft) -> {
          long now = System.nanoTime();
          if (now - last[0] >= INTERVAL_NANOS) {
            last[0] = now;
            SchemeCommand.say(
                scheme + ": " + ProgressReports.describe(fraction, secondsLeft) + hint + ".");
          }
        });
  }

  /** The best merit so far. */
  synchronized void best(String merit) {
    best = ", best merit so far " + merit;
  }

  /** One more subset has been evaluated. */
  synchronized void evaluated() {
    evaluated++;
    long now = nanoClock.getAsLong();
    if (now - lastNanos >= INTERVAL_NANOS) {
      lastNanos = now;
      people.accept(
          String.format(
              Locale.ROOT, "%s: %d subsets evaluated%s; %s.", search, evaluated, best, end));
    }
  }
}
