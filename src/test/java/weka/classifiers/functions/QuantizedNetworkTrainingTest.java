package weka.classifiers.functions;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import nnpid.distribution.JointDistribution;
import nnpid.execution.Execution;
import nnpid.network.Checkpoint;
import nnpid.network.DivergenceException;
import nnpid.network.Network;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import weka.attributeSelection.BestFirst;
import weka.attributeSelection.CfsSubsetEval;
import weka.classifiers.AbstractClassifier;
import weka.classifiers.Evaluation;
import weka.classifiers.meta.AttributeSelectedClassifier;
import weka.classifiers.meta.IterativeClassifierOptimizer;
import weka.core.Attribute;
import weka.core.CheckGOE;
import weka.core.CheckOptionHandler;
import weka.core.DenseInstance;
import weka.core.Instance;
import weka.core.Instances;
import weka.core.SerializationHelper;
import weka.core.SerializedObject;
import weka.core.SparseInstance;
import weka.core.Utils;
import weka.core.converters.ConverterUtils.DataSource;

/** Options, training, resuming, stopping and what the model tells about itself. */
class QuantizedNetworkTrainingTest {
  private static final String SMALL = small(20);

  private static String small(int epochs) {
    return "-H 8,4 -N " + epochs + " -B 4 -R 0.05 ";
  }

  private static QuantizedNetwork network(String options) throws Exception {
    QuantizedNetwork network = new QuantizedNetwork();
    network.setOptions(Utils.splitOptions(options));
    return network;
  }

  private static QuantizedNetwork built(String options, Instances data) throws Exception {
    QuantizedNetwork network = network(options);
    network.buildClassifier(data);
    return network;
  }

  /** Two numeric attributes, one of three colors, and a class that depends on all of them. */
  static Instances mixed(int rowCount) {
    ArrayList<Attribute> attributes = new ArrayList<>();
    attributes.add(new Attribute("x"));
    attributes.add(new Attribute("side", List.of("left", "right")));
    attributes.add(new Attribute("color", List.of("red", "green", "blue")));
    attributes.add(new Attribute("y"));
    Instances data = new Instances("mixed", attributes, 0);
    data.setClassIndex(1);
    Random random = new Random(1);
    for (int row = 0; row < rowCount; row++) {
      double x = 10 * random.nextDouble();
      double y = -3 * random.nextDouble();
      int color = random.nextInt(3);
      data.add(
          new DenseInstance(1, new double[] {x, x / 10 + y / 3 + color - 1 > 0 ? 1 : 0, color, y}));
    }
    return data;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-H 3",
        "-H \"4, 2\" -L 8,0",
        "-L 0",
        "-N 0",
        "-B 1",
        "-R 1.0E-5",
        "-M 0.9 -decay 0.5",
        "-A sigmoid",
        "-A relu",
        "-A hard-tanh",
        "-output binary",
        "-checkpoints none",
        "-checkpoints 1,5,10",
        "-scaling 256",
        "-scaling standardize",
        "-resume",
        "-S -3",
        "-output-debug-info"
      })
  void passesWekasOptionCheck(String options) throws Exception {
    CheckOptionHandler check = new CheckOptionHandler();
    check.setOptionHandler(new QuantizedNetwork());
    check.setUserOptions(Utils.splitOptions(options));
    check.setSilent(true);
    check.doTests();
    assertTrue(check.getSuccess());

    QuantizedNetwork network = network(options);
    assertArrayEquals(
        network.getOptions(), network(Utils.joinOptions(network.getOptions())).getOptions());
    network.setOptions(new String[0]);
    assertArrayEquals(new QuantizedNetwork().getOptions(), network.getOptions());
  }

  @Test
  void passesWekasEditorCheck() {
    CheckGOE check = new CheckGOE();
    check.setObject(new QuantizedNetwork());
    check.setSilent(true);
    check.doTests();
    assertTrue(check.getSuccess());
  }

  @Test
  void defaultsAreThoseOfTheDocumentation() {
    assertTrue(
        Utils.joinOptions(new QuantizedNetwork().getOptions())
            .startsWith(
                "-H 50,10,5,5,5 -L 8 -N 1000 -B 64 -R 0.01 -M 0.0 -decay 0.0 -A tanh"
                    + " -output softmax -checkpoints log:10 -scaling unit -S 1"));
    List<String> flags =
        Collections.list(new QuantizedNetwork().listOptions()).stream()
            .map(option -> option.name())
            .toList();
    assertEquals(flags.size(), flags.stream().distinct().count());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          -H 5,0          | (-H 5,0)         | at least 1
          -H -5           | (-H -5)          | at least 1
          -H 5;5          | (-H 5;5)         | commas
          -L 1            | (-L 1)           | at least 2
          -L 8,1          | (-L 8,1)         | at least 2
          -L x            | (-L x)           | whole numbers
          -N -1           | (-N -1)          | not be negative
          -N 1.5          | (-N 1.5)         | whole number
          -B 0            | (-B 0)           | at least 1
          -R 0            | (-R 0)           | positive
          -R fast         | (-R fast)        | number
          -M 1            | (-M 1)           | less than 1
          -decay -1       | (-decay -1)      | not be negative
          -A step         | (-A step)        | tanh, sigmoid, relu, hard-tanh or linear
          -output onehot  | (-output onehot) | softmax, binary or binary-mse
          -checkpoints -1 | (-checkpoints -1) | log:
          -checkpoints lg | (-checkpoints lg) | log:
          -scaling 0      | (-scaling 0)     | positive
          -scaling log    | (-scaling log)   | standardize
          -S x            | (-S x)           | whole number
          -biases one     | (-biases one)    | uniform or zero
          -shape 3x3x3x3  | (-shape 3x3x3x3) | x between them
          -num-slots -1   | (-num-slots -1)  | not be negative
          -layers-spec dense:5 | (-layers-spec dense:5) | activation
          """)
  void badOptionIsNamedWithItsValueAndItsRule(String option, String value, String rule) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> network(option)).getMessage();
    assertTrue(message.contains(value) && message.contains(rule), message);
    assertThrows(Exception.class, () -> network("-Q 3"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          -layers-spec dense:5:tanh -H 3       | (-layers-spec dense 5 tanh)  | together with -H
          -layers-spec conv:2:k1:relu -L 4     | (-layers-spec conv 2 k1 relu) | together with -H
          -layers-spec conv:2:k1:relu -shape 3x3 | (-shape 1x3x3)             | 9 are not 5
          -layers-spec conv:2:k2:relu          | "conv 2 k2 relu"             | 1 of 5x1x1
          -layers-spec conv:2:k3:relu -shape 5x1x1 | "conv 2 k3 relu"         | not larger
          -A linear -H 4                       | (linear)                     | must have limits
          -scaling standardize-channels        | (standardize-channels)       | shape of the inputs
          -H 25000,25000 -L 0                  | The memory (                 | Maybe start Java
          """)
  void layersThatCannotBeAreRefusedBeforeTraining(String options, String value, String rule) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> built(options, mixed(9))).getMessage();
    assertTrue(message.contains(value) && message.contains(rule), message);
  }

  /** A network by its layers one by one: trained, saved, and resumed by other threads. */
  @Test
  void aListOfLayersIsTrainedSavedAndResumed() throws Exception {
    String options =
        "-layers-spec conv:3:k2:p1:relu,maxpool:2,dense:3:tanh:q4 -shape 1x5 -B 4 -R 0.1 -resume"
            + " -scaling standardize-channels -output binary-mse ";
    Instances data = mixed(40);
    QuantizedNetwork whole = built(options + "-N 5", data);
    QuantizedNetwork part = built(options + "-N 3", data);
    part = (QuantizedNetwork) AbstractClassifier.makeCopy(part);
    part.setOptions(Utils.splitOptions(options + "-N 2 -num-slots 2"));
    part.initializeClassifier(data);
    while (part.next()) {
      // next() does the work
    }
    part.done();
    assertEquals(whole.network(), part.network());
    assertEquals(List.of(36, 9, 3), whole.network().architecture().layerSizes());
    assertTrue(
        whole
            .toString()
            .startsWith(
                "Quantized network 1x1x5, conv 3 k2 p1 relu, maxpool 2, dense 3 tanh q4, binary-mse"
                    + " of 1\n"),
        whole.toString());
    assertEquals(3, whole.forward(data.instance(0)).levels(2).length);
  }

  @Test
  void levelsMustFitTheLayers() {
    String message =
        assertThrows(IllegalArgumentException.class, () -> built("-H 5,5 -L 8,8,8", mixed(9)))
            .getMessage();
    assertTrue(message.contains("(-L 8,8,8)") && message.contains("(-H 5,5)"), message);
  }

  @Test
  void dataThatCannotBeLearntAreRefusedWithTheReason() throws Exception {
    Instances classOnly = mixed(5);
    classOnly.deleteAttributeAt(3);
    classOnly.deleteAttributeAt(2);
    classOnly.deleteAttributeAt(0);
    assertMessage("besides the class (0)", classOnly);

    ArrayList<Attribute> attributes = new ArrayList<>();
    attributes.add(new Attribute("x"));
    attributes.add(new Attribute("class", List.of("only")));
    Instances unary = new Instances("unary", attributes, 0);
    unary.setClassIndex(1);
    unary.add(new DenseInstance(1, new double[] {1, 0}));
    assertMessage("unary class", unary);

    Instances numericClass = mixed(5);
    numericClass.setClassIndex(0);
    assertMessage("numeric class", numericClass);

    Instances weightless = mixed(5);
    weightless.forEach(instance -> instance.setWeight(0));
    assertMessage("total weight", weightless);

    Instances infinite = mixed(5);
    infinite.instance(2).setValue(0, Double.POSITIVE_INFINITY);
    assertMessage("\"x\"", infinite);
  }

  private static void assertMessage(String part, Instances data) {
    String message = assertThrows(Exception.class, () -> built(SMALL, data)).getMessage();
    assertTrue(message.contains(part), message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-A relu", "-output binary", "-scaling standardize", "-L 0"})
  void learnsFromNominalAndNumericAttributes(String options) throws Exception {
    Instances data = mixed(300);
    Evaluation evaluation = new Evaluation(data);
    evaluation.crossValidateModel(
        network("-H 12,6 -N 200 -B 8 -R 0.05 -M 0.5 " + options), data, 3, new Random(1));
    assertTrue(evaluation.pctCorrect() > 85, options + ": " + evaluation.pctCorrect());
  }

  @Test
  void predictionIsTheForwardPassOfTheDocumentedInputs() throws Exception {
    Instances data = mixed(50);
    data.instance(3).setMissing(0);
    data.instance(4).setMissing(2);
    QuantizedNetwork network = built(SMALL + "-scaling none", data);
    double mean = 0;
    int[] colors = new int[3];
    for (Instance instance : data) {
      mean += instance.isMissing(0) ? 0 : instance.value(0) / 49;
      if (!instance.isMissing(2)) {
        colors[(int) instance.value(2)]++;
      }
    }
    int mode = Utils.maxIndex(colors);
    for (int row = 0; row < 10; row++) {
      Instance instance = data.instance(row);
      double[] inputs = new double[5];
      inputs[0] = row == 3 ? mean : instance.value(0);
      inputs[1 + (row == 4 ? mode : (int) instance.value(2))] = 1;
      inputs[4] = instance.value(3);
      assertArrayEquals(
          network.network().forward(inputs).classProbabilities(),
          network.distributionForInstance(instance),
          1e-12);
    }
  }

  @ParameterizedTest
  @CsvSource({"unit, 0, 1, 0.5", "symmetric, -1, 1, 0", "4, 0.5, 2.5, 1.5", "none, 2, 10, 6"})
  void scalingMapsTheRangeOfTheTrainingData(String scaling, double low, double high, double middle)
      throws Exception {
    ArrayList<Attribute> attributes = new ArrayList<>();
    attributes.add(new Attribute("x"));
    attributes.add(new Attribute("constant"));
    attributes.add(new Attribute("class", List.of("a", "b")));
    Instances data = new Instances("scaled", attributes, 0);
    data.setClassIndex(2);
    double[] values = {2, 10, 6};
    for (double x : values) {
      data.add(new DenseInstance(1, new double[] {x, 0, x > 5 ? 1 : 0}));
    }
    QuantizedNetwork network = built("-H 3 -N 5 -scaling " + scaling, data);
    double[] expected = {low, high, middle};
    for (int row = 0; row < 3; row++) {
      assertArrayEquals(
          network.network().forward(expected[row], 0).activations(0),
          network.forward(data.instance(row)).activations(0),
          1e-14);
    }
  }

  @Test
  void standardizedInputsHaveMeanZeroAndDeviationOneByWeight() throws Exception {
    ArrayList<Attribute> attributes = new ArrayList<>();
    attributes.add(new Attribute("x"));
    attributes.add(new Attribute("class", List.of("a", "b")));
    Instances data = new Instances("scaled", attributes, 0);
    data.setClassIndex(1);
    data.add(new DenseInstance(3, new double[] {1, 0}));
    data.add(new DenseInstance(1, new double[] {5, 1}));
    QuantizedNetwork network = built("-H 3 -N 5 -scaling standardize", data);
    assertArrayEquals( // mean 2, variance 3
        network.network().forward(3 / Math.sqrt(3)).activations(0),
        network.forward(data.instance(1)).activations(0),
        1e-14);
  }

  @Test
  void channelsAreStandardizedAsAWhole() throws Exception {
    ArrayList<Attribute> attributes = new ArrayList<>();
    for (String name : List.of("r1", "r2", "g1", "g2")) {
      attributes.add(new Attribute(name));
    }
    attributes.add(new Attribute("class", List.of("a", "b")));
    Instances data = new Instances("scaled", attributes, 0);
    data.setClassIndex(4);
    data.add(new DenseInstance(3, new double[] {0, 1, 30, 30, 0}));
    data.add(new DenseInstance(1, new double[] {1, 5, 10, 10, 1}));
    QuantizedNetwork network = built("-H 3 -N 5 -scaling standardize-channels -shape 2x1x2", data);
    double mean = 9.0 / 8;
    double deviation = Math.sqrt((3 * 1 + 1 + 25) / 8.0 - mean * mean);
    assertArrayEquals( // the other channel: mean 25, variance 75
        network
            .network()
            .forward(
                (1 - mean) / deviation,
                (5 - mean) / deviation,
                -15 / Math.sqrt(75),
                -15 / Math.sqrt(75))
            .activations(0),
        network.forward(data.instance(1)).activations(0),
        1e-14);
  }

  @Test
  void sparseAndDenseDataGiveTheSameModel() throws Exception {
    Instances dense = mixed(40);
    dense.forEach(instance -> instance.setValue(0, (int) (instance.value(0) / 5)));
    Instances sparse = new Instances(dense, 0);
    dense.forEach(instance -> sparse.add(new SparseInstance(instance)));
    assertEquals(built(SMALL, dense).network(), built(SMALL, sparse).network());
  }

  @Test
  void instancesWithoutClassChangeNothing() throws Exception {
    Instances data = mixed(40);
    Instances more = new Instances(data);
    more.add(3, (Instance) data.instance(5).copy());
    more.instance(3).setClassMissing();
    more.instance(3).setValue(0, 1000);
    assertEquals(built(SMALL, data).network(), built(SMALL, more).network());
  }

  @Test
  void sameSeedSameModelOtherSeedOtherModel() throws Exception {
    Instances data = mixed(40);
    assertEquals(built(SMALL, data).toString(), built(SMALL, data).toString());
    assertEquals(built(SMALL, data).network(), built(SMALL, data).network());
    assertNotEquals(built(SMALL, data).network(), built(SMALL + "-S 2", data).network());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-M 0.9 -decay 0.1"})
  void resumedTrainingIsTheUninterruptedOneBitForBit(String options) throws Exception {
    Instances data = mixed(60);
    QuantizedNetwork whole = built(small(12) + options, data);
    QuantizedNetwork first = built(small(5) + options + " -resume", data);
    QuantizedNetwork saved = (QuantizedNetwork) new SerializedObject(first).getObject();
    saved.setEpochs(7);
    saved.initializeClassifier(data);
    while (saved.next()) {
      assertFalse(saved.network().equals(whole.network()));
    }
    saved.done();
    assertEquals(whole.network(), saved.network());
    List<Double> epochs = saved.savedCheckpoints().stream().map(Checkpoint::epoch).toList();
    assertEquals(0, epochs.get(0));
    assertTrue(epochs.contains(5.0) && epochs.get(epochs.size() - 1) == 12, epochs.toString());
    assertEquals(epochs.stream().sorted().distinct().toList(), epochs);
  }

  /** 60 instances in mini-batches of 4 are 15 steps per epoch. */
  @Test
  void checkpointsWithinEpochsChangeNothingButAreKept() throws Exception {
    Instances data = mixed(60);
    String options = "-H 8,4 -N 3 -B 4 -R 0.05 -checkpoints ";
    QuantizedNetwork network = built(options + "0.1,0.5,2.99", data);
    assertEquals(built(options + "none", data).network(), network.network());
    assertEquals(
        List.of(0.0, 2 / 15.0, 8 / 15.0, 3.0),
        network.savedCheckpoints().stream().map(Checkpoint::epoch).toList());
    assertTrue(network.toString().contains("  0.1333 "), network.toString());
  }

  @Test
  void withoutResumeTrainingStartsAnew() throws Exception {
    Instances data = mixed(60);
    QuantizedNetwork network = built(SMALL, data);
    Network once = network.network();
    network.initializeClassifier(data);
    while (network.next()) {
      // next() does the work
    }
    network.done();
    assertEquals(once, network.network());
    network.setResume(true);
    network.buildClassifier(data);
    network.buildClassifier(data);
    assertEquals(once, network.network());
  }

  @Test
  void resumingWithOtherLayersOrAttributesIsRefused() throws Exception {
    Instances data = mixed(60);
    QuantizedNetwork network = built(SMALL + "-resume", data);
    network.setLevels("4");
    String message =
        assertThrows(IllegalArgumentException.class, () -> network.initializeClassifier(data))
            .getMessage();
    assertTrue(message.contains("levels 4,4") && message.contains("levels 8,8"), message);
    network.setLevels("8");
    Instances other = mixed(60);
    other.deleteAttributeAt(0);
    message =
        assertThrows(IllegalArgumentException.class, () -> network.initializeClassifier(other))
            .getMessage();
    assertTrue(message.contains("those of the training data"), message);
  }

  @Test
  void checkpointsFollowTheScheduleAndTheLastOnePredicts() throws Exception {
    Instances data = mixed(60);
    QuantizedNetwork network = built(SMALL + "-checkpoints 1,7,30", data);
    assertEquals(
        List.of(0.0, 1.0, 7.0, 20.0),
        network.savedCheckpoints().stream().map(Checkpoint::epoch).toList());
    assertEquals(network.network(), network.savedCheckpoints().get(3).network());
    QuantizedNetwork short7 = built(small(7), data);
    Checkpoint at7 = network.savedCheckpoints().get(2);
    assertEquals(short7.network(), at7.network());
    Instance instance = data.instance(11);
    for (int layer = 0; layer < 2; layer++) {
      assertArrayEquals(
          short7.forward(instance).levels(layer), network.forward(instance, at7).levels(layer));
    }
  }

  @Test
  void trainingLogIsWhatWekaEvaluates() throws Exception {
    Instances data = mixed(60);
    for (int row = 0; row < 60; row++) {
      data.instance(row).setWeight(1 + row % 3);
    }
    QuantizedNetwork network = built(SMALL, data);
    Evaluation evaluation = new Evaluation(data);
    evaluation.evaluateModel(network, data);
    List<Network.Evaluation> log = network.trainingEvaluations();
    assertEquals(network.savedCheckpoints().size(), log.size());
    assertEquals(evaluation.pctCorrect() / 100, log.get(log.size() - 1).accuracy(), 1e-12);
    assertTrue(network.toString().contains("4-8-4-2") == false, network.toString());
    assertTrue(network.toString().contains("5-8-4-2, levels 8,8, tanh, softmax"));
  }

  @Test
  void layerDistributionsOfACheckpointCountTheLevelsOfTheInstances() throws Exception {
    Instances data = mixed(60);
    QuantizedNetwork network = built(SMALL, data);
    Checkpoint checkpoint = network.savedCheckpoints().get(1);
    JointDistribution layer =
        checkpoint
            .network()
            .layerDistributions(network.samples(data), Execution.sequential())
            .get(1);
    JointDistribution.Counter counter = new JointDistribution.Counter(4);
    for (Instance instance : data) {
      counter.add(network.forward(instance, checkpoint).levels(1), (int) instance.classValue(), 1);
    }
    assertEquals(counter.toDistribution().mutualInformation(), layer.mutualInformation(), 0);
    assertEquals(counter.toDistribution().realizationCount(), layer.realizationCount());
  }

  @Test
  void savedModelPredictsIdentically() throws Exception {
    Instances data = mixed(60);
    QuantizedNetwork network = built(SMALL, data);
    Path file = Files.createTempFile("network", ".model");
    SerializationHelper.write(file.toString(), network);
    QuantizedNetwork read = (QuantizedNetwork) SerializationHelper.read(file.toString());
    Files.delete(file);
    assertEquals(network.toString(), read.toString());
    for (Instance instance : data) {
      assertArrayEquals(
          network.distributionForInstance(instance), read.distributionForInstance(instance), 0);
    }
    assertTrue(SerializationHelper.hasUID(QuantizedNetwork.class));
  }

  @Test
  void divergenceKeepsTheLastGoodNetworkAndSaysSo() throws Exception {
    Instances data = mixed(60);
    String options = "-H 8,4 -L 0 -A relu -B 4 -scaling none -resume ";
    QuantizedNetwork network = built(options + "-N 3", data);
    Network good = network.network();
    network.setLearningRate(1e150);
    network.setEpochs(10);
    network.initializeClassifier(data);
    assertFalse(network.next());
    assertFalse(network.next());
    network.done();
    assertEquals(good, network.network());
    assertTrue(network.toString().contains("the model is that of epoch 3"), network.toString());
    assertTrue(network.toString().contains("(1.0E150)"), network.toString());
    assertThrows(DivergenceException.class, () -> built(options + "-R 1e150", data));
  }

  @Test
  void interruptStopsTrainingAndResumeGoesOn() throws Exception {
    Instances data = mixed(60);
    QuantizedNetwork network = network("-H 8,4 -N 2000000000 -B 4 -R 0.05 -checkpoints 1 -resume");
    Thread training = Thread.currentThread();
    Thread stop =
        new Thread(
            () -> {
              // The random network and the first epoch.
              while (network.savedCheckpoints().size() < 2) {
                Thread.onSpinWait();
              }
              training.interrupt();
            });
    stop.start();
    assertThrows(InterruptedException.class, () -> network.buildClassifier(data));
    assertTrue(Thread.interrupted());
    stop.join();
    assertNotEquals(network.savedCheckpoints().get(0).network(), network.network());
    network.setEpochs(1);
    network.initializeClassifier(data);
    assertFalse(network.next());
    network.done();
    int last =
        network.savedCheckpoints().get(network.savedCheckpoints().size() - 1).completeEpochs();
    assertEquals(built(small(last), data).network(), network.network());
  }

  @Test
  void withoutAModelItSaysSo() {
    QuantizedNetwork network = new QuantizedNetwork();
    assertThrows(IllegalStateException.class, network::network);
    assertThrows(IllegalStateException.class, network::next);
    assertThrows(
        IllegalStateException.class, () -> network.distributionForInstance(mixed(1).instance(0)));
    assertTrue(network.toString().contains("no model"));
  }

  @Test
  void worksInsideOtherSchemes() throws Exception {
    Instances data = mixed(100);
    AttributeSelectedClassifier selected = new AttributeSelectedClassifier();
    selected.setEvaluator(new CfsSubsetEval());
    selected.setSearch(new BestFirst());
    selected.setClassifier(network(SMALL));
    IterativeClassifierOptimizer optimizer = new IterativeClassifierOptimizer();
    optimizer.setIterativeClassifier(network(SMALL));
    optimizer.setNumFolds(3);
    for (weka.classifiers.Classifier scheme : List.of(selected, optimizer)) {
      Evaluation evaluation = new Evaluation(data);
      evaluation.crossValidateModel(scheme, data, 3, new Random(1));
      assertTrue(evaluation.pctCorrect() > 65, scheme + ": " + evaluation.pctCorrect());
    }
  }

  /**
   * The network of the paper, for a few of its epochs; {@link TrainingBenchmark} tells how fast.
   */
  @Test
  @Tag("slow")
  void learnsMnist() throws Exception {
    Path folder = Path.of(System.getProperty("shared.dir", "../shared"), "data");
    assumeTrue(Files.exists(folder.resolve("mnist-train.arff.gz")), "no MNIST in " + folder);
    Instances train = DataSource.read(folder.resolve("mnist-train.arff.gz").toString());
    train.setClassIndex(train.numAttributes() - 1);
    Instances test = DataSource.read(folder.resolve("mnist-test.arff.gz").toString());
    test.setClassIndex(test.numAttributes() - 1);
    QuantizedNetwork network = network("-scaling 256 -N 8 -S 2");
    network.buildClassifier(train);
    double accuracy =
        network.network().evaluate(network.samples(test), Execution.sequential()).accuracy();
    assertTrue(accuracy > 0.8, "accuracy " + accuracy);
  }
}
