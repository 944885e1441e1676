package nnpid.analysis;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import nnpid.coarsegraining.CoarseGrainedComplexity;
import nnpid.coarsegraining.CoarseGraining;
import nnpid.coarsegraining.CoarseGrainingSettings;
import nnpid.decomposition.Backbone;
import nnpid.decomposition.Measure;
import nnpid.decomposition.PartialInformationDecomposition;
import nnpid.decomposition.RelatedMeasures;
import nnpid.distribution.JointDistribution;
import nnpid.distribution.SampledDistribution;
import nnpid.distribution.WeightMeaning;
import nnpid.estimation.ComplexityEstimate;
import nnpid.estimation.CoverageEstimator;
import nnpid.estimation.CoverageSettings;
import nnpid.estimation.FewRealizations;
import nnpid.estimation.PermutationBaseline;
import nnpid.estimation.PermutationBaseline.Figures;
import nnpid.estimation.Subsampling;
import nnpid.execution.Execution;
import nnpid.execution.ProgressReports;
import nnpid.lattice.UpSetFamily;

/**
 * How layers are analyzed: the settings, and the choice of a method where none is given.
 *
 * @param measure the redundancy measure
 * @param method the method; {@link Method#AUTO} takes the lattice for up to 5 sources, the backbone
 *     for 6 or without atoms, the coverage estimator for more (under measures with a closed form,
 *     or for few realizations, the backbone)
 * @param weightMeaning what the weights of samples mean
 * @param complexityOnly whether no atoms are needed
 * @param atomCount how many atoms are listed per layer, see {@link Report#atomCount()}
 * @param coverage settings of the coverage estimator
 * @param subsetSize subsampling: number of sources in a subset
 * @param draws subsampling: number of subsets
 * @param coarseGraining coarse-graining: which groups
 * @param permutations number of shuffles of the targets; 0 for no comparison with them
 * @param pointwise whether to decompose for every target state on its own too
 * @param seed seed of all random numbers but the coverage estimator's, which has its own
 */
public record LayerAnalysis(
    Measure measure,
    Method method,
    WeightMeaning weightMeaning,
    boolean complexityOnly,
    int atomCount,
    CoverageSettings coverage,
    int subsetSize,
    int draws,
    CoarseGrainingSettings coarseGraining,
    int permutations,
    boolean pointwise,
    long seed) {

  /** Shared exclusions, the method chosen by the number of sources, no atoms listed. */
  public static final LayerAnalysis DEFAULT =
      new LayerAnalysis(
          Measure.SX,
          Method.AUTO,
          WeightMeaning.AUTO,
          false,
          0,
          CoverageSettings.DEFAULT,
          5,
          25,
          CoarseGrainingSettings.DEFAULT,
          0,
          false,
          1);

  /**
   * Checks that the settings go together.
   *
   * @throws IllegalArgumentException if they do not
   */
  public LayerAnalysis {
    if (permutations < 0) {
      throw new IllegalArgumentException(
          "The number of permutations (-permutations " + permutations + ") must not be negative.");
    }
    if (complexityOnly && atomCount > 0) {
      throw new IllegalArgumentException(
          "The option -complexity-only must not be combined with -atoms or -top: it computes no"
              + " atoms.");
    }
    if (method != Method.AUTO) {
      boolean lattice = method == Method.LATTICE;
      if (atomCount > 0 && !lattice) {
        throw new IllegalArgumentException(
            String.format(
                "The method (-method %s) must be lattice if atoms are listed: it computes none.",
                method));
      }
      if (complexityOnly && lattice) {
        throw new IllegalArgumentException(
            "The option -complexity-only must not be combined with -method lattice.");
      }
      boolean sxOnly =
          method == Method.COVERAGE
              || method == Method.SUBSAMPLING
              || method == Method.COARSE_GRAINING;
      if ((measure != Measure.SX && sxOnly) || (measure == Measure.BROJA && !lattice)) {
        throw new IllegalArgumentException(
            String.format(
                "The method (-method %s) must go with the measure (-measure %s): it does"
                    + " not.%nMaybe leave out -method; coverage, subsampling and coarse-graining"
                    + " are for sx.",
                method, measure));
      }
    }
    if (pointwise && measure != Measure.SX) {
      throw new IllegalArgumentException(
          "The option -pointwise must go with -measure sx: "
              + measure.toString()
              + " has no pointwise decomposition here.");
    }
  }

  /** These settings without atoms, for when only the complexity counts. */
  public LayerAnalysis withoutAtoms() {
    return new LayerAnalysis(
        measure,
        method,
        weightMeaning,
        method != Method.LATTICE && measure != Measure.BROJA,
        0,
        coverage,
        subsetSize,
        draws,
        coarseGraining,
        permutations,
        pointwise,
        seed);
  }

  /**
   * These settings with a given method.
   *
   * @throws IllegalArgumentException if it does not go with the other settings
   */
  public LayerAnalysis withMethod(Method newMethod) {
    return new LayerAnalysis(
        measure,
        newMethod,
        weightMeaning,
        complexityOnly,
        atomCount,
        coverage,
        subsetSize,
        draws,
        coarseGraining,
        permutations,
        pointwise,
        seed);
  }

  /** These settings with another meaning of the weights. */
  public LayerAnalysis withWeightMeaning(WeightMeaning newMeaning) {
    return new LayerAnalysis(
        measure,
        method,
        newMeaning,
        complexityOnly,
        atomCount,
        coverage,
        subsetSize,
        draws,
        coarseGraining,
        permutations,
        pointwise,
        seed);
  }

  /** These settings with other groups for {@link Method#COARSE_GRAINING}. */
  public LayerAnalysis withCoarseGraining(CoarseGrainingSettings newCoarseGraining) {
    return new LayerAnalysis(
        measure,
        method,
        weightMeaning,
        complexityOnly,
        atomCount,
        coverage,
        subsetSize,
        draws,
        newCoarseGraining,
        permutations,
        pointwise,
        seed);
  }

  /**
   * Checks that a layer can be analyzed, before any work is done.
   *
   * @throws IllegalArgumentException if it has too many sources, or too few
   */
  public void requireAnalyzable(String layer, int sourceCount) {
    if (measure == Measure.BROJA && sourceCount != 2) {
      throw new IllegalArgumentException(
          String.format(
              "The number of sources (%d) of layer \"%s\" must be 2 for -measure broja.%n"
                  + "Maybe make two groups with -groups.",
              sourceCount, layer));
    }
    boolean exact =
        methodFor(sourceCount) == Method.LATTICE
            || (methodFor(sourceCount) == Method.BACKBONE && measure == Measure.SX)
            || pointwise;
    if (exact && sourceCount > UpSetFamily.MAX_SOURCES) {
      String hint =
          atomCount > 0
              ? "leave out -atoms and -top"
              : pointwise
                  ? "leave out -pointwise"
                  : "use -method " + (measure == Measure.SX ? "coverage" : "backbone");
      throw new IllegalArgumentException(
          String.format(
              "The number of sources (%d) of layer \"%s\" must be at most %d for exact"
                  + " decomposition: already 7 sources have 2,414,682,040,996 antichains.%n"
                  + "Maybe %s, choose some sources with -sources, or make at most %d groups with"
                  + " -groups.",
              sourceCount, layer, UpSetFamily.MAX_SOURCES, hint, UpSetFamily.MAX_SOURCES));
    }
    if (methodFor(sourceCount) == Method.COARSE_GRAINING) {
      try {
        coarseGraining.requireApplicable(sourceCount);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("Layer \"" + layer + "\": " + e.getMessage(), e);
      }
    }
    if (methodFor(sourceCount) == Method.SUBSAMPLING && subsetSize > sourceCount) {
      throw new IllegalArgumentException(
          String.format(
              "The subset size (-subset-size %d) must be at most the number of sources (%d) of"
                  + " layer \"%s\".",
              subsetSize, sourceCount, layer));
    }
  }

  private Method methodFor(int sourceCount) {
    if (method != Method.AUTO) {
      return method;
    }
    if (atomCount > 0 || measure == Measure.BROJA) {
      return Method.LATTICE;
    }
    if (sourceCount <= UpSetFamily.MAX_SOURCES) {
      return complexityOnly || sourceCount == UpSetFamily.MAX_SOURCES
          ? Method.BACKBONE
          : Method.LATTICE;
    }
    return measure == Measure.SX ? Method.COVERAGE : Method.BACKBONE;
  }

  /**
   * Analyzes one layer of which only the distribution is known: every source is one unit, named
   * after the layer as in {@code L3_1}, the target is {@code class}, and its states are called by
   * their numbers. If its weights are counts they are numbers of instances, else every realization
   * is taken for one.
   *
   * @throws IllegalArgumentException if it has too many sources for these settings, or too few, or
   *     weights are said to be counts and cannot be
   * @throws java.util.concurrent.CancellationException if the execution is canceled before there is
   *     any result
   */
  public LayerResult analyze(String layer, JointDistribution distribution, Execution execution) {
    int targetStates =
        IntStream.range(0, distribution.realizationCount())
            .map(distribution::targetState)
            .max()
            .orElse(-1);
    return analyze(
        layer,
        IntStream.rangeClosed(1, distribution.sourceCount())
            .mapToObj(unit -> List.of(layer + "_" + unit))
            .toList(),
        "class",
        IntStream.rangeClosed(0, targetStates).mapToObj(Integer::toString).toList(),
        SampledDistribution.of(distribution, weightMeaning),
        List.of(),
        List.of(),
        (grouping, value, step) -> {},
        execution);
  }

  /**
   * Analyzes one layer.
   *
   * @param sources the units of every source
   * @param samples what was counted
   * @param units how the activations of units became levels
   * @param warnings what else is already known to make the result doubtful
   * @param listener hears of the groupings that a search finds
   * @throws java.util.concurrent.CancellationException if the execution is canceled before there is
   *     any result
   */
  public LayerResult analyze(
      String layer,
      List<List<String>> sources,
      String target,
      List<String> targetStates,
      SampledDistribution samples,
      List<UnitLevels> units,
      List<String> warnings,
      CoarseGrainedComplexity.Listener listener,
      Execution execution) {
    long start = System.nanoTime();
    JointDistribution distribution = samples.distribution();
    requireAnalyzable(layer, distribution.sourceCount());
    Method wanted = methodFor(distribution.sourceCount());
    Method chosen = wanted;
    double mainShare = permutations > 0 ? 1.0 / (1 + permutations) : 1;
    Execution main = execution.step(0, mainShare);
    // First, so that an estimate that is stopped half-way need not be thrown away for them.
    RelatedMeasures related = RelatedMeasures.of(distribution, seed, execution.step(0, 0));
    Optional<PartialInformationDecomposition> decomposition = Optional.empty();
    Optional<ComplexityEstimate> estimate = Optional.empty();
    Optional<Subsampling> subsampling = Optional.empty();
    Optional<CoarseGrainedComplexity> groups = Optional.empty();
    Backbone backbone;
    switch (wanted) {
      case LATTICE -> {
        PartialInformationDecomposition all =
            PartialInformationDecomposition.of(distribution, measure, main);
        decomposition = Optional.of(all);
        backbone = all.backbone();
      }
      case COVERAGE -> {
        Optional<Backbone> exact = exactInsteadOfEstimate(distribution, 1, main);
        if (exact.isPresent()) {
          chosen = Method.BACKBONE;
          backbone = exact.get();
        } else {
          ComplexityEstimate estimated =
              CoverageEstimator.estimate(distribution, withinTimeLimit(start), main);
          estimate = Optional.of(estimated);
          backbone = estimated.backbone();
        }
      }
      case SUBSAMPLING -> {
        Subsampling sample = Subsampling.of(distribution, subsetSize, draws, seed, main);
        subsampling = Optional.of(sample);
        backbone = sample.meanBackbone();
      }
      case COARSE_GRAINING -> {
        CoarseGrainedComplexity coarse =
            CoarseGrainedComplexity.of(distribution, coarseGraining, main, listener);
        groups = Optional.of(coarse);
        backbone = coarse.backbone();
      }
      default -> backbone = Backbone.of(distribution, measure, main);
    }
    backbone.requireConsistent("layer \"" + layer + "\", method " + chosen.toString());
    List<String> allWarnings = new ArrayList<>(warnings);
    allWarnings.addAll(UnitLevels.warnings(units));
    SampleFacts facts = SampleFacts.of(samples);
    boolean stopped = estimate.isPresent() && !estimate.get().complete();
    boolean compared = permutations > 0 && !stopped && !Thread.currentThread().isInterrupted();
    allWarnings.addAll(facts.warnings(distribution.mutualInformation(), compared));
    if (stopped) {
      allWarnings.add("The estimate was stopped before it reached the wanted precision.");
    }
    if (permutations > 0 && !compared) {
      allWarnings.add(
          "The comparison with shuffled classes was left out: the analysis was stopped.");
    }
    if (estimate.map(e -> e.end() == ComplexityEstimate.End.TIME).orElse(false)) {
      allWarnings.add(
          String.format(
              Locale.ROOT,
              "The estimate ended at its time limit (%s) before it reached the wanted precision"
                  + " (%s). The error that is shown holds; more time (-time-limit) makes it"
                  + " smaller.",
              ProgressReports.duration(coverage.timeLimitSeconds()),
              coverage.precision()));
    }
    estimate
        .flatMap(ComplexityEstimate::bounds)
        .ifPresent(
            bounds ->
                allWarnings.add(
                    String.format(
                        Locale.ROOT,
                        "%d searches ran out of nodes: C lies between %.4f (+- %.4f) and %.4f (+-"
                            + " %.4f).",
                        bounds.unresolved(),
                        bounds.lower(),
                        bounds.lowerStandardError(),
                        bounds.upper(),
                        bounds.upperStandardError())));
    if (!backbone.isExact()) {
      allWarnings.add(
          "Too many subsets of sources to try all: the information of some degrees rests on a"
              + " heuristic search. C is an upper bound.");
    }
    boolean cut =
        groups.flatMap(CoarseGrainedComplexity::search).map(s -> !s.complete()).orElse(false);
    if (cut) {
      allWarnings.add(
          "The search for groups ended before its last step; the best so far is shown.");
    }
    if (groups.map(CoarseGrainedComplexity::refutesAssumption).orElse(false)) {
      allWarnings.add(
          "The information of some degree of synergy of the groups is negative: lower and upper"
              + " bound need not hold. The unconditional ones do.");
    }
    Execution single = Execution.sequential();
    CoverageSettings ofShuffled = ofShuffled(estimate);
    CoarseGraining grouping =
        groups
            .map(CoarseGrainedComplexity::coarseGraining)
            .orElse(CoarseGraining.sequential(distribution.sourceCount(), 1));
    Optional<PermutationBaseline> baseline =
        compared
            ? Optional.of(
                PermutationBaseline.of(
                    samples,
                    figures(distribution, backbone, subsampling),
                    permutations,
                    seed,
                    shuffled -> figuresOf(shuffled, wanted, ofShuffled, grouping, single),
                    execution.step(mainShare, 1)))
            : Optional.empty();
    return new LayerResult(
        layer,
        sources,
        target,
        measure,
        chosen,
        facts,
        distribution.entropySources(),
        distribution.entropyTarget(),
        distribution.mutualInformation(),
        backbone,
        decomposition,
        estimate,
        subsampling,
        groups,
        related,
        baseline,
        pointwise && !stopped
            ? pointwise(distribution, targetStates, execution.step(1, 1))
            : List.of(),
        units,
        allWarnings);
  }

  /** Where an estimate is not asked for, and few realizations make it needless. */
  private Optional<Backbone> exactInsteadOfEstimate(
      JointDistribution distribution, double part, Execution execution) {
    return method == Method.AUTO
        ? FewRealizations.backbone(distribution, part, execution)
        : Optional.empty();
  }

  /** The settings of an estimate for a layer whose analysis began at a {@link System#nanoTime}. */
  private CoverageSettings withinTimeLimit(long start) {
    double left = coverage.timeLimitSeconds() - (System.nanoTime() - start) / 1e9;
    return coverage.withTimeLimitSeconds(Math.max(left, 1e-3));
  }

  /**
   * The settings of estimates for shuffled classes: no more replicates than the layer itself had;
   * and where time ended that, all of them together have as much time.
   */
  private CoverageSettings ofShuffled(Optional<ComplexityEstimate> estimate) {
    return estimate
        .map(
            e ->
                e.end() == ComplexityEstimate.End.TIME
                    ? coverage.withTimeLimitSeconds(coverage.timeLimitSeconds() / permutations)
                    : coverage.withMaxReplicates(e.replicates()))
        .orElse(coverage);
  }

  /** What is compared with shuffled classes; of subsets the mean of C, as it is reported. */
  private static Figures figures(
      JointDistribution distribution, Backbone backbone, Optional<Subsampling> subsampling) {
    return new Figures(
        distribution.mutualInformation(),
        subsampling.map(Subsampling::meanComplexity).orElse(backbone.representationalComplexity()),
        backbone);
  }

  private Figures figuresOf(
      JointDistribution distribution,
      Method wanted,
      CoverageSettings ofShuffled,
      CoarseGraining grouping,
      Execution execution) {
    Optional<Subsampling> subsampling =
        wanted == Method.SUBSAMPLING
            ? Optional.of(Subsampling.of(distribution, subsetSize, draws, seed, execution))
            : Optional.empty();
    Backbone backbone =
        switch (wanted) {
          case COVERAGE ->
              exactInsteadOfEstimate(distribution, 1.0 / permutations, execution)
                  .orElseGet(
                      () ->
                          CoverageEstimator.estimate(distribution, ofShuffled, execution)
                              .backbone());
          case SUBSAMPLING -> subsampling.orElseThrow().meanBackbone();
          case COARSE_GRAINING -> Backbone.of(grouping.coarse(distribution), execution);
          case AUTO, BACKBONE -> Backbone.of(distribution, measure, execution);
          case LATTICE ->
              measure == Measure.BROJA
                  ? PartialInformationDecomposition.of(distribution, measure, execution).backbone()
                  : Backbone.of(distribution, measure, execution);
        };
    return figures(distribution, backbone, subsampling);
  }

  private static List<TargetReport> pointwise(
      JointDistribution distribution, List<String> targetStates, Execution execution) {
    return PartialInformationDecomposition.ofTargetStates(distribution, execution).stream()
        .map(
            local ->
                new TargetReport(
                    targetStates.get(local.targetState()),
                    local.probability(),
                    local.decomposition()))
        .toList();
  }
}
