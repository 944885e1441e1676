package nnpid.execution;

import java.util.function.ObjIntConsumer;

/** Runs the tasks of jobs somewhere else than on the threads of an {@link Execution}. */
public interface Engine {
  /**
   * Runs tasks {@code first} to {@code first + count - 1}.
   *
   * @param results is told every result with the number of its task, one at a time, on the calling
   *     thread, in no particular order: as they come
   * @throws RuntimeException that of a task, if one fails for good
   * @throws java.util.concurrent.CancellationException if the calling thread is interrupted
   */
  <R> void run(Job<R> job, int first, int count, ObjIntConsumer<R> results);
}
