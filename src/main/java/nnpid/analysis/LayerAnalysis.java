package nnpid.analysis;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import nnpid.coarsegraining.CoarseGrainingSettings;
import nnpid.decomposition.Measure;
import nnpid.decomposition.SourcePairs;
import nnpid.decomposition.Values;
import nnpid.distribution.JointDistribution;
import nnpid.distribution.SampledDistribution;
import nnpid.distribution.WeightMeaning;
import nnpid.estimation.CoverageSettings;
import nnpid.estimation.SubsetRanking;
import nnpid.estimation.SubsetSizes;
import nnpid.execution.Execution;
import nnpid.lattice.Antichain;
import nnpid.lattice.UpSetFamily;

/**
 * How layers are analyzed: the settings, and the choice of a method where none is given.
 *
 * @param measure the redundancy measure
 * @param method the method; {@link Method#AUTO} takes the lattice for up to 5 sources, the backbone
 *     for 6 or without atoms, the coverage estimator for more (under measures with a closed form,
 *     or for few realizations, the backbone)
 * @param weightMeaning what the weights of samples mean
 * @param wanted what is wanted beside C
 * @param coverage settings of the coverage estimator
 * @param subsets which subsets are drawn by subsampling
 * @param coarseGraining which groups are made by coarse-graining
 * @param seed seed of all random numbers but those that other settings have a seed for
 */
public record LayerAnalysis(
    Measure measure,
    Method method,
    WeightMeaning weightMeaning,
    Wanted wanted,
    CoverageSettings coverage,
    Subsets subsets,
    CoarseGrainingSettings coarseGraining,
    long seed)
    implements Serializable {

  /** Shared exclusions, the method chosen by the number of sources, no atoms listed. */
  public static final LayerAnalysis DEFAULT =
      new LayerAnalysis(
          Measure.SX,
          Method.AUTO,
          WeightMeaning.AUTO,
          Wanted.DEFAULT,
          CoverageSettings.DEFAULT,
          Subsets.DEFAULT,
          CoarseGrainingSettings.DEFAULT,
          1);

  /**
   * What is wanted beside C and the information by degree of synergy.
   *
   * @param complexityOnly whether no atoms are needed
   * @param atomCount how many atoms are listed per layer, see {@link Report#atomCount()}
   * @param atoms the atoms that are listed instead of the largest; none for the largest
   * @param permutations number of shuffles of the targets; 0 for no comparison with them
   * @param pointwise whether to decompose for every target state on its own too
   * @param values what values are wanted first; the others are told beside them
   * @param halves number of random halves of the samples that tell the sampling error; 0 for none
   * @param horizon how many draws values at equal horizons are wanted for
   * @param pairs how many sources are decomposed in pairs, those with the most information; 0 for
   *     none
   * @param ranking which subsets of the sources are ranked, if any
   */
  public record Wanted(
      boolean complexityOnly,
      int atomCount,
      List<Antichain> atoms,
      int permutations,
      boolean pointwise,
      Values values,
      int halves,
      Horizon horizon,
      int pairs,
      Optional<SubsetRanking.Wanted> ranking)
      implements Serializable {
    /** Atoms where they can be had, none of them listed; plug-in values first; no halves. */
    public static final Wanted DEFAULT = new Wanted(false, 0, 0, false);

    /** Plug-in values, no halves. */
    public Wanted(boolean complexityOnly, int atomCount, int permutations, boolean pointwise) {
      this(complexityOnly, atomCount, permutations, pointwise, Values.PLUG_IN, 0);
    }

    /** No atoms by name, no values at equal horizons. */
    public Wanted(
        boolean complexityOnly,
        int atomCount,
        int permutations,
        boolean pointwise,
        Values values,
        int halves) {
      this(
          complexityOnly,
          atomCount,
          List.of(),
          permutations,
          pointwise,
          values,
          halves,
          Horizon.NONE,
          0,
          Optional.empty());
    }

    /** The same at a horizon. */
    public Wanted withHorizon(Horizon newHorizon) {
      return new Wanted(
          complexityOnly,
          atomCount,
          atoms,
          permutations,
          pointwise,
          values,
          halves,
          newHorizon,
          pairs,
          ranking);
    }

    /** The same with pairs of so many sources. */
    public Wanted withPairs(int newPairs) {
      return new Wanted(
          complexityOnly,
          atomCount,
          atoms,
          permutations,
          pointwise,
          values,
          halves,
          horizon,
          newPairs,
          ranking);
    }

    /** The same with subsets that are ranked. */
    public Wanted withRanking(SubsetRanking.Wanted newRanking) {
      return new Wanted(
          complexityOnly,
          atomCount,
          atoms,
          permutations,
          pointwise,
          values,
          halves,
          horizon,
          pairs,
          Optional.of(newRanking));
    }

    /**
     * Checks that these go together.
     *
     * @throws IllegalArgumentException if they do not
     */
    public Wanted {
      atoms = List.copyOf(atoms);
      if (permutations < 0) {
        throw new IllegalArgumentException(
            "The number of permutations (-permutations "
                + permutations
                + ") must not be negative.");
      }
      if (halves < 0 || halves == 1) {
        throw new IllegalArgumentException(
            "The halves (" + halves + ") must be 0, or at least 2: one has no deviation.");
      }
      if (pairs != 0) {
        SourcePairs.requireCount(pairs);
      }
      if (complexityOnly && atomCount > 0) {
        throw new IllegalArgumentException(
            "The option -complexity-only must not be combined with -atoms, -top or -atom: it"
                + " computes no atoms.");
      }
    }

    /** Whether the lattice must be known: not for single atoms. */
    boolean needsLattice() {
      return atomCount > 0 && atoms.isEmpty();
    }
  }

  /**
   * Subsets of the sources.
   *
   * @param size number of sources in a subset
   * @param draws number of subsets
   */
  public record Subsets(int size, int draws) implements Serializable {
    /** 25 subsets of five sources. */
    public static final Subsets DEFAULT = new Subsets(5, 25);
  }

  /**
   * Checks that the settings go together.
   *
   * @throws IllegalArgumentException if they do not
   */
  public LayerAnalysis {
    if (method != Method.AUTO) {
      boolean lattice = method == Method.LATTICE;
      boolean walks = method == Method.COVERAGE && wanted.atomCount() != Report.ALL_ATOMS;
      if (wanted.needsLattice() && !lattice && !walks) {
        throw new IllegalArgumentException(
            String.format(
                "The method (-method %s) must be lattice if atoms are listed, or coverage for the"
                    + " largest ones.",
                method));
      }
      if (wanted.complexityOnly() && lattice) {
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
                method, measure.id()));
      }
    }
    if (wanted.values() == Values.CORRECTED && !isCorrectable(measure, method)) {
      throw new IllegalArgumentException(
          String.format(
              "The option -values corrected must go with -measure sx, and not with -method"
                  + " subsampling or coarse-graining: it is %s, %s.%nMaybe use -halves instead.",
              measure.id(), method));
    }
    if (wanted.horizon().wanted() && !isCorrectable(measure, method)) {
      throw new IllegalArgumentException(
          String.format(
              "The option -horizon must go with -measure sx, and not with -method subsampling or"
                  + " coarse-graining: it is %s, %s.%nMaybe leave it out.",
              measure.id(), method));
    }
    if (wanted.horizon().wanted() && weightMeaning == WeightMeaning.IMPORTANCE) {
      throw new IllegalArgumentException(
          "The option -horizon must not be combined with -weights-are importance: draws are of"
              + " samples, so weights must be numbers of them.");
    }
    boolean allAtoms = method == Method.AUTO || method == Method.LATTICE;
    if (!wanted.atoms().isEmpty() && measure != Measure.SX && !allAtoms) {
      throw new IllegalArgumentException(
          "The option -atom must go with -measure sx or -method lattice: single atoms of "
              + measure.id()
              + " are not computed without the lattice.");
    }
    if (wanted.ranking().isPresent() && measure == Measure.BROJA) {
      throw new IllegalArgumentException(
          "The option -rank must go with -measure sx, min or mmi: broja is for two sources.");
    }
    if (wanted.pointwise() && measure != Measure.SX) {
      throw new IllegalArgumentException(
          "The option -pointwise must go with -measure sx: "
              + measure.id()
              + " has no pointwise decomposition here.");
    }
  }

  /** These settings without atoms, for when only the complexity counts. */
  public LayerAnalysis withoutAtoms() {
    boolean complexityOnly = method != Method.LATTICE && measure != Measure.BROJA;
    return withWanted(
        new Wanted(
            complexityOnly,
            0,
            List.of(),
            wanted.permutations(),
            wanted.pointwise(),
            wanted.values(),
            wanted.halves(),
            wanted.horizon(),
            0,
            Optional.empty()));
  }

  /**
   * All settings as text, which states of trainings keep: what is not wanted is left out where it
   * came later, so that older states can be gone on with.
   */
  public String text() {
    return toString().replace(", ranking=Optional.empty", "");
  }

  /**
   * These settings with a given method.
   *
   * @throws IllegalArgumentException if it does not go with the other settings
   */
  public LayerAnalysis withMethod(Method newMethod) {
    return new LayerAnalysis(
        measure, newMethod, weightMeaning, wanted, coverage, subsets, coarseGraining, seed);
  }

  /**
   * These settings with something else that is wanted.
   *
   * @throws IllegalArgumentException if it does not go with the other settings
   */
  public LayerAnalysis withWanted(Wanted newWanted) {
    return new LayerAnalysis(
        measure, method, weightMeaning, newWanted, coverage, subsets, coarseGraining, seed);
  }

  /** These settings with others for {@link Method#COVERAGE}. */
  public LayerAnalysis withCoverage(CoverageSettings newCoverage) {
    return new LayerAnalysis(
        measure, method, weightMeaning, wanted, newCoverage, subsets, coarseGraining, seed);
  }

  /** These settings with other groups for {@link Method#COARSE_GRAINING}. */
  public LayerAnalysis withCoarseGraining(CoarseGrainingSettings newCoarseGraining) {
    return new LayerAnalysis(
        measure, method, weightMeaning, wanted, coverage, subsets, newCoarseGraining, seed);
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
    Method chosen = methodFor(sourceCount);
    boolean exact =
        chosen == Method.LATTICE
            || (chosen == Method.BACKBONE && measure == Measure.SX)
            || wanted.pointwise();
    if (exact && sourceCount > UpSetFamily.MAX_SOURCES) {
      String hint =
          wanted.needsLattice()
              ? measure == Measure.SX && method == Method.AUTO
                  ? "list the largest with -top instead of -atoms"
                  : "leave out -atoms and -top"
              : wanted.pointwise()
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
    for (Antichain atom : wanted.atoms()) {
      if (atom.lastSource() > sourceCount) {
        throw new IllegalArgumentException(
            String.format(
                "The atom (-atom %s) must have sources from 1 to %d, which are those of layer"
                    + " \"%s\".%nMaybe choose other layers with -sources.",
                atom, sourceCount, layer));
      }
    }
    boolean single = !wanted.atoms().isEmpty() || (wanted.needsLattice() && !exact);
    if (single && measure == Measure.SX && sourceCount > Antichain.MAX_SOURCES) {
      throw new IllegalArgumentException(
          String.format(
              "The number of sources (%d) of layer \"%s\" must be at most %d for atoms.%n"
                  + "Maybe leave out -top and -atom, or choose some sources with -sources.",
              sourceCount, layer, Antichain.MAX_SOURCES));
    }
    if (chosen == Method.COARSE_GRAINING) {
      try {
        coarseGraining.requireApplicable(sourceCount);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("Layer \"" + layer + "\": " + e.getMessage(), e);
      }
    }
    Optional<SubsetSizes> ranked = wanted.ranking().map(SubsetRanking.Wanted::sizes);
    if (ranked.isPresent() && ranked.get().least() > sourceCount) {
      throw new IllegalArgumentException(
          String.format(
              "The ranked subsets (-rank %s) must have at most %d sources, as many as layer \"%s\""
                  + " has.%nMaybe choose other layers with -sources.",
              ranked.get(), sourceCount, layer));
    }
    if (chosen == Method.SUBSAMPLING && subsets.size() > sourceCount) {
      throw new IllegalArgumentException(
          String.format(
              "The subset size (-subset-size %d) must be at most the number of sources (%d) of"
                  + " layer \"%s\".",
              subsets.size(), sourceCount, layer));
    }
  }

  /**
   * These settings with a horizon that all of some data have: the one that is wanted, or if that is
   * for the data to tell, the longest.
   *
   * @param targetStates names of the classes
   * @param classWeights for each of the data the weight of every class; 0 for those it lacks
   * @throws IllegalArgumentException if they do not have what is wanted
   */
  public LayerAnalysis withHorizonOf(List<String> targetStates, List<double[]> classWeights) {
    Horizon horizon = wanted.horizon();
    if (!horizon.wanted()) {
      return this;
    }
    String smallest = "";
    double least = Double.POSITIVE_INFINITY;
    for (double[] weights : classWeights) {
      for (int state = 0; state < weights.length; state++) {
        if (weights[state] > 0 && weights[state] < least) {
          least = weights[state];
          smallest = targetStates.get(state);
        }
      }
    }
    if (least != Math.rint(least)) {
      throw notCounts();
    }
    long longest = (long) least - 1;
    if (longest < 1) {
      throw new IllegalArgumentException(
          String.format(
              "The class \"%s\" (%d sample) must have at least 2 samples for -horizon: draws are of"
                  + " the other samples of a class.%nMaybe leave that class out.",
              smallest, (long) least));
    }
    if (horizon.draws().orElse(longest) > longest) {
      throw new IllegalArgumentException(
          String.format(
              "The horizon (-horizon %s) must be at most %d: draws are of the other samples of a"
                  + " class, and \"%s\" has %d in all.%nMaybe use -horizon auto, or leave that"
                  + " class out.",
              horizon, longest, smallest, (long) least));
    }
    return withWanted(wanted.withHorizon(Horizon.of(horizon.draws().orElse(longest))));
  }

  private static IllegalArgumentException notCounts() {
    return new IllegalArgumentException(
        "The option -horizon must go with numbers of samples as weights: draws are of samples, and"
            + " these weights are no numbers of them.");
  }

  /** The weight of every class. */
  private static double[] classWeights(JointDistribution distribution, int stateCount) {
    double[] weights = new double[stateCount];
    for (int r = 0; r < distribution.realizationCount(); r++) {
      weights[distribution.targetState(r)] += distribution.weight(r);
    }
    return weights;
  }

  /** Whether values of this kind can be corrected, if weights are numbers of samples. */
  boolean isCorrectable() {
    return isCorrectable(measure, method);
  }

  private static boolean isCorrectable(Measure measure, Method method) {
    return measure == Measure.SX
        && method != Method.SUBSAMPLING
        && method != Method.COARSE_GRAINING;
  }

  /** The method that is taken for so many sources; never {@link Method#AUTO}. */
  Method methodFor(int sourceCount) {
    if (method != Method.AUTO) {
      return method;
    }
    boolean walks =
        sourceCount > UpSetFamily.MAX_SOURCES
            && measure == Measure.SX
            && wanted.atomCount() != Report.ALL_ATOMS;
    boolean named = !wanted.atoms().isEmpty() && measure != Measure.SX;
    if ((wanted.needsLattice() && !walks) || named || measure == Measure.BROJA) {
      return Method.LATTICE;
    }
    if (sourceCount <= UpSetFamily.MAX_SOURCES) {
      return wanted.complexityOnly() || sourceCount == UpSetFamily.MAX_SOURCES
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
    int lastState =
        IntStream.range(0, distribution.realizationCount())
            .map(distribution::targetState)
            .max()
            .orElse(-1);
    return analyze(
        new Layer(
            layer,
            Layer.numberedUnits(layer, distribution.sourceCount()),
            "class",
            IntStream.rangeClosed(0, lastState).mapToObj(Integer::toString).toList()),
        SampledDistribution.of(distribution, weightMeaning),
        LayerListener.NONE,
        execution);
  }

  /**
   * Analyzes one layer.
   *
   * @param samples what was counted
   * @param listener is told every better grouping that a search finds, and estimates
   * @throws IllegalArgumentException if the layer has too many sources for these settings, or too
   *     few
   * @throws java.util.concurrent.CancellationException if the execution is canceled before there is
   *     any result
   */
  public LayerResult analyze(
      Layer layer, SampledDistribution samples, LayerListener listener, Execution execution) {
    return runOf(layer, samples, listener).run(execution);
  }

  /**
   * Analyzes one layer as one of several runs that share the shuffles, see {@link LayerPart#merge}.
   *
   * @param part what of it
   * @throws IllegalArgumentException as {@link #analyze(Layer, SampledDistribution, LayerListener,
   *     Execution)}
   * @throws java.util.concurrent.CancellationException if the execution is canceled before it is
   *     done
   */
  public LayerPart analyze(
      Layer layer,
      SampledDistribution samples,
      LayerPart.Wanted part,
      LayerListener listener,
      Execution execution) {
    return runOf(layer, samples, listener).run(part, execution);
  }

  private void requirePossibleWithPasses(int sourceCount) {
    if (wanted.horizon().wanted()) {
      throw new IllegalArgumentException(
          "The option -horizon must not be combined with several passes per sample: draws are of"
              + " samples that are independent.\nMaybe use -values corrected, which takes every"
              + " pass on its own.");
    }
    if (wanted.ranking().isPresent() && wanted.values() == Values.CORRECTED) {
      throw new IllegalArgumentException(
          "The option -rank must go with plug-in values where samples have several passes: corrected"
              + " merits take rows for samples.\nMaybe rank the rows of one pass.");
    }
    boolean walks =
        wanted.needsLattice()
            && wanted.atoms().isEmpty()
            && methodFor(sourceCount) != Method.LATTICE;
    if (walks && wanted.values() == Values.CORRECTED) {
      throw new IllegalArgumentException(
          "The option -top must go with plug-in values where samples have several passes: the largest"
              + " corrected atoms are not looked for then.\nMaybe name them with -atom.");
    }
  }

  private LayerRun runOf(Layer layer, SampledDistribution samples, LayerListener listener) {
    requireAnalyzable(layer.name(), samples.distribution().sourceCount());
    if (wanted.values() == Values.CORRECTED && samples.weightMeaning() != WeightMeaning.COUNTS) {
      throw new IllegalArgumentException(
          "The option -values corrected must go with numbers of samples as weights: no correction"
              + " (weights are not numbers of samples).");
    }
    if (wanted.horizon().wanted() && samples.weightMeaning() != WeightMeaning.COUNTS) {
      throw notCounts();
    }
    if (samples.passCount() > 1) {
      requirePossibleWithPasses(samples.distribution().sourceCount());
    }
    List<String> states = layer.targetStates();
    LayerAnalysis settings =
        withHorizonOf(states, List.of(classWeights(samples.distribution(), states.size())));
    return new LayerRun(settings, layer, samples, listener);
  }
}
