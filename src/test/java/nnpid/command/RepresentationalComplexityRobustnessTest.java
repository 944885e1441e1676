package nnpid.command;

import static nnpid.command.CommandLine.layer;
import static nnpid.command.CommandLine.strings;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.zip.GZIPOutputStream;
import nnpid.execution.Execution;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import weka.core.Instances;

class RepresentationalComplexityRobustnessTest {
  private static final String HEADER =
      "@relation r\n@attribute a {0,1}\n@attribute b {0,1}\n@attribute class {0,1}\n@data\n";
  private static final String XOR = HEADER + "0,0,0\n0,1,1\n1,0,1\n1,1,0\n";
  private static final String COUNTS =
      "@relation r\n@attribute count numeric\n@attribute a {0,1}\n@attribute b {0,1}\n"
          + "@attribute class {0,1}\n@data\n1,0,0,0\n2,0,1,1\n3,1,0,1\n1,1,1,0\n";
  private static final String UNITS =
      "@relation r\n@attribute u1 numeric\n@attribute u2 numeric\n@attribute class {0,1}\n@data\n";

  @TempDir private Path directory;

  private String file(String name, String text) {
    return CommandLine.file(directory, name, text);
  }

  private static void assertMessage(CommandLine run, String... words) {
    assertFalse(run.ok(), run::toString);
    for (String word : words) {
      assertTrue(run.err().contains(word), run::err);
    }
    assertFalse(run.err().contains("Exception"), run::err);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "hello world\n", "@relation r\n@attribute cla", "@relation r\n@data\n"})
  void wrongFormatHasNoExceptionName(String text) {
    String file = file("x.arff", text);
    assertMessage(CommandLine.run("-t", file), file);
  }

  @Test
  void truncatedGzipHasNoExceptionName() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write(XOR.getBytes(StandardCharsets.UTF_8));
    }
    Path file = directory.resolve("x.arff.gz");
    Files.write(file, Arrays.copyOf(bytes.toByteArray(), bytes.size() / 2));
    assertMessage(CommandLine.run("-t", file.toString()), file.toString());
  }

  @Test
  void nanWeightIsRejected() {
    assertMessage(CommandLine.run("-t", file("x.arff", HEADER + "0,0,0\n1,0,1,{NaN}\n")), "weight");
  }

  @Test
  void nanNamesItsAttribute() {
    assertMessage(
        CommandLine.run("-t", file("x.arff", UNITS + "?,0.5,0\n1,NaN,1\n")), "\"u2\"", "line 7");
  }

  @Test
  void indicesCountTheWeightAttribute() {
    String file = file("x.arff", COUNTS);
    assertEquals(
        List.of("a", "b"),
        strings(layer("-t", file, "-weights", "count", "-c", "4", "-sources", "2,3"), "sources"));
  }

  @Test
  void classCannotBeTheWeightAttribute() {
    String file = file("x.csv", "a,b,count\nx,y,1\ny,y,2\nx,x,3\n");
    assertMessage(CommandLine.run("-t", file, "-weights", "count"), "count");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-c", "-sources", "-groups", "-Q", "-top"})
  void missingValueBeforeAnotherOption(String option) {
    assertMessage(CommandLine.run("-t", file("x.arff", XOR), option, "-format", "json"), option);
  }

  @Test
  void outputHasTheUsualPermissions() throws IOException {
    Path usual = Files.createFile(directory.resolve("usual"));
    Path output = directory.resolve("out.json");
    assertTrue(CommandLine.run("-t", file("x.arff", XOR), "-o", output.toString()).ok());
    assertEquals(Files.getPosixFilePermissions(usual), Files.getPosixFilePermissions(output));
  }

  @Test
  void outputThroughALinkReachesItsTarget() throws IOException {
    Path target = Files.createFile(directory.resolve("target"));
    Path link = Files.createSymbolicLink(directory.resolve("link"), target);
    assertTrue(CommandLine.run("-t", file("x.arff", XOR), "-o", link.toString()).ok());
    assertTrue(Files.isSymbolicLink(link));
    assertTrue(Files.size(target) > 0);
  }

  @Test
  void unclosedQuoteNamesTheOption() {
    assertMessage(CommandLine.run("-t", file("x.arff", XOR), "-Q", "Discretize \"-B"), "-Q");
  }

  @Test
  void standardOutputThatFailsIsAnError() {
    OutputStream full =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("No space left on device");
          }
        };
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    assertFalse(
        new AnalyzeRepresentationalComplexity(new PrintStream(full), new PrintStream(err))
            .execute(new String[] {"-t", file("x.arff", XOR)}));
  }

  @AfterEach
  void clear() {
    Thread.interrupted();
  }

  @Test
  void interruptWhileQuantizingIsACancellation() throws Exception {
    Instances data = new Instances(new StringReader(UNITS + "0.1,0.5,0\n1,0.3,1\n"));
    Thread.currentThread().interrupt();
    assertThrows(
        CancellationException.class,
        () -> Task.parse().run(data, Task.Listener.NONE, Execution.sequential()));
    assertTrue(Thread.interrupted());
  }

  @Test
  void rowWithOneValueTooManyIsRejected() {
    assertMessage(CommandLine.run("-t", file("x.arff", XOR + "0,1,1,1\n")), "line 10");
  }

  /** As numpy writes them. */
  @ParameterizedTest
  @ValueSource(strings = {"inf", "-inf", "Infinity", "INF", "1e999"})
  void activationsThatAreNotFiniteAreNamed(String value) {
    String csv = "L1_1,L1_2,label\n0,1,0\n1," + value + ",1\n2,0.5,0\n3,1,1\n";
    assertMessage(
        CommandLine.run("-t", file("x.csv", csv), "-c", "label", "-nominal-class"),
        "\"L1_2\"",
        "finite");
  }

  @Test
  void nominalValuesMayBeCalledInf() {
    String csv = "word,u,class\ninf,0,a\nnan,1,b\ndet,1,a\n";
    assertTrue(CommandLine.run("-t", file("x.csv", csv)).ok());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"@relation r\n@attribute a {0,1", "@relation r\n@attribute a {0,1}\n@attr", ""})
  void headerThatEndsEarlyIsTruncated(String text) {
    assertMessage(CommandLine.run("-t", file("x.arff", text)), "x.arff", "truncated");
  }

  @Test
  void headerWithoutRowsHasNoInstances() {
    assertMessage(CommandLine.run("-t", file("x.csv", "a,b,c\n")), "instances");
  }

  @Test
  void listsMayHaveBlanks() {
    String file = file("x.arff", XOR);
    assertEquals(
        layer("-t", file, "-sources", "1,2", "-groups", "1;2"),
        layer("-t", file, "-sources", "1, 2", "-groups", "1; 2"));
  }

  @Test
  void hintsDoNotLeadIntoTheNextError() {
    String[] seven = {"-example", "-layers", "(L).*"};
    String[] measure = Arrays.copyOf(seven, 6);
    measure[3] = "-measure";
    measure[4] = "min";
    measure[5] = "-atoms";
    assertMessage(CommandLine.run(measure), "leave out -atoms");
    String[] pointwise = Arrays.copyOf(seven, 5);
    pointwise[3] = "-pointwise";
    pointwise[4] = "target";
    assertMessage(CommandLine.run(pointwise), "leave out -pointwise");
  }
}
