package weka.gui.explorer;

import java.awt.BorderLayout;
import java.util.List;
import javax.swing.JComboBox;
import javax.swing.JComponent;
import javax.swing.JPanel;
import nnpid.analysis.LayerResult;
import nnpid.chart.ChartData;
import nnpid.chart.PairsChart;
import nnpid.decomposition.Values;
import nnpid.report.Table;

/** The heat map of the pairs of units of a layer. */
final class ComplexityPairs implements ComplexityViews.View {
  private final JPanel panel = new JPanel(new BorderLayout());
  private final ComplexityLayerBar bar =
      new ComplexityLayerBar("complexity.pairs", "pairs of units are", this::changeLayer);
  private final JComboBox<PairsChart> form = new JComboBox<>(PairsChart.values());
  private final JComboBox<Values> values = new JComboBox<>(Values.values());
  private final ComplexityChartPanel chart = new ComplexityChartPanel("complexity.pairsChart");
  private List<ComplexityResult> results = List.of();
  private boolean changing;

  ComplexityPairs() {
    form.setName("complexity.pairsForm");
    form.setToolTipText("What the colors are.");
    values.setName("complexity.pairsValues");
    values.setToolTipText(
        "Whether values are those of the samples (plug-in), or corrected for their bias.");
    bar.addField("Show", '3', form);
    bar.addField("Values", '2', values);
    form.addActionListener(e -> showChart());
    values.addActionListener(e -> showChart());
    panel.add(bar, BorderLayout.NORTH);
    panel.add(chart, BorderLayout.CENTER);
  }

  @Override
  public void show(List<ComplexityResult> newResults) {
    results = newResults;
    bar.offer(results, PairsChart::canShow, PairsChart::canShow);
    changeLayer();
  }

  /** Shows another layer, with values of the kind that its run was asked for. */
  private void changeLayer() {
    ComplexityResult.Layer layer = bar.layer();
    boolean shown = layer != null && PairsChart.canShow(layer.report());
    boolean both = shown && layer.report().pairs().orElseThrow().isCorrected();
    changing = true; // one chart, not two
    values.setSelectedItem(both ? layer.report().values() : Values.PLUG_IN);
    changing = false;
    values.setEnabled(both);
    form.setEnabled(shown);
    showChart();
  }

  private void showChart() {
    if (changing) {
      return;
    }
    ComplexityResult.Layer layer = bar.layer();
    if (layer == null || !PairsChart.canShow(layer.report())) {
      if (layer != null) {
        bar.say(" ");
      }
      chart.clear(
          layer == null
              ? ComplexityBlank.why(results, "a heat map of the pairs of units of a layer")
              : why(layer.report()));
      return;
    }
    LayerResult report = layer.report();
    PairsChart drawing = (PairsChart) form.getSelectedItem();
    Values kind = (Values) values.getSelectedItem();
    bar.say("Hold the mouse over a cell for its values.");
    chart.show(
        report.name() + "-pairs",
        style -> drawing.of(report, kind, style),
        () -> {
          Table table = Table.ofPairs(report.name(), List.of(report));
          return new ChartData(table.columns(), table.rows());
        });
  }

  private static String why(LayerResult layer) {
    return layer.sourceCount() < 2
        ? "The layer " + layer.name() + " has one unit: a pair takes two."
        : "The run was not asked for pairs: set Pairs to a number of units, such as 24, and press"
            + " Start.";
  }

  @Override
  public JComponent component() {
    return panel;
  }
}
