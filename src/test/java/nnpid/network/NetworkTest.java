package nnpid.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import nnpid.distribution.JointDistribution;
import nnpid.distribution.Quantizer;
import nnpid.execution.Execution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class NetworkTest {
  private static final Architecture QUANTIZED =
      new Architecture(5, List.of(6, 3), List.of(8, 4), Activation.TANH, OutputCode.ONE_HOT, 3);

  static Samples randomSamples(Architecture architecture, int size, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Samples.Builder builder =
        new Samples.Builder(architecture.inputCount(), architecture.classCount());
    for (int sample = 0; sample < size; sample++) {
      double[] inputs = inputs(architecture, random);
      int label = random.nextInt(architecture.classCount());
      builder.add(inputs, label, sample % 4);
    }
    return builder.toSamples();
  }

  private static double[] inputs(Architecture architecture, SplittableRandom random) {
    double[] inputs = random.doubles(architecture.inputCount(), -2, 2).toArray();
    inputs[random.nextInt(inputs.length)] = 0;
    return inputs;
  }

  @ParameterizedTest
  @EnumSource
  void forwardPassIsThatOfTheDefinition(Activation activation) {
    Architecture architecture =
        new Architecture(5, List.of(6, 3), List.of(0, 0), activation, OutputCode.ONE_HOT, 3);
    Network network = Network.random(architecture, InitialBiases.UNIFORM, 3);
    SlowNetwork slow = new SlowNetwork(architecture, SlowNetwork.noNoise(architecture));
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 20; i++) {
      double[] inputs = inputs(architecture, random);
      double[] probabilities = network.forward(inputs).classProbabilities();
      assertEquals(1, Arrays.stream(probabilities).sum(), 1e-12);
      for (int label = 0; label < 3; label++) {
        assertEquals(
            Math.exp(-slow.loss(network.parameters().toArray(), inputs, label)),
            probabilities[label],
            1e-12);
      }
    }
  }

  @Test
  void hiddenLayersAreRoundedToTheNearestLevelOneAfterTheOther() {
    Network network = Network.random(QUANTIZED, InitialBiases.UNIFORM, 3);
    double[] inputs = {0.5, -1, 0, 2, 0.25};
    ForwardPass pass = network.forward(inputs);
    double[] p = network.parameters().toArray();
    double[] values = inputs;
    int offset = 0;
    for (int layer = 0; layer < 2; layer++) {
      Quantizer quantizer = QUANTIZED.quantizer(layer).orElseThrow();
      double[] next = new double[QUANTIZED.layerSizes().get(layer)];
      for (int unit = 0; unit < next.length; unit++) {
        double sum = p[offset + values.length * next.length + unit];
        for (int i = 0; i < values.length; i++) {
          sum += values[i] * p[offset + i * next.length + unit];
        }
        assertEquals(Math.tanh(sum), pass.activations(layer)[unit], 1e-14);
        assertEquals(quantizer.quantize(Math.tanh(sum)), pass.levels(layer)[unit]);
        next[unit] = quantizer.levelValue(pass.levels(layer)[unit]);
      }
      offset += (values.length + 1) * next.length;
      values = next;
    }
  }

  @ParameterizedTest
  @CsvSource({
    "TANH, 1.6666666666666667",
    "HARD_TANH, 1.6666666666666667",
    "RELU, 1.4142135623730951",
    "SIGMOID, 1",
    "LINEAR, 1"
  })
  void randomWeightsFillTheXavierIntervalAndBiasesTheirOwnOrNone(
      Activation activation, double gain) {
    Architecture architecture =
        new Architecture(40, List.of(60), List.of(0), activation, OutputCode.ONE_HOT, 10);
    double[] parameters =
        Network.random(architecture, InitialBiases.UNIFORM, 1).parameters().toArray();
    checkUniform(Arrays.copyOf(parameters, 2400), gain * Math.sqrt(6.0 / 100));
    checkUniform(Arrays.copyOfRange(parameters, 2460, 3060), gain * Math.sqrt(6.0 / 70));
    checkUniform(Arrays.copyOfRange(parameters, 2400, 2460), 1 / Math.sqrt(40));
    double[] zero = Network.random(architecture, InitialBiases.ZERO, 1).parameters().toArray();
    Arrays.fill(parameters, 2400, 2460, 0);
    Arrays.fill(parameters, 3060, 3070, 0);
    assertArrayEquals(zero, parameters, 0);
  }

  @Test
  void weightsOfAConvolutionFillTheXavierIntervalOfItsKernels() {
    Architecture architecture =
        new Architecture(
            Shape.parse("8x9x9"),
            LayerList.parse("conv 16 k3 p1 relu, maxpool 9, dense 20 tanh"),
            OutputCode.ONE_HOT,
            10);
    double[] parameters =
        Network.random(architecture, InitialBiases.UNIFORM, 1).parameters().toArray();
    assertEquals(73 * 16 + 17 * 20 + 21 * 10, parameters.length);
    checkUniform(Arrays.copyOf(parameters, 1152), Math.sqrt(2) * Math.sqrt(6.0 / (72 + 144)));
    checkUniform(Arrays.copyOfRange(parameters, 1168, 1488), 5.0 / 3 * Math.sqrt(6.0 / 36));
  }

  private static void checkUniform(double[] weights, double limit) {
    double largest = Arrays.stream(weights).map(Math::abs).max().orElse(0);
    assertTrue(largest <= limit && largest > 0.98 * limit, largest + " of " + limit);
    double mean = Arrays.stream(weights).average().orElse(0);
    assertEquals(0, mean, 5 * limit / Math.sqrt(3.0 * weights.length));
  }

  @Test
  void binaryCodeNeedsADigitPerDoublingOfTheClasses() {
    int[][] expected = {{2, 1}, {3, 2}, {4, 2}, {5, 3}, {10, 4}, {16, 4}, {17, 5}};
    for (int[] pair : expected) {
      assertEquals(pair[1], OutputCode.BINARY.unitCount(pair[0]));
      assertEquals(pair[0], OutputCode.ONE_HOT.unitCount(pair[0]));
    }
  }

  @Test
  void binaryCodeGivesClassesTheProbabilityOfTheirCodeWords() {
    double p0 = 0.8; // of digit 0 being 1
    double p1 = 0.3;
    double[] outputs = {Math.log(p0 / (1 - p0)), Math.log(p1 / (1 - p1))};
    double sum = 1 - p0 * p1; // no class has the code word 11
    assertArrayEquals(
        new double[] {(1 - p0) * (1 - p1) / sum, p0 * (1 - p1) / sum, (1 - p0) * p1 / sum},
        OutputCode.BINARY.classProbabilities(outputs, 3),
        1e-14);
  }

  @ParameterizedTest
  @EnumSource
  void hugeOutputsGiveFiniteLosses(OutputCode code) {
    double[] outputs = {1e6, -1e6, 3};
    double[] gradient = new double[3];
    for (int label = 0; label < 3; label++) {
      assertTrue(Double.isFinite(code.loss(outputs, label, gradient)));
      assertTrue(Arrays.stream(gradient).allMatch(Double::isFinite));
    }
    double[] probabilities = code.classProbabilities(outputs, 3);
    assertEquals(1, Arrays.stream(probabilities).sum(), 1e-12);
  }

  @Test
  void evaluationIsThatOfTheSingleSamplesByWeight() {
    Network network = Network.random(QUANTIZED, InitialBiases.UNIFORM, 7);
    Samples.Builder builder = new Samples.Builder(5, 3);
    double loss = 0;
    double hits = 0;
    double total = 0;
    SplittableRandom random = new SplittableRandom(9);
    for (int sample = 0; sample < 50; sample++) {
      double[] inputs = inputs(QUANTIZED, random);
      int label = sample % 3;
      double weight = sample % 5;
      builder.add(inputs, label, weight);
      double[] probabilities = network.forward(inputs).classProbabilities();
      double best = Arrays.stream(probabilities).max().orElse(0);
      loss -= weight * Math.log(probabilities[label]);
      hits += probabilities[label] == best ? weight : 0;
      total += weight;
    }
    Network.Evaluation evaluation = network.evaluate(builder.toSamples(), Execution.sequential());
    assertEquals(loss / total, evaluation.loss(), 1e-12);
    assertEquals(hits / total, evaluation.accuracy(), 1e-15);
  }

  @Test
  void layerDistributionsCountTheLevelsOfAllSamplesByWeight() {
    Network network = Network.random(QUANTIZED, InitialBiases.UNIFORM, 7);
    Samples.Builder builder = new Samples.Builder(5, 3);
    JointDistribution.Counter first = new JointDistribution.Counter(6);
    JointDistribution.Counter second = new JointDistribution.Counter(3);
    SplittableRandom random = new SplittableRandom(9);
    for (int sample = 0; sample < 600; sample++) {
      double[] inputs = inputs(QUANTIZED, random);
      double weight = sample % 3;
      builder.add(inputs, sample % 2, weight);
      if (weight > 0) {
        first.add(network.forward(inputs).levels(0), sample % 2, weight);
        second.add(network.forward(inputs).levels(1), sample % 2, weight);
      }
    }
    List<JointDistribution> layers =
        network.layerDistributions(builder.toSamples(), Execution.sequential());
    assertEquals(2, layers.size());
    assertSame(first.toDistribution(), layers.get(0));
    assertSame(second.toDistribution(), layers.get(1));
  }

  private static void assertSame(JointDistribution expected, JointDistribution actual) {
    assertEquals(expected.sourceCount(), actual.sourceCount());
    assertArrayEquals(expected.weights(), actual.weights(), 0);
    for (int r = 0; r < expected.realizationCount(); r++) {
      assertEquals(expected.targetState(r), actual.targetState(r));
      for (int source = 0; source < expected.sourceCount(); source++) {
        assertEquals(expected.sourceState(r, source), actual.sourceState(r, source));
      }
    }
  }

  @Test
  void anyNumberOfThreadsGivesTheSameBits() {
    Network network = Network.random(QUANTIZED, InitialBiases.UNIFORM, 7);
    Samples samples = randomSamples(QUANTIZED, 3000, 4);
    assertEquals(
        network.evaluate(samples, Execution.sequential()),
        network.evaluate(samples, Execution.ofThreads(3)));
    assertTrue(
        Arrays.deepEquals(
            network.levels(samples, Execution.sequential()),
            network.levels(samples, Execution.ofThreads(3))));
  }

  @Test
  void interruptEndsTheEvaluation() {
    Network network = Network.random(QUANTIZED, InitialBiases.UNIFORM, 7);
    Samples samples = randomSamples(QUANTIZED, 10, 4);
    Thread.currentThread().interrupt();
    assertThrows(
        CancellationException.class, () -> network.evaluate(samples, Execution.sequential()));
    assertTrue(Thread.interrupted());
  }

  @Test
  void layerWithoutLevelsIsRefusedWhereLevelsAreNeeded() {
    Architecture architecture =
        new Architecture(5, List.of(6, 3), List.of(8, 0), Activation.TANH, OutputCode.ONE_HOT, 3);
    Network network = Network.random(architecture, InitialBiases.UNIFORM, 1);
    Samples samples = randomSamples(architecture, 10, 4);
    ForwardPass pass = network.forward(1, 2, 3, 4, 5);
    assertEquals(6, pass.levels(0).length);
    for (IllegalArgumentException e :
        List.of(
            assertThrows(IllegalArgumentException.class, () -> pass.levels(1)),
            assertThrows(
                IllegalArgumentException.class,
                () -> network.layerDistributions(samples, Execution.sequential())))) {
      assertTrue(e.getMessage().contains("Hidden layer 2"), e.getMessage());
    }
    int[][][] levels = network.levels(samples, Execution.sequential());
    assertEquals(10, levels[0].length);
    assertEquals(0, levels[1].length);
  }

  @Test
  void samplesOfAnotherShapeAreRefused() {
    Network network = Network.random(QUANTIZED, InitialBiases.UNIFORM, 1);
    Samples samples = new Samples.Builder(4, 3).toSamples();
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> network.evaluate(samples, Execution.sequential()))
            .getMessage();
    assertTrue(message.contains("(4 inputs, 3 classes)"), message);
    assertThrows(IllegalArgumentException.class, () -> network.forward(1, 2));
    assertThrows(IllegalArgumentException.class, () -> network.forward(1, 2, 3, 4, Double.NaN));
    message =
        assertThrows(
                IllegalArgumentException.class,
                () -> network.forward(1.7e308, 1.7e308, 1.7e308, 1.7e308, -1.7e308))
            .getMessage();
    assertTrue(message.contains("must be finite"), message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0 | 5    | 8    | 2 | inputs (0)           | at least 1
          4 | 0    | 8    | 2 | hidden layer (0)     | at least 1
          4 | -3   | 8    | 2 | hidden layer (-3)    | at least 1
          4 | 5    | 1    | 2 | hidden layer (1)     | at least 2, or 0
          4 | 5    | -8   | 2 | hidden layer (-8)    | at least 2, or 0
          4 | 5    | 8    | 1 | classes (1)          | at least 2
          4 | 999999999 | 8 | 2 | weights           | at most 1,073,741,824
          """)
  void badArchitectureIsNamedWithItsValueAndItsRule(
      int inputs, int units, int levels, int classes, String value, String rule) {
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () ->
                    new Architecture(
                        inputs,
                        List.of(units),
                        List.of(levels),
                        Activation.TANH,
                        OutputCode.ONE_HOT,
                        classes))
            .getMessage();
    assertTrue(message.contains(value) && message.contains(rule), message);
  }

  @Test
  void architectureNeedsLayersAndAsManyLevelCounts() {
    for (List<Integer> sizes : List.of(List.<Integer>of(), List.of(2, 3))) {
      assertThrows(
          IllegalArgumentException.class,
          () -> new Architecture(3, sizes, List.of(8), Activation.TANH, OutputCode.ONE_HOT, 2));
    }
    assertEquals("5-6-3-3", QUANTIZED.toString());
  }

  @Test
  void badSamplesAreRefused() {
    Samples.Builder builder = new Samples.Builder(1, 2);
    double[] one = {1};
    for (double weight : new double[] {-1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThrows(IllegalArgumentException.class, () -> builder.add(one, 0, weight));
    }
    assertThrows(IllegalArgumentException.class, () -> builder.add(one, 2, 1));
    assertThrows(IllegalArgumentException.class, () -> builder.add(one, -1, 1));
    assertThrows(
        IllegalArgumentException.class,
        () -> builder.add(new double[] {Double.POSITIVE_INFINITY}, 0, 1));
    assertEquals(0, builder.toSamples().size());
  }

  @Test
  void activationsAndCodesHaveTheNamesThatAreTyped() {
    assertEquals("[tanh, sigmoid, relu, hard-tanh, linear]", Arrays.toString(Activation.values()));
    assertEquals("[softmax, binary, binary-mse]", Arrays.toString(OutputCode.values()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          log:4     | 1000 | [0, 1, 10, 100, 1000]
          log:7     | 10   | [0, 1, 2, 3, 5, 7, 10]
          log:1     | 50   | [0, 1, 50]
          log:30    | 1    | [0, 1]
          log:30    | 0    | [0]
          2, 5,20   | 9    | [0, 2, 5, 9]
          ''        | 9    | [0, 9]
          0.1,0.25,2.5 | 9 | [0, 0.1, 0.3, 2.5, 9]
          0.001,0.96,3.4 | 3 | [0, 0.1, 1, 3]
          log:0.1:4 | 100  | [0, 0.1, 1, 10, 100]
          log:0.2:5 | 3    | [0, 0.2, 0.4, 0.8, 2, 3]
          log:1:4   | 1000 | [0, 1, 10, 100, 1000]
          log:7:3   | 2    | [0, 2]
          """)
  void scheduleListsItsEpochs(String text, int lastEpoch, String epochs) {
    List<Double> reached = CheckpointSchedule.parse(text).epochs(lastEpoch, 10);
    assertEquals(epochs, reached.stream().map(Epochs::number).toList().toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "log:0",
        "log:-1",
        "log:",
        "log:x",
        "1,,2",
        "-1",
        "1e-3",
        ".5",
        "log:0:3",
        "log:1:2:3",
        "all"
      })
  void badScheduleIsRefused(String text) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> CheckpointSchedule.parse(text))
            .getMessage();
    assertTrue(message.contains("(" + text + ")"), message);
  }
}
