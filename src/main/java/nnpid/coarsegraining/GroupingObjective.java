package nnpid.coarsegraining;

import java.util.Arrays;
import java.util.Locale;

/** What the best grouping is. */
public enum GroupingObjective {
  /** The largest lower bound: the most C_cg. */
  TIGHTEST_LOWER,
  /** The smallest upper bound. */
  TIGHTEST_UPPER,
  /** The smallest distance between both bounds. */
  GAP,
  /** The least C_cg: the groups from which the information is easiest to read. */
  LEAST_SYNERGY;

  /** The value of the objective, whether it shall be large or small. */
  public double of(ComplexityBounds bounds) {
    return switch (this) {
      case TIGHTEST_LOWER, LEAST_SYNERGY -> bounds.lower();
      case TIGHTEST_UPPER -> bounds.upper();
      case GAP -> bounds.upper() - bounds.lower();
    };
  }

  /** 1 if a large value is good, -1 if a small one is. */
  int sign() {
    return this == TIGHTEST_LOWER ? 1 : -1;
  }

  /**
   * The value of the objective times I(T:S). By partial summation the lower bound times I is the
   * sum of I - V_k over k = 0, 1, ..., and the upper one that of I - V_k times the size of the
   * (k+1)-th largest group.
   *
   * @param inaccessible I - V_k for k = 0, 1, ... up to the number of groups less one
   * @param groupOfUnit the group of every unit
   */
  double ofInaccessible(double[] inaccessible, int[] groupOfUnit) {
    int[] sizes = new int[inaccessible.length];
    for (int group : groupOfUnit) {
      sizes[group]++;
    }
    Arrays.sort(sizes);
    double sum = 0;
    for (int k = 0; k < sizes.length; k++) {
      int size = sizes[sizes.length - 1 - k];
      int factor =
          switch (this) {
            case TIGHTEST_LOWER, LEAST_SYNERGY -> 1;
            case TIGHTEST_UPPER -> size;
            case GAP -> size - 1;
          };
      sum += factor * inaccessible[k];
    }
    return sum;
  }

  /** As in a text: {@code tightest-lower}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
