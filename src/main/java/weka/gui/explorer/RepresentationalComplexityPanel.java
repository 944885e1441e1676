package weka.gui.explorer;

import static java.util.stream.Collectors.joining;

import java.awt.BorderLayout;
import java.awt.Dimension;
import java.awt.Frame;
import java.awt.GraphicsEnvironment;
import java.awt.GridLayout;
import java.awt.Window;
import java.awt.event.WindowAdapter;
import java.awt.event.WindowEvent;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javax.swing.BorderFactory;
import javax.swing.JButton;
import javax.swing.JFrame;
import javax.swing.JOptionPane;
import javax.swing.JPanel;
import javax.swing.JProgressBar;
import javax.swing.JScrollPane;
import javax.swing.JSplitPane;
import javax.swing.ScrollPaneConstants;
import javax.swing.SwingUtilities;
import nnpid.command.Task;
import nnpid.weka.NetworkClassifier;
import nnpid.weka.SchemeOptions;
import nnpid.weka.Specification;
import nnpid.weka.UnitQuantizer;
import weka.core.Capabilities;
import weka.core.Defaults;
import weka.core.Environment;
import weka.core.Instances;
import weka.core.SerializedObject;
import weka.core.Settings;
import weka.core.Utils;
import weka.filters.Filter;
import weka.filters.unsupervised.attribute.QuantizeActivations;
import weka.gui.AbstractPerspective;
import weka.gui.GenericObjectEditor;
import weka.gui.Logger;
import weka.gui.PerspectiveInfo;
import weka.gui.PropertyPanel;
import weka.gui.SysErrLog;
import weka.gui.TaskLogger;
import weka.gui.explorer.Explorer.CapabilitiesFilterChangeEvent;
import weka.gui.explorer.Explorer.CapabilitiesFilterChangeListener;
import weka.gui.explorer.Explorer.ExplorerPanel;
import weka.gui.explorer.Explorer.LogHandler;

/**
 * The tab "Complexity" of the Explorer, and the perspective of that name in the Workbench: how the
 * information about the class is spread over the units of layers.
 *
 * <p>It computes nothing: it makes options of what is chosen, hands them to {@link Task}, and shows
 * the reports that come back.
 */
@PerspectiveInfo(
    ID = RepresentationalComplexityPanel.ID,
    title = "Complexity",
    toolTipText = "Partial information decomposition and complexity of neural representations",
    iconPath = "weka/gui/weka_icon_new_small.png")
public final class RepresentationalComplexityPanel extends AbstractPerspective
    implements ExplorerPanel,
        LogHandler,
        CapabilitiesFilterChangeListener,
        ComplexityRunQueue.Listener,
        ComplexityRunList.Owner,
        ComplexityTraining.Owner {
  private static final long serialVersionUID = 1L;

  static final String ID = "weka.gui.explorer.representationalcomplexitypanel";

  /** Keys of the buttons and of all that is in the views. */
  private static final String TAKEN_KEYS = "sp?euhtgkx1yf239d";

  private static final String TITLE = "Representational complexity";

  static {
    GenericObjectEditor.registerEditors();
  }

  private final GenericObjectEditor quantizer = new GenericObjectEditor();
  private final PropertyPanel quantizerPanel = new PropertyPanel(quantizer);
  private final transient ComplexityRunQueue queue = new ComplexityRunQueue(this);
  private final ComplexityForm form;
  private final JButton start = new JButton("Start");
  private final JButton stop = new JButton("Stop");
  private final JProgressBar progress = new JProgressBar(0, 1000);
  private final ComplexityRunList list = new ComplexityRunList(this);
  private final ComplexityViews views =
      new ComplexityViews(Optional.of(new ComplexityTraining(Optional.of(this))));
  private final transient ComplexityCheckpoints checkpoints = new ComplexityCheckpoints();
  private final JSplitPane split;
  private transient Explorer explorer;
  private transient Logger log = new SysErrLog();
  private transient Instances instances;
  private transient Window window;
  private transient JFrame help;
  private boolean settingsApplied;

  /** A panel without data. */
  public RepresentationalComplexityPanel() {
    quantizer.setClassType(Filter.class);
    quantizer.setValue(new QuantizeActivations());
    form = new ComplexityForm(() -> Utils.toCommandLine(quantizer.getValue()), TAKEN_KEYS);
    start.setName("complexity.start");
    start.setMnemonic('s');
    start.setToolTipText("Starts an analysis, or queues it if another one is running.");
    start.setEnabled(false);
    start.addActionListener(e -> start());
    stop.setName("complexity.stop");
    stop.setMnemonic('p');
    stop.setToolTipText("Stops the running analysis; layers that are finished are kept.");
    stop.setEnabled(false);
    stop.addActionListener(e -> queue.stopCurrent());
    AccessibleNames.name(progress, "Progress of the run").setName("complexity.progress");
    progress.setToolTipText("How much of the running analysis is done.");
    setLayout(new BorderLayout());
    add(top(), BorderLayout.NORTH);
    split = new JSplitPane(JSplitPane.HORIZONTAL_SPLIT, left(), views);
    // The views take what the form leaves, whatever they would like to have.
    views.setMinimumSize(new Dimension(200, 100));
    views.setPreferredSize(new Dimension(200, 100));
    split.setBorder(null);
    add(split, BorderLayout.CENTER);
    showState();
  }

  private JPanel top() {
    JPanel top = new JPanel(new BorderLayout(5, 0));
    top.setBorder(
        BorderFactory.createCompoundBorder(
            BorderFactory.createTitledBorder("Quantizer of numeric attributes"),
            BorderFactory.createEmptyBorder(0, 5, 3, 5)));
    AccessibleNames.name(quantizerPanel, "Quantizer").setName("complexity.quantizer");
    quantizerPanel.setToolTipText(OptionPanel.tip(OptionPanel.property("Q").description()));
    top.add(quantizerPanel, BorderLayout.CENTER);
    JButton help = new JButton("?");
    AccessibleNames.name(help, "Help").setName("complexity.helpButton");
    help.setMnemonic('?');
    help.setToolTipText("What C, Pi_k, the lattice and the warnings mean, and what to cite.");
    help.addActionListener(e -> help());
    JPanel buttons = new JPanel(new BorderLayout(5, 0));
    buttons.add(
        ComplexityExamples.button(this::preprocessPanel, this::problem), BorderLayout.CENTER);
    buttons.add(help, BorderLayout.EAST);
    top.add(buttons, BorderLayout.EAST);
    return top;
  }

  private JSplitPane left() {
    JScrollPane formPane =
        new JScrollPane(
            form,
            ScrollPaneConstants.VERTICAL_SCROLLBAR_AS_NEEDED,
            ScrollPaneConstants.HORIZONTAL_SCROLLBAR_NEVER) {
          private static final long serialVersionUID = 1L;

          /** With room for the bar and for the rows of other methods, should they appear. */
          @Override
          public Dimension getPreferredSize() {
            Dimension size = super.getPreferredSize();
            size.width += getVerticalScrollBar().getPreferredSize().width;
            size.height += 4 * start.getPreferredSize().height;
            return size;
          }
        };
    formPane.setBorder(BorderFactory.createTitledBorder("Analysis"));
    formPane.setMinimumSize(new Dimension(100, 80));
    JPanel buttons = new JPanel(new GridLayout(1, 2, 5, 5));
    buttons.add(start);
    buttons.add(stop);
    JPanel run = new JPanel(new BorderLayout(0, 3));
    run.setBorder(BorderFactory.createEmptyBorder(3, 5, 3, 5));
    run.add(buttons, BorderLayout.NORTH);
    run.add(progress, BorderLayout.SOUTH);
    list.setBorder(BorderFactory.createTitledBorder("Result list (right-click for options)"));
    JButton code = new JButton("Copy as code...");
    code.setName("complexity.codeButton");
    code.setMnemonic('d');
    code.setToolTipText(
        "The selected run as command line, as Java program, or as a flow for the KnowledgeFlow.");
    code.addActionListener(e -> list.showCode());
    JPanel bottom = new JPanel(new BorderLayout());
    bottom.add(run, BorderLayout.NORTH);
    bottom.add(list, BorderLayout.CENTER);
    JPanel below = new JPanel(new BorderLayout());
    below.setBorder(BorderFactory.createEmptyBorder(2, 5, 3, 5));
    below.add(code, BorderLayout.CENTER);
    bottom.add(below, BorderLayout.SOUTH);
    JSplitPane left = new JSplitPane(JSplitPane.VERTICAL_SPLIT, formPane, bottom);
    left.setResizeWeight(0.7);
    left.setBorder(null);
    return left;
  }

  /** Other fonts need another width of the form. */
  @Override
  public void updateUI() {
    super.updateUI();
    if (split != null) {
      SwingUtilities.invokeLater(split::resetToPreferredSizes);
    }
  }

  private void help() {
    if (GraphicsEnvironment.isHeadless()) {
      problem("The page about the complexity must have a display: there is none.");
      return;
    }
    if (help != null && help.isDisplayable()) {
      help.setState(Frame.NORMAL); // it may be an icon, or behind this window
      help.toFront();
      return;
    }
    try {
      help = ComplexityHelp.open(this);
    } catch (IOException e) {
      problem(e.getMessage());
    }
  }

  private void start() {
    start(form::options, "");
    rememberQuantizer();
  }

  /**
   * Puts the quantizer into the history that Weka's menu offers. That is a serialized copy, and the
   * first one loads many classes: one is made elsewhere before. The history itself belongs to the
   * event thread.
   */
  private void rememberQuantizer() {
    String filter = Utils.toCommandLine(quantizer.getValue());
    Runnable copying =
        () -> {
          try {
            Filter copy = UnitQuantizer.parseFilter(filter);
            new SerializedObject(copy);
            SwingUtilities.invokeLater(() -> quantizerPanel.addToHistory(copy));
          } catch (Exception e) {
            // Weka declares Exception; what cannot be copied has no place in the history.
            SwingUtilities.invokeLater(() -> log.logMessage("Not in the history: " + filter));
          }
        };
    new Thread(copying, "complexity-history").start();
  }

  @Override
  public void train(List<String> options) {
    start(
        () -> {
          try {
            return form.trainingOptions(options);
          } catch (IllegalArgumentException e) {
            // The fields of the view Training are called otherwise than those of the form.
            throw new IllegalArgumentException(
                ComplexityForm.NAMES.ofTraining().in(e.getMessage()), e);
          }
        },
        "training, ");
  }

  private void start(Supplier<List<String>> chosen, String kind) {
    if (instances == null) {
      problem("There must be data to analyze: none are loaded.\nMaybe open a file first.");
      return;
    }
    queue(
        () -> {
          List<String> options = chosen.get();
          return new ComplexityRun(
              instances,
              ComplexityPreprocess.file(preprocessPanel()),
              options.toArray(String[]::new),
              kind + ComplexityForm.description(options));
        });
  }

  @Override
  public void openCheckpoints() {
    if (GraphicsEnvironment.isHeadless()) {
      problem("Files must be chosen on a display: there is none.");
      return;
    }
    checkpoints.ask(this).ifPresent(this::follow);
  }

  /** Analyzes files of checkpoints; no data need be loaded. */
  void follow(ComplexityCheckpoints.Asked asked) {
    if (asked.files().isEmpty()) {
      problem("There must be files to analyze: none are named.");
      return;
    }
    queue(
        () -> {
          List<String> options = form.checkpointOptions(asked.options());
          return new ComplexityRun(
              asked.files(),
              options.toArray(String[]::new),
              "checkpoints, " + ComplexityForm.description(options));
        });
  }

  private void queue(Supplier<ComplexityRun> chosen) {
    stopWhenWindowCloses();
    try {
      ComplexityRun run = chosen.get();
      list.add(run);
      list.select(run);
      views.open(run);
      queue.add(run);
      list.update(run);
      showState();
    } catch (IllegalArgumentException e) {
      problem(e.getMessage());
    }
  }

  @Override
  public void useActivations(NetworkClassifier network) {
    PreprocessPanel target = preprocessPanel();
    if (target == null || instances == null) {
      problem("The activations must have a Preprocess tab to go to, with data: there is none.");
      return;
    }
    Instances data = instances;
    log.statusMessage("Passing " + data.relationName() + " through the network...");
    new Thread(() -> useActivations(network, data, target), "complexity-activations").start();
  }

  private void useActivations(NetworkClassifier network, Instances data, PreprocessPanel target) {
    try {
      Instances activations = ComplexityPreprocess.activations(network, data);
      target.addUndoPoint();
      SwingUtilities.invokeLater(
          () -> {
            target.setInstances(activations);
            log("The data are now the hidden activations of a network.");
          });
    } catch (Exception e) {
      // Filters declare Exception; their messages are for users.
      SwingUtilities.invokeLater(
          () -> problem(e.getMessage() == null ? "No activations: " + e : e.getMessage()));
    }
  }

  /** The Explorer's, or the Workbench's; null if there is none. */
  private PreprocessPanel preprocessPanel() {
    if (explorer != null) {
      return explorer.getPreprocessPanel();
    }
    return getMainApplication() != null
            && getMainApplication().getMainPerspective() instanceof PreprocessPanel panel
        ? panel
        : null;
  }

  /** A window that is closed takes its run with it. */
  private void stopWhenWindowCloses() {
    if (window == null) {
      window = SwingUtilities.getWindowAncestor(this);
      if (window != null) {
        window.addWindowListener(
            new WindowAdapter() {
              @Override
              public void windowClosed(WindowEvent event) {
                queue.cancelAll();
              }
            });
      }
    }
  }

  @Override
  public void terminate() {
    queue.cancelAll();
    super.terminate();
  }

  @Override
  public void started(ComplexityRun run) {
    stop.setEnabled(true);
    progress.setValue(0);
    log.logMessage("Started " + run.name());
    log.logMessage("Command: " + run.command());
    log.statusMessage(run.doing() + "...");
    if (log instanceof TaskLogger tasks) {
      tasks.taskStarted();
    }
    list.update(run);
    showState();
  }

  @Override
  public void progressed(ComplexityRun run) {
    progress.setValue((int) Math.round(1000 * run.fraction()));
    StringBuilder status = new StringBuilder(run.doing()).append(": ").append(run.progress());
    if (queue.waitingCount() > 0) {
      status.append(" (").append(queue.waitingCount()).append(" waiting)");
    }
    log.statusMessage(status.toString());
    list.repaintRun();
    if (list.selected().equals(List.of(run))) {
      run.searched().ifPresentOrElse(views::showSearch, views::endSearch);
      run.trained().ifPresent(views::showTraining);
      run.soFar().ifPresent(views::showSoFar);
    }
  }

  @Override
  public void ended(ComplexityRun run, String message) {
    stop.setEnabled(false);
    progress.setValue(run.state() == ComplexityRun.State.DONE ? progress.getMaximum() : 0);
    if (log instanceof TaskLogger tasks) {
      tasks.taskFinished();
    }
    list.update(run);
    if (run.result().isEmpty() && list.selected().equals(List.of(run))) {
      views.show(List.of()); // groups that were searched for are none any more
    }
    showState();
    switch (run.state()) {
      case DONE -> {
        log.logMessage("Finished " + run.name());
        log.statusMessage("OK");
      }
      case STOPPED -> {
        log.logMessage("Interrupted " + run.name());
        log.statusMessage("Interrupted");
      }
      default -> {
        log.statusMessage("See error log");
        // Not at once: the next run can start meanwhile.
        SwingUtilities.invokeLater(() -> show(run.inWindow(message)));
      }
    }
  }

  @Override
  public void selectionChanged(List<ComplexityResult> results) {
    // Without results the views are empty, and what stands above them says why: an older result
    // would be taken for that of the run that is selected.
    views.show(results);
    showState();
  }

  /** Says of what is selected why it is not to be seen. */
  private void showState() {
    List<String> states =
        list.selected().stream()
            .map(ComplexityRun::describe)
            .filter(state -> !state.isEmpty())
            .toList();
    String nothing =
        instances == null
            ? "There are no data: open some on the tab Preprocess, or one of the Examples."
            : list.isEmpty()
                ? "Start analyzes the loaded data; results come here."
                : "No result is selected on the left.";
    views.showState(
        list.selected().isEmpty() ? nothing : String.join("\n", states), queue.isTraining());
  }

  @Override
  public void removed(ComplexityRun run) {
    queue.cancel(run);
  }

  @Override
  public void log(String message) {
    log.logMessage(message);
    log.statusMessage(message);
  }

  @Override
  public void said(ComplexityRun run, String message) {
    log(run.inWindow(message));
  }

  @Override
  public void problem(String message) {
    show(ComplexityForm.NAMES.in(message));
  }

  private void show(String message) {
    log.logMessage(message.replace('\n', ' '));
    log.statusMessage("See error log");
    if (GraphicsEnvironment.isHeadless()) {
      return; // the log has the sentence
    }
    JOptionPane.showMessageDialog(
        this,
        ComplexityViews.lines(message).collect(joining("\n")),
        TITLE,
        JOptionPane.ERROR_MESSAGE);
  }

  @Override
  public void setInstances(Instances data) {
    instances = data;
    start.setEnabled(data != null);
    if (data != null) {
      form.setInstances(data);
    }
    showState();
  }

  @Override
  public void setLog(Logger newLog) {
    log = newLog;
  }

  @Override
  public void setExplorer(Explorer parent) {
    explorer = parent;
  }

  /** Weka opens tabs once there are data; here are examples, and checkpoints need none. */
  @Override
  public void addNotify() {
    super.addNotify();
    int tab = explorer == null ? -1 : explorer.getTabbedPane().indexOfComponent(this);
    if (tab >= 0) {
      explorer.getTabbedPane().setEnabledAt(tab, true);
    }
  }

  @Override
  public Explorer getExplorer() {
    return explorer;
  }

  @Override
  public String getTabTitle() {
    return "Complexity";
  }

  @Override
  public String getTabTitleToolTip() {
    return "How the information about the class is spread over the units of layers";
  }

  /** The quantizer must be able to handle what is to be quantized. */
  @Override
  public void capabilitiesFilterChanged(CapabilitiesFilterChangeEvent event) {
    quantizer.setCapabilitiesFilter(
        event.getFilter() == null
            ? new Capabilities(null)
            : (Capabilities) event.getFilter().clone());
  }

  @Override
  public boolean acceptsInstances() {
    return true;
  }

  @Override
  public boolean requiresLog() {
    return true;
  }

  @Override
  public boolean okToBeActive() {
    return true; // checkpoints and examples need no data
  }

  @Override
  public void setActive(boolean active) {
    super.setActive(active);
    if (active) {
      settingsChanged();
      // Weka sends no data to a perspective that is shown later, if it can do without.
      PreprocessPanel preprocess = preprocessPanel();
      if (instances == null && preprocess != null && preprocess.getInstances() != null) {
        setInstances(preprocess.getInstances());
      }
    }
  }

  @Override
  public Defaults getDefaultSettings() {
    return new ComplexityDefaults();
  }

  @Override
  public void settingsChanged() {
    if (getMainApplication() == null) {
      return;
    }
    Settings settings = getMainApplication().getApplicationSettings();
    if (!settingsApplied) {
      settingsApplied = true;
      applyOptions(
          settings.getSetting(
              ID,
              ComplexityDefaults.OPTIONS_KEY,
              ComplexityDefaults.OPTIONS,
              Environment.getSystemWide()));
    }
    views.setTextFont(
        settings.getSetting(
            ID, ComplexityDefaults.FONT_KEY, ComplexityDefaults.FONT, Environment.getSystemWide()));
  }

  /** Options that are none any more, say of an older version, leave the form as it is. */
  private void applyOptions(String commandLine) {
    try {
      String[] options = Specification.split("initial options", commandLine);
      form.setOptions(options);
      if (SchemeOptions.position("Q", options) >= 0) {
        quantizer.setValue(Task.parse(options).analysis().getQuantizer());
      }
    } catch (Exception e) {
      // Weka declares Exception.
      log.logMessage(
          "The initial options of "
              + TITLE
              + " ("
              + commandLine
              + ") cannot be used: "
              + e.getMessage());
    }
  }
}
