package nnpid.decomposition;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import nnpid.distribution.JointDistribution;
import nnpid.execution.Execution;
import nnpid.testing.BruteForcePid;
import nnpid.testing.SampleTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Values at equal horizons: by brute force, in expectation, and where they end. */
class EqualHorizonTest {
  private static final Execution SINGLE = Execution.sequential();

  private static Backbone within(long draws, JointDistribution distribution) {
    return Backbone.within(EqualHorizon.of(distribution, draws), distribution, SINGLE);
  }

  /** Every class has at least four samples. */
  private static SampleTable randomCounts(long seed, int sourceCount, double factor) {
    Random random = new Random(seed);
    SampleTable.Builder table = new SampleTable.Builder("counts " + seed, sourceCount);
    int rows = 3 + random.nextInt(12);
    for (int row = 0; row < rows; row++) {
      int[] states = IntStream.range(0, sourceCount).map(i -> random.nextInt(3)).toArray();
      double count = 1 + Math.floor(factor * Math.exp(4 * random.nextDouble()));
      table.add(states, row % 3, row < 3 ? 4 + count : count);
    }
    return table.build();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void bothPartsOfAllDegreesAreAsDefined(int sourceCount) {
    for (int seed = 0; seed < 12; seed++) {
      SampleTable table = randomCounts(seed, sourceCount, seed % 3);
      JointDistribution distribution = table.toDistribution();
      long longest = EqualHorizon.longest(distribution);
      for (long draws : new long[] {1, 2, 3, longest / 2 + 1, longest}) {
        BruteForcePid expected = BruteForcePid.within(draws, table);
        Backbone actual = within(draws, distribution);
        for (int degree = 1; degree <= sourceCount; degree++) {
          double informative = 0;
          double misinformative = 0;
          for (var antichain : expected.antichains()) {
            if (BruteForcePid.degreeOfSynergy(antichain) == degree) {
              informative += expected.informative(antichain);
              misinformative += expected.misinformative(antichain);
            }
          }
          assertEquals(informative, actual.informative(degree), 1e-12);
          assertEquals(misinformative, actual.misinformative(degree), 1e-12);
        }
        assertEquals(expected.mutualInformation(), actual.mutualInformation(), 1e-12);
        EqualHorizon horizon = EqualHorizon.of(distribution, draws);
        assertEquals(
            IntStream.rangeClosed(1, sourceCount).mapToDouble(actual::informative).sum(),
            horizon.entropySources(),
            1e-12);
      }
    }
  }

  /** Where all samples are of one class, as many draws as there are give the corrected values. */
  @Test
  void withAllDrawsTheInformativePartIsTheCorrectedOne() {
    SampleTable.Builder table = new SampleTable.Builder("one class", 3);
    Random random = new Random(5);
    for (int i = 0; i < 40; i++) {
      table.add(new int[] {random.nextInt(2), random.nextInt(3), random.nextInt(2)}, 0, 1);
    }
    JointDistribution distribution = table.build().toDistribution();
    Backbone corrected = Backbone.ofBoth(distribution, SINGLE).corrected();
    Backbone all = within(39, distribution);
    for (int degree = 1; degree <= 3; degree++) {
      assertEquals(corrected.informative(degree), all.informative(degree), 1e-13);
      assertEquals(corrected.misinformative(degree), all.misinformative(degree), 1e-13);
    }
  }

  /**
   * All samples of two classes of three each, over two binary sources with random probabilities
   * given the class: the mean of both parts is what draws from there give, the classes of which are
   * drawn without replacement for the informative part.
   */
  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void expectedValueIsThatOfDrawsFromTheTrueDistribution(int draws) {
    Random random = new Random(17);
    double[][] p = new double[2][];
    for (int target = 0; target < 2; target++) {
      double[] raw = IntStream.range(0, 4).mapToDouble(i -> random.nextDouble()).toArray();
      double sum = Arrays.stream(raw).sum();
      p[target] = Arrays.stream(raw).map(x -> x / sum).toArray();
    }
    double[][] mean = mean(p, 3, draws);
    for (int degree = 1; degree <= 2; degree++) {
      assertEquals(expected(p, degree, draws, false), mean[0][degree - 1], 1e-12);
      assertEquals(expected(p, degree, draws, true), mean[1][degree - 1], 1e-12);
    }
  }

  /** However few samples there are, and whatever they would be corrected to. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void sourcesThatAreIndependentOfTheClassHaveExactlyNothing(int draws) {
    double[] p = {0.5, 0.25, 0.2, 0.05};
    double[][] mean = mean(new double[][] {p, p}, 3, draws);
    for (int degree = 1; degree <= 2; degree++) {
      assertEquals(0, mean[0][degree - 1] - mean[1][degree - 1], 1e-13);
      assertTrue(mean[0][degree - 1] > 0.1);
    }
  }

  /** V+_k and V-_k, averaged over all ordered samples. */
  private static double[][] mean(double[][] p, int ofClass, int draws) {
    double[][] mean = new double[2][2];
    int samples = 1 << (2 * 2 * ofClass);
    for (int sample = 0; sample < samples; sample++) {
      double probability = 1;
      JointDistribution.Counter counter = new JointDistribution.Counter(2);
      for (int i = 0; i < 2 * ofClass; i++) {
        int one = (sample >> (2 * i)) & 3;
        probability *= p[i & 1][one];
        counter.add(new int[] {one & 1, one >> 1}, i & 1, 1);
      }
      Backbone backbone = within(draws, counter.toDistribution());
      mean[0][0] += probability * backbone.informative(1);
      mean[0][1] += probability * (backbone.informative(1) + backbone.informative(2));
      mean[1][0] += probability * backbone.misinformative(1);
      mean[1][1] += probability * (backbone.misinformative(1) + backbone.misinformative(2));
    }
    return mean;
  }

  /**
   * The sum over j up to L of P(not all sets of so many sources are covered after j draws) / j, in
   * bits, over references of either class; there are two others of its class and three of the other
   * one.
   */
  private static double expected(double[][] p, int degree, int draws, boolean givenTarget) {
    double result = 0;
    for (int target = 0; target < 2; target++) {
      for (int own = 0; own < 4; own++) {
        double nats = 0;
        for (int j = 1; j <= draws; j++) {
          nats += notCovered(p, degree, own, target, j, givenTarget) / j;
        }
        result += 0.5 * p[target][own] * nats;
      }
    }
    return result / Math.log(2);
  }

  private static double notCovered(
      double[][] p, int degree, int own, int target, int draws, boolean givenTarget) {
    if (givenTarget) {
      return missed(p[target], p[target], degree, own, draws, 0);
    }
    double sum = 0; // over the classes of the draws
    for (int ofOther = 0; ofOther <= draws; ofOther++) {
      double ways = choose(3, ofOther) * choose(2, draws - ofOther) / choose(5, draws);
      sum += ways * missed(p[target], p[1 - target], degree, own, draws - ofOther, ofOther);
    }
    return sum;
  }

  /** After so many draws from a, and so many from b. */
  private static double missed(
      double[] a, double[] b, int degree, int own, int drawsOfA, int drawsOfB) {
    double all = 1;
    double[] single = {1, 1};
    double neither = 1;
    for (int i = 0; i < drawsOfA + drawsOfB; i++) {
      double[] p = i < drawsOfA ? a : b;
      all *= 1 - p[own];
      single[0] *= p[own ^ 1] + p[own ^ 3];
      single[1] *= p[own ^ 2] + p[own ^ 3];
      neither *= p[own ^ 3];
    }
    return degree == 2 ? all : single[0] + single[1] - neither;
  }

  private static double choose(int n, int k) {
    double result = 1;
    for (int i = 0; i < k; i++) {
      result = result * (n - i) / (i + 1);
    }
    return k > n ? 0 : result;
  }

  /**
   * The layer of five units of the real network: METHOD.md's figures, which are simulated
   * (+-0.016), from 2,000, 8,000 and 60,000 samples.
   */
  @Test
  void aRealLayerHasTheSameValuesWhateverItsSize() throws IOException {
    Path table =
        Path.of(System.getProperty("shared.dir", "../shared"))
            .resolve("data/activations/mnist8_seed0_epoch1000_L3.csv");
    assumeTrue(
        Files.exists(table),
        () -> "Skipped: no " + table + ". Maybe say where it is: -Dshared.dir=...");
    List<int[]> samples = new ArrayList<>();
    List<String> lines = Files.readAllLines(table);
    for (String line : lines.subList(1, lines.size())) {
      int[] cells = Arrays.stream(line.split(",", -1)).mapToInt(Integer::parseInt).toArray();
      samples.addAll(Collections.nCopies(cells[6], cells));
    }
    Collections.shuffle(samples, new Random(4));
    double[][] simulated = {{2.690, 2.684, 2.684}, {2.90, 2.88, 2.88}};
    int[] sizes = {2000, 8000, 60_000};
    for (int i = 0; i < sizes.length; i++) {
      JointDistribution.Counter counter = new JointDistribution.Counter(5);
      samples
          .subList(0, sizes[i])
          .forEach(cells -> counter.add(Arrays.copyOf(cells, 5), cells[5], 1));
      Backbone backbone = within(150, counter.toDistribution());
      assertEquals(simulated[0][i], backbone.accessible(2), 3 * 0.016);
      assertEquals(simulated[1][i], backbone.accessible(5), 3 * 0.016);
    }
  }

  @Test
  void threadsDoNotChangeABit() {
    JointDistribution distribution = randomCounts(7, 5, 3).toDistribution();
    EqualHorizon horizon = EqualHorizon.of(distribution, 4);
    Backbone one = Backbone.within(horizon, distribution, SINGLE);
    Backbone three = Backbone.within(horizon, distribution, Execution.ofThreads(3));
    for (int degree = 1; degree <= 5; degree++) {
      assertEquals(one.information(degree), three.information(degree), 0);
    }
  }

  /** Samples a million times as many, of the same distribution: draws with replacement. */
  @Test
  void manySamplesTendToDrawsWithReplacement() {
    SampleTable table = randomCounts(3, 3, 1);
    double[] last = new double[3];
    for (double factor : new double[] {1e3, 1e4}) {
      Backbone backbone =
          within(100, table.withWeights(weight -> weight * factor).toDistribution());
      for (int degree = 1; degree <= 3; degree++) {
        double change = backbone.information(degree) - last[degree - 1];
        assertTrue(factor < 2e3 || Math.abs(change) < 2e-3, "changes by " + change);
        last[degree - 1] = backbone.information(degree);
      }
    }
  }

  /** Of three and one like it among five, two draws of four others miss the one or both. */
  @Test
  void metIsTheShareThatDrawsMeetAgain() {
    JointDistribution.Counter counter = new JointDistribution.Counter(1);
    counter.add(new int[] {0}, 0, 3);
    counter.add(new int[] {1}, 0, 2);
    counter.add(new int[] {1}, 1, 1);
    counter.add(new int[] {2}, 1, 2);
    double missed = (3 * (1.0 / 6) + 2 * (3.0 / 6) + 1 + 0) / 8;
    assertEquals(1 - missed, EqualHorizon.of(counter.toDistribution(), 2).met(), 1e-15);
  }

  @Test
  void horizonMustBeWithinTheSmallestClass() {
    JointDistribution.Counter counter = new JointDistribution.Counter(1);
    counter.add(new int[] {0}, 0, 7);
    counter.add(new int[] {1}, 1, 5);
    JointDistribution distribution = counter.toDistribution();
    assertEquals(4, EqualHorizon.longest(distribution));
    assertEquals(4, EqualHorizon.of(distribution, 4).draws());
    for (long draws : new long[] {-1, 0, 5}) {
      String message =
          assertThrows(IllegalArgumentException.class, () -> EqualHorizon.of(distribution, draws))
              .getMessage();
      assertTrue(message.contains("(" + draws + ") must be from 1 to 4"), message);
    }
    counter.add(new int[] {1}, 1, 5.5);
    JointDistribution fractional = counter.toDistribution();
    assertThrows(IllegalArgumentException.class, () -> EqualHorizon.of(fractional, 2));
    JointDistribution.Counter large = new JointDistribution.Counter(1);
    large.add(new int[] {0}, 0, 1e9);
    large.add(new int[] {1}, 1, 1e9);
    assertThrows(
        IllegalArgumentException.class, () -> EqualHorizon.of(large.toDistribution(), 100));
  }
}
