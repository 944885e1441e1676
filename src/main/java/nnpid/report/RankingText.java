package nnpid.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import nnpid.analysis.LayerResult;
import nnpid.decomposition.Values;
import nnpid.estimation.SubsetChoice;
import nnpid.estimation.SubsetMerits;
import nnpid.estimation.SubsetRanking;
import nnpid.estimation.SubsetRanking.Ranked;
import nnpid.estimation.SubsetScore;

/** The best of the ranked subsets of a layer, for people. */
final class RankingText {
  /** So many subsets are listed. */
  private static final int MOST = 20;

  private RankingText() {}

  static void write(LayerResult layer, PairsText.Lines lines, PairsText.Tables tables)
      throws IOException {
    SubsetRanking ranking = layer.ranking().orElseThrow();
    SubsetChoice subsets = ranking.subsets();
    lines.write(String.format("%n=== Ranked subsets of %s ===%n", layer.name()));
    lines.write(
        String.format(
            Locale.ROOT,
            subsets.count() == 1
                ? "The only subset of size %4$s."
                : subsets.isSample()
                    ? "A random sample (seed %3$d) of %1$,d of the %2$,.0f subsets of size %4$s."
                    : "All %1$,d subsets of size %4$s.",
            subsets.count(),
            subsets.possible(),
            subsets.seed(),
            subsets.sizes()));
    lines.write(
        String.format(
            "Merit: %s.%nEvery subset as if there were no other units, %s.%n",
            ranking.merit().description(),
            ranking.values() == Values.CORRECTED
                ? "without the bias of the sample"
                : "of the samples, with their bias, which favors units of many states"));
    if (ranking.leftOut() > 0) {
      lines.write(
          String.format(
              Locale.ROOT,
              "Left out: %,d that have less than %.0f%% of the information of the layer.%n",
              ranking.leftOut(),
              100 * SubsetMerits.USUAL_SHARE));
    }
    if (ranking.ranked().isEmpty()) {
      return;
    }
    List<List<String>> rows = new ArrayList<>();
    boolean estimated = ranking.ranked().stream().limit(MOST).anyMatch(one -> !one.score().exact());
    rows.add(
        estimated ? List.of("Rank", "Merit", "+-", "Units") : List.of("Rank", "Merit", "Units"));
    for (int i = 0; i < Math.min(MOST, ranking.ranked().size()); i++) {
      Ranked one = ranking.ranked().get(i);
      List<String> row = new ArrayList<>(List.of("" + (i + 1), number(one.score().value())));
      if (estimated) {
        row.add(error(one.score()));
      }
      row.add(String.join(", ", RankedCells.units(layer, one)));
      rows.add(row);
    }
    tables.write(rows);
    if (ranking.ranked().size() > MOST) {
      lines.write(
          String.format(
              Locale.ROOT,
              "... (all %,d: -format json or csv)%n%nThe best of many are so in part by chance.",
              ranking.ranked().size()));
    }
  }

  /** More decimals than elsewhere: neighbors in a ranking differ little. */
  private static String number(double value) {
    return String.format(Locale.ROOT, "%.6f", value);
  }

  private static String error(SubsetScore score) {
    return score.exact() ? "" : number(score.standardError());
  }
}
