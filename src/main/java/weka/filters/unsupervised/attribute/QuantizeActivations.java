package weka.filters.unsupervised.attribute;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Enumeration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Pattern;
import nnpid.analysis.UnitLevels;
import nnpid.command.SchemeCommand;
import nnpid.distribution.ActivationNoise;
import nnpid.distribution.LevelRules;
import nnpid.distribution.LimitRule;
import nnpid.distribution.Quantizer;
import nnpid.distribution.Quantizer.Rounding;
import nnpid.distribution.UniformDraws;
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
import weka.core.SparseInstance;
import weka.core.TechnicalInformation;
import weka.core.TechnicalInformationHandler;
import weka.core.Utils;
import weka.core.WeightedAttributesHandler;
import weka.core.WeightedInstancesHandler;
import weka.filters.Filter;
import weka.filters.UnsupervisedFilter;

/**
 * Filter that quantizes numeric attributes, such as the activations of the units of a neural
 * network, into a few nominal levels.
 *
 * <p>The values of the new attributes are the level indices, written "0", "1", ... up to the number
 * of levels minus one, lowest activation first, whether or not a level occurs in the data. Name and
 * weight of an attribute stay. The class, dates and all attributes that are not numeric or not in
 * the range pass through unchanged; missing values stay missing.
 *
 * <p>Unless limits are given, each attribute gets its own from its values in the first batch, see
 * {@link LimitRule}; later batches are quantized with the same limits and saturate. An attribute
 * that is constant in the first batch has level 0 from then on, and one without any value in the
 * first batch becomes missing throughout, since there is no scale for it.
 *
 * <p>Instances that do not count set no limits: those of weight 0 and, if a class is set, those
 * without a class, unless all are. So data that are quantized before an analysis get the same
 * levels as in it. That is all the filter looks at the class for.
 *
 * <p>Stochastic rounding draws one random number per row and selected attribute, also where the
 * value is missing, so a missing value does not change the levels of others. The stream of random
 * numbers starts at {@link #setInputFormat} and goes on over all later batches: the same data in
 * the same order with the same options give the same levels. Limits given in advance let every row
 * pass at once, without waiting for the end of the first batch.
 *
 * <p>The options in force when {@link #setInputFormat} is called count for all batches. Cost is
 * linear in the number of values.
 *
 * @see Quantizer
 * @see <a href="https://arxiv.org/abs/2209.10438">Ehrlich, Schneider, Priesemann, Wibral and Makkeh
 *     (2023)</a>
 */
public class QuantizeActivations extends Filter
    implements UnsupervisedFilter,
        UnitQuantizer.ByAttribute,
        Randomizable,
        TechnicalInformationHandler,
        WeightedAttributesHandler,
        WeightedInstancesHandler {

  private static final long serialVersionUID = 5308127649217436021L;

  static {
    EnumEditor.register(List.of(Rounding.class));
  }

  // Each level becomes a value of a nominal attribute; more is a slip of the keyboard.
  private static final int MOST_LEVELS = 65_536;

  private static final Pattern RANGE_PART =
      Pattern.compile(
          "(first|last|0*[1-9]\\d*)(-(first|last|0*[1-9]\\d*))?", Pattern.CASE_INSENSITIVE);

  private int levels = 8;
  private Rounding rounding = Rounding.CENTER_SATURATING;
  private String limits = "auto";
  private final Range range = new Range("first-last");
  private int seed = 1;
  private double noise;

  // What follows belongs to the data whose format was set last; options changed since do not count.

  private int levelsInUse;
  private Rounding roundingInUse;
  private LimitRule limitsInUse = LimitRule.AUTO;

  // Ascending.
  private int[] attributeIndices = {};

  // One for each of attributeIndices; null as a whole until the first batch is complete, null for a
  // single attribute that had no value in the first batch.
  private Quantizer[] quantizers;

  private Random random;
  private ActivationNoise noiseInUse; // null in filters of older versions
  private long rowCount; // of all batches
  private int instanceNumber;

  public String globalInfo() {
    return "Quantizes numeric attributes, such as the activations of the units of a neural"
        + " network, into a few nominal levels. The class is never changed. Limits are taken"
        + " from the first batch, from the activation function, or given; values outside get"
        + " the outermost levels. The values of the new attributes are the indices of the"
        + " levels, from 0. Gaussian noise can be added before. Instances of weight 0 set no limits and, if a class is set, neither do"
        + " those without a class, unless none has one; they are quantized like the others.\n\n"
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
    result.enableAllClasses();
    result.enable(Capability.MISSING_CLASS_VALUES);
    result.enable(Capability.NO_CLASS);
    result.setMinimumNumberInstances(0);
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

  /** Without noise they are what they were before there was any, in commands and reports, too. */
  @Override
  public String[] getOptions() {
    return SchemeOptions.getWithout(this, noise > 0 ? List.of() : List.of("noise"));
  }

  @OptionMetadata(
      displayName = "Number of levels",
      description = "Number of levels, 2 to " + MOST_LEVELS + ".",
      commandLineParamName = "L",
      displayOrder = 1)
  public int getLevels() {
    return levels;
  }

  /**
   * Sets the number of levels.
   *
   * @throws IllegalArgumentException if there are fewer than 2 or more than 65,536
   */
  public void setLevels(int levels) {
    if (levels < 2 || levels > MOST_LEVELS) {
      throw new IllegalArgumentException(
          "The number of levels (%s) must be at least 2 and at most %s: each is a nominal value."
              .formatted(levels, MOST_LEVELS));
    }
    this.levels = levels;
  }

  @OptionMetadata(
      displayName = "Rounding",
      description =
          "How values are rounded to levels: to the nearest level, the limits being the outermost"
              + " levels (center-saturating); to the level below or above at random, so that the"
              + " mean is the value itself (stochastic); or into bins of the same width"
              + " (equal-width).",
      commandLineParamName = "rounding",
      displayOrder = 2)
  public Rounding getRounding() {
    return rounding;
  }

  public void setRounding(Rounding rounding) {
    this.rounding = requireNonNull(rounding, "rounding");
  }

  @OptionMetadata(
      displayName = "Limits",
      description =
          "Limits between which the levels lie; values outside get the outermost levels. One of"
              + " auto (lowest and highest value of each attribute in the first batch, but for up"
              + " to 1% of the values at either end that lie more than 10 times as far out as the"
              + " others spread), data (lowest and highest value), percentile:P (but for P percent"
              + " at either end), tanh (-1,1), sigmoid (0,1), or two numbers with a comma between"
              + " them, such as 0,6.",
      commandLineParamName = "limits",
      commandLineParamSynopsis = "auto|data|percentile:P|tanh|sigmoid|lo,hi",
      displayOrder = 3)
  public String getLimits() {
    return limits;
  }

  /**
   * Sets the limits, as {@link LimitRule#parse} takes them.
   *
   * @throws IllegalArgumentException if it does not
   */
  public void setLimits(String limits) {
    String trimmed = limits.trim();
    LimitRule.parse(trimmed);
    this.limits = trimmed;
  }

  @OptionMetadata(
      displayName = "Range of attributes",
      description =
          "Range of attributes to quantize, counted from 1, such as first-3,5,last. Of these, only"
              + " numeric attributes other than the class are quantized.",
      commandLineParamName = "R",
      commandLineParamSynopsis = "col1,col2-col4,...",
      displayOrder = 4)
  public String getAttributeIndices() {
    return range.getRanges();
  }

  /**
   * Sets the range of attributes to quantize, counted from 1, such as {@code first-3,5,last}; an
   * empty one has no attribute.
   *
   * @throws IllegalArgumentException if the text is not a list of ranges; whether the data have
   *     these attributes is checked by {@link #setInputFormat}
   */
  public void setAttributeIndices(String attributeIndices) {
    Range parsed = new Range(attributeIndices);
    for (String part : parsed.getRanges().split(",", -1)) {
      if (!part.isEmpty() && !RANGE_PART.matcher(part).matches()) {
        throw new IllegalArgumentException(
            ("The range of attributes (%s) must be a list of indices and ranges from 1: \"%s\" is"
                    + " neither.\nMaybe use first-last.")
                .formatted(attributeIndices, part));
      }
    }
    range.setRanges(attributeIndices);
  }

  @OptionMetadata(
      displayName = "Invert the range",
      description = "Whether to quantize the attributes outside the range instead of those in it.",
      commandLineParamName = "V",
      commandLineParamIsFlag = true,
      displayOrder = 5)
  public boolean getInvertSelection() {
    return range.getInvert();
  }

  public void setInvertSelection(boolean invertSelection) {
    range.setInvert(invertSelection);
  }

  @Override
  @OptionMetadata(
      displayName = "Seed",
      description =
          "Seed of the random numbers of the stochastic rounding, and of the noise; without them it"
              + " is ignored.",
      commandLineParamName = "S",
      displayOrder = 6)
  public int getSeed() {
    return seed;
  }

  @Override
  public void setSeed(int seed) {
    this.seed = seed;
  }

  @OptionMetadata(
      displayName = "Noise",
      description =
          "Standard deviation of Gaussian noise that is added to every value before it becomes a"
              + " level, for units that are not quantized; 0 adds none."
              + " Limits are those of the values without noise, so that levels are the same for any"
              + " noise. The noise depends on the seed, the instance and the attribute's name.",
      commandLineParamName = "noise",
      displayOrder = 7)
  public double getNoise() {
    return noise;
  }

  /**
   * Sets the standard deviation of the noise; 0 adds none.
   *
   * @throws IllegalArgumentException if it is negative or not finite
   */
  public void setNoise(double noise) {
    this.noise = new ActivationNoise(noise, seed).deviation();
  }

  /**
   * What an attribute was quantized with, including its limits; empty if the attribute passes
   * through unchanged, if limits are still to be learned, or if the first batch had no value of it.
   *
   * @param attributeIndex index from 0
   */
  public Optional<Quantizer> quantizer(int attributeIndex) {
    int k = Arrays.binarySearch(attributeIndices, attributeIndex);
    return quantizers == null || k < 0 ? Optional.empty() : Optional.ofNullable(quantizers[k]);
  }

  @Override
  public Optional<UnitLevels.Limits> limits(int attributeIndex) {
    return quantizer(attributeIndex)
        .map(found -> new UnitLevels.Limits(found.low(), found.high(), limitsInUse));
  }

  @Override
  public LevelRules rules() {
    return new LevelRules(levels, rounding, LimitRule.parse(limits), seed, noise);
  }

  @Override
  public int[] quantized(Instances header) {
    // Attribute.isNumeric() would let dates in.
    return InstancesBridge.inRange(
        range, header, attribute -> attribute.type() == Attribute.NUMERIC);
  }

  /**
   * Sets the format of the data and forgets limits learned from earlier data.
   *
   * @return true, since the output format does not depend on the data
   * @throws IllegalArgumentException if the data do not have all attributes of the range, or there
   *     is noise but no numeric attribute in it
   */
  @Override
  public boolean setInputFormat(Instances format) throws Exception {
    super.setInputFormat(format);
    levelsInUse = levels;
    roundingInUse = rounding;
    attributeIndices = quantized(format);
    limitsInUse = LimitRule.parse(limits);
    quantizers = null;
    if (limitsInUse instanceof LimitRule.Given given) {
      quantizers = new Quantizer[attributeIndices.length];
      Arrays.fill(quantizers, new Quantizer(levelsInUse, given.low(), given.high(), roundingInUse));
    }
    random = new Random(UniformDraws.generatorSeed(seed));
    noiseInUse = new ActivationNoise(noise, seed);
    rowCount = 0;
    if (noise > 0 && attributeIndices.length == 0) {
      throw new IllegalArgumentException(UnitQuantizer.nothingToAddNoiseTo(noise));
    }
    setOutputFormat(outputHeader(format));
    return true;
  }

  private Instances outputHeader(Instances format) {
    List<String> levelNames = new ArrayList<>(levelsInUse);
    for (int level = 0; level < levelsInUse; level++) {
      levelNames.add("" + level);
    }
    Attribute quantized = new Attribute("quantized", levelNames);
    ArrayList<Attribute> attributes = new ArrayList<>(format.numAttributes());
    for (int i = 0; i < format.numAttributes(); i++) {
      Attribute old = format.attribute(i);
      if (Arrays.binarySearch(attributeIndices, i) < 0) {
        attributes.add((Attribute) old.copy());
      } else {
        // Copies share their values, which matters with many units.
        Attribute copy = quantized.copy(old.name());
        copy.setWeight(old.weight());
        attributes.add(copy);
      }
    }
    Instances header = new Instances(format.relationName(), attributes, 0);
    header.setClassIndex(format.classIndex());
    return header;
  }

  /**
   * Takes a row: quantizes it if the limits are known, else keeps it for {@link #batchFinished}.
   *
   * @throws IllegalArgumentException if a selected attribute is infinite
   */
  @Override
  public boolean input(Instance instance) throws Exception {
    requireInputFormat();
    throwIfInterrupted();
    if (m_NewBatch) {
      resetQueue();
      m_NewBatch = false;
      instanceNumber = 0;
    }
    if (quantizers == null) {
      bufferInput(instance);
      return false;
    }
    pushQuantized(instance, ++instanceNumber);
    return true;
  }

  /**
   * Ends the batch; if it was the first and limits are automatic, learns them and quantizes it.
   *
   * @throws IllegalArgumentException if a selected attribute is infinite
   */
  @Override
  public boolean batchFinished() throws Exception {
    requireInputFormat();
    throwIfInterrupted();
    if (quantizers == null) {
      Instances batch = getInputFormat();
      quantizers = learnQuantizers(batch);
      for (int row = 0; row < batch.numInstances(); row++) {
        if ((row & 0xFF) == 0) {
          throwIfInterrupted();
        }
        pushQuantized(batch.instance(row), row + 1);
      }
      flushInput();
    }
    m_NewBatch = true;
    m_FirstBatchDone = true;
    return numPendingOutput() != 0;
  }

  private void requireInputFormat() {
    if (getInputFormat() == null) {
      throw new IllegalStateException("No input instance format defined");
    }
  }

  private static void throwIfInterrupted() throws InterruptedException {
    if (Thread.currentThread().isInterrupted()) {
      throw new InterruptedException("Quantizing was interrupted.");
    }
  }

  private Quantizer[] learnQuantizers(Instances batch) throws InterruptedException {
    List<Instance> counting = counting(batch);
    double[] weights = counting.stream().mapToDouble(Instance::weight).toArray();
    boolean weighted = Arrays.stream(weights).distinct().count() > 1;
    LevelRules inUse = new LevelRules(levelsInUse, roundingInUse, limitsInUse, seed, noise);
    Quantizer[] learned = new Quantizer[attributeIndices.length];
    double[] values = new double[counting.size()];
    double[] theirWeights = new double[weighted ? values.length : 0];
    for (int k = 0; k < learned.length; k++) {
      throwIfInterrupted();
      int count = 0;
      for (int row = 0; row < values.length; row++) {
        double value = counting.get(row).value(attributeIndices[k]);
        if (!Utils.isMissingValue(value)) {
          if (Double.isInfinite(value)) {
            requireFinite(value, attributeIndices[k], batch.indexOf(counting.get(row)) + 1);
          }
          values[count] = value;
          if (weighted) {
            theirWeights[count] = weights[row];
          }
          count++;
        }
      }
      if (count > 0) {
        learned[k] =
            inUse.quantizer(
                inputFormatPeek().attribute(attributeIndices[k]).name(),
                limitsInUse.of(
                    Arrays.copyOf(values, count),
                    Arrays.copyOf(theirWeights, weighted ? count : 0)));
      }
    }
    return learned;
  }

  /** The instances that set limits. */
  private static List<Instance> counting(Instances batch) {
    List<Instance> weighing = batch.stream().filter(row -> row.weight() > 0).toList();
    if (batch.classIndex() < 0) {
      return weighing;
    }
    List<Instance> labeled = weighing.stream().filter(row -> !row.classIsMissing()).toList();
    return labeled.isEmpty() ? weighing : labeled;
  }

  private void requireFinite(double value, int attributeIndex, int number) {
    if (Double.isInfinite(value)) {
      throw new IllegalArgumentException(
          ("Attribute \"%s\" has %s at instance %s: activations must be finite.\n"
                  + "Maybe the network diverged; remove the instance or set the value to missing.")
              .formatted(inputFormatPeek().attribute(attributeIndex).name(), value, number));
    }
  }

  private void pushQuantized(Instance instance, int number) {
    double[] values = instance.toDoubleArray();
    boolean draws = roundingInUse == Rounding.STOCHASTIC;
    long row = rowCount++;
    for (int k = 0; k < attributeIndices.length; k++) {
      double uniform = draws ? random.nextDouble() : 0;
      int i = attributeIndices[k];
      if (!Utils.isMissingValue(values[i])) {
        requireFinite(values[i], i, number);
        values[i] =
            quantizers[k] == null
                ? Utils.missingValue()
                : quantizers[k].quantize(noisy(values[i], i, row), uniform);
      }
    }
    Instance result =
        instance instanceof SparseInstance
            ? new SparseInstance(instance.weight(), values)
            : new DenseInstance(instance.weight(), values);
    copyValues(result, false, instance.dataset(), outputFormatPeek());
    push(result, false);
  }

  private double noisy(double value, int attributeIndex, long row) {
    return noiseInUse == null || !noiseInUse.isAdded()
        ? value
        : noiseInUse.of(inputFormatPeek().attribute(attributeIndex).name()).addTo(value, row);
  }

  /** Number of levels, rounding and, once known, the limits of each quantized attribute. */
  @Override
  public String toString() {
    if (getInputFormat() == null) {
      return "Quantization into %s levels, %s, no data yet\n".formatted(levels, rounding);
    }
    StringBuilder text = new StringBuilder();
    text.append("Quantization into %s levels, %s\n".formatted(levelsInUse, roundingInUse));
    if (noiseInUse != null && noiseInUse.isAdded()) {
      text.append(noiseInUse.description()).append('\n');
    }
    if (quantizers == null) {
      return text.append("Limits follow from the first batch, which is not complete.\n").toString();
    }
    for (int k = 0; k < quantizers.length; k++) {
      text.append(inputFormatPeek().attribute(attributeIndices[k]).name()).append(": ");
      Quantizer quantizer = quantizers[k];
      if (quantizer == null) {
        text.append("no value in the first batch, all missing");
      } else {
        text.append("%s to %s".formatted(quantizer.low(), quantizer.high()));
        if (quantizer.low() == quantizer.high()) {
          text.append(", constant, always level 0");
        }
      }
      text.append('\n');
    }
    return text.toString();
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
    QuantizeActivations filter = new QuantizeActivations();
    filter.run(filter, args);
  }
}
