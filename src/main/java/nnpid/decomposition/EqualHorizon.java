package nnpid.decomposition;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import nnpid.distribution.JointDistribution;
import nnpid.distribution.Partition;

/**
 * What the same number L of draws tells about a sample, however many other samples there are: so
 * that layers, epochs and data sets of different size can be compared.
 *
 * <p>Corrected values (see {@link LeaveOneOut}) are about draws of the other samples without
 * replacement, of all of them, or of all those of the class. Here both streams end after L draws,
 * which every class must have. The surprisal of a sample, N of m samples in the union, is then the
 * sum over j = 1 to L of P(none of the first j draws is in the union) / j. That is the corrected
 * one, H_(m-1) - H_(N-1), less the sum over M = N to m - 1 of q(M+1) / M, with q(M+1) the
 * probability that L draws from the other m - 1 samples avoid M given ones (METHOD.md, section 10).
 *
 * <p>The expected values are those of L draws from where the samples come from: they do not depend
 * on the number of samples, and are 0 for sources that are independent of the target. Immutable.
 */
public final class EqualHorizon {
  /** Tables of this length: 32 MB. They are longer than 40 m / L in no case. */
  private static final int LONGEST_TABLE = 1 << 22;

  /** Beyond, all that is left is less than 1e-19. */
  private static final double NEGLIGIBLE = 1e-18;

  private final JointDistribution distribution;
  private final long draws;
  private final Map<Double, double[]> beyond = new LinkedHashMap<>(); // by total weight

  private EqualHorizon(JointDistribution distribution, long draws) {
    this.distribution = distribution;
    this.draws = draws;
    beyond.put(distribution.totalWeight(), table(distribution.totalWeight(), draws));
    for (double total : ofTargets(distribution)) {
      beyond.computeIfAbsent(total, m -> table(m, draws));
    }
  }

  /**
   * So many draws.
   *
   * @throws IllegalArgumentException if weights are not numbers of samples, or there are fewer than
   *     one or more than {@link #longest} draws, or far too few for the number of samples
   */
  public static EqualHorizon of(JointDistribution distribution, long draws) {
    requireNonNull(distribution, "distribution");
    LeaveOneOut.requirePossible(distribution);
    long longest = longest(distribution);
    if (draws < 1 || draws > longest) {
      throw new IllegalArgumentException(
          String.format(
              "The horizon (%d) must be from 1 to %d: one less than the smallest class has"
                  + " samples.",
              draws, longest));
    }
    return new EqualHorizon(distribution, draws);
  }

  /** The most draws that samples of every class have: one less than the smallest one's samples. */
  public static long longest(JointDistribution distribution) {
    return (long) Arrays.stream(ofTargets(distribution)).min().orElse(1) - 1;
  }

  /** Weight of its class, for every realization. */
  private static double[] ofTargets(JointDistribution distribution) {
    return distribution.classWeights(distribution.refineByTarget(distribution.coarsestPartition()));
  }

  /** L, the number of draws. */
  public long draws() {
    return draws;
  }

  /**
   * What a corrected surprisal is too much, in nats: what lies beyond the last draw. Exactly 0 from
   * some N on.
   *
   * @param total m, the weight of all samples or of one class
   * @param count N, how many of them are in the union, the sample itself among them
   */
  public double beyond(double total, double count) {
    double[] table = table(total);
    return count < table.length ? table[(int) count] : 0;
  }

  /** The same for all N at their index; 0 from the end of the table on. Not to be changed. */
  double[] table(double total) {
    return requireNonNull(beyond.get(total));
  }

  /** In nats, by N; nothing for N = 0. */
  private static double[] table(double total, long draws) {
    double[] ratios = new double[16]; // q(M + 1) / M
    double avoided = 1; // q(M): M - 1 samples avoided by all draws
    int length = 1;
    for (; length < total; length++) {
      avoided *= Math.max(0, total - length - draws) / (total - length);
      if (avoided < NEGLIGIBLE) {
        break;
      }
      if (length == LONGEST_TABLE) {
        throw new IllegalArgumentException(
            String.format(
                "The horizon (%d) must be larger for so many samples (%.0f).", draws, total));
      }
      if (length == ratios.length) {
        ratios = Arrays.copyOf(ratios, 2 * length);
      }
      ratios[length] = avoided / length;
    }
    double[] table = Arrays.copyOf(ratios, length);
    for (int count = length - 2; count > 0; count--) {
      table[count] += table[count + 1];
    }
    return table;
  }

  /** The informative part of I(T:S) in bits, for any number of sources. */
  public double entropySources() {
    double[] totals = new double[distribution.realizationCount()];
    Arrays.fill(totals, distribution.totalWeight());
    return LeaveOneOut.entropySources(distribution)
        - averageBeyond(totals, distribution.classWeights(allSources()));
  }

  /**
   * I(T:S) in bits, for any number of sources. It may be negative, and is hardly anything where L
   * draws hardly ever meet the same states of all sources again.
   */
  public double mutualInformation() {
    double misinformative =
        LeaveOneOut.entropySources(distribution)
            - LeaveOneOut.mutualInformation(distribution)
            - averageBeyond(
                ofTargets(distribution),
                distribution.classWeights(distribution.refineByTarget(allSources())));
    return entropySources() - misinformative;
  }

  /**
   * The share of samples of which L draws of their class meet the same states of all sources again,
   * on average. What the rest has to tell together is beyond the horizon.
   */
  public double met() {
    double[] totals = ofTargets(distribution);
    double[] counts = distribution.classWeights(distribution.refineByTarget(allSources()));
    double missed = 0;
    for (int r = 0; r < counts.length; r++) {
      double none = 1; // of the copies so far
      for (double copies = 1; copies < counts[r] && none > NEGLIGIBLE; copies++) {
        none *= Math.max(0, totals[r] - copies - draws) / (totals[r] - copies);
      }
      missed += distribution.weight(r) * none;
    }
    return 1 - missed / distribution.totalWeight();
  }

  private Partition allSources() {
    return distribution.refine(distribution.coarsestPartition(), 0, distribution.sourceCount());
  }

  /** The mean over samples, in bits, of what is beyond the last draw. */
  private double averageBeyond(double[] totals, double[] counts) {
    double sum = 0;
    for (int r = 0; r < counts.length; r++) {
      sum += distribution.weight(r) * beyond(totals[r], counts[r]);
    }
    return sum / distribution.totalWeight() / Math.log(2);
  }
}
