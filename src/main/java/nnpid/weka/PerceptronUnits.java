package nnpid.weka;

import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import nnpid.distribution.Quantizer;
import org.jspecify.annotations.Nullable;
import weka.classifiers.functions.MultilayerPerceptron;
import weka.classifiers.functions.neural.NeuralConnection;
import weka.classifiers.functions.neural.NeuralNode;
import weka.core.Instance;
import weka.core.Instances;
import weka.core.Version;
import weka.filters.Filter;

/**
 * The hidden units of Weka's {@link MultilayerPerceptron}: sigmoid activations without levels. Weka
 * keeps the units private, so they are found by reflection.
 *
 * <p>The network prepares an instance itself, as in prediction: nominal attributes become
 * indicators, values are normalized, and missing ones are left out of the sums.
 *
 * <p>Layers follow from the connections, not from the order of Weka's array: a unit is one layer
 * above the highest unit that it gets input from. This holds for networks drawn by hand as well,
 * whose connections may skip layers.
 */
final class PerceptronUnits extends HiddenUnits {
  private static final long serialVersionUID = 5027391846205519673L;

  private static final int MOST_LAYERS = 1000;

  private final MultilayerPerceptron network;
  private final Instances header;
  private final NeuralConnection[][] layers;

  private PerceptronUnits(
      MultilayerPerceptron network, Instances header, NeuralConnection[][] layers) {
    this.network = network;
    this.header = header;
    this.layers = layers;
  }

  /**
   * Finds the units of a network.
   *
   * @throws IllegalArgumentException if it is not trained
   * @throws IllegalStateException if this version of Weka keeps the units elsewhere
   */
  static PerceptronUnits of(MultilayerPerceptron network) {
    Instances prepared = read(network, "m_instances", Instances.class);
    NeuralConnection[] units = read(network, "m_neuralNodes", NeuralConnection[].class);
    Filter indicators = read(network, "m_nominalToBinaryFilter", Filter.class);
    if (prepared == null || units == null || indicators == null) {
      throw HiddenUnits.notTrained(network);
    }
    Instances header =
        network.getNominalToBinaryFilter()
            ? indicators.getCopyOfInputFormat()
            : new Instances(prepared, 0);
    return new PerceptronUnits(network, header, layers(units));
  }

  private static NeuralConnection[][] layers(NeuralConnection[] units) {
    IdentityHashMap<NeuralConnection, Integer> depths = new IdentityHashMap<>();
    List<List<NeuralConnection>> layers = new ArrayList<>();
    for (NeuralConnection unit : units) {
      depth(unit, depths, 0);
      if ((unit.getType() & NeuralConnection.OUTPUT) == 0) {
        int depth = depth(unit, depths, 0);
        while (layers.size() < depth) {
          layers.add(new ArrayList<>());
        }
        layers.get(depth - 1).add(unit);
      }
    }
    return layers.stream()
        .map(layer -> layer.toArray(NeuralConnection[]::new))
        .toArray(NeuralConnection[][]::new);
  }

  private static int depth(
      NeuralConnection unit, IdentityHashMap<NeuralConnection, Integer> depths, int above) {
    Integer known = depths.get(unit);
    if (known != null && known > 0) {
      return known;
    }
    if (known != null || above > MOST_LAYERS) {
      throw new IllegalArgumentException(
          ("The layers of the network must be a chain of at most %d: %s.%n"
                  + "Maybe the model is damaged.")
              .formatted(
                  MOST_LAYERS, known == null ? "there are more" : "a unit gets input from itself"));
    }
    depths.put(unit, 0); // until it is known
    int depth = 1;
    for (int i = 0; i < unit.getNumInputs(); i++) {
      if (unit.getInputs()[i] instanceof NeuralNode below) {
        depth = Math.max(depth, 1 + depth(below, depths, above + 1));
      }
    }
    depths.put(unit, depth);
    return depth;
  }

  static <T> @Nullable T read(MultilayerPerceptron network, String name, Class<T> type) {
    try {
      Field field = MultilayerPerceptron.class.getDeclaredField(name);
      field.setAccessible(true);
      return type.cast(field.get(network));
    } catch (NoSuchFieldException
        | IllegalAccessException
        | InaccessibleObjectException
        | ClassCastException e) {
      throw new IllegalStateException(
          ("The hidden units of MultilayerPerceptron must be in its field %s (%s): Weka %s keeps"
                  + " them elsewhere.\n"
                  + "Maybe use Weka 3.8.7 or 3.9.7, or a QuantizedNetwork.")
              .formatted(name, type.getSimpleName(), Version.VERSION),
          e);
    }
  }

  @Override
  public Instances header() {
    return header;
  }

  @Override
  public List<Integer> layerSizes() {
    return Arrays.stream(layers).map(layer -> layer.length).toList();
  }

  @Override
  public Optional<Quantizer> quantizer(int layerIndex) {
    return Optional.empty();
  }

  /** One instance at a time: the units hold the activations of the last. */
  @Override
  public double[][] activations(Instance instance) throws Exception {
    synchronized (network) {
      network.distributionForInstance(instance);
      double[][] activations = new double[layers.length][];
      for (int layer = 0; layer < layers.length; layer++) {
        activations[layer] = new double[layers[layer].length];
        for (int unit = 0; unit < layers[layer].length; unit++) {
          double activation = layers[layer][unit].outputValue(true);
          if (!Double.isFinite(activation)) {
            throw new IllegalArgumentException(
                ("The activation of unit L%d_%d (%s) must be finite.\n"
                        + "Maybe an attribute is infinite, or the network diverged.")
                    .formatted(layer + 1, unit + 1, activation));
          }
          activations[layer][unit] = activation;
        }
      }
      return activations;
    }
  }

  @Override
  public String toString() {
    return network.toString();
  }
}
