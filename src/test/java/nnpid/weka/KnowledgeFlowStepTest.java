package nnpid.weka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.awt.image.BufferedImage;
import java.beans.Introspector;
import java.beans.PropertyDescriptor;
import java.beans.PropertyEditorManager;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import nnpid.command.CommandLine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import weka.core.Attribute;
import weka.core.DenseInstance;
import weka.core.Instances;
import weka.core.OptionMetadata;
import weka.core.Settings;
import weka.core.WekaException;
import weka.core.converters.ConverterUtils.DataSource;
import weka.gui.GenericObjectEditor;
import weka.gui.Logger;
import weka.gui.ProgrammaticProperty;
import weka.knowledgeflow.Data;
import weka.knowledgeflow.Flow;
import weka.knowledgeflow.FlowRunner;
import weka.knowledgeflow.JSONFlowUtils;
import weka.knowledgeflow.KFDefaults;
import weka.knowledgeflow.StepManager;
import weka.knowledgeflow.StepManagerImpl;
import weka.knowledgeflow.steps.CrossValidationFoldMaker;
import weka.knowledgeflow.steps.ImageSaver;
import weka.knowledgeflow.steps.KFStep;
import weka.knowledgeflow.steps.MemoryBasedDataSource;
import weka.knowledgeflow.steps.RepresentationalComplexity;
import weka.knowledgeflow.steps.Step;

/** The step of the KnowledgeFlow, in small flows without windows. */
class KnowledgeFlowStepTest {
  private static final String EXAMPLE = "weka-package/examples/mnist_layers.arff";
  private static final long PATIENCE_MILLIS = 600_000;

  /** A flow that feeds the step, and what it says and sends. */
  private static final class Run implements Logger {
    final RepresentationalComplexity step = new RepresentationalComplexity();
    final List<String> log = new CopyOnWriteArrayList<>();
    final List<String> status = new CopyOnWriteArrayList<>();
    final List<Data> sent = new CopyOnWriteArrayList<>();
    final Flow flow = new Flow();
    final StepManagerImpl manager = new StepManagerImpl(step);
    final FlowRunner runner = new FlowRunner(new Settings("weka", KFDefaults.APP_ID));
    private final StepManagerImpl source;

    Run(Instances data) throws WekaException {
      MemoryBasedDataSource memory = new MemoryBasedDataSource();
      memory.setInstances(data);
      source = add(memory);
      flow.addStep(manager);
    }

    private StepManagerImpl add(Step other) {
      StepManagerImpl added = new StepManagerImpl(other);
      flow.addStep(added);
      return added;
    }

    Run direct() {
      source.addOutgoingConnection(StepManager.CON_DATASET, manager);
      return this;
    }

    /** Training and test sets of folds. */
    Run folds(int count) {
      CrossValidationFoldMaker maker = new CrossValidationFoldMaker();
      maker.setNumFolds("" + count);
      StepManagerImpl folds = add(maker);
      source.addOutgoingConnection(StepManager.CON_DATASET, folds);
      folds.addOutgoingConnection(StepManager.CON_TRAININGSET, manager);
      folds.addOutgoingConnection(StepManager.CON_TESTSET, manager);
      return this;
    }

    /** Waits until the step has sent so many results, or has failed. */
    Run start(int results) throws WekaException {
      begin();
      waitFor(() -> sent.size() >= 3 * results || failed());
      waitFor(() -> !manager.isStepBusy());
      return this;
    }

    void begin() throws WekaException {
      for (String connection :
          List.of(StepManager.CON_TEXT, StepManager.CON_IMAGE, StepManager.CON_DATASET)) {
        manager.addStepOutputListener(sent::add, connection);
      }
      runner.setLogger(this);
      runner.setFlow(flow);
      runner.run();
    }

    boolean failed() {
      return log.stream().anyMatch(line -> line.contains("ERROR"));
    }

    String error() {
      String error =
          log.stream()
              .filter(line -> line.contains("[ERROR]"))
              .map(String::strip)
              .collect(Collectors.joining("|"));
      assertFalse(error.contains("\n") || error.contains("Exception"), error);
      return error;
    }

    void waitFor(BooleanSupplier condition) {
      long end = System.nanoTime() + PATIENCE_MILLIS * 1_000_000;
      while (!condition.getAsBoolean()) {
        assertTrue(System.nanoTime() < end, () -> "Waited in vain: " + log + status);
        try {
          Thread.sleep(5);
        } catch (InterruptedException e) {
          throw new IllegalStateException(e);
        }
      }
    }

    <T> List<T> payloads(String connection) {
      return sent.stream()
          .filter(data -> data.getConnectionName().equals(connection))
          .map(data -> data.<T>getPrimaryPayload())
          .toList();
    }

    List<String> titles(String connection) {
      return sent.stream()
          .filter(data -> data.getConnectionName().equals(connection))
          .map(data -> data.<String>getPayloadElement(StepManager.CON_AUX_DATA_TEXT_TITLE))
          .toList();
    }

    @Override
    public void logMessage(String message) {
      log.add(message);
    }

    @Override
    public void statusMessage(String message) {
      status.add(message);
    }
  }

  private static Instances example() throws Exception {
    Instances data = DataSource.read(EXAMPLE);
    data.setClassIndex(data.numAttributes() - 1);
    return data;
  }

  private static Run run(Instances data) throws Exception {
    return new Run(data).direct().start(1);
  }

  @Test
  void givesTextChartAndTableLikeTheCommandLine() throws Exception {
    Run run = run(example());
    List<String> texts = run.payloads(StepManager.CON_TEXT);
    assertEquals(
        List.of(CommandLine.run("-t", EXAMPLE, "-seed", "1").out()),
        texts.stream().map(text -> text.replace("\n", System.lineSeparator())).toList());
    assertEquals(
        List.of("RepresentationalComplexity: mnist_layers"), run.titles(StepManager.CON_TEXT));
    assertEquals(run.titles(StepManager.CON_TEXT), run.titles(StepManager.CON_IMAGE));

    Instances table = run.<Instances>payloads(StepManager.CON_DATASET).get(0);
    List<JsonObject> layers = CommandLine.layers(CommandLine.json("-t", EXAMPLE, "-seed", "1"));
    assertEquals(3, table.numInstances());
    for (int row = 0; row < 3; row++) {
      for (String name : List.of("representationalComplexity", "mutualInformation")) {
        assertEquals(
            CommandLine.number(layers.get(row), name),
            table.instance(row).value(table.attribute(name)),
            0);
      }
    }
    assertTrue(run.step.getInteractiveViewers().containsKey("Show results"));
    assertEquals(1, run.step.results().size());
    assertTrue(run.status.stream().anyMatch(line -> line.endsWith("|Finished.")));
    assertTrue(
        run.log.stream().anyMatch(line -> line.contains("weka.Run RepresentationalComplexity -t")));
  }

  @Test
  void chartIsWhatImageSaverWrites(@TempDir Path directory) throws Exception {
    Run run = new Run(example()).direct();
    run.step.setChartSize("640x400");
    ImageSaver saver = new ImageSaver();
    Path file = directory.resolve("chart.png");
    saver.setFile(file.toFile());
    StepManagerImpl saving = run.add(saver);
    run.manager.addOutgoingConnection(StepManager.CON_IMAGE, saving);
    run.start(1);
    run.waitFor(saving::isStepFinished);
    BufferedImage image = ImageIO.read(file.toFile());
    assertEquals(640, image.getWidth());
    assertEquals(400, image.getHeight());
    BufferedImage sent = run.<BufferedImage>payloads(StepManager.CON_IMAGE).get(0);
    assertEquals(sent.getRGB(320, 300), image.getRGB(320, 300));
    long colors = Arrays.stream(image.getRGB(0, 0, 640, 400, null, 0, 640)).distinct().count();
    assertTrue(colors > 20, "Bars of five degrees, not an empty picture: " + colors);
  }

  @Test
  void analyzesTrainingAndTestSetOfEveryFold() throws Exception {
    Run run = new Run(example()).folds(3);
    run.step.setOptions("-sources L5_.*");
    run.start(6);
    assertEquals(
        List.of(
            "mnist_layers (test set 1 of 3)",
            "mnist_layers (test set 2 of 3)",
            "mnist_layers (test set 3 of 3)",
            "mnist_layers (training set 1 of 3)",
            "mnist_layers (training set 2 of 3)",
            "mnist_layers (training set 3 of 3)"),
        run.titles(StepManager.CON_TEXT).stream()
            .map(title -> title.replace("RepresentationalComplexity: ", ""))
            .sorted()
            .toList());
    List<Instances> tables = run.payloads(StepManager.CON_DATASET);
    double instances =
        tables.stream()
            .filter(table -> table.relationName().contains("test set"))
            .mapToDouble(table -> table.instance(0).value(table.attribute("instances")))
            .sum();
    assertEquals(example().numInstances(), instances);
    assertEquals(
        List.of(1, 2, 3),
        run.sent.stream()
            .filter(data -> data.getConnectionName().equals(StepManager.CON_DATASET))
            .map(data -> data.<Integer>getPayloadElement(StepManager.CON_AUX_DATA_SET_NUM))
            .distinct()
            .sorted()
            .toList());
    assertEquals(6, run.step.results().size());
  }

  @Test
  void optionsAreThoseOfTheCommandLine() throws Exception {
    Run run = new Run(example()).direct();
    run.step.setOptions(
        "-layers (L[34])_.* -method coarse-graining -grouping sequential -groups-count ${groups}"
            + " -max-group-size 2 -weights-are importance ${rest}");
    System.setProperty("rest", "-permutations 2 -missing drop -seed 7");
    System.setProperty("groups", "3");
    run.runner.getExecutionEnvironment().setEnvironmentVariables(new weka.core.Environment());
    run.start(1);
    String command =
        "-layers (L[34])_.* -method coarse-graining -grouping sequential -groups-count 3"
            + " -max-group-size 2 -weights-are importance -permutations 2 -missing drop -seed 7 -t "
            + EXAMPLE;
    assertEquals(
        List.of(CommandLine.run(command.split(" ")).out()), run.payloads(StepManager.CON_TEXT));
  }

  /** Every field of the editor. */
  static List<PropertyDescriptor> properties() throws Exception {
    return Arrays.stream(
            Introspector.getBeanInfo(RepresentationalComplexity.class).getPropertyDescriptors())
        .filter(p -> p.getReadMethod() != null && p.getWriteMethod() != null)
        .filter(p -> !p.getWriteMethod().isAnnotationPresent(ProgrammaticProperty.class))
        .filter(p -> !p.getName().equals("stepManager"))
        .toList();
  }

  @Test
  void flowKeepsAllOptions() throws Exception {
    RepresentationalComplexity step = new RepresentationalComplexity();
    int number = 1;
    for (PropertyDescriptor property : properties()) {
      if (property.getPropertyType() == String.class) {
        property.getWriteMethod().invoke(step, "x \"" + number++ + "\" \\d");
      }
    }
    Flow flow = new Flow();
    flow.addStep(new StepManagerImpl(step));
    ByteArrayOutputStream json = new ByteArrayOutputStream();
    JSONFlowUtils.writeFlow(flow, json);
    Flow read = JSONFlowUtils.JSONToFlow(json.toString(), false);
    Step again = read.findStep("RepresentationalComplexity").getManagedStep();
    for (PropertyDescriptor property : properties()) {
      Object before = property.getReadMethod().invoke(step);
      Object after = property.getReadMethod().invoke(again);
      assertEquals(before, after, property.getName());
    }
  }

  @Test
  void everyPropertyHasAnEditorAPlaceAndATip() throws Exception {
    GenericObjectEditor.registerEditors();
    assertEquals(2, properties().size());
    for (PropertyDescriptor property : properties()) {
      OptionMetadata metadata = property.getWriteMethod().getAnnotation(OptionMetadata.class);
      assertNotNull(metadata, property.getName());
      // Weka's tool tips end at the first full stop.
      assertFalse(metadata.description().replace("(L\\d+)_.*", "").contains("."));
      assertNotNull(
          PropertyEditorManager.findEditor(property.getPropertyType()), property.getName());
    }
    assertEquals(
        2,
        properties().stream()
            .map(p -> p.getWriteMethod().getAnnotation(OptionMetadata.class).displayOrder())
            .distinct()
            .count());
  }

  /** What the editor does before it opens. */
  @Test
  void canBeCopiedWithResults() throws Exception {
    Run run = run(example());
    Step copy = (Step) GenericObjectEditor.makeCopy(run.step);
    run.manager.setManagedStep(copy);
    assertEquals(1, ((RepresentationalComplexity) copy).results().size());
  }

  // Flows of before

  private static RepresentationalComplexity read(String properties) throws Exception {
    String json =
        """
        {"flow_name": "old", "steps": [
          {"class": "weka.knowledgeflow.steps.RepresentationalComplexity",
           "properties": {"name": "Complexity", %s},
           "connections": {}, "coordinates": "1,1"}]}
        """
            .formatted(properties.replace('\'', '"'));
    Flow flow = JSONFlowUtils.JSONToFlow(json, false);
    return (RepresentationalComplexity) flow.findStep("Complexity").getManagedStep();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          'layers': ''                    | ``
          'layers': '(L[34])_.*'          | -layers (L[34])_.*
          'sources': '1-3'                | -sources 1-3
          'precision': '0.01'             | ``
          'precision': '0.5'              | -precision 0.5
          'precision': '${p}'             | -precision ${p}
          'timeLimit': '7'                | -time-limit 7
          'permutations': '3'             | -permutations 3
          'top': '5'                      | -top 5
          'seed': '1'                     | -seed 1
          'threads': '2'                  | -threads 2
          'groupCount': '3'               | ``
          'moreOptions': '-missing drop'  | -missing drop
          'moreOptions': '-draws 9'       | ``
          'moreOptions': '-seed 7', 'seed': '1', 'top': '2' | -top 2 -seed 7
          """)
  void oldPropertiesBecomeOptions(String properties, String options) throws Exception {
    assertEquals(options, read(properties).getOptions());
  }

  @ParameterizedTest
  @CsvSource({"LATTICE,lattice", "SUBSAMPLING,subsampling", "COARSE_GRAINING,coarse-graining"})
  void oldMethodsBecomeOptions(String value, String text) throws Exception {
    String method =
        "'method': {'type': 'enumHelper', 'class':"
            + " 'weka.knowledgeflow.steps.RepresentationalComplexity$MethodChoice', 'value': '"
            + value
            + "'}";
    assertEquals("-method " + text, read(method + ", 'precision': '0.01'").getOptions());
    String groups =
        ", 'grouping': '1,2;3', 'maxGroupSize': '2', 'groupCount': '2', 'objective':"
            + " {'type': 'enumHelper', 'class': 'nnpid.coarsegraining.GroupingObjective', 'value':"
            + " 'gap'}";
    assertEquals(
        "-method "
            + text
            + (text.equals("coarse-graining")
                ? " -groups-count 2 -grouping 1,2;3 -objective gap -max-group-size 2"
                : ""),
        read(method + groups).getOptions());
  }

  @Test
  void anOldQuantizerBecomesAnOption() throws Exception {
    String filter =
        "'quantizer': {'type': 'optionHandler', 'class':"
            + " 'weka.filters.unsupervised.attribute.%s', 'options': '%s'}";
    assertEquals("", read(filter.formatted("QuantizeActivations", "")).getOptions());
    String options = read(filter.formatted("QuantizeActivations", "-L 4")).getOptions();
    assertTrue(options.contains("QuantizeActivations -L 4"), options);
  }

  /** Weka looks for the text of a constant, and is silent if there is none. */
  @ParameterizedTest
  @CsvSource({
    "measure, decomposition.Measure, SX, ''",
    "measure, decomposition.Measure, MIN, -measure min",
    "measure, decomposition.Measure, MMI, -measure mmi",
    "measure, decomposition.Measure, BROJA, -measure broja",
    "weightMeaning, distribution.WeightMeaning, AUTO, ''",
    "weightMeaning, distribution.WeightMeaning, COUNTS, -weights-are counts",
    "weightMeaning, distribution.WeightMeaning, IMPORTANCE, -weights-are importance"
  })
  void oldChoicesBecomeOptions(String property, String type, String value, String options)
      throws Exception {
    assertEquals(
        options,
        read("'%s': {'type': 'enumHelper', 'class': 'nnpid.%s', 'value': '%s'}"
                .formatted(property, type, value))
            .getOptions());
  }

  @ParameterizedTest
  @CsvSource({
    "select-units, ''",
    "train-network, -seed 1",
    "compare-layers, -seed 1",
    "compare-layers, -method coarse-graining -groups-count 3 -seed 1"
  })
  void bundledFlowsOfBeforeMeanTheSame(String name, String options) throws Exception {
    Path file = Path.of("src/test/resources/flows", name + "-before-13.kf");
    Flow flow = JSONFlowUtils.readFlow(file.toFile());
    List<String> found =
        flow.getSteps().stream()
            .map(StepManagerImpl::getManagedStep)
            .filter(RepresentationalComplexity.class::isInstance)
            .map(step -> ((RepresentationalComplexity) step).getOptions())
            .toList();
    assertTrue(found.contains(options) || (options.isEmpty() && found.isEmpty()), found::toString);
  }

  @Test
  void hasAnIconOfWekasSize() throws Exception {
    String path = RepresentationalComplexity.class.getAnnotation(KFStep.class).iconPath();
    try (InputStream in =
        RepresentationalComplexity.class.getClassLoader().getResourceAsStream(path)) {
      BufferedImage icon = ImageIO.read(in);
      assertEquals(57, icon.getWidth());
      assertEquals(58, icon.getHeight());
    }
  }

  // Trouble

  static Stream<Arguments> badData() throws Exception {
    Instances noClass = example();
    noClass.setClassIndex(-1);
    Instances numericClass = example();
    numericClass.insertAttributeAt(new Attribute("y"), numericClass.numAttributes());
    numericClass.setClassIndex(numericClass.numAttributes() - 1);
    numericClass.forEach(instance -> instance.setClassValue(0.5));
    return Stream.of(
        Arguments.of(noClass, "must have a class: none is set. Maybe add a ClassAssigner"),
        Arguments.of(numericClass, "\"y\" must be nominal: it is numeric"),
        Arguments.of(new Instances(example(), 0), "must have"));
  }

  @ParameterizedTest
  @MethodSource("badData")
  void tellsInASentenceWhatIsWrongWithTheData(Instances data, String sentence) throws Exception {
    Run run = run(data);
    assertTrue(run.error().contains(sentence), run.error());
    assertEquals(List.of(), run.sent);
    assertTrue(run.step.results().isEmpty());
  }

  @Test
  void tellsThatNoNamesMatch() throws Exception {
    Run run = new Run(example()).direct();
    run.step.setOptions("-layers (conv\\d)_.*");
    run.start(1);
    assertTrue(run.error().contains("(conv\\d)_.*"), run.error());
    assertTrue(run.error().contains(" must "), run.error());
  }

  @ParameterizedTest
  @CsvSource({
    "-layers (L_, must be a regular expression",
    "-precision much, 'The precision (\"Precision\": much) must be a number'",
    "-seed ${no.such.variable}, ${no.such.variable}) must be a whole number",
    "-method coarse-graining -groups-count 0, must be from 1 to 6",
    "-groups-count 3, must go with",
    "-c 2, must not name the class",
    "-t file, command line only",
    "-train net, must not ask for a training",
    "-top 3 -method backbone, must be lattice if atoms are listed",
    "-pointwise all, must be none or target",
    "'-Q \"a', must have all quotes closed",
    "-threads 0, must be at least 1"
  })
  void checksOptionsBeforeAnythingRuns(String options, String sentence) throws Exception {
    Run run = new Run(example()).direct();
    run.step.setOptions(options);
    WekaException failure =
        org.junit.jupiter.api.Assertions.assertThrows(WekaException.class, () -> run.start(1));
    assertTrue(failure.getMessage().contains("check log"), failure::getMessage);
    assertTrue(run.error().contains(sentence), run.error());
    assertFalse(run.log.stream().anyMatch(line -> line.contains("Analyzing")), run.log::toString);
  }

  @Test
  void stopsAndKeepsFinishedLayers() throws Exception {
    Run run = new Run(twoLayers()).direct();
    run.step.setOptions("-precision 0.00001");
    run.begin();
    run.waitFor(() -> run.status.stream().anyMatch(line -> line.matches(".*slow: [5-9]\\d %.*")));
    run.manager.getExecutionEnvironment().stopProcessing();
    run.waitFor(() -> !run.manager.isStepBusy());
    assertEquals(List.of(), run.sent);
    assertFalse(run.failed(), run.log::toString);
    assertEquals(1, run.step.results().size());
    assertTrue(run.step.results().get(0).name().contains("stopped"));
    assertEquals("A", run.step.results().get(0).report().layers().get(0).name());
    assertTrue(
        run.log.stream().anyMatch(line -> line.contains("that were finished (")),
        run.log::toString);
  }

  /** A layer that takes no time and one that takes as long as one likes. */
  private static Instances twoLayers() {
    java.util.ArrayList<Attribute> attributes = new java.util.ArrayList<>();
    for (int unit = 1; unit <= 3; unit++) {
      attributes.add(new Attribute("A_" + unit));
    }
    for (int unit = 1; unit <= 30; unit++) {
      attributes.add(new Attribute("B_" + unit));
    }
    attributes.add(new Attribute("class", List.of("a", "b", "c")));
    Instances data = new Instances("slow", attributes, 3000);
    data.setClassIndex(33);
    Random random = new Random(1);
    for (int row = 0; row < 3000; row++) {
      double[] values = random.doubles(34).toArray();
      values[33] = random.nextInt(3);
      data.add(new DenseInstance(1, values));
    }
    return data;
  }
}
