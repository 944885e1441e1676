package nnpid.estimation;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import nnpid.distribution.JointDistribution;
import nnpid.distribution.Passes;
import nnpid.distribution.SampledDistribution;
import nnpid.distribution.WeightMeaning;

/**
 * Shuffles the targets among samples: the states of the sources and the targets stay what they are,
 * but for who has which. Immutable.
 *
 * <p>Weights that are counts are so many samples, each of which gets a target of its own. Else a
 * row is one sample, and its weight stays with the states of its sources: then shuffled data are as
 * likely as those at hand if the targets do not depend on sources and weights. But weights that are
 * the same within every class, as those that balance classes, go with the targets. All passes of a
 * sample get the same target.
 */
final class TargetShuffle implements Serializable {
  private static final long serialVersionUID = 1L;

  /** From so many samples per cell of the table on, it is drawn cell by cell: that is faster. */
  private static final double SAMPLES_PER_CELL = 64;

  /** Up to here samples are shuffled one by one in any case. */
  private static final double FEW_SAMPLES = 1 << 16;

  /** Above, they are not. */
  private static final double MANY_SAMPLES = 1 << 28;

  private final SampledDistribution sampled;
  private final JointDistribution distribution;
  private final int[] targets; // index -> target state, ascending
  private final int[] targetOf; // realization -> index of its target
  private final int[] firstOf; // states of the sources -> a realization with them
  private final int[] statesOf; // realization -> its states of the sources
  private final int[] samples; // sample -> realization, ascending; empty if drawn cell by cell
  private final double[] weights; // of the samples; empty if all are 1
  private final boolean weightsGoWithTargets;

  TargetShuffle(SampledDistribution sampled) {
    this.sampled = sampled;
    distribution = sampled.distribution();
    int count = distribution.realizationCount();
    targets =
        IntStream.range(0, count).map(distribution::targetState).sorted().distinct().toArray();
    targetOf =
        IntStream.range(0, count)
            .map(r -> Arrays.binarySearch(targets, distribution.targetState(r)))
            .toArray();
    statesOf = distribution.realizationsWithoutTarget();
    firstOf =
        IntStream.range(0, count).filter(r -> r == 0 || statesOf[r] != statesOf[r - 1]).toArray();
    boolean counts = sampled.weightMeaning() == WeightMeaning.COUNTS;
    if (sampled.passes().isPresent()) {
      Passes passes = sampled.passes().get();
      weights = passes.weights();
      samples =
          IntStream.range(0, passes.sampleCount()).map(i -> passes.realization(0, i)).toArray();
    } else {
      weights = counts ? new double[0] : sampled.rowWeights();
      samples = counts ? samplesOfCounts(sampled.size()) : sampled.rowRealizations();
    }
    weightsGoWithTargets = !counts && weightsFollowTargets();
  }

  /** Whether weights go with the targets rather than with the states of the sources. */
  boolean weightsGoWithTargets() {
    return weightsGoWithTargets;
  }

  private int[] samplesOfCounts(double size) {
    double cells = (double) firstOf.length * targets.length;
    if (size > MANY_SAMPLES || size > Math.max(FEW_SAMPLES, SAMPLES_PER_CELL * cells)) {
      return new int[0];
    }
    int[] result = new int[(int) size];
    int next = 0;
    for (int r = 0; r < distribution.realizationCount(); r++) {
      int end = next + (int) distribution.weight(r);
      Arrays.fill(result, next, end, r);
      next = end;
    }
    return result;
  }

  /** Whether they differ, but not within a class. */
  private boolean weightsFollowTargets() {
    double[] ofTarget = new double[targets.length];
    for (int i = 0; i < samples.length; i++) {
      int target = targetOf[samples[i]];
      if (ofTarget[target] != 0 && ofTarget[target] != weights[i]) {
        return false;
      }
      ofTarget[target] = weights[i];
    }
    return Arrays.stream(ofTarget).distinct().count() > 1;
  }

  SampledDistribution shuffle(SplittableRandom random) {
    Optional<Passes> passes = sampled.passes();
    if (passes.isPresent()) {
      return passes.get().withTargetsOf(sampled, targetsFrom(random), weightsGoWithTargets);
    }
    Cells cells = new Cells();
    if (samples.length == 0) {
      drawCells(cells, random);
    } else {
      shuffleSamples(cells, random);
    }
    return SampledDistribution.of(cells.toDistribution(), sampled.weightMeaning());
  }

  /** By sample: whose target it gets. */
  private int[] targetsFrom(SplittableRandom random) {
    int[] from = new int[samples.length];
    for (int i = 0; i < from.length; i++) {
      int other = random.nextInt(i + 1);
      from[i] = from[other];
      from[other] = i;
    }
    return from;
  }

  private void shuffleSamples(Cells cells, SplittableRandom random) {
    int[] from = targetsFrom(random);
    for (int i = 0; i < from.length; i++) {
      cells.moveTo(statesOf[samples[i]]);
      cells.add(
          targetOf[samples[from[i]]],
          weights.length == 0 ? 1 : weights[weightsGoWithTargets ? from[i] : i]);
    }
  }

  /** A random table with the given sums: row by row, each cell given those before. */
  private void drawCells(Cells cells, SplittableRandom random) {
    long[] left = new long[targets.length]; // samples of every target that have no sources yet
    long[] ofStates = new long[firstOf.length];
    for (int r = 0; r < targetOf.length; r++) {
      left[targetOf[r]] += (long) distribution.weight(r);
      ofStates[statesOf[r]] += (long) distribution.weight(r);
    }
    long total = Arrays.stream(left).sum();
    for (int states = 0; states < ofStates.length; states++) {
      cells.moveTo(states);
      long wanted = ofStates[states];
      long others = total;
      for (int target = 0; target < left.length && wanted > 0; target++) {
        others -= left[target];
        long drawn = Hypergeometric.sample(left[target], others, wanted, random);
        left[target] -= drawn;
        wanted -= drawn;
        cells.add(target, (double) drawn);
      }
      total -= ofStates[states];
    }
  }

  /** Collects the weights of cells: those of one row after another. */
  private final class Cells {
    private final double[] row = new double[targets.length];
    private final boolean[] used = new boolean[targets.length];
    private final int[] touched = new int[targets.length];
    private int touchedCount;
    private int states;
    private int size;
    private int[] cellSources = new int[64];
    private int[] cellTargets = new int[64];
    private double[] cellWeights = new double[64];

    void moveTo(int newStates) {
      if (newStates != states) {
        endRow();
        states = newStates;
      }
    }

    void add(int target, double weight) {
      if (weight > 0 && !used[target]) {
        used[target] = true;
        touched[touchedCount++] = target;
      }
      row[target] += weight;
    }

    private void endRow() {
      Arrays.sort(touched, 0, touchedCount);
      for (int i = 0; i < touchedCount; i++) {
        if (size == cellSources.length) {
          cellSources = Arrays.copyOf(cellSources, 2 * size);
          cellTargets = Arrays.copyOf(cellTargets, 2 * size);
          cellWeights = Arrays.copyOf(cellWeights, 2 * size);
        }
        cellSources[size] = firstOf[states];
        cellTargets[size] = targets[touched[i]];
        cellWeights[size++] = row[touched[i]];
        row[touched[i]] = 0;
        used[touched[i]] = false;
      }
      touchedCount = 0;
    }

    JointDistribution toDistribution() {
      endRow();
      return distribution.withTargets(
          Arrays.copyOf(cellSources, size),
          Arrays.copyOf(cellTargets, size),
          Arrays.copyOf(cellWeights, size));
    }
  }
}
