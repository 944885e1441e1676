package weka.filters.unsupervised.attribute;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import weka.core.Attribute;
import weka.core.Capabilities;
import weka.core.Capabilities.Capability;
import weka.core.CheckGOE;
import weka.core.CheckOptionHandler;
import weka.core.DenseInstance;
import weka.core.Instances;
import weka.core.SerializationHelper;
import weka.core.Utils;
import weka.filters.Filter;

/** Options, their errors, and what Weka's own checkers ask of a scheme. */
class QuantizeActivationsChecksTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-L 3",
        "-rounding stochastic",
        "-limits -2.5,1e3",
        "-R 2-last",
        "-V",
        "-S -12 -noise 0.25",
        "-output-debug-info",
        "-do-not-check-capabilities"
      })
  void passesWekasOptionCheck(String options) throws Exception {
    CheckOptionHandler check = new CheckOptionHandler();
    check.setOptionHandler(new QuantizeActivations());
    check.setUserOptions(Utils.splitOptions(options));
    check.setSilent(true);
    check.doTests();
    assertTrue(check.getSuccess());
  }

  @Test
  void passesWekasEditorCheck() {
    CheckGOE check = new CheckGOE();
    check.setObject(new QuantizeActivations());
    check.setSilent(true);
    check.doTests();
    assertTrue(check.getSuccess());
  }

  @Test
  void defaultOptionsAreThoseOfTheDocumentation() {
    assertEquals(
        "-L 8 -rounding center-saturating -limits auto -R first-last -S 1",
        Utils.joinOptions(new QuantizeActivations().getOptions()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-L 2",
        "-L 65536",
        "-rounding center-saturating",
        "-rounding stochastic",
        "-rounding equal-width",
        "-limits auto",
        "-limits data",
        "-limits percentile:0.1",
        "-limits tanh",
        "-limits sigmoid",
        "-limits -1.5,2e-3",
        "-R first,3-5,last",
        "-R \"\"",
        "-V",
        "-S -2147483648",
        "-output-debug-info",
        "-do-not-check-capabilities"
      })
  void everyOptionSurvivesTheRoundTrip(String option) throws Exception {
    QuantizeActivations filter = filter(option);
    String[] given = Utils.splitOptions(option);
    List<String> listed = Arrays.asList(filter.getOptions());
    int position = listed.indexOf(given[0]);
    assertEquals(Arrays.asList(given), listed.subList(position, position + given.length));

    QuantizeActivations copy = new QuantizeActivations();
    copy.setOptions(filter.getOptions());
    assertArrayEquals(filter.getOptions(), copy.getOptions());
  }

  @Test
  void optionsNotGivenReturnToTheirDefault() throws Exception {
    QuantizeActivations filter =
        filter("-L 3 -rounding stochastic -limits tanh -R 2 -V -S 7 -output-debug-info");
    filter.setOptions(new String[0]);
    assertArrayEquals(new QuantizeActivations().getOptions(), filter.getOptions());
  }

  @Test
  void everyListedOptionHasAFlagOfItsOwn() {
    List<String> flags =
        Collections.list(new QuantizeActivations().listOptions()).stream()
            .map(option -> option.name())
            .toList();
    assertEquals(List.of("L", "rounding", "limits", "R", "V", "S"), flags.subList(0, 6));
    assertEquals(flags.size(), flags.stream().distinct().count());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          -L 1                | (-L 1)           | at least 2
          -L -3               | (-L -3)          | at least 2
          -L 65537            | (-L 65537)       | at most 65536
          -L 2.5              | (-L 2.5)         | whole number
          -L many             | (-L many)        | whole number
          -S x                | (-S x)           | whole number
          -noise -0.1         | (-noise -0.1) | at least 0
          -noise NaN          | (-noise NaN) | at least 0
          -rounding nearest   | (-rounding nearest) | center-saturating, stochastic or equal-width
          -limits relu        | (-limits relu)   | auto, data, tanh, sigmoid
          -limits 1,1         | (-limits 1,1)    | lo < hi
          -limits 2,-2        | (-limits 2,-2)   | lo < hi
          -limits 0           | (-limits 0)      | lo,hi
          -limits 0,1,2       | (-limits 0,1,2)  | lo,hi
          -limits 0,          | (-limits 0,)     | lo,hi
          -limits 0,NaN       | (-limits 0,NaN)  | lo < hi
          -limits 0,Infinity  | (-limits 0,Infinity) | lo < hi
          -limits percentile:30 | (-limits percentile:30) | from 0 to 25
          -R 0                | (-R 0)           | from 1
          -R 2-x              | (-R 2-x)         | "2-x"
          -R 1;2              | (-R 1;2)         | "1;2"
          -R -1               | (-R -1)          | from 1
          """)
  void badOptionIsNamedWithItsValueAndItsRule(String option, String value, String rule) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> filter(option)).getMessage();
    assertTrue(message.contains(value) && message.contains(rule), message);
  }

  @Test
  void badLevelsAreRefusedByTheSetterTooAndChangeNothing() {
    QuantizeActivations filter = new QuantizeActivations();
    assertThrows(IllegalArgumentException.class, () -> filter.setLevels(1));
    assertThrows(IllegalArgumentException.class, () -> filter.setLimits("1,0"));
    assertThrows(IllegalArgumentException.class, () -> filter.setAttributeIndices("a"));
    assertArrayEquals(new QuantizeActivations().getOptions(), filter.getOptions());
  }

  @Test
  void unknownOptionsAreRefused() {
    assertThrows(Exception.class, () -> filter("-Q 3"));
  }

  @Test
  void capabilitiesAllowEveryClassAttributeAndMissingValue() {
    Capabilities capabilities = new QuantizeActivations().getCapabilities();
    for (Capability capability :
        List.of(
            Capability.NO_CLASS,
            Capability.NUMERIC_CLASS,
            Capability.NOMINAL_CLASS,
            Capability.MISSING_CLASS_VALUES,
            Capability.MISSING_VALUES,
            Capability.NUMERIC_ATTRIBUTES,
            Capability.RELATIONAL_ATTRIBUTES)) {
      assertTrue(capabilities.handles(capability), capability.toString());
    }
    assertEquals(0, capabilities.getMinimumNumberInstances());
  }

  @Test
  void aSerializedFilterGoesOnExactlyWhereItWas() throws Exception {
    QuantizeActivations filter = filter("-rounding stochastic -S 4");
    Instances data = ramp(200);
    filter.setInputFormat(data);
    Filter.useFilter(data, filter);
    Filter copy = Filter.makeCopy(filter);
    assertEquals(filter.toString(), copy.toString());
    assertEquals(
        Filter.useFilter(data, filter).toString(), Filter.useFilter(data, copy).toString());
  }

  @Test
  void declaresASerialVersion() {
    assertTrue(SerializationHelper.hasUID(QuantizeActivations.class));
  }

  @Test
  void citesThePaper() {
    assertTrue(new QuantizeActivations().globalInfo().contains("Ehrlich"));
  }

  @Test
  void textTellsLevelsRoundingAndLimitsOnceTheyAreKnown() throws Exception {
    QuantizeActivations filter = filter("-L 3");
    assertEquals("Quantization into 3 levels, center-saturating, no data yet\n", filter.toString());
    Instances data = ramp(5);
    filter.setInputFormat(data);
    assertTrue(filter.toString().contains("first batch"), filter.toString());
    Filter.useFilter(data, filter);
    assertEquals(
        "Quantization into 3 levels, center-saturating\nh1: 0.0 to 4.0\n", filter.toString());
  }

  private static QuantizeActivations filter(String options) throws Exception {
    QuantizeActivations filter = new QuantizeActivations();
    filter.setOptions(Utils.splitOptions(options));
    return filter;
  }

  private static Instances ramp(int rowCount) {
    Instances data = new Instances("ramp", new ArrayList<>(List.of(new Attribute("h1"))), rowCount);
    for (int row = 0; row < rowCount; row++) {
      data.add(new DenseInstance(1, new double[] {row}));
    }
    return data;
  }
}
