package weka.core.converters;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import nnpid.numpy.NumpyArray;
import nnpid.weka.ArrayLoader;
import nnpid.weka.NumpyUnits;
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

  /** What labels need, unless they are very many. */
  private static final int LABELS_BYTES = 1 << 26;

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
    try (NumpyUnits file = NumpyUnits.open(path, labelArray, preferredLabelArray)) {
      double bytes = requireMemory(file);
      Optional<NumpyArray.Labels> labels = Optional.empty();
      if (file.target().isPresent()) {
        labels =
            file.target().get().readLabels(NumpyUnits.availableBytes(bytes + LABELS_BYTES) - bytes);
      }
      Instances data = file.header(labels, withValues ? file.sampleCount() : 0);
      if (withValues) {
        for (double[] row : rows(file.layers(), file.target(), labels, file.sampleCount())) {
          data.add(new DenseInstance(1, row));
        }
      }
      return data;
    }
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

  /** What the data need without the labels of the class, if that fits into memory. */
  private static double requireMemory(NumpyUnits file) throws IOException {
    double names =
        file.layers().stream()
            .mapToDouble(layer -> 2.0 * layer.unitCount() * layer.name().length())
            .sum();
    return requireMemory(file.sampleCount(), file.unitCount(), names);
  }

  /** Prints a file as ARFF; the first argument is its name, options follow. */
  public static void main(String[] arguments) {
    runFileLoader(new NpyLoader(), arguments);
  }
}
