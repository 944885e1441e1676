package nnpid.report;

import java.util.ArrayList;
import java.util.List;
import nnpid.analysis.LayerResult;
import nnpid.estimation.SubsetRanking;
import nnpid.estimation.SubsetRanking.Ranked;

/** What is told of a ranked subset of units, in CSV and ARFF. */
final class RankedCells {
  /** Names of the cells. */
  static final List<String> COLUMNS =
      List.of("layer", "rank", "units", "size", "merit", "standardError");

  private RankedCells() {}

  static List<List<Object>> rows(List<LayerResult> layers) {
    List<List<Object>> rows = new ArrayList<>();
    for (LayerResult layer : layers) {
      List<Ranked> ranked = layer.ranking().map(SubsetRanking::ranked).orElse(List.of());
      for (int i = 0; i < ranked.size(); i++) {
        Ranked one = ranked.get(i);
        rows.add(
            List.of(
                layer.name(),
                i + 1,
                String.join(", ", units(layer, one)),
                one.sources().size(),
                one.score().value(),
                one.score().standardError()));
      }
    }
    return rows;
  }

  /** The names of the units of a subset. */
  static List<String> units(LayerResult layer, Ranked ranked) {
    List<String> names = layer.layer().sourceNames();
    return ranked.sources().stream().map(names::get).toList();
  }
}
