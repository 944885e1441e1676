package nnpid.command;

import static java.util.Objects.requireNonNull;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import nnpid.analysis.Trajectory;
import nnpid.analysis.TrajectoryPoint;
import nnpid.execution.Transfer;
import nnpid.weka.SealedObject;

/**
 * What one of several runs that share the work of one has found, to be merged with the others'.
 * Files of other work are refused, and the message tells in what they differ.
 *
 * @param task all that the result depends on
 * @param shard which of the runs
 * @param content what it has found
 */
record ShardFile(TrainingState.Task task, Shard shard, Content content) implements Serializable {
  private static final long serialVersionUID = 5528014459937121310L;

  private static final String CLASSES =
      "nnpid\\.(analysis|coarsegraining|command|decomposition|distribution|estimation|lattice"
          + "|search)\\.\\w+(\\$\\w+)*";

  /** What a run has found. */
  sealed interface Content extends Serializable permits LayerParts, Curves, FileParts {
    /** What went wrong with some of it, as sentences. */
    default List<String> failures() {
      return List.of();
    }
  }

  /**
   * Of some of the repeats of a training.
   *
   * @param trajectory of these
   */
  record Curves(Trajectory trajectory) implements Content {
    private static final long serialVersionUID = 2230498713369001854L;

    private static Trajectory merge(List<Curves> runs) {
      List<Trajectory> all = runs.stream().map(Curves::trajectory).toList();
      Trajectory any = all.get(0);
      List<TrajectoryPoint> points = all.stream().flatMap(one -> one.points().stream()).toList();
      return new Trajectory(
          any.relation(),
          any.network(),
          any.repeats(),
          points,
          all.stream().allMatch(Trajectory::complete),
          all.stream().flatMap(one -> one.notes().stream()).toList());
    }
  }

  /** Checks that all is there. */
  ShardFile {
    requireNonNull(task, "task");
    requireNonNull(shard, "shard");
    requireNonNull(content, "content");
  }

  /** Writes it with its checksum; the stream stays open. */
  void writeTo(OutputStream out) throws IOException {
    SealedObject.write(out, this);
  }

  private static ShardFile read(Path file) {
    try {
      return SealedObject.read(
          () -> new FileInputStream(file.toFile()),
          Files.size(file),
          ShardFile.class,
          name -> name.matches(CLASSES) || Transfer.standsForOptional(name));
    } catch (IOException e) {
      throw new IllegalArgumentException(
          String.format(
              "The shard (-merge %s) must be a file that a run with -shard has written: %s.",
              file, e.getMessage()),
          e);
    }
  }

  /**
   * The result that a single run would have given.
   *
   * @param files of all shards, in any order
   * @throws IllegalArgumentException if one cannot be read, is missing, or is of other work
   */
  static Task.Result merge(List<Path> files) {
    TreeMap<Integer, Path> fileOf = new TreeMap<>();
    TreeMap<Integer, ShardFile> shards = new TreeMap<>();
    Path first = files.get(0);
    ShardFile model = read(first);
    for (Path file : files) {
      ShardFile one = file.equals(first) ? model : read(file);
      requireSame(first, model, file, one);
      Path other = fileOf.put(one.shard.number(), file);
      if (other != null) {
        throw new IllegalArgumentException(
            String.format(
                "The shard %s must be given once: it is in %s and in %s.", one.shard, other, file));
      }
      shards.put(one.shard.number(), one);
    }
    int count = model.shard.count();
    if (shards.size() < count) {
      throw new IllegalArgumentException(
          "All shards must be given (-merge): these are missing: "
              + IntStream.rangeClosed(1, count)
                  .filter(number -> !shards.containsKey(number))
                  .mapToObj(number -> new Shard(number, count).toString())
                  .collect(Collectors.joining(", "))
              + ".");
    }
    List<Content> contents = shards.values().stream().map(ShardFile::content).toList();
    if (contents.get(0) instanceof LayerParts) {
      return new Task.Analyzed(LayerParts.report(of(LayerParts.class, contents)));
    }
    if (contents.get(0) instanceof FileParts) {
      return FileParts.merge(of(FileParts.class, contents));
    }
    return new Task.Followed(Curves.merge(of(Curves.class, contents)), List.of(), true);
  }

  private static <T> List<T> of(Class<T> type, List<Content> contents) {
    return contents.stream().map(type::cast).toList();
  }

  private static void requireSame(Path first, ShardFile model, Path file, ShardFile other) {
    List<String> differences = new ArrayList<>();
    if (model.shard.count() != other.shard.count()) {
      differences.add(
          String.format(
              "the number of shards (%d there, %d here)",
              model.shard.count(), other.shard.count()));
    }
    String difference = model.task.difference(other.task);
    if (!difference.isEmpty()) {
      differences.add(difference);
    }
    if (!differences.isEmpty()) {
      throw new IllegalArgumentException(
          String.format(
              "The shards (-merge) must be of the same data and options: %s differs from %s in %s.",
              file, first, String.join(", ", differences)));
    }
  }
}
