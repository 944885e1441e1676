package weka.attributeSelection;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Vector;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;
import nnpid.decomposition.Backbone;
import nnpid.distribution.JointDistribution;
import nnpid.estimation.ExtremeAtoms;
import nnpid.estimation.SubsetBackbones;
import nnpid.execution.Execution;
import nnpid.weka.UnitQuantizer;
import weka.core.Instances;
import weka.core.Option;
import weka.core.SelectedTag;
import weka.core.Tag;
import weka.core.Utils;

/**
 * Evaluator of subsets of units by what a partial information decomposition says about their
 * information about the class.
 *
 * <p>Every subset is decomposed on its own, as if there were no other units. Subsets of up to 6
 * units are exact. The accessible information and the complexity of larger ones are estimated under
 * shared exclusions, with common random numbers, so that comparisons between subsets are not noise:
 * see {@link SubsetBackbones}. The other merits are exact for subsets of any size.
 */
public class PidSubsetEval extends PidEvaluation implements SubsetEvaluator {

  private static final long serialVersionUID = -7419036852104617365L;

  private enum Merit {
    ACCESSIBLE("accessible", "accessible information, sum of Pi_k / k"),
    INFORMATION("information", "information of the subset"),
    SYNERGY("synergy", "synergy: what only all of the subset tell together"),
    REDUNDANCY("redundancy", "redundancy: what each of the subset tells"),
    COMPLEXITY("complexity", "minus the representational complexity");

    private final String id;
    private final String description;

    Merit(String id, String description) {
      this.id = id;
      this.description = description;
    }
  }

  /** The merits of a subset. */
  public static final Tag[] TAGS_MERIT =
      Arrays.stream(Merit.values())
          .map(merit -> new Tag(merit.ordinal(), merit.id, merit.description, false))
          .toArray(Tag[]::new);

  private static final double DEFAULT_SHARE = 0.9;
  private static final int DEFAULT_REPLICATES = 512;

  /** Merits of more subsets than this are computed again when needed. */
  private static final int MOST_CACHED = 1_000_000;

  private Merit merit = Merit.ACCESSIBLE;
  private double minimumShare = DEFAULT_SHARE;
  private int replicates = DEFAULT_REPLICATES;

  private transient Layer layer; // null until built
  private String description = "";

  public String globalInfo() {
    return "Evaluates subsets of units (attributes) by a partial information decomposition (PID) of"
        + " their information about the class: how much of it can be accessed, how much is synergy"
        + " of exactly these units or redundant in all of them, or how many units must be read"
        + " together on average (minus the representational complexity). Numeric attributes are"
        + " quantized first. Exact for up to 6 units; for larger subsets the accessible information"
        + " and the complexity are estimated with common random numbers, the other merits exact."
        + " Works with any subset search.\n\n"
        + "For more information see:\n\n"
        + getTechnicalInformation();
  }

  @Override
  public Enumeration<Option> listOptions() {
    Vector<Option> options = new Vector<>();
    options.add(
        new Option(
            "\tMerit of a subset:\n"
                + "\taccessible = sum of Pi_k / k, the information in bits, discounted by how"
                + " many\n"
                + "\t  units must be read together to get at it,\n"
                + "\tinformation = I(class; subset) in bits,\n"
                + "\tsynergy = what only all units of the subset together tell, in bits,\n"
                + "\tredundancy = what each of its units tells, in bits,\n"
                + "\tcomplexity = minus the representational complexity of the subset, if it has"
                + " the\n"
                + "\t  share -share of the information of all units.\n"
                + "\t(default: accessible)",
            "M",
            1,
            "-M <accessible|information|synergy|redundancy|complexity>"));
    options.add(
        new Option(
            "\tcomplexity: least share of the information of all units, 0 to 1.\n\t(default: "
                + DEFAULT_SHARE
                + ")",
            "share",
            1,
            "-share <number>"));
    options.add(
        new Option(
            "\tReplicates to estimate subsets of more than 6 units from.\n\t(default: "
                + DEFAULT_REPLICATES
                + ")",
            "replicates",
            1,
            "-replicates <number>"));
    options.addAll(Collections.list(super.listOptions()));
    return options.elements();
  }

  /**
   * Sets all options; those not given get their default.
   *
   * <p>Valid options are:
   *
   * <pre>
   *  -M &lt;accessible|information|synergy|redundancy|complexity&gt;
   *   Merit of a subset.
   *   (default: accessible)
   *
   *  -share &lt;number&gt;
   *   complexity: least share of the information of all units, 0 to 1.
   *   (default: 0.9)
   *
   *  -replicates &lt;number&gt;
   *   Replicates to estimate subsets of more than 6 units from.
   *   (default: 512)
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
    String text = Utils.getOption("share", options);
    try {
      setMinimumShare(text.isEmpty() ? DEFAULT_SHARE : Double.parseDouble(text));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "The minimum share (-share %s) must be a number.".formatted(text), e);
    }
    setReplicates(
        parseInt(
            "number of replicates",
            "-replicates",
            Utils.getOption("replicates", options),
            DEFAULT_REPLICATES));
    super.setOptions(options);
  }

  @Override
  public String[] getOptions() {
    List<String> options = new ArrayList<>();
    Collections.addAll(options, "-M", merit.id);
    Collections.addAll(options, "-share", "" + minimumShare, "-replicates", "" + replicates);
    Collections.addAll(options, super.getOptions());
    return options.toArray(String[]::new);
  }

  /** The merit of subsets. */
  public SelectedTag getMerit() {
    return new SelectedTag(merit.ordinal(), TAGS_MERIT);
  }

  /** Sets the merit of subsets. */
  public void setMerit(SelectedTag tag) {
    if (tag.getTags() == TAGS_MERIT) {
      merit = Merit.values()[tag.getSelectedTag().getID()];
    }
  }

  /** Tip text of this property. */
  public String meritTipText() {
    return "What makes a subset good: the information that can be accessed, discounted by how many"
        + " units must be read together (accessible); all its information; what only all of its"
        + " units tell together (synergy); what each of them tells (redundancy); or a low"
        + " representational complexity (complexity).";
  }

  /** The least share of the information of all units for the merit complexity. */
  public double getMinimumShare() {
    return minimumShare;
  }

  /**
   * Sets the least share of the information of all units for the merit complexity.
   *
   * @throws IllegalArgumentException if it is not from 0 to 1
   */
  public void setMinimumShare(double minimumShare) {
    if (!(minimumShare >= 0 && minimumShare <= 1)) {
      throw new IllegalArgumentException(
          "The minimum share (-share " + minimumShare + ") must be from 0 to 1.");
    }
    this.minimumShare = minimumShare;
  }

  /** Tip text of this property. */
  public String minimumShareTipText() {
    return "For the merit complexity: subsets with a smaller share of the information of all units"
        + " are worse than any other, the more so the smaller it is.";
  }

  /** The number of replicates that estimates rest on. */
  public int getReplicates() {
    return replicates;
  }

  /**
   * Sets the number of replicates that estimates rest on.
   *
   * @throws IllegalArgumentException if it is not positive
   */
  public void setReplicates(int replicates) {
    if (replicates < 1) {
      throw new IllegalArgumentException(
          "The number of replicates (-replicates " + replicates + ") must be at least 1.");
    }
    this.replicates = replicates;
  }

  /** Tip text of this property. */
  public String replicatesTipText() {
    return "How many replicates the accessible information and the complexity of subsets of more"
        + " than 6 units are estimated from, rounded up to batches of 16, two at least. The"
        + " standard error shrinks with their square root.";
  }

  @Override
  public void buildEvaluator(Instances data) throws Exception {
    UnitQuantizer.Counted counted = count(data);
    JointDistribution distribution = counted.distribution();
    layer =
        new Layer(
            sourceIndices(data),
            distribution.mutualInformation(),
            new SubsetBackbones(distribution, measure(), replicates, getSeed()),
            new ConcurrentHashMap<>());
    description =
        String.format(
                Locale.ROOT,
                "\tPartial information decomposition, merit: %s%s%n"
                    + "\tMeasure: %s. I(%s; %d units) = %.4f bits.%n",
                merit.description,
                merit == Merit.COMPLEXITY
                    ? String.format(
                        Locale.ROOT,
                        ", of subsets with %.0f%% of the information",
                        100 * minimumShare)
                    : "",
                measure().description(),
                data.classAttribute().name(),
                distribution.sourceCount(),
                distribution.mutualInformation())
            + describe(counted.warnings());
  }

  /**
   * The merit of a subset, as {@link #getMerit()} says; 0 for the empty one, but for the merit
   * complexity.
   *
   * @param subset attribute indices; the class is passed over
   * @throws IllegalStateException if the evaluator has not been built, or was saved since
   * @throws InterruptedException if the thread is interrupted
   */
  @Override
  public double evaluateSubset(BitSet subset) throws Exception {
    if (layer == null) {
      throw new IllegalStateException("The evaluator must be built first.");
    }
    Evaluation cached = layer.cache.get(subset);
    if (cached != null) {
      return cached.value;
    }
    int[] sources =
        subset.stream()
            .filter(attribute -> attribute < layer.sources.length)
            .map(attribute -> layer.sources[attribute])
            .filter(source -> source >= 0)
            .toArray();
    Evaluation computed;
    try {
      computed = evaluate(sources);
    } catch (CancellationException e) {
      throw stopped(e);
    }
    if (layer.cache.size() < MOST_CACHED) {
      layer.cache.put((BitSet) subset.clone(), computed);
    }
    return computed.value;
  }

  private Evaluation evaluate(int[] sources) {
    if (sources.length == 0) {
      return new Evaluation(merit == Merit.COMPLEXITY ? infeasible(0) : 0, 0);
    }
    // One thread: searches evaluate one subset after the other, and small ones are fast.
    Execution execution =
        layer.backbones.isEstimated(sources.length) ? execution() : Execution.sequential();
    return switch (merit) {
      case ACCESSIBLE -> estimate(sources, Backbone::discountedInformation, execution);
      case INFORMATION -> new Evaluation(layer.backbones.subset(sources).mutualInformation(), 0);
      case SYNERGY ->
          new Evaluation(
              ExtremeAtoms.synergy(layer.backbones.subset(sources), measure(), execution), 0);
      case REDUNDANCY ->
          new Evaluation(
              ExtremeAtoms.redundancy(layer.backbones.subset(sources), measure(), execution()), 0);
      case COMPLEXITY -> {
        double information = layer.backbones.subset(sources).mutualInformation();
        // Rounding must not exclude the set of all units.
        boolean feasible =
            information > Backbone.NO_INFORMATION
                && information >= minimumShare * layer.information - Backbone.NO_INFORMATION;
        yield feasible
            ? estimate(sources, backbone -> -backbone.representationalComplexity(), execution)
            : new Evaluation(infeasible(information), 0);
      }
    };
  }

  private Evaluation estimate(
      int[] sources, ToDoubleFunction<Backbone> quantity, Execution execution) {
    SubsetBackbones.Estimate estimate = layer.backbones.of(sources, execution);
    return new Evaluation(
        quantity.applyAsDouble(estimate.backbone()), estimate.standardError(quantity));
  }

  /** Worse than minus any complexity, which is at most about the number of units. */
  private double infeasible(double information) {
    int units = layer.sources.length - 1;
    double share =
        layer.information > Backbone.NO_INFORMATION ? information / layer.information : 0;
    return -(units + 1) - (1 - share);
  }

  @Override
  public void clean() {
    layer = null;
  }

  @Override
  public String toString() {
    if (description.isEmpty()) {
      return "PID subset evaluator that has not been built yet.\n";
    }
    double largest =
        layer == null
            ? 0
            : layer.cache.values().stream().mapToDouble(Evaluation::standardError).max().orElse(0);
    return largest == 0
        ? description
        : description
            + String.format(
                Locale.ROOT,
                "\tSubsets of more than 6 units are estimated: standard error up to %.4f.%n",
                largest);
  }

  /** What the evaluator was built from. */
  private static final class Layer {
    private final int[] sources; // of every attribute, -1 for the class
    private final double information; // of all units about the class
    private final SubsetBackbones backbones;
    private final Map<BitSet, Evaluation> cache;

    Layer(
        int[] sources,
        double information,
        SubsetBackbones backbones,
        Map<BitSet, Evaluation> cache) {
      this.sources = sources;
      this.information = information;
      this.backbones = backbones;
      this.cache = cache;
    }
  }

  /** Value and standard error of a merit. */
  private record Evaluation(double value, double standardError) {}

  /**
   * Evaluates the attributes of a data set from the command line.
   *
   * @param args the options
   */
  public static void main(String[] args) {
    runEvaluator(new PidSubsetEval(), args);
  }
}
