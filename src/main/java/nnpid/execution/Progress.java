package nnpid.execution;

/**
 * Listens to how far a long computation has come.
 *
 * <p>The calls come from the computing threads, so an implementation must be thread-safe and quick.
 */
@FunctionalInterface
public interface Progress {
  /** Ignores all reports. */
  Progress SILENT = (done, total) -> {};

  /**
   * Called after a step of the computation.
   *
   * @param done steps finished so far, at most {@code total}
   * @param total steps of the whole computation, at least 1
   */
  void report(long done, long total);
}
