package nnpid.command;

import static nnpid.command.CommandLine.file;
import static nnpid.command.CommandLine.layers;
import static nnpid.command.CommandLine.number;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import weka.core.Instances;
import weka.filters.Filter;
import weka.filters.unsupervised.attribute.QuantizeActivations;

/** {@code -T} without training: the same layers of other data. */
class TestDataTest {
  private static final List<String> UNITS = List.of("h1_1", "h1_2", "h2_1", "h2_2");

  @TempDir private Path directory;
  private String train;

  @BeforeEach
  void write() {
    train = file(directory, "train.arff", arff(UNITS, "{a,b}", 300, 1));
  }

  /** Rows as ARFF; attributes and labels may come in any order, the cells follow them. */
  private static String arff(List<String> units, String labels, int rows, long seed) {
    Random random = new Random(seed);
    StringBuilder text = new StringBuilder("@relation r\n");
    units.forEach(unit -> text.append("@attribute ").append(unit).append(" numeric\n"));
    text.append("@attribute c ").append(labels).append("\n@data\n");
    for (int row = 0; row < rows; row++) {
      boolean first = random.nextBoolean();
      double[] cells = random.doubles(units.size(), -1, seed).toArray();
      for (String unit : units) {
        int number = Math.max(0, UNITS.indexOf(unit));
        text.append(cells[number] + (first ? 0.3 * number : 0)).append(',');
      }
      text.append(first ? "a\n" : "b\n");
    }
    return text.toString();
  }

  /**
   * Levels are those of limits from the first data, as Weka's filters have it for a later batch.
   */
  @Test
  void limitsAreThoseOfTheDataAndOrderDoesNotMatter() throws Exception {
    List<String> reversed = new ArrayList<>(UNITS);
    Collections.reverse(reversed);
    String text = arff(UNITS, "{a,b}", 120, 2);
    List<JsonObject> layers =
        layers(CommandLine.json("-t", train, "-T", file(directory, "test.arff", text)));
    Instances first = new Instances(new StringReader(arff(UNITS, "{a,b}", 300, 1)));
    Instances second = new Instances(new StringReader(text));
    first.setClassIndex(4);
    second.setClassIndex(4);
    QuantizeActivations filter = new QuantizeActivations();
    filter.setInputFormat(first);
    Filter.useFilter(first, filter);
    String levels = file(directory, "levels.arff", Filter.useFilter(second, filter).toString());
    List<JsonObject> expected = layers(CommandLine.json("-t", levels));
    List<JsonObject> alone = layers(CommandLine.json("-t", train));
    List<JsonObject> other =
        layers(
            CommandLine.json(
                "-t", train, "-T", file(directory, "other.arff", arff(reversed, "{b,a}", 120, 2))));
    for (int i = 0; i < 2; i++) {
      JsonObject test = layers.get(i).getAsJsonObject("test");
      for (String figure : List.of("mutualInformation", "representationalComplexity")) {
        assertEquals(number(expected.get(i), figure), number(test, figure), 1e-12);
        assertEquals(
            number(test, figure), number(other.get(i).getAsJsonObject("test"), figure), 1e-12);
        assertEquals(number(alone.get(i), figure), number(layers.get(i), figure), 0);
      }
      for (JsonElement warning : test.getAsJsonArray("warnings")) {
        assertFalse(warning.getAsString().contains("left out when"), warning::toString);
      }
    }
    CommandLine csv = CommandLine.run("-t", train, "-T", train, "-format", "csv");
    List<String> rows = csv.out().lines().skip(1).toList();
    assertEquals(rows.get(0).replaceFirst("h1,", "h1 test,"), rows.get(1));
    assertEquals(4, rows.size());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          h1_1,h1_2,h2_1      | {a,b}   | "h2_2", as the data:
          h1_1,h1_2,h2_1,x    | {a,b}   | "h2_2", as the data:
          h1_1,h1_2,h2_1,h2_2,h2_3 | {a,b} | than the data: "h2_3" is none of them
          h1_1,h1_2,h2_1,h2_2 | {b,z,a,y} |
          h1_1,h1_2,h2_1,h2_2 | string  | The class "c" must be nominal
          """)
  void dataWithOtherUnitsOrLabelsAreRefused(String units, String labels, String told) {
    String test =
        file(
            directory,
            "test.arff",
            arff(List.of(units.split(",")), labels, 40, 2).replace(",y\n", ",z\n"));
    for (List<String> more :
        List.of(List.<String>of(), List.of("-train", "QuantizedNetwork -N 1"))) {
      List<String> options = new ArrayList<>(List.of("-t", train, "-T", test));
      options.addAll(more);
      CommandLine run = CommandLine.run(options.toArray(new String[0]));
      if (told == null) {
        assertTrue(run.ok(), run::err); // labels that do not occur do no harm
      } else {
        assertFalse(run.ok());
        assertTrue(run.err().startsWith("Error: The test data (-T " + test + ")"), run::err);
        assertTrue(run.err().contains(told), run::err);
      }
    }
    String unknown =
        file(directory, "z.arff", arff(UNITS, "{a,b,z}", 40, 2).replaceFirst(",b\n", ",z\n"));
    String message = CommandLine.run("-t", train, "-T", unknown).err();
    assertTrue(message.contains("of \"c\" than the data: \"z\" is none of them"), message);
  }
}
