package weka.gui.explorer;

import java.awt.BorderLayout;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
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
import javax.swing.table.TableModel;
import javax.swing.table.TableRowSorter;
import nnpid.analysis.LayerResult;
import nnpid.chart.AtomsChart;
import nnpid.decomposition.Atom;
import nnpid.lattice.UpSetFamily;
import nnpid.report.Figure;
import org.jfree.chart.ChartPanel;

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
  private final ComplexitySummary.NumberTable table = new ComplexitySummary.NumberTable(model);
  private final ChartPanel chart = ComplexityViews.chartPanel("complexity.atomsChart");

  ComplexityAtoms() {
    filter.setName("complexity.atomsFilter");
    filter.setToolTipText(
        "<html>Shows only antichains that contain this text, such as {1,2},<br>or with \"degree"
            + " 2\" those of a degree of synergy. Also names of units.</html>");
    top.setName("complexity.atomsTop");
    top.setToolTipText("How many of the largest atoms the bars show.");
    table.setName("complexity.atoms");
    table.setToolTipText("An atom per row, largest first; click on a header to sort.");
    bar.addField("Filter", 'f', filter);
    bar.addField("Bars", 'b', top);
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
  }

  @Override
  public void show(List<ComplexityResult> results) {
    bar.offer(results);
    showLayer();
  }

  private void showLayer() {
    ComplexityResult.Layer layer = bar.layer();
    table.setRowSorter(null);
    model.set(layer);
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
    if (layer != null) {
      bar.say(countText(layer));
    }
    if (layer == null || layer.atoms().isEmpty()) {
      chart.setChart(null);
      return;
    }
    // The model is in the order of size, whatever the table is sorted by.
    String wanted = filter.getText().strip().toLowerCase(Locale.ROOT);
    List<Atom> largest =
        IntStream.range(0, model.getRowCount())
            .filter(row -> wanted.isEmpty() || model.matches(row, wanted))
            .limit((Integer) top.getValue())
            .mapToObj(layer.atoms()::get)
            .toList();
    chart.setChart(AtomsChart.of(layer.report(), largest, ComplexityViews.style()));
  }

  private String countText(ComplexityResult.Layer layer) {
    LayerResult report = layer.report();
    if (layer.atoms().isEmpty()) {
      return report.sourceCount() <= UpSetFamily.MAX_SOURCES
          ? "No atoms: the method " + report.method() + " computes none. Maybe choose lattice."
          : "No atoms: set Largest atoms or Single atoms in More options to have some.";
    }
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

  @SuppressWarnings("serial")
  private static final class Model extends AbstractTableModel {
    private List<Atom> atoms = List.of();
    private List<Figure<Atom>> figures = Figure.ofAtoms(false);
    private List<String> unitNames = List.of();
    private List<String> unitNumbers = List.of();
    // Made when they are asked for: a layer has thousands.
    private String[] antichains = {};
    private String[] units = {};

    void set(ComplexityResult.Layer layer) {
      figures = Figure.ofAtoms(layer != null && layer.report().hasEstimatedAtoms());
      atoms = layer == null ? List.of() : layer.atoms();
      unitNames = layer == null ? List.of() : layer.report().layer().sourceNames();
      unitNumbers = IntStream.rangeClosed(1, unitNames.size()).mapToObj(Integer::toString).toList();
      antichains = new String[atoms.size()];
      units = new String[atoms.size()];
      fireTableStructureChanged();
    }

    private String antichain(int row) {
      if (antichains[row] == null) {
        antichains[row] = text(row, unitNumbers);
      }
      return antichains[row];
    }

    private String units(int row) {
      if (units[row] == null) {
        units[row] = text(row, unitNames);
      }
      return units[row];
    }

    private String text(int row, List<String> names) {
      StringBuilder text = new StringBuilder();
      for (long mask : atoms.get(row).antichain().sourceMasks()) {
        String before = "{";
        for (int source = 0; source < names.size(); source++) {
          if (((mask >>> source) & 1) == 1) {
            text.append(before).append(names.get(source));
            before = ",";
          }
        }
        text.append('}');
      }
      return text.toString();
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

    /** A column per figure, and one for what no file has: the antichain in names of units. */
    @Override
    public int getColumnCount() {
      return figures.size() + 1;
    }

    private boolean isUnits(int column) {
      return column == figures.size();
    }

    @Override
    public String getColumnName(int column) {
      return isUnits(column) ? "Units" : figures.get(column).heading();
    }

    @Override
    public Class<?> getColumnClass(int column) {
      return isUnits(column) ? String.class : ComplexitySummary.columnClass(figures.get(column));
    }

    @Override
    public Object getValueAt(int row, int column) {
      if (isUnits(column)) {
        return units(row);
      }
      return column == 0 ? antichain(row) : figures.get(column).value().of(atoms.get(row));
    }
  }
}
