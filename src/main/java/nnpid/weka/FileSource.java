package nnpid.weka;

import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;
import nnpid.distribution.LevelRules;
import nnpid.distribution.LimitLearner;
import nnpid.execution.Execution;

/**
 * Layers of a file whose values never become instances. It is open until it has been read, or is
 * closed.
 */
public interface FileSource extends LayerSource, Closeable {
  /** By which rules numeric units become levels. */
  LevelRules rules();

  /**
   * Which samples count.
   *
   * @throws IOException if the file cannot be read
   * @throws IllegalArgumentException if none does, or a weight is negative or not finite
   */
  CountingRows rows() throws IOException;

  /**
   * What all samples of a class that count weigh, of every class.
   *
   * @throws IOException as {@link #rows}
   */
  double[] classWeights() throws IOException;

  /**
   * About how many bytes it takes from {@link #read} until the last layer has been counted.
   *
   * @throws IOException if the file cannot be read
   */
  double memory() throws IOException;

  /**
   * The same layers with units and labels as others have them; this source is of no use then.
   *
   * @return empty if that is not possible without instances
   * @throws IllegalArgumentException if there is a label that the others do not have
   */
  Optional<FileSource> arranged(Arrangement arrangement);

  /** Has units become levels between limits that were learned from other files. */
  void useLimits(CommonLimits limits);

  /**
   * Reads the values once, to learn limits; that closes the source.
   *
   * @param learners one for every attribute of the header; that of the class learns nothing
   * @param weighted whether samples count by their weights, or all the same
   * @throws Exception as {@link #read}
   */
  void learn(LimitLearner[] learners, boolean weighted, Execution execution) throws Exception;
}
