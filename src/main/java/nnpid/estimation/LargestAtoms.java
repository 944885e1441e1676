package nnpid.estimation;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import nnpid.decomposition.Atom;
import nnpid.decomposition.Values;
import nnpid.distribution.JointDistribution;
import nnpid.execution.Execution;
import nnpid.lattice.Antichain;

/**
 * The largest atoms of layers whose lattice is too large to list: found by {@link LatticeWalks},
 * then computed on their own (see {@link SingleAtoms}), so that the chance by which they were found
 * does not make them larger.
 *
 * @param atoms those of largest absolute value, the largest first
 * @param walks how many walks there were
 * @param met how many atoms they met; an atom that none of them met may be larger
 * @param nameless how many of the largest are left out since their antichain has too many members
 *     to be written
 */
public record LargestAtoms(List<Atom> atoms, int walks, int met, int nameless)
    implements Serializable {
  /** Antichains of more members than this are not written. */
  private static final int MOST_MEMBERS = 200;

  private static final int MOST_CANDIDATES = 100_000;

  /** Makes the list immutable. */
  public LargestAtoms {
    atoms = List.copyOf(atoms);
  }

  /**
   * Finds the largest atoms.
   *
   * @param count how many
   * @param values plug-in, or corrected for the bias of the sample
   * @throws IllegalArgumentException if there are more than {@value Antichain#MAX_SOURCES} sources,
   *     or values are to be corrected and weights are not numbers of samples
   * @throws java.util.concurrent.CancellationException if the execution is canceled
   */
  public static LargestAtoms of(
      JointDistribution distribution, int count, Values values, long seed, Execution execution) {
    requireNonNull(distribution, "distribution");
    SingleAtoms.requirePossible(distribution, values);
    LatticeWalks walks = LatticeWalks.of(distribution, values, seed, execution.step(0, 0.5));
    List<Antichain> blockers = new ArrayList<>();
    List<Antichain> antichains = new ArrayList<>();
    List<Antichain> candidates = walks.largestBlockers(candidates(count));
    for (Antichain blocker : candidates) {
      execution.checkCanceled();
      Optional<Antichain> antichain = blocker.blocker(MOST_MEMBERS);
      if (antichain.isPresent()) {
        antichains.add(antichain.get());
        blockers.add(blocker);
      }
    }
    List<Atom> atoms =
        SingleAtoms.of(distribution, antichains, blockers, values, seed, execution.step(0.5, 1));
    return new LargestAtoms(
        atoms.stream()
            .sorted(
                Comparator.<Atom>comparingDouble(atom -> -Math.abs(atom.average()))
                    .thenComparing(atom -> atom.antichain().toString()))
            .limit(count)
            .toList(),
        walks.count(),
        walks.met(),
        candidates.size() - blockers.size());
  }

  /** Some more: walks do not tell the order. */
  private static int candidates(int count) {
    return (int) Math.min(MOST_CANDIDATES, 2L * count + 100);
  }
}
