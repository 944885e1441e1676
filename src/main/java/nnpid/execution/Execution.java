package nnpid.execution;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;
import java.util.function.DoubleConsumer;
import java.util.function.IntConsumer;
import java.util.function.IntPredicate;
import java.util.function.ObjIntConsumer;
import java.util.stream.IntStream;

/**
 * The run of one long computation: how many threads it may use, who is told of its progress, and
 * whether it has been canceled.
 *
 * <p>Results never depend on the number of threads: {@link #forEach} hands out numbered tasks, and
 * every task writes only what is its own. A run is canceled by interrupting the thread that started
 * it (what Weka's Stop buttons do); the computation then ends with a {@link CancellationException}
 * and leaves the interrupted status of that thread set.
 */
public final class Execution {
  private final int threadCount;
  private final DoubleConsumer progressListener;
  private final Consumer<String> messageListener;
  private final AtomicBoolean canceled;
  private final double start;
  private final double end;
  private final Optional<Engine> engine;

  private Execution(
      int threadCount,
      DoubleConsumer progressListener,
      Consumer<String> messageListener,
      AtomicBoolean canceled,
      double start,
      double end,
      Optional<Engine> engine) {
    this.threadCount = threadCount;
    this.progressListener = progressListener;
    this.messageListener = messageListener;
    this.canceled = canceled;
    this.start = start;
    this.end = end;
    this.engine = engine;
  }

  /** A run on the calling thread that reports no progress. */
  public static Execution sequential() {
    return ofThreads(1);
  }

  /**
   * A run on {@code threadCount} threads, the calling one included; 0 stands for as many as there
   * are processors.
   *
   * @throws IllegalArgumentException if {@code threadCount} is negative
   */
  public static Execution ofThreads(int threadCount) {
    requireThreadCount(threadCount);
    int threads = threadCount == 0 ? Runtime.getRuntime().availableProcessors() : threadCount;
    return new Execution(
        threads, fraction -> {}, message -> {}, new AtomicBoolean(), 0, 1, Optional.empty());
  }

  /**
   * Checks a number of threads.
   *
   * @throws IllegalArgumentException if it is negative
   */
  public static void requireThreadCount(int threadCount) {
    if (threadCount < 0) {
      throw new IllegalArgumentException(
          "The number of threads (" + threadCount + ") must not be negative.");
    }
  }

  /**
   * The same run, telling {@code listener} the fraction done (0 to 1) as it goes. The listener may
   * be called from any of the run's threads, one call at a time.
   */
  public Execution withProgressListener(DoubleConsumer listener) {
    requireNonNull(listener, "listener");
    DoubleConsumer serialized =
        fraction -> {
          synchronized (listener) {
            listener.accept(fraction);
          }
        };
    return new Execution(threadCount, serialized, messageListener, canceled, start, end, engine);
  }

  /** A step of this run: its progress from 0 to 1 is this run's from {@code from} to {@code to}. */
  public Execution step(double from, double to) {
    double length = end - start;
    return new Execution(
        threadCount,
        progressListener,
        messageListener,
        canceled,
        start + from * length,
        start + to * length,
        engine);
  }

  /** The same run, telling {@code listener} what people should know before it is over. */
  public Execution withMessageListener(Consumer<String> listener) {
    requireNonNull(listener, "listener");
    return new Execution(threadCount, progressListener, listener, canceled, start, end, engine);
  }

  /** A part of the same run, on another number of threads; canceled together with it. */
  public Execution withThreads(int threads) {
    requireThreadCount(threads);
    return new Execution(threads, progressListener, messageListener, canceled, start, end, engine);
  }

  /** The same run, with the tasks of its jobs handed to {@code other}. */
  public Execution withEngine(Engine other) {
    return new Execution(
        threadCount, progressListener, messageListener, canceled, start, end, Optional.of(other));
  }

  /** Tells people something while the run goes on: a sentence. */
  public void say(String message) {
    messageListener.accept(message);
  }

  public int threadCount() {
    return threadCount;
  }

  /** Tells the listener that {@code fraction} (0 to 1) of this run or step is done. */
  public void progress(double fraction) {
    progressListener.accept(start + fraction * (end - start));
  }

  /**
   * Ends the computation if it has been canceled; to be called now and then by long tasks.
   *
   * @throws CancellationException if the thread that started the run has been interrupted
   */
  public void checkCanceled() {
    if (Thread.currentThread().isInterrupted()) {
      canceled.set(true);
    }
    if (canceled.get()) {
      throw new CancellationException("The computation was stopped.");
    }
  }

  /** Whether it has been canceled. */
  public boolean isCanceled() {
    return canceled.get() || Thread.currentThread().isInterrupted();
  }

  /**
   * Runs tasks 0 to {@code taskCount - 1}, each once, in no particular order, and returns when all
   * are done. The first exception of a task ends the run and is thrown here.
   *
   * @throws CancellationException if the calling thread is interrupted
   */
  public void forEach(int taskCount, IntConsumer task) {
    AtomicInteger next = new AtomicInteger();
    AtomicInteger done = new AtomicInteger();
    AtomicReference<RuntimeException> failure = new AtomicReference<>();
    AtomicReference<Error> error = new AtomicReference<>();
    Runnable worker =
        () -> {
          try {
            for (int i = next.getAndIncrement(); i < taskCount; i = next.getAndIncrement()) {
              checkCanceled();
              task.accept(i);
              synchronized (done) {
                progress(done.incrementAndGet() / (double) taskCount);
              }
            }
          } catch (RuntimeException e) {
            failure.compareAndSet(null, e);
            next.set(taskCount);
          } catch (Error e) {
            error.compareAndSet(null, e);
            next.set(taskCount);
          }
        };
    Thread[] helpers = new Thread[Math.max(0, Math.min(threadCount, taskCount) - 1)];
    for (int i = 0; i < helpers.length; i++) {
      helpers[i] = new Thread(worker, "nnpid-" + (i + 1));
      helpers[i].setDaemon(true);
      helpers[i].start();
    }
    worker.run();
    for (Thread helper : helpers) {
      join(helper);
    }
    if (error.get() != null) {
      throw error.get();
    }
    if (failure.get() != null) {
      throw failure.get();
    }
  }

  /**
   * Runs tasks {@code first} to {@code first + count - 1} of a job, on the engine if this run has
   * one, else on its threads.
   *
   * @return their results in the order of their numbers
   * @throws CancellationException if the calling thread is interrupted
   */
  public <R> List<R> map(Job<R> job, int first, int count) {
    List<R> results = mapUntil(job, first, count, index -> false);
    checkCanceled();
    return results;
  }

  /**
   * The same for what can do with fewer tasks: if the run is canceled, or {@code enough} says so,
   * the results of the first ones that are done.
   *
   * @param enough asked before a task begins, whose number it is given; engines do not ask
   * @return their results in the order of their numbers; fewer than {@code count} if canceled or
   *     enough
   */
  public <R> List<R> mapUntil(Job<R> job, int first, int count, IntPredicate enough) {
    AtomicReferenceArray<R> results = new AtomicReferenceArray<>(count);
    try {
      if (engine.isPresent()) {
        mapEach(job, first, count, (result, index) -> results.set(index - first, result));
      } else {
        forEach(
            count,
            i -> {
              if (!enough.test(first + i)) {
                results.set(i, job.run(first + i, this));
              }
            });
      }
    } catch (CancellationException e) {
      canceled.set(true);
    }
    return IntStream.range(0, count).mapToObj(results::get).takeWhile(Objects::nonNull).toList();
  }

  /**
   * Runs tasks {@code first} to {@code first + count - 1} of a job, as {@link #map}, and tells
   * every result as soon as it is there, so that what is done can be kept if the run is canceled.
   *
   * @param results is told every result with the number of its task, one at a time, on any of the
   *     run's threads, in no particular order
   * @throws CancellationException if the calling thread is interrupted
   */
  public <R> void mapEach(Job<R> job, int first, int count, ObjIntConsumer<R> results) {
    if (engine.isPresent()) {
      AtomicInteger done = new AtomicInteger();
      engine
          .get()
          .run(
              job,
              first,
              count,
              (result, index) -> {
                results.accept(result, index);
                progress(done.incrementAndGet() / (double) count);
              });
      return;
    }
    forEach(
        count,
        i -> {
          R result = job.run(first + i, this);
          synchronized (results) {
            results.accept(result, first + i);
          }
        });
  }

  /** Waits for the helper even if interrupted meanwhile: it must not outlive the run. */
  private void join(Thread helper) {
    boolean interrupted = false;
    while (helper.isAlive()) {
      try {
        helper.join();
      } catch (InterruptedException e) {
        interrupted = true;
        canceled.set(true);
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
