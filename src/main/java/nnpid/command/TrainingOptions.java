package nnpid.command;

import java.util.List;
import nnpid.command.CheckpointOptions.LimitsFrom;
import nnpid.network.Layer;
import nnpid.weka.HiddenUnits;
import nnpid.weka.NetworkClassifier;
import nnpid.weka.Specification;
import weka.classifiers.Classifier;
import weka.core.OptionMetadata;

/** What a training is asked, besides the analysis of its layers. */
public final class TrainingOptions {
  /** The option that asks for a training; the category of those that need it. */
  static final String TRAIN = "train";

  /** The category of options that need a training, or several files of one. */
  static final String TRAJECTORY = "train|files";

  /** By its name: it is one of the adapters that use this package. */
  private static final String NETWORK = "QuantizedNetwork";

  /** The option that tells where limits are learned. */
  static final String LIMITS_FROM = "limits-from";

  /** Of that option, wherever it is one. */
  static final String ABOUT_LIMITS =
      "Several files, or a training of layers that are not quantized: where limits of levels"
          + " are learned from activations. each: from every checkpoint for itself, so that it"
          + " gives what it gives alone. first: from the first checkpoint (of a training: the"
          + " first of every repeat). all: from all files, which are read once more for that;"
          + " not in a training. first and all make levels the same at every epoch, but"
          + " activations that grow in training then share few levels at first, or the"
          + " outermost ones at last.";

  private static final String PACKAGE = "weka.classifiers.functions.";

  private String network = "";
  private String layers = "all";
  private int repeats = 1;
  private int trainingSize;
  private String stateFile = "";
  private LimitsFrom limitsFrom = LimitsFrom.EACH;

  @OptionMetadata(
      displayName = "Network",
      description =
          "Trains this network on the data and analyzes its hidden layers at its checkpoints, on"
              + " the training data, instead of analyzing the data themselves. For instance"
              + " \"weka.classifiers.functions.QuantizedNetwork -H 12,4,4,4 -N 1000 -checkpoints"
              + " log:30\". The layers are then numbers of layers: 2-4 or all.",
      commandLineParamName = TRAIN,
      commandLineParamSynopsis = "NETWORK",
      displayOrder = 1)
  public String getNetwork() {
    return network;
  }

  /** Sets the network by its class and options; empty for none. */
  public void setNetwork(String network) {
    if (!network.isEmpty()) {
      parse(network);
    }
    this.network = network;
  }

  @OptionMetadata(
      displayName = "Hidden layers",
      description = "Numbers of the hidden layers to analyze, such as 2-4, or all.",
      commandLineParamName = "layers",
      displayOrder = 2)
  public String getLayers() {
    return layers;
  }

  /** Sets which hidden layers are analyzed. */
  public void setLayers(String layers) {
    this.layers = layers;
  }

  @OptionMetadata(
      displayName = "Repeats",
      description = "Training: number of trainings, with seeds that count up.",
      category = TRAIN,
      commandLineParamName = "repeats",
      displayOrder = 3)
  public int getRepeats() {
    return repeats;
  }

  /** Sets how often the network is trained. */
  public void setRepeats(int repeats) {
    if (repeats < 1) {
      throw new IllegalArgumentException(
          "The number of repeats (" + repeats + ") must be at least 1.");
    }
    this.repeats = repeats;
  }

  @OptionMetadata(
      displayName = "Training size",
      description =
          "Training: number of instances, drawn at random by the seed, that are training data; the"
              + " others are test data. All repeats have the same. 0 trains on all.",
      category = TRAIN,
      commandLineParamName = "train-size",
      displayOrder = 5)
  public int getTrainingSize() {
    return trainingSize;
  }

  /** Sets how many of the instances are training data; 0 for all. */
  public void setTrainingSize(int trainingSize) {
    if (trainingSize < 0) {
      throw new IllegalArgumentException(
          "The training size (" + trainingSize + ") must not be negative.");
    }
    this.trainingSize = trainingSize;
  }

  @OptionMetadata(
      displayName = "State",
      description =
          "Training, or several files: file that holds how far it has come. If it exists, it goes"
              + " on from there.",
      category = TRAJECTORY,
      commandLineParamName = "resume",
      commandLineParamSynopsis = "FILE",
      displayOrder = 4)
  public String getStateFile() {
    return stateFile;
  }

  /** Sets the file of the state; empty for none. */
  public void setStateFile(String stateFile) {
    this.stateFile = stateFile;
  }

  @OptionMetadata(
      displayName = "Limits from",
      description = ABOUT_LIMITS,
      category = TRAJECTORY,
      commandLineParamName = LIMITS_FROM,
      displayOrder = 6)
  public LimitsFrom getLimitsFrom() {
    return limitsFrom;
  }

  /** Sets from which checkpoints limits are learned. */
  public void setLimitsFrom(LimitsFrom limitsFrom) {
    this.limitsFrom = limitsFrom;
  }

  /**
   * Whether a wanted layer has no levels of its own, so that its activations are quantized.
   *
   * @throws IllegalArgumentException if there is no such layer, or the options of the network do
   *     not go together
   */
  boolean needsQuantizer() {
    List<Layer> all = newNetwork().layerList();
    return HiddenUnits.layerIndices(layers, all.size()).stream()
        .anyMatch(layer -> all.get(layer).levelCount() == 0);
  }

  /** A new network to be trained. */
  NetworkClassifier newNetwork() {
    return parse(network);
  }

  private static NetworkClassifier parse(String network) {
    String text = network.startsWith(NETWORK) ? PACKAGE + network : network;
    if (!network.isBlank()
        && Specification.parse(Classifier.class, "network", text)
            instanceof NetworkClassifier found) {
      return found;
    }
    throw new IllegalArgumentException(
        String.format(
            "The network (%s) must be a %s, whose hidden layers are quantized in training.",
            network, PACKAGE + NETWORK));
  }
}
