package nnpid.analysis;

import java.io.Serializable;
import java.util.Optional;
import java.util.stream.IntStream;
import nnpid.coarsegraining.CoarseGraining;
import nnpid.decomposition.Backbone;
import nnpid.decomposition.Measure;
import nnpid.decomposition.PartialInformationDecomposition;
import nnpid.distribution.JointDistribution;
import nnpid.distribution.SampledDistribution;
import nnpid.estimation.ComplexityEstimate;
import nnpid.estimation.CoverageEstimator;
import nnpid.estimation.CoverageSettings;
import nnpid.estimation.PermutationBaseline;
import nnpid.estimation.SamplingError;
import nnpid.execution.Execution;
import nnpid.lattice.UpSetFamily;
import org.jspecify.annotations.Nullable;

/**
 * The analysis of a layer once more, of so many distributions other than its own: of shuffled
 * classes, or of halves of the samples. It is the same as far as they are compared: the groups
 * stay, atoms are left out.
 *
 * @param analysis that of the layer
 * @param groups those of the layer; null if it has none
 * @param coverage settings of estimates
 * @param isEstimated whether C is estimated though that of the layer is exact
 * @param count how many distributions
 */
record Again(
    WithoutAtoms analysis,
    @Nullable CoarseGraining groups,
    CoverageSettings coverage,
    boolean isEstimated,
    int count)
    implements Serializable {
  /** Where an exact analysis of every half takes too long. */
  private static final long REPLICATES_OF_HALF = 1 << 16;

  /**
   * Of shuffled classes: estimates have no more replicates than the layer itself had; and where
   * time ended that, all of them together have as much time.
   *
   * @param observed what was found about the layer
   */
  static Again ofShuffles(WithoutAtoms analysis, Finding observed, int count) {
    return new Again(analysis, groups(observed), coverage(analysis, observed, count), false, count);
  }

  /**
   * Of halves: estimates of all of them together have no more than twice the replicates of the
   * layer, which take about as long, since halves have half the samples. Their mean then is no less
   * precise than the layer's own estimate. Six sources take so long that halves are estimated:
   * their error is known, and taken out.
   *
   * @param observed what was found about the layer
   */
  static Again ofHalves(WithoutAtoms analysis, Finding observed, int sourceCount, int count) {
    CoverageSettings coverage = coverage(analysis, observed, count);
    if (observed instanceof Finding.Estimated estimated
        && estimated.estimate().end() != ComplexityEstimate.End.TIME) {
      coverage =
          coverage.withMaxReplicates(Math.max(1, 2 * estimated.estimate().replicates() / count));
    }
    Method method = analysis.method();
    boolean isCostly =
        analysis.settings().measure() == Measure.SX
            && (method == Method.LATTICE || method == Method.BACKBONE)
            && sourceCount == UpSetFamily.MAX_SOURCES;
    return new Again(analysis, groups(observed), coverage, isCostly, count);
  }

  private static @Nullable CoarseGraining groups(Finding observed) {
    return observed instanceof Finding.Grouped grouped ? grouped.groups().coarseGraining() : null;
  }

  private static CoverageSettings coverage(WithoutAtoms analysis, Finding observed, int count) {
    CoverageSettings coverage = analysis.settings().coverage();
    if (!(observed instanceof Finding.Estimated estimated)) {
      return coverage;
    }
    return estimated.estimate().end() == ComplexityEstimate.End.TIME
        ? coverage.withTimeLimitSeconds(coverage.timeLimitSeconds() / count)
        : coverage.withMaxReplicates(estimated.estimate().replicates());
  }

  private Finding find(SampledDistribution samples) {
    JointDistribution other = samples.distribution();
    Execution single = Execution.sequential();
    if (isEstimated) {
      CoverageSettings limited =
          coverage.withMaxReplicates(REPLICATES_OF_HALF).withPrecision(Double.MIN_VALUE);
      return analysis.areCorrected()
          ? analysis.correctedEstimate(samples, limited, single)
          : new Finding.Estimated(CoverageEstimator.estimate(other, limited, single), limited);
    }
    if (groups != null) {
      return new Finding.Exact(Backbone.of(groups.coarse(other), single));
    }
    if (analysis.settings().measure() == Measure.BROJA) {
      return new Finding.Decomposed(
          PartialInformationDecomposition.of(other, Measure.BROJA, single));
    }
    return analysis.areCorrected()
        ? analysis.corrected(samples, coverage, 1.0 / count, single)
        : analysis.find(
            other, () -> coverage, 1.0 / count, CoverageEstimator.Listener.NONE, single);
  }

  /** What is compared with shuffled classes: of subsets the mean of C, as it is reported. */
  PermutationBaseline.Figures figures(SampledDistribution shuffled) {
    return figures(analysis, shuffled.distribution(), find(shuffled));
  }

  /** The same of what was found already. */
  static PermutationBaseline.Figures figures(
      WithoutAtoms analysis, JointDistribution of, Finding finding) {
    return new PermutationBaseline.Figures(
        analysis.information(of, finding), finding.complexity(), finding.backbone());
  }

  /** What halves tell the sampling error by. */
  SamplingError.Figures figuresOfHalf(SampledDistribution half) {
    Finding finding = find(half);
    Backbone backbone = finding.backbone();
    // Subsets are the same of every half: they do not add to the deviation of halves.
    Optional<ComplexityEstimate> estimate =
        finding instanceof Finding.Estimated estimated
            ? Optional.of(estimated.estimate())
            : Optional.empty();
    return new SamplingError.Figures(
        analysis.information(half.distribution(), finding),
        new SamplingError.Figure(
            finding.complexity(), estimate.map(ComplexityEstimate::standardError).orElse(0.0)),
        IntStream.rangeClosed(1, backbone.sourceCount())
            .mapToObj(
                degree ->
                    new SamplingError.Figure(
                        backbone.information(degree),
                        estimate.map(e -> e.standardErrors().get(degree - 1)).orElse(0.0)))
            .toList());
  }
}
