package nnpid.command;

import static nnpid.command.CommandLine.file;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code -shard} and {@code -merge}: a run in parts. */
class ShardCommandTest {
  private static final String NETWORK =
      "weka.classifiers.functions.QuantizedNetwork -H 5,3 -L 4 -N 4 -checkpoints 0,2";

  @TempDir private Path directory;
  private String data;

  @BeforeEach
  void write() {
    data = csv("data.csv", 1);
  }

  private String csv(String name, int seed) {
    Random random = new Random(seed);
    StringBuilder text = new StringBuilder("h1_1,h1_2,h1_3,h2_1,h2_2,h3_1,h3_2,c\n");
    for (int row = 0; row < 80; row++) {
      boolean first = random.nextBoolean();
      for (int unit = 0; unit < 7; unit++) {
        text.append((first ? unit : 0) + 3 * random.nextDouble()).append(',');
      }
      text.append(first ? "a\n" : "b\n");
    }
    return file(directory, name, text.toString());
  }

  private static CommandLine run(List<String> options, String... more) {
    List<String> all = new ArrayList<>(options);
    all.addAll(List.of(more));
    return CommandLine.run(all.toArray(new String[0]));
  }

  private String shard(List<String> options, String shard) {
    String file = directory.resolve(shard.replace('/', '_') + ".shard").toString();
    CommandLine run = run(options, "-shard", shard, "-o", file);
    assertTrue(run.ok(), run.err());
    assertEquals("", run.out() + run.err());
    return file;
  }

  private String merged(String... more) {
    CommandLine merged = run(List.of("-merge", directory + "/*.shard"), more);
    assertTrue(merged.ok(), merged.err());
    return merged.out();
  }

  private void requireSame(List<String> options, int count) {
    for (int number = 1; number <= count; number++) {
      shard(options, number + "/" + count);
    }
    for (String format : List.of("json", "text", "csv")) {
      assertEquals(run(options, "-format", format).out(), merged("-format", format));
    }
  }

  @Test
  void layersAreTheSameToTheLastBit() {
    String test = csv("test.csv", 2);
    requireSame(
        List.of("-t", data, "-T", test, "-layers", "(h\\d)_.*", "-atoms", "-permutations", "3"), 2);
  }

  @ParameterizedTest
  @CsvSource({"coverage", "lattice"})
  void fewLayersShareTheirPermutations(String method) {
    List<String> options =
        new ArrayList<>(List.of("-t", data, "-permutations", "11", "-seed", "3"));
    options.addAll(List.of("-method", method, "-sources", "1-4"));
    if (method.equals("coverage")) {
      options.addAll(List.of("-replicates", "256", "-precision", "1e-9"));
    }
    requireSame(options, 3);
  }

  /** Also where there are more shards than permutations, or none. */
  @ParameterizedTest
  @CsvSource({"0", "2"})
  void fewLayersShareTheirRankedSubsets(String permutations) {
    requireSame(
        List.of("-t", data, "-layers", "(h[12])_.*", "-permutations", permutations, "-rank", "1-2"),
        4);
  }

  @Test
  void repeatsOfTrainings() {
    requireSame(
        List.of("-t", data, "-train", NETWORK, "-repeats", "5", "-halves", "0", "-seed", "4"), 2);
  }

  @Test
  void filesOfCheckpoints() throws IOException {
    for (int epoch = 0; epoch <= 4; epoch++) {
      csv("epoch_" + epoch + ".csv", 10 + epoch);
    }
    // What is wrong with one of them is told by its shard, and by all together.
    Files.writeString(directory.resolve("epoch_4.csv"), "nothing\n");
    List<String> options =
        List.of("-t", directory + "/epoch_*.csv", "-halves", "0", "-limits-from", "first");
    shard(options, "1/2");
    String second = directory.resolve("2.shard").toString();
    CommandLine failing = run(options, "-shard", "2/2", "-o", second);
    assertFalse(failing.ok());
    assertTrue(failing.err().contains("epoch_4.csv"), failing.err());
    String charts = directory.resolve("chart").toString();
    CommandLine merged =
        run(List.of("-merge", directory + "/*.shard", "-format", "json", "-charts", charts));
    CommandLine single = run(options, "-format", "json");
    assertEquals(single.out(), merged.out());
    assertEquals(single.err(), merged.err());
    assertFalse(merged.ok());
    assertTrue(Files.exists(Path.of(charts + "-complexity.svg")));
    // A file that was written anew between the shards.
    Files.writeString(directory.resolve("epoch_3.csv"), Files.readString(Path.of(data)) + "\n");
    shard(options, "1/2");
    requireRefused("the files", "-merge", directory + "/*.shard");
  }

  @Test
  void missingAndForeignShardsAreNamed() throws IOException {
    List<String> options = List.of("-t", data, "-layers", "(h\\d)_.*", "-halves", "0");
    shard(options, "1/3");
    String last = shard(options, "3/3");
    requireRefused("missing: 2/3", "-merge", directory + "/*.shard");
    // The same number again, other options, other data, another number of shards.
    String other = directory.resolve("other").toString();
    Files.copy(Path.of(last), Path.of(other));
    String both = last + java.io.File.pathSeparator + other;
    requireRefused("3/3 must be given once", "-merge", both);
    Files.delete(Path.of(other));
    assertTrue(run(options, "-seed", "2", "-shard", "2/3", "-o", other).ok());
    requireRefused("the settings of the analysis", "-merge", both);
    csv("data.csv", 9);
    assertTrue(run(options, "-shard", "2/3", "-o", other).ok());
    requireRefused("the data", "-merge", both);
    write();
    assertTrue(run(options, "-shard", "2/2", "-o", other).ok());
    requireRefused("number of shards (", "-merge", both);
    // Damaged, and no shard at all.
    byte[] bytes = Files.readAllBytes(Path.of(last));
    bytes[bytes.length / 2] ^= 1;
    Files.write(Path.of(other), bytes);
    requireRefused("its checksum is wrong", "-merge", both);
    requireRefused("must be a file that a run with -shard has written", "-merge", data);
    requireRefused("none matches", "-merge", directory + "/*.none");
  }

  private static void requireRefused(String sentence, String... options) {
    CommandLine run = CommandLine.run(options);
    assertFalse(run.ok());
    assertEquals("", run.out());
    assertTrue(run.err().startsWith("Error: ") && run.err().contains(sentence), run.err());
  }

  @ParameterizedTest
  @CsvSource({
    "-shard 0/3, The shard (-shard 0/3) must be",
    "-shard 4/3, The shard (-shard 4/3) must be",
    "-shard half, The shard (-shard half) must be",
    "-shard 1/2, must go with -o FILE",
    "-shard 1/2 -o x -format json, give it with -merge",
    "-shard 1/2 -o x -method coverage -time-limit 3, must not be combined with -shard",
    "-shard 1/9 -o x, 'must be at most 3, the number of layers'",
    "-shard 1/9 -o x -permutations 4, 'must be at most 4, the number of permutations'",
    "-shard 1/9 -o x -permutations 4 -rank 1-2 -rank-limit 6,"
        + " 'must be at most 6, the number of ranked subsets'",
    "-merge x -seed 3, The option -t must not be combined with -merge"
  })
  void whatCannotBeSharedIsRefused(String options, String sentence) {
    List<String> all = new ArrayList<>(List.of("-t", data));
    all.addAll(List.of(options.split(" ")));
    requireRefused(sentence, all.toArray(new String[0]));
  }
}
