package nnpid.command;

import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Semaphore;
import nnpid.analysis.LayerResult;
import nnpid.analysis.Report;
import nnpid.analysis.TrajectoryPoint;
import nnpid.analysis.UnitLevels;
import nnpid.command.CheckpointState.Done;
import nnpid.execution.Execution;
import nnpid.execution.Job;
import nnpid.weka.CommonLimits;
import nnpid.weka.FileSource;
import weka.core.Instances;

/**
 * The analysis of files of checkpoints: each is a task. On one machine files are analyzed in
 * parallel as far as its memory allows.
 */
final class FileJob implements Job<FileJob.Outcome> {
  private static final long serialVersionUID = 1L;

  /** Of the memory of the Java machine, what files that are read at the same time may need. */
  private static final double MEMORY_FOR_FILES = 0.6;

  private static final int MEGABYTE = 1 << 20;

  // Sent in another form, see What.
  private final transient What what;
  private final transient Memory memory;

  /** What becomes of a file. */
  sealed interface Outcome extends Serializable {}

  /**
   * It is done.
   *
   * @param done what was found
   */
  record Analyzed(Done done) implements Outcome {
    private static final long serialVersionUID = 1L;
  }

  /**
   * Something went wrong with it; that does no harm to the others.
   *
   * @param sentence what
   */
  record Failed(String sentence) implements Outcome {
    private static final long serialVersionUID = 1L;
  }

  /** Its values must become instances, for which limits of levels are not known yet. */
  record NeedsLevels() implements Outcome {
    private static final long serialVersionUID = 1L;
  }

  /**
   * All that the results depend on.
   *
   * @param files by the number of the task
   * @param reader how they are read
   * @param header what all must have
   * @param common limits of all, learned without instances; empty if there are none
   * @param levels the same by instances, for files that must become some
   */
  record What(
      List<CheckpointFile> files,
      CheckpointReader reader,
      CheckpointState.Header header,
      Optional<CommonLimits> common,
      Optional<ComplexityAnalysis.Levels> levels)
      implements Serializable {
    private static final long serialVersionUID = 1L;

    private Object readResolve() {
      return new FileJob(this);
    }
  }

  FileJob(What what) {
    this.what = what;
    this.memory = new Memory();
  }

  private Object writeReplace() {
    return what;
  }

  private void readObject(ObjectInputStream in) throws InvalidObjectException {
    throw new InvalidObjectException("Files are sent in another form.");
  }

  @Override
  public boolean hasLongTasks() {
    return true;
  }

  @Override
  public Outcome run(int index, Execution execution) {
    Execution silent = execution.withProgressListener(fraction -> {});
    return what.reader.attempt(
        what.files.get(index), file -> analyze(file, silent), sentence -> new Failed(sentence));
  }

  private Outcome analyze(CheckpointFile file, Execution execution) throws Exception {
    String seal = what.reader.storage().seal(file.file());
    Optional<Report> report = report(file, execution);
    if (report.isEmpty()) {
      return new NeedsLevels();
    }
    // One that was stopped half-way would not be that of an uninterrupted run.
    execution.checkCanceled();
    List<TrajectoryPoint> points = new ArrayList<>();
    List<String> warnings = new ArrayList<>();
    for (LayerResult layer : report.get().layers()) {
      points.add(
          new TrajectoryPoint(
              file.repeat(), file.epoch(), Double.NaN, Double.NaN, Double.NaN, layer.summary()));
      layer.layer().warnings().forEach(text -> warnings.add(layer.name() + ": " + text));
      UnitLevels.warnings(layer.layer().units())
          .forEach(text -> warnings.add(layer.name() + ": " + text));
    }
    return new Analyzed(new Done(file.file(), file.repeat(), file.epoch(), seal, points, warnings));
  }

  /** Empty if levels are needed for it. */
  private Optional<Report> report(CheckpointFile file, Execution execution) throws Exception {
    ComplexityAnalysis analysis = what.reader.newAnalysis();
    Instances header = what.header.instances();
    String model = what.header.file();
    long horizon = what.header.horizon();
    // What takes long does so in every file, and need not be said of each.
    Execution silent = execution.withMessageListener(message -> {});
    boolean byInstances = what.common.isEmpty() && what.levels.isPresent();
    return what.reader
        .storage()
        .read(
            file.file(),
            here -> {
              Optional<FileSource> source =
                  byInstances
                      ? Optional.empty()
                      : what.reader.withoutInstances(file, here, Optional.of(header), model);
              if (source.isPresent()) {
                try (FileSource opened = source.get()) {
                  what.common.ifPresent(opened::useLimits);
                  return memory.with(
                      opened.memory(),
                      execution,
                      () -> {
                        opened.read(execution); // says how much memory it takes, if that is much
                        return Optional.of(analysis.analyzeCheckpoint(opened, horizon, silent));
                      });
                }
              }
              if (what.common.isPresent() && what.levels.isEmpty()) {
                return Optional.empty();
              }
              return memory.with(
                  (double) InputFiles.memory(here),
                  execution,
                  () -> {
                    ComplexityAnalysis.Selected selected =
                        what.reader.selected(file, here, header, model);
                    return Optional.of(
                        analysis.analyzeCheckpoint(
                            file.name(), selected, what.levels, horizon, silent));
                  });
            });
  }

  /** What files that are read at the same time need has to fit. */
  private static final class Memory {
    private final int permits =
        (int) Math.max(1, MEMORY_FOR_FILES * Runtime.getRuntime().maxMemory() / MEGABYTE);
    private final Semaphore semaphore = new Semaphore(permits, true);

    /** Waits until there is room; one that needs more than there is has all of it. */
    <T> T with(double bytes, Execution execution, Callable<T> work) throws Exception {
      int need = (int) Math.min(permits, 1 + bytes / MEGABYTE);
      try {
        semaphore.acquire(need);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        execution.checkCanceled();
      }
      try {
        return work.call();
      } finally {
        semaphore.release(need);
      }
    }
  }
}
