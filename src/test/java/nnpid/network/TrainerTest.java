package nnpid.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import nnpid.execution.Execution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TrainerTest {
  private static final Architecture QUANTIZED =
      new Architecture(5, List.of(6, 3), List.of(8, 4), Activation.TANH, OutputCode.ONE_HOT, 3);

  private static Architecture unquantized(Activation activation, OutputCode code) {
    return new Architecture(5, List.of(6, 3), List.of(0, 0), activation, code, 3);
  }

  private static Checkpoint train(Trainer trainer, int epochs) {
    for (int i = 0; i < epochs; i++) {
      trainer.trainEpoch(Execution.sequential());
    }
    return trainer.checkpoint();
  }

  private static void assertSameState(Checkpoint expected, Checkpoint actual) {
    assertEquals(expected.epoch(), actual.epoch());
    assertEquals(expected.network(), actual.network());
    assertEquals(expected.trainingLoss(), actual.trainingLoss());
    assertEquals(expected.velocity(), actual.velocity());
  }

  private static Checkpoint copyOf(Checkpoint checkpoint) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(checkpoint);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return (Checkpoint) in.readObject();
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "0.9, 0.1"})
  void resumedTrainingIsTheUninterruptedOneBitForBit(double momentum, double decay)
      throws Exception {
    Samples samples = NetworkTest.randomSamples(QUANTIZED, 100, 2);
    TrainingSettings settings =
        new TrainingSettings(0.05, 16, momentum, decay, InitialBiases.UNIFORM, 3);
    Checkpoint whole = train(Trainer.start(QUANTIZED, samples, settings), 7);
    Trainer trainer = Trainer.start(QUANTIZED, samples, settings);
    train(trainer, 3);
    Checkpoint part = copyOf(trainer.checkpoint());
    assertSameState(whole, train(Trainer.resume(part, samples, settings), 4));
    // Within an epoch of seven mini-batches, too.
    trainer.trainTo(3 + 2 / 7.0, Execution.sequential());
    Checkpoint within = copyOf(trainer.checkpoint());
    assertEquals(3 + 2 / 7.0, within.epoch());
    assertSameState(whole, train(trainer, 4));
    Trainer resumed = Trainer.resume(within, samples, settings);
    resumed.trainTo(3 + 6 / 7.0, Execution.sequential());
    assertSameState(whole, train(resumed, 4));
    assertThrows(
        IllegalArgumentException.class,
        () -> Trainer.resume(within, samples, settings.withBatchSize(20)));
  }

  /** Also in parts and through files; 70 samples, so that batches and blocks have a rest. */
  @Test
  void convolutionsAreTrainedAlikeByAnyNumberOfThreads() throws Exception {
    Architecture architecture =
        new Architecture(
            Shape.parse("3x8x8"),
            LayerList.parse("conv 6 k3 p1 relu, maxpool 2, conv 5 k2 tanh q4, dense 2000 tanh q8"),
            OutputCode.BINARY_SQUARED,
            3);
    Samples samples = NetworkTest.randomSamples(architecture, 69, 2);
    TrainingSettings settings = new TrainingSettings(0.05, 23, 0.5, 0, InitialBiases.UNIFORM, 3);
    Checkpoint whole = train(Trainer.start(architecture, samples, settings), 3);
    Trainer threads = Trainer.start(architecture, samples, settings);
    threads.trainEpoch(Execution.ofThreads(3));
    threads.trainTo(1 + 1 / 3.0, Execution.sequential());
    Trainer resumed = Trainer.resume(copyOf(threads.checkpoint()), samples, settings);
    resumed.trainEpoch(Execution.ofThreads(2));
    resumed.trainEpoch(Execution.sequential());
    assertSameState(whole, resumed.checkpoint());
    assertTrue(whole.trainingLoss() < threads.checkpoint().trainingLoss());
  }

  @Test
  void trainingStartsFromTheRandomNetworkOfTheSeed() {
    Samples samples = NetworkTest.randomSamples(QUANTIZED, 20, 2);
    Checkpoint start =
        Trainer.start(
                QUANTIZED, samples, new TrainingSettings(0.05, 16, 0, 0, InitialBiases.UNIFORM, 42))
            .checkpoint();
    assertEquals(0, start.epoch());
    assertEquals(Network.random(QUANTIZED, InitialBiases.UNIFORM, 42), start.network());
    assertTrue(Double.isNaN(start.trainingLoss()));
    assertNotEquals(Network.random(QUANTIZED, InitialBiases.UNIFORM, 43), start.network());
  }

  /** The formulas of momentum and decay, with gradients from finite differences. */
  @Test
  void stepsFollowMomentumAndDecay() {
    Architecture architecture = unquantized(Activation.TANH, OutputCode.ONE_HOT);
    Samples.Builder builder = new Samples.Builder(5, 3);
    double[] sample = {1, -0.5, 0, 0.25, 2};
    builder.add(sample, 1, 3);
    TrainingSettings settings = new TrainingSettings(0.5, 64, 0.9, 0.25, InitialBiases.UNIFORM, 1);
    Trainer trainer = Trainer.start(architecture, builder.toSamples(), settings);
    double[] expected = trainer.checkpoint().network().parameters().toArray();
    double[] velocity = new double[expected.length];
    SlowNetwork slow = new SlowNetwork(architecture, SlowNetwork.noNoise(architecture));
    for (int epoch = 1; epoch <= 3; epoch++) {
      double loss = slow.loss(expected, sample, 1);
      double[] gradient = differences(slow, expected, sample, 1);
      for (int i = 0; i < expected.length; i++) {
        velocity[i] = 0.9 * velocity[i] + gradient[i];
        expected[i] -= 0.5 / (1 + 0.25 * (epoch - 1)) * velocity[i];
      }
      trainer.trainEpoch(Execution.sequential());
      assertEquals(loss, trainer.checkpoint().trainingLoss(), 1e-8);
      assertArrayEquals(expected, trainer.checkpoint().network().parameters().toArray(), 1e-8);
    }
  }

  /** More samples than are collected at a time, and inputs that are zero in many of them. */
  @Test
  void stepOfALargeBatchIsTheMeanGradient() {
    Architecture architecture = unquantized(Activation.TANH, OutputCode.ONE_HOT);
    SplittableRandom random = new SplittableRandom(7);
    Samples.Builder builder = new Samples.Builder(5, 3);
    SlowNetwork slow = new SlowNetwork(architecture, SlowNetwork.noNoise(architecture));
    double[] before = Network.random(architecture, InitialBiases.UNIFORM, 1).parameters().toArray();
    double[] expected = before.clone();
    for (int i = 0; i < 300; i++) {
      double[] sample = new double[5];
      for (int input = 0; input < 5; input++) {
        sample[input] = random.nextInt(5) < input ? random.nextDouble() : 0;
      }
      builder.add(sample, i % 3, 1);
      double[] gradient = differences(slow, before, sample, i % 3);
      for (int k = 0; k < expected.length; k++) {
        expected[k] -= 0.5 * gradient[k] / 300;
      }
    }
    TrainingSettings settings = new TrainingSettings(0.5, 300, 0, 0, InitialBiases.UNIFORM, 1);
    Trainer trainer = Trainer.start(architecture, builder.toSamples(), settings);
    trainer.trainEpoch(Execution.sequential());
    assertArrayEquals(expected, trainer.checkpoint().network().parameters().toArray(), 1e-8);
  }

  private static double[] differences(
      SlowNetwork slow, double[] parameters, double[] sample, int label) {
    double[] point = parameters.clone();
    double[] gradient = new double[point.length];
    for (int i = 0; i < point.length; i++) {
      point[i] = parameters[i] + 1e-5;
      double above = slow.loss(point, sample, label);
      point[i] = parameters[i] - 1e-5;
      gradient[i] = (above - slow.loss(point, sample, label)) / 2e-5;
      point[i] = parameters[i];
    }
    return gradient;
  }

  @ParameterizedTest
  @EnumSource
  void weightsCountLikeCopiesAndZeroLikeAbsence(OutputCode code) {
    Architecture architecture = unquantized(Activation.TANH, code);
    double[][] inputs = {{1, 0, 2, 0, 1}, {0, -1, 0.5, 0, 0}, {0.1, 0.2, 0.3, 0.4, 0.5}};
    Samples.Builder weighted = new Samples.Builder(5, 3);
    Samples.Builder copied = new Samples.Builder(5, 3);
    for (int sample = 0; sample < 3; sample++) {
      weighted.add(inputs[sample], sample, 2.5 * sample);
      for (int copy = 0; copy < sample; copy++) {
        copied.add(inputs[sample], sample, 1);
      }
    }
    TrainingSettings settings = new TrainingSettings(0.5, 64, 0, 0, InitialBiases.UNIFORM, 1);
    Checkpoint a = train(Trainer.start(architecture, weighted.toSamples(), settings), 5);
    Checkpoint b = train(Trainer.start(architecture, copied.toSamples(), settings), 5);
    assertArrayEquals(
        b.network().parameters().toArray(), a.network().parameters().toArray(), 1e-12);
    assertEquals(b.trainingLoss(), a.trainingLoss(), 1e-12);
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "LINEAR")
  void quantizedNetworkLearnsParity(Activation activation) {
    Samples.Builder builder = new Samples.Builder(3, 2);
    for (int i = 0; i < 8; i++) {
      double[] bits = {i & 1, i >> 1 & 1, i >> 2};
      builder.add(bits, Integer.bitCount(i) % 2, 1);
    }
    Samples samples = builder.toSamples();
    Architecture architecture =
        new Architecture(3, List.of(12, 6), List.of(8, 8), activation, OutputCode.BINARY, 2);
    double best = 0;
    for (int seed = 1; seed <= 5 && best < 1; seed++) {
      Trainer trainer =
          Trainer.start(
              architecture,
              samples,
              new TrainingSettings(0.2, 4, 0.9, 0, InitialBiases.ZERO, seed));
      Network network = train(trainer, 1000).network();
      best = Math.max(best, network.evaluate(samples, Execution.sequential()).accuracy());
    }
    assertEquals(1, best, 0);
  }

  @Test
  void divergenceKeepsTheLastGoodState() {
    Architecture architecture = unquantized(Activation.RELU, OutputCode.ONE_HOT);
    Samples samples = NetworkTest.randomSamples(architecture, 100, 2);
    Checkpoint good = train(Trainer.start(architecture, samples, TrainingSettings.defaults()), 2);
    TrainingSettings wild = new TrainingSettings(1e200, 16, 0.5, 0, InitialBiases.UNIFORM, 3);
    Trainer trainer = Trainer.resume(good, samples, wild);
    DivergenceException e =
        assertThrows(DivergenceException.class, () -> trainer.trainEpoch(Execution.sequential()));
    assertTrue(e.getMessage().contains("(1.0E200)"), e.getMessage());
    assertTrue(e.getMessage().contains("epoch 3"), e.getMessage());
    assertSame(good, trainer.checkpoint());
  }

  @Test
  void interruptWithinAnEpochKeepsTheLastStateAndTrainingCanGoOn() throws Exception {
    Architecture architecture =
        new Architecture(
            200, List.of(50, 10), List.of(8, 8), Activation.TANH, OutputCode.ONE_HOT, 3);
    Samples samples = NetworkTest.randomSamples(architecture, 20_000, 2);
    // One batch for all: the interrupt must not wait for its end.
    TrainingSettings settings =
        new TrainingSettings(0.1, 1_000_000, 0.5, 0, InitialBiases.UNIFORM, 3);
    Trainer trainer = Trainer.start(architecture, samples, settings);
    Checkpoint first = train(trainer, 1);
    Thread training = Thread.currentThread();
    Thread stop =
        new Thread(
            () -> {
              try {
                Thread.sleep(20);
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
              training.interrupt();
            });
    stop.start();
    assertThrows(CancellationException.class, () -> train(trainer, 1000));
    assertTrue(Thread.interrupted());
    stop.join();
    int done = trainer.checkpoint().completeEpochs();
    Checkpoint resumed = train(trainer, 2);
    Checkpoint whole = train(Trainer.resume(first, samples, settings), done + 1);
    assertSameState(whole, resumed);
  }

  @Test
  void samplesWithoutWeightAreRefused() {
    Samples samples = new Samples.Builder(5, 3).toSamples();
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> Trainer.start(QUANTIZED, samples, TrainingSettings.defaults()))
            .getMessage();
    assertTrue(message.contains("(0.0)"), message);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 64, 0, 0, learning rate (0.0)",
    "-1, 64, 0, 0, learning rate (-1.0)",
    "NaN, 64, 0, 0, learning rate (NaN)",
    "0.1, 0, 0, 0, batch size (0)",
    "0.1, 64, 1, 0, momentum (1.0)",
    "0.1, 64, -0.1, 0, momentum (-0.1)",
    "0.1, 64, 0, -1, (-1.0)",
  })
  void badSettingsAreNamedWithTheirValues(
      double rate, int batch, double momentum, double decay, String value) {
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> new TrainingSettings(rate, batch, momentum, decay, InitialBiases.UNIFORM, 1))
            .getMessage();
    assertTrue(message.contains(value), message);
  }

  @Test
  void samplesMayBeSharedByTrainersOnSeveralThreads() {
    Samples samples = NetworkTest.randomSamples(QUANTIZED, 500, 2);
    Checkpoint[] states = new Checkpoint[6];
    Execution.ofThreads(3)
        .forEach(
            6,
            i ->
                states[i] =
                    train(
                        Trainer.start(
                            QUANTIZED,
                            samples,
                            new TrainingSettings(0.05, 16, 0, 0, InitialBiases.UNIFORM, i / 2)),
                        5));
    for (int i = 0; i < 6; i += 2) {
      assertSameState(states[i], states[i + 1]);
    }
    assertNotEquals(states[0].network(), states[2].network());
    assertEquals(
        Collections.nCopies(6, 5.0), List.of(states).stream().map(Checkpoint::epoch).toList());
  }
}
