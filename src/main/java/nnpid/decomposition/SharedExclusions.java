package nnpid.decomposition;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import nnpid.distribution.JointDistribution;
import nnpid.execution.Execution;
import nnpid.lattice.UpSetFamily;
import org.jspecify.annotations.Nullable;

/**
 * Redundancy by shared exclusions, I_sx: the kernel of the exact decomposition.
 *
 * <p>The redundancy of source sets a1, ..., am at a realization (s, t) is i+ - i-, with the
 * informative part i+ = -log2 P(S_a1 = s_a1 or ... or S_am = s_am) and the misinformative part i-,
 * the same given T = t. Only agreement sets matter: if q(A) is the probability that another draw
 * agrees with s exactly on the sources A, the probability of the union is the sum of q over the
 * up-set of the antichain {a1, ..., am}.
 *
 * <p>Three things make it fast. All q(A) of a realization come from the 2^n marginals by a Moebius
 * transform. A sum over an up-set is one addition of two sums over up-sets of n - 1 sources, see
 * {@link UpSetFamily}. And one logarithm is taken for a product of dozens of sums: those of
 * realizations with the same weight. Sums of integer weights are exact.
 *
 * @see <a href="https://doi.org/10.1103/PhysRevE.103.032149">Makkeh, Gutknecht and Wibral
 *     (2021)</a>
 */
final class SharedExclusions {
  /** Realizations are processed in blocks of this many, one lane each. */
  private static final int LANES = 8;

  /** A product may grow by this many bits before its logarithm is taken; doubles hold 1023. */
  private static final int PRODUCT_BITS = 1000;

  /**
   * Realizations whose weight is less than 2 to the minus this part of the total are skipped: all
   * their surprisals together are too small to change the average in double precision, and a block
   * of their factors would overflow.
   */
  private static final int NEGLIGIBLE_BITS = 120;

  /** Most numbers of samples whose gap is looked up rather than computed: 512 kB. */
  private static final int GAPS = 1 << 16;

  /** Two of them can be added. */
  private static final int MOST_COUNT = Integer.MAX_VALUE / 2;

  private final UpSetFamily upSets;
  private final int sourceCount;
  private final int[] parent;
  private final int[] smallest;
  private final double[][] agreement; // source mask, realization
  private final Term[] terms; // of the average, by falling weight
  private final int factorsPerLogarithm;
  private final boolean corrected;
  private final double[] gaps; // of small numbers of samples, if corrected; 0 for none
  private final @Nullable EqualHorizon horizon; // of corrected values

  private SharedExclusions(
      JointDistribution distribution,
      double[] evaluationWeights,
      UpSetFamily upSets,
      boolean corrected,
      @Nullable EqualHorizon horizon) {
    this.corrected = corrected;
    this.horizon = horizon;
    this.gaps =
        IntStream.range(0, corrected ? (int) Math.min(GAPS, 1 + distribution.totalWeight()) : 0)
            .mapToDouble(count -> count == 0 ? 0 : LeaveOneOut.gap(count))
            .toArray();
    this.upSets = upSets;
    this.sourceCount = upSets.sourceCount();
    this.parent = new int[upSets.halfCount()];
    this.smallest = new int[upSets.halfCount()];
    for (int half = 1; half < parent.length; half++) {
      parent[half] = upSets.parentOfHalf(half);
      smallest[half] = upSets.smallestOfHalf(half);
    }
    this.agreement = distribution.agreementWeights();
    double negligible = Math.scalb(distribution.totalWeight(), -NEGLIGIBLE_BITS);
    int[] realizations =
        IntStream.range(0, distribution.realizationCount())
            .filter(r -> evaluationWeights[r] > 0 && distribution.weight(r) > negligible)
            .toArray();
    double smallestWeight =
        Arrays.stream(realizations).mapToDouble(distribution::weight).min().orElse(1);
    int factorBits = 2 + Math.getExponent(distribution.totalWeight() / smallestWeight);
    this.factorsPerLogarithm = PRODUCT_BITS / factorBits / LANES * LANES;
    this.terms = cheapestTerms(realizations, evaluationWeights);
  }

  /**
   * For every up-set: the average over realizations of -log2 P(union | T = t), in bits, where the
   * union is that of the agreements on the source sets of the up-set. This is the average
   * misinformative redundancy; for a distribution without target the informative one.
   *
   * @param evaluationWeights what every realization counts in the average, not negative
   */
  static double[] averageSurprisal(
      JointDistribution distribution,
      double[] evaluationWeights,
      UpSetFamily upSets,
      Execution execution) {
    return averageSurprisals(distribution, evaluationWeights, upSets, false, execution).plugIn();
  }

  /**
   * The same, and corrected: -ln (N/m) becomes psi(m) - psi(N), see {@link LeaveOneOut}. Weights
   * must be numbers of samples.
   */
  static BothValues<double[]> bothAverageSurprisals(
      JointDistribution distribution,
      double[] evaluationWeights,
      UpSetFamily upSets,
      Execution execution) {
    return averageSurprisals(distribution, evaluationWeights, upSets, true, execution);
  }

  /** Either; without correction the corrected ones are empty. */
  static BothValues<double[]> averageSurprisals(
      JointDistribution distribution,
      double[] evaluationWeights,
      UpSetFamily upSets,
      boolean corrected,
      Execution execution) {
    return new SharedExclusions(distribution, evaluationWeights, upSets, corrected, null)
        .average(execution);
  }

  /**
   * The same at a horizon: what is beyond it is subtracted from corrected surprisals.
   *
   * @param horizon of the distribution, or of the same with targets
   */
  private static double[] averageSurprisalWithin(
      EqualHorizon horizon,
      JointDistribution distribution,
      UpSetFamily upSets,
      Execution execution) {
    return new SharedExclusions(distribution, distribution.weights(), upSets, true, horizon)
        .average(execution)
        .corrected();
  }

  /** The average informative redundancy of every up-set. */
  static double[] informative(
      JointDistribution distribution, UpSetFamily upSets, Execution execution) {
    JointDistribution sources = distribution.withoutTarget();
    return averageSurprisal(sources, sources.weights(), upSets, execution);
  }

  /** The average misinformative redundancy of every up-set. */
  static double[] misinformative(
      JointDistribution distribution, UpSetFamily upSets, Execution execution) {
    return averageSurprisal(distribution, distribution.weights(), upSets, execution);
  }

  /** The average informative redundancy of every up-set, and corrected. */
  static BothValues<double[]> bothInformative(
      JointDistribution distribution, UpSetFamily upSets, Execution execution) {
    JointDistribution sources = distribution.withoutTarget();
    return bothAverageSurprisals(sources, sources.weights(), upSets, execution);
  }

  /** The average misinformative redundancy of every up-set, and corrected. */
  static BothValues<double[]> bothMisinformative(
      JointDistribution distribution, UpSetFamily upSets, Execution execution) {
    return bothAverageSurprisals(distribution, distribution.weights(), upSets, execution);
  }

  /** The average informative redundancy of every up-set at a horizon. */
  static double[] informativeWithin(
      EqualHorizon horizon,
      JointDistribution distribution,
      UpSetFamily upSets,
      Execution execution) {
    return averageSurprisalWithin(horizon, distribution.withoutTarget(), upSets, execution);
  }

  /** The average misinformative redundancy of every up-set at a horizon. */
  static double[] misinformativeWithin(
      EqualHorizon horizon,
      JointDistribution distribution,
      UpSetFamily upSets,
      Execution execution) {
    return averageSurprisalWithin(horizon, distribution, upSets, execution);
  }

  private BothValues<double[]> average(Execution execution) {
    // Surprisals are relative to the weight of the target state, and factors are scaled by a power
    // of two near the weight of the realization: two sums that are the same for all up-sets.
    double offset = 0;
    double gapOffset = 0;
    double weight = 0;
    for (Term term : terms) {
      double whole = agreement[0][term.realization];
      offset += term.weight * log2(Math.scalb(whole, -scaleExponent(term.realization)));
      gapOffset += corrected ? term.weight * LeaveOneOut.gap(whole) : 0;
      weight += term.weight;
    }
    double[] logarithms = new double[upSets.size()];
    double[] gapSums = new double[corrected ? upSets.size() : 0];
    int[] ranges = upSets.ranges();
    execution.forEach(
        ranges.length - 1,
        i -> sumLogarithms(ranges[i], ranges[i + 1], logarithms, gapSums, execution));
    for (int i = 0; i < logarithms.length; i++) {
      logarithms[i] = (offset - logarithms[i]) / weight;
      if (corrected) {
        gapSums[i] = logarithms[i] + (gapSums[i] - gapOffset) / weight / Math.log(2);
      }
    }
    return new BothValues<>(logarithms, gapSums);
  }

  /** Sums weight times log2 of the scaled union weights of all realizations into the results. */
  private void sumLogarithms(
      int from, int to, double[] result, double[] gapSums, Execution execution) {
    int first = upSets.start(from);
    double[] products = new double[upSets.start(to) - first];
    Arrays.fill(products, 1);
    double[] exact = new double[(1 << sourceCount) * LANES];
    double[] lowerSums = new double[upSets.halfCount() * LANES];
    double[] upperSums = new double[upSets.halfCount() * LANES];
    int[] lowerCounts = new int[corrected ? lowerSums.length : 0];
    int[] upperCounts = new int[corrected ? upperSums.length : 0];
    int factors = 0;
    for (int block = 0; block < terms.length; ) {
      execution.checkCanceled();
      int lanes = laneCount(block);
      loadExactAgreement(block, lanes, exact);
      sumOverHalves(exact, 0, lowerSums);
      sumOverHalves(exact, exact.length / 2, upperSums);
      neutralize(lanes, lowerSums, upperSums);
      multiply(from, to, lowerSums, upperSums, products);
      double weight = terms[block].weight;
      if (corrected) {
        toCounts(lowerSums, block, lanes, lowerCounts);
        toCounts(upperSums, block, lanes, upperCounts);
        sumGaps(from, to, lowerCounts, upperCounts, weight, gapSums);
        for (int lane = 0; horizon != null && lane < lanes; lane++) {
          double[] beyond = horizon.table(agreement[0][terms[block + lane].realization]);
          subtractBeyond(from, to, lane, beyond, lowerCounts, upperCounts, weight, gapSums);
        }
      }
      factors += LANES;
      block += lanes;
      if (factors >= factorsPerLogarithm
          || block == terms.length
          || terms[block].weight != weight) {
        for (int i = 0; i < products.length; i++) {
          result[first + i] += weight * log2(products[i]);
          products[i] = 1;
        }
        factors = 0;
      }
    }
  }

  /**
   * The terms of the average: one per realization with its weight; or, if the weights vary so much
   * that few realizations could share a logarithm, one per binary digit of each weight.
   */
  private Term[] cheapestTerms(int[] realizations, double[] weights) {
    List<Term> whole = new ArrayList<>();
    List<Term> digits = new ArrayList<>();
    for (int r : realizations) {
      whole.add(new Term(r, weights[r]));
      for (double rest = weights[r]; rest > 0; ) {
        double digit = Math.scalb(1.0, Math.getExponent(rest));
        digits.add(new Term(r, digit));
        rest -= digit;
      }
    }
    whole.sort(Term.HEAVIEST_FIRST);
    digits.sort(Term.HEAVIEST_FIRST);
    return (cost(whole) <= cost(digits) ? whole : digits).toArray(new Term[0]);
  }

  /** The cost of sorted terms: blocks to multiply, and logarithms at the price of three blocks. */
  private long cost(List<Term> sorted) {
    long cost = 0;
    int run = 0;
    for (int i = 0; i < sorted.size(); i++) {
      run++;
      if (i + 1 == sorted.size() || sorted.get(i + 1).weight != sorted.get(i).weight) {
        cost += (run - 1) / LANES + 1 + 3L * ((run - 1) / factorsPerLogarithm + 1);
        run = 0;
      }
    }
    return cost;
  }

  /** A realization's share in the average. */
  private record Term(int realization, double weight) {
    static final Comparator<Term> HEAVIEST_FIRST =
        Comparator.comparingDouble(Term::weight).reversed();
  }

  /** Number of terms, at most {@value #LANES}, that have the weight of the first one. */
  private int laneCount(int block) {
    int lanes = 1;
    while (lanes < LANES
        && block + lanes < terms.length
        && terms[block + lanes].weight == terms[block].weight) {
      lanes++;
    }
    return lanes;
  }

  /** Scaled weights of the draws that agree with each lane's realization exactly on a set. */
  private void loadExactAgreement(int block, int lanes, double[] exact) {
    for (int lane = 0; lane < lanes; lane++) {
      int r = terms[block + lane].realization;
      double scale = Math.scalb(1.0, -scaleExponent(r));
      for (int mask = 0; mask < 1 << sourceCount; mask++) {
        exact[mask * LANES + lane] = agreement[mask][r] * scale;
      }
    }
    for (int source = 0; source < sourceCount; source++) {
      for (int mask = 0; mask < 1 << sourceCount; mask++) {
        if (((mask >>> source) & 1) == 0) {
          int withSource = (mask | (1 << source)) * LANES;
          for (int lane = 0; lane < LANES; lane++) {
            // Never negative in exact arithmetic; real weights can leave a rounding error.
            exact[mask * LANES + lane] =
                Math.max(0, exact[mask * LANES + lane] - exact[withSource + lane]);
          }
        }
      }
    }
  }

  /** Sums over all halves, of the exact agreements from {@code offset} on. */
  private void sumOverHalves(double[] exact, int offset, double[] sums) {
    Arrays.fill(sums, 0, LANES, 0);
    for (int half = 1; half < parent.length; half++) {
      int from = parent[half] * LANES;
      int added = offset + smallest[half] * LANES;
      for (int lane = 0; lane < LANES; lane++) {
        sums[half * LANES + lane] = sums[from + lane] + exact[added + lane];
      }
    }
  }

  /** Makes the factors of unused lanes 1. */
  private static void neutralize(int lanes, double[] lowerSums, double[] upperSums) {
    for (int i = 0; i < lowerSums.length; i += LANES) {
      Arrays.fill(lowerSums, i + lanes, i + LANES, 1);
      Arrays.fill(upperSums, i + lanes, i + LANES, 0);
    }
  }

  private void multiply(
      int from, int to, double[] lowerSums, double[] upperSums, double[] products) {
    int first = upSets.start(from);
    for (int upper = from; upper < to; upper++) {
      int u = upper * LANES;
      double u0 = upperSums[u];
      double u1 = upperSums[u + 1];
      double u2 = upperSums[u + 2];
      double u3 = upperSums[u + 3];
      double u4 = upperSums[u + 4];
      double u5 = upperSums[u + 5];
      double u6 = upperSums[u + 6];
      double u7 = upperSums[u + 7];
      int end = upSets.start(upper + 1);
      for (int i = upSets.start(upper); i < end; i++) {
        int l = upSets.lower(i) * LANES;
        products[i - first] *=
            ((lowerSums[l] + u0) * (lowerSums[l + 1] + u1))
                * ((lowerSums[l + 2] + u2) * (lowerSums[l + 3] + u3))
                * (((lowerSums[l + 4] + u4) * (lowerSums[l + 5] + u5))
                    * ((lowerSums[l + 6] + u6) * (lowerSums[l + 7] + u7)));
      }
    }
  }

  /**
   * Sums of scaled weights as numbers of samples; none in lanes that are not used. More than
   * {@value #MOST_COUNT} are taken for so many: the gap is then less than 1e-9 bits.
   */
  private void toCounts(double[] sums, int block, int lanes, int[] counts) {
    for (int lane = 0; lane < lanes; lane++) {
      double unscale = Math.scalb(1.0, scaleExponent(terms[block + lane].realization));
      for (int i = lane; i < sums.length; i += LANES) {
        counts[i] = (int) Math.min(MOST_COUNT, sums[i] * unscale);
      }
    }
    for (int i = 0; i < counts.length; i += LANES) {
      Arrays.fill(counts, i + lanes, i + LANES, 0);
    }
  }

  /** Adds weight times the gap of the union of every lane, in nats. */
  private void sumGaps(
      int from, int to, int[] lowerCounts, int[] upperCounts, double weight, double[] gapSums) {
    for (int upper = from; upper < to; upper++) {
      int u = upper * LANES;
      int u0 = upperCounts[u];
      int u1 = upperCounts[u + 1];
      int u2 = upperCounts[u + 2];
      int u3 = upperCounts[u + 3];
      int u4 = upperCounts[u + 4];
      int u5 = upperCounts[u + 5];
      int u6 = upperCounts[u + 6];
      int u7 = upperCounts[u + 7];
      int end = upSets.start(upper + 1);
      for (int i = upSets.start(upper); i < end; i++) {
        int l = upSets.lower(i) * LANES;
        double sum =
            ((gap(lowerCounts[l] + u0) + gap(lowerCounts[l + 1] + u1))
                    + (gap(lowerCounts[l + 2] + u2) + gap(lowerCounts[l + 3] + u3)))
                + ((gap(lowerCounts[l + 4] + u4) + gap(lowerCounts[l + 5] + u5))
                    + (gap(lowerCounts[l + 6] + u6) + gap(lowerCounts[l + 7] + u7)));
        gapSums[i] += weight * sum;
      }
    }
  }

  /** Subtracts weight times what is beyond the horizon for the union of a lane, in nats. */
  private void subtractBeyond(
      int from,
      int to,
      int lane,
      double[] beyond,
      int[] lowerCounts,
      int[] upperCounts,
      double weight,
      double[] gapSums) {
    for (int upper = from; upper < to; upper++) {
      int u = upperCounts[upper * LANES + lane];
      int end = upSets.start(upper + 1);
      for (int i = upSets.start(upper); i < end && u < beyond.length; i++) {
        int count = lowerCounts[upSets.lower(i) * LANES + lane] + u;
        gapSums[i] -= count < beyond.length ? weight * beyond[count] : 0;
      }
    }
  }

  private double gap(int count) {
    return count < gaps.length ? gaps[count] : LeaveOneOut.gap(count);
  }

  /** Factors of a realization are at least 1 and less than 2 after division by 2 to this power. */
  private int scaleExponent(int realization) {
    return Math.getExponent(agreement[agreement.length - 1][realization]);
  }

  private static double log2(double x) {
    return Math.log(x) / Math.log(2);
  }
}
