package nnpid.command;

import static java.util.Objects.requireNonNull;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import nnpid.analysis.CheckpointWarning;
import nnpid.analysis.LayerSummary;
import nnpid.analysis.Method;
import nnpid.analysis.SampleFacts;
import nnpid.analysis.TrajectoryAnalysis;
import nnpid.analysis.TrajectoryAnalysis.Progress;
import nnpid.analysis.TrajectoryPoint;
import nnpid.decomposition.Values;
import nnpid.distribution.SampledDistribution;
import nnpid.distribution.WeightMeaning;
import nnpid.network.Architecture;
import nnpid.report.Version;
import nnpid.weka.SealedObject;
import weka.core.Attribute;
import weka.core.Instance;
import weka.core.Instances;
import weka.core.Utils;

/**
 * How far the trainings of one task have come. A task is all that the result depends on: the data,
 * by checksums, and the options. A state of another task is refused, and the message tells in what
 * it differs.
 */
record TrainingState(Task task, List<Progress> progress) implements Serializable {
  private static final long serialVersionUID = 6160285703918234417L;

  private static final Set<String> CLASSES_OF_POINTS =
      Set.of(
          WeightMeaning.class.getName(),
          SampledDistribution.LeftOut.class.getName(),
          Method.class.getName(),
          SampleFacts.class.getName(),
          TrajectoryPoint.class.getName(),
          LayerSummary.class.getName(),
          LayerSummary.Sampling.class.getName(),
          LayerSummary.Within.class.getName(),
          Values.class.getName());

  /** Nothing but what is written. */
  private static final Set<String> CLASSES =
      Stream.concat(
              CLASSES_OF_POINTS.stream(),
              Stream.of(
                  CheckpointWarning.class.getName(),
                  "nnpid.network.Activation",
                  "nnpid.network.Architecture",
                  "nnpid.network.Checkpoint",
                  "nnpid.network.Network",
                  "nnpid.network.OutputCode",
                  "nnpid.network.Parameters",
                  Progress.class.getName(),
                  Task.class.getName(),
                  TrainingState.class.getName()))
          .collect(Collectors.toUnmodifiableSet());

  private static final int SHOWN_CHARACTERS = 200;

  /** Checks that all is there. */
  TrainingState {
    requireNonNull(task, "task");
    progress = List.copyOf(progress);
    for (Progress one : progress) {
      requireNonNull(one.checkpoint(), "checkpoint");
      requireNonNull(one.note(), "note");
      for (TrajectoryPoint point : one.points()) {
        requireWhole(point);
      }
    }
  }

  /** The classes of which points of a trajectory are made. */
  static Set<String> classesOfPoints() {
    return CLASSES_OF_POINTS;
  }

  /** Checks that all of a point is there. */
  static void requireWhole(TrajectoryPoint point) {
    requireWhole(requireNonNull(point.summary(), "summary"));
    if (point.testSummary() != null) {
      requireWhole(point.testSummary());
    }
  }

  private static void requireWhole(LayerSummary summary) {
    requireNonNull(summary.layer(), "layer");
    requireNonNull(summary.method(), "method");
    requireNonNull(summary.values(), "values");
    requireNonNull(summary.samples(), "samples");
    requireNonNull(summary.sampling(), "sampling");
    requireNonNull(summary.within(), "within")
        .degreeOfSynergy()
        .forEach(value -> requireNonNull(value, "information"));
    summary.degreeOfSynergy().forEach(value -> requireNonNull(value, "information"));
  }

  /**
   * What a result depends on, by name.
   *
   * @param options texts that can be shown
   * @param checksums of what is too long for that
   */
  record Task(LinkedHashMap<String, String> options, LinkedHashMap<String, String> checksums)
      implements Serializable {
    private static final long serialVersionUID = 4091732258610374926L;

    /** Makes copies, in which all is text. */
    Task {
      options = texts(options);
      checksums = texts(checksums);
    }

    Task() {
      this(new LinkedHashMap<>(), new LinkedHashMap<>());
    }

    /** What an analysis of layers depends on, besides its settings and the data. */
    static Task of(AnalysisOptions analysis, String separator) {
      return new Task()
          .with("the version of this program", Version.VALUE)
          .with("the class", analysis.getClassAttribute() + " " + analysis.isNominalClass())
          .with("the units", analysis.getSources())
          .with("the layers", analysis.getLayers())
          .with("the groups", analysis.getGroups())
          .with("the weights", analysis.getWeights())
          .with("the samples", analysis.getSamples())
          .with("the missing values", analysis.getMissingValues().toString())
          .with("the separator", separator)
          .with("the quantizer", Utils.toCommandLine(analysis.getQuantizer()));
    }

    private static LinkedHashMap<String, String> texts(Map<String, String> map) {
      LinkedHashMap<String, String> copy = new LinkedHashMap<>();
      map.forEach((name, value) -> copy.put(name.strip(), value.strip()));
      return copy;
    }

    /** This task with an option. */
    Task with(String name, String value) {
      Task result = new Task(options, checksums);
      result.options.put(name, value.strip());
      return result;
    }

    /** This task with an option of which only a checksum is kept. */
    Task withText(String name, String text) {
      Digest digest = new Digest();
      digest.add(text);
      Task result = new Task(options, checksums);
      result.checksums.put(name, digest.toString());
      return result;
    }

    /**
     * This task with what a file holds.
     *
     * @param name what it is called in messages: {@code the data}
     * @throws IOException if it cannot be read
     */
    Task withFile(String name, Path file) throws IOException {
      MessageDigest digest = SealedObject.sha256();
      try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
        byte[] chunk = new byte[1 << 16];
        while (in.read(chunk) >= 0) {
          // All that counts is that they are read.
        }
      }
      Task result = new Task(options, checksums);
      result.checksums.put(name, HexFormat.of().formatHex(digest.digest()));
      return result;
    }

    /**
     * This task with data, whose class is set.
     *
     * @param name what they are called in messages: {@code training data}
     */
    Task withData(String name, Instances data) {
      Digest attributes = new Digest();
      Digest values = new Digest();
      Digest labels = new Digest();
      Digest weights = new Digest();
      for (int i = 0; i < data.numAttributes(); i++) {
        if (i != data.classIndex()) {
          attributes.add(data.attribute(i));
        }
      }
      Digest target = new Digest();
      target.add("" + data.classIndex());
      target.add(data.classAttribute());
      for (Instance instance : data) {
        for (int i = 0; i < data.numAttributes(); i++) {
          (i == data.classIndex() ? labels : values).add(instance.value(i));
        }
        weights.add(instance.weight());
      }
      Task result = new Task(options, checksums);
      result.checksums.put("the attributes of the " + name, attributes.toString());
      result.checksums.put("the class of the " + name + ", or its values", target.toString());
      result.checksums.put("the number of samples in the " + name, "" + data.numInstances());
      result.checksums.put("the values of the " + name, values.toString());
      result.checksums.put("the labels of the " + name, labels.toString());
      result.checksums.put("the weights of the " + name, weights.toString());
      return result;
    }

    /** In what another task differs; empty if in nothing. */
    String difference(Task other) {
      List<String> facts = new ArrayList<>();
      Set<String> names = new LinkedHashSet<>(options.keySet());
      names.addAll(other.options.keySet());
      for (String name : names) {
        String there = options.getOrDefault(name, "none");
        String here = other.options.getOrDefault(name, "none");
        if (!there.equals(here)) {
          facts.add(String.format("%s (%s there, %s here)", name, shown(there), shown(here)));
        }
      }
      Set<String> sums = new LinkedHashSet<>(checksums.keySet());
      sums.addAll(other.checksums.keySet());
      sums.stream()
          .filter(name -> !checksums.getOrDefault(name, "").equals(other.checksums.get(name)))
          .forEach(facts::add);
      return String.join(", ", facts);
    }

    private static String shown(String text) {
      return text.length() <= SHOWN_CHARACTERS ? text : text.substring(0, SHOWN_CHARACTERS) + "...";
    }
  }

  /** SHA-256 of texts and numbers. */
  private static final class Digest {
    private final MessageDigest digest = SealedObject.sha256();
    private final ByteBuffer buffer = ByteBuffer.allocate(1 << 13);

    void add(double value) {
      if (!buffer.hasRemaining()) {
        flush();
      }
      // All NaN are the same: missing; and so are both zeros.
      buffer.putLong(Double.doubleToLongBits(value + 0.0));
    }

    void add(String text) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      add(bytes.length);
      flush();
      digest.update(bytes);
    }

    void add(Attribute attribute) {
      add(attribute.name());
      add(Attribute.typeToString(attribute));
      add(attribute.isDate() ? attribute.getDateFormat() : "");
      add(attribute.isNominal() ? attribute.numValues() : 0);
      for (int i = 0; attribute.isNominal() && i < attribute.numValues(); i++) {
        add(attribute.value(i));
      }
    }

    private void flush() {
      digest.update(buffer.array(), 0, buffer.position());
      buffer.clear();
    }

    @Override
    public String toString() {
      flush();
      return HexFormat.of().formatHex(digest.digest());
    }
  }

  /** Writes it with its checksum; the stream stays open. */
  void writeTo(OutputStream out) throws IOException {
    SealedObject.write(out, this);
  }

  /**
   * Reads how far a task has come.
   *
   * @throws IllegalArgumentException if the file has no state, or one of another task
   */
  static List<Progress> read(Path file, Task task, TrajectoryAnalysis analysis) {
    TrainingState state;
    try {
      state =
          SealedObject.read(
              () -> new FileInputStream(file.toFile()),
              Files.size(file),
              TrainingState.class,
              CLASSES::contains);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
    String difference = state.task.difference(task);
    if (difference.isEmpty() && !state.fits(analysis)) {
      difference = "its networks";
    }
    requireSame(file, difference);
    return state.progress;
  }

  /** What is thrown for a file that holds no state. */
  static IllegalArgumentException unreadable(Path file, IOException e) {
    return new IllegalArgumentException(
        String.format(
            "The state (-resume %s) must be a file that this program has written: %s.%n"
                + "Maybe remove it to begin anew.",
            file, e.getMessage()),
        e);
  }

  /**
   * Checks that the state is that of the task.
   *
   * @param difference in what it differs; empty if in nothing
   * @throws IllegalArgumentException if it differs
   */
  static void requireSame(Path file, String difference) {
    if (!difference.isEmpty()) {
      throw new IllegalArgumentException(
          String.format(
              "The state (-resume %s) must be that of the same data and options: it differs in"
                  + " %s.%nMaybe name another file, or remove this one to begin anew.",
              file, difference));
    }
  }

  /** Whether the networks are those of the task. */
  private boolean fits(TrajectoryAnalysis analysis) {
    Architecture architecture = analysis.architecture();
    Set<Double> epochs = new HashSet<>(analysis.epochs());
    Set<String> layers =
        analysis.layers().stream().map(TrajectoryAnalysis::layerName).collect(Collectors.toSet());
    Set<Integer> repeats = new HashSet<>();
    return progress.stream()
        .allMatch(
            one ->
                one.repeat() >= 1
                    && one.repeat() <= analysis.repeats()
                    && repeats.add(one.repeat())
                    && one.checkpoint().network().architecture().equals(architecture)
                    && one.points().stream()
                        .allMatch(
                            point ->
                                point.repeat() == one.repeat()
                                    && epochs.contains(point.epoch())
                                    && layers.contains(point.layer())));
  }
}
