package nnpid.numpy;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * The arrays of a file that NumPy has written: one in a {@code .npy} file, any number with names in
 * a {@code .npz} archive, compressed or not. The first bytes decide which of the two it is.
 *
 * <p>The headers are read and checked at once, the values when they are asked for, which is
 * possible until the file is closed. Not thread-safe.
 */
public final class NumpyFile implements Closeable {
  private static final String EXTENSION = ".npy";
  private static final byte[] ZIP_MAGIC = {'P', 'K'};
  private static final byte[] GZIP_MAGIC = {0x1f, (byte) 0x8b};

  /** Deflate turns a byte into at most so many: what claims more is not what it says. */
  private static final long MOST_INFLATION = 1032;

  private final List<NumpyArray> arrays;
  private final @Nullable ZipFile zip;

  private NumpyFile(List<NumpyArray> arrays, @Nullable ZipFile zip) {
    this.arrays = List.copyOf(arrays);
    this.zip = zip;
  }

  /**
   * Opens a file and reads the headers of its arrays.
   *
   * @throws IOException if the file cannot be read, or is not what NumPy writes; the message says
   *     what is wrong
   */
  public static NumpyFile open(Path file) throws IOException {
    if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
      throw new IOException(
          String.format(
              "The file (%s) must be a readable file: %s.",
              file, Files.exists(file) ? "it is not" : "it does not exist"));
    }
    byte[] start;
    try (InputStream in = Files.newInputStream(file)) {
      start = in.readNBytes(ZIP_MAGIC.length);
    }
    if (Arrays.equals(start, GZIP_MAGIC)) {
      throw new IOException(
          String.format(
              "The file (%s) must be a .npy or .npz file: it is compressed with gzip.%n"
                  + "Maybe unpack it, or use numpy.savez_compressed.",
              file));
    }
    try {
      return Arrays.equals(start, ZIP_MAGIC) ? openArchive(file) : openArray(file);
    } catch (EOFException e) {
      // Of a damaged archive, and without a message.
      throw new IOException(
          String.format("The file (%s) must be complete: it is damaged or ends too early.", file),
          e);
    }
  }

  private static NumpyFile openArray(Path file) throws IOException {
    NumpyArray array =
        NumpyArray.of(
            withoutExtension(String.valueOf(file.getFileName())),
            () -> Files.newInputStream(file),
            Files.size(file),
            NumpyArray.NO_CHECKSUM);
    return new NumpyFile(List.of(array), null);
  }

  private static NumpyFile openArchive(Path file) throws IOException {
    ZipFile zip;
    try {
      zip = new ZipFile(file.toFile());
    } catch (ZipException | EOFException e) {
      throw new IOException(
          String.format(
              "The archive (%s) must be a complete zip file: %s.%nMaybe the file is truncated.",
              file, e instanceof EOFException ? "it ends too early" : e.getMessage()),
          e);
    }
    try {
      List<NumpyArray> arrays = new ArrayList<>();
      Set<String> names = new HashSet<>();
      long remaining = Files.size(file);
      for (ZipEntry entry : Collections.list(zip.entries())) {
        if (!entry.getName().endsWith(EXTENSION)) {
          throw new IOException(
              String.format(
                  "The archive (%s) must have .npy arrays only: it has \"%s\".%nMaybe it was"
                      + " written by another program than numpy.savez, such as torch.save.",
                  file, entry.getName()));
        }
        if (!names.add(entry.getName())) {
          throw new IOException(
              String.format(
                  "The names of the arrays in %s must differ: two are \"%s\".",
                  file, entry.getName()));
        }
        // Entries that share their bytes would inflate to many times what the file can hold.
        remaining -= entry.getCompressedSize();
        if (remaining < 0
            || entry.getSize() > MOST_INFLATION * Math.min(entry.getCompressedSize(), 1L << 48)) {
          throw new IOException(
              String.format(
                  "The sizes in the archive (%s) must agree with its length (%d bytes): \"%s\" is"
                      + " to have %d bytes, %d compressed.%nMaybe the file is damaged.",
                  file,
                  Files.size(file),
                  entry.getName(),
                  entry.getSize(),
                  entry.getCompressedSize()));
        }
        arrays.add(
            NumpyArray.of(
                withoutExtension(entry.getName()),
                () -> zip.getInputStream(entry),
                entry.getSize(),
                entry.getCrc()));
      }
      return new NumpyFile(arrays, zip);
    } catch (IOException | RuntimeException e) {
      zip.close();
      throw e;
    }
  }

  private static String withoutExtension(String name) {
    boolean has = name.regionMatches(true, name.length() - 4, EXTENSION, 0, EXTENSION.length());
    return has ? name.substring(0, name.length() - EXTENSION.length()) : name;
  }

  /** The arrays in the order of the file; an array in a file of its own is named after the file. */
  public List<NumpyArray> arrays() {
    return arrays;
  }

  /** Whether the file is a {@code .npz} archive, in which arrays have names of their own. */
  public boolean isArchive() {
    return zip != null;
  }

  @Override
  public void close() throws IOException {
    if (zip != null) {
      zip.close();
    }
  }
}
