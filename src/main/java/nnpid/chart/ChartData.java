package nnpid.chart;

import java.util.ArrayList;
import java.util.List;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.Axis;
import org.jfree.chart.plot.CategoryPlot;
import org.jfree.chart.plot.CombinedDomainCategoryPlot;
import org.jfree.chart.plot.CombinedDomainXYPlot;
import org.jfree.chart.plot.Plot;
import org.jfree.chart.plot.XYPlot;
import org.jfree.data.category.CategoryDataset;
import org.jfree.data.statistics.StatisticalCategoryDataset;
import org.jfree.data.xy.IntervalXYDataset;
import org.jfree.data.xy.XYDataset;

/**
 * What a drawing shows, as a table: for charts a row per point or bar, at full precision.
 *
 * @param columns names of the columns
 * @param rows one cell per column: a text or a number; NaN where there is none
 */
public record ChartData(List<String> columns, List<List<Object>> rows) {
  private static final List<String> COLUMNS =
      List.of("panel", "series", "at", "value", "lower", "upper");

  /** Makes the lists immutable. */
  public ChartData {
    columns = List.copyOf(columns);
    rows = rows.stream().map(List::copyOf).toList();
  }

  /** What is drawn in a chart. */
  public static ChartData of(JFreeChart chart) {
    List<List<Object>> rows = new ArrayList<>();
    for (Plot panel : panels(chart.getPlot())) {
      if (panel instanceof CategoryPlot plot) {
        for (int index = 0; index < plot.getDatasetCount(); index++) {
          add(plot.getDataset(index), label(plot.getRangeAxis()), rows);
        }
      } else if (panel instanceof XYPlot plot) {
        for (int index = 0; index < plot.getDatasetCount(); index++) {
          add(plot.getDataset(index), label(plot.getRangeAxis()), rows);
        }
      }
    }
    return new ChartData(COLUMNS, rows);
  }

  private static List<Plot> panels(Plot plot) {
    List<?> panels =
        plot instanceof CombinedDomainCategoryPlot combined
            ? combined.getSubplots()
            : plot instanceof CombinedDomainXYPlot combined
                ? combined.getSubplots()
                : List.of(plot);
    return panels.stream().map(Plot.class::cast).toList();
  }

  private static String label(Axis axis) {
    return axis.getLabel() == null ? "" : axis.getLabel();
  }

  private static void add(CategoryDataset data, String panel, List<List<Object>> rows) {
    if (data == null) {
      return;
    }
    for (int column = 0; column < data.getColumnCount(); column++) {
      for (int row = 0; row < data.getRowCount(); row++) {
        Number value = data.getValue(row, column);
        if (value != null) {
          double deviation =
              data instanceof StatisticalCategoryDataset statistics
                  ? number(statistics.getStdDevValue(row, column))
                  : Double.NaN;
          rows.add(
              List.of(
                  panel,
                  data.getRowKey(row).toString(),
                  data.getColumnKey(column).toString(),
                  value,
                  value.doubleValue() - deviation,
                  value.doubleValue() + deviation));
        }
      }
    }
  }

  private static double number(Number number) {
    return number == null ? Double.NaN : number.doubleValue();
  }

  private static void add(XYDataset data, String panel, List<List<Object>> rows) {
    if (data == null) {
      return;
    }
    for (int series = 0; series < data.getSeriesCount(); series++) {
      for (int item = 0; item < data.getItemCount(series); item++) {
        IntervalXYDataset interval = data instanceof IntervalXYDataset one ? one : null;
        rows.add(
            List.of(
                panel,
                data.getSeriesKey(series).toString(),
                data.getX(series, item),
                data.getYValue(series, item),
                interval == null ? Double.NaN : interval.getStartYValue(series, item),
                interval == null ? Double.NaN : interval.getEndYValue(series, item)));
      }
    }
  }
}
