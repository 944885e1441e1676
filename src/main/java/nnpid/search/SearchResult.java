package nnpid.search;

import java.util.List;

/** What an {@link AssignmentSearch} found. Immutable. */
public final class SearchResult {
  private final int[] assignment;
  private final double score;
  private final int violations;
  private final List<TracePoint> trace;
  private final long evaluations;
  private final Ending ending;

  /**
   * The best score after a number of steps.
   *
   * @param step 0 is the start of the local search
   */
  public record TracePoint(int step, double score) {}

  /** Why a search ended. */
  public enum Ending {
    /** The steps or moves of the settings are used up: the same search ends the same again. */
    COMPLETE,
    /** As many new assignments as the settings say were no better. */
    PLATEAU,
    /** All subsets were tried: there is no better one. */
    EXHAUSTED,
    /** The time is used up. */
    TIME_LIMIT,
    /** The searching thread was interrupted. */
    CANCELED
  }

  SearchResult(
      int[] assignment,
      double score,
      int violations,
      List<TracePoint> trace,
      long evaluations,
      Ending ending) {
    this.assignment = assignment;
    this.score = score;
    this.violations = violations;
    this.trace = List.copyOf(trace);
    this.evaluations = evaluations;
    this.ending = ending;
  }

  /** The group of each item in the best assignment; the first of several equally good ones. */
  public int[] assignment() {
    return assignment.clone();
  }

  /** The objective of the best assignment; NaN if it has {@link #violations()}. */
  public double score() {
    return score;
  }

  /** The violations of the best assignment: 0 if a legal one was found. */
  public int violations() {
    return violations;
  }

  /**
   * The best score after each step that raised it, and after the last step. Empty if no assignment
   * without violations was found.
   */
  public List<TracePoint> trace() {
    return trace;
  }

  /** How many different assignments the objective was asked for, the forgotten ones again. */
  public long evaluations() {
    return evaluations;
  }

  /** Why the search ended. */
  public Ending ending() {
    return ending;
  }
}
