package nnpid.estimation;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import nnpid.distribution.JointDistribution;
import nnpid.execution.Execution;
import nnpid.execution.RandomStreams;
import nnpid.lattice.UpSetFamily;

/**
 * Simulated coverage (see the package description), recorded once for all groupings of the sources
 * into at most {@value UpSetFamily#MAX_SOURCES} groups: what cannot be read from any k groups at a
 * time is then estimated within a fraction of a millisecond per grouping, without bias for any, and
 * from the same random numbers for all, so that groupings can be compared.
 *
 * <p>A set of groups is covered by the first arrival whose difference touches none of them. If a
 * difference contains an earlier one, it touches all groups that the earlier one touches, and
 * covers nothing new, whatever the groups are: only the others are recorded, with their values E1(w
 * X). The sets of groups that are not covered yet are the bits of a {@code long}; every difference
 * clears some, looked up in a table of the grouping.
 *
 * <p>Immutable.
 */
public final class CoverageRecord {
  /** How many differences make a good compromise of speed and precision. */
  public static final int DEFAULT_DIFFERENCES = 40_000;

  private static final int REFERENCES_PER_BATCH = 16;

  /** Where differences are short, so many batches are enough. */
  private static final int MAX_BATCHES = 256;

  /** Fewer batches than that leave the best scores to chance, where scoring is fast. */
  private static final int MIN_BATCHES = 48;

  /** The same where a difference has several parts, so that scoring takes longer. */
  private static final int MIN_BATCHES_OF_WIDE = 16;

  /** Fewer give no useful standard error at all. */
  private static final int LEAST_BATCHES = 4;

  /** How far the least number of batches may exceed the wanted number of differences. */
  private static final long MOST_EXCESS = 10;

  /** At least these fit into memory, whatever the number of sources. */
  private static final long MAX_CELLS = 20_000_000;

  /** Up to so many sources, one table has all differences, and still fits into a fast cache. */
  private static final int SINGLE_TABLE_SOURCES = 11;

  private static final double LN2 = Math.log(2);

  /** Element k: the sets of k groups, as bits. */
  private static final long[] SETS_OF_SIZE = setsOfSize();

  private final int sourceCount;
  private final double mutualInformation;
  private final int cellBits;
  private final int cellsPerDifference;
  private final char[] cells; // difference, part of its bits
  private final double[] values;
  private final int[] ends; // of sequences: informative and misinformative ones in turns

  private CoverageRecord(
      int sourceCount, double mutualInformation, List<DifferenceSequences> batches) {
    this.sourceCount = sourceCount;
    this.mutualInformation = mutualInformation;
    this.cellBits = cellBits(sourceCount);
    this.cellsPerDifference = cellsPerDifference(sourceCount);
    int count = batches.stream().mapToInt(DifferenceSequences::count).sum();
    this.cells = new char[Math.multiplyExact(count, cellsPerDifference)];
    this.values = new double[count];
    this.ends = new int[batches.size() * REFERENCES_PER_BATCH * 2];
    int next = 0;
    int sequence = 0;
    for (DifferenceSequences batch : batches) {
      for (int i = 0; i < batch.sequenceCount(); i++) {
        ends[sequence++] = next + batch.end(i);
      }
      for (int i = 0; i < batch.count(); i++) {
        values[next] = batch.value(i);
        for (int cell = 0; cell < cellsPerDifference; cell++) {
          int bit = cell * cellBits;
          cells[next * cellsPerDifference + cell] =
              (char) (batch.word(i, bit >>> 6) >>> bit & (1L << cellBits) - 1);
        }
        next++;
      }
    }
  }

  private static int cellBits(int sourceCount) {
    return sourceCount <= SINGLE_TABLE_SOURCES ? sourceCount : 8;
  }

  private static int cellsPerDifference(int sourceCount) {
    return (sourceCount - 1) / cellBits(sourceCount) + 1;
  }

  private static long[] setsOfSize() {
    long[] sets = new long[UpSetFamily.MAX_SOURCES + 1];
    for (int mask = 0; mask < 1 << UpSetFamily.MAX_SOURCES; mask++) {
      sets[Integer.bitCount(mask)] |= 1L << mask;
    }
    return sets;
  }

  /**
   * Records until there are about as many differences as wanted, which sets both the precision and
   * the time per grouping.
   *
   * @param differences how many differences to record, about. {@link #DEFAULT_DIFFERENCES} is a
   *     good number. At least 768 references (256 in layers of more than 11 sources) are recorded,
   *     unless that takes ten times as many differences, and at most 4096
   * @param timeLimitSeconds recording ends as soon as half of this has passed, but not before there
   *     are 48 references; may be infinite
   * @throws IllegalArgumentException if {@code differences} is not positive
   * @throws java.util.concurrent.CancellationException if the execution is canceled
   */
  public static CoverageRecord of(
      JointDistribution distribution,
      int differences,
      long seed,
      double timeLimitSeconds,
      Execution execution) {
    long start = System.nanoTime();
    requireNonNull(distribution, "distribution");
    if (differences < 1) {
      throw new IllegalArgumentException(
          "The number of differences (" + differences + ") must be at least 1.");
    }
    BitSlicedStates states = new BitSlicedStates(distribution);
    References references = new References(distribution);
    List<DifferenceSequences> batches = new ArrayList<>();
    long recorded = 0;
    double done = 0;
    while (batches.size() < MAX_BATCHES
        && wantsMore(batches.size(), recorded, differences, distribution.sourceCount())
        && (batches.size() < 2 || (System.nanoTime() - start) / 1e9 < timeLimitSeconds / 2)) {
      // One first, whose size is not known; later rounds do not overshoot by much.
      DifferenceSequences[] round =
          new DifferenceSequences[batches.isEmpty() ? 1 : Math.max(2, batches.size() / 4)];
      int first = batches.size();
      execution
          .step(done, done)
          .forEach(
              round.length,
              i -> round[i] = record(distribution, states, references, seed, first + i, execution));
      for (DifferenceSequences batch : round) {
        batches.add(batch);
        recorded += batch.count();
      }
      done = Math.min(1, Math.max(recorded / (double) differences, done));
      execution.progress(done);
    }
    execution.progress(1);
    return new CoverageRecord(
        distribution.sourceCount(), distribution.mutualInformation(), batches);
  }

  private static boolean wantsMore(int batches, long recorded, int differences, int sourceCount) {
    int cells = cellsPerDifference(sourceCount);
    int least = cells == 1 ? MIN_BATCHES : MIN_BATCHES_OF_WIDE;
    return batches < LEAST_BATCHES
        || (recorded * cells < MAX_CELLS
            && (recorded < differences
                || (batches < least && recorded < MOST_EXCESS * differences)));
  }

  private static DifferenceSequences record(
      JointDistribution distribution,
      BitSlicedStates states,
      References references,
      long seed,
      int batch,
      Execution execution) {
    SplittableRandom random = RandomStreams.of(seed, batch);
    ArrivalOrder arrivals = ArrivalOrder.draw(distribution, states, random);
    DifferenceSequences sequences = new DifferenceSequences(distribution.sourceCount());
    for (double quantile : References.quantiles(REFERENCES_PER_BATCH, random)) {
      execution.checkCanceled();
      int realization = references.at(quantile);
      ArrivalOrder.Reference reference = arrivals.new Reference(realization);
      double scale = references.weight(realization);
      reference.recordDifferences(false, false, scale, sequences, execution);
      sequences.endSequence();
      reference.recordDifferences(true, false, scale, sequences, execution);
      sequences.endSequence();
    }
    return sequences;
  }

  public int sourceCount() {
    return sourceCount;
  }

  /** I(T:S), exact. */
  public double mutualInformation() {
    return mutualInformation;
  }

  /** Number of references, the replicates. */
  public int referenceCount() {
    return ends.length / 2;
  }

  /** Number of independent batches of references. */
  public int batchCount() {
    return referenceCount() / REFERENCES_PER_BATCH;
  }

  /** Number of differences recorded for all references. */
  public int differenceCount() {
    return values.length;
  }

  /**
   * Estimates I(T:S) - V_k, the information that no k groups have, for k = 0, 1, ... up to the
   * number of groups less one; in bits. Without bias; that for k = 0 is I(T:S) itself.
   *
   * @param groupOfSource the group of every source, from 0
   * @param groupCount number of groups, up to {@value UpSetFamily#MAX_SOURCES}; a group without
   *     sources is a constant
   */
  public double[] inaccessible(int[] groupOfSource, int groupCount) {
    double[] sums = new double[groupCount];
    long[] table = uncoveredTable(groupOfSource, groupCount);
    for (int batch = 0; batch < batchCount(); batch++) {
      addBatch(batch, table, sums);
    }
    return scaled(sums, referenceCount());
  }

  /**
   * The estimates of {@link #inaccessible(int[], int)} from every batch of references alone:
   * independent and identically distributed, their means are the estimates from all.
   *
   * @return array indexed {@code [batch][k]}
   */
  public double[][] inaccessibleByBatch(int[] groupOfSource, int groupCount) {
    long[] table = uncoveredTable(groupOfSource, groupCount);
    double[][] result = new double[batchCount()][];
    for (int batch = 0; batch < result.length; batch++) {
      double[] sums = new double[groupCount];
      addBatch(batch, table, sums);
      result[batch] = scaled(sums, REFERENCES_PER_BATCH);
    }
    return result;
  }

  private double[] scaled(double[] sums, int references) {
    for (int k = 1; k < sums.length; k++) {
      sums[k] /= references * LN2;
    }
    sums[0] = mutualInformation;
    return sums;
  }

  /**
   * For every cell and its bits: the sets of groups that sources with these bits touch, which so
   * stay uncovered.
   */
  private long[] uncoveredTable(int[] groupOfSource, int groupCount) {
    long[] touching = new long[groupCount];
    for (int mask = 0; mask < 1 << groupCount; mask++) {
      for (int group = 0; group < groupCount; group++) {
        touching[group] |= (long) (mask >>> group & 1) << mask;
      }
    }
    int size = 1 << cellBits;
    long[] table = new long[size * cellsPerDifference];
    for (int source = 0; source < sourceCount; source++) {
      int cell = source / cellBits;
      int first = cell * size + (1 << (source - cell * cellBits));
      long sets = touching[groupOfSource[source]];
      // Bits below this source's have their entries already.
      int below = first - cell * size;
      for (int i = 0; i < below; i++) {
        table[first + i] = table[first - below + i] | sets;
      }
    }
    return table;
  }

  /** Adds E1(w X_k), informative less misinformative, of all references of a batch. */
  private void addBatch(int batch, long[] table, double[] sums) {
    int firstSequence = batch * REFERENCES_PER_BATCH * 2;
    for (int i = 0; i < REFERENCES_PER_BATCH * 2; i++) {
      int sequence = firstSequence + i;
      int start = sequence == 0 ? 0 : ends[sequence - 1];
      addSequence(start, ends[sequence], table, (i & 1) == 0 ? 1 : -1, sums);
    }
  }

  private void addSequence(int start, int end, long[] table, int sign, double[] sums) {
    long uncovered = -1;
    int k = 1;
    for (int i = start; i < end && k < sums.length; i++) {
      uncovered &= sets(i, table);
      while (k < sums.length && (uncovered & SETS_OF_SIZE[k]) == 0) {
        sums[k++] += sign * values[i];
      }
    }
  }

  private long sets(int difference, long[] table) {
    if (cellsPerDifference == 1) {
      return table[cells[difference]];
    }
    long sets = 0;
    int first = difference * cellsPerDifference;
    for (int cell = 0; cell < cellsPerDifference; cell++) {
      sets |= table[(cell << cellBits) + cells[first + cell]];
    }
    return sets;
  }
}
