package nnpid.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import nnpid.analysis.LayerAnalysis;
import nnpid.analysis.LayerResult;
import nnpid.analysis.Method;
import nnpid.analysis.Report;
import nnpid.analysis.Trajectory;
import nnpid.analysis.TrajectoryPoint;
import nnpid.coarsegraining.CoarseGrainingSettings;
import nnpid.decomposition.Measure;
import nnpid.decomposition.Values;
import nnpid.distribution.WeightMeaning;
import nnpid.estimation.CoverageSettings;
import nnpid.execution.Execution;
import nnpid.testing.Gates;
import nnpid.testing.SampleTable;
import org.junit.jupiter.api.Test;

class InWordsTest {
  private static final LayerAnalysis WITH_HALVES = wanting(0, 10);

  private static LayerAnalysis wanting(int permutations, int halves) {
    return LayerAnalysis.DEFAULT.withWanted(
        new LayerAnalysis.Wanted(false, 0, permutations, false, Values.PLUG_IN, halves));
  }

  /**
   * Two units, the first of which tells the class but for some samples: of these the class is
   * whether the units differ. The more there are, the more the units must be read together.
   */
  private static SampleTable samples(int differing, int of) {
    SampleTable.Builder table = new SampleTable.Builder("two", 2);
    for (int i = 0; i < 4; i++) {
      int[] units = {i / 2, i % 2};
      if (differing < of) {
        table.add(units, units[0], of - differing);
      }
      if (differing > 0) {
        table.add(units, units[0] ^ units[1], differing);
      }
    }
    return table.build();
  }

  private static LayerResult layer(String name, LayerAnalysis analysis, SampleTable samples) {
    return analysis.analyze(name, samples.toDistribution(), Execution.sequential());
  }

  private static LayerResult layer(String name, int differing) {
    return layer(name, WITH_HALVES, samples(differing, 1000));
  }

  private static List<String> of(LayerResult... layers) {
    return InWords.of(new Report("data", "none", List.of(layers), 0));
  }

  private static List<String> layers(int... differing) {
    return of(
        IntStream.range(0, differing.length)
            .mapToObj(i -> layer("L" + (i + 1), differing[i]))
            .toArray(LayerResult[]::new));
  }

  /** A start of the first sentence, up to the values. */
  private static void assertCourse(String expected, int... differing) {
    String first = layers(differing).get(0);
    assertTrue(first.contains(", and " + expected), first);
  }

  @Test
  void aNameIsNotWrittenOtherwise() {
    assertTrue(of(layer("h", 300)).get(0).startsWith("h tells "), of(layer("h", 300))::toString);
  }

  @Test
  void severalLayersHaveACourse() {
    assertCourse(
        "this becomes easier to read from L1 to L3: on average 1.6, 1.5, 1.4 units must be read"
            + " together.",
        300,
        500,
        900);
    assertCourse("this becomes harder to read from L1 to L3: on average 1.4, 1.5,", 900, 500, 300);
    assertCourse("this becomes easier to read from L1 to L2, then harder to L3:", 300, 900, 500);
    assertCourse("this becomes harder to read from L1 to L2, then easier to L3:", 900, 300, 700);
    assertCourse(
        "this is easiest to read from L4 and hardest from L2:", 700, 300, 701, 900, 500, 700);
    assertEquals(
        "The layers tell 0.64 to 0.77 of the 1.00 bits of the class, and this becomes harder to read"
            + " from L1 to L2: on average 1.38, 1.40 units must be read together.",
        layers(900, 800).get(0),
        "decimals enough to see it");
  }

  @Test
  void aDifferenceWithinTheErrorsIsNotClaimed() {
    assertCourse(
        "given the errors they do not clearly differ in how easy this is to read", 600, 601);
    int[] many = IntStream.range(0, 100).map(i -> 600 + i % 3).toArray();
    assertCourse(
        "given the errors they do not clearly differ in how easy this is to read: on average about"
            + " 1.5 units",
        many);
  }

  @Test
  void manyLayersTakeNoMoreWords() {
    List<String> sentences = layers(IntStream.range(0, 100).map(i -> 300 + 6 * i).toArray());
    assertEquals(
        "The layers tell 0.50 to 0.76 of the 1.00 bits of the class, and this becomes easier to read"
            + " from L1 to L100: on average 1.6 (L1), 1.4 (L100) units must be read together.",
        sentences.get(0));
    assertTrue(sentences.size() <= 3);
  }

  /**
   * Shared exclusions: neither unit of XOR tells anything, and the first of the others tells all.
   */
  @Test
  void whatSingleUnitsTellIsNotConfusedWithPiOne() {
    assertEquals(
        List.of(
            "L1 tells 1.00 of the 1.00 bits of the class; on average 1.42 of its 2 units must be"
                + " read together to get at it.",
            "One by one the units of L1 tell 0.000 bits, all added up, less than Pi_1 = 0.585:"
                + " misinformation they share counts only once in Pi_1."),
        layers(1000));
    assertEquals(
        "L1_1 alone tells 1.000 bits, more than Pi_1 = 0.585: other units mislead, which counts as"
            + " negative in Pi_1.",
        layers(0).get(1));
    LayerAnalysis byLeast =
        new LayerAnalysis(
            Measure.MMI,
            Method.AUTO,
            WeightMeaning.AUTO,
            WITH_HALVES.wanted(),
            WITH_HALVES.coverage(),
            WITH_HALVES.subsets(),
            WITH_HALVES.coarseGraining(),
            1);
    assertEquals(
        "Nearly all of what L1 tells needs both units.",
        of(layer("L1", byLeast, samples(1000, 1000))).get(1));
  }

  @Test
  void chanceMeansNothing() {
    assertEquals(
        List.of(
            "What L1 tells about the class may be chance: without the bias of the sample it is not"
                + " clearly above 0, and C means nothing then."),
        of(layer("L1", WITH_HALVES, noise())));
    String shuffled =
        "L1 tells no more about the class than about shuffled classes (p = 0.75), so C means nothing"
            + " there.";
    LayerResult chance = layer("L1", wanting(39, 10), noise());
    assertEquals(List.of(shuffled), of(chance));
    List<String> others = of(chance, layer("L2", 900), layer("L3", 300));
    assertTrue(others.get(0).startsWith("L2 and L3 tell 0."), others::toString);
    assertEquals("But " + shuffled, others.get(2));
    List<String> half = of(layer("L1", wanting(0, 0), samples(300, 1000)), layer("L2", 900));
    assertEquals(
        "But how much other samples would change C of L1 is not known.", half.get(half.size() - 1));
    assertEquals(List.of(), of());
    SampleTable.Builder none = new SampleTable.Builder("none", 1);
    for (int i = 0; i < 4; i++) {
      none.add(new int[] {i / 2}, i % 2, 50);
    }
    assertEquals(
        List.of("L1 tells nothing about the class, so C is undefined."),
        of(layer("L1", WITH_HALVES, none.build())));
    String few = of(layer("L1", wanting(3, 10), samples(900, 1000))).get(2);
    assertEquals("But so few shuffles of the classes cannot tell whether this is chance.", few);
  }

  private static SampleTable noise() {
    SplittableRandom random = new SplittableRandom(1);
    SampleTable.Builder noise = new SampleTable.Builder("noise", 2);
    for (int i = 0; i < 400; i++) {
      noise.add(new int[] {random.nextInt(4), random.nextInt(4)}, random.nextInt(2), 1);
    }
    return noise.build();
  }

  /** Three levels, nine units, 300 samples: no state is seen twice. */
  private static SampleTable wide() {
    SplittableRandom random = new SplittableRandom(1);
    SampleTable.Builder wide = new SampleTable.Builder("wide", 9);
    for (int i = 0; i < 300; i++) {
      int[] units = random.ints(9, 0, 3).toArray();
      wide.add(units, units[0] > 0 ? 1 : 0, 1);
    }
    return wide.build();
  }

  /** What is backed is without the bias of the sample: it may be above a C with it. */
  @Test
  void aPartOfCIsNoMoreThanC() {
    int above = 0;
    for (int seed = 1; seed <= 20; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      SampleTable.Builder few = new SampleTable.Builder("few", 2);
      for (int i = 0; i < 60; i++) {
        few.add(random.ints(2, 0, 5).toArray(), random.nextInt(2), 1);
      }
      LayerResult layer = layer("L1", LayerAnalysis.DEFAULT, few.build());
      double complexity = layer.representationalComplexity();
      above += layer.correction().orElseThrow().lowerBound() > complexity ? 1 : 0;
      Matcher part = Pattern.compile("only (\\S+) rests").matcher(of(layer).toString());
      if (part.find()) {
        assertTrue(Double.parseDouble(part.group(1)) < complexity, of(layer)::toString);
      }
    }
    assertTrue(above > 10, "above: " + above);
  }

  @Test
  void doubtsComeWithIt() {
    LayerAnalysis quick = WITH_HALVES.withCoverage(CoverageSettings.DEFAULT.withPrecision(0.2));
    List<String> unsupported = of(layer("L1", quick, wide()));
    assertTrue(
        unsupported.get(0).startsWith("In these samples L1 tells 0.9"), unsupported::toString);
    assertTrue(
        unsupported
            .get(2)
            .matches(
                "But of C of L1 only 2\\.\\d\\d rests on states that other samples of the class"
                    + " are in, too; the rest may be about these samples alone; how .*"),
        unsupported::toString);
    assertTrue(
        of(layer("L1", LayerAnalysis.DEFAULT, Gates.xor()))
            .get(2)
            .startsWith(
                "But C of L1 says little about the network: even single units have levels"));
    List<String> subsets = of(layer("L1", quick.withMethod(Method.SUBSAMPLING), wide()));
    assertTrue(subsets.get(0).contains("; in random subsets of 5 of its 9 units, 3."));
    assertEquals(
        "But L1 has few samples per state, so that C changes with their number; this is a mean over"
            + " subsets, not C of the layer.",
        subsets.get(1));
    LayerAnalysis groups =
        WITH_HALVES
            .withMethod(Method.COARSE_GRAINING)
            .withCoarseGraining(CoarseGrainingSettings.DEFAULT.withGrouping("1-4;5-9"));
    String bounds = of(layer("L1", groups, wide())).get(0);
    assertTrue(
        bounds.matches(".* of C only bounds are known: 1\\.\\d\\d to [56]\\.\\d\\d, if .*"),
        bounds);
    Report stopped =
        new Report(
            "data",
            "none",
            List.of(layer("L1", wanting(0, 0), samples(900, 1000))),
            0,
            List.of("L2", "L3"));
    assertEquals(
        "But L2 and L3 were not analyzed; how much other samples would change this is not known.",
        InWords.of(stopped).get(2));
  }

  /** Two epochs or more of some repeats; the numbers are those of differing samples. */
  private static List<String> training(boolean complete, int[]... repeats) {
    List<TrajectoryPoint> points = new ArrayList<>();
    for (int repeat = 0; repeat < repeats.length; repeat++) {
      for (int epoch = 0; epoch < repeats[repeat].length; epoch++) {
        LayerResult found = layer("L1", wanting(0, 0), samples(repeats[repeat][epoch], 1000));
        points.add(
            new TrajectoryPoint(
                repeat + 1, 10 * epoch, Double.NaN, 1, Double.NaN, found.summary()));
      }
    }
    return InWords.of(new Trajectory("data", "net", repeats.length, points, complete, List.of()));
  }

  @Test
  void trainingsHaveACourseToo() {
    assertEquals(
        List.of(
            "On average over three trainings and from epoch 0 to 20, what the layers tell becomes"
                + " easier to read in L1 (C from 1.57 to 1.38)."),
        training(
            true, new int[] {300, 500, 900}, new int[] {310, 480, 910}, new int[] {290, 510, 890}));
    assertEquals(
        List.of(
            "On average over three trainings and from epoch 0 to 10, what the layers tell becomes"
                + " neither clearly easier nor clearly harder to read in L1 (C from 1.50 to 1.44)."),
        training(true, new int[] {300, 900}, new int[] {900, 310}, new int[] {290, 890}));
    assertEquals(
        List.of(
            "From epoch 0 to 20, what the layers tell becomes easier to read first, then harder in"
                + " L1 (C from 1.57 over 1.38 at epoch 10 to 1.54).",
            "But not all of the training is done; this is one training of these samples, and another"
                + " may go another way."),
        training(false, new int[] {300, 900, 500}));
  }

  @Test
  void textAndJsonHaveTheSentences() throws Exception {
    Report report = new Report("data", "none", List.of(layer("L1", 900)), 0);
    StringWriter text = new StringWriter();
    Format.TEXT.write(report, text);
    List<String> sentences = InWords.of(report);
    assertEquals(2, sentences.size());
    String whole = text.toString();
    assertTrue(
        whole.replace("\n", " ").contains("  " + String.join(" ", sentences) + "  Layer "), whole);
    StringWriter json = new StringWriter();
    Format.JSON.write(report, json);
    JsonArray told =
        JsonParser.parseString(json.toString()).getAsJsonObject().getAsJsonArray("inWords");
    assertEquals(sentences, told.asList().stream().map(JsonElement::getAsString).toList());
  }
}
