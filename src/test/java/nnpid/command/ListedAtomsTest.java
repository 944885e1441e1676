package nnpid.command;

import static nnpid.command.CommandLine.layer;
import static nnpid.command.CommandLine.list;
import static nnpid.command.CommandLine.number;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Atoms on the command line that are listed without the lattice. */
class ListedAtomsTest {
  @TempDir private Path directory;

  /** Noisy copies of the class; of the last three only the parity of two tells something. */
  private String wide(int units) {
    Random random = new Random(7);
    String rows =
        IntStream.range(0, 300)
            .mapToObj(
                i -> {
                  int label = i % 2;
                  int coin = random.nextInt(2);
                  return IntStream.range(0, units)
                          .map(
                              unit ->
                                  unit == units - 1
                                      ? coin ^ label
                                      : unit == units - 2
                                          ? coin
                                          : random.nextInt(4) == 0 ? 1 - label : label)
                          .mapToObj(Integer::toString)
                          .collect(Collectors.joining(","))
                      + ","
                      + label
                      + "\n";
                })
            .collect(Collectors.joining());
    return CommandLine.file(
        directory,
        "wide.arff",
        "@relation wide\n"
            + IntStream.rangeClosed(1, units)
                .mapToObj(i -> "@attribute L_" + i + " {0,1}\n")
                .collect(Collectors.joining())
            + "@attribute class {0,1}\n@data\n"
            + rows);
  }

  private static List<JsonObject> atoms(JsonObject layer) {
    return list(layer.getAsJsonArray("atoms")).stream().map(JsonElement::getAsJsonObject).toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"plug-in", "corrected"})
  void theLargestOfAWideLayerAreThoseThatAreComputedByName(String values) {
    String file = wide(8);
    JsonObject layer = layer("-t", file, "-top", "5", "-values", values, "-halves", "0");
    assertTrue(number(layer.getAsJsonObject("atomSearch"), "met") > 100, layer::toString);
    assertEquals(5, atoms(layer).size());
    double before = Double.POSITIVE_INFINITY;
    for (JsonObject atom : atoms(layer)) {
      assertTrue(Math.abs(number(atom, "average")) <= before, layer::toString);
      before = Math.abs(number(atom, "average"));
      assertFalse(atom.has("standardError"), "exact: " + atom);
      String name = atom.get("antichain").getAsString();
      JsonObject named = layer("-t", file, "-atom", name, "-values", values, "-halves", "0");
      assertEquals(List.of(atom), atoms(named));
    }
  }

  @Test
  void atomsByNameAreThoseOfTheLatticeWhateverTheMethod() {
    String file = wide(4);
    String names = "{1,2}{3}; {3,4};{1}{2}{3}";
    JsonObject lattice = layer("-t", file, "-atom", names, "-method", "lattice");
    JsonObject backbone = layer("-t", file, "-atom", names, "-method", "backbone");
    JsonObject minimum = layer("-t", file, "-atom", names, "-measure", "min");
    assertEquals(3, atoms(lattice).size());
    for (int i = 0; i < 3; i++) {
      JsonObject expected = atoms(lattice).get(i);
      assertEquals(expected.get("antichain"), atoms(backbone).get(i).get("antichain"));
      assertEquals(expected.get("antichain"), atoms(minimum).get(i).get("antichain"));
      assertEquals(number(expected, "average"), number(atoms(backbone).get(i), "average"), 1e-12);
    }
  }

  @Test
  void theTextSaysHowTheLargestWereFound() {
    CommandLine run = CommandLine.run("-t", wide(8), "-top", "3", "-halves", "0");
    assertTrue(run.ok(), run::err);
    assertTrue(run.out().contains("walks through the lattice met"), run::out);
    assertFalse(run.out().contains("Standard error"), run::out);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {1}{9}          | -measure sx             | must have sources from 1 to 8
          {1}{1,2}        | -measure sx             | No source set of an antichain may contain
          {1}{2           | -measure sx             | must be written like
          {1}             | -top 3                  | must not be combined
          {1}             | -complexity-only        | computes no atoms
          {1}             | -measure mmi -method backbone | must go with -measure sx
          {1}             | -measure min            | must be at most 6
          """)
  void rejectsAtomsThatThereAreNot(String atom, String options, String word) {
    String[] others = options.split(" ", -1);
    String[] all = new String[4 + others.length];
    all[0] = "-t";
    all[1] = wide(8);
    all[2] = "-atom";
    all[3] = atom;
    System.arraycopy(others, 0, all, 4, others.length);
    CommandLine run = CommandLine.run(all);
    assertFalse(run.ok());
    assertTrue(run.err().startsWith("Error: ") && run.err().contains(word), run::err);
    assertFalse(run.err().contains("Exception"), run::err);
  }
}
