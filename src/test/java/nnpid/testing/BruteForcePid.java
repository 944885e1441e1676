package nnpid.testing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.DoubleBinaryOperator;

/**
 * The decomposition under I_sx written down as it is defined, for up to four sources: antichains
 * are sets of bit masks (bit i = source i), probabilities of unions are sums over all pairs of
 * samples, atoms follow by the recursive definition. Shares no code with what it checks.
 */
public final class BruteForcePid {
  private final SampleTable table;
  private final List<Set<Integer>> antichains;
  private final Map<Set<Integer>, Double> informative = new HashMap<>();
  private final Map<Set<Integer>, Double> misinformative = new HashMap<>();

  private final DoubleBinaryOperator surprisal; // of what agrees, of all, in bits

  private BruteForcePid(SampleTable table, DoubleBinaryOperator surprisal) {
    this.table = table;
    this.surprisal = surprisal;
    this.antichains = antichains(table.sourceCount());
  }

  public static BruteForcePid of(SampleTable table) {
    return of(table, (union, all) -> -Math.log(union / all) / Math.log(2));
  }

  /** Corrected, as METHOD.md defines it: harmonic numbers in place of logarithms. */
  public static BruteForcePid corrected(SampleTable table) {
    return of(table, (union, all) -> (harmonic(all - 1) - harmonic(union - 1)) / Math.log(2));
  }

  /** At a horizon of so many draws, as METHOD.md defines it: of the other samples, one by one. */
  public static BruteForcePid within(long draws, SampleTable table) {
    return of(
        table,
        (union, all) -> {
          double nats = 0;
          double missed = 1; // so far, by all draws
          for (int j = 1; j <= draws; j++) {
            missed *= Math.max(0, all - union - (j - 1)) / (all - 1 - (j - 1));
            nats += missed / j;
          }
          return nats / Math.log(2);
        });
  }

  /** 1 + 1/2 + ... + 1/n. */
  public static double harmonic(double n) {
    double sum = 0;
    for (int j = 1; j <= n; j++) {
      sum += 1.0 / j;
    }
    return sum;
  }

  private static BruteForcePid of(SampleTable table, DoubleBinaryOperator surprisal) {
    BruteForcePid pid = new BruteForcePid(table, surprisal);
    Map<Set<Integer>, Double> informative = new HashMap<>();
    Map<Set<Integer>, Double> misinformative = new HashMap<>();
    for (Set<Integer> antichain : pid.antichains) {
      informative.put(antichain, pid.redundancy(antichain, false));
      misinformative.put(antichain, pid.redundancy(antichain, true));
    }
    for (Set<Integer> antichain : pid.antichains) {
      pid.atom(antichain, informative, pid.informative);
      pid.atom(antichain, misinformative, pid.misinformative);
    }
    return pid;
  }

  public List<Set<Integer>> antichains() {
    return antichains;
  }

  public double informative(Set<Integer> antichain) {
    return informative.get(antichain);
  }

  public double misinformative(Set<Integer> antichain) {
    return misinformative.get(antichain);
  }

  /** Sum of the atoms whose smallest source set has {@code degree} sources. */
  public double information(int degree) {
    double sum = 0;
    for (Set<Integer> antichain : antichains) {
      if (degreeOfSynergy(antichain) == degree) {
        sum += informative(antichain) - misinformative(antichain);
      }
    }
    return sum;
  }

  public double mutualInformation() {
    double sum = 0;
    for (Set<Integer> antichain : antichains) {
      sum += informative(antichain) - misinformative(antichain);
    }
    return sum;
  }

  public double representationalComplexity() {
    double sum = 0;
    for (int degree = 1; degree <= table.sourceCount(); degree++) {
      sum += degree * information(degree);
    }
    return sum / mutualInformation();
  }

  public static int degreeOfSynergy(Set<Integer> antichain) {
    int smallest = Integer.MAX_VALUE;
    for (int a : antichain) {
      smallest = Math.min(smallest, Integer.bitCount(a));
    }
    return smallest;
  }

  /** All antichains over {@code sourceCount} sources. */
  public static List<Set<Integer>> antichains(int sourceCount) {
    List<Set<Integer>> found = new ArrayList<>();
    extend(new HashSet<>(), 1, 1 << sourceCount, found);
    return found;
  }

  private static void extend(Set<Integer> chosen, int next, int end, List<Set<Integer>> found) {
    if (next == end) {
      if (!chosen.isEmpty()) {
        found.add(Set.copyOf(chosen));
      }
      return;
    }
    extend(chosen, next + 1, end, found);
    for (int a : chosen) {
      if (isSubset(a, next) || isSubset(next, a)) {
        return;
      }
    }
    Set<Integer> larger = new HashSet<>(chosen);
    larger.add(next);
    extend(larger, next + 1, end, found);
  }

  /** Whether beta is below or equal to alpha: every set of alpha contains one of beta. */
  public static boolean precedes(Set<Integer> beta, Set<Integer> alpha) {
    for (int a : alpha) {
      boolean contains = false;
      for (int b : beta) {
        contains |= isSubset(b, a);
      }
      if (!contains) {
        return false;
      }
    }
    return true;
  }

  private static boolean isSubset(int b, int a) {
    return (b & a) == b;
  }

  /** Average surprisal of the union of the agreements, or of the same given the target. */
  private double redundancy(Set<Integer> antichain, boolean givenTarget) {
    double sum = 0;
    double total = 0;
    for (int r = 0; r < table.sampleCount(); r++) {
      double union = 0;
      double all = 0;
      for (int other = 0; other < table.sampleCount(); other++) {
        if (!givenTarget || table.target(r) == table.target(other)) {
          all += table.weight(other);
          if (agreeOnSomeSet(antichain, r, other)) {
            union += table.weight(other);
          }
        }
      }
      sum += table.weight(r) * surprisal.applyAsDouble(union, all);
      total += table.weight(r);
    }
    return sum / total;
  }

  private boolean agreeOnSomeSet(Set<Integer> antichain, int r, int other) {
    for (int a : antichain) {
      boolean agree = true;
      for (int source = 0; source < table.sourceCount(); source++) {
        boolean member = ((a >> source) & 1) == 1;
        agree &= !member || table.state(r, source) == table.state(other, source);
      }
      if (agree) {
        return true;
      }
    }
    return false;
  }

  /** The redundancy less all atoms strictly below. */
  private double atom(
      Set<Integer> antichain,
      Map<Set<Integer>, Double> redundancies,
      Map<Set<Integer>, Double> atoms) {
    Double known = atoms.get(antichain);
    if (known != null) {
      return known;
    }
    double atom = redundancies.get(antichain);
    for (Set<Integer> below : antichains) {
      if (!below.equals(antichain) && precedes(below, antichain)) {
        atom -= atom(below, redundancies, atoms);
      }
    }
    atoms.put(antichain, atom);
    return atom;
  }
}
