package nnpid.report;

import nnpid.decomposition.Atom;

/** What figures mean: sentences for people that several places of the report and of windows say. */
public final class Meaning {
  /** C. */
  public static final String COMPLEXITY =
      "C: how many sources must be read together, on average, to get at the information.";

  /** Pi_k. It does not say "what k sources tell": under shared exclusions that is another thing. */
  public static final String DEGREE =
      "Pi_k: information in atoms whose smallest set has k sources: at least k must be read together.";

  /** What Pi_1 is not, where redundancy can mislead, see {@link #NEGATIVE}. */
  public static final String DEGREE_ONE =
      "Pi_1 is not what single sources tell, since misinformation they share counts only once in it"
          + " (XOR: Pi_1 is 0.585, and either unit alone tells 0).";

  /** The informative part of an atom. */
  public static final String INFORMATIVE =
      "Informative part, in bits, never negative: how much seeing these levels narrows down all"
          + " samples, the more the rarer they are.";

  /** The misinformative part of an atom. */
  public static final String MISINFORMATIVE =
      "Misinformative part, in bits, never negative: how much seeing these levels narrows down the"
          + " samples of the right class; this speaks against that class.";

  /** The atom. */
  public static final String AVERAGE =
      "The atom: informative less misinformative part, in bits. " + Atom.NEGATIVE;

  /** Negative atoms, and why there may be information of degree 1 without telling units. */
  public static final String NEGATIVE =
      "A negative atom is information that misleads: what its sets have in common is rarer in the"
          + " right class than among all samples. It takes away from what each of its sets tells. In"
          + " XOR either unit has 0.585 bits of its own and shares -0.585 bits with the other: so it"
          + " tells 0 alone, though Pi_1, in which the shared part counts once, is 0.585 + 0.585 -"
          + " 0.585 = 0.585 bits.";

  private Meaning() {}
}
