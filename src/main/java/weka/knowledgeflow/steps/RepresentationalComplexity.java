package weka.knowledgeflow.steps;

import static java.util.stream.Collectors.toUnmodifiableSet;

import java.awt.Dimension;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import nnpid.analysis.Report;
import nnpid.chart.ChartStyle;
import nnpid.chart.ComplexityChart;
import nnpid.chart.Picture;
import nnpid.command.AnalysisOptions;
import nnpid.command.CommandOptions;
import nnpid.command.OptionNames;
import nnpid.command.ReportInstances;
import nnpid.command.Task;
import nnpid.execution.Execution;
import nnpid.execution.ProgressReports;
import nnpid.report.Format;
import nnpid.weka.SchemeOptions;
import nnpid.weka.SchemeOptions.Property;
import nnpid.weka.Specification;
import weka.core.Instances;
import weka.core.OptionMetadata;
import weka.core.TechnicalInformation;
import weka.core.TechnicalInformationHandler;
import weka.core.WekaException;
import weka.filters.unsupervised.attribute.QuantizeActivations;
import weka.gui.knowledgeflow.KFGUIConsts;
import weka.knowledgeflow.Data;
import weka.knowledgeflow.StepManager;
import weka.knowledgeflow.StepManagerImpl;

/**
 * Step of the KnowledgeFlow that analyzes how the information about the class is spread over the
 * units of layers: the counterpart of the tab "Complexity" of the Explorer, with the options of the
 * command line.
 *
 * <p>It takes data sets, training and test sets, among them the folds of a cross-validation, one
 * after another, and for each of them gives the report as text, the chart as image, and the table
 * of layers as data set. Text properties may have variables such as {@code ${seed}}.
 */
@KFStep(
    name = "RepresentationalComplexity",
    category = "Evaluation",
    toolTipText = "Partial information decomposition and complexity of neural representations",
    iconPath = KFGUIConsts.BASE_ICON_PATH + "RepresentationalComplexity.png")
public final class RepresentationalComplexity extends FlowsBefore13
    implements TechnicalInformationHandler {
  private static final long serialVersionUID = 1L;

  /** Where the manager of the step keeps the results: the editor's Cancel replaces the step. */
  private static final String RESULTS = "representationalComplexity.results";

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss - ", Locale.ROOT);

  private static final Pattern CHART_SIZE =
      Pattern.compile("([1-9]\\d{1,3})\\s*x\\s*([1-9]\\d{1,3})");

  /** What messages call the options, which all have fields in the editor. */
  private static final OptionNames NAMES =
      new OptionNames(
          SchemeOptions.of(AnalysisOptions.class).stream()
              .map(Property::flag)
              .collect(toUnmodifiableSet()),
          "Options");

  /** The type of the method in old flows, see {@link FlowsBefore13}; called as there. */
  public enum MethodChoice {
    AUTO,
    LATTICE,
    BACKBONE,
    COVERAGE,
    SUBSAMPLING,
    COARSE_GRAINING
  }

  /**
   * What came out of a run.
   *
   * @param name what it is called
   * @param report the results
   */
  public record Result(String name, Report report) {}

  private String options = "";
  private String chartSize = "800 x 560";

  /** Data sets that have come in and are not done. */
  private final AtomicInteger pending = new AtomicInteger();

  /** The thread that analyzes, to be interrupted. */
  private transient Thread worker; // guarded by the step's manager

  @Override
  public String globalInfo() {
    return "Tells how information about the class is spread over the units of neural layers: how"
        + " much of it can be read from single units, and how much only from several"
        + " together. Units are attributes with activations or levels; the class is that of"
        + " the data, which a ClassAssigner sets. Every incoming data set, training or test"
        + " set gives a report (text), a chart (image) and a table with an instance per"
        + " layer (dataSet). The options are those of the command line, weka.Run"
        + " RepresentationalComplexity -h. Stop keeps finished layers for \"Show results\"; there"
        + " the menu of a chart saves it, as an ImageSaver does."
        + " For more information see:\n\n"
        + getTechnicalInformation();
  }

  @Override
  public TechnicalInformation getTechnicalInformation() {
    return new QuantizeActivations().getTechnicalInformation();
  }

  public String getOptions() {
    return options;
  }

  /** Sets the options of the analysis. */
  @OptionMetadata(
      displayName = "Options",
      description =
          "The options of the analysis as on the command line, but for the class, which is that of"
              + " the data",
      displayOrder = 1)
  public void setOptions(String options) {
    forgetBefore();
    this.options = options;
  }

  @Override
  void setOptionsFromBefore(String old) {
    options = old;
  }

  public String getChartSize() {
    return chartSize;
  }

  /** Sets the size of the chart. */
  @OptionMetadata(
      displayName = "Chart size",
      description = "Width and height of the image in pixels, as 800 x 560",
      displayOrder = 2)
  public void setChartSize(String chartSize) {
    this.chartSize = chartSize;
  }

  /** The options as they are now: variables have values. */
  private List<String> currentOptions() {
    List<String> current = new ArrayList<>();
    for (String text : Specification.split("options", options)) {
      String value = environmentSubstitute(text);
      boolean isValue =
          !current.isEmpty()
              && NAMES.hasValue(current.get(current.size() - 1))
              && !text.startsWith("-");
      if (isValue || value.equals(text)) {
        current.add(value);
      } else {
        // The variable stands for options.
        current.addAll(List.of(Specification.split("options", value)));
      }
    }
    if (current.contains("-c")) {
      throw new IllegalArgumentException(
          "The options ("
              + options
              + ") must not name the class: it is that of the data.\nMaybe add a ClassAssigner.");
    }
    if (Task.isTraining(current.toArray(String[]::new))) {
      throw new IllegalArgumentException(
          "The options (" + options + ") must not ask for a training: the step analyzes data.");
    }
    return current;
  }

  private Task task(int classIndex) {
    List<String> list = currentOptions();
    list.add("-c");
    list.add(Integer.toString(classIndex + 1));
    return Task.parse(list.toArray(String[]::new));
  }

  /** Width and height of the chart in pixels. */
  private Dimension chartPixels() {
    Matcher size = CHART_SIZE.matcher(environmentSubstitute(chartSize).strip());
    if (!size.matches()) {
      throw new IllegalArgumentException(
          "The size of the chart ("
              + chartSize
              + ") must be two whole numbers of pixels from 10 to 9999, as 800 x 560.");
    }
    return new Dimension(Integer.parseInt(size.group(1)), Integer.parseInt(size.group(2)));
  }

  /** Checks the options, so that a flow does not begin in vain. */
  @Override
  public void stepInit() throws WekaException {
    pending.set(0);
    try {
      task(0);
      chartPixels();
    } catch (Exception e) {
      // Weka declares Exception.
      throw new Problem(sentence(e));
    }
  }

  /** Ends a flow with a sentence: Weka logs the stack trace of what ends it, and this has none. */
  private static final class Problem extends WekaException {
    private static final long serialVersionUID = 1L;

    Problem(String message) {
      super(message);
    }

    @Override
    public void printStackTrace(PrintWriter out) {
      // It would say again what the message has said.
    }
  }

  /** What went wrong, in one line, as logs have it. */
  private static String sentence(Throwable problem) {
    String message = NAMES.in(Task.sentence(problem)).replaceAll("\\s*\\R\\s*", " ");
    return message.replace("with \"Class\"", "with a ClassAssigner");
  }

  @Override
  public List<String> getIncomingConnectionTypes() {
    return List.of(StepManager.CON_DATASET, StepManager.CON_TRAININGSET, StepManager.CON_TESTSET);
  }

  @Override
  public List<String> getOutgoingConnectionTypes() {
    return getStepManager().numIncomingConnections() > 0
        ? List.of(StepManager.CON_TEXT, StepManager.CON_IMAGE, StepManager.CON_DATASET)
        : List.of();
  }

  /** Analyzes a data set; the folds of a cross-validation come at the same time and wait here. */
  @Override
  public void processIncoming(Data data) throws WekaException {
    pending.incrementAndGet();
    getStepManager().processing();
    try {
      analyze(data);
    } finally {
      // A flow that has nobody busy in it is taken for finished, even if a fold is to come.
      if (pending.decrementAndGet() == 0) {
        if (isStopRequested()) {
          getStepManager().interrupted();
        } else {
          getStepManager().finished();
        }
      }
    }
  }

  private synchronized void analyze(Data data) throws WekaException {
    Instances instances = data.getPrimaryPayload();
    String name = name(data, instances);
    String problem = "";
    try {
      Report report = report(name, instances);
      if (report != null) {
        remember(report, isStopRequested());
        output(data, report);
      }
      return;
    } catch (CancellationException e) {
      getStepManager().logBasic("Stopped before a layer of " + name + " was finished.");
      return;
    } catch (OutOfMemoryError e) {
      problem = sentence(e);
    } catch (Exception e) {
      // Filters declare Exception; their messages are for users.
      problem = sentence(e);
    }
    getStepManager().logError(problem, null);
  }

  /** The report; null if the flow was stopped before. */
  private Report report(String name, Instances data) throws Exception {
    synchronized (getStepManager()) {
      worker = Thread.currentThread();
    }
    try {
      if (isStopRequested()) {
        return null;
      }
      if (data.classIndex() < 0) {
        throw new IllegalArgumentException(
            "The data ("
                + name
                + ") must have a class: none is set.\nMaybe add a ClassAssigner before this step.");
      }
      Task task = task(data.classIndex());
      getStepManager().logBasic("Analyzing " + name + ": " + commandLine(data));
      ProgressReports progress =
          new ProgressReports(
              (fraction, secondsLeft) ->
                  getStepManager()
                      .statusMessage(
                          name + ": " + ProgressReports.describe(fraction, secondsLeft)));
      Execution execution =
          task.execution(!getStepManager().getExecutionEnvironment().isHeadless())
              .withProgressListener(progress)
              .withMessageListener(message -> getStepManager().logBasic(NAMES.in(message)));
      Report report = ((Task.Analyzed) task.run(data, Task.Listener.NONE, execution)).report();
      return new Report(
          name,
          report.quantization(),
          report.layers(),
          report.atomCount(),
          report.unfinishedLayers());
    } finally {
      // What comes after the analysis, in this step or others, is not to be stopped.
      synchronized (getStepManager()) {
        worker = null;
        Thread.interrupted();
      }
    }
  }

  /** What to type to get the same from the command line. */
  private String commandLine(Instances data) {
    List<String> command = new ArrayList<>(List.of("-c", "" + (data.classIndex() + 1)));
    command.addAll(currentOptions());
    return CommandOptions.shellCommand(command);
  }

  /** The relation, without the filters that Weka adds to its name, and which set of it this is. */
  private static String name(Data data, Instances instances) {
    String relation = instances.relationName().replaceFirst("-weka\\.filters\\..*", "");
    String connection = data.getConnectionName();
    if (connection.equals(StepManager.CON_DATASET)) {
      return relation;
    }
    String set = connection.equals(StepManager.CON_TRAININGSET) ? "training set" : "test set";
    Integer number = data.getPayloadElement(StepManager.CON_AUX_DATA_SET_NUM);
    Integer count = data.getPayloadElement(StepManager.CON_AUX_DATA_MAX_SET_NUM);
    return number == null || count == null || count == 1
        ? relation + " (" + set + ")"
        : relation + " (" + set + " " + number + " of " + count + ")";
  }

  private void remember(Report report, boolean stopped) {
    String name =
        LocalTime.now(ZoneId.systemDefault()).format(TIME)
            + report.relation()
            + (stopped ? " - stopped, with what was finished" : "");
    results().add(new Result(name, report));
    if (stopped) {
      getStepManager()
          .logBasic(
              "Stopped: \"Show results\" has the layers of "
                  + report.relation()
                  + " that were finished ("
                  + report.layers().size()
                  + "). "
                  + report.unfinishedNote());
    }
  }

  /** Weka sends nothing on once a stop is requested. */
  private void output(Data input, Report report) throws WekaException {
    StringWriter text = new StringWriter();
    try {
      Format.TEXT.write(report, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a StringWriter throws none
    }
    String title = getName() + ": " + report.relation();
    Dimension size = chartPixels();
    Picture chart =
        new Picture(ComplexityChart.of(report, ChartStyle.LIGHT), size.width, size.height);
    Data textData = new Data(StepManager.CON_TEXT, text.toString());
    textData.setPayloadElement(StepManager.CON_AUX_DATA_TEXT_TITLE, title);
    Data imageData = new Data(StepManager.CON_IMAGE, chart.toImage(1));
    imageData.setPayloadElement(StepManager.CON_AUX_DATA_TEXT_TITLE, title);
    Data tableData = new Data(StepManager.CON_DATASET, ReportInstances.of(title, List.of(report)));
    for (String key :
        List.of(StepManager.CON_AUX_DATA_SET_NUM, StepManager.CON_AUX_DATA_MAX_SET_NUM)) {
      Integer number = input.getPayloadElement(key);
      if (number != null) {
        tableData.setPayloadElement(key, number);
      }
    }
    getStepManager().outputData(textData, imageData, tableData);
  }

  /** Stops within a second; layers that are finished are kept for the view. */
  @Override
  public void stop() {
    super.stop();
    synchronized (getStepManager()) {
      if (worker != null) {
        worker.interrupt();
      }
    }
  }

  /** The results so far, oldest first, to be shown; the list may be cleared. */
  public List<Result> results() {
    StepManagerImpl manager = (StepManagerImpl) getStepManager();
    synchronized (manager) {
      @SuppressWarnings("unchecked")
      List<Result> results = (List<Result>) manager.getStepProperty(RESULTS);
      if (results == null) {
        results = new CopyOnWriteArrayList<>();
        manager.setStepProperty(RESULTS, results);
      }
      return results;
    }
  }

  @Override
  public String getCustomEditorForStep() {
    return "weka.gui.knowledgeflow.steps.RepresentationalComplexityStepEditorDialog";
  }

  @Override
  public Map<String, String> getInteractiveViewers() {
    return results().isEmpty()
        ? Map.of()
        : Map.of(
            "Show results",
            "weka.gui.knowledgeflow.steps.RepresentationalComplexityInteractiveView");
  }
}
