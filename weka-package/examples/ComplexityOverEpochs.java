import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import nnpid.analysis.Finding;
import nnpid.analysis.Finding.Interval;
import nnpid.analysis.LayerAnalysis;
import nnpid.analysis.LayerResult;
import nnpid.analysis.Method;
import nnpid.analysis.Report;
import nnpid.analysis.Trajectory;
import nnpid.analysis.TrajectoryPoint;
import nnpid.chart.ChartStyle;
import nnpid.chart.ComplexityChart;
import nnpid.chart.ComplexityChart.Entry;
import nnpid.chart.Picture;
import nnpid.chart.TrajectoryChart;
import nnpid.coarsegraining.CoarseGrainingSettings;
import nnpid.coarsegraining.GroupingObjective;
import nnpid.distribution.JointDistribution;
import nnpid.execution.Execution;
import nnpid.report.Format;

/**
 * How the representational complexity of hidden layers develops in training, from tables of counts:
 * an example of how the packages under {@code nnpid} are used, without Weka. In the directory of
 * the installed package (on Windows with {@code ;} for {@code :}):
 *
 * <pre>
 * java -cp "representationalComplexity.jar:lib/*" examples/ComplexityOverEpochs.java FOLDER TASK [PNG [CSV]]
 * </pre>
 *
 * <p>A layer at a checkpoint is a file {@code TASK_seedK_epochE_LJ.csv} in the folder: a header,
 * and in columns l1, ..., ln, label, count the levels of the units, the class, and how many samples
 * have both. Seeds are repeats of a training. Beside the folder there may be a file {@code
 * accuracy.csv} with columns task, seed, epoch, and accuracy on training and on test data. Layers
 * of up to six units are decomposed exactly; for wider ones the paper's two ways and the estimate
 * are compared.
 */
public final class ComplexityOverEpochs {
  private static final LayerAnalysis ANALYSIS = LayerAnalysis.DEFAULT.withoutAtoms();
  private static final CoarseGrainingSettings GROUPS = CoarseGrainingSettings.DEFAULT;
  private static final Execution EXECUTION =
      Execution.ofThreads(Runtime.getRuntime().availableProcessors());

  private record Checkpoint(int seed, int epoch) {}

  private record Accuracy(double train, double test) {}

  private record Table(Path file, Checkpoint checkpoint, int layer) {}

  public static void main(String[] args) {
    try {
      if (args.length < 2 || args.length > 4) {
        throw new IllegalArgumentException("The arguments must be FOLDER TASK [PNG [CSV]].");
      }
      run(Path.of(args[0]), args[1], Arrays.stream(args).skip(2).map(Path::of).toList());
    } catch (IllegalArgumentException e) {
      System.err.println("Error: " + e.getMessage());
      System.exit(1);
    } catch (IOException e) {
      System.err.println("Error: A file cannot be read or written: " + e);
      System.exit(1);
    }
  }

  private static void run(Path folder, String task, List<Path> outputs) throws IOException {
    List<Table> tables = tables(folder, task);
    Map<Checkpoint, Accuracy> accuracies = accuracies(folder, task);
    List<TrajectoryPoint> points = new ArrayList<>();
    List<Entry> comparisons = new ArrayList<>();
    for (Table table : tables) {
      JointDistribution distribution = read(table.file());
      LayerResult layer = ANALYSIS.analyze("L" + table.layer(), distribution, EXECUTION);
      Checkpoint at = table.checkpoint();
      Accuracy accuracy = accuracies.getOrDefault(at, new Accuracy(Double.NaN, Double.NaN));
      double loss = Double.NaN; // the tables do not tell
      points.add(
          new TrajectoryPoint(
              at.seed() + 1, at.epoch(), loss, accuracy.train(), accuracy.test(), layer.summary()));
      if (layer.method() == Method.COVERAGE) {
        String name = layer.name() + ", seed " + at.seed() + ", after " + at.epoch() + " epochs";
        comparisons.add(new Entry(name, compareMethods(task, layer, distribution)));
      }
    }
    int repeats = (int) points.stream().map(TrajectoryPoint::repeat).distinct().count();
    Trajectory trajectory =
        new Trajectory(task, "count tables in " + folder, repeats, points, true, List.of());
    PrintWriter out = new PrintWriter(System.out);
    Format.TEXT.write(trajectory, out);
    comparisons.forEach(entry -> print(entry, out));
    out.flush();
    if (!outputs.isEmpty()) {
      var chart =
          comparisons.isEmpty()
              ? TrajectoryChart.COMPLEXITY.of(trajectory, ChartStyle.LIGHT)
              : ComplexityChart.of(comparisons, ChartStyle.LIGHT);
      try (OutputStream png = Files.newOutputStream(outputs.get(0))) {
        new Picture(chart, 900, 560).writePng(png, 1);
      }
    }
    if (outputs.size() > 1) {
      try (Writer csv = Files.newBufferedWriter(outputs.get(1))) {
        Format.CSV.write(trajectory, csv);
      }
    }
  }

  /** The estimate of a wide layer, and the same layer by the other methods, named after these. */
  private static Report compareMethods(
      String task, LayerResult estimated, JointDistribution distribution) {
    LayerAnalysis subsets = ANALYSIS.withMethod(Method.SUBSAMPLING);
    LayerAnalysis lower = ANALYSIS.withMethod(Method.COARSE_GRAINING);
    LayerAnalysis upper =
        lower.withCoarseGraining(GROUPS.withObjective(GroupingObjective.TIGHTEST_UPPER));
    LayerAnalysis inOrder =
        lower.withCoarseGraining(GROUPS.withGrouping(CoarseGrainingSettings.SEQUENTIAL));
    List<LayerResult> reports =
        List.of(
            estimated,
            subsets.analyze("subsets of five", distribution, EXECUTION),
            lower.analyze("best lower bound", distribution, EXECUTION),
            upper.analyze("best upper bound", distribution, EXECUTION),
            inOrder.analyze("groups in order", distribution, EXECUTION));
    return new Report(task, "", reports, 0);
  }

  private static void print(Entry comparison, PrintWriter out) {
    out.printf("%nC of %s%n", comparison.name());
    for (LayerResult report : comparison.report().layers()) {
      out.printf("  %-16s  %-15s  %s%n", report.name(), report.method(), complexity(report));
    }
  }

  /** Bounds from groups; mean and standard deviation over subsets; or C and its standard error. */
  private static String complexity(LayerResult report) {
    if (report.bounds().isPresent()) {
      Interval bounds = report.bounds().get();
      return String.format(Locale.ROOT, "%.4f to %.4f", bounds.lower(), bounds.upper());
    }
    double value = report.representationalComplexity();
    if (report.finding() instanceof Finding.Subsampled subsampled) {
      double spread = subsampled.subsampling().standardDeviation();
      return String.format(Locale.ROOT, "%.4f, spread %.4f", value, spread);
    }
    return String.format(Locale.ROOT, "%.4f +- %.4f", value, report.standardError());
  }

  /** The tables of a task by seed, epoch and layer. */
  private static List<Table> tables(Path folder, String task) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new IllegalArgumentException("The folder (" + folder + ") must exist: it does not.");
    }
    Pattern name =
        Pattern.compile(Pattern.quote(task) + "_seed(\\d{1,8})_epoch(\\d{1,8})_L(\\d{1,8})\\.csv");
    List<Table> tables = new ArrayList<>();
    try (var files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        Matcher matcher = name.matcher(file.getFileName().toString());
        if (matcher.matches()) {
          tables.add(new Table(file, checkpoint(matcher), Integer.parseInt(matcher.group(3))));
        }
      }
    }
    if (tables.isEmpty()) {
      throw new IllegalArgumentException(
          String.format(
              "The folder (%s) must have tables %s_seedK_epochE_LJ.csv: there are none.",
              folder, task));
    }
    tables.sort(
        Comparator.comparingInt((Table table) -> table.checkpoint().seed())
            .thenComparingInt(table -> table.checkpoint().epoch())
            .thenComparingInt(Table::layer));
    return tables;
  }

  /** Seed and epoch: the first two groups of a pattern that matched. */
  private static Checkpoint checkpoint(Matcher matcher) {
    return new Checkpoint(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
  }

  private static JointDistribution read(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    if (lines.size() < 2) {
      throw new IllegalArgumentException("The table (" + file + ") must have rows: it has none.");
    }
    int sources = lines.get(0).split(",").length - 2;
    JointDistribution.Counter counter = new JointDistribution.Counter(sources);
    for (String line : lines.subList(1, lines.size())) {
      if (!line.matches("(\\d{1,9},){" + (sources + 1) + "}\\d{1,9}")) {
        throw new IllegalArgumentException(
            String.format(
                "A row (%s) of the table (%s) must be %d whole numbers with commas: it is not.",
                line, file, sources + 2));
      }
      int[] cells = Arrays.stream(line.split(",")).mapToInt(Integer::parseInt).toArray();
      counter.add(Arrays.copyOf(cells, sources), cells[sources], cells[sources + 1]);
    }
    return counter.toDistribution();
  }

  /** Accuracies of a task, from the file beside the folder; none if there is no such file. */
  private static Map<Checkpoint, Accuracy> accuracies(Path folder, String task) throws IOException {
    Map<Checkpoint, Accuracy> accuracies = new HashMap<>();
    Path file = folder.toAbsolutePath().normalize().resolveSibling("accuracy.csv");
    Pattern row =
        Pattern.compile(Pattern.quote(task) + ",(\\d{1,8}),(\\d{1,8}),([\\d.]+),([\\d.]+).*");
    for (String line : Files.exists(file) ? Files.readAllLines(file) : List.<String>of()) {
      Matcher matcher = row.matcher(line);
      if (matcher.matches()) {
        accuracies.put(
            checkpoint(matcher),
            new Accuracy(
                Double.parseDouble(matcher.group(3)), Double.parseDouble(matcher.group(4))));
      }
    }
    return accuracies;
  }
}
