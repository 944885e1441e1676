package nnpid.report;

import static nnpid.report.Figure.count;
import static nnpid.report.Figure.number;
import static nnpid.report.Figure.text;

import java.util.List;
import nnpid.decomposition.Atom;
import nnpid.report.Figure.Place;

/** All that is told of an atom. */
public final class AtomFigures {
  /** All figures of an atom. */
  static final List<Figure<Atom>> ALL =
      List.of(
          text("antichain", (Atom atom) -> atom.antichain().toString()).called("Antichain", ""),
          count("degreeOfSynergy", (Atom atom) -> atom.antichain().degreeOfSynergy())
              .onlyIn(Place.TABLE)
              .called("Degree", "Degree of synergy"),
          number("informative", (Atom atom) -> SummaryFigures.ifDefined(atom.informative()))
              .ifAny()
              .called("Informative", Meaning.INFORMATIVE),
          number("misinformative", (Atom atom) -> SummaryFigures.ifDefined(atom.misinformative()))
              .ifAny()
              .called("Misinformative", Meaning.MISINFORMATIVE),
          number("average", Atom::average).called("Average", Meaning.AVERAGE),
          number(
                  "standardError",
                  (Atom atom) -> atom.standardError() > 0 ? atom.standardError() : null)
              .ifAny()
              .called("Standard error", "Standard error of the atom, in bits"));

  /**
   * The figures of listed atoms.
   *
   * @param estimated whether any of them has a standard error
   */
  public static List<Figure<Atom>> of(boolean estimated) {
    return ALL.subList(0, estimated ? ALL.size() : ALL.size() - 1);
  }

  private AtomFigures() {}
}
