package nnpid.decomposition;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import nnpid.distribution.JointDistribution;
import nnpid.distribution.Partition;
import nnpid.distribution.SpecificInformation;
import nnpid.execution.Execution;

/**
 * The most that k sources tell about the target, for every k: V_k of the backbone under I_MMI,
 * where one subset is best for the mutual information, and under I_min, where every target state
 * has its own.
 *
 * <p>Constant and repeated sources are left out first, so that they change nothing. Then, for k =
 * 1, 2, ...: the best (k-1)-subsets are extended by the best source (greedy); if that reaches what
 * all sources tell, V_k and all later V are known. Otherwise all k-subsets are tried if the budget
 * allows it. If not, single sources of the best known subset are swapped for others while that
 * helps; V_k is then a lower bound. Deterministic, on any number of threads.
 */
final class BestSubsets {
  /**
   * Of the exhaustive search and again of the swaps: realizations times subsets, each counted with
   * the prefixes it shares with others. About a minute on one core.
   */
  static final double BUDGET = 2e9;

  /** What all sources tell counts as reached if not more than this is missing, in bits. */
  private static final double SATURATED = 1e-12;

  private final SpecificInformation information;
  private final boolean perTarget;
  private final int[] sources; // distinct ones; subsets are of the indices of this array
  private final double[] ofAllSources; // per objective, which is a target state, or 0 for all
  private final Execution execution;

  private BestSubsets(JointDistribution distribution, boolean perTarget, Execution execution) {
    this.information = SpecificInformation.of(distribution);
    this.perTarget = perTarget;
    this.sources = distribution.distinctSources();
    this.ofAllSources = evaluate(information.allSources());
    this.execution = execution;
  }

  /** The best known subset of each objective and its information. */
  private static final class Best {
    private final double[] values;
    private final List<List<Integer>> subsets;

    Best(int objectiveCount) {
      this.values = new double[objectiveCount];
      Arrays.fill(values, Double.NEGATIVE_INFINITY);
      this.subsets = new ArrayList<>(Collections.nCopies(objectiveCount, List.of()));
    }

    void offer(double[] offered, int[] subset) {
      List<Integer> boxed = List.of();
      for (int i = 0; i < values.length; i++) {
        if (offered[i] > values[i]) {
          boxed = boxed.isEmpty() ? Arrays.stream(subset).boxed().toList() : boxed;
          values[i] = offered[i];
          subsets.set(i, boxed);
        }
      }
    }

    void offer(Best other) {
      for (int i = 0; i < values.length; i++) {
        if (other.values[i] > values[i]) {
          values[i] = other.values[i];
          subsets.set(i, other.subsets.get(i));
        }
      }
    }
  }

  /**
   * The backbone under {@link Measure#MIN} or {@link Measure#MMI}.
   *
   * @param budget see {@link #BUDGET}
   */
  static Backbone backbone(
      JointDistribution distribution, Measure measure, Execution execution, double budget) {
    BestSubsets search = new BestSubsets(distribution, measure == Measure.MIN, execution);
    return search.backbone(distribution.sourceCount(), budget);
  }

  private Backbone backbone(int sourceCount, double budget) {
    double mutualInformation = Math.max(0, sum(ofAllSources));
    double[] accessible = new double[sourceCount];
    Arrays.fill(accessible, mutualInformation);
    boolean[] exact = new boolean[sourceCount];
    Arrays.fill(exact, true);
    double searchLeft = budget;
    double swapsLeft = budget;
    Best best = new Best(ofAllSources.length);
    for (int k = 1; k < sources.length; k++) {
      Execution step = execution.step((k - 1.0) / sources.length, (double) k / sources.length);
      best = extend(best, step.step(0, 0.2));
      if (k > 1 && !isSaturated(best)) {
        double cost = information.realizationCount() * binomial(sources.length + 1, k);
        if (cost <= searchLeft) {
          searchLeft -= cost;
          best.offer(searchAll(k, step.step(0.2, 1)));
        } else {
          swapsLeft = swap(best, swapsLeft, step.step(0.2, 0.2));
          exact[k - 1] = false;
        }
      }
      if (isSaturated(best)) {
        exact[k - 1] = true;
        break;
      }
      double atLeast = k == 1 ? 0 : accessible[k - 2];
      accessible[k - 1] = Math.max(atLeast, Math.min(mutualInformation, sum(best.values)));
    }
    execution.progress(1);
    return Backbone.ofAccessible(mutualInformation, accessible, exact);
  }

  private double[] evaluate(Partition subset) {
    double[] weighted = information.weighted(subset);
    return perTarget ? weighted : new double[] {sum(weighted)};
  }

  private boolean isSaturated(Best best) {
    return IntStream.range(0, ofAllSources.length).allMatch(i -> isSaturated(best, i));
  }

  private boolean isSaturated(Best best, int objective) {
    return best.values[objective] >= ofAllSources[objective] - SATURATED / ofAllSources.length;
  }

  /** The different subsets that are best for objectives that could still be improved. */
  private Set<List<Integer>> improvable(Best best) {
    Set<List<Integer>> subsets = new LinkedHashSet<>();
    for (int i = 0; i < ofAllSources.length; i++) {
      if (!isSaturated(best, i)) {
        subsets.add(best.subsets.get(i));
      }
    }
    return subsets;
  }

  /** The best subsets with one source more than the given ones: all values, one source tried. */
  private Best extend(Best best, Execution step) {
    Best extended = new Best(ofAllSources.length);
    List<List<Integer>> bases = List.copyOf(improvable(best));
    for (int i = 0; i < ofAllSources.length; i++) {
      // Such an objective is done: any superset of its subset would be as good.
      if (isSaturated(best, i)) {
        extended.values[i] = best.values[i];
        extended.subsets.set(i, best.subsets.get(i));
      }
    }
    for (int b = 0; b < bases.size(); b++) {
      List<Integer> base = bases.get(b);
      Partition partition = partition(base);
      extended.offer(
          tryAdditions(
              base, partition, step.step((double) b / bases.size(), (b + 1.0) / bases.size())));
    }
    return extended;
  }

  private Best tryAdditions(List<Integer> base, Partition partition, Execution step) {
    Best[] found = new Best[sources.length];
    step.forEach(
        sources.length,
        s -> {
          found[s] = new Best(ofAllSources.length);
          if (!base.contains(s)) {
            offer(found[s], base, partition, s);
          }
        });
    return best(found);
  }

  private void offer(Best best, List<Integer> base, Partition partition, int added) {
    int[] subset =
        IntStream.concat(base.stream().mapToInt(Integer::intValue), IntStream.of(added))
            .sorted()
            .toArray();
    best.offer(evaluate(information.add(partition, sources[added])), subset);
  }

  /**
   * Swaps single sources of the best subsets until no swap helps or the budget is spent.
   *
   * @return what is left of the budget
   */
  private double swap(Best best, double budget, Execution step) {
    Set<List<Integer>> tried = new HashSet<>();
    double left = budget;
    while (true) {
      Set<List<Integer>> bases = improvable(best);
      bases.removeAll(tried);
      if (bases.isEmpty()) {
        return left;
      }
      List<Integer> base = bases.iterator().next();
      int k = base.size();
      left -= (double) information.realizationCount() * k * (sources.length - k + k / 2.0);
      if (left < 0) {
        return 0;
      }
      tried.add(base);
      Best[] found = new Best[k];
      step.forEach(k, i -> found[i] = swapsOf(base, i));
      best.offer(best(found));
    }
  }

  /** The best subsets that have another source in the place of the i-th. */
  private Best swapsOf(List<Integer> base, int i) {
    List<Integer> others = new ArrayList<>(base);
    others.remove(i);
    Partition partition = partition(others);
    Best best = new Best(ofAllSources.length);
    for (int s = 0; s < sources.length; s++) {
      execution.checkCanceled();
      if (!base.contains(s)) {
        offer(best, others, partition, s);
      }
    }
    return best;
  }

  /** The best of all subsets of k sources. */
  private Best searchAll(int k, Execution step) {
    Best[] found = new Best[sources.length - k + 1];
    step.forEach(
        found.length,
        first -> {
          found[first] = new Best(ofAllSources.length);
          int[] subset = new int[k];
          subset[0] = first;
          Partition partition = information.add(information.noSources(), sources[first]);
          search(partition, subset, 1, found[first]);
        });
    return best(found);
  }

  /** Offers all subsets whose first {@code size} sources are given. */
  private void search(Partition partition, int[] subset, int size, Best best) {
    execution.checkCanceled();
    if (size == subset.length) {
      best.offer(evaluate(partition), subset);
      return;
    }
    int end = sources.length - (subset.length - size - 1);
    for (int s = subset[size - 1] + 1; s < end; s++) {
      subset[size] = s;
      search(information.add(partition, sources[s]), subset, size + 1, best);
    }
  }

  private Partition partition(List<Integer> subset) {
    Partition partition = information.noSources();
    for (int s : subset) {
      partition = information.add(partition, sources[s]);
    }
    return partition;
  }

  /** Of equal ones the first: the order in which threads were done does not count. */
  private Best best(Best[] found) {
    Best best = new Best(ofAllSources.length);
    for (Best one : found) {
      best.offer(one);
    }
    return best;
  }

  private static double binomial(int n, int k) {
    double product = 1;
    for (int i = 1; i <= k; i++) {
      product *= (n - k + i) / (double) i;
    }
    return product;
  }

  private static double sum(double[] values) {
    return Arrays.stream(values).sum();
  }
}
