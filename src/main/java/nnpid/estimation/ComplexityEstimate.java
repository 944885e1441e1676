package nnpid.estimation;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import nnpid.decomposition.Backbone;

/**
 * An estimate of a backbone and of the representational complexity.
 *
 * @param backbone estimated information by degree of synergy; its mutual information is exact. NaN
 *     where a search ran out of its node budget
 * @param standardError standard error of C, never 0 but where nothing had to be sampled; NaN where
 *     C is
 * @param standardErrors standard errors of &Pi;_1, &Pi;_2, ... in bits
 * @param accessibleErrors standard errors of V_1, V_2, ... in bits; V_n is I(T:S), known exactly
 * @param replicates how many replicates the estimate rests on
 * @param bounds where a search ran out of its node budget: bounds for C instead of an estimate
 * @param end what ended the estimate
 */
public record ComplexityEstimate(
    Backbone backbone,
    double standardError,
    List<Double> standardErrors,
    List<Double> accessibleErrors,
    long replicates,
    Optional<Bounds> bounds,
    End end)
    implements Serializable {

  /** What ends an estimate. */
  public enum End {
    /** The standard error is as small as wanted. */
    PRECISE,
    /** The wanted number of replicates is reached. */
    REPLICATES,
    /** The time is used up. */
    TIME,
    /** It was stopped. */
    STOPPED
  }

  /** Makes the lists immutable. */
  public ComplexityEstimate {
    standardErrors = List.copyOf(standardErrors);
    accessibleErrors = List.copyOf(accessibleErrors);
  }

  /** Whether the estimate ended by its settings, not by being stopped. */
  public boolean complete() {
    return end != End.STOPPED;
  }

  ComplexityEstimate endedBy(End newEnd) {
    return new ComplexityEstimate(
        backbone, standardError, standardErrors, accessibleErrors, replicates, bounds, newEnd);
  }

  /**
   * Bounds for C that hold whatever the unfinished searches would have found, up to the standard
   * errors of the bounds themselves.
   *
   * @param lower lower bound
   * @param lowerStandardError its standard error
   * @param upper upper bound
   * @param upperStandardError its standard error
   * @param unresolved how many of the replicates have an unfinished search
   */
  public record Bounds(
      double lower,
      double lowerStandardError,
      double upper,
      double upperStandardError,
      long unresolved)
      implements Serializable {}
}
