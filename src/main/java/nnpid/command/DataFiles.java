package nnpid.command;

import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import nnpid.execution.Execution;
import nnpid.weka.ArrayLoader;
import nnpid.weka.AttributeNames;
import nnpid.weka.DelimitedText;
import nnpid.weka.FileSource;
import nnpid.weka.FileSources;
import nnpid.weka.InstancesBridge;
import nnpid.weka.InstancesBridge.MissingValues;
import nnpid.weka.InstancesSource;
import nnpid.weka.LayerSource;
import nnpid.weka.RawRows;
import nnpid.weka.Specification;
import nnpid.weka.TextFile;
import nnpid.weka.UnitQuantizer;
import nnpid.weka.UnitSelection;
import org.jspecify.annotations.Nullable;
import weka.core.Attribute;
import weka.core.Instance;
import weka.core.Instances;
import weka.core.converters.AbstractFileLoader;
import weka.core.converters.ArffLoader.ArffReader;
import weka.core.converters.ConverterUtils;
import weka.core.converters.SerializedInstancesLoader;

/**
 * The one place where the files of a user become instances: CSV and its relatives, ARFF, NumPy's,
 * and what else Weka has a loader for.
 *
 * @param option the option that names the file, for messages
 * @param classAttribute what {@code -c} says
 * @param nominalClass whether every value of a numeric class becomes a class
 * @param separator what separates the cells of a CSV file; {@code auto} for what its header tells
 */
public record DataFiles(
    String option, String classAttribute, boolean nominalClass, String separator)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** By its name: it is one of the adapters that use this package. */
  private static final String NUMPY = "weka.core.converters.NpyLoader";

  /** These two by patterns of names that have no extension, or one that others use too. */
  private static final String IDX = "weka.core.converters.IdxLoader";

  private static final String CIFAR = "weka.core.converters.CifarLoader";

  /** Fewer take hardly any memory. */
  private static final double MANY_VALUES = 1e6;

  private static final List<String> DELIMITED = List.of(".csv", ".tsv", ".txt");

  /**
   * The layers of a file, for an analysis: the one place that decides how a file becomes layers.
   * Where the values of a file need not become instances they do not, so that large files take
   * little memory; the results are the same.
   *
   * @param execution is told how far the first reading is, and what people should know
   * @throws IllegalArgumentException as {@link #read(File)}, or if the file does not have what is
   *     selected
   * @throws IOException if it is not in the format that its name says
   * @throws java.util.concurrent.CancellationException if the thread is interrupted
   * @throws Exception if a filter of Weka fails
   */
  public LayerSource layers(File file, AnalysisOptions options, Execution execution)
      throws Exception {
    UnitSelection selection = options.selection();
    UnitQuantizer quantizer = options.quantizer();
    Optional<FileSource> source =
        withoutInstances(file, selection, quantizer, options.getMissingValues(), execution);
    if (source.isPresent()) {
      return source.get();
    }
    Instances data = read(file);
    InstancesBridge.requireInstances(data);
    Instances selected = selection.select(data);
    return new InstancesSource(
        data.relationName(),
        selected,
        selection.samples(data),
        quantizer,
        whyInstances(file, selected, quantizer));
  }

  /** Why the values of a file have become instances, if they are so many that it matters. */
  private static Optional<String> whyInstances(
      File file, Instances selected, UnitQuantizer quantizer) {
    double values = (double) selected.numInstances() * selected.numAttributes();
    if (values < MANY_VALUES) {
      return Optional.empty();
    }
    String reason =
        quantizer.rules(selected).isEmpty()
            ? "the quantizer has to see them all at once. QuantizeActivations for all units does"
                + " not."
            : isDelimited(file) || isArff(file) || isNumpy(file)
                ? "what was chosen as class, or samples with missing values that are dropped from"
                    + " some layers only, need that."
                : "files of this format are read so.";
    return Optional.of(
        String.format(
            Locale.ROOT,
            "All values (%.0f) were in memory as Weka's instances, at least 8 bytes each: %s",
            values,
            reason));
  }

  /**
   * The layers of a file whose values need not become instances; empty if they must.
   *
   * @throws IllegalArgumentException as {@link #layers}
   * @throws IOException as {@link #layers}
   * @throws Exception if a filter of Weka fails
   */
  Optional<FileSource> withoutInstances(
      File file,
      UnitSelection selection,
      UnitQuantizer quantizer,
      MissingValues missingValues,
      Execution execution)
      throws Exception {
    requireReadable(file);
    FileSources sources = new FileSources(file, selection, quantizer, missingValues, execution);
    if (isDelimited(file)) {
      return sources.ofText(separator, mixed());
    }
    if (!separator.equals("auto")) {
      return Optional.empty();
    }
    if (isArff(file)) {
      return sources.ofArff(
          option, header -> cleaned(header, file), e -> notInFormat(file, "ArffLoader", e));
    }
    return isNumpy(file)
        ? sources.ofNumpy(
            header -> cleaned(header, file),
            () -> noClass(file),
            e -> notInFormat(file, "NpyLoader", e))
        : Optional.empty();
  }

  private List<String> mixed() {
    return nominalClass ? List.of(classAttribute) : List.of();
  }

  private static boolean isArff(File file) {
    return file.getName().toLowerCase(Locale.ROOT).matches(".*\\.arff(\\.gz)?");
  }

  private static boolean isNumpy(File file) {
    String name = file.getName().toLowerCase(Locale.ROOT);
    return name.endsWith(".npz") || name.endsWith(".npy");
  }

  private void requireReadable(File file) {
    if (!file.isFile() || !file.canRead()) {
      throw new IllegalArgumentException(
          String.format(
              "The input (%s %s) must be a readable file: %s.",
              option, file, file.exists() ? "it is not" : "it does not exist"));
    }
  }

  /**
   * Reads a file.
   *
   * @throws IllegalArgumentException if it is not there, or of no format that is known
   * @throws IOException if it is not in the format that its name says
   */
  public Instances read(File file) throws IOException {
    requireReadable(file);
    if (isDelimited(file)) {
      return DelimitedText.read(file, separator, mixed());
    }
    if (!separator.equals("auto")) {
      throw new IllegalArgumentException(
          String.format(
              "The option -separator (%s) must go with a table of text (%s): the input (%s %s) is"
                  + " none.",
              separator, String.join(", ", DELIMITED), option, file));
    }
    return cleaned(isArff(file) ? readArff(file) : readByLoader(file), file);
  }

  /**
   * The options of a program of Weka that reads its files itself, with the tables of text replaced,
   * which it would guess at: what they mean is written as Weka's own serialized instances, which
   * hold every number as it is.
   *
   * @param names the options that name files
   * @throws IOException as {@link #read(File)}
   */
  static String[] forWeka(String[] options, String... names) throws IOException {
    String[] replaced = options.clone();
    for (String name : names) {
      for (int i = 0; i + 1 < options.length; i++) {
        File file = new File(options[i + 1]);
        if (options[i].equals("-" + name) && isDelimited(file) && file.isFile()) {
          File serialized = File.createTempFile("nnpid", SerializedInstancesLoader.FILE_EXTENSION);
          serialized.deleteOnExit();
          try (var out = new ObjectOutputStream(new FileOutputStream(serialized))) {
            out.writeObject(of("-" + name).read(file));
          }
          replaced[i + 1] = serialized.getPath();
        }
      }
    }
    return replaced;
  }

  /** Reads files of programs that do not say which attribute is the class. */
  static DataFiles of(String option) {
    return new DataFiles(option, "last", false, "auto");
  }

  private static boolean isDelimited(File file) {
    String name = file.getName().toLowerCase(Locale.ROOT).replaceFirst("\\.gz$", "");
    return DELIMITED.stream().anyMatch(name::endsWith);
  }

  private Instances readArff(File file) throws IOException {
    try {
      RawRows.requireRows(file, option);
      Instances data = TextFile.read(file, text -> new ArffReader(text).getData());
      RawRows.check(data, file);
      return data;
    } catch (IOException | RuntimeException e) {
      throw notInFormat(file, "ArffLoader", e);
    }
  }

  private Instances readByLoader(File file) throws IOException {
    AbstractFileLoader loader = loaderFor(file);
    if (loader == null) {
      throw new IllegalArgumentException(
          String.format(
              "The input (%s %s) must have the extension of a format that Weka reads, such as"
                  + " .arff, .arff.gz, .csv or .npz.",
              option, file));
    }
    if (loader instanceof ArrayLoader arrays && !classAttribute.matches("first|last|\\d+")) {
      arrays.preferLabelArray(classAttribute);
    }
    Instances data;
    try {
      loader.setFile(file);
      data = loader.getDataSet();
    } catch (IOException | RuntimeException e) {
      throw notInFormat(file, loader.getClass().getSimpleName(), e);
    }
    if (loader instanceof ArrayLoader
        && data.classIndex() < 0
        && classAttribute.equals("last")
        && !nominalClass) {
      throw noClass(file);
    }
    RawRows.check(data, file);
    return data;
  }

  private IllegalArgumentException noClass(File file) {
    return new IllegalArgumentException(
        String.format(
            "The input (%s %s) must have the class: it has no array named %s.%nMaybe name the"
                + " array of the labels in a .npz file with -c, or choose a unit with -c NAME"
                + " -nominal-class.",
            option, file, String.join(", ", ArrayLoader.LABEL_ARRAYS)));
  }

  /** The usual formats directly: Weka's own choice scans the class path for loaders, a second. */
  private static @Nullable AbstractFileLoader loaderFor(File file) {
    String name = file.getName().toLowerCase(Locale.ROOT);
    String loader =
        isNumpy(file)
            ? NUMPY
            : name.matches(".*([.-]idx\\d-ubyte|\\.idx)(\\.gz)?")
                ? IDX
                : name.endsWith(".bin") ? CIFAR : "";
    return loader.isEmpty()
        ? ConverterUtils.getLoaderForFile(file)
        : Specification.parse(AbstractFileLoader.class, "loader", loader);
  }

  private IOException notInFormat(File file, String loader, Exception e) {
    return new IOException(
        String.format(
            "The input (%s %s) must be in the format that its name says. %s: %s",
            option, file, loader, withoutClassNames(e)),
        e);
  }

  /** Weka's messages tell what is wrong behind the names of exceptions. */
  private static String withoutClassNames(Exception e) {
    String message = e.getMessage();
    if (message == null) {
      return "the file is damaged";
    }
    return message
        .replaceAll("\\b[\\w.]+(Exception|Error): ", "")
        .replaceAll(
            "Index \\d+ out of bounds for length \\d+\\.?",
            "a row has more values than there are attributes.");
  }

  /**
   * The data with the names and nominal values that people see; blanks around them do not count.
   */
  private static Instances cleaned(Instances data, File file) {
    for (int i = 0; i < data.numAttributes(); i++) {
      String name = data.attribute(i).name();
      String clean = AttributeNames.clean(name);
      if (!clean.equals(name)) {
        if (data.attribute(clean) != null) {
          throw new IllegalArgumentException(
              String.format(
                  "The names of attributes of %s must differ in more than blanks: \"%s\" is there"
                      + " twice.",
                  file, clean));
        }
        data.renameAttribute(i, clean);
      }
      if (data.attribute(i).isNominal()) {
        cleanValues(data, i);
      }
    }
    return data;
  }

  private static void cleanValues(Instances data, int index) {
    Attribute attribute = data.attribute(index);
    List<String> clean =
        IntStream.range(0, attribute.numValues())
            .mapToObj(attribute::value)
            .map(AttributeNames::clean)
            .toList();
    if (IntStream.range(0, clean.size()).allMatch(i -> clean.get(i).equals(attribute.value(i)))) {
      return;
    }
    Set<String> distinct = new LinkedHashSet<>(clean);
    Attribute merged = new Attribute(attribute.name(), new ArrayList<>(distinct));
    merged.setWeight(attribute.weight());
    double[] old = data.attributeToDoubleArray(index);
    data.replaceAttributeAt(merged, index);
    for (int i = 0; i < old.length; i++) {
      Instance instance = data.instance(i);
      if (!Double.isNaN(old[i])) {
        instance.setValue(index, data.attribute(index).indexOfValue(clean.get((int) old[i])));
      }
    }
  }
}
