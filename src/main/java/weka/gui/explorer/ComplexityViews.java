package weka.gui.explorer;

import java.awt.BorderLayout;
import java.awt.Color;
import java.awt.Component;
import java.awt.Font;
import java.awt.Insets;
import java.awt.event.ComponentListener;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.swing.BorderFactory;
import javax.swing.JComponent;
import javax.swing.JPanel;
import javax.swing.JScrollPane;
import javax.swing.JTabbedPane;
import javax.swing.JTextArea;
import javax.swing.JViewport;
import javax.swing.Timer;
import javax.swing.UIManager;
import javax.swing.plaf.InsetsUIResource;
import javax.swing.text.DefaultCaret;
import nnpid.analysis.Report;
import nnpid.analysis.Trajectory;
import nnpid.chart.ChartStyle;
import nnpid.chart.ComplexityChart;
import nnpid.chart.GroupedLayer;
import nnpid.chart.TrajectoryChart;
import org.jfree.chart.JFreeChart;

/**
 * Shows one result, or several to be compared: table, chart, atoms, lattice, groups and text. Only
 * the view in front is brought up to date, the others when they get there.
 */
public final class ComplexityViews extends JPanel {
  private static final long serialVersionUID = 1L;

  /** Characters of a line. */
  private static final int LINE = 90;

  /** One of the tabs. */
  interface View {
    /** Shows results; none clears the view. */
    void show(List<ComplexityResult> results);

    JComponent component();
  }

  private final JTabbedPane tabs = new Tabs();
  private final transient List<View> views = new ArrayList<>();
  private final transient List<Boolean> current = new ArrayList<>();
  private final ComplexitySummary summary = new ComplexitySummary();
  private final ComplexityGrouping grouping = new ComplexityGrouping();
  private final Optional<ComplexityTraining> training;
  private final TextView text = new TextView();
  private final JTextArea stateText = new JTextArea();
  private transient List<ComplexityResult> results = List.of();
  private String state = "";

  /** Views of analyses that show nothing yet. */
  public ComplexityViews() {
    this(Optional.empty());
  }

  /** Views that show nothing yet, of analyses and maybe of trainings. */
  ComplexityViews(Optional<ComplexityTraining> training) {
    super(new BorderLayout());
    this.training = training;
    AccessibleNames.name(tabs, "Views").setName("complexity.views");
    addView("Summary", 'u', summary, "The main figures of every layer.");
    addView(
        "Chart",
        'h',
        new ChartView(),
        "Information by degree of synergy and complexity, layer by layer.");
    addView("Atoms", 't', new ComplexityAtoms(), "The atoms of a layer, sortable and filterable.");
    addView(
        "Lattice",
        'k',
        new ComplexityLattice(),
        "The redundancy lattice of a layer, or its largest atoms in their order.");
    addView(
        "Pairs",
        '9', // its letters are taken
        new ComplexityPairs(),
        "What pairs of units of a layer tell twice, and what only together.");
    addView(
        "Groups",
        'g',
        grouping,
        "The groups of a layer analyzed by coarse-graining, also while they are searched for.");
    training.ifPresent(
        view ->
            addView(
                "Training",
                '1', // all letters of the title are taken
                view,
                "The complexity of a network's layers over its training, also while it is"
                    + " trained."));
    addView("Text", 'x', text, "The report as text.");
    tabs.addChangeListener(e -> refresh());
    refresh();
    add(tabs, BorderLayout.CENTER);
    // Above the tabs it would move them whenever it comes or goes.
    add(stateText(), BorderLayout.SOUTH);
  }

  /** Tabs that are all seen in a window of 800 x 600. */
  private static final class Tabs extends JTabbedPane {
    private static final long serialVersionUID = 1L;
    private static final String INSETS = "TabbedPane.tabInsets";

    /** The least on the left and right of the titles; without any they would be cut off. */
    private static final int LEAST_SIDE = 3;

    Tabs() {
      // Where rows of tabs change places when one is chosen, nobody finds them.
      setTabLayoutPolicy(SCROLL_TAB_LAYOUT);
      updateUI(); // another layout forgets the insets
    }

    /** Every look and feel asks for these insets once, here. */
    @Override
    public void updateUI() {
      Insets usual = UIManager.getInsets(INSETS);
      if (usual == null) {
        super.updateUI();
        return;
      }
      forgetOldStrip();
      int side = Math.max(LEAST_SIDE, usual.left / 3);
      UIManager.put(INSETS, new InsetsUIResource(usual.top, side, usual.bottom, side));
      super.updateUI();
      boolean ofTheLook = usual.equals(UIManager.getLookAndFeelDefaults().getInsets(INSETS));
      UIManager.put(INSETS, ofTheLook ? null : usual);
    }

    /**
     * Another look brings a new strip of tabs. If the old one was resized just before, Swing tells
     * it so only then, and it fails: nobody may listen to it any more.
     */
    private void forgetOldStrip() {
      for (Component part : getComponents()) {
        if (part instanceof JViewport old && old.getView() != null) {
          Component strip = old.getView();
          for (ComponentListener listener : strip.getComponentListeners()) {
            strip.removeComponentListener(listener);
          }
        }
      }
    }
  }

  /** Brings a view to the front where the result of a run will be seen, and before that its way. */
  void open(ComplexityRun run) {
    boolean elsewhere = training.filter(view -> isInFront(view)).isPresent() || isInFront(grouping);
    if (run.isTrajectory()) {
      training.ifPresent(this::bringToFront);
    } else if (run.isGrouping()) {
      bringToFront(grouping);
    } else if (elsewhere) {
      tabs.setSelectedIndex(0);
    }
  }

  private boolean isInFront(View view) {
    return tabs.getSelectedIndex() == views.indexOf(view);
  }

  private void bringToFront(View view) {
    tabs.setSelectedIndex(views.indexOf(view));
  }

  /** Below all views: why they are empty, and what the results lack. */
  private JTextArea stateText() {
    AccessibleNames.name(stateText, "State").setName("complexity.state");
    stateText.setToolTipText("What there is to know of what is selected.");
    stateText.setEditable(false);
    stateText.setLineWrap(true);
    stateText.setWrapStyleWord(true);
    stateText.setOpaque(false);
    stateText.setFont(UIManager.getFont("Label.font"));
    stateText.setBorder(BorderFactory.createEmptyBorder(4, 6, 4, 6));
    stateText.setVisible(false);
    ComplexitySummary.leaveByTab(stateText);
    return stateText;
  }

  private void addView(String title, char mnemonic, View view, String toolTip) {
    AccessibleNames.complete(view.component(), title);
    views.add(view);
    current.add(false);
    tabs.addTab(title, null, view.component(), toolTip);
    tabs.setMnemonicAt(tabs.getTabCount() - 1, Character.toUpperCase(mnemonic));
  }

  /** Shows these results. */
  public void show(List<ComplexityResult> shown) {
    results = List.copyOf(shown);
    current.replaceAll(before -> false);
    refresh();
    showState();
  }

  /**
   * Says why there is no result, or not that of all that is selected.
   *
   * @param newState sentences, or empty
   * @param trainingGoesOn whether a network is trained, or waits to be
   */
  void showState(String newState, boolean trainingGoesOn) {
    state = newState;
    training.ifPresent(view -> view.setTrainingGoesOn(trainingGoesOn));
    showState();
  }

  private void showState() {
    List<String> lines = new ArrayList<>();
    if (!state.isEmpty()) {
      lines.add(state);
    } else if (results.isEmpty()) {
      lines.add("No result is selected.");
    }
    for (ComplexityResult result : results) {
      String unfinished = result.report().unfinishedNote();
      if (!unfinished.isEmpty()) {
        lines.add(results.size() == 1 ? unfinished : result.name() + ": " + unfinished);
      }
    }
    long trainings = results.stream().filter(result -> result.training().isPresent()).count();
    if (trainings > 1) {
      lines.add("The view Training has the first of these trainings.");
    }
    if (trainings > 0 && trainings < results.size()) {
      lines.add("Trainings are on the view Training, and not compared with analyses.");
    }
    stateText.setText(String.join("\n", lines));
    stateText.setVisible(!lines.isEmpty());
    revalidate();
  }

  /** What views of layers say where there are none: trainings have their own view. */
  static String noLayers(List<ComplexityResult> results) {
    return results.isEmpty() ? " " : "A training is shown on the views Training, Chart and Text.";
  }

  /**
   * Shows the groups that a run has found so far, where groups are shown, until there are results.
   */
  void showSearch(GroupedLayer searched) {
    int index = views.indexOf(grouping);
    if (tabs.getSelectedIndex() == index) {
      grouping.showSearch(searched);
      // What was there comes back when this view, or the run, is left.
      current.set(index, false);
    }
  }

  /** Shows the layers of a run that goes on, in the summary, until there are results. */
  void showSoFar(Report report) {
    int index = views.indexOf(summary);
    if (tabs.getSelectedIndex() == index) {
      summary.showSoFar(report);
      current.set(index, false);
    }
  }

  /** The search is over: its groups leave the view, until there are results. */
  void endSearch() {
    int index = views.indexOf(grouping);
    if (tabs.getSelectedIndex() == index && !current.get(index)) {
      refresh();
    }
  }

  /** Shows what is known of a training that goes on, where trainings are shown. */
  void showTraining(Trajectory soFar) {
    training.ifPresent(
        view -> {
          int index = views.indexOf(view);
          if (tabs.getSelectedIndex() == index) {
            view.showTraining(soFar);
            current.set(index, false);
          }
        });
  }

  /** Brings the view in front up to date with the results. */
  void refresh() {
    int front = tabs.getSelectedIndex();
    if (front >= 0 && !current.get(front)) {
      current.set(front, true);
      views.get(front).show(results);
    }
  }

  /** Sets the font of the text. */
  void setTextFont(Font font) {
    text.area.setFont(font);
  }

  @Override
  public void updateUI() {
    super.updateUI();
    if (current != null) {
      stateText.setFont(UIManager.getFont("Label.font"));
      current.replaceAll(before -> false);
      refresh();
    }
  }

  /** Colors and size of charts as those of the windows around them. */
  static ChartStyle style() {
    Color background = UIManager.getColor("Table.background");
    Color foreground = UIManager.getColor("Table.foreground");
    Font font = UIManager.getFont("Label.font");
    return new ChartStyle(
        foreground == null ? Color.BLACK : new Color(foreground.getRGB()),
        background == null ? Color.WHITE : new Color(background.getRGB()),
        font == null ? ChartStyle.LIGHT.fontSize() : font.getSize());
  }

  /** A text in lines of a width that dialogs and tool tips can have. */
  static Stream<String> lines(String text) {
    List<String> lines = new ArrayList<>();
    for (String paragraph : text.split("\\R", -1)) {
      StringBuilder line = new StringBuilder();
      for (String word : paragraph.split(" ", -1)) {
        if (line.length() > 0 && line.length() + word.length() > LINE) {
          lines.add(line.toString());
          line.setLength(0);
        }
        line.append(line.length() > 0 ? " " : "").append(word);
      }
      lines.add(line.toString());
    }
    return lines.stream();
  }

  /** Lines as the text of a tool tip; null, which is no tool tip, if there are none. */
  static String toolTip(Stream<String> lines) {
    String html =
        lines
            .map(line -> line.replace("&", "&amp;").replace("<", "&lt;").replace("\n", "<br>"))
            .collect(Collectors.joining("<br>"));
    return html.isEmpty() ? null : "<html>" + html + "</html>";
  }

  /** All layers of the results, to choose from. */
  static List<ComplexityResult.Layer> layersOf(List<ComplexityResult> results) {
    return results.stream()
        .flatMap(
            result ->
                IntStream.range(0, result.report().layers().size())
                    .mapToObj(
                        index -> new ComplexityResult.Layer(result, index, results.size() > 1)))
        .toList();
  }

  /** The chart of results, as all places show and save it. */
  static JFreeChart chartOf(List<ComplexityResult> results, ChartStyle style) {
    List<ComplexityResult> analyses =
        results.stream().filter(result -> result.training().isEmpty()).toList();
    if (analyses.isEmpty()) {
      return TrajectoryChart.COMPLEXITY.of(results.get(0).trajectory().orElseThrow(), style);
    }
    return analyses.size() == 1
        ? ComplexityChart.of(analyses.get(0).report(), style)
        : ComplexityChart.of(
            analyses.stream()
                .map(result -> new ComplexityChart.Entry(result.name(), result.report()))
                .toList(),
            style);
  }

  private static final class ChartView implements View {
    private final ComplexityChartPanel panel = new ComplexityChartPanel("complexity.chart");

    @Override
    public void show(List<ComplexityResult> results) {
      boolean drawn =
          results.stream()
              .anyMatch(
                  result -> result.training().isPresent() || !result.report().layers().isEmpty());
      if (drawn) {
        panel.show(results.get(0).relation() + "-complexity", style -> chartOf(results, style));
      } else {
        panel.clear(ComplexityBlank.why(results, "the chart of the layers"));
      }
    }

    @Override
    public JComponent component() {
      return panel;
    }
  }

  private static final class TextView implements View {
    /** Characters that are put in at a time: to measure all lines of fifty layers takes long. */
    private static final int PART = 8_000;

    final JTextArea area = new JTextArea();
    private final Timer more = new Timer(10, e -> append());
    private String rest = "";
    private final JScrollPane pane = new JScrollPane(area);

    TextView() {
      more.setRepeats(false);
      area.setName("complexity.text");
      area.setToolTipText("The report as on the command line, with the largest atoms.");
      area.setEditable(false);
      ComplexitySummary.leaveByTab(area);
      area.setFont(new Font(Font.MONOSPACED, Font.PLAIN, 12));
    }

    @Override
    public void show(List<ComplexityResult> results) {
      rest = results.isEmpty() ? ComplexityBlank.why(results, "the report as text") : text(results);
      // What is added at the end does not scroll there. Another look brings another caret.
      ((DefaultCaret) area.getCaret()).setUpdatePolicy(DefaultCaret.NEVER_UPDATE);
      area.setText("");
      append();
    }

    private static String text(List<ComplexityResult> results) {
      return results.stream()
          .map(
              result ->
                  (results.size() == 1 ? "" : "### " + result.name() + "\n\n")
                      + inWindow(result.text()))
          .collect(Collectors.joining("\n\n"));
    }

    /** Advice names the fields of the window; the rest is as on the command line. */
    private static String inWindow(String text) {
      return text.lines()
          .map(line -> line.startsWith("Warning on ") ? ComplexityForm.NAMES.in(line) : line)
          .collect(Collectors.joining("\n", "", "\n"));
    }

    private void append() {
      String part = rest.substring(0, Math.min(PART, rest.length()));
      rest = rest.substring(part.length());
      area.append(part);
      if (!rest.isEmpty()) {
        more.restart();
      }
    }

    @Override
    public JComponent component() {
      return pane;
    }
  }
}
