package nnpid.command;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;

/**
 * One run of the command line within the test's own Java machine.
 *
 * @param ok whether it succeeded
 * @param out what it wrote to standard output
 * @param err what it wrote to standard error
 */
public record CommandLine(boolean ok, String out, String err) {

  public static CommandLine run(String... options) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    boolean ok =
        new AnalyzeRepresentationalComplexity(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8))
            .execute(options.clone());
    return new CommandLine(
        ok,
        out.toString(Charset.defaultCharset()),
        // Runs of more than two seconds, as on a busy machine, tell their progress.
        err.toString(StandardCharsets.UTF_8).replaceAll("(?m)^ *\\d+% done.*\\R", ""));
  }

  /** Runs it with {@code -format json}; it must succeed without a word on standard error. */
  public static JsonObject json(String... options) {
    String[] all = java.util.Arrays.copyOf(options, options.length + 2);
    all[options.length] = "-format";
    all[options.length + 1] = "json";
    CommandLine run = run(all);
    if (!run.ok || !run.err.isEmpty()) {
      throw new AssertionError("The run must succeed silently: " + run);
    }
    return JsonParser.parseString(run.out).getAsJsonObject();
  }

  /** The layers of a report. */
  public static List<JsonObject> layers(JsonObject report) {
    return list(report.getAsJsonArray("layers")).stream()
        .map(JsonElement::getAsJsonObject)
        .toList();
  }

  /** The only layer of a run with {@code -format json}. */
  public static JsonObject layer(String... options) {
    List<JsonObject> layers = layers(json(options));
    if (layers.size() != 1) {
      throw new AssertionError("There must be one layer: " + layers);
    }
    return layers.get(0);
  }

  public static List<JsonElement> list(JsonArray array) {
    return StreamSupport.stream(array.spliterator(), false).toList();
  }

  public static List<String> strings(JsonObject object, String name) {
    return list(object.getAsJsonArray(name)).stream().map(JsonElement::getAsString).toList();
  }

  public static double[] numbers(JsonObject object, String name) {
    return list(object.getAsJsonArray(name)).stream()
        .mapToDouble(JsonElement::getAsDouble)
        .toArray();
  }

  public static double number(JsonObject object, String name) {
    return object.get(name).getAsDouble();
  }

  /** Writes a file and returns its path as an option's value. */
  public static String file(Path directory, String name, String text) {
    try {
      return Files.writeString(directory.resolve(name), text).toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
