package nnpid.analysis;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import nnpid.decomposition.Atom;
import nnpid.decomposition.Backbone;
import nnpid.decomposition.Measure;
import nnpid.decomposition.PartialInformationDecomposition;
import nnpid.decomposition.RelatedMeasures;
import nnpid.decomposition.SourcePairs;
import nnpid.decomposition.Values;
import nnpid.estimation.LargestAtoms;
import nnpid.estimation.PermutationBaseline;
import nnpid.estimation.SamplingError;
import nnpid.estimation.SubsetRanking;

/**
 * What was found out about one layer: information about the target by degree of synergy, and the
 * representational complexity. All information is in bits.
 *
 * @param layer the layer, its units and its target
 * @param samples how many samples the numbers rest on
 * @param measure the redundancy measure
 * @param entropySources joint entropy of the sources, H(S)
 * @param entropyTarget entropy of the target, H(T)
 * @param mutualInformation I(T:S), exact; corrected values may be negative
 * @param finding the information by degree of synergy and C
 * @param values what the values of the finding, and the mutual information, are about
 * @param correction both kinds of values, where there are both
 * @param atHorizon the same at a horizon, if wanted
 * @param samplingError how much the values of the finding depend on the sample, if wanted
 * @param related measures beside C
 * @param baseline the same under shuffled targets, if wanted
 * @param walked the largest atoms, where there are too many to know all, if wanted
 * @param named single atoms, if wanted
 * @param pairs what pairs of sources tell, if that is wanted
 * @param ranking subsets of the sources by their merit, if that is wanted
 * @param targets the decomposition for every target state, if wanted
 * @param warnings sentences about what makes the result doubtful
 */
public record LayerResult(
    Layer layer,
    SampleFacts samples,
    Measure measure,
    double entropySources,
    double entropyTarget,
    double mutualInformation,
    Finding finding,
    Values values,
    Optional<Correction> correction,
    Optional<AtHorizon> atHorizon,
    Optional<SamplingError> samplingError,
    RelatedMeasures related,
    Optional<PermutationBaseline> baseline,
    Optional<LargestAtoms> walked,
    List<Atom> named,
    Optional<SourcePairs> pairs,
    Optional<SubsetRanking> ranking,
    List<TargetReport> targets,
    List<String> warnings)
    implements Serializable {

  /** Degrees of synergy that are shown whether they have information or not. */
  private static final int MOST_DEGREES_WITHOUT_INFORMATION = 6;

  /** Makes the lists immutable. */
  public LayerResult {
    named = List.copyOf(named);
    targets = List.copyOf(targets);
    warnings = List.copyOf(warnings);
  }

  /** The same compared with other shuffles, or with other subsets ranked, if there are others. */
  LayerResult with(Optional<PermutationBaseline> newBaseline, Optional<SubsetRanking> newRanking) {
    return new LayerResult(
        layer,
        samples,
        measure,
        entropySources,
        entropyTarget,
        mutualInformation,
        finding,
        values,
        correction,
        atHorizon,
        samplingError,
        related,
        newBaseline.or(() -> baseline),
        walked,
        named,
        pairs,
        newRanking.or(() -> ranking),
        targets,
        warnings);
  }

  /** The name of the layer. */
  public String name() {
    return layer.name();
  }

  /** How many sources the layer has. */
  public int sourceCount() {
    return layer.sources().size();
  }

  /** How the backbone was computed. */
  public Method method() {
    return finding.method();
  }

  /**
   * Information by degree of synergy, from 1 to the number of sources; for subsampling the mean
   * over subsets, from 1 to the size of the subsets; for coarse-graining that of the groups.
   */
  public Backbone backbone() {
    return finding.backbone();
  }

  /** All atoms, where they were computed. */
  public Optional<PartialInformationDecomposition> decomposition() {
    return finding.decomposition();
  }

  /**
   * C, for subsampling its mean over the subsets; NaN where it is undefined or not known, as with
   * {@link #bounds()}.
   */
  public double representationalComplexity() {
    return finding.representationalComplexity();
  }

  /** Whether there is a C. */
  public boolean hasComplexity() {
    return !Double.isNaN(representationalComplexity());
  }

  /** Whether C is defined, and neither estimated nor bounded. */
  public boolean isExact() {
    return hasComplexity() && finding.isExact();
  }

  /** Whether there is a C that has been estimated. */
  public boolean isEstimated() {
    return hasComplexity() && finding.isEstimated();
  }

  /**
   * Standard error of C, for subsampling that of the mean over subsets; NaN where C is not
   * estimated, or its error is undefined, as from a single subset.
   */
  public double standardError() {
    return isEstimated() ? finding.standardError() : Double.NaN;
  }

  /**
   * Between what C lies where it is not known: bounds from groups, which hold under the paper's
   * assumption, or from searches that ran out of nodes.
   */
  public Optional<Finding.Interval> bounds() {
    return finding.bounds();
  }

  /** Why there is no representational complexity, if there is none. */
  public Optional<String> note() {
    return hasComplexity() ? Optional.empty() : Optional.of(finding.whyUnknown());
  }

  /**
   * The atoms to list: those that were asked for by name, or the largest, largest first, or all in
   * the order of the lattice. None if the layer has no atoms.
   *
   * @param count how many, or {@link Report#ALL_ATOMS}
   */
  public Stream<Atom> listedAtoms(int count) {
    if (!named.isEmpty()) {
      return named.stream();
    }
    if (walked.isPresent()) {
      return walked.get().atoms().stream().limit(count);
    }
    return decomposition().map(all -> listed(all, count)).orElse(Stream.empty());
  }

  /** The same for one state of the target. */
  public Stream<Atom> listedAtoms(TargetReport target, int count) {
    return named.isEmpty()
        ? listed(target.decomposition(), count)
        : named.stream().map(atom -> target.decomposition().atom(atom.antichain()));
  }

  private static Stream<Atom> listed(PartialInformationDecomposition all, int count) {
    return count == Report.ALL_ATOMS ? all.atoms() : all.largestAtoms(count).stream();
  }

  /** Whether listed atoms have standard errors. */
  public boolean hasEstimatedAtoms() {
    return Stream.concat(named.stream(), walked.stream().flatMap(one -> one.atoms().stream()))
        .anyMatch(atom -> atom.standardError() > 0);
  }

  /** Whether there are atoms to list. */
  public boolean hasAtoms() {
    return !named.isEmpty() || walked.isPresent() || decomposition().isPresent();
  }

  /** How many degrees are worth showing: wide layers have many without information at the end. */
  public int shownDegrees() {
    int degree = backbone().sourceCount();
    while (degree > MOST_DEGREES_WITHOUT_INFORMATION
        && Math.abs(backbone().information(degree)) < 0.00005) {
      degree--;
    }
    return degree;
  }

  /** Whether the samples support a degree of synergy; true if that is not known. */
  public boolean isSupported(int degree) {
    return correction.map(one -> degree <= one.support().supportedDegree()).orElse(true);
  }

  /** Whether much of what C is made of is not supported, see {@link #isSupported(int)}. */
  public boolean isComplexityDoubtful() {
    return correction.map(one -> one.isDoubtful(values)).orElse(false);
  }

  /** Whether the samples are too few for the numbers to say much about where they come from. */
  public boolean hasFewSamples() {
    return samples.areFew(mutualInformation);
  }

  /** What curves over training show of the layer. */
  public LayerSummary summary() {
    return new LayerSummary(
        name(),
        method(),
        values,
        samples,
        mutualInformation,
        IntStream.rangeClosed(1, backbone().sourceCount())
            .mapToObj(backbone()::information)
            .toList(),
        representationalComplexity(),
        isEstimated() ? standardError() : 0,
        correction.map(one -> one.corrected().backbone().mutualInformation()).orElse(Double.NaN),
        correction.map(one -> one.corrected().representationalComplexity()).orElse(Double.NaN),
        samplingError
            .map(
                error ->
                    new LayerSummary.Sampling(
                        error.mutualInformation().standardError(),
                        error.complexity().standardError(),
                        error.complexity().atHalf()))
            .orElse(LayerSummary.Sampling.UNKNOWN),
        atHorizon
            .map(
                one ->
                    new LayerSummary.Within(
                        one.draws(),
                        one.backbone().mutualInformation(),
                        one.complexity(),
                        IntStream.rangeClosed(1, one.backbone().sourceCount())
                            .mapToObj(one.backbone()::information)
                            .toList()))
            .orElse(LayerSummary.Within.NONE),
        related.reingComplexity(),
        related.averageDegreeOfRedundancy(),
        related.averageDegreeOfVulnerability());
  }
}
