package weka.core.converters;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import weka.core.Attribute;
import weka.core.DenseInstance;
import weka.core.Instances;
import weka.core.OptionMetadata;

/**
 * Loads images in the IDX format of MNIST and Fashion-MNIST, compressed by gzip or not.
 *
 * <p>Pixels become numeric attributes {@code pixel1}, {@code pixel2}, ..., row after row. The
 * labels are the class, the last attribute: those of the option's file, else of the file beside the
 * images that is called the same but for "labels" in the place of "images". The class is nominal,
 * from 0 to the largest label, so that a test set without the last ones has the same class. Images
 * without labels are refused, unless the option says that there are none: no class is set then.
 */
public class IdxLoader extends WholeFileLoader {
  private static final long serialVersionUID = 4420713925586081433L;

  /** Of labels that are bytes. */
  private static final int MOST_LABELS = 256;

  private static final String DESCRIPTION = "IDX images (MNIST)";

  /** What says that there are no labels. */
  private static final String NONE = "none";

  private String labels = "";

  public String globalInfo() {
    return "Reads images in the IDX format, such as those of MNIST and Fashion-MNIST, compressed by"
        + " gzip or not. Pixels become attributes pixel1, pixel2, ..., row after row. The labels"
        + " become the class: they are read from the file beside the images whose name has labels"
        + " instead of images, as train-labels-idx1-ubyte beside train-images-idx3-ubyte, unless"
        + " the option labels names another, or none. In Weka's dialogs choose the file type "
        + DESCRIPTION
        + "; where there is none to choose, as behind Weka's option -t, the name must have a dot,"
        + " as train-images.idx3-ubyte.gz.";
  }

  @Override
  public String getFileExtension() {
    return "-idx3-ubyte";
  }

  @Override
  public String[] getFileExtensions() {
    return new String[] {
      "-idx3-ubyte", "-idx3-ubyte.gz", ".idx3-ubyte", ".idx3-ubyte.gz", ".idx", ".idx.gz"
    };
  }

  @Override
  public String getFileDescription() {
    return DESCRIPTION;
  }

  @OptionMetadata(
      displayName = "File of the labels",
      description =
          "File of the labels, which become the class; its name alone if it is beside the images."
              + " If it is empty, that which is called like the images but for labels instead of"
              + " images. none: there are no labels, and no class is set.",
      commandLineParamName = "labels",
      commandLineParamSynopsis = "file",
      displayOrder = 1)
  public String getLabels() {
    return labels;
  }

  public void setLabels(String labels) {
    this.labels = labels;
    m_structure = null;
  }

  @Override
  Instances load(Path path, boolean withValues) throws IOException {
    try (IdxArray images = IdxArray.open(path)) {
      if (images.axisCount() == 1) {
        throw new IOException(
            String.format(
                "The file (%s) must have images: it has one value per sample, as labels have.%n"
                    + "Maybe open the images; their labels are found beside them.",
                path.getFileName()));
      }
      if (images.sampleCount() == 0 || images.unitCount() == 0) {
        throw new IOException(
            String.format(
                "The file (%s) must have images: it has %s values.",
                path.getFileName(), images.shapeText()));
      }
      requireMemory(images.sampleCount(), (double) images.unitCount(), 0);
      Optional<Path> file = labelFile(path);
      Optional<double[]> targets = Optional.empty();
      if (file.isPresent()) {
        targets = Optional.of(readLabels(file.get(), path, images.sampleCount()));
      }
      int units = (int) images.unitCount();
      ArrayList<Attribute> attributes = new ArrayList<>();
      IntStream.rangeClosed(1, units).forEach(i -> attributes.add(new Attribute("pixel" + i)));
      targets.ifPresent(all -> attributes.add(new Attribute("label", values(all))));
      String name = path.getFileName().toString().replaceFirst("\\.gz$", "");
      Instances data = new Instances(name, attributes, withValues ? images.sampleCount() : 0);
      targets.ifPresent(all -> data.setClassIndex(units));
      for (int i = 0; withValues && i < images.sampleCount(); i++) {
        double[] row = new double[attributes.size()];
        images.readInto(row);
        if (targets.isPresent()) {
          row[units] = data.classAttribute().indexOfValue(label(targets.get()[i]));
        }
        data.add(new DenseInstance(1, row));
      }
      if (withValues) {
        images.requireEnd();
      }
      return data;
    }
  }

  private Optional<Path> labelFile(Path images) throws IOException {
    if (labels.equals(NONE)) {
      return Optional.empty();
    }
    if (!labels.isEmpty()) {
      Path named = images.resolveSibling(labels);
      Path file = Files.exists(named) ? named : Path.of(labels);
      if (!Files.isRegularFile(file)) {
        throw new IOException(
            String.format("The file of the labels (-labels %s) must exist: it does not.", labels));
      }
      return Optional.of(file);
    }
    String name = images.getFileName().toString();
    String beside = name.replace("images", "labels").replaceFirst("idx\\d", "idx1");
    String plain = beside.replaceFirst("\\.gz$", "");
    Optional<Path> found =
        beside.equals(name)
            ? Optional.empty()
            : List.of(beside, plain, plain + ".gz").stream()
                .map(images::resolveSibling)
                .filter(Files::isRegularFile)
                .findFirst();
    if (found.isEmpty()) {
      throw new IOException(
          String.format(
              "The images (%s) must have their labels beside them: there is no %s.%nMaybe put the"
                  + " labels there, or give the loader its option -labels (their file, or none for"
                  + " no class), as in weka.Run .IdxLoader %s -labels FILE > images.arff.",
              name,
              beside.equals(name)
                  ? "\"images\" in the name that could be \"labels\""
                  : plain + ", nor " + plain + ".gz",
              images));
    }
    return found;
  }

  private static double[] readLabels(Path file, Path images, int sampleCount) throws IOException {
    try (IdxArray labels = IdxArray.open(file)) {
      if (labels.unitCount() != 1 || !labels.isWhole()) {
        throw new IOException(
            String.format(
                "The labels (%s) must be one whole number per image: the file has %s values%s.",
                file.getFileName(), labels.shapeText(), labels.isWhole() ? "" : " that are real"));
      }
      if (labels.sampleCount() != sampleCount) {
        throw new IOException(
            String.format(
                "The labels (%d in %s) must be as many as the images (%d in %s).",
                labels.sampleCount(), file.getFileName(), sampleCount, images.getFileName()));
      }
      double[] all = new double[sampleCount];
      double[] one = new double[1];
      for (int i = 0; i < sampleCount; i++) {
        labels.readInto(one);
        all[i] = one[0];
      }
      labels.requireEnd();
      return all;
    }
  }

  /** From 0 to the largest one, or, where that would be too many, those that there are. */
  private static List<String> values(double[] labels) {
    double[] present = Arrays.stream(labels).sorted().distinct().toArray();
    double largest = present[present.length - 1];
    return present[0] >= 0 && largest < MOST_LABELS
        ? IntStream.rangeClosed(0, (int) largest).mapToObj(Integer::toString).toList()
        : Arrays.stream(present).mapToObj(IdxLoader::label).toList();
  }

  private static String label(double value) {
    return Integer.toString((int) value);
  }

  /** Prints a file as ARFF; the first argument is its name, options follow. */
  public static void main(String[] arguments) {
    runFileLoader(new IdxLoader(), arguments);
  }
}
