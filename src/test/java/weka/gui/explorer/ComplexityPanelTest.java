package weka.gui.explorer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Component;
import java.awt.Container;
import java.awt.GraphicsEnvironment;
import java.awt.event.ActionEvent;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.accessibility.Accessible;
import javax.swing.AbstractButton;
import javax.swing.JButton;
import javax.swing.JComboBox;
import javax.swing.JComponent;
import javax.swing.JLabel;
import javax.swing.JList;
import javax.swing.JSpinner;
import javax.swing.JTabbedPane;
import javax.swing.JTable;
import javax.swing.JTextField;
import javax.swing.KeyStroke;
import javax.swing.SwingUtilities;
import javax.swing.plaf.UIResource;
import javax.swing.text.JTextComponent;
import nnpid.analysis.LayerResult;
import nnpid.analysis.LayerSummary;
import nnpid.analysis.Method;
import nnpid.analysis.SampleFacts;
import nnpid.analysis.Trajectory;
import nnpid.analysis.TrajectoryPoint;
import nnpid.decomposition.Measure;
import nnpid.decomposition.Values;
import nnpid.distribution.SampledDistribution.LeftOut;
import nnpid.distribution.WeightMeaning;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import weka.classifiers.functions.QuantizedNetwork;
import weka.core.Attribute;
import weka.core.DenseInstance;
import weka.core.Instances;
import weka.gui.Logger;

/** The whole panel, without a display: what it says of itself, and what it does without windows. */
class ComplexityPanelTest {
  private final List<String> logged = new CopyOnWriteArrayList<>();
  private RepresentationalComplexityPanel panel;

  @BeforeEach
  void create() throws Exception {
    SwingUtilities.invokeAndWait(
        () -> {
          panel = new RepresentationalComplexityPanel();
          panel.setLog(
              new Logger() {
                @Override
                public void logMessage(String message) {
                  logged.add(message);
                }

                @Override
                public void statusMessage(String message) {
                  logged.add(message);
                }
              });
        });
  }

  private static List<Component> components(Container root) {
    List<Component> all = new ArrayList<>();
    for (Component child : root.getComponents()) {
      all.add(child);
      if (child instanceof Container container) {
        all.addAll(components(container));
      }
    }
    return all;
  }

  private <T extends Component> T find(String name, Class<T> type) {
    return find(panel, name, type);
  }

  private static <T extends Component> T find(Container root, String name, Class<T> type) {
    return components(root).stream()
        .filter(component -> name.equals(component.getName()))
        .map(type::cast)
        .findFirst()
        .orElseThrow();
  }

  /** What the package adds to the panel, not the insides of Swing's and Weka's components. */
  private List<JComponent> controls() {
    return components(panel).stream()
        .filter(ComplexityPanelTest::isControl)
        .map(JComponent.class::cast)
        .toList();
  }

  private static boolean isControl(Component component) {
    boolean kind =
        (component instanceof AbstractButton && !(component instanceof UIResource)) // Swing's own
            || component instanceof JComboBox
            || component instanceof JTextComponent
            || component instanceof JTable
            || component instanceof JList
            || component instanceof JSpinner;
    for (Container parent = component.getParent(); parent != null; parent = parent.getParent()) {
      if (parent instanceof JComboBox
          || parent instanceof JSpinner
          || parent instanceof javax.swing.JScrollBar
          || parent instanceof javax.swing.plaf.basic.BasicSplitPaneDivider
          || parent instanceof weka.gui.PropertyPanel) {
        return false;
      }
    }
    return kind;
  }

  @Test
  void everyControlHasAToolTip() {
    List<JComponent> controls = controls();
    assertTrue(controls.size() >= 30, () -> "only " + controls.size());
    for (JComponent control : controls) {
      String tip = control.getToolTipText();
      assertNotNull(tip, () -> "no tool tip: " + control);
      assertTrue(tip.replace("</html>", "").endsWith(".") || tip.contains("such as"), tip);
    }
    JTabbedPane views = find("complexity.views", JTabbedPane.class);
    for (int i = 0; i < views.getTabCount(); i++) {
      assertNotNull(views.getToolTipTextAt(i));
    }
    assertNotNull(find("complexity.quantizer", JComponent.class).getToolTipText());
  }

  /** By the label's key or its own; lists and tables by the tabulator. */
  @Test
  void everyControlIsReachedByTheKeyboard() {
    Map<Component, Integer> keys = new HashMap<>();
    for (Component component : components(panel)) {
      if (component instanceof JLabel label && label.getLabelFor() != null) {
        keys.put(label.getLabelFor(), label.getDisplayedMnemonic());
      }
      if (component instanceof AbstractButton button) {
        keys.putIfAbsent(button, button.getMnemonic());
      }
    }
    for (JComponent control : controls()) {
      assertTrue(control.isFocusable(), () -> "not focusable: " + control);
      boolean button = control instanceof JButton;
      if (control instanceof JTextField || control instanceof JComboBox) {
        assertNotNull(keys.get(control), () -> "no label: " + control.getName());
      }
      assertTrue(
          button || keys.getOrDefault(control, 1) != 0 || control.getName().endsWith("Size"),
          () -> "no key: " + control);
    }
  }

  @Test
  void keysAreUniqueWhateverTheMethod() {
    JComboBox<?> method = find("complexity.method", JComboBox.class);
    List<String> methods = new ArrayList<>();
    for (Method one : Method.values()) {
      methods.add(one.toString());
    }
    JTabbedPane views = find("complexity.views", JTabbedPane.class);
    for (String chosen : methods) {
      method.setSelectedItem(chosen);
      for (int view = 0; view < views.getTabCount(); view++) {
        Map<Integer, String> used = new HashMap<>();
        for (int tab = 0; tab < views.getTabCount(); tab++) {
          claim(used, views.getMnemonicAt(tab), "tab " + views.getTitleAt(tab));
        }
        for (Component component : components(panel)) {
          boolean inOtherView =
              SwingUtilities.isDescendingFrom(component, views)
                  && !SwingUtilities.isDescendingFrom(component, views.getComponentAt(view));
          if (!component.isVisible() || inOtherView) {
            continue;
          }
          if (component instanceof JLabel label && label.getLabelFor() != null) {
            claim(used, label.getDisplayedMnemonic(), label.getText());
          } else if (component instanceof AbstractButton button) {
            claim(used, button.getMnemonic(), button.getText());
          }
        }
      }
    }
  }

  private static void claim(Map<Integer, String> used, int key, String by) {
    if (key != 0) {
      String before = used.put(key, by);
      assertTrue(before == null, () -> "Alt+" + (char) key + " is of " + before + " and " + by);
    }
  }

  @Test
  void withoutADisplayErrorsAreSentencesInTheLog() throws Exception {
    assertTrue(GraphicsEnvironment.isHeadless());
    JButton start = find("complexity.start", JButton.class);
    assertFalse(start.isEnabled(), "nothing to start without data");
    SwingUtilities.invokeAndWait(
        () -> {
          panel.setInstances(data());
          find("complexity.pattern", JComboBox.class).setSelectedItem("(L\\d+_.*");
          start.doClick();
        });
    assertTrue(
        logged.stream().anyMatch(line -> line.contains("must be a regular expression")),
        logged::toString);
    SwingUtilities.invokeAndWait(find("complexity.helpButton", JButton.class)::doClick);
    assertTrue(logged.stream().anyMatch(line -> line.contains("must have a display")));
  }

  @Test
  void withoutADisplayItComputes() throws Exception {
    SwingUtilities.invokeAndWait(
        () -> {
          panel.setInstances(data());
          find("complexity.start", JButton.class).doClick();
        });
    JTable summary = find("complexity.summary", JTable.class);
    AtomicReference<Object> complexity = new AtomicReference<>();
    long end = System.nanoTime() + 300_000_000_000L;
    while (complexity.get() == null && System.nanoTime() < end) {
      Thread.sleep(20);
      SwingUtilities.invokeAndWait(
          () -> {
            if (summary.getRowCount() > 0) {
              complexity.set(summary.getValueAt(0, summary.getColumnModel().getColumnIndex("C")));
            }
          });
    }
    assertEquals(Math.log(8.0 / 3) / Math.log(2), (Double) complexity.get(), 1e-9);
    SwingUtilities.invokeAndWait(panel::terminate);
  }

  /** Waits until the event thread finds something to be so. */
  private static void waitFor(String what, BooleanSupplier condition) throws Exception {
    AtomicReference<Boolean> met = new AtomicReference<>(false);
    long end = System.nanoTime() + 600_000_000_000L;
    while (!met.get()) {
      assertTrue(System.nanoTime() < end, () -> "Waited in vain for " + what);
      Thread.sleep(5);
      SwingUtilities.invokeAndWait(() -> met.set(condition.getAsBoolean()));
    }
  }

  private String state() {
    JTextComponent text = find("complexity.state", JTextComponent.class);
    return text.isVisible() ? text.getText() : "";
  }

  private void click(String name) throws Exception {
    SwingUtilities.invokeAndWait(find(name, AbstractButton.class)::doClick);
  }

  /** Layers A and C take no time, B as long as one likes. */
  private static Instances threeLayers() {
    ArrayList<Attribute> attributes = new ArrayList<>();
    for (String layer : List.of("A", "B", "C")) {
      for (int unit = 1; unit <= (layer.equals("B") ? 25 : 2); unit++) {
        attributes.add(new Attribute(layer + "_" + unit, List.of("0", "1", "2")));
      }
    }
    attributes.add(new Attribute("class", List.of("0", "1", "2")));
    Instances data = new Instances("slow", attributes, 1000);
    Random random = new Random(1);
    for (int row = 0; row < 1000; row++) {
      data.add(
          new DenseInstance(1, random.ints(attributes.size(), 0, 3).asDoubleStream().toArray()));
    }
    return data;
  }

  /** As HiddenActivations writes them. */
  @Test
  void passesOfSamplesAreNoUnits() throws Exception {
    ArrayList<Attribute> attributes = new ArrayList<>();
    Attribute mark = new Attribute("sample_id", (List<String>) null);
    attributes.add(mark);
    attributes.add(new Attribute("L1_1", List.of("0", "1")));
    attributes.add(new Attribute("L1_2", List.of("0", "1")));
    attributes.add(new Attribute("class", List.of("0", "1")));
    Instances data = new Instances("passes", attributes, 300);
    Random random = new Random(1);
    for (int row = 0; row < 300; row++) {
      int sample = row / 3;
      data.add(
          new DenseInstance(
              1,
              new double[] {
                data.attribute(0).addStringValue("image " + sample),
                random.nextInt(2),
                random.nextInt(4) > 0 ? sample % 2 : 1 - sample % 2,
                sample % 2
              }));
    }
    data.setClassIndex(3);
    JTable summary = find("complexity.summary", JTable.class);
    SwingUtilities.invokeAndWait(() -> panel.setInstances(data));
    click("complexity.start");
    waitFor("a result", () -> summary.getRowCount() == 1 && state().isEmpty());
    SwingUtilities.invokeAndWait(() -> find("complexity.oneLayer", AbstractButton.class).doClick());
    click("complexity.start");
    JList<?> list = find("complexity.results", JList.class);
    waitFor("another", () -> list.getModel().getSize() == 2 && state().isEmpty());
    for (int i = 0; i < 2; i++) {
      LayerResult layer =
          ((ComplexityRun) list.getModel().getElementAt(i))
              .result()
              .orElseThrow()
              .report()
              .layers()
              .get(0);
      assertEquals(List.of(List.of("L1_1"), List.of("L1_2")), layer.layer().sources());
      assertEquals(3, layer.samples().passCount());
      assertEquals(100, layer.samples().size(), 0);
    }
  }

  /** An older result must not be taken for that of the run that is selected. */
  @Test
  void viewsAreOfTheSelectedRunOrSayWhyTheyAreEmpty() throws Exception {
    JTable summary = find("complexity.summary", JTable.class);
    JList<?> list = find("complexity.results", JList.class);
    assertTrue(state().contains("no data: open some"), this::state);
    SwingUtilities.invokeAndWait(() -> panel.setInstances(data()));
    assertTrue(state().contains("Start analyzes"), this::state);
    click("complexity.start");
    // Rows fill before the end.
    waitFor("a result", () -> summary.getRowCount() == 1 && state().isEmpty());
    SwingUtilities.invokeAndWait(
        () -> {
          panel.setInstances(threeLayers());
          find("complexity.precision", JTextField.class).setText("1e-9");
          find("complexity.start", JButton.class).doClick();
          assertEquals(0, summary.getRowCount());
          assertTrue(state().contains("slow (sx, auto) is running"), this::state);
          find("complexity.start", JButton.class).doClick();
          assertTrue(state().contains("slow (sx, auto) waits for"), this::state);
          list.setSelectedIndex(0);
          assertEquals(1, summary.getRowCount());
          assertEquals("", state());
          list.setSelectedIndex(1);
        });
    String percent = ".* - (3[3-9]|[4-6]\\d) %";
    waitFor("layer B", () -> list.getModel().getElementAt(1).toString().matches(percent));
    SwingUtilities.invokeAndWait(
        () -> {
          list.setSelectedIndex(2);
          delete(list); // the one that waits
          assertEquals(2, list.getModel().getSize());
          assertTrue(state().contains("No result is selected"), this::state);
          assertEquals(0, summary.getRowCount());
          list.setSelectedIndex(1);
        });
    click("complexity.stop");
    waitFor("the end", () -> !state().contains("is running"));
    assertTrue(summary.getRowCount() > 0);
    assertTrue(state().matches("The run was stopped; not analyzed: (B, )?C\\."), this::state);
    JTabbedPane views = find("complexity.views", JTabbedPane.class);
    SwingUtilities.invokeAndWait(() -> views.setSelectedIndex(views.indexOfTab("Text")));
    String text = find("complexity.text", JTextComponent.class).getText();
    assertTrue(text.contains("not analyzed: "), text);
    assertTrue(text.contains("Compare with shuffled classes (\"Permutations\")."), text);
    SwingUtilities.invokeAndWait(panel::terminate);
  }

  /** Every view says what will be in it, or how to get it; pictures can be saved as numbers. */
  @Test
  void viewsWithoutContentSayWhy() throws Exception {
    JTabbedPane views = find("complexity.views", JTabbedPane.class);
    SwingUtilities.invokeAndWait(
        () -> {
          for (int view = 0; view < views.getTabCount(); view++) {
            views.setSelectedIndex(view);
            String title = views.getTitleAt(view);
            List<String> said =
                Stream.concat(
                        Stream.of(views.getSelectedComponent()),
                        components((Container) views.getSelectedComponent()).stream())
                    .flatMap(one -> Stream.of(text(one), description(one)))
                    .filter(one -> one.contains(" is selected"))
                    .toList();
            assertFalse(said.isEmpty(), () -> title + " is empty and does not say why");
          }
          views.setSelectedIndex(0);
          panel.setInstances(data());
          find("complexity.method", JComboBox.class).setSelectedItem("backbone");
          find("complexity.start", JButton.class).doClick();
        });
    JTable summary = find("complexity.summary", JTable.class);
    // Rows fill before the end.
    JButton stop = find("complexity.stop", JButton.class);
    waitFor("the result", () -> summary.getRowCount() == 1 && !stop.isEnabled());
    SwingUtilities.invokeAndWait(
        () -> {
          views.setSelectedIndex(views.indexOfTab("Lattice"));
          String why = description(find("complexity.lattice", ComplexityDrawing.class));
          assertTrue(why.contains("Choose the method lattice"), why);
          views.setSelectedIndex(views.indexOfTab("Groups"));
          why = description(find("complexity.groupingDiagram", ComplexityDrawing.class));
          assertTrue(why.contains("coarse-graining"), why);
          views.setSelectedIndex(views.indexOfTab("Pairs"));
          String pairs = find("complexity.pairsChart", ComplexityChartPanel.class).csv();
          assertEquals(2, pairs.lines().count(), pairs);
          assertTrue(pairs.startsWith("layer,unit1,unit2,unique1"), pairs);
          views.setSelectedIndex(views.indexOfTab("Chart"));
          String bars = find("complexity.chart", ComplexityChartPanel.class).csv();
          assertTrue(bars.contains("Information in bits,1 unit,"), bars);
        });
  }

  private static String description(Component component) {
    return component instanceof Accessible accessible
        ? String.valueOf(accessible.getAccessibleContext().getAccessibleDescription())
        : "";
  }

  private static String text(Component component) {
    return component instanceof JLabel label
        ? String.valueOf(label.getText())
        : component instanceof JTextComponent area ? area.getText() : "";
  }

  private static void delete(JList<?> list) {
    Object key = list.getInputMap().get(KeyStroke.getKeyStroke("DELETE"));
    list.getActionMap().get(key).actionPerformed(new ActionEvent(list, 0, ""));
  }

  @Test
  void aRunWithoutResultSaysWhyInTheWordsOfTheWindow() throws Exception {
    Instances numericClass = data();
    numericClass.insertAttributeAt(new Attribute("y"), 3);
    numericClass.forEach(row -> row.setValue(3, 0.5 * row.value(0)));
    SwingUtilities.invokeAndWait(
        () -> {
          panel.setInstances(numericClass);
          find("complexity.start", JButton.class).doClick();
        });
    waitFor("the end", () -> state().contains("\"y\" must be nominal"));
    assertTrue(state().contains("-nominal-class (in \"More options\")"), this::state);
    waitFor("the log", () -> logged.stream().anyMatch(line -> line.contains("-nominal-class (in")));
    SwingUtilities.invokeAndWait(
        () -> {
          panel.setInstances(data());
          find("complexity.permutations", JTextField.class).setText("-3");
          find("complexity.start", JButton.class).doClick();
        });
    waitFor("the end", () -> state().contains("(\"Permutations\": -3)"));
    assertFalse(
        logged.stream().anyMatch(line -> line.contains("More options\") (in")), logged::toString);
    SwingUtilities.invokeAndWait(
        () -> {
          find("complexity.permutations", JTextField.class).setText("0");
          find("complexity.others", JTextField.class).setText("-of 3");
          find("complexity.start", JButton.class).doClick();
        });
    waitFor("the end", () -> state().contains("The option \"-of\" is not known"));
    SwingUtilities.invokeAndWait(panel::terminate);
  }

  @Test
  void whileANetworkIsTrainedNobodyAsksForTraining() throws Exception {
    JLabel note = find("complexity.trainingNote", JLabel.class);
    JTabbedPane views = find("complexity.views", JTabbedPane.class);
    SwingUtilities.invokeAndWait(
        () -> {
          panel.setInstances(data());
          views.setSelectedIndex(views.indexOfTab("Training"));
          find("complexity.start", JButton.class).doClick();
        });
    waitFor("the analysis", () -> state().isEmpty());
    assertTrue(note.getText().contains("press Train"), note::getText);
    SwingUtilities.invokeAndWait(
        () -> {
          find("complexity.repeats", JTextField.class).setText("1000000");
          find("complexity.train", JButton.class).doClick();
          assertFalse(note.getText().contains("press Train"), note::getText);
          assertTrue(state().contains("the view Training follows it"), this::state);
        });
    waitFor("a checkpoint", () -> note.getText().contains("not complete"));
    SwingUtilities.invokeAndWait(
        () -> {
          find("complexity.results", JList.class).setSelectedIndex(0);
          assertTrue(note.getText().startsWith("A training goes on"), note::getText);
        });
    click("complexity.stop");
    waitFor("its end", () -> note.getText().contains("press Train"));
    // The other views have nothing of a training, and say so.
    SwingUtilities.invokeAndWait(
        () -> {
          find("complexity.results", JList.class).setSelectedIndex(1);
          for (String view : List.of("Summary", "Atoms", "Lattice", "Groups")) {
            views.setSelectedIndex(views.indexOfTab(view));
            Container shown = (Container) views.getSelectedComponent();
            assertTrue(
                components(shown).stream()
                    .anyMatch(
                        one ->
                            one instanceof JLabel label
                                && label.getText() != null
                                && label.getText().startsWith("A training is shown on")),
                view);
          }
          panel.terminate();
        });
  }

  /** No data are loaded; the files have them. */
  @Test
  void checkpointsInFilesAreFollowed(@TempDir Path directory) throws Exception {
    Random random = new Random(1);
    for (int epoch = 0; epoch < 4; epoch++) {
      StringBuilder text = new StringBuilder("h1_1,h1_2,h2_1,h2_2,c\n");
      for (int row = 0; row < 50; row++) {
        for (int unit = 0; unit < (epoch == 3 ? 3 : 4); unit++) {
          text.append(random.nextInt(3) / 2.0).append(',');
        }
        text.append(row % 2 == 0 ? "a\n" : "b\n");
      }
      Files.writeString(directory.resolve("epoch_" + epoch + ".csv"), text);
    }
    ComplexityCheckpoints dialog = new ComplexityCheckpoints();
    JTextField files = find(dialog.form(), "complexity.checkpointFiles", JTextField.class);
    JTabbedPane views = find("complexity.views", JTabbedPane.class);
    SwingUtilities.invokeAndWait(
        () -> {
          views.setSelectedIndex(views.indexOfTab("Training"));
          files.setText(directory.resolve("no_*.csv").toString());
          panel.follow(dialog.asked());
        });
    waitFor("the end", () -> state().contains("must match files: none matches in"));
    assertFalse(state().contains("quotes"), this::state);
    SwingUtilities.invokeAndWait(
        () -> {
          files.setText(directory.resolve("epoch_*.csv").toString());
          find(dialog.form(), "complexity.limitsFrom", JComboBox.class).setSelectedItem("first");
          panel.follow(dialog.asked());
        });
    JLabel note = find("complexity.trainingNote", JLabel.class);
    waitFor("the end", () -> note.getText().contains("up to epoch 2, not complete. Line 2 of"));
    assertEquals("", state());
    assertTrue(
        logged.stream().anyMatch(line -> line.contains("epoch_3.csv must have 5 cells")),
        logged::toString);
    assertTrue(
        logged.stream()
            .anyMatch(line -> line.matches(".*epoch_.\\.csv\" -Q .* -limits-from first")),
        logged::toString);
    assertFalse(find("complexity.saveNetwork", JButton.class).isEnabled());
    SwingUtilities.invokeAndWait(panel::terminate);
  }

  /** Results stay in the list for long; data may be large. */
  @Test
  void aRunThatHasEndedHoldsNoData() throws Exception {
    AtomicReference<Instances> loaded = new AtomicReference<>(data());
    WeakReference<Instances> watched = new WeakReference<>(loaded.get());
    SwingUtilities.invokeAndWait(
        () -> {
          panel.setInstances(loaded.get());
          find("complexity.start", JButton.class).doClick();
          loaded.set(null);
          panel.setInstances(data());
        });
    long end = System.nanoTime() + 300_000_000_000L;
    while (watched.get() != null && System.nanoTime() < end) {
      Thread.sleep(20);
      System.gc();
    }
    assertNull(watched.get());
    assertEquals(1, find("complexity.results", JList.class).getModel().getSize());
    SwingUtilities.invokeAndWait(panel::terminate);
  }

  /** A training that is stopped early may have come further in its third repeat than in others. */
  @Test
  void networksAreNamedByTheirRepeats() throws Exception {
    List<TrajectoryPoint> points =
        IntStream.of(1, 3)
            .mapToObj(
                repeat ->
                    new TrajectoryPoint(
                        repeat,
                        0,
                        1,
                        0.5,
                        0.5,
                        new LayerSummary(
                            "L1",
                            Method.BACKBONE,
                            Values.PLUG_IN,
                            new SampleFacts(
                                100, LeftOut.NONE, 100, WeightMeaning.COUNTS, 100, 1, 4, 2, 2, 0),
                            1,
                            List.of(1.0),
                            1,
                            0,
                            Double.NaN,
                            Double.NaN,
                            LayerSummary.Sampling.UNKNOWN,
                            LayerSummary.Within.NONE,
                            1,
                            1,
                            1)))
            .toList();
    ComplexityResult result =
        ComplexityResult.ofTraining(
            "stopped",
            new Trajectory("xor", "network", 3, points, false, List.of()),
            List.of(new QuantizedNetwork(), new QuantizedNetwork()));
    SwingUtilities.invokeAndWait(
        () -> {
          ComplexityTraining training = new ComplexityTraining(Optional.empty());
          training.show(List.of(result));
          JComboBox<?> repeat =
              find(training.component(), "complexity.trainedRepeat", JComboBox.class);
          assertEquals(2, repeat.getItemCount());
          assertEquals("repeat 3", repeat.getItemAt(1));
        });
  }

  /** XOR, of nominal units. */
  private static Instances data() {
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

  /** The page behind the question mark has a word on everything that can be chosen or warned of. */
  @Test
  void theHelpPageExplainsWhatThePanelShows() throws Exception {
    String page;
    try (InputStream in =
        RepresentationalComplexityPanel.class.getResourceAsStream(
            "representational-complexity.html")) {
      page = new String(in.readAllBytes(), StandardCharsets.UTF_8).replaceAll("\\s+", " ");
    }
    List<String> wanted =
        new ArrayList<>(
            List.of(
                "<b>C</b>",
                "<b>Pi_k</b>",
                "lattice",
                "XOR",
                "1.415",
                "@article{",
                "constant",
                "Missing values",
                "R/m",
                "stopped",
                "ran out of nodes",
                "Bounds"));
    for (Method method : Method.values()) {
      wanted.add("<b>" + method.toString() + "</b>");
    }
    for (Measure measure : Measure.values()) {
      wanted.add("<b>" + measure.id() + "</b>");
    }
    JTabbedPane views = find("complexity.views", JTabbedPane.class);
    for (int i = 0; i < views.getTabCount(); i++) {
      wanted.add("<i>" + views.getTitleAt(i) + "</i>");
    }
    for (String word : wanted) {
      assertTrue(page.contains(word), () -> "The page must explain " + word);
    }
  }
}
