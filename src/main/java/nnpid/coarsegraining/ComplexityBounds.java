package nnpid.coarsegraining;

import java.io.Serializable;
import nnpid.decomposition.Backbone;

/**
 * Bounds for the representational complexity of units from that of their groups; dimensionless, NaN
 * where it is not defined. See the package description for what they rest on.
 *
 * @param lower C_cg, the representational complexity of the groups; a lower bound if the fine atoms
 *     of the same degree in fibres of the same degree never sum to less than 0
 * @param upper an upper bound under the same assumption
 * @param lowerUnconditional a lower bound in any case, but often far below 1
 * @param upperUnconditional an upper bound in any case, but often far above the number of units
 */
public record ComplexityBounds(
    double lower, double upper, double lowerUnconditional, double upperUnconditional)
    implements Serializable {

  /**
   * The bounds from the backbone of the groups, under I_sx.
   *
   * @throws IllegalArgumentException if the backbone is not one of the groups
   */
  public static ComplexityBounds of(Backbone coarse, CoarseGraining coarseGraining) {
    if (coarse.sourceCount() != coarseGraining.groupCount()) {
      throw new IllegalArgumentException(
          String.format(
              "The number of sources (%d) must be the number of groups (%d).",
              coarse.sourceCount(), coarseGraining.groupCount()));
    }
    double upper = 0;
    double least = 0;
    double most = 0;
    for (int degree = 1; degree <= coarse.sourceCount(); degree++) {
      int units = coarseGraining.unitsOfLargest(degree);
      upper += units * coarse.information(degree);
      least += degree * coarse.informative(degree) - units * coarse.misinformative(degree);
      most += units * coarse.informative(degree) - degree * coarse.misinformative(degree);
    }
    double information =
        coarse.hasRepresentationalComplexity() ? coarse.mutualInformation() : Double.NaN;
    return new ComplexityBounds(
        coarse.representationalComplexity(),
        upper / information,
        least / information,
        most / information);
  }
}
