package nnpid.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Serializable;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import nnpid.analysis.Trajectory;
import nnpid.execution.Execution;
import nnpid.weka.SealedObject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import weka.core.Attribute;
import weka.core.Instances;

/** {@code -resume}: a state goes on with its own data and options only, and only if it is whole. */
class TrainingStateTest {
  private static final String NETWORK =
      "weka.classifiers.functions.QuantizedNetwork -H 3,2 -L 4 -N 4 -checkpoints 0,2";
  private static final int FLIPS = 1500;

  @TempDir private Path directory;

  private Path state;
  private Trajectory expected;

  @BeforeEach
  void train() throws Exception {
    state = directory.resolve("state.bin");
    expected = run(data(), Optional.of(data()), NETWORK);
  }

  private static Instances data() throws IOException {
    StringBuilder text =
        new StringBuilder("@relation r\n@attribute x numeric\n@attribute n {p,q}\n");
    text.append("@attribute c {a,b}\n@data\n");
    Random random = new Random(1);
    for (int i = 0; i < 60; i++) {
      boolean first = random.nextBoolean();
      text.append(random.nextInt(10)).append(first ? ",p," : ",q,").append(first ? "a\n" : "b\n");
    }
    return new Instances(new StringReader(text.toString()));
  }

  private Trajectory run(
      Instances train, Optional<Instances> test, String network, String... options)
      throws Exception {
    List<String> all = new ArrayList<>(List.of(options));
    all.addAll(List.of("-train", network, "-resume", state.toString()));
    if (!all.contains("-repeats")) {
      all.addAll(List.of("-repeats", "2"));
    }
    Task task = Task.parse(all.toArray(String[]::new));
    test.ifPresent(data -> task.setTestData(data, "-T test.arff"));
    Task.Result result = task.run(train, Task.Listener.NONE, Execution.sequential());
    return ((Task.Trained) result).trajectory();
  }

  @Test
  void theSameTaskNeedsNoTrainingWhateverDataAreCalledAndThreadsThereAre() throws Exception {
    byte[] before = Files.readAllBytes(state);
    Instances renamed = data();
    renamed.setRelationName("other");
    for (String threads : List.of("", " -num-slots 2")) {
      Trajectory again = run(renamed, Optional.of(data()), NETWORK + threads);
      assertEquals(expected.points(), again.points());
      assertTrue(again.complete());
    }
    assertTrue(Arrays.equals(before, Files.readAllBytes(state)));
  }

  /** Of the data everything counts, and it is told what. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          label    | the labels of the training data
          value    | the values of the training data
          missing  | the values of the training data
          nominal  | the values of the training data
          weight   | the weights of the training data
          order    | the values of the training data, the labels of the training data
          fewer    | the number of samples in the training data
          name     | the attributes of the training data
          type     | the attributes of the training data
          target   | the class of the training data, or its values
          test     | the labels of the test data
          noTest   | the labels of the test data
          """)
  void aStateOfOtherDataIsRefused(String change, String told) throws Exception {
    Instances train = data();
    Optional<Instances> test = Optional.of(data());
    switch (change) {
      case "label" -> train.instance(59).setValue(2, 1 - train.instance(59).value(2));
      case "value" -> train.instance(3).setValue(0, Math.nextUp(train.instance(3).value(0)));
      case "missing" -> train.instance(3).setMissing(0);
      case "nominal" -> train.instance(3).setValue(1, 1 - train.instance(3).value(1));
      case "weight" -> train.instance(3).setWeight(2);
      case "order" -> train.randomize(new Random(1));
      case "fewer" -> train.delete(59);
      case "name" -> train.renameAttribute(0, "z");
      case "type" -> train.renameAttributeValue(1, 0, "r");
      case "target" -> train.renameAttributeValue(2, 0, "r");
      case "test" -> test.get().instance(0).setValue(2, 1 - test.get().instance(0).value(2));
      default -> test = Optional.empty();
    }
    Optional<Instances> finalTest =
        change.equals("name") || change.equals("type") || change.equals("target")
            ? Optional.of(new Instances(train))
            : test;
    byte[] before = Files.readAllBytes(state);
    String message =
        assertThrows(IllegalArgumentException.class, () -> run(train, finalTest, NETWORK))
            .getMessage();
    assertTrue(message.contains("(-resume " + state + ") must be that of the same"), message);
    assertTrue(message.contains(told), message);
    assertTrue(Arrays.equals(before, Files.readAllBytes(state)), "It is not replaced.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          -N 4 -M 0.5 | -seed 1      | the network (weka
          -N 4        | -repeats 3   | the number of repeats (2 there, 3 here)
          -N 4        | -layers 2    | the layers (all there, 2 here)
          -N 4        | -measure min | the settings of the analysis
          -N 4        | -halves 3    | the settings of the analysis
          -N 4        | -values corrected | the settings of the analysis
          -N 4        | -seed 5      | the network (weka
          """)
  void aStateOfOtherOptionsIsRefused(String network, String options, String told) {
    String[] more = options.split(" ", -1);
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> {
                  String all = NETWORK.replace("-N 4", network);
                  run(data(), Optional.of(data()), all, more);
                })
            .getMessage();
    assertTrue(message.contains(told), message);
  }

  @Test
  void aStateOfTheEarlierFormatIsToldAsSuch() throws IOException {
    Files.copy(Path.of("src/test/resources/models/training-1.state"), directory.resolve("old"));
    state = directory.resolve("old");
    assertRefused("of an earlier version", "Maybe remove it to begin anew");
  }

  private void assertRefused(String... words) {
    String message =
        assertThrows(
                IllegalArgumentException.class, () -> run(data(), Optional.of(data()), NETWORK))
            .getMessage();
    assertTrue(message.startsWith("The state (-resume " + state + ") must be"), message);
    for (String word : words) {
      assertTrue(message.contains(word), message);
    }
  }

  @Test
  void everyFlippedBitIsNoticed() throws Exception {
    byte[] whole = Files.readAllBytes(state);
    Random random = new Random(1);
    for (int i = 0; i < FLIPS; i++) {
      byte[] flipped = whole.clone();
      flipped[i < 100 ? i : random.nextInt(whole.length)] ^= (byte) (1 << random.nextInt(8));
      assertUnreadable(flipped);
    }
    for (int length = 0; length < whole.length; length += 97) {
      assertUnreadable(Arrays.copyOf(whole, length));
    }
    assertUnreadable(Arrays.copyOf(whole, whole.length + 1));
    Files.write(state, whole);
    assertEquals(expected.points(), run(data(), Optional.of(data()), NETWORK).points());
  }

  private void assertUnreadable(byte[] bytes) throws IOException {
    Files.write(state, bytes);
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> TrainingState.read(state, new TrainingState.Task(), null))
            .getMessage();
    assertTrue(message.contains("must be a file that this program has written"), message);
  }

  /** What a stranger has sealed has a checksum that is right. */
  @Test
  void whatIsSealedButNoStateIsRefused() throws Exception {
    seal(new HashSet<>(List.of("a")));
    assertRefused("it has a java.util.HashSet");
    seal("text");
    assertRefused("it has something else");
    seal(new File("x"));
    assertRefused("it has something else");
    seal(new Attribute("x"));
    assertRefused("it has a weka.core.Attribute");
    TrainingState.Task none = new TrainingState.Task();
    seal(new TrainingState(none, List.of()));
    assertRefused("it differs in", "the network (none there, weka");
  }

  private void seal(Serializable content) throws IOException {
    try (OutputStream out = Files.newOutputStream(state)) {
      SealedObject.write(out, content);
    }
  }

  @Test
  void sealedObjectsKeepTheStreamOpen() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    SealedObject.write(out, "text");
    int length = out.size();
    out.write(1);
    assertEquals(length + 1, out.size());
    assertFalse(out.toString(StandardCharsets.ISO_8859_1).startsWith("\u00ac"));
  }
}
