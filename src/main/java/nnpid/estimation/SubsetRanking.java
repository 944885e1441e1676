package nnpid.estimation;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.util.Comparator;
import java.util.List;
import java.util.function.ObjIntConsumer;
import java.util.stream.IntStream;
import nnpid.decomposition.Measure;
import nnpid.decomposition.Values;
import nnpid.distribution.JointDistribution;
import nnpid.execution.Execution;
import nnpid.execution.Job;
import org.jspecify.annotations.Nullable;

/**
 * Subsets of the sources of a layer in the order of their merit.
 *
 * @param merit what they are ordered by
 * @param values what merits are about
 * @param subsets which they are
 * @param ranked the best first; those of equal merit as they are numbered; without those that lack
 *     what the merit asks for
 */
public record SubsetRanking(
    SubsetMerit merit, Values values, SubsetChoice subsets, List<Ranked> ranked)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** More subsets than this are neither kept nor written. */
  private static final int MOST = 1_000_000;

  /** Makes the list immutable. */
  public SubsetRanking {
    ranked = List.copyOf(ranked);
  }

  /** How many subsets are left out, since they lack what the merit asks for. */
  public int leftOut() {
    return subsets.count() - ranked.size();
  }

  /**
   * One subset.
   *
   * @param sources its source indices, ascending
   * @param score its merit
   */
  public record Ranked(List<Integer> sources, SubsetScore score) implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Makes the list immutable. */
    public Ranked {
      sources = List.copyOf(sources);
    }
  }

  /**
   * What is to be ranked.
   *
   * @param sizes of the subsets
   * @param limit how many at most; a random sample of so many if there are more
   */
  public record Wanted(SubsetSizes sizes, SubsetMerit merit, int limit) implements Serializable {
    private static final long serialVersionUID = 1L;

    /** How many subsets are ranked at most, if nobody says otherwise. */
    public static final int USUAL_LIMIT = 10_000;

    /** Checks the limit. */
    public Wanted {
      requireLimit(limit);
    }

    /**
     * Checks a limit.
     *
     * @throws IllegalArgumentException if it is not from 1 to {@value #MOST}
     */
    public static void requireLimit(int limit) {
      if (limit < 1 || limit > MOST) {
        throw new IllegalArgumentException(
            String.format("The most ranked subsets (%d) must be from 1 to %,d.", limit, MOST));
      }
    }

    /** How many subsets of so many sources are ranked. */
    public int count(int sourceCount) {
      return (int) Math.min(limit, SubsetChoice.possible(sourceCount, sizes));
    }
  }

  /**
   * Some of the subsets in a row.
   *
   * @param first number of the first
   */
  public record Part(
      SubsetMerit merit, Values values, SubsetChoice subsets, int first, List<SubsetScore> scores)
      implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Makes the list immutable. */
    public Part {
      scores = List.copyOf(scores);
    }
  }

  /** Every subset is a task. */
  private record Scoring(SubsetScores scores, SubsetChoice subsets) implements Job<SubsetScore> {
    private static final long serialVersionUID = 1L;

    @Override
    public SubsetScore run(int index, Execution execution) {
      Execution one = execution.withThreads(1).withProgressListener(fraction -> {});
      return scores.of(subsets.get(index), one);
    }
  }

  /**
   * Ranks some of the subsets: so many from a number on.
   *
   * @param seed of a sample, and of estimates
   * @throws IllegalArgumentException if there are fewer sources than the least size, there are no
   *     such values, or the measure is not for any number of sources
   * @throws java.util.concurrent.CancellationException if the execution is canceled
   */
  public static Part part(
      JointDistribution layer,
      Wanted wanted,
      Measure measure,
      Values values,
      long seed,
      int first,
      int count,
      Execution execution) {
    SubsetMerits merits =
        new SubsetMerits(
            layer,
            new SubsetMerits.Settings(
                wanted.merit,
                SubsetMerits.USUAL_SHARE,
                measure,
                values,
                SubsetMerits.USUAL_REPLICATES,
                seed));
    SubsetChoice subsets = SubsetChoice.of(layer.sourceCount(), wanted.sizes, wanted.limit, seed);
    return new Part(
        wanted.merit,
        values,
        subsets,
        first,
        execution.map(new Scoring(merits, subsets), first, count));
  }

  /**
   * The ranking of what some parts have.
   *
   * @param parts at least one, in any order; those of all subsets for the ranking of a layer
   */
  public static SubsetRanking of(List<Part> parts) {
    Part any = parts.get(0);
    @Nullable SubsetScore[] scores = new SubsetScore[any.subsets.count()];
    for (Part part : parts) {
      for (int i = 0; i < part.scores.size(); i++) {
        scores[part.first + i] = part.scores.get(i);
      }
    }
    return new SubsetRanking(
        any.merit,
        any.values,
        any.subsets,
        order(scores)
            .filter(number -> requireNonNull(scores[number]).eligible())
            .mapToObj(
                number ->
                    new Ranked(
                        IntStream.of(any.subsets.get(number)).boxed().toList(),
                        requireNonNull(scores[number])))
            .toList());
  }

  /**
   * Scores subsets by merits of any kind.
   *
   * @param results is told every score with the number of its subset, see {@link Execution#mapEach}
   */
  public static void score(
      SubsetScores scores,
      SubsetChoice subsets,
      Execution execution,
      ObjIntConsumer<SubsetScore> results) {
    execution.mapEach(new Scoring(scores, subsets), 0, subsets.count(), results);
  }

  /**
   * The numbers of subsets from the best to the worst.
   *
   * @param scores by the number of the subset; null where it is not known, which is left out
   */
  public static IntStream order(@Nullable SubsetScore[] scores) {
    return IntStream.range(0, scores.length)
        .filter(number -> scores[number] != null)
        .boxed()
        .sorted(Comparator.comparingDouble((Integer number) -> scores[number].value()).reversed())
        .mapToInt(Integer::intValue);
  }
}
