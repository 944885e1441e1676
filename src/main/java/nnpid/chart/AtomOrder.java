package nnpid.chart;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import nnpid.decomposition.Atom;

/**
 * Some atoms in the order of the lattice, and where they stand in a diagram of it: every atom one
 * level above the highest that is below it, near those it is joined to.
 */
final class AtomOrder {
  /** Sweeps of the ordering within levels; it settles after a few. */
  private static final int SWEEPS = 12;

  private final int[] level;
  private final double[] across; // place within the level, 0 in the middle, in widths of a node
  private final int[][] covers; // what is above with nothing between
  private final int widest;

  AtomOrder(List<Atom> atoms) {
    int size = atoms.size();
    boolean[][] below = new boolean[size][size];
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < size; j++) {
        below[i][j] = i != j && atoms.get(i).antichain().precedes(atoms.get(j).antichain());
      }
    }
    covers = new int[size][];
    for (int i = 0; i < size; i++) {
      int lower = i;
      covers[i] =
          IntStream.range(0, size)
              .filter(
                  upper ->
                      below[lower][upper]
                          && IntStream.range(0, size)
                              .noneMatch(k -> below[lower][k] && below[k][upper]))
              .toArray();
    }
    level = new int[size];
    for (boolean changed = true; changed; ) {
      changed = false;
      for (int i = 0; i < size; i++) {
        for (int upper : covers[i]) {
          if (level[upper] <= level[i]) {
            level[upper] = level[i] + 1;
            changed = true;
          }
        }
      }
    }
    across = new double[size];
    widest = arrange();
  }

  /** Number of levels. */
  int height() {
    return Arrays.stream(level).max().orElse(0) + 1;
  }

  /** Number of atoms in the widest level. */
  int width() {
    return widest;
  }

  int level(int atom) {
    return level[atom];
  }

  /** The place within the level, 0 in the middle, in widths of an atom. */
  double across(int atom) {
    return across[atom];
  }

  /** The atoms directly above. */
  int[] covers(int atom) {
    return covers[atom].clone();
  }

  /** Places the nodes of every level near the mean place of their neighbors. */
  private int arrange() {
    int top = height() - 1;
    List<List<Integer>> levels = new ArrayList<>();
    for (int l = 0; l <= top; l++) {
      int wanted = l;
      levels.add(
          new ArrayList<>(
              IntStream.range(0, level.length).filter(i -> level[i] == wanted).boxed().toList()));
    }
    List<List<Integer>> below = new ArrayList<>();
    for (int i = 0; i < level.length; i++) {
      below.add(new ArrayList<>());
    }
    for (int i = 0; i < level.length; i++) {
      for (int upper : covers[i]) {
        below.get(upper).add(i);
      }
    }
    levels.forEach(this::spread);
    for (int sweep = 0; sweep < SWEEPS; sweep++) {
      boolean up = sweep % 2 == 0;
      for (int step = 1; step <= top; step++) {
        List<Integer> nodes = levels.get(up ? step : top - step);
        double[] mean = new double[level.length];
        for (int node : nodes) {
          List<Integer> neighbors =
              up ? below.get(node) : Arrays.stream(covers[node]).boxed().toList();
          mean[node] = neighbors.stream().mapToDouble(n -> across[n]).average().orElse(0);
        }
        nodes.sort(Comparator.comparingDouble(node -> mean[node]));
        spread(nodes);
      }
    }
    return levels.stream().mapToInt(List::size).max().orElse(1);
  }

  private void spread(List<Integer> nodes) {
    for (int i = 0; i < nodes.size(); i++) {
      across[nodes.get(i)] = i - (nodes.size() - 1) / 2.0;
    }
  }
}
