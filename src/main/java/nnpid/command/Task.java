package nnpid.command;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import nnpid.analysis.LayerListener;
import nnpid.analysis.Report;
import nnpid.analysis.Trajectory;
import nnpid.coarsegraining.CoarseGraining;
import nnpid.command.CheckpointOptions.LimitsFrom;
import nnpid.execution.Execution;
import nnpid.weka.LayerSource;
import nnpid.weka.NetworkClassifier;
import nnpid.weka.SchemeOptions;
import nnpid.weka.UnitQuantizer;
import weka.core.Instances;

/**
 * What a run is asked: the analysis of the layers in data, or the training of a network on them
 * with the analysis of its layers. Command line, Explorer and KnowledgeFlow make one of options,
 * run it, and show what comes out.
 */
public final class Task {
  private static final List<String> AS_IN_THE_NETWORK = List.of("groups", "missing");

  private static final String QUANTIZER = "Q";

  private static final List<String> ABOUT_ACTIVATIONS =
      List.of(QUANTIZER, TrainingOptions.LIMITS_FROM);

  private static final List<String> ONLY_WITHOUT_TRAINING =
      List.of("atoms", "top", "atom", "pointwise", "permutations", "pairs", AnalysisOptions.RANK);

  private static final String TRAINING_INSTEAD =
      "Maybe train first, with the filter HiddenActivations, and analyze its file.";

  private final AnalysisOptions analysis;
  private final Optional<TrainingOptions> training;
  private final Optional<UnitQuantizer> givenQuantizer; // by an option, not by default
  private final Optional<CheckpointOptions> checkpoints;
  private Optional<TestData> testData = Optional.empty();
  private Optional<Shard> shard = Optional.empty();
  private TrainingState.Task shared = new TrainingState.Task();

  /** What comes out of a run. */
  public sealed interface Result permits Analyzed, Trained, Followed, Part {}

  /**
   * Layers have been analyzed.
   *
   * @param report their results
   */
  public record Analyzed(Report report) implements Result {}

  /**
   * Layers in the files of checkpoints have been analyzed.
   *
   * @param trajectory of those that could be read
   * @param failures what went wrong with the others, as sentences
   * @param stateIsSaved whether the file of the state, if there shall be one, holds all results
   */
  public record Followed(Trajectory trajectory, List<String> failures, boolean stateIsSaved)
      implements Result {
    /** Makes the list immutable. */
    public Followed {
      failures = List.copyOf(failures);
    }
  }

  /** One of several runs that share the work has done its part. */
  record Part(ShardFile file) implements Result {}

  /** A network has been trained, and its layers analyzed at its checkpoints. */
  public static final class Trained implements Result {
    private final TrainingAnalysis training;
    private final Trajectory trajectory;

    Trained(TrainingAnalysis training, Trajectory trajectory) {
      this.training = training;
      this.trajectory = trajectory;
    }

    /** The complexity of the layers at the checkpoints. */
    public Trajectory trajectory() {
      return trajectory;
    }

    /**
     * Copies of the networks as far as they have come, one per repeat.
     *
     * @throws Exception if Weka cannot copy the model
     */
    public List<NetworkClassifier> networks() throws Exception {
      return training.networks();
    }

    /** Whether the file of the state, if there shall be one, holds all that was trained. */
    boolean stateIsSaved() {
      return training.stateIsSaved();
    }
  }

  /** Is told how a run goes on, on the thread that runs it. */
  public interface Listener extends LayerListener {
    /** Does nothing. */
    Listener NONE = new Listener() {};

    /**
     * The analysis of a layer begins; groups that are found until the next one are of this layer.
     *
     * @param sources the units of every source
     */
    default void layerBegins(String layer, List<List<String>> sources) {}

    @Override
    default void newBest(CoarseGraining grouping, double value, int step) {}

    /** A checkpoint has been analyzed: all that is known until then. */
    default void checkpointAnalyzed(Trajectory soFar) {}

    /** Something went wrong that does not end the run. */
    default void warned(String warning) {}
  }

  private Task(
      AnalysisOptions analysis,
      Optional<TrainingOptions> training,
      Optional<UnitQuantizer> givenQuantizer,
      Optional<CheckpointOptions> checkpoints) {
    this.analysis = analysis;
    this.training = training;
    this.givenQuantizer = givenQuantizer;
    this.checkpoints = checkpoints;
  }

  /** The flags of the options of an analysis that must not be combined with a training. */
  public static List<String> notWithTraining() {
    return Stream.of(AS_IN_THE_NETWORK, ONLY_WITHOUT_TRAINING).flatMap(List::stream).toList();
  }

  /** The flags of the options of an analysis that must not be used on files of checkpoints. */
  public static List<String> notWithCheckpoints() {
    return ONLY_WITHOUT_TRAINING;
  }

  /**
   * Whether a training needs a quantizer: for activations of layers without levels.
   *
   * @param options those about the training
   * @throws IllegalArgumentException if one is wrong
   */
  public static boolean needsQuantizer(List<String> options) {
    TrainingOptions wanted = new TrainingOptions();
    SchemeOptions.set(wanted, options.toArray(String[]::new));
    return wanted.needsQuantizer();
  }

  /** Whether options ask for a training. */
  public static boolean isTraining(String... options) {
    return SchemeOptions.position(TrainingOptions.TRAIN, options) >= 0;
  }

  /**
   * Reads options.
   *
   * @throws IllegalArgumentException if one is wrong or has no effect, or they do not go together;
   *     the message names it
   */
  public static Task parse(String... given) {
    String[] options = given.clone();
    CommandOptions.OF_A_TASK.check(options);
    Optional<TrainingOptions> training = Optional.empty();
    if (isTraining(options)) {
      refuse(
          options,
          AS_IN_THE_NETWORK,
          "-train",
          "layers are analyzed as the network has them",
          TRAINING_INSTEAD);
      refuse(
          options,
          ONLY_WITHOUT_TRAINING,
          "-train",
          "at the checkpoints only the complexity of layers is computed",
          TRAINING_INSTEAD);
      TrainingOptions wanted = new TrainingOptions();
      training = Optional.of(wanted);
      SchemeOptions.set(wanted, options);
      if (isAboutActivations(given) && !wanted.needsQuantizer()) {
        refuse(
            given,
            ABOUT_ACTIVATIONS,
            "-train of layers with levels",
            "they are analyzed as the network has them",
            "Maybe leave it out, or give the network layers without levels.");
      }
      if (wanted.getLimitsFrom() == LimitsFrom.ALL) {
        throw new IllegalArgumentException(
            "The option -limits-from all must not be combined with -train: layers are analyzed"
                + " while training goes on, when the activations of later checkpoints are not known"
                + " yet.\nMaybe give the quantizer the limits themselves, such as -limits tanh.");
      }
    }
    AnalysisOptions analysis = new AnalysisOptions();
    analysis.setOptions(options);
    boolean hasQuantizer = SchemeOptions.position(QUANTIZER, given) >= 0;
    return new Task(
        analysis,
        training,
        hasQuantizer ? Optional.of(analysis.quantizer()) : Optional.empty(),
        Optional.empty());
  }

  /**
   * Reads options about several files of checkpoints.
   *
   * @throws IllegalArgumentException as {@link #parse}
   */
  public static Task parseForCheckpoints(String... given) {
    String[] options = given.clone();
    if (isTraining(options)) {
      throw new IllegalArgumentException(
          "The option -train must go with one file: with several the layers are in the files.");
    }
    CommandOptions.OF_CHECKPOINTS.check(options);
    refuse(
        options,
        ONLY_WITHOUT_TRAINING,
        "several files",
        "of checkpoints only the complexity of layers is computed",
        "Maybe analyze the file that is of interest alone.");
    CheckpointOptions checkpoints = new CheckpointOptions();
    SchemeOptions.set(checkpoints, options);
    AnalysisOptions analysis = new AnalysisOptions();
    analysis.setOptions(options);
    return new Task(analysis, Optional.empty(), Optional.empty(), Optional.of(checkpoints));
  }

  private static boolean isAboutActivations(String... options) {
    return ABOUT_ACTIVATIONS.stream().anyMatch(flag -> SchemeOptions.position(flag, options) >= 0);
  }

  private static void refuse(
      String[] options, List<String> flags, String with, String fact, String advice) {
    for (String flag : flags) {
      if (SchemeOptions.position(flag, options) >= 0) {
        throw new IllegalArgumentException(
            String.format(
                "The option -%s must not be combined with %s: %s.%n%s", flag, with, fact, advice));
      }
    }
  }

  /** What is asked about the analysis of layers. */
  public AnalysisOptions analysis() {
    return analysis;
  }

  /** The file of the state, if there shall be one. */
  Optional<OutputFile> stateOutput() {
    return training
        .map(TrainingOptions::getStateFile)
        .or(() -> checkpoints.map(CheckpointOptions::getStateFile))
        .filter(file -> !file.isEmpty())
        .map(file -> OutputFile.of("state", "-resume", file));
  }

  /**
   * Runs it on several files, each with the layers of a checkpoint.
   *
   * @param reader reads them
   * @throws IllegalArgumentException if their names do not tell epochs, or none can be read
   * @throws Exception if Weka's filters fail
   */
  Result run(FileSet files, DataFiles reader, Listener listener, Execution execution)
      throws Exception {
    CheckpointAnalysis follower = follower(files, reader, listener);
    return shard.isPresent()
        ? new Part(follower.run(shard.get(), execution))
        : follower.run(execution);
  }

  private CheckpointAnalysis follower(FileSet files, DataFiles reader, Listener listener) {
    return new CheckpointAnalysis(
        checkpoints.orElseThrow(), analysis, files, reader, stateOutput(), listener);
  }

  /**
   * Makes this one of several runs that share the work. Nothing ends by its time then, for that
   * would not be the same in all of them.
   *
   * @param inputs the files that are read, by what they are called in messages
   * @throws IOException if one cannot be read
   */
  void setShard(Shard one, String separator, Map<String, Path> inputs) throws IOException {
    analysis.removeTimeLimit();
    shard = Optional.of(one);
    shared =
        TrainingState.Task.of(analysis, separator)
            .withText("the settings of the analysis", analysis.layerAnalysis().text());
    for (Map.Entry<String, Path> input : inputs.entrySet()) {
      shared = shared.withFile(input.getKey(), input.getValue());
    }
  }

  /**
   * Runs it on several files, each with the layers of a checkpoint, in a window.
   *
   * @param files a pattern, a directory, or a list as in a class path
   * @param named what the result calls them
   * @throws IllegalArgumentException if there are none, their names do not tell epochs, or none can
   *     be read
   * @throws Exception if Weka's filters fail
   */
  public Followed run(String files, String named, Listener listener, Execution execution)
      throws Exception {
    DataFiles reader =
        new DataFiles("file", analysis.getClassAttribute(), analysis.isNominalClass(), "auto");
    FileSet all = FileSet.local(named, InputFiles.of("", files));
    return follower(all, reader, listener).run(execution);
  }

  /** What is asked about a training, if there shall be one. */
  Optional<TrainingOptions> training() {
    return training;
  }

  /**
   * Sets data on which the layers are analyzed too: by limits of levels from the others, or by the
   * trained network, whose accuracy on them is then told as well.
   *
   * @param name how the user named them: {@code -T test.arff}
   */
  void setTestData(Instances data, String name) {
    testData =
        Optional.of(new TestData(requireNonNull(data, "data"), "test data", name, "the data"));
  }

  /**
   * The threads to run it on, without any listener.
   *
   * @param besideWindows whether one processor is left to windows, unless the options tell the
   *     number of threads; results do not depend on it
   */
  public Execution execution(boolean besideWindows) {
    OptionalInt threads = analysis.getThreads();
    int processors = Runtime.getRuntime().availableProcessors();
    return Execution.ofThreads(
        threads.orElse(besideWindows ? Math.max(1, processors - 1) : processors));
  }

  /**
   * Runs it; the data are not changed. Interrupting the calling thread stops it and keeps what is
   * done; the interrupted status then remains.
   *
   * @throws IllegalArgumentException if data and options do not go together; the message names the
   *     attribute or option
   * @throws java.util.concurrent.CancellationException if it is stopped before there is any result
   * @throws Exception if Weka's filters fail
   */
  public Result run(Instances data, Listener listener, Execution execution) throws Exception {
    if (training.isEmpty()) {
      ComplexityAnalysis analyzer = new ComplexityAnalysis(analysis, listener);
      return shard.isPresent()
          ? part(shard.get(), analyzer.analyze(data, testData, shard.get(), execution))
          : new Analyzed(analyzer.analyze(data, testData, execution));
    }
    TrainingAnalysis trainer =
        new TrainingAnalysis(training.get(), analysis, givenQuantizer, stateOutput(), listener);
    if (shard.isPresent()) {
      return new Part(trainer.runShard(data, testData, shard.get(), execution));
    }
    return new Trained(trainer, trainer.run(data, testData, execution));
  }

  /**
   * Analyzes the layers of a source, where no network is to be trained.
   *
   * @throws IllegalArgumentException as {@link #run(Instances, Listener, Execution)}
   * @throws java.util.concurrent.CancellationException if it is stopped before there is any result
   * @throws Exception if the source cannot be read, or Weka's filters fail
   */
  Result run(LayerSource layers, Listener listener, Execution execution) throws Exception {
    ComplexityAnalysis analyzer = new ComplexityAnalysis(analysis, listener);
    return shard.isPresent()
        ? part(shard.get(), analyzer.analyze(layers, shard.get(), execution))
        : new Analyzed(analyzer.analyze(layers, execution));
  }

  private Part part(Shard one, LayerParts found) {
    return new Part(new ShardFile(shared, one, found));
  }

  /** What went wrong with a run, as a sentence. */
  public static String sentence(Throwable problem) {
    if (problem instanceof OutOfMemoryError) {
      return "Java ran out of memory.\nMaybe start it with more: java -Xmx4g ...";
    }
    return problem.getMessage() == null
        ? "The run ended with an error: " + problem
        : problem.getMessage();
  }
}
