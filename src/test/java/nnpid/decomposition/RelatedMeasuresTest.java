package nnpid.decomposition;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import nnpid.distribution.JointDistribution;
import nnpid.execution.Execution;
import nnpid.testing.Distributions;
import nnpid.testing.Distributions.Kind;
import nnpid.testing.Gates;
import nnpid.testing.GoldenFile;
import nnpid.testing.SampleTable;
import org.apache.commons.math3.util.CombinatoricsUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RelatedMeasuresTest {

  static Stream<GoldenFile> sharedExclusionsFiles() {
    return GoldenFile.ofMeasure("sx");
  }

  static Stream<SampleTable> eightSources() {
    return IntStream.range(0, 4).mapToObj(i -> Distributions.of(Kind.values()[i], 8, 1, i));
  }

  @ParameterizedTest
  @MethodSource("sharedExclusionsFiles")
  void agreesWithNninfo(GoldenFile golden) {
    RelatedMeasures measures = measures(golden.table());
    int n = golden.sourceCount();
    assertEquals(n, measures.reingDifferences().size());
    for (int k = 1; k <= n; k++) {
      assertEquals(
          golden.number("reing", "C(" + (k - 1) + "||" + k + ")"),
          measures.reingDifferences().get(k - 1),
          1e-9);
    }
    assertEquals(golden.number("reing_complexity_all_terms"), measures.reingComplexity(), 1e-9);
    assertEquals(0, measures.reingStandardError(), 0);
    assertEquals(
        golden.number("avg_degree_of_redundancy"), measures.averageDegreeOfRedundancy(), 1e-9);
    assertEquals(
        golden.number("avg_degree_of_vulnerability"),
        measures.averageDegreeOfVulnerability(),
        1e-9);
  }

  @ParameterizedTest
  @MethodSource({"eightSources", "nnpid.testing.Distributions#oneToFourSources"})
  void agreesWithNaiveSumsOverSubsets(SampleTable table) {
    JointDistribution distribution = table.toDistribution();
    int n = table.sourceCount();
    double information = distribution.mutualInformation();
    if (information < 1e-6) {
      return;
    }
    double redundancy = 0;
    double vulnerability = 0;
    for (int source = 0; source < n; source++) {
      int left = source;
      redundancy += distribution.mutualInformation(source);
      vulnerability +=
          information
              - distribution.mutualInformation(
                  IntStream.range(0, n).filter(i -> i != left).toArray());
    }
    RelatedMeasures measures = measures(table);
    double tolerance = 1e-11 / information;
    assertEquals(redundancy / information, measures.averageDegreeOfRedundancy(), tolerance);
    assertEquals(vulnerability / information, measures.averageDegreeOfVulnerability(), tolerance);
    double previous = 0;
    double complexity = 0;
    for (int k = 1; k <= n; k++) {
      double mean = meanOverSubsets(distribution, k);
      assertEquals(mean - previous, measures.reingDifferences().get(k - 1), 1e-11);
      complexity += k * (mean - previous) / information;
      previous = mean;
    }
    assertEquals(complexity, measures.reingComplexity(), n * tolerance);
  }

  private static double meanOverSubsets(JointDistribution distribution, int k) {
    double sum = 0;
    int count = 0;
    for (int set = 0; set < 1 << distribution.sourceCount(); set++) {
      if (Integer.bitCount(set) == k) {
        int bits = set;
        sum +=
            distribution.mutualInformation(
                IntStream.range(0, distribution.sourceCount())
                    .filter(i -> ((bits >> i) & 1) == 1)
                    .toArray());
        count++;
      }
    }
    return sum / count;
  }

  @Test
  void parityNeedsAllSources() {
    RelatedMeasures measures = measures(Gates.parity(4));
    assertEquals(4, measures.reingComplexity(), 1e-12);
    assertEquals(0, measures.averageDegreeOfRedundancy(), 1e-12);
    assertEquals(4, measures.averageDegreeOfVulnerability(), 1e-12);
  }

  @Test
  void oneBitInAllSourcesNeedsAnyOne() {
    RelatedMeasures measures = measures(Gates.giantBit(5));
    assertEquals(1, measures.reingComplexity(), 1e-12);
    assertEquals(5, measures.averageDegreeOfRedundancy(), 1e-12);
    assertEquals(0, measures.averageDegreeOfVulnerability(), 1e-12);
  }

  /**
   * 30 sources, of which 18 are constant: a subset of k has j of the others with hypergeometric
   * probability, and the means over subsets of those 12 are exact.
   */
  @Test
  void randomOrdersOfAWideLayerAreWithinTheirError() {
    SampleTable twelve = noisy(12, 300);
    SampleTable thirty =
        twelve.withSources(
            s -> IntStream.range(0, 30).map(i -> i % 5 < 2 ? s[i / 5 * 2 + i % 5] : 0).toArray());
    RelatedMeasures few = measures(twelve);
    assertEquals(0, few.reingStandardError(), 0);
    double information = twelve.toDistribution().mutualInformation();
    double expected = 0;
    for (int k = 0; k < 30; k++) {
      double accessible = 0;
      double meanOfJ = 0;
      for (int j = 0; j <= 12; j++) {
        meanOfJ += j == 0 ? 0 : few.reingDifferences().get(j - 1);
        if (j <= k && k - j <= 18) {
          accessible += meanOfJ * choose(12, j) * choose(18, k - j) / choose(30, k);
        }
      }
      expected += (information - accessible) / information;
    }
    RelatedMeasures measures = measures(thirty);
    assertTrue(measures.reingStandardError() > 0 && measures.reingStandardError() < 1);
    assertEquals(expected, measures.reingComplexity(), 4 * measures.reingStandardError());
    assertEquals(
        information, measures.reingDifferences().stream().mapToDouble(d -> d).sum(), 1e-10);
    assertEquals(few.averageDegreeOfRedundancy(), measures.averageDegreeOfRedundancy(), 1e-10);
    assertEquals(
        few.averageDegreeOfVulnerability(), measures.averageDegreeOfVulnerability(), 1e-10);
  }

  @Test
  void seedsChooseTheOrdersAndThreadsDoNot() {
    JointDistribution distribution = noisy(24, 200).toDistribution();
    RelatedMeasures expected = RelatedMeasures.of(distribution, 1, Execution.sequential());
    assertEquals(expected, RelatedMeasures.of(distribution, 1, Execution.ofThreads(3)));
    assertNotEquals(expected, RelatedMeasures.of(distribution, 500, Execution.sequential()));
  }

  @Test
  void withoutInformationAllAreUndefined() {
    for (int n : new int[] {1, 4, 30}) {
      RelatedMeasures measures = measures(noisy(n, 50).withTarget(t -> 1));
      assertEquals(Double.NaN, measures.reingComplexity(), 0);
      assertEquals(Double.NaN, measures.reingStandardError(), 0);
      assertEquals(Double.NaN, measures.averageDegreeOfRedundancy(), 0);
      assertEquals(Double.NaN, measures.averageDegreeOfVulnerability(), 0);
    }
  }

  private static double choose(int n, int k) {
    return CombinatoricsUtils.binomialCoefficientDouble(n, k);
  }

  /** Sources that each err in a third of the samples about a target of four states. */
  private static SampleTable noisy(int sourceCount, int samples) {
    Random random = new Random(sourceCount);
    SampleTable.Builder table = new SampleTable.Builder(sourceCount + " noisy", sourceCount);
    for (int i = 0; i < samples; i++) {
      int target = random.nextInt(4);
      int[] states =
          IntStream.range(0, sourceCount)
              .map(s -> random.nextInt(3) == 0 ? random.nextInt(2) : (target >> s % 2) & 1)
              .toArray();
      table.add(states, target, 1);
    }
    return table.build();
  }

  private static RelatedMeasures measures(SampleTable table) {
    return RelatedMeasures.of(table.toDistribution(), 1, Execution.sequential());
  }
}
