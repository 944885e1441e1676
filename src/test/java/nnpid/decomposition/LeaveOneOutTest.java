package nnpid.decomposition;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import nnpid.distribution.JointDistribution;
import nnpid.execution.Execution;
import nnpid.testing.Antichains;
import nnpid.testing.BruteForcePid;
import nnpid.testing.SampleTable;
import org.apache.commons.math3.special.Gamma;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Corrected values: against an independent program, by brute force, and in expectation. */
class LeaveOneOutTest {
  private static final Execution SINGLE = Execution.sequential();

  private static final Path SHARED = Path.of(System.getProperty("shared.dir", "../shared"));

  static List<String> referenceTables() throws IOException {
    Path directory = SHARED.resolve("golden/corrected");
    assumeTrue(
        Files.isDirectory(directory),
        () -> "Skipped: no " + directory + ". Maybe say where it is: -Dshared.dir=...");
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".json"))
          .map(name -> name.replace(".json", ""))
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("referenceTables")
  void bothValuesAndSupportAgreeWithTheReferenceProgram(String table) throws IOException {
    JsonObject reference =
        JsonParser.parseString(
                Files.readString(SHARED.resolve("golden/corrected/" + table + ".json")))
            .getAsJsonObject();
    JointDistribution distribution = read(table);
    BothValues<Backbone> both = Backbone.ofBoth(distribution, SINGLE);
    assertAgrees(reference.getAsJsonObject("plugIn"), both.plugIn());
    assertAgrees(reference.getAsJsonObject("corrected"), both.corrected());
    BothValues<PartialInformationDecomposition> all =
        PartialInformationDecomposition.ofBoth(distribution, SINGLE);
    assertAgrees(reference.getAsJsonObject("plugIn"), all.plugIn().backbone());
    assertAgrees(reference.getAsJsonObject("corrected"), all.corrected().backbone());
    assertClose(reference.getAsJsonArray("supportClass"), Support.of(distribution).byDegree());
  }

  private static void assertAgrees(JsonObject reference, Backbone backbone) {
    assertEquals(
        reference.get("mutualInformation").getAsDouble(), backbone.mutualInformation(), 1e-9);
    assertEquals(
        reference.get("representationalComplexity").getAsDouble(),
        backbone.representationalComplexity(),
        1e-9);
    double informative = 0;
    double misinformative = 0;
    for (int k = 1; k <= backbone.sourceCount(); k++) {
      informative += backbone.informative(k);
      misinformative += backbone.misinformative(k);
      assertEquals(number(reference, "degreeOfSynergy", k), backbone.information(k), 1e-9);
      assertEquals(number(reference, "informative", k), informative, 1e-9);
      assertEquals(number(reference, "misinformative", k), misinformative, 1e-9);
    }
  }

  private static double number(JsonObject reference, String name, int degree) {
    return reference.getAsJsonArray(name).get(degree - 1).getAsDouble();
  }

  private static void assertClose(JsonArray expected, List<Double> actual) {
    assertEquals(expected.size(), actual.size());
    for (int i = 0; i < actual.size(); i++) {
      assertEquals(expected.get(i).getAsDouble(), actual.get(i), 1e-12);
    }
  }

  private static JointDistribution read(String table) throws IOException {
    List<String> lines = Files.readAllLines(SHARED.resolve("data/activations/" + table + ".csv"));
    int sourceCount = lines.get(0).split(",", -1).length - 2;
    JointDistribution.Counter counter = new JointDistribution.Counter(sourceCount);
    for (String line : lines.subList(1, lines.size())) {
      int[] cells = Arrays.stream(line.split(",", -1)).mapToInt(Integer::parseInt).toArray();
      counter.add(Arrays.copyOf(cells, sourceCount), cells[sourceCount], cells[sourceCount + 1]);
    }
    return counter.toDistribution();
  }

  private static SampleTable randomCounts(long seed, int sourceCount) {
    Random random = new Random(seed);
    SampleTable.Builder table = new SampleTable.Builder("counts " + seed, sourceCount);
    int rows = 2 + random.nextInt(12);
    for (int row = 0; row < rows; row++) {
      int[] states = IntStream.range(0, sourceCount).map(i -> random.nextInt(3)).toArray();
      table.add(states, random.nextInt(3), 1 + (int) Math.exp(5 * random.nextDouble() - 1));
    }
    return table.build();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void everyAtomIsAsDefinedAndNoPartIsNegative(int sourceCount) {
    for (int seed = 0; seed < 25; seed++) {
      SampleTable table = randomCounts(seed, sourceCount);
      BruteForcePid expected = BruteForcePid.corrected(table);
      PartialInformationDecomposition corrected =
          PartialInformationDecomposition.ofBoth(table.toDistribution(), SINGLE).corrected();
      for (Set<Integer> antichain : expected.antichains()) {
        Atom atom = corrected.atom(Antichains.of(antichain));
        assertEquals(expected.informative(antichain), atom.informative(), 1e-12);
        assertEquals(expected.misinformative(antichain), atom.misinformative(), 1e-12);
        assertTrue(atom.informative() > -1e-12 && atom.misinformative() > -1e-12);
      }
    }
  }

  @Test
  void plugInValuesAreTheSameBitsAsWithoutCorrection() {
    for (int seed = 0; seed < 20; seed++) {
      JointDistribution distribution = randomCounts(seed, 1 + seed % 5).toDistribution();
      PartialInformationDecomposition alone =
          PartialInformationDecomposition.of(distribution, SINGLE);
      PartialInformationDecomposition plugIn =
          PartialInformationDecomposition.ofBoth(distribution, SINGLE).plugIn();
      assertEquals(alone.atoms().toList(), plugIn.atoms().toList());
    }
  }

  @Test
  void threadsDoNotChangeABit() {
    JointDistribution distribution = randomCounts(7, 5).toDistribution();
    assertEquals(
        PartialInformationDecomposition.ofBoth(distribution, SINGLE).corrected().atoms().toList(),
        PartialInformationDecomposition.ofBoth(distribution, Execution.ofThreads(3))
            .corrected()
            .atoms()
            .toList());
  }

  /** The sum over corrected degrees is I(T:S), which is computed from other counts. */
  @Test
  void mutualInformationIsTheSumOfAllDegreesAndHoldsForAnyNumberOfSources() {
    for (int seed = 0; seed < 20; seed++) {
      SampleTable table = randomCounts(seed, 1 + seed % 5);
      JointDistribution distribution = table.toDistribution();
      Backbone corrected = Backbone.ofBoth(distribution, SINGLE).corrected();
      assertEquals(
          corrected.mutualInformation(), corrected.accessible(corrected.sourceCount()), 1e-12);
      JointDistribution wide =
          table
              .withSources(
                  states -> IntStream.range(0, 40).map(i -> states[i % states.length]).toArray())
              .toDistribution();
      assertEquals(corrected.mutualInformation(), LeaveOneOut.mutualInformation(wide), 1e-12);
    }
  }

  /** ln N - psi(N), where psi(N) is a harmonic number less Euler's constant. */
  @Test
  void gapIsThatOfTheDigammaFunction() {
    for (int count = 1; count < 100; count++) {
      double psi = BruteForcePid.harmonic(count - 1) - 0.5772156649015329;
      assertEquals(Math.log(count) - psi, LeaveOneOut.gap(count), 5e-15);
    }
    assertEquals(Math.log(1e6) - Gamma.digamma(1e6), LeaveOneOut.gap(1e6), 1e-14);
    assertEquals(0.5 / 1e15, LeaveOneOut.gap(1e15), 1e-30);
  }

  /**
   * All ordered samples of five from a random distribution over two binary sources and a binary
   * class: the mean of the corrected value is what the coverage process with at most four draws
   * gives under the true distribution.
   */
  @Test
  void expectedValueIsThatOfDrawsFromTheTrueDistribution() {
    int size = 5;
    Random random = new Random(11);
    double[] p = IntStream.range(0, 8).mapToDouble(i -> random.nextDouble()).toArray();
    double sum = Arrays.stream(p).sum();
    p = Arrays.stream(p).map(x -> x / sum).toArray();
    double[][] mean = new double[2][2]; // informative, misinformative; degree 1, 2
    int samples = 1 << (3 * size);
    for (int sample = 0; sample < samples; sample++) {
      double probability = 1;
      JointDistribution.Counter counter = new JointDistribution.Counter(2);
      for (int i = 0; i < size; i++) {
        int one = (sample >> (3 * i)) & 7;
        probability *= p[one];
        counter.add(new int[] {one & 1, (one >> 1) & 1}, one >> 2, 1);
      }
      Backbone corrected = Backbone.ofBoth(counter.toDistribution(), SINGLE).corrected();
      mean[0][0] += probability * corrected.informative(1);
      mean[0][1] += probability * (corrected.informative(1) + corrected.informative(2));
      mean[1][0] += probability * corrected.misinformative(1);
      mean[1][1] += probability * (corrected.misinformative(1) + corrected.misinformative(2));
    }
    for (int degree = 1; degree <= 2; degree++) {
      assertEquals(expected(p, degree, size, false), mean[0][degree - 1], 1e-12);
      assertEquals(expected(p, degree, size, true), mean[1][degree - 1], 1e-12);
    }
  }

  /**
   * E[H_(min(N, M + 1) - 1)] in bits, as the sum over j of P(N &gt; j and M &gt;= j) / j: M is the
   * number of other samples (of the class), N that of draws until all sets of so many sources have
   * been in some draw's agreement set.
   */
  private static double expected(double[] p, int degree, int size, boolean ofClass) {
    double result = 0;
    for (int reference = 0; reference < p.length; reference++) {
      int own = reference;
      double ofClassAll =
          IntStream.range(0, 8).filter(i -> i >> 2 == own >> 2).mapToDouble(i -> p[i]).sum();
      double whole = ofClass ? ofClassAll : 1;
      double[] agree = new double[4]; // by agreement mask
      for (int i = 0; i < p.length; i++) {
        if (!ofClass || i >> 2 == reference >> 2) {
          agree[3 & ~(i ^ reference)] += p[i] / whole;
        }
      }
      for (int j = 1; j < size; j++) {
        double all = Math.pow(1 - agree[3], j);
        double first = Math.pow(agree[0] + agree[2], j); // source 0 in no agreement
        double second = Math.pow(agree[0] + agree[1], j);
        double neither = Math.pow(agree[0], j);
        double notCovered = degree == 2 ? all : first + second - neither;
        result += p[reference] * notCovered * (ofClass ? atLeast(j, size - 1, whole) : 1) / j;
      }
    }
    return result / Math.log(2);
  }

  /** P(M &gt;= j) of a binomial M. */
  private static double atLeast(int j, int n, double p) {
    double sum = 0;
    for (int i = j; i <= n; i++) {
      double choose = 1;
      for (int f = 0; f < i; f++) {
        choose = choose * (n - f) / (f + 1);
      }
      sum += choose * Math.pow(p, i) * Math.pow(1 - p, n - i);
    }
    return sum;
  }

  /** Counts beyond those of an int: the correction vanishes, and nothing overflows. */
  @Test
  void billionsOfSamplesNeedNoCorrection() {
    JointDistribution distribution =
        randomCounts(3, 3).withWeights(weight -> weight * 4e9).toDistribution();
    BothValues<Backbone> both = Backbone.ofBoth(distribution, SINGLE);
    for (int k = 1; k <= 3; k++) {
      assertEquals(both.plugIn().information(k), both.corrected().information(k), 1e-8);
    }
  }

  @Test
  void weightsMustBeNumbersOfSamples() {
    JointDistribution.Counter counter = new JointDistribution.Counter(1);
    counter.add(new int[] {0}, 0, 1.5);
    counter.add(new int[] {1}, 1, 1);
    JointDistribution distribution = counter.toDistribution();
    assertThrows(IllegalArgumentException.class, () -> Backbone.ofBoth(distribution, SINGLE));
    assertThrows(
        IllegalArgumentException.class,
        () -> PartialInformationDecomposition.ofBoth(distribution, SINGLE));
    assertThrows(IllegalArgumentException.class, () -> LeaveOneOut.mutualInformation(distribution));
    assertThrows(IllegalArgumentException.class, () -> Support.of(distribution));
  }
}
