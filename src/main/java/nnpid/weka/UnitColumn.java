package nnpid.weka;

import java.util.Optional;
import nnpid.analysis.UnitLevels;
import nnpid.distribution.StateColumn;
import weka.core.Attribute;

/** One unit whose values become states, which are all that is kept of them. Not thread-safe. */
interface UnitColumn {
  /**
   * Takes the values of some neighboring samples; these come in their order.
   *
   * @param values NaN where one is missing
   * @param first the first of the samples
   */
  void take(double[] values, int first, int count, CountingRows rows);

  /** The states of the samples that count; no more may be added. */
  StateColumn states();

  /** How many of them stand for a missing value. */
  long missingCount();

  /** How activations became levels, if there were any. */
  Optional<UnitLevels> facts();

  /** A unit that has states already, the values of a nominal attribute. */
  final class Nominal implements UnitColumn {
    private final int missingState;
    private final StateColumn.Builder states;
    private long missingCount;

    Nominal(Attribute attribute, int count) {
      missingState = attribute.numValues();
      states = new StateColumn.Builder(count, attribute.numValues());
    }

    @Override
    public void take(double[] values, int first, int count, CountingRows rows) {
      for (int i = 0; i < count; i++) {
        if (rows.counts(first + i)) {
          boolean missing = Double.isNaN(values[i]);
          missingCount += missing ? 1 : 0;
          states.add(missing ? missingState : (int) values[i]);
        }
      }
    }

    @Override
    public StateColumn states() {
      return states.build();
    }

    @Override
    public long missingCount() {
      return missingCount;
    }

    @Override
    public Optional<UnitLevels> facts() {
      return Optional.empty();
    }
  }
}
