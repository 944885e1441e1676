package nnpid.analysis;

import java.io.Serializable;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import nnpid.decomposition.Backbone;
import nnpid.decomposition.BothValues;
import nnpid.decomposition.Support;
import nnpid.decomposition.Values;
import nnpid.distribution.JointDistribution;
import nnpid.estimation.ComplexityEstimate;
import nnpid.estimation.CorrectedEstimate;
import nnpid.estimation.CoverageEstimator;
import nnpid.estimation.CoverageSettings;
import nnpid.estimation.FewRealizations;
import nnpid.estimation.Subsampling;
import nnpid.execution.Execution;

/**
 * What is found about a distribution without atoms or groups.
 *
 * @param method the one that the settings choose for so many sources
 */
record WithoutAtoms(LayerAnalysis settings, Method method) implements Serializable {
  /**
   * Both kinds of values.
   *
   * @param within those at a horizon, if they come with the same estimate
   */
  record Both(Correction correction, Optional<ComplexityEstimate> within) {
    Both(Correction correction) {
      this(correction, Optional.empty());
    }
  }

  /** Whether corrected values come first. */
  boolean areCorrected() {
    return settings.wanted().values() == Values.CORRECTED;
  }

  /** I(T:S); a backbone may be that of groups or subsets. */
  double information(JointDistribution of, Finding finding) {
    return areCorrected() ? finding.backbone().mutualInformation() : of.mutualInformation();
  }

  /**
   * Plug-in values, or those of another measure.
   *
   * @param coverage settings of an estimate, asked for when it begins
   * @param part of the time that may be spent on trying whether an estimate is needless
   * @param listener of an estimate
   */
  Finding find(
      JointDistribution of,
      Supplier<CoverageSettings> coverage,
      double part,
      CoverageEstimator.Listener listener,
      Execution execution) {
    if (method == Method.SUBSAMPLING) {
      LayerAnalysis.Subsets subsets = settings.subsets();
      return Finding.Subsampled.of(
          Subsampling.of(of, subsets.size(), subsets.draws(), settings.seed(), execution));
    }
    if (method != Method.COVERAGE) {
      return new Finding.Exact(Backbone.of(of, settings.measure(), execution));
    }
    // Where an estimate was not asked for, few realizations make it needless.
    Optional<Backbone> exact =
        settings.method() == Method.AUTO
            ? FewRealizations.backbone(of, part, execution)
            : Optional.empty();
    return exact.isPresent()
        ? new Finding.Exact(exact.get())
        : new Finding.Estimated(
            CoverageEstimator.estimate(of, coverage.get(), listener, execution),
            settings.coverage());
  }

  /** Plug-in and corrected values; the parameters are those of {@link #find}. */
  Both findBoth(
      JointDistribution of,
      OptionalLong horizon,
      Supplier<CoverageSettings> coverage,
      double part,
      CoverageEstimator.Listener listener,
      Execution execution) {
    if (method != Method.COVERAGE) {
      BothValues<Backbone> both = Backbone.ofBoth(of, execution);
      return new Both(
          new Correction(
              new Finding.Exact(both.plugIn()),
              new Finding.Exact(both.corrected()),
              Support.of(of)));
    }
    Optional<FewRealizations.Both> exact =
        settings.method() == Method.AUTO
            ? FewRealizations.both(of, part, execution)
            : Optional.empty();
    if (exact.isPresent()) {
      return new Both(
          new Correction(
              new Finding.Exact(exact.get().plugIn()),
              new Finding.Exact(exact.get().corrected()),
              exact.get().support()));
    }
    CorrectedEstimate both =
        CoverageEstimator.estimateBoth(of, horizon, coverage.get(), listener, execution);
    return new Both(
        new Correction(
            new Finding.Estimated(both.plugIn(), settings.coverage()),
            new Finding.Estimated(both.corrected(), settings.coverage()),
            both.support()),
        both.within());
  }
}
