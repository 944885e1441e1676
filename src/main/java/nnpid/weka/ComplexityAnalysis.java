package nnpid.weka;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Vector;
import java.util.concurrent.CancellationException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.IntStream;
import nnpid.decomposition.Backbone;
import nnpid.decomposition.PartialInformationDecomposition;
import nnpid.distribution.JointDistribution;
import nnpid.execution.Execution;
import nnpid.lattice.UpSetFamily;
import nnpid.report.LayerReport;
import nnpid.report.LayerReport.Method;
import nnpid.report.Report;
import nnpid.weka.InstancesBridge.Counted;
import nnpid.weka.InstancesBridge.MissingValues;
import weka.core.Attribute;
import weka.core.Instances;
import weka.core.Option;
import weka.core.OptionHandler;
import weka.core.Randomizable;
import weka.core.Range;
import weka.core.Utils;
import weka.filters.Filter;
import weka.filters.unsupervised.attribute.NumericToNominal;
import weka.filters.unsupervised.attribute.QuantizeActivations;
import weka.filters.unsupervised.attribute.Remove;

/**
 * The analysis of a data set of activations, from its options: which attributes are units of which
 * layer, how they are quantized, and how the information about the class is decomposed.
 *
 * <p>Setters take what the options take. Not thread-safe.
 */
public final class ComplexityAnalysis implements OptionHandler {
  private static final Pattern INDEX_LIST =
      Pattern.compile(
          "(?:(?:first|last|\\d+)(?:-(?:first|last|\\d+))?)(?:,(?:first|last|\\d+)(?:-(?:first|last|\\d+))?)*");

  private String classAttribute = "last";
  private boolean nominalClass;
  private String sources = "";
  private String groups = "";
  private String layers = "";
  private String weightAttribute = "";
  private Filter quantizer = new QuantizeActivations();
  private MissingValues missingValues = MissingValues.LEVEL;
  private String measure = "sx";
  private boolean complexityOnly;
  private int threads = Runtime.getRuntime().availableProcessors();
  private Optional<Integer> seed = Optional.empty();
  private int atomCount;

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
        "REGEX",
        """
        Regular expression with one capturing group that matches whole attribute names:
        the units with the same captured text are a layer, e.g. "(L\\d+)_.*".
        Other attributes are left out.
        (default: all sources are one layer)""");
    add(
        options,
        "groups",
        "GROUPS",
        """
        Makes one source of several units: their numbers within the layer, from 1,
        groups separated by semicolons, e.g. "1,2;3-5". Every unit is in one group.
        (default: every unit is a source)""");
    add(
        options,
        "weights",
        "NAME",
        "Attribute with the weight of every instance, e.g. the counts of a count table;\n"
            + "it is not a source. (default: the weights of the instances)");
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
            + "Instances without a class are always left out. (default: level)");
    add(options, "measure", "sx", "The redundancy measure: sx (shared exclusions).\n(default: sx)");
    addFlag(
        options, "complexity-only", "Computes no atoms, only what the complexity needs: faster.");
    addFlag(options, "atoms", "Lists all atoms.");
    add(options, "top", "N", "Lists the N atoms of largest absolute value per layer.");
    add(
        options,
        "threads",
        "N",
        "Number of threads; it does not change the results. (default: all processors)");
    add(options, "seed", "N", "Seed of a quantizer that is random. (default: the quantizer's)");
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
    setClassAttribute(textOption("c", options, "last"));
    setNominalClass(Utils.getFlag("nominal-class", options));
    setSources(textOption("sources", options, ""));
    setLayers(textOption("layers", options, ""));
    setGroups(textOption("groups", options, ""));
    setWeightAttribute(textOption("weights", options, ""));
    setQuantizer(textOption("Q", options, QuantizeActivations.class.getName()));
    setMissingValues(textOption("missing", options, "level"));
    setMeasure(textOption("measure", options, "sx"));
    setComplexityOnly(Utils.getFlag("complexity-only", options));
    boolean allAtoms = Utils.getFlag("atoms", options);
    String top = textOption("top", options, "");
    setAtomCount(top.isEmpty() ? (allAtoms ? Report.ALL_ATOMS : 0) : wholeNumber("top", top));
    String threadCount = textOption("threads", options, "");
    setThreads(
        threadCount.isEmpty()
            ? Runtime.getRuntime().availableProcessors()
            : wholeNumber("threads", threadCount));
    String newSeed = textOption("seed", options, "");
    seed = newSeed.isEmpty() ? Optional.empty() : Optional.of(wholeNumber("seed", newSeed));
  }

  @Override
  public String[] getOptions() {
    List<String> options = new ArrayList<>(List.of("-c", classAttribute));
    if (nominalClass) {
      options.add("-nominal-class");
    }
    addIfSet(options, "-sources", sources);
    addIfSet(options, "-layers", layers);
    addIfSet(options, "-groups", groups);
    addIfSet(options, "-weights", weightAttribute);
    Collections.addAll(
        options,
        "-Q",
        Utils.toCommandLine(quantizer),
        "-missing",
        missingValues == MissingValues.LEVEL ? "level" : "drop",
        "-measure",
        measure);
    if (complexityOnly) {
      options.add("-complexity-only");
    }
    if (atomCount == Report.ALL_ATOMS) {
      options.add("-atoms");
    } else if (atomCount > 0) {
      Collections.addAll(options, "-top", Integer.toString(atomCount));
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

  /** The value of an option; unlike Weka's own, an option at the end without one is an error. */
  static String textOption(String name, String[] options, String defaultValue) throws Exception {
    int position = Utils.getOptionPos(name, options);
    if (position >= 0 && (position == options.length - 1 || options[position + 1].isEmpty())) {
      throw new IllegalArgumentException("The option -" + name + " must have a value.");
    }
    String value = Utils.getOption(name, options);
    return value.isEmpty() ? defaultValue : value;
  }

  static int wholeNumber(String name, String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          String.format("The option -%s (%s) must be a whole number.", name, text), e);
    }
  }

  /** Sets the class: an index from 1, {@code first}, {@code last}, or a name. */
  public void setClassAttribute(String classAttribute) {
    this.classAttribute = classAttribute;
  }

  /** Sets whether every value of a numeric class becomes a class of its own. */
  public void setNominalClass(boolean nominalClass) {
    this.nominalClass = nominalClass;
  }

  /** Sets the units: indices and ranges, or a regular expression; empty for all but the class. */
  public void setSources(String sources) {
    if (!INDEX_LIST.matcher(sources).matches()) {
      compile("sources", sources);
    }
    this.sources = sources;
  }

  /** Sets the regular expression that captures the layer's name in a unit's; empty for none. */
  public void setLayers(String layers) {
    if (!layers.isEmpty() && compile("layers", layers).matcher("").groupCount() != 1) {
      throw new IllegalArgumentException(
          String.format(
              "The regular expression (-layers %s) must have one capturing group, for the name of"
                  + " the layer.%nMaybe use \"(L\\d+)_.*\"; write (?:...) for other groups.",
              layers));
    }
    this.layers = layers;
  }

  private static Pattern compile(String option, String regex) {
    try {
      return Pattern.compile(regex);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          String.format(
              "The option -%s (%s) must be a regular expression: %s",
              option, regex, e.getDescription()),
          e);
    }
  }

  /** Sets the groups of units that form one source each; empty for none. */
  public void setGroups(String groups) {
    this.groups = groups;
  }

  /** Sets the attribute with the instances' weights; empty for the instances' own. */
  public void setWeightAttribute(String weightAttribute) {
    this.weightAttribute = weightAttribute;
  }

  /** Sets the quantizing filter from its class name and options. */
  public void setQuantizer(String specification) throws Exception {
    String[] options;
    try {
      options = Utils.splitOptions(specification);
    } catch (Exception e) {
      // Weka declares Exception; it is about quotes.
      throw new IllegalArgumentException(
          String.format("The quantizer (-Q %s) must have its quotes closed.", specification), e);
    }
    if (options.length == 0) {
      throw new IllegalArgumentException("The quantizer (-Q) must be the class name of a filter.");
    }
    String name = options[0];
    options[0] = "";
    try {
      quantizer = (Filter) Utils.forName(Filter.class, name, options);
    } catch (Exception e) {
      // Weka declares Exception, and reports an unknown class in many ways.
      throw new IllegalArgumentException(
          String.format(
              "The quantizer (-Q %s) must be a filter with its options: %s",
              specification, e.getMessage()),
          e);
    }
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

  /** Sets the redundancy measure. */
  public void setMeasure(String measure) {
    if (!measure.equals("sx")) {
      throw new IllegalArgumentException("The measure (-measure " + measure + ") must be sx.");
    }
    this.measure = measure;
  }

  /** Sets whether atoms are not needed. */
  public void setComplexityOnly(boolean complexityOnly) {
    this.complexityOnly = complexityOnly;
  }

  /** Sets how many atoms to list per layer, see {@link Report#atomCount()}. */
  public void setAtomCount(int atomCount) {
    if (atomCount < 0) {
      throw new IllegalArgumentException(
          "The number of atoms (-top " + atomCount + ") must not be negative.");
    }
    this.atomCount = atomCount;
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
    if (complexityOnly && atomCount > 0) {
      throw new IllegalArgumentException(
          "The option -complexity-only must not be combined with -atoms or -top: it computes no"
              + " atoms.");
    }
    execution.checkCanceled();
    Instances selected = selectSources(data);
    Map<String, int[]> units = layerUnits(selected);
    for (Map.Entry<String, int[]> layer : units.entrySet()) {
      requireDecomposable(layer.getKey(), parseGroups(layer.getKey(), layer.getValue().length));
    }
    InstancesBridge.requireCountable(selected);
    boolean numeric =
        IntStream.range(0, selected.numAttributes())
            .anyMatch(i -> i != selected.classIndex() && selected.attribute(i).isNumeric());
    Instances quantized = numeric ? quantize(selected) : selected;
    List<LayerReport> reports = new ArrayList<>();
    for (Map.Entry<String, int[]> layer : units.entrySet()) {
      Execution step =
          execution.step(
              reports.size() / (double) units.size(), (reports.size() + 1) / (double) units.size());
      reports.add(analyzeLayer(layer.getKey(), quantized, layer.getValue(), step));
    }
    return new Report(
        data.relationName(),
        numeric ? Utils.toCommandLine(quantizer) : "none, all sources are nominal",
        reports,
        atomCount);
  }

  private LayerReport analyzeLayer(
      String layer, Instances data, int[] attributes, Execution execution) {
    Counted counted = InstancesBridge.count(data, attributes, missingValues);
    List<int[]> groupList = parseGroups(layer, attributes.length);
    JointDistribution distribution =
        groups.isEmpty() ? counted.distribution() : counted.distribution().groupSources(groupList);
    List<List<String>> names =
        groupList.stream()
            .map(
                group ->
                    Arrays.stream(group)
                        .mapToObj(unit -> data.attribute(attributes[unit]).name())
                        .toList())
            .toList();
    List<String> warnings = new ArrayList<>();
    for (int source = 0; source < names.size(); source++) {
      if (distribution.stateCount(source) == 1) {
        warnings.add("Source \"" + LayerReport.sourceName(names.get(source)) + "\" is constant.");
      }
    }
    if (counted.missingValueCount() > 0) {
      warnings.add(
          "Sources have missing values ("
              + counted.missingValueCount()
              + "): they are counted as a level of their own.");
    }
    boolean lattice = !complexityOnly && (atomCount > 0 || names.size() < UpSetFamily.MAX_SOURCES);
    Optional<PartialInformationDecomposition> decomposition =
        lattice
            ? Optional.of(PartialInformationDecomposition.of(distribution, execution))
            : Optional.empty();
    Backbone backbone =
        decomposition
            .map(PartialInformationDecomposition::backbone)
            .orElseGet(() -> Backbone.of(distribution, execution));
    return LayerReport.of(
        layer,
        names,
        data.classAttribute().name(),
        counted.instanceCount(),
        distribution,
        lattice ? Method.LATTICE : Method.BACKBONE,
        backbone,
        decomposition,
        warnings);
  }

  private static void requireDecomposable(String layer, List<int[]> groupList) {
    if (groupList.size() > UpSetFamily.MAX_SOURCES) {
      throw new IllegalArgumentException(
          String.format(
              "The number of sources (%d) of layer \"%s\" must be at most %d for exact"
                  + " decomposition: already 7 sources have 2,414,682,040,996 antichains.%n"
                  + "Maybe choose some with -sources, or make at most %d groups with -groups.",
              groupList.size(), layer, UpSetFamily.MAX_SOURCES, UpSetFamily.MAX_SOURCES));
    }
  }

  private int weightIndex(Instances data) {
    if (weightAttribute.isEmpty()) {
      return -1;
    }
    Attribute attribute = data.attribute(weightAttribute);
    if (attribute == null || !attribute.isNumeric()) {
      throw new IllegalArgumentException(
          String.format(
              "The weights (-weights %s) must be a numeric attribute: %s.",
              weightAttribute, attribute == null ? "there is none of this name" : "it is not"));
    }
    return attribute.index();
  }

  /** The data with the sources and the class only, the class set and nominal. */
  private Instances selectSources(Instances data) throws Exception {
    int classIndex = classIndex(data);
    int weightIndex = weightIndex(data);
    if (weightIndex == classIndex) {
      throw new IllegalArgumentException(
          String.format(
              "The weights (-weights %s) must not be the class.%nMaybe name the class with -c.",
              weightAttribute));
    }
    int[] sourceIndices =
        Arrays.stream(sourceIndices(data, classIndex)).filter(i -> i != weightIndex).toArray();
    if (sourceIndices.length == 0) {
      throw new IllegalArgumentException(
          "There must be at least one source: "
              + (sources.isEmpty()
                  ? "the data have no attribute but the class."
                  : "no attribute but the class matches -sources " + sources + "."));
    }
    for (int index : sourceIndices) {
      Attribute attribute = data.attribute(index);
      if (!attribute.isNominal() && (!attribute.isNumeric() || attribute.isDate())) {
        throw new IllegalArgumentException(
            String.format(
                "Attribute \"%s\" must be numeric or nominal to be a source: it is of type %s.%n"
                    + "Maybe leave it out with -sources.",
                attribute.name(), Attribute.typeToString(attribute)));
      }
    }
    Instances selected = new Instances(data);
    if (weightIndex >= 0) {
      for (int i = 0; i < selected.numInstances(); i++) {
        selected.instance(i).setWeight(selected.instance(i).value(weightIndex));
      }
    }
    selected.setClassIndex(classIndex);
    if (nominalClass && selected.classAttribute().isNumeric()) {
      NumericToNominal toNominal = new NumericToNominal();
      toNominal.setAttributeIndicesArray(new int[] {classIndex});
      toNominal.setInputFormat(selected);
      selected = Filter.useFilter(selected, toNominal);
    }
    InstancesBridge.requireNominalClass(selected);
    return keep(
        selected,
        IntStream.concat(Arrays.stream(sourceIndices), IntStream.of(classIndex))
            .sorted()
            .toArray());
  }

  private static Instances keep(Instances data, int[] attributes) throws Exception {
    if (attributes.length == data.numAttributes()) {
      return data;
    }
    Remove remove = new Remove();
    remove.setAttributeIndicesArray(attributes);
    remove.setInvertSelection(true);
    remove.setInputFormat(data);
    return Filter.useFilter(data, remove);
  }

  private int classIndex(Instances data) {
    int count = data.numAttributes();
    int index =
        switch (classAttribute) {
          case "first" -> 0;
          case "last" -> count - 1;
          default ->
              classAttribute.matches("\\d{1,9}")
                  ? Integer.parseInt(classAttribute) - 1
                  : data.attribute(classAttribute) == null
                      ? -1
                      : data.attribute(classAttribute).index();
        };
    if (index < 0 || index >= count) {
      throw new IllegalArgumentException(
          String.format(
              "The class (-c %s) must be first, last, the name of an attribute, or an index from 1"
                  + " to %d.",
              classAttribute, count));
    }
    return index;
  }

  private int[] sourceIndices(Instances data, int classIndex) {
    IntStream all = IntStream.range(0, data.numAttributes()).filter(i -> i != classIndex);
    if (sources.isEmpty()) {
      return all.toArray();
    }
    if (!INDEX_LIST.matcher(sources).matches()) {
      Pattern pattern = Pattern.compile(sources);
      return all.filter(i -> pattern.matcher(data.attribute(i).name()).matches()).toArray();
    }
    for (String number : sources.split("[,-]", -1)) {
      if (number.matches("\\d+")
          && (number.length() > 9
              || Integer.parseInt(number) < 1
              || Integer.parseInt(number) > data.numAttributes())) {
        throw new IllegalArgumentException(
            String.format(
                "The index %s in -sources %s must be from 1 to %d, the number of attributes.",
                number, sources, data.numAttributes()));
      }
    }
    Range range = new Range(sources);
    range.setUpper(data.numAttributes() - 1);
    int[] selection = range.getSelection();
    if (Arrays.stream(selection).anyMatch(i -> i == classIndex)) {
      throw new IllegalArgumentException(
          String.format(
              "The sources (-sources %s) must not include the class \"%s\".",
              sources, data.attribute(classIndex).name()));
    }
    return selection;
  }

  /** The attribute indices of the units of every layer, by name, in order of appearance. */
  private Map<String, int[]> layerUnits(Instances data) {
    Map<String, List<Integer>> units = new LinkedHashMap<>();
    Pattern pattern = Pattern.compile(layers);
    for (int i = 0; i < data.numAttributes(); i++) {
      if (i != data.classIndex()) {
        Matcher matcher = pattern.matcher(data.attribute(i).name());
        if (layers.isEmpty()) {
          units.computeIfAbsent("all", name -> new ArrayList<>()).add(i);
        } else if (matcher.matches() && matcher.group(1) != null) {
          units.computeIfAbsent(matcher.group(1), name -> new ArrayList<>()).add(i);
        }
      }
    }
    if (units.isEmpty()) {
      throw new IllegalArgumentException(
          String.format(
              "The regular expression (-layers %s) must match the names of units: it matches none"
                  + " of \"%s\" ... \"%s\".",
              layers,
              data.attribute(data.classIndex() == 0 ? 1 : 0).name(),
              data.attribute(
                      data.numAttributes()
                          - (data.classIndex() == data.numAttributes() - 1 ? 2 : 1))
                  .name()));
    }
    Map<String, int[]> result = new LinkedHashMap<>();
    units.forEach((name, list) -> result.put(name, list.stream().mapToInt(i -> i).toArray()));
    return result;
  }

  private Instances quantize(Instances data) throws Exception {
    Filter filter = Filter.makeCopy(quantizer);
    if (seed.isPresent() && filter instanceof Randomizable randomizable) {
      randomizable.setSeed(seed.get());
    }
    Instances quantized;
    try {
      filter.setInputFormat(data);
      quantized = Filter.useFilter(data, filter);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("The computation was stopped.");
    }
    if (quantized.numAttributes() != data.numAttributes()
        || quantized.classIndex() != data.classIndex()) {
      throw new IllegalArgumentException(
          String.format(
              "The quantizer (-Q %s) must keep the attributes: %d became %d.",
              Utils.toCommandLine(quantizer), data.numAttributes(), quantized.numAttributes()));
    }
    return quantized;
  }

  /** Units by group, counted from 0 within the layer; every unit alone if no groups are given. */
  private List<int[]> parseGroups(String layer, int unitCount) {
    if (groups.isEmpty()) {
      return IntStream.range(0, unitCount).mapToObj(unit -> new int[] {unit}).toList();
    }
    List<int[]> result = new ArrayList<>();
    boolean[] used = new boolean[unitCount];
    for (String text : groups.split(";", -1)) {
      int[] group = parseGroup(text.trim(), layer, unitCount);
      for (int unit : group) {
        if (used[unit]) {
          throw new IllegalArgumentException(
              String.format(
                  "The groups (-groups %s) must not overlap: unit %d is in two.",
                  groups, unit + 1));
        }
        used[unit] = true;
      }
      result.add(group);
    }
    for (int unit = 0; unit < unitCount; unit++) {
      if (!used[unit]) {
        throw new IllegalArgumentException(
            String.format(
                "The groups (-groups %s) must have every unit: unit %d of layer \"%s\" is in none."
                    + "%nMaybe add \";%d\", or leave the unit out with -sources.",
                groups, unit + 1, layer, unit + 1));
      }
    }
    return result;
  }

  private int[] parseGroup(String text, String layer, int unitCount) {
    if (!text.matches("\\d{1,9}(-\\d{1,9})?(,\\d{1,9}(-\\d{1,9})?)*")) {
      throw new IllegalArgumentException(
          String.format(
              "The groups (-groups %s) must be numbers and ranges such as \"1,2;3-5\": \"%s\" is"
                  + " not.",
              groups, text));
    }
    List<Integer> units = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      String[] ends = part.split("-", -1);
      int from = Integer.parseInt(ends[0]);
      int to = Integer.parseInt(ends[ends.length - 1]);
      if (from < 1 || to > unitCount || from > to) {
        throw new IllegalArgumentException(
            String.format(
                "The units of -groups %s must be from 1 to %d, the number of units of layer"
                    + " \"%s\": %s is not.",
                groups, unitCount, layer, part));
      }
      IntStream.rangeClosed(from - 1, to - 1).forEach(units::add);
    }
    return units.stream().mapToInt(i -> i).toArray();
  }
}
