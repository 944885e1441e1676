package nnpid.estimation;

import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import nnpid.decomposition.EqualHorizon;
import nnpid.decomposition.LeaveOneOut;
import nnpid.distribution.JointDistribution;
import nnpid.execution.Execution;
import org.jspecify.annotations.Nullable;

/**
 * One simulated order in which the realizations of a distribution arrive, each at an exponential
 * time with its weight as rate; and, for any realization as reference, the times at which all sets
 * of k sources are covered.
 */
final class ArrivalOrder {
  /**
   * Of so many first arrivals the times are integrated out: chance must not decide whether
   * something rare comes soon enough to count.
   */
  private static final int EARLY = 16;

  /** Most is found among the first arrivals: so many words of 64 are looked at first. */
  private static final int FIRST_WORDS = 8;

  /** Then so many times as many. */
  private static final int LONGER = 4;

  private final JointDistribution distribution;
  private final int[] order; // realization at every position
  private final int[] position; // of every realization
  private final double[] times; // of every position
  private final BitSlicedStates.Columns columns;
  private final boolean exactSums; // whether weights can be added and subtracted without rounding
  private final Map<Integer, Arrivals> ofTarget = new ConcurrentHashMap<>(); // as asked for

  /**
   * Some of the arrivals.
   *
   * @param positions as bits
   * @param weight of all of them
   */
  @SuppressWarnings("ArrayRecordComponent") // nobody compares or changes it
  private record Arrivals(long[] positions, double weight) {}

  /** Draws an order. */
  static ArrivalOrder draw(
      JointDistribution distribution, BitSlicedStates states, SplittableRandom random) {
    double[] times = new double[distribution.realizationCount()];
    for (int r = 0; r < times.length; r++) {
      // nextDouble is in [0, 1): the logarithm is finite.
      times[r] = -Math.log1p(-random.nextDouble()) / distribution.weight(r);
    }
    return new ArrivalOrder(distribution, states, times);
  }

  /**
   * The order of given arrival times.
   *
   * @param arrivalTimes time of every realization, not negative
   */
  ArrivalOrder(JointDistribution distribution, BitSlicedStates states, double[] arrivalTimes) {
    this.distribution = distribution;
    this.order = sort(arrivalTimes);
    this.position = new int[order.length];
    this.times = new double[order.length];
    for (int i = 0; i < order.length; i++) {
      position[order[i]] = i;
      times[i] = arrivalTimes[order[i]];
    }
    this.columns = states.columns(order);
    this.exactSums = LeaveOneOut.isPossible(distribution) && distribution.totalWeight() <= 0x1p53;
  }

  private Arrivals all() {
    long[] positions = new long[(order.length + 63) >>> 6];
    Arrays.fill(positions, -1);
    if ((order.length & 63) != 0) {
      positions[positions.length - 1] = (1L << order.length) - 1;
    }
    return new Arrivals(positions, distribution.totalWeight());
  }

  private Arrivals withTarget(int target) {
    long[] positions = new long[(order.length + 63) >>> 6];
    double weight = 0;
    for (int i = 0; i < order.length; i++) {
      if (distribution.targetState(order[i]) == target) {
        positions[i >>> 6] |= 1L << i;
        weight += distribution.weight(order[i]);
      }
    }
    return new Arrivals(positions, weight);
  }

  /** Indices by rising value; equal values by rising index. */
  private static int[] sort(double[] values) {
    // Not negative: the bits of doubles have the order of the doubles. Their last bits make room
    // for the index; that changes the order of times that agree to the last digits, at random.
    int indexBits = 32 - Integer.numberOfLeadingZeros(values.length);
    long indexMask = (1L << indexBits) - 1;
    long[] keys = new long[values.length];
    for (int i = 0; i < keys.length; i++) {
      keys[i] = (Double.doubleToRawLongBits(values[i]) & ~indexMask) | i;
    }
    Arrays.sort(keys);
    int[] order = new int[keys.length];
    for (int i = 0; i < order.length; i++) {
      order[i] = (int) (keys[i] & indexMask);
    }
    return order;
  }

  /** What a reference waits for: the arrivals of its own sources excluded. */
  final class Reference implements HittingSets.Arrivals {
    private final int realization;
    private final int[] sources; // that are waited for; the search knows them by their index here
    private final long[][] agreement; // by the same index
    private final long[] own; // positions that agree on all sources
    private BitSlicedStates.Columns.@Nullable Compared compared; // once it is
    private long[] awaited = new long[0];
    private double ownWeight;
    private int[] early = new int[0]; // positions of the first awaited arrivals
    private double[] earlyRates = new double[0]; // of the next arrival, by the same index
    private double[] earlySurprisals = new double[0];
    private double[] earlyCorrected = new double[0];

    /** A reference that waits for sets of all sources. */
    Reference(int realization) {
      this.realization = realization;
      this.sources = new int[distribution.sourceCount()];
      Arrays.setAll(sources, i -> i);
      this.agreement = new long[sources.length][];
      this.own = new long[(order.length + 63) >>> 6];
      // Realizations are sorted by their source states: those with the same ones are neighbors.
      for (int r = realization; r >= 0 && sameSources(r); r--) {
        own[position[r] >>> 6] |= 1L << position[r];
      }
      for (int r = realization + 1; r < order.length && sameSources(r); r++) {
        own[position[r] >>> 6] |= 1L << position[r];
      }
    }

    /**
     * A reference that waits for sets of some sources, as if there were no others: the realizations
     * that do not differ in these arrive together at the earliest of their times.
     *
     * @param sources ascending, at least one
     */
    Reference(int realization, int[] sources) {
      this.realization = realization;
      this.sources = sources.clone();
      this.agreement = new long[sources.length][];
      this.own = all().positions();
      for (int i = 0; i < sources.length; i++) {
        agreement[i] = columns.agreement(sources[i], realization);
        for (int word = 0; word < own.length; word++) {
          own[word] &= agreement[i][word];
        }
      }
    }

    private boolean sameSources(int other) {
      for (int source = 0; source < distribution.sourceCount(); source++) {
        if (distribution.sourceState(other, source)
            != distribution.sourceState(realization, source)) {
          return false;
        }
      }
      return true;
    }

    /**
     * The positions at which all sets of k sources are covered, for k = 1, 2, ...; other methods
     * then are about these arrivals.
     *
     * @param targetOnly whether only arrivals with the reference's target count
     * @param stop asked now and then whether to end as if the node budget were too small
     * @param positions receives the positions, or {@link HittingSets#NEVER}
     * @return for how many k they are exact: all, unless the node budget is too small; the others
     *     are lower bounds
     */
    int coverPositions(boolean targetOnly, long nodeBudget, BooleanSupplier stop, int[] positions) {
      await(targetOnly);
      return new HittingSets(this, sources.length, horizon(), nodeBudget, stop)
          .coverPositions(positions);
    }

    /**
     * E1(w X) for X the time of the arrival at a position and w the reference's own weight; of the
     * first arrivals the mean over their times, given their order.
     */
    double expectedSurprisal(int position) {
      int index = Arrays.binarySearch(early, position);
      return index >= 0
          ? earlySurprisals[index]
          : ExponentialIntegral.e1(ownWeight * times[position]);
    }

    /** The same corrected: a sum in place of the integral, see {@link LogarithmicTail}. */
    double expectedCorrectedSurprisal(int position) {
      if (earlyCorrected.length == 0) {
        earlyCorrected = LogarithmicTail.expected(ownWeight, earlyRates);
      }
      int index = Arrays.binarySearch(early, position);
      return index >= 0 ? earlyCorrected[index] : LogarithmicTail.of(ownWeight, times[position]);
    }

    /**
     * Adds what is expected at the positions that cover all sets of k sources, for k = 1, 2, ...,
     * to the bounds.
     *
     * @param positions from {@link #coverPositions}
     * @param exact how many of them are exact
     * @param corrected whether to add {@link #expectedCorrectedSurprisal} or {@link
     *     #expectedSurprisal}
     * @param scale factor of all that is added
     * @param lower receives the sums at index 0, 1, ...; the same values as upper, where exact
     */
    void add(
        int[] positions,
        int exact,
        boolean corrected,
        double scale,
        double[] lower,
        double[] upper) {
      for (int k = 0; k < positions.length; k++) {
        if (positions[k] == HittingSets.NEVER) {
          continue;
        }
        double surprisal =
            corrected ? expectedCorrectedSurprisal(positions[k]) : expectedSurprisal(positions[k]);
        lower[k] += k < exact ? scale * surprisal : 0;
        upper[k] += scale * surprisal;
      }
    }

    /**
     * Adds what is missed within a horizon, in the same way; weights are numbers of samples.
     *
     * @param total weight of all realizations that count, the reference's own among them
     * @param random for the draws of samples, of which the arrivals are the first of their kind
     */
    void addWithin(
        EqualHorizon horizon,
        double total,
        int[] positions,
        int exact,
        double scale,
        SplittableRandom random,
        double[] lower,
        double[] upper) {
      if (horizon.beyond(total, ownWeight) == 0) {
        // So many copies that one is drawn in time: times of arrivals are better than draws.
        add(positions, exact, true, scale, lower, upper);
        return;
      }
      long[] needed = drawsUntil(positions, total, horizon.draws(), random);
      for (int k = 0; k < positions.length; k++) {
        double missed = HorizonTail.of(ownWeight, total, horizon.draws(), needed[k]);
        lower[k] += k < exact ? scale * missed : 0;
        upper[k] += scale * missed;
      }
    }

    /**
     * How many draws of samples there are until the arrivals at positions, those of the reference's
     * own sources not counted: between one arrival and the next come samples like those that have
     * arrived before.
     *
     * @param positions not falling
     * @param enough larger numbers may be any above it
     */
    private long[] drawsUntil(int[] positions, double total, long enough, SplittableRandom random) {
      long[] needed = new long[positions.length];
      Arrays.fill(needed, Long.MAX_VALUE);
      long known = 0; // samples left like those that have been drawn
      long others = (long) (total - ownWeight);
      long drawn = 0;
      int k = 0;
      for (int word = 0; word < awaited.length; word++) {
        for (long rest = awaited[word]; rest != 0; rest &= rest - 1) {
          int position = (word << 6) + Long.numberOfTrailingZeros(rest);
          long weight = (long) distribution.weight(order[position]);
          long between =
              known == 0
                  ? 0
                  : Hypergeometric.beforeFirstOther(known, others, enough - drawn, random);
          drawn += between + 1;
          known += weight - 1 - between;
          others -= weight;
          while (k < positions.length && positions[k] == position) {
            needed[k++] = drawn;
          }
          if (drawn > enough || k == positions.length || positions[k] == HittingSets.NEVER) {
            return needed;
          }
        }
      }
      return needed;
    }

    /** The weight of the realizations with the reference's own sources. */
    double ownWeight() {
      return ownWeight;
    }

    /**
     * Adds the differences of the arrivals, in their order, each with its {@link
     * #expectedSurprisal}: all that contain no earlier one, until these are negligible.
     *
     * @param targetOnly whether only arrivals with the reference's target count
     * @param corrected whether the surprisals are {@link #expectedCorrectedSurprisal corrected}
     * @param scale factor of the surprisals
     */
    void recordDifferences(
        boolean targetOnly,
        boolean corrected,
        double scale,
        DifferenceSequences sequences,
        Execution execution) {
      await(targetOnly);
      int horizon = horizon();
      long[] difference = new long[(sources.length + 63) >>> 6];
      for (int word = 0; word << 6 < horizon; word++) {
        execution.checkCanceled();
        for (long rest = awaited[word]; rest != 0; rest &= rest - 1) {
          int i = (word << 6) + Long.numberOfTrailingZeros(rest);
          if (i < horizon) {
            difference(i, difference);
            if (sequences.isSettled(difference)) {
              continue;
            }
            double surprisal = corrected ? expectedCorrectedSurprisal(i) : expectedSurprisal(i);
            sequences.add(difference, scale * surprisal);
          }
        }
      }
    }

    /** From now on only arrivals with other sources are seen, if wanted only with the target. */
    private void await(boolean targetOnly) {
      Arrivals arrivals =
          targetOnly
              ? ofTarget.computeIfAbsent(
                  distribution.targetState(realization), ArrivalOrder.this::withTarget)
              : all();
      awaited = targetOnly ? arrivals.positions().clone() : arrivals.positions();
      ownWeight = 0;
      for (int word = 0; word < own.length; word++) {
        for (long rest = own[word] & awaited[word]; rest != 0; rest &= rest - 1) {
          ownWeight += distribution.weight(order[(word << 6) + Long.numberOfTrailingZeros(rest)]);
        }
        awaited[word] &= ~own[word];
      }
      findEarly(arrivals.weight() - ownWeight);
    }

    /** The weight of all awaited arrivals is used where it is exact. */
    private void findEarly(double weight) {
      int count = 0;
      double later = exactSums ? weight : 0;
      int[] positions = new int[EARLY];
      double[] rates = new double[EARLY];
      for (int word = 0; word < awaited.length && !(exactSums && count == EARLY); word++) {
        for (long rest = awaited[word]; rest != 0; rest &= rest - 1) {
          int position = (word << 6) + Long.numberOfTrailingZeros(rest);
          double rate = distribution.weight(order[position]);
          if (count < EARLY) {
            positions[count] = position;
            rates[count++] = rate;
            later -= exactSums ? rate : 0;
          } else if (!exactSums) {
            later += rate;
          }
        }
      }
      early = Arrays.copyOf(positions, count);
      // Unless exact, added from the smallest sum on: weights may differ by many digits.
      double[] remaining = Arrays.copyOf(rates, count);
      for (int i = count - 1; i >= 0; i--) {
        later += rates[i];
        remaining[i] = later;
      }
      earlyRates = remaining;
      earlySurprisals = ExponentialIntegral.expectedE1(ownWeight, remaining);
      earlyCorrected = new double[0]; // until somebody asks
    }

    /** The position from which on {@link #expectedSurprisal} is negligible. */
    private int horizon() {
      int found = Arrays.binarySearch(times, ExponentialIntegral.NEGLIGIBLE_FROM / ownWeight);
      int negligible = found < 0 ? -found - 1 : found;
      return early.length == 0 ? 0 : Math.max(negligible, early[early.length - 1] + 1);
    }

    @Override
    public int notHit(int[] indices, int count, int[] positions) {
      int found = 0;
      int from = 0;
      while (from < awaited.length) {
        int to = Math.min(awaited.length, Math.max(FIRST_WORDS, LONGER * from));
        for (int i = 0; i < count; i++) {
          requireAgreement(indices[i], to);
        }
        for (int word = from; word < to; word++) {
          long bits = awaited[word];
          for (int i = 0; i < count && bits != 0; i++) {
            bits &= agreement[indices[i]][word];
          }
          for (; bits != 0; bits &= bits - 1) {
            positions[found++] = (word << 6) + Long.numberOfTrailingZeros(bits);
            if (found == positions.length) {
              return found;
            }
          }
        }
        from = to;
      }
      return found;
    }

    private void requireAgreement(int index, int wordCount) {
      if (agreement[index] == null || agreement[index].length < wordCount) {
        agreement[index] = columns.agreement(sources[index], realization, wordCount);
      }
    }

    @Override
    public void difference(int i, long[] bits) {
      if (sources.length == distribution.sourceCount()) {
        if (compared == null) {
          compared = columns.compared(realization);
        }
        compared.difference(i, bits);
        return;
      }
      Arrays.fill(bits, 0);
      for (int index = 0; index < sources.length; index++) {
        if (((agreement[index][i >>> 6] >>> i) & 1) == 0) {
          bits[index >>> 6] |= 1L << index;
        }
      }
    }
  }
}
