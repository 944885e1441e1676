package nnpid.weka;

import java.io.File;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import nnpid.distribution.SampleOfRow;
import nnpid.execution.Execution;
import weka.core.Attribute;
import weka.core.Instances;

/** A table of text that never becomes instances: what {@link DelimitedText} reads. */
final class DelimitedTable extends ScannedTable {
  private final TextDialect dialect;
  private final TextColumns columns;

  private DelimitedTable(
      FileState state,
      TextDialect dialect,
      Charset charset,
      TextColumns columns,
      ScannedRows rows,
      Instances header,
      int[] classes,
      Optional<SampleOfRow> samples) {
    super(state, charset, rows, header, classes, samples);
    this.dialect = dialect;
    this.columns = columns;
  }

  /**
   * Reads a file for the first time.
   *
   * @param separator as {@link DelimitedText#read} takes it
   * @param mixed the same
   * @return empty if its class cannot be had without instances
   * @throws IOException if it cannot be read, or is no table
   * @throws Exception if a filter of Weka fails
   */
  static Optional<TableFile> open(
      FileState state,
      String separator,
      List<String> mixed,
      UnitSelection selection,
      Execution execution)
      throws Exception {
    File file = state.file();
    TextDialect dialect;
    DelimitedText.Scanned<Rows> scanned;
    Instances header;
    try {
      dialect = TextDialect.of(file, separator);
      scanned =
          DelimitedText.scan(file, dialect, mixed, execution, names -> new Rows(names, selection));
      header = scanned.columns().header(0);
    } catch (IllegalArgumentException e) {
      throw new IOException(e.getMessage(), e);
    }
    TextColumns columns = scanned.columns();
    Rows kept = scanned.kept();
    ScannedRows rows = kept.rows;
    return rows.classes(
            header, selection.nominalClass(), code -> columns.index(kept.classColumn, code))
        .map(
            classes ->
                new DelimitedTable(
                    state,
                    dialect,
                    scanned.charset(),
                    columns,
                    rows,
                    header,
                    classes,
                    rows.samples(header, code -> columns.index(kept.sampleColumn, code))));
  }

  /** What is kept of rows. */
  private static final class Rows implements Consumer<double[]> {
    private final int classColumn;
    private final int sampleColumn;
    private final ScannedRows rows;

    Rows(List<String> names, UnitSelection selection) {
      ArrayList<Attribute> attributes = new ArrayList<>();
      names.forEach(name -> attributes.add(new Attribute(name)));
      Instances header = new Instances("names", attributes, 0);
      classColumn =
          Math.max(0, selection.findClass(header)); // if there is none, that is told later
      Attribute weight = header.attribute(selection.weightAttribute());
      sampleColumn = selection.sampleIndex(header);
      rows =
          new ScannedRows(
              names.size(), classColumn, weight == null ? -1 : weight.index(), sampleColumn);
    }

    @Override
    public void accept(double[] row) {
      rows.add(row, 1);
    }
  }

  @Override
  public void read(int[] wanted, Execution execution, ColumnConsumer consumer) throws IOException {
    boolean[] isWanted = new boolean[columns.count()];
    for (int column : wanted) {
      isWanted[column] = true;
    }
    RowBlock block = new RowBlock(wanted, rowCount(), state, execution, consumer);
    TextRows.Consumer again =
        new TextRows.Consumer() {
          @Override
          public void names(List<String> names) {
            if (names.size() != columns.count()) {
              throw state.changed();
            }
          }

          @Override
          public double cell(int column, char[] text, int from, int to, long line) {
            double value = isWanted[column] ? columns.value(column, text, from, to) : 0;
            if (value < 0 && header().attribute(column).isNominal()) {
              throw state.changed();
            }
            return value;
          }

          @Override
          public void row(double[] values) {
            block.add(values);
          }
        };
    TextFile.read(
        state.file(),
        charset,
        execution,
        text -> {
          TextRows.read(state.file(), dialect, text, again);
          return true;
        });
    block.finish();
  }

  @Override
  public void close() {
    // Every reading opens the file and closes it.
  }
}
