package nnpid.decomposition;

import static nnpid.decomposition.PartialInformationDecompositionTest.decompose;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import nnpid.distribution.JointDistribution;
import nnpid.execution.Execution;
import nnpid.testing.Distributions;
import nnpid.testing.Distributions.Kind;
import nnpid.testing.Gates;
import nnpid.testing.GoldenFile;
import nnpid.testing.SampleTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class BackboneTest {

  static Stream<GoldenFile> sharedExclusionsFiles() {
    return GoldenFile.ofMeasure("sx");
  }

  static Stream<SampleTable> gates() {
    return Gates.all();
  }

  /** Five sources are enough of a kind, and six take half a second: few of them. */
  static Stream<SampleTable> oneToSixSources() {
    return Stream.concat(
        oneToFourSourcesAndSomeOfFive(),
        Stream.of(Kind.COUNTS, Kind.REAL_WEIGHTS_WITH_ZEROS)
            .map(kind -> Distributions.of(kind, 6, 1, 1)));
  }

  static Stream<SampleTable> informativeOneToSixSources() {
    return oneToSixSources().filter(table -> table.toDistribution().mutualInformation() > 1e-3);
  }

  static Stream<SampleTable> fiveAndSixSources() {
    return oneToSixSources().filter(table -> table.sourceCount() >= 5);
  }

  /** To which one source more is added. */
  static Stream<SampleTable> oneToFourSourcesAndSomeOfFive() {
    return Stream.concat(
        Distributions.oneToFourSources(),
        Stream.of(Kind.values()).map(kind -> Distributions.of(kind, 5, 1, 1)));
  }

  @ParameterizedTest
  @MethodSource("sharedExclusionsFiles")
  void agreesWithSxPid(GoldenFile golden) {
    assertAgrees(golden, backbone(golden.table()), 1e-9);
  }

  @ParameterizedTest
  @MethodSource({"gates", "nnpid.testing.Distributions#oneToFiveSources"})
  void latticeAndBackboneGiveTheSame(SampleTable table) {
    assertSame(decompose(table).backbone(), backbone(table));
  }

  @ParameterizedTest
  @MethodSource("oneToSixSources")
  void informationOfAllDegreesSumsToTheMutualInformation(SampleTable table) {
    Backbone backbone = backbone(table);
    double sum =
        IntStream.rangeClosed(1, table.sourceCount()).mapToDouble(backbone::information).sum();
    double tolerance = tolerance(table.sourceCount());
    assertEquals(table.toDistribution().mutualInformation(), sum, tolerance);
    assertEquals(backbone.mutualInformation(), sum, tolerance);
  }

  /** C I = sum over k from 0 to n - 1 of I - V_k. */
  @ParameterizedTest
  @MethodSource("informativeOneToSixSources")
  void complexityIsTheMeanInformationNotAccessibleFromFewerSources(SampleTable table) {
    Backbone backbone = backbone(table);
    double accessible = 0;
    double sum = 0;
    for (int degree = 1; degree <= table.sourceCount(); degree++) {
      sum += backbone.mutualInformation() - accessible;
      accessible += backbone.information(degree);
    }
    assertEquals(
        sum,
        backbone.representationalComplexity() * backbone.mutualInformation(),
        6 * tolerance(table.sourceCount()));
  }

  @ParameterizedTest
  @MethodSource("oneToSixSources")
  void informativeAndMisinformativePartsAreNotNegative(SampleTable table) {
    double tolerance = tolerance(table.sourceCount());
    Backbone backbone = backbone(table);
    for (int degree = 1; degree <= table.sourceCount(); degree++) {
      assertTrue(backbone.informative(degree) >= -tolerance, "informative " + degree);
      assertTrue(backbone.misinformative(degree) >= -tolerance, "misinformative " + degree);
      assertEquals(
          backbone.informative(degree) - backbone.misinformative(degree),
          backbone.information(degree),
          1e-15);
    }
  }

  @ParameterizedTest
  @MethodSource("oneToFourSourcesAndSomeOfFive")
  void duplicatingASourceChangesNothing(SampleTable table) {
    Backbone duplicated =
        backbone(
            table.withSources(
                s -> {
                  int[] longer = Arrays.copyOf(s, s.length + 1);
                  longer[s.length] = s[0];
                  return longer;
                }));
    assertSameButForOneSourceMore(backbone(table), duplicated);
  }

  @ParameterizedTest
  @MethodSource("oneToFourSourcesAndSomeOfFive")
  void aConstantSourceChangesNothing(SampleTable table) {
    Backbone withConstant =
        backbone(
            table.withSources(
                s -> {
                  int[] longer = new int[s.length + 1];
                  System.arraycopy(s, 0, longer, 1, s.length);
                  longer[0] = 3;
                  return longer;
                }));
    assertSameButForOneSourceMore(backbone(table), withConstant);
  }

  @ParameterizedTest
  @MethodSource("oneToSixSources")
  void orderOfSourcesChangesNothing(SampleTable table) {
    int n = table.sourceCount();
    int[] rotation = IntStream.range(0, n).map(i -> (i + 1) % n).toArray();
    assertSame(backbone(table), backbone(table.withSourcesPermuted(rotation)));
  }

  @ParameterizedTest
  @MethodSource("oneToSixSources")
  void namesOfStatesChangeNothing(SampleTable table) {
    assertSame(backbone(table), backbone(table.withStatesRenamed(2)));
  }

  @ParameterizedTest
  @MethodSource("oneToSixSources")
  void orderOfSamplesChangesNoBit(SampleTable table) {
    assertArrayEquals(bits(backbone(table)), bits(backbone(table.shuffled(2))));
  }

  @ParameterizedTest
  @MethodSource("fiveAndSixSources")
  void numberOfThreadsChangesNoBit(SampleTable table) {
    JointDistribution distribution = table.toDistribution();
    long[] expected = bits(Backbone.of(distribution, Execution.sequential()));
    assertArrayEquals(expected, bits(Backbone.of(distribution, Execution.ofThreads(2))));
    assertArrayEquals(expected, bits(Backbone.of(distribution, Execution.ofThreads(3))));
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4, 5, 6})
  void parityMisinformsAtEveryDegreeButTheLast(int sourceCount) {
    Backbone backbone = backbone(Gates.parity(sourceCount));
    double tolerance = tolerance(sourceCount);
    double informative = 0;
    double misinformative = 0;
    for (int degree = 1; degree <= sourceCount; degree++) {
      informative += backbone.informative(degree);
      misinformative += backbone.misinformative(degree);
    }
    assertEquals(sourceCount, informative, tolerance);
    assertEquals(sourceCount - 1, misinformative, tolerance);
    // Given the target, all but one of the sources determine the last.
    assertEquals(0, backbone.misinformative(sourceCount), tolerance);
  }

  @Test
  void xorHasItsClosedForm() {
    Backbone backbone = backbone(Gates.xor());
    assertEquals(log2(3), backbone.informative(1), 1e-12);
    assertEquals(1, backbone.misinformative(1), 1e-12);
    assertEquals(log2(1.5), backbone.information(1), 1e-12);
    assertEquals(log2(4.0 / 3), backbone.information(2), 1e-12);
    assertEquals(log2(8.0 / 3), backbone.representationalComplexity(), 1e-12);
  }

  @Test
  void complexityIsUndefinedWithoutInformation() {
    Backbone backbone = backbone(Gates.parity(6).withTarget(t -> 2));
    assertFalse(backbone.hasRepresentationalComplexity());
    assertEquals(Double.NaN, backbone.representationalComplexity(), 0);
    assertEquals(6, backbone.sourceCount());
    assertEquals(0, backbone.information(3), tolerance(6));
  }

  @Test
  void complexityIsDefinedWithAMillionthOfABit() {
    SampleTable.Builder table = new SampleTable.Builder("almost independent", 1);
    double deviation = Math.sqrt(1e-6 * Math.log(2) / 2);
    for (int i = 0; i < 4; i++) {
      table.add(new int[] {i % 2}, i / 2, 0.25 + (i % 2 == i / 2 ? deviation : -deviation) / 2);
    }
    Backbone backbone = backbone(table.build());
    assertTrue(backbone.hasRepresentationalComplexity());
    assertEquals(1, backbone.representationalComplexity(), 1e-9);
  }

  @Test
  void rejectsMoreThanSixSourcesWithTheNumberAndAHint() {
    JointDistribution distribution = Gates.giantBit(7).toDistribution();
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> Backbone.of(distribution, Execution.sequential()));
    assertTrue(e.getMessage().contains("(7)"), e.getMessage());
    assertTrue(e.getMessage().contains("at most 6"), e.getMessage());
    assertTrue(e.getMessage().contains("Maybe") && e.getMessage().contains("group"));
  }

  @Test
  void aStopDuringALongRunEndsIt() throws InterruptedException {
    SampleTable table = Distributions.of(Kind.COUNTS, 6, 3, 1);
    // Many more realizations than can be decomposed while the test waits.
    SampleTable.Builder larger = new SampleTable.Builder("long run", 6);
    for (int copy = 0; copy < 400; copy++) {
      for (int i = 0; i < table.sampleCount(); i++) {
        int[] states = new int[6];
        for (int source = 0; source < 6; source++) {
          states[source] = table.state(i, source) + 5 * copy;
        }
        larger.add(states, table.target(i), table.weight(i));
      }
    }
    JointDistribution distribution = larger.build().toDistribution();
    List<Throwable> thrown = new ArrayList<>();
    Thread run =
        new Thread(
            () -> {
              try {
                Backbone.of(distribution, Execution.ofThreads(2));
              } catch (CancellationException e) {
                thrown.add(e);
              }
            });
    run.start();
    Thread.sleep(300);
    assertTrue(run.isAlive(), "the run must still be under way when it is stopped");
    run.interrupt();
    run.join();
    assertEquals(1, thrown.size());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void progressRisesFrom0To1(int threadCount) {
    JointDistribution distribution = Distributions.of(Kind.COUNTS, 5, 2, 3).toDistribution();
    List<Double> heard = new ArrayList<>();
    Backbone.of(distribution, Execution.ofThreads(threadCount).withProgressListener(heard::add));
    assertTrue(heard.size() >= 2);
    assertEquals(1, heard.get(heard.size() - 1), 1e-12);
    assertEquals(heard.stream().sorted().toList(), heard);
  }

  /** Compares all that the file says about degrees of synergy. */
  static void assertAgrees(GoldenFile golden, Backbone backbone, double tolerance) {
    double[] information = golden.numbers("degree_of_synergy");
    double[] informative = golden.numbers("degree_of_synergy_informative");
    double[] misinformative = golden.numbers("degree_of_synergy_misinformative");
    assertEquals(information.length, backbone.sourceCount());
    for (int degree = 1; degree <= information.length; degree++) {
      assertEquals(information[degree - 1], backbone.information(degree), tolerance);
      assertEquals(informative[degree - 1], backbone.informative(degree), tolerance);
      assertEquals(misinformative[degree - 1], backbone.misinformative(degree), tolerance);
    }
    assertEquals(golden.number("mutual_information"), backbone.mutualInformation(), tolerance);
    assertTrue(backbone.hasRepresentationalComplexity());
    assertEquals(
        golden.number("representational_complexity"),
        backbone.representationalComplexity(),
        tolerance);
  }

  /** Mutual information, complexity, and both parts of the information of every degree. */
  static DoubleStream values(Backbone backbone) {
    DoubleStream.Builder values = DoubleStream.builder();
    values.add(backbone.mutualInformation()).add(backbone.representationalComplexity());
    for (int degree = 1; degree <= backbone.sourceCount(); degree++) {
      values.add(backbone.informative(degree)).add(backbone.misinformative(degree));
    }
    return values.build();
  }

  private static long[] bits(Backbone backbone) {
    return values(backbone).mapToLong(Double::doubleToLongBits).toArray();
  }

  static void assertSame(Backbone expected, Backbone actual) {
    assertEquals(expected.sourceCount(), actual.sourceCount());
    assertSameUpTo(expected.sourceCount(), expected, actual);
  }

  private static void assertSameButForOneSourceMore(Backbone expected, Backbone actual) {
    int degrees = expected.sourceCount();
    assertEquals(degrees + 1, actual.sourceCount());
    assertSameUpTo(degrees, expected, actual);
    assertEquals(0, actual.informative(degrees + 1), tolerance(degrees + 1));
    assertEquals(0, actual.misinformative(degrees + 1), tolerance(degrees + 1));
  }

  private static void assertSameUpTo(int degrees, Backbone expected, Backbone actual) {
    double tolerance = tolerance(actual.sourceCount());
    for (int degree = 1; degree <= degrees; degree++) {
      assertEquals(expected.informative(degree), actual.informative(degree), tolerance);
      assertEquals(expected.misinformative(degree), actual.misinformative(degree), tolerance);
    }
    assertEquals(expected.mutualInformation(), actual.mutualInformation(), 1e-12);
    assertEquals(expected.hasRepresentationalComplexity(), actual.hasRepresentationalComplexity());
    assertEquals(
        expected.representationalComplexity(),
        actual.representationalComplexity(),
        6 * tolerance / Math.max(1e-9, expected.mutualInformation()));
  }

  /**
   * Over six sources an alternating sum of more than a million redundancies loses digits: 1e-11
   * bits have been seen, 4e-11 in C. Over fewer sources 1e-13.
   */
  private static double tolerance(int sourceCount) {
    return sourceCount == 6 ? 1e-10 : 1e-12;
  }

  private static Backbone backbone(SampleTable table) {
    return Backbone.of(table.toDistribution(), Execution.sequential());
  }

  private static double log2(double x) {
    return Math.log(x) / Math.log(2);
  }

  /** 6.7 bits of degree 1 with 0.9 bits in all were once printed. */
  @Test
  void aResultThatContradictsItselfIsNotShown() {
    Backbone wrong = Backbone.ofParts(0.9, new double[] {7, 0.1}, new double[] {0.3, 0.2});
    ArithmeticException e =
        assertThrows(ArithmeticException.class, () -> wrong.requireConsistent("the estimator"));
    assertTrue(e.getMessage().contains("the estimator"), e.getMessage());
    Backbone infinite =
        Backbone.ofParts(1, new double[] {Double.POSITIVE_INFINITY}, new double[] {0});
    assertThrows(ArithmeticException.class, () -> infinite.requireConsistent("test"));
    Backbone.ofParts(0.9, new double[] {1, 0.1}, new double[] {0.1, 0.1}).requireConsistent("test");
  }
}
