package nnpid.estimation;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.ToDoubleFunction;
import nnpid.decomposition.Backbone;
import nnpid.distribution.JointDistribution;
import nnpid.estimation.ComplexityEstimate.Bounds;
import nnpid.execution.Execution;
import nnpid.execution.RandomStreams;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;

/**
 * Estimates the backbone under I_sx, and with it the representational complexity, of distributions
 * with any number of sources, by the coverage identity (see the package description). The estimates
 * of every V_k and &Pi;_k and of C are unbiased for the given distribution; I(T:S) is exact.
 *
 * <p>Replicates come in batches. A batch draws one order of arrivals and several references from
 * equal strata of the realizations; the means of batches are independent and identically
 * distributed, and give the standard errors. Every batch has its own random numbers, so that the
 * result is the same on any number of threads, unless a time limit ends it. Renaming states or
 * adding copies of sources does not change the arrivals.
 *
 * <p>Where V_1 is cheap to compute, its exact parts are control variates: estimates are corrected
 * by what the batches' own V_1 are off. The coefficients of one half of the batches are used for
 * the other half, which keeps the estimates unbiased.
 */
public final class CoverageEstimator {
  /** Batches before the first look at the standard error. */
  private static final int FIRST_ROUND = 32;

  private static final double LN2 = Math.log(2);

  /** Drawing and sorting arrivals can take longer than many searches among them. */
  private static final int REFERENCES_PER_BATCH = 16;

  private final int sourceCount;
  private final JointDistribution distribution; // of the distinct sources
  private final CoverageSettings settings;
  private final BitSlicedStates states;
  private final double mutualInformation;
  private final double informativeInformation; // I+ of all sources together is their entropy
  private final int degrees; // k = 1 to n - 1
  private final StratifiedRealizations strata;
  private final Optional<double[]> exactMissing; // I+ - V+_1 and I- - V-_1

  private CoverageEstimator(JointDistribution given, CoverageSettings settings) {
    this.sourceCount = given.sourceCount();
    this.distribution = distinct(given);
    this.settings = settings;
    this.states = new BitSlicedStates(distribution);
    this.mutualInformation = distribution.mutualInformation();
    this.informativeInformation = distribution.entropySources();
    this.degrees = distribution.sourceCount() - 1;
    this.strata = new StratifiedRealizations(distribution);
    this.exactMissing =
        degrees > 0 && FirstDegree.isCheap(distribution)
            ? Optional.of(exactMissing(FirstDegree.of(distribution, states)))
            : Optional.empty();
  }

  /**
   * The same without constant sources and copies, which change no V_k: so they cannot change the
   * random numbers either.
   */
  private static JointDistribution distinct(JointDistribution given) {
    List<int[]> sources =
        Arrays.stream(given.distinctSources()).mapToObj(source -> new int[] {source}).toList();
    return sources.isEmpty() ? given : given.groupSources(sources);
  }

  private double[] exactMissing(FirstDegree exact) {
    return new double[] {
      informativeInformation - exact.informative(),
      informativeInformation - mutualInformation - exact.misinformative()
    };
  }

  /**
   * Estimates until the standard error of C is as small as wanted, or the replicates or the time
   * are used up.
   *
   * @throws IllegalArgumentException if the time limit is too short for any standard error
   * @throws CancellationException if the execution is canceled before there is any standard error;
   *     later that ends the estimate with what is done, and leaves the interrupted status set
   */
  public static ComplexityEstimate estimate(
      JointDistribution distribution, CoverageSettings settings, Execution execution) {
    requireNonNull(distribution, "distribution");
    requireNonNull(settings, "settings");
    return new CoverageEstimator(distribution, settings).estimate(execution);
  }

  private ComplexityEstimate estimate(Execution execution) {
    long start = System.nanoTime();
    long mostBatches = (settings.maxReplicates() - 1) / REFERENCES_PER_BATCH + 1;
    // A standard error needs two batches.
    mostBatches = Math.max(2, mostBatches);
    List<Batch> batches = new ArrayList<>();
    double done = 0;
    while (true) {
      int round =
          (int) Math.min(Math.max(FIRST_ROUND, batches.size() / 4), mostBatches - batches.size());
      boolean stopped = runRound(batches, round, start, execution.step(done, done));
      boolean outOfTime = secondsSince(start) >= settings.timeLimitSeconds();
      if (batches.size() < 2) {
        if (stopped) {
          throw new CancellationException("The computation was stopped.");
        }
        throw new IllegalArgumentException(
            String.format(
                "The time limit (%s seconds) must suffice for two batches of %d replicates: it did"
                    + " not.%nMaybe give it more time.",
                settings.timeLimitSeconds(), REFERENCES_PER_BATCH));
      }
      ComplexityEstimate estimate = summarize(batches, !stopped);
      double error =
          estimate
              .bounds()
              .map(b -> Math.max(b.lowerStandardError(), b.upperStandardError()))
              .orElse(estimate.standardError());
      boolean precise = error <= settings.precision();
      boolean undefined = !estimate.backbone().hasRepresentationalComplexity();
      if (stopped || outOfTime || precise || undefined || batches.size() >= mostBatches) {
        execution.progress(1);
        return estimate;
      }
      done =
          Math.max(
              done,
              Math.max(
                  Math.pow(settings.precision() / error, 2),
                  Math.max(
                      batches.size() / (double) mostBatches,
                      secondsSince(start) / settings.timeLimitSeconds())));
      done = Math.min(done, 1);
      execution.progress(done);
    }
  }

  private static double secondsSince(long start) {
    return (System.nanoTime() - start) / 1e9;
  }

  /** Adds up to {@code count} batches, fewer if stopped or out of time; whether it was stopped. */
  private boolean runRound(List<Batch> batches, int count, long start, Execution execution) {
    AtomicReferenceArray<Batch> round = new AtomicReferenceArray<>(count);
    int first = batches.size();
    boolean stopped = false;
    try {
      execution.forEach(
          count,
          i -> {
            if (secondsSince(start) < settings.timeLimitSeconds()) {
              round.set(i, runBatch(first + i, execution));
            }
          });
    } catch (CancellationException e) {
      stopped = true;
    }
    for (int i = 0; i < count && round.get(i) != null; i++) {
      batches.add(round.get(i));
    }
    return stopped;
  }

  private Batch runBatch(int index, Execution execution) {
    SplittableRandom random = RandomStreams.of(settings.seed(), index);
    ArrivalOrder arrivals = ArrivalOrder.draw(distribution, states, random);
    double[][] missing = new double[4][degrees];
    int unresolved = 0;
    for (int i = 0; i < REFERENCES_PER_BATCH; i++) {
      execution.checkCanceled();
      double quantile = (i + random.nextDouble()) / REFERENCES_PER_BATCH;
      ArrivalOrder.Reference reference = arrivals.new Reference(strata.at(quantile));
      boolean informativeResolved =
          reference.addExpectedSurprisals(false, settings.nodeBudget(), missing[0], missing[1]);
      boolean misinformativeResolved =
          reference.addExpectedSurprisals(true, settings.nodeBudget(), missing[2], missing[3]);
      unresolved += informativeResolved && misinformativeResolved ? 0 : 1;
    }
    for (double[] sums : missing) {
      for (int k = 0; k < degrees; k++) {
        sums[k] /= REFERENCES_PER_BATCH * LN2;
      }
    }
    return new Batch(missing[0], missing[1], missing[2], missing[3], unresolved);
  }

  private ComplexityEstimate summarize(List<Batch> batches, boolean complete) {
    long unresolved = batches.stream().mapToLong(batch -> batch.unresolved).sum();
    double[][] corrections = corrections(batches);
    // Degrees beyond the number of distinct sources have no information.
    double[] informative = new double[sourceCount];
    double[] misinformative = new double[sourceCount];
    List<Double> standardErrors = new ArrayList<>();
    for (int degree = 1; degree <= degrees + 1; degree++) {
      int k = degree - 1;
      boolean known = batches.stream().allMatch(batch -> batch.isExact(k - 1) && batch.isExact(k));
      Mean informativeMean =
          new Mean(
              batches,
              corrections,
              b -> b.informative(k - 1, informativeInformation) - b.informative(k, 0));
      Mean misinformativeMean =
          new Mean(
              batches,
              corrections,
              b ->
                  b.misinformative(k - 1, informativeInformation - mutualInformation)
                      - b.misinformative(k, 0));
      Mean mean =
          new Mean(
              batches,
              corrections,
              b ->
                  b.informative(k - 1, mutualInformation)
                      - b.misinformative(k - 1, 0)
                      - b.informative(k, 0)
                      + b.misinformative(k, 0));
      informative[k] = known ? informativeMean.value : Double.NaN;
      misinformative[k] = known ? misinformativeMean.value : Double.NaN;
      standardErrors.add(known ? mean.standardError : Double.NaN);
    }
    for (int degree = degrees + 2; degree <= sourceCount; degree++) {
      standardErrors.add(0.0);
    }
    Backbone backbone = Backbone.ofParts(mutualInformation, informative, misinformative);
    Mean complexity = new Mean(batches, corrections, Batch::synergy);
    Mean lower = new Mean(batches, corrections, Batch::lowestSynergy);
    Mean upper = new Mean(batches, corrections, Batch::highestSynergy);
    return new ComplexityEstimate(
        backbone,
        unresolved == 0 && backbone.hasRepresentationalComplexity()
            ? complexity.standardError / mutualInformation
            : Double.NaN,
        standardErrors,
        (long) batches.size() * REFERENCES_PER_BATCH,
        unresolved == 0
            ? Optional.empty()
            : Optional.of(
                new Bounds(
                    1 + lower.value / mutualInformation,
                    lower.standardError / mutualInformation,
                    1 + upper.value / mutualInformation,
                    upper.standardError / mutualInformation,
                    unresolved)),
        complete);
  }

  /** By how much the parts of V_1 of every batch are off: nothing where V_1 is not known. */
  private double[][] corrections(List<Batch> batches) {
    return exactMissing
        .map(
            exact ->
                batches.stream()
                    .map(
                        batch ->
                            new double[] {
                              batch.informativeUpper[0] - exact[0],
                              batch.misinformativeUpper[0] - exact[1]
                            })
                    .toArray(double[][]::new))
        .orElse(new double[0][]);
  }

  /**
   * Means over references of E1(w X_k) / ln 2 for k = 1, 2, ...: of I+ - V+_k and I- - V-_k, in
   * bits.
   */
  private static final class Batch {
    private final double[] informativeLower;
    private final double[] informativeUpper;
    private final double[] misinformativeLower;
    private final double[] misinformativeUpper;
    private final int unresolved;

    Batch(
        double[] informativeLower,
        double[] informativeUpper,
        double[] misinformativeLower,
        double[] misinformativeUpper,
        int unresolved) {
      this.informativeLower = informativeLower;
      this.informativeUpper = informativeUpper;
      this.misinformativeLower = misinformativeLower;
      this.misinformativeUpper = misinformativeUpper;
      this.unresolved = unresolved;
    }

    /** Index -1 stands for k = 0, and the index past the last for k = n, where nothing misses. */
    boolean isExact(int index) {
      return index < 0
          || index >= informativeLower.length
          || (informativeLower[index] == informativeUpper[index]
              && misinformativeLower[index] == misinformativeUpper[index]);
    }

    double informative(int index, double ofNone) {
      return index < 0 ? ofNone : index < informativeUpper.length ? informativeUpper[index] : 0;
    }

    double misinformative(int index, double ofNone) {
      return index < 0
          ? ofNone
          : index < misinformativeUpper.length ? misinformativeUpper[index] : 0;
    }

    /** The sum of I - V_k over k = 1 to n - 1: (C - 1) I. */
    double synergy() {
      return sum(informativeUpper) - sum(misinformativeUpper);
    }

    double lowestSynergy() {
      return sum(informativeLower) - sum(misinformativeUpper);
    }

    double highestSynergy() {
      return sum(informativeUpper) - sum(misinformativeLower);
    }

    private static double sum(double[] values) {
      double sum = 0;
      for (double value : values) {
        sum += value;
      }
      return sum;
    }
  }

  /** The mean of a quantity over batches, corrected by the control variates, if there are any. */
  private static final class Mean {
    private final double value;
    private final double standardError;

    Mean(List<Batch> batches, double[][] corrections, ToDoubleFunction<Batch> quantity) {
      double[] values = batches.stream().mapToDouble(quantity).toArray();
      double[] corrected = values.clone();
      if (corrections.length > 0) {
        for (int half = 0; half < 2; half++) {
          double[] coefficients = ControlVariates.coefficients(values, corrections, 1 - half);
          for (int i = half; i < values.length; i += 2) {
            corrected[i] -=
                coefficients[0] * corrections[i][0] + coefficients[1] * corrections[i][1];
          }
        }
      }
      SummaryStatistics statistics = new SummaryStatistics();
      for (double x : corrected) {
        statistics.addValue(x);
      }
      value = statistics.getMean();
      standardError = statistics.getStandardDeviation() / Math.sqrt(corrected.length);
    }
  }
}
