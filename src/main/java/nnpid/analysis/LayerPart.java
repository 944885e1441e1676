package nnpid.analysis;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import nnpid.estimation.PermutationBaseline;
import nnpid.estimation.SubsetRanking;

/**
 * What one of several runs finds out about a layer whose shuffles and ranked subsets they share.
 *
 * @param shuffled what it has shuffled, if there are shuffles
 * @param ranked what it has ranked, if subsets are
 * @param result all else, in one of the runs; its comparison and its ranking are those of that run
 *     only
 */
public record LayerPart(
    Optional<Shuffled> shuffled, Optional<SubsetRanking.Part> ranked, Optional<LayerResult> result)
    implements Serializable {

  /**
   * Some of the shuffles.
   *
   * @param observed what the layer itself has for a comparison with them: the same in every run
   */
  public record Shuffled(PermutationBaseline.Figures observed, PermutationBaseline.Part shuffles)
      implements Serializable {}

  /**
   * Numbered pieces in a row.
   *
   * @param first number of the first, from 0
   * @param count may be 0
   */
  public record Pieces(int first, int count) {}

  /**
   * The part of a run.
   *
   * @param shuffles which of them
   * @param subsets which of the ranked ones
   * @param withResult whether this run has the rest of the analysis
   */
  public record Wanted(Pieces shuffles, Pieces subsets, boolean withResult) {}

  /**
   * The result of a single run.
   *
   * @param parts those of all runs, in any order
   * @throws IllegalArgumentException if they are not those of the same layer
   */
  public static LayerResult merge(List<LayerPart> parts) {
    LayerResult result =
        parts.stream()
            .flatMap(part -> part.result().stream())
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("One of the runs is missing."));
    return result.with(
        comparison(parts.stream().flatMap(part -> part.shuffled().stream()).toList()),
        ranking(parts.stream().flatMap(part -> part.ranked().stream()).toList()));
  }

  private static Optional<PermutationBaseline> comparison(List<Shuffled> parts) {
    if (parts.isEmpty()) {
      return Optional.empty();
    }
    PermutationBaseline.Figures observed = parts.get(0).observed();
    if (!parts.stream().allMatch(part -> part.observed().isSame(observed))) {
      throw new IllegalArgumentException("The runs must have the same data: they do not.");
    }
    return Optional.of(
        PermutationBaseline.of(observed, parts.stream().map(Shuffled::shuffles).toList()));
  }

  private static Optional<SubsetRanking> ranking(List<SubsetRanking.Part> parts) {
    return parts.isEmpty() ? Optional.empty() : Optional.of(SubsetRanking.of(parts));
  }
}
