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
import nnpid.analysis.Trajectory;
import nnpid.execution.Execution;
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

  private static TrainingAnalysis training(String network, String... options) throws Exception {
    List<String> all = new ArrayList<>(List.of("-train", network));
    all.addAll(List.of(options));
    return new TrainingAnalysis(all.toArray(String[]::new));
  }

  @Test
  void tellsWhatIsKnownAtEveryCheckpoint() throws Exception {
    TrainingAnalysis training = training(NETWORK, "-repeats", "2");
    List<Trajectory> known = new ArrayList<>();
    Trajectory all =
        training.run(
            data(), Optional.empty(), new ComplexityAnalysis(), known::add, Execution.sequential());
    assertEquals(6, known.size());
    for (int i = 0; i < known.size(); i++) {
      assertEquals(2 * (i + 1), known.get(i).points().size());
      assertFalse(known.get(i).complete());
    }
    assertTrue(all.complete());
    assertEquals(all.points(), known.get(5).points());
  }

  /** A model of the Explorer's tab is the one the Classify tab would train. */
  @Test
  void networksAreThoseOfTheClassifierWithTheSeedsOfTheRepeats() throws Exception {
    TrainingAnalysis training = training(NETWORK, "-repeats", "2");
    Trajectory all =
        training.run(
            data(),
            Optional.empty(),
            new ComplexityAnalysis(),
            soFar -> {},
            Execution.sequential());
    List<QuantizedNetwork> networks = training.networks();
    assertEquals(2, networks.size());
    Instances data = data();
    data.setClassIndex(2);
    for (int repeat = 1; repeat <= 2; repeat++) {
      QuantizedNetwork expected = new QuantizedNetwork();
      expected.setOptions(Utils.splitOptions("-H 5,3 -L 4 -N 6 -S " + (2 + repeat)));
      expected.buildClassifier(data);
      QuantizedNetwork actual = networks.get(repeat - 1);
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
    TrainingAnalysis training = training(NETWORK, "-resume", state.toString());
    List<String> told = new ArrayList<>();
    training.setWarningListener(told::add);
    List<Integer> toldAtCheckpoints = new ArrayList<>();
    Trajectory all =
        training.run(
            data(),
            Optional.empty(),
            new ComplexityAnalysis(),
            soFar -> {
              toldAtCheckpoints.add(told.size());
              delete(state);
              delete(gone);
            },
            Execution.sequential());
    assertEquals(List.of(0, 1, 1), toldAtCheckpoints);
    assertTrue(told.get(0).contains("(-resume " + state + ")"), told::toString);
    assertFalse(training.stateIsSaved());
    assertTrue(all.complete());
    Trajectory withoutState =
        training(NETWORK)
            .run(
                data(),
                Optional.empty(),
                new ComplexityAnalysis(),
                soFar -> {},
                Execution.sequential());
    assertEquals(withoutState.points(), all.points());
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
