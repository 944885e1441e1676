package nnpid.decomposition;

import java.io.Serializable;
import java.util.Optional;

/**
 * What two sources tell about the target: the four atoms of their decomposition, as if there were
 * no other sources.
 *
 * @param first index of the one source
 * @param second index of the other, which is larger
 * @param plugIn of the samples
 * @param corrected without the bias of the sample, see {@link LeaveOneOut}; empty if it is not
 *     known
 */
public record SourcePair(int first, int second, Bits plugIn, Optional<Bits> corrected)
    implements Serializable {

  /**
   * The atoms, in bits. They add up to what both tell together.
   *
   * @param unique1 what only the first tells
   * @param unique2 what only the second tells
   * @param redundant what each of them tells
   * @param synergistic what only both together tell
   */
  public record Bits(double unique1, double unique2, double redundant, double synergistic)
      implements Serializable {
    /** I(T: both sources). */
    public double mutualInformation() {
      return unique1 + unique2 + redundant + synergistic;
    }

    /** I(T: first source). */
    public double information1() {
      return unique1 + redundant;
    }

    /** I(T: second source). */
    public double information2() {
      return unique2 + redundant;
    }
  }

  /** The atoms of a kind; plug-in ones if there are no others. */
  public Bits of(Values values) {
    return values == Values.CORRECTED ? corrected.orElse(plugIn) : plugIn;
  }
}
