package nnpid.decomposition;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import nnpid.distribution.JointDistribution;
import nnpid.execution.Execution;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Hidden layers of trained networks: every table agrees with an independent program. */
class ReferenceComplexityTest {
  private static final Path DATA =
      Path.of(System.getProperty("shared.dir", "../shared")).resolve("data");

  /** The file has eight decimals, of entropies six. */
  private static final double EIGHT_DECIMALS = 0.51e-8;

  private static final double SIX_DECIMALS = 0.51e-6;

  private static final List<Map<String, String>> ROWS = new ArrayList<>();

  @BeforeAll
  static void readReference() throws IOException {
    Path reference = DATA.resolve("complexity_reference.csv");
    assumeTrue(
        Files.exists(reference),
        () -> "Skipped: no " + reference + ". Maybe say where it is: -Dshared.dir=...");
    List<String> lines = Files.readAllLines(reference);
    String[] names = lines.get(0).split(",", -1);
    for (String line : lines.subList(1, lines.size())) {
      String[] cells = line.split(",", -1);
      Map<String, String> row = new HashMap<>();
      for (int i = 0; i < names.length; i++) {
        row.put(names[i], cells[i]);
      }
      ROWS.add(row);
    }
    assertEquals(319, ROWS.size());
  }

  @Test
  void backboneOfEveryLayerAgreesWithTheReference() throws IOException {
    for (Map<String, String> row : ROWS) {
      JointDistribution distribution = distribution(row);
      String table = tableName(row);
      assertEquals(number(row, "R"), distribution.realizationCount(), 0, table);
      assertEquals(number(row, "H_S_bits"), distribution.entropySources(), SIX_DECIMALS, table);
      assertEquals(number(row, "H_T_bits"), distribution.entropyTarget(), SIX_DECIMALS, table);
      assertAgrees(row, Backbone.of(distribution, Execution.sequential()));
    }
  }

  /** Every tenth layer: the lattice takes longer. */
  @Test
  void latticeOfEveryTenthLayerAgreesWithTheReference() throws IOException {
    for (int i = 0; i < ROWS.size(); i += 10) {
      Map<String, String> row = ROWS.get(i);
      assertAgrees(
          row,
          PartialInformationDecomposition.of(distribution(row), Execution.sequential()).backbone());
    }
  }

  private static void assertAgrees(Map<String, String> row, Backbone backbone) {
    String table = tableName(row);
    assertEquals(number(row, "I_TS_bits"), backbone.mutualInformation(), EIGHT_DECIMALS, table);
    assertEquals(number(row, "n"), backbone.sourceCount(), 0, table);
    for (int degree = 1; degree <= backbone.sourceCount(); degree++) {
      String column = "Pi_" + degree;
      assertEquals(
          number(row, column), backbone.information(degree), EIGHT_DECIMALS, table + column);
    }
    assertTrue(backbone.hasRepresentationalComplexity());
    assertEquals(number(row, "C"), backbone.representationalComplexity(), EIGHT_DECIMALS, table);
  }

  private static JointDistribution distribution(Map<String, String> row) throws IOException {
    int sourceCount = Integer.parseInt(row.get("n"));
    JointDistribution.Counter counter = new JointDistribution.Counter(sourceCount);
    List<String> lines = Files.readAllLines(DATA.resolve("activations").resolve(tableName(row)));
    for (String line : lines.subList(1, lines.size())) {
      int[] cells = Arrays.stream(line.split(",", -1)).mapToInt(Integer::parseInt).toArray();
      counter.add(Arrays.copyOf(cells, sourceCount), cells[sourceCount], cells[sourceCount + 1]);
    }
    return counter.toDistribution();
  }

  private static String tableName(Map<String, String> row) {
    return String.format(
        "%s_seed%s_epoch%s_%s.csv",
        row.get("task"), row.get("seed"), row.get("epoch"), row.get("layer"));
  }

  private static double number(Map<String, String> row, String column) {
    return Double.parseDouble(row.get(column));
  }
}
