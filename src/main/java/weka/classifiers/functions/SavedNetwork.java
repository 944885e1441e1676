package weka.classifiers.functions;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamField;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import nnpid.network.Activation;
import nnpid.network.Architecture;
import nnpid.network.Checkpoint;
import nnpid.network.Network;
import nnpid.network.OutputCode;
import nnpid.weka.NetworkInputs;
import nnpid.weka.SealedObject;
import weka.classifiers.functions.QuantizedNetwork.Content;

/**
 * How a {@link QuantizedNetwork} is saved: as one sealed object. Models that were saved before
 * models were sealed are read, too.
 */
final class SavedNetwork {
  private static final Set<String> PARTS_OF_MODEL =
      Set.of(
          Content.class.getName(),
          NetworkInputs.class.getName(),
          "weka.core.Attribute",
          "weka.core.AttributeLocator",
          "weka.core.AttributeMetaInfo",
          "weka.core.DateAttributeInfo",
          "weka.core.Instances",
          "weka.core.NominalAttributeInfo",
          "weka.core.ProtectedProperties",
          "weka.core.Queue",
          "weka.core.Range",
          "weka.core.RelationalLocator",
          "weka.core.StringLocator",
          "weka.filters.Filter",
          "weka.filters.unsupervised.attribute.NominalToBinary",
          "weka.filters.unsupervised.attribute.PotentialClassIgnorer",
          "weka.filters.unsupervised.attribute.ReplaceMissingValues");

  /** The whole model; the other fields are those of old models. */
  private static final String SEALED_FIELD = "sealed";

  /** What Java shall save. */
  static ObjectStreamField[] fields() {
    return new ObjectStreamField[] {
      new ObjectStreamField("hiddenLayers", String.class),
      new ObjectStreamField("levels", String.class),
      new ObjectStreamField("epochs", int.class),
      new ObjectStreamField("miniBatchSize", int.class),
      new ObjectStreamField("learningRate", double.class),
      new ObjectStreamField("momentum", double.class),
      new ObjectStreamField("decay", double.class),
      new ObjectStreamField("activation", Activation.class),
      new ObjectStreamField("output", OutputCode.class),
      new ObjectStreamField("checkpoints", String.class),
      new ObjectStreamField("scaling", String.class),
      new ObjectStreamField("resume", boolean.class),
      new ObjectStreamField("seed", int.class),
      new ObjectStreamField("inputs", NetworkInputs.class),
      new ObjectStreamField("state", Checkpoint.class),
      new ObjectStreamField("resumable", boolean.class),
      new ObjectStreamField("savedCheckpoints", List.class),
      new ObjectStreamField("evaluations", List.class),
      new ObjectStreamField("settingsText", String.class),
      new ObjectStreamField("divergence", String.class),
      new ObjectStreamField(SEALED_FIELD, byte[].class)
    };
  }

  private SavedNetwork() {}

  /** What {@code writeObject} does. */
  static void write(ObjectOutputStream out, Content content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    SealedObject.write(bytes, content);
    out.putFields().put(SEALED_FIELD, bytes.toByteArray());
    out.writeFields();
  }

  /**
   * What {@code readObject} reads: whole models, and nothing else, even where Weka opens the file.
   *
   * @param inheritedOptions those of Weka's, which Java has read already if the model is an old one
   * @throws InvalidObjectException if it is damaged
   */
  static Content read(ObjectInputStream in, List<String> inheritedOptions)
      throws IOException, ClassNotFoundException {
    ObjectInputStream.GetField fields = in.readFields();
    Content content =
        fields.get(SEALED_FIELD, null) instanceof byte[] bytes
            ? opened(bytes)
            : oldContent(fields, inheritedOptions);
    boolean consistent;
    try {
      consistent = isConsistent(content);
    } catch (RuntimeException e) {
      // Parts of another type are found here.
      throw damaged(e);
    }
    if (!consistent) {
      throw new InvalidObjectException("its layers, inputs and checkpoints do not fit each other");
    }
    return content;
  }

  /** Whether all parts belong to one model. */
  private static boolean isConsistent(Content content) {
    if (content.settingsText() == null || content.divergence() == null) {
      return false;
    }
    if (content.state() == null) {
      return content.savedCheckpoints().isEmpty() && content.evaluations().isEmpty();
    }
    Architecture architecture = content.state().network().architecture();
    for (Checkpoint checkpoint : content.savedCheckpoints()) {
      if (!checkpoint.network().architecture().equals(architecture)) {
        return false;
      }
    }
    for (Network.Evaluation evaluation : content.evaluations()) {
      Objects.requireNonNull(evaluation);
    }
    return content.inputs() != null
        && content.inputs().inputCount() == architecture.inputCount()
        && content.inputs().header().numClasses() == architecture.classCount()
        && content.evaluations().size() == content.savedCheckpoints().size();
  }

  private static Content opened(byte[] bytes) throws InvalidObjectException {
    try {
      return SealedObject.read(
          () -> new ByteArrayInputStream(bytes),
          bytes.length,
          Content.class,
          SavedNetwork::isPartOfModel);
    } catch (IOException e) {
      throw damaged(e);
    }
  }

  /** Options with what all networks had before there was an option for it. */
  static List<String> withAllOptions(List<String> options) {
    if (options.isEmpty() || options.contains("-biases")) {
      return options;
    }
    List<String> result = new ArrayList<>(options);
    int end = result.indexOf("-S") + 2;
    result.addAll(Math.min(end, result.size()), List.of("-biases", "zero", "-num-slots", "1"));
    return result;
  }

  /** Says so, and why. */
  static InvalidObjectException damaged(Exception e) {
    InvalidObjectException result =
        new InvalidObjectException("the network in it is damaged: " + e.getMessage());
    result.initCause(e);
    return result;
  }

  /** Of networks, and of the filters and attributes of Weka that prepare their inputs. */
  private static boolean isPartOfModel(String className) {
    return className.startsWith("nnpid.network.") || PARTS_OF_MODEL.contains(className);
  }

  /** Of a model that was saved before models were sealed. */
  private static Content oldContent(
      ObjectInputStream.GetField fields, List<String> inheritedOptions)
      throws IOException, ClassNotFoundException {
    try {
      List<String> options = new ArrayList<>();
      Collections.addAll(options, "-H", "" + fields.get("hiddenLayers", null));
      Collections.addAll(options, "-L", "" + fields.get("levels", null));
      Collections.addAll(options, "-N", "" + fields.get("epochs", 0));
      Collections.addAll(options, "-B", "" + fields.get("miniBatchSize", 0));
      Collections.addAll(options, "-R", "" + fields.get("learningRate", 0.0));
      Collections.addAll(options, "-M", "" + fields.get("momentum", 0.0));
      Collections.addAll(options, "-decay", "" + fields.get("decay", 0.0));
      Collections.addAll(options, "-A", "" + fields.get("activation", null));
      Collections.addAll(options, "-output", "" + fields.get("output", null));
      Collections.addAll(options, "-checkpoints", "" + fields.get("checkpoints", null));
      Collections.addAll(options, "-scaling", "" + fields.get("scaling", null));
      if (fields.get("resume", false)) {
        options.add("-resume");
      }
      Collections.addAll(options, "-S", "" + fields.get("seed", 0));
      options.addAll(inheritedOptions);
      return new Content(
          options,
          (NetworkInputs) fields.get("inputs", null),
          (Checkpoint) fields.get("state", null),
          fields.get("resumable", false),
          list(fields, "savedCheckpoints", Checkpoint.class),
          list(fields, "evaluations", Network.Evaluation.class),
          (String) fields.get("settingsText", null),
          (String) fields.get("divergence", null));
    } catch (RuntimeException e) {
      throw damaged(e);
    }
  }

  private static <T> List<T> list(
      ObjectInputStream.GetField fields, String name, Class<T> elementType)
      throws IOException, ClassNotFoundException {
    return ((List<?>) fields.get(name, null)).stream().map(elementType::cast).toList();
  }
}
