package nnpid.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Locale;
import nnpid.decomposition.Measure;
import nnpid.decomposition.PartialInformationDecomposition;
import nnpid.distribution.JointDistribution;
import nnpid.execution.Execution;
import nnpid.lattice.Antichain;
import nnpid.testing.Gates;
import org.junit.jupiter.api.Test;

class MeaningTest {
  private final JointDistribution xor = Gates.xor().toDistribution();

  private PartialInformationDecomposition by(Measure measure) {
    return PartialInformationDecomposition.of(xor, measure, Execution.sequential());
  }

  private static String bits(double value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }

  @Test
  void whatIsSaidOfXorIsSo() {
    PartialInformationDecomposition atoms = by(Measure.SX);
    String own = bits(atoms.atom(Antichain.parse("{1}")).average());
    String shared = bits(atoms.atom(Antichain.parse("{1}{2}")).average());
    String one = bits(atoms.backbone().information(1));
    assertEquals(0, xor.mutualInformation(0), 1e-12, "of one unit alone");
    assertTrue(
        Meaning.NEGATIVE.contains(
            "has " + own + " bits of its own and shares " + shared + " bits with the other"));
    assertTrue(Meaning.NEGATIVE.endsWith(own + " + " + own + " - " + own + " = " + one + " bits."));
    assertTrue(Meaning.DEGREE_ONE.contains("Pi_1 is " + one));
    for (Measure other : new Measure[] {Measure.MIN, Measure.MMI, Measure.BROJA}) {
      assertEquals(0, by(other).backbone().information(1), 1e-6, other::id);
    }
  }
}
