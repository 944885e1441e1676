package nnpid.command;

import static java.util.stream.Collectors.joining;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import nnpid.weka.SchemeOptions;
import weka.core.Instances;
import weka.core.Utils;
import weka.core.converters.AbstractFileLoader;
import weka.core.converters.ConverterUtils;

/**
 * A run as what can be typed, compiled or opened to get the same again: a command line, a Java
 * program, a flow for the KnowledgeFlow. What cannot be known here, such as a file for data that
 * were changed since they were read, is said in notes.
 */
public final class RunAsCode {
  /** Class of the Java program. */
  public static final String CLASS_NAME = "ComplexityRun";

  private final List<String> options;
  private final boolean ofCheckpoints;
  private final String relation;
  private final String input;
  private final List<String> notes;

  private RunAsCode(
      List<String> options,
      boolean ofCheckpoints,
      String relation,
      String input,
      List<String> notes) {
    this.options = List.copyOf(options);
    this.ofCheckpoints = ofCheckpoints;
    this.relation = relation;
    this.input = input;
    this.notes = List.copyOf(notes);
  }

  /**
   * A run on data. The file is read, to see whether it has them.
   *
   * @param options of the analysis or training
   * @param relation name of the data
   * @param file that they may have been read from
   * @param fingerprint of the data, as {@link DataFingerprint} has it; empty if they have not been
   *     analyzed yet
   */
  public static RunAsCode ofData(
      List<String> options, String relation, Optional<File> file, OptionalLong fingerprint) {
    String saved = relation.replaceAll("[^\\p{Alnum}._-]+", "_") + ".arff";
    String advice = "Save them on the tab Preprocess as " + saved + ".";
    if (file.isEmpty() || fingerprint.isEmpty()) {
      String fact =
          file.isEmpty()
              ? "It is not known which file the data are in. "
              : "The data have not been compared with their file yet. ";
      return new RunAsCode(options, false, relation, saved, List.of(fact + advice));
    }
    String path = file.get().getPath();
    try {
      long wanted = fingerprint.getAsLong();
      if (DataFingerprint.of(ConverterUtils.DataSource.read(path)) != wanted) {
        return new RunAsCode(
            options,
            false,
            relation,
            saved,
            List.of(
                "The data that were analyzed are not those in "
                    + path
                    + ": they were changed on the tab Preprocess, or the file was. "
                    + advice));
      }
      Instances byCommand = new DataFiles("file", "last", false, "auto").read(file.get());
      return new RunAsCode(
          options,
          false,
          relation,
          path,
          DataFingerprint.of(byCommand) == wanted
              ? List.of()
              : List.of(
                  "The command line reads "
                      + path
                      + " not as Weka's windows do; for the same data there: "
                      + advice));
    } catch (Exception | OutOfMemoryError e) {
      // Readers of Weka declare Exception.
      return new RunAsCode(
          options,
          false,
          relation,
          saved,
          List.of("The file " + path + " cannot be read: " + Task.sentence(e) + "\n" + advice));
    }
  }

  /**
   * A run on files of checkpoints.
   *
   * @param files a pattern, a directory, or a list as in a class path
   */
  public static RunAsCode ofCheckpoints(List<String> options, String relation, String files) {
    return new RunAsCode(options, true, relation, files, List.of());
  }

  /** What people must know or do before it is the same; empty if nothing. */
  public List<String> notes() {
    return notes;
  }

  /** What to type, with the notes as comments. */
  public String commandLine() {
    return comments("# ") + CommandOptions.shellCommand(input, options) + "\n";
  }

  private String comments(String mark) {
    return notes.stream().flatMap(String::lines).map(line -> mark + line + "\n").collect(joining());
  }

  /** A program against this package that prints what the command line prints. */
  public String javaProgram() {
    boolean training = Task.isTraining(options.toArray(String[]::new));
    List<String> imports =
        new ArrayList<>(
            List.of("java.io.PrintWriter", "nnpid.command.Task", "nnpid.report.Format"));
    List<String> body = new ArrayList<>();
    String kind = ofCheckpoints ? "Followed" : training ? "Trained" : "Analyzed";
    body.add("Task task =");
    body.add("    Task." + (ofCheckpoints ? "parseForCheckpoints" : "parse") + "(");
    List<String> lines = optionLines();
    for (int i = 0; i < lines.size(); i++) {
      body.add("        " + lines.get(i) + (i + 1 < lines.size() ? "," : ");"));
    }
    if (ofCheckpoints) {
      body.add("Task.Followed result =");
      body.add("    task.run(");
      body.add("        " + literal(input) + ",");
      body.add("        " + literal(relation) + ",");
      body.add("        Task.Listener.NONE,");
      body.add("        task.execution(false));");
      body.add("result.failures().forEach(System.err::println);");
    } else {
      imports.addAll(List.of("weka.core.Instances", "weka.core.converters.ConverterUtils"));
      body.add(0, "Instances data = ConverterUtils.DataSource.read(" + literal(input) + ");");
      body.add("Task." + kind + " result =");
      body.add("    (Task." + kind + ")");
      body.add("        task.run(data, Task.Listener.NONE, task.execution(false));");
    }
    body.add("PrintWriter out = new PrintWriter(System.out);");
    body.add(
        "Format.TEXT.write(result."
            + (kind.equals("Analyzed") ? "report" : "trajectory")
            + "(), out);");
    body.add("out.flush();");
    return imports.stream().map(name -> "import " + name + ";\n").collect(joining())
        + "\n// Class path: weka.jar, and of the directory packages/representationalComplexity in\n"
        + "// Weka's home representationalComplexity.jar and all of lib.\n"
        + comments("// ")
        + "public final class "
        + CLASS_NAME
        + " {\n  public static void main(String[] args) throws Exception {\n"
        + body.stream().map(line -> "    " + line + "\n").collect(joining())
        + "  }\n}\n";
  }

  /** An option with its value on a line. */
  private List<String> optionLines() {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < options.size(); i++) {
      boolean value =
          i + 1 < options.size()
              && CommandOptions.ALL
                  .known(options.get(i).substring(1))
                  .filter(property -> !property.isFlag())
                  .isPresent();
      lines.add(
          value
              ? literal(options.get(i)) + ", " + literal(options.get(++i))
              : literal(options.get(i)));
    }
    return lines;
  }

  private static String literal(String text) {
    StringBuilder literal = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"', '\\' -> literal.append('\\').append(c);
        case '\n' -> literal.append("\\n");
        case '\r' -> literal.append("\\r");
        case '\t' -> literal.append("\\t");
        default -> {
          if (c < ' ' || c > '~') {
            literal.append(String.format("\\u%04x", (int) c));
          } else {
            literal.append(c);
          }
        }
      }
    }
    return literal.append('"').toString();
  }

  /** Why there is no flow; empty if there is one. */
  public Optional<String> whyNoFlow() {
    return ofCheckpoints
        ? Optional.of(
            "The step of the KnowledgeFlow analyzes data, not files of checkpoints: use the command"
                + " line.")
        : Task.isTraining(options.toArray(String[]::new))
            ? Optional.of(
                "The step of the KnowledgeFlow trains no network: use the command line, or the"
                    + " template with the filter HiddenActivations.")
            : Optional.empty();
  }

  /**
   * A flow with a loader, the class, the step and its viewers, as the KnowledgeFlow opens it.
   *
   * @throws IllegalStateException if there is none
   */
  public String flow() {
    if (whyNoFlow().isPresent()) {
      throw new IllegalStateException(whyNoFlow().get());
    }
    List<String> ofStep = new ArrayList<>(options);
    int position = SchemeOptions.position("c", ofStep.toArray(String[]::new));
    String target = "/last";
    if (position >= 0) {
      target = ofStep.get(position + 1);
      ofStep.subList(position, position + 2).clear();
    }
    JsonArray steps = new JsonArray();
    if (!notes.isEmpty()) {
      steps.add(step("Note", property("noteText", String.join("\n", notes)), "Note", "20,20"));
    }
    AbstractFileLoader reader = ConverterUtils.getLoaderForFile(input);
    JsonObject ofFile = property("type", "loader");
    ofFile.addProperty(
        "class", reader == null ? "weka.core.converters.ArffLoader" : reader.getClass().getName());
    ofFile.addProperty("filePath", input);
    ofFile.addProperty("useRelativePath", false);
    JsonObject ofLoader = new JsonObject();
    ofLoader.add("loader", ofFile);
    String joined = Utils.joinOptions(ofStep.toArray(String[]::new));
    steps.add(step("Loader", ofLoader, "Loader", "50,200", "dataSet", "ClassAssigner"));
    steps.add(
        step(
            "ClassAssigner",
            property("classColumn", target),
            "ClassAssigner",
            "200,200",
            "dataSet",
            "Complexity"));
    steps.add(
        step(
            "RepresentationalComplexity",
            property("options", joined),
            "Complexity",
            "350,200",
            "text",
            "Report",
            "image",
            "Chart"));
    steps.add(step("TextViewer", new JsonObject(), "Report", "500,120"));
    steps.add(step("ImageViewer", new JsonObject(), "Chart", "500,280"));
    JsonObject flow = new JsonObject();
    flow.addProperty("flow_name", "Complexity of " + relation);
    flow.add("steps", steps);
    return new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create().toJson(flow) + "\n";
  }

  private static JsonObject property(String name, String value) {
    JsonObject properties = new JsonObject();
    properties.addProperty(name, value);
    return properties;
  }

  /**
   * A step.
   *
   * @param properties but for its name, which must come last: Weka gives another one to a step
   *     whose algorithm is set
   * @param connections types of connections, each with the name of the step that it goes to
   */
  private static JsonObject step(
      String type, JsonObject properties, String name, String place, String... connections) {
    properties.addProperty("name", name);
    JsonObject goingTo = new JsonObject();
    for (int i = 0; i < connections.length; i += 2) {
      JsonArray targets = new JsonArray();
      targets.add(connections[i + 1]);
      goingTo.add(connections[i], targets);
    }
    JsonObject step = new JsonObject();
    step.addProperty("class", "weka.knowledgeflow.steps." + type);
    step.add("properties", properties);
    step.add("connections", goingTo);
    step.addProperty("coordinates", place);
    return step;
  }
}
