package weka.attributeSelection;

import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import nnpid.command.SchemeCommand;
import nnpid.decomposition.Measure;
import nnpid.decomposition.Values;
import nnpid.distribution.WeightMeaning;
import nnpid.execution.Execution;
import nnpid.weka.Citation;
import nnpid.weka.EnumEditor;
import nnpid.weka.SchemeOptions;
import nnpid.weka.UnitQuantizer;
import org.jspecify.annotations.Nullable;
import weka.core.Capabilities;
import weka.core.Capabilities.Capability;
import weka.core.Instances;
import weka.core.Option;
import weka.core.OptionHandler;
import weka.core.OptionMetadata;
import weka.core.Randomizable;
import weka.core.RevisionUtils;
import weka.core.TechnicalInformation;
import weka.core.TechnicalInformationHandler;
import weka.core.ThreadSafe;
import weka.core.Utils;
import weka.core.WeightedInstancesHandler;
import weka.filters.Filter;
import weka.filters.unsupervised.attribute.QuantizeActivations;

/**
 * What the evaluators by partial information decomposition have in common: how attributes become
 * sources, the redundancy measure, threads and seed.
 *
 * <p>Numeric attributes are quantized by a filter, nominal ones are taken as they are. Instances
 * count by their weights, those without a class not at all.
 */
public abstract class PidEvaluation extends ASEvaluation
    implements OptionHandler,
        Randomizable,
        TechnicalInformationHandler,
        ThreadSafe,
        WeightedInstancesHandler {

  private static final long serialVersionUID = 2270414390162358621L;

  /** The redundancy measures that are defined for any number of units. */
  public enum Redundancy {
    /** Shared exclusions. */
    SX,
    /** The least specific information. */
    MIN,
    /** The least mutual information. */
    MMI;

    private Measure measure() {
      return Measure.valueOf(name());
    }

    @Override
    public String toString() {
      return measure().id();
    }
  }

  static {
    EnumEditor.register(List.of(Redundancy.class, Values.class));
  }

  /** What a standard error is shown as if nothing is known of it. */
  static final String UNKNOWN_ERROR = "?";

  private static final double ROUNDING_ERRORS = 1e-12;

  private Measure measure = Measure.SX;
  private @Nullable Values values = Values.PLUG_IN; // null where saved before there was a choice
  private Filter quantizer = new QuantizeActivations();
  private boolean dropMissing;
  private int threads;
  private int seed = 1;

  @Override
  public TechnicalInformation getTechnicalInformation() {
    return Citation.REPRESENTATIONAL_COMPLEXITY.technicalInformation();
  }

  @Override
  public Capabilities getCapabilities() {
    Capabilities result = super.getCapabilities();
    result.disableAll();
    result.enable(Capability.NUMERIC_ATTRIBUTES);
    result.enable(Capability.NOMINAL_ATTRIBUTES);
    result.enable(Capability.MISSING_VALUES);
    result.enable(Capability.NOMINAL_CLASS);
    result.enable(Capability.MISSING_CLASS_VALUES);
    return result;
  }

  @Override
  public Enumeration<Option> listOptions() {
    return SchemeOptions.list(this);
  }

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
      displayName = "Measure",
      description =
          "What counts as redundant: shared exclusions (sx, the measure of the paper), the least"
              + " specific information (min, Williams and Beer), or the least mutual information"
              + " (mmi).",
      commandLineParamName = "measure",
      displayOrder = 10)
  public Redundancy getMeasure() {
    return Redundancy.valueOf(measure.name());
  }

  public void setMeasure(Redundancy redundancy) {
    measure = redundancy.measure();
  }

  @OptionMetadata(
      displayName = "Values",
      description =
          "What merits are about: plug-in, the sample, exactly; or corrected for the bias of the"
              + " sample, that is, where it comes from. Corrected values need the measure sx and"
              + " whole numbers as weights; they may be negative.",
      commandLineParamName = "values",
      displayOrder = 11)
  public Values getValues() {
    return values == null ? Values.PLUG_IN : values;
  }

  public void setValues(Values values) {
    this.values = values;
  }

  @OptionMetadata(
      displayName = "Quantizer",
      description =
          "The filter that makes numeric attributes nominal; it must keep their number. Nominal"
              + " attributes are taken as they are.",
      commandLineParamName = "Q",
      displayOrder = 12)
  public Filter getQuantizer() {
    return quantizer;
  }

  public void setQuantizer(Filter quantizer) {
    this.quantizer = quantizer;
  }

  @OptionMetadata(
      displayName = "Drop missing",
      description =
          "Whether instances with a missing value in any attribute are left out; otherwise missing"
              + " is one more level of the attribute. Instances without a class are always left"
              + " out.",
      commandLineParamName = "drop-missing",
      commandLineParamIsFlag = true,
      displayOrder = 13)
  public boolean getDropMissing() {
    return dropMissing;
  }

  public void setDropMissing(boolean dropMissing) {
    this.dropMissing = dropMissing;
  }

  @OptionMetadata(
      displayName = "Number of threads",
      description = "Number of threads, 0 for all processors; it does not change the results.",
      commandLineParamName = "threads",
      displayOrder = 14)
  public int getThreads() {
    return threads;
  }

  public void setThreads(int threads) {
    Execution.requireThreadCount(threads);
    this.threads = threads;
  }

  @Override
  @OptionMetadata(
      displayName = "Seed",
      description =
          "Seed of all random numbers: the same data, options and seed give the same results.",
      commandLineParamName = "S",
      displayOrder = 15)
  public int getSeed() {
    return seed;
  }

  @Override
  public void setSeed(int seed) {
    this.seed = seed;
  }

  @Override
  public String getRevision() {
    return RevisionUtils.extract("$Revision: 1 $");
  }

  /** Evaluates the attributes of a file; errors are sentences. */
  @Override
  public void run(Object evaluator, String[] options) {
    SchemeCommand.run((ASEvaluation) evaluator, options);
  }

  final Measure measure() {
    return measure;
  }

  final Execution execution() {
    return Execution.ofThreads(threads);
  }

  /**
   * The sources, in the order of the attributes without the class, and the class; with what makes
   * the levels doubtful.
   */
  final UnitQuantizer.Counted count(Instances data) throws Exception {
    if (!getDoNotCheckCapabilities()) {
      UnitQuantizer.requireAttributes(getCapabilities(), data);
    }
    getCapabilities().testWithFail(data);
    UnitQuantizer.Counted counted = UnitQuantizer.of(quantizer).count(data, dropMissing);
    if (getValues() == Values.CORRECTED && counted.weightMeaning() != WeightMeaning.COUNTS) {
      throw new IllegalArgumentException(
          "The values (-values corrected) must go with numbers of samples as weights: weights are"
              + " not whole numbers.\nMaybe leave out -values, or remove the weights.");
    }
    return counted;
  }

  /** Of what kind the values are, if they are not the usual ones: a line. */
  static String describe(Values values) {
    return values == Values.PLUG_IN ? "" : "\tValues: " + values.description() + ".\n";
  }

  /**
   * A number for people: so many decimals, or three significant digits where these would show
   * little of it. What is left of a zero by rounding errors is shown as zero.
   */
  static String number(double value, int decimals) {
    double size = Math.abs(value);
    if (size < ROUNDING_ERRORS) {
      return String.format(Locale.ROOT, "%." + decimals + "f", 0.0);
    }
    return String.format(
        Locale.ROOT, size < Math.pow(10, 1 - decimals) ? "%.3g" : "%." + decimals + "f", value);
  }

  /** An estimate for people. It is not exact because all draws agree: its error is then unknown. */
  static String estimate(double value, double standardError, int decimals) {
    return number(value, decimals)
        + " +- "
        + (standardError > 0 ? number(standardError, 4) : UNKNOWN_ERROR);
  }

  /** Warnings, a line each. */
  static String describe(List<String> warnings) {
    return warnings.stream()
        .map(warning -> "\tWarning: " + warning + "\n")
        .collect(Collectors.joining());
  }

  /** For every attribute the index of its source; -1 for the class. */
  static int[] sourceIndices(Instances data) {
    return IntStream.range(0, data.numAttributes())
        .map(i -> i == data.classIndex() ? -1 : i < data.classIndex() ? i : i - 1)
        .toArray();
  }

  /** Weka stops work by interrupting it, and expects this exception in turn. */
  static InterruptedException stopped(CancellationException e) {
    InterruptedException interrupted = new InterruptedException(e.getMessage());
    interrupted.initCause(e);
    return interrupted;
  }
}
