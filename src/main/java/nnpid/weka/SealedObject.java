package nnpid.weka;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.function.Predicate;
import nnpid.execution.Transfer;

/**
 * A serialized object with a checksum (SHA-256), in a file or within a model: damage is noticed,
 * and reading has the limits of {@link GuardedInput}.
 */
public final class SealedObject {
  /** Begins with the version of the format, which old files lack. */
  private static final byte[] MAGIC = "nnpid-sealed-1\n".getBytes(StandardCharsets.US_ASCII);

  private static final int SUM_BYTES = 32;
  private static final int CHUNK_BYTES = 1 << 16;

  /** Java's own streams begin so. */
  private static final byte[] SERIALIZED = {(byte) 0xac, (byte) 0xed};

  /** A network with its inputs has 15. */
  private static final int MOST_DEPTH = 60;

  /** Where the bytes are, from the first. */
  @FunctionalInterface
  public interface Source {
    /** Opens them anew. */
    InputStream open() throws IOException;
  }

  private SealedObject() {}

  /** Writes an object; the stream stays open. */
  public static void write(OutputStream out, Serializable content) throws IOException {
    DigestOutputStream digested = new DigestOutputStream(out, sha256());
    digested.write(MAGIC);
    ObjectOutputStream objects = Transfer.output(new BufferedOutputStream(digested));
    objects.writeObject(content);
    objects.flush();
    out.write(digested.getMessageDigest().digest());
    out.flush();
  }

  /**
   * Reads an object whose checksum is right.
   *
   * @param length the number of bytes
   * @param allowed the names of classes that may be read, besides simple ones of Java
   * @throws IOException if it cannot be read; the message is the end of a sentence that tells why
   */
  public static <T> T read(Source source, long length, Class<T> type, Predicate<String> allowed)
      throws IOException {
    long contentLength = length - SUM_BYTES;
    requireChecksum(source, contentLength);
    try (InputStream in = new BufferedInputStream(source.open())) {
      in.skipNBytes(MAGIC.length);
      Object content = GuardedInput.readFirst(in, contentLength, MOST_DEPTH, allowed);
      if (!type.isInstance(content)) {
        throw new IOException("it has something else");
      }
      return type.cast(content);
    }
  }

  private static void requireChecksum(Source source, long contentLength) throws IOException {
    MessageDigest digest = sha256();
    try (InputStream in = source.open()) {
      byte[] start = in.readNBytes(MAGIC.length);
      if (!Arrays.equals(start, MAGIC)) {
        boolean old = start.length > 1 && Arrays.equals(start, 0, 2, SERIALIZED, 0, 2);
        throw new IOException(
            old
                ? "it is of an earlier version, which did not record to which data it belongs"
                : start.length < MAGIC.length ? "it ends too early" : "it begins differently");
      }
      digest.update(start);
      byte[] chunk = new byte[CHUNK_BYTES];
      long remaining = contentLength - start.length;
      while (remaining > 0) {
        int count = in.read(chunk, 0, (int) Math.min(chunk.length, remaining));
        if (count < 0) {
          break;
        }
        digest.update(chunk, 0, count);
        remaining -= count;
      }
      if (!MessageDigest.isEqual(digest.digest(), in.readNBytes(SUM_BYTES))) {
        throw new IOException("its checksum is wrong, so it is damaged or incomplete");
      }
    }
  }

  /** A new digest, as seals have it. */
  public static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256.", e);
    }
  }
}
