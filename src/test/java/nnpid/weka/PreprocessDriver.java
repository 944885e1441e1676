package nnpid.weka;

import static nnpid.weka.GuiDriver.button;
import static nnpid.weka.GuiDriver.doOnEdt;
import static nnpid.weka.GuiDriver.findIn;
import static nnpid.weka.GuiDriver.frame;
import static nnpid.weka.GuiDriver.onEdt;
import static nnpid.weka.GuiDriver.print;
import static nnpid.weka.GuiDriver.waitFor;

import java.awt.Window;
import java.io.File;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;
import javax.swing.AbstractButton;
import javax.swing.JDialog;
import javax.swing.JFrame;
import javax.swing.SwingUtilities;
import weka.core.Attribute;
import weka.core.Instances;
import weka.core.Utils;
import weka.filters.Filter;
import weka.gui.GenericObjectEditor;
import weka.gui.PropertyPanel;
import weka.gui.explorer.Explorer;
import weka.gui.explorer.PreprocessPanel;

/** Uses the filter HiddenActivations on the tab "Preprocess" of the real Explorer. */
public final class PreprocessDriver {
  private static final String FILTER = "weka.filters.supervised.attribute.HiddenActivations";
  private static final String NETWORK = "weka.classifiers.functions.QuantizedNetwork -H 3,3 -N ";

  private final GuiDriver gui;
  private final JFrame window;
  private final PreprocessPanel panel;

  private PreprocessDriver(File pictures) throws Exception {
    gui = new GuiDriver(pictures);
    Explorer.main(new String[0]);
    window = frame("Weka Explorer");
    doOnEdt(() -> window.setBounds(0, 0, 1280, 800));
    doOnEdt(window::validate);
    panel = findIn(window, Explorer.class).orElseThrow().getPreprocessPanel();
  }

  /**
   * Runs it.
   *
   * @param arguments directory for pictures, data file
   */
  public static void main(String[] arguments) {
    GuiDriver.runAndExit(() -> new PreprocessDriver(new File(arguments[0])).run(arguments[1]));
  }

  private void run(String file) throws Exception {
    GuiDriver.load(panel, file);

    chooseFilter("-W", NETWORK + 100);
    SwingUtilities.invokeLater(((PropertyPanel) field("m_FilterPanel"))::showPropertyDialog);
    JDialog editor = editor();
    gui.parkMouse();
    gui.picture(window, "50-hidden-activations-editor");
    doOnEdt(editor::dispose);

    Instances before = panel.getInstances();
    gui.click(button(panel, "Apply"));
    waitFor("the activations", () -> panel.getInstances() != before);
    GuiDriver.waitForQuiet(panel);
    gui.parkMouse();
    gui.picture(window, "51-hidden-activations");
    Instances activations = panel.getInstances();
    for (int i = 0; i < activations.numAttributes(); i++) {
      print("attribute." + i, activations.attribute(i).name());
    }
    print("type", Attribute.typeToString(activations.attribute(0)));
    print("instances", activations.numInstances());

    // The activations are as good an input as any.
    chooseFilter("-W", NETWORK + Integer.MAX_VALUE);
    AbstractButton stop = (AbstractButton) field("m_StopBut");
    gui.click(button(panel, "Apply"));
    waitFor("training", stop::isEnabled);
    GuiDriver.sleep(500);
    long begin = System.nanoTime();
    gui.click(stop);
    waitFor("training to stop", () -> !stop.isEnabled());
    print("stopMillis", (System.nanoTime() - begin) / 1_000_000);
    print("unchanged", panel.getInstances() == activations);
  }

  /** By a class of the package, whose class loader is not that of this class. */
  private void chooseFilter(String... options) throws Exception {
    Object filter = Utils.forName(Filter.class, FILTER, options);
    GenericObjectEditor editor = (GenericObjectEditor) field("m_FilterEditor");
    doOnEdt(() -> editor.setValue(filter));
  }

  private Object field(String name) throws ReflectiveOperationException {
    Field field = PreprocessPanel.class.getDeclaredField(name);
    field.setAccessible(true);
    return field.get(panel);
  }

  private static JDialog editor() {
    AtomicReference<JDialog> dialog = new AtomicReference<>();
    waitFor(
        "the editor",
        () -> {
          Arrays.stream(Window.getWindows())
              .filter(w -> w.isShowing() && w instanceof JDialog)
              .forEach(w -> dialog.set((JDialog) w));
          return dialog.get() != null;
        });
    return onEdt(dialog::get);
  }
}
