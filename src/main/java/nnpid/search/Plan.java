package nnpid.search;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.optaplanner.core.api.domain.entity.PlanningEntity;
import org.optaplanner.core.api.domain.lookup.PlanningId;
import org.optaplanner.core.api.domain.solution.PlanningEntityCollectionProperty;
import org.optaplanner.core.api.domain.solution.PlanningScore;
import org.optaplanner.core.api.domain.solution.PlanningSolution;
import org.optaplanner.core.api.domain.valuerange.ValueRangeProvider;
import org.optaplanner.core.api.domain.variable.PlanningVariable;
import org.optaplanner.core.api.score.buildin.hardsoftlong.HardSoftLongScore;
import org.optaplanner.core.api.score.calculator.EasyScoreCalculator;
import org.optaplanner.core.api.score.director.ScoreDirector;
import org.optaplanner.core.impl.heuristic.move.AbstractMove;
import org.optaplanner.core.impl.heuristic.move.Move;
import org.optaplanner.core.impl.heuristic.selector.move.factory.MoveIteratorFactory;

/**
 * An assignment as OptaPlanner wants it: its solution, and nested what it makes from class names,
 * which therefore is public.
 */
@PlanningSolution
final class Plan {
  @PlanningEntityCollectionProperty private List<Item> items;

  @SuppressWarnings("UnusedVariable") // OptaPlanner reads it
  @ValueRangeProvider(id = "groups")
  private List<Integer> groups;

  @SuppressWarnings("UnusedVariable") // OptaPlanner reads it
  @PlanningScore
  private @Nullable HardSoftLongScore score;

  // Known to nothing of OptaPlanner: its copies of a plan share them.
  private Evaluation evaluation;
  private Neighborhood neighborhood;

  /** For OptaPlanner's copies. */
  @SuppressWarnings("NullAway.Init")
  Plan() {}

  Plan(int[] assignment, int groupCount, Evaluation evaluation, Neighborhood neighborhood) {
    this.items =
        IntStream.range(0, assignment.length).mapToObj(i -> new Item(i, assignment[i])).toList();
    this.groups = IntStream.range(0, groupCount).boxed().toList();
    this.evaluation = evaluation;
    this.neighborhood = neighborhood;
  }

  private int[] assignment() {
    return items.stream().mapToInt(item -> item.group).toArray();
  }

  /** What is assigned to a group. */
  @PlanningEntity
  static final class Item {
    @PlanningId private int index;

    @PlanningVariable(valueRangeProviderRefs = "groups")
    private Integer group;

    /** For OptaPlanner's copies. */
    @SuppressWarnings("NullAway.Init")
    Item() {}

    Item(int index, int group) {
      this.index = index;
      this.group = group;
    }

    @Override
    public String toString() {
      return "item " + index;
    }
  }

  /** Asks the evaluation. */
  public static final class Calculator implements EasyScoreCalculator<Plan, HardSoftLongScore> {
    @Override
    public HardSoftLongScore calculateScore(Plan plan) {
      plan.evaluation.countMove();
      return plan.evaluation.score(plan.assignment());
    }
  }

  /** Gives some items other groups. */
  private static final class Reassignment extends AbstractMove<Plan> {
    private final List<Item> items;
    private final List<Integer> groups;

    Reassignment(List<Item> items, List<Integer> groups) {
      this.items = items;
      this.groups = groups;
    }

    static Reassignment to(int[] assignment, Plan plan) {
      List<Item> items =
          plan.items.stream().filter(item -> item.group != assignment[item.index]).toList();
      return new Reassignment(items, items.stream().map(item -> assignment[item.index]).toList());
    }

    @Override
    public boolean isMoveDoable(ScoreDirector<Plan> scoreDirector) {
      return true;
    }

    @Override
    protected Reassignment createUndoMove(ScoreDirector<Plan> scoreDirector) {
      return new Reassignment(items, items.stream().map(item -> item.group).toList());
    }

    @Override
    protected void doMoveOnGenuineVariables(ScoreDirector<Plan> scoreDirector) {
      for (int i = 0; i < items.size(); i++) {
        scoreDirector.beforeVariableChanged(items.get(i), "group");
        items.get(i).group = groups.get(i);
        scoreDirector.afterVariableChanged(items.get(i), "group");
      }
    }

    @Override
    public Collection<?> getPlanningEntities() {
      return items;
    }

    @Override
    public Collection<?> getPlanningValues() {
      return groups;
    }

    @Override
    public String toString() {
      return items + " to " + groups;
    }
  }

  /** Draws moves from the neighborhood. */
  public static final class Moves implements MoveIteratorFactory<Plan, Move<Plan>> {
    @Override
    public long getSize(ScoreDirector<Plan> scoreDirector) {
      return scoreDirector.getWorkingSolution().items.size();
    }

    @Override
    public Iterator<Move<Plan>> createOriginalMoveIterator(ScoreDirector<Plan> scoreDirector) {
      throw new UnsupportedOperationException("The order of moves must be random.");
    }

    /** Called once in each step. */
    @Override
    public Iterator<Move<Plan>> createRandomMoveIterator(
        ScoreDirector<Plan> scoreDirector, Random workingRandom) {
      Plan plan = scoreDirector.getWorkingSolution();
      return new MoveIterator(plan, plan.evaluation.beginStep());
    }
  }

  /**
   * The moves of one step. It has its own stream of random numbers, so moves drawn in advance and
   * then not tried do not change what follows.
   */
  private static final class MoveIterator implements Iterator<Move<Plan>> {
    private final Plan plan;
    private final int[] assignment;
    private final SplittableRandom random;
    private final Deque<int[]> ahead = new ArrayDeque<>();

    MoveIterator(Plan plan, SplittableRandom random) {
      this.plan = plan;
      this.assignment = plan.assignment();
      this.random = random;
    }

    @Override
    public boolean hasNext() {
      return true;
    }

    @Override
    @SuppressWarnings("NullAway") // there are at least two assignments: see AssignmentSearch
    public Move<Plan> next() {
      if (ahead.isEmpty()) {
        int count = plan.evaluation.lookAhead();
        for (int i = 0; i < count; i++) {
          ahead.add(plan.neighborhood.draw(assignment, random));
        }
        plan.evaluation.computeAhead(new ArrayList<>(ahead));
      }
      return Reassignment.to(ahead.remove(), plan);
    }
  }

  @Override
  public String toString() {
    return Arrays.toString(assignment());
  }
}
