package nnpid.estimation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import nnpid.decomposition.Atom;
import nnpid.decomposition.PartialInformationDecomposition;
import nnpid.decomposition.Values;
import nnpid.distribution.JointDistribution;
import nnpid.execution.Execution;
import nnpid.lattice.Antichain;
import nnpid.testing.Distributions;
import nnpid.testing.Distributions.Kind;
import nnpid.testing.SampleTable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SingleAtomsTest {
  private static final Execution SINGLE = Execution.sequential();

  @ParameterizedTest
  @MethodSource("nnpid.testing.Distributions#oneToFiveSources")
  void everyAtomIsThatOfTheLattice(SampleTable table) {
    JointDistribution distribution = table.toDistribution();
    PartialInformationDecomposition all = PartialInformationDecomposition.of(distribution, SINGLE);
    assertAgree(all, distribution, Values.PLUG_IN);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void everyCorrectedAtomIsThatOfTheLattice(int sourceCount) {
    JointDistribution distribution =
        Distributions.of(Kind.COUNTS, sourceCount, 1, 1).toDistribution();
    assertAgree(
        PartialInformationDecomposition.ofBoth(distribution, SINGLE).corrected(),
        distribution,
        Values.CORRECTED);
  }

  private static void assertAgree(
      PartialInformationDecomposition all, JointDistribution distribution, Values values) {
    List<Antichain> antichains = all.atoms().map(Atom::antichain).toList();
    List<Atom> atoms = SingleAtoms.of(distribution, antichains, values, 1, SINGLE);
    for (Atom atom : atoms) {
      Atom expected = all.atom(atom.antichain());
      assertEquals(expected.informative(), atom.informative(), 1e-11, atom::toString);
      assertEquals(expected.misinformative(), atom.misinformative(), 1e-11, atom::toString);
      assertEquals(expected.average(), atom.average(), 1e-11, atom::toString);
      assertEquals(0, atom.standardError());
    }
  }

  @ParameterizedTest
  @EnumSource
  void theLargestThatWalksFindAreThoseOfTheLattice(Values values) {
    JointDistribution distribution = Distributions.of(Kind.COUNTS, 5, 1, 1).toDistribution();
    PartialInformationDecomposition all =
        values == Values.CORRECTED
            ? PartialInformationDecomposition.ofBoth(distribution, SINGLE).corrected()
            : PartialInformationDecomposition.of(distribution, SINGLE);
    LargestAtoms largest = LargestAtoms.of(distribution, 12, values, 1, SINGLE);
    List<Atom> expected = all.largestAtoms(12);
    assertEquals(12, largest.atoms().size());
    for (int i = 0; i < expected.size(); i++) {
      Atom atom = largest.atoms().get(i);
      assertEquals(Math.abs(expected.get(i).average()), Math.abs(atom.average()), 1e-11);
      assertEquals(all.atom(atom.antichain()).average(), atom.average(), 1e-11);
    }
    assertTrue(largest.met() <= 7579, largest::toString);
  }
}
