package nnpid.weka;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.File;
import java.io.FileInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.InterruptedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import nnpid.execution.Execution;

/**
 * Text files as people save them: with a byte order mark or without, compressed if their name ends
 * in .gz. What is no UTF-8 is read as ISO-8859-1, in which different bytes are different letters:
 * names may look odd then, but no two of them become one.
 */
public final class TextFile {
  private static final int BUFFER = 1 << 16;

  private TextFile() {}

  /** Something that reads a text from its beginning. */
  @FunctionalInterface
  public interface Reading<T> {
    T read(BufferedReader text) throws IOException;
  }

  /**
   * What a reading gave, and as what the characters of the file were read.
   *
   * @param charset for a file without a byte order mark
   */
  record Decoded<T>(T value, Charset charset) {}

  /**
   * Reads a file; a second time from its beginning if it turns out to be no UTF-8.
   *
   * @throws IOException if the file cannot be read, or as the reading does
   */
  public static <T> T read(File file, Reading<T> reading) throws IOException {
    return decode(file, Execution.sequential(), reading).value();
  }

  /**
   * The same, told how far it is; it tells what else to read the file as.
   *
   * @throws java.io.InterruptedIOException if the thread is interrupted
   */
  static <T> Decoded<T> decode(File file, Execution execution, Reading<T> reading)
      throws IOException {
    try {
      Charset charset = StandardCharsets.UTF_8;
      return new Decoded<>(read(file, charset, execution, reading), charset);
    } catch (CharacterCodingException e) {
      try {
        Charset charset = StandardCharsets.ISO_8859_1;
        return new Decoded<>(read(file, charset, execution, reading), charset);
      } catch (CharacterCodingException damaged) {
        throw new IOException(
            String.format(
                "The file (%s) must be text: its byte order mark says UTF-16, and its bytes are"
                    + " not.%nMaybe save it as UTF-8.",
                file),
            damaged);
      }
    }
  }

  /** Reads a file that has been decoded before. */
  static <T> T read(File file, Charset unmarked, Execution execution, Reading<T> reading)
      throws IOException {
    try (InputStream raw = new WatchedInput(file, execution);
        InputStream in =
            new BufferedInputStream(isCompressed(file) ? unzipped(raw) : raw, BUFFER)) {
      var decoder =
          marked(in, unmarked)
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT);
      return reading.read(new BufferedReader(new InputStreamReader(in, decoder)));
    } catch (EOFException | ZipException e) {
      throw new IOException(
          String.format(
              "The file (%s) must be compressed, as its name says, and whole: %s.%n"
                  + "Maybe it was not copied to its end, or has the wrong name.",
              file,
              e instanceof ZipException ? "it is damaged, or no .gz file" : "it ends too early"),
          e);
    }
  }

  /** Tells how much of a file has been read, and ends where the reading thread is interrupted. */
  private static final class WatchedInput extends FilterInputStream {
    private final double length;
    private final Execution execution;
    private long done;

    WatchedInput(File file, Execution execution) throws IOException {
      super(new FileInputStream(file));
      this.length = Math.max(1, file.length());
      this.execution = execution;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int count) throws IOException {
      if (Thread.currentThread().isInterrupted()) {
        throw new InterruptedIOException("The reading was stopped.");
      }
      int read = super.read(bytes, offset, count);
      done += Math.max(0, read);
      execution.progress(Math.min(1, done / length));
      return read;
    }
  }

  private static InputStream unzipped(InputStream in) throws IOException {
    return new GZIPInputStream(in, BUFFER);
  }

  private static boolean isCompressed(File file) {
    return file.getName().toLowerCase(Locale.ROOT).endsWith(".gz");
  }

  /** The charset that a byte order mark tells, which is skipped; else the other. */
  private static Charset marked(InputStream in, Charset unmarked) throws IOException {
    in.mark(3);
    int first = in.read();
    int second = in.read();
    if (first == 0xEF && second == 0xBB && in.read() == 0xBF) {
      return StandardCharsets.UTF_8;
    }
    if (first == 0xFF && second == 0xFE) {
      return StandardCharsets.UTF_16LE;
    }
    if (first == 0xFE && second == 0xFF) {
      return StandardCharsets.UTF_16BE;
    }
    in.reset();
    return unmarked;
  }
}
