package nnpid.weka;

import static java.util.Objects.requireNonNull;

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
import nnpid.decomposition.Measure;
import nnpid.distribution.JointDistribution;
import nnpid.estimation.CoverageSettings;
import nnpid.execution.Execution;
import nnpid.report.LayerAnalysis;
import nnpid.report.LayerReport;
import nnpid.report.Method;
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
  private LayerAnalysis analysis =
      new LayerAnalysis(
          Measure.SX, Optional.empty(), false, 0, CoverageSettings.DEFAULT, 5, 25, 0, false, 1);
  private int threads = Runtime.getRuntime().availableProcessors();
  private Optional<Integer> seed = Optional.empty();

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
    add(
        options,
        "measure",
        "sx|min|mmi|broja",
        """
        The redundancy measure: sx (shared exclusions), min (Williams and Beer), mmi (minimum
        mutual information), broja (unique information; two sources). (default: sx)""");
    add(
        options,
        "method",
        "auto|lattice|backbone|coverage|subsampling",
        """
        lattice: all atoms, up to 6 sources. backbone: exact without atoms, up to 6 sources under
        sx. coverage: an estimate with its standard error, any number of sources, sx. subsampling:
        the mean over random subsets of the sources, sx. auto: lattice up to 5 sources, backbone
        for 6 or with -complexity-only, coverage for more (min, mmi: backbone). (default: auto)""");
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
        "coverage: ends after N replicates, rounded up to whole batches of 16, two at least.\n(default: no limit)");
    add(
        options,
        "time-limit",
        "S",
        "coverage: ends after S seconds per layer. (default: no limit)");
    add(
        options,
        "nodes",
        "N",
        "coverage: most nodes of the search for one replicate; if they do not suffice, C is\n"
            + "given by bounds. (default: "
            + CoverageSettings.DEFAULT.nodeBudget()
            + ")");
    add(options, "subset-size", "Q", "subsampling: sources in a subset. (default: 5)");
    add(options, "draws", "N", "subsampling: number of subsets, all different. (default: 25)");
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
    setClassAttribute(textOption("c", options, "last"));
    setNominalClass(Utils.getFlag("nominal-class", options));
    setSources(textOption("sources", options, ""));
    setLayers(textOption("layers", options, ""));
    setGroups(textOption("groups", options, ""));
    setWeightAttribute(textOption("weights", options, ""));
    setQuantizer(textOption("Q", options, QuantizeActivations.class.getName()));
    setMissingValues(textOption("missing", options, "level"));
    String newSeed = textOption("seed", options, "");
    seed = newSeed.isEmpty() ? Optional.empty() : Optional.of(wholeNumber("seed", newSeed));
    boolean allAtoms = Utils.getFlag("atoms", options);
    String top = textOption("top", options, "");
    String method = textOption("method", options, "auto");
    setLayerAnalysis(
        new LayerAnalysis(
            Measure.parse(textOption("measure", options, "sx")),
            method.equals("auto") ? Optional.empty() : Optional.of(Method.parse(method)),
            Utils.getFlag("complexity-only", options),
            top.isEmpty() ? (allAtoms ? Report.ALL_ATOMS : 0) : positive("top", top),
            coverageSettings(options),
            positive("subset-size", textOption("subset-size", options, "5")),
            positive("draws", textOption("draws", options, "25")),
            wholeNumber("permutations", textOption("permutations", options, "0")),
            pointwise(textOption("pointwise", options, "")),
            seed.orElse(1)));
    String threadCount = textOption("threads", options, "");
    setThreads(
        threadCount.isEmpty()
            ? Runtime.getRuntime().availableProcessors()
            : wholeNumber("threads", threadCount));
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

  private static boolean pointwise(String value) {
    if (!value.isEmpty() && !value.equals("target")) {
      throw new IllegalArgumentException("The option -pointwise (" + value + ") must be target.");
    }
    return !value.isEmpty();
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
        analysis.measure().id(),
        "-method",
        analysis.method().map(Method::id).orElse("auto"));
    if (analysis.complexityOnly()) {
      options.add("-complexity-only");
    }
    if (analysis.atomCount() == Report.ALL_ATOMS) {
      options.add("-atoms");
    } else if (analysis.atomCount() > 0) {
      Collections.addAll(options, "-top", Integer.toString(analysis.atomCount()));
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
        Integer.toString(analysis.subsetSize()),
        "-draws",
        Integer.toString(analysis.draws()),
        "-permutations",
        Integer.toString(analysis.permutations()));
    if (analysis.pointwise()) {
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

  /** Sets how every layer is analyzed. */
  public void setLayerAnalysis(LayerAnalysis analysis) {
    this.analysis = requireNonNull(analysis, "analysis");
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
    Instances selected = selectSources(data);
    Map<String, int[]> units = layerUnits(selected);
    for (Map.Entry<String, int[]> layer : units.entrySet()) {
      analysis.requireAnalyzable(
          layer.getKey(), parseGroups(layer.getKey(), layer.getValue().length).size());
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
      try {
        reports.add(analyzeLayer(layer.getKey(), quantized, layer.getValue(), step));
      } catch (CancellationException e) {
        if (reports.isEmpty()) {
          throw e;
        }
        break; // what is done is kept; the interrupted status tells that there is more
      }
    }
    return new Report(
        data.relationName(),
        numeric ? Utils.toCommandLine(quantizer) : "none, all sources are nominal",
        reports,
        analysis.atomCount());
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
    return analysis.analyze(
        layer,
        names,
        data.classAttribute().name(),
        targetStates(data.classAttribute()),
        counted.instanceCount(),
        distribution,
        warnings,
        execution);
  }

  private static List<String> targetStates(Attribute target) {
    return IntStream.range(0, target.numValues()).mapToObj(target::value).toList();
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
