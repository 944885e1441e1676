package nnpid.estimation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import nnpid.decomposition.Backbone;
import nnpid.distribution.JointDistribution;
import nnpid.execution.Execution;
import nnpid.testing.Gates;
import nnpid.testing.SampleTable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The coverage estimator over all that it could draw: every order of arrivals with its probability,
 * every reference. That is the exact value, since the times of so few arrivals are integrated out.
 */
class CoverageExhaustiveTest {
  static Stream<SampleTable> tinyDistributions() {
    List<SampleTable> tables = new ArrayList<>();
    tables.add(Gates.giantBit(1));
    tables.add(Gates.xor());
    tables.add(Gates.and());
    tables.add(Gates.pointwiseUnique());
    tables.add(Gates.randomError());
    // Equal sources with different targets, and real weights.
    tables.add(
        new SampleTable.Builder("ambiguous", 3)
            .add(new int[] {0, 1, 2}, 0, 1.7)
            .add(new int[] {0, 1, 2}, 1, 0.4)
            .add(new int[] {0, 1, 0}, 0, 2.2)
            .add(new int[] {1, 1, 2}, 1, 0.9)
            .add(new int[] {1, 0, 2}, 0, 3.1)
            .build());
    Random random = new Random(5);
    for (int n = 1; n <= 5; n++) {
      for (int copy = 0; copy < 3; copy++) {
        SampleTable.Builder table = new SampleTable.Builder(n + " sources, " + copy, n);
        for (int r = 0; r < 5; r++) {
          table.add(random.ints(n, 0, 3).toArray(), random.nextInt(2), 0.2 + random.nextDouble());
        }
        tables.add(table.build());
      }
    }
    return tables.stream();
  }

  @ParameterizedTest
  @MethodSource("tinyDistributions")
  void theMeanOverAllDrawsIsTheExactValue(SampleTable table) {
    JointDistribution distribution = table.toDistribution();
    assertMeanIsExact(new Case(distribution, null), distribution);
  }

  /** As if there were no other sources, though the arrivals are those of all. */
  @ParameterizedTest
  @MethodSource("tinyDistributions")
  void theMeanOverAllDrawsIsTheExactValueOfEverySubset(SampleTable table) {
    JointDistribution distribution = table.toDistribution();
    for (int mask = 1; mask < 1 << distribution.sourceCount(); mask++) {
      int set = mask;
      int[] sources =
          IntStream.range(0, distribution.sourceCount()).filter(i -> (set >> i & 1) == 1).toArray();
      List<int[]> groups = IntStream.of(sources).mapToObj(i -> new int[] {i}).toList();
      assertMeanIsExact(new Case(distribution, sources), distribution.groupSources(groups));
    }
  }

  private static void assertMeanIsExact(Case c, JointDistribution analyzed) {
    assertTrue(c.distribution.realizationCount() <= 5);
    int degrees = analyzed.sourceCount() - 1;
    double[] informative = new double[degrees];
    double[] misinformative = new double[degrees];
    double probabilities = addOrders(c, new ArrayList<>(), 1, informative, misinformative);
    assertEquals(1, probabilities, 1e-12);
    Backbone exact = Backbone.of(analyzed, Execution.sequential());
    for (int k = 1; k <= degrees; k++) {
      // What k sources at a time do not tell: the higher degrees.
      double missing =
          IntStream.rangeClosed(k + 1, degrees + 1).mapToDouble(exact::informative).sum();
      double missingMisinformative =
          IntStream.rangeClosed(k + 1, degrees + 1).mapToDouble(exact::misinformative).sum();
      assertEquals(missing, informative[k - 1], 1e-9);
      assertEquals(missingMisinformative, misinformative[k - 1], 1e-9);
    }
  }

  /** What is waited for: all sources of a distribution if none are given. */
  private static final class Case {
    final JointDistribution distribution;
    final int[] sources;

    Case(JointDistribution distribution, int[] sources) {
      this.distribution = distribution;
      this.sources = sources;
    }

    ArrivalOrder.Reference reference(ArrivalOrder arrivals, int realization) {
      return sources == null
          ? arrivals.new Reference(realization)
          : arrivals.new Reference(realization, sources);
    }
  }

  /** Completes an order in all ways; returns the sum of the probabilities of the orders. */
  private static double addOrders(
      Case c,
      List<Integer> order,
      double probability,
      double[] informative,
      double[] misinformative) {
    JointDistribution distribution = c.distribution;
    int count = distribution.realizationCount();
    if (order.size() == count) {
      addOrder(c, order, probability, informative, misinformative);
      return probability;
    }
    double rate = 0;
    for (int r = 0; r < count; r++) {
      rate += order.contains(r) ? 0 : distribution.weight(r);
    }
    double sum = 0;
    for (int r = 0; r < count; r++) {
      if (!order.contains(r)) {
        order.add(r);
        double next = probability * distribution.weight(r) / rate;
        sum += addOrders(c, order, next, informative, misinformative);
        order.remove(order.size() - 1);
      }
    }
    return sum;
  }

  private static void addOrder(
      Case c,
      List<Integer> order,
      double probability,
      double[] informative,
      double[] misinformative) {
    JointDistribution distribution = c.distribution;
    double[] times = new double[order.size()];
    for (int i = 0; i < times.length; i++) {
      times[order.get(i)] = i + 1;
    }
    ArrivalOrder arrivals =
        new ArrivalOrder(distribution, new BitSlicedStates(distribution), times);
    for (int r = 0; r < times.length; r++) {
      double share = probability * distribution.weight(r) / distribution.totalWeight();
      ArrivalOrder.Reference reference = c.reference(arrivals, r);
      add(reference, false, share, informative);
      add(reference, true, share, misinformative);
    }
  }

  private static void add(
      ArrivalOrder.Reference reference, boolean targetOnly, double share, double[] sums) {
    double[] lower = new double[sums.length];
    double[] upper = new double[sums.length];
    double scale = share / Math.log(2);
    int[] positions = new int[sums.length];
    int exact = reference.coverPositions(targetOnly, 1_000_000, () -> false, positions);
    assertEquals(sums.length, exact);
    reference.add(positions, exact, false, scale, lower, upper);
    for (int k = 0; k < sums.length; k++) {
      assertEquals(lower[k], upper[k], 0);
      sums[k] += lower[k];
    }
  }
}
