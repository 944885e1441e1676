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
   * O(R n log n) for R realizations and n sources.
   *
   * @throws IllegalArgumentException if the measure is {@link Measure#BROJA}, whose decomposition
   *     into two sources belongs to none into more; or if there are no such values
   * @throws java.util.concurrent.CancellationException if the execution is canceled
   */
  public static List<SourceInformation> ofSources(
      JointDistribution distribution, Measure measure, Values values, Execution execution) {
    measure.requireAnyNumberOfSources();
    values.requirePossible(distribution, measure);
    List<SourceInformation> result = new ArrayList<>();
    distribution.forEachSource(
        (source, others) -> {
          execution.checkCanceled();
          Partition own = distribution.refine(distribution.coarsestPartition(), source);
          result.add(ofPair(distribution.withSources(own, others), measure, values));
          execution.progress(result.size() / (double) distribution.sourceCount());
        });
    return List.copyOf(result);
  }

  private static SourceInformation ofPair(JointDistribution pair, Measure measure, Values values) {
    PartialInformationDecomposition decomposition =
        PartialInformationDecomposition.of(pair, measure, values, Execution.sequential());
    return new SourceInformation(
        decomposition.atom(Antichain.of(1)).average(),
        decomposition.atom(Antichain.of(1, 2)).average(),
        decomposition.atom(Antichain.of(3)).average());
  }
}
