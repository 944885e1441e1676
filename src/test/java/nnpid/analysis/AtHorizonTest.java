package nnpid.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import nnpid.analysis.LayerAnalysis.Wanted;
import nnpid.decomposition.Backbone;
import nnpid.decomposition.EqualHorizon;
import nnpid.decomposition.Measure;
import nnpid.distribution.JointDistribution;
import nnpid.distribution.WeightMeaning;
import nnpid.execution.Execution;
import nnpid.testing.SampleTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Values at a horizon as they are asked for, found, doubted and refused. */
class AtHorizonTest {
  private static final Execution SINGLE = Execution.sequential();

  private static LayerAnalysis at(String horizon) {
    return LayerAnalysis.DEFAULT.withWanted(Wanted.DEFAULT.withHorizon(Horizon.parse(horizon)));
  }

  /** Two classes; the sources have so many states each, and tell the class for 9 in 10 samples. */
  private static SampleTable table(int sourceCount, int states, int samples) {
    Random random = new Random(sourceCount + states);
    SampleTable.Builder table = new SampleTable.Builder("noisy", sourceCount);
    for (int i = 0; i < samples; i++) {
      int target = random.nextInt(2);
      int[] drawn =
          IntStream.range(0, sourceCount)
              .map(s -> 2 * random.nextInt(states / 2) + (random.nextInt(10) == 0 ? 0 : target))
              .toArray();
      table.add(drawn, target, 1);
    }
    return table.build();
  }

  private static AtHorizon analyze(LayerAnalysis analysis, SampleTable table) {
    return analysis.analyze("L", table.toDistribution(), SINGLE).atHorizon().orElseThrow();
  }

  @Test
  void whateverTheMethodItIsTheBackboneAtTheHorizon() {
    SampleTable table = table(3, 2, 200);
    JointDistribution distribution = table.toDistribution();
    long longest = EqualHorizon.longest(distribution);
    Backbone exact = Backbone.within(EqualHorizon.of(distribution, longest), distribution, SINGLE);
    AtHorizon auto = analyze(at("auto"), table);
    assertEquals(longest, auto.draws());
    assertEquals(exact.representationalComplexity(), auto.complexity(), 0);
    assertTrue(Double.isNaN(auto.standardError()) && auto.standardErrors().isEmpty());
    assertEquals(
        exact.representationalComplexity(),
        analyze(at("" + longest).withMethod(Method.BACKBONE), table).complexity(),
        0);
    AtHorizon estimated = analyze(at("auto").withMethod(Method.COVERAGE), table);
    assertTrue(estimated.standardError() > 0);
    assertEquals(
        0,
        (estimated.complexity() - exact.representationalComplexity()) / estimated.standardError(),
        4);
    assertTrue(LayerAnalysis.DEFAULT.analyze("L", distribution, SINGLE).atHorizon().isEmpty());
  }

  /** Few realizations of many sources: all else is exact, this is estimated. */
  @Test
  void fewRealizationsOfManySourcesHaveOneToo() {
    SampleTable narrow = table(3, 2, 200);
    SampleTable wide =
        narrow.withSources(s -> new int[] {s[0], s[1], s[2], s[0] + s[1], s[1] + s[2], 0, s[0]});
    LayerResult result = at("10").analyze("L", wide.toDistribution(), SINGLE);
    assertTrue(result.isExact());
    assertEquals(
        analyze(at("10"), narrow).backbone().mutualInformation(),
        result.atHorizon().orElseThrow().backbone().mutualInformation(),
        1e-12);
  }

  /** 24^3 states, of which 100 draws hardly meet one again: single sources tell more. */
  @Test
  void beyondTheHorizonThereIsNoComplexity() {
    LayerResult result = at("100").analyze("L", table(3, 24, 2000).toDistribution(), SINGLE);
    AtHorizon atHorizon = result.atHorizon().orElseThrow();
    assertTrue(atHorizon.backbone().accessible(1) > 0.2, "" + atHorizon.accessible());
    assertTrue(atHorizon.backbone().mutualInformation() < 0.1, "" + atHorizon.accessible());
    assertTrue(atHorizon.met() < 0.1, "" + atHorizon.met());
    assertTrue(Double.isNaN(atHorizon.complexity()));
    assertTrue(Double.isNaN(result.summary().within().representationalComplexity()));
    String start = "There is no C at the horizon of 100 draws: only for ";
    assertTrue(
        result.warnings().stream()
            .anyMatch(
                text -> text.startsWith(start) && text.contains("all sources together tell less")),
        result.warnings()::toString);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "1.5", "none", "1e3", "AUTO", "99999999999999999999"})
  void aHorizonIsAutoOrAWholeNumber(String horizon) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> Horizon.parse(horizon)).getMessage();
    assertTrue(message.startsWith("The horizon (" + horizon + ") must be auto or"), message);
  }

  @Test
  void dataOfSeveralSizesHaveTheLongestThatAllHave() {
    List<String> states = List.of("a", "b");
    List<double[]> data = List.of(new double[] {100, 20}, new double[] {0, 12});
    assertEquals("11", at("auto").withHorizonOf(states, data).wanted().horizon().toString());
    assertEquals("5", at("5").withHorizonOf(states, data).wanted().horizon().toString());
    assertEquals(LayerAnalysis.DEFAULT, LayerAnalysis.DEFAULT.withHorizonOf(states, data));
    assertRefused(
        () -> at("12").withHorizonOf(states, data),
        "(-horizon 12) must be at most 11",
        "\"b\" has 12");
  }

  @Test
  void whatCannotBeIsRefusedWithItsReason() {
    SampleTable.Builder single = new SampleTable.Builder("single", 1);
    single.add(new int[] {0}, 0, 5);
    single.add(new int[] {1}, 1, 1);
    assertRefused(
        () -> analyze(at("auto"), single.build()), "class \"1\" (1 sample) must have at least 2");
    SampleTable.Builder fractions = new SampleTable.Builder("fractions", 1);
    fractions.add(new int[] {0}, 0, 2.5);
    fractions.add(new int[] {1}, 0, 2.5);
    fractions.add(new int[] {1}, 1, 4);
    assertRefused(() -> analyze(at("2"), fractions.build()), "numbers of samples as weights");
    Wanted wanted = Wanted.DEFAULT.withHorizon(Horizon.AUTO);
    assertRefused(() -> at("2").withMethod(Method.SUBSAMPLING), "it is sx, subsampling");
    LayerAnalysis sx = LayerAnalysis.DEFAULT;
    for (Measure measure : List.of(Measure.MIN, Measure.MMI, Measure.BROJA)) {
      assertRefused(
          () ->
              new LayerAnalysis(
                  measure,
                  Method.AUTO,
                  WeightMeaning.AUTO,
                  wanted,
                  sx.coverage(),
                  sx.subsets(),
                  sx.coarseGraining(),
                  1),
          "must go with -measure sx");
    }
    assertRefused(
        () ->
            new LayerAnalysis(
                Measure.SX,
                Method.AUTO,
                WeightMeaning.IMPORTANCE,
                wanted,
                sx.coverage(),
                sx.subsets(),
                sx.coarseGraining(),
                1),
        "-weights-are importance");
  }

  private static void assertRefused(Runnable run, String... facts) {
    String message = assertThrows(IllegalArgumentException.class, run::run).getMessage();
    for (String fact : facts) {
      assertTrue(message.contains(fact), message);
    }
  }
}
