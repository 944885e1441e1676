package nnpid.testing;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The decomposition under I_min or I_MMI written down as it is defined, for up to four sources.
 * Shares no code with what it checks.
 */
public final class BruteForceMinimum {
  private final SampleTable table;
  private final boolean perTarget;
  private final Map<Set<Integer>, Double> redundancies = new HashMap<>();
  private final Map<Set<Integer>, Double> atoms = new HashMap<>();

  private BruteForceMinimum(SampleTable table, boolean perTarget) {
    this.table = table;
    this.perTarget = perTarget;
  }

  /** Under I_min if {@code perTarget}, else under I_MMI. */
  public static BruteForceMinimum of(SampleTable table, boolean perTarget) {
    BruteForceMinimum pid = new BruteForceMinimum(table, perTarget);
    List<Set<Integer>> antichains = BruteForcePid.antichains(table.sourceCount());
    for (Set<Integer> antichain : antichains) {
      pid.redundancies.put(antichain, pid.redundancy(antichain));
    }
    for (Set<Integer> antichain : antichains) {
      pid.computeAtom(antichain);
    }
    return pid;
  }

  public Map<Set<Integer>, Double> atoms() {
    return atoms;
  }

  private double redundancy(Set<Integer> antichain) {
    Map<Integer, Map<Integer, Double>> contributions = new HashMap<>();
    for (int a : antichain) {
      contributions.put(a, contributions(a));
    }
    double sum = 0;
    double least = Double.POSITIVE_INFINITY;
    for (int target : contributions.values().iterator().next().keySet()) {
      sum += antichain.stream().mapToDouble(a -> contributions.get(a).get(target)).min().orElse(0);
    }
    for (Map<Integer, Double> one : contributions.values()) {
      least = Math.min(least, one.values().stream().mapToDouble(x -> x).sum());
    }
    return perTarget ? sum : least;
  }

  /** Per target state t: sum over s of p(s,t) [log 1/p(t) - log 1/p(t|s)]. */
  private Map<Integer, Double> contributions(int sourceSet) {
    Map<Integer, Double> result = new HashMap<>();
    double total = 0;
    for (int i = 0; i < table.sampleCount(); i++) {
      total += table.weight(i);
    }
    for (int i = 0; i < table.sampleCount(); i++) {
      double withState = 0;
      double withTarget = 0;
      double withBoth = 0;
      for (int j = 0; j < table.sampleCount(); j++) {
        boolean sameState = agree(sourceSet, i, j);
        boolean sameTarget = table.target(i) == table.target(j);
        withState += sameState ? table.weight(j) : 0;
        withTarget += sameTarget ? table.weight(j) : 0;
        withBoth += sameState && sameTarget ? table.weight(j) : 0;
      }
      double bits = Math.log(withBoth / withState * total / withTarget) / Math.log(2);
      result.merge(table.target(i), table.weight(i) / total * bits, Double::sum);
    }
    return result;
  }

  private boolean agree(int sourceSet, int i, int j) {
    for (int source = 0; source < table.sourceCount(); source++) {
      if (((sourceSet >> source) & 1) == 1 && table.state(i, source) != table.state(j, source)) {
        return false;
      }
    }
    return true;
  }

  private double computeAtom(Set<Integer> antichain) {
    Double known = atoms.get(antichain);
    if (known != null) {
      return known;
    }
    double atom = redundancies.get(antichain);
    for (Set<Integer> below : redundancies.keySet()) {
      if (!below.equals(antichain) && BruteForcePid.precedes(below, antichain)) {
        atom -= computeAtom(below);
      }
    }
    atoms.put(antichain, atom);
    return atom;
  }
}
