package nnpid.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import nnpid.execution.Execution;
import nnpid.weka.FileSource;
import nnpid.weka.LayerSource;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import weka.core.Instances;

/**
 * Tables of text and ARFF files give the same results, to the bit, or the same complaint, whether
 * their values become instances or not.
 */
class TextSourcesTest {
  private static final String FILTER =
      "weka.filters.unsupervised.attribute.QuantizeActivations -rounding ";

  /** What is put in the place of a character. */
  private static final String SIGNS = ",;\t\"'\n\r {}?%@-#x1.9eN\u0000\u00FC";

  @TempDir private Path directory;

  private static Task task(String... options) {
    List<String> all = new ArrayList<>(List.of(options));
    all.addAll(List.of("-method", "coverage", "-replicates", "4", "-halves", "0"));
    return Task.parse(all.toArray(String[]::new));
  }

  private static DataFiles files(Task task, String separator) {
    AnalysisOptions options = task.analysis();
    return new DataFiles("-t", options.getClassAttribute(), options.isNominalClass(), separator);
  }

  private static Optional<FileSource> open(Path file, Task task, String separator)
      throws Exception {
    AnalysisOptions options = task.analysis();
    return files(task, separator)
        .withoutInstances(
            file.toFile(),
            options.selection(),
            options.quantizer(),
            options.getMissingValues(),
            Execution.sequential());
  }

  /** A result as JSON, or what went wrong. */
  private interface Way {
    Task.Result run() throws Exception;
  }

  private static String outcome(Way way) {
    try {
      return LayerSourcesTest.json(way.run());
    } catch (Exception e) {
      String sentence = String.valueOf(e.getMessage());
      assertFalse(sentence.contains("Exception"), sentence);
      assertTrue(sentence.contains(" must ") || sentence.contains(" have "), sentence);
      return sentence;
    }
  }

  /** Both ways, which must be the same; whether there was a result. */
  private static boolean assertSame(Path file, String separator, String... options) {
    String what = file.getFileName() + " " + Arrays.toString(options);
    Task task = task(options);
    String direct =
        outcome(
            () -> {
              Optional<FileSource> source = open(file, task, separator);
              assertTrue(source.isPresent(), what);
              return task.run(source.get(), Task.Listener.NONE, Execution.ofThreads(2));
            });
    String byInstances =
        outcome(
            () -> {
              Instances data = files(task, separator).read(file.toFile());
              return task.run(data, Task.Listener.NONE, Execution.sequential());
            });
    assertEquals(byInstances, direct, what);
    return direct.startsWith("{");
  }

  private static void assertAnalyzed(Path file, String... options) {
    assertTrue(assertSame(file, "auto", options), file + " " + Arrays.toString(options));
  }

  /** Units that saturate, are constant, explode, have names or nothing; a class, numbers for it. */
  private static List<List<String>> table(int rows, String missing, long seed) {
    Random random = new Random(seed);
    List<List<String>> lines = new ArrayList<>();
    lines.add(List.of("a_1", "a_2", "a_3", "b_1", "b_2", "w", "word", "label", "number"));
    for (int row = 0; row < rows; row++) {
      double latent = random.nextGaussian();
      List<String> cells = new ArrayList<>();
      cells.add(Float.toString((float) Math.tanh(2 * latent)));
      cells.add(random.nextInt(9) == 0 ? missing : Double.toString(latent + random.nextDouble()));
      cells.add("0.25");
      cells.add(random.nextInt(200) == 0 ? "1e6" : Double.toString(Math.max(0, latent)));
      cells.add(missing);
      cells.add(Integer.toString(random.nextInt(3)));
      cells.add(random.nextInt(20) == 0 ? missing : latent > 0.3 ? "tree" : "house");
      cells.add(random.nextInt(30) == 0 ? missing : latent > 0 ? "up" : "down");
      cells.add(random.nextInt(30) == 0 ? missing : Double.toString(Math.rint(latent) / 4));
      lines.add(cells);
    }
    return lines;
  }

  private Path csv(String name, List<List<String>> lines, String separator) throws IOException {
    return write(
        name,
        String.join("\n", lines.stream().map(cells -> String.join(separator, cells)).toList()));
  }

  private Path write(String name, String text) throws IOException {
    Path file = directory.resolve(name);
    try (OutputStream raw = Files.newOutputStream(file);
        OutputStream out = name.endsWith(".gz") ? new GZIPOutputStream(raw) : raw) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return file;
  }

  private Path arff(String name, List<List<String>> lines, boolean sparse) throws IOException {
    StringBuilder text = new StringBuilder("% a comment\n@relation 'some units'\n");
    for (String attribute : lines.get(0)) {
      text.append("@attribute ' ").append(attribute).append("' ");
      text.append(
          switch (attribute) {
            case "word" -> "{never,' tree',house}\n";
            case "label" -> "{down,up}\n";
            default -> "numeric\n";
          });
    }
    text.append("@attribute comment string\n@data\n");
    for (int row = 1; row < lines.size(); row++) {
      List<String> cells = new ArrayList<>();
      for (int i = 0; i < lines.get(row).size(); i++) {
        String cell = lines.get(row).get(i).replace("tree", "' tree'");
        boolean zero = cell.matches("0(\\.0)?|down");
        if (!sparse || !zero) {
          cells.add(sparse ? i + " " + cell : cell);
        }
      }
      cells.add((sparse ? lines.get(row).size() + " " : "") + "'row, " + row + "'");
      String joined = String.join(sparse ? ", " : ",", cells);
      text.append(sparse ? "{" + joined + "}" : joined);
      text.append(row % 5 == 0 ? ",{" + row % 3 + ".5}\n" : "\n");
    }
    return write(name, text.toString());
  }

  @Test
  void tablesOfAllKindsGiveTheSameWithoutInstances() throws Exception {
    List<List<String>> plain = table(700, "", 1);
    List<Path> files = new ArrayList<>();
    files.add(csv("commas.csv", plain, ","));
    files.add(csv("tabs.tsv.gz", table(300, "?", 2), "\t"));
    files.add(
        write(
            "decimal.csv",
            "\uFEFF" + Files.readString(files.get(0)).replace(",", ";").replace(".", ",")));
    files.add(arff("dense.arff", table(400, "?", 3), false));
    files.add(arff("sparse.arff.gz", table(400, "?", 4), true));
    for (Path file : files) {
      boolean arff = file.toString().contains("arff");
      String sources = arff ? "1-5,7" : "1-7";
      for (String options :
          List.of(
              "-c label -sources " + sources,
              "-c label -sources a_.*",
              "-c label -layers ([ab])_.* -sources [ab]_.*",
              "-c label -sources a_[123] -missing drop -layers all",
              "-c 8 -sources 1-4 -weights w",
              "-c label -sources 1,2,4 -weights w -weights-are importance",
              "-c number -nominal-class -sources 1-5,7 -groups 1,2;3-6")) {
        assertAnalyzed(file, options.split(" "));
        assertAnalyzed(
            file,
            Stream.concat(
                    Stream.of(options.split(" ")),
                    Stream.of("-Q", FILTER + "stochastic -limits percentile:2.5 -L 3"))
                .toArray(String[]::new));
      }
      assertAnalyzed(
          file, "-c", "label", "-sources", "1-4", "-Q", FILTER + "equal-width -limits tanh -L 300");
      assertFalse(assertSame(file, "auto", "-c", "number", "-sources", "1-4"));
      assertFalse(assertSame(file, "auto", "-c", "nothing"));
      assertFalse(assertSame(file, "auto", "-c", "label", "-sources", "b_2", "-missing", "drop"));
    }
    assertTrue(assertSame(files.get(0), "comma", "-c", "label", "-sources", "1-7"));
  }

  @Test
  void whatIsDroppedDiffersBetweenLayersGoesByInstances() throws Exception {
    Path file = csv("layers.csv", table(100, "", 5), ",");
    String[] options = "-c label -layers ([ab])_[13] -sources [abw].* -missing drop".split(" ");
    assertTrue(open(file, task(options), "auto").isEmpty());
    assertTrue(
        open(
                file,
                task("-c", "label", "-Q", "weka.filters.unsupervised.attribute.Discretize"),
                "auto")
            .isEmpty());
  }

  @Test
  void instancesOfManyValuesAreTold() throws Exception {
    Task task = task("-Q", "weka.filters.unsupervised.attribute.Discretize");
    StringBuilder text = new StringBuilder("@relation r\n");
    for (int unit = 0; unit < 1_000; unit++) {
      text.append("@attribute u").append(unit).append(" numeric\n");
    }
    text.append("@attribute class {a,b}\n@data\n").append("{0 1}\n".repeat(999));
    Path file = write("many.arff", text.toString());
    assertTrue(layers(file, task).note(new int[0]).isEmpty());
    Files.writeString(file, "{1 1}\n", StandardOpenOption.APPEND);
    LayerSource many = layers(file, task);
    String note = many.note(new int[0]).orElseThrow();
    assertTrue(note.contains("instances") && note.contains("quantizer"), note);
    assertTrue(many.note(new int[0]).isEmpty());
  }

  private static LayerSource layers(Path file, Task task) throws Exception {
    return files(task, "auto").layers(file.toFile(), task.analysis(), Execution.sequential());
  }

  @Test
  void filesOfUsersGiveTheSameWithoutInstances() {
    Path cases = Path.of(System.getProperty("shared.dir", "../shared"), "data", "cases");
    Assumptions.assumeTrue(Files.isDirectory(cases));
    File[] files = cases.toFile().listFiles((folder, name) -> name.matches(".*\\.(csv|arff)"));
    assertTrue(files != null && files.length > 10);
    for (File file : files) {
      assertSame(file.toPath(), "auto");
      assertSame(file.toPath(), "auto", "-nominal-class");
    }
  }

  /** A bit flipped, a part missing or another character: never anything else than before. */
  @Test
  void damageIsToldAsBefore() throws Exception {
    List<List<String>> few = table(12, "?", 6);
    List<Path> whole =
        List.of(
            csv("whole.csv", few, ","),
            csv("whole.csv.gz", few, ";"),
            arff("whole.arff", few, false),
            arff("sparse.arff", few, true),
            arff("whole.arff.gz", few, false));
    Random random = new Random(7);
    int analyzed = 0;
    for (Path file : whole) {
      byte[] bytes = Files.readAllBytes(file);
      for (int round = 0; round < 36; round++) {
        byte[] damaged = bytes.clone();
        int place = random.nextInt(bytes.length);
        switch (round % 3) {
          case 0 -> damaged[place] ^= (byte) (1 << random.nextInt(8));
          case 1 -> damaged = Arrays.copyOf(bytes, place);
          default -> damaged[place] = (byte) SIGNS.charAt(random.nextInt(SIGNS.length()));
        }
        Path bad = directory.resolve("bad-" + file.getFileName());
        Files.write(bad, damaged);
        analyzed += assertSame(bad, "auto", "-c", "label", "-sources", "1-4") ? 1 : 0;
      }
    }
    assertTrue(analyzed > 20 && analyzed < 160, "analyzed");
  }

  @Test
  void changesWhileTheFileIsReadAreTold() throws Exception {
    List<List<String>> lines = table(50, "?", 8);
    for (boolean arff : new boolean[] {false, true}) {
      Path file = arff ? arff("changing.arff", lines, false) : csv("changing.csv", lines, ",");
      String text = Files.readString(file);
      for (String other :
          List.of(
              text.substring(0, text.length() / 2),
              text + text.substring(text.length() / 2),
              text.toUpperCase(Locale.ROOT),
              "")) {
        Files.writeString(file, text);
        Task task = task("-c", "label", "-sources", "1-4,7");
        FileSource source = open(file, task, "auto").orElseThrow();
        Files.writeString(file, other);
        assertTrue(file.toFile().setLastModified(1_000_000_000_000L));
        String message =
            outcome(() -> task.run(source, Task.Listener.NONE, Execution.sequential()));
        assertTrue(message.contains(file.toString()) && message.contains("changed"), message);
      }
    }
  }
}
