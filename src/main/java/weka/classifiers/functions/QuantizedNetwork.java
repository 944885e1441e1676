package weka.classifiers.functions;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamField;
import java.io.Serializable;
import java.util.Enumeration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import nnpid.command.SchemeCommand;
import nnpid.execution.Execution;
import nnpid.network.Activation;
import nnpid.network.Checkpoint;
import nnpid.network.CheckpointSchedule;
import nnpid.network.ForwardPass;
import nnpid.network.InitialBiases;
import nnpid.network.Layer;
import nnpid.network.LayerList;
import nnpid.network.Network;
import nnpid.network.OutputCode;
import nnpid.network.Samples;
import nnpid.network.Shape;
import nnpid.network.TrainingSettings;
import nnpid.weka.Citation;
import nnpid.weka.EnumEditor;
import nnpid.weka.NetworkClassifier;
import nnpid.weka.NetworkInputs;
import nnpid.weka.SchemeOptions;
import nnpid.weka.UnitQuantizer;
import weka.classifiers.AbstractClassifier;
import weka.core.Capabilities;
import weka.core.Capabilities.Capability;
import weka.core.Instance;
import weka.core.Instances;
import weka.core.Option;
import weka.core.OptionMetadata;
import weka.core.RevisionUtils;
import weka.core.TechnicalInformation;
import weka.core.TechnicalInformationHandler;
import weka.core.Utils;
import weka.core.WeightedInstancesHandler;

/**
 * Feed-forward network whose hidden activations are quantized, during training already.
 *
 * <p>In training, activations are rounded stochastically and gradients pass straight through; in
 * prediction they are rounded to the nearest level. Some epochs are kept as checkpoints, always the
 * random network of epoch 0 and the last one, which predicts: {@link #savedCheckpoints()}.
 *
 * <p>If the loss becomes infinite or NaN, training ends with a message and the network of the epoch
 * before is the model; {@link #toString()} says so. If that happens in the very first epoch there
 * is no model but an exception.
 *
 * <p>With {@code -resume} the trained model can be trained further: {@link #initializeClassifier}
 * then goes on where training stopped, for another {@code -N} epochs, and the result is bit for bit
 * that of a single run over all epochs. {@link #buildClassifier} always starts anew.
 *
 * @see <a href="https://arxiv.org/abs/2209.10438">Ehrlich, Schneider, Priesemann, Wibral and Makkeh
 *     (2023)</a>
 */
public class QuantizedNetwork extends AbstractClassifier
    implements NetworkClassifier, TechnicalInformationHandler, WeightedInstancesHandler {

  private static final long serialVersionUID = 2964075883450127726L;

  @SuppressWarnings("UnusedVariable") // Java reads it
  private static final ObjectStreamField[] serialPersistentFields = SavedNetwork.fields();

  static {
    EnumEditor.register(List.of(Activation.class, InitialBiases.class, OutputCode.class));
  }

  private DenseLayers dense = DenseLayers.DEFAULT;
  private int epochs = 1000;
  private TrainingSettings settings = TrainingSettings.defaults();
  private OutputCode output = OutputCode.ONE_HOT;
  private String checkpoints = "log:10";
  private String scaling = "unit";
  private String layerList = "";
  private String shape = "";
  private int threads = 1;
  private boolean resume;

  /** The model; options changed since do not count. Null before training. */
  private NetworkTraining training;

  /** Whether {@link #initializeClassifier} goes on with the model. */
  private boolean resumable;

  /** All that is saved. */
  record Content(
      List<String> options,
      NetworkInputs inputs,
      Checkpoint state,
      boolean resumable,
      List<Checkpoint> savedCheckpoints,
      List<Network.Evaluation> evaluations,
      String settingsText,
      String divergence)
      implements Serializable {
    private static final long serialVersionUID = 5093410238776152094L;

    Content {
      options = List.copyOf(options);
      savedCheckpoints = List.copyOf(savedCheckpoints);
      evaluations = List.copyOf(evaluations);
    }

    /** What is saved where there is no model. */
    static Content untrained(List<String> options, boolean resumable) {
      return new Content(options, null, null, resumable, List.of(), List.of(), "", "");
    }
  }

  private void writeObject(ObjectOutputStream out) throws IOException {
    List<String> options = List.of(getOptions());
    Content content =
        training == null
            ? Content.untrained(options, resumable)
            : training.content(options, resumable);
    SavedNetwork.write(out, content);
  }

  /** Reads, whoever reads: also where Weka opens a model, nothing else is accepted. */
  private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
    Content content = SavedNetwork.read(in, SchemeOptions.inherited(this));
    List<String> saved = SavedNetwork.withAllOptions(content.options());
    settings = TrainingSettings.defaults(); // which Java has not set
    dense = DenseLayers.DEFAULT;
    try {
      setOptions(saved.toArray(String[]::new));
    } catch (Exception e) {
      // Weka declares Exception.
      throw SavedNetwork.damaged(e);
    }
    // Some fields of the superclass have no option while they have their defaults.
    if (!saved.equals(List.of(getOptions()))) {
      throw new InvalidObjectException("its options are not those that were saved");
    }
    training = content.state() == null ? null : NetworkTraining.of(content);
    resumable = content.resumable();
  }

  public String globalInfo() {
    return "Feed-forward network whose hidden activations are quantized into a few levels, during"
        + " training already: stochastic rounding with straight-through gradients in training, the"
        + " nearest level in prediction. Fully connected layers, convolution and max pooling before"
        + " them, softmax or binary-coded outputs, mini-batch gradient descent. Nominal attributes become indicators, missing values means"
        + " or modes. Keeps the weights at chosen epochs, so that the information in the hidden"
        + " layers can be followed over training.\n\n"
        + "For more information see:\n\n"
        + getTechnicalInformation();
  }

  @Override
  public TechnicalInformation getTechnicalInformation() {
    return Citation.REPRESENTATIONAL_COMPLEXITY.technicalInformation();
  }

  @Override
  public Capabilities getCapabilities() {
    Capabilities result = super.getCapabilities();
    result.disableAll();
    result.enable(Capability.NOMINAL_ATTRIBUTES);
    result.enable(Capability.NUMERIC_ATTRIBUTES);
    result.enable(Capability.DATE_ATTRIBUTES);
    result.enable(Capability.MISSING_VALUES);
    result.enable(Capability.NOMINAL_CLASS);
    result.enable(Capability.MISSING_CLASS_VALUES);
    return result;
  }

  @Override
  public Enumeration<Option> listOptions() {
    return SchemeOptions.list(this);
  }

  /** Sets all options; those not given get their default. */
  @Override
  public void setOptions(String[] options) throws Exception {
    SchemeOptions.set(this, options);
    Utils.checkForRemainingOptions(options);
  }

  @Override
  public String[] getOptions() {
    return SchemeOptions.get(this);
  }

  @OptionMetadata(
      displayName = "Hidden layers",
      description =
          "Number of units of every hidden layer, from the inputs to the outputs, with commas"
              + " between them, such as 50,10,5,5,5.",
      commandLineParamName = "H",
      commandLineParamSynopsis = "units1,units2,...",
      displayOrder = 1)
  public String getHiddenLayers() {
    return dense.units();
  }

  public void setHiddenLayers(String hiddenLayers) {
    dense = dense.withUnits(hiddenLayers);
  }

  @OptionMetadata(
      displayName = "Levels",
      description =
          "Number of levels of the hidden activations, 0 for none: one number for all hidden"
              + " layers, or a list with one for each.",
      commandLineParamName = "L",
      commandLineParamSynopsis = "number|levels1,levels2,...",
      displayOrder = 2)
  public String getLevels() {
    return dense.levels();
  }

  public void setLevels(String levels) {
    dense = dense.withLevels(levels);
  }

  @OptionMetadata(
      displayName = "Number of epochs",
      description =
          "Number of epochs: how often training goes through all instances. 0 leaves the network"
              + " random.",
      commandLineParamName = "N",
      displayOrder = 3)
  public int getEpochs() {
    return epochs;
  }

  public void setEpochs(int epochs) {
    if (epochs < 0) {
      throw new IllegalArgumentException(
          "The number of epochs (%s) must not be negative.".formatted(epochs));
    }
    this.epochs = epochs;
  }

  @OptionMetadata(
      displayName = "Mini-batch size",
      description = "Number of instances per training step (mini-batch).",
      commandLineParamName = "B",
      displayOrder = 4)
  public int getMiniBatchSize() {
    return settings.batchSize();
  }

  public void setMiniBatchSize(int miniBatchSize) {
    settings = settings.withBatchSize(miniBatchSize);
  }

  @OptionMetadata(
      displayName = "Learning rate",
      description = "Learning rate: the step along the mean gradient of a mini-batch.",
      commandLineParamName = "R",
      displayOrder = 5)
  public double getLearningRate() {
    return settings.learningRate();
  }

  public void setLearningRate(double learningRate) {
    settings = settings.withLearningRate(learningRate);
  }

  @OptionMetadata(
      displayName = "Momentum",
      description =
          "Share of the previous training step that is added to the next, from 0 to below 1.",
      commandLineParamName = "M",
      displayOrder = 6)
  public double getMomentum() {
    return settings.momentum();
  }

  public void setMomentum(double momentum) {
    settings = settings.withMomentum(momentum);
  }

  @OptionMetadata(
      displayName = "Decay",
      description = "Decay d of the learning rate r: epoch e learns with r / (1 + d (e - 1)).",
      commandLineParamName = "decay",
      displayOrder = 7)
  public double getDecay() {
    return settings.decay();
  }

  public void setDecay(double decay) {
    settings = settings.withDecay(decay);
  }

  @OptionMetadata(
      displayName = "Activation",
      description =
          "Activation function of the hidden units. Levels lie between -1 and 1 (tanh, hard-tanh),"
              + " 0 and 1 (sigmoid), or 0 and 4 (relu); there are none for linear units.",
      commandLineParamName = "A",
      displayOrder = 8)
  public Activation getActivation() {
    return dense.activation();
  }

  public void setActivation(Activation activation) {
    dense = dense.withActivation(activation);
  }

  @OptionMetadata(
      displayName = "Output",
      description =
          "Outputs and loss: one unit per class with softmax and cross-entropy (softmax), or one"
              + " per binary digit of the index of the class with sigmoid, and cross-entropy"
              + " (binary) or the mean squared error (binary-mse).",
      commandLineParamName = "output",
      displayOrder = 9)
  public OutputCode getOutput() {
    return output;
  }

  public void setOutput(OutputCode output) {
    this.output = requireNonNull(output, "output");
  }

  @OptionMetadata(
      displayName = "Checkpoints",
      description =
          "Epochs whose weights are kept, besides the first and the last. log:30 is for 30 at equal"
              + " ratios from 1 to the last, log:0.01:30 for 30 from 0.01 on, a list such as"
              + " 0.1,1,10,100, or none. Fractions are rounded to whole mini-batches.",
      commandLineParamName = "checkpoints",
      commandLineParamSynopsis = "log:n|log:first:n|epoch1,epoch2,...",
      displayOrder = 10)
  public String getCheckpoints() {
    return checkpoints;
  }

  public void setCheckpoints(String checkpoints) {
    this.checkpoints = CheckpointSchedule.parse(checkpoints).toString();
  }

  @OptionMetadata(
      displayName = "Scaling",
      description =
          "Scaling of the inputs: none; unit (from 0 to 1 in the training data, keeps zeros fast if"
              + " nothing is negative); symmetric (from -1 to 1); standardize (mean 0, standard"
              + " deviation 1); standardize-channels (the same for all inputs of a channel"
              + " together); or a number by which all are divided, such as 256 for pixels.",
      commandLineParamName = "scaling",
      commandLineParamSynopsis = "none|unit|symmetric|standardize|standardize-channels|number",
      displayOrder = 11)
  public String getScaling() {
    return scaling;
  }

  public void setScaling(String scaling) {
    NetworkInputs.requireScaling(scaling.trim());
    this.scaling = scaling.trim();
  }

  @Override
  @OptionMetadata(
      displayName = "Resume",
      description =
          "Whether to keep what is needed to train the model further, by the number of epochs.",
      commandLineParamName = "resume",
      commandLineParamIsFlag = true,
      displayOrder = 12)
  public boolean getResume() {
    return resume;
  }

  @Override
  public void setResume(boolean resume) {
    this.resume = resume;
  }

  @Override
  @OptionMetadata(
      displayName = "Seed",
      description =
          "Seed of the initial weights, the order of the instances and the stochastic rounding.",
      commandLineParamName = "S",
      displayOrder = 13)
  public int getSeed() {
    return (int) settings.seed();
  }

  @Override
  public void setSeed(int seed) {
    settings = settings.withSeed(seed);
  }

  @OptionMetadata(
      displayName = "Initial biases",
      description =
          "What biases are before training: uniform within +-1/sqrt(inputs of the unit), as in the"
              + " networks of the paper, or zero.",
      commandLineParamName = "biases",
      displayOrder = 14)
  public InitialBiases getInitialBiases() {
    return settings.biases();
  }

  public void setInitialBiases(InitialBiases initialBiases) {
    settings = settings.withBiases(requireNonNull(initialBiases, "initialBiases"));
  }

  @OptionMetadata(
      displayName = "List of layers",
      description =
          "Hidden layers one by one, in place of -H, -L and -A, where they are not all dense and"
              + " alike: \"conv 32 k3 p1 relu, maxpool 2, dense 128 tanh q8\" is a convolution of"
              + " 32 channels, kernel 3 x 3 and padding 1 (a stride would be s2), max pooling of 2 x"
              + " 2, and 128 units with 8 levels. Within a layer there may be colons in place of"
              + " blanks. A layer without q is not quantized.",
      commandLineParamName = "layers-spec",
      commandLineParamSynopsis = "layer, layer, ...",
      displayOrder = 15)
  public String getLayerList() {
    return layerList;
  }

  public void setLayerList(String layerList) {
    this.layerList =
        layerList.isBlank() ? "" : LayerList.toString(LayerList.parse(layerList.trim()));
  }

  @OptionMetadata(
      displayName = "Shape",
      description =
          "Shape of the inputs, for convolution and for scaling by channel: channels, rows and"
              + " columns, such as 3x32x32. Attributes are in this order, the columns of a row"
              + " following each other.",
      commandLineParamName = "shape",
      commandLineParamSynopsis = "CxHxW",
      displayOrder = 16)
  public String getShape() {
    return shape;
  }

  public void setShape(String shape) {
    this.shape = shape.isBlank() ? "" : Shape.parse(shape).toString();
  }

  @OptionMetadata(
      displayName = "Threads",
      description =
          "Number of threads for the layers of many weights, 0 for as many as there are"
              + " processors. The result does not depend on it.",
      commandLineParamName = "num-slots",
      displayOrder = 17)
  public int getThreads() {
    return threads;
  }

  public void setThreads(int threads) {
    Execution.requireThreadCount(threads);
    this.threads = threads;
  }

  private NetworkTraining.Plan plan() {
    return new NetworkTraining.Plan(
        layerList(),
        shape.isEmpty() ? Optional.empty() : Optional.of(Shape.parse(shape)),
        output,
        settings,
        epochs,
        CheckpointSchedule.parse(checkpoints),
        scaling,
        Execution.ofThreads(threads));
  }

  @Override
  public List<Layer> layerList() {
    if (layerList.isEmpty()) {
      return dense.layers();
    }
    if (!dense.equals(DenseLayers.DEFAULT)) {
      throw new IllegalArgumentException(
          ("The list of layers (-layers-spec %s) must not be given together with -H, -L or -A: it"
                  + " has units, levels and activation of every layer.")
              .formatted(layerList));
    }
    return LayerList.parse(layerList);
  }

  /** Trains a new network. */
  @Override
  public void buildClassifier(Instances data) throws Exception {
    resumable = false;
    initializeClassifier(data);
    while (next()) {
      // next() does the work
    }
    done();
  }

  /**
   * Prepares {@code -N} epochs of training: of a new network, or of this one if it was trained with
   * {@code -resume}.
   *
   * @throws IllegalArgumentException if training is to go on with other attributes or layers
   */
  @Override
  public void initializeClassifier(Instances data) throws Exception {
    if (!getDoNotCheckCapabilities()) {
      UnitQuantizer.requireAttributes(getCapabilities(), data);
    }
    getCapabilities().testWithFail(data);
    Instances labeled = data;
    if (data.attributeStats(data.classIndex()).missingCount > 0) {
      labeled = new Instances(data);
      labeled.deleteWithMissingClass();
    }
    if (resumable && training != null) {
      training.goOn(labeled, plan());
    } else {
      training = NetworkTraining.start(labeled, plan());
    }
    resumable = resume;
  }

  @Override
  public TrainingSettings settings() {
    return settings;
  }

  @Override
  public List<Double> checkpointEpochs(int sampleCount) {
    return CheckpointSchedule.parse(checkpoints)
        .epochs(epochs, settings.batchesPerEpoch(sampleCount));
  }

  @Override
  public void adopt(Checkpoint checkpoint) {
    model().adopt(checkpoint, plan());
  }

  /**
   * Trains for one epoch, or for the rest of one.
   *
   * @return whether there are more to come
   * @throws IllegalStateException if {@link #initializeClassifier} has not been called
   * @throws InterruptedException if the thread is interrupted; the epoch then does not count
   */
  @Override
  public boolean next() throws Exception {
    return model().next();
  }

  /** Ends training, for good unless the model is to be resumed. */
  @Override
  public void done() {
    if (training != null) {
      training.done();
    }
    resumable = resume;
  }

  @Override
  public double[] distributionForInstance(Instance instance) throws Exception {
    return forward(instance).classProbabilities();
  }

  @Override
  public ForwardPass forward(Instance instance) throws Exception {
    return network().forward(training.inputs().inputs(instance));
  }

  @Override
  public ForwardPass forward(Instance instance, SplittableRandom random) throws Exception {
    return network().forward(random, training.inputs().inputs(instance));
  }

  /**
   * Hidden activations, levels and class probabilities of an instance at a checkpoint.
   *
   * @param checkpoint one of {@link #savedCheckpoints()}
   */
  public ForwardPass forward(Instance instance, Checkpoint checkpoint) throws Exception {
    return checkpoint.network().forward(model().inputs().inputs(instance));
  }

  @Override
  public Network network() {
    return model().network();
  }

  /** The checkpoints, by ascending epoch: from the random network to the last state. */
  public List<Checkpoint> savedCheckpoints() {
    return training == null ? List.of() : training.savedCheckpoints();
  }

  /** Loss and accuracy in predicting the training data, for each of {@link #savedCheckpoints()}. */
  public List<Network.Evaluation> trainingEvaluations() {
    return training == null ? List.of() : training.evaluations();
  }

  @Override
  public Samples samples(Instances data) throws Exception {
    return model().samples(data);
  }

  @Override
  public Instances header() {
    return model().inputs().header();
  }

  private NetworkTraining model() {
    if (training == null) {
      throw new IllegalStateException("There must be a model: call buildClassifier first.");
    }
    return training;
  }

  /** Architecture, settings, and loss and accuracy at the checkpoints. */
  @Override
  public String toString() {
    return training == null ? "Quantized network: no model built yet.\n" : training.toString();
  }

  @Override
  public String getRevision() {
    return RevisionUtils.extract("$Revision: 1 $");
  }

  /** Trains and evaluates on files; errors are sentences. */
  @Override
  public void run(Object classifier, String[] options) {
    SchemeCommand.run((QuantizedNetwork) classifier, options);
  }

  /** Trains and evaluates from the command line; option {@code -h} lists the options. */
  public static void main(String[] args) {
    QuantizedNetwork network = new QuantizedNetwork();
    network.run(network, args);
  }
}
