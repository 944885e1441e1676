package nnpid.estimation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import nnpid.decomposition.Backbone;
import nnpid.estimation.ComplexityEstimate.Bounds;

/**
 * From what misses in batches of references to the backbone and C, with standard errors.
 *
 * @param sourceCount number of sources, copies and constants among them
 * @param degrees k = 1 to this are estimated; for more nothing misses
 * @param mutualInformation I(T:S), known exactly
 * @param informativeInformation I+ of all sources together, their entropy
 * @param exactMissing I+ - V+_1 and I- - V-_1, if they are known
 * @param size how much information there may be: of what goes unnoticed by all replicates
 */
record CoverageSummary(
    int sourceCount,
    int degrees,
    double mutualInformation,
    double informativeInformation,
    Optional<double[]> exactMissing,
    double size) {

  /** The same, where the parts of V_1 are known rather than what misses. */
  static CoverageSummary of(
      int sourceCount,
      int degrees,
      double mutualInformation,
      double informativeInformation,
      Optional<double[]> accessible) {
    double[] whole = {informativeInformation, informativeInformation - mutualInformation};
    return new CoverageSummary(
        sourceCount,
        degrees,
        mutualInformation,
        informativeInformation,
        accessible.map(parts -> new double[] {whole[0] - parts[0], whole[1] - parts[1]}),
        mutualInformation);
  }

  /** The same where so much information may go unnoticed, whatever I(T:S) is. */
  CoverageSummary ofSize(double newSize) {
    return new CoverageSummary(
        sourceCount, degrees, mutualInformation, informativeInformation, exactMissing, newSize);
  }

  /**
   * The estimate; it is taken for precise.
   *
   * @param drawn what misses, by batch
   * @param unresolved how many references have an unfinished search
   * @throws ArithmeticException if the numbers contradict themselves
   */
  ComplexityEstimate estimate(List<MissingInformation> drawn, long unresolved) {
    double unseen = unseen(drawn);
    List<MissingInformation> batches =
        exactMissing.map(exact -> adjusted(drawn, exact)).orElse(drawn);
    // Degrees beyond the number of distinct sources have no information.
    double[] informative = new double[sourceCount];
    double[] misinformative = new double[sourceCount];
    List<Double> standardErrors = new ArrayList<>();
    List<Double> accessibleErrors = new ArrayList<>();
    for (int degree = 1; degree <= degrees + 1; degree++) {
      int k = degree - 1;
      boolean known = batches.stream().allMatch(batch -> batch.isExact(k - 1) && batch.isExact(k));
      SampleMean informativeMean =
          mean(batches, b -> b.informative(k - 1, informativeInformation) - b.informative(k, 0));
      SampleMean misinformativeMean =
          mean(
              batches,
              b ->
                  b.misinformative(k - 1, informativeInformation - mutualInformation)
                      - b.misinformative(k, 0));
      SampleMean mean =
          mean(
              batches,
              b ->
                  b.informative(k - 1, mutualInformation)
                      - b.misinformative(k - 1, 0)
                      - b.informative(k, 0)
                      + b.misinformative(k, 0));
      informative[k] = known ? informativeMean.value() : Double.NaN;
      misinformative[k] = known ? misinformativeMean.value() : Double.NaN;
      boolean exact = degree == 1 && exactMissing.isPresent();
      double error = exact ? 0 : Math.hypot(mean.standardError(), unseen);
      standardErrors.add(known ? error : Double.NaN);
      accessibleErrors.add(accessibleError(batches, k, unseen));
      if (known) {
        requirePossible(informativeMean, informativeInformation, unseen);
        requirePossible(misinformativeMean, informativeInformation - mutualInformation, unseen);
      }
    }
    for (int degree = degrees + 2; degree <= sourceCount; degree++) {
      standardErrors.add(0.0);
      accessibleErrors.add(0.0);
    }
    Backbone backbone = Backbone.ofParts(mutualInformation, informative, misinformative);
    SampleMean complexity = mean(batches, MissingInformation::synergy);
    SampleMean lower = mean(batches, MissingInformation::lowestSynergy);
    SampleMean upper = mean(batches, MissingInformation::highestSynergy);
    return new ComplexityEstimate(
        backbone,
        unresolved == 0 && backbone.hasRepresentationalComplexity()
            ? Math.hypot(complexity.standardError(), unseen) / mutualInformation
            : Double.NaN,
        standardErrors,
        accessibleErrors,
        (long) batches.size() * CoverageBatches.REFERENCES_PER_BATCH,
        unresolved == 0
            ? Optional.empty()
            : Optional.of(
                new Bounds(
                    1 + lower.value() / mutualInformation,
                    Math.hypot(lower.standardError(), unseen) / mutualInformation,
                    1 + upper.value() / mutualInformation,
                    Math.hypot(upper.standardError(), unseen) / mutualInformation,
                    unresolved)),
        ComplexityEstimate.End.PRECISE);
  }

  /** Of V_(index + 1), which is I(T:S) less what misses. */
  private double accessibleError(List<MissingInformation> batches, int index, double unseen) {
    if (index >= degrees || (index == 0 && exactMissing.isPresent())) {
      return 0;
    }
    SampleMean missing = mean(batches, b -> b.informative(index, 0) - b.misinformative(index, 0));
    boolean known = batches.stream().allMatch(batch -> batch.isExact(index));
    return known ? Math.hypot(missing.standardError(), unseen) : Double.NaN;
  }

  private static SampleMean mean(
      List<MissingInformation> batches, ToDoubleFunction<MissingInformation> quantity) {
    return SampleMean.of(values(batches, quantity));
  }

  private static double[] values(
      List<MissingInformation> batches, ToDoubleFunction<MissingInformation> quantity) {
    return batches.stream().mapToDouble(quantity).toArray();
  }

  /**
   * The standard error, in bits, of what no batch shows: an event so rare that no replicate met it,
   * and what the parts of V_1 are off beyond their own variation. What is missing for more sources
   * is at most that for one.
   */
  private double unseen(List<MissingInformation> batches) {
    if (degrees == 0) {
      return 0;
    }
    double unseen =
        CoverageEstimator.UNNOTICED
            * size
            / ((double) batches.size() * CoverageBatches.REFERENCES_PER_BATCH);
    if (exactMissing.isPresent()) {
      double[] exact = exactMissing.get();
      SampleMean informative = mean(batches, batch -> batch.informative(0, 0) - exact[0]);
      SampleMean misinformative = mean(batches, batch -> batch.misinformative(0, 0) - exact[1]);
      for (SampleMean off : List.of(informative, misinformative)) {
        unseen = Math.hypot(unseen, Math.max(0, Math.abs(off.value()) - 3 * off.standardError()));
      }
    }
    return unseen;
  }

  /** The batches less what the parts of their V_1 being off tells about the others. */
  private List<MissingInformation> adjusted(List<MissingInformation> batches, double[] exact) {
    double[][] off = {
      values(batches, batch -> batch.informative(0, 0) - exact[0]),
      values(batches, batch -> batch.misinformative(0, 0) - exact[1])
    };
    ControlVariates controls = new ControlVariates(off[0], off[1]);
    double[][][] corrections = new double[degrees][][]; // degree, part, batch
    corrections[0] = off;
    for (int k = 1; k < degrees; k++) {
      int index = k;
      corrections[k] =
          controls.corrections(
              values(batches, batch -> batch.informative(index, 0)),
              values(batches, batch -> batch.misinformative(index, 0)));
    }
    List<MissingInformation> adjusted = new ArrayList<>();
    for (int i = 0; i < batches.size(); i++) {
      adjusted.add(batches.get(i).less(corrections, i));
    }
    return adjusted;
  }

  /** Informative and misinformative parts are not negative, and no more than the whole. */
  private void requirePossible(SampleMean part, double whole, double unseen) {
    double tolerance =
        1e-9 * (1 + informativeInformation) + 10 * Math.hypot(part.standardError(), unseen);
    if (!(part.value() >= -tolerance && part.value() <= whole + tolerance)) {
      throw new ArithmeticException(
          String.format(
              Locale.ROOT,
              "The coverage estimator's result (%s of %s bits) must be from none to all: it is"
                  + " wrong.%nMaybe report this with the data; weights of very different size may"
                  + " be the cause.",
              part.value(),
              whole));
    }
  }
}
