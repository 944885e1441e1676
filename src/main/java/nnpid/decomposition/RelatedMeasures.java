package nnpid.decomposition;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import nnpid.distribution.JointDistribution;
import nnpid.distribution.Partition;
import nnpid.execution.Execution;
import nnpid.execution.RandomStreams;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;

/**
 * Measures of how information is spread that need no partial information decomposition, for any
 * number of sources. All but the differences are NaN where there is no information about the
 * target.
 *
 * @param reingDifferences C(k-1||k) of Reing et al., for k from 1 at index 0, in bits: what the
 *     mean subset of k sources tells more than the mean subset of k - 1. They sum to I(T:S)
 * @param reingComplexity the mean of k weighted by these differences
 * @param reingStandardError standard error of {@code reingComplexity}: 0 where all subsets were
 *     averaged; else the means are those over random orders of the sources
 * @param averageDegreeOfRedundancy the sum of I(T:S_i) over I(T:S)
 * @param averageDegreeOfVulnerability the sum of I(T:S) - I(T: all but S_i) over I(T:S)
 * @param mostOfOneSource the largest I(T:S_i), in bits
 * @param mostTelling index of the source that has it
 * @see <a href="https://doi.org/10.3390/e23010079">Reing, Ver Steeg and Galstyan (2021)</a>
 * @see <a href="https://arxiv.org/abs/2504.15779">Gutknecht et al. (2025), Shannon invariants</a>
 */
public record RelatedMeasures(
    List<Double> reingDifferences,
    double reingComplexity,
    double reingStandardError,
    double averageDegreeOfRedundancy,
    double averageDegreeOfVulnerability,
    double mostOfOneSource,
    int mostTelling)
    implements Serializable {

  /**
   * Realizations times subsets up to which all subsets are averaged: about a second. They always
   * are where they are not more than the steps of the random orders.
   */
  private static final double CHEAP = 1e7;

  /** Random orders of the sources, where there are too many subsets. */
  private static final int ORDERS = 64;

  /** Information within this of I(T:S), in bits, is all of it. */
  private static final double SATURATED = 1e-12;

  /** Makes the list immutable. */
  public RelatedMeasures {
    reingDifferences = List.copyOf(reingDifferences);
  }

  /**
   * The measures of a distribution.
   *
   * @param seed seed of the random orders
   * @throws java.util.concurrent.CancellationException if the execution is canceled
   */
  public static RelatedMeasures of(JointDistribution distribution, long seed, Execution execution) {
    return new Computation(distribution, execution).run(seed);
  }

  private static final class Computation {
    private final JointDistribution distribution;
    private final Execution execution;
    private final int n;
    private final double information;

    Computation(JointDistribution distribution, Execution execution) {
      this.distribution = distribution;
      this.execution = execution;
      this.n = distribution.sourceCount();
      this.information = distribution.mutualInformation();
    }

    RelatedMeasures run(long seed) {
      double redundancy = 0;
      double most = Double.NEGATIVE_INFINITY;
      int mostTelling = 0;
      for (int source = 0; source < n; source++) {
        double alone = distribution.mutualInformation(source);
        redundancy += alone;
        if (alone > most) {
          most = alone;
          mostTelling = source;
        }
      }
      double vulnerability = vulnerability(0, n, distribution.coarsestPartition());
      boolean exact =
          n <= 20
              && ((1L << n) <= (long) ORDERS * n
                  || distribution.realizationCount() * (double) (1L << n) <= CHEAP);
      List<double[]> accessible = exact ? List.of(meansOfAllSubsets()) : alongRandomOrders(seed);
      boolean undefined = information <= Backbone.NO_INFORMATION;
      List<Double> differences = new ArrayList<>();
      for (int k = 0; k < n; k++) {
        double sum = 0;
        for (double[] means : accessible) {
          sum += means[k] - (k == 0 ? 0 : means[k - 1]);
        }
        differences.add(sum / accessible.size());
      }
      SummaryStatistics complexity = new SummaryStatistics();
      for (double[] means : accessible) {
        double sum = n * information;
        for (int k = 0; k < n - 1; k++) {
          sum -= means[k];
        }
        complexity.addValue(sum / information);
      }
      double error = complexity.getStandardDeviation() / Math.sqrt(accessible.size());
      return new RelatedMeasures(
          differences,
          undefined ? Double.NaN : complexity.getMean(),
          undefined ? Double.NaN : exact ? 0 : error,
          undefined ? Double.NaN : redundancy / information,
          undefined ? Double.NaN : vulnerability / information,
          most,
          mostTelling);
    }

    /**
     * The sum of I(T:S) - I(T: all but S_i) over sources from {@code from} to {@code to}, by
     * halves: O(n log n) refinements instead of O(n^2).
     *
     * @param others all sources outside of the range
     */
    private double vulnerability(int from, int to, Partition others) {
      execution.checkCanceled();
      double missing = information - distribution.mutualInformation(others);
      if (missing <= SATURATED) {
        return 0; // so has every larger set
      }
      if (to - from == 1) {
        return missing;
      }
      int middle = (from + to) >>> 1;
      return vulnerability(from, middle, distribution.refine(others, middle, to))
          + vulnerability(middle, to, distribution.refine(others, from, middle));
    }

    /** Mean of I(T:S_b) over all subsets b of k sources, for k from 1. */
    private double[] meansOfAllSubsets() {
      double[] sums = new double[n + 1];
      long[] counts = new long[n + 1];
      addSubsets(0, 0, distribution.coarsestPartition(), sums, counts);
      double[] means = new double[n];
      for (int k = 1; k <= n; k++) {
        means[k - 1] = sums[k] / counts[k];
      }
      return means;
    }

    private void addSubsets(
        int size, int first, Partition partition, double[] sums, long[] counts) {
      execution.checkCanceled();
      sums[size] += distribution.mutualInformation(partition);
      counts[size]++;
      for (int source = first; source < n; source++) {
        addSubsets(size + 1, source + 1, distribution.refine(partition, source), sums, counts);
      }
    }

    /** I(T: the first k sources), for k from 1, of random orders. */
    private List<double[]> alongRandomOrders(long seed) {
      double[][] accessible = new double[ORDERS][n];
      execution.forEach(
          ORDERS,
          order -> {
            SplittableRandom random = RandomStreams.of(seed, order);
            int[] sources = new int[n];
            for (int i = 0; i < n; i++) {
              int other = random.nextInt(i + 1);
              sources[i] = sources[other];
              sources[other] = i;
            }
            Partition partition = distribution.coarsestPartition();
            boolean saturated = false;
            for (int k = 0; k < n; k++) {
              if (!saturated) {
                partition = distribution.refine(partition, sources[k]);
                accessible[order][k] = distribution.mutualInformation(partition);
                saturated = accessible[order][k] >= information - SATURATED;
              } else {
                accessible[order][k] = information;
              }
            }
          });
      return List.of(accessible);
    }
  }
}
