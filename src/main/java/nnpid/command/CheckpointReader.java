package nnpid.command;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import nnpid.execution.Execution;
import nnpid.weka.FileSource;
import org.jspecify.annotations.Nullable;
import weka.core.Instances;

/**
 * How files of checkpoints are read, on any machine.
 *
 * @param analysis the options of the analysis, as they are typed
 * @param files reads files of a machine
 * @param storage where the files are
 */
record CheckpointReader(List<String> analysis, DataFiles files, Storage storage)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  static CheckpointReader of(AnalysisOptions analysis, DataFiles files, Storage storage) {
    return new CheckpointReader(List.of(analysis.getOptions()), files, storage);
  }

  ComplexityAnalysis newAnalysis() {
    AnalysisOptions options = new AnalysisOptions();
    options.setOptions(analysis.toArray(String[]::new));
    return new ComplexityAnalysis(options, Task.Listener.NONE);
  }

  /**
   * The layers of a file whose values need not become instances; empty if they must.
   *
   * @param here where the file is on this machine
   * @param header what it must have; empty if it tells that itself
   * @param model the name of the file that has the header
   */
  Optional<FileSource> withoutInstances(
      CheckpointFile file, Path here, Optional<Instances> header, String model) throws Exception {
    return newAnalysis().withoutInstances(files, here.toFile(), header, file.name(), model);
  }

  /** What is selected of a file as instances, with the header of another. */
  ComplexityAnalysis.Selected selected(
      CheckpointFile file, Path here, Instances header, String model) throws Exception {
    return newAnalysis().selectedLike(header, new TestData(read(here), "file", file.name(), model));
  }

  Instances read(Path here) throws IOException {
    return files.read(here.toFile());
  }

  /**
   * Learns limits of levels from files as instances, which are in memory together.
   *
   * @param header what they must have
   */
  ComplexityAnalysis.Levels learn(List<CheckpointFile> from, Instances header, Execution execution)
      throws Exception {
    Instances all = new Instances(header, 0);
    for (CheckpointFile file : from) {
      execution.checkCanceled();
      all.addAll(
          storage.read(
              file.file(), here -> selected(file, here, header, from.get(0).name()).instances()));
    }
    return newAnalysis().learn(all);
  }

  /** Something that is done with a file; Weka's loaders and filters declare Exception. */
  @FunctionalInterface
  interface Work<T> {
    T on(CheckpointFile file) throws Exception;
  }

  /**
   * What is done with a file; if that fails, what becomes of it then. It does no harm to others.
   *
   * @param otherwise is told what went wrong, as a sentence with the name of the file
   * @throws CancellationException if the run is stopped
   */
  <T extends @Nullable Object> T attempt(
      CheckpointFile file, Work<? extends T> work, Function<String, ? extends T> otherwise) {
    try {
      return work.on(file);
    } catch (CancellationException e) {
      throw e;
    } catch (Exception | OutOfMemoryError e) {
      return otherwise.apply(sentence(file, e));
    }
  }

  private String sentence(CheckpointFile file, Throwable problem) {
    String sentence =
        problem instanceof OutOfMemoryError ? storage.outOfMemory() : Task.sentence(problem);
    return sentence.contains(file.file()) || sentence.contains(file.name())
        ? sentence
        : "The file (" + file.name() + "): " + sentence;
  }
}
