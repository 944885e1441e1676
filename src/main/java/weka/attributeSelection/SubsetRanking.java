package weka.attributeSelection;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.Enumeration;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.Vector;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import nnpid.execution.RandomStreams;
import org.apache.commons.math3.util.CombinatoricsUtils;
import weka.attributeSelection.CandidateSubsets.EvaluationFailed;
import weka.core.Instances;
import weka.core.Option;
import weka.core.Utils;

/**
 * Evaluates all subsets of attributes of some sizes, or a random sample of them, and ranks them by
 * merit. The subset it selects is the best.
 */
public class SubsetRanking extends SubsetSearch {

  private static final long serialVersionUID = 7412085063381235690L;

  private static final String DEFAULT_SIZE = "1-2";
  private static final int DEFAULT_SHOWN = 20;
  private static final int DEFAULT_LIMIT = 10_000;

  private int shown = DEFAULT_SHOWN;
  private int limit = DEFAULT_LIMIT;

  private String ranking = "";

  /** A ranking of single attributes and pairs. */
  public SubsetRanking() {
    super(DEFAULT_SIZE);
  }

  public String globalInfo() {
    return "Evaluates all subsets of attributes of some sizes (or a random sample, if there are"
        + " more than a limit) and ranks them by merit: with PidSubsetEval, by their atoms"
        + " of a partial information decomposition. Works with any subset evaluator. Shows"
        + " the best subsets, and selects the first of them.";
  }

  @Override
  public Enumeration<Option> listOptions() {
    Vector<Option> options = new Vector<>();
    options.add(
        new Option(
            "\tHow many of the best subsets are shown.\n\t(default: " + DEFAULT_SHOWN + ")",
            "N",
            1,
            "-N <number>"));
    options.add(
        new Option(
            "\tEvaluates at most so many subsets: a random sample if there are more.\n\t(default: "
                + DEFAULT_LIMIT
                + ")",
            "limit",
            1,
            "-limit <number>"));
    options.addAll(Collections.list(super.listOptions()));
    return options.elements();
  }

  /**
   * Sets all options; those not given get their default.
   *
   * <p>Valid options are:
   *
   * <pre>
   *  -size &lt;number|min-max|any&gt;
   *   Number of attributes in a subset.
   *   (default: 1-2)
   *
   *  -N &lt;number&gt;
   *   How many of the best subsets are shown.
   *   (default: 20)
   *
   *  -limit &lt;number&gt;
   *   Evaluates at most so many subsets: a random sample if there are more.
   *   (default: 10000)
   *
   *  -threads &lt;number&gt;
   *   Number of threads, 0 for all processors; used if the evaluator is thread-safe.
   *   (default: 0)
   *
   *  -S &lt;number&gt;
   *   Seed of the sample.
   *   (default: 1)
   * </pre>
   *
   * @throws IllegalArgumentException if the value of an option is not valid
   * @throws Exception if there are unknown options
   */
  @Override
  public void setOptions(String[] options) throws Exception {
    setNumToShow(
        PidEvaluation.parseInt(
            "number of subsets shown", "-N", Utils.getOption('N', options), DEFAULT_SHOWN));
    setLimit(
        PidEvaluation.parseInt(
            "limit", "-limit", Utils.getOption("limit", options), DEFAULT_LIMIT));
    super.setOptions(options);
  }

  @Override
  public String[] getOptions() {
    List<String> options = new ArrayList<>();
    Collections.addAll(options, "-N", "" + shown, "-limit", "" + limit);
    Collections.addAll(options, super.getOptions());
    return options.toArray(String[]::new);
  }

  /** How many subsets are shown. */
  public int getNumToShow() {
    return shown;
  }

  /**
   * Sets how many subsets are shown.
   *
   * @throws IllegalArgumentException if it is not positive
   */
  public void setNumToShow(int shown) {
    requirePositive("number of subsets shown", "-N", shown);
    this.shown = shown;
  }

  /** Tip text of this property. */
  public String numToShowTipText() {
    return "How many of the best subsets are shown.";
  }

  /** How many subsets are evaluated at most. */
  public int getLimit() {
    return limit;
  }

  /**
   * Sets how many subsets are evaluated at most.
   *
   * @throws IllegalArgumentException if it is not positive
   */
  public void setLimit(int limit) {
    requirePositive("limit", "-limit", limit);
    this.limit = limit;
  }

  private static void requirePositive(String noun, String flag, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(
          "The %s (%s %d) must be at least 1.".formatted(noun, flag, value));
    }
  }

  /** Tip text of this property. */
  public String limitTipText() {
    return "If there are more subsets than this, a random sample of so many is evaluated, and the"
        + " result says so.";
  }

  /**
   * Ranks the subsets.
   *
   * @return the attribute indices of the best one, ascending
   * @throws IllegalArgumentException if evaluator, data and options do not go together
   * @throws InterruptedException if the thread is interrupted; the message tells the best subset so
   *     far
   * @throws Exception if the evaluator fails
   */
  @Override
  public int[] search(ASEvaluation evaluator, Instances data) throws Exception {
    ranking = "";
    CandidateSubsets candidates = new CandidateSubsets(evaluator, data, getSize());
    double all = 0;
    for (int k = candidates.minSize(); k <= candidates.maxSize(); k++) {
      all += CombinatoricsUtils.binomialCoefficientDouble(candidates.count(), k);
    }
    List<int[]> subsets = all <= limit ? allSubsets(candidates) : sample(candidates, all);
    Double[] merits = new Double[subsets.size()];
    boolean stopped = false;
    try {
      candidates
          .execution(getThreads())
          .forEach(subsets.size(), i -> merits[i] = candidates.merit(subsets.get(i)));
    } catch (EvaluationFailed e) {
      throw e.failure();
    } catch (CancellationException e) {
      stopped = true;
    }
    int[] order =
        IntStream.range(0, merits.length)
            .filter(i -> merits[i] != null)
            .boxed()
            .sorted(Comparator.comparing((Integer i) -> merits[i]).reversed())
            .mapToInt(Integer::intValue)
            .toArray();
    if (stopped) {
      throw stopped(
          order.length == 0
              ? "The ranking was stopped."
              : "The ranking was stopped after %d of %d subsets."
                      .formatted(order.length, subsets.size())
                  + bestSoFar(
                      candidates.names(subsets.get(order[0])),
                      candidates.text(merits[order[0]], subsets.get(order[0]))));
    }
    ranking = describe(candidates, subsets, merits, order, all);
    return Arrays.stream(subsets.get(order[0])).map(candidates::attribute).toArray();
  }

  private static List<int[]> allSubsets(CandidateSubsets candidates) {
    List<int[]> subsets = new ArrayList<>();
    for (int k = candidates.minSize(); k <= candidates.maxSize(); k++) {
      Iterator<int[]> combinations = CombinatoricsUtils.combinationsIterator(candidates.count(), k);
      combinations.forEachRemaining(subsets::add);
    }
    return subsets;
  }

  /** Different subsets, each as likely as any other. */
  private List<int[]> sample(CandidateSubsets candidates, double all) {
    int n = candidates.count();
    if (all < 2.0 * limit) {
      List<int[]> shuffled = allSubsets(candidates);
      SplittableRandom random = RandomStreams.of(getSeed(), 0);
      for (int i = 0; i < limit; i++) {
        Collections.swap(shuffled, i, i + random.nextInt(shuffled.size() - i));
      }
      return shuffled.subList(0, limit);
    }
    SplittableRandom random = RandomStreams.of(getSeed(), 0);
    Set<List<Integer>> different = new LinkedHashSet<>();
    while (different.size() < limit) {
      double place = random.nextDouble() * all;
      int k = candidates.minSize();
      while (k < candidates.maxSize()
          && place >= CombinatoricsUtils.binomialCoefficientDouble(n, k)) {
        place -= CombinatoricsUtils.binomialCoefficientDouble(n, k);
        k++;
      }
      different.add(randomSubset(n, k, random));
    }
    return different.stream()
        .map(subset -> subset.stream().mapToInt(Integer::intValue).toArray())
        .toList();
  }

  private static List<Integer> randomSubset(int n, int size, SplittableRandom random) {
    int[] order = IntStream.range(0, n).toArray();
    for (int i = 0; i < size; i++) {
      int other = i + random.nextInt(n - i);
      int swap = order[i];
      order[i] = order[other];
      order[other] = swap;
    }
    return Arrays.stream(order, 0, size).sorted().boxed().toList();
  }

  private String describe(
      CandidateSubsets candidates, List<int[]> subsets, Double[] merits, int[] order, double all) {
    StringBuilder text = new StringBuilder();
    text.append(
        subsets.size() < all
            ? String.format(
                Locale.ROOT,
                "\tSubsets evaluated: a random sample of %d of %.0f (seed %d)%n",
                subsets.size(),
                all,
                getSeed())
            : String.format(Locale.ROOT, "\tSubsets evaluated: all %d%n", subsets.size()));
    List<String> texts =
        Arrays.stream(order)
            .limit(shown)
            .mapToObj(i -> candidates.text(merits[i], subsets.get(i)))
            .toList();
    int width = Math.max(10, texts.stream().mapToInt(String::length).max().orElse(0));
    String line = "\t%6s  %" + width + "s  %s%n";
    text.append(String.format(Locale.ROOT, "%n" + line, "rank", "merit", "subset"));
    for (int i = 0; i < texts.size(); i++) {
      text.append(
          String.format(
              Locale.ROOT, line, i + 1, texts.get(i), candidates.names(subsets.get(order[i]))));
    }
    return text.toString();
  }

  @Override
  public String toString() {
    return "\tRanking of subsets.\n\tNumber of attributes: " + getSize() + "\n" + ranking;
  }
}
