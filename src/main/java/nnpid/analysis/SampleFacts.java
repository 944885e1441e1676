package nnpid.analysis;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import nnpid.distribution.JointDistribution;
import nnpid.distribution.SampledDistribution;
import nnpid.distribution.SampledDistribution.LeftOut;
import nnpid.distribution.WeightMeaning;

/**
 * How many samples a result rests on, and what that means for it.
 *
 * @param instanceCount number of instances that were counted
 * @param leftOut those that were not
 * @param weight total weight of those counted
 * @param weightMeaning what the weights were taken for: counts or importance
 * @param size number of samples, m: the total weight if weights are counts, else the effective
 *     number of instances, (sum of weights)<sup>2</sup> / (sum of squared weights); all passes of a
 *     sample are one
 * @param passCount how many instances every sample has, one for each stochastic pass; mostly 1
 * @param realizationCount number of distinct joint states of sources and target, R
 * @param sourceStateCount number of distinct joint states of the sources, R_S
 * @param targetStateCount number of classes that occur, R_T
 * @param suspectedCopies the common divisor of counts that look like copies of samples, or like
 *     weights; 1 if they only are large, 0 if nothing is suspected
 */
public record SampleFacts(
    long instanceCount,
    LeftOut leftOut,
    double weight,
    WeightMeaning weightMeaning,
    double size,
    int passCount,
    int realizationCount,
    int sourceStateCount,
    int targetStateCount,
    long suspectedCopies)
    implements Serializable {
  private static final long serialVersionUID = 5541806219907312548L;

  /** Realizations per sample from which on the plug-in information is doubtful. */
  private static final double UNDERSAMPLED = 0.1;

  /** The same for the first-order bias of the information, as a share of it. */
  private static final double BIASED = 0.05;

  /**
   * Counts of fewer realizations may have a common divisor by chance: that of eight has one in 1 of
   * 250 cases.
   */
  private static final int FEWEST_REALIZATIONS = 8;

  /** In a sample that tells many states apart, some of them are rare. */
  private static final double RARE = 100;

  /** What is known of these samples. */
  static SampleFacts of(SampledDistribution samples) {
    JointDistribution distribution = samples.distribution();
    int[] statesOfSources = distribution.realizationsWithoutTarget();
    return new SampleFacts(
        samples.rowCount(),
        samples.leftOut(),
        distribution.totalWeight(),
        samples.weightMeaning(),
        samples.size(),
        samples.passCount(),
        distribution.realizationCount(),
        statesOfSources[statesOfSources.length - 1] + 1,
        distribution.targetStateCount(),
        suspectedCopies(samples));
  }

  private static long suspectedCopies(SampledDistribution samples) {
    double[] counts = samples.distribution().weights();
    boolean passes = samples.passCount() > 1; // no copies: states differ by chance only
    if (passes
        || samples.weightMeaning() != WeightMeaning.COUNTS
        || counts.length < FEWEST_REALIZATIONS) {
      return 0;
    }
    long divisor = 0;
    double least = Double.POSITIVE_INFINITY;
    for (double count : counts) {
      divisor = greatestCommonDivisor((long) count, divisor);
      least = Math.min(least, count);
    }
    // Rows of weight 1 that fall into frequent states are a large sample.
    boolean weighted = samples.size() > samples.rowCount();
    return divisor > 1 || (weighted && least >= RARE) ? divisor : 0;
  }

  private static long greatestCommonDivisor(long a, long b) {
    return b == 0 ? a : greatestCommonDivisor(b, a % b);
  }

  /**
   * R/m, the realizations per sample: near 1 if hardly any state was seen twice. Above 1 if few
   * instances have most of the weight.
   */
  public double realizationShare() {
    return realizationCount / size;
  }

  /**
   * By how much I(T:S) is expected to be too large for want of samples, in bits: (R - R_S - R_T +
   * 1) / (2 m ln 2), the first term of a series in 1/m. It is negative where the sources determine
   * the target, and means nothing where most states were seen once.
   *
   * @return NaN if samples have several passes: they lessen the bias, by an unknown part
   */
  public double informationBias() {
    if (passCount > 1) {
      return Double.NaN;
    }
    return (realizationCount - sourceStateCount - targetStateCount + 1.0)
        / (2 * size * Math.log(2));
  }

  /** Whether the samples are too few for the numbers to say much about where they come from. */
  public boolean areFew(double mutualInformation) {
    return realizationShare() > UNDERSAMPLED || informationBias() > BIASED * mutualInformation;
  }

  /**
   * Sentences about what makes the numbers doubtful.
   *
   * @param mutualInformation I(T:S)
   * @param compared whether they are compared with those of shuffled targets
   */
  List<String> warnings(double mutualInformation, boolean compared) {
    List<String> warnings = new ArrayList<>();
    leftOutWarning().ifPresent(warnings::add);
    if (areFew(mutualInformation)) {
      String bias =
          // Where most states were seen once the first term of the series means nothing.
          informationBias() > 0 && realizationShare() <= UNDERSAMPLED
              ? String.format(
                  Locale.ROOT, "; I(T:S) is about %.4f bits too large", informationBias())
              : "";
      warnings.add(
          String.format(
              Locale.ROOT,
              "Few samples per realization (R/m = %.2f%s): the information is overestimated, above"
                  + " all that of high degrees of synergy, and C changes with the number of"
                  + " samples.%s",
              realizationShare(),
              bias,
              compared ? "" : " Compare with shuffled classes (-permutations)."));
    }
    if (suspectedCopies > 0) {
      warnings.add(
          String.format(
              Locale.ROOT,
              "The counts look like weights or copies rather than samples: %s. Then there are fewer"
                  + " samples than R/m and p-values assume. Maybe use -weights-are importance, or"
                  + " leave out copies.",
              suspectedCopies > 1
                  ? "all are multiples of " + suspectedCopies
                  : "no state of " + realizationCount + " has fewer than " + (long) RARE));
    }
    return warnings;
  }

  /** What was left out, unless all of it has the weight 0 and was not meant to count. */
  Optional<String> leftOutWarning() {
    if (leftOut.total() == leftOut.weightless()) {
      return Optional.empty();
    }
    return Optional.of(
        String.format(
            Locale.ROOT,
            "%d of %d instances %s left out: %s.",
            leftOut.total(),
            instanceCount + leftOut.total(),
            leftOut.total() == 1 ? "was" : "were",
            String.join(", ", reasons())));
  }

  /** Why instances were left out; none if none were. */
  public List<String> reasons() {
    List<String> reasons = new ArrayList<>();
    addReason(reasons, leftOut.withoutTarget(), "no class");
    addReason(reasons, leftOut.withMissingValues(), "missing values");
    addReason(reasons, leftOut.weightless(), "the weight 0");
    return reasons;
  }

  private static void addReason(List<String> reasons, long count, String what) {
    if (count > 0) {
      reasons.add(count + (count == 1 ? " has " : " have ") + what);
    }
  }
}
