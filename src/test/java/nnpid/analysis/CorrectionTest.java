package nnpid.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.stream.IntStream;
import nnpid.analysis.LayerAnalysis.Wanted;
import nnpid.decomposition.Backbone;
import nnpid.decomposition.Measure;
import nnpid.decomposition.Support;
import nnpid.decomposition.Values;
import nnpid.distribution.JointDistribution;
import nnpid.distribution.SampledDistribution;
import nnpid.distribution.WeightMeaning;
import nnpid.estimation.CoverageSettings;
import nnpid.estimation.SamplingError;
import nnpid.execution.Execution;
import nnpid.testing.SampleTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What results tell about where the samples come from. */
class CorrectionTest {
  private static final Execution SINGLE = Execution.sequential();
  private static final LayerAnalysis CORRECTED = wanting(Values.CORRECTED, 0);

  private static LayerAnalysis wanting(Values values, int halves) {
    return LayerAnalysis.DEFAULT.withWanted(new Wanted(false, 0, 0, false, values, halves));
  }

  /** Noisy units of a binary class: few samples per realization. */
  private static SampleTable layer(int units, int samples) {
    Random random = new Random(samples);
    SampleTable.Builder table = new SampleTable.Builder("layer", units);
    for (int sample = 0; sample < samples; sample++) {
      int target = random.nextInt(2);
      int[] states =
          IntStream.range(0, units)
              .map(i -> random.nextInt(3) + (random.nextInt(4) == 0 ? 0 : target))
              .toArray();
      table.add(states, target, 1);
    }
    return table.build();
  }

  private static Correction correction(LayerResult result) {
    return result.correction().orElseThrow();
  }

  @Test
  void bothValuesOfALayerAreThoseOfTheExactDecomposition() {
    JointDistribution distribution = layer(4, 200).toDistribution();
    Backbone exact = Backbone.ofBoth(distribution, SINGLE).corrected();
    LayerResult plugIn = LayerAnalysis.DEFAULT.analyze("L", distribution, SINGLE);
    LayerResult corrected = CORRECTED.analyze("L", distribution, SINGLE);
    assertEquals(Values.PLUG_IN, plugIn.values());
    assertEquals(
        exact.representationalComplexity(),
        correction(plugIn).corrected().representationalComplexity(),
        1e-12);
    assertEquals(exact.representationalComplexity(), corrected.representationalComplexity(), 1e-12);
    assertEquals(exact.mutualInformation(), corrected.mutualInformation(), 1e-12);
    assertEquals(
        plugIn.backbone().information(2),
        correction(corrected).plugIn().backbone().information(2),
        0);
    assertTrue(plugIn.mutualInformation() > corrected.mutualInformation() + 0.05);
    assertEquals(Support.of(distribution), correction(plugIn).support());
    assertEquals(
        exact.information(1),
        corrected.decomposition().orElseThrow().backbone().information(1),
        1e-12);
  }

  @ParameterizedTest
  @CsvSource({"BACKBONE, 3", "COVERAGE, 3", "AUTO, 6", "AUTO, 9"})
  void everyMethodOfSharedExclusionsCorrects(Method method, int units) {
    JointDistribution distribution = layer(units, 30).toDistribution();
    LayerAnalysis analysis =
        CORRECTED
            .withMethod(method)
            .withCoverage(CoverageSettings.DEFAULT.withMaxReplicates(1024).withPrecision(1e-6));
    LayerResult result = analysis.analyze("L", distribution, SINGLE);
    assertSame(result.finding(), correction(result).corrected());
    if (units <= 6) {
      Backbone exact = Backbone.ofBoth(distribution, SINGLE).corrected();
      double error = result.isEstimated() ? 4 * result.standardError() : 1e-12;
      assertEquals(exact.representationalComplexity(), result.representationalComplexity(), error);
    }
  }

  @Test
  void whatTheSampleDoesNotSupportIsSaid() {
    LayerResult few = LayerAnalysis.DEFAULT.analyze("L", layer(5, 60).toDistribution(), SINGLE);
    Correction correction = correction(few);
    int supported = correction.support().supportedDegree();
    assertTrue(supported < 5);
    String start = "Pi_" + (supported + 1) + (supported < 4 ? " and higher, together " : ", ");
    String rest =
        String.format(
            java.util.Locale.ROOT,
            "%.4f bits",
            few.mutualInformation() - few.backbone().accessible(supported));
    assertTrue(
        few.warnings().stream().anyMatch(text -> text.startsWith(start + rest)),
        few.warnings().toString());
    assertTrue(few.isComplexityDoubtful() && few.isSupported(supported));
    assertFalse(few.isSupported(supported + 1));
    assertTrue(correction.lowerBound() >= 1);
    LayerResult many =
        LayerAnalysis.DEFAULT.analyze("L", layer(2, 20_000).toDistribution(), SINGLE);
    assertEquals(2, correction(many).support().supportedDegree());
    assertTrue(many.warnings().stream().noneMatch(text -> text.startsWith("Pi_")));
    assertFalse(many.isComplexityDoubtful());
  }

  @Test
  void unsupportedBitsThatExceedAllAreExplained() {
    Finding finding = new Finding.Exact(Backbone.ofInformation(1, new double[] {-0.2, 0.7, 0.5}));
    Support support = new Support(java.util.List.of(1.0, 0.3, 0.1));
    String warning =
        new Correction(finding, finding, support).warning(Values.PLUG_IN).orElseThrow();
    assertTrue(
        warning.startsWith(
            "Pi_2 and higher, together 1.2000 bits where I(T:S) is 1.0000 (lower degrees are"
                + " negative), rest in part on"),
        warning);
    assertTrue(warning.contains("only 30.0% of the samples have, whichever 2 sources"), warning);
    assertTrue(warning.endsWith("C is at least 2.2000."), warning);
  }

  /** Every sample is its own state: nothing is supported, and so no bound is told. */
  @Test
  void withoutAnySupportNoBoundIsTold() {
    SampleTable.Builder table = new SampleTable.Builder("single", 1);
    IntStream.range(0, 50).forEach(i -> table.add(new int[] {i}, i % 2, 1));
    LayerResult result = LayerAnalysis.DEFAULT.analyze("L", table.build().toDistribution(), SINGLE);
    assertTrue(
        result.warnings().stream()
            .anyMatch(text -> text.endsWith("no degree of synergy is supported.")),
        result.warnings().toString());
  }

  /** Corrected for every class, and the whole is their mean. */
  @Test
  void classesAreCorrectedLikeTheWhole() {
    JointDistribution distribution = layer(3, 80).toDistribution();
    for (Values values : Values.values()) {
      LayerResult result =
          LayerAnalysis.DEFAULT
              .withWanted(new Wanted(false, 0, 0, true, values, 0))
              .analyze("L", distribution, SINGLE);
      double information = 0;
      double corrected = 0;
      for (TargetReport target : result.targets()) {
        information += target.probability() * target.decomposition().mutualInformation();
        corrected +=
            target.probability() * target.backbones().orElseThrow().corrected().mutualInformation();
      }
      assertEquals(result.mutualInformation(), information, 1e-11);
      assertEquals(correction(result).corrected().backbone().mutualInformation(), corrected, 1e-11);
    }
  }

  @Test
  void weightsThatAreNoNumbersOfSamplesHaveNoCorrection() {
    SampledDistribution samples =
        layer(2, 50).withWeights(weight -> 0.3).toSamples(WeightMeaning.AUTO);
    Layer layer = new Layer("L", Layer.numberedUnits("L", 2), "class", java.util.List.of("0", "1"));
    LayerResult result =
        LayerAnalysis.DEFAULT.analyze(layer, samples, (grouping, value, step) -> {}, SINGLE);
    assertTrue(result.correction().isEmpty());
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> CORRECTED.analyze(layer, samples, (grouping, value, step) -> {}, SINGLE))
            .getMessage();
    assertTrue(message.contains("weights are not numbers of samples"), message);
  }

  @ParameterizedTest
  @EnumSource(
      value = Measure.class,
      names = {"MIN", "MMI", "BROJA"})
  void otherMeasuresHaveHalvesOnly(Measure measure) {
    JointDistribution distribution = layer(2, 100).toDistribution();
    LayerAnalysis analysis =
        new LayerAnalysis(
            measure,
            Method.AUTO,
            WeightMeaning.AUTO,
            new Wanted(false, 0, 0, false, Values.PLUG_IN, 4),
            CoverageSettings.DEFAULT,
            LayerAnalysis.Subsets.DEFAULT,
            LayerAnalysis.DEFAULT.coarseGraining(),
            1);
    LayerResult result = analysis.analyze("L", distribution, SINGLE);
    assertTrue(result.correction().isEmpty());
    assertTrue(result.samplingError().orElseThrow().complexity().standardError() > 0);
    Wanted corrected = CORRECTED.wanted();
    String message =
        assertThrows(IllegalArgumentException.class, () -> analysis.withWanted(corrected))
            .getMessage();
    assertTrue(message.contains(measure.id() + ", auto"), message);
  }

  /** The same figures of the same halves, whatever the method. */
  @ParameterizedTest
  @CsvSource({"AUTO, PLUG_IN", "COVERAGE, PLUG_IN", "AUTO, CORRECTED", "COVERAGE, CORRECTED"})
  void halvesTellTheSamplingError(Method method, Values values) {
    JointDistribution distribution = layer(3, 400).toDistribution();
    SamplingError exact =
        SamplingError.of(
            SampledDistribution.of(distribution, WeightMeaning.COUNTS),
            10,
            1,
            half -> {
              Backbone backbone =
                  values == Values.CORRECTED
                      ? Backbone.ofBoth(half.distribution(), SINGLE).corrected()
                      : Backbone.of(half.distribution(), SINGLE);
              return new SamplingError.Figures(
                  backbone.mutualInformation(),
                  new SamplingError.Figure(backbone.representationalComplexity(), 0),
                  IntStream.rangeClosed(1, 3)
                      .mapToObj(k -> new SamplingError.Figure(backbone.information(k), 0))
                      .toList());
            },
            SINGLE);
    LayerResult result = wanting(values, 10).withMethod(method).analyze("L", distribution, SINGLE);
    SamplingError error = result.samplingError().orElseThrow();
    double tolerance = method == Method.COVERAGE ? 0.02 : 1e-12;
    assertEquals(
        exact.mutualInformation().standardError(),
        error.mutualInformation().standardError(),
        1e-12);
    assertEquals(exact.complexity().atHalf(), error.complexity().atHalf(), tolerance);
    assertEquals(exact.complexity().standardError(), error.complexity().standardError(), tolerance);
    assertEquals(
        exact.degreesOfSynergy().get(1).atHalf(),
        error.degreesOfSynergy().get(1).atHalf(),
        tolerance);
  }

  @Test
  void tooFewSamplesForHalvesAreSaid() {
    LayerResult result =
        wanting(Values.PLUG_IN, 10).analyze("L", layer(2, 39).toDistribution(), SINGLE);
    assertTrue(result.samplingError().isEmpty());
    assertTrue(
        result.warnings().stream().anyMatch(text -> text.contains("fewer than 20")),
        result.warnings().toString());
  }

  @Test
  void oneHalfIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> wanting(Values.PLUG_IN, 1));
  }

  /** What was found before a stop is kept, be it in the midst of halves or of shuffles. */
  @ParameterizedTest
  @CsvSource({"10, 0", "0, 10"})
  void stopKeepsWhatWasFound(int halves, int permutations) {
    LayerAnalysis analysis =
        LayerAnalysis.DEFAULT.withWanted(
            new Wanted(false, 0, permutations, false, Values.PLUG_IN, halves));
    JointDistribution distribution = layer(4, 400).toDistribution();
    double start = 1.0 / (1 + permutations + (halves > 0 ? 1 : 0));
    Execution stopped =
        Execution.sequential()
            .withProgressListener(
                done -> {
                  if (done > start + 0.05) {
                    Thread.currentThread().interrupt();
                  }
                });
    LayerResult result;
    try {
      result = analysis.analyze("L", distribution, stopped);
    } finally {
      assertTrue(Thread.interrupted(), "was stopped");
    }
    assertEquals(
        LayerAnalysis.DEFAULT.analyze("L", distribution, SINGLE).representationalComplexity(),
        result.representationalComplexity(),
        0);
    assertTrue(result.samplingError().isEmpty() && result.baseline().isEmpty());
    assertTrue(
        result.warnings().stream().anyMatch(text -> text.contains("left out: the analysis was")),
        result.warnings().toString());
  }
}
