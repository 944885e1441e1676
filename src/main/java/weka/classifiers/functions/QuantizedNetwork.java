package weka.classifiers.functions;

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
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.Vector;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;
import nnpid.command.SchemeCommand;
import nnpid.execution.Execution;
import nnpid.network.Activation;
import nnpid.network.Architecture;
import nnpid.network.Checkpoint;
import nnpid.network.CheckpointSchedule;
import nnpid.network.DivergenceException;
import nnpid.network.ForwardPass;
import nnpid.network.Network;
import nnpid.network.OutputCode;
import nnpid.network.Samples;
import nnpid.network.Trainer;
import nnpid.network.TrainingSettings;
import nnpid.weka.NetworkClassifier;
import nnpid.weka.NetworkInputs;
import nnpid.weka.SealedObject;
import nnpid.weka.UnitQuantizer;
import weka.classifiers.AbstractClassifier;
import weka.core.Capabilities;
import weka.core.Capabilities.Capability;
import weka.core.Instance;
import weka.core.Instances;
import weka.core.Option;
import weka.core.RevisionUtils;
import weka.core.SelectedTag;
import weka.core.Tag;
import weka.core.TechnicalInformation;
import weka.core.TechnicalInformationHandler;
import weka.core.Utils;
import weka.core.WeightedInstancesHandler;
import weka.core.logging.Logger;

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

  /** The activation functions; the identifier of a tag is the ordinal of the {@link Activation}. */
  public static final Tag[] TAGS_ACTIVATION =
      Arrays.stream(Activation.values())
          .map(value -> new Tag(value.ordinal(), "" + value, "" + value, false))
          .toArray(Tag[]::new);

  /** The outputs; the identifier of a tag is the ordinal of the {@link OutputCode}. */
  public static final Tag[] TAGS_OUTPUT =
      Arrays.stream(OutputCode.values())
          .map(value -> new Tag(value.ordinal(), "" + value, "" + value, false))
          .toArray(Tag[]::new);

  private static final String DEFAULT_HIDDEN_LAYERS = "50,10,5,5,5";
  private static final String DEFAULT_LEVELS = "8";
  private static final int DEFAULT_EPOCHS = 1000;
  private static final int DEFAULT_MINI_BATCH_SIZE = 64;
  private static final double DEFAULT_LEARNING_RATE = 0.01;
  private static final double DEFAULT_MOMENTUM = 0;
  private static final double DEFAULT_DECAY = 0;
  private static final Activation DEFAULT_ACTIVATION = Activation.TANH;
  private static final OutputCode DEFAULT_OUTPUT = OutputCode.ONE_HOT;
  private static final String DEFAULT_CHECKPOINTS = "log:10";
  private static final String DEFAULT_SCALING = "unit";
  private static final int DEFAULT_SEED = 1;

  private String hiddenLayers = DEFAULT_HIDDEN_LAYERS;
  private String levels = DEFAULT_LEVELS;
  private int epochs = DEFAULT_EPOCHS;
  private int miniBatchSize = DEFAULT_MINI_BATCH_SIZE;
  private double learningRate = DEFAULT_LEARNING_RATE;
  private double momentum = DEFAULT_MOMENTUM;
  private double decay = DEFAULT_DECAY;
  private Activation activation = DEFAULT_ACTIVATION;
  private OutputCode output = DEFAULT_OUTPUT;
  private String checkpoints = DEFAULT_CHECKPOINTS;
  private String scaling = DEFAULT_SCALING;
  private boolean resume;
  private int seed = DEFAULT_SEED;

  // What follows belongs to the model; options changed since do not count.

  private NetworkInputs inputs;

  /** The state after the last complete epoch; null before training. */
  private Checkpoint state;

  /** Whether {@link #initializeClassifier} goes on from the state. */
  private boolean resumable;

  private List<Checkpoint> savedCheckpoints = new ArrayList<>();
  private List<Network.Evaluation> evaluations = new ArrayList<>(); // one per checkpoint
  private String settingsText = "";
  private String divergence = "";
  private List<Integer> schedule = List.of();
  private int lastEpoch;

  private transient Trainer trainer;
  private transient Samples samples;

  /** All that is saved. */
  private record Content(
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
    Content content =
        new Content(
            List.of(getOptions()),
            inputs,
            state,
            resumable,
            savedCheckpoints,
            evaluations,
            settingsText,
            divergence,
            schedule,
            lastEpoch);
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
      // Java has not set the defaults, which the setters compare with each other.
      miniBatchSize = DEFAULT_MINI_BATCH_SIZE;
      learningRate = DEFAULT_LEARNING_RATE;
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
    inputs = content.inputs();
    state = content.state();
    resumable = content.resumable();
    savedCheckpoints = new ArrayList<>(content.savedCheckpoints());
    evaluations = new ArrayList<>(content.evaluations());
    settingsText = content.settingsText();
    divergence = content.divergence();
    schedule = content.schedule();
    lastEpoch = content.lastEpoch();
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
      Collections.addAll(options, super.getOptions());
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
    TechnicalInformation paper = new TechnicalInformation(TechnicalInformation.Type.ARTICLE);
    paper.setValue(
        TechnicalInformation.Field.AUTHOR,
        "David A. Ehrlich and Andreas C. Schneider and Viola Priesemann and Michael Wibral"
            + " and Abdullah Makkeh");
    paper.setValue(
        TechnicalInformation.Field.TITLE,
        "A Measure of the Complexity of Neural Representations based on Partial Information"
            + " Decomposition");
    paper.setValue(TechnicalInformation.Field.JOURNAL, "Transactions on Machine Learning Research");
    paper.setValue(TechnicalInformation.Field.YEAR, "2023");
    paper.setValue(TechnicalInformation.Field.URL, "https://arxiv.org/abs/2209.10438");
    return paper;
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
    Vector<Option> options = new Vector<>();
    options.add(
        option(
            "Units of the hidden layers, from the inputs to the outputs.",
            DEFAULT_HIDDEN_LAYERS,
            "H",
            "<units1,units2,...>"));
    options.add(
        option(
            "Levels of the hidden activations, 0 for none:\n"
                + "\tone number for all hidden layers, or a list with one for each.",
            DEFAULT_LEVELS,
            "L",
            "<number|levels1,levels2,...>"));
    options.add(option("Number of epochs.", DEFAULT_EPOCHS, "N", "<number>"));
    options.add(option("Instances per training step.", DEFAULT_MINI_BATCH_SIZE, "B", "<number>"));
    options.add(option("Learning rate.", DEFAULT_LEARNING_RATE, "R", "<number>"));
    options.add(option("Momentum, at least 0 and less than 1.", DEFAULT_MOMENTUM, "M", "<number>"));
    options.add(
        option(
            "Decay d of the learning rate r: epoch e learns with r / (1 + d (e - 1)).",
            DEFAULT_DECAY,
            "decay",
            "<number>"));
    options.add(
        option(
            "Activation function of the hidden units.",
            DEFAULT_ACTIVATION,
            "A",
            "<tanh|sigmoid|relu|hard-tanh>"));
    options.add(
        option(
            "Outputs: softmax = one unit per class, binary = one unit per binary digit\n"
                + "\tof the index of the class.",
            DEFAULT_OUTPUT,
            "output",
            "<softmax|binary>"));
    options.add(
        option(
            "Epochs whose weights are kept, besides the first and the last:\n"
                + "\tlog:n = n epochs at equal ratios from 1 to the last, or a list.",
            DEFAULT_CHECKPOINTS,
            "checkpoints",
            "<log:n|epoch1,epoch2,...>"));
    options.add(
        option(
            "Scaling of the inputs: none, unit = from 0 to 1, symmetric = from -1 to 1,\n"
                + "\tstandardize = mean 0 and deviation 1 in training, or a number to divide by.",
            DEFAULT_SCALING,
            "scaling",
            "<none|unit|symmetric|standardize|number>"));
    options.add(
        new Option("\tKeep what is needed to train the model further.", "resume", 0, "-resume"));
    options.add(
        option(
            "Seed of the initial weights, the order of instances and the rounding.",
            DEFAULT_SEED,
            "S",
            "<number>"));
    options.addAll(Collections.list(super.listOptions()));
    return options.elements();
  }

  private static Option option(String text, Object byDefault, String flag, String argument) {
    return new Option(
        "\t" + text + "\n\t(default: " + byDefault + ")", flag, 1, "-" + flag + " " + argument);
  }

  /**
   * Sets all options; those not given get their default.
   *
   * <p>Valid options are:
   *
   * <pre>
   *  -H &lt;units1,units2,...&gt;
   *   Units of the hidden layers, from the inputs to the outputs.
   *   (default: 50,10,5,5,5)
   *
   *  -L &lt;number|levels1,levels2,...&gt;
   *   Levels of the hidden activations, 0 for none: one number for all hidden layers, or a list.
   *   (default: 8)
   *
   *  -N &lt;number&gt;
   *   Number of epochs.
   *   (default: 1000)
   *
   *  -B &lt;number&gt;
   *   Instances per training step.
   *   (default: 64)
   *
   *  -R &lt;number&gt;
   *   Learning rate.
   *   (default: 0.01)
   *
   *  -M &lt;number&gt;
   *   Momentum, at least 0 and less than 1.
   *   (default: 0)
   *
   *  -decay &lt;number&gt;
   *   Decay d of the learning rate r: epoch e learns with r / (1 + d (e - 1)).
   *   (default: 0)
   *
   *  -A &lt;tanh|sigmoid|relu|hard-tanh&gt;
   *   Activation function of the hidden units.
   *   (default: tanh)
   *
   *  -output &lt;softmax|binary&gt;
   *   One output unit per class, or per binary digit of the index of the class.
   *   (default: softmax)
   *
   *  -checkpoints &lt;log:n|epoch1,epoch2,...&gt;
   *   Epochs whose weights are kept, besides the first and the last.
   *   (default: log:10)
   *
   *  -scaling &lt;none|unit|symmetric|standardize|number&gt;
   *   Scaling of the inputs.
   *   (default: unit)
   *
   *  -resume
   *   Keep what is needed to train the model further.
   *
   *  -S &lt;number&gt;
   *   Seed of the initial weights, the order of instances and the rounding.
   *   (default: 1)
   * </pre>
   *
   * @throws IllegalArgumentException if the value of an option is not valid
   * @throws Exception if there are unknown options
   */
  @Override
  public void setOptions(String[] options) throws Exception {
    String text = Utils.getOption('H', options);
    setHiddenLayers(text.isEmpty() ? DEFAULT_HIDDEN_LAYERS : text);

    text = Utils.getOption('L', options);
    setLevels(text.isEmpty() ? DEFAULT_LEVELS : text);

    text = Utils.getOption('N', options);
    setEpochs(text.isEmpty() ? DEFAULT_EPOCHS : parseInt("number of epochs", "-N", text));

    text = Utils.getOption('B', options);
    setMiniBatchSize(text.isEmpty() ? DEFAULT_MINI_BATCH_SIZE : parseInt("batch size", "-B", text));

    text = Utils.getOption('R', options);
    setLearningRate(text.isEmpty() ? DEFAULT_LEARNING_RATE : parse("learning rate", "-R", text));

    text = Utils.getOption('M', options);
    setMomentum(text.isEmpty() ? DEFAULT_MOMENTUM : parse("momentum", "-M", text));

    text = Utils.getOption("decay", options);
    setDecay(text.isEmpty() ? DEFAULT_DECAY : parse("decay", "-decay", text));

    text = Utils.getOption('A', options);
    activation = text.isEmpty() ? DEFAULT_ACTIVATION : Activation.parse(text);

    text = Utils.getOption("output", options);
    output = text.isEmpty() ? DEFAULT_OUTPUT : OutputCode.parse(text);

    text = Utils.getOption("checkpoints", options);
    setCheckpoints(text.isEmpty() ? DEFAULT_CHECKPOINTS : text);

    text = Utils.getOption("scaling", options);
    setScaling(text.isEmpty() ? DEFAULT_SCALING : text);

    setResume(Utils.getFlag("resume", options));

    text = Utils.getOption('S', options);
    setSeed(text.isEmpty() ? DEFAULT_SEED : parseInt("seed", "-S", text));

    super.setOptions(options);
    Utils.checkForRemainingOptions(options);
  }

  @Override
  public String[] getOptions() {
    List<String> options = new ArrayList<>();
    Collections.addAll(options, "-H", hiddenLayers);
    Collections.addAll(options, "-L", levels);
    Collections.addAll(options, "-N", "" + epochs);
    Collections.addAll(options, "-B", "" + miniBatchSize);
    Collections.addAll(options, "-R", "" + learningRate);
    Collections.addAll(options, "-M", "" + momentum);
    Collections.addAll(options, "-decay", "" + decay);
    Collections.addAll(options, "-A", "" + activation);
    Collections.addAll(options, "-output", "" + output);
    Collections.addAll(options, "-checkpoints", checkpoints);
    Collections.addAll(options, "-scaling", scaling);
    if (resume) {
      options.add("-resume");
    }
    Collections.addAll(options, "-S", "" + seed);
    Collections.addAll(options, super.getOptions());
    return options.toArray(String[]::new);
  }

  private static int parseInt(String noun, String flag, String text) {
    try {
      return Integer.parseInt(text.trim());
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "The %s (%s %s) must be an integer.".formatted(noun, flag, text), e);
    }
  }

  private static double parse(String noun, String flag, String text) {
    try {
      return Double.parseDouble(text.trim());
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "The %s (%s %s) must be a number.".formatted(noun, flag, text), e);
    }
  }

  private static List<Integer> parseList(String noun, String flag, String text, String example) {
    try {
      return Arrays.stream(text.split(",", -1)).map(part -> Integer.valueOf(part.trim())).toList();
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "The %s (%s %s) must be integers with commas between them.\nMaybe use %s %s."
              .formatted(noun, flag, text, flag, example),
          e);
    }
  }

  /** The units of the hidden layers, with commas between them. */
  public String getHiddenLayers() {
    return hiddenLayers;
  }

  /**
   * Sets the units of the hidden layers, with commas between them.
   *
   * @throws IllegalArgumentException if it is not a list of positive integers
   */
  public void setHiddenLayers(String hiddenLayers) {
    List<Integer> sizes = parseList("hidden layers", "-H", hiddenLayers, DEFAULT_HIDDEN_LAYERS);
    for (int size : sizes) {
      if (size < 1) {
        throw new IllegalArgumentException(
            "The hidden layers (-H %s) must have at least 1 unit each: one has %s."
                .formatted(hiddenLayers, size));
      }
    }
    this.hiddenLayers = hiddenLayers.trim();
  }

  public String hiddenLayersTipText() {
    return "Number of units of every hidden layer, from the inputs to the outputs, with commas"
        + " between them, such as 50,10,5,5,5.";
  }

  /** The number of levels for all hidden layers, or one for each with commas between them. */
  public String getLevels() {
    return levels;
  }

  /**
   * Sets the number of levels for all hidden layers, or one for each with commas between them.
   *
   * @throws IllegalArgumentException if it is not a list of integers that are 0 or at least 2
   */
  public void setLevels(String levels) {
    for (int levelCount : parseList("levels", "-L", levels, DEFAULT_LEVELS)) {
      if (levelCount != 0 && levelCount < 2) {
        throw new IllegalArgumentException(
            ("The levels (-L %s) must be at least 2, or 0 for none: %s cannot be a number of"
                    + " levels.\nMaybe use -L %s.")
                .formatted(levels, levelCount, DEFAULT_LEVELS));
      }
    }
    this.levels = levels.trim();
  }

  public String levelsTipText() {
    return "Number of levels of the hidden activations, 0 for none: one number for all hidden"
        + " layers, or a list with one for each.";
  }

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
          "The number of epochs (-N %s) must not be negative.".formatted(epochs));
    }
    this.epochs = epochs;
  }

  public String epochsTipText() {
    return "Number of epochs: how often training goes through all instances. 0 leaves the network"
        + " random.";
  }

  public int getMiniBatchSize() {
    return miniBatchSize;
  }

  /**
   * Sets the number of instances per training step.
   *
   * @throws IllegalArgumentException if it is not positive
   */
  public void setMiniBatchSize(int miniBatchSize) {
    requireValid(miniBatchSize, learningRate, momentum, decay);
    this.miniBatchSize = miniBatchSize;
  }

  public String miniBatchSizeTipText() {
    return "Number of instances per training step (mini-batch).";
  }

  public double getLearningRate() {
    return learningRate;
  }

  /**
   * Sets the learning rate.
   *
   * @throws IllegalArgumentException if it is not positive and finite
   */
  public void setLearningRate(double learningRate) {
    requireValid(miniBatchSize, learningRate, momentum, decay);
    this.learningRate = learningRate;
  }

  public String learningRateTipText() {
    return "Learning rate: the step along the mean gradient of a mini-batch.";
  }

  public double getMomentum() {
    return momentum;
  }

  /**
   * Sets the momentum.
   *
   * @throws IllegalArgumentException if it is negative or not less than 1
   */
  public void setMomentum(double momentum) {
    requireValid(miniBatchSize, learningRate, momentum, decay);
    this.momentum = momentum;
  }

  public String momentumTipText() {
    return "Share of the previous training step that is added to the next, from 0 to below 1.";
  }

  public double getDecay() {
    return decay;
  }

  /**
   * Sets the decay of the learning rate.
   *
   * @throws IllegalArgumentException if it is negative or not finite
   */
  public void setDecay(double decay) {
    requireValid(miniBatchSize, learningRate, momentum, decay);
    this.decay = decay;
  }

  public String decayTipText() {
    return "Decay d of the learning rate r: epoch e learns with r / (1 + d (e - 1)).";
  }

  private static void requireValid(
      int miniBatchSize, double learningRate, double momentum, double decay) {
    new TrainingSettings(learningRate, miniBatchSize, momentum, decay, DEFAULT_SEED);
  }

  /** The activation function, one of {@link #TAGS_ACTIVATION}. */
  public SelectedTag getActivation() {
    return new SelectedTag(activation.ordinal(), TAGS_ACTIVATION);
  }

  /**
   * Sets the activation function.
   *
   * @throws IllegalArgumentException if it is none of {@link #TAGS_ACTIVATION}
   */
  public void setActivation(SelectedTag activation) {
    this.activation = Activation.parse(activation.getSelectedTag().getIDStr());
  }

  public String activationTipText() {
    return "Activation function of the hidden units. Levels lie between -1 and 1 (tanh, hard-tanh),"
        + " 0 and 1 (sigmoid), or 0 and 4 (relu).";
  }

  /** The outputs, one of {@link #TAGS_OUTPUT}. */
  public SelectedTag getOutput() {
    return new SelectedTag(output.ordinal(), TAGS_OUTPUT);
  }

  /**
   * Sets the outputs.
   *
   * @throws IllegalArgumentException if it is none of {@link #TAGS_OUTPUT}
   */
  public void setOutput(SelectedTag output) {
    this.output = OutputCode.parse(output.getSelectedTag().getIDStr());
  }

  public String outputTipText() {
    return "Outputs and loss: one unit per class with softmax and cross-entropy, or one per binary"
        + " digit of the index of the class with sigmoid and cross-entropy.";
  }

  /** The epochs whose weights are kept: {@code log:n} or a list. */
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

  public String checkpointsTipText() {
    return "Epochs whose weights are kept, besides the first and the last: log:30 for 30 epochs at"
        + " equal ratios from 1 to the last, a list such as 1,10,100, or none.";
  }

  /** The scaling of the inputs. */
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

  public String scalingTipText() {
    return "Scaling of the inputs: none; unit (from 0 to 1 in the training data, keeps zeros fast"
        + " if nothing is negative); symmetric (from -1 to 1); standardize (mean 0, standard"
        + " deviation 1); or a number by which all are divided, such as 256 for pixels.";
  }

  @Override
  public boolean getResume() {
    return resume;
  }

  @Override
  public void setResume(boolean resume) {
    this.resume = resume;
  }

  public String resumeTipText() {
    return "Whether to keep what is needed to train the model further, by the number of epochs.";
  }

  @Override
  public int getSeed() {
    return seed;
  }

  @Override
  public void setSeed(int seed) {
    this.seed = seed;
  }

  public String seedTipText() {
    return "Seed of the initial weights, the order of the instances and the stochastic rounding.";
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
    boolean continues = resumable && state != null;
    NetworkInputs nextInputs = continues ? inputs : NetworkInputs.learn(labeled, scaling);
    Samples nextSamples = samples(nextInputs, labeled);
    Architecture architecture = architecture(nextInputs.inputCount(), data.numClasses());
    if (continues && !architecture.equals(state.network().architecture())) {
      throw new IllegalArgumentException(
          "The layers (%s) must be those of the trained network (%s) to go on with its training."
              .formatted(describe(architecture), describe(state.network().architecture())));
    }
    trainer =
        continues
            ? Trainer.resume(state, nextSamples, settings())
            : Trainer.start(architecture, nextSamples, settings());
    inputs = nextInputs;
    samples = nextSamples;
    state = trainer.checkpoint();
    resumable = resume;
    lastEpoch = Math.addExact(state.epoch(), epochs);
    schedule = CheckpointSchedule.parse(checkpoints).epochs(lastEpoch);
    divergence = "";
    settingsText = describeSettings();
    if (!continues) {
      savedCheckpoints.clear();
      evaluations.clear();
      save();
    }
  }

  @Override
  public TrainingSettings settings() {
    return new TrainingSettings(learningRate, miniBatchSize, momentum, decay, seed);
  }

  @Override
  public List<Integer> checkpointEpochs() {
    return CheckpointSchedule.parse(checkpoints).epochs(epochs);
  }

  private String describeSettings() {
    return "Batches of %s, learning rate %s, momentum %s, decay %s, scaling %s, seed %s"
        .formatted(miniBatchSize, learningRate, momentum, decay, scaling, seed);
  }

  @Override
  public void adopt(Checkpoint checkpoint) {
    if (trainer == null) {
      throw new IllegalStateException("Training must be initialized: call initializeClassifier.");
    }
    Architecture given = checkpoint.network().architecture();
    if (!given.equals(state.network().architecture())) {
      throw new IllegalArgumentException(
          "The layers of the checkpoint (%s) must be those of the network (%s)."
              .formatted(describe(given), describe(state.network().architecture())));
    }
    trainer = Trainer.resume(checkpoint, samples, settings());
    state = checkpoint;
    settingsText = describeSettings();
    savedCheckpoints.clear();
    evaluations.clear();
    save();
  }

  private Samples samples(NetworkInputs from, Instances data) throws Exception {
    try {
      return from.samples(data);
    } catch (CancellationException e) {
      throw interrupted(e);
    }
  }

  private Architecture architecture(int inputCount, int classCount) {
    List<Integer> sizes = parseList("hidden layers", "-H", hiddenLayers, DEFAULT_HIDDEN_LAYERS);
    List<Integer> counts = parseList("levels", "-L", levels, DEFAULT_LEVELS);
    if (counts.size() == 1) {
      counts = Collections.nCopies(sizes.size(), counts.get(0));
    }
    if (counts.size() != sizes.size()) {
      throw new IllegalArgumentException(
          ("The levels (-L %s) must be one number, or as many as there are hidden layers (-H %s):"
                  + " %s are not %s.")
              .formatted(levels, hiddenLayers, counts.size(), sizes.size()));
    }
    return new Architecture(inputCount, sizes, counts, activation, output, classCount);
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
    if (trainer == null) {
      throw new IllegalStateException("Training must be initialized: call initializeClassifier.");
    }
    if (!divergence.isEmpty() || state.epoch() >= lastEpoch) {
      return false;
    }
    try {
      state = trainer.trainEpoch(Execution.sequential());
      if (schedule.contains(state.epoch())) {
        save();
      }
    } catch (CancellationException e) {
      throw interrupted(e);
    } catch (DivergenceException e) {
      if (state.epoch() == 0) {
        throw e;
      }
      divergence = e.getMessage();
      Logger.log(Logger.Level.WARNING, "QuantizedNetwork: " + divergence);
      save();
    }
    return divergence.isEmpty() && state.epoch() < lastEpoch;
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
      Network.Evaluation evaluation = state.network().evaluate(samples, Execution.sequential());
      savedCheckpoints.add(state);
      evaluations.add(evaluation);
    }
  }

  /** Ends training, for good unless the model is to be resumed. */
  @Override
  public void done() {
    trainer = null;
    samples = null;
    resumable = resume;
  }

  @Override
  public double[] distributionForInstance(Instance instance) throws Exception {
    return forward(instance).classProbabilities();
  }

  @Override
  public ForwardPass forward(Instance instance) throws Exception {
    return network().forward(inputs.inputs(instance));
  }

  /**
   * Hidden activations, levels and class probabilities of an instance at a checkpoint.
   *
   * @param checkpoint one of {@link #savedCheckpoints()}
   */
  public ForwardPass forward(Instance instance, Checkpoint checkpoint) throws Exception {
    requireModel();
    return checkpoint.network().forward(inputs.inputs(instance));
  }

  @Override
  public Network network() {
    requireModel();
    return state.network();
  }

  /** The checkpoints, by ascending epoch: from the random network to the last state. */
  public List<Checkpoint> savedCheckpoints() {
    return List.copyOf(savedCheckpoints);
  }

  /** Loss and accuracy in predicting the training data, for each of {@link #savedCheckpoints()}. */
  public List<Network.Evaluation> trainingEvaluations() {
    return List.copyOf(evaluations);
  }

  @Override
  public Samples samples(Instances data) throws Exception {
    requireModel();
    return samples(inputs, data);
  }

  @Override
  public Instances header() {
    requireModel();
    return inputs.header();
  }

  private void requireModel() {
    if (state == null) {
      throw new IllegalStateException("There must be a model: call buildClassifier first.");
    }
  }

  private static String describe(Architecture architecture) {
    return "%s, levels %s, %s, %s"
        .formatted(
            architecture,
            architecture.levelCounts().stream()
                .map(String::valueOf)
                .collect(Collectors.joining(",")),
            architecture.activation(),
            architecture.outputCode());
  }

  /** Architecture, settings, and loss and accuracy at the checkpoints. */
  @Override
  public String toString() {
    if (state == null) {
      return "Quantized network: no model built yet.\n";
    }
    StringBuilder text = new StringBuilder();
    text.append("Quantized network ").append(describe(state.network().architecture()));
    text.append('\n').append(settingsText).append("\n\n");
    text.append("Loss in nats, in training (stochastic rounding, over the epoch) and in prediction")
        .append(" (nearest level, after it)\n\n");
    text.append("   Epoch  Training loss  Prediction loss  Accuracy\n");
    for (int i = 0; i < savedCheckpoints.size(); i++) {
      Checkpoint checkpoint = savedCheckpoints.get(i);
      text.append(
          String.format(
              Locale.ROOT,
              "%8d %14s %16.4f %9.4f\n",
              checkpoint.epoch(),
              checkpoint.epoch() == 0
                  ? "-"
                  : String.format(Locale.ROOT, "%.4f", checkpoint.trainingLoss()),
              evaluations.get(i).loss(),
              evaluations.get(i).accuracy()));
    }
    if (!divergence.isEmpty()) {
      text.append("\nStopped, the model is that of epoch ").append(state.epoch()).append(". ");
      text.append(divergence).append('\n');
    }
    return text.toString();
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
