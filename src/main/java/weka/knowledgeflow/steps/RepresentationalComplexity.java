package weka.knowledgeflow.steps;

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
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import nnpid.analysis.Method;
import nnpid.analysis.Report;
import nnpid.chart.ChartStyle;
import nnpid.chart.ComplexityChart;
import nnpid.chart.Picture;
import nnpid.coarsegraining.GroupingObjective;
import nnpid.command.CommandOptions;
import nnpid.command.OptionNames;
import nnpid.command.ReportInstances;
import nnpid.command.Task;
import nnpid.decomposition.Measure;
import nnpid.distribution.WeightMeaning;
import nnpid.execution.Execution;
import nnpid.execution.ProgressReports;
import nnpid.report.Format;
import weka.core.Instances;
import weka.core.OptionMetadata;
import weka.core.TechnicalInformation;
import weka.core.TechnicalInformationHandler;
import weka.core.Utils;
import weka.core.WekaException;
import weka.filters.Filter;
import weka.filters.unsupervised.attribute.QuantizeActivations;
import weka.gui.explorer.ComplexityResult;
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
public final class RepresentationalComplexity extends BaseStep
    implements TechnicalInformationHandler {
  private static final long serialVersionUID = 1L;

  /** Where the manager of the step keeps the results: the editor's Cancel replaces the step. */
  private static final String RESULTS = "representationalComplexity.results";

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss - ", Locale.ROOT);

  private static final Pattern CHART_SIZE =
      Pattern.compile("([1-9]\\d{1,3})\\s*x\\s*([1-9]\\d{1,3})");

  /** What messages call the options that are properties here. */
  private static final OptionNames NAMES =
      new OptionNames(
          Set.of(
              "c",
              "layers",
              "sources",
              "Q",
              "measure",
              "method",
              "precision",
              "time-limit",
              "grouping",
              "objective",
              "groups-count",
              "max-group-size",
              "weights-are",
              "permutations",
              "top",
              "seed",
              "threads"),
          "More options");

  /** How the information by degree of synergy is computed: {@link Method}, or a choice of it. */
  public enum MethodChoice {
    /** By the number of units. */
    AUTO("auto"),
    /** All atoms. */
    LATTICE(Method.LATTICE.toString()),
    /** Exact, without atoms. */
    BACKBONE(Method.BACKBONE.toString()),
    /** An estimate with its standard error. */
    COVERAGE(Method.COVERAGE.toString()),
    /** The mean over random subsets. */
    SUBSAMPLING(Method.SUBSAMPLING.toString()),
    /** Bounds, from groups of the units. */
    COARSE_GRAINING(Method.COARSE_GRAINING.toString());

    private final String id;

    MethodChoice(String id) {
      this.id = id;
    }
  }

  private String layers = "";
  private String sources = "";
  private Filter quantizer = new QuantizeActivations();
  private Measure measure = Measure.SX;
  private MethodChoice method = MethodChoice.AUTO;
  private String precision = "0.01";
  private String timeLimit = "";
  private String grouping = "optimize";
  private GroupingObjective objective = GroupingObjective.TIGHTEST_LOWER;
  private String groupCount = "";
  private String maxGroupSize = "";
  private WeightMeaning weightMeaning = WeightMeaning.AUTO;
  private String permutations = "0";
  private String top = "";
  private String seed = "1";
  private String threads = "";
  private String moreOptions = "";
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
        + " RepresentationalComplexity -h. Stop keeps finished layers for \"Show results\"."
        + " For more information see:\n\n"
        + getTechnicalInformation();
  }

  @Override
  public TechnicalInformation getTechnicalInformation() {
    return new QuantizeActivations().getTechnicalInformation();
  }

  public String getLayers() {
    return layers;
  }

  /** Sets how layers are named. */
  @OptionMetadata(
      displayName = "Layers",
      description =
          "Regular expression with one capturing group that tells the layer in a unit's name, as"
              + " (L\\d+)_.*; auto; or all for one layer (empty: auto, or all if units are named)",
      displayOrder = 1)
  public void setLayers(String layers) {
    this.layers = layers;
  }

  public String getSources() {
    return sources;
  }

  /** Sets which attributes are units. */
  @OptionMetadata(
      displayName = "Units",
      description =
          "Attributes that are units: indices and ranges such as 1,3-5, or a regular expression for"
              + " their names (empty: all but the class)",
      displayOrder = 2)
  public void setSources(String sources) {
    this.sources = sources;
  }

  public Filter getQuantizer() {
    return quantizer;
  }

  /** Sets the filter that quantizes numeric attributes. */
  @OptionMetadata(
      displayName = "Quantizer",
      description = "The filter that turns numeric activations into levels; nominal ones stay",
      displayOrder = 3)
  public void setQuantizer(Filter quantizer) {
    this.quantizer = quantizer;
  }

  public Measure getMeasure() {
    return measure;
  }

  /** Sets the redundancy measure. */
  @OptionMetadata(
      displayName = "Measure",
      description =
          "What it means that units share information: SX shared exclusions (the paper's), MIN"
              + " Williams and Beer, MMI minimum mutual information, BROJA unique information (two"
              + " units)",
      displayOrder = 4)
  public void setMeasure(Measure measure) {
    this.measure = measure;
  }

  public MethodChoice getMethod() {
    return method;
  }

  /** Sets how the information by degree of synergy is computed. */
  @OptionMetadata(
      displayName = "Method",
      description =
          "AUTO: exact up to 6 units, an estimate with its standard error for more; LATTICE: all"
              + " atoms; COARSE_GRAINING: bounds, from groups of the units",
      displayOrder = 5)
  public void setMethod(MethodChoice method) {
    this.method = method;
  }

  public String getPrecision() {
    return precision;
  }

  /** Sets when an estimate is good enough. */
  @OptionMetadata(
      displayName = "Precision",
      description = "Estimates end when the standard error of C is this small",
      displayOrder = 6)
  public void setPrecision(String precision) {
    this.precision = precision;
  }

  public String getTimeLimit() {
    return timeLimit;
  }

  /** Sets the time for an estimate or a search. */
  @OptionMetadata(
      displayName = "Time limit (s)",
      description =
          "Estimates, and the search for groups, end after so many seconds per layer (empty: no"
              + " limit)",
      displayOrder = 7)
  public void setTimeLimit(String timeLimit) {
    this.timeLimit = timeLimit;
  }

  public String getGrouping() {
    return grouping;
  }

  /** Sets the groups of coarse-graining. */
  @OptionMetadata(
      displayName = "Groups",
      description =
          "Coarse-graining: optimize searches for groups; sequential; random; or the groups, as"
              + " 1,2;3-5",
      displayOrder = 8)
  public void setGrouping(String grouping) {
    this.grouping = grouping;
  }

  public GroupingObjective getObjective() {
    return objective;
  }

  /** Sets what the best groups are. */
  @OptionMetadata(
      displayName = "Objective",
      description =
          "Coarse-graining: the largest lower bound, the smallest upper bound, the smallest gap"
              + " between them, or the groups that are easiest to read",
      displayOrder = 9)
  public void setObjective(GroupingObjective objective) {
    this.objective = objective;
  }

  public String getGroupCount() {
    return groupCount;
  }

  /** Sets the number of groups. */
  @OptionMetadata(
      displayName = "Number of groups",
      description =
          "Coarse-graining: number of groups, up to 6 (empty: 5, or that of given groups)",
      displayOrder = 10)
  public void setGroupCount(String groupCount) {
    this.groupCount = groupCount;
  }

  public String getMaxGroupSize() {
    return maxGroupSize;
  }

  /** Sets the largest size of a group. */
  @OptionMetadata(
      displayName = "Largest group",
      description = "Coarse-graining: largest size of a group (empty: any)",
      displayOrder = 11)
  public void setMaxGroupSize(String maxGroupSize) {
    this.maxGroupSize = maxGroupSize;
  }

  public WeightMeaning getWeightMeaning() {
    return weightMeaning;
  }

  /** Sets what the weights of instances mean. */
  @OptionMetadata(
      displayName = "Weights are",
      description =
          "What weights of instances mean, for permutations, R/m and warnings: COUNTS an instance"
              + " stands for so many samples; IMPORTANCE it is one sample; AUTO counts if all"
              + " weights are whole numbers",
      displayOrder = 12)
  public void setWeightMeaning(WeightMeaning weightMeaning) {
    this.weightMeaning = weightMeaning;
  }

  public String getPermutations() {
    return permutations;
  }

  /** Sets how often classes are shuffled for comparison. */
  @OptionMetadata(
      displayName = "Permutations",
      description =
          "Compares with so many shuffles of the classes, for p-values; 0 for no comparison",
      displayOrder = 13)
  public void setPermutations(String permutations) {
    this.permutations = permutations;
  }

  public String getTop() {
    return top;
  }

  /** Sets how many atoms the report lists. */
  @OptionMetadata(
      displayName = "Largest atoms",
      description = "How many of the largest atoms the report lists per layer (empty: none)",
      displayOrder = 14)
  public void setTop(String top) {
    this.top = top;
  }

  public String getSeed() {
    return seed;
  }

  /** Sets the seed. */
  @OptionMetadata(
      displayName = "Seed",
      description = "Seed of everything random (empty: 1, and the quantizer's own)",
      displayOrder = 15)
  public void setSeed(String seed) {
    this.seed = seed;
  }

  public String getThreads() {
    return threads;
  }

  /** Sets the number of threads. */
  @OptionMetadata(
      displayName = "Threads",
      description =
          "Number of threads; it does not change results (empty: all processors, but one if there"
              + " are windows)",
      displayOrder = 16)
  public void setThreads(String threads) {
    this.threads = threads;
  }

  public String getMoreOptions() {
    return moreOptions;
  }

  /** Sets options of the command line that are no properties. */
  @OptionMetadata(
      displayName = "More options",
      description =
          "Further options of the command line, such as -weights NAME, -missing drop,"
              + " -nominal-class, -pointwise target, -draws 50; they go before the fields above",
      displayOrder = 17)
  public void setMoreOptions(String moreOptions) {
    this.moreOptions = moreOptions;
  }

  public String getChartSize() {
    return chartSize;
  }

  /** Sets the size of the chart. */
  @OptionMetadata(
      displayName = "Chart size",
      description = "Width and height of the image in pixels, as 800 x 560",
      displayOrder = 18)
  public void setChartSize(String chartSize) {
    this.chartSize = chartSize;
  }

  /** The options of the command line, but for the class. */
  private List<String> options() {
    List<String> options = new ArrayList<>();
    String[] more;
    try {
      more = Utils.splitOptions(environmentSubstitute(moreOptions));
    } catch (Exception e) {
      // Weka declares Exception; it is about quotes.
      throw new IllegalArgumentException(
          "The further options (" + moreOptions + ") must have their quotes closed.", e);
    }
    if (Utils.getOptionPos("c", more) >= 0) {
      throw new IllegalArgumentException(
          "The further options ("
              + moreOptions
              + ") must not name the class: it is that of the data.\nMaybe add a ClassAssigner.");
    }
    addUnless(more, options, "layers", layers);
    addUnless(more, options, "sources", sources);
    addUnless(more, options, "Q", Utils.toCommandLine(quantizer));
    addUnless(more, options, "measure", measure.toString());
    addUnless(more, options, "method", method.id);
    addUnless(more, options, "precision", precision);
    addUnless(more, options, "time-limit", timeLimit);
    addUnless(more, options, "grouping", grouping);
    addUnless(more, options, "objective", objective.toString());
    addUnless(more, options, "groups-count", groupCount);
    addUnless(more, options, "max-group-size", maxGroupSize);
    addUnless(more, options, "weights-are", weightMeaning.toString());
    addUnless(more, options, "permutations", permutations);
    addUnless(more, options, "top", top);
    addUnless(more, options, "seed", seed);
    addUnless(more, options, "threads", threads);
    options.addAll(List.of(more));
    return options;
  }

  /** An empty field is no option. */
  private void addUnless(String[] more, List<String> options, String name, String value) {
    String substituted = environmentSubstitute(value).strip();
    boolean isFor =
        nnpid.weka.SchemeOptions.of(nnpid.command.AnalysisOptions.class).stream()
            .filter(property -> property.flag().equals(name))
            .allMatch(
                property ->
                    CommandOptions.methods(property).isEmpty()
                        || CommandOptions.methods(property).contains(method.id));
    if (isFor && !substituted.isEmpty() && Utils.getOptionPos(name, more) < 0) {
      options.add("-" + name);
      options.add(substituted);
    }
  }

  /** The analysis for a class of that index, from 0. */
  private Task task(int classIndex) {
    List<String> list = options();
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
    String message = problem.getMessage();
    return message == null
        ? "The analysis failed: " + problem
        : NAMES.in(message).replaceAll("\\s*\\R\\s*", " ");
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
    String problem = "Java ran out of memory. Maybe start Weka with more: java -Xmx4g ...";
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
      // told below, when there is memory again
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
    command.addAll(options());
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
    results().add(ComplexityResult.of(name, report));
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
  public List<ComplexityResult> results() {
    StepManagerImpl manager = (StepManagerImpl) getStepManager();
    synchronized (manager) {
      @SuppressWarnings("unchecked")
      List<ComplexityResult> results = (List<ComplexityResult>) manager.getStepProperty(RESULTS);
      if (results == null) {
        results = new CopyOnWriteArrayList<>();
        manager.setStepProperty(RESULTS, results);
      }
      return results;
    }
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
