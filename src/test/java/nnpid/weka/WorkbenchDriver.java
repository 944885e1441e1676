package nnpid.weka;

import static nnpid.weka.GuiDriver.button;
import static nnpid.weka.GuiDriver.doOnEdt;
import static nnpid.weka.GuiDriver.find;
import static nnpid.weka.GuiDriver.findIn;
import static nnpid.weka.GuiDriver.frame;
import static nnpid.weka.GuiDriver.onEdt;
import static nnpid.weka.GuiDriver.print;
import static nnpid.weka.GuiDriver.waitFor;

import java.awt.Component;
import java.io.File;
import javax.swing.AbstractButton;
import javax.swing.JFrame;
import javax.swing.JTable;
import javax.swing.JTextArea;
import weka.gui.WorkbenchApp;

/** Uses the perspective "Complexity" of the real Workbench, started in this Java machine. */
public final class WorkbenchDriver {
  private WorkbenchDriver() {}

  /**
   * Runs it.
   *
   * @param arguments what to do, directory for pictures, data file
   */
  public static void main(String[] arguments) {
    GuiDriver.runAndExit(() -> open(arguments));
  }

  private static void open(String[] arguments) throws Exception {
    GuiDriver gui = new GuiDriver(new File(arguments[1]));
    WorkbenchApp.main(new String[] {arguments[2]});
    JFrame window = frame("Weka Workbench");
    doOnEdt(() -> window.setBounds(0, 0, 1280, 800));
    doOnEdt(window::validate);
    if (arguments[0].equals("run")) {
      run(gui, window);
    } else {
      boolean present = true;
      try {
        button(window, "Complexity");
      } catch (IllegalStateException e) {
        present = false;
      }
      print("perspective", present);
    }
  }

  private static void run(GuiDriver gui, JFrame window) throws Exception {
    AbstractButton button = button(window, "Complexity");
    waitFor("the perspective", button::isEnabled);
    gui.click(button);
    waitFor("the panel", () -> find("complexity.start", Component.class).isShowing());
    gui.click(find("complexity.start", Component.class));
    JTable summary = find("complexity.summary", JTable.class);
    // Rows fill before the end.
    waitFor(
        "the result",
        () -> summary.getRowCount() > 0 && !find("complexity.stop", Component.class).isEnabled());
    gui.parkMouse();
    gui.picture(window, "40-workbench");
    GuiDriver.printTable("summary", summary);
    doOnEdt(() -> button(window, "Log").doClick());
    JFrame log = frame("Log");
    print("log", findIn(log, JTextArea.class).orElseThrow().getText());
    doOnEdt(log::dispose);
    // As the settings dialog does: what is written must not need the package to be read.
    WorkbenchApp workbench = findIn(window, WorkbenchApp.class).orElseThrow();
    onEdt(
        () -> {
          workbench.getApplicationSettings().saveSettings();
          return null;
        });
  }
}
