package nnpid.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import nnpid.analysis.LayerResult;
import nnpid.decomposition.SourcePair;
import nnpid.decomposition.SourcePair.Bits;
import nnpid.decomposition.SourcePairs;
import nnpid.decomposition.Values;

/** The pairs of units of a layer for people: those that share most, and those with most synergy. */
final class PairsText {
  /** So many pairs are listed each. */
  private static final int MOST = 10;

  private PairsText() {}

  /** Writes tables, whose first rows are headings. */
  interface Tables {
    void write(List<List<String>> rows) throws IOException;
  }

  /** Writes lines. */
  interface Lines {
    void write(String line) throws IOException;
  }

  static void write(LayerResult layer, Lines lines, Tables tables) throws IOException {
    SourcePairs pairs = layer.pairs().orElseThrow();
    lines.write(String.format("%n=== Pairs of units of %s ===%n", layer.name()));
    if (pairs.pairs().isEmpty()) {
      lines.write("There are none: the layer has one unit.");
      return;
    }
    boolean corrected = layer.values() == Values.CORRECTED && pairs.isCorrected();
    lines.write(
        String.format(
            Locale.ROOT,
            "Every pair as if there were no other units, in bits, %s.",
            corrected
                ? "without the bias of the sample"
                : "of the samples, with their bias (it makes synergy of noise)"));
    if (pairs.isSelection()) {
      lines.write(
          String.format(
              Locale.ROOT,
              "Of %,d units the %,d with the most information.",
              pairs.sourceCount(),
              pairs.sources().size()));
    }
    boolean all = pairs.pairs().size() <= MOST;
    write(layer, all ? "All pairs" : "Most redundant", Bits::redundant, lines, tables);
    if (!all) {
      write(layer, "Most synergistic", Bits::synergistic, lines, tables);
    }
  }

  private static void write(
      LayerResult layer, String title, ToDoubleFunction<Bits> order, Lines lines, Tables tables)
      throws IOException {
    SourcePairs pairs = layer.pairs().orElseThrow();
    lines.write(
        String.format(
            Locale.ROOT,
            "%n%s%s%n",
            title,
            pairs.pairs().size() <= MOST
                ? ""
                : String.format(Locale.ROOT, " of %,d pairs", pairs.pairs().size())));
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("Units", "Redundant", "Synergistic", "Only first", "Only second", "Both"));
    List<String> names = layer.layer().sourceNames();
    pairs.pairs().stream()
        .sorted(
            Comparator.comparingDouble(
                (SourcePair pair) -> -order.applyAsDouble(pair.of(layer.values()))))
        .limit(MOST)
        .forEach(
            pair -> {
              Bits bits = pair.of(layer.values());
              rows.add(
                  List.of(
                      names.get(pair.first()) + ", " + names.get(pair.second()),
                      Figure.number(bits.redundant()),
                      Figure.number(bits.synergistic()),
                      Figure.number(bits.unique1()),
                      Figure.number(bits.unique2()),
                      Figure.number(bits.mutualInformation())));
            });
    tables.write(rows);
  }
}
