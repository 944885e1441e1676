package nnpid.command;

import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import nnpid.analysis.Method;
import nnpid.coarsegraining.CoarseGrainingSettings;
import nnpid.decomposition.Measure;
import nnpid.distribution.WeightMeaning;

/**
 * Which options have no effect beside what else is chosen, and why, for forms: the command line
 * refuses them with a message of its own.
 */
public final class OptionEffects {
  private static final Set<String> OF_ESTIMATES =
      Set.of("precision", "time-limit", "replicates", "nodes");

  private static final Set<String> OF_THE_SEARCH = Set.of("objective", "steps", "time-limit");

  private static final Set<String> OF_SAMPLES = Set.of("values", "horizon");

  private static final Set<String> WITHOUT_CORRECTION =
      Set.of(Method.SUBSAMPLING.toString(), Method.COARSE_GRAINING.toString());

  private OptionEffects() {}

  /**
   * Why an option has no effect, as a sentence.
   *
   * @param flag of the option
   * @param chosen what is chosen, by flags; empty for what is not known
   * @return empty if the option may have one
   */
  public static Optional<String> obstacle(String flag, UnaryOperator<String> chosen) {
    String method = chosen.apply("method");
    String measure = chosen.apply("measure");
    boolean otherMeasure = !measure.isEmpty() && !measure.equals(Measure.SX.id());
    if (method.equals(Method.COARSE_GRAINING.toString())
        && OF_THE_SEARCH.contains(flag)
        && !chosen.apply("grouping").equals(CoarseGrainingSettings.OPTIMIZE)) {
      return Optional.of(
          "No effect: groups are searched for only if the grouping is "
              + CoarseGrainingSettings.OPTIMIZE
              + ".");
    }
    if (method.equals(Method.AUTO.toString()) && OF_ESTIMATES.contains(flag) && otherMeasure) {
      return Optional.of("No effect: there are estimates under the measure sx only.");
    }
    if (OF_SAMPLES.contains(flag)) {
      if (otherMeasure) {
        return Optional.of("No effect: it is for the measure sx only.");
      }
      if (WITHOUT_CORRECTION.contains(method)) {
        return Optional.of("No effect: it is not for the method " + method + ".");
      }
      if (flag.equals("horizon")
          && chosen.apply("weights-are").equals(WeightMeaning.IMPORTANCE.toString())) {
        return Optional.of("No effect: draws are of samples, so weights must be numbers of them.");
      }
    }
    return Optional.empty();
  }
}
