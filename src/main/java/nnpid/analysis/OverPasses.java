package nnpid.analysis;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import nnpid.decomposition.Backbone;
import nnpid.decomposition.BothValues;
import nnpid.decomposition.PartialInformationDecomposition;
import nnpid.decomposition.PartialInformationDecomposition.TargetState;
import nnpid.decomposition.Support;
import nnpid.decomposition.Values;
import nnpid.distribution.SampledDistribution;
import nnpid.estimation.ComplexityEstimate;
import nnpid.execution.Execution;

/**
 * Corrected values of samples that went through a network several times. The correction takes
 * samples for independent, which the passes of one sample are not; those of one pass are. So each
 * pass is corrected on its own, and the mean over passes is told: it has the same expected value,
 * and is less noisy. Plug-in values are those of all passes together.
 */
final class OverPasses {
  private OverPasses() {}

  /**
   * Something of every pass.
   *
   * @param analysis is given a pass and the execution for it
   */
  static <T> List<T> each(
      SampledDistribution samples,
      BiFunction<SampledDistribution, Execution, T> analysis,
      Execution execution) {
    List<T> all = new ArrayList<>();
    double count = samples.passCount();
    for (int pass = 0; pass < count; pass++) {
      all.add(analysis.apply(samples.pass(pass), execution.step(pass / count, (pass + 1) / count)));
    }
    return all;
  }

  /**
   * What the sources tell about every state of the target.
   *
   * @param values which of them the decompositions are of
   */
  static List<TargetState> targetStates(
      SampledDistribution samples, Values values, Execution execution) {
    List<TargetState> plugIn =
        PartialInformationDecomposition.ofTargetStates(
            samples.distribution(), execution.step(0, 0.5));
    List<List<TargetState>> passes =
        each(
            samples,
            (pass, step) ->
                PartialInformationDecomposition.ofTargetStates(
                    pass.distribution(), Values.CORRECTED, step),
            execution.step(0.5, 1));
    return IntStream.range(0, plugIn.size())
        .mapToObj(
            state -> {
              TargetState all = plugIn.get(state);
              PartialInformationDecomposition corrected =
                  PartialInformationDecomposition.mean(
                      passes.stream().map(pass -> pass.get(state).decomposition()).toList());
              return new TargetState(
                  all.targetState(),
                  all.probability(),
                  values == Values.CORRECTED ? corrected : all.decomposition(),
                  Optional.of(
                      new BothValues<>(all.decomposition().backbone(), corrected.backbone())));
            })
        .toList();
  }

  /**
   * Plug-in values of all passes together, with corrected ones.
   *
   * @param passes the same of every pass
   */
  static Correction correction(Finding plugIn, List<Correction> passes) {
    return new Correction(
        plugIn, corrected(passes), Support.mean(passes.stream().map(Correction::support).toList()));
  }

  /** The corrected values of all passes, which are of the same kind: their mean. */
  static Finding corrected(List<Correction> ofPasses) {
    List<Finding> passes = ofPasses.stream().map(Correction::corrected).toList();
    List<PartialInformationDecomposition> decompositions =
        passes.stream().map(Finding::decomposition).flatMap(Optional::stream).toList();
    if (decompositions.size() == passes.size()) {
      return new Finding.Decomposed(PartialInformationDecomposition.mean(decompositions));
    }
    List<Finding.Estimated> estimates =
        passes.stream()
            .filter(Finding.Estimated.class::isInstance)
            .map(Finding.Estimated.class::cast)
            .toList();
    return estimates.size() == passes.size()
        ? new Finding.Estimated(
            ComplexityEstimate.mean(estimates.stream().map(Finding.Estimated::estimate).toList()),
            estimates.get(0).settings())
        : new Finding.Exact(Backbone.mean(passes.stream().map(Finding::backbone).toList()));
  }
}
