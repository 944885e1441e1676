package nnpid.weka;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import weka.core.Attribute;
import weka.core.DenseInstance;
import weka.core.Instances;
import weka.filters.Filter;
import weka.filters.unsupervised.attribute.NumericToNominal;

/** Numbers as classes, as Weka's NumericToNominal makes them of the same numbers. */
public final class ClassOfNumbers {
  /** What has more different values is no class. */
  private static final int MOST_CLASSES = 1 << 16;

  private final Attribute attribute;
  private final Map<Double, Integer> indices;

  private ClassOfNumbers(Attribute attribute, Map<Double, Integer> indices) {
    this.attribute = attribute;
    this.indices = indices;
  }

  /**
   * The classes of numbers.
   *
   * @return empty if there are too many, or some are not finite
   * @throws Exception if Weka's filter fails
   */
  public static Optional<ClassOfNumbers> of(Attribute numeric, double[] values) throws Exception {
    TreeSet<Double> different = new TreeSet<>();
    for (double value : values) {
      different.add(value + 0.0); // no negative zero
      if (different.size() > MOST_CLASSES || Double.isInfinite(value)) {
        return Optional.empty();
      }
    }
    Instances numbers =
        new Instances(
            "classes", new ArrayList<>(List.of(new Attribute(numeric.name()))), different.size());
    different.forEach(value -> numbers.add(new DenseInstance(1, new double[] {value})));
    NumericToNominal toNominal = new NumericToNominal();
    toNominal.setInputFormat(numbers);
    Instances nominal = Filter.useFilter(numbers, toNominal);
    Map<Double, Integer> indices = new HashMap<>();
    int row = 0;
    for (double value : different) {
      indices.put(value, (int) nominal.instance(row++).value(0));
    }
    Attribute attribute = nominal.attribute(0).copy(numeric.name());
    attribute.setWeight(numeric.weight());
    return Optional.of(new ClassOfNumbers(attribute, indices));
  }

  /** The attribute with the classes. */
  public Attribute attribute() {
    return attribute;
  }

  /** The class of a number. */
  public int index(double value) {
    return requireNonNull(indices.get(value + 0.0));
  }
}
