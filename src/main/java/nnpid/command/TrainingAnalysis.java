package nnpid.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.Vector;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.stream.Stream;
import nnpid.analysis.Trajectory;
import nnpid.analysis.TrajectoryAnalysis;
import nnpid.analysis.TrajectoryAnalysis.Progress;
import nnpid.chart.ChartStyle;
import nnpid.chart.Picture;
import nnpid.chart.TrajectoryChart;
import nnpid.execution.Execution;
import nnpid.network.Architecture;
import nnpid.network.CheckpointSchedule;
import nnpid.network.Samples;
import nnpid.report.Version;
import nnpid.weka.HiddenUnits;
import org.jfree.chart.JFreeChart;
import weka.classifiers.AbstractClassifier;
import weka.classifiers.functions.QuantizedNetwork;
import weka.core.Instances;
import weka.core.Option;
import weka.core.Utils;

/**
 * The command line's {@code -train}: trains a {@link QuantizedNetwork} several times and analyzes
 * its hidden layers at its checkpoints, on the training data.
 */
public final class TrainingAnalysis {
  private static final int CHART_WIDTH = 1000;
  private static final int CHART_HEIGHT = 640;

  private final String specification;
  private final int repeats;
  private final String layers;
  private final Optional<Path> stateFile;
  private final Optional<OutputFile> stateOutput;
  private final List<Chart> charts;
  private final QuantizedNetwork network;
  private final TreeMap<Integer, Progress> progress = new TreeMap<>();
  private Consumer<String> warningListener = warning -> {};
  private boolean stateIsSaved = true;

  /** A chart to be written in two forms. */
  private record Chart(
      BiFunction<Trajectory, ChartStyle, JFreeChart> drawing, OutputFile png, OutputFile svg) {}

  /** Whether options ask for training. */
  public static boolean isAskedFor(String[] options) {
    return ComplexityAnalysis.position("train", options) >= 0;
  }

  /**
   * Reads its options, and leaves the others.
   *
   * @throws IllegalArgumentException if one of them, or an option that must not go with them, is
   *     wrong; the message names it
   * @throws Exception if an option of the network is wrong
   */
  public TrainingAnalysis(String[] options) throws Exception {
    refuse(options, "layers are analyzed as the network has them", "groups", "Q", "missing");
    refuse(
        options,
        "at the checkpoints only the complexity of layers is computed",
        "atoms",
        "top",
        "pointwise",
        "permutations");
    specification = ComplexityAnalysis.textOption("train", options, "");
    repeats =
        ComplexityAnalysis.wholeNumber(
            "repeats", ComplexityAnalysis.textOption("repeats", options, "1"));
    layers = ComplexityAnalysis.textOption("layers", options, "all");
    String state = ComplexityAnalysis.textOption("resume", options, "");
    stateOutput =
        state.isEmpty() ? Optional.empty() : Optional.of(OutputFile.of("state", "-resume", state));
    stateFile = state.isEmpty() ? Optional.empty() : Optional.of(Path.of(state));
    String prefix = ComplexityAnalysis.textOption("charts", options, "");
    charts =
        prefix.isEmpty()
            ? List.of()
            : List.of(
                chart(TrajectoryChart::complexity, prefix + "-complexity"),
                chart(TrajectoryChart::degreesOfSynergy, prefix + "-degrees"));
    network = parseNetwork();
    ComplexityAnalysis.requireOnce(
        List.of("train", "repeats", "layers", "resume", "charts"), options);
  }

  private static void refuse(String[] options, String fact, String... names) {
    for (String name : names) {
      if (ComplexityAnalysis.position(name, options) >= 0) {
        throw new IllegalArgumentException(
            String.format(
                "The option -%s must not be combined with -train: %s.%n"
                    + "Maybe train first, with the filter HiddenActivations, and analyze its file.",
                name, fact));
      }
    }
  }

  private static Chart chart(
      BiFunction<Trajectory, ChartStyle, JFreeChart> drawing, String nameWithoutExtension) {
    return new Chart(
        drawing,
        OutputFile.of("chart", "-charts", nameWithoutExtension + ".png"),
        OutputFile.of("chart", "-charts", nameWithoutExtension + ".svg"));
  }

  /** Whether charts are to be written, which only the command line does. */
  public boolean hasCharts() {
    return !charts.isEmpty();
  }

  /** The files that a run writes, besides its result. */
  List<OutputFile> outputs() {
    return Stream.concat(
            stateOutput.stream(), charts.stream().flatMap(one -> Stream.of(one.png, one.svg)))
        .toList();
  }

  /** Sets who hears at once that the state could not be saved; training goes on. */
  void setWarningListener(Consumer<String> listener) {
    warningListener = listener;
  }

  /** Whether the state file, if there shall be one, holds all that is known after {@link #run}. */
  boolean stateIsSaved() {
    return stateIsSaved;
  }

  /** The options that this class reads. */
  static Enumeration<Option> listOptions() {
    Vector<Option> options = new Vector<>();
    options.add(
        new Option(
            """
            \tTrains this network on the data and analyzes its hidden layers at its checkpoints,
            \ton the training data, instead of analyzing the data themselves. For instance
            \t"weka.classifiers.functions.QuantizedNetwork -H 12,4,4,4 -N 1000
            \t -checkpoints log:30". -layers then takes numbers of layers: 2-4 or all.\
            """,
            "train",
            1,
            "-train <NETWORK>"));
    options.add(new Option("\t-train: test data, for the accuracy on them.", "T", 1, "-T <FILE>"));
    options.add(
        new Option(
            "\t-train: number of trainings with different seeds. (default: 1)",
            "repeats",
            1,
            "-repeats <N>"));
    options.add(
        new Option(
            "\t-train: file that holds how far the trainings have come. If it exists, they go on\n"
                + "\tfrom there. (default: none)",
            "resume",
            1,
            "-resume <FILE>"));
    options.add(
        new Option(
            "\t-train: writes charts to PREFIX-complexity and PREFIX-degrees, .png and .svg.",
            "charts",
            1,
            "-charts <PREFIX>"));
    return options.elements();
  }

  /**
   * Trains and analyzes. Stopping (interrupting the calling thread) keeps what is done; the
   * interrupted status then remains.
   *
   * @param listener hears of every checkpoint that has been analyzed: all that is known until then
   * @throws IllegalArgumentException if data and options do not go together
   * @throws Exception if Weka's filters fail
   */
  public Trajectory run(
      Instances trainData,
      Optional<Instances> testData,
      ComplexityAnalysis analysis,
      Consumer<Trajectory> listener,
      Execution execution)
      throws Exception {
    analysis.seed().ifPresent(network::setSeed);
    Instances train = analysis.select(trainData);
    network.initializeClassifier(train);
    Samples samples = network.samples(train);
    Optional<Instances> testInstances = Optional.empty();
    Optional<Samples> test = Optional.empty();
    if (testData.isPresent()) {
      testInstances = Optional.of(analysis.select(testData.get()));
      test = Optional.of(network.samples(testInstances.get()));
    }
    Architecture architecture = network.network().architecture();
    TrajectoryAnalysis trajectory =
        new TrajectoryAnalysis(
            architecture,
            network.settings(),
            CheckpointSchedule.parse(network.getCheckpoints()).epochs(network.getEpochs()),
            repeats,
            HiddenUnits.layerIndices(layers, architecture.layerCount()),
            analysis.layerAnalysis().withoutAtoms());
    String command = Utils.toCommandLine(network);
    TrainingState.Task task =
        stateFile.isEmpty()
            ? new TrainingState.Task()
            : task(command, trajectory, train, testInstances);
    if (stateFile.isPresent() && Files.exists(stateFile.get())) {
      TrainingState.read(stateFile.get(), task, trajectory)
          .forEach(one -> progress.put(one.repeat(), one));
    }
    return trajectory.run(
        train.relationName(),
        command,
        train.classAttribute().name(),
        ComplexityAnalysis.targetStates(train.classAttribute()),
        samples,
        test,
        List.copyOf(progress.values()),
        one -> {
          progress.put(one.repeat(), one);
          save(new TrainingState(task, List.copyOf(progress.values())));
          listener.accept(
              trajectory.trajectory(train.relationName(), command, progress.values(), false));
        },
        execution);
  }

  /**
   * The trained networks as far as they have come, one per repeat, after {@link #run}: models as
   * any other, with their last checkpoint.
   *
   * @throws Exception if Weka cannot copy the model
   */
  public List<QuantizedNetwork> networks() throws Exception {
    int seed = network.getSeed();
    List<QuantizedNetwork> networks = new ArrayList<>();
    for (Progress one : progress.values()) {
      network.setSeed(seed + one.repeat() - 1);
      network.adopt(one.checkpoint());
      QuantizedNetwork copy = (QuantizedNetwork) AbstractClassifier.makeCopy(network);
      copy.done();
      networks.add(copy);
    }
    network.setSeed(seed);
    return networks;
  }

  private QuantizedNetwork parseNetwork() throws Exception {
    String[] options;
    try {
      options = Utils.splitOptions(specification);
    } catch (Exception e) {
      // Weka declares Exception; it is about quotes.
      throw new IllegalArgumentException(
          String.format("The network (-train %s) must have its quotes closed.", specification), e);
    }
    String name = options.length == 0 ? "" : options[0];
    if (!name.equals("QuantizedNetwork") && !name.equals(QuantizedNetwork.class.getName())) {
      throw new IllegalArgumentException(
          String.format(
              "The network (-train %s) must be a %s, whose hidden layers are quantized in"
                  + " training.",
              specification, QuantizedNetwork.class.getName()));
    }
    options[0] = "";
    QuantizedNetwork parsed = new QuantizedNetwork();
    parsed.setOptions(options);
    return parsed;
  }

  private TrainingState.Task task(
      String command,
      TrajectoryAnalysis trajectory,
      Instances train,
      Optional<Instances> testInstances) {
    TrainingState.Task task =
        new TrainingState.Task()
            .with("the version of this program", Version.VALUE)
            .with("the network", command)
            .with("the number of repeats", "" + repeats)
            .with("the layers", layers)
            .withText("the settings of the analysis", trajectory.analysis().toString())
            .withData("training data", train);
    return testInstances.isPresent() ? task.withData("test data", testInstances.get()) : task;
  }

  /** What is trained is worth more than its state: a failure is told, and training goes on. */
  private void save(TrainingState state) {
    if (stateOutput.isEmpty()) {
      return;
    }
    try {
      stateOutput.get().write(state::writeTo);
      stateIsSaved = true;
    } catch (IOException e) {
      if (stateIsSaved) {
        warningListener.accept(
            e.getMessage() + String.format("%nThe training goes on; this is tried again."));
      }
      stateIsSaved = false;
    }
  }

  /**
   * Writes the charts, if they are wanted and there is anything to show. One that cannot be written
   * does not keep the others from it.
   *
   * @param problems is told of charts that could not be written
   */
  void writeCharts(Trajectory trajectory, Consumer<String> problems) {
    if (trajectory.points().isEmpty()) {
      return;
    }
    for (Chart chart : charts) {
      Picture picture =
          new Picture(chart.drawing.apply(trajectory, ChartStyle.LIGHT), CHART_WIDTH, CHART_HEIGHT);
      try {
        chart.png.write(out -> picture.writePng(out, 1));
      } catch (IOException e) {
        problems.accept(e.getMessage());
      }
      try {
        chart.svg.writeText(picture::writeSvg);
      } catch (IOException e) {
        problems.accept(e.getMessage());
      }
    }
  }
}
