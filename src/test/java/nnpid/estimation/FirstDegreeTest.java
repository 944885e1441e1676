package nnpid.estimation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Stream;
import nnpid.decomposition.Backbone;
import nnpid.distribution.JointDistribution;
import nnpid.execution.Execution;
import nnpid.testing.Distributions;
import nnpid.testing.Distributions.Kind;
import nnpid.testing.Gates;
import nnpid.testing.SampleTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FirstDegreeTest {

  static Stream<SampleTable> sixSources() {
    return Stream.of(Kind.values()).map(kind -> Distributions.of(kind, 6, 1, 7));
  }

  /** 1e-10 bits: over six sources the exact alternating sums lose that many digits. */
  @ParameterizedTest
  @MethodSource({
    "nnpid.testing.Gates#all",
    "nnpid.testing.Distributions#oneToFiveSources",
    "sixSources"
  })
  void isTheFirstDegreeOfTheBackbone(SampleTable table) {
    JointDistribution distribution = table.toDistribution();
    FirstDegree first = FirstDegree.of(distribution, new BitSlicedStates(distribution), false);
    Backbone exact = Backbone.of(distribution, Execution.sequential());
    double tolerance = table.sourceCount() == 6 ? 1e-10 : 1e-12;
    assertEquals(exact.informative(1), first.informative(), tolerance);
    assertEquals(exact.misinformative(1), first.misinformative(), tolerance);
  }

  @Test
  void isCheapUpToTwentySources() {
    assertTrue(FirstDegree.isCheap(Gates.parity(10).toDistribution()));
    assertTrue(FirstDegree.isCheap(Gates.giantBit(20).toDistribution()));
    assertFalse(FirstDegree.isCheap(Gates.giantBit(21).toDistribution()));
  }
}
