package nnpid.command;

import java.nio.file.Path;
import java.util.List;

/**
 * Files of checkpoints.
 *
 * @param named how the user named them together
 * @param files their names
 * @param storage where they are
 */
record FileSet(String named, List<String> files, Storage storage) {
  /** Files of this machine. */
  static FileSet local(String named, List<Path> files) {
    return new FileSet(named, files.stream().map(Path::toString).toList(), new LocalStorage());
  }
}
