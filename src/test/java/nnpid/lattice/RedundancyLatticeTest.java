package nnpid.lattice;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import nnpid.testing.Antichains;
import nnpid.testing.BruteForcePid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedundancyLatticeTest {

  @ParameterizedTest
  @CsvSource({"1, 1", "2, 4", "3, 18", "4, 166", "5, 7579", "6, 7828352"})
  void hasAsManyAntichainsAsDedekindCounted(int sourceCount, int size) {
    assertEquals(size, RedundancyLattice.ofSources(sourceCount).size());
    assertEquals(sourceCount, RedundancyLattice.ofSources(sourceCount).sourceCount());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void hasExactlyTheAntichainsOfTheDefinition(int sourceCount) {
    RedundancyLattice lattice = RedundancyLattice.ofSources(sourceCount);
    Set<Antichain> expected = new HashSet<>();
    for (Set<Integer> antichain : BruteForcePid.antichains(sourceCount)) {
      expected.add(Antichains.of(antichain));
    }
    Set<Antichain> actual = new HashSet<>();
    for (int i = 0; i < lattice.size(); i++) {
      actual.add(lattice.antichain(i));
    }
    assertEquals(expected, actual);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6})
  void indexOfFindsEveryAntichain(int sourceCount) {
    RedundancyLattice lattice = RedundancyLattice.ofSources(sourceCount);
    int step = sourceCount == 6 ? 997 : 1;
    for (int i = 0; i < lattice.size(); i += step) {
      assertEquals(i, lattice.indexOf(lattice.antichain(i)));
    }
    assertEquals(lattice.size() - 1, lattice.indexOf(lattice.antichain(lattice.size() - 1)));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void indexOfRejectsAntichainsWithMoreSources(int sourceCount) {
    RedundancyLattice lattice = RedundancyLattice.ofSources(sourceCount);
    for (Antichain antichain :
        List.of(
            Antichain.of(1 << sourceCount),
            Antichain.of(1 | (1 << sourceCount)),
            Antichain.of(1, 1 << sourceCount),
            Antichain.of(63))) {
      IllegalArgumentException e =
          assertThrows(IllegalArgumentException.class, () -> lattice.indexOf(antichain));
      assertTrue(e.getMessage().contains(antichain.toString()), e.getMessage());
      assertTrue(e.getMessage().contains("1 to " + sourceCount), e.getMessage());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void inversionUndoesSummationOverDownSets(int sourceCount) {
    RedundancyLattice lattice = RedundancyLattice.ofSources(sourceCount);
    List<Set<Integer>> antichains = antichains(lattice);
    double[] atoms = new Random(sourceCount).doubles(lattice.size(), -1, 1).toArray();
    double[] values = new double[atoms.length];
    for (int alpha = 0; alpha < values.length; alpha++) {
      values[alpha] = sumBelow(antichains, atoms, alpha);
    }
    lattice.invert(values);
    assertArrayEquals(atoms, values, 1e-11);
  }

  @Test
  void summationOverDownSetsUndoesInversionOverFiveSources() {
    RedundancyLattice lattice = RedundancyLattice.ofSources(5);
    List<Set<Integer>> antichains = antichains(lattice);
    Random random = new Random(5);
    // Integers, so that all sums are exact.
    double[] redundancies = random.ints(lattice.size(), -9, 10).asDoubleStream().toArray();
    double[] atoms = redundancies.clone();
    lattice.invert(atoms);
    for (int i = 0; i < 150; i++) {
      int alpha = random.nextInt(atoms.length);
      assertEquals(
          redundancies[alpha], sumBelow(antichains, atoms, alpha), 0, "antichain " + alpha);
    }
  }

  @Test
  void summationOverDownSetsUndoesInversionOverSixSources() {
    RedundancyLattice lattice = RedundancyLattice.ofSources(6);
    Random random = new Random(6);
    double[] redundancies = random.ints(lattice.size(), -9, 10).asDoubleStream().toArray();
    double[] atoms = redundancies.clone();
    lattice.invert(atoms);
    for (int i = 0; i < 40; i++) {
      int alpha = random.nextInt(atoms.length);
      int[] members =
          Antichains.sourceMasks(lattice.antichain(alpha)).stream()
              .mapToInt(Integer::intValue)
              .toArray();
      double[] sum = {0};
      lattice
          .upSets()
          .forEach(
              (beta, upSet) -> {
                // Every member must contain a member of beta, that is, lie in its up-set.
                boolean precedes = true;
                for (int member : members) {
                  precedes &= ((upSet >>> member) & 1) == 1;
                }
                sum[0] += precedes ? atoms[beta] : 0;
              });
      assertEquals(redundancies[alpha], sum[0], 0, () -> "antichain " + alpha);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6})
  void inversionOfAConstantLeavesItAtTheBottomOnly(int sourceCount) {
    RedundancyLattice lattice = RedundancyLattice.ofSources(sourceCount);
    double[] values = new double[lattice.size()];
    Arrays.fill(values, 3);
    double[] expected = new double[values.length];
    int[] singletons = new int[sourceCount];
    Arrays.setAll(singletons, i -> 1 << i);
    expected[lattice.indexOf(Antichains.of(singletons))] = 3;
    lattice.invert(values);
    assertArrayEquals(expected, values, 0);
  }

  @Test
  void inversionRejectsAnotherNumberOfValues() {
    RedundancyLattice lattice = RedundancyLattice.ofSources(3);
    for (int length : new int[] {0, 17, 19}) {
      IllegalArgumentException e =
          assertThrows(IllegalArgumentException.class, () -> lattice.invert(new double[length]));
      assertTrue(e.getMessage().contains("(" + length + ")"), e.getMessage());
      assertTrue(e.getMessage().contains("(18)"), e.getMessage());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 7, 30})
  void rejectsAnotherNumberOfSourcesThan1To6NamingIt(int sourceCount) {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class, () -> RedundancyLattice.ofSources(sourceCount));
    assertTrue(e.getMessage().contains("(" + sourceCount + ")"), e.getMessage());
  }

  private static double sumBelow(List<Set<Integer>> antichains, double[] atoms, int alpha) {
    double sum = 0;
    for (int beta = 0; beta < atoms.length; beta++) {
      if (BruteForcePid.precedes(antichains.get(beta), antichains.get(alpha))) {
        sum += atoms[beta];
      }
    }
    return sum;
  }

  private static List<Set<Integer>> antichains(RedundancyLattice lattice) {
    List<Set<Integer>> antichains = new ArrayList<>();
    for (int i = 0; i < lattice.size(); i++) {
      antichains.add(Set.copyOf(Antichains.sourceMasks(lattice.antichain(i))));
    }
    return antichains;
  }
}
