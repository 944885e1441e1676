package nnpid.estimation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.IntStream;
import nnpid.decomposition.Atom;
import nnpid.decomposition.PartialInformationDecomposition;
import nnpid.decomposition.Values;
import nnpid.distribution.JointDistribution;
import nnpid.execution.Execution;
import nnpid.lattice.Antichain;
import nnpid.testing.Distributions;
import nnpid.testing.Distributions.Kind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LatticeWalksTest {
  private static final Execution SINGLE = Execution.sequential();

  private static final int SEEDS = 12;

  @ParameterizedTest
  @ValueSource(ints = {3, 4})
  void spendAtEveryAtomTheTimeThatItIs(int sourceCount) {
    JointDistribution distribution =
        Distributions.of(Kind.COUNTS, sourceCount, 1, 1).toDistribution();
    var both = PartialInformationDecomposition.ofBoth(distribution, SINGLE);
    for (Values values : Values.values()) {
      List<LatticeWalks> walks =
          IntStream.rangeClosed(1, SEEDS)
              .mapToObj(seed -> LatticeWalks.of(distribution, values, seed, SINGLE))
              .toList();
      PartialInformationDecomposition all =
          values == Values.CORRECTED ? both.corrected() : both.plugIn();
      for (Atom atom : all.atoms().toList()) {
        Antichain blocker = atom.antichain().blocker(100).orElseThrow();
        SampleMean mean =
            SampleMean.of(walks.stream().mapToDouble(one -> one.estimate(blocker)).toArray());
        assertEquals(
            atom.average(),
            mean.value(),
            5 * mean.standardError() + 1e-12,
            () -> values + " " + atom.antichain());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 4})
  void areTheSameOnAnyNumberOfThreads(int threads) {
    JointDistribution distribution = Distributions.of(Kind.COUNTS, 5, 1, 1).toDistribution();
    List<LargestAtoms> largest =
        List.of(SINGLE, Execution.ofThreads(threads)).stream()
            .map(one -> LargestAtoms.of(distribution, 20, Values.PLUG_IN, 3, one))
            .toList();
    assertEquals(largest.get(0), largest.get(1));
  }
}
