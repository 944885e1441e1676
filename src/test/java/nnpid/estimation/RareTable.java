package nnpid.estimation;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import nnpid.testing.SampleTable;

/** Tables in which rare realizations matter, with their exact complexity. */
record RareTable(SampleTable table, double mutualInformation, double complexity) {

  /** Those of an independent program. */
  static Stream<RareTable> golden() {
    try (Reader reader =
        new InputStreamReader(
            RareTable.class.getResourceAsStream("/golden/realizations/small_support.json"),
            StandardCharsets.UTF_8)) {
      List<RareTable> tables = new ArrayList<>();
      for (JsonElement element : JsonParser.parseReader(reader).getAsJsonArray()) {
        tables.add(golden(element.getAsJsonObject(), tables.size()));
      }
      return tables.stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static RareTable golden(JsonObject json, int index) {
    int n = json.get("sources").getAsInt();
    SampleTable.Builder table = new SampleTable.Builder("golden " + index, n);
    for (JsonElement element : json.getAsJsonArray("rows")) {
      JsonArray row = element.getAsJsonArray();
      table.add(
          IntStream.range(0, n).map(i -> row.get(i).getAsInt()).toArray(),
          row.get(n).getAsInt(),
          row.get(n + 1).getAsDouble());
    }
    return new RareTable(
        table.build(),
        json.get("mutualInformation").getAsDouble(),
        json.get("representationalComplexity").getAsDouble());
  }

  /** Random ones with information about the target, exact by {@link RareRealizations}. */
  static Stream<RareTable> random(int count) {
    return IntStream.iterate(0, seed -> seed + 1)
        .mapToObj(RareTable::ofSeed)
        .filter(rare -> rare.mutualInformation > 1e-6)
        .limit(count);
  }

  private static RareTable ofSeed(int seed) {
    SampleTable table = RareRealizations.table(seed);
    double[] inaccessible = RareRealizations.inaccessible(table.toDistribution());
    return new RareTable(table, inaccessible[0], RareRealizations.complexity(inaccessible));
  }

  /** In one half of the batches the control variates hardly vary: seed 3 had C = 7.59. */
  static RareTable coefficient() {
    return new RareTable(
        parse(
            "coefficient",
            """
            1111101 2 4
            0101001 2 3
            0001000 0 1
            1110010 0 49
            0101111 0 548
            0101111 1 7
            0010001 0 2438
            1111010 1 269
            1100101 1 4
            1011101 0 3
            1010101 1 6670
            1101001 2 3
            """),
        0.8915078144,
        1.0440790486);
  }

  /** The information is in 102 of 100,000 samples: seeds 1 and 2 had C = 1 without error. */
  static RareTable rare() {
    return new RareTable(
        parse(
            "rare",
            """
            2222222 0 99898
            0001100 0 4
            0001111 0 11
            0010110 1 9
            0011010 1 11
            0101010 1 8
            0110101 0 10
            0110111 1 9
            0111000 1 5
            1011011 1 9
            1100100 1 3
            1110111 0 11
            1111011 0 6
            1111101 0 6
            """),
        0.0066404115,
        1.1382624450);
  }

  /** Of 10,000 samples ten are not the same: an evaluator had C = 1 as if it were exact. */
  static RareTable evaluator() {
    return new RareTable(
        parse(
            "evaluator",
            """
            0000000 0 9990
            1000010 0 1
            0011110 0 1
            1010010 1 1
            1001011 0 1
            1001111 1 1
            1000000 1 1
            1111111 1 1
            0110011 0 1
            1000100 0 1
            1110111 0 1
            """),
        0.0050920,
        1.27233);
  }

  /** Weights of 1e8 and 1e-9: their differences have no digits, and an estimate never ended. */
  static SampleTable ratio() {
    return parse(
        "ratio",
        """
        0000000 0 1e8
        1110001 1 1e8
        1011010 2 1e-9
        0111100 2 1e-9
        1001111 0 1e-9
        0011111 1 1e-9
        0100110 1 1e-9
        """);
  }

  private static SampleTable parse(String name, String rows) {
    SampleTable.Builder table = new SampleTable.Builder(name, 7);
    for (String row : rows.lines().toList()) {
      String[] cells = row.split(" ");
      table.add(
          cells[0].chars().map(c -> c - '0').toArray(),
          Integer.parseInt(cells[1]),
          Double.parseDouble(cells[2]));
    }
    return table.build();
  }

  @Override
  public String toString() {
    return table.toString();
  }
}
