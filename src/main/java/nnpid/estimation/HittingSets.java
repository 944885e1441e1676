package nnpid.estimation;

import java.util.Arrays;
import java.util.function.BooleanSupplier;

/**
 * When do all sets of k sources get covered? Arrivals come in order, each with a difference: the
 * sources on which it does not agree with the reference. A set of sources is covered by the first
 * arrival whose difference it does not hit. So all k-sets are covered as soon as the differences so
 * far have no hitting set of k sources, and the position of that arrival is the largest, over all
 * k-sets, of the first arrival that the set does not hit.
 *
 * <p>That largest position is found by branch and bound with lazy constraints. The search knows
 * only some of the differences. A set that hits all of those is handed to the arrivals, which
 * return the first one it does not hit: this is a new lower bound, if the largest so far, and its
 * difference joins the known ones. When no set of k sources hits all known differences, the best
 * lower bound is the position, and the set that attained it is the witness.
 *
 * <p>The nodes of such a search are multiplied from one k to the next, by nearly the same number.
 * Where they cannot suffice, greedily chosen sets tell what is left: lower bounds, and from which k
 * on some set hits everything.
 */
final class HittingSets {
  /** The position of an arrival that never comes. */
  static final int NEVER = Integer.MAX_VALUE;

  /** The arrivals as the search sees them. */
  interface Arrivals {
    /**
     * Writes the positions of the first arrivals that differ in none of the sources, in order.
     *
     * @return how many there are, at most as many as there is room for
     */
    int notHit(int[] sources, int count, int[] positions);

    /** Writes the difference of the arrival at a position: bit i for source i. */
    void difference(int position, long[] bits);
  }

  /** So many steps are taken between two looks at whether to stop; a power of two. */
  private static final int STEPS_PER_LOOK = 64;

  /** A search that needs so many times the nodes that are left does not get them all. */
  private static final double HOPELESS = 2;

  /** How many nodes the searches before must have visited to tell how many there will be. */
  private static final long TELLING = 10_000;

  /** Of so many arrivals that are not hit yet a greedily chosen source hits the most. */
  private static final int GREEDY_SAMPLE = 64;

  private final Arrivals arrivals;
  private final BooleanSupplier stop;
  private final int sourceCount;
  private final int words;
  private final int horizon;
  private long nodesLeft;

  private long[] differences = new long[0]; // known differences, `words` longs each
  private int known;
  private int knownWords = 1;
  private final long[][] contains; // source, bits over known differences
  private final long[] scratch;

  private final int[] chosen;
  private long[][] notHit; // depth, bits over known differences
  private final long[][] allowed; // depth, bits over sources
  private final int[] one = new int[1];
  private int size; // of the sets searched for
  private int best;
  private int[] witness = new int[0]; // a set that attains it
  private boolean finished;
  private int steps;

  /**
   * A search among arrivals.
   *
   * @param horizon positions from this on count as {@link #NEVER}
   * @param nodeBudget how many nodes the search may visit in all
   * @param stop asked now and then whether to end as if the nodes were used up, but not before the
   *     position of single sources is known
   */
  HittingSets(
      Arrivals arrivals, int sourceCount, int horizon, long nodeBudget, BooleanSupplier stop) {
    this.arrivals = arrivals;
    this.stop = stop;
    this.sourceCount = sourceCount;
    this.words = (sourceCount + 63) >>> 6;
    this.horizon = horizon;
    this.nodesLeft = nodeBudget;
    this.contains = new long[sourceCount][1];
    this.scratch = new long[words];
    this.chosen = new int[sourceCount];
    this.notHit = new long[sourceCount + 1][];
    this.allowed = new long[sourceCount + 1][];
  }

  /**
   * The positions at which all sets of k sources are covered.
   *
   * @param positions receives the position for k = 1, 2, ... at index 0, 1, ...; it is not
   *     decreasing
   * @return for how many k the positions are exact: all, unless the node budget ran out, or would
   *     run out for certain; the others are lower bounds, and {@link #NEVER} is exact
   */
  int coverPositions(int[] positions) {
    // Nothing is covered before the first arrival.
    int first = firstNotHit(chosen, 0);
    best = first >= horizon ? NEVER : first;
    long last = 0; // nodes
    long lastButOne = 0;
    for (int k = 1; k <= positions.length; k++) {
      // A set that hits everything may be found soon; if there is none, all nodes would be in vain.
      boolean hopeless =
          last >= TELLING && (double) last / lastButOne * last > HOPELESS * nodesLeft;
      long reserve = hopeless ? Math.max(0, nodesLeft - last) : 0;
      nodesLeft -= reserve;
      long before = nodesLeft;
      size = k;
      finished = false;
      start(0);
      Arrays.fill(allowed[0], -1);
      Arrays.fill(notHit[0], 0);
      for (int i = 0; i < known; i++) {
        notHit[0][i >>> 6] |= 1L << i;
      }
      search(0);
      Arrays.fill(positions, k - 1, positions.length, best);
      if (best == NEVER) {
        return positions.length;
      }
      if (nodesLeft <= 0) {
        int[] start = witness;
        grow(positions, new int[0]);
        grow(positions, start);
        return positions[k - 1] == NEVER ? positions.length : k - 1;
      }
      lastButOne = last;
      last = before - nodesLeft;
      nodesLeft += reserve;
    }
    return positions.length;
  }

  /**
   * Adds sources to a set until it hits everything, always one that hits most of the first arrivals
   * that are not hit yet, and exchanges those that turn out to be worse; raises the positions to
   * what that shows.
   */
  private void grow(int[] positions, int[] start) {
    int[] set = Arrays.copyOf(start, sourceCount);
    int[] missed = new int[GREEDY_SAMPLE];
    for (int count = start.length; ; count++) {
      int position = firstNotHit(set, count);
      for (int i = 0; i < count && position < horizon; i++) {
        // The last is the one to exchange.
        int old = set[0];
        System.arraycopy(set, 1, set, 0, count - 1);
        set[count - 1] = mostFrequent(missed, arrivals.notHit(set, count - 1, missed));
        int other = firstNotHit(set, count);
        if (other <= position) {
          set[count - 1] = old;
        } else {
          position = other;
        }
      }
      boolean all = position >= horizon;
      for (int k = Math.max(count, 1); k <= positions.length; k++) {
        positions[k - 1] = Math.max(positions[k - 1], all ? NEVER : position);
      }
      if (all || count == positions.length) {
        return;
      }
      set[count] = mostFrequent(missed, arrivals.notHit(set, count, missed));
    }
  }

  /** The source in which most of some arrivals differ; the first of these. */
  private int mostFrequent(int[] positions, int count) {
    int[] frequencies = new int[sourceCount];
    for (int i = 0; i < count; i++) {
      arrivals.difference(positions[i], scratch);
      for (int word = 0; word < words; word++) {
        for (long rest = scratch[word]; rest != 0; rest &= rest - 1) {
          frequencies[(word << 6) + Long.numberOfTrailingZeros(rest)]++;
        }
      }
    }
    int most = 0;
    for (int source = 1; source < sourceCount; source++) {
      if (frequencies[source] > frequencies[most]) {
        most = source;
      }
    }
    return most;
  }

  /** Position of the first arrival that differs in none of the sources, or {@link #NEVER}. */
  private int firstNotHit(int[] sources, int count) {
    return arrivals.notHit(sources, count, one) == 0 ? NEVER : one[0];
  }

  private void start(int depth) {
    if (notHit[depth] == null) {
      notHit[depth] = new long[knownWords];
      allowed[depth] = new long[words];
    }
  }

  /** Searches the sets that contain the chosen sources and further allowed ones. */
  private void search(int depth) {
    if (--nodesLeft <= 0) {
      finished = true;
    }
    look();
    while (!finished) {
      if (isEmpty(notHit[depth])) {
        checkWithArrivals(depth);
        if (finished || depth == size) {
          return;
        }
      } else if (depth == size) {
        return;
      }
      if (depth == size - 1) {
        int last = commonSource(depth);
        if (last < 0) {
          return;
        }
        choose(depth, last);
        checkWithArrivals(depth + 1);
        // The new difference lacks this source, so it cannot come again.
      } else {
        branch(depth);
        return;
      }
    }
  }

  /** Tries every allowed source of the known difference that leaves the least choice. */
  private void branch(int depth) {
    int difference = narrowest(depth);
    if (packing(depth, difference) > size - depth) {
      return; // more differences without a common source than sources to choose
    }
    long[] candidates = candidates(depth, difference);
    start(depth + 1);
    for (int word = 0; word < words; word++) {
      for (long rest = candidates[word]; rest != 0 && !finished; rest &= rest - 1) {
        int source = (word << 6) + Long.numberOfTrailingZeros(rest);
        choose(depth, source);
        System.arraycopy(allowed[depth], 0, allowed[depth + 1], 0, words);
        search(depth + 1);
        // Sets with this source have all been searched.
        allowed[depth][word] &= ~(1L << source);
      }
    }
  }

  /** How many known differences, not hit yet and greedily chosen, have no common allowed source. */
  private int packing(int depth, int first) {
    long[] open = allowed[depth];
    for (int word = 0; word < words; word++) {
      scratch[word] = differences[first * words + word] & open[word];
    }
    int count = 1;
    for (int i = 0; i < knownWords; i++) {
      for (long rest = notHit[depth][i]; rest != 0; rest &= rest - 1) {
        int difference = (i << 6) + Long.numberOfTrailingZeros(rest);
        long common = 0;
        for (int word = 0; word < words && common == 0; word++) {
          common = differences[difference * words + word] & scratch[word];
        }
        if (common == 0) {
          count++;
          for (int word = 0; word < words; word++) {
            scratch[word] |= differences[difference * words + word] & open[word];
          }
        }
      }
    }
    return count;
  }

  private long[] candidates(int depth, int difference) {
    long[] candidates = new long[words];
    for (int word = 0; word < words; word++) {
      candidates[word] = differences[difference * words + word] & allowed[depth][word];
    }
    return candidates;
  }

  private void choose(int depth, int source) {
    start(depth + 1);
    chosen[depth] = source;
    long[] before = notHit[depth];
    long[] after = notHit[depth + 1];
    long[] hit = contains[source];
    for (int i = 0; i < knownWords; i++) {
      after[i] = before[i] & ~hit[i];
    }
  }

  /** Looks whether to stop, now and then. */
  private void look() {
    if ((++steps & (STEPS_PER_LOOK - 1)) == 0 && size > 1 && stop.getAsBoolean()) {
      nodesLeft = 0;
      finished = true;
    }
  }

  /** Asks for the first arrival that the chosen sources do not hit; it becomes known. */
  private void checkWithArrivals(int depth) {
    look();
    if (finished) {
      return;
    }
    int position = firstNotHit(chosen, depth);
    if (position >= horizon) {
      best = NEVER;
      finished = true;
      return;
    }
    if (position > best) {
      best = position;
      witness = Arrays.copyOf(chosen, depth);
    }
    arrivals.difference(position, scratch);
    int index = learn(scratch);
    for (int d = 0; d <= depth; d++) {
      notHit[d][index >>> 6] |= 1L << index;
    }
  }

  private int learn(long[] difference) {
    if (known == knownWords << 6) {
      knownWords *= 2;
      for (int source = 0; source < sourceCount; source++) {
        contains[source] = Arrays.copyOf(contains[source], knownWords);
      }
      for (int depth = 0; depth < notHit.length; depth++) {
        if (notHit[depth] != null) {
          notHit[depth] = Arrays.copyOf(notHit[depth], knownWords);
        }
      }
    }
    if (differences.length < (known + 1) * words) {
      differences = Arrays.copyOf(differences, Math.max(64 * words, 2 * differences.length));
    }
    System.arraycopy(difference, 0, differences, known * words, words);
    for (int word = 0; word < words; word++) {
      for (long rest = difference[word]; rest != 0; rest &= rest - 1) {
        contains[(word << 6) + Long.numberOfTrailingZeros(rest)][known >>> 6] |= 1L << known;
      }
    }
    return known++;
  }

  /** The known difference, of those not hit, with the fewest allowed sources. */
  private int narrowest(int depth) {
    int narrowest = -1;
    int fewest = Integer.MAX_VALUE;
    long[] open = allowed[depth];
    for (int i = 0; i < knownWords; i++) {
      for (long rest = notHit[depth][i]; rest != 0; rest &= rest - 1) {
        int difference = (i << 6) + Long.numberOfTrailingZeros(rest);
        int count = 0;
        for (int word = 0; word < words; word++) {
          count += Long.bitCount(differences[difference * words + word] & open[word]);
        }
        if (count < fewest) {
          fewest = count;
          narrowest = difference;
        }
      }
    }
    return narrowest;
  }

  /** An allowed source that hits all known differences not hit yet, or -1. */
  private int commonSource(int depth) {
    System.arraycopy(allowed[depth], 0, scratch, 0, words);
    for (int i = 0; i < knownWords; i++) {
      for (long rest = notHit[depth][i]; rest != 0; rest &= rest - 1) {
        int difference = (i << 6) + Long.numberOfTrailingZeros(rest);
        long any = 0;
        for (int word = 0; word < words; word++) {
          scratch[word] &= differences[difference * words + word];
          any |= scratch[word];
        }
        if (any == 0) {
          return -1;
        }
      }
    }
    for (int word = 0; word < words; word++) {
      if (scratch[word] != 0) {
        return (word << 6) + Long.numberOfTrailingZeros(scratch[word]);
      }
    }
    return -1;
  }

  private static boolean isEmpty(long[] bits) {
    for (long word : bits) {
      if (word != 0) {
        return false;
      }
    }
    return true;
  }
}
