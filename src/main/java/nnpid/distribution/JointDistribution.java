package nnpid.distribution;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Sparse joint distribution of discrete sources and a discrete target: the realizations with
 * positive weight, each a tuple of states (&ge; 0) of the {@code sourceCount()} sources, a target
 * state, and a weight. Weights are counts or any positive reals; probabilities are weights divided
 * by {@link #totalWeight()}. Sums of integer weights are exact up to 2<sup>53</sup>.
 *
 * <p>Realizations are kept in lexicographic order of their states, so that the order in which they
 * were counted changes nothing. Memory is O(realizations &times; sources). Immutable.
 *
 * <pre>{@code
 * JointDistribution.Counter counter = new JointDistribution.Counter(2);
 * counter.add(new int[] {0, 1}, 1, 1.0); // source states, target state, weight
 * JointDistribution distribution = counter.toDistribution();
 * }</pre>
 */
public final class JointDistribution {
  private final int sourceCount;
  private final int[][] columns; // source, realization
  private final int[] targetStates;
  private final double[] weights;
  private final double totalWeight;
  private final double entropyTarget;

  private JointDistribution(
      int sourceCount, int[][] columns, int[] targetStates, double[] weights) {
    this.sourceCount = sourceCount;
    this.columns = columns;
    this.targetStates = targetStates;
    this.weights = weights;
    this.totalWeight = sum(weights);
    this.entropyTarget = entropy(targetPartition());
  }

  private static JointDistribution ofSorted(int sourceCount, Realization[] sorted) {
    int[][] columns = new int[sourceCount][sorted.length];
    int[] targetStates = new int[sorted.length];
    double[] weights = new double[sorted.length];
    for (int r = 0; r < sorted.length; r++) {
      int[] states = sorted[r].sourceStates;
      for (int source = 0; source < sourceCount; source++) {
        columns[source][r] = states[source];
      }
      targetStates[r] = sorted[r].targetState;
      weights[r] = sorted[r].weight;
    }
    return new JointDistribution(sourceCount, columns, targetStates, weights);
  }

  public int sourceCount() {
    return sourceCount;
  }

  /** Number of distinct joint states (sources and target) with positive weight: R in the papers. */
  public int realizationCount() {
    return weights.length;
  }

  public double totalWeight() {
    return totalWeight;
  }

  public int sourceState(int realization, int source) {
    return columns[source][realization];
  }

  public int targetState(int realization) {
    return targetStates[realization];
  }

  public double weight(int realization) {
    return weights[realization];
  }

  /** The weights of all realizations, in order: a copy. */
  public double[] weights() {
    return weights.clone();
  }

  /** Entropy of the target in bits. */
  public double entropyTarget() {
    return entropyTarget;
  }

  /** Joint entropy of all sources in bits. */
  public double entropySources() {
    return entropy(sourcePartition());
  }

  /** Mutual information of the target and all sources together in bits; not negative. */
  public double mutualInformation() {
    return mutualInformation(sourcePartition());
  }

  /**
   * Mutual information of the target and some sources together in bits; not negative.
   *
   * @param sources source indices
   */
  public double mutualInformation(int... sources) {
    Partition partition = coarsestPartition();
    for (int source : sources) {
      partition = refine(partition, source);
    }
    return mutualInformation(partition);
  }

  /** The partition of the realizations into one class, to start {@link #refine} from. */
  public Partition coarsestPartition() {
    return Partition.coarsest(realizationCount());
  }

  /** Splits the classes of a partition of the realizations by the states of a source. */
  public Partition refine(Partition partition, int source) {
    return partition.refine(columns[source]);
  }

  /** Splits the classes by the states of all sources from {@code from} to {@code to} - 1. */
  public Partition refine(Partition partition, int from, int to) {
    Partition refined = partition;
    for (int source = from; source < to; source++) {
      refined = refine(refined, source);
    }
    return refined;
  }

  /** Splits the classes by the states of the target. */
  public Partition refineByTarget(Partition partition) {
    return partition.refine(targetStates);
  }

  /** For every realization: the total weight of its class. */
  public double[] classWeights(Partition partition) {
    return partition.classWeightOfEach(weights);
  }

  /**
   * Hands over every source, in order, with the partition by the states of all other sources. Cost
   * is that of n log2 n refinements for n sources.
   */
  public void forEachSource(SourceAndOthers consumer) {
    forEachSource(0, sourceCount, coarsestPartition(), consumer);
  }

  /** By halves: {@code others} is the partition by the sources outside of the range. */
  private void forEachSource(int from, int to, Partition others, SourceAndOthers consumer) {
    if (to - from == 1) {
      consumer.accept(from, others);
      return;
    }
    int middle = (from + to) >>> 1;
    forEachSource(from, middle, refine(others, middle, to), consumer);
    forEachSource(middle, to, refine(others, from, middle), consumer);
  }

  /** What {@link #forEachSource} hands over. */
  @FunctionalInterface
  public interface SourceAndOthers {
    /** Takes one source and the partition by the states of all others. */
    void accept(int source, Partition others);
  }

  /**
   * Mutual information of the target and the classes of a partition of the realizations in bits;
   * not negative.
   */
  public double mutualInformation(Partition sources) {
    double joint = entropy(refineByTarget(sources));
    return Math.max(0, entropyTarget + entropy(sources) - joint);
  }

  private double entropy(Partition partition) {
    double sum = 0;
    for (double weight : partition.classWeights(weights)) {
      double p = weight / totalWeight;
      sum += p > 0 ? p * log2(p) : 0; // it may underflow
    }
    return 0 - sum;
  }

  private Partition targetPartition() {
    return refineByTarget(coarsestPartition());
  }

  private Partition sourcePartition() {
    return refine(coarsestPartition(), 0, sourceCount);
  }

  /** The realizations ordered by their target states, those with the same one in their order. */
  public int[] realizationsByTarget() {
    return IntStream.range(0, realizationCount())
        .boxed()
        .sorted((a, b) -> Integer.compare(targetStates[a], targetStates[b]))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  /** Number of different states the source takes. */
  public int stateCount(int source) {
    return Partition.coarsest(realizationCount()).refine(columns[source]).classCount();
  }

  /** Number of different states the target takes. */
  public int targetStateCount() {
    return targetPartition().classCount();
  }

  /**
   * For every set of sources (as bit mask, bit i = source i) and every realization: the total
   * weight of the realizations that agree with it on the target and on all sources of the set. Time
   * and memory are O(realizations &times; 2<sup>sources</sup>), hence for few sources only.
   *
   * @return array indexed {@code [source mask][realization]}
   */
  public double[][] agreementWeights() {
    double[][] result = new double[1 << sourceCount][];
    fillAgreementWeights(result, 0, 0, targetPartition());
    return result;
  }

  private void fillAgreementWeights(
      double[][] result, int mask, int firstSource, Partition partition) {
    result[mask] = partition.classWeightOfEach(weights);
    for (int source = firstSource; source < sourceCount; source++) {
      fillAgreementWeights(result, mask | (1 << source), source + 1, refine(partition, source));
    }
  }

  /**
   * The sources that are neither constant nor the same, but for the names of their states, as one
   * before them: the others add nothing to any set of sources. Ascending.
   */
  public int[] distinctSources() {
    Map<Long, Integer> seen = new HashMap<>();
    return IntStream.range(0, sourceCount)
        .filter(
            source -> {
              Partition partition = coarsestPartition().refine(columns[source]);
              if (partition.classCount() == 1) {
                return false;
              }
              Integer same = seen.putIfAbsent(partition.hash(), source);
              return same == null || !partition.isSameAs(coarsestPartition().refine(columns[same]));
            })
        .toArray();
  }

  /** The marginal distribution of the sources: the same sources and a target of one state, 0. */
  public JointDistribution withoutTarget() {
    Counter counter = new Counter(sourceCount);
    for (int r = 0; r < realizationCount(); r++) {
      counter.add(states(r), 0, weights[r]);
    }
    return counter.toDistribution();
  }

  private int[] states(int realization) {
    return Arrays.stream(columns).mapToInt(column -> column[realization]).toArray();
  }

  /**
   * For every realization: the index of the realization of {@link #withoutTarget()} with the same
   * states of the sources.
   */
  public int[] realizationsWithoutTarget() {
    // Lexicographic order: equal ones are neighbors here, and in the same order there.
    Partition states = sourcePartition();
    int[] indices = new int[realizationCount()];
    Arrays.setAll(indices, states::classOf);
    return indices;
  }

  /**
   * The distribution whose sources are groups of this one's: the state of a group is the tuple of
   * its sources' states. Sources in no group are marginalized away; a source in two groups is in
   * both.
   *
   * @param groups source indices of every group; no group may be empty
   * @throws IllegalArgumentException if a group is empty
   * @throws IndexOutOfBoundsException if there is no such source
   */
  public JointDistribution groupSources(List<int[]> groups) {
    return withSources(groupStates(groups));
  }

  /** For every group the partition of the realizations by the states of its sources. */
  Partition[] groupStates(List<int[]> groups) {
    Partition[] states = new Partition[groups.size()];
    for (int group = 0; group < states.length; group++) {
      if (groups.get(group).length == 0) {
        throw new IllegalArgumentException("A group of sources must not be empty.");
      }
      states[group] = Partition.coarsest(realizationCount());
      for (int source : groups.get(group)) {
        states[group] = states[group].refine(columns[source]);
      }
    }
    return states;
  }

  /**
   * The distribution with other sources: the states of each are the classes of a partition of this
   * one's realizations.
   *
   * @throws IllegalArgumentException if there is no partition
   */
  public JointDistribution withSources(Partition... sources) {
    if (sources.length == 0) {
      throw new IllegalArgumentException("There must be at least one source.");
    }
    Partition joint = targetPartition();
    for (Partition source : sources) {
      joint = joint.refine(source);
    }
    double[] classWeights = joint.classWeights(weights);
    Realization[] realizations = new Realization[joint.classCount()];
    for (int r = 0; r < realizationCount(); r++) {
      int index = joint.classOf(r);
      if (realizations[index] == null) {
        int[] states = new int[sources.length];
        for (int source = 0; source < states.length; source++) {
          states[source] = sources[source].classOf(r);
        }
        realizations[index] = new Realization(states, targetStates[r], classWeights[index]);
      }
    }
    Arrays.sort(realizations);
    return ofSorted(sources.length, realizations);
  }

  /**
   * For every realization: the index of the one that it became part of in {@link #withSources}.
   *
   * @param sources the partitions that gave the sources of {@code other}
   */
  int[] realizationsIn(JointDistribution other, Partition... sources) {
    Map<Realization, Integer> indices = new HashMap<>();
    for (int r = 0; r < other.realizationCount(); r++) {
      indices.put(new Realization(other.states(r), other.targetStates[r], 0), r);
    }
    int[] result = new int[realizationCount()];
    for (int r = 0; r < result.length; r++) {
      int realization = r;
      int[] states =
          Arrays.stream(sources).mapToInt(source -> source.classOf(realization)).toArray();
      result[r] = requireNonNull(indices.get(new Realization(states, targetStates[r], 0)));
    }
    return result;
  }

  /**
   * The distribution over given states of the sources with other targets.
   *
   * @param sources for every realization to be: a realization of this distribution that has the
   *     states of its sources
   * @param targets its target state
   * @param newWeights its weight; positive
   * @throws IllegalArgumentException if the realizations to be are not in ascending order of their
   *     states, the target's last
   */
  public JointDistribution withTargets(int[] sources, int[] targets, double[] newWeights) {
    for (int r = 1; r < sources.length; r++) {
      int order = compareStates(sources[r - 1], sources[r]);
      if (order > 0 || (order == 0 && targets[r - 1] >= targets[r])) {
        throw new IllegalArgumentException(
            "Realization " + r + " must come after the one before it, by its states.");
      }
    }
    int[][] newColumns = new int[sourceCount][];
    for (int source = 0; source < sourceCount; source++) {
      int[] column = columns[source];
      newColumns[source] = Arrays.stream(sources).map(r -> column[r]).toArray();
    }
    return new JointDistribution(sourceCount, newColumns, targets.clone(), newWeights.clone());
  }

  private int compareStates(int a, int b) {
    int order = 0;
    for (int source = 0; source < sourceCount && order == 0; source++) {
      order = Integer.compare(columns[source][a], columns[source][b]);
    }
    return order;
  }

  private static double log2(double x) {
    return Math.log(x) / Math.log(2);
  }

  private static double sum(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum;
  }

  /** Counts samples into a distribution. Not thread-safe. */
  public static final class Counter {
    /** Sums of weights must not overflow; nor may they lose digits, as subnormal numbers do. */
    private static final double LARGEST_WEIGHT = 1e305;

    private final int sourceCount;
    private final Map<Realization, Realization> realizations = new HashMap<>();

    /**
     * A counter of samples of {@code sourceCount} sources and a target.
     *
     * @throws IllegalArgumentException if {@code sourceCount} is not positive
     */
    public Counter(int sourceCount) {
      if (sourceCount < 1) {
        throw new IllegalArgumentException(
            "The number of sources (" + sourceCount + ") must be at least 1.");
      }
      this.sourceCount = sourceCount;
    }

    /**
     * Adds a sample, or {@code weight} equal ones.
     *
     * @param sourceStates the state (&ge; 0) of every source; copied
     * @throws IllegalArgumentException if the number of states is not the number of sources, a
     *     state is negative, or the weight is not positive and finite
     */
    public void add(int[] sourceStates, int targetState, double weight) {
      addOne(sourceStates, targetState, weight);
    }

    /** Adds a sample; the number of its realization, from 0 in order of appearance. */
    int addOne(int[] sourceStates, int targetState, double weight) {
      requireNonNull(sourceStates, "sourceStates");
      if (sourceStates.length != sourceCount) {
        throw new IllegalArgumentException(
            String.format(
                "The number of source states (%d) must be the number of sources (%d).",
                sourceStates.length, sourceCount));
      }
      if (!(weight >= Double.MIN_NORMAL && weight < LARGEST_WEIGHT)) {
        throw new IllegalArgumentException(
            "The weight (" + weight + ") must be positive and finite, from 1e-307 to 1e305.");
      }
      for (int state : sourceStates) {
        requireState(state);
      }
      requireState(targetState);
      Realization probe = new Realization(sourceStates, targetState, 0);
      Realization known = realizations.get(probe);
      if (known == null) {
        known = new Realization(sourceStates.clone(), targetState, 0);
        known.serial = realizations.size();
        realizations.put(known, known);
      }
      known.weight += weight;
      return known.serial;
    }

    private static void requireState(int state) {
      if (state < 0) {
        throw new IllegalArgumentException("The state (" + state + ") must not be negative.");
      }
    }

    /** Number of distinct realizations so far. */
    public int realizationCount() {
      return realizations.size();
    }

    /**
     * The distribution of all samples added so far.
     *
     * @throws IllegalStateException if there are none
     */
    public JointDistribution toDistribution() {
      if (realizations.isEmpty()) {
        throw new IllegalStateException("A distribution must have at least one sample.");
      }
      return ofSorted(sourceCount, sorted());
    }

    /** The index in the distribution of every realization, by order of appearance. */
    int[] places() {
      Realization[] sorted = sorted();
      int[] places = new int[sorted.length];
      for (int place = 0; place < places.length; place++) {
        places[sorted[place].serial] = place;
      }
      return places;
    }

    private Realization[] sorted() {
      Realization[] sorted = realizations.keySet().toArray(new Realization[0]);
      Arrays.sort(sorted);
      return sorted;
    }
  }

  /** A joint state and its growing weight. Equality and order are those of the state alone. */
  private static final class Realization implements Comparable<Realization> {
    private static final Comparator<Realization> ORDER =
        Comparator.comparing((Realization r) -> r.sourceStates, Arrays::compare)
            .thenComparingInt(r -> r.targetState);

    private final int[] sourceStates;
    private final int targetState;
    private final int hash;
    private double weight;
    private int serial;

    Realization(int[] sourceStates, int targetState, double weight) {
      this.sourceStates = sourceStates;
      this.targetState = targetState;
      this.weight = weight;
      this.hash = (31 * Arrays.hashCode(sourceStates) + targetState) * 0x9E3779B9;
    }

    @Override
    public int compareTo(Realization other) {
      return ORDER.compare(this, other);
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
}
