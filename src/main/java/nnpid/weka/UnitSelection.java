package nnpid.weka;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import nnpid.analysis.UnitLevels;
import nnpid.coarsegraining.CoarseGraining;
import nnpid.distribution.SampleOfRow;
import org.jspecify.annotations.Nullable;
import weka.core.Attribute;
import weka.core.Instances;
import weka.core.Utils;
import weka.filters.Filter;
import weka.filters.unsupervised.attribute.NumericToNominal;
import weka.filters.unsupervised.attribute.Remove;

/**
 * Which attributes of a data set are what: the class, the weights, the units, their layers and
 * groups. All as texts, as they are typed.
 *
 * @param classAttribute index from 1, {@code first}, {@code last}, or a name
 * @param nominalClass whether every value of a numeric class becomes a class
 * @param sources indices and ranges, or a regular expression; empty for all but the class
 * @param layers regular expression that captures the name of the layer; {@code auto} for the layers
 *     that numbered names tell, {@code all} for one layer; empty for {@code auto}, unless sources
 *     or groups are given
 * @param groups groups of units that form one source each; empty for every unit alone
 * @param weightAttribute name of the attribute with the weights; empty for the instances' own
 * @param sampleAttribute name of the attribute that tells which instances are passes of the same
 *     sample; {@code auto} for {@value #SAMPLE_ID} if there is one, {@code none} or empty for none
 */
public record UnitSelection(
    String classAttribute,
    boolean nominalClass,
    String sources,
    String layers,
    String groups,
    String weightAttribute,
    String sampleAttribute) {
  /** Name of the attribute of samples in data that say so themselves. */
  public static final String SAMPLE_ID = "sample_id";

  /**
   * Patterns that find layers in the names of units: names as L1_5, of Weka's Dl4jMlpFilter as
   * dense1-5, of other programs.
   */
  public static final List<String> LAYER_PATTERNS =
      List.of("(L\\d+)_.*", "(.+)-\\d+", "(.+)_\\d+", "(.*\\D)\\d+");

  private static final String INDEX_RANGE = "(?:first|last|\\d+)(?:-(?:first|last|\\d+))?";

  /** Possessive: without it Java recurses once per number, and thousands overflow the stack. */
  private static final Pattern INDEX_LIST =
      Pattern.compile(INDEX_RANGE + "(?:," + INDEX_RANGE + ")*+");

  private static final String AUTO = "auto";
  private static final String ALL = "all";
  private static final String NO_SAMPLES = "none";

  /** Our own L3_1 and the conv1-0 of Weka's Dl4jMlpFilter, whose layers may have hyphens, too. */
  private static final Pattern NUMBERED_UNIT = Pattern.compile("(.+)[-_](\\d{1,9})");

  /**
   * Checks the regular expressions.
   *
   * @throws IllegalArgumentException if one is none, or has not one capturing group where it must
   */
  public UnitSelection {
    if (!INDEX_LIST.matcher(sources).matches()) {
      UserRegex.compile("sources", sources);
    }
    if (!layers.isEmpty()
        && !layers.equals(AUTO)
        && !layers.equals(ALL)
        && UserRegex.compile("layers", layers).groupCount() != 1) {
      throw new IllegalArgumentException(
          String.format(
              "The regular expression (-layers %s) must have one capturing group, for the name of"
                  + " the layer.%nMaybe use \"(L\\d+)_.*\"; write (?:...) for other groups.",
              layers));
    }
  }

  /**
   * The data with the units and the class only, with their weights, the class set and nominal.
   *
   * @throws IllegalArgumentException if the data do not have what is selected
   * @throws Exception if a filter of Weka fails
   */
  public Instances select(Instances data) throws Exception {
    int classIndex = classIndex(data);
    int weightIndex = weightIndex(data);
    if (weightIndex == classIndex) {
      throw new IllegalArgumentException(
          String.format(
              "The weights (-weights %s) must not be the class.%nMaybe name the class with -c.",
              weightAttribute));
    }
    int sampleIndex = sampleIndex(data);
    if (sampleIndex >= 0 && (sampleIndex == classIndex || sampleIndex == weightIndex)) {
      throw new IllegalArgumentException(
          String.format(
              "The attribute of samples (-samples %s) must not be the class or the weights.%nMaybe"
                  + " name another one.",
              sampleAttribute));
    }
    int[] sourceIndices =
        Arrays.stream(sourceIndices(data, classIndex))
            .filter(i -> i != weightIndex && i != sampleIndex)
            .toArray();
    if (sourceIndices.length == 0) {
      throw new IllegalArgumentException(
          "There must be at least one source: "
              + (sources.isEmpty()
                  ? "the data have no attribute but the class."
                  : "no attribute but the class matches -sources "
                      + sources
                      + "."
                      + AttributeNames.nearest(sources, data)));
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
      for (int i = 0; i < selected.numInstances(); i++) {
        if (selected.instance(i).classValue() == 0) {
          selected.instance(i).setClassValue(0); // no negative zero, a class of its own else
        }
      }
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

  private int weightIndex(Instances data) {
    if (weightAttribute.isEmpty()) {
      return -1;
    }
    Attribute attribute = data.attribute(weightAttribute);
    if (attribute == null || !attribute.isNumeric()) {
      throw new IllegalArgumentException(
          String.format(
              "The weights (-weights %s) must be a numeric attribute: %s.%s",
              weightAttribute,
              attribute == null ? "there is none of this name" : "it is not",
              attribute == null ? AttributeNames.nearest(weightAttribute, data) : ""));
    }
    return attribute.index();
  }

  /**
   * The index of the attribute that tells which instances are of the same sample; negative if there
   * is none.
   *
   * @throws IllegalArgumentException if the data do not have what is named
   */
  int sampleIndex(Instances data) {
    if (sampleAttribute.isEmpty() || sampleAttribute.equals(NO_SAMPLES)) {
      return -1;
    }
    if (sampleAttribute.equals(AUTO)) {
      Attribute found = named(SAMPLE_ID, data);
      return found == null
              || found.name().equals(weightAttribute)
              || found.index() == findClass(data)
          ? -1
          : found.index();
    }
    Attribute attribute = named(sampleAttribute, data);
    if (attribute == null) {
      throw new IllegalArgumentException(
          String.format(
              "The attribute of samples (-samples %s) must be one of the data: there is none of this"
                  + " name.%s",
              sampleAttribute, AttributeNames.nearest(sampleAttribute, data)));
    }
    return attribute.index();
  }

  /** An attribute, or the only one of an array of NumPy of that name. */
  private static @Nullable Attribute named(String name, Instances data) {
    Attribute attribute = data.attribute(name);
    boolean single = attribute == null && data.attribute(name + "_2") == null;
    return single ? data.attribute(name + "_1") : attribute;
  }

  /** Which instances are of the same sample; empty if each is one. */
  public Optional<SampleOfRow> samples(Instances data) {
    int index = sampleIndex(data);
    return index < 0
        ? Optional.empty()
        : Optional.of(samples(data.attribute(index), data.attributeToDoubleArray(index)));
  }

  /** The same of the values of that attribute. */
  static SampleOfRow samples(Attribute attribute, double[] values) {
    return new SampleOfRow(
        values,
        value ->
            attribute.isNumeric() ? Utils.doubleToString(value, 6) : attribute.value((int) value));
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

  /** The index of the class, as it is chosen; negative if the data do not have it. */
  int findClass(Instances data) {
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
    return index < count ? index : -1;
  }

  /** The index of the class, as it is chosen. */
  public int classIndex(Instances data) {
    int count = data.numAttributes();
    int index = findClass(data);
    if (index < 0) {
      throw new IllegalArgumentException(
          String.format(
              "The class (-c %s) must be first, last, the name of an attribute, or an index from 1"
                  + " to %d.%s",
              classAttribute,
              count,
              classAttribute.matches("\\d+") ? "" : AttributeNames.nearest(classAttribute, data)));
    }
    return index;
  }

  private int[] sourceIndices(Instances data, int classIndex) {
    IntStream all = IntStream.range(0, data.numAttributes()).filter(i -> i != classIndex);
    if (sources.isEmpty()) {
      return all.toArray();
    }
    if (!INDEX_LIST.matcher(sources).matches()) {
      UserRegex pattern = UserRegex.compile("sources", sources);
      return all.filter(i -> pattern.matches(data.attribute(i).name())).toArray();
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
    // Not Weka's Range: lists that overlap overrun its array, or give an attribute twice.
    TreeSet<Integer> selection = new TreeSet<>();
    for (String part : sources.split(",", -1)) {
      String[] ends = part.split("-", -1);
      int from = index(ends[0], data);
      int to = index(ends[ends.length - 1], data);
      IntStream.rangeClosed(Math.min(from, to), Math.max(from, to)).forEach(selection::add);
    }
    if (selection.contains(classIndex)) {
      throw new IllegalArgumentException(
          String.format(
              "The sources (-sources %s) must not include the class \"%s\".",
              sources, data.attribute(classIndex).name()));
    }
    return selection.stream().mapToInt(i -> i).toArray();
  }

  private static int index(String number, Instances data) {
    return switch (number) {
      case "first" -> 0;
      case "last" -> data.numAttributes() - 1;
      default -> Integer.parseInt(number) - 1;
    };
  }

  /**
   * The layers that a regular expression finds: the indices of their attributes by the name of the
   * layer, in order of appearance, without the attribute of samples.
   *
   * @param data whose attributes count; the instances do not
   * @param classIndex index of the class, which is no unit
   * @param layers what is typed for layers: {@code all} for all attributes as one layer
   * @throws IllegalArgumentException if it is not one, or matches no name
   */
  public static Map<String, int[]> layersOf(Instances data, int classIndex, String layers) {
    Instances header = new Instances(data, 0);
    header.setClassIndex(classIndex);
    UnitSelection selection =
        new UnitSelection(Integer.toString(classIndex + 1), false, "", layers, "", "", AUTO);
    int samples = selection.sampleIndex(header);
    Map<String, int[]> units = new LinkedHashMap<>(selection.layerUnits(header));
    units.replaceAll(
        (layer, ofLayer) -> Arrays.stream(ofLayer).filter(unit -> unit != samples).toArray());
    units.values().removeIf(ofLayer -> ofLayer.length == 0);
    return units;
  }

  /** The attribute indices of the units of every layer, by name, in order of appearance. */
  public Map<String, int[]> layerUnits(Instances data) {
    Map<String, List<Integer>> units;
    if (layers.equals(AUTO) || (layers.isEmpty() && sources.isEmpty() && groups.isEmpty())) {
      units = numberedLayers(data);
    } else if (layers.equals(ALL) || layers.isEmpty()) {
      units = allUnits(data);
    } else {
      units = matchedLayers(data);
    }
    Map<String, int[]> result = new LinkedHashMap<>();
    units.forEach((name, list) -> result.put(name, list.stream().mapToInt(i -> i).toArray()));
    return result;
  }

  /**
   * A sentence about the attributes that the names of the layers leave out, or that keep all layers
   * from being told apart; empty if there are none.
   *
   * @param data what was selected
   * @param units what {@link #layerUnits} made of it
   */
  public Optional<String> leftOut(Instances data, Map<String, int[]> units) {
    BitSet used = new BitSet();
    used.set(data.classIndex());
    units.values().forEach(layer -> Arrays.stream(layer).forEach(used::set));
    List<String> unused =
        IntStream.range(0, data.numAttributes())
            .filter(i -> !used.get(i))
            .mapToObj(i -> data.attribute(i).name())
            .toList();
    if (!unused.isEmpty()) {
      return Optional.of(
          UnitLevels.names("Attribute", unused)
              + (unused.size() == 1 ? " is" : " are")
              + " in no layer: -layers "
              + layers
              + " does not match.");
    }
    boolean auto = layers.equals(AUTO) || (layers.isEmpty() && sources.isEmpty());
    return auto && units.size() == 1 && groups.isEmpty()
        ? namesWithoutLayer(data)
        : Optional.empty();
  }

  /** Without these names, mostly those of indices and the like, there would be several layers. */
  private static Optional<String> namesWithoutLayer(Instances data) {
    List<String> without = new ArrayList<>();
    Map<String, Integer> layers = new HashMap<>();
    for (int i = 0; i < data.numAttributes(); i++) {
      String name = data.attribute(i).name();
      Matcher matcher = NUMBERED_UNIT.matcher(name);
      if (i != data.classIndex() && matcher.matches()) {
        layers.merge(matcher.group(1), 1, Integer::sum);
      } else if (i != data.classIndex()) {
        without.add(name);
      }
    }
    int numbered = layers.values().stream().mapToInt(count -> count).sum();
    if (without.isEmpty() || layers.size() < 2 || numbered <= without.size()) {
      return Optional.empty();
    }
    return Optional.of(
        "All units are one layer, since "
            + UnitLevels.names("attribute", without)
            + (without.size() == 1 ? " has no number" : " have no numbers")
            + " as the others have."
            + " Maybe name the layers with -layers, which leaves out other attributes.");
  }

  private static Map<String, List<Integer>> allUnits(Instances data) {
    return Map.of(
        ALL,
        IntStream.range(0, data.numAttributes())
            .filter(i -> i != data.classIndex())
            .boxed()
            .toList());
  }

  /**
   * The layers in the names of the units, if every unit has a number that counts on from 0 or 1 in
   * its layer, and there are several layers; else all units are one layer.
   */
  private static Map<String, List<Integer>> numberedLayers(Instances data) {
    Map<String, List<Integer>> units = new LinkedHashMap<>();
    Map<String, Integer> next = new HashMap<>();
    for (int i = 0; i < data.numAttributes(); i++) {
      if (i != data.classIndex()) {
        Matcher matcher = NUMBERED_UNIT.matcher(data.attribute(i).name());
        if (!matcher.matches()) {
          return oneLayer(data);
        }
        String layer = matcher.group(1);
        int number = Integer.parseInt(matcher.group(2));
        int expected = next.getOrDefault(layer, number <= 1 ? number : -1);
        if (number != expected) {
          return oneLayer(data);
        }
        next.put(layer, number + 1);
        units.computeIfAbsent(layer, name -> new ArrayList<>()).add(i);
      }
    }
    return units.size() > 1 ? units : oneLayer(data);
  }

  /** All units as one layer, called what their names have in common, as the window calls it. */
  private static Map<String, List<Integer>> oneLayer(Instances data) {
    Map<String, List<Integer>> all = allUnits(data);
    List<Integer> units = all.values().iterator().next();
    for (String regex : LAYER_PATTERNS) {
      Pattern pattern = Pattern.compile(regex);
      List<String> names =
          units.stream()
              .map(unit -> pattern.matcher(data.attribute(unit).name()))
              .map(matcher -> matcher.matches() ? matcher.group(1) : "")
              .distinct()
              .toList();
      if (units.size() > 1 && names.size() == 1 && !names.get(0).isEmpty()) {
        return Map.of(names.get(0), units);
      }
    }
    return all;
  }

  private Map<String, List<Integer>> matchedLayers(Instances data) {
    Map<String, List<Integer>> units = new LinkedHashMap<>();
    UserRegex pattern = UserRegex.compile("layers", layers);
    for (int i = 0; i < data.numAttributes(); i++) {
      if (i != data.classIndex()) {
        Optional<String> layer = pattern.captured(data.attribute(i).name());
        if (layer.isPresent()) {
          units.computeIfAbsent(layer.get(), name -> new ArrayList<>()).add(i);
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
    return units;
  }

  /** Units by group, counted from 0 within the layer; every unit alone if no groups are given. */
  public List<int[]> groupsOf(String layer, int unitCount) {
    if (groups.isEmpty()) {
      return IntStream.range(0, unitCount).mapToObj(unit -> new int[] {unit}).toList();
    }
    CoarseGraining partition;
    try {
      partition = CoarseGraining.parse(groups, unitCount);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          String.format(
              "%s%nLayer \"%s\" has %d units.",
              String.valueOf(e.getMessage())
                  .replace("(" + groups + ")", "(-groups " + groups + ")"),
              layer,
              unitCount),
          e);
    }
    return partition.groups().stream()
        .map(group -> group.stream().mapToInt(Integer::intValue).toArray())
        .toList();
  }
}
