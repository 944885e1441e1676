package nnpid.analysis;

import java.io.Serializable;
import java.util.List;

/**
 * The figures of a layer that are followed over training. Information is in bits.
 *
 * @param layer name of the layer
 * @param method how the information by degree of synergy was computed
 * @param samples how many samples the numbers rest on
 * @param mutualInformation I(T:S)
 * @param degreeOfSynergy &Pi;_1, &Pi;_2, ...
 * @param representationalComplexity C; NaN where it is undefined or not known
 * @param standardError standard error of C; 0 where it is exact, NaN where undefined
 * @param correctedMutualInformation I(T:S) corrected for the bias of the sample; NaN if not known
 * @param correctedComplexity C corrected for the bias of the sample; NaN if not known or undefined
 * @param reingComplexity complexity after Reing et al.; NaN where undefined
 * @param averageDegreeOfRedundancy the sum of I(T:S_i) over I(T:S); NaN where undefined
 * @param averageDegreeOfVulnerability the sum of I(T:S) - I(T:S_-i) over I(T:S); NaN where
 *     undefined
 */
public record LayerSummary(
    String layer,
    Method method,
    SampleFacts samples,
    double mutualInformation,
    List<Double> degreeOfSynergy,
    double representationalComplexity,
    double standardError,
    double correctedMutualInformation,
    double correctedComplexity,
    double reingComplexity,
    double averageDegreeOfRedundancy,
    double averageDegreeOfVulnerability)
    implements Serializable {
  private static final long serialVersionUID = 3706112845590174216L;

  /** Makes the list immutable. */
  public LayerSummary {
    degreeOfSynergy = List.copyOf(degreeOfSynergy);
  }
}
