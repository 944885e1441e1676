package weka.attributeSelection;

import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import nnpid.command.SchemeCommand;
import nnpid.distribution.JointDistribution;
import nnpid.estimation.SubsetBackbones;
import nnpid.estimation.SubsetMerit;
import nnpid.estimation.SubsetMerits;
import nnpid.estimation.SubsetScore;
import nnpid.execution.Execution;
import nnpid.weka.EnumEditor;
import nnpid.weka.UnitQuantizer;
import weka.core.Instances;
import weka.core.OptionMetadata;

/**
 * Evaluator of subsets of units by what a partial information decomposition says about their
 * information about the class.
 *
 * <p>Every subset is decomposed on its own, as if there were no other units. Subsets of up to 5
 * units are exact. The accessible information and the complexity of larger ones are estimated under
 * shared exclusions, unless they have few realizations, with common random numbers, so that
 * comparisons between subsets are not noise: see {@link SubsetBackbones}. The other merits are
 * exact for subsets of any size.
 */
public class PidSubsetEval extends PidEvaluation implements SubsetEvaluator {

  private static final long serialVersionUID = -7419036852104617365L;

  /** What makes a subset good. */
  public enum Merit {
    /** The information, discounted by how many units must be read together. */
    ACCESSIBLE,
    /** The mutual information with the class. */
    INFORMATION,
    /** What only all units of the subset tell together. */
    SYNERGY,
    /** What each unit of the subset tells. */
    REDUNDANCY,
    /** Minus the representational complexity. */
    COMPLEXITY;

    private SubsetMerit merit() {
      return SubsetMerit.valueOf(name());
    }

    @Override
    public String toString() {
      return merit().toString();
    }
  }

  static {
    EnumEditor.register(List.of(Merit.class));
  }

  /** Merits of more subsets than this are computed again when needed. */
  private static final int MOST_CACHED = 1_000_000;

  private Merit merit = Merit.ACCESSIBLE;
  private double minimumShare = SubsetMerits.USUAL_SHARE;
  private int replicates = SubsetMerits.USUAL_REPLICATES;

  private transient volatile Layer layer; // null until built
  private String description = "";
  private String warnings = "";

  public String globalInfo() {
    return "Evaluates subsets of units (attributes) by a partial information decomposition (PID) of"
        + " their information about the class: how much of it can be accessed, how much is synergy"
        + " of exactly these units or redundant in all of them, or how many units must be read"
        + " together on average (minus the representational complexity). Numeric attributes are"
        + " quantized first. Exact for up to 5 units; for larger subsets the accessible information"
        + " and the complexity are estimated with common random numbers, unless they have few"
        + " realizations; the other merits are exact."
        + " Works with any subset search.\n\n"
        + "For more information see:\n\n"
        + getTechnicalInformation();
  }

  @OptionMetadata(
      displayName = "Merit",
      description =
          "What makes a subset good: accessible, the sum of Pi_k / k, which is its information in"
              + " bits discounted by how many units must be read together to get at it; information,"
              + " all that it tells about the class, in bits; synergy, what only all of its units"
              + " tell together, in bits; redundancy, what each of its units tells, in bits; or"
              + " complexity, minus its representational complexity, if it has the minimum share of"
              + " the information.",
      commandLineParamName = "M",
      displayOrder = 1)
  public Merit getMerit() {
    return merit;
  }

  public void setMerit(Merit merit) {
    this.merit = merit;
  }

  @OptionMetadata(
      displayName = "Minimum share",
      description =
          "For the merit complexity: the least share of the information of all units that a subset"
              + " must have, from 0 to 1. Subsets with a smaller share are worse than any other, the"
              + " more so the smaller it is.",
      commandLineParamName = "share",
      displayOrder = 2)
  public double getMinimumShare() {
    return minimumShare;
  }

  public void setMinimumShare(double minimumShare) {
    if (!(minimumShare >= 0 && minimumShare <= 1)) {
      throw new IllegalArgumentException(
          "The minimum share (" + minimumShare + ") must be from 0 to 1.");
    }
    this.minimumShare = minimumShare;
  }

  @OptionMetadata(
      displayName = "Number of replicates",
      description =
          "How many replicates the accessible information and the complexity of subsets of more"
              + " than 5 units are estimated from, rounded up to batches of 16, two at least. The"
              + " standard error shrinks with their square root.",
      commandLineParamName = "replicates",
      displayOrder = 3)
  public int getReplicates() {
    return replicates;
  }

  public void setReplicates(int replicates) {
    if (replicates < 1) {
      throw new IllegalArgumentException(
          "The number of replicates (" + replicates + ") must be at least 1.");
    }
    this.replicates = replicates;
  }

  @Override
  public void buildEvaluator(Instances data) throws Exception {
    UnitQuantizer.Counted counted = count(data);
    JointDistribution distribution = counted.distribution();
    Layer built =
        new Layer(data.classAttribute().name(), sourceIndices(data), distribution, settings());
    layer = built;
    description = built.describe();
    warnings = describe(counted.warnings());
  }

  private SubsetMerits.Settings settings() {
    return new SubsetMerits.Settings(
        merit.merit(), minimumShare, measure(), getValues(), replicates, getSeed());
  }

  /** What was built, with the options as they are now: nothing that others have led to is kept. */
  private synchronized Layer layer() {
    Layer current = layer;
    if (current == null) {
      throw new IllegalStateException("The evaluator must be built first.");
    }
    if (!current.merits.settings().equals(settings())) {
      current = new Layer(current.target, current.sources, current.distribution, settings());
      layer = current;
      description = current.describe();
    }
    return current;
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
    return score(subset).value();
  }

  /**
   * The merit of a subset with its standard error.
   *
   * @throws InterruptedException if the thread is interrupted
   */
  SubsetScore score(BitSet subset) throws InterruptedException {
    Layer current = layer();
    SubsetScore cached = current.cache.get(subset);
    if (cached != null) {
      return cached;
    }
    int[] members =
        subset.stream()
            .filter(attribute -> attribute < current.sources.length)
            .map(attribute -> current.sources[attribute])
            .filter(source -> source >= 0)
            .toArray();
    // One thread: searches evaluate one subset after the other, and small ones are fast.
    Execution execution =
        current.merits.takesLong(members.length) ? execution() : Execution.sequential();
    SubsetScore computed;
    try {
      computed = current.merits.of(members, execution);
    } catch (CancellationException e) {
      throw stopped(e);
    }
    if (current.cache.size() < MOST_CACHED) {
      current.cache.put((BitSet) subset.clone(), computed);
    }
    return computed;
  }

  @Override
  public void clean() {
    layer = null;
  }

  @Override
  public String toString() {
    if (layer != null) {
      layer(); // the description follows the options
    }
    if (description.isEmpty()) {
      return "PID subset evaluator that has not been built yet.\n";
    }
    Layer current = layer;
    List<SubsetScore> estimates =
        current == null
            ? List.of()
            : current.cache.values().stream().filter(score -> !score.exact()).toList();
    if (estimates.isEmpty()) {
      return description + warnings;
    }
    double largest = estimates.stream().mapToDouble(SubsetScore::standardError).max().orElseThrow();
    return description
        + "\tSubsets of more than 5 units: %d estimated, %s.%n"
            .formatted(
                estimates.size(),
                largest > 0
                    ? "with standard errors up to " + number(largest, 4)
                    : "with unknown errors, since all draws agree")
        + warnings;
  }

  /** What the evaluator was built from, and what has been evaluated since. */
  private static final class Layer {
    private final String target;
    private final int[] sources; // of every attribute, -1 for the class
    private final JointDistribution distribution;
    private final SubsetMerits merits;
    private final Map<BitSet, SubsetScore> cache = new ConcurrentHashMap<>();

    Layer(
        String target,
        int[] sources,
        JointDistribution distribution,
        SubsetMerits.Settings settings) {
      this.target = target;
      this.sources = sources;
      this.distribution = distribution;
      this.merits = new SubsetMerits(distribution, settings);
    }

    String describe() {
      SubsetMerits.Settings settings = merits.settings();
      return String.format(
          Locale.ROOT,
          "\tPartial information decomposition, merit: %s%s%n"
              + "\tMeasure: %s. I(%s; %d units) = %s bits.%n%s",
          settings.merit().description(),
          settings.merit() == SubsetMerit.COMPLEXITY
              ? String.format(
                  Locale.ROOT,
                  ", of subsets with %.0f%% of the information",
                  100 * settings.minimumShare())
              : "",
          settings.measure().description(),
          target,
          distribution.sourceCount(),
          number(merits.information(), 4),
          PidEvaluation.describe(settings.values()));
    }
  }

  /**
   * Evaluates the attributes of a data set from the command line.
   *
   * @param args the options
   */
  public static void main(String[] args) {
    SchemeCommand.run(new PidSubsetEval(), args);
  }
}
