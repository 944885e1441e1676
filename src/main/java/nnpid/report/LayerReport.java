package nnpid.report;

import java.util.List;
import java.util.Optional;
import nnpid.decomposition.Backbone;
import nnpid.decomposition.PartialInformationDecomposition;
import nnpid.distribution.JointDistribution;

/**
 * What was found out about one layer: information about the target by degree of synergy, and the
 * representational complexity.
 *
 * @param layer name of the layer
 * @param sources the units of every source: one name each, or several for a group
 * @param target name of the target
 * @param targetStateCount number of classes that occur
 * @param method how it was computed
 * @param instanceCount number of instances that were counted
 * @param weight their total weight
 * @param realizationCount number of distinct joint states of sources and target
 * @param entropySources joint entropy of the sources, H(S), in bits
 * @param entropyTarget entropy of the target, H(T), in bits
 * @param backbone mutual information by degree of synergy, and C
 * @param decomposition all atoms, where they were computed
 * @param warnings sentences about what makes the result doubtful
 */
public record LayerReport(
    String layer,
    List<List<String>> sources,
    String target,
    int targetStateCount,
    Method method,
    long instanceCount,
    double weight,
    int realizationCount,
    double entropySources,
    double entropyTarget,
    Backbone backbone,
    Optional<PartialInformationDecomposition> decomposition,
    List<String> warnings) {

  /** Why a representational complexity can be missing. */
  public static final String UNDEFINED_NOTE =
      "The representational complexity is undefined: the sources have no information about the"
          + " target.";

  /** How a backbone was computed. */
  public enum Method {
    /** All atoms of the redundancy lattice, summed. */
    LATTICE("lattice", "exact, from all atoms of the redundancy lattice"),
    /** Inclusion and exclusion over the sets of k sources, without atoms. */
    BACKBONE("backbone", "exact, without the atoms");

    private final String id;
    private final String description;

    Method(String id, String description) {
      this.id = id;
      this.description = description;
    }

    /** The name in options and machine-readable output. */
    public String id() {
      return id;
    }

    /** A few words for people. */
    public String description() {
      return description;
    }
  }

  /** Makes the lists immutable. */
  public LayerReport {
    sources = sources.stream().map(List::copyOf).toList();
    warnings = List.copyOf(warnings);
  }

  /**
   * The report on a layer from its distribution and its decomposition.
   *
   * @param instanceCount number of instances that were counted
   */
  public static LayerReport of(
      String layer,
      List<List<String>> sources,
      String target,
      long instanceCount,
      JointDistribution distribution,
      Method method,
      Backbone backbone,
      Optional<PartialInformationDecomposition> decomposition,
      List<String> warnings) {
    return new LayerReport(
        layer,
        sources,
        target,
        distribution.targetStateCount(),
        method,
        instanceCount,
        distribution.totalWeight(),
        distribution.realizationCount(),
        distribution.entropySources(),
        distribution.entropyTarget(),
        backbone,
        decomposition,
        warnings);
  }

  /** The name of a source: its unit's, or those of a group joined by {@code +}. */
  public static String sourceName(List<String> units) {
    return String.join("+", units);
  }
}
