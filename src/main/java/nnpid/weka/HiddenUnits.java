package nnpid.weka;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.File;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import nnpid.distribution.Quantizer;
import nnpid.network.ForwardPass;
import org.jspecify.annotations.Nullable;
import weka.classifiers.Classifier;
import weka.classifiers.functions.MultilayerPerceptron;
import weka.classifiers.meta.FilteredClassifier;
import weka.core.Attribute;
import weka.core.DenseInstance;
import weka.core.Instance;
import weka.core.Instances;
import weka.core.Range;
import weka.core.SerializedObject;
import weka.core.Utils;
import weka.filters.Filter;

/**
 * The hidden units of a trained network, whichever of Weka's classifiers it is: a {@link
 * NetworkClassifier}, a {@link MultilayerPerceptron}, or one of them behind the filter of a {@link
 * FilteredClassifier}. Layers and units go from the inputs to the outputs, and count from 0.
 */
public abstract class HiddenUnits implements Serializable {
  private static final long serialVersionUID = 1296480533871024605L;

  private static final long MOST_COMPRESSION = 1032; // of deflate

  /** Four for every unit of a layer of a perceptron, whose units are connected in a chain. */
  private static final int MOST_DEPTH = 20_000;

  /** For objects nested that deep: in a gigabyte of stack 500,000 fit. */
  private static final int STACK_BYTES = 1 << 27;

  /** What networks, the filters before them and their headers are made of. */
  private static final List<String> PACKAGES_OF_MODELS =
      List.of(
          "nnpid.",
          "weka.attributeSelection.",
          "weka.classifiers.",
          "weka.clusterers.",
          "weka.core.",
          "weka.estimators.",
          "weka.filters.");

  HiddenUnits() {}

  /** The attributes the network was trained on, without rows; of a wrapper, before its filter. */
  public abstract Instances header();

  /** Number of units of every hidden layer; empty if there is none. */
  public abstract List<Integer> layerSizes();

  /** The map from the activations of a layer to its levels; empty if it has no levels. */
  public abstract Optional<Quantizer> quantizer(int layerIndex);

  /**
   * Activations of all hidden units, before rounding.
   *
   * @param instance has the attributes of {@link #header()}
   * @return array indexed {@code [layerIndex][unit]}; all NaN if the wrapper's filter removes the
   *     instance
   * @throws IllegalArgumentException if an activation is not finite
   * @throws Exception if Weka's filters fail
   */
  public abstract double[][] activations(Instance instance) throws Exception;

  /**
   * What a network whose layers are rounded at random in training makes of an instance then.
   *
   * @param random where the rounding gets its draws
   * @return empty if the wrapper's filter removes the instance
   * @throws IllegalStateException if no layer has levels
   * @throws Exception if Weka's filters fail
   */
  public Optional<ForwardPass> stochasticPass(Instance instance, SplittableRandom random)
      throws Exception {
    throw new IllegalStateException("The network must have levels to be rounded at random.");
  }

  /** The network's own description: a line per checkpoint, or its weights. */
  @Override
  public abstract String toString();

  /**
   * The hidden units of a classifier that is trained, or prepared for training.
   *
   * @throws IllegalArgumentException if it is no network whose hidden units are known, or not
   *     trained
   */
  public static HiddenUnits of(Classifier classifier) {
    requireNetwork("classifier", "", classifier);
    if (classifier instanceof NetworkClassifier network) {
      return new OfQuantizedNetwork(network);
    }
    if (classifier instanceof MultilayerPerceptron perceptron) {
      return PerceptronUnits.of(perceptron);
    }
    FilteredClassifier filtered = (FilteredClassifier) classifier;
    return new OfFilteredClassifier(filtered.getFilter(), of(filtered.getClassifier()));
  }

  /**
   * Checks that {@link #of} knows this kind of classifier.
   *
   * @param kind what messages call it: classifier, network or model
   * @param option where it is from, put before the name of its class: {@code -W} and a blank
   * @throws IllegalArgumentException if it is no network whose hidden units are known
   */
  public static void requireNetwork(String kind, String option, Classifier classifier) {
    Classifier inner = classifier;
    while (inner instanceof FilteredClassifier filtered) {
      inner = filtered.getClassifier();
    }
    if (!(inner instanceof NetworkClassifier || inner instanceof MultilayerPerceptron)) {
      throw new IllegalArgumentException(
          String.format(
              "The %s (%s%s) must be a QuantizedNetwork or a %s, or one of them in a %s: the"
                  + " hidden units of others are not known.",
              kind,
              option,
              inner.getClass().getName(),
              MultilayerPerceptron.class.getSimpleName(),
              FilteredClassifier.class.getSimpleName()));
    }
  }

  /**
   * The hidden units of a model that Weka has saved: the command line with {@code -d}, or the
   * Explorer with <i>Save model</i>.
   *
   * @param file compressed if its name ends in {@code .gz}, as Weka has it
   * @throws IllegalArgumentException if the file cannot be read or has no trained network
   */
  public static HiddenUnits read(File file) {
    // A copy of the training data's attributes may follow, which the networks themselves have.
    Object model = readFirst(file);
    if (!(model instanceof Classifier classifier)) {
      throw notModel(
          file, "it has " + (model == null ? "nothing" : "a " + model.getClass().getName()), null);
    }
    try {
      requireNetwork("model", "-model " + file + ": ", classifier);
      HiddenUnits units = of(classifier);
      units.requireUsable();
      return units;
    } catch (IllegalArgumentException | IllegalStateException e) {
      throw e;
    } catch (Exception e) {
      // Weka declares Exception, and its classes answer damage with many kinds of them.
      throw notModel(file, "it is damaged", e);
    }
  }

  /** Passes an instance without any value through the network, which works only if it is whole. */
  private void requireUsable() throws Exception {
    Instances header = header();
    Instance instance = new DenseInstance(header.numAttributes());
    instance.setDataset(header);
    try {
      requireHeader(header);
      activations(instance);
    } catch (IllegalArgumentException e) {
      // A network may refuse an instance without values; it is whole nevertheless.
    }
  }

  /** On a thread of its own: a long chain of units needs more stack than other threads have. */
  private static @Nullable Object readFirst(File file) {
    boolean compressed = file.getName().endsWith(".gz");
    FutureTask<@Nullable Object> reading =
        new FutureTask<>(
            () -> {
              try (InputStream bytes = new FileInputStream(file);
                  InputStream plain = compressed ? new GZIPInputStream(bytes) : bytes) {
                return GuardedInput.readFirst(
                    new BufferedInputStream(plain),
                    file.length() * (compressed ? MOST_COMPRESSION : 1),
                    MOST_DEPTH,
                    HiddenUnits::mayBeInModel);
              }
            });
    new Thread(null, reading, "reading of a model", STACK_BYTES).start();
    try {
      return await(reading);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      if (cause instanceof FileNotFoundException) {
        throw new IllegalArgumentException(
            String.format("The model (-model %s) must be a file that can be read.", file), cause);
      }
      if (cause instanceof EOFException) {
        throw notModel(file, "it ends too early", cause);
      }
      if (cause instanceof ZipException) {
        throw notModel(file, "it is something else, or damaged", cause);
      }
      if (cause instanceof IOException) {
        throw notModel(file, String.valueOf(cause.getMessage()), cause);
      }
      throw new IllegalStateException(cause);
    }
  }

  /** An interrupt does not end the wait, since reading ends soon; it is passed on. */
  private static <T extends @Nullable Object> T await(Future<T> future) throws ExecutionException {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return future.get();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static boolean mayBeInModel(String className) {
    return PACKAGES_OF_MODELS.stream().anyMatch(className::startsWith)
        && !className.equals(SerializedObject.class.getName())
        && !className.startsWith("weka.core.scripting.");
  }

  private static IllegalArgumentException notModel(
      File file, String fact, @Nullable Throwable cause) {
    return new IllegalArgumentException(
        String.format(
            "The model (-model %s) must be a classifier saved by Weka: %s.%nMaybe save it again,"
                + " with -d on the command line or \"Save model\" in the Explorer.",
            file, fact),
        cause);
  }

  /**
   * The layers that a text names.
   *
   * @param layers numbers and ranges from 1 such as {@code 1,3-5}, or {@code all}
   * @return indices from 0, ascending
   * @throws IllegalArgumentException if the text is neither, or there is no such layer
   */
  public static List<Integer> layerIndices(String layers, int layerCount) {
    Range range = new Range(layers.trim().equals("all") ? "first-last" : layers);
    try {
      range.setUpper(layerCount - 1);
    } catch (IllegalArgumentException e) {
      throw noSuchLayers(layers, layerCount, e);
    }
    int[] selection = range.getSelection();
    if (selection.length == 0) {
      throw noSuchLayers(layers, layerCount, null);
    }
    return Arrays.stream(selection).sorted().boxed().toList();
  }

  private static IllegalArgumentException noSuchLayers(
      String layers, int layerCount, @Nullable Exception cause) {
    return new IllegalArgumentException(
        String.format(
            "The layers (-layers %s) must be numbers and ranges from 1 to %d, or all.",
            layers, layerCount),
        cause);
  }

  /**
   * Checks that data have the attributes the network was trained on.
   *
   * @throws IllegalArgumentException if attributes or class differ
   */
  public void requireHeader(Instances data) {
    Instances header = header();
    String difference = header.equalHeadersMsg(data);
    if (difference == null) {
      return;
    }
    String fact = difference.trim().replace(":\n", ": ") + ".";
    if (!header.classAttribute().name().equals(data.classAttribute().name())) {
      fact =
          String.format(
              "the class is \"%s\" here and \"%s\" there.",
              data.classAttribute().name(), header.classAttribute().name());
    } else {
      Optional<String> unknown = nameMissingIn(header, data);
      Optional<String> lacking = nameMissingIn(data, header);
      if (unknown.isPresent()) {
        fact = String.format("the network does not know \"%s\".", unknown.get());
      } else if (lacking.isPresent()) {
        fact = String.format("\"%s\" is missing.", lacking.get());
      }
    }
    throw new IllegalArgumentException(
        "The attributes must be those the network was trained on, in the same order: "
            + fact
            + "\nMaybe prepare the data as the training data were prepared, or set the class.");
  }

  private static Optional<String> nameMissingIn(Instances header, Instances data) {
    return Collections.list(data.enumerateAttributes()).stream()
        .map(Attribute::name)
        .filter(name -> header.attribute(name) == null)
        .findFirst();
  }

  /** Says that a network cannot be used before training. */
  static IllegalArgumentException notTrained(Classifier classifier) {
    return new IllegalArgumentException(
        "The network (%s) must be trained: it has no weights."
            .formatted(classifier.getClass().getSimpleName()));
  }

  /** Of a network of ours. */
  private static final class OfQuantizedNetwork extends HiddenUnits {
    private static final long serialVersionUID = 3304512967042139851L;

    private final NetworkClassifier network;
    private final Instances header;

    OfQuantizedNetwork(NetworkClassifier network) {
      this.network = network;
      try {
        this.header = network.header();
      } catch (IllegalStateException e) {
        throw notTrained(network);
      }
    }

    @Override
    public Instances header() {
      return header;
    }

    @Override
    public List<Integer> layerSizes() {
      return network.network().architecture().layerSizes();
    }

    @Override
    public Optional<Quantizer> quantizer(int layerIndex) {
      return network.network().architecture().quantizer(layerIndex);
    }

    @Override
    public double[][] activations(Instance instance) throws Exception {
      ForwardPass pass = network.forward(instance);
      return IntStream.range(0, layerSizes().size())
          .mapToObj(pass::activations)
          .toArray(double[][]::new);
    }

    @Override
    public Optional<ForwardPass> stochasticPass(Instance instance, SplittableRandom random)
        throws Exception {
      return Optional.of(network.forward(instance, random));
    }

    @Override
    public String toString() {
      return network.toString();
    }
  }

  /** Of a network that sees the data through a filter. */
  private static final class OfFilteredClassifier extends HiddenUnits {
    private static final long serialVersionUID = 6108723490513870426L;

    private final Filter filter;
    private final HiddenUnits units;

    OfFilteredClassifier(Filter filter, HiddenUnits units) {
      this.filter = filter;
      this.units = units;
      // They differ if a FilteredClassifier samples attributes by weight, which it does not reveal.
      units.requireHeader(filter.getOutputFormat());
    }

    @Override
    public Instances header() {
      return filter.getCopyOfInputFormat();
    }

    @Override
    public List<Integer> layerSizes() {
      return units.layerSizes();
    }

    @Override
    public Optional<Quantizer> quantizer(int layerIndex) {
      return units.quantizer(layerIndex);
    }

    @Override
    public Optional<ForwardPass> stochasticPass(Instance instance, SplittableRandom random)
        throws Exception {
      filter.input(instance);
      filter.batchFinished();
      Instance filtered = filter.output();
      return filtered == null ? Optional.empty() : units.stochasticPass(filtered, random);
    }

    @Override
    public double[][] activations(Instance instance) throws Exception {
      filter.input(instance);
      filter.batchFinished();
      Instance filtered = filter.output();
      if (filtered != null) {
        return units.activations(filtered);
      }
      double[][] missing =
          layerSizes().stream().map(size -> new double[size]).toArray(double[][]::new);
      for (double[] layer : missing) {
        Arrays.fill(layer, Utils.missingValue());
      }
      return missing;
    }

    @Override
    public String toString() {
      return units.toString();
    }
  }
}
