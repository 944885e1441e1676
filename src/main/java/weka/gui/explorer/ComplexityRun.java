package weka.gui.explorer;

import java.io.File;
import java.nio.file.Path;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import java.util.function.DoubleConsumer;
import java.util.regex.Pattern;
import nnpid.analysis.LayerResult;
import nnpid.analysis.Method;
import nnpid.analysis.Report;
import nnpid.analysis.Trajectory;
import nnpid.chart.ChartStyle;
import nnpid.chart.GroupedLayer;
import nnpid.chart.GroupingChart;
import nnpid.chart.GroupingDiagram;
import nnpid.chart.Picture;
import nnpid.chart.TrajectoryChart;
import nnpid.coarsegraining.CoarseGraining;
import nnpid.coarsegraining.GroupingObjective;
import nnpid.command.CommandOptions;
import nnpid.command.DataFingerprint;
import nnpid.command.RunAsCode;
import nnpid.command.Task;
import nnpid.execution.Execution;
import nnpid.execution.ProgressReports;
import nnpid.weka.SchemeOptions;
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

  private final String relation;
  private final String description;
  private final String[] options;
  private final Optional<String> files; // of checkpoints
  private final Optional<File> file; // that may have the data
  private final Map<String, String> settings;

  /** Shared with Weka; null once the run has taken its copy, since results are kept for long. */
  private volatile Instances data;

  private volatile OptionalLong fingerprint = OptionalLong.empty();
  private volatile GroupedLayer searched;
  private volatile Trajectory trained;
  private volatile Report soFar;
  private String title;
  private String name;
  private volatile State state = State.QUEUED;
  private double fraction;
  private double secondsLeft = Double.NaN;
  private ComplexityResult result;
  private String problem = "";

  /**
   * A run on data.
   *
   * @param file that may have them
   */
  ComplexityRun(Instances data, Optional<File> file, String[] options, String description) {
    this(data.relationName(), description, options, Optional.empty(), file, Optional.of(data));
    this.data = data;
  }

  /**
   * A run on files of checkpoints.
   *
   * @param files a pattern, a directory, or a list as in a class path
   */
  ComplexityRun(String files, String[] options, String description) {
    this(
        shortName(files),
        description,
        options,
        Optional.of(files),
        Optional.empty(),
        Optional.empty());
  }

  private ComplexityRun(
      String relation,
      String description,
      String[] options,
      Optional<String> files,
      Optional<File> file,
      Optional<Instances> data) {
    this.relation = relation;
    this.description = description;
    this.options = options.clone();
    this.files = files;
    this.file = file;
    settings = ComplexityDifferences.settings(List.of(options), data);
    title = LocalTime.now(ZoneId.systemDefault()).format(TIME) + relation;
    name = title + " (" + description + ")";
  }

  /** The last two parts of a path; of several paths those of the first. */
  private static String shortName(String files) {
    String[] all = files.split(Pattern.quote(File.pathSeparator), -1);
    Path first = Path.of("", all[0].split(Pattern.quote(File.separator), -1));
    String name =
        first.subpath(Math.max(0, first.getNameCount() - 2), first.getNameCount()).toString();
    return all.length == 1 ? name : name + " and " + (all.length - 1) + " more";
  }

  /** Name of the data. */
  String relation() {
    return relation;
  }

  String[] options() {
    return options.clone();
  }

  /**
   * Does what is to be done, in the queue's thread; takes a copy of the data first.
   *
   * @param progress is told the share that is done
   * @param messages is told what people should know before the end
   * @return what prepares the result, which may take a second; not to be interrupted
   * @throws java.util.concurrent.CancellationException if the thread is interrupted before there is
   *     any result
   * @throws Exception if data and options do not go together; the message is for users
   */
  Callable<ComplexityResult> run(DoubleConsumer progress, Consumer<String> messages)
      throws Exception {
    if (files.isPresent()) {
      return follow(files.get(), progress, messages);
    }
    Instances copy = new Instances(data);
    data = null;
    fingerprint = OptionalLong.of(DataFingerprint.of(copy));
    Task task = Task.parse(options);
    Execution execution =
        task.execution(true).withProgressListener(progress).withMessageListener(messages);
    Task.Result found =
        task.run(copy, new Follower(task.analysis().getObjective(), messages), execution);
    if (found instanceof Task.Trained training) {
      if (training.trajectory().points().isEmpty()) {
        throw new CancellationException("The training was stopped before its first checkpoint.");
      }
      return () -> ComplexityResult.ofTraining(name, training.trajectory(), training.networks());
    }
    Report report = ((Task.Analyzed) found).report();
    return () -> ComplexityResult.of(name, report);
  }

  private Callable<ComplexityResult> follow(
      String paths, DoubleConsumer progress, Consumer<String> messages) throws Exception {
    Task task = Task.parseForCheckpoints(options);
    Task.Followed found =
        task.run(
            paths,
            relation,
            new Follower(task.analysis().getObjective(), messages),
            task.execution(true).withProgressListener(progress).withMessageListener(messages));
    found.failures().forEach(messages);
    return () -> ComplexityResult.ofTraining(name, found.trajectory(), List.of());
  }

  /** What is known so far of a training that goes on. For any thread. */
  Optional<Trajectory> trained() {
    return state == State.RUNNING ? Optional.ofNullable(trained) : Optional.empty();
  }

  /**
   * The layers that are finished, and as one of its unfinished layers that which is estimated,
   * while the run goes on. For any thread.
   */
  Optional<Report> soFar() {
    return state == State.RUNNING ? Optional.ofNullable(soFar) : Optional.empty();
  }

  /** The best groups so far, while the run searches for some. For any thread. */
  Optional<GroupedLayer> searched() {
    return state == State.RUNNING ? Optional.ofNullable(searched) : Optional.empty();
  }

  /** Keeps what is known so far for who wants to look: there may be thousands in a second. */
  private final class Follower implements Task.Listener {
    private final GroupingObjective objective;
    private final Consumer<String> messages;
    private String layer = "";
    private List<List<String>> sources = List.of();
    private boolean found;
    private final List<LayerResult> finished = new ArrayList<>();

    Follower(GroupingObjective objective, Consumer<String> messages) {
      this.objective = objective;
      this.messages = messages;
    }

    @Override
    public void warned(String warning) {
      messages.accept(warning);
    }

    @Override
    public void estimating(LayerResult estimated) {
      List<LayerResult> all = new ArrayList<>(finished);
      all.add(estimated);
      soFar = new Report(relation, "", all, 0, List.of(estimated.name()));
    }

    @Override
    public void analyzed(LayerResult result) {
      finished.add(result);
      soFar = new Report(relation, "", finished, 0);
    }

    @Override
    public void checkpointAnalyzed(Trajectory soFar) {
      if (trained == null) {
        // As with all charts, what the first one takes is not for the event thread.
        new Picture(TrajectoryChart.COMPLEXITY.of(soFar, ChartStyle.LIGHT), 300, 200).toImage(1);
      }
      trained = soFar;
    }

    @Override
    public void layerBegins(String newLayer, List<List<String>> newSources) {
      layer = newLayer;
      sources = newSources;
      found = false;
      searched = null; // that of the layer before is over
    }

    @Override
    public void newBest(CoarseGraining grouping, double value, int step) {
      if (found) {
        searched = searched.improved(grouping, value, step);
        return;
      }
      found = true;
      GroupedLayer first = GroupedLayer.searched(layer, sources, grouping, objective, value, step);
      // As with all charts, what the first one takes is not for the event thread.
      new Picture(GroupingDiagram.of(first, ChartStyle.LIGHT), 300, 200).toImage(1);
      new Picture(GroupingChart.of(first, ChartStyle.LIGHT), 300, 200).toImage(1);
      searched = first;
    }
  }

  /** The run as code. Reads the file that the data may be in: not for the event thread. */
  RunAsCode code() {
    return files.isPresent()
        ? RunAsCode.ofCheckpoints(List.of(options), relation, files.get())
        : RunAsCode.ofData(List.of(options), relation, file, fingerprint);
  }

  /** What to type to get the same from the command line. */
  String command() {
    return CommandOptions.shellCommand(files.orElse("FILE"), List.of(options));
  }

  String name() {
    return name;
  }

  /**
   * What it is called beside others.
   *
   * @param differences what makes it different from them, or empty
   */
  String nameAmong(String differences) {
    return name.equals(title) || differences.isEmpty()
        ? name
        : title + " (" + description + ", " + differences + ")";
  }

  void rename(String newName) {
    name = newName;
    title = newName;
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

  /**
   * Sets how far the run is.
   *
   * @param secondsLeft about how long it will take; NaN if that is not known
   */
  void setProgress(double fraction, double secondsLeft) {
    this.fraction = fraction;
    this.secondsLeft = secondsLeft;
  }

  /** How far it is, and how long it will take if that is known. */
  String progress() {
    return ProgressReports.describe(fraction, secondsLeft);
  }

  Optional<ComplexityResult> result() {
    return Optional.ofNullable(result);
  }

  void setResult(ComplexityResult result) {
    this.result = result.renamed(name);
  }

  /** Why there is no result. */
  void setProblem(String problem) {
    this.problem = problem;
  }

  /** Whether a network is trained. */
  boolean isTraining() {
    return Task.isTraining(options);
  }

  /** Whether layers are followed over epochs: of a network that is trained, or in files. */
  boolean isTrajectory() {
    return isTraining() || files.isPresent();
  }

  /** Whether groups of units are searched for, or given. */
  boolean isGrouping() {
    return Method.COARSE_GRAINING.toString().equals(value("method"));
  }

  private String value(String flag) {
    int position = SchemeOptions.position(flag, options);
    return position < 0 ? "" : options[position + 1];
  }

  /** A message as it is to be read in the window. */
  String inWindow(String message) {
    return (isTraining() ? ComplexityForm.NAMES.ofTraining() : ComplexityForm.NAMES).in(message);
  }

  /** What is done, as the beginning of a sentence. */
  String doing() {
    return (isTraining()
            ? "Training a network on "
            : files.isPresent() ? "Analyzing checkpoints " : "Analyzing ")
        + relation;
  }

  /** What there is to say as long as there is no result. */
  String describe() {
    if (result != null) {
      return "";
    }
    return switch (state) {
      case QUEUED -> name + " waits for the runs before it.";
      case RUNNING ->
          name
              + " is running: "
              + (isTrajectory()
                  ? "the view Training follows it from the first checkpoint on."
                  : "its results come here.");
      case DONE -> "";
      case STOPPED, FAILED -> name + (problem.isEmpty() ? " has no result." : ": " + problem);
    };
  }

  /** When it was begun and on what, or the name it was given. */
  String title() {
    return title;
  }

  /** What the options say, each in a few words. */
  Map<String, String> settings() {
    return settings;
  }

  /** A hash of the data, once the run has begun. */
  OptionalLong fingerprint() {
    return fingerprint;
  }

  /** Whether another run has data of this name, and does the same by the same method. */
  boolean isLike(ComplexityRun other) {
    return relation.equals(other.relation) && description.equals(other.description);
  }

  /**
   * What it does, and how far it is.
   *
   * @param differences what makes it different from others, or empty
   */
  String details(String differences) {
    return description + (differences.isEmpty() ? "" : ", " + differences) + state(progress());
  }

  /**
   * All there is to say of it, in lines.
   *
   * @param differences what makes it different from others, or empty
   */
  List<String> facts(String differences) {
    List<String> facts = new ArrayList<>(List.of(title, details(differences)));
    if (!problem.isEmpty()) {
      facts.addAll(problem.lines().toList());
    }
    facts.add("Options: " + Utils.joinOptions(options));
    return facts;
  }

  private String state(String progress) {
    return switch (state) {
      case QUEUED -> " - waiting";
      case RUNNING -> " - " + progress;
      case DONE -> "";
      case STOPPED -> (result == null ? " - stopped" : " - stopped, with what was finished");
      case FAILED -> " - failed";
    };
  }

  /** In one line. */
  @Override
  public String toString() {
    return name + state(String.format(Locale.ROOT, "%.0f %%", 100 * fraction));
  }
}
