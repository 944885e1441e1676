package nnpid.estimation;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.SplittableRandom;
import nnpid.decomposition.Values;
import nnpid.distribution.JointDistribution;
import nnpid.execution.Execution;
import nnpid.execution.RandomStreams;
import nnpid.lattice.Antichain;

/**
 * Random walks through the redundancy lattice. A walk belongs to a reference and an order of
 * arrivals. It is at the antichain whose {@link Antichain#blocker} are the smallest differences so
 * far, and moves at every arrival whose difference contains no earlier one. Every atom is the
 * expected harmonic time that walks spend at it, informative less misinformative, which is within
 * the reference's class (METHOD.md, section 11).
 *
 * <p>Atoms are told apart by a hash of 64 bits, so that millions of them need little memory.
 */
final class LatticeWalks {
  /** Comparisons of differences in all walks: more take minutes. */
  private static final double MOST_STEPS = 2e9;

  /** An arrival costs as much as so many comparisons. */
  private static final double STEPS_PER_ARRIVAL = 8;

  /** Moves of all walks: more take much memory. */
  private static final double MOST_MOVES = 4e6;

  private static final int LEAST_BATCHES = 2;
  private static final int MOST_BATCHES = 512;

  private final List<Batch> batches;
  private final SumByKey informative;
  private final SumByKey misinformative;
  private final int met;

  private LatticeWalks(List<Batch> batches, Execution execution) {
    this.batches = batches;
    int moves = batches.stream().mapToInt(Batch::moves).sum();
    this.informative = new SumByKey(moves);
    this.misinformative = new SumByKey(moves);
    int[] atoms = {0};
    for (Batch batch : batches) {
      execution.checkCanceled();
      batch.walk(
          (givenTarget, hash, time, smallest, count) -> {
            if (informative.of(hash) == 0 && misinformative.of(hash) == 0) {
              atoms[0]++;
            }
            (givenTarget ? misinformative : informative).add(hash, time);
          });
    }
    this.met = atoms[0];
  }

  /**
   * Walks through the lattice of a distribution of up to {@value Antichain#MAX_SOURCES} sources.
   *
   * @throws java.util.concurrent.CancellationException if the execution is canceled
   */
  static LatticeWalks of(
      JointDistribution distribution, Values values, long seed, Execution execution) {
    BitSlicedStates states = new BitSlicedStates(distribution);
    References references = new References(distribution);
    List<Batch> batches = new ArrayList<>();
    double arrivals = 2.0 * CoverageBatches.REFERENCES_PER_BATCH * distribution.realizationCount();
    int wanted = LEAST_BATCHES;
    double affordable = MOST_BATCHES;
    while (batches.size() < wanted) {
      int first = batches.size();
      Batch[] round = new Batch[wanted - first];
      Execution step = execution.step(first / affordable, Math.min(1, wanted / affordable));
      step.forEach(
          round.length,
          i -> {
            SplittableRandom random = RandomStreams.of(seed, first + i);
            ArrivalOrder order = ArrivalOrder.draw(distribution, states, random);
            round[i] = new Batch(distribution.sourceCount());
            for (double quantile :
                References.quantiles(CoverageBatches.REFERENCES_PER_BATCH, random)) {
              int r = references.at(quantile);
              round[i].add(order.new Reference(r), references.weight(r), values, execution);
            }
          });
      batches.addAll(List.of(round));
      double moves = batches.stream().mapToInt(Batch::moves).average().orElseThrow();
      double steps =
          STEPS_PER_ARRIVAL * arrivals
              + batches.stream().mapToLong(Batch::comparisons).average().orElseThrow();
      affordable = Math.min(MOST_BATCHES, Math.min(MOST_STEPS / steps, MOST_MOVES / moves));
      // In rounds: the first batches may be no measure of the others.
      wanted = (int) Math.min(4.0 * batches.size(), affordable);
    }
    return new LatticeWalks(batches, execution);
  }

  /** How many walks there were; each is two, an informative and a misinformative one. */
  int count() {
    return batches.size() * CoverageBatches.REFERENCES_PER_BATCH;
  }

  /** How many atoms they met. */
  int met() {
    return met;
  }

  /** The blockers of the antichains at which walks spent most time, the longest first. */
  List<Antichain> largestBlockers(int most) {
    Comparator<Long> longestLast =
        Comparator.<Long>comparingDouble(hash -> Math.abs(time(hash)))
            .thenComparing(Comparator.naturalOrder());
    PriorityQueue<Long> longest = new PriorityQueue<>(longestLast);
    for (SumByKey sums : List.of(informative, misinformative)) {
      sums.forEachKey(
          hash -> {
            if (sums == misinformative && informative.of(hash) != 0) {
              return; // has been offered
            }
            longest.add(hash);
            if (longest.size() > most) {
              longest.remove();
            }
          });
    }
    Set<Long> wanted = new HashSet<>(longest);
    Map<Long, Antichain> blockers = new HashMap<>();
    for (Batch batch : batches) {
      batch.walk(
          (givenTarget, hash, time, smallest, count) -> {
            if (wanted.remove(hash)) {
              blockers.put(hash, Antichain.of(Arrays.copyOf(smallest, count)));
            }
          });
    }
    return longest.stream()
        .sorted(longestLast.reversed())
        .map(hash -> requireNonNull(blockers.get(hash)))
        .toList();
  }

  private double time(long hash) {
    return informative.of(hash) - misinformative.of(hash);
  }

  /** What the walks say of the atom of an antichain with this blocker, in bits. */
  double estimate(Antichain blocker) {
    long hash = blocker.sourceMasks().stream().mapToLong(Batch::hash).sum();
    return time(hash) / Math.log(2) / count();
  }

  /** What is done at every antichain on a walk. */
  @FunctionalInterface
  private interface Visitor {
    /**
     * Visits one.
     *
     * @param givenTarget whether the walk is within the class of the reference
     * @param hash of the smallest differences
     * @param time how long the walk stays; positive
     * @param smallest the smallest differences so far, and room for more
     * @param count how many they are
     */
    void visit(boolean givenTarget, long hash, double time, long[] smallest, int count);
  }

  /** Walks of some references: of each first an informative, then a misinformative one. */
  private static final class Batch {
    private final DifferenceSequences sequences;

    Batch(int sourceCount) {
      sequences = new DifferenceSequences(sourceCount);
    }

    void add(ArrivalOrder.Reference reference, double weight, Values values, Execution execution) {
      for (boolean givenTarget : new boolean[] {false, true}) {
        reference.recordDifferences(
            givenTarget, values == Values.CORRECTED, weight, sequences, execution);
        sequences.endSequence();
      }
    }

    int moves() {
      return sequences.count();
    }

    long comparisons() {
      return sequences.comparisons();
    }

    void walk(Visitor visitor) {
      long[] smallest = new long[64];
      int start = 0;
      for (int sequence = 0; sequence < sequences.sequenceCount(); sequence++) {
        int end = sequences.end(sequence);
        int count = 0;
        long hash = 0;
        for (int i = start; i < end; i++) {
          long difference = sequences.word(i, 0);
          int kept = 0;
          for (int earlier = 0; earlier < count; earlier++) {
            if ((difference & ~smallest[earlier]) == 0) {
              hash -= hash(smallest[earlier]);
            } else {
              smallest[kept++] = smallest[earlier];
            }
          }
          if (kept == smallest.length) {
            smallest = Arrays.copyOf(smallest, 2 * kept);
          }
          smallest[kept] = difference;
          count = kept + 1;
          hash += hash(difference);
          double time = sequences.value(i) - (i + 1 < end ? sequences.value(i + 1) : 0);
          if (time > 0) {
            visitor.visit(sequence % 2 == 1, hash, time, smallest, count);
          }
        }
        start = end;
      }
    }

    /** Mixes the bits; hashes of sets of differences are sums. */
    private static long hash(long difference) {
      return new SplittableRandom(difference).nextLong();
    }
  }
}
