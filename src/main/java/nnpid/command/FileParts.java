package nnpid.command;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import nnpid.analysis.CheckpointWarning;
import nnpid.analysis.Trajectory;
import nnpid.command.CheckpointOptions.LimitsFrom;
import nnpid.command.CheckpointState.Done;

/**
 * What is known about files of checkpoints, all of them or those of one of several runs that share
 * them.
 *
 * @param named how the user named the files
 * @param fileCount of all files
 * @param quantization how activations become levels, as a sentence
 * @param limitsFrom where limits come from
 * @param done those that have been analyzed, by their number
 * @param failed what went wrong with others, as sentences, by their number
 * @param complete whether all files of the run are done
 */
record FileParts(
    String named,
    int fileCount,
    String quantization,
    LimitsFrom limitsFrom,
    TreeMap<Integer, Done> done,
    TreeMap<Integer, String> failed,
    boolean complete)
    implements ShardFile.Content {
  private static final long serialVersionUID = 3319947120054663181L;

  /** Makes copies. */
  FileParts {
    done = new TreeMap<>(done);
    failed = new TreeMap<>(failed);
  }

  /** The result of all runs together. */
  static Task.Followed merge(List<FileParts> runs) {
    FileParts any = runs.get(0);
    TreeMap<Integer, Done> done = new TreeMap<>();
    TreeMap<Integer, String> failures = new TreeMap<>();
    for (FileParts run : runs) {
      done.putAll(run.done);
      // Every run reads the first file, and so may know more than its own.
      failures.putAll(run.failed);
    }
    FileParts all =
        new FileParts(
            any.named,
            any.fileCount,
            any.quantization,
            any.limitsFrom,
            done,
            failures,
            runs.stream().allMatch(FileParts::complete));
    return new Task.Followed(all.trajectory(), all.failures(), true);
  }

  @Override
  public List<String> failures() {
    return List.copyOf(failed.values());
  }

  /** The curves of what is done. */
  Trajectory trajectory() {
    List<Done> all = List.copyOf(done.values());
    return new Trajectory(
        named,
        fileCount + " files of checkpoints; " + quantization + "; limits from " + limitsFrom,
        (int) all.stream().map(Done::repeat).distinct().count(),
        all.stream().flatMap(one -> one.points().stream()).toList(),
        complete && failed.isEmpty(),
        notes(all));
  }

  /** Failures, and what is doubtful. */
  private List<String> notes(List<Done> all) {
    List<String> notes = new ArrayList<>(failed.values());
    notes.addAll(
        CheckpointWarning.collected(
            all.stream()
                .flatMap(
                    one ->
                        one.warnings().stream()
                            .map(text -> new CheckpointWarning(one.repeat(), one.epoch(), text)))
                .toList(),
            "of %d more files"));
    return notes;
  }
}
