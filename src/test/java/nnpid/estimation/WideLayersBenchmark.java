package nnpid.estimation;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.zip.GZIPInputStream;
import nnpid.distribution.JointDistribution;
import nnpid.execution.Execution;

/**
 * Measures the coverage estimator against the number of units and of samples, as CSV.
 *
 * <p>The units are those of the first layer of the MNIST network, 50 units of 8 levels; wider
 * layers have noisy copies of them. Every case runs until the standard error of C is 0.02 or a
 * minute is over. Not JMH, since a case takes up to a minute:
 *
 * <pre>
 * mvn -q test-compile dependency:build-classpath -Dmdep.outputFile=target/cp.txt -Dmdep.includeScope=test
 * java -Xmx3g -cp "target/test-classes:target/classes:$(tr ':' '\n' &lt; target/cp.txt | grep -v '\.pom$' | paste -sd:)" nnpid.estimation.WideLayersBenchmark ../shared/data
 * </pre>
 *
 * <p>The arguments, all optional, are the folder with the layers, the seconds per case and the
 * numbers of units. Columns: {@code layer}, units {@code n}, samples {@code m}, distinct
 * realizations {@code R}, {@code seconds} of the estimate (counting the samples excluded), {@code
 * replicates}, {@code C}, its {@code standardError}, and {@code secondsTo0.02}: measured where that
 * precision was reached, else extrapolated, seconds (standardError / 0.02)^2.
 */
public final class WideLayersBenchmark {
  private static final int FIRST_LAYER_UNITS = 50;
  private static final int LEVELS = 8;
  private static final double CHANGED = 0.2; // share of the levels of a copy
  private static final double PRECISION = 0.02;
  private static final int THREADS = 2;
  private static final long SEED = 20_230_904;
  private static final int[] SAMPLES = {1_000, 10_000, 60_000};

  private WideLayersBenchmark() {}

  /** Prints the table. */
  public static void main(String[] arguments) throws IOException {
    PrintStream out = System.out;
    Path data = Path.of(arguments.length > 0 ? arguments[0] : "../shared/data");
    double timeLimit = arguments.length > 1 ? Double.parseDouble(arguments[1]) : 60;
    List<Integer> widths = new ArrayList<>();
    for (int i = 2; i < arguments.length; i++) {
      widths.add(Integer.parseInt(arguments[i]));
    }
    if (widths.isEmpty()) {
      widths.addAll(List.of(8, 16, 32, 64, 128, 256, 512, 1024));
    }
    List<int[]> rows = read(data.resolve("mnist8_epoch1000_layers.arff.gz"));
    // The first case of a cold machine would count the compiler's time.
    measure(rows, 16, 2_000, 5);
    out.println("layer,n,m,R,seconds,replicates,C,standardError,secondsTo0.02");
    for (int units : widths) {
      for (int samples : SAMPLES) {
        out.println("epoch1000_L1," + measure(rows, units, samples, timeLimit));
      }
    }
    rows = read(data.resolve("mnist8_epoch0_layers.arff.gz"));
    for (int samples : SAMPLES) {
      out.println("epoch0_L1," + measure(rows, 512, samples, timeLimit));
    }
  }

  private static String measure(List<int[]> rows, int units, int samples, double timeLimit) {
    JointDistribution distribution = widen(rows, units, samples);
    CoverageSettings settings =
        CoverageSettings.DEFAULT.withPrecision(PRECISION).withTimeLimitSeconds(timeLimit);
    long start = System.nanoTime();
    try {
      ComplexityEstimate estimate =
          CoverageEstimator.estimate(distribution, settings, Execution.ofThreads(THREADS));
      double seconds = (System.nanoTime() - start) / 1e9;
      double error = estimate.standardError();
      return String.format(
          Locale.ROOT,
          "%d,%d,%d,%.2f,%d,%.4f,%.4f,%.1f",
          units,
          samples,
          distribution.realizationCount(),
          seconds,
          estimate.replicates(),
          estimate.backbone().representationalComplexity(),
          error,
          error <= PRECISION ? seconds : seconds * Math.pow(error / PRECISION, 2));
    } catch (IllegalArgumentException e) {
      // Not even two batches within the time.
      double seconds = (System.nanoTime() - start) / 1e9;
      return String.format(
          Locale.ROOT,
          "%d,%d,%d,%.2f,0,,,",
          units,
          samples,
          distribution.realizationCount(),
          seconds);
    }
  }

  /** The first units of the layer, or all of them and noisy copies, for the first samples. */
  private static JointDistribution widen(List<int[]> rows, int units, int samples) {
    SplittableRandom random = new SplittableRandom(SEED);
    JointDistribution.Counter counter = new JointDistribution.Counter(units);
    for (int[] row : rows.subList(0, samples)) {
      int[] states = new int[units];
      for (int unit = 0; unit < units; unit++) {
        int level = row[unit % FIRST_LAYER_UNITS];
        if (unit >= FIRST_LAYER_UNITS && random.nextDouble() < CHANGED) {
          int step = random.nextBoolean() ? 1 : -1;
          // At the ends there is one way only.
          level = level + step < 0 || level + step >= LEVELS ? level - step : level + step;
        }
        states[unit] = level;
      }
      counter.add(states, row[FIRST_LAYER_UNITS], 1);
    }
    return counter.toDistribution();
  }

  /** Levels of the units of the first layer, and the class. */
  private static List<int[]> read(Path file) throws IOException {
    List<int[]> rows = new ArrayList<>();
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.US_ASCII))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        if (!line.isEmpty() && Character.isDigit(line.charAt(0))) {
          String[] cells = line.split(",", -1);
          int[] row = new int[FIRST_LAYER_UNITS + 1];
          for (int unit = 0; unit < FIRST_LAYER_UNITS; unit++) {
            row[unit] = Integer.parseInt(cells[unit]);
          }
          row[FIRST_LAYER_UNITS] = Integer.parseInt(cells[cells.length - 1]);
          rows.add(row);
        }
      }
    }
    return rows;
  }
}
