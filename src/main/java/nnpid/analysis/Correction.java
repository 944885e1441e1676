package nnpid.analysis;

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
public record Correction(Finding plugIn, Finding corrected, Support support) {
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

  /** What it means that degrees with information have too little support; nothing if none has. */
  Optional<String> warning() {
    int supported = support.supportedDegree();
    Backbone backbone = plugIn.backbone();
    double whole = backbone.mutualInformation();
    double unsupported = 0;
    for (int degree = supported + 1; degree <= backbone.sourceCount(); degree++) {
      unsupported += Math.abs(backbone.information(degree));
    }
    if (!(unsupported > TELLING * whole) || !backbone.hasRepresentationalComplexity()) {
      return Optional.empty();
    }
    int first = supported + 1;
    return Optional.of(
        String.format(
            Locale.ROOT,
            "Pi_%d%s (%.4f of %.4f bits) rest%s in part on samples that no other sample of their"
                + " class backs: only for %.0f%% of the samples every %s agree%s with another one."
                + " With more samples C would change; it is at least %.4f.",
            first,
            first < backbone.sourceCount() ? " and higher" : "",
            unsupported,
            whole,
            first < backbone.sourceCount() ? "" : "s",
            100 * support.byDegree().get(first - 1),
            first == 1 ? "single source" : first + " sources",
            first == 1 ? "s" : "",
            lowerBound()));
  }
}
