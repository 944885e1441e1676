package nnpid.execution;

import java.util.List;

/** Runs the tasks of jobs somewhere else than on the threads of an {@link Execution}. */
public interface Engine {
  /**
   * Runs tasks {@code first} to {@code first + count - 1}.
   *
   * @return their results in the order of their numbers
   * @throws RuntimeException that of a task, if one fails for good
   * @throws java.util.concurrent.CancellationException if the calling thread is interrupted
   */
  <R> List<R> run(Job<R> job, int first, int count);
}
