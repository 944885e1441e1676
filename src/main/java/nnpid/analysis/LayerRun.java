package nnpid.analysis;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import nnpid.analysis.WithoutAtoms.Both;
import nnpid.coarsegraining.CoarseGrainedComplexity;
import nnpid.decomposition.Atom;
import nnpid.decomposition.Backbone;
import nnpid.decomposition.BothValues;
import nnpid.decomposition.EqualHorizon;
import nnpid.decomposition.PartialInformationDecomposition;
import nnpid.decomposition.RelatedMeasures;
import nnpid.decomposition.SourcePairs;
import nnpid.decomposition.Support;
import nnpid.decomposition.Values;
import nnpid.distribution.JointDistribution;
import nnpid.distribution.SampledDistribution;
import nnpid.distribution.WeightMeaning;
import nnpid.estimation.ComplexityEstimate;
import nnpid.estimation.CoverageEstimator;
import nnpid.estimation.CoverageSettings;
import nnpid.estimation.LargestAtoms;
import nnpid.estimation.PermutationBaseline;
import nnpid.estimation.SamplingError;
import nnpid.estimation.SingleAtoms;
import nnpid.estimation.SubsetRanking;
import nnpid.execution.Execution;
import nnpid.execution.RandomStreams;
import nnpid.lattice.Antichain;

/** The analysis of one layer, by the method that its settings choose. */
final class LayerRun {
  /** For the progress. */
  private static final double SUBSETS_LIKE_A_LAYER = 3000;

  private final LayerAnalysis settings;
  private final Layer layer;
  private final SampledDistribution samples;
  private final JointDistribution distribution;
  private final LayerListener listener;
  private final Method method;
  private final WithoutAtoms withoutAtoms;
  private final int permutations;
  private final Values values;
  private final OptionalLong draws; // the horizon, if one is wanted
  private final long start = System.nanoTime();

  LayerRun(
      LayerAnalysis settings, Layer layer, SampledDistribution samples, LayerListener listener) {
    this.settings = settings;
    this.layer = layer;
    this.samples = samples;
    this.distribution = samples.distribution();
    this.listener = listener;
    this.method = settings.methodFor(distribution.sourceCount());
    this.withoutAtoms = new WithoutAtoms(settings, method);
    this.permutations = settings.wanted().permutations();
    this.values = settings.wanted().values();
    this.draws = settings.wanted().horizon().draws();
  }

  LayerResult run(Execution execution) {
    Observed observed = observe(execution.step(0, 1 / parts()));
    return complete(
        observed,
        () ->
            PermutationBaseline.of(
                figures(observed), List.of(shuffles(observed, 0, permutations, execution))),
        wanted ->
            SubsetRanking.of(
                List.of(ranked(wanted, 0, wanted.count(distribution.sourceCount()), execution))),
        execution);
  }

  /**
   * Runs a part of it.
   *
   * @throws CancellationException if it is stopped before that is done
   */
  LayerPart run(LayerPart.Wanted part, Execution execution) {
    Optional<SubsetRanking.Part> ranked =
        settings
            .wanted()
            .ranking()
            .map(
                wanted ->
                    ranked(wanted, part.subsets().first(), part.subsets().count(), execution));
    Optional<LayerPart.Shuffled> shuffled = Optional.empty();
    Optional<LayerResult> result = Optional.empty();
    if (part.withResult() || permutations > 0) {
      Observed observed = observe(execution.step(0, 1 / parts()));
      PermutationBaseline.Part shuffles =
          shuffles(observed, part.shuffles().first(), part.shuffles().count(), execution);
      if (permutations > 0) {
        shuffled = Optional.of(new LayerPart.Shuffled(figures(observed), shuffles));
      }
      if (part.withResult()) {
        result =
            Optional.of(
                complete(
                    observed,
                    () -> PermutationBaseline.of(figures(observed), List.of(shuffles)),
                    wanted -> SubsetRanking.of(ranked.stream().toList()),
                    execution));
      }
    }
    execution.checkCanceled();
    return new LayerPart(shuffled, ranked, result);
  }

  /** Parts of about equal length, for the progress, until atoms are known. */
  private double found() {
    return settings.wanted().atomCount() > 0 ? 2 : 1;
  }

  /** The same until the end. */
  private double parts() {
    return beforeRanking() + ranking() + permutations;
  }

  /** That of the ranking: a layer takes about as long as thousands of its subsets. */
  private double ranking() {
    return settings
        .wanted()
        .ranking()
        .map(wanted -> 1 + wanted.count(distribution.sourceCount()) / SUBSETS_LIKE_A_LAYER)
        .orElse(0.0);
  }

  /** The same until subsets are ranked. */
  private double beforeRanking() {
    return found() + (settings.wanted().halves() > 0 ? 1 : 0);
  }

  /**
   * What all else rests on.
   *
   * @param both plug-in and corrected values, where there are both
   */
  private record Observed(RelatedMeasures related, Finding finding, Optional<Both> both) {}

  private Observed observe(Execution execution) {
    // First, so that an estimate that is stopped half-way need not be thrown away for them.
    RelatedMeasures related =
        RelatedMeasures.of(distribution, settings.seed(), execution.step(0, 0));
    Optional<Both> both =
        isCorrectable() ? Optional.of(findBoth(related, execution)) : Optional.empty();
    Finding finding =
        both.map(one -> one.correction().of(values)).orElseGet(() -> find(related, execution));
    finding
        .backbone()
        .requireConsistent("layer \"" + layer.name() + "\", method " + finding.method());
    return new Observed(related, finding, both);
  }

  private LayerResult complete(
      Observed observed,
      Supplier<PermutationBaseline> comparison,
      Function<SubsetRanking.Wanted, SubsetRanking> ranker,
      Execution execution) {
    int halves = settings.wanted().halves();
    double found = found();
    double parts = parts();
    Finding finding = observed.finding();
    Optional<Both> both = observed.both();
    Optional<Correction> correction = both.map(Both::correction);
    // A stop keeps what was found: these are then left out.
    Optional<AtHorizon> atHorizon = both.flatMap(one -> atHorizon(one, execution.step(0, 0)));
    Optional<LargestAtoms> walked =
        settings.wanted().needsLattice() && finding.decomposition().isEmpty()
            ? unlessStopped(finding, () -> walk(execution.step(1 / parts, found / parts)))
            : Optional.empty();
    List<Atom> named =
        unlessStopped(finding, () -> named(finding, execution.step(1 / parts, found / parts)))
            .orElse(List.of());
    Optional<SourcePairs> pairs =
        settings.wanted().pairs() > 0
            ? unlessStopped(finding, () -> pairs(execution.step(0, 0)))
            : Optional.empty();
    Optional<SamplingError> samplingError =
        halves > 0 && SamplingError.isPossible(samples)
            ? unlessStopped(
                finding, () -> halve(finding, execution.step(found / parts, (found + 1) / parts)))
            : Optional.empty();
    Optional<SubsetRanking> ranking =
        settings
            .wanted()
            .ranking()
            .flatMap(wanted -> unlessStopped(finding, () -> ranker.apply(wanted)));
    Optional<PermutationBaseline> baseline =
        permutations > 0 ? unlessStopped(finding, comparison) : Optional.empty();
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
    if (settings.wanted().pairs() > 0 && pairs.isEmpty()) {
      warnings.add("The pairs of units were left out: the analysis was stopped.");
    }
    if (settings.wanted().ranking().isPresent() && ranking.isEmpty()) {
      warnings.add("The ranking of subsets was left out: the analysis was stopped.");
    }
    return new LayerResult(
        layer,
        facts,
        settings.measure(),
        distribution.entropySources(),
        distribution.entropyTarget(),
        withoutAtoms.information(distribution, finding),
        finding,
        values,
        correction,
        atHorizon,
        samplingError,
        observed.related(),
        baseline,
        walked,
        named,
        pairs,
        ranking,
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
        .orElseGet(() -> single(antichains, execution));
  }

  private List<Atom> single(List<Antichain> antichains, Execution execution) {
    if (values == Values.PLUG_IN || samples.passCount() == 1) {
      return SingleAtoms.of(distribution, antichains, values, settings.seed(), execution);
    }
    SplittableRandom seeds = RandomStreams.of(settings.seed(), samples.passCount());
    List<List<Atom>> passes =
        OverPasses.each(
            samples,
            (pass, step) ->
                SingleAtoms.of(pass.distribution(), antichains, values, seeds.nextLong(), step),
            execution);
    return IntStream.range(0, antichains.size())
        .mapToObj(atom -> Atom.mean(passes.stream().map(pass -> pass.get(atom)).toList()))
        .toList();
  }

  private SourcePairs pairs(Execution execution) {
    return SourcePairs.of(
        distribution,
        settings.measure(),
        settings.wanted().pairs(),
        samples.weightMeaning() == WeightMeaning.COUNTS && samples.passCount() == 1,
        execution);
  }

  private SubsetRanking.Part ranked(
      SubsetRanking.Wanted wanted, int first, int count, Execution execution) {
    return SubsetRanking.part(
        distribution,
        wanted,
        settings.measure(),
        values,
        settings.seed(),
        first,
        count,
        execution.step(beforeRanking() / parts(), (beforeRanking() + ranking()) / parts()));
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
  private Both findBoth(RelatedMeasures related, Execution execution) {
    if (method == Method.LATTICE) {
      return new Both(
          samples.passCount() == 1
              ? decompose(distribution, execution)
              : OverPasses.correction(
                  find(related, execution.step(0, 0.5)),
                  OverPasses.each(
                      samples,
                      (pass, step) -> decompose(pass.distribution(), step),
                      execution.step(0.5, 1))));
    }
    return withoutAtoms.findBoth(
        samples, draws, this::withinTimeLimit, 1, new Estimating(related), execution);
  }

  private static Correction decompose(JointDistribution of, Execution execution) {
    BothValues<PartialInformationDecomposition> both =
        PartialInformationDecomposition.ofBoth(of, execution);
    return new Correction(
        new Finding.Decomposed(both.plugIn()),
        new Finding.Decomposed(both.corrected()),
        Support.of(of));
  }

  private Finding find(RelatedMeasures related, Execution execution) {
    return switch (method) {
      case LATTICE ->
          new Finding.Decomposed(
              PartialInformationDecomposition.of(distribution, settings.measure(), execution));
      case COARSE_GRAINING ->
          new Finding.Grouped(
              CoarseGrainedComplexity.of(
                  distribution, settings.coarseGraining(), execution, listener));
      default ->
          withoutAtoms.find(
              distribution, this::withinTimeLimit, 1, new Estimating(related), execution);
    };
  }

  /** Passes on what is known of the layer while it is estimated. */
  private final class Estimating implements CoverageEstimator.Listener {
    private final RelatedMeasures related;
    private Optional<LayerResult> before = Optional.empty();

    Estimating(RelatedMeasures related) {
      this.related = related;
    }

    @Override
    public void estimated(ComplexityEstimate plugIn, Optional<ComplexityEstimate> corrected) {
      Finding finding =
          new Finding.Estimated(
              withoutAtoms.areCorrected() ? corrected.orElse(plugIn) : plugIn, settings.coverage());
      // What takes a pass over the data does not change.
      LayerResult soFar =
          new LayerResult(
              layer,
              before.map(LayerResult::samples).orElseGet(() -> SampleFacts.of(samples)),
              settings.measure(),
              before.map(LayerResult::entropySources).orElseGet(distribution::entropySources),
              distribution.entropyTarget(),
              withoutAtoms.information(distribution, finding),
              finding,
              values,
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              related,
              Optional.empty(),
              Optional.empty(),
              List.of(),
              Optional.empty(),
              Optional.empty(),
              List.of(),
              List.of("This layer is still being estimated."));
      before = Optional.of(soFar);
      listener.estimating(soFar);
    }
  }

  /** The settings of an estimate that begins now. */
  private CoverageSettings withinTimeLimit() {
    CoverageSettings coverage = settings.coverage();
    double left = coverage.timeLimitSeconds() - (System.nanoTime() - start) / 1e9;
    return coverage.withTimeLimitSeconds(Math.max(left, 1e-3));
  }

  /** The sampling error: of the same analysis of halves of the samples. */
  private SamplingError halve(Finding observed, Execution execution) {
    int halves = settings.wanted().halves();
    Again again = Again.ofHalves(withoutAtoms, observed, distribution.sourceCount(), halves);
    return SamplingError.of(samples, halves, settings.seed(), again::figuresOfHalf, execution);
  }

  private PermutationBaseline.Part shuffles(
      Observed observed, int first, int count, Execution execution) {
    Again again = Again.ofShuffles(withoutAtoms, observed.finding(), permutations);
    return PermutationBaseline.part(
        samples,
        first,
        count,
        settings.seed(),
        again::figures,
        execution.step(1 - permutations / parts(), 1));
  }

  private PermutationBaseline.Figures figures(Observed observed) {
    return Again.figures(withoutAtoms, distribution, observed.finding());
  }

  private List<TargetReport> pointwise(Execution execution) {
    List<PartialInformationDecomposition.TargetState> states =
        !isCorrectable()
            ? PartialInformationDecomposition.ofTargetStates(distribution, execution)
            : samples.passCount() == 1
                ? PartialInformationDecomposition.ofTargetStates(distribution, values, execution)
                : OverPasses.targetStates(samples, values, execution);
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
