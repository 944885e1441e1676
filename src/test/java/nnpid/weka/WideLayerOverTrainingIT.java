package nnpid.weka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import javax.imageio.ImageIO;
import nnpid.command.CommandLine;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example that trains a network of its own runs, and its numbers are the command line's. */
class WideLayerOverTrainingIT {
  private static final String PROGRAM = "examples/WideLayerOverTraining.java";
  private static final String NETWORK = "-H 6,8 -L 3 -N 2 -checkpoints 1";

  @TempDir static Path directory;

  private static InstalledPackage installed;

  @BeforeAll
  static void install() {
    installed = InstalledPackage.in(directory);
  }

  @Test
  void estimatesAreTheCommandLinesNumbers() throws IOException {
    String data = installed.packageDirectory().resolve("examples/tishby.arff").toString();
    Path png = directory.resolve("wide.png");
    InstalledPackage.Result run = installed.programWithWeka(PROGRAM, data, png.toString(), NETWORK);
    assertEquals(0, run.exitCode(), run::toString);
    assertEquals(900, ImageIO.read(png.toFile()).getWidth());
    assertEquals(3, run.stdout().lines().count(), run::toString);
    CommandLine expected =
        CommandLine.run(
            "-t",
            data,
            "-layers",
            "2",
            "-method",
            "coverage",
            "-format",
            "json",
            "-train",
            "weka.classifiers.functions.QuantizedNetwork " + NETWORK);
    assertTrue(expected.ok(), expected::toString);
    for (JsonElement element :
        JsonParser.parseString(expected.out()).getAsJsonObject().getAsJsonArray("trajectory")) {
      JsonObject point = element.getAsJsonObject();
      double c = CommandLine.number(point, "representationalComplexity");
      double error = CommandLine.number(point, "standardError");
      int epoch = point.get("epoch").getAsInt();
      String start = String.format(Locale.ROOT, "epoch %d: C %.4f +- %.4f,", epoch, c, error);
      assertTrue(
          run.stdout().lines().anyMatch(line -> line.startsWith(start)),
          () -> start + " must be in " + run);
    }
  }

  @Test
  void badInputEndsWithExitCodeOneAndASentence() {
    InstalledPackage.Result run = installed.programWithWeka(PROGRAM, "none.arff", "a.png");
    assertEquals(1, run.exitCode(), run::toString);
    assertTrue(run.stderr().contains("none.arff"), run::toString);
    assertEquals(1, installed.programWithWeka(PROGRAM).exitCode(), "arguments are missing");
  }
}
