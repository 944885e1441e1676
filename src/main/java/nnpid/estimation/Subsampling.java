package nnpid.estimation;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import nnpid.decomposition.Backbone;
import nnpid.distribution.JointDistribution;
import nnpid.execution.Execution;
import nnpid.execution.Job;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;
import org.apache.commons.math3.util.CombinatoricsUtils;

/**
 * The representational complexity of random subsets of the sources, exact for each: the paper's way
 * to wide layers. It is another quantity than that of the whole layer, smaller or larger.
 *
 * @param subsetSize number of sources in a subset, q
 * @param draws the subsets, all different
 * @param exhaustive whether these are all subsets of this size
 */
public record Subsampling(int subsetSize, List<Draw> draws, boolean exhaustive)
    implements Serializable {

  /**
   * One subset.
   *
   * @param sources its source indices, ascending
   * @param backbone its information by degree of synergy, under I_sx
   */
  public record Draw(List<Integer> sources, Backbone backbone) implements Serializable {
    /** Makes the list immutable. */
    public Draw {
      sources = List.copyOf(sources);
    }
  }

  /** Makes the list immutable. */
  public Subsampling {
    draws = List.copyOf(draws);
  }

  /**
   * Decomposes random subsets, all different; all subsets if there are no more than wanted.
   *
   * @throws IllegalArgumentException if there are fewer sources than {@code subsetSize}, or a
   *     number is not positive
   */
  public static Subsampling of(
      JointDistribution distribution,
      int subsetSize,
      int drawCount,
      long seed,
      Execution execution) {
    int n = distribution.sourceCount();
    if (subsetSize < 1 || subsetSize > n) {
      throw new IllegalArgumentException(
          String.format(
              "The subset size (%d) must be from 1 to %d, the number of sources.", subsetSize, n));
    }
    if (drawCount < 1) {
      throw new IllegalArgumentException(
          "The number of draws (" + drawCount + ") must be at least 1.");
    }
    List<int[]> subsets = new ArrayList<>();
    boolean exhaustive = CombinatoricsUtils.binomialCoefficientDouble(n, subsetSize) <= drawCount;
    if (exhaustive) {
      CombinatoricsUtils.combinationsIterator(n, subsetSize).forEachRemaining(subsets::add);
    } else {
      Set<List<Integer>> different = new LinkedHashSet<>();
      SplittableRandom random = new SplittableRandom(seed);
      while (different.size() < drawCount) {
        different.add(randomSubset(n, subsetSize, random));
      }
      different.forEach(s -> subsets.add(s.stream().mapToInt(Integer::intValue).toArray()));
    }
    return new Subsampling(
        subsetSize,
        execution.map(new Drawing(distribution, subsets), 0, subsets.size()),
        exhaustive);
  }

  /** One subset. */
  private record Drawing(JointDistribution distribution, List<int[]> subsets) implements Job<Draw> {
    @Override
    public Draw run(int index, Execution execution) {
      int[] sources = subsets.get(index);
      List<int[]> groups = Arrays.stream(sources).mapToObj(source -> new int[] {source}).toList();
      return new Draw(
          Arrays.stream(sources).boxed().toList(),
          Backbone.of(distribution.groupSources(groups), Execution.sequential()));
    }
  }

  private static List<Integer> randomSubset(int n, int size, SplittableRandom random) {
    int[] sources = new int[n];
    Arrays.setAll(sources, i -> i);
    for (int i = 0; i < size; i++) {
      int other = i + random.nextInt(n - i);
      int swap = sources[i];
      sources[i] = sources[other];
      sources[other] = swap;
    }
    return Arrays.stream(sources, 0, size).sorted().boxed().toList();
  }

  /** C over the draws for which it is defined. */
  private SummaryStatistics complexities() {
    SummaryStatistics statistics = new SummaryStatistics();
    for (Draw draw : draws) {
      if (draw.backbone().hasRepresentationalComplexity()) {
        statistics.addValue(draw.backbone().representationalComplexity());
      }
    }
    return statistics;
  }

  /** Mean of C over the draws with information about the target; NaN if none has. */
  public double meanComplexity() {
    return complexities().getMean();
  }

  /** Standard deviation of C over the draws with information; NaN for fewer than two of them. */
  public double standardDeviation() {
    SummaryStatistics complexities = complexities();
    return complexities.getN() > 1 ? complexities.getStandardDeviation() : Double.NaN;
  }

  /**
   * Standard error of the mean of C: 0 if the draws are all subsets of the sources, NaN if fewer
   * than two of them have information.
   */
  public double standardError() {
    return exhaustive ? 0 : standardDeviation() / Math.sqrt((double) complexities().getN());
  }

  /** Means of &Pi;_1, &Pi;_2, ... and of I over the draws. */
  public Backbone meanBackbone() {
    double[] informative = new double[subsetSize];
    double[] misinformative = new double[subsetSize];
    double information = 0;
    for (Draw draw : draws) {
      information += draw.backbone().mutualInformation() / draws.size();
      for (int k = 0; k < subsetSize; k++) {
        informative[k] += draw.backbone().informative(k + 1) / draws.size();
        misinformative[k] += draw.backbone().misinformative(k + 1) / draws.size();
      }
    }
    return Backbone.ofParts(information, informative, misinformative);
  }
}
