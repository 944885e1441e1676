package weka.classifiers.functions;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import nnpid.network.Activation;
import nnpid.network.Layer;

/**
 * Hidden layers that are all dense and of one activation, by lists with commas: units, and levels.
 * Immutable.
 *
 * @param units number of units of every layer
 * @param levels number of levels of every layer, 0 for none, or one number for all
 * @param activation that of all units
 */
record DenseLayers(String units, String levels, Activation activation) {
  /** Those of the paper for MNIST. */
  static final DenseLayers DEFAULT = new DenseLayers("50,10,5,5,5", "8", Activation.TANH);

  /**
   * Checks every list for itself.
   *
   * @throws IllegalArgumentException if one cannot be read, or has impossible numbers
   */
  DenseLayers {
    requireNonNull(activation, "activation");
    units = units.trim();
    levels = levels.trim();
    for (int size : sizes(units)) {
      if (size < 1) {
        throw new IllegalArgumentException(
            "The hidden layers (%s) must have at least 1 unit each: one has %s."
                .formatted(units, size));
      }
    }
    for (int levelCount : counts(levels)) {
      if (levelCount != 0 && levelCount < 2) {
        throw new IllegalArgumentException(
            ("The levels (%s) must be at least 2, or 0 for none: %s cannot be a number of levels.\n"
                    + "Maybe use 8.")
                .formatted(levels, levelCount));
      }
    }
  }

  private static List<Integer> sizes(String units) {
    return parse("hidden layers", units, "50,10,5,5,5");
  }

  private static List<Integer> counts(String levels) {
    return parse("levels", levels, "8");
  }

  private static List<Integer> parse(String noun, String text, String example) {
    try {
      return Arrays.stream(text.split(",", -1)).map(part -> Integer.valueOf(part.trim())).toList();
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "The %s (%s) must be whole numbers with commas between them.\nMaybe use %s."
              .formatted(noun, text, example),
          e);
    }
  }

  DenseLayers withUnits(String newUnits) {
    return new DenseLayers(newUnits, levels, activation);
  }

  DenseLayers withLevels(String newLevels) {
    return new DenseLayers(units, newLevels, activation);
  }

  DenseLayers withActivation(Activation newActivation) {
    return new DenseLayers(units, levels, newActivation);
  }

  /**
   * The layers.
   *
   * @throws IllegalArgumentException if there are not as many levels as layers, or the activation
   *     has none
   */
  List<Layer> layers() {
    List<Integer> sizes = sizes(units);
    List<Integer> given = counts(levels);
    List<Integer> counts =
        given.size() == 1 ? Collections.nCopies(sizes.size(), given.get(0)) : given;
    if (counts.size() != sizes.size()) {
      throw new IllegalArgumentException(
          ("The levels (-L %s) must be one number, or as many as there are hidden layers (-H %s):"
                  + " %s are not %s.")
              .formatted(levels, units, counts.size(), sizes.size()));
    }
    return IntStream.range(0, sizes.size())
        .<Layer>mapToObj(i -> new Layer.Dense(sizes.get(i), activation, counts.get(i)))
        .toList();
  }
}
