package nnpid.decomposition;

import nnpid.lattice.Antichain;

/**
 * An atom of a partial information decomposition, in bits.
 *
 * @param antichain the atom's place in the redundancy lattice
 * @param informative its informative part; not negative under I_sx, but for rounding
 * @param misinformative its misinformative part; not negative under I_sx, but for rounding
 */
public record Atom(Antichain antichain, double informative, double misinformative) {
  /** The atom itself: informative minus misinformative part; may be negative. */
  public double average() {
    return informative - misinformative;
  }
}
