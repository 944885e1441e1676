package nnpid.weka;

import java.nio.charset.Charset;
import java.util.BitSet;
import java.util.Optional;
import nnpid.distribution.SampleOfRow;
import weka.core.Instances;

/** A table of text that has been read once, for what it has and which rows count. */
abstract class ScannedTable implements TableFile {
  /** The file as it was. */
  final FileState state;

  /** How its bytes are text. */
  final Charset charset;

  private final ScannedRows rows;
  private final Instances header;
  private final int[] classes;
  private final Optional<SampleOfRow> samples;

  ScannedTable(
      FileState state,
      Charset charset,
      ScannedRows rows,
      Instances header,
      int[] classes,
      Optional<SampleOfRow> samples) {
    this.state = state;
    this.charset = charset;
    this.rows = rows;
    this.header = header;
    this.classes = classes;
    this.samples = samples;
  }

  @Override
  public final Instances header() {
    return header;
  }

  @Override
  public final int rowCount() {
    return rows.rowCount();
  }

  @Override
  public final int[] classes() {
    return classes.clone();
  }

  @Override
  public final double[] weights() {
    return rows.weights();
  }

  @Override
  public final Optional<SampleOfRow> samples() {
    return samples;
  }

  @Override
  public final Optional<BitSet> missing(int column) {
    return rows.missing(column);
  }
}
