package nnpid.estimation;

import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.util.function.ToDoubleFunction;
import nnpid.decomposition.Backbone;
import nnpid.decomposition.Measure;
import nnpid.decomposition.Values;
import nnpid.distribution.JointDistribution;
import nnpid.execution.Execution;

/**
 * The merits of subsets of the sources of one layer, of which each is decomposed on its own, as if
 * there were no other sources.
 *
 * <p>Accessible information and complexity of large subsets are estimated, see {@link
 * SubsetBackbones}; all else is exact. Immutable.
 */
public final class SubsetMerits implements SubsetScores {
  private static final long serialVersionUID = 1L;

  /** About how many replicates large subsets are estimated from, if nobody says otherwise. */
  public static final int USUAL_REPLICATES = 512;

  /** The share of the information that counts as enough, if nobody says otherwise. */
  public static final double USUAL_SHARE = 0.9;

  // Sent in another form, see Sent.
  private final transient JointDistribution layer;
  private final transient Settings settings;
  private final transient double information; // of all sources about the target
  private final transient SubsetBackbones backbones;

  /**
   * What merits depend on beside the layer.
   *
   * @param minimumShare for {@link SubsetMerit#COMPLEXITY}: the least share of the information of
   *     all sources that a subset must have; those with less are worse than any other
   * @param replicates of estimates of large subsets, see {@link SubsetBackbones}
   * @param seed of these
   */
  public record Settings(
      SubsetMerit merit,
      double minimumShare,
      Measure measure,
      Values values,
      int replicates,
      long seed)
      implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  /** What another machine needs; the rest follows. */
  private record Sent(JointDistribution layer, Settings settings) implements Serializable {
    private static final long serialVersionUID = 1L;

    private Object readResolve() {
      return new SubsetMerits(layer, settings);
    }
  }

  /**
   * The merits of subsets of the sources of {@code layer}.
   *
   * @throws IllegalArgumentException if there are no such values, or the measure is not for any
   *     number of sources
   */
  public SubsetMerits(JointDistribution layer, Settings settings) {
    settings.measure.requireAnyNumberOfSources();
    this.layer = layer;
    this.settings = settings;
    this.information = settings.values.mutualInformation(layer);
    this.backbones =
        new SubsetBackbones(
            layer, settings.measure, settings.values, settings.replicates, settings.seed);
  }

  private Object writeReplace() {
    return new Sent(layer, settings);
  }

  private void readObject(ObjectInputStream in) throws InvalidObjectException {
    throw new InvalidObjectException("Merits are sent in another form.");
  }

  /** What merits depend on. */
  public Settings settings() {
    return settings;
  }

  /** I(T: all sources), in bits. */
  public double information() {
    return information;
  }

  /** Whether a subset of that size takes so long that several threads are of use. */
  public boolean takesLong(int size) {
    return backbones.isEstimated(size) || settings.merit == SubsetMerit.REDUNDANCY;
  }

  @Override
  public SubsetScore of(int[] sources, Execution execution) {
    if (sources.length == 0) {
      return settings.merit == SubsetMerit.COMPLEXITY
          ? withTooLittleInformation(0)
          : SubsetScore.exact(0);
    }
    return switch (settings.merit) {
      case ACCESSIBLE -> estimate(sources, Backbone::discountedInformation, execution);
      case INFORMATION -> SubsetScore.exact(information(sources));
      case SYNERGY ->
          SubsetScore.exact(
              ExtremeAtoms.synergy(
                  backbones.subset(sources), settings.measure, settings.values, execution));
      case REDUNDANCY ->
          SubsetScore.exact(
              ExtremeAtoms.redundancy(
                  backbones.subset(sources), settings.measure, settings.values, execution));
      case COMPLEXITY -> {
        double found = information(sources);
        // Rounding must not exclude the set of all sources.
        boolean enough =
            found > Backbone.NO_INFORMATION
                && found >= settings.minimumShare * information - Backbone.NO_INFORMATION;
        yield enough
            ? estimate(sources, backbone -> -backbone.representationalComplexity(), execution)
            : withTooLittleInformation(found);
      }
    };
  }

  private double information(int[] sources) {
    return settings.values.mutualInformation(backbones.subset(sources));
  }

  private SubsetScore estimate(
      int[] sources, ToDoubleFunction<Backbone> quantity, Execution execution) {
    SubsetBackbones.Estimate estimate = backbones.of(sources, execution);
    return new SubsetScore(
        quantity.applyAsDouble(estimate.backbone()),
        estimate.isExact(),
        estimate.standardError(quantity),
        true);
  }

  /** Worse than minus any complexity, which is at most about the number of sources. */
  private SubsetScore withTooLittleInformation(double found) {
    double share = information > Backbone.NO_INFORMATION ? found / information : 0;
    return new SubsetScore(-(layer.sourceCount() + 1) - (1 - share), true, 0, false);
  }
}
