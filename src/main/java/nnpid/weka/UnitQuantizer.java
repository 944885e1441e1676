package nnpid.weka;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import nnpid.distribution.JointDistribution;
import nnpid.weka.InstancesBridge.MissingValues;
import weka.core.Instances;
import weka.core.Randomizable;
import weka.core.Utils;
import weka.filters.Filter;

/**
 * Makes numeric units nominal by a filter, and counts units into distributions. The filter is
 * copied for every use. Immutable, as long as nobody changes the filter.
 */
public final class UnitQuantizer {
  private final Filter filter;
  private final Optional<Integer> seed;

  private UnitQuantizer(Filter filter, Optional<Integer> seed) {
    this.filter = requireNonNull(filter, "filter");
    this.seed = seed;
  }

  /** Quantizes by a filter as it is. */
  public static UnitQuantizer of(Filter filter) {
    return new UnitQuantizer(filter, Optional.empty());
  }

  /** The same with another seed, where the filter has one. */
  public UnitQuantizer withSeed(int newSeed) {
    return new UnitQuantizer(filter, Optional.of(newSeed));
  }

  /**
   * The filter of a class name and options.
   *
   * @throws IllegalArgumentException if it is none, or does not take the options
   */
  public static Filter parseFilter(String specification) {
    return Specification.parse(Filter.class, "quantizer (-Q", "filter", specification);
  }

  /** What {@link #quantize} does to data, for people: the filter, if it is needed. */
  public String describe(Instances data) {
    return isNeeded(data) ? Utils.toCommandLine(filter) : "none, all sources are nominal";
  }

  private static boolean isNeeded(Instances data) {
    return IntStream.range(0, data.numAttributes())
        .anyMatch(i -> i != data.classIndex() && data.attribute(i).isNumeric());
  }

  /**
   * The data with numeric attributes quantized, the class excepted; the data themselves if there
   * are none.
   *
   * @throws IllegalArgumentException if values or weights are not finite, or the filter does not
   *     keep the attributes
   * @throws CancellationException if the filter is interrupted
   * @throws Exception if the filter fails
   */
  public Instances quantize(Instances data) throws Exception {
    InstancesBridge.requireCountable(data);
    if (!isNeeded(data)) {
      return data;
    }
    Filter copy = Filter.makeCopy(filter);
    if (seed.isPresent() && copy instanceof Randomizable randomizable) {
      randomizable.setSeed(seed.get());
    }
    Instances quantized;
    try {
      copy.setInputFormat(data);
      quantized = Filter.useFilter(data, copy);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("The computation was stopped.");
    }
    if (quantized.numAttributes() != data.numAttributes()
        || quantized.classIndex() != data.classIndex()) {
      throw new IllegalArgumentException(
          String.format(
              "The quantizer (-Q %s) must keep the attributes: %d became %d.",
              Utils.toCommandLine(filter), data.numAttributes(), quantized.numAttributes()));
    }
    return quantized;
  }

  /**
   * The distribution of all attributes but the class, as sources in their order, and the class.
   * Instances of weight 0 do not count, not even for the limits of the levels.
   *
   * @param dropMissing whether instances with a missing value are left out; else missing is a level
   * @throws IllegalArgumentException if there is no nominal class, no other attribute, nothing to
   *     count, or an attribute is neither numeric nor nominal
   * @throws Exception if the filter fails
   */
  public JointDistribution count(Instances data, boolean dropMissing) throws Exception {
    InstancesBridge.requireInstances(data);
    InstancesBridge.requireNominalClass(data);
    int[] units =
        IntStream.range(0, data.numAttributes()).filter(i -> i != data.classIndex()).toArray();
    if (units.length == 0) {
      throw new IllegalArgumentException(
          "The data must have an attribute beside the class \""
              + data.classAttribute().name()
              + "\": there is none.");
    }
    return InstancesBridge.count(
            quantize(withoutWeightless(data)),
            units,
            dropMissing ? MissingValues.DROP : MissingValues.LEVEL)
        .distribution();
  }

  /** Weka's schemes are given instances of weight 0 that are not to count. */
  private static Instances withoutWeightless(Instances data) {
    if (data.stream().noneMatch(instance -> instance.weight() == 0)) {
      return data;
    }
    Instances counting = new Instances(data, data.numInstances());
    data.stream().filter(instance -> instance.weight() != 0).forEach(counting::add);
    InstancesBridge.requireInstances(counting);
    return counting;
  }
}
