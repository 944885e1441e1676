package nnpid.distribution;

import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Sparse joint distribution of discrete sources and a discrete target: the realizations with
 * positive weight, each a tuple of states (&ge; 0) of the {@code sourceCount()} sources, a target
 * state, and a weight. Weights are counts or any positive reals; probabilities are weights divided
 * by {@link #totalWeight()}. Sums of integer weights are exact up to 2<sup>53</sup>.
 *
 * <p>Realizations are kept in lexicographic order of their states, so that the order in which they
 * were counted changes nothing. Every source is a column of as many bits as its states need;
 * distributions of the same states with other targets or weights share them. Immutable.
 *
 * <pre>{@code
 * JointDistribution.Counter counter = new JointDistribution.Counter(2);
 * counter.add(new int[] {0, 1}, 1, 1.0); // source states, target state, weight
 * JointDistribution distribution = counter.toDistribution();
 * }</pre>
 */
public final class JointDistribution implements Serializable {
  private static final long serialVersionUID = 1L;

  private final StateColumn[] columns; // of the sources
  private final int @Nullable [] rows; // realization -> row of the columns; null where it is itself
  private final int[] statesOf; // realization -> number of its states of the sources, ascending
  private final int[] targetStates;
  private final double[] weights;
  private final double totalWeight;
  private final Partition targetPartition;
  private final double entropyTarget;

  private JointDistribution(
      StateColumn[] columns,
      int @Nullable [] rows,
      int[] statesOf,
      int[] targetStates,
      double[] weights) {
    this.columns = columns;
    this.rows = rows;
    this.statesOf = statesOf;
    this.targetStates = targetStates;
    this.weights = weights;
    this.totalWeight = sum(weights);
    this.targetPartition = coarsestPartition().refine(Variable.of(targetStates));
    this.entropyTarget = entropy(targetPartition.classWeights(weights));
  }

  /** What another machine needs; the rest follows. */
  @SuppressWarnings("ArrayRecordComponent") // nobody compares or changes them
  private record Sent(
      StateColumn[] columns,
      int @Nullable [] rows,
      int[] statesOf,
      int[] targetStates,
      double[] weights)
      implements Serializable {
    private Object readResolve() {
      return new JointDistribution(columns, rows, statesOf, targetStates, weights);
    }
  }

  private Object writeReplace() {
    return new Sent(columns, rows, statesOf, targetStates, weights);
  }

  private void readObject(ObjectInputStream in) throws InvalidObjectException {
    throw new InvalidObjectException("A distribution is sent in another form.");
  }

  /**
   * The distribution of samples.
   *
   * @param columns by source: its states by sample; replaced, so that nothing is kept twice
   * @param samples the samples in order
   */
  static JointDistribution of(
      StateColumn[] columns, int[] targets, SortedRows samples, SortedRows.RowWeights weights) {
    int[] first = samples.firstRows();
    for (int source = 0; source < columns.length; source++) {
      columns[source] = columns[source].at(first);
    }
    return new JointDistribution(
        columns,
        null,
        samples.statesOf(),
        Arrays.stream(first).map(sample -> targets[sample]).toArray(),
        samples.weights(weights));
  }

  public int sourceCount() {
    return columns.length;
  }

  /** Number of distinct joint states (sources and target) with positive weight: R in the papers. */
  public int realizationCount() {
    return weights.length;
  }

  public double totalWeight() {
    return totalWeight;
  }

  public int sourceState(int realization, int source) {
    return columns[source].state(row(realization));
  }

  private int row(int realization) {
    return rows == null ? realization : rows[realization];
  }

  /** Number of bits that the states of a source have. */
  public int stateBits(int source) {
    return columns[source].planeCount();
  }

  /**
   * One bit of the states of a source in up to 64 realizations.
   *
   * @param bit from 0, below {@link #stateBits}
   * @param realizations indices of realizations, of which those from {@code from} on are looked at
   * @return bit i is that of the i-th of them; 0 beyond the last
   */
  public long statesBit(int source, int bit, int[] realizations, int from) {
    int count = Math.min(Long.SIZE, realizations.length - from);
    long result = 0;
    for (int i = 0; i < count; i++) {
      result |= (long) columns[source].bit(bit, row(realizations[from + i])) << i;
    }
    return result;
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
    return entropy(sourcePartition().classWeights(weights));
  }

  /** Mutual information of the target and all sources together in bits; not negative. */
  public double mutualInformation() {
    return Math.max(0, entropyTarget + entropySources() - entropy(weights));
  }

  /**
   * Mutual information of the target and some sources together in bits; not negative.
   *
   * @param sources source indices
   */
  public double mutualInformation(int... sources) {
    if (sources.length == 1) {
      return informationOf(sources[0]);
    }
    Partition partition = coarsestPartition();
    for (int source : sources) {
      partition = refine(partition, source);
    }
    return mutualInformation(partition);
  }

  /** The same for one source: in one pass, where a table of its states and the targets is small. */
  private double informationOf(int source) {
    Variable states = variable(source);
    int targets = targetPartition.classCount();
    if ((long) states.bound() * targets > realizationCount()) {
      return mutualInformation(refine(coarsestPartition(), source));
    }
    Weights ofStates = new Weights(states.bound());
    Weights ofBoth = new Weights(states.bound() * targets);
    int[] buffer = new int[Variable.BLOCK];
    for (int from = 0; from < weights.length; from += buffer.length) {
      int count = Math.min(buffer.length, weights.length - from);
      states.read(from, count, buffer);
      for (int i = 0; i < count; i++) {
        int r = from + i;
        ofStates.add(buffer[i], weights[r]);
        ofBoth.add(buffer[i] * targets + targetPartition.classOf(r), weights[r]);
      }
    }
    return Math.max(0, entropyTarget + entropy(ofStates.inOrder()) - entropy(ofBoth.inOrder()));
  }

  /** Sums of weights, in order of appearance. */
  private static final class Weights {
    private final double[] sums;
    private final int[] order;
    private int count;

    Weights(int size) {
      sums = new double[size];
      order = new int[size];
    }

    void add(int index, double weight) {
      if (sums[index] == 0) {
        order[count++] = index; // weights are positive: it was not seen before
      }
      sums[index] += weight;
    }

    double[] inOrder() {
      return IntStream.range(0, count).mapToDouble(i -> sums[order[i]]).toArray();
    }
  }

  /** The partition of the realizations into one class, to start {@link #refine} from. */
  public Partition coarsestPartition() {
    return Partition.coarsest(realizationCount());
  }

  /** Splits the classes of a partition of the realizations by the states of a source. */
  public Partition refine(Partition partition, int source) {
    return partition.refine(variable(source));
  }

  private Variable variable(int source) {
    return rows == null ? columns[source] : Variable.at(columns[source], rows);
  }

  /** The states of a source in some realizations. */
  Variable states(int source, int[] realizations) {
    return Variable.at(columns[source], rowsAt(realizations));
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
    return partition.refine(targetPartition);
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
    forEachSource(0, columns.length, coarsestPartition(), consumer);
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
    double joint = entropy(refineByTarget(sources).classWeights(weights));
    return Math.max(0, entropyTarget + entropy(sources.classWeights(weights)) - joint);
  }

  /** Entropy of classes with these weights. */
  private double entropy(double[] ofClasses) {
    double sum = 0;
    double last = 0; // the same again and again where all states are seen once
    double term = 0;
    for (double weight : ofClasses) {
      if (weight != last) {
        double p = weight / totalWeight;
        term = p > 0 ? p * log2(p) : 0; // it may underflow
        last = weight;
      }
      sum += term;
    }
    return 0 - sum;
  }

  /** By the states of all sources. */
  private Partition sourcePartition() {
    return Partition.of(statesOf, statesOf[statesOf.length - 1] + 1);
  }

  /** The realizations ordered by their target states, those with the same one in their order. */
  public int[] realizationsByTarget() {
    return IntStream.range(0, realizationCount())
        .mapToLong(r -> ((long) targetStates[r] << Integer.SIZE) | r)
        .sorted()
        .mapToInt(key -> (int) key)
        .toArray();
  }

  /** Number of different states the source takes. */
  public int stateCount(int source) {
    return refine(coarsestPartition(), source).classCount();
  }

  /** Whether the source has the same state in all realizations. */
  public boolean isConstant(int source) {
    return DistinctSources.isConstant(variable(source), realizationCount());
  }

  /** Number of different states the target takes. */
  public int targetStateCount() {
    return targetPartition.classCount();
  }

  /**
   * For every set of sources (as bit mask, bit i = source i) and every realization: the total
   * weight of the realizations that agree with it on the target and on all sources of the set. Time
   * and memory are O(realizations &times; 2<sup>sources</sup>), hence for few sources only.
   *
   * @return array indexed {@code [source mask][realization]}
   */
  public double[][] agreementWeights() {
    double[][] result = new double[1 << columns.length][];
    fillAgreementWeights(result, 0, 0, targetPartition);
    return result;
  }

  private void fillAgreementWeights(
      double[][] result, int mask, int firstSource, Partition partition) {
    result[mask] = partition.classWeightOfEach(weights);
    for (int source = firstSource; source < columns.length; source++) {
      fillAgreementWeights(result, mask | (1 << source), source + 1, refine(partition, source));
    }
  }

  /**
   * The sources that are neither constant nor the same, but for the names of their states, as one
   * before them: the others add nothing to any set of sources. Ascending.
   */
  public int[] distinctSources() {
    return new DistinctSources(realizationCount(), this::variable).find(columns.length);
  }

  /**
   * The same distribution of the {@link #distinctSources()} alone; itself if there are none. The
   * realizations are in the order in which they would be if the states of every source were named
   * by their appearance in this distribution's order: so names of states do not matter.
   */
  public JointDistribution ofDistinctSources() {
    int[] distinct = distinctSources();
    if (distinct.length == 0) {
      return this;
    }
    SortedRows sorted = sorted(distinct.length, source -> byAppearance(variable(distinct[source])));
    int[] order = sorted.firstRows(); // all are different
    return new JointDistribution(
        Arrays.stream(distinct).mapToObj(source -> columns[source]).toArray(StateColumn[]::new),
        rowsAt(order),
        sorted.statesOf(),
        Arrays.stream(order).map(r -> targetStates[r]).toArray(),
        Arrays.stream(order).mapToDouble(r -> weights[r]).toArray());
  }

  /** The states by order of appearance. */
  private Variable byAppearance(Variable states) {
    return coarsestPartition().refine(states).asVariable();
  }

  private SortedRows sorted(int sourceCount, IntFunction<Variable> sources) {
    return new SortedRows(sourceCount, sources, Variable.of(targetStates), realizationCount());
  }

  private int[] rowsAt(int[] realizations) {
    return rows == null ? realizations : Arrays.stream(realizations).map(r -> rows[r]).toArray();
  }

  /** The marginal distribution of the sources: the same sources and a target of one state, 0. */
  public JointDistribution withoutTarget() {
    int[] first =
        IntStream.range(0, realizationCount())
            .filter(r -> r == 0 || statesOf[r] != statesOf[r - 1])
            .toArray();
    return new JointDistribution(
        columns,
        rowsAt(first),
        IntStream.range(0, first.length).toArray(),
        new int[first.length],
        sourcePartition().classWeights(weights));
  }

  /**
   * For every realization: the index of the realization of {@link #withoutTarget()} with the same
   * states of the sources.
   */
  public int[] realizationsWithoutTarget() {
    return statesOf.clone();
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
      states[group] = coarsestPartition();
      for (int source : groups.get(group)) {
        states[group] = refine(states[group], source);
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
    return withSources(sorted(sources), sources);
  }

  /** The realizations by the classes of partitions and the target. */
  SortedRows sorted(Partition... sources) {
    return sorted(sources.length, source -> sources[source].asVariable());
  }

  /** The same where the realizations have been sorted already. */
  JointDistribution withSources(SortedRows sorted, Partition... sources) {
    StateColumn[] states =
        Arrays.stream(sources).map(Partition::asColumn).toArray(StateColumn[]::new);
    return of(states, targetStates, sorted, r -> weights[r]);
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
    int[] newStatesOf = new int[sources.length];
    for (int r = 1; r < sources.length; r++) {
      int order = Integer.compare(statesOf[sources[r - 1]], statesOf[sources[r]]);
      if (order > 0 || (order == 0 && targets[r - 1] >= targets[r])) {
        throw new IllegalArgumentException(
            "Realization " + r + " must come after the one before it, by its states.");
      }
      newStatesOf[r] = newStatesOf[r - 1] - order;
    }
    return new JointDistribution(
        columns, rowsAt(sources.clone()), newStatesOf, targets.clone(), newWeights.clone());
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
    private final int sourceCount;
    private final Map<Realization, Realization> realizations = new HashMap<>();

    /**
     * A counter of samples of {@code sourceCount} sources and a target.
     *
     * @throws IllegalArgumentException if {@code sourceCount} is not positive
     */
    public Counter(int sourceCount) {
      Realization.requireSources(sourceCount);
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
      Realization.requireSample(sourceCount, sourceStates, targetState, weight);
      Realization probe = new Realization(sourceStates, targetState);
      Realization known = realizations.get(probe);
      if (known == null) {
        known = new Realization(sourceStates.clone(), targetState);
        realizations.put(known, known);
      }
      known.add(weight);
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
      StateColumn.Builder[] builders = StateColumn.builders(sourceCount, realizations.size());
      int[] targets = new int[realizations.size()];
      double[] weights = new double[realizations.size()];
      int row = 0;
      for (Realization realization : realizations.keySet()) {
        for (int source = 0; source < sourceCount; source++) {
          builders[source].add(realization.sourceState(source));
        }
        targets[row] = realization.targetState();
        weights[row++] = realization.weight();
      }
      StateColumn[] columns = StateColumn.build(builders);
      return of(columns, targets, SortedRows.of(columns, targets), r -> weights[r]);
    }
  }
}
