package weka.core.converters;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import nnpid.weka.EnumEditor;
import weka.core.Attribute;
import weka.core.DenseInstance;
import weka.core.Instances;
import weka.core.OptionMetadata;

/**
 * Loads the images of CIFAR-10 and CIFAR-100 in their binary version: files of records, each of one
 * label (CIFAR-100: a coarse and a fine one) and 3,072 bytes, the red, the green and the blue
 * pixels of an image of 32 x 32, row after row.
 *
 * <p>Bytes become numeric attributes {@code pixel1} to {@code pixel3072} in this order, the label
 * the nominal class, the last attribute: of CIFAR-10 by name, of CIFAR-100 by number.
 */
public class CifarLoader extends WholeFileLoader {
  static {
    EnumEditor.register(List.of(DataSet.class, Labels.class));
  }

  private static final long serialVersionUID = 7310265508817744902L;

  private static final int PIXELS = 3 * 32 * 32;
  private static final int COARSE_LABELS = 20;
  private static final int FINE_LABELS = 100;

  private static final List<String> NAMES =
      List.of(
          "airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck");

  /** Which data set a file is of. */
  public enum DataSet {
    /** What its size tells. */
    AUTO("auto"),
    /** CIFAR-10. */
    CIFAR_10("cifar-10"),
    /** CIFAR-100. */
    CIFAR_100("cifar-100");

    private final String id;

    DataSet(String id) {
      this.id = id;
    }

    @Override
    public String toString() {
      return id;
    }

    private int recordBytes() {
      return PIXELS + (this == CIFAR_100 ? 2 : 1);
    }
  }

  /** Which labels of CIFAR-100 are the class. */
  public enum Labels {
    /** 100 classes. */
    FINE("fine"),
    /** 20 superclasses. */
    COARSE("coarse");

    private final String id;

    Labels(String id) {
      this.id = id;
    }

    @Override
    public String toString() {
      return id;
    }
  }

  private DataSet dataSet = DataSet.AUTO;
  private Labels labels = Labels.FINE;

  public String globalInfo() {
    return "Reads the images of CIFAR-10 and CIFAR-100 in their binary version. Files are called"
        + " data_batch_1.bin, test_batch.bin or train.bin. The 3,072 bytes of an image become"
        + " attributes pixel1, pixel2, ...: red, green and blue, each row after row. The label"
        + " becomes the class.";
  }

  @Override
  public String getFileExtension() {
    return ".bin";
  }

  @Override
  public String[] getFileExtensions() {
    return new String[] {".bin"};
  }

  @Override
  public String getFileDescription() {
    return "CIFAR images, binary version";
  }

  @OptionMetadata(
      displayName = "Data set",
      description =
          "What the file is of: cifar-10 (one label per image), cifar-100 (two), or auto, which"
              + " tells them by the size of the file.",
      commandLineParamName = "data-set",
      commandLineParamSynopsis = "auto|cifar-10|cifar-100",
      displayOrder = 1)
  public DataSet getKind() {
    return dataSet;
  }

  public void setKind(DataSet dataSet) {
    this.dataSet = dataSet;
    m_structure = null;
  }

  @OptionMetadata(
      displayName = "Labels",
      description = "Labels of CIFAR-100 that are the class: fine (100) or coarse (20).",
      commandLineParamName = "labels",
      commandLineParamSynopsis = "fine|coarse",
      displayOrder = 2)
  public Labels getLabels() {
    return labels;
  }

  public void setLabels(Labels labels) {
    this.labels = labels;
    m_structure = null;
  }

  @Override
  Instances load(Path path, boolean withValues) throws IOException {
    long size = Files.size(path);
    DataSet kind = kind(path, size);
    long count = size / kind.recordBytes();
    if (count > Integer.MAX_VALUE) {
      throw new IOException(
          String.format(
              "The file (%s) must have at most %d images: it has %d.",
              path.getFileName(), Integer.MAX_VALUE, count));
    }
    requireMemory((int) count, PIXELS, 0);
    ArrayList<Attribute> attributes = new ArrayList<>();
    IntStream.rangeClosed(1, PIXELS).forEach(i -> attributes.add(new Attribute("pixel" + i)));
    List<String> values = values(kind);
    attributes.add(new Attribute("label", values));
    String name = path.getFileName().toString().replaceFirst("\\.[^.]*$", "");
    Instances data = new Instances(name, attributes, withValues ? (int) count : 0);
    data.setClassIndex(PIXELS);
    if (withValues) {
      try (InputStream in = new BufferedInputStream(Files.newInputStream(path), 1 << 16)) {
        byte[] bytes = new byte[kind.recordBytes()];
        for (int i = 1; i <= count; i++) {
          if (in.readNBytes(bytes, 0, bytes.length) < bytes.length) {
            throw new EOFException(
                String.format(
                    "The file (%s) must stay as it is while it is read: it has become shorter.",
                    path.getFileName()));
          }
          data.add(new DenseInstance(1, row(path, kind, bytes, i)));
        }
      }
    }
    return data;
  }

  private List<String> values(DataSet kind) {
    if (kind == DataSet.CIFAR_10) {
      return NAMES;
    }
    int count = labels == Labels.FINE ? FINE_LABELS : COARSE_LABELS;
    return IntStream.range(0, count).mapToObj(Integer::toString).toList();
  }

  private double[] row(Path path, DataSet kind, byte[] bytes, int image) throws IOException {
    int first = bytes.length - PIXELS;
    for (int i = 0; i < first; i++) {
      int label = Byte.toUnsignedInt(bytes[i]);
      int count = kind == DataSet.CIFAR_10 ? NAMES.size() : i == 0 ? COARSE_LABELS : FINE_LABELS;
      if (label >= count) {
        throw new IOException(
            String.format(
                "The labels (%s) of the file (%s) must be from 0 to %d: that of image %d is %d.%n"
                    + "Maybe the file is of something else, or the option -data-set must be named.",
                kind, path.getFileName(), count - 1, image, label));
      }
    }
    double[] row = new double[PIXELS + 1];
    for (int i = 0; i < PIXELS; i++) {
      row[i] = Byte.toUnsignedInt(bytes[first + i]);
    }
    boolean coarse = kind == DataSet.CIFAR_10 || labels == Labels.COARSE;
    row[PIXELS] = Byte.toUnsignedInt(bytes[coarse ? 0 : 1]);
    return row;
  }

  private DataSet kind(Path path, long size) throws IOException {
    boolean isTen = size > 0 && size % DataSet.CIFAR_10.recordBytes() == 0;
    boolean isHundred = size > 0 && size % DataSet.CIFAR_100.recordBytes() == 0;
    boolean fits =
        switch (dataSet) {
          case CIFAR_10 -> isTen;
          case CIFAR_100 -> isHundred;
          case AUTO -> isTen || isHundred;
        };
    if (!fits) {
      throw new IOException(
          String.format(
              "The size of the file (%s, %d bytes) must be a multiple of %s: %s.",
              path.getFileName(),
              size,
              dataSet == DataSet.AUTO
                  ? "3073 (CIFAR-10) or 3074 (CIFAR-100)"
                  : Integer.toString(dataSet.recordBytes()),
              size == 0 ? "it is empty" : "it is cut off, has more at its end, or is no CIFAR"));
    }
    if (dataSet == DataSet.AUTO && isTen && isHundred) {
      throw new IOException(
          String.format(
              "The file (%s, %d bytes) must tell by its size what it is of: it may be CIFAR-10 or"
                  + " CIFAR-100.%nMaybe name it with the loader's option -data-set.",
              path.getFileName(), size));
    }
    return dataSet == DataSet.AUTO ? isTen ? DataSet.CIFAR_10 : DataSet.CIFAR_100 : dataSet;
  }

  /** Prints a file as ARFF; the first argument is its name, options follow. */
  public static void main(String[] arguments) {
    runFileLoader(new CifarLoader(), arguments);
  }
}
