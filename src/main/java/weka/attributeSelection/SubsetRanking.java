package weka.attributeSelection;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import nnpid.estimation.SubsetChoice;
import nnpid.estimation.SubsetScore;
import org.jspecify.annotations.Nullable;
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
    SubsetChoice subsets =
        SubsetChoice.of(candidates.count(), candidates.sizes(), limit, getSeed());
    @Nullable SubsetScore[] scores = new SubsetScore[subsets.count()];
    SearchProgress progress =
        new SearchProgress(SubsetRanking.class, "it ends after " + scores.length);
    boolean stopped = false;
    try {
      nnpid.estimation.SubsetRanking.score(
          candidates,
          subsets,
          candidates.execution(getThreads()),
          (score, number) -> {
            scores[number] = score;
            progress.evaluated();
          });
    } catch (EvaluationFailed e) {
      throw e.failure();
    } catch (CancellationException e) {
      stopped = true;
    }
    int[] order = nnpid.estimation.SubsetRanking.order(scores).toArray();
    if (stopped) {
      throw stopped(
          order.length == 0
              ? "The ranking was stopped."
              : "The ranking was stopped after %d of %d subsets."
                      .formatted(order.length, subsets.count())
                  + bestSoFar(
                      candidates.names(subsets.get(order[0])),
                      CandidateSubsets.text(requireNonNull(scores[order[0]]))));
    }
    ranking = describe(candidates, subsets, scores, order);
    return Arrays.stream(subsets.get(order[0])).map(candidates::attribute).toArray();
  }

  private String describe(
      CandidateSubsets candidates,
      SubsetChoice subsets,
      @Nullable SubsetScore[] scores,
      int[] order) {
    StringBuilder text = new StringBuilder();
    text.append(
        subsets.isSample()
            ? String.format(
                Locale.ROOT,
                "\tSubsets evaluated: a random sample of %d of %.0f (seed %d)%n",
                subsets.count(),
                subsets.possible(),
                getSeed())
            : String.format(Locale.ROOT, "\tSubsets evaluated: all %d%n", subsets.count()));
    List<String> texts =
        Arrays.stream(order)
            .limit(shown)
            .mapToObj(i -> CandidateSubsets.text(requireNonNull(scores[i])))
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
