package nnpid.weka;

import java.io.File;

/** A file as it is at first, so that it is noticed if somebody writes to it. */
record FileState(File file, long length, long lastModified) {
  static FileState of(File file) {
    return new FileState(file, file.length(), file.lastModified());
  }

  /** Whether somebody has written to it. */
  boolean hasChanged() {
    return !of(file).equals(this);
  }

  /** What is told then. */
  IllegalArgumentException changed() {
    return new IllegalArgumentException(
        String.format(
            "The file (%s) must stay what it is while it is read: it has changed.%n"
                + "Maybe wait until it is written.",
            file));
  }
}
