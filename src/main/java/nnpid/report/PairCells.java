package nnpid.report;

import java.util.ArrayList;
import java.util.List;
import nnpid.analysis.LayerResult;
import nnpid.decomposition.SourcePair;
import nnpid.decomposition.SourcePair.Bits;

/** What is told of a pair of units, in CSV, ARFF and JSON. */
final class PairCells {
  private static final Bits UNKNOWN = new Bits(Double.NaN, Double.NaN, Double.NaN, Double.NaN);

  /** Names of the cells. */
  static final List<String> COLUMNS =
      List.of(
          "layer",
          "unit1",
          "unit2",
          "unique1",
          "unique2",
          "redundant",
          "synergistic",
          "correctedUnique1",
          "correctedUnique2",
          "correctedRedundant",
          "correctedSynergistic");

  private PairCells() {}

  static List<List<Object>> rows(List<LayerResult> layers) {
    return layers.stream()
        .flatMap(
            layer ->
                layer.pairs().stream()
                    .flatMap(pairs -> pairs.pairs().stream().map(pair -> of(layer, pair))))
        .toList();
  }

  /** The cells of a pair; NaN where there is no value. */
  static List<Object> of(LayerResult layer, SourcePair pair) {
    List<String> names = layer.layer().sourceNames();
    List<Object> cells =
        new ArrayList<>(List.of(layer.name(), names.get(pair.first()), names.get(pair.second())));
    for (Bits bits : List.of(pair.plugIn(), pair.corrected().orElse(UNKNOWN))) {
      cells.addAll(List.of(bits.unique1(), bits.unique2(), bits.redundant(), bits.synergistic()));
    }
    return cells;
  }
}
