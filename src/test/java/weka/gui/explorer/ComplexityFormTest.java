package weka.gui.explorer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Component;
import java.awt.Container;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.swing.JCheckBox;
import javax.swing.JTable;
import javax.swing.JTextField;
import org.junit.jupiter.api.Test;
import weka.core.Attribute;
import weka.core.Instances;

/** The options that the form makes of its fields; it needs no display. */
class ComplexityFormTest {
  private static final String QUANTIZER = "weka.filters.unsupervised.attribute.Discretize";

  private static ComplexityForm form(String... attributes) {
    ArrayList<Attribute> list = new ArrayList<>();
    for (String name : attributes) {
      list.add(new Attribute(name));
    }
    list.add(new Attribute("class", List.of("a", "b")));
    ComplexityForm form = new ComplexityForm(() -> QUANTIZER);
    form.setInstances(new Instances("data", list, 0));
    return form;
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
}
