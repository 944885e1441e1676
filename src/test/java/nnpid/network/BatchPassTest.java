package nnpid.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import nnpid.execution.Execution;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Gradients against finite differences of a forward pass written down a second time. */
class BatchPassTest {
  private static final double STEP = 1e-5;

  static Stream<Arguments> networks() {
    List<Arguments> networks = new ArrayList<>();
    for (OutputCode code : OutputCode.values()) {
      for (Activation activation : Activation.values()) {
        for (int levels : activation.hasLimits() ? new int[] {0, 4} : new int[] {0}) {
          networks.add(
              Arguments.of(
                  new Architecture(
                      6, List.of(7, 4, 5), Collections.nCopies(3, levels), activation, code, 5)));
        }
      }
    }
    for (String[] front :
        new String[][] {
          {
            "3x6x5",
            "conv 5 k3 p1 tanh, maxpool 2, conv 4 k3 p1 relu, dense 6 tanh q4, dense 3 relu"
          },
          {"3x6x5", "conv 5 k3 p1 tanh q4, conv 3 k2 relu, maxpool 3 s1, dense 3 hard-tanh"},
          {"7x7", "conv 2 k3 s2 p2 sigmoid, conv 6 k2 p1 linear"},
          {"2x7x6", "maxpool 3 s2, conv 3 k1 relu q4, conv 5 k2 s3 tanh q3, dense 70 tanh q4"},
          {"4x5x5", "conv 3 k5 p4 hard-tanh, maxpool 2, maxpool 2"},
        }) {
      networks.add(
          Arguments.of(
              new Architecture(
                  Shape.parse(front[0]), LayerList.parse(front[1]), OutputCode.ONE_HOT, 3)));
    }
    return networks.stream();
  }

  /**
   * The gradient of a batch is the sum of those of its samples. Rounding counts as a constant: the
   * gradient is the exact one if the errors are frozen.
   */
  @ParameterizedTest
  @MethodSource("networks")
  void gradientIsThatOfFiniteDifferences(Architecture architecture) {
    for (int seed = 1; seed <= 3; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      double[] parameters =
          Network.random(architecture, InitialBiases.UNIFORM, seed).parameters().toArray();
      Samples.Builder builder = new Samples.Builder(architecture.inputCount(), 5);
      double[][] inputs = new double[5][];
      for (int sample = 0; sample < inputs.length; sample++) {
        inputs[sample] = random.doubles(architecture.inputCount(), -2, 2).toArray();
        inputs[sample][(seed + sample) % architecture.inputCount()] = 0;
        builder.add(inputs[sample], sample % architecture.classCount(), 1);
      }
      Samples samples = builder.toSamples();
      BatchPass pass = new BatchPass(architecture, samples, 6);
      double[] gradient = gradient(pass, architecture, parameters, samples, 0.5, random);
      double[] expected = new double[parameters.length];
      for (int sample = 0; sample < inputs.length; sample++) {
        SlowNetwork slow = new SlowNetwork(architecture, noise(architecture, pass, sample));
        for (int i = 0; i < parameters.length; i++) {
          double value = parameters[i];
          parameters[i] = value + STEP;
          double above = slow.loss(parameters, inputs[sample], samples.label(sample));
          parameters[i] = value - STEP;
          double below = slow.loss(parameters, inputs[sample], samples.label(sample));
          parameters[i] = value;
          expected[i] += 0.5 * (above - below) / (2 * STEP);
        }
      }
      assertArrayEquals(expected, gradient, 1e-6);
    }
  }

  /** What rounding adds to the activations of a sample. */
  private static double[][] noise(Architecture architecture, BatchPass pass, int sample) {
    double[][] noise = SlowNetwork.noNoise(architecture);
    for (int layer = 0; layer < noise.length; layer++) {
      double largest = 0;
      int levels = architecture.levelCounts().get(layer);
      boolean saturates = levels > 0 && architecture.activation(layer) == Activation.RELU;
      for (int unit = 0; unit < noise[layer].length; unit++) {
        double exact = pass.activations(layer, sample)[unit];
        noise[layer][unit] =
            pass.rounded(layer, sample)[unit] - (saturates ? Math.min(exact, 4) : exact);
        largest = Math.max(largest, Math.abs(noise[layer][unit]));
      }
      assertTrue(levels > 0 || largest == 0, "no rounding without levels");
    }
    return noise;
  }

  private static double[] gradient(
      BatchPass pass,
      Architecture architecture,
      double[] values,
      Samples samples,
      double scale,
      @Nullable SplittableRandom rounding) {
    Parameters parameters = Parameters.of(architecture, values);
    Parameters gradient = Parameters.zeros(architecture);
    int[] all = IntStream.range(0, samples.size()).toArray();
    assertTrue(
        pass.forward(parameters, samples, all, 0, all.length, rounding, Execution.sequential()));
    for (int sample : all) {
      pass.loss(sample, samples.label(sample), scale);
    }
    pass.backward(parameters, all, 0, gradient, Execution.sequential());
    pass.addTo(gradient);
    return gradient.toArray();
  }

  private static Samples sample(double... inputs) {
    Samples.Builder builder = new Samples.Builder(inputs.length, 2);
    builder.add(inputs, 0, 1);
    return builder.toSamples();
  }

  @Test
  void saturatedReluHasNoGradientOnlyIfItHasLevels() {
    for (int levels : new int[] {0, 8}) {
      Architecture architecture =
          new Architecture(1, List.of(1), List.of(levels), Activation.RELU, OutputCode.ONE_HOT, 2);
      double[] parameters = {5, 0, 1, -1, 0, 0}; // activation 5 is above the limit 4
      Samples samples = sample(1);
      double[] gradient =
          gradient(
              new BatchPass(architecture, samples, 1), architecture, parameters, samples, 1, null);
      assertEquals(levels == 0, gradient[0] != 0);
      assertTrue(gradient[2] != 0);
    }
  }

  @Test
  void stochasticRoundingTakesTheLevelsAroundTheActivation() {
    Architecture architecture =
        new Architecture(1, List.of(1), List.of(3), Activation.HARD_TANH, OutputCode.ONE_HOT, 2);
    Parameters point = Parameters.of(architecture, 0.3, 0, 0, 0, 0, 0);
    Samples samples = sample(1);
    BatchPass pass = new BatchPass(architecture, samples, 1);
    SplittableRandom random = new SplittableRandom(1);
    int up = 0;
    for (int i = 0; i < 40_000; i++) {
      pass.forward(point, samples, new int[1], 0, 1, random, Execution.sequential());
      int level = pass.levels(0, 0)[0];
      assertEquals(level - 1.0, pass.rounded(0, 0)[0], 0);
      up += level - 1;
    }
    // Five standard errors.
    assertEquals(0.3, up / 40_000.0, 5 * Math.sqrt(0.3 * 0.7 / 40_000));
  }

  @Test
  void tellsOverflowInsteadOfComputingOn() {
    for (Activation activation : Activation.values()) {
      Architecture dense =
          new Architecture(4, List.of(2, 2), List.of(0, 0), activation, OutputCode.ONE_HOT, 2);
      Architecture convolutional =
          new Architecture(
              new Shape(1, 2, 2),
              List.of(new Layer.Convolution(2, 2, 1, 0, activation, 0)),
              OutputCode.ONE_HOT,
              2);
      for (Architecture architecture : List.of(dense, convolutional)) {
        Parameters parameters = Network.random(architecture, InitialBiases.UNIFORM, 1).parameters();
        parameters.rows()[0][0] = Double.NaN;
        Samples samples = sample(1, 1, 1, 1);
        assertFalse(
            new BatchPass(architecture, samples, 1)
                .forward(
                    parameters,
                    samples,
                    new int[1],
                    0,
                    1,
                    new SplittableRandom(1),
                    Execution.sequential()));
      }
    }
  }
}
