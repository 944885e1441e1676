package nnpid.testing;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import nnpid.lattice.Antichain;

/** A decomposition computed by another program, see {@code golden/README.md} in the resources. */
public final class GoldenFile {
  private final String name;
  private final JsonObject json;

  private GoldenFile(Path file) {
    this.name = file.getFileName().toString().replace(".json", "");
    try (Reader reader = Files.newBufferedReader(file)) {
      this.json = JsonParser.parseReader(reader).getAsJsonObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** An atom of the file; NaN for parts that its measure does not have. */
  public record GoldenAtom(
      Antichain antichain, double informative, double misinformative, double average) {}

  /** All decompositions with one list of atoms, of all measures; small files first. */
  public static Stream<GoldenFile> all() {
    return in("/golden");
  }

  /** Those of one measure: sx, min, mmi or broja. */
  public static Stream<GoldenFile> ofMeasure(String measure) {
    return all().filter(golden -> golden.measure().equals(measure));
  }

  /** The files with one list of atoms per target state. */
  public static Stream<GoldenFile> targetLocal() {
    return in("/golden/targetlocal");
  }

  private static Stream<GoldenFile> in(String folder) {
    URL url = GoldenFile.class.getResource(folder);
    if (url == null) {
      throw new IllegalStateException("The folder (" + folder + ") must be a test resource.");
    }
    try (Stream<Path> files = Files.list(Path.of(url.toURI()))) {
      return files
          .filter(file -> file.toString().endsWith(".json"))
          .map(GoldenFile::new)
          .sorted((a, b) -> a.sortKey().compareTo(b.sortKey()))
          .toList()
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private String sortKey() {
    return sourceCount() + name;
  }

  public String measure() {
    return json.get("measure").getAsString();
  }

  public int sourceCount() {
    return json.get("n_sources").getAsInt();
  }

  /** The joint distribution; the states of probability 0 that some files list are left out. */
  public SampleTable table() {
    SampleTable.Builder table = new SampleTable.Builder(name, sourceCount());
    for (JsonElement row : json.getAsJsonArray("pmf")) {
      JsonArray cells = row.getAsJsonArray();
      int[] states = new int[sourceCount()];
      for (int source = 0; source < states.length; source++) {
        states[source] = cells.get(source).getAsInt();
      }
      double probability = cells.get(states.length + 1).getAsDouble();
      if (probability > 0) {
        table.add(states, cells.get(states.length).getAsInt(), probability);
      }
    }
    return table.build();
  }

  public List<GoldenAtom> atoms() {
    return atoms(json.getAsJsonArray("atoms"));
  }

  /** Number of target states in a target-local file. */
  public int targetCount() {
    return json.getAsJsonArray("targets").size();
  }

  /** Probability of a target state in a target-local file. */
  public double targetProbability(int index) {
    return targetState(index).get("p").getAsDouble();
  }

  /** The atoms of a target state in a target-local file. */
  public List<GoldenAtom> targetAtoms(int index) {
    return atoms(targetState(index).getAsJsonArray("atoms"));
  }

  private JsonObject targetState(int index) {
    return json.getAsJsonArray("targets").get(index).getAsJsonObject();
  }

  private static List<GoldenAtom> atoms(JsonArray atoms) {
    List<GoldenAtom> result = new ArrayList<>();
    for (JsonElement element : atoms) {
      JsonObject atom = element.getAsJsonObject();
      result.add(
          new GoldenAtom(
              antichain(atom.getAsJsonArray("antichain")),
              numberOrNaN(atom, "informative"),
              numberOrNaN(atom, "misinformative"),
              numberOrNaN(atom, "average")));
    }
    return result;
  }

  private static Antichain antichain(JsonArray sourceSets) {
    long[] masks = new long[sourceSets.size()];
    for (int i = 0; i < masks.length; i++) {
      for (JsonElement source : sourceSets.get(i).getAsJsonArray()) {
        masks[i] |= 1L << (source.getAsInt() - 1);
      }
    }
    return Antichain.of(masks);
  }

  private static double numberOrNaN(JsonObject object, String field) {
    JsonElement value = object.get(field);
    return value == null ? Double.NaN : value.getAsDouble();
  }

  /** A field that holds one number. */
  public double number(String field) {
    return json.get(field).getAsDouble();
  }

  /** A number in a field that holds an object. */
  public double number(String field, String name) {
    return json.getAsJsonObject(field).get(name).getAsDouble();
  }

  /** A field that holds a list of numbers. */
  public double[] numbers(String field) {
    List<JsonElement> values = json.getAsJsonArray(field).asList();
    return values.stream().mapToDouble(JsonElement::getAsDouble).toArray();
  }

  @Override
  public String toString() {
    return name;
  }
}
