package nnpid.weka;

import java.io.File;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import nnpid.distribution.SampleOfRow;
import nnpid.execution.Execution;
import weka.core.Attribute;
import weka.core.Instance;
import weka.core.Instances;
import weka.core.converters.ArffLoader.ArffReader;

/** The rows of an ARFF file, read by Weka's loader, of which one at a time is an instance. */
final class ArffTable extends ScannedTable {
  private final Cells cells;

  private ArffTable(
      FileState state,
      Charset charset,
      Cells cells,
      ScannedRows rows,
      Instances header,
      int[] classes,
      Optional<SampleOfRow> samples) {
    super(state, charset, rows, header, classes, samples);
    this.cells = cells;
  }

  /** What the cells of a row stand for. */
  private static final class Cells {
    private final int[][] values; // by attribute, old value: that with a clean name; else empty
    private final double[] row;

    /** As the file has the attributes, and as people see them. */
    Cells(List<Attribute> raw, Instances clean) {
      row = new double[raw.size()];
      values = new int[raw.size()][];
      for (int i = 0; i < values.length; i++) {
        Attribute attribute = raw.get(i);
        Attribute known = clean.attribute(i);
        values[i] =
            known.isNominal() && !known.equals(attribute)
                ? IntStream.range(0, attribute.numValues())
                    .map(value -> known.indexOfValue(AttributeNames.clean(attribute.value(value))))
                    .toArray()
                : new int[0];
      }
    }

    /** The values of a row, in an array that is used again. */
    double[] of(Instance instance) {
      Arrays.fill(row, 0); // what a sparse instance does not have
      for (int i = 0; i < instance.numValues(); i++) {
        row[instance.index(i)] = instance.valueSparse(i);
      }
      for (int i = 0; i < row.length; i++) {
        if (values[i].length > 0 && !Double.isNaN(row[i])) {
          row[i] = values[i][(int) row[i]];
        }
      }
      return row;
    }
  }

  /** The first reading. */
  private record Scan(Instances header, Cells cells, ScannedRows rows) {
    static Scan of(ArffReader reader, UnitSelection selection, UnaryOperator<Instances> clean)
        throws IOException {
      Instances structure = reader.getStructure();
      List<Attribute> raw = Collections.list(structure.enumerateAttributes());
      Instances header = clean.apply(new Instances(structure, 0));
      Cells cells = new Cells(raw, header);
      int classColumn = Math.max(0, selection.findClass(header)); // none is told later
      Attribute weight = header.attribute(selection.weightAttribute());
      ScannedRows rows =
          new ScannedRows(
              raw.size(),
              classColumn,
              weight == null ? -1 : weight.index(),
              selection.sampleIndex(header));
      Instance instance = reader.readInstance(structure);
      while (instance != null) {
        rows.add(cells.of(instance), instance.weight());
        instance = reader.readInstance(structure);
      }
      return new Scan(header, cells, rows);
    }
  }

  /**
   * Reads a file for the first time.
   *
   * @param option that names it, for messages
   * @param clean makes the names of a header those that people see
   * @return empty if its class cannot be had without instances
   * @throws IOException if it cannot be read
   * @throws RuntimeException if it is no ARFF
   * @throws Exception if a filter of Weka fails
   */
  static Optional<TableFile> open(
      FileState state,
      String option,
      UnitSelection selection,
      UnaryOperator<Instances> clean,
      Execution execution)
      throws Exception {
    File file = state.file();
    RawRows.requireRows(file, option);
    TextFile.Decoded<Scan> decoded =
        TextFile.decode(
            file, execution, text -> Scan.of(new ArffReader(text, 1), selection, clean));
    Scan scan = decoded.value();
    Instances header = scan.header();
    RawRows.check(header, file);
    int samples = selection.sampleIndex(header);
    if (samples >= 0 && header.attribute(samples).isString()) {
      return Optional.empty(); // texts are only known of instances
    }
    return scan.rows()
        .classes(header, selection.nominalClass(), value -> value)
        .map(
            classes ->
                new ArffTable(
                    state,
                    decoded.charset(),
                    scan.cells(),
                    scan.rows(),
                    header,
                    classes,
                    scan.rows().samples(header, value -> value)));
  }

  @Override
  public void read(int[] columns, Execution execution, ColumnConsumer consumer) throws IOException {
    RowBlock block = new RowBlock(columns, rowCount(), state, execution, consumer);
    TextFile.read(
        state.file(),
        charset,
        execution,
        text -> {
          ArffReader reader = new ArffReader(text, 1);
          Instances structure = reader.getStructure();
          if (structure.numAttributes() != header().numAttributes()) {
            throw state.changed();
          }
          Instance instance = reader.readInstance(structure);
          while (instance != null) {
            block.add(cells.of(instance));
            instance = reader.readInstance(structure);
          }
          return true;
        });
    block.finish();
  }

  @Override
  public void close() {
    // Every reading opens the file and closes it.
  }
}
