package nnpid.search;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import nnpid.execution.Execution;
import nnpid.search.SearchResult.Ending;
import nnpid.search.SearchResult.TracePoint;
import nnpid.search.SearchSettings.Algorithm;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.optaplanner.core.config.solver.EnvironmentMode;

class AssignmentSearchTest {
  private static final SearchSettings SHORT = SearchSettings.DEFAULT.withStepLimit(100);

  @AfterEach
  void clearInterrupt() {
    Thread.interrupted();
  }

  /** A random value for each subset or partition: nothing to go by but trying. */
  private static double rugged(int[] assignment, long seed) {
    return new SplittableRandom(31 * Arrays.hashCode(assignment) + seed).nextDouble();
  }

  /** Weights of items and of pairs in the same group, of either sign. */
  private static Objective pairwise(int itemCount, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[][] weights = new double[itemCount][itemCount];
    for (double[] row : weights) {
      Arrays.setAll(row, i -> random.nextDouble() - 0.5);
    }
    return assignment -> {
      double sum = 0;
      for (int i = 0; i < itemCount; i++) {
        for (int j = 0; j <= i; j++) {
          sum += assignment[i] == assignment[j] ? weights[i][j] * (1 + assignment[i]) : 0;
        }
      }
      return sum;
    };
  }

  /** All assignments of items to groups, in the order of counting. */
  private static List<int[]> all(int itemCount, int groupCount) {
    List<int[]> result = new ArrayList<>();
    int[] digits = new int[itemCount];
    while (true) {
      result.add(digits.clone());
      int i = 0;
      while (i < itemCount && ++digits[i] == groupCount) {
        digits[i++] = 0;
      }
      if (i == itemCount) {
        return result;
      }
    }
  }

  private static int size(int[] assignment, int group) {
    return (int) Arrays.stream(assignment).filter(g -> g == group).count();
  }

  private static boolean isCanonical(int[] assignment) {
    int next = 0;
    for (int group : assignment) {
      if (group > next) {
        return false;
      }
      next = Math.max(next, group + 1);
    }
    return true;
  }

  private static SearchResult run(AssignmentSearch search, SearchSettings settings) {
    return search.run(settings, Execution.sequential());
  }

  @ParameterizedTest
  @EnumSource(Algorithm.class)
  void subsetEqualsTheBestOfAll(Algorithm algorithm) {
    for (int seed = 0; seed < 10; seed++) {
      Objective objective = pairwise(9, seed);
      double best =
          all(9, 2).stream()
              .filter(subset -> size(subset, 1) >= 2 && size(subset, 1) <= 5)
              .mapToDouble(objective::of)
              .max()
              .orElseThrow();
      SearchResult result =
          run(
              AssignmentSearch.ofSubsets(9, 2, 5, objective),
              SearchSettings.DEFAULT.withAlgorithm(algorithm));
      assertEquals(best, result.score(), "problem " + seed);
      assertEquals(best, objective.of(result.assignment()));
    }
  }

  @ParameterizedTest
  @EnumSource(Algorithm.class)
  void partitionEqualsTheBestOfAll(Algorithm algorithm) {
    for (int seed = 0; seed < 10; seed++) {
      Objective objective = pairwise(8, seed);
      double best =
          all(8, 3).stream()
              .filter(AssignmentSearchTest::isCanonical)
              .filter(a -> size(a, 0) <= 4 && size(a, 1) <= 4 && size(a, 2) <= 4)
              .filter(a -> size(a, 0) >= 1 && size(a, 1) >= 1 && size(a, 2) >= 1)
              .mapToDouble(objective::of)
              .max()
              .orElseThrow();
      SearchResult result =
          run(
              AssignmentSearch.ofGroups(8, 3, 1, 4, objective),
              SearchSettings.DEFAULT.withAlgorithm(algorithm));
      assertEquals(best, result.score(), "problem " + seed);
      assertTrue(isCanonical(result.assignment()));
    }
  }

  /** Three items are worth something together, none of them alone. */
  @Test
  void leavesPlateausAndLocalOptima() {
    Objective trap =
        subset -> subset[2] + subset[7] + subset[8] == 3 ? 3 - size(subset, 1) / 10.0 : subset[0];
    SearchResult result = run(AssignmentSearch.ofSubsets(10, 1, 10, trap), SearchSettings.DEFAULT);
    assertArrayEquals(new int[] {0, 0, 1, 0, 0, 0, 0, 1, 1, 0}, result.assignment());
  }

  @ParameterizedTest
  @EnumSource(Algorithm.class)
  void objectiveIsAskedOnceForEachAssignmentWithinItsSizes(Algorithm algorithm) {
    Set<List<Integer>> asked = new HashSet<>();
    Objective objective =
        subset -> {
          assertTrue(asked.add(Arrays.stream(subset).boxed().toList()));
          assertTrue(size(subset, 1) >= 1 && size(subset, 1) <= 4);
          return rugged(subset, 1);
        };
    SearchResult result =
        run(AssignmentSearch.ofSubsets(20, 4, 4, objective), SHORT.withAlgorithm(algorithm));
    assertEquals(asked.size(), result.evaluations());
    assertTrue(asked.size() > 500, asked.size() + " evaluations");
  }

  @Test
  void equalPartitionsAreAskedForOnce() {
    Set<List<Integer>> asked = new HashSet<>();
    Objective objective =
        assignment -> {
          assertTrue(isCanonical(assignment));
          assertTrue(asked.add(Arrays.stream(assignment).boxed().toList()));
          return rugged(assignment, 2);
        };
    run(AssignmentSearch.ofGroups(6, 3, 0, 6, objective), SHORT);
    // S(6,1) + S(6,2) + S(6,3)
    assertTrue(asked.size() <= 1 + 31 + 90 && asked.size() > 90, asked.size() + " evaluations");
  }

  @Test
  void violationsDominateAndSpareTheObjective() {
    Objective objective =
        new Objective() {
          @Override
          public double of(int[] subset) {
            assertEquals(0, violations(subset));
            return -size(subset, 1);
          }

          @Override
          public int violations(int[] subset) {
            return Math.abs(size(subset, 1) - 7);
          }
        };
    SearchResult result = run(AssignmentSearch.ofSubsets(12, 0, 12, objective), SHORT);
    assertEquals(0, result.violations());
    assertEquals(-7.0, result.score());
  }

  @Test
  void whereNothingIsLegalTheLeastViolationWins() {
    Objective objective =
        new Objective() {
          @Override
          public double of(int[] subset) {
            throw new AssertionError();
          }

          @Override
          public int violations(int[] subset) {
            return 1 + size(subset, 1);
          }
        };
    SearchResult result = run(AssignmentSearch.ofSubsets(6, 2, 5, objective), SHORT);
    assertEquals(3, result.violations());
    assertTrue(Double.isNaN(result.score()));
    assertEquals(List.of(), result.trace());
  }

  private static void assertSameResult(SearchResult expected, SearchResult actual) {
    assertArrayEquals(expected.assignment(), actual.assignment());
    assertEquals(expected.score(), actual.score());
    assertEquals(expected.trace(), actual.trace());
    assertEquals(expected.evaluations(), actual.evaluations());
    assertEquals(expected.ending(), actual.ending());
  }

  private static Handler collecting(List<LogRecord> records) {
    return new Handler() {
      @Override
      public synchronized void publish(LogRecord record) {
        records.add(record);
      }

      @Override
      public void flush() {}

      @Override
      public void close() {}
    };
  }

  /** Nor do their gauges complain of each other. */
  @ParameterizedTest
  @EnumSource(Algorithm.class)
  void sameSeedGivesTheSameResultAlsoTwoAtATime(Algorithm algorithm) throws Exception {
    AssignmentSearch search = AssignmentSearch.ofSubsets(30, 1, 10, a -> rugged(a, 3));
    SearchSettings settings = SHORT.withAlgorithm(algorithm);
    SearchResult expected = run(search, settings);
    assertSameResult(expected, run(search, settings));
    List<LogRecord> warnings = new ArrayList<>();
    Handler handler = collecting(warnings);
    Logger.getLogger("").addHandler(handler);
    ExecutorService two = Executors.newFixedThreadPool(2);
    try {
      Callable<SearchResult> again = () -> run(search, settings);
      for (Future<SearchResult> result : two.invokeAll(List.of(again, again))) {
        assertSameResult(expected, result.get());
      }
    } finally {
      two.shutdown();
      Logger.getLogger("").removeHandler(handler);
    }
    assertEquals(List.of(), warnings.stream().map(LogRecord::getMessage).toList());
    assertNotEquals(expected.score(), run(search, settings.withSeed(2)).score());
  }

  @ParameterizedTest
  @EnumSource(Algorithm.class)
  void threadsChangeNothing(Algorithm algorithm) {
    Set<Thread> threads = Collections.synchronizedSet(new HashSet<>());
    Objective slow =
        assignment -> {
          threads.add(Thread.currentThread());
          sleep(1);
          return rugged(assignment, 4);
        };
    SearchSettings settings = SearchSettings.DEFAULT.withStepLimit(30).withAlgorithm(algorithm);
    AssignmentSearch search = AssignmentSearch.ofSubsets(20, 1, 6, slow);
    SearchResult expected = search.run(settings, Execution.sequential());
    assertEquals(1, threads.size());
    assertSameResult(expected, search.run(settings, Execution.ofThreads(3)));
    assertTrue(threads.size() > 3, threads::toString);
  }

  @Test
  void startIsNeverMadeWorse() {
    for (int seed = 0; seed < 20; seed++) {
      long problem = seed;
      int[] start = new int[12];
      Arrays.fill(start, 0, 4, 1);
      Objective objective = a -> Arrays.equals(a, start) ? 2 : rugged(a, problem);
      SearchResult result =
          AssignmentSearch.ofSubsets(12, 1, 6, objective)
              .run(SHORT, Execution.sequential(), start, (a, score, step, done) -> {});
      assertArrayEquals(start, result.assignment());
      assertEquals(new TracePoint(0, 2), result.trace().get(0));
    }
  }

  @Test
  void tooSmallStartGrowsGreedily() {
    int[] start = {0, 1, 0, 0, 0};
    List<int[]> heard = new ArrayList<>();
    AssignmentSearch.ofSubsets(5, 3, 3, subset -> subset[1] * 8 + subset[4] * 4 + subset[3] * 2)
        .run(SHORT, Execution.sequential(), start, (a, score, step, done) -> heard.add(a));
    assertArrayEquals(new int[] {0, 1, 0, 1, 1}, heard.get(heard.size() - 1));
  }

  @Test
  void listenerHearsOfEachBestAssignment() {
    List<Double> scores = new ArrayList<>();
    List<Double> fractions = new ArrayList<>();
    AssignmentSearch search = AssignmentSearch.ofSubsets(20, 1, 20, a -> rugged(a, 5));
    SearchResult result =
        search.run(
            SHORT,
            Execution.sequential(),
            null,
            (assignment, score, step, done) -> {
              assertEquals(rugged(assignment, 5), score);
              assignment[0] = 99;
              scores.add(score);
              fractions.add(done);
            });
    assertTrue(scores.size() > 3, scores::toString);
    assertEquals(scores.stream().sorted().distinct().toList(), scores);
    assertEquals(fractions.stream().sorted().toList(), fractions);
    assertEquals(scores.get(scores.size() - 1), result.score());
  }

  @Test
  void traceRisesAndEndsAtTheBest() {
    SearchResult result = run(AssignmentSearch.ofSubsets(20, 1, 20, a -> rugged(a, 6)), SHORT);
    List<TracePoint> trace = result.trace();
    assertEquals(0, trace.get(0).step());
    for (int i = 1; i < trace.size(); i++) {
      assertTrue(trace.get(i).step() > trace.get(i - 1).step(), trace::toString);
      assertTrue(trace.get(i).score() >= trace.get(i - 1).score(), trace::toString);
    }
    assertEquals(result.score(), trace.get(trace.size() - 1).score());
    assertTrue(trace.get(trace.size() - 1).step() <= 100, trace::toString);
  }

  @Test
  void progressRisesToOne() {
    List<Double> fractions = new ArrayList<>();
    AssignmentSearch.ofSubsets(10, 1, 5, a -> rugged(a, 7))
        .run(SHORT, Execution.sequential().withProgressListener(fractions::add));
    assertEquals(fractions.stream().sorted().toList(), fractions);
    assertEquals(1, fractions.get(fractions.size() - 1), 0.01);
  }

  @ParameterizedTest
  @EnumSource(Algorithm.class)
  void onlyAssignmentEndsAtOnce(Algorithm algorithm) {
    SearchSettings settings = SearchSettings.DEFAULT.withAlgorithm(algorithm);
    for (AssignmentSearch search :
        List.of(
            AssignmentSearch.ofSubsets(1, 1, 1, a -> 5),
            AssignmentSearch.ofSubsets(4, 4, 4, a -> 5),
            AssignmentSearch.ofSubsets(4, 0, 0, a -> 5),
            AssignmentSearch.ofGroups(4, 1, 0, 4, a -> 5),
            AssignmentSearch.ofGroups(4, 4, 1, 4, a -> 5))) {
      SearchResult result = run(search, settings);
      assertEquals(5, result.score());
      assertEquals(List.of(new TracePoint(0, 5)), result.trace());
    }
  }

  /** Two attributes once kept OptaPlanner in a single step for minutes. */
  @ParameterizedTest
  @EnumSource(Algorithm.class)
  void fewAssignmentsEnd(Algorithm algorithm) {
    SearchSettings settings = SearchSettings.DEFAULT.withAlgorithm(algorithm);
    assertEquals(1, run(AssignmentSearch.ofSubsets(1, 0, 1, a -> a[0]), settings).score());
    assertEquals(
        3, run(AssignmentSearch.ofSubsets(2, 1, 2, a -> a[0] + 2 * a[1]), settings).score());
    assertEquals(1, run(AssignmentSearch.ofSubsets(2, 1, 1, a -> a[1]), settings).score());
    assertEquals(0, run(AssignmentSearch.ofSubsets(6, 0, 6, a -> 0), settings).score());
  }

  @ParameterizedTest
  @ValueSource(doubles = {-1e300, -1e-300, 1e-300, 1e300, Double.MAX_VALUE})
  void scoresOfAnySizeAreExact(double scale) {
    Objective objective = subset -> scale * (1 + subset[0] * 0x1p-52 + subset[1] * 0x1p-51);
    double best = Math.max(scale, objective.of(new int[] {1, 1, 0}));
    assertEquals(best, run(AssignmentSearch.ofSubsets(3, 0, 3, objective), SHORT).score());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void interruptKeepsTheBestAndStaysSet(int threadCount) {
    Thread searching = Thread.currentThread();
    AtomicInteger calls = new AtomicInteger();
    Objective objective =
        subset -> {
          if (calls.incrementAndGet() == 500) {
            searching.interrupt();
          }
          return rugged(subset, 8);
        };
    AssignmentSearch search = AssignmentSearch.ofSubsets(40, 1, 40, objective);
    SearchResult result = search.run(SearchSettings.DEFAULT, Execution.ofThreads(threadCount));
    assertEquals(Ending.CANCELED, result.ending());
    assertTrue(searching.isInterrupted());
    assertEquals(500, calls.get());
    assertEquals(rugged(result.assignment(), 8), result.score());
  }

  @Test
  void objectiveMayCancelItself() {
    AtomicInteger calls = new AtomicInteger();
    Objective objective =
        subset -> {
          if (calls.incrementAndGet() == 300) {
            throw new CancellationException();
          }
          return rugged(subset, 8);
        };
    SearchResult result = run(AssignmentSearch.ofSubsets(40, 1, 40, objective), SHORT);
    assertEquals(Ending.CANCELED, result.ending());
  }

  @Test
  void interruptBeforeTheStartLeavesNothing() {
    Thread.currentThread().interrupt();
    assertThrows(
        CancellationException.class, () -> run(AssignmentSearch.ofSubsets(5, 1, 5, a -> 1), SHORT));
    assertTrue(Thread.currentThread().isInterrupted());
  }

  @Test
  void timeLimitEndsTheGreedyStartToo() {
    AtomicInteger scored = new AtomicInteger();
    Objective slow =
        subset -> {
          scored.incrementAndGet();
          sleep(2);
          return size(subset, 1);
        };
    SearchResult result =
        run(
            AssignmentSearch.ofSubsets(500, 3, 500, slow),
            SearchSettings.DEFAULT.withTimeLimitSeconds(0.3));
    assertEquals(Ending.TIME_LIMIT, result.ending());
    // The whole start scores a hundred thousand subsets.
    assertTrue(scored.get() < 1000, scored + " subsets were scored");
    assertTrue(size(result.assignment(), 1) >= 3);
  }

  @ParameterizedTest
  @EnumSource(Algorithm.class)
  void aPlateauEndsTheSearch(Algorithm algorithm) {
    SearchSettings settings = SearchSettings.DEFAULT.withAlgorithm(algorithm).withPlateau(70);
    List<Double> asked = new ArrayList<>();
    AssignmentSearch search =
        AssignmentSearch.ofSubsets(
            30,
            4,
            4,
            subset -> {
              double value = rugged(subset, 4);
              asked.add(value);
              return size(subset, 1) < 4 ? -1 : value;
            });
    SearchResult result = run(search, settings);
    assertEquals(Ending.PLATEAU, result.ending());
    // What the greedy start has asked for does not count.
    int best = Math.max(asked.indexOf(result.score()) + 1, 30 + 29 + 28 + 27);
    assertEquals(best + 70, result.evaluations(), 1);
    assertSameResult(result, search.run(settings, Execution.ofThreads(3)));
    SearchResult longer = run(search, settings.withPlateau(SearchSettings.NO_PLATEAU));
    assertEquals(Ending.COMPLETE, longer.ending());
    assertTrue(longer.evaluations() > result.evaluations());
  }

  @Test
  void fewSubsetsAreAllTried() {
    SearchSettings settings = SearchSettings.DEFAULT;
    Set<List<Integer>> asked = new HashSet<>();
    AssignmentSearch search =
        AssignmentSearch.ofSubsets(
            9,
            3,
            5,
            subset -> {
              assertTrue(asked.add(Arrays.stream(subset).boxed().toList()));
              return rugged(subset, 3);
            });
    SearchResult result = run(search, settings.withExhaustiveLimit(84 + 126 + 126));
    assertEquals(Ending.EXHAUSTED, result.ending());
    double best =
        all(9, 2).stream()
            .filter(subset -> size(subset, 1) >= 3 && size(subset, 1) <= 5)
            .mapToDouble(subset -> rugged(subset, 3))
            .max()
            .orElseThrow();
    assertEquals(best, result.score(), 0);
    assertEquals(0, result.trace().get(0).step());
    asked.clear();
    assertEquals(Ending.COMPLETE, run(search, settings.withExhaustiveLimit(335)).ending());
    // A search that is to be short stays so.
    asked.clear();
    assertEquals(
        Ending.COMPLETE,
        run(search, settings.withExhaustiveLimit(1000).withStepLimit(10)).ending());
  }

  @Test
  void fullAssertFindsNothingWrong() {
    for (Algorithm algorithm : Algorithm.values()) {
      SearchSettings settings = SHORT.withAlgorithm(algorithm);
      for (AssignmentSearch search :
          List.of(
              AssignmentSearch.ofSubsets(10, 2, 6, pairwise(10, 1)),
              AssignmentSearch.ofSubsets(10, 4, 4, pairwise(10, 2)),
              AssignmentSearch.ofGroups(10, 3, 1, 5, pairwise(10, 3)))) {
        SearchResult result =
            search.run(
                settings,
                Execution.sequential(),
                null,
                (a, score, step, done) -> {},
                EnvironmentMode.FULL_ASSERT);
        assertEquals(Ending.COMPLETE, result.ending());
      }
    }
  }

  @Test
  void contextClassLoaderIsRestored() {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    ClassLoader strange = new ClassLoader(null) {};
    try {
      thread.setContextClassLoader(strange);
      run(AssignmentSearch.ofSubsets(5, 1, 5, pairwise(5, 1)), SHORT);
      assertSame(strange, thread.getContextClassLoader());
      AtomicInteger calls = new AtomicInteger();
      assertThrows(
          IllegalStateException.class,
          () ->
              run(
                  AssignmentSearch.ofSubsets(
                      20,
                      1,
                      20,
                      a -> {
                        if (calls.incrementAndGet() > 100) {
                          throw new IllegalStateException();
                        }
                        return rugged(a, 1);
                      }),
                  SHORT));
      assertSame(strange, thread.getContextClassLoader());
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  @Test
  void exceptionsOfTheObjectiveComeOutAsTheyAre() {
    ArithmeticException failure = new ArithmeticException("objective");
    for (int good : new int[] {0, 5, 200}) {
      AtomicInteger calls = new AtomicInteger();
      Objective objective =
          a -> {
            if (calls.getAndIncrement() == good) {
              throw failure;
            }
            return rugged(a, 9);
          };
      assertSame(
          failure,
          assertThrows(
              ArithmeticException.class,
              () -> run(AssignmentSearch.ofSubsets(20, 1, 20, objective), SHORT)));
    }
  }

  @Test
  void notANumberIsAnError() {
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () ->
                    run(
                        AssignmentSearch.ofSubsets(3, 1, 3, a -> size(a, 1) == 2 ? Double.NaN : 1),
                        SHORT))
            .getMessage();
    assertTrue(message.contains("NaN"), message);
  }

  @Test
  void badArgumentsAreNamed() {
    Objective any = a -> 0;
    assertRefused("(0)", () -> AssignmentSearch.ofSubsets(0, 0, 0, any));
    assertRefused("(1 to 4)", () -> AssignmentSearch.ofSubsets(3, 1, 4, any));
    assertRefused("(2 to 1)", () -> AssignmentSearch.ofSubsets(3, 2, 1, any));
    assertRefused("(-1 to 1)", () -> AssignmentSearch.ofSubsets(3, -1, 1, any));
    assertRefused("(0)", () -> AssignmentSearch.ofGroups(3, 0, 0, 3, any));
    assertRefused("(2 to 3)", () -> AssignmentSearch.ofGroups(3, 2, 2, 3, any));
    assertRefused("(0 to 1)", () -> AssignmentSearch.ofGroups(3, 2, 0, 1, any));
    AssignmentSearch search = AssignmentSearch.ofGroups(3, 2, 1, 2, any);
    for (int[] start : new int[][] {{0, 1}, {0, 1, 2}, {0, -1, 1}, {0, 0, 0}}) {
      assertThrows(
          IllegalArgumentException.class,
          () -> search.run(SHORT, Execution.sequential(), start, (a, score, step, done) -> {}));
    }
    AssignmentSearch pair = AssignmentSearch.ofSubsets(3, 1, 2, any);
    assertThrows(
        IllegalArgumentException.class,
        () ->
            pair.run(
                SHORT, Execution.sequential(), new int[] {1, 1, 1}, (a, score, step, d) -> {}));
    assertRefused("(0)", () -> SHORT.withStepLimit(0));
    assertRefused("(0)", () -> SHORT.withPlateau(0));
    assertRefused("(-1)", () -> SHORT.withExhaustiveLimit(-1));
    assertRefused("(NaN seconds)", () -> SHORT.withTimeLimitSeconds(Double.NaN));
  }

  private static void assertRefused(String value, org.junit.jupiter.api.function.Executable call) {
    String message = assertThrows(IllegalArgumentException.class, call).getMessage();
    assertTrue(message.contains(value), message);
    assertFalse(message.isBlank());
  }

  private static void sleep(int millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
