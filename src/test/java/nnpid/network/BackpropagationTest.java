package nnpid.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Gradients against finite differences of a forward pass written down a second time. */
class BackpropagationTest {
  private static final double STEP = 1e-5;

  static Stream<Arguments> networks() {
    return Stream.of(Activation.values())
        .flatMap(
            activation ->
                Stream.of(OutputCode.values()).map(code -> Arguments.of(activation, code)));
  }

  @ParameterizedTest
  @MethodSource("networks")
  void gradientIsThatOfFiniteDifferences(Activation activation, OutputCode code) {
    checkGradient(activation, code, 0, null);
  }

  /** Rounding counts as a constant: the gradient is the exact one if the errors are frozen. */
  @ParameterizedTest
  @MethodSource("networks")
  void gradientPassesStraightThroughTheRounding(Activation activation, OutputCode code) {
    checkGradient(activation, code, 4, new SplittableRandom(5));
  }

  private static void checkGradient(
      Activation activation, OutputCode code, int levels, @Nullable SplittableRandom rounding) {
    Architecture architecture =
        new Architecture(6, List.of(7, 4, 5), Collections.nCopies(3, levels), activation, code, 5);
    for (int seed = 1; seed <= 5; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      double[] parameters = Network.random(architecture, seed).parameters().toArray();
      for (int i = 0; i < parameters.length; i++) {
        parameters[i] += 0.1 * random.nextDouble(); // biases too
      }
      double[] sample = random.doubles(6, -2, 2).toArray();
      sample[seed % 6] = 0;
      int label = seed % 5;
      Backpropagation pass = new Backpropagation(architecture);
      double[] gradient = gradient(pass, architecture, parameters, sample, label, rounding);
      double[][] noise = SlowNetwork.noNoise(architecture);
      double largest = 0;
      for (int layer = 0; layer < 3; layer++) {
        for (int unit = 0; unit < noise[layer].length; unit++) {
          double exact = pass.activations(layer)[unit];
          if (activation == Activation.RELU && levels > 0) {
            exact = Math.min(exact, 4);
          }
          noise[layer][unit] = pass.rounded(layer)[unit] - exact;
          largest = Math.max(largest, Math.abs(noise[layer][unit]));
        }
      }
      assertEquals(levels > 0, largest > 0.01, "rounds");
      SlowNetwork slow = new SlowNetwork(architecture, noise);
      for (int i = 0; i < parameters.length; i++) {
        double value = parameters[i];
        parameters[i] = value + STEP;
        double above = slow.loss(parameters, sample, label);
        parameters[i] = value - STEP;
        double below = slow.loss(parameters, sample, label);
        parameters[i] = value;
        assertEquals((above - below) / (2 * STEP), gradient[i], 1e-6, "parameter " + i);
      }
    }
  }

  private static double[] gradient(
      Backpropagation pass,
      Architecture architecture,
      double[] values,
      double[] sample,
      int label,
      @Nullable SplittableRandom rounding) {
    Samples samples = samples(sample);
    Parameters parameters = Parameters.of(architecture, values);
    Parameters gradient = Parameters.zeros(architecture);
    assertTrue(
        pass.forward(parameters, samples.indices(), samples.values(), 0, samples.end(0), rounding));
    pass.loss(label);
    backward(pass, architecture, samples, parameters, 1, gradient);
    return gradient.toArray();
  }

  /** The weights of the inputs have their own way. */
  private static void backward(
      Backpropagation pass,
      Architecture architecture,
      Samples samples,
      Parameters parameters,
      double scale,
      Parameters gradient) {
    pass.backward(parameters, scale, gradient);
    InputGradient inputGradient = new InputGradient(samples, architecture.unitsOf(0));
    inputGradient.add(0, pass.firstGradients(), gradient);
    inputGradient.addTo(gradient);
  }

  private static Samples samples(double[] sample) {
    Samples.Builder builder = new Samples.Builder(sample.length, 2);
    builder.add(sample, 0, 1);
    return builder.toSamples();
  }

  @Test
  void gradientsAddUpByTheirScale() {
    Architecture architecture =
        new Architecture(3, List.of(4), List.of(0), Activation.TANH, OutputCode.ONE_HOT, 3);
    double[] parameters = Network.random(architecture, 1).parameters().toArray();
    Samples samples = samples(new double[] {1, 0, -1});
    Backpropagation pass = new Backpropagation(architecture);
    double[] once = gradient(pass, architecture, parameters, new double[] {1, 0, -1}, 2, null);
    Parameters both = Parameters.zeros(architecture);
    for (double scale : new double[] {0.25, 0.5}) {
      Parameters point = Parameters.of(architecture, parameters);
      pass.forward(point, samples.indices(), samples.values(), 0, 2, null);
      pass.loss(2);
      backward(pass, architecture, samples, point, scale, both);
    }
    double[] sum = both.toArray();
    for (int i = 0; i < sum.length; i++) {
      sum[i] /= 0.75;
    }
    assertArrayEquals(once, sum, 1e-15);
  }

  @Test
  void saturatedReluHasNoGradientOnlyIfItHasLevels() {
    for (int levels : new int[] {0, 8}) {
      Architecture architecture =
          new Architecture(1, List.of(1), List.of(levels), Activation.RELU, OutputCode.ONE_HOT, 2);
      double[] parameters = {5, 0, 1, -1, 0, 0}; // activation 5 is above the limit 4
      double[] gradient =
          gradient(
              new Backpropagation(architecture),
              architecture,
              parameters,
              new double[] {1},
              0,
              null);
      assertEquals(levels == 0, gradient[0] != 0);
      assertTrue(gradient[2] != 0);
    }
  }

  @Test
  void stochasticRoundingTakesTheLevelsAroundTheActivation() {
    Architecture architecture =
        new Architecture(1, List.of(1), List.of(3), Activation.HARD_TANH, OutputCode.ONE_HOT, 2);
    Parameters point = Parameters.of(architecture, 0.3, 0, 0, 0, 0, 0);
    Samples samples = samples(new double[] {1});
    Backpropagation pass = new Backpropagation(architecture);
    SplittableRandom random = new SplittableRandom(1);
    int up = 0;
    for (int i = 0; i < 40_000; i++) {
      pass.forward(point, samples.indices(), samples.values(), 0, 1, random);
      int level = pass.levels(0)[0];
      assertEquals(level - 1.0, pass.rounded(0)[0], 0);
      up += level - 1;
    }
    // Five standard errors.
    assertEquals(0.3, up / 40_000.0, 5 * Math.sqrt(0.3 * 0.7 / 40_000));
  }

  @Test
  void tellsOverflowInsteadOfComputingOn() {
    for (Activation activation : Activation.values()) {
      Architecture architecture =
          new Architecture(1, List.of(2, 2), List.of(8, 0), activation, OutputCode.ONE_HOT, 2);
      Parameters parameters = Network.random(architecture, 1).parameters();
      parameters.rows()[0][0] = Double.NaN;
      Samples samples = samples(new double[] {1});
      assertFalse(
          new Backpropagation(architecture)
              .forward(
                  parameters, samples.indices(), samples.values(), 0, 1, new SplittableRandom(1)));
    }
  }
}
