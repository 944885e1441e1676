package weka.gui.explorer;

import java.awt.BorderLayout;
import java.awt.event.MouseEvent;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.swing.JCheckBox;
import javax.swing.JComponent;
import javax.swing.JPanel;
import javax.swing.JScrollPane;
import javax.swing.JSpinner;
import javax.swing.JSplitPane;
import javax.swing.JTextField;
import javax.swing.RowFilter;
import javax.swing.SpinnerNumberModel;
import javax.swing.Timer;
import javax.swing.event.DocumentEvent;
import javax.swing.event.DocumentListener;
import javax.swing.table.AbstractTableModel;
import javax.swing.table.JTableHeader;
import javax.swing.table.TableModel;
import javax.swing.table.TableRowSorter;
import nnpid.analysis.LayerResult;
import nnpid.chart.AtomText;
import nnpid.chart.AtomsChart;
import nnpid.decomposition.Atom;
import nnpid.report.AtomFigures;
import nnpid.report.Figure;

/** The atoms of a layer as a table that can be sorted and filtered, and the largest as bars. */
final class ComplexityAtoms implements ComplexityViews.View {
  /** After the last key, before the filter is applied. */
  private static final int FILTER_DELAY_MILLIS = 200;

  private final JPanel panel = new JPanel(new BorderLayout());
  private final ComplexityLayerBar bar =
      new ComplexityLayerBar("complexity.atoms", "atoms are", this::showLayer);
  private final JTextField filter = new JTextField(8);
  private final JSpinner top = new JSpinner(new SpinnerNumberModel(20, 1, 50, 1));
  private final Model model = new Model();
  private final Table table = new Table(model);
  private final JCheckBox names = new JCheckBox("Names");
  private final ComplexityChartPanel chart = new ComplexityChartPanel("complexity.atomsChart");
  private List<ComplexityResult> results = List.of();

  ComplexityAtoms() {
    filter.setName("complexity.atomsFilter");
    filter.setToolTipText(
        "<html>Shows only antichains that contain this text, such as {1,2},<br>or with \"degree"
            + " 2\" those of a degree of synergy. Also names of units.</html>");
    top.setName("complexity.atomsTop");
    top.setToolTipText("How many of the largest atoms the bars show.");
    table.setName("complexity.atoms");
    table.setToolTipText("An atom per row, largest first; click on a header to sort.");
    names.setName("complexity.atomsNames");
    names.setMnemonic('3');
    names.setToolTipText("Whether units are called by their names instead of their numbers.");
    bar.addField("Filter", 'f', filter);
    bar.addField("Bars", '2', top);
    bar.addCheckBox(names);
    JSplitPane split = new JSplitPane(JSplitPane.HORIZONTAL_SPLIT, new JScrollPane(table), chart);
    split.setResizeWeight(0.5);
    split.setBorder(null);
    panel.add(bar, BorderLayout.NORTH);
    panel.add(split, BorderLayout.CENTER);
    Timer apply = new Timer(FILTER_DELAY_MILLIS, e -> filter());
    apply.setRepeats(false);
    filter
        .getDocument()
        .addDocumentListener(
            new DocumentListener() {
              @Override
              public void insertUpdate(DocumentEvent e) {
                apply.restart();
              }

              @Override
              public void removeUpdate(DocumentEvent e) {
                apply.restart();
              }

              @Override
              public void changedUpdate(DocumentEvent e) {
                apply.restart();
              }
            });
    top.addChangeListener(e -> showBars());
    names.addActionListener(e -> showLayer());
  }

  @Override
  public void show(List<ComplexityResult> newResults) {
    results = newResults;
    bar.offer(results, LayerResult::hasAtoms, LayerResult::hasAtoms);
    showLayer();
  }

  private void showLayer() {
    ComplexityResult.Layer layer = bar.layer();
    table.setRowSorter(null);
    model.set(layer, names.isSelected());
    TableRowSorter<TableModel> sorter = new TableRowSorter<>(model);
    for (int column = 0; column < model.getColumnCount(); column++) {
      if (model.getColumnClass(column) == String.class) {
        // The sorter's own collation by language takes a second for thousands of antichains.
        sorter.setComparator(column, Comparator.<String>naturalOrder());
      }
    }
    table.setRowSorter(sorter);
    table.fitColumns();
    filter();
  }

  private void filter() {
    String wanted = filter.getText().strip().toLowerCase(Locale.ROOT);
    @SuppressWarnings("unchecked")
    TableRowSorter<TableModel> sorter = (TableRowSorter<TableModel>) table.getRowSorter();
    sorter.setRowFilter(
        wanted.isEmpty()
            ? null
            : new RowFilter<>() {
              @Override
              public boolean include(Entry<? extends TableModel, ? extends Integer> entry) {
                return model.matches(entry.getIdentifier(), wanted);
              }
            });
    showBars();
  }

  private void showBars() {
    ComplexityResult.Layer layer = bar.layer();
    if (layer == null || layer.atoms().isEmpty()) {
      String why =
          layer == null
              ? ComplexityBlank.why(results, "the atoms of a layer")
              : ComplexityLattice.withoutAtoms(layer.report());
      if (layer != null) {
        bar.say(" ");
      }
      table.setWhyEmpty(why);
      chart.clear("");
      return;
    }
    table.setWhyEmpty("No atom is as the filter says.");
    bar.say(countText(layer));
    // The model is in the order of size, whatever the table is sorted by.
    String wanted = filter.getText().strip().toLowerCase(Locale.ROOT);
    List<Atom> largest =
        IntStream.range(0, model.getRowCount())
            .filter(row -> wanted.isEmpty() || model.matches(row, wanted))
            .limit((Integer) top.getValue())
            .mapToObj(layer.atoms()::get)
            .toList();
    boolean withNames = names.isSelected();
    chart.show(
        layer.report().name() + "-atoms",
        style -> AtomsChart.of(layer.report(), largest, withNames, style));
  }

  private String countText(ComplexityResult.Layer layer) {
    LayerResult report = layer.report();
    int shown = table.getRowCount();
    if (report.walked().isPresent()) {
      return String.format(
          Locale.ROOT,
          "%,d of the largest of %,d atoms that %,d walks met",
          shown,
          report.walked().get().met(),
          report.walked().get().walks());
    }
    int all =
        report.named().isEmpty()
            ? report.decomposition().orElseThrow().atomCount()
            : report.named().size();
    return shown == all
        ? String.format(Locale.ROOT, "%,d atoms", all)
        : String.format(Locale.ROOT, "%,d of %,d atoms", shown, all);
  }

  @Override
  public JComponent component() {
    return panel;
  }

  /** A table that explains the atom under the mouse. */
  @SuppressWarnings("serial")
  private static final class Table extends ComplexitySummary.NumberTable {
    private final Model model;

    Table(Model model) {
      super(model);
      this.model = model;
    }

    @Override
    public String getToolTipText(MouseEvent event) {
      int row = rowAtPoint(event.getPoint());
      return row < 0
          ? getToolTipText()
          : ComplexityViews.toolTip(
              model.describe(convertRowIndexToModel(row)).stream().flatMap(ComplexityViews::lines));
    }

    @Override
    protected JTableHeader createDefaultTableHeader() {
      return new JTableHeader(columnModel) {
        @Override
        public String getToolTipText(MouseEvent event) {
          int column = columnAtPoint(event.getPoint());
          return column < 0 ? null : model.explain(convertColumnIndexToModel(column));
        }
      };
    }
  }

  @SuppressWarnings("serial")
  private static final class Model extends AbstractTableModel {
    private ComplexityResult.Layer layer;
    private boolean withNames;
    private List<Atom> atoms = List.of();
    private List<Figure<Atom>> figures = averageFirst(false);
    private List<String> unitNames = List.of();
    // Made when they are asked for: a layer has thousands.
    private String[] antichains = {};
    private String[] units = {};

    void set(ComplexityResult.Layer newLayer, boolean newWithNames) {
      layer = newLayer;
      withNames = newWithNames;
      figures = averageFirst(layer != null && layer.report().hasEstimatedAtoms());
      atoms = layer == null ? List.of() : layer.atoms();
      unitNames = layer == null ? List.of() : layer.report().layer().sourceNames();
      antichains = new String[atoms.size()];
      units = new String[atoms.size()];
      fireTableStructureChanged();
    }

    /** Whatever the width of the window, the atom itself is seen. */
    private static List<Figure<Atom>> averageFirst(boolean estimated) {
      List<Figure<Atom>> figures = AtomFigures.of(estimated);
      return Stream.of(true, false)
          .flatMap(first -> figures.stream().filter(f -> f.key().equals("average") == first))
          .toList();
    }

    private boolean isAntichain(int column) {
      return figures.get(column).key().equals("antichain");
    }

    private String antichain(int row) {
      if (antichains[row] == null) {
        antichains[row] = atoms.get(row).antichain().toString();
      }
      return antichains[row];
    }

    private String units(int row) {
      if (units[row] == null) {
        units[row] = AtomText.name(atoms.get(row).antichain(), unitNames);
      }
      return units[row];
    }

    List<String> describe(int row) {
      return AtomText.describe(layer.report(), atoms.get(row));
    }

    String explain(int column) {
      return isAntichain(column)
          ? "Sets of units that each tell it, on their own"
          : figures.get(column).explanation();
    }

    boolean matches(int row, String wanted) {
      return antichain(row).contains(wanted)
          || units(row).toLowerCase(Locale.ROOT).contains(wanted)
          || wanted.equals("degree " + atoms.get(row).antichain().degreeOfSynergy());
    }

    @Override
    public int getRowCount() {
      return atoms.size();
    }

    @Override
    public int getColumnCount() {
      return figures.size();
    }

    @Override
    public String getColumnName(int column) {
      return figures.get(column).heading();
    }

    @Override
    public Class<?> getColumnClass(int column) {
      return ComplexitySummary.columnClass(figures.get(column));
    }

    @Override
    public Object getValueAt(int row, int column) {
      if (isAntichain(column)) {
        return withNames ? units(row) : antichain(row);
      }
      return figures.get(column).value().of(atoms.get(row));
    }
  }
}
