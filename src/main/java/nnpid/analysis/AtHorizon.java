package nnpid.analysis;

import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import nnpid.decomposition.Backbone;

/**
 * What a certain number of draws of other samples tell: the same for layers and data sets of any
 * size, see {@link nnpid.decomposition.EqualHorizon}.
 *
 * @param draws L, how many
 * @param met share of the samples of which L draws of their class meet the same states of all
 *     sources again, on average
 * @param finding what they tell, exact or estimated
 */
public record AtHorizon(long draws, double met, Finding finding) implements Serializable {
  /** Of fewer, what needs many sources is beyond the horizon, and C would leave it out. */
  private static final double ENOUGH_MET = 0.75;

  /** What V_k may be more than I(T:S) before that counts, as a part of I(T:S). */
  private static final double TELLING = 0.01;

  /** The information by degree of synergy. */
  public Backbone backbone() {
    return finding.backbone();
  }

  /**
   * C of these draws; NaN where it is undefined, or most of what needs many sources is beyond the
   * horizon: then C would leave it out, and be far too small.
   */
  public double complexity() {
    return reaches() ? finding.representationalComplexity() : Double.NaN;
  }

  private boolean reaches() {
    return met >= ENOUGH_MET && richest().isEmpty();
  }

  /** Standard error of {@link #complexity()}; NaN where that is not estimated or not known. */
  public double standardError() {
    return Double.isNaN(complexity()) ? Double.NaN : finding.standardError();
  }

  /** Standard errors of &Pi;_1, &Pi;_2, ...; nothing if they are exact. */
  public Optional<List<Double>> standardErrors() {
    return finding instanceof Finding.Estimated estimated
        ? Optional.of(estimated.estimate().standardErrors())
        : Optional.empty();
  }

  /** V_1, V_2, ...: what is in reach of so many sources read together. */
  public List<Double> accessible() {
    return IntStream.rangeClosed(1, backbone().sourceCount())
        .mapToObj(backbone()::accessible)
        .toList();
  }

  /** Standard errors of V_1, V_2, ...; nothing if they are exact. */
  public Optional<List<Double>> accessibleErrors() {
    return finding instanceof Finding.Estimated estimated
        ? Optional.of(estimated.estimate().accessibleErrors())
        : Optional.empty();
  }

  /** The degree with the largest V_k, if that is clearly more than I(T:S). */
  private Optional<Integer> richest() {
    double whole = backbone().mutualInformation();
    List<Double> accessible = accessible();
    Optional<List<Double>> errors = accessibleErrors();
    int richest = 0;
    for (int k = 0; k < accessible.size(); k++) {
      int index = k;
      double error = errors.map(all -> all.get(index)).orElse(0.0);
      double surplus = accessible.get(k) - whole - TELLING * Math.abs(whole) - 2 * error;
      boolean more = surplus > Backbone.NO_INFORMATION;
      richest =
          more && (richest == 0 || accessible.get(k) > accessible.get(richest - 1))
              ? k + 1
              : richest;
    }
    return richest == 0 ? Optional.empty() : Optional.of(richest);
  }

  /** Why there is no C, if that is for the horizon. */
  Optional<String> warning() {
    if (reaches()) {
      return Optional.empty();
    }
    String more =
        richest()
            .map(
                degree ->
                    String.format(
                        Locale.ROOT,
                        ", and all sources together tell less (%.4f bits) than %d of them (%.4f"
                            + " bits)",
                        backbone().mutualInformation(),
                        degree,
                        backbone().accessible(degree)))
            .orElse("");
    return Optional.of(
        String.format(
            Locale.ROOT,
            "There is no C at the horizon of %d %s: only for %.1f%% of the samples the draws of their"
                + " class meet the same states of all sources again%s. What needs many sources is"
                + " beyond this horizon; V_k of few sources can be compared.",
            draws,
            draws == 1 ? "draw" : "draws",
            100 * met,
            more));
  }
}
