package nnpid.command;

import static nnpid.command.CommandLine.file;
import static nnpid.command.CommandLine.layer;
import static nnpid.command.CommandLine.number;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code -method coarse-graining} on the command line. */
class CoarseGrainingCommandTest {
  @TempDir Path directory;

  private String units;

  /** Seven units, the class the sum of some. */
  @BeforeEach
  void write() {
    Random random = new Random(1);
    StringBuilder csv = new StringBuilder("u1,u2,u3,u4,u5,u6,u7,c\n");
    for (int i = 0; i < 200; i++) {
      int[] u = random.ints(7, 0, 2).toArray();
      for (int value : u) {
        csv.append("s").append(value).append(',');
      }
      csv.append("c").append((u[0] ^ u[3]) + u[5]).append('\n');
    }
    units = file(directory, "units.csv", csv.toString());
  }

  @Test
  void boundsFromGivenGroupsAreThoseOfTheGroups() {
    JsonObject coarse =
        layer("-t", units, "-method", "coarse-graining", "-grouping", "1,4;2,3;5-7");
    JsonObject groups = layer("-t", units, "-groups", "1,4;2,3;5-7");
    JsonObject bounds = coarse.getAsJsonObject("coarseGraining");
    assertEquals(number(groups, "representationalComplexity"), number(bounds, "complexity"), 1e-12);
    assertEquals(number(bounds, "complexity"), number(bounds, "lower"), 0);
    assertTrue(number(bounds, "lowerUnconditional") <= number(bounds, "lower"));
    assertTrue(number(bounds, "upperUnconditional") >= number(bounds, "upper"));
    assertEquals(
        "[[\"u1\",\"u4\"],[\"u2\",\"u3\"],[\"u5\",\"u6\",\"u7\"]]",
        bounds.get("groups").toString());
    assertEquals("tightest-lower", bounds.get("objective").getAsString());
    // C itself is not known.
    assertTrue(coarse.get("representationalComplexity").isJsonNull());
    assertTrue(coarse.get("note").getAsString().contains("in any case"));
    assertFalse(bounds.has("search"));
  }

  @Test
  void theSearchFindsThePairThatIsReadTogether() {
    JsonObject found =
        layer(
                "-t",
                units,
                "-method",
                "coarse-graining",
                "-objective",
                "least-synergy",
                "-groups-count",
                "3",
                "-max-group-size",
                "4",
                "-steps",
                "50")
            .getAsJsonObject("coarseGraining");
    JsonObject sequential =
        layer(
                "-t",
                units,
                "-method",
                "coarse-graining",
                "-grouping",
                "sequential",
                "-groups-count",
                "3")
            .getAsJsonObject("coarseGraining");
    assertTrue(number(found, "complexity") < number(sequential, "complexity"));
    boolean together = false;
    for (int i = 0; i < 3; i++) {
      JsonArray group = found.getAsJsonArray("groups").get(i).getAsJsonArray();
      together |= group.toString().contains("u1") && group.toString().contains("u4");
    }
    assertTrue(together, found.toString());
    assertTrue(found.getAsJsonObject("search").get("complete").getAsBoolean());
    assertTrue(found.getAsJsonObject("search").getAsJsonArray("trace").size() > 0);
  }

  @Test
  void textAndTableShowTheBounds() {
    CommandLine text =
        CommandLine.run("-t", units, "-method", "coarse-graining", "-grouping", "sequential");
    assertTrue(text.ok(), text::err);
    assertTrue(text.out().contains("-grouping \"1,2;3,4;5;6;7\""), text::out);
    assertTrue(text.out().contains("In any case:"), text::out);
    CommandLine csv =
        CommandLine.run(
            "-t", units, "-method", "coarse-graining", "-grouping", "random", "-format", "csv");
    String[] header = csv.out().split("\n", -1)[0].split(",", -1);
    String[] row = csv.out().split("\n", -1)[1].split(",", -1);
    int complexity = java.util.List.of(header).indexOf("representationalComplexity");
    int lower = java.util.List.of(header).indexOf("lowerBound");
    assertEquals("", row[complexity]);
    assertTrue(Double.parseDouble(row[lower]) <= Double.parseDouble(row[lower + 1]));
  }

  @Test
  void aGroupPerUnitIsExact() {
    JsonObject exact = layer("-t", units, "-sources", "1-4");
    JsonObject coarse =
        layer("-t", units, "-sources", "1-4", "-method", "coarse-graining", "-groups-count", "4");
    assertEquals(
        number(exact, "representationalComplexity"),
        number(coarse, "representationalComplexity"),
        1e-12);
  }

  @Test
  void shufflesAreComparedInTheSameGroups() {
    JsonObject coarse =
        layer(
            "-t",
            units,
            "-method",
            "coarse-graining",
            "-grouping",
            "sequential",
            "-permutations",
            "5");
    assertTrue(coarse.toString().contains("permutation"), coarse::toString);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          -grouping best                  | (-grouping best)
          -grouping 1,2;2-7               | overlap
          -grouping 1-6                   | unit 7
          -grouping 1;2-8                 | from 1 to 7
          -groups-count 8                 | (-groups-count 8)
          -groups-count 3 -max-group-size 2 | (1 to 2)
          -max-group-size 0               | -max-group-size 0)
          -objective best                 | -objective best)
          -time-limit 0                   | -time-limit 0)
          -steps 0                        | -steps 0)
          -measure mmi                    | coarse-graining
          -atoms                          | lattice
          """)
  void badInputIsNamed(String options, String told) {
    String[] all =
        ("-t|" + units + "|-method|coarse-graining|" + options.replace(' ', '|')).split("\\|", -1);
    CommandLine run = CommandLine.run(all);
    assertFalse(run.ok());
    assertTrue(run.err().startsWith("Error: ") && run.err().contains(told), run::err);
    assertFalse(run.err().contains("Exception"), run::err);
  }
}
