package nnpid.estimation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import nnpid.decomposition.Measure;
import nnpid.decomposition.PartialInformationDecomposition;
import nnpid.decomposition.SourceInformation;
import nnpid.decomposition.Values;
import nnpid.distribution.JointDistribution;
import nnpid.execution.Execution;
import nnpid.testing.Gates;
import nnpid.testing.SampleTable;
import org.apache.commons.math3.util.CombinatoricsUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SourceContributionTest {
  private static final Execution SINGLE = Execution.sequential();
  private static final JointDistribution TEN =
      CoverageEstimatorProperties.wide(10, 80, 1).toDistribution();

  private static List<SourceContribution> of(
      JointDistribution distribution, int contextSize, int contexts, long seed) {
    return SourceContribution.ofSources(
        distribution, Measure.SX, Values.PLUG_IN, contextSize, contexts, seed, SINGLE);
  }

  @ParameterizedTest
  @MethodSource("nnpid.testing.Distributions#oneToFiveSources")
  void narrowLayersAreExact(SampleTable table) {
    JointDistribution distribution = table.toDistribution();
    List<SourceContribution> all = of(distribution, 5, 2, 1);
    double[] shares = PartialInformationDecomposition.of(distribution, SINGLE).shares();
    List<SourceInformation> information =
        SourceInformation.ofSources(distribution, Measure.SX, Values.PLUG_IN, SINGLE);
    for (int i = 0; i < all.size(); i++) {
      SourceContribution one = all.get(i);
      assertEquals(shares[i], one.share(), 0);
      assertEquals(information.get(i), one.inLayer());
      assertEquals(information.get(i), one.inContext());
      assertEquals(0, one.contexts());
      assertEquals(0, one.shareError(), 0);
    }
  }

  /** Six sources have six contexts of five, and every source is in five of them. */
  @Test
  void allContextsGiveTheExactMeanOverThem() {
    JointDistribution six = CoverageEstimatorProperties.wide(6, 60, 2).toDistribution();
    double[] shares = exactMeanShares(six, 5);
    List<SourceContribution> all = of(six, 5, 5, 1);
    for (int i = 0; i < 6; i++) {
      assertEquals(shares[i], all.get(i).share(), 1e-12);
      assertEquals(0, all.get(i).shareError(), 0);
      assertEquals(5, all.get(i).contexts());
    }
  }

  /** The mean share of every source over all contexts that contain it. */
  private static double[] exactMeanShares(JointDistribution distribution, int contextSize) {
    int n = distribution.sourceCount();
    double[] sums = new double[n];
    int[] counts = new int[n];
    CombinatoricsUtils.combinationsIterator(n, contextSize)
        .forEachRemaining(
            subset -> {
              List<int[]> groups = Arrays.stream(subset).mapToObj(i -> new int[] {i}).toList();
              double[] shares =
                  PartialInformationDecomposition.of(distribution.groupSources(groups), SINGLE)
                      .shares();
              for (int i = 0; i < subset.length; i++) {
                sums[subset[i]] += shares[i];
                counts[subset[i]]++;
              }
            });
    for (int i = 0; i < n; i++) {
      sums[i] /= counts[i];
    }
    return sums;
  }

  /** Ten sources and contexts of three: every source in 36 of 120. */
  @Test
  void randomContextsAreUnbiasedAndTheirErrorsHonest() {
    double[] exact = exactMeanShares(TEN, 3);
    double sumOfSquares = 0;
    for (int seed = 0; seed < 20; seed++) {
      List<SourceContribution> all = of(TEN, 3, 12, seed);
      for (int i = 0; i < 10; i++) {
        double z = (all.get(i).share() - exact[i]) / all.get(i).shareError();
        assertTrue(Math.abs(z) < 6, "z = " + z);
        sumOfSquares += z * z;
      }
    }
    // Of 200 values of a t distribution with 11 degrees of freedom, whose variance is 11/9.
    assertEquals(11.0 / 9, sumOfSquares / 200, 0.4);
  }

  /** Ten is no multiple of four: the third block of a round is filled up. */
  @Test
  void everySourceIsSeenInEqualNumbersOfContexts() {
    for (SourceContribution one : of(TEN, 4, 7, 3)) {
      assertEquals(7, one.contexts());
    }
  }

  @Test
  void exactParts() {
    List<SourceInformation> exact =
        SourceInformation.ofSources(TEN, Measure.SX, Values.PLUG_IN, SINGLE);
    List<SourceContribution> all = of(TEN, 3, 2, 1);
    for (int i = 0; i < 10; i++) {
      assertEquals(exact.get(i), all.get(i).inLayer());
      // A source tells the same on its own in every context.
      assertEquals(TEN.mutualInformation(i), all.get(i).inContext().mutualInformation(), 1e-12);
    }
  }

  @Test
  void threadsAndRepetitionChangeNoBitSeedsDo() {
    List<SourceContribution> expected = of(TEN, 3, 4, 5);
    assertEquals(
        expected,
        SourceContribution.ofSources(
            TEN, Measure.SX, Values.PLUG_IN, 3, 4, 5, Execution.ofThreads(3)));
    List<List<SourceContribution>> others = new ArrayList<>();
    for (int seed = 6; seed < 9; seed++) {
      others.add(of(TEN, 3, 4, seed));
    }
    assertEquals(3, others.stream().distinct().count());
    assertTrue(others.stream().noneMatch(expected::equals));
  }

  @Test
  void otherMeasuresWork() {
    for (Measure measure : List.of(Measure.MIN, Measure.MMI)) {
      List<SourceContribution> all =
          SourceContribution.ofSources(TEN, measure, Values.PLUG_IN, 3, 3, 1, SINGLE);
      assertEquals(
          TEN.mutualInformation(4),
          all.get(4).inLayer().mutualInformation(),
          1e-9,
          () -> all.stream().map(Object::toString).collect(Collectors.joining("\n")));
      assertTrue(all.stream().allMatch(one -> one.share() >= 0));
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 5, context size (1)", "7, 5, context size (7)", "5, 1, contexts (1)"})
  void refusesNumbersOutOfRange(int contextSize, int contexts, String told) {
    JointDistribution distribution = Gates.xor().toDistribution();
    String message =
        assertThrows(
                IllegalArgumentException.class, () -> of(distribution, contextSize, contexts, 1))
            .getMessage();
    assertTrue(message.contains(told), message);
  }
}
