package nnpid.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import nnpid.analysis.LayerResult;
import nnpid.analysis.Report;
import nnpid.analysis.TrajectoryPoint;
import nnpid.analysis.UnitLevels;
import nnpid.command.CheckpointOptions.LimitsFrom;
import nnpid.command.CheckpointState.Done;
import nnpid.execution.Execution;
import nnpid.weka.CommonLimits;
import nnpid.weka.FileSource;
import org.jspecify.annotations.Nullable;
import weka.core.Instances;

/**
 * The analysis of layers in several files, each with those of a checkpoint of a training. Files are
 * analyzed in parallel as far as memory allows; what goes wrong with one of them does no harm to
 * the others. The results do not depend on the number of threads.
 */
final class CheckpointAnalysis {
  /** Of the memory of the Java machine, what files that are read at the same time may need. */
  private static final double MEMORY_FOR_FILES = 0.6;

  private static final int MEGABYTE = 1 << 20;

  private final CheckpointOptions options;
  private final AnalysisOptions analysisOptions;
  private final DataFiles reader;
  private final Optional<OutputFile> stateOutput;
  private final StateOutput output; // guarded by done
  private final Task.Listener listener;
  private final TreeMap<Integer, Done> done = new TreeMap<>(); // guarded by itself
  private final TreeMap<Integer, String> failures = new TreeMap<>(); // guarded by done

  CheckpointAnalysis(
      CheckpointOptions options,
      AnalysisOptions analysisOptions,
      DataFiles reader,
      Optional<OutputFile> stateOutput,
      Task.Listener listener) {
    this.options = options;
    this.analysisOptions = analysisOptions;
    this.reader = reader;
    this.stateOutput = stateOutput;
    this.output = new StateOutput(stateOutput, "run", listener);
    this.listener = listener;
  }

  /** The part of the time that common limits take, for the progress. */
  private static final double LEARNING = 0.3;

  /**
   * What all files must have, and how their activations become levels.
   *
   * @param common limits of all, learned without instances; empty if there are none
   * @param levels the same by instances, for files that must become some; needs memory, and so is
   *     only learned if there is such a file
   */
  private record Model(
      CheckpointState.Header header, Optional<CommonLimits> common, Optional<Learned> levels) {}

  /** What was learned by instances, once it is wanted. */
  private final class Learned {
    private final Instances header;
    private final List<CheckpointFile> files;
    private ComplexityAnalysis.@Nullable Levels levels; // guarded by this

    Learned(Instances header, List<CheckpointFile> files) {
      this.header = header;
      this.files = files;
    }

    synchronized ComplexityAnalysis.Levels levels() throws Exception {
      ComplexityAnalysis.Levels known = levels;
      if (known == null) {
        ComplexityAnalysis analysis = analysis();
        Instances all = new Instances(header, 0);
        for (CheckpointFile file : files) {
          all.addAll(analysis.selectedLike(header, data(file, files.get(0).name())));
        }
        known = analysis.learn(all);
        levels = known;
      }
      return known;
    }
  }

  /** What a file tells all others to have. */
  private record First(Instances header, String quantization, long horizon) {}

  /**
   * Analyzes files. Stopping (interrupting the calling thread) keeps what is done; the interrupted
   * status then remains.
   *
   * @param named how the user named them
   * @throws IllegalArgumentException if their names do not tell epochs, none can be read, or the
   *     state is that of another task
   * @throws Exception if Weka's filters fail
   */
  Task.Followed run(String named, List<Path> paths, Execution execution) throws Exception {
    FileParts parts = analyze(named, files(paths), Shard.WHOLE, execution);
    if (parts.done().isEmpty()) {
      throw new IllegalArgumentException(parts.failures().get(0));
    }
    return new Task.Followed(parts.trajectory(), parts.failures(), output.isSaved());
  }

  /**
   * Analyzes some of the files.
   *
   * @throws CancellationException if it is stopped before all are done
   */
  ShardFile run(String named, List<Path> paths, Shard shard, Execution execution) throws Exception {
    List<CheckpointFile> files = files(paths);
    shard.requirePieces(files.size(), "files");
    FileParts parts = analyze(named, files, shard, execution);
    execution.checkCanceled();
    return new ShardFile(task(files).withText("the files", seals(files)), shard, parts);
  }

  private List<CheckpointFile> files(List<Path> paths) {
    return CheckpointFile.of(paths, options.getEpoch(), options.getRepeat());
  }

  private FileParts analyze(
      String named, List<CheckpointFile> files, Shard shard, Execution execution) throws Exception {
    TrainingState.Task task = task(files);
    Optional<CheckpointState> state =
        stateOutput.isPresent() && stateOutput.get().exists()
            ? Optional.of(CheckpointState.read(stateOutput.get().path(), task))
            : Optional.empty();
    if (state.isPresent()) {
      for (int i = 0; i < files.size(); i++) {
        int index = i;
        String seal = seal(files.get(i).path());
        state.get().done().stream()
            .filter(one -> one.isOf(files.get(index)) && one.seal().equals(seal))
            .findFirst()
            .ifPresent(one -> done.put(index, one));
      }
    }
    int[] left =
        IntStream.range(shard.first(files.size()), shard.end(files.size()))
            .filter(i -> !done.containsKey(i))
            .toArray();
    boolean complete = true;
    String described = state.map(one -> one.header().quantization()).orElse("");
    if (left.length > 0) {
      try {
        Model model = model(files, state, execution.step(0, LEARNING));
        described = model.header.quantization();
        Execution rest = model.common.isPresent() ? execution.step(LEARNING, 1) : execution;
        analyze(files, left, task, model, named, rest);
      } catch (CancellationException e) {
        if (done.isEmpty()) {
          throw (CancellationException)
              new CancellationException("The run was stopped before its first file was done.")
                  .initCause(e);
        }
        complete = false;
      }
    }
    return parts(named, files.size(), described, complete);
  }

  private TrainingState.Task task(List<CheckpointFile> files) {
    TrainingState.Task task =
        TrainingState.Task.of(analysisOptions, reader.separator())
            .with("the origin of limits", options.getLimitsFrom().toString())
            .withText(
                "the settings of the analysis",
                analysisOptions.layerAnalysis().withoutAtoms().toString());
    return switch (options.getLimitsFrom()) {
      case EACH -> task;
      case FIRST -> task.withText("the first file", seal(files.get(0).path()));
      case ALL -> task.withText("the files", seals(files));
    };
  }

  private static String seals(List<CheckpointFile> files) {
    return files.stream().map(file -> seal(file.path()) + '\n').collect(Collectors.joining());
  }

  /** What changes if a file does; reading it would take as long as analyzing it. */
  private static String seal(Path file) {
    try {
      return file + " " + Files.size(file) + " " + Files.getLastModifiedTime(file);
    } catch (IOException e) {
      return file + " cannot be read";
    }
  }

  private ComplexityAnalysis analysis() {
    return new ComplexityAnalysis(analysisOptions, Task.Listener.NONE);
  }

  /** The first file that can be read tells what all must have, unless an earlier run knew. */
  private Model model(
      List<CheckpointFile> files, Optional<CheckpointState> state, Execution execution) {
    if (state.isPresent() && options.getLimitsFrom() == LimitsFrom.EACH) {
      return new Model(state.get().header(), Optional.empty(), Optional.empty());
    }
    First first = null;
    int index = 0;
    for (; first == null && index < files.size(); index++) {
      first = attempt(files, index, this::first);
      if (first == null && options.getLimitsFrom() != LimitsFrom.EACH) {
        throw new IllegalArgumentException(failures.get(index));
      }
    }
    if (first == null) {
      throw new IllegalArgumentException(failures.firstEntry().getValue());
    }
    Instances header = first.header;
    CheckpointState.Header told =
        CheckpointState.Header.of(
            files.get(index - 1).name(), first.quantization, first.horizon, header);
    return switch (options.getLimitsFrom()) {
      case EACH -> new Model(told, Optional.empty(), Optional.empty());
      case FIRST -> model(told, header, files, index - 1, index, execution);
      case ALL -> model(told, header, files, index - 1, files.size(), execution);
    };
  }

  private First first(CheckpointFile file) throws Exception {
    ComplexityAnalysis analysis = analysis();
    Optional<FileSource> source = withoutInstances(file, Optional.empty(), "");
    if (source.isPresent()) {
      try (FileSource opened = source.get()) {
        return new First(
            new Instances(opened.header(), 0), opened.quantization(), analysis.horizon(opened));
      }
    }
    Instances selected = analysis.selected(read(file));
    return new First(
        new Instances(selected, 0), analysis.quantization(selected), analysis.horizon(selected));
  }

  /** With limits from some of the files: without instances, if these need none. */
  private Model model(
      CheckpointState.Header told,
      Instances header,
      List<CheckpointFile> files,
      int from,
      int to,
      Execution execution) {
    CommonLimits.Learner learner = new CommonLimits.Learner();
    Learned levels = new Learned(header, files.subList(from, to));
    for (int i = from; i < to; i++) {
      Boolean streams =
          attempt(
              files, i, file -> use(file, header, told.file(), source -> learner.expect(source)));
      if (streams == null) {
        throw new IllegalArgumentException(failures.get(i));
      } else if (!streams) {
        // Read before the others are, which then have no reason to fail.
        if (attempt(files, from, file -> levels.levels()) == null) {
          throw new IllegalArgumentException(failures.get(from));
        }
        return new Model(told, Optional.empty(), Optional.of(levels));
      }
    }
    for (int i = from; i < to; i++) {
      Execution part =
          execution.step((i - from) / (double) (to - from), (i - from + 1.0) / (to - from));
      if (attempt(
              files,
              i,
              file -> use(file, header, told.file(), source -> learner.learn(source, part)))
          == null) {
        throw new IllegalArgumentException(failures.get(i));
      }
    }
    return new Model(told, Optional.of(learner.learned()), Optional.of(levels));
  }

  /** What is done with a source. */
  @FunctionalInterface
  private interface Use {
    void of(FileSource source) throws Exception;
  }

  /** Whether a file needs no instances; if so, something has been done with it. */
  private boolean use(CheckpointFile file, Instances header, String model, Use use)
      throws Exception {
    Optional<FileSource> source = withoutInstances(file, Optional.of(header), model);
    if (source.isEmpty()) {
      return false;
    }
    try (FileSource opened = source.get()) {
      use.of(opened);
    }
    return true;
  }

  private Optional<FileSource> withoutInstances(
      CheckpointFile file, Optional<Instances> header, String model) throws Exception {
    return analysis().withoutInstances(reader, file.path().toFile(), header, file.name(), model);
  }

  private Instances read(CheckpointFile file) throws IOException {
    return reader.read(file.path().toFile());
  }

  private TestData data(CheckpointFile file, String model) throws IOException {
    return new TestData(read(file), "file", file.name(), model);
  }

  /** Something that is done with a file; Weka's loaders and filters declare Exception. */
  @FunctionalInterface
  private interface Work<T> {
    T on(CheckpointFile file) throws Exception;
  }

  /** The result; null if that fails, which is noted. */
  private <T> @Nullable T attempt(List<CheckpointFile> files, int index, Work<T> work) {
    CheckpointFile file = files.get(index);
    Throwable problem;
    try {
      return work.on(file);
    } catch (CancellationException e) {
      throw e;
    } catch (Exception e) {
      problem = e;
    } catch (OutOfMemoryError e) {
      problem = e;
    }
    String sentence = Task.sentence(problem);
    synchronized (done) {
      failures.put(
          index,
          sentence.contains(file.path().toString()) || sentence.contains(file.name())
              ? sentence
              : "The file (" + file.name() + "): " + sentence);
    }
    return null;
  }

  private void analyze(
      List<CheckpointFile> files,
      int[] left,
      TrainingState.Task task,
      Model model,
      String named,
      Execution execution) {
    Memory memory = new Memory();
    Execution ofFile = execution.withProgressListener(fraction -> {});
    execution.forEach(
        left.length,
        i -> {
          if (failures(left[i])) {
            return;
          }
          Done one = attempt(files, left[i], file -> analyze(file, model, memory, ofFile));
          if (one != null) {
            synchronized (done) {
              done.put(left[i], one);
              output.save(
                  new CheckpointState(task, model.header, List.copyOf(done.values()))::writeTo);
              listener.checkpointAnalyzed(
                  parts(named, files.size(), model.header.quantization(), false).trajectory());
            }
          }
        });
  }

  private boolean failures(int index) {
    synchronized (done) {
      return failures.containsKey(index);
    }
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

  private Report report(CheckpointFile file, Model model, Memory memory, Execution execution)
      throws Exception {
    ComplexityAnalysis analysis = analysis();
    Instances header = model.header.instances();
    long horizon = model.header.horizon();
    // What takes long does so in every file, and need not be said of each.
    Execution silent = execution.withMessageListener(message -> {});
    boolean byInstances = model.common.isEmpty() && model.levels.isPresent();
    Optional<FileSource> source =
        byInstances
            ? Optional.empty()
            : withoutInstances(file, Optional.of(header), model.header.file());
    if (source.isPresent()) {
      try (FileSource opened = source.get()) {
        model.common.ifPresent(opened::useLimits);
        return memory.with(
            opened.memory(),
            execution,
            () -> {
              opened.read(execution); // says how much memory it takes, if that is much
              return analysis.analyzeCheckpoint(opened, horizon, silent);
            });
      }
    }
    return memory.with(
        (double) InputFiles.memory(file.path()),
        execution,
        () -> {
          Optional<ComplexityAnalysis.Levels> levels =
              model.levels.isPresent()
                  ? Optional.of(model.levels.get().levels())
                  : Optional.empty();
          Instances selected = analysis.selectedLike(header, data(file, model.header.file()));
          return analysis.analyzeCheckpoint(file.name(), selected, levels, horizon, silent);
        });
  }

  private Done analyze(CheckpointFile file, Model model, Memory memory, Execution execution)
      throws Exception {
    String seal = seal(file.path());
    Report report = report(file, model, memory, execution);
    // One that was stopped half-way would not be that of an uninterrupted run.
    execution.checkCanceled();
    List<TrajectoryPoint> points = new ArrayList<>();
    List<String> warnings = new ArrayList<>();
    for (LayerResult layer : report.layers()) {
      points.add(
          new TrajectoryPoint(
              file.repeat(), file.epoch(), Double.NaN, Double.NaN, Double.NaN, layer.summary()));
      layer.layer().warnings().forEach(text -> warnings.add(layer.name() + ": " + text));
      UnitLevels.warnings(layer.layer().units())
          .forEach(text -> warnings.add(layer.name() + ": " + text));
    }
    return new Done(file.path().toString(), file.repeat(), file.epoch(), seal, points, warnings);
  }

  private FileParts parts(String named, int fileCount, String described, boolean complete) {
    synchronized (done) {
      return new FileParts(
          named, fileCount, described, options.getLimitsFrom(), done, failures, complete);
    }
  }
}
