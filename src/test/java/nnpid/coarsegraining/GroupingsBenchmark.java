package nnpid.coarsegraining;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import nnpid.distribution.JointDistribution;
import nnpid.estimation.ComplexityEstimate;
import nnpid.estimation.CoverageEstimator;
import nnpid.estimation.CoverageRecord;
import nnpid.estimation.CoverageSettings;
import nnpid.execution.Execution;
import org.apache.commons.math3.stat.descriptive.DescriptiveStatistics;

/**
 * The table on coarse-graining of the README: the 10-unit layer of the mnist4 network in five
 * groups, sequential, random, and optimized for every objective, beside C itself; and how many
 * groupings are scored per second. Run its main from the test class path, with the directory of the
 * shared data as argument.
 */
final class GroupingsBenchmark {
  private static final int GROUPS = 5;
  private static final int RANDOM = 200;

  private GroupingsBenchmark() {}

  public static void main(String[] args) throws IOException {
    Path activations =
        Path.of(args.length > 0 ? args[0] : "../shared").resolve("data").resolve("activations");
    PrintStream out = System.out;
    for (int epoch : new int[] {0, 100, 9584}) {
      JointDistribution layer =
          countTable(activations.resolve("mnist4_seed0_epoch" + epoch + "_L2.csv"));
      ComplexityEstimate complexity =
          CoverageEstimator.estimate(layer, CoverageSettings.DEFAULT, Execution.ofThreads(2));
      out.printf(
          Locale.ROOT,
          "%nepoch %d: C = %.3f +- %.3f, R = %d%n%n",
          epoch,
          complexity.backbone().representationalComplexity(),
          complexity.standardError(),
          layer.realizationCount());
      out.println(
          "| groups | lower | upper | unconditional | s | groups found |\n|---|---|---|---|---|---|");
      row(
          out,
          "sequential pairs",
          layer,
          CoarseGrainingSettings.DEFAULT.withGrouping("sequential"));
      DescriptiveStatistics lower = new DescriptiveStatistics();
      DescriptiveStatistics upper = new DescriptiveStatistics();
      for (int seed = 0; seed < RANDOM; seed++) {
        ComplexityBounds bounds =
            CoarseGrainedComplexity.of(
                    layer,
                    CoarseGraining.random(layer.sourceCount(), GROUPS, seed),
                    GroupingObjective.TIGHTEST_LOWER,
                    Execution.sequential())
                .bounds();
        lower.addValue(bounds.lower());
        upper.addValue(bounds.upper());
      }
      out.printf(
          Locale.ROOT,
          "| %d random pairings: median (5 %% to 95 %%) | %.3f (%.3f to %.3f) | %.3f (%.3f to"
              + " %.3f) | | | |%n",
          RANDOM,
          lower.getPercentile(50),
          lower.getPercentile(5),
          lower.getPercentile(95),
          upper.getPercentile(50),
          upper.getPercentile(5),
          upper.getPercentile(95));
      for (GroupingObjective objective : GroupingObjective.values()) {
        row(
            out,
            "optimized: " + objective,
            layer,
            CoarseGrainingSettings.DEFAULT.withObjective(objective));
      }
      row(
          out,
          "optimized: tightest-lower, pairs only",
          layer,
          CoarseGrainingSettings.DEFAULT.withGroupSizes(2, 2));
      scores(out, layer);
    }
  }

  private static void row(
      PrintStream out, String name, JointDistribution layer, CoarseGrainingSettings settings) {
    long start = System.nanoTime();
    CoarseGrainedComplexity found =
        CoarseGrainedComplexity.of(
            layer, settings, Execution.sequential(), (grouping, value, step) -> {});
    double seconds = (System.nanoTime() - start) / 1e9;
    ComplexityBounds bounds = found.bounds();
    out.printf(
        Locale.ROOT,
        "| %s | %.3f | %.3f | %.2f to %.2f | %.1f | %s |%n",
        name,
        bounds.lower(),
        bounds.upper(),
        bounds.lowerUnconditional(),
        bounds.upperUnconditional(),
        seconds,
        found.coarseGraining());
  }

  private static void scores(PrintStream out, JointDistribution layer) {
    CoverageRecord record =
        CoverageRecord.of(
            layer,
            CoverageRecord.DEFAULT_DIFFERENCES,
            1,
            Double.POSITIVE_INFINITY,
            Execution.sequential());
    Random random = new Random(1);
    int[][] groupings = new int[20_000][];
    Arrays.setAll(groupings, i -> random.ints(layer.sourceCount(), 0, GROUPS).toArray());
    double sum = 0;
    for (int round = 0; round < 2; round++) { // the first warms up
      long start = System.nanoTime();
      for (int[] grouping : groupings) {
        sum += record.inaccessible(grouping, GROUPS)[1];
      }
      double seconds = (System.nanoTime() - start) / 1e9;
      if (round == 1) {
        out.printf(
            Locale.ROOT,
            "%n%.0f groupings scored per second, from %d references (%.0f)%n",
            groupings.length / seconds,
            record.referenceCount(),
            sum);
      }
    }
  }

  private static JointDistribution countTable(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    int columns = lines.get(0).split(",", -1).length;
    JointDistribution.Counter counter = new JointDistribution.Counter(columns - 2);
    for (String line : lines.subList(1, lines.size())) {
      int[] cells = Arrays.stream(line.split(",", -1)).mapToInt(Integer::parseInt).toArray();
      counter.add(Arrays.copyOf(cells, columns - 2), cells[columns - 2], cells[columns - 1]);
    }
    return counter.toDistribution();
  }
}
