package weka.gui.explorer;

import java.awt.BorderLayout;
import java.awt.Component;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.KeyboardFocusManager;
import java.awt.RenderingHints;
import java.awt.event.MouseEvent;
import java.awt.geom.Path2D;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.swing.Icon;
import javax.swing.JComponent;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JScrollPane;
import javax.swing.JTable;
import javax.swing.SwingConstants;
import javax.swing.table.AbstractTableModel;
import javax.swing.table.DefaultTableCellRenderer;
import javax.swing.table.JTableHeader;
import nnpid.analysis.Finding;
import nnpid.analysis.LayerResult;
import nnpid.estimation.PermutationBaseline;

/** The main figures, a row per layer; sortable by every column. */
final class ComplexitySummary implements ComplexityViews.View {
  /** Degrees with a column; the text has all. */
  private static final int MOST_DEGREES = 12;

  /**
   * A column.
   *
   * @param value a {@code Double} (NaN if undefined, null if there is none), {@code Integer} or
   *     {@code String}
   */
  private record Column(
      String title,
      String toolTip,
      Class<?> type,
      Function<ComplexityResult.Layer, Object> value) {}

  private final Model model = new Model();
  private final Table table = new Table(model);
  private final JLabel note = new JLabel(" ");
  private final JPanel pane = new JPanel(new BorderLayout());

  ComplexitySummary() {
    table.setName("complexity.summary");
    table.setToolTipText("A row per layer; click on a header to sort.");
    note.setName("complexity.summaryNote");
    pane.add(new JScrollPane(table), BorderLayout.CENTER);
    pane.add(note, BorderLayout.SOUTH);
  }

  @Override
  public void show(List<ComplexityResult> results) {
    model.set(results);
    note.setText(model.getRowCount() > 0 ? " " : ComplexityViews.noLayers(results));
    table.fitColumns();
  }

  @Override
  public JComponent component() {
    return pane;
  }

  private static List<Column> columns(List<ComplexityResult> results) {
    List<LayerResult> layers =
        results.stream().flatMap(result -> result.report().layers().stream()).toList();
    List<Column> columns = new ArrayList<>();
    if (results.size() > 1) {
      columns.add(new Column("Result", "The run", String.class, layer -> layer.result().name()));
    }
    columns.add(new Column("Layer", "The layer", String.class, layer -> layer.report().name()));
    columns.add(
        new Column(
            "!",
            "Warnings: hold the mouse over the sign",
            Integer.class,
            layer -> warnings(layer.report()).size()));
    columns.add(
        new Column(
            "n",
            "Number of units (sources)",
            Integer.class,
            layer -> layer.report().sourceCount()));
    add(
        columns,
        "I(T:S)",
        "Information of all units about the class, in bits",
        LayerResult::mutualInformation);
    add(columns, "H(T)", "Entropy of the class, in bits", LayerResult::entropyTarget);
    add(
        columns,
        "C",
        "Representational complexity: how many units must be read together, on average; empty if"
            + " only bounds are known",
        layer -> layer.bounds().isPresent() ? null : (Double) layer.representationalComplexity());
    if (layers.stream().anyMatch(LayerResult::isEstimated)) {
      add(
          columns,
          "+-",
          "Standard error of C; empty where C is exact",
          layer -> layer.isEstimated() ? (Double) layer.standardError() : null);
    }
    if (layers.stream().anyMatch(layer -> layer.bounds().isPresent())) {
      add(
          columns,
          "C >=",
          "Lower bound for C where C is not known; hold the mouse over the row's sign",
          layer -> layer.bounds().map(Finding.Interval::lower).orElse(null));
      add(
          columns,
          "C <=",
          "Upper bound for C where C is not known; hold the mouse over the row's sign",
          layer -> layer.bounds().map(Finding.Interval::upper).orElse(null));
    }
    if (layers.stream().anyMatch(layer -> layer.baseline().isPresent())) {
      addBaseline(
          columns,
          "p(I)",
          "Share of shuffles of the classes with at least this I(T:S)",
          PermutationBaseline::mutualInformation);
      addBaseline(
          columns,
          "p(C)",
          "p-value of C against shuffles of the classes",
          PermutationBaseline::complexity);
    }
    int degrees =
        Math.min(MOST_DEGREES, layers.stream().mapToInt(LayerResult::shownDegrees).max().orElse(0));
    for (int k = 1; k <= degrees; k++) {
      int degree = k;
      add(
          columns,
          "Pi_" + degree,
          "Information in reach of " + degree + " units read together, but not of fewer; in bits",
          layer ->
              degree <= layer.backbone().sourceCount()
                  ? layer.backbone().information(degree)
                  : null);
    }
    add(
        columns,
        "Redundancy",
        "Average degree of redundancy",
        layer -> layer.related().averageDegreeOfRedundancy());
    add(
        columns,
        "Vulnerability",
        "Average degree of vulnerability",
        layer -> layer.related().averageDegreeOfVulnerability());
    add(
        columns,
        "R/m",
        "Distinct states per sample: near 1, the information is overestimated",
        layer -> layer.samples().realizationShare());
    columns.add(
        new Column(
            "Measure",
            "The redundancy measure",
            String.class,
            layer -> layer.report().measure().toString()));
    columns.add(
        new Column(
            "Method",
            "How the Pi_k were computed",
            String.class,
            layer -> layer.report().method().toString()));
    return columns;
  }

  private static void add(
      List<Column> columns, String title, String toolTip, Function<LayerResult, Double> value) {
    columns.add(new Column(title, toolTip, Double.class, layer -> value.apply(layer.report())));
  }

  private static void addBaseline(
      List<Column> columns,
      String title,
      String toolTip,
      Function<PermutationBaseline, PermutationBaseline.Comparison> comparison) {
    add(
        columns,
        title,
        toolTip,
        layer -> layer.baseline().map(b -> comparison.apply(b).pValue()).orElse(null));
  }

  private static List<String> warnings(LayerResult layer) {
    List<String> all = new ArrayList<>();
    layer.note().ifPresent(all::add);
    all.addAll(layer.warnings());
    return all;
  }

  /** For the tests and the tool tips. */
  static String warningText(LayerResult layer) {
    List<String> warnings = warnings(layer);
    return warnings.isEmpty()
        ? null
        : warnings.stream()
            .map(ComplexityForm.NAMES::in)
            .map(ComplexitySummary::escape)
            .collect(Collectors.joining("<br>", "<html>", "</html>"));
  }

  static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("\n", "<br>");
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
    public String getToolTipText(MouseEvent event) {
      int row = rowAtPoint(event.getPoint());
      String warnings =
          row < 0 ? null : warningText(model.layers.get(convertRowIndexToModel(row)).report());
      return warnings == null ? getToolTipText() : warnings;
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
      int count = (Integer) value;
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
   * A number as the reports write it, to the last digit; but the format's pattern, which takes a
   * tenth of a second for a page of a table, is not read anew for every one.
   */
  static String number(Double value) {
    if (value == null) {
      return "";
    }
    if (value.isNaN()) {
      return "undefined";
    }
    return value.isInfinite()
        ? value.toString()
        : BigDecimal.valueOf(value).setScale(4, RoundingMode.HALF_UP).toPlainString();
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
      setText(number((Double) value));
    }
  }
}
