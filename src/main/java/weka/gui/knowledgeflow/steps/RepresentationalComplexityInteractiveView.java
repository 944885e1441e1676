package weka.gui.knowledgeflow.steps;

import java.awt.BorderLayout;
import java.awt.Component;
import java.awt.Dimension;
import java.awt.Window;
import java.awt.event.WindowAdapter;
import java.awt.event.WindowEvent;
import java.util.IdentityHashMap;
import java.util.List;
import javax.swing.BorderFactory;
import javax.swing.DefaultListCellRenderer;
import javax.swing.DefaultListModel;
import javax.swing.JButton;
import javax.swing.JList;
import javax.swing.JScrollPane;
import javax.swing.JSplitPane;
import javax.swing.SwingUtilities;
import weka.gui.explorer.ComplexityResult;
import weka.gui.explorer.ComplexityViews;
import weka.gui.knowledgeflow.BaseInteractiveViewer;
import weka.knowledgeflow.steps.RepresentationalComplexity;
import weka.knowledgeflow.steps.RepresentationalComplexity.Result;

/**
 * The results of a step, and for those that are selected what the Explorer's tab "Complexity" shows
 * of them: summary, chart, atoms, lattice and text.
 */
public final class RepresentationalComplexityInteractiveView extends BaseInteractiveViewer {
  private static final long serialVersionUID = 1L;

  private final DefaultListModel<Result> model = new DefaultListModel<>();
  private final JList<Result> list = new JList<>(model);
  private final transient IdentityHashMap<Result, ComplexityResult> prepared =
      new IdentityHashMap<>();
  private final ComplexityViews views = new ComplexityViews();
  private transient List<Result> selected = List.of();

  @Override
  public String getViewerName() {
    return "Representational complexity";
  }

  @Override
  public void init() {
    list.setName("complexity.stepResults");
    list.setToolTipText("Select several to compare them in one table and one chart.");
    list.setCellRenderer(
        new DefaultListCellRenderer() {
          private static final long serialVersionUID = 1L;

          @Override
          public Component getListCellRendererComponent(
              JList<?> all, Object value, int index, boolean selected, boolean focused) {
            return super.getListCellRendererComponent(
                all, ((Result) value).name(), index, selected, focused);
          }
        });
    list.addListSelectionListener(
        e -> {
          if (!e.getValueIsAdjusting()) {
            showSelected();
          }
        });
    JButton clear = new JButton("Clear results");
    clear.setName("complexity.clearResults");
    clear.setToolTipText("Forgets all results of the step.");
    clear.addActionListener(
        e -> {
          step().results().clear();
          update();
        });
    addButton(clear);
    JScrollPane pane = new JScrollPane(list);
    pane.setBorder(BorderFactory.createTitledBorder("Results"));
    int line = list.getFontMetrics(list.getFont()).getHeight();
    pane.setPreferredSize(new Dimension(14 * line, 10 * line));
    pane.setMinimumSize(new Dimension(5 * line, 4 * line));
    // The views take what the list leaves, whatever they would like to have.
    views.setMinimumSize(new Dimension(200, 100));
    views.setPreferredSize(new Dimension(200, 100));
    JSplitPane split = new JSplitPane(JSplitPane.HORIZONTAL_SPLIT, pane, views);
    add(split, BorderLayout.CENTER);
    update();
  }

  /** Shows what is selected once it is prepared: six units have millions of atoms. */
  private void showSelected() {
    List<Result> wanted = list.getSelectedValuesList();
    selected = wanted;
    List<Result> missing = wanted.stream().filter(result -> !prepared.containsKey(result)).toList();
    if (missing.isEmpty()) {
      views.show(wanted.stream().map(prepared::get).toList());
      return;
    }
    Runnable preparing =
        () -> {
          List<ComplexityResult> ready =
              missing.stream()
                  .map(result -> ComplexityResult.of(result.name(), result.report()))
                  .toList();
          SwingUtilities.invokeLater(() -> show(wanted, missing, ready));
        };
    new Thread(preparing, "complexity-results").start();
  }

  @SuppressWarnings("ReferenceEquality") // whether it is the latest selection
  private void show(List<Result> wanted, List<Result> missing, List<ComplexityResult> ready) {
    for (int i = 0; i < missing.size(); i++) {
      prepared.put(missing.get(i), ready.get(i));
    }
    if (wanted == selected) {
      views.show(wanted.stream().map(prepared::get).toList());
    }
  }

  private RepresentationalComplexity step() {
    return (RepresentationalComplexity) getStep();
  }

  /**
   * Takes over what the step has; the newest result is selected if none of those before is left.
   */
  private void update() {
    List<Result> results = step().results();
    List<Result> before = list.getSelectedValuesList();
    model.clear();
    prepared.keySet().retainAll(results);
    model.addAll(results);
    for (Result result : before) {
      int index = model.indexOf(result);
      if (index >= 0) {
        list.addSelectionInterval(index, index);
      }
    }
    if (list.isSelectionEmpty() && !model.isEmpty()) {
      list.setSelectedIndex(model.size() - 1);
    }
  }

  /** A flow that runs again while the window is open adds results. */
  @Override
  public void setParentWindow(Window parent) {
    super.setParentWindow(parent);
    parent.addWindowListener(
        new WindowAdapter() {
          @Override
          public void windowActivated(WindowEvent event) {
            if (getStep() != null && model.size() != step().results().size()) {
              update();
            }
          }
        });
  }
}
