package nnpid.weka;

import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import nnpid.network.Samples;
import nnpid.network.Shape;
import weka.core.Attribute;
import weka.core.Instance;
import weka.core.Instances;
import weka.core.Utils;
import weka.filters.Filter;
import weka.filters.unsupervised.attribute.NominalToBinary;
import weka.filters.unsupervised.attribute.ReplaceMissingValues;

/**
 * The way from Weka's instances to the inputs of a network, learned from training data: missing
 * values become means or modes, nominal attributes indicators (both by Weka's own filters), and
 * inputs are scaled. Thread-safe.
 */
public final class NetworkInputs implements Serializable {
  private static final long serialVersionUID = 8410235619270356124L;

  private static final int ROWS_PER_CHECK = 256;

  private final Instances header;
  private final ReplaceMissingValues missingValues = new ReplaceMissingValues();
  private final NominalToBinary nominalValues = new NominalToBinary();
  private final boolean hasNominal;
  private final int inputCount;
  private final double[] shifts;
  private final double[] divisors; // infinite where an input is constant in training

  /** How inputs are scaled. */
  private enum Scaling {
    NONE,
    UNIT,
    SYMMETRIC,
    STANDARDIZE,
    STANDARDIZE_CHANNELS,
    DIVISOR
  }

  private NetworkInputs(Instances data, String scaling, Optional<Shape> shape) throws Exception {
    header = new Instances(data, 0);
    missingValues.setInputFormat(data);
    Instances complete = Filter.useFilter(data, missingValues);
    nominalValues.setInputFormat(complete);
    Filter.useFilter(new Instances(complete, 0), nominalValues);
    boolean nominal = false;
    for (int i = 0; i < data.numAttributes(); i++) {
      nominal |= i != data.classIndex() && data.attribute(i).isNominal();
    }
    hasNominal = nominal;
    inputCount = nominalValues.getOutputFormat().numAttributes() - 1;
    shifts = new double[inputCount];
    divisors = new double[inputCount];
    Arrays.fill(divisors, 1);
    learnScales(data, scaling, shape);
  }

  /**
   * Learns from training data with a nominal class.
   *
   * @param scaling {@code none}; {@code unit} for inputs from 0 to 1 in the training data; {@code
   *     symmetric} from -1 to 1; {@code standardize} for mean 0 and standard deviation 1; {@code
   *     standardize-channels} for that of all inputs of a channel together; or a number by which
   *     all inputs are divided
   * @param shape shape of the inputs, if they have one
   * @throws IllegalArgumentException if there is no such scaling, no attribute besides the class,
   *     an attribute is infinite, or the shape does not fit the attributes
   * @throws Exception if Weka's filters fail
   */
  public static NetworkInputs learn(Instances data, String scaling, Optional<Shape> shape)
      throws Exception {
    requireScaling(scaling);
    if (data.numAttributes() < 2) {
      throw new IllegalArgumentException(
          "The number of attributes besides the class (0) must be at least 1:"
              + " there is nothing to learn from.");
    }
    return new NetworkInputs(data, scaling, shape);
  }

  /**
   * Checks the text of a scaling.
   *
   * @throws IllegalArgumentException if {@link #learn} does not know it
   */
  public static void requireScaling(String scaling) {
    parse(scaling);
  }

  private static Scaling parse(String text) {
    return switch (text) {
      case "none" -> Scaling.NONE;
      case "unit" -> Scaling.UNIT;
      case "symmetric" -> Scaling.SYMMETRIC;
      case "standardize" -> Scaling.STANDARDIZE;
      case "standardize-channels" -> Scaling.STANDARDIZE_CHANNELS;
      default -> {
        if (isPositive(text)) {
          yield Scaling.DIVISOR;
        }
        throw new IllegalArgumentException(
            ("The scaling (%s) must be none, unit, symmetric, standardize, standardize-channels or a"
                    + " positive number to divide by.\nMaybe use unit.")
                .formatted(text));
      }
    };
  }

  private static boolean isPositive(String text) {
    try {
      double divisor = Double.parseDouble(text);
      return divisor > 0 && Double.isFinite(divisor);
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private void learnScales(Instances data, String text, Optional<Shape> shape) throws Exception {
    Scaling scaling = parse(text);
    switch (scaling) {
      case NONE -> {}
      case DIVISOR -> Arrays.fill(divisors, Double.parseDouble(text));
      case UNIT, SYMMETRIC -> {
        double[] low = new double[inputCount];
        double[] high = new double[inputCount];
        Arrays.fill(low, Double.POSITIVE_INFINITY);
        Arrays.fill(high, Double.NEGATIVE_INFINITY);
        for (Instance instance : data) {
          double[] values = unscaled(instance);
          for (int i = 0; i < inputCount; i++) {
            low[i] = Math.min(low[i], values[i]);
            high[i] = Math.max(high[i], values[i]);
          }
        }
        for (int i = 0; i < inputCount; i++) {
          boolean unit = scaling == Scaling.UNIT;
          shifts[i] = unit ? low[i] : low[i] / 2 + high[i] / 2;
          double range = unit ? high[i] - low[i] : high[i] / 2 - low[i] / 2;
          divisors[i] = range > 0 ? range : Double.POSITIVE_INFINITY;
        }
      }
      case STANDARDIZE -> {
        double weight = 0;
        double[] squares = new double[inputCount];
        for (Instance instance : data) {
          double[] values = unscaled(instance);
          weight += instance.weight();
          for (int i = 0; i < inputCount && instance.weight() > 0; i++) {
            double deviation = values[i] - shifts[i];
            shifts[i] += instance.weight() / weight * deviation;
            squares[i] += instance.weight() * deviation * (values[i] - shifts[i]);
          }
        }
        for (int i = 0; i < inputCount; i++) {
          double deviation = Math.sqrt(squares[i] / weight);
          divisors[i] = deviation > 0 ? deviation : Double.POSITIVE_INFINITY;
        }
      }
      case STANDARDIZE_CHANNELS -> standardizeChannels(data, shape);
    }
  }

  private void standardizeChannels(Instances data, Optional<Shape> shape) throws Exception {
    if (shape.isEmpty()) {
      throw new IllegalArgumentException(
          "The scaling (standardize-channels) must have the shape of the inputs: none is given.\n"
              + "Maybe give it, such as 3x32x32, or use standardize.");
    }
    if (shape.get().size() != inputCount) {
      throw new IllegalArgumentException(
          "The shape (%s) must have as many units as the data have inputs: %,d are not %,d."
              .formatted(shape.get(), shape.get().size(), inputCount));
    }
    int channels = shape.get().channels();
    int area = inputCount / channels;
    double[] weights = new double[channels];
    double[] means = new double[channels];
    double[] squares = new double[channels];
    for (Instance instance : data) {
      double[] values = unscaled(instance);
      for (int i = 0; i < inputCount && instance.weight() > 0; i++) {
        int channel = i / area;
        weights[channel] += instance.weight();
        double deviation = values[i] - means[channel];
        means[channel] += instance.weight() / weights[channel] * deviation;
        squares[channel] += instance.weight() * deviation * (values[i] - means[channel]);
      }
    }
    for (int i = 0; i < inputCount; i++) {
      double deviation = Math.sqrt(squares[i / area] / weights[i / area]);
      shifts[i] = means[i / area];
      divisors[i] = deviation > 0 ? deviation : Double.POSITIVE_INFINITY;
    }
  }

  /** Checks what comes from a file. */
  private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
    in.defaultReadObject();
    if (!isComplete()) {
      throw new InvalidObjectException("the attributes of its network do not fit each other");
    }
  }

  private boolean isComplete() {
    if (header == null
        || missingValues == null
        || nominalValues == null
        || shifts == null
        || divisors == null) {
      return false;
    }
    try {
      Instances inputs = nominalValues.getOutputFormat();
      // Copies, too, since they look at every attribute.
      return inputCount >= 1
          && shifts.length == inputCount
          && divisors.length == inputCount
          && inputs.numAttributes() == inputCount + 1
          && inputs.classIndex() >= 0
          && header.equalHeaders(missingValues.getCopyOfInputFormat())
          && new Instances(header, 0).classAttribute().isNominal();
    } catch (RuntimeException e) {
      return false;
    }
  }

  /** Number of inputs of the network. */
  public int inputCount() {
    return inputCount;
  }

  /** The attributes of the training data, without rows: a copy. */
  public Instances header() {
    return new Instances(header, 0);
  }

  /**
   * The inputs of the network for an instance.
   *
   * @throws IllegalArgumentException if an attribute is infinite
   * @throws Exception if Weka's filters fail
   */
  public double[] inputs(Instance instance) throws Exception {
    double[] inputs = unscaled(instance);
    for (int i = 0; i < inputCount; i++) {
      inputs[i] = (inputs[i] - shifts[i]) / divisors[i];
    }
    return inputs;
  }

  private double[] unscaled(Instance instance) throws Exception {
    double[] values = filtered(instance).toDoubleArray();
    int classIndex = nominalValues.getOutputFormat().classIndex();
    double[] inputs = new double[inputCount];
    System.arraycopy(values, 0, inputs, 0, classIndex);
    System.arraycopy(values, classIndex + 1, inputs, classIndex, inputCount - classIndex);
    for (int i = 0; i < inputCount; i++) {
      if (!Double.isFinite(inputs[i])) {
        Attribute attribute = nominalValues.getOutputFormat().attribute(i < classIndex ? i : i + 1);
        throw new IllegalArgumentException(
            "Attribute \"%s\" has %s: inputs must be finite.\nMaybe set the value to missing."
                .formatted(attribute.name(), inputs[i]));
      }
    }
    return inputs;
  }

  /** The filters have state, and there is one of each. */
  private synchronized Instance filtered(Instance instance) throws Exception {
    Instance result = instance;
    if (result.hasMissingValue()) {
      result = filtered(missingValues, result);
    }
    return hasNominal ? filtered(nominalValues, result) : result;
  }

  private static Instance filtered(Filter filter, Instance instance) throws Exception {
    filter.input(instance);
    filter.batchFinished();
    return filter.output();
  }

  /**
   * All instances that have a class, as samples of the network.
   *
   * @throws IllegalArgumentException if the attributes are not those of the training data, or one
   *     is infinite
   * @throws CancellationException if the thread is interrupted
   * @throws Exception if Weka's filters fail
   */
  public Samples samples(Instances data) throws Exception {
    String difference = header.equalHeadersMsg(data);
    if (difference != null) {
      throw new IllegalArgumentException(
          "The attributes must be those of the training data: " + difference.trim());
    }
    Samples.Builder builder = new Samples.Builder(inputCount, data.numClasses());
    for (int row = 0; row < data.numInstances(); row++) {
      if (row % ROWS_PER_CHECK == 0 && Thread.currentThread().isInterrupted()) {
        throw new CancellationException("The computation was stopped.");
      }
      Instance instance = data.instance(row);
      if (Utils.isMissingValue(instance.classValue())) {
        builder.leaveOut();
      } else {
        builder.add(inputs(instance), (int) instance.classValue(), instance.weight());
      }
    }
    return builder.toSamples();
  }
}
