package nnpid.weka;

import java.io.Closeable;
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
import weka.core.Attribute;
import weka.core.Instances;

/**
 * Which arrays of a NumPy file are layers of units, and which is the class; what units and class
 * are called.
 */
public final class NumpyUnits implements Closeable {
  private static final double FREE_SHARE = 0.9;

  /** Array names that are listed in a message. */
  private static final int MOST_LISTED = 10;

  private final NumpyFile file;
  private final Path path;
  private final List<NumpyArray> layers;
  private final Optional<NumpyArray> target;
  private final int sampleCount;

  private NumpyUnits(NumpyFile file, Path path, String labelArray, String preferredLabelArray)
      throws IOException {
    this.file = file;
    this.path = path;
    layers = new ArrayList<>(file.arrays());
    target =
        file.isArchive() || !labelArray.isEmpty()
            ? target(file.arrays(), labelArray, preferredLabelArray)
            : Optional.empty();
    target.ifPresent(layers::remove);
    if (file.isArchive()) {
      layers.removeIf(array -> ArrayLoader.LABEL_ARRAYS.contains(array.name()));
    }
    requireLayers(layers);
    List<NumpyArray> arrays = new ArrayList<>(layers);
    target.ifPresent(arrays::add);
    sampleCount = sampleCount(arrays);
  }

  /**
   * Opens a file.
   *
   * @param labelArray name of the array that must be the class; empty for the usual names
   * @param preferredLabelArray name of the array that is the class if there is one
   * @throws IOException if it cannot be read, or the arrays do not fit together
   */
  public static NumpyUnits open(Path path, String labelArray, String preferredLabelArray)
      throws IOException {
    NumpyFile file = NumpyFile.open(path);
    try {
      return new NumpyUnits(file, path, labelArray, preferredLabelArray);
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  /** The arrays of units, in the order of the file. */
  public List<NumpyArray> layers() {
    return List.copyOf(layers);
  }

  /** The array of the class, if there is one. */
  public Optional<NumpyArray> target() {
    return target;
  }

  public int sampleCount() {
    return sampleCount;
  }

  /** Number of units in all layers; a double, since it may be beyond all integers. */
  public double unitCount() {
    return layers.stream().mapToDouble(NumpyArray::unitCount).sum();
  }

  /**
   * The units and the class as attributes.
   *
   * @param labels of the class; none if it has numbers
   * @param capacity for so many instances
   * @throws IOException if two have the same name
   */
  public Instances header(Optional<NumpyArray.Labels> labels, int capacity) throws IOException {
    ArrayList<Attribute> attributes = new ArrayList<>(units());
    if (target.isPresent()) {
      String name = target.get().name();
      attributes.add(
          labels.map(l -> new Attribute(name, l.values())).orElseGet(() -> new Attribute(name)));
    }
    requireUniqueNames(attributes);
    String relation = String.valueOf(path.getFileName()).replaceFirst("\\.[^.]*$", "");
    Instances data = new Instances(relation, attributes, capacity);
    if (target.isPresent()) {
      data.setClassIndex(attributes.size() - 1);
    }
    return data;
  }

  private List<Attribute> units() {
    List<Attribute> units = new ArrayList<>();
    for (NumpyArray layer : layers) {
      for (int unit = 1; unit <= layer.unitCount(); unit++) {
        units.add(new Attribute(layer.name() + "_" + unit));
      }
    }
    return units;
  }

  private static Optional<NumpyArray> target(
      List<NumpyArray> arrays, String labelArray, String preferredLabelArray) throws IOException {
    List<String> names = labelArray.isEmpty() ? ArrayLoader.LABEL_ARRAYS : List.of(labelArray);
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

  /**
   * The memory that is left, once garbage is collected if less than the needed would be. A part is
   * kept for the reading itself, and what the program does meanwhile.
   */
  public static double availableBytes(double needed) {
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

  @Override
  public void close() throws IOException {
    file.close();
  }
}
