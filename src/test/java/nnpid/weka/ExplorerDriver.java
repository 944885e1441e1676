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
import javax.swing.JComboBox;
import javax.swing.JComponent;
import javax.swing.JFileChooser;
import javax.swing.JFrame;
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
import weka.core.converters.ConverterUtils;
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
    int exitCode = 1;
    try {
      ExplorerDriver driver = new ExplorerDriver(new File(arguments[1]), new File(arguments[2]));
      driver.open();
      switch (arguments[0]) {
        case "tour" -> driver.tour(arguments[3], arguments[4]);
        case "trouble" -> driver.trouble(arguments[3], arguments[4], arguments[5]);
        case "large" -> driver.large(arguments[3]);
        default -> print("tab", driver.explorer.getTabbedPane().indexOfTab("Complexity"));
      }
      print("end", "ok");
      exitCode = 0;
    } catch (Throwable e) {
      e.printStackTrace(System.out);
    }
    System.exit(exitCode);
  }

  private void open() {
    Explorer.main(new String[0]);
    window = frame("Weka Explorer");
    explorer = findIn(window, Explorer.class).orElseThrow();
    doOnEdt(() -> window.setBounds(0, 0, 1280, 800));
    doOnEdt(window::validate);
  }

  private void load(String file) throws Exception {
    var loader = ConverterUtils.getLoaderForFile(file);
    loader.setFile(new File(file));
    var before = explorer.getPreprocessPanel().getInstances();
    explorer.getPreprocessPanel().setInstancesFromFile(loader);
    waitFor(
        "the data " + file,
        () ->
            explorer.getPreprocessPanel().getInstances() != null
                && explorer.getPreprocessPanel().getInstances() != before);
    int tab = explorer.getTabbedPane().indexOfTab("Complexity");
    waitFor("the tab to be enabled", () -> explorer.getTabbedPane().isEnabledAt(tab));
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
    print("enabledWithoutData", onEdt(() -> tabs.isEnabledAt(tab)));
    load(example);
    showComplexity();
    gui.parkMouse();
    gui.picture(window, "1-before");
    GuiDriver.printTable("layers", find("complexity.layerTable", JTable.class));
    run();
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
    gui.hover(lattice, bottom);
    gui.picture(window, "9-lattice-tip");
    gui.parkMouse();
    type("complexity.others", "");

    // Another measure, queued behind a first, and all compared.
    choose("complexity.measure", onEdt(() -> measure("MIN")));
    run();
    JList<?> list = find("complexity.results", JList.class);
    doOnEdt(() -> list.setSelectedIndices(new int[] {0, 2}));
    view("Chart");
    gui.picture(window, "10-compare");
    view("Summary");
    gui.picture(window, "11-compare-summary");
    print("comparedRows", onEdt(() -> find("complexity.summary", JTable.class).getRowCount()));

    // XOR, in a small window, and in the dark.
    choose("complexity.measure", onEdt(() -> measure("SX")));
    load(xor);
    showComplexity();
    run();
    doOnEdt(() -> window.setSize(800, 600));
    doOnEdt(window::validate);
    for (String view : List.of("Summary", "Chart", "Atoms", "Lattice")) {
      view(view);
      gui.picture(window, "12-small-" + view.toLowerCase(java.util.Locale.ROOT));
    }
    doOnEdt(() -> window.setSize(1280, 800));
    doOnEdt(
        () -> {
          try {
            UIManager.setLookAndFeel("com.formdev.flatlaf.FlatDarkLaf");
          } catch (ReflectiveOperationException | javax.swing.UnsupportedLookAndFeelException e) {
            throw new IllegalStateException(e);
          }
          SwingUtilities.updateComponentTreeUI(window);
          window.validate();
        });
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
    doOnEdt(help::dispose);
  }

  private static Object measure(String name) {
    JComboBox<?> box = find("complexity.measure", JComboBox.class);
    for (int i = 0; i < box.getItemCount(); i++) {
      if (((Enum<?>) box.getItemAt(i)).name().equals(name)) {
        return box.getItemAt(i);
      }
    }
    throw new IllegalStateException(name);
  }

  private static String tip(JComponent component, int x, int y) {
    return component.getToolTipText(
        new java.awt.event.MouseEvent(component, 0, 0, 0, x, y, 0, false));
  }

  /** Saves the selected result in every form. */
  private void save() {
    JList<?> list = find("complexity.results", JList.class);
    Point place =
        onEdt(
            () -> {
              Rectangle cell = list.getCellBounds(0, 0);
              Point at = list.getLocationOnScreen();
              at.translate(20, (int) cell.getCenterY());
              return at;
            });
    gui.clickAt(place, InputEvent.BUTTON3_DOWN_MASK);
    waitFor("the menu", () -> MenuSelectionManager.defaultManager().getSelectedPath().length > 0);
    MenuElement[] path = onEdt(() -> MenuSelectionManager.defaultManager().getSelectedPath());
    JMenu save = (JMenu) button((JPopupMenu) path[0], "Save");
    gui.click(save);
    sleep(400);
    gui.picture(window, "7-menu");
    doOnEdt(MenuSelectionManager.defaultManager()::clearSelectedPath);
    // The items go on working. The menu is not opened again: without a window manager the window
    // may not get back the focus from a dialog, and then no menu stays open.
    int formats = onEdt(save::getItemCount);
    for (int i = 0; i < formats; i++) {
      int format = i;
      JMenuItem item = onEdt(() -> save.getItem(format));
      SwingUtilities.invokeLater(item::doClick);
      waitFor("the file chooser", () -> chooser() != null);
      JFileChooser chooser = onEdt(ExplorerDriver::chooser);
      String name = onEdt(() -> chooser.getSelectedFile().getName());
      print("suggested." + i, name);
      File file = new File(directory, "saved-" + i + name.substring(name.lastIndexOf('.')));
      doOnEdt(() -> chooser.setSelectedFile(file));
      doOnEdt(chooser::approveSelection);
      waitFor("the file chooser to close", () -> chooser() == null);
      long end = System.nanoTime() + 10_000_000_000L;
      while (!explorerStatus().contains(file.getName()) && System.nanoTime() < end) {
        sleep(20);
      }
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
                  .map(javax.swing.JLabel::getText)
                  .toList();
          return String.join("|", label);
        });
  }

  private static List<javax.swing.JLabel> labels(Component root) {
    List<javax.swing.JLabel> found = new java.util.ArrayList<>();
    if (root instanceof javax.swing.JLabel label) {
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
    sleep(1500);
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
      print("edtMillis", watchdog.longestMillis());
      print("edtStack", watchdog.longestStack());
      print("large", lastResult());
    }
    gui.parkMouse();
    gui.picture(window, "30-large");
    view("Chart");
    gui.picture(window, "31-large-chart");
  }
}
