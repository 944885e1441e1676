package nnpid.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import weka.core.Instances;
import weka.core.converters.ConverterUtils.DataSource;
import weka.knowledgeflow.Flow;
import weka.knowledgeflow.JSONFlowUtils;
import weka.knowledgeflow.StepManager;
import weka.knowledgeflow.steps.RepresentationalComplexity;

/** What is copied does the same again: it is typed, compiled and run, or loaded by Weka. */
class RunAsCodeTest {
  @TempDir private Path directory;

  private Path data(String name, int seed) throws Exception {
    StringBuilder text = new StringBuilder("@relation \"two \\\"layers\\\"\"\n");
    for (String unit : List.of("L1_1", "L1_2", "x", "L2_1", "L2_2")) {
      text.append("@attribute ").append(unit).append(" numeric\n");
    }
    text.append("@attribute class {a,b}\n@attribute note {n}\n@data\n");
    Random random = new Random(seed);
    for (int row = 0; row < 60; row++) {
      for (int unit = 0; unit < 5; unit++) {
        text.append(random.nextInt(3)).append(".5,");
      }
      text.append(random.nextBoolean() ? "a" : "b").append(",n\n");
    }
    return Files.writeString(directory.resolve(name), text);
  }

  private static RunAsCode of(Path file, Instances analyzed, String... options) {
    return RunAsCode.ofData(
        List.of(options),
        analyzed.relationName(),
        Optional.of(file.toFile()),
        OptionalLong.of(DataFingerprint.of(analyzed)));
  }

  private static String location(Class<?> type) throws Exception {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
  }

  /** Compiles the program and returns what it prints. */
  private String printed(String program) throws Exception {
    Path source = Files.writeString(directory.resolve(RunAsCode.CLASS_NAME + ".java"), program);
    ByteArrayOutputStream problems = new ByteArrayOutputStream();
    int code =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                problems,
                "-proc:none",
                "-cp",
                location(RunAsCode.class) + File.pathSeparator + location(Instances.class),
                "-d",
                directory.toString(),
                source.toString());
    assertEquals(0, code, () -> problems + program);
    PrintStream before = System.out;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (URLClassLoader loader =
        new URLClassLoader(
            new URL[] {directory.toUri().toURL()}, RunAsCodeTest.class.getClassLoader())) {
      System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
      loader
          .loadClass(RunAsCode.CLASS_NAME)
          .getMethod("main", String[].class)
          .invoke(null, (Object) new String[0]);
    } finally {
      System.setOut(before);
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  /** As a shell reads it: what stands between double quotes has a backslash before a quote. */
  private static List<String> arguments(String commandLine) {
    assertTrue(commandLine.startsWith("java -cp weka.jar weka.Run RepresentationalComplexity "));
    List<String> all = new ArrayList<>();
    StringBuilder one = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < commandLine.strip().length(); i++) {
      char c = commandLine.charAt(i);
      if (quoted && c == '\\' && "\"\\".indexOf(commandLine.charAt(i + 1)) >= 0) {
        one.append(commandLine.charAt(++i));
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c == ' ' && !quoted) {
        all.add(one.toString());
        one.setLength(0);
      } else {
        one.append(c);
      }
    }
    all.add(one.toString());
    return all.subList(5, all.size());
  }

  private static String byCommandLine(RunAsCode code) {
    return CommandLine.run(arguments(code.commandLine()).toArray(String[]::new)).out();
  }

  @Test
  void anAnalysisIsTheSameAsCommandAsProgramAndAsFlow() throws Exception {
    Path file = data("layers.arff", 1);
    Instances data = DataSource.read(file.toString());
    String[] options = {
      "-c",
      "6",
      "-layers",
      "(L\\d+)_.*",
      "-sources",
      "1-2,4-5",
      "-Q",
      "weka.filters.unsupervised.attribute.QuantizeActivations -L 3",
      "-complexity-only",
      "-halves",
      "2",
      "-seed",
      "5"
    };
    RunAsCode code = of(file, data, options);
    assertEquals(List.of(), code.notes());
    String expected = byCommandLine(code);
    assertTrue(expected.contains("L2"), expected);
    assertEquals(expected, printed(code.javaProgram()));
    Flow flow = JSONFlowUtils.JSONToFlow(code.flow(), false);
    StepManager step = flow.findStep("Complexity");
    RepresentationalComplexity complexity = (RepresentationalComplexity) step.getManagedStep();
    String ofStep = complexity.getOptions();
    assertTrue(ofStep.contains("-seed 5") && !ofStep.contains("-c "), ofStep);
    assertEquals(2, step.numOutgoingConnections());
    assertEquals(1, step.numIncomingConnections());
    assertTrue(code.flow().contains(file.toString()), code::flow);
    assertEquals(
        "6",
        ((weka.knowledgeflow.steps.ClassAssigner) flow.findStep("ClassAssigner").getManagedStep())
            .getClassColumn());
  }

  @Test
  void aTrainingAndCheckpointsAreTheSameAsProgram() throws Exception {
    Path file = data("layers.arff", 2);
    Instances data = DataSource.read(file.toString());
    RunAsCode training =
        of(
            file,
            data,
            "-c",
            "6",
            "-train",
            "weka.classifiers.functions.QuantizedNetwork -H 3 -L 3 -N 2 -checkpoints 1",
            "-repeats",
            "2");
    assertEquals(byCommandLine(training), printed(training.javaProgram()));
    assertTrue(training.whyNoFlow().orElseThrow().contains("trains no network"));
    data("run_epoch_1.arff", 3);
    data("run_epoch_2.arff", 4);
    String pattern = directory + File.separator + "run_epoch_*.arff";
    RunAsCode checkpoints =
        RunAsCode.ofCheckpoints(List.of("-c", "6", "-limits-from", "first"), pattern, pattern);
    assertEquals(byCommandLine(checkpoints), printed(checkpoints.javaProgram()));
    assertTrue(checkpoints.whyNoFlow().isPresent());
  }

  /** Whoever copies must not get other results in silence. */
  @Test
  void dataThatAreNotInTheirFileAreNotTakenForIt() throws Exception {
    Path file = data("layers.arff", 1);
    Instances data = DataSource.read(file.toString());
    data.instance(7).setValue(0, 99);
    RunAsCode changed = of(file, data, "-c", "6");
    assertTrue(
        changed.notes().get(0).contains("are not those in " + file), changed.notes()::toString);
    assertFalse(changed.commandLine().contains("-t " + file));
    assertTrue(changed.commandLine().startsWith("# The data that were analyzed are not"));
    assertTrue(changed.commandLine().contains("-t two_layers_.arff "), changed::commandLine);
    assertTrue(changed.javaProgram().contains("// The data that were analyzed"));
    JsonObject note =
        JsonParser.parseString(changed.flow())
            .getAsJsonObject()
            .getAsJsonArray("steps")
            .get(0)
            .getAsJsonObject();
    assertTrue(note.toString().contains("Save them on the tab Preprocess"), note::toString);
    Instances renamed = DataSource.read(file.toString());
    renamed.setRelationName("other");
    assertEquals(List.of(), of(file, renamed, "-c", "6").notes());
    renamed.renameAttribute(0, "other");
    assertFalse(of(file, renamed, "-c", "6").notes().isEmpty());
    // What a window takes for a number is a word on the command line.
    Path table = Files.writeString(directory.resolve("t.csv"), "L1_1,L1_2,c\n1,2,\"a\"\n2,?,b\n");
    Instances ofTable = DataSource.read(table.toString());
    List<String> notes = of(table, ofTable, "-c", "3").notes();
    assertTrue(notes.isEmpty() || notes.get(0).contains("command line reads"), notes::toString);
    assertTrue(
        RunAsCode.ofData(List.of(), "xor", Optional.empty(), OptionalLong.empty())
            .notes()
            .get(0)
            .contains("not known which file"));
    assertTrue(
        of(directory.resolve("gone.arff"), data, "-c", "6")
            .notes()
            .get(0)
            .contains("cannot be read"));
  }
}
