package nnpid.distribution;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;

/**
 * A realization while samples are counted: a joint state of sources and target, and its growing
 * weight. Equality is that of the state alone.
 */
final class Realization {
  /** Sums of weights must not overflow; nor may they lose digits, as subnormal numbers do. */
  private static final double LARGEST_WEIGHT = 1e305;

  private final int[] sourceStates;
  private final int targetState;
  private final int hash;
  private double weight;

  Realization(int[] sourceStates, int targetState) {
    this.sourceStates = sourceStates;
    this.targetState = targetState;
    this.hash = (31 * Arrays.hashCode(sourceStates) + targetState) * 0x9E3779B9;
  }

  static void requireSources(int sourceCount) {
    if (sourceCount < 1) {
      throw new IllegalArgumentException(
          "The number of sources (" + sourceCount + ") must be at least 1.");
    }
  }

  static void requireWeight(double weight) {
    if (!(weight >= Double.MIN_NORMAL && weight < LARGEST_WEIGHT)) {
      throw new IllegalArgumentException(
          "The weight (" + weight + ") must be positive and finite, from 1e-307 to 1e305.");
    }
  }

  static void requireSample(int sourceCount, int[] sourceStates, int targetState, double weight) {
    requireNonNull(sourceStates, "sourceStates");
    if (sourceStates.length != sourceCount) {
      throw new IllegalArgumentException(
          String.format(
              "The number of source states (%d) must be the number of sources (%d).",
              sourceStates.length, sourceCount));
    }
    requireWeight(weight);
    for (int state : sourceStates) {
      StateColumn.requireState(state);
    }
    StateColumn.requireState(targetState);
  }

  int sourceState(int source) {
    return sourceStates[source];
  }

  int targetState() {
    return targetState;
  }

  double weight() {
    return weight;
  }

  void add(double more) {
    weight += more;
  }

  @Override
  public boolean equals(Object object) {
    return object instanceof Realization other
        && hash == other.hash
        && targetState == other.targetState
        && Arrays.equals(sourceStates, other.sourceStates);
  }

  @Override
  public int hashCode() {
    return hash;
  }
}
