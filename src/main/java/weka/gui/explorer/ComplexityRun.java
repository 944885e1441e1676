package weka.gui.explorer;

import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import weka.core.Instances;
import weka.core.Utils;

/** A run in the list of results: what is to be done, how far it is, and in the end its result. */
final class ComplexityRun {
  enum State {
    QUEUED,
    RUNNING,
    DONE,
    STOPPED,
    FAILED
  }

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss - ", Locale.ROOT);

  private final Instances data;
  private final String[] options;
  private String name;
  private State state = State.QUEUED;
  private double fraction;
  private ComplexityResult result;

  ComplexityRun(Instances data, String[] options, String description) {
    this.data = data;
    this.options = options.clone();
    name =
        LocalTime.now(ZoneId.systemDefault()).format(TIME)
            + data.relationName()
            + " ("
            + description
            + ")";
  }

  /** The data, shared with Weka: to be copied before anything else. */
  Instances data() {
    return data;
  }

  String[] options() {
    return options.clone();
  }

  /** What to type to get the same from the command line. */
  String command() {
    return "weka.Run RepresentationalComplexity -t FILE " + Utils.joinOptions(options);
  }

  String name() {
    return name;
  }

  void rename(String newName) {
    name = newName;
    if (result != null) {
      result = result.renamed(newName);
    }
  }

  State state() {
    return state;
  }

  void setState(State state) {
    this.state = state;
  }

  double fraction() {
    return fraction;
  }

  void setFraction(double fraction) {
    this.fraction = fraction;
  }

  Optional<ComplexityResult> result() {
    return Optional.ofNullable(result);
  }

  void setResult(ComplexityResult result) {
    this.result = result.renamed(name);
  }

  @Override
  public String toString() {
    return switch (state) {
      case QUEUED -> name + " - waiting";
      case RUNNING -> String.format(Locale.ROOT, "%s - %.0f %%", name, 100 * fraction);
      case DONE -> name;
      case STOPPED -> name + (result == null ? " - stopped" : " - stopped, with what was finished");
      case FAILED -> name + " - failed";
    };
  }
}
