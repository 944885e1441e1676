package nnpid.estimation;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.ToDoubleFunction;
import nnpid.decomposition.Backbone;
import nnpid.distribution.JointDistribution;
import nnpid.estimation.ComplexityEstimate.Bounds;
import nnpid.execution.Execution;
import nnpid.execution.ProgressReports;
import nnpid.execution.RandomStreams;

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

  /** So many there are even if the time is used up. */
  private static final int LEAST_BATCHES_OUT_OF_TIME = 4;

  /**
   * What so many replicates may miss without noticing, as a part of the whole: an event that one of
   * them would have met, of this size.
   */
  static final double UNNOTICED = 0.1;

  private static final double LN2 = Math.log(2);

  /** Drawing and sorting arrivals can take longer than many searches among them. */
  private static final int REFERENCES_PER_BATCH = 16;

  /** So few realizations are drawn and sorted for every reference anew. */
  private static final int CHEAP_ORDER = 128;

  private final int sourceCount;
  private final JointDistribution distribution; // of the distinct sources
  private final CoverageSettings settings;
  private final BitSlicedStates states;
  private final double mutualInformation;
  private final double informativeInformation; // I+ of all sources together is their entropy
  private final int degrees; // k = 1 to n - 1
  private final References references;
  private final Optional<double[]> exactMissing; // I+ - V+_1 and I- - V-_1

  private CoverageEstimator(JointDistribution given, CoverageSettings settings) {
    this.sourceCount = given.sourceCount();
    this.distribution = distinct(given);
    this.settings = settings;
    this.states = new BitSlicedStates(distribution);
    this.mutualInformation = distribution.mutualInformation();
    this.informativeInformation = distribution.entropySources();
    this.degrees = distribution.sourceCount() - 1;
    this.references = new References(distribution);
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
   * @throws ArithmeticException if the numbers contradict themselves; no such result is returned
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
    mostBatches = Math.max(LEAST_BATCHES, mostBatches);
    List<Batch> batches = new ArrayList<>();
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
      ComplexityEstimate estimate = summarize(batches, ComplexityEstimate.End.PRECISE);
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
    SampleMean carried = mean(batches, batch -> batch.information);
    return carried.value() > 0.9 * mutualInformation
        || carried.value() + 4 * carried.standardError() > mutualInformation;
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
            if (first + i < LEAST_BATCHES_OUT_OF_TIME
                || secondsSince(start) < settings.timeLimitSeconds()) {
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
    ArrivalOrder shared = ArrivalOrder.draw(distribution, states, random);
    boolean drawsForEach = distribution.realizationCount() <= CHEAP_ORDER;
    double[][] missing = new double[4][degrees];
    int unresolved = 0;
    double information = 0;
    for (double quantile : References.quantiles(REFERENCES_PER_BATCH, random)) {
      execution.checkCanceled();
      int realization = references.at(quantile);
      ArrivalOrder arrivals =
          drawsForEach ? ArrivalOrder.draw(distribution, states, random) : shared;
      ArrivalOrder.Reference reference = arrivals.new Reference(realization);
      double scale = references.weight(realization) / (REFERENCES_PER_BATCH * LN2);
      boolean informativeResolved =
          reference.addExpectedSurprisals(
              false, settings.nodeBudget(), scale, missing[0], missing[1]);
      boolean misinformativeResolved =
          reference.addExpectedSurprisals(
              true, settings.nodeBudget(), scale, missing[2], missing[3]);
      unresolved += informativeResolved && misinformativeResolved ? 0 : 1;
      information += scale * references.pointwiseInformation(realization);
    }
    return new Batch(missing[0], missing[1], missing[2], missing[3], information, unresolved);
  }

  private ComplexityEstimate summarize(List<Batch> drawn, ComplexityEstimate.End end) {
    long unresolved = drawn.stream().mapToLong(batch -> batch.unresolved).sum();
    double unseen = unseen(drawn);
    List<Batch> batches = exactMissing.map(exact -> corrected(drawn, exact)).orElse(drawn);
    // Degrees beyond the number of distinct sources have no information.
    double[] informative = new double[sourceCount];
    double[] misinformative = new double[sourceCount];
    List<Double> standardErrors = new ArrayList<>();
    for (int degree = 1; degree <= degrees + 1; degree++) {
      int k = degree - 1;
      boolean known = batches.stream().allMatch(batch -> batch.isExact(k - 1) && batch.isExact(k));
      SampleMean informativeMean =
          mean(batches, b -> b.informative(k - 1, informativeInformation) - b.informative(k, 0));
      SampleMean misinformativeMean =
          mean(
              batches,
              b ->
                  b.misinformative(k - 1, informativeInformation - mutualInformation)
                      - b.misinformative(k, 0));
      SampleMean mean =
          mean(
              batches,
              b ->
                  b.informative(k - 1, mutualInformation)
                      - b.misinformative(k - 1, 0)
                      - b.informative(k, 0)
                      + b.misinformative(k, 0));
      informative[k] = known ? informativeMean.value() : Double.NaN;
      misinformative[k] = known ? misinformativeMean.value() : Double.NaN;
      boolean exact = degree == 1 && exactMissing.isPresent();
      double error = exact ? 0 : Math.hypot(mean.standardError(), unseen);
      standardErrors.add(known ? error : Double.NaN);
      if (known) {
        requirePossible(informativeMean, informativeInformation, unseen);
        requirePossible(misinformativeMean, informativeInformation - mutualInformation, unseen);
      }
    }
    for (int degree = degrees + 2; degree <= sourceCount; degree++) {
      standardErrors.add(0.0);
    }
    Backbone backbone = Backbone.ofParts(mutualInformation, informative, misinformative);
    SampleMean complexity = mean(batches, Batch::synergy);
    SampleMean lower = mean(batches, Batch::lowestSynergy);
    SampleMean upper = mean(batches, Batch::highestSynergy);
    return new ComplexityEstimate(
        backbone,
        unresolved == 0 && backbone.hasRepresentationalComplexity()
            ? Math.hypot(complexity.standardError(), unseen) / mutualInformation
            : Double.NaN,
        standardErrors,
        (long) batches.size() * REFERENCES_PER_BATCH,
        unresolved == 0
            ? Optional.empty()
            : Optional.of(
                new Bounds(
                    1 + lower.value() / mutualInformation,
                    Math.hypot(lower.standardError(), unseen) / mutualInformation,
                    1 + upper.value() / mutualInformation,
                    Math.hypot(upper.standardError(), unseen) / mutualInformation,
                    unresolved)),
        end);
  }

  private static SampleMean mean(List<Batch> batches, ToDoubleFunction<Batch> quantity) {
    return SampleMean.of(values(batches, quantity));
  }

  private static double[] values(List<Batch> batches, ToDoubleFunction<Batch> quantity) {
    return batches.stream().mapToDouble(quantity).toArray();
  }

  /**
   * The standard error, in bits, of what no batch shows: an event so rare that no replicate met it,
   * and what the parts of V_1 are off beyond their own variation. What is missing for more sources
   * is at most that for one.
   */
  private double unseen(List<Batch> batches) {
    if (degrees == 0) {
      return 0;
    }
    double unseen =
        UNNOTICED * mutualInformation / ((double) batches.size() * REFERENCES_PER_BATCH);
    if (exactMissing.isPresent()) {
      double[] exact = exactMissing.get();
      SampleMean informative = mean(batches, batch -> batch.informativeUpper[0] - exact[0]);
      SampleMean misinformative = mean(batches, batch -> batch.misinformativeUpper[0] - exact[1]);
      for (SampleMean off : List.of(informative, misinformative)) {
        unseen = Math.hypot(unseen, Math.max(0, Math.abs(off.value()) - 3 * off.standardError()));
      }
    }
    return unseen;
  }

  /** The batches, corrected by how much the parts of their V_1 are off. */
  private List<Batch> corrected(List<Batch> batches, double[] exact) {
    double[][] off = {
      values(batches, batch -> batch.informativeUpper[0] - exact[0]),
      values(batches, batch -> batch.misinformativeUpper[0] - exact[1])
    };
    ControlVariates controls = new ControlVariates(off[0], off[1]);
    double[][][] corrections = new double[degrees][][]; // degree, part, batch
    corrections[0] = off;
    for (int k = 1; k < degrees; k++) {
      int index = k;
      corrections[k] =
          controls.corrections(
              values(batches, batch -> batch.informativeUpper[index]),
              values(batches, batch -> batch.misinformativeUpper[index]));
    }
    List<Batch> corrected = new ArrayList<>();
    for (int i = 0; i < batches.size(); i++) {
      corrected.add(batches.get(i).less(corrections, i));
    }
    return corrected;
  }

  /** Informative and misinformative parts are not negative, and no more than the whole. */
  private void requirePossible(SampleMean part, double whole, double unseen) {
    double tolerance =
        1e-9 * (1 + informativeInformation) + 10 * Math.hypot(part.standardError(), unseen);
    if (!(part.value() >= -tolerance && part.value() <= whole + tolerance)) {
      throw new ArithmeticException(
          String.format(
              Locale.ROOT,
              "The coverage estimator's result (%s of %s bits) must be from none to all: it is"
                  + " wrong.%nMaybe report this with the data; weights of very different size may"
                  + " be the cause.",
              part.value(),
              whole));
    }
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
    private final double information; // mean of the references' own
    private final int unresolved;

    Batch(
        double[] informativeLower,
        double[] informativeUpper,
        double[] misinformativeLower,
        double[] misinformativeUpper,
        double information,
        int unresolved) {
      this.informativeLower = informativeLower;
      this.informativeUpper = informativeUpper;
      this.misinformativeLower = misinformativeLower;
      this.misinformativeUpper = misinformativeUpper;
      this.information = information;
      this.unresolved = unresolved;
    }

    /** This batch, corrected: both bounds by the same. */
    Batch less(double[][][] corrections, int batch) {
      return new Batch(
          less(informativeLower, corrections, 0, batch),
          less(informativeUpper, corrections, 0, batch),
          less(misinformativeLower, corrections, 1, batch),
          less(misinformativeUpper, corrections, 1, batch),
          information,
          unresolved);
    }

    private static double[] less(double[] values, double[][][] corrections, int part, int batch) {
      double[] result = values.clone();
      for (int k = 0; k < result.length; k++) {
        result[k] -= corrections[k][part][batch];
      }
      return result;
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
}
