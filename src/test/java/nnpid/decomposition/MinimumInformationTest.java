package nnpid.decomposition;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import nnpid.distribution.JointDistribution;
import nnpid.execution.Execution;
import nnpid.testing.Antichains;
import nnpid.testing.BruteForceMinimum;
import nnpid.testing.Distributions;
import nnpid.testing.Distributions.Kind;
import nnpid.testing.Gates;
import nnpid.testing.GoldenFile;
import nnpid.testing.GoldenFile.GoldenAtom;
import nnpid.testing.SampleTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Decomposition and backbone under I_min and I_MMI. */
class MinimumInformationTest {
  private static final List<Measure> MEASURES = List.of(Measure.MIN, Measure.MMI);

  static Stream<GoldenFile> goldenFiles() {
    return Stream.concat(GoldenFile.ofMeasure("min"), GoldenFile.ofMeasure("mmi"));
  }

  @ParameterizedTest
  @MethodSource("goldenFiles")
  void atomsAndDegreesOfSynergyAgreeWithDit(GoldenFile golden) {
    Measure measure = Measure.valueOf(golden.measure().toUpperCase(Locale.ROOT));
    PartialInformationDecomposition pid = decompose(golden.table(), measure);
    assertEquals(golden.atoms().size(), pid.atomCount());
    for (GoldenAtom atom : golden.atoms()) {
      assertEquals(atom.average(), pid.atom(atom.antichain()).average(), 1e-9);
    }
    assertEquals(golden.number("mutual_information"), pid.mutualInformation(), 1e-9);
    double complexity = golden.number("representational_complexity");
    double[] information = golden.numbers("degree_of_synergy");
    for (Backbone backbone : List.of(pid.backbone(), backbone(golden.table(), measure))) {
      assertEquals(complexity, backbone.representationalComplexity(), 1e-9);
      for (int degree = 1; degree <= information.length; degree++) {
        assertEquals(information[degree - 1], backbone.information(degree), 1e-9);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("nnpid.testing.Distributions#oneToFourSources")
  void atomsAgreeWithTheirDefinition(SampleTable table) {
    for (Measure measure : MEASURES) {
      PartialInformationDecomposition pid = decompose(table, measure);
      BruteForceMinimum.of(table, measure == Measure.MIN)
          .atoms()
          .forEach(
              (sourceMasks, atom) ->
                  assertEquals(atom, pid.atom(Antichains.of(sourceMasks)).average(), 1e-12));
    }
  }

  @ParameterizedTest
  @MethodSource("nnpid.testing.Distributions#oneToFiveSources")
  void atomsAreNotNegativeAndSumToTheMutualInformation(SampleTable table) {
    for (Measure measure : MEASURES) {
      PartialInformationDecomposition pid = decompose(table, measure);
      assertEquals(measure, pid.measure());
      assertEquals(0, pid.optimizationGap(), 0);
      double[] atoms = pid.atoms().mapToDouble(Atom::average).toArray();
      assertEquals(table.toDistribution().mutualInformation(), DoubleStream.of(atoms).sum(), 1e-11);
      assertTrue(DoubleStream.of(atoms).min().orElseThrow() >= -1e-12);
    }
  }

  @ParameterizedTest
  @MethodSource("nnpid.testing.Distributions#oneToFiveSources")
  void latticeAndBackboneGiveTheSame(SampleTable table) {
    for (Measure measure : MEASURES) {
      assertSame(decompose(table, measure).backbone(), backbone(table, measure), 1e-10);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"MIN", "MMI"})
  void sixSourcesGiveTheSameByLatticeAndBackbone(Measure measure) {
    SampleTable table = Distributions.of(Kind.REAL_WEIGHTS, 6, 2, 6);
    JointDistribution distribution = table.toDistribution();
    PartialInformationDecomposition pid =
        PartialInformationDecomposition.of(distribution, measure, Execution.ofThreads(2));
    assertSame(backbone(table, measure), pid.backbone(), 1e-10);
    long[] expected = bits(pid.backbone());
    assertArrayEquals(
        expected,
        bits(
            PartialInformationDecomposition.of(distribution, measure, Execution.sequential())
                .backbone()));
  }

  @ParameterizedTest
  @MethodSource("nnpid.testing.Distributions#oneToSixSources")
  void accessibleInformationRisesToTheMutualInformation(SampleTable table) {
    for (Measure measure : MEASURES) {
      Backbone backbone = backbone(table, measure);
      assertTrue(backbone.isExact());
      for (int degree = 1; degree <= table.sourceCount(); degree++) {
        assertTrue(backbone.information(degree) >= 0);
        assertTrue(backbone.isExact(degree));
      }
      double all = backbone.accessible(table.sourceCount());
      assertEquals(backbone.mutualInformation(), all, 1e-14);
      assertEquals(table.toDistribution().mutualInformation(), all, 1e-12);
    }
  }

  @ParameterizedTest
  @MethodSource("nnpid.testing.Distributions#oneToSixSources")
  void repeatedAndConstantSourcesChangeNoBit(SampleTable table) {
    SampleTable larger =
        table.withSources(
            s -> {
              // First a renamed copy of the last source, then a constant, at the end a copy.
              int[] longer = new int[s.length + 3];
              longer[0] = 7 - s[s.length - 1];
              longer[1] = 2;
              System.arraycopy(s, 0, longer, 2, s.length);
              longer[s.length + 2] = s[0];
              return longer;
            });
    for (Measure measure : MEASURES) {
      Backbone expected = backbone(table, measure);
      Backbone actual = backbone(larger, measure);
      for (int degree = 1; degree <= larger.sourceCount(); degree++) {
        double information = degree <= table.sourceCount() ? expected.information(degree) : 0;
        assertEquals(information, actual.information(degree), 0);
      }
      assertEquals(expected.mutualInformation(), actual.mutualInformation(), 0);
    }
  }

  @ParameterizedTest
  @MethodSource("nnpid.testing.Distributions#oneToSixSources")
  void numberOfThreadsChangesNoBit(SampleTable table) {
    JointDistribution distribution = table.toDistribution();
    for (Measure measure : MEASURES) {
      for (double budget : new double[] {0, BestSubsets.BUDGET}) {
        assertArrayEquals(
            bits(BestSubsets.backbone(distribution, measure, Execution.sequential(), budget)),
            bits(BestSubsets.backbone(distribution, measure, Execution.ofThreads(3), budget)));
      }
    }
  }

  /** With a budget for swaps but not for all subsets, what is found is a bound, and often exact. */
  @Test
  void withoutBudgetTheBackboneIsALowerBoundThatSaysSo() {
    int bounds = 0;
    for (int seed = 1; seed <= 20; seed++) {
      JointDistribution distribution = noisyBits(9, 400, seed).toDistribution();
      for (Measure measure : MEASURES) {
        Backbone exact = Backbone.of(distribution, measure, Execution.sequential());
        assertTrue(exact.isExact());
        for (double budget : new double[] {0, 400 * 45}) {
          Backbone bound =
              BestSubsets.backbone(distribution, measure, Execution.sequential(), budget);
          for (int k = 1; k <= 9; k++) {
            double missing = exact.accessible(k) - bound.accessible(k);
            assertTrue(missing >= -1e-13);
            if (bound.isExact(k)) {
              assertEquals(0, missing, 1e-11);
            }
            // Greedy search is good: more than a tenth has never been missing.
            assertTrue(missing <= 0.1 * exact.accessible(k));
          }
          assertTrue(bound.isExact(1) && bound.isExact(9));
          bounds += bound.isExact() ? 0 : 1;
          assertTrue(
              bound.representationalComplexity() >= exact.representationalComplexity() - 1e-11);
        }
      }
    }
    assertTrue(bounds > 20, "the search must have been cut short: " + bounds);
  }

  /** Two groups of three units know the target: from degree 3 on everything is known. */
  @Test
  void aSaturatedWideLayerIsExactWithoutASearch() {
    SampleTable.Builder table = new SampleTable.Builder("wide", 60);
    Random random = new Random(1);
    for (int i = 0; i < 300; i++) {
      int[] states = random.ints(60, 0, 3).toArray();
      table.add(states, states[4] + 3 * states[17], 1);
    }
    JointDistribution distribution = table.build().toDistribution();
    for (Measure measure : MEASURES) {
      Backbone backbone = Backbone.of(distribution, measure, Execution.ofThreads(2));
      assertTrue(backbone.isExact());
      assertEquals(distribution.mutualInformation(), backbone.accessible(2), 1e-11);
      assertEquals(0, backbone.information(3), 0);
      assertTrue(backbone.information(2) > 0.1);
    }
  }

  @Test
  void parityIsKnownOnlyFromAllSources() {
    for (Measure measure : MEASURES) {
      Backbone backbone = backbone(Gates.parity(10), measure);
      assertEquals(10, backbone.representationalComplexity(), 1e-12);
      assertTrue(backbone.isExact());
    }
  }

  @Test
  void complexityIsUndefinedWithoutInformationOrSources() {
    for (Measure measure : MEASURES) {
      assertFalse(
          backbone(Gates.parity(4).withTarget(t -> 0), measure).hasRepresentationalComplexity());
      Backbone constant = backbone(Gates.xor().withSources(s -> new int[] {1, 1, 1}), measure);
      assertFalse(constant.hasRepresentationalComplexity());
      assertEquals(3, constant.sourceCount());
    }
  }

  @Test
  void weightsMayAllBeTinyOrHuge() {
    for (Measure measure : MEASURES) {
      long[] expected = bits(backbone(Gates.majority(4), measure));
      for (int exponent : new int[] {-1000, -300, 300, 1000}) {
        SampleTable scaled = Gates.majority(4).withWeights(w -> Math.scalb(w, exponent));
        assertArrayEquals(expected, bits(backbone(scaled, measure)));
      }
    }
  }

  @Test
  void progressRisesTo1() {
    JointDistribution distribution = noisyBits(9, 200, 3).toDistribution();
    for (double budget : new double[] {1e4, BestSubsets.BUDGET}) {
      List<Double> heard = new ArrayList<>();
      BestSubsets.backbone(
          distribution,
          Measure.MIN,
          Execution.ofThreads(2).withProgressListener(heard::add),
          budget);
      assertEquals(1, heard.get(heard.size() - 1), 1e-12);
      assertEquals(heard.stream().sorted().toList(), heard);
    }
  }

  @Test
  void anInterruptEndsTheSearchAndStaysSet() {
    JointDistribution distribution = noisyBits(9, 200, 3).toDistribution();
    for (Measure measure : MEASURES) {
      Thread.currentThread().interrupt();
      try {
        assertThrows(
            CancellationException.class,
            () -> Backbone.of(distribution, measure, Execution.ofThreads(2)));
        assertThrows(
            CancellationException.class,
            () ->
                PartialInformationDecomposition.of(
                    Gates.xor().toDistribution(), measure, Execution.ofThreads(2)));
        assertTrue(Thread.currentThread().isInterrupted());
      } finally {
        assertTrue(Thread.interrupted());
      }
    }
  }

  @Test
  void theDecompositionRejectsMoreThanSixSources() {
    JointDistribution distribution = Gates.giantBit(7).toDistribution();
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                PartialInformationDecomposition.of(
                    distribution, Measure.MMI, Execution.sequential()));
    assertTrue(e.getMessage().contains("(7)"), e.getMessage());
  }

  /** A target of four states, of which noisy copies of some functions are the sources. */
  private static SampleTable noisyBits(int sourceCount, int sampleCount, long seed) {
    Random random = new Random(seed);
    SampleTable.Builder table = new SampleTable.Builder("noisy bits", sourceCount);
    for (int i = 0; i < sampleCount; i++) {
      int target = random.nextInt(4);
      int hidden = random.nextInt(4);
      int[] states = new int[sourceCount];
      for (int source = 0; source < sourceCount; source++) {
        int mixed = (target ^ (source % 3 == 0 ? hidden : 0)) >> (source % 2);
        states[source] = random.nextInt(3) == 0 ? random.nextInt(2) : mixed & 1;
      }
      table.add(states, target, 1);
    }
    return table.build();
  }

  private static void assertSame(Backbone expected, Backbone actual, double tolerance) {
    assertEquals(expected.sourceCount(), actual.sourceCount());
    assertEquals(expected.mutualInformation(), actual.mutualInformation(), tolerance);
    for (int degree = 1; degree <= expected.sourceCount(); degree++) {
      assertEquals(expected.information(degree), actual.information(degree), tolerance);
      assertEquals(Double.NaN, actual.informative(degree), 0);
      assertEquals(Double.NaN, actual.misinformative(degree), 0);
    }
  }

  private static long[] bits(Backbone backbone) {
    IntStream degrees = IntStream.rangeClosed(1, backbone.sourceCount());
    double[] information = degrees.mapToDouble(backbone::information).toArray();
    double[] all = Arrays.copyOf(information, information.length + 1);
    all[information.length] = backbone.mutualInformation();
    return DoubleStream.of(all).mapToLong(Double::doubleToLongBits).toArray();
  }

  private static PartialInformationDecomposition decompose(SampleTable table, Measure measure) {
    return PartialInformationDecomposition.of(
        table.toDistribution(), measure, Execution.sequential());
  }

  private static Backbone backbone(SampleTable table, Measure measure) {
    return Backbone.of(table.toDistribution(), measure, Execution.sequential());
  }
}
