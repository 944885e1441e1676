package nnpid.command;

import java.io.IOException;
import java.util.Optional;

/**
 * Where the state of a run goes, if it shall be kept. What is found is worth more than its state: a
 * failure to save it is told, and the run goes on.
 */
final class StateOutput {
  private final Optional<OutputFile> file;
  private final String run;
  private final Task.Listener listener;
  private boolean saved = true;

  /**
   * The state of a run.
   *
   * @param file nothing if the state is not kept
   * @param run what goes on without it, such as {@code run} or {@code training}
   */
  StateOutput(Optional<OutputFile> file, String run, Task.Listener listener) {
    this.file = file;
    this.run = run;
    this.listener = listener;
  }

  /** Whether the file, if there shall be one, holds the state that was saved last. */
  boolean isSaved() {
    return saved;
  }

  /** Saves a state; of failures in a row only the first is told. */
  void save(OutputFile.Content state) {
    if (file.isEmpty()) {
      return;
    }
    try {
      file.get().write(state);
      saved = true;
    } catch (IOException e) {
      if (saved) {
        listener.warned(
            e.getMessage() + String.format("%nThe %s goes on; this is tried again.", run));
      }
      saved = false;
    }
  }
}
