package weka.classifiers.functions;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import nnpid.execution.Execution;
import nnpid.network.Architecture;
import nnpid.network.Checkpoint;
import nnpid.network.CheckpointSchedule;
import nnpid.network.DivergenceException;
import nnpid.network.Epochs;
import nnpid.network.Layer;
import nnpid.network.Network;
import nnpid.network.OutputCode;
import nnpid.network.Samples;
import nnpid.network.Shape;
import nnpid.network.Trainer;
import nnpid.network.TrainingSettings;
import nnpid.weka.NetworkInputs;
import weka.core.Instance;
import weka.core.Instances;
import weka.core.logging.Logger;

/**
 * The model of a {@link QuantizedNetwork}: a network from its first, random weights through every
 * epoch of its training. It is in training until {@link #done}, and again after {@link #goOn}.
 */
final class NetworkTraining {
  private final NetworkInputs inputs;

  /** The state after the last complete epoch. */
  private Checkpoint state;

  private final List<Checkpoint> savedCheckpoints = new ArrayList<>();
  private final List<Network.Evaluation> evaluations = new ArrayList<>(); // one per checkpoint
  private String settingsText = "";
  private String divergence = "";

  // Only in training.
  private List<Double> schedule = List.of();
  private int lastEpoch;
  private Trainer trainer;
  private Execution execution = Execution.sequential();
  private Samples samples;

  /**
   * What the options say.
   *
   * @param layers the hidden layers
   * @param shape shape of the inputs; empty if they have none
   * @param execution how it is computed
   * @param epochs how many epochs to train from where it is
   * @param checkpoints the epochs whose weights are kept
   * @param scaling how inputs are scaled, for {@link NetworkInputs#learn}
   */
  record Plan(
      List<Layer> layers,
      Optional<Shape> shape,
      OutputCode output,
      TrainingSettings settings,
      int epochs,
      CheckpointSchedule checkpoints,
      String scaling,
      Execution execution) {

    /** The epochs whose weights are kept in training up to the last one. */
    private List<Double> checkpoints(int lastEpoch, int sampleCount) {
      return checkpoints.epochs(lastEpoch, settings.batchesPerEpoch(sampleCount));
    }

    private Architecture architecture(NetworkInputs inputs, Instances data) {
      int inputCount = inputs.inputCount();
      if (shape.isPresent() && shape.get().size() != inputCount) {
        throw new IllegalArgumentException(
            ("The shape (-shape %s) must have as many units as the data have inputs: %,d are not"
                    + " %,d.")
                .formatted(shape.get(), shape.get().size(), inputCount));
      }
      return new Architecture(
          shape.orElseGet(() -> new Shape(inputCount, 1, 1)), layers, output, data.numClasses());
    }

    private String describe() {
      return "Batches of %s, learning rate %s, momentum %s, decay %s, scaling %s, biases %s, seed %s"
          .formatted(
              settings.batchSize(),
              settings.learningRate(),
              settings.momentum(),
              settings.decay(),
              scaling,
              settings.biases(),
              settings.seed());
    }
  }

  private NetworkTraining(NetworkInputs inputs) {
    this.inputs = inputs;
  }

  /**
   * A random network, ready to be trained.
   *
   * @param data instances with a class
   */
  static NetworkTraining start(Instances data, Plan plan) throws Exception {
    NetworkTraining training =
        new NetworkTraining(NetworkInputs.learn(data, plan.scaling, plan.shape));
    Architecture architecture = plan.architecture(training.inputs, data);
    requireMemory(data, architecture, plan);
    Samples samples = training.samples(data);
    training.train(Trainer.start(architecture, samples, plan.settings), samples, plan);
    training.save();
    return training;
  }

  /** Says before training that it cannot end well. */
  private static void requireMemory(Instances data, Architecture architecture, Plan plan) {
    int checkpoints = plan.checkpoints(plan.epochs, data.numInstances()).size();
    long needed =
        Trainer.leastMemory(architecture, plan.settings, data.numInstances(), checkpoints);
    for (Instance instance : data) {
      needed += instance.numValues() * (long) (Double.BYTES + Character.BYTES);
    }
    long available = Runtime.getRuntime().maxMemory();
    if (needed > available) {
      long gigabytes = 1 + ((needed + needed / 4) >> 30);
      throw new IllegalArgumentException(
          ("The memory (%,d MB) must hold data, weights and %s checkpoints: together they take %,d"
                  + " MB or more.\n"
                  + "Maybe start Java with -Xmx%dg, or use smaller layers or fewer checkpoints.")
              .formatted(available >> 20, checkpoints, needed >> 20, gigabytes));
    }
  }

  /**
   * Makes the network ready to be trained further.
   *
   * @param data instances with a class
   * @throws IllegalArgumentException if attributes or layers are others; nothing has changed then
   */
  void goOn(Instances data, Plan plan) throws Exception {
    Samples nextSamples = samples(data);
    requireSameLayers(
        plan.architecture(inputs, data),
        "The layers (%s) must be those of the trained network (%s) to go on with its training.");
    train(Trainer.resume(state, nextSamples, plan.settings), nextSamples, plan);
  }

  private void train(Trainer by, Samples with, Plan plan) {
    trainer = by;
    samples = with;
    state = by.checkpoint();
    lastEpoch = Math.addExact(state.completeEpochs(), plan.epochs);
    execution = plan.execution;
    schedule = plan.checkpoints(lastEpoch, with.size());
    divergence = "";
    settingsText = plan.describe();
  }

  private void requireSameLayers(Architecture architecture, String message) {
    Architecture ours = state.network().architecture();
    if (!architecture.equals(ours)) {
      throw new IllegalArgumentException(
          message.formatted(architecture.description(), ours.description()));
    }
  }

  /** See {@link QuantizedNetwork#adopt}. */
  void adopt(Checkpoint checkpoint, Plan plan) {
    requireTraining();
    requireSameLayers(
        checkpoint.network().architecture(),
        "The layers of the checkpoint (%s) must be those of the network (%s).");
    trainer = Trainer.resume(checkpoint, samples, plan.settings);
    state = checkpoint;
    settingsText = plan.describe();
    savedCheckpoints.clear();
    evaluations.clear();
    save();
  }

  private void requireTraining() {
    if (trainer == null) {
      throw new IllegalStateException("Training must be initialized: call initializeClassifier.");
    }
  }

  /** See {@link QuantizedNetwork#next}. */
  boolean next() throws InterruptedException {
    requireTraining();
    if (!divergence.isEmpty() || state.epoch() >= lastEpoch) {
      return false;
    }
    Checkpoint before = state;
    int savedBefore = savedCheckpoints.size();
    try {
      trainEpoch();
    } catch (CancellationException e) {
      goBackTo(before, savedBefore);
      throw interrupted(e);
    } catch (DivergenceException e) {
      goBackTo(before, savedBefore);
      if (state.epoch() == 0) {
        throw e;
      }
      divergence = e.getMessage();
      Logger.log(Logger.Level.WARNING, "QuantizedNetwork: " + divergence);
      save();
    }
    return divergence.isEmpty() && state.epoch() < lastEpoch;
  }

  /** Rests where weights are kept within the epoch. */
  private void trainEpoch() {
    int end = state.completeEpochs() + 1;
    for (double epoch : schedule) {
      if (epoch > state.epoch() && epoch < end) {
        state = trainer.trainTo(epoch, execution);
        save();
      }
    }
    state = trainer.trainEpoch(execution);
    if (schedule.contains(state.epoch())) {
      save();
    }
  }

  /** An epoch counts as a whole or not at all. */
  private void goBackTo(Checkpoint before, int saved) {
    if (state != before) {
      state = before;
      trainer = trainer.at(before);
      savedCheckpoints.subList(saved, savedCheckpoints.size()).clear();
      evaluations.subList(saved, evaluations.size()).clear();
    }
  }

  private static InterruptedException interrupted(CancellationException e) {
    InterruptedException result = new InterruptedException("Training was interrupted.");
    result.initCause(e);
    return result;
  }

  /** Adds the state to the checkpoints, unless it is the last of them. */
  private void save() {
    int last = savedCheckpoints.size() - 1;
    if (last < 0 || savedCheckpoints.get(last).epoch() != state.epoch()) {
      Network.Evaluation evaluation = state.network().evaluate(samples, execution);
      savedCheckpoints.add(state);
      evaluations.add(evaluation);
    }
  }

  /** Ends training, and lets go of the data. */
  void done() {
    trainer = null;
    samples = null;
  }

  NetworkInputs inputs() {
    return inputs;
  }

  /** The network as it is now. */
  Network network() {
    return state.network();
  }

  List<Checkpoint> savedCheckpoints() {
    return List.copyOf(savedCheckpoints);
  }

  /** One for each checkpoint. */
  List<Network.Evaluation> evaluations() {
    return List.copyOf(evaluations);
  }

  Samples samples(Instances data) throws Exception {
    try {
      return inputs.samples(data);
    } catch (CancellationException e) {
      throw interrupted(e);
    }
  }

  /** What is saved of it. */
  QuantizedNetwork.Content content(List<String> options, boolean resumable) {
    return new QuantizedNetwork.Content(
        options, inputs, state, resumable, savedCheckpoints, evaluations, settingsText, divergence);
  }

  /** What was saved, with a model. */
  static NetworkTraining of(QuantizedNetwork.Content content) {
    NetworkTraining training = new NetworkTraining(content.inputs());
    training.state = content.state();
    training.savedCheckpoints.addAll(content.savedCheckpoints());
    training.evaluations.addAll(content.evaluations());
    training.settingsText = content.settingsText();
    training.divergence = content.divergence();
    return training;
  }

  /** Architecture, settings, and loss and accuracy at the checkpoints. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    text.append("Quantized network ").append(state.network().architecture().description());
    text.append('\n').append(settingsText).append("\n\n");
    text.append(state.network().architecture().outputCode().lossName())
        .append(", in training (stochastic rounding, over the epoch) and in prediction")
        .append(" (nearest level, after it)\n\n");
    text.append("   Epoch  Training loss  Prediction loss  Accuracy\n");
    for (int i = 0; i < savedCheckpoints.size(); i++) {
      Checkpoint checkpoint = savedCheckpoints.get(i);
      text.append(
          String.format(
              Locale.ROOT,
              "%8s %14s %16.4f %9.4f\n",
              Epochs.text(checkpoint.epoch()),
              checkpoint.epoch() == 0
                  ? "-"
                  : String.format(Locale.ROOT, "%.4f", checkpoint.trainingLoss()),
              evaluations.get(i).loss(),
              evaluations.get(i).accuracy()));
    }
    if (!divergence.isEmpty()) {
      text.append("\nStopped, the model is that of epoch ")
          .append(Epochs.text(state.epoch()))
          .append(". ");
      text.append(divergence).append('\n');
    }
    return text.toString();
  }
}
