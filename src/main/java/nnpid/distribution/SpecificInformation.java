package nnpid.distribution;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * What sets of sources tell about each state of the target, one set after the other and fast: the
 * specific information I(T=t;S) = &Sigma;_s p(s|t) log2 [p(t|s) / p(t)], in bits, weighted by p(t)
 * so that the mutual information is the sum over target states.
 *
 * <p>Values depend on nothing but the partition of the realizations that a set of sources makes,
 * not even in the last bit: not on the order of realizations, nor on how often a source is
 * repeated. (All sums are of integers: of probabilities in units of about 2<sup>-60</sup>, and of
 * information in units of 2<sup>-57</sup> bits.) Cost and memory of one set are O(realizations).
 * Immutable.
 *
 * <pre>{@code
 * SpecificInformation information = SpecificInformation.of(distribution);
 * Partition pair = information.add(information.add(information.noSources(), 0), 3);
 * double[] aboutEachTargetState = information.weighted(pair);
 * }</pre>
 *
 * @see <a href="https://doi.org/10.1088/0954-898X/10/4/303">DeWeese and Meister (1999)</a>
 * @see <a href="https://arxiv.org/abs/1004.2515">Williams and Beer (2010)</a>
 */
public final class SpecificInformation {
  private static final double UNITS_PER_BIT = 0x1p57;

  // Realizations are ordered by target here.
  private final int[] start; // of every target state, plus the end
  private final StateColumn[] columns; // states numbered by appearance
  private final long[] masses;
  private final long totalMass;

  private SpecificInformation(int[] start, StateColumn[] columns, long[] masses) {
    this.start = start;
    this.columns = columns;
    this.masses = masses;
    this.totalMass = Arrays.stream(masses).sum();
  }

  /** Of the sources of a distribution about its target. */
  public static SpecificInformation of(JointDistribution distribution) {
    int[] order = distribution.realizationsByTarget();
    IntStream.Builder start = IntStream.builder();
    for (int i = 0; i < order.length; i++) {
      if (i == 0 || distribution.targetState(order[i]) != distribution.targetState(order[i - 1])) {
        start.add(i);
      }
    }
    start.add(order.length);
    StateColumn[] columns = new StateColumn[distribution.sourceCount()];
    for (int source = 0; source < columns.length; source++) {
      columns[source] =
          Partition.coarsest(order.length).refine(distribution.states(source, order)).asColumn();
    }
    // A power of two, so that counts stay what they are.
    int shift = 60 - Math.getExponent(distribution.totalWeight());
    long[] masses = new long[order.length];
    Arrays.setAll(masses, i -> (long) Math.rint(Math.scalb(distribution.weight(order[i]), shift)));
    return new SpecificInformation(start.build().toArray(), columns, masses);
  }

  public int realizationCount() {
    return masses.length;
  }

  public int targetStateCount() {
    return start.length - 1;
  }

  /** The partition that the empty set of sources makes. */
  public Partition noSources() {
    return Partition.coarsest(masses.length);
  }

  /**
   * The partition that some sources and one more make.
   *
   * @param sources made by {@link #noSources()} and this method
   */
  public Partition add(Partition sources, int source) {
    return sources.refine(columns[source]);
  }

  /** The partition that all sources make. */
  public Partition allSources() {
    Partition all = noSources();
    for (int source = 0; source < columns.length; source++) {
      all = add(all, source);
    }
    return all;
  }

  /**
   * p(t) I(T=t;S) for every target state t in ascending order of the states, in bits; not negative,
   * but for rounding. The sum is the mutual information.
   *
   * @param sources made by {@link #noSources()} and {@link #add}
   */
  public double[] weighted(Partition sources) {
    long[] classMasses = new long[sources.classCount()];
    for (int r = 0; r < masses.length; r++) {
      classMasses[sources.classOf(r)] += masses[r];
    }
    long[] jointMasses = new long[classMasses.length];
    int[] touched = new int[masses.length];
    double[] result = new double[targetStateCount()];
    for (int t = 0; t < result.length; t++) {
      int touchedCount = 0;
      long targetMass = 0;
      for (int r = start[t]; r < start[t + 1]; r++) {
        int c = sources.classOf(r);
        if (jointMasses[c] == 0) {
          touched[touchedCount++] = c;
        }
        jointMasses[c] += masses[r];
        targetMass += masses[r];
      }
      double lift = totalMass / (double) targetMass;
      double units = UNITS_PER_BIT / Math.log(2) / totalMass;
      long sum = 0;
      for (int i = 0; i < touchedCount; i++) {
        int c = touched[i];
        double mass = jointMasses[c];
        if (mass > 0) {
          sum += (long) Math.rint(units * mass * Math.log(mass / classMasses[c] * lift));
          jointMasses[c] = 0;
        }
      }
      result[t] = sum / UNITS_PER_BIT;
    }
    return result;
  }
}
