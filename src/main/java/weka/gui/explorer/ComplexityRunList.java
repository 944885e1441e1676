package weka.gui.explorer;

import java.awt.BorderLayout;
import java.awt.Component;
import java.awt.Dimension;
import java.awt.Font;
import java.awt.GraphicsEnvironment;
import java.awt.GridLayout;
import java.awt.event.ActionEvent;
import java.awt.event.KeyEvent;
import java.awt.event.MouseAdapter;
import java.awt.event.MouseEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.swing.AbstractAction;
import javax.swing.BorderFactory;
import javax.swing.DefaultListModel;
import javax.swing.JComponent;
import javax.swing.JFrame;
import javax.swing.JLabel;
import javax.swing.JList;
import javax.swing.JMenu;
import javax.swing.JMenuItem;
import javax.swing.JOptionPane;
import javax.swing.JPanel;
import javax.swing.JPopupMenu;
import javax.swing.JScrollPane;
import javax.swing.KeyStroke;
import javax.swing.ListCellRenderer;
import javax.swing.ListSelectionModel;
import javax.swing.SwingUtilities;
import nnpid.command.RunAsCode;
import weka.core.Utils;

/** The list of runs and results, with its menu. */
@SuppressWarnings("serial")
final class ComplexityRunList extends JPanel {
  /** What the list needs of its panel. */
  interface Owner {
    /** Other results are selected. */
    void selectionChanged(List<ComplexityResult> results);

    /** A run leaves the list. */
    void removed(ComplexityRun run);

    /** Something to log. */
    void log(String message);

    /** Something went wrong: a sentence for a dialog. */
    void problem(String message);
  }

  private final transient Owner owner;
  private final DefaultListModel<ComplexityRun> model = new DefaultListModel<>();
  private final JList<ComplexityRun> list = new RunList(model);

  ComplexityRunList(Owner owner) {
    super(new BorderLayout());
    this.owner = owner;
    AccessibleNames.name(list, "Result list").setName("complexity.results");
    list.setToolTipText(tip(List.of()));
    list.setCellRenderer(new Cell());
    list.setSelectionMode(ListSelectionModel.MULTIPLE_INTERVAL_SELECTION);
    list.addListSelectionListener(
        e -> {
          if (!e.getValueIsAdjusting()) {
            owner.selectionChanged(selectedResults());
          }
        });
    list.addMouseListener(
        new MouseAdapter() {
          @Override
          public void mousePressed(MouseEvent event) {
            popUp(event);
          }

          @Override
          public void mouseReleased(MouseEvent event) {
            popUp(event);
          }

          private void popUp(MouseEvent event) {
            if (event.isPopupTrigger()) {
              int index = list.locationToIndex(event.getPoint());
              if (index >= 0 && !list.isSelectedIndex(index)) {
                list.setSelectedIndex(index);
              }
              menu().show(list, event.getX(), event.getY());
            }
          }
        });
    onKey(KeyEvent.VK_DELETE, 0, e -> delete());
    onKey(KeyEvent.VK_F2, 0, e -> rename());
    onKey(KeyEvent.VK_ENTER, 0, e -> openWindow());
    onKey(KeyEvent.VK_CONTEXT_MENU, 0, e -> menu().show(list, 10, 10));
    onKey(KeyEvent.VK_F10, KeyEvent.SHIFT_DOWN_MASK, e -> menu().show(list, 10, 10));
    add(new JScrollPane(list), BorderLayout.CENTER);
  }

  @Override
  public Dimension getPreferredSize() {
    int line = list.getFontMetrics(list.getFont()).getHeight();
    return new Dimension(10 * line, 8 * line);
  }

  @Override
  public Dimension getMinimumSize() {
    Dimension preferred = getPreferredSize();
    return new Dimension(preferred.width / 2, preferred.height / 2);
  }

  /** What there is to say of a run, and what can be done with it. */
  private static String tip(List<String> facts) {
    Stream<String> how =
        Stream.of(
            "Right-click (or the menu key) to view, save, rename, delete.",
            "Select several to compare them.");
    return ComplexityViews.toolTip(
        Stream.concat(facts.stream().flatMap(ComplexityViews::lines), how));
  }

  /** As wide as there is room for: what has none is in the tool tip. */
  private static final class RunList extends JList<ComplexityRun> {
    RunList(DefaultListModel<ComplexityRun> model) {
      super(model);
    }

    @Override
    public boolean getScrollableTracksViewportWidth() {
      return true;
    }

    @Override
    public String getToolTipText(MouseEvent event) {
      int index = locationToIndex(event.getPoint());
      return index >= 0 && getCellBounds(index, index).contains(event.getPoint())
          ? tip(getModel().getElementAt(index).facts(differences(this, index)))
          : getToolTipText();
    }
  }

  /** What makes a run different from the others of the list. */
  private static String differences(JList<? extends ComplexityRun> list, int index) {
    List<ComplexityRun> all = new ArrayList<>();
    for (int i = 0; i < list.getModel().getSize(); i++) {
      all.add(list.getModel().getElementAt(i));
    }
    return ComplexityDifferences.of(all.get(index), all);
  }

  /** A run in two lines: what it is about; how it is analyzed, and how far that is. */
  private static final class Cell implements ListCellRenderer<ComplexityRun> {
    private final JPanel lines = new JPanel(new GridLayout(2, 1));
    private final JLabel title = new JLabel();
    private final JLabel details = new JLabel();

    Cell() {
      lines.setBorder(BorderFactory.createEmptyBorder(2, 4, 2, 4));
      lines.add(title);
      lines.add(details);
    }

    @Override
    public Component getListCellRendererComponent(
        JList<? extends ComplexityRun> list,
        ComplexityRun run,
        int index,
        boolean selected,
        boolean focused) {
      String differences = differences(list, index);
      title.setText(run.title());
      details.setText("    " + run.details(differences));
      title.setFont(list.getFont());
      details.setFont(list.getFont().deriveFont(Font.PLAIN));
      lines.setBackground(selected ? list.getSelectionBackground() : list.getBackground());
      for (JLabel line : List.of(title, details)) {
        line.setForeground(selected ? list.getSelectionForeground() : list.getForeground());
      }
      lines
          .getAccessibleContext()
          .setAccessibleName(run + (differences.isEmpty() ? "" : ", " + differences));
      return lines;
    }
  }

  private void onKey(int key, int modifiers, Consumer<ActionEvent> action) {
    list.getInputMap().put(KeyStroke.getKeyStroke(key, modifiers), action);
    list.getActionMap()
        .put(
            action,
            new AbstractAction() {
              @Override
              public void actionPerformed(ActionEvent event) {
                action.accept(event);
              }
            });
  }

  void add(ComplexityRun run) {
    model.addElement(run);
    list.repaint(); // others may have to tell now what makes them different
  }

  void select(ComplexityRun run) {
    list.setSelectedValue(run, true);
  }

  boolean isEmpty() {
    return model.isEmpty();
  }

  List<ComplexityRun> selected() {
    return list.getSelectedValuesList();
  }

  /** Shows the new state of a run. */
  void update(ComplexityRun run) {
    int index = model.indexOf(run);
    if (index >= 0) {
      model.set(index, run);
      list.repaint();
      if (list.isSelectedIndex(index) && run.result().isPresent()) {
        owner.selectionChanged(selectedResults());
      }
    }
  }

  void repaintRun() {
    list.repaint();
  }

  /** The results that are selected; several are called by what makes them different. */
  List<ComplexityResult> selectedResults() {
    List<ComplexityRun> runs = selected();
    return runs.stream()
        .flatMap(
            run ->
                run
                    .result()
                    .map(
                        result ->
                            runs.size() == 1
                                ? result
                                : result.renamed(
                                    run.nameAmong(ComplexityDifferences.of(run, runs))))
                    .stream())
        .toList();
  }

  /** What can be done with what is selected. */
  JPopupMenu menu() {
    List<ComplexityResult> results = selectedResults();
    List<ComplexityRun> runs = selected();
    JPopupMenu menu = new JPopupMenu();
    menu.add(
        item(
            results.size() > 1 ? "Compare in separate window" : "View in separate window",
            !results.isEmpty(),
            this::openWindow));
    JMenuItem all =
        item(
            "Compare all results",
            model.size() > 1,
            () -> list.setSelectionInterval(0, model.size() - 1));
    all.setToolTipText("Puts all results into one table and one chart.");
    menu.add(all);
    JMenu save = new JMenu("Save");
    save.setEnabled(ComplexityFiles.canWrite(results));
    for (ComplexityFiles format : ComplexityFiles.values()) {
      save.add(item(format.description() + "...", format.isFor(results), () -> save(format)));
    }
    menu.add(save);
    JMenuItem code = item("Copy as code...", runs.size() == 1, this::showCode);
    code.setToolTipText("As command line, as Java program, or as a flow for the KnowledgeFlow.");
    menu.add(code);
    menu.addSeparator();
    JMenuItem rename = item("Rename...", runs.size() == 1, this::rename);
    rename.setAccelerator(KeyStroke.getKeyStroke("F2"));
    menu.add(rename);
    JMenuItem delete = item("Delete", !runs.isEmpty(), this::delete);
    delete.setAccelerator(KeyStroke.getKeyStroke("DELETE"));
    menu.add(delete);
    giveKeys(menu);
    return menu;
  }

  /** Every item has a letter of its own. */
  private static void giveKeys(JPopupMenu menu) {
    Set<Integer> taken = new HashSet<>();
    for (Component component : menu.getComponents()) {
      if (component instanceof JMenuItem item) {
        item.getText()
            .toUpperCase(Locale.ROOT)
            .chars()
            .filter(Character::isLetter)
            .filter(taken::add)
            .findFirst()
            .ifPresent(item::setMnemonic);
      }
    }
  }

  private static JMenuItem item(String text, boolean enabled, Runnable action) {
    JMenuItem item = new JMenuItem(text);
    item.setEnabled(enabled);
    item.addActionListener(e -> action.run());
    return item;
  }

  private void openWindow() {
    List<ComplexityResult> results = selectedResults();
    if (results.isEmpty()) {
      return;
    }
    String title =
        results.size() == 1 ? results.get(0).name() : results.size() + " results compared";
    JFrame window = Utils.getWekaJFrame(title, this);
    boolean trained = results.stream().anyMatch(result -> result.training().isPresent());
    ComplexityViews views =
        new ComplexityViews(
            trained ? Optional.of(new ComplexityTraining(Optional.empty())) : Optional.empty());
    window.getContentPane().add(views, BorderLayout.CENTER);
    window.setDefaultCloseOperation(JFrame.DISPOSE_ON_CLOSE);
    views.registerKeyboardAction(
        e -> window.dispose(),
        KeyStroke.getKeyStroke(KeyEvent.VK_ESCAPE, 0),
        JComponent.WHEN_ANCESTOR_OF_FOCUSED_COMPONENT);
    window.setSize(800, 600);
    window.setLocationRelativeTo(SwingUtilities.getWindowAncestor(this));
    views.show(results);
    window.setVisible(true);
  }

  /** Shows the selected run as code. */
  void showCode() {
    List<ComplexityRun> runs = selected();
    if (runs.size() != 1) {
      owner.problem("One run must be selected to be copied as code: " + runs.size() + " are.");
      return;
    }
    ComplexityRun run = runs.get(0);
    // The file of the data is read, to see whether it still has them.
    new Thread(() -> showCode(run), "complexity-code").start();
  }

  private void showCode(ComplexityRun run) {
    RunAsCode code = run.code();
    SwingUtilities.invokeLater(
        () -> {
          if (GraphicsEnvironment.isHeadless()) {
            owner.problem("Code must be shown on a display: there is none.");
          } else {
            new ComplexityCode(code).open(this, run.title());
          }
        });
  }

  private void rename() {
    List<ComplexityRun> runs = selected();
    if (runs.size() != 1) {
      return;
    }
    Object answer =
        JOptionPane.showInputDialog(
            this,
            "Name of the result (with \"epoch 100\" in their names, results become curves):",
            "Rename",
            JOptionPane.PLAIN_MESSAGE,
            null,
            null,
            runs.get(0).name());
    if (answer != null && !answer.toString().isBlank()) {
      runs.get(0).rename(answer.toString().strip());
      update(runs.get(0));
    }
  }

  private void delete() {
    for (ComplexityRun run : selected()) {
      model.removeElement(run);
      owner.removed(run);
    }
    list.repaint();
  }

  private void save(ComplexityFiles format) {
    List<ComplexityResult> results = selectedResults();
    ComplexityFiles.choose(
            this, format.description(), format.extension(), format.suggestedName(results))
        .ifPresent(
            file -> new Thread(() -> write(format, results, file), "complexity-save").start());
  }

  private void write(ComplexityFiles format, List<ComplexityResult> results, Path file) {
    try {
      format.write(results, file);
      SwingUtilities.invokeLater(() -> owner.log("Saved " + file));
    } catch (IllegalArgumentException | IOException e) {
      SwingUtilities.invokeLater(() -> owner.problem(e.getMessage()));
    }
  }
}
