package nnpid.command;

import java.io.BufferedWriter;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.Writer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import nnpid.analysis.Report;
import nnpid.analysis.Trajectory;
import nnpid.coarsegraining.CoarseGraining;
import nnpid.command.FileOptions.Form;
import nnpid.execution.Engine;
import nnpid.execution.Execution;
import nnpid.report.Format;
import nnpid.report.Table;
import nnpid.weka.LayerSource;
import nnpid.weka.SchemeOptions;
import weka.core.CommandlineRunnable;
import weka.core.Instances;
import weka.core.converters.ArffLoader;

/**
 * The command line: {@code weka.Run RepresentationalComplexity -t FILE ...}; {@code -h} lists the
 * options. Results go to standard output, progress and errors to standard error. The exit code is
 * 0, or 1 after an error.
 */
public final class AnalyzeRepresentationalComplexity implements CommandlineRunnable {
  private static final String EXAMPLE = "/nnpid/examples/mnist_layers.arff";

  private static final String EXAMPLE_LAYERS = "(L\\d+)_.*";

  private static final List<String> HELP = List.of("-h", "-help", "--help");

  /** The part of the time that it takes to look through a file, for the progress. */
  private static final double OPENING = 0.1;

  /** Seconds between progress messages. */
  private static final int PROGRESS_INTERVAL = 2;

  private final PrintStream out;
  private final PrintStream err;
  private final Optional<Platform> platform;

  /** Where the command line runs, if not on this machine alone. */
  public interface Platform {
    /** Runs the tasks. */
    Engine engine();

    /** Where several files are. */
    Storage storage();

    /** Changes options for which there are other rules here. */
    void prepare(AnalysisOptions analysis);

    /**
     * The layers of the data, if they are where the platform finds them; else they are read here.
     *
     * @throws Exception if they cannot be read; the message is a sentence
     */
    Optional<LayerSource> layers(FileOptions files, AnalysisOptions analysis) throws Exception;
  }

  /** Writes to standard output and standard error. */
  public AnalyzeRepresentationalComplexity() {
    this(System.out, System.err);
  }

  AnalyzeRepresentationalComplexity(PrintStream out, PrintStream err) {
    this(out, err, Optional.empty());
  }

  private AnalyzeRepresentationalComplexity(
      PrintStream out, PrintStream err, Optional<Platform> platform) {
    this.out = out;
    this.err = err;
    this.platform = platform;
  }

  /**
   * Runs the command line on a platform.
   *
   * @return whether it succeeded; if not, a message has been printed
   */
  public static boolean run(
      PrintStream out, PrintStream err, Platform platform, String... options) {
    return new AnalyzeRepresentationalComplexity(out, err, Optional.of(platform)).execute(options);
  }

  /** Runs the command line. */
  public static void main(String[] options) {
    AnalyzeRepresentationalComplexity commandLine = new AnalyzeRepresentationalComplexity();
    commandLine.run(commandLine, options);
  }

  @Override
  public void preExecution() {}

  @Override
  public void postExecution() {}

  /**
   * Runs the command line. After an error the Java machine ends with exit code 1, if it was started
   * for this run; within Weka's windows the error is just printed.
   */
  @Override
  public void run(Object toRun, String[] options) {
    // Java's launcher calls main in a thread of this name, Weka's windows use others.
    if (!Thread.currentThread().getName().equals("main")) {
      execute(options);
      return;
    }
    StopOnShutdown stop = new StopOnShutdown();
    boolean ok;
    try {
      ok = execute(options);
    } finally {
      stop.written();
    }
    // weka.Run itself always ends with 0.
    if (!ok) {
      System.exit(1);
    }
  }

  /** Ctrl-C stops the work and waits until what is done has been written. */
  private static final class StopOnShutdown {
    private static final int MOST_SECONDS = 60;

    private final CountDownLatch written = new CountDownLatch(1);
    private final Thread hook;

    StopOnShutdown() {
      Thread worker = Thread.currentThread();
      hook =
          new Thread(
              () -> {
                worker.interrupt();
                try {
                  boolean inTime = written.await(MOST_SECONDS, TimeUnit.SECONDS);
                  if (!inTime) {
                    System.err.println("Error: The run could not be stopped in time.");
                  }
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              },
              "nnpid-stop");
      Runtime.getRuntime().addShutdownHook(hook);
    }

    void written() {
      written.countDown();
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException e) {
        // Java is shutting down: the hook runs.
      }
    }
  }

  /** Whether the run succeeded; if not, a message has been printed. */
  boolean execute(String[] options) {
    try {
      if (options.length == 0 || !Collections.disjoint(HELP, List.of(options))) {
        out.print(help());
        out.flush();
        return true;
      }
      String[] left = joined(options);
      CommandOptions.ALL.check(left);
      FileOptions files = new FileOptions();
      String[] typed = left.clone();
      SchemeOptions.set(files, left);
      if (!files.getMerge().isEmpty()) {
        return merge(files, typed);
      }
      requireShardable(files, typed);
      if (InputFiles.areSeveral(files.getInput())) {
        return execute(files, Task.parseForCheckpoints(left));
      }
      boolean namesLayers = SchemeOptions.position("layers", left) >= 0 || Task.isTraining(left);
      return execute(
          files,
          Task.parse(
              files.isExample() && !namesLayers
                  ? Stream.concat(Stream.of(left), Stream.of("-layers", EXAMPLE_LAYERS))
                      .toArray(String[]::new)
                  : left));
    } catch (Exception e) {
      // Weka's loaders and filters declare Exception; their messages are for users.
      err.println("Error: " + Task.sentence(e));
    } catch (OutOfMemoryError e) {
      err.println("Error: " + Task.sentence(e));
    }
    return false;
  }

  /** What has no effect on a part of the work, or makes it differ from the others. */
  private static void requireShardable(FileOptions files, String[] options) {
    if (files.getShard().isEmpty()) {
      return;
    }
    for (String flag : List.of("format", "charts")) {
      if (given(flag, options)) {
        throw new IllegalArgumentException(
            String.format(
                "The option -%s must not be combined with -shard: give it with -merge.", flag));
      }
    }
    if (given("time-limit", options)) {
      throw new IllegalArgumentException(
          "The option -time-limit must not be combined with -shard: time ends estimates at another"
              + " place in every run.\nMaybe use -replicates instead.");
    }
    if (files.getOutput().isEmpty()) {
      throw new IllegalArgumentException(
          "The option -shard must go with -o FILE, which its part of the results is written to.");
    }
  }

  private static boolean given(String flag, String[] options) {
    return Stream.of(options).anyMatch(("-" + flag)::equals);
  }

  private boolean merge(FileOptions files, String[] options) throws IOException {
    List<String> allowed = List.of("-" + FileOptions.MERGE, "-format", "-o", "-charts");
    Optional<String> other =
        IntStream.range(0, options.length)
            .filter(i -> i % 2 == 0 && !allowed.contains(options[i]))
            .mapToObj(i -> options[i])
            .findFirst();
    if (other.isPresent()) {
      throw new IllegalArgumentException(
          String.format(
              "The option %s must not be combined with -merge: shards know what they are of.",
              other.get()));
    }
    Optional<OutputFile> output = output(files);
    List<Path> shards = InputFiles.of("-merge", files.getMerge());
    Task.Result result = ShardFile.merge(shards);
    boolean atHorizon =
        result instanceof Task.Followed followed && !followed.trajectory().draws().isEmpty();
    boolean trajectory = !(result instanceof Task.Analyzed);
    ChartFiles charts = ChartFiles.of(trajectory ? files.getCharts() : "", atHorizon);
    ReportCharts ofReport = trajectory ? ReportCharts.NONE : new ReportCharts(files.getCharts());
    List<OutputFile> outputs = new ArrayList<>(output.stream().toList());
    outputs.addAll(charts.files());
    outputs.addAll(ofReport.files());
    for (Path shard : shards) {
      requireDifferentFiles(outputs, shard.toString(), "");
    }
    return write(result, files.getForm(), output, charts, ofReport);
  }

  /** Options as they were typed, if a shell has put files in the place of a pattern after -t. */
  private static String[] joined(String[] options) {
    List<String> joined = new ArrayList<>();
    for (int i = 0; i < options.length; i++) {
      joined.add(options[i]);
      boolean named = options[i].equals("-t") || options[i].equals("-" + FileOptions.MERGE);
      if (named && i + 2 < options.length && !options[i + 2].startsWith("-")) {
        List<String> names = new ArrayList<>();
        for (i++; i < options.length && new File(options[i]).isFile(); i++) {
          names.add(options[i]);
        }
        i--;
        if (!names.isEmpty()) {
          joined.add(String.join(File.pathSeparator, names));
        }
      }
    }
    return joined.toArray(String[]::new);
  }

  private boolean execute(FileOptions files, Task task) throws Exception {
    if (files.isExample() != files.getInput().isEmpty()) {
      throw new IllegalArgumentException(
          "The options must name the data: a file with -t FILE, or -example.");
    }
    AnalysisOptions analysis = task.analysis();
    boolean atoms =
        analysis.isAtoms() || analysis.getTop().isPresent() || !analysis.getAtom().isEmpty();
    if (files.getForm() == Form.CSV) {
      requireOneTable(atoms, analysis.getPairs() > 0, !analysis.getRank().isEmpty());
    }
    Optional<OutputFile> file = output(files);
    boolean trajectory = task.training().isPresent() || InputFiles.areSeveral(files.getInput());
    ChartFiles charts =
        ChartFiles.of(trajectory ? files.getCharts() : "", !task.analysis().getHorizon().isEmpty());
    ReportCharts ofReport = trajectory ? ReportCharts.NONE : new ReportCharts(files.getCharts());
    List<OutputFile> outputs = new ArrayList<>(file.stream().toList());
    task.stateOutput().ifPresent(outputs::add);
    outputs.addAll(charts.files());
    outputs.addAll(ofReport.files());
    Task.Result result = run(files, task, outputs);
    noteStop(
        result instanceof Task.Analyzed analyzed
            ? analyzed.report().unfinishedLayers()
            : List.of());
    return write(result, files.getForm(), file, charts, ofReport);
  }

  private static void requireOneTable(boolean atoms, boolean pairs, boolean ranking) {
    if ((atoms && (pairs || ranking)) || (pairs && ranking)) {
      throw new IllegalArgumentException(
          String.format(
              "The option -%s must not be combined with %s for -format csv: it is one table.%n"
                  + "Maybe use -format json.",
              ranking ? AnalysisOptions.RANK : "pairs",
              atoms ? "-atoms, -top or -atom" : "-pairs"));
    }
  }

  private static Optional<OutputFile> output(FileOptions files) {
    return files.getOutput().isEmpty()
        ? Optional.empty()
        : Optional.of(OutputFile.of("output", "-o", files.getOutput()));
  }

  /** Whether all went well. */
  private boolean write(
      Task.Result result,
      Form form,
      Optional<OutputFile> file,
      ChartFiles charts,
      ReportCharts ofReport)
      throws IOException {
    boolean written = true;
    List<String> problems = new ArrayList<>();
    if (result instanceof Task.Analyzed analyzed) {
      problems.addAll(ofReport.write(analyzed.report()));
    }
    if (result instanceof Task.Trained trained) {
      problems.addAll(charts.write(trained.trajectory()));
      if (!trained.stateIsSaved()) {
        problems.add(
            "The state (-resume) does not hold all that was trained: see the warning above.");
      }
    } else if (result instanceof Task.Followed followed) {
      problems.addAll(followed.failures());
      problems.addAll(charts.write(followed.trajectory()));
      if (!followed.stateIsSaved()) {
        problems.add(
            "The state (-resume) does not hold all that was analyzed: see the warning above.");
      }
    }
    if (result instanceof Task.Part part) {
      file.orElseThrow().write(part.file()::writeTo);
      problems.addAll(part.file().content().failures());
    } else {
      written = write(result, form, file);
    }
    problems.forEach(problem -> err.println("Error: " + problem));
    return written && problems.isEmpty();
  }

  private Task.Result run(FileOptions files, Task task, List<OutputFile> outputs) throws Exception {
    ProgressPrinter printer = new ProgressPrinter();
    Execution execution =
        task.execution(false).withProgressListener(printer).withMessageListener(err::println);
    if (platform.isPresent()) {
      platform.get().prepare(task.analysis());
      execution = execution.withEngine(platform.get().engine());
      Optional<LayerSource> layers = platform.get().layers(files, task.analysis());
      if (layers.isPresent()) {
        return task.run(layers.get(), printer, execution);
      }
    }
    String input = files.getInput();
    if (InputFiles.areSeveral(input)) {
      if (!files.getTest().isEmpty()) {
        throw new IllegalArgumentException(
            "The option -T must go with one file (-t): there are several.");
      }
      Storage storage = platform.map(Platform::storage).orElseGet(LocalStorage::new);
      FileSet all = new FileSet(input, storage.files("-t", input), storage);
      for (String file : all.files()) {
        requireDifferentFiles(outputs, file, "");
      }
      Optional<Shard> shard = Shard.parse(files.getShard());
      if (shard.isPresent()) {
        task.setShard(shard.get(), files.getSeparator(), Map.of());
      }
      return task.run(all, reader("-t", files, task), printer, execution);
    }
    requireDifferentFiles(outputs, input, files.getTest());
    DataFiles reader = reader("-t", files, task);
    Optional<Shard> shard = Shard.parse(files.getShard());
    if (shard.isPresent()) {
      Map<String, Path> inputs = new LinkedHashMap<>();
      if (!files.isExample()) {
        inputs.put("the data", Path.of(input));
      }
      if (!files.getTest().isEmpty()) {
        inputs.put("the test data", Path.of(files.getTest()));
      }
      task.setShard(shard.get(), files.getSeparator(), inputs);
    }
    if (task.training().isEmpty() && files.getTest().isEmpty() && !files.isExample()) {
      return task.run(
          reader.layers(new File(input), task.analysis(), execution.step(0, OPENING)),
          printer,
          execution.step(OPENING, 1));
    }
    Instances data = files.isExample() ? loadExample() : reader.read(new File(input));
    if (!files.getTest().isEmpty()) {
      task.setTestData(
          reader("-T", files, task).read(new File(files.getTest())), "-T " + files.getTest());
    }
    return task.run(data, printer, execution);
  }

  private static DataFiles reader(String option, FileOptions files, Task task) {
    AnalysisOptions analysis = task.analysis();
    return new DataFiles(
        option, analysis.getClassAttribute(), analysis.isNominalClass(), files.getSeparator());
  }

  /** No result may destroy the data it comes from, or another result. */
  private static void requireDifferentFiles(List<OutputFile> outputs, String input, String test) {
    for (int i = 0; i < outputs.size(); i++) {
      if (!input.isEmpty()) {
        outputs.get(i).requireOther(Path.of(input), "data", "-t " + input);
      }
      if (!test.isEmpty()) {
        outputs.get(i).requireOther(Path.of(test), "test data", "-T " + test);
      }
      for (OutputFile other : outputs.subList(i + 1, outputs.size())) {
        outputs.get(i).requireOther(other);
      }
    }
  }

  /** What took hours to compute is not lost because a disk is full. */
  private boolean write(Task.Result result, Form form, Optional<OutputFile> file)
      throws IOException {
    boolean written = true;
    if (file.isPresent()) {
      try {
        file.get().writeText(to -> write(result, form, to));
        return true;
      } catch (IOException e) {
        err.println("Error: " + e.getMessage() + "\nThe result follows on standard output.");
        written = false;
      }
    }
    // Not closed: standard output belongs to the Java machine.
    Writer writer =
        new BufferedWriter(
            new OutputStreamWriter(
                out, form == Form.TEXT ? Charset.defaultCharset() : StandardCharsets.UTF_8));
    write(result, form, writer);
    writer.flush();
    if (out.checkError()) {
      err.println("Error: The result could not be written to standard output.");
      written = false;
    }
    return written;
  }

  /** The interrupted status is cleared, for an interrupted thread cannot write files. */
  private void noteStop(List<String> unfinishedLayers) {
    if (Thread.interrupted()) {
      err.println(
          "Stopped: the result holds what was done until then"
              + (unfinishedLayers.isEmpty()
                  ? "."
                  : ", without the layers " + String.join(", ", unfinishedLayers) + "."));
    }
  }

  private static void write(Task.Result result, Form form, Writer to) throws IOException {
    Optional<Format> format =
        Stream.of(Format.values()).filter(one -> one.name().equals(form.name())).findAny();
    if (result instanceof Task.Analyzed analyzed) {
      Report report = analyzed.report();
      if (format.isPresent()) {
        format.get().write(report, to);
      } else {
        to.write(arff(Table.of(report)));
      }
    } else if (result instanceof Task.Trained trained) {
      write(trained.trajectory(), format, to);
    } else if (result instanceof Task.Followed followed) {
      write(followed.trajectory(), format, to);
    }
  }

  private static void write(Trajectory trajectory, Optional<Format> format, Writer to)
      throws IOException {
    if (format.isPresent()) {
      format.get().write(trajectory, to);
    } else {
      to.write(arff(Table.ofPoints(trajectory)));
    }
  }

  private static String arff(Table table) {
    return ReportInstances.toArff(ReportInstances.of(table));
  }

  private static Instances loadExample() throws IOException {
    try (InputStream in = AnalyzeRepresentationalComplexity.class.getResourceAsStream(EXAMPLE)) {
      ArffLoader loader = new ArffLoader();
      loader.setSource(in);
      return loader.getDataSet();
    }
  }

  private static String help() {
    StringBuilder text =
        new StringBuilder(
            """
            Partial information decomposition of I(class; units) and representational complexity
            of the layers of a neural network (Ehrlich et al., TMLR 2023), in bits.

            Usage: java -cp weka.jar weka.Run RepresentationalComplexity -t FILE [options]

            """);
    Set<String> told = new HashSet<>();
    Stream.of(
            new FileOptions(),
            new AnalysisOptions(),
            new TrainingOptions(),
            new CheckpointOptions())
        .flatMap(bean -> Collections.list(SchemeOptions.list(bean)).stream())
        .filter(option -> told.add(option.name()))
        .forEach(
            option ->
                text.append(option.synopsis())
                    .append('\n')
                    .append(option.description())
                    .append('\n'));
    text.append("-h\n\tPrints this help.\n");
    return text.toString();
  }

  /** Prints the per cent done now and then; short runs print nothing. */
  private final class ProgressPrinter implements DoubleConsumer, Task.Listener {
    private final long start = System.nanoTime();
    private long next = start + PROGRESS_INTERVAL * 1_000_000_000L;

    private volatile String best = "";

    @Override
    public void warned(String warning) {
      err.println("Warning: " + warning);
    }

    @Override
    public void newBest(CoarseGraining grouping, double value, int step) {
      best = String.format(Locale.ROOT, ", best groups so far %s (%.4f)", grouping, value);
    }

    @Override
    public void accept(double fraction) {
      long now = System.nanoTime();
      if (now - next > 0) {
        next = now + PROGRESS_INTERVAL * 1_000_000_000L;
        double left = (now - start) / 1e9 * (1 - fraction) / fraction;
        String rest =
            fraction < 0.01 ? "" : String.format(Locale.ROOT, ", about %.0f s left", left);
        err.printf(Locale.ROOT, "%3.0f%% done%s%s%n", 100 * fraction, rest, best);
      }
    }
  }
}
