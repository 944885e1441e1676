package nnpid.estimation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.commons.math3.util.CombinatoricsUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HittingSetsTest {
  private static final long ENOUGH = 10_000_000;

  /** Differences as given. */
  private record Listed(int sourceCount, List<long[]> differences, int horizon)
      implements HittingSets.Arrivals {
    @Override
    public int notHit(int[] sources, int count, int[] positions) {
      int found = 0;
      for (int i = 0; i < differences.size() && found < positions.length; i++) {
        boolean hit = false;
        for (int j = 0; j < count && !hit; j++) {
          hit = contains(differences.get(i), sources[j]);
        }
        if (!hit) {
          positions[found++] = i;
        }
      }
      return found;
    }

    @Override
    public void difference(int position, long[] bits) {
      System.arraycopy(differences.get(position), 0, bits, 0, bits.length);
    }

    private static boolean contains(long[] difference, int source) {
      return ((difference[source / 64] >>> (source % 64)) & 1) == 1;
    }

    int[] search(int degrees) {
      int[] positions = new int[degrees];
      int exact =
          new HittingSets(this, sourceCount, horizon, ENOUGH, () -> false)
              .coverPositions(positions);
      assertEquals(degrees, exact);
      return positions;
    }

    /** The latest, over all k-sets, of the first arrival that the set does not hit. */
    int[] bruteForce(int degrees) {
      int[] positions = new int[degrees];
      int[] first = new int[1];
      for (int k = 1; k <= degrees; k++) {
        int latest = 0;
        for (int[] set : iterable(sourceCount, k)) {
          latest = Math.max(latest, notHit(set, k, first) == 0 ? HittingSets.NEVER : first[0]);
        }
        positions[k - 1] = latest >= horizon ? HittingSets.NEVER : latest;
      }
      return positions;
    }

    private static Iterable<int[]> iterable(int n, int k) {
      return () -> CombinatoricsUtils.combinationsIterator(n, k);
    }

    @Override
    public String toString() {
      return sourceCount + " sources, " + differences.size() + " arrivals, horizon " + horizon;
    }
  }

  /** From all sparse to all dense, with and without a horizon; sometimes empty differences. */
  static Stream<Listed> randomArrivals() {
    Random random = new Random(1);
    List<Listed> cases = new ArrayList<>();
    for (int n = 1; n <= 8; n++) {
      for (int repetition = 0; repetition < 40; repetition++) {
        int length = random.nextInt(repetition < 10 ? 4 : 200);
        double density = random.nextDouble();
        List<long[]> differences = new ArrayList<>();
        for (int i = 0; i < length; i++) {
          long bits = 0;
          for (int source = 0; source < n; source++) {
            bits |= random.nextDouble() < density ? 1L << source : 0;
          }
          // An equal arrival would cover all at once: rarely.
          if (bits != 0 || random.nextInt(8) == 0) {
            differences.add(new long[] {bits});
          }
        }
        int horizon = repetition % 3 == 0 ? random.nextInt(length + 1) : HittingSets.NEVER;
        cases.add(new Listed(n, differences, horizon));
      }
    }
    return cases.stream();
  }

  @ParameterizedTest
  @MethodSource("randomArrivals")
  void findsWhatBruteForceFinds(Listed arrivals) {
    int n = arrivals.sourceCount();
    assertArrayEquals(arrivals.bruteForce(n), arrivals.search(n));
    assertArrayEquals(arrivals.bruteForce(n - 1), arrivals.search(n - 1));
  }

  @ParameterizedTest
  @MethodSource("randomArrivals")
  void aSmallBudgetGivesLowerBounds(Listed arrivals) {
    int n = arrivals.sourceCount();
    int[] expected = arrivals.bruteForce(n);
    int previous = 0;
    for (long budget = 1; budget < 1000; budget += 1 + budget / 4) {
      int[] positions = new int[n];
      int exact =
          new HittingSets(arrivals, n, arrivals.horizon(), budget, () -> false)
              .coverPositions(positions);
      if (exact < n) { // else a set that hits everything was found, if only by luck
        assertTrue(exact >= previous, "more budget, more exact positions");
        previous = exact;
      }
      for (int k = 0; k < n; k++) {
        if (k < exact) {
          assertEquals(expected[k], positions[k]);
        } else {
          assertTrue(positions[k] <= expected[k], "budget " + budget);
        }
        assertTrue(k == 0 || positions[k] >= positions[k - 1], "not decreasing");
      }
    }
  }

  /** Stopped at any look it knows single sources and lower bounds, and does not go on for long. */
  @Test
  void stoppedItGivesLowerBounds() {
    Random random = new Random(5);
    List<long[]> differences = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      long some = random.nextLong();
      differences.add(new long[] {some & random.nextLong() & 0xFFFF | 1 << i % 16});
    }
    Listed arrivals = new Listed(16, differences, HittingSets.NEVER);
    int[] expected = arrivals.search(16);
    int stopped = 0;
    int exact = 0;
    for (int looks = 0; exact < 16; looks++) {
      AtomicInteger left = new AtomicInteger(looks);
      int[] positions = new int[16];
      exact =
          new HittingSets(
                  arrivals, 16, HittingSets.NEVER, ENOUGH, () -> left.getAndDecrement() <= 0)
              .coverPositions(positions);
      assertTrue(exact >= 1 && left.get() >= -1, "looks " + looks);
      for (int k = 0; k < 16; k++) {
        assertTrue(k < exact ? positions[k] == expected[k] : positions[k] <= expected[k]);
      }
      stopped += exact < 16 ? 1 : 0;
    }
    assertTrue(stopped > 1, "stopped " + stopped);
  }

  /** A degree that the nodes do not suffice for is left, and greedy sets tell what can be told. */
  @Test
  void whatWouldTakeTooLongIsNotTried() {
    Random random = new Random(3);
    List<long[]> differences = new ArrayList<>();
    for (int i = 0; i < 3000; i++) {
      differences.add(new long[] {random.nextLong() >>> 16});
    }
    Listed arrivals = new Listed(48, differences, HittingSets.NEVER);
    int budget = 75_000;
    int[] positions = new int[48];
    AtomicInteger looks = new AtomicInteger();
    int exact =
        new HittingSets(
                arrivals,
                48,
                arrivals.horizon(),
                budget,
                () -> {
                  looks.incrementAndGet();
                  return false;
                })
            .coverPositions(positions);
    assertTrue(64 * looks.get() < 0.9 * budget, "looks " + looks);
    assertTrue(exact >= 4 && exact < 8, "exact " + exact);
    // Ten times the nodes: the truth for more of them.
    int[] expected = new int[exact + 1];
    assertEquals(
        exact + 1,
        new HittingSets(arrivals, 48, arrivals.horizon(), 10L * budget, () -> false)
            .coverPositions(expected));
    for (int k = 0; k <= exact; k++) {
      assertTrue(k < exact ? positions[k] == expected[k] : positions[k] <= expected[k]);
    }
    // Every source hits half of what is left, so that 3,000 are hit by a dozen at most.
    assertEquals(HittingSets.NEVER, positions[11]);
    assertTrue(positions[exact] < HittingSets.NEVER);
  }

  /** Two words: few sources differ at a time, in blocks of neighbors across the word border. */
  @Test
  void findsWhatBruteForceFindsIn70Sources() {
    for (int seed = 0; seed < 6; seed++) {
      Random random = new Random(seed);
      List<long[]> differences = new ArrayList<>();
      for (int i = 0; i < 60; i++) {
        long[] difference = new long[2];
        int first = 55 + random.nextInt(12);
        for (int j = 0; j < 1 + random.nextInt(9); j++) {
          int source = random.nextInt(4) == 0 ? random.nextInt(70) : first + random.nextInt(4);
          difference[source / 64] |= 1L << (source % 64);
        }
        differences.add(difference);
      }
      Listed arrivals = new Listed(70, differences, HittingSets.NEVER);
      assertArrayEquals(arrivals.bruteForce(3), arrivals.search(3), "seed " + seed);
    }
  }

  /** k + 1 disjoint differences cannot be hit by k sources; to see it takes 2^k nodes. */
  @Test
  void disjointPairsAcrossTheWordBorderCoverOneDegreeEach() {
    List<long[]> differences = new ArrayList<>();
    for (int pair = 25; pair < 35; pair++) {
      long[] difference = new long[2];
      difference[2 * pair / 64] |= 3L << (2 * pair % 64);
      differences.add(difference);
    }
    int[] positions = new Listed(70, differences, HittingSets.NEVER).search(69);
    for (int k = 1; k <= 69; k++) {
      assertEquals(k < 10 ? k : HittingSets.NEVER, positions[k - 1]);
    }
  }

  /**
   * One arrival that differs everywhere, then all that differ in one source: every k at the end.
   */
  @Test
  void allSinglesOf70SourcesMustArriveForTheLastDegree() {
    List<long[]> differences = new ArrayList<>();
    differences.add(new long[] {-1, (1L << 6) - 1});
    for (int source = 0; source < 70; source++) {
      long[] difference = new long[2];
      difference[source / 64] |= 1L << (source % 64);
      differences.add(difference);
    }
    int[] positions = new Listed(70, differences, HittingSets.NEVER).search(69);
    for (int k = 1; k <= 69; k++) {
      assertEquals(k + 1, positions[k - 1]);
    }
  }

  @Test
  void withoutArrivalsNothingIsCovered() {
    int[] expected = new int[4];
    Arrays.fill(expected, HittingSets.NEVER);
    assertArrayEquals(expected, new Listed(4, List.of(), HittingSets.NEVER).search(4));
  }
}
