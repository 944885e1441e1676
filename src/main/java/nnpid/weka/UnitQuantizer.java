package nnpid.weka;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import nnpid.analysis.UnitLevels;
import nnpid.distribution.JointDistribution;
import nnpid.distribution.LevelRules;
import nnpid.distribution.LimitRule;
import nnpid.distribution.Quantizer.Rounding;
import nnpid.distribution.SampledDistribution;
import nnpid.distribution.WeightMeaning;
import nnpid.weka.InstancesBridge.MissingValues;
import weka.core.Attribute;
import weka.core.Capabilities;
import weka.core.Instances;
import weka.core.Randomizable;
import weka.core.UnsupportedAttributeTypeException;
import weka.core.Utils;
import weka.filters.Filter;

/**
 * Makes numeric units nominal by a filter, and counts units into distributions. The filter is
 * copied for every use. Immutable, as long as nobody changes the filter.
 */
public final class UnitQuantizer {
  /** A filter that can say between which limits it quantizes. */
  public interface Limiting {
    /**
     * The limits of an attribute's levels; empty if the attribute is not quantized, or they are not
     * known.
     *
     * @param attributeIndex index from 0
     */
    Optional<UnitLevels.Limits> limits(int attributeIndex);
  }

  /**
   * A filter that quantizes every attribute by itself, so that its rules do for activations that
   * are never instances.
   */
  public interface ByAttribute extends Limiting {
    /** The rules as they are set. */
    LevelRules rules();

    /** Indices of the attributes that are quantized, ascending. */
    int[] quantized(Instances header);
  }

  /** Where there is nothing to quantize, no filter is asked. */
  private static final LevelRules UNUSED =
      new LevelRules(2, Rounding.CENTER_SATURATING, LimitRule.AUTO, 0, 0);

  private final Filter filter;
  private final Optional<Integer> seed;

  private UnitQuantizer(Filter filter, Optional<Integer> seed) {
    this.filter = requireNonNull(filter, "filter");
    this.seed = seed;
  }

  /** Quantizes by a filter as it is. */
  public static UnitQuantizer of(Filter filter) {
    return new UnitQuantizer(filter, Optional.empty());
  }

  /** The same with another seed, where the filter has one. */
  public UnitQuantizer withSeed(int newSeed) {
    return new UnitQuantizer(filter, Optional.of(newSeed));
  }

  /**
   * The filter of a class name and options.
   *
   * @throws IllegalArgumentException if it is none, or does not take the options
   */
  public static Filter parseFilter(String specification) {
    return Specification.parse(Filter.class, "quantizer", specification);
  }

  /**
   * Checks the types of all attributes but the class; Weka's own check does not name the attribute.
   *
   * @throws UnsupportedAttributeTypeException if a scheme cannot use one
   */
  public static void requireAttributes(Capabilities capabilities, Instances data)
      throws UnsupportedAttributeTypeException {
    for (int i = 0; i < data.numAttributes(); i++) {
      Attribute attribute = data.attribute(i);
      if (i != data.classIndex() && !capabilities.test(attribute)) {
        throw new UnsupportedAttributeTypeException(
            String.format(
                "Attribute \"%s\" must be numeric or nominal: it is of type %s.%n"
                    + "Maybe remove it with weka.filters.unsupervised.attribute.Remove -R %d.",
                attribute.name(), Attribute.typeToString(attribute), i + 1));
      }
    }
  }

  /** What {@link #quantize} does to data, for people: the filter, if it is needed. */
  public String describe(Instances data) {
    if (!isNeeded(data)) {
      return "none, all sources are nominal";
    }
    String noise =
        filter instanceof ByAttribute rules
            ? withSeed(rules.rules()).activationNoise().description()
            : "";
    return Utils.toCommandLine(filter) + (noise.isEmpty() ? "" : "; " + noise);
  }

  private LevelRules withSeed(LevelRules set) {
    return set.withSeed(seed.orElse(set.seed()));
  }

  /** What is said where noise is wanted and all units are nominal. */
  public static String nothingToAddNoiseTo(double noise) {
    return "The noise (%s) must be added to activations: no attribute to quantize is numeric.\n"
            .formatted(noise)
        + "Maybe the units are quantized already; leave the noise out then.";
  }

  private void requireActivations() {
    if (filter instanceof ByAttribute rules && rules.rules().noise() > 0) {
      throw new IllegalArgumentException(nothingToAddNoiseTo(rules.rules().noise()));
    }
  }

  private static boolean isNeeded(Instances data) {
    return numeric(data).length > 0;
  }

  /** Indices of the attributes that become levels: the numeric ones, the class excepted. */
  static int[] numeric(Instances data) {
    return IntStream.range(0, data.numAttributes())
        .filter(i -> i != data.classIndex() && data.attribute(i).isNumeric())
        .toArray();
  }

  /**
   * Data whose numeric attributes have been quantized, the class excepted.
   *
   * @param instances the quantized data; the original if there was nothing to quantize
   * @param original the data before
   * @param counting indices of the instances that count
   * @param filter what they were quantized with, and later data can be; empty if there was nothing
   *     to quantize
   * @param givenLimits whether the filter had learned its limits from other data
   */
  public record Quantized(
      Instances instances,
      Instances original,
      BitSet counting,
      Optional<Filter> filter,
      boolean givenLimits) {
    /** What makes the levels of all attributes doubtful, as sentences. */
    public List<String> warnings() {
      return UnitLevels.warnings(units(sources(original)));
    }

    /** How units became levels: those of the attributes that were numeric and have any value. */
    public List<UnitLevels> units(int... attributes) {
      return Arrays.stream(attributes)
          .filter(i -> original.attribute(i).isNumeric() && instances.attribute(i).isNominal())
          .mapToObj(this::unit)
          .flatMap(Optional::stream)
          .toList();
    }

    private Optional<UnitLevels> unit(int attribute) {
      int[] rows =
          counting.stream()
              .filter(row -> !original.instance(row).isMissing(attribute))
              .filter(row -> !instances.instance(row).isMissing(attribute))
              .toArray();
      return rows.length == 0
          ? Optional.empty()
          : Optional.of(
              UnitLevels.of(
                  original.attribute(attribute).name(),
                  limits(attribute),
                  instances.attribute(attribute).numValues(),
                  Arrays.stream(rows)
                      .mapToDouble(row -> original.instance(row).value(attribute))
                      .toArray(),
                  Arrays.stream(rows)
                      .map(row -> (int) instances.instance(row).value(attribute))
                      .toArray(),
                  Arrays.stream(rows).mapToDouble(row -> original.instance(row).weight()).toArray(),
                  filter.orElse(null) instanceof ByAttribute rules ? rules.rules().noise() : 0));
    }

    private Optional<UnitLevels.Limits> limits(int attribute) {
      Optional<UnitLevels.Limits> limits =
          filter.orElse(null) instanceof Limiting limiting
              ? limiting.limits(attribute)
              : Optional.empty();
      return givenLimits
          ? limits
              .filter(one -> one.low() < one.high())
              .map(one -> new LimitRule.Given(one.low(), one.high()))
              .map(given -> new UnitLevels.Limits(given.low(), given.high(), given))
          : limits;
    }
  }

  /**
   * The rules by which all numeric attributes but the class are quantized, if they are all that
   * counts: no other filter has to see the data.
   */
  public Optional<LevelRules> rules(Instances header) {
    int[] numeric = numeric(header);
    if (numeric.length == 0) {
      requireActivations();
      return Optional.of(UNUSED);
    }
    if (!(filter instanceof ByAttribute rules)) {
      return Optional.empty();
    }
    LevelRules set = rules.rules();
    return Arrays.equals(rules.quantized(header), numeric)
        ? Optional.of(withSeed(set))
        : Optional.empty();
  }

  /** The same, where it is known already which instances count. */
  public Quantized quantize(Instances data, BitSet counting) throws Exception {
    InstancesBridge.requireCountable(data);
    if (!isNeeded(data)) {
      requireActivations();
      return new Quantized(data, data, counting, Optional.empty(), false);
    }
    Filter copy = Filter.makeCopy(filter);
    if (seed.isPresent() && copy instanceof Randomizable randomizable) {
      randomizable.setSeed(seed.get());
    }
    Instances quantized;
    try {
      copy.setInputFormat(data);
      quantized = Filter.useFilter(some(data, counting), copy);
      if (quantized.numInstances() != data.numInstances()) {
        // The first batch has set the limits; these hold for any other.
        quantized = Filter.useFilter(data, copy);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("The computation was stopped.");
    }
    if (quantized.numAttributes() != data.numAttributes()
        || quantized.classIndex() != data.classIndex()) {
      throw new IllegalArgumentException(
          String.format(
              "The quantizer (-Q %s) must keep the attributes: %d became %d.",
              Utils.toCommandLine(filter), data.numAttributes(), quantized.numAttributes()));
    }
    return new Quantized(quantized, data, counting, Optional.of(copy), false);
  }

  /**
   * Quantizes by a filter that has learned its limits from other data with the same attributes.
   *
   * @param learned is copied: it may serve several threads
   * @throws CancellationException if the filter is interrupted
   * @throws Exception if the filter fails
   */
  public static Quantized quantizeBy(Filter learned, Instances data, BitSet counting)
      throws Exception {
    InstancesBridge.requireCountable(data);
    Filter copy = Filter.makeCopy(learned);
    try {
      return new Quantized(Filter.useFilter(data, copy), data, counting, Optional.of(copy), true);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("The computation was stopped.");
    }
  }

  private static Instances some(Instances data, BitSet rows) {
    if (rows.isEmpty() || rows.cardinality() == data.numInstances()) {
      return data;
    }
    Instances some = new Instances(data, rows.cardinality());
    rows.stream().mapToObj(data::instance).forEach(some::add);
    return some;
  }

  /**
   * Quantizes the numeric attributes, the class excepted. All instances are quantized, but only
   * those that count set limits.
   *
   * @param dropMissing whether instances with a missing value do not count
   * @throws IllegalArgumentException if there is no nominal class or nothing to count, values or
   *     weights are not finite, or the filter does not keep the attributes
   * @throws CancellationException if the filter is interrupted
   * @throws Exception if the filter fails
   */
  public Quantized quantize(Instances data, boolean dropMissing) throws Exception {
    InstancesBridge.requireInstances(data);
    InstancesBridge.requireNominalClass(data);
    return quantize(data, InstancesBridge.counting(data, sources(data), missing(dropMissing)));
  }

  private static int[] sources(Instances data) {
    return IntStream.range(0, data.numAttributes()).filter(i -> i != data.classIndex()).toArray();
  }

  private static MissingValues missing(boolean drop) {
    return drop ? MissingValues.DROP : MissingValues.LEVEL;
  }

  /**
   * Sources and target of data, and what makes the levels doubtful.
   *
   * @param distribution all attributes but the class as sources, in their order, and the class
   * @param weightMeaning what the weights of the instances were taken for
   * @param warnings sentences
   */
  public record Counted(
      JointDistribution distribution, WeightMeaning weightMeaning, List<String> warnings) {
    /** Makes the list immutable. */
    public Counted {
      warnings = List.copyOf(warnings);
    }
  }

  /**
   * The distribution of all attributes but the class, and the class. Instances that do not count
   * (see {@link InstancesBridge}) set no limits of levels either.
   *
   * @param dropMissing whether instances with a missing value are left out; else missing is a level
   * @throws IllegalArgumentException if there is no nominal class, no other attribute, nothing to
   *     count, or an attribute is neither numeric nor nominal
   * @throws Exception if the filter fails
   */
  public Counted count(Instances data, boolean dropMissing) throws Exception {
    Quantized quantized = quantize(data, dropMissing);
    int[] sources = sources(data);
    if (sources.length == 0) {
      throw new IllegalArgumentException(
          "The data must have an attribute beside the class \""
              + data.classAttribute().name()
              + "\": there is none.");
    }
    SampledDistribution samples =
        InstancesBridge.count(
                quantized.instances(),
                sources,
                missing(dropMissing),
                Optional.empty(),
                WeightMeaning.AUTO)
            .samples();
    return new Counted(samples.distribution(), samples.weightMeaning(), quantized.warnings());
  }
}
