package nnpid.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import nnpid.decomposition.Backbone;
import nnpid.decomposition.Values;
import nnpid.distribution.SampleOfRow;
import nnpid.distribution.SampledDistribution;
import nnpid.distribution.SampledDistribution.LeftOut;
import nnpid.distribution.WeightMeaning;
import nnpid.estimation.CoverageSettings;
import nnpid.estimation.PermutationBaseline;
import nnpid.estimation.SamplingError;
import nnpid.execution.Execution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Samples that went through a network several times. */
class PassesTest {
  private static final Execution SINGLE = Execution.sequential();

  /**
   * A row of data.
   *
   * @param states one per unit, then the target
   */
  private record Row(int sample, List<Integer> states) {}

  /** Noisy units of samples with a hidden state that the target depends on, or does not. */
  private static List<Row> rows(
      int samples, int passes, int units, double noise, boolean informative, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Row> rows = new ArrayList<>();
    for (int sample = 0; sample < samples; sample++) {
      int hidden = random.nextInt(1 << units);
      int target =
          informative && random.nextDouble() < 0.9
              ? Integer.bitCount(hidden & 3) % 2 + (hidden >> 2 & 1)
              : random.nextInt(3);
      for (int pass = 0; pass < passes; pass++) {
        List<Integer> states = new ArrayList<>();
        for (int unit = 0; unit < units; unit++) {
          int flipped = random.nextDouble() < noise ? 1 : 0;
          states.add(hidden >> unit & 1 ^ flipped);
        }
        states.add(target);
        rows.add(new Row(sample, states));
      }
    }
    return rows;
  }

  private static SampledDistribution samples(
      List<Row> rows, boolean known, WeightMeaning meaning, double weight) {
    int units = rows.get(0).states().size() - 1;
    SampledDistribution.Counter counter = new SampledDistribution.Counter(units);
    for (Row row : rows) {
      counter.add(
          row.states().stream().limit(units).mapToInt(i -> i).toArray(),
          row.states().get(units),
          weight);
    }
    SampleOfRow sampleOf =
        new SampleOfRow(
            rows.stream().mapToDouble(Row::sample).toArray(),
            mark -> String.format(Locale.ROOT, "%.0f", mark));
    return counter.toSamples(
        known ? Optional.of(sampleOf) : Optional.empty(), meaning, LeftOut.NONE);
  }

  private static List<Row> pass(List<Row> rows, int passes, int pass) {
    return IntStream.range(0, rows.size())
        .filter(i -> i % passes == pass)
        .mapToObj(rows::get)
        .toList();
  }

  private static LayerAnalysis settings(
      Method method, WeightMeaning meaning, Values values, int halves, int permutations) {
    return new LayerAnalysis(
        LayerAnalysis.DEFAULT.measure(),
        method,
        meaning,
        new LayerAnalysis.Wanted(
            method == Method.BACKBONE || method == Method.COVERAGE,
            0,
            List.of(),
            permutations,
            false,
            values,
            halves,
            Horizon.NONE,
            0,
            Optional.empty()),
        CoverageSettings.DEFAULT.withMaxReplicates(4096).withPrecision(1e-9),
        LayerAnalysis.Subsets.DEFAULT,
        LayerAnalysis.DEFAULT.coarseGraining(),
        5);
  }

  private static LayerResult analyze(LayerAnalysis settings, SampledDistribution samples) {
    int units = samples.distribution().sourceCount();
    return settings.analyze(
        new Layer("L1", Layer.numberedUnits("L1", units), "class", List.of("a", "b", "c")),
        samples,
        LayerListener.NONE,
        SINGLE);
  }

  /** Passes that all are the same tell what one of them tells, in every respect. */
  @ParameterizedTest
  @EnumSource(
      value = WeightMeaning.class,
      names = {"AUTO", "IMPORTANCE"})
  void equalPassesAreLikeOne(WeightMeaning meaning) {
    List<Row> once = rows(120, 1, 3, 0.2, true, 1);
    List<Row> often = new ArrayList<>();
    for (int copy = 0; copy < 4; copy++) {
      often.addAll(once);
    }
    LayerAnalysis settings = settings(Method.LATTICE, meaning, Values.PLUG_IN, 6, 19);
    LayerResult one = analyze(settings, samples(once, false, meaning, 1));
    LayerResult all = analyze(settings, samples(often, true, meaning, 1));
    assertEquals(4, all.samples().passCount());
    assertEquals(120, all.samples().size(), 0);
    assertEquals(one.samples().realizationShare(), all.samples().realizationShare(), 0);
    assertSame(one.finding().backbone(), all.finding().backbone(), 1e-12);
    assertEquals(one.correction().isPresent(), all.correction().isPresent());
    one.correction()
        .ifPresent(
            correction -> {
              Correction other = all.correction().orElseThrow();
              assertSame(correction.corrected().backbone(), other.corrected().backbone(), 1e-12);
              assertEquals(correction.support().toString(), other.support().toString());
            });
    if (meaning == WeightMeaning.IMPORTANCE) {
      // Samples are drawn one by one then, as passes always are.
      SamplingError expected = one.samplingError().orElseThrow();
      SamplingError error = all.samplingError().orElseThrow();
      assertEquals(
          expected.complexity().standardError(), error.complexity().standardError(), 1e-12);
      assertEquals(
          expected.mutualInformation().atHalf(), error.mutualInformation().atHalf(), 1e-12);
      PermutationBaseline baseline = all.baseline().orElseThrow();
      assertEquals(
          one.baseline().orElseThrow().mutualInformation().mean(),
          baseline.mutualInformation().mean(),
          1e-12);
    }
  }

  private static void assertSame(Backbone expected, Backbone actual, double tolerance) {
    assertEquals(expected.mutualInformation(), actual.mutualInformation(), tolerance);
    for (int degree = 1; degree <= expected.sourceCount(); degree++) {
      assertEquals(expected.information(degree), actual.information(degree), tolerance);
      assertEquals(expected.informative(degree), actual.informative(degree), tolerance);
    }
  }

  /** Plug-in values are those of all rows, corrected ones the mean over passes. */
  @ParameterizedTest
  @EnumSource(
      value = Method.class,
      names = {"LATTICE", "BACKBONE", "COVERAGE"})
  void correctedValuesAreTheMeanOverPasses(Method method) {
    int units = method == Method.COVERAGE ? 7 : 4;
    List<Row> rows = rows(150, 3, units, 0.1, true, 2);
    for (Values values : Values.values()) {
      LayerAnalysis settings = settings(method, WeightMeaning.AUTO, values, 0, 0);
      LayerResult all = analyze(settings, samples(rows, true, WeightMeaning.AUTO, 1));
      Correction correction = all.correction().orElseThrow();
      boolean estimated = method == Method.COVERAGE;
      assertSame(
          analyze(settings, samples(rows, false, WeightMeaning.AUTO, 1))
              .correction()
              .orElseThrow()
              .plugIn()
              .backbone(),
          correction.plugIn().backbone(),
          estimated ? 0.03 : 1e-12);
      List<Backbone> passes =
          IntStream.range(0, 3)
              .mapToObj(pass -> samples(pass(rows, 3, pass), false, WeightMeaning.AUTO, 1))
              .map(pass -> analyze(settings, pass).correction().orElseThrow())
              .map(one -> one.corrected().backbone())
              .toList();
      assertSame(
          Backbone.mean(passes), correction.corrected().backbone(), estimated ? 0.03 : 1e-12);
      assertEquals(
          all.finding().backbone().mutualInformation(),
          correction.of(values).backbone().mutualInformation(),
          0);
    }
  }

  /** Estimates of passes have independent errors, which the error of their mean is made of. */
  @Test
  void theErrorOfMeanEstimatesIsRight() {
    List<Row> rows = rows(150, 3, 7, 0.1, true, 3);
    SampledDistribution samples = samples(rows, true, WeightMeaning.AUTO, 1);
    double[] scores = new double[12];
    double truth =
        Backbone.mean(
                IntStream.range(0, 3)
                    .mapToObj(samples::pass)
                    .map(
                        pass ->
                            new WithoutAtoms(
                                    settings(
                                            Method.COVERAGE,
                                            WeightMeaning.AUTO,
                                            Values.CORRECTED,
                                            0,
                                            0)
                                        .withCoverage(
                                            CoverageSettings.DEFAULT
                                                .withPrecision(1e-9)
                                                .withMaxReplicates(50_000)),
                                    Method.COVERAGE)
                                .corrected(
                                    pass,
                                    CoverageSettings.DEFAULT
                                        .withPrecision(1e-9)
                                        .withMaxReplicates(50_000),
                                    1,
                                    SINGLE)
                                .backbone())
                    .toList())
            .representationalComplexity();
    for (int seed = 0; seed < scores.length; seed++) {
      Finding found =
          new WithoutAtoms(
                  settings(Method.COVERAGE, WeightMeaning.AUTO, Values.CORRECTED, 0, 0),
                  Method.COVERAGE)
              .corrected(
                  samples,
                  CoverageSettings.DEFAULT
                      .withSeed(seed)
                      .withPrecision(1e-9)
                      .withMaxReplicates(3000),
                  1,
                  SINGLE);
      scores[seed] = (found.complexity() - truth) / found.standardError();
    }
    double squares = IntStream.range(0, 12).mapToDouble(i -> scores[i] * scores[i]).sum();
    assertTrue(squares > 2 && squares < 36, () -> "chi square of 12: " + squares);
  }

  /**
   * Sources that hold no information, but differ more between samples than between the passes of
   * one: as samples, their passes would look like a finding.
   */
  @Test
  void passesAreNoEvidence() {
    int found = 0;
    int naive = 0;
    LayerAnalysis settings = settings(Method.BACKBONE, WeightMeaning.AUTO, Values.PLUG_IN, 0, 19);
    for (int seed = 0; seed < 40; seed++) {
      List<Row> rows = rows(40, 10, 2, 0.02, false, 100 + seed);
      found += isFound(analyze(settings, samples(rows, true, WeightMeaning.AUTO, 0.1))) ? 1 : 0;
      naive += isFound(analyze(settings, samples(rows, false, WeightMeaning.AUTO, 1))) ? 1 : 0;
    }
    // Of 40 at 5% two are expected; more than eight come by chance once in 10,000 times.
    assertTrue(found <= 8, found + " of 40");
    assertTrue(naive >= 30, naive + " of 40");
  }

  private static boolean isFound(LayerResult result) {
    return result.baseline().orElseThrow().mutualInformation().pValue() <= 0.05;
  }

  /** The error of halves is that of other samples, not of other passes. */
  @Test
  void theSamplingErrorIsThatOfSamples() {
    LayerAnalysis settings = settings(Method.BACKBONE, WeightMeaning.AUTO, Values.CORRECTED, 20, 0);
    double told = 0;
    double sum = 0;
    double squares = 0;
    int dataSets = 60;
    for (int seed = 0; seed < dataSets; seed++) {
      LayerResult result =
          analyze(
              settings,
              samples(rows(100, 5, 3, 0.05, true, 500 + seed), true, WeightMeaning.AUTO, 1));
      double error = result.samplingError().orElseThrow().mutualInformation().standardError();
      told += error * error / dataSets;
      double information = result.finding().backbone().mutualInformation();
      sum += information;
      squares += information * information;
    }
    double variance = (squares - sum * sum / dataSets) / (dataSets - 1);
    double ratio = Math.sqrt(told / variance);
    assertTrue(ratio > 0.75 && ratio < 1.35, () -> "told error / true error: " + ratio);
  }

  @Test
  void theOrderOfSamplesChangesNothing() {
    List<Row> rows = rows(60, 3, 3, 0.2, true, 4);
    List<Row> backwards = new ArrayList<>();
    for (int sample = 59; sample >= 0; sample--) {
      backwards.addAll(rows.subList(3 * sample, 3 * sample + 3));
    }
    LayerAnalysis settings = settings(Method.LATTICE, WeightMeaning.AUTO, Values.CORRECTED, 4, 9);
    LayerResult one = analyze(settings, samples(rows, true, WeightMeaning.AUTO, 1));
    LayerResult other = analyze(settings, samples(backwards, true, WeightMeaning.AUTO, 1));
    assertSame(one.finding().backbone(), other.finding().backbone(), 0);
    assertEquals(one.baseline(), other.baseline());
    assertEquals(one.samplingError(), other.samplingError());
  }

  /** What is not known of passes is refused, not told of rows. */
  @Test
  void whatIsNotKnownIsRefused() {
    List<Row> rows = rows(30, 2, 7, 0.2, true, 6);
    LayerAnalysis plain = settings(Method.COVERAGE, WeightMeaning.AUTO, Values.CORRECTED, 0, 0);
    SampledDistribution samples = samples(rows, true, WeightMeaning.AUTO, 1);
    LayerAnalysis horizon =
        plain.withWanted(plain.wanted().withHorizon(new Horizon(true, OptionalLong.of(3))));
    assertMessage("-horizon", () -> analyze(horizon, samples));
    List<Row> incomplete = rows.subList(0, rows.size() - 1);
    assertMessage("same number of passes", () -> samples(incomplete, true, WeightMeaning.AUTO, 1));
    List<Row> otherClass = new ArrayList<>(rows);
    List<Integer> states = new ArrayList<>(rows.get(5).states());
    states.set(7, (states.get(7) + 1) % 3);
    otherClass.set(5, new Row(rows.get(5).sample(), states));
    assertMessage(
        "same class: those of \"2\"", () -> samples(otherClass, true, WeightMeaning.AUTO, 1));
    assertNotEquals(
        0, analyze(plain, samples).correction().orElseThrow().corrected().complexity(), 1e-9);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 5})
  void weightsOfSamplesCountOnce(int passes) {
    List<Row> rows = rows(50, passes, 3, 0.2, true, 7);
    SampledDistribution equal = samples(rows, true, WeightMeaning.AUTO, 1.0 / passes);
    assertEquals(WeightMeaning.COUNTS, equal.weightMeaning());
    assertEquals(50, equal.size(), 0);
    assertEquals(50, samples(rows, true, WeightMeaning.IMPORTANCE, 0.3).size(), 1e-9);
  }

  private static void assertMessage(String part, org.junit.jupiter.api.function.Executable run) {
    String message = assertThrows(IllegalArgumentException.class, run).getMessage();
    assertTrue(message.contains(part), message);
  }
}
