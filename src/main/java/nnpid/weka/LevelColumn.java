package nnpid.weka;

import java.util.Optional;
import nnpid.analysis.UnitLevels;
import nnpid.distribution.LimitLearner;
import nnpid.distribution.LimitRule;
import nnpid.distribution.Quantizer;
import nnpid.distribution.Quantizer.Rounding;
import nnpid.distribution.StateColumn;
import nnpid.weka.UnitQuantizer.ByAttribute.Rules;

/**
 * One unit whose activations become levels, which are all that is kept of them. Not thread-safe.
 */
final class LevelColumn {
  private final String name;
  private final Quantizer quantizer;
  private final UniformDraws.Sequence draws;
  private final UnitLevels.Counter counter;
  private final StateColumn.Builder levels;

  /**
   * A unit whose limits are known.
   *
   * @param limits the limits
   * @param how how they were found; empty if that tells nothing
   * @param count number of activations that count
   * @param draws random numbers, one for every activation, whether it counts or not
   * @throws IllegalArgumentException if the limits are too far apart
   */
  LevelColumn(
      String name,
      Rules rules,
      LimitRule.Limits limits,
      Optional<LimitRule> how,
      int count,
      UniformDraws.Sequence draws) {
    if (Double.isInfinite(limits.high() - limits.low())) {
      throw new IllegalArgumentException(
          ("Attribute \"%s\" has values from %s to %s: they must be less than %s apart.\n"
                  + "Maybe the network diverged; else give limits with -limits lo,hi.")
              .formatted(name, limits.low(), limits.high(), Double.MAX_VALUE));
    }
    this.name = name;
    this.quantizer =
        new Quantizer(rules.levelCount(), limits.low(), limits.high(), rules.rounding());
    this.draws = draws;
    this.counter =
        new UnitLevels.Counter(
            how.map(rule -> new UnitLevels.Limits(limits.low(), limits.high(), rule)),
            rules.levelCount());
    this.levels = new StateColumn.Builder(count, rules.levelCount());
  }

  /**
   * Shows a learner the activations of some neighboring samples.
   *
   * @param first the first of the samples
   * @param weighted whether they count by their weights
   */
  static void learn(
      LimitLearner learner,
      double[] activations,
      int first,
      int count,
      CountingRows rows,
      boolean weighted) {
    if (rows.areAll() && !weighted) {
      learner.addAll(activations, count);
      return;
    }
    for (int i = 0; i < count; i++) {
      if (rows.counts(first + i)) {
        learner.add(activations[i], weighted ? rows.weight(first + i) : 1);
      }
    }
  }

  /** Takes the activations of some neighboring samples; these come in their order. */
  void quantize(double[] activations, int first, int count, CountingRows rows) {
    boolean stochastic = quantizer.rounding() == Rounding.STOCHASTIC;
    for (int i = 0; i < count; i++) {
      double uniform = stochastic ? draws.next() : 0;
      if (rows.counts(first + i)) {
        int level = quantizer.quantize(activations[i], uniform);
        levels.add(level);
        counter.add(activations[i], level, rows.weight(first + i));
      }
    }
  }

  /** The levels; no more may be added. */
  StateColumn levels() {
    return levels.build();
  }

  /** How the unit became levels. */
  UnitLevels facts() {
    return counter.of(name);
  }
}
