package nnpid.estimation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import nnpid.distribution.JointDistribution;
import nnpid.execution.Execution;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Hidden layers of trained networks: estimates agree with exact values up to their errors. */
@Tag("slow")
class CoverageReferenceTest {
  static final Path DATA = Path.of(System.getProperty("shared.dir", "../shared")).resolve("data");

  /** 1,024 replicates are 64 batches: enough for standard errors to be those of a normal. */
  private static final CoverageSettings SETTINGS =
      CoverageSettings.DEFAULT.withPrecision(1e-12).withMaxReplicates(1024).withSeed(3);

  /**
   * With 64 batches scores follow a t distribution: 0.02% are beyond 4. Their variance is 1.03, and
   * a little more as the control variates' coefficients are estimated from 32 batches; over 319
   * layers it is known to within 0.08 (one standard deviation). The tolerance is four of them. All
   * random numbers are fixed.
   */
  @Test
  void everyLayerOfTheReferenceIsWithinItsErrors() throws IOException {
    Path reference = DATA.resolve("complexity_reference.csv");
    assumeExists(reference);
    List<Map<String, String>> rows = rows(reference);
    assertEquals(319, rows.size());
    ComplexityEstimate[] estimates = new ComplexityEstimate[rows.size()];
    // Layers side by side: what comes before the batches takes one thread only.
    Execution.ofThreads(2)
        .forEach(
            estimates.length,
            i ->
                estimates[i] =
                    CoverageEstimator.estimate(
                        layer(rows.get(i)), SETTINGS, Execution.sequential()));
    ZScores scores = new ZScores();
    for (int i = 0; i < estimates.length; i++) {
      Map<String, String> row = rows.get(i);
      double[] information = new double[Integer.parseInt(row.get("n"))];
      Arrays.setAll(information, k -> number(row, "Pi_" + (k + 1)));
      scores.add(estimates[i], number(row, "C"), information);
      assertEquals(number(row, "I_TS_bits"), estimates[i].backbone().mutualInformation(), 0.51e-8);
    }
    assertTrue(scores.count() >= 310, scores::toString);
    // Of 1,914 scores of six seeds one is beyond 4, at -4.6: estimates are skewed.
    assertTrue(scores.shareWithin4() >= 0.996, scores::toString);
    assertTrue(scores.largest() < 5, scores::toString);
    assertTrue(scores.shareOfDegreesWithin4() >= 0.995, scores::toString);
    assertEquals(1.03, scores.variance(), 0.32, scores::toString);
    assertEquals(0, scores.mean(), 4 / Math.sqrt(scores.count()), scores::toString);
  }

  static void assumeExists(Path file) {
    assumeTrue(
        Files.exists(file), () -> "Skipped: no " + file + ". Maybe say where: -Dshared.dir=...");
  }

  /** The rows of a CSV file by column name. */
  static List<Map<String, String>> rows(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    String[] names = lines.get(0).split(",", -1);
    return lines.stream()
        .skip(1)
        .map(
            line -> {
              String[] cells = line.split(",", -1);
              Map<String, String> row = new HashMap<>();
              for (int i = 0; i < names.length; i++) {
                row.put(names[i], cells[i]);
              }
              return row;
            })
        .toList();
  }

  static JointDistribution layer(Map<String, String> row) {
    return layer(tableName(row));
  }

  /** A table of the folder with activations. */
  static JointDistribution layer(String table) {
    try {
      List<String> lines = Files.readAllLines(DATA.resolve("activations").resolve(table));
      int sourceCount = lines.get(0).split(",", -1).length - 2;
      JointDistribution.Counter counter = new JointDistribution.Counter(sourceCount);
      for (String line : lines.subList(1, lines.size())) {
        int[] cells = Arrays.stream(line.split(",", -1)).mapToInt(Integer::parseInt).toArray();
        counter.add(Arrays.copyOf(cells, sourceCount), cells[sourceCount], cells[sourceCount + 1]);
      }
      return counter.toDistribution();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String tableName(Map<String, String> row) {
    return String.format(
        "%s_seed%s_epoch%s_%s.csv",
        row.get("task"), row.get("seed"), row.get("epoch"), row.get("layer"));
  }

  static double number(Map<String, String> row, String column) {
    return Double.parseDouble(row.get(column));
  }
}
