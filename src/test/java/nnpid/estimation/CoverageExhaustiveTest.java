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
 * every reference, and the mean over the arrival times in closed form. That is the exact value.
 */
class CoverageExhaustiveTest {
  /** Artificial times between arrivals: small enough that no position counts as never. */
  private static final double STEP = 1e-3;

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

    boolean sameSources(int a, int b) {
      return (sources == null
              ? IntStream.range(0, distribution.sourceCount())
              : IntStream.of(sources))
          .allMatch(i -> distribution.sourceState(a, i) == distribution.sourceState(b, i));
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
      times[order.get(i)] = (i + 1) * STEP;
    }
    ArrivalOrder arrivals =
        new ArrivalOrder(distribution, new BitSlicedStates(distribution), times);
    for (int r = 0; r < times.length; r++) {
      double share = probability * distribution.weight(r) / distribution.totalWeight();
      double own = 0;
      double ownOfTarget = 0;
      for (int other = 0; other < times.length; other++) {
        boolean same = c.sameSources(r, other);
        boolean sameTarget = distribution.targetState(r) == distribution.targetState(other);
        own += same ? distribution.weight(other) : 0;
        ownOfTarget += same && sameTarget ? distribution.weight(other) : 0;
      }
      ArrivalOrder.Reference reference = c.reference(arrivals, r);
      add(distribution, order, reference, false, own, share, informative);
      add(distribution, order, reference, true, ownOfTarget, share, misinformative);
    }
  }

  /** Adds the mean of E1(w X_k) / ln 2 over the times of an order. */
  private static void add(
      JointDistribution distribution,
      List<Integer> order,
      ArrivalOrder.Reference reference,
      boolean targetOnly,
      double weight,
      double share,
      double[] sums) {
    double[] lower = new double[sums.length];
    double[] upper = new double[sums.length];
    assertTrue(reference.addExpectedSurprisals(targetOnly, 1_000_000, lower, upper));
    for (int k = 0; k < sums.length; k++) {
      assertEquals(lower[k], upper[k], 0);
      if (lower[k] > 0) {
        int position = positionOf(lower[k], weight, order.size());
        sums[k] += share * meanAt(distribution, order, position, weight) / Math.log(2);
      }
    }
  }

  /** The position whose artificial time gives the value. */
  private static int positionOf(double value, double weight, int count) {
    for (int i = 0; i < count; i++) {
      // Weights are summed in another order here.
      if (Math.abs(ExponentialIntegral.e1(weight * ((i + 1) * STEP)) - value) < 1e-12) {
        return i;
      }
    }
    throw new AssertionError("The value (" + value + ") must be that of some arrival.");
  }

  /**
   * E[E1(w X)] where X is a sum of exponential times with the weights that remain as rates L: by
   * partial fractions a sum of ln(1 + L/w).
   */
  private static double meanAt(
      JointDistribution distribution, List<Integer> order, int position, double weight) {
    double[] rates = new double[order.size()];
    double remaining = 0;
    for (int i = rates.length - 1; i >= 0; i--) {
      remaining += distribution.weight(order.get(i));
      rates[i] = remaining;
    }
    double sum = 0;
    for (int i = 0; i <= position; i++) {
      double coefficient = 1;
      for (int j = 0; j <= position; j++) {
        coefficient *= j == i ? 1 : rates[j] / (rates[j] - rates[i]);
      }
      sum += coefficient * Math.log1p(rates[i] / weight);
    }
    return sum;
  }
}
