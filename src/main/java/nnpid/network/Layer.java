package nnpid.network;

import static java.util.Objects.requireNonNull;

/**
 * A hidden layer: what its units are connected to, what they compute, and into how many levels
 * their activations are rounded. Its text is what {@link LayerList#parse} reads.
 */
public sealed interface Layer {
  /** Number of levels; 0 if the layer is not quantized. */
  int levelCount();

  /**
   * Shape of its activations.
   *
   * @throws IllegalArgumentException if it cannot have such inputs
   */
  Shape outputs(Shape inputs);

  /** Number of inputs of a unit that have a weight of their own; 0 if there are no weights. */
  int weightsPerUnit(Shape inputs);

  /** Number of units that have weights of their own; 0 if there are no weights. */
  int weightedUnits();

  /**
   * Units that are connected to all inputs.
   *
   * @param units number of units
   * @param activation what they compute
   * @param levelCount number of levels; 0 for none
   */
  record Dense(int units, Activation activation, int levelCount) implements Layer {
    /**
     * Checks the arguments.
     *
     * @throws IllegalArgumentException if there is no unit, or the levels are impossible
     */
    public Dense {
      if (units < 1) {
        throw new IllegalArgumentException(
            "The number of units of a hidden layer (%s) must be at least 1.".formatted(units));
      }
      requireLevels(levelCount, activation);
    }

    @Override
    public Shape outputs(Shape inputs) {
      return Shape.ofUnits(units);
    }

    @Override
    public int weightsPerUnit(Shape inputs) {
      return inputs.size();
    }

    @Override
    public int weightedUnits() {
      return units;
    }

    @Override
    public String toString() {
      return "dense %s %s%s".formatted(units, activation, levels(levelCount));
    }
  }

  /**
   * Convolution: every channel of the outputs is a kernel that is moved over the inputs.
   *
   * @param channels number of output channels
   * @param kernel rows and columns of the kernels
   * @param stride how far a kernel moves from one unit to the next
   * @param padding rows and columns of zeros around the inputs
   * @param activation what the units compute
   * @param levelCount number of levels; 0 for none
   */
  record Convolution(
      int channels, int kernel, int stride, int padding, Activation activation, int levelCount)
      implements Layer {
    /**
     * Checks the arguments.
     *
     * @throws IllegalArgumentException if one is outside its range
     */
    public Convolution {
      if (channels < 1) {
        throw new IllegalArgumentException(
            "The number of channels of a convolution (%s) must be at least 1.".formatted(channels));
      }
      requireWindow("kernel of a convolution", kernel, stride);
      if (padding < 0 || padding >= kernel) {
        throw new IllegalArgumentException(
            "The padding of a convolution (%s) must be from 0 to less than its kernel (%s)."
                .formatted(padding, kernel));
      }
      requireLevels(levelCount, activation);
    }

    @Override
    public Shape outputs(Shape inputs) {
      return new Shape(
          channels,
          steps(this, inputs.height() + 2L * padding, kernel, stride, inputs),
          steps(this, inputs.width() + 2L * padding, kernel, stride, inputs));
    }

    @Override
    public int weightsPerUnit(Shape inputs) {
      return (int) Math.min(Integer.MAX_VALUE, (long) inputs.channels() * kernel * kernel);
    }

    @Override
    public int weightedUnits() {
      return channels;
    }

    @Override
    public String toString() {
      return "conv %s k%s%s%s %s%s"
          .formatted(
              channels,
              kernel,
              stride == 1 ? "" : " s" + stride,
              padding == 0 ? "" : " p" + padding,
              activation,
              levels(levelCount));
    }
  }

  /**
   * Max pooling: the largest activation of every window of a channel. It has no weights.
   *
   * @param size rows and columns of the windows
   * @param stride how far a window moves; rows and columns that do not fill one are left out
   */
  record MaxPooling(int size, int stride) implements Layer {
    /**
     * Checks the arguments.
     *
     * @throws IllegalArgumentException if one is below 1
     */
    public MaxPooling {
      requireWindow("window of max pooling", size, stride);
    }

    @Override
    public int levelCount() {
      return 0;
    }

    @Override
    public Shape outputs(Shape inputs) {
      return new Shape(
          inputs.channels(),
          steps(this, inputs.height(), size, stride, inputs),
          steps(this, inputs.width(), size, stride, inputs));
    }

    @Override
    public int weightsPerUnit(Shape inputs) {
      return 0;
    }

    @Override
    public int weightedUnits() {
      return 0;
    }

    @Override
    public String toString() {
      return "maxpool " + size + (stride == size ? "" : " s" + stride);
    }
  }

  private static String levels(int levelCount) {
    return levelCount == 0 ? "" : " q" + levelCount;
  }

  private static int steps(Layer layer, long length, int window, int stride, Shape inputs) {
    if (window > length) {
      throw new IllegalArgumentException(
          ("The layer \"%s\" must have a window (%s) that is not larger than what it gets, padding"
                  + " included (%s of %s).")
              .formatted(layer, window, length, inputs));
    }
    return (int) ((length - window) / stride + 1);
  }

  private static void requireWindow(String noun, int size, int stride) {
    if (size < 1) {
      throw new IllegalArgumentException("The %s (%s) must be at least 1.".formatted(noun, size));
    }
    if (stride < 1) {
      throw new IllegalArgumentException(
          "The stride of the %s (%s) must be at least 1.".formatted(noun, stride));
    }
  }

  private static void requireLevels(int levelCount, Activation activation) {
    requireNonNull(activation, "activation");
    if (levelCount != 0 && levelCount < 2) {
      throw new IllegalArgumentException(
          ("The number of levels of a hidden layer (%s) must be at least 2, or 0 for none:"
                  + " a single level tells nothing.")
              .formatted(levelCount));
    }
    if (levelCount > 0 && !activation.hasLimits()) {
      throw new IllegalArgumentException(
          ("The activation of a layer with levels (%s) must have limits, between which the levels"
                  + " lie.\nMaybe use tanh or hard-tanh, or no levels.")
              .formatted(activation));
    }
  }
}
