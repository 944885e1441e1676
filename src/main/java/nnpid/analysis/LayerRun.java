package nnpid.analysis;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import nnpid.coarsegraining.CoarseGrainedComplexity;
import nnpid.coarsegraining.CoarseGraining;
import nnpid.decomposition.Backbone;
import nnpid.decomposition.Measure;
import nnpid.decomposition.PartialInformationDecomposition;
import nnpid.decomposition.RelatedMeasures;
import nnpid.distribution.JointDistribution;
import nnpid.distribution.SampledDistribution;
import nnpid.estimation.ComplexityEstimate;
import nnpid.estimation.CoverageEstimator;
import nnpid.estimation.CoverageSettings;
import nnpid.estimation.FewRealizations;
import nnpid.estimation.PermutationBaseline;
import nnpid.estimation.PermutationBaseline.Figures;
import nnpid.estimation.Subsampling;
import nnpid.execution.Execution;

/** The analysis of one layer, by the method that its settings choose. */
final class LayerRun {
  private final LayerAnalysis settings;
  private final Layer layer;
  private final SampledDistribution samples;
  private final JointDistribution distribution;
  private final CoarseGrainedComplexity.Listener listener;
  private final Method method;
  private final int permutations;
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
  }

  LayerResult run(Execution execution) {
    double mainShare = 1.0 / (1 + permutations);
    // First, so that an estimate that is stopped half-way need not be thrown away for them.
    RelatedMeasures related =
        RelatedMeasures.of(distribution, settings.seed(), execution.step(0, 0));
    Finding finding = find(execution.step(0, mainShare));
    finding
        .backbone()
        .requireConsistent("layer \"" + layer.name() + "\", method " + finding.method());
    boolean compared =
        permutations > 0 && !finding.isStopped() && !Thread.currentThread().isInterrupted();
    SampleFacts facts = SampleFacts.of(samples);
    List<String> warnings = warnings(facts, finding, compared);
    return new LayerResult(
        layer,
        facts,
        settings.measure(),
        distribution.entropySources(),
        distribution.entropyTarget(),
        distribution.mutualInformation(),
        finding,
        related,
        compared ? Optional.of(compare(finding, execution.step(mainShare, 1))) : Optional.empty(),
        settings.wanted().pointwise() && !finding.isStopped()
            ? pointwise(execution.step(1, 1))
            : List.of(),
        warnings);
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
    CoverageSettings coverage = ofShuffled(observed);
    return PermutationBaseline.of(
        samples,
        figures(distribution, observed),
        permutations,
        settings.seed(),
        shuffled -> figures(shuffled, findShuffled(shuffled, observed, coverage)),
        execution);
  }

  /**
   * The settings of estimates for shuffled classes: no more replicates than the layer itself had;
   * and where time ended that, all of them together have as much time.
   */
  private CoverageSettings ofShuffled(Finding observed) {
    CoverageSettings coverage = settings.coverage();
    if (!(observed instanceof Finding.Estimated estimated)) {
      return coverage;
    }
    return estimated.estimate().end() == ComplexityEstimate.End.TIME
        ? coverage.withTimeLimitSeconds(coverage.timeLimitSeconds() / permutations)
        : coverage.withMaxReplicates(estimated.estimate().replicates());
  }

  /**
   * The same for shuffled targets, as far as it is compared: the groups stay, atoms are left out.
   */
  private Finding findShuffled(
      JointDistribution shuffled, Finding observed, CoverageSettings coverage) {
    Execution single = Execution.sequential();
    if (observed instanceof Finding.Grouped grouped) {
      CoarseGraining grouping = grouped.groups().coarseGraining();
      return new Finding.Exact(Backbone.of(grouping.coarse(shuffled), single));
    }
    if (settings.measure() == Measure.BROJA) {
      return new Finding.Decomposed(
          PartialInformationDecomposition.of(shuffled, Measure.BROJA, single));
    }
    return withoutAtoms(shuffled, () -> coverage, 1.0 / permutations, single);
  }

  /** What is compared with shuffled classes: of subsets the mean of C, as it is reported. */
  private static Figures figures(JointDistribution distribution, Finding finding) {
    return new Figures(distribution.mutualInformation(), finding.complexity(), finding.backbone());
  }

  private List<TargetReport> pointwise(Execution execution) {
    return PartialInformationDecomposition.ofTargetStates(distribution, execution).stream()
        .map(
            local ->
                new TargetReport(
                    layer.targetStates().get(local.targetState()),
                    local.probability(),
                    local.decomposition()))
        .toList();
  }
}
