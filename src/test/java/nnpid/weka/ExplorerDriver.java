package nnpid.weka;

import static nnpid.weka.GuiDriver.button;
import static nnpid.weka.GuiDriver.doOnEdt;
import static nnpid.weka.GuiDriver.find;
import static nnpid.weka.GuiDriver.findIn;
import static nnpid.weka.GuiDriver.frame;
import static nnpid.weka.GuiDriver.onEdt;
import static nnpid.weka.GuiDriver.print;
import static nnpid.weka.GuiDriver.sleep;
import static nnpid.weka.GuiDriver.waitFor;

import java.awt.Component;
import java.awt.Point;
import java.awt.Rectangle;
import java.awt.event.InputEvent;
import java.io.File;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.swing.JComboBox;
import javax.swing.JComponent;
import javax.swing.JFileChooser;
import javax.swing.JFrame;
import javax.swing.JLabel;
import javax.swing.JList;
import javax.swing.JMenu;
import javax.swing.JMenuItem;
import javax.swing.JPopupMenu;
import javax.swing.JProgressBar;
import javax.swing.JTabbedPane;
import javax.swing.JTable;
import javax.swing.JTextArea;
import javax.swing.JTextField;
import javax.swing.MenuElement;
import javax.swing.MenuSelectionManager;
import javax.swing.SwingUtilities;
import javax.swing.UIManager;
import weka.gui.explorer.Explorer;

/** Uses the tab "Complexity" of the real Explorer, started in this Java machine. */
public final class ExplorerDriver {
  private final GuiDriver gui;
  private final File directory;
  private JFrame window;
  private Explorer explorer;

  private ExplorerDriver(File pictures, File directory) throws Exception {
    gui = new GuiDriver(pictures);
    this.directory = directory;
  }

  /**
   * Runs it.
   *
   * @param arguments what to do, directory for pictures, directory for files, data files
   */
  public static void main(String[] arguments) {
    GuiDriver.runAndExit(() -> run(arguments));
  }

  private static void run(String[] arguments) throws Exception {
    ExplorerDriver driver = new ExplorerDriver(new File(arguments[1]), new File(arguments[2]));
    driver.open();
    switch (arguments[0]) {
      case "tour" -> driver.tour(arguments[3], arguments[4]);
      case "trouble" -> driver.trouble(arguments[3], arguments[4], arguments[5]);
      case "large" -> driver.large(arguments[3]);
      case "groups" -> driver.groups(arguments[3]);
      case "many" -> driver.many(arguments[3]);
      case "training" -> driver.training(arguments[3], arguments[4]);
      case "changes" -> driver.changes(arguments[3]);
      case "list" -> driver.list(arguments[3]);
      case "looks" -> driver.looks(arguments[3]);
      default -> print("tab", driver.explorer.getTabbedPane().indexOfTab("Complexity"));
    }
  }

  private void open() {
    Explorer.main(new String[0]);
    window = frame("Weka Explorer");
    explorer = findIn(window, Explorer.class).orElseThrow();
    doOnEdt(() -> window.setBounds(0, 0, 1280, 800));
    doOnEdt(window::validate);
  }

  private void load(String file) throws Exception {
    GuiDriver.load(explorer.getPreprocessPanel(), file);
  }

  private void showComplexity() {
    gui.clickTab(explorer.getTabbedPane(), "Complexity");
  }

  private void view(String title) {
    gui.clickTab(find("complexity.views", JTabbedPane.class), title);
    gui.parkMouse();
  }

  private void start() {
    gui.click(find("complexity.start", Component.class));
  }

  private String lastResult() {
    JList<?> list = find("complexity.results", JList.class);
    return onEdt(
        () ->
            list.getModel().getSize() == 0
                ? ""
                : list.getModel().getElementAt(list.getModel().getSize() - 1).toString());
  }

  private int resultCount() {
    JList<?> list = find("complexity.results", JList.class);
    return onEdt(() -> list.getModel().getSize());
  }

  /** Starts a run and waits for its end. */
  private void run() {
    int before = resultCount();
    start();
    waitFor("a run", () -> resultCountNow() > before);
    waitFor("the end of the run", () -> !find("complexity.stop", Component.class).isEnabled());
  }

  private int resultCountNow() {
    return find("complexity.results", JList.class).getModel().getSize();
  }

  private void type(String name, String text) {
    JTextField field = find(name, JTextField.class);
    doOnEdt(() -> field.setText(text));
  }

  private void choose(String name, Object item) {
    JComboBox<?> box = find(name, JComboBox.class);
    doOnEdt(() -> box.setSelectedItem(item));
  }

  /** Everything that works. */
  private void tour(String example, String xor) throws Exception {
    JTabbedPane tabs = explorer.getTabbedPane();
    int tab = tabs.indexOfTab("Complexity");
    print("tab", tab);
    print("enabledWithoutData", onEdt(() -> tabs.isEnabledAt(1) + ", " + tabs.isEnabledAt(tab)));
    load(example);
    showComplexity();
    gui.parkMouse();
    gui.picture(window, "1-before");
    GuiDriver.printTable("layers", find("complexity.layerTable", JTable.class));
    JTabbedPane views = find("complexity.views", JTabbedPane.class);
    int place = onEdt(() -> views.getLocationOnScreen().y);
    print("stateBefore", onEdt(() -> find("complexity.state", JTextArea.class).isShowing()));
    run();
    print("state", onEdt(() -> find("complexity.state", JTextArea.class).isVisible()));
    print("tabsMovedBy", onEdt(() -> views.getLocationOnScreen().y - place));
    print("result", lastResult());
    gui.parkMouse();
    gui.picture(window, "2-summary");
    GuiDriver.printTable("summary", find("complexity.summary", JTable.class));
    view("Chart");
    gui.picture(window, "3-chart");
    view("Atoms");
    gui.picture(window, "4-atoms");
    print("atoms", find("complexity.atoms", JTable.class).getRowCount());
    type("complexity.atomsFilter", "degree 3");
    JTable atoms = find("complexity.atoms", JTable.class);
    waitFor("the filter", () -> atoms.getRowCount() < 7579);
    print("filteredAtoms", onEdt(atoms::getRowCount));
    gui.picture(window, "5-atoms-filtered");
    type("complexity.atomsFilter", "");
    view("Lattice");
    gui.picture(window, "6-lattice-too-wide");
    view("Pairs");
    gui.picture(window, "6-pairs");
    view("Text");
    gui.picture(window, "7-text");
    String text = find("complexity.text", JTextArea.class).getText();
    print("text", text.lines().findFirst().orElse(""));
    save();

    // The same data with four units of one layer: the lattice.
    type("complexity.others", "-sources 1-4");
    run();
    view("Lattice");
    gui.picture(window, "8-lattice");
    JComponent lattice = find("complexity.lattice", JComponent.class);
    // The bottom of the lattice is above the key, in the middle.
    Point bottom =
        onEdt(
            () -> {
              for (int y = lattice.getHeight() - 1; y > 0; y--) {
                String tip = tip(lattice, lattice.getWidth() / 2, y);
                if (tip != null) {
                  return new Point(lattice.getWidth() / 2, y - 4);
                }
              }
              throw new IllegalStateException("No node has a tool tip");
            });
    print("tip", onEdt(() -> tip(lattice, bottom.x, bottom.y)));
    // A picture with a tool tip that lies within the window.
    Point top =
        onEdt(
            () -> {
              int y = 0;
              while (tip(lattice, lattice.getWidth() / 2, y) == null) {
                y++;
              }
              return new Point(lattice.getWidth() / 2, y + 4);
            });
    gui.hover(lattice, top);
    gui.picture(window, "9-lattice-tip");
    gui.parkMouse();
    type("complexity.others", "");

    // Another measure, queued behind a first, and all compared.
    choose("complexity.measure", "min");
    run();
    JList<?> list = find("complexity.results", JList.class);
    doOnEdt(() -> list.setSelectedIndices(new int[] {0, 2}));
    view("Chart");
    gui.picture(window, "10-compare");
    view("Summary");
    gui.picture(window, "11-compare-summary");
    print("comparedRows", onEdt(() -> find("complexity.summary", JTable.class).getRowCount()));

    // XOR, in a small window, and in the dark.
    choose("complexity.measure", "sx");
    load(xor);
    showComplexity();
    run();
    doOnEdt(() -> window.setSize(800, 600));
    doOnEdt(window::validate);
    print("hiddenTabs", onEdt(() -> hiddenTabs(views)));
    for (String view : List.of("Summary", "Chart", "Atoms", "Lattice")) {
      view(view);
      gui.picture(window, "12-small-" + view.toLowerCase(java.util.Locale.ROOT));
    }
    setLook("com.formdev.flatlaf.FlatDarkLaf");
    print("hiddenTabsInTheDark", onEdt(() -> hiddenTabs(views)));
    doOnEdt(() -> window.setSize(1280, 800));
    doOnEdt(window::validate);
    doOnEdt(() -> list.setSelectedIndex(0));
    for (String view : List.of("Summary", "Chart", "Atoms")) {
      view(view);
      gui.picture(window, "13-dark-" + view.toLowerCase(java.util.Locale.ROOT));
    }
    doOnEdt(() -> list.setSelectedIndex(1));
    view("Lattice");
    gui.picture(window, "13-dark-lattice");
    gui.click(find("complexity.helpButton", Component.class));
    JFrame help = frame("Representational complexity");
    sleep(300);
    gui.picture(help, "14-help");
    // By its action: the window may lie over the button.
    javax.swing.JButton again = find("complexity.helpButton", javax.swing.JButton.class);
    doOnEdt(again::doClick);
    print(
        "helpWindows",
        onEdt(
            () ->
                java.util.Arrays.stream(java.awt.Frame.getFrames())
                    .filter(frame -> frame.isShowing() && frame.getTitle().equals(help.getTitle()))
                    .count()));
    doOnEdt(help::dispose);
  }

  /** Those that are not seen as a whole. */
  private static List<String> hiddenTabs(JTabbedPane tabs) {
    List<String> hidden = new java.util.ArrayList<>();
    for (int i = 0; i < tabs.getTabCount(); i++) {
      Rectangle tab = tabs.getBoundsAt(i);
      if (tab == null || tab.x < 0 || tab.getMaxX() > tabs.getWidth()) {
        hidden.add(tabs.getTitleAt(i));
      }
    }
    return hidden;
  }

  private static String tip(JComponent component, int x, int y) {
    return component.getToolTipText(
        new java.awt.event.MouseEvent(component, 0, 0, 0, x, y, 0, false));
  }

  /** Saves the selected result in every form. */
  private void save() {
    JList<?> list = find("complexity.results", JList.class);
    gui.clickUntilHit(
        list,
        () -> {
          Rectangle cell = list.getCellBounds(0, 0);
          Point at = list.getLocationOnScreen();
          at.translate(20, (int) cell.getCenterY());
          return at;
        },
        InputEvent.BUTTON3_DOWN_MASK);
    waitFor("the menu", () -> MenuSelectionManager.defaultManager().getSelectedPath().length > 0);
    MenuElement[] path = onEdt(() -> MenuSelectionManager.defaultManager().getSelectedPath());
    JMenu save = (JMenu) button((JPopupMenu) path[0], "Save");
    gui.click(save);
    sleep(400);
    gui.picture(window, "7-menu");
    doOnEdt(MenuSelectionManager.defaultManager()::clearSelectedPath);
    // The items go on working. The menu is not opened again: without a window manager the window
    // may not get back the focus from a dialog, and then no menu stays open.
    List<JMenuItem> items =
        onEdt(
            () ->
                java.util.stream.IntStream.range(0, save.getItemCount())
                    .mapToObj(save::getItem)
                    .filter(JMenuItem::isEnabled)
                    .toList());
    for (int i = 0; i < items.size(); i++) {
      JMenuItem item = items.get(i);
      SwingUtilities.invokeLater(item::doClick);
      waitFor("the file chooser", () -> chooser() != null);
      JFileChooser chooser = onEdt(ExplorerDriver::chooser);
      String name = onEdt(() -> chooser.getSelectedFile().getName());
      print("suggested." + i, name);
      File file = new File(directory, "saved-" + i + name.substring(name.lastIndexOf('.')));
      doOnEdt(() -> chooser.setSelectedFile(file));
      doOnEdt(chooser::approveSelection);
      waitFor("the file chooser to close", () -> chooser() == null);
      waitFor("the file", () -> explorerStatus().contains(file.getName()));
      print("saved." + i, file);
    }
  }

  private static JFileChooser chooser() {
    for (java.awt.Window one : java.awt.Window.getWindows()) {
      if (one.isShowing()) {
        var found = findIn(one, JFileChooser.class);
        if (found.isPresent()) {
          return found.get();
        }
      }
    }
    return null;
  }

  /** The text of Weka's status line. */
  private String explorerStatus() {
    return onEdt(
        () -> {
          var log = findIn(window, weka.gui.LogPanel.class).orElseThrow();
          var label =
              java.util.Arrays.stream(log.getComponents())
                  .flatMap(c -> labels(c).stream())
                  .map(JLabel::getText)
                  .toList();
          return String.join("|", label);
        });
  }

  private static List<JLabel> labels(Component root) {
    List<JLabel> found = new java.util.ArrayList<>();
    if (root instanceof JLabel label) {
      found.add(label);
    }
    if (root instanceof java.awt.Container container) {
      for (Component child : container.getComponents()) {
        found.addAll(labels(child));
      }
    }
    return found;
  }

  /** Errors, and a run that is stopped. */
  private void trouble(String example, String numericClass, String slow) throws Exception {
    load(example);
    showComplexity();
    choose("complexity.pattern", "(L\\d+_.*");
    start();
    print("error.regex", gui.dismissDialog("20-error-regex"));
    choose("complexity.pattern", "(L\\d+)_.*");
    type("complexity.precision", "much");
    start();
    print("error.precision", gui.dismissDialog(null));
    type("complexity.precision", "0.01");
    load(numericClass);
    showComplexity();
    start();
    print("error.class", gui.dismissDialog("21-error-class"));

    load(slow);
    showComplexity();
    choose("complexity.pattern", "([A-Z])_.*");
    type("complexity.precision", "0.00001");
    start();
    JProgressBar progress = find("complexity.progress", JProgressBar.class);
    waitFor("progress", () -> progress.getValue() >= 500);
    waitFor("the status", () -> explorerStatus().matches(".*slow: \\d+ %.*"));
    print("status", explorerStatus());
    gui.parkMouse();
    gui.picture(window, "22-running");
    start(); // a second one waits
    waitFor("a second run", () -> lastResultNow().contains("waiting"));
    // Another data set while the first is analyzed: the run keeps its own.
    load(example);
    showComplexity();
    Component stop = find("complexity.stop", Component.class);
    JList<?> list = find("complexity.results", JList.class);
    int running = resultCount() - 2;
    long begin = System.nanoTime();
    gui.click(stop);
    waitFor(
        "the run to stop",
        () -> list.getModel().getElementAt(running).toString().contains("stopped"));
    print("stopMillis", (System.nanoTime() - begin) / 1_000_000);
    print("stopped", onEdt(() -> list.getModel().getElementAt(running).toString()));
    waitFor("the second run", () -> lastResultNow().contains("%"));
    gui.click(stop);
    waitFor("the second run to stop", () -> lastResultNow().contains("stopped"));
    doOnEdt(() -> list.setSelectedIndex(running));
    gui.parkMouse();
    gui.picture(window, "23-stopped");
    GuiDriver.printTable("stopped", find("complexity.summary", JTable.class));
  }

  private static String lastResultNow() {
    var model = find("complexity.results", JList.class).getModel();
    return model.getElementAt(model.getSize() - 1).toString();
  }

  /** The event thread while a large data set is analyzed, and with all atoms of all layers. */
  private void large(String file) throws Exception {
    load(file);
    showComplexity();
    type("complexity.precision", "0.05");
    waitFor("quiet", () -> true);
    try (GuiDriver.Watchdog watchdog = new GuiDriver.Watchdog()) {
      run();
      watchdog.print("edt");
      print("large", lastResult());
    }
    gui.parkMouse();
    gui.picture(window, "30-large");
    view("Chart");
    gui.picture(window, "31-large-chart");
    // The search for groups of the layer of ten units.
    JTable layers = find("complexity.layerTable", JTable.class);
    doOnEdt(() -> layers.setValueAt(false, 0, 0));
    choose("complexity.method", "coarse-graining");
    view("Groups");
    type("complexity.steps", "100000");
    try (GuiDriver.Watchdog watchdog = new GuiDriver.Watchdog()) {
      start();
      waitFor("the search", () -> groupingNote().contains("Searching"));
      sleep(1500);
      gui.parkMouse();
      gui.picture(window, "34-large-grouping-live");
      gui.click(find("complexity.stop", Component.class));
      waitFor("the end", () -> !find("complexity.stop", Component.class).isEnabled());
      type("complexity.steps", "1000");
      run();
      watchdog.print("groupsEdt");
    }
    gui.parkMouse();
    gui.picture(window, "35-large-grouping");
  }

  /** Coarse-graining: the search while it runs, stopped, and finished; and given groups. */
  private void groups(String file) throws Exception {
    load(file);
    showComplexity();
    choose("complexity.method", "coarse-graining");
    view("Groups");
    type("complexity.steps", "1000000000"); // it is stopped
    start();
    waitFor("the search", () -> groupingNote().contains("Searching"));
    Set<Integer> lengths = new TreeSet<>();
    try (GuiDriver.Watchdog watchdog = new GuiDriver.Watchdog()) {
      waitFor(
          "a curve that grows",
          () -> {
            lengths.add(traceLength());
            return lengths.size() > 1;
          });
      watchdog.print("edt");
    }
    print("live.lengths", lengths);
    print("live.tip", groupingTip());
    gui.parkMouse();
    gui.picture(window, "50-grouping-live");
    long begin = System.nanoTime();
    gui.click(find("complexity.stop", Component.class));
    waitFor("the search to stop", () -> lastResultNow().contains("stopped"));
    print("stopMillis", (System.nanoTime() - begin) / 1_000_000);
    print("stopped", lastResult());
    gui.parkMouse();
    gui.picture(window, "51-grouping-stopped");

    type("complexity.steps", "300");
    type("complexity.groupCount", "4");
    run();
    print("finished", lastResult());
    print("note", onEdt(ExplorerDriver::groupingNote));
    print("trace", onEdt(ExplorerDriver::traceLength));
    print("tip", groupingTip());
    gui.parkMouse();
    gui.picture(window, "52-grouping");
    view("Summary");
    gui.picture(window, "53-grouping-summary");
    GuiDriver.printTable("groups", find("complexity.summary", JTable.class));
    view("Chart");
    gui.picture(window, "54-grouping-chart");
    view("Text");
    // It comes in parts.
    JTextArea text = find("complexity.text", JTextArea.class);
    waitFor("both layers", () -> text.getText().split("-grouping \"", -1).length > 2);
    print("text", text.getText());

    choose("complexity.grouping", "sequential");
    run();
    view("Groups");
    gui.picture(window, "55-grouping-sequential");
    print("sequentialTrace", onEdt(ExplorerDriver::traceLength));
    doOnEdt(() -> window.setSize(800, 600));
    doOnEdt(window::validate);
    doOnEdt(() -> find("complexity.results", JList.class).setSelectedIndex(1));
    gui.picture(window, "56-small-grouping");
    doOnEdt(() -> window.setSize(1280, 800));
    setLook("com.formdev.flatlaf.FlatDarkLaf");
    gui.picture(window, "57-dark-grouping");
    choose("complexity.grouping", "1,2;best");
    start();
    print("error.grouping", gui.dismissDialog(null));
  }

  /** A network trained on the loaded data: live, finished, saved, its activations, and errors. */
  private void training(String file, String otherFile) throws Exception {
    load(file);
    showComplexity();
    view("Training");
    gui.picture(window, "60-training-before");
    type("complexity.trainedLayers", "2-3");
    type("complexity.repeats", "2");
    type("complexity.seed", "5");
    // However quick it is: all that the note says of it is heard.
    List<String> notes = new CopyOnWriteArrayList<>();
    JLabel note = find("complexity.trainingNote", JLabel.class);
    doOnEdt(() -> note.addPropertyChangeListener("text", e -> notes.add(e.getNewValue() + "")));
    try (GuiDriver.Watchdog watchdog = new GuiDriver.Watchdog()) {
      gui.click(find("complexity.train", Component.class));
      waitFor("the training", () -> notes.stream().anyMatch(one -> one.contains("not complete")));
      gui.parkMouse();
      gui.picture(window, "61-training-live");
      print("live", notes.stream().filter(one -> one.contains("not complete")).findFirst().get());
      waitFor("the end of the run", () -> !find("complexity.stop", Component.class).isEnabled());
      watchdog.print("edt");
    }
    print("finished", lastResult());
    print("note", onEdt(ExplorerDriver::trainingNote));
    gui.picture(window, "62-training");
    choose("complexity.trainingForm", item("complexity.trainingForm", 1));
    gui.picture(window, "63-training-degrees");
    choose("complexity.trainingForm", item("complexity.trainingForm", 2));
    gui.picture(window, "64-training-invariants");
    choose("complexity.trainingForm", item("complexity.trainingForm", 3));
    gui.picture(window, "65-training-table");
    GuiDriver.printTable("points", find("complexity.trainingTable", JTable.class));
    choose("complexity.trainingForm", item("complexity.trainingForm", 0));
    view("Text");
    JTextArea text = find("complexity.text", JTextArea.class);
    waitFor("the text", () -> !text.getText().isBlank());
    print("text", text.getText());
    view("Chart");
    gui.picture(window, "65-training-chart");
    view("Summary");
    view("Training");
    doOnEdt(() -> window.setSize(800, 600));
    doOnEdt(window::validate);
    gui.picture(window, "66-training-small");
    doOnEdt(() -> window.setSize(1280, 800));
    doOnEdt(window::validate);

    choose("complexity.trainedRepeat", "repeat 2");
    gui.click(find("complexity.saveNetwork", Component.class));
    waitFor("the file chooser", () -> chooser() != null);
    JFileChooser chooser = onEdt(ExplorerDriver::chooser);
    File model = new File(directory, "trained");
    doOnEdt(() -> chooser.setSelectedFile(model));
    doOnEdt(chooser::approveSelection);
    waitFor("the model", () -> trainingNote().startsWith("Saved"));
    print("model", new File(directory, "trained.model"));

    // Stopped: what is done stays.
    type("complexity.repeats", "1000");
    gui.click(find("complexity.train", Component.class));
    waitFor("the training", () -> trainingNote().contains("not complete"));
    long begin = System.nanoTime();
    gui.click(find("complexity.stop", Component.class));
    waitFor("the training to stop", () -> lastResultNow().contains("stopped"));
    print("stopMillis", (System.nanoTime() - begin) / 1_000_000);
    print("stopped", lastResult());

    type("complexity.trainedLayers", "2-9");
    gui.click(find("complexity.train", Component.class));
    print("error.layers", gui.dismissDialog("67-training-error"));
    type("complexity.trainedLayers", "2-3");
    type("complexity.repeats", "few");
    gui.click(find("complexity.train", Component.class));
    print("error.repeats", gui.dismissDialog(null));

    // The first result's network, for its data and for others.
    doOnEdt(() -> find("complexity.results", JList.class).setSelectedIndex(0));
    String before = explorer.getPreprocessPanel().getInstances().relationName();
    gui.click(find("complexity.useActivations", Component.class));
    waitFor(
        "the activations",
        () -> !explorer.getPreprocessPanel().getInstances().relationName().equals(before));
    var activations = onEdt(() -> explorer.getPreprocessPanel().getInstances());
    print("activations", activations.numInstances() + " x " + activations.numAttributes());
    print("firstUnit", activations.attribute(0).name());
    gui.picture(window, "68-training-activations");
    load(otherFile);
    showComplexity();
    doOnEdt(() -> find("complexity.results", JList.class).setSelectedIndex(0));
    gui.click(find("complexity.useActivations", Component.class));
    print("error.otherData", gui.dismissDialog(null));
  }

  private static Object item(String box, int index) {
    return onEdt(() -> find(box, JComboBox.class).getItemAt(index));
  }

  private static String trainingNote() {
    return find("complexity.trainingNote", JLabel.class).getText();
  }

  private static String groupingNote() {
    return find("complexity.groupingNote", JLabel.class).getText();
  }

  /** How many points the search's curve has: -1 without one. The chart's classes are not ours. */
  private static int traceLength() {
    Component panel = find("complexity.groupingChart", Component.class);
    try {
      Object chart = panel.getClass().getMethod("getChart").invoke(panel);
      if (chart == null) {
        return -1;
      }
      Object plot = chart.getClass().getMethod("getXYPlot").invoke(chart);
      Object data = plot.getClass().getMethod("getDataset").invoke(plot);
      return (int) data.getClass().getMethod("getItemCount", int.class).invoke(data, 0);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The tool tip of some unit's box. */
  private static String groupingTip() {
    JComponent diagram = find("complexity.groupingDiagram", JComponent.class);
    return onEdt(
        () -> {
          for (int y = 0; y < diagram.getHeight(); y += 3) {
            String tip = tip(diagram, diagram.getWidth() / 2, y);
            if (tip != null) {
              return tip;
            }
          }
          return "";
        });
  }

  private void setLook(String lookAndFeel) {
    doOnEdt(
        () -> {
          try {
            UIManager.setLookAndFeel(lookAndFeel);
          } catch (ReflectiveOperationException | javax.swing.UnsupportedLookAndFeelException e) {
            throw new IllegalStateException(e);
          }
          SwingUtilities.updateComponentTreeUI(window);
          window.validate();
        });
  }

  /** Fifty layers with all atoms: the event thread while one looks at them. */
  private void many(String file) throws Exception {
    load(file);
    showComplexity();
    run();
    JTable summary = find("complexity.summary", JTable.class);
    print("rows", onEdt(summary::getRowCount));
    try (GuiDriver.Watchdog watchdog = new GuiDriver.Watchdog()) {
      browse(summary);
      view("Chart");
      view("Atoms");
      JTable atoms = find("complexity.atoms", JTable.class);
      waitFor("the atoms", () -> atoms.getRowCount() > 0);
      print("atoms", onEdt(atoms::getRowCount));
      JComboBox<?> layer = find("complexity.atomsLayer", JComboBox.class);
      for (int index : new int[] {10, 25, 49}) {
        doOnEdt(() -> layer.setSelectedIndex(index));
        sleep(50);
      }
      browse(atoms);
      for (String filter : List.of("{1,2}", "degree 3", "l7_", "")) {
        type("complexity.atomsFilter", filter);
        sleep(400);
      }
      view("Text");
      sleep(2000);
      view("Summary");
      watchdog.print("edt");
    }
    gui.picture(window, "32-many");
    view("Chart");
    gui.picture(window, "33-many-chart");
  }

  /** Sorts by every column, and scrolls through. */
  private void browse(JTable table) {
    for (int column = 0; column < onEdt(table::getColumnCount); column++) {
      int sorted = column;
      doOnEdt(() -> table.getRowSorter().toggleSortOrder(sorted));
      for (int share = 0; share <= 10; share++) {
        int row = share * (table.getRowCount() - 1) / 10;
        doOnEdt(() -> table.scrollRectToVisible(table.getCellRect(row, sorted, true)));
        sleep(10);
      }
    }
  }

  /** What a run has begun with is what it ends with; a closed window ends it. */
  private void changes(String slow) throws Exception {
    load(slow);
    showComplexity();
    choose("complexity.pattern", "([A-Z])_.*");
    type("complexity.precision", "0.00001");
    start();
    JProgressBar progress = find("complexity.progress", JProgressBar.class);
    waitFor("progress", () -> progress.getValue() >= 500);
    // Others lose units, all lose instances.
    var data = explorer.getPreprocessPanel().getInstances();
    var fewer = new weka.core.Instances(data);
    fewer.deleteAttributeAt(0);
    doOnEdt(
        () -> {
          explorer.getPreprocessPanel().setInstances(fewer);
          data.delete();
        });
    gui.click(find("complexity.stop", Component.class));
    waitFor("the run to stop", () -> lastResultNow().contains("stopped"));
    print("changed", lastResult());
    GuiDriver.printTable("kept", find("complexity.summary", JTable.class));
    GuiDriver.printTable("layers", find("complexity.layerTable", JTable.class));

    start();
    waitFor("the next run", () -> find("complexity.stop", Component.class).isEnabled());
    start(); // another one waits
    waitFor("a run that waits", () -> lastResultNow().contains("waiting"));
    waitFor("its thread", ExplorerDriver::isComputing);
    doOnEdt(window::dispose);
    long begin = System.nanoTime();
    waitFor("the run to end with its window", () -> !isComputing());
    print("closedMillis", (System.nanoTime() - begin) / 1_000_000);
    sleep(1000);
    print("computing", isComputing());
  }

  private static boolean isComputing() {
    return Thread.getAllStackTraces().keySet().stream()
        .anyMatch(thread -> thread.getName().equals("complexity"));
  }

  /** Renames, compares, deletes; and what the tabulator reaches. */
  private void list(String example) throws Exception {
    load(example);
    showComplexity();
    run();
    run();
    JList<?> list = find("complexity.results", JList.class);
    doOnEdt(() -> list.setSelectedIndex(0));
    SwingUtilities.invokeLater(() -> press(list, "F2"));
    print("rename", gui.answerDialog("first epoch 1"));
    waitFor("the new name", () -> list.getModel().getElementAt(0).toString().startsWith("first"));
    doOnEdt(() -> list.setSelectedIndex(1));
    SwingUtilities.invokeLater(() -> press(list, "F2"));
    gui.answerDialog("second epoch 2");
    waitFor("the name", () -> list.getModel().getElementAt(1).toString().startsWith("second"));
    doOnEdt(() -> list.setSelectionInterval(0, 1));
    GuiDriver.printTable("compared", find("complexity.summary", JTable.class));
    view("Chart");
    gui.picture(window, "15-epochs");
    print("unreachable", onEdt(this::unreachable));
    doOnEdt(() -> list.setSelectedIndex(0));
    doOnEdt(() -> press(list, "DELETE"));
    print("left", onEdt(() -> list.getModel().getElementAt(0).toString()));
    print("count", resultCount());
    doOnEdt(() -> list.setSelectedIndex(0));
    doOnEdt(() -> press(list, "DELETE"));
    print("countAtEnd", resultCount());
    view("Summary");
    print("rowsAtEnd", onEdt(() -> find("complexity.summary", JTable.class).getRowCount()));
  }

  private static void press(JComponent component, String key) {
    Object action = component.getInputMap().get(javax.swing.KeyStroke.getKeyStroke(key));
    component
        .getActionMap()
        .get(action)
        .actionPerformed(new java.awt.event.ActionEvent(component, 0, key));
  }

  /** The enabled controls in view that going on by the tabulator does not come to. */
  private Set<String> unreachable() {
    Set<String> wanted = new TreeSet<>();
    for (String name :
        List.of(
            "class",
            "oneLayer",
            "pattern",
            "layerTable",
            "measure",
            "method",
            "precision",
            "timeLimit",
            "permutations",
            "seed",
            "others",
            "start",
            "results",
            "helpButton",
            "views")) {
      wanted.add("complexity." + name);
    }
    var policy = window.getFocusTraversalPolicy();
    Component next = policy.getFirstComponent(window);
    Component first = next;
    do {
      for (Component one = next; one != null; one = one.getParent()) {
        wanted.remove(String.valueOf(one.getName()));
      }
      next = policy.getComponentAfter(window, next);
    } while (next != null && next != first);
    return wanted;
  }

  /** Looks and sizes in which all must be there. */
  private void looks(String example) throws Exception {
    load(example);
    showComplexity();
    run();
    for (String look : List.of("FlatLightLaf", "FlatDarkLaf")) {
      setLook("com.formdev.flatlaf." + look);
      print("cut." + look, onEdt(this::cut));
      for (String view : List.of("Summary", "Chart", "Atoms")) {
        view(view);
        gui.picture(window, "16-" + look + "-" + view);
      }
    }
    doOnEdt(() -> window.setSize(800, 600));
    setLook("javax.swing.plaf.metal.MetalLookAndFeel");
    print("cut.small", onEdt(this::cut));
    // As on a screen of 4K: all fonts more than twice as large.
    UIManager.put("defaultFont", new javax.swing.plaf.FontUIResource("SansSerif", 0, 28));
    doOnEdt(() -> window.setSize(3840, 2160));
    setLook("com.formdev.flatlaf.FlatLightLaf");
    choose("complexity.method", "coarse-graining");
    type("complexity.groupCount", "3");
    run();
    print("cut.large", onEdt(this::cut));
    for (String view : List.of("Summary", "Chart", "Atoms", "Groups", "Text")) {
      view(view);
      gui.picture(window, "17-large-" + view);
    }
  }

  /** The labels and buttons of the tab whose texts do not find room. */
  private Set<String> cut() {
    Set<String> cut = new TreeSet<>();
    Component panel = explorer.getTabbedPane().getSelectedComponent();
    for (Component one : GuiDriver.components(panel)) {
      String text =
          one instanceof JLabel label
              ? label.getText()
              : one instanceof javax.swing.AbstractButton button ? button.getText() : null;
      boolean renderer = one.getParent() instanceof javax.swing.CellRendererPane;
      if (text != null
          && !text.isBlank()
          && one.isShowing()
          && !renderer
          && one.getWidth() + 1 < one.getPreferredSize().width) {
        cut.add(text);
      }
    }
    return cut;
  }
}
