package nnpid.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import nnpid.analysis.LayerResult;
import nnpid.chart.ComplexityChart.Entry;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.title.TextTitle;

/** What charts say below their titles: what marks in them are, and what is missing. */
final class ChartNotes {
  /** So many layers without C are named. */
  private static final int MOST_LAYERS = 8;

  private ChartNotes() {}

  /**
   * Has a chart say what error bars, hollow points and hatched bars are, where there are any.
   *
   * @param hasDegrees whether it shows degrees of synergy
   */
  static void addOrigin(JFreeChart chart, List<Entry> entries, boolean hasDegrees) {
    ComplexityData data = new ComplexityData(entries);
    List<LayerResult> layers = data.layers();
    List<String> notes = new ArrayList<>();
    if (layers.stream().anyMatch(ChartNotes::hasSamplingError)) {
      notes.add("error bars: \u00b1 a standard error of sampling");
    } else if (layers.stream().anyMatch(LayerResult::isEstimated)) {
      notes.add("error bars: \u00b1 a standard error of the estimate, without that of sampling");
    }
    if (layers.stream().anyMatch(layer -> !Double.isNaN(ComplexityData.otherComplexity(layer)))) {
      notes.add(
          data.isCorrected()
              ? "hollow: C of the samples"
              : "hollow: C without the bias of the sample");
    }
    if (hasDegrees && layers.stream().anyMatch(layer -> !layer.isSupported(layer.shownDegrees()))) {
      notes.add("hatched: no other sample of the class backs it");
    }
    if (hasDegrees && layers.stream().anyMatch(LayerResult::isComplexityDoubtful)) {
      notes.add("crossed out: C rests on that");
    }
    if (!data.draws().isEmpty()) {
      notes.add(
          "diamonds: C of "
              + data.drawsText()
              + " draws of other samples"
              + (data.draws().size() > 1 ? ", not to be compared with each other" : ""));
    }
    if (hasDegrees && layers.stream().anyMatch(ChartNotes::hasNegativeBar)) {
      notes.add("below zero: misinformation, to be taken from what is above");
    }
    if (!notes.isEmpty()) {
      String text = String.join("; ", notes);
      chart.addSubtitle(
          new TextTitle(text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1)));
    }
  }

  /** Whether such a bar is drawn: of too few samples the error is not known. */
  private static boolean hasSamplingError(LayerResult layer) {
    return layer.samplingError().isPresent()
        && !Double.isNaN(ComplexityData.errorOfComplexity(layer));
  }

  private static boolean hasNegativeBar(LayerResult layer) {
    return IntStream.rangeClosed(1, layer.shownDegrees())
        .anyMatch(degree -> layer.backbone().information(degree) < -0.001);
  }

  /** Names the layers that have no C, and those that were not analyzed. */
  static void addMissing(JFreeChart chart, List<Entry> entries) {
    ComplexityData data = new ComplexityData(entries);
    List<LayerResult> layers = data.layers();
    List<String> without =
        IntStream.range(0, layers.size())
            .filter(i -> !layers.get(i).hasComplexity() && layers.get(i).bounds().isEmpty())
            .mapToObj(i -> data.columns().get(i).replace("  ", " "))
            .toList();
    if (!without.isEmpty()) {
      chart.addSubtitle(new TextTitle("No C, see the warnings in the summary: " + listed(without)));
    }
    List<String> unfinished =
        entries.stream().flatMap(entry -> entry.report().unfinishedLayers().stream()).toList();
    if (!unfinished.isEmpty()) {
      chart.addSubtitle(
          new TextTitle("Not analyzed, since the run was stopped: " + listed(unfinished)));
    }
  }

  private static String listed(List<String> names) {
    return String.join(", ", names.subList(0, Math.min(MOST_LAYERS, names.size())))
        + (names.size() > MOST_LAYERS ? ", ..." : "");
  }
}
