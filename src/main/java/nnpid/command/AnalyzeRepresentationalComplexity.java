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
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleConsumer;
import java.util.function.Supplier;
import nnpid.analysis.Report;
import nnpid.analysis.Trajectory;
import nnpid.coarsegraining.CoarseGraining;
import nnpid.execution.Execution;
import nnpid.report.Table;
import nnpid.weka.DelimitedText;
import weka.core.CommandlineRunnable;
import weka.core.Instances;
import weka.core.Option;
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

  /** Seconds between progress messages. */
  private static final int PROGRESS_INTERVAL = 2;

  private final PrintStream out;
  private final PrintStream err;

  /** Writes to standard output and standard error. */
  public AnalyzeRepresentationalComplexity() {
    this(System.out, System.err);
  }

  AnalyzeRepresentationalComplexity(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
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
      return execute(new ComplexityAnalysis(), options);
    } catch (IllegalArgumentException | IOException | CancellationException e) {
      err.println("Error: " + e.getMessage());
    } catch (OutOfMemoryError e) {
      err.println("Error: Java ran out of memory.\nMaybe give it more: java -Xmx4g ...");
    } catch (Exception e) {
      // Weka's loaders and filters declare Exception; their messages are for users.
      err.println("Error: " + (e.getMessage() == null ? e.toString() : e.getMessage()));
    }
    return false;
  }

  private boolean execute(ComplexityAnalysis analysis, String[] options) throws Exception {
    new CommandOptions(help()).check(options);
    boolean example = ComplexityAnalysis.flag("example", options);
    boolean layersGiven = ComplexityAnalysis.position("layers", options) >= 0;
    String input = ComplexityAnalysis.textOption("t", options, "");
    Format format = format(ComplexityAnalysis.textOption("format", options, "text"));
    String output = ComplexityAnalysis.textOption("o", options, "");
    String test = ComplexityAnalysis.textOption("T", options, "");
    String separator = ComplexityAnalysis.textOption("separator", options, "auto");
    DelimitedText.requireSeparator(separator);
    Optional<TrainingAnalysis> training =
        TrainingAnalysis.isAskedFor(options)
            ? Optional.of(new TrainingAnalysis(options))
            : Optional.empty();
    analysis.setOptions(options);
    if (example && !layersGiven) {
      analysis.setLayers(EXAMPLE_LAYERS);
    }
    if (example == !input.isEmpty()) {
      throw new IllegalArgumentException(
          "The options must name the data: a file with -t FILE, or -example.");
    }
    Optional<OutputFile> file =
        output.isEmpty() ? Optional.empty() : Optional.of(OutputFile.of("output", "-o", output));
    List<OutputFile> outputs = new ArrayList<>(file.stream().toList());
    training.ifPresent(one -> outputs.addAll(one.outputs()));
    requireDifferentFiles(outputs, input, test);
    Instances data =
        example ? loadExample() : files("-t", analysis, separator).read(new File(input));
    ProgressPrinter printer = new ProgressPrinter();
    analysis.setGroupingListener((grouping, value, step) -> printer.bestGrouping(grouping, value));
    Execution execution =
        Execution.ofThreads(analysis.getThreads())
            .withProgressListener(printer)
            .withMessageListener(err::println);
    if (training.isEmpty()) {
      Report report = analysis.analyze(data, execution);
      noteStop(report.unfinishedLayers());
      return write(
          new Result(
              (out, form) -> form.write(report, out),
              () -> Table.ofLayers(report.relation(), List.of(report))),
          format,
          file);
    }
    Optional<Instances> testData =
        test.isEmpty()
            ? Optional.empty()
            : Optional.of(files("-T", analysis, separator).read(new File(test)));
    training.get().setWarningListener(warning -> err.println("Warning: " + warning));
    Trajectory trajectory = training.get().run(data, testData, analysis, soFar -> {}, execution);
    noteStop(List.of());
    boolean written =
        write(
            new Result(
                (out, form) -> form.write(trajectory, out), () -> Table.ofPoints(trajectory)),
            format,
            file);
    List<String> problems = new ArrayList<>();
    training.get().writeCharts(trajectory, problems::add);
    if (!training.get().stateIsSaved()) {
      problems.add(
          "The state (-resume) does not hold all that was trained: see the warning above.");
    }
    problems.forEach(problem -> err.println("Error: " + problem));
    return written && problems.isEmpty();
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
  private boolean write(Result result, Format format, Optional<OutputFile> file)
      throws IOException {
    boolean written = true;
    if (file.isPresent()) {
      try {
        file.get().writeText(out -> result.writeTo(out, format));
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
                out, format == Format.TEXT ? Charset.defaultCharset() : StandardCharsets.UTF_8));
    result.writeTo(writer, format);
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

  /** What a run has found, to be written in any form. */
  private record Result(ReportWriter report, Supplier<Table> table) {
    private interface ReportWriter {
      void writeTo(Writer out, nnpid.report.Format format) throws IOException;
    }

    void writeTo(Writer out, Format format) throws IOException {
      if (format == Format.ARFF) {
        out.write(ReportInstances.toArff(ReportInstances.of(table.get())));
      } else {
        report.writeTo(out, format.reportFormat);
      }
    }
  }

  /** The forms of results: those of reports, and Weka's own. */
  private enum Format {
    TEXT(nnpid.report.Format.TEXT),
    JSON(nnpid.report.Format.JSON),
    CSV(nnpid.report.Format.CSV),
    ARFF(nnpid.report.Format.CSV);

    private final nnpid.report.Format reportFormat;

    Format(nnpid.report.Format reportFormat) {
      this.reportFormat = reportFormat;
    }
  }

  private static Format format(String name) {
    return switch (name) {
      case "text" -> Format.TEXT;
      case "json" -> Format.JSON;
      case "csv" -> Format.CSV;
      case "arff" -> Format.ARFF;
      default ->
          throw new IllegalArgumentException(
              "The format (-format " + name + ") must be text, json, csv or arff.");
    };
  }

  private static Instances loadExample() throws IOException {
    try (InputStream in = AnalyzeRepresentationalComplexity.class.getResourceAsStream(EXAMPLE)) {
      ArffLoader loader = new ArffLoader();
      loader.setSource(in);
      return loader.getDataSet();
    }
  }

  private static DataFiles files(String option, ComplexityAnalysis analysis, String separator) {
    return new DataFiles(option, analysis.classAttribute(), analysis.nominalClass(), separator);
  }

  private static String help() {
    StringBuilder text = new StringBuilder();
    text.append(
        """
        Partial information decomposition of I(class; units) and representational complexity
        of the layers of a neural network (Ehrlich et al., TMLR 2023), in bits.

        Usage: java -cp weka.jar weka.Run RepresentationalComplexity -t FILE [options]

        -t <FILE>
        \tThe data: hidden units as attributes, one instance per sample, in any format that
        \tWeka reads (.arff, .arff.gz, .csv, .npz, ...). Weights of instances count.
        -separator <auto|comma|semicolon|tab|CHAR>
        \tWhat separates the cells of a file .csv, .tsv or .txt. (default: auto, as in its header)
        -example
        \tUses the bundled data instead: layers L3 to L5 of a network trained on MNIST.
        -format <text|json|csv|arff>
        \tForm of the result. JSON has everything. CSV and ARFF have the main figures: a row per
        \tlayer, in CSV per atom with -atoms or -top; no permutations, classes or draws.
        \t(default: text)
        -o <FILE>
        \tWrites the result to a file. (default: standard output)
        """);
    for (Option option : Collections.list(new ComplexityAnalysis().listOptions())) {
      text.append(option.synopsis()).append('\n').append(option.description()).append('\n');
    }
    for (Option option : Collections.list(TrainingAnalysis.listOptions())) {
      text.append(option.synopsis()).append('\n').append(option.description()).append('\n');
    }
    text.append("-h\n\tPrints this help.\n");
    return text.toString();
  }

  /** Prints the per cent done now and then; short runs print nothing. */
  private final class ProgressPrinter implements DoubleConsumer {
    private final long start = System.nanoTime();
    private long next = start + PROGRESS_INTERVAL * 1_000_000_000L;

    private volatile String best = "";

    void bestGrouping(CoarseGraining grouping, double value) {
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
