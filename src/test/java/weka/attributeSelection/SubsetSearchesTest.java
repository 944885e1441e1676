package weka.attributeSelection;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import weka.core.Attribute;
import weka.core.CheckOptionHandler;
import weka.core.DenseInstance;
import weka.core.Instances;
import weka.core.OptionHandler;
import weka.core.ThreadSafe;
import weka.core.Utils;

/** What both subset searches promise. */
class SubsetSearchesTest {

  static Stream<ASSearch> searches() {
    return Stream.of(new OptaPlannerSearch(), new SubsetRanking());
  }

  private static <T extends ASSearch & OptionHandler> T with(T search, String options)
      throws Exception {
    search.setOptions(Utils.splitOptions(options));
    return search;
  }

  /** Any function of the subset. */
  private static final class Table extends ASEvaluation implements SubsetEvaluator, ThreadSafe {
    private static final long serialVersionUID = 1;

    private final transient ToDoubleFunction<BitSet> merit;

    Table(ToDoubleFunction<BitSet> merit) {
      this.merit = merit;
    }

    @Override
    public void buildEvaluator(Instances data) {}

    @Override
    public double evaluateSubset(BitSet subset) {
      return merit.applyAsDouble(subset);
    }
  }

  private static Instances attributes(int count) {
    ArrayList<Attribute> attributes = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      attributes.add(new Attribute("a" + i));
    }
    attributes.add(new Attribute("class", List.of("x", "y")));
    Instances data = new Instances("attributes", attributes, 1);
    data.add(new DenseInstance(1, new double[count + 1]));
    data.setClassIndex(count);
    return data;
  }

  /** Main effects, and interactions of pairs and triples. */
  private static Table random(int attributes, long seed) {
    Random random = new Random(seed);
    double[] merits = new double[1 << attributes];
    for (int term = 0; term < 3 * attributes; term++) {
      int mask = 0;
      int order = 1 + random.nextInt(3);
      for (int i = 0; i < order; i++) {
        mask |= 1 << random.nextInt(attributes);
      }
      double effect = random.nextGaussian();
      for (int set = 0; set < merits.length; set++) {
        merits[set] += (set & mask) == mask ? effect : 0;
      }
    }
    return new Table(subset -> merits[subset.isEmpty() ? 0 : (int) subset.toLongArray()[0]]);
  }

  private static double merit(Table table, int[] subset) {
    BitSet set = new BitSet();
    Arrays.stream(subset).forEach(set::set);
    return table.evaluateSubset(set);
  }

  private static int[] exhaustive(Table table, int attributes, int min, int max) {
    int best = -1;
    double bestMerit = Double.NEGATIVE_INFINITY;
    for (int set = 1; set < 1 << attributes; set++) {
      int size = Integer.bitCount(set);
      double merit = table.evaluateSubset(BitSet.valueOf(new long[] {set}));
      if (size >= min && size <= max && merit > bestMerit) {
        best = set;
        bestMerit = merit;
      }
    }
    return BitSet.valueOf(new long[] {best}).stream().toArray();
  }

  @Test
  void optaPlannerSearchFindsTheBestOf200RandomProblemsAtDefaultSettings() throws Exception {
    List<String> misses = new ArrayList<>();
    for (int seed = 0; seed < 200; seed++) {
      int n = 4 + seed % 9;
      Table table = random(n, seed);
      String size = List.of("any", "3", "2-4").get(seed % 3);
      int[] best =
          exhaustive(
              table, n, seed % 3 == 0 ? 1 : seed % 3 == 1 ? 3 : 2, List.of(n, 3, 4).get(seed % 3));
      int[] found = with(new OptaPlannerSearch(), "-size " + size).search(table, attributes(n));
      if (merit(table, found) < merit(table, best) - 1e-12) {
        misses.add("seed " + seed + ", n = " + n + ", size " + size);
      }
    }
    assertTrue(misses.size() <= 2, misses.toString());
  }

  @Test
  void rankingIsThatOfAllSubsets() throws Exception {
    for (int seed = 0; seed < 20; seed++) {
      Table table = random(7, seed);
      SubsetRanking ranking = with(new SubsetRanking(), "-size 2-3 -N 5");
      assertArrayEquals(exhaustive(table, 7, 2, 3), ranking.search(table, attributes(7)));
      assertTrue(ranking.toString().contains("all 56"), ranking.toString());
      double[] merits =
          ranking
              .toString()
              .lines()
              .filter(line -> line.matches("\\s+\\d+ .*"))
              .mapToDouble(line -> Double.parseDouble(line.trim().split(" +", 3)[1]))
              .toArray();
      assertEquals(5, merits.length);
      for (int i = 1; i < 5; i++) {
        assertTrue(merits[i] <= merits[i - 1]);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 40, 56, 1000})
  void samplesAreDifferentSubsetsAndSayHowMany(int limit) throws Exception {
    List<BitSet> asked = new ArrayList<>();
    Table table =
        new Table(
            subset -> {
              synchronized (asked) {
                asked.add((BitSet) subset.clone());
              }
              return subset.cardinality();
            });
    SubsetRanking ranking = with(new SubsetRanking(), "-size 2-3 -limit " + limit);
    assertEquals(3, ranking.search(table, attributes(7)).length);
    int expected = Math.min(56, limit);
    assertEquals(expected, asked.size());
    assertEquals(expected, asked.stream().distinct().count());
    String text = limit < 56 ? "a random sample of " + limit + " of 56" : "all 56";
    assertTrue(ranking.toString().contains(text), ranking.toString());
  }

  @ParameterizedTest
  @MethodSource("searches")
  void threadsAndRepetitionChangeNothing(ASSearch search) throws Exception {
    Table table = random(12, 7);
    int[] expected = search.search(table, attributes(12));
    String text = search.toString();
    for (int threads = 1; threads <= 3; threads++) {
      ((OptionHandler) search).setOptions(new String[] {"-threads", "" + threads});
      assertArrayEquals(expected, search.search(table, attributes(12)));
      assertEquals(text, search.toString());
    }
  }

  @Test
  void theResultIsAtLeastAsGoodAsTheStartSet() throws Exception {
    for (int seed = 0; seed < 10; seed++) {
      Table table = random(10, seed);
      double start = merit(table, new int[] {1, 4, 6});
      OptaPlannerSearch search = with(new OptaPlannerSearch(), "-P 2,5,7 -steps 1");
      assertTrue(merit(table, search.search(table, attributes(10))) >= start);
      assertTrue(search.toString().contains("Start set: 2,5,7"), search.toString());
    }
  }

  /** Also where there are too many subsets to evaluate all, and no time for more than the start. */
  @Test
  void theResultIsNeverWorseThanThatOfTheGreedySearch() throws Exception {
    for (int seed = 0; seed < 10; seed++) {
      Table table = random(12, seed);
      double greedy = merit(table, new GreedyStepwise().search(table, attributes(12)));
      OptaPlannerSearch search = with(new OptaPlannerSearch(), "-plateau 1 -S " + seed);
      assertTrue(merit(table, search.search(table, attributes(12))) >= greedy);
      assertTrue(search.toString().contains("; the last 1 were no better"), search.toString());
    }
  }

  @Test
  void evaluatesAllOfFewSubsets() throws Exception {
    Table table = random(10, 1);
    double best =
        merit(table, with(new SubsetRanking(), "-size any").search(table, attributes(10)));
    OptaPlannerSearch search = new OptaPlannerSearch();
    assertEquals(best, merit(table, search.search(table, attributes(10))), 0);
    assertTrue(search.toString().contains("all that are possible"), search.toString());
  }

  @Test
  void aTimeLimitEndsTheSearchWithTheBestSoFar() throws Exception {
    Table slow =
        new Table(
            subset -> {
              try {
                Thread.sleep(1);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              return subset.cardinality();
            });
    OptaPlannerSearch search =
        with(new OptaPlannerSearch(), "-size 20 -steps 1000000 -time-limit 0.5");
    assertEquals(20, search.search(slow, attributes(40)).length);
    assertTrue(search.toString().contains("time was used up"), search.toString());
  }

  @ParameterizedTest
  @MethodSource("searches")
  void interruptsStop(ASSearch search) {
    Table table =
        new Table(
            subset -> {
              Thread.currentThread().interrupt();
              return 1;
            });
    try {
      assertThrows(InterruptedException.class, () -> search.search(table, attributes(12)));
    } finally {
      Thread.interrupted();
    }
  }

  @ParameterizedTest
  @MethodSource("searches")
  void aStoppedSearchTellsItsBestSubset(ASSearch search) throws Exception {
    AtomicInteger calls = new AtomicInteger();
    Table table =
        new Table(
            subset -> {
              if (calls.incrementAndGet() == 12) {
                Thread.currentThread().interrupt();
              }
              return subset.get(1) ? 0.75 : 0.25;
            });
    ((OptionHandler) search).setOptions(new String[] {"-threads", "1"});
    try {
      InterruptedException stopped =
          assertThrows(InterruptedException.class, () -> search.search(table, attributes(8)));
      assertTrue(
          stopped.getMessage().contains("Best subset so far: a2 (merit 0.750000)"),
          stopped::getMessage);
    } finally {
      Thread.interrupted();
    }
  }

  @ParameterizedTest
  @MethodSource("searches")
  void exceptionsOfTheEvaluatorComeOutAsTheyAre(ASSearch search) {
    IllegalStateException failure = new IllegalStateException("not built");
    Table table =
        new Table(
            subset -> {
              throw failure;
            });
    assertSame(
        failure,
        assertThrows(IllegalStateException.class, () -> search.search(table, attributes(4))));
    Table notANumber = new Table(subset -> Double.NaN);
    String message =
        assertThrows(IllegalArgumentException.class, () -> search.search(notANumber, attributes(4)))
            .getMessage();
    assertTrue(message.contains("not a number") && message.contains("Table"), message);
  }

  // ---- options and bad input

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-size 3",
        "-size 2-5 -steps 10 -plateau 0",
        "-time-limit 2.5 -algorithm tabu-search",
        "-P 1,3-4 -threads 2 -S -3"
      })
  void optaPlannerSearchPassesWekasOptionCheck(String options) throws Exception {
    checkOptions(new OptaPlannerSearch(), options);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-size 3 -N 4", "-size any -limit 10", "-threads 2 -S -3"})
  void subsetRankingPassesWekasOptionCheck(String options) throws Exception {
    checkOptions(new SubsetRanking(), options);
  }

  private static void checkOptions(OptionHandler handler, String options) throws Exception {
    CheckOptionHandler check = new CheckOptionHandler();
    check.setOptionHandler(handler);
    check.setUserOptions(Utils.splitOptions(options));
    check.setSilent(true);
    check.doTests();
    assertTrue(check.getSuccess());
    handler.setOptions(new String[0]);
    assertArrayEquals(
        handler.getClass().getDeclaredConstructor().newInstance().getOptions(),
        handler.getOptions());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          -size 0           | (-size 0)          | from 1
          -size 5-2         | (-size 5-2)        | range such as 2-5
          -size few         | (-size few)        | any
          -steps 0          | (-steps 0)         | at least 1
          -steps x          | (-steps x)         | a whole number
          -plateau -1       | (-plateau -1)      | from 0
          -time-limit -1    | (-time-limit -1)   | from 0
          -time-limit NaN   | (-time-limit NaN)  | from 0
          -time-limit soon  | (-time-limit soon) | number
          -algorithm best   | (-algorithm best)  | late-acceptance or tabu-search
          -P 0              | (-P 0)             | from 1
          -P a              | (-P a)             | from 1
          -threads -2       | (-threads -2)      | negative
          -S 1.5            | (-S 1.5)           | a whole number
          """)
  void badOptionIsNamed(String option, String value, String rule) {
    assertMessage(new OptaPlannerSearch(), option, value, rule);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          -size 2-          | (-size 2-)         | range such as 2-5
          -N 0              | (-N 0)             | at least 1
          -limit 0          | (-limit 0)         | at least 1
          -threads -2       | (-threads -2)      | negative
          """)
  void badOptionOfTheRankingIsNamed(String option, String value, String rule) {
    assertMessage(new SubsetRanking(), option, value, rule);
  }

  private static void assertMessage(
      OptionHandler handler, String option, String value, String rule) {
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> handler.setOptions(Utils.splitOptions(option)))
            .getMessage();
    assertTrue(message.contains(value) && message.contains(rule), message);
  }

  @ParameterizedTest
  @MethodSource("searches")
  void saysWhatDoesNotGoTogether(ASSearch search) throws Exception {
    String single =
        assertThrows(
                IllegalArgumentException.class,
                () -> search.search(new PidAttributeEval(), attributes(4)))
            .getMessage();
    assertTrue(single.contains("PidAttributeEval") && single.contains("Ranker"), single);

    Table table = random(4, 1);
    Instances noClass = attributes(4);
    noClass.setClassIndex(-1);
    String without =
        assertThrows(IllegalArgumentException.class, () -> search.search(table, noClass))
            .getMessage();
    assertTrue(without.contains("class"), without);

    ((OptionHandler) search).setOptions(new String[] {"-size", "5"});
    String large =
        assertThrows(IllegalArgumentException.class, () -> search.search(table, attributes(4)))
            .getMessage();
    assertTrue(large.contains("(-size 5)") && large.contains("4"), large);

    ((OptionHandler) search).setOptions(new String[] {"-size", "1-9"});
    assertTrue(search.search(table, attributes(4)).length <= 4);
    assertArrayEquals(new int[] {0}, search.search(new Table(subset -> 1), attributes(1)));
    Instances onlyClass = attributes(1);
    onlyClass.deleteAttributeAt(0);
    assertThrows(IllegalArgumentException.class, () -> search.search(table, onlyClass));
  }

  @ParameterizedTest
  @CsvSource({
    "5, besides the class",
    "'1,9', within the 5 attributes",
    "1-4, at most 2 attributes"
  })
  void badStartSetIsNamed(String start, String rule) throws Exception {
    OptaPlannerSearch search = with(new OptaPlannerSearch(), "-size 2 -P " + start);
    String message =
        assertThrows(
                IllegalArgumentException.class, () -> search.search(random(4, 1), attributes(4)))
            .getMessage();
    assertTrue(message.contains("(-P " + start + ")") && message.contains(rule), message);
  }

  @Test
  void theClassIsNeverSelectedWhereverItIs() throws Exception {
    Instances data = attributes(4);
    data.setClassIndex(4);
    Instances moved = new Instances(data);
    moved.setClassIndex(-1);
    moved.insertAttributeAt(new Attribute("class2", List.of("x", "y")), 0);
    moved.setClassIndex(0);
    moved.deleteAttributeAt(5);
    Table most = new Table(BitSet::cardinality);
    for (ASSearch search : searches().toList()) {
      ((OptionHandler) search).setOptions(new String[] {"-size", "4"});
      assertArrayEquals(IntStream.rangeClosed(1, 4).toArray(), search.search(most, moved));
      assertArrayEquals(IntStream.range(0, 4).toArray(), search.search(most, data));
    }
  }
}
