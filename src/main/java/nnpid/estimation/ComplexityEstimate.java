package nnpid.estimation;

import java.util.List;
import java.util.Optional;
import nnpid.decomposition.Backbone;

/**
 * An estimate of a backbone and of the representational complexity.
 *
 * @param backbone estimated information by degree of synergy; its mutual information is exact. NaN
 *     where a search ran out of its node budget
 * @param standardError standard error of C; NaN where C is, or where there are too few replicates
 * @param standardErrors standard errors of &Pi;_1, &Pi;_2, ... in bits
 * @param replicates how many replicates the estimate rests on
 * @param bounds where a search ran out of its node budget: bounds for C instead of an estimate
 * @param complete whether the estimate ended by its settings, not by being stopped
 */
public record ComplexityEstimate(
    Backbone backbone,
    double standardError,
    List<Double> standardErrors,
    long replicates,
    Optional<Bounds> bounds,
    boolean complete) {

  /** Makes the list immutable. */
  public ComplexityEstimate {
    standardErrors = List.copyOf(standardErrors);
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
      long unresolved) {}
}
