package weka.gui.explorer;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import javax.swing.SwingUtilities;
import nnpid.chart.ChartStyle;
import nnpid.chart.Picture;
import nnpid.command.Task;
import nnpid.execution.ProgressReports;

/**
 * Works off runs one after another, in a thread of its own. All methods are for the event thread,
 * and so are the calls of the listener.
 */
final class ComplexityRunQueue {
  /** Hears of the runs. */
  interface Listener {
    void started(ComplexityRun run);

    /** Some more of the run is done. */
    void progressed(ComplexityRun run);

    /** What people should know before the run is over. */
    void said(ComplexityRun run, String message);

    /** The run has ended; if it failed, the message says why. */
    void ended(ComplexityRun run, String message);
  }

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

  /** Whether a network is trained, or waits to be. */
  boolean isTraining() {
    return Stream.concat(waiting.stream(), Stream.ofNullable(current))
        .anyMatch(ComplexityRun::isTraining);
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
      Callable<ComplexityResult> found =
          run.run(
              new ProgressReports((done, secondsLeft) -> progressed(run, done, secondsLeft)),
              said -> SwingUtilities.invokeLater(() -> listener.said(run, said)));
      // Cleared, so that the preparation of the result is not stopped too.
      boolean stopped = Thread.interrupted();
      ComplexityResult prepared = found.call();
      // The first chart of all loads hundreds of classes: here and not on the event thread. As
      // large as there, so that it has all that is left out where there is no room.
      new Picture(ComplexityViews.chartOf(List.of(prepared), ChartStyle.LIGHT), 900, 600)
          .toImage(1);
      // Not before: memory may run out in what comes before.
      result = prepared;
      state = stopped ? ComplexityRun.State.STOPPED : ComplexityRun.State.DONE;
    } catch (CancellationException e) {
      state = ComplexityRun.State.STOPPED;
      message = e.getMessage();
    } catch (Exception e) {
      // Filters declare Exception; their messages are for users.
      message = Task.sentence(e);
    } catch (OutOfMemoryError e) {
      message = Task.sentence(e);
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
          } else {
            run.setProblem(run.inWindow(message));
          }
          worker = null;
          current = null;
          listener.ended(run, message);
          startNext();
        });
  }

  /** Passes progress on to the event thread. */
  private void progressed(ComplexityRun run, double fraction, double secondsLeft) {
    SwingUtilities.invokeLater(
        () -> {
          if (run == current) {
            run.setProgress(fraction, secondsLeft);
            listener.progressed(run);
          }
        });
  }
}
