package nnpid.weka;

import java.io.IOException;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import nnpid.distribution.LimitLearner;
import nnpid.distribution.LimitRule;
import nnpid.execution.Execution;

/**
 * Limits of levels that several files share: the same, to the bit, as a filter learns from all
 * their samples as instances. Immutable.
 */
public final class CommonLimits implements Serializable {
  private static final long serialVersionUID = 1L;

  private static final double MEGABYTE = 1e6;

  private final List<Optional<LimitRule.Limits>> limits; // by attribute; empty without activations
  private final long rowsBefore;

  private CommonLimits(List<Optional<LimitRule.Limits>> limits, long rowsBefore) {
    this.limits = List.copyOf(limits);
    this.rowsBefore = rowsBefore;
  }

  Optional<LimitRule.Limits> of(int attribute) {
    return limits.get(attribute);
  }

  /** How many rows the filter would have quantized while it learned. */
  long rowsBefore() {
    return rowsBefore;
  }

  /**
   * Learns limits from files one after another: they are opened twice, and never in memory at the
   * same time. Not thread-safe.
   */
  public static final class Learner {
    private long rowCount;
    private long count;
    private double weight;
    private double firstWeight = Double.NaN;
    private boolean weighted;
    private LimitLearner[] learners = {};

    /**
     * Looks at a file that will be learned from; all are looked at before the first is.
     *
     * @throws IOException if it cannot be read
     */
    public void expect(FileSource source) throws IOException {
      CountingRows rows = source.rows();
      if (count == 0) {
        firstWeight = rows.firstWeight();
      }
      weighted |= rows.differInWeight() || rows.firstWeight() != firstWeight;
      rowCount += rows.rowCount();
      count += rows.count();
      weight += rows.weightSum();
    }

    /**
     * Learns from a file.
     *
     * @throws Exception as {@link FileSource#read}
     */
    public void learn(FileSource source, Execution execution) throws Exception {
      if (learners.length == 0) {
        LimitRule rule = source.rules().limits();
        learners = new LimitLearner[source.header().numAttributes()];
        requireMemory(rule);
        Arrays.setAll(learners, i -> new LimitLearner(rule, weighted ? weight : (double) count));
      }
      source.learn(learners, weighted, execution);
    }

    /** The outermost activations of all files are in memory together. */
    private void requireMemory(LimitRule rule) throws IOException {
      double needed = learners.length * Double.BYTES * LimitLearner.mostKept(rule, (double) count);
      double available = NumpyUnits.availableBytes(needed);
      if (needed > available) {
        throw new IOException(
            String.format(
                Locale.ROOT,
                "The outermost activations of %d samples, of which common limits are made, must fit"
                    + " into memory: they need %.0f MB, Java has %.0f MB left.%nMaybe give it more:"
                    + " java -Xmx4g ..., or learn the limits from one file.",
                count,
                Math.ceil(needed / MEGABYTE),
                available / MEGABYTE));
      }
    }

    /** What was learned, from at least one file. */
    public CommonLimits learned() {
      // A filter first goes through the instances that set limits, if these are not all.
      long rows = count == rowCount ? count : count + rowCount;
      return new CommonLimits(Arrays.stream(learners).map(LimitLearner::found).toList(), rows);
    }
  }
}
