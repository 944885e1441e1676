package nnpid.analysis;

import java.io.Serializable;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One hidden layer at one checkpoint of one training: what the network can do, and how the layer
 * represents the class. Information is in bits.
 *
 * @param repeat number of the training, from 1; every one has a seed of its own
 * @param epoch number of epochs done
 * @param layer name of the layer, L1 for the one after the inputs
 * @param loss mean cross-entropy of the training samples, in nats; NaN if it is not known
 * @param trainAccuracy share of the training samples that are classified correctly; NaN if it is
 *     not known
 * @param testAccuracy the same of the test samples; NaN if there are none
 * @param method how the backbone was computed
 * @param samples how many training samples the numbers of the layer rest on
 * @param mutualInformation I(T:S) on the training samples
 * @param degreeOfSynergy &Pi;_1, &Pi;_2, ...
 * @param representationalComplexity C; NaN where it is undefined or not known
 * @param standardError standard error of C; 0 where it is exact, NaN where undefined
 * @param reingComplexity complexity after Reing et al.; NaN where undefined
 * @param averageDegreeOfRedundancy the sum of I(T:S_i) over I(T:S); NaN where undefined
 * @param averageDegreeOfVulnerability the sum of I(T:S) - I(T:S_-i) over I(T:S); NaN where
 *     undefined
 */
public record TrajectoryPoint(
    int repeat,
    int epoch,
    String layer,
    double loss,
    double trainAccuracy,
    double testAccuracy,
    Method method,
    SampleFacts samples,
    double mutualInformation,
    List<Double> degreeOfSynergy,
    double representationalComplexity,
    double standardError,
    double reingComplexity,
    double averageDegreeOfRedundancy,
    double averageDegreeOfVulnerability)
    implements Serializable {

  private static final long serialVersionUID = 6617245981076231135L;

  /** Makes the list immutable. */
  public TrajectoryPoint {
    degreeOfSynergy = List.copyOf(degreeOfSynergy);
  }

  /** Whether the samples are too few for the numbers to say much about the network. */
  boolean hasFewSamples() {
    return samples.areFew(mutualInformation);
  }

  /**
   * The point of a layer that has been analyzed.
   *
   * @param repeat number of the training, from 1
   * @param epoch number of epochs done
   * @param loss in nats, of the training samples; NaN if it is not known
   * @param trainAccuracy from 0 to 1; NaN if it is not known
   * @param testAccuracy from 0 to 1; NaN if there are no test samples
   */
  public static TrajectoryPoint of(
      int repeat,
      int epoch,
      double loss,
      double trainAccuracy,
      double testAccuracy,
      LayerResult report) {
    return new TrajectoryPoint(
        repeat,
        epoch,
        report.layer(),
        loss,
        trainAccuracy,
        testAccuracy,
        report.method(),
        report.samples(),
        report.mutualInformation(),
        IntStream.rangeClosed(1, report.backbone().sourceCount())
            .mapToObj(report.backbone()::information)
            .toList(),
        report.representationalComplexity().orElse(Double.NaN),
        report.standardError().orElse(0),
        report.related().reingComplexity(),
        report.related().averageDegreeOfRedundancy(),
        report.related().averageDegreeOfVulnerability());
  }
}
