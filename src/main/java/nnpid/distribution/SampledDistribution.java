package nnpid.distribution;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A joint distribution and the samples that it was counted from: how many they are, and, where
 * every row is one sample of some weight, which rows make up which realization. Samples may have
 * gone through a network several times, see {@link Passes}. Immutable.
 */
public final class SampledDistribution implements Serializable {
  private static final long serialVersionUID = 1L;

  private final JointDistribution distribution;
  private final long rowCount;
  private final WeightMeaning weightMeaning;
  private final double size;
  private final int[] rowRealizations; // ascending
  private final double[] rowWeights; // ascending within a realization
  private final LeftOut leftOut;
  private final @Nullable Passes passes; // null if a row is a sample, or several

  /**
   * Samples that do not count.
   *
   * @param withoutTarget have no target
   * @param withMissingValues have a target but not all values, and were therefore dropped
   * @param weightless have a target, and the weight 0
   */
  public record LeftOut(long withoutTarget, long withMissingValues, long weightless)
      implements Serializable {
    private static final long serialVersionUID = 7013255290624408811L;

    /** All samples count. */
    public static final LeftOut NONE = new LeftOut(0, 0, 0);

    /** How many do not count. */
    public long total() {
      return withoutTarget + withMissingValues + weightless;
    }
  }

  private SampledDistribution(
      JointDistribution distribution,
      long rowCount,
      WeightMeaning weightMeaning,
      double size,
      int[] rowRealizations, // in any order
      double[] rowWeights,
      LeftOut leftOut) {
    this.distribution = distribution;
    this.rowCount = rowCount;
    this.weightMeaning = weightMeaning;
    this.size = size;
    this.leftOut = leftOut;
    this.passes = null;
    this.rowRealizations = rowRealizations.clone();
    this.rowWeights = new double[rowWeights.length];
    int[] next = new int[distribution.realizationCount() + 1];
    for (int realization : rowRealizations) {
      next[realization + 1]++;
    }
    Arrays.parallelPrefix(next, Integer::sum);
    int[] starts = next.clone();
    for (int row = 0; row < rowWeights.length; row++) {
      this.rowWeights[next[rowRealizations[row]]++] = rowWeights[row];
    }
    // So that the order of the rows changes nothing.
    Arrays.sort(this.rowRealizations);
    for (int r = 0; r + 1 < starts.length; r++) {
      Arrays.sort(this.rowWeights, starts[r], starts[r + 1]);
    }
  }

  private SampledDistribution(
      JointDistribution distribution, WeightMeaning weightMeaning, Passes passes, LeftOut leftOut) {
    this.distribution = distribution;
    this.rowCount = (long) passes.count() * passes.sampleCount();
    this.weightMeaning = weightMeaning;
    this.size =
        weightMeaning == WeightMeaning.COUNTS
            ? passes.sampleCount()
            : effectiveSize(passes.weights());
    this.leftOut = leftOut;
    this.passes = passes;
    this.rowRealizations = new int[0];
    this.rowWeights = new double[0];
  }

  /**
   * The samples of a distribution of which no more is known: as many as the weights say if they are
   * counts, else one per realization.
   *
   * @throws IllegalArgumentException if the weights are said to be counts and cannot be
   */
  public static SampledDistribution of(JointDistribution distribution, WeightMeaning meaning) {
    double[] weights = distribution.weights();
    int[] realizations = new int[weights.length];
    Arrays.setAll(realizations, r -> r);
    boolean counts = meaning.of(weights, distribution.totalWeight()) == WeightMeaning.COUNTS;
    long rows = counts ? Math.round(distribution.totalWeight()) : weights.length;
    return of(distribution, rows, realizations, weights, meaning, LeftOut.NONE);
  }

  private static SampledDistribution of(
      JointDistribution distribution,
      long rowCount,
      int[] realizations,
      double[] weights,
      WeightMeaning meaning,
      LeftOut leftOut) {
    double total = distribution.totalWeight();
    WeightMeaning known = meaning.of(weights, total);
    // Counts are the weights of the realizations: their rows tell no more.
    return known == WeightMeaning.COUNTS
        ? new SampledDistribution(
            distribution, rowCount, known, total, new int[0], new double[0], leftOut)
        : new SampledDistribution(
            distribution, rowCount, known, effectiveSize(weights), realizations, weights, leftOut);
  }

  /** Number of equal weights that would tell as much on average: (sum w)^2 / sum w^2. */
  private static double effectiveSize(double[] weights) {
    double largest = Arrays.stream(weights).max().orElse(0);
    double sum = 0;
    double squares = 0;
    for (double weight : weights) {
      double share = weight / largest; // squares of large weights would overflow
      sum += share;
      squares += share * share;
    }
    return sum * sum / squares;
  }

  public JointDistribution distribution() {
    return distribution;
  }

  /** Number of rows of data that were counted. */
  public long rowCount() {
    return rowCount;
  }

  /** What the weights mean: {@link WeightMeaning#COUNTS} or {@link WeightMeaning#IMPORTANCE}. */
  public WeightMeaning weightMeaning() {
    return weightMeaning;
  }

  /**
   * Number of samples, m: the total weight if weights are counts, else the effective number of
   * rows, (sum of weights)<sup>2</sup> / (sum of squared weights). Passes of a sample are one.
   */
  public double size() {
    return size;
  }

  /** How often every sample went through the network: 1 if nothing is known of passes. */
  public int passCount() {
    return passes == null ? 1 : passes.count();
  }

  /** The samples with their passes, if there are several. */
  public Optional<Passes> passes() {
    return Optional.ofNullable(passes);
  }

  /**
   * The samples as they went through the network once, a sample each.
   *
   * @param pass which time, from 0
   * @throws IllegalStateException if the weights are not numbers of samples
   */
  public SampledDistribution pass(int pass) {
    return passes == null ? this : passes.once(distribution, weightMeaning, pass);
  }

  /** The samples that do not count. */
  public LeftOut leftOut() {
    return leftOut;
  }

  /**
   * The realization of every row, ascending, if every row is one sample; none if weights are
   * counts. A copy.
   */
  public int[] rowRealizations() {
    return rowRealizations.clone();
  }

  /** The weights of these rows, ascending within a realization: a copy. */
  public double[] rowWeights() {
    return rowWeights.clone();
  }

  /**
   * The same samples with groups of sources read as one each.
   *
   * @see JointDistribution#groupSources(List)
   */
  public SampledDistribution groupSources(List<int[]> groups) {
    Partition[] states = distribution.groupStates(groups);
    SortedRows sorted = distribution.sorted(states);
    int[] realizations = sorted.realizations();
    JointDistribution grouped = distribution.withSources(sorted, states);
    if (passes != null) {
      return new SampledDistribution(grouped, weightMeaning, passes.in(realizations), leftOut);
    }
    return new SampledDistribution(
        grouped,
        rowCount,
        weightMeaning,
        size,
        Arrays.stream(rowRealizations).map(r -> realizations[r]).toArray(),
        rowWeights,
        leftOut);
  }

  /**
   * Samples whose weights are numbers of samples, and have been counted.
   *
   * @param rowCount how many rows of data they were
   * @param leftOut samples that were not counted
   * @throws IllegalArgumentException if a weight is not a whole number, or they are too many
   */
  public static SampledDistribution ofCounts(
      JointDistribution distribution, long rowCount, LeftOut leftOut) {
    double[] none = new double[0];
    WeightMeaning.COUNTS.of(distribution.weights(), distribution.totalWeight());
    return new SampledDistribution(
        distribution,
        rowCount,
        WeightMeaning.COUNTS,
        distribution.totalWeight(),
        new int[0],
        none,
        leftOut);
  }

  /**
   * The samples of columns.
   *
   * @param columns by source: its states by sample; the array is used up, so that nothing is kept
   *     twice
   * @param targets the target states by sample
   * @param weights the weights by sample; none if all are 1
   * @param leftOut the samples that are not in the columns
   * @throws IllegalStateException if there are no samples
   * @throws IllegalArgumentException if a weight is not positive and finite, or the weights are
   *     said to be counts and cannot be
   */
  public static SampledDistribution ofColumns(
      StateColumn[] columns,
      int[] targets,
      double[] weights,
      WeightMeaning meaning,
      LeftOut leftOut) {
    Realization.requireSources(columns.length);
    if (targets.length == 0) {
      throw new IllegalStateException("A distribution must have at least one sample.");
    }
    for (double weight : weights) {
      Realization.requireWeight(weight);
    }
    SortedRows sorted = SortedRows.of(columns, targets);
    boolean same = weights.length == 0;
    JointDistribution distribution =
        JointDistribution.of(columns, targets, sorted, same ? row -> 1 : row -> weights[row]);
    if (same && meaning != WeightMeaning.IMPORTANCE) {
      // Weights of 1 are counts; the rows tell no more.
      return new SampledDistribution(
          distribution,
          targets.length,
          WeightMeaning.COUNTS,
          distribution.totalWeight(),
          new int[0],
          new double[0],
          leftOut);
    }
    double[] given = same ? ones(targets.length) : weights;
    return of(distribution, targets.length, sorted.realizations(), given, meaning, leftOut);
  }

  /**
   * The same where rows may be passes of the same sample.
   *
   * @param sampleOf which rows; empty if each is a sample
   * @throws IllegalArgumentException also if the rows of a sample differ in target or weight,
   *     samples differ in the number of rows, or weights of several passes are said to be counts
   */
  public static SampledDistribution ofColumns(
      StateColumn[] columns,
      int[] targets,
      double[] weights,
      Optional<SampleOfRow> sampleOf,
      WeightMeaning meaning,
      LeftOut leftOut) {
    int[][] rows = sampleOf.map(one -> one.rows(targets, weights)).orElse(new int[1][]);
    return rows.length == 1
        ? ofColumns(columns, targets, weights, meaning, leftOut)
        : ofPasses(columns, targets, weights, rows, meaning, leftOut);
  }

  /** The same of several rows per sample, given by pass and sample. */
  private static SampledDistribution ofPasses(
      StateColumn[] columns,
      int[] targets,
      double[] weights,
      int[][] rows,
      WeightMeaning meaning,
      LeftOut leftOut) {
    boolean same = Arrays.stream(weights).distinct().count() <= 1;
    if (meaning == WeightMeaning.COUNTS && !same) {
      throw new IllegalArgumentException(
          "Samples of several passes must not have counts as weights: a sample is one."
              + "\nMaybe take the weights as importance.");
    }
    SortedRows sorted = SortedRows.of(columns, targets);
    JointDistribution distribution =
        JointDistribution.of(columns, targets, sorted, same ? row -> 1 : row -> weights[row]);
    int[] realizations = sorted.realizations();
    int[][] ofPasses = new int[rows.length][];
    for (int pass = 0; pass < rows.length; pass++) {
      ofPasses[pass] = Arrays.stream(rows[pass]).map(row -> realizations[row]).toArray();
    }
    double[] ofSamples =
        Arrays.stream(rows[0]).mapToDouble(row -> same ? 1 : weights[row]).toArray();
    return of(
        distribution,
        same && meaning != WeightMeaning.IMPORTANCE
            ? WeightMeaning.COUNTS
            : WeightMeaning.IMPORTANCE,
        Passes.of(ofPasses, ofSamples),
        leftOut);
  }

  static SampledDistribution of(
      JointDistribution distribution, WeightMeaning meaning, Passes passes, LeftOut leftOut) {
    return new SampledDistribution(distribution, meaning, passes, leftOut);
  }

  private static double[] ones(int count) {
    double[] ones = new double[count];
    Arrays.fill(ones, 1);
    return ones;
  }

  /** Counts samples into a distribution, and keeps what they weigh. Not thread-safe. */
  public static final class Counter {
    private final int sourceCount;
    private final StateColumn.Builder[] columns;
    private int rows;
    private int[] targets = new int[64];
    private double[] weights = new double[0]; // none as long as all are 1

    /**
     * A counter of samples of {@code sourceCount} sources and a target.
     *
     * @throws IllegalArgumentException if {@code sourceCount} is not positive
     */
    public Counter(int sourceCount) {
      Realization.requireSources(sourceCount);
      this.sourceCount = sourceCount;
      this.columns = StateColumn.builders(sourceCount, 0);
    }

    /**
     * Adds a row.
     *
     * @throws IllegalArgumentException as {@link JointDistribution.Counter#add}
     */
    public void add(int[] sourceStates, int targetState, double weight) {
      Realization.requireSample(sourceCount, sourceStates, targetState, weight);
      if (rows == targets.length) {
        targets = Arrays.copyOf(targets, rows + (rows >> 1));
      }
      if (weight != 1 && weights.length == 0) {
        weights = ones(targets.length);
      }
      if (weights.length > 0) {
        if (rows >= weights.length) {
          weights = Arrays.copyOf(weights, targets.length);
        }
        weights[rows] = weight;
      }
      targets[rows++] = targetState;
      for (int source = 0; source < sourceCount; source++) {
        columns[source].add(sourceStates[source]);
      }
    }

    /** Number of rows so far. */
    public int rowCount() {
      return rows;
    }

    /**
     * The samples added so far; no more may be added.
     *
     * @param leftOut those that were not added
     * @throws IllegalStateException if there are none
     * @throws IllegalArgumentException if the weights are said to be counts and cannot be
     */
    public SampledDistribution toSamples(WeightMeaning meaning, LeftOut leftOut) {
      return toSamples(Optional.empty(), meaning, leftOut);
    }

    /**
     * The same where rows may be passes of the same sample.
     *
     * @param sampleOf which rows; empty if each is a sample
     * @throws IllegalArgumentException also as {@link #ofColumns}
     */
    public SampledDistribution toSamples(
        Optional<SampleOfRow> sampleOf, WeightMeaning meaning, LeftOut leftOut) {
      return ofColumns(
          StateColumn.build(columns),
          Arrays.copyOf(targets, rows),
          Arrays.copyOf(weights, Math.min(rows, weights.length)),
          sampleOf,
          meaning,
          leftOut);
    }
  }
}
