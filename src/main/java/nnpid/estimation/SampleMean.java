package nnpid.estimation;

import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.stat.StatUtils;

/**
 * The mean of independent samples and its standard error.
 *
 * @param value the mean
 * @param standardError its standard error; so much larger for few samples that the true mean is
 *     within two of them with the same chance as for many (Student's t). NaN for a single sample
 */
record SampleMean(double value, double standardError) {
  /** The chance that a normal deviate is below 2. */
  private static final double BELOW_TWO = 0.9772498680518208;

  static SampleMean of(double[] samples) {
    if (samples.length < 2) {
      return new SampleMean(StatUtils.mean(samples), Double.NaN);
    }
    double students =
        new TDistribution(null, samples.length - 1.0).inverseCumulativeProbability(BELOW_TWO) / 2;
    return new SampleMean(
        StatUtils.mean(samples),
        students * Math.sqrt(StatUtils.variance(samples) / samples.length));
  }
}
