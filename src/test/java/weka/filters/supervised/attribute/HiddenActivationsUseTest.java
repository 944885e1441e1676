package weka.filters.supervised.attribute;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import weka.attributeSelection.PidAttributeEval;
import weka.attributeSelection.Ranker;
import weka.classifiers.AbstractClassifier;
import weka.classifiers.Classifier;
import weka.classifiers.Evaluation;
import weka.classifiers.functions.MultilayerPerceptron;
import weka.classifiers.functions.QuantizedNetwork;
import weka.classifiers.meta.FilteredClassifier;
import weka.classifiers.trees.J48;
import weka.core.Attribute;
import weka.core.CheckGOE;
import weka.core.CheckOptionHandler;
import weka.core.Instance;
import weka.core.Instances;
import weka.core.SerializationHelper;
import weka.core.Utils;
import weka.core.converters.ArffSaver;
import weka.core.converters.ConverterUtils.DataSource;
import weka.filters.AllFilter;
import weka.filters.Filter;
import weka.filters.MultiFilter;
import weka.filters.unsupervised.attribute.QuantizeActivations;
import weka.filters.unsupervised.attribute.RandomProjection;
import weka.filters.unsupervised.attribute.Standardize;
import weka.filters.unsupervised.instance.RemoveWithValues;

/** What the filter does to data, alone and with the rest of Weka, and what it refuses. */
class HiddenActivationsUseTest {
  private static final String NETWORK = "weka.classifiers.functions.QuantizedNetwork -H 4,3 -N 30";
  private static final String PERCEPTRON =
      "weka.classifiers.functions.MultilayerPerceptron -H 4,3 -N 30";

  @TempDir private Path directory;

  /** The iris data that come with Weka. */
  private static Instances iris() throws Exception {
    Instances data =
        DataSource.read(
            HiddenActivationsUseTest.class
                .getClassLoader()
                .getResourceAsStream("weka/gui/knowledgeflow/templates/iris.arff"));
    data.setClassIndex(4);
    return data;
  }

  private static HiddenActivations filter(String... options) throws Exception {
    HiddenActivations filter = new HiddenActivations();
    filter.setOptions(options);
    return filter;
  }

  /** Sums of tanh units are rounded to one of the two levels around them, at random and seeded. */
  @Test
  void stochasticPassesRoundAtRandomAndOncePerInstance() throws Exception {
    Instances data = iris();
    String[] options = {"-W", NETWORK, "-layers", "1", "-stochastic", "-S", "4"};
    Instances first = filtered(data, filter(options.clone()));
    assertEquals(data.numInstances(), first.numInstances());
    assertEquals(first.toString(), filtered(data, filter(options.clone())).toString());
    options[6] = "5";
    assertFalse(first.toString().equals(filtered(data, filter(options.clone())).toString()));
    Instances exact = filtered(data, filter("-W", NETWORK, "-layers", "1", "-values", "raw"));
    double moved = 0;
    for (int i = 0; i < exact.numInstances(); i++) {
      for (int unit = 0; unit < 4; unit++) {
        double position = (exact.instance(i).value(unit) + 1) / 2 * 7;
        double level = first.instance(i).value(unit);
        assertTrue(Math.abs(position - level) < 1, position + " became " + level);
        moved += level == Math.rint(position) ? 0 : 1;
      }
    }
    assertTrue(moved > 50, "" + moved);
    for (String deterministic : List.of(PERCEPTRON, NETWORK + " -L 0")) {
      String message =
          assertThrows(
                  IllegalArgumentException.class,
                  () -> filtered(data, filter("-W", deterministic, "-stochastic")))
              .getMessage();
      assertTrue(message.contains("rounded at random"), message);
    }
  }

  /** The first pass of several is that of one; the others round on. */
  @Test
  void severalPassesTellWhichInstanceTheyAreOf() throws Exception {
    Instances data = iris();
    String[] options = {"-W", NETWORK, "-layers", "1", "-stochastic", "-S", "4"};
    Instances once = filtered(data, filter(options.clone()));
    String[] more = {"-W", NETWORK, "-layers", "1", "-stochastic", "-S", "4", "-passes", "3"};
    HiddenActivations filter = filter(more.clone());
    assertEquals("3", Utils.getOption("passes", filter.getOptions()));
    Instances passes = filtered(data, filter);
    assertEquals(3 * data.numInstances(), passes.numInstances());
    assertEquals("sample_id", passes.attribute(0).name());
    int moved = 0;
    for (int i = 0; i < passes.numInstances(); i++) {
      assertEquals("" + (i / 3 + 1), passes.instance(i).stringValue(0));
      assertEquals(once.instance(i / 3).classValue(), passes.instance(i).classValue(), 0);
      for (int unit = 0; unit < 4; unit++) {
        boolean same = once.instance(i / 3).value(unit) == passes.instance(i).value(unit + 1);
        assertTrue(same || i % 3 > 0);
        moved += same ? 0 : 1;
      }
    }
    assertTrue(moved > 50, "" + moved);
    assertFalse(List.of(filter("-passes", "1").getOptions()).contains("-passes"));
    for (String[] wrong : new String[][] {{"-passes", "3"}, {"-stochastic", "-passes", "0"}}) {
      String message =
          assertThrows(Exception.class, () -> filtered(data, filter(wrong.clone()))).getMessage();
      assertTrue(message.contains("passes ("), message);
    }
  }

  private static Instances filtered(Instances data, Filter filter) throws Exception {
    filter.setInputFormat(data);
    return Filter.useFilter(data, filter);
  }

  private static Classifier trained(String specification, Instances data) throws Exception {
    String[] options = Utils.splitOptions(specification);
    String name = options[0];
    options[0] = "";
    Classifier classifier = AbstractClassifier.forName(name, options);
    classifier.buildClassifier(data);
    return classifier;
  }

  private static List<String> names(Instances data) {
    return IntStream.range(0, data.numAttributes())
        .mapToObj(i -> data.attribute(i).name())
        .toList();
  }

  @Test
  void levelsEqualTheNetworksOwnForwardPass() throws Exception {
    Instances data = iris();
    data.instance(2).setWeight(2.5);
    data.instance(3).setClassMissing();
    data.instance(4).setMissing(1);
    QuantizedNetwork network = (QuantizedNetwork) trained(NETWORK, data);
    Instances result = filtered(data, filter("-W", NETWORK));
    assertEquals(
        List.of("L1_1", "L1_2", "L1_3", "L1_4", "L2_1", "L2_2", "L2_3", "class"), names(result));
    assertEquals(7, result.classIndex());
    assertEquals(data.numInstances(), result.numInstances());
    for (int row = 0; row < data.numInstances(); row++) {
      Instance before = data.instance(row);
      Instance after = result.instance(row);
      int[] levels =
          IntStream.concat(
                  Arrays.stream(network.forward(before).levels(0)),
                  Arrays.stream(network.forward(before).levels(1)))
              .toArray();
      for (int unit = 0; unit < levels.length; unit++) {
        assertEquals("" + levels[unit], after.stringValue(unit));
      }
      assertEquals(before.classValue(), after.classValue());
      assertEquals(before.weight(), after.weight());
    }
    assertTrue(result.instance(3).classIsMissing());
    assertEquals(
        List.of("0", "1", "2", "3", "4", "5", "6", "7"),
        IntStream.range(0, 8).mapToObj(result.attribute(0)::value).toList());
  }

  @Test
  void rawActivationsOfOneLayerEqualTheNetworksOwnForwardPass() throws Exception {
    Instances data = iris();
    QuantizedNetwork network = (QuantizedNetwork) trained(NETWORK, data);
    Instances result = filtered(data, filter("-W", NETWORK, "-values", "raw", "-layers", "2"));
    assertEquals(List.of("L2_1", "L2_2", "L2_3", "class"), names(result));
    for (int row = 0; row < data.numInstances(); row++) {
      double[] expected = network.forward(data.instance(row)).activations(1);
      double[] actual = result.instance(row).toDoubleArray();
      assertArrayEquals(expected, Arrays.copyOf(actual, 3));
    }
  }

  @Test
  void autoGivesLevelsWhereTheLayerHasThem() throws Exception {
    String network = NETWORK + " -L 0,5";
    Instances result = filtered(iris(), filter("-W", network));
    assertTrue(result.attribute("L1_1").isNumeric());
    assertEquals(5, result.attribute("L2_1").numValues());
    Instances levels =
        filtered(iris(), filter("-W", network, "-values", "levels", "-layers", "last"));
    assertEquals(List.of("L2_1", "L2_2", "L2_3", "class"), names(levels));
  }

  @Test
  void theClassComesLastWhereverItWas() throws Exception {
    Instances data = iris();
    Instances reference = filtered(data, filter("-W", PERCEPTRON));
    Instances moved = new Instances(data);
    moved.setClassIndex(-1);
    moved.deleteAttributeAt(4);
    moved.insertAttributeAt((Attribute) data.classAttribute().copy(), 1);
    for (int row = 0; row < data.numInstances(); row++) {
      moved.instance(row).setValue(1, data.instance(row).classValue());
    }
    moved.setClassIndex(1);
    Instances result = filtered(moved, filter("-W", PERCEPTRON));
    assertEquals(names(reference), names(result));
    assertEquals(
        reference.attributeStats(7).nominalCounts[1], result.attributeStats(7).nominalCounts[1]);
    for (int row = 0; row < data.numInstances(); row++) {
      assertArrayEquals(
          reference.instance(row).toDoubleArray(), result.instance(row).toDoubleArray(), 1e-9);
    }
  }

  @Test
  void activationsOfAPerceptronAreQuantizedBetweenTheLimitsOfTheSigmoid() throws Exception {
    Instances raw = filtered(iris(), filter("-W", PERCEPTRON));
    QuantizeActivations quantize = new QuantizeActivations();
    quantize.setOptions(new String[] {"-limits", "sigmoid", "-L", "4"});
    Instances levels = filtered(raw, quantize);
    for (int row = 0; row < raw.numInstances(); row++) {
      for (int unit = 0; unit < 7; unit++) {
        double activation = raw.instance(row).value(unit);
        assertTrue(activation > 0 && activation < 1);
        assertEquals("" + Math.round(3 * activation), levels.instance(row).stringValue(unit));
      }
    }
  }

  @Test
  void laterBatchesPassThroughTheNetworkOfTheFirst() throws Exception {
    Instances data = iris();
    Instances first = data.trainCV(2, 0);
    Instances second = data.testCV(2, 0);
    for (String specification : List.of(NETWORK, PERCEPTRON)) {
      HiddenActivations filter = filter("-W", specification);
      filtered(first, filter);
      Filter copy = Filter.makeCopy(filter);
      String all = Filter.useFilter(second, filter).toString();
      assertEquals(all, Filter.useFilter(second, copy).toString());
      Instances rows = filter.getOutputFormat();
      for (Instance row : second) {
        assertTrue(filter.input(row));
        rows.add(filter.output());
      }
      assertEquals(all, rows.toString());
    }
  }

  @Test
  void aNetworkThatIsTrainedAlreadyIsTrainedAnew() throws Exception {
    Instances data = iris();
    String expected = filtered(data, filter("-W", NETWORK)).toString();
    for (String specification : List.of(NETWORK + " -resume", PERCEPTRON + " -resume")) {
      HiddenActivations filter = filter("-W", specification);
      String once = filtered(data, filter).toString();
      filter.setClassifier(trained(specification, data.testCV(2, 0)));
      assertEquals(once, filtered(data, filter).toString());
    }
    assertEquals(expected, filtered(data, filter("-W", NETWORK)).toString());
  }

  @Test
  void textTellsLayersAndTheNetwork() throws Exception {
    HiddenActivations filter = filter("-W", NETWORK + " -L 0,5");
    assertTrue(filter.toString().contains("no network yet"));
    filtered(iris(), filter);
    String text = filter.toString();
    assertTrue(text.contains("L1: 4 units, raw\nL2: 3 units, 5 levels\n"), text);
    assertTrue(text.contains("Quantized network 4-4-3-3"), text);
  }

  // With the rest of Weka

  @ParameterizedTest
  @ValueSource(strings = {NETWORK, PERCEPTRON})
  void trainsATreeOnHiddenActivationsInAFilteredClassifier(String specification) throws Exception {
    Instances data = iris();
    FilteredClassifier classifier = new FilteredClassifier();
    classifier.setFilter(filter("-W", specification + "00", "-layers", "last"));
    classifier.setClassifier(new J48());
    Evaluation evaluation = new Evaluation(data);
    evaluation.crossValidateModel(classifier, data, 3, new Random(1));
    assertTrue(evaluation.pctCorrect() > 85, "" + evaluation.pctCorrect());
  }

  @ParameterizedTest
  @ValueSource(strings = {NETWORK, PERCEPTRON})
  void looksThroughAFilteredClassifier(String specification) throws Exception {
    Instances data = iris();
    Instances standardized = filtered(data, new Standardize());
    FilteredClassifier wrapper = new FilteredClassifier();
    wrapper.setFilter(new Standardize());
    wrapper.setClassifier(
        (Classifier) Utils.forName(Classifier.class, specification.split(" ")[0], null));
    ((AbstractClassifier) wrapper.getClassifier())
        .setOptions(Utils.splitOptions(specification.substring(specification.indexOf(' '))));
    HiddenActivations filter = filter("-values", "raw");
    filter.setClassifier(wrapper);
    Instances result = filtered(data, filter);

    wrapper.buildClassifier(data); // it gives its network a seed
    HiddenActivations inner = filter("-values", "raw");
    inner.setClassifier(wrapper.getClassifier());
    Instances expected = filtered(standardized, inner);
    for (int row = 0; row < data.numInstances(); row++) {
      assertArrayEquals(
          expected.instance(row).toDoubleArray(), result.instance(row).toDoubleArray());
    }
  }

  @Test
  void instancesThatTheInnerFilterRemovesHaveMissingActivations() throws Exception {
    Instances data = iris();
    RemoveWithValues remove = new RemoveWithValues();
    remove.setOptions(Utils.splitOptions("-C 1 -S 5")); // sepal length below 5
    remove.setDontFilterAfterFirstBatch(false);
    FilteredClassifier wrapper = new FilteredClassifier();
    wrapper.setFilter(remove);
    wrapper.setClassifier(new MultilayerPerceptron());
    HiddenActivations filter = new HiddenActivations();
    filter.setClassifier(wrapper);
    Instances result = filtered(data, filter);
    for (int row = 0; row < data.numInstances(); row++) {
      assertEquals(data.instance(row).value(0) < 5, result.instance(row).isMissing(0));
      assertFalse(result.instance(row).classIsMissing());
    }
  }

  @Test
  void unitsAreSelectedFromHiddenActivations() throws Exception {
    AttributeSelection selection = new AttributeSelection();
    selection.setEvaluator(new PidAttributeEval());
    Ranker ranker = new Ranker();
    ranker.setNumToSelect(2);
    selection.setSearch(ranker);
    MultiFilter both = new MultiFilter();
    both.setFilters(new Filter[] {filter("-W", NETWORK), selection});
    Instances result = filtered(iris(), both);
    assertEquals(3, result.numAttributes());
    assertTrue(result.attribute(0).name().matches("L[12]_\\d"), result.attribute(0).name());
    assertEquals("class", result.classAttribute().name());
  }

  // Saved models

  private Path saved(String name, Object... objects) throws IOException {
    Path file = directory.resolve(name);
    OutputStream bytes = Files.newOutputStream(file);
    try (ObjectOutputStream out =
        new ObjectOutputStream(name.endsWith(".gz") ? new GZIPOutputStream(bytes) : bytes)) {
      for (Object object : objects) {
        out.writeObject(object);
      }
    }
    return file;
  }

  @ParameterizedTest
  @ValueSource(strings = {NETWORK, PERCEPTRON})
  void aModelSavedByTheCommandLineGivesTheActivationsOfTraining(String specification)
      throws Exception {
    Instances data = iris();
    ArffSaver saver = new ArffSaver();
    saver.setInstances(data);
    saver.setFile(directory.resolve("iris.arff").toFile());
    saver.writeBatch();
    String expected = filtered(data, filter("-W", specification)).toString();
    for (String name : List.of("one.model", "two.model.gz")) {
      String[] options = Utils.splitOptions(specification);
      Classifier classifier = AbstractClassifier.forName(options[0], null);
      options[0] = "";
      String[] all = Arrays.copyOf(options, options.length + 5);
      System.arraycopy(
          new String[] {"-t", "iris.arff", "-d", "", "-no-cv"}, 0, all, options.length, 5);
      all[options.length + 1] = directory.resolve("iris.arff").toString();
      all[options.length + 3] = directory.resolve(name).toString();
      Evaluation.evaluateModel(classifier, all);
      HiddenActivations filter = filter("-model", directory.resolve(name).toString());
      assertTrue(filter.setInputFormat(data));
      assertTrue(filter.input(data.instance(0)));
      assertEquals(values(expected), values(filtered(data, filter).toString()));
    }
  }

  /** Without the relation's name, where Weka writes the filter and its options. */
  private static String values(String arff) {
    return arff.substring(arff.indexOf("@attribute"));
  }

  @Test
  void aModelSavedByTheExplorerIsRead() throws Exception {
    Instances data = iris();
    Path model = saved("explorer.model", trained(NETWORK, data), new Instances(data, 0));
    assertEquals(
        values(filtered(data, filter("-W", NETWORK)).toString()),
        values(filtered(data, filter("-model", model.toString())).toString()));
    FilteredClassifier wrapper = new FilteredClassifier();
    wrapper.setFilter(new Standardize());
    wrapper.setClassifier(new MultilayerPerceptron());
    wrapper.buildClassifier(data);
    Path wrapped = saved("wrapped.model", wrapper);
    assertEquals(4, filtered(data, filter("-model", wrapped.toString())).numAttributes());
  }

  @Test
  void aModelOfOtherDataIsRefused() throws Exception {
    Instances data = iris();
    for (String specification :
        List.of(
            NETWORK,
            PERCEPTRON,
            "weka.classifiers.meta.FilteredClassifier -F"
                + " weka.filters.unsupervised.attribute.Standardize -W"
                + " weka.classifiers.functions.MultilayerPerceptron")) {
      String model = saved("some.model", trained(specification, data)).toString();
      Instances another = iris();
      another.insertAttributeAt(new Attribute("height"), 2);
      assertRefused(another, "the network does not know \"height\"", "-model", model);

      Instances fewer = iris();
      fewer.deleteAttributeAt(1);
      assertRefused(fewer, "\"sepalwidth\" is missing", "-model", model);

      Instances otherClass = iris();
      otherClass.renameAttribute(4, "species");
      assertRefused(
          otherClass, "the class is \"species\" here and \"class\" there", "-model", model);

      Instances otherValues = iris();
      otherValues.renameAttributeValue(4, 2, "Iris-rosea");
      assertRefused(otherValues, "Iris-virginica != Iris-rosea", "-model", model);

      Instances otherType = iris();
      otherType.setClassIndex(0);
      assertRefused(
          otherType, "the class is \"sepallength\" here and \"class\" there", "-model", model);
    }
  }

  /**
   * A FilteredClassifier draws attributes by their weight if its filter or network has no use for
   * it.
   */
  @Test
  void attributesDrawnByTheirWeightAreRefused() throws Exception {
    Instances weighted = iris();
    weighted.setAttributeWeight(0, 0.01);
    for (Filter filter : List.of(new RandomProjection(), new AllFilter())) {
      FilteredClassifier wrapper = new FilteredClassifier();
      wrapper.setFilter(filter);
      wrapper.setClassifier(new MultilayerPerceptron());
      wrapper.buildClassifier(weighted);
      Path model = saved("weighted.model", wrapper);
      assertRefused(iris(), "attributes must be those", "-model", model.toString());
    }
  }

  @Test
  void aFileWithoutANetworkIsRefused() throws Exception {
    Instances data = iris();
    String missing = directory.resolve("missing.model").toString();
    assertRefused(data, "missing.model", "-model", missing);
    Path text = Files.writeString(directory.resolve("text.model"), "@relation nothing\n");
    assertRefused(data, "something else, or damaged", "-model", text.toString());
    Path empty = Files.createFile(directory.resolve("empty.model"));
    assertRefused(data, "ends too early", "-model", empty.toString());
    assertRefused(data, "it has nothing", "-model", saved("null.model", (Object) null).toString());
    assertRefused(data, "java.lang.String", "-model", saved("string.model", "text").toString());
    assertRefused(
        data,
        "j48.model: weka.classifiers.trees.J48)",
        "-model",
        saved("j48.model", new J48()).toString());
    for (Classifier untrained : List.of(new QuantizedNetwork(), new MultilayerPerceptron())) {
      assertRefused(
          data, "must be trained", "-model", saved("untrained.model", untrained).toString());
    }
    Path notCompressed = Files.copy(text, directory.resolve("text.model.gz"));
    assertRefused(data, "something else, or damaged", "-model", notCompressed.toString());
    assertEquals(
        "The model (-model " + directory + ") must be a file: it is a directory.",
        assertThrows(IllegalArgumentException.class, () -> filter("-model", directory.toString()))
            .getMessage());
  }

  /** Cut anywhere, or with a block of zeros where the classes are named. */
  @ParameterizedTest
  @ValueSource(strings = {NETWORK, PERCEPTRON})
  void damagedModelsAreRefused(String specification) throws Exception {
    Instances data = iris();
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    SerializationHelper.write(stream, trained(specification, data));
    byte[] bytes = stream.toByteArray();
    Path model = directory.resolve("damaged.model");
    for (int length = 0; length < bytes.length; length += 1 + length / 13) {
      Files.write(model, Arrays.copyOf(bytes, length));
      assertRefused(data, "damaged.model", "-model", model.toString());
    }
    for (int start = 0; start < 512; start += 64) {
      byte[] damaged = bytes.clone();
      Arrays.fill(damaged, start, start + 64, (byte) 0);
      Files.write(model, damaged);
      assertRefused(data, "damaged.model", "-model", model.toString());
    }
  }

  @Test
  void modelsOfOtherVersionsAndOfMissingPackagesAreNamed() throws Exception {
    Instances data = iris();
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    SerializationHelper.write(stream, trained(NETWORK, data));
    byte[] bytes = stream.toByteArray();
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    String name = QuantizedNetwork.class.getName();
    int position = text.indexOf(name);
    byte[] otherVersion = bytes.clone();
    otherVersion[position + name.length() + 7] ^= 1; // the serial version follows the name
    Path model = Files.write(directory.resolve("version.model"), otherVersion);
    assertRefused(data, "another version", "-model", model.toString());
    byte[] otherName = bytes.clone();
    otherName[position + name.length() - 1] = 'K';
    Files.write(model, otherName);
    assertRefused(data, "not installed", "-model", model.toString());
  }

  // What is refused otherwise

  private static void assertRefused(Instances data, String fact, String... options)
      throws Exception {
    String message =
        assertThrows(
                IllegalArgumentException.class, () -> filtered(data, filter(options.clone())), fact)
            .getMessage();
    assertTrue(message.contains(fact), message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "-layers 0                 | (-layers 0) must be numbers and ranges from 1 to 2",
        "-layers 3                 | (-layers 3)",
        "-layers 1-3               | (-layers 1-3)",
        "-layers L1                | (-layers L1)",
        "-layers ,                 | (-layers ,)",
        "-values discrete          | (-values discrete)",
        "-values levels -W \"" + PERCEPTRON + "\" | -values raw",
        "-values levels -W \"" + NETWORK + " -L 8,0\" | hidden layer 2",
        "-W weka.classifiers.trees.J48 | (-W weka.classifiers.trees.J48)",
        "-W weka.classifiers.meta.FilteredClassifier | (-W weka.classifiers.trees.J48)",
        "-W weka.classifiers.Nothing | there is no class weka.classifiers.Nothing",
        "-W weka.filters.AllFilter | (-W weka.filters.AllFilter) must be a classifier",
        "-W \"" + NETWORK + " -Z 3\" | -Z 3",
        "-W \"weka.classifiers.functions.MultilayerPerceptron -H 0\" | must have a hidden layer",
      })
  void badOptionsAreNamed(String options, String fact) throws Exception {
    String[] all = Utils.splitOptions(options);
    if (Utils.getOptionPos("W", all) < 0) {
      all = Utils.splitOptions(options + " -W \"" + NETWORK + "\"");
    }
    assertRefused(iris(), fact, all);
  }

  @Test
  void openQuotesAreNamed() throws Exception {
    assertRefused(iris(), "quotes", "-W", "\"" + NETWORK);
  }

  @Test
  void layersOutOfRangeAreToldBeforeTraining() throws Exception {
    for (String specification : List.of(NETWORK, PERCEPTRON)) {
      // So many epochs would take hours.
      assertRefused(iris(), "(-layers 3)", "-layers", "3", "-W", specification + "0000000");
    }
  }

  @Test
  void dataThatFitNoNetworkAreRefused() throws Exception {
    Instances onlyClass = iris();
    for (int i = 0; i < 4; i++) {
      onlyClass.deleteAttributeAt(0);
    }
    assertRefused(onlyClass, "besides the class (0)");
    Instances unit = iris();
    unit.renameAttribute(4, "L2_1");
    assertRefused(unit, "\"L2_1\"", "-W", NETWORK);
    Instances numericClass = iris();
    numericClass.setClassIndex(0);
    Exception e =
        assertThrows(Exception.class, () -> filtered(numericClass, filter("-W", NETWORK)));
    assertTrue(e.getMessage().contains("numeric class"), e.getMessage());
    Instances result = filtered(numericClass, filter("-W", PERCEPTRON));
    assertTrue(result.classAttribute().isNumeric());
    Instances noClass = iris();
    noClass.setClassIndex(-1);
    assertRefused(noClass, "must have a class", "-W", NETWORK);
    assertRefused(noClass, "must have a class", "-W", NETWORK, "-do-not-check-capabilities");
  }

  @ParameterizedTest
  @ValueSource(strings = {NETWORK, PERCEPTRON})
  void interruptStopsTraining(String specification) throws Exception {
    Instances data = iris();
    AtomicReference<Exception> thrown = new AtomicReference<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                filtered(data, filter("-W", specification + "0000000"));
              } catch (Exception e) {
                thrown.set(e);
              }
            });
    thread.start();
    Thread.sleep(300);
    assertTrue(thread.isAlive());
    thread.interrupt();
    thread.join();
    assertInstanceOf(InterruptedException.class, thrown.get());
  }

  @Test
  void interruptStopsFiltering() throws Exception {
    Instances data = iris();
    HiddenActivations filter = filter("-W", NETWORK);
    filtered(data, filter);
    Thread.currentThread().interrupt();
    assertThrows(InterruptedException.class, () -> filter.input(data.instance(0)));
    assertThrows(InterruptedException.class, filter::batchFinished);
    assertTrue(Thread.interrupted());
    assertEquals(150, Filter.useFilter(data, filter).numInstances());
  }

  // Weka's checkers

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-layers 1,3-last",
        "-values raw",
        "-values levels -output-debug-info -do-not-check-capabilities",
        "-W \"weka.classifiers.functions.MultilayerPerceptron -H 3\"",
        "-model some/file.model"
      })
  void passesWekasOptionCheck(String options) throws Exception {
    CheckOptionHandler check = new CheckOptionHandler();
    check.setOptionHandler(new HiddenActivations());
    check.setUserOptions(Utils.splitOptions(options));
    check.setSilent(true);
    check.doTests();
    assertTrue(check.getSuccess());
    HiddenActivations copy = new HiddenActivations();
    copy.setOptions(filter(Utils.splitOptions(options)).getOptions());
    assertArrayEquals(filter(Utils.splitOptions(options)).getOptions(), copy.getOptions());
    copy.setOptions(new String[0]);
    assertArrayEquals(new HiddenActivations().getOptions(), copy.getOptions());
  }

  @Test
  void passesWekasEditorCheck() {
    CheckGOE check = new CheckGOE();
    check.setObject(new HiddenActivations());
    check.setSilent(true);
    check.doTests();
    assertTrue(check.getSuccess());
    assertTrue(SerializationHelper.hasUID(HiddenActivations.class));
  }

  @Test
  void aDirectoryStandsForNoModelInTheEditor() {
    HiddenActivations filter = new HiddenActivations();
    filter.setModelFile(new File("some.model"));
    assertEquals("some.model", filter.getModelFile().getPath());
    filter.setModelFile(directory.toFile());
    assertEquals("", filter.getModelFile().getPath());
  }
}
