package nnpid.command;

import java.util.Arrays;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import nnpid.analysis.Horizon;
import nnpid.analysis.LayerAnalysis;
import nnpid.analysis.LayerAnalysis.Subsets;
import nnpid.analysis.LayerAnalysis.Wanted;
import nnpid.analysis.Method;
import nnpid.analysis.Report;
import nnpid.coarsegraining.CoarseGrainingSettings;
import nnpid.coarsegraining.GroupingObjective;
import nnpid.decomposition.Measure;
import nnpid.decomposition.Values;
import nnpid.distribution.WeightMeaning;
import nnpid.estimation.CoverageSettings;
import nnpid.estimation.SubsetMerit;
import nnpid.estimation.SubsetRanking;
import nnpid.estimation.SubsetSizes;
import nnpid.lattice.Antichain;
import nnpid.weka.SchemeOptions;
import nnpid.weka.UnitQuantizer;
import weka.core.Option;
import weka.core.OptionHandler;
import weka.core.OptionMetadata;

/**
 * What an analysis of layers is asked: how the information about the class is decomposed and,
 * inherited, what in the data is what. The command line and its help, the Explorer's form and the
 * KnowledgeFlow's step show these properties, and nothing else says what their options are.
 *
 * <p>The category of a property names the methods that it is for, if not for all. Properties of an
 * order below {@link #OWN_FIELD} have fields of their own where there is little room; the others
 * are typed there.
 *
 * <p>Long, for every option is said here, with its text, its getter and its setter: Weka's option
 * handling takes them from one object.
 */
public final class AnalysisOptions extends UnitOptions implements OptionHandler {
  /** What an estimate needs may be said of exact methods, too: they are better than that. */
  private static final String ESTIMATE = "auto|coverage|lattice|backbone";

  private static final String TIMED = "auto|coverage|coarse-graining";
  private static final String SUBSAMPLING = "subsampling";
  private static final String GROUPS = "coarse-graining";

  /** What has no effect unless subsets are ranked. */
  static final String RANK = "rank";

  /** Halves of the samples where their number is not given. */
  private static final int HALVES = 10;

  /** Seconds; thirty years. */
  private static final double UNLIMITED = 1e9;

  private Measure measure = LayerAnalysis.DEFAULT.measure();
  private Method method = LayerAnalysis.DEFAULT.method();
  private CoverageSettings coverage = CoverageSettings.DEFAULT;
  private OptionalInt replicates = OptionalInt.empty();
  private OptionalInt groupCount = OptionalInt.empty();
  private CoarseGrainingSettings grouping = CoarseGrainingSettings.DEFAULT;
  private int minGroupSize = grouping.minGroupSize();
  private OptionalInt maxGroupSize = OptionalInt.empty();
  private int subsetSize = Subsets.DEFAULT.size();
  private int draws = Subsets.DEFAULT.draws();
  private WeightMeaning weightMeaning = LayerAnalysis.DEFAULT.weightMeaning();
  private Values values = Wanted.DEFAULT.values();
  private OptionalInt halves = OptionalInt.empty();
  private Horizon horizon = Horizon.NONE;
  private int permutations = Wanted.DEFAULT.permutations();
  private OptionalInt seed = OptionalInt.empty();
  private int pairs;
  private String rank = "";
  private SubsetMerit merit = SubsetMerit.ACCESSIBLE;
  private int rankLimit = SubsetRanking.Wanted.USUAL_LIMIT;
  private boolean complexityOnly;
  private boolean atoms;
  private OptionalInt top = OptionalInt.empty();
  private String atom = "";
  private Pointwise pointwise = Pointwise.NONE;
  private OptionalInt threads = OptionalInt.empty();

  /** What is decomposed besides the whole. */
  public enum Pointwise {
    /** Nothing. */
    NONE,
    /** The information about every class on its own. */
    TARGET;

    /** The name in options. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @OptionMetadata(
      displayName = "Measure",
      description =
          "What it means that units share information. sx: shared exclusions, the paper's choice."
              + " min: Williams and Beer. mmi: minimum mutual information. broja: unique"
              + " information, of two units.",
      commandLineParamName = "measure",
      displayOrder = 4)
  public Measure getMeasure() {
    return measure;
  }

  /** Sets the redundancy measure. */
  public void setMeasure(Measure measure) {
    this.measure = measure;
  }

  @OptionMetadata(
      displayName = "Method",
      description =
          "How the information by degree of synergy is computed. lattice: all atoms, up to 6 units."
              + " backbone: exact without atoms, up to 6 units under sx. coverage: an estimate with"
              + " its standard error, any number of units, sx. subsampling: the mean over random"
              + " subsets of the units, sx. coarse-graining: bounds, from groups of the units that"
              + " are read as one each, sx. auto: lattice up to 5 units, backbone for 6 or if only"
              + " the complexity is wanted, coverage for more (min, mmi: backbone).",
      commandLineParamName = "method",
      displayOrder = 5)
  public Method getMethod() {
    return method;
  }

  /** Sets how the information by degree of synergy is computed. */
  public void setMethod(Method method) {
    this.method = method;
  }

  @OptionMetadata(
      displayName = "Precision",
      description = "Estimates end when the standard error of C is this small.",
      category = ESTIMATE,
      commandLineParamName = "precision",
      displayOrder = 6)
  public double getPrecision() {
    return coverage.precision();
  }

  /** Sets when an estimate is good enough. */
  public void setPrecision(double precision) {
    coverage = coverage.withPrecision(finite("precision", precision));
  }

  @OptionMetadata(
      displayName = "Group count",
      description =
          "Coarse-graining: number of groups, up to 6. If it is not given: 5, one for every unit if"
              + " they are fewer, or as many as are given.",
      category = GROUPS,
      commandLineParamName = "groups-count",
      displayOrder = 7)
  public OptionalInt getGroupCount() {
    return groupCount;
  }

  /** Sets the number of groups. */
  public void setGroupCount(OptionalInt groupCount) {
    groupCount.ifPresent(CoarseGrainingSettings.DEFAULT::withGroupCount);
    this.groupCount = groupCount;
  }

  @OptionMetadata(
      displayName = "Grouping",
      description =
          "Coarse-graining: the groups. optimize: those with the best objective are searched for."
              + " sequential: the units in their order, cut into groups of equal size. random. Or"
              + " the groups themselves: numbers of units within the layer, e.g. 1,2;3-5.",
      category = GROUPS,
      commandLineParamName = "grouping",
      commandLineParamSynopsis = "optimize|sequential|random|GROUPS",
      displayOrder = 8)
  public String getGrouping() {
    return grouping.grouping();
  }

  /** Sets the groups of coarse-graining. */
  public void setGrouping(String grouping) {
    this.grouping = this.grouping.withGrouping(grouping);
  }

  @OptionMetadata(
      displayName = "Objective",
      description =
          "Coarse-graining: what the best groups are. tightest-lower: the largest lower bound of C."
              + " tightest-upper: the smallest upper bound. gap: the smallest distance between"
              + " them. least-synergy: the groups from which the information is easiest to read.",
      category = GROUPS,
      commandLineParamName = "objective",
      displayOrder = 9)
  public GroupingObjective getObjective() {
    return grouping.objective();
  }

  /** Sets what the best groups are. */
  public void setObjective(GroupingObjective objective) {
    grouping = grouping.withObjective(objective);
  }

  @OptionMetadata(
      displayName = "Least group size",
      description = "Coarse-graining: least number of units in a group.",
      category = GROUPS,
      commandLineParamName = "min-group-size",
      displayOrder = 10)
  public int getMinGroupSize() {
    return minGroupSize;
  }

  /** Sets the least size of a group. */
  public void setMinGroupSize(int minGroupSize) {
    this.minGroupSize = positive("least group size", minGroupSize);
  }

  @OptionMetadata(
      displayName = "Largest group size",
      description = "Coarse-graining: largest number of units in a group. If it is not given: any.",
      category = GROUPS,
      commandLineParamName = "max-group-size",
      displayOrder = 11)
  public OptionalInt getMaxGroupSize() {
    return maxGroupSize;
  }

  /** Sets the largest size of a group. */
  public void setMaxGroupSize(OptionalInt maxGroupSize) {
    maxGroupSize.ifPresent(size -> positive("largest group size", size));
    this.maxGroupSize = maxGroupSize;
  }

  @OptionMetadata(
      displayName = "Steps",
      description =
          "Coarse-graining: accepted moves of the search for groups; it also ends after 20 times as"
              + " many tried moves.",
      category = GROUPS,
      commandLineParamName = "steps",
      displayOrder = 12)
  public int getSteps() {
    return grouping.search().stepLimit();
  }

  /** Sets how long groups are searched for. */
  public void setSteps(int steps) {
    grouping = grouping.withSearch(grouping.search().withStepLimit(positive("steps", steps)));
  }

  @OptionMetadata(
      displayName = "Time limit",
      description = "Estimates, and the search for groups, end after so many seconds per layer.",
      category = TIMED,
      commandLineParamName = "time-limit",
      displayOrder = 13)
  public double getTimeLimit() {
    return coverage.timeLimitSeconds();
  }

  /** Sets the time for an estimate or a search. */
  public void setTimeLimit(double timeLimit) {
    coverage = coverage.withTimeLimitSeconds(finite("time limit", timeLimit));
  }

  /**
   * Lets estimates and searches take as long as they need: where work is shared by machines, they
   * must end at the same place on all of them. The limit is one that nobody waits for, which can be
   * written as an option.
   */
  public void removeTimeLimit() {
    coverage = coverage.withTimeLimitSeconds(UNLIMITED);
  }

  @OptionMetadata(
      displayName = "Subset size",
      description = "Subsampling: number of units in a random subset.",
      category = SUBSAMPLING,
      commandLineParamName = "subset-size",
      displayOrder = 14)
  public int getSubsetSize() {
    return subsetSize;
  }

  /** Sets the size of random subsets. */
  public void setSubsetSize(int subsetSize) {
    this.subsetSize = positive("subset size", subsetSize);
  }

  @OptionMetadata(
      displayName = "Draws",
      description = "Subsampling: number of random subsets, all different.",
      category = SUBSAMPLING,
      commandLineParamName = "draws",
      displayOrder = 15)
  public int getDraws() {
    return draws;
  }

  /** Sets the number of random subsets. */
  public void setDraws(int draws) {
    this.draws = positive("draws", draws);
  }

  @OptionMetadata(
      displayName = "Meaning of weights",
      description =
          "What weights of instances mean, for permutations, R/m and warnings. counts: an instance"
              + " stands for so many samples, as in a table of counts. importance: it is one"
              + " sample. auto: counts if all weights are whole numbers, else importance.",
      commandLineParamName = "weights-are",
      displayOrder = 16)
  public WeightMeaning getWeightMeaning() {
    return weightMeaning;
  }

  /** Sets what the weights of instances mean. */
  public void setWeightMeaning(WeightMeaning weightMeaning) {
    this.weightMeaning = weightMeaning;
  }

  @OptionMetadata(
      displayName = "Values",
      description =
          "What atoms, Pi_k and C are about. plug-in: the samples, for which they are exact."
              + " corrected: where the samples come from: without the bias that few samples have;"
              + " sx only, weights must be numbers of samples. Reports tell both.",
      commandLineParamName = "values",
      displayOrder = 17)
  public Values getValues() {
    return values;
  }

  /** Sets what values are about. */
  public void setValues(Values values) {
    this.values = values;
  }

  @OptionMetadata(
      displayName = "Halves",
      description =
          "Analyzes so many random halves of the samples, for the sampling error of I(T:S), Pi_k"
              + " and C, and for their values at half the samples; 0 for none. If it is not given:"
              + " 10, but 0 with -train, where it may take four times as long.",
      commandLineParamName = "halves",
      displayOrder = 18)
  public OptionalInt getHalves() {
    return halves;
  }

  /** Sets how many halves of the samples are analyzed. */
  public void setHalves(OptionalInt halves) {
    new Wanted(false, 0, 0, false, values, halves.orElse(0)); // checks it
    this.halves = halves;
  }

  @OptionMetadata(
      displayName = "Horizon",
      description =
          "Tells I(T:S), Pi_k and C of so many draws of other samples, too: the same draws for all"
              + " layers, epochs and data sets, so that those of different size can be compared."
              + " auto: as many as the smallest class has, one less than its samples. If nothing is"
              + " given: none. sx only; weights must be numbers of samples.",
      commandLineParamName = "horizon",
      commandLineParamSynopsis = "DRAWS|auto",
      displayOrder = 19)
  public String getHorizon() {
    return horizon.toString();
  }

  /** Sets how many draws of other samples values are told for; empty for none. */
  public void setHorizon(String horizon) {
    this.horizon = Horizon.parse(horizon);
  }

  @OptionMetadata(
      displayName = "Permutations",
      description =
          "Compares with so many shuffles of the classes: mean, standard deviation and p-value; 0"
              + " for no comparison.",
      commandLineParamName = "permutations",
      displayOrder = 20)
  public int getPermutations() {
    return permutations;
  }

  /** Sets how often classes are shuffled for comparison. */
  public void setPermutations(int permutations) {
    new Wanted(false, 0, permutations, false); // checks it
    this.permutations = permutations;
  }

  @OptionMetadata(
      displayName = "Seed",
      description =
          "Seed of everything random. If it is not given: 1, and the quantizer's and the network's"
              + " own.",
      commandLineParamName = "seed",
      displayOrder = 21)
  public OptionalInt getSeed() {
    return seed;
  }

  /** Sets the seed of everything random. */
  public void setSeed(OptionalInt seed) {
    this.seed = seed;
  }

  @OptionMetadata(
      displayName = "Pairs",
      description =
          "Decomposes all pairs of so many units of a layer, those with the most information: what"
              + " each tells that the other does not, what both tell, and what only both together"
              + " tell. 0 for none.",
      commandLineParamName = "pairs",
      displayOrder = 22)
  public int getPairs() {
    return pairs;
  }

  /** Sets how many units are decomposed in pairs. */
  public void setPairs(int pairs) {
    Wanted.DEFAULT.withPairs(pairs); // checks it
    this.pairs = pairs;
  }

  @OptionMetadata(
      displayName = "Ranked subsets",
      description =
          "Ranks the subsets of so many units of a layer by their merit: a number, a range such as"
              + " 2-3, or any. Every subset is decomposed as if there were no other units. If"
              + " nothing is given: none.",
      commandLineParamName = RANK,
      commandLineParamSynopsis = "NUMBER|MIN-MAX|any",
      displayOrder = OWN_FIELD)
  public String getRank() {
    return rank;
  }

  /** Sets the sizes of the subsets that are ranked; empty for none. */
  public void setRank(String rank) {
    if (!rank.isBlank()) {
      SubsetSizes.parse("ranked subsets", rank); // checks it
    }
    this.rank = rank.strip();
  }

  @OptionMetadata(
      displayName = "Merit",
      description =
          "What makes a ranked subset good. accessible: the sum of Pi_k / k, its information"
              + " discounted by how many units must be read together. information: all that it"
              + " tells. synergy: what only all of its units tell together. redundancy: what each of"
              + " them tells. complexity: the smallest C, of subsets with nine tenths of the"
              + " information of the layer.",
      category = RANK,
      commandLineParamName = "merit",
      displayOrder = OWN_FIELD)
  public SubsetMerit getMerit() {
    return merit;
  }

  /** Sets what makes a ranked subset good. */
  public void setMerit(SubsetMerit merit) {
    this.merit = merit;
  }

  @OptionMetadata(
      displayName = "Most ranked subsets",
      description =
          "How many subsets are ranked at most. If there are more, a random sample of so many is,"
              + " and the result says so.",
      category = RANK,
      commandLineParamName = "rank-limit",
      displayOrder = OWN_FIELD)
  public int getRankLimit() {
    return rankLimit;
  }

  /** Sets how many subsets are ranked at most. */
  public void setRankLimit(int rankLimit) {
    SubsetRanking.Wanted.requireLimit(rankLimit);
    this.rankLimit = rankLimit;
  }

  @OptionMetadata(
      displayName = "Complexity only",
      description = "Computes no atoms, only what the complexity needs: faster.",
      commandLineParamName = "complexity-only",
      commandLineParamIsFlag = true,
      displayOrder = OWN_FIELD + 5)
  public boolean isComplexityOnly() {
    return complexityOnly;
  }

  /** Sets whether no atoms are needed. */
  public void setComplexityOnly(boolean complexityOnly) {
    this.complexityOnly = complexityOnly;
  }

  @OptionMetadata(
      displayName = "All atoms",
      description = "Lists all atoms.",
      commandLineParamName = "atoms",
      commandLineParamIsFlag = true,
      displayOrder = OWN_FIELD + 6)
  public boolean isAtoms() {
    return atoms;
  }

  /** Sets whether all atoms are listed. */
  public void setAtoms(boolean atoms) {
    this.atoms = atoms;
  }

  @OptionMetadata(
      displayName = "Largest atoms",
      description = "How many atoms are listed per layer: those of largest absolute value.",
      commandLineParamName = "top",
      displayOrder = OWN_FIELD + 7)
  public OptionalInt getTop() {
    return top;
  }

  /** Sets how many atoms are listed per layer. */
  public void setTop(OptionalInt top) {
    top.ifPresent(count -> positive("number of listed atoms", count));
    this.top = top;
  }

  @OptionMetadata(
      displayName = "Single atoms",
      description =
          "Lists these atoms, separated by semicolons, e.g. {1,2}{3}; {4}. Sources have their numbers"
              + " within the layer, from 1. Under sx also of layers whose lattice is too large.",
      commandLineParamName = "atom",
      commandLineParamSynopsis = "LIST",
      displayOrder = OWN_FIELD + 7)
  public String getAtom() {
    return atom;
  }

  /** Sets which atoms are listed; empty for none by name. */
  public void setAtom(String atom) {
    antichains(atom); // checks it
    this.atom = atom.strip();
  }

  private static List<Antichain> antichains(String list) {
    return Arrays.stream(list.split(";", -1))
        .map(one -> one.replaceAll("\\s", ""))
        .filter(one -> !one.isEmpty())
        .map(Antichain::parse)
        .toList();
  }

  @OptionMetadata(
      displayName = "Pointwise decomposition",
      description = "target: decomposes for every class on its own, too; under sx only.",
      commandLineParamName = "pointwise",
      displayOrder = OWN_FIELD + 8)
  public Pointwise getPointwise() {
    return pointwise;
  }

  /** Sets what is decomposed besides the whole. */
  public void setPointwise(Pointwise pointwise) {
    this.pointwise = pointwise;
  }

  @OptionMetadata(
      displayName = "Replicates",
      description =
          "Estimates end after so many replicates, rounded up to whole batches of 16, eight at"
              + " least. If it is not given: no limit.",
      category = ESTIMATE,
      commandLineParamName = "replicates",
      displayOrder = OWN_FIELD + 9)
  public OptionalInt getReplicates() {
    return replicates;
  }

  /** Sets the most replicates of an estimate. */
  public void setReplicates(OptionalInt replicates) {
    replicates.ifPresent(CoverageSettings.DEFAULT::withMaxReplicates);
    this.replicates = replicates;
  }

  @OptionMetadata(
      displayName = "Node budget",
      description =
          "Estimates: most nodes of the search for one replicate; if they do not suffice, C is"
              + " given by bounds.",
      category = ESTIMATE,
      commandLineParamName = "nodes",
      displayOrder = OWN_FIELD + 10)
  public long getNodes() {
    return coverage.nodeBudget();
  }

  /** Sets the most nodes of the search for a replicate. */
  public void setNodes(long nodes) {
    coverage = coverage.withNodeBudget(nodes);
  }

  @OptionMetadata(
      displayName = "Threads",
      description =
          "Number of threads; it does not change the results. If it is not given: one per"
              + " processor, but windows keep one processor for themselves.",
      commandLineParamName = "threads",
      displayOrder = OWN_FIELD + 11)
  public OptionalInt getThreads() {
    return threads;
  }

  /** Sets the number of threads. */
  public void setThreads(OptionalInt threads) {
    threads.ifPresent(count -> positive("number of threads", count));
    this.threads = threads;
  }

  private static int positive(String noun, int number) {
    if (number < 1) {
      throw new IllegalArgumentException(
          String.format("The %s (%d) must be at least 1.", noun, number));
    }
    return number;
  }

  private static double finite(String noun, double number) {
    if (!(number > 0 && number < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          String.format("The %s (%s) must be positive and finite.", noun, number));
    }
    return number;
  }

  /** What makes numeric units levels, with the seed of the run if there is one. */
  public UnitQuantizer quantizer() {
    UnitQuantizer filter = UnitQuantizer.of(getQuantizer());
    return seed.isPresent() ? filter.withSeed(seed.getAsInt()) : filter;
  }

  /**
   * How every layer is analyzed.
   *
   * @throws IllegalArgumentException if the options do not go together
   */
  LayerAnalysis layerAnalysis() {
    return layerAnalysis(HALVES);
  }

  /** How layers are analyzed in a training: many times, so without halves if none are wanted. */
  LayerAnalysis layerAnalysisInTraining() {
    return layerAnalysis(0).withoutAtoms();
  }

  private LayerAnalysis layerAnalysis(int usualHalves) {
    int oneSeed = seed.orElse(1);
    List<Antichain> listed = antichains(atom);
    if (!listed.isEmpty() && (top.isPresent() || atoms)) {
      throw new IllegalArgumentException(
          "The option -atom must not be combined with -atoms or -top: it lists single atoms.");
    }
    return new LayerAnalysis(
        measure,
        method,
        weightMeaning,
        new Wanted(
            complexityOnly,
            listed.isEmpty() ? top.orElse(atoms ? Report.ALL_ATOMS : 0) : listed.size(),
            listed,
            permutations,
            pointwise == Pointwise.TARGET,
            values,
            halves.orElse(usualHalves),
            horizon,
            pairs,
            rank.isEmpty()
                ? Optional.empty()
                : Optional.of(
                    new SubsetRanking.Wanted(
                        SubsetSizes.parse("ranked subsets", rank), merit, rankLimit))),
        coverage
            .withMaxReplicates(
                replicates.isPresent()
                    ? replicates.getAsInt()
                    : CoverageSettings.DEFAULT.maxReplicates())
            .withSeed(oneSeed),
        new Subsets(subsetSize, draws),
        new CoarseGrainingSettings(
            grouping.grouping(),
            grouping.objective(),
            boxed(groupCount),
            minGroupSize,
            boxed(maxGroupSize),
            grouping.search().withTimeLimitSeconds(coverage.timeLimitSeconds()).withSeed(oneSeed)),
        oneSeed);
  }

  private static Optional<Integer> boxed(OptionalInt number) {
    return number.isPresent() ? Optional.of(number.getAsInt()) : Optional.empty();
  }

  @Override
  public Enumeration<Option> listOptions() {
    return SchemeOptions.list(this);
  }

  /**
   * Sets all options, and takes them out; others stay.
   *
   * @throws IllegalArgumentException if one has a wrong value, none, or is given twice, or they do
   *     not go together
   */
  @Override
  public void setOptions(String[] options) {
    SchemeOptions.set(this, options);
    layerAnalysis();
  }

  @Override
  public String[] getOptions() {
    return SchemeOptions.get(this);
  }
}
