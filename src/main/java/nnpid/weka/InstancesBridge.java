package nnpid.weka;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import nnpid.distribution.SampleOfRow;
import nnpid.distribution.SampledDistribution;
import nnpid.distribution.SampledDistribution.LeftOut;
import nnpid.distribution.WeightMeaning;
import weka.core.Attribute;
import weka.core.Instance;
import weka.core.Instances;
import weka.core.Range;

/**
 * Turns Weka's instances into distributions: every decision on weights, missing values and types of
 * attributes is made here.
 *
 * <p>A value of a nominal attribute is a state. Instances count by their weight, those without a
 * class or of weight 0 not at all.
 */
public final class InstancesBridge {
  /** What becomes of instances with a missing value in a source. */
  public enum MissingValues {
    /** Missing is one more level of the attribute. */
    LEVEL,
    /** The instance is left out. */
    DROP;

    /** The name in options. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Counted instances.
   *
   * @param samples one source per attribute, in the order of the attributes
   * @param missingValueCount how many of their values are missing
   */
  public record Counted(SampledDistribution samples, long missingValueCount) {}

  private InstancesBridge() {}

  /**
   * Counts the joint states of nominal attributes and the class.
   *
   * @param attributes indices of the sources' attributes
   * @param samples which instances are of the same sample; empty if each is one
   * @param meaning what the weights mean
   * @throws IllegalArgumentException if an attribute or the class is not nominal, a weight is not
   *     finite or negative, weights are said to be counts and cannot be, or no instance can be
   *     counted
   */
  public static Counted count(
      Instances data,
      int[] attributes,
      MissingValues missingValues,
      Optional<SampleOfRow> samples,
      WeightMeaning meaning) {
    requireNominalClass(data);
    for (int attribute : attributes) {
      if (!data.attribute(attribute).isNominal()) {
        throw new IllegalArgumentException(
            String.format(
                "Attribute \"%s\" must be nominal: it is %s.%nMaybe use -Q with a filter that"
                    + " makes it nominal.",
                data.attribute(attribute).name(),
                Attribute.typeToString(data.attribute(attribute))));
      }
    }
    SampledDistribution.Counter counter = new SampledDistribution.Counter(attributes.length);
    BitSet counted = new BitSet();
    int[] states = new int[attributes.length];
    long missingValueCount = 0;
    long withoutClass = 0;
    long dropped = 0;
    long weightless = 0;
    for (int i = 0; i < data.numInstances(); i++) {
      Instance instance = data.instance(i);
      if (instance.classIsMissing()) {
        withoutClass++;
        continue;
      }
      if (instance.weight() == 0) {
        weightless++;
        continue;
      }
      int missing = 0;
      for (int source = 0; source < states.length; source++) {
        Attribute attribute = data.attribute(attributes[source]);
        if (instance.isMissing(attribute)) {
          states[source] = attribute.numValues();
          missing++;
        } else {
          states[source] = (int) instance.value(attribute);
        }
      }
      if (missing > 0 && missingValues == MissingValues.DROP) {
        dropped++;
        continue;
      }
      counted.set(i);
      counter.add(states, (int) instance.classValue(), instance.weight());
      missingValueCount += missing;
    }
    if (counter.rowCount() == 0) {
      throw new IllegalArgumentException(nothingToCount(dropped, weightless));
    }
    return new Counted(
        counter.toSamples(
            samples.map(all -> all.of(counted)),
            meaning,
            new LeftOut(withoutClass, dropped, weightless)),
        missingValueCount);
  }

  static String nothingToCount(long dropped, long weightless) {
    if (dropped > 0) {
      return "At least one instance must have a class and all values: none has."
          + "\nMaybe use -missing level, which makes missing values a level of their own.";
    }
    return weightless > 0
        ? "At least one instance with a class must have a weight above 0: none has."
        : "At least one instance must have a class: none has.";
  }

  /**
   * Which instances {@link #count} counts.
   *
   * @param attributes indices of the sources' attributes
   * @return their indices
   */
  public static BitSet counting(Instances data, int[] attributes, MissingValues missingValues) {
    BitSet counting = new BitSet();
    for (int i = 0; i < data.numInstances(); i++) {
      Instance instance = data.instance(i);
      counting.set(
          i,
          !instance.classIsMissing()
              && instance.weight() > 0
              && (missingValues == MissingValues.LEVEL
                  || Arrays.stream(attributes).noneMatch(instance::isMissing)));
    }
    return counting;
  }

  /**
   * The attributes of a range that a filter can use, the class excepted.
   *
   * @param range its upper end becomes the last attribute
   * @param usable which kinds of attributes the filter can use
   * @return ascending indices from 0
   * @throws IllegalArgumentException if the data do not have all attributes of the range
   */
  public static int[] inRange(Range range, Instances data, Predicate<Attribute> usable) {
    try {
      range.setUpper(data.numAttributes() - 1);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          String.format(
              "The range of attributes (-R %s) must fit the data: they have %d attributes.%n"
                  + "Maybe use -R first-last.",
              range.getRanges(), data.numAttributes()),
          e);
    }
    return IntStream.range(0, data.numAttributes())
        .filter(i -> i != data.classIndex() && range.isInRange(i))
        .filter(i -> usable.test(data.attribute(i)))
        .toArray();
  }

  /** Checks that there is anything to count. */
  public static void requireInstances(Instances data) {
    if (data.numInstances() == 0) {
      throw new IllegalArgumentException("The data must have instances: there are none.");
    }
  }

  /** Checks what can be checked before the data are quantized. */
  public static void requireCountable(Instances data) {
    boolean classFound = false;
    for (int i = 0; i < data.numInstances(); i++) {
      Instance instance = data.instance(i);
      requireWeight(instance.weight(), i);
      classFound |= !instance.classIsMissing();
      for (int j = 0; j < instance.numValues(); j++) {
        if (Double.isInfinite(instance.valueSparse(j))) {
          throw infinite(instance.attributeSparse(j).name(), i);
        }
      }
    }
    if (!classFound) {
      throw noClass(data.classAttribute().name());
    }
  }

  static void requireWeight(double weight, int index) {
    if (!(weight >= 0 && weight < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          String.format(
              "The weight (%s) of instance %d must be finite and not negative.%n"
                  + "Maybe set it to 0, if the instance should not count.",
              weight, index + 1));
    }
  }

  static IllegalArgumentException infinite(String attribute, int index) {
    return new IllegalArgumentException(
        String.format(
            "Attribute \"%s\" of instance %d is infinite: activations must be finite.%n"
                + "Maybe the network diverged; check the epoch before.",
            attribute, index + 1));
  }

  static IllegalArgumentException noClass(String name) {
    return new IllegalArgumentException(
        String.format("At least one instance must have a class: \"%s\" is missing in all.", name));
  }

  public static void requireNominalClass(Instances data) {
    Attribute target = data.classAttribute();
    if (!target.isNominal()) {
      String hint =
          target.isNumeric()
              ? "Maybe use -nominal-class, which makes every number a class"
                  + " (weka.filters.unsupervised.attribute.NumericToNominal),\nor make intervals"
                  + " with weka.filters.unsupervised.attribute.Discretize.\nIf another attribute is"
                  + " the class, name it with -c."
              : "Maybe name another class with -c, or convert it with"
                  + " weka.filters.unsupervised.attribute.StringToNominal.";
      throw new IllegalArgumentException(
          String.format(
              "The class \"%s\" must be nominal: it is %s.\n%s",
              target.name(), Attribute.typeToString(target), hint));
    }
  }
}
