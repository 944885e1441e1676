package nnpid.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import nnpid.analysis.Layer;
import nnpid.coarsegraining.CoarseGrainedComplexity;
import nnpid.coarsegraining.CoarseGrainedComplexity.Step;
import nnpid.coarsegraining.CoarseGraining;
import nnpid.coarsegraining.CoarseGrainingSettings;
import nnpid.coarsegraining.GroupingObjective;
import nnpid.distribution.JointDistribution;
import nnpid.execution.Execution;
import org.jfree.data.xy.XYSeriesCollection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The data of the chart of a search, and where the boxes of units are. */
class GroupingPicturesTest {
  private static final Rectangle2D AREA = new Rectangle2D.Double(10, 20, 700, 400);

  /** Noisy units of which the class is the sum of the first three. */
  private static JointDistribution units(int count) {
    Random random = new Random(7);
    JointDistribution.Counter counter = new JointDistribution.Counter(count);
    for (int sample = 0; sample < 300; sample++) {
      int[] states = random.ints(count, 0, 2).toArray();
      counter.add(states, states[0] + states[1] + states[2], 1);
    }
    return counter.toDistribution();
  }

  private static List<List<String>> names(int count) {
    return IntStream.rangeClosed(1, count).mapToObj(unit -> List.of("L1_" + unit)).toList();
  }

  private static GroupedLayer searched(int unitCount, int groupCount) {
    return GroupedLayer.searched(
        "L1",
        names(unitCount),
        CoarseGraining.random(unitCount, groupCount, 3),
        GroupingObjective.TIGHTEST_LOWER,
        1.5,
        0);
  }

  private static GroupedLayer result(CoarseGrainingSettings settings, List<Step> heard) {
    CoarseGrainedComplexity coarse =
        CoarseGrainedComplexity.of(
            units(8),
            settings,
            Execution.sequential(),
            (grouping, value, step) -> heard.add(new Step(step, value)));
    return new GroupedLayer(
        "L1",
        names(8).stream().map(Layer::sourceName).toList(),
        coarse.coarseGraining(),
        coarse.objective(),
        coarse.search().map(CoarseGrainedComplexity.Search::trace).orElse(List.of()),
        Optional.of(coarse));
  }

  @Test
  void whatIsHeardWhileSearchingIsTheTraceOfTheResult() {
    List<Step> heard = new ArrayList<>();
    GroupedLayer end = result(CoarseGrainingSettings.DEFAULT, heard);
    GroupedLayer live = null;
    for (Step step : heard) {
      live =
          live == null
              ? GroupedLayer.searched(
                  "L1", names(8), end.grouping(), end.objective(), step.value(), step.step())
              : live.improved(end.grouping(), step.value(), step.step());
    }
    // The result's trace goes on to the last step.
    assertEquals(end.trace().subList(0, live.trace().size()), live.trace());
    assertTrue(end.trace().size() - live.trace().size() <= 1);
  }

  @Test
  void chartHasEveryStepAndTheExactValue() {
    GroupedLayer layer = result(CoarseGrainingSettings.DEFAULT, new ArrayList<>());
    XYSeriesCollection data = GroupingChart.points(layer);
    assertEquals(layer.trace().size(), data.getItemCount(0));
    for (int i = 1; i < data.getItemCount(0); i++) {
      assertTrue(data.getYValue(0, i) >= data.getYValue(0, i - 1), "the best never gets worse");
    }
    assertEquals(layer.result().get().bounds().lower(), data.getYValue(1, 0), 0);
    assertEquals(layer.trace().get(layer.trace().size() - 1).step(), data.getXValue(1, 0), 0);
    // While searching there is no exact value yet.
    assertEquals(1, GroupingChart.points(searched(8, 3)).getSeriesCount());
    new Picture(GroupingChart.of(layer, ChartStyle.LIGHT), 400, 200).toImage(1);
  }

  @Test
  void withoutASearchThereIsNoChart() {
    GroupedLayer layer =
        result(CoarseGrainingSettings.DEFAULT.withGrouping("1,2;3-8"), new ArrayList<>());
    assertEquals(List.of(), layer.trace());
    assertThrows(IllegalArgumentException.class, () -> GroupingChart.of(layer, ChartStyle.LIGHT));
    assertEquals("L1_2", GroupingDiagram.of(layer, ChartStyle.LIGHT).describe(1).get(0));
  }

  @Test
  void groupsKnowWhatTheyTellAlone() {
    GroupedLayer layer =
        result(CoarseGrainingSettings.DEFAULT.withGrouping("1,2;3-8"), new ArrayList<>());
    JointDistribution units = units(8);
    List<Double> information = layer.result().get().groupInformation();
    assertEquals(units.mutualInformation(0, 1), information.get(0), 1e-12);
    assertEquals(units.mutualInformation(2, 3, 4, 5, 6, 7), information.get(1), 1e-12);
    String told = String.join(" ", GroupingDiagram.of(layer, ChartStyle.LIGHT).describe(0));
    assertTrue(told.contains(String.format("tells %.4f of", information.get(0))), told);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 50, 200, 784})
  void everyUnitHasABoxInTheAreaOfItsOwn(int unitCount) {
    GroupedLayer layer = searched(unitCount, Math.min(6, unitCount));
    GroupingDiagram diagram = GroupingDiagram.of(layer, ChartStyle.LIGHT);
    List<Rectangle2D> boxes = diagram.boxes(AREA);
    assertEquals(unitCount, boxes.size());
    for (int unit = 0; unit < unitCount; unit++) {
      Rectangle2D box = boxes.get(unit);
      assertTrue(AREA.contains(box), () -> box + " must be in the area");
      assertEquals(
          unit,
          diagram.unitAt(new Point2D.Double(box.getCenterX(), box.getCenterY()), AREA).getAsInt());
    }
    for (int i = 0; i < Math.min(60, unitCount); i++) {
      for (int j = 0; j < i; j++) {
        assertFalse(boxes.get(i).intersects(boxes.get(j)), "boxes must not overlap");
      }
    }
    assertEquals(unitCount <= 200, diagram.hasNames(AREA));
  }

  @Test
  void unitsOfAGroupHaveItsColorAndOthersAnother() {
    GroupedLayer layer = searched(60, 6);
    for (ChartStyle style : List.of(ChartStyle.LIGHT, ChartStyle.DARK)) {
      GroupingDiagram diagram = GroupingDiagram.of(layer, style);
      BufferedImage image = new Picture(diagram, 710, 420).toImage(1);
      List<Rectangle2D> boxes = diagram.boxes(new Rectangle2D.Double(0, 0, 710, 420));
      int[] groups = layer.grouping().groupOfUnit();
      for (int unit = 1; unit < 60; unit++) {
        Color first = corner(image, boxes.get(0));
        Color other = corner(image, boxes.get(unit));
        if (groups[unit] == groups[0]) {
          assertEquals(first, other);
        } else {
          assertNotEquals(first, other);
        }
        assertNotEquals(style.background(), other);
      }
    }
  }

  private static Color corner(BufferedImage image, Rectangle2D box) {
    return new Color(image.getRGB((int) box.getX() + 2, (int) box.getY() + 2));
  }

  @Test
  void smallAreasAreDrawnWithoutErrors() {
    for (int size : new int[] {1, 20, 100}) {
      new Picture(GroupingDiagram.of(searched(50, 5), ChartStyle.LIGHT), size, size).toImage(1);
    }
  }
}
