package weka.gui.explorer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Component;
import java.awt.Container;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.swing.JCheckBox;
import javax.swing.JComboBox;
import javax.swing.JComponent;
import javax.swing.JTable;
import javax.swing.JTextField;
import nnpid.weka.UnitSelection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import weka.core.Attribute;
import weka.core.Instances;

/** The options that the form makes of its fields; it needs no display. */
class ComplexityFormTest {
  private static final List<String> NETWORK = List.of("-train", "QuantizedNetwork");

  private static final String QUANTIZER = "weka.filters.unsupervised.attribute.Discretize";

  private static ComplexityForm form(String... attributes) {
    ComplexityForm form = new ComplexityForm(() -> QUANTIZER, "");
    form.setInstances(data(attributes));
    return form;
  }

  private static Instances data(String... attributes) {
    ArrayList<Attribute> list = new ArrayList<>();
    for (String name : attributes) {
      list.add(new Attribute(name));
    }
    list.add(new Attribute("class", List.of("a", "b")));
    return new Instances("data", list, 0);
  }

  private static <T extends Component> T find(Container root, String name, Class<T> type) {
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

  private static String value(List<String> options, String flag) {
    return options.contains(flag) ? options.get(options.indexOf(flag) + 1) : null;
  }

  @Test
  void takesThePatternThatFindsLayers() {
    assertEquals("(L\\d+)_.*", value(form("L1_1", "L1_2", "L2_1", "L2_2").options(), "-layers"));
    assertEquals("(.+)-\\d+", value(form("dense1-0", "dense1-1").options(), "-layers"));
    ComplexityForm none = form("width", "height");
    assertTrue(find(none, "complexity.oneLayer", JCheckBox.class).isSelected());
    assertEquals("all", value(none.options(), "-layers"));
  }

  /** Whoever compares the window's result with that of the command line looks for the name. */
  @ParameterizedTest
  @CsvSource({
    "L1_1 L1_2 L1_3, L1",
    "dense1-0 dense1-1, dense1",
    "h1 h2 h3, h",
    "h_1 h_3 h_4, h",
    "L1_1 L1_2 L2_1 L2_2, L1 L2",
    "width height, all",
    "u1, all",
    "u1 rest, all"
  })
  void theCommandLineCallsLayersTheSame(String attributes, String layers) {
    String[] names = attributes.split(" ", -1);
    JTable table = find(form(names), "complexity.layerTable", JTable.class);
    List<String> inForm = new ArrayList<>();
    for (int row = 0; row < table.getModel().getRowCount(); row++) {
      inForm.add((String) table.getModel().getValueAt(row, 1));
    }
    assertEquals(List.of(layers.split(" ", -1)), inForm);
    assertEquals(
        inForm, List.copyOf(UnitSelection.layersOf(data(names), names.length, "auto").keySet()));
  }

  /** The names would tell two layers. */
  @Test
  void oneLayerIsOneWhateverTheNames() {
    ComplexityForm form = form("L1_1", "L1_2", "L2_1", "L2_2");
    find(form, "complexity.oneLayer", JCheckBox.class).doClick();
    assertEquals("all", value(form.options(), "-layers"));
    JTable layers = find(form, "complexity.layerTable", JTable.class);
    assertEquals(1, layers.getModel().getRowCount());
  }

  @Test
  void uncheckedLayersAndOtherAttributesAreNoSources() {
    ComplexityForm form = form("L1_1", "L1_2", "epoch", "L2_1", "L2_2");
    // No preset finds all; typed ones count too.
    assertEquals("1-2,4-5", value(form.options(), "-sources"));
    JTable layers = find(form, "complexity.layerTable", JTable.class);
    assertEquals("L2", layers.getModel().getValueAt(1, 1));
    layers.getModel().setValueAt(false, 1, 0);
    assertEquals("1-2", value(form.options(), "-sources"));
    layers.getModel().setValueAt(false, 0, 0);
    IllegalArgumentException e = assertThrows(IllegalArgumentException.class, form::options);
    assertTrue(e.getMessage().contains("At least one layer must be checked"), e::getMessage);
  }

  @Test
  void furtherOptionsGoBeforeFields() {
    ComplexityForm form = form("L1_1", "L1_2");
    find(form, "complexity.others", JTextField.class).setText("-seed 7 -missing drop");
    List<String> options = form.options();
    assertEquals("7", value(options, "-seed"));
    assertEquals(options.indexOf("-seed"), options.lastIndexOf("-seed"));
    assertEquals("drop", value(options, "-missing"));
    assertEquals("3", value(options, "-c"));
    assertEquals(QUANTIZER, value(options, "-Q"));
  }

  /** What is typed into the last field is what is done, and what the list of results says. */
  @Test
  void theDescriptionIsOfWhatIsDone() {
    ComplexityForm form = form("L1_1", "L1_2");
    assertEquals("sx, auto", ComplexityForm.description(form.options()));
    find(form, "complexity.others", JTextField.class).setText("-measure min -method backbone");
    assertFalse(form.trainingOptions(NETWORK).contains("-Q"));
    List<String> raw = List.of("-train", "QuantizedNetwork -L 0");
    assertEquals(value(form.options(), "-Q"), value(form.trainingOptions(raw), "-Q"));
    assertEquals("min, backbone", ComplexityForm.description(form.options()));
    assertEquals("min, backbone", ComplexityForm.description(form.trainingOptions(NETWORK)));
  }

  @Test
  void trainingIsAskedForOnItsView() {
    ComplexityForm form = form("L1_1", "L1_2");
    find(form, "complexity.others", JTextField.class).setText("-train net");
    IllegalArgumentException e = assertThrows(IllegalArgumentException.class, form::options);
    assertTrue(e.getMessage().contains("use the view Training"), e::getMessage);
  }

  @Test
  void startsWithGivenOptions() throws Exception {
    ComplexityForm form = form("L1_1", "L1_2");
    form.setOptions(
        new String[] {"-measure", "min", "-permutations", "9", "-missing", "drop", "-seed", "3"});
    List<String> options = form.options();
    assertEquals("min", value(options, "-measure"));
    assertEquals("9", value(options, "-permutations"));
    assertEquals("3", value(options, "-seed"));
    assertEquals("drop", value(options, "-missing"));
    assertEquals("(L\\d+)_.*", value(options, "-layers"));
  }

  @Test
  void methodsShowTheirOwnFields() {
    ComplexityForm form = form("L1_1", "L1_2");
    JComboBox<?> method = find(form, "complexity.method", JComboBox.class);
    for (Object chosen : List.of("auto", "coverage", "subsampling", "coarse-graining", "lattice")) {
      method.setSelectedItem(chosen);
      boolean estimate = List.of("auto", "coverage").contains(chosen);
      boolean groups = chosen.equals("coarse-graining");
      assertEquals(estimate, isVisible(form, "complexity.precision"));
      assertEquals(estimate || groups, isVisible(form, "complexity.timeLimit"));
      assertEquals(chosen.equals("subsampling"), isVisible(form, "complexity.draws"));
      for (String field : List.of("groupCount", "grouping", "objective", "minGroupSize", "steps")) {
        assertEquals(groups, isVisible(form, "complexity." + field), field);
      }
      assertEquals(groups ? "optimize" : null, value(form.options(), "-grouping"));
    }
  }

  private static boolean isVisible(ComplexityForm form, String name) {
    return find(form, name, Component.class).isVisible();
  }

  @Test
  void coarseGrainingGoesThereAndBack() throws Exception {
    List<String> given =
        List.of(
            "-method",
            "coarse-graining",
            "-groups-count",
            "3",
            "-grouping",
            "optimize",
            "-objective",
            "least-synergy",
            "-min-group-size",
            "2",
            "-max-group-size",
            "7",
            "-steps",
            "250",
            "-time-limit",
            "9");
    ComplexityForm form = form("L1_1", "L1_2");
    form.setOptions(given.toArray(String[]::new));
    List<String> options = form.options();
    for (int i = 0; i < given.size(); i += 2) {
      assertEquals(given.get(i + 1), value(options, given.get(i)));
    }
    assertEquals("", find(form, "complexity.others", JTextField.class).getText());
    ComplexityForm again = form("L1_1", "L1_2");
    again.setOptions(options.toArray(String[]::new));
    assertEquals(options, again.options());
    // What is not said is the default.
    form.setOptions(new String[] {"-method", "coarse-graining"});
    assertEquals("tightest-lower", value(form.options(), "-objective"));
    assertEquals("1000", value(form.options(), "-steps"));
    assertNull(value(form.options(), "-groups-count"));
    assertNull(value(form.options(), "-max-group-size"));
  }

  @Test
  void groupsCanBeTyped() throws Exception {
    ComplexityForm form = form("L1_1", "L1_2", "L1_3");
    form.setOptions(new String[] {"-method", "coarse-graining", "-grouping", "1,3;2"});
    assertEquals("1,3;2", value(form.options(), "-grouping"));
    // There is nothing to search for.
    assertFalse(find(form, "complexity.objective", Component.class).isEnabled());
    assertFalse(find(form, "complexity.steps", Component.class).isEnabled());
    JComboBox<?> grouping = find(form, "complexity.grouping", JComboBox.class);
    grouping.getEditor().setItem("1;2,3"); // without Enter
    assertEquals("1;2,3", value(form.options(), "-grouping"));
    grouping.setSelectedItem("optimize");
    assertTrue(find(form, "complexity.objective", Component.class).isEnabled());
  }

  /** What is silently ignored misleads: the field is gray, says why, and stands for nothing. */
  @Test
  void fieldsWithoutEffectAreGrayAndSayWhy() {
    ComplexityForm form = form("L1_1", "L1_2");
    find(form, "complexity.horizon", JComboBox.class).setSelectedItem("auto");
    assertEquals("auto", value(form.options(), "-horizon"));
    for (String field : List.of("horizon", "values", "precision", "timeLimit")) {
      JComponent control = find(form, "complexity." + field, JComponent.class);
      String usual = control.getToolTipText();
      assertTrue(control.isEnabled(), field);
      find(form, "complexity.measure", JComboBox.class).setSelectedItem("min");
      assertFalse(control.isEnabled(), field);
      assertTrue(control.getToolTipText().contains("No effect: "), control::getToolTipText);
      assertNull(value(form.options(), "-" + (field.equals("timeLimit") ? "time-limit" : field)));
      find(form, "complexity.measure", JComboBox.class).setSelectedItem("sx");
      assertEquals(usual, control.getToolTipText());
    }
    find(form, "complexity.method", JComboBox.class).setSelectedItem("subsampling");
    assertNull(value(form.options(), "-horizon"));
    // Where something else can be typed, such as a variable, nobody knows.
    OptionPanel typed = new OptionPanel(true);
    OptionPanel.properties().forEach(typed::addOption);
    typed.take(List.of("-measure", "min", "-horizon", "${draws}"));
    assertEquals("${draws}", typed.values(true).get("horizon"));
  }

  /** All options without fields, with their texts; what they do not know stays. */
  @Test
  void moreOptionsAreListedToChooseFrom() {
    ComplexityMoreOptions more =
        new ComplexityMoreOptions(List.of("-missing", "drop", "-atoms", "-no-such", "7"));
    for (var property : OptionPanel.properties()) {
      boolean listed = find(more.form(), "complexity." + property.name(), Component.class) != null;
      assertEquals(!ComplexityForm.hasField(property), listed, property.flag());
    }
    find(more.form(), "complexity.replicates", JTextField.class).setText("32");
    find(more.form(), "complexity.atoms", JCheckBox.class).setSelected(false);
    assertEquals(List.of("-missing", "drop", "-replicates", "32", "-no-such", "7"), more.options());
  }

  /** A new option is here by itself. */
  @Test
  void everyOptionHasARowOrIsNamedWhereItIsTyped() {
    ComplexityForm form = form("L1_1", "L1_2");
    String others = find(form, "complexity.others", JTextField.class).getToolTipText();
    for (var property : OptionPanel.properties()) {
      boolean inRow = find(form, "complexity." + property.name(), Component.class) != null;
      boolean ofTheData = List.of("c", "layers", "Q").contains(property.flag());
      assertTrue(inRow || ofTheData || others.contains("-" + property.flag()), property.flag());
    }
  }

  @Test
  void rejectsOptionsThatAreNone() {
    ComplexityForm form = form("L1_1", "L1_2");
    assertThrows(Exception.class, () -> form.setOptions(new String[] {"-of-version-0", "1"}));
    assertFalse(form.options().contains("-of-version-0"));
  }

  @Test
  void rangesCountFromOne() {
    assertEquals("1-3,5,7-8", ComplexityForm.ranges(Set.of(0, 1, 2, 4, 6, 7)));
    assertEquals("", ComplexityForm.ranges(Set.of()));
  }

  @Test
  void meaningOfWeightsIsAChoice() throws Exception {
    ComplexityForm form = form("width", "height");
    assertEquals("auto", value(form.options(), "-weights-are"));
    form.setOptions(new String[] {"-weights-are", "importance"});
    assertEquals("importance", value(form.options(), "-weights-are"));
    assertEquals("importance", value(form.trainingOptions(NETWORK), "-weights-are"));
    assertEquals(
        "importance", find(form, "complexity.weightMeaning", JComboBox.class).getSelectedItem());
  }
}
