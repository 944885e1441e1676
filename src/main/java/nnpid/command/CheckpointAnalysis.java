package nnpid.command;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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
  /** The part of the time that common limits take, for the progress. */
  private static final double LEARNING = 0.3;

  private final CheckpointOptions options;
  private final AnalysisOptions analysisOptions;
  private final FileSet fileSet;
  private final CheckpointReader reader;
  private final Optional<OutputFile> stateOutput;
  private final StateOutput output;
  private final Task.Listener listener;

  // Changed before and after files are analyzed, and by one result at a time.
  private final TreeMap<Integer, Done> done = new TreeMap<>();
  private final TreeMap<Integer, String> failures = new TreeMap<>();

  CheckpointAnalysis(
      CheckpointOptions options,
      AnalysisOptions analysisOptions,
      FileSet fileSet,
      DataFiles reader,
      Optional<OutputFile> stateOutput,
      Task.Listener listener) {
    this.options = options;
    this.analysisOptions = analysisOptions;
    this.fileSet = fileSet;
    this.reader = CheckpointReader.of(analysisOptions, reader, fileSet.storage());
    this.stateOutput = stateOutput;
    this.output = new StateOutput(stateOutput, "run", listener);
    this.listener = listener;
  }

  /**
   * What all files must have, and how their activations become levels.
   *
   * @param common limits of all, learned without instances; empty if there are none
   * @param levels the same by instances, if some files must become some anyway
   * @param learnedFrom files from which the limits are learned
   */
  private record Model(
      CheckpointState.Header header,
      Optional<CommonLimits> common,
      Optional<ComplexityAnalysis.Levels> levels,
      List<CheckpointFile> learnedFrom) {

    static Model ofEach(CheckpointState.Header header) {
      return new Model(header, Optional.empty(), Optional.empty(), List.of());
    }
  }

  /** What a file tells all others to have. */
  private record First(Instances header, String quantization, long horizon) {}

  /**
   * Analyzes files. Stopping (interrupting the calling thread) keeps what is done; the interrupted
   * status then remains.
   *
   * @throws IllegalArgumentException if their names do not tell epochs, none can be read, or the
   *     state is that of another task
   * @throws Exception if Weka's filters fail
   */
  Task.Followed run(Execution execution) throws Exception {
    FileParts parts = analyze(files(), Shard.WHOLE, execution);
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
  ShardFile run(Shard shard, Execution execution) throws Exception {
    List<CheckpointFile> files = files();
    shard.requirePieces(files.size(), "files");
    FileParts parts = analyze(files, shard, execution);
    execution.checkCanceled();
    return new ShardFile(task(files).withText("the files", seals(files)), shard, parts);
  }

  private List<CheckpointFile> files() {
    return CheckpointFile.of(fileSet.files(), options.getEpoch(), options.getRepeat());
  }

  private FileParts analyze(List<CheckpointFile> files, Shard shard, Execution execution)
      throws Exception {
    TrainingState.Task task = task(files);
    Optional<CheckpointState> state =
        stateOutput.isPresent() && stateOutput.get().exists()
            ? Optional.of(CheckpointState.read(stateOutput.get().path(), task))
            : Optional.empty();
    if (state.isPresent()) {
      for (int i = 0; i < files.size(); i++) {
        int index = i;
        String seal = seal(files.get(i));
        state.get().done().stream()
            .filter(one -> one.isOf(files.get(index)) && one.seal().equals(seal))
            .findFirst()
            .ifPresent(one -> done.put(index, one));
      }
    }
    int first = shard.first(files.size());
    int end = shard.end(files.size());
    boolean complete = true;
    String described = state.map(one -> one.header().quantization()).orElse("");
    if (IntStream.range(first, end).anyMatch(i -> !done.containsKey(i))) {
      try {
        Model model = model(files, state, execution.step(0, LEARNING));
        described = model.header.quantization();
        int[] left =
            IntStream.range(first, end)
                .filter(i -> !done.containsKey(i) && !failures.containsKey(i))
                .toArray();
        Execution rest = model.common.isPresent() ? execution.step(LEARNING, 1) : execution;
        analyze(files, left, task, model, rest);
      } catch (CancellationException e) {
        if (done.isEmpty()) {
          throw (CancellationException)
              new CancellationException("The run was stopped before its first file was done.")
                  .initCause(e);
        }
        complete = false;
      }
    }
    return parts(files.size(), described, complete);
  }

  private TrainingState.Task task(List<CheckpointFile> files) {
    TrainingState.Task task =
        TrainingState.Task.of(analysisOptions, reader.files().separator())
            .with("the origin of limits", options.getLimitsFrom().toString())
            .withText(
                "the settings of the analysis",
                analysisOptions.layerAnalysis().withoutAtoms().text());
    return switch (options.getLimitsFrom()) {
      case EACH -> task;
      case FIRST -> task.withText("the first file", seal(files.get(0)));
      case ALL -> task.withText("the files", seals(files));
    };
  }

  private String seals(List<CheckpointFile> files) {
    return files.stream().map(file -> seal(file) + '\n').collect(Collectors.joining());
  }

  private String seal(CheckpointFile file) {
    return fileSet.storage().seal(file.file());
  }

  /** The first file that can be read tells what all must have, unless an earlier run knew. */
  private Model model(
      List<CheckpointFile> files, Optional<CheckpointState> state, Execution execution) {
    if (state.isPresent() && options.getLimitsFrom() == LimitsFrom.EACH) {
      return Model.ofEach(state.get().header());
    }
    First first = null;
    int index = 0;
    for (; first == null && index < files.size(); index++) {
      execution.checkCanceled();
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
      case EACH -> Model.ofEach(told);
      case FIRST -> model(told, header, files, index - 1, index, execution);
      case ALL -> model(told, header, files, index - 1, files.size(), execution);
    };
  }

  private First first(CheckpointFile file) throws Exception {
    ComplexityAnalysis analysis = reader.newAnalysis();
    return fileSet
        .storage()
        .read(
            file.file(),
            here -> {
              Optional<FileSource> source =
                  reader.withoutInstances(file, here, Optional.empty(), "");
              if (source.isPresent()) {
                try (FileSource opened = source.get()) {
                  return new First(
                      new Instances(opened.header(), 0),
                      opened.quantization(),
                      analysis.horizon(opened));
                }
              }
              Instances selected = analysis.selected(reader.read(here));
              return new First(
                  new Instances(selected, 0),
                  analysis.quantization(selected),
                  analysis.horizon(selected));
            });
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
    List<CheckpointFile> learnedFrom = files.subList(from, to);
    for (int i = from; i < to; i++) {
      Boolean streams =
          attempt(
              files, i, file -> use(file, header, told.file(), source -> learner.expect(source)));
      if (streams == null) {
        throw new IllegalArgumentException(failures.get(i));
      } else if (!streams) {
        // Read before the others are, which then have no reason to fail.
        ComplexityAnalysis.Levels levels =
            attempt(files, from, file -> reader.learn(learnedFrom, header, execution));
        if (levels == null) {
          throw new IllegalArgumentException(failures.get(from));
        }
        return new Model(told, Optional.empty(), Optional.of(levels), learnedFrom);
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
    return new Model(told, Optional.of(learner.learned()), Optional.empty(), learnedFrom);
  }

  /** What is done with a source. */
  @FunctionalInterface
  private interface Use {
    void of(FileSource source) throws Exception;
  }

  /** Whether a file needs no instances; if so, something has been done with it. */
  private boolean use(CheckpointFile file, Instances header, String model, Use use)
      throws Exception {
    return fileSet
        .storage()
        .read(
            file.file(),
            here -> {
              Optional<FileSource> source =
                  reader.withoutInstances(file, here, Optional.of(header), model);
              if (source.isEmpty()) {
                return false;
              }
              try (FileSource opened = source.get()) {
                use.of(opened);
              }
              return true;
            });
  }

  /** The result; null if that fails, which is noted. */
  private <T> @Nullable T attempt(
      List<CheckpointFile> files, int index, CheckpointReader.Work<T> work) {
    return reader.<@Nullable T>attempt(
        files.get(index),
        work,
        sentence -> {
          failures.put(index, sentence);
          return null;
        });
  }

  private void analyze(
      List<CheckpointFile> files,
      int[] left,
      TrainingState.Task task,
      Model model,
      Execution execution)
      throws Exception {
    int[] postponed = run(files, left, task, model, execution);
    if (postponed.length > 0) {
      // All of them as instances at once, which takes memory: so only if a file needs it.
      ComplexityAnalysis.Levels levels =
          reader.learn(model.learnedFrom, model.header.instances(), execution);
      Model complete =
          new Model(model.header, model.common, Optional.of(levels), model.learnedFrom);
      run(files, postponed, task, complete, execution.withProgressListener(fraction -> {}));
    }
  }

  /** Analyzes files; returns those that must become instances, if limits for that are missing. */
  private int[] run(
      List<CheckpointFile> files,
      int[] left,
      TrainingState.Task task,
      Model model,
      Execution execution) {
    FileJob job =
        new FileJob(
            new FileJob.What(
                Arrays.stream(left).mapToObj(files::get).toList(),
                reader,
                model.header,
                model.common,
                model.levels));
    TreeSet<Integer> postponed = new TreeSet<>();
    execution.mapEach(
        job,
        0,
        left.length,
        (outcome, i) -> {
          int index = left[i];
          if (outcome instanceof FileJob.Analyzed analyzed) {
            done.put(index, analyzed.done());
            output.save(
                new CheckpointState(task, model.header, List.copyOf(done.values()))::writeTo);
            listener.checkpointAnalyzed(
                parts(files.size(), model.header.quantization(), false).trajectory());
          } else if (outcome instanceof FileJob.Failed failed) {
            failures.put(index, failed.sentence());
          } else {
            postponed.add(index);
          }
        });
    return postponed.stream().mapToInt(index -> index).toArray();
  }

  private FileParts parts(int fileCount, String described, boolean complete) {
    return new FileParts(
        fileSet.named(), fileCount, described, options.getLimitsFrom(), done, failures, complete);
  }
}
