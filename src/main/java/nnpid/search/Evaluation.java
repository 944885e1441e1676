package nnpid.search;

import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import nnpid.execution.Execution;
import nnpid.execution.RandomStreams;
import nnpid.search.AssignmentSearch.Listener;
import nnpid.search.SearchResult.Ending;
import nnpid.search.SearchResult.TracePoint;
import org.jspecify.annotations.Nullable;
import org.optaplanner.core.api.score.buildin.hardsoftlong.HardSoftLongScore;

/** The state of one search: what is known of the objective, and the best assignment so far. */
final class Evaluation {
  // A few ten megabytes at most.
  private static final int MOST_KNOWN = 1 << 16;
  private static final int MOST_KNOWN_ITEMS = 1 << 22;

  // Below, starting the threads takes longer than they save.
  private static final double WORTH_THREADS_NANOS = 300_000;

  private final Objective objective;
  private final boolean interchangeable;
  private final SearchSettings settings;
  private final Execution execution;
  private final Listener listener;
  private final long startNanos = System.nanoTime();

  // By canonical assignment; the least recently used ones are forgotten.
  private final Map<IntBuffer, Value> known;

  // Computed in advance by several threads, and not yet asked for.
  private final Map<IntBuffer, Value> computedAhead = new HashMap<>();

  private @Nullable Value best;
  private int[] bestAssignment = {};
  private final List<TracePoint> trace = new ArrayList<>();
  private int step;
  private long moves;
  private long evaluations;
  private long plateauEnd = Long.MAX_VALUE; // of evaluations; not before the local search
  private double objectiveNanos;

  /** Of one assignment; the score is NaN where there are violations. */
  private record Value(int violations, double score) {
    boolean isBetterThan(Value other) {
      return violations < other.violations
          || (violations == other.violations && score > other.score);
    }
  }

  Evaluation(
      Objective objective,
      int itemCount,
      boolean interchangeable,
      SearchSettings settings,
      Execution execution,
      Listener listener) {
    this.objective = objective;
    this.interchangeable = interchangeable;
    this.settings = settings;
    this.execution = execution;
    this.listener = listener;
    int mostKnown = Math.min(MOST_KNOWN, MOST_KNOWN_ITEMS / itemCount + 1);
    this.known = new LeastRecentlyUsed<>(mostKnown);
  }

  @SuppressWarnings("serial") // never serialized
  private static final class LeastRecentlyUsed<K, V> extends LinkedHashMap<K, V> {
    private final int mostEntries;

    LeastRecentlyUsed(int mostEntries) {
      super(16, 0.75f, true);
      this.mostEntries = mostEntries;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
      return size() > mostEntries;
    }
  }

  /** Groups in the order of their first items, if it does not matter which group is which. */
  int[] canonical(int[] assignment) {
    int[] result = assignment.clone();
    if (interchangeable) {
      int[] labels = new int[assignment.length];
      Arrays.fill(labels, -1);
      int next = 0;
      for (int i = 0; i < assignment.length; i++) {
        if (labels[assignment[i]] < 0) {
          labels[assignment[i]] = next++;
        }
        result[i] = labels[assignment[i]];
      }
    }
    return result;
  }

  /**
   * The score of an assignment, which competes for the best.
   *
   * <p>The local search only ever compares scores, so any code that keeps the order of all doubles
   * is exact: that of their bits.
   */
  HardSoftLongScore score(int[] assignment) {
    int[] canonical = canonical(assignment);
    Value value = valueOf(canonical);
    if (best == null || value.isBetterThan(best)) {
      best = value;
      bestAssignment = canonical;
      if (plateauEnd != Long.MAX_VALUE) {
        beginPlateau();
      }
      if (value.violations == 0) {
        if (!trace.isEmpty() && trace.get(trace.size() - 1).step() == step) {
          trace.remove(trace.size() - 1);
        }
        trace.add(new TracePoint(step, value.score));
        listener.newBest(canonical.clone(), value.score, step, fractionDone());
      }
    }
    if (value.violations > 0) {
      return HardSoftLongScore.ofHard(-value.violations);
    }
    long bits = Double.doubleToLongBits(value.score + 0.0);
    return HardSoftLongScore.ofSoft(bits ^ ((bits >> 63) & Long.MAX_VALUE));
  }

  /** Whether the objective of one is better than that of the other; neither becomes the best. */
  boolean isBetter(int[] assignment, int[] other) {
    return valueOf(canonical(assignment)).isBetterThan(valueOf(canonical(other)));
  }

  private Value valueOf(int[] canonical) {
    checkLimits();
    IntBuffer key = IntBuffer.wrap(canonical);
    Value value = known.get(key);
    if (value == null) {
      if (evaluations >= plateauEnd) {
        throw new Ended(Ending.PLATEAU);
      }
      evaluations++;
      value = computedAhead.remove(key);
      if (value == null) {
        long before = System.nanoTime();
        value = compute(canonical);
        objectiveNanos += 0.1 * (System.nanoTime() - before - objectiveNanos);
      }
      known.put(key, value);
    }
    return value;
  }

  private Value compute(int[] canonical) {
    int violations = objective.violations(canonical.clone());
    if (violations > 0) {
      return new Value(violations, Double.NaN);
    }
    double score = objective.of(canonical.clone());
    if (Double.isNaN(score)) {
      throw new IllegalArgumentException(
          "The objective of the assignment ("
              + Arrays.toString(canonical)
              + ") must be a number: it is NaN.");
    }
    return new Value(0, score);
  }

  /** How many moves to look ahead: more than one where several threads can share the work. */
  int lookAhead() {
    boolean worthwhile = execution.threadCount() > 1 && objectiveNanos > WORTH_THREADS_NANOS;
    return worthwhile ? 2 * execution.threadCount() : 1;
  }

  /**
   * Computes what will probably be asked for, on all threads of the run. This saves time and has no
   * influence on any result.
   */
  void computeAhead(List<int[]> assignments) {
    if (lookAhead() == 1) {
      return;
    }
    checkLimits();
    computedAhead.clear();
    List<int[]> unknown =
        assignments.stream()
            .map(this::canonical)
            .map(IntBuffer::wrap)
            .distinct()
            .filter(key -> !known.containsKey(key))
            .map(IntBuffer::array)
            .toList();
    Value[] values = new Value[unknown.size()];
    Execution.ofThreads(execution.threadCount())
        .forEach(values.length, i -> values[i] = compute(unknown.get(i)));
    for (int i = 0; i < values.length; i++) {
      computedAhead.put(IntBuffer.wrap(unknown.get(i)), values[i]);
    }
  }

  /** To be called as each step of the local search begins; returns its random numbers. */
  SplittableRandom beginStep() {
    step++;
    return RandomStreams.of(settings.seed(), step);
  }

  /** From here on the local search ends if so many assignments are no better than the best. */
  void beginPlateau() {
    plateauEnd =
        settings.plateau() == SearchSettings.NO_PLATEAU
            ? Long.MAX_VALUE
            : evaluations + settings.plateau();
  }

  int stepsLeft() {
    return settings.stepLimit() - step;
  }

  long movesLeft() {
    return settings.moveLimit() - moves;
  }

  int[] bestAssignment() {
    return bestAssignment.clone();
  }

  /** To be called for each move of the local search. */
  void countMove() {
    moves++;
    execution.progress(fractionDone());
  }

  private double fractionDone() {
    double steps = (double) step / settings.stepLimit();
    double tried = (double) moves / settings.moveLimit();
    double time = elapsedSeconds() / settings.timeLimitSeconds();
    return Math.min(1, Math.max(Math.max(steps, tried), time));
  }

  private double elapsedSeconds() {
    return (System.nanoTime() - startNanos) / 1e9;
  }

  /** Ends the search, but for want of time not before there is a result. */
  void checkLimits() {
    execution.checkCanceled();
    if (best != null && elapsedSeconds() > settings.timeLimitSeconds()) {
      throw new Ended(Ending.TIME_LIMIT);
    }
  }

  /** The search is over. */
  static final class Ended extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final Ending ending;

    private Ended(Ending ending) {
      super("The search is over: " + ending + ".", null, false, false);
      this.ending = ending;
    }

    Ending ending() {
      return ending;
    }
  }

  /**
   * What has been found.
   *
   * @throws CancellationException if the search was canceled before it found anything
   */
  SearchResult result(Ending ending) {
    if (best == null) {
      throw new CancellationException("The search was stopped.");
    }
    if (!trace.isEmpty() && trace.get(trace.size() - 1).step() < step) {
      trace.add(new TracePoint(step, best.score));
    }
    return new SearchResult(
        bestAssignment, best.score, best.violations, trace, evaluations, ending);
  }
}
