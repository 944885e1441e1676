package nnpid.search;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import nnpid.execution.Execution;
import nnpid.execution.RandomStreams;
import nnpid.search.Evaluation.Ended;
import nnpid.search.SearchResult.Ending;
import org.apache.commons.math3.util.CombinatoricsUtils;
import org.jspecify.annotations.Nullable;
import org.optaplanner.core.api.solver.Solver;
import org.optaplanner.core.api.solver.SolverFactory;
import org.optaplanner.core.config.heuristic.selector.move.factory.MoveIteratorFactoryConfig;
import org.optaplanner.core.config.localsearch.LocalSearchPhaseConfig;
import org.optaplanner.core.config.localsearch.decider.acceptor.LocalSearchAcceptorConfig;
import org.optaplanner.core.config.localsearch.decider.forager.LocalSearchForagerConfig;
import org.optaplanner.core.config.score.director.ScoreDirectorFactoryConfig;
import org.optaplanner.core.config.solver.EnvironmentMode;
import org.optaplanner.core.config.solver.SolverConfig;
import org.optaplanner.core.config.solver.monitoring.MonitoringConfig;
import org.optaplanner.core.config.solver.termination.TerminationConfig;
import org.optaplanner.core.impl.solver.DefaultSolver;

/**
 * Search for the assignment of items 0 to n - 1 to groups that maximizes an objective: a greedy
 * start, then local search with OptaPlanner.
 *
 * <p>{@code AssignmentSearch.ofSubsets(50, 5, 5, objective).run(SearchSettings.DEFAULT,
 * Execution.sequential())} searches the best 5 of 50 units, {@code ofGroups(50, 5, 1, 20,
 * objective)} the best way to merge them into 5 groups of at most 20.
 *
 * <p>Values of the objective are remembered, so that assignments that come again cost nothing. The
 * result is the same whatever the number of threads, on which the objective is computed in advance
 * where it takes long. Immutable; a search can be run several times, also at the same time if the
 * objective allows.
 */
public final class AssignmentSearch {
  // These numbers found the most optima of random functions of 12 items (DECISIONS).
  private static final int LATE_ACCEPTANCE_SIZE = 10;
  private static final int MOST_TABU_ITEMS = 7;
  private static final int TABU_CANDIDATES = 20;
  private static final int ROUNDS = 10;
  private static final int GREEDY_BATCH = 64;

  private final int itemCount;
  private final int[] minSizes;
  private final int[] maxSizes;
  private final boolean subsets;
  private final Objective objective;

  /** Hears of each best assignment so far, on the searching thread. */
  @FunctionalInterface
  public interface Listener {
    /**
     * A better assignment without violations has been found.
     *
     * @param assignment the group of each item; a copy
     * @param score its objective
     * @param step of the local search; 0 during the greedy start
     * @param fractionDone how much of the steps, moves or time is used up, 0 to 1
     */
    void newBest(int[] assignment, double score, int step, double fractionDone);
  }

  private AssignmentSearch(
      int itemCount, int[] minSizes, int[] maxSizes, boolean subsets, Objective objective) {
    this.itemCount = itemCount;
    this.minSizes = minSizes;
    this.maxSizes = maxSizes;
    this.subsets = subsets;
    this.objective = requireNonNull(objective, "objective");
  }

  /**
   * The search for a subset of {@code minSize} to {@code maxSize} items. In its assignments, group
   * 1 is the subset and group 0 the rest. While the greedy start grows, the objective is also asked
   * for subsets smaller than {@code minSize}, but not for the empty one.
   *
   * @throws IllegalArgumentException if there are no items or no such subsets
   */
  public static AssignmentSearch ofSubsets(
      int itemCount, int minSize, int maxSize, Objective objective) {
    checkItemCount(itemCount);
    if (minSize < 0 || minSize > maxSize || maxSize > itemCount) {
      throw new IllegalArgumentException(
          "The subset size (%d to %d) must be from 0 to the number of items, %d."
              .formatted(minSize, maxSize, itemCount));
    }
    int[] minSizes = {itemCount - maxSize, minSize};
    int[] maxSizes = {itemCount - minSize, maxSize};
    return new AssignmentSearch(itemCount, minSizes, maxSizes, true, objective);
  }

  /**
   * The search for a partition into at most {@code groupCount} groups of {@code minSize} to {@code
   * maxSize} items; with 0, groups may be empty. It does not matter which group is which: the
   * assignments of the objective and of the result have them in the order of their first items.
   *
   * @throws IllegalArgumentException if there are no items or no such partitions
   */
  public static AssignmentSearch ofGroups(
      int itemCount, int groupCount, int minSize, int maxSize, Objective objective) {
    checkItemCount(itemCount);
    if (groupCount < 1) {
      throw new IllegalArgumentException(
          "The number of groups (" + groupCount + ") must be at least 1.");
    }
    if (minSize < 0
        || minSize > maxSize
        || (long) groupCount * minSize > itemCount
        || (long) groupCount * maxSize < itemCount) {
      throw new IllegalArgumentException(
          ("The group size (%d to %d) must let the number of items (%d) be divided into %d"
                  + " groups.")
              .formatted(minSize, maxSize, itemCount, groupCount));
    }
    int[] minSizes = new int[groupCount];
    int[] maxSizes = new int[groupCount];
    Arrays.fill(minSizes, minSize);
    Arrays.fill(maxSizes, maxSize);
    return new AssignmentSearch(itemCount, minSizes, maxSizes, false, objective);
  }

  private static void checkItemCount(int itemCount) {
    if (itemCount < 1) {
      throw new IllegalArgumentException(
          "The number of items (" + itemCount + ") must be at least 1.");
    }
  }

  /** Runs the search from a greedy start. */
  public SearchResult run(SearchSettings settings, Execution execution) {
    return run(settings, execution, null, (assignment, score, step, fractionDone) -> {});
  }

  /**
   * Runs the search. If the calling thread is interrupted or the time is used up, the result is the
   * best so far; what the objective throws is thrown here.
   *
   * @param execution the objective must be thread-safe if it has several threads
   * @param start the assignment to start from, which the result is at least as good as, or null for
   *     a greedy start. A subset that is too small grows greedily to the least size.
   * @throws IllegalArgumentException if the start is not an assignment of these items to these
   *     groups within their sizes, or the objective is NaN
   * @throws CancellationException if canceled before the objective of one assignment was known
   */
  public SearchResult run(
      SearchSettings settings, Execution execution, int @Nullable [] start, Listener listener) {
    return run(settings, execution, start, listener, EnvironmentMode.REPRODUCIBLE);
  }

  SearchResult run(
      SearchSettings settings,
      Execution execution,
      int @Nullable [] start,
      Listener listener,
      EnvironmentMode mode) {
    Evaluation evaluation =
        new Evaluation(objective, itemCount, !subsets, settings, execution, listener);
    Ending ending = Ending.COMPLETE;
    try {
      int[] legal = subsets ? subsetStart(start, evaluation) : partitionStart(start);
      evaluation.score(legal);
      if (subsets && subsetCount() <= Math.min(settings.exhaustiveLimit(), settings.moveLimit())) {
        tryAll(evaluation, execution);
        ending = Ending.EXHAUSTED;
      } else {
        evaluation.beginPlateau();
        improve(legal, evaluation, settings, mode);
      }
    } catch (Ended e) {
      ending = e.ending();
    } catch (CancellationException e) {
      ending = Ending.CANCELED;
    }
    return evaluation.result(ending);
  }

  private double subsetCount() {
    double count = 0;
    for (int size = minSizes[1]; size <= maxSizes[1]; size++) {
      count += CombinatoricsUtils.binomialCoefficientDouble(itemCount, size);
    }
    return count;
  }

  /** Scores all subsets of the allowed sizes, the small ones first. */
  private void tryAll(Evaluation evaluation, Execution execution) {
    double count = subsetCount();
    int done = 0;
    for (int size = minSizes[1]; size <= maxSizes[1]; size++) {
      List<int[]> batch = new ArrayList<>();
      Iterator<int[]> combinations = CombinatoricsUtils.combinationsIterator(itemCount, size);
      while (combinations.hasNext()) {
        int[] subset = new int[itemCount];
        for (int item : combinations.next()) {
          subset[item] = 1;
        }
        batch.add(subset);
        if (batch.size() == GREEDY_BATCH || !combinations.hasNext()) {
          evaluation.computeAhead(batch);
          batch.forEach(evaluation::score);
          done += batch.size();
          execution.progress(done / count);
          batch.clear();
        }
      }
    }
  }

  /** Groups of equal size, as far as possible, if no start is given. */
  private int[] partitionStart(int @Nullable [] start) {
    if (start != null) {
      return checked(start);
    }
    int[] result = new int[itemCount];
    Arrays.setAll(result, i -> (int) ((long) i * minSizes.length / itemCount));
    return result;
  }

  /**
   * Adds the best item again and again, up to the least size, and without given start as long as
   * that helps.
   */
  private int[] subsetStart(int @Nullable [] start, Evaluation evaluation) {
    int[] current = start == null ? new int[itemCount] : checked(start);
    int size = Arrays.stream(current).sum();
    // In case of no time for more.
    evaluation.score(filledUp(current, size));
    while (size < maxSizes[1]) {
      int[] next = withBestAdded(current, evaluation);
      if (size >= minSizes[1] && (start != null || !evaluation.isBetter(next, current))) {
        return current;
      }
      current = next;
      size++;
      if (size >= minSizes[1]) {
        evaluation.score(current);
      }
    }
    return current;
  }

  private int[] filledUp(int[] subset, int size) {
    int[] result = subset.clone();
    int missing = minSizes[1] - size;
    for (int i = 0; i < itemCount && missing > 0; i++) {
      missing -= 1 - result[i];
      result[i] = 1;
    }
    return result;
  }

  private int[] withBestAdded(int[] subset, Evaluation evaluation) {
    int[] best = subset;
    List<int[]> candidates = new ArrayList<>();
    for (int i = 0; i < itemCount; i++) {
      if (subset[i] == 0) {
        int[] candidate = subset.clone();
        candidate[i] = 1;
        candidates.add(candidate);
      }
      if (candidates.size() == GREEDY_BATCH || i == itemCount - 1) {
        evaluation.computeAhead(candidates);
        for (int[] candidate : candidates) {
          if (best == subset || evaluation.isBetter(candidate, best)) {
            best = candidate;
          }
        }
        candidates.clear();
      }
    }
    return best;
  }

  private int[] checked(int[] start) {
    int groupCount = minSizes.length;
    if (start.length != itemCount
        || Arrays.stream(start).anyMatch(group -> group < 0 || group >= groupCount)) {
      throw new IllegalArgumentException(
          "The start (%s) must assign each of %d items to a group from 0 to %d."
              .formatted(Arrays.toString(start), itemCount, groupCount - 1));
    }
    int[] sizes = new int[groupCount];
    for (int group : start) {
      sizes[group]++;
    }
    for (int group = 0; group < groupCount; group++) {
      boolean tooSmall = !subsets && sizes[group] < minSizes[group];
      if (tooSmall || (sizes[group] > maxSizes[group] && !(subsets && group == 0))) {
        throw new IllegalArgumentException(
            "The start has a group (%d) of %d items: it must have %d to %d."
                .formatted(group, sizes[group], minSizes[group], maxSizes[group]));
      }
    }
    return start;
  }

  /**
   * Local search in rounds: late acceptance never accepts what is worse than its start and so does
   * not leave a good one; each further round starts some way off the best so far.
   */
  private void improve(
      int[] start, Evaluation evaluation, SearchSettings settings, EnvironmentMode mode) {
    Neighborhood neighborhood = new Neighborhood(evaluation, minSizes, maxSizes);
    if (neighborhood.draw(start, new SplittableRandom(settings.seed())) == null) {
      return;
    }
    // OptaPlanner finds its services through the context class loader, which inside Weka is not
    // that of this package and does not see them.
    Thread thread = Thread.currentThread();
    ClassLoader contextClassLoader = thread.getContextClassLoader();
    thread.setContextClassLoader(AssignmentSearch.class.getClassLoader());
    try {
      int[] from = start;
      for (int round = 0; evaluation.stepsLeft() > 0 && evaluation.movesLeft() > 0; round++) {
        SolverConfig config = config(settings, evaluation).withEnvironmentMode(mode);
        Plan plan = new Plan(from, minSizes.length, evaluation, neighborhood);
        Solver<Plan> solver = SolverFactory.<Plan>create(config).buildSolver();
        // Names its gauges: those of two solvers at a time would complain of each other.
        ((DefaultSolver<Plan>) solver)
            .setMonitorTagMap(Map.of("thread", "" + Thread.currentThread().getId()));
        solver.solve(plan);
        evaluation.checkLimits();
        from =
            neighborhood.kick(
                evaluation.bestAssignment(), RandomStreams.of(settings.seed(), -1 - round));
      }
    } finally {
      thread.setContextClassLoader(contextClassLoader);
    }
  }

  private SolverConfig config(SearchSettings settings, Evaluation evaluation) {
    LocalSearchAcceptorConfig acceptor = new LocalSearchAcceptorConfig();
    LocalSearchForagerConfig forager = new LocalSearchForagerConfig();
    switch (settings.algorithm()) {
      case LATE_ACCEPTANCE -> {
        acceptor.setLateAcceptanceSize(LATE_ACCEPTANCE_SIZE);
        forager.setAcceptedCountLimit(1);
      }
      case TABU_SEARCH -> {
        acceptor.setEntityTabuSize(Math.max(1, Math.min(MOST_TABU_ITEMS, itemCount / 4)));
        forager.setAcceptedCountLimit(TABU_CANDIDATES);
      }
    }
    return new SolverConfig()
        .withSolutionClass(Plan.class)
        .withEntityClasses(Plan.Item.class)
        .withScoreDirectorFactory(
            new ScoreDirectorFactoryConfig().withEasyScoreCalculatorClass(Plan.Calculator.class))
        .withRandomSeed(settings.seed())
        .withMonitoringConfig(new MonitoringConfig().withSolverMetricList(List.of()))
        .withPhases(
            new LocalSearchPhaseConfig()
                .withMoveSelectorConfig(
                    new MoveIteratorFactoryConfig().withMoveIteratorFactoryClass(Plan.Moves.class))
                .withAcceptorConfig(acceptor)
                .withForagerConfig(forager)
                .withTerminationConfig(
                    new TerminationConfig()
                        .withStepCountLimit(evaluation.stepsLeft())
                        .withScoreCalculationCountLimit(
                            Math.min(evaluation.movesLeft(), settings.moveLimit() / ROUNDS + 1))));
  }
}
