package nnpid.chart;

import java.awt.Graphics2D;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jfree.chart.axis.CategoryAxis;
import org.jfree.chart.axis.CategoryLabelPositions;
import org.jfree.chart.text.TextBlock;
import org.jfree.chart.ui.RectangleEdge;

/**
 * The names of layers below a chart: slanted if they are many, and not all if they are too many.
 */
final class LayerAxis extends CategoryAxis {
  private static final long serialVersionUID = 1L;

  /** Slanted names that find room. */
  private static final int MOST_NAMES = 28;

  /** Names that find room side by side, and all their characters. */
  private static final int MOST_UPRIGHT_NAMES = 8;

  private static final int MOST_UPRIGHT_CHARACTERS = 40;

  private final Set<String> named = new HashSet<>();

  LayerAxis(List<String> layers) {
    setCategoryMargin(0.25);
    setLowerMargin(0.02);
    setUpperMargin(0.02);
    setMaximumCategoryLabelWidthRatio(1.2f);
    int characters = layers.stream().mapToInt(String::length).sum();
    if (layers.size() > MOST_UPRIGHT_NAMES || characters > MOST_UPRIGHT_CHARACTERS) {
      setCategoryLabelPositions(CategoryLabelPositions.UP_45);
    }
    int step = (layers.size() + MOST_NAMES - 1) / MOST_NAMES;
    for (int i = 0; i < layers.size(); i += step) {
      named.add(layers.get(i));
    }
    if (step > 1) {
      setLabel(layers.size() + " layers");
    }
  }

  @Override
  @SuppressWarnings("rawtypes") // as in JFreeChart
  protected TextBlock createLabel(
      Comparable category, float width, RectangleEdge edge, Graphics2D graphics) {
    return named.contains(category.toString())
        ? super.createLabel(category, width, edge, graphics)
        : new TextBlock();
  }
}
