package nnpid.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.DoubleStream;
import nnpid.analysis.TrajectoryAnalysis.Progress;
import nnpid.decomposition.Backbone;
import nnpid.decomposition.Values;
import nnpid.distribution.JointDistribution;
import nnpid.distribution.LevelRules;
import nnpid.distribution.LimitRule;
import nnpid.distribution.Quantizer.Rounding;
import nnpid.execution.Execution;
import nnpid.network.Activation;
import nnpid.network.Architecture;
import nnpid.network.InitialBiases;
import nnpid.network.OutputCode;
import nnpid.network.Samples;
import nnpid.network.Trainer;
import nnpid.network.TrainingSettings;
import org.junit.jupiter.api.Test;

class TrajectoryAnalysisTest {
  private static final Execution SINGLE = Execution.sequential();
  private static final Architecture ARCHITECTURE =
      new Architecture(4, List.of(5, 3), List.of(4, 4), Activation.TANH, OutputCode.values()[0], 2);
  private static final Samples TRAIN = samples(300, 1);
  private static final Samples TEST = samples(100, 2);

  private static Samples samples(int count, long seed) {
    Random random = new Random(seed);
    Samples.Builder builder = new Samples.Builder(4, 2);
    for (int i = 0; i < count; i++) {
      double[] inputs = random.doubles(4, -1, 1).toArray();
      builder.add(inputs, inputs[0] * inputs[1] > 0 ? 1 : 0, 1);
    }
    return builder.toSamples();
  }

  private static TrajectoryAnalysis analysis(int repeats, double... epochs) {
    return new TrajectoryAnalysis(
        ARCHITECTURE,
        TrainingSettings.defaults(),
        DoubleStream.of(epochs).boxed().toList(),
        repeats,
        List.of(0, 1),
        LayerAnalysis.DEFAULT);
  }

  private static Trajectory run(
      TrajectoryAnalysis analysis,
      List<Progress> start,
      List<Progress> heard,
      Execution execution) {
    return analysis.run(data(Optional.of(TEST)), start, heard::add, execution);
  }

  private static TrajectoryAnalysis.Data data(Optional<Samples> test) {
    return new TrajectoryAnalysis.Data(
        "data", "network", "class", List.of("no", "yes"), TRAIN, test);
  }

  @Test
  void everyPointIsTheAnalysisOfTheNetworkAtItsEpoch() {
    Trajectory trajectory = run(analysis(2, 0, 3), List.of(), new ArrayList<>(), SINGLE);
    assertTrue(trajectory.complete());
    assertEquals(2 * 2 * 2, trajectory.points().size());
    for (int repeat = 1; repeat <= 2; repeat++) {
      Trainer trainer =
          Trainer.start(ARCHITECTURE, TRAIN, TrainingSettings.defaults().withSeed(repeat));
      for (int epoch = 0; epoch <= 3; epoch++) {
        if (epoch % 3 == 0) {
          List<JointDistribution> layers =
              trainer.checkpoint().network().layerDistributions(TRAIN, SINGLE);
          List<JointDistribution> tested =
              trainer.checkpoint().network().layerDistributions(TEST, SINGLE);
          for (int layer = 0; layer < 2; layer++) {
            Backbone expected = Backbone.of(layers.get(layer), SINGLE);
            TrajectoryPoint point =
                point(trajectory, repeat, epoch, TrajectoryAnalysis.layerName(layer));
            assertEquals(
                expected.representationalComplexity(), point.representationalComplexity(), 1e-9);
            assertEquals(expected.mutualInformation(), point.summary().mutualInformation(), 1e-12);
            assertEquals(
                trainer.checkpoint().network().evaluate(TEST, SINGLE).accuracy(),
                point.testAccuracy(),
                0);
            double onTest = Backbone.of(tested.get(layer), SINGLE).representationalComplexity();
            assertEquals(onTest, point.ofTest(LayerSummary::representationalComplexity), 1e-9);
          }
        }
        trainer.trainEpoch(SINGLE);
      }
    }
  }

  private static TrajectoryPoint point(
      Trajectory trajectory, int repeat, double epoch, String layer) {
    return trajectory.at(layer, epoch).stream()
        .filter(p -> p.repeat() == repeat)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void threadsChangeNoBit() {
    TrajectoryAnalysis plain = analysis(3, 0, 2, 4);
    TrajectoryAnalysis analysis =
        new TrajectoryAnalysis(
            plain.architecture(),
            plain.settings(),
            plain.epochs(),
            plain.repeats(),
            plain.layers(),
            LayerAnalysis.DEFAULT.withWanted(
                new LayerAnalysis.Wanted(true, 0, 0, false, Values.CORRECTED, 4)));
    assertEquals(
        run(analysis, List.of(), new ArrayList<>(), SINGLE),
        run(analysis, List.of(), new ArrayList<>(), Execution.ofThreads(3)));
  }

  /** What is said of whole epochs does not depend on the checkpoints within them. */
  @Test
  void checkpointsWithinEpochsChangeNothing() {
    Trajectory whole = run(analysis(2, 0, 2), List.of(), new ArrayList<>(), SINGLE);
    Trajectory parts =
        run(analysis(2, 0, 0.2, 1.6, 2), List.of(), new ArrayList<>(), Execution.ofThreads(2));
    assertEquals(List.of(0.0, 0.2, 1.6, 2.0), parts.epochs());
    assertEquals(
        whole.points(), parts.points().stream().filter(point -> point.epoch() % 1 == 0).toList());
    // The epoch cannot be reached in whole mini-batches.
    assertThrows(
        IllegalArgumentException.class,
        () -> run(analysis(1, 0, 0.3, 1), List.of(), new ArrayList<>(), SINGLE));
  }

  @Test
  void resumingFromAnyCheckpointGivesTheSame() throws Exception {
    TrajectoryAnalysis analysis = analysis(2, 0, 0.4, 1, 3.8);
    List<Progress> heard = new ArrayList<>();
    Trajectory expected = run(analysis, List.of(), heard, SINGLE);
    assertEquals(8, heard.size());
    for (int known = 1; known <= 8; known++) {
      List<Progress> start = new ArrayList<>();
      for (Progress progress : heard.subList(0, known)) {
        start.removeIf(other -> other.repeat() == progress.repeat());
        start.add(throughAFile(progress));
      }
      List<Progress> rest = new ArrayList<>();
      assertEquals(expected, run(analysis, start, rest, Execution.ofThreads(2)));
      assertEquals(8 - known, rest.size());
    }
  }

  private static Progress throughAFile(Progress progress) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(progress);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return (Progress) in.readObject();
    }
  }

  @Test
  void stoppingKeepsWhatIsDone() {
    List<Progress> heard = new ArrayList<>();
    TrajectoryAnalysis analysis = analysis(2, 0, 1, 2, 100_000_000);
    Trajectory trajectory =
        analysis.run(
            data(Optional.empty()),
            List.of(),
            progress -> {
              heard.add(progress);
              if (progress.checkpoint().epoch() == 2) {
                Thread.currentThread().interrupt();
              }
            },
            Execution.sequential());
    assertTrue(Thread.interrupted());
    assertFalse(trajectory.complete());
    assertEquals(List.of(0.0, 1.0, 2.0), trajectory.epochs());
    assertEquals(3, heard.size());
    assertTrue(Double.isNaN(trajectory.points().get(0).testAccuracy()));
  }

  @Test
  void aTrainingThatDivergesSaysSoAndTheOthersGoOn() {
    Architecture unquantized =
        new Architecture(
            4, List.of(3, 3), List.of(0, 0), Activation.RELU, OutputCode.values()[0], 2);
    TrajectoryAnalysis analysis =
        new TrajectoryAnalysis(
            unquantized,
            new TrainingSettings(1e200, 16, 0.5, 0, InitialBiases.UNIFORM, 1),
            List.of(0.0, 5.0),
            2,
            List.of(),
            LayerAnalysis.DEFAULT);
    List<Progress> heard = new ArrayList<>();
    Trajectory trajectory = run(analysis, List.of(), heard, SINGLE);
    assertEquals(2, trajectory.notes().size());
    assertTrue(trajectory.notes().get(0).startsWith("Repeat 1: "), trajectory.notes().toString());
    // Nothing is tried again, and nothing forgotten.
    List<Progress> rest = new ArrayList<>();
    assertEquals(trajectory, run(analysis, List.of(heard.get(1), heard.get(3)), rest, SINGLE));
    assertEquals(List.of(), rest);
  }

  @Test
  void progressRises() {
    List<Double> fractions = new ArrayList<>();
    run(
        analysis(2, 0, 10),
        List.of(),
        new ArrayList<>(),
        Execution.ofThreads(2).withProgressListener(fractions::add));
    assertEquals(1, fractions.get(fractions.size() - 1), 1e-12);
    assertTrue(fractions.size() >= 20);
  }

  /** What goes on has the limits of a first checkpoint that it has not seen, and all warnings. */
  @Test
  void layersWithoutLevelsGoOnBitForBit() {
    TrajectoryAnalysis plain = analysis(2, 1, 2, 4);
    TrajectoryAnalysis analysis =
        new TrajectoryAnalysis(
            new Architecture(
                4, List.of(5, 3), List.of(0, 4), Activation.TANH, OutputCode.values()[0], 2),
            plain.settings().withLearningRate(0.5),
            plain.epochs(),
            2,
            plain.layers(),
            plain.analysis(),
            Optional.of(
                new ActivationLevels(
                    new LevelRules(4, Rounding.STOCHASTIC, LimitRule.AUTO, 5, 0.1), true)));
    List<Progress> heard = new ArrayList<>();
    Trajectory whole = run(analysis, List.of(), heard, SINGLE);
    assertTrue(whole.notes().get(0).contains("outside the given limits"), whole.notes().toString());
    List<Progress> middle = heard.stream().filter(one -> one.points().size() == 4).toList();
    assertEquals(2, middle.size());
    assertEquals(whole, run(analysis, middle, new ArrayList<>(), Execution.ofThreads(2)));
  }

  @Test
  void refusesLayersThatDoNotExistOrHaveNoLevels() {
    Architecture raw =
        new Architecture(
            4, List.of(5, 3), List.of(0, 4), Activation.TANH, OutputCode.values()[0], 2);
    for (int layer : new int[] {-1, 0, 2}) {
      String message =
          assertThrows(
                  IllegalArgumentException.class,
                  () ->
                      new TrajectoryAnalysis(
                          raw,
                          TrainingSettings.defaults(),
                          List.of(0.0),
                          1,
                          List.of(layer),
                          LayerAnalysis.DEFAULT))
              .getMessage();
      assertTrue(message.toLowerCase(java.util.Locale.ROOT).contains("layer"), message);
    }
    assertThrows(IllegalArgumentException.class, () -> analysis(0, 1));
    assertThrows(IllegalArgumentException.class, () -> analysis(1));
  }
}
