package nnpid.decomposition;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import nnpid.distribution.JointDistribution;
import nnpid.lattice.UpSetFamily;

/**
 * What a sample can tell at all: the share of samples for which every k sources agree with some
 * other sample of the class. Where it is near 1, the information accessible from k sources is a
 * statement about where the samples come from; where it is low, about these samples only
 * (METHOD.md, section 10b).
 *
 * @param byDegree from 0 to 1, of degree k at index k - 1; not increasing
 */
public record Support(List<Double> byDegree) implements Serializable {
  /** From here on a degree counts as supported. */
  public static final double SUFFICIENT = 0.95;

  /** Makes the list immutable. */
  public Support {
    byDegree = List.copyOf(byDegree);
  }

  /**
   * The support of a distribution of few sources.
   *
   * @throws IllegalArgumentException if there are more than {@value UpSetFamily#MAX_SOURCES}
   *     sources, or weights are not numbers of samples
   */
  public static Support of(JointDistribution distribution) {
    int sourceCount = distribution.sourceCount();
    if (sourceCount > UpSetFamily.MAX_SOURCES) {
      throw new IllegalArgumentException(
          String.format(
              "The number of sources (%d) must be at most %d.",
              sourceCount, UpSetFamily.MAX_SOURCES));
    }
    LeaveOneOut.requirePossible(distribution);
    double[][] agreeing = distribution.agreementWeights(); // the sample itself among them
    double[] supported = new double[sourceCount];
    for (int r = 0; r < distribution.realizationCount(); r++) {
      int degree = sourceCount; // the largest supported one
      for (int mask = 1; mask < agreeing.length; mask++) {
        if (agreeing[mask][r] < 2) {
          degree = Math.min(degree, Integer.bitCount(mask) - 1);
        }
      }
      for (int k = 0; k < degree; k++) {
        supported[k] += distribution.weight(r);
      }
    }
    List<Double> shares = new ArrayList<>();
    for (double weight : supported) {
      shares.add(weight / distribution.totalWeight());
    }
    return new Support(shares);
  }

  /** The mean over several samples, of the same sources. */
  public static Support mean(List<Support> supports) {
    return new Support(
        IntStream.range(0, supports.get(0).byDegree.size())
            .mapToObj(
                k -> supports.stream().mapToDouble(one -> one.byDegree.get(k)).average().orElse(0))
            .toList());
  }

  /** The largest degree with sufficient support; 0 if there is none. */
  public int supportedDegree() {
    int degree = byDegree.size();
    while (degree > 0 && byDegree.get(degree - 1) < SUFFICIENT) {
      degree--;
    }
    return degree;
  }

  /**
   * A lower bound for C that only rests on supported degrees: what is out of reach of so many
   * sources needs more, however much. It holds where no V_k of a higher degree exceeds I(T:S).
   *
   * @param backbone of the same distribution
   * @return the bound, or NaN where C is not defined
   */
  public double lowerBound(Backbone backbone) {
    if (!backbone.hasRepresentationalComplexity()) {
      return Double.NaN;
    }
    double whole = backbone.mutualInformation();
    double sum = whole;
    for (int k = 1; k < Math.min(backbone.sourceCount(), supportedDegree() + 1); k++) {
      sum += whole - backbone.accessible(k);
    }
    return sum / whole;
  }
}
