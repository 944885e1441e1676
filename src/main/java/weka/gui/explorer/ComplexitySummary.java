package weka.gui.explorer;

import static java.util.stream.Collectors.joining;

import java.awt.BorderLayout;
import java.awt.Color;
import java.awt.Component;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.KeyboardFocusManager;
import java.awt.RenderingHints;
import java.awt.event.MouseEvent;
import java.awt.geom.Path2D;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import javax.swing.BorderFactory;
import javax.swing.Icon;
import javax.swing.JComponent;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JScrollPane;
import javax.swing.JTable;
import javax.swing.JTextArea;
import javax.swing.SwingConstants;
import javax.swing.UIManager;
import javax.swing.table.AbstractTableModel;
import javax.swing.table.DefaultTableCellRenderer;
import javax.swing.table.JTableHeader;
import javax.swing.table.TableCellRenderer;
import nnpid.analysis.LayerResult;
import nnpid.analysis.Report;
import nnpid.decomposition.Atom;
import nnpid.report.Figure;
import nnpid.report.InWords;
import nnpid.report.LayerFigures;

/** The main figures, a row per layer; sortable by every column. */
final class ComplexitySummary implements ComplexityViews.View {
  /** Degrees with a column; the text has all. */
  private static final int MOST_DEGREES = 12;

  /** Results that are told of in words. */
  private static final int MOST_RESULTS = 4;

  /**
   * A column.
   *
   * @param value a {@code Double} (NaN if undefined, null if there is none), {@code Integer} or
   *     {@code String}
   * @param doubtful whether the value rests on too few samples
   */
  private record Column(
      String title,
      String toolTip,
      Class<?> type,
      Function<ComplexityResult.Layer, Object> value,
      Predicate<ComplexityResult.Layer> doubtful) {

    Column(
        String title,
        String toolTip,
        Class<?> type,
        Function<ComplexityResult.Layer, Object> value) {
      this(title, toolTip, type, value, layer -> false);
    }

    static Column of(Figure<LayerResult> figure) {
      return new Column(
          figure.heading(),
          ComplexityViews.toolTip(ComplexityViews.lines(figure.explanation() + ".")),
          columnClass(figure),
          layer -> figure.value().of(layer.report()),
          layer -> figure.isDoubtful(layer.report()));
    }
  }

  private final Model model = new Model();
  private final Table table = new Table(model);
  private final JTextArea words = new JTextArea();
  private final JLabel note = new JLabel(" ");
  private Report shownSoFar;
  private final JPanel pane = new JPanel(new BorderLayout());

  ComplexitySummary() {
    table.setName("complexity.summary");
    table.setToolTipText("A row per layer; click on a header to sort.");
    note.setName("complexity.summaryNote");
    words.setName("complexity.inWords");
    words.setToolTipText("What was found, and what makes it doubtful.");
    words.getAccessibleContext().setAccessibleName("What was found, in words");
    words.setEditable(false);
    words.setLineWrap(true);
    words.setWrapStyleWord(true);
    words.setOpaque(false);
    words.setBorder(BorderFactory.createEmptyBorder(6, 6, 6, 6));
    words.setVisible(false);
    leaveByTab(words);
    pane.add(words, BorderLayout.NORTH);
    pane.add(new JScrollPane(table), BorderLayout.CENTER);
    pane.add(note, BorderLayout.SOUTH);
  }

  @Override
  public void show(List<ComplexityResult> results) {
    shownSoFar = null;
    show(results, inWords(results));
  }

  private void show(List<ComplexityResult> results, String said) {
    model.set(results);
    words.setFont(UIManager.getFont("Label.font"));
    words.setText(said);
    words.setVisible(!words.getText().isEmpty());
    table.setWhyEmpty(ComplexityBlank.why(results, "the main figures of every layer"));
    note.setText(
        model.getRowCount() == 0
            ? ComplexityViews.noLayers(results)
            : model.hasDoubt() ? "Gray: rests in part on samples that no other backs." : " ");
    table.fitColumns();
  }

  /**
   * Shows the layers of a run that goes on.
   *
   * @param report finished layers, and those that are estimated, which it has for unfinished
   */
  @SuppressWarnings("ReferenceEquality") // another report of equal numbers may be shown again
  void showSoFar(Report report) {
    if (report == shownSoFar) {
      return;
    }
    List<List<Atom>> noAtoms = report.layers().stream().map(layer -> List.<Atom>of()).toList();
    shownSoFar = report;
    show(
        List.of(new ComplexityResult("", report, "", noAtoms, Optional.empty())),
        report.unfinishedLayers().isEmpty()
            ? "These layers are finished; the run goes on."
            : "The run goes on: what there is of "
                + String.join(", ", report.unfinishedLayers())
                + " is still being estimated, and gets better.");
  }

  @Override
  public JComponent component() {
    return pane;
  }

  /** The sentences of a result; of several, where there is room for the first one only, these. */
  private static String inWords(List<ComplexityResult> results) {
    if (results.size() > MOST_RESULTS) {
      return "";
    }
    return results.stream()
        .filter(result -> !sentences(result).isEmpty())
        .map(
            result ->
                results.size() == 1
                    ? String.join(" ", sentences(result))
                    : result.name() + ": " + sentences(result).get(0))
        .collect(joining("\n"));
  }

  private static List<String> sentences(ComplexityResult result) {
    return result.trajectory().map(InWords::of).orElseGet(() -> InWords.of(result.report()));
  }

  /** What Swing has to know to sort and show the values of a figure. */
  static Class<?> columnClass(Figure<?> figure) {
    return switch (figure.kind()) {
      case COUNT -> Integer.class;
      case NUMBER -> Double.class;
      default -> String.class;
    };
  }

  private static List<Column> columns(List<ComplexityResult> results) {
    List<LayerResult> layers =
        results.stream().flatMap(result -> result.report().layers().stream()).toList();
    int degrees =
        Math.min(MOST_DEGREES, layers.stream().mapToInt(LayerResult::shownDegrees).max().orElse(0));
    List<Column> columns =
        new ArrayList<>(
            Figure.columns(LayerFigures.ALL, Figure.Place.SUMMARY, layers, degrees).stream()
                .map(Column::of)
                .toList());
    columns.add(
        1,
        new Column(
            "!",
            "What makes the row doubtful: hold the mouse over the sign.",
            Integer.class,
            layer -> warnings(layer.report()).size()));
    if (results.size() > 1) {
      columns.add(
          0,
          new Column(
              "Result",
              "The run, as in the list on the left.",
              String.class,
              layer -> layer.result().name()));
    }
    return columns;
  }

  private static List<String> warnings(LayerResult layer) {
    List<String> all = new ArrayList<>();
    layer.note().ifPresent(all::add);
    all.addAll(layer.warnings());
    return all;
  }

  private static String warningText(LayerResult layer) {
    return ComplexityViews.toolTip(warnings(layer).stream().map(ComplexityForm.NAMES::in));
  }

  @SuppressWarnings("serial")
  private static final class Model extends AbstractTableModel {
    private List<ComplexityResult.Layer> layers = List.of();
    private List<Column> columns = columns(List.of());

    void set(List<ComplexityResult> results) {
      layers = ComplexityViews.layersOf(results);
      columns = columns(results);
      fireTableStructureChanged();
    }

    boolean isDoubtful(int row, int column) {
      return columns.get(column).doubtful().test(layers.get(row));
    }

    boolean hasDoubt() {
      return layers.stream()
          .anyMatch(layer -> columns.stream().anyMatch(one -> one.doubtful().test(layer)));
    }

    @Override
    public int getRowCount() {
      return layers.size();
    }

    @Override
    public int getColumnCount() {
      return columns.size();
    }

    @Override
    public String getColumnName(int column) {
      return columns.get(column).title();
    }

    @Override
    public Class<?> getColumnClass(int column) {
      return columns.get(column).type();
    }

    @Override
    public Object getValueAt(int row, int column) {
      return columns.get(column).value().apply(layers.get(row));
    }
  }

  @SuppressWarnings("serial")
  private static final class Table extends NumberTable {
    private final Model model;

    Table(Model model) {
      super(model);
      this.model = model;
      setDefaultRenderer(Integer.class, new Counts());
    }

    @Override
    public Component prepareRenderer(TableCellRenderer renderer, int row, int column) {
      boolean doubtful =
          model.isDoubtful(convertRowIndexToModel(row), convertColumnIndexToModel(column));
      // Taken by the renderer for cells that are not selected.
      ((Component) renderer).setForeground(doubtful ? paleText() : null);
      return super.prepareRenderer(renderer, row, column);
    }

    /** Half-way between text and background, in light and dark themes. */
    private Color paleText() {
      Color text = getForeground();
      Color back = getBackground();
      return new Color(
          (text.getRed() + back.getRed()) / 2,
          (text.getGreen() + back.getGreen()) / 2,
          (text.getBlue() + back.getBlue()) / 2);
    }

    @Override
    public String getToolTipText(MouseEvent event) {
      int row = rowAtPoint(event.getPoint());
      String warnings =
          row < 0 ? null : warningText(model.layers.get(convertRowIndexToModel(row)).report());
      return warnings == null
          ? getToolTipText()
          : ComplexityViews.toolTip(ComplexityViews.lines(warnings));
    }

    @Override
    protected JTableHeader createDefaultTableHeader() {
      return new JTableHeader(columnModel) {
        @Override
        public String getToolTipText(MouseEvent event) {
          int column = columnAtPoint(event.getPoint());
          return column < 0 ? null : model.columns.get(convertColumnIndexToModel(column)).toolTip();
        }
      };
    }
  }

  /** Numbers of units, and the sign of warnings. */
  @SuppressWarnings("serial")
  private static final class Counts extends DefaultTableCellRenderer {
    @Override
    public Component getTableCellRendererComponent(
        JTable table, Object value, boolean selected, boolean focused, int row, int column) {
      boolean warnings = table.getColumnName(column).equals("!");
      int count = value == null ? 0 : (Integer) value; // what is not known of all layers
      super.getTableCellRendererComponent(
          table, warnings ? "" : value, selected, focused, row, column);
      setHorizontalAlignment(warnings ? SwingConstants.CENTER : SwingConstants.RIGHT);
      setIcon(warnings && count > 0 ? new WarningIcon(table.getFont().getSize()) : null);
      getAccessibleContext().setAccessibleName(warnings ? count + " warnings" : null);
      return this;
    }
  }

  /** A triangle with an exclamation mark, as large as the text. */
  private record WarningIcon(int size) implements Icon {
    @Override
    public void paintIcon(Component component, Graphics graphics, int x, int y) {
      Graphics2D copy = (Graphics2D) graphics.create();
      copy.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
      Path2D triangle = new Path2D.Double();
      triangle.moveTo(x + size / 2.0, y);
      triangle.lineTo(x + size, y + size - 1.0);
      triangle.lineTo(x, y + size - 1.0);
      triangle.closePath();
      copy.setColor(new java.awt.Color(0xE69F00));
      copy.fill(triangle);
      copy.setColor(java.awt.Color.BLACK);
      copy.fillRect(x + size / 2 - 1, y + size * 4 / 10, 2, size * 3 / 10);
      copy.fillRect(x + size / 2 - 1, y + size * 8 / 10, 2, 2);
      copy.dispose();
    }

    @Override
    public int getIconWidth() {
      return size;
    }

    @Override
    public int getIconHeight() {
      return size;
    }
  }

  /**
   * Tables and areas of text keep the tabulator for themselves: this gives it back to the focus.
   */
  static void leaveByTab(JComponent component) {
    component.setFocusTraversalKeys(KeyboardFocusManager.FORWARD_TRAVERSAL_KEYS, null);
    component.setFocusTraversalKeys(KeyboardFocusManager.BACKWARD_TRAVERSAL_KEYS, null);
  }

  /** A sortable table with numbers on the right, as tall as its font and as wide as its texts. */
  @SuppressWarnings("serial")
  static class NumberTable extends JTable {
    private String why = "";

    NumberTable(javax.swing.table.TableModel model) {
      super(model);
      setAutoCreateRowSorter(true);
      setAutoResizeMode(AUTO_RESIZE_OFF);
      setFillsViewportHeight(true);
      leaveByTab(this);
      setDefaultRenderer(Double.class, new Numbers());
    }

    @Override
    public void updateUI() {
      super.updateUI();
      setRowHeight(getFontMetrics(getFont()).getHeight() + 4);
    }

    /** Says in the table why it is empty. */
    final void setWhyEmpty(String newWhy) {
      why = newWhy;
      getAccessibleContext().setAccessibleDescription(newWhy);
      repaint();
    }

    @Override
    protected void paintComponent(Graphics graphics) {
      super.paintComponent(graphics);
      if (getRowCount() == 0) {
        ComplexityBlank.paint(graphics, this, why);
      }
    }

    /** As wide as the header and the first rows need. */
    final void fitColumns() {
      for (int column = 0; column < getColumnCount(); column++) {
        Component header =
            getTableHeader()
                .getDefaultRenderer()
                .getTableCellRendererComponent(
                    this, getColumnName(column) + "  ", false, false, -1, column);
        int width = header.getPreferredSize().width;
        for (int row = 0; row < Math.min(100, getRowCount()); row++) {
          Component cell = prepareRenderer(getCellRenderer(row, column), row, column);
          width = Math.max(width, cell.getPreferredSize().width + 2);
        }
        getColumnModel().getColumn(column).setPreferredWidth(Math.min(width + 8, 320));
      }
    }
  }

  /** Numbers on the right. */
  @SuppressWarnings("serial")
  private static final class Numbers extends DefaultTableCellRenderer {
    Numbers() {
      setHorizontalAlignment(SwingConstants.RIGHT);
    }

    @Override
    protected void setValue(Object value) {
      setText(value == null ? "" : Figure.number((Double) value));
    }
  }
}
