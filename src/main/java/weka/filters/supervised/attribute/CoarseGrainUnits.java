package weka.filters.supervised.attribute;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.Vector;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import nnpid.analysis.Layer;
import nnpid.coarsegraining.CoarseGrainedComplexity;
import nnpid.coarsegraining.CoarseGraining;
import nnpid.coarsegraining.CoarseGrainingSettings;
import nnpid.coarsegraining.ComplexityBounds;
import nnpid.coarsegraining.GroupingObjective;
import nnpid.command.SchemeCommand;
import nnpid.execution.Execution;
import nnpid.weka.UnitQuantizer;
import weka.core.Attribute;
import weka.core.Capabilities;
import weka.core.Capabilities.Capability;
import weka.core.DenseInstance;
import weka.core.Instance;
import weka.core.Instances;
import weka.core.Option;
import weka.core.Randomizable;
import weka.core.Range;
import weka.core.RevisionUtils;
import weka.core.SelectedTag;
import weka.core.Tag;
import weka.core.TechnicalInformation;
import weka.core.TechnicalInformationHandler;
import weka.core.Utils;
import weka.core.WeightedInstancesHandler;
import weka.filters.Filter;
import weka.filters.SimpleBatchFilter;
import weka.filters.SupervisedFilter;
import weka.filters.unsupervised.attribute.QuantizeActivations;
import weka.filters.unsupervised.attribute.Remove;

/**
 * Filter that replaces units by groups of units: one nominal attribute per group, whose values are
 * the joint states of its units that the first batch has. The groups are given, or searched for so
 * that they tell most about the representational complexity of the units.
 *
 * <p>The groups come first, then all other attributes and the class in their order. A missing value
 * of a unit is a state of its own, written {@code ?}. Joint states that only a later batch has
 * become missing, or the value {@code other}.
 *
 * @see CoarseGrainedComplexity
 */
public class CoarseGrainUnits extends SimpleBatchFilter
    implements SupervisedFilter,
        Randomizable,
        TechnicalInformationHandler,
        WeightedInstancesHandler {

  private static final long serialVersionUID = 8836160317245208831L;

  /** The objectives, in the order of {@link GroupingObjective}. */
  public static final Tag[] TAGS_OBJECTIVE =
      Arrays.stream(GroupingObjective.values())
          .map(objective -> new Tag(objective.ordinal(), "" + objective, "" + objective, false))
          .toArray(Tag[]::new);

  private static final String DEFAULT_RANGE = "first-last";
  private static final String OTHER = "other";

  private final Range range = new Range(DEFAULT_RANGE);
  private String grouping = CoarseGrainingSettings.OPTIMIZE;
  private GroupingObjective objective = GroupingObjective.TIGHTEST_LOWER;
  private int groupCount; // 0 for the default
  private int minGroupSize = 1;
  private int maxGroupSize; // 0 for any
  private int steps = CoarseGrainingSettings.DEFAULT.search().stepLimit();
  private double timeLimit; // 0 for none
  private Filter quantizer = new QuantizeActivations();
  private boolean otherValue;
  private int seed = 1;

  // Learnt from the first batch.

  private Remove projection; // units and class
  private Filter quantizing; // null where all units are nominal
  private transient Instances firstBatch; // quantized
  private int[][] groups = {}; // indices of units among the projected
  private List<Map<List<Integer>, Integer>> values = List.of(); // of every group: states to value
  private int[] passed = {}; // attributes that pass
  private String description = "";

  @Override
  public String globalInfo() {
    return "Replaces hidden units by groups of units: one nominal attribute per group, whose values"
        + " are the joint states of its units. The groups are given, or searched for with"
        + " OptaPlanner so that they bound the representational complexity of the units"
        + " best. Numeric units are quantized first. The text of the filter tells the"
        + " groups, their complexity and the bounds.\n\n"
        + "For more information see:\n\n"
        + getTechnicalInformation();
  }

  @Override
  public TechnicalInformation getTechnicalInformation() {
    return new QuantizeActivations().getTechnicalInformation();
  }

  @Override
  public Capabilities getCapabilities() {
    Capabilities result = super.getCapabilities();
    result.disableAll();
    result.enableAllAttributes();
    result.enable(Capability.MISSING_VALUES);
    result.enable(Capability.NOMINAL_CLASS);
    result.enable(Capability.MISSING_CLASS_VALUES);
    return result;
  }

  @Override
  public Enumeration<Option> listOptions() {
    Vector<Option> options = new Vector<>();
    options.add(
        new Option(
            "\tRange of attributes that are units, if they are numeric or nominal and not the\n"
                + "\tclass. First and last are valid indices.\n\t(default: "
                + DEFAULT_RANGE
                + ")",
            "R",
            1,
            "-R <col1,col2-col4,...>"));
    options.add(
        new Option(
            "\tThe groups: searched for, cut from the units in their order, random, or the"
                + " numbers\n"
                + "\tof the units from 1, such as \"1,2;3-5\".\n"
                + "\t(default: optimize)",
            "grouping",
            1,
            "-grouping <optimize|sequential|random|groups>"));
    options.add(
        new Option(
            "\tWhat the best groups are.\n\t(default: tightest-lower)",
            "objective",
            1,
            "-objective <tightest-lower|tightest-upper|gap|least-synergy>"));
    options.add(
        new Option(
            "\tNumber of groups, up to 6; 0 for 5, or as many as are given.\n\t(default: 0)",
            "groups-count",
            1,
            "-groups-count <number>"));
    options.add(
        new Option(
            "\tLeast size of a group.\n\t(default: 1)",
            "min-group-size",
            1,
            "-min-group-size <number>"));
    options.add(
        new Option(
            "\tLargest size of a group; 0 for any.\n\t(default: 0)",
            "max-group-size",
            1,
            "-max-group-size <number>"));
    options.add(
        new Option(
            "\tSteps of the search.\n\t(default: "
                + CoarseGrainingSettings.DEFAULT.search().stepLimit()
                + ")",
            "steps",
            1,
            "-steps <number>"));
    options.add(
        new Option(
            "\tSeconds after which the search ends with the best so far; 0 for no limit.\n"
                + "\t(default: 0)",
            "time-limit",
            1,
            "-time-limit <seconds>"));
    options.add(
        new Option(
            "\tFilter, with its options, that quantizes numeric units.\n\t(default: "
                + QuantizeActivations.class.getName()
                + ")",
            "Q",
            1,
            "-Q <filter>"));
    options.add(
        new Option(
            "\tGives every group a value \"other\" for joint states that only later batches have;\n"
                + "\twithout it these are missing.",
            "other",
            0,
            "-other"));
    options.add(new Option("\tSeed of all random numbers.\n\t(default: 1)", "S", 1, "-S <number>"));
    options.addAll(Collections.list(super.listOptions()));
    return options.elements();
  }

  /**
   * Sets all options; those not given get their default.
   *
   * <p>Valid options are:
   *
   * <pre>
   *  -R &lt;col1,col2-col4,...&gt;
   *   Range of attributes that are units.
   *   (default: first-last)
   *
   *  -grouping &lt;optimize|sequential|random|groups&gt;
   *   The groups.
   *   (default: optimize)
   *
   *  -objective &lt;tightest-lower|tightest-upper|gap|least-synergy&gt;
   *   What the best groups are.
   *   (default: tightest-lower)
   *
   *  -groups-count &lt;number&gt;
   *   Number of groups, up to 6; 0 for 5, or as many as are given.
   *   (default: 0)
   *
   *  -min-group-size &lt;number&gt;
   *   Least size of a group.
   *   (default: 1)
   *
   *  -max-group-size &lt;number&gt;
   *   Largest size of a group; 0 for any.
   *   (default: 0)
   *
   *  -steps &lt;number&gt;
   *   Steps of the search.
   *   (default: 1000)
   *
   *  -time-limit &lt;seconds&gt;
   *   Seconds after which the search ends with the best so far; 0 for no limit.
   *   (default: 0)
   *
   *  -Q &lt;filter&gt;
   *   Filter, with its options, that quantizes numeric units.
   *   (default: weka.filters.unsupervised.attribute.QuantizeActivations)
   *
   *  -other
   *   Gives every group a value "other" for joint states that only later batches have.
   *
   *  -S &lt;number&gt;
   *   Seed of all random numbers.
   *   (default: 1)
   * </pre>
   *
   * @throws IllegalArgumentException if the value of an option is not valid
   * @throws Exception if there are unknown options
   */
  @Override
  public void setOptions(String[] options) throws Exception {
    String text = Utils.getOption('R', options);
    setAttributeIndices(text.isEmpty() ? DEFAULT_RANGE : text);
    text = Utils.getOption("grouping", options);
    setGrouping(text.isEmpty() ? CoarseGrainingSettings.OPTIMIZE : text);
    text = Utils.getOption("objective", options);
    objective = text.isEmpty() ? GroupingObjective.TIGHTEST_LOWER : GroupingObjective.parse(text);
    setGroupCount(parseInt("number of groups", "groups-count", options, 0));
    setMinGroupSize(parseInt("minimum group size", "min-group-size", options, 1));
    setMaxGroupSize(parseInt("maximum group size", "max-group-size", options, 0));
    setSteps(
        parseInt(
            "number of steps",
            "steps",
            options,
            CoarseGrainingSettings.DEFAULT.search().stepLimit()));
    text = Utils.getOption("time-limit", options);
    try {
      setTimeLimit(text.isEmpty() ? 0 : Double.parseDouble(text));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "The time limit (-time-limit %s) must be a number of seconds.".formatted(text), e);
    }
    text = Utils.getOption('Q', options);
    setQuantizer(text.isEmpty() ? new QuantizeActivations() : UnitQuantizer.parseFilter(text));
    setOtherValue(Utils.getFlag("other", options));
    setSeed(parseInt("seed", "S", options, 1));
    super.setOptions(options);
    Utils.checkForRemainingOptions(options);
  }

  private static int parseInt(String noun, String flag, String[] options, int defaultValue)
      throws Exception {
    String text = Utils.getOption(flag, options);
    try {
      return text.isEmpty() ? defaultValue : Integer.parseInt(text.trim());
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "The %s (-%s %s) must be an integer.".formatted(noun, flag, text), e);
    }
  }

  @Override
  public String[] getOptions() {
    List<String> options = new ArrayList<>();
    Collections.addAll(options, "-R", getAttributeIndices(), "-grouping", grouping);
    Collections.addAll(options, "-objective", "" + objective, "-groups-count", "" + groupCount);
    Collections.addAll(options, "-min-group-size", "" + minGroupSize);
    Collections.addAll(options, "-max-group-size", "" + maxGroupSize, "-steps", "" + steps);
    Collections.addAll(options, "-time-limit", "" + timeLimit);
    Collections.addAll(options, "-Q", Utils.toCommandLine(quantizer));
    if (otherValue) {
      options.add("-other");
    }
    Collections.addAll(options, "-S", "" + seed);
    Collections.addAll(options, super.getOptions());
    return options.toArray(String[]::new);
  }

  /** The range of attributes that are units. */
  public String getAttributeIndices() {
    return range.getRanges();
  }

  /** Sets the range of attributes that are units. */
  public void setAttributeIndices(String ranges) {
    range.setRanges(ranges);
  }

  /** Tip text of this property. */
  public String attributeIndicesTipText() {
    return "Which attributes are units, if they are numeric or nominal and not the class; a list of"
        + " indices and ranges such as first-10. The others pass.";
  }

  /** The groups, or how they are found. */
  public String getGrouping() {
    return grouping;
  }

  /**
   * Sets the groups, or how they are found.
   *
   * @throws IllegalArgumentException if the text is neither
   */
  public void setGrouping(String grouping) {
    CoarseGrainingSettings.DEFAULT.withGrouping(grouping);
    this.grouping = grouping;
  }

  /** Tip text of this property. */
  public String groupingTipText() {
    return "The groups: optimize (searched for), sequential (the units in their order, cut into"
        + " groups of equal size), random, or the numbers of the units from 1, such as 1,2;3-5.";
  }

  /** What the best groups are. */
  public SelectedTag getObjective() {
    return new SelectedTag(objective.ordinal(), TAGS_OBJECTIVE);
  }

  /** Sets what the best groups are. */
  public void setObjective(SelectedTag tag) {
    if (tag.getTags() == TAGS_OBJECTIVE) {
      objective = GroupingObjective.values()[tag.getSelectedTag().getID()];
    }
  }

  /** Tip text of this property. */
  public String objectiveTipText() {
    return "What the best groups are: those with the largest lower bound for the complexity of the"
        + " units, the smallest upper bound, the smallest gap between both, or those from which the"
        + " information is easiest to read (least synergy).";
  }

  /** The number of groups; 0 stands for 5, or as many as are given. */
  public int getGroupCount() {
    return groupCount;
  }

  /**
   * Sets the number of groups; 0 stands for 5, or as many as are given.
   *
   * @throws IllegalArgumentException if it is not from 0 to 6
   */
  public void setGroupCount(int groupCount) {
    if (groupCount != 0) {
      CoarseGrainingSettings.DEFAULT.withGroupCount(groupCount);
    }
    this.groupCount = groupCount;
  }

  /** Tip text of this property. */
  public String groupCountTipText() {
    return "Number of groups, up to 6; 0 for 5, or as many as are given.";
  }

  /** The least size of a group. */
  public int getMinGroupSize() {
    return minGroupSize;
  }

  /**
   * Sets the least size of a group.
   *
   * @throws IllegalArgumentException if it is not positive
   */
  public void setMinGroupSize(int minGroupSize) {
    if (minGroupSize < 1) {
      throw new IllegalArgumentException(
          "The minimum group size (-min-group-size " + minGroupSize + ") must be at least 1.");
    }
    this.minGroupSize = minGroupSize;
  }

  /** Tip text of this property. */
  public String minGroupSizeTipText() {
    return "Least number of units in a group.";
  }

  /** The largest size of a group; 0 stands for any. */
  public int getMaxGroupSize() {
    return maxGroupSize;
  }

  /**
   * Sets the largest size of a group; 0 stands for any.
   *
   * @throws IllegalArgumentException if it is negative
   */
  public void setMaxGroupSize(int maxGroupSize) {
    if (maxGroupSize < 0) {
      throw new IllegalArgumentException(
          "The maximum group size (-max-group-size " + maxGroupSize + ") must not be negative.");
    }
    this.maxGroupSize = maxGroupSize;
  }

  /** Tip text of this property. */
  public String maxGroupSizeTipText() {
    return "Largest number of units in a group; 0 for any.";
  }

  /** The number of steps of the search. */
  public int getSteps() {
    return steps;
  }

  /**
   * Sets the number of steps of the search.
   *
   * @throws IllegalArgumentException if it is not positive
   */
  public void setSteps(int steps) {
    if (steps < 1) {
      throw new IllegalArgumentException(
          "The number of steps (-steps " + steps + ") must be at least 1.");
    }
    this.steps = steps;
  }

  /** Tip text of this property. */
  public String stepsTipText() {
    return "Steps (accepted moves) of the search for groups; it also ends after 20 times as many"
        + " tried moves.";
  }

  /** The time limit in seconds; 0 stands for none. */
  public double getTimeLimit() {
    return timeLimit;
  }

  /**
   * Sets the time limit in seconds; 0 stands for none.
   *
   * @throws IllegalArgumentException if it is negative or not finite
   */
  public void setTimeLimit(double timeLimit) {
    if (!(timeLimit >= 0 && Double.isFinite(timeLimit))) {
      throw new IllegalArgumentException(
          "The time limit (-time-limit %s) must be a number of seconds from 0, for no limit."
              .formatted(timeLimit));
    }
    this.timeLimit = timeLimit;
  }

  /** Tip text of this property. */
  public String timeLimitTipText() {
    return "Seconds after which the search ends with the best groups so far; 0 for no limit. With a"
        + " limit the result depends on the speed of the machine.";
  }

  /** The filter that quantizes numeric units. */
  public Filter getQuantizer() {
    return quantizer;
  }

  /** Sets the filter that quantizes numeric units. */
  public void setQuantizer(Filter quantizer) {
    this.quantizer = quantizer;
  }

  /** Tip text of this property. */
  public String quantizerTipText() {
    return "The filter that makes numeric units nominal, learnt on the first batch; it must keep"
        + " their number.";
  }

  /** Whether groups have a value for joint states that only later batches have. */
  public boolean getOtherValue() {
    return otherValue;
  }

  /** Sets whether groups have a value for joint states that only later batches have. */
  public void setOtherValue(boolean otherValue) {
    this.otherValue = otherValue;
  }

  /** Tip text of this property. */
  public String otherValueTipText() {
    return "Whether joint states that the first batch does not have become the value \"other\";"
        + " otherwise they are missing.";
  }

  @Override
  public int getSeed() {
    return seed;
  }

  @Override
  public void setSeed(int seed) {
    this.seed = seed;
  }

  /** Tip text of this property. */
  public String seedTipText() {
    return "Seed of the search and of random groups.";
  }

  private CoarseGrainingSettings settings() {
    CoarseGrainingSettings defaults = CoarseGrainingSettings.DEFAULT;
    return new CoarseGrainingSettings(
        grouping,
        objective,
        groupCount == 0 ? Optional.empty() : Optional.of(groupCount),
        minGroupSize,
        maxGroupSize == 0 ? Optional.empty() : Optional.of(maxGroupSize),
        defaults
            .search()
            .withStepLimit(steps)
            .withTimeLimitSeconds(timeLimit == 0 ? Double.POSITIVE_INFINITY : timeLimit)
            .withSeed(seed));
  }

  @Override
  public boolean allowAccessToFullInputFormat() {
    return true;
  }

  @Override
  protected Instances determineOutputFormat(Instances data) throws Exception {
    int[] units = units(data);
    if (units.length == 0) {
      throw new IllegalArgumentException(
          "The range of units (-R %s) must have a numeric or nominal attribute beside the class."
              .formatted(getAttributeIndices()));
    }
    CoarseGrainingSettings settings = settings();
    settings.requireApplicable(units.length);
    projection = new Remove();
    projection.setInvertSelection(true);
    int[] kept = Arrays.copyOf(units, units.length + 1);
    kept[units.length] = data.classIndex();
    Arrays.sort(kept);
    projection.setAttributeIndicesArray(kept);
    projection.setInputFormat(data);
    Instances projected = Filter.useFilter(data, projection);
    CoarseGrainedComplexity complexity;
    List<String> warnings;
    try {
      UnitQuantizer sources = UnitQuantizer.of(quantizer);
      UnitQuantizer.Quantized quantized = sources.quantize(projected, false);
      quantizing = quantized.filter().orElse(null);
      firstBatch = quantized.instances();
      warnings = quantized.warnings();
      complexity =
          CoarseGrainedComplexity.of(
              sources.count(firstBatch, false).distribution(),
              settings,
              Execution.sequential(),
              (found, value, step) -> {});
    } catch (CancellationException e) {
      throw stopped();
    }
    if (Thread.currentThread().isInterrupted()) {
      throw stopped();
    }
    CoarseGraining coarse = complexity.coarseGraining();
    int[] places =
        IntStream.range(0, firstBatch.numAttributes())
            .filter(i -> i != firstBatch.classIndex())
            .toArray();
    groups =
        coarse.groups().stream()
            .map(group -> group.stream().mapToInt(unit -> places[unit]).toArray())
            .toArray(int[][]::new);
    passed =
        IntStream.range(0, data.numAttributes())
            .filter(i -> Arrays.binarySearch(units, i) < 0)
            .toArray();
    return header(data, complexity, warnings);
  }

  private static InterruptedException stopped() {
    return new InterruptedException("The search for groups was stopped.");
  }

  private int[] units(Instances data) {
    try {
      range.setUpper(data.numAttributes() - 1);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "The range of units (-R %s) must fit the data: they have %d attributes."
              .formatted(getAttributeIndices(), data.numAttributes()),
          e);
    }
    return IntStream.range(0, data.numAttributes())
        .filter(i -> i != data.classIndex() && range.isInRange(i))
        .filter(i -> data.attribute(i).isNominal() || data.attribute(i).type() == Attribute.NUMERIC)
        .toArray();
  }

  private Instances header(
      Instances data, CoarseGrainedComplexity complexity, List<String> warnings) {
    ArrayList<Attribute> attributes = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (int i : passed) {
      names.add(data.attribute(i).name());
    }
    values = new ArrayList<>();
    List<String> groupNames = new ArrayList<>();
    for (int[] group : groups) {
      List<String> units =
          Arrays.stream(group).mapToObj(i -> firstBatch.attribute(i).name()).toList();
      String name = unused(Layer.sourceName(units), names);
      groupNames.add(name);
      attributes.add(new Attribute(name, valuesOf(group)));
    }
    for (int i : passed) {
      attributes.add((Attribute) data.attribute(i).copy());
    }
    Instances header = new Instances(data.relationName(), attributes, 0);
    header.setClassIndex(groups.length + Arrays.binarySearch(passed, data.classIndex()));
    description =
        describe(complexity, groupNames)
            + warnings.stream().map(w -> "Warning: " + w + "\n").collect(Collectors.joining());
    return header;
  }

  private static String unused(String name, Set<String> used) {
    String free = name;
    while (!used.add(free)) {
      free += "'";
    }
    return free;
  }

  /** The names of the joint states of a group, in the order of their first units' states. */
  private List<String> valuesOf(int[] group) {
    List<List<Integer>> states =
        firstBatch.stream()
            .map(instance -> states(instance, group))
            .distinct()
            .sorted(
                (a, b) ->
                    Arrays.compare(
                        a.stream().mapToInt(Integer::intValue).toArray(),
                        b.stream().mapToInt(Integer::intValue).toArray()))
            .toList();
    Map<List<Integer>, Integer> indices = new HashMap<>();
    List<String> names = new ArrayList<>();
    Set<String> used = new HashSet<>();
    for (List<Integer> tuple : states) {
      indices.put(tuple, names.size());
      names.add(
          unused(
              IntStream.range(0, group.length)
                  .mapToObj(
                      i ->
                          tuple.get(i) < 0
                              ? "?"
                              : firstBatch.attribute(group[i]).value(tuple.get(i)))
                  .collect(Collectors.joining("_")),
              used));
    }
    if (otherValue) {
      names.add(unused(OTHER, used));
    }
    values.add(indices);
    return names;
  }

  /** The states of a group's units; -1 for a missing one. */
  private static List<Integer> states(Instance instance, int[] group) {
    return Arrays.stream(group)
        .mapToObj(i -> instance.isMissing(i) ? -1 : (int) instance.value(i))
        .toList();
  }

  private static String describe(CoarseGrainedComplexity complexity, List<String> names) {
    ComplexityBounds bounds = complexity.bounds();
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "Coarse-graining of %d units into %d groups: %s%n",
            complexity.coarseGraining().unitCount(),
            names.size(),
            complexity.coarseGraining()));
    names.forEach(name -> text.append("  ").append(name).append('\n'));
    if (complexity.backbone().hasRepresentationalComplexity()) {
      text.append(
          String.format(
              Locale.ROOT,
              "Representational complexity of the groups: %.4f%n"
                  + "That of the units is from %.4f to %.4f if no information of the units is"
                  + " negative within a degree of synergy of the groups,%nin any case from %.4f to"
                  + " %.4f.%n",
              bounds.lower(),
              bounds.lower(),
              bounds.upper(),
              bounds.lowerUnconditional(),
              bounds.upperUnconditional()));
    } else {
      text.append("The units have no information about the class.\n");
    }
    return text.toString();
  }

  @Override
  protected Instances process(Instances data) throws Exception {
    Instances quantized = firstBatch;
    if (isFirstBatchDone() || quantized == null) {
      Instances projected = Filter.useFilter(data, projection);
      quantized = quantizing == null ? projected : Filter.useFilter(projected, quantizing);
    }
    firstBatch = null;
    Instances result = getOutputFormat();
    for (int row = 0; row < data.numInstances(); row++) {
      Instance instance = data.instance(row);
      double[] cells = new double[groups.length + passed.length];
      for (int group = 0; group < groups.length; group++) {
        Integer value = values.get(group).get(states(quantized.instance(row), groups[group]));
        cells[group] =
            value != null
                ? value
                : otherValue ? result.attribute(group).numValues() - 1 : Utils.missingValue();
      }
      for (int i = 0; i < passed.length; i++) {
        cells[groups.length + i] = instance.value(passed[i]);
      }
      Instance coarse = new DenseInstance(instance.weight(), cells);
      copyValues(coarse, false, data, result);
      result.add(coarse);
    }
    return result;
  }

  /** The groups, their complexity, and the bounds. */
  @Override
  public String toString() {
    return description.isEmpty() ? "Coarse-graining of units, no data yet\n" : description;
  }

  @Override
  public String getRevision() {
    return RevisionUtils.extract("$Revision: 1 $");
  }

  /** Filters files; errors are sentences. */
  @Override
  public void run(Object filter, String[] options) {
    SchemeCommand.run((Filter) filter, options);
  }

  /** Filters a file; option {@code -h} lists the options. */
  public static void main(String[] args) {
    CoarseGrainUnits filter = new CoarseGrainUnits();
    filter.run(filter, args);
  }
}
