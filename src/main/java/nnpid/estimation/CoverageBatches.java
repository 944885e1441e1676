package nnpid.estimation;

import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import nnpid.decomposition.EqualHorizon;
import nnpid.distribution.JointDistribution;
import nnpid.execution.Execution;
import nnpid.execution.Job;
import nnpid.execution.RandomStreams;
import org.jspecify.annotations.Nullable;

/**
 * The batches of replicates that an estimate by coverage rests on, see {@link CoverageEstimator}.
 * Every batch has its own random numbers. Immutable.
 */
final class CoverageBatches implements Job<CoverageBatches.Batch> {
  private static final long serialVersionUID = 1L;

  /** Drawing and sorting arrivals can take longer than many searches among them. */
  static final int REFERENCES_PER_BATCH = 16;

  /** So few realizations are drawn and sorted for every reference anew. */
  private static final int CHEAP_ORDER = 128;

  /** The first batches have a little more time: with them there is an estimate, without bounds. */
  private static final double GRACE_SECONDS = 3;

  private static final double LN2 = Math.log(2);

  // Sent in another form, see Sent.
  private final transient JointDistribution distribution;
  private final transient CoverageSettings settings;
  private final transient boolean wantsCorrected;
  private final transient Optional<EqualHorizon> horizon; // only with corrected values
  private final transient BitSlicedStates states;
  private final transient int degrees; // k = 1 to n - 1
  private final transient References references;
  private final transient double[] ofTargets; // weight of its class, for every realization

  private transient volatile double deadline = Double.POSITIVE_INFINITY; // see seconds()

  /**
   * Batches of a distribution whose sources are distinct.
   *
   * @param draws the horizon, if there shall be one
   */
  CoverageBatches(
      JointDistribution distribution,
      CoverageSettings settings,
      boolean wantsCorrected,
      OptionalLong draws) {
    this.distribution = distribution;
    this.settings = settings;
    this.wantsCorrected = wantsCorrected;
    this.horizon =
        draws.isPresent()
            ? Optional.of(EqualHorizon.of(distribution, draws.getAsLong()))
            : Optional.empty();
    this.ofTargets =
        distribution.classWeights(distribution.refineByTarget(distribution.coarsestPartition()));
    this.states = new BitSlicedStates(distribution);
    this.degrees = distribution.sourceCount() - 1;
    this.references = new References(distribution);
  }

  /** What another machine needs; the rest follows. */
  private record Sent(
      JointDistribution distribution,
      CoverageSettings settings,
      boolean wantsCorrected,
      @Nullable Long draws)
      implements Serializable {
    private Object readResolve() {
      return new CoverageBatches(
          distribution,
          settings,
          wantsCorrected,
          draws == null ? OptionalLong.empty() : OptionalLong.of(draws));
    }
  }

  private Object writeReplace() {
    return new Sent(
        distribution, settings, wantsCorrected, horizon.map(EqualHorizon::draws).orElse(null));
  }

  private void readObject(ObjectInputStream in) throws InvalidObjectException {
    throw new InvalidObjectException("Batches are sent in another form.");
  }

  Optional<EqualHorizon> horizon() {
    return horizon;
  }

  BitSlicedStates states() {
    return states;
  }

  /**
   * Lets batches that are not done in time be cut short: their searches end as if they had run out
   * of nodes. Only on this machine: elsewhere time would end them at another place.
   */
  void setTimeLimit(double secondsFromNow) {
    deadline = seconds() + secondsFromNow;
  }

  private static double seconds() {
    return System.nanoTime() / 1e9;
  }

  private boolean isOutOfTime(int index) {
    double more = index < CoverageEstimator.LEAST_BATCHES_OUT_OF_TIME ? GRACE_SECONDS : 0;
    return seconds() >= deadline + more;
  }

  @Override
  public Batch run(int index, Execution execution) {
    SplittableRandom random = RandomStreams.of(settings.seed(), index);
    ArrivalOrder shared = ArrivalOrder.draw(distribution, states, random);
    boolean drawsForEach = distribution.realizationCount() <= CHEAP_ORDER;
    MissingInformation missing = MissingInformation.none(degrees);
    MissingInformation correctedMissing = MissingInformation.none(degrees);
    MissingInformation withinMissing = MissingInformation.none(degrees);
    // A stream of its own: other values stay what they are without a horizon.
    SplittableRandom drawing = RandomStreams.of(~settings.seed(), index);
    double[] supported = new double[degrees];
    int unresolved = 0;
    boolean cut = false;
    double information = 0;
    int[] positions = new int[degrees];
    for (double quantile : References.quantiles(REFERENCES_PER_BATCH, random)) {
      execution.checkCanceled();
      if (index >= CoverageEstimator.LEAST_BATCHES_OUT_OF_TIME && isOutOfTime(index)) {
        cut = true;
        break;
      }
      int realization = references.at(quantile);
      ArrivalOrder arrivals =
          drawsForEach ? ArrivalOrder.draw(distribution, states, random) : shared;
      ArrivalOrder.Reference reference = arrivals.new Reference(realization);
      double weight = references.weight(realization) / REFERENCES_PER_BATCH;
      double scale = weight / LN2;
      boolean resolved = true;
      for (boolean givenTarget : new boolean[] {false, true}) {
        int exact =
            reference.coverPositions(
                givenTarget,
                settings.nodeBudget(),
                () -> execution.isCanceled() || isOutOfTime(index),
                positions);
        resolved &= exact == degrees;
        reference.add(
            positions, exact, false, scale, missing.lower(givenTarget), missing.upper(givenTarget));
        if (wantsCorrected) {
          reference.add(
              positions,
              exact,
              true,
              scale,
              correctedMissing.lower(givenTarget),
              correctedMissing.upper(givenTarget));
          if (horizon.isPresent()) {
            reference.addWithin(
                horizon.get(),
                givenTarget ? ofTargets[realization] : distribution.totalWeight(),
                positions,
                exact,
                scale,
                drawing,
                withinMissing.lower(givenTarget),
                withinMissing.upper(givenTarget));
          }
          if (givenTarget) {
            addSupport(reference, positions, exact, weight, supported);
          }
        }
      }
      unresolved += resolved ? 0 : 1;
      cut |= !resolved && isOutOfTime(index);
      information += scale * references.pointwiseInformation(realization);
    }
    return new Batch(
        missing,
        correctedMissing,
        withinMissing,
        information,
        Arrays.stream(supported).boxed().toList(),
        unresolved,
        cut);
  }

  /** Adds the weight of a reference for all k whose sets are covered within its class. */
  private static void addSupport(
      ArrivalOrder.Reference reference,
      int[] positions,
      int exact,
      double weight,
      double[] supported) {
    for (int k = 0; k < positions.length; k++) {
      boolean covered = k < exact && positions[k] != HittingSets.NEVER;
      supported[k] += reference.ownWeight() > 1 || covered ? weight : 0;
    }
  }

  /**
   * What the references of a batch have shown.
   *
   * @param missing plug-in
   * @param corrected the same corrected; all 0 if only plug-in values are wanted
   * @param within the same at a horizon; all 0 if there is none
   * @param information mean of the references' own
   * @param supported for k = 1, 2, ...: share of references whose k-sets are all covered within the
   *     class, see {@link nnpid.decomposition.Support}
   * @param unresolved how many references have an unfinished search
   * @param cut whether time ended searches, or left references out if there are batches before
   */
  record Batch(
      MissingInformation missing,
      MissingInformation corrected,
      MissingInformation within,
      double information,
      List<Double> supported,
      int unresolved,
      boolean cut)
      implements Serializable {
    private static final long serialVersionUID = 1L;
  }
}
