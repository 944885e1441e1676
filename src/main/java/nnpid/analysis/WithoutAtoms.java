package nnpid.analysis;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import nnpid.decomposition.Backbone;
import nnpid.decomposition.BothValues;
import nnpid.decomposition.Support;
import nnpid.decomposition.Values;
import nnpid.distribution.JointDistribution;
import nnpid.distribution.SampledDistribution;
import nnpid.estimation.ComplexityEstimate;
import nnpid.estimation.CorrectedEstimate;
import nnpid.estimation.CoverageEstimator;
import nnpid.estimation.CoverageSettings;
import nnpid.estimation.FewRealizations;
import nnpid.estimation.Subsampling;
import nnpid.execution.Execution;
import nnpid.execution.RandomStreams;

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

  /**
   * Plug-in and corrected values; the other parameters are those of {@link #find}.
   *
   * @param horizon only where samples have one pass
   */
  Both findBoth(
      SampledDistribution samples,
      OptionalLong horizon,
      Supplier<CoverageSettings> coverage,
      double part,
      CoverageEstimator.Listener listener,
      Execution execution) {
    return samples.passCount() == 1
        ? findBoth(samples.distribution(), horizon, coverage, part, listener, execution)
        : new Both(overPasses(samples, coverage.get(), part, listener, execution));
  }

  /** The corrected values alone; the parameters are those of {@link #find}. */
  Finding corrected(
      SampledDistribution samples, CoverageSettings coverage, double part, Execution execution) {
    return samples.passCount() == 1
        ? findBoth(
                samples.distribution(),
                OptionalLong.empty(),
                () -> coverage,
                part,
                CoverageEstimator.Listener.NONE,
                execution)
            .correction()
            .corrected()
        : OverPasses.corrected(ofPasses(samples, coverage, part, execution));
  }

  /** The same, estimated in any case. */
  Finding correctedEstimate(
      SampledDistribution samples, CoverageSettings coverage, Execution execution) {
    return samples.passCount() == 1
        ? new Finding.Estimated(
            CoverageEstimator.estimateBoth(samples.distribution(), coverage, execution).corrected(),
            coverage)
        : OverPasses.corrected(estimatesOfPasses(samples, coverage, execution));
  }

  private Correction overPasses(
      SampledDistribution samples,
      CoverageSettings coverage,
      double part,
      CoverageEstimator.Listener listener,
      Execution execution) {
    // An estimate of all passes together takes as long as those of single passes.
    CoverageSettings half = coverage.withTimeLimitSeconds(coverage.timeLimitSeconds() / 2);
    Finding plugIn =
        find(samples.distribution(), () -> half, part / 2, listener, execution.step(0, 0.5));
    return OverPasses.correction(plugIn, ofPasses(samples, half, part / 2, execution.step(0.5, 1)));
  }

  private List<Correction> ofPasses(
      SampledDistribution samples, CoverageSettings coverage, double part, Execution execution) {
    if (method != Method.COVERAGE) {
      return OverPasses.each(samples, (pass, step) -> exact(pass.distribution(), step), execution);
    }
    if (settings.method() == Method.AUTO) {
      List<Correction> exact =
          OverPasses.each(
                  samples,
                  (pass, step) -> few(pass.distribution(), part / samples.passCount(), step),
                  execution.step(0, 0))
              .stream()
              .flatMap(Optional::stream)
              .toList();
      if (exact.size() == samples.passCount()) {
        return exact;
      }
    }
    return estimatesOfPasses(samples, coverage, execution);
  }

  /** Together they take as long, and are as precise, as one estimate. */
  private List<Correction> estimatesOfPasses(
      SampledDistribution samples, CoverageSettings coverage, Execution execution) {
    int passes = samples.passCount();
    CoverageSettings one =
        coverage
            .withTimeLimitSeconds(coverage.timeLimitSeconds() / passes)
            .withPrecision(coverage.precision() * Math.sqrt(passes))
            .withMaxReplicates(Math.max(1, coverage.maxReplicates() / passes));
    SplittableRandom seeds = RandomStreams.of(coverage.seed(), passes);
    return OverPasses.each(
        samples,
        (pass, step) ->
            estimated(
                    pass.distribution(),
                    OptionalLong.empty(),
                    one.withSeed(seeds.nextLong()),
                    CoverageEstimator.Listener.NONE,
                    step)
                .correction(),
        execution);
  }

  private Both findBoth(
      JointDistribution of,
      OptionalLong horizon,
      Supplier<CoverageSettings> coverage,
      double part,
      CoverageEstimator.Listener listener,
      Execution execution) {
    if (method != Method.COVERAGE) {
      return new Both(exact(of, execution));
    }
    Optional<Correction> exact =
        settings.method() == Method.AUTO ? few(of, part, execution) : Optional.empty();
    return exact
        .map(Both::new)
        .orElseGet(() -> estimated(of, horizon, coverage.get(), listener, execution));
  }

  private static Correction exact(JointDistribution of, Execution execution) {
    BothValues<Backbone> both = Backbone.ofBoth(of, execution);
    return new Correction(
        new Finding.Exact(both.plugIn()), new Finding.Exact(both.corrected()), Support.of(of));
  }

  /** Where few realizations make an estimate needless. */
  private static Optional<Correction> few(JointDistribution of, double part, Execution execution) {
    return FewRealizations.both(of, part, execution)
        .map(
            both ->
                new Correction(
                    new Finding.Exact(both.plugIn()),
                    new Finding.Exact(both.corrected()),
                    both.support()));
  }

  private Both estimated(
      JointDistribution of,
      OptionalLong horizon,
      CoverageSettings coverage,
      CoverageEstimator.Listener listener,
      Execution execution) {
    CorrectedEstimate both =
        CoverageEstimator.estimateBoth(of, horizon, coverage, listener, execution);
    return new Both(
        new Correction(
            new Finding.Estimated(both.plugIn(), settings.coverage()),
            new Finding.Estimated(both.corrected(), settings.coverage()),
            both.support()),
        both.within());
  }
}
