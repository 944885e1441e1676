package nnpid.command;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.io.RandomAccessFile;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import weka.attributeSelection.ASEvaluation;
import weka.attributeSelection.AttributeSelection;
import weka.classifiers.Classifier;
import weka.classifiers.Evaluation;
import weka.core.Utils;
import weka.filters.Filter;

/**
 * Runs a filter, classifier or evaluator on files, as Weka does. Unlike Weka, it reads tables of
 * text as the package's own command line does, replaces no file it reads from, leaves an old file
 * where the new one cannot be written, says in a sentence what is wrong (also with data, of which
 * Weka takes the rows before the fault), and then ends with exit code 1.
 */
public final class SchemeCommand {
  /** Where Weka appends its help to a message. */
  private static final Pattern HELP =
      Pattern.compile("\\R\\s*(General|Filter|Options|Valid)( options|s| )[^\\n]*:\\s*\\R");

  private static final Pattern CLASS_NAME =
      Pattern.compile("^(Weka exception|[\\w.$]+(Exception|Error)|weka\\.[\\w.$]+): ");

  /** In the stack trace of a reader. */
  private static final String READER = "\tat weka.core.converters.";

  private SchemeCommand() {}

  /** What Weka does with options. */
  private interface Command {
    void run(String[] options) throws Exception;
  }

  /**
   * Filters files.
   *
   * @param options those of the filter and of Weka: {@code -i}, {@code -o}, {@code -c}, {@code -b},
   *     ...
   */
  public static void run(Filter filter, String[] options) {
    exit(execute(filter, options) || isHelp(options));
  }

  /**
   * Trains and evaluates a classifier.
   *
   * @param options those of the classifier and of Weka: {@code -t}, {@code -T}, {@code -d}, ...
   */
  public static void run(Classifier classifier, String[] options) {
    exit(execute(classifier, options) || isHelp(options));
  }

  /**
   * Selects attributes, and prints what was selected.
   *
   * @param options those of the evaluator and of Weka: {@code -i}, {@code -s}, {@code -c}, ...
   */
  public static void run(ASEvaluation evaluator, String[] options) {
    exit(execute(evaluator, options) || isHelp(options));
  }

  /** Weka prints the help as an error. */
  private static boolean isHelp(String[] options) {
    return Utils.getOptionPos("h", options) >= 0 || Utils.getOptionPos("help", options) >= 0;
  }

  /** Within Weka's windows, which call from threads of other names, the message is all. */
  private static void exit(boolean ok) {
    if (!ok && Thread.currentThread().getName().equals("main")) {
      System.exit(1);
    }
  }

  /** Whether it succeeded; if not, a message has been printed. */
  static boolean execute(Filter filter, String[] options) {
    boolean batch = Utils.getOptionPos('b', options) >= 0;
    return execute(
        given -> {
          String[] readable = DataFiles.forWeka(given, "i", "r");
          if (Utils.getFlag('b', readable)) {
            Filter.batchFilterFile(filter, readable);
          } else {
            Filter.filterFile(filter, readable);
          }
        },
        options,
        batch ? List.of("i", "r") : List.of("i"),
        batch ? List.of("o", "s") : List.of("o"),
        true);
  }

  static boolean execute(Classifier classifier, String[] options) {
    return execute(
        given ->
            System.out.println(
                Evaluation.evaluateModel(classifier, DataFiles.forWeka(given, "t", "T"))),
        options,
        List.of("t", "T", "l"),
        List.of("d"),
        false);
  }

  static boolean execute(ASEvaluation evaluator, String[] options) {
    return execute(
        given -> {
          String file = isHelp(given) ? "" : Utils.getOption('i', given);
          System.out.println(
              file.isEmpty()
                  ? AttributeSelection.SelectAttributes(evaluator, given) // tells the options
                  : AttributeSelection.SelectAttributes(
                      evaluator, given, DataFiles.of("-i").read(new File(file))));
        },
        options,
        List.of("i"),
        List.of(),
        false);
  }

  /** Tells people something while a scheme runs: a line on the standard error. */
  public static void say(String line) {
    if (System.err instanceof Withheld withheld) {
      withheld.standardError.println(line);
    } else {
      System.err.println(line);
    }
  }

  /** Weka's readers print stack traces; they are dropped where there is a sentence instead. */
  private static final class Withheld extends PrintStream {
    private final PrintStream standardError;

    Withheld(ByteArrayOutputStream printed, PrintStream standardError, Charset charset) {
      super(printed, true, charset);
      this.standardError = standardError;
    }
  }

  private static boolean execute(
      Command command, String[] options, List<String> inputs, List<String> outputs, boolean text) {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream standardError = System.err;
    Charset charset = Charset.defaultCharset();
    String message;
    try {
      System.setErr(new Withheld(printed, standardError, charset));
      runOnFiles(
          given -> {
            command.run(given);
            if (printed.toString(charset).contains(READER)) {
              throw new IOException(printed.toString(charset).lines().findFirst().orElseThrow());
            }
          },
          options.clone(),
          inputs,
          outputs,
          text);
      standardError.print(printed.toString(charset));
      return true;
    } catch (OutOfMemoryError e) {
      message = "Error: " + Task.sentence(e);
    } catch (Exception e) {
      // Weka declares Exception.
      message =
          isHelp(options)
              ? e.getMessage()
              : "Error: "
                  + sentence(e, e.getMessage() == null ? "" : e.getMessage(), options, inputs);
    } finally {
      System.setErr(standardError);
    }
    standardError.println(message);
    return false;
  }

  private static void runOnFiles(
      Command command, String[] given, List<String> inputs, List<String> outputs, boolean text)
      throws Exception {
    for (String input : inputs) {
      String file = value(input, given);
      if (!file.isEmpty() && !Files.isReadable(Path.of(file))) {
        throw new IllegalArgumentException(
            String.format(
                "The input (-%s %s) must be a readable file: %s.",
                input, file, Files.exists(Path.of(file)) ? "it is not" : "it does not exist"));
      }
    }
    List<Integer> places = new ArrayList<>();
    List<OutputFile> files = new ArrayList<>();
    for (String output : outputs) {
      String file = value(output, given);
      if (!file.isEmpty()) {
        OutputFile one = OutputFile.of("output", "-" + output, file);
        for (String input : inputs) {
          if (!value(input, given).isEmpty()) {
            String name = value(input, given);
            one.requireOther(Path.of(name), "input", "-" + input + " " + name);
          }
        }
        files.forEach(one::requireOther);
        files.add(one);
        places.add(Utils.getOptionPos(output, given) + 1);
      }
    }
    write(command, given, files, places, text);
  }

  /** What is wrong, without Weka's help and names of classes. */
  private static String sentence(Exception e, String text, String[] options, List<String> inputs) {
    if (e instanceof NullPointerException || e instanceof IOException || text.isEmpty()) {
      // Weka goes on without what it could not read.
      for (String input : inputs) {
        String file = value(input, options);
        if (!file.isEmpty() && !input.equals("l")) {
          try {
            DataFiles.of("-" + input).read(new File(file));
          } catch (IOException | IllegalArgumentException unreadable) {
            return String.valueOf(unreadable.getMessage());
          }
        }
      }
    }
    Matcher help = HELP.matcher(text);
    String message = help.find() ? text.substring(0, help.start()) : text;
    message = CLASS_NAME.matcher(message.strip()).replaceFirst("").strip();
    if (message.isEmpty()) {
      return e.toString();
    }
    if (message.matches("[\\w.$]+")) {
      return "There is no class " + message + ".\nMaybe its name is not complete.";
    }
    if (message.contains("stream header") && !value("l", options).isEmpty()) {
      return "The model (-l %s) must be a file that Weka has saved: it is not."
          .formatted(value("l", options));
    }
    return message.length() == text.strip().length() || message.contains("\nMaybe ")
        ? message
        : message + "\nMaybe see all options with -h.";
  }

  private static String value(String name, String[] options) {
    int position = Utils.getOptionPos(name, options);
    return position < 0 || position + 1 >= options.length ? "" : options[position + 1];
  }

  /** One file after another is replaced by one beside it, then the command is run. */
  private static void write(
      Command command, String[] options, List<OutputFile> files, List<Integer> places, boolean text)
      throws Exception {
    if (files.isEmpty()) {
      command.run(options);
      return;
    }
    files
        .get(0)
        .writeBeside(
            path -> {
              options[places.get(0)] = path.toString();
              write(
                  command,
                  options,
                  files.subList(1, files.size()),
                  places.subList(1, places.size()),
                  text);
              if (text) {
                requireComplete(path, files.get(0).path());
              }
            });
  }

  /** Weka's filters do not notice that a disk is full: lines end with a line feed. */
  private static void requireComplete(Path path, Path name) throws IOException {
    if (!Files.isRegularFile(path)) {
      return;
    }
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
      boolean complete = file.length() > 0;
      if (complete) {
        file.seek(file.length() - 1);
        complete = file.read() == '\n' && Files.getFileStore(path).getUsableSpace() > 0;
      }
      if (!complete) {
        throw new IOException(
            "The output (" + name + ") could not be written: there is no space left.");
      }
    }
  }
}
