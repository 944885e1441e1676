package nnpid.analysis;

import java.io.Serializable;
import java.util.List;
import nnpid.decomposition.Values;

/**
 * The figures of a layer that are followed over training. Information is in bits.
 *
 * @param layer name of the layer
 * @param method how the information by degree of synergy was computed
 * @param values what the values are about, but for those that are said to be corrected
 * @param samples how many samples the numbers rest on
 * @param mutualInformation I(T:S)
 * @param degreeOfSynergy &Pi;_1, &Pi;_2, ...
 * @param representationalComplexity C; NaN where it is undefined or not known
 * @param standardError standard error of C; 0 where it is exact, NaN where undefined
 * @param correctedMutualInformation I(T:S) corrected for the bias of the sample; NaN if not known
 * @param correctedComplexity C corrected for the bias of the sample; NaN if not known or undefined
 * @param sampling how much the values depend on the sample
 * @param within what is within a horizon
 * @param reingComplexity complexity after Reing et al.; NaN where undefined
 * @param averageDegreeOfRedundancy the sum of I(T:S_i) over I(T:S); NaN where undefined
 * @param averageDegreeOfVulnerability the sum of I(T:S) - I(T:S_-i) over I(T:S); NaN where
 *     undefined
 */
public record LayerSummary(
    String layer,
    Method method,
    Values values,
    SampleFacts samples,
    double mutualInformation,
    List<Double> degreeOfSynergy,
    double representationalComplexity,
    double standardError,
    double correctedMutualInformation,
    double correctedComplexity,
    Sampling sampling,
    Within within,
    double reingComplexity,
    double averageDegreeOfRedundancy,
    double averageDegreeOfVulnerability)
    implements Serializable {
  private static final long serialVersionUID = 3706112845590174216L;

  /**
   * What halves of the samples tell, see {@link nnpid.estimation.SamplingError}; NaN for what is
   * not known.
   *
   * @param errorOfInformation sampling standard error of I(T:S)
   * @param errorOfComplexity sampling standard error of C
   * @param complexityAtHalf C from half the samples
   */
  public record Sampling(
      double errorOfInformation, double errorOfComplexity, double complexityAtHalf)
      implements Serializable {
    private static final long serialVersionUID = 2214790356018845521L;

    /** Where halves are not analyzed. */
    public static final Sampling UNKNOWN = new Sampling(Double.NaN, Double.NaN, Double.NaN);
  }

  /**
   * What a certain number of draws tell, see {@link AtHorizon}.
   *
   * @param draws how many; 0 for no horizon
   * @param mutualInformation I(T:S)
   * @param representationalComplexity C; NaN where it is undefined or not known
   * @param degreeOfSynergy &Pi;_1, &Pi;_2, ...
   */
  public record Within(
      long draws,
      double mutualInformation,
      double representationalComplexity,
      List<Double> degreeOfSynergy)
      implements Serializable {
    private static final long serialVersionUID = 5420167789231156043L;

    /** Without a horizon. */
    public static final Within NONE = new Within(0, Double.NaN, Double.NaN, List.of());

    /** Makes the list immutable. */
    public Within {
      degreeOfSynergy = List.copyOf(degreeOfSynergy);
    }

    /** Whether there is a horizon. */
    public boolean isKnown() {
      return draws > 0;
    }
  }

  /** Makes the list immutable. */
  public LayerSummary {
    degreeOfSynergy = List.copyOf(degreeOfSynergy);
  }
}
