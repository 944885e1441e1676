package nnpid.spark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import nnpid.execution.Execution;
import nnpid.execution.Job;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerStageCompleted;
import org.apache.spark.scheduler.StageInfo;
import org.apache.spark.sql.SparkSession;

/**
 * Measures what a run on Spark takes, stage by stage, on two threads of one Java machine.
 *
 * <pre>
 * write FILE.csv FILE.parquet   the table of {@link nnpid.testing.LargeLayerFiles} as Parquet
 * run OPTIONS                   the command line
 * empty                         jobs of two empty tasks
 * </pre>
 *
 * <p>The class path is that of the tests with the profile spark, see doc/SPARK.md.
 */
final class SparkBenchmark {
  private static final int EMPTY_JOBS = 200;

  private SparkBenchmark() {}

  /** Does what the first argument says. */
  public static void main(String[] arguments) throws IOException {
    long start = System.nanoTime();
    SparkSession spark =
        SparkSession.builder()
            .master("local[2]")
            .appName("measurement")
            .config("spark.ui.enabled", "false")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.log.level", "OFF")
            .getOrCreate();
    try {
      tell("start of Spark", start);
      long begin = System.nanoTime();
      switch (arguments[0]) {
        case "write" -> write(spark, Path.of(arguments[1]), Path.of(arguments[2]));
        case "run" -> run(spark, Arrays.copyOfRange(arguments, 1, arguments.length));
        case "empty" -> empty(JavaSparkContext.fromSparkContext(spark.sparkContext()));
        default -> throw new IllegalArgumentException("write, run or empty");
      }
      tell(arguments[0], begin);
    } finally {
      spark.stop();
    }
  }

  private static void tell(String what, long start) {
    System.err.printf(Locale.ROOT, "%s: wall %.1f s%n", what, (System.nanoTime() - start) / 1e9);
  }

  /** All columns but the last one are numbers. */
  private static void write(SparkSession spark, Path csv, Path parquet) throws IOException {
    String header;
    try (var lines = Files.newBufferedReader(csv)) {
      header = lines.readLine();
    }
    List<String> names = List.of(header.split(",", -1));
    String schema =
        names.subList(0, names.size() - 1).stream()
                .map(name -> name + " double, ")
                .collect(Collectors.joining())
            + names.get(names.size() - 1)
            + " string";
    spark
        .read()
        .schema(schema)
        .option("header", "true")
        .csv(csv.toUri().toString())
        .write()
        .parquet(parquet.toUri().toString());
  }

  private static void run(SparkSession spark, String... options) {
    spark
        .sparkContext()
        .addSparkListener(
            new SparkListener() {
              @Override
              public void onStageCompleted(SparkListenerStageCompleted stage) {
                StageInfo info = stage.stageInfo();
                System.err.printf(
                    Locale.ROOT,
                    "%s: %d tasks, wall %.1f s, tasks' processor %.1f s%n",
                    info.name(),
                    info.numTasks(),
                    ((long) info.completionTime().get() - (long) info.submissionTime().get()) / 1e3,
                    info.taskMetrics().executorCpuTime() / 1e9);
              }
            });
    if (!SparkComplexity.run(System.out, System.err, spark, options)) {
      System.exit(1);
    }
  }

  private static void empty(JavaSparkContext context) {
    Job<Integer> job = (index, execution) -> index;
    try (SparkEngine engine = new SparkEngine(context)) {
      Execution execution = Execution.sequential().withEngine(engine);
      long start = System.nanoTime();
      execution.map(job, 0, 2);
      tell("the first job", start);
      long others = System.nanoTime();
      for (int i = 0; i < EMPTY_JOBS; i++) {
        execution.map(job, 0, 2);
      }
      System.err.printf(
          Locale.ROOT,
          "others: wall %.1f ms each%n",
          (System.nanoTime() - others) / 1e6 / EMPTY_JOBS);
    }
  }
}
