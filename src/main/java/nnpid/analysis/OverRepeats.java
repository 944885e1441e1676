package nnpid.analysis;

import java.util.stream.DoubleStream;
import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;

/**
 * A quantity over several trainings that differ in their seeds alone. The interval is that of the
 * mean over all such trainings, by Student's t, as if the values were normal; it says nothing about
 * other samples, since all trainings have the same.
 *
 * @param count number of trainings that have a value
 * @param mean their mean; NaN if there are none
 * @param standardDeviation how much single trainings differ; NaN if there are fewer than two
 * @param low lower end of the 95% interval of the mean; NaN if there are fewer than two
 * @param high its upper end
 * @param least the least value; NaN if there are none
 * @param greatest the greatest one
 */
public record OverRepeats(
    int count,
    double mean,
    double standardDeviation,
    double low,
    double high,
    double least,
    double greatest) {
  private static final double CONFIDENCE = 0.95;

  /** Of the values that are not NaN. */
  public static OverRepeats of(DoubleStream values) {
    SummaryStatistics statistics = new SummaryStatistics();
    values.filter(value -> !Double.isNaN(value)).forEach(statistics::addValue);
    int count = (int) statistics.getN();
    double deviation = count < 2 ? Double.NaN : statistics.getStandardDeviation();
    double half = deviation * deviations(count);
    double mean = statistics.getMean();
    return new OverRepeats(
        count, mean, deviation, mean - half, mean + half, statistics.getMin(), statistics.getMax());
  }

  /**
   * Half the width of the interval in standard deviations; NaN if there are fewer than two values.
   */
  public static double deviations(int count) {
    return count < 2
        ? Double.NaN
        : new TDistribution(null, count - 1).inverseCumulativeProbability((1 + CONFIDENCE) / 2)
            / Math.sqrt(count);
  }

  /** Whether there is a value. */
  public boolean isKnown() {
    return count > 0;
  }
}
