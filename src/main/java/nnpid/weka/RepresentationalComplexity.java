package nnpid.weka;

import java.io.BufferedWriter;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.Writer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collections;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.function.DoubleConsumer;
import nnpid.execution.Execution;
import nnpid.report.Report;
import nnpid.report.Report.Format;
import org.jspecify.annotations.Nullable;
import weka.core.CommandlineRunnable;
import weka.core.Instances;
import weka.core.Option;
import weka.core.Utils;
import weka.core.converters.AbstractFileLoader;
import weka.core.converters.ArffLoader;
import weka.core.converters.CSVLoader;
import weka.core.converters.ConverterUtils;
import weka.core.converters.NpyLoader;

/**
 * The command line: {@code weka.Run RepresentationalComplexity -t FILE ...}; {@code -h} lists the
 * options. Results go to standard output, progress and errors to standard error. The exit code is
 * 0, or 1 after an error.
 */
public final class RepresentationalComplexity implements CommandlineRunnable {
  private static final String EXAMPLE = "/nnpid/examples/mnist_layers.arff";

  private static final String EXAMPLE_LAYERS = "(L\\d+)_.*";

  /** Seconds between progress messages. */
  private static final int PROGRESS_INTERVAL = 2;

  private final PrintStream out;
  private final PrintStream err;

  /** Writes to standard output and standard error. */
  public RepresentationalComplexity() {
    this(System.out, System.err);
  }

  RepresentationalComplexity(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  /** Runs the command line. */
  public static void main(String[] options) {
    RepresentationalComplexity commandLine = new RepresentationalComplexity();
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
    boolean ok = execute(options);
    // weka.Run itself always ends with 0. Java's launcher calls main in a thread of this name,
    // Weka's windows use others.
    if (!ok && Thread.currentThread().getName().equals("main")) {
      System.exit(1);
    }
  }

  /** Whether the run succeeded; if not, a message has been printed. */
  boolean execute(String[] options) {
    try {
      if (options.length == 0 || Utils.getFlag('h', options) || Utils.getFlag("help", options)) {
        out.print(help());
        out.flush();
        return true;
      }
      execute(new ComplexityAnalysis(), options);
      return true;
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

  private void execute(ComplexityAnalysis analysis, String[] options) throws Exception {
    boolean example = Utils.getFlag("example", options);
    boolean layersGiven = Utils.getOptionPos("layers", options) >= 0;
    String input = ComplexityAnalysis.textOption("t", options, "");
    Format format = format(ComplexityAnalysis.textOption("format", options, "text"));
    String output = ComplexityAnalysis.textOption("o", options, "");
    analysis.setOptions(options);
    if (example && !layersGiven) {
      analysis.setLayers(EXAMPLE_LAYERS);
    }
    checkForRemainingOptions(options);
    if (example == !input.isEmpty()) {
      throw new IllegalArgumentException(
          "The options must name the data: a file with -t FILE, or -example.");
    }
    try (OutputFile file = output.isEmpty() ? null : new OutputFile(Path.of(output))) {
      Instances data = example ? loadExample() : load(new File(input));
      Execution execution =
          Execution.ofThreads(analysis.getThreads()).withProgressListener(new ProgressPrinter());
      Report report = analysis.analyze(data, execution);
      if (file == null) {
        // Not closed: standard output belongs to the Java machine.
        Writer writer =
            new BufferedWriter(
                new OutputStreamWriter(
                    out,
                    format == Format.TEXT ? Charset.defaultCharset() : StandardCharsets.UTF_8));
        report.writeTo(writer, format);
        writer.flush();
        if (out.checkError()) {
          throw new IOException("The result could not be written to standard output.");
        }
      } else {
        file.write(report, format);
      }
    }
  }

  private static void checkForRemainingOptions(String[] options) {
    for (String option : options) {
      if (!option.isEmpty()) {
        throw new IllegalArgumentException(
            "The option \"" + option + "\" is not known.\nMaybe see all options with -h.");
      }
    }
  }

  private static Format format(String name) {
    return switch (name) {
      case "text" -> Format.TEXT;
      case "json" -> Format.JSON;
      case "csv" -> Format.CSV;
      default ->
          throw new IllegalArgumentException(
              "The format (-format " + name + ") must be text, json or csv.");
    };
  }

  private static Instances loadExample() throws IOException {
    try (InputStream in = RepresentationalComplexity.class.getResourceAsStream(EXAMPLE)) {
      ArffLoader loader = new ArffLoader();
      loader.setSource(in);
      return loader.getDataSet();
    }
  }

  private static Instances load(File file) throws IOException {
    if (!file.isFile() || !file.canRead()) {
      throw new IllegalArgumentException(
          String.format(
              "The input (-t %s) must be a readable file: %s.",
              file, file.exists() ? "it is not" : "it does not exist"));
    }
    AbstractFileLoader loader = loaderFor(file);
    if (loader == null) {
      throw new IllegalArgumentException(
          String.format(
              "The input (-t %s) must have the extension of a format that Weka reads, such as"
                  + " .arff, .arff.gz, .csv or .npz.",
              file));
    }
    Instances data;
    try {
      RawRows.requireRows(file);
      loader.setFile(file);
      data = loader.getDataSet();
    } catch (IOException | RuntimeException e) {
      throw new IOException(
          String.format(
              "The input (-t %s) must be in the format that its name says. %s: %s",
              file, loader.getClass().getSimpleName(), withoutClassNames(e)),
          e);
    }
    RawRows.check(data, file);
    return data;
  }

  /** The usual formats directly: Weka's own choice scans the class path for loaders, a second. */
  private static @Nullable AbstractFileLoader loaderFor(File file) {
    String name = file.getName().toLowerCase(Locale.ROOT);
    if (name.endsWith(".arff") || name.endsWith(".arff.gz")) {
      return new ArffLoader();
    }
    if (name.endsWith(".npz") || name.endsWith(".npy")) {
      return new NpyLoader();
    }
    return name.endsWith(".csv") ? new CSVLoader() : ConverterUtils.getLoaderForFile(file);
  }

  /** Weka's messages tell what is wrong behind the names of exceptions. */
  private static String withoutClassNames(Exception e) {
    String message = e.getMessage();
    if (message == null) {
      return "the file is damaged";
    }
    return message
        .replaceAll("\\b[\\w.]+(Exception|Error): ", "")
        .replaceAll(
            "Index \\d+ out of bounds for length \\d+\\.?",
            "a row has more values than there are attributes.");
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
        -example
        \tUses the bundled data instead: layers L3 to L5 of a network trained on MNIST.
        -format <text|json|csv>
        \tForm of the result. JSON has everything. CSV has the main figures: a row per layer, or
        \tper atom with -atoms or -top; no permutations, classes or draws.
        \t(default: text)
        -o <FILE>
        \tWrites the result to a file. (default: standard output)
        """);
    for (Option option : Collections.list(new ComplexityAnalysis().listOptions())) {
      text.append(option.synopsis()).append('\n').append(option.description()).append('\n');
    }
    text.append("-h\n\tPrints this help.\n");
    return text.toString();
  }

  /** Writes beside the file and moves at the end: a run that fails leaves no part of a file. */
  private static final class OutputFile implements AutoCloseable {
    private final Path target;
    private final Path partial;

    OutputFile(Path output) throws IOException {
      target = Files.exists(output) ? output.toRealPath() : output.toAbsolutePath();
      Path directory = target.getParent();
      boolean device = Files.exists(target) && !Files.isRegularFile(target);
      if (directory == null
          || Files.isDirectory(target)
          || !Files.isDirectory(directory)
          || !Files.isWritable(device ? target : directory)) {
        throw new IllegalArgumentException(
            String.format(
                "The output (-o %s) must be a file in an existing directory that can be written.",
                output));
      }
      // A device or pipe is written to as it is.
      partial =
          device
              ? target
              : Files.createFile(
                  directory.resolve(
                      "." + target.getFileName() + "." + ProcessHandle.current().pid()));
      if (!device) {
        partial.toFile().deleteOnExit();
      }
    }

    void write(Report report, Format format) throws IOException {
      try (Writer writer = Files.newBufferedWriter(partial)) {
        report.writeTo(writer, format);
      }
      if (!partial.equals(target)) {
        Files.move(partial, target, StandardCopyOption.REPLACE_EXISTING);
      }
    }

    @Override
    public void close() throws IOException {
      if (!partial.equals(target)) {
        Files.deleteIfExists(partial);
      }
    }
  }

  /** Prints the per cent done now and then; short runs print nothing. */
  private final class ProgressPrinter implements DoubleConsumer {
    private long next = System.nanoTime() + PROGRESS_INTERVAL * 1_000_000_000L;

    @Override
    public void accept(double fraction) {
      long now = System.nanoTime();
      if (now - next > 0) {
        next = now + PROGRESS_INTERVAL * 1_000_000_000L;
        err.printf(Locale.ROOT, "%3.0f%% done%n", 100 * fraction);
      }
    }
  }
}
