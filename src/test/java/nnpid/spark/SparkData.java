package nnpid.spark;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import nnpid.command.AnalyzeRepresentationalComplexity;
import nnpid.testing.NumpyWriter;
import org.apache.spark.sql.SparkSession;

/** Layers of a small network, in every format, and what the command line makes of them. */
final class SparkData {
  /** Units of the first layer, which is narrow enough for the lattice, and of the second. */
  static final int NARROW = 3;

  static final int WIDE = 8;

  private SparkData() {}

  /** Rows of activations: those of both layers, and the class. */
  static double[][] activations(int rowCount) {
    Random random = new Random(16);
    double[][] rows = new double[rowCount][NARROW + WIDE + 1];
    for (double[] row : rows) {
      int label = random.nextInt(4);
      for (int unit = 0; unit < NARROW + WIDE; unit++) {
        row[unit] =
            unit < NARROW
                ? Math.tanh(random.nextGaussian() + (label >> unit % 2 & 1))
                : Math.max(0, random.nextGaussian() + label - 0.4 * (unit - NARROW));
      }
      row[NARROW + WIDE] = label;
    }
    return rows;
  }

  static List<String> names() {
    List<String> names = new ArrayList<>();
    for (int unit = 1; unit <= NARROW; unit++) {
      names.add("L1_" + unit);
    }
    for (int unit = 1; unit <= WIDE; unit++) {
      names.add("L2_" + unit);
    }
    names.add("label");
    return names;
  }

  /** A table of text; classes have names. */
  static Path csv(Path file, double[][] rows, int from, int to) throws IOException {
    StringBuilder text = new StringBuilder(String.join(",", names())).append('\n');
    for (int i = from; i < to; i++) {
      int last = rows[i].length - 1;
      for (int unit = 0; unit < last; unit++) {
        text.append(rows[i][unit]).append(',');
      }
      text.append("class ").append((int) rows[i][last]).append('\n');
    }
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  /** A table of text as Parquet, in several files and in another order. */
  static Path parquet(SparkSession spark, Path directory, Path csv, int fileCount) {
    List<String> names = names();
    String schema =
        String.join(" double, ", names.subList(0, names.size() - 1)) + " double, label string";
    spark
        .read()
        .schema(schema)
        .option("header", "true")
        .csv(csv.toUri().toString())
        .repartition(fileCount)
        .write()
        .parquet(directory.toUri().toString());
    return directory;
  }

  /** An array of all values; the class is a number. */
  static Path npy(Path file, double[][] rows, int from, int to) throws IOException {
    Files.createDirectories(file.getParent());
    return Files.write(file, NumpyWriter.table("<f4", false, Arrays.copyOfRange(rows, from, to)));
  }

  /** Files of checkpoints, with the layers growing. */
  static void checkpoints(Path directory, int count, double[][] rows) throws IOException {
    Files.createDirectories(directory);
    for (int epoch = 1; epoch <= count; epoch++) {
      double[][] units = new double[rows.length][NARROW];
      int[] labels = new int[rows.length];
      for (int i = 0; i < rows.length; i++) {
        for (int unit = 0; unit < NARROW; unit++) {
          units[i][unit] = rows[i][unit] + rows[(i + epoch) % rows.length][unit] / epoch;
        }
        labels[i] = (int) rows[i][NARROW + WIDE];
      }
      Map<String, byte[]> arrays = new LinkedHashMap<>();
      arrays.put("L1", NumpyWriter.table("<f8", false, units));
      arrays.put("labels", NumpyWriter.labels(labels));
      NumpyWriter.archive(directory.resolve("epoch_" + epoch + ".npz"), true, arrays);
    }
  }

  /** What the command line says of itself. */
  static String onOneMachine(Path output, String... options) throws Exception {
    AnalyzeRepresentationalComplexity command = new AnalyzeRepresentationalComplexity();
    String[] all = plus(options, "-o", output.toString());
    // In a thread of the name main it would end the Java machine after an error.
    Thread thread = new Thread(() -> command.run(command, all), "one machine");
    thread.start();
    thread.join();
    return Files.readString(output);
  }

  static String[] plus(String[] options, String... more) {
    return Stream.concat(Stream.of(options), Stream.of(more)).toArray(String[]::new);
  }

  /** How a run on Spark ended. */
  record Run(boolean ok, String out, String err) {}

  static Run onSpark(SparkSession spark, String... options) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    boolean ok =
        SparkComplexity.run(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            spark,
            options);
    return new Run(ok, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /** The result in a file, of a run that must succeed. */
  static String result(SparkSession spark, Path output, String... options) throws IOException {
    Run run = onSpark(spark, plus(options, "-o", output.toString()));
    assertTrue(run.ok(), run::err);
    return Files.readString(output);
  }

  /** The names of all files in a directory, hidden ones too. */
  static List<String> files(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
