package nnpid.distribution;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * How the limits of a unit's levels are found: given, or learned from the samples that count.
 *
 * <p>Where samples have weights, a sample of weight 2 is the same as two of weight 1. Immutable.
 */
public sealed interface LimitRule extends Serializable {
  /**
   * Lowest and highest activation, but for a few samples that have exploded: see {@link Auto}. The
   * usual rule.
   */
  LimitRule AUTO = new Auto();

  /** The largest percentile: the middle must not vanish. */
  double MOST_PERCENT = 25;

  /**
   * The limits of one unit's levels.
   *
   * @param low activation of the lowest level
   * @param high activation of the highest level; equal to {@code low} for a constant unit
   */
  record Limits(double low, double high) implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  /**
   * The limits of one unit.
   *
   * @param activations finite activations of the samples that count, at least one
   * @param weights their positive weights; none at all if all weigh the same
   */
  Limits of(double[] activations, double[] weights);

  /** The share of the weight at either end that may be left out, if it is not all one value. */
  double outerShare();

  /**
   * The same limits from the outermost activations.
   *
   * @param low the lowest ones
   * @param high the highest ones
   * @param total the weight of all
   */
  Limits of(LimitLearner.Tail low, LimitLearner.Tail high, double total);

  /**
   * The rule of a text: {@code auto}, {@code data}, {@code percentile:P}, {@code tanh}, {@code
   * sigmoid} or two numbers with a comma between them.
   *
   * @throws IllegalArgumentException if it is none of these, the percentage is not between 0 and
   *     {@value #MOST_PERCENT}, or the numbers are not ascending
   */
  static LimitRule parse(String text) {
    return switch (text) {
      case "auto" -> AUTO;
      case "data" -> new Percentile(0);
      case "tanh" -> new Given(-1, 1);
      case "sigmoid" -> new Given(0, 1);
      default -> parseNumbers(text);
    };
  }

  private static LimitRule parseNumbers(String text) {
    try {
      return text.startsWith(Percentile.PREFIX)
          ? new Percentile(Double.parseDouble(text.substring(Percentile.PREFIX.length())))
          : Given.parse(text);
    } catch (IllegalArgumentException e) {
      // Also what is thrown where a number is none.
      throw new IllegalArgumentException(
          ("The limits (%s) must be auto, data, tanh, sigmoid, two numbers lo,hi with lo < hi, or"
                  + " percentile:P with P from 0 to %.0f: the levels lie between them.\n"
                  + "Maybe use -1,1 or percentile:0.1.")
              .formatted(text, MOST_PERCENT),
          e);
    }
  }

  /**
   * The same limits for all units.
   *
   * @param low the lower one
   * @param high the upper one, greater than {@code low}
   */
  record Given(double low, double high) implements LimitRule {
    /** Checks that the limits are finite and ascending. */
    public Given {
      if (!(low < high) || !Double.isFinite(high - low)) {
        throw new IllegalArgumentException(
            "The limits (%s, %s) must be finite and ascending.".formatted(low, high));
      }
    }

    private static Given parse(String text) {
      String[] parts = text.split(",", -1);
      if (parts.length != 2) {
        throw new IllegalArgumentException("There are not two numbers.");
      }
      return new Given(Double.parseDouble(parts[0].trim()), Double.parseDouble(parts[1].trim()));
    }

    @Override
    public Limits of(double[] activations, double[] weights) {
      return new Limits(low, high);
    }

    @Override
    public double outerShare() {
      return 0;
    }

    @Override
    public Limits of(LimitLearner.Tail lowest, LimitLearner.Tail highest, double total) {
      return new Limits(low, high);
    }
  }

  /**
   * The lowest and the highest activation after at most {@code percent} of the samples have been
   * left out at either end.
   *
   * @param percent percentage of the samples, by weight; with 0 none is left out
   */
  record Percentile(double percent) implements LimitRule {
    private static final String PREFIX = "percentile:";

    /** Checks the percentage. */
    public Percentile {
      if (!(percent >= 0 && percent <= MOST_PERCENT)) {
        throw new IllegalArgumentException(
            "The percentage (%s) must be from 0 to %s.".formatted(percent, MOST_PERCENT));
      }
    }

    @Override
    public Limits of(double[] activations, double[] weights) {
      return percent == 0
          ? new Limits(
              Arrays.stream(activations).min().orElseThrow(),
              Arrays.stream(activations).max().orElseThrow())
          : new Sorted(activations, weights).without(percent / 100, 0);
    }

    @Override
    public double outerShare() {
      return percent / 100;
    }

    @Override
    public Limits of(LimitLearner.Tail low, LimitLearner.Tail high, double total) {
      double most = percent / 100 * total * LimitLearner.TOLERANCE;
      return percent == 0
          ? new Limits(low.first(), high.first())
          : new Limits(low.without(most, 0), high.without(most, 0));
    }

    /** The activations of one unit in ascending order. */
    private static final class Sorted {
      private final double[] activations;
      private final double[] weights; // none if all are the same
      private final double total;

      private Sorted(double[] activations, double[] weights) {
        if (weights.length == 0) {
          this.activations = activations.clone();
          Arrays.sort(this.activations);
          this.weights = weights;
          this.total = activations.length;
          return;
        }
        int[] order =
            IntStream.range(0, activations.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> activations[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        this.activations = Arrays.stream(order).mapToDouble(i -> activations[i]).toArray();
        this.weights = Arrays.stream(order).mapToDouble(i -> weights[i]).toArray();
        this.total = Arrays.stream(weights).sum();
      }

      /** Lowest and highest after leaving out so much of the weight at either end. */
      private Limits without(double share, double outermostShare) {
        int low = 0;
        int high = activations.length - 1;
        // As much as the share is not yet more.
        double most = share * total * LimitLearner.TOLERANCE;
        double outermost = outermostShare * total * LimitLearner.TOLERANCE;
        double out = weight(low);
        while (out <= most || (activations[low] == activations[0] && out <= outermost)) {
          low++;
          out += weight(low);
        }
        double largest = activations[high];
        out = weight(high);
        while (out <= most || (activations[high] == largest && out <= outermost)) {
          high--;
          out += weight(high);
        }
        return new Limits(activations[low], activations[high]);
      }

      private double weight(int i) {
        return weights.length == 0 ? 1 : weights[i];
      }

      /** Lowest and highest of those from {@code low} to {@code high}. */
      private Limits within(double low, double high) {
        int from = 0;
        while (activations[from] < low) {
          from++;
        }
        int to = activations.length - 1;
        while (activations[to] > high) {
          to--;
        }
        return new Limits(activations[from], activations[to]);
      }
    }
  }

  /**
   * The lowest and the highest activation of those that have not exploded. Let the middle be what
   * is left of the samples without at most one thousandth at either end, or without the outermost
   * value, if it is that of at most one twentieth. A sample has exploded if it is farther from the
   * middle than 10 times the length of the middle; then the others set the limits. So few samples
   * carry little information in any case: at most 0.011 bits where they are one in a thousand.
   * Where the middle is a single value, nothing has exploded: a unit that is hardly ever active
   * looks the same.
   */
  record Auto() implements LimitRule {
    private static final double FAR = 10;
    private static final int BINS = 11;
    private static final double SHARE = 0.001;
    private static final double OUTERMOST_SHARE = 0.05;

    @Override
    public Limits of(double[] activations, double[] weights) {
      Limits all = new Percentile(0).of(activations, weights);
      if (!canExplode(all, activations, weights)) {
        return all;
      }
      Percentile.Sorted sorted = new Percentile.Sorted(activations, weights);
      Limits middle = sorted.without(SHARE, OUTERMOST_SHARE);
      double far = FAR * (middle.high - middle.low);
      return far > 0 ? sorted.within(middle.low - far, middle.high + far) : all;
    }

    @Override
    public double outerShare() {
      return SHARE;
    }

    @Override
    public Limits of(LimitLearner.Tail low, LimitLearner.Tail high, double total) {
      double most = SHARE * total * LimitLearner.TOLERANCE;
      double outermost = OUTERMOST_SHARE * total * LimitLearner.TOLERANCE;
      double middleLow = low.without(most, outermost);
      double middleHigh = high.without(most, outermost);
      double far = FAR * (middleHigh - middleLow);
      return far > 0
          ? new Limits(low.within(middleLow - far), high.within(middleHigh + far))
          : new Limits(low.first(), high.first());
    }

    /**
     * Whether it is worth sorting. Where a sample has exploded the range is more than 11 times the
     * middle, so the middle, nine tenths of the samples at least, lies in two neighbors of 11 bins;
     * a third one is for rounding errors.
     */
    private static boolean canExplode(Limits all, double[] activations, double[] weights) {
      double width = all.high - all.low;
      if (Double.isInfinite(width)) {
        return true;
      }
      double[] bins = new double[BINS + 2];
      double total = 0;
      for (int i = 0; i < activations.length && width > 0; i++) {
        double weight = weights.length == 0 ? 1 : weights[i];
        bins[(int) ((activations[i] - all.low) / width * BINS)] += weight;
        total += weight;
      }
      double most = 0;
      for (int i = 0; i < BINS; i++) {
        most = Math.max(most, bins[i] + bins[i + 1] + (i == 0 ? 0 : bins[i - 1]));
      }
      return most > (1 - 2 * OUTERMOST_SHARE) * total * (1 - 1e-9);
    }
  }
}
