package nnpid.analysis;

import nnpid.coarsegraining.CoarseGrainedComplexity;

/** Is told how the analysis of a layer goes on, on the thread that runs it. */
public interface LayerListener extends CoarseGrainedComplexity.Listener {
  /** Does nothing. */
  LayerListener NONE = (grouping, value, step) -> {};

  /**
   * The layer is being estimated: what is known of it so far, without what is found after the
   * estimate. Several times.
   */
  default void estimating(LayerResult soFar) {}

  /** The layer has been analyzed. */
  default void analyzed(LayerResult result) {}
}
