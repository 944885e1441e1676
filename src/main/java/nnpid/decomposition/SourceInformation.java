package nnpid.decomposition;

import java.util.ArrayList;
import java.util.List;
import nnpid.distribution.JointDistribution;
import nnpid.distribution.Partition;
import nnpid.execution.Execution;
import nnpid.lattice.Antichain;

/**
 * What one source tells about the target, and how much of it the other sources tell as well: sums
 * of atoms, in bits.
 *
 * <p>Seen from source i there are three kinds of atoms that need it. The other atoms can be read
 * without it, and not from it alone.
 *
 * @param unique the atom {i}
 * @param redundant the atoms with {i} as one of several source sets: they can be read from the
 *     source alone, but also without it
 * @param synergistic the atoms all of whose source sets contain i and at least one other source:
 *     they can be read neither from the source alone nor without it
 */
public record SourceInformation(double unique, double redundant, double synergistic) {

  /** I(T:S_i), what the source tells on its own: the unique and the redundant atoms. */
  public double mutualInformation() {
    return unique + redundant;
  }

  /** I(T:S) - I(T: all but S_i), what is lost without it: the unique and synergistic atoms. */
  public double vulnerability() {
    return unique + synergistic;
  }

  /**
   * The information of every source, in order: exact for any number of sources, since each of the
   * sums is an atom of the decomposition into two sources, the one and all others together. Cost is
   * O(R n log n) for R realizations and n sources, and O(R n) where few sources tell all
   * realizations apart.
   *
   * @throws IllegalArgumentException if the measure is {@link Measure#BROJA}, whose decomposition
   *     into two sources belongs to none into more; or if there are no such values
   * @throws java.util.concurrent.CancellationException if the execution is canceled
   */
  public static List<SourceInformation> ofSources(
      JointDistribution distribution, Measure measure, Values values, Execution execution) {
    measure.requireAnyNumberOfSources();
    values.requirePossible(distribution, measure);
    SharedExclusionsOfPairs pairs = new SharedExclusionsOfPairs(distribution, values);
    List<SourceInformation> result = new ArrayList<>();
    distribution.forEachSource(
        (source, others) -> {
          execution.checkCanceled();
          Partition own = distribution.refine(distribution.coarsestPartition(), source);
          result.add(
              measure == Measure.SX
                  ? pairs.of(own, others)
                  : ofPair(distribution.withSources(own, others), measure));
          execution.progress(result.size() / (double) distribution.sourceCount());
        });
    return List.copyOf(result);
  }

  private static SourceInformation ofPair(JointDistribution pair, Measure measure) {
    PartialInformationDecomposition decomposition =
        PartialInformationDecomposition.of(pair, measure, Execution.sequential());
    return new SourceInformation(
        decomposition.atom(Antichain.of(1)).average(),
        decomposition.atom(Antichain.of(1, 2)).average(),
        decomposition.atom(Antichain.of(3)).average());
  }

  /**
   * The decomposition under I_sx into a source and all others together, without a distribution of
   * the two: what agrees with a realization on either is what agrees on the one, and on the others,
   * less what agrees on both.
   */
  private static final class SharedExclusionsOfPairs {
    private final JointDistribution distribution;
    private final Values values;
    private final Weights all;
    private final double[] ofTarget;
    private final int classCount; // of all sources

    SharedExclusionsOfPairs(JointDistribution distribution, Values values) {
      this.distribution = distribution;
      this.values = values;
      Partition coarsest = distribution.coarsestPartition();
      Partition sources = distribution.refine(coarsest, 0, distribution.sourceCount());
      this.all = weights(sources);
      this.classCount = sources.classCount();
      this.ofTarget = distribution.classWeights(distribution.refineByTarget(coarsest));
    }

    /** What agrees with every realization, and on the target too. */
    @SuppressWarnings("ArrayRecordComponent") // nobody compares or changes them
    private record Weights(double[] agreeing, double[] withTarget) {}

    private Weights weights(Partition partition) {
      return new Weights(
          distribution.classWeights(partition),
          distribution.classWeights(distribution.refineByTarget(partition)));
    }

    SourceInformation of(Partition own, Partition others) {
      Weights one = weights(own);
      // Often so in wide layers: the source adds nothing to the others.
      boolean telling = others.classCount() < classCount;
      Weights rest = telling ? weights(others) : all;
      double unique = 0;
      double redundant = 0;
      double synergistic = 0;
      for (int r = 0; r < ofTarget.length; r++) {
        double weight = distribution.weight(r);
        double information = information(r, one.agreeing[r], one.withTarget[r]);
        if (telling) {
          double either =
              information(
                  r,
                  one.agreeing[r] + (rest.agreeing[r] - all.agreeing[r]),
                  one.withTarget[r] + (rest.withTarget[r] - all.withTarget[r]));
          double both = information(r, all.agreeing[r], all.withTarget[r]);
          double without = information(r, rest.agreeing[r], rest.withTarget[r]);
          unique += weight * (information - either);
          redundant += weight * either;
          synergistic += weight * ((both - without) - (information - either));
        } else {
          redundant += weight * information;
        }
      }
      double scale = 1 / (Math.log(2) * distribution.totalWeight());
      return new SourceInformation(unique * scale, redundant * scale, synergistic * scale);
    }

    /** Pointwise information about the target of an agreement, in nats. */
    private double information(int r, double agreeing, double withTarget) {
      return values.surprisal(agreeing, distribution.totalWeight())
          - values.surprisal(withTarget, ofTarget[r]);
    }
  }
}
