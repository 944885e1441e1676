package weka.attributeSelection;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.Vector;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import nnpid.command.SchemeCommand;
import nnpid.decomposition.Measure;
import nnpid.execution.Execution;
import nnpid.weka.UnitQuantizer;
import weka.core.Capabilities;
import weka.core.Capabilities.Capability;
import weka.core.Instances;
import weka.core.Option;
import weka.core.OptionHandler;
import weka.core.Randomizable;
import weka.core.RevisionUtils;
import weka.core.SelectedTag;
import weka.core.Tag;
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

  /** The redundancy measures, in the order of {@link Measure}, but for that of two sources. */
  public static final Tag[] TAGS_MEASURE =
      Arrays.stream(Measure.values())
          .filter(measure -> measure != Measure.BROJA)
          .map(
              measure ->
                  new Tag(
                      measure.ordinal(),
                      measure.toString(),
                      measure.toString() + ": " + measure.description(),
                      false))
          .toArray(Tag[]::new);

  /** What a standard error is shown as if nothing is known of it. */
  static final String UNKNOWN_ERROR = "?";

  private static final double ROUNDING_ERRORS = 1e-12;

  private Measure measure = Measure.SX;
  private Filter quantizer = new QuantizeActivations();
  private boolean dropMissing;
  private int threads;
  private int seed = 1;

  @Override
  public TechnicalInformation getTechnicalInformation() {
    return new QuantizeActivations().getTechnicalInformation();
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
    Vector<Option> options = new Vector<>();
    options.add(
        new Option(
            "\tRedundancy measure: sx (shared exclusions), min (Williams and Beer) or\n"
                + "\tmmi (minimum mutual information).\n\t(default: sx)",
            "measure",
            1,
            "-measure <sx|min|mmi>"));
    options.add(
        new Option(
            "\tFilter, with its options, that quantizes numeric attributes.\n\t(default: "
                + QuantizeActivations.class.getName()
                + ")",
            "Q",
            1,
            "-Q <filter>"));
    options.add(
        new Option(
            "\tLeave out instances with a missing value; without it, missing is a level of its"
                + " own.",
            "drop-missing",
            0,
            "-drop-missing"));
    options.add(
        new Option(
            "\tNumber of threads, 0 for all processors; it does not change the results.\n"
                + "\t(default: 0)",
            "threads",
            1,
            "-threads <number>"));
    options.add(new Option("\tSeed of all random numbers.\n\t(default: 1)", "S", 1, "-S <number>"));
    options.addAll(Collections.list(super.listOptions()));
    return options.elements();
  }

  @Override
  public void setOptions(String[] options) throws Exception {
    measure =
        Measure.values()[
            parseTag("measure", "-measure", Utils.getOption("measure", options), TAGS_MEASURE)];
    String text = Utils.getOption('Q', options);
    setQuantizer(text.isEmpty() ? new QuantizeActivations() : UnitQuantizer.parseFilter(text));
    setDropMissing(Utils.getFlag("drop-missing", options));
    setThreads(parseInt("number of threads", "-threads", Utils.getOption("threads", options), 0));
    setSeed(parseInt("seed", "-S", Utils.getOption('S', options), 1));
    super.setOptions(options);
    Utils.checkForRemainingOptions(options);
  }

  @Override
  public String[] getOptions() {
    List<String> options = new ArrayList<>();
    Collections.addAll(options, "-measure", measure.toString());
    Collections.addAll(options, "-Q", Utils.toCommandLine(quantizer));
    if (dropMissing) {
      options.add("-drop-missing");
    }
    Collections.addAll(options, "-threads", "" + threads, "-S", "" + seed);
    Collections.addAll(options, super.getOptions());
    return options.toArray(String[]::new);
  }

  /** A whole number; the default if the text is empty. */
  static int parseInt(String noun, String flag, String text, int defaultValue) {
    if (text.isEmpty()) {
      return defaultValue;
    }
    try {
      return Integer.parseInt(text.trim());
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "The %s (%s %s) must be an integer.".formatted(noun, flag, text), e);
    }
  }

  /** The identifier of a tag; that of the first if the text is empty. */
  static int parseTag(String noun, String flag, String text, Tag[] tags) {
    if (text.isEmpty()) {
      return tags[0].getID();
    }
    for (Tag tag : tags) {
      if (tag.getIDStr().equals(text)) {
        return tag.getID();
      }
    }
    throw new IllegalArgumentException(
        "The %s (%s %s) must be one of %s."
            .formatted(
                noun,
                flag,
                text,
                Arrays.stream(tags).map(Tag::getIDStr).collect(Collectors.joining(", "))));
  }

  /** The redundancy measure. */
  public SelectedTag getMeasure() {
    return new SelectedTag(measure.ordinal(), TAGS_MEASURE);
  }

  /** Sets the redundancy measure. */
  public void setMeasure(SelectedTag tag) {
    if (tag.getTags() == TAGS_MEASURE) {
      measure = Measure.values()[tag.getSelectedTag().getID()];
    }
  }

  /** Tip text of this property. */
  public String measureTipText() {
    return "What counts as redundant: shared exclusions (sx, the measure of the paper), the least"
        + " specific information (min), or the least mutual information (mmi).";
  }

  /** The filter that quantizes numeric attributes. */
  public Filter getQuantizer() {
    return quantizer;
  }

  /** Sets the filter that quantizes numeric attributes. */
  public void setQuantizer(Filter quantizer) {
    this.quantizer = quantizer;
  }

  /** Tip text of this property. */
  public String quantizerTipText() {
    return "The filter that makes numeric attributes nominal; it must keep their number. Nominal"
        + " attributes are taken as they are.";
  }

  /** Whether instances with a missing value are left out. */
  public boolean getDropMissing() {
    return dropMissing;
  }

  /** Sets whether instances with a missing value are left out. */
  public void setDropMissing(boolean dropMissing) {
    this.dropMissing = dropMissing;
  }

  /** Tip text of this property. */
  public String dropMissingTipText() {
    return "Whether instances with a missing value in any attribute are left out; otherwise missing"
        + " is one more level of the attribute. Instances without a class are always left out.";
  }

  /** The number of threads; 0 stands for all processors. */
  public int getThreads() {
    return threads;
  }

  /**
   * Sets the number of threads.
   *
   * @throws IllegalArgumentException if it is negative
   */
  public void setThreads(int threads) {
    if (threads < 0) {
      throw new IllegalArgumentException(
          "The number of threads (-threads " + threads + ") must not be negative.");
    }
    this.threads = threads;
  }

  /** Tip text of this property. */
  public String threadsTipText() {
    return "Number of threads, 0 for all processors. It does not change the results.";
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
    return "Seed of all random numbers: the same data, options and seed give the same results.";
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
    return Execution.ofThreads(threads == 0 ? Runtime.getRuntime().availableProcessors() : threads);
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
    return UnitQuantizer.of(quantizer).count(data, dropMissing);
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

  /**
   * An estimate for people. That all that was drawn agree does not make it exact: then its error is
   * not known.
   */
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
