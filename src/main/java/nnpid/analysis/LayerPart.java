package nnpid.analysis;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import nnpid.estimation.PermutationBaseline;

/**
 * What one of several runs finds out about a layer whose shuffles they share.
 *
 * @param observed what the layer itself has for a comparison with shuffles: the same in every run
 * @param shuffles those of this run
 * @param result all else, in one of the runs; its comparison is with the shuffles of that run only
 */
public record LayerPart(
    PermutationBaseline.Figures observed,
    PermutationBaseline.Part shuffles,
    Optional<LayerResult> result)
    implements Serializable {

  /**
   * The part of a run.
   *
   * @param first number of the first shuffle, from 0
   * @param count number of shuffles, may be 0
   * @param withResult whether this run has the rest of the analysis
   */
  public record Wanted(int first, int count, boolean withResult) {}

  /**
   * The result of a single run.
   *
   * @param parts those of all runs, in any order
   * @throws IllegalArgumentException if they are not those of the same layer
   */
  public static LayerResult merge(List<LayerPart> parts) {
    PermutationBaseline.Figures observed = parts.get(0).observed();
    if (!parts.stream().allMatch(part -> part.observed().isSame(observed))) {
      throw new IllegalArgumentException("The runs must have the same data: they do not.");
    }
    LayerResult result =
        parts.stream()
            .flatMap(part -> part.result().stream())
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("One of the runs is missing."));
    return result.withBaseline(
        PermutationBaseline.of(observed, parts.stream().map(LayerPart::shuffles).toList()));
  }
}
