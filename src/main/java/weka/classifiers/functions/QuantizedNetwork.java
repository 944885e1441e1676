package weka.classifiers.functions;

import static java.util.Objects.requireNonNull;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamField;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import nnpid.command.SchemeCommand;
import nnpid.network.Activation;
import nnpid.network.Architecture;
import nnpid.network.Checkpoint;
import nnpid.network.CheckpointSchedule;
import nnpid.network.ForwardPass;
import nnpid.network.Network;
import nnpid.network.OutputCode;
import nnpid.network.Samples;
import nnpid.network.TrainingSettings;
import nnpid.weka.Citation;
import nnpid.weka.EnumEditor;
import nnpid.weka.NetworkClassifier;
import nnpid.weka.NetworkInputs;
import nnpid.weka.SchemeOptions;
import nnpid.weka.SealedObject;
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

  private static final Set<String> PARTS_OF_MODEL =
      Set.of(
          Content.class.getName(),
          NetworkInputs.class.getName(),
          "weka.core.Attribute",
          "weka.core.AttributeLocator",
          "weka.core.AttributeMetaInfo",
          "weka.core.DateAttributeInfo",
          "weka.core.Instances",
          "weka.core.NominalAttributeInfo",
          "weka.core.ProtectedProperties",
          "weka.core.Queue",
          "weka.core.Range",
          "weka.core.RelationalLocator",
          "weka.core.StringLocator",
          "weka.filters.Filter",
          "weka.filters.unsupervised.attribute.NominalToBinary",
          "weka.filters.unsupervised.attribute.PotentialClassIgnorer",
          "weka.filters.unsupervised.attribute.ReplaceMissingValues");

  /** The whole model is saved as one sealed object; the other fields are those of old models. */
  private static final String SEALED_FIELD = "sealed";

  @SuppressWarnings("UnusedVariable") // Java reads it
  private static final ObjectStreamField[] serialPersistentFields = {
    new ObjectStreamField("hiddenLayers", String.class),
    new ObjectStreamField("levels", String.class),
    new ObjectStreamField("epochs", int.class),
    new ObjectStreamField("miniBatchSize", int.class),
    new ObjectStreamField("learningRate", double.class),
    new ObjectStreamField("momentum", double.class),
    new ObjectStreamField("decay", double.class),
    new ObjectStreamField("activation", Activation.class),
    new ObjectStreamField("output", OutputCode.class),
    new ObjectStreamField("checkpoints", String.class),
    new ObjectStreamField("scaling", String.class),
    new ObjectStreamField("resume", boolean.class),
    new ObjectStreamField("seed", int.class),
    new ObjectStreamField("inputs", NetworkInputs.class),
    new ObjectStreamField("state", Checkpoint.class),
    new ObjectStreamField("resumable", boolean.class),
    new ObjectStreamField("savedCheckpoints", List.class),
    new ObjectStreamField("evaluations", List.class),
    new ObjectStreamField("settingsText", String.class),
    new ObjectStreamField("divergence", String.class),
    new ObjectStreamField("schedule", List.class),
    new ObjectStreamField("lastEpoch", int.class),
    new ObjectStreamField(SEALED_FIELD, byte[].class)
  };

  static {
    EnumEditor.register(List.of(Activation.class, OutputCode.class));
  }

  private String hiddenLayers = "50,10,5,5,5";
  private String levels = "8";
  private int epochs = 1000;
  private TrainingSettings settings = TrainingSettings.defaults();
  private Activation activation = Activation.TANH;
  private OutputCode output = OutputCode.ONE_HOT;
  private String checkpoints = "log:10";
  private String scaling = "unit";
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
      String divergence,
      List<Integer> schedule,
      int lastEpoch)
      implements Serializable {
    private static final long serialVersionUID = 5093410238776152094L;

    Content {
      options = List.copyOf(options);
      savedCheckpoints = List.copyOf(savedCheckpoints);
      evaluations = List.copyOf(evaluations);
      schedule = List.copyOf(schedule);
    }

    /** What is saved where there is no model. */
    static Content untrained(List<String> options, boolean resumable) {
      return new Content(
          options, null, null, resumable, List.of(), List.of(), "", "", List.of(), 0);
    }

    /** Whether all parts belong to one model. */
    boolean isConsistent() {
      if (settingsText == null || divergence == null) {
        return false;
      }
      if (state == null) {
        return savedCheckpoints.isEmpty() && evaluations.isEmpty();
      }
      Architecture architecture = state.network().architecture();
      for (Checkpoint checkpoint : savedCheckpoints) {
        if (!checkpoint.network().architecture().equals(architecture)) {
          return false;
        }
      }
      for (Network.Evaluation evaluation : evaluations) {
        Objects.requireNonNull(evaluation);
      }
      for (int epoch : schedule) {
        if (epoch < 0) {
          return false;
        }
      }
      return inputs != null
          && inputs.inputCount() == architecture.inputCount()
          && inputs.header().numClasses() == architecture.classCount()
          && evaluations.size() == savedCheckpoints.size();
    }
  }

  private void writeObject(ObjectOutputStream out) throws IOException {
    List<String> options = List.of(getOptions());
    Content content =
        training == null
            ? Content.untrained(options, resumable)
            : training.content(options, resumable);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    SealedObject.write(bytes, content);
    out.putFields().put(SEALED_FIELD, bytes.toByteArray());
    out.writeFields();
  }

  /** Reads, whoever reads: also where Weka opens a model, nothing else is accepted. */
  private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
    ObjectInputStream.GetField fields = in.readFields();
    Content content;
    if (fields.get(SEALED_FIELD, null) instanceof byte[] bytes) {
      try {
        content =
            SealedObject.read(
                () -> new ByteArrayInputStream(bytes),
                bytes.length,
                Content.class,
                QuantizedNetwork::isPartOfModel);
      } catch (IOException e) {
        throw invalid(e);
      }
    } else {
      content = oldContent(fields);
    }
    try {
      if (!content.isConsistent()) {
        throw new InvalidObjectException(
            "its layers, inputs and checkpoints do not fit each other");
      }
      settings = TrainingSettings.defaults(); // which Java has not set
      setOptions(content.options().toArray(String[]::new));
      // Some fields of the superclass have no option while they have their defaults.
      if (!content.options().equals(List.of(getOptions()))) {
        throw new InvalidObjectException("its options are not those that were saved");
      }
    } catch (InvalidObjectException e) {
      throw e;
    } catch (Exception e) {
      // Weka declares Exception; parts of another type are found here, too.
      throw invalid(e);
    }
    training = content.state() == null ? null : NetworkTraining.of(content);
    resumable = content.resumable();
  }

  private static InvalidObjectException invalid(Exception e) {
    InvalidObjectException result =
        new InvalidObjectException("the network in it is damaged: " + e.getMessage());
    result.initCause(e);
    return result;
  }

  /** Of networks, and of the filters and attributes of Weka that prepare their inputs. */
  private static boolean isPartOfModel(String className) {
    return className.startsWith("nnpid.network.") || PARTS_OF_MODEL.contains(className);
  }

  /** Of a model that was saved before models were sealed. */
  private Content oldContent(ObjectInputStream.GetField fields)
      throws IOException, ClassNotFoundException {
    try {
      List<String> options = new ArrayList<>();
      Collections.addAll(options, "-H", "" + fields.get("hiddenLayers", null));
      Collections.addAll(options, "-L", "" + fields.get("levels", null));
      Collections.addAll(options, "-N", "" + fields.get("epochs", 0));
      Collections.addAll(options, "-B", "" + fields.get("miniBatchSize", 0));
      Collections.addAll(options, "-R", "" + fields.get("learningRate", 0.0));
      Collections.addAll(options, "-M", "" + fields.get("momentum", 0.0));
      Collections.addAll(options, "-decay", "" + fields.get("decay", 0.0));
      Collections.addAll(options, "-A", "" + fields.get("activation", null));
      Collections.addAll(options, "-output", "" + fields.get("output", null));
      Collections.addAll(options, "-checkpoints", "" + fields.get("checkpoints", null));
      Collections.addAll(options, "-scaling", "" + fields.get("scaling", null));
      if (fields.get("resume", false)) {
        options.add("-resume");
      }
      Collections.addAll(options, "-S", "" + fields.get("seed", 0));
      options.addAll(SchemeOptions.inherited(this));
      return new Content(
          options,
          (NetworkInputs) fields.get("inputs", null),
          (Checkpoint) fields.get("state", null),
          fields.get("resumable", false),
          list(fields, "savedCheckpoints", Checkpoint.class),
          list(fields, "evaluations", Network.Evaluation.class),
          (String) fields.get("settingsText", null),
          (String) fields.get("divergence", null),
          list(fields, "schedule", Integer.class),
          fields.get("lastEpoch", 0));
    } catch (RuntimeException e) {
      throw invalid(e);
    }
  }

  private static <T> List<T> list(
      ObjectInputStream.GetField fields, String name, Class<T> elementType)
      throws IOException, ClassNotFoundException {
    return ((List<?>) fields.get(name, null)).stream().map(elementType::cast).toList();
  }

  public String globalInfo() {
    return "Feed-forward network whose hidden activations are quantized into a few levels, during"
        + " training already: stochastic rounding with straight-through gradients in training, the"
        + " nearest level in prediction. Fully connected layers, softmax or binary-coded outputs,"
        + " mini-batch gradient descent. Nominal attributes become indicators, missing values means"
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

  /**
   * Sets all options; those not given get their default.
   *
   * @throws IllegalArgumentException if the value of an option is not valid
   * @throws Exception if there are unknown options
   */
  @Override
  public void setOptions(String[] options) throws Exception {
    SchemeOptions.set(this, options);
    Utils.checkForRemainingOptions(options);
  }

  @Override
  public String[] getOptions() {
    return SchemeOptions.get(this);
  }

  private static List<Integer> parseList(String noun, String text, String example) {
    try {
      return Arrays.stream(text.split(",", -1)).map(part -> Integer.valueOf(part.trim())).toList();
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "The %s (%s) must be whole numbers with commas between them.\nMaybe use %s."
              .formatted(noun, text, example),
          e);
    }
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
    return hiddenLayers;
  }

  /**
   * Sets the units of the hidden layers, with commas between them.
   *
   * @throws IllegalArgumentException if it is not a list of positive integers
   */
  public void setHiddenLayers(String hiddenLayers) {
    for (int size : layerSizes(hiddenLayers)) {
      if (size < 1) {
        throw new IllegalArgumentException(
            "The hidden layers (%s) must have at least 1 unit each: one has %s."
                .formatted(hiddenLayers, size));
      }
    }
    this.hiddenLayers = hiddenLayers.trim();
  }

  private static List<Integer> layerSizes(String text) {
    return parseList("hidden layers", text, "50,10,5,5,5");
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
    return levels;
  }

  /**
   * Sets the number of levels for all hidden layers, or one for each with commas between them.
   *
   * @throws IllegalArgumentException if it is not a list of integers that are 0 or at least 2
   */
  public void setLevels(String levels) {
    for (int levelCount : levelCounts(levels)) {
      if (levelCount != 0 && levelCount < 2) {
        throw new IllegalArgumentException(
            ("The levels (%s) must be at least 2, or 0 for none: %s cannot be a number of levels.\n"
                    + "Maybe use 8.")
                .formatted(levels, levelCount));
      }
    }
    this.levels = levels.trim();
  }

  private static List<Integer> levelCounts(String text) {
    return parseList("levels", text, "8");
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

  /**
   * Sets the number of epochs.
   *
   * @throws IllegalArgumentException if it is negative
   */
  public void setEpochs(int epochs) {
    if (epochs < 0) {
      throw new IllegalArgumentException(
          "The number of epochs (%s) must not be negative.".formatted(epochs));
    }
    this.epochs = epochs;
  }

  @OptionMetadata(
      displayName = "Batch size",
      description = "Number of instances per training step (mini-batch).",
      commandLineParamName = "B",
      displayOrder = 4)
  public int getMiniBatchSize() {
    return settings.batchSize();
  }

  /**
   * Sets the number of instances per training step.
   *
   * @throws IllegalArgumentException if it is not positive
   */
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

  /**
   * Sets the learning rate.
   *
   * @throws IllegalArgumentException if it is not positive and finite
   */
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

  /**
   * Sets the momentum.
   *
   * @throws IllegalArgumentException if it is negative or not less than 1
   */
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

  /**
   * Sets the decay of the learning rate.
   *
   * @throws IllegalArgumentException if it is negative or not finite
   */
  public void setDecay(double decay) {
    settings = settings.withDecay(decay);
  }

  @OptionMetadata(
      displayName = "Activation",
      description =
          "Activation function of the hidden units. Levels lie between -1 and 1 (tanh, hard-tanh),"
              + " 0 and 1 (sigmoid), or 0 and 4 (relu).",
      commandLineParamName = "A",
      displayOrder = 8)
  public Activation getActivation() {
    return activation;
  }

  public void setActivation(Activation activation) {
    this.activation = requireNonNull(activation, "activation");
  }

  @OptionMetadata(
      displayName = "Output",
      description =
          "Outputs and loss: one unit per class with softmax and cross-entropy (softmax), or one"
              + " per binary digit of the index of the class with sigmoid and cross-entropy"
              + " (binary).",
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
          "Epochs whose weights are kept, besides the first and the last: log:30 for 30 epochs at"
              + " equal ratios from 1 to the last, a list such as 1,10,100, or none.",
      commandLineParamName = "checkpoints",
      commandLineParamSynopsis = "log:n|epoch1,epoch2,...",
      displayOrder = 10)
  public String getCheckpoints() {
    return checkpoints;
  }

  /**
   * Sets the epochs whose weights are kept: {@code log:n} or a list.
   *
   * @throws IllegalArgumentException if it is neither
   */
  public void setCheckpoints(String checkpoints) {
    this.checkpoints = CheckpointSchedule.parse(checkpoints).toString();
  }

  @OptionMetadata(
      displayName = "Scaling",
      description =
          "Scaling of the inputs: none; unit (from 0 to 1 in the training data, keeps zeros fast if"
              + " nothing is negative); symmetric (from -1 to 1); standardize (mean 0, standard"
              + " deviation 1); or a number by which all are divided, such as 256 for pixels.",
      commandLineParamName = "scaling",
      commandLineParamSynopsis = "none|unit|symmetric|standardize|number",
      displayOrder = 11)
  public String getScaling() {
    return scaling;
  }

  /**
   * Sets the scaling of the inputs.
   *
   * @throws IllegalArgumentException if there is no such scaling
   */
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

  private NetworkTraining.Plan plan() {
    List<Integer> sizes = layerSizes(hiddenLayers);
    List<Integer> counts = levelCounts(levels);
    if (counts.size() == 1) {
      counts = Collections.nCopies(sizes.size(), counts.get(0));
    }
    if (counts.size() != sizes.size()) {
      throw new IllegalArgumentException(
          ("The levels (-L %s) must be one number, or as many as there are hidden layers (-H %s):"
                  + " %s are not %s.")
              .formatted(levels, hiddenLayers, counts.size(), sizes.size()));
    }
    return new NetworkTraining.Plan(
        sizes,
        counts,
        activation,
        output,
        settings,
        epochs,
        CheckpointSchedule.parse(checkpoints),
        scaling);
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
  public List<Integer> checkpointEpochs() {
    return CheckpointSchedule.parse(checkpoints).epochs(epochs);
  }

  @Override
  public void adopt(Checkpoint checkpoint) {
    model().adopt(checkpoint, plan());
  }

  /**
   * Trains for one epoch.
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
