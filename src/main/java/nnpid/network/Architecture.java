package nnpid.network;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import nnpid.distribution.Quantizer;
import nnpid.distribution.Quantizer.Rounding;

/**
 * Shape of a fully connected network: inputs, hidden layers with their levels, and outputs.
 * Immutable.
 *
 * @param inputCount number of inputs, at least 1
 * @param layerSizes number of units of every hidden layer, from the inputs to the outputs
 * @param levelCounts number of levels of every hidden layer; 0 for a layer that is not quantized
 * @param activation activation function of all hidden units
 * @param outputCode how output units stand for classes
 * @param classCount number of classes, at least 2
 */
public record Architecture(
    int inputCount,
    List<Integer> layerSizes,
    List<Integer> levelCounts,
    Activation activation,
    OutputCode outputCode,
    int classCount)
    implements Serializable {

  private static final long serialVersionUID = 2750236451098312744L;

  /** Eight gigabytes of them. */
  private static final long MOST_PARAMETERS = 1L << 30;

  /**
   * Checks the arguments.
   *
   * @throws IllegalArgumentException if there is no hidden layer, a layer has no unit or a single
   *     level, the lists differ in length, or there are too few classes or too many weights
   */
  public Architecture {
    requireNonNull(activation, "activation");
    requireNonNull(outputCode, "outputCode");
    layerSizes = List.copyOf(layerSizes);
    levelCounts = List.copyOf(levelCounts);
    if (inputCount < 1) {
      throw new IllegalArgumentException(
          "The number of inputs (%s) must be at least 1: there is nothing to learn from."
              .formatted(inputCount));
    }
    if (classCount < 2) {
      throw new IllegalArgumentException(
          "The number of classes (%s) must be at least 2: there is nothing to learn."
              .formatted(classCount));
    }
    if (layerSizes.isEmpty()) {
      throw new IllegalArgumentException(
          "The number of hidden layers (0) must be at least 1.\nMaybe use one layer of 10 units.");
    }
    for (int size : layerSizes) {
      if (size < 1) {
        throw new IllegalArgumentException(
            "The number of units of a hidden layer (%s) must be at least 1.".formatted(size));
      }
    }
    if (levelCounts.size() != layerSizes.size()) {
      throw new IllegalArgumentException(
          ("The number of level counts (%s) must be the number of hidden layers (%s):"
                  + " every layer has its own.")
              .formatted(levelCounts.size(), layerSizes.size()));
    }
    for (int levelCount : levelCounts) {
      if (levelCount != 0 && levelCount < 2) {
        throw new IllegalArgumentException(
            ("The number of levels of a hidden layer (%s) must be at least 2, or 0 for none:"
                    + " a single level tells nothing.")
                .formatted(levelCount));
      }
    }
    long parameterCount = 0;
    for (int layer = 0; layer <= layerSizes.size(); layer++) {
      long inputs = layer == 0 ? inputCount : layerSizes.get(layer - 1);
      long units =
          layer < layerSizes.size() ? layerSizes.get(layer) : outputCode.unitCount(classCount);
      parameterCount += (inputs + 1) * units; // both below 2^31: no overflow before the check
      if (parameterCount > MOST_PARAMETERS) {
        throw new IllegalArgumentException(
            "The number of weights (%,d or more) must be at most %,d.\nMaybe use smaller layers."
                .formatted(parameterCount, MOST_PARAMETERS));
      }
    }
  }

  /** Number of hidden layers. */
  public int layerCount() {
    return layerSizes.size();
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
    int levelCount = levelCounts.get(layerIndex);
    return levelCount == 0
        ? Optional.empty()
        : Optional.of(activation.quantizer(levelCount, rounding));
  }

  /** Number of inputs of a layer, where the outputs are the layer after the hidden ones. */
  int inputsOf(int layer) {
    return layer == 0 ? inputCount : layerSizes.get(layer - 1);
  }

  /** Number of units of a layer, where the outputs are the layer after the hidden ones. */
  int unitsOf(int layer) {
    return layer < layerCount() ? layerSizes.get(layer) : outputCode.unitCount(classCount);
  }

  /** Sizes of all layers from the inputs to the outputs, for example {@code 784-50-10-5-5-5-10}. */
  @Override
  public String toString() {
    return "%s-%s-%s"
        .formatted(
            inputCount,
            layerSizes.stream().map(String::valueOf).collect(Collectors.joining("-")),
            unitsOf(layerCount()));
  }
}
