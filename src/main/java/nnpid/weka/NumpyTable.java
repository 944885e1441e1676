package nnpid.weka;

import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import nnpid.distribution.SampleOfRow;
import nnpid.execution.Execution;
import nnpid.numpy.NumpyArray;
import nnpid.numpy.NumpyBlock;
import weka.core.Attribute;
import weka.core.Instances;

/** The arrays of a NumPy file beside each other, and the class. */
final class NumpyTable implements TableFile {
  private final File file;
  private final NumpyUnits units;
  private final List<Place> places; // by column
  private final String weightAttribute;
  private final int sampleColumn; // negative if there is none
  private final Instances header;
  private final int[] classes;

  /** Where the values of a unit are. */
  private record Place(int array, int unit) {}

  private NumpyTable(
      File file,
      NumpyUnits units,
      List<Place> places,
      String weightAttribute,
      int sampleColumn,
      Instances header,
      int[] classes) {
    this.file = file;
    this.units = units;
    this.places = places;
    this.weightAttribute = weightAttribute;
    this.sampleColumn = sampleColumn;
    this.header = header;
    this.classes = classes;
  }

  /**
   * Opens a file.
   *
   * @param clean makes the names of a header those that people see
   * @param noClass what is told if nobody has said what the class is
   * @return empty if its class cannot be had without instances: if it is neither an array of labels
   *     nor one of numbers that shall be classes
   * @throws IOException if the file cannot be read, or is not what NumPy writes
   * @throws Exception if a filter of Weka fails
   */
  static Optional<TableFile> open(
      File file,
      UnitSelection selection,
      UnaryOperator<Instances> clean,
      Supplier<IllegalArgumentException> noClass)
      throws Exception {
    String target = selection.classAttribute();
    NumpyUnits units =
        NumpyUnits.open(file.toPath(), "", target.matches("first|last|\\d+") ? "" : target);
    Optional<TableFile> table = Optional.empty();
    try {
      table = of(file, units, selection, clean, noClass);
      return table;
    } finally {
      if (table.isEmpty()) {
        units.close();
      }
    }
  }

  private static Optional<TableFile> of(
      File file,
      NumpyUnits units,
      UnitSelection selection,
      UnaryOperator<Instances> clean,
      Supplier<IllegalArgumentException> noClass)
      throws Exception {
    if (units.unitCount() * ColumnSource.UNIT_BYTES > Integer.MAX_VALUE) {
      return Optional.empty();
    }
    Optional<NumpyArray.Labels> labels =
        units.target().isPresent()
            ? units.target().get().readLabels(NumpyUnits.availableBytes(ColumnSource.MUCH))
            : Optional.empty();
    Instances header = clean.apply(units.header(labels, 0));
    List<Place> places = new ArrayList<>();
    for (int array = 0; array < units.layers().size(); array++) {
      for (int unit = 0; unit < units.layers().get(array).unitCount(); unit++) {
        places.add(new Place(array, unit));
      }
    }
    Attribute chosen = header.attribute(selection.classIndex(header));
    int[] classes = new int[units.sampleCount()];
    if (labels.isPresent() && chosen.index() == header.classIndex()) {
      int[] byLabel =
          labels.get().values().stream()
              .mapToInt(value -> chosen.indexOfValue(AttributeNames.clean(value)))
              .toArray();
      for (int sample = 0; sample < classes.length; sample++) {
        int label = labels.get().index(sample);
        classes[sample] = label < 0 ? -1 : byLabel[label];
      }
    } else if (chosen.index() < places.size() && selection.nominalClass()) {
      double[] values = values(units, places.get(chosen.index()), chosen.name(), file);
      Optional<ClassOfNumbers> numbers = ClassOfNumbers.of(chosen, values);
      if (numbers.isEmpty()) {
        return Optional.empty();
      }
      header.setClassIndex(-1);
      header.replaceAttributeAt(numbers.get().attribute(), chosen.index());
      Arrays.setAll(classes, sample -> numbers.get().index(values[sample]));
    } else if (chosen.isNumeric() && !selection.nominalClass()) {
      if (header.classIndex() < 0 && selection.classAttribute().equals("last")) {
        throw noClass.get();
      }
      selection.select(header); // says what is wrong, which a large file should not be read for
      return Optional.empty();
    } else {
      return Optional.empty();
    }
    return Optional.of(
        new NumpyTable(
            file,
            units,
            places,
            selection.weightAttribute(),
            selection.sampleIndex(header),
            header,
            classes));
  }

  @Override
  public Instances header() {
    return header;
  }

  @Override
  public int rowCount() {
    return classes.length;
  }

  @Override
  public int[] classes() {
    return classes.clone();
  }

  @Override
  public double[] weights() throws IOException {
    Attribute weight = weightAttribute.isEmpty() ? null : header.attribute(weightAttribute);
    return weight == null || weight.index() >= places.size()
        ? new double[0]
        : values(units, places.get(weight.index()), weightAttribute, file);
  }

  @Override
  public Optional<SampleOfRow> samples() throws IOException {
    if (sampleColumn < 0) {
      return Optional.empty();
    }
    Attribute samples = header.attribute(sampleColumn);
    return Optional.of(
        UnitSelection.samples(
            samples, values(units, places.get(sampleColumn), samples.name(), file)));
  }

  @Override
  public Optional<BitSet> missing(int column) {
    return Optional.empty();
  }

  @Override
  public void read(int[] columns, Execution execution, ColumnConsumer consumer) throws IOException {
    double done = 0;
    for (int array = 0; array < units.layers().size(); array++) {
      NumpyArray values = units.layers().get(array);
      int[] columnOf = new int[values.unitCount()];
      Arrays.fill(columnOf, -1);
      int count = 0;
      for (int column : columns) {
        if (places.get(column).array() == array) {
          columnOf[places.get(column).unit()] = column;
          count++;
        }
      }
      if (count > 0) {
        double share = (double) count / columns.length;
        read(values, columnOf, execution.step(done, Math.min(1, done + share)), consumer);
        done = Math.min(1, done + share);
      }
    }
  }

  private static void read(
      NumpyArray array, int[] columnOf, Execution execution, ColumnConsumer consumer)
      throws IOException {
    double all = (double) array.sampleCount() * array.unitCount();
    double[] done = {0};
    int parts = 2 * execution.threadCount();
    Execution silent = execution.withProgressListener(fraction -> {});
    array.readBlocks(
        block -> {
          int count = Math.min(parts, block.unitCount());
          silent.forEach(count, part -> readPart(block, part, count, columnOf, consumer));
          done[0] += (double) block.sampleCount() * block.unitCount();
          execution.progress(done[0] / all);
        });
  }

  private static void readPart(
      NumpyBlock block, int part, int parts, int[] columnOf, ColumnConsumer consumer) {
    double[] values = new double[block.sampleCount()];
    int from = (int) ((long) block.unitCount() * part / parts);
    int to = (int) ((long) block.unitCount() * (part + 1) / parts);
    for (int place = from; place < to; place++) {
      int column = columnOf[block.unit(place)];
      if (column >= 0) {
        block.read(place, values);
        consumer.accept(column, values, block.firstSample(), block.sampleCount());
      }
    }
  }

  /** All values of one unit, of which the class or the weights are made. */
  private static double[] values(NumpyUnits units, Place place, String name, File file)
      throws IOException {
    double[] all = new double[units.sampleCount()];
    double[] values = new double[units.sampleCount()];
    units
        .layers()
        .get(place.array())
        .readBlocks(
            block -> {
              for (int i = 0; i < block.unitCount(); i++) {
                if (block.unit(i) == place.unit()) {
                  block.read(i, values);
                  System.arraycopy(values, 0, all, block.firstSample(), block.sampleCount());
                }
              }
            });
    for (int sample = 0; sample < all.length; sample++) {
      if (Double.isNaN(all[sample])) {
        throw RawRows.notANumber(name, sample, file);
      }
    }
    return all;
  }

  @Override
  public void close() throws IOException {
    units.close();
  }
}
