package nnpid.decomposition;

import static nnpid.decomposition.PartialInformationDecompositionTest.assertAtom;
import static nnpid.decomposition.PartialInformationDecompositionTest.assertSameAtoms;
import static nnpid.decomposition.PartialInformationDecompositionTest.bits;
import static nnpid.decomposition.PartialInformationDecompositionTest.decompose;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import nnpid.distribution.JointDistribution;
import nnpid.execution.Execution;
import nnpid.lattice.Antichain;
import nnpid.testing.Antichains;
import nnpid.testing.BruteForcePid;
import nnpid.testing.Distributions;
import nnpid.testing.Gates;
import nnpid.testing.SampleTable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PartialInformationDecompositionProperties {
  private static final double TOLERANCE = 1e-11;

  static Stream<SampleTable> gates() {
    return Gates.all();
  }

  static Stream<SampleTable> twoToFiveSources() {
    return Distributions.oneToFiveSources().filter(table -> table.sourceCount() > 1);
  }

  static Stream<SampleTable> fiveSources() {
    return Distributions.oneToFiveSources().filter(table -> table.sourceCount() == 5);
  }

  static Stream<SampleTable> fourSources() {
    return Distributions.oneToFiveSources().filter(table -> table.sourceCount() == 4);
  }

  @ParameterizedTest
  @MethodSource({"gates", "nnpid.testing.Distributions#oneToFourSources"})
  void atomsAgreeWithTheOracle(SampleTable table) {
    assertAgreesWithOracle(table, 1e-10);
  }

  @ParameterizedTest
  @MethodSource("nnpid.testing.Distributions#oneToFiveSources")
  void atomsSumToTheMutualInformation(SampleTable table) {
    PartialInformationDecomposition pid = decompose(table);
    double sum = pid.atoms().mapToDouble(Atom::average).sum();
    assertEquals(table.toDistribution().mutualInformation(), sum, 1e-10);
    assertEquals(pid.mutualInformation(), sum, 1e-10);
  }

  @ParameterizedTest
  @MethodSource("nnpid.testing.Distributions#oneToFiveSources")
  void atomsBelowASourceSetSumToItsMutualInformation(SampleTable table) {
    JointDistribution distribution = table.toDistribution();
    List<Atom> atoms = decompose(table).atoms().toList();
    for (int mask = 1; mask < 1 << table.sourceCount(); mask++) {
      Antichain sourceSet = Antichain.of(mask);
      int[] sources = sources(mask);
      double sum =
          atoms.stream()
              .filter(atom -> atom.antichain().precedes(sourceSet))
              .mapToDouble(Atom::average)
              .sum();
      assertEquals(distribution.mutualInformation(sources), sum, TOLERANCE, sourceSet::toString);
    }
  }

  @ParameterizedTest
  @MethodSource("nnpid.testing.Distributions#oneToFiveSources")
  void informativeAndMisinformativeAtomsAreNotNegative(SampleTable table) {
    decompose(table)
        .atoms()
        .forEach(
            atom ->
                assertTrue(
                    atom.informative() >= -1e-12 && atom.misinformative() >= -1e-12,
                    atom::toString));
  }

  @ParameterizedTest
  @MethodSource("nnpid.testing.Distributions#oneToFiveSources")
  void aSingleSourcesAtomIsItsMutualInformation(SampleTable table) {
    SampleTable single = table.withSources(s -> new int[] {s[s.length - 1]});
    double atom = decompose(single).atom(Antichain.of(1)).average();
    assertEquals(single.toDistribution().mutualInformation(), atom, 1e-12);
    assertEquals(table.toDistribution().mutualInformation(table.sourceCount() - 1), atom, 1e-12);
  }

  @ParameterizedTest
  @MethodSource("twoToFiveSources")
  void permutingSourcesPermutesAtoms(SampleTable table) {
    int[] permutation = permutation(table.sourceCount(), table.sampleCount());
    PartialInformationDecomposition permuted = decompose(table.withSourcesPermuted(permutation));
    PartialInformationDecomposition original = decompose(table);
    permuted
        .atoms()
        .forEach(
            atom ->
                assertAtom(
                    original,
                    mapSources(atom.antichain(), i -> 1 << permutation[i]),
                    atom.informative(),
                    atom.misinformative(),
                    TOLERANCE));
  }

  @ParameterizedTest
  @MethodSource("nnpid.testing.Distributions#oneToFiveSources")
  void namesOfStatesChangeNothing(SampleTable table) {
    assertSameAtoms(decompose(table), decompose(table.withStatesRenamed(1)), TOLERANCE);
  }

  @ParameterizedTest
  @MethodSource("nnpid.testing.Distributions#oneToFiveSources")
  void orderOfSamplesChangesNoBit(SampleTable table) {
    assertArrayEquals(bits(decompose(table)), bits(decompose(table.shuffled(1))));
  }

  @ParameterizedTest
  @MethodSource("nnpid.testing.Distributions#countsOfOneToFiveSources")
  void splittingSamplesChangesNoBit(SampleTable table) {
    assertArrayEquals(bits(decompose(table)), bits(decompose(table.withUnitsSplitOff())));
  }

  @ParameterizedTest
  @MethodSource("nnpid.testing.Distributions#oneToFiveSources")
  void scalingWeightsByAPowerOfTwoChangesNoBit(SampleTable table) {
    long[] expected = bits(decompose(table));
    assertArrayEquals(expected, bits(decompose(table.withWeights(w -> 0x1p40 * w))));
    assertArrayEquals(expected, bits(decompose(table.withWeights(w -> 0x1p-1 * w))));
  }

  @ParameterizedTest
  @MethodSource("fiveSources")
  void numberOfThreadsChangesNoBit(SampleTable table) {
    JointDistribution distribution = table.toDistribution();
    long[] expected = bits(decompose(table));
    for (int threadCount = 2; threadCount <= 3; threadCount++) {
      assertArrayEquals(
          expected,
          bits(PartialInformationDecomposition.of(distribution, Execution.ofThreads(threadCount))));
    }
  }

  /** Every fine atom belongs to the coarse atom of the sets of groups that its members touch. */
  @ParameterizedTest
  @MethodSource("fourSources")
  void atomsOfGroupedSourcesAreSumsOfFineAtoms(SampleTable table) {
    int[] groupOf = {0, 1, 0, 2};
    List<int[]> groups = List.of(new int[] {0, 2}, new int[] {1}, new int[] {3});
    Map<Antichain, double[]> sums = new HashMap<>();
    decompose(table)
        .atoms()
        .forEach(
            atom -> {
              double[] sum =
                  sums.computeIfAbsent(
                      mapSources(atom.antichain(), i -> 1 << groupOf[i]), a -> new double[2]);
              sum[0] += atom.informative();
              sum[1] += atom.misinformative();
            });
    PartialInformationDecomposition coarse =
        PartialInformationDecomposition.of(
            table.toDistribution().groupSources(groups), Execution.sequential());
    assertEquals(18, sums.size());
    sums.forEach((antichain, sum) -> assertAtom(coarse, antichain, sum[0], sum[1], TOLERANCE));
  }

  static void assertAgreesWithOracle(SampleTable table, double tolerance) {
    PartialInformationDecomposition pid = decompose(table);
    BruteForcePid oracle = BruteForcePid.of(table);
    assertEquals(oracle.antichains().size(), pid.atomCount());
    for (Set<Integer> antichain : oracle.antichains()) {
      assertAtom(
          pid,
          Antichains.of(antichain),
          oracle.informative(antichain),
          oracle.misinformative(antichain),
          tolerance);
    }
    assertEquals(oracle.mutualInformation(), pid.mutualInformation(), tolerance);
    for (int degree = 1; degree <= table.sourceCount(); degree++) {
      assertEquals(oracle.information(degree), pid.backbone().information(degree), tolerance);
    }
    if (oracle.mutualInformation() > 1e-6) {
      assertEquals(
          oracle.representationalComplexity(),
          pid.backbone().representationalComplexity(),
          tolerance / oracle.mutualInformation());
    }
  }

  /** The antichain of the images of the members: of those, the ones that contain no other. */
  private static Antichain mapSources(Antichain antichain, IntUnaryOperator maskOfSource) {
    List<Integer> images = new ArrayList<>();
    for (int mask : Antichains.sourceMasks(antichain)) {
      int image = 0;
      for (int source : sources(mask)) {
        image |= maskOfSource.applyAsInt(source);
      }
      images.add(image);
    }
    return Antichains.of(
        images.stream()
            .filter(a -> images.stream().noneMatch(b -> !b.equals(a) && (a & b) == b))
            .distinct()
            .toList());
  }

  private static int[] sources(int mask) {
    return IntStream.range(0, 6).filter(i -> ((mask >> i) & 1) == 1).toArray();
  }

  private static int[] permutation(int size, long seed) {
    List<Integer> numbers = new ArrayList<>(IntStream.range(0, size).boxed().toList());
    do {
      Collections.shuffle(numbers, new Random(seed++));
    } while (numbers.get(0) == 0);
    return numbers.stream().mapToInt(Integer::intValue).toArray();
  }
}
