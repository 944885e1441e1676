package weka.attributeSelection;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import nnpid.execution.RandomStreams;
import org.apache.commons.math3.util.CombinatoricsUtils;
import weka.attributeSelection.CandidateSubsets.EvaluationFailed;
import weka.core.Instances;
import weka.core.OptionMetadata;

/**
 * Evaluates all subsets of attributes of some sizes, or a random sample of them, and ranks them by
 * merit. The subset it selects is the best.
 */
public class SubsetRanking extends SubsetSearch {

  private static final long serialVersionUID = 7412085063381235690L;

  private int shown = 20;
  private int limit = 10_000;

  private String ranking = "";

  /** A ranking of single attributes and pairs. */
  public SubsetRanking() {
    super("1-2");
  }

  public String globalInfo() {
    return "Evaluates all subsets of attributes of some sizes (or a random sample, if there are"
        + " more than a limit) and ranks them by merit: with PidSubsetEval, by their atoms"
        + " of a partial information decomposition. Works with any subset evaluator. Shows"
        + " the best subsets, and selects the first of them.";
  }

  @OptionMetadata(
      displayName = "Number of subsets shown",
      description = "How many of the best subsets are shown.",
      commandLineParamName = "N",
      displayOrder = 1)
  public int getNumToShow() {
    return shown;
  }

  public void setNumToShow(int shown) {
    requirePositive("number of subsets shown", shown);
    this.shown = shown;
  }

  @OptionMetadata(
      displayName = "Limit",
      description =
          "How many subsets are evaluated at most. If there are more, a random sample of so many is"
              + " evaluated, and the result says so.",
      commandLineParamName = "limit",
      displayOrder = 2)
  public int getLimit() {
    return limit;
  }

  public void setLimit(int limit) {
    requirePositive("limit", limit);
    this.limit = limit;
  }

  private static void requirePositive(String noun, int value) {
    if (value < 1) {
      throw new IllegalArgumentException("The %s (%d) must be at least 1.".formatted(noun, value));
    }
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
    SearchProgress progress =
        new SearchProgress(SubsetRanking.class, "it ends after " + merits.length);
    boolean stopped = false;
    try {
      candidates
          .execution(getThreads())
          .forEach(
              subsets.size(),
              i -> {
                merits[i] = candidates.merit(subsets.get(i));
                progress.evaluated();
              });
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
