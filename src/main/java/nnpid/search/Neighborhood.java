package nnpid.search;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Random moves between assignments whose groups keep their allowed sizes: one item changes to
 * another group, or two items of different groups swap; half of the moves are two or more such
 * changes at once, a quarter three or more, and so on.
 *
 * <p>So every assignment can be reached from every other, however the sizes are limited, and no
 * local optimum holds the search for ever; where all sizes are fixed, only swaps are tried.
 */
final class Neighborhood {
  // Far more than chance needs to find a move that changes something, if there is one.
  private static final int MOST_ATTEMPTS = 1000;

  private final Evaluation evaluation;
  private final int[] minSizes;
  private final int[] maxSizes;

  Neighborhood(Evaluation evaluation, int[] minSizes, int[] maxSizes) {
    this.evaluation = evaluation;
    this.minSizes = minSizes;
    this.maxSizes = maxSizes;
  }

  /** Another assignment, or null if there is only one. */
  int @Nullable [] draw(int[] assignment, SplittableRandom random) {
    int[] canonical = evaluation.canonical(assignment);
    for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
      int[] result = assignment.clone();
      do {
        changeOrSwap(result, random);
      } while (random.nextBoolean());
      if (!Arrays.equals(canonical, evaluation.canonical(result))) {
        return result;
      }
    }
    return null;
  }

  /** An assignment that has much in common with this one, but lies beyond its local optimum. */
  int[] kick(int[] assignment, SplittableRandom random) {
    int[] result = assignment.clone();
    int changes = 2 + random.nextInt(assignment.length);
    for (int i = 0; i < changes; i++) {
      changeOrSwap(result, random);
    }
    return result;
  }

  private void changeOrSwap(int[] assignment, SplittableRandom random) {
    boolean swap = random.nextBoolean();
    if (!swap || !swap(assignment, random)) {
      if (!change(assignment, random)) {
        swap(assignment, random);
      }
    }
  }

  private int[] sizes(int[] assignment) {
    int[] sizes = new int[minSizes.length];
    for (int group : assignment) {
      sizes[group]++;
    }
    return sizes;
  }

  /** The group an item leaves is drawn first: a small subset loses items as often as it gains. */
  private boolean change(int[] assignment, SplittableRandom random) {
    int[] sizes = sizes(assignment);
    int from = drawGroup(group -> sizes[group] > minSizes[group], random);
    int to = drawGroup(group -> group != from && sizes[group] < maxSizes[group], random);
    if (from < 0 || to < 0) {
      return false;
    }
    assignment[drawItem(assignment, from, sizes, random)] = to;
    return true;
  }

  private boolean swap(int[] assignment, SplittableRandom random) {
    int[] sizes = sizes(assignment);
    int first = drawGroup(group -> sizes[group] > 0, random);
    int second = drawGroup(group -> group != first && sizes[group] > 0, random);
    if (first < 0 || second < 0) {
      return false;
    }
    int item = drawItem(assignment, first, sizes, random);
    assignment[drawItem(assignment, second, sizes, random)] = first;
    assignment[item] = second;
    return true;
  }

  @FunctionalInterface
  private interface GroupTest {
    boolean test(int group);
  }

  /** One of the groups that pass, or -1. */
  private int drawGroup(GroupTest test, SplittableRandom random) {
    int result = -1;
    int passed = 0;
    for (int group = 0; group < minSizes.length; group++) {
      if (test.test(group) && random.nextInt(++passed) == 0) {
        result = group;
      }
    }
    return result;
  }

  private static int drawItem(int[] assignment, int group, int[] sizes, SplittableRandom random) {
    int remaining = random.nextInt(sizes[group]);
    int item = 0;
    while (assignment[item] != group || remaining-- > 0) {
      item++;
    }
    return item;
  }
}
