package weka.attributeSelection;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.Vector;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import nnpid.command.SchemeCommand;
import nnpid.decomposition.SourceInformation;
import nnpid.distribution.JointDistribution;
import nnpid.estimation.SourceContribution;
import nnpid.weka.UnitQuantizer;
import org.apache.commons.math3.util.CombinatoricsUtils;
import weka.core.Instances;
import weka.core.Option;
import weka.core.SelectedTag;
import weka.core.Tag;
import weka.core.Utils;

/**
 * Evaluator that ranks units by what a partial information decomposition says about their
 * information about the class.
 *
 * <p>Six merits are computed for every unit, in bits, and shown in one table; one of them ranks.
 * See {@link SourceInformation} and {@link
 * nnpid.decomposition.PartialInformationDecomposition#shares()} for their definitions. In layers
 * wider than a context the first four are means over random contexts.
 */
public class PidAttributeEval extends PidEvaluation implements AttributeEvaluator {

  private static final long serialVersionUID = 6106573224094351862L;

  private enum Merit {
    SHARE("share", "share of the unit in the information"),
    UNIQUE("unique", "unique information"),
    REDUNDANT("redundant", "redundant information"),
    SYNERGISTIC("synergistic", "synergistic information"),
    MUTUAL_INFORMATION("mutualInformation", "mutual information"),
    VULNERABILITY("vulnerability", "vulnerability: what is lost without it");

    private final String id;
    private final String description;

    Merit(String id, String description) {
      this.id = id;
      this.description = description;
    }
  }

  /** The merits of a unit. */
  public static final Tag[] TAGS_MERIT =
      Arrays.stream(Merit.values())
          .map(merit -> new Tag(merit.ordinal(), merit.id, merit.description, false))
          .toArray(Tag[]::new);

  private static final int DEFAULT_CONTEXT_SIZE = 5;
  private static final int DEFAULT_CONTEXTS = 10;

  private Merit merit = Merit.SHARE;
  private int contextSize = DEFAULT_CONTEXT_SIZE;
  private int contexts = DEFAULT_CONTEXTS;
  private boolean wholeLayer;

  // What the evaluator has been built from; saved with it, so that it still tells its table.
  private int[] sources = {}; // of every attribute, -1 for the class
  private double[][]
      merits = {}; // of every kind, first in contexts, then in the layer; of every source
  private String table = "";

  public String globalInfo() {
    return "Ranks units (attributes) by the part they have in the information about the class,"
        + " according to a partial information decomposition (PID) with shared exclusions."
        + " The merit is the unit's share in all information, or its unique, redundant or"
        + " synergistic information, its mutual information with the class, or what is lost"
        + " without it. Numeric attributes are quantized first. Layers wider than a context"
        + " (5 units) are seen in random contexts, and the standard error is shown; mutual"
        + " information and vulnerability are exact for any number of units. Use it with"
        + " Ranker.\n\n"
        + "For more information see:\n\n"
        + getTechnicalInformation();
  }

  @Override
  public Enumeration<Option> listOptions() {
    Vector<Option> options = new Vector<>();
    options.add(
        new Option(
            "\tMerit of a unit, in bits:\n"
                + "\tshare = its part of every atom: atoms are split evenly over their source\n"
                + "\t  sets, sets evenly over their members,\n"
                + "\tunique = what only the unit tells, and on its own,\n"
                + "\tredundant = what it tells on its own and other units tell too,\n"
                + "\tsynergistic = what it tells only together with others, and they not without"
                + " it,\n"
                + "\tmutualInformation = what it tells on its own: unique + redundant,\n"
                + "\tvulnerability = what is lost without it: unique + synergistic.\n"
                + "\t(default: share)",
            "M",
            1,
            "-M <share|unique|redundant|synergistic|mutualInformation|vulnerability>"));
    options.add(
        new Option(
            "\tUnits that are decomposed together, 2 to 6: layers with no more are exact;\n"
                + "\t6 takes seconds to minutes per context.\n\t(default: "
                + DEFAULT_CONTEXT_SIZE
                + ")",
            "context-size",
            1,
            "-context-size <number>"));
    options.add(
        new Option(
            "\tRandom contexts per unit in wider layers, at least 2.\n\t(default: "
                + DEFAULT_CONTEXTS
                + ")",
            "contexts",
            1,
            "-contexts <number>"));
    options.add(
        new Option(
            "\tUnique, redundant and synergistic among all units of the layer, exact for any\n"
                + "\tnumber of them, instead of means over contexts.",
            "whole-layer",
            0,
            "-whole-layer"));
    options.addAll(Collections.list(super.listOptions()));
    return options.elements();
  }

  /**
   * Sets all options; those not given get their default.
   *
   * <p>Valid options are:
   *
   * <pre>
   *  -M &lt;share|unique|redundant|synergistic|mutualInformation|vulnerability&gt;
   *   Merit of a unit, in bits.
   *   (default: share)
   *
   *  -context-size &lt;number&gt;
   *   Units that are decomposed together, 2 to 6.
   *   (default: 5)
   *
   *  -contexts &lt;number&gt;
   *   Random contexts per unit in wider layers, at least 2.
   *   (default: 10)
   *
   *  -whole-layer
   *   Unique, redundant and synergistic among all units of the layer.
   *
   *  -measure &lt;sx|min|mmi&gt;
   *   Redundancy measure.
   *   (default: sx)
   *
   *  -Q &lt;filter&gt;
   *   Filter, with its options, that quantizes numeric attributes.
   *   (default: weka.filters.unsupervised.attribute.QuantizeActivations)
   *
   *  -drop-missing
   *   Leave out instances with a missing value.
   *
   *  -threads &lt;number&gt;
   *   Number of threads, 0 for all processors.
   *   (default: 0)
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
    merit = Merit.values()[parseTag("merit", "-M", Utils.getOption('M', options), TAGS_MERIT)];
    setContextSize(
        parseInt(
            "context size",
            "-context-size",
            Utils.getOption("context-size", options),
            DEFAULT_CONTEXT_SIZE));
    setContexts(
        parseInt(
            "number of contexts",
            "-contexts",
            Utils.getOption("contexts", options),
            DEFAULT_CONTEXTS));
    setWholeLayer(Utils.getFlag("whole-layer", options));
    super.setOptions(options);
  }

  @Override
  public String[] getOptions() {
    List<String> options = new ArrayList<>();
    Collections.addAll(options, "-M", merit.id);
    Collections.addAll(options, "-context-size", "" + contextSize, "-contexts", "" + contexts);
    if (wholeLayer) {
      options.add("-whole-layer");
    }
    Collections.addAll(options, super.getOptions());
    return options.toArray(String[]::new);
  }

  /** The merit that ranks. */
  public SelectedTag getMerit() {
    return new SelectedTag(merit.ordinal(), TAGS_MERIT);
  }

  /** Sets the merit that ranks. */
  public void setMerit(SelectedTag tag) {
    if (tag.getTags() == TAGS_MERIT) {
      merit = Merit.values()[tag.getSelectedTag().getID()];
    }
  }

  /** Tip text of this property. */
  public String meritTipText() {
    return "What ranks the units: their share in all information, what only they tell (unique),"
        + " what others tell too (redundant), what they tell only together with others"
        + " (synergistic), what they tell on their own (mutual information), or what is lost"
        + " without them (vulnerability).";
  }

  /** How many units are decomposed together. */
  public int getContextSize() {
    return contextSize;
  }

  /**
   * Sets how many units are decomposed together.
   *
   * @throws IllegalArgumentException if it is not from 2 to 6
   */
  public void setContextSize(int contextSize) {
    if (contextSize < 2 || contextSize > 6) {
      throw new IllegalArgumentException(
          ("The context size (-context-size %d) must be from 2 to 6: already 7 units have"
                  + " 2,414,682,040,996 atoms.")
              .formatted(contextSize));
    }
    this.contextSize = contextSize;
  }

  /** Tip text of this property. */
  public String contextSizeTipText() {
    return "How many units are decomposed together, 2 to 6. Layers with no more units are exact; in"
        + " wider ones units are seen in random contexts of this size. 6 takes seconds to minutes"
        + " per context, and 200 MB.";
  }

  /** The number of random contexts per unit. */
  public int getContexts() {
    return contexts;
  }

  /**
   * Sets the number of random contexts per unit.
   *
   * @throws IllegalArgumentException if it is less than 2
   */
  public void setContexts(int contexts) {
    if (contexts < 2) {
      throw new IllegalArgumentException(
          "The number of contexts (-contexts %d) must be at least 2: fewer have no standard error."
              .formatted(contexts));
    }
    this.contexts = contexts;
  }

  /** Tip text of this property. */
  public String contextsTipText() {
    return "How many random contexts every unit of a wide layer is seen in; the standard error"
        + " shrinks with their square root.";
  }

  /** Whether unique, redundant and synergistic are those in the whole layer. */
  public boolean getWholeLayer() {
    return wholeLayer;
  }

  /** Sets whether unique, redundant and synergistic are those in the whole layer. */
  public void setWholeLayer(boolean wholeLayer) {
    this.wholeLayer = wholeLayer;
  }

  /** Tip text of this property. */
  public String wholeLayerTipText() {
    return "Whether unique, redundant and synergistic mean among all units of the layer (exact for"
        + " any number of units; in wide layers hardly anything is unique) rather than among"
        + " those of random contexts. The share always needs contexts.";
  }

  @Override
  public void buildEvaluator(Instances data) throws Exception {
    UnitQuantizer.Counted counted = count(data);
    JointDistribution distribution = counted.distribution();
    List<SourceContribution> contributions;
    try {
      contributions =
          SourceContribution.ofSources(
              distribution, measure(), contextSize, contexts, getSeed(), execution());
    } catch (CancellationException e) {
      throw stopped(e);
    }
    sources = sourceIndices(data);
    // All of them: the one that ranks may still be changed.
    merits =
        Stream.of(false, true)
            .flatMap(
                layer ->
                    Arrays.stream(Merit.values()).map(one -> merits(one, layer, contributions)))
            .toArray(double[][]::new);
    table = describe(data, distribution, contributions, describe(counted.warnings()));
  }

  private static double[] merits(
      Merit merit, boolean wholeLayer, List<SourceContribution> contributions) {
    return contributions.stream()
        .mapToDouble(
            contribution -> {
              SourceInformation ranked =
                  wholeLayer ? contribution.inLayer() : contribution.inContext();
              return switch (merit) {
                case SHARE -> contribution.share();
                case UNIQUE -> ranked.unique();
                case REDUNDANT -> ranked.redundant();
                case SYNERGISTIC -> ranked.synergistic();
                case MUTUAL_INFORMATION -> contribution.inLayer().mutualInformation();
                case VULNERABILITY -> contribution.inLayer().vulnerability();
              };
            })
        .toArray();
  }

  /**
   * The merit of a unit, in bits: the one that is set now.
   *
   * @throws IllegalStateException if the evaluator has not been built
   * @throws IllegalArgumentException if the attribute is the class or there is none
   */
  @Override
  public double evaluateAttribute(int attribute) {
    if (merits.length == 0) {
      throw new IllegalStateException("The evaluator must be built first.");
    }
    if (attribute < 0 || attribute >= sources.length || sources[attribute] < 0) {
      throw new IllegalArgumentException(
          "The attribute (index %d) must be one of the data, and not the class."
              .formatted(attribute));
    }
    return merits[(wholeLayer ? Merit.values().length : 0) + merit.ordinal()][sources[attribute]];
  }

  @Override
  public void clean() {
    merits = new double[0][];
    sources = new int[0];
  }

  @Override
  public String toString() {
    if (table.isEmpty()) {
      return "PID attribute evaluator that has not been built yet.\n";
    }
    return "\tPartial information decomposition, merit: " + merit.description + "\n" + table;
  }

  private String describe(
      Instances data,
      JointDistribution distribution,
      List<SourceContribution> contributions,
      String warnings) {
    boolean exact = contributions.get(0).contexts() == 0;
    int seen = contributions.get(0).contexts();
    boolean errors =
        !exact
            && seen
                != CombinatoricsUtils.binomialCoefficientDouble(
                    contributions.size() - 1, contextSize - 1);
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "\tMeasure: %s. I(%s; %d units) = %s bits.%n",
            measure().description(),
            data.classAttribute().name(),
            contributions.size(),
            bits(distribution.mutualInformation())));
    if (exact) {
      text.append("\tAll units together, exact; the shares add up to the information.\n");
    } else {
      text.append(
          String.format(
              Locale.ROOT,
              "\tshare, unique, redundant, synergistic: means over %s contexts of %d units per"
                  + " unit%s.%n\tMI and vulnerability: exact, in the whole layer.%n",
              errors ? seen + " random" : "all",
              contextSize,
              errors ? ", +- standard error (? where all that were drawn agree)" : ""));
    }
    text.append(warnings);
    int width =
        Math.max(4, Arrays.stream(unitNames(data)).mapToInt(String::length).max().orElse(0));
    appendTable(text, width, data, contributions, errors);
    if (!exact) {
      text.append("\n\tThe same in the whole layer, exact:\n");
      text.append(
          String.format(
              Locale.ROOT,
              "%n  %-" + width + "s %12s %12s %12s%n",
              "unit",
              "unique",
              "redundant",
              "synergistic"));
      for (int i = 0; i < contributions.size(); i++) {
        SourceInformation whole = contributions.get(i).inLayer();
        text.append(
            String.format(
                Locale.ROOT,
                "  %-" + width + "s %12s %12s %12s%n",
                unitNames(data)[i],
                bits(whole.unique()),
                bits(whole.redundant()),
                bits(whole.synergistic())));
      }
    }
    return text.toString();
  }

  private static String[] unitNames(Instances data) {
    return Collections.list(data.enumerateAttributes()).stream()
        .map(attribute -> attribute.name())
        .toArray(String[]::new);
  }

  private static void appendTable(
      StringBuilder text,
      int width,
      Instances data,
      List<SourceContribution> contributions,
      boolean errors) {
    String column = errors ? " %18s" : " %12s";
    text.append(
        String.format(
            Locale.ROOT,
            "%n  %-" + width + "s" + column.repeat(4) + " %12s %13s%n",
            "unit",
            "share",
            "unique",
            "redundant",
            "synergistic",
            "MI",
            "vulnerability"));
    String[] names = unitNames(data);
    for (int i = 0; i < names.length; i++) {
      SourceContribution c = contributions.get(i);
      SourceInformation e = c.inContextError();
      text.append(
          String.format(
              Locale.ROOT,
              "  %-" + width + "s" + column.repeat(4) + " %12s %13s%n",
              names[i],
              bits(c.share(), c.shareError(), errors),
              bits(c.inContext().unique(), e.unique(), errors),
              bits(c.inContext().redundant(), e.redundant(), errors),
              bits(c.inContext().synergistic(), e.synergistic(), errors),
              bits(c.inLayer().mutualInformation()),
              bits(c.inLayer().vulnerability())));
    }
  }

  private static String bits(double value, double error, boolean showError) {
    return showError ? estimate(value, error, 4) : bits(value);
  }

  private static String bits(double value) {
    return number(value, 4);
  }

  /**
   * Evaluates the attributes of a data set from the command line.
   *
   * @param args the options
   */
  public static void main(String[] args) {
    SchemeCommand.run(new PidAttributeEval(), args);
  }
}
