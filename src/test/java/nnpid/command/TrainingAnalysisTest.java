package nnpid.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import nnpid.analysis.Report;
import nnpid.analysis.Trajectory;
import nnpid.analysis.TrajectoryPoint;
import nnpid.execution.Execution;
import nnpid.weka.NetworkClassifier;
import nnpid.weka.UnitQuantizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import weka.classifiers.Evaluation;
import weka.classifiers.functions.QuantizedNetwork;
import weka.core.Instance;
import weka.core.Instances;
import weka.core.Utils;
import weka.filters.Filter;
import weka.filters.supervised.attribute.HiddenActivations;

/** Training as a window uses it: what is known meanwhile, and the networks in the end. */
class TrainingAnalysisTest {
  private static final String NETWORK =
      "weka.classifiers.functions.QuantizedNetwork -H 5,3 -L 4 -N 6 -checkpoints 0,2 -S 3";

  private static Instances data() throws IOException {
    Random random = new Random(1);
    StringBuilder text =
        new StringBuilder("@relation r\n@attribute x numeric\n@attribute y numeric\n");
    text.append("@attribute c {a,b}\n@data\n");
    for (int i = 0; i < 300; i++) {
      double x = random.nextDouble();
      double y = random.nextDouble();
      text.append(x).append(',').append(y).append(',').append(x > y ? "a\n" : "b\n");
    }
    return new Instances(new StringReader(text.toString()));
  }

  private static Task.Trained train(Task.Listener listener, String network, String... options)
      throws Exception {
    List<String> all = new ArrayList<>(List.of("-train", network));
    all.addAll(List.of(options));
    Task task = Task.parse(all.toArray(String[]::new));
    return (Task.Trained) task.run(data(), listener, Execution.sequential());
  }

  @Test
  void tellsWhatIsKnownAtEveryCheckpoint() throws Exception {
    List<Trajectory> known = new ArrayList<>();
    Task.Listener listener =
        new Task.Listener() {
          @Override
          public void checkpointAnalyzed(Trajectory soFar) {
            known.add(soFar);
          }
        };
    Trajectory all = train(listener, NETWORK, "-repeats", "2").trajectory();
    assertEquals(6, known.size());
    for (int i = 0; i < known.size(); i++) {
      assertEquals(2 * (i + 1), known.get(i).points().size());
      assertFalse(known.get(i).complete());
    }
    assertTrue(all.complete());
    assertEquals(all.points(), known.get(5).points());
  }

  @Test
  void aTrainingSizeLeavesTheOthersForTests() throws Exception {
    TrainingSplit split = TrainingSplit.of(data(), 100, 3);
    assertEquals(100, split.train().numInstances());
    assertEquals(200, split.test().orElseThrow().numInstances());
    List<String> both = new ArrayList<>();
    split.train().forEach(instance -> both.add(instance.toString()));
    split.test().orElseThrow().forEach(instance -> both.add(instance.toString()));
    List<String> all = data().stream().map(Instance::toString).sorted().toList();
    assertEquals(all, both.stream().sorted().toList());
    double first = split.train().stream().mapToDouble(one -> one.value(0)).average().orElse(0);
    assertEquals(0.5, first, 0.1); // three standard errors
    Trajectory trajectory = train(Task.Listener.NONE, NETWORK, "-train-size", "100").trajectory();
    assertEquals(100, trajectory.points().get(0).summary().samples().instanceCount());
    assertFalse(Double.isNaN(trajectory.points().get(0).testAccuracy()));
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> train(Task.Listener.NONE, NETWORK, "-train-size", "300"))
            .getMessage();
    assertTrue(message.contains("(-train-size 300)") && message.contains("(300)"), message);
  }

  /** A model of the Explorer's tab is the one the Classify tab would train. */
  @Test
  void networksAreThoseOfTheClassifierWithTheSeedsOfTheRepeats() throws Exception {
    Task.Trained trained = train(Task.Listener.NONE, NETWORK, "-repeats", "2");
    Trajectory all = trained.trajectory();
    List<NetworkClassifier> networks = trained.networks();
    assertEquals(2, networks.size());
    Instances data = data();
    data.setClassIndex(2);
    for (int repeat = 1; repeat <= 2; repeat++) {
      QuantizedNetwork expected = new QuantizedNetwork();
      expected.setOptions(Utils.splitOptions("-H 5,3 -L 4 -N 6 -S " + (2 + repeat)));
      expected.buildClassifier(data);
      QuantizedNetwork actual = (QuantizedNetwork) networks.get(repeat - 1);
      assertEquals(2 + repeat, actual.getSeed());
      for (Instance instance : data) {
        assertArrayEquals(
            expected.distributionForInstance(instance),
            actual.distributionForInstance(instance),
            0);
      }
      Evaluation evaluation = new Evaluation(data);
      evaluation.evaluateModel(actual, data);
      int last = 6 * repeat - 1;
      assertEquals(evaluation.pctCorrect() / 100, all.points().get(last).trainAccuracy(), 1e-12);
      assertTrue(actual.toString().contains("seed " + (2 + repeat)), actual::toString);
    }
  }

  /** The directory of the state goes and comes back while the network is trained. */
  @Test
  void stateThatCannotBeSavedIsToldAtOnceAndTrainingGoesOn(@TempDir Path directory)
      throws Exception {
    Path gone = Files.createDirectory(directory.resolve("gone"));
    Path state = gone.resolve("state");
    List<String> told = new ArrayList<>();
    List<Integer> toldAtCheckpoints = new ArrayList<>();
    Task.Listener listener =
        new Task.Listener() {
          @Override
          public void warned(String warning) {
            told.add(warning);
          }

          @Override
          public void checkpointAnalyzed(Trajectory soFar) {
            toldAtCheckpoints.add(told.size());
            delete(state);
            delete(gone);
          }
        };
    Task.Trained trained = train(listener, NETWORK, "-resume", state.toString());
    assertEquals(List.of(0, 1, 1), toldAtCheckpoints);
    assertTrue(told.get(0).contains("(-resume " + state + ")"), told::toString);
    assertFalse(trained.stateIsSaved());
    assertTrue(trained.trajectory().complete());
    assertEquals(
        train(Task.Listener.NONE, NETWORK).trajectory().points(), trained.trajectory().points());
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void adoptsOnlyCheckpointsOfTheSameShape() throws Exception {
    Instances data = data();
    data.setClassIndex(2);
    QuantizedNetwork one = new QuantizedNetwork();
    one.setOptions(Utils.splitOptions("-H 5,3 -N 1"));
    one.buildClassifier(data);
    QuantizedNetwork other = new QuantizedNetwork();
    other.setOptions(Utils.splitOptions("-H 5,4 -N 1"));
    assertThrows(IllegalStateException.class, () -> other.adopt(one.savedCheckpoints().get(1)));
    other.initializeClassifier(data);
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class, () -> other.adopt(one.savedCheckpoints().get(1)));
    assertTrue(e.getMessage().contains("2-5-3-2"), e.getMessage());
  }

  private static final String UNQUANTIZED =
      "weka.classifiers.functions.QuantizedNetwork -N 6 -checkpoints 0,2 -S 3 -layers-spec"
          + " \"dense 4 tanh, dense 3 tanh q4, dense 3 tanh\"";

  private static final String WITHOUT_NOISE =
      "weka.filters.unsupervised.attribute.QuantizeActivations";

  private static final String WITH_NOISE =
      WITHOUT_NOISE + " -L 5 -noise 0.2 -rounding stochastic -S ";

  private static Instances data(int from, int to, boolean weighted) throws IOException {
    Instances data = new Instances(data(), from, to - from);
    data.setClassIndex(2);
    for (int i = 0; weighted && i < data.numInstances(); i++) {
      data.instance(i).setWeight(i % 3);
    }
    return data;
  }

  private static Task.Trained trainWithout(String limitsFrom, boolean weighted) throws Exception {
    Task task =
        Task.parse(
            "-train",
            UNQUANTIZED,
            "-repeats",
            "2",
            "-limits-from",
            limitsFrom,
            "-weights-are",
            "importance",
            "-Q",
            WITH_NOISE + 7);
    task.setTestData(data(200, 300, false), "-T test.arff");
    return (Task.Trained)
        task.run(data(0, 200, weighted), Task.Listener.NONE, Execution.ofThreads(2));
  }

  private static Instances activations(NetworkClassifier network, Instances data) throws Exception {
    HiddenActivations filter = new HiddenActivations();
    filter.setInputFormat(data, network);
    return Filter.useFilter(data, filter);
  }

  private static Report analyze(Instances train, Optional<Instances> test, String quantizer)
      throws Exception {
    Task task =
        Task.parse(
            "-halves", "0", "-complexity-only", "-weights-are", "importance", "-Q", quantizer);
    test.ifPresent(data -> task.setTestData(data, "-T test.arff"));
    return ((Task.Analyzed) task.run(train, Task.Listener.NONE, Execution.sequential())).report();
  }

  /** One command gives what the filter of the activations and an analysis of its data give. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void layersWithoutLevelsAreQuantizedAsIfTheirActivationsWereData(boolean weighted)
      throws Exception {
    Task.Trained trained = trainWithout("each", weighted);
    Instances train = data(0, 200, weighted);
    for (int repeat = 1; repeat <= 2; repeat++) {
      NetworkClassifier network = trained.networks().get(repeat - 1);
      Report report =
          analyze(
              activations(network, train),
              Optional.of(activations(network, data(200, 300, false))),
              WITH_NOISE + (6 + repeat));
      for (int layer = 0; layer < 3; layer++) {
        TrajectoryPoint point = point(trained.trajectory(), repeat, 6, "L" + (layer + 1));
        assertEquals(report.layers().get(layer).summary().toString(), point.summary().toString());
        assertEquals(
            report.testOf(layer).orElseThrow().summary().toString().replace(" test,", ","),
            point.testSummary().toString());
      }
    }
    String told = trained.trajectory().network();
    assertTrue(
        told.contains("noise of standard deviation 0.2 (seed 7)")
            && told.endsWith("limits from each checkpoint"),
        told);
  }

  private static TrajectoryPoint point(Trajectory trajectory, int repeat, int epoch, String layer) {
    return trajectory.at(layer, epoch).stream()
        .filter(one -> one.repeat() == repeat)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void limitsOfTheFirstCheckpointHoldForTheLast() throws Exception {
    Task.Trained trained = trainWithout("first", false);
    Instances train = data(0, 200, false);
    QuantizedNetwork random = new QuantizedNetwork();
    random.setOptions(Utils.splitOptions(UNQUANTIZED.substring(UNQUANTIZED.indexOf(' ') + 1)));
    random.setEpochs(0);
    random.buildClassifier(train);
    Filter quantizer = UnitQuantizer.parseFilter(WITH_NOISE + 7);
    Instances first = activations(random, train);
    quantizer.setInputFormat(first);
    Filter.useFilter(first, quantizer);
    Instances last = Filter.useFilter(activations(trained.networks().get(0), train), quantizer);
    Report report = analyze(last, Optional.empty(), WITHOUT_NOISE);
    for (int layer = 0; layer < 3; layer++) {
      assertEquals(
          report.layers().get(layer).summary().toString(),
          point(trained.trajectory(), 1, 6, "L" + (layer + 1)).summary().toString());
    }
  }

  @Test
  void whereAllLayersHaveLevelsThereIsNothingToQuantize() {
    for (String option : List.of("-Q " + WITH_NOISE + 7, "-limits-from first")) {
      String[] words = option.split(" ", 2);
      String message =
          assertThrows(
                  IllegalArgumentException.class,
                  () -> Task.parse("-train", NETWORK, words[0], words[1]))
              .getMessage();
      assertTrue(message.contains(words[0] + " must not be combined"), message);
    }
    String all =
        assertThrows(
                IllegalArgumentException.class,
                () -> Task.parse("-train", UNQUANTIZED, "-limits-from", "all"))
            .getMessage();
    assertTrue(all.contains("-limits-from all must not") && all.contains("Maybe"), all);
  }
}
