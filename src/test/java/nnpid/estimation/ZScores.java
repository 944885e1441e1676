package nnpid.estimation;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import nnpid.decomposition.Backbone;

/** Deviations of estimates from exact values in standard errors. Not thread-safe. */
final class ZScores {
  /**
   * Standard errors, of C or in bits, that are not to be trusted: they may come from realizations
   * so rare that a run meets few of them. Such deviations are measured against this instead, and do
   * not count for the variance.
   */
  static final double NEGLIGIBLE = 1e-3;

  private final List<Double> ofComplexity = new ArrayList<>();
  private final List<Double> ofDegrees = new ArrayList<>();
  private final List<Double> negligible = new ArrayList<>();
  private final List<Double> negligibleOfDegrees = new ArrayList<>();

  void add(ComplexityEstimate estimate, double complexity, double[] information) {
    Backbone backbone = estimate.backbone();
    add(
        backbone.representationalComplexity() - complexity,
        estimate.standardError(),
        ofComplexity,
        negligible);
    for (int degree = 1; degree <= backbone.sourceCount(); degree++) {
      add(
          backbone.information(degree) - information[degree - 1],
          estimate.standardErrors().get(degree - 1),
          ofDegrees,
          negligibleOfDegrees);
    }
  }

  private static void add(double deviation, double error, List<Double> scores, List<Double> small) {
    (error >= NEGLIGIBLE ? scores : small).add(deviation / Math.max(error, NEGLIGIBLE));
  }

  /** Share of estimates of C within 4 standard errors, or 4 times the negligible. */
  double shareWithin4() {
    return share(ofComplexity, negligible);
  }

  /** The same for the information of all degrees. */
  double shareOfDegreesWithin4() {
    return share(ofDegrees, negligibleOfDegrees);
  }

  private static double share(List<Double> scores, List<Double> small) {
    return Stream.concat(scores.stream(), small.stream())
        .mapToInt(z -> Math.abs(z) <= 4 ? 1 : 0)
        .average()
        .orElseThrow();
  }

  /** The largest score of C, whatever its sign. */
  double largest() {
    return Stream.concat(ofComplexity.stream(), negligible.stream())
        .mapToDouble(Math::abs)
        .max()
        .orElseThrow();
  }

  /** Number of scores of C whose standard error is not negligible. */
  int count() {
    return ofComplexity.size();
  }

  /** Mean of the scores of C. */
  double mean() {
    return mean(ofComplexity);
  }

  /** Variance of the scores of C around 0. */
  double variance() {
    return meanSquare(ofComplexity);
  }

  /** Variance of the scores of all degrees around 0. */
  double varianceOfDegrees() {
    return meanSquare(ofDegrees);
  }

  private static double mean(List<Double> scores) {
    return scores.stream().mapToDouble(z -> z).average().orElseThrow();
  }

  private static double meanSquare(List<Double> scores) {
    return scores.stream().mapToDouble(z -> z * z).average().orElseThrow();
  }

  @Override
  public String toString() {
    return String.format(
        "%d C: mean %.3f, variance %.3f, within 4: %.5f; %d degrees: variance %.3f, within 4: %.5f",
        count(),
        mean(),
        variance(),
        shareWithin4(),
        ofDegrees.size(),
        varianceOfDegrees(),
        shareOfDegreesWithin4());
  }
}
