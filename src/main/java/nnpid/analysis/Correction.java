package nnpid.analysis;

import java.io.Serializable;
import java.util.Locale;
import java.util.Optional;
import nnpid.decomposition.Backbone;
import nnpid.decomposition.LeaveOneOut;
import nnpid.decomposition.Support;
import nnpid.decomposition.Values;

/**
 * What is known of where the samples come from, rather than of the samples.
 *
 * @param plugIn what was found about the samples
 * @param corrected the same corrected for the bias of the sample, see {@link LeaveOneOut}
 * @param support how much of it rests on several samples
 */
public record Correction(Finding plugIn, Finding corrected, Support support)
    implements Serializable {
  /** Information of unsupported degrees that is worth a warning, as a part of I(T:S). */
  private static final double TELLING = 0.01;

  /** The kind of values. */
  public Finding of(Values values) {
    return values == Values.CORRECTED ? corrected : plugIn;
  }

  /** C of the whole is at least this, whatever more samples would tell; NaN if undefined. */
  public double lowerBound() {
    return support.lowerBound(corrected.backbone());
  }

  /** Whether a part of the information that is worth a word has too little support. */
  boolean isDoubtful(Values values) {
    Backbone backbone = of(values).backbone();
    double unsupported = 0;
    for (int degree = support.supportedDegree() + 1; degree <= backbone.sourceCount(); degree++) {
      unsupported += Math.abs(backbone.information(degree)); // parts may be negative
    }
    return backbone.hasRepresentationalComplexity()
        && unsupported > TELLING * backbone.mutualInformation();
  }

  /** What it means that degrees with information have too little support; nothing if none has. */
  Optional<String> warning(Values values) {
    if (!isDoubtful(values)) {
      return Optional.empty();
    }
    Backbone backbone = of(values).backbone();
    int supported = support.supportedDegree();
    int first = supported + 1;
    boolean last = first == backbone.sourceCount();
    double whole = backbone.mutualInformation();
    double rest = whole - (supported == 0 ? 0 : backbone.accessible(supported));
    String bits =
        supported == 0
            ? String.format(
                Locale.ROOT,
                "All Pi_k, together I(T:S) = %.4f bits, rest in part on samples that no other sample"
                    + " of their class backs: ",
                whole)
            : String.format(
                Locale.ROOT,
                "Pi_%d%s%.4f bits where I(T:S) is %.4f%s, rest%s in part on samples that no other"
                    + " sample of their class backs: ",
                first,
                last ? ", " : " and higher, together ",
                rest,
                whole,
                rest > whole ? " (lower degrees are negative)" : "",
                last ? "s" : "");
    return Optional.of(
        bits
            + String.format(
                Locale.ROOT,
                "only %.1f%% of the samples have, whichever %s read, another sample that agrees."
                    + " With more samples %s C would change",
                100 * support.byDegree().get(first - 1),
                first == 1 ? "source is" : first + " sources are",
                last ? "it and" : "these and")
            + atLeast());
  }

  private String atLeast() {
    if (support.supportedDegree() == 0) {
      return ": no degree of synergy is supported.";
    }
    return Double.isNaN(lowerBound())
        ? "."
        : String.format(
            Locale.ROOT, "; as far as supported degrees tell, C is at least %.4f.", lowerBound());
  }
}
