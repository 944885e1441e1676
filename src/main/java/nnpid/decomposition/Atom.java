package nnpid.decomposition;

import java.io.Serializable;
import java.util.List;
import nnpid.lattice.Antichain;

/**
 * An atom of a partial information decomposition, in bits.
 *
 * @param antichain the atom's place in the redundancy lattice
 * @param average the atom itself: informative minus misinformative part; may be negative
 * @param informative its informative part; not negative under I_sx, but for rounding. NaN under a
 *     measure that has no parts
 * @param misinformative its misinformative part, likewise
 * @param standardError Monte-Carlo standard error of the average; 0 where it is exact
 */
public record Atom(
    Antichain antichain,
    double average,
    double informative,
    double misinformative,
    double standardError)
    implements Serializable {

  /** What people are told of an atom below 0. */
  public static final String NEGATIVE =
      "Negative: what its sets share misleads. Its misinformative part, which speaks against the"
          + " class of a sample, is larger than its informative part, which speaks for it.";

  /** The mean over several samples, whose Monte-Carlo errors are independent. */
  public static Atom mean(List<Atom> atoms) {
    return new Atom(
        atoms.get(0).antichain,
        atoms.stream().mapToDouble(Atom::average).average().orElse(Double.NaN),
        atoms.stream().mapToDouble(Atom::informative).average().orElse(Double.NaN),
        atoms.stream().mapToDouble(Atom::misinformative).average().orElse(Double.NaN),
        Math.sqrt(atoms.stream().mapToDouble(one -> one.standardError * one.standardError).sum())
            / atoms.size());
  }

  static Atom exact(
      Antichain antichain, double average, double informative, double misinformative) {
    return new Atom(antichain, average, informative, misinformative, 0);
  }
}
