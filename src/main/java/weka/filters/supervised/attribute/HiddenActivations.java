package weka.filters.supervised.attribute;

import static java.util.Objects.requireNonNull;

import java.io.File;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.DoubleConsumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import nnpid.command.SchemeCommand;
import nnpid.command.SchemeProgress;
import nnpid.distribution.Quantizer;
import nnpid.execution.RandomStreams;
import nnpid.network.ForwardPass;
import nnpid.weka.Citation;
import nnpid.weka.EnumEditor;
import nnpid.weka.HiddenUnits;
import nnpid.weka.SchemeOptions;
import nnpid.weka.UnitQuantizer;
import nnpid.weka.UnitSelection;
import weka.classifiers.AbstractClassifier;
import weka.classifiers.Classifier;
import weka.classifiers.IterativeClassifier;
import weka.classifiers.functions.MultilayerPerceptron;
import weka.classifiers.functions.QuantizedNetwork;
import weka.core.Attribute;
import weka.core.Capabilities;
import weka.core.Capabilities.Capability;
import weka.core.DenseInstance;
import weka.core.Instance;
import weka.core.Instances;
import weka.core.Option;
import weka.core.OptionHandler;
import weka.core.OptionMetadata;
import weka.core.RevisionUtils;
import weka.core.TechnicalInformation;
import weka.core.TechnicalInformationHandler;
import weka.core.Utils;
import weka.core.WeightedInstancesHandler;
import weka.filters.Filter;
import weka.filters.SupervisedFilter;

/**
 * Filter that replaces attributes by what a neural network makes of them: the activations of its
 * hidden units, as levels or as numbers.
 *
 * <p>The network is a {@link QuantizedNetwork}, a {@link
 * weka.classifiers.functions.MultilayerPerceptron}, or one of them in a {@link
 * weka.classifiers.meta.FilteredClassifier}. It is trained on the first batch, or comes trained
 * from a file; then every row passes at once. Unit i of hidden layer k becomes the attribute {@code
 * Lk_i}, both counted from 1; the class comes last. Levels are nominal, named as by {@link
 * weka.filters.unsupervised.attribute.QuantizeActivations}: "0", "1", ..., lowest activation first.
 *
 * <p>Levels are those of prediction, without randomness: the nearest of the layer. Raw activations
 * of a quantized layer are those before rounding. Instance weights and missing class values stay;
 * an instance that the filter of a FilteredClassifier removes has missing activations.
 */
public class HiddenActivations extends Filter
    implements SupervisedFilter, TechnicalInformationHandler, WeightedInstancesHandler {

  private static final long serialVersionUID = 4471039826512077364L;

  /** What the new attributes have as values. */
  public enum Values {
    /** Levels where the layer has them, else activations. */
    AUTO,
    /** Levels, which all layers must have then. */
    LEVELS,
    /** Activations as numbers. */
    RAW;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static {
    EnumEditor.register(List.of(Values.class));
  }

  /** Not null, which Weka's property sheets leave out. */
  private static final File NO_FILE = new File("");

  private Classifier classifier = new QuantizedNetwork();
  private File modelFile = NO_FILE;
  private String layers = "all";
  private Values values = Values.AUTO;
  private boolean stochastic;
  private int passes = 1;
  private int seed = 1;

  // What follows belongs to the data whose format was set last.

  /** Of the trained network; null until the first batch is complete. */
  private HiddenUnits units;

  private boolean stochasticInUse;
  private int passesInUse;
  private int seedInUse;
  private long rowCount; // of all batches
  private int classIndex;
  private List<Integer> selectedLayers = List.of();

  /** One for each of the selected layers; null where activations stay numbers. */
  private Quantizer[] quantizers = {};

  public String globalInfo() {
    return "Replaces attributes by the activations of the hidden units of a neural network, as"
        + " nominal levels or as numbers. The network is a QuantizedNetwork or a"
        + " MultilayerPerceptron (or one of them in a FilteredClassifier), and is trained on the"
        + " first batch or loaded from a saved model. Unit i of hidden layer k becomes attribute"
        + " Lk_i; the class comes last. Activations without levels can be quantized with"
        + " QuantizeActivations.\n\n"
        + "For more information see:\n\n"
        + getTechnicalInformation();
  }

  @Override
  public TechnicalInformation getTechnicalInformation() {
    return Citation.REPRESENTATIONAL_COMPLEXITY.technicalInformation();
  }

  /** Those of the network; a saved model is compared with the data when it is loaded. */
  @Override
  public Capabilities getCapabilities() {
    Capabilities result = super.getCapabilities();
    if (hasModelFile()) {
      result.disableAll();
      result.enableAllAttributes();
      result.enable(Capability.MISSING_VALUES);
      result.enable(Capability.NOMINAL_CLASS);
      result.enable(Capability.NUMERIC_CLASS);
      result.enable(Capability.DATE_CLASS);
      result.enable(Capability.MISSING_CLASS_VALUES);
    } else {
      result.assign(classifier.getCapabilities());
      result.setOwner(this);
    }
    result.setMinimumNumberInstances(0);
    return result;
  }

  @Override
  public Enumeration<Option> listOptions() {
    return SchemeOptions.list(this);
  }

  /** Sets all options; those not given get their default. */
  @Override
  public void setOptions(String[] options) throws Exception {
    int model = SchemeOptions.position("model", options) + 1;
    // Before Java 25 the empty path is no directory, since then it is the current one.
    if (model > 0
        && model < options.length
        && !options[model].isEmpty()
        && new File(options[model]).isDirectory()) {
      throw new IllegalArgumentException(
          "The model (-model %s) must be a file: it is a directory.".formatted(options[model]));
    }
    SchemeOptions.set(this, options);
    Utils.checkForRemainingOptions(options);
  }

  /** Seed and passes are among them only where they count, so that others stay what they were. */
  @Override
  public String[] getOptions() {
    List<String> without = new ArrayList<>();
    if (!stochastic) {
      without.add("S");
    }
    if (getPasses() == 1) {
      without.add("passes");
    }
    return SchemeOptions.getWithout(this, without);
  }

  @OptionMetadata(
      displayName = "Network",
      description =
          "The network that is trained on the first batch, unless there is a model file: a"
              + " QuantizedNetwork, a MultilayerPerceptron, or a FilteredClassifier with one of"
              + " them.",
      commandLineParamName = "W",
      commandLineParamSynopsis = "classifier",
      displayOrder = 1)
  public Classifier getClassifier() {
    return classifier;
  }

  /** Sets the network that is trained on the first batch; {@link #setInputFormat} checks it. */
  public void setClassifier(Classifier classifier) {
    this.classifier = classifier;
  }

  @OptionMetadata(
      displayName = "Model",
      description =
          "File of a trained network, saved by Weka (on the command line with -d, in the Explorer"
              + " with Save model); it is used instead of training one. In windows, a directory"
              + " stands for none.",
      commandLineParamName = "model",
      displayOrder = 2)
  public File getModelFile() {
    return modelFile;
  }

  /**
   * Sets the file of a trained network. An empty path stands for none, and so does a directory,
   * since Weka's editor of files cannot choose nothing.
   */
  public void setModelFile(File modelFile) {
    this.modelFile = modelFile == null || modelFile.isDirectory() ? NO_FILE : modelFile;
  }

  private boolean hasModelFile() {
    return !modelFile.getPath().isEmpty();
  }

  @OptionMetadata(
      displayName = "Layers",
      description =
          "Hidden layers whose units become attributes: all, or numbers and ranges such as 1,3-5,"
              + " from 1 next to the inputs.",
      commandLineParamName = "layers",
      commandLineParamSynopsis = "all|layer1,layer2-layer4,...",
      displayOrder = 3)
  public String getLayers() {
    return layers;
  }

  public void setLayers(String layers) {
    this.layers = layers.trim();
  }

  @OptionMetadata(
      displayName = "Values",
      description =
          "Values of the new attributes: nominal levels, raw activations (numeric, before"
              + " rounding), or auto: levels where the layer has them, else raw.",
      commandLineParamName = "values",
      displayOrder = 4)
  public Values getValues() {
    return values;
  }

  public void setValues(Values values) {
    this.values = requireNonNull(values, "values");
  }

  @OptionMetadata(
      displayName = "Stochastic",
      description =
          "Whether activations are rounded at random, as in training, instead of to the nearest"
              + " level.",
      commandLineParamName = "stochastic",
      commandLineParamIsFlag = true,
      displayOrder = 5)
  public boolean getStochastic() {
    return stochastic;
  }

  public void setStochastic(boolean stochastic) {
    this.stochastic = stochastic;
  }

  @OptionMetadata(
      displayName = "Passes",
      description =
          "How often every instance passes through the network, with random rounding of its own"
              + " each time. With several, a text attribute "
              + UnitSelection.SAMPLE_ID
              + " comes first: it tells which passes are of the same instance, and the analysis"
              + " takes them as one sample. Not for test data of a classifier, which must keep"
              + " their instances.",
      commandLineParamName = "passes",
      displayOrder = 6)
  public int getPasses() {
    return Math.max(1, passes); // 0 in filters of older versions
  }

  /**
   * Sets how often every instance passes through the network.
   *
   * @throws IllegalArgumentException if it is not positive
   */
  public void setPasses(int passes) {
    if (passes < 1) {
      throw new IllegalArgumentException("The passes (%d) must be at least 1.".formatted(passes));
    }
    this.passes = passes;
  }

  @OptionMetadata(
      displayName = "Seed",
      description = "Seed of the random rounding; it is ignored without it.",
      commandLineParamName = "S",
      displayOrder = 7)
  public int getSeed() {
    return seed;
  }

  public void setSeed(int seed) {
    this.seed = seed;
  }

  /**
   * Sets the format of the data, and loads the model if there is a file.
   *
   * @return whether the output format is known, as it is with a loaded model
   * @throws IllegalArgumentException if the classifier is no network, the file has none, or the
   *     model does not fit the data or the options
   */
  @Override
  public boolean setInputFormat(Instances format) throws Exception {
    if (!hasModelFile()) {
      HiddenUnits.requireNetwork("network", "-W ", classifier);
    }
    begin(format);
    if (format.numAttributes() < 2) {
      throw new IllegalArgumentException(
          "The number of attributes besides the class (0) must be at least 1:"
              + " a network needs inputs.");
    }
    if (!hasModelFile()) {
      return false;
    }
    use(HiddenUnits.read(modelFile));
    return true;
  }

  /**
   * Sets the format of the data, and a network that is trained already, in place of the model of
   * the options.
   *
   * @throws IllegalArgumentException if the model is no network, or does not fit the data or the
   *     options
   */
  public void setInputFormat(Instances format, Classifier trained) throws Exception {
    begin(format);
    use(HiddenUnits.of(trained));
  }

  private void begin(Instances format) throws Exception {
    if (passes > 1 && !stochastic) {
      throw new IllegalArgumentException(
          "The passes (-passes %d) must be 1 without random rounding: all would be the same.\nMaybe use -stochastic, too."
              .formatted(passes));
    }
    if (format.classIndex() < 0) {
      throw new IllegalArgumentException(
          ("The data (%s) must have a class: none is set.\n"
                  + "Maybe set it: -c last on the command line, or a ClassAssigner before the filter.")
              .formatted(format.relationName()));
    }
    if (!getDoNotCheckCapabilities()) {
      UnitQuantizer.requireAttributes(getCapabilities(), format);
    }
    super.setInputFormat(format);
    units = null;
    stochasticInUse = stochastic;
    passesInUse = getPasses();
    seedInUse = seed;
    rowCount = 0;
  }

  /** Finds the layers that are wanted, before training is over: it may take long. */
  private void select(HiddenUnits network) {
    network.requireHeader(inputFormatPeek());
    int layerCount = network.layerSizes().size();
    if (layerCount == 0) {
      throw new IllegalArgumentException(
          "The network must have a hidden layer: it has none.\nMaybe set its hidden layers, -H.");
    }
    selectedLayers = HiddenUnits.layerIndices(layers, layerCount);
    int last = selectedLayers.stream().mapToInt(Integer::intValue).max().orElse(-1);
    if (stochasticInUse
        && IntStream.rangeClosed(0, last).allMatch(layer -> network.quantizer(layer).isEmpty())) {
      throw new IllegalArgumentException(
          "The network must have levels up to the last wanted hidden layer (%d) to be rounded at random: it has none there.\nMaybe leave out -stochastic; noise is an option of the filter QuantizeActivations."
              .formatted(last + 1));
    }
    quantizers = new Quantizer[selectedLayers.size()];
    for (int k = 0; k < quantizers.length && values != Values.RAW; k++) {
      Optional<Quantizer> quantizer = network.quantizer(selectedLayers.get(k));
      if (values == Values.LEVELS && quantizer.isEmpty()) {
        throw new IllegalArgumentException(
            ("The values (-values levels) must not be levels for hidden layer %d: the network has"
                    + " no levels there.\n"
                    + "Maybe use -values raw, and then the filter QuantizeActivations.")
                .formatted(selectedLayers.get(k) + 1));
      }
      quantizers[k] = quantizer.orElse(null);
    }
  }

  private void use(HiddenUnits network) {
    select(network);
    setOutputFormat(outputHeader(network));
    units = network;
  }

  private Instances outputHeader(HiddenUnits network) {
    Instances input = inputFormatPeek();
    classIndex = input.classIndex();
    ArrayList<Attribute> attributes = new ArrayList<>();
    if (passesInUse > 1) {
      // Text, so that nothing takes it for a unit.
      attributes.add(new Attribute(UnitSelection.SAMPLE_ID, (List<String>) null));
    }
    for (int k = 0; k < quantizers.length; k++) {
      int layer = selectedLayers.get(k);
      Attribute unit = new Attribute("unit");
      if (quantizers[k] != null) {
        unit =
            new Attribute(
                "unit",
                IntStream.range(0, quantizers[k].levelCount()).mapToObj(i -> "" + i).toList());
      }
      for (int i = 1; i <= network.layerSizes().get(layer); i++) {
        // Copies share their values.
        attributes.add(unit.copy("L" + (layer + 1) + "_" + i));
      }
    }
    Attribute target = input.classAttribute();
    if (attributes.stream().anyMatch(unit -> unit.name().equals(target.name()))) {
      throw new IllegalArgumentException(
          "The class \"%s\" must not have the name of a new attribute.\nMaybe rename it."
              .formatted(target.name()));
    }
    attributes.add((Attribute) target.copy());
    Instances header = new Instances(input.relationName(), attributes, 0);
    header.setClassIndex(attributes.size() - 1);
    return header;
  }

  /** Takes a row: passes it through the network if there is one, else keeps it for training. */
  @Override
  public boolean input(Instance instance) throws Exception {
    requireInputFormat();
    throwIfInterrupted();
    if (m_NewBatch) {
      resetQueue();
      m_NewBatch = false;
    }
    if (units == null) {
      bufferInput(instance);
      return false;
    }
    pushActivations(instance);
    return true;
  }

  /**
   * Ends the batch; if it is the first and no model was loaded, trains the network on it.
   *
   * @throws InterruptedException if the thread is interrupted; the batch then stays
   * @throws Exception if training fails
   */
  @Override
  public boolean batchFinished() throws Exception {
    requireInputFormat();
    throwIfInterrupted();
    if (units == null) {
      Instances batch = getInputFormat();
      use(train(batch));
      for (Instance instance : batch) {
        throwIfInterrupted();
        pushActivations(instance);
      }
      flushInput();
    }
    m_NewBatch = true;
    m_FirstBatchDone = true;
    return numPendingOutput() != 0;
  }

  private void requireInputFormat() {
    if (getInputFormat() == null) {
      throw new IllegalStateException("No input instance format defined");
    }
  }

  private static void throwIfInterrupted() throws InterruptedException {
    if (Thread.currentThread().isInterrupted()) {
      throw new InterruptedException("Passing data through the network was interrupted.");
    }
  }

  private HiddenUnits train(Instances batch) throws Exception {
    // Not a copy: a network that is already trained, and resumable, would go on with its old data.
    Classifier network =
        AbstractClassifier.forName(
            classifier.getClass().getName(), ((OptionHandler) classifier).getOptions());
    if (network instanceof IterativeClassifier iterative) {
      iterative.initializeClassifier(batch);
      select(HiddenUnits.of(network));
      DoubleConsumer progress =
          new SchemeProgress(HiddenActivations.class).fractions("Training the network");
      int epochs =
          network instanceof QuantizedNetwork quantized
              ? quantized.getEpochs()
              : network instanceof MultilayerPerceptron perceptron
                  ? perceptron.getTrainingTime()
                  : Integer.MAX_VALUE;
      for (int epoch = 1; iterative.next(); epoch++) {
        throwIfInterrupted();
        progress.accept((double) epoch / epochs);
      }
      iterative.done();
    } else {
      network.buildClassifier(batch);
    }
    return HiddenUnits.of(network);
  }

  private void pushActivations(Instance instance) throws Exception {
    if (stochasticInUse) {
      pushStochastic(instance);
      return;
    }
    double[][] activations = units.activations(instance);
    double[] cells = new double[outputFormatPeek().numAttributes()];
    int cell = 0;
    for (int k = 0; k < quantizers.length; k++) {
      for (double activation : activations[selectedLayers.get(k)]) {
        cells[cell++] =
            quantizers[k] == null || Utils.isMissingValue(activation)
                ? activation
                : quantizers[k].quantize(activation);
      }
    }
    cells[cell] = instance.value(classIndex);
    push(new DenseInstance(instance.weight(), cells), false);
  }

  /** Every row has draws of its own, whatever rows were before it. */
  private void pushStochastic(Instance instance) throws Exception {
    SplittableRandom random = RandomStreams.of(seedInUse, rowCount++);
    for (int pass = 0; pass < passesInUse; pass++) {
      pushPass(instance, units.stochasticPass(instance, random));
    }
  }

  private void pushPass(Instance instance, Optional<ForwardPass> pass) {
    double[] cells = new double[outputFormatPeek().numAttributes()];
    Arrays.fill(cells, Utils.missingValue());
    int cell = 0;
    if (passesInUse > 1) {
      cells[cell++] = outputFormatPeek().attribute(0).addStringValue(Long.toString(rowCount));
    }
    for (int k = 0; k < quantizers.length && pass.isPresent(); k++) {
      int layer = selectedLayers.get(k);
      double[] found =
          quantizers[k] == null
              ? pass.get().activations(layer)
              : Arrays.stream(pass.get().levels(layer)).asDoubleStream().toArray();
      System.arraycopy(found, 0, cells, cell, found.length);
      cell += found.length;
    }
    cells[cells.length - 1] = instance.value(classIndex);
    push(new DenseInstance(instance.weight(), cells), false);
  }

  /** The layers and, once trained or loaded, the network. */
  @Override
  public String toString() {
    if (units == null) {
      return "Hidden activations of layers %s, no network yet\n".formatted(layers);
    }
    return IntStream.range(0, quantizers.length)
            .mapToObj(
                k ->
                    "L%d: %d units, %s\n"
                        .formatted(
                            selectedLayers.get(k) + 1,
                            units.layerSizes().get(selectedLayers.get(k)),
                            quantizers[k] == null ? "raw" : quantizers[k].levelCount() + " levels"))
            .collect(
                Collectors.joining(
                    "",
                    stochasticInUse
                        ? "Hidden activations, rounded at random (seed "
                            + seedInUse
                            + (passesInUse > 1 ? ", " + passesInUse + " passes" : "")
                            + ")\n"
                        : "Hidden activations\n",
                    "\n"))
        + units;
  }

  @Override
  public String getRevision() {
    return RevisionUtils.extract("$Revision: 1 $");
  }

  /** Filters files; errors are sentences. */
  @Override
  public void run(Object filter, String[] options) {
    SchemeCommand.run((Filter) filter, options);
  }

  /** Filters a file; option {@code -h} lists the options. */
  public static void main(String[] args) {
    HiddenActivations filter = new HiddenActivations();
    filter.run(filter, args);
  }
}
