package nnpid.execution;

import java.io.Serializable;

/**
 * Numbered tasks whose results depend on nothing but the job and the number, so that it does not
 * matter where a task runs, how often, or together with which others. A job can be sent to another
 * machine: it is serializable, and safe for several threads.
 *
 * <p>Jobs and results may hold {@link java.util.Optional}s, which Java does not serialize but
 * {@link Engine}s must be able to send.
 *
 * @param <R> the result of a task, serializable too
 */
public interface Job<R> extends Serializable {
  /**
   * Runs one task.
   *
   * @param index its number; seeds its random numbers, if it needs any (see {@link RandomStreams})
   * @param execution where the task itself looks whether it was canceled; the task must not depend
   *     on it otherwise
   */
  R run(int index, Execution execution);

  /**
   * Whether tasks take so long, or need so much memory, that each is sent on its own; short ones
   * may be sent several at a time.
   */
  default boolean hasLongTasks() {
    return false;
  }
}
