package nnpid.estimation;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import nnpid.decomposition.Atom;
import nnpid.decomposition.LeaveOneOut;
import nnpid.decomposition.Values;
import nnpid.distribution.JointDistribution;
import nnpid.execution.Execution;
import nnpid.execution.RandomStreams;
import nnpid.lattice.Antichain;

/**
 * Single atoms of the redundancy lattice under I_sx, plug-in or corrected, for any number of
 * sources up to {@value Antichain#MAX_SOURCES}: without the lattice, and without the redundancies
 * of other antichains.
 *
 * <p>An atom is the time that a walk through the lattice spends at it (METHOD.md, section 11). The
 * walk is there as long as the arrivals so far differ from the reference in sets of sources of
 * which these are the smallest: the members of the antichain's {@link Antichain#blocker}. So no
 * difference has come that contains no member of the blocker, and of the members every one has come
 * exactly as it is: any other difference contains one of them, but is none. These are independent,
 * and the atom is one {@link CoverageIntegral} per realization with rates counted by difference.
 * All its terms are positive: nothing cancels, as it does in Moebius inversion.
 *
 * <p>It takes a comparison of all pairs of realizations, whatever the number of atoms. Where these
 * are too many, a sample of realizations stands for all, and atoms have standard errors.
 */
public final class SingleAtoms {
  /** More pairs of realizations than this take minutes. */
  private static final double MOST_PAIRS = 2e9;

  /** More sets in a blocker than this would make the integrals slow. */
  static final int MOST_SETS = 1 << 16;

  /** Realizations that share the tables of a task. */
  private static final int PER_TASK = 64;

  private static final double LN2 = Math.log(2);

  private final JointDistribution distribution;
  private final Values values;
  private final List<long[]> blockers;
  private final int[] byTarget;
  private final long[][] planes; // bit of a state, place in byTarget: a bit per source

  private SingleAtoms(JointDistribution distribution, List<Antichain> blockers, Values values) {
    this.distribution = distribution;
    this.values = values;
    this.blockers =
        blockers.stream()
            .map(blocker -> blocker.sourceMasks().stream().mapToLong(Long::longValue).toArray())
            .toList();
    this.byTarget = distribution.realizationsByTarget();
    int bits =
        IntStream.range(0, distribution.sourceCount())
            .map(distribution::stateBits)
            .max()
            .orElseThrow();
    this.planes = new long[bits][byTarget.length];
    for (int i = 0; i < byTarget.length; i++) {
      for (int source = 0; source < distribution.sourceCount(); source++) {
        int state = distribution.sourceState(byTarget[i], source);
        for (int plane = 0; plane < planes.length; plane++) {
          planes[plane][i] |= (long) ((state >>> plane) & 1) << source;
        }
      }
    }
  }

  /**
   * The atoms of some antichains, in their order.
   *
   * @param values plug-in, or corrected for the bias of the sample
   * @param seed of the sample, where there are too many realizations to compare all pairs
   * @throws IllegalArgumentException if there are more than {@value Antichain#MAX_SOURCES} sources,
   *     an antichain has another source or a blocker of too many sets, or values are to be
   *     corrected and weights are not numbers of samples
   * @throws java.util.concurrent.CancellationException if the execution is canceled
   */
  public static List<Atom> of(
      JointDistribution distribution,
      List<Antichain> antichains,
      Values values,
      long seed,
      Execution execution) {
    requireNonNull(distribution, "distribution");
    requirePossible(distribution, values);
    List<Antichain> blockers = new ArrayList<>();
    for (Antichain antichain : antichains) {
      if (antichain.lastSource() > distribution.sourceCount()) {
        throw new IllegalArgumentException(
            String.format(
                "The antichain (%s) must have sources from 1 to %d.",
                antichain, distribution.sourceCount()));
      }
      blockers.add(
          antichain
              .blocker(MOST_SETS)
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          String.format(
                              "The antichain (%s) has more than %,d largest source sets that"
                                  + " contain no member of it: too many to compute its atom.",
                              antichain, MOST_SETS))));
    }
    return of(distribution, antichains, blockers, values, seed, execution);
  }

  static void requirePossible(JointDistribution distribution, Values values) {
    if (distribution.sourceCount() > Antichain.MAX_SOURCES) {
      throw new IllegalArgumentException(
          String.format(
              "The number of sources (%d) must be at most %d for single atoms.",
              distribution.sourceCount(), Antichain.MAX_SOURCES));
    }
    if (values == Values.CORRECTED) {
      LeaveOneOut.requirePossible(distribution);
    }
  }

  /** The atoms of antichains of which the blockers are known. */
  static List<Atom> of(
      JointDistribution distribution,
      List<Antichain> antichains,
      List<Antichain> blockers,
      Values values,
      long seed,
      Execution execution) {
    SingleAtoms single = new SingleAtoms(distribution, blockers, values);
    int count = distribution.realizationCount();
    double pairs = (double) count * count;
    return pairs <= MOST_PAIRS
        ? single.exact(antichains, execution)
        : single.sampled(
            antichains,
            (int) (MOST_PAIRS / count / CoverageBatches.REFERENCES_PER_BATCH),
            seed,
            execution);
  }

  private List<Atom> exact(List<Antichain> antichains, Execution execution) {
    int count = distribution.realizationCount();
    Parts[] tasks = new Parts[(count - 1) / PER_TASK + 1];
    execution.forEach(
        tasks.length,
        task -> {
          Comparison comparison = new Comparison();
          for (int i = task * PER_TASK; i < Math.min(count, (task + 1) * PER_TASK); i++) {
            execution.checkCanceled();
            comparison.add(i, distribution.weight(byTarget[i]) / distribution.totalWeight());
          }
          tasks[task] = comparison.parts;
        });
    List<Atom> atoms = new ArrayList<>();
    for (int i = 0; i < antichains.size(); i++) {
      int atom = i;
      double informative = Arrays.stream(tasks).mapToDouble(task -> task.informative[atom]).sum();
      double misinformative =
          Arrays.stream(tasks).mapToDouble(task -> task.misinformative[atom]).sum();
      atoms.add(
          new Atom(
              antichains.get(i), informative - misinformative, informative, misinformative, 0));
    }
    return atoms;
  }

  private List<Atom> sampled(
      List<Antichain> antichains, int batchCount, long seed, Execution execution) {
    References references = new References(distribution);
    int[] places = new int[byTarget.length];
    for (int i = 0; i < places.length; i++) {
      places[byTarget[i]] = i;
    }
    Parts[] batches = new Parts[batchCount];
    execution.forEach(
        batchCount,
        batch -> {
          SplittableRandom random = RandomStreams.of(seed, batch);
          Comparison comparison = new Comparison();
          for (double quantile :
              References.quantiles(CoverageBatches.REFERENCES_PER_BATCH, random)) {
            execution.checkCanceled();
            int r = references.at(quantile);
            comparison.add(places[r], references.weight(r) / CoverageBatches.REFERENCES_PER_BATCH);
          }
          batches[batch] = comparison.parts;
        });
    // What no sampled realization shows: as for the coverage estimator.
    double unseen =
        CoverageEstimator.UNNOTICED
            * distribution.mutualInformation()
            / ((double) batchCount * CoverageBatches.REFERENCES_PER_BATCH);
    List<Atom> atoms = new ArrayList<>();
    for (int i = 0; i < antichains.size(); i++) {
      int atom = i;
      double[] informative =
          Arrays.stream(batches).mapToDouble(batch -> batch.informative[atom]).toArray();
      double[] misinformative =
          Arrays.stream(batches).mapToDouble(batch -> batch.misinformative[atom]).toArray();
      double[] average = new double[batchCount];
      Arrays.setAll(average, batch -> informative[batch] - misinformative[batch]);
      SampleMean mean = SampleMean.of(average);
      atoms.add(
          new Atom(
              antichains.get(i),
              mean.value(),
              SampleMean.of(informative).value(),
              SampleMean.of(misinformative).value(),
              Math.hypot(mean.standardError(), unseen)));
    }
    return atoms;
  }

  /** Sums over realizations, in bits, per atom. */
  private static final class Parts {
    private final double[] informative;
    private final double[] misinformative;

    Parts(int atoms) {
      informative = new double[atoms];
      misinformative = new double[atoms];
    }
  }

  /** Realizations, one after the other, compared with all. */
  private final class Comparison {
    private final Parts parts = new Parts(blockers.size());
    private final SumByKey weights = new SumByKey(mostDifferences());
    private final long[] differences = new long[byTarget.length];
    private final double[] rates =
        new double[blockers.stream().mapToInt(blocker -> blocker.length).max().orElse(0)];

    private int mostDifferences() {
      int sources = distribution.sourceCount();
      int rows = distribution.realizationCount();
      return sources < Integer.SIZE - 1 ? Math.min(rows, 1 << sources) : rows;
    }

    /** Adds what the realization at a place contributes, by a share of the whole. */
    void add(int place, double share) {
      Arrays.fill(differences, 0);
      for (long[] plane : planes) {
        long own = plane[place];
        for (int i = 0; i < differences.length; i++) {
          differences[i] |= plane[i] ^ own;
        }
      }
      int target = distribution.targetState(byTarget[place]);
      int from = place;
      while (from > 0 && distribution.targetState(byTarget[from - 1]) == target) {
        from--;
      }
      int to = place;
      while (to < byTarget.length && distribution.targetState(byTarget[to]) == target) {
        to++;
      }
      weights.clear();
      addWeights(from, to);
      add(parts.misinformative, share);
      addWeights(0, from);
      addWeights(to, byTarget.length);
      add(parts.informative, share);
    }

    private void addWeights(int from, int to) {
      for (int i = from; i < to; i++) {
        weights.add(differences[i], distribution.weight(byTarget[i]));
      }
    }

    private void add(double[] sums, double share) {
      for (int atom = 0; atom < sums.length; atom++) {
        sums[atom] += share / LN2 * time(blockers.get(atom));
      }
    }

    private double time(long[] blocker) {
      for (int i = 0; i < blocker.length; i++) {
        rates[i] = weights.of(blocker[i]);
        if (rates[i] == 0) {
          return 0;
        }
      }
      return CoverageIntegral.of(
          weights.ofThoseThatContainNone(blocker), rates, blocker.length, values);
    }
  }
}
