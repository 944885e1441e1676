package nnpid.command;

import static nnpid.command.CommandLine.json;
import static nnpid.command.CommandLine.layer;
import static nnpid.command.CommandLine.layers;
import static nnpid.command.CommandLine.list;
import static nnpid.command.CommandLine.number;
import static nnpid.command.CommandLine.numbers;
import static nnpid.command.CommandLine.run;
import static nnpid.command.CommandLine.strings;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the command line does with good input: every option, every format. */
class RepresentationalComplexityTest {
  private static final double TOLERANCE = 1e-12;

  private static final String XOR =
      """
      @relation xor
      @attribute a {0,1}
      @attribute b {0,1}
      @attribute class {0,1}
      @data
      0,0,0
      0,1,1
      1,0,1
      1,1,0
      """;

  /** z = x AND y: as targets, x and z differ in what the others know of them. */
  private static final String AND =
      """
      @relation and
      @attribute x {0,1}
      @attribute y {0,1}
      @attribute z {0,1}
      @data
      0,0,0
      0,1,0
      1,0,0
      1,1,1
      """;

  /** Layers whose order of appearance is not that of their names; L1 is XOR. */
  private static final String LAYERS =
      """
      @relation network
      @attribute L2_1 {0,1}
      @attribute L1_1 {0,1}
      @attribute L2_2 {0,1}
      @attribute L1_2 {0,1}
      @attribute L2_3 {0,1}
      @attribute bias {0}
      @attribute class {0,1}
      @data
      0,0,0,0,0,0,0
      1,0,1,1,0,0,1
      0,1,0,0,1,0,1
      1,1,0,1,0,0,0
      """;

  /** One missing value, in a source. */
  private static final String MISSING = XOR + "?,1,0\n";

  @TempDir private Path directory;

  private String file(String name, String text) {
    return CommandLine.file(directory, name, text);
  }

  private String xor() {
    return file("xor.arff", XOR);
  }

  /** Samples of units that know something of a class and are noisy. */
  private static String noisy(int units, int samples) {
    SplittableRandom random = new SplittableRandom(20);
    StringBuilder text = new StringBuilder("@relation noisy\n");
    for (int unit = 1; unit <= units; unit++) {
      text.append("@attribute u").append(unit).append(" {0,1,2}\n");
    }
    text.append("@attribute class {0,1}\n@data\n");
    for (int sample = 0; sample < samples; sample++) {
      int target = random.nextInt(2);
      for (int unit = 0; unit < units; unit++) {
        text.append(target + random.nextInt(2)).append(',');
      }
      text.append(target).append('\n');
    }
    return text.toString();
  }

  /** Activations of two tanh-like units of a three-class problem. */
  private static String activations() {
    SplittableRandom random = new SplittableRandom(21);
    StringBuilder text =
        new StringBuilder(
            "@relation activations\n@attribute u1 numeric\n@attribute u2 numeric\n"
                + "@attribute class {a,b,c}\n@data\n");
    for (int sample = 0; sample < 60; sample++) {
      int target = random.nextInt(3);
      text.append(Math.tanh(target - 1 + random.nextDouble()))
          .append(',')
          .append(Math.tanh(random.nextDouble() - target / 2.0))
          .append(',')
          .append("abc".charAt(target))
          .append('\n');
    }
    return text.toString();
  }

  private static double log2(double x) {
    return Math.log(x) / Math.log(2);
  }

  // Input

  @Test
  void xorHasComplexityLog2Of8Over3() {
    JsonObject xor = layer("-t", xor());
    assertEquals(log2(8.0 / 3), number(xor, "representationalComplexity"), TOLERANCE);
    assertArrayEquals(
        new double[] {log2(1.5), log2(4.0 / 3)}, numbers(xor, "degreeOfSynergy"), TOLERANCE);
  }

  @Test
  void readsArffCompressedArffAndCsvAlike() throws IOException {
    Path compressed = directory.resolve("xor.arff.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(compressed))) {
      out.write(XOR.getBytes(StandardCharsets.UTF_8));
    }
    String csv = file("xor.csv", "a,b,class\n0,0,no\n0,1,yes\n1,0,yes\n1,1,no\n");
    JsonObject expected = layer("-t", xor());
    assertEquals(expected, layer("-t", compressed.toString()));
    JsonObject fromCsv = layer("-t", csv);
    fromCsv.remove("quantizedUnits"); // CSV has numbers
    assertEquals(expected, fromCsv);
  }

  @Test
  void readsOtherFormatsOfWekaByTheirExtension() {
    String json =
        file(
            "xor.json",
            """
            {"header": {"relation": "xor", "attributes": [
              {"name": "a", "type": "nominal", "class": false, "weight": 1.0, "labels": ["0","1"]},
              {"name": "b", "type": "nominal", "class": false, "weight": 1.0, "labels": ["0","1"]},
              {"name": "class", "type": "nominal", "class": true, "weight": 1.0,
                "labels": ["0","1"]}]},
             "data": [
              {"sparse": false, "weight": 1.0, "values": ["0","0","0"]},
              {"sparse": false, "weight": 1.0, "values": ["0","1","1"]},
              {"sparse": false, "weight": 1.0, "values": ["1","0","1"]},
              {"sparse": false, "weight": 1.0, "values": ["1","1","0"]}]}
            """);
    assertEquals(layer("-t", xor()), layer("-t", json));
  }

  @Test
  void weightsOfInstancesCountLikeRepeatedRows() {
    String weighted =
        file(
            "weighted.arff",
            XOR.replace("0,0,0\n", "0,0,0,{3}\n").replace("1,0,1\n", "1,0,1,{2}\n"));
    String repeated = file("repeated.arff", XOR + "0,0,0\n0,0,0\n1,0,1\n");
    assertSameInformation(layer("-t", repeated), layer("-t", weighted));
    assertEquals(7, number(layer("-t", weighted), "weight"), 0);
    assertEquals(4, number(layer("-t", weighted), "instances"), 0);
  }

  @Test
  void weightsAttributeCountsLikeRepeatedRowsAndIsNoSource() {
    String table = file("table.csv", "a,b,count,class\n0,0,3,no\n0,1,1,yes\n1,0,2,yes\n1,1,1,no\n");
    String repeated = file("repeated.arff", XOR + "0,0,0\n0,0,0\n1,0,1\n");
    JsonObject weighted = layer("-t", table, "-weights", "count");
    assertSameInformation(layer("-t", repeated), weighted);
    assertEquals(List.of("a", "b"), strings(weighted, "sources"));
    assertEquals(7, number(weighted, "weight"), 0);
  }

  private static void assertSameInformation(JsonObject expected, JsonObject actual) {
    for (String name : List.of("entropySources", "entropyTarget", "mutualInformation")) {
      assertEquals(number(expected, name), number(actual, name), TOLERANCE, name);
    }
    assertEquals(
        number(expected, "representationalComplexity"),
        number(actual, "representationalComplexity"),
        TOLERANCE);
    for (String name :
        List.of("degreeOfSynergy", "degreeOfSynergyInformative", "degreeOfSynergyMisinformative")) {
      assertArrayEquals(numbers(expected, name), numbers(actual, name), TOLERANCE, name);
    }
  }

  // Which attributes

  @ParameterizedTest
  @CsvSource({"last,z,x y", "3,z,x y", "z,z,x y", "first,x,y z", "2,y,x z", "y,y,x z"})
  void classIsAnIndexFirstLastOrName(String option, String target, String sources) {
    JsonObject layer = layer("-t", file("and.arff", AND), "-c", option);
    assertEquals(target, layer.get("target").getAsString());
    assertEquals(List.of(sources.split(" ")), strings(layer, "sources"));
    // H(z) = h(1/4) is known from x and y; of x only half a bit from y and z.
    double expected = target.equals("z") ? 2 - 0.75 * log2(3) : 0.5;
    assertEquals(expected, number(layer, "mutualInformation"), TOLERANCE);
  }

  @Test
  void nominalClassMakesEveryNumberAClass() {
    String csv = file("digits.csv", "a,b,digit\n0,0,7\n0,1,9\n1,0,9\n1,1,7.5\n");
    JsonObject layer = layer("-t", csv, "-nominal-class");
    assertEquals(1.5, number(layer, "entropyTarget"), TOLERANCE);
    assertEquals("digit", layer.get("target").getAsString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "2;L1_1",
        "1,3;L2_1 L2_2",
        "1-3;L2_1 L1_1 L2_2",
        "first,4-5;L2_1 L1_2 L2_3",
        "first-2,4;L2_1 L1_1 L1_2",
        "L1_.*;L1_1 L1_2",
        ".*_1|bias;L2_1 L1_1 bias",
        "L2_1;L2_1"
      })
  void sourcesAreIndicesRangesOrARegexOnWholeNames(String option, String names) {
    JsonObject layer = layer("-t", file("layers.arff", LAYERS), "-sources", option);
    assertEquals(List.of(names.split(" ")), strings(layer, "sources"));
    assertEquals(names.split(" ").length, layer.getAsJsonArray("degreeOfSynergy").size());
  }

  @Test
  void sourcesByDefaultAreAllButTheClass() {
    JsonObject layer = layer("-t", file("and.arff", AND), "-c", "2");
    assertEquals(List.of("x", "z"), strings(layer, "sources"));
  }

  @Test
  void indicesCountTheClassAsWell() {
    JsonObject layer = layer("-t", file("and.arff", AND), "-c", "first", "-sources", "3");
    assertEquals(List.of("z"), strings(layer, "sources"));
  }

  @Test
  void layersAreReportedInOrderOfAppearanceWithoutOtherAttributes() {
    List<JsonObject> layers =
        layers(json("-t", file("layers.arff", LAYERS), "-layers", "(L\\d+)_.*"));
    assertEquals(
        List.of("L2", "L1"), layers.stream().map(l -> l.get("layer").getAsString()).toList());
    assertEquals(List.of("L2_1", "L2_2", "L2_3"), strings(layers.get(0), "sources"));
    assertEquals(List.of("L1_1", "L1_2"), strings(layers.get(1), "sources"));
    assertEquals(log2(8.0 / 3), number(layers.get(1), "representationalComplexity"), TOLERANCE);
  }

  @Test
  void everyLayerEqualsARunOnItsUnitsAlone() {
    String file = file("layers.arff", LAYERS);
    for (JsonObject layer :
        layers(json("-t", file, "-layers", "(L\\d+)_.*", "-sources", "L\\d+_.*"))) {
      String name = layer.remove("layer").getAsString();
      JsonObject alone = layer("-t", file, "-sources", name + "_.*");
      assertEquals("all", alone.remove("layer").getAsString());
      assertEquals(alone, layer, name);
    }
  }

  @Test
  void groupsAreSourcesWhoseStatesAreTuples() {
    String units = file("units.arff", noisy(3, 40));
    JsonObject grouped = layer("-t", units, "-groups", "1,3;2", "-atoms");
    String tuples =
        noisy(3, 40)
            .replaceFirst("(?s)@attribute u1 .*@attribute class", "@attribute class")
            .replace(
                "@attribute class",
                "@attribute u13 {00,01,02,10,11,12,20,21,22}\n@attribute u2 {0,1,2}\n"
                    + "@attribute class")
            .replaceAll("(?m)^(\\d),(\\d),(\\d),", "$1$3,$2,");
    JsonObject tupled = layer("-t", file("tuples.arff", tuples), "-atoms");
    assertSameInformation(tupled, grouped);
    assertEquals(antichains(tupled), antichains(grouped));
    JsonArray sources = grouped.getAsJsonArray("sources");
    assertEquals(2, sources.size());
    assertEquals(
        List.of("u1", "u3"),
        list(sources.get(0).getAsJsonArray()).stream().map(JsonElement::getAsString).toList());
    assertEquals("u2", sources.get(1).getAsString());
  }

  @Test
  void groupsTakeRangesAndMakeFewSourcesOfManyUnits() {
    JsonObject layer = layer("-t", file("nine.arff", noisy(9, 30)), "-groups", "1-3;4-6,9;7,8");
    assertEquals(3, layer.getAsJsonArray("degreeOfSynergy").size());
    assertEquals(
        number(layer("-t", file("nine.arff", noisy(9, 30)), "-groups", "1-9"), "mutualInformation"),
        number(layer, "mutualInformation"),
        TOLERANCE);
  }

  // Pairs

  /** Pairs are what the lattice of a layer of these two units says; of more units the best. */
  @Test
  void pairsAreDecomposedAsLayersOfTwoUnits() {
    String file = file("four.arff", noisy(4, 100));
    JsonObject layer = layer("-t", file, "-pairs", "3");
    assertEquals(3, layer.get("unitsInPairs").getAsInt());
    assertEquals(3, layer.getAsJsonArray("pairs").size());
    for (JsonElement element : layer.getAsJsonArray("pairs")) {
      JsonObject pair = element.getAsJsonObject();
      String units = pair.get("unit1").getAsString() + "|" + pair.get("unit2").getAsString();
      Map<String, Double> atoms = new HashMap<>();
      for (JsonElement atom :
          layer("-t", file, "-sources", units, "-layers", "all", "-atoms")
              .getAsJsonArray("atoms")) {
        atoms.put(
            atom.getAsJsonObject().get("antichain").getAsString(),
            atom.getAsJsonObject().get("average").getAsDouble());
      }
      assertEquals(atoms.get("{1}"), number(pair, "unique1"), TOLERANCE);
      assertEquals(atoms.get("{2}"), number(pair, "unique2"), TOLERANCE);
      assertEquals(atoms.get("{1}{2}"), number(pair, "redundant"), TOLERANCE);
      assertEquals(atoms.get("{1,2}"), number(pair, "synergistic"), TOLERANCE);
    }
    CommandLine csv = run("-t", file, "-pairs", "4", "-format", "csv");
    assertEquals(7, csv.out().lines().count(), csv::out);
    String text = run("-t", file, "-pairs", "3").out();
    assertTrue(text.contains("Of 4 units the 3 with the most information."), text);
    assertTrue(
        run("-t", file, "-pairs", "1").err().contains("(-pairs 1) must be 0"), "one is no pair");
    assertTrue(
        run("-t", file, "-pairs", "3", "-atoms", "-format", "csv").err().contains("is one table"));
  }

  // Ranked subsets

  /** Merits are those of layers of these units; the best come first. */
  @Test
  void subsetsAreRankedByWhatLayersOfTheirUnitsSay() {
    String file = file("four.arff", noisy(4, 100));
    JsonObject ranking = layer("-t", file, "-rank", "2-3").getAsJsonObject("ranking");
    List<JsonElement> subsets = ranking.getAsJsonArray("subsets").asList();
    assertEquals(10, subsets.size());
    double before = Double.POSITIVE_INFINITY;
    for (JsonElement element : subsets) {
      JsonObject subset = element.getAsJsonObject();
      double[] degrees =
          numbers(
              layer(
                  "-t",
                  file,
                  "-sources",
                  String.join("|", strings(subset, "units")),
                  "-layers",
                  "all"),
              "degreeOfSynergy");
      double merit =
          IntStream.range(0, degrees.length).mapToDouble(k -> degrees[k] / (k + 1)).sum();
      assertEquals(merit, number(subset, "merit"), TOLERANCE);
      assertTrue(merit <= before + TOLERANCE, ranking::toString);
      before = merit;
    }
    CommandLine csv = run("-t", file, "-rank", "any", "-rank-limit", "7", "-format", "csv");
    assertEquals(8, csv.out().lines().distinct().count(), csv::out);
    String text = run("-t", file, "-rank", "any", "-rank-limit", "7", "-seed", "3").out();
    assertTrue(text.contains("sample (seed 3) of 7 of the 15 subsets of size 1-4."), text);
    // No single unit has nine tenths of the information of all.
    JsonObject alone =
        layer("-t", file, "-rank", "1", "-merit", "complexity").getAsJsonObject("ranking");
    assertEquals(4, alone.get("leftOut").getAsInt());
    assertTrue(run("-t", file, "-merit", "synergy").err().contains("must go with -rank"));
    assertTrue(run("-t", file, "-rank", "5").err().contains("(-rank 5) must have at most 4"));
    assertTrue(
        run("-t", file, "-rank", "2", "-pairs", "3", "-format", "csv")
            .err()
            .contains("is one table"));
  }

  /** A chart of the layers, and a heat map of the pairs of each. */
  @Test
  void chartsAreWritten(@TempDir Path charts) {
    String prefix = charts.resolve("mine").toString();
    CommandLine run = run("-t", xor(), "-pairs", "2", "-layers", "all", "-charts", prefix);
    assertTrue(run.ok(), run::err);
    for (String name : List.of("complexity", "pairs-all")) {
      for (String kind : List.of(".png", ".svg")) {
        assertTrue(Files.exists(Path.of(prefix + "-" + name + kind)), name + kind);
      }
    }
    run = run("-t", xor(), "-charts", charts.resolve("none/mine").toString());
    assertFalse(run.ok());
    assertTrue(run.err().contains("-charts"), run::err);
  }

  // Quantizing

  @Test
  void numericUnitsAreQuantizedByDefaultAndTheOutputSaysHow() {
    String file = file("activations.arff", activations());
    String quantization = json("-t", file).get("quantization").getAsString();
    assertTrue(
        quantization.startsWith(
            "weka.filters.unsupervised.attribute.QuantizeActivations -L 8 -rounding"
                + " center-saturating -limits auto"),
        quantization);
    assertTrue(run("-t", file).out().contains("Quantization: " + quantization + "\n"));
    assertEquals(
        layer("-t", file),
        layer("-t", file, "-Q", "weka.filters.unsupervised.attribute.QuantizeActivations"));
  }

  @Test
  void nominalUnitsAreNotQuantized() {
    assertEquals(
        "none, all sources are nominal", json("-t", xor()).get("quantization").getAsString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "weka.filters.unsupervised.attribute.QuantizeActivations -L 2 -limits tanh",
        "weka.filters.unsupervised.attribute.Discretize -B 2 -R first-last"
      })
  void quantizerIsAnyFilterThatMakesUnitsNominal(String filter) {
    String file = file("activations.arff", activations());
    JsonObject report = json("-t", file, "-Q", filter);
    String quantization = report.get("quantization").getAsString();
    assertTrue(quantization.startsWith(filter.substring(0, filter.indexOf(' '))), quantization);
    // Two units of two levels are at most two bits; of eight levels they have more.
    assertTrue(number(layers(report).get(0), "entropySources") <= 2);
    assertTrue(number(layer("-t", file), "entropySources") > 2);
  }

  @Test
  void twoLevelsSplitTheRangeOfTheDataInTheMiddle() {
    String csv =
        file("numbers.csv", "a,b,class\n-0.9,10,no\n-0.2,30.5,yes\n0.9,11,yes\n0.3,40,no\n");
    JsonObject layer =
        layer("-t", csv, "-Q", "weka.filters.unsupervised.attribute.QuantizeActivations -L 2");
    assertEquals(log2(8.0 / 3), number(layer, "representationalComplexity"), TOLERANCE);
  }

  @Test
  void classNeverGoesThroughTheQuantizer() {
    String csv = file("digits.csv", "a,b,digit\n0.1,0.3,70\n0,1,71\n1,0,1\n1,1,2\n");
    assertEquals(2, number(layer("-t", csv, "-nominal-class"), "entropyTarget"), TOLERANCE);
  }

  @Test
  void seedDecidesStochasticRounding() {
    String file = file("activations.arff", activations());
    String filter =
        "weka.filters.unsupervised.attribute.QuantizeActivations -rounding stochastic -S 1";
    JsonObject first = layer("-t", file, "-Q", filter, "-seed", "1");
    assertEquals(first, layer("-t", file, "-Q", filter, "-seed", "1"));
    assertEquals(first, layer("-t", file, "-Q", filter));
    assertNotEquals(first, layer("-t", file, "-Q", filter, "-seed", "2"));
  }

  @Test
  void seedDoesNotMatterToRoundingThatIsNotRandom() {
    String file = file("activations.arff", activations());
    assertEquals(
        layer("-t", file, "-halves", "0"), layer("-t", file, "-halves", "0", "-seed", "5"));
  }

  // Missing values

  @Test
  void missingValuesAreALevelOfTheirOwnByDefault() {
    String file = file("missing.arff", MISSING);
    JsonObject layer = layer("-t", file);
    assertEquals(5, number(layer, "instances"), 0);
    assertEquals(5, number(layer, "realizations"), 0);
    assertTrue(strings(layer, "warnings").get(0).contains("missing"));
    assertEquals(layer, layer("-t", file, "-missing", "level"));
    JsonObject third = layer("-t", file("third.arff", third()));
    assertSameInformation(third, layer);
  }

  /** {@link #MISSING} with a third level for the missing value. */
  private static String third() {
    return MISSING.replace("@attribute a {0,1}", "@attribute a {0,1,2}").replace("?,", "2,");
  }

  @Test
  void missingDropLeavesTheInstanceOut() {
    JsonObject layer = layer("-t", file("missing.arff", MISSING), "-missing", "drop");
    assertSameInformation(layer("-t", xor()), layer);
    assertLeftOut(layer, 4, "missingValues");
  }

  /** One instance, for one reason. */
  private static void assertLeftOut(JsonObject layer, int counted, String reason) {
    assertEquals(counted, number(layer, "instances"), 0);
    assertEquals(1, number(layer, "instancesLeftOut"), 0);
    JsonObject reasons = layer.getAsJsonObject("instancesLeftOutBecause");
    for (String name : reasons.keySet()) {
      assertEquals(name.equals(reason) ? 1 : 0, number(reasons, name), 0, name);
    }
  }

  @Test
  void missingNumbersAreALevelOfTheirOwnToo() {
    String csv = file("numbers.csv", "a,class\n0,no\n1,yes\n?,maybe\n?,maybe\n");
    assertEquals(1.5, number(layer("-t", csv), "mutualInformation"), TOLERANCE);
  }

  @Test
  void missingDropDropsPerLayer() {
    String file = file("layers.arff", LAYERS + "?,0,1,1,1,0,1\n");
    List<JsonObject> layers = layers(json("-t", file, "-layers", "(L\\d+)_.*", "-missing", "drop"));
    assertEquals(4, number(layers.get(0), "instances"), 0);
    assertEquals(5, number(layers.get(1), "instances"), 0);
  }

  @Test
  void instancesWithoutClassDoNotCount() {
    JsonObject layer = layer("-t", file("unlabeled.arff", XOR + "1,1,?\n"));
    assertSameInformation(layer("-t", xor()), layer);
    assertLeftOut(layer, 4, "noClass");
  }

  @Test
  void instancesOfWeightZeroDoNotCount() {
    JsonObject braces = layer("-t", file("zero.arff", XOR + "1,1,1,{0}\n"));
    String table =
        file("zero.csv", "a,b,n,class\n0,0,1,no\n0,1,1,yes\n1,0,1,yes\n1,1,1,no\n1,1,0,yes\n");
    for (JsonObject layer : List.of(braces, layer("-t", table, "-weights", "n"))) {
      assertSameInformation(layer("-t", xor()), layer);
      assertLeftOut(layer, 4, "weightZero");
    }
  }

  // What is computed

  @Test
  void measureSxIsTheDefault() {
    JsonObject layer = layer("-t", xor(), "-measure", "sx");
    assertEquals("sx", layer.get("measure").getAsString());
    assertEquals(layer("-t", xor()), layer);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6})
  void complexityOnlyIsTheBackboneWithTheValuesOfTheLattice(int units) {
    String file = file("units.arff", noisy(units, 20));
    JsonObject backbone = layer("-t", file, "-complexity-only");
    // Six sources take the lattice only where atoms are asked for.
    JsonObject lattice = layer("-t", file, "-top", "1");
    assertEquals("backbone", backbone.get("method").getAsString());
    assertEquals("lattice", lattice.get("method").getAsString());
    assertFalse(backbone.has("atoms"));
    assertEquals(
        number(lattice, "representationalComplexity"),
        number(backbone, "representationalComplexity"),
        1e-9);
    assertArrayEquals(
        numbers(lattice, "degreeOfSynergy"), numbers(backbone, "degreeOfSynergy"), 1e-9);
  }

  @Test
  void sixSourcesWithoutAtomsTakeTheBackbone() {
    JsonObject layer = layer("-t", file("six.arff", noisy(6, 20)));
    assertEquals("backbone", layer.get("method").getAsString());
    assertEquals(6, layer.getAsJsonArray("degreeOfSynergy").size());
  }

  @Test
  void atomsOfXorAreKnown() {
    JsonObject layer = layer("-t", xor(), "-atoms");
    assertEquals("lattice", layer.get("method").getAsString());
    Map<String, Double> averages = averages(layer);
    assertEquals(
        List.of("{1,2}", "{1}", "{1}{2}", "{2}"), averages.keySet().stream().sorted().toList());
    assertEquals(log2(2.0 / 3), averages.get("{1}{2}"), TOLERANCE);
    assertEquals(log2(1.5), averages.get("{1}"), TOLERANCE);
    assertEquals(log2(1.5), averages.get("{2}"), TOLERANCE);
    assertEquals(log2(4.0 / 3), averages.get("{1,2}"), TOLERANCE);
  }

  @ParameterizedTest
  @CsvSource({"1,1", "2,4", "3,18", "4,166", "5,7579"})
  void atomsAreOnePerAntichainAndSumToTheMutualInformation(int units, int atoms) {
    JsonObject layer = layer("-t", file("units.arff", noisy(units, 25)), "-atoms");
    assertEquals(atoms, antichains(layer).stream().distinct().count());
    assertEquals(atoms, layer.getAsJsonArray("atoms").size());
    double sum = 0;
    for (JsonObject atom : atoms(layer)) {
      assertEquals(
          number(atom, "informative") - number(atom, "misinformative"),
          number(atom, "average"),
          TOLERANCE);
      sum += number(atom, "average");
    }
    assertEquals(number(layer, "mutualInformation"), sum, 1e-10);
  }

  @Test
  void antichainsOfThreeSourcesAreWrittenInAscendingOrder() {
    JsonObject layer = layer("-t", file("units.arff", noisy(3, 25)), "-atoms");
    assertEquals(
        Stream.of(
                "{1}",
                "{2}",
                "{3}",
                "{1}{2}",
                "{1}{3}",
                "{2}{3}",
                "{1}{2}{3}",
                "{1,2}",
                "{1,3}",
                "{2,3}",
                "{1}{2,3}",
                "{2}{1,3}",
                "{3}{1,2}",
                "{1,2}{1,3}",
                "{1,2}{2,3}",
                "{1,3}{2,3}",
                "{1,2}{1,3}{2,3}",
                "{1,2,3}")
            .sorted()
            .toList(),
        antichains(layer).stream().sorted().toList());
  }

  @Test
  void topListsTheAtomsOfLargestAbsoluteValue() {
    String file = file("units.arff", noisy(3, 25));
    List<Double> expected =
        averages(layer("-t", file, "-atoms")).values().stream()
            .map(Math::abs)
            .sorted(Comparator.reverseOrder())
            .limit(5)
            .toList();
    JsonObject top = layer("-t", file, "-top", "5");
    assertEquals("lattice", top.get("method").getAsString());
    assertEquals(
        expected, atoms(top).stream().map(atom -> Math.abs(number(atom, "average"))).toList());
  }

  @Test
  void topOfMoreThanThereAreListsAll() {
    assertEquals(4, layer("-t", xor(), "-top", "1000").getAsJsonArray("atoms").size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"text", "json", "csv"})
  void threadsDoNotChangeAByte(String format) {
    String[] options = {"-example", "-atoms", "-format", format, "-threads", "1"};
    CommandLine one = run(options);
    options[options.length - 1] = "2";
    assertTrue(one.ok(), one::err);
    assertEquals(one, run(options));
  }

  @Test
  void threadsDoNotChangeAByteOfTheBackbone() {
    String file = file("six.arff", noisy(6, 200));
    CommandLine one = run("-t", file, "-format", "json", "-threads", "1");
    assertTrue(one.ok(), one::err);
    assertEquals(one, run("-t", file, "-format", "json", "-threads", "2"));
  }

  private static List<JsonObject> atoms(JsonObject layer) {
    return list(layer.getAsJsonArray("atoms")).stream().map(JsonElement::getAsJsonObject).toList();
  }

  private static List<String> antichains(JsonObject layer) {
    return atoms(layer).stream().map(atom -> atom.get("antichain").getAsString()).toList();
  }

  private static Map<String, Double> averages(JsonObject layer) {
    return atoms(layer).stream()
        .collect(
            Collectors.toMap(
                atom -> atom.get("antichain").getAsString(), atom -> number(atom, "average")));
  }

  // The bundled example

  /**
   * The rows mnist8,0,1000 of the reference table, computed independently and written with 8
   * decimals (entropies with 6).
   */
  @ParameterizedTest
  @CsvSource({
    "0,L3,3.30682504,1.73201574,1.16357435,0.35332324,0.05469150,0.00322021,1.61907605,"
        + "1484,6.410947,3.319871",
    "1,L4,3.30523492,2.30767983,0.87944677,0.11193213,0.00611093,0.00006527,1.33943272,"
        + "771,5.148004,3.319871",
    "2,L5,3.30345037,2.54984364,0.65266108,0.09831562,0.00261419,0.00001584,1.25948573,"
        + "519,4.572044,3.319871"
  })
  void exampleHasTheValuesOfTheReference(
      int index,
      String name,
      double mutualInformation,
      double pi1,
      double pi2,
      double pi3,
      double pi4,
      double pi5,
      double complexity,
      int realizations,
      double entropySources,
      double entropyTarget) {
    List<JsonObject> layers = layers(json("-example"));
    assertEquals(3, layers.size());
    JsonObject layer = layers.get(index);
    assertEquals(name, layer.get("layer").getAsString());
    assertEquals("digit", layer.get("target").getAsString());
    assertEquals(60_000, number(layer, "weight"), 0);
    assertEquals(realizations, number(layer, "realizations"), 0);
    assertEquals(mutualInformation, number(layer, "mutualInformation"), 6e-9);
    assertArrayEquals(
        new double[] {pi1, pi2, pi3, pi4, pi5}, numbers(layer, "degreeOfSynergy"), 6e-9);
    assertEquals(complexity, number(layer, "representationalComplexity"), 6e-9);
    assertEquals(entropySources, number(layer, "entropySources"), 6e-7);
    assertEquals(entropyTarget, number(layer, "entropyTarget"), 6e-7);
  }

  @Test
  void exampleIsTheFileInThePackagesExamples() {
    JsonObject file = json("-t", "weka-package/examples/mnist_layers.arff", "-layers", "(L\\d)_.*");
    assertEquals(file, json("-example"));
  }

  @Test
  void exampleTakesOtherLayers() {
    List<JsonObject> layers = layers(json("-example", "-layers", "(L5)_[12]"));
    assertEquals(1, layers.size());
    assertEquals(List.of("L5_1", "L5_2"), strings(layers.get(0), "sources"));
  }

  // JSON

  @Test
  void jsonHasTheMembersOfTheSchemaInItsOrder() {
    JsonObject report = json("-t", xor(), "-atoms");
    assertEquals("1.0.0-SNAPSHOT", report.get("version").getAsString());
    JsonObject layer = layers(report).get(0);
    List<String> schema =
        List.of(
            "layer",
            "sources",
            "target",
            "measure",
            "method",
            "unit",
            "instances",
            "instancesLeftOut",
            "weight",
            "sampleSize",
            "passes",
            "realizations",
            "realizationsPerInstance",
            "informationBias",
            "entropySources",
            "entropyTarget",
            "mutualInformation",
            "representationalComplexity",
            "degreeOfSynergy",
            "degreeOfSynergyInformative",
            "degreeOfSynergyMisinformative",
            "atoms");
    assertEquals(schema, layer.keySet().stream().filter(schema::contains).toList());
    assertEquals("bit", layer.get("unit").getAsString());
    for (String name : schema.subList(6, 17)) {
      JsonPrimitive value = layer.getAsJsonPrimitive(name);
      assertTrue(value.isNumber(), name);
    }
    for (JsonObject atom : atoms(layer)) {
      assertEquals(
          List.of("antichain", "informative", "misinformative", "average"),
          List.copyOf(atom.keySet()));
    }
  }

  @Test
  void jsonListsDegreesOfSynergyFromOneToTheNumberOfSources() {
    for (JsonObject layer : layers(json("-example"))) {
      double[] informative = numbers(layer, "degreeOfSynergyInformative");
      double[] misinformative = numbers(layer, "degreeOfSynergyMisinformative");
      double[] average = numbers(layer, "degreeOfSynergy");
      assertEquals(5, average.length);
      assertArrayEquals(
          average,
          IntStream.range(0, 5).mapToDouble(k -> informative[k] - misinformative[k]).toArray(),
          TOLERANCE);
      double information = number(layer, "mutualInformation");
      assertEquals(information, DoubleStream.of(average).sum(), 1e-10);
      double weighted = IntStream.range(0, 5).mapToDouble(k -> (k + 1) * average[k]).sum();
      assertEquals(weighted / information, number(layer, "representationalComplexity"), TOLERANCE);
    }
  }

  @Test
  void jsonNumbersHaveFullPrecision() {
    JsonObject layer = layer("-t", file("units.arff", noisy(4, 100)));
    for (String name : List.of("entropySources", "mutualInformation")) {
      String text = layer.get(name).getAsString();
      assertEquals(Double.toString(Double.parseDouble(text)), text);
      assertTrue(text.length() > 15, text);
    }
  }

  @Test
  void noInformationLeavesComplexityNullWithANote() {
    String file =
        file(
            "independent.arff",
            XOR.replace("0,0,0\n", "0,0,0\n0,0,1\n")
                .replace("0,1,1\n", "0,1,0\n0,1,1\n")
                .replace("1,0,1\n", "1,0,0\n1,0,1\n")
                .replace("1,1,0\n", "1,1,0\n1,1,1\n"));
    JsonObject layer = layer("-t", file);
    assertEquals(0, number(layer, "mutualInformation"), TOLERANCE);
    assertTrue(layer.get("representationalComplexity").isJsonNull());
    assertTrue(layer.get("note").getAsString().contains("undefined"));
    String text = run("-t", file).out();
    assertTrue(text.contains("undefined"), text);
    assertFalse(text.contains("NaN"), text);
    List<List<String>> csv = parseCsv(run("-t", file, "-format", "csv").out());
    assertEquals("", csv.get(1).get(csv.get(0).indexOf("representationalComplexity")));
  }

  @Test
  void definedComplexityHasNoNote() {
    assertFalse(layer("-t", xor()).has("note"));
  }

  @Test
  void namesThatNeedEscapingSurviveInJsonAndCsv() {
    String name = "a,\"b\\c";
    String file = file("names.csv", "'" + name.replace("\\", "\\\\") + "',class\n0,no\n1,yes\n");
    JsonObject layer = layer("-t", file);
    String read = strings(layer, "sources").get(0);
    assertTrue(read.contains(",") && read.contains("\""), read);
    List<List<String>> csv = parseCsv(run("-t", file, "-format", "csv").out());
    assertEquals(read, csv.get(1).get(csv.get(0).indexOf("sources")));
  }

  // CSV

  @Test
  void csvHasOneRowPerLayerWithTheValuesOfTheJson() {
    String file = file("layers.arff", LAYERS);
    List<List<String>> csv =
        parseCsv(run("-t", file, "-layers", "(L\\d)_.*", "-format", "csv").out());
    List<JsonObject> layers = layers(json("-t", file, "-layers", "(L\\d)_.*"));
    List<String> header = csv.get(0);
    assertEquals(header.size(), header.stream().distinct().count());
    assertEquals(1 + layers.size(), csv.size());
    for (int i = 0; i < layers.size(); i++) {
      List<String> row = csv.get(i + 1);
      assertEquals(header.size(), row.size());
      for (String name : List.of("layer", "target", "measure", "method", "weightsAre")) {
        assertEquals(layers.get(i).get(name).getAsString(), row.get(header.indexOf(name)));
      }
      for (String name :
          List.of(
              "instances",
              "instancesLeftOut",
              "weight",
              "sampleSize",
              "realizations",
              "realizationsPerInstance",
              "informationBias",
              "entropySources",
              "entropyTarget",
              "mutualInformation",
              "representationalComplexity")) {
        assertEquals(
            number(layers.get(i), name),
            Double.parseDouble(row.get(header.indexOf(name))),
            0,
            name);
      }
      double[] degrees = numbers(layers.get(i), "degreeOfSynergy");
      for (int degree = 1; degree <= 3; degree++) {
        String cell = row.get(header.indexOf("degreeOfSynergy" + degree));
        assertEquals(degree <= degrees.length ? "" + degrees[degree - 1] : "", cell);
      }
    }
  }

  @Test
  void csvHasOneRowPerAtomWithTheValuesOfTheJson() {
    String file = file("units.arff", noisy(3, 25));
    List<List<String>> csv = parseCsv(run("-t", file, "-atoms", "-format", "csv").out());
    List<JsonObject> atoms = atoms(layer("-t", file, "-atoms"));
    assertEquals(
        List.of(
            "layer", "antichain", "degreeOfSynergy", "informative", "misinformative", "average"),
        csv.get(0));
    assertEquals(18, atoms.size());
    assertEquals(1 + atoms.size(), csv.size());
    for (int i = 0; i < atoms.size(); i++) {
      JsonObject atom = atoms.get(i);
      String antichain = atom.get("antichain").getAsString();
      int degree =
          Arrays.stream(antichain.substring(1).split("[{]"))
              .mapToInt(set -> set.split(",").length)
              .min()
              .getAsInt();
      assertEquals(
          List.of(
              "u",
              antichain,
              "" + degree,
              "" + number(atom, "informative"),
              "" + number(atom, "misinformative"),
              "" + number(atom, "average")),
          csv.get(i + 1));
    }
  }

  /** Reads RFC 4180: cells with commas, quotes or line ends are quoted, quotes doubled. */
  private static List<List<String>> parseCsv(String text) {
    assertTrue(text.endsWith("\n"), text);
    List<List<String>> rows = new ArrayList<>();
    List<String> row = new ArrayList<>();
    StringBuilder cell = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quoted) {
        if (c != '"') {
          cell.append(c);
        } else if (text.charAt(i + 1) == '"') {
          cell.append(c);
          i++;
        } else {
          quoted = false;
        }
      } else if (c == '"') {
        assertEquals(0, cell.length(), "A quote must begin its cell: " + text);
        quoted = true;
      } else if (c == ',' || c == '\n') {
        row.add(cell.toString());
        cell.setLength(0);
        if (c == '\n') {
          rows.add(row);
          row = new ArrayList<>();
        }
      } else {
        cell.append(c);
      }
    }
    assertFalse(quoted, "Every quote must be closed: " + text);
    return rows;
  }

  // Text

  @Test
  void textIsTheDefaultAndHasATableOfTheLayers() {
    CommandLine run = run("-example");
    assertTrue(run.ok(), run::err);
    assertEquals("", run.err());
    assertEquals(run, run("-example", "-format", "text"));
    List<String> words =
        run.out()
            .lines()
            .filter(line -> line.matches("(Layer|L\\d) .*"))
            .limit(4)
            .map(line -> line.replaceAll(" +", " "))
            .toList();
    assertEquals(
        List.of(
            "Layer Sources R R/m H(S) H(T) I(T:S) C C corr. Pi_1 Pi_2 Pi_3 Pi_4 Pi_5",
            "L3 5 1484 0.02 6.4109 3.3199 3.3068 1.6191 1.6231 1.7320 1.1636 0.3533 0.0547 0.0032",
            "L4 5 771 0.01 5.1480 3.3199 3.3052 1.3394 1.3411 2.3077 0.8794 0.1119 0.0061 0.0001",
            "L5 5 519 0.01 4.5720 3.3199 3.3035 1.2595 1.2606 2.5498 0.6527 0.0983 0.0026 0.0000"),
        words);
  }

  @Test
  void textListsAtomsOnRequest() {
    String text = run("-t", xor(), "-atoms").out().replaceAll(" +", " ");
    for (String line :
        List.of("\n{1}{2} 1 0.4150 1.0000 -0.5850\n", "\n{1,2} 2 0.4150 0.0000 0.4150\n")) {
      assertTrue(text.contains(line), text);
    }
    assertFalse(run("-t", xor()).out().contains("{1}{2}"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"text", "json", "csv"})
  void languageOfTheMachineDoesNotChangeAByte(String format) {
    Locale before = Locale.getDefault();
    String[] options = {"-example", "-top", "3", "-format", format};
    CommandLine expected = run(options);
    try {
      Locale.setDefault(Locale.GERMANY);
      assertEquals(expected, run(options));
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void constantSourceWarnsByName() {
    String file = file("layers.arff", LAYERS);
    JsonObject layer = layer("-t", file, "-sources", "L1_1,bias".replace(',', '|'));
    assertTrue(strings(layer, "warnings").get(0).contains("\"bias\" is constant"));
    String text = run("-t", file, "-sources", "L1_1|bias").out();
    assertTrue(text.contains("Warning on all: Source \"bias\" is constant."), text);
    assertTrue(
        strings(layer("-t", xor()), "warnings").stream().noneMatch(w -> w.contains("constant")));
  }

  // Output

  @ParameterizedTest
  @ValueSource(strings = {"text", "json", "csv"})
  void fileGetsWhatStandardOutputWould(String format) throws IOException {
    Path output = directory.resolve("result");
    CommandLine toFile = run("-t", xor(), "-format", format, "-o", output.toString());
    assertEquals(new CommandLine(true, "", ""), toFile);
    assertEquals(run("-t", xor(), "-format", format).out(), Files.readString(output));
    assertFilesAre("result", "xor.arff");
  }

  @Test
  void fileThatExistsIsReplaced() throws IOException {
    String output = file("result.csv", "old");
    assertTrue(run("-t", xor(), "-format", "csv", "-o", output).ok());
    assertEquals(2, parseCsv(Files.readString(Path.of(output))).size());
  }

  private void assertFilesAre(String... names) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      assertEquals(
          List.of(names), files.map(file -> file.getFileName().toString()).sorted().toList());
    }
  }

  // Help

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-t <FILE>",
        "-example",
        "-format <text|json|csv|arff>",
        "-o <FILE>",
        "-c <INDEX|first|last|NAME>",
        "-nominal-class",
        "-sources <LIST|REGEX>",
        "-layers <REGEX|auto|all>",
        "-groups <GROUPS>",
        "-weights <NAME>",
        "-weights-are <auto|counts|importance>",
        "-Q <FILTER>",
        "-missing <level|drop>",
        "-measure <sx|min|mmi|broja>",
        "-method <auto|lattice|backbone|coverage|subsampling|coarse-graining>",
        "-precision <number>",
        "-replicates <number>",
        "-time-limit <number>",
        "-nodes <number>",
        "-subset-size <number>",
        "-draws <number>",
        "-grouping <optimize|sequential|random|GROUPS>",
        "-objective <tightest-lower|tightest-upper|gap|least-synergy>",
        "-groups-count <number>",
        "-min-group-size <number>",
        "-max-group-size <number>",
        "-steps <number>",
        "-separator <auto|comma|semicolon|tab|CHAR>",
        "-train <NETWORK>",
        "-T <FILE>",
        "-repeats <number>",
        "-resume <FILE>",
        "-charts <PREFIX>",
        "-shard <NUMBER/COUNT>",
        "-merge <FILES>",
        "-train-size <number>",
        "-permutations <number>",
        "-values <plug-in|corrected>",
        "-halves <number>",
        "-horizon <DRAWS|auto>",
        "-repeat <REGEX>",
        "-limits-from <each|first|all>",
        "-epoch <REGEX>",
        "-atom <LIST>",
        "-pairs <number>",
        "-rank <NUMBER|MIN-MAX|any>",
        "-merit <accessible|information|synergy|redundancy|complexity>",
        "-rank-limit <number>",
        "-pointwise <none|target>",
        "-complexity-only",
        "-atoms",
        "-top <number>",
        "-threads <number>",
        "-seed <number>",
        "-h"
      })
  void helpHasTheOptionOnALineOfItsOwnWithADescription(String synopsis) {
    CommandLine help = run("-h");
    assertTrue(help.ok());
    assertEquals("", help.err());
    List<String> lines = help.out().lines().toList();
    int line = lines.indexOf(synopsis);
    assertTrue(line >= 0, help::out);
    assertTrue(lines.get(line + 1).startsWith("\t"), help::out);
  }

  @Test
  void helpHasNoOptionThatIsNotTestedHere() {
    assertEquals(56, run("-h").out().lines().filter(line -> line.startsWith("-")).count());
  }

  @Test
  void helpComesWithoutOptionsAndWithOthers() {
    CommandLine help = run("-h");
    assertEquals(help, run());
    assertEquals(help, run("-help"));
    assertEquals(help, run("-t", "no such file", "-h"));
  }
}
