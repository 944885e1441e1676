package weka.gui.explorer;

import java.awt.Graphics;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
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
    show(name, chart, drawn, () -> ChartData.of(drawn));
  }

  /**
   * The same.
   *
   * @param data the numbers in it
   */
  void show(String name, Function<ChartStyle, JFreeChart> chart, Supplier<ChartData> data) {
    show(name, chart, chart.apply(ComplexityViews.style()), data);
  }

  private void show(
      String name,
      Function<ChartStyle, JFreeChart> chart,
      JFreeChart drawn,
      Supplier<ChartData> data) {
    content = Optional.of(new ComplexityPictureMenu.Content(name, chart, data));
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

  /** The numbers in the chart; empty if there is none. */
  String csv() {
    return content.map(ComplexityPictureMenu::csv).orElse("");
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
