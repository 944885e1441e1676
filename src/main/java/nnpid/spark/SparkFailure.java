package nnpid.spark;

import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.spark.SparkContext;

/** What went wrong on executors, as a sentence for users. */
final class SparkFailure extends RuntimeException {
  private static final long serialVersionUID = 5563102230481190226L;

  private static final String OUT_OF_MEMORY =
      "An executor of Spark ran out of memory.\n"
          + "Maybe give executors more, such as --conf spark.executor.memory=4g, or fewer tasks at"
          + " once: --conf spark.executor.cores=1.";

  private SparkFailure(String sentence, Throwable cause) {
    super(sentence, cause);
  }

  /**
   * The result of work on executors.
   *
   * @throws CancellationException if the calling thread is interrupted; the work is then stopped
   * @throws RuntimeException what a task threw, if that tells users something; else a sentence
   */
  static <T> T await(Future<T> work) {
    try {
      return work.get();
    } catch (InterruptedException e) {
      work.cancel(true);
      Thread.currentThread().interrupt();
      throw (CancellationException)
          new CancellationException("The computation was stopped.").initCause(e);
    } catch (ExecutionException e) {
      throw of(e);
    }
  }

  /**
   * Runs work that has no future: the same.
   *
   * @param context whose jobs are canceled if the calling thread is interrupted
   */
  static <T> T run(SparkContext context, Callable<T> work) {
    try {
      return work.call();
    } catch (Exception e) {
      // Spark is Scala, which throws what it does not declare.
      if (e instanceof InterruptedException || Thread.currentThread().isInterrupted()) {
        context.cancelAllJobs();
        Thread.currentThread().interrupt();
        throw (CancellationException)
            new CancellationException("The computation was stopped.").initCause(e);
      }
      throw of(e);
    }
  }

  /** A task that ran out of memory; Spark tries it again, elsewhere if it can. */
  static SparkFailure outOfMemory(OutOfMemoryError error) {
    return new SparkFailure(OUT_OF_MEMORY, error);
  }

  /** The exception for what Spark has thrown. */
  static RuntimeException of(Throwable thrown) {
    StringBuilder all = new StringBuilder();
    Throwable last = thrown;
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (isTold(cause)) {
        return (RuntimeException) cause;
      }
      all.append(cause).append('\n');
      last = cause;
    }
    String text = all.toString();
    if (text.contains("OutOfMemoryError") || text.matches("(?s).*code (52|137)\\b.*")) {
      return new SparkFailure(OUT_OF_MEMORY, thrown);
    }
    if (text.contains("ExecutorLostFailure")) {
      return new SparkFailure(
          "Spark lost the executors that ran a task, one after another: maybe they ran out of"
              + " memory, or their machines are down.\nMaybe give executors more memory, such as"
              + " --conf spark.executor.memory=4g; Spark's log tells more.",
          thrown);
    }
    return new SparkFailure(
        "Spark could not do the work: "
            + firstLine(last.getMessage() == null ? last.toString() : last.getMessage())
            + "\nSpark's log tells more.",
        thrown);
  }

  /** Whether it is one of ours, whose message is for users. */
  private static boolean isTold(Throwable cause) {
    return cause instanceof SparkFailure
        || cause instanceof CancellationException
        || ((cause instanceof IllegalArgumentException || cause instanceof IllegalStateException)
            && cause.getStackTrace().length > 0
            && cause.getStackTrace()[0].getClassName().startsWith("nnpid."));
  }

  /** What an exception of Spark says, without its details. */
  static String firstLine(Exception e) {
    return firstLine(e.getMessage() == null ? e.toString() : e.getMessage());
  }

  private static String firstLine(String text) {
    return text.lines().findFirst().orElse(text);
  }
}
