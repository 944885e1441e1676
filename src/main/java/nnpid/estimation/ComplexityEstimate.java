package nnpid.estimation;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
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

  /**
   * The mean over several samples of the same sources, whose Monte-Carlo errors are independent: of
   * &Pi;_k the plain mean, of C and its bounds the one that follows from it, weighted by I(T:S).
   */
  public static ComplexityEstimate mean(List<ComplexityEstimate> estimates) {
    Backbone backbone =
        Backbone.mean(estimates.stream().map(ComplexityEstimate::backbone).toList());
    double[] shares =
        estimates.stream()
            .mapToDouble(one -> one.backbone.mutualInformation() / estimates.size())
            .map(part -> part / backbone.mutualInformation())
            .toArray();
    long unresolved =
        estimates.stream().mapToLong(one -> one.bounds.map(Bounds::unresolved).orElse(0L)).sum();
    return new ComplexityEstimate(
        backbone,
        error(shares, estimates, one -> one.standardError),
        errors(estimates, one -> one.standardErrors),
        errors(estimates, one -> one.accessibleErrors),
        estimates.stream().mapToLong(ComplexityEstimate::replicates).sum(),
        unresolved == 0
            ? Optional.empty()
            : Optional.of(
                new Bounds(
                    sum(shares, estimates, one -> one.orBounds().lower()),
                    error(shares, estimates, one -> one.orBounds().lowerStandardError()),
                    sum(shares, estimates, one -> one.orBounds().upper()),
                    error(shares, estimates, one -> one.orBounds().upperStandardError()),
                    unresolved)),
        estimates.stream()
            .map(ComplexityEstimate::end)
            .max(Comparator.naturalOrder())
            .orElseThrow());
  }

  /** The bounds, where there are none C itself. */
  private Bounds orBounds() {
    double complexity = backbone.representationalComplexity();
    return bounds.orElse(new Bounds(complexity, standardError, complexity, standardError, 0));
  }

  private static double sum(
      double[] factors,
      List<ComplexityEstimate> estimates,
      ToDoubleFunction<ComplexityEstimate> value) {
    double sum = 0;
    for (int i = 0; i < factors.length; i++) {
      sum += factors[i] * value.applyAsDouble(estimates.get(i));
    }
    return sum;
  }

  /** The standard error of a sum. */
  private static double error(
      double[] factors,
      List<ComplexityEstimate> estimates,
      ToDoubleFunction<ComplexityEstimate> error) {
    double[] squares = Arrays.stream(factors).map(factor -> factor * factor).toArray();
    return Math.sqrt(
        sum(squares, estimates, one -> error.applyAsDouble(one) * error.applyAsDouble(one)));
  }

  private static List<Double> errors(
      List<ComplexityEstimate> estimates, Function<ComplexityEstimate, List<Double>> errors) {
    double[] equal = new double[estimates.size()];
    Arrays.fill(equal, 1.0 / estimates.size());
    return IntStream.range(0, errors.apply(estimates.get(0)).size())
        .mapToObj(k -> error(equal, estimates, one -> errors.apply(one).get(k)))
        .toList();
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
