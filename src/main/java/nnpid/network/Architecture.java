package nnpid.network;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamField;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import nnpid.distribution.Quantizer;
import nnpid.distribution.Quantizer.Rounding;
import org.jspecify.annotations.Nullable;

/**
 * What a network is made of: the shape of its inputs, hidden layers, and outputs. Convolution and
 * max pooling come first, dense layers after them; the outputs are dense. Immutable.
 */
public final class Architecture implements Serializable {
  private static final long serialVersionUID = 2750236451098312744L;

  /** The names of before there was convolution, for what was saved then, and those of now. */
  @SuppressWarnings("UnusedVariable") // Java reads it
  private static final ObjectStreamField[] serialPersistentFields = {
    new ObjectStreamField("inputCount", int.class),
    new ObjectStreamField("layerSizes", List.class),
    new ObjectStreamField("levelCounts", List.class),
    new ObjectStreamField("activation", Activation.class),
    new ObjectStreamField("outputCode", OutputCode.class),
    new ObjectStreamField("classCount", int.class),
    new ObjectStreamField("inputShape", String.class),
    new ObjectStreamField("layers", String.class)
  };

  /** Eight gigabytes of them. */
  private static final long MOST_PARAMETERS = 1L << 30;

  private final Shape inputShape;
  private final List<Layer> layers;
  private final OutputCode outputCode;
  private final int classCount;
  private final List<Shape> shapes; // of what layers get: of layer 0 the inputs, last the outputs'

  /** What this was read as from a file; Java then returns it in place of this. */
  private transient @Nullable Architecture read;

  /**
   * A network.
   *
   * @param inputShape shape of the inputs
   * @param layers hidden layers, from the inputs to the outputs
   * @param outputCode how output units stand for classes
   * @param classCount number of classes, at least 2
   * @throws IllegalArgumentException if there is no hidden layer, a layer does not fit the one
   *     before it, or there are too few classes or too many weights
   */
  public Architecture(Shape inputShape, List<Layer> layers, OutputCode outputCode, int classCount) {
    this.inputShape = requireNonNull(inputShape, "inputShape");
    this.layers = List.copyOf(layers);
    this.outputCode = requireNonNull(outputCode, "outputCode");
    this.classCount = classCount;
    if (classCount < 2) {
      throw new IllegalArgumentException(
          "The number of classes (%s) must be at least 2: there is nothing to learn."
              .formatted(classCount));
    }
    if (layers.isEmpty()) {
      throw new IllegalArgumentException(
          "The number of hidden layers (0) must be at least 1.\nMaybe use one layer of 10 units.");
    }
    this.shapes = shapes(inputShape, layers);
    long parameterCount = 0;
    for (int layer = 0; layer <= layers.size(); layer++) {
      // Both below 2^31: no overflow before the check.
      parameterCount += (weightsPerUnit(layer) + 1L) * weightedUnits(layer);
      if (parameterCount > MOST_PARAMETERS) {
        throw new IllegalArgumentException(
            "The number of weights (%,d or more) must be at most %,d.\nMaybe use smaller layers."
                .formatted(parameterCount, MOST_PARAMETERS));
      }
    }
  }

  /**
   * A network of dense layers.
   *
   * @param inputCount number of inputs, at least 1
   * @param layerSizes number of units of every hidden layer, from the inputs to the outputs
   * @param levelCounts number of levels of every hidden layer; 0 for a layer that is not quantized
   * @param activation activation function of all hidden units
   * @param outputCode how output units stand for classes
   * @param classCount number of classes, at least 2
   * @throws IllegalArgumentException if there is no hidden layer, a layer has no unit or a single
   *     level, the lists differ in length, or there are too few classes or too many weights
   */
  public Architecture(
      int inputCount,
      List<Integer> layerSizes,
      List<Integer> levelCounts,
      Activation activation,
      OutputCode outputCode,
      int classCount) {
    this(inputs(inputCount), dense(layerSizes, levelCounts, activation), outputCode, classCount);
  }

  private static Shape inputs(int count) {
    if (count < 1) {
      throw new IllegalArgumentException(
          "The number of inputs (%s) must be at least 1: there is nothing to learn from."
              .formatted(count));
    }
    return Shape.ofUnits(count);
  }

  private static List<Layer> dense(
      List<Integer> layerSizes, List<Integer> levelCounts, Activation activation) {
    if (levelCounts.size() != layerSizes.size()) {
      throw new IllegalArgumentException(
          ("The number of level counts (%s) must be the number of hidden layers (%s):"
                  + " every layer has its own.")
              .formatted(levelCounts.size(), layerSizes.size()));
    }
    return IntStream.range(0, layerSizes.size())
        .<Layer>mapToObj(i -> new Layer.Dense(layerSizes.get(i), activation, levelCounts.get(i)))
        .toList();
  }

  private static List<Shape> shapes(Shape inputShape, List<Layer> layers) {
    List<Shape> shapes = new ArrayList<>();
    shapes.add(inputShape);
    boolean dense = false;
    for (Layer layer : layers) {
      boolean isDense = layer instanceof Layer.Dense;
      if (dense && !isDense) {
        throw new IllegalArgumentException(
            ("The layer \"%s\" must come before all dense layers: their units have no rows and"
                    + " columns.")
                .formatted(layer));
      }
      dense = isDense;
      shapes.add(layer.outputs(shapes.get(shapes.size() - 1)));
    }
    return List.copyOf(shapes);
  }

  /** Writes texts: they need no classes. */
  private void writeObject(ObjectOutputStream out) throws IOException {
    ObjectOutputStream.PutField fields = out.putFields();
    fields.put("inputShape", inputShape.toString());
    fields.put("layers", LayerList.toString(layers));
    fields.put("outputCode", outputCode);
    fields.put("classCount", classCount);
    out.writeFields();
  }

  /** Reads texts, or what was written before there was convolution. */
  private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
    ObjectInputStream.GetField fields = in.readFields();
    try {
      OutputCode code = (OutputCode) requireNonNull(fields.get("outputCode", null), "outputCode");
      int classes = fields.get("classCount", 0);
      read =
          fields.get("layers", null) instanceof String text
              ? new Architecture(
                  Shape.parse((String) requireNonNull(fields.get("inputShape", null))),
                  LayerList.parse(text),
                  code,
                  classes)
              : new Architecture(
                  fields.get("inputCount", 0),
                  numbers(fields.get("layerSizes", null)),
                  numbers(fields.get("levelCounts", null)),
                  (Activation) requireNonNull(fields.get("activation", null)),
                  code,
                  classes);
    } catch (RuntimeException e) {
      InvalidObjectException damaged =
          new InvalidObjectException("its layers are damaged: " + e.getMessage());
      damaged.initCause(e);
      throw damaged;
    }
  }

  private static List<Integer> numbers(@Nullable Object list) {
    return ((List<?>) requireNonNull(list)).stream().map(Integer.class::cast).toList();
  }

  private Object readResolve() {
    return requireNonNull(read);
  }

  /** Shape of the inputs. */
  public Shape inputShape() {
    return inputShape;
  }

  /** Number of inputs. */
  public int inputCount() {
    return inputShape.size();
  }

  /** The hidden layers, from the inputs to the outputs. */
  public List<Layer> layers() {
    return layers;
  }

  /** How output units stand for classes. */
  public OutputCode outputCode() {
    return outputCode;
  }

  public int classCount() {
    return classCount;
  }

  /** Number of hidden layers. */
  public int layerCount() {
    return layers.size();
  }

  /** Number of units of every hidden layer. */
  public List<Integer> layerSizes() {
    return shapes.stream().skip(1).map(Shape::size).toList();
  }

  /** Number of levels of every hidden layer; 0 for a layer that is not quantized. */
  public List<Integer> levelCounts() {
    return layers.stream().map(Layer::levelCount).toList();
  }

  /**
   * The map from activations of a hidden layer to its levels in prediction; empty if the layer is
   * not quantized.
   *
   * @param layerIndex index from 0
   */
  public Optional<Quantizer> quantizer(int layerIndex) {
    return quantizer(layerIndex, Rounding.CENTER_SATURATING);
  }

  Optional<Quantizer> quantizer(int layerIndex, Rounding rounding) {
    int levelCount = layers.get(layerIndex).levelCount();
    return levelCount == 0
        ? Optional.empty()
        : Optional.of(activation(layerIndex).quantizer(levelCount, rounding));
  }

  /** What the units of a hidden layer compute; max pooling leaves its inputs as they are. */
  Activation activation(int layerIndex) {
    Layer layer = layers.get(layerIndex);
    if (layer instanceof Layer.Dense dense) {
      return dense.activation();
    }
    return layer instanceof Layer.Convolution convolution
        ? convolution.activation()
        : Activation.LINEAR;
  }

  /** Shape of what a layer gets, where the outputs are the layer after the hidden ones. */
  Shape inputsOf(int layer) {
    return shapes.get(layer);
  }

  /** Number of units of a layer, where the outputs are the layer after the hidden ones. */
  int unitsOf(int layer) {
    return layer < layerCount() ? shapes.get(layer + 1).size() : outputCode.unitCount(classCount);
  }

  /** Number of weights of a unit besides the bias; 0 for a layer without weights. */
  int weightsPerUnit(int layer) {
    return layer < layerCount()
        ? layers.get(layer).weightsPerUnit(shapes.get(layer))
        : shapes.get(layer).size();
  }

  /** Number of units of a layer that have weights of their own. */
  int weightedUnits(int layer) {
    return layer < layerCount() ? layers.get(layer).weightedUnits() : unitsOf(layer);
  }

  /** Number of weights and biases. */
  long parameterCount() {
    long count = 0;
    for (int layer = 0; layer <= layerCount(); layer++) {
      count += (weightsPerUnit(layer) + 1L) * weightedUnits(layer);
    }
    return count;
  }

  /** Number of units that an input of a layer is connected to, borders left aside. */
  double unitsPerInput(int layer) {
    return layer < layerCount() && layers.get(layer) instanceof Layer.Convolution convolution
        ? (double) convolution.channels() * convolution.kernel() * convolution.kernel()
        : unitsOf(layer);
  }

  /** Number of layers before the first dense one. */
  int frontCount() {
    return (int) layers.stream().filter(layer -> !(layer instanceof Layer.Dense)).count();
  }

  @Override
  public boolean equals(@Nullable Object object) {
    return object instanceof Architecture other
        && inputShape.equals(other.inputShape)
        && layers.equals(other.layers)
        && outputCode == other.outputCode
        && classCount == other.classCount;
  }

  @Override
  public int hashCode() {
    return Objects.hash(inputShape, layers, outputCode, classCount);
  }

  /** Whether all layers are dense and have the same activation, so that numbers tell all. */
  private boolean isPlain() {
    return frontCount() == 0
        && IntStream.range(0, layerCount()).mapToObj(this::activation).distinct().count() == 1;
  }

  /**
   * Layers, levels, activation and outputs, for example {@code 784-50-10-5, levels 8,8, tanh,
   * softmax}, or the shape of the inputs, the list of layers and the outputs.
   */
  public String description() {
    if (isPlain()) {
      String levels = levelCounts().stream().map(String::valueOf).collect(Collectors.joining(","));
      return "%s, levels %s, %s, %s".formatted(this, levels, activation(0), outputCode);
    }
    return "%s, %s of %s".formatted(this, outputCode, unitsOf(layerCount()));
  }

  /**
   * Sizes of all layers from the inputs to the outputs, for example {@code 784-50-10-5-5-5-10}, or
   * the shape of the inputs and the list of layers where sizes do not tell all.
   */
  @Override
  public String toString() {
    if (!isPlain()) {
      return inputShape + ", " + LayerList.toString(layers);
    }
    return Stream.concat(
            Stream.of(inputCount()), IntStream.rangeClosed(0, layerCount()).mapToObj(this::unitsOf))
        .map(String::valueOf)
        .collect(Collectors.joining("-"));
  }
}
