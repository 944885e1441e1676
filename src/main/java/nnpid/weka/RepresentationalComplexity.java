package nnpid.weka;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
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
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
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

/**
 * The command line: {@code weka.Run RepresentationalComplexity -t FILE ...}; {@code -h} lists the
 * options. Results go to standard output, progress and errors to standard error. The exit code is
 * 0, or 1 after an error.
 */
public final class RepresentationalComplexity implements CommandlineRunnable {
  private static final String EXAMPLE = "/nnpid/examples/mnist_layers.arff";
  private static final Pattern NOT_A_NUMBER = Pattern.compile("(?:^|[,\\s])NaN(?:[,\\s]|$)");

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
    // weka.Run itself always ends with 0. The first thread of the machine has the number 1.
    if (!ok && Thread.currentThread().getId() == 1) {
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
    String input = ComplexityAnalysis.textOption("t", options, "");
    Format format = format(ComplexityAnalysis.textOption("format", options, "text"));
    String output = ComplexityAnalysis.textOption("o", options, "");
    if (example) {
      options = withExampleLayers(options);
    }
    analysis.setOptions(options);
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
        Writer writer = new BufferedWriter(new OutputStreamWriter(out, Charset.defaultCharset()));
        report.writeTo(writer, format);
        writer.flush();
      } else {
        file.write(report, format);
      }
    }
  }

  private static String[] withExampleLayers(String[] options) {
    if (Utils.getOptionPos("layers", options) >= 0) {
      return options;
    }
    String[] extended = java.util.Arrays.copyOf(options, options.length + 2);
    extended[options.length] = "-layers";
    extended[options.length + 1] = "(L\\d+)_.*";
    return extended;
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
                  + " .arff, .arff.gz or .csv.",
              file));
    }
    Instances data;
    try {
      loader.setFile(file);
      data = loader.getDataSet();
    } catch (IOException | RuntimeException e) {
      throw new IOException(
          String.format(
              "The input (-t %s) must be in the format that its name says. %s: %s",
              file, loader.getClass().getSimpleName(), e.getMessage()),
          e);
    }
    requireNumbers(data, file);
    return data;
  }

  /** The usual formats directly: Weka's own choice scans the class path for loaders, a second. */
  private static @Nullable AbstractFileLoader loaderFor(File file) {
    String name = file.getName().toLowerCase(Locale.ROOT);
    if (name.endsWith(".arff") || name.endsWith(".arff.gz")) {
      return new ArffLoader();
    }
    return name.endsWith(".csv") ? new CSVLoader() : ConverterUtils.getLoaderForFile(file);
  }

  /** Weka reads the text NaN as a missing value; as an activation it is a fault to be told. */
  private static void requireNumbers(Instances data, File file) throws IOException {
    String name = file.getName().toLowerCase(Locale.ROOT);
    if (!name.matches(".*\\.(arff|csv)(\\.gz)?")) {
      return;
    }
    for (int i = 0; i < data.numAttributes(); i++) {
      if (data.attribute(i).isNumeric() && data.attributeStats(i).missingCount > 0) {
        int line = lineWithNotANumber(file);
        if (line > 0) {
          throw new IllegalArgumentException(
              String.format(
                  "Attribute \"%s\" must have finite activations: line %d of %s has NaN.%n"
                      + "Maybe the network diverged; check the epoch before. Write ? for values"
                      + " that are missing.",
                  data.attribute(i).name(), line, file));
        }
        return;
      }
    }
  }

  private static int lineWithNotANumber(File file) throws IOException {
    InputStream in = new BufferedInputStream(new FileInputStream(file));
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                file.getName().endsWith(".gz") ? new GZIPInputStream(in) : in,
                StandardCharsets.ISO_8859_1))) {
      int number = 1;
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        if (NOT_A_NUMBER.matcher(line).find() && !line.startsWith("@")) {
          return number;
        }
        number++;
      }
    }
    return 0;
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
        \tWeka reads (.arff, .arff.gz, .csv, ...). Weights of instances count.
        -example
        \tUses the bundled data instead: layers L3 to L5 of a network trained on MNIST.
        -format <text|json|csv>
        \tForm of the result. CSV has a row per layer, or per atom with -atoms or -top.
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

    OutputFile(Path target) throws IOException {
      this.target = target.toAbsolutePath();
      Path directory = this.target.getParent();
      if (directory == null
          || !Files.isDirectory(directory)
          || !Files.isWritable(directory)
          || Files.isDirectory(target)) {
        throw new IllegalArgumentException(
            String.format(
                "The output (-o %s) must be a file in an existing directory that can be written.",
                target));
      }
      partial = Files.createTempFile(directory, "." + target.getFileName(), ".part");
      partial.toFile().deleteOnExit();
    }

    void write(Report report, Format format) throws IOException {
      try (Writer writer = Files.newBufferedWriter(partial)) {
        report.writeTo(writer, format);
      }
      Files.move(partial, target, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void close() throws IOException {
      Files.deleteIfExists(partial);
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
