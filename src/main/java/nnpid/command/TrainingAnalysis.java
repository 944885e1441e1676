package nnpid.command;

import static java.util.Objects.requireNonNull;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import nnpid.analysis.ActivationLevels;
import nnpid.analysis.Trajectory;
import nnpid.analysis.TrajectoryAnalysis;
import nnpid.analysis.TrajectoryAnalysis.Progress;
import nnpid.command.CheckpointOptions.LimitsFrom;
import nnpid.distribution.LevelRules;
import nnpid.distribution.SampleOfRow;
import nnpid.execution.Execution;
import nnpid.network.Architecture;
import nnpid.network.Samples;
import nnpid.report.Version;
import nnpid.weka.HiddenUnits;
import nnpid.weka.InstancesBridge;
import nnpid.weka.NetworkClassifier;
import nnpid.weka.SchemeOptions;
import nnpid.weka.UnitQuantizer;
import org.jspecify.annotations.Nullable;
import weka.classifiers.AbstractClassifier;
import weka.core.Attribute;
import weka.core.Instances;
import weka.core.Utils;

/**
 * Trains a network several times and analyzes its hidden layers at its checkpoints, on the training
 * data.
 */
final class TrainingAnalysis {
  private final TrainingOptions options;
  private final AnalysisOptions analysis;
  private final Optional<UnitQuantizer> quantizer;
  private final Task.Listener listener;
  private final Optional<OutputFile> stateOutput;
  private final StateOutput state;
  private final NetworkClassifier network;
  private final TreeMap<Integer, Progress> progress = new TreeMap<>();
  private TrainingState.@Nullable Task task; // of a run that has begun

  /**
   * A training as it is asked for.
   *
   * @param quantizer what makes activations of layers without levels some; empty if all have some
   * @throws IllegalArgumentException if the network is none
   */
  TrainingAnalysis(
      TrainingOptions options,
      AnalysisOptions analysis,
      Optional<UnitQuantizer> quantizer,
      Optional<OutputFile> stateOutput,
      Task.Listener listener) {
    this.options = options;
    this.analysis = analysis;
    this.quantizer = quantizer;
    this.listener = listener;
    this.stateOutput = stateOutput;
    this.state = new StateOutput(stateOutput, "training", listener);
    network = options.newNetwork();
  }

  /** Whether the state file, if there shall be one, holds all that is known after {@link #run}. */
  boolean stateIsSaved() {
    return state.isSaved();
  }

  /**
   * Trains and analyzes. Stopping (interrupting the calling thread) keeps what is done; the
   * interrupted status then remains.
   *
   * @throws IllegalArgumentException if data and options do not go together
   * @throws Exception if Weka's filters fail
   */
  Trajectory run(Instances trainData, Optional<TestData> testData, Execution execution)
      throws Exception {
    return run(trainData, testData, Shard.WHOLE, execution);
  }

  /**
   * Trains some of the networks.
   *
   * @throws CancellationException if it is stopped before all are done
   */
  ShardFile runShard(
      Instances trainData, Optional<TestData> testData, Shard shard, Execution execution)
      throws Exception {
    shard.requirePieces(options.getRepeats(), "repeats (-repeats)");
    Trajectory trajectory = run(trainData, testData, shard, execution);
    execution.checkCanceled();
    return new ShardFile(requireNonNull(task), shard, new ShardFile.Curves(trajectory));
  }

  private Trajectory run(
      Instances trainData, Optional<TestData> testData, Shard shard, Execution execution)
      throws Exception {
    analysis.getSeed().ifPresent(network::setSeed);
    TrainingSplit split = split(select(trainData), testData.isPresent());
    Instances train = split.train();
    network.initializeClassifier(train);
    Samples samples = network.samples(train);
    Optional<Instances> testInstances = split.test();
    if (testData.isPresent()) {
      InstancesBridge.requireInstances(testData.get().instances());
      testInstances = Optional.of(testData.get().like(train, analysis.selection()));
    }
    Optional<Samples> test =
        testInstances.isPresent()
            ? Optional.of(network.samples(testInstances.get()))
            : Optional.empty();
    Architecture architecture = network.network().architecture();
    List<Integer> layers = HiddenUnits.layerIndices(options.getLayers(), architecture.layerCount());
    Instances units = units(architecture, layers, train);
    TrajectoryAnalysis trajectory =
        new TrajectoryAnalysis(
            architecture,
            network.settings(),
            network.checkpointEpochs(samples.size()),
            options.getRepeats(),
            layers,
            analysis.layerAnalysisInTraining(),
            quantizer.map(one -> activationLevels(one, units)));
    String command =
        Utils.toCommandLine(network) + quantizer.map(one -> described(one, units)).orElse("");
    boolean keepsTask = stateOutput.isPresent() || !shard.equals(Shard.WHOLE);
    TrainingState.Task known =
        keepsTask
            ? task(trajectory, train, testInstances)
            : new TrainingState.Task(); // checksums take time
    task = known;
    Path stateFile = Path.of(options.getStateFile());
    if (stateOutput.isPresent() && Files.exists(stateFile)) {
      TrainingState.read(stateFile, known, trajectory)
          .forEach(one -> progress.put(one.repeat(), one));
    }
    TrajectoryAnalysis.Data data =
        new TrajectoryAnalysis.Data(
            train.relationName(),
            command,
            train.classAttribute().name(),
            ComplexityAnalysis.targetStates(train.classAttribute()),
            samples,
            test);
    return trajectory.run(
        data,
        shard.first(options.getRepeats()) + 1,
        shard.end(options.getRepeats()),
        List.copyOf(progress.values()),
        one -> {
          progress.put(one.repeat(), one);
          state.save(new TrainingState(known, List.copyOf(progress.values()))::writeTo);
          listener.checkpointAnalyzed(trajectory.trajectory(data, progress.values(), false));
        },
        execution);
  }

  /**
   * The trained networks as far as they have come, one per repeat, after {@link #run}: models as
   * any other, with their last checkpoint.
   *
   * @throws Exception if Weka cannot copy the model
   */
  List<NetworkClassifier> networks() throws Exception {
    int seed = network.getSeed();
    List<NetworkClassifier> networks = new ArrayList<>();
    for (Progress one : progress.values()) {
      network.setSeed(seed + one.repeat() - 1);
      network.adopt(one.checkpoint());
      NetworkClassifier copy = (NetworkClassifier) AbstractClassifier.makeCopy(network);
      copy.done();
      networks.add(copy);
    }
    network.setSeed(seed);
    return networks;
  }

  /** The attributes that a filter would make of the layers: what a quantizer is about. */
  private static Instances units(Architecture architecture, List<Integer> layers, Instances train) {
    ArrayList<Attribute> attributes = new ArrayList<>();
    for (int layer : layers) {
      int levelCount = architecture.levelCounts().get(layer);
      for (int unit = 1; unit <= architecture.layerSizes().get(layer); unit++) {
        String name = TrajectoryAnalysis.layerName(layer) + "_" + unit;
        attributes.add(
            levelCount == 0
                ? new Attribute(name)
                : new Attribute(
                    name, IntStream.range(0, levelCount).mapToObj(level -> "" + level).toList()));
      }
    }
    attributes.add(train.classAttribute().copy(train.classAttribute().name()));
    Instances units = new Instances(train.relationName(), attributes, 0);
    units.setClassIndex(attributes.size() - 1);
    return units;
  }

  private ActivationLevels activationLevels(UnitQuantizer by, Instances units) {
    LevelRules rules =
        by.rules(units)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "The quantizer (-Q %s) must be QuantizeActivations for all units in a"
                                .formatted(Utils.toCommandLine(analysis.getQuantizer()))
                            + " training: no other filter sees the activations.\n"
                            + "Maybe write them with the filter HiddenActivations -values raw, and"
                            + " analyze its file."));
    return new ActivationLevels(rules, options.getLimitsFrom() == LimitsFrom.FIRST);
  }

  /** How activations become levels: what the curves are about, besides the network. */
  private String described(UnitQuantizer by, Instances units) {
    return "; activations of layers without levels: "
        + by.describe(units)
        + (options.getRepeats() > 1 ? ", seeds counting up with the repeats" : "")
        + "; limits from "
        + (options.getLimitsFrom() == LimitsFrom.FIRST
            ? "the first checkpoint"
            : "each checkpoint");
  }

  private TrainingSplit split(Instances data, boolean hasTestData) {
    if (options.getTrainingSize() > 0 && hasTestData) {
      throw new IllegalArgumentException(
          String.format(
              "The training size (-train-size %d) must not be given together with test data (-T):"
                  + " the instances that are not drawn are the test data.",
              options.getTrainingSize()));
    }
    return TrainingSplit.of(data, options.getTrainingSize(), network.getSeed());
  }

  private Instances select(Instances data) throws Exception {
    InstancesBridge.requireInstances(data);
    if (analysis.selection().samples(data).filter(SampleOfRow::haveSeveralPasses).isPresent()) {
      throw new IllegalArgumentException(
          "The samples (-samples "
              + analysis.getSamples()
              + ") must be one instance each for -train: passes are of activations.\nMaybe use"
              + " -samples none, if they are not passes.");
    }
    return analysis.selection().select(data);
  }

  /** The network without its number of threads, which changes nothing in the result. */
  private String networkOfTask() {
    String[] options = network.getOptions();
    int slots = SchemeOptions.position("num-slots", options);
    if (slots >= 0) {
      options[slots] = "";
      options[slots + 1] = "";
    }
    return network.getClass().getName() + " " + Utils.joinOptions(options);
  }

  private TrainingState.Task task(
      TrajectoryAnalysis trajectory, Instances train, Optional<Instances> testInstances) {
    TrainingState.Task task =
        new TrainingState.Task()
            .with("the version of this program", Version.VALUE)
            .with("the network", networkOfTask())
            .with("the number of repeats", "" + options.getRepeats())
            .with("the training size", "" + options.getTrainingSize())
            .with("the layers", options.getLayers())
            .withText("the settings of the analysis", trajectory.analysis().text())
            .withData("training data", train);
    if (quantizer.isPresent()) {
      task =
          task.with("the quantizer", Utils.toCommandLine(analysis.getQuantizer()))
              .with(
                  "the seed",
                  analysis.getSeed().isPresent() ? "" + analysis.getSeed().getAsInt() : "not given")
              .with("the origin of limits", options.getLimitsFrom().toString());
    }
    return testInstances.isPresent() ? task.withData("test data", testInstances.get()) : task;
  }
}
