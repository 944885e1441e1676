package nnpid.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import nnpid.analysis.LayerAnalysis;
import nnpid.analysis.LayerResult;
import nnpid.analysis.Method;
import nnpid.analysis.Report;
import nnpid.coarsegraining.CoarseGrainingSettings;
import nnpid.decomposition.Values;
import nnpid.execution.Execution;
import nnpid.report.Figure.Kind;
import nnpid.report.Figure.Place;
import nnpid.testing.Gates;
import nnpid.testing.SampleTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** That every form of output has the figures of the list. */
class FigureTest {
  private static final Report PARITY = report(LayerAnalysis.DEFAULT);

  private static Report report(LayerAnalysis analysis) {
    LayerResult layer =
        analysis.analyze("L1", Gates.parity(3).toDistribution(), Execution.sequential());
    return new Report("parity", "none", List.of(layer), 0);
  }

  private static String written(Report report, Format format) throws Exception {
    StringWriter out = new StringWriter();
    format.write(report, out);
    return out.toString();
  }

  @Test
  void csvAndJsonTellTheSameNumbersUnderTheSameNames() throws Exception {
    String[] lines = written(PARITY, Format.CSV).split("\n", -1);
    List<String> header = List.of(lines[0].split(",", -1));
    List<String> cells = List.of(lines[1].split(",", -1));
    JsonObject layer =
        JsonParser.parseString(written(PARITY, Format.JSON))
            .getAsJsonObject()
            .getAsJsonArray("layers")
            .get(0)
            .getAsJsonObject();
    int compared = 0;
    for (Figure<LayerResult> figure : LayerFigures.ALL) {
      if (figure.places().containsAll(List.of(Place.TABLE, Place.JSON))) {
        boolean byDegree = figure.kind() == Kind.BY_DEGREE;
        String cell = cells.get(header.indexOf(figure.key() + (byDegree ? 1 : "")));
        var value = layer.get(figure.key());
        assertEquals(cell, (byDegree ? value.getAsJsonArray().get(0) : value).getAsString());
        compared++;
      }
    }
    assertTrue(compared > 20, () -> "many figures are in both");
    assertEquals(header.size(), new HashSet<>(header).size(), "names are unique");
  }

  @Test
  void whatPeopleSeeIsExplained() {
    for (Figure<LayerResult> figure : LayerFigures.ALL) {
      if (figure.places().contains(Place.SUMMARY) || figure.places().contains(Place.LAYERS)) {
        assertFalse(figure.explanation().isEmpty(), figure::key);
      }
    }
  }

  @Test
  void degreesOfSynergyHaveAColumnEachAfterTheOthers() {
    List<String> headings = headings(Place.LAYERS, PARITY);
    assertEquals(List.of("C", "C corr.", "Pi_1", "Pi_2", "Pi_3"), headings.subList(7, 12));
    assertEquals(
        List.of("Reing complexity", "C(0||1)", "C(1||2)", "C(2||3)"),
        headings(Place.REING, PARITY));
  }

  /** Files keep their order, which scripts may rely on. */
  @Test
  void theSummaryBeginsWithWhatDecides() {
    assertEquals(
        List.of("Layer", "C", "C corr.", "I(T:S)", "H(T)", "R/m", "Supported k", "Pi_1"),
        headings(Place.SUMMARY, PARITY).subList(0, 8));
  }

  @Test
  void columnsWithoutAnyValueAreLeftOut() {
    Report groups =
        report(
            LayerAnalysis.DEFAULT
                .withMethod(Method.COARSE_GRAINING)
                .withCoarseGraining(CoarseGrainingSettings.DEFAULT.withGrouping("1,2;3")));
    assertFalse(headings(Place.SUMMARY, PARITY).contains("C >="));
    assertTrue(headings(Place.SUMMARY, groups).containsAll(List.of("C", "C >=", "C <=")));
  }

  /** Pairs of units are backed by no other sample, single units by one each. */
  @Test
  void whatIsNotSupportedIsMarkedInText() throws Exception {
    LayerResult layer = pairs(1);
    String text = written(new Report("pairs", "none", List.of(layer), 0), Format.TEXT);
    String row = text.lines().filter(line -> line.startsWith("L1")).findFirst().orElseThrow();
    double[] information = {layer.backbone().information(1), layer.backbone().information(2)};
    assertTrue(
        row.endsWith(Figure.number(information[0]) + "  ~" + Figure.number(information[1])), row);
    assertTrue(row.contains("~" + Figure.number(layer.representationalComplexity())), row);
    assertTrue(row.contains("~" + Figure.number(layer.summary().correctedComplexity())), row);
    assertTrue(text.contains("\n~: rests in part on samples that no other"), text);
    String unmarked = written(new Report("pairs", "none", List.of(pairs(2)), 0), Format.TEXT);
    assertFalse(unmarked.contains("~"), unmarked);
  }

  /** Ten halves: a 95% interval is 2.26 sampling errors to either side. */
  @Test
  void jsonTellsHowManySamplingErrorsMakeAnInterval() throws Exception {
    LayerAnalysis.Wanted halves = new LayerAnalysis.Wanted(false, 0, 0, false, Values.PLUG_IN, 10);
    LayerResult many =
        LayerAnalysis.DEFAULT
            .withWanted(halves)
            .analyze(
                "L1",
                Gates.parity(3).withWeights(weight -> 8).toDistribution(),
                Execution.sequential());
    String json = written(new Report("parity", "none", List.of(many), 0), Format.JSON);
    JsonObject layer =
        JsonParser.parseString(json)
            .getAsJsonObject()
            .getAsJsonArray("layers")
            .get(0)
            .getAsJsonObject();
    JsonObject errors = layer.getAsJsonObject("samplingError");
    assertEquals(2.2622, errors.get("intervalFactor").getAsDouble(), 5e-5);
    assertFalse(layer.getAsJsonObject("atHalf").has("intervalFactor"));
  }

  private static LayerResult pairs(int copies) {
    SampleTable.Builder table = new SampleTable.Builder("pairs", 2);
    for (int i = 0; i < 36; i++) {
      table.add(new int[] {i / 6, i % 6}, i % 2, copies);
    }
    return LayerAnalysis.DEFAULT.analyze(
        "L1", table.build().toDistribution(), Execution.sequential());
  }

  private static List<String> headings(Place place, Report report) {
    return Figure.columns(LayerFigures.ALL, place, report.layers(), 3).stream()
        .map(Figure::heading)
        .toList();
  }

  @ParameterizedTest
  @EnumSource
  void everyFormEndsItsLastLine(Format format) throws Exception {
    assertTrue(written(PARITY, format).endsWith("\n"));
  }

  /** 519 of 60,000 is halfway between two numbers of four digits. */
  @Test
  void numbersHaveFourDecimals() {
    List<Double> values = new ArrayList<>(List.of(519 / 60000.0, -1e-9, 0.0, 1e9, -2.00005));
    new Random(1).doubles(1000, -3, 3).forEach(values::add);
    for (double value : values) {
      String expected = String.format(Locale.ROOT, "%.4f", value);
      assertEquals(expected.equals("-0.0000") ? "0.0000" : expected, Figure.number(value));
    }
    assertEquals("undefined", Figure.number(Double.NaN));
    assertEquals("Infinity", Figure.number(Double.POSITIVE_INFINITY));
  }
}
