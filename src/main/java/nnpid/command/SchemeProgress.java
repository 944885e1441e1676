package nnpid.command;

import java.util.function.Consumer;
import java.util.function.DoubleConsumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import nnpid.execution.ProgressReports;

/**
 * Tells people how far a scheme is: every second in windows that show runs, and every ten seconds
 * on the command line and in the log window of Weka's graphical interface. Thread-safe.
 */
public final class SchemeProgress {
  private static final long SECOND_NANOS = 1_000_000_000L;

  private static final int SECONDS_PER_LINE = 10;

  private final LongSupplier nanoClock;
  private final Consumer<String> lines;
  private final Consumer<String> status;
  private final long begin;
  private long seconds;

  /** Of a scheme that begins now. */
  public SchemeProgress(Class<?> scheme) {
    this(System::nanoTime, SchemeCommand::say, line -> SchemeStatus.tell(scheme, line));
  }

  /**
   * The same with its parts.
   *
   * @param lines takes what is said every ten seconds
   * @param status takes what is said every second
   */
  public SchemeProgress(LongSupplier nanoClock, Consumer<String> lines, Consumer<String> status) {
    this.nanoClock = nanoClock;
    this.lines = lines;
    this.status = status;
    this.begin = nanoClock.getAsLong();
  }

  /** Tells a line, if it is time. */
  public synchronized void tell(Supplier<String> line) {
    long now = (nanoClock.getAsLong() - begin) / SECOND_NANOS;
    if (now == seconds) {
      return;
    }
    String text = line.get();
    status.accept(text);
    if (now / SECONDS_PER_LINE > seconds / SECONDS_PER_LINE) {
      lines.accept(text);
    }
    seconds = now;
  }

  /**
   * Tells the fraction that is done and the time that is left.
   *
   * @param what is done, as the beginning of a sentence
   */
  public DoubleConsumer fractions(String what) {
    return new ProgressReports(
        (fraction, secondsLeft) ->
            tell(() -> what + ": " + ProgressReports.describe(fraction, secondsLeft) + "."));
  }
}
