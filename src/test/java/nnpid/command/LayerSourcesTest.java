package nnpid.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import nnpid.analysis.Report;
import nnpid.execution.Execution;
import nnpid.report.Format;
import nnpid.testing.NumpyWriter;
import nnpid.weka.InstancesSource;
import nnpid.weka.LayerSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files give the same results, to the bit, whether their values become instances or not. */
class LayerSourcesTest {
  private static final String FILTER =
      "weka.filters.unsupervised.attribute.QuantizeActivations -rounding ";

  @TempDir private Path directory;

  private static Task task(String... options) {
    List<String> all = new ArrayList<>(List.of(options));
    all.addAll(List.of("-method", "coverage", "-replicates", "16"));
    if (!all.contains("-halves")) {
      all.addAll(List.of("-halves", "0"));
    }
    return Task.parse(all.toArray(String[]::new));
  }

  private static DataFiles files(AnalysisOptions options) {
    return new DataFiles("-t", options.getClassAttribute(), options.isNominalClass(), "auto");
  }

  private static LayerSource source(Path file, Task task) throws Exception {
    AnalysisOptions options = task.analysis();
    return files(options).layers(file.toFile(), options, Execution.sequential());
  }

  static String json(Task.Result result) throws Exception {
    Report report = ((Task.Analyzed) result).report();
    StringWriter text = new StringWriter();
    Format.JSON.write(report, text);
    return text.toString();
  }

  /** Compares both ways. */
  private static void assertSame(Path file, String... options) throws Exception {
    String what = file.getFileName() + " " + Arrays.toString(options);
    Task task = task(options);
    LayerSource source = source(file, task);
    assertFalse(source instanceof InstancesSource, what);
    String direct = json(task.run(source, Task.Listener.NONE, Execution.ofThreads(3)));
    File data = file.toFile();
    String byInstances =
        json(
            task.run(
                files(task.analysis()).read(data), Task.Listener.NONE, Execution.sequential()));
    assertEquals(byInstances, direct, what);
  }

  /** Units of all kinds: saturated, hardly active, constant, exploding, copies. */
  private static double[][] activations(int samples, int units, double scale, long seed) {
    Random random = new Random(seed);
    double[][] rows = new double[samples][units];
    for (double[] row : rows) {
      double latent = random.nextGaussian();
      for (int unit = 0; unit < units; unit++) {
        double value = latent * (unit % 3 - 1) + random.nextGaussian();
        row[unit] =
            scale
                * switch (unit % 5) {
                  case 0 -> Math.tanh(value);
                  case 1 -> Math.max(0, value - 1);
                  case 2 -> unit;
                  case 3 -> random.nextInt(2_000) == 0 ? 300 : value;
                  default -> row[0] / scale;
                };
      }
    }
    return rows;
  }

  private static int[] labels(double[][] rows) {
    return Arrays.stream(rows).mapToInt(row -> row[0] > 0 ? 10 : row[0] < -0.5 ? 9 : 7).toArray();
  }

  @Test
  void arraysOfAllTypesGiveTheSameWithoutInstances() throws Exception {
    for (String type :
        List.of("<f2", ">f2", "<f4", ">f4", "<f8", "|i1", "|u1", "<i2", ">u2", "<i4", "<u8")) {
      boolean fortran = type.hashCode() % 2 == 0;
      double scale = type.contains("f") ? 1 : 9;
      double[][] wide = activations(700, 8, scale, 1);
      if (type.contains("u")) {
        Arrays.stream(wide).forEach(row -> Arrays.setAll(row, i -> Math.abs(row[i])));
      }
      Map<String, byte[]> arrays = new LinkedHashMap<>();
      arrays.put("conv", NumpyWriter.table(type, fortran, wide));
      arrays.put("dense", NumpyWriter.table("<f4", !fortran, activations(700, 7, 1, 2)));
      arrays.put("y", NumpyWriter.labels(labels(wide)));
      Path file = directory.resolve(type.substring(1) + fortran + ".npz");
      NumpyWriter.archive(file, fortran, arrays);
      assertSame(file);
      assertSame(file, "-Q", FILTER + "stochastic -L 5", "-seed", "4");
      assertSame(file, "-Q", FILTER + "center-saturating -L 5 -noise 0.3", "-seed", "4");
    }
  }

  @Test
  void optionsMeanTheSameWithoutInstances() throws Exception {
    double[][] rows = activations(3_000, 9, 1, 5);
    Random random = new Random(3);
    double[][] weights =
        random.ints(3_000, 0, 4).mapToObj(i -> new double[] {i}).toArray(double[][]::new);
    double[][] labels =
        Arrays.stream(labels(rows))
            .mapToObj(i -> new double[] {random.nextInt(50) == 0 ? Double.NaN : i})
            .toArray(double[][]::new);
    Map<String, byte[]> arrays = new LinkedHashMap<>();
    arrays.put("a", NumpyWriter.table("<f4", false, rows));
    arrays.put("weight", NumpyWriter.table("<f8", false, weights));
    arrays.put("labels", NumpyWriter.table("<f4", false, labels));
    Path file = directory.resolve("options.npz");
    NumpyWriter.archive(file, true, arrays);
    for (String options :
        List.of(
            "-weights weight_1",
            "-weights weight_1 -weights-are importance -halves 3",
            "-weights-are importance -layers all",
            "-layers all -missing drop",
            "-sources a_.*",
            "-sources 1-3,5 -c labels",
            "-sources weight_1",
            "-sources a_.* -groups 1,2;3-5;6-9")) {
      String[] parts = options.split(" ");
      assertSame(file, parts);
      assertSame(
          file,
          Stream.concat(
                  Arrays.stream(parts),
                  Stream.of("-Q", FILTER + "stochastic -limits percentile:2.5 -L 3 -noise 0.1"))
              .toArray(String[]::new));
    }
    assertSame(file, "-c", "weight_1", "-nominal-class", "-sources", "1-6");
    assertSame(file, "-Q", FILTER + "equal-width -limits tanh -L 300");
    assertSame(file, "-Q", FILTER + "equal-width -limits data -L 2");
  }

  @Test
  void classMayBeAColumnOfASingleArray() throws Exception {
    double[][] rows = activations(900, 7, 1, 5);
    int[] labels = labels(rows);
    for (int row = 0; row < rows.length; row++) {
      rows[row][6] = labels[row] / 4.0;
    }
    Path file = directory.resolve("single.npy");
    Files.write(file, NumpyWriter.table("<f2", false, rows));
    assertSame(file, "-nominal-class");
    assertSame(file, "-nominal-class", "-c", "7", "-sources", "1-4");
  }

  @Test
  void whatOnlyInstancesCanGoesByThem() throws Exception {
    double[][] rows = activations(300, 6, 1, 5);
    Map<String, byte[]> arrays = new LinkedHashMap<>();
    arrays.put("a", NumpyWriter.table("<f4", false, rows));
    arrays.put("labels", NumpyWriter.labels(labels(rows)));
    Path file = directory.resolve("few.npz");
    NumpyWriter.archive(file, false, arrays);
    for (String[] options :
        new String[][] {
          {"-Q", "weka.filters.unsupervised.attribute.Discretize -B 4"},
          {"-Q", FILTER + "equal-width -R 1-3"}
        }) {
      assertTrue(source(file, task(options)) instanceof InstancesSource, options[0]);
    }
  }

  /** Arrays and labels come in any order, labels and weights are missing or differ. */
  private void writeCheckpoints() throws Exception {
    for (int epoch = 0; epoch < 3; epoch++) {
      int samples = 1_100 - 200 * epoch;
      double[][] wide = activations(samples, 6, 1 + epoch, epoch);
      Random random = new Random(epoch);
      double[][] labels = new double[samples][1];
      double[][] weights = new double[samples][1];
      for (int i = 0; i < samples; i++) {
        labels[i][0] =
            epoch > 0 && random.nextInt(40) == 0 ? Double.NaN : wide[i][0] > epoch ? 10 : 7 + i % 2;
        weights[i][0] = epoch == 0 ? 2 : random.nextInt(4);
      }
      Map<String, byte[]> arrays = new LinkedHashMap<>();
      List<String> names = new ArrayList<>(List.of("a", "b", "weight", "y"));
      if (epoch == 1) {
        names = List.of("y", "weight", "b", "a");
      }
      for (String name : names) {
        arrays.put(
            name,
            switch (name) {
              case "a" -> NumpyWriter.table("<f4", epoch == 1, wide);
              case "b" -> NumpyWriter.table("<f2", false, activations(samples, 3, 1, 9 + epoch));
              case "weight" -> NumpyWriter.table("<f8", false, weights);
              default -> NumpyWriter.table("<f4", false, labels);
            });
      }
      NumpyWriter.archive(directory.resolve("epoch_" + epoch + ".npz"), epoch == 2, arrays);
    }
  }

  @Test
  void checkpointsGiveTheSameWithoutInstancesWhereverLimitsComeFrom() throws Exception {
    writeCheckpoints();
    String pattern = directory.resolve("epoch_*.npz").toString();
    int different = 0;
    String before = "";
    for (String limits : List.of("each", "first", "all")) {
      for (String how : List.of("-layers all", "-weights weight_1", "-horizon 100")) {
        String quantizer =
            how.contains("horizon")
                ? "equal-width -limits percentile:4"
                : "stochastic -L " + how.length();
        List<String> options = new ArrayList<>(List.of("-limits-from", limits, "-t", pattern));
        options.addAll(List.of("-method", "coverage", "-replicates", "8", "-format", "csv"));
        options.addAll(List.of(how.split(" ")));
        options.addAll(List.of("-halves", "0", "-Q"));
        CommandLine direct = run(options, FILTER + quantizer);
        // A filter around the filter needs instances.
        CommandLine byInstances =
            run(options, "weka.filters.MultiFilter -F \"" + FILTER + quantizer + "\"");
        assertTrue(direct.ok(), direct::err);
        assertEquals(byInstances.out(), direct.out(), options.toString());
        different += direct.out().equals(before) ? 0 : 1;
        before = direct.out();
      }
    }
    assertEquals(9, different);
  }

  private static CommandLine run(List<String> options, String quantizer) {
    return CommandLine.run(
        Stream.concat(options.stream(), Stream.of(quantizer)).toArray(String[]::new));
  }

  @Test
  void badFilesAreNamed() throws Exception {
    double[][] rows = activations(2_000, 6, 1, 5);
    rows[700][3] = Double.POSITIVE_INFINITY;
    assertRejects(write("infinite.npz", rows), "a_4", "instance 701", "infinite");
    rows[900][2] = Double.NaN;
    rows[900][1] = Double.NaN;
    assertRejects(write("nan.npz", rows), "a_2", "sample 901", "nan.npz");
    rows = activations(2_000, 6, 1, 5);
    Map<String, byte[]> arrays = new LinkedHashMap<>();
    arrays.put("a", NumpyWriter.table("<f4", false, rows));
    arrays.put("labels", NumpyWriter.labels(labels(rows)));
    Path archive = directory.resolve("changing.npz");
    NumpyWriter.archive(archive, false, arrays);
    Task task = task();
    LayerSource source = source(archive, task);
    assertTrue(archive.toFile().setLastModified(1_000_000_000_000L));
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> task.run(source, Task.Listener.NONE, Execution.sequential()))
            .getMessage();
    assertTrue(message.contains(archive.toString()) && message.contains("changed"), message);
    byte[] bytes = Files.readAllBytes(archive);
    bytes[bytes.length / 2] ^= 64;
    Files.write(archive, bytes);
    assertRejects(archive, "changing.npz", "checksum");
    Files.write(archive, Arrays.copyOf(bytes, bytes.length / 2));
    assertRejects(archive, "changing.npz");
  }

  /** A bit flipped or a part missing: a sentence, or what instances of the same file give. */
  @Test
  void damageIsToldOrWhatInstancesGive() throws Exception {
    double[][] rows = activations(60, 3, 1, 9);
    Map<String, byte[]> arrays = new LinkedHashMap<>();
    arrays.put("a", NumpyWriter.table("<f4", false, rows));
    arrays.put("labels", NumpyWriter.labels(labels(rows)));
    Path stored = directory.resolve("stored.npz");
    NumpyWriter.archive(stored, false, arrays);
    Path deflated = directory.resolve("deflated.npz");
    NumpyWriter.archive(deflated, true, arrays);
    Path single = directory.resolve("single.npy");
    for (int row = 0; row < rows.length; row++) {
      rows[row][2] = labels(rows)[row];
    }
    Files.write(single, NumpyWriter.table(">f2", true, rows));
    Random random = new Random(10);
    int same = 0;
    int told = 0;
    for (Path file : List.of(stored, deflated, single)) {
      byte[] bytes = Files.readAllBytes(file);
      for (int round = 0; round < 60; round++) {
        byte[] damaged = bytes.clone();
        int place = random.nextInt(bytes.length);
        damaged[place] ^= (byte) (1 << random.nextInt(8));
        Files.write(file, round % 3 == 0 ? Arrays.copyOf(bytes, place) : damaged);
        Task task = file.equals(single) ? task("-nominal-class") : task();
        String direct =
            outcome(
                file,
                () -> task.run(source(file, task), Task.Listener.NONE, Execution.sequential()));
        String byInstances =
            outcome(
                file,
                () ->
                    task.run(
                        files(task.analysis()).read(file.toFile()),
                        Task.Listener.NONE,
                        Execution.sequential()));
        assertEquals(byInstances, direct, file + " " + round);
        same += direct.isEmpty() ? 0 : 1;
        told += direct.isEmpty() ? 1 : 0;
      }
    }
    assertTrue(same > 20 && told > 60, same + " " + told);
  }

  /** A result as JSON; empty if something went wrong, which is a sentence. */
  private static String outcome(Path file, Callable<Task.Result> way) throws Exception {
    try {
      return json(way.call());
    } catch (IOException | IllegalArgumentException e) {
      String sentence = String.valueOf(e.getMessage());
      assertFalse(sentence.contains("Exception") || sentence.equals("null"), file + sentence);
      return "";
    }
  }

  private Path write(String name, double[][] rows) throws Exception {
    Map<String, byte[]> arrays = new LinkedHashMap<>();
    arrays.put("a", NumpyWriter.table("<f8", false, rows));
    arrays.put("labels", NumpyWriter.labels(labels(rows)));
    NumpyWriter.archive(directory.resolve(name), true, arrays);
    return directory.resolve(name);
  }

  private static void assertRejects(Path file, String... parts) throws Exception {
    Task task = task();
    Exception problem =
        assertThrows(
            Exception.class,
            () -> task.run(source(file, task), Task.Listener.NONE, Execution.sequential()));
    for (String part : parts) {
      assertTrue(
          String.valueOf(problem.getMessage()).contains(part),
          () -> part + " must be in: " + problem.getMessage());
    }
  }
}
