package nnpid.report;

import java.util.stream.Stream;
import nnpid.decomposition.Atom;

/** The atoms of a layer that a report lists. */
final class Atoms {
  private Atoms() {}

  static Stream<Atom> listed(LayerReport layer, int count) {
    return layer
        .decomposition()
        .map(d -> count == Report.ALL_ATOMS ? d.atoms() : d.largestAtoms(count).stream())
        .orElse(Stream.empty());
  }
}
