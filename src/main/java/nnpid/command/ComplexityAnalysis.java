package nnpid.command;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toSet;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.Vector;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import nnpid.analysis.Layer;
import nnpid.analysis.LayerAnalysis;
import nnpid.analysis.LayerAnalysis.Subsets;
import nnpid.analysis.LayerAnalysis.Wanted;
import nnpid.analysis.LayerResult;
import nnpid.analysis.Method;
import nnpid.analysis.Report;
import nnpid.analysis.UnitLevels;
import nnpid.coarsegraining.CoarseGrainedComplexity;
import nnpid.coarsegraining.CoarseGrainingSettings;
import nnpid.coarsegraining.GroupingObjective;
import nnpid.decomposition.Measure;
import nnpid.distribution.SampledDistribution;
import nnpid.distribution.WeightMeaning;
import nnpid.estimation.CoverageSettings;
import nnpid.execution.Execution;
import nnpid.weka.InstancesBridge;
import nnpid.weka.InstancesBridge.Counted;
import nnpid.weka.InstancesBridge.MissingValues;
import nnpid.weka.UnitQuantizer;
import nnpid.weka.UnitQuantizer.Quantized;
import nnpid.weka.UnitSelection;
import weka.core.Attribute;
import weka.core.Instances;
import weka.core.Option;
import weka.core.OptionHandler;
import weka.core.Utils;
import weka.filters.Filter;
import weka.filters.unsupervised.attribute.QuantizeActivations;

/**
 * The analysis of a data set of activations, from its options: which attributes are units of which
 * layer, how they are quantized, and how the information about the class is decomposed.
 *
 * <p>Setters take what the options take. Not thread-safe.
 */
public final class ComplexityAnalysis implements OptionHandler {
  private UnitSelection selection = new UnitSelection("last", false, "", "", "", "");
  private Filter quantizer = new QuantizeActivations();
  private MissingValues missingValues = MissingValues.LEVEL;
  private LayerAnalysis analysis = LayerAnalysis.DEFAULT;
  private int threads = Runtime.getRuntime().availableProcessors();
  private boolean threadsGiven;
  private Optional<Integer> seed = Optional.empty();
  private CoarseGrainedComplexity.Listener groupingListener = (grouping, value, step) -> {};
  private LayerListener layerListener = (layer, sources) -> {};

  /** Hears of the layers, one after another. */
  @FunctionalInterface
  public interface LayerListener {
    /**
     * The analysis of a layer begins; what other listeners hear until the next one is about it.
     *
     * @param sources the units of every source
     */
    void begins(String layer, List<List<String>> sources);
  }

  @Override
  public Enumeration<Option> listOptions() {
    Vector<Option> options = new Vector<>();
    add(options, "c", "INDEX|first|last|NAME", "The class attribute.\n(default: last)");
    addFlag(options, "nominal-class", "Makes every value of a numeric class a class of its own.");
    add(
        options,
        "sources",
        "LIST|REGEX",
        "The units: attribute indices and ranges such as 1,3-5,last, or a regular\n"
            + "expression that matches the whole of their names.\n(default: all but the class)");
    add(
        options,
        "layers",
        "REGEX|auto|all",
        """
        Regular expression with one capturing group that matches whole attribute names:
        the units with the same captured text are a layer, e.g. "(L\\d+)_.*".
        Other attributes are left out. auto: names such as L3_1, or conv1-0 of Weka's
        Dl4jMlpFilter, tell the layer, if all units are numbered so, from 0 or 1 in each layer,
        and there are several layers; else all sources are one layer, called what their names
        have in common: h of h1, h2, h3. all: all sources are one layer of that name.
        (default: auto; all if -sources or -groups is given)\
        """);
    add(
        options,
        "groups",
        "GROUPS",
        """
        Makes one source of several units: their numbers within the layer, from 1,
        groups separated by semicolons, e.g. "1,2;3-5". Every unit is in one group.
        (default: every unit is a source)\
        """);
    add(
        options,
        "weights",
        "NAME",
        "Attribute with the weight of every instance, e.g. the counts of a count table;\n"
            + "it is not a source. (default: the weights of the instances)");
    add(
        options,
        "weights-are",
        "auto|counts|importance",
        """
        What weights mean, for R/m, warnings and -permutations. counts: an instance stands for so
        many samples, as in a count table. importance: it is one sample.
        auto: counts if all weights are whole numbers, else importance. (default: auto)\
        """);
    add(
        options,
        "Q",
        "FILTER",
        "The filter, with its options, that quantizes numeric attributes.\n"
            + "(default: "
            + Utils.toCommandLine(new QuantizeActivations())
            + ")");
    add(
        options,
        "missing",
        "level|drop",
        "Missing values in a source: a level of their own, or the instance is left out.\n"
            + "Instances without a class, or of weight 0, are always left out. (default: level)");
    add(
        options,
        "measure",
        "sx|min|mmi|broja",
        """
        The redundancy measure: sx (shared exclusions), min (Williams and Beer), mmi (minimum
        mutual information), broja (unique information; two sources). (default: sx)\
        """);
    add(
        options,
        "method",
        "auto|lattice|backbone|coverage|subsampling|coarse-graining",
        """
        lattice: all atoms, up to 6 sources. backbone: exact without atoms, up to 6 sources under
        sx. coverage: an estimate with its standard error, any number of sources, sx. subsampling:
        the mean over random subsets of the sources, sx. coarse-graining: bounds, from groups of
        the sources that are read as one each, sx. auto: lattice up to 5 sources, backbone
        for 6 or with -complexity-only, coverage for more (min, mmi: backbone). (default: auto)\
        """);
    addFlag(
        options, "complexity-only", "Computes no atoms, only what the complexity needs: faster.");
    addFlag(options, "atoms", "Lists all atoms.");
    add(options, "top", "N", "Lists the N atoms of largest absolute value per layer.");
    add(
        options,
        "precision",
        "P",
        "coverage: ends when the standard error of C is at most P. (default: 0.01)");
    add(
        options,
        "replicates",
        "N",
        "coverage: ends after N replicates, rounded up to whole batches of 16, eight at least.\n"
            + "(default: no limit)");
    add(
        options,
        "time-limit",
        "S",
        "coverage, and the search for groups: ends after S seconds per layer.\n"
            + "(default: 300)");
    add(
        options,
        "nodes",
        "N",
        "coverage: most nodes of the search for one replicate; if they do not suffice, C is\n"
            + "given by bounds. (default: "
            + CoverageSettings.DEFAULT.nodeBudget()
            + ")");
    add(
        options,
        "subset-size",
        "Q",
        "subsampling: sources in a subset. (default: " + Subsets.DEFAULT.size() + ")");
    add(
        options,
        "draws",
        "N",
        "subsampling: number of subsets, all different. (default: "
            + Subsets.DEFAULT.draws()
            + ")");
    CoarseGrainingSettings groups = CoarseGrainingSettings.DEFAULT;
    add(
        options,
        "grouping",
        "optimize|sequential|random|GROUPS",
        """
        coarse-graining: the groups. optimize: searched for. sequential: the sources in order,
        cut into groups of equal size. random. Or the groups themselves: the numbers of sources
        within the layer, e.g. "1,2;3-5". (default: optimize)\
        """);
    add(
        options,
        "objective",
        "tightest-lower|tightest-upper|gap|least-synergy",
        """
        coarse-graining: what the best groups are. tightest-lower: the largest lower bound.
        tightest-upper: the smallest upper bound. gap: the smallest distance between them.
        least-synergy: the groups from which the information is easiest to read.
        (default: tightest-lower)\
        """);
    add(
        options,
        "groups-count",
        "G",
        "coarse-graining: number of groups, up to 6. (default: 5, or that of given groups)");
    add(options, "min-group-size", "K", "coarse-graining: least size of a group. (default: 1)");
    add(options, "max-group-size", "K", "coarse-graining: largest size of a group. (default: any)");
    add(
        options,
        "steps",
        "N",
        "coarse-graining: accepted moves of the search for groups; it also ends after 20 times\n"
            + "as many tried moves. (default: "
            + groups.search().stepLimit()
            + ")");
    add(
        options,
        "permutations",
        "B",
        "Compares with B shuffles of the classes: mean, standard deviation and p-value.\n"
            + "(default: 0, no comparison)");
    add(options, "pointwise", "target", "Decomposes for every class on its own too; sx only.");
    add(
        options,
        "threads",
        "N",
        "Number of threads; it does not change the results. (default: all processors)");
    add(options, "seed", "N", "Seed of everything random. (default: 1, and the quantizer's own)");
    return options.elements();
  }

  private static void add(Vector<Option> options, String name, String argument, String text) {
    options.add(
        new Option("\t" + text.replace("\n", "\n\t"), name, 1, "-" + name + " <" + argument + ">"));
  }

  private static void addFlag(Vector<Option> options, String name, String text) {
    options.add(new Option("\t" + text.replace("\n", "\n\t"), name, 0, "-" + name));
  }

  @Override
  public void setOptions(String[] options) throws Exception {
    selection =
        new UnitSelection(
            textOption("c", options, "last"),
            flag("nominal-class", options),
            withoutBlanks(textOption("sources", options, "")),
            textOption("layers", options, ""),
            textOption("groups", options, "").replaceAll("\\s*([,;-])\\s*", "$1").strip(),
            textOption("weights", options, ""));
    setQuantizer(textOption("Q", options, QuantizeActivations.class.getName()));
    setMissingValues(textOption("missing", options, "level"));
    String newSeed = textOption("seed", options, "");
    seed = newSeed.isEmpty() ? Optional.empty() : Optional.of(wholeNumber("seed", newSeed));
    boolean allAtoms = flag("atoms", options);
    String top = textOption("top", options, "");
    CoverageSettings coverage = coverageSettings(options);
    setLayerAnalysis(
        new LayerAnalysis(
            Measure.parse(textOption("measure", options, "sx")),
            Method.parse(textOption("method", options, "auto")),
            WeightMeaning.parse(textOption("weights-are", options, "auto")),
            new Wanted(
                flag("complexity-only", options),
                top.isEmpty() ? (allAtoms ? Report.ALL_ATOMS : 0) : positive("top", top),
                wholeNumber("permutations", textOption("permutations", options, "0")),
                pointwise(textOption("pointwise", options, ""))),
            coverage,
            new Subsets(
                count("subset-size", Subsets.DEFAULT.size(), options),
                count("draws", Subsets.DEFAULT.draws(), options)),
            coarseGraining(coverage.timeLimitSeconds(), options),
            seed.orElse(1)));
    String threadCount = textOption("threads", options, "");
    threadsGiven = !threadCount.isEmpty();
    setThreads(
        threadsGiven
            ? wholeNumber("threads", threadCount)
            : Runtime.getRuntime().availableProcessors());
    requireOnce(Collections.list(listOptions()).stream().map(Option::name).toList(), options);
  }

  /** Checks that nothing is left of options that have been read. */
  static void requireOnce(List<String> read, String[] options) {
    for (String name : read) {
      if (position(name, options) >= 0) {
        throw new IllegalArgumentException(
            "The option -" + name + " must be given once: it is given several times.");
      }
    }
  }

  /** Lists of numbers may have blanks; regular expressions keep them. */
  private static String withoutBlanks(String sources) {
    return sources.matches("[\\d,\\s-]+") ? sources.replaceAll("\\s", "") : sources;
  }

  private CoverageSettings coverageSettings(String[] options) throws Exception {
    CoverageSettings defaults = CoverageSettings.DEFAULT;
    String replicates = textOption("replicates", options, "");
    String timeLimit = textOption("time-limit", options, "");
    String nodes = textOption("nodes", options, Long.toString(defaults.nodeBudget()));
    return new CoverageSettings(
        positiveNumber(
            "precision", textOption("precision", options, Double.toString(defaults.precision()))),
        replicates.isEmpty() ? defaults.maxReplicates() : positive("replicates", replicates),
        timeLimit.isEmpty() ? defaults.timeLimitSeconds() : positiveNumber("time-limit", timeLimit),
        seed.orElse(1),
        positive("nodes", nodes));
  }

  private CoarseGrainingSettings coarseGraining(double timeLimitSeconds, String[] options)
      throws Exception {
    CoarseGrainingSettings defaults = CoarseGrainingSettings.DEFAULT;
    String count = textOption("groups-count", options, "");
    String largest = textOption("max-group-size", options, "");
    return new CoarseGrainingSettings(
        textOption("grouping", options, defaults.grouping()),
        GroupingObjective.parse(textOption("objective", options, "" + defaults.objective())),
        count.isEmpty() ? Optional.empty() : Optional.of(positive("groups-count", count)),
        count("min-group-size", defaults.minGroupSize(), options),
        largest.isEmpty() ? Optional.empty() : Optional.of(positive("max-group-size", largest)),
        defaults
            .search()
            .withStepLimit(count("steps", defaults.search().stepLimit(), options))
            .withTimeLimitSeconds(timeLimitSeconds)
            .withSeed(seed.orElse(1)));
  }

  private static boolean pointwise(String value) {
    if (!value.isEmpty() && !value.equals("target")) {
      throw new IllegalArgumentException("The option -pointwise (" + value + ") must be target.");
    }
    return !value.isEmpty();
  }

  @Override
  public String[] getOptions() {
    List<String> options = new ArrayList<>(List.of("-c", selection.classAttribute()));
    if (selection.nominalClass()) {
      options.add("-nominal-class");
    }
    addIfSet(options, "-sources", selection.sources());
    addIfSet(options, "-layers", selection.layers());
    addIfSet(options, "-groups", selection.groups());
    addIfSet(options, "-weights", selection.weightAttribute());
    Collections.addAll(
        options,
        "-weights-are",
        analysis.weightMeaning().toString(),
        "-Q",
        Utils.toCommandLine(quantizer),
        "-missing",
        missingValues == MissingValues.LEVEL ? "level" : "drop",
        "-measure",
        analysis.measure().toString(),
        "-method",
        analysis.method().toString());
    if (analysis.wanted().complexityOnly()) {
      options.add("-complexity-only");
    }
    if (analysis.wanted().atomCount() == Report.ALL_ATOMS) {
      options.add("-atoms");
    } else if (analysis.wanted().atomCount() > 0) {
      Collections.addAll(options, "-top", Integer.toString(analysis.wanted().atomCount()));
    }
    CoverageSettings coverage = analysis.coverage();
    Collections.addAll(options, "-precision", Double.toString(coverage.precision()));
    if (coverage.maxReplicates() != CoverageSettings.DEFAULT.maxReplicates()) {
      Collections.addAll(options, "-replicates", Long.toString(coverage.maxReplicates()));
    }
    if (coverage.timeLimitSeconds() != CoverageSettings.DEFAULT.timeLimitSeconds()) {
      Collections.addAll(options, "-time-limit", Double.toString(coverage.timeLimitSeconds()));
    }
    Collections.addAll(
        options,
        "-nodes",
        Long.toString(coverage.nodeBudget()),
        "-subset-size",
        Integer.toString(analysis.subsets().size()),
        "-draws",
        Integer.toString(analysis.subsets().draws()),
        "-grouping",
        analysis.coarseGraining().grouping(),
        "-objective",
        analysis.coarseGraining().objective().toString(),
        "-min-group-size",
        Integer.toString(analysis.coarseGraining().minGroupSize()),
        "-steps",
        Integer.toString(analysis.coarseGraining().search().stepLimit()),
        "-permutations",
        Integer.toString(analysis.wanted().permutations()));
    analysis
        .coarseGraining()
        .groupCount()
        .ifPresent(count -> Collections.addAll(options, "-groups-count", count.toString()));
    analysis
        .coarseGraining()
        .maxGroupSize()
        .ifPresent(size -> Collections.addAll(options, "-max-group-size", size.toString()));
    if (analysis.wanted().pointwise()) {
      Collections.addAll(options, "-pointwise", "target");
    }
    Collections.addAll(options, "-threads", Integer.toString(threads));
    seed.ifPresent(s -> Collections.addAll(options, "-seed", s.toString()));
    return options.toArray(new String[0]);
  }

  private static void addIfSet(List<String> options, String flag, String value) {
    if (!value.isEmpty()) {
      Collections.addAll(options, flag, value);
    }
  }

  /** Where an option is, or -1. Unlike Weka's own, it looks behind texts that begin with "--". */
  static int position(String name, String[] options) {
    return List.of(options).indexOf("-" + name);
  }

  /** Whether an option without a value is there; takes it out. */
  static boolean flag(String name, String[] options) {
    int position = position(name, options);
    if (position >= 0) {
      options[position] = "";
    }
    return position >= 0;
  }

  /** The value of an option, which is taken out; one at the end without a value is an error. */
  static String textOption(String name, String[] options, String defaultValue) {
    int position = position(name, options);
    if (position < 0) {
      return defaultValue;
    }
    if (position == options.length - 1 || options[position + 1].isEmpty()) {
      throw new IllegalArgumentException("The option -" + name + " must have a value.");
    }
    String value = options[position + 1];
    options[position] = "";
    options[position + 1] = "";
    return value;
  }

  static int wholeNumber(String name, String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      String range =
          text.matches("[+-]?\\d+")
              ? " from %d to %d".formatted(Integer.MIN_VALUE, Integer.MAX_VALUE)
              : "";
      throw new IllegalArgumentException(
          String.format("The option -%s (%s) must be a whole number%s.", name, text, range), e);
    }
  }

  private static int count(String name, int defaultValue, String[] options) throws Exception {
    return positive(name, textOption(name, options, Integer.toString(defaultValue)));
  }

  private static int positive(String name, String text) {
    int number = wholeNumber(name, text);
    if (number < 1) {
      throw new IllegalArgumentException(
          String.format("The option -%s (%s) must be at least 1.", name, text));
    }
    return number;
  }

  private static double positiveNumber(String name, String text) {
    double number;
    try {
      if (text.endsWith("d") || text.endsWith("f")) {
        // Java reads 5d as 5, not as five days.
        throw new NumberFormatException();
      }
      number = Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          String.format("The option -%s (%s) must be a number.", name, text), e);
    }
    if (!(number > 0 && number < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          String.format("The option -%s (%s) must be positive and finite.", name, text));
    }
    return number;
  }

  /**
   * Sets the regular expression that captures the layer's name in a unit's, {@code auto} or {@code
   * all}; empty for {@code auto}, or {@code all} if sources or groups are given.
   */
  public void setLayers(String layers) {
    selection =
        new UnitSelection(
            selection.classAttribute(),
            selection.nominalClass(),
            selection.sources(),
            layers,
            selection.groups(),
            selection.weightAttribute());
  }

  /**
   * The layers that a regular expression finds: the indices of their attributes by the name of the
   * layer, in order of appearance.
   *
   * @param data whose attributes count; the instances do not
   * @param classIndex index of the class, which is no unit
   * @param layers what {@code -layers} takes: {@code all} for all attributes as one layer
   * @throws IllegalArgumentException if it is not one, or matches no name
   */
  public static Map<String, int[]> layersOf(Instances data, int classIndex, String layers) {
    UnitSelection selection = new UnitSelection("last", false, "", layers, "", "");
    Instances header = new Instances(data, 0);
    header.setClassIndex(classIndex);
    return selection.layerUnits(header);
  }

  /** Sets the quantizing filter from its class name and options. */
  public void setQuantizer(String specification) {
    quantizer = UnitQuantizer.parseFilter(specification);
  }

  /** Sets what becomes of missing values in sources: {@code level} or {@code drop}. */
  public void setMissingValues(String missingValues) {
    this.missingValues =
        switch (missingValues) {
          case "level" -> MissingValues.LEVEL;
          case "drop" -> MissingValues.DROP;
          default ->
              throw new IllegalArgumentException(
                  "The option -missing (" + missingValues + ") must be level or drop.");
        };
  }

  /** Sets how every layer is analyzed. */
  public void setLayerAnalysis(LayerAnalysis analysis) {
    this.analysis = requireNonNull(analysis, "analysis");
  }

  /** Sets who hears of the groupings that a search finds. */
  public void setGroupingListener(CoarseGrainedComplexity.Listener listener) {
    this.groupingListener = requireNonNull(listener, "listener");
  }

  /**
   * Leaves one processor to the windows, unless the options tell the number of threads. Results do
   * not depend on the number.
   */
  public void leaveAProcessor() {
    if (!threadsGiven) {
      setThreads(Math.max(1, threads - 1));
    }
  }

  /** Sets who hears of the layers as their analysis begins, on the analyzing thread. */
  public void setLayerListener(LayerListener listener) {
    this.layerListener = requireNonNull(listener, "listener");
  }

  /** How every layer is analyzed. */
  public LayerAnalysis layerAnalysis() {
    return analysis;
  }

  /** The seed, if one was given. */
  Optional<Integer> seed() {
    return seed;
  }

  /** The sources and the class of data, the class nominal and set, weights as wanted. */
  Instances select(Instances data) throws Exception {
    InstancesBridge.requireInstances(data);
    return selection.select(data);
  }

  /** What {@code -c} says: the name or index of the class. */
  String classAttribute() {
    return selection.classAttribute();
  }

  /** Whether every value of a numeric class becomes a class. */
  boolean nominalClass() {
    return selection.nominalClass();
  }

  /** Sets the number of threads. */
  public void setThreads(int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException(
          "The number of threads (-threads " + threads + ") must be at least 1.");
    }
    this.threads = threads;
  }

  /** How many threads are to be used. */
  public int getThreads() {
    return threads;
  }

  /**
   * Analyzes data; they are not changed.
   *
   * @throws IllegalArgumentException if data and options do not go together; the message names the
   *     attribute or option
   * @throws java.util.concurrent.CancellationException if the execution is canceled
   * @throws Exception if the quantizing filter fails
   */
  public Report analyze(Instances data, Execution execution) throws Exception {
    execution.checkCanceled();
    InstancesBridge.requireInstances(data);
    Instances selected = selection.select(data);
    Map<String, int[]> units = selection.layerUnits(selected);
    for (Map.Entry<String, int[]> layer : units.entrySet()) {
      analysis.requireAnalyzable(
          layer.getKey(), selection.groupsOf(layer.getKey(), layer.getValue().length).size());
    }
    UnitQuantizer unitQuantizer = UnitQuantizer.of(quantizer);
    if (seed.isPresent()) {
      unitQuantizer = unitQuantizer.withSeed(seed.get());
    }
    Quantized quantized = null;
    List<LayerResult> reports = new ArrayList<>();
    for (Map.Entry<String, int[]> layer : units.entrySet()) {
      Execution step =
          execution.step(
              reports.size() / (double) units.size(), (reports.size() + 1) / (double) units.size());
      try {
        BitSet counting = InstancesBridge.counting(selected, layer.getValue(), missingValues);
        // Usually it is that of the layer before; not if instances with missing values are dropped.
        if (quantized == null || !quantized.counting().equals(counting)) {
          quantized = unitQuantizer.quantize(selected, counting);
        }
        // What is about the names of all is said once.
        Optional<String> leftOut =
            reports.isEmpty() ? selection.leftOut(selected, units) : Optional.empty();
        reports.add(analyzeLayer(layer.getKey(), quantized, layer.getValue(), leftOut, step));
      } catch (CancellationException e) {
        if (reports.isEmpty()) {
          throw (CancellationException)
              new CancellationException(
                      "The run was stopped before its first layer ("
                          + layer.getKey()
                          + ") was done.")
                  .initCause(e);
        }
        break; // what is done is kept; the interrupted status tells that there is more
      }
    }
    return new Report(
        data.relationName(),
        unitQuantizer.describe(selected),
        reports,
        analysis.wanted().atomCount(),
        units.keySet().stream().skip(reports.size()).toList());
  }

  private LayerResult analyzeLayer(
      String layer,
      Quantized quantized,
      int[] attributes,
      Optional<String> warning,
      Execution execution) {
    Instances data = quantized.instances();
    Counted counted =
        InstancesBridge.count(data, attributes, missingValues, analysis.weightMeaning());
    List<int[]> groupList = selection.groupsOf(layer, attributes.length);
    SampledDistribution samples =
        selection.groups().isEmpty()
            ? counted.samples()
            : counted.samples().groupSources(groupList);
    List<List<String>> names =
        groupList.stream()
            .map(
                group ->
                    Arrays.stream(group)
                        .mapToObj(unit -> data.attribute(attributes[unit]).name())
                        .toList())
            .toList();
    layerListener.begins(layer, names);
    List<String> warnings = new ArrayList<>(warning.stream().toList());
    List<UnitLevels> units = quantized.units(attributes);
    Set<String> changing =
        units.stream().filter(unit -> !unit.isConstant()).map(UnitLevels::unit).collect(toSet());
    List<String> constant =
        IntStream.range(0, names.size())
            .filter(source -> samples.distribution().stateCount(source) == 1)
            .mapToObj(names::get)
            .filter(unitNames -> Collections.disjoint(unitNames, changing))
            .map(Layer::sourceName)
            .toList();
    if (!constant.isEmpty()) {
      warnings.add(
          UnitLevels.names("Source", constant)
              + (constant.size() == 1 ? " is" : " are")
              + " constant.");
    }
    if (counted.missingValueCount() > 0) {
      warnings.add(
          "Sources have missing values ("
              + counted.missingValueCount()
              + "): they are counted as a level of their own.");
    }
    return analysis.analyze(
        new Layer(
            layer,
            names,
            data.classAttribute().name(),
            targetStates(data.classAttribute()),
            units,
            warnings),
        samples,
        groupingListener,
        execution);
  }

  static List<String> targetStates(Attribute target) {
    return IntStream.range(0, target.numValues()).mapToObj(target::value).toList();
  }
}
