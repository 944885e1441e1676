package nnpid.decomposition;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import nnpid.decomposition.SourcePair.Bits;
import nnpid.distribution.JointDistribution;
import nnpid.execution.Execution;
import nnpid.lattice.Antichain;
import nnpid.testing.Gates;
import nnpid.testing.SampleTable;
import org.junit.jupiter.api.Test;

class SourcePairsTest {
  private static final Execution EXECUTION = Execution.ofThreads(2);

  private static Bits bits(SampleTable table, Measure measure) {
    return SourcePairs.of(table.toDistribution(), measure, 2, false, EXECUTION).pair(0, 1).plugIn();
  }

  private static void assertBits(
      double unique1, double unique2, double redundant, double synergistic, Bits bits) {
    assertEquals(unique1, bits.unique1(), 1e-12);
    assertEquals(unique2, bits.unique2(), 1e-12);
    assertEquals(redundant, bits.redundant(), 1e-12);
    assertEquals(synergistic, bits.synergistic(), 1e-12);
  }

  private static double log2(double value) {
    return Math.log(value) / Math.log(2);
  }

  /** The values of Makkeh, Gutknecht and Wibral (2021) and of Williams and Beer (2010). */
  @Test
  void knownGates() {
    // XOR under I_sx: each unit alone tells nothing, so unique = -redundant.
    assertBits(log2(1.5), log2(1.5), log2(2 / 3.0), log2(4 / 3.0), bits(Gates.xor(), Measure.SX));
    assertBits(0, 0, 0, 1, bits(Gates.xor(), Measure.MIN));
    double single = 1.5 - 0.75 * log2(3);
    double whole = 2 - 0.75 * log2(3);
    assertBits(0, 0, single, whole - single, bits(Gates.and(), Measure.MIN));
    assertBits(0, 0, single, whole - single, bits(Gates.and(), Measure.MMI));
    SampleTable copy =
        new SampleTable.Builder("both are the target", 2)
            .add(new int[] {0, 0}, 0, 1)
            .add(new int[] {1, 1}, 1, 1)
            .build();
    for (Measure measure : Measure.values()) {
      Bits bits = bits(copy, measure);
      double tolerance = measure == Measure.BROJA ? 1e-8 : 1e-12;
      assertEquals(1, bits.redundant(), tolerance, measure.id());
      assertEquals(0, bits.synergistic(), tolerance, measure.id());
    }
  }

  /** Every pair is the lattice of a layer of these two units; whatever the threads. */
  @Test
  void pairsAreTheLatticesOfTwo() {
    JointDistribution distribution = random(6, 300);
    for (Measure measure : List.of(Measure.SX, Measure.MIN, Measure.MMI)) {
      SourcePairs pairs = SourcePairs.of(distribution, measure, 6, true, EXECUTION);
      assertEquals(SourcePairs.of(distribution, measure, 6, true, Execution.sequential()), pairs);
      assertEquals(15, pairs.pairs().size());
      for (SourcePair pair : pairs.pairs()) {
        assertEquals(pair, pairs.pair(pair.second(), pair.first()));
        JointDistribution two =
            distribution.groupSources(List.of(new int[] {pair.first()}, new int[] {pair.second()}));
        for (Values values : Values.values()) {
          if (values == Values.CORRECTED && measure != Measure.SX) {
            assertTrue(pair.corrected().isEmpty());
            continue;
          }
          PartialInformationDecomposition lattice =
              PartialInformationDecomposition.of(two, measure, values, EXECUTION);
          assertBits(
              lattice.atom(Antichain.of(1)).average(),
              lattice.atom(Antichain.of(2)).average(),
              lattice.atom(Antichain.of(1, 2)).average(),
              lattice.atom(Antichain.of(3)).average(),
              pair.of(values));
          assertEquals(values.mutualInformation(two), pair.of(values).mutualInformation(), 1e-12);
        }
      }
    }
  }

  private static JointDistribution random(int sources, int samples) {
    JointDistribution.Counter counter = new JointDistribution.Counter(sources);
    Random random = new Random(7);
    for (int sample = 0; sample < samples; sample++) {
      int target = random.nextInt(3);
      int[] states =
          IntStream.range(0, sources)
              .map(s -> (random.nextInt(2 + s) < 2 ? target : 0) + random.nextInt(1 + s))
              .toArray();
      counter.add(states, target, 1);
    }
    return counter.toDistribution();
  }

  /** The units with the most information are taken, and it can be asked how many there were. */
  @Test
  void ofManyUnitsTheBestAreTaken() {
    JointDistribution distribution = random(6, 300);
    SourcePairs pairs = SourcePairs.of(distribution, Measure.SX, 3, false, EXECUTION);
    assertTrue(pairs.isSelection());
    assertFalse(pairs.isCorrected());
    assertEquals(3, pairs.sources().size());
    double least =
        pairs.sources().stream().mapToDouble(distribution::mutualInformation).min().orElseThrow();
    for (int source = 0; source < 6; source++) {
      if (!pairs.sources().contains(source)) {
        assertTrue(distribution.mutualInformation(source) <= least);
      }
    }
    assertEquals(
        pairs.sources(), pairs.sources().stream().sorted().toList(), "in the order of the layer");
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> SourcePairs.of(distribution, Measure.SX, 1, false, EXECUTION));
    assertTrue(e.getMessage().contains("units in pairs (1)"), e::getMessage);
  }
}
