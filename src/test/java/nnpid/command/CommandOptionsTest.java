package nnpid.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandOptionsTest {
  @TempDir Path directory;

  private static void check(String options) {
    CommandOptions.ALL.check(options.split(" ", -1));
  }

  private static String refusal(String options) {
    return assertThrows(IllegalArgumentException.class, () -> check(options)).getMessage();
  }

  @ParameterizedTest
  @CsvSource({
    "-sead 5,-seed",
    "-method,-method must have a value",
    "--format json,-format",
    "-Format json,-format",
    "-permutation 10,-permutations",
    "-complexity_only,-complexity-only",
    "-weight w,-weights",
    "-timelimit 3,-time-limit",
    "-layer all,-layers"
  })
  void nearestOptionIsNamed(String options, String told) {
    assertTrue(refusal(options).contains(told), refusal(options));
  }

  @Test
  void whatIsLikeNoOptionHasNoHint() {
    assertFalse(refusal("-verbosely").contains("mean"), refusal("-verbosely"));
  }

  @Test
  void valueWithBlanksBetweenNoQuotesIsRecognized() {
    String message = refusal("-c my class -atoms");
    assertTrue(message.contains("\"class\"") && message.contains("after -c my"), message);
    assertTrue(message.contains("quotes"), message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"-seed 1 -seed 2", "-atoms -top 3 -atoms", "-t a -t b", "-format csv -format csv"})
  void optionsAreGivenOnce(String options) {
    assertTrue(refusal(options).contains("must be given once"), refusal(options));
  }

  @ParameterizedTest
  @ValueSource(strings = {"-o -atoms", "-o -t x.arff", "-weights -seed 3", "-seed "})
  void anOptionIsNoValue(String options) {
    assertTrue(refusal(options).contains("must have a value"), refusal(options));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-seed -5",
        "-sources --x -seed 3",
        "-sources - -seed 3",
        "-method coarse-graining -time-limit 3 -steps 7",
        "-method lattice -precision 0.1",
        "-replicates 32 -time-limit 3",
        "-train N -repeats 2 -T x",
        "-T x"
      })
  void theseAreInOrder(String options) {
    assertDoesNotThrow(() -> check(options));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-grouping 1,2;3-5",
        "-draws 50",
        "-subset-size 3 -method coverage",
        "-precision 0.1 -method subsampling",
        "-time-limit 5 -method lattice",
        "-groups-count 3 -train N",
        "-repeats 2",
        "-resume s"
      })
  void optionsWithoutEffectAreRefused(String options) {
    String message = refusal(options);
    assertTrue(message.startsWith("The option " + options.split(" ", -1)[0] + " must go"), message);
  }

  @Test
  void valuesThatBeginWithHyphensHideNoOptions() throws Exception {
    String[] options = {"-sources", "--x", "-seed", "7", "-layers", "-"};
    assertThrows(IllegalArgumentException.class, () -> new AnalysisOptions().setOptions(options));
    String[] others = {"-sources", "--x", "-seed", "7"};
    AnalysisOptions analysis = new AnalysisOptions();
    analysis.setOptions(others);
    assertEquals(7, analysis.getSeed().orElseThrow());
    assertArrayEquals(new String[] {"", "", "", ""}, others);
  }

  @Test
  void windowsTakeAnOptionOnceToo() {
    String[] twice = {"-seed", "1", "-seed", "2"};
    String message =
        assertThrows(IllegalArgumentException.class, () -> new AnalysisOptions().setOptions(twice))
            .getMessage();
    assertTrue(message.contains("-seed") && message.contains("once"), message);
  }

  private static final List<String> TEXTS =
      List.of(
          "",
          "plain-1.5",
          "(L\\d+)_.*",
          "two words",
          "weka.Filter -L 8 -R \"a b\"",
          "a\\\"b\\",
          "\\\\double\\\\",
          "it's",
          "$HOME `id` !x",
          "\"$x\" and 'y'",
          "1,2;3-5",
          "a&b|c>d<e*?[x]~#",
          "line\nbreak",
          "\u00fcml\u00e4ut");

  /** A real shell gives back what went in. */
  @Test
  void shellReadsTheQuotesAsTheyAreMeant() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "There is no /bin/sh.");
    for (String text : TEXTS) {
      Process shell =
          new ProcessBuilder("/bin/sh", "-c", "printf '<%s>' " + CommandOptions.quoted(text))
              .start();
      String read = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertEquals("<" + text + ">", read, CommandOptions.quoted(text));
    }
  }

  /** Double quotes are what Windows has, too. */
  @Test
  void whatDoubleQuotesCanDoTheyDo() {
    assertEquals("\"(L\\d+)_.*\"", CommandOptions.quoted("(L\\d+)_.*"));
    assertEquals("\"Discretize -R \\\"1 2\\\"\"", CommandOptions.quoted("Discretize -R \"1 2\""));
    assertEquals(
        "java -cp weka.jar weka.Run RepresentationalComplexity -t FILE -c 3 -groups \"1;2\"",
        CommandOptions.shellCommand(List.of("-c", "3", "-groups", "1;2")));
  }

  @Test
  void filesAreForTheCommandLineOnly() {
    for (String options : List.of("-t file", "-format json", "-charts p -train N")) {
      String message =
          assertThrows(IllegalArgumentException.class, () -> Task.parse(options.split(" ", -1)))
              .getMessage();
      assertTrue(message.contains("on the command line only"), message);
    }
  }

  /** Weka's Range overran its array, or gave an attribute twice. */
  @ParameterizedTest
  @CsvSource({"'1,1',a", "'1-3,2-3,last-first','must not include'", "'2,1-3',a b c", "'3-2',b c"})
  void listsOfUnitsMayOverlap(String sources, String expected) {
    StringBuilder rows = new StringBuilder("a,b,c,class\n");
    for (int i = 0; i < 8; i++) {
      rows.append("v" + (i & 1) + ",v" + (i >> 1 & 1) + ",v" + (i >> 2) + ",k" + (i & 1) + "\n");
    }
    String data = CommandLine.file(directory, "data.csv", rows.toString());
    CommandLine run = CommandLine.run("-t", data, "-sources", sources, "-format", "csv");
    assertTrue((run.out() + run.err()).contains(expected), run::toString);
    assertFalse(run.err().contains("out of bounds"), run::err);
  }
}
