package nnpid.weka;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.zip.GZIPInputStream;

/**
 * Text files as people save them: with a byte order mark or without, compressed if their name ends
 * in .gz. What is no UTF-8 is read as ISO-8859-1, in which different bytes are different letters:
 * names may look odd then, but no two of them become one.
 */
public final class TextFile {
  private TextFile() {}

  /** Something that reads a text from its beginning. */
  @FunctionalInterface
  public interface Reading<T> {
    T read(BufferedReader text) throws IOException;
  }

  /**
   * Reads a file; a second time from its beginning if it turns out to be no UTF-8.
   *
   * @throws IOException if the file cannot be read, or as the reading does
   */
  public static <T> T read(File file, Reading<T> reading) throws IOException {
    try {
      return read(file, StandardCharsets.UTF_8, reading);
    } catch (CharacterCodingException e) {
      try {
        return read(file, StandardCharsets.ISO_8859_1, reading);
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

  private static <T> T read(File file, Charset unmarked, Reading<T> reading) throws IOException {
    try (InputStream raw = new FileInputStream(file);
        InputStream in = new BufferedInputStream(isCompressed(file) ? unzipped(raw) : raw)) {
      var decoder =
          marked(in, unmarked)
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT);
      return reading.read(new BufferedReader(new InputStreamReader(in, decoder)));
    }
  }

  private static InputStream unzipped(InputStream in) throws IOException {
    return new GZIPInputStream(in, 1 << 16);
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
