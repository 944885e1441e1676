package nnpid.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.stream.IntStream;
import nnpid.analysis.LayerResult;
import nnpid.analysis.Report;
import nnpid.analysis.Trajectory;
import nnpid.analysis.TrajectoryPoint;
import nnpid.analysis.UnitLevels;
import nnpid.command.CheckpointOptions.LimitsFrom;
import nnpid.command.CheckpointState.Done;
import nnpid.execution.Execution;
import nnpid.report.Version;
import org.jspecify.annotations.Nullable;
import weka.core.Instances;
import weka.core.Utils;

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

  /** What all files must have, and how their activations become levels. */
  private record Model(CheckpointState.Header header, Optional<ComplexityAnalysis.Levels> levels) {}

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
    List<CheckpointFile> files = CheckpointFile.of(paths, options.getEpoch(), options.getRepeat());
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
    int[] left = IntStream.range(0, files.size()).filter(i -> !done.containsKey(i)).toArray();
    boolean complete = true;
    String described = state.map(one -> one.header().quantization()).orElse("");
    if (left.length > 0) {
      try {
        Model model = model(files, state);
        described = model.header.quantization();
        analyze(files, left, task, model, named, execution);
      } catch (CancellationException e) {
        if (done.isEmpty()) {
          throw (CancellationException)
              new CancellationException("The run was stopped before its first file was done.")
                  .initCause(e);
        }
        complete = false;
      }
    }
    if (done.isEmpty()) {
      throw new IllegalArgumentException(failures.firstEntry().getValue());
    }
    return new Task.Followed(
        trajectory(named, files.size(), described, complete && failures.isEmpty()),
        List.copyOf(failures.values()),
        output.isSaved());
  }

  private TrainingState.Task task(List<CheckpointFile> files) {
    AnalysisOptions analysis = analysisOptions;
    TrainingState.Task task =
        new TrainingState.Task()
            .with("the version of this program", Version.VALUE)
            .with("the class", analysis.getClassAttribute() + " " + analysis.isNominalClass())
            .with("the units", analysis.getSources())
            .with("the layers", analysis.getLayers())
            .with("the groups", analysis.getGroups())
            .with("the weights", analysis.getWeights())
            .with("the missing values", analysis.getMissingValues().toString())
            .with("the separator", reader.separator())
            .with("the quantizer", Utils.toCommandLine(analysis.getQuantizer()))
            .with("the origin of limits", options.getLimitsFrom().toString())
            .withText(
                "the settings of the analysis", analysis.layerAnalysis().withoutAtoms().toString());
    return switch (options.getLimitsFrom()) {
      case EACH -> task;
      case FIRST -> task.withText("the first file", seal(files.get(0).path()));
      case ALL -> {
        StringBuilder seals = new StringBuilder();
        for (CheckpointFile file : files) {
          seals.append(seal(file.path())).append('\n');
        }
        yield task.withText("the files", seals.toString());
      }
    };
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
  private Model model(List<CheckpointFile> files, Optional<CheckpointState> state)
      throws Exception {
    if (state.isPresent() && options.getLimitsFrom() == LimitsFrom.EACH) {
      return new Model(state.get().header(), Optional.empty());
    }
    ComplexityAnalysis analysis = analysis();
    Instances first = null;
    int index = 0;
    for (; first == null && index < files.size(); index++) {
      first = attempt(files, index, file -> analysis.selected(read(file)));
      if (first == null && options.getLimitsFrom() != LimitsFrom.EACH) {
        throw new IllegalArgumentException(failures.get(index));
      }
    }
    if (first == null) {
      throw new IllegalArgumentException(failures.firstEntry().getValue());
    }
    String name = files.get(index - 1).name();
    Instances header = new Instances(first, 0);
    Instances all = first;
    if (options.getLimitsFrom() == LimitsFrom.ALL) {
      all = new Instances(first);
      for (CheckpointFile file : files.subList(index, files.size())) {
        all.addAll(analysis.selectedLike(header, data(file, name)));
      }
    }
    return new Model(
        CheckpointState.Header.of(
            name, analysis.quantization(first), analysis.horizon(first), header),
        options.getLimitsFrom() == LimitsFrom.EACH
            ? Optional.empty()
            : Optional.of(analysis.learn(all)));
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
    int permits = (int) Math.max(1, MEMORY_FOR_FILES * Runtime.getRuntime().maxMemory() / MEGABYTE);
    Semaphore memory = new Semaphore(permits, true);
    Execution silent =
        execution.withProgressListener(fraction -> {}).withMessageListener(message -> {});
    execution.forEach(
        left.length,
        i -> {
          if (failures(left[i])) {
            return;
          }
          int need =
              (int) Math.min(permits, 1 + InputFiles.memory(files.get(left[i]).path()) / MEGABYTE);
          try {
            memory.acquire(need);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            execution.checkCanceled();
          }
          Done one;
          try {
            one = attempt(files, left[i], file -> analyze(file, model, silent));
          } finally {
            memory.release(need);
          }
          if (one != null) {
            synchronized (done) {
              done.put(left[i], one);
              output.save(
                  new CheckpointState(task, model.header, List.copyOf(done.values()))::writeTo);
              listener.checkpointAnalyzed(
                  trajectory(named, files.size(), model.header.quantization(), false));
            }
          }
        });
  }

  private boolean failures(int index) {
    synchronized (done) {
      return failures.containsKey(index);
    }
  }

  private Done analyze(CheckpointFile file, Model model, Execution execution) throws Exception {
    String seal = seal(file.path());
    ComplexityAnalysis analysis = analysis();
    Instances selected =
        analysis.selectedLike(model.header.instances(), data(file, model.header.file()));
    Report report =
        analysis.analyzeCheckpoint(
            file.name(), selected, model.levels, model.header.horizon(), execution);
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

  private Trajectory trajectory(String named, int fileCount, String described, boolean complete) {
    synchronized (done) {
      List<Done> all = List.copyOf(done.values());
      return new Trajectory(
          named,
          fileCount
              + " files of checkpoints; "
              + described
              + "; limits from "
              + options.getLimitsFrom(),
          (int) all.stream().map(Done::repeat).distinct().count(),
          all.stream().flatMap(one -> one.points().stream()).toList(),
          complete,
          notes(all));
    }
  }

  /** Failures, and what is doubtful: what differs in numbers and names only is said once. */
  private List<String> notes(List<Done> all) {
    List<String> notes = new ArrayList<>(failures.values());
    Map<String, List<String>> kinds = new LinkedHashMap<>();
    Function<String, String> kind =
        text -> text.replaceAll("\\(.*?\\)|\"[^\"]*\"(, \"[^\"]*\")*|[-+]?\\d[\\d.e%-]*", "#");
    for (Done one : all) {
      for (String warning : one.warnings()) {
        String where = "epoch " + one.epoch() + " of repeat " + one.repeat() + ", " + warning;
        kinds
            .computeIfAbsent(
                kind.apply(warning).replaceFirst("Units? #|# units", "units"),
                text -> new ArrayList<>())
            .add(where);
      }
    }
    kinds
        .values()
        .forEach(
            texts ->
                notes.add(
                    texts.get(0).substring(0, 1).toUpperCase(Locale.ROOT)
                        + texts.get(0).substring(1)
                        + (texts.size() == 1
                            ? ""
                            : " The same of " + (texts.size() - 1) + " more files.")));
    return notes;
  }
}
