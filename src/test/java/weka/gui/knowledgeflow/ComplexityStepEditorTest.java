package weka.gui.knowledgeflow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Component;
import java.awt.Container;
import java.util.Arrays;
import javax.swing.JCheckBox;
import javax.swing.JComboBox;
import javax.swing.JComponent;
import javax.swing.JTextField;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import weka.core.WekaPackageClassLoaderManager;
import weka.gui.explorer.OptionPanel;
import weka.knowledgeflow.StepManagerImpl;
import weka.knowledgeflow.steps.RepresentationalComplexity;

/** The editor of the KnowledgeFlow's step; it needs no display. */
class ComplexityStepEditorTest {
  private final RepresentationalComplexity step = new RepresentationalComplexity();
  private StepEditorDialog editor;

  @BeforeEach
  void makeManager() {
    assertNotNull(new StepManagerImpl(step));
  }

  private void open(String options) throws Exception {
    step.setOptions(options);
    editor =
        (StepEditorDialog)
            WekaPackageClassLoaderManager.objectForName(step.getCustomEditorForStep());
    editor.setStepToEdit(step);
  }

  private <T extends Component> T find(String name, Class<T> type) {
    return type.cast(find(editor, "complexity." + name));
  }

  private static Component find(Container root, String name) {
    for (Component child : root.getComponents()) {
      Component found =
          name.equals(child.getName())
              ? child
              : child instanceof Container container ? find(container, name) : null;
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-layers (L[34])_.*",
        "-precision 0.5 -seed ${seed}",
        "-method ${method} -time-limit 7",
        "-method coarse-graining -groups-count 3 -objective gap",
        "-sources 1-3 -nominal-class -missing drop -complexity-only -top 3 -pointwise target",
        "-Q \"weka.filters.unsupervised.attribute.Discretize -B 4 -M -1.0 -R first-last"
            + " -precision 6\"",
        "-Q ${quantizer}",
        "-unheard of"
      })
  void whatIsNotChangedStays(String options) throws Exception {
    open(options);
    editor.okPressed();
    assertEquals(options, step.getOptions());
  }

  @Test
  void everyOptionButTheClassHasARowWithItsTip() throws Exception {
    open("");
    for (var property : OptionPanel.properties()) {
      if (!property.flag().equals("c")) {
        JComponent field = find(property.name(), JComponent.class);
        assertNotNull(field, property.name());
        assertTrue(field.getToolTipText().startsWith("<html>"), property.name());
      }
    }
  }

  @Test
  void fieldsBecomeOptions() throws Exception {
    open("-method coverage");
    find("method", JComboBox.class).setSelectedItem("subsampling");
    find("draws", JTextField.class).setText("9");
    find("nominalClass", JCheckBox.class).setSelected(true);
    find("chartSize", JTextField.class).setText("640 x 400");
    editor.okPressed();
    assertEquals("-method subsampling -draws 9 -nominal-class", step.getOptions());
    assertEquals("640 x 400", step.getChartSize());
    assertEquals(1, Arrays.stream(step.getOptions().split("-draws", -1)).skip(1).count());
  }
}
