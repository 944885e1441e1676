package nnpid.spark;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.stream.IntStream;
import nnpid.weka.DelimitedText;
import nnpid.weka.TextColumn;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.CompressionCodecFactory;
import org.apache.hadoop.mapreduce.InputSplit;
import org.apache.hadoop.mapreduce.lib.input.FileSplit;
import org.apache.hadoop.mapreduce.lib.input.TextInputFormat;
import org.apache.spark.api.java.JavaNewHadoopRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import scala.Tuple2;
import weka.core.Instances;

/**
 * Tables of text, CSV and its relatives, by the rules of {@link DelimitedText}: its first lines
 * decide on separator and quotes, every line is a row, every cell a number or a name. One
 * difference: a column in which some cells are numbers is refused, unless it is a class of numbers.
 */
final class TextTable extends Table {
  /** Of the beginning of a file, which tells how it is written. */
  private static final int SAMPLE = 1 << 16;

  private final JavaSparkContext context;
  private final Shape shape;
  private final List<String> files;

  /**
   * How lines become cells.
   *
   * @param header the line of the names, which every file begins with
   * @param mixed the column of a class, in which numbers may stand among names; -1 for none
   */
  private record Shape(LineCells cells, String header, List<String> names, int mixed)
      implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  private TextTable(
      JavaSparkContext context,
      String relation,
      List<Column> columns,
      Shape shape,
      List<String> files) {
    super(relation, columns);
    this.context = context;
    this.shape = shape;
    this.files = files;
  }

  /**
   * Opens files with the same line of names, and reads them once to learn what columns have.
   *
   * @param separator as the option says
   * @param classAttribute as the option says, if its numbers are classes; else empty
   * @throws IllegalArgumentException if they are no tables; the message is a sentence
   */
  static Table open(
      JavaSparkContext context, Inputs inputs, String separator, String classAttribute)
      throws IOException {
    Path first = inputs.files().get(0).getPath();
    Configuration configuration = context.hadoopConfiguration();
    Shape shape = shape(first, start(first, configuration), separator, classAttribute);
    List<String> files = List.of(inputs.paths());
    List<Column> columns = learn(context, files, shape);
    return new TextTable(context, inputs.relation(), columns, shape, files);
  }

  /** The first lines of a file, whole ones. */
  private static String start(Path file, Configuration configuration) throws IOException {
    CompressionCodec codec = new CompressionCodecFactory(configuration).getCodec(file);
    try (InputStream raw = file.getFileSystem(configuration).open(file);
        InputStream in = codec == null ? raw : codec.createInputStream(raw)) {
      Text text = new Text();
      byte[] bytes = in.readNBytes(SAMPLE);
      boolean whole = bytes.length < SAMPLE;
      int length = bytes.length;
      while (!whole && length > 0 && bytes[length - 1] != '\n' && bytes[length - 1] != '\r') {
        length--;
      }
      if (length == 0 && bytes.length > 0) {
        return start(in, bytes); // a header of very many names
      }
      text.set(bytes, 0, length);
      return text.toString();
    }
  }

  private static String start(InputStream in, byte[] before) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.write(before);
    for (int lines = 0, b = in.read(); b >= 0 && lines < 2; b = in.read()) {
      all.write(b);
      lines += b == '\n' ? 1 : 0;
    }
    return all.toString(StandardCharsets.UTF_8);
  }

  /** The command line's own reader judges the first lines, in a file of this machine. */
  private static Shape shape(Path file, String start, String separator, String classAttribute)
      throws IOException {
    File local = File.createTempFile("nnpid", ".csv");
    try {
      Files.writeString(local.toPath(), start);
      String marks = DelimitedText.marks(local, separator);
      List<String> mixed = classAttribute.isEmpty() ? List.of() : List.of(classAttribute);
      Instances header = DelimitedText.read(local, separator, mixed);
      List<String> names =
          IntStream.range(0, header.numAttributes())
              .mapToObj(i -> header.attribute(i).name())
              .toList();
      String line = start.lines().filter(text -> !text.isBlank()).findFirst().orElse("");
      return new Shape(
          new LineCells(marks.charAt(0), marks.charAt(1)),
          withoutMark(line),
          names,
          mixed(names, classAttribute));
    } catch (IOException e) {
      throw new IOException(
          String.valueOf(e.getMessage()).replace(local.getPath(), file.toString()), e);
    } finally {
      Files.delete(local.toPath());
    }
  }

  /** Without a byte order mark, which Hadoop leaves out. */
  private static String withoutMark(String line) {
    return line.startsWith("\uFEFF") ? line.substring(1) : line;
  }

  private static int mixed(List<String> names, String classAttribute) {
    return switch (classAttribute) {
      case "" -> -1;
      case "first" -> 0;
      case "last" -> names.size() - 1;
      default ->
          classAttribute.matches("\\d{1,9}")
              ? Integer.parseInt(classAttribute) - 1
              : names.indexOf(classAttribute);
    };
  }

  private static List<Column> learn(JavaSparkContext context, List<String> files, Shape how) {
    List<TextFacts> parts =
        SparkFailure.await(
            lines(
                    context,
                    files,
                    lines -> {
                      TextFacts facts = new TextFacts(how.names.size(), how.mixed);
                      while (lines.hasNext()) {
                        Line line = lines.next();
                        if (!isHeader(line, how.header) && !line.text.isBlank()) {
                          facts.add(how.cells, line.text, line.file, line.offset);
                        }
                      }
                      return List.of(facts).iterator();
                    })
                .collectAsync());
    TextFacts facts = new TextFacts(how.names.size(), how.mixed);
    parts.forEach(facts::merge);
    return facts.columns(how.names);
  }

  private static boolean isHeader(Line line, String header) {
    return line.offset < 4 && line.text.equals(header); // behind a byte order mark
  }

  /** A line of a file, and the byte where it begins. */
  private record Line(String file, long offset, String text) {}

  /** What is made of the lines of a partition. */
  private interface LinesFunction<R> extends Serializable {
    Iterator<R> apply(Iterator<Line> lines);
  }

  private static <R> JavaRDD<R> lines(
      JavaSparkContext context, List<String> files, LinesFunction<R> function) {
    Configuration configuration = new Configuration(context.hadoopConfiguration());
    JavaNewHadoopRDD<LongWritable, Text> lines =
        (JavaNewHadoopRDD<LongWritable, Text>)
            context.newAPIHadoopFile(
                String.join(",", files.stream().map(TextTable::escaped).toList()),
                TextInputFormat.class,
                LongWritable.class,
                Text.class,
                configuration);
    return lines.mapPartitionsWithInputSplit(
        (InputSplit split, Iterator<Tuple2<LongWritable, Text>> pairs) -> {
          String file = ((FileSplit) split).getPath().getName();
          return function.apply(new LineIterator(file, pairs));
        },
        true);
  }

  /** Hadoop splits at commas, and takes patterns. */
  private static String escaped(String path) {
    return path.replaceAll("([\\\\,{}\\[\\]*?])", "\\\\$1");
  }

  private record LineIterator(String file, Iterator<Tuple2<LongWritable, Text>> pairs)
      implements Iterator<Line> {
    @Override
    public boolean hasNext() {
      return pairs.hasNext();
    }

    @Override
    public Line next() {
      Tuple2<LongWritable, Text> pair = pairs.next();
      return new Line(file, pair._1().get(), pair._2().toString());
    }
  }

  @Override
  public JavaRDD<Sample> rows(int[] wanted, boolean places) {
    Shape how = shape;
    List<Map<String, Integer>> indices = indices(wanted);
    boolean[] numbers = numbers(wanted);
    return lines(context, files, lines -> new Rows(how, lines, wanted, numbers, indices, places));
  }

  /** The rows of lines. */
  private static final class Rows implements Iterator<Sample> {
    private final Shape shape;
    private final Iterator<Line> lines;
    private final int[] wanted;
    private final boolean[] numbers;
    private final List<Map<String, Integer>> indices;
    private final boolean places;
    private final LineCells.Parsed cells = new LineCells.Parsed();
    private Optional<Line> next = Optional.empty();

    Rows(
        Shape shape,
        Iterator<Line> lines,
        int[] wanted,
        boolean[] numbers,
        List<Map<String, Integer>> indices,
        boolean places) {
      this.shape = shape;
      this.lines = lines;
      this.wanted = wanted;
      this.numbers = numbers;
      this.indices = indices;
      this.places = places;
    }

    @Override
    public boolean hasNext() {
      while (next.isEmpty() && lines.hasNext()) {
        Line line = lines.next();
        if (!isHeader(line, shape.header) && !line.text.isBlank()) {
          next = Optional.of(line);
        }
      }
      return next.isPresent();
    }

    @Override
    public Sample next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      Line line = next.orElseThrow();
      next = Optional.empty();
      shape.cells.parse(line.text, cells);
      double[] values = new double[wanted.length];
      for (int i = 0; i < values.length; i++) {
        values[i] = numbers[i] ? cells.number(wanted[i]) : index(cells.text(wanted[i]), i);
      }
      return new Sample(places ? Sample.place(line.file, line.offset) : 0, values);
    }

    private double index(String name, int i) {
      Integer index = indices.get(i).get(name);
      return index == null ? Double.NaN : index;
    }
  }

  /** What number a cell is; NaN if it is missing or none. */
  static double number(char[] text, int from, int to) {
    double number = TextColumn.number(text, from, to);
    return Double.isInfinite(number) ? Double.POSITIVE_INFINITY : number;
  }
}
