package nnpid.decomposition;

import nnpid.distribution.JointDistribution;
import nnpid.distribution.Partition;
import nnpid.distribution.SpecificInformation;
import nnpid.execution.Execution;
import nnpid.lattice.UpSetFamily;

/**
 * Redundancy as the least information of a source set: I_min, where it is the least for each target
 * state, averaged over target states, and I_MMI, where it is the least on average.
 *
 * <p>Information grows with the source set, so that the least over the members of an antichain is
 * the least over its up-set; and that is the lesser of two minima over up-sets of n - 1 sources, as
 * in {@link UpSetFamily}.
 *
 * @see <a href="https://arxiv.org/abs/1004.2515">Williams and Beer (2010)</a>
 */
final class MinimumInformation {
  private final UpSetFamily upSets;
  private final int[] parent;
  private final int[] smallest;
  private final double[][] information; // target state, or 0 alone for all; source mask

  private MinimumInformation(UpSetFamily upSets, double[][] information) {
    this.upSets = upSets;
    this.parent = new int[upSets.halfCount()];
    this.smallest = new int[upSets.halfCount()];
    for (int half = 1; half < parent.length; half++) {
      parent[half] = upSets.parentOfHalf(half);
      smallest[half] = upSets.smallestOfHalf(half);
    }
    this.information = information;
  }

  /** The redundancy of every up-set in bits, under {@link Measure#MIN} or {@link Measure#MMI}. */
  static double[] redundancies(
      JointDistribution distribution, Measure measure, UpSetFamily upSets, Execution execution) {
    double[][] information = information(distribution, measure, execution);
    MinimumInformation kernel = new MinimumInformation(upSets, information);
    double[] result = new double[upSets.size()];
    int[] ranges = upSets.ranges();
    execution.forEach(
        ranges.length - 1, i -> kernel.sumMinima(ranges[i], ranges[i + 1], result, execution));
    return result;
  }

  /**
   * The information of every source set whose minimum counts: one row per target state or a single
   * one for all, one column per source mask.
   */
  private static double[][] information(
      JointDistribution distribution, Measure measure, Execution execution) {
    SpecificInformation specific = SpecificInformation.of(distribution);
    int rows = measure == Measure.MIN ? specific.targetStateCount() : 1;
    double[][] information = new double[rows][1 << distribution.sourceCount()];
    fill(information, specific, 0, 0, specific.noSources(), execution);
    return information;
  }

  private static void fill(
      double[][] information,
      SpecificInformation specific,
      int mask,
      int firstSource,
      Partition sources,
      Execution execution) {
    execution.checkCanceled();
    double[] weighted = specific.weighted(sources);
    for (int t = 0; t < weighted.length; t++) {
      information[information.length == 1 ? 0 : t][mask] += weighted[t];
    }
    for (int source = firstSource; 1 << source < information[0].length; source++) {
      fill(
          information,
          specific,
          mask | (1 << source),
          source + 1,
          specific.add(sources, source),
          execution);
    }
  }

  /** Adds the minima over the up-sets with upper halves from {@code from} to {@code to}. */
  private void sumMinima(int from, int to, double[] result, Execution execution) {
    double[] lowerMinima = new double[upSets.halfCount()];
    double[] upperMinima = new double[upSets.halfCount()];
    for (double[] row : information) {
      execution.checkCanceled();
      fillMinima(row, 0, lowerMinima);
      fillMinima(row, row.length / 2, upperMinima);
      for (int upper = from; upper < to; upper++) {
        double upperMinimum = upperMinima[upper];
        int end = upSets.start(upper + 1);
        for (int i = upSets.start(upper); i < end; i++) {
          result[i] += Math.min(upperMinimum, lowerMinima[upSets.lower(i)]);
        }
      }
    }
  }

  /** Minima over all halves, of the information of the source masks from {@code offset} on. */
  private void fillMinima(double[] row, int offset, double[] minima) {
    minima[0] = Double.POSITIVE_INFINITY;
    for (int half = 1; half < minima.length; half++) {
      minima[half] = Math.min(minima[parent[half]], row[offset + smallest[half]]);
    }
  }
}
