package nnpid.estimation;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import nnpid.decomposition.Backbone;
import nnpid.decomposition.Measure;
import nnpid.decomposition.Values;
import nnpid.distribution.JointDistribution;
import nnpid.execution.Execution;
import nnpid.execution.RandomStreams;
import nnpid.lattice.UpSetFamily;
import org.jspecify.annotations.Nullable;

/**
 * The backbones of subsets of one layer's sources, each as if there were no other sources, made to
 * be compared.
 *
 * <p>Under I_sx subsets are exact where that takes about as long as an estimate: all those of up to
 * five sources, larger ones if they have few realizations. The others are estimated by the coverage
 * identity (see the package description) with common random numbers: the arrivals are those of the
 * realizations of the whole layer, and the references the same for all subsets. So the errors of
 * two subsets that have most sources in common are much the same too, and their difference is known
 * better than either. Under other measures every subset is exact as far as {@link
 * Backbone#isExact()} says.
 *
 * <p>The result for a subset depends on nothing but the subset. Thread-safe.
 */
public final class SubsetBackbones {
  private static final int REFERENCES_PER_ORDER = 16;

  /** Exact values of subsets with few realizations shall not take longer than estimates do. */
  private static final double EXACT_PART = 0.03;

  /**
   * Redundancies, each of one realization, that exact values are worth: some hundredths of a
   * second, and for every realization of the layer about what its part in an estimate takes. Five
   * sources have 2,109 of them, six 1.1 million.
   */
  private static final double EXACT_REDUNDANCIES = 3e7;

  private static final double EXACT_REDUNDANCIES_PER_REALIZATION = 5000;

  private static final double LN2 = Math.log(2);

  private final JointDistribution layer;
  private final Measure measure;
  private final Values values;
  private final int orderCount;
  private final long seed;
  private @Nullable List<Batch> batches; // made when the first large subset comes

  /**
   * The backbones of subsets of the sources of {@code layer}.
   *
   * @param replicates about how many references to estimate large subsets from, rounded up to whole
   *     batches of 16 with at least eight of them
   * @throws IllegalArgumentException if {@code replicates} is not positive, or there are no such
   *     values
   */
  public SubsetBackbones(
      JointDistribution layer, Measure measure, Values values, int replicates, long seed) {
    if (replicates < 1) {
      throw new IllegalArgumentException(
          "The number of replicates (" + replicates + ") must be at least 1.");
    }
    this.layer = requireNonNull(layer, "layer");
    this.measure = requireNonNull(measure, "measure");
    this.values = requireNonNull(values, "values");
    values.requirePossible(layer, measure);
    this.orderCount =
        Math.max(CoverageEstimator.LEAST_BATCHES, (replicates - 1) / REFERENCES_PER_ORDER + 1);
    this.seed = seed;
  }

  /**
   * The backbone of one subset, exact or an estimate.
   *
   * @param backbone I(T:S) is exact in any case, also corrected
   * @param batches estimates from independent parts of the random numbers, of which {@code
   *     backbone} is the mean; empty where it is exact
   */
  public record Estimate(Backbone backbone, List<Backbone> batches) {
    /** Makes the list immutable. */
    public Estimate {
      batches = List.copyOf(batches);
    }

    /** Whether nothing had to be estimated. */
    public boolean isExact() {
      return batches.isEmpty();
    }

    /**
     * The standard error of a quantity that is linear in the &Pi;_k; 0 where it is exact, and only
     * there.
     */
    public double standardError(ToDoubleFunction<Backbone> quantity) {
      if (isExact()) {
        return 0;
      }
      double[] values = batches.stream().mapToDouble(quantity).toArray();
      double size = Math.max(Math.abs(quantity.applyAsDouble(backbone)), Double.MIN_NORMAL);
      return Math.hypot(
          SampleMean.of(values).standardError(),
          CoverageEstimator.UNNOTICED * size / (values.length * REFERENCES_PER_ORDER));
    }
  }

  /**
   * Whether subsets of that size are estimated rather than computed, unless they have few
   * realizations.
   */
  public boolean isEstimated(int subsetSize) {
    return measure == Measure.SX
        && subsetSize > 0
        && !isCheap(subsetSize, layer.realizationCount());
  }

  private boolean isCheap(int sourceCount, int realizationCount) {
    return sourceCount <= UpSetFamily.MAX_SOURCES
        && (double) realizationCount * UpSetFamily.ofUniformAntichains(sourceCount).size()
            <= EXACT_REDUNDANCIES + EXACT_REDUNDANCIES_PER_REALIZATION * layer.realizationCount();
  }

  /**
   * The backbone of a subset.
   *
   * @param sources source indices in any order, at least one, none twice
   * @throws ArithmeticException if the numbers contradict themselves; no such result is returned
   * @throws java.util.concurrent.CancellationException if the execution is canceled
   */
  public Estimate of(int[] sources, Execution execution) {
    int[] ascending = sources.clone();
    Arrays.sort(ascending);
    JointDistribution subset = subset(ascending);
    if (measure != Measure.SX || isCheap(ascending.length, subset.realizationCount())) {
      return new Estimate(Backbone.of(subset, measure, values, execution), List.of());
    }
    Optional<Backbone> exact =
        values == Values.CORRECTED
            ? FewRealizations.both(subset, EXACT_PART, execution)
                .map(FewRealizations.Both::corrected)
            : FewRealizations.backbone(subset, EXACT_PART, execution);
    if (exact.isPresent()) {
      return new Estimate(exact.get(), List.of());
    }
    double information = values.mutualInformation(subset);
    double entropy = values.entropySources(subset);
    List<Batch> all = batches();
    References references = new References(layer, ascending);
    Backbone[] estimates = new Backbone[all.size()];
    execution.forEach(
        estimates.length,
        i ->
            estimates[i] =
                all.get(i)
                    .estimate(ascending, references, values, information, entropy, execution));
    Backbone mean = mean(information, estimates);
    mean.requireConsistent("the estimate of a subset of sources");
    return new Estimate(mean, List.of(estimates));
  }

  /** The distribution of some sources of the layer and the target. */
  public JointDistribution subset(int... sources) {
    return layer.groupSources(
        Arrays.stream(sources).mapToObj(source -> new int[] {source}).toList());
  }

  private synchronized List<Batch> batches() {
    if (batches == null) {
      BitSlicedStates states = new BitSlicedStates(layer);
      batches = new ArrayList<>();
      for (int i = 0; i < orderCount; i++) {
        batches.add(new Batch(layer, states, RandomStreams.of(seed, i)));
      }
    }
    return batches;
  }

  private static Backbone mean(double information, Backbone[] estimates) {
    double[] informative = new double[estimates[0].sourceCount()];
    double[] misinformative = new double[informative.length];
    for (int k = 0; k < informative.length; k++) {
      for (Backbone estimate : estimates) {
        informative[k] += estimate.informative(k + 1) / estimates.length;
        misinformative[k] += estimate.misinformative(k + 1) / estimates.length;
      }
    }
    return Backbone.ofParts(information, informative, misinformative);
  }

  /** An order of arrivals and the references that wait for them. */
  private static final class Batch {
    private final ArrivalOrder arrivals;
    private final double[] quantiles; // of the references

    Batch(JointDistribution layer, BitSlicedStates states, SplittableRandom random) {
      arrivals = ArrivalOrder.draw(layer, states, random);
      quantiles = References.quantiles(REFERENCES_PER_ORDER, random);
    }

    Backbone estimate(
        int[] sources,
        References references,
        Values values,
        double information,
        double entropy,
        Execution execution) {
      int degrees = sources.length - 1;
      double[] missing = new double[degrees];
      double[] missingGivenTarget = new double[degrees];
      double[] ignored = new double[degrees];
      boolean corrected = values == Values.CORRECTED;
      int[] positions = new int[degrees];
      for (double quantile : quantiles) {
        execution.checkCanceled();
        int realization = references.at(quantile);
        double scale = references.weight(realization) / (REFERENCES_PER_ORDER * LN2);
        ArrivalOrder.Reference reference = arrivals.new Reference(realization, sources);
        int exact = reference.coverPositions(false, Long.MAX_VALUE, () -> false, positions);
        reference.add(positions, exact, corrected, scale, ignored, missing);
        exact = reference.coverPositions(true, Long.MAX_VALUE, () -> false, positions);
        reference.add(positions, exact, corrected, scale, ignored, missingGivenTarget);
      }
      return Backbone.ofInaccessible(information, entropy, missing, missingGivenTarget);
    }
  }
}
