package nnpid.spark;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/**
 * What the values of a row are: first those of the units, then the class, then the weight if there
 * is one.
 *
 * @param layers the layers
 * @param stateCounts by unit: number of its states, not counting missing ones; 0 of a number, which
 *     becomes one of {@code levelCount}
 * @param levelCount number of levels of a unit that has numbers
 * @param classNumbers numbers that are classes, ascending; none if the class has names
 * @param classIndices the classes of these numbers
 * @param weighted whether there are weights
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares or changes them
record RowPlan(
    Layer[] layers,
    int[] stateCounts,
    int levelCount,
    double[] classNumbers,
    int[] classIndices,
    boolean weighted)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /**
   * A layer.
   *
   * @param units its units, among those of the row
   * @param dropping whether rows with a missing value do not count
   */
  @SuppressWarnings("ArrayRecordComponent") // nobody compares or changes it
  record Layer(int[] units, boolean dropping) implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Whether a row that has a class counts. */
    boolean counts(double[] values) {
      return !dropping || missing(values) == 0;
    }

    int missing(double[] values) {
      int missing = 0;
      for (int unit : units) {
        missing += Double.isNaN(values[unit]) ? 1 : 0;
      }
      return missing;
    }
  }

  int unitCount() {
    return stateCounts.length;
  }

  boolean isNumeric(int unit) {
    return stateCounts[unit] == 0;
  }

  /** The state of a missing value. */
  int missingState(int unit) {
    return isNumeric(unit) ? levelCount : stateCounts[unit];
  }

  /** The class; -1 if it is missing. */
  int classOf(double[] values) {
    double value = values[unitCount()];
    if (Double.isNaN(value)) {
      return -1;
    }
    return classNumbers.length == 0
        ? (int) value
        : classIndices[Arrays.binarySearch(classNumbers, value + 0.0)]; // no negative zero
  }

  double weightOf(double[] values) {
    return weighted ? values[unitCount() + 1] : 1;
  }

  /** The units of some layers, ascending. */
  int[] units(List<Integer> some) {
    return some.stream().flatMapToInt(i -> Arrays.stream(layers[i].units)).sorted().toArray();
  }

  /** What rows are that have nothing but some layers. */
  RowPlan of(List<Integer> some) {
    int[] units = units(some);
    return new RowPlan(
        some.stream()
            .map(i -> layers[i])
            .map(
                layer ->
                    new Layer(
                        Arrays.stream(layer.units)
                            .map(unit -> Arrays.binarySearch(units, unit))
                            .toArray(),
                        layer.dropping))
            .toArray(Layer[]::new),
        Arrays.stream(units).map(unit -> stateCounts[unit]).toArray(),
        levelCount,
        classNumbers,
        classIndices,
        weighted);
  }
}
