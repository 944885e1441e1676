package weka.gui.explorer;

import java.awt.Graphics;
import java.util.Optional;
import java.util.function.Function;
import nnpid.chart.ChartData;
import nnpid.chart.ChartStyle;
import org.jfree.chart.ChartPanel;
import org.jfree.chart.JFreeChart;

/** A chart as large as there is room, with tool tips and a menu; or why there is none. */
@SuppressWarnings("serial")
final class ComplexityChartPanel extends ChartPanel {
  private transient Optional<ComplexityPictureMenu.Content> content = Optional.empty();
  private String why = "";

  ComplexityChartPanel(String name) {
    super(null, false, false, false, false, true);
    setName(name);
    setPopupMenu(null);
    setMouseZoomable(false);
    setMinimumDrawWidth(0);
    setMinimumDrawHeight(0);
    setMaximumDrawWidth(Integer.MAX_VALUE);
    setMaximumDrawHeight(Integer.MAX_VALUE);
    setInitialDelay(100);
    setDismissDelay(Integer.MAX_VALUE);
    ComplexityPictureMenu.addTo(this, () -> content);
  }

  /**
   * Shows a chart.
   *
   * @param name what files of it are called
   * @param chart the chart in given colors
   */
  void show(String name, Function<ChartStyle, JFreeChart> chart) {
    JFreeChart drawn = chart.apply(ComplexityViews.style());
    content =
        Optional.of(new ComplexityPictureMenu.Content(name, chart, () -> ChartData.of(drawn)));
    setChart(drawn);
    describe("Chart: " + name + ". Its menu copies or saves it, and its numbers.");
  }

  /** Shows no chart, but why there is none. */
  void clear(String newWhy) {
    content = Optional.empty();
    why = newWhy;
    setChart(null);
    describe(newWhy);
  }

  private void describe(String text) {
    getAccessibleContext().setAccessibleDescription(text);
    repaint();
  }

  @Override
  public void paintComponent(Graphics graphics) {
    if (getChart() != null) {
      super.paintComponent(graphics);
      return;
    }
    graphics.setColor(ComplexityViews.style().background());
    graphics.fillRect(0, 0, getWidth(), getHeight());
    ComplexityBlank.paint(graphics, this, why);
  }
}
