package nnpid.analysis;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import nnpid.coarsegraining.CoarseGrainedComplexity;
import nnpid.coarsegraining.CoarseGraining;
import nnpid.decomposition.Atom;
import nnpid.decomposition.Backbone;
import nnpid.decomposition.BothValues;
import nnpid.decomposition.EqualHorizon;
import nnpid.decomposition.Measure;
import nnpid.decomposition.PartialInformationDecomposition;
import nnpid.decomposition.RelatedMeasures;
import nnpid.decomposition.Support;
import nnpid.decomposition.Values;
import nnpid.distribution.JointDistribution;
import nnpid.distribution.SampledDistribution;
import nnpid.distribution.WeightMeaning;
import nnpid.estimation.ComplexityEstimate;
import nnpid.estimation.CorrectedEstimate;
import nnpid.estimation.CoverageEstimator;
import nnpid.estimation.CoverageSettings;
import nnpid.estimation.FewRealizations;
import nnpid.estimation.LargestAtoms;
import nnpid.estimation.PermutationBaseline;
import nnpid.estimation.PermutationBaseline.Figures;
import nnpid.estimation.SamplingError;
import nnpid.estimation.SingleAtoms;
import nnpid.estimation.Subsampling;
import nnpid.execution.Execution;
import nnpid.lattice.Antichain;
import nnpid.lattice.UpSetFamily;

/** The analysis of one layer, by the method that its settings choose. */
final class LayerRun {
  /** Where an exact analysis of every half takes too long. */
  private static final long REPLICATES_OF_HALF = 1 << 16;

  private final LayerAnalysis settings;
  private final Layer layer;
  private final SampledDistribution samples;
  private final JointDistribution distribution;
  private final CoarseGrainedComplexity.Listener listener;
  private final Method method;
  private final int permutations;
  private final Values values;
  private final OptionalLong draws; // the horizon, if one is wanted
  private final long start = System.nanoTime();

  LayerRun(
      LayerAnalysis settings,
      Layer layer,
      SampledDistribution samples,
      CoarseGrainedComplexity.Listener listener) {
    this.settings = settings;
    this.layer = layer;
    this.samples = samples;
    this.distribution = samples.distribution();
    this.listener = listener;
    this.method = settings.methodFor(distribution.sourceCount());
    this.permutations = settings.wanted().permutations();
    this.values = settings.wanted().values();
    this.draws = settings.wanted().horizon().draws();
  }

  LayerResult run(Execution execution) {
    int halves = settings.wanted().halves();
    double found = settings.wanted().atomCount() > 0 ? 2 : 1; // parts until atoms are known
    double parts = found + permutations + (halves > 0 ? 1 : 0);
    // First, so that an estimate that is stopped half-way need not be thrown away for them.
    RelatedMeasures related =
        RelatedMeasures.of(distribution, settings.seed(), execution.step(0, 0));
    Execution main = execution.step(0, 1 / parts);
    Optional<Both> both = isCorrectable() ? Optional.of(findBoth(main)) : Optional.empty();
    Optional<Correction> correction = both.map(Both::correction);
    Finding finding = correction.map(one -> one.of(values)).orElseGet(() -> find(main));
    finding
        .backbone()
        .requireConsistent("layer \"" + layer.name() + "\", method " + finding.method());
    // A stop keeps what was found: these are then left out.
    Optional<AtHorizon> atHorizon = both.flatMap(one -> atHorizon(one, execution.step(0, 0)));
    Optional<LargestAtoms> walked =
        settings.wanted().needsLattice() && finding.decomposition().isEmpty()
            ? unlessStopped(finding, () -> walk(execution.step(1 / parts, found / parts)))
            : Optional.empty();
    List<Atom> named =
        unlessStopped(finding, () -> named(finding, execution.step(1 / parts, found / parts)))
            .orElse(List.of());
    Optional<SamplingError> samplingError =
        halves > 0 && SamplingError.isPossible(samples)
            ? unlessStopped(
                finding, () -> halve(finding, execution.step(found / parts, (found + 1) / parts)))
            : Optional.empty();
    Optional<PermutationBaseline> baseline =
        permutations > 0
            ? unlessStopped(
                finding, () -> compare(finding, execution.step(1 - permutations / parts, 1)))
            : Optional.empty();
    SampleFacts facts = SampleFacts.of(samples);
    List<String> warnings = warnings(facts, finding, baseline.isPresent());
    correction.flatMap(one -> one.warning(values)).ifPresent(warnings::add);
    atHorizon.flatMap(AtHorizon::warning).ifPresent(warnings::add);
    if (draws.isPresent() && atHorizon.isEmpty()) {
      warnings.add("The values at a horizon were left out: the analysis was stopped.");
    }
    aboutSamplingError(finding, samplingError).ifPresent(warnings::add);
    if (settings.wanted().atomCount() > 0
        && finding.decomposition().isEmpty()
        && walked.isEmpty()
        && named.isEmpty()) {
      warnings.add("The atoms were left out: the analysis was stopped.");
    }
    return new LayerResult(
        layer,
        facts,
        settings.measure(),
        distribution.entropySources(),
        distribution.entropyTarget(),
        information(distribution, finding),
        finding,
        values,
        correction,
        atHorizon,
        samplingError,
        related,
        baseline,
        walked,
        named,
        settings.wanted().pointwise() && !finding.isStopped()
            ? pointwise(execution.step(1, 1))
            : List.of(),
        warnings);
  }

  private LargestAtoms walk(Execution execution) {
    return LargestAtoms.of(
        distribution, settings.wanted().atomCount(), values, settings.seed(), execution);
  }

  private List<Atom> named(Finding finding, Execution execution) {
    List<Antichain> antichains = settings.wanted().atoms();
    if (antichains.isEmpty()) {
      return List.of();
    }
    return finding
        .decomposition()
        .map(all -> antichains.stream().map(all::atom).toList())
        .orElseGet(
            () -> SingleAtoms.of(distribution, antichains, values, settings.seed(), execution));
  }

  private static <T> Optional<T> unlessStopped(Finding finding, Supplier<T> computation) {
    if (isStopped(finding)) {
      return Optional.empty();
    }
    try {
      return Optional.of(computation.get());
    } catch (CancellationException e) {
      return Optional.empty(); // the interrupted status tells that there is more
    }
  }

  /** Why the sampling error of C is not known, if it is wanted. */
  private Optional<String> aboutSamplingError(
      Finding finding, Optional<SamplingError> samplingError) {
    if (settings.wanted().halves() == 0) {
      return Optional.empty();
    }
    if (samplingError.isEmpty()) {
      return Optional.of(
          isStopped(finding)
              ? "The sampling error was left out: the analysis was stopped."
              : "The sampling error is not known: halves of the samples have fewer than "
                  + SamplingError.LEAST_HALF
                  + ", so it takes "
                  + 2 * SamplingError.LEAST_HALF
                  + " samples.");
    }
    boolean hidden =
        finding.isEstimated()
            && Double.isNaN(samplingError.get().complexity().standardError())
            && !Double.isNaN(finding.complexity());
    return hidden
        ? Optional.of(
            "The sampling error of C is not known: the estimate's own error hides it. More"
                + " precision (-precision) shows it.")
        : Optional.empty();
  }

  private static boolean isStopped(Finding finding) {
    return finding.isStopped() || Thread.currentThread().isInterrupted();
  }

  private boolean isCorrectable() {
    return settings.isCorrectable() && samples.weightMeaning() == WeightMeaning.COUNTS;
  }

  private List<String> warnings(SampleFacts facts, Finding finding, boolean compared) {
    List<String> warnings = new ArrayList<>(layer.warnings());
    warnings.addAll(UnitLevels.warnings(layer.units()));
    warnings.addAll(facts.warnings(distribution.mutualInformation(), compared));
    warnings.addAll(finding.warnings());
    if (permutations > 0 && !compared) {
      warnings.add("The comparison with shuffled classes was left out: the analysis was stopped.");
    }
    return warnings;
  }

  /**
   * Both kinds of values.
   *
   * @param within those at a horizon, if they come with the same estimate
   */
  private record Both(Correction correction, Optional<ComplexityEstimate> within) {
    Both(Correction correction) {
      this(correction, Optional.empty());
    }
  }

  private Optional<AtHorizon> atHorizon(Both both, Execution execution) {
    if (draws.isEmpty()) {
      return Optional.empty();
    }
    EqualHorizon horizon = EqualHorizon.of(distribution, draws.getAsLong());
    Optional<Finding> found =
        both.within()
            .<Finding>map(estimate -> new Finding.Estimated(estimate, settings.coverage()))
            .or(
                () ->
                    unlessStopped(
                        both.correction().plugIn(), () -> findAtHorizon(horizon, execution)));
    return found.map(finding -> new AtHorizon(horizon.draws(), horizon.met(), finding));
  }

  /** Where it does not come with an estimate. */
  private Finding findAtHorizon(EqualHorizon horizon, Execution execution) {
    return method == Method.COVERAGE
        ? new Finding.Estimated(
            CoverageEstimator.estimateBoth(distribution, draws, withinTimeLimit(), execution)
                .within()
                .orElseThrow(),
            settings.coverage())
        : new Finding.Exact(Backbone.within(horizon, distribution, execution));
  }

  /** Plug-in and corrected values, and what the sample supports. */
  private Both findBoth(Execution execution) {
    if (method == Method.LATTICE) {
      BothValues<PartialInformationDecomposition> both =
          PartialInformationDecomposition.ofBoth(distribution, execution);
      return new Both(
          new Correction(
              new Finding.Decomposed(both.plugIn()),
              new Finding.Decomposed(both.corrected()),
              Support.of(distribution)));
    }
    return bothWithoutAtoms(distribution, draws, this::withinTimeLimit, 1, execution);
  }

  /** Both without atoms; the parameters are those of {@link #withoutAtoms}. */
  private Both bothWithoutAtoms(
      JointDistribution of,
      OptionalLong horizon,
      Supplier<CoverageSettings> coverage,
      double part,
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
    CorrectedEstimate both = CoverageEstimator.estimateBoth(of, horizon, coverage.get(), execution);
    return new Both(
        new Correction(
            new Finding.Estimated(both.plugIn(), settings.coverage()),
            new Finding.Estimated(both.corrected(), settings.coverage()),
            both.support()),
        both.within());
  }

  /** The sampling error: of the same analysis of halves of the samples. */
  private SamplingError halve(Finding observed, Execution execution) {
    int halves = settings.wanted().halves();
    CoverageSettings coverage = ofHalves(observed, halves);
    return SamplingError.of(
        samples,
        halves,
        settings.seed(),
        half -> {
          Finding finding =
              isCostly() ? estimate(half, coverage) : findAgain(half, observed, coverage, halves);
          Backbone backbone = finding.backbone();
          // Subsets are the same of every half: they do not add to the deviation of halves.
          Optional<ComplexityEstimate> estimate =
              finding instanceof Finding.Estimated estimated
                  ? Optional.of(estimated.estimate())
                  : Optional.empty();
          return new SamplingError.Figures(
              information(half, finding),
              new SamplingError.Figure(
                  finding.complexity(),
                  estimate.map(ComplexityEstimate::standardError).orElse(0.0)),
              IntStream.rangeClosed(1, backbone.sourceCount())
                  .mapToObj(
                      degree ->
                          new SamplingError.Figure(
                              backbone.information(degree),
                              estimate.map(e -> e.standardErrors().get(degree - 1)).orElse(0.0)))
                  .toList());
        },
        execution);
  }

  /** Six sources take so long that halves are estimated: their error is known, and taken out. */
  private boolean isCostly() {
    return settings.measure() == Measure.SX
        && (method == Method.LATTICE || method == Method.BACKBONE)
        && distribution.sourceCount() == UpSetFamily.MAX_SOURCES;
  }

  private Finding estimate(JointDistribution half, CoverageSettings coverage) {
    CoverageSettings limited =
        coverage.withMaxReplicates(REPLICATES_OF_HALF).withPrecision(Double.MIN_VALUE);
    Execution single = Execution.sequential();
    return new Finding.Estimated(
        values == Values.CORRECTED
            ? CoverageEstimator.estimateBoth(half, limited, single).corrected()
            : CoverageEstimator.estimate(half, limited, single),
        limited);
  }

  private Finding find(Execution execution) {
    return switch (method) {
      case LATTICE ->
          new Finding.Decomposed(
              PartialInformationDecomposition.of(distribution, settings.measure(), execution));
      case COARSE_GRAINING ->
          new Finding.Grouped(
              CoarseGrainedComplexity.of(
                  distribution, settings.coarseGraining(), execution, listener));
      default -> withoutAtoms(distribution, this::withinTimeLimit, 1, execution);
    };
  }

  /**
   * What is found about a distribution without atoms or groups.
   *
   * @param coverage settings of an estimate, asked for when it begins
   * @param part of the time that may be spent on trying whether an estimate is needless
   */
  private Finding withoutAtoms(
      JointDistribution of, Supplier<CoverageSettings> coverage, double part, Execution execution) {
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
            CoverageEstimator.estimate(of, coverage.get(), execution), settings.coverage());
  }

  /** The settings of an estimate that begins now. */
  private CoverageSettings withinTimeLimit() {
    CoverageSettings coverage = settings.coverage();
    double left = coverage.timeLimitSeconds() - (System.nanoTime() - start) / 1e9;
    return coverage.withTimeLimitSeconds(Math.max(left, 1e-3));
  }

  private PermutationBaseline compare(Finding observed, Execution execution) {
    CoverageSettings coverage = ofOthers(observed, permutations);
    return PermutationBaseline.of(
        samples,
        figures(distribution, observed),
        permutations,
        settings.seed(),
        shuffled -> figures(shuffled, findAgain(shuffled, observed, coverage, permutations)),
        execution);
  }

  /**
   * The settings of estimates for so many other distributions: no more replicates than the layer
   * itself had; and where time ended that, all of them together have as much time.
   */
  private CoverageSettings ofOthers(Finding observed, int count) {
    CoverageSettings coverage = settings.coverage();
    if (!(observed instanceof Finding.Estimated estimated)) {
      return coverage;
    }
    return estimated.estimate().end() == ComplexityEstimate.End.TIME
        ? coverage.withTimeLimitSeconds(coverage.timeLimitSeconds() / count)
        : coverage.withMaxReplicates(estimated.estimate().replicates());
  }

  /**
   * The settings of estimates for halves: all of them together have no more than twice the
   * replicates of the layer, which take about as long, since halves have half the samples. Their
   * mean then is no less precise than the layer's own estimate.
   */
  private CoverageSettings ofHalves(Finding observed, int halves) {
    CoverageSettings coverage = ofOthers(observed, halves);
    return observed instanceof Finding.Estimated estimated
            && estimated.estimate().end() != ComplexityEstimate.End.TIME
        ? coverage.withMaxReplicates(Math.max(1, 2 * estimated.estimate().replicates() / halves))
        : coverage;
  }

  /**
   * The same for one of so many other distributions, as far as it is compared: the groups stay,
   * atoms are left out.
   */
  private Finding findAgain(
      JointDistribution other, Finding observed, CoverageSettings coverage, int count) {
    Execution single = Execution.sequential();
    if (observed instanceof Finding.Grouped grouped) {
      CoarseGraining grouping = grouped.groups().coarseGraining();
      return new Finding.Exact(Backbone.of(grouping.coarse(other), single));
    }
    if (settings.measure() == Measure.BROJA) {
      return new Finding.Decomposed(
          PartialInformationDecomposition.of(other, Measure.BROJA, single));
    }
    return values == Values.CORRECTED
        ? bothWithoutAtoms(other, OptionalLong.empty(), () -> coverage, 1.0 / count, single)
            .correction()
            .corrected()
        : withoutAtoms(other, () -> coverage, 1.0 / count, single);
  }

  /** What is compared with shuffled classes: of subsets the mean of C, as it is reported. */
  private Figures figures(JointDistribution of, Finding finding) {
    return new Figures(information(of, finding), finding.complexity(), finding.backbone());
  }

  /** I(T:S); a backbone may be that of groups or subsets. */
  private double information(JointDistribution of, Finding finding) {
    return values == Values.CORRECTED
        ? finding.backbone().mutualInformation()
        : of.mutualInformation();
  }

  private List<TargetReport> pointwise(Execution execution) {
    List<PartialInformationDecomposition.TargetState> states =
        isCorrectable()
            ? PartialInformationDecomposition.ofTargetStates(distribution, values, execution)
            : PartialInformationDecomposition.ofTargetStates(distribution, execution);
    return states.stream()
        .map(
            local ->
                new TargetReport(
                    layer.targetStates().get(local.targetState()),
                    local.probability(),
                    local.decomposition(),
                    local.backbones()))
        .toList();
  }
}
