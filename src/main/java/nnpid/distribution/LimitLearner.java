package nnpid.distribution;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Learns the limits of one unit's levels from activations that come one after another: the same
 * limits, to the bit, as a {@link LimitRule} finds among all of them. Kept are only the outermost
 * ones that the rule may leave out. Not thread-safe.
 */
public final class LimitLearner implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Sums of weights are not exact. */
  static final double TOLERANCE = 1 + 1e-9;

  private final LimitRule rule;
  private final Tail low;
  private final Tail high;
  private double total;

  /**
   * A learner.
   *
   * @param rule the rule
   * @param mostWeight the weights of all activations to come do not add up to more
   */
  public LimitLearner(LimitRule rule, double mostWeight) {
    this.rule = rule;
    double most = rule.outerShare() * mostWeight * TOLERANCE;
    low = new Tail(1, most);
    high = new Tail(-1, most);
  }

  /** How many activations a learner of a rule may keep, of so many of the same weight. */
  public static double mostKept(LimitRule rule, double count) {
    return 2 * Tail.capacity(rule.outerShare() * count);
  }

  /** Adds a finite activation with its positive weight. */
  public void add(double activation, double weight) {
    total += weight;
    low.add(activation, weight);
    high.add(-activation, weight);
  }

  /** Adds finite activations of the weight 1. */
  public void addAll(double[] activations, int count) {
    total += count;
    for (int i = 0; i < count; i++) {
      double activation = activations[i];
      if (activation <= low.last) {
        low.keep(activation, 1);
      }
      if (-activation <= high.last) {
        high.keep(-activation, 1);
      }
    }
  }

  /**
   * Adds what another learner of the same rule, and of as much weight at most, has learned. The
   * order changes nothing as long as sums of weights are exact.
   */
  public void merge(LimitLearner other) {
    total += other.total;
    low.merge(other.low);
    high.merge(other.high);
  }

  /** Whether there was any activation. */
  public boolean isEmpty() {
    return low.isEmpty();
  }

  /** The lowest activation of all. */
  public double lowest() {
    return low.first();
  }

  /** The highest activation of all. */
  public double highest() {
    return high.first();
  }

  /** The limits; empty if there was no activation. */
  public Optional<LimitRule.Limits> found() {
    return isEmpty() ? Optional.empty() : Optional.of(limits());
  }

  /**
   * The limits.
   *
   * @throws IllegalStateException if there was no activation
   */
  public LimitRule.Limits limits() {
    if (isEmpty()) {
      throw new IllegalStateException("There must be an activation to learn limits from.");
    }
    return rule.of(low, high, total);
  }

  /** The outermost activations at one end, whose signs are changed at the upper one. */
  static final class Tail implements Serializable {
    private static final long serialVersionUID = 1L;

    private final double sign;
    private final double most; // weight that may be left out
    private double last = Double.POSITIVE_INFINITY; // nothing beyond it is of interest
    private double[] values;
    private double[] weights = {}; // none if all are 1
    private double first = Double.POSITIVE_INFINITY;
    private double firstWeight; // of all that are equal to the first
    private int count; // of the others

    private Tail(double sign, double most) {
      this.sign = sign;
      this.most = most;
      this.values = new double[16];
    }

    /** Some more than can be left out of samples of the same weight. */
    private static double capacity(double most) {
      return 16 + 1.5 * most;
    }

    boolean isEmpty() {
      return firstWeight == 0;
    }

    private void add(double value, double weight) {
      if (value <= last) {
        keep(value, weight);
      }
    }

    private void merge(Tail other) {
      if (other.isEmpty()) {
        return;
      }
      if (other.weights.length > 0 || other.firstWeight != 1) {
        withWeights();
      }
      add(other.first, other.firstWeight);
      for (int i = 0; i < other.count; i++) {
        add(other.values[i], other.weight(i));
      }
    }

    private void withWeights() {
      if (weights.length == 0) {
        weights = new double[values.length];
        Arrays.fill(weights, 1);
      }
    }

    private void keep(double value, double weight) {
      if (value == first) {
        first = Math.min(first, value); // -0 is below 0
        firstWeight += weight;
        return;
      }
      if (value < first) {
        if (firstWeight > 0) {
          demoteFirst();
        }
        first = value;
        firstWeight = weight;
        return;
      }
      append(value, weight);
    }

    /** Of the first so far as much is kept as can be left out, and one more. */
    private void demoteFirst() {
      if (weights.length == 0) {
        long copies = (long) Math.min(firstWeight, Math.floor(most) + 1);
        for (long i = 0; i < copies; i++) {
          append(first, 1);
        }
      } else {
        append(first, firstWeight);
      }
    }

    private void append(double value, double weight) {
      if (weight != 1) {
        withWeights();
      }
      if (count == values.length) {
        prune();
        if (count > values.length / 2) {
          values = Arrays.copyOf(values, 2 * count);
          weights = weights.length == 0 ? weights : Arrays.copyOf(weights, 2 * count);
        }
      }
      values[count] = value;
      if (weights.length > 0) {
        weights[count] = weight;
      }
      count++;
    }

    /** Keeps what can be left out, and the next one. */
    private void prune() {
      sort();
      double sum = 0;
      int kept = 0;
      while (kept < count && sum <= most) {
        sum += weight(kept++);
      }
      if (sum > most) {
        last = values[kept - 1];
        count = kept;
      }
    }

    private void sort() {
      if (weights.length == 0) {
        Arrays.sort(values, 0, count);
        return;
      }
      int[] order =
          IntStream.range(0, count)
              .boxed()
              .sorted(Comparator.comparingDouble(i -> values[i]))
              .mapToInt(Integer::intValue)
              .toArray();
      double[] sortedValues = new double[values.length];
      double[] sortedWeights = new double[values.length];
      for (int i = 0; i < count; i++) {
        sortedValues[i] = values[order[i]];
        sortedWeights[i] = weights[order[i]];
      }
      values = sortedValues;
      weights = sortedWeights;
    }

    private double weight(int i) {
      return weights.length == 0 ? 1 : weights[i];
    }

    /** The outermost. */
    double first() {
      return sign * first;
    }

    /** The outermost after leaving out so much of the weight; more if it is all the same value. */
    double without(double leftOut, double outermost) {
      double out = firstWeight;
      if (out > leftOut && out > outermost) {
        return sign * first;
      }
      sort();
      for (int i = 0; i < count; i++) {
        out += weight(i);
        if (out > leftOut) {
          return sign * values[i];
        }
      }
      throw new IllegalStateException("Too few activations were kept.");
    }

    /** The outermost that is not beyond a limit. */
    double within(double limit) {
      if (first >= sign * limit) {
        return sign * first;
      }
      sort();
      for (int i = 0; i < count; i++) {
        if (values[i] >= sign * limit) {
          return sign * values[i];
        }
      }
      throw new IllegalStateException("Too few activations were kept.");
    }
  }
}
