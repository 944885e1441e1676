package nnpid.estimation;

import java.io.Serializable;

/**
 * The merit of a subset.
 *
 * @param value the larger the better
 * @param exact whether it is no estimate
 * @param standardError of an estimate; 0 if all draws agree, and nothing is known of it
 * @param eligible whether the subset has what the merit asks for; others are worse than any that
 *     has, and their value says no more than how far they are from it
 */
public record SubsetScore(double value, boolean exact, double standardError, boolean eligible)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** A merit that is no estimate. */
  public static SubsetScore exact(double value) {
    return new SubsetScore(value, true, 0, true);
  }
}
