package nnpid.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Spark in this Java machine: the same bytes as those of the command line, from every format. */
class SparkComplexityIT {
  private static final int ROWS = 600;
  private static final double[][] ACTIVATIONS = SparkData.activations(ROWS);

  @TempDir static Path directory;

  private static SparkSession spark;

  @BeforeAll
  static void start() {
    SparkComplexity.prepareWeka();
    spark =
        SparkSession.builder()
            .master("local[2]")
            .appName("test")
            .config("spark.ui.enabled", "false")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.sql.shuffle.partitions", "2")
            .config("spark.default.parallelism", "2")
            .config("spark.log.level", "OFF")
            .getOrCreate();
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  private static String[] with(Path input, String... options) {
    return SparkData.plus(new String[] {"-t", input.toString(), "-format", "json"}, options);
  }

  /** Lattice, coverage, halves and permutations; one layer of either kind. */
  @Test
  void parquetAndTextGiveTheBytesOfTheCommandLine() throws Exception {
    Path csv = SparkData.csv(directory.resolve("a/layers.csv"), ACTIVATIONS, 0, ROWS);
    String[] how = {
      "-layers",
      "(L\\d)_.*",
      "-replicates",
      "128",
      "-permutations",
      "5",
      "-halves",
      "2",
      "-top",
      "3",
      "-rank",
      "2-7",
      "-rank-limit",
      "12"
    };
    String expected = SparkData.onOneMachine(directory.resolve("cli.json"), with(csv, how));

    Path parquet = SparkData.parquet(spark, directory.resolve("b/layers.parquet"), csv, 3);
    assertEquals(
        expected, SparkData.result(spark, directory.resolve("b.json"), with(parquet, how)));
    // A table of text in parts, of which Spark notes that it is complete.
    Path parts = directory.resolve("c/layers.csv");
    SparkData.csv(parts.resolve("part-00001.csv"), ACTIVATIONS, 0, 250);
    SparkData.csv(parts.resolve("part-00000.csv"), ACTIVATIONS, 250, ROWS);
    Files.createFile(parts.resolve("_SUCCESS"));
    String[] ofParts = with(parts, how);
    ofParts[1] = parts.toUri().toString();
    assertEquals(expected, SparkData.result(spark, directory.resolve("c.json"), ofParts));
  }

  @Test
  void numpyGivesTheBytesOfTheCommandLine() throws Exception {
    Path whole = SparkData.npy(directory.resolve("n/layers.npy"), ACTIVATIONS, 0, ROWS);
    Path parts = directory.resolve("m/layers");
    SparkData.npy(parts.resolve("part-0.npy"), ACTIVATIONS, 400, ROWS);
    SparkData.npy(parts.resolve("part-1.npy"), ACTIVATIONS, 0, 400);
    String[] how = {"-c", "layers_12", "-nominal-class", "-sources", "1-4", "-halves", "0"};

    String expected = SparkData.onOneMachine(directory.resolve("n.json"), with(whole, how));

    assertEquals(expected, SparkData.result(spark, directory.resolve("n2.json"), with(whole, how)));
    assertEquals(
        expected,
        SparkData.result(spark, directory.resolve("m.json"), with(parts.resolve("part-*"), how)));
  }

  /** Missing values, names among the units, quotes, weights, values that have exploded. */
  @ParameterizedTest
  @ValueSource(strings = {"level", "drop"})
  void whatIsMissingOrWeighsIsCountedAsOnOneMachine(String missing) throws Exception {
    StringBuilder text = new StringBuilder("\"a, 1\"; b;kind ;w;y\n");
    for (int i = 0; i < 200; i++) {
      text.append(i % 17 == 0 ? "NA" : ACTIVATIONS[i][0])
          .append("; ")
          .append(i % 190 == 3 ? -50 : ACTIVATIONS[i][1])
          .append(i % 3 == 0 ? ";\"odd; \"\"kind\"\"\";" : i % 5 == 0 ? ";?;" : ";plain;")
          .append(i % 11 == 0 ? 0 : 1 + i % 3)
          .append(';')
          .append(i % 13 == 0 ? "" : i % 3 == 0 ? "10" : "9")
          .append(i % 2 == 0 ? "\r\n" : "\n");
    }
    Path file = directory.resolve("odd-" + missing + ".csv");
    Files.writeString(file, text);
    String[] how =
        with(file, "-weights", "w", "-missing", missing, "-nominal-class", "-halves", "3");

    assertEquals(
        SparkData.onOneMachine(directory.resolve("odd1.json"), how),
        SparkData.result(spark, directory.resolve("odd2.json"), how));
  }

  /** Layers that are too wide to be counted come whole, or rows are drawn of them. */
  @Test
  void wideLayersComeWholeOrAreDrawnWhateverThePartitions() throws Exception {
    double[][] rows = SparkData.activations(400);
    Path csv = SparkData.csv(directory.resolve("wide/wide.csv"), rows, 0, 400);
    Path parquet = SparkData.parquet(spark, directory.resolve("wide/x/wide.parquet"), csv, 2);
    // 11 units of 256 levels have too many joint states for one number.
    String[] how = {
      "-layers",
      "all",
      "-Q",
      "weka.filters.unsupervised.attribute.QuantizeActivations -L 256",
      "-replicates",
      "128",
      "-halves",
      "0"
    };
    String all = SparkData.result(spark, directory.resolve("wide1.json"), with(parquet, how));
    assertEquals(SparkData.onOneMachine(directory.resolve("wide2.json"), with(csv, how)), all);

    spark.conf().set("spark.sql.files.maxPartitionBytes", "8000");
    spark.sparkContext().conf().set("spark.nnpid.driverMemory", "9k");
    spark.sparkContext().conf().set("spark.nnpid.rows", "100");
    String drawn = SparkData.result(spark, directory.resolve("wide3.json"), with(parquet, how));
    spark.conf().unset("spark.sql.files.maxPartitionBytes");
    assertEquals(
        drawn, SparkData.result(spark, directory.resolve("wide4.json"), with(parquet, how)));
    spark.sparkContext().conf().remove("spark.nnpid.driverMemory");
    spark.sparkContext().conf().remove("spark.nnpid.rows");
    assertNotEquals(all, drawn);
    assertTrue(drawn.contains("of its 400 rows, drawn at random (seed 1)"), drawn);
  }

  @Test
  void filesOfCheckpointsGiveTheBytesOfTheCommandLine() throws Exception {
    SparkData.checkpoints(directory.resolve("run"), 4, SparkData.activations(300));
    String[] how = with(directory.resolve("run").resolve("epoch_*.npz"), "-halves", "2");

    assertEquals(
        SparkData.onOneMachine(directory.resolve("t1.json"), how),
        SparkData.result(spark, directory.resolve("t2.json"), how));
  }

  /** Every repeat is a task; how far it has come is kept, and nothing is trained again. */
  @Test
  void repeatsOfATrainingGiveTheBytesOfTheCommandLine() throws Exception {
    Path csv = SparkData.csv(directory.resolve("train/layers.csv"), ACTIVATIONS, 0, 200);
    String[] how =
        with(csv, "-train", "QuantizedNetwork -H 3,2 -N 4 -checkpoints 2,4", "-repeats", "3");
    String expected = SparkData.onOneMachine(directory.resolve("train1.json"), how);
    AtomicInteger tasks = new AtomicInteger();
    SparkListener counting =
        new SparkListener() {
          @Override
          public void onTaskStart(SparkListenerTaskStart task) {
            tasks.incrementAndGet();
          }
        };
    spark.sparkContext().addSparkListener(counting);
    Path state = directory.resolve("train.state");
    String[] kept = SparkData.plus(how, "-resume", state.toString());
    assertEquals(expected, SparkData.result(spark, directory.resolve("train2.json"), kept));
    // Spark tells its listeners behind the run.
    spark.sparkContext().listenerBus().waitUntilEmpty();
    spark.sparkContext().removeSparkListener(counting);
    assertEquals(3, tasks.get());
    FileTime written = Files.getLastModifiedTime(state);
    assertEquals(expected, SparkData.result(spark, directory.resolve("train3.json"), kept));
    assertEquals(written, Files.getLastModifiedTime(state));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "nowhere.parquet | -halves 2 | must be there: it does not exist",
        "text.parquet | -halves 2 | must be Parquet, as its name says",
        "nan.parquet | -halves 2 | \"L1_1\" must have finite values: 1 of its values are NaN",
        "mixed.csv | -halves 2 | \"b\" must have numbers",
        "ragged.csv | -halves 2 | must have 3 cells, as many as there are names",
        "short.npy | -c first -nominal-class | Array \"short.npy\" must",
        "mixed.csv | -time-limit 5 | -time-limit must not be used on Spark",
        "good.csv | -T good.csv | -T must not be used on Spark",
        "good.csv | -weights w | must be numbers of samples on Spark: one is 0.5",
        "good.csv | -Q weka.filters.unsupervised.attribute.Discretize"
            + " | must be QuantizeActivations for all units on Spark",
        "good.csv | -c z | \"z\" must be nominal",
      })
  void whatIsWrongIsASentenceAndLeavesNoFile(String name, String options, String sentence)
      throws IOException {
    Path inputs = Files.createDirectories(directory.resolve("bad"));
    Files.writeString(inputs.resolve("text.parquet"), "a,b\n1,2\n");
    Files.writeString(inputs.resolve("mixed.csv"), "a,b,y\n1,2,x\n2,word,y\n3,4,x\n");
    Files.writeString(inputs.resolve("ragged.csv"), "a,b,y\n1,2,x\n2,3,4,y\n");
    Files.writeString(inputs.resolve("good.csv"), "a,w,z,y\n1,1,1,x\n2,0.5,2,y\n3,4,3,x\n");
    Files.write(inputs.resolve("short.npy"), new byte[] {(byte) 0x93, 'N', 'U', 'M'});
    if (name.startsWith("nan")) {
      double[][] rows = SparkData.activations(20);
      rows[7][0] = Double.NaN;
      Path csv = SparkData.csv(inputs.resolve("nan.csv"), rows, 0, 20);
      SparkData.parquet(spark, inputs.resolve(name), csv, 2);
    }
    Path outputs = Files.createDirectories(directory.resolve("bad-results"));
    String[] all =
        with(
            inputs.resolve(name),
            (options.strip() + " -o " + outputs.resolve("result.json")).split(" ", -1));

    SparkData.Run run = SparkData.onSpark(spark, all);

    assertFalse(run.ok());
    assertTrue(run.err().startsWith("Error: "), run::err);
    assertTrue(run.err().contains(sentence), run::err);
    assertFalse(run.err().contains("\tat "), run::err);
    assertEquals("", run.out());
    assertEquals(List.of(), SparkData.files(outputs));
  }
}
