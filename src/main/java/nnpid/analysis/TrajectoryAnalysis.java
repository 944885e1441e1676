package nnpid.analysis;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.function.Consumer;
import java.util.function.DoubleConsumer;
import java.util.stream.Stream;
import nnpid.distribution.LevelRules;
import nnpid.distribution.LimitRule;
import nnpid.execution.Execution;
import nnpid.execution.Job;
import nnpid.network.Architecture;
import nnpid.network.Checkpoint;
import nnpid.network.DivergenceException;
import nnpid.network.Network;
import nnpid.network.Samples;
import nnpid.network.Trainer;
import nnpid.network.TrainingSettings;
import org.jspecify.annotations.Nullable;

/**
 * Trains a network several times and analyzes its hidden layers at checkpoints. Repeats are tasks
 * that run in parallel; the result does not depend on where they run.
 *
 * @param architecture the network
 * @param settings how it is trained; repeat r (from 1) has the seed of the settings plus r - 1
 * @param epochs numbers of epochs after which, or within which, the layers are analyzed, ascending,
 *     those of {@link nnpid.network.CheckpointSchedule#epochs}; training ends with the last one
 * @param repeats number of trainings
 * @param layers indices of the analyzed layers, from 0
 * @param analysis how every layer is analyzed
 * @param activationLevels how layers without levels get some; empty if all analyzed layers must
 *     have their own
 */
public record TrajectoryAnalysis(
    Architecture architecture,
    TrainingSettings settings,
    List<Double> epochs,
    int repeats,
    List<Integer> layers,
    LayerAnalysis analysis,
    Optional<ActivationLevels> activationLevels)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Memory that the activation of a unit for a sample takes, with its level. */
  private static final int BYTES_PER_ACTIVATION = Double.BYTES + Integer.BYTES;

  /** The part of all memory that activations may take. */
  private static final double MOST_MEMORY = 0.7;

  /**
   * Checks the settings.
   *
   * @throws IllegalArgumentException if there is no epoch or repeat, a layer does not exist or is
   *     not quantized, or it cannot be analyzed as wanted
   */
  public TrajectoryAnalysis {
    epochs = List.copyOf(epochs);
    layers = List.copyOf(layers);
    if (epochs.isEmpty()) {
      throw new IllegalArgumentException("There must be at least one checkpoint.");
    }
    if (repeats < 1) {
      throw new IllegalArgumentException(
          "The number of repeats (-repeats " + repeats + ") must be at least 1.");
    }
    for (int layer : layers) {
      if (layer < 0 || layer >= architecture.layerCount()) {
        throw new IllegalArgumentException(
            String.format(
                "The layer (%d) must be from 1 to %d, the number of hidden layers.",
                layer + 1, architecture.layerCount()));
      }
      if (architecture.levelCounts().get(layer) == 0 && activationLevels.isEmpty()) {
        throw new IllegalArgumentException(
            String.format(
                "Layer %d must be quantized: it has no levels.%n"
                    + "Maybe give it levels, leave it out with -layers, or quantize its activations"
                    + " at every checkpoint with -Q.",
                layer + 1));
      }
      analysis.requireAnalyzable(layerName(layer), architecture.layerSizes().get(layer));
    }
  }

  /** The same of layers that all have levels. */
  public TrajectoryAnalysis(
      Architecture architecture,
      TrainingSettings settings,
      List<Double> epochs,
      int repeats,
      List<Integer> layers,
      LayerAnalysis analysis) {
    this(architecture, settings, epochs, repeats, layers, analysis, Optional.empty());
  }

  /** The name of a layer: L1 for index 0. */
  public static String layerName(int layerIndex) {
    return "L" + (layerIndex + 1);
  }

  /**
   * How far one repeat has come: enough to go on bit for bit.
   *
   * @param repeat its number, from 1
   * @param checkpoint the last one analyzed
   * @param points what was found, by epoch and layer
   * @param warnings what makes it doubtful
   * @param note why it came to an early end; empty if it did not
   */
  public record Progress(
      int repeat,
      Checkpoint checkpoint,
      List<TrajectoryPoint> points,
      List<CheckpointWarning> warnings,
      String note)
      implements Serializable {
    private static final long serialVersionUID = 3350977420861152963L;

    /** Makes the lists immutable. */
    public Progress {
      points = List.copyOf(points);
      warnings = List.copyOf(warnings);
    }
  }

  /**
   * What networks are trained and tested on, and how all that is called.
   *
   * @param relation name of the training data
   * @param network the network as a command line, for the record
   * @param target name of the class
   * @param targetStates names of the classes
   * @param train training samples
   * @param test test samples, if there are any
   */
  public record Data(
      String relation,
      String network,
      String target,
      List<String> targetStates,
      Samples train,
      Optional<Samples> test)
      implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Makes the list immutable. */
    public Data {
      targetStates = List.copyOf(targetStates);
      requireNonNull(train, "train");
    }
  }

  /**
   * Trains and analyzes. Stopping (interrupting the calling thread) keeps what is done; the
   * interrupted status then remains.
   *
   * @param start how far repeats had come in an earlier run with the same settings and data
   * @param listener is told every checkpoint that has been analyzed, one at a time; of repeats that
   *     run elsewhere only the last
   * @throws IllegalArgumentException if there is too little memory for activations
   */
  public Trajectory run(
      Data data, List<Progress> start, Consumer<Progress> listener, Execution execution) {
    return run(data, 1, repeats, start, listener, execution);
  }

  /**
   * The same for some of the repeats, as one of several runs that share them.
   *
   * @param first number of the first repeat
   * @param last number of the last one
   */
  public Trajectory run(
      Data data,
      int first,
      int last,
      List<Progress> start,
      Consumer<Progress> listener,
      Execution execution) {
    requireMemory(data, Math.min(execution.threadCount(), last - first + 1));
    // Of training and test data the same, or they could not be compared.
    LayerAnalysis withHorizon =
        analysis.withHorizonOf(
            data.targetStates(),
            Stream.concat(Stream.of(data.train()), data.test().stream())
                .map(TrajectoryAnalysis::classWeights)
                .toList());
    Map<Integer, Progress> done = new ConcurrentHashMap<>();
    start.forEach(progress -> done.put(progress.repeat(), progress));
    double allEpochs = epochs.get(epochs.size() - 1) * (last - first + 1);
    DoubleAdder epochsDone = new DoubleAdder();
    start.forEach(progress -> epochsDone.add(progress.checkpoint().epoch()));
    boolean complete = true;
    Execution silent =
        execution.withProgressListener(fraction -> {}).withMessageListener(message -> {});
    Repeats.Watch watch =
        new Repeats.Watch(
            progress -> {
              done.put(progress.repeat(), progress);
              synchronized (done) {
                listener.accept(progress);
              }
            },
            trained -> {
              epochsDone.add(trained);
              execution.progress(Math.min(1, epochsDone.sum() / allEpochs));
            });
    try {
      silent.mapEach(
          new Repeats(this, data, Map.copyOf(done), withHorizon, watch),
          first,
          last - first + 1,
          (progress, repeat) -> {
            Progress known = done.put(repeat, progress);
            if (known == null || isMore(progress, known)) { // it comes from elsewhere
              double before = known == null ? 0 : known.checkpoint().epoch();
              epochsDone.add(progress.checkpoint().epoch() - before);
              listener.accept(progress);
              execution.progress(Math.min(1, epochsDone.sum() / allEpochs));
            }
          });
    } catch (CancellationException e) {
      complete = false;
    }
    return trajectory(data, done.values(), complete);
  }

  /** Says before training that layers cannot be analyzed. */
  private void requireMemory(Data data, int atATime) {
    List<Integer> without = NetworkLevels.without(architecture, layers);
    double units = without.stream().mapToDouble(architecture.layerSizes()::get).sum();
    int samples = Math.max(data.train().size(), data.test().map(Samples::size).orElse(0));
    double needed = units * samples * BYTES_PER_ACTIVATION * atATime;
    long available = Runtime.getRuntime().maxMemory();
    if (needed > MOST_MEMORY * available) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "The memory (%,d MB) must hold the activations of layers without levels: those of"
                  + " %,.0f units for %,d samples, of %s at a time, take %,.0f MB.%n"
                  + "Maybe start Java with more, use fewer threads, or leave out large layers.",
              available >> 20,
              units,
              samples,
              atATime == 1 ? "one repeat" : atATime + " repeats",
              needed / (1 << 20)));
    }
  }

  private static boolean isMore(Progress progress, Progress known) {
    return progress.points().size() > known.points().size()
        || !progress.note().equals(known.note());
  }

  private static double[] classWeights(Samples samples) {
    double[] weights = new double[samples.classCount()];
    for (int i = 0; i < samples.size(); i++) {
      weights[samples.label(i)] += samples.weight(i);
    }
    return weights;
  }

  /** What is known when repeats have come that far. */
  public Trajectory trajectory(Data data, Collection<Progress> progress, boolean complete) {
    List<Progress> ordered =
        progress.stream().sorted(Comparator.comparingInt(Progress::repeat)).toList();
    return new Trajectory(
        data.relation(),
        data.network(),
        repeats,
        ordered.stream().flatMap(one -> one.points().stream()).toList(),
        complete,
        Stream.concat(
                ordered.stream().map(Progress::note).filter(note -> !note.isEmpty()),
                CheckpointWarning.collected(
                    ordered.stream().flatMap(one -> one.warnings().stream()).toList(),
                    "at %d more checkpoints")
                    .stream())
            .toList());
  }

  /** The repeats as tasks, by their numbers: how far they have come in the end. */
  private static final class Repeats implements Job<Progress> {
    private static final long serialVersionUID = 1L;

    private final TrajectoryAnalysis how;
    private final Data data;
    private final Map<Integer, Progress> start;
    private final LayerAnalysis withHorizon;
    private final transient @Nullable Watch watch; // null elsewhere

    /** Hears how repeats go on, where they run in this Java machine. */
    private record Watch(Consumer<Progress> checkpoints, DoubleConsumer trained) {}

    Repeats(
        TrajectoryAnalysis how,
        Data data,
        Map<Integer, Progress> start,
        LayerAnalysis withHorizon,
        Watch watch) {
      this.how = how;
      this.data = data;
      this.start = start;
      this.withHorizon = withHorizon;
      this.watch = watch;
    }

    @Override
    public boolean hasLongTasks() {
      return true;
    }

    @Override
    public Progress run(int repeat, Execution execution) {
      AtomicReference<Progress> last = new AtomicReference<>(start.get(repeat));
      Watch here = watch == null ? new Watch(progress -> {}, trained -> {}) : watch;
      how.new Repeat(repeat, data, start.get(repeat), withHorizon, execution)
          .run(
              progress -> {
                last.set(progress);
                here.checkpoints.accept(progress);
              },
              here.trained);
      return requireNonNull(last.get());
    }
  }

  /** One training. */
  private final class Repeat {
    private final int repeat;
    private final Data data;
    private final LayerAnalysis withHorizon;
    private final Execution execution;
    private final Execution training; // on the threads that the other repeats leave
    private final Trainer trainer;
    private final List<TrajectoryPoint> points;
    private final List<CheckpointWarning> warnings;
    private final boolean ended;
    private @Nullable Map<Integer, List<LimitRule.Limits>> limitsOfFirst; // once they are needed

    Repeat(
        int repeat,
        Data data,
        @Nullable Progress start,
        LayerAnalysis withHorizon,
        Execution execution) {
      this.repeat = repeat;
      this.data = data;
      this.withHorizon = withHorizon;
      this.execution = execution;
      this.training = execution.withThreads(Math.max(1, execution.threadCount() / repeats));
      TrainingSettings own = settings.withSeed(settings.seed() + repeat - 1);
      this.trainer =
          start == null
              ? Trainer.start(architecture, data.train(), own)
              : Trainer.resume(start.checkpoint(), data.train(), own);
      this.points = start == null ? new ArrayList<>() : new ArrayList<>(start.points());
      this.warnings = start == null ? new ArrayList<>() : new ArrayList<>(start.warnings());
      this.ended = start != null && !start.note().isEmpty();
    }

    void run(Consumer<Progress> listener, DoubleConsumer trained) {
      if (ended) {
        return;
      }
      for (double epoch : epochs) {
        if (epoch < trainer.checkpoint().epoch() || isAnalyzed(epoch)) {
          continue;
        }
        try {
          while (trainer.checkpoint().epoch() < epoch) {
            double before = trainer.checkpoint().epoch();
            trainer.trainTo(epoch, training);
            trained.accept(trainer.checkpoint().epoch() - before);
          }
        } catch (DivergenceException e) {
          String note = "Repeat " + repeat + ": " + e.getMessage();
          listener.accept(progress(note));
          return;
        }
        analyze(trainer.checkpoint());
        listener.accept(progress(""));
      }
    }

    private Progress progress(String note) {
      return new Progress(repeat, trainer.checkpoint(), points, warnings, note);
    }

    private boolean isAnalyzed(double epoch) {
      return points.stream().anyMatch(point -> point.epoch() == epoch);
    }

    private void analyze(Checkpoint checkpoint) {
      Network network = checkpoint.network();
      Optional<NetworkLevels> levels = levels();
      Seen onTrain = see(network, data.train(), levels.map(NetworkLevels::ofTraining));
      Optional<Seen> onTest =
          data.test().map(samples -> see(network, samples, levels.map(one -> one.ofTest(samples))));
      List<LayerSummary> train = summaries(onTrain);
      Optional<List<LayerSummary>> test = onTest.map(this::summaries);
      for (int i = 0; i < layers.size(); i++) {
        points.add(
            new TrajectoryPoint(
                repeat,
                checkpoint.epoch(),
                onTrain.prediction.evaluation().loss(),
                onTrain.prediction.evaluation().accuracy(),
                onTest.map(one -> one.prediction.evaluation().accuracy()).orElse(Double.NaN),
                train.get(i),
                test.isPresent() ? test.get().get(i) : null));
        String name = layerName(layers.get(i));
        UnitLevels.warnings(onTrain.units(layers.get(i)))
            .forEach(
                text ->
                    warnings.add(
                        new CheckpointWarning(repeat, checkpoint.epoch(), name + ": " + text)));
      }
    }

    private Optional<NetworkLevels> levels() {
      return activationLevels.map(
          how ->
              new NetworkLevels(
                  rules(how),
                  architecture,
                  layers,
                  data.train(),
                  how.limitsOfFirst() ? Optional.of(limitsOfFirst(how)) : Optional.empty()));
    }

    private LevelRules rules(ActivationLevels how) {
      return how.rules().withSeed(how.rules().seed() + repeat - 1);
    }

    /** Those of the first checkpoint, which is trained once more where training goes on later. */
    private Map<Integer, List<LimitRule.Limits>> limitsOfFirst(ActivationLevels how) {
      Map<Integer, List<LimitRule.Limits>> known = limitsOfFirst;
      if (known == null) {
        Checkpoint first = trainer.checkpoint();
        if (first.epoch() != epochs.get(0)) {
          Trainer again =
              Trainer.start(
                  architecture, data.train(), settings.withSeed(settings.seed() + repeat - 1));
          while (again.checkpoint().epoch() < epochs.get(0)) {
            again.trainTo(epochs.get(0), training);
          }
          first = again.checkpoint();
        }
        NetworkLevels learning =
            new NetworkLevels(rules(how), architecture, layers, data.train(), Optional.empty());
        see(first.network(), data.train(), Optional.of(learning.ofTraining()));
        known = learning.limits();
        limitsOfFirst = known;
      }
      return known;
    }

    /** What a network makes of samples, and how activations became levels. */
    private record Seen(
        Network.Prediction prediction, Optional<NetworkLevels.Quantized> quantized) {
      List<UnitLevels> units(int layer) {
        return quantized.map(one -> one.units(layer)).orElse(List.of());
      }
    }

    private Seen see(
        Network network, Samples samples, Optional<NetworkLevels.Quantized> quantized) {
      Network.Prediction prediction =
          quantized.isPresent()
              ? network.predict(
                  layers, samples, analysis.weightMeaning(), quantized.get(), training)
              : network.predict(layers, samples, analysis.weightMeaning(), training);
      return new Seen(prediction, quantized);
    }

    private List<LayerSummary> summaries(Seen seen) {
      List<LayerSummary> found = new ArrayList<>();
      for (int i = 0; i < layers.size(); i++) {
        int layer = layers.get(i);
        String name = layerName(layer);
        LayerResult result =
            withHorizon.analyze(
                new Layer(
                    name,
                    Layer.numberedUnits(name, architecture.layerSizes().get(layer)),
                    data.target(),
                    data.targetStates(),
                    seen.units(layer),
                    List.of()),
                seen.prediction.layers().get(i),
                (grouping, value, step) -> {},
                execution);
        // An estimate that was stopped half-way would not be that of an uninterrupted run.
        execution.checkCanceled();
        found.add(result.summary());
      }
      return found;
    }
  }
}
