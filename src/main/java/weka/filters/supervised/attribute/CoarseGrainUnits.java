package weka.filters.supervised.attribute;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
import nnpid.search.SearchSettings;
import nnpid.weka.Citation;
import nnpid.weka.EnumEditor;
import nnpid.weka.InstancesBridge;
import nnpid.weka.SchemeOptions;
import nnpid.weka.UnitQuantizer;
import weka.core.Attribute;
import weka.core.Capabilities;
import weka.core.Capabilities.Capability;
import weka.core.DenseInstance;
import weka.core.Instance;
import weka.core.Instances;
import weka.core.Option;
import weka.core.OptionMetadata;
import weka.core.Randomizable;
import weka.core.Range;
import weka.core.RevisionUtils;
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

  static {
    EnumEditor.register(List.of(GroupingObjective.class));
  }

  private static final String OTHER = "other";

  private final Range range = new Range("first-last");
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

  // Learned from the first batch.

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
        + " best. Numeric units are quantized first. The filter's own description lists"
        + " the groups, their complexity and the bounds.\n\n"
        + "For more information see:\n\n"
        + getTechnicalInformation();
  }

  @Override
  public TechnicalInformation getTechnicalInformation() {
    return Citation.REPRESENTATIONAL_COMPLEXITY.technicalInformation();
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
    return SchemeOptions.list(this);
  }

  /** Sets all options; those not given get their default. */
  @Override
  public void setOptions(String[] options) throws Exception {
    SchemeOptions.set(this, options);
    Utils.checkForRemainingOptions(options);
  }

  @Override
  public String[] getOptions() {
    return SchemeOptions.get(this);
  }

  @OptionMetadata(
      displayName = "Range of units",
      description =
          "Which attributes are units, if they are numeric or nominal and not the class; a list"
              + " of indices and ranges such as first-10. The others pass.",
      commandLineParamName = "R",
      commandLineParamSynopsis = "col1,col2-col4,...",
      displayOrder = 1)
  public String getAttributeIndices() {
    return range.getRanges();
  }

  public void setAttributeIndices(String attributeIndices) {
    range.setRanges(attributeIndices);
  }

  @OptionMetadata(
      displayName = "Grouping",
      description =
          "The groups: optimize (searched for), sequential (the units in their order, cut into"
              + " groups of equal size), random, or the numbers of the units from 1, such as 1,2;3-5.",
      commandLineParamName = "grouping",
      commandLineParamSynopsis = "optimize|sequential|random|groups",
      displayOrder = 2)
  public String getGrouping() {
    return grouping;
  }

  public void setGrouping(String grouping) {
    CoarseGrainingSettings.DEFAULT.withGrouping(grouping);
    this.grouping = grouping;
  }

  @OptionMetadata(
      displayName = "Objective",
      description =
          "What the best groups are: those with the largest lower bound for the complexity of the"
              + " units (tightest-lower), the smallest upper bound (tightest-upper), the smallest gap"
              + " between both (gap), or those from which the information is easiest to read"
              + " (least-synergy).",
      commandLineParamName = "objective",
      displayOrder = 3)
  public GroupingObjective getObjective() {
    return objective;
  }

  public void setObjective(GroupingObjective objective) {
    this.objective = requireNonNull(objective, "objective");
  }

  @OptionMetadata(
      displayName = "Group count",
      description = "Number of groups, up to 6; 0 for 5, or as many as are given.",
      commandLineParamName = "groups-count",
      displayOrder = 4)
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

  @OptionMetadata(
      displayName = "Least group size",
      description = "Least number of units in a group.",
      commandLineParamName = "min-group-size",
      displayOrder = 5)
  public int getMinGroupSize() {
    return minGroupSize;
  }

  public void setMinGroupSize(int minGroupSize) {
    CoarseGrainingSettings.DEFAULT.withGroupSizes(minGroupSize, Integer.MAX_VALUE);
    this.minGroupSize = minGroupSize;
  }

  @OptionMetadata(
      displayName = "Largest group size",
      description = "Largest number of units in a group; 0 for any.",
      commandLineParamName = "max-group-size",
      displayOrder = 6)
  public int getMaxGroupSize() {
    return maxGroupSize;
  }

  public void setMaxGroupSize(int maxGroupSize) {
    if (maxGroupSize < 0) {
      throw new IllegalArgumentException(
          "The largest group size (" + maxGroupSize + ") must not be negative.");
    }
    this.maxGroupSize = maxGroupSize;
  }

  @OptionMetadata(
      displayName = "Steps",
      description =
          "Steps (accepted moves) of the search for groups; it also ends after 20 times as many"
              + " tried moves.",
      commandLineParamName = "steps",
      displayOrder = 7)
  public int getSteps() {
    return steps;
  }

  public void setSteps(int steps) {
    SearchSettings.DEFAULT.withStepLimit(steps);
    this.steps = steps;
  }

  @OptionMetadata(
      displayName = "Time limit",
      description =
          "Seconds after which the search ends with the best groups so far; 0 for no limit. With"
              + " a limit the result depends on the speed of the machine.",
      commandLineParamName = "time-limit",
      commandLineParamSynopsis = "seconds",
      displayOrder = 8)
  public double getTimeLimit() {
    return timeLimit;
  }

  public void setTimeLimit(double timeLimit) {
    if (!(timeLimit >= 0 && Double.isFinite(timeLimit))) {
      throw new IllegalArgumentException(
          "The time limit (%s) must be a number of seconds from 0, for no limit."
              .formatted(timeLimit));
    }
    this.timeLimit = timeLimit;
  }

  @OptionMetadata(
      displayName = "Quantizer",
      description =
          "The filter that makes numeric units nominal, learned on the first batch; it must keep"
              + " their number.",
      commandLineParamName = "Q",
      commandLineParamSynopsis = "filter",
      displayOrder = 9)
  public Filter getQuantizer() {
    return quantizer;
  }

  public void setQuantizer(Filter quantizer) {
    this.quantizer = quantizer;
  }

  @OptionMetadata(
      displayName = "Other value",
      description =
          "Whether joint states that the first batch does not have become the value \"other\";"
              + " otherwise they are missing.",
      commandLineParamName = "other",
      commandLineParamIsFlag = true,
      displayOrder = 10)
  public boolean getOtherValue() {
    return otherValue;
  }

  public void setOtherValue(boolean otherValue) {
    this.otherValue = otherValue;
  }

  @Override
  @OptionMetadata(
      displayName = "Seed",
      description = "Seed of the search and of random groups.",
      commandLineParamName = "S",
      displayOrder = 11)
  public int getSeed() {
    return seed;
  }

  @Override
  public void setSeed(int seed) {
    this.seed = seed;
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
    int[] units =
        InstancesBridge.inRange(
            range,
            data,
            attribute -> attribute.isNominal() || attribute.type() == Attribute.NUMERIC);
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
