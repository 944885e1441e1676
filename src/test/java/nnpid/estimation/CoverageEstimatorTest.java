package nnpid.estimation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import nnpid.decomposition.Backbone;
import nnpid.distribution.JointDistribution;
import nnpid.estimation.ComplexityEstimate.Bounds;
import nnpid.execution.Execution;
import nnpid.testing.Distributions;
import nnpid.testing.Distributions.Kind;
import nnpid.testing.Gates;
import nnpid.testing.SampleTable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CoverageEstimatorTest {
  private static final CoverageSettings DEFAULT = CoverageSettings.DEFAULT;

  /** No test may leave the thread interrupted. */
  @AfterEach
  void clearInterruptedStatus() {
    Thread.interrupted();
  }

  @Test
  void xorIsWithinItsError() {
    ComplexityEstimate estimate = estimate(Gates.xor(), DEFAULT);
    assertTrue(estimate.standardError() <= 0.01);
    assertEquals(
        Math.log(8.0 / 3) / Math.log(2),
        estimate.backbone().representationalComplexity(),
        4 * estimate.standardError() + 1e-12);
    assertTrue(estimate.complete());
    assertTrue(estimate.bounds().isEmpty());
  }

  @Test
  void oneSourceIsExact() {
    for (Kind kind : Kind.values()) {
      JointDistribution distribution = Distributions.of(kind, 1, 3, 4).toDistribution();
      Backbone exact = Backbone.of(distribution, Execution.sequential());
      ComplexityEstimate estimate =
          CoverageEstimator.estimate(distribution, DEFAULT, Execution.sequential());
      assertEquals(exact.informative(1), estimate.backbone().informative(1), 1e-12);
      assertEquals(exact.misinformative(1), estimate.backbone().misinformative(1), 1e-12);
      assertEquals(1, estimate.backbone().representationalComplexity(), 1e-12);
      assertEquals(0, estimate.standardError(), 0);
    }
  }

  @Test
  void oneRealizationHasNoComplexity() {
    SampleTable table = new SampleTable.Builder("one", 3).add(new int[] {4, 0, 1}, 2, 17.5).build();
    assertUndefined(estimate(table, DEFAULT));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 30})
  void withoutInformationComplexityIsUndefined(int sourceCount) {
    SampleTable table = CoverageEstimatorProperties.wide(sourceCount, 60, 1).withTarget(t -> 3);
    assertUndefined(estimate(table, DEFAULT));
  }

  private static void assertUndefined(ComplexityEstimate estimate) {
    assertFalse(estimate.backbone().hasRepresentationalComplexity());
    assertEquals(Double.NaN, estimate.backbone().representationalComplexity(), 0);
    assertEquals(Double.NaN, estimate.standardError(), 0);
    assertEquals(0, estimate.backbone().mutualInformation(), 1e-12);
    assertTrue(estimate.complete());
  }

  /** Copies of five exact sources: the exact complexity of those, in two words of bits. */
  @Test
  void aHundredCopiesOfFiveSourcesAreWithinTheirError() {
    SampleTable five = Distributions.of(Kind.COUNTS, 5, 3, 8);
    Backbone exact = Backbone.of(five.toDistribution(), Execution.sequential());
    SampleTable hundred =
        five.withSources(s -> IntStream.range(0, 100).map(i -> s[i * 7 % 5]).toArray());
    ComplexityEstimate estimate = estimate(hundred, DEFAULT);
    assertEquals(100, estimate.backbone().sourceCount());
    assertEquals(
        exact.representationalComplexity(),
        estimate.backbone().representationalComplexity(),
        4 * estimate.standardError());
    for (int k = 1; k <= 100; k++) {
      double error = estimate.standardErrors().get(k - 1);
      double expected = k <= 5 ? exact.information(k) : 0;
      assertEquals(expected, estimate.backbone().information(k), 4 * error + 1e-12);
    }
  }

  @Test
  void weightsMatterOnlyByTheirRatios() {
    SampleTable table = Distributions.of(Kind.REAL_WEIGHTS, 4, 2, 5);
    CoverageSettings settings = DEFAULT.withMaxReplicates(512);
    ComplexityEstimate expected = estimate(table, settings);
    ComplexityEstimate scaled = estimate(table.withWeights(w -> Math.scalb(w, -900)), settings);
    assertEquals(
        expected.backbone().representationalComplexity(),
        scaled.backbone().representationalComplexity(),
        1e-10);
  }

  @Test
  void stopsAtTheWantedPrecision() {
    SampleTable table = CoverageEstimatorProperties.wide(12, 500, 3);
    ComplexityEstimate coarse = estimate(table, DEFAULT.withPrecision(0.05));
    ComplexityEstimate fine = estimate(table, DEFAULT.withPrecision(0.01));
    assertTrue(coarse.standardError() <= 0.05);
    assertTrue(fine.standardError() <= 0.01);
    assertTrue(fine.replicates() > coarse.replicates());
    assertTrue(fine.complete());
  }

  @ParameterizedTest
  @CsvSource({"1, 128", "128, 128", "129, 144", "1000, 1008", "1024, 1024"})
  void replicatesAreThoseOfWholeBatches(long most, long expected) {
    ComplexityEstimate estimate =
        estimate(
            CoverageEstimatorProperties.wide(6, 300, 1),
            DEFAULT.withPrecision(1e-12).withMaxReplicates(most));
    assertEquals(expected, estimate.replicates());
    assertTrue(estimate.complete());
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.5, 1e-6})
  void endsAtTheTimeLimitWithAnHonestError(double seconds) {
    List<String> said = new ArrayList<>();
    ComplexityEstimate estimate =
        CoverageEstimator.estimate(
            CoverageEstimatorProperties.wide(40, 2000, 3).toDistribution(),
            DEFAULT.withPrecision(1e-9).withTimeLimitSeconds(seconds),
            Execution.ofThreads(2).withMessageListener(said::add));
    assertEquals(ComplexityEstimate.End.TIME, estimate.end());
    assertTrue(estimate.replicates() >= 64);
    assertTrue(estimate.standardError() > 1e-9);
    assertTrue(estimate.complete());
    assertTrue(said.size() <= 1, said::toString);
  }

  /** Hopeless: the user hears so after the first round, and how long it would take. */
  @Test
  void saysHowLongAHopelessPrecisionWouldTake() {
    List<String> said = new ArrayList<>();
    ComplexityEstimate estimate =
        CoverageEstimator.estimate(
            CoverageEstimatorProperties.wide(10, 100, 3).toDistribution(),
            DEFAULT.withPrecision(1e-7).withTimeLimitSeconds(3),
            Execution.ofThreads(2).withMessageListener(said::add));
    assertEquals(ComplexityEstimate.End.TIME, estimate.end());
    assertEquals(1, said.size());
    assertTrue(said.get(0).contains("1.0E-7") && said.get(0).contains(" h"), said::toString);
  }

  @Test
  void rejectsSettingsThatAreNotPositive() {
    for (double bad : new double[] {0, -0.1, Double.NaN}) {
      assertRejected("(" + bad + ") must be positive", () -> DEFAULT.withPrecision(bad));
      assertRejected(
          "(" + bad + " seconds) must be positive", () -> DEFAULT.withTimeLimitSeconds(bad));
    }
    for (long bad : new long[] {0, -5, Long.MIN_VALUE}) {
      assertRejected("(" + bad + ") must be at least 1", () -> DEFAULT.withMaxReplicates(bad));
      assertRejected("(" + bad + ") must be at least 1", () -> DEFAULT.withNodeBudget(bad));
    }
  }

  private static void assertRejected(String part, Runnable settings) {
    IllegalArgumentException e = assertThrows(IllegalArgumentException.class, settings::run);
    assertTrue(e.getMessage().contains(part), e.getMessage());
  }

  @Test
  void everySettingCanBeChangedAlone() {
    CoverageSettings settings =
        DEFAULT
            .withPrecision(0.5)
            .withMaxReplicates(7)
            .withTimeLimitSeconds(3)
            .withSeed(-2)
            .withNodeBudget(11);
    assertEquals(new CoverageSettings(0.5, 7, 3, -2, 11), settings);
  }

  @Test
  void aStopBeforeTheFirstRoundEndsWithNothing() {
    Thread.currentThread().interrupt();
    assertThrows(
        CancellationException.class,
        () -> estimate(Distributions.of(Kind.COUNTS, 5, 2, 1), DEFAULT));
    assertTrue(Thread.currentThread().isInterrupted());
  }

  /** Progress is reported by this thread after every batch. */
  @ParameterizedTest
  @ValueSource(ints = {4, 10, 31, 40, 100})
  void aLaterStopKeepsWhatIsDone(int batches) {
    AtomicInteger reports = new AtomicInteger();
    Execution execution =
        Execution.sequential()
            .withProgressListener(
                fraction -> {
                  if (reports.incrementAndGet() == batches) {
                    Thread.currentThread().interrupt();
                  }
                });
    ComplexityEstimate estimate =
        CoverageEstimator.estimate(
            CoverageEstimatorProperties.wide(10, 500, 1).toDistribution(),
            DEFAULT.withPrecision(1e-9),
            execution);
    assertFalse(estimate.complete());
    assertTrue(Thread.currentThread().isInterrupted());
    assertTrue(estimate.replicates() <= 16L * batches && estimate.replicates() >= 64);
    assertTrue(estimate.standardError() > 0);
    assertTrue(estimate.backbone().representationalComplexity() > 0);
  }

  @Test
  void aStopEndsALongRunOnTwoThreads() throws InterruptedException {
    JointDistribution distribution = CoverageEstimatorProperties.wide(60, 5000, 1).toDistribution();
    List<ComplexityEstimate> estimates = new ArrayList<>();
    List<Boolean> interrupted = new ArrayList<>();
    CountDownLatch underWay = new CountDownLatch(10);
    Execution execution =
        Execution.ofThreads(2).withProgressListener(fraction -> underWay.countDown());
    Thread run =
        new Thread(
            () -> {
              estimates.add(
                  CoverageEstimator.estimate(distribution, DEFAULT.withPrecision(1e-9), execution));
              interrupted.add(Thread.currentThread().isInterrupted());
            });
    run.start();
    underWay.await();
    run.interrupt();
    // Left alone, it would go on for days.
    run.join();
    assertFalse(estimates.get(0).complete());
    assertEquals(List.of(true), interrupted);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void progressRisesTo1(int threads) {
    List<Double> heard = new ArrayList<>();
    CoverageEstimator.estimate(
        CoverageEstimatorProperties.wide(10, 500, 1).toDistribution(),
        DEFAULT,
        Execution.ofThreads(threads).withProgressListener(heard::add));
    assertEquals(1, heard.get(heard.size() - 1), 0);
    assertEquals(heard.stream().sorted().toList(), heard);
    assertTrue(heard.get(0) >= 0);
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 4, 5, 6})
  void aSmallNodeBudgetGivesBounds(int n) {
    JointDistribution distribution =
        Distributions.of(Kind.COUNTS, n, n == 6 ? 1 : 3, 20 + n).toDistribution();
    double exact = Backbone.of(distribution, Execution.ofThreads(2)).representationalComplexity();
    for (long budget : new long[] {2, 3, 5, 8, 12, 20}) {
      ComplexityEstimate estimate =
          CoverageEstimator.estimate(
              distribution,
              DEFAULT.withMaxReplicates(1024).withNodeBudget(budget),
              Execution.sequential());
      if (estimate.bounds().isPresent()) {
        assertBounds(estimate, exact, 0);
      } else {
        assertTrue(budget > 2, "bounds must be there");
        assertEquals(
            exact,
            estimate.backbone().representationalComplexity(),
            4 * estimate.standardError() + 1e-9);
      }
    }
  }

  private static void assertBounds(ComplexityEstimate estimate, double exact, double error) {
    Bounds bounds = estimate.bounds().orElseThrow();
    assertEquals(Double.NaN, estimate.backbone().representationalComplexity(), 0);
    assertEquals(Double.NaN, estimate.standardError(), 0);
    assertTrue(bounds.unresolved() > 0 && bounds.unresolved() <= estimate.replicates());
    assertTrue(
        bounds.lower() - 4 * Math.hypot(bounds.lowerStandardError(), error) <= exact
            && exact <= bounds.upper() + 4 * Math.hypot(bounds.upperStandardError(), error),
        () -> bounds + " must contain " + exact);
    assertTrue(bounds.lower() <= bounds.upper(), bounds::toString);
  }

  /** The first degree takes one node, so that two suffice for it. */
  @Test
  void withASmallBudgetTheFirstDegreesAreStillKnown() {
    ComplexityEstimate estimate =
        estimate(Distributions.of(Kind.COUNTS, 5, 3, 25), DEFAULT.withNodeBudget(2));
    assertFalse(Double.isNaN(estimate.backbone().information(1)));
    assertTrue(Double.isNaN(estimate.backbone().information(5)));
    assertTrue(Double.isNaN(estimate.standardErrors().get(4)));
  }

  @Test
  void ofTenTrainedUnitsBoundsContainTheEstimate() {
    Path file =
        CoverageReferenceTest.DATA.resolve("activations").resolve("mnist4_seed0_epoch100_L2.csv");
    CoverageReferenceTest.assumeExists(file);
    JointDistribution distribution = CoverageReferenceTest.layer(file.getFileName().toString());
    CoverageSettings settings = DEFAULT.withMaxReplicates(2000);
    ComplexityEstimate full =
        CoverageEstimator.estimate(distribution, settings, Execution.ofThreads(2));
    double exact = full.backbone().representationalComplexity();
    // The prototype of METHOD section 4 has 2.007 +- 0.023.
    assertEquals(2.007, exact, 4 * Math.hypot(0.023, full.standardError()));
    for (long budget : new long[] {4, 15, 40}) {
      ComplexityEstimate bounded =
          CoverageEstimator.estimate(
              distribution, settings.withSeed(9).withNodeBudget(budget), Execution.ofThreads(2));
      assertBounds(bounded, exact, full.standardError());
    }
  }

  private static ComplexityEstimate estimate(SampleTable table, CoverageSettings settings) {
    return CoverageEstimator.estimate(table.toDistribution(), settings, Execution.sequential());
  }
}
