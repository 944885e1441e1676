package nnpid.numpy;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
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
 * a {@code .npz} archive, compressed or not. The first bytes decide which of the two it is. What
 * macOS adds to archives is passed over, and a folder that all arrays are in is no part of their
 * names.
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

  /** No network has more layers. */
  private static final int MOST_ENTRIES = 10_000;

  /** Of the directory at the end of an archive, which is read into memory as a whole. */
  private static final long MOST_DIRECTORY_BYTES = 16 << 20;

  /** Of the record that ends an archive, and of its like for large archives with its locator. */
  private static final int END_BYTES = 22;

  private static final int LOCATOR_BYTES = 20;
  private static final int MOST_COMMENT_BYTES = 65_535;
  private static final int END_SIGNATURE = 'P' | 'K' << 8 | 5 << 16 | 6 << 24;
  private static final int LOCATOR_SIGNATURE = 'P' | 'K' << 8 | 6 << 16 | 7 << 24;

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
    requireSmallDirectory(file);
    ZipFile zip;
    try {
      zip = new ZipFile(file.toFile());
    } catch (ZipException | EOFException e) {
      String fact =
          e instanceof EOFException ? "it ends too early" : String.valueOf(e.getMessage());
      throw incomplete(file, fact, e);
    }
    try {
      requireFewEntries(file, zip.size());
      List<ZipEntry> entries = new ArrayList<>(Collections.list(zip.entries()));
      List<ZipEntry> own = entries.stream().filter(entry -> !isOfSystem(entry.getName())).toList();
      requireSizes(file, entries);
      String folder = commonFolder(own);
      List<NumpyArray> arrays = new ArrayList<>();
      Set<String> names = new HashSet<>();
      for (ZipEntry entry : own) {
        if (!entry.getName().endsWith(EXTENSION)) {
          throw new IOException(
              String.format(
                  "The archive (%s) must have .npy arrays only: it has \"%s\".%nMaybe it was"
                      + " written by another program than numpy.savez, such as torch.save.",
                  file, NumpyArray.shown(entry.getName())));
        }
        if (!names.add(entry.getName())) {
          throw new IOException(
              String.format(
                  "The names of the arrays in %s must differ: two are \"%s\".",
                  file, NumpyArray.shown(entry.getName())));
        }
        arrays.add(
            NumpyArray.of(
                withoutExtension(entry.getName().substring(folder.length())),
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

  /** Java takes memory for all names before it tells how many there are. */
  private static void requireSmallDirectory(Path file) throws IOException {
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "r")) {
      int length = (int) Math.min(bytes.length(), END_BYTES + LOCATOR_BYTES + MOST_COMMENT_BYTES);
      long start = bytes.length() - length;
      ByteBuffer tail = read(bytes, start, length);
      int end = length - END_BYTES;
      while (end >= 0 && tail.getInt(end) != END_SIGNATURE) {
        end--;
      }
      if (end < 0 || end + END_BYTES + Short.toUnsignedInt(tail.getShort(end + 20)) != length) {
        throw incomplete(file, "it has no end", null);
      }
      long entryCount = Short.toUnsignedLong(tail.getShort(end + 10));
      long directoryBytes = Integer.toUnsignedLong(tail.getInt(end + 12));
      int locator = end - LOCATOR_BYTES;
      if (locator >= 0 && tail.getInt(locator) == LOCATOR_SIGNATURE) {
        long large = tail.getLong(locator + 8);
        if (large < 0 || large > start + locator - 56) {
          throw incomplete(file, "its end points to nowhere", null);
        }
        ByteBuffer record = read(bytes, large, 56);
        entryCount = Math.max(entryCount, record.getLong(32));
        directoryBytes = Math.max(directoryBytes, record.getLong(40));
      }
      requireFewEntries(file, entryCount);
      if (directoryBytes > MOST_DIRECTORY_BYTES) {
        throw new IOException(
            String.format(
                "The names in the archive (%s) must have at most %,d bytes in all: they have %,d.%n"
                    + "Maybe the file is damaged.",
                file, MOST_DIRECTORY_BYTES, directoryBytes));
      }
    }
  }

  private static ByteBuffer read(RandomAccessFile file, long start, int length) throws IOException {
    byte[] bytes = new byte[length];
    file.seek(start);
    file.readFully(bytes);
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static IOException incomplete(Path file, String fact, @Nullable IOException cause) {
    return new IOException(
        String.format(
            "The archive (%s) must be a complete zip file: %s.%nMaybe the file is truncated.",
            file, fact),
        cause);
  }

  private static void requireFewEntries(Path file, long count) throws IOException {
    if (count > MOST_ENTRIES) {
      throw new IOException(
          String.format(
              "The archive (%s) must have at most %,d arrays: it has %,d.%n"
                  + "Maybe save one array per layer, not one per sample.",
              file, MOST_ENTRIES, count));
    }
  }

  /** Entries that share their bytes would inflate to many times what the file can hold. */
  private static void requireSizes(Path file, List<ZipEntry> entries) throws IOException {
    long remaining = Files.size(file);
    for (ZipEntry entry : entries) {
      remaining -= entry.getCompressedSize();
      if (remaining < 0
          || entry.getSize() > MOST_INFLATION * Math.min(entry.getCompressedSize(), 1L << 48)) {
        throw new IOException(
            String.format(
                "The sizes in the archive (%s) must agree with its length (%d bytes): \"%s\" is"
                    + " to have %d bytes, %d compressed.%nMaybe the file is damaged.",
                file,
                Files.size(file),
                NumpyArray.shown(entry.getName()),
                entry.getSize(),
                entry.getCompressedSize()));
      }
    }
  }

  /** Folders, and what macOS adds when it packs files. */
  private static boolean isOfSystem(String name) {
    String last = name.substring(name.lastIndexOf('/') + 1);
    return last.isEmpty()
        || last.startsWith("._")
        || last.equals(".DS_Store")
        || name.startsWith("__MACOSX/");
  }

  /** The folder with its slash that all entries are in, as when a folder was packed; or nothing. */
  private static String commonFolder(List<ZipEntry> entries) {
    String common = entries.isEmpty() ? "" : entries.get(0).getName();
    for (ZipEntry entry : entries) {
      int mismatch = Arrays.mismatch(common.toCharArray(), entry.getName().toCharArray());
      common = mismatch < 0 ? common : common.substring(0, mismatch);
    }
    return common.substring(0, common.lastIndexOf('/') + 1);
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
