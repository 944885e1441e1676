package nnpid.spark;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import nnpid.command.AnalysisOptions;
import nnpid.command.AnalyzeRepresentationalComplexity;
import nnpid.command.FileOptions;
import nnpid.command.Storage;
import nnpid.command.Task;
import nnpid.distribution.WeightMeaning;
import nnpid.execution.Engine;
import nnpid.weka.LayerSource;
import nnpid.weka.SchemeOptions;
import org.apache.hadoop.fs.CreateFlag;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;

/**
 * The command line on Spark: {@code spark-submit --class nnpid.spark.SparkComplexity --jars
 * weka.jar representationalComplexity.jar -t FILE ...}, with the same options and the same results,
 * to the bit. Results go to the driver's standard output or to a file, progress and errors to its
 * standard error. The exit code is 0, or 1 after an error.
 */
public final class SparkComplexity {
  /** Executors take a few seconds to start. */
  private static final int PATIENCE_SECONDS = 60;

  private final PrintStream err;
  private final SparkSession session;
  private final JavaSparkContext context;
  private final java.nio.file.Path scratch;

  private SparkComplexity(PrintStream err, SparkSession session, java.nio.file.Path scratch) {
    this.err = err;
    this.session = session;
    this.context = JavaSparkContext.fromSparkContext(session.sparkContext());
    this.scratch = scratch;
  }

  /** Runs it. */
  public static void main(String[] options) {
    boolean ok = run(System.out, System.err, options);
    System.out.flush();
    if (!ok) {
      System.exit(1);
    }
  }

  /** Whether it succeeded; if not, a message has been printed. */
  static boolean run(PrintStream out, PrintStream err, String... options) {
    prepareWeka();
    try {
      refuse(options);
      SparkSession session = session();
      try {
        return run(out, err, session, options);
      } finally {
        session.stop();
      }
    } catch (RuntimeException e) {
      err.println("Error: " + sentence(e));
      return false;
    }
  }

  /** The same in a session, which stays. */
  static boolean run(PrintStream out, PrintStream err, SparkSession session, String... options) {
    try {
      refuse(options);
      java.nio.file.Path scratch = Files.createTempDirectory("nnpid");
      try {
        return new SparkComplexity(err, session, scratch).run(out, options);
      } finally {
        delete(scratch);
      }
    } catch (IOException | RuntimeException e) {
      err.println("Error: " + sentence(e));
      return false;
    }
  }

  /** Weka looks for packages and at the network, unless it is told not to. */
  static void prepareWeka() {
    for (String property :
        List.of("weka.packageManager.loadPackages=false", "weka.packageManager.offline=true")) {
      String[] parts = property.split("=", 2);
      if (System.getProperty(parts[0]) == null) {
        System.setProperty(parts[0], parts[1]);
      }
    }
  }

  private static SparkSession session() {
    try {
      SparkSession.Builder builder = SparkSession.builder().appName("RepresentationalComplexity");
      if (System.getProperty("log4j2.configurationFile") == null) {
        builder.config("spark.log.level", "OFF"); // what fails is told in a sentence
      }
      return builder.getOrCreate();
    } catch (RuntimeException e) {
      throw new IllegalStateException(
          "Spark must be able to start: " + e.getMessage() + "\nMaybe check --master.", e);
    }
  }

  private static String sentence(Exception e) {
    return e.getMessage() == null ? "The run ended with an error: " + e : e.getMessage();
  }

  /** Options that do not do on Spark what they do on one machine. */
  private static void refuse(String... options) {
    refuse(
        options,
        "time-limit",
        "how far an estimate comes in a time depends on the cluster, so that results could not be"
            + " reproduced.\nMaybe use -precision or -replicates; without it there is no limit on"
            + " Spark.");
    refuse(options, "shard", "Spark hands out the tasks itself.");
    refuse(options, "merge", "merge shards on one machine.");
    if (!Task.isTraining(options)) {
      refuse(options, "T", "only one data set is read.\nMaybe analyze the test data on their own.");
    }
  }

  private static void refuse(String[] options, String flag, String fact) {
    if (SchemeOptions.position(flag, options) >= 0) {
      throw new IllegalArgumentException(
          "The option -" + flag + " must not be used on Spark: " + fact);
    }
  }

  private boolean run(PrintStream out, String... given) throws IOException {
    String[] options = given.clone();
    for (String flag : List.of("charts", "resume")) {
      requireHere(flag, value(flag, options).orElse(""));
    }
    Optional<Inputs> table = Optional.empty();
    Optional<String> input = value("t", options);
    if (Task.isTraining(options)) {
      bringHere("t", options);
      bringHere("T", options);
    } else if (input.isPresent() && isOnePattern(options)) {
      table = input(input.get(), options);
    }
    Optional<String> output = value("o", options).filter(SparkStorage::isRemote);
    java.nio.file.Path local = scratch.resolve("result");
    if (output.isPresent()) {
      requireWritable(output.get());
      set("o", local.toString(), options);
    }
    tellWithoutExecutors();
    try (SparkEngine engine = new SparkEngine(context)) {
      boolean ok =
          AnalyzeRepresentationalComplexity.run(out, err, new OnSpark(engine, table), options);
      if (ok && output.isPresent()) {
        write(local, output.get());
      }
      return ok;
    }
  }

  /** Spark itself waits for executors for ever, and says so in its log only. */
  private void tellWithoutExecutors() {
    if (context.isLocal()) {
      return;
    }
    Thread thread =
        new Thread(
            () -> {
              try {
                Thread.sleep(Duration.ofSeconds(PATIENCE_SECONDS).toMillis());
                // The driver is one of them.
                if (context.statusTracker().getExecutorInfos().length <= 1) {
                  err.printf(
                      "Warning: Spark has no executor since %d seconds.%nMaybe the cluster is busy,"
                          + " or has no machine with the memory that is asked for (--conf"
                          + " spark.executor.memory=1g; less than 500m is too little to start).%n",
                      PATIENCE_SECONDS);
                }
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            "nnpid-executors");
    thread.setDaemon(true);
    thread.start();
  }

  /** Not what a shell has made of a pattern. */
  private static boolean isOnePattern(String... options) {
    int next = SchemeOptions.position("t", options) + 2;
    return next >= options.length || options[next].startsWith("-");
  }

  private static Optional<String> value(String flag, String... options) {
    int at = SchemeOptions.position(flag, options);
    return at >= 0 && at + 1 < options.length ? Optional.of(options[at + 1]) : Optional.empty();
  }

  private static void set(String flag, String value, String... options) {
    options[SchemeOptions.position(flag, options) + 1] = value;
  }

  private static void requireHere(String flag, String file) {
    if (SparkStorage.isRemote(file) || file.startsWith("file:")) {
      throw new IllegalArgumentException(
          String.format(
              "The option -%s (%s) must name a file of the driver's machine, without a file"
                  + " system.",
              flag, file));
    }
  }

  /**
   * What the data are. The command line is told the name of a table that is not there, for it need
   * not look; other files it reads itself, those of other file systems as copies.
   */
  private Optional<Inputs> input(String input, String... options) throws IOException {
    if (input.isEmpty()
        || (!SparkStorage.isRemote(input)
            && input.contains(java.io.File.pathSeparator)
            && !input.startsWith("file:"))) {
      return Optional.empty();
    }
    boolean named = SparkStorage.isRemote(input) || input.startsWith("file:");
    Inputs inputs = Inputs.of(named ? input : absolute(input), context.hadoopConfiguration());
    if (inputs.format() != Inputs.Format.OTHER) {
      requireNoFile(options, inputs);
      String name = inputs.relation() + ".table";
      set("t", scratch.resolve(name).toString(), options);
      return Optional.of(inputs);
    }
    boolean one = inputs.files().size() == 1 && inputs.files().get(0).isFile();
    if (SparkStorage.isRemote(input)) {
      requireNoFile(options, inputs);
      if (one) {
        set("t", copy(inputs.files().get(0)), options);
      } // several are checkpoints, which executors read
    } else if (input.startsWith("file:")) {
      set("t", new Path(input).toUri().getPath(), options);
    }
    return Optional.empty();
  }

  /** What networks are trained on goes from the driver to all executors. */
  private void bringHere(String flag, String... options) throws IOException {
    String file = value(flag, options).orElse("");
    if (file.startsWith("file:")) {
      set(flag, new Path(file).toUri().getPath(), options);
    } else if (SparkStorage.isRemote(file)) {
      List<FileStatus> found = Inputs.of(file, context.hadoopConfiguration()).files();
      if (found.size() != 1 || !found.get(0).isFile()) {
        throw new IllegalArgumentException(
            String.format("The input (-%s %s) must be one file: it is not.", flag, file));
      }
      set(flag, copy(found.get(0)), options);
    }
  }

  /** Without a file system paths are those of this machine, as on the command line. */
  private static String absolute(String file) {
    String path = java.nio.file.Path.of("").toAbsolutePath().resolve(file).toString();
    return "file://" + path.replace(java.io.File.separatorChar, '/');
  }

  private static void requireNoFile(String[] options, Inputs inputs) {
    String output = value("o", options).orElse("");
    if (output.isEmpty()) {
      return;
    }
    String path =
        SparkStorage.isRemote(output)
            ? output
            : java.nio.file.Path.of(output.replaceFirst("^file:/*", "/"))
                .toAbsolutePath()
                .normalize()
                .toString();
    for (String part : inputs.paths()) {
      if (part.equals(path) || part.replaceFirst("^file:/*", "/").equals(path)) {
        throw new IllegalArgumentException(
            "The output (-o " + output + ") must be another file than the data.");
      }
    }
  }

  private String copy(FileStatus file) throws IOException {
    err.println("The data are copied to the driver, which reads them itself.");
    java.nio.file.Path copy = scratch.resolve(file.getPath().getName());
    file.getPath()
        .getFileSystem(context.hadoopConfiguration())
        .copyToLocalFile(false, file.getPath(), new Path(copy.toUri()), true);
    return copy.toString();
  }

  private void requireWritable(String output) throws IOException {
    Path path = new Path(output);
    Path directory = path.getParent();
    if (directory == null || !path.getFileSystem(context.hadoopConfiguration()).exists(directory)) {
      throw new IllegalArgumentException(
          "The output (-o " + output + ") must be in a directory that exists: it does not.");
    }
  }

  /** Beside the target, and moved when it is complete. */
  private void write(java.nio.file.Path local, String output) throws IOException {
    Path target = new Path(output);
    Path partial = new Path(target.getParent(), "." + target.getName() + ".part");
    FileContext files = FileContext.getFileContext(target.toUri(), context.hadoopConfiguration());
    try {
      try (OutputStream out =
          files.create(partial, EnumSet.of(CreateFlag.CREATE, CreateFlag.OVERWRITE))) {
        Files.copy(local, out);
      }
      files.rename(partial, target, Options.Rename.OVERWRITE);
    } catch (IOException e) {
      files.delete(partial, false);
      throw new IOException(
          "The output (-o " + output + ") could not be written: " + e.getMessage(), e);
    }
  }

  private static void delete(java.nio.file.Path directory) {
    try {
      Files.walkFileTree(
          directory,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(
                java.nio.file.Path file, BasicFileAttributes attributes) throws IOException {
              Files.delete(file);
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(
                java.nio.file.Path visited, java.io.IOException e) throws IOException {
              Files.delete(visited);
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      // What the system keeps of temporary files it removes some day.
    }
  }

  /** The cluster, for the command line. */
  private final class OnSpark implements AnalyzeRepresentationalComplexity.Platform {
    private final Engine engine;
    private final Optional<Inputs> table;

    OnSpark(Engine engine, Optional<Inputs> table) {
      this.engine = engine;
      this.table = table;
    }

    @Override
    public Engine engine() {
      return engine;
    }

    @Override
    public Storage storage() {
      return new SparkStorage(
          new SerializableConfiguration(context.hadoopConfiguration()),
          java.nio.file.Path.of("").toAbsolutePath().toString());
    }

    @Override
    public void prepare(AnalysisOptions analysis) {
      analysis.removeTimeLimit(); // what was not refused has none
    }

    @Override
    public Optional<LayerSource> layers(FileOptions files, AnalysisOptions analysis)
        throws Exception {
      if (table.isEmpty()) {
        return Optional.empty();
      }
      if (analysis.getWeightMeaning() == WeightMeaning.IMPORTANCE) {
        throw new IllegalArgumentException(
            "The option -weights-are importance must not be used with a table on Spark: rows are"
                + " counted, so weights must be numbers of samples.");
      }
      long rows = context.getConf().getLong("spark.nnpid.rows", 100_000);
      double most =
          context.getConf().contains("spark.nnpid.driverMemory")
              ? context.getConf().getSizeAsBytes("spark.nnpid.driverMemory")
              : Drawing.usualBytes();
      return Optional.of(
          SparkSource.of(
              open(table.get(), files, analysis),
              analysis.selection(),
              analysis.quantizer(),
              analysis.getMissingValues(),
              new Drawing(rows, analysis.getSeed().orElse(1), most)));
    }

    private Table open(Inputs inputs, FileOptions files, AnalysisOptions analysis)
        throws IOException {
      boolean text = inputs.format() == Inputs.Format.TEXT;
      if (!text && !files.getSeparator().equals("auto")) {
        throw new IllegalArgumentException("The option -separator must go with a table of text.");
      }
      return switch (inputs.format()) {
        case PARQUET -> ParquetTable.open(session, inputs.relation(), inputs.paths());
        case NUMPY -> NumpyTable.open(context, inputs);
        default ->
            TextTable.open(
                context,
                inputs,
                files.getSeparator(),
                analysis.isNominalClass() ? analysis.getClassAttribute() : "");
      };
    }
  }
}
