package nnpid.analysis;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import nnpid.distribution.ActivationNoise;
import nnpid.distribution.LevelRules;
import nnpid.distribution.LimitRule;
import nnpid.distribution.Quantizer;
import nnpid.distribution.Quantizer.Rounding;
import nnpid.distribution.UniformDraws;
import nnpid.network.Architecture;
import nnpid.network.Network;
import nnpid.network.Samples;

/**
 * Makes activations of a network's layers levels, as if they were the columns of a table that is
 * quantized: a unit after the other, layer by layer. Limits are those of the training samples that
 * count. Not thread-safe.
 */
final class NetworkLevels {
  private final LevelRules rules;
  private final Architecture architecture;
  private final Samples train;
  private final Map<Integer, Integer> places = new HashMap<>(); // of the first unit of a layer
  private final int unitCount; // of all layers
  private final Map<Integer, List<LimitRule.Limits>> limits;
  private final boolean limitsAreGiven;

  /**
   * Levels of a checkpoint.
   *
   * @param layers the layers that are analyzed, of which those without levels are quantized
   * @param train samples that set limits
   * @param given limits that were found at another checkpoint, by {@link #limits}
   */
  NetworkLevels(
      LevelRules rules,
      Architecture architecture,
      List<Integer> layers,
      Samples train,
      Optional<Map<Integer, List<LimitRule.Limits>>> given) {
    this.rules = rules;
    this.architecture = architecture;
    this.train = train;
    this.limits = given.orElseGet(HashMap::new);
    this.limitsAreGiven = given.isPresent();
    int count = 0;
    for (int layer : without(architecture, layers)) {
      places.put(layer, count);
      count += architecture.layerSizes().get(layer);
    }
    this.unitCount = count;
  }

  /** The layers that have no levels of their own. */
  static List<Integer> without(Architecture architecture, List<Integer> layers) {
    return layers.stream().filter(layer -> architecture.levelCounts().get(layer) == 0).toList();
  }

  /** The limits of the units of every layer that has been quantized. */
  Map<Integer, List<LimitRule.Limits>> limits() {
    return Map.copyOf(limits);
  }

  /** Quantizes samples, and remembers how that went. */
  final class Quantized implements Network.ActivationQuantizer {
    private final Samples samples;
    private final long rowsBefore;
    private final boolean limitsAreKnown;
    private final Map<Integer, List<UnitLevels>> units = new HashMap<>();

    private Quantized(Samples samples, long rowsBefore, boolean limitsAreKnown) {
      this.samples = samples;
      this.rowsBefore = rowsBefore;
      this.limitsAreKnown = limitsAreKnown;
    }

    /** How the activations of a layer became levels; none if it has levels of its own. */
    List<UnitLevels> units(int layer) {
      return units.getOrDefault(layer, List.of());
    }

    @Override
    public int[][] levels(int layer, double[][] activations) {
      if (!limitsAreKnown) {
        limits.put(layer, learn(activations));
      }
      int[][] levels = new int[activations.length][architecture.layerSizes().get(layer)];
      List<UnitLevels> found = new ArrayList<>();
      List<List<String>> names =
          Layer.numberedUnits(
              TrajectoryAnalysis.layerName(layer), architecture.layerSizes().get(layer));
      for (int unit = 0; unit < names.size(); unit++) {
        found.add(quantize(Layer.sourceName(names.get(unit)), layer, unit, activations, levels));
      }
      units.put(layer, found);
      return levels;
    }

    private UnitLevels quantize(
        String name, int layer, int unit, double[][] activations, int[][] levels) {
      LimitRule.Limits own = requireNonNull(limits.get(layer)).get(unit);
      Quantizer quantizer = rules.quantizer(name, own);
      ActivationNoise.Source noise = rules.activationNoise().of(name);
      UniformDraws.Sequence draws =
          rules
              .draws()
              .from(rowsBefore * unitCount + requireNonNull(places.get(layer)) + unit, unitCount);
      boolean stochastic = rules.rounding() == Rounding.STOCHASTIC;
      UnitLevels.Counter facts =
          new UnitLevels.Counter(told(own), rules.levelCount(), rules.noise());
      for (int sample = 0; sample < activations.length; sample++) {
        double activation = activations[sample][unit];
        levels[sample][unit] =
            quantizer.quantize(
                noise.addTo(activation, rowsBefore + sample), stochastic ? draws.next() : 0);
        if (samples.weight(sample) > 0) {
          facts.add(activation, levels[sample][unit], samples.weight(sample));
        }
      }
      return facts.of(name);
    }

    private Optional<UnitLevels.Limits> told(LimitRule.Limits own) {
      if (!limitsAreKnown) {
        return Optional.of(new UnitLevels.Limits(own.low(), own.high(), rules.limits()));
      }
      return own.low() < own.high()
          ? Optional.of(
              new UnitLevels.Limits(
                  own.low(), own.high(), new LimitRule.Given(own.low(), own.high())))
          : Optional.empty();
    }
  }

  /** The training samples, which come first. */
  Quantized ofTraining() {
    return new Quantized(train, limitsAreGiven ? learnedRows() : rowsToLearn(), limitsAreGiven);
  }

  /** Test samples, after the training samples, by whose limits they are quantized. */
  Quantized ofTest(Samples test) {
    long before = limitsAreGiven ? learnedRows() + train.size() : learnedRows();
    return new Quantized(test, before, true);
  }

  /** A filter first goes through the samples that set limits, if these are not all. */
  private long rowsToLearn() {
    long counting = counting().count();
    return counting == train.size() ? 0 : counting;
  }

  /** How many rows a filter has seen when it knows the limits, and has quantized what it saw. */
  private long learnedRows() {
    return rowsToLearn() + train.size();
  }

  private IntStream counting() {
    return IntStream.range(0, train.size()).filter(sample -> train.weight(sample) > 0);
  }

  private List<LimitRule.Limits> learn(double[][] activations) {
    int[] counting = counting().toArray();
    double[] all = Arrays.stream(counting).mapToDouble(train::weight).toArray();
    double[] weights = Arrays.stream(all).distinct().count() > 1 ? all : new double[0];
    return IntStream.range(0, activations[0].length)
        .mapToObj(
            unit ->
                rules
                    .limits()
                    .of(
                        Arrays.stream(counting)
                            .mapToDouble(sample -> activations[sample][unit])
                            .toArray(),
                        weights))
        .toList();
  }
}
