package nnpid.analysis;

import java.io.Serializable;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * One hidden layer at one checkpoint of one training: what the network can do, and how the layer
 * represents the class.
 *
 * @param repeat number of the training, from 1; every one has a seed of its own
 * @param epoch number of epochs done, with the share of the mini-batches within an epoch
 * @param loss mean cross-entropy of the training samples, in nats; NaN if it is not known
 * @param trainAccuracy share of the training samples that are classified correctly; NaN if it is
 *     not known
 * @param testAccuracy the same of the test samples; NaN if there are none
 * @param summary the figures of the layer, on the training samples
 * @param testSummary the same on the test samples, which the network has not seen; null if there
 *     are none
 */
public record TrajectoryPoint(
    int repeat,
    double epoch,
    double loss,
    double trainAccuracy,
    double testAccuracy,
    LayerSummary summary,
    @Nullable LayerSummary testSummary)
    implements Serializable {
  private static final long serialVersionUID = 6617245981076231138L;

  /** A point without test samples. */
  public TrajectoryPoint(
      int repeat,
      double epoch,
      double loss,
      double trainAccuracy,
      double testAccuracy,
      LayerSummary summary) {
    this(repeat, epoch, loss, trainAccuracy, testAccuracy, summary, null);
  }

  /** The name of the layer: L1 for the one after the inputs. */
  public String layer() {
    return summary.layer();
  }

  /** C; NaN where it is undefined or not known. */
  public double representationalComplexity() {
    return summary.representationalComplexity();
  }

  /** A figure on the test samples; NaN if there are none. */
  public double ofTest(ToDoubleFunction<LayerSummary> figure) {
    return testSummary == null ? Double.NaN : figure.applyAsDouble(testSummary);
  }

  /** Whether the samples are too few for the numbers to say much about the network. */
  boolean hasFewSamples() {
    return summary.samples().areFew(summary.mutualInformation());
  }
}
