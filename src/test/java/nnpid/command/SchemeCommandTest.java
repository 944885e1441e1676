package nnpid.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import weka.classifiers.functions.QuantizedNetwork;
import weka.core.SerializationHelper;
import weka.filters.unsupervised.attribute.QuantizeActivations;

/** Our filters and classifiers as commands of Weka. */
class SchemeCommandTest {
  private static final String DATA =
      "@relation r\n@attribute x numeric\n@attribute c {a,b}\n@data\n0,a\n0.2,b\n0.9,a\n1,b\n";

  @TempDir Path directory;

  private final PrintStream out = System.out;
  private final PrintStream err = System.err;
  private final ByteArrayOutputStream told = new ByteArrayOutputStream();
  private String data;

  @BeforeEach
  void capture() {
    data = CommandLine.file(directory, "data.arff", DATA);
    System.setErr(new PrintStream(told, true, StandardCharsets.UTF_8));
    System.setOut(new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void release() {
    System.setErr(err);
    System.setOut(out);
  }

  private static boolean filter(String... options) throws Exception {
    return SchemeCommand.execute(new QuantizeActivations(), options);
  }

  private static boolean train(String... options) throws Exception {
    return SchemeCommand.execute(new QuantizedNetwork(), options);
  }

  private void assertTold(String... texts) {
    String message = told.toString(StandardCharsets.UTF_8);
    for (String text : texts) {
      assertTrue(message.contains(text), message);
    }
    assertFalse(message.contains("Exception") || message.contains("\tat "), message);
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void filterWritesWhatWekaWould() throws Exception {
    Path output = directory.resolve("levels.arff");
    assertTrue(filter("-i", data, "-o", output.toString(), "-c", "last", "-L", "2"));
    assertTrue(Files.readString(output).endsWith("0,a\n0,b\n1,a\n1,b\n"));
    assertEquals(List.of("data.arff", "levels.arff"), files());
  }

  @Test
  void filterDoesNotReplaceItsInput() throws Exception {
    String link = Files.createLink(directory.resolve("link"), Path.of(data)).toString();
    for (String output : List.of(data, link)) {
      assertFalse(filter("-i", data, "-o", output, "-c", "last"));
      assertTold("(-o " + output + ") must not be the input (-i " + data + ")");
    }
    String other = directory.resolve("other.arff").toString();
    assertFalse(filter("-b", "-i", data, "-o", other, "-r", data, "-s", data));
    assertTold("(-s " + data + ")");
    assertFalse(filter("-b", "-i", data, "-o", other, "-r", data, "-s", other));
    assertTold("(-s " + other + ") must not be the output (-o " + other + ")");
    assertEquals(DATA, Files.readString(Path.of(data)));
  }

  @Test
  void filterThatFailsLeavesTheOldFile() throws Exception {
    String old = CommandLine.file(directory, "old.arff", "old");
    assertFalse(filter("-i", data, "-o", old, "-c", "last", "-L", "1"));
    assertTold("(-L 1)");
    assertEquals("old", Files.readString(Path.of(old)));
    assertFalse(filter("-i", directory.resolve("none").toString(), "-o", old));
    assertTold("none) must be a readable file");
    assertEquals(List.of("data.arff", "old.arff"), files());
  }

  @Test
  void modelDoesNotReplaceTheDataAndProblemsAreSentences() throws Exception {
    assertFalse(train("-t", data, "-no-cv", "-d", data, "-H", "2", "-N", "1"));
    assertTold("(-d " + data + ") must not be the input (-t " + data + ")");
    assertEquals(DATA, Files.readString(Path.of(data)));
    String nowhere = directory.resolve("nowhere").resolve("m").toString();
    assertFalse(train("-t", data, "-no-cv", "-d", nowhere, "-H", "2", "-N", "1"));
    assertTold("(-d " + nowhere + ")", "does not exist");
  }

  @Test
  void modelIsWritten() throws Exception {
    String model = directory.resolve("net.model").toString();
    assertTrue(train("-t", data, "-no-cv", "-d", model, "-H", "2", "-N", "1"));
    assertTrue(SerializationHelper.read(model) instanceof QuantizedNetwork);
  }
}
