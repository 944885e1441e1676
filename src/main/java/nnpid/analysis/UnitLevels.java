package nnpid.analysis;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import nnpid.distribution.LimitRule;

/**
 * How the activations of one unit became levels, and whether that can be trusted. Only samples that
 * count are considered, by their weights.
 *
 * @param unit name of the unit
 * @param limits between what the levels lie, if the filter tells
 * @param lowest lowest activation
 * @param highest highest activation
 * @param levelCount number of levels that the unit could have
 * @param levelsUsed number of levels that occur
 * @param neighbors the fewest neighboring levels that have 99% of the samples
 * @param outside share of the samples whose activations lie outside the limits
 * @param merging whether different activations have the same level
 * @param noise standard deviation of the noise that was added to activations; 0 for none
 * @param whole whether all activations are whole numbers
 */
public record UnitLevels(
    String unit,
    Optional<Limits> limits,
    double lowest,
    double highest,
    int levelCount,
    int levelsUsed,
    int neighbors,
    double outside,
    boolean merging,
    double noise,
    boolean whole)
    implements Serializable {

  /**
   * Between what the levels of a unit lie.
   *
   * @param low the lower limit
   * @param high the upper one
   * @param rule how they were found
   */
  public record Limits(double low, double high, LimitRule rule) implements Serializable {}

  private static final double NEARLY_ALL = 0.99;
  private static final double FEW = 0.01;

  /** Spans below that share of the magnitude are 1,000 steps of a float or less. */
  private static final double NEGLIGIBLE = 1e-4;

  /** An activation this share of the span beyond a limit was rounded there. */
  private static final double ROUNDING = 1e-6;

  /** Whole numbers that are no farther apart may be levels. */
  private static final double MOST_LEVELS = 64;

  /** Noise above that share of the span takes much of what is inside the limits outside. */
  private static final double MUCH_NOISE = 0.25;

  private static final int MOST_NAMES = 5;

  /**
   * The facts about one unit.
   *
   * @param activations those of the samples that count, none missing, at least one
   * @param levels their levels, below {@code levelCount}
   * @param weights their weights
   * @param noise standard deviation of the noise that was added to activations; 0 for none
   */
  public static UnitLevels of(
      String unit,
      Optional<Limits> limits,
      int levelCount,
      double[] activations,
      int[] levels,
      double[] weights,
      double noise) {
    Counter counter = new Counter(limits, levelCount, noise);
    for (int i = 0; i < levels.length; i++) {
      counter.add(activations[i], levels[i], weights[i]);
    }
    return counter.of(unit);
  }

  /** Finds the facts about a unit from samples that come one after another. Not thread-safe. */
  public static final class Counter implements Serializable {
    private static final long serialVersionUID = 1L;

    private final Optional<Limits> limits;
    private final double from; // what is below was not rounded there
    private final double to;
    private final double[] shares;
    private final double[] first;
    private double lowest = Double.POSITIVE_INFINITY;
    private double highest = Double.NEGATIVE_INFINITY;
    private double outside;
    private double total;
    private boolean merging;
    private final double noise;
    private boolean whole = true;

    /**
     * A counter.
     *
     * @param limits between what the levels lie, if that is known
     * @param levelCount number of levels that the unit could have
     * @param noise standard deviation of the noise that is added to activations; 0 for none
     */
    public Counter(Optional<Limits> limits, int levelCount, double noise) {
      this.limits = limits;
      this.noise = noise;
      double tolerance = limits.map(l -> ROUNDING * (l.high() - l.low())).orElse(0.0);
      this.from = limits.map(l -> l.low() - tolerance).orElse(Double.NEGATIVE_INFINITY);
      this.to = limits.map(l -> l.high() + tolerance).orElse(Double.POSITIVE_INFINITY);
      this.shares = new double[levelCount];
      this.first = new double[levelCount];
    }

    /** Adds a sample that counts and has a value: the activation is that without noise. */
    public void add(double activation, int level, double weight) {
      lowest = Math.min(lowest, activation);
      highest = Math.max(highest, activation);
      if (shares[level] == 0) {
        first[level] = activation;
      }
      merging |= activation != first[level];
      whole &= activation == Math.rint(activation);
      shares[level] += weight;
      total += weight;
      if (activation < from || activation > to) {
        outside += weight;
      }
    }

    /** Adds the samples of a counter of the same limits and levels. */
    public void merge(Counter other) {
      lowest = Math.min(lowest, other.lowest);
      highest = Math.max(highest, other.highest);
      merging |= other.merging;
      whole &= other.whole;
      for (int level = 0; level < shares.length; level++) {
        if (other.shares[level] > 0) {
          merging |= shares[level] > 0 && first[level] != other.first[level];
          first[level] = other.first[level];
          shares[level] += other.shares[level];
        }
      }
      outside += other.outside;
      total += other.total;
    }

    /** Whether there was no sample. */
    public boolean isEmpty() {
      return total == 0;
    }

    /** The facts, of at least one sample. */
    public UnitLevels of(String unit) {
      int used = 0;
      for (double share : shares) {
        used += share > 0 ? 1 : 0;
      }
      return new UnitLevels(
          unit,
          limits,
          lowest,
          highest,
          shares.length,
          used,
          neighbors(shares, NEARLY_ALL * total),
          outside / total,
          merging,
          noise,
          whole);
    }
  }

  /** The least number of neighbors that together have more than {@code wanted}. */
  private static int neighbors(double[] weights, double wanted) {
    int fewest = weights.length;
    int from = 0;
    double sum = 0;
    for (int to = 0; to < weights.length; to++) {
      sum += weights[to];
      for (; from < to && sum - weights[from] > wanted; from++) {
        sum -= weights[from];
      }
      if (sum > wanted) {
        fewest = Math.min(fewest, to - from + 1);
      }
    }
    return fewest;
  }

  /** Whether all samples have the same activation. */
  public boolean isConstant() {
    return lowest == highest;
  }

  private boolean hasGivenLimits() {
    return limits.isPresent() && limits.get().rule() instanceof LimitRule.Given;
  }

  private boolean isExploding() {
    return outside > 0 && limits.isPresent() && limits.get().rule() instanceof LimitRule.Auto;
  }

  private boolean sharesOneLevel() {
    return !isConstant() && neighbors == 1;
  }

  /** As two of eight; where few levels tell all activations apart nothing is lost. */
  private boolean usesFewLevels() {
    return neighbors > 1 && neighbors <= levelCount / 4 && merging;
  }

  private boolean hasNegligibleRange() {
    return !isConstant()
        && !hasGivenLimits()
        && highest - lowest < NEGLIGIBLE * Math.max(Math.abs(lowest), Math.abs(highest));
  }

  private boolean isOftenOutside() {
    return hasGivenLimits() && outside > FEW;
  }

  private boolean mayHaveHadLevels() {
    return noise > 0 && whole && !isConstant() && highest - lowest < MOST_LEVELS;
  }

  private boolean hasMuchNoise() {
    return limits
        .map(l -> l.low() < l.high() && noise > MUCH_NOISE * (l.high() - l.low()))
        .orElse(false);
  }

  /**
   * What makes the levels of units doubtful: one sentence for each kind of doubt, with the number
   * of units and the first names.
   */
  public static List<String> warnings(List<UnitLevels> units) {
    List<String> warnings = new ArrayList<>();
    warn(
        warnings,
        units,
        UnitLevels::isExploding,
        first ->
            String.format(
                Locale.ROOT,
                "values far outside all others (\"%s\" has %s) were left out when the limits"
                    + " were set, and have the outermost levels. Maybe look at those samples; the"
                    + " limits \"data\" of QuantizeActivations take them in.",
                first.unit,
                number(first.extreme())));
    warn(
        warnings,
        units,
        UnitLevels::sharesOneLevel,
        first -> "more than 99% of the samples share one level." + first.narrower());
    warn(
        warnings,
        units,
        UnitLevels::usesFewLevels,
        first ->
            String.format(
                Locale.ROOT,
                "99%% of the samples lie in few neighboring levels (of \"%s\" in %d of %d), so"
                    + " different activations have the same level.%s",
                first.unit,
                first.neighbors,
                first.levelCount,
                first.narrower()));
    warn(
        warnings,
        units,
        UnitLevels::hasNegligibleRange,
        first ->
            String.format(
                Locale.ROOT,
                "the activations hardly differ (those of \"%s\" by %.1e, from %s to %s), and the"
                    + " levels may be those of rounding errors. Maybe leave such units out, or give"
                    + " QuantizeActivations the limits of the activation function, such as"
                    + " \"tanh\".",
                first.unit,
                first.highest - first.lowest,
                first.lowest,
                first.highest));
    warn(
        warnings,
        units,
        UnitLevels::isOftenOutside,
        first ->
            String.format(
                Locale.ROOT,
                "more than 1%% of the samples lie outside the given limits (of \"%s\" %.0f%%:"
                    + " its activations go from %s to %s) and have the outermost levels. Maybe the"
                    + " limits are those of another activation function.",
                first.unit,
                100 * first.outside,
                number(first.lowest),
                number(first.highest)));
    warn(
        warnings,
        units,
        UnitLevels::mayHaveHadLevels,
        first ->
            String.format(
                Locale.ROOT,
                "noise of standard deviation %s was added to whole numbers (those of \"%s\" go from"
                    + " %s to %s), as if they were activations. Maybe they are levels already:"
                    + " leave the noise out, or add it to the activations before they become"
                    + " levels.",
                first.noise,
                first.unit,
                number(first.lowest),
                number(first.highest)));
    warn(
        warnings,
        units,
        UnitLevels::hasMuchNoise,
        first ->
            String.format(
                Locale.ROOT,
                "the noise of standard deviation %s is not small beside the limits (those of"
                    + " \"%s\" are %s), so that many samples have the outermost levels by noise"
                    + " alone. Maybe add less noise, or give QuantizeActivations wider limits, such"
                    + " as \"-6,6\".",
                first.noise,
                first.unit,
                first.limitsText().orElse("")));
    return warnings;
  }

  private static void warn(
      List<String> warnings,
      List<UnitLevels> units,
      Predicate<UnitLevels> doubtful,
      Function<UnitLevels, String> sentence) {
    List<UnitLevels> found = units.stream().filter(doubtful).toList();
    if (!found.isEmpty()) {
      warnings.add(
          names("Unit", found.stream().map(UnitLevels::unit).toList())
              + ": "
              + sentence.apply(found.get(0)));
    }
  }

  /** How many there are, and what the first of them are called: {@code 2 units ("a", "b")}. */
  public static String names(String noun, List<String> names) {
    String listed =
        names.stream().limit(MOST_NAMES).map(n -> '"' + n + '"').collect(Collectors.joining(", "));
    return names.size() == 1
        ? noun + " " + listed
        : String.format(
            Locale.ROOT,
            "%d %ss (%s%s)",
            names.size(),
            noun.toLowerCase(Locale.ROOT),
            listed,
            names.size() > MOST_NAMES ? ", ..." : "");
  }

  private String narrower() {
    return limits.isEmpty()
        ? ""
        : " Maybe such units are hardly ever active; else give QuantizeActivations narrower limits,"
            + " such as \"percentile:1\".";
  }

  /** The activation that is farthest outside the limits. */
  private double extreme() {
    return limits.isEmpty() || highest - limits.get().high() > limits.get().low() - lowest
        ? highest
        : lowest;
  }

  /** Limits for people, in few digits: {@code -0.9987..1}. */
  public Optional<String> limitsText() {
    return limits.map(
        l -> {
          boolean same = l.low != l.high && number(l.low).equals(number(l.high));
          return same ? l.low + ".." + l.high : number(l.low) + ".." + number(l.high);
        });
  }

  /** Four significant digits, without zeros at the end. */
  private static String number(double value) {
    String text = String.format(Locale.ROOT, "%.4g", value == 0 ? 0 : value);
    return text.contains(".") ? text.replaceFirst("\\.?0+(e|$)", "$1") : text;
  }
}
