package nnpid.weka;

import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import nnpid.distribution.SampleOfRow;
import weka.core.Attribute;
import weka.core.Instances;

/**
 * What is kept of the rows of a file when it is read for the first time: classes, weights, and
 * where values are missing. Not thread-safe.
 */
final class ScannedRows {
  /** What has more different values is no class that could do without instances. */
  private static final int MOST_CLASSES = 1 << 18;

  private final int classColumn;
  private final int weightColumn;
  private final int sampleColumn;
  private final BitSet[] missing; // by column; null as long as no value is
  private final Map<Double, Integer> codes = new HashMap<>();
  private int[] classes = new int[64]; // codes in order of appearance, -1 if it is missing
  private double[] weights = {}; // none as long as all are 1
  private double[] samples = {}; // values or codes; none if each row is one
  private int count;

  /**
   * No rows.
   *
   * @param classColumn index of the class
   * @param weightColumn index of the weights; negative if rows have their own
   * @param sampleColumn index of what tells the sample of a row; negative if each is one
   */
  ScannedRows(int columnCount, int classColumn, int weightColumn, int sampleColumn) {
    this.classColumn = classColumn;
    this.weightColumn = weightColumn;
    this.sampleColumn = sampleColumn;
    this.missing = new BitSet[columnCount];
  }

  /**
   * Looks at a row.
   *
   * @param row numbers, or codes of nominal values, NaN where there is none
   * @param ownWeight what the file says about it beside its values
   */
  void add(double[] row, double ownWeight) {
    if (count == classes.length) {
      classes = Arrays.copyOf(classes, count + (count >> 1));
      weights = weights.length == 0 ? weights : Arrays.copyOf(weights, classes.length);
    }
    for (int column = 0; column < row.length; column++) {
      if (Double.isNaN(row[column])) {
        if (missing[column] == null) {
          missing[column] = new BitSet();
        }
        missing[column].set(count);
      }
    }
    classes[count] = code(row[classColumn]);
    double weight = weightColumn < 0 ? ownWeight : row[weightColumn];
    if (weight != 1 && weights.length == 0) {
      weights = new double[classes.length];
      Arrays.fill(weights, 1);
    }
    if (weights.length > 0) {
      weights[count] = weight;
    }
    if (sampleColumn >= 0) {
      if (count >= samples.length) {
        samples = Arrays.copyOf(samples, classes.length);
      }
      samples[count] = row[sampleColumn];
    }
    count++;
  }

  private int code(double value) {
    if (Double.isNaN(value) || codes.size() > MOST_CLASSES) {
      return -1;
    }
    Integer code = codes.get(value);
    if (code == null) {
      code = codes.size();
      codes.put(value, code);
    }
    return code;
  }

  int rowCount() {
    return count;
  }

  /** The weight of every row; none if all are 1. */
  double[] weights() {
    return weights.length == 0 ? weights : Arrays.copyOf(weights, count);
  }

  /**
   * Which rows are of the same sample; empty if each is one.
   *
   * @param index of a nominal value, by its code; not used for numbers
   */
  Optional<SampleOfRow> samples(Instances header, IntUnaryOperator index) {
    if (sampleColumn < 0) {
      return Optional.empty();
    }
    Attribute attribute = header.attribute(sampleColumn);
    double[] marks = Arrays.copyOf(samples, count);
    if (attribute.isNominal()) {
      Arrays.setAll(
          marks, row -> Double.isNaN(marks[row]) ? Double.NaN : index.applyAsInt((int) marks[row]));
    }
    return Optional.of(UnitSelection.samples(attribute, marks));
  }

  /** The rows in which a column has no value. */
  Optional<BitSet> missing(int column) {
    return Optional.ofNullable(missing[column]);
  }

  /**
   * The class of every row, negative if it has none.
   *
   * @param header whose attribute for the class becomes nominal if numbers are to be classes
   * @param index of a nominal class, by its code; not used for numbers
   * @return empty if there are too many classes
   * @throws Exception if Weka's filter fails
   */
  Optional<int[]> classes(Instances header, boolean nominalClass, IntUnaryOperator index)
      throws Exception {
    Attribute target = header.attribute(classColumn);
    if (codes.size() > MOST_CLASSES && (target.isNominal() || nominalClass)) {
      return Optional.empty();
    }
    int[] indices = new int[codes.size()]; // by order of appearance
    if (target.isNominal()) {
      codes.forEach((value, code) -> indices[code] = index.applyAsInt(value.intValue()));
    } else if (nominalClass && target.isNumeric()) {
      double[] values = codes.keySet().stream().mapToDouble(value -> value).toArray();
      Optional<ClassOfNumbers> numbers = ClassOfNumbers.of(target, values);
      if (numbers.isEmpty()) {
        return Optional.empty();
      }
      codes.forEach((value, code) -> indices[code] = numbers.get().index(value));
      header.setClassIndex(-1);
      header.replaceAttributeAt(numbers.get().attribute(), classColumn);
    }
    int[] result = Arrays.copyOf(classes, count);
    for (int row = 0; row < count; row++) {
      result[row] = result[row] < 0 ? -1 : indices[result[row]];
    }
    return Optional.of(result);
  }
}
