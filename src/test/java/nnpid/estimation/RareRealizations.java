package nnpid.estimation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import nnpid.distribution.JointDistribution;
import nnpid.testing.SampleTable;

/**
 * Random tables of counts that differ by orders of magnitude, and their exact complexity: by
 * inclusion and exclusion over the sets of realizations that are missing, as logarithms. Slow, and
 * nothing of it is shared with {@link FewRealizations}.
 */
final class RareRealizations {
  private RareRealizations() {}

  /** A table of 5 to 12 rows, 7 to 12 sources with 2 or 3 states, counts from 1 to a million. */
  static SampleTable table(int seed) {
    Random random = new Random(seed);
    int n = 7 + seed % 6;
    int states = 2 + random.nextInt(2);
    int targets = 2 + random.nextInt(2);
    double digits = 6 * random.nextDouble();
    SampleTable.Builder table = new SampleTable.Builder("rare " + seed, n);
    int rows = 5 + random.nextInt(8);
    for (int row = 0; row < rows; row++) {
      table.add(
          random.ints(n, 0, states).toArray(),
          random.nextInt(targets),
          Math.rint(Math.pow(10, digits * random.nextDouble())));
    }
    return table.build();
  }

  /** I - V_k for k = 0 to n - 1, in bits. */
  static double[] inaccessible(JointDistribution distribution) {
    int n = distribution.sourceCount();
    double[] result = new double[n];
    for (int r = 0; r < distribution.realizationCount(); r++) {
      double share = distribution.weight(r) / distribution.totalWeight();
      double[] all = surprisals(distribution, r, false);
      double[] sameTarget = surprisals(distribution, r, true);
      for (int k = 0; k < n; k++) {
        result[k] += share * (all[k] - sameTarget[k]) / Math.log(2);
      }
    }
    return result;
  }

  static double complexity(double[] inaccessible) {
    return Arrays.stream(inaccessible).sum() / inaccessible[0];
  }

  /**
   * By P(X &gt; x) = &sum;_B c(B) exp(-w(B) x), where c(B) is the alternating sum of "not covered"
   * over the arrived sets that contain the complement of B: E[E1(w X)] = &sum;_B c(B) ln(1 +
   * w(B)/w).
   */
  private static double[] surprisals(JointDistribution distribution, int r, boolean targetOnly) {
    int n = distribution.sourceCount();
    double own = 0;
    List<Integer> differences = new ArrayList<>();
    List<Double> rates = new ArrayList<>();
    for (int other = 0; other < distribution.realizationCount(); other++) {
      if (!targetOnly || distribution.targetState(other) == distribution.targetState(r)) {
        int difference = 0;
        for (int source = 0; source < n; source++) {
          boolean differs =
              distribution.sourceState(other, source) != distribution.sourceState(r, source);
          difference |= differs ? 1 << source : 0;
        }
        if (difference == 0) {
          own += distribution.weight(other);
        } else {
          differences.add(difference);
          rates.add(distribution.weight(other));
        }
      }
    }
    int arrivals = rates.size();
    int full = (1 << arrivals) - 1;
    int[] smallest = smallestHittingSets(differences, n);
    double[] result = new double[n];
    for (int k = 0; k < n; k++) {
      double[] c = new double[full + 1];
      for (int arrived = 0; arrived <= full; arrived++) {
        c[arrived] = smallest[arrived] <= k ? 1 : 0;
      }
      for (int bit = 1; bit <= full; bit <<= 1) {
        for (int set = 0; set <= full; set++) {
          if ((set & bit) == 0) {
            c[set] -= c[set | bit];
          }
        }
      }
      for (int set = 0; set < full; set++) {
        double rate = 0;
        for (int i = 0; i < arrivals; i++) {
          rate += (set >> i & 1) == 0 ? rates.get(i) : 0;
        }
        result[k] += c[set] * Math.log1p(rate / own);
      }
    }
    return result;
  }

  private static int[] smallestHittingSets(List<Integer> differences, int n) {
    int[] smallest = new int[1 << differences.size()];
    Arrays.fill(smallest, n);
    for (int sources = 0; sources < 1 << n; sources++) {
      int hit = 0;
      for (int i = 0; i < differences.size(); i++) {
        hit |= (differences.get(i) & sources) != 0 ? 1 << i : 0;
      }
      smallest[hit] = Math.min(smallest[hit], Integer.bitCount(sources));
    }
    for (int bit = 1; bit < smallest.length; bit <<= 1) {
      for (int set = 0; set < smallest.length; set++) {
        if ((set & bit) == 0) {
          smallest[set] = Math.min(smallest[set], smallest[set | bit]);
        }
      }
    }
    return smallest;
  }
}
