package weka.core.converters;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import nnpid.numpy.NumpyArray;
import nnpid.numpy.NumpyFile;
import nnpid.weka.ArrayLoader;
import weka.core.Attribute;
import weka.core.DenseInstance;
import weka.core.Instances;
import weka.core.OptionMetadata;
import weka.core.Utils;

/**
 * Loads the arrays of a NumPy file, such as the activations of the layers of a neural network that
 * another framework has left in a {@code .npz} archive.
 *
 * <p>The first axis of every array counts the samples, which become instances; the other axes
 * together count the units, which become numeric attributes {@code name_1}, {@code name_2}, ... in
 * the order of the file. Channels, rows and columns of a convolutional layer are so flattened, the
 * last axis fastest; an array of one axis has one unit. A single array in a {@code .npy} file is
 * named after the file. NaN becomes a missing value.
 *
 * <p>One array of an archive is the class, the last attribute, with its own name: the one named by
 * the option, else that called {@code labels}, {@code label} or {@code y}. It has one value per
 * sample. Integers, whole floating-point numbers, Booleans and texts make the class nominal, with
 * the values that occur in ascending order; other numbers make it numeric. Without such an array no
 * class is set.
 *
 * <p>An array with one of these three names is never a layer, since its units would tell the class:
 * if there are several, the option must name the class, and the others are left out.
 */
public class NpyLoader extends WholeFileLoader implements ArrayLoader {
  private static final long serialVersionUID = 2839401665927713204L;

  /** What Java and Weka need for an instance without its values, and for an attribute. */
  private static final int INSTANCE_BYTES = 56;

  private static final int ATTRIBUTE_BYTES = 200;

  /** The collector has about so many regions, of at least so many bytes. */
  private static final int REGIONS = 2048;

  private static final long LEAST_REGION_BYTES = 1 << 20;

  /** What labels need, unless they are very many. */
  private static final int LABELS_BYTES = 1 << 26;

  private static final double FREE_SHARE = 0.9;

  /** Array names that are listed in a message. */
  private static final int MOST_LISTED = 10;

  private String labelArray = "";
  private String preferredLabelArray = "";

  public String globalInfo() {
    return "Reads NumPy's files (npy and npz), such as activations of a neural network. The first"
        + " axis of every array counts the samples. Every array of an archive becomes a layer: its"
        + " units are attributes name_1, name_2, ...; further axes are flattened, the last one"
        + " fastest. The array labels, label or y becomes the class: nominal if it has integers,"
        + " Booleans or texts. If there are several of them, the option labels must name the class,"
        + " and the others are left out. NaN becomes a missing value. Python objects (pickles) are"
        + " refused.";
  }

  @Override
  public String getFileExtension() {
    return ".npy";
  }

  @Override
  public String[] getFileExtensions() {
    return new String[] {".npy", ".npz"};
  }

  @Override
  public String getFileDescription() {
    return "NumPy arrays";
  }

  @OptionMetadata(
      displayName = "Array of the class",
      description =
          "Name of the array of an archive that becomes the class; if it is empty, labels, label or"
              + " y, of which there must not be several. Others of these names are left out.",
      commandLineParamName = "labels",
      commandLineParamSynopsis = "name",
      displayOrder = 1)
  public String getLabelArray() {
    return labelArray;
  }

  public void setLabelArray(String labelArray) {
    this.labelArray = labelArray;
    m_structure = null;
  }

  @Override
  public void preferLabelArray(String name) {
    preferredLabelArray = name;
    m_structure = null;
  }

  @Override
  Instances load(Path path, boolean withValues) throws IOException {
    try (NumpyFile file = NumpyFile.open(path)) {
      List<NumpyArray> layers = new ArrayList<>(file.arrays());
      Optional<NumpyArray> target = Optional.empty();
      if (file.isArchive() || !labelArray.isEmpty()) {
        target = target(file);
        target.ifPresent(layers::remove);
      }
      if (file.isArchive()) {
        layers.removeIf(array -> LABEL_ARRAYS.contains(array.name()));
      }
      requireLayers(layers);
      List<NumpyArray> arrays = new ArrayList<>(layers);
      target.ifPresent(arrays::add);
      int sampleCount = sampleCount(arrays);
      double bytes = requireMemory(layers, sampleCount);
      ArrayList<Attribute> attributes = new ArrayList<>(units(layers));
      Optional<NumpyArray.Labels> labels = Optional.empty();
      if (target.isPresent()) {
        labels = target.get().readLabels(availableBytes(bytes + LABELS_BYTES) - bytes);
        String name = target.get().name();
        attributes.add(
            labels.map(l -> new Attribute(name, l.values())).orElseGet(() -> new Attribute(name)));
      }
      requireUniqueNames(attributes);
      Instances data = new Instances(relationName(path), attributes, withValues ? sampleCount : 0);
      if (target.isPresent()) {
        data.setClassIndex(attributes.size() - 1);
      }
      if (withValues) {
        for (double[] row : rows(layers, target, labels, sampleCount)) {
          data.add(new DenseInstance(1, row));
        }
      }
      return data;
    }
  }

  private static List<Attribute> units(List<NumpyArray> layers) {
    List<Attribute> units = new ArrayList<>();
    for (NumpyArray layer : layers) {
      for (int unit = 1; unit <= layer.unitCount(); unit++) {
        units.add(new Attribute(layer.name() + "_" + unit));
      }
    }
    return units;
  }

  private static double[][] rows(
      List<NumpyArray> layers,
      Optional<NumpyArray> target,
      Optional<NumpyArray.Labels> labels,
      int sampleCount)
      throws IOException {
    int unitCount = layers.stream().mapToInt(NumpyArray::unitCount).sum();
    double[][] rows = new double[sampleCount][unitCount + (target.isPresent() ? 1 : 0)];
    int offset = 0;
    for (NumpyArray layer : layers) {
      layer.readInto(rows, offset);
      offset += layer.unitCount();
    }
    if (labels.isPresent()) {
      for (int sample = 0; sample < sampleCount; sample++) {
        int index = labels.get().index(sample);
        rows[sample][unitCount] = index < 0 ? Utils.missingValue() : index;
      }
    } else if (target.isPresent()) {
      target.get().readInto(rows, unitCount);
    }
    return rows;
  }

  private Optional<NumpyArray> target(NumpyFile file) throws IOException {
    List<NumpyArray> arrays = file.arrays();
    List<String> names = labelArray.isEmpty() ? LABEL_ARRAYS : List.of(labelArray);
    if (labelArray.isEmpty()
        && arrays.stream().anyMatch(array -> array.name().equals(preferredLabelArray))) {
      names = List.of(preferredLabelArray);
    }
    Set<String> wanted = Set.copyOf(names);
    List<NumpyArray> candidates =
        arrays.stream().filter(array -> wanted.contains(array.name())).toList();
    if (candidates.size() > 1) {
      throw new IOException(
          String.format(
              "The array of the class must be the only one called labels, label or y: the file has"
                  + " %s.%n"
                  + "Maybe name the class with the loader's option -labels, or -c of"
                  + " RepresentationalComplexity; the others are then left out.",
              list(candidates, NumpyArray::shapeText)));
    }
    Optional<NumpyArray> target = candidates.stream().findFirst();
    if (target.isEmpty() && !labelArray.isEmpty()) {
      throw new IOException(
          String.format(
              "The array of the class (-labels %s) must be in the file: it has %s.",
              NumpyArray.shown(labelArray), list(arrays, NumpyArray::shapeText)));
    }
    if (target.isPresent() && target.get().unitCount() != 1) {
      throw new IOException(
          String.format(
              "The array \"%s\" of the class must have one value per sample: its shape is %s.%n"
                  + "Maybe use argmax(1) on one-hot labels, or name another array with"
                  + " the loader's option -labels.",
              NumpyArray.shown(target.get().name()), target.get().shapeText()));
    }
    return target;
  }

  private static void requireLayers(List<NumpyArray> layers) throws IOException {
    if (layers.isEmpty()) {
      throw new IOException("The file must have an array besides the class: it has none.");
    }
    for (NumpyArray layer : layers) {
      if (layer.isText()) {
        throw new IOException(
            String.format(
                "Array \"%s\" must have numbers: it has texts.%n"
                    + "Maybe it is the class: save it as labels, or name it with the loader's"
                    + " option -labels.",
                NumpyArray.shown(layer.name())));
      }
    }
  }

  private static int sampleCount(List<NumpyArray> arrays) throws IOException {
    int count = arrays.get(0).sampleCount();
    if (arrays.stream().anyMatch(array -> array.sampleCount() != count)) {
      throw new IOException(
          String.format(
              "The arrays must have the same number of samples: they have %s.",
              list(arrays, array -> Integer.toString(array.sampleCount()))));
    }
    if (count == 0) {
      throw new IOException(
          String.format(
              "The arrays must have samples: they have %s.", list(arrays, NumpyArray::shapeText)));
    }
    return count;
  }

  /** What the data need without the labels of the class, if that fits into memory. */
  private static double requireMemory(List<NumpyArray> layers, int sampleCount) throws IOException {
    // As doubles, since the products may be beyond all integers.
    double units = 0;
    double names = 0;
    for (NumpyArray layer : layers) {
      units += layer.unitCount();
      names += (double) layer.unitCount() * (ATTRIBUTE_BYTES + 2.0 * layer.name().length());
    }
    double bytes = names + sampleCount * (INSTANCE_BYTES + rowBytes(units + 1));
    double available = availableBytes(bytes);
    if (units >= Integer.MAX_VALUE || bytes > available) {
      throw new IOException(
          String.format(
              "The data (%d samples of %.0f units) must fit into memory: they need %.0f MB with the"
                  + " names, Java has %.0f MB left.%n"
                  + "Maybe give it more: java -Xmx4g ..., or save fewer samples.",
              sampleCount, units, Math.ceil(bytes / 1e6), available / 1e6));
    }
    return bytes;
  }

  /** Arrays that are larger than half a region have whole regions for themselves. */
  private static double rowBytes(double attributes) {
    double bytes = Double.BYTES * attributes;
    double region =
        Math.max(
            LEAST_REGION_BYTES, Long.highestOneBit(Runtime.getRuntime().maxMemory() / REGIONS));
    return bytes > region / 2 ? region * Math.ceil(bytes / region) : bytes;
  }

  /**
   * The memory that is left, once garbage is collected if less than the needed would be. A part is
   * kept for the reading itself, and what the program does meanwhile.
   */
  private static double availableBytes(double needed) {
    double free = FREE_SHARE * freeBytes();
    if (free < needed) {
      System.gc();
      free = FREE_SHARE * freeBytes();
    }
    return free;
  }

  private static long freeBytes() {
    Runtime runtime = Runtime.getRuntime();
    return runtime.maxMemory() - runtime.totalMemory() + runtime.freeMemory();
  }

  private static void requireUniqueNames(List<Attribute> attributes) throws IOException {
    Set<String> names = new HashSet<>();
    for (Attribute attribute : attributes) {
      if (!names.add(attribute.name())) {
        throw new IOException(
            String.format(
                "The names of units and class must differ: two are \"%s\".%n"
                    + "Maybe rename an array.",
                NumpyArray.shown(attribute.name())));
      }
    }
  }

  private static String list(List<NumpyArray> arrays, Function<NumpyArray, String> fact) {
    String text =
        arrays.stream()
            .limit(MOST_LISTED)
            .map(array -> "\"" + NumpyArray.shown(array.name()) + "\" " + fact.apply(array))
            .collect(Collectors.joining(", "));
    return arrays.size() <= MOST_LISTED ? text : text + ", ...";
  }

  private static String relationName(Path path) {
    return path.getFileName().toString().replaceFirst("\\.[^.]*$", "");
  }

  /** Prints a file as ARFF; the first argument is its name, options follow. */
  public static void main(String[] arguments) {
    runFileLoader(new NpyLoader(), arguments);
  }
}
