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
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import nnpid.analysis.TrajectoryPoint;
import nnpid.weka.SealedObject;
import weka.core.Attribute;
import weka.core.Instances;

/**
 * The files of checkpoints that have been analyzed. A state of other options is refused, as {@link
 * TrainingState} does; files that were added or have changed since are analyzed.
 */
record CheckpointState(TrainingState.Task task, Header header, List<Done> done)
    implements Serializable {
  private static final long serialVersionUID = 3310957764012276511L;

  private static final Set<String> CLASSES =
      Stream.concat(
              TrainingState.classesOfPoints().stream(),
              Stream.of(
                  TrainingState.Task.class.getName(),
                  Header.class.getName(),
                  Done.class.getName(),
                  CheckpointState.class.getName()))
          .collect(Collectors.toUnmodifiableSet());

  /** Checks that all is there. */
  CheckpointState {
    requireNonNull(task, "task");
    requireNonNull(header, "header");
    done = List.copyOf(done);
  }

  /**
   * What all files must have.
   *
   * @param file the name of the first of them
   * @param quantization how their activations become levels
   * @param horizon that of values at equal horizons; 0 for none
   * @param classIndex index of the class
   * @param attributes the name of every attribute, followed by its values if it is nominal
   */
  record Header(
      String file, String quantization, long horizon, int classIndex, List<List<String>> attributes)
      implements Serializable {
    private static final long serialVersionUID = 2977301846620184543L;

    /** Makes the lists immutable. */
    Header {
      requireNonNull(file, "file");
      requireNonNull(quantization, "quantization");
      attributes = attributes.stream().map(List::copyOf).toList();
    }

    static Header of(String file, String quantization, long horizon, Instances data) {
      List<List<String>> attributes = new ArrayList<>();
      for (int i = 0; i < data.numAttributes(); i++) {
        Attribute attribute = data.attribute(i);
        List<String> one = new ArrayList<>(List.of(attribute.name()));
        for (int value = 0; attribute.isNominal() && value < attribute.numValues(); value++) {
          one.add(attribute.value(value));
        }
        attributes.add(one);
      }
      return new Header(file, quantization, horizon, data.classIndex(), attributes);
    }

    /** The attributes without any data. */
    Instances instances() {
      ArrayList<Attribute> all = new ArrayList<>();
      for (List<String> one : attributes) {
        String name = one.get(0);
        all.add(
            one.size() == 1
                ? new Attribute(name)
                : new Attribute(name, one.subList(1, one.size())));
      }
      Instances instances = new Instances(file, all, 0);
      instances.setClassIndex(classIndex);
      return instances;
    }
  }

  /**
   * A file that has been analyzed.
   *
   * @param path where it is
   * @param seal what changes if it does
   * @param points its layers
   * @param warnings sentences about them
   */
  record Done(
      String path,
      int repeat,
      double epoch,
      String seal,
      List<TrajectoryPoint> points,
      List<String> warnings)
      implements Serializable {
    private static final long serialVersionUID = 8123070454911935575L;

    /** Makes the lists immutable. */
    Done {
      requireNonNull(path, "path");
      requireNonNull(seal, "seal");
      points = List.copyOf(points);
      warnings = List.copyOf(warnings);
      points.forEach(TrainingState::requireWhole);
    }

    /** Whether it is the result of that file, as the file's name is understood now. */
    boolean isOf(CheckpointFile file) {
      return path.equals(file.file())
          && repeat == file.repeat()
          && epoch == file.epoch()
          && points.stream().allMatch(p -> p.repeat() == repeat && p.epoch() == epoch);
    }
  }

  /** Writes it with its checksum; the stream stays open. */
  void writeTo(OutputStream out) throws IOException {
    SealedObject.write(out, this);
  }

  /**
   * Reads which files of a task are done.
   *
   * @throws IllegalArgumentException if the file has no state, or one of another task
   */
  static CheckpointState read(Path file, TrainingState.Task task) {
    CheckpointState state;
    try {
      state =
          SealedObject.read(
              () -> new FileInputStream(file.toFile()),
              Files.size(file),
              CheckpointState.class,
              CLASSES::contains);
    } catch (IOException e) {
      throw TrainingState.unreadable(file, e);
    }
    TrainingState.requireSame(file, state.task.difference(task));
    return state;
  }
}
