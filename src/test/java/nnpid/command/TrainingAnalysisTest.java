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
import java.util.Random;
import nnpid.analysis.Trajectory;
import nnpid.execution.Execution;
import nnpid.weka.NetworkClassifier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import weka.classifiers.Evaluation;
import weka.classifiers.functions.QuantizedNetwork;
import weka.core.Instance;
import weka.core.Instances;
import weka.core.Utils;

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
}
