package nnpid.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Random distributions from fixed seeds, growing from small to large, so that the first failure is
 * a small one. The name of each holds all that {@link #of} needs to make it again.
 */
public final class Distributions {
  /** At most about this many realizations (of 1, 2 or 3 times as many samples for counts). */
  private static final int REALIZATIONS = 60;

  private Distributions() {}

  /** Kinds of distributions. */
  public enum Kind {
    /** Integer counts of samples whose target is a noisy function of the sources. */
    COUNTS,
    /** Integer counts, many above 1, of samples whose target is a function of the sources. */
    DETERMINISTIC_TARGET,
    /** Real weights over three orders of magnitude, for most of the possible joint states. */
    REAL_WEIGHTS,
    /** Real weights for a third of the possible joint states; some target states are rare. */
    REAL_WEIGHTS_WITH_ZEROS;

    boolean hasCounts() {
      return this == COUNTS || this == DETERMINISTIC_TARGET;
    }
  }

  public static Stream<SampleTable> oneToFourSources() {
    return growing(1, 4).stream();
  }

  public static Stream<SampleTable> oneToFiveSources() {
    return growing(1, 5).stream();
  }

  public static Stream<SampleTable> oneToSixSources() {
    return growing(1, 6).stream();
  }

  public static Stream<SampleTable> sixSources() {
    return growing(6, 6).stream();
  }

  /** Those of {@link #oneToFiveSources()} whose weights are integers. */
  public static Stream<SampleTable> countsOfOneToFiveSources() {
    List<SampleTable> tables = new ArrayList<>();
    for (int n = 1; n <= 5; n++) {
      for (int size = 1; size <= 3; size++) {
        for (Kind kind : Kind.values()) {
          if (kind.hasCounts()) {
            tables.add(of(kind, n, size, seed(n, size, kind)));
          }
        }
      }
    }
    return tables.stream();
  }

  private static List<SampleTable> growing(int fromSources, int toSources) {
    List<SampleTable> tables = new ArrayList<>();
    for (int n = fromSources; n <= toSources; n++) {
      for (int size = 1; size <= 3; size++) {
        for (Kind kind : Kind.values()) {
          tables.add(of(kind, n, size, seed(n, size, kind)));
        }
      }
    }
    return tables;
  }

  private static long seed(int sourceCount, int size, Kind kind) {
    return 1000L * sourceCount + 10L * size + kind.ordinal();
  }

  /**
   * A random distribution.
   *
   * @param size sources have 2 to {@code size} + 1 states, now and then only one
   */
  public static SampleTable of(Kind kind, int sourceCount, int size, long seed) {
    Random random = new Random(seed);
    int[] stateCounts = new int[sourceCount];
    int product = 1;
    for (int source = 0; source < sourceCount; source++) {
      boolean constant = sourceCount > 1 && random.nextInt(10) == 0;
      stateCounts[source] = constant ? 1 : 2 + random.nextInt(size);
      product *= stateCounts[source];
    }
    int targetCount = 2 + random.nextInt(size);
    int[] function = random.ints(product, 0, targetCount).toArray();
    String name = String.format("of(%s, %d, %d, %d)", kind, sourceCount, size, seed);
    SampleTable.Builder table = new SampleTable.Builder(name, sourceCount);
    if (kind.hasCounts()) {
      for (int i = 0; i < size * REALIZATIONS / 3; i++) {
        int code = (int) (product * Math.pow(random.nextDouble(), 2));
        boolean noisy = kind == Kind.COUNTS && random.nextInt(3) == 0;
        int target = noisy ? random.nextInt(targetCount) : function[code];
        table.add(states(code, stateCounts), target, 1 + random.nextInt(size));
      }
    } else {
      double density = kind == Kind.REAL_WEIGHTS ? 0.9 : 1.0 / 3;
      double kept = Math.min(density, (double) REALIZATIONS / (product * targetCount));
      for (int code = 0; code < product; code++) {
        for (int target = 0; target < targetCount; target++) {
          // Never empty: the first joint state is always kept.
          if (code + target == 0 || random.nextDouble() < kept) {
            double weight = Math.exp(1.5 * random.nextGaussian() - 2 * target);
            table.add(states(code, stateCounts), target, weight);
          }
        }
      }
    }
    return table.build();
  }

  private static int[] states(int code, int[] stateCounts) {
    int[] states = new int[stateCounts.length];
    int rest = code;
    for (int source = 0; source < states.length; source++) {
      states[source] = rest % stateCounts[source];
      rest /= stateCounts[source];
    }
    return states;
  }
}
