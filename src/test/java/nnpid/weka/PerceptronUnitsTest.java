package nnpid.weka;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import weka.classifiers.Classifier;
import weka.classifiers.functions.MultilayerPerceptron;
import weka.classifiers.functions.neural.NeuralConnection;
import weka.core.Attribute;
import weka.core.DenseInstance;
import weka.core.Instance;
import weka.core.Instances;
import weka.core.SerializedObject;
import weka.core.Utils;
import weka.core.converters.ConverterUtils.DataSource;

/** Activations of Weka's MultilayerPerceptron against a computation from the weights it prints. */
class PerceptronUnitsTest {
  private static final Pattern NODE = Pattern.compile("(Sigmoid|Linear) Node (\\d+)");
  private static final Pattern WEIGHT =
      Pattern.compile(" +(Threshold|Attrib|Node) *(.*?)    (-?[\\d.E-]+)");

  /** The iris data that come with Weka. */
  static Instances iris() throws Exception {
    Instances data =
        DataSource.read(
            PerceptronUnitsTest.class
                .getClassLoader()
                .getResourceAsStream("weka/gui/knowledgeflow/templates/iris.arff"));
    data.setClassIndex(4);
    return data;
  }

  private static MultilayerPerceptron trained(Instances data, String options) throws Exception {
    MultilayerPerceptron network = new MultilayerPerceptron();
    network.setOptions(Utils.splitOptions("-N 20 " + options));
    network.buildClassifier(data);
    return network;
  }

  /** Weights by node from {@link MultilayerPerceptron#toString()}; the threshold is the key "". */
  private static Map<String, Map<String, Double>> weights(Classifier network) {
    Map<String, Map<String, Double>> nodes = new LinkedHashMap<>();
    Map<String, Double> node = new LinkedHashMap<>();
    for (String line : network.toString().split("\n")) {
      Matcher head = NODE.matcher(line);
      Matcher weight = WEIGHT.matcher(line);
      if (head.matches()) {
        node = new LinkedHashMap<>();
        nodes.put("Node " + head.group(2), node);
      } else if (weight.matches()) {
        String kind = weight.group(1);
        node.put(
            kind.equals("Threshold") ? "" : kind + " " + weight.group(2),
            Double.valueOf(weight.group(3)));
      }
    }
    return nodes;
  }

  private static double sigmoid(
      Map<String, Map<String, Double>> nodes, String node, ToDoubleFunction<String> inputs) {
    double sum = 0;
    for (Map.Entry<String, Double> weight : nodes.get(node).entrySet()) {
      String source = weight.getKey();
      if (source.isEmpty()) {
        sum += weight.getValue();
      } else if (source.startsWith("Node ")) {
        sum += weight.getValue() * sigmoid(nodes, source, inputs);
      } else {
        sum += weight.getValue() * inputs.applyAsDouble(source.substring("Attrib ".length()));
      }
    }
    return 1 / (1 + Math.exp(-sum));
  }

  /** Normalized to between -1 and 1, as in Weka: by the extremes of the training data. */
  private static double normalized(Instances data, Instance instance, String attribute) {
    int index = data.attribute(attribute).index();
    double low = data.attributeStats(index).numericStats.min;
    double high = data.attributeStats(index).numericStats.max;
    double value = instance.value(index);
    return Double.isNaN(value) ? 0 : (value - (high + low) / 2) / ((high - low) / 2);
  }

  private static void assertEqualsHandComputation(
      HiddenUnits units,
      Instances rows,
      Map<String, Map<String, Double>> nodes,
      int firstHidden,
      Input input)
      throws Exception {
    for (Instance row : rows) {
      double[][] activations = units.activations(row);
      int node = firstHidden;
      for (int layer = 0; layer < activations.length; layer++) {
        assertEquals(units.layerSizes().get(layer), activations[layer].length);
        for (double activation : activations[layer]) {
          double expected = sigmoid(nodes, "Node " + node++, name -> input.value(row, name));
          assertEquals(expected, activation, 1e-12);
        }
      }
      assertEquals(nodes.size(), node);
    }
  }

  private interface Input {
    double value(Instance row, String name);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''            | 3",
        "-H 4,3        | 4,3",
        "-H 2,3,2 -D   | 2,3,2",
        "-H i,o,t -V 20| 4,3,7",
      })
  void activationsOfIrisEqualAHandComputation(String options, String sizes) throws Exception {
    Instances data = iris();
    MultilayerPerceptron network = trained(data, options);
    HiddenUnits units = HiddenUnits.of(network);
    assertEquals("[" + sizes.replace(",", ", ") + "]", units.layerSizes().toString());
    assertTrue(units.quantizer(0).isEmpty());
    assertEqualsHandComputation(
        units, data, weights(network), 3, (row, name) -> normalized(data, row, name));
  }

  @Test
  void missingValuesAndRowsThatAreNotNormalizedEqualAHandComputation() throws Exception {
    Instances data = iris();
    data.instance(3).setMissing(1);
    data.instance(7).setClassMissing();
    MultilayerPerceptron normalizing = trained(data, "-H 3,2");
    Instances labeled = new Instances(data);
    labeled.deleteWithMissingClass();
    assertEqualsHandComputation(
        HiddenUnits.of(normalizing),
        data,
        weights(normalizing),
        3,
        (row, name) -> normalized(labeled, row, name));
    MultilayerPerceptron plain = trained(data, "-H 3,2 -I");
    assertEqualsHandComputation(
        HiddenUnits.of(plain),
        data,
        weights(plain),
        3,
        (row, name) -> {
          double value = row.value(data.attribute(name));
          return Double.isNaN(value) ? 0 : value;
        });
  }

  @Test
  void numericClassHasOneLinearOutputAndSigmoidHiddenUnits() throws Exception {
    Instances data = iris();
    data.setClassIndex(0);
    data.deleteAttributeAt(4);
    MultilayerPerceptron network = trained(data, "-H 3,2");
    assertTrue(network.toString().contains("Linear Node 0"));
    assertEqualsHandComputation(
        HiddenUnits.of(network),
        data,
        weights(network),
        1,
        (row, name) -> normalized(data, row, name));
  }

  @ParameterizedTest
  @CsvSource({"true", "false"})
  void nominalAttributesAreMadeIndicatorsUnlessSwitchedOff(boolean indicators) throws Exception {
    ArrayList<Attribute> attributes = new ArrayList<>();
    attributes.add(new Attribute("color", List.of("red", "green", "blue")));
    attributes.add(new Attribute("target", List.of("no", "yes")));
    Instances data = new Instances("colors", attributes, 12);
    data.setClassIndex(1);
    for (int i = 0; i < 12; i++) {
      data.add(new DenseInstance(1, new double[] {i % 3, i % 3 == 1 ? 1 : 0}));
    }
    MultilayerPerceptron network = trained(data, "-H 2" + (indicators ? "" : " -B"));
    HiddenUnits units = HiddenUnits.of(network);
    units.requireHeader(data);
    assertEqualsHandComputation(
        units,
        data,
        weights(network),
        2,
        (row, name) ->
            indicators ? name.equals("color=" + row.stringValue(0)) ? 1 : -1 : row.value(0) - 1);
  }

  /** As one may draw it in the network's window: a unit with input from another of its layer. */
  @Test
  void layersFollowTheConnections() throws Exception {
    Instances data = iris();
    MultilayerPerceptron network = trained(data, "-H 3,2");
    NeuralConnection[] nodes =
        PerceptronUnits.read(network, "m_neuralNodes", NeuralConnection[].class);
    assertTrue(NeuralConnection.connect(nodes[3], nodes[4]));
    HiddenUnits units = HiddenUnits.of(network);
    assertEquals(List.of(2, 1, 2), units.layerSizes());
    Map<String, Map<String, Double>> weights = weights(network);
    for (Instance row : data) {
      assertEquals(
          sigmoid(weights, "Node 4", name -> normalized(data, row, name)),
          units.activations(row)[1][0],
          1e-12);
    }
  }

  @Test
  void aSavedNetworkHasTheSameActivations() throws Exception {
    Instances data = iris();
    HiddenUnits units = HiddenUnits.of(trained(data, "-H 3,2"));
    HiddenUnits copy = (HiddenUnits) new SerializedObject(units).getObject();
    for (Instance row : data) {
      assertArrayEquals(units.activations(row), copy.activations(row));
    }
  }

  @Test
  void aNetworkThatIsNotTrainedIsRefused() {
    String message =
        assertThrows(
                IllegalArgumentException.class, () -> HiddenUnits.of(new MultilayerPerceptron()))
            .getMessage();
    assertTrue(message.contains("MultilayerPerceptron") && message.contains("trained"), message);
  }

  @Test
  void anotherWekaWithOtherFieldsIsNamed() {
    for (String field : List.of("m_units", "m_numEpochs")) {
      String message =
          assertThrows(
                  IllegalStateException.class,
                  () -> PerceptronUnits.read(new MultilayerPerceptron(), field, Instances.class))
              .getMessage();
      assertTrue(message.contains(field) && message.contains("Weka 3."), message);
    }
  }
}
