package nnpid.weka;

import java.io.File;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import nnpid.execution.Execution;
import nnpid.weka.InstancesBridge.MissingValues;
import weka.core.Instances;

/**
 * Sources of layers for the files whose values need not become instances: NumPy's, tables of text
 * and ARFF.
 *
 * @param file the file
 * @param selection what is what in it
 * @param quantizer how numeric units become levels
 * @param missingValues what becomes of samples with missing values
 * @param execution is told how far the first reading is
 */
public record FileSources(
    File file,
    UnitSelection selection,
    UnitQuantizer quantizer,
    MissingValues missingValues,
    Execution execution) {

  /** Opens a table. */
  private interface Opening {
    Optional<TableFile> open(FileState state) throws Exception;
  }

  /**
   * The layers of a NumPy file; empty if they cannot be had without instances, as with the others.
   *
   * @param clean makes the names of a header those that people see
   * @param noClass what is told if the class is not chosen, and there is no array for it
   * @param notInFormat what is told of a file that turns out to be damaged
   * @throws IOException if it cannot be read, or is not what NumPy writes
   * @throws IllegalArgumentException if it does not have what is selected
   * @throws java.util.concurrent.CancellationException if the thread is interrupted
   * @throws Exception if a filter of Weka fails
   */
  public Optional<FileSource> ofNumpy(
      UnaryOperator<Instances> clean,
      Supplier<IllegalArgumentException> noClass,
      Function<Exception, IOException> notInFormat)
      throws Exception {
    return of(
        state -> {
          try {
            return NumpyTable.open(file, selection, clean, noClass);
          } catch (InterruptedIOException e) {
            throw e;
          } catch (IOException e) {
            throw notInFormat.apply(e);
          }
        },
        notInFormat);
  }

  /**
   * The layers of a table of text.
   *
   * @param separator as {@link DelimitedText#read} takes it
   * @param mixed the same
   * @throws IOException if it cannot be read, or is no table
   * @throws Exception as of NumPy's files
   */
  public Optional<FileSource> ofText(String separator, List<String> mixed) throws Exception {
    return of(
        state -> DelimitedTable.open(state, separator, mixed, selection, execution),
        e -> e instanceof IOException io ? io : new IOException(e.getMessage(), e));
  }

  /**
   * The layers of an ARFF file.
   *
   * @param option that names the file, for messages
   * @param clean makes the names of a header those that people see
   * @param notInFormat what is told of a file that is no ARFF
   * @throws IOException if it cannot be read, or is no ARFF
   * @throws Exception as of NumPy's files
   */
  public Optional<FileSource> ofArff(
      String option, UnaryOperator<Instances> clean, Function<Exception, IOException> notInFormat)
      throws Exception {
    return of(
        state -> {
          try {
            return ArffTable.open(state, option, selection, clean, execution);
          } catch (InterruptedIOException e) {
            throw e;
          } catch (IOException | RuntimeException e) {
            throw notInFormat.apply(e);
          }
        },
        notInFormat);
  }

  private Optional<FileSource> of(Opening opening, Function<Exception, IOException> notInFormat)
      throws Exception {
    FileState state = FileState.of(file);
    Optional<TableFile> table;
    try {
      table = opening.open(state);
    } catch (InterruptedIOException e) {
      throw ColumnSource.stopped(state, e);
    }
    if (table.isEmpty()) {
      return Optional.empty();
    }
    Optional<FileSource> source = Optional.empty();
    try {
      source =
          ColumnSource.of(table.get(), state, selection, quantizer, missingValues, notInFormat);
      return source;
    } finally {
      if (source.isEmpty()) {
        table.get().close();
      }
    }
  }
}
