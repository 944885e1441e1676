package nnpid.estimation;

import java.io.Serializable;
import nnpid.execution.Execution;

/** The merits of subsets of some sources: each depends on nothing but the subset. */
public interface SubsetScores extends Serializable {
  /**
   * The merit of a subset; safe for several threads.
   *
   * @param sources their indices, ascending
   * @throws java.util.concurrent.CancellationException if the execution is canceled
   */
  SubsetScore of(int[] sources, Execution execution);
}
