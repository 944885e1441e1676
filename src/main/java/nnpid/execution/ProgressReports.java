package nnpid.execution;

import static java.util.Objects.requireNonNull;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.function.DoubleConsumer;
import java.util.function.LongSupplier;

/**
 * Passes the progress of a run on to people: a few times a second, with the time that is left.
 *
 * <p>For {@link Execution#withProgressListener}, which makes one call at a time; not thread-safe
 * without it.
 */
public final class ProgressReports implements DoubleConsumer {
  /** Hears of the progress. */
  public interface Listener {
    /**
     * Some more of the run is done.
     *
     * @param fraction how much of the run is done, 0 to 1; never less than before
     * @param secondsLeft about how long it will take at the present rate; NaN if that is not known
     */
    void progressed(double fraction, double secondsLeft);
  }

  /** Between two reports. */
  private static final long INTERVAL_NANOS = 200_000_000L;

  /** Reports from which the time that is left is told. */
  private static final int RATE_REPORTS = 25;

  /** What must be done before the rest is told: from less, hours would be told for minutes. */
  private static final double FIRST_FRACTION = 0.01;

  /** As long as a run must go on before; much of its first moments is loading of classes. */
  private static final long FIRST_NANOS = 2_000_000_000L;

  /** In so many seconds most of a change of the rate is in what is told. */
  private static final double SMOOTH_SECONDS = 2;

  private final Listener listener;
  private final LongSupplier nanoClock;
  private final Deque<Long> times = new ArrayDeque<>();
  private final Deque<Double> fractions = new ArrayDeque<>();
  private final long begin;
  private double left = Double.NaN;
  private long leftTime;

  /** Reports on a run that begins now. */
  public ProgressReports(Listener listener) {
    this(listener, System::nanoTime);
  }

  ProgressReports(Listener listener, LongSupplier nanoClock) {
    this.listener = requireNonNull(listener, "listener");
    this.nanoClock = nanoClock;
    begin = nanoClock.getAsLong();
    remember(begin, 0);
  }

  private void remember(long time, double fraction) {
    times.add(time);
    fractions.add(fraction);
  }

  @Override
  public void accept(double fraction) {
    long now = nanoClock.getAsLong();
    if (now - times.getLast() < INTERVAL_NANOS) {
      return;
    }
    remember(now, Math.max(fraction, fractions.getLast()));
    // Layers take very different times: what counts is the recent rate.
    if (times.size() > RATE_REPORTS) {
      times.removeFirst();
      fractions.removeFirst();
    }
    listener.progressed(fractions.getLast(), secondsLeft(now));
  }

  /** A clock that runs down, and only slowly turns to what the recent rate tells. */
  private double secondsLeft(long now) {
    double told = atRecentRate(now);
    if (Double.isNaN(told) || fractions.getLast() < FIRST_FRACTION || now - begin < FIRST_NANOS) {
      left = Double.NaN;
      return left;
    }
    double seconds = (now - leftTime) / 1e9;
    left =
        Double.isNaN(left)
            ? told
            : told + Math.exp(-seconds / SMOOTH_SECONDS) * (left - seconds - told);
    leftTime = now;
    return Math.max(0, left);
  }

  /** NaN as long as there is no rate to speak of. */
  private double atRecentRate(long now) {
    double gained = 0;
    double largest = 0;
    double before = fractions.getFirst();
    for (double fraction : fractions) {
      gained += fraction - before;
      largest = Math.max(largest, fraction - before);
      before = fraction;
    }
    // The end of a layer that took no time says nothing about the others.
    double rate = (gained - largest) / ((now - times.getFirst()) / 1e9);
    return rate > 1e-6 && times.size() > 4 ? (1 - before) / rate : Double.NaN;
  }

  /** For a status line: {@code 37 %}, and {@code , 12 s left} if that is known. */
  public static String describe(double fraction, double secondsLeft) {
    String done = String.format(Locale.ROOT, "%.0f %%", Math.floor(100 * fraction));
    return Double.isNaN(secondsLeft) ? done : done + ", " + duration(secondsLeft) + " left";
  }

  /** In seconds, minutes or hours, whichever reads well. */
  public static String duration(double seconds) {
    long whole = Math.round(seconds);
    return whole < 120
        ? whole + " s"
        : whole < 7200 ? (whole + 30) / 60 + " min" : (whole + 1800) / 3600 + " h";
  }
}
