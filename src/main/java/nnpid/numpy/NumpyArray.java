package nnpid.numpy;

import static java.util.Objects.requireNonNull;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * One array of a {@link NumpyFile}, as a table of samples x units: the first axis counts the
 * samples, all others together the units, the last axis fastest. An array of one axis has one unit.
 *
 * <p>Numbers are Booleans, signed and unsigned integers of 8 to 64 bits and floating-point numbers
 * of 16 to 64 bits, in either byte order; texts are {@code U} and {@code S} (UTF-8). Everything
 * else, Python objects above all, is refused. The size of the values has been checked against the
 * size of the file.
 */
public final class NumpyArray {
  static final long NO_CHECKSUM = -1;

  private static final int MOST_SHOWN = 80;
  private static final int CHUNK_BYTES = 65_536;

  /** What {@link #readBlocks} has in memory at a time, if the samples are not larger. */
  public static final int BLOCK_BYTES = 1 << 23;

  /** Integers up to here are doubles without loss. */
  private static final double MOST_EXACT = 0x1p53;

  /** More classes than any vocabulary has; indices of samples are no labels. */
  private static final int MOST_LABELS = 1 << 18;

  /** What Java and Weka need for a label besides its characters, about. */
  private static final int LABEL_BYTES = 320;

  /** Where the bytes are, from the first of the file. */
  interface Source {
    InputStream open() throws IOException;
  }

  /** Null is no label. */
  private interface LabelReader<K> {
    @Nullable K read(ByteBuffer buffer, int position) throws IOException;
  }

  private interface ElementConsumer {
    void accept(ByteBuffer buffer, int position) throws IOException;
  }

  /**
   * Labels of samples: the distinct values of an array in ascending order, and which of them every
   * sample has.
   */
  public static final class Labels {
    private final List<String> values;
    private final int[] indices;

    private Labels(List<String> values, int[] indices) {
      this.values = values;
      this.indices = indices;
    }

    /** The distinct values; numbers are in numerical order. */
    public List<String> values() {
      return values;
    }

    /** The index of the value of a sample, -1 if it is NaN. */
    public int index(int sample) {
      return indices[sample];
    }
  }

  private final String name;
  private final Source source;
  private final long checksum;
  private final NumpyHeader header;
  private final int[] shape;
  private final int unitCount;
  private final char kind;
  private final int elementBytes;
  private final NumpyElements elements;

  private NumpyArray(String name, Source source, long byteCount, long checksum) throws IOException {
    this.name = name;
    this.source = source;
    this.checksum = checksum;
    try (InputStream in = source.open()) {
      header = new NumpyHeader(name, in, byteCount);
    }
    shape = header.shape();
    unitCount = header.unitCount();
    kind = header.kind();
    elementBytes = header.elementBytes();
    elements = new NumpyElements(name, header);
  }

  /**
   * Reads and checks the header.
   *
   * @param byteCount the length of the file or entry
   * @param checksum CRC-32 of the bytes, or {@link #NO_CHECKSUM}
   */
  static NumpyArray of(String name, Source source, long byteCount, long checksum)
      throws IOException {
    try {
      return new NumpyArray(name, source, byteCount, checksum);
    } catch (EOFException e) {
      throw damaged(name, new ZipException("it ends too early"));
    } catch (ZipException e) {
      throw damaged(name, e);
    }
  }

  /**
   * An array that comes from any place.
   *
   * @param name of the array
   * @param source opens its bytes, as a file in the form of NumPy has them
   * @param byteCount how many they are
   * @throws IOException if they cannot be read, or are not in that form
   */
  public static NumpyArray of(String name, Callable<InputStream> source, long byteCount)
      throws IOException {
    return of(name, () -> opened(source), byteCount, NO_CHECKSUM);
  }

  private static InputStream opened(Callable<InputStream> source) throws IOException {
    try {
      return source.call();
    } catch (IOException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  /** Number of bytes before the first value. */
  public int headerBytes() {
    return header.length();
  }

  /**
   * Number of bytes of a sample, whose values follow each other; 0 if they do not, in Fortran
   * order.
   */
  public long sampleBytes() {
    return header.fortranOrder() ? 0 : (long) unitCount * elementBytes;
  }

  /** What a file begins with that has some samples of this one. */
  public byte[] headerOf(int count) {
    int[] axes = shape.clone();
    axes[0] = count;
    String text =
        String.format(
            Locale.ROOT,
            "{'descr': '%s%c%d', 'fortran_order': False, 'shape': (%s,), }\n",
            header.order() == ByteOrder.BIG_ENDIAN ? ">" : "<",
            kind,
            kind == 'U' ? elementBytes / Integer.BYTES : elementBytes,
            Arrays.stream(axes).mapToObj(Integer::toString).collect(Collectors.joining(", ")));
    byte[] entries = text.getBytes(StandardCharsets.ISO_8859_1);
    ByteBuffer bytes = ByteBuffer.allocate(10 + entries.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.ISO_8859_1));
    return bytes.put((byte) 1).put((byte) 0).putShort((short) entries.length).put(entries).array();
  }

  private static IOException damaged(String name, ZipException e) {
    return new IOException(
        String.format(
            "Array \"%s\" must be readable: %s.%nMaybe the file is damaged.",
            shown(name), e.getMessage()),
        e);
  }

  /** The name in the archive, or that of the file, without its extension. */
  public String name() {
    return name;
  }

  /**
   * What a stranger wrote, as a message can have it: not too long, and without characters that
   * cannot be seen.
   */
  public static String shown(String text) {
    String start = text.length() <= MOST_SHOWN ? text : text.substring(0, MOST_SHOWN) + "...";
    return start.replaceAll("\\p{C}", "?");
  }

  /** The length of the first axis. */
  public int sampleCount() {
    return shape[0];
  }

  /** The product of the lengths of the other axes, 1 if there are none. */
  public int unitCount() {
    return unitCount;
  }

  /** Whether the elements are texts; otherwise they are numbers. */
  public boolean isText() {
    return header.isText();
  }

  /** The lengths of all axes as Python writes them, for instance {@code (60000, 10)}. */
  public String shapeText() {
    String axes =
        Arrays.stream(shape).mapToObj(Integer::toString).collect(Collectors.joining(", "));
    return shape.length == 1 ? "(" + axes + ",)" : "(" + axes + ")";
  }

  /**
   * Reads all values as doubles; integers beyond 2^53 are rounded.
   *
   * @param rows one row per sample; unit i goes to index {@code offset + i}
   * @throws IllegalStateException if the array has texts
   * @throws IOException if the file cannot be read or is damaged
   */
  public void readInto(double[][] rows, int offset) throws IOException {
    NumpyElements.NumberReader reader = elements.numbers();
    if (header.fortranOrder()) {
      int[] units = fortranUnits();
      forEachElement(
          new ElementConsumer() {
            private int sample;
            private int unit;

            @Override
            public void accept(ByteBuffer buffer, int position) {
              rows[sample][offset + units[unit]] = reader.read(buffer, position);
              if (++sample == rows.length) {
                sample = 0;
                unit++;
              }
            }
          });
    } else {
      forEachElement(
          new ElementConsumer() {
            private int sample;
            private int unit;

            @Override
            public void accept(ByteBuffer buffer, int position) {
              rows[sample][offset + unit] = reader.read(buffer, position);
              if (++unit == unitCount) {
                unit = 0;
                sample++;
              }
            }
          });
    }
  }

  /** The units in the order of a file in which the first of their axes is fastest. */
  private int[] fortranUnits() {
    int[] units = new int[unitCount];
    int[] position = new int[shape.length];
    for (int i = 0; i < unitCount; i++) {
      for (int axis = 1; axis < shape.length; axis++) {
        units[i] = units[i] * shape[axis] + position[axis];
      }
      for (int axis = 1; axis < shape.length && ++position[axis] == shape[axis]; axis++) {
        position[axis] = 0;
      }
    }
    return units;
  }

  /**
   * Reads an array of one unit as labels. Integers and whole floating-point numbers are written as
   * integers, Booleans as {@code False} and {@code True}, texts as they are.
   *
   * @param mostBytes the memory that the distinct labels may take, as an attribute of Weka too
   * @return empty if a number is not whole, or too large to be exact
   * @throws IllegalStateException if there is more than one unit
   * @throws IOException if the file cannot be read or is damaged, or has too many distinct labels
   */
  public Optional<Labels> readLabels(double mostBytes) throws IOException {
    if (unitCount != 1) {
      throw new IllegalStateException("Labels must have one value per sample: " + shapeText());
    }
    return switch (kind) {
      case 'U', 'S' ->
          readLabels(mostBytes, elements::textAt, Comparator.naturalOrder(), Function.identity());
      case 'f' -> readWholeNumbers(mostBytes);
      case 'u' ->
          readLabels(mostBytes, elements::integerAt, Long::compareUnsigned, Long::toUnsignedString);
      case 'b' ->
          readLabels(
              mostBytes,
              elements::integerAt,
              Comparator.naturalOrder(),
              v -> v == 0 ? "False" : "True");
      default ->
          readLabels(
              mostBytes, elements::integerAt, Comparator.naturalOrder(), v -> Long.toString(v));
    };
  }

  private Optional<Labels> readWholeNumbers(double mostBytes) throws IOException {
    NumpyElements.NumberReader reader = elements.numbers();
    boolean[] whole = {true};
    Optional<Labels> labels =
        this.<Long>readLabels(
            mostBytes,
            (buffer, position) -> {
              double value = reader.read(buffer, position);
              whole[0] &= Double.isNaN(value) || isExactInteger(value);
              return whole[0] && !Double.isNaN(value) ? (long) value : null;
            },
            Comparator.naturalOrder(),
            v -> Long.toString(v));
    return whole[0] ? labels : Optional.empty();
  }

  private static boolean isExactInteger(double value) {
    return Math.abs(value) <= MOST_EXACT && Math.rint(value) == value;
  }

  private <K> Optional<Labels> readLabels(
      double mostBytes, LabelReader<K> reader, Comparator<K> comparator, Function<K, String> text)
      throws IOException {
    Map<K, Integer> found = new HashMap<>();
    int[] indices = new int[sampleCount()];
    forEachElement(
        new ElementConsumer() {
          private int sample;
          private double bytes;

          @Override
          public void accept(ByteBuffer buffer, int position) throws IOException {
            K label = reader.read(buffer, position);
            int count = found.size();
            indices[sample++] = label == null ? -1 : found.computeIfAbsent(label, key -> count);
            if (found.size() > count) {
              bytes += LABEL_BYTES + (label instanceof String text ? 4.0 * text.length() : 0);
              requireFewLabels(found.size(), bytes, mostBytes);
            }
          }
        });
    List<K> values = new ArrayList<>(found.keySet());
    values.sort(comparator);
    int[] ranks = new int[values.size()];
    for (int rank = 0; rank < ranks.length; rank++) {
      ranks[requireNonNull(found.get(values.get(rank)))] = rank;
    }
    Arrays.setAll(indices, i -> indices[i] < 0 ? -1 : ranks[indices[i]]);
    return Optional.of(new Labels(values.stream().map(text).toList(), indices));
  }

  private void requireFewLabels(int count, double bytes, double mostBytes) throws IOException {
    if (count > MOST_LABELS || bytes > mostBytes) {
      throw new IOException(
          String.format(
              "The labels of array \"%s\" must be of at most %,d classes, which must fit into"
                  + " memory: it has %s different ones.%n"
                  + "Maybe it is not the class, or an index of samples.",
              shown(name),
              MOST_LABELS,
              count > MOST_LABELS ? "more" : "%,d or more".formatted(count)));
    }
  }

  private void forEachElement(ElementConsumer consumer) throws IOException {
    long[] remaining = {(long) sampleCount() * unitCount};
    int chunk = Math.max(1, CHUNK_BYTES / elementBytes);
    byte[] bytes = new byte[chunk * elementBytes];
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(header.order());
    readChunks(
        bytes,
        () -> (int) Math.min(chunk, remaining[0]) * elementBytes,
        byteCount -> {
          for (int position = 0; position < byteCount; position += elementBytes) {
            consumer.accept(buffer, position);
          }
          remaining[0] -= byteCount / elementBytes;
        });
  }

  /** What is done with a block of values. */
  public interface BlockConsumer {
    /** Takes the next block. */
    void accept(NumpyBlock block) throws IOException;
  }

  /**
   * Reads all values once, in blocks of about {@link #BLOCK_BYTES}: all units of some samples, or
   * of a file in Fortran order some samples of some units. The samples of a unit come in their
   * order.
   *
   * @throws IllegalStateException if the array has texts
   * @throws IOException if the file cannot be read or is damaged, or as the consumer does
   */
  public void readBlocks(BlockConsumer consumer) throws IOException {
    NumpyElements.NumberReader reader = elements.numbers();
    int[] units = header.fortranOrder() ? fortranUnits() : IntStream.range(0, unitCount).toArray();
    // The fast axis is that of the units, or in Fortran order that of the samples.
    int fast = header.fortranOrder() ? sampleCount() : unitCount;
    int slow = header.fortranOrder() ? unitCount : sampleCount();
    int elements = Math.max(1, BLOCK_BYTES / elementBytes);
    boolean whole = fast <= elements;
    int lines = whole ? Math.min(slow, elements / Math.max(1, fast)) : 1;
    int length = whole || !header.fortranOrder() ? fast : elements;
    byte[] bytes = new byte[Math.multiplyExact(Math.multiplyExact(lines, length), elementBytes)];
    int[] at = {0, 0}; // slow and fast axis
    readChunks(
        bytes,
        () ->
            at[0] == slow
                ? 0
                : Math.min(lines, slow - at[0]) * Math.min(length, fast - at[1]) * elementBytes,
        byteCount -> {
          int lineCount = Math.min(lines, slow - at[0]);
          int lineLength = Math.min(length, fast - at[1]);
          consumer.accept(
              header.fortranOrder()
                  ? new NumpyBlock(
                      header,
                      reader,
                      bytes,
                      Arrays.copyOfRange(units, at[0], at[0] + lineCount),
                      at[1],
                      lineLength,
                      lineLength * elementBytes,
                      elementBytes)
                  : new NumpyBlock(
                      header,
                      reader,
                      bytes,
                      units,
                      at[0],
                      lineCount,
                      elementBytes,
                      lineLength * elementBytes));
          at[1] += lineLength;
          if (at[1] == fast) {
            at[1] = 0;
            at[0] += lineCount;
          }
        });
  }

  private interface ChunkConsumer {
    void accept(int byteCount) throws IOException;
  }

  /**
   * Reads the values once.
   *
   * @param bytes receives a chunk
   * @param nextBytes how many bytes the next chunk has; 0 after the last
   */
  private void readChunks(byte[] bytes, IntSupplier nextBytes, ChunkConsumer consumer)
      throws IOException {
    CRC32 sum = new CRC32();
    try (InputStream raw = source.open();
        InputStream in = checksum == NO_CHECKSUM ? raw : new CheckedInputStream(raw, sum)) {
      in.skipNBytes(header.length());
      for (int byteCount = nextBytes.getAsInt(); byteCount > 0; byteCount = nextBytes.getAsInt()) {
        if (Thread.currentThread().isInterrupted()) {
          throw new InterruptedIOException("The reading was stopped.");
        }
        if (in.readNBytes(bytes, 0, byteCount) < byteCount) {
          throw new EOFException();
        }
        consumer.accept(byteCount);
      }
    } catch (EOFException e) {
      throw header.truncated("its values end too early");
    } catch (ZipException e) {
      throw damaged(name, e);
    }
    if (checksum != NO_CHECKSUM && checksum != sum.getValue()) {
      throw damaged(name, new ZipException("its checksum is wrong"));
    }
  }
}
