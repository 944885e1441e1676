package nnpid.decomposition;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import nnpid.decomposition.SourcePair.Bits;
import nnpid.distribution.JointDistribution;
import nnpid.distribution.Partition;
import nnpid.execution.Execution;
import nnpid.lattice.Antichain;

/**
 * The decompositions into two sources of all pairs of some sources. Every pair takes O(R) for R
 * realizations.
 *
 * @param sourceCount how many sources there are
 * @param sources indices of those in pairs, ascending: all, or the ones with the most information
 * @param pairs every pair of them, ordered by the first and then the second source
 */
public record SourcePairs(int sourceCount, List<Integer> sources, List<SourcePair> pairs)
    implements Serializable {

  /** Of more sources there are half a million pairs. */
  public static final int MOST_SOURCES = 1000;

  /** Makes the lists immutable. */
  public SourcePairs {
    sources = List.copyOf(sources);
    pairs = List.copyOf(pairs);
  }

  /** Whether some sources are in no pair. */
  public boolean isSelection() {
    return sources.size() < sourceCount;
  }

  /** Whether there are corrected values. */
  public boolean isCorrected() {
    return pairs.stream().anyMatch(pair -> pair.corrected().isPresent());
  }

  /** The pair of two sources, given by their places in {@link #sources}. */
  public SourcePair pair(int place1, int place2) {
    int first = Math.min(place1, place2);
    int second = Math.max(place1, place2);
    // Pairs before those of the first, and before this one.
    return pairs.get(first * (2 * sources.size() - first - 1) / 2 + second - first - 1);
  }

  /**
   * The pairs of the sources that have the most information about the target.
   *
   * @param most how many sources, at least two
   * @param corrected whether corrected values are wanted, too: then sources are chosen by them, for
   *     plug-in information grows with the number of states; ignored by measures without them
   * @throws IllegalArgumentException if {@code most} is out of range, or weights are not numbers of
   *     samples and corrected values are wanted
   * @throws java.util.concurrent.CancellationException if the execution is canceled
   */
  public static SourcePairs of(
      JointDistribution distribution,
      Measure measure,
      int most,
      boolean corrected,
      Execution execution) {
    requireCount(most);
    boolean both = corrected && measure == Measure.SX;
    if (both) {
      LeaveOneOut.requirePossible(distribution);
    }
    return new Computation(distribution, measure, both).run(most, execution);
  }

  /**
   * Checks a number of sources whose pairs are wanted.
   *
   * @throws IllegalArgumentException if it is not from 2 to {@link #MOST_SOURCES}
   */
  public static void requireCount(int most) {
    if (most < 2 || most > MOST_SOURCES) {
      throw new IllegalArgumentException(
          String.format(
              "The units in pairs (%d) must be 0, for no pairs, or from 2 to %,d.",
              most, MOST_SOURCES));
    }
  }

  private static final class Computation {
    private final JointDistribution distribution;
    private final Measure measure;
    private final boolean corrected;
    private final double total;
    private final double scale;
    private final Partition target;
    private final double[] ofTarget; // of the class of every realization, as all below

    Computation(JointDistribution distribution, Measure measure, boolean corrected) {
      this.distribution = distribution;
      this.measure = measure;
      this.corrected = corrected;
      total = distribution.totalWeight();
      scale = 1 / (Math.log(2) * total);
      target = distribution.refineByTarget(distribution.coarsestPartition());
      ofTarget = distribution.classWeights(target);
    }

    /** A source on its own. */
    @SuppressWarnings("ArrayRecordComponent") // nobody compares or changes them
    private record Source(
        int index, Partition states, double[] agreeing, double[] withTarget, double[] specific) {}

    private Source source(int index) {
      Partition states = distribution.refine(distribution.coarsestPartition(), index);
      double[] agreeing = distribution.classWeights(states);
      double[] withTarget = distribution.classWeights(distribution.refineByTarget(states));
      double[] specific = new double[target.classCount()];
      for (int r = 0; r < agreeing.length; r++) {
        specific[target.classOf(r)] +=
            distribution.weight(r)
                * scale
                * information(Values.PLUG_IN, agreeing[r], withTarget[r], ofTarget[r]);
      }
      return new Source(index, states, agreeing, withTarget, specific);
    }

    /** Pointwise information about the target of an agreement, in nats. */
    private double information(
        Values values, double agreeing, double withTarget, double ofTargetState) {
      return values.surprisal(agreeing, total) - values.surprisal(withTarget, ofTargetState);
    }

    private double mutualInformation(int source) {
      Values values = corrected ? Values.CORRECTED : Values.PLUG_IN;
      Source one = source(source);
      double sum = 0;
      for (int r = 0; r < ofTarget.length; r++) {
        sum +=
            distribution.weight(r)
                * information(values, one.agreeing[r], one.withTarget[r], ofTarget[r]);
      }
      return sum * scale;
    }

    SourcePairs run(int most, Execution execution) {
      int[] chosen = chosen(most, execution.step(0, 0.1));
      List<Source> sources = IntStream.of(chosen).mapToObj(this::source).toList();
      SourcePair[][] rows = new SourcePair[chosen.length][];
      execution
          .step(0.1, 1)
          .forEach(
              chosen.length,
              first ->
                  rows[first] =
                      IntStream.range(first + 1, chosen.length)
                          .mapToObj(
                              second -> {
                                execution.checkCanceled();
                                return pair(sources.get(first), sources.get(second));
                              })
                          .toArray(SourcePair[]::new));
      List<SourcePair> pairs = new ArrayList<>();
      for (SourcePair[] row : rows) {
        pairs.addAll(List.of(row));
      }
      return new SourcePairs(
          distribution.sourceCount(), IntStream.of(chosen).boxed().toList(), pairs);
    }

    private int[] chosen(int most, Execution execution) {
      int count = distribution.sourceCount();
      if (count <= most) {
        return IntStream.range(0, count).toArray();
      }
      double[] information = new double[count];
      execution.forEach(count, source -> information[source] = mutualInformation(source));
      return IntStream.range(0, count)
          .boxed()
          .sorted(Comparator.comparingDouble((Integer source) -> -information[source]))
          .limit(most)
          .mapToInt(Integer::intValue)
          .sorted()
          .toArray();
    }

    private SourcePair pair(Source first, Source second) {
      if (measure == Measure.BROJA) {
        return new SourcePair(first.index, second.index, broja(first, second), Optional.empty());
      }
      Partition both = distribution.refine(first.states, second.index);
      double[] agreeing = distribution.classWeights(both);
      double[] withTarget = distribution.classWeights(distribution.refineByTarget(both));
      return new SourcePair(
          first.index,
          second.index,
          bits(Values.PLUG_IN, first, second, agreeing, withTarget),
          corrected
              ? Optional.of(bits(Values.CORRECTED, first, second, agreeing, withTarget))
              : Optional.empty());
    }

    private Bits broja(Source first, Source second) {
      PartialInformationDecomposition atoms =
          PartialInformationDecomposition.of(
              distribution.withSources(first.states, second.states),
              measure,
              Execution.sequential());
      return new Bits(
          atoms.atom(Antichain.of(1)).average(),
          atoms.atom(Antichain.of(2)).average(),
          atoms.atom(Antichain.of(1, 2)).average(),
          atoms.atom(Antichain.of(3)).average());
    }

    /** What agrees on either source is what agrees on each, less what agrees on both. */
    private Bits bits(
        Values values, Source first, Source second, double[] agreeing, double[] withTarget) {
      double information1 = 0;
      double information2 = 0;
      double information = 0;
      double redundant = 0;
      for (int r = 0; r < ofTarget.length; r++) {
        double weight = distribution.weight(r) * scale;
        information1 +=
            weight * information(values, first.agreeing[r], first.withTarget[r], ofTarget[r]);
        information2 +=
            weight * information(values, second.agreeing[r], second.withTarget[r], ofTarget[r]);
        information += weight * information(values, agreeing[r], withTarget[r], ofTarget[r]);
        if (measure == Measure.SX) {
          redundant +=
              weight
                  * information(
                      values,
                      first.agreeing[r] + (second.agreeing[r] - agreeing[r]),
                      first.withTarget[r] + (second.withTarget[r] - withTarget[r]),
                      ofTarget[r]);
        }
      }
      if (measure == Measure.MMI) {
        redundant = Math.min(information1, information2);
      } else if (measure == Measure.MIN) {
        for (int t = 0; t < first.specific.length; t++) {
          redundant += Math.min(first.specific[t], second.specific[t]);
        }
      }
      return new Bits(
          information1 - redundant,
          information2 - redundant,
          redundant,
          information - information1 - information2 + redundant);
    }
  }
}
