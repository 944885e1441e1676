package weka.gui.explorer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Component;
import java.awt.Container;
import java.awt.Dimension;
import java.util.ArrayList;
import java.util.List;
import javax.swing.JButton;
import javax.swing.JComboBox;
import javax.swing.JLabel;
import javax.swing.JList;
import javax.swing.JTabbedPane;
import javax.swing.JTextField;
import javax.swing.SwingUtilities;
import org.junit.jupiter.api.Test;
import weka.core.Attribute;
import weka.core.DenseInstance;
import weka.core.Instances;

/** What the list says of runs, and where their results are looked for; without a display. */
class ComplexityRunListTest {
  static Instances xor() {
    ArrayList<Attribute> attributes = new ArrayList<>();
    for (String name : List.of("L1_1", "L1_2", "class")) {
      attributes.add(new Attribute(name, List.of("0", "1")));
    }
    Instances data = new Instances("xor", attributes, 4);
    for (int row = 0; row < 4; row++) {
      data.add(new DenseInstance(1, new double[] {row & 1, row >> 1, (row & 1) ^ (row >> 1)}));
    }
    return data;
  }

  static <T extends Component> T find(Container root, String name, Class<T> type) {
    for (Component child : root.getComponents()) {
      if (name.equals(child.getName()) && type.isInstance(child)) {
        return type.cast(child);
      }
      if (child instanceof Container container) {
        T found = find(container, name, type);
        if (found != null) {
          return found;
        }
      }
    }
    return null;
  }

  private static List<String> lines(ComplexityRun run) {
    ComplexityRunList runs = new ComplexityRunList(null);
    runs.add(run);
    JList<ComplexityRun> list = list(runs);
    Container cell =
        (Container) list.getCellRenderer().getListCellRendererComponent(list, run, 0, false, false);
    assertEquals(run.toString(), cell.getAccessibleContext().getAccessibleName());
    List<String> lines = new ArrayList<>();
    for (Component line : cell.getComponents()) {
      lines.add(((JLabel) line).getText().strip());
    }
    return lines;
  }

  @SuppressWarnings("unchecked")
  private static JList<ComplexityRun> list(Container root) {
    return find(root, "complexity.results", JList.class);
  }

  @Test
  void aRunHasTwoLinesAndTheRestInItsToolTip() throws Exception {
    SwingUtilities.invokeAndWait(
        () -> {
          ComplexityRun run =
              new ComplexityRun(
                  xor(),
                  java.util.Optional.empty(),
                  new String[] {"-c", "3", "-method", "auto"},
                  "sx, coarse-graining");
          assertTrue(lines(run).get(0).matches("\\d\\d:\\d\\d:\\d\\d - xor"), lines(run)::toString);
          assertEquals("sx, coarse-graining - waiting", lines(run).get(1));
          run.setState(ComplexityRun.State.RUNNING);
          run.setProgress(0.004, Double.NaN);
          assertEquals("sx, coarse-graining - 0 %", lines(run).get(1));
          run.setProgress(0.3, 240);
          assertEquals("sx, coarse-graining - 30 %, 4 min left", lines(run).get(1));
          run.rename("epoch 3");
          assertEquals("epoch 3", lines(run).get(0));
          run.setState(ComplexityRun.State.FAILED);
          run.setProblem(run.inWindow("The class (-c 3) must be nominal.\nMaybe do that."));
          assertEquals("sx, coarse-graining - failed", lines(run).get(1));
          assertEquals(
              List.of(
                  "epoch 3",
                  "sx, coarse-graining - failed",
                  "The class (\"Class\": 3) must be nominal.",
                  "Maybe do that.",
                  "Options: -c 3 -method auto"),
              run.facts(""));
        });
  }

  @SafeVarargs
  private static List<String> secondLines(List<String>... options) {
    ComplexityRunList runs = new ComplexityRunList(null);
    for (List<String> one : options) {
      runs.add(
          new ComplexityRun(
              xor(),
              java.util.Optional.empty(),
              one.toArray(String[]::new),
              ComplexityForm.description(one)));
    }
    JList<ComplexityRun> list = list(runs);
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < options.length; i++) {
      Container cell =
          (Container)
              list.getCellRenderer()
                  .getListCellRendererComponent(
                      list, list.getModel().getElementAt(i), i, false, false);
      JLabel second = (JLabel) cell.getComponent(1);
      lines.add(second.getText().strip().replace(" - waiting", ""));
    }
    return lines;
  }

  private static List<String> options(String quantizer, String... others) {
    List<String> options = new ArrayList<>(List.of("-c", "3", "-Q", quantizer));
    options.addAll(List.of("-measure", "sx", "-method", "auto"));
    options.addAll(List.of(others));
    return options;
  }

  @Test
  void everyRunSaysWhatMakesItDifferent() {
    String filter = "weka.filters.unsupervised.attribute.QuantizeActivations";
    assertEquals(
        List.of(
            "sx, auto, 8 levels, noise 0, seed 1, permutations 0",
            "sx, auto, 4 levels, noise 0.1, seed 1, permutations 0",
            "sx, auto, 8 levels, noise 0, seed 2, permutations 100",
            "min, auto"),
        secondLines(
            options(filter, "-seed", "1"),
            options(filter + " -L 4 -noise 0.1", "-seed", "1"),
            options(filter, "-permutations", "100", "-seed", "2"),
            List.of("-measure", "min", "-method", "auto")));
    // What is alike is not said, nor is what only one is.
    assertEquals(
        List.of("sx, auto", "sx, auto"),
        secondLines(options(filter + " -L 4"), options(filter + " -L 4")));
    String discretize = "weka.filters.unsupervised.attribute.Discretize";
    assertEquals(
        List.of("sx, auto, Discretize -B 3", "sx, auto, Discretize -B 5"),
        secondLines(options(discretize + " -B 3"), options(discretize + " -B 5")));
    String network = "weka.classifiers.functions.QuantizedNetwork -H 3 -S ";
    assertEquals(
        List.of("sx, auto, network seed 1, repeats 2", "sx, auto, network seed 2, repeats 1"),
        secondLines(
            options(filter, "-train", network + 1, "-repeats", "2"),
            options(filter, "-train", network + 2)));
  }

  /** The field of a message is that of the form in which the run was asked for. */
  @Test
  void layersOfATrainingAreCalledAsInItsForm() {
    String message = "The layers (-layers 2-9) must be there.";
    ComplexityRun training =
        new ComplexityRun(
            xor(), java.util.Optional.empty(), new String[] {"-train", "net"}, "training");
    ComplexityRun analysis =
        new ComplexityRun(xor(), java.util.Optional.empty(), new String[] {"-c", "3"}, "sx");
    assertEquals("The layers (\"Hidden layers\": 2-9) must be there.", training.inWindow(message));
    assertEquals("The layers (\"Layer pattern\": 2-9) must be there.", analysis.inWindow(message));
    ComplexityTraining view = new ComplexityTraining(java.util.Optional.of(new NoOwner()));
    Container panel = view.component();
    JTextField layers = find(panel, "complexity.trainedLayers", JTextField.class);
    assertEquals("Hidden layers", labelOf(panel, layers));
  }

  private static String labelOf(Container root, Component field) {
    for (Component child : root.getComponents()) {
      if (child instanceof JLabel label && label.getLabelFor() == field) {
        return label.getText();
      }
      if (child instanceof Container container && labelOf(container, field) != null) {
        return labelOf(container, field);
      }
    }
    return null;
  }

  private static final class NoOwner implements ComplexityTraining.Owner {
    @Override
    public void train(List<String> options) {}

    @Override
    public void openCheckpoints() {}

    @Override
    public void useActivations(nnpid.weka.NetworkClassifier network) {}
  }

  @Test
  void startShowsTheViewWhereTheResultAppears() throws Exception {
    SwingUtilities.invokeAndWait(
        () -> {
          RepresentationalComplexityPanel panel = new RepresentationalComplexityPanel();
          panel.setLog(new weka.gui.SysErrLog());
          panel.setInstances(xor());
          JTabbedPane views = find(panel, "complexity.views", JTabbedPane.class);
          JComboBox<?> method = find(panel, "complexity.method", JComboBox.class);
          JButton start = find(panel, "complexity.start", JButton.class);
          views.setSelectedIndex(views.indexOfTab("Training"));
          start.doClick();
          assertEquals("Summary", views.getTitleAt(views.getSelectedIndex()));
          views.setSelectedIndex(views.indexOfTab("Text"));
          start.doClick();
          assertEquals("Text", views.getTitleAt(views.getSelectedIndex()), "it has the result");
          method.setSelectedItem("coarse-graining");
          start.doClick();
          assertEquals("Groups", views.getTitleAt(views.getSelectedIndex()));
          method.setSelectedItem("auto");
          start.doClick();
          assertEquals("Summary", views.getTitleAt(views.getSelectedIndex()));
          find(panel, "complexity.train", JButton.class).doClick();
          assertEquals("Training", views.getTitleAt(views.getSelectedIndex()));
          views.setSelectedIndex(0);
          panel.follow(new ComplexityCheckpoints.Asked("no/such", List.of()));
          assertEquals("Training", views.getTitleAt(views.getSelectedIndex()));
          panel.terminate();
        });
  }

  /** Whether they are found wrong before a run begins, or by it. */
  @Test
  void whatIsWrongWithATrainingIsToldInTheNamesOfItsFields() throws Exception {
    List<String> logged = new ArrayList<>();
    SwingUtilities.invokeAndWait(
        () -> {
          RepresentationalComplexityPanel panel = new RepresentationalComplexityPanel();
          panel.setLog(
              new weka.gui.Logger() {
                @Override
                public void logMessage(String message) {
                  logged.add(message);
                }

                @Override
                public void statusMessage(String message) {}
              });
          panel.setInstances(xor());
          panel.train(
              List.of("-train", "weka.classifiers.functions.QuantizedNetwork", "-layers", "2-9"));
          panel.terminate();
        });
    assertTrue(logged.toString().contains("(\"Hidden layers\": 2-9)"), logged::toString);
  }

  /** Tabs in several rows change places when one is chosen. */
  @Test
  void tabsKeepTheirPlacesInANarrowWindow() throws Exception {
    SwingUtilities.invokeAndWait(
        () -> {
          ComplexityViews views = new ComplexityViews();
          views.setSize(new Dimension(260, 300));
          views.doLayout();
          JTabbedPane tabs = find(views, "complexity.views", JTabbedPane.class);
          tabs.doLayout();
          assertEquals(1, tabs.getTabRunCount());
          assertFalse(tabs.getTabCount() < 6);
        });
  }
}
