package weka.gui.knowledgeflow.steps;

import java.awt.BorderLayout;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.swing.BorderFactory;
import javax.swing.JScrollPane;
import javax.swing.JTextField;
import nnpid.command.AnalysisOptions;
import nnpid.weka.SchemeOptions.Property;
import nnpid.weka.Specification;
import nnpid.weka.UnitQuantizer;
import weka.core.Utils;
import weka.filters.Filter;
import weka.gui.GenericObjectEditor;
import weka.gui.PropertyPanel;
import weka.gui.explorer.OptionPanel;
import weka.gui.knowledgeflow.StepEditorDialog;
import weka.knowledgeflow.steps.RepresentationalComplexity;

/**
 * Edits the options of a step in the rows that the Explorer's tab has, and in one for every other
 * option; variables can be typed in all of them.
 */
public final class RepresentationalComplexityStepEditorDialog extends StepEditorDialog {
  private static final long serialVersionUID = 1L;

  static {
    GenericObjectEditor.registerEditors();
  }

  private final OptionPanel rows = new OptionPanel(true);
  private final GenericObjectEditor quantizer = new GenericObjectEditor();
  private final JTextField others = new JTextField(6);
  private final JTextField chartSize = new JTextField(6);

  private RepresentationalComplexity step() {
    return (RepresentationalComplexity) getStepToEdit();
  }

  @Override
  protected void layoutEditor() {
    quantizer.setClassType(Filter.class);
    PropertyPanel quantizerPanel = new PropertyPanel(quantizer);
    Property filter = OptionPanel.property("Q");
    rows.addRow(filter, quantizerPanel, "complexity.quantizer");
    OptionPanel.properties().stream()
        .filter(property -> !property.flag().equals("c") && !property.flag().equals("Q"))
        .forEach(rows::addOption);
    rows.addRow(
        "More options",
        others,
        "complexity.others",
        "Further options of the command line; they go before the fields above.");
    rows.addRow(
        "Chart size",
        chartSize,
        "complexity.chartSize",
        "Width and height of the image in pixels, such as 800 x 560.");
    rows.endRows("");
    rows.setBorder(BorderFactory.createEmptyBorder(4, 4, 4, 4));
    JScrollPane pane = new JScrollPane(rows);
    pane.getVerticalScrollBar().setUnitIncrement(16);
    add(pane, BorderLayout.CENTER);
    showStep();
  }

  private void showStep() {
    List<String> given = new ArrayList<>();
    try {
      given.addAll(List.of(Specification.split("options", step().getOptions())));
    } catch (IllegalArgumentException e) {
      others.setText(step().getOptions()); // to be put in order
    }
    Filter filter = new AnalysisOptions().getQuantizer();
    int position = given.indexOf("-Q");
    if (position >= 0 && position + 1 < given.size()) {
      try {
        filter = UnitQuantizer.parseFilter(given.get(position + 1));
        given.subList(position, position + 2).clear();
      } catch (IllegalArgumentException e) {
        // It may have variables, and stays a text.
      }
    }
    quantizer.setValue(filter);
    List<String> left = rows.take(given);
    if (!left.isEmpty()) {
      others.setText(Utils.joinOptions(left.toArray(String[]::new)));
    }
    chartSize.setText(step().getChartSize());
  }

  @Override
  protected void okPressed() {
    Map<String, String> values = new LinkedHashMap<>();
    String filter = Utils.toCommandLine(quantizer.getValue());
    if (!filter.equals(Utils.toCommandLine(new AnalysisOptions().getQuantizer()))) {
      values.put("Q", filter);
    }
    values.putAll(rows.values(true));
    String options;
    try {
      options =
          Utils.joinOptions(
              OptionPanel.options(values, List.of(Specification.split("options", others.getText())))
                  .toArray(String[]::new));
    } catch (IllegalArgumentException e) {
      options = others.getText(); // the run says what is wrong with it
    }
    step().setOptions(options.strip());
    step().setChartSize(chartSize.getText());
  }
}
