package nnpid.weka;

import static nnpid.weka.GuiDriver.components;
import static nnpid.weka.GuiDriver.doOnEdt;
import static nnpid.weka.GuiDriver.find;
import static nnpid.weka.GuiDriver.findIn;
import static nnpid.weka.GuiDriver.frame;
import static nnpid.weka.GuiDriver.onEdt;
import static nnpid.weka.GuiDriver.print;
import static nnpid.weka.GuiDriver.sleep;
import static nnpid.weka.GuiDriver.waitFor;
import static nnpid.weka.GuiDriver.waitOffEdtFor;

import java.awt.Component;
import java.awt.Point;
import java.awt.Window;
import java.awt.event.InputEvent;
import java.io.File;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import javax.swing.AbstractButton;
import javax.swing.JButton;
import javax.swing.JComponent;
import javax.swing.JDialog;
import javax.swing.JFrame;
import javax.swing.JLabel;
import javax.swing.JList;
import javax.swing.JMenuItem;
import javax.swing.JTabbedPane;
import javax.swing.JTable;
import javax.swing.JTextArea;
import javax.swing.JTree;
import javax.swing.MenuSelectionManager;
import javax.swing.text.JTextComponent;
import javax.swing.tree.DefaultMutableTreeNode;
import weka.gui.knowledgeflow.KnowledgeFlowApp;
import weka.gui.knowledgeflow.LayoutPanel;
import weka.gui.knowledgeflow.MainKFPerspective;
import weka.gui.knowledgeflow.StepTree;
import weka.gui.knowledgeflow.StepVisual;
import weka.gui.knowledgeflow.VisibleLayout;
import weka.knowledgeflow.StepManagerImpl;

/** Uses the template flows and the step in the real KnowledgeFlow, started in this Java machine. */
public final class KnowledgeFlowDriver {
  private static final String COMPARE = "Quantize; coarse-grain; compare layers";

  private final GuiDriver gui;
  private JFrame window;
  private MainKFPerspective main;

  private KnowledgeFlowDriver(File pictures) throws Exception {
    gui = new GuiDriver(pictures);
  }

  /**
   * Runs it.
   *
   * @param arguments what to do, directory for pictures, flows
   */
  public static void main(String[] arguments) {
    GuiDriver.runAndExit(() -> open(arguments));
  }

  private static void open(String[] arguments) throws Exception {
    KnowledgeFlowDriver driver = new KnowledgeFlowDriver(new File(arguments[1]));
    driver.open();
    switch (arguments[0]) {
      case "tour" -> driver.tour();
      case "trouble" -> driver.trouble(arguments[2], arguments[3]);
      default -> driver.run(arguments[2]);
    }
  }

  private void open() {
    KnowledgeFlowApp.main(new String[0]);
    window = frame("Weka Knowledge");
    doOnEdt(() -> window.setBounds(0, 0, 1280, 800));
    doOnEdt(window::validate);
    main = findIn(window, MainKFPerspective.class).orElseThrow();
    print("templates", String.join("|", templates()));
    print("category", category("RepresentationalComplexity"));
  }

  /** Where a step is in the tree of steps; empty if it is not. */
  private String category(String step) {
    JTree tree = findIn(window, StepTree.class).orElseThrow();
    return onEdt(
        () ->
            Collections.list(
                    ((DefaultMutableTreeNode) tree.getModel().getRoot()).depthFirstEnumeration())
                .stream()
                .filter(node -> node.toString().equals(step))
                .map(node -> ((DefaultMutableTreeNode) node).getParent().toString())
                .collect(Collectors.joining("|")));
  }

  private List<String> templates() {
    return onEdt(() -> main.getTemplateManager().getPluginTemplateDescriptions());
  }

  private static <T extends Component> Optional<T> visible(Class<T> type, Predicate<T> condition) {
    return onEdt(
        () ->
            components().stream()
                .filter(c -> type.isInstance(c) && c.isShowing())
                .map(type::cast)
                .filter(condition)
                .findFirst());
  }

  private static AbstractButton toolButton(String toolTip) {
    return visible(AbstractButton.class, b -> toolTip.equals(b.getToolTipText())).orElseThrow();
  }

  private static Optional<JMenuItem> item(String text) {
    return visible(JMenuItem.class, i -> text.equals(i.getText()));
  }

  private VisibleLayout layout() {
    return onEdt(main::getCurrentLayout);
  }

  private void template(String name) {
    gui.click(toolButton("Load a template layout"));
    waitFor("the menu of templates", () -> item(name).isPresent());
    gui.picture(window, "50-kf-templates");
    gui.click(item(name).orElseThrow());
    waitFor("the flow", () -> name.equals(main.getCurrentLayout().getFlow().getFlowName()));
  }

  private void start() {
    int rows = onEdt(() -> status().getRowCount());
    gui.click(toolButton("Run this flow (all start points launched in parallel)"));
    // A small flow may have ended before one looks: its steps have told so then.
    waitFor("the flow to run", () -> layout().isExecuting() || status().getRowCount() > rows);
  }

  private void runToEnd() {
    start();
    waitFor("the end of the flow", () -> !layout().isExecuting());
  }

  /** Clicks on the middle of a step. */
  private void clickStep(String step, int buttonMask) {
    StepVisual visual = onEdt(() -> layout().getFlow().findStep(step).getStepVisual());
    LayoutPanel canvas = visible(LayoutPanel.class, c -> true).orElseThrow();
    gui.clickUntilHit(
        canvas,
        () -> {
          Point at = canvas.getLocationOnScreen();
          at.translate(
              visual.getX() + visual.getWidth() / 2, visual.getY() + visual.getHeight() / 2);
          return at;
        },
        buttonMask);
  }

  private void menu(String step) {
    clickStep(step, InputEvent.BUTTON3_DOWN_MASK);
    waitFor("the menu of " + step, () -> item("Configure...").isPresent());
  }

  private JFrame view(String step, String action, String title) {
    menu(step);
    waitFor(action, () -> item(action).isPresent());
    gui.click(item(action).orElseThrow());
    JFrame view = frame(title);
    doOnEdt(() -> view.setBounds(100, 60, 1100, 700));
    doOnEdt(view::validate);
    gui.parkMouse();
    return view;
  }

  /** The template, from its menu to the numbers in the view. */
  private void tour() {
    template(COMPARE);
    gui.parkMouse();
    sleep(500);
    gui.picture(window, "51-kf-flow");
    runToEnd();
    sleep(500);
    gui.parkMouse();
    gui.picture(window, "52-kf-run");

    menu("Complexity");
    gui.picture(window, "53-kf-menu");
    doOnEdt(MenuSelectionManager.defaultManager()::clearSelectedPath);
    JFrame view = view("Complexity", "Show results", "Representational complexity");
    JTable summary = find("complexity.summary", JTable.class);
    waitFor("the result", () -> summary.getRowCount() > 0);
    gui.picture(view, "54-kf-view-summary");
    GuiDriver.printTable("summary", summary);
    print("results", onEdt(() -> find("complexity.stepResults", JList.class).getModel().getSize()));
    JTabbedPane tabs = find("complexity.views", JTabbedPane.class);
    for (String tab : List.of("Chart", "Atoms", "Text")) {
      gui.clickTab(tabs, tab);
      gui.parkMouse();
      gui.picture(view, "54-kf-view-" + tab.toLowerCase(Locale.ROOT));
    }
    doOnEdt(view::dispose);

    clickStep("Complexity", InputEvent.BUTTON1_DOWN_MASK);
    menu("Complexity");
    gui.click(item("Configure...").orElseThrow());
    waitFor("the editor", () -> visible(JDialog.class, d -> true).isPresent());
    JDialog editor = visible(JDialog.class, d -> true).orElseThrow();
    gui.parkMouse();
    gui.picture(editor, "55-kf-editor");
    print(
        "fields",
        onEdt(
            () ->
                components(editor).stream()
                    .filter(c -> c instanceof JLabel label && label.getToolTipText() != null)
                    .map(c -> ((JLabel) c).getText())
                    .toList()));
    JButton cancel = visible(JButton.class, b -> "Cancel".equals(b.getText())).orElseThrow();
    gui.click(cancel);
    waitFor("the editor to close", () -> !editor.isShowing());
    menu("Complexity");
    print("resultsAfterCancel", item("Show results").isPresent());
    doOnEdt(MenuSelectionManager.defaultManager()::clearSelectedPath);

    JFrame charts = view("Charts", "Show images", "Image Viewer");
    print("images", onEdt(() -> findIn(charts, JList.class).orElseThrow().getModel().getSize()));
    gui.picture(charts, "56-kf-image");
    doOnEdt(charts::dispose);
    JFrame texts = view("Reports", "Show results", "Text Viewer");
    gui.picture(texts, "57-kf-text");
    print("text", onEdt(() -> findIn(texts, JTextArea.class).orElseThrow().getText()));
    doOnEdt(texts::dispose);
    for (String name : templates()) {
      if (!name.equals(COMPARE)) {
        template(name);
        gui.parkMouse();
        sleep(500);
        gui.picture(window, "51-kf-" + name.replaceAll("\\W+", "-").toLowerCase(Locale.ROOT));
      }
    }
  }

  private void load(String flow) {
    doOnEdt(() -> main.loadLayout(new File(flow), true));
    waitFor("the flow " + flow, () -> main.getCurrentLayout().getFlow().size() > 0);
  }

  /** Any flow. */
  private void run(String flow) {
    load(flow);
    gui.parkMouse();
    sleep(500);
    runToEnd();
    gui.picture(window, "60-kf-" + new File(flow).getName().replace(".kf", ""));
    print("log", log());
  }

  private String log() {
    return onEdt(
        () -> {
          StringBuilder text = new StringBuilder();
          for (int row = 0; row < status().getRowCount(); row++) {
            text.append(status().getValueAt(row, 0))
                .append(": ")
                .append(status().getValueAt(row, 3))
                .append('|');
          }
          return text.toString();
        });
  }

  /** The table of what the steps do. */
  private JTable status() {
    return findIn((JComponent) layout().getLogPanel(), JTable.class).orElseThrow();
  }

  /** An error, and a run that is stopped. */
  private void trouble(String noClass, String slow) {
    load(noClass);
    gui.parkMouse();
    runToEnd();
    JTabbedPane logs = findIn((JComponent) layout().getLogPanel(), JTabbedPane.class).orElseThrow();
    gui.clickTab(logs, "Log");
    gui.picture(window, "58-kf-error");
    print("error", onEdt(() -> findIn(logs, JTextComponent.class).orElseThrow().getText()));

    load(slow);
    gui.parkMouse();
    start();
    waitFor("progress", () -> log().matches("(?s).*slow: [5-9]\\d %.*"));
    print("status", log());
    gui.picture(window, "59-kf-running");
    StepManagerImpl step = layout().getFlow().findStep("RepresentationalComplexity");
    AbstractButton stop = toolButton("Stop all execution");
    long begin = System.nanoTime();
    gui.click(stop);
    // Not on the event thread, on which Weka waits for all threads to end.
    waitOffEdtFor("the step to stop", () -> !step.isStepBusy());
    print("stopMillis", (System.nanoTime() - begin) / 1_000_000);
    waitFor("the flow to stop", () -> !layout().isExecuting());
    sleep(500);
    JFrame view = view("RepresentationalComplexity", "Show results", "Representational complexity");
    JTable summary = find("complexity.summary", JTable.class);
    waitFor("the result", () -> summary.getRowCount() > 0);
    GuiDriver.printTable("stopped", summary);
    gui.picture(view, "59-kf-stopped");
    for (Window open : Window.getWindows()) {
      if (open != window) {
        doOnEdt(open::dispose);
      }
    }
  }
}
