package nnpid.command;

import java.io.BufferedOutputStream;
import java.io.BufferedWriter;
import java.io.FileNotFoundException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;

/**
 * A file for a result. It is written beside its place and moved there when it is complete, so that
 * a full disk or a stopped program leaves what was there before. Symbolic links are followed;
 * devices and pipes are written to as they are.
 */
public final class OutputFile {
  /** As many links as Linux follows. */
  private static final int MOST_LINKS = 40;

  /** Of the name, in that of the file beside it: file systems allow 255 bytes. */
  private static final int NAME_LENGTH = 32;

  private static final int MOST_EXTENSION = 8;

  private final String noun;
  private final String name;
  private final Path target;
  private final Path partial;

  /** What a file is to hold. */
  @FunctionalInterface
  public interface Content {
    /** Writes it; the stream is closed by the caller. */
    void writeTo(OutputStream out) throws IOException;
  }

  /** Text that a file is to hold, in UTF-8. */
  @FunctionalInterface
  public interface Text {
    /** Writes it; the writer is closed by the caller. */
    void writeTo(Writer out) throws IOException;
  }

  private OutputFile(String noun, String name, Path target, Path partial) {
    this.noun = noun;
    this.name = name;
    this.target = target;
    this.partial = partial;
  }

  /**
   * Checks that a file can be written, without touching one that exists.
   *
   * @param noun what the file is called in messages: {@code output}
   * @param flag the option that names it, or empty
   * @throws IllegalArgumentException if it cannot be written; the message says why
   */
  public static OutputFile of(String noun, String flag, String file) {
    String name = flag.isEmpty() ? file : flag + " " + file;
    try {
      return of(noun, name, Path.of(file));
    } catch (InvalidPathException e) {
      throw unusable(noun, name, "have a name that the file system knows", e.getReason());
    }
  }

  private static OutputFile of(String noun, String name, Path file) {
    Path target = withoutLinks(noun, name, file.toAbsolutePath().normalize());
    Path directory = target.getParent();
    if (directory == null || Files.isDirectory(target)) {
      throw unusable(noun, name, "be a file", "it is a directory");
    }
    if (!Files.isDirectory(directory)) {
      throw unusable(
          noun,
          name,
          "be in a directory that exists",
          directory + (Files.exists(directory) ? " is not a directory" : " does not exist"));
    }
    if (Files.exists(target) && !Files.isWritable(target)) {
      throw unusable(noun, name, "be a file that can be replaced", "it is protected");
    }
    return new OutputFile(
        noun, name, target, isDevice(target) ? target : besides(noun, name, target));
  }

  /** The name of a file that can be made beside another, shown by making one. */
  private static Path besides(String noun, String name, Path target) {
    String own = target.getFileName().toString();
    String start = own.substring(0, Math.min(NAME_LENGTH, own.length()));
    try {
      // Some writers go by the extension.
      int dot = own.lastIndexOf('.');
      String end = dot > 0 && own.length() - dot <= MOST_EXTENSION ? own.substring(dot) : ".part";
      Path file = Files.createTempFile(target.getParent(), "." + start + ".", end);
      Files.delete(file);
      return file;
    } catch (IOException e) {
      throw unusable(
          noun, name, "be in a directory that can be written", target.getParent() + " cannot");
    }
  }

  private static boolean isDevice(Path target) {
    return Files.exists(target) && !Files.isRegularFile(target);
  }

  private static Path withoutLinks(String noun, String name, Path file) {
    Path path = file;
    for (int links = 0; Files.isSymbolicLink(path); links++) {
      if (links == MOST_LINKS) {
        throw unusable(noun, name, "be a file", "its symbolic links lead in a circle");
      }
      try {
        path = path.resolveSibling(Files.readSymbolicLink(path)).normalize();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return path;
  }

  private static IllegalArgumentException unusable(
      String noun, String name, String rule, String fact) {
    return new IllegalArgumentException(
        String.format(
            "The %s (%s) must %s: %s.%nMaybe choose another name or directory.",
            noun, name, rule, fact));
  }

  /**
   * Checks that writing this file does not destroy another.
   *
   * @param other another file of the same run, which need not exist
   * @param otherNoun what it is called in messages: {@code data}
   * @param otherName how the user named it: {@code -t data.arff}
   * @throws IllegalArgumentException if they are the same, be it by links, or by names that differ
   *     in case only, which some file systems do not tell apart
   */
  public void requireOther(Path other, String otherNoun, String otherName) {
    if (isSame(other)) {
      throw new IllegalArgumentException(
          String.format(
              "The %s (%s) must not be the %s (%s): it would be replaced.%n"
                  + "Maybe choose another name.",
              noun, name, otherNoun, otherName));
    }
  }

  /**
   * Checks that two results do not go to the same file.
   *
   * @throws IllegalArgumentException if they do
   */
  public void requireOther(OutputFile other) {
    if (!isDevice(target)) {
      requireOther(other.target, other.noun, other.name);
    }
  }

  private boolean isSame(Path other) {
    try {
      if (Files.exists(target) && Files.exists(other)) {
        return Files.isSameFile(target, other);
      }
      return !Files.exists(target)
          && !Files.exists(other)
          && place(target).equalsIgnoreCase(place(other));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Of a file that does not exist: only its directory may have different names. */
  private static String place(Path file) throws IOException {
    Path absolute = file.toAbsolutePath().normalize();
    Path directory = absolute.getParent();
    return directory != null && Files.isDirectory(directory)
        ? directory.toRealPath().resolve(absolute.getFileName()).toString()
        : absolute.toString();
  }

  /** Whether there is such a file now. */
  public boolean exists() {
    return Files.exists(target);
  }

  /** Where the file is, without links. */
  public Path path() {
    return target;
  }

  /** What writes a file by its name. */
  @FunctionalInterface
  public interface Writing {
    /** Writes to a path, which is not that of the file. */
    void writeTo(Path path) throws Exception;
  }

  /**
   * Has the file written by what knows paths only, or leaves it as it was.
   *
   * @throws IOException if it cannot be written; the message is for users
   * @throws Exception as the writing does
   */
  public void writeBeside(Writing writing) throws Exception {
    if (partial.equals(target)) {
      writing.writeTo(target);
      return;
    }
    partial.toFile().deleteOnExit();
    try {
      writing.writeTo(partial);
      try {
        moveToTarget();
      } catch (IOException e) {
        throw unwritten(e);
      }
    } finally {
      Files.deleteIfExists(partial);
    }
  }

  /**
   * Writes the file, or leaves it as it was. Interrupts do not matter.
   *
   * @throws IOException if it cannot be written; the message is for users
   */
  public void write(Content content) throws IOException {
    try {
      if (partial.equals(target)) {
        writeTo(target, content);
      } else {
        replace(content);
      }
    } catch (IOException e) {
      throw unwritten(e);
    }
  }

  private IOException unwritten(IOException e) {
    return new IOException(
        String.format("The %s (%s) could not be written: %s.", noun, name, reason(e)), e);
  }

  /** Writes text, or leaves the file as it was. */
  public void writeText(Text text) throws IOException {
    write(
        out -> {
          Writer writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
          text.writeTo(writer);
          writer.flush();
        });
  }

  private void replace(Content content) throws IOException {
    partial.toFile().deleteOnExit();
    try {
      writeTo(partial, content);
      moveToTarget();
    } finally {
      Files.deleteIfExists(partial);
    }
  }

  private void moveToTarget() throws IOException {
    if (Files.exists(target)
        && Files.getFileAttributeView(target, PosixFileAttributeView.class) != null) {
      Files.setPosixFilePermissions(partial, Files.getPosixFilePermissions(target));
    }
    try {
      // Without this option Java removes the old file first.
      Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(partial, target, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** Not through a channel: an interrupt would close it. */
  private static void writeTo(Path file, Content content) throws IOException {
    try (OutputStream out = new BufferedOutputStream(new FileOutputStream(file.toFile()))) {
      content.writeTo(out);
    }
  }

  /** Without the name of the file beside it, which users do not know. */
  private static String reason(IOException e) {
    String message = e.getMessage();
    if (e instanceof FileNotFoundException && message != null && message.endsWith(")")) {
      return message.substring(message.lastIndexOf('(') + 1, message.length() - 1);
    }
    if (e instanceof FileSystemException system && system.getReason() != null) {
      return system.getReason();
    }
    return message == null ? e.toString() : message;
  }
}
