package nnpid.decomposition;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import nnpid.distribution.JointDistribution;
import nnpid.execution.Execution;
import nnpid.lattice.UpSetFamily;

/**
 * Mutual information by degree of synergy: &Pi;_k is the information for which k sources must be
 * read together, the sum of all atoms whose smallest source set has k sources. In bits; under I_sx
 * the informative and misinformative parts are not negative, their differences may be.
 *
 * <p>From it follows the <em>representational complexity</em> of Ehrlich et al.: C = &Sigma; k
 * &Pi;_k / I(T:S). Immutable.
 *
 * @see <a href="https://openreview.net/forum?id=R8TU3pfzFr">Ehrlich, Schneider, Priesemann, Wibral
 *     and Makkeh (TMLR 2023)</a>
 */
public final class Backbone implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Mutual information up to this many bits counts as none: complexity is then undefined. */
  public static final double NO_INFORMATION = 1e-9;

  private final double mutualInformation;
  private final double[] information;
  private final double[] informative; // NaN where the measure has no parts
  private final double[] misinformative;
  private final boolean[] exact; // V_1, V_2, ...

  private Backbone(
      double mutualInformation,
      double[] information,
      double[] informative,
      double[] misinformative,
      boolean[] exact) {
    this.mutualInformation = mutualInformation;
    this.information = information;
    this.informative = informative;
    this.misinformative = misinformative;
    this.exact = exact;
  }

  /**
   * The backbone of given information by degree of synergy, in two parts.
   *
   * @param mutualInformation I(T:S)
   * @param informative the informative parts of &Pi;_1, &Pi;_2, ... at index 0, 1, ...
   * @param misinformative the misinformative parts
   */
  public static Backbone ofParts(
      double mutualInformation, double[] informative, double[] misinformative) {
    double[] information = new double[informative.length];
    Arrays.setAll(information, k -> informative[k] - misinformative[k]);
    return new Backbone(
        mutualInformation,
        information,
        informative.clone(),
        misinformative.clone(),
        allTrue(informative.length));
  }

  /**
   * The backbone of given information that is out of reach, in two parts.
   *
   * @param mutualInformation I(T:S)
   * @param entropySources H(S)
   * @param informative I+ - V+_k for k = 1, 2, ... below the number of sources
   * @param misinformative I- - V-_k
   */
  public static Backbone ofInaccessible(
      double mutualInformation,
      double entropySources,
      double[] informative,
      double[] misinformative) {
    return ofParts(
        mutualInformation,
        byDegree(entropySources, informative),
        byDegree(entropySources - mutualInformation, misinformative));
  }

  /** The part of &Pi;_k is what misses for k - 1 sources less what misses for k. */
  private static double[] byDegree(double whole, double[] missing) {
    double[] parts = new double[missing.length + 1];
    double before = whole;
    for (int k = 0; k < parts.length; k++) {
      double after = k < missing.length ? missing[k] : 0;
      parts[k] = before - after;
      before = after;
    }
    return parts;
  }

  /**
   * The backbone of given information by degree of synergy, under a measure without parts.
   *
   * @param mutualInformation I(T:S)
   * @param information &Pi;_1, &Pi;_2, ... at index 0, 1, ...
   */
  public static Backbone ofInformation(double mutualInformation, double[] information) {
    return ofInformation(mutualInformation, information.clone(), allTrue(information.length));
  }

  /**
   * The backbone of given accessible information, under a measure without parts.
   *
   * @param accessible V_1, V_2, ... at index 0, 1, ...
   * @param exact whether these are exact rather than lower bounds
   */
  static Backbone ofAccessible(double mutualInformation, double[] accessible, boolean[] exact) {
    return ofInformation(mutualInformation, differences(accessible), exact.clone());
  }

  private static Backbone ofInformation(
      double mutualInformation, double[] information, boolean[] exact) {
    double[] noParts = new double[information.length];
    Arrays.fill(noParts, Double.NaN);
    return new Backbone(mutualInformation, information, noParts, noParts, exact);
  }

  /** The mean over several samples, of the same sources; exact where all are. */
  public static Backbone mean(List<Backbone> backbones) {
    boolean[] exact = allTrue(backbones.get(0).sourceCount());
    for (Backbone backbone : backbones) {
      for (int k = 0; k < exact.length; k++) {
        exact[k] &= backbone.exact[k];
      }
    }
    return new Backbone(
        backbones.stream().mapToDouble(one -> one.mutualInformation).average().orElse(Double.NaN),
        mean(backbones, one -> one.information),
        mean(backbones, one -> one.informative),
        mean(backbones, one -> one.misinformative),
        exact);
  }

  /** The mean of every place of arrays. */
  static <T> double[] mean(List<T> all, Function<T, double[]> values) {
    double[] mean = new double[values.apply(all.get(0)).length];
    for (T one : all) {
      double[] added = values.apply(one);
      for (int i = 0; i < mean.length; i++) {
        mean[i] += added[i] / all.size();
      }
    }
    return mean;
  }

  private static boolean[] allTrue(int length) {
    boolean[] result = new boolean[length];
    Arrays.fill(result, true);
    return result;
  }

  /**
   * The backbone under I_sx.
   *
   * @see #of(JointDistribution, Measure, Execution)
   */
  public static Backbone of(JointDistribution distribution, Execution execution) {
    return of(distribution, Measure.SX, execution);
  }

  /**
   * The backbone without the redundancy lattice. With V_k, the information that can be read from at
   * most k sources at a time, &Pi;_k = V_k - V_(k-1).
   *
   * <p>Under I_sx, for up to {@value UpSetFamily#MAX_SOURCES} sources, V_k is by inclusion and
   * exclusion an alternating sum of the redundancies of all collections of k-subsets. That takes
   * 2,109 redundancies instead of 7,579 for five sources, 1.1 instead of 7.8 million for six.
   *
   * <p>Under I_MMI, V_k is the most mutual information of any k sources; under I_min it is the mean
   * over target states of the most specific information of any k sources. Any number of sources is
   * possible, but the best of too many subsets is not searched for to the end: V_k is then a lower
   * bound and C an upper bound, see {@link #isExact()}. Repeated and constant sources do not change
   * a single bit of any V_k.
   *
   * <p>Under {@link Measure#BROJA}, for two sources, it is that of the decomposition.
   *
   * @throws IllegalArgumentException if the measure does not allow for this number of sources, or
   *     under {@link Measure#BROJA} of states
   * @throws java.util.concurrent.CancellationException if the execution is canceled
   */
  public static Backbone of(JointDistribution distribution, Measure measure, Execution execution) {
    requireNonNull(distribution, "distribution");
    return switch (measure) {
      case SX -> ofSharedExclusions(distribution, execution);
      case MIN, MMI -> BestSubsets.backbone(distribution, measure, execution, BestSubsets.BUDGET);
      case BROJA -> PartialInformationDecomposition.of(distribution, measure, execution).backbone();
    };
  }

  /**
   * The same of given values.
   *
   * @throws IllegalArgumentException also if there are no such values, see {@link
   *     Values#requirePossible}
   */
  public static Backbone of(
      JointDistribution distribution, Measure measure, Values values, Execution execution) {
    values.requirePossible(distribution, measure);
    return values == Values.CORRECTED
        ? ofBoth(distribution, execution).corrected()
        : of(distribution, measure, execution);
  }

  private static Backbone ofSharedExclusions(JointDistribution distribution, Execution execution) {
    UpSetFamily upSets = UpSetFamily.ofUniformAntichains(distribution.sourceCount());
    double[] informative =
        SharedExclusions.informative(distribution, upSets, execution.step(0, 0.5));
    double[] misinformative =
        SharedExclusions.misinformative(distribution, upSets, execution.step(0.5, 1));
    return ofUpSets(distribution.mutualInformation(), upSets, informative, misinformative);
  }

  /**
   * The backbone under I_sx, and corrected for the bias of the sample, see {@link LeaveOneOut}: all
   * identities hold for both, corrected I(T:S) may be negative. Takes about twice as long as {@link
   * #of(JointDistribution, Execution)}.
   *
   * @throws IllegalArgumentException if there are more than {@value UpSetFamily#MAX_SOURCES}
   *     sources, or weights are not numbers of samples
   * @throws java.util.concurrent.CancellationException if the execution is canceled
   */
  public static BothValues<Backbone> ofBoth(JointDistribution distribution, Execution execution) {
    LeaveOneOut.requirePossible(distribution);
    UpSetFamily upSets = UpSetFamily.ofUniformAntichains(distribution.sourceCount());
    BothValues<double[]> informative =
        SharedExclusions.bothInformative(distribution, upSets, execution.step(0, 0.5));
    BothValues<double[]> misinformative =
        SharedExclusions.bothMisinformative(distribution, upSets, execution.step(0.5, 1));
    return new BothValues<>(
        ofUpSets(
            distribution.mutualInformation(),
            upSets,
            informative.plugIn(),
            misinformative.plugIn()),
        ofUpSets(
            LeaveOneOut.mutualInformation(distribution),
            upSets,
            informative.corrected(),
            misinformative.corrected()));
  }

  /**
   * The backbone under I_sx at a horizon, see {@link EqualHorizon}. All identities hold; I(T:S) may
   * be negative, and is less than what fewer sources tell where L draws hardly ever meet the same
   * states of all sources again.
   *
   * @param horizon of the same distribution
   * @throws IllegalArgumentException if there are more than {@value UpSetFamily#MAX_SOURCES}
   *     sources
   * @throws java.util.concurrent.CancellationException if the execution is canceled
   */
  public static Backbone within(
      EqualHorizon horizon, JointDistribution distribution, Execution execution) {
    UpSetFamily upSets = UpSetFamily.ofUniformAntichains(distribution.sourceCount());
    return ofUpSets(
        horizon.mutualInformation(),
        upSets,
        SharedExclusions.informativeWithin(horizon, distribution, upSets, execution.step(0, 0.5)),
        SharedExclusions.misinformativeWithin(
            horizon, distribution, upSets, execution.step(0.5, 1)));
  }

  private static Backbone ofUpSets(
      double mutualInformation, UpSetFamily upSets, double[] informative, double[] misinformative) {
    return ofParts(
        mutualInformation,
        differences(upSets.alternatingSumBySize(informative)),
        differences(upSets.alternatingSumBySize(misinformative)));
  }

  private static double[] differences(double[] accessible) {
    double[] differences = accessible.clone();
    for (int k = accessible.length - 1; k > 0; k--) {
      differences[k] -= accessible[k - 1];
    }
    return differences;
  }

  public int sourceCount() {
    return information.length;
  }

  /** I(T:S), the sum of all {@link #information(int)}; not negative, unless it is corrected. */
  public double mutualInformation() {
    return mutualInformation;
  }

  /**
   * &Pi;_k, the information of degree of synergy {@code degree}.
   *
   * @param degree from 1 to the number of sources, as in all methods here
   */
  public double information(int degree) {
    return information[degree - 1];
  }

  /**
   * V_{@code degree}, the information that can be read from at most so many sources at a time: the
   * sum of {@link #information(int)} up to {@code degree}.
   */
  public double accessible(int degree) {
    double sum = 0;
    for (int k = 1; k <= degree; k++) {
      sum += information(k);
    }
    return sum;
  }

  /**
   * The information discounted by how many sources must be read together to get at it: &Sigma;
   * &Pi;_k / k, in bits. At most I(T:S) where no &Pi;_k is negative, and equal to it where single
   * sources tell everything.
   */
  public double discountedInformation() {
    double sum = 0;
    for (int degree = 1; degree <= sourceCount(); degree++) {
      sum += information(degree) / degree;
    }
    return sum;
  }

  /**
   * Whether V_{@code degree}, see {@link #accessible(int)}, is exact rather than a lower bound: the
   * best that a search through too many sets of sources has found.
   */
  public boolean isExact(int degree) {
    return exact[degree - 1];
  }

  /**
   * Whether all V_k, and so all {@link #information(int)} and C, are exact. If not, some V_k are
   * lower bounds, which makes C an upper bound.
   */
  public boolean isExact() {
    for (boolean one : exact) {
      if (!one) {
        return false;
      }
    }
    return true;
  }

  /** The informative part of {@link #information(int)}; NaN where the measure has no parts. */
  public double informative(int degree) {
    return informative[degree - 1];
  }

  /** The misinformative part of {@link #information(int)}; NaN where the measure has no parts. */
  public double misinformative(int degree) {
    return misinformative[degree - 1];
  }

  /**
   * Checks what must be true of any result before it is shown: all information is finite and sums
   * to I(T:S). Where the information of a degree is not known (NaN), only that of the others is
   * checked to be finite.
   *
   * @param origin names what computed it
   * @throws ArithmeticException if it is not true
   */
  public void requireConsistent(String origin) {
    double sum = 0;
    double size = Math.abs(mutualInformation);
    for (double one : information) {
      sum += one;
      size += Math.abs(one);
    }
    boolean consistent =
        !Double.isInfinite(size)
            && (Double.isNaN(sum) || Math.abs(sum - mutualInformation) <= 1e-7 * (1 + size));
    if (!consistent || !Double.isFinite(mutualInformation)) {
      throw new ArithmeticException(
          String.format(
              "The information by degree of synergy (%s bits in all) must sum to I(T:S) (%s bits):"
                  + " the result of %s is wrong, and not shown.%nMaybe report this with the data;"
                  + " weights of very different size may be the cause.",
              sum, mutualInformation, origin));
    }
  }

  /**
   * Whether C is defined: whether there is information about the target, more than {@value
   * #NO_INFORMATION} bits.
   */
  public boolean hasRepresentationalComplexity() {
    return mutualInformation > NO_INFORMATION;
  }

  /**
   * C, the mean degree of synergy of the atoms, weighted by their information; dimensionless. The
   * degrees run from 1 to n, but negative atoms can push the mean below 1. The XOR gate has C =
   * log2(8/3) = 1.415.
   *
   * @return C, or NaN where it is not defined, see {@link #hasRepresentationalComplexity()}
   */
  public double representationalComplexity() {
    if (!hasRepresentationalComplexity()) {
      return Double.NaN;
    }
    double sum = 0;
    for (int degree = 1; degree <= sourceCount(); degree++) {
      sum += degree * information(degree);
    }
    return sum / mutualInformation;
  }
}
