package nnpid.estimation;

import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import nnpid.execution.RandomStreams;
import org.apache.commons.math3.util.CombinatoricsUtils;

/**
 * The subsets of some sources that are looked at: all of some sizes, or a random sample of them,
 * all different and each as likely as any other, if there are more than a limit. They have numbers.
 * Immutable.
 */
public final class SubsetChoice implements Serializable {
  private static final long serialVersionUID = 1L;

  private final transient Sent sent;
  private final transient double possible;
  private final transient List<int[]> subsets;

  /** What another machine needs; the rest follows. */
  private record Sent(int sourceCount, SubsetSizes sizes, int limit, long seed)
      implements Serializable {
    private static final long serialVersionUID = 1L;

    private Object readResolve() {
      return new SubsetChoice(this);
    }
  }

  private SubsetChoice(Sent sent) {
    this.sent = sent;
    this.possible = possible(sent.sourceCount, sent.sizes);
    this.subsets = possible <= sent.limit ? all() : sample();
  }

  /**
   * Chooses subsets.
   *
   * @param sizes as far as there are so many sources
   * @param limit how many at most
   * @param seed of the sample, if there are more
   * @throws IllegalArgumentException if there are fewer sources than the least size, or the limit
   *     is not positive
   */
  public static SubsetChoice of(int sourceCount, SubsetSizes sizes, int limit, long seed) {
    if (sizes.least() > sourceCount) {
      throw new IllegalArgumentException(
          String.format(
              "The size of subsets (%s) must be at most %d, the number of sources.",
              sizes, sourceCount));
    }
    if (limit < 1) {
      throw new IllegalArgumentException("The limit (" + limit + ") must be at least 1.");
    }
    return new SubsetChoice(new Sent(sourceCount, sizes.upTo(sourceCount), limit, seed));
  }

  private Object writeReplace() {
    return sent;
  }

  private void readObject(ObjectInputStream in) throws InvalidObjectException {
    throw new InvalidObjectException("Subsets are sent in another form.");
  }

  /** How many subsets of some sizes so many sources have. */
  public static double possible(int sourceCount, SubsetSizes sizes) {
    double all = 0;
    for (int size = sizes.least(); size <= Math.min(sizes.most(), sourceCount); size++) {
      all += CombinatoricsUtils.binomialCoefficientDouble(sourceCount, size);
    }
    return all;
  }

  /** How many subsets there are of these sizes. */
  public double possible() {
    return possible;
  }

  /** Whether they are a sample of those that there are. */
  public boolean isSample() {
    return subsets.size() < possible;
  }

  /** How many are looked at. */
  public int count() {
    return subsets.size();
  }

  /** The sources of a subset, ascending. */
  public int[] get(int number) {
    return subsets.get(number).clone();
  }

  /** The sizes that these sources can have. */
  public SubsetSizes sizes() {
    return sent.sizes;
  }

  /** The seed of a sample. */
  public long seed() {
    return sent.seed;
  }

  private List<int[]> all() {
    List<int[]> all = new ArrayList<>();
    for (int size = sent.sizes.least(); size <= sent.sizes.most(); size++) {
      CombinatoricsUtils.combinationsIterator(sent.sourceCount, size).forEachRemaining(all::add);
    }
    return all;
  }

  private List<int[]> sample() {
    SplittableRandom random = RandomStreams.of(sent.seed, 0);
    if (possible < 2.0 * sent.limit) {
      List<int[]> shuffled = all();
      for (int i = 0; i < sent.limit; i++) {
        Collections.swap(shuffled, i, i + random.nextInt(shuffled.size() - i));
      }
      return List.copyOf(shuffled.subList(0, sent.limit));
    }
    Set<List<Integer>> different = new LinkedHashSet<>();
    while (different.size() < sent.limit) {
      double place = random.nextDouble() * possible;
      int size = sent.sizes.least();
      while (size < sent.sizes.most() && place >= ofSize(size)) {
        place -= ofSize(size);
        size++;
      }
      different.add(randomSubset(size, random));
    }
    return different.stream()
        .map(subset -> subset.stream().mapToInt(Integer::intValue).toArray())
        .toList();
  }

  private double ofSize(int size) {
    return CombinatoricsUtils.binomialCoefficientDouble(sent.sourceCount, size);
  }

  private List<Integer> randomSubset(int size, SplittableRandom random) {
    int[] order = IntStream.range(0, sent.sourceCount).toArray();
    for (int i = 0; i < size; i++) {
      int other = i + random.nextInt(order.length - i);
      int swap = order[i];
      order[i] = order[other];
      order[other] = swap;
    }
    return Arrays.stream(order, 0, size).sorted().boxed().toList();
  }
}
