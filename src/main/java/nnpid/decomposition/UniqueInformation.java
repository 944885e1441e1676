package nnpid.decomposition;

import java.util.Arrays;
import java.util.stream.IntStream;
import nnpid.distribution.JointDistribution;
import nnpid.execution.Execution;

/**
 * Unique information of two sources, after Bertschinger et al.: with I_Q the least mutual
 * information of the target and both sources among all joint distributions Q that have the same
 * marginals of (T, S1) and (T, S2), unique1 = I_Q - I(T:S2), unique2 = I_Q - I(T:S1), shared =
 * I(T:S1) + I(T:S2) - I_Q and synergy = I(T:S1,S2) - I_Q.
 *
 * <p>I_Q is found by alternating minimization (Banerjee, Rauh and Montufar): it is the least of
 * &Sigma;_t p(t) D(q_t || r) over all q_t(s1,s2) with the marginals p(s1|t) and p(s2|t) and all
 * r(s1,s2). For given r the best q_t is a_t(s1) b_t(s2) r(s1,s2), found by scaling rows and columns
 * in turn; for given q_t the best r is &Sigma;_t p(t) q_t = c r with c = &Sigma;_t p(t) a_t b_t.
 * Steps r c^w with w above 1 are taken as long as they help.
 *
 * <p>How far from the minimum that is at most is known. For any positive a_t, b_t and any Q, with
 * conditional probabilities q_t(s) of s = (s1,s2) and &pi;_t(s) of t,
 *
 * <pre>
 *   I_Q = sum_s q(s) sum_t pi_t(s) log [pi_t(s) / p(t)]
 *      &gt;= sum_s q(s) sum_t pi_t(s) log [a_t(s1) b_t(s2) / c(s)]                           (Gibbs)
 *       = sum_t p(t) [sum_s1 p(s1|t) log a_t + sum_s2 p(s2|t) log b_t - sum_s q_t(s) log c(s)],
 * </pre>
 *
 * where only the last term knows Q. If u_t(s1) + v_t(s2) &ge; log c(s) wherever Q may be positive,
 * it is at most &Sigma;_s1 p(s1|t) u_t(s1) + &Sigma;_s2 p(s2|t) v_t(s2), as in optimal transport.
 * (With u = max log c and v = 0 this is the criterion of the authors.) The true minimum lies
 * between this bound and the I_Q that was found.
 *
 * @see <a href="https://doi.org/10.3390/e16042161">Bertschinger, Rauh, Olbrich, Jost and Ay
 *     (2014)</a>
 * @see <a href="https://doi.org/10.1109/ISIT.2018.8437757">Banerjee, Rauh and Montufar (2018)</a>
 */
final class UniqueInformation {
  /** The search ends when the minimum is known this well, in bits. */
  static final double SUFFICIENT_GAP = 1e-8;

  /** The search also ends after this many visits of a cell (s1, s2, t): ten to twenty seconds. */
  private static final double WORK = 5e9;

  /** Cells (s1, s2) or (s1, s2, t) with s1 and s2 possible given t: four arrays of 8 bytes. */
  private static final int MAX_CELLS = 20_000_000;

  /** No cell of r gets smaller, so that it can grow again and nothing overflows. */
  private static final double SMALLEST = 1e-50;

  private static final int MAX_SWEEPS = 500;
  private static final double MAX_EXPONENT = 64;
  private static final double MARGINAL_TOLERANCE = 1e-13;

  /** From this many cells on, target states are shared out among threads. */
  private static final double PARALLEL_CELLS = 200_000;

  private final double information1;
  private final double information2;
  private final double mutualInformation;
  private final double unionInformation;
  private final double gap;

  private UniqueInformation(JointDistribution distribution, double found, double gap) {
    this.information1 = distribution.mutualInformation(0);
    this.information2 = distribution.mutualInformation(1);
    this.mutualInformation = distribution.mutualInformation();
    // None of the four parts is ever negative.
    double atLeast = Math.max(information1, information2);
    double atMost = Math.max(atLeast, Math.min(mutualInformation, information1 + information2));
    this.unionInformation = Math.max(atLeast, Math.min(atMost, found));
    this.gap = gap;
  }

  /**
   * The unique information of the two sources of a distribution.
   *
   * @throws IllegalArgumentException if there are not two sources, or if they have so many states
   *     that the joint states do not fit into memory
   * @throws java.util.concurrent.CancellationException if the execution is canceled
   */
  static UniqueInformation of(JointDistribution distribution, Execution execution) {
    return of(distribution, execution, WORK);
  }

  /** The same with another limit than {@link #WORK}. */
  static UniqueInformation of(JointDistribution distribution, Execution execution, double limit) {
    requireTwoSources(distribution);
    Search search = new Search(distribution, execution);
    search.run(limit);
    execution.progress(1);
    return new UniqueInformation(distribution, search.upper, search.gap());
  }

  private static void requireTwoSources(JointDistribution distribution) {
    if (distribution.sourceCount() != 2) {
      throw new IllegalArgumentException(
          String.format(
              "The number of sources (%d) must be 2 for the measure broja: unique information is "
                  + "defined for two.%nMaybe make two groups of the units, or use another measure.",
              distribution.sourceCount()));
    }
  }

  /** What both sources tell, each for itself; not negative. */
  double shared() {
    return Math.max(0, information1 + information2 - unionInformation);
  }

  /** What only the first source tells; not negative. */
  double unique1() {
    return unionInformation - information2;
  }

  /** What only the second source tells; not negative. */
  double unique2() {
    return unionInformation - information1;
  }

  /** What only both sources together tell; not negative, but for rounding. */
  double synergy() {
    return mutualInformation - unionInformation;
  }

  double mutualInformation() {
    return mutualInformation;
  }

  /**
   * How much too large I_Q may be, and with it unique information, and too small the shared
   * information and the synergy, in bits. Not more than {@value #SUFFICIENT_GAP}, unless the search
   * took too long.
   */
  double gap() {
    return gap;
  }

  /** One target state: its marginals on the states that are possible with it, and the scaling. */
  private static final class Conditional {
    private final double probability;
    private final int[] rows;
    private final int[] columns;
    private final double[] p1;
    private final double[] p2;
    private final double[] a;
    private final double[] b;
    private double error; // of the row marginals, the sum of absolute differences

    Conditional(double probability, double[] p1, double[] p2) {
      this.probability = probability;
      this.rows = positive(p1);
      this.columns = positive(p2);
      this.p1 = Arrays.stream(rows).mapToDouble(i -> p1[i]).toArray();
      this.p2 = Arrays.stream(columns).mapToDouble(j -> p2[j]).toArray();
      this.a = new double[rows.length];
      this.b = new double[columns.length];
      Arrays.fill(b, 1);
    }

    private static int[] positive(double[] values) {
      return IntStream.range(0, values.length).filter(i -> values[i] > 0).toArray();
    }

    double cells() {
      return (double) rows.length * columns.length;
    }

    /** Scales rows and columns of r to the marginals; returns the number of cells visited. */
    double project(double[] r, int stride, double tolerance, Execution execution) {
      double[] nextA = new double[rows.length];
      double[] columnSums = new double[columns.length];
      for (int sweep = 0; ; sweep++) {
        execution.checkCanceled();
        error = 0;
        Arrays.fill(columnSums, 0);
        for (int i = 0; i < rows.length; i++) {
          int row = rows[i] * stride;
          double sum = 0;
          for (int j = 0; j < columns.length; j++) {
            sum += r[row + columns[j]] * b[j];
          }
          error += Math.abs(a[i] * sum - p1[i]);
          nextA[i] = p1[i] / Math.max(sum, Double.MIN_NORMAL);
          for (int j = 0; j < columns.length; j++) {
            columnSums[j] += r[row + columns[j]] * nextA[i];
          }
        }
        if (sweep > 0 && (error <= tolerance || sweep >= MAX_SWEEPS)) {
          return (sweep + 1) * cells();
        }
        System.arraycopy(nextA, 0, a, 0, a.length);
        for (int j = 0; j < columns.length; j++) {
          b[j] = p2[j] / Math.max(columnSums[j], Double.MIN_NORMAL);
        }
      }
    }

    /** Adds p(t) a b to every cell. */
    void addScaling(double[] c, int stride) {
      for (int i = 0; i < rows.length; i++) {
        int row = rows[i] * stride;
        double factor = probability * a[i];
        for (int j = 0; j < columns.length; j++) {
          c[row + columns[j]] += factor * b[j];
        }
      }
    }

    /** p(t) times the mean of log (a b) under the marginals, in nats. */
    double meanLogScaling() {
      double sum = 0;
      for (int i = 0; i < rows.length; i++) {
        sum += p1[i] * Math.log(a[i]);
      }
      for (int j = 0; j < columns.length; j++) {
        sum += p2[j] * Math.log(b[j]);
      }
      return probability * sum;
    }

    /** p(t) times the most that the mean of log c can be under q_t, or more, in nats. */
    double mostMeanLog(double[] logC, int stride) {
      double[] u = new double[rows.length];
      double[] v = new double[columns.length];
      Arrays.fill(u, Double.NEGATIVE_INFINITY);
      Arrays.fill(v, Double.NEGATIVE_INFINITY);
      for (int i = 0; i < rows.length; i++) {
        for (int j = 0; j < columns.length; j++) {
          double log = logC[rows[i] * stride + columns[j]];
          u[i] = Math.max(u[i], log);
          v[j] = Math.max(v[j], log);
        }
      }
      // Either the rows bear all they can and the columns the rest, or the other way round.
      double[] restU = new double[rows.length];
      double[] restV = new double[columns.length];
      Arrays.fill(restU, Double.NEGATIVE_INFINITY);
      Arrays.fill(restV, Double.NEGATIVE_INFINITY);
      for (int i = 0; i < rows.length; i++) {
        for (int j = 0; j < columns.length; j++) {
          double log = logC[rows[i] * stride + columns[j]];
          restV[j] = Math.max(restV[j], log - u[i]);
          restU[i] = Math.max(restU[i], log - v[j]);
        }
      }
      return probability * Math.min(dot(p1, u) + dot(p2, restV), dot(p1, restU) + dot(p2, v));
    }

    private static double dot(double[] x, double[] y) {
      double sum = 0;
      for (int i = 0; i < x.length; i++) {
        sum += x[i] * y[i];
      }
      return sum;
    }
  }

  /** The alternating minimization. */
  private static final class Search {
    private final Execution execution;
    private final Conditional[] conditionals;
    private final int stride; // number of states of the second source
    private final boolean[] possible; // cells
    private final double[] r;
    private final double[] logC;
    private final double[] plain; // c r, the step that always helps
    private final double[] safe; // the one that was not taken for a longer one
    private final double cells;
    private double lower = Double.NEGATIVE_INFINITY;
    private double upper = Double.POSITIVE_INFINITY;
    private double done; // share of the progress

    Search(JointDistribution distribution, Execution execution) {
      this.execution = execution;
      int[] row = indexStates(distribution, 0);
      int[] column = indexStates(distribution, 1);
      int rowCount = distribution.stateCount(0);
      this.stride = distribution.stateCount(1);
      this.conditionals = conditionals(distribution, row, column, rowCount, stride);
      this.cells = Arrays.stream(conditionals).mapToDouble(Conditional::cells).sum();
      double most = Math.max(cells, (double) rowCount * stride);
      if (most > MAX_CELLS) {
        throw new IllegalArgumentException(
            String.format(
                "The number of joint states (%.0f) must be at most %d for the measure broja: the "
                    + "sources have %d and %d states.%nMaybe use smaller groups or fewer levels.",
                most, MAX_CELLS, rowCount, stride));
      }
      this.r = new double[rowCount * stride];
      this.logC = new double[r.length];
      this.plain = new double[r.length];
      this.safe = new double[r.length];
      this.possible = new boolean[r.length];
    }

    private static int[] indexStates(JointDistribution distribution, int source) {
      int[] states = new int[distribution.realizationCount()];
      Arrays.setAll(states, realization -> distribution.sourceState(realization, source));
      return indices(states);
    }

    private static int[] indices(int[] states) {
      int[] different = Arrays.stream(states).sorted().distinct().toArray();
      return Arrays.stream(states).map(state -> Arrays.binarySearch(different, state)).toArray();
    }

    private static Conditional[] conditionals(
        JointDistribution distribution, int[] row, int[] column, int rowCount, int columnCount) {
      int[] target = new int[row.length];
      Arrays.setAll(target, distribution::targetState);
      target = indices(target);
      Conditional[] conditionals = new Conditional[distribution.targetStateCount()];
      for (int t = 0; t < conditionals.length; t++) {
        double[] p1 = new double[rowCount];
        double[] p2 = new double[columnCount];
        double weight = 0;
        for (int realization = 0; realization < row.length; realization++) {
          if (target[realization] == t) {
            p1[row[realization]] += distribution.weight(realization);
            p2[column[realization]] += distribution.weight(realization);
            weight += distribution.weight(realization);
          }
        }
        double total = weight;
        Arrays.setAll(p1, i -> p1[i] / total);
        Arrays.setAll(p2, j -> p2[j] / total);
        conditionals[t] = new Conditional(total / distribution.totalWeight(), p1, p2);
      }
      return conditionals;
    }

    double gap() {
      return Math.max(0, upper - lower);
    }

    void run(double limit) {
      start();
      double exponent = 1;
      double last = Double.POSITIVE_INFINITY;
      double firstGap = Double.NaN;
      for (double work = 0; work < limit; ) {
        double tolerance = Math.max(MARGINAL_TOLERANCE, 1e-5 * Math.min(1, gap()));
        work += project(tolerance);
        double found = evaluate();
        if (Double.isNaN(firstGap)) {
          firstGap = gap();
        }
        if (gap() <= SUFFICIENT_GAP) {
          return;
        }
        double closed = Math.log(firstGap / gap()) / Math.log(firstGap / SUFFICIENT_GAP);
        done = Math.min(1, Math.max(done, Math.max(closed, work / limit)));
        execution.progress(done);
        if ((found <= last && converged(tolerance)) || exponent == 1) {
          last = found;
          exponent = Math.min(MAX_EXPONENT, exponent * 1.1);
          step(exponent);
        } else {
          // The long step did not help: back to where it started, and a plain one from there.
          System.arraycopy(safe, 0, r, 0, r.length);
          exponent = 1;
          last = Double.POSITIVE_INFINITY;
        }
      }
    }

    private boolean converged(double tolerance) {
      return Arrays.stream(conditionals).allMatch(t -> t.error <= tolerance);
    }

    /** Sources independent given the target: no possible cell is left out. */
    private void start() {
      for (Conditional t : conditionals) {
        for (int i = 0; i < t.rows.length; i++) {
          for (int j = 0; j < t.columns.length; j++) {
            int cell = t.rows[i] * stride + t.columns[j];
            possible[cell] = true;
            r[cell] += t.probability * t.p1[i] * t.p2[j];
          }
        }
      }
      for (int cell = 0; cell < r.length; cell++) {
        r[cell] = possible[cell] ? Math.max(SMALLEST, r[cell]) : 0;
      }
    }

    /** Finds the best q_t for r; returns the work done. */
    private double project(double tolerance) {
      double[] visited = new double[conditionals.length];
      if (cells < PARALLEL_CELLS) {
        for (int t = 0; t < visited.length; t++) {
          visited[t] = conditionals[t].project(r, stride, tolerance, execution);
        }
      } else {
        execution
            .step(done, done)
            .forEach(
                visited.length,
                t -> visited[t] = conditionals[t].project(r, stride, tolerance, execution));
      }
      return Arrays.stream(visited).sum();
    }

    /** Finds log c and c r, and improves the bounds; returns the information of Q in bits. */
    private double evaluate() {
      Arrays.fill(logC, 0);
      double mean = 0;
      double error = 0;
      for (Conditional t : conditionals) {
        t.addScaling(logC, stride);
        mean += t.meanLogScaling();
        error += t.probability * t.error;
      }
      double information = mean;
      for (int cell = 0; cell < r.length; cell++) {
        if (possible[cell]) {
          plain[cell] = Math.max(SMALLEST, r[cell] * logC[cell]);
          logC[cell] = Math.log(Math.max(SMALLEST, logC[cell]));
          information -= plain[cell] * logC[cell];
        }
      }
      double bound = mean;
      for (Conditional t : conditionals) {
        bound -= t.mostMeanLog(logC, stride);
      }
      information /= Math.log(2);
      if (bound / Math.log(2) > lower) {
        lower = bound / Math.log(2);
      }
      // Q has wrong marginals, if only by that error. A distribution with the right ones is not
      // farther from it (Altschuler, Weed and Rigollet 2017); by Fannes, two entropies change by:
      double uncertain = error == 0 ? 0 : 2 * error * (Math.log(cells / error) / Math.log(2) + 2);
      if (information + uncertain < upper) {
        upper = information + uncertain;
      }
      return information;
    }

    private void step(double exponent) {
      System.arraycopy(plain, 0, safe, 0, r.length);
      for (int cell = 0; cell < r.length; cell++) {
        if (possible[cell]) {
          double larger = r[cell] * Math.exp(Math.min(exponent * logC[cell], 100));
          r[cell] = Math.max(SMALLEST, Math.min(1, larger));
        }
      }
    }
  }
}
