package nnpid.weka;

import java.util.Optional;
import nnpid.analysis.UnitLevels;
import nnpid.distribution.ActivationNoise;
import nnpid.distribution.LevelRules;
import nnpid.distribution.LimitLearner;
import nnpid.distribution.LimitRule;
import nnpid.distribution.Quantizer;
import nnpid.distribution.Quantizer.Rounding;
import nnpid.distribution.StateColumn;
import nnpid.distribution.UniformDraws;

/** One unit whose activations become levels. Not thread-safe. */
final class LevelColumn implements UnitColumn {
  private final String name;
  private final Optional<Quantizer> quantizer;
  private final UniformDraws.Sequence draws;
  private final ActivationNoise.Source noise;
  private final long rowsBefore;
  private final UnitLevels.Counter counter;
  private final StateColumn.Builder levels;
  private final int missingLevel;
  private final boolean stochastic;
  private long missingCount;

  /**
   * A unit whose limits are known.
   *
   * @param limits the limits; empty if there was no activation to learn them from, so that all are
   *     missing
   * @param how how they were found; empty if that tells nothing
   * @param count number of activations that count
   * @param draws random numbers, one for every activation, whether it counts or not
   * @param rowsBefore number of rows that a filter would have had before the first one
   * @throws IllegalArgumentException if the limits are too far apart
   */
  LevelColumn(
      String name,
      LevelRules rules,
      Optional<LimitRule.Limits> limits,
      Optional<LimitRule> how,
      int count,
      UniformDraws.Sequence draws,
      long rowsBefore) {
    this.name = name;
    this.noise = rules.activationNoise().of(name);
    this.rowsBefore = rowsBefore;
    this.quantizer = limits.map(found -> rules.quantizer(name, found));
    this.draws = draws;
    this.counter =
        new UnitLevels.Counter(
            limits.flatMap(
                found -> how.map(rule -> new UnitLevels.Limits(found.low(), found.high(), rule))),
            rules.levelCount(),
            rules.noise());
    this.levels = new StateColumn.Builder(count, rules.levelCount());
    this.missingLevel = rules.levelCount();
    this.stochastic = rules.rounding() == Rounding.STOCHASTIC;
  }

  /**
   * Shows a learner the activations of some neighboring samples.
   *
   * @param first the first of the samples
   * @param missing whether some may be missing
   * @param weighted whether they count by their weights
   */
  static void learn(
      LimitLearner learner,
      double[] activations,
      int first,
      int count,
      CountingRows rows,
      boolean missing,
      boolean weighted) {
    if (rows.areAll() && !weighted && !missing) {
      learner.addAll(activations, count);
      return;
    }
    for (int i = 0; i < count; i++) {
      if (rows.counts(first + i) && !Double.isNaN(activations[i])) {
        learner.add(activations[i], weighted ? rows.weight(first + i) : 1);
      }
    }
  }

  @Override
  public void take(double[] activations, int first, int count, CountingRows rows) {
    for (int i = 0; i < count; i++) {
      double uniform = stochastic ? draws.next() : 0;
      if (!rows.counts(first + i)) {
        continue;
      }
      if (quantizer.isEmpty() || Double.isNaN(activations[i])) {
        levels.add(missingLevel);
        missingCount++;
      } else {
        int level =
            quantizer.get().quantize(noise.addTo(activations[i], rowsBefore + first + i), uniform);
        levels.add(level);
        counter.add(activations[i], level, rows.weight(first + i));
      }
    }
  }

  @Override
  public StateColumn states() {
    return levels.build();
  }

  @Override
  public long missingCount() {
    return missingCount;
  }

  @Override
  public Optional<UnitLevels> facts() {
    return counter.isEmpty() ? Optional.empty() : Optional.of(counter.of(name));
  }
}
