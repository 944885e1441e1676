package nnpid.chart;

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.text.NumberFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import nnpid.network.Epochs;
import org.jfree.chart.axis.AxisState;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTick;
import org.jfree.chart.axis.NumberTickUnitSource;
import org.jfree.chart.axis.TickType;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.axis.ValueTick;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.TextAnchor;
import org.jfree.data.xy.IntervalXYDataset;

/**
 * Where epochs are on the axis of a chart. Whole epochs are moved by one, so that the network
 * before training has a place on a logarithmic axis. Where there are fractions of the first epoch
 * the axis is that of the epochs themselves, and epoch 0 is a little before the first of them.
 */
final class EpochAxis {
  /** Spans of whole epochs up to this are drawn on a linear axis. */
  private static final int LINEAR_UP_TO = 20;

  /** Share of a logarithmic axis between epoch 0 and the first fraction, and the least ratio. */
  private static final double GAP = 0.1;

  private static final double LEAST_RATIO = 2;

  private final double last;
  private final double first; // the least fraction; 0 if there is none
  private final double zero; // the place of epoch 0 before it

  private EpochAxis(double last, double first) {
    this.last = last;
    this.first = first;
    this.zero = first == 0 ? 0 : first / Math.max(LEAST_RATIO, Math.pow(last / first, GAP));
  }

  /** The axis for some epochs. */
  static EpochAxis of(List<Double> epochs) {
    return new EpochAxis(
        epochs.stream().mapToDouble(Double::doubleValue).max().orElse(0),
        epochs.stream()
            .mapToDouble(Double::doubleValue)
            .filter(epoch -> epoch > 0 && epoch < 1)
            .min()
            .orElse(0));
  }

  /** The coordinate of an epoch. */
  double place(double epoch) {
    return first == 0 ? epoch + 1 : Math.max(epoch, zero);
  }

  /** The epoch at a coordinate. */
  private double epoch(double place) {
    return first == 0 ? place - 1 : place <= zero ? 0 : place;
  }

  /** What a tool tip says of a value, and of an interval if it has one. */
  String describe(IntervalXYDataset data, int series, int item) {
    String text =
        String.format(
            Locale.ROOT,
            "%s, epoch %s: %.4f",
            data.getSeriesKey(series),
            Epochs.text(epoch(data.getXValue(series, item))),
            data.getYValue(series, item));
    double low = data.getStartYValue(series, item);
    double high = data.getEndYValue(series, item);
    return low < high ? text + String.format(Locale.ROOT, " (%.4f to %.4f)", low, high) : text;
  }

  /** The axis itself. */
  ValueAxis axis() {
    if (first > 0) {
      LogAxis axis = new OfFractions(first, zero);
      axis.setRange(zero / 1.15, last * 1.1);
      return axis;
    }
    if (last <= LINEAR_UP_TO) {
      NumberAxis axis = new NumberAxis("Epoch + 1");
      axis.setStandardTickUnits(NumberAxis.createIntegerTickUnits());
      axis.setAutoRangeIncludesZero(false);
      return axis;
    }
    LogAxis axis = new LogAxis("Epoch + 1");
    axis.setBase(10);
    axis.setStandardTickUnits(new NumberTickUnitSource(true));
    axis.setNumberFormatOverride(NumberFormat.getIntegerInstance(Locale.ROOT));
    axis.setRange(0.9, (last + 1) * 1.1);
    return axis;
  }

  /** A logarithmic axis on which 0 has a place of its own, before the others. */
  private static final class OfFractions extends LogAxis {
    private static final long serialVersionUID = 3305178216640982751L;

    private final double first;
    private final double zero;

    OfFractions(double first, double zero) {
      super("Epoch");
      this.first = first;
      this.zero = zero;
    }

    @Override
    public List<ValueTick> refreshTicks(
        Graphics2D g2, AxisState state, Rectangle2D dataArea, RectangleEdge edge) {
      double last = getUpperBound();
      boolean few = last / first < 50;
      List<ValueTick> ticks = new ArrayList<>();
      ticks.add(tick(zero, "0"));
      for (int exponent = (int) Math.floor(Math.log10(first)); ; exponent++) {
        for (int digit = 1; digit <= 9; digit++) {
          double value = Double.parseDouble(digit + "e" + exponent); // no rounding error in labels
          if (value > last) {
            return ticks;
          }
          boolean labeled = digit == 1 || (few && (digit == 2 || digit == 5));
          if (value >= first * 0.999) {
            ticks.add(tick(value, labeled ? Epochs.text(value) : ""));
          }
        }
      }
    }

    private static ValueTick tick(double value, String label) {
      return new NumberTick(
          label.isEmpty() ? TickType.MINOR : TickType.MAJOR,
          value,
          label,
          TextAnchor.TOP_CENTER,
          TextAnchor.CENTER,
          0);
    }
  }
}
