package nnpid.command;

import java.io.Serializable;
import java.nio.file.Path;
import java.util.List;

/**
 * Where the files of checkpoints are, for whoever reads them: this machine, or another one that it
 * was sent to.
 */
public interface Storage extends Serializable {
  /**
   * The names of the files that a value of an option names, by name.
   *
   * @param option the option, for messages; empty for a field of a window
   * @throws IllegalArgumentException if a part of it names none
   */
  List<String> files(String option, String value);

  /** What changes if a file does; reading it would take as long as analyzing it. */
  String seal(String file);

  /** Something that is done with a file; Weka's loaders and filters declare Exception. */
  @FunctionalInterface
  interface Reading<T> {
    /**
     * Does it.
     *
     * @param file the file, or a copy of it, on the machine that this runs on
     */
    T of(Path file) throws Exception;
  }

  /**
   * Does something with a file.
   *
   * @throws IllegalArgumentException if it cannot be had here
   * @throws Exception what the reading throws
   */
  <T> T read(String file, Reading<T> reading) throws Exception;

  /** What is told of a file that does not fit into memory where it is read, as a sentence. */
  String outOfMemory();
}
