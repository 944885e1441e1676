package nnpid.estimation;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import nnpid.decomposition.EqualHorizon;
import nnpid.decomposition.LeaveOneOut;
import nnpid.decomposition.Support;
import nnpid.distribution.JointDistribution;
import nnpid.estimation.CoverageBatches.Batch;
import nnpid.execution.Execution;
import nnpid.execution.ProgressReports;
import org.apache.commons.math3.stat.StatUtils;

/**
 * Estimates the backbone under I_sx, and with it the representational complexity, of distributions
 * with any number of sources, by the coverage identity (see the package description). The estimates
 * of every V_k and &Pi;_k and of C are unbiased for the given distribution; I(T:S) is exact.
 *
 * <p>Replicates come in batches. A batch draws several references from strata with equal chance
 * (see {@link References}) and one order of arrivals, or one for each if that is cheap; the means
 * of batches are independent and identically distributed, and give the standard errors. Every batch
 * has its own random numbers, so that the result is the same on any number of threads, unless a
 * time limit ends it. Renaming states or adding copies of sources does not change the arrivals.
 *
 * <p>Where V_1 is cheap to compute, its exact parts are control variates (see {@link
 * ControlVariates}): estimates are corrected by what the batches' own V_1 are off. Where these are
 * further off than their own variation explains, all batches lack something rare; the standard
 * errors then grow by as much.
 */
public final class CoverageEstimator {
  /** Batches before the first look at the standard error. */
  private static final int FIRST_ROUND = 32;

  /** Standard errors from fewer batches are worth little. */
  static final int LEAST_BATCHES = 8;

  /** So many there are even if the time is used up, with bounds where searches are not done. */
  static final int LEAST_BATCHES_OUT_OF_TIME = 4;

  /**
   * What so many replicates may miss without noticing, as a part of the whole: an event that one of
   * them would have met, of this size.
   */
  static final double UNNOTICED = 0.1;

  private final JointDistribution distribution; // of the distinct sources
  private final CoverageSettings settings;
  private final CoverageBatches source; // of batches
  private final int degrees; // k = 1 to n - 1
  private final CoverageSummary plugIn;
  private final Optional<CoverageSummary> corrected;
  private final Optional<CoverageSummary> within;

  private CoverageEstimator(
      JointDistribution given,
      CoverageSettings settings,
      boolean wantsCorrected,
      OptionalLong draws) {
    // Constant sources and copies change no V_k: so they must not change the random numbers.
    this.distribution = given.ofDistinctSources();
    this.settings = settings;
    this.source = new CoverageBatches(distribution, settings, wantsCorrected, draws);
    this.degrees = distribution.sourceCount() - 1;
    Optional<EqualHorizon> horizon = source.horizon();
    Optional<FirstDegree> exact =
        degrees > 0 && FirstDegree.isCheap(distribution)
            ? Optional.of(FirstDegree.of(distribution, source.states(), wantsCorrected, horizon))
            : Optional.empty();
    int sourceCount = given.sourceCount();
    this.plugIn =
        CoverageSummary.of(
            sourceCount,
            degrees,
            distribution.mutualInformation(),
            distribution.entropySources(),
            exact.map(one -> new double[] {one.informative(), one.misinformative()}));
    this.corrected =
        wantsCorrected
            ? Optional.of(
                CoverageSummary.of(
                    sourceCount,
                    degrees,
                    LeaveOneOut.mutualInformation(distribution),
                    LeaveOneOut.entropySources(distribution),
                    exact.map(
                        one ->
                            new double[] {
                              one.informativeCorrected(), one.misinformativeCorrected()
                            })))
            : Optional.empty();
    this.within =
        horizon.map(
            end ->
                CoverageSummary.of(
                        sourceCount,
                        degrees,
                        end.mutualInformation(),
                        end.entropySources(),
                        exact.map(
                            one ->
                                new double[] {one.informativeWithin(), one.misinformativeWithin()}))
                    .ofSize(distribution.mutualInformation()));
  }

  /** Is told how an estimate goes on, on its thread. */
  public interface Listener {
    /** Does nothing. */
    Listener NONE = (plugIn, corrected) -> {};

    /**
     * What is known so far, from some hundred replicates on; several times, but not in the end.
     *
     * @param corrected if corrected values are estimated, too
     */
    void estimated(ComplexityEstimate plugIn, Optional<ComplexityEstimate> corrected);
  }

  /**
   * Estimates until the standard error of C is as small as wanted, or the replicates or the time
   * are used up.
   *
   * @throws ArithmeticException if the numbers contradict themselves; no such result is returned
   * @throws CancellationException if the execution is canceled before there is any standard error;
   *     later that ends the estimate with what is done, and leaves the interrupted status set
   */
  public static ComplexityEstimate estimate(
      JointDistribution distribution, CoverageSettings settings, Execution execution) {
    return estimate(distribution, settings, Listener.NONE, execution);
  }

  /** The same; the listener changes nothing. */
  public static ComplexityEstimate estimate(
      JointDistribution distribution,
      CoverageSettings settings,
      Listener listener,
      Execution execution) {
    requireNonNull(distribution, "distribution");
    requireNonNull(settings, "settings");
    return new CoverageEstimator(distribution, settings, false, OptionalLong.empty())
        .estimate(new ArrayList<>(), listener, execution);
  }

  /**
   * Plug-in and corrected values from the same replicates, and the support of every degree. The
   * precision is that of the plug-in C; corrected values have errors of about the same size.
   *
   * @throws IllegalArgumentException if weights are not numbers of samples
   * @throws ArithmeticException as {@link #estimate}
   * @throws CancellationException as {@link #estimate}
   * @see LeaveOneOut
   */
  public static CorrectedEstimate estimateBoth(
      JointDistribution distribution, CoverageSettings settings, Execution execution) {
    return estimateBoth(distribution, OptionalLong.empty(), settings, Listener.NONE, execution);
  }

  /**
   * The same, and at a horizon; that does not change the others.
   *
   * @param draws the horizon, if one is wanted
   * @throws IllegalArgumentException if weights are not numbers of samples, or these have no such
   *     horizon
   * @throws ArithmeticException as {@link #estimate}
   * @throws CancellationException as {@link #estimate}
   * @see EqualHorizon
   */
  public static CorrectedEstimate estimateBoth(
      JointDistribution distribution,
      OptionalLong draws,
      CoverageSettings settings,
      Execution execution) {
    return estimateBoth(distribution, draws, settings, Listener.NONE, execution);
  }

  /** The same; the listener changes nothing. */
  public static CorrectedEstimate estimateBoth(
      JointDistribution distribution,
      OptionalLong draws,
      CoverageSettings settings,
      Listener listener,
      Execution execution) {
    requireNonNull(distribution, "distribution");
    requireNonNull(settings, "settings");
    LeaveOneOut.requirePossible(distribution);
    return new CoverageEstimator(distribution, settings, true, draws)
        .estimateBoth(listener, execution);
  }

  private CorrectedEstimate estimateBoth(Listener listener, Execution execution) {
    List<Batch> batches = new ArrayList<>();
    ComplexityEstimate estimate = estimate(batches, listener, execution);
    ComplexityEstimate correctedEstimate =
        summarize(corrected.orElseThrow(), batches, Batch::corrected).endedBy(estimate.end());
    return new CorrectedEstimate(
        estimate,
        correctedEstimate,
        support(batches),
        within.map(summary -> summarize(summary, batches, Batch::within).endedBy(estimate.end())));
  }

  /**
   * The plug-in estimate.
   *
   * @param batches receives what it rests on
   */
  private ComplexityEstimate estimate(List<Batch> batches, Listener listener, Execution execution) {
    long start = System.nanoTime();
    source.setTimeLimit(settings.timeLimitSeconds());
    long mostBatches = (settings.maxReplicates() - 1) / CoverageBatches.REFERENCES_PER_BATCH + 1;
    mostBatches = Math.max(LEAST_BATCHES, mostBatches);
    double done = 0;
    while (true) {
      int round =
          (int) Math.min(Math.max(FIRST_ROUND, batches.size() / 4), mostBatches - batches.size());
      boolean first = batches.isEmpty();
      boolean stopped = runRound(batches, round, start, execution.step(done, done));
      if (stopped && batches.size() < LEAST_BATCHES_OUT_OF_TIME) {
        throw new CancellationException("The computation was stopped.");
      }
      double seconds = secondsSince(start);
      ComplexityEstimate estimate = summarize(plugIn, batches, Batch::missing);
      double error =
          estimate
              .bounds()
              .map(b -> Math.max(b.lowerStandardError(), b.upperStandardError()))
              .orElse(estimate.standardError());
      boolean precise = error <= settings.precision() && carryTheInformation(batches);
      boolean undefined = !estimate.backbone().hasRepresentationalComplexity();
      if (stopped || undefined || precise) {
        execution.progress(1);
        return stopped ? estimate.endedBy(ComplexityEstimate.End.STOPPED) : estimate;
      }
      if (batches.size() >= mostBatches) {
        execution.progress(1);
        return estimate.endedBy(ComplexityEstimate.End.REPLICATES);
      }
      if (seconds >= settings.timeLimitSeconds()) {
        execution.progress(1);
        return estimate.endedBy(ComplexityEstimate.End.TIME);
      }
      double whole = Math.pow(error / settings.precision(), 2); // of the batches so far
      if (first) {
        tellIfHopeless(seconds, Math.min(whole, mostBatches / (double) batches.size()), execution);
      }
      done =
          Math.max(
              done,
              Math.max(
                  1 / whole,
                  Math.max(
                      batches.size() / (double) mostBatches,
                      seconds / settings.timeLimitSeconds())));
      done = Math.min(done, 1);
      if (listener != Listener.NONE) {
        listener.estimated(
            estimate, corrected.map(summary -> summarize(summary, batches, Batch::corrected)));
      }
      execution.progress(done);
    }
  }

  private void tellIfHopeless(double seconds, double times, Execution execution) {
    if (seconds * times > settings.timeLimitSeconds()) {
      execution.say(
          String.format(
              Locale.ROOT,
              "A standard error of %s would take about %s; the estimate will end at its time limit,"
                  + " after %s.",
              settings.precision(),
              ProgressReports.duration(seconds * times),
              ProgressReports.duration(settings.timeLimitSeconds())));
    }
  }

  /** Whether the references met so far carry as much information as there is. */
  private boolean carryTheInformation(List<Batch> batches) {
    SampleMean carried = SampleMean.of(batches.stream().mapToDouble(Batch::information).toArray());
    double whole = plugIn.mutualInformation();
    return carried.value() > 0.9 * whole || carried.value() + 4 * carried.standardError() > whole;
  }

  private static double secondsSince(long start) {
    return (System.nanoTime() - start) / 1e9;
  }

  /** Adds up to {@code count} batches, fewer if stopped or out of time; whether it was stopped. */
  private boolean runRound(List<Batch> batches, int count, long start, Execution execution) {
    List<Batch> round =
        execution.mapUntil(
            source,
            batches.size(),
            count,
            index ->
                index >= LEAST_BATCHES_OUT_OF_TIME
                    && secondsSince(start) >= settings.timeLimitSeconds());
    for (Batch batch : round) {
      if (batch.cut() && batches.size() >= LEAST_BATCHES_OUT_OF_TIME) {
        break; // those behind it are left out, too: quick ones must not count more often
      }
      batches.add(batch);
    }
    return execution.isCanceled();
  }

  private ComplexityEstimate summarize(
      CoverageSummary summary, List<Batch> batches, Function<Batch, MissingInformation> missing) {
    return summary.estimate(
        batches.stream().map(missing).toList(), batches.stream().mapToInt(Batch::unresolved).sum());
  }

  /** Where all sources agree is known; for fewer the support is no less. */
  private Support support(List<Batch> batches) {
    double[] ofBoth =
        distribution.classWeights(
            distribution.refineByTarget(
                distribution.refine(distribution.coarsestPartition(), 0, degrees + 1)));
    double least = 0;
    for (int r = 0; r < ofBoth.length; r++) {
      least += ofBoth[r] > 1 ? distribution.weight(r) / distribution.totalWeight() : 0;
    }
    List<Double> byDegree = new ArrayList<>();
    for (int degree = 1; degree <= plugIn.sourceCount(); degree++) {
      int k = degree - 1;
      double mean =
          k < degrees
              ? StatUtils.mean(batches.stream().mapToDouble(b -> b.supported().get(k)).toArray())
              : least;
      byDegree.add(Math.min(1, Math.max(least, mean)));
    }
    return new Support(byDegree);
  }
}
