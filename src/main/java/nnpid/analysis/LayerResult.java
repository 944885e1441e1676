package nnpid.analysis;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import nnpid.coarsegraining.CoarseGrainedComplexity;
import nnpid.coarsegraining.ComplexityBounds;
import nnpid.decomposition.Atom;
import nnpid.decomposition.Backbone;
import nnpid.decomposition.Measure;
import nnpid.decomposition.PartialInformationDecomposition;
import nnpid.decomposition.RelatedMeasures;
import nnpid.estimation.ComplexityEstimate;
import nnpid.estimation.PermutationBaseline;
import nnpid.estimation.Subsampling;

/**
 * What was found out about one layer: information about the target by degree of synergy, and the
 * representational complexity. All information is in bits.
 *
 * @param layer name of the layer
 * @param sources the units of every source: one name each, or several for a group
 * @param target name of the target
 * @param measure the redundancy measure
 * @param method how the backbone was computed
 * @param samples how many samples the numbers rest on
 * @param entropySources joint entropy of the sources, H(S)
 * @param entropyTarget entropy of the target, H(T)
 * @param mutualInformation I(T:S), exact
 * @param backbone information by degree of synergy, from 1 to the number of sources; for
 *     subsampling the mean over subsets, from 1 to the size of the subsets; for coarse-graining
 *     that of the groups
 * @param decomposition all atoms, where they were computed
 * @param estimate what is known of the errors, where the backbone is estimated
 * @param subsampling the subsets, where the backbone is their mean
 * @param coarseGraining the groups and the bounds from them, where the backbone is theirs
 * @param related measures beside C
 * @param baseline the same under shuffled targets, if wanted
 * @param targets the decomposition for every target state, if wanted
 * @param units how the activations of units became levels; none for units that were nominal
 * @param warnings sentences about what makes the result doubtful
 */
public record LayerResult(
    String layer,
    List<List<String>> sources,
    String target,
    Measure measure,
    Method method,
    SampleFacts samples,
    double entropySources,
    double entropyTarget,
    double mutualInformation,
    Backbone backbone,
    Optional<PartialInformationDecomposition> decomposition,
    Optional<ComplexityEstimate> estimate,
    Optional<Subsampling> subsampling,
    Optional<CoarseGrainedComplexity> coarseGraining,
    RelatedMeasures related,
    Optional<PermutationBaseline> baseline,
    List<TargetReport> targets,
    List<UnitLevels> units,
    List<String> warnings) {

  /** Degrees of synergy that are shown whether they have information or not. */
  private static final int MOST_DEGREES_WITHOUT_INFORMATION = 6;

  private static final String NO_INFORMATION =
      "The representational complexity is undefined: the sources have no information about the"
          + " target.";
  private static final String UNRESOLVED =
      "The representational complexity is not known: searches ran out of nodes. See its bounds.";

  /** Makes the lists immutable. */
  public LayerResult {
    sources = sources.stream().map(List::copyOf).toList();
    targets = List.copyOf(targets);
    units = List.copyOf(units);
    warnings = List.copyOf(warnings);
  }

  /** The name of a source: its unit's, or those of a group joined by {@code +}. */
  public static String sourceName(List<String> units) {
    return String.join("+", units);
  }

  /** The names of the sources of a group. */
  public List<String> unitsOfGroup(List<Integer> group) {
    return group.stream().map(source -> sourceName(sources.get(source))).toList();
  }

  /**
   * C, for subsampling its mean over the subsets; empty where it is undefined or not known, as with
   * {@link #bounds()}.
   */
  public OptionalDouble representationalComplexity() {
    if (coarseGraining.isPresent() && !coarseGraining.get().isExact()) {
      return OptionalDouble.empty();
    }
    double complexity =
        subsampling.map(Subsampling::meanComplexity).orElse(backbone.representationalComplexity());
    return Double.isNaN(complexity) ? OptionalDouble.empty() : OptionalDouble.of(complexity);
  }

  /** Why there is no representational complexity, if there is none. */
  public Optional<String> note() {
    if (representationalComplexity().isPresent()) {
      return Optional.empty();
    }
    Optional<Interval> interval = bounds();
    if (coarseGraining.isPresent() && interval.isPresent()) {
      ComplexityBounds wide = coarseGraining.get().bounds();
      return Optional.of(
          String.format(
              Locale.ROOT,
              "Groups of units bound the representational complexity: from %.4f, which is that of"
                  + " the groups, to %.4f, if no information of the units is negative within a"
                  + " degree of synergy of the groups; in any case from %.4f to %.4f.",
              interval.get().lower(),
              interval.get().upper(),
              wide.lowerUnconditional(),
              wide.upperUnconditional()));
    }
    boolean unresolved = estimate.isPresent() && estimate.get().bounds().isPresent();
    return Optional.of(unresolved ? UNRESOLVED : NO_INFORMATION);
  }

  /** The atoms of largest absolute value, largest first; none if the layer has no atoms. */
  public List<Atom> largestAtoms(int count) {
    return decomposition.map(all -> all.largestAtoms(count)).orElse(List.of());
  }

  /** How many degrees are worth showing: wide layers have many without information at the end. */
  public int shownDegrees() {
    int degree = backbone.sourceCount();
    while (degree > MOST_DEGREES_WITHOUT_INFORMATION
        && Math.abs(backbone.information(degree)) < 0.00005) {
      degree--;
    }
    return degree;
  }

  /**
   * Bounds for C.
   *
   * @param lower at most C
   * @param upper at least C
   */
  public record Interval(double lower, double upper) {}

  /**
   * Between what C lies where it is not known: bounds from groups, which hold under the paper's
   * assumption (see {@link ComplexityBounds}), or from searches that ran out of nodes.
   */
  public Optional<Interval> bounds() {
    Optional<Interval> fromGroups =
        coarseGraining
            .filter(
                coarse -> coarse.backbone().hasRepresentationalComplexity() && !coarse.isExact())
            .map(coarse -> new Interval(coarse.bounds().lower(), coarse.bounds().upper()));
    return fromGroups.or(
        () ->
            estimate
                .flatMap(ComplexityEstimate::bounds)
                .map(bounds -> new Interval(bounds.lower(), bounds.upper())));
  }

  /** Whether C is defined, and neither estimated nor bounded. */
  public boolean isExact() {
    return representationalComplexity().isPresent()
        && backbone.isExact()
        && (method == Method.LATTICE || method == Method.BACKBONE);
  }

  /**
   * Standard error of C, for subsampling that of the mean over subsets; empty where C is exact or
   * there is none, NaN where C is estimated but its error is undefined, as from a single subset.
   */
  public OptionalDouble standardError() {
    if (representationalComplexity().isEmpty()) {
      return OptionalDouble.empty();
    }
    return estimate
        .map(ComplexityEstimate::standardError)
        .or(() -> subsampling.map(Subsampling::standardError))
        .map(OptionalDouble::of)
        .orElse(OptionalDouble.empty());
  }

  /** Whether the samples are too few for the numbers to say much about where they come from. */
  public boolean hasFewSamples() {
    return samples.areFew(mutualInformation);
  }
}
