package nnpid.weka;

import java.util.List;
import java.util.Optional;
import nnpid.analysis.UnitLevels;
import nnpid.distribution.SampledDistribution;
import nnpid.distribution.WeightMeaning;
import nnpid.execution.Execution;
import nnpid.weka.InstancesBridge.MissingValues;
import weka.core.Instances;
import weka.filters.Filter;

/**
 * Where the layers of an analysis come from: instances, or a file whose activations never become
 * instances. Both give the same samples, to the bit.
 */
public interface LayerSource {
  /** What the data are called. */
  default String relation() {
    return header().relationName();
  }

  /** The units and the class as attributes, before they are quantized; instances do not matter. */
  Instances header();

  /** How numeric units become levels, for people. */
  String quantization();

  /**
   * Reads what there is to read, before the first layer is counted.
   *
   * @return whether there was anything to read, so that it took a good part of the time
   * @throws java.util.concurrent.CancellationException if the execution is canceled
   * @throws Exception if the data cannot be read; the message names the file
   */
  boolean read(Execution execution) throws Exception;

  /**
   * Counts the samples of one layer.
   *
   * @param attributes indices of its units in the header, ascending
   * @param learned a filter that has learned the limits of levels from other data; empty if they
   *     are those of the data themselves, as they are in files that never become instances
   * @throws IllegalArgumentException if there is nothing to count, or the weights are said to be
   *     counts and cannot be
   * @throws Exception if Weka's filter fails
   */
  Counted count(
      int[] attributes,
      Optional<Filter> learned,
      MissingValues missingValues,
      WeightMeaning meaning)
      throws Exception;

  /** What people must know about a layer that has been counted, as a sentence. */
  default Optional<String> note(int[] attributes) {
    return Optional.empty();
  }

  /**
   * A counted layer.
   *
   * @param samples one source per unit
   * @param missingValueCount how many of their values are missing
   * @param units how those that were numeric became levels
   * @param filter by what, for other data; empty if there was none
   */
  record Counted(
      SampledDistribution samples,
      long missingValueCount,
      List<UnitLevels> units,
      Optional<Filter> filter) {
    /** Makes the list immutable. */
    public Counted {
      units = List.copyOf(units);
    }
  }
}
