package nnpid.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import nnpid.analysis.LayerResult;
import nnpid.decomposition.Atom;
import nnpid.lattice.Antichain;

/** What atoms are called, and what they mean. */
public final class AtomText {
  private AtomText() {}

  /** The antichain with names instead of numbers, as in <code>{L1_1,L1_2}{L1_3}</code>. */
  public static String name(Antichain antichain, List<String> units) {
    StringBuilder text = new StringBuilder();
    for (long mask : antichain.sourceMasks()) {
      text.append('{').append(names(mask, units, ",")).append('}');
    }
    return text.toString();
  }

  /** What an atom means, in lines: its antichain with the names of the units, and its bits. */
  public static List<String> describe(LayerResult layer, Atom atom) {
    List<String> units = layer.layer().sourceNames();
    List<String> lines = new ArrayList<>();
    lines.add(atom.antichain() + ", degree of synergy " + atom.antichain().degreeOfSynergy());
    List<String> sets =
        atom.antichain().sourceMasks().stream()
            .map(mask -> "in " + names(mask, units, " with "))
            .toList();
    lines.add((sets.size() > 1 ? "redundantly " : "") + String.join("; ", sets));
    if (!Double.isNaN(atom.informative())) {
      lines.add(String.format(Locale.ROOT, "informative: %.4f bits", atom.informative()));
      lines.add(String.format(Locale.ROOT, "misinformative: %.4f bits", atom.misinformative()));
    }
    lines.add(
        String.format(Locale.ROOT, "average: %.4f bits", atom.average())
            + (atom.standardError() > 0
                ? String.format(Locale.ROOT, " \u00b1 %.4f", atom.standardError())
                : ""));
    if (atom.average() < 0) {
      lines.add(Atom.NEGATIVE + " Together all atoms add up to I(T:S).");
    }
    return lines;
  }

  private static String names(long mask, List<String> units, String separator) {
    return IntStream.range(0, units.size())
        .filter(source -> ((mask >>> source) & 1) == 1)
        .mapToObj(units::get)
        .collect(Collectors.joining(separator));
  }

  /** Atoms as a table. */
  static ChartData data(LayerResult layer, List<Atom> atoms) {
    return new ChartData(
        List.of("antichain", "units", "degree", "informative", "misinformative", "average"),
        atoms.stream()
            .map(
                atom ->
                    List.<Object>of(
                        atom.antichain().toString(),
                        name(atom.antichain(), layer.layer().sourceNames()),
                        atom.antichain().degreeOfSynergy(),
                        atom.informative(),
                        atom.misinformative(),
                        atom.average()))
            .toList());
  }
}
