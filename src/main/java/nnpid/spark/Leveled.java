package nnpid.spark;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import nnpid.analysis.UnitLevels;
import nnpid.distribution.Quantizer;
import nnpid.distribution.StateColumn;
import nnpid.execution.Transfer;

/**
 * What a second pass over rows, or over those of a partition, tells: the states of units, counted
 * or one after another, and how activations became levels. Not thread-safe.
 */
final class Leveled implements Serializable {
  private static final long serialVersionUID = 1L;

  private final UnitLevels.Counter[] counters; // by unit
  private final long[] rowCounts; // by layer, as what follows
  private final long[] dropped;
  private final long[] missing;
  private final LongCounts cells = new LongCounts();
  private final Block[] blocks;

  /**
   * How units become levels.
   *
   * @param plan what rows are
   * @param quantizers by unit; those of names are of no use
   * @param limits the same
   * @param counted whether states are counted, by {@link CellCode}; else they are kept
   */
  @SuppressWarnings("ArrayRecordComponent") // nobody compares or changes them
  record How(RowPlan plan, Quantizer[] quantizers, List<UnitLevels.Limits> limits, boolean counted)
      implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  /** The rows of a layer, one after another. */
  static final class Block implements Serializable {
    private static final long serialVersionUID = 1L;

    private final StateColumn[] columns;
    private final int[] classes;
    private final double[] weights; // none without weights

    private Block(StateColumn[] columns, int[] classes, double[] weights) {
      this.columns = columns;
      this.classes = classes;
      this.weights = weights;
    }

    StateColumn[] columns() {
      return columns;
    }

    int[] classes() {
      return classes;
    }

    double[] weights() {
      return weights;
    }
  }

  /** Takes the rows of a layer. */
  private static final class Builder {
    private final StateColumn.Builder[] columns;
    private int[] classes = new int[64];
    private double[] weights = new double[0];
    private int count;

    Builder(RowPlan plan, RowPlan.Layer layer) {
      columns =
          Arrays.stream(layer.units())
              .mapToObj(unit -> new StateColumn.Builder(64, plan.missingState(unit) + 1))
              .toArray(StateColumn.Builder[]::new);
    }

    void add(int[] states, int target, double weight, boolean weighted) {
      if (count == classes.length) {
        classes = Arrays.copyOf(classes, 2 * count);
      }
      if (weighted) {
        if (count >= weights.length) {
          weights = Arrays.copyOf(weights, classes.length);
        }
        weights[count] = weight;
      }
      classes[count++] = target;
      for (int i = 0; i < states.length; i++) {
        columns[i].add(states[i]);
      }
    }

    Block build() {
      return new Block(
          Arrays.stream(columns).map(StateColumn.Builder::build).toArray(StateColumn[]::new),
          Arrays.copyOf(classes, count),
          Arrays.copyOf(weights, Math.min(count, weights.length)));
    }
  }

  private Leveled(How how) {
    RowPlan plan = how.plan;
    counters = new UnitLevels.Counter[plan.unitCount()];
    for (int unit = 0; unit < counters.length; unit++) {
      counters[unit] =
          new UnitLevels.Counter(Optional.of(how.limits.get(unit)), plan.levelCount(), 0);
    }
    rowCounts = new long[plan.layers().length];
    dropped = new long[plan.layers().length];
    missing = new long[plan.layers().length];
    blocks = new Block[plan.layers().length];
  }

  /** The rows of a partition, as bytes of {@link Transfer}. */
  static Iterator<byte[]> of(Iterator<Sample> rows, byte[] sentHow) {
    How how = (How) Transfer.object(sentHow);
    Leveled leveled = new Leveled(how);
    leveled.addAll(rows, how);
    return List.of(Transfer.bytes(leveled)).iterator();
  }

  private void addAll(Iterator<Sample> rows, How how) {
    RowPlan plan = how.plan;
    Builder[] builders =
        Arrays.stream(plan.layers()).map(layer -> new Builder(plan, layer)).toArray(Builder[]::new);
    CellCode code = new CellCode(plan);
    int[][] states =
        Arrays.stream(plan.layers())
            .map(layer -> new int[layer.units().length])
            .toArray(int[][]::new);
    while (rows.hasNext()) {
      double[] values = rows.next().values();
      int target = plan.classOf(values);
      double weight = plan.weightOf(values);
      for (int layer = 0; target >= 0 && weight > 0 && layer < states.length; layer++) {
        int missingHere = plan.layers()[layer].missing(values);
        if (missingHere > 0 && plan.layers()[layer].dropping()) {
          dropped[layer]++;
          continue;
        }
        rowCounts[layer]++;
        missing[layer] += missingHere;
        fill(states[layer], plan.layers()[layer].units(), values, weight, how);
        if (how.counted) {
          cells.add(code.key(layer, states[layer], target), (long) weight);
        } else {
          builders[layer].add(states[layer], target, weight, plan.weighted());
        }
      }
    }
    for (int layer = 0; layer < blocks.length; layer++) {
      blocks[layer] = builders[layer].build();
    }
  }

  private void fill(int[] states, int[] units, double[] values, double weight, How how) {
    for (int i = 0; i < states.length; i++) {
      int unit = units[i];
      double value = values[unit];
      if (Double.isNaN(value)) {
        states[i] = how.plan.missingState(unit);
      } else if (how.plan.isNumeric(unit)) {
        states[i] = how.quantizers[unit].quantize(value);
        counters[unit].add(value, states[i], weight);
      } else {
        states[i] = (int) value;
      }
    }
  }

  /** Adds what is not a matter of cells or blocks. */
  void mergeFacts(Leveled other) {
    for (int unit = 0; unit < counters.length; unit++) {
      counters[unit].merge(other.counters[unit]);
    }
    for (int layer = 0; layer < missing.length; layer++) {
      rowCounts[layer] += other.rowCounts[layer];
      dropped[layer] += other.dropped[layer];
      missing[layer] += other.missing[layer];
    }
  }

  /** The same without cells and blocks. */
  static Leveled facts(How how, Leveled one) {
    Leveled facts = new Leveled(how);
    facts.mergeFacts(one);
    return facts;
  }

  static Leveled none(How how) {
    return new Leveled(how);
  }

  UnitLevels.Counter counter(int unit) {
    return counters[unit];
  }

  long rowCount(int layer) {
    return rowCounts[layer];
  }

  long dropped(int layer) {
    return dropped[layer];
  }

  long missing(int layer) {
    return missing[layer];
  }

  LongCounts cells() {
    return cells;
  }

  Block block(int layer) {
    return blocks[layer];
  }
}
