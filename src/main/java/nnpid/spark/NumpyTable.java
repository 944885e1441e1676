package nnpid.spark;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import nnpid.numpy.NumpyArray;
import nnpid.numpy.NumpyBlock;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Arrays of NumPy, each file with some of the samples. Values of a sample follow each other, so
 * that any range of samples is a range of bytes.
 */
final class NumpyTable extends Table {
  /** About what a task reads. */
  private static final long TASK_BYTES = 32 << 20;

  private final JavaSparkContext context;
  private final List<Range> ranges;

  /** Some samples of a file. */
  @SuppressWarnings("ArrayRecordComponent") // nobody compares or changes it
  private record Range(
      SerializableConfiguration configuration,
      String file,
      byte[] header,
      long offset,
      long first,
      int count,
      long bytes)
      implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Opened as an array of its own. */
    NumpyArray open() throws IOException {
      return NumpyArray.of(name(), this::stream, header.length + bytes);
    }

    private String name() {
      return new Path(file).getName();
    }

    private InputStream stream() throws IOException {
      FSDataInputStream in =
          new Path(file).getFileSystem(configuration.value()).open(new Path(file));
      in.seek(offset);
      return new SequenceInputStream(new ByteArrayInputStream(header), new Limited(in, bytes));
    }
  }

  /** So many bytes of another stream. */
  private static final class Limited extends FilterInputStream {
    private long left;

    Limited(InputStream in, long left) {
      super(in);
      this.left = left;
    }

    @Override
    public int read() throws IOException {
      int read = left > 0 ? super.read() : -1;
      left -= read < 0 ? 0 : 1;
      return read;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
      if (left == 0 && length > 0) {
        return -1;
      }
      int read = super.read(bytes, from, (int) Math.min(length, left));
      left -= Math.max(0, read);
      return read;
    }

    @Override
    public long skip(long count) throws IOException {
      long skipped = super.skip(Math.min(count, left));
      left -= skipped;
      return skipped;
    }
  }

  private NumpyTable(
      JavaSparkContext context, String relation, List<Column> columns, List<Range> ranges) {
    super(relation, columns);
    this.context = context;
    this.ranges = ranges;
  }

  /**
   * Opens files with the same units.
   *
   * @throws IOException if they cannot be read, or are no arrays of NumPy
   * @throws IllegalArgumentException if they do not fit together
   */
  static Table open(JavaSparkContext context, Inputs inputs) throws IOException {
    SerializableConfiguration configuration =
        new SerializableConfiguration(context.hadoopConfiguration());
    List<Range> ranges = new ArrayList<>();
    int unitCount = 0;
    for (FileStatus status : inputs.files()) {
      Path file = status.getPath();
      NumpyArray array =
          NumpyArray.of(
              file.getName(),
              () -> file.getFileSystem(context.hadoopConfiguration()).open(file),
              status.getLen());
      if (array.isText()) {
        throw new IllegalArgumentException(
            "The array (" + file + ") must have numbers: it has texts.");
      }
      if (array.sampleBytes() == 0) {
        throw new IllegalArgumentException(
            String.format(
                "The array (%s) must be in C order, for executors read some samples of it: it is in"
                    + " Fortran order.%nMaybe save numpy.ascontiguousarray(array).",
                file));
      }
      if (unitCount != 0 && unitCount != array.unitCount()) {
        throw new IllegalArgumentException(
            String.format(
                "The parts of a table must have the same units: %s has %d, the parts before have"
                    + " %d.",
                file, array.unitCount(), unitCount));
      }
      unitCount = array.unitCount();
      addRanges(ranges, configuration, file, array);
    }
    List<Column> columns = new ArrayList<>();
    for (int unit = 1; unit <= unitCount; unit++) {
      columns.add(Column.ofNumbers(inputs.relation() + "_" + unit));
    }
    return new NumpyTable(context, inputs.relation(), columns, List.copyOf(ranges));
  }

  private static void addRanges(
      List<Range> ranges, SerializableConfiguration configuration, Path file, NumpyArray array) {
    long sampleBytes = array.sampleBytes();
    int atOnce = (int) Math.max(1, Math.min(Integer.MAX_VALUE, TASK_BYTES / sampleBytes));
    for (long first = 0; first < array.sampleCount(); first += atOnce) {
      int count = (int) Math.min(atOnce, array.sampleCount() - first);
      ranges.add(
          new Range(
              configuration,
              file.toString(),
              array.headerOf(count),
              array.headerBytes() + first * sampleBytes,
              first,
              count,
              count * sampleBytes));
    }
  }

  @Override
  public JavaRDD<Sample> rows(int[] wanted, boolean places) {
    return context.parallelize(ranges, ranges.size()).flatMap(range -> rows(range, wanted, places));
  }

  private static Iterator<Sample> rows(Range range, int[] wanted, boolean places)
      throws IOException {
    double[][] values = new double[range.count][wanted.length];
    range.open().readBlocks(block -> read(block, wanted, values));
    String name = range.name();
    List<Sample> rows = new ArrayList<>(range.count);
    for (int i = 0; i < range.count; i++) {
      rows.add(new Sample(places ? Sample.place(name, range.first + i) : 0, values[i]));
    }
    return rows.iterator();
  }

  private static void read(NumpyBlock block, int[] wanted, double[][] values) {
    double[] column = new double[block.sampleCount()];
    for (int i = 0; i < wanted.length; i++) {
      block.read(wanted[i], column);
      for (int sample = 0; sample < column.length; sample++) {
        double value = column[sample];
        values[block.firstSample() + sample][i] =
            Double.isFinite(value) ? value : Double.POSITIVE_INFINITY;
      }
    }
  }
}
