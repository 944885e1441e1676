package nnpid.chart;

import static nnpid.chart.ChartStyle.LIGHT;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import nnpid.analysis.Horizon;
import nnpid.analysis.Layer;
import nnpid.analysis.LayerAnalysis;
import nnpid.analysis.LayerResult;
import nnpid.analysis.Method;
import nnpid.analysis.Report;
import nnpid.analysis.Trajectory;
import nnpid.analysis.TrajectoryPoint;
import nnpid.chart.ComplexityChart.Entry;
import nnpid.decomposition.Atom;
import nnpid.decomposition.Values;
import nnpid.distribution.JointDistribution;
import nnpid.distribution.WeightMeaning;
import nnpid.estimation.CoverageSettings;
import nnpid.execution.Execution;
import nnpid.lattice.Antichain;
import nnpid.testing.Gates;
import nnpid.testing.SampleTable;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.CategoryPlot;
import org.jfree.chart.plot.CombinedDomainCategoryPlot;
import org.jfree.chart.plot.CombinedDomainXYPlot;
import org.jfree.chart.title.TextTitle;
import org.jfree.data.category.CategoryDataset;
import org.jfree.data.statistics.StatisticalCategoryDataset;
import org.jfree.data.xy.YIntervalSeriesCollection;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

/** The data that charts draw; that they can be drawn; and where nodes are. */
class ChartsTest {
  private static final Rectangle2D AREA = new Rectangle2D.Double(0, 0, 600, 400);

  private static LayerResult layer(String name, SampleTable table, Method method) {
    List<List<String>> units =
        IntStream.rangeClosed(1, table.sourceCount())
            .mapToObj(unit -> List.of(name + "_" + unit))
            .toList();
    return LayerAnalysis.DEFAULT
        .withMethod(method)
        .withCoverage(CoverageSettings.DEFAULT.withMaxReplicates(64))
        .analyze(
            new Layer(name, units, "class", List.of("0", "1", "2", "3")),
            table.toSamples(WeightMeaning.AUTO),
            (grouping, value, step) -> {},
            Execution.sequential());
  }

  private static Report report(String relation, LayerResult... layers) {
    return new Report(relation, "none", List.of(layers), 0);
  }

  private static Report gates(String relation) {
    return report(
        relation,
        layer("L1", Gates.xor(), Method.AUTO),
        layer("L2", Gates.parity(3), Method.COVERAGE));
  }

  @Test
  void barsAreTheInformationByDegree() {
    Report report = gates("gates");
    CategoryDataset data =
        new ComplexityData(List.of(new Entry("g", report))).informationByDegree();
    assertEquals(List.of("L1", "L2"), data.getColumnKeys());
    assertEquals(3, data.getRowCount());
    assertEquals(Math.log(1.5) / Math.log(2), data.getValue(0, 0).doubleValue(), 1e-12);
    assertEquals(Math.log(4.0 / 3) / Math.log(2), data.getValue(1, 0).doubleValue(), 1e-12);
    double sum = 0;
    for (int row = 0; row < 3; row++) {
      sum += data.getValue(row, 1).doubleValue();
    }
    assertEquals(report.layers().get(1).mutualInformation(), sum, 1e-12);
  }

  /** Words, colors that do not depend on the layers, H(T), and an axis from 1 or visibly broken. */
  @Test
  void chartsAreReadWithoutKnowingSymbols() {
    SampleTable xor = Gates.xor().withWeights(weight -> 1000 * weight);
    JFreeChart two = ComplexityChart.of(report("x", layer("L", xor, Method.AUTO)), LIGHT);
    JFreeChart five =
        ComplexityChart.of(report("p", layer("L", Gates.parity(5), Method.AUTO)), LIGHT);
    List<CategoryPlot> panels = panels(two);
    assertEquals(
        List.of("1 unit", "2 together", "all there is: H(T)"),
        IntStream.range(0, 3)
            .mapToObj(i -> two.getPlot().getLegendItems().get(i).getLabel())
            .toList());
    assertEquals(1, panels.get(1).getDataset(1).getValue(0, 0).doubleValue(), 1e-12, "H(T)");
    for (int row = 0; row < 2; row++) {
      assertEquals(
          panels.get(1).getRenderer().getSeriesPaint(row),
          panels(five).get(1).getRenderer().getSeriesPaint(row));
    }
    NumberAxis axis = (NumberAxis) panels.get(0).getRangeAxis();
    assertEquals("C", axis.getLabel());
    assertTrue(axis.getLowerBound() < 1 && axis.getLowerBound() > 0.9, axis::toString);
    // Two layers whose C are close to each other and far from 1.
    LayerResult parity =
        layer("A", Gates.parity(5).withWeights(weight -> 1000 * weight), Method.AUTO);
    LayerResult estimated =
        layer("B", Gates.parity(5).withWeights(weight -> 1000 * weight), Method.COVERAGE);
    JFreeChart close = ComplexityChart.of(report("close", parity, estimated), LIGHT);
    NumberAxis broken = (NumberAxis) panels(close).get(0).getRangeAxis();
    assertTrue(broken.getLowerBound() > 1.5, broken::toString);
    assertEquals("C (axis broken)", broken.getLabel());
    ChartData data = ChartData.of(two);
    assertTrue(
        data.rows()
            .contains(
                List.<Object>of(
                    "Information in bits", "all there is: H(T)", "L", 1.0, Double.NaN, Double.NaN)),
        data::toString);
  }

  private static List<CategoryPlot> panels(JFreeChart chart) {
    List<?> panels = ((CombinedDomainCategoryPlot) chart.getPlot()).getSubplots();
    return panels.stream().map(CategoryPlot.class::cast).toList();
  }

  @Test
  void degreesBeyondTheLastColorAreSummed() {
    LayerResult wide = layer("wide", Gates.giantBit(10), Method.COVERAGE);
    CategoryDataset data =
        new ComplexityData(List.of(new Entry("wide", report("w", wide)))).informationByDegree();
    assertTrue(data.getRowCount() <= Degrees.MOST);
    double sum = 0;
    for (int row = 0; row < data.getRowCount(); row++) {
      sum += data.getValue(row, 0).doubleValue();
    }
    assertEquals(wide.mutualInformation(), sum, 1e-9);
  }

  @Test
  void lineIsTheComplexityWithErrorBarsOnlyWhereItIsEstimated() {
    Report report = gates("gates");
    StatisticalCategoryDataset data =
        new ComplexityData(List.of(new Entry("g", report))).complexities();
    assertEquals(Math.log(8.0 / 3) / Math.log(2), data.getMeanValue(0, 0).doubleValue(), 1e-12);
    assertNull(data.getStdDevValue(0, 0));
    assertEquals(
        report.layers().get(1).standardError(), data.getStdDevValue(0, 1).doubleValue(), 0);
  }

  @Test
  void withoutInformationThereIsAGapInTheLine() {
    SampleTable constant =
        new SampleTable.Builder("constant", 2)
            .add(new int[] {0, 0}, 0, 1)
            .add(new int[] {1, 1}, 0, 1)
            .build();
    StatisticalCategoryDataset data =
        new ComplexityData(List.of(new Entry("g", report("g", layer("L", constant, Method.AUTO)))))
            .complexities();
    assertNull(data.getMeanValue(0, 0));
  }

  @Test
  void severalReportsHaveAColumnPerLayerEachAndALineEach() {
    List<Entry> entries = List.of(new Entry("one", gates("a")), new Entry("two", gates("b")));
    StatisticalCategoryDataset data = new ComplexityData(entries).complexities();
    assertEquals(List.of("A  L1", "A  L2", "B  L1", "B  L2"), data.getColumnKeys());
    assertEquals(2, data.getRowCount());
    assertNull(data.getMeanValue(0, 2), "lines must not join different results");
    JFreeChart chart = ComplexityChart.of(entries, ChartStyle.LIGHT);
    assertTrue(chart.getPlot() instanceof CombinedDomainCategoryPlot);
  }

  @Test
  void resultsOfSeveralEpochsAreCurves() {
    List<Entry> entries =
        List.of(
            new Entry("run epoch 10", gates("x")), new Entry("other", gates("net_epoch200_seed1")));
    JFreeChart chart = ComplexityChart.of(entries, ChartStyle.LIGHT);
    assertTrue(chart.getPlot() instanceof CombinedDomainXYPlot);
    YIntervalSeriesCollection data = EpochChart.complexities(entries);
    assertEquals(2, data.getSeriesCount());
    assertEquals("L1", data.getSeriesKey(0));
    assertEquals(10, data.getXValue(0, 0));
    assertEquals(200, data.getXValue(0, 1));
    assertEquals(Math.log(8.0 / 3) / Math.log(2), data.getYValue(0, 1), 1e-12);
    double error = entries.get(0).report().layers().get(1).standardError();
    assertEquals(2 * error, data.getEndYValue(1, 0) - data.getStartYValue(1, 0), 1e-12);
  }

  @Test
  void oneEpochOrTwoResultsOfTheSameOneAreNoCurves() {
    assertFalse(EpochChart.isOverEpochs(List.of(new Entry("epoch 1", gates("x")))));
    assertFalse(
        EpochChart.isOverEpochs(
            List.of(
                new Entry("epoch 1", gates("x")),
                new Entry("epoch 1 again", gates("x")),
                new Entry("epoch 2", gates("x")))));
    assertFalse(
        EpochChart.isOverEpochs(
            List.of(new Entry("epoch 1", gates("x")), new Entry("none", gates("x")))));
  }

  @Test
  void aChartNeedsAResult() {
    assertThrows(
        IllegalArgumentException.class, () -> ComplexityChart.of(List.of(), ChartStyle.LIGHT));
  }

  @Test
  void atomsHaveTheirValueInTheRowOfTheirDegree() {
    LayerResult xor = layer("xor", Gates.xor(), Method.AUTO);
    CategoryDataset data = AtomsChart.data(xor, xor.listedAtoms(10).toList(), false);
    assertEquals(2, data.getRowCount());
    assertEquals(4, data.getColumnCount());
    int both = data.getColumnIndex("{1,2}");
    assertNull(data.getValue(0, both));
    assertEquals(Math.log(4.0 / 3) / Math.log(2), data.getValue(1, both).doubleValue(), 1e-12);
    int shared = data.getColumnIndex("{1}{2}");
    assertEquals(Math.log(2.0 / 3) / Math.log(2), data.getValue(0, shared).doubleValue(), 1e-12);
  }

  @Test
  void latticesHaveTheirNodesAndEdges() {
    // Edges of the Hasse diagrams counted by brute force over all pairs and what is between them.
    for (int sources = 2; sources <= 4; sources++) {
      LatticeDiagram diagram =
          LatticeDiagram.of(
              layer("L", Gates.parity(sources), Method.LATTICE), 30, ChartStyle.LIGHT);
      assertEquals(List.of(4, 18, 166).get(sources - 2), diagram.size());
      List<Antichain> all =
          layer("L", Gates.parity(sources), Method.LATTICE)
              .decomposition()
              .orElseThrow()
              .atoms()
              .map(Atom::antichain)
              .toList();
      int edges = 0;
      for (Antichain lower : all) {
        List<Antichain> above =
            all.stream().filter(a -> !a.equals(lower) && lower.precedes(a)).toList();
        for (Antichain upper : above) {
          if (above.stream().noneMatch(a -> !a.equals(upper) && a.precedes(upper))) {
            edges++;
          }
        }
      }
      assertEquals(edges, diagram.edges().size());
    }
  }

  @Test
  void nodesAreFoundWhereTheyAreDrawn() {
    for (int sources = 2; sources <= 4; sources++) {
      LayerResult layer = layer("L", Gates.parity(sources), Method.LATTICE);
      LatticeDiagram diagram = LatticeDiagram.of(layer, 30, ChartStyle.LIGHT);
      layer
          .decomposition()
          .orElseThrow()
          .atoms()
          .forEach(
              atom -> {
                Point2D place = diagram.placeOf(atom.antichain(), AREA);
                assertTrue(AREA.contains(place), atom::toString);
                assertEquals(atom, diagram.atomAt(place, AREA).orElseThrow());
              });
      assertTrue(diagram.atomAt(new Point2D.Double(1, 1), AREA).isEmpty());
    }
  }

  @Test
  void namesOfAtomsStandApart() {
    LayerResult layer = layer("L", Gates.parity(4), Method.LATTICE);
    LatticeDiagram diagram = LatticeDiagram.of(layer, 30, ChartStyle.LIGHT);
    int named = 0;
    for (int zoom = 1; zoom <= 3; zoom++) {
      Rectangle2D area = new Rectangle2D.Double(0, 0, zoom * 930, zoom * 600);
      List<LatticeDiagram.Label> labels = diagram.labels(area);
      for (int i = 0; i < labels.size(); i++) {
        Rectangle2D place = labels.get(i).place();
        assertTrue(area.contains(place), labels.get(i)::toString);
        Rectangle2D around =
            new Rectangle2D.Double(
                place.getX() - 5, place.getY(), place.getWidth() + 10, place.getHeight());
        for (LatticeDiagram.Label other : labels.subList(0, i)) {
          assertFalse(around.intersects(other.place()), labels.get(i) + " " + other);
        }
        // Its own node is the next one.
        Point2D own = diagram.placeOf(labels.get(i).antichain(), area);
        assertTrue(
            own.distance(place.getCenterX(), place.getCenterY()) < 45 + place.getWidth() / 2);
      }
      assertTrue(labels.size() > named, () -> "The larger, the more: " + labels.size());
      named = labels.size();
    }
    assertTrue(named > 130, "of 166: " + named);
  }

  @Test
  void redundancyIsBelowAndSynergyAbove() {
    LatticeDiagram diagram =
        LatticeDiagram.of(layer("xor", Gates.xor(), Method.AUTO), 30, ChartStyle.LIGHT);
    double bottom = diagram.placeOf(Antichain.parse("{1}{2}"), AREA).getY();
    double middle = diagram.placeOf(Antichain.parse("{1}"), AREA).getY();
    double top = diagram.placeOf(Antichain.parse("{1,2}"), AREA).getY();
    assertTrue(top < middle && middle < bottom);
  }

  @Test
  void describesAtomsByTheNamesOfTheUnits() {
    LayerResult layer = layer("L3", Gates.parity(3), Method.AUTO);
    Atom atom = layer.decomposition().orElseThrow().atom(Antichain.parse("{1}{2,3}"));
    List<String> lines = LatticeDiagram.of(layer, 30, ChartStyle.LIGHT).describe(atom);
    assertEquals("{1}{2,3}, degree of synergy 1", lines.get(0));
    assertEquals("redundantly in L3_1; in L3_2 with L3_3", lines.get(1));
    assertEquals("average: %.4f bits".formatted(atom.average()), lines.get(4));
    assertEquals(atom.average() < 0, lines.size() == 6 && lines.get(5).startsWith("Negative: "));
  }

  /** What is left of 7,579 atoms keeps its order, and the diagram says what is left out. */
  @Test
  void ofFiveSourcesTheLargestAtomsAreShownInTheirOrder() {
    LayerResult layer = layer("L", Gates.parity(5), Method.AUTO);
    assertFalse(LatticeDiagram.canShowAll(layer));
    LatticeDiagram diagram = LatticeDiagram.of(layer, 12, ChartStyle.LIGHT);
    assertEquals(12, diagram.size());
    List<Antichain> shown = layer.listedAtoms(12).map(Atom::antichain).toList();
    List<List<Antichain>> edges =
        diagram.edges().stream().map(e -> e.stream().map(Atom::antichain).toList()).toList();
    for (Antichain lower : shown) {
      for (Antichain upper : shown) {
        boolean covers =
            !lower.equals(upper)
                && lower.precedes(upper)
                && shown.stream()
                    .noneMatch(
                        between ->
                            !between.equals(lower)
                                && !between.equals(upper)
                                && lower.precedes(between)
                                && between.precedes(upper));
        assertEquals(covers, edges.contains(List.of(lower, upper)), lower + " < " + upper);
        if (covers) {
          assertTrue(diagram.placeOf(lower, AREA).getY() > diagram.placeOf(upper, AREA).getY());
        }
      }
    }
    double left =
        layer.mutualInformation() - layer.listedAtoms(12).mapToDouble(Atom::average).sum();
    assertTrue(
        diagram.omission().contains(String.format(Locale.ROOT, "Not shown: %.3f bits", left)),
        diagram::omission);
    LayerResult without = layer("L", Gates.parity(2), Method.BACKBONE);
    assertThrows(
        IllegalArgumentException.class, () -> LatticeDiagram.of(without, 5, ChartStyle.LIGHT));
  }

  @Test
  void picturesCanBeWrittenAndReadAgain() throws Exception {
    for (ChartStyle style : List.of(ChartStyle.LIGHT, ChartStyle.DARK)) {
      LayerResult layer = layer("L", Gates.parity(3), Method.AUTO);
      for (var drawing :
          List.of(
              ComplexityChart.of(gates("g"), style),
              AtomsChart.of(layer, layer.listedAtoms(5).toList(), style),
              LatticeDiagram.of(layer, 30, style))) {
        Picture picture = new Picture(drawing, 300, 200);
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        picture.writePng(png, 2);
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(png.toByteArray()));
        assertEquals(600, image.getWidth());
        assertEquals(400, image.getHeight());
        assertEquals(style.background(), new Color(image.getRGB(1, 1)));
        StringWriter svg = new StringWriter();
        picture.writeSvg(svg);
        var document =
            DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(svg.toString())));
        assertEquals("svg", document.getDocumentElement().getTagName());
        StringWriter again = new StringWriter();
        picture.writeSvg(again);
        assertEquals(svg.toString(), again.toString());
      }
    }
  }

  /** In gray print the degrees keep their order. */
  @Test
  void degreesGetLighterOneByOne() {
    double[] luminance =
        IntStream.rangeClosed(1, 8)
            .mapToObj(degree -> ChartStyle.LIGHT.degreeColor(degree))
            .mapToDouble(c -> 0.299 * c.getRed() + 0.587 * c.getGreen() + 0.114 * c.getBlue())
            .toArray();
    double[] sorted = luminance.clone();
    java.util.Arrays.sort(sorted);
    assertArrayEquals(sorted, luminance, 0);
    for (int i = 1; i < luminance.length; i++) {
      assertTrue(luminance[i] - luminance[i - 1] > 12);
    }
  }

  /** Four samples of XOR, and ten thousand. */
  @Test
  void chartsSayWhichLayersHaveFewSamples() {
    LayerResult few = layer("L1", Gates.xor(), Method.AUTO);
    LayerResult many = layer("L2", Gates.xor().withWeights(w -> 2500), Method.AUTO);
    Report both = report("xor", few, many);
    assertEquals(List.of("L1"), fewSamples(ComplexityChart.of(both, ChartStyle.LIGHT)));
    assertEquals(List.of(), fewSamples(ComplexityChart.of(report("xor", many), ChartStyle.LIGHT)));
    List<ComplexityChart.Entry> epochs =
        List.of(
            new ComplexityChart.Entry("epoch 1", both),
            new ComplexityChart.Entry("epoch 2", report("xor", many)));
    assertEquals(List.of("L1"), fewSamples(ComplexityChart.of(epochs, ChartStyle.LIGHT)));
    Trajectory trajectory =
        new Trajectory(
            "xor",
            "none",
            1,
            List.of(
                new TrajectoryPoint(1, 0, 1, 1, 1, few.summary()),
                new TrajectoryPoint(1, 0, 1, 1, 1, many.summary())),
            true,
            List.of());
    assertEquals(
        List.of("L1"), fewSamples(TrajectoryChart.COMPLEXITY.of(trajectory, ChartStyle.LIGHT)));
    assertEquals(
        List.of("L1"),
        fewSamples(TrajectoryChart.DEGREES_OF_SYNERGY.of(trajectory, ChartStyle.LIGHT)));
    assertEquals(1, trajectory.warnings().size());
    assertTrue(trajectory.warnings().get(0).startsWith("L1 has few samples"));
  }

  /** The layers that a subtitle names. */
  private static List<String> fewSamples(JFreeChart chart) {
    String start = "Few samples for ";
    return chart.getSubtitles().stream()
        .filter(TextTitle.class::isInstance)
        .map(title -> ((TextTitle) title).getText())
        .filter(text -> text.startsWith(start))
        .map(text -> text.substring(start.length(), text.indexOf(':')))
        .toList();
  }

  /**
   * Few samples: corrected values stand beside, errors are those of sampling, bars are pale and
   * hatched.
   */
  @Test
  void chartTellsWhatTheSamplesSupport() {
    JointDistribution.Counter counter = new JointDistribution.Counter(3);
    Random random = new Random(1);
    for (int i = 0; i < 60; i++) {
      int target = random.nextInt(2);
      counter.add(
          new int[] {random.nextInt(4) + target, random.nextInt(4), random.nextInt(4)}, target, 1);
    }
    LayerResult layer =
        LayerAnalysis.DEFAULT
            .withWanted(new LayerAnalysis.Wanted(false, 0, 0, false, Values.PLUG_IN, 5))
            .analyze("L", counter.toDistribution(), Execution.sequential());
    List<Entry> entries = List.of(new Entry("few", new Report("few", "none", List.of(layer), 0)));
    assertEquals(
        layer.correction().orElseThrow().corrected().representationalComplexity(),
        new ComplexityData(entries).others().getValue(0, 0).doubleValue(),
        0);
    assertEquals(
        layer.samplingError().orElseThrow().complexity().standardError(),
        new ComplexityData(entries).complexities().getStdDevValue(0, 0).doubleValue(),
        0);
    JFreeChart chart = ComplexityChart.of(entries, ChartStyle.LIGHT);
    CategoryPlot bars =
        (CategoryPlot) ((CombinedDomainCategoryPlot) chart.getPlot()).getSubplots().get(1);
    int supported = layer.correction().orElseThrow().support().supportedDegree();
    assertTrue(supported >= 1 && supported < 3, "supported: " + supported);
    assertEquals(
        ChartStyle.LIGHT.degreeColor(1), bars.getRenderer().getItemPaint(0, 0), "supported");
    assertEquals(
        ChartStyle.LIGHT.pale(ChartStyle.LIGHT.degreeColor(3)),
        bars.getRenderer().getItemPaint(2, 0));
  }

  /** Bars of the same colors below the others, and a diamond; none without a horizon. */
  @Test
  void valuesAtAHorizonHaveBarsAndAPointOfTheirOwn() {
    LayerResult layer =
        LayerAnalysis.DEFAULT
            .withWanted(LayerAnalysis.Wanted.DEFAULT.withHorizon(Horizon.parse("9")))
            .analyze(
                "L",
                Gates.and().withWeights(weight -> 20 * weight).toDistribution(),
                Execution.sequential());
    Entry entry = new Entry("and", report("and", layer));
    JFreeChart chart = ComplexityChart.of(List.of(entry), ChartStyle.LIGHT);
    List<?> panels = ((CombinedDomainCategoryPlot) chart.getPlot()).getSubplots();
    CategoryPlot bars = (CategoryPlot) panels.get(2);
    for (int k = 1; k <= 2; k++) {
      assertEquals(
          layer.atHorizon().orElseThrow().backbone().information(k),
          bars.getDataset().getValue(k - 1, 0).doubleValue(),
          0);
      assertEquals(ChartStyle.LIGHT.degreeColor(k), bars.getRenderer().getItemPaint(k - 1, 0));
    }
    assertEquals("Bits of 9 draws", bars.getRangeAxis().getLabel());
    assertEquals(
        layer.atHorizon().orElseThrow().complexity(),
        ((CategoryPlot) panels.get(0)).getDataset(3).getValue(0, 0).doubleValue(),
        0);
    assertEquals(3, chart.getPlot().getLegendItems().getItemCount(), "two degrees and H(T)");
    JFreeChart without =
        ComplexityChart.of(List.of(new Entry("gates", gates("gates"))), ChartStyle.LIGHT);
    assertEquals(2, ((CombinedDomainCategoryPlot) without.getPlot()).getSubplots().size());
  }
}
