package nnpid.decomposition;

import static java.util.Objects.requireNonNull;

import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import nnpid.distribution.JointDistribution;
import nnpid.execution.Execution;
import nnpid.lattice.Antichain;
import nnpid.lattice.RedundancyLattice;
import nnpid.lattice.UpSetFamily;
import org.jspecify.annotations.Nullable;

/**
 * Partial information decomposition of one joint distribution, in bits.
 *
 * <p>There is one atom per antichain: 1, 4, 18, 166, 7,579 and 7,828,352 for one to six sources.
 * Under I_sx single atoms may be negative, their informative and misinformative parts are not. All
 * atoms sum to the mutual information. Cost is linear in the number of realizations times the
 * number of antichains: about 0.1 s for five sources and 10,000 realizations, seconds for six
 * sources and 1,000. Immutable.
 *
 * <pre>{@code
 * PartialInformationDecomposition decomposition =
 *     PartialInformationDecomposition.of(distribution, Execution.sequential());
 * double synergy = decomposition.atom(Antichain.parse("{1,2}")).average();
 * double complexity = decomposition.backbone().representationalComplexity();
 * }</pre>
 *
 * @see <a href="https://doi.org/10.1103/PhysRevE.103.032149">Makkeh, Gutknecht and Wibral
 *     (2021)</a>
 */
public final class PartialInformationDecomposition implements Serializable {
  private static final long serialVersionUID = 1L;

  private final Measure measure;
  private final RedundancyLattice lattice;
  private final double[] informative; // the atoms themselves, if the measure has no parts
  private final double @Nullable [] misinformative;
  private final Backbone backbone;
  private final double optimizationGap;

  private PartialInformationDecomposition(
      Measure measure,
      RedundancyLattice lattice,
      double[] informative,
      double @Nullable [] misinformative,
      double mutualInformation,
      double optimizationGap) {
    this.measure = measure;
    this.lattice = lattice;
    this.informative = informative;
    this.misinformative = misinformative;
    this.optimizationGap = optimizationGap;
    double[] byDegree = lattice.upSets().sumByDegreeOfSynergy(informative);
    this.backbone =
        misinformative == null
            ? Backbone.ofInformation(mutualInformation, byDegree)
            : Backbone.ofParts(
                mutualInformation, byDegree, lattice.upSets().sumByDegreeOfSynergy(misinformative));
  }

  /** What another machine needs; the rest follows. */
  @SuppressWarnings("ArrayRecordComponent") // nobody compares or changes them
  private record Sent(
      Measure measure,
      int sourceCount,
      double[] informative,
      double @Nullable [] misinformative,
      double mutualInformation,
      double optimizationGap)
      implements Serializable {
    private Object readResolve() {
      return new PartialInformationDecomposition(
          measure,
          RedundancyLattice.ofSources(sourceCount),
          informative,
          misinformative,
          mutualInformation,
          optimizationGap);
    }
  }

  private Object writeReplace() {
    return new Sent(
        measure,
        lattice.sourceCount(),
        informative,
        misinformative,
        backbone.mutualInformation(),
        optimizationGap);
  }

  private void readObject(ObjectInputStream in) throws InvalidObjectException {
    throw new InvalidObjectException("A decomposition is sent in another form.");
  }

  /**
   * Decomposes a distribution of one to six sources under I_sx.
   *
   * @see #of(JointDistribution, Measure, Execution)
   */
  public static PartialInformationDecomposition of(
      JointDistribution distribution, Execution execution) {
    return of(distribution, Measure.SX, execution);
  }

  /**
   * Decomposes a distribution of one to six sources; under {@link Measure#BROJA} exactly two.
   *
   * <p>Under I_sx, six sources take 5 seconds per 1,000 realizations with counts as weights,
   * several times as long with real weights, and 200 MB. Under I_min and I_MMI they take two
   * seconds, whatever the number of realizations.
   *
   * @throws IllegalArgumentException if there are more than {@value UpSetFamily#MAX_SOURCES}
   *     sources, or under {@link Measure#BROJA} not two or two with too many states
   * @throws java.util.concurrent.CancellationException if the execution is canceled
   */
  public static PartialInformationDecomposition of(
      JointDistribution distribution, Measure measure, Execution execution) {
    requireNonNull(distribution, "distribution");
    return switch (measure) {
      case SX -> ofSharedExclusions(distribution, execution);
      case MIN, MMI -> ofMinimumInformation(distribution, measure, execution);
      case BROJA -> ofUniqueInformation(distribution, execution);
    };
  }

  /**
   * The same of given values.
   *
   * @throws IllegalArgumentException also if there are no such values, see {@link
   *     Values#requirePossible}
   */
  public static PartialInformationDecomposition of(
      JointDistribution distribution, Measure measure, Values values, Execution execution) {
    values.requirePossible(distribution, measure);
    return values == Values.CORRECTED
        ? ofBoth(distribution, execution).corrected()
        : of(distribution, measure, execution);
  }

  private static PartialInformationDecomposition ofMinimumInformation(
      JointDistribution distribution, Measure measure, Execution execution) {
    RedundancyLattice lattice = RedundancyLattice.ofSources(distribution.sourceCount());
    double[] atoms =
        MinimumInformation.redundancies(distribution, measure, lattice.upSets(), execution);
    lattice.invert(atoms);
    return new PartialInformationDecomposition(
        measure, lattice, atoms, null, distribution.mutualInformation(), 0);
  }

  private static PartialInformationDecomposition ofUniqueInformation(
      JointDistribution distribution, Execution execution) {
    UniqueInformation unique = UniqueInformation.of(distribution, execution);
    RedundancyLattice lattice = RedundancyLattice.ofSources(2);
    double[] atoms = new double[lattice.size()];
    atoms[lattice.indexOf(Antichain.of(1, 2))] = unique.shared();
    atoms[lattice.indexOf(Antichain.of(1))] = unique.unique1();
    atoms[lattice.indexOf(Antichain.of(2))] = unique.unique2();
    atoms[lattice.indexOf(Antichain.of(3))] = unique.synergy();
    return new PartialInformationDecomposition(
        Measure.BROJA, lattice, atoms, null, unique.mutualInformation(), unique.gap());
  }

  private static PartialInformationDecomposition ofSharedExclusions(
      JointDistribution distribution, Execution execution) {
    RedundancyLattice lattice = RedundancyLattice.ofSources(distribution.sourceCount());
    double[] informative =
        SharedExclusions.informative(distribution, lattice.upSets(), execution.step(0, 0.5));
    double[] misinformative =
        SharedExclusions.misinformative(distribution, lattice.upSets(), execution.step(0.5, 1));
    return ofRedundancies(lattice, informative, misinformative, distribution.mutualInformation());
  }

  /**
   * Decomposes a distribution of one to six sources under I_sx, and corrected for the bias of the
   * sample, see {@link LeaveOneOut}: all identities hold for both, and informative and
   * misinformative parts of all atoms are not negative. Takes about twice as long as {@link
   * #of(JointDistribution, Execution)}.
   *
   * @throws IllegalArgumentException if there are more than {@value UpSetFamily#MAX_SOURCES}
   *     sources, or weights are not numbers of samples
   * @throws java.util.concurrent.CancellationException if the execution is canceled
   */
  public static BothValues<PartialInformationDecomposition> ofBoth(
      JointDistribution distribution, Execution execution) {
    LeaveOneOut.requirePossible(distribution);
    RedundancyLattice lattice = RedundancyLattice.ofSources(distribution.sourceCount());
    BothValues<double[]> informative =
        SharedExclusions.bothInformative(distribution, lattice.upSets(), execution.step(0, 0.5));
    BothValues<double[]> misinformative =
        SharedExclusions.bothMisinformative(distribution, lattice.upSets(), execution.step(0.5, 1));
    return new BothValues<>(
        ofRedundancies(
            lattice,
            informative.plugIn(),
            misinformative.plugIn(),
            distribution.mutualInformation()),
        ofRedundancies(
            lattice,
            informative.corrected(),
            misinformative.corrected(),
            LeaveOneOut.mutualInformation(distribution)));
  }

  /** Redundancies become atoms in place. */
  private static PartialInformationDecomposition ofRedundancies(
      RedundancyLattice lattice,
      double[] informative,
      double[] misinformative,
      double mutualInformation) {
    lattice.invert(informative);
    lattice.invert(misinformative);
    return new PartialInformationDecomposition(
        Measure.SX, lattice, informative, misinformative, mutualInformation, 0);
  }

  /**
   * Decomposes the specific information about every single state of the target under I_sx: as the
   * decomposition of the whole, but with redundancies averaged over p(s|t) instead of p(s,t). The
   * atoms of all target states, weighted by their probabilities, sum to those of the whole.
   *
   * <p>The mutual information of each is the specific information I(T=t;S) = &Sigma;_s p(s|t) log2
   * [p(t|s) / p(t)]. Each takes as long as the whole and 16 bytes per antichain.
   *
   * @return one decomposition per target state, in ascending order of the states
   * @throws IllegalArgumentException if there are more than {@value UpSetFamily#MAX_SOURCES}
   *     sources
   * @throws java.util.concurrent.CancellationException if the execution is canceled
   * @see <a href="https://doi.org/10.1103/PhysRevE.103.032149">Makkeh, Gutknecht and Wibral
   *     (2021)</a>
   */
  public static List<TargetState> ofTargetStates(
      JointDistribution distribution, Execution execution) {
    return ofTargetStates(distribution, Values.PLUG_IN, false, execution);
  }

  /**
   * The same with both kinds of values, see {@link LeaveOneOut}; corrected specific information may
   * be negative. Takes about twice as long.
   *
   * @param values which of them the decompositions are of; of the others only the backbone is kept
   * @throws IllegalArgumentException if there are more than {@value UpSetFamily#MAX_SOURCES}
   *     sources, or weights are not numbers of samples
   * @throws java.util.concurrent.CancellationException if the execution is canceled
   */
  public static List<TargetState> ofTargetStates(
      JointDistribution distribution, Values values, Execution execution) {
    LeaveOneOut.requirePossible(distribution);
    return ofTargetStates(distribution, values, true, execution);
  }

  private static List<TargetState> ofTargetStates(
      JointDistribution distribution, Values values, boolean both, Execution execution) {
    requireNonNull(distribution, "distribution");
    RedundancyLattice lattice = RedundancyLattice.ofSources(distribution.sourceCount());
    JointDistribution sources = distribution.withoutTarget();
    int[] withoutTarget = distribution.realizationsWithoutTarget();
    int[] targetStates =
        IntStream.range(0, withoutTarget.length)
            .map(distribution::targetState)
            .sorted()
            .distinct()
            .toArray();
    List<TargetState> result = new ArrayList<>();
    for (int i = 0; i < targetStates.length; i++) {
      Execution step =
          execution.step((double) i / targetStates.length, (i + 1.0) / targetStates.length);
      double[] ofSources = new double[sources.realizationCount()];
      double[] ofAll = new double[distribution.realizationCount()];
      double weight = 0;
      for (int r = 0; r < ofAll.length; r++) {
        if (distribution.targetState(r) == targetStates[i]) {
          ofAll[r] = distribution.weight(r);
          ofSources[withoutTarget[r]] = distribution.weight(r);
          weight += distribution.weight(r);
        }
      }
      UpSetFamily upSets = lattice.upSets();
      BothValues<double[]> informative =
          SharedExclusions.averageSurprisals(sources, ofSources, upSets, both, step.step(0, 0.5));
      BothValues<double[]> misinformative =
          SharedExclusions.averageSurprisals(distribution, ofAll, upSets, both, step.step(0.5, 1));
      // Of all antichains that of all sources together comes last in the order of redundancy.
      int top = lattice.indexOf(Antichain.of((1 << lattice.sourceCount()) - 1));
      PartialInformationDecomposition plugIn =
          ofRedundancies(
              lattice,
              informative.plugIn(),
              misinformative.plugIn(),
              Math.max(0, informative.plugIn()[top] - misinformative.plugIn()[top]));
      double probability = weight / distribution.totalWeight();
      if (!both) {
        result.add(new TargetState(targetStates[i], probability, plugIn, Optional.empty()));
        continue;
      }
      PartialInformationDecomposition corrected =
          ofRedundancies(
              lattice,
              informative.corrected(),
              misinformative.corrected(),
              informative.corrected()[top] - misinformative.corrected()[top]);
      result.add(
          new TargetState(
              targetStates[i],
              probability,
              values == Values.CORRECTED ? corrected : plugIn,
              Optional.of(new BothValues<>(plugIn.backbone(), corrected.backbone()))));
    }
    return List.copyOf(result);
  }

  /** The mean over several samples, of the same sources and measure; it has informative parts. */
  public static PartialInformationDecomposition mean(List<PartialInformationDecomposition> all) {
    PartialInformationDecomposition first = all.get(0);
    return new PartialInformationDecomposition(
        first.measure,
        first.lattice,
        Backbone.mean(all, one -> one.informative),
        Backbone.mean(all, one -> requireNonNull(one.misinformative)),
        all.stream()
            .mapToDouble(PartialInformationDecomposition::mutualInformation)
            .average()
            .orElse(Double.NaN),
        0);
  }

  /**
   * What the sources tell about one state of the target.
   *
   * @param targetState the state
   * @param probability its probability
   * @param decomposition of the specific information I(T=t;S), in bits
   * @param backbones plug-in and corrected, if both were wanted
   */
  public record TargetState(
      int targetState,
      double probability,
      PartialInformationDecomposition decomposition,
      Optional<BothValues<Backbone>> backbones) {}

  /** The redundancy measure of this decomposition. */
  public Measure measure() {
    return measure;
  }

  public int sourceCount() {
    return lattice.sourceCount();
  }

  /** I(T:S), the sum of all atoms; not negative. */
  public double mutualInformation() {
    return backbone.mutualInformation();
  }

  /** The atoms by degree of synergy, and the representational complexity. */
  public Backbone backbone() {
    return backbone;
  }

  /**
   * How far every atom may be from its true value, in bits, because it was found by numerical
   * optimization that ended before the minimum: under {@link Measure#BROJA} normally up to 1e-8,
   * more if the search would have taken more than ten to twenty seconds. 0 under other measures.
   */
  public double optimizationGap() {
    return optimizationGap;
  }

  /** Number of atoms. */
  public int atomCount() {
    return lattice.size();
  }

  /** The atoms, in the order of the redundancy lattice's antichains. */
  public Stream<Atom> atoms() {
    return IntStream.range(0, lattice.size()).mapToObj(this::atom);
  }

  /**
   * The atom of an antichain.
   *
   * @throws IllegalArgumentException if the antichain has a source that is not decomposed
   */
  public Atom atom(Antichain antichain) {
    return atom(lattice.indexOf(antichain));
  }

  /**
   * The share of every source in the information, in bits: each atom is split evenly over its
   * source sets, and each set's part evenly over its members. Sources that are copies of each other
   * have equal shares. All shares sum to the mutual information.
   */
  public double[] shares() {
    double[] averages = new double[lattice.size()];
    Arrays.setAll(averages, this::average);
    return lattice.upSets().shareBySource(averages);
  }

  private Atom atom(int index) {
    return misinformative == null
        ? Atom.exact(lattice.antichain(index), informative[index], Double.NaN, Double.NaN)
        : Atom.exact(
            lattice.antichain(index), average(index), informative[index], misinformative[index]);
  }

  private double average(int index) {
    return misinformative == null ? informative[index] : informative[index] - misinformative[index];
  }

  /**
   * The {@code count} atoms (or all, if there are fewer) of largest absolute value, the largest
   * first; of equal ones those that come first in the lattice.
   *
   * @throws IllegalArgumentException if {@code count} is negative
   */
  public List<Atom> largestAtoms(int count) {
    if (count < 0) {
      throw new IllegalArgumentException(
          "The number of atoms (" + count + ") must not be negative.");
    }
    Comparator<Integer> smallestFirst =
        Comparator.<Integer>comparingDouble(i -> Math.abs(average(i)))
            .thenComparing(Comparator.reverseOrder());
    PriorityQueue<Integer> largest = new PriorityQueue<>(smallestFirst);
    for (int i = 0; i < lattice.size(); i++) {
      largest.add(i);
      if (largest.size() > count) {
        largest.remove();
      }
    }
    return largest.stream().sorted(smallestFirst.reversed()).map(this::atom).toList();
  }
}
