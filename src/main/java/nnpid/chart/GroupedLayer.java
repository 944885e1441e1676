package nnpid.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import nnpid.analysis.Finding;
import nnpid.analysis.Layer;
import nnpid.analysis.LayerResult;
import nnpid.coarsegraining.CoarseGrainedComplexity;
import nnpid.coarsegraining.CoarseGrainedComplexity.Search;
import nnpid.coarsegraining.CoarseGrainedComplexity.Step;
import nnpid.coarsegraining.CoarseGraining;
import nnpid.coarsegraining.GroupingObjective;

/**
 * The units of a layer in groups, to be drawn: the best grouping so far while it is searched for,
 * and in the end the result.
 *
 * @param layer name of the layer
 * @param units names of the units, those of a source of several units joined by {@code +}
 * @param grouping the groups
 * @param objective what the best groups are
 * @param trace the objective of the best grouping so far, as estimated, by steps of the search;
 *     none if the groups were not searched for
 * @param result bounds and information of the groups, once they are known
 */
public record GroupedLayer(
    String layer,
    List<String> units,
    CoarseGraining grouping,
    GroupingObjective objective,
    List<Step> trace,
    Optional<CoarseGrainedComplexity> result) {

  /** Makes the lists immutable. */
  public GroupedLayer {
    units = List.copyOf(units);
    trace = List.copyOf(trace);
  }

  /** Whether a layer was analyzed by coarse-graining. */
  public static boolean isGrouped(LayerResult layer) {
    return layer.finding() instanceof Finding.Grouped;
  }

  /** The groups of a layer that was analyzed by coarse-graining; none by other methods. */
  public static Optional<GroupedLayer> of(LayerResult layer) {
    if (!(layer.finding() instanceof Finding.Grouped grouped)) {
      return Optional.empty();
    }
    CoarseGrainedComplexity groups = grouped.groups();
    return Optional.of(
        new GroupedLayer(
            layer.name(),
            layer.layer().sourceNames(),
            groups.coarseGraining(),
            groups.objective(),
            groups.search().map(Search::trace).orElse(List.of()),
            Optional.of(groups)));
  }

  /**
   * The first grouping that a search has found.
   *
   * @param sources the units of every source
   * @param value estimated value of the objective
   */
  public static GroupedLayer searched(
      String layer,
      List<List<String>> sources,
      CoarseGraining grouping,
      GroupingObjective objective,
      double value,
      int step) {
    return new GroupedLayer(
        layer,
        sources.stream().map(Layer::sourceName).toList(),
        grouping,
        objective,
        List.of(new Step(step, value)),
        Optional.empty());
  }

  /** The same search after it has found a better grouping; of a step only the last one counts. */
  public GroupedLayer improved(CoarseGraining better, double value, int step) {
    List<Step> longer = new ArrayList<>(trace);
    if (!longer.isEmpty() && longer.get(longer.size() - 1).step() == step) {
      longer.remove(longer.size() - 1);
    }
    longer.add(new Step(step, value));
    return new GroupedLayer(layer, units, better, objective, longer, result);
  }

  /** The names of a group's units. */
  List<String> unitsOfGroup(int group) {
    return grouping.groups().get(group).stream().map(units::get).toList();
  }

  /** What the objective is, in words. */
  String objectiveName() {
    return switch (objective) {
      case TIGHTEST_LOWER -> "Lower bound of C";
      case TIGHTEST_UPPER -> "Upper bound of C";
      case GAP -> "Distance of the bounds of C";
      case LEAST_SYNERGY -> "C of the groups";
    };
  }
}
