package nnpid.estimation;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import nnpid.decomposition.Backbone;
import nnpid.decomposition.LeaveOneOut;
import nnpid.decomposition.Support;
import nnpid.distribution.JointDistribution;
import nnpid.execution.Execution;

/**
 * The backbone under I_sx of distributions with few realizations, up to about 20: exact for any
 * number of sources.
 *
 * <p>The coverage identity (see the package description) needs P(X_k &le; x), the probability that
 * all sets of k sources are covered at time x. Where few realizations can arrive, that is a sum
 * over the sets J of those that have arrived: the probability of J counts if its differences have
 * no hitting set of k sources. Then E[E1(w X_k)] = &int; exp(-w x) P(X_k &le; x) dx / x is a single
 * integral of positive terms, with an error in the last digits only.
 */
public final class FewRealizations {
  /** Steps that an exact value of a layer is worth: some seconds on one thread. */
  private static final double WORTHWHILE = 6e9;

  /** More realizations have too many sets, whatever their differences are. */
  private static final int MOST_REALIZATIONS = 1000;

  /** Step of the trapezoidal rule in ln x, see {@link ExtremeAtoms}. */
  private static final double STEP = 0.25;

  /** Both ends of the integral leave out less than this. */
  private static final double NEGLIGIBLE = 1e-19;

  private static final double LN2 = Math.log(2);

  private final JointDistribution distribution;
  private final BitSlicedStates states;
  private final int degrees; // k = 1 to n - 1

  private FewRealizations(JointDistribution distribution) {
    this.distribution = distribution;
    this.states = new BitSlicedStates(distribution);
    this.degrees = distribution.sourceCount() - 1;
  }

  /**
   * The backbone, or nothing if it takes longer than some seconds: at about 20 realizations that
   * differ from one another.
   *
   * @throws java.util.concurrent.CancellationException if the execution is canceled
   */
  public static Optional<Backbone> backbone(JointDistribution distribution, Execution execution) {
    return backbone(distribution, 1, execution);
  }

  /**
   * The backbone, what it is corrected for the bias of the sample (see {@link LeaveOneOut}), and
   * the support of every degree; all exact.
   *
   * @param plugIn as {@link #backbone}
   * @param corrected from the same integrals, with another weight
   */
  public record Both(Backbone plugIn, Backbone corrected, Support support) {}

  /**
   * The same as {@link #backbone}, and corrected.
   *
   * @throws IllegalArgumentException if weights are not numbers of samples
   */
  public static Optional<Both> both(JointDistribution distribution, Execution execution) {
    return both(distribution, 1, execution);
  }

  /** The same where only a part of the effort that one layer is worth is to be spent. */
  public static Optional<Both> both(
      JointDistribution distribution, double part, Execution execution) {
    LeaveOneOut.requirePossible(distribution);
    if (distribution.realizationCount() > MOST_REALIZATIONS) {
      return Optional.empty();
    }
    FewRealizations few = new FewRealizations(distribution);
    return few.expected(part * WORTHWHILE, execution)
        .map(
            expected ->
                new Both(
                    few.plugIn(expected),
                    Backbone.ofInaccessible(
                        LeaveOneOut.mutualInformation(distribution),
                        LeaveOneOut.entropySources(distribution),
                        few.average(expected, 0, Expected::corrected),
                        few.average(expected, 1, Expected::corrected)),
                    few.support(expected)));
  }

  /**
   * The same where only a part of those seconds is to be spent. The steps are 2 to the number of
   * realizations that differ from one, times some hundred, for each.
   *
   * @param part of the effort that one layer is worth; positive
   */
  public static Optional<Backbone> backbone(
      JointDistribution distribution, double part, Execution execution) {
    requireNonNull(distribution, "distribution");
    return distribution.realizationCount() > MOST_REALIZATIONS
        ? Optional.empty()
        : new FewRealizations(distribution).plugIn(part * WORTHWHILE, execution);
  }

  private Optional<Backbone> plugIn(double mostSteps, Execution execution) {
    return expected(mostSteps, execution).map(this::plugIn);
  }

  private Backbone plugIn(List<Expected> expected) {
    return Backbone.ofInaccessible(
        distribution.mutualInformation(),
        distribution.entropySources(),
        average(expected, 0, Expected::plugIn),
        average(expected, 1, Expected::plugIn));
  }

  /** Of every realization without, then with its target. */
  private Optional<List<Expected>> expected(double mostSteps, Execution execution) {
    List<Waiting> all = new ArrayList<>();
    double steps = 0;
    for (int r = 0; r < distribution.realizationCount(); r++) {
      for (boolean targetOnly : new boolean[] {false, true}) {
        Waiting waiting = waiting(r, targetOnly);
        all.add(waiting);
        steps += waiting.steps();
        if (steps > mostSteps) {
          return Optional.empty();
        }
      }
    }
    Expected[] expected = new Expected[all.size()];
    execution.forEach(
        expected.length, i -> expected[i] = all.get(i).expectedSurprisals(degrees, execution));
    return Optional.of(List.of(expected));
  }

  /** Over the realizations, in bits; the informative part is 0, the misinformative 1. */
  private double[] average(
      List<Expected> expected, int part, Function<Expected, List<Double>> values) {
    double[] result = new double[degrees];
    for (int k = 0; k < degrees; k++) {
      for (int r = 0; r < distribution.realizationCount(); r++) {
        result[k] += distribution.weight(r) * values.apply(expected.get(2 * r + part)).get(k);
      }
      result[k] /= distribution.totalWeight() * LN2;
    }
    return result;
  }

  private Support support(List<Expected> expected) {
    double[] supported = new double[degrees + 1];
    for (int r = 0; r < distribution.realizationCount(); r++) {
      int degree = expected.get(2 * r + 1).supportedDegree();
      for (int k = 0; k < Math.min(degree, supported.length); k++) {
        supported[k] += distribution.weight(r) / distribution.totalWeight();
      }
    }
    return new Support(Arrays.stream(supported).map(s -> Math.min(1, s)).boxed().toList());
  }

  /**
   * Of one reference.
   *
   * @param plugIn E[E1(w X_k)] for k = 1, 2, ...
   * @param corrected the same corrected
   * @param supportedDegree so many sources agree with another sample, whichever they are
   */
  private record Expected(List<Double> plugIn, List<Double> corrected, int supportedDegree) {}

  /** What the reference r waits for; realizations with the same difference arrive as one. */
  private Waiting waiting(int r, boolean targetOnly) {
    Map<List<Long>, Double> rates = new LinkedHashMap<>();
    double own = 0;
    long[] difference = new long[(distribution.sourceCount() + 63) >>> 6];
    for (int other = 0; other < distribution.realizationCount(); other++) {
      if (targetOnly && distribution.targetState(other) != distribution.targetState(r)) {
        continue;
      }
      states.difference(r, other, difference);
      int differing = Arrays.stream(difference).mapToInt(Long::bitCount).sum();
      if (differing == 0) {
        own += distribution.weight(other);
      } else if (differing <= degrees) { // one that agrees on nothing covers nothing
        rates.merge(
            Arrays.stream(difference).boxed().toList(), distribution.weight(other), Double::sum);
      }
    }
    return new Waiting(own, List.copyOf(rates.values()), List.copyOf(rates.keySet()));
  }

  /**
   * A reference and what can arrive.
   *
   * @param own the weight of the reference's own sources
   * @param rates by arrival
   * @param differences by arrival: the sources that it does not agree on, as bits
   */
  private record Waiting(double own, List<Double> rates, List<List<Long>> differences) {
    int arrivalCount() {
      return rates.size();
    }

    private double lowest() {
      return Math.log(NEGLIGIBLE / rates.stream().mapToDouble(rate -> rate).sum());
    }

    private double highest() {
      return Math.log(-Math.log(NEGLIGIBLE) / own);
    }

    double steps() {
      return arrivalCount() == 0
          ? 0
          : Math.scalb((highest() - lowest()) / STEP, Math.min(1000, arrivalCount()));
    }

    Expected expectedSurprisals(int degrees, Execution execution) {
      double[] plugIn = new double[degrees];
      double[] corrected = new double[degrees];
      int coverable = 0;
      if (arrivalCount() > 0) {
        byte[] hitting = hittingNumbers();
        coverable = hitting[hitting.length - 1] - 1;
        double[] probabilities = new double[hitting.length]; // of sets of arrivals
        double[] covered = new double[degrees];
        for (double x = lowest(); x < highest(); x += STEP) {
          execution.checkCanceled();
          double time = Math.exp(x);
          setCovered(time, hitting, probabilities, covered);
          // In ln x: dx / x, and dx / (1 - exp(-x)).
          double weight = time / -Math.expm1(-time);
          for (int k = 0; k < degrees; k++) {
            plugIn[k] += covered[k];
            corrected[k] += weight * covered[k];
          }
        }
      }
      return new Expected(
          Arrays.stream(plugIn).boxed().toList(),
          Arrays.stream(corrected).boxed().toList(),
          own > 1 ? Integer.MAX_VALUE : coverable);
    }

    /** Step times exp(-w x) P(X_k &lt;= x) at a time x, for k = 1, 2, ... */
    private void setCovered(double time, byte[] hitting, double[] probabilities, double[] covered) {
      probabilities[0] = STEP * Math.exp(-own * time);
      for (int arrival = 0; arrival < arrivalCount(); arrival++) {
        int half = 1 << arrival;
        double arrived = -Math.expm1(-rates.get(arrival) * time);
        double missing = Math.exp(-rates.get(arrival) * time);
        for (int set = 0; set < half; set++) {
          probabilities[half + set] = arrived * probabilities[set];
          probabilities[set] *= missing;
        }
      }
      double[] byNumber = new double[arrivalCount() + 1];
      for (int set = 0; set < hitting.length; set++) {
        byNumber[hitting[set]] += probabilities[set];
      }
      Arrays.fill(covered, 0);
      double sum = 0;
      for (int number = byNumber.length - 1; number > 1; number--) {
        sum += byNumber[number];
        if (number - 1 <= covered.length) {
          covered[number - 2] = sum;
        }
      }
    }

    /** For every set of arrivals: the size of the smallest hitting set of its differences. */
    private byte[] hittingNumbers() {
      long[][] hits = candidates();
      byte[] numbers = new byte[1 << arrivalCount()];
      for (int set = 1; set < numbers.length; set++) {
        int fewest = Byte.MAX_VALUE;
        for (long hit : hits[Integer.numberOfTrailingZeros(set)]) {
          fewest = Math.min(fewest, numbers[set & ~(int) hit]);
        }
        numbers[set] = (byte) (fewest + 1);
      }
      return numbers;
    }

    /** For every arrival: what the sources in its difference hit from there on, at most. */
    private long[][] candidates() {
      long[][] candidates = new long[arrivalCount()][];
      for (int arrival = 0; arrival < candidates.length; arrival++) {
        int first = arrival;
        long[] different =
            IntStream.range(0, differences.get(0).size() << 6)
                .filter(source -> differs(first, source))
                .mapToLong(source -> hitFrom(first, source))
                .distinct()
                .toArray();
        candidates[arrival] =
            Arrays.stream(different)
                .filter(a -> Arrays.stream(different).noneMatch(b -> a != b && (a & ~b) == 0))
                .toArray();
      }
      return candidates;
    }

    private boolean differs(int arrival, int source) {
      return (differences.get(arrival).get(source >>> 6) >>> source & 1) == 1;
    }

    private long hitFrom(int first, int source) {
      return IntStream.range(first, arrivalCount())
          .filter(arrival -> differs(arrival, source))
          .mapToLong(arrival -> 1L << arrival)
          .sum();
    }
  }
}
