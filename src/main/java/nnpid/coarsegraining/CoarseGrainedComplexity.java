package nnpid.coarsegraining;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import nnpid.decomposition.Backbone;
import nnpid.distribution.JointDistribution;
import nnpid.execution.Execution;

/**
 * What groups of units tell about the representational complexity of the units: bounds, exact for
 * the groups. Under I_sx.
 *
 * @param coarseGraining the groups
 * @param backbone the groups' information by degree of synergy, exact
 * @param bounds bounds for C of the units
 * @param groupInformation the information of every group alone about the target, in bits; shared
 *     information counts in each of its groups
 * @param objective what the groups were searched for with, or would have been
 * @param search how the groups were found, if they were searched for
 */
public record CoarseGrainedComplexity(
    CoarseGraining coarseGraining,
    Backbone backbone,
    ComplexityBounds bounds,
    List<Double> groupInformation,
    GroupingObjective objective,
    Optional<Search> search)
    implements Serializable {

  /** Less negative information than this may be rounding. */
  private static final double NEGATIVE = -1e-9;

  /** Makes the list immutable. */
  public CoarseGrainedComplexity {
    groupInformation = List.copyOf(groupInformation);
  }

  /**
   * How groups were found.
   *
   * @param trace the objective of the best grouping so far, as estimated, by steps of the search
   * @param evaluations how many groupings were estimated
   * @param references how many references these estimates rest on
   * @param estimate the estimated objective of the grouping that was chosen
   * @param standardError standard error of this estimate
   * @param complete whether the search ended by its steps, not by its time limit or a stop
   */
  public record Search(
      List<Step> trace,
      long evaluations,
      int references,
      double estimate,
      double standardError,
      boolean complete)
      implements Serializable {
    /** Makes the list immutable. */
    public Search {
      trace = List.copyOf(trace);
    }
  }

  /**
   * The best grouping so far.
   *
   * @param step of the search
   * @param value estimated value of the objective
   */
  public record Step(int step, double value) implements Serializable {}

  /** Is told of every best grouping so far, on the searching thread. */
  @FunctionalInterface
  public interface Listener {
    /**
     * A better grouping has been found.
     *
     * @param value estimated value of the objective
     */
    void newBest(CoarseGraining grouping, double value, int step);
  }

  /**
   * Groups the sources of a distribution as the settings say.
   *
   * <p>If the groups are searched for and the search is stopped, the best so far is taken, and the
   * interrupted status stays set.
   *
   * @throws IllegalArgumentException if the sources cannot be put into such groups
   * @throws CancellationException if the execution is canceled before there is any grouping
   */
  public static CoarseGrainedComplexity of(
      JointDistribution distribution,
      CoarseGrainingSettings settings,
      Execution execution,
      Listener listener) {
    requireNonNull(distribution, "distribution");
    settings.requireApplicable(distribution.sourceCount());
    return settings.isOptimized()
        ? new GroupingSearch(distribution, settings, listener).run(execution)
        : of(
            distribution,
            settings.fixedGrouping(distribution.sourceCount()),
            settings.objective(),
            execution);
  }

  /**
   * The bounds from given groups.
   *
   * @throws IllegalArgumentException if there are more than 6 groups, or other units than sources
   */
  public static CoarseGrainedComplexity of(
      JointDistribution distribution,
      CoarseGraining coarseGraining,
      GroupingObjective objective,
      Execution execution) {
    JointDistribution coarse = coarseGraining.coarse(distribution);
    Backbone backbone = Backbone.of(coarse, execution);
    return new CoarseGrainedComplexity(
        coarseGraining,
        backbone,
        ComplexityBounds.of(backbone, coarseGraining),
        IntStream.range(0, coarse.sourceCount()).mapToObj(coarse::mutualInformation).toList(),
        objective,
        Optional.empty());
  }

  CoarseGrainedComplexity with(Search newSearch) {
    return new CoarseGrainedComplexity(
        coarseGraining, backbone, bounds, groupInformation, objective, Optional.of(newSearch));
  }

  /**
   * Whether the information of some degree of synergy of the groups is negative, which refutes what
   * {@link ComplexityBounds#lower()} and {@link ComplexityBounds#upper()} assume. That none is does
   * not prove it, unless every unit is a group of its own.
   */
  public boolean refutesAssumption() {
    for (int degree = 1; degree <= backbone.sourceCount(); degree++) {
      if (backbone.information(degree) < NEGATIVE) {
        return true;
      }
    }
    return false;
  }

  /** Whether every unit is a group of its own, so that all bounds but the wide ones are C. */
  public boolean isExact() {
    return coarseGraining.groupCount() == coarseGraining.unitCount();
  }
}
