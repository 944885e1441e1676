package nnpid.decomposition;

import java.util.OptionalDouble;
import java.util.stream.IntStream;
import nnpid.distribution.JointDistribution;
import nnpid.distribution.Partition;

/**
 * Corrected values of a sample: what the other samples tell about each. In every surprisal -ln
 * (N/m) of a sample, N the number of samples that agree with it, itself among them, of m in all,
 * logarithms become digamma functions: psi(m) - psi(N), that is H_(m-1) - H_(N-1).
 *
 * <p>As statements about where the samples come from, plug-in values have a bias of the order of
 * the number of realizations per sample. The expected value of a corrected one is that of the same
 * process with m - 1 draws from the true distribution: it lacks only what lies beyond so many draws
 * (METHOD.md, section 10a; Grassberger 1988 for entropies).
 */
public final class LeaveOneOut {
  private static final double LN2 = Math.log(2);
  private static final double EULER_GAMMA = 0.5772156649015329;

  /** From here on the asymptotic series is exact in double precision. */
  private static final int SERIES_FROM = 32;

  private static final double[] GAPS = new double[SERIES_FROM];

  static {
    double harmonic = 0;
    for (int count = 1; count < SERIES_FROM; count++) {
      GAPS[count] = Math.log(count) + EULER_GAMMA - harmonic;
      harmonic += 1.0 / count;
    }
  }

  private LeaveOneOut() {}

  /**
   * ln N - psi(N), in nats: positive, about 1/(2N).
   *
   * @param count N, a whole number from 1
   */
  public static double gap(double count) {
    if (count < SERIES_FROM) {
      return GAPS[(int) count];
    }
    double inverse = 1 / count;
    double square = inverse * inverse;
    return inverse * (0.5 + inverse * (1 / 12.0 - square * (1 / 120.0 - square / 252)));
  }

  /**
   * Whether weights are numbers of samples, as they must be for corrected values.
   *
   * @see nnpid.distribution.WeightMeaning#COUNTS
   */
  public static boolean isPossible(JointDistribution distribution) {
    return broken(distribution).isEmpty();
  }

  /** A weight that is no number of samples, if there is one. */
  private static OptionalDouble broken(JointDistribution distribution) {
    return IntStream.range(0, distribution.realizationCount())
        .mapToDouble(distribution::weight)
        .filter(weight -> weight != Math.rint(weight))
        .findFirst();
  }

  /** Corrected H(S) in bits, the informative part of I(T:S), for any number of sources. */
  public static double entropySources(JointDistribution distribution) {
    requirePossible(distribution);
    Partition sources =
        distribution.refine(distribution.coarsestPartition(), 0, distribution.sourceCount());
    double[] ofSources = distribution.classWeights(sources);
    double total = distribution.totalWeight();
    double sum = 0;
    for (int r = 0; r < ofSources.length; r++) {
      sum += distribution.weight(r) * (gap(ofSources[r]) - gap(total));
    }
    return distribution.entropySources() + sum / total / LN2;
  }

  /**
   * Corrected I(T:S) in bits, for any number of sources. Zero on average for sources that are
   * independent of the target, so it may be negative.
   *
   * @throws IllegalArgumentException if weights are not numbers of samples
   */
  public static double mutualInformation(JointDistribution distribution) {
    requirePossible(distribution);
    Partition all = distribution.coarsestPartition();
    Partition sources = distribution.refine(all, 0, distribution.sourceCount());
    double[] ofSources = distribution.classWeights(sources);
    double[] ofBoth = distribution.classWeights(distribution.refineByTarget(sources));
    double[] ofTarget = distribution.classWeights(distribution.refineByTarget(all));
    double total = distribution.totalWeight();
    double sum = 0;
    for (int r = 0; r < ofBoth.length; r++) {
      sum +=
          distribution.weight(r)
              * (gap(ofSources[r]) + gap(ofTarget[r]) - gap(ofBoth[r]) - gap(total));
    }
    return distribution.mutualInformation() + sum / total / LN2;
  }

  /**
   * Checks that weights are numbers of samples.
   *
   * @throws IllegalArgumentException if they are not
   */
  public static void requirePossible(JointDistribution distribution) {
    OptionalDouble broken = broken(distribution);
    if (broken.isPresent()) {
      throw new IllegalArgumentException(
          "The weights must be numbers of samples for corrected values: there is one of "
              + broken.getAsDouble()
              + ".\nMaybe ask for plug-in values.");
    }
  }
}
