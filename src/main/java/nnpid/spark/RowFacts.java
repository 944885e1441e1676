package nnpid.spark;

import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import java.util.TreeSet;
import org.apache.spark.api.java.JavaRDD;

/** What classes and weights there are. Not thread-safe. */
final class RowFacts implements Serializable {
  private static final long serialVersionUID = 1L;

  /** What has more different values is no class. */
  static final int MOST_CLASSES = 1 << 16;

  private final TreeSet<Double> classes = new TreeSet<>();
  private boolean tooManyClasses;
  private long rowCount;
  private long withoutClass;
  private long weightless;
  private double weight;
  private double badWeight = 1;

  /**
   * Looks at rows.
   *
   * @param rows whose values are the class, and the weight if there is one
   */
  static RowFacts of(JavaRDD<Sample> rows, boolean weighted) {
    RowFacts facts = new RowFacts();
    SparkFailure.await(rows.mapPartitions(part -> of(part, weighted)).collectAsync())
        .forEach(facts::merge);
    return facts;
  }

  private static Iterator<RowFacts> of(Iterator<Sample> rows, boolean weighted) {
    RowFacts facts = new RowFacts();
    while (rows.hasNext()) {
      double[] values = rows.next().values();
      facts.add(values[0], weighted ? values[1] : 1);
    }
    return List.of(facts).iterator();
  }

  private void add(double value, double rowWeight) {
    rowCount++;
    if (!(rowWeight >= 0 && rowWeight < 0x1p53 && rowWeight == Math.rint(rowWeight))) {
      badWeight = rowWeight;
    }
    if (Double.isNaN(value)) {
      withoutClass++;
    } else {
      noteClass(value + 0.0); // no negative zero
      weightless += rowWeight == 0 ? 1 : 0;
      weight += rowWeight;
    }
  }

  private void noteClass(double value) {
    if (!tooManyClasses && classes.add(value) && classes.size() > MOST_CLASSES) {
      tooManyClasses = true;
      classes.clear();
    }
  }

  private void merge(RowFacts other) {
    tooManyClasses |= other.tooManyClasses;
    if (tooManyClasses) {
      classes.clear();
    }
    other.classes.forEach(this::noteClass);
    rowCount += other.rowCount;
    withoutClass += other.withoutClass;
    weightless += other.weightless;
    weight += other.weight;
    badWeight = other.badWeight == 1 ? badWeight : other.badWeight;
  }

  long rowCount() {
    return rowCount;
  }

  long withoutClass() {
    return withoutClass;
  }

  long weightless() {
    return weightless;
  }

  /** Rows with a class and a weight. */
  long counting() {
    return rowCount - withoutClass - weightless;
  }

  /** Of all rows that have a class. */
  double weight() {
    return weight;
  }

  /** A weight that is no number of samples; 1 if there is none. */
  double badWeight() {
    return badWeight;
  }

  /** The values of a class of numbers, ascending. */
  double[] classes() {
    return classes.stream().mapToDouble(value -> value).toArray();
  }

  boolean tooManyClasses() {
    return tooManyClasses;
  }
}
