package nnpid.distribution;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import nnpid.testing.Distributions;
import nnpid.testing.Gates;
import nnpid.testing.GoldenFile;
import nnpid.testing.SampleTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class JointDistributionTest {
  private static final double TOLERANCE = 1e-12;

  static Stream<GoldenFile> goldenFiles() {
    return GoldenFile.all();
  }

  static Stream<GoldenFile> sharedExclusionsFiles() {
    return GoldenFile.ofMeasure("sx");
  }

  @ParameterizedTest
  @MethodSource("goldenFiles")
  void mutualInformationAgreesWithTheReferencePrograms(GoldenFile golden) {
    double tolerance = golden.measure().equals("broja") ? 1e-6 : 1e-9;
    assertEquals(
        golden.number("mutual_information"),
        golden.table().toDistribution().mutualInformation(),
        tolerance);
  }

  @ParameterizedTest
  @MethodSource("sharedExclusionsFiles")
  void mutualInformationOfSomeSourcesAgreesWithTheReferenceProgram(GoldenFile golden) {
    JointDistribution distribution = golden.table().toDistribution();
    double[] ofOne = golden.numbers("source_MI");
    double[] ofAllBut = golden.numbers("allbut_source_MI");
    assertEquals(distribution.sourceCount(), ofOne.length);
    for (int source = 0; source < ofOne.length; source++) {
      int left = source;
      int[] others = IntStream.range(0, ofOne.length).filter(i -> i != left).toArray();
      assertEquals(ofOne[source], distribution.mutualInformation(source), 1e-9);
      assertEquals(ofAllBut[source], distribution.mutualInformation(others), 1e-9);
    }
  }

  @Test
  void entropiesOfFairBitsAreTheirNumber() {
    JointDistribution xor = Gates.parity(5).toDistribution();
    assertEquals(5, xor.entropySources(), TOLERANCE);
    assertEquals(1, xor.entropyTarget(), TOLERANCE);
    assertEquals(1, xor.mutualInformation(), TOLERANCE);
    assertEquals(0, xor.mutualInformation(0, 1, 2, 4), TOLERANCE);
    assertEquals(1, xor.mutualInformation(4, 1, 2, 0, 3), TOLERANCE);
    assertEquals(0, xor.mutualInformation(new int[0]), TOLERANCE);
  }

  @Test
  void entropyHasItsClosedForm() {
    JointDistribution and = Gates.and().toDistribution();
    assertEquals(2 - 0.75 * log2(3), and.entropyTarget(), TOLERANCE);
    assertEquals(2, and.entropySources(), TOLERANCE);
    assertEquals(2 - 0.75 * log2(3), and.mutualInformation(), TOLERANCE);
    assertEquals(1.5 - 0.75 * log2(3), and.mutualInformation(0), TOLERANCE);
  }

  @ParameterizedTest
  @MethodSource("nnpid.testing.Distributions#oneToFiveSources")
  void mutualInformationAgreesWithTheDefinition(SampleTable table) {
    JointDistribution distribution = table.toDistribution();
    int n = table.sourceCount();
    for (int mask = 0; mask < 1 << n; mask++) {
      int subset = mask;
      int[] sources = IntStream.range(0, n).filter(i -> ((subset >> i) & 1) == 1).toArray();
      Map<String, Double> joint = new HashMap<>();
      Map<String, Double> ofSources = new HashMap<>();
      Map<String, Double> ofTarget = new HashMap<>();
      double total = 0;
      for (int i = 0; i < table.sampleCount(); i++) {
        int sample = i;
        String states =
            IntStream.of(sources)
                .mapToObj(source -> "" + table.state(sample, source))
                .collect(Collectors.joining(","));
        String target = "" + table.target(i);
        joint.merge(states + ":" + target, table.weight(i), Double::sum);
        ofSources.merge(states, table.weight(i), Double::sum);
        ofTarget.merge(target, table.weight(i), Double::sum);
        total += table.weight(i);
      }
      double expected = 0;
      for (Map.Entry<String, Double> entry : joint.entrySet()) {
        String[] key = entry.getKey().split(":", -1);
        double independent = ofSources.get(key[0]) * ofTarget.get(key[1]) / total;
        expected += entry.getValue() / total * log2(entry.getValue() / independent);
      }
      assertEquals(expected, distribution.mutualInformation(sources), TOLERANCE);
      assertTrue(distribution.mutualInformation(sources) >= 0);
    }
  }

  @Test
  void mutualInformationOfIndependentSourcesIsNotNegative() {
    for (int states = 2; states < 40; states++) {
      SampleTable.Builder table = new SampleTable.Builder("independent", 1);
      for (int i = 0; i < states * states; i++) {
        table.add(new int[] {i % states}, i / states, 0.1 * (1 + i % states) * (3 + i / states));
      }
      double information = table.build().toDistribution().mutualInformation();
      assertTrue(information >= 0);
      assertEquals(0, information, TOLERANCE);
    }
  }

  @Test
  void equalSamplesAreOneRealization() {
    JointDistribution.Counter counter = new JointDistribution.Counter(2);
    counter.add(new int[] {1, 2}, 3, 2);
    counter.add(new int[] {1, 2}, 3, 0.5);
    counter.add(new int[] {1, 2}, 4, 1);
    counter.add(new int[] {2, 1}, 3, 1);
    assertEquals(3, counter.realizationCount());
    JointDistribution distribution = counter.toDistribution();
    assertEquals(3, distribution.realizationCount());
    assertEquals(4.5, distribution.totalWeight(), 0);
    assertArrayEquals(new double[] {2.5, 1, 1}, distribution.weights(), 0);
  }

  @Test
  void realizationsAreInLexicographicOrderWhateverTheOrderOfSamples() {
    SampleTable table = Distributions.of(Distributions.Kind.COUNTS, 4, 3, 1);
    JointDistribution distribution = table.toDistribution();
    JointDistribution shuffled = table.shuffled(1).toDistribution();
    assertEquals(distribution.realizationCount(), shuffled.realizationCount());
    for (int r = 0; r < distribution.realizationCount(); r++) {
      assertArrayEquals(row(distribution, r), row(shuffled, r));
      assertEquals(distribution.weight(r), shuffled.weight(r), 0);
      if (r > 0) {
        int[] row = row(distribution, r);
        assertTrue(Arrays.compare(row(distribution, r - 1), row) < 0);
      }
    }
  }

  @Test
  void countsAreExactUpTo2ToThe53() {
    JointDistribution.Counter counter = new JointDistribution.Counter(1);
    double large = 0x1p53 - 3;
    counter.add(new int[] {0}, 0, large);
    counter.add(new int[] {1}, 0, 1);
    counter.add(new int[] {0}, 0, 1);
    counter.add(new int[] {1}, 0, 1);
    assertEquals(0x1p53, counter.toDistribution().totalWeight(), 0);
    assertEquals(0x1p53 - 2, counter.toDistribution().weight(0), 0);
  }

  @Test
  void aDistributionDoesNotChangeWithItsCounterOrTheArraysGivenAndTaken() {
    JointDistribution.Counter counter = new JointDistribution.Counter(2);
    int[] states = {3, 4};
    counter.add(states, 0, 1);
    states[0] = 9;
    JointDistribution distribution = counter.toDistribution();
    counter.add(new int[] {3, 4}, 0, 7);
    counter.add(new int[] {0, 0}, 0, 7);
    distribution.weights()[0] = 5;
    distribution.agreementWeights()[3][0] = 5;
    assertEquals(1, distribution.realizationCount());
    assertArrayEquals(new int[] {3, 4, 0}, row(distribution, 0));
    assertArrayEquals(new double[] {1}, distribution.weights(), 0);
    assertEquals(1, distribution.agreementWeights()[3][0], 0);
  }

  @ParameterizedTest
  @MethodSource("nnpid.testing.Distributions#oneToFourSources")
  void agreementWeightsAgreeWithTheDefinition(SampleTable table) {
    JointDistribution distribution = table.toDistribution();
    double[][] actual = distribution.agreementWeights();
    int n = distribution.sourceCount();
    assertEquals(1 << n, actual.length);
    for (int mask = 0; mask < actual.length; mask++) {
      assertEquals(distribution.realizationCount(), actual[mask].length);
      for (int r = 0; r < actual[mask].length; r++) {
        double expected = 0;
        for (int other = 0; other < distribution.realizationCount(); other++) {
          boolean agree = distribution.targetState(r) == distribution.targetState(other);
          for (int source = 0; source < n; source++) {
            agree &=
                ((mask >> source) & 1) == 0
                    || distribution.sourceState(r, source)
                        == distribution.sourceState(other, source);
          }
          expected += agree ? distribution.weight(other) : 0;
        }
        assertEquals(expected, actual[mask][r], 1e-12 * distribution.totalWeight());
      }
    }
  }

  @Test
  void stateCountsAreNumbersOfStatesThatOccur() {
    JointDistribution distribution =
        new SampleTable.Builder("gaps", 3)
            .add(new int[] {Integer.MAX_VALUE, 5, 0}, 2_000_000_000, 1)
            .add(new int[] {0, 5, 1}, 0, 1)
            .add(new int[] {7, 5, 1}, 0, 1)
            .build()
            .toDistribution();
    assertEquals(3, distribution.stateCount(0));
    assertEquals(1, distribution.stateCount(1));
    assertEquals(2, distribution.stateCount(2));
    assertEquals(2, distribution.targetStateCount());
  }

  @Test
  void withoutTargetIsTheMarginalOfTheSources() {
    JointDistribution distribution =
        new SampleTable.Builder("", 2)
            .add(new int[] {0, 1}, 0, 1)
            .add(new int[] {0, 1}, 5, 2)
            .add(new int[] {1, 1}, 5, 4)
            .build()
            .toDistribution();
    JointDistribution marginal = distribution.withoutTarget();
    assertEquals(2, marginal.sourceCount());
    assertArrayEquals(new double[] {3, 4}, marginal.weights(), 0);
    assertArrayEquals(new int[] {0, 1, 0}, row(marginal, 0));
    assertEquals(distribution.entropySources(), marginal.entropySources(), TOLERANCE);
    assertEquals(0, marginal.entropyTarget(), TOLERANCE);
    assertEquals(0, marginal.mutualInformation(), TOLERANCE);
  }

  @ParameterizedTest
  @MethodSource("nnpid.testing.Distributions#oneToFiveSources")
  void groupingAllSourcesKeepsTheMutualInformation(SampleTable table) {
    JointDistribution distribution = table.toDistribution();
    int n = table.sourceCount();
    int[] odd = IntStream.range(0, n).filter(i -> i % 2 == 1).toArray();
    int[] even = IntStream.range(0, n).filter(i -> i % 2 == 0).toArray();
    List<int[]> groups = n == 1 ? List.of(even) : List.of(odd, even);
    JointDistribution grouped = distribution.groupSources(groups);
    assertEquals(groups.size(), grouped.sourceCount());
    assertEquals(distribution.realizationCount(), grouped.realizationCount());
    assertEquals(distribution.mutualInformation(), grouped.mutualInformation(), TOLERANCE);
    assertEquals(distribution.entropySources(), grouped.entropySources(), TOLERANCE);
    assertEquals(
        distribution.mutualInformation(even),
        grouped.mutualInformation(groups.size() - 1),
        TOLERANCE);
  }

  @Test
  void sourcesInNoGroupAreMarginalizedAway() {
    JointDistribution parity = Gates.parity(4).toDistribution();
    JointDistribution grouped = parity.groupSources(List.of(new int[] {3}, new int[] {1, 0}));
    assertEquals(2, grouped.sourceCount());
    assertEquals(16, grouped.realizationCount());
    assertEquals(0, grouped.mutualInformation(), TOLERANCE);
    assertEquals(3, grouped.entropySources(), TOLERANCE);
    assertEquals(16, grouped.totalWeight(), 0);
  }

  @Test
  void aSourceMayBeInTwoGroups() {
    JointDistribution xor = Gates.xor().toDistribution();
    JointDistribution grouped = xor.groupSources(List.of(new int[] {0}, new int[] {0, 1}));
    assertEquals(0, grouped.mutualInformation(0), TOLERANCE);
    assertEquals(1, grouped.mutualInformation(1), TOLERANCE);
  }

  @Test
  void countsMoreThan100000Realizations() {
    JointDistribution.Counter counter = new JointDistribution.Counter(2);
    for (int i = 0; i < 200_000; i++) {
      counter.add(new int[] {i, i / 2}, i % 7, 1);
    }
    JointDistribution distribution = counter.toDistribution();
    assertEquals(200_000, distribution.realizationCount());
    assertEquals(100_000, distribution.stateCount(1));
    assertEquals(log2(200_000), distribution.entropySources(), 1e-9);
    assertEquals(distribution.entropyTarget(), distribution.mutualInformation(), 1e-9);
    // Pairs of consecutive numbers never have the same remainder.
    assertEquals(distribution.entropyTarget() - 1, distribution.mutualInformation(1), 1e-9);
  }

  @ParameterizedTest
  @ValueSource(
      doubles = {0, -0.0, -1, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void rejectsWeightsThatAreNotPositiveAndFiniteNamingThem(double weight) {
    JointDistribution.Counter counter = new JointDistribution.Counter(1);
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> counter.add(new int[] {0}, 0, weight));
    assertTrue(e.getMessage().contains("(" + weight + ")"), e.getMessage());
    assertTrue(e.getMessage().contains("positive and finite"), e.getMessage());
    assertEquals(0, counter.realizationCount());
  }

  @Test
  void rejectsNegativeStatesNamingThem() {
    JointDistribution.Counter counter = new JointDistribution.Counter(2);
    for (IllegalArgumentException e :
        List.of(
            assertThrows(
                IllegalArgumentException.class, () -> counter.add(new int[] {0, -4}, 0, 1)),
            assertThrows(
                IllegalArgumentException.class, () -> counter.add(new int[] {0, 0}, -4, 1)))) {
      assertTrue(e.getMessage().contains("(-4)"), e.getMessage());
    }
    assertEquals(0, counter.realizationCount());
  }

  @Test
  void rejectsAnotherNumberOfStatesNamingBoth() {
    JointDistribution.Counter counter = new JointDistribution.Counter(2);
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> counter.add(new int[] {0, 0, 0}, 0, 1));
    assertTrue(e.getMessage().contains("(3)") && e.getMessage().contains("(2)"), e.getMessage());
  }

  @Test
  void rejectsNoSources() {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> new JointDistribution.Counter(0));
    assertTrue(e.getMessage().contains("(0)"), e.getMessage());
  }

  @Test
  void aDistributionNeedsASample() {
    JointDistribution.Counter counter = new JointDistribution.Counter(1);
    assertThrows(IllegalStateException.class, counter::toDistribution);
  }

  @Test
  void entropyOfAConstantIsPlusZero() {
    JointDistribution constant =
        new SampleTable.Builder("constant", 1).add(new int[] {0}, 0, 3).build().toDistribution();
    long[] bits =
        DoubleStream.of(
                constant.entropySources(), constant.entropyTarget(), constant.mutualInformation())
            .mapToLong(Double::doubleToLongBits)
            .toArray();
    assertArrayEquals(new long[3], bits);
  }

  @Test
  void weightsMaySpanTheRangeOfDoubles() {
    JointDistribution distribution =
        new SampleTable.Builder("extremes", 1)
            .add(new int[] {0}, 0, 1e300)
            .add(new int[] {1}, 1, 1e300)
            .add(new int[] {2}, 2, 1e-300)
            .build()
            .toDistribution();
    assertEquals(1, distribution.entropySources(), TOLERANCE);
    assertEquals(1, distribution.mutualInformation(), TOLERANCE);
  }

  private static int[] row(JointDistribution distribution, int realization) {
    int n = distribution.sourceCount();
    int[] row = new int[n + 1];
    for (int source = 0; source < n; source++) {
      row[source] = distribution.sourceState(realization, source);
    }
    row[n] = distribution.targetState(realization);
    return row;
  }

  private static double log2(double x) {
    return Math.log(x) / Math.log(2);
  }
}
