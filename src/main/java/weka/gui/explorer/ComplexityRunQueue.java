package weka.gui.explorer;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.DoubleConsumer;
import javax.swing.SwingUtilities;
import nnpid.report.ChartStyle;
import nnpid.report.Picture;
import nnpid.report.Report;

/**
 * Works off runs one after another, in a thread of its own. All methods are for the event thread,
 * and so are the calls of the listener.
 */
final class ComplexityRunQueue {
  /** Hears of the runs. */
  interface Listener {
    void started(ComplexityRun run);

    /**
     * Some more of the run is done.
     *
     * @param secondsLeft about how long it will take at the present rate; NaN if that is not known
     */
    void progressed(ComplexityRun run, double secondsLeft);

    /** The run has ended; if it failed, the message says why. */
    void ended(ComplexityRun run, String message);
  }

  /** Between two reports of progress. */
  private static final long PROGRESS_NANOS = 200_000_000L;

  /** Reports of progress from which the time that is left is told. */
  private static final int RATE_REPORTS = 25;

  private final Listener listener;
  private final Deque<ComplexityRun> waiting = new ArrayDeque<>();
  private ComplexityRun current;
  private Thread worker;

  ComplexityRunQueue(Listener listener) {
    this.listener = listener;
  }

  void add(ComplexityRun run) {
    waiting.add(run);
    startNext();
  }

  /** How many runs wait for the current one. */
  int waitingCount() {
    return waiting.size();
  }

  boolean isRunning() {
    return worker != null;
  }

  /** Stops the current run, which keeps the layers that are finished; the next one starts. */
  void stopCurrent() {
    if (worker != null) {
      worker.interrupt();
    }
  }

  /** Stops a run or takes it out of the queue. */
  void cancel(ComplexityRun run) {
    if (run == current) {
      stopCurrent();
    } else {
      waiting.remove(run);
    }
  }

  void cancelAll() {
    waiting.clear();
    stopCurrent();
  }

  private void startNext() {
    if (worker != null || waiting.isEmpty()) {
      return;
    }
    ComplexityRun run = waiting.remove();
    current = run;
    run.setState(ComplexityRun.State.RUNNING);
    worker = new Thread(() -> work(run), "complexity");
    worker.setDaemon(true);
    listener.started(run);
    worker.start();
  }

  /** In the worker's thread. */
  private void work(ComplexityRun run) {
    ComplexityRun.State state = ComplexityRun.State.FAILED;
    ComplexityResult result = null;
    String message = "The analysis ended with an error. Maybe see the console.";
    try {
      Report report = run.analyze(new Progress(run));
      // Cleared, so that the preparation of the result is not stopped too.
      state = Thread.interrupted() ? ComplexityRun.State.STOPPED : ComplexityRun.State.DONE;
      result = ComplexityResult.of(run.name(), report);
      // The first chart of all loads hundreds of classes: here and not on the event thread.
      new Picture(ComplexityViews.chartOf(List.of(result), ChartStyle.LIGHT), 300, 200).toImage(1);
    } catch (CancellationException e) {
      state = ComplexityRun.State.STOPPED;
    } catch (OutOfMemoryError e) {
      message = "Java ran out of memory.\nMaybe start Weka with more: java -Xmx4g ...";
    } catch (Exception e) {
      // Filters declare Exception; their messages are for users.
      state = ComplexityRun.State.FAILED;
      message = e.getMessage() == null ? "The analysis failed: " + e : e.getMessage();
    } finally {
      ended(run, state, result, message);
    }
  }

  private void ended(
      ComplexityRun run, ComplexityRun.State state, ComplexityResult result, String message) {
    SwingUtilities.invokeLater(
        () -> {
          run.setState(state);
          if (result != null) {
            run.setResult(result);
          }
          worker = null;
          current = null;
          listener.ended(run, message);
          startNext();
        });
  }

  /** Passes progress on to the event thread, now and then. */
  private final class Progress implements DoubleConsumer {
    private final ComplexityRun run;
    private final Deque<Long> times = new ArrayDeque<>();
    private final Deque<Double> fractions = new ArrayDeque<>();

    Progress(ComplexityRun run) {
      this.run = run;
      remember(System.nanoTime(), 0);
    }

    private void remember(long time, double fraction) {
      times.add(time);
      fractions.add(fraction);
    }

    @Override
    public void accept(double fraction) {
      long now = System.nanoTime();
      if (now - times.getLast() < PROGRESS_NANOS) {
        return;
      }
      remember(now, Math.max(fraction, fractions.getLast()));
      // Layers take very different times: what counts is the rate of late.
      if (times.size() > RATE_REPORTS) {
        times.removeFirst();
        fractions.removeFirst();
      }
      double left = secondsLeft(now);
      SwingUtilities.invokeLater(
          () -> {
            if (run == current) {
              run.setFraction(Math.max(run.fraction(), fraction));
              listener.progressed(run, left);
            }
          });
    }

    /** NaN as long as there is no rate to speak of. */
    private double secondsLeft(long now) {
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
  }
}
